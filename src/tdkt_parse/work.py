"""
What a worker does with a document for the command line: read it, and print what is asked for.

It is printed where it is read, so that the process of the commands needs neither the document nor
its Plan, and a document that breaks the printing breaks only itself.
"""

import io
import json
import os
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_parse.exceptions import TdktError, Unreadable, UsageError
from tdkt_parse.reporting import report_warning
from tdkt_parse.settings import Changes, OcrMode

if TYPE_CHECKING:
    from tdkt_parse.audit.findings import Finding
    from tdkt_parse.audit.sheets import Placed, Sheet
    from tdkt_parse.export import Filed
    from tdkt_parse.layout.words import Words
    from tdkt_parse.models import Plan
    from tdkt_parse.pipeline import Explanation
    from tdkt_parse.register import Register

AUTHOR = "tdkt-parse"
"""Who says what stands in the comments and notes."""


def print_plan(
    source: str | bytes,
    name: str | None = None,
    *,
    format: str,  # noqa: A002 - the option's name
    lang: str,
    width: int,
    safe: bool,
    bold: bool,
    register: str | None = None,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
) -> str:
    """
    The work of ``tdkt parse``: the Plan in one of the formats; ``safe`` for a terminal.

    ``register`` is the file of another register than the packaged one.
    """
    from tdkt_parse import render
    from tdkt_parse.pipeline import parse
    from tdkt_parse.render.terminal import JSON_SHOWN

    plan = parse(source, name=name, changes=changes, password=password, ocr=ocr)
    if register is not None and plan.citations:
        from tdkt_parse.resolve import resolve_plan

        plan = resolve_plan(plan, _register(register))
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
    ocr: OcrMode = "auto",
) -> str:
    """The work of ``tdkt text``; ``safe`` for a terminal."""
    from tdkt_parse.readers import read
    from tdkt_parse.render.terminal import SHOWN

    text = read(source, name=name, changes=changes, password=password, ocr=ocr).text
    return text.translate(SHOWN) if safe else text


def show_document(
    source: str | bytes,
    name: str | None = None,
    *,
    folder: str,
    first: int,
    last: int,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
) -> str:
    """
    What is shown of a document beside its values: pictures of some pages, or its reading text.

    Written into a folder that is there. As JSON the sizes of pages, in points, by their numbers:
    of those ``drawn``, and of all, ``expected``; none where there is text alone.
    """
    from tdkt_parse.annotate.pictures import page_sizes, pages_shown
    from tdkt_parse.readers import load, read
    from tdkt_parse.readers.pdf import is_pdf

    data, called = load(source)
    pages = pages_shown(data, password=password, first=first, last=last)
    if pages is None:
        text = read(data, name=name or called, changes=changes, password=password, ocr=ocr).text
        _put(Path(folder) / "text.txt", text.encode("utf-8", "replace"))
        return json.dumps({"drawn": {}, "expected": {}})
    drawn: dict[int, tuple[float, float]] = {}
    expected: dict[int, tuple[float, float]] = {}
    for page in pages:
        picture, scale = page.picture, page.scale
        drawn[page.number] = picture.width / scale, picture.height / scale
        if not expected:
            expected = dict.fromkeys(range(1, page.of + 1), drawn[page.number])
        written = io.BytesIO()
        picture.save(written, "WEBP", quality=80, method=1)
        _put(Path(folder) / f"page-{page.number}.webp", written.getvalue())
    if is_pdf(data):
        expected = dict(enumerate(page_sizes(data, password=password), 1))
    return json.dumps({"drawn": drawn, "expected": expected})


