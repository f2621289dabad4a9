"""
CSV (RFC 4180): one table, UTF-8, lines that end in CR LF.

Cells that a sheet program would take for formulas are guarded, in a way that can be undone
(``formulas``); ``raw`` leaves them as they are. For Excel the file begins with the mark of UTF-8
and has the headings and words that people read.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from tdkt_parse.export.formulas import guard, unguard
from tdkt_parse.export.shortfalls import LENGTH, ROWS, Shortfalls
from tdkt_parse.export.tables import Cell, Column, Filed, Table, joined, told

BOM = "\ufeff"
"""By which Excel knows that a file is UTF-8."""


def write_csv(
    files: Iterable[Filed],
    table: Table,
    write: Callable[[str], object],
    met: Shortfalls,
    *,
    for_excel: bool = False,
    raw: bool = False,
    lang: str = "vi",
) -> None:
    """Write a table row by row; ``for_excel`` with the mark of UTF-8 and headings for people."""
    heads = [one.label(lang) if for_excel else one.name for one in table.columns]
    write((BOM if for_excel else "") + _line(heads))
    row = 1
    for filed in files:
        for cells in table.rows(filed):
            row += 1
            if for_excel and row > ROWS:
                met.add("too_many", str(row))
            texts = []
            for cell, column in zip(cells, table.columns, strict=True):
                text = text_of(told(cell, column, lang) if for_excel else cell)
                if "\0" in text:  # Of which some readers make an end.
                    met.add("controls", f"{column.name}, {row}")
                    text = text.replace("\0", "\ufffd")
                if for_excel and len(text.encode("utf-16-le")) > 2 * LENGTH:
                    met.add("too_long", f"{column.label(lang)}, {row}")
                texts.append(text if raw else guard(text))
            write(_line(texts))


def text_of(cell: Cell) -> str:
    """A cell as CSV has it: ``true``, ``false``, lists with ``; `` between, nothing as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list):
        return joined(cell) or ""
    return str(cell)


def read_csv(text: str, table: Table) -> Iterator[dict[str, str]]:
    """The rows of a CSV without ``for_excel`` and ``raw``, the texts as they were in the Plan."""
    names = [column.name for column in table.columns]
    rows = csv.reader(io.StringIO(text, newline=""))
    next(rows, None)
    for cells in rows:
        yield dict(zip(names, map(unguard, cells), strict=True))


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue()


def named(cells: Iterable[Cell], columns: Iterable[Column]) -> dict[str, Cell]:
    """A row with the names of its columns."""
    return {column.name: cell for cell, column in zip(cells, columns, strict=True)}
