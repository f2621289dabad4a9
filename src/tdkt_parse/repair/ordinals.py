"""
Numbers of rows and points that OCR misread: ``|`` over ``2``, ``l0`` after ``9``, ``1, Lãnh đạo``.

Only the number whose turn it is, counted on from the row above or anew from 1, and only where the
row below does not gainsay it; a comma is the stop of a number only where the next point follows, or
before a quarter.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from tdkt_parse.layout import Line, Repair, Table
from tdkt_parse.periods import is_quarter_heading
from tdkt_parse.repair.tokens import Slice, slices_of

TIMEOUT = 2.0
RULE = "ocr_ordinal"
FEWEST = 2
"""Numbers read in a column that is taken for one of numbers."""

_NUMBER = regex.compile(r"(\d{1,3})[.)]?")
_SPECKED = regex.compile(
    r"(?P<number>\d{1,3}[.)]?)(?P<speck>\s?[*'’`´~^°\"_•·|-]{1,2}|\p{Lu}[.)]?)"
)
"""A number with what a speck behind it is read as."""
_STOPPED = regex.compile(r"(\d{1,3})(?P<stop>[,:;])")
_SHORT = regex.compile(r"([\p{L}\p{N}|!\[\]]{1,3})[.)]?")
_FIGURES = str.maketrans("|lIL!][iOoQDSBZzgq", "111111110000582299")


def find_ordinals(text: str, table: Table) -> Iterator[Repair]:
    """The repairs of the numbers of a table's rows."""
    column = [_first(text, row[0].lines) if row else None for row in table.rows]
    numbers = [_number(one) for one in column]
    if sum(number is not None for number in numbers) < FEWEST:
        return
    mark = _mark([one.text for one, number in zip(column, numbers, strict=True) if one and number])
    last = 0
    for at, one in enumerate(column):
        number = numbers[at]
        if number is not None:
            due = last + 1
            if one and number == _as_ones(due) != due and _next(table, numbers, at) == due + 1:
                yield Repair(*one.place(0, len(str(number))), str(due), RULE)
                number = due
            last = number
            continue
        if one is None or _heads(table, at):
            last = 0  # A row that heads others: they may be counted anew.
            continue
        specked = _SPECKED.fullmatch(one.text, timeout=TIMEOUT)
        if specked:
            number = int(specked["number"].rstrip(".)"))
            after = numbers[at + 1] if at + 1 < len(numbers) else None
            goes_on = after in (
                (number + 1,) if specked["speck"][0].isalpha() else (None, number + 1)
            )
            if number == last + 1 and goes_on:
                yield Repair(*one.place(*specked.span("speck")), "", RULE)
                last = number
            continue
        stopped = _STOPPED.fullmatch(one.text, timeout=TIMEOUT)
        if stopped and mark and int(stopped[1]) == last + 1:
            yield Repair(*one.place(*stopped.span("stop")), mark, RULE)
            last += 1
            continue
        short = _SHORT.fullmatch(one.text, timeout=TIMEOUT)
        if short is None:
            continue
        if last and numbers[at + 1 : at + 2] == [last + 2]:
            # Counted as one of them, whatever it looks like.
            yield Repair(*one.place(0, len(one.text)), f"{last + 1}{mark}", RULE)
            last += 1
            continue
        put = short.group(1).translate(_FIGURES)
        if not put.isdecimal():
            continue
        after = numbers[at + 1] if at + 1 < len(numbers) else None
        due = last + 1 if last else (after or 2) - 1
        if int(put) == due and after in (None, 1, due + 1):
            yield Repair(*one.place(*short.span(1)), put, RULE)
            last = due


def _heads(table: Table, at: int) -> bool:
    """Whether a row heads others: it has but a cell or two that say something."""
    return sum(bool(cell.lines) for cell in table.rows[at]) < 3


def _next(table: Table, numbers: Sequence[int | None], at: int) -> int | None:
    """The number of the next row, past those that head others and have none."""
    for below in range(at + 1, len(numbers)):
        if numbers[below] is not None or not _heads(table, below):
            return numbers[below]
    return None


def _mark(read: Sequence[str]) -> str:
    """What stands behind most of some numbers: a stop, a bracket, nothing."""
    return Counter(one.lstrip("0123456789") for one in read).most_common(1)[0][0] if read else ""


def _as_ones(number: int) -> int:
    """A number whose sevens are read as ones, which they are of a faint print."""
    return int(str(number).replace("7", "1"))


def _first(text: str, lines: Sequence[Line]) -> Slice | None:
    """What a cell of one line says."""
    slices = [one for line in lines for one in slices_of(text, line)]
    return slices[0] if len(slices) == 1 else None


def _number(one: Slice | None) -> int | None:
    found = _NUMBER.fullmatch(one.text, timeout=TIMEOUT) if one else None
    return int(found.group(1)) if found else None


_POINT = regex.compile(r"(\d{1,2})([.,])\s+\p{Lu}")


def find_points(lines: Sequence[Sequence[Slice]]) -> Iterator[Repair]:
    """The repairs of the stops behind numbers of points, over all lines of the body."""
    points = [
        (int(found.group(1)), found, slices[0])
        for slices in lines
        if slices and (found := _POINT.match(slices[0].text, timeout=TIMEOUT))
    ]
    for at, (number, found, one) in enumerate(points):
        before = points[at - 1] if at else None
        after = points[at + 1] if at + 1 < len(points) else None
        follows = before is not None and before[0] == number - 1
        goes_on = after is not None and after[0] == number + 1 and after[1].group(2) == "."
        quarter = is_quarter_heading(one.text[found.end() - 1 :])
        if found.group(2) == "," and (goes_on or (follows and number > 1) or quarter):
            yield Repair(*one.place(*found.span(2)), ".", RULE)
