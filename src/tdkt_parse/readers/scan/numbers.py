"""
Numbers of documents that were read as none, looked at again by themselves.

Engines lose the slash before capitals (``26NQ-HĐND``), double it (``91/⁄2017/NĐ``) or take letters
beside it for figures (``C1/TW``). Read alone, or a little larger, such a word often comes out
right; what comes out is taken only where it is a number by its grammar and the figures are the
same.

Figures themselves are misread now and then, 2 as 3, and no grammar tells it. A number or a date of
which the engine was not sure is read at several sizes: what it is at none of them, and something
else at two or more, that it was not.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import takewhile
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

SIZES = (1.0, 1.25, 1.5, 2.0)
UNSURE = 0.88
"""At how many times its size a number is read of which the engine was not as sure as this."""
AGREED = 3
"""Of as many sizes, at how many other figures are read of what may be right."""

_ENDS = ".,;:)"
_SIGNS = str.maketrans("⁄Ð", "/Đ")
_NUMBER = regex.compile(
    r"(?P<figures>\d{1,5}[a-z]?/(?:(?:19|20)\d\d/)?|\d{1,5}-)?(?P<type>[A-ZĐ][A-Za-zĐ]{1,4})"
    r"(?:(?P<joint>[-/])(?P<organ>[A-ZĐ][\p{L}&]*(?:-\p{Lu}[\p{L}&]*)*)?)?"
)
_DAY = regex.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>(?:19|20)\d\d))?")
_SHORT_OF_SLASH = regex.compile(r"\d{1,2}/\d{1,2}(?:19|20)\d\d")
"""A date that lost a slash: ``12/112010``."""
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
    mended: set[tuple[int, int]] = set()
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
                mended.add((row, at))
            else:
                left.append((row, at))
        places = left
    unsure = [
        (row, at)
        for row, line in enumerate(found)
        for at, word in enumerate(line)
        if (row, at) not in mended
        and (
            is_unsure(word.text, word.confidence)
            or (at and is_no_day(word.text, line[at - 1].text))
        )
    ]
    return _outvoted(plain, found, unsure[:MOST])


def _outvoted(
    plain: "Grey", lines: list[list[Recognised]], places: list[tuple[int, int]]
) -> list[list[Recognised]]:
    """The lines, in them what at some places is read otherwise at other sizes."""
    votes: dict[tuple[int, int], list[str]] = {place: [] for place in places}
    for scale in SIZES:
        if not places:
            break
        pictures = [_picture(plain, lines[row][at], scale) for row, at in places]
        again = engine.recognise(pictures, mode=LINE, resolution=round(200 * scale))
        for place, words in zip(places, again, strict=True):
            votes[place].append("".join(one.text for one in words))
        # What is read once more as it was, it is.
        places = [
            (row, at)
            for row, at in places
            if _plainly(votes[row, at][-1]) != _plainly(lines[row][at].text)
        ]
    for row, at in places:
        word = lines[row][at]
        text = voted(word.text, votes[row, at])
        if text:
            lines[row][at] = word._replace(text=text)
    return lines


def _plainly(text: str) -> str:
    """A word without marks and hyphens at its end, its signs those that are printed."""
    return text.rstrip(_ENDS + "-").translate(_SIGNS)


def is_no_day(text: str, before: str) -> bool:
    """
    Whether figures are said to be a day and are none: ``ngày 35``.

    >>> is_no_day("35", "ngày"), is_no_day("25", "ngày"), is_no_day("35", "số")
    (True, False, False)
    """
    return before.casefold() == "ngày" and len(text) == 2 and text.isdecimal() and int(text) > 31


def is_unsure(text: str, confidence: float) -> bool:
    """
    Whether a word is a number or a date of which some sign may be another.

    >>> is_unsure("332/CT-TLĐ", 0.7), is_unsure("332/CT-TLĐ", 0.95), is_unsure("12/112010", 0.95)
    (True, False, True)
    """
    if sum(map(str.isdigit, text)) < 2 or not any(sign in text for sign in "/⁄-"):
        return False
    bare = _plainly(text)
    return confidence < UNSURE or _SHORT_OF_SLASH.fullmatch(bare, timeout=TIMEOUT) is not None


def voted(read: str, again: Sequence[str]) -> str | None:
    """
    What a word is at two sizes or more, if it is as it was read at none; ``None`` for no change.

    Where it is a number or a date as read, three of four agree on other figures, none on its own.

    >>> voted("332/CT-TLĐ", ["232/CT-TLĐ", "232/C1-TLĐ", "232/CT-TLĐ", "232/C1-TLĐ"])
    '232/CT-TLĐ'
    >>> voted("5/4/2006", ["5//4/2006", "2/4/2006", "2/4/2006", "2/4/2006"])
    >>> voted("12/2024", ["72/2024", "72/2024", "72/2024", "72/2024"])
    """
    bare = _plainly(read)
    letters = "".join(filter(str.isalpha, bare))
    said = [_plainly(one) for one in again]
    fits = _is_day if bare.isdecimal() else partial(_is_whole, letters=letters)
    counted = Counter(filter(fits, said)).most_common(2)
    if bare in said or not counted or counted[0][1] < 2:
        return None
    text, count = counted[0]
    if len(counted) > 1 and counted[1][1] == count:
        return None
    first, figures = _first_figures(bare), _first_figures(text)
    told = [_first_figures(one) for one in said]
    doubted = first in told or told.count(figures) < AGREED
    if fits(bare) and first != figures and doubted:
        return None
    return text + read[len(bare) :].replace("--", "-")


def _first_figures(text: str) -> str:
    """The figures of a number before its symbol, or of a date."""
    return _figures("".join(takewhile(lambda sign: not sign.isalpha(), text)))


def _is_whole(text: str, letters: str) -> bool:
    return _is_date(text) or _is_number(text, letters)


def _is_day(text: str) -> bool:
    return 0 < len(text) <= 2 and text.isdecimal() and 1 <= int(text) <= 31


def _is_date(text: str) -> bool:
    found = _DAY.fullmatch(text, timeout=TIMEOUT)
    if found is None:
        return False
    try:
        date(int(found["y"] or 2000), int(found["m"]), int(found["d"]))
    except ValueError:
        return False
    return True


def _is_number(text: str, letters: str) -> bool:
    """Whether a text is a number by its grammar, its organs known or of the letters read before."""
    found = _NUMBER.fullmatch(text, timeout=TIMEOUT)
    if found is None or not found["figures"] or found["type"] not in type_codes():
        return False
    organs = (found["organ"] or "").split("-")
    known = all(organ in organ_codes() for organ in organs if organ)
    return known or letters == "".join(filter(str.isalpha, text))


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
