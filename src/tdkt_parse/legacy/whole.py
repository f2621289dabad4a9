"""
Lines all of whose words are Vietnamese by a table that is known: told and read in one step.

Most of a text in an old encoding are such, and what is said of their words (``signs``) tells them.
Only the others are looked at one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, count, repeat
from operator import contains, not_
from typing import NamedTuple

from tdkt_parse.legacy.capitals import raise_lines
from tdkt_parse.legacy.decoding import READ, decode
from tdkt_parse.legacy.one_byte import letters_of_bytes, western_bytes
from tdkt_parse.legacy.signs import (
    AGAINST,
    AGAINST_IT,
    AND_OLD,
    FIELD,
    MOST_OF_LINE,
    OLD,
    OTHER,
    counts,
    signs_of,
)
from tdkt_parse.legacy.tables import Encoding


class Lines(NamedTuple):
    """
    The lines of a text, and which are old as a whole, by a table that is known.

    ``sizes``: how long they are. ``are_old``: which are so; ``old``: how many words of them only
    the table explains. ``others``: which of the rest the table would read as something else;
    ``rows``: which of those may be old in part; ``also``: which turned out to be old as a whole.
    ``read``: the text as the table reads it, line by line.
    """

    text: str
    encoding: Encoding
    sizes: list[int]
    are_old: list[bool]
    old: int
    others: list[int]
    rows: list[int]
    read: Callable[[], str]
    also: Sequence[int] = ()

    def spans(self, rows: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Where some lines begin and end."""
        for row, start in begins(self.sizes, rows):
            yield start, start + self.sizes[row]

    def stretches(self) -> Iterator[tuple[int, int, str]]:
        """
        What stands between the other lines: start and end, and as the table reads it.

        Where that is no more than ends of lines, it is left to who reads parts of those.
        """
        text, shown = self.text, self.read()
        sizes = [*map(len, shown.split("\n"))] if self.encoding in READ else self.sizes
        kept = sorted({*self.others}.difference(self.also))
        at = put = 0
        for (row, start), (_, begin) in zip(
            begins(self.sizes, kept), begins(sizes, kept), strict=True
        ):
            if text[at:start].strip("\n"):
                yield at, start, shown[put:begin]
            at, put = start + self.sizes[row], begin + sizes[row]
        if text[at:].strip("\n"):
            yield at, len(text), shown[put:]


def begins(sizes: Sequence[int], rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where some lines of a text begin, whose lines are so long."""
    start = passed = 0
    for row in rows:
        start += sum(sizes[passed:row]) + row - passed
        passed = row
        yield row, start


def sort_lines(text: str, encoding: Encoding, *, reading: bool = False) -> Lines:
    """
    Which lines of a text are old as a whole, and which others may be in part.

    ``reading``: the text is going to be read; its words are looked up once for both.
    """
    data = western_bytes(text)
    if data is None:
        return _sort_text(text, encoding)
    return _sort_bytes(text, data, encoding, reading=reading)


def _sort_text(text: str, encoding: Encoding) -> Lines:
    """The same of a text that has characters of Unicode, line by line."""
    counted = counts(encoding).__getitem__
    are_old: list[bool] = []
    others: list[int] = []
    rows: list[int] = []
    old = 0
    lines = text.split("\n")
    for row, line in enumerate(lines):
        plain = line.isascii() and line.isprintable() and encoding != "viqr"
        words = line.replace("\t", " ").replace("\u00a0", " ").split(" ")
        found = 0 if plain else sum(map(counted, words))
        is_old = found < AGAINST and found & FIELD > 0 and len(line) < MOST_OF_LINE
        if is_old:
            old += found & FIELD
        elif found:
            rows.append(row)
        if not (plain or is_old):
            others.append(row)
        are_old.append(is_old)

    def read() -> str:
        return decode(text, encoding)

    return Lines(text, encoding, [*map(len, lines)], are_old, old, others, rows, read)


_BELOW_128 = frozenset({"viqr", "viscii", "vps"})
"""Encodings with letters among ASCII and its control characters."""


def _sort_bytes(text: str, data: bytes, encoding: Encoding, *, reading: bool) -> Lines:
    """The same of the bytes of a text."""
    signs = signs_of(data, encoding, reading=reading)
    said = signs.said.split(b"\n")
    # Of an encoding whose letters are a byte each; they are read once where some are raised.
    letters = letters_of_bytes(data, encoding).split("\n") if signs.raised else []
    sizes = [*map(len, letters or data.split(b"\n"))]
    are_old = [*map(contains, said, repeat(OLD))]
    for row in _rows_with(AGAINST_IT, signs.said):
        are_old[row] = False
    if len(data) >= MOST_OF_LINE:
        for row in compress(count(), map(MOST_OF_LINE.__le__, sizes)):
            are_old[row] = False
    are_not = [*map(not_, are_old)]
    others = [*compress(compress(count(), are_not), compress(said, are_not))]
    old = signs.said.count(OLD) + signs.said.count(AND_OLD)
    old -= sum(said[row].count(OLD) + said[row].count(AND_OLD) for row in others)
    rows = [row for row in others if said[row].strip(_OTHER)]
    if encoding not in _BELOW_128:
        # A control character is against it only beside letters of the encoding.
        rows = [
            row
            for row, start in begins(sizes, rows)
            if not data[start : start + sizes[row]].replace(b"\xa0", b" ").isascii()
        ]

    def read() -> str:
        if letters:
            return "\n".join(_raised(letters, signs.raised))
        return letters_of_bytes(data, encoding) if signs.shown is None else signs.shown

    return Lines(text, encoding, sizes, are_old, old, others, rows, read)


_OTHER = bytes([OTHER])


def _rows_with(sign: int, said: bytes) -> Iterator[int]:
    """The lines of some text that have a sign, where few have it."""
    at = row = 0
    while (place := said.find(sign, at)) >= 0:
        row += said.count(b"\n", at, place)
        yield row
        at = said.find(b"\n", place)
        if at < 0:
            return


def _raised(letters: Sequence[str], rows: Sequence[int]) -> list[str]:
    """The lines of a text in TCVN3 with its capitals, which words of some have or may have."""
    lines = [*letters]
    # Titles stand in the middle, behind spaces that are words of nothing.
    raised = raise_lines([lines[row].lstrip(" ") for row in rows])
    for row, line in zip(rows, raised, strict=True):
        lines[row] = line.rjust(len(lines[row]))
    return lines
