"""
Lines of print that the engine tore in two, read again as one.

A short line in capitals that stands alone (``CHỦ TỊCH``, ``BÍ THƯ``) has its tones high above it
and far below: the engine takes them for a line of their own, and the words about them with them.
Then words of two lines stand in one another, or specks above or below a word are a line.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING

from tdkt_parse.readers.scan import engine
from tdkt_parse.readers.scan.belief import sure_of
from tdkt_parse.readers.scan.engine import LINE, Recognised

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

ACROSS = 0.6
"""Of the lower of two words: how much of its height they share at least."""
CLOSE = 0.15
"""Of its height: how far apart they are at most, which is less than words of one line are."""
LOW = 0.45
"""Of a word's height: no more has the mark of one of its letters."""
NEAR = 0.4
"""Of a word's height: how far above or below it the marks of its letters stand at most."""
APART = 2.0
"""Heights between words of one line, at most."""
ONE = 2.4
"""Heights of words: no line of print is higher, marks and all."""
SURE = 0.8
WORSE = 0.05
"""How sure the engine is to be of the whole line, and by how much less sure than of the parts."""
MOST = 40


def mended(plain: "Grey", words: Sequence[Recognised], resolution: float) -> list[Recognised]:
    """The words of a page, with lines that were torn read again."""
    import numpy as np

    torn = [*_torn(words)][:MOST]
    border = round(resolution / 20)
    places, pictures = [], []
    for parts in torn:
        x0 = max(round(min(word.x0 for word in parts)) - 2, 0)
        y0 = max(round(min(word.y0 for word in parts)) - 2, 0)
        x1 = round(max(word.x1 for word in parts)) + 3
        y1 = round(max(word.y1 for word in parts)) + 3
        places.append((x0 - border, y0 - border))
        pictures.append(np.pad(plain[y0:y1, x0:x1], border, constant_values=255))
    if not pictures:
        return [*words]
    read = engine.recognise(pictures, mode=LINE, resolution=round(resolution))
    gone: set[Recognised] = set()
    new: list[Recognised] = []
    number = max(word.line for word in words) + 1
    for parts, whole, (x, y) in zip(torn, read, places, strict=True):
        if whole and sure_of(whole) >= max(SURE, sure_of(parts) - WORSE):
            gone.update(parts)
            new += [
                word._replace(x0=word.x0 + x, y0=word.y0 + y, x1=word.x1 + x, y1=word.y1 + y,
                              line=number)
                for word in whole
            ]  # fmt: skip
            number += 1
    return [*(word for word in words if word not in gone), *new]


def _torn(words: Sequence[Recognised]) -> Iterator[list[Recognised]]:
    """The words, of two lines or more, that may be one line of print."""
    lines: dict[int, list[Recognised]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    usual = median(word.y1 - word.y0 for word in words) if words else 0.0
    edges = {
        number: (min(w.y0 for w in its), max(w.y1 for w in its)) for number, its in lines.items()
    }
    meeting: list[tuple[float, Recognised, Recognised]] = []
    ordered = sorted(lines, key=edges.__getitem__)
    for at, one in enumerate(ordered):
        for other in islice(ordered, at + 1, None):
            if edges[other][0] >= edges[one][1] + usual:
                break
            meeting += [
                (apart, a, b)
                for a in lines[one]
                for b in lines[other]
                if (apart := _apart(a, b, usual)) is not None
            ]
    parts: dict[int, list[Recognised]] = {}
    # The nearest first: a mark between two lines belongs to one of them.
    for _, *pair in sorted(meeting):
        joined = list(
            dict.fromkeys(
                each
                for word in pair
                for each in (*parts.get(word.line, ()), *_about(lines[word.line], word))
            )
        )
        if max(w.y1 for w in joined) - min(w.y0 for w in joined) <= ONE * usual:
            for word in joined:
                parts[word.line] = joined
    seen: set[int] = set()
    for joined in parts.values():
        if id(joined) not in seen:
            seen.add(id(joined))
            yield joined


def _apart(one: Recognised, other: Recognised, usual: float) -> float | None:
    """
    How far apart two words of two lines are, up or down, where they stand in one another or one is
    the marks of the other; ``None`` where they are of two lines of print.
    """
    along = min(one.x1, other.x1) - max(one.x0, other.x0)
    low, high = sorted((one, other), key=lambda word: word.y1 - word.y0)
    lower = low.y1 - low.y0
    if along < -CLOSE * lower:
        return None
    if lower <= LOW * min(high.y1 - high.y0, usual):
        if 2 * sum(map(str.isupper, high.text)) < len(high.text):
            return None  # The marks of small letters are no higher than capitals.
        apart = min(abs(high.y0 - low.y1), abs(low.y0 - high.y1))
        within = along > 0.8 * (low.x1 - low.x0)
        return apart if within and apart <= NEAR * usual else None
    across = min(one.y1, other.y1) - max(one.y0, other.y0)
    return 0.0 if across > ACROSS * min(lower, usual) else None


def _about(line: Sequence[Recognised], at: Recognised) -> list[Recognised]:
    """The words of a line that stand next to one another about one of them."""
    high = max(word.y1 - word.y0 for word in line)
    run: list[Recognised] = []
    for word in sorted(line, key=lambda each: each.x0):
        if run and word.x0 > run[-1].x1 + APART * high:
            if at in run:
                return run
            run = []
        run.append(word)
    return run
