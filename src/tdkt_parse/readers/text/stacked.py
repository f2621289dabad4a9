"""
Tables of which every cell stands on a line of its own, as a copy from a page or a PDF leaves them.

Such a table is believed only where nothing is left to guess: a header that begins with ``STT``,
rows numbered one after the other, and in each as many lines as the header has. A cell that was
empty, or that took two lines, leaves the lines as they are.
"""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from tdkt_parse.periods import stretch_of_caption
from tdkt_parse.wording import is_numbering

TIMEOUT = 2.0
LONGEST_HEADER = 60
"""Code points of a header's cell."""
COLUMNS = range(3, 10)
"""How many columns there may be, the numbers' among them."""

_ORDINAL = regex.compile(r"0?(\d{1,3})\.?")
_ROMAN = regex.compile(r"[IVX]{1,5}\.?")
_LABEL = regex.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[A-Zđa-z])[.)/]\s+\S|Nơi nhận")


def begins_table(text: str) -> bool:
    """Whether a line is the first cell of such a header."""
    return len(text) <= LONGEST_NUMBERS and is_numbering(text)


LONGEST_NUMBERS = 14
"""Code points of ``Số thứ tự`` with what may stand around it."""


class Row(NamedTuple):
    """The lines of one row, each a cell; a row of one cell goes over all columns."""

    lines: tuple[int, ...]
    alone: bool = False


def find_rows(lines: Sequence[str]) -> list[Row]:
    """
    The rows, the header first, of a table that begins at the first of some lines; or none.

    Blank lines stand among the lines and are in no row.

    >>> cells = ["STT", "Nội dung", "Chủ trì", "1", "Họp", "Văn phòng", "2", "Tổng kết", "Ban A"]
    >>> [row.lines for row in find_rows(cells)]
    [(0, 1, 2), (3, 4, 5), (6, 7, 8)]
    >>> find_rows(["STT", "Nội dung", "Chủ trì", "1", "Họp", "2", "Tổng kết", "Ban A"])
    []
    """
    said = [number for number, line in enumerate(lines) if line.strip()]
    texts = [lines[number].strip() for number in said]
    width = _width(texts)
    if not width:
        return []
    rows = [Row(tuple(said[:width]))]
    at, expected, counted = width, 1, 0
    while at < len(texts):
        group = _group(texts, at, expected)
        if group:
            rows.append(Row(tuple(said[at : at + group]), alone=group == 1))
            at += group
            expected = 1 if group > 1 and _is_ordinal(texts[at], 1) else expected
        if not _is_ordinal(texts[at] if at < len(texts) else "", expected):
            break
        cells = texts[at + 1 : at + width]
        lacking = any(_is_ordinal(cell, expected + 1) for cell in cells)
        if len(cells) < width - 1 or lacking or any(map(_is_none, cells)):
            break
        rows.append(Row(tuple(said[at : at + width])))
        at += width
        expected += 1
        counted += 1
    while rows and rows[-1].alone:
        rows.pop()
    # Below must stand no further row, of which a cell is missing or takes two lines.
    more = any(_is_ordinal(text, expected) for text in texts[at : at + width])
    return rows if counted > 1 and not more else []


def _width(texts: Sequence[str]) -> int:
    """How many cells the header has: up to the first row's number, or a group over it."""
    if not texts or not begins_table(texts[0]):
        return 0
    for number, text in enumerate(texts[1 : COLUMNS.stop + 1], 1):
        if _is_ordinal(text, 1) or _group(texts, number, 1):
            return number if number in COLUMNS else 0
        header = text[:1].isupper() and len(text) <= LONGEST_HEADER and text[-1] not in ".;:"
        if not header or _LABEL.match(text, timeout=TIMEOUT):
            return 0
    return 0


def _group(texts: Sequence[str], at: int, expected: int) -> int:
    """
    How many lines from here head a group of rows: ``Quý I``, or ``II`` and what it is about.

    The next row's number must follow.
    """
    if at + 1 < len(texts) and stretch_of_caption(texts[at]):
        return int(_is_ordinal(texts[at + 1], expected))
    if at + 2 < len(texts) and _ROMAN.fullmatch(texts[at], timeout=TIMEOUT):
        follows = _is_ordinal(texts[at + 2], 1) or _is_ordinal(texts[at + 2], expected)
        return 2 if follows and any(map(str.isalpha, texts[at + 1])) else 0
    return 0


def _is_ordinal(text: str, expected: int) -> bool:
    found = _ORDINAL.fullmatch(text, timeout=TIMEOUT)
    return found is not None and int(found.group(1)) == expected


def _is_none(text: str) -> bool:
    """Whether a line is no cell but a heading or the end of the document."""
    return _LABEL.match(text, timeout=TIMEOUT) is not None