def _put(path: Path, data: bytes) -> None:
    """Write a file whole: who looks for it finds all of it, or nothing."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise UsageError(f"{path.parent} cannot be written to: {error.strerror}.") from error


def write_searchable(
    source: str | bytes,
    name: str | None = None,
    *,
    copy: str,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
) -> str:
    """
    The work of ``tdkt text --searchable``: the reading text, and which pages of the copy are which.

    ``copy`` is the file that is written; it may be too large to be handed over.
    """
    from tdkt_parse.annotate import searchable_pdf
    from tdkt_parse.readers import load, read

    data, called = load(source)
    document = read(data, name=name or called, changes=changes, password=password, ocr=ocr)
    done = searchable_pdf(data, document, password=password)
    try:
        Path(copy).write_bytes(done.data)
    except OSError as error:
        raise UsageError(f"The copy cannot be written: {error.strerror}.") from error
    return json.dumps(
        {
            "text": document.text,
            "written": done.written,
            "typed": done.typed,
            "doubled": done.doubled,
        }
    )


def print_explanation(
    source: str | bytes,
    name: str | None = None,
    *,
    lang: str,
    safe: bool,
    image: str | None = None,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
) -> str:
    """The work of ``tdkt explain``; ``image``: the folder for pictures of the pages."""
    from tdkt_parse import render
    from tdkt_parse.pipeline import explain

    del safe  # It is cleaned in any case.
    explanation = explain(source, name=name, changes=changes, password=password, ocr=ocr)
    if image is not None:
        _draw(source, explanation, image, password)
    return render.account_for(explanation.lines, explanation.plan, lang=lang)


def _draw(
    source: str | bytes, explanation: "Explanation", folder: str, password: str | None
) -> None:
    from tdkt_parse.annotate.pictures import draw_pages
    from tdkt_parse.readers import load

    try:
        draw_pages(
            load(source)[0],
            explanation.plan,
            Path(folder),
            words=explanation.document.words,
            password=password,
        )
    except OSError as error:
        raise UsageError(
            f"Nothing can be written into {folder}: {error.strerror}.", hint="Give another folder."
        ) from error


def audit_document(
    source: str | bytes,
    name: str | None = None,
    *,
    rules: list[str],
    ignores: list[tuple[str, list[str]]],
    register: str | None = None,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
) -> str:
    """
    The work of ``tdkt audit``: the sheet of a document, or of a Plan in JSON, as JSON.

    ``rules`` are those that are asked; ``ignores``, patterns of paths with the rules that are not
    for the files they fit; ``register``, the file of another register than the packaged one.
    """
    return _audited(source, name, rules, ignores, register, changes, password, ocr)[
        0
    ].model_dump_json()


def annotate_document(
    source: str | bytes,
    name: str | None = None,
    *,
    lang: str,
    rules: list[str],
    ignores: list[tuple[str, list[str]]],
    register: str | None = None,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
) -> str:
    """
    The work of ``tdkt audit --annotate``: the sheet, and a copy of the file with a comment at each
    finding; where each comment is, in their order.
    """
    from tdkt_parse import annotate
    from tdkt_parse.audit.labels import remark_on
    from tdkt_parse.audit.sheets import place_for
    from tdkt_parse.models import Evidence
    from tdkt_parse.readers import load
    from tdkt_parse.readers.pdf import is_pdf

    if is_plan(source):
        raise UsageError(
            "A Plan in JSON has no words to put comments at.", hint="Give the document itself."
        )
    sheet, plan = _audited(source, name, rules, ignores, register, changes, password, ocr)
    nowhere = Evidence(spans=[], text="")
    remarks = [
        annotate.Remark(place_for(plan, one) or nowhere, remark_on(one, lang), AUTHOR, "tdkt")
        for one in sheet.findings
    ]
    data = load(source)[0]
    if is_pdf(data):
        copy = annotate.highlight_pdf(data, remarks, password=password)
    else:
        copy = annotate.comment_docx(data, remarks, changes=changes)
    return json.dumps(
        {
            "sheet": sheet.model_dump(mode="json"),
            "copy": b64encode(copy.data).decode(),
            "placings": copy.placings,
        }
    )


def hand_over(
    source: str | bytes,
    name: str | None = None,
    *,
    audited: bool,
    register: str | None = None,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
) -> str:
    """
    The work of ``tdkt export``, ``diff`` and ``graph``: the Plan of a document, or the Plans of a
    file of JSON or JSON Lines, with their findings where they are ``audited``; a line of JSON each.
    """
    path = source if isinstance(source, str) else name or "-"
    said = os.fsencode(path).decode(errors="backslashreplace")
    lines = path.lower().endswith((".jsonl", ".ndjson"))
    kept = lines or holds_plans(source)
    if kept:
        from tdkt_parse.readers import load
        from tdkt_parse.render import read_plans

        plans, errors = read_plans(load(source)[0], said, lines=lines)
        if errors:
            report_warning(_summary_of(errors))
    else:
        from tdkt_parse.pipeline import parse

        plans = [parse(source, name=name, changes=changes, password=password, ocr=ocr)]
    # Of Plans that were kept, the file that each was read from.
    return "\n".join(
        file_plan(
            (plan.source.name if kept else None) or said, plan, audited=audited, register=register
        ).model_dump_json()
        for plan in plans
    )


def file_plan(path: str, plan: "Plan", *, audited: bool, register: str | None) -> "Filed":
    """A Plan ready to be exported: its citations resolved, and ``audited`` where that is asked."""
    from tdkt_parse.export import Filed

    if register is not None or any(cited.resolved is None for cited in plan.citations):
        from tdkt_parse.resolve import resolve_plan

        plan = resolve_plan(plan, _register(register))
    findings: list[Placed] | None = None
    if audited:
        from tdkt_parse.audit import audit_plan
        from tdkt_parse.audit.sheets import sheet_of

        known = _register(register)
        findings = sheet_of(path, plan, known, audit_plan(plan, known)).findings
    return Filed(path=path, plan=plan, findings=findings)


def _summary_of(errors: "list[Unreadable]") -> TdktError:
    others = f" {len(errors) - 1} more are wrong too." if len(errors) > 1 else ""
    return Unreadable(f"{errors[0].message}{others}", hint=errors[0].hint)


def holds_plans(source: str | bytes) -> bool:
    """Whether it is a file of Plans, JSON or JSON Lines."""
    if isinstance(source, str):
        return source.lower().endswith((".json", ".jsonl", ".ndjson"))
    return source.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))


def store_document(
    source: str | bytes,
    name: str | None = None,
    *,
    register: str | None = None,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
) -> str:
    """
    The work of ``tdkt import``: the Plan of a document, and all that the audit remarks on in it.

    As JSON, ``{"plan": …, "findings": […]}``.
    """
    from tdkt_parse.audit import audit_plan
    from tdkt_parse.pipeline import parse

    plan = parse(source, name=name, changes=changes, password=password, ocr=ocr)
    known = _register(register)
    if register is not None and plan.citations:
        from tdkt_parse.resolve import resolve_plan

        plan = resolve_plan(plan, known)
    found = ", ".join(one.model_dump_json() for one in audit_plan(plan, known))
    return f'{{"plan": {plan.to_json()}, "findings": [{found}]}}'


def is_plan(source: str | bytes) -> bool:
    """Whether it is a Plan in JSON, by the name of the file, or as its bytes begin."""
    if isinstance(source, str):
        return source.lower().endswith(".json")
    return source.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _audited(
    source: str | bytes,
    name: str | None,
    rules: list[str],
    ignores: list[tuple[str, list[str]]],
    register: str | None,
    changes: Changes,
    password: str | None,
    ocr: OcrMode,
) -> "tuple[Sheet, Plan]":
    from tdkt_parse.audit import audit_plan
    from tdkt_parse.audit.selection import spared
    from tdkt_parse.audit.sheets import sheet_of

    path = source if isinstance(source, str) else name or "-"
    # Names that are no UTF-8 go into JSON as what they are made of.
    said = os.fsencode(path).decode(errors="backslashreplace")
    text, words = None, None
    if is_plan(source):
        plan = _read_plan(source, said)
    else:
        from tdkt_parse.pipeline import explain

        explained = explain(source, name=name, changes=changes, password=password, ocr=ocr)
        plan, text, words = explained.plan, explained.document.text, explained.document.words
    known = _register(register)
    if register is not None or any(cited.resolved is None for cited in plan.citations):
        from tdkt_parse.resolve import resolve_plan

        plan = resolve_plan(plan, known)
    found: list[Finding] = audit_plan(plan, known)
    if words:
        found = [_boxed(one, words) for one in found]
    asked = {*rules} - {*spared(path, ignores)}
    return sheet_of(said, plan, known, found, asked=asked, text=text), plan


def _boxed(finding: "Finding", words: "Words") -> "Finding":
    """A finding with the boxes of its own words, not of the whole value they are cut from."""
    from tdkt_parse.models import Box

    at = finding.evidence
    if at is None or not at.boxes:
        return finding
    boxed = at.model_copy(update={"boxes": words.boxes(at.spans, Box)})
    return finding.model_copy(update={"evidence": boxed})


def _read_plan(source: str | bytes, path: str) -> "Plan":
    from tdkt_parse.readers import load
    from tdkt_parse.render import read_plan

    return read_plan(load(source)[0], path)


@cache
def _register(path: str | None) -> "Register":
    from tdkt_parse.register import open_register, packaged_register

    return packaged_register() if path is None else open_register(Path(path))
