"""
A row of a Word construct, and how what was read is written down to be compared.

``shown`` is everything that a reader got from the file, line by line:

- a line of the body as it is, marks of notes in brackets: ``Kế hoạch[¹] năm``;
- a table row by row, ``┌`` before its first row and ``│`` before the others (``≡`` before a
  header that is only repeated, ``…`` before a row with which it goes on), bars between cells,
  slashes between the lines of one, ``⟨2×3⟩`` after a cell that covers 2 rows and 3 columns;
- then ``1: text`` for a note, ``header: text`` for what stands in a margin, ``! name`` for a
  remark.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest
from word_files import Options, docx

from tdkt_parse.layout import Cell, Document, Line, Table
from tdkt_parse.readers import read
from tdkt_parse.settings import Changes


class Row(NamedTuple):
    """One construct: the body of a file, its other parts, and what the page shows."""

    label: str
    body: str
    shown: Sequence[str]
    options: Options = {}  # noqa: RUF012 - never changed
    changes: Changes = "accept"
    fails: str = ""
    """Why it is not read so yet."""

    @property
    def data(self) -> bytes:
        return docx(self.body, **self.options)


def parameters(family: str, rows: Sequence[Row], *, strict: bool = True) -> list[object]:
    """Rows as pytest parameters; ``strict`` makes known failures fail."""
    assert rows
    assert len({row.label for row in rows}) == len(rows), "two rows of one label"
    return [
        pytest.param(
            row,
            id=f"{family}: {row.label}",
            marks=[pytest.mark.xfail(strict=True, reason=row.fails)]
            if row.fails and strict
            else [],
        )
        for row in rows
    ]


def shown(row: Row) -> list[str]:
    """What is read of a row's file."""
    return list(lines_of(read(row.data, changes=row.changes)))


def lines_of(document: Document) -> Iterator[str]:
    text = document.text
    for block in document.blocks:
        if isinstance(block, Line):
            yield _line(text, block)
        else:
            yield from _table(text, block)
    for note in document.notes:
        yield f"{note.marker}: {_lines(text, note.lines)}"
    for margin in document.margins:
        yield f"{margin.kind}: {_lines(text, margin.lines)}"
    for name, _ in document.notices:
        yield f"! {name}"


def _line(text: str, line: Line) -> str:
    slices = [(s, e, text[s:e]) for s, e in line.spans]
    slices += [(s, e, f"[{text[s:e]}]") for s, e in line.notes]
    return "".join(said for _, _, said in sorted(slices))


def _lines(text: str, lines: Sequence[Line]) -> str:
    return " / ".join(_line(text, line) for line in lines)


def _table(text: str, table: Table) -> Iterator[str]:
    for number, row in enumerate(table.rows):
        sign = "│" if number else "┌"
        sign = "≡" if number in table.repeated else "…" if number in table.continued else sign
        yield f"{sign} {' | '.join(_cell(text, cell) for cell in row)}".rstrip()


def _cell(text: str, cell: Cell) -> str:
    size = f"⟨{cell.rows}×{cell.columns}⟩" if cell.rows > 1 or cell.columns > 1 else ""
    return _lines(text, cell.lines) + size
