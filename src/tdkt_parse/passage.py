"""
A passage: the repaired text of a paragraph, and its way back to the text as read.

A paragraph may come in several slices: a line broken by the edge of the page, a heading over two
lines, a sentence that a footnote interrupts. Its passage is one string, repaired by
:mod:`tdkt_parse.normalise`, of which every range can say which ranges of ``Document.text`` it was.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tdkt_parse.layout import Document, Line, Repair, Span, paragraph_at
from tdkt_parse.models import Box, CellPlace, Evidence
from tdkt_parse.normalise import Change, fix_aligned, is_clean


class Run(NamedTuple):
    """
    Part of a passage that comes from one slice of the text as read.

    ``text[at:at + length]`` of the passage stands for ``read[start:end]``; ``origin`` gives the
    index in the text as read of each character and of the end, ``None`` where they run in step.
    """

    at: int
    length: int
    start: int
    origin: tuple[int, ...] | None = None

    def place(self, begin: int, end: int) -> Span:
        """The range of the text as read for characters ``begin`` to ``end`` of the passage."""
        begin, end = begin - self.at, end - self.at
        if self.origin is None:
            return self.start + begin, self.start + end
        return self.origin[begin], max(self.origin[end - 1] + 1, self.origin[end])


class Passage(NamedTuple):
    """Repaired text and its runs, in order; between two runs stands one space or nothing."""

    text: str
    runs: tuple[Run, ...]

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def start(self) -> int:
        """Where the passage begins in the text as read."""
        first = self.runs[0]
        return first.start if first.origin is None else first.origin[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        last = self.runs[-1]
        return last.place(last.at, last.at + last.length)[1]

    def spans(self, begin: int, end: int) -> list[Span]:
        """Ranges of the text as read for characters ``begin`` to ``end``, one a run."""
        if begin >= end:
            return []
        if len(self.runs) == 1 and self.runs[0].origin is None:
            start = self.runs[0].start
            return [(start + begin, start + end)]
        found: list[Span] = []
        index = bisect_right(self.runs, begin, key=lambda run: run.at) - 1
        for run in self.runs[max(index, 0) :]:
            if run.at >= end:
                break
            first, last = max(begin, run.at), min(end, run.at + run.length)
            if first < last:
                found.append(run.place(first, last))
        return found

    def cut(self, begin: int, end: int) -> "Passage":
        """The passage of a range, white space at its ends left out."""
        text = self.text[begin:end]
        begin += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        if begin >= end:
            return Passage("", ())
        if begin == 0 and end == len(self.text):
            return self
        if len(self.runs) == 1 and self.runs[0].origin is None:
            run = Run(0, end - begin, self.runs[0].start + begin)
            return Passage(self.text[begin:end], (run,))
        runs = []
        index = bisect_right(self.runs, begin, key=lambda run: run.at) - 1
        for at in range(max(index, 0), len(self.runs)):
            run = self.runs[at]
            if run.at >= end:
                break
            first, last = max(begin, run.at), min(end, run.at + run.length)
            if first >= last:
                continue
            origin = run.origin
            if origin is not None:
                origin = origin[first - run.at : last - run.at + 1]
            runs.append(Run(first - begin, last - first, run.place(first, first + 1)[0], origin))
        return Passage(self.text[begin:end], tuple(runs))


EMPTY = Passage("", ())


def read_spans(text: str, spans: Iterable[Span], repairs: Sequence[Repair] = ()) -> Passage:
    """
    The passage of some slices of a text as read, each repaired; ``repairs`` those of the document.

    White space at a slice's edge, or a gap of any size where neither side has any but the slices
    do not touch, becomes one space.
    """
    spans = tuple(spans)
    if len(spans) == 1:
        start, end = spans[0]
        raw = text[start:end]
        if not repairs and is_clean(raw):
            return Passage(raw, (Run(0, len(raw), start),)) if raw else EMPTY
    parts: list[str] = []
    runs: list[Run] = []
    at = 0
    pending = False
    for start, end in spans:
        raw = text[start:end]
        changes = _within(repairs, start, end) if repairs else ()
        fixed, origin = fix_aligned(raw, changes)
        if not fixed:
            pending = pending or bool(raw)
            continue
        if parts and (pending or raw[0].isspace()):
            parts.append(" ")
            at += 1
        where = None if origin is None else tuple(start + index for index in origin)
        runs.append(Run(at, len(fixed), start, where))
        parts.append(fixed)
        at += len(fixed)
        pending = raw[-1].isspace()
    return Passage("".join(parts), tuple(runs))


def _within(repairs: Sequence[Repair], start: int, end: int) -> list[Change]:
    """The repairs of a slice, as changes of it; one that goes beyond it is none of it."""
    found: list[Change] = []
    for repair in repairs[bisect_left(repairs, start, key=lambda repair: repair.start) :]:
        if repair.start >= end:
            break
        if repair.end <= end:
            found.append((repair.start - start, repair.end - start, repair.put))
    return found


def read_line(text: str, line: Line, repairs: Sequence[Repair] = ()) -> Passage:
    """The passage of one line."""
    return read_spans(text, line.spans, repairs)


def join(passages: Sequence[Passage], separator: str = " ") -> Passage:
    """
    One passage of several, a space between them.

    A word that was broken at its hyphen stays so printed: ``2023-`` and ``2024`` give
    ``2023- 2024``; repairing a number is the affair of who reads numbers.
    """
    filled = [passage for passage in passages if passage.text]
    if len(filled) == 1:
        return filled[0]
    parts: list[str] = []
    runs: list[Run] = []
    at = 0
    for passage in filled:
        if parts:
            parts.append(separator)
            at += len(separator)
        runs += [Run(at + r.at, r.length, r.start, r.origin) for r in passage.runs]
        parts.append(passage.text)
        at += len(passage.text)
    return Passage("".join(parts), tuple(runs))


def evidence(
    document: Document,
    passage: Passage,
    begin: int = 0,
    end: int | None = None,
    *,
    rule: str | None = None,
) -> Evidence:
    """
    Where characters ``begin`` to ``end`` of a passage were read, no wider than they are.

    Slices between which only white space and furniture stand are one span.
    """
    return of_spans(
        document,
        passage.spans(begin, len(passage.text) if end is None else end),
        rule=rule,
    )


def of_spans(
    document: Document,
    spans: Iterable[Span],
    *,
    rule: str | None = None,
) -> Evidence:
    """The evidence of some ranges of the text as read."""
    merged = _merged(document, [*spans])
    text = "\n".join([document.text[start:end] for start, end in merged])
    words = document.words
    if not words:
        cell = _cell(document, merged) if document.paragraphs and merged else None
        return Evidence(spans=merged, text=text, boxes=[], cell=cell, rule=rule)
    return Evidence(
        spans=merged,
        text=text,
        boxes=words.boxes(merged, Box),
        confidence=words.confidence(merged),
        rule=rule,
    )


def _merged(document: Document, spans: list[Span]) -> list[Span]:
    """Slices of which those with nothing between them are one."""
    if len(spans) < 2:
        return spans
    merged = spans[:1]
    for start, end in spans[1:]:
        if start >= merged[-1][1] and document.is_blank(merged[-1][1], start):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _cell(document: Document, spans: Sequence[Span]) -> CellPlace | None:
    """The paragraph of a Word file in which a value begins, and the value's characters in it."""
    paragraph = paragraph_at(document, spans[0][0])
    if paragraph is None:
        return None
    inside = [end for start, end in spans if start < paragraph.end]
    start, end = paragraph.place(spans[0][0], inside[-1])
    return CellPlace(path=paragraph.path, start=start, end=end)
