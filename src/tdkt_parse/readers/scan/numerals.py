"""
Roman numerals of strokes alone (I, II, III), counted in the picture.

To an engine that reads lines of words, two strokes side by side are an H, three are two or TH, one
is the figure 1, or nothing; the headings and quarters of a plan are told by just these. In the
picture a stroke is plain: dark from serif to serif, the same beside it, nothing between them at
half height.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from tdkt_parse.readers.scan.engine import Recognised

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Ink = NDArray[np.bool_]

DARK = 150
MOST = 3
"""Strokes of a numeral: four in a row are none."""
SURE = 0.9
"""Confidence in what was counted."""
UPRIGHT = 0.85
"""Of the height between the serifs, how much is dark in the darkest column of a stroke."""
LOWEST = 9
"""Dots: in less, a stroke is no longer told from a speck."""

BAR = 1.35
"""Times the width of the foot of strokes that the head of a T is at least."""

LEAN = 0.12
"""Of the height of letters, how much further to the right the head of what leans is than its foot;
a slash in Times has a quarter of it, an I none."""

EVEN = 0.15
"""The same of how far from a straight line a slash is anywhere."""

_STROKES = regex.compile(
    r"(?P<letters>[IHUTl1|!ÌÍỈỊÏïL]{1,5})"
    r"(?P<mark>[.)/:,–-]?|['’‘`._]{1,2}|(?P<year>[/⁄](?:19|20)\d\d[.,;:]?))"
)
_TWO = regex.compile(r"(?P<letters>[IHUTl1|!]{1,4})(?P<rest>[,;–-](?P<second>IV|I{1,3})[.,;:]?)")
"""Two quarters in one word: ``III,IV``."""
_NUMERAL = regex.compile(r"[IVX1-4HTl|!Lỉịìí\[\]]+")
"""How what stands behind *quý* begins, however it was read."""
_YEAR = regex.compile(r"(?:19|20)\d\d[.,;:]?")
QUARTERS = frozenset(("quý", "quí"))
SPACE = 0.9
"""Of a word's height, how far behind it the next one begins at most."""
APART = 0.6
"""The same of the white behind which no stroke of a numeral stands."""
_SPECKS = frozenset("'’‘`._")
UNSURE = 0.9
LONGEST = 5
"""Confidence and letters of what is read of strokes as no numeral at all: ``Hãi`` of III."""


def recounted(
    plain: "Grey", words: Sequence[Recognised], *, above: Sequence[Recognised] = ()
) -> list[Recognised]:
    """
    The words of a line, in them the numerals that the picture shows.

    ``above`` is the line before it in the same cell: a numeral may stand below its *Quý*.
    """
    quarter = bool(above) and len(words) == 1 and above[-1].text.casefold() in QUARTERS
    before = [
        above[-1].text.casefold() if quarter else "",
        *(word.text.casefold() for word in words),
    ]
    behind = [*(word.text for word in words[1:]), ""]
    counted = [
        _recounted(
            plain,
            word,
            first=not last or last in QUARTERS,
            quarter=last in QUARTERS,
            goes_on=after[:1].islower(),
        )
        for word, last, after in zip(words, before, behind, strict=False)
    ]
    return [*_with_lost(plain, counted)]


def _with_lost(plain: "Grey", words: Sequence[Recognised]) -> Iterator[Recognised]:
    """The words of a line, behind each *quý* that stands without one the numeral that was lost."""
    for at, word in enumerate(words):
        yield word
        after = words[at + 1] if at + 1 < len(words) else None
        if word.text.casefold() in QUARTERS and not (after and _NUMERAL.match(after.text)):
            lost = _lost_after(plain, word, after)
            if lost:
                yield lost


def _lost_after(plain: "Grey", word: Recognised, after: Recognised | None) -> Recognised | None:
    """The strokes that stand a space behind a word, of which nothing was read."""
    high = word.y1 - word.y0
    left = round(word.x1) + 1
    right = round(min(after.x0 - 1 if after else left + 2 * high, left + 2 * high))
    if right - left < high * 0.3:
        return None
    part = _up_to_gap(plain[max(round(word.y0), 0) : round(word.y1), left:right], high * APART)
    dated = bool(after and _YEAR.fullmatch(after.text))
    count = count_strokes(part, before_year=dated)
    if not count:
        return None
    rows, columns = _columns((part < DARK).T), _columns(part < DARK)
    wide, tall = columns[-1] + 1 - columns[0], rows[-1] + 1 - rows[0]
    if columns[0] > high * SPACE or tall < high * 0.45 or wide > 1.6 * high:
        return None
    stop = "/" if dated else "," if after and after.text.casefold() in QUARTERS else ""
    return word._replace(
        text="I" * count + stop,
        x0=left + columns[0],
        x1=left + columns[-1] + 1,
        y0=word.y0 + rows[0],
        y1=word.y0 + rows[-1] + 1,
        confidence=UNSURE,
    )


