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
    from collections.abc import Iterator

    from tdkt_parse.audit.findings import Finding
    from tdkt_parse.audit.sheets import Placed, Sheet
    from tdkt_parse.export import Filed
    from tdkt_parse.layout import Document
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
    The work of ``tdkt audit``: the sheet of a document, or those of the Plans of a file of JSON or
    JSON Lines, a line of JSON each.

    ``rules`` are those that are asked; ``ignores``, patterns of paths with the rules that are not
    for the files they fit; ``register``, the file of another register than the packaged one.
    """
    if holds_plans(source, name):
        sheets = _audited_plans(source, name, rules, ignores, register)
        return "\n".join(sheet.model_dump_json() for sheet in sheets)
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

    if holds_plans(source, name):
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


def holds_plans(source: str | bytes, name: str | None = None) -> bool:
    """Whether it is a file of Plans, JSON or JSON Lines; bytes without a name by how they begin."""
    if isinstance(source, str) or name:
        return (name or str(source)).lower().endswith((".json", ".jsonl", ".ndjson"))
    begins = source.lstrip(_BLANK)
    # A text may begin with a bracket: [BẢN NHÁP] KẾ HOẠCH.
    return begins.startswith(b"{") or holds_list(begins)


_BLANK = b"\xef\xbb\xbf \t\r\n"


def holds_list(source: str | bytes) -> bool:
    """Whether a file of Plans holds a list of them, or a line each."""
    if isinstance(source, str):
        if not source.lower().endswith(".json"):
            return True
        try:
            with Path(source).open("rb") as file:
                source = file.read(4096)
        except (OSError, ValueError):
            return False
    begins = source[:4096].lstrip(_BLANK)
    return begins.startswith(b"[") and begins[1:].lstrip(_BLANK)[:1] in (b"{", b"]")


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


def _audited_plans(
    source: str | bytes,
    name: str | None,
    rules: list[str],
    ignores: list[tuple[str, list[str]]],
    register: str | None,
) -> "Iterator[Sheet]":
    """The sheets of the Plans of a file; of several each has the name of its document behind it."""
    from tdkt_parse.readers import load
    from tdkt_parse.render import read_plans

    path, said = _called(source, name)
    lines = path.lower().endswith((".jsonl", ".ndjson"))
    plans, errors = read_plans(load(source)[0], said, lines=lines)
    if errors:
        report_warning(_summary_of(errors))
    several = lines or len(plans) > 1
    for number, plan in enumerate(plans, 1):
        its = (plan.source.name or str(number)).removeprefix(f"{said}, ")
        inside = f"!{its}" if several else ""
        resolved = _resolved(plan, register)
        yield _sheet(path + inside, said + inside, resolved, rules, ignores, register)


def _called(source: str | bytes, name: str | None) -> tuple[str, str]:
    """The path of a document, and how it goes into JSON, which takes no names that are no UTF-8."""
    path = source if isinstance(source, str) else name or "-"
    return path, os.fsencode(path).decode(errors="backslashreplace")


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
    from tdkt_parse.pipeline import explain

    path, said = _called(source, name)
    explained = explain(source, name=name, changes=changes, password=password, ocr=ocr)
    plan = _resolved(explained.plan, register)
    document = explained.document
    return _sheet(path, said, plan, rules, ignores, register, document), plan


def _resolved(plan: "Plan", register: str | None) -> "Plan":
    if register is None and all(cited.resolved for cited in plan.citations):
        return plan
    from tdkt_parse.resolve import resolve_plan

    return resolve_plan(plan, _register(register))


def _sheet(
    path: str,
    said: str,
    plan: "Plan",
    rules: list[str],
    ignores: list[tuple[str, list[str]]],
    register: str | None,
    document: "Document | None" = None,
) -> "Sheet":
    from tdkt_parse.audit import audit_plan
    from tdkt_parse.audit.selection import spared
    from tdkt_parse.audit.sheets import sheet_of

    known = _register(register)
    found: list[Finding] = audit_plan(plan, known)
    if document is not None:
        found = [_at_its_words(one, document) for one in found]
    asked = {*rules} - {*spared(path, ignores)}
    text = document.text if document is not None else None
    return sheet_of(said, plan, known, found, asked=asked, text=text)


def _at_its_words(finding: "Finding", document: "Document") -> "Finding":
    """A finding with the boxes or the cell of its own words, not of the value they are cut from."""
    from tdkt_parse.passage import of_spans

    at = finding.evidence
    if at is None or not at.spans or not (at.boxes or at.cell):
        return finding
    own = of_spans(document, at.spans)
    placed = at.model_copy(update={"boxes": own.boxes, "cell": own.cell})
    return finding.model_copy(update={"evidence": placed})


@cache
def _register(path: str | None) -> "Register":
    from tdkt_parse.register import open_register, packaged_register

    return packaged_register() if path is None else open_register(Path(path))
