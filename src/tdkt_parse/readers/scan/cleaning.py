"""
A picture of a page made ready for reading: level, upright, its ground white, its seals gone.

Seals and signatures are told by their colour: where a coloured patch is larger than a word, its ink
is taken as white, and the black of the words under it stays.
"""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Colour = NDArray[np.uint8]
    """The same with three values a dot: blue, green, red."""

BEST = 200
"""Dots an inch: more cost time and read no better."""
SPECKLED = 250
"""Dots an inch from which on specks are smaller than the dots of letters."""
WORST_SKEW = 5.0
"""Degrees that a page may stand aslant; more is on purpose."""
LEVEL = 0.04
"""Degrees: a page no more aslant is left as it is."""

_SEAL = 12.0
"""Millimetres: the least width and height of a coloured patch that is no coloured print."""
_COLOURED = 48
"""Steps of 255 by which the strongest colour of a dot is above its weakest."""


class Clean(NamedTuple):
    """
    A picture ready to be read.

    ``quarter``: by how many quarter turns to the right it was turned, ``skew``: by how many degrees
    then to the left, about its middle.
    """

    grey: "Grey"
    resolution: float
    quarter: int
    skew: float


def clean(picture: "Grey | Colour", resolution: float) -> Clean:
    """A page's picture made ready."""
    grey = _flat(without_seals(picture, resolution))
    if resolution >= SPECKLED and is_speckled(grey):
        import cv2

        grey = _array(cv2.medianBlur(grey, 3))
    quarter = 1 if _is_on_its_side(grey, resolution) else 0
    if quarter:
        grey = turned(grey, quarter)
    skew = skew_of(grey, resolution)
    grey, resolution = _level(grey, resolution, skew)
    return Clean(grey, resolution, quarter, skew)


def _array(picture: object) -> "Grey":
    """What OpenCV gives, which it types as more than it is."""
    import numpy as np

    return np.ascontiguousarray(picture, dtype=np.uint8)  # type: ignore[call-overload,no-any-return]


def turned(grey: "Grey", quarters: int) -> "Grey":
    """A picture turned to the right by some quarters."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(grey, -quarters))


def without_seals(picture: "Grey | Colour", resolution: float) -> "Grey":
    """A picture in grey, the ink of coloured seals and signatures taken as white."""
    import cv2
    import numpy as np

    if picture.ndim == 2:
        return picture
    grey = _array(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
    step = max(round(resolution / 50), 1)
    few = picture[::step, ::step]
    high, low = few.max(axis=2), few.min(axis=2)
    coloured = _array((high - low > _COLOURED) * np.uint8(255))
    if not coloured.any():
        return grey
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    least = _SEAL / 25.4 * resolution / step
    for x, y, wide, high_, _ in boxes[1:count].tolist():
        if wide < least or high_ < 0.6 * least:
            continue
        rows = slice(max(y - 2, 0) * step, (y + high_ + 2) * step)
        columns = slice(max(x - 2, 0) * step, (x + wide + 2) * step)
        part = picture[rows, columns]
        # Ink of one colour leaves one of the three light at white; black leaves none.
        strongest = part.max(axis=2)
        weakest = part.min(axis=2)
        spread = strongest.astype(np.int16) - weakest
        lifted = np.where(spread > _COLOURED, np.minimum(strongest.astype(np.int16) + spread // 2, 255), strongest)
        grey[rows, columns] = lifted.astype(np.uint8)
    return grey


def _flat(grey: "Grey") -> "Grey":
    """A picture with its ground made white: divided by the lightest there is around each dot."""
    import cv2
    import numpy as np

    height, width = grey.shape
    small = cv2.resize(grey, (max(width // 8, 1), max(height // 8, 1)), interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 15)
    if int(ground.min()) >= 250:
        return grey
    ground = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    return _array(cv2.divide(grey, ground, scale=255))


def is_speckled(grey: "Grey") -> bool:
    """Whether a picture has specks: dark dots with hardly another beside them."""
    import cv2
    import numpy as np

    dark = _array((grey < 150) * np.uint8(1))
    beside = cv2.boxFilter(dark, -1, (3, 3), normalize=False)
    alone = int(np.count_nonzero((beside <= 2) & (dark == 1)))
    return alone > 2e-4 * grey.size


def _small(grey: "Grey", resolution: float, to: float) -> "Grey":
    import cv2

    scale = to / resolution
    if scale >= 1:
        return grey
    return _array(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def _is_on_its_side(grey: "Grey", resolution: float) -> bool:
    """Whether lines of print run from the top down: then columns of dots differ more than rows."""
    import cv2
    import numpy as np

    dark = _array((_small(grey, resolution, 75) < 170) * np.uint8(1))
    for shape in ((1, 30), (30, 1)):  # Ruling lines say nothing.
        dark -= _array(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(shape, np.uint8)))
    level = sum(_roughness(part.sum(axis=1)) for part in np.array_split(dark, 8, axis=1))
    upright = sum(_roughness(part.sum(axis=0)) for part in np.array_split(dark, 8, axis=0))
    return upright > 1.5 * level


def _roughness(profile: "NDArray[np.integer]") -> float:
    import numpy as np

    steps = np.diff(profile.astype(np.float64))
    return float((steps * steps).sum())


def skew_of(grey: "Grey", resolution: float) -> float:
    """By how many degrees the lines of a picture fall to the right; 0 where it has none."""
    import numpy as np

    small = _small(grey, resolution, 100)
    ys, xs = np.nonzero(small < 150)
    if len(xs) < 200:
        return 0.0
    if len(xs) > 60_000:
        step = len(xs) // 60_000 + 1
        ys, xs = ys[::step], xs[::step]
    x, y = xs.astype(np.float32), ys.astype(np.float32)

    def sharpness(angle: float) -> float:
        at = y - x * np.float32(np.tan(np.radians(angle)))
        counts = np.bincount((at - at.min()).astype(np.int32)).astype(np.float64)
        return float((np.diff(counts) ** 2).sum())

    best = max(np.arange(-WORST_SKEW, WORST_SKEW + 0.1, 0.5), key=sharpness)
    for width, step_ in ((0.4, 0.1), (0.08, 0.02)):
        best = max(np.arange(best - width, best + width + step_ / 2, step_), key=sharpness)
    return float(best) if abs(best) >= LEVEL else 0.0


def _level(grey: "Grey", resolution: float, skew: float) -> tuple["Grey", float]:
    """A picture levelled, and of no more dots than help."""
    import cv2

    scale = min(BEST / resolution, 1.0) if resolution > 1.1 * BEST else 1.0
    height, width = grey.shape
    if scale < 1:
        # Shrunk first: each dot is the mean of those that it stands for.
        size = (max(round(width * scale), 1), max(round(height * scale), 1))
        grey = _array(cv2.resize(grey, size, interpolation=cv2.INTER_AREA))
        height, width = grey.shape
    if skew:
        matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), skew, 1.0)
        grey = _array(
            cv2.warpAffine(
                grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,)
            )
        )
    return grey, resolution * scale