def _up_to_gap(part: "Grey", gap: float) -> "Grey":
    """A picture up to white of some width behind its first ink: the next cell of a table."""
    columns = _columns(part < DARK)
    ends = (one + 1 for one, other in pairwise(columns) if other - one > gap)
    return part[:, : next(ends, part.shape[1])]


def _recounted(
    plain: "Grey", word: Recognised, *, first: bool, quarter: bool, goes_on: bool
) -> Recognised:
    """A word, or the numeral that it is; ``goes_on``: a word in small letters stands behind it."""
    two = _TWO.fullmatch(word.text) if quarter else None
    if two:
        count = _count_before(_part(plain, word), two["second"])
        return word._replace(text="I" * count + two["rest"]) if count else word
    if quarter and _YEAR.fullmatch(word.text):
        return _with_strokes(plain, word)
    found = _STROKES.fullmatch(word.text)
    if found is None:
        # What heads a line that goes on in small letters is a word of it: ``tư liệu``.
        return _counted(plain, word) if quarter or (first and not goes_on) else word
    if "T" in word.text and not first:
        return word
    letters, mark, year = found.group("letters", "mark", "year")
    part = _part(plain, word)
    before_year = bool(year)
    count = count_strokes(part, before_year=before_year, of_quarter=quarter)
    if not count and first and not quarter and not year:
        return _slashed(part, word)
    if not count or (count == 1 and len(letters) > 1 and not first):
        return word
    numeral = "I" * count
    if quarter and count > 1:
        pass  # No quarter is the eleventh.
    elif count == 1 or (len(letters) == count and not letters.strip("Il1|L")):
        # One, or as many as were read: an I or a figure 1 by its head, and only where a label may
        # stand; ``ngày 11`` is a number whatever it looks like.
        odd = letters.strip("Il1|L")
        kind = head_of(part, before_year=before_year) if first or odd else None
        if kind is None or (kind == "1" and odd):
            return word
        numeral = kind * count
    if letters == "L" or not _SPECKS.isdisjoint(mark):
        mark = mark if mark and _SPECKS.isdisjoint(mark) else "." if _has_stop(part) else ""
    sure = max(word.confidence, SURE)
    return word._replace(text=numeral + mark, confidence=sure)


def _with_strokes(plain: "Grey", word: Recognised) -> Recognised:
    """A year with the numeral before it that was not read: ``I/2019`` as ``2019``."""
    part = _part(plain, word)
    count = count_strokes(part, before_year=True)
    if not count or head_of(part, before_year=True) != "I":
        return word  # The figure 1 of a year is a stroke, too.
    return word._replace(text="I" * count + "/" + word.text, confidence=UNSURE)


def _counted(plain: "Grey", word: Recognised) -> Recognised:
    """A short word read with doubt, if the picture shows two or three strokes with serifs."""
    if word.confidence >= UNSURE or not 1 < len(word.text) <= LONGEST:
        return word
    part = _part(plain, word)
    count = count_strokes(part)
    if count < 2 or head_of(part) != "I":
        return word
    return word._replace(text="I" * count + ("." if _has_stop(part) else ""), confidence=SURE)


def _slashed(part: "Grey", word: Recognised) -> Recognised:
    """
    A word at the head of a line, or the numeral and the slash that it is: ``II/`` read as ``1U``.
    """
    ink = _letters(part)
    if ink is None:
        return word
    if not _is_slash(_last_piece(ink)) or head_of(part, before_year=True) != "I":
        return word
    count = count_strokes(part, before_year=True)
    if not count:
        return word
    return word._replace(text="I" * count + "/", confidence=max(word.confidence, SURE))


