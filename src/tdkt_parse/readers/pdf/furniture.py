"""
Running heads, running feet and page numbers: what the print shop put around the text.

They stand at the edge of the page apart from the text, and say on each page the same, but for a
number that grows with the pages.
"""

from collections.abc import Sequence

import regex

from tdkt_parse.readers.pdf.glyphs import TIMEOUT
from tdkt_parse.readers.pdf.lattice import Rect
from tdkt_parse.readers.pdf.pdfium import Shape
from tdkt_parse.readers.pdf.rows import Row, Segment, make_row

MARGIN = 0.12
"""Of the page's height: how far from its edge such a row may stand."""
MOST = 3
"""Rows at one edge."""
LONGEST = 160
"""Code points of such a row."""

_NUMBER = regex.compile(
    r"(?:[-–—]\s?|(?:Trang|trang|Page|page|Tr\.)\s?)?(?:\d{1,4}|[ivxlc]{1,6})"
    r"(?:\s?[-–—]|\s?/\s?\d{1,4}|\s(?:of|trên)\s\d{1,4})?"
)
_GAZETTE = regex.compile(
    r"(?:\d{1,4}\s+)?CÔNG BÁO\s?/\s?Số\s?[\d+ ]+/\s?Ngày\s?[\d/ -]{6,12}(?:\s+\d{1,4})?"
)
_TITLE = regex.compile(
    r"(?i)(?:phụ lục|phụ biểu|biểu|mẫu|phần|chương|mục|điều|danh mục|bảng)\b.{0,12}"
)
_DIGITS = regex.compile(r"\d+")


def peel(
    number: int, shape: Shape, lines: list[list[Segment]], tables: Sequence[Rect]
) -> tuple[list[list[Segment]], list[Row], list[Row]]:
    """The lines of a page without those that may be its head or its foot; the head; the foot."""
    top = min((table.y0 for table in tables), default=shape.height)
    foot = max((table.y1 for table in tables), default=0.0)
    tops: list[Row] = []
    while len(lines) > 0 and len(tops) < MOST:
        row = make_row(number, lines[0])
        below = min((s.y0 for s in lines[1]), default=top) if len(lines) > 1 else top
        below = min(below, top)
        if row.y1 > min(MARGIN * shape.height, below + 1):
            break
        apart = below - row.y1 > 0.8 * row.height
        may_be = apart and len(row.text) < LONGEST and (number > 1 or len(lines[0]) == 1)
        if not (is_fixed(row.text) or (may_be and not is_title(row.text))):
            break
        tops.append(row)
        lines = lines[1:]
    feet: list[Row] = []
    while len(lines) > 0 and len(feet) < MOST:
        row = make_row(number, lines[-1])
        above = max((s.y1 for s in lines[-2]), default=foot) if len(lines) > 1 else foot
        above = max(above, foot)
        if row.y0 < max((1 - MARGIN) * shape.height, above - 1):
            break
        apart = row.y0 - above > 0.8 * row.height
        if (
            not apart
            or (not is_fixed(row.text) and len(row.text) >= LONGEST)
            or row.marks[:1] == [(0, row.lengths[0])]
        ):
            break
        feet.append(row)
        lines = lines[:-1]
    return lines, tops, feet[::-1]


def is_title(text: str) -> bool:
    """Whether a row at the top of a page is what the page begins with: ``PHỤ LỤC 2``."""
    return bool(_TITLE.fullmatch(" ".join(text.split()), timeout=TIMEOUT))


def is_fixed(text: str) -> bool:
    """
    Whether a row at the edge of a page can be nothing else: a page's number, the gazette's head.

    >>> [is_fixed(text) for text in ("- 2 -", "CÔNG BÁO/Số 286/Ngày 27-05-2026 89", "QUÝ I")]
    [True, True, False]
    """
    text = " ".join(text.split())
    return bool(
        _NUMBER.fullmatch(text, timeout=TIMEOUT)
        or ("CÔNG BÁO" in text and _GAZETTE.fullmatch(text, timeout=TIMEOUT))
    )


def repeated(edges: Sequence[Sequence[Row]]) -> list[list[bool]]:
    """
    Of the rows at one edge of each page, which are furniture.

    What can be nothing else is; so is what stands at one height on most of the pages and says the
    same, numbers aside.
    """
    places: dict[tuple[str, int], set[int]] = {}
    for page, rows in enumerate(edges):
        for row in rows:
            for near in (-1, 0, 1):
                places.setdefault((_kept(row.text), round(row.y0 / 3) + near), set()).add(page)
    pages = max(len(edges) - 1, 1)
    found = []
    for rows in edges:
        found.append(
            [
                is_fixed(row.text)
                or len(places[_kept(row.text), round(row.y0 / 3)]) >= max(2, 0.5 * pages)
                for row in rows
            ]
        )
    return found


def _kept(text: str) -> str:
    return str(_DIGITS.sub("#", " ".join(text.split()), timeout=TIMEOUT))
