"""
A document as it is printed, before any format: lines, two columns side by side, tables, notes.

The writers turn it into text, Markdown, Word and PDF files; none of them knows what a line means.
"""

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote's mark at a place of a line: behind so many of its characters."""

    at: int
    marker: str


@dataclass(frozen=True, slots=True)
class Line:
    """
    A paragraph, with no line break in it; an empty one is blank space.

    ``size`` is in points. ``indent``: its first row is set in, by 1 to 1.27 cm, as Decree 30/2020
    has it. ``underline``: a rule stands below it (below the motto, an agency, a title).
    """

    text: str
    bold: bool = False
    italic: bool = False
    align: Align = "justify"
    size: float = 14.0
    indent: bool = False
    underline: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines side by side: agency and motto, recipients and signature, two signers."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    kind: Literal["letterhead", "signature"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its lines, and how many rows and columns of the grid it covers."""

    lines: tuple[str, ...] = ()
    rows: int = 1
    columns: int = 1
    bold: bool = False
    italic: bool = False
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """
    A ruled table: rows of cells, each cell in the row where its top stands.

    ``header`` is how many rows at the top are its header; ``repeats`` whether they are printed
    again on each further page; ``widths`` the share of each column. ``breaks`` are the numbers of
    rows before which a page ends, where the paper wants one there.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    header: int = 1
    repeats: bool = False
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote's text, at the foot of the page on which its mark stands."""

    marker: str
    text: str


Block = Line | Columns | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its blocks from top to bottom, and its footnotes."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    page_numbers: bool = True
    """Whether pages after the first have their number at the top, in the middle."""
