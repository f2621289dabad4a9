"""
What stands on paper, in printed order: lines of words with their look, columns, tables, pages.

The three forms (Word, Markdown, HTML) differ only in how they write these.
"""

from dataclasses import dataclass
from typing import Literal

from tdkt_parse.models import Footnote

Look = Literal[
    "running",  # a head or a foot that goes over every page
    "marked",  # MẬT, HỎA TỐC, DỰ THẢO
    "superior",
    "issuer",
    "motto",
    "slogan",  # the last line of the motto, over a rule
    "number",
    "about",  # V/v of a letter, under its number
    "date",
    "type",
    "title",  # over a rule
    "annex",  # (Kèm theo …)
    "addressees",
    "basis",
    "heading",
    "paragraph",
    "closing",
    "recipients",  # the caption Nơi nhận:
    "recipient",
    "authority",  # TM., KT., the office of who signs
    "signed",  # (Đã ký)
    "signer",
    "attachment",  # PHỤ LỤC I
]


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where in some words the mark of a footnote stands: after so many characters."""

    at: int
    note: Footnote


@dataclass(frozen=True, slots=True)
class Words:
    """
    A paragraph: how it looks, how deep a heading is, and the marks of footnotes in it.

    ``apart``: beginning as it does, it would be taken for the end of the line above.
    """

    look: Look
    text: str
    depth: int = 0
    notes: tuple[NoteMark, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands side by side without rules: rows of cells, each of lines."""

    of: Literal["letterhead", "signature"]
    rows: tuple[tuple[tuple[Words, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its lines, and how many rows and columns it covers."""

    lines: tuple[str, ...]
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """
    A table with rules.

    ``places`` holds in each row what begins at each column, ``None`` where a cell from the left or
    from above goes on.
    """

    header_rows: int
    places: tuple[tuple[Cell | None, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    """The words at every place, those of a merged cell in each place it covers."""


@dataclass(frozen=True, slots=True)
class NewPage:
    """An appendix begins on a page of its own, numbered from one."""


Block = Words | Columns | Grid | NewPage


@dataclass(frozen=True, slots=True)
class Printed:
    """A whole document: what runs over and under its pages, its blocks, and its footnotes."""

    heads: tuple[str, ...]
    feet: tuple[str, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Footnote, ...]
