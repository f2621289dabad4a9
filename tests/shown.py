"""
How what was read of a file is written down to be compared, and rows as parameters of a test.

``lines_of`` is everything that a reader got from the file, line by line:

- a line of the body as it is, marks of notes in brackets: ``Kế hoạch[¹] năm``;
- a table row by row, ``┌`` before its first row and ``│`` before the others (``≡`` before a
  header that is only repeated, ``…`` before a row with which it goes on), bars between cells,
  slashes between the lines of one, ``⟨2×3⟩`` after a cell that covers 2 rows and 3 columns;
- then ``1: text`` for a note, ``header: text`` for what stands in a margin, ``signed: name`` for
  a digital signature, ``! name`` for a remark.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

import pytest

from tdkt_parse.layout import Cell, Document, Line, Table


class Labelled(Protocol):
    """A row of a family of tests."""

    @property
    def label(self) -> str: ...

    @property
    def fails(self) -> str:
        """Why it is not read so yet."""


def parameters(family: str, rows: Sequence[Labelled], *, strict: bool = True) -> list[object]:
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
    for stamp in document.signatures:
        yield f"signed: {stamp.signer}"
    for notice in document.notices:
        yield f"! {notice.rule}"


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
