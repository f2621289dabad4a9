"""
The ruling lines of a page's picture: found as long runs of dark dots, then taken out.

No run is closed over a gap before it is looked for: that joins the feet of letters to lines, and
splits rows that stand close. What touches by a few points is joined where tables are found.
"""

from typing import TYPE_CHECKING

from tdkt_parse.readers.pdf.rulings import Drawn, Rule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

DARK = 185
SHORTEST_LEVEL = 20.0
SHORTEST_UPRIGHT = 16.0
"""Points: more than any letter, or several that touch, are wide or high."""
THICKEST = 4.5
"""Points: a thicker one is a bar, or the picture of something."""


def find_lines(grey: "Grey", resolution: float) -> "tuple[Drawn, Grey]":
    """The lines of a level picture, in points, and the picture without them."""
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
        # A line not quite level goes from row to row of dots: the parts touch by their corners.
        count, labels, boxes, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
        keep = np.zeros(count, np.uint8)
        for number, (x, y, wide, high, area) in enumerate(boxes.tolist()):
            if number == 0:
                continue
            across, along = (high, wide) if level else (wide, high)
            if area / along * dot > THICKEST or across * dot > 2 * THICKEST:
                continue
            keep[number] = 255
            if level:
                drawn.level.append(Rule((y + high / 2) * dot, x * dot, (x + wide) * dot))
            else:
                drawn.upright.append(Rule((x + wide / 2) * dot, y * dot, (y + high) * dot))
        mask = cv2.dilate(keep[labels], np.ones((3, 3), np.uint8))
        plain[mask > 0] = 255
    return drawn, plain