def _last_piece(ink: "Ink") -> "Ink":
    """Of some letters the piece that hangs together and reaches furthest to the right, cut out."""
    import cv2
    import numpy as np

    _, labels, boxes, _ = cv2.connectedComponentsWithStats(
        np.ascontiguousarray(ink * np.uint8(1)), connectivity=8
    )
    rights = boxes[1:, 0] + boxes[1:, 2]
    last = 1 + int(rights.argmax())
    x, y, wide, high, _ = boxes[last].tolist()
    return np.asarray(labels[y : y + high, x : x + wide] == last, dtype=np.bool_)


def _is_slash(ink: "Ink") -> bool:
    """Whether ink is one stroke that leans evenly from its foot on the left to its head."""
    rows = [_columns(ink[row : row + 1]) for row in range(len(ink))]
    if len(ink) < LOWEST / 2 or not all(rows):
        return False
    wide = [columns[-1] - columns[0] + 1 for columns in rows]
    middles = [(columns[0] + columns[-1]) / 2 for columns in rows]
    fall = middles[0] - middles[-1]
    even = all(
        abs(middle - (middles[0] - fall * row / (len(ink) - 1))) <= EVEN * len(ink)
        for row, middle in enumerate(middles)
    )
    return max(wide) <= 0.3 * len(ink) and fall > LEAN * len(ink) and even


def _part(plain: "Grey", word: Recognised) -> "Grey":
    """A word cut out, with what stands close before and behind it."""
    x0, y0, x1, y1 = (round(edge) for edge in word[1:5])
    room = max((y1 - y0) // 4, 2)
    return plain[max(y0 - 2, 0) : y1 + 2, max(x0 - room, 0) : x1 + room]


def count_strokes(part: "Grey", *, before_year: bool = False, of_quarter: bool = False) -> int:
    """
    How many upright strokes a picture of a word is made of; 0 if of anything else, or more.

    ``before_year``: a slash and a year stand behind them. ``of_quarter``: *quý* stands before them,
    so that they are no T, however little of their feet was printed.
    """
    ink = _letters(part)
    if ink is not None and before_year:
        ink = _first_strokes(ink)
    if ink is None:
        return 0
    strokes = _strokes(ink)
    if not 1 <= len(strokes) <= MOST or (not (before_year or of_quarter) and _has_bar(ink)):
        return 0
    wide = [right - left for left, right in strokes]
    apart = [after[0] - before[1] for before, after in pairwise(strokes)]
    alike = max(wide) <= 1.7 * min(wide) + 1 and (not apart or max(apart) <= 1.5 * min(apart) + 1)
    close = all(gap < len(ink) * 0.6 for gap in apart)
    return len(strokes) if alike and close and max(wide) < len(ink) * 0.4 else 0


def _count_before(part: "Grey", second: str) -> int:
    """
    How many strokes the first of two numerals has, by the second; 0 if that cannot be told.

    The mark between them is too low to be seen, so their strokes are counted together, up to what
    is none: the ``V``.
    """
    ink = _letters(part)
    if ink is None:
        return 0
    strokes = _strokes(_first_strokes(ink))
    wide = [right - left for left, right in strokes]
    if not wide or max(wide) > 1.7 * min(wide) + 1:
        return 0
    count = len(strokes) - second.count("I")
    return count if 1 <= count <= MOST else 0


def head_of(part: "Grey", *, before_year: bool = False) -> str | None:
    """
    Whether the first of a picture's strokes is an ``I`` or a ``1``, by its serifs.

    At its head an I reaches as far to the right as to the left, and so at its foot; a 1 to the left
    alone. ``None`` where it has no serifs, and in italics, where the head of a 1 leans to the
    right.
    """
    ink = _letters(part)
    if ink is not None and before_year:
        ink = _first_strokes(ink)
    strokes = _strokes(ink) if ink is not None else []
    if ink is None or not strokes:
        return None
    left, right = strokes[0]
    high, low = (int(ink[round(len(ink) * at), left:right].argmax()) for at in (0.3, 0.7))
    if abs(high - low) > 1:
        return None
    end = (right + strokes[1][0]) // 2 if len(strokes) > 1 else ink.shape[1]
    deep = max(round(len(ink) * 0.3), 2)
    head = _columns(ink[:deep, :end])
    foot = _columns(ink[-deep:, :end])
    before, behind = left - head[0], head[-1] + 1 - right
    if not before_year and foot[-1] + 1 - right > 2 * max(left - foot[0], 1) + 1:
        return None  # An L.
    if behind > 1 and behind >= before / 2:
        return "I"
    return "1" if before > 1 and behind <= 0 else None


def _first_strokes(ink: "Ink") -> "Ink":
    """The ink of the strokes that some letters begin with, up to what is none: a slash."""
    groups = _groups(ink)
    for number, (start, end, darkest) in enumerate(groups):
        left = (groups[number - 1][1] + start) // 2 if number else 0
        right = (end + groups[number + 1][0]) // 2 if number + 1 < len(groups) else ink.shape[1]
        leans = _leans(ink[:, left:right])
        if darkest < UPRIGHT or end - start > len(ink) * 0.4 or leans:
            return ink[:, :start]
    return ink


def _leans(stroke: "Ink") -> bool:
    """Whether a stroke leans to the right, as a slash does: its head beyond its foot."""
    deep = max(round(len(stroke) * 0.2), 2)
    head, foot = _columns(stroke[:deep]), _columns(stroke[-deep:])
    if not head or not foot:
        return True
    return (head[0] + head[-1]) - (foot[0] + foot[-1]) > 2 * LEAN * len(stroke)


def _has_bar(ink: "Ink") -> bool:
    """Whether strokes have more ink at their head than at their foot, as a T has."""
    deep = max(round(len(ink) * 0.2), 2)
    return len(_columns(ink[:deep])) > BAR * len(_columns(ink[-deep:]))


def _has_stop(part: "Grey") -> bool:
    """Whether a dot stands on the line behind the strokes of a picture."""
    import cv2
    import numpy as np

    dark = np.ascontiguousarray((part < DARK) * np.uint8(1))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    tall = boxes[1:][:, 3].max(initial=0)
    edges = [(x, y, w, h) for x, y, w, h, _ in boxes[1:].tolist()]
    right = max((x + w for x, _, w, h in edges if h == tall), default=0)
    foot = max((y + h for _, y, _, h in edges if h == tall), default=0)
    return any(
        x >= right
        and 0.08 * tall < h < 0.35 * tall
        and 0.08 * tall < w < 0.35 * tall
        and abs(y + h - foot) < 0.12 * tall
        for x, y, w, h in edges
    )


def _letters(part: "Grey") -> "Ink | None":
    """The ink of a picture's letters, cut to it: no dots, no specks, no piece of a rule."""
    import cv2
    import numpy as np

    if not part.size:
        return None  # Beyond the edge of the page; OpenCV would crash.
    dark = np.ascontiguousarray((part < DARK) * np.uint8(1))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    high = boxes[:, 3]
    if count < 2 or int(high[1:].max()) < LOWEST:
        return None
    keep = high >= 0.6 * high[1:].max()
    keep[0] = False
    ink = keep[labels]
    rows, columns = np.nonzero(ink)
    return np.asarray(
        ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1], dtype=np.bool_
    )


