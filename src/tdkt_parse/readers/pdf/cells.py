"""
A ruled table of one page: which words stand in which of its cells.

Where a rule was left out, the grid has places that no cell covers. What stands in one is read as a
cell of its own, so that no word is lost.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tdkt_parse.readers.pdf.glyphs import PageWords
from tdkt_parse.readers.pdf.lattice import NEAR, Lattice, Rect
from tdkt_parse.readers.pdf.paragraphs import Measure, Paragraph, find_paragraphs, pitch_of
from tdkt_parse.readers.pdf.rows import Row, find_rows, make_row

PADDING = 5.4
"""Points between a cell's edge and its words: what Word leaves, 0.19 cm."""

FEW = 40
"""Of so many rows of a table that was read by OCR, one may have a speck beside it."""


@dataclass(slots=True)
class PageCell:
    """A cell: its first column and row of the grid, how many it covers, its edges, its words."""

    column: int
    row: int
    columns: int
    rows: int
    box: Rect
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(row.text for p in self.paragraphs for row in p.rows)


@dataclass(slots=True)
class PageTable:
    """A table, or the part of one that stands on a page: its rows of cells."""

    page: int
    lattice: Lattice
    rows: list[list[PageCell]]


def words_by_table(
    words: PageWords, chosen: Iterable[int], lattices: Sequence[Lattice]
) -> tuple[list[int], list[list[int]]]:
    """The numbers of the words that stand in no table, and of those in each."""
    outside: list[int] = []
    inside: list[list[int]] = [[] for _ in lattices]
    lefts, tops, rights, bottoms = words.lefts, words.tops, words.rights, words.bottoms
    boxes = [(*lattice.box, mine) for lattice, mine in zip(lattices, inside, strict=True)]
    for index in chosen:
        x, y = (lefts[index] + rights[index]) / 2, (tops[index] + bottoms[index]) / 2
        for x0, y0, x1, y1, mine in boxes:
            if y0 <= y <= y1 and x0 <= x <= x1:
                mine.append(index)
                break
        else:
            outside.append(index)
    return outside, inside


def read_table(page: int, lattice: Lattice, words: PageWords, chosen: Sequence[int]) -> PageTable:
    """A table of a page with those of its words that stand in it, in their cells."""
    xs, ys = lattice.xs, lattice.ys
    grid: dict[tuple[int, int], PageCell] = {}
    cells: list[PageCell] = []
    places_x = {x: k for k, x in enumerate(xs)}
    places_y = {y: k for k, y in enumerate(ys)}
    for rect in lattice.cells:
        c0, c1 = places_x[rect.x0], places_x[rect.x1]
        r0, r1 = places_y[rect.y0], places_y[rect.y1]
        cell = PageCell(c0, r0, c1 - c0, r1 - r0, rect)
        cells.append(cell)
        for r in range(r0, r1):
            for c in range(c0, c1):
                grid.setdefault((r, c), cell)
    held: dict[int, list[int]] = {}
    lefts, tops, rights, bottoms = words.lefts, words.tops, words.rights, words.bottoms
    last_x, last_y = len(xs) - 1, len(ys) - 1
    for index in chosen:
        c = bisect_right(xs, (lefts[index] + rights[index]) / 2, 1, last_x) - 1
        r = bisect_right(ys, (tops[index] + bottoms[index]) / 2, 1, last_y) - 1
        held_by = grid.get((r, c))
        if held_by is None:
            held_by = PageCell(c, r, 1, 1, Rect(xs[c], ys[r], xs[c + 1], ys[r + 1]))
            cells.append(held_by)
            grid[r, c] = held_by
        held.setdefault(id(held_by), []).append(index)
    for cell in [cell for cell in cells if cell.columns > 1]:
        cells += _parted(cell, words, held, xs)
    made = {id(cell): _rows_of(page, words, held.get(id(cell), ())) for cell in cells}
    padding = _padding(cells, made, by_ocr=bool(words.sures))
    for cell in cells:
        rows = made[id(cell)]
        if rows:
            x0, x1 = cell.box.x0 + padding, cell.box.x1 - padding
            measure = Measure(x0, x1, pitch_of(rows), kind="cell")
            cell.paragraphs = find_paragraphs(rows, measure)
    rows_of_cells: list[list[PageCell]] = [[] for _ in range(len(ys) - 1)]
    for cell in sorted(cells, key=lambda one: one.column):
        rows_of_cells[cell.row].append(cell)
    return PageTable(page, lattice, [row for row in rows_of_cells if row])


