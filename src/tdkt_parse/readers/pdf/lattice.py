"""
Ruled tables: from the lines of a page to cells.

Lines nearly at one place are one, lines that nearly touch are joined; where a level line crosses an
upright one is a corner; a cell is the smallest rectangle whose corners are there and whose edges
are drawn; cells that share a corner are of one table. So do pdfplumber and, before it, Nurminen
(*Algorithmic Extraction of Data in Tables in PDF Documents*, 2013), with whose cells these are
compared.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from tdkt_parse.readers.pdf.rulings import Drawn, Rule

NEAR = 3.0
"""Points within which two lines are at one place, and two ends touch."""
FEWEST_OPEN = 3
"""Lines that end at one place, for a line across their ends to be missing."""
MOST_CORNERS = 40_000
MOST_STEPS = 2_000_000
"""In the search for cells; a page of 40 columns and 60 rows takes 5,000."""
MOST_TABLES = 100
"""Of one page; more are a drawing."""


class Rect(NamedTuple):
    """A cell, by its edges as shown."""

    x0: float
    y0: float
    x1: float
    y1: float


class Lattice(NamedTuple):
    """A ruled table: where its columns and rows are divided, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Rect, ...]

    @property
    def box(self) -> Rect:
        return Rect(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def find_lattices(drawn: Drawn) -> list[Lattice]:
    """The ruled tables of a page, from its top; a frame around one cell is none."""
    if len(drawn.level) < 2 or len(drawn.upright) < 2:
        return []
    level, upright = _joined(drawn.level), _joined(drawn.upright)
    level, upright = _closed(level, upright), _closed(upright, level)
    corners = _corners(level, upright)
    if not 4 <= len(corners) <= MOST_CORNERS:
        return []
    tables = _tables(_cells(corners))
    if len(tables) > MOST_TABLES:
        return []
    tables = [table for table in tables if not any(_is_in_cell(table, t) for t in tables)]
    return sorted(tables, key=lambda table: (table.ys[0], table.xs[0]))


def _is_in_cell(table: Lattice, other: Lattice) -> bool:
    """Whether a table stands in a cell of another one; it is read as the words of that cell."""
    x0, y0, x1, y1 = table.box
    return table is not other and any(
        c.x0 <= x0 and c.y0 <= y0 and x1 <= c.x1 and y1 <= c.y1 for c in other.cells
    )


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Lines with those at one place moved to their mean, and those that touch made one."""
    found: list[Rule] = []
    ordered = sorted(rules)
    index = 0
    while index < len(ordered):
        stop = index + 1
        while stop < len(ordered) and ordered[stop].at - ordered[stop - 1].at <= NEAR:
            stop += 1
        group = ordered[index:stop]
        at = sum(rule.at for rule in group) / len(group)
        open_ = None
        for _, start, end in sorted(group, key=itemgetter(1)):
            if open_ is not None and start <= open_[1] + NEAR:
                open_ = (open_[0], max(open_[1], end))
                continue
            if open_ is not None:
                found.append(Rule(at, *open_))
            open_ = (start, end)
        if open_ is not None:
            found.append(Rule(at, *open_))
        index = stop
    return [rule for rule in found if rule.end - rule.start >= NEAR]


def _closed(rules: list[Rule], crossing: Sequence[Rule]) -> list[Rule]:
    """
    Lines with those that were left out at the outer edges of a table.

    Where three crossing lines end at one place, beyond all lines that cross them, one is missing.
    """
    made: list[Rule] = []
    families: dict[tuple[int, int], list[Rule]] = {}
    for rule in crossing:
        families.setdefault((round(rule.start / NEAR), round(rule.end / NEAR)), []).append(rule)
    for family in families.values():
        first, last = min(rule.at for rule in family), max(rule.at for rule in family)
        if len(family) < FEWEST_OPEN or last - first < 2 * NEAR:
            continue
        inside = [
            rule.at
            for rule in rules
            if rule.start <= first + NEAR
            and rule.end >= last - NEAR
            and family[0].start - NEAR <= rule.at <= family[0].end + NEAR
        ]
        if not inside:
            continue
        for edge, outmost in ((family[0].start, min(inside)), (family[0].end, max(inside))):
            if abs(edge - outmost) > 4 * NEAR:
                made.append(Rule(edge, first, last))
    return sorted([*rules, *made]) if made else rules


def _corners(
    level: Sequence[Rule], upright: Sequence[Rule]
) -> dict[tuple[float, float], tuple[set[int], set[int]]]:
    """Where lines cross: ``(x, y)`` with the numbers of the level and upright lines there."""
    heights = [rule.at for rule in level]
    corners: dict[tuple[float, float], tuple[set[int], set[int]]] = {}
    for v, (x, top, bottom) in enumerate(upright):
        for h in range(bisect_left(heights, top - NEAR), len(level)):
            y, start, end = level[h]
            if y > bottom + NEAR:
                break
            if start - NEAR <= x <= end + NEAR:
                across, down = corners.setdefault((x, y), (set(), set()))
                across.add(h)
                down.add(v)
                if len(corners) > MOST_CORNERS:
                    return {}
    return corners


def _cells(
    corners: dict[tuple[float, float], tuple[set[int], set[int]]],
) -> list[Rect]:
    """The smallest rectangle right below each corner whose edges are drawn."""
    columns: dict[float, list[float]] = {}
    rows: dict[float, list[float]] = {}
    for x, y in sorted(corners):
        columns.setdefault(x, []).append(y)
        rows.setdefault(y, []).append(x)
    for places in (*columns.values(), *rows.values()):
        places.sort()
    found: list[Rect] = []
    steps = 0
    for x, y in sorted(corners):
        across, down = corners[x, y]
        below, beside = columns[x], rows[y]
        first = bisect_right(beside, x)
        for y1 in below[bisect_right(below, y) :]:
            if not down & corners[x, y1][1]:
                break
            corner = None
            for x1 in islice(beside, first, None):
                steps += 1
                if not across & corners[x1, y][0]:
                    break
                if (
                    (x1, y1) in corners
                    and corners[x1, y][1] & corners[x1, y1][1]
                    and corners[x, y1][0] & corners[x1, y1][0]
                ):
                    corner = x1
                    break
            if corner is not None:
                found.append(Rect(x, y, corner, y1))
                break
        if steps > MOST_STEPS:
            return []
    return found


def _tables(cells: Sequence[Rect]) -> list[Lattice]:
    """Cells that share a corner, directly or by others, as tables."""
    by_corner: dict[tuple[float, float], list[int]] = {}
    for number, (x0, y0, x1, y1) in enumerate(cells):
        for corner in ((x0, y0), (x1, y0), (x0, y1), (x1, y1)):
            by_corner.setdefault(corner, []).append(number)
    seen = [False] * len(cells)
    tables: list[Lattice] = []
    for first in range(len(cells)):
        if seen[first]:
            continue
        seen[first] = True
        group = [first]
        for number in group:  # The list grows while it is walked.
            x0, y0, x1, y1 = cells[number]
            for corner in ((x0, y0), (x1, y0), (x0, y1), (x1, y1)):
                for other in by_corner.pop(corner, ()):
                    if not seen[other]:
                        seen[other] = True
                        group.append(other)
        if len(group) > 1:
            tables.append(_lattice([cells[number] for number in group]))
    return tables


def _lattice(cells: Sequence[Rect]) -> Lattice:
    xs = sorted({x for cell in cells for x in (cell.x0, cell.x1)})
    ys = sorted({y for cell in cells for y in (cell.y0, cell.y1)})
    return Lattice(tuple(xs), tuple(ys), tuple(sorted(cells, key=itemgetter(1, 0))))
