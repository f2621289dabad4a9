"""
Rows of dashes, equal signs, asterisks: ``-------`` under a letterhead, ``***`` between parts.

An engine passes over dashes, and reads asterisks as whatever letters they look like. In the picture
they are marks of one size at one distance, with nothing beside them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tdkt_parse.readers.scan.engine import Recognised
from tdkt_parse.readers.scan.lines import DARK

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

SMALLEST, LARGEST = 0.9, 7.5
"""Points: how wide a mark is."""
FLAT = 0.6
"""Of its width: how high a dash is at most."""
ROUND = 1.45
"""How much higher than wide an asterisk is at most, and wider than high."""
DASHES, ASTERISKS = 4, 3
"""Marks of a row, at least."""
UNEVEN = 0.22
"""Of the distance of two marks: by how much others of the row are nearer or farther."""
UNLIKE = 0.25
"""Of the size of a mark: by how much others of the row are smaller or larger."""
PITCH = 2.6
"""Widths of a mark from one to the next, at most."""
FREE = 2.0
"""Distances of two marks to either side of a row where nothing stands."""
LEAST = 2.5
"""Points: how wide an asterisk is, at least; less is a dot of a row to be filled in."""
ARM = 0.5
"""Of the ink of an asterisk's middle column: how much of its upper half is black."""
BAND = 4
"""Dots: heights of marks are looked up by so many together."""
MOST, MOST_ROWS = 20_000, 40
"""Marks and rows of a page of print, at most."""
BESIDE = 0.08
"""Of the ink to either side of it above the middle: how much is black."""
SURE = 0.9


class _Mark(NamedTuple):
    x: int
    y: int
    wide: int
    high: int

    @property
    def middle(self) -> float:
        return self.y + self.high / 2

    @property
    def centre(self) -> float:
        return self.x + self.wide / 2


def with_ornaments(
    plain: "Grey", parts: "NDArray[np.int32]", words: Sequence[Recognised], resolution: float
) -> list[Recognised]:
    """
    The words of a page, with rows of marks in the place of what they were read as.

    ``parts``: what hangs together in its picture, as ``lines.Ruled`` has it.
    """
    kept = [*words]
    number = max((word.line for word in words), default=0) + 1
    rows = [*_rows(plain, parts, resolution)]
    if len(rows) > MOST_ROWS:
        return kept
    for text, row in _equals(rows):
        x0, x1 = min(one.x for one in row), max(one.x + one.wide for one in row)
        y0, y1 = min(one.y for one in row), max(one.y + one.high for one in row)
        pitch = row[1].centre - row[0].centre
        beside = [
            word
            for word in kept
            if word.x1 > x0 - FREE * pitch
            and word.x0 < x1 + FREE * pitch
            and word.y0 < y1
            and word.y1 > y0
        ]
        within = [word for word in beside if x0 - pitch < (word.x0 + word.x1) / 2 < x1 + pitch]
        if len(within) < len(beside) or any(word.x0 < x0 - pitch or word.x1 > x1 + pitch
                                            for word in within):  # fmt: skip
            continue
        kept = [word for word in kept if word not in within]
        kept.append(Recognised(text, x0, y0, x1, y1, SURE, number))
        number += 1
    return kept


def _equals(rows: Sequence[tuple[str, list[_Mark]]]) -> Iterator[tuple[str, list[_Mark]]]:
    """The rows; of two of dashes, one over the other, one of equal signs."""
    for number, (text, row) in enumerate(rows):
        others = [k for k, (_, one) in enumerate(rows) if one is not row and _is_over(row, one)]
        if not others:
            yield text, row
            continue
        other_text, other = rows[others[0]]
        alike = all(abs(a.x - b.x) <= max(2, UNLIKE * a.wide) for a, b in zip(row, other))  # noqa: B905
        if len(others) == 1 and number < others[0] and text == other_text and alike:
            yield text.replace("-", "="), [*row, *other]


