"""
Roman numerals of headings that OCR misread: ``H.``, ``HI.``, ``IIU``.

Two strokes side by side become an H, a stroke and its bar a U. What is no numeral is taken for the
one whose turn it is, if it can be that one; a numeral that comes twice is taken for the next only
between the one before and the one after it.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

import regex

from tdkt_parse.layout import Repair
from tdkt_parse.numerals import parse_roman, write_roman
from tdkt_parse.repair.tokens import Slice
from tdkt_parse.spelling import is_upper

TIMEOUT = 2.0
NUMERAL = "ocr_numeral"
FOLLOWING = 200
"""Headings behind one that are asked what it is."""
LONGEST = 160
"""Code points of a heading; a longer line is none."""

_LABEL = regex.compile(
    r"(?P<numeral>[IVXHUl1|ỊÌÍỈ]{1,6}+|2)(?P<mark>\s?[.)/:–-](?=\s|\p{Lu})|,(?=\s)|(?=\s\p{Lu}))\s*(?P<rest>\p{Lu}.*)"
)
STROKES = str.maketrans({"H": "II", "h": "II", **dict.fromkeys("l1|UỊÌÍỈÏïi]!", "I")})


class Heading(NamedTuple):
    """A line that begins as a heading with a Roman numeral may."""

    numeral: str
    mark: str
    upper: bool
    slice: Slice

    @property
    def value(self) -> int:
        """What the numeral is as read, 0 if it is none."""
        return parse_roman(self.numeral)


def find_numerals(lines: Sequence[Sequence[Slice]]) -> Iterator[Repair]:
    """The repairs of the numerals of headings, over all lines of the body."""
    headings = [h for slices in lines if slices and (h := _heading(slices))]
    last = 0
    for place, heading in enumerate(headings):
        following = headings[place + 1 : place + 1 + FOLLOWING]
        after = next((h.value for h in following if h.value), 0)
        due = last + 1
        put = _meant(heading, due, after, following)
        if heading.mark == ",":
            # The stop of a number, if it is the one whose turn it is; else of a list of words.
            if heading.value == due > 1:
                at = len(heading.numeral)
                yield Repair(*heading.slice.place(at, at + 1), ".", NUMERAL)
                last = due
            continue
        if put:
            start, end = heading.slice.place(0, len(heading.numeral))
            yield Repair(start, end, put, NUMERAL)
            last = due
        elif heading.value:
            last = heading.value


def _heading(slices: Sequence[Slice]) -> Heading | None:
    text = slices[0].text
    if len(text) > LONGEST or text[0] not in "IVXHUl12|ỊÌÍỈ":
        return None
    found = _LABEL.fullmatch(text, timeout=TIMEOUT)
    if found is None:
        return None
    return Heading(found["numeral"], found["mark"].strip(), is_upper(found["rest"]), slices[0])


def _leads_on(due: int, following: Sequence[Heading]) -> bool:
    """Whether headings count on from a number to one that is read, with the bar behind it."""
    for number, one in enumerate(following, due + 1):
        if one.value:
            return one.value == number and one.mark == "/"
        if one.numeral.translate(STROKES) != write_roman(number):
            return False
    return False


def _meant(heading: Heading, due: int, after: int, following: Sequence[Heading]) -> str | None:
    """What a numeral was that is none as read, or not the one whose turn it is."""
    read = heading.numeral
    wanted = write_roman(due)
    if heading.value:
        lost = heading.value == due - 1 and heading.value > 0 and wanted == read + "I"
        return wanted if lost and after == due + 1 else None
    if read.translate(STROKES) != wanted or (read.isdigit() and due > 1):
        return None
    if "U" in read:  # a stroke and the bar behind it; only where others have the bar
        bars = not heading.mark and read.endswith("U") and read.count("U") == 1
        known = due > 1 or _leads_on(due, following)
        return wanted + "/" if bars and known else None
    if due == 1:  # a figure or a stroke alone is the first only before a second
        before = [*takewhile(lambda one: not one.value, following)]
        seconds = following[len(before) : len(before) + 1]
        counted = any(one.numeral == "2" and one.upper for one in before)
        return wanted if heading.upper and after == 2 and seconds[0].upper and not counted else None
    return wanted
