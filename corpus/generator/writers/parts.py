"""
The parts that every writer puts down one by one: a line between its marks, the places of a table's
grid, the upper and the lower half of two columns.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.paper import Cell, Columns, Line, Mark, Note, Paper, Table


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands in one row of the grid; ``below`` where it began in a row above."""

    cell: Cell
    below: bool = False


def grid(table: Table) -> list[list[Place]]:
    """
    Each row of a table as its places from left to right, merged cells in every row they cover.

    A ``ValueError`` where the cells do not fill the columns.
    """
    width = len(table.widths)
    rows: list[list[Place]] = []
    open_cells: dict[int, tuple[Cell, int]] = {}
    for number, row in enumerate(table.rows):
        cells = deque(row)
        places: list[Place] = []
        column = 0
        while column < width:
            if column in open_cells:
                cell, last = open_cells[column]
                places.append(Place(cell, below=True))
                if last == number:
                    del open_cells[column]
            elif cells:
                cell = cells.popleft()
                places.append(Place(cell))
                if cell.rows > 1:
                    open_cells[column] = (cell, number + cell.rows - 1)
            else:
                raise ValueError(f"row {number} has fewer cells than the table has columns")
            column += places[-1].cell.columns
        if cells or column > width:
            raise ValueError(f"row {number} has more cells than the table has columns")
        rows.append(places)
    if open_cells:
        raise ValueError("a cell covers more rows than the table has")
    return rows


def cut_table(table: Table) -> list[list[list[Place]]]:
    """
    The rows of a table in as many parts as pages begin in it, its header again where it repeats.

    A cell that goes on in the next part is empty there: its words are printed once.
    """
    rows = grid(table)
    starts = sorted({0, *(start for start in table.breaks if table.header < start < len(rows))})
    parts = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        part = rows[start:end]
        if start:
            part[0] = [
                Place(replace(place.cell, lines=())) if place.below else place for place in part[0]
            ]
            if table.repeats:
                part = [*rows[: table.header], *part]
        parts.append(part)
    return parts


def pieces(line: Line) -> Iterator[str | Mark]:
    """The text of a line and the marks in it, in order; no text is empty."""
    at = 0
    for mark in sorted(line.marks, key=lambda mark: mark.at):
        if mark.at > at:
            yield line.text[at : mark.at]
            at = mark.at
        yield mark
    if at < len(line.text):
        yield line.text[at:]


Pair = tuple[Sequence[Line], Sequence[Line]]


def halves(columns: Columns) -> list[Pair]:
    """
    What stands level in two columns: all of it, or what is above the last rules and what is below.

    The number of a document and its date are level because agency and motto end in a rule.
    """
    left, right = (_ruled(side) for side in (columns.left, columns.right))
    if not left or not right:
        return [(columns.left, columns.right)]
    return [
        (columns.left[:left], columns.right[:right]),
        (columns.left[left:], columns.right[right:]),
    ]


def _ruled(lines: Sequence[Line]) -> int:
    """How many lines stand above the last rule, where some stand below it; else 0."""
    count = max((number for number, line in enumerate(lines, 1) if line.underline), default=0)
    return count if count < len(lines) else 0


def notes_by_mark(paper: Paper) -> dict[str, deque[Note]]:
    """
    The notes under their markers, those of one marker in order.

    Where a document counts its notes anew on every page, several have the same marker.
    """
    found: dict[str, deque[Note]] = {}
    for note in paper.notes:
        found.setdefault(note.marker, deque()).append(note)
    return found
