"""
A picture of a page made ready for reading: level, upright, its ground white, its seals gone.

Seals and signatures are told by their colour: where a coloured patch is larger than a word, its ink
is taken as white, and the black of the words under it stays.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from tdkt_parse.readers.scan.pieces import pieces_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Colour = NDArray[np.uint8]
    """The same with three values a dot: blue, green, red."""

BEST = 200
"""Dots an inch: more cost time and read no better."""
WHITE = 0.88
"""Of white: as light is the grain of paper."""
SPECK = 0.42
"""Millimetres; the full stop of 11 points is half a millimetre wide."""
SURE_SPECK = 0.27
"""The same of what is one wherever it stands."""
FINE = 250
"""Dots an inch below which the marks of small letters are no larger than that."""
MOST_SPECKS = 100_000
MOST_MARKS = 2_000
"""Spots of a page among which full stops are told; more are its grain."""
BESIDE = 0.9
"""Millimetres from the last letter to its full stop: that of Arial stands off more than Times's."""
TALL = 1.2
"""Millimetres above a full stop in which that letter is: a y is not beside it."""
LINE = 7.0
"""Millimetres of a line before its full stop, which say where its letters stand."""
UNDER = 0.4
"""Of the ink beside a full stop, how much is as far below: tails of letters."""
APART = 1.6
"""Millimetres from one dot of a colon to the other, of print whose dots are as small as specks."""
WORST_SKEW = 5.0
"""Degrees that a page may stand aslant; more is on purpose."""
FEWEST_DARK, MOST_DARK = 200, 30_000
"""Dark dots that tell how aslant a page is; of more, some are left out."""
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


def clean(picture: "Grey | Colour", resolution: float, *, stands: bool = False) -> Clean:
    """A page's picture made ready; ``stands``: it is known not to lie on its side."""
    grey = _flat(without_seals(picture, resolution))
    grey = without_specks(grey, resolution)
    quarter = 1 if not stands and _is_on_its_side(grey, resolution) else 0
    if quarter:
        grey = turned(grey, quarter)
    skew = skew_of(grey, resolution)
    grey, resolution = _level(grey, resolution, skew)
    return Clean(grey, resolution, quarter, skew)


def _array(picture: object) -> "Grey":
    """What OpenCV gives, which it types as more than it is."""
    import numpy as np

    return np.ascontiguousarray(picture, dtype=np.uint8)


