"""
The marks of footnotes, which are too small to be read with their line.

A raised 1 is read as ``!``, as an apostrophe, or not at all. Where a short rule at the foot of a
page has smaller print below it, that print is a note all the same: what stands raised at its
beginning is its mark, and so is what was read of the mark in the text above.
"""

from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

import regex

from tdkt_parse.readers.pdf.rulings import Drawn, Rule
from tdkt_parse.readers.scan import engine
from tdkt_parse.readers.scan.engine import LINE, Recognised
from tdkt_parse.readers.scan.words import measure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

TIMEOUT = 1.0
DARK = 150
SHORTEST, LONGEST = 72.0, 0.42
"""Of the rule above notes: points, and parts of the page's width."""
FOOT = 0.5
"""Parts of the page's height above which no notes begin."""
BELOW = 30.0
"""Points between the rule and the first line below it."""
BESIDE = 24.0
"""Points between the beginnings of both."""
SMALLER = 0.93
"""Times the type size of the text, the most that notes are printed in."""
RAISED = 0.2
"""Type sizes above the line at which a raised mark ends."""
LARGER = 3.0
"""Times its size at which a mark is read."""

_MARK = regex.compile(r"\(?(\d{1,2})\)?")
_MISREAD = regex.compile(r"[!'’‘`\"”“|lIiíìïÍÌ°º*¹²³'´]{1,2}|\(?\d{1,2}\)?")
_GLUED = regex.compile(r"(?P<mark>[!'’‘`\"”“|°º*¹²³´]{1,2})(?P<word>\p{L}.*)")
_BEHIND = regex.compile(r"(?P<word>.*[\p{L}\d)])(?P<mark>[!'’‘`|°º¹²³´]{1,2})(?P<end>[.,;:/]{0,3})")


def with_marks(
    plain: "Grey", drawn: Drawn, lines: Sequence[list[Recognised]], resolution: float
) -> list[list[Recognised]]:
    """The lines of a page, the notes among them beginning with their marks."""
    dot = 72 / resolution
    sizes = [size for line in lines if line for size in [measure(line)[0]] * len(line)]
    if not sizes:
        return [*lines]
    usual = median(sizes)
    first = _first_note(drawn, lines, usual, plain.shape[1] * dot, plain.shape[0] * dot, dot)
    if first is None:
        return [*lines]
    top = lines[first][0].y0 - 2
    found: list[list[Recognised]] = []
    marks: list[str] = []
    for line in lines:
        marked = None
        if line and line[0].y0 >= top:
            marked = _marked(plain, line, len(marks) + 1, is_first=line is lines[first])
        if marked:
            marks.append(marked[0].text)
        found.append(marked or [*line])
    left = marks[::-1]
    return [line if line and line[0].y0 >= top else _marked_behind(line, left) for line in found]


def _first_note(
    drawn: Drawn,
    lines: Sequence[Sequence[Recognised]],
    usual: float,
    width: float,
    height: float,
    dot: float,
) -> int | None:
    """The line with which notes begin: small print close below a short rule at its left."""
    for rule in drawn.level:
        if not _may_part(rule, width, height):
            continue
        below = [
            (line[0].y0, number)
            for number, line in enumerate(lines)
            if line
            and rule.at - 3 <= line[0].y0 * dot <= rule.at + BELOW
            and abs(line[0].x0 * dot - rule.start) < BESIDE
            and measure(line)[0] < SMALLER * usual
        ]
        if below:
            return min(below)[1]
    return None


def _may_part(rule: Rule, width: float, height: float) -> bool:
    long_ = rule.end - rule.start
    return SHORTEST <= long_ <= LONGEST * width and rule.at > FOOT * height


