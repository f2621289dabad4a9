"""
What stands on the pages of a Document: words with their places, and rows of tables.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ocr_scores import Cell, Placed, Row, across, plain
from tdkt_parse.layout import Document, Line, Table, Word, cells
from tdkt_parse.passage import read_line
from tdkt_parse.readers import read
from tdkt_parse.readers.pdf.lattice import find_lattices
from tdkt_parse.readers.pdf.pdfium import open_page, open_pdf, shape_of
from tdkt_parse.readers.pdf.rulings import read_drawn


class Area(NamedTuple):
    """A ruled cell on its page; points from its top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, place: complex) -> bool:
        return self.x0 <= place.real <= self.x1 and self.y0 <= place.imag <= self.y1


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed PDF, as it is to be read from its scan."""

    orders: tuple[tuple[str, ...], ...]
    """Of each page its text in the orders in which it may be read."""
    words: tuple[tuple[Placed, ...], ...]
    """Of each page."""
    rows: tuple[Row, ...]
    areas: tuple[tuple[tuple[Area, ...], ...], ...]
    """Of each cell of each row what is ruled around it: two places where a page ends in it."""


def typed(path: Path) -> Typed:
    """What a typed PDF says, by this package's reader of such files."""
    document = read(path)
    pages = words_of(document)
    texts = texts_of(document)
    ruled = _ruled(path)
    rows, areas = [], []
    for row, lines in _rows(document):
        rows.append(row)
        areas.append(tuple(tuple(_around(document, some, ruled)) for some in lines))
    return Typed(
        tuple((text, across(words)) for text, words in zip(texts, pages, strict=True)),
        tuple(map(tuple, pages)),
        tuple(rows),
        tuple(areas),
    )


def words_of(document: Document, *, mended: bool = False) -> list[list[Placed]]:
    """The words of each page, in the order of the text, as read or with what was mended."""
    pages: list[list[Placed]] = [[] for _ in range(document.pages or 0)]
    for word, text in _said(document, mended=mended):
        _, x0, y0, x1, y1 = word.box
        pages[word.box.page - 1].append(Placed(text, x0, y0, x1, y1))
    return pages


def texts_of(document: Document, *, mended: bool = False) -> list[str]:
    """The text of each page, in its own order, as read or with what was mended."""
    parts: dict[int, list[str]] = defaultdict(list)
    last = -1
    for word, text in _said(document, mended=mended):
        if word.start != last:
            parts[word.box.page].append(" ")
        parts[word.box.page].append(text)
        last = word.end
    return [plain("".join(parts[page + 1])) for page in range(document.pages or 0)]


def _said(document: Document, *, mended: bool) -> Iterator[tuple[Word, str]]:
    """Each word and its text; what was mended of several words stands in the first of them."""
    repairs = document.repairs if mended else ()
    first = 0
    for word in map(document.words.__getitem__, range(len(document.words))):
        while first < len(repairs) and repairs[first].end <= word.start:
            first += 1
        text, at = "", word.start
        for start, end, put, _ in repairs[first:]:
            if start >= word.end:
                break
            if start >= word.start:
                text += document.text[at:start] + put
            at = max(at, end)
        yield word, text + document.text[at : word.end]


def rows_of(document: Document) -> list[Row]:
    """The rows of all tables; what only repeats a header is none."""
    return [row for row, _ in _rows(document)]


def _rows(document: Document) -> Iterator[tuple[Row, list[tuple[Line, ...]]]]:
    """Each row with the lines of its cells."""
    for table in document.blocks:
        if not isinstance(table, Table):
            continue
        page = table.page or 1
        grid: dict[int, list[tuple[Cell, tuple[Line, ...]]]] = defaultdict(list)
        for number, column, cell in cells(table):
            lines = (read_line(document.text, line, document.repairs) for line in cell.lines)
            text = " ".join(line.text for line in lines)
            made = Cell(column, cell.columns, cell.rows, plain(text))
            grid[number].append((made, cell.lines))
        for number, row in enumerate(table.rows):
            page = next((line.page for c in row for line in c.lines if line.page), page)
            if number not in table.repeated:
                found = grid[number]
                yield Row(page, tuple(cell for cell, _ in found)), [lines for _, lines in found]


def _around(document: Document, lines: Sequence[Line], ruled: Sequence[Area]) -> list[Area]:
    """The ruled cells that hold the words of some lines."""
    found: dict[Area, None] = {}
    for line in lines:
        for start, end in line.spans:
            for index in document.words.within(start, end):
                page, x0, y0, x1, y1 = document.words[index].box
                place = complex((x0 + x1) / 2, (y0 + y1) / 2)
                found |= dict.fromkeys(a for a in ruled if a.page == page and a.holds(place))
    return list(found)


def _ruled(path: Path) -> list[Area]:
    """All ruled cells of a PDF."""
    areas: list[Area] = []
    with open_pdf(path.read_bytes()) as pdf:
        for index in range(pdf.pages):
            with open_page(pdf, index) as page:
                if page is None:
                    continue
                lattices = find_lattices(read_drawn(page, shape_of(page)))
            areas += [Area(index + 1, *cell) for table in lattices for cell in table.cells]
    return areas
