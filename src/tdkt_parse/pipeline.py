"""
The way from a file to a Plan, step by step.

``parse`` is the whole of it; ``explain`` gives the steps between as well.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tdkt_parse import assemble
from tdkt_parse.days import days_of
from tdkt_parse.diagnose import diagnostic
from tdkt_parse.exceptions import TimedOut
from tdkt_parse.layout import Document, Table
from tdkt_parse.metadata import (
    Basis,
    basis_numbers,
    find_addressees,
    find_bases,
    find_preface,
    find_recipients,
    find_signers,
    read_attachment_head,
    verb_of,
)
from tdkt_parse.models import DigitalSignature, Ocr, Plan, Source
from tdkt_parse.passage import Passage
from tdkt_parse.periods import find_years, is_of_school
from tdkt_parse.readers import Source as Readable
from tdkt_parse.readers import read
from tdkt_parse.readers.symbols import show_bullets
from tdkt_parse.register import packaged_register
from tdkt_parse.resolve import resolve_citations
from tdkt_parse.segment import Zoned, find_blocks, find_parts, find_sections, find_zones
from tdkt_parse.settings import Changes, OcrMode

_NO_DOCUMENT = "No real document does that: check that the file is one."


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """A line of the document: its number, its text, its zone and the rule that put it there."""

    number: int
    text: str
    zone: str
    rule: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A document with what each step made of it."""

    document: Document
    plan: Plan
    lines: tuple[ExplainedLine, ...]


def parse(
    source: Readable,
    *,
    name: str | None = None,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
    by_ocr: bool = False,
) -> Plan:
    """
    Read a document and give back what it says.

    ``source`` is a path, bytes, or a file open for reading bytes; ``name`` is what it is called in
    the result where it has no path; ``changes``, tracked changes of a Word file taken as accepted
    or as rejected; ``password`` opens an encrypted PDF; ``by_ocr`` says that the text was read off
    pictures, so that what was misread is mended as in a scan. Raises a
    :class:`~tdkt_parse.exceptions.DocumentError` if it cannot be read; what can be read in part is,
    with diagnostics.
    """
    document = _read(source, name, changes, password, ocr, by_ocr=by_ocr)
    try:
        return plan_of(document, find_zones(find_blocks(document)))
    except TimeoutError as error:
        raise TimedOut("A search in the text took too long.", hint=_NO_DOCUMENT) from error


def explain(
    source: Readable,
    *,
    name: str | None = None,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
    by_ocr: bool = False,
) -> Explanation:
    """Read a document and tell which rule read what."""
    document = _read(source, name, changes, password, ocr, by_ocr=by_ocr)
    try:
        zoned = find_zones(find_blocks(document))
        return Explanation(document, plan_of(document, zoned), tuple(_explained(document, zoned)))
    except TimeoutError as error:
        raise TimedOut("A search in the text took too long.", hint=_NO_DOCUMENT) from error


def _read(
    source: Readable,
    name: str | None,
    changes: Changes,
    password: str | None,
    ocr: OcrMode,
    *,
    by_ocr: bool,
) -> Document:
    """The document; what a font's loss made of its bullets, or what OCR misread, is mended."""
    document = read(source, name=name, changes=changes, password=password, ocr=ocr)
    if not (by_ocr or document.by_ocr or document.ocr):
        return show_bullets(document)
    from tdkt_parse.repair import repair_document

    return repair_document(replace(document, by_ocr=True))


