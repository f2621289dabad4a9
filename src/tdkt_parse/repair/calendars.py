"""
Four columns of a table headed by a quarter each, in short: ``I`` to ``IV``, ``Q1`` to ``Q4``.

*Quý* may stand before each, or on a line of its own above it. In so small a cell an engine has no
word to go by: ``QI | QI | QII | QIV`` are the four. They are told by their places, if two of them
at least are the quarters of their places, the last among them or the first, and the others are
nothing but strokes and figures.
"""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from tdkt_parse.layout import Repair, Table, cells
from tdkt_parse.repair.tokens import Slice, slices_of
from tdkt_parse.spelling import key

TIMEOUT = 2.0
RULE = "ocr_quarter"
HEADERS = 3
"""Rows of a table among which its header is."""
ROMAN = ("I", "II", "III", "IV")
FEWEST = 2
QUARTERS = frozenset((key("quý"), key("quí"), "q"))
_SHORT = regex.compile(
    r"(?P<mark>[QGO0][./-]?\s?|Qu[ýí]\s|QU[ÝÍ]\s)?(?P<numeral>[IVHTUl1-4|!\]ịỊỉÌÍïÏinm]{1,4})(?P<rest>\s?[-–.,;:'_]{0,2})"
    r"|(?P<mark>Qu[ýí]|QU[ÝÍ])(?P<numeral>)(?P<rest>)"
)
_STROKES = str.maketrans(
    {"H": "II", "U": "II", "n": "II", "m": "III", **dict.fromkeys("l1|!]ịỊỉÌÍïÏiT", "I")}
)


class _Head(NamedTuple):
    """
    What is all of a header cell: its slice, the ``Q`` before the numeral, the numeral; whether
    *Quý* stands on a line of its own above it.
    """

    slice: Slice
    mark: str
    numeral: str
    below: bool = False

    def is_of(self, place: int) -> bool:
        """Whether it is the quarter of a place, from 0 on, as read."""
        lost = place == 3 and self._roman == "V"
        return lost or self.numeral == str(place + 1) or self._roman == ROMAN[place]

    @property
    def _roman(self) -> str:
        return self.numeral.translate(_STROKES)

    @property
    def has_strokes(self) -> bool:
        return "I" in self.numeral or "V" in self.numeral


def find_calendars(text: str, table: Table) -> Iterator[Repair]:
    """The repairs of the quarters that head four columns."""
    heads: dict[int, dict[int, _Head]] = {}
    for row, column, cell in cells(table):
        if row >= HEADERS:
            break
        slices = [one for line in cell.lines for one in slices_of(text, line)]
        below = len(slices) == 2 and key(slices[0].text) in QUARTERS
        if cell.columns != 1 or not (below or len(slices) == 1):
            continue
        found = _SHORT.fullmatch(slices[-1].text, timeout=TIMEOUT)
        if found:
            head = _Head(slices[-1], found["mark"] or "", found["numeral"], below)
            heads.setdefault(row, {})[column] = head
    for found_in in heads.values():
        for first in found_in:
            run = [found_in[at] for at in range(first, first + 4) if at in found_in]
            if len(run) == 4 and _are_quarters(run, first, found_in):
                yield from _mended(run)


def _are_quarters(run: list[_Head], first: int, row: dict[int, _Head]) -> bool:
    """Whether four header cells beside one another are the quarters of a year."""
    if any(at in row and row[at].numeral for at in (first - 1, first + 4)):
        return False  # More than four: months, or the numbers of the columns.
    if any(not head.numeral for head in run[1:]):
        return False  # What is lost is the one stroke of the first.
    if [head.numeral for head in run[:2]] == [head.numeral for head in run[2:]]:
        return False  # Two quarters twice: of what was planned, and of what was done.
    right = [head.is_of(place) for place, head in enumerate(run)]
    marked = sum(bool(head.mark or head.below) for head in run)
    if not run[0].numeral and sum(right) < len(right) - 1:
        return False
    if marked not in (0, 3, 4) or sum(right) < FEWEST or not (right[0] or right[3]):
        return False
    return bool(marked) or (right[3] and run[3].numeral == "IV")


def _mended(run: list[_Head]) -> Iterator[Repair]:
    roman = any(head.has_strokes for head in run)
    marks = [head.mark for head in run if head.numeral and head.mark[:1] == "Q"]
    for place, head in enumerate(run):
        mark = marks[0] if head.mark and marks else head.mark
        put = f"{mark}{ROMAN[place] if roman else place + 1}"
        if put != head.slice.text:
            yield Repair(*head.slice.place(0, len(head.slice.text)), put, RULE)
