"""
A Paper as a plain text file, in one of the ways people have such files.

Agency and motto stand below one another or side by side; tables have bars, or tabs as text copied
from Word has; notes are marked by raised digits or by ``[^1]``. Some files have no blank lines, and
some have their lines broken after 90 to 100 characters.
"""

import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, NamedTuple

from generator.paper import Align, Columns, Line, Note, PageBreak, Paper, Table
from generator.writers.parts import Place, cut_table, halves, pieces

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_GAP = 3
"""Spaces between two columns, at the least: fewer may be a typing error within a line."""
_PAGE = 110
"""Characters; columns that would be wider stand below one another."""
_SHUT = (";", ".", ":", "/")


@dataclass(frozen=True, slots=True)
class Habits:
    """How one text file is laid out."""

    level: bool = False
    """Columns stand side by side."""
    tables: Literal["bars", "ruled bars", "tabs"] = "bars"
    raised: bool = True
    """Notes are marked by raised digits, not by ``[^1]``."""
    rule: Literal["", "_", "-"] = ""
    """What a rule below a line is made of, where it is there at all."""
    spaced: bool = True
    """Blank lines part the paragraphs."""
    width: int | None = None
    """Lines are broken after so many characters."""


def choose_habits(rng: random.Random) -> Habits:
    """The habits of one file."""
    width = rng.choice((90, 95, 100)) if rng.random() < 0.2 else None
    return Habits(
        level=rng.random() < 0.35,
        tables=rng.choice(("bars", "ruled bars", "tabs")),
        raised=rng.random() < 0.5,
        rule=rng.choice(("", "", "_", "-")),
        spaced=width is not None or rng.random() < 0.75,
        width=width,
    )


def to_text(paper: Paper, rng: random.Random) -> str:
    """The paper as a text file."""
    return lay_out(paper, choose_habits(rng))


def lay_out(paper: Paper, habits: Habits) -> str:
    """The paper as a text file of these habits."""
    chunks: list[list[str]] = []
    for block in paper.blocks:
        match block:
            case Line():
                chunks.append(_paragraph(block, habits))
            case Columns():
                chunks += _columns(block, habits)
            case Table():
                chunks.append([""])
                chunks += _table(block, habits)
                chunks.append([""])
            case PageBreak():
                chunks.append([""])
    chunks.append([""])
    chunks += [_wrapped(_note(note, habits), habits) for note in paper.notes]
    return "\n".join(_parted(chunks, spaced=habits.spaced)).strip("\n") + "\n"


class _Row(NamedTuple):
    """A line of one of two columns."""

    text: str
    align: Align = "left"

    def set_in(self, width: int) -> str:
        match self.align:
            case "center":
                return self.text.center(width)
            case "right":
                return self.text.rjust(width)
        return self.text.ljust(width)


def _parted(chunks: Sequence[Sequence[str]], *, spaced: bool) -> Iterator[str]:
    """The lines of all chunks, never two blank ones in a row where blank lines part chunks."""
    last = ""
    for number, chunk in enumerate(chunks):
        lines = ["", *chunk] if spaced and number else chunk
        for line in lines:
            if line or last:
                yield line
            last = line


def _marked(line: Line, habits: Habits) -> str:
    return "".join(
        piece if isinstance(piece, str) else _mark(piece.marker, habits) for piece in pieces(line)
    )


def _mark(marker: str, habits: Habits) -> str:
    if not marker.isdecimal():
        return f"({marker})"
    return marker.translate(_RAISED) if habits.raised else f"[^{marker}]"


def _note(note: Note, habits: Habits) -> str:
    mark = _mark(note.marker, habits)
    return f"{mark}: {note.text}" if mark.startswith("[^") else f"{mark} {note.text}"


def _wrapped(text: str, habits: Habits) -> list[str]:
    if not habits.width:
        return [text]
    broken = textwrap.wrap(
        text, habits.width, break_long_words=False, break_on_hyphens=False, tabsize=4
    )
    return broken or [""]


def _paragraph(line: Line, habits: Habits) -> list[str]:
    found = _wrapped(_marked(line, habits), habits)
    if line.underline and habits.rule:
        found.append(habits.rule * 10)
    if habits.width and line.align == "center":
        return [one.center(habits.width).rstrip() for one in found]
    return found


# ---------------------------------------------------------------- two columns


def _columns(columns: Columns, habits: Habits) -> list[list[str]]:
    if habits.level:
        pairs = [
            (_unbroken(left, habits), _unbroken(right, habits)) for left, right in halves(columns)
        ]
        wide = max((len(row.text) for left, _ in pairs for row in left), default=0)
        far = max((len(row.text) for _, right in pairs for row in right), default=0)
        if wide + _GAP + far <= _PAGE:
            return [_side_by_side(left, right, wide, far) for left, right in pairs]
    sides = (_unbroken(side, habits) for side in (columns.left, columns.right))
    return [[row.text for row in side] for side in sides if side]


def _unbroken(lines: Sequence[Line], habits: Habits) -> list[_Row]:
    found = []
    for line in lines:
        found.append(_Row(_marked(line, habits), line.align))
        if line.underline and habits.rule:
            found.append(_Row(habits.rule * 10, line.align))
    return found


def _side_by_side(left: Sequence[_Row], right: Sequence[_Row], wide: int, far: int) -> list[str]:
    return [
        f"{first.set_in(wide)}{' ' * _GAP}{second.set_in(far)}".rstrip()
        for first, second in zip_longest(left, right, fillvalue=_Row(""))
    ]


# ---------------------------------------------------------------- tables


def _table(table: Table, habits: Habits) -> list[list[str]]:
    """The parts of a table: a page's end within it is a blank line."""
    bars = habits.tables != "tabs" or not _fits_tabs(table)
    found: list[list[str]] = []
    for number, part in enumerate(cut_table(table)):
        rows = [_bars(_cells(row)) if bars else _tabs(_cells(row)) for row in part]
        if bars and habits.tables == "ruled bars" and not number:
            rows.insert(max(table.header, 1), "|" + "---|" * len(table.widths))
        found += [[""], rows]
    return found[1:]


def _cells(row: Sequence[Place]) -> list[Sequence[str]]:
    """The lines of each cell of a row; what a merged cell covers is empty."""
    found: list[Sequence[str]] = []
    for place in row:
        found.append([] if place.below else [line.strip() for line in place.cell.lines])
        found += [[]] * (place.cell.columns - 1)
    return found


def _bars(row: Sequence[Sequence[str]]) -> str:
    return "| " + " | ".join("<br>".join(cell) for cell in row) + " |"


def _tabs(row: Sequence[Sequence[str]]) -> str:
    return "\t".join(" ".join(cell) for cell in row)


def _fits_tabs(table: Table) -> bool:
    """
    Whether a cell's lines can be run together and still be told apart.

    A line that ends in no mark, before one that begins with no bullet, would lose its end.
    """
    return all(
        before.rstrip().endswith(_SHUT) or after.lstrip().startswith(("-", "+"))
        for row in table.rows
        for cell in row
        for before, after in zip(cell.lines, cell.lines[1:], strict=False)
    )
