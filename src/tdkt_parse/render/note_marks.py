"""
Where the marks of footnotes stand.

A Plan has the text of a footnote and the text around its mark, not the place of the mark. A value
read from a document tells it by its evidence, which has a hole there. Of others the marks stand at
the end of the paragraph that issues the plan, or of the first there is.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tdkt_parse.models import Evidence, Footnote, LegalBasis, Paragraph, Plan, Section, Text
from tdkt_parse.render.printed import NoteMark
from tdkt_parse.render.terminal import clean

LONGEST_MARK = 6
"""Code points: ``[^12]``, ``<sup>`` and the like left out."""


Value = Text | Paragraph | LegalBasis


class NoteMarks:
    """The marks of a plan's footnotes, by the value they stand in."""

    def __init__(self, plan: Plan) -> None:
        self._places: dict[int, list[NoteMark]] = {}
        every = list(_holes(plan))
        holes = [(value, at) for value, at, sure in every if sure]
        if len(holes) != len(plan.footnotes):
            holes = [(value, at) for value, at, _ in every]
        if len(holes) != len(plan.footnotes):
            last = next(((item, len(item.text)) for item in [*plan.body[:1], *_values(plan)]), None)
            holes = [last] * len(plan.footnotes) if last else []
        self.placed = len(holes) == len(plan.footnotes)
        for (value, at), note in zip(holes, plan.footnotes, strict=False):
            self._places.setdefault(id(value), []).append(NoteMark(at, note))

    def of(self, value: Value, begin: int = 0) -> tuple[NoteMark, ...]:
        """The marks in a value, ``begin`` characters having been put before its text."""
        marks = self._places.get(id(value), ())
        return tuple(NoteMark(mark.at + begin, mark.note) for mark in marks)


def _holes(plan: Plan) -> Iterator[tuple[Value, int, bool]]:
    """The places of marks that evidence shows, in order, and whether it can be nothing else."""
    read = [value for value in _values(plan) if value.evidence.spans]
    for value in sorted(read, key=lambda value: value.evidence.spans[0]):
        for at, sure in _holes_in(value.text, value.evidence):
            yield value, at, sure


def _values(plan: Plan) -> Iterator[Value]:
    yield from plan.legal_bases
    yield from plan.body
    pending: list[Section] = [*reversed(plan.sections)]
    while pending:
        section = pending.pop()
        yield from section.paragraphs
        pending += reversed(section.children)
    for appendix in plan.appendices:
        yield from appendix.paragraphs
        for section in appendix.sections:
            yield from section.paragraphs


def _holes_in(text: str, evidence: Evidence) -> Iterator[tuple[int, bool]]:
    """
    Where in a value something was left out of it, and whether that was no end of a line.

    At the end of a line the value has a space that neither slice has, and there only the end of
    the line itself was left out.
    """
    read = 0
    spans = evidence.spans
    for (start, end), (following, _) in pairwise(spans):
        read += end - start
        before = evidence.text[:read]
        after = evidence.text[read + 1 :]
        read += 1
        left_out = following - end
        if not 0 < left_out <= LONGEST_MARK or before[-1:].isspace():
            continue
        at = _place(text, before)
        broken = text[at : at + 1].isspace() and not after[:1].isspace()
        if not broken or left_out > 1:
            yield at, not broken


def _place(text: str, before: str) -> int:
    """Where in a value the words end that were read before a hole."""
    letters = sum(map(str.isalnum, before))
    at = 0
    while letters and at < len(text):
        letters -= text[at].isalnum()
        at += 1
    stripped = before.rstrip()
    for mark in stripped[len(stripped.rstrip('.,;:!?)”"')) :]:
        at += text[at : at + 1] == mark
    return at


def split_at_marks(text: str, marks: Sequence[NoteMark]) -> Iterator[tuple[str, Footnote | None]]:
    """
    The pieces of a text, each with the footnote whose mark follows it, without controls.

    The spaces beside a mark stay.
    """
    at = 0
    for mark in (*marks, None):
        end = mark.at if mark is not None else len(text)
        part = text[at:end]
        left = " " if at and part[:1].isspace() else ""
        right = " " if mark is not None and part[-1:].isspace() and part.strip() else ""
        yield left + clean(part) + right, mark.note if mark is not None else None
        at = end