def _is_over(row: Sequence[_Mark], other: Sequence[_Mark]) -> bool:
    near = abs(row[0].middle - other[0].middle) < 2 * max(row[0].wide, row[0].high)
    return near and row[0].x < other[-1].x + other[-1].wide and other[0].x < row[-1].x


def _rows(
    plain: "Grey", parts: "NDArray[np.int32]", resolution: float
) -> Iterator[tuple[str, list[_Mark]]]:
    dot = resolution / 72
    wide, high = parts[:, 2], parts[:, 3]
    fit = (wide >= SMALLEST * dot) & (wide <= LARGEST * dot) & (high <= ROUND * wide)
    marks = [_Mark(*box) for box in parts[fit][:, :4].tolist()]
    if len(marks) > MOST:
        return  # A picture, or a ground of dots.
    for row in _chains(marks):
        if all(one.high <= FLAT * one.wide for one in row):
            if len(row) >= DASHES:
                yield "-" * len(row), row
        elif (
            len(row) >= ASTERISKS
            and row[0].wide >= LEAST * dot
            and all(_is_asterisk(plain, one) for one in row)
        ):
            yield "*" * len(row), row


def _chains(marks: Sequence[_Mark]) -> Iterator[list[_Mark]]:
    """Marks of one size that follow one another at one distance, on one height."""
    left = sorted(marks)
    bands: dict[int, list[_Mark]] = {}
    for one in left:
        bands.setdefault(round(one.middle) // BAND, []).append(one)
    used: set[_Mark] = set()
    for first in left:
        if first in used:
            continue
        row = [first]
        while (after := _next(row, bands)) is not None:
            row.append(after)
        if len(row) >= min(DASHES, ASTERISKS):
            used.update(row)
            yield row


def _next(row: Sequence[_Mark], bands: Mapping[int, Sequence[_Mark]]) -> _Mark | None:
    last = row[-1]
    pitch = last.centre - row[-2].centre if len(row) > 1 else None
    slack = max(2.0, UNLIKE * last.wide)
    band = round(last.middle) // BAND
    found = [
        one
        for near in (band - 1, band, band + 1)
        for one in _between(bands.get(near, ()), last.x, last.x + (PITCH + 1) * (last.wide + slack))
        if last.wide * 0.9 < one.centre - last.centre <= PITCH * max(last.wide, one.wide)
        and abs(one.middle - last.middle) <= slack
        and abs(one.wide - last.wide) <= slack
        and abs(one.high - last.high) <= slack
        and (pitch is None or abs(one.centre - last.centre - pitch) <= max(2.0, UNEVEN * pitch))
    ]
    return min(found, key=lambda one: one.centre, default=None)


def _between(marks: Sequence[_Mark], first: float, last: float) -> Sequence[_Mark]:
    """Those of some marks, from left to right, that begin between two places."""
    return marks[bisect_left(marks, (first,)) : bisect_right(marks, (last,))]


def _is_asterisk(plain: "Grey", mark: _Mark) -> bool:
    """Whether an arm goes straight up from ink in the middle: no letter so low is made so."""
    import numpy as np

    if mark.wide > ROUND * mark.high:
        return False
    part = plain[mark.y : mark.y + mark.high, mark.x : mark.x + mark.wide]
    ink = (part < DARK).astype(np.uint8)
    middle = ink[:, mark.wide * 2 // 5 : -(-mark.wide * 3 // 5)].max(axis=1)
    top, corner = max(mark.high // 5, 1), max(mark.wide // 4, 1)
    corners = float(ink[:top, :corner].mean()) + float(ink[:top, -corner:].mean())
    # A plus has nothing beside its upright.
    upper = ink[: mark.high * 2 // 5]
    beside = min(float(upper[:, : mark.wide * 3 // 8].mean()),
                 float(upper[:, -(mark.wide * 3 // 8) :].mean()))  # fmt: skip
    return bool(
        float(middle[: mark.high // 2].mean()) >= ARM
        and middle[mark.high // 3 : mark.high * 2 // 3].all()
        and corners < 1.0
        and beside > BESIDE
    )
