"""
A Word file's stories as lines and tables over one reading text.

The text is written while the file is walked, in document order: each paragraph on a line of its
own with the automatic number that Word shows, each row of a table on a line with tabs between its
cells, then the notes, then headers and footers, which are furniture.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from lxml import etree

from tdkt_parse.layout import Cell, Line, Margin, Note, Notice, Paragraph, Span, Table, trim_spans
from tdkt_parse.numerals import parse_roman
from tdkt_parse.readers.docx.inline import Inline, chosen
from tdkt_parse.readers.docx.markers import Markers, shown_mark
from tdkt_parse.readers.docx.names import MC, VAL, W, children, is_on, number, value
from tdkt_parse.readers.docx.numbering import Numbering
from tdkt_parse.readers.docx.old_letters import convert_label, convert_pieces
from tdkt_parse.readers.docx.styles import Look, Styles
from tdkt_parse.readers.old_letters import OldLetters
from tdkt_parse.readers.story import Lines, Piece, Story
from tdkt_parse.settings import Changes
from tdkt_parse.spelling import is_rule

MOST_COLUMNS = 64
"""Columns that cells may span together; Word itself makes no table of more than 63."""

MOST_FRAMES = 3
"""Cells in a row of a table that lays out others."""


class Traced(NamedTuple):
    """A paragraph and what was read in it."""

    element: etree._Element
    pieces: list[Piece]


Trace = dict[str, Traced]
"""Paragraphs by their path, those of notes and margins too."""


_P = W + "p"
_TBL = W + "tbl"
_ROW = W + "tr"
_CELL = W + "tc"
_PROPERTIES = W + "pPr"
_MARK = W + "rPr"
_FRAME = W + "framePr"
_FORMER = W + "pPrChange"
_STYLE = W + "pStyle"
_NUMBERED = W + "numPr"
_NEW_PAGE = W + "pageBreakBefore"
_SPAN = W + "gridSpan"
_DOWN = W + "vMerge"
_ACROSS = W + "hMerge"
_GRID = f"{W}tblGrid/{W}gridCol"
_SKIPPED_BLOCKS = frozenset({W + "sectPr", W + "tblPr", W + "tblGrid", W + "trPr", W + "tcPr"})
_THROUGH = frozenset({W + "customXml", W + "smartTag", W + "sdtContent"})


class Walker:
    """Walks the stories of one document."""

    def __init__(
        self, styles: Styles, numbering: Numbering, changes: Changes, markers: "Markers"
    ) -> None:
        self.story = Story()
        self.styles = styles
        self.numbering = numbering
        self.inline = Inline(styles, changes)
        self.changes = changes
        self.markers = markers
        self.embedded = 0
        """Parts in other formats (``w:altChunk``), which are not read."""
        self.contents: list[Line] = []
        """The lines of a table of contents, apart from the text."""
        self.grids: dict[Span, tuple[int, ...]] = {}
        """The widths of each table's columns, by its place in the text."""
        self.old = OldLetters()
        self.trace: Trace | None = None
        """Filled for who asks for it."""

    # -- blocks

    def blocks(
        self, container: etree._Element, path: str = "", *, in_cell: bool = False
    ) -> list[Line | Table]:
        """The paragraphs and tables of a story, in order."""
        found: list[Line | Table] = []
        paragraph = table = 0
        parts: list[_Part] = []
        gap = False
        for child in self._children(container):
            if child.tag == _P:
                paragraph += 1
                part = _Part(child, f"{path}p{paragraph}", _properties_of(child))
                parts.append(part)
                if not self._runs_on(part):
                    start = self.story.at
                    made, gap = self._paragraph(parts, gap=gap, in_cell=in_cell)
                    if self._is_of_contents(part):
                        self.contents += lines_of(made)
                        self.story.furniture.append((start, self.story.at))
                    else:
                        found += made
                    parts = []
                continue
            if parts:
                # A table begins on its own line, even where the mark before it was taken out.
                found += self._paragraph(parts, gap=gap, in_cell=in_cell, cut=True)[0]
                parts = []
            if child.tag == _TBL:
                table += 1
                found += self._tables(child, f"{path}t{table}.")
                gap = True
            else:
                self.embedded += 1
        if parts:
            found += self._paragraph(parts, gap=gap, in_cell=in_cell, cut=True)[0]
        return found

    def _children(self, container: etree._Element) -> Iterator[etree._Element]:
        """Paragraphs and tables, content controls and the like looked through."""
        for child in container:
            tag = child.tag
            if tag in (_P, _TBL):
                yield child
            elif tag in _THROUGH or tag in self.inline.kept:
                yield from self._children(child)
            elif tag == W + "sdt":
                content = child.find(W + "sdtContent")
                if content is not None and not self.inline.is_prompt(child):
                    yield from self._children(content)
            elif tag == MC + "AlternateContent":
                form = chosen(child)
                if form is not None:
                    yield from self._children(form)
            elif tag == W + "altChunk":
                yield child

    def _is_of_contents(self, part: "_Part") -> bool:
        """Whether a paragraph is a line of a table of contents, which says nothing of its own."""
        style = part.properties.get(_STYLE)
        return style is not None and style.get(VAL) in self.styles.contents

    def _runs_on(self, part: "_Part") -> bool:
        """
        Whether the next paragraph goes on in this one.

        Its mark was taken out or is hidden, or it is a first letter set low.
        """
        frame = part.properties.get(_FRAME)
        if frame is not None and frame.get(W + "dropCap") in ("drop", "margin"):
            return True
        mark = part.properties.get(_MARK)
        if mark is None:
            return False
        hidden = mark.find(W + "vanish")
        return self._is_out(mark) or (hidden is not None and is_on(hidden))

    def _is_out(self, properties: etree._Element | None) -> bool:
        """Whether a tracked change took out what these properties are of, or never put it in."""
        if properties is None:
            return False
        tags = {child.tag for child in properties}
        out = not tags.isdisjoint(self.inline.skipped)
        self.inline.changed |= out or not tags.isdisjoint(self.inline.kept)
        return out

    # -- paragraphs

    def _paragraph(
        self, parts: Sequence["_Part"], *, gap: bool, in_cell: bool, cut: bool = False
    ) -> tuple[list[Line | Table], bool]:
        """
        A paragraph's lines, then what stands in boxes anchored in it; and whether a gap follows.

        Of several parts the last one's properties count, as its mark is what is left. ``cut``: that
        mark was to run on too, but nothing follows; with no words either, there is no paragraph.
        """
        story = self.story
        look, place = self._properties(parts[-1].properties)
        gap = gap or _begins_page(parts[0].properties)
        writer = Lines(story, gap=gap)
        boxes: list[tuple[etree._Element, str]] = []
        for element, path, _ in parts:
            met = len(self.inline.marks)
            pieces = self._pieces(element, look)
            if self.trace is not None:
                self.trace[path] = Traced(element, pieces)
            if len(parts) == 1 and not place and not self.inline.boxes and _are_plain(pieces):
                plain = self._plain_line(pieces, path, gap=gap)
                return ([plain], False) if plain else ([], True)
            marks = iter(self.inline.marks[met:])
            start = story.at
            added: list[Span] = []
            label = ""
            if place and (pieces or not (cut or element is not parts[-1][0])):
                label = convert_label(self.numbering.label(*place), look, self.old)
                place = None
            if label:
                said = any(p.kind == "text" and not p.text.isspace() for p in pieces)
                if said or in_cell or len(parts) > 1 or _is_worded(label):
                    added.append(writer.put(Piece("text", label, None, *_looks(pieces))))
                else:
                    # A number with nothing after it: the page shows it, and it says nothing.
                    added.append(writer.leave_out(label.strip()))
            for piece in pieces:
                if piece.kind == "note":
                    mark = writer.mark(self.markers.show(next(marks), piece.text))
                    if not piece.text:
                        added.append(mark)
                elif piece.kind == "text":
                    writer.put(piece)
                else:
                    writer.end(page=piece.kind == "page")
            boxes += [(box, f"{path}.box{k}.") for k, box in enumerate(self.inline.boxes, 1)]
            if story.at > start:
                story.paragraphs.append(Paragraph(start, story.at, path, tuple(added)))
        made: list[Line | Table] = [*writer.finish()]
        story.write("\n")
        story.count(len(made) or 1)
        for box, path in boxes:
            made += self.blocks(box, path, in_cell=in_cell)
        return made, writer.gap or bool(boxes) or not made

    def _pieces(self, element: etree._Element, look: Look) -> list[Piece]:
        """The pieces of a paragraph, in Unicode."""
        pieces = self.inline.read(element, look)
        if self.inline.old_letters or self.inline.old_fonts:
            return convert_pieces(pieces, self.old)
        return pieces

    def _plain_line(self, pieces: Sequence[Piece], path: str, *, gap: bool) -> Line | None:
        """The line of a paragraph of text alone, as nearly all are; ``None`` if it is blank."""
        story = self.story
        story.count(1)
        text = pieces[0].text if len(pieces) == 1 else "".join([piece.text for piece in pieces])
        start, end = story.write(text)
        story.write("\n")
        if self.inline.old_fonts or self.inline.old_letters:
            at = start
            for piece in pieces:
                story.note_old(piece, at)
                at += len(piece.text)
        if start < end:
            story.paragraphs.append(Paragraph(start, end, path))
        words = text.strip()
        if not words or is_rule(words):
            if words:
                story.furniture.append((start, end))
            return None
        start = end - len(text.lstrip())
        said = [piece for piece in pieces if not piece.text.isspace()]
        return Line(
            ((start, start + len(words)),),
            None,
            gap,
            all(piece.bold for piece in said),
            all(piece.italic for piece in said),
        )

    def _properties(
        self, properties: dict[str, etree._Element]
    ) -> tuple[Look, tuple[str, int] | None]:
        """What a paragraph's style says of its runs, and the list it is in and how deep."""
        if self.changes == "reject" and _FORMER in properties:
            former = properties[_FORMER].find(W + "pPr")
            properties = properties if former is None else children(former)
        named = properties.get(_STYLE)
        style = None if named is None else named.get(VAL)
        numbered = properties.get(_NUMBERED)
        list_id = depth = None
        if numbered is not None and not self._is_out(numbered):
            list_id, depth = value(numbered, "numId"), value(numbered, "ilvl")
        look = self.styles.paragraph(style)
        level = None if depth is None else number(depth)
        if list_id is None:
            list_id = look.list_id
            if list_id is None:
                return look, None
            if level is None:
                bearers = self.styles.bearers_of_list(style)
                carried = (self.numbering.level_of_style(list_id, one) for one in bearers)
                level = next((depth for depth in carried if depth is not None), look.depth)
        return look, None if list_id == "0" else (list_id, level or 0)

    # -- tables

    def _tables(self, table: etree._Element, path: str) -> Iterator[Line | Table]:
        """A table; of one that only lays out the page, what is in it."""
        if self._is_wrapper(table):
            for r, row in enumerate(self._rows(table), 1):
                for c, cell in enumerate(self._cells(row), 1):
                    found = self.blocks(cell, f"{path}r{r}.c{c}.")
                    if found and isinstance(found[0], Line):
                        found[0] = replace(found[0], gap=True)
                    yield from found
            return
        made = self._table(table, path)
        if made is not None:
            yield made

    def _is_wrapper(self, table: etree._Element) -> bool:
        """
        Whether a table only lays out: a frame of one cell, one cell a row around a table, or a
        table in each row, as ``Quý I`` beside the tasks of the quarter.
        """
        count, nested, single = 0, 0, True
        for count, row in enumerate(self._rows(table), 1):  # noqa: B007 - counted
            cells = list(islice(self._cells(row), MOST_FRAMES + 1))
            single = single and len(cells) == 1
            held = any(cell.find(f".//{_TBL}") is not None for cell in cells)
            if (not single and not held) or len(cells) > MOST_FRAMES:
                return False
            nested += held
        return (single and (count == 1 or nested > 0)) or nested == count > 1

    def _table(self, table: etree._Element, path: str) -> Table | None:
        """A table; ``None`` if it has no row."""
        story = self.story
        story.count(1)
        start = story.at
        rows: list[list[_Open]] = []
        merged: dict[int, _Open] = {}
        for r, row in enumerate(self._rows(table), 1):
            rows.append(self._row(row, f"{path}r{r}.", merged))
        if not any(rows):
            return None
        made = tuple(tuple(cell.close() for cell in row) for row in rows)
        span = (start, max(story.at - 1, start))
        self.grids[span] = tuple(number(column.get(W + "w")) for column in table.iterfind(_GRID))
        return Table(made, span, header=self._header(table))

    def _row(self, row: etree._Element, path: str, merged: dict[int, "_Open"]) -> list["_Open"]:
        story = self.story
        story.count(1)
        properties = row.find(W + "trPr")
        column = min(number(value(properties, "gridBefore")), MOST_COLUMNS)
        made: list[_Open] = [_Open(columns=column)] if column > 0 else []
        reached: set[int] = set()
        for c, cell in enumerate(self._cells(row), 1):
            story.count(1)
            if c > 1:
                story.furniture.append(story.write("\t"))
            look = children(next(iter(cell), None)) if len(cell) else {}
            span = _span(look.get(_SPAN))
            down, across = _merge(look.get(_DOWN)), _merge(look.get(_ACROSS))
            above = merged.get(column)
            if down == "continue" and above is not None and above.columns == span:
                above.rows += 1
                reached.add(column)
                self._covered(cell, f"{path}c{c}.")
            elif across == "continue" and made:
                made[-1].columns = min(made[-1].columns + span, MOST_COLUMNS)
                self._covered(cell, f"{path}c{c}.")
            else:
                opened = _Open(columns=span)
                opened.lines = self._cell_lines(cell, f"{path}c{c}.")
                made.append(opened)
                if down is not None:
                    merged[column] = opened
                    reached.add(column)
            column += span
        for gone in [key for key in merged if key not in reached]:
            del merged[gone]
        story.write("\n")
        return made

    def _covered(self, cell: etree._Element, path: str) -> None:
        """A cell that a merged one covers: Word does not show what is in it."""
        start = self.story.at
        lines = self._cell_lines(cell, path)
        if lines:
            self.story.furniture.append((start, self.story.at))
            self.story.notices.append(Notice("hidden_text", (start, self.story.at)))

    def _cell_lines(self, cell: etree._Element, path: str) -> list[Line]:
        story = self.story
        start = story.at
        holder = cell.getparent()
        control = None if holder is None else holder.getparent()
        if control is not None and control.tag == W + "sdt" and self.inline.is_prompt(control):
            return []
        found = self.blocks(cell, path, in_cell=True)
        if story.at > start and story.parts[-1] == "\n":
            # The last paragraph of a cell ends with the cell.
            story.parts.pop()
            story.at -= 1
        return lines_of(found)

    def _rows(self, table: etree._Element) -> Iterator[etree._Element]:
        for child in table:
            tag = child.tag
            if tag == _ROW:
                if not self._is_out(child.find(W + "trPr")):
                    yield child
            elif tag in _SKIPPED_BLOCKS:
                continue
            elif tag == W + "sdt":
                content = child.find(W + "sdtContent")
                if content is not None:
                    yield from self._rows(content)
            elif tag in _THROUGH or tag in self.inline.kept:
                yield from self._rows(child)

    def _cells(self, row: etree._Element) -> Iterator[etree._Element]:
        for child in row:
            tag = child.tag
            if tag == _CELL:
                if not self._is_out(child.find(W + "tcPr")):
                    yield child
            elif tag == W + "sdt":
                content = child.find(W + "sdtContent")
                if content is not None:
                    yield from self._cells(content)
            elif tag in _THROUGH or tag in self.inline.kept:
                yield from self._cells(child)

    def _header(self, table: etree._Element) -> int:
        """How many rows at the top repeat on every page."""
        count = 0
        for row in self._rows(table):
            flag = row.find(f"{W}trPr/{W}tblHeader")
            if flag is None or not is_on(flag):
                break
            count += 1
        return count

    # -- beside the text

    def note(self, story: etree._Element, path: str, marker: str, *, own_mark: bool) -> Note | None:
        """A footnote or endnote, after its mark; ``None`` if it holds no words."""
        self.story.furniture.append(self.story.write(shown_mark(marker) + " "))
        start, first = self.story.at, len(self.story.parts)
        lines = lines_of(self.blocks(story, path))
        text = "".join(self.story.parts[first:])
        if lines and own_mark and text.startswith(marker, lines[0].start - start):
            # A mark typed by hand stands before the note as well.
            mark = (lines[0].start, lines[0].start + len(marker))
            self.story.furniture.append(mark)
            _, *rest = lines[0].spans
            spans = trim_spans(text, [(mark[1], lines[0].spans[0][1]), *rest], start)
            lines = [replace(lines[0], spans=tuple(spans)), *lines[1:]] if spans else lines[1:]
        return Note(marker, tuple(lines)) if lines else None

    def margin(self, story: etree._Element, kind: str, path: str) -> Margin | None:
        """A header or a footer, apart from the text; ``None`` if it holds no words."""
        start, first = self.story.at, len(self.story.parts)
        lines = lines_of(self.blocks(story, path))
        text = "".join(self.story.parts[first:])
        if text:
            self.story.furniture.append((start, self.story.at))
        worded = [
            line
            for line in lines
            if any(map(str.isalpha, text[line.start - start : line.end - start]))
        ]
        return Margin(kind, tuple(worded)) if worded else None


