r"""
A Paper as Markdown, as converters write it: bold and italic paragraphs, pipe tables, ``[^1]``.

Headings stay what they are in print, bold lines with their own numbers. What Markdown would take
for its own marks is escaped by ``\``, so that a reader of Markdown gives back the words; a line
that begins with ``1.`` or ``-`` is left, because it is shown as it stands.
"""

import re

from generator.paper import Columns, Line, Note, PageBreak, Paper, Table
from generator.writers.parts import grid, pieces

_SPECIAL = re.compile(
    r"""
      [\\`*]
    | (?<![^\W_])_ | _(?![^\W_])          # within a word it is a letter
    | <(?=[a-zA-Z/!?])
    | \[(?=\^) | \[(?=[^\]]*\][(\[:])
    | ~(?=~) | (?<=~)~
    | &(?=\#?\w{1,10};)
    """,
    re.VERBOSE,
)
_OPENING = re.compile(r"#{1,6}(?=\s|$)|>|={2,}\s*$|[-*_](?=(?:\s*[-*_]){2,}\s*$)")


def to_markdown(paper: Paper) -> str:
    """The paper as a Markdown file."""
    blocks = []
    for block in paper.blocks:
        match block:
            case Line():
                blocks.append(_paragraph(block))
            case Columns():
                blocks += [_paragraph(line) for line in (*block.left, *block.right)]
            case Table():
                blocks.append(_table(block))
            case PageBreak():
                pass
    blocks += [_note(note) for note in paper.notes]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escape(text: str) -> str:
    r"""
    Text as Markdown that shows it.

    >>> escape("a*b_c <d> [^1] 5 < 6 [x]")
    'a\\*b_c \\<d> \\[^1] 5 < 6 [x]'
    """
    return _SPECIAL.sub(r"\\\g<0>", text)


def _paragraph(line: Line) -> str:
    # Four spaces at the beginning would make it code.
    style = "**" * line.bold + "*" * line.italic
    inner = "".join(
        escape(piece) if isinstance(piece, str) else f"[^{piece.marker}]" for piece in pieces(line)
    ).strip()
    if not inner:
        return ""
    if style:
        return f"{style}{inner}{style[::-1]}"
    return "\\" + inner if _OPENING.match(inner) else inner


def _note(note: Note) -> str:
    return f"[^{note.marker}]: {escape(note.text)}"


def _table(table: Table) -> str:
    """A pipe table; what a merged cell covers is empty."""
    rows = []
    for places in grid(table):
        cells = []
        for place in places:
            cell = place.cell
            style = "**" * cell.bold + "*" * cell.italic
            lines = [] if place.below else [line.strip() for line in cell.lines if line.strip()]
            shown = (escape(line).replace("|", r"\|") for line in lines)
            cells.append("<br>".join(f"{style}{line}{style[::-1]}" for line in shown))
            cells += [""] * (cell.columns - 1)
        rows.append("| " + " | ".join(cells) + " |")
    rows.insert(1, "|" + "---|" * len(table.widths))
    return "\n".join(rows)
