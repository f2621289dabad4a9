"""
Running heads, running feet and page numbers: what the print shop put around the text.

They stand at the edge of the page apart from the text, and say on each page the same, but for a
number that grows with the pages.
"""

from collections.abc import Mapping, Sequence

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
LONGEST_NUMBER = 22
"""Code points of a page's number at most: ``Trang xxviii trên 1234``."""
_GAZETTE = regex.compile(
    r"(?:\d{1,4}\s+)?CÔNG BÁO\s?/\s?Số\s?[\d+ ]+/\s?Ngày\s?[\d/ -]{6,12}(?:\s+\d{1,4})?"
)
_SCANNER = regex.compile(
    r"(?i)(?:(?:\p{L}{2}\s)?(?:scan(?:ned)?\s(?:with|by|bằng)|(?:được\s|đã\s)?(?:quét|scan)\s(?:bằng|bởi))\s)?"
    r"(?:(?:cam|adobe|tap|genius|tiny|clear|fast|simple|smart|swift|i|turbo|doc|pdf)\s?scan\p{L}*"
    r"|(?:office|microsoft)\slens|vflat|notebloc)\W*"
)
"""What programs that make a scanner of a phone print below a page."""
_TITLE = regex.compile(
    r"(?i)(?:phụ lục|phụ biểu|biểu|mẫu|phần|chương|mục|điều|danh mục|bảng)\b.{0,12}"
)
_COUNTED = regex.compile(r"(?i)(?:tháng|quý|năm|tuần|ngày|đợt|lần|tổng)\b")
_YEAR = regex.compile(r"(?:19|20)\d\d")
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
    >>> [is_fixed(f"{text} CamScanner") for text in ("Scanned with", "Được quét bằng", "Mua")]
    [True, True, False]
    """
    text = " ".join(text.split())
    if len(text) < 60 and _SCANNER.fullmatch(text, timeout=TIMEOUT):
        return True
    if "CÔNG BÁO" in text and _GAZETTE.fullmatch(text, timeout=TIMEOUT):
        return True
    if len(text) > LONGEST_NUMBER or _YEAR.fullmatch(text, timeout=TIMEOUT):
        return False
    return bool(_NUMBER.fullmatch(text, timeout=TIMEOUT))


def repeated(edges: Sequence[Sequence[Row]]) -> list[list[bool]]:
    """
    Of the rows at one edge of each page, which are furniture.

    What can be nothing else is; so is what stands at one height on most of the pages and says the
    same, but for numbers that grow as the pages do.
    """
    places: dict[tuple[str, int], dict[int, list[int]]] = {}
    for page, rows in enumerate(edges):
        for row in rows:
            numbers = [int(number[-9:]) for number in _DIGITS.findall(row.text, timeout=TIMEOUT)]
            said, height = _kept(row.text), round(row.y0 / 3)
            for near in (-1, 0, 1):
                places.setdefault((said, height + near), {}).setdefault(page, numbers)
    pages = max(len(edges) - 1, 1)
    sure = []
    for rows in edges:
        sure.append(
            [
                is_fixed(row.text)
                or _runs(row.text, places[_kept(row.text), round(row.y0 / 3)], 0.5 * pages)
                for row in rows
            ]
        )
    return sure


def _runs(text: str, numbers: Mapping[int, list[int]], fewest: float) -> bool:
    """Whether rows that say the same but for their numbers, by page, are of a running head."""
    if len(numbers) < max(2, fewest):
        return False
    changing = False
    for column in zip(*numbers.values(), strict=True):
        if len({*column}) > 1:
            changing = True
            if len({number - page for number, page in zip(column, numbers, strict=True)}) > 1:
                return False
    return not changing or (len(numbers) > 2 and not _COUNTED.match(text, timeout=TIMEOUT))


def _kept(text: str) -> str:
    return str(_DIGITS.sub("#", " ".join(text.split()), timeout=TIMEOUT))
