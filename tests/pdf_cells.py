"""
The ruled cells of a PDF, as this package finds them and as pdfplumber does.
"""

from pathlib import Path
from typing import Any

import pdfplumber

from tdkt_parse.readers.pdf.lattice import find_lattices
from tdkt_parse.readers.pdf.pdfium import open_page, open_pdf, shape_of
from tdkt_parse.readers.pdf.rulings import read_drawn

Cells = list[tuple[int, ...]]
WHITE = 0.98


def ruled_cells(path: Path) -> tuple[list[Cells], list[Cells]]:
    """Of each page the edges of the cells in whole points, from the top left; ours, and theirs."""
    ours: list[Cells] = []
    with open_pdf(path.read_bytes()) as pdf:
        for index in range(pdf.pages):
            with open_page(pdf, index) as page:
                assert page
                shape = shape_of(page)
                lattices = find_lattices(read_drawn(page, shape))
                ours.append(_whole(cell for table in lattices for cell in table.cells))
    theirs: list[Cells] = []
    with pdfplumber.open(path) as document:
        for sheet in document.pages:
            tables = sheet.filter(_is_seen).find_tables()
            theirs.append(_whole(cell for table in tables for cell in table.cells))
            sheet.close()
    return [_near(mine, other) for mine, other in zip(ours, theirs, strict=True)], theirs


def _whole(cells: Any) -> Cells:
    return sorted(tuple(round(edge) for edge in cell) for cell in cells)


def _near(cells: Cells, others: Cells) -> Cells:
    """Cells, each as the one of the others whose edges are within two points, if there is one."""
    found = []
    for cell in cells:
        close = (
            other
            for other in others
            if all(abs(a - b) <= 2 for a, b in zip(cell, other, strict=True))
        )
        found.append(next(close, cell))
    return sorted(found)


def _is_seen(thing: dict[str, Any]) -> bool:
    """Whether something is drawn in a colour; pdfplumber takes the edges of white grounds too."""
    if thing["object_type"] not in ("rect", "curve", "line") or thing.get("stroke"):
        return True
    colour = thing.get("non_stroking_color")
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    white = all(isinstance(part, int | float) and part >= WHITE for part in parts)
    return bool(thing.get("fill")) and not (white and len(parts) in (1, 3))
