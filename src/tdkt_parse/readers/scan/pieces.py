"""
What hangs together in a picture in two tones: letters, rules, seals, specks.

OpenCV counts the dots of each piece as it labels them, in tables as large as a page might need;
of a page of print that takes twice as long as to label it alone and to count by its runs.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Pieces(NamedTuple):
    """
    Of each dot which piece it is of, 0 for the ground; and of each piece, the first that of label
    1, a row: left, top, width, height, dots.
    """

    labels: "NDArray[np.int32]"
    boxes: "NDArray[np.int32]"


def pieces_of(dark: "NDArray[Any]", *, connectivity: int = 8) -> Pieces:
    """The pieces of a picture that is 0 but for its ink; with 8 neighbours by corners too."""
    import cv2
    import numpy as np

    if not dark.size:  # OpenCV would crash.
        return Pieces(np.zeros(dark.shape, np.int32), np.zeros((0, 5), np.int32))
    count, found = cv2.connectedComponents(dark, connectivity=connectivity)
    labels = np.asarray(found, np.int32)
    high, wide = dark.shape
    ink = np.zeros((high, wide + 2), np.bool_)
    np.not_equal(dark, 0, out=ink[:, 1:-1])
    # Row by row a run begins and ends by turns.
    turns = np.flatnonzero(ink[:, 1:] != ink[:, :-1])
    rows, starts = np.divmod(turns[::2], wide + 1)
    ends = turns[1::2] - rows * (wide + 1)
    piece = labels[rows, starts]
    boxes = np.zeros((count, 5), np.int64)
    boxes[:, :2] = high + wide
    np.minimum.at(boxes[:, 0], piece, starts)
    np.minimum.at(boxes[:, 1], piece, rows)
    np.maximum.at(boxes[:, 2], piece, ends)
    np.maximum.at(boxes[:, 3], piece, rows + 1)
    boxes[:, 2:4] -= boxes[:, :2]
    boxes[:, 4] = np.bincount(piece, weights=ends - starts, minlength=count)
    return Pieces(labels, boxes[1:].astype(np.int32))