RULE_LEFT_OUT = 1.2
"""Of the type size: as far apart words stand on both sides of a rule that was left out."""


def _parted(
    cell: PageCell, words: PageWords, held: dict[int, list[int]], xs: Sequence[float]
) -> list[PageCell]:
    """
    The cells that a cell over several columns is, where the rule between them was left out.

    Its words stand on both sides of the columns' border, none on it, and far from each other; signs
    alone are no column's content.
    """
    mine = held.get(id(cell), [])
    found: list[PageCell] = []
    for column in range(cell.column + cell.columns - 1, cell.column, -1):
        x = xs[column]
        before = [k for k in mine if words.lefts[k] < x]
        behind = [k for k in mine if words.lefts[k] >= x]
        if not (_say(words, before) and _say(words, behind)):
            continue
        left = [words.rights[k] for k in before]
        right = [words.lefts[k] for k in behind]
        if max(left) > x:
            continue
        if min(right) - max(left) < RULE_LEFT_OUT * words.sizes[mine[0]]:
            continue
        span = cell.column + cell.columns - column
        more = PageCell(column, cell.row, span, cell.rows, cell.box._replace(x0=x))
        held[id(more)] = behind
        mine = held[id(cell)] = before
        cell.columns -= span
        cell.box = cell.box._replace(x1=x)
        found.append(more)
    return found


def _say(words: PageWords, chosen: Sequence[int]) -> bool:
    """Whether some words have a letter or a figure."""
    return any(any(map(str.isalnum, words.texts[k])) for k in chosen)


def put_in_cell(table: PageTable, row: Row) -> bool:
    """Put a row of turned words into the cell that it stands in; whether it stands in one."""
    x, y = (row.x0 + row.x1) / 2, (row.y0 + row.y1) / 2
    for cells in table.rows:
        for cell in cells:
            box = cell.box
            if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1:
                if row.x1 - row.x0 > box.x1 - box.x0 + 2 or row.y1 - row.y0 > box.y1 - box.y0 + 2:
                    return False  # A watermark.
                cell.paragraphs.append(Paragraph([row]))
                return True
    return False


def _rows_of(page: int, words: PageWords, chosen: Sequence[int]) -> list[Row]:
    if not chosen:
        return []
    return [make_row(page, line, wide=" ") for line in find_rows(words, chosen)]


def _padding(
    cells: Sequence[PageCell], made: dict[int, list[Row]], *, by_ocr: bool = False
) -> float:
    """
    How far words stand from the edges of their cells, as far as the page shows.

    On a scan a speck or a piece of a rule stands nearer than any word: a few rows are no measure.
    """
    left = [row.x0 - cell.box.x0 for cell in cells for row in made[id(cell)]]
    right = [cell.box.x1 - row.x1 for cell in cells for row in made[id(cell)]]
    known = sorted(gap for gap in (*left, *right) if gap > 0)
    least = known[len(known) // FEW if by_ocr else 0] if known else PADDING
    return max(min(least, PADDING + 2), 0.0)


def is_same_grid(table: PageTable, below: PageTable) -> bool:
    """Whether the columns of two tables stand at the same places."""
    xs, others = table.lattice.xs, below.lattice.xs
    if abs(xs[0] - others[0]) > 2 * NEAR or abs(xs[-1] - others[-1]) > 2 * NEAR:
        return False
    few, many = sorted((xs, others), key=len)
    return len(few) > 2 and all(min(abs(x - y) for y in many) <= 2 * NEAR for x in few)


def spread(table: PageTable, xs: Sequence[float]) -> None:
    """Say of each cell which columns of another grid it covers."""
    for row in table.rows:
        for cell in row:
            first = _nearest(xs, cell.box.x0)
            cell.column, cell.columns = first, max(_nearest(xs, cell.box.x1) - first, 1)


def _nearest(xs: Sequence[float], x: float) -> int:
    return min(range(len(xs)), key=lambda k: abs(xs[k] - x))
