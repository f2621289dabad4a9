"""
Tables as rows and columns, and those that were cut in parts.
"""

from collections.abc import Iterator
from dataclasses import replace

from tdkt_parse.layout.document import Cell, Line, Table


def cells(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Each cell of a table with its row and its first grid column, merged cells once."""
    covered: dict[int, int] = {}
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while covered.get(column, 0) > number:
                column += 1
            yield number, column, cell
            if cell.rows > 1:
                for taken in range(column, column + cell.columns):
                    covered[taken] = number + cell.rows
            column += cell.columns


def is_blank_row(row: tuple[Cell, ...]) -> bool:
    """Whether no cell of the row has a line."""
    return not any(cell.lines for cell in row)


def row_texts(text: str, row: tuple[Cell, ...]) -> tuple[str, ...]:
    """The cells of a row as read, white space folded; what a repeated header is known by."""
    return tuple(
        " ".join(" ".join(text[s:e] for line in cell.lines for s, e in line.spans).split())
        for cell in row
    )


def join_tables(text: str, blocks: list[Line | Table]) -> list[Line | Table]:
    """
    Tables that a page break cut in parts, or a typist, as one.

    Two tables that follow one another with nothing between are one when they have the same number
    of columns: with the header repeated, that row is marked so; without, the row that goes on.
    """
    joined: list[Line | Table] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Table) and isinstance(last, Table):
            together = _continue(text, last, block)
            if together:
                joined[-1] = together
                continue
        joined.append(block)
    return joined


def _continue(text: str, table: Table, more: Table) -> Table | None:
    if _width(table) != _width(more) or not table.rows or not more.rows:
        return None
    header = [row_texts(text, row) for row in table.rows[:2]]
    depth = 0
    while (
        depth < min(len(header), len(more.rows))
        and row_texts(text, more.rows[depth]) == header[depth]
    ):
        depth += 1
    offset = len(table.rows)
    return replace(
        table,
        rows=table.rows + more.rows,
        span=(table.span[0], more.span[1]),
        repeated=table.repeated | frozenset(offset + k for k in range(depth)),
        continued=table.continued | (frozenset() if depth else frozenset({offset})),
    )


def _width(table: Table) -> int:
    return sum(cell.columns for cell in table.rows[0]) if table.rows else 0