def lines_of(blocks: Iterable[Line | Table]) -> list[Line]:
    """The lines of some blocks, those of tables cell by cell."""
    found: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            found.append(block)
        else:
            found += [line for row in block.rows for cell in row for line in cell.lines]
    return found


class _Part(NamedTuple):
    """A paragraph of the file, or one of several that tracked changes made one."""

    element: etree._Element
    path: str
    properties: dict[str, etree._Element]


@dataclass(slots=True)
class _Open:
    """A cell while rows below may still join it."""

    lines: list[Line] = field(default_factory=list)
    rows: int = 1
    columns: int = 1

    def close(self) -> Cell:
        return Cell(tuple(self.lines), self.rows, self.columns)


def _span(mark: etree._Element | None) -> int:
    """How many columns a cell covers, held within what a table can have."""
    return 1 if mark is None else max(1, min(number(mark.get(VAL), 1), MOST_COLUMNS))


def _merge(mark: etree._Element | None) -> str | None:
    """``restart``, ``continue``, or ``None`` where the cell is not merged."""
    if mark is None:
        return None
    return "restart" if mark.get(VAL) == "restart" else "continue"


def _is_worded(label: str) -> bool:
    """Whether a label says more than a number: ``Phần I``, ``Điều 1.``, ``PHỤ LỤC II``."""
    words = ["".join(filter(str.isalpha, word)) for word in label.split()]
    return any(len(set(word.lower())) > 1 and not parse_roman(word.upper()) for word in words)


def _properties_of(paragraph: etree._Element) -> dict[str, etree._Element]:
    """The properties of a paragraph (``w:pPr``, its first child) by their names."""
    for child in paragraph:
        return children(child) if child.tag == _PROPERTIES else {}
    return {}


def _begins_page(properties: Mapping[str, etree._Element]) -> bool:
    flag = properties.get(_NEW_PAGE)
    return flag is not None and is_on(flag)


def _are_plain(pieces: Iterable[Piece]) -> bool:
    """Whether pieces are text and nothing else, none of it raised."""
    return all(piece.kind == "text" and not piece.raised for piece in pieces)


def _looks(pieces: Sequence[Piece]) -> tuple[bool, bool]:
    """Whether all of some pieces is bold, and italic: a number looks as what it stands before."""
    said = [piece for piece in pieces if piece.kind == "text" and not piece.text.isspace()]
    return all(piece.bold for piece in said), all(piece.italic for piece in said)