def plan_of(document: Document, zoned: list[Zoned]) -> Plan:
    """The Plan of a document whose blocks have their zones."""
    ledger = assemble.Ledger(document)
    parts = find_parts(zoned)
    preface = find_preface(parts)
    bases, clauses = find_bases(parts.bases)
    tree = find_sections(parts.body)
    attached = [(read_attachment_head(a), find_sections(a.body), a) for a in parts.attachments]
    recipients, captions, tails = find_recipients(parts.recipients)
    signing = [*(block.passage for block in parts.signature), *tails]
    signers, stray = find_signers(sorted(signing, key=lambda passage: passage.start))
    addressees, greeting = find_addressees(parts.addressees)
    listed, told = assemble.section_bases(tree.sections)
    listed_at = {p.start for p in listed}
    bases = [*bases, *(Basis(verb_of(p.text), p) for p in listed)]
    preamble = [*clauses, *(block.passage for block in parts.issuing)]
    closing = [block.passage for block in parts.closing]
    annexes = [*preface.annex, *(head.annex for head, _, _ in attached if head.annex)]

    number, said_number = assemble.build_number(ledger, preface, annexes)
    date, said_date = assemble.build_date(ledger, preface, annexes)
    issuer, said_issuer = assemble.build_issuer(ledger, preface, [*preamble, *told])
    years = list(preface.years) or _years_of(preface.kind, [*preamble, *told])
    year = years[0] if years else date.year if date else None
    if date and date.year in years:
        year = date.year  # ``giai đoạn 2021 - 2025``, issued in 2022
    of_school = preface.title is not None and is_of_school(preface.title.text)
    school = (years[0], years[1]) if of_school and len(years) == 2 else None
    year = school[0] if school else year

    places = [
        *(assemble.Place(basis.passage, "legal_bases") for basis in bases),
        *(assemble.Place(p, "legal_bases" if bases else "other") for p in preamble),
        *(p for p in assemble.places_of(ledger, tree) if p.passage.start not in listed_at),
        *(assemble.Place(p, "closing") for p in closing),
        *(assemble.Place(p, "footnote") for _, p in assemble.note_passages(ledger) if p),
        *([assemble.Place(preface.title, "other")] if preface.title else []),
        *(p for _, inner, _ in attached for p in assemble.places_of(ledger, inner, "appendix")),
    ]
    footnotes = assemble.build_footnotes(ledger)
    citations, by_place, said_citations = assemble.build_citations(
        ledger, places, assemble.Own(number.canonical if number else None, preface.kind, date)
    )
    if citations:
        citations = resolve_citations(citations, days_of(date), packaged_register(), issuer)
    purpose, requirements, said_aims = assemble.build_aims(ledger, tree)
    tasks = assemble.build_tasks(ledger, tree, year)
    for _, inner, _ in attached:
        tasks += assemble.build_tasks(ledger, inner, year, where="appendix")
    duties = assemble.build_implementation(ledger, tree, year)
    if school:
        tasks = assemble.tasks_of_school_year(tasks, school)
        duties = assemble.duties_of_school_year(duties, school)
    signature, said_signature = assemble.build_signature(ledger, signers)
    marks = [
        *preface.marks,
        *(("word", p) for p in basis_numbers(parts.bases)),
        *(("addressees", p) for p in greeting),
        *(("recipients", p) for p in captions),
        *(("signature", p) for p in stray),
        *(("annex", p) for p in preface.annex),
        *assemble.margin_passages(ledger),
        *(mark for head, _, _ in attached for mark in head.marks),
    ]
    cut = [t for t in document.blocks if isinstance(t, Table) and (t.continued or t.repeated)]
    plan = Plan(
        source=Source(
            name=document.name,
            sha256=document.sha256,
            media_type=document.media_type,
            pages=document.pages,
            reader=document.reader,
            signatures=[
                DigitalSignature(signer=stamp.signer, time=stamp.time)
                for stamp in document.signatures
            ],
            ocr=_ocr_of(document),
        ),
        kind=preface.kind,
        number=number,
        issuer=issuer,
        place=ledger.text(preface.place, rule="letterhead_date") if preface.place else None,
        date=date,
        title=ledger.text(preface.title, rule="title") if preface.title else None,
        years=years,
        secrecy=preface.secrecy,
        urgency=preface.urgency,
        addressees=[ledger.text(p, rule="addressee") for p in addressees],
        legal_bases=assemble.build_bases(ledger, bases, by_place),
        citations=citations,
        purpose=purpose,
        requirements=requirements,
        body=assemble.build_body(ledger, preamble, tree, closing),
        sections=assemble.build_sections(ledger, tree.sections),
        tasks=tasks,
        implementation=duties,
        budget=assemble.build_budget(ledger, tree),
        recipients=[ledger.text(p, rule="recipient") for p in recipients],
        signature=signature,
        appendices=[
            assemble.build_appendix(
                ledger, head, inner, [b.passage for b in (*a.head, *a.body) if b.passage]
            )
            for head, inner, a in attached
        ],
        footnotes=footnotes,
        marks=assemble.build_marks(ledger, marks),
        diagnostics=[],
    )
    leftovers, said_leftovers = assemble.build_leftovers(ledger)
    said = [
        *([] if preface.kind else [diagnostic("no_kind")]),
        *([diagnostic("kind_from_symbol")] if preface.by_symbol else []),
        *([] if preface.title else [diagnostic("no_title")]),
        *said_number,
        *said_date,
        *said_issuer,
        *said_aims,
        *said_citations,
        *said_signature,
        *assemble.numbering_of(ledger, tree),
        *assemble.tables_of(ledger, cut),
        *assemble.notices_of(ledger),
        *assemble.repairs_of(ledger),
        *said_leftovers,
    ]
    return plan.model_copy(update={"body": [*plan.body, *leftovers], "diagnostics": said})


def _ocr_of(document: Document) -> Ocr | None:
    """What read the pages that are pictures, and how sure it was of all its words."""
    if document.ocr is None:
        return None
    sure = document.words.confidence([(0, len(document.text))])
    return Ocr(engine=document.ocr.engine, language=document.ocr.language, confidence=sure)


def _years_of(kind: str | None, preamble: Sequence[Passage]) -> list[int]:
    """The year of a plan whose title names none, from its issuing clause."""
    if kind != "Kế hoạch":
        return []
    return next((years for p in preamble if (years := find_years(p.text))), [])


def _explained(document: Document, zoned: list[Zoned]) -> Iterator[ExplainedLine]:
    """Each block at the line it begins on; a table at its first."""
    ends = [match for match, letter in enumerate(document.text) if letter == "\n"]
    for item in zoned:
        block = item.block
        start = block.table.span[0] if block.table else block.passage.start
        text = (
            f"[{len(block.table.rows)} × {max(map(len, block.table.rows))}]"
            if block.table
            else block.text
        )
        yield ExplainedLine(
            bisect_left(ends, start) + 1, text, item.zone, item.rule, round(item.score, 1)
        )
