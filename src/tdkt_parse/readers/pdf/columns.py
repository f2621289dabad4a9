"""
Columns that stand side by side: a letterhead, a signature beside its recipients, two signers.

Nothing is drawn between them. Where rows one below the other leave the same strip of paper blank,
and none crosses it, what stands left of the strip is read first, then what stands right of it.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from tdkt_parse.readers.pdf.furniture import is_title
from tdkt_parse.readers.pdf.rows import Row, Segment, is_label, make_row

NARROWEST = 5.0
"""Points that a strip between two columns is wide at least."""
MOST_SIDE_BY_SIDE = 4
"""Columns; more is a table, or a drawing."""
CENTRED = 4.0
"""Points from the middle of the page's text."""
APART = 1.5
"""Type sizes that a column of one row is away from the other at least."""
LEADING = 1.9
"""How many times its height a row may stand below another of its column."""


@dataclass(slots=True)
class Strip:
    """
    Rows of one column, from the top down.

    ``beside``: the blank strip beside it, of a column that has one next to it; ``side``: 0 for the
    whole width, 1 for the left column, 2 for the right one.
    """

    rows: list[Row] = field(default_factory=list)
    side: int = 0
    beside: tuple[float, float] | None = None


Line = list[Segment]


def find_columns(
    page: int,
    lines: Sequence[Line],
    middle: float,
    *,
    open_: Strip | None = None,
    inner: bool = False,
) -> list[Strip]:
    """
    The columns of some rows, in the order in which they are read.

    ``middle`` is that of the text of the page: a row centred on it is of no column. ``open_`` is
    the right column at the foot of the page before, which may go on at the top of this one;
    ``inner``: the rows are of one of two columns.
    """
    found: list[Strip] = []
    index = 0
    if open_ is not None and open_.beside is not None:
        stop, gutter = _grow_down(lines, 0, open_.beside, middle)
        if stop and _goes_on(lines[:stop], open_):
            found += _parted(page, lines[:stop], gutter)
            index = stop
    whole = Strip()
    while index < len(lines):
        region = _region(lines, index, middle, inner=inner)
        if region is None:
            whole.rows.append(make_row(page, lines[index]))
            index += 1
            continue
        first, stop, gutter = region
        # Rows of the right column that stand above the left one were taken for the whole width.
        back = index - first
        if back:
            del whole.rows[len(whole.rows) - back :]
        if whole.rows:
            found.append(whole)
        found += _parted(page, lines[first:stop], gutter)
        whole = Strip()
        index = stop
    if whole.rows:
        found.append(whole)
    return found


def _parted(page: int, lines: Sequence[Line], gutter: tuple[float, float]) -> list[Strip]:
    middle = (gutter[0] + gutter[1]) / 2
    left = [[s for s in line if _centre(s) < middle] for line in lines]
    right = [[s for s in line if _centre(s) >= middle] for line in lines]
    found: list[Strip] = []
    for side, part in ((1, left), (2, right)):
        strips = find_columns(page, [line for line in part if line], -1.0, inner=True)
        for strip in strips:
            strip.side = side
            strip.beside = strip.beside or gutter
        found += strips
    return found


def _centre(segment: Segment) -> float:
    return (segment.x0 + segment.x1) / 2


def _goes_on(lines: Sequence[Line], open_: Strip) -> bool:
    """Whether the rows at the top of a page go on two columns: no larger than what stood there."""
    if is_title(" ".join(lines[0][0].texts)):
        return False
    return lines[0][0].size <= max(row.size for row in open_.rows) + 0.6


def _region(
    lines: Sequence[Line], index: int, middle: float, *, inner: bool
) -> tuple[int, int, tuple[float, float]] | None:
    """
    Two columns that begin at a row: their first row, the one after the last, the strip between.
    """
    line = lines[index]
    if len(line) == 1 and index + 1 < len(lines) and not inner:
        line = _beside(line, lines[index + 1])
    if not 2 <= len(line) <= MOST_SIDE_BY_SIDE:
        return None
    best: tuple[int, int, tuple[float, float]] | None = None
    for left, right in itertools.pairwise(line):
        if left is line[0] and is_label(left):
            continue  # A heading with a gap behind its number.
        gutter = (left.x1, right.x0)
        stop, gutter = _grow_down(lines, index, gutter, middle)
        first, gutter = _grow_up(lines, index, gutter)
        if _are_columns(lines[first:stop], gutter, inner=inner) and (
            best is None or stop > best[1]
        ):
            best = first, stop, gutter
    return best


def _beside(line: Line, below: Line) -> Line:
    """
    A row and the one below it, if they stand side by side half a row apart; else the row.
    """
    upper, lower = line[0], below[0]
    height = min(upper.y1 - upper.y0, lower.y1 - lower.y0)
    if len(below) > 1 or lower.y0 > upper.y1 - 0.2 * height:
        return line
    first, second = (upper, lower) if upper.x0 <= lower.x0 else (lower, upper)
    return line if second.x0 < first.x1 + NARROWEST else [first, second]


