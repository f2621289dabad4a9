"""
Number, date, issuer, signatures, attachments, footnotes and the fixed words of the form.
"""

from collections.abc import Iterable, Sequence

import regex

from tdkt_parse.assemble.ledger import Ledger
from tdkt_parse.assemble.sections import build_paragraph, build_sections, build_table
from tdkt_parse.diagnose import diagnostic
from tdkt_parse.layout import Table
from tdkt_parse.metadata import AttachmentHead, Preface, SignedBy, annex_of, find_issuing_clause
from tdkt_parse.models import (
    Appendix,
    AppendixOf,
    Diagnostic,
    Footnote,
    Issuer,
    Mark,
    PlanDate,
    PlanNumber,
    Signature,
    Signer,
)
from tdkt_parse.passage import Passage, join, read_line
from tdkt_parse.segment import Paragraph, Tree
from tdkt_parse.spelling import is_upper, key
from tdkt_parse.wording import is_agency, kinds

TIMEOUT = 2.0


def build_number(
    ledger: Ledger, preface: Preface, annexes: Sequence[Passage]
) -> tuple[PlanNumber | None, list[Diagnostic]]:
    """The document's own number, from the letterhead or else from an annex line."""
    if preface.number:
        number, passage, damaged = preface.number
        evidence = ledger.evidence(passage, rule="letterhead_number")
        said = [diagnostic("damaged_number", evidence, text=passage.text)] if damaged else []
        if number.serial is None and not damaged:
            said.append(diagnostic("blank_number", evidence, symbol=number.symbol or ""))
        return PlanNumber(**number.model_dump(), evidence=evidence), said
    for annex in _own_annexes(preface, annexes):
        if annex.number:
            evidence = ledger.evidence(
                annex.passage, annex.number.start, annex.number.end, rule="annex_line"
            )
            said = [diagnostic("number_from_annex", evidence)]
            if annex.number.number.serial is None:
                said.append(
                    diagnostic("blank_number", evidence, symbol=annex.number.number.symbol or "")
                )
            return PlanNumber(**annex.number.number.model_dump(), evidence=evidence), said
    return None, [diagnostic("no_number")]


def build_date(
    ledger: Ledger, preface: Preface, annexes: Sequence[Passage]
) -> tuple[PlanDate | None, list[Diagnostic]]:
    """The document's own date, from the letterhead or else from an annex line."""
    if preface.date:
        date, passage = preface.date
        evidence = ledger.evidence(passage, rule="letterhead_date")
        whole = date.day is not None and date.month is not None and date.year is not None
        said = [] if whole else [diagnostic("partial_date", evidence, text=passage.text)]
        return PlanDate(**date.model_dump(), evidence=evidence), said
    for annex in _own_annexes(preface, annexes):
        if annex.date:
            date, start, end = annex.date
            evidence = ledger.evidence(annex.passage, start, end, rule="annex_line")
            return PlanDate(**date.model_dump(), evidence=evidence), [
                diagnostic("date_from_annex", evidence)
            ]
    return None, [diagnostic("no_date")]


def _own_annexes(preface: Preface, annexes: Sequence[Passage]) -> list:  # type: ignore[type-arg]
    names = [kind.name for kind in kinds()]
    read = [annex_of(passage, names) for passage in annexes]
    return [annex for annex in read if annex.kind == preface.kind and preface.kind is not None]


def _in_letters(name: str, spoken: str) -> bool:
    """Whether the body names the place of an ``ỦY BAN NHÂN DÂN``: ``UBND tỉnh Đồng Nai``."""
    committee = key(name) == key("ủy ban nhân dân") and spoken.startswith("UBND ")
    return committee and len(spoken.split()) > 2 and spoken.rsplit(maxsplit=1)[-1][:1].isupper()


_COMMITTEE = regex.compile(
    r"(?:CHỦ TỊCH )?(?P<name>(?:UỶ|ỦY) BAN NHÂN DÂN (?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG)"
    r"(?: \p{Lu}+){1,5})[:.,]?"
)


def _committee_in(clauses: Sequence[Passage]) -> Passage | None:
    """A committee with its place, of the line of capitals over the bases that names who decides."""
    for passage in clauses:
        found = _COMMITTEE.fullmatch(passage.text, timeout=TIMEOUT)
        if found:
            return passage.cut(found.start("name"), found.end("name"))
    return None