def _marked(
    plain: "Grey", line: list[Recognised], due: int, *, is_first: bool
) -> list[Recognised] | None:
    """A line of notes with its mark; ``None`` where it goes on with the note above."""
    size, base = measure(line[1:] or line)
    word = line[0]
    if _MARK.fullmatch(word.text, timeout=TIMEOUT) and word.y1 < base - 0.12 * size:
        return [*line]
    if len(line) > 1 and _MISREAD.fullmatch(word.text, timeout=TIMEOUT):
        if word.y1 < base - RAISED * size or (is_first and not word.text.isalnum()):
            return [_raised(plain, word[1:5], size, base, due), *line[1:]]
        return None
    glued = _GLUED.fullmatch(word.text, timeout=TIMEOUT)
    ink = _ink_before(plain, word, size, base)
    if glued:
        begins = word.x0 + 0.35 * size
        mark = _raised(plain, (word.x0, word.y0, begins, word.y1), size, base, due)
        return [mark, word._replace(text=glued["word"], x0=begins), *line[1:]]
    if ink:
        return [_raised(plain, ink, size, base, due), *line]
    return None


def _ink_before(
    plain: "Grey", word: Recognised, size: float, base: float
) -> tuple[float, float, float, float] | None:
    """The edges of what stands raised before a word, or at the beginning of its box."""
    import cv2
    import numpy as np

    left, right = max(round(word.x0 - size), 0), round(word.x0 + 0.45 * size)
    top, bottom = max(round(base - size), 0), round(base + 0.1 * size)
    dark = np.ascontiguousarray((plain[top:bottom, left:right] < DARK) * np.uint8(1))
    if not dark.size:
        return None
    _, _, boxes, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    found = [
        (left + x, top + y, left + x + w, top + y + h)
        for x, y, w, h, _ in boxes[1:].tolist()
        if 0.25 * size < h < 0.6 * size
        and w < 0.5 * size
        and top + y + h < base - RAISED * size
        and x + w < right - left
    ]
    low = [x for x, y, _, h, _ in boxes[1:].tolist() if top + y + h >= base - RAISED * size]
    # What the line itself begins with stands on it; a mark stands before that.
    if not found or (low and min(low) + left < min(found)[0]):
        return None
    return min(found)


def _raised(plain: "Grey", box: Sequence[float], size: float, base: float, due: int) -> Recognised:
    """The mark in a box: as read larger, or else the number whose turn it is."""
    import cv2
    import numpy as np

    x0, y0, x1, y1 = box
    part = plain[max(round(y0) - 2, 0) : round(y1) + 2, max(round(x0) - 2, 0) : round(x1) + 2]
    text = str(due)
    if part.size:
        large = cv2.resize(part, None, fx=LARGER, fy=LARGER, interpolation=cv2.INTER_CUBIC)
        picture = np.pad(np.ascontiguousarray(large, dtype=np.uint8), 20, constant_values=255)
        (words,) = engine.recognise([picture], mode=LINE, resolution=round(200 * LARGER / 2))
        read = _MARK.fullmatch("".join(word.text for word in words), timeout=TIMEOUT)
        text = read.group(1) if read and int(read.group(1)) >= due else text
    high = min(y1, base - RAISED * size)
    return Recognised(text, x0, high - 0.4 * size, x1, high, 0.9, -1)


def _marked_behind(line: list[Recognised], left: list[str]) -> list[Recognised]:
    """
    A line of the text above notes, what was read of their marks told from its words.

    ``left``: the marks that are still to come, the next one last.
    """
    found: list[Recognised] = []
    for word in line:
        behind = _BEHIND.fullmatch(word.text, timeout=TIMEOUT) if left else None
        if behind is None:
            found.append(word)
            continue
        at = word.x1 - (word.x1 - word.x0) / len(word.text) * (len(behind["end"]) + 1)
        low = word.y0 + 0.45 * (word.y1 - word.y0)
        found.append(word._replace(text=behind["word"] + behind["end"]))
        found.append(Recognised(left.pop(), at, word.y0, word.x1, low, word.confidence, word.line))
    return found
