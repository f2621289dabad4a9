"""
Quarters in the cells of tables: rows that head those below them, and a column that tells them.

``QUÝ  NĂM 2024`` over rows before ``QUÝ H NĂM 2024``; ``Quý``, ``Quý II``, ``Quý II``, ``Quý III``
below one another. The single stroke of I is what OCR loses: where a row or a cell before the second
quarter has none, it was that.
"""

from collections.abc import Iterator

import regex

from tdkt_parse.layout import Cell, Repair, Table
from tdkt_parse.numerals import parse_roman
from tdkt_parse.repair.headings import STROKES
from tdkt_parse.repair.quarters import QUARTER, find_headings_of_quarters
from tdkt_parse.repair.tokens import Slice, slices_of
from tdkt_parse.spelling import key

TIMEOUT = 2.0
HEADERS = 3
"""Rows of a table among which its header is."""
ORDINAL = 5
"""Characters of the number that a row which heads others may have in its first cell."""
_ALONE = regex.compile(r"(?P<word>Qu[ýí]|QU[ÝÍ])(?:\s(?P<numeral>[IVHl1|]{1,4}))?\s?[.:]?")


def find_quarters_in_rows(text: str, table: Table) -> Iterator[Repair]:
    """The repairs of the rows that head others as quarters: all that such a row says is that."""
    heads: list[list[Slice]] = []
    for row in table.rows:
        said = [found for cell in row if (found := _slices(text, cell))]
        if len(said) == 2 and len(said[0]) == 1 and len(said[0][0].text) <= ORDINAL:
            del said[0]
        if len(said) == 1 and len(said[0]) == 1:
            heads.append(said[0])
    yield from find_headings_of_quarters(heads)


def find_quarters_in_column(text: str, table: Table) -> Iterator[Repair]:
    """The repairs of the numerals in a column that is headed *Quý*: ``|``, ``lI``."""
    for number, row in enumerate(table.rows[:HEADERS]):
        for column, cell in enumerate(row):
            head = [one.text for one in _slices(text, cell)]
            if len(head) == 1 and key(head[0]) == key("quý"):
                for below in table.rows[number + 1 :]:
                    if len(below) == len(row):
                        yield from _numeral_alone(text, below[column])


def _numeral_alone(text: str, cell: Cell) -> Iterator[Repair]:
    """The repair of what is all of a cell, if it is strokes."""
    slices = _slices(text, cell)
    if len(slices) != 1:
        return
    read = slices[0].text.rstrip(". ")
    put = read.translate(STROKES)
    if read and put != read and not read.isdigit() and parse_roman(put) in (1, 2, 3, 4):
        yield Repair(*slices[0].place(0, len(read)), put, QUARTER)


def find_lost_in_column(text: str, table: Table) -> Iterator[Repair]:
    """The repairs of cells that say *Quý* alone in a column that goes on with *Quý II*."""
    width = max((len(row) for row in table.rows), default=0)
    for column in range(width):
        cells = [row[column] for row in table.rows[1:] if column < len(row)]
        yield from _lost_among([found for cell in cells if (found := _slices(text, cell))])


def _lost_among(column: list[list[Slice]]) -> Iterator[Repair]:
    """Those of a column's cells with words in them, all of which must name a quarter."""
    named: list[tuple[Slice, regex.Match[str]]] = []
    for slices in column:
        found = _ALONE.fullmatch(slices[0].text, timeout=TIMEOUT) if len(slices) == 1 else None
        if found is None:
            return
        named.append((slices[0], found))
    values = [parse_roman((found["numeral"] or "I").translate(STROKES)) or 0 for _, found in named]
    read = {value for (_, found), value in zip(named, values, strict=True) if found["numeral"]}
    if 2 not in read or not read <= {1, 2, 3, 4} or values != sorted(values):
        return
    for one, found in named:
        if not found["numeral"]:
            yield Repair(*one.place(*found.span("word")), f"{found['word']} I", QUARTER)


def _slices(text: str, cell: Cell) -> list[Slice]:
    return [one for line in cell.lines for one in slices_of(text, line)]
