"""
The ruling lines of a page's picture: found as long runs of dark dots, then taken out.

No run is closed over a gap before it is looked for: that joins the feet of letters to lines, and
splits rows that stand close. What touches by a few points is joined where tables are found.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tdkt_parse.readers.pdf.lattice import NEAR
from tdkt_parse.readers.pdf.rulings import Drawn, Rule
from tdkt_parse.readers.scan.pieces import pieces_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

DARK = 185
SHORTEST_LEVEL = 20.0
SHORTEST_UPRIGHT = 16.0
"""Points: more than any letter, or several that touch, are wide or high."""
LARGEST_LETTER = 11.0
"""Millimetres, wide and high: ink that hangs together over more is no print."""
DRAWN_ON, DOTS_ASIDE = 0.7, 2
"""
The share of a rule's way to the next one across that has ink, for it to go on to there; how far
from its middle that ink may be: ink that goes on aside is of letters.
"""
THICKEST = 4.5
"""Points: a thicker one is a bar, or the picture of something."""


Edges = tuple[int, int, int, int]
"""Left, top, right, bottom, in dots."""


class Ruled(NamedTuple):
    """
    The lines of a level picture, in points; the picture without them; where seals were in it.

    ``parts``: of what hangs together in that picture left, top, width, height and dots, a row each.
    """

    drawn: Drawn
    plain: "Grey"
    seals: list[Edges]
    parts: "NDArray[np.int32]"


def find_lines(grey: "Grey", resolution: float) -> Ruled:
    """The lines of a level picture."""
    import cv2
    import numpy as np

    dot = 72 / resolution
    dark = np.ascontiguousarray((grey < DARK) * np.uint8(255))
    drawn = Drawn(objects=1)
    plain = grey.copy()
    for level in (True, False):
        shortest = round((SHORTEST_LEVEL if level else SHORTEST_UPRIGHT) / dot)
        long_ = (1, shortest) if level else (shortest, 1)
        runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(long_, np.uint8))
        x0, y0, across, down = cv2.boundingRect(runs)
        if not across:
            continue
        # With a dot on every side, as far as the picture goes.
        x0, y0, x1, y1 = max(x0 - 1, 0), max(y0 - 1, 0), x0 + across + 1, y0 + down + 1
        within = np.ascontiguousarray(runs[y0:y1, x0:x1])
        # A line not quite level goes from row to row of dots: the parts touch by their corners.
        labels, boxes = pieces_of(within)
        for number, (x, y, wide, high, area) in enumerate(boxes.tolist(), 1):
            thick, along = (high, wide) if level else (wide, high)
            if area / along * dot > THICKEST or thick * dot > 2 * THICKEST:
                continue
            _take_out(plain[y0:y1, x0:x1], labels, number, (x, y, wide, high))
            x, y = x + x0, y + y0
            if level:
                drawn.level.append(Rule((y + high / 2) * dot, x * dot, (x + wide) * dot))
            else:
                drawn.upright.append(Rule((x + wide / 2) * dot, y * dot, (y + high) * dot))
    for rules, crossing, lying in (
        (drawn.level, drawn.upright, True),
        (drawn.upright, drawn.level, False),
    ):
        rules[:] = [
            _prolonged(rule, crossing, *((dark, plain) if lying else (dark.T, plain.T)), dot)
            for rule in rules
        ]
    return Ruled(drawn, plain, *_take_out_seals(plain, resolution))


def _prolonged(
    rule: Rule, crossing: Sequence[Rule], dark: "Grey", plain: "Grey", dot: float
) -> Rule:
    """
    A level rule up to the next ones that cross it, if it is drawn on to there, with short breaks.

    What is left beyond a break is too short for a rule by itself. It is taken out, too.
    """
    import numpy as np

    ends = [rule.start, rule.end]
    row = round(rule.at / dot)
    top, foot = max(row - DOTS_ASIDE, 0), row + DOTS_ASIDE + 1
    band, aside = slice(top, foot), [k for k in (top - 1, foot) if 0 <= k < len(dark)]
    for side in (0, 1):
        found = [
            other.at
            for other in crossing
            if NEAR < (ends[0] - other.at, other.at - ends[1])[side] <= SHORTEST_LEVEL
            and other.start - NEAR <= rule.at <= other.end + NEAR
        ]
        for at in sorted(found, reverse=side == 0):
            x0, x1 = sorted((round(ends[side] / dot), round(at / dot)))
            inked = dark[band, x0:x1].any(axis=0) & ~dark[aside, x0:x1].any(axis=0)
            if not inked.size or float(np.mean(inked)) < DRAWN_ON:
                break
            plain[band, x0:x1] = 255
            ends[side] = at
    return Rule(rule.at, ends[0], ends[1])


def _take_out(plain: "Grey", labels: Any, number: int, box: tuple[int, int, int, int]) -> None:
    """Make white what hangs together as one part of a picture, and the dots about it."""
    import cv2
    import numpy as np

    x, y, wide, high = box
    place = (slice(max(y - 1, 0), y + high + 1), slice(max(x - 1, 0), x + wide + 1))
    ink = (labels[place] == number).astype(np.uint8)
    plain[place][cv2.dilate(ink, np.ones((3, 3), np.uint8)) > 0] = 255


def _take_out_seals(plain: "Grey", resolution: float) -> "tuple[list[Edges], NDArray[np.int32]]":
    """
    Take out of a picture what hangs together and is no letter: a black seal, a signature.

    Gives the edges of each, and the rest of what hangs together.
    """
    import numpy as np

    least = LARGEST_LETTER / 25.4 * resolution
    dark = np.ascontiguousarray((plain < DARK) * np.uint8(255))
    labels, boxes = pieces_of(dark)
    large = (boxes[:, 3] > least) & (boxes[:, 2] > least)
    found: list[Edges] = []
    for index in np.flatnonzero(large).tolist():
        x, y, across, down, _ = boxes[index].tolist()
        found.append((x, y, x + across, y + down))
        _take_out(plain, labels, index + 1, (x, y, across, down))
    return found, boxes[~large]