def _columns(ink: "Ink") -> list[int]:
    """The columns in which there is ink."""
    import numpy as np

    found: list[int] = np.flatnonzero(ink.any(axis=0)).tolist()
    return found


def _strokes(ink: "Ink") -> list[tuple[int, int]]:
    """The strokes of some letters, as ranges of columns; none if there is anything else."""
    high = len(ink)
    band = _band(ink)
    groups = _groups(ink)
    if any(darkest < UPRIGHT for _, _, darkest in groups):
        return []
    found = [(start, end) for start, end, _ in groups]
    for before, after in pairwise(found):
        between = band[:, before[1] : after[0]]
        if between.size and between.mean(axis=1).max() > 0.8:
            return []  # The bar of an H.
    if found:
        foot = _columns(ink[-max(round(high * 0.08), 1) :])
        if foot[0] > found[0][0] or foot[-1] < found[-1][1] - 1:
            return []  # The bow of a U.
    return found


def _band(ink: "Ink") -> "Ink":
    """The middle of some letters, without their serifs."""
    high = len(ink)
    return ink[round(high * 0.3) : round(high * 0.7)]


def _groups(ink: "Ink") -> list[tuple[int, int, float]]:
    """The columns in which the middle of some letters is dark, and how dark the darkest is."""
    share = _band(ink).mean(axis=0)
    found: list[tuple[int, int, float]] = []
    start = None
    for column, dark in enumerate([*share.tolist(), 0.0]):
        if dark > 0.25 and start is None:
            start = column
        elif dark <= 0.25 and start is not None:
            found.append((start, column, float(share[start:column].max())))
            start = None
    return found
