"""
Numbers of documents that were read as none, looked at again by themselves.

Engines lose the slash before capitals (``26NQ-HĐND``), double it (``91/⁄2017/NĐ``) or take letters
beside it for figures (``C1/TW``). Read alone, or a little larger, such a word often comes out
right; what comes out is taken only where it is a number by its grammar and the figures are the
same.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import regex

from tdkt_parse.lexicon import organ_codes, type_codes
from tdkt_parse.readers.scan import engine
from tdkt_parse.readers.scan.engine import LINE, Recognised

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

TIMEOUT = 1.0
LARGER = 1.5
"""Times the size at which a word is read that was read as no number at its own."""
MOST = 40
"""Words of a page that are looked at again."""
SURE = 0.9
"""Confidence below which letters behind a number are looked at that no organ is known by."""

_ENDS = ".,;:)"
_SIGNS = str.maketrans("⁄Ð", "/Đ")
_NUMBER = regex.compile(
    r"(?P<figures>\d{1,5}[a-z]?/(?:(?:19|20)\d\d/)?|\d{1,5}-)?(?P<type>[A-ZĐ][A-Za-zĐ]{1,4})"
    r"(?:(?P<joint>[-/])(?P<organ>[A-ZĐ][\p{L}&]*(?:-\p{Lu}[\p{L}&]*)*)?)?"
)
_LOST = regex.compile(r"\d{1,5}[A-ZĐ]{2}")
_DOUBLE = regex.compile(r"//")
_MIXED = regex.compile(r"(?:\d{1,5}[-/])?(?:\p{Lu}\d|\d\p{Lu}|\p{Lu}{2})[-/][\d\p{Lu}]?\p{Lu}.*")


def read_again(plain: "Grey", lines: Sequence[Sequence[Recognised]]) -> list[list[Recognised]]:
    """The lines of a page, in them the numbers that came out when looked at again."""
    found = [[*line] for line in lines]
    places = [
        (row, at)
        for row, line in enumerate(found)
        for at, word in enumerate(line)
        if _is_doubtful(word)
    ][:MOST]
    for scale in (1.0, LARGER):
        left = []
        pictures = [_picture(plain, found[row][at], scale) for row, at in places]
        again = engine.recognise(pictures, mode=LINE, resolution=round(200 * scale))
        for (row, at), words in zip(places, again, strict=True):
            word = found[row][at]
            text = "".join(one.text for one in words)
            if is_better(word.text, text):
                sure = min(one.confidence for one in words)
                found[row][at] = word._replace(text=text, confidence=sure)
            else:
                left.append((row, at))
        places = left
    return found


def _is_doubtful(word: Recognised) -> bool:
    return is_spoilt(word.text) or (word.confidence < SURE and _is_unknown(word.text))


def is_spoilt(text: str) -> bool:
    """
    Whether a word looks as numbers of documents do when they were misread.

    >>> [is_spoilt(text) for text in ("26NQ-HĐND", "91/⁄2017/NĐ-", "C1⁄TW", "26/NQ-HĐND", "10A2")]
    [True, True, True, False, False]
    """
    bare = text.rstrip(_ENDS).translate(_SIGNS)
    if _LOST.match(bare, timeout=TIMEOUT) or _DOUBLE.search(bare, timeout=TIMEOUT):
        return True
    mixed = _MIXED.fullmatch(bare, timeout=TIMEOUT)
    return bool(mixed) and _NUMBER.fullmatch(bare, timeout=TIMEOUT) is None


def _is_unknown(text: str) -> bool:
    """Whether a word is a type of document and letters that no organ is known by: ``CT-TTqg``."""
    found = _NUMBER.fullmatch(text.rstrip(_ENDS).translate(_SIGNS), timeout=TIMEOUT)
    if found is None or not found["organ"]:
        return False
    return found["type"] in type_codes() and found["organ"] not in organ_codes()


def is_better(read: str, text: str) -> bool:
    """
    Whether a word read as one thing is a number as it is read again.

    >>> is_better("26NQ-HĐND", "26/NQ-HĐND"), is_better("26NQ-HĐND", "261NQ-HĐND")
    (True, False)
    >>> is_better("C1/TW", "CT/TW"), is_better("CT-TTqg", "CT-TTg"), is_better("26NQ-", "20/NQ-")
    (True, True, False)
    """
    bare = text.rstrip(_ENDS).translate(_SIGNS)
    found = _NUMBER.fullmatch(bare, timeout=TIMEOUT)
    if found is None or found["type"] not in type_codes():
        return False
    if text[len(bare) :] != read[len(read.rstrip(_ENDS)) :]:
        return False
    if found["organ"] and found["organ"] in organ_codes():
        return _figures(found["figures"]) == _figures(_leading(read))
    # Letters of an office that the table lacks are believed where they were read twice.
    letters = bare[found.start("type") :]
    return (
        bool(found["figures"])
        and _figures(found["figures"]) == _figures(read)
        and read.translate(_SIGNS).replace("ĐĐ", "Đ").rstrip(_ENDS).endswith(letters)
    )


def _leading(text: str) -> str:
    """The figures that a word begins with, and the signs between them."""
    found = regex.match(r"(?:\d{1,5}[/⁄-]*(?=[\d\p{Lu}]))*", text, timeout=TIMEOUT)
    return found.group() if found and text[:1].isdigit() else ""


def _figures(text: str | None) -> str:
    return "".join(filter(str.isdecimal, text or ""))


def _picture(plain: "Grey", word: Recognised, scale: float) -> "Grey":
    """A word cut out, some white around it."""
    import cv2
    import numpy as np

    x0, y0, x1, y1 = (round(edge) for edge in word[1:5])
    part = plain[max(y0 - 2, 0) : y1 + 2, max(x0 - 2, 0) : x1 + 2]
    part = np.pad(part, 12, constant_values=255)
    if scale > 1:
        part = np.ascontiguousarray(
            cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC),
            dtype=np.uint8,
        )
    return part
