"""
Tables without upright rules: columns by the blank strips between them.

Two kinds are told from text in columns. Between level lines of one length, three at least, each
strip between two lines is a row. Without any line, the first column has to count (1, 2, 3; I, II):
then each number begins a row, and a short line across all columns, as ``QUÝ II``, is one too.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from tdkt_parse.readers.pdf.cells import PageCell, PageTable
from tdkt_parse.readers.pdf.glyphs import TIMEOUT
from tdkt_parse.readers.pdf.lattice import Lattice, Rect
from tdkt_parse.readers.pdf.paragraphs import Measure, find_paragraphs, pitch_of
from tdkt_parse.readers.pdf.rows import Segment, make_row
from tdkt_parse.readers.pdf.rulings import Rule
from tdkt_parse.wording import is_numbering

NARROWEST = 4.0
"""Points of a strip between two columns."""
MOST_COLUMNS = 12
MOST_LINES = 400
FEWEST_RULES = 3
LONGEST_ACROSS = 60
"""Code points of a line across all columns."""
TIGHT = 0.6
"""Of the type size: words that stand nearer are of one sentence."""
FAR = 3.0
"""How many times the size of its type a line may stand below the one before."""

_ORDINAL = regex.compile(r"(\d{1,3})[.)]?|([IVXL]{1,5})[.)]?")

Line = list[Segment]
Gutter = tuple[float, float]


@dataclass(slots=True)
class Found:
    """Lines that are a table: how many, the strips between its columns, where rows begin."""

    stop: int
    gutters: list[Gutter]
    begins: list[int] = field(default_factory=list)
    """The first line of each row, counted from the first line of the table."""
    across: set[int] = field(default_factory=set)
    """Lines across all columns."""


def find_open_table(
    page: int, lines: Sequence[Line], index: int, rules: Sequence[Rule]
) -> tuple[int, PageTable] | None:
    """A table that begins with a line, and the line after it; ``None`` where none does."""
    if not 2 <= len(lines[index]) <= MOST_COLUMNS:
        return None
    found = _between_rules(lines, index, rules) or _counted(lines, index)
    if found is None:
        return None
    return found.stop, _table(page, lines[index : found.stop], found)


# -- between level lines


def rule_families(rules: Sequence[Rule], width: float) -> list[Rule]:
    """Level lines of which three at least have the same ends, and are wide for the page."""
    by_ends: dict[tuple[int, int], list[Rule]] = {}
    for rule in rules:
        if rule.end - rule.start > 0.4 * width:
            by_ends.setdefault((round(rule.start / 4), round(rule.end / 4)), []).append(rule)
    return sorted(
        rule
        for family in by_ends.values()
        if len({round(rule.at / 4) for rule in family}) >= FEWEST_RULES
        for rule in family
    )


def _between_rules(lines: Sequence[Line], index: int, rules: Sequence[Rule]) -> Found | None:
    top = _middle(lines[index])
    above = [rule for rule in rules if rule.at < top]
    below = [rule for rule in rules if rule.at > top]
    if not above or not below or (index and _middle(lines[index - 1]) > above[-1].at):
        return None
    last = max(rule.at for rule in below)
    stop = index
    while stop < len(lines) and _middle(lines[stop]) < last:
        stop += 1
    heights = sorted(rule.at for rule in rules)
    rows = [sum(1 for at in heights if at < _middle(line)) for line in lines[index:stop]]
    begins = [k for k, row in enumerate(rows) if k == 0 or row != rows[k - 1]]
    inside = lines[index:stop]
    gutters = _gutters(inside)
    if gutters is None or len(begins) < FEWEST_RULES - 1:
        return None
    across = {k for k in range(len(inside)) if _stands_across(inside[k], inside, gutters)}
    crossed = [k for k in range(len(inside)) if _narrowed(inside[k], gutters) is None]
    if len({*crossed} - across) > 0 or len(across) > len(begins) // 2:
        return None
    return Found(stop, gutters, begins, across)


def _gutters(lines: Sequence[Line]) -> list[Gutter] | None:
    """The strips that stay blank in the lines of a table that have words in several columns."""
    widest = max(lines, key=len)
    gutters = [(a.x1, b.x0) for a, b in pairwise(widest)]
    for line in lines:
        if len(line) > 1:
            narrowed = _narrowed(line, gutters)
            if narrowed is None:
                return None
            gutters = narrowed
    return gutters or None


# -- by its numbers


def _counted(lines: Sequence[Line], index: int) -> Found | None:
    """A table whose first column counts its rows."""
    if len(lines[index]) < 3:
        return None
    gutters: list[Gutter] = [(a.x1, b.x0) for a, b in pairwise(lines[index])]
    stop = index
    while stop < min(len(lines), index + MOST_LINES):
        line = lines[stop]
        first = line[0]
        # Figures alone are lower than their type: it is that which tells how far a line may stand.
        if stop > index and first.y0 - lines[stop - 1][0].y1 > (FAR - 1) * first.size:
            break
        if len(line) > 1:
            narrowed = _narrowed(line, gutters)
            if narrowed is None:
                break
            gutters = narrowed
        stop += 1
    across: set[int] = set()
    for k in range(index, stop):
        if _stands_across(lines[k], lines[index:stop], gutters):
            across.add(k - index)
        elif _narrowed(lines[k], gutters) is None:
            stop = k
            break
    while across and stop - index - 1 in across:
        stop -= 1
        across.discard(stop - index)
    inside = lines[index:stop]
    numbers = [k for k, line in enumerate(inside) if _ordinal(line, gutters)]
    full = sum(1 for line in inside if len(line) > 1)
    headed = len(inside[0][0].texts) == 1 and is_numbering(inside[0][0].texts[0])
    if headed and len(numbers) == 1 and full > 1:  # The page ends below its first row.
        counts = inside[numbers[0]][0].texts[0].strip(".)") in ("1", "01", "I")
    else:
        counts = len(numbers) > 1 and full > 2 and _counts(inside, numbers)
    if not counts:
        return None
    begins = sorted({0, *numbers, *across, *(k + 1 for k in across if k + 1 < len(inside))})
    return Found(stop, gutters, begins, {k for k in across if k < len(inside)})


def _stands_across(line: Line, lines: Sequence[Line], gutters: Sequence[Gutter]) -> bool:
    """Whether a line is one of all columns: short, alone, and at the left edge of none of them."""
    if len(line) > 1 or sum(map(len, line[0].texts)) > LONGEST_ACROSS:
        return False
    starts = [segment.x0 for other in lines if len(other) > 1 for segment in other]
    if any(abs(line[0].x0 - start) < NARROWEST for start in starts):
        return _narrowed(line, gutters) is None
    middles = [(s.x0 + s.x1) / 2 for other in lines if len(other) > 1 for s in other]
    return not any(abs((line[0].x0 + line[0].x1) / 2 - middle) < NARROWEST for middle in middles)


def _ordinal(line: Line, gutters: Sequence[Gutter]) -> bool:
    """Whether nothing but a number stands in the first column of a line, and something behind."""
    first = line[0]
    return (
        first.x1 <= gutters[0][1]
        and len(first.texts) == 1
        and len(line) > 1
        and bool(_ORDINAL.fullmatch(first.texts[0], timeout=TIMEOUT))
    )


def _counts(lines: Sequence[Line], numbers: Sequence[int]) -> bool:
    """Whether numbers of the first column go up by one, from group to group anew."""
    said = [lines[k][0].texts[0].strip(".)") for k in numbers]
    digits = [int(text) for text in said if text.isdigit()]
    steps = sum(1 for a, b in pairwise(digits) if b in (a + 1, 1))
    return len(digits) > 1 and steps * 2 >= len(digits) - 1


# -- both


def _middle(line: Line) -> float:
    return (line[0].y0 + line[0].y1) / 2


def _narrowed(line: Line, gutters: Sequence[Gutter]) -> list[Gutter] | None:
    """What of the strips a line leaves blank; ``None`` if a word of it crosses one."""
    found: list[Gutter] = []
    for a, b in gutters:
        for segment in line:
            if segment.x1 <= a or segment.x0 >= b:
                continue
            if _runs_through(segment, a, b):
                return None
            for x0, x1 in zip(segment.lefts, segment.rights, strict=True):
                if x1 <= a or x0 >= b:
                    continue
                if x0 <= a and x1 >= b:
                    return None
                if x0 - a <= b - x1:
                    a = max(a, x1)
                else:
                    b = min(b, x0)
            if b - a < NARROWEST:
                return None
        found.append((a, b))
    return found


def _runs_through(segment: Segment, a: float, b: float) -> bool:
    """Whether words of a sentence stand on both sides of a strip, no further apart than usual."""
    middle = (a + b) / 2
    for right, left in zip(segment.rights, segment.lefts[1:], strict=False):
        if right <= middle <= left or (right > a and left >= b) or (right <= a and left < b):
            return left - right < TIGHT * segment.size and segment.x0 < a and segment.x1 > b
    return False


def _table(page: int, lines: Sequence[Line], found: Found) -> PageTable:
    """The cells of a table without upright rules."""
    left = min(line[0].x0 for line in lines)
    right = max(line[-1].x1 for line in lines)
    inner = [(a + b) / 2 for a, b in found.gutters]
    xs = (left - NARROWEST, *inner, right + NARROWEST)
    edges = [*found.begins, len(lines)]
    ys = [lines[0][0].y0 - 1]
    ys += [(lines[k - 1][0].y1 + lines[k][0].y0) / 2 for k in edges[1:-1]]
    ys.append(lines[-1][0].y1 + 1)
    rows: list[list[PageCell]] = []
    for number, (first, stop) in enumerate(pairwise(edges)):
        box = Rect(xs[0], ys[number], xs[-1], ys[number + 1])
        if any(k in found.across for k in range(first, stop)):
            cell = PageCell(0, number, len(xs) - 1, 1, box)
            _fill(cell, page, lines[first:stop], 0.0, 1e9)
            rows.append([cell])
            continue
        rows.append([])
        for column, (x0, x1) in enumerate(pairwise(xs)):
            cell = PageCell(column, number, 1, 1, Rect(x0, box.y0, x1, box.y1))
            _fill(cell, page, lines[first:stop], x0, x1)
            rows[-1].append(cell)
    boxes = tuple(cell.box for row in rows for cell in row)
    return PageTable(page, Lattice(tuple(xs), tuple(ys), boxes), rows)


def _fill(cell: PageCell, page: int, lines: Sequence[Line], x0: float, x1: float) -> None:
    """Put the words between two edges into a cell."""
    rows = []
    for line in lines:
        parts = [part for segment in line if (part := _between(segment, x0, x1)) is not None]
        if parts:
            rows.append(make_row(page, parts, wide=" "))
    if rows:
        edges = min(row.x0 for row in rows), max(row.x1 for row in rows)
        cell.paragraphs = find_paragraphs(rows, Measure(*edges, pitch_of(rows), kind="cell"))


def _between(segment: Segment, x0: float, x1: float) -> Segment | None:
    """The words of a segment whose middle stands between two edges."""
    if x0 <= segment.x0 and segment.x1 <= x1:
        return segment
    kept = [
        k
        for k, (a, b) in enumerate(zip(segment.lefts, segment.rights, strict=True))
        if x0 <= (a + b) / 2 < x1
    ]
    if not kept:
        return None
    lefts = array("f", [segment.lefts[k] for k in kept])
    rights = array("f", [segment.rights[k] for k in kept])
    return segment._replace(
        x0=lefts[0],
        x1=max(rights),
        texts=[segment.texts[k] for k in kept],
        lefts=lefts,
        rights=rights,
        marks=tuple(n for n, k in enumerate(kept) if k in segment.marks),
        sures=[segment.sures[k] for k in kept] if segment.sures else (),
    )
