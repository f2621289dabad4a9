"""
Footnotes that were typed by hand: a raised number in the text, and a paragraph that begins so.

The file knows nothing of them. Both must be there, the mark before its note, or what is raised
stays text: ``m²`` and ``1ˢᵗ`` mark nothing.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from tdkt_parse.layout import Cell, Line, Note, Span, Table, trim_spans

TIMEOUT = 2.0
_RAISED = regex.compile(r"(?<![kcdm]?m|\bha|\d)[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}")
_NUMBER = regex.compile(r"\(?(\d{1,3}|\*{1,3})\)?")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class _Mark(NamedTuple):
    """A raised mark: which number, and where it stands."""

    marker: str
    span: Span


def find_typed_notes(
    text: str, blocks: Sequence[Line | Table], raised: Sequence[Span]
) -> tuple[list[Line | Table], list[Note], list[Span]]:
    """
    The blocks without the notes typed among them, the notes, and their marks, which are furniture.

    ``raised``: slices of the text that stand above the line.
    """
    marks = sorted(_marks(text, raised), key=lambda mark: mark.span)
    if not marks:
        return list(blocks), [], []
    lines = {block.start: block for block in blocks if isinstance(block, Line)}
    called: dict[str, list[Span]] = {}
    bodies: list[tuple[_Mark, Line]] = []
    cuts: list[Span] = []
    for mark in marks:
        line = lines.get(mark.span[0])
        begins = line is not None and text[mark.span[1] : line.end].strip()
        if line is not None and begins and mark.marker in called:
            bodies.append((mark, line))
            cuts += called.pop(mark.marker)
        elif not begins:
            called.setdefault(mark.marker, []).append(mark.span)
    if not bodies:
        return list(blocks), [], []
    taken = {line.start for _, line in bodies}
    cuts.sort()
    kept = [
        _without(text, block, cuts)
        for block in blocks
        if not (isinstance(block, Line) and block.start in taken)
    ]
    notes = [
        Note(mark.marker, tuple(replace(one, notes=()) for one in _cut(text, line, [mark.span])))
        for mark, line in bodies
    ]
    return kept, notes, [mark.span for mark, _ in bodies]


def _marks(text: str, raised: Sequence[Span]) -> list[_Mark]:
    found = []
    for span in raised:
        number = _NUMBER.fullmatch(text[slice(*span)].strip(), timeout=TIMEOUT)
        if number:
            found.append(_Mark(number.group(1), span))
    if any(sign in text for sign in "¹²³⁴⁵⁶⁷⁸⁹"):
        for match in _RAISED.finditer(text, timeout=TIMEOUT):
            found.append(_Mark(match.group().translate(_DIGITS), match.span()))
    return found


def _without(text: str, block: Line | Table, cuts: Sequence[Span]) -> Line | Table:
    if isinstance(block, Line):
        return next(iter(_cut(text, block, cuts)), block)
    if not _inside(cuts, *block.span):
        return block
    rows = tuple(
        tuple(
            Cell(
                tuple(cut for line in cell.lines for cut in _cut(text, line, cuts)),
                cell.rows,
                cell.columns,
            )
            for cell in row
        )
        for row in block.rows
    )
    return replace(block, rows=rows)


def _inside(cuts: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Of slices in order, those that begin in a range."""
    return cuts[bisect_left(cuts, (start, 0)) : bisect_left(cuts, (end, 0))]


def _cut(text: str, line: Line, cuts: Sequence[Span]) -> list[Line]:
    """A line without some slices, which become marks of notes; none if nothing else is in it."""
    inside = [cut for cut in _inside(cuts, line.start, line.end) if cut[1] <= line.end]
    if not inside:
        return [line]
    spans: list[Span] = []
    for start, end in line.spans:
        at = start
        for first, last in inside:
            if at <= first < end:
                spans.append((at, first))
                at = last
        spans.append((at, end))
    spans = trim_spans(text, spans)
    if not spans:
        return []
    return [replace(line, spans=tuple(spans), notes=tuple(sorted((*line.notes, *inside))))]
