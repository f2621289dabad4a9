"""
The part of a page that is the document, as lines and tables over one reading text.

The tree is walked by events and never by calls within calls: how deep a page is costs no stack.
Each block of text is a line of its own, ``<br>`` ends one, runs of white space are one space (CSS
Text 3, 4.1); each row of a table is on a line with tabs between its cells, as in a Word file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import regex
from lxml import etree

from tdkt_parse.layout import Cell, Line, Note, Table
from tdkt_parse.readers.docx.body import MOST_COLUMNS, lines_of
from tdkt_parse.readers.html.lists import BULLET, Counter, counter_of
from tdkt_parse.readers.html.look import Look, Sheet, look_of
from tdkt_parse.readers.html.note_links import find_note_links
from tdkt_parse.readers.html.old_letters import Place
from tdkt_parse.readers.html.survey import BLOCKS, NEVER
from tdkt_parse.readers.html.white_space import fold
from tdkt_parse.readers.story import Lines, Old, Piece, Story
from tdkt_parse.readers.symbols import show

TIMEOUT = 2.0
MOST_ROWS = 100_000
MANY = 4
"""Blocks in a cell from which on a ruled table of one column lays out the page."""

_LISTED = regex.compile(
    r"(?:[-+*•–—·○▪►✓➢❖]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[ivxIVX]{1,5}|[A-ZĐ])[.)/])\s*"
)
_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_CELLS = frozenset({"td", "th"})
_ROWS = frozenset({"tbody", "thead", "tfoot"})


@dataclass(slots=True)
class _Cell:
    """A cell while it is read: where it begins in the text, its blocks, and what it covers."""

    blocks: list[Line | Table] = field(default_factory=list)
    rows: int = 1
    columns: int = 1
    start: int = 0


@dataclass(slots=True)
class _Grid:
    """A table while it is read."""

    start: int
    rows: list[list[_Cell]] = field(default_factory=list)
    header: int = 0
    heading: bool = True
    """Whether only rows of the header have come so far."""
    in_head: bool = False
    cell: _Cell | None = None
    outside: list[Line | Table] = field(default_factory=list)
    """What a broken page has between its cells, and its caption."""


class Builder:
    """Writes the text of a document while its tree is walked."""

    def __init__(
        self,
        root: etree._Element,
        sheet: Sheet,
        old: Mapping[Place, Old],
        *,
        unhide: bool = False,
    ) -> None:
        self.root = root
        self.sheet = sheet
        self.old = old
        self.unhide = unhide
        self.story = Story()
        self.notes: list[Note] = []
        self.marks, self.bodies = find_note_links(root)
        self._blocks: list[Line | Table] = []
        self._grids: list[_Grid] = []
        self._lists: list[Counter] = []
        self._pieces: list[Piece] = []
        self._label = ""
        self._gap = False
        self._note: str | None = None
        self._note_end: etree._Element | None = None

    def build(self) -> list[Line | Table]:
        """The lines and tables of the document, in order."""
        looks = [Look()]
        walk = etree.iterwalk(self.root, events=("start", "end"))
        skipped: etree._Element | None = None
        wrappers: set[etree._Element] = set()
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if not isinstance(tag, str) or tag in NEVER:
                    walk.skip_subtree()
                    looks.append(looks[-1])
                    skipped = element
                    continue
                look = look_of(element, looks[-1], self.sheet)
                looks.append(look)
                if look.hidden and not self.unhide:
                    walk.skip_subtree()
                    skipped = element
                    continue
                if element in self.marks:
                    self._pieces.append(Piece("note", _shown(element)))
                    walk.skip_subtree()
                    skipped = element
                    continue
                if element in self.bodies:
                    self._begin_note(element)
                    walk.skip_subtree()
                    skipped = element
                    continue
                self._start(element, tag, wrappers)
                if element.text:
                    self._add(element.text, look, self.old.get(Place(element, behind=False)))
                continue
            looks.pop()
            if skipped is element:
                skipped = None
            else:
                self._end(element, tag, wrappers)
            if element.tail and element is not self.root:
                self._add(element.tail, looks[-1], self.old.get(Place(element, behind=True)))
        self._flush()
        return self._blocks

    # -- elements

    def _start(self, element: etree._Element, tag: str, wrappers: set[etree._Element]) -> None:
        if tag == "br":
            self._pieces.append(Piece("break", "\n"))
            return
        if tag not in BLOCKS:
            return
        self._flush()
        if tag in _LISTS:
            self._lists.append(counter_of(element))
        elif tag == "li":
            self._label = self._lists[-1].label(element) if self._lists else BULLET
        elif tag == "hr":
            self._gap = True
        elif tag == "table":
            if is_wrapper(element):
                wrappers.add(element)
                self._gap = True
            else:
                self.story.count(1)
                self._grids.append(_Grid(self.story.at))
        elif tag in (*_ROWS, "tr", *_CELLS) and self._grids and not self._is_of(element, wrappers):
            grid = self._grids[-1]
            if tag == "thead":
                grid.in_head = True
            elif tag == "tr":
                self.story.count(1)
                grid.rows.append([])
            elif tag in _CELLS:
                self._open_cell(element, grid)
        elif tag in _CELLS:
            self._gap = True

    def _end(self, element: etree._Element, tag: str, wrappers: set[etree._Element]) -> None:
        if tag not in BLOCKS:
            return
        self._flush()
        if tag in _LISTS and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._label = ""
        elif tag == "table":
            if element in wrappers:
                wrappers.discard(element)
                self._gap = True
            elif self._grids:
                self._close_table()
        elif tag in (*_ROWS, "tr", *_CELLS) and self._grids and not self._is_of(element, wrappers):
            grid = self._grids[-1]
            if tag == "thead":
                grid.in_head = False
            elif tag == "tr":
                self._close_row(element, grid)
            elif tag in _CELLS:
                self._close_cell(grid)
        if element is self._note_end:
            self._note = self._note_end = None

    @staticmethod
    def _is_of(element: etree._Element, wrappers: set[etree._Element]) -> bool:
        """Whether a row or a cell is one of a table that only lays out."""
        if not wrappers:
            return False
        above = element.getparent()
        while above is not None and above.tag != "table":
            above = above.getparent()
        return above in wrappers

    # -- tables

    def _open_cell(self, element: etree._Element, grid: _Grid) -> None:
        if not grid.rows:
            grid.rows.append([])
        if grid.cell is not None:
            self._close_cell(grid)
        row = grid.rows[-1]
        if row:
            self.story.furniture.append(self.story.write("\t"))
        self.story.count(1)
        cell = _Cell(
            rows=_span(element.get("rowspan"), MOST_ROWS, none=MOST_ROWS),
            columns=_span(element.get("colspan"), MOST_COLUMNS, none=1),
            start=self.story.at,
        )
        row.append(cell)
        grid.cell = cell

    def _close_cell(self, grid: _Grid) -> None:
        story = self.story
        cell = grid.cell
        grid.cell = None
        if cell is not None and story.at > cell.start and story.parts[-1] == "\n":
            # The last paragraph of a cell ends with the cell.
            story.parts.pop()
            story.at -= 1

    def _close_row(self, element: etree._Element, grid: _Grid) -> None:
        self._close_cell(grid)
        self.story.write("\n")
        is_header = grid.in_head or (
            len(element) > 0 and all(child.tag == "th" for child in element)
        )
        grid.heading = grid.heading and is_header
        grid.header += grid.heading

    def _close_table(self) -> None:
        grid = self._grids.pop()
        target = self._target()
        target += grid.outside
        self._gap = True
        if not any(grid.rows):
            return
        made = []
        count = len(grid.rows)
        for number, row in enumerate(grid.rows):
            made.append(
                tuple(
                    Cell(tuple(lines_of(cell.blocks)), min(cell.rows, count - number), cell.columns)
                    for cell in row
                )
            )
        span = (grid.start, max(self.story.at - 1, grid.start))
        target.append(Table(tuple(made), span, header=min(grid.header, count - 1)))

    def _target(self) -> list[Line | Table]:
        """Where the next line or table belongs."""
        if not self._grids:
            return self._blocks
        grid = self._grids[-1]
        return grid.cell.blocks if grid.cell is not None else grid.outside

    # -- text

    def _add(self, text: str, look: Look, old: Old | None) -> None:
        if look.kept:
            lines = text.replace("\r\n", "\n").split("\n")
            raw = old.text.replace("\r\n", "\n").split("\n") if old else lines
            for number, (line, said) in enumerate(zip(lines, raw, strict=True)):
                if number:
                    self._pieces.append(Piece("break", "\n"))
                self._put(line, look, old and old._replace(text=said))
            return
        self._put(fold(text), look, old)

    def _put(self, text: str, look: Look, old: Old | None) -> None:
        if not text:
            return
        last = self._pieces[-1] if self._pieces else None
        if not look.kept and (
            last is None or last.kind == "break" or (last.kind == "text" and last.text[-1] == " ")
        ):
            text = text.lstrip(" ")
            if not text:
                return
        if look.font or not text.isascii():
            text = show(text, look.font)
        if look.capitals:
            capitals = text.upper()
            text = capitals if len(capitals) == len(text) else text
        self._pieces.append(Piece("text", text, None, look.bold, look.italic, look.raised, old=old))

    def _begin_note(self, anchor: etree._Element) -> None:
        """What follows in this block, or in the box of the note, is a note."""
        if any(piece.kind == "text" and not piece.text.isspace() for piece in self._pieces):
            self._flush()
        self._note = self.bodies[anchor]
        holder = anchor
        block: etree._Element | None = None
        for above in anchor.iterancestors():
            if block is None and above.tag in BLOCKS:
                block = above
            if above.tag == "div" and "mso-element:footnote" in (above.get("style") or "").replace(
                " ", ""
            ).replace("footnote-list", ""):
                block = above
                break
            if above is self.root:
                break
        self._note_end = block if block is not None else holder
        shown = _shown(anchor)
        self._pieces.append(Piece("aside", shown))

    def _flush(self) -> None:
        """End the line that is open, and its paragraph."""
        pieces, self._pieces = self._pieces, []
        if not pieces:
            return
        story = self.story
        writer = Lines(story, gap=self._gap)
        said = [p for p in pieces if p.kind == "text" and p.text.strip()]
        if self._label and said:
            label, self._label = self._label, ""
            opening = "".join(piece.text for piece in pieces[:4] if piece.kind == "text")
            own = _LISTED.match(opening.lstrip(), timeout=TIMEOUT)
            if own is None or (label != BULLET and own.group().strip() != label.strip()):
                bold = all(piece.bold for piece in said)
                italic = all(piece.italic for piece in said)
                writer.put(Piece("text", label, None, bold=bold, italic=italic))
        blank = True
        for piece in pieces:
            if piece.kind == "break":
                writer.end(page=blank)
                blank = True
                continue
            blank = blank and not piece.text.strip()
            if piece.kind == "note":
                writer.mark(piece.text)
            elif piece.kind == "aside":
                writer.leave_out(piece.text)
            else:
                writer.put(piece)
        made = writer.finish()
        story.write("\n")
        story.count(len(made) or 1)
        self._gap = writer.gap or not made
        if self._note is not None:
            self._take_note(made)
        else:
            target = self._target()
            target += made

    def _take_note(self, lines: list[Line]) -> None:
        marker = self._note or ""
        lines = [replace(line, gap=False) for line in lines]
        if not lines:
            return
        if self.notes and self.notes[-1].marker == marker:
            last = self.notes[-1]
            self.notes[-1] = Note(marker, (*last.lines, *lines))
        else:
            self.notes.append(Note(marker, tuple(lines)))
        self._gap = True


def _shown(anchor: etree._Element) -> str:
    """The text of a mark."""
    return " ".join("".join(map(str, anchor.itertext())).split())


def is_wrapper(table: etree._Element) -> bool:
    """
    Whether a table only lays out: a frame of one cell, or one cell a row around tables, around
    many blocks of text, or without rules.
    """
    rows = count = 0
    full = not _has_rules(table)
    for row in _rows_of(table):
        rows += 1
        cells = [child for child in row if child.tag in _CELLS]
        if len(cells) > 1:
            return False
        count += len(cells)
        for cell in cells:
            full = full or cell.find(".//table") is not None
            full = full or sum(1 for child in cell if child.tag in BLOCKS) >= MANY
    return count > 0 and (rows == 1 or full)


def _has_rules(table: etree._Element) -> bool:
    """Whether a table says that its cells have borders."""
    if (table.get("border") or "0").strip()[:9] not in ("0", "none", ""):
        return True
    style = (table.get("style") or "")[:1000].lower()
    return "border" in style and "solid" in style


def _rows_of(table: etree._Element) -> list[etree._Element]:
    found = []
    for child in table:
        if child.tag == "tr":
            found.append(child)
        elif child.tag in _ROWS:
            found += [row for row in child if row.tag == "tr"]
    return found


def _span(said: str | None, most: int, *, none: int) -> int:
    """
    How many rows or columns a cell says it covers, held within what a table can have.

    >>> _span("300000000", 64, none=1), _span("0", 64, none=9), _span("x", 64, none=9)
    (64, 9, 1)
    """
    try:
        found = int((said or "1").strip()[:12])
    except ValueError:
        return 1
    return none if found == 0 else max(1, min(found, most))
