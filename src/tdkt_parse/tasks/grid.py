"""
A table as a grid of entries: what stands in each place, and the rows that head others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from tdkt_parse.layout import Document, Table, Words, cells
from tdkt_parse.passage import EMPTY, Passage, join, read_line
from tdkt_parse.periods import find_quarters, is_quarter_heading

TIMEOUT = 2.0
MOST_COLUMNS = 64
"""Columns of a table that are looked at; the widest real one had 19."""


class Entry(NamedTuple):
    """One cell of the grid: its lines as read, and whether it is repeated from a merged cell."""

    lines: tuple[Passage, ...] = ()
    text: str = ""
    merged: bool = False

    @property
    def passage(self) -> Passage:
        return join(self.lines) if self.lines else EMPTY


@dataclass(frozen=True, slots=True)
class Grid:
    """
    A table as rows of entries, a merged cell standing in every place it covers; the document's
    words.
    """

    rows: tuple[tuple[Entry, ...], ...]
    repeated: frozenset[int] = frozenset()
    continued: frozenset[int] = frozenset()
    words: Words = field(default_factory=Words)


NOTHING = Entry()


def read_grid(document: Document, table: Table) -> Grid:
    """The grid of a table of a document."""
    text, repairs = document.text, document.repairs
    width = min(max((sum(c.columns for c in row) for row in table.rows), default=0), MOST_COLUMNS)
    rows: list[list[Entry]] = [[NOTHING] * width for _ in table.rows]
    for number, column, cell in cells(table):
        if column >= width or not cell.lines:
            continue
        lines = tuple([p for line in cell.lines if (p := read_line(text, line, repairs)).text])
        said = lines[0].text if len(lines) == 1 else " ".join(line.text for line in lines)
        for down in range(min(cell.rows, len(rows) - number)):
            for across in range(min(cell.columns, width - column)):
                rows[number + down][column + across] = Entry(
                    lines, said, merged=bool(down or across)
                )
    return Grid(tuple(map(tuple, rows)), table.repeated, table.continued, document.words)


_QUARTER_ALONE = regex.compile(
    r"(?i)q(?:uý|úy)\s*(?:I{1,3}|IV|[1-4])(?:\s*[/năm.\s-]*20\d\d)?\s*[:.]?"
)
ORDINAL = regex.compile(r"(?:[IVXL]{1,7}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*|[a-zđ])\s?[.)]?")


def filled(row: Sequence[Entry]) -> list[str]:
    """The different texts of a row, in order: a merged cell once."""
    texts: list[str] = []
    for entry in row:
        if entry.text and (not texts or entry.text != texts[-1]):
            texts.append(entry.text)
    return texts


def quarter_row(row: Sequence[Entry]) -> list[int]:
    """The quarters that a row names, alone or after its ordinal."""
    texts = [text for text in filled(row) if any(map(str.isalnum, text))]
    if not texts or len(texts) > 2:
        return []
    text = texts[-1]
    # An ordinal may be misread; the quarter stands alone then.
    if (
        len(texts) == 2
        and not ORDINAL.fullmatch(texts[0], timeout=TIMEOUT)
        and (len(texts[0]) > 3 or not _QUARTER_ALONE.fullmatch(text, timeout=TIMEOUT))
    ):
        return []
    if not text[:1].isalnum() or len(text) > 120 or not is_quarter_heading(text):
        return []
    return find_quarters(text, heading=True)