def _grow_down(
    lines: Sequence[Line], index: int, gutter: tuple[float, float], middle: float
) -> tuple[int, tuple[float, float]]:
    """The first row from one on that crosses a strip, and what of the strip stays blank."""
    stop = index
    bottoms: list[tuple[float, float, float]] = []
    while stop < len(lines):
        line = lines[stop]
        narrowed = _narrow(line, gutter)
        if len(line) > MOST_SIDE_BY_SIDE:
            break
        centred = len(line) == 1 and abs(_centre(line[0]) - middle) < CENTRED
        if narrowed is None or (centred and stop > index):
            break
        sides = {_centre(s) >= (narrowed[0] + narrowed[1]) / 2 for s in line}
        first = line[0]
        if sides == {False} and bottoms:
            y0, y1, size = bottoms[-1]
            far = first.y0 - y1 > (LEADING - 1) * (y1 - y0)
            if (far or first.size > size + 0.6) and not (
                _more_right(lines, stop, narrowed)
                or (far and _signs(lines[index:stop], line, narrowed))
            ):
                break
        if False in sides:
            bottoms.append((first.y0, first.y1, first.size))
        gutter = narrowed
        stop += 1
    return stop, gutter


def _signs(lines: Sequence[Line], line: Line, gutter: tuple[float, float]) -> bool:
    """Whether a row is the name below an office that stands in the middle of the left column."""
    left = [s for one in lines for s in one if _centre(s) < gutter[0]]
    centred = [s for s in left if abs(_centre(s) - _centre(line[0])) < CENTRED]
    starts = [s.x0 for s in (*left, line[0])]
    spread = max(starts) - min(starts)
    near = line[0].y0 - left[-1].y1 < 9 * (line[0].y1 - line[0].y0) if left else False
    return near and len(centred) == len(left) and (spread > CENTRED or len(left) == 1)


def _more_right(lines: Sequence[Line], index: int, gutter: tuple[float, float]) -> bool:
    """Whether the right column goes on below a row, before anything crosses the strip."""
    for line in lines[index + 1 : index + 12]:
        narrowed = _narrow(line, gutter)
        if narrowed is None:
            return False
        gutter = narrowed
        if any(_centre(s) >= (gutter[0] + gutter[1]) / 2 for s in line):
            return True
    return False


def _grow_up(
    lines: Sequence[Line], index: int, gutter: tuple[float, float]
) -> tuple[int, tuple[float, float]]:
    """The first of the rows above one that stand in the right column alone, and the strip."""
    a, b = gutter
    first = index
    while first > 0:
        line = lines[first - 1]
        if any(segment.x0 < a + NARROWEST for segment in line):
            break
        below = lines[first][0]
        if below.y0 - line[0].y1 > (LEADING - 1) * (line[0].y1 - line[0].y0):
            break
        first -= 1
        b = min(b, line[0].x0)
    return first, (a, b)


def _narrow(line: Line, gutter: tuple[float, float]) -> tuple[float, float] | None:
    """What of a strip a row leaves blank; ``None`` if it crosses it, or leaves too little."""
    a, b = gutter
    for segment in line:
        x0, x1 = segment.x0, segment.x1
        if x1 <= a or x0 >= b:
            continue
        if x0 <= a and x1 >= b:
            return None
        if x0 > a and x1 < b:
            if len(line) == 1 and min(x0 - a, b - x1) * 3 > max(x0 - a, b - x1):
                return None  # In the middle of the strip: of neither column.
            a, b = (x1, b) if x0 - a < b - x1 else (a, x0)
        elif x0 <= a:
            a = x1
        else:
            b = x0
    return (a, b) if b - a >= NARROWEST else None


def _are_columns(lines: Sequence[Line], gutter: tuple[float, float], *, inner: bool) -> bool:
    """
    Whether rows are two columns, and not sentences with a wide gap by chance.

    The right one has two rows at least; or one, far off and set in another type than two at least
    on the left.
    Within a column, where dates leave their day blank, two rows at least have both.
    """
    middle = (gutter[0] + gutter[1]) / 2
    both = sum(1 for line in lines if _centre(line[0]) < middle <= _centre(line[-1]))
    if inner and both < 2:
        return False
    left = [s for line in lines for s in line if _centre(s) < middle]
    right = [s for line in lines for s in line if _centre(s) >= middle]
    if not right or all(is_label(segment) for segment in left):
        return False
    if len(right) > 1:
        return True
    if len(left) < 2 or gutter[1] - gutter[0] < APART * right[0].size:
        return False
    one, others = right[0], left
    return all(abs(one.size - w.size) > 0.9 or (one.look ^ w.look) & 1 for w in others[1:])
