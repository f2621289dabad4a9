"""
What a worker does with a document for the command line: read it, and print what is asked for.

It is printed where it is read, so that the process of the commands needs neither the document nor
its Plan, and a document that breaks the printing breaks only itself.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_parse.exceptions import UsageError
from tdkt_parse.settings import Changes

if TYPE_CHECKING:
    from tdkt_parse.models import Plan


def print_plan(
    source: str | bytes,
    name: str | None = None,
    *,
    format: str,  # noqa: A002 - the option's name
    lang: str,
    width: int,
    safe: bool,
    bold: bool,
    changes: Changes = "accept",
    password: str | None = None,
) -> str:
    """The work of ``tdkt parse``: the Plan in one of the formats; ``safe`` for a terminal."""
    from tdkt_parse import render
    from tdkt_parse.pipeline import parse
    from tdkt_parse.render.terminal import JSON_SHOWN

    plan = parse(source, name=name, changes=changes, password=password)
    if format in ("json", "jsonl"):
        printed = plan.to_json(indent=2 if format == "json" else None)
        return printed.translate(JSON_SHOWN) if safe else printed
    if format == "md":
        return render.to_markdown(plan, lang=lang)
    path = source if isinstance(source, str) else "-"
    return render.summarise(plan, path=path, lang=lang, width=width, bold=bold)


def print_text(
    source: str | bytes,
    name: str | None = None,
    *,
    safe: bool,
    changes: Changes = "accept",
    password: str | None = None,
) -> str:
    """The work of ``tdkt text``; ``safe`` for a terminal."""
    from tdkt_parse.readers import read
    from tdkt_parse.render.terminal import SHOWN

    text = read(source, name=name, changes=changes, password=password).text
    return text.translate(SHOWN) if safe else text


def print_explanation(
    source: str | bytes,
    name: str | None = None,
    *,
    lang: str,
    safe: bool,
    image: str | None = None,
    changes: Changes = "accept",
    password: str | None = None,
) -> str:
    """The work of ``tdkt explain``; ``image``: the folder for pictures of the pages."""
    from tdkt_parse import render
    from tdkt_parse.pipeline import explain

    del safe  # It is cleaned in any case.
    explanation = explain(source, name=name, changes=changes, password=password)
    if image is not None:
        _draw(source, explanation.plan, image, password)
    return render.account_for(explanation.lines, explanation.plan, lang=lang)


def _draw(source: str | bytes, plan: "Plan", folder: str, password: str | None) -> None:
    from tdkt_parse.annotate.pictures import draw_pages
    from tdkt_parse.readers import load

    try:
        draw_pages(load(source)[0], plan, Path(folder), password=password)
    except OSError as error:
        raise UsageError(
            f"Nothing can be written into {folder}: {error.strerror}.", hint="Give another folder."
        ) from error