def build_issuer(
    ledger: Ledger, preface: Preface, clauses: Sequence[Passage]
) -> tuple[Issuer | None, list[Diagnostic]]:
    """Who issued the document: the letterhead, or else the body's own words."""
    clause = find_issuing_clause(clauses)
    spoken = clause.passage.text[clause.start : clause.end] if clause else None
    if preface.agencies:
        name = preface.agencies[-1]
        parent = preface.agencies[-2].text if len(preface.agencies) > 1 else None
        fuller = (
            parent is None
            and spoken
            and (key(spoken).startswith(key(name.text) + " ") or _in_letters(name.text, spoken))
            and len(name.text.split()) <= 4
        )
        whole = _committee_in(clauses) if parent is None else None
        if whole and not fuller and key(name.text) == key("ủy ban nhân dân"):
            ledger.use(name)
            return Issuer(name=whole.text, evidence=ledger.evidence(whole, rule="authority")), []
        if not fuller:
            spans = [s for p in preface.agencies for s in p.spans(0, len(p.text))]
            return Issuer(
                name=name.text, parent=parent, evidence=ledger.of(spans, rule="letterhead")
            ), []
        for passage in preface.agencies:
            ledger.use(passage)
    if clause and spoken:
        evidence = ledger.evidence(clause.passage, clause.start, clause.end, rule="issuing_clause")
        return Issuer(name=spoken, evidence=evidence), [diagnostic("issuer_from_body", evidence)]
    authority = next((p for p in clauses if is_upper(p.text) and is_agency(p.text)), None)
    if authority is not None:
        evidence = ledger.evidence(authority, rule="authority")
        return Issuer(name=authority.text, evidence=evidence), [
            diagnostic("issuer_from_body", evidence)
        ]
    return None, [diagnostic("no_issuer")]


def build_signature(
    ledger: Ledger, signers: Sequence[SignedBy]
) -> tuple[Signature | None, list[Diagnostic]]:
    """The signature, a second signer's within it."""
    if not signers:
        return None, [diagnostic("no_signer")]
    first, *more = signers
    signature = Signature(
        **_signer(ledger, first),
        also_signed=[Signer(**_signer(ledger, signed)) for signed in more],
    )
    return signature, [] if first.signer else [diagnostic("no_signer", signature.evidence)]


def _signer(ledger: Ledger, signed: SignedBy) -> dict:  # type: ignore[type-arg]
    spans = [span for p in signed.read_from for span in p.spans(0, len(p.text))]
    return {
        "capacity": signed.capacity,
        "on_behalf_of": signed.on_behalf_of,
        "role": signed.role,
        "signer": signed.signer,
        "also": signed.also,
        "evidence": ledger.of(spans, rule="signature"),
    }


def build_appendix(
    ledger: Ledger, head: AttachmentHead, tree: Tree, whole: Sequence[Passage]
) -> Appendix:
    """An attachment: its head, its sections, tables and paragraphs."""
    names = [kind.name for kind in kinds()]
    of = None
    if head.annex:
        annex = annex_of(head.annex, names)
        of = AppendixOf(
            text=head.annex.text,
            number=annex.number.number if annex.number else None,
            date=annex.date[0] if annex.date else None,
            evidence=ledger.evidence(head.annex, rule="annex_line"),
        )
    spans = [s for p in (head.label, head.title) if p for s in p.spans(0, len(p.text))]
    if not spans and whole:
        spans = whole[0].spans(0, len(whole[0].text))
    return Appendix(
        label=head.label.text if head.label else None,
        title=head.title.text if head.title else None,
        of=of,
        sections=build_sections(ledger, tree.sections),
        tables=[build_table(ledger, item) for item in tree.loose if isinstance(item, Table)],
        paragraphs=[
            build_paragraph(ledger, item) for item in tree.loose if isinstance(item, Paragraph)
        ],
        evidence=ledger.of(spans, rule="attachment"),
    )


def note_passages(ledger: Ledger) -> list[tuple[str, Passage]]:
    """The footnotes that the reader set apart: the mark and the text of each."""
    text, repairs = ledger.document.text, ledger.document.repairs
    return [
        (note.marker, join([read_line(text, line, repairs) for line in note.lines]))
        for note in ledger.document.notes
    ]


def margin_passages(ledger: Ledger) -> list[tuple[str, Passage]]:
    """The lines of headers and footers, each with which of the two it is."""
    text, repairs = ledger.document.text, ledger.document.repairs
    return [
        (margin.kind, read_line(text, line, repairs))
        for margin in ledger.document.margins
        for line in margin.lines
    ]


def build_footnotes(ledger: Ledger) -> list[Footnote]:
    """The footnotes as values."""
    return [
        Footnote(
            marker=marker, text=passage.text, evidence=ledger.evidence(passage, rule="footnote")
        )
        for marker, passage in note_passages(ledger)
        if passage
    ]


def build_marks(ledger: Ledger, marks: Iterable[tuple[str, Passage]]) -> list[Mark]:
    """Fixed words of the form."""
    return [
        Mark(role=role, text=passage.text, evidence=ledger.evidence(passage, rule="form"))
        for role, passage in marks
        if passage
    ]
