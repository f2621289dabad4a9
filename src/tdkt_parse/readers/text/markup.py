"""
The inline marks that OCR services and converters write, and lines without them.

``**bold**``, ``*italic*``, ``<i>``, ``<b>``, ``<sup>``, ``<br>``.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from tdkt_parse.layout import Line, Span, trim_spans
from tdkt_parse.readers.text.lines import RawLine

TIMEOUT = 5.0


@dataclass(frozen=True, slots=True)
class Markup:
    """Slices of a text that are marks and no content, in order, and what they mean."""

    furniture: tuple[Span, ...] = ()
    notes: tuple[Span, ...] = ()
    breaks: tuple[Span, ...] = ()
    bold: tuple[Span, ...] = ()
    italic: tuple[Span, ...] = ()


_MARK = regex.compile(
    r"""
      (?P<br> <br\s{0,3}/?> )
    | (?P<sup> <sup>\s*(?P<note>[\d*]{1,3}|\([\d*]{1,3}\))\s*</sup> )
    | (?P<tag> </?(?:b|i|u|em|strong|sup|sub|span|p|div|font|center)(?:\s[^<>]{0,200})?> )
    | (?P<ref> \[\^[\w-]{1,12}\](?!:) )
    | (?P<super> (?<![kcdm]?m|\bha|\d)[¹²³⁴⁵⁶⁷⁸⁹⁰]+ )
    | (?P<star> (?<!\*)\*{1,3}(?!\*) )
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_MARK_SIGNS = frozenset("*<[¹²³⁴⁵⁶⁷⁸⁹⁰")


def find_markup(text: str, lines: Sequence[RawLine]) -> Markup:
    """
    The inline marks of a text.

    A star is a mark only as one of a pair in the same block of lines; a star before a space is a
    bullet, alone it is what was printed.
    """
    furniture: list[Span] = []
    notes: list[Span] = []
    breaks: list[Span] = []
    styled: dict[str, list[Span]] = {"bold": [], "italic": []}
    for start, end in _blocks_of(text, lines):
        opened: dict[int, regex.Match[str]] = {}
        tags: dict[str, int] = {}
        for mark in list(_MARK.finditer(text, start, end, timeout=TIMEOUT)):
            span = mark.span()
            match mark.lastgroup:
                case "br":
                    breaks.append(span)
                    furniture.append(span)
                case "sup":
                    notes.append(mark.span("note"))
                    furniture += [(span[0], mark.start("note")), (mark.end("note"), span[1])]
                case "ref" | "super":
                    notes.append(span)
                case "tag":
                    furniture.append(span)
                    name = mark.group().strip("</>").split()[0].lower()
                    style = (
                        "bold"
                        if name in {"b", "strong"}
                        else "italic"
                        if name in {"i", "em"}
                        else None
                    )
                    if style and mark.group()[1] != "/":
                        tags[style] = span[1]
                    elif style and style in tags:
                        styled[style].append((tags.pop(style), span[0]))
                case _:
                    _pair(text, mark, opened, furniture, styled, start, end)
    return Markup(
        tuple(sorted(furniture)),
        tuple(sorted(notes)),
        tuple(breaks),
        tuple(styled["bold"]),
        tuple(styled["italic"]),
    )


def _pair(
    text: str,
    mark: regex.Match[str],
    opened: dict[int, regex.Match[str]],
    furniture: list[Span],
    styled: dict[str, list[Span]],
    start: int,
    end: int,
) -> None:
    before = text[mark.start() - 1] if mark.start() > start else "\n"
    after = text[mark.end()] if mark.end() < end else "\n"
    size = len(mark.group())
    if size in opened and not before.isspace():
        first = opened.pop(size)
        furniture += [first.span(), mark.span()]
        inside = (first.end(), mark.start())
        if size >= 2:
            styled["bold"].append(inside)
        if size != 2:
            styled["italic"].append(inside)
    elif not after.isspace() and not before.isalnum():
        opened[size] = mark


def _blocks_of(text: str, lines: Sequence[RawLine]) -> Iterator[Span]:
    """Runs of lines with no blank one between, those that hold a mark at all."""
    start = end = -1
    for line in lines:
        if line.start == line.end:
            if start >= 0 and _may_hold_marks(text[start:end]):
                yield start, end
            start = -1
        else:
            start = line.start if start < 0 else start
            end = line.end
    if start >= 0 and _may_hold_marks(text[start:end]):
        yield start, end


def _may_hold_marks(text: str) -> bool:
    return not _MARK_SIGNS.isdisjoint(text)


def between_breaks(start: int, end: int, marks: Markup) -> Iterator[Span]:
    """The parts of a line or cell that ``<br>`` parts."""
    first = bisect_left(marks.breaks, (start, 0))
    for begin, stop in marks.breaks[first : bisect_left(marks.breaks, (end, 0))]:
        yield start, begin
        start = stop
    yield start, end


class Cutter:
    """Cuts marks out of ranges of text, which must be asked for in order."""

    def __init__(self, text: str, marks: Markup) -> None:
        self.text = text
        self.marks = marks
        self.cuts = sorted([*marks.furniture, *marks.notes])
        self.at = 0

    def line(self, start: int, end: int, page: int | None, *, gap: bool) -> Line | None:
        """The line of a range; ``None`` if nothing but marks and space is in it."""
        while self.at < len(self.cuts) and self.cuts[self.at][1] <= start:
            self.at += 1
        spans: list[Span] = []
        at, index = start, self.at
        while index < len(self.cuts) and self.cuts[index][0] < end:
            if self.cuts[index][0] > at:
                spans.append((at, self.cuts[index][0]))
            at = max(at, self.cuts[index][1])
            index += 1
        if at < end:
            spans.append((at, end))
        if index == self.at:
            return Line(((start, end),), page, gap) if self.text[start:end].strip() else None
        spans = trim_spans(self.text, spans)
        if not spans:
            return None
        inside = (spans[0][0], spans[-1][1])
        return Line(
            tuple(spans),
            page,
            gap,
            bold=_within(self.marks.bold, inside),
            italic=_within(self.marks.italic, inside),
            notes=tuple(n for n in self.marks.notes if start <= n[0] < end)
            if self.marks.notes
            else (),
        )


def _within(ranges: Iterable[Span], span: Span) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in ranges)