def turned(grey: "Grey", quarters: int) -> "Grey":
    """A picture turned to the right by some quarters."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(grey, -quarters))


def without_seals(picture: "Grey | Colour", resolution: float) -> "Grey":
    """A picture in grey, the ink of coloured seals and signatures taken as white."""
    import cv2
    import numpy as np

    if picture.ndim == 2:
        return picture.copy()
    grey = _array(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
    step = max(round(resolution / 50), 1)
    one, two, three = cv2.split(np.ascontiguousarray(picture[::step, ::step]))
    high, low = cv2.max(cv2.max(one, two), three), cv2.min(cv2.min(one, two), three)
    coloured = _array((cv2.subtract(high, low) > _COLOURED) * np.uint8(255))
    if not coloured.any():
        return grey
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    least = _SEAL / 25.4 * resolution / step
    for x, y, wide, high_, _ in pieces_of(joined).boxes.tolist():
        if wide < least or high_ < 0.6 * least:
            continue
        rows = slice(max(y - 2, 0) * step, (y + high_ + 2) * step)
        columns = slice(max(x - 2, 0) * step, (x + wide + 2) * step)
        part = picture[rows, columns]
        # Ink of one colour leaves one of the three light at white; black leaves none.
        strongest = part.max(axis=2)
        weakest = part.min(axis=2)
        spread = strongest.astype(np.int16) - weakest
        lifted = np.where(
            spread > _COLOURED, np.minimum(strongest.astype(np.int16) + spread // 2, 255), strongest
        )
        grey[rows, columns] = lifted.astype(np.uint8)
    return grey


def _flat(grey: "Grey") -> "Grey":
    """A picture with its ground made white: divided by the lightest there is around each dot."""
    import cv2
    import numpy as np

    height, width = grey.shape
    small = _shrunk(grey, 8)
    ground = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 15)
    if int(ground.min()) >= 250:
        return grey
    ground = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    return _array(cv2.divide(grey, ground, scale=255))


def without_specks(grey: "Grey", resolution: float) -> "Grey":
    """A picture without dark spots too small for a full stop or the dot of an i."""
    import numpy as np

    most = round(SPECK / 25.4 * resolution)
    dark = _array((grey < 190) * np.uint8(255))
    small = pieces_of(dark).boxes
    small = small[np.maximum(small[:, 2], small[:, 3]) <= most]
    sure = round(SURE_SPECK / 25.4 * resolution) if resolution >= FINE else 0
    near, beside = round(0.9 / 25.4 * resolution), round(0.4 / 25.4 * resolution)
    for x, y, wide, high, _ in small[:MOST_SPECKS].tolist():
        if max(wide, high) > sure:
            # The dot of a letter has ink above or below it, a full stop to its left.
            ink = np.count_nonzero(dark[max(y - near, 0) : y + high + near, x : x + wide])
            ink += np.count_nonzero(dark[y : y + high, max(x - beside, 0) : x])
            if ink > np.count_nonzero(dark[y : y + high, x : x + wide]):
                continue
            box = (x, y, wide, high)
            if len(small) <= MOST_MARKS and (
                _is_stop(dark, box, resolution) or _is_over_stop(dark, box, resolution)
            ):
                continue
        grey[max(y - 1, 0) : y + high + 1, max(x - 1, 0) : x + wide + 1] = 255
    return grey


def _is_stop(dark: "Grey", box: tuple[int, int, int, int], resolution: float) -> bool:
    """Whether a spot stands on the line of the letters before it, right behind the last of them."""
    import numpy as np

    x, y, wide, high = box
    above, before, line = (round(size * resolution / 25.4) for size in (TALL, BESIDE, LINE))
    if not np.any(dark[max(y - above, 0) : y + high, max(x - before, 0) : x]):
        return False
    letters = dark[:, max(x - line, 0) : x]
    on = int(np.count_nonzero(letters[y : y + high]))
    under = int(np.count_nonzero(letters[y + high + 1 : y + 2 * high + 1]))
    return on >= 2 * wide * high and under <= UNDER * on


def _is_over_stop(dark: "Grey", box: tuple[int, int, int, int], resolution: float) -> bool:
    """Whether a spot is the upper dot of a colon or a semicolon."""
    import numpy as np

    x, y, wide, high = box
    column = dark[y + high : y + high + round(APART * resolution / 25.4), x : x + wide].any(axis=1)
    rows = np.flatnonzero(column)
    if not len(rows) or rows[0] < high:
        return False
    top = y + high + int(rows[0])
    apart = [dark[top : top + high, at] for at in (x - 2, x + wide + 1) if 0 <= at < dark.shape[1]]
    if any(side.any() for side in apart):
        return False
    return _is_stop(dark, (x, top, wide, high), resolution)


def without_grain(grey: "Grey") -> "Grey":
    """A picture in which what is nearly white is white: small words are read by themselves then."""
    import cv2

    return _array(cv2.convertScaleAbs(grey, alpha=1 / WHITE))


def _shrunk(grey: "Grey", times: int) -> "Grey":
    """
    A picture with so many times fewer dots each way, each the mean of those that it stands for.

    What is left over on the right and at the foot is left out: by parts of dots OpenCV takes ten
    times as long.
    """
    import cv2

    height, width = grey.shape
    times = max(min(times, height, width), 1)
    size = (width // times, height // times)
    whole = grey[: size[1] * times, : size[0] * times]
    return _array(cv2.resize(whole, size, interpolation=cv2.INTER_AREA)) if times > 1 else grey


def _is_on_its_side(grey: "Grey", resolution: float) -> bool:
    """Whether lines of print run from the top down: then columns of dots differ more than rows."""
    import cv2
    import numpy as np

    small = cv2.medianBlur(_shrunk(grey, round(resolution / 75)), 3)
    dark = _array((small < 220) * np.uint8(1))
    for shape in ((1, 15), (15, 1)):  # Ruling lines say nothing.
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        dark[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 0
    level = sum(_roughness(part.sum(axis=1)) for part in np.array_split(dark, 8, axis=1))
    upright = sum(_roughness(part.sum(axis=0)) for part in np.array_split(dark, 8, axis=0))
    return upright > 1.4 * level


def _roughness(profile: "NDArray[np.integer]") -> float:
    import numpy as np

    steps = np.diff(profile.astype(np.float64))
    return float((steps * steps).sum())


def skew_of(grey: "Grey", resolution: float) -> float:
    """By how many degrees the lines of a picture fall to the right; 0 where it has none."""
    import numpy as np

    ys, xs = _places(_shrunk(grey, int(resolution / 100 + 0.01)) < 150)
    if len(xs) < FEWEST_DARK:
        return 0.0
    step = len(xs) // MOST_DARK + 1
    # Half a degree from their angle nothing is left of thin rules, and another may be taken.
    angles = np.arange(-WORST_SKEW, WORST_SKEW + 0.1, 0.25)
    best = _sharpest(angles, xs[::step], ys[::step])
    # Rules are level within a dot: rows of dots are looked at as they are, columns here and there.
    # Not for all angles: what is left out of a picture with a ground of dots may be a pattern.
    every = max(round(resolution / 100), 1)
    ys, xs = _places(grey[:, ::every] < 150)
    step = len(xs) // MOST_DARK + 1
    # Whole dots, or else some rows of the count would stand for more of them than others.
    dots = max(round(resolution / 200), 1)
    for width, step_ in ((0.25, 0.05), (0.04, 0.02)):
        angles = np.arange(best - width, best + width + step_ / 2, step_)
        best = _sharpest(angles, xs[::step] * every, ys[::step], dots)
    return best if abs(best) >= LEVEL else 0.0


def _places(dark: "NDArray[np.bool_]") -> "tuple[NDArray[np.intp], NDArray[np.intp]]":
    """The rows and columns of what is dark; ``numpy.nonzero`` takes three times as long."""
    import numpy as np

    rows, columns = np.divmod(np.flatnonzero(dark), dark.shape[1])
    return rows, columns


def _sharpest(
    angles: "NDArray[np.float64]", xs: "NDArray[Any]", ys: "NDArray[Any]", dots: int = 1
) -> float:
    """The angle along which dark dots make rows that differ most, so many dots high."""
    import numpy as np

    x, y = xs.astype(np.float32), ys.astype(np.float32)
    reach = np.float32(x.max() * np.tan(np.radians(WORST_SKEW + 1)))

    def sharpness(angle: float) -> float:
        at = y - x * np.float32(np.tan(np.radians(angle))) + reach
        steps = np.diff(np.bincount((at / dots).astype(np.int32)).astype(np.float64))
        return float(steps @ steps)

    return float(max(angles, key=sharpness))


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
            cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
        )
    return grey, resolution * scale
