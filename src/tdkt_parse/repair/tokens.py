"""
The words of a document where they stand, in the runs in which one follows another.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from tdkt_parse.layout import Document, Line
from tdkt_parse.normalise import fix_aligned
from tdkt_parse.repair.pairs import TIMEOUT, is_link
from tdkt_parse.syllables import is_syllable

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{Nd}]+")
_JOINTS = frozenset("/-–—_@&")
_ENDS = '.;:!?)”"'


class Token(NamedTuple):
    """
    A word or a number: its letters composed, its range of the text as read.

    ``linked``: it follows the token before it as the second word of a pair may; ``near``: only a
    space is between. ``joined``: it is part of something longer, a symbol or an address:
    ``TT-BKHĐT``.
    """

    text: str
    start: int
    end: int
    linked: bool
    near: bool
    joined: bool


class Slice(NamedTuple):
    """A slice of a line with its letters composed, and the way back."""

    text: str
    start: int
    origin: list[int] | None

    def place(self, begin: int, end: int) -> tuple[int, int]:
        """The range of the text as read."""
        if self.origin is None:
            return self.start + begin, self.start + end
        return self.start + self.origin[begin], self.start + max(
            self.origin[end - 1] + 1, self.origin[end]
        )


def flows_of(document: Document) -> Iterator[tuple[Line, ...]]:
    """Lines that follow one another: the body's, those of each cell, of each note, of a margin."""
    beside: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Line):
            beside.append(block)
            continue
        if beside:
            yield tuple(beside)
            beside = []
        for row in block.rows:
            yield from (cell.lines for cell in row if cell.lines)
    if beside:
        yield tuple(beside)
    yield from (note.lines for note in document.notes if note.lines)
    yield from (margin.lines for margin in document.margins if margin.lines)


def slices_of(text: str, line: Line) -> list[Slice]:
    """The slices of a line."""
    found = []
    for start, end in line.spans:
        fixed, origin = fix_aligned(text[start:end])
        if fixed:
            found.append(Slice(fixed, start, origin))
    return found


def tokens_of(slices: Iterable[Slice]) -> list[Token]:
    """The tokens of one line; the first of them follows none."""
    found: list[Token] = []
    for text, start, origin in slices:
        at = 0
        follows = False
        spans = [match.span() for match in _TOKEN.finditer(text, timeout=TIMEOUT)]
        for first, last in spans:
            between = text[at:first]
            linked = follows and is_link(between)
            joined = between[-1:] in _JOINTS or text[last : last + 1] in _JOINTS
            if between.strip() in _JOINTS:
                word = text[first:last]
                joined = joined or (len(word) > 1 and word.isupper() and not is_syllable(word))
            if origin is None:
                place = (start + first, start + last)
            else:
                place = (start + origin[first], start + max(origin[last - 1] + 1, origin[last]))
            found.append(Token(text[first:last], *place, linked, linked and between == " ", joined))
            at, follows = last, True
    return found


def flow_of(lines: Sequence[list[Slice]], tokens: Sequence[list[Token]]) -> list[Token]:
    """The tokens of lines that follow one another, a sentence that runs on linked over the edge."""
    found: list[Token] = []
    before = ""
    for slices, inside in zip(lines, tokens, strict=True):
        if inside:
            linked = _runs_on(before, slices[0].text)
            found.append(inside[0]._replace(linked=True, near=True) if linked else inside[0])
            found += inside[1:]
            before = slices[-1].text
    return found


def _runs_on(before: str, text: str) -> bool:
    """Whether a line goes on with the sentence of the one before it."""
    if not before or before[-1] in _ENDS:
        return False
    return text[0].islower() or (before.isupper() and text.isupper())
