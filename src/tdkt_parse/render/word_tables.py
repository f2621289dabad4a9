"""
Tables set in Word: with rules, and those that put a letterhead or a signature side by side.
"""

from collections.abc import Sequence

from lxml import etree

from tdkt_parse.numerals import parse_roman
from tdkt_parse.periods import is_quarter_heading
from tdkt_parse.render.printed import Cell, Columns, Grid
from tdkt_parse.render.terminal import clean
from tdkt_parse.render.word_notes import WordNotes
from tdkt_parse.render.word_words import Type, set_paragraph, set_words, wide
from tdkt_parse.render.word_xml import element

LETTERHEAD_LEFT = 62.0
"""Millimetres for who issues the document; quốc hiệu needs the rest to stand on one line."""
ROOM_TO_SIGN = 60
"""Points between the office and the name."""
ROOM_ABOVE = 8
"""Points between the closing and the signature."""
SIZE = 13


def set_columns(columns: Columns, notes: WordNotes, whole: float) -> etree._Element:
    """A letterhead or a signature: a table without rules."""
    count = max(map(len, columns.rows))
    first = LETTERHEAD_LEFT if columns.of == "letterhead" else whole / count
    widths = [first, *[(whole - first) / max(count - 1, 1)] * (count - 1)]
    rows = []
    for row in columns.rows:
        cells = []
        for lines, width in zip(row, widths, strict=True):
            content: list[etree._Element] = []
            for number, words in enumerate(lines):
                named = words.look == "signer" and number and lines[number - 1].look != "signer"
                stamped = number and lines[number - 1].look == "signed"
                room = ROOM_TO_SIGN / (3 if stamped else 1) if named else 0
                if columns.of == "signature" and not number:
                    room = ROOM_ABOVE
                content += set_words(words, notes, width, room=room)
            cells.append(_cell(content, width))
        rows.append(element("w:tr", {}, *cells))
    return _table(rows, widths, ruled=False)


def set_grid(grid: Grid, whole: float, *, below: bool) -> etree._Element:
    """A table with rules; ``below`` another, it has a header of its own, whatever that says."""
    widths = column_widths(grid.texts, whole)
    ordinal = {c for c, width in enumerate(widths) if width <= NARROW}
    rows = []
    open_cells: dict[int, tuple[int, int]] = {}
    for r, places in enumerate(grid.places):
        head = r < grid.header_rows
        properties = element("w:trPr", {}, element("w:cantSplit"))
        if head or (below and r == 0):
            properties.append(element("w:tblHeader"))
        cells = [properties]
        strong = head or any(is_quarter_heading(text) for text in grid.texts[r][:2] if text)
        c = 0
        while c < len(places):
            cell = places[c]
            if cell is None:
                span, last = open_cells.get(c, (1, r))
                if last >= r:
                    content = [set_paragraph("", Type(SIZE))]
                    cells.append(_cell(content, sum(widths[c : c + span]), span, "continue"))
                c += span
                continue
            width = sum(widths[c : c + cell.columns])
            middle = head or c in ordinal or cell.columns == len(places)
            merge = "restart" if cell.rows > 1 else None
            if merge:
                open_cells[c] = (cell.columns, r + cell.rows - 1)
            cells.append(_cell(_lines(cell, strong, middle), width, cell.columns, merge, mid=head))
            c += cell.columns
        rows.append(element("w:tr", {}, *cells))
    return _table(rows, widths, ruled=True)


def _lines(cell: Cell, strong: bool, middle: bool) -> list[etree._Element]:
    look = Type(SIZE, bold=strong, align="center" if middle else "left", before=1, after=1)
    return [set_paragraph(clean(line), look, keep=strong) for line in cell.lines]


def _cell(
    content: Sequence[etree._Element],
    width: float,
    span: int = 1,
    merge: str | None = None,
    *,
    mid: bool = False,
) -> etree._Element:
    properties = element("w:tcPr", {}, element("w:tcW", {"w:w": wide(width), "w:type": "dxa"}))
    if span > 1:
        properties.append(element("w:gridSpan", {"w:val": str(span)}))
    if merge:
        properties.append(element("w:vMerge", {"w:val": merge}))
    if mid:
        properties.append(element("w:vAlign", {"w:val": "center"}))
    filled = content or [set_paragraph("", Type(SIZE))]
    return element("w:tc", {}, properties, *filled)


_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _table(
    rows: Sequence[etree._Element], widths: Sequence[float], *, ruled: bool
) -> etree._Element:
    properties = element(
        "w:tblPr",
        {},
        element("w:tblW", {"w:w": wide(sum(widths)), "w:type": "dxa"}),
        element("w:jc", {"w:val": "center"}),
    )
    if ruled:
        border = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "auto"}
        edges = [element(f"w:{edge}", border) for edge in _EDGES]
        properties.append(element("w:tblBorders", {}, *edges))
    properties.append(element("w:tblLayout", {"w:type": "fixed"}))
    columns = [element("w:gridCol", {"w:w": wide(width)}) for width in widths]
    return element("w:tbl", {}, properties, element("w:tblGrid", {}, *columns), *rows)


NARROW = 14.0
"""Millimetres: a column of numbers, set in the middle."""


def column_widths(texts: Sequence[Sequence[str]], whole: float) -> list[float]:
    """
    The widths of columns: numbers get little, words by how many there are, as a root.

    >>> column_widths([["TT", "Nội dung"], ["1", "Phát động phong trào thi đua"]], 160)
    [12.0, 148.0]
    """
    weights: list[float] = []
    for column in zip(*texts, strict=True):
        cells = [text for row, text in zip(texts, column, strict=True) if len(set(row)) > 1]
        longest = max(map(len, cells), default=0)
        numbers = longest <= 5 or all(_is_number(text) for text in cells[1:])
        word = max((len(w) for text in cells for w in text.split()), default=1)
        mean = sum(map(len, cells)) / max(len(cells), 1)
        weights.append(0.0 if numbers and longest <= 5 else max(mean, word, 6.0) ** 0.5)
    narrow = 12.0
    if not any(weights):
        return [whole / len(weights)] * len(weights)
    left = whole - narrow * weights.count(0.0)
    return [left * weight / sum(weights) if weight else narrow for weight in weights]


def _is_number(text: str) -> bool:
    bare = text.strip(" .)")
    return not bare or bare.isdigit() or parse_roman(bare) > 0
