"""
A Paper as a Word file in the form of Decree 30/2020.

A4 with the margins of the decree, Times New Roman, the page's number at its top from the second
page on. Agency and motto, recipients and signature stand in tables without rules; footnotes are
footnotes of Word, which counts them itself where their markers are what it would count.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt

from generator.paper import Align, Cell, Columns, Line, Mark, Note, PageBreak, Paper, Table
from generator.writers.parts import Place, cut_table, grid, halves, notes_by_mark, pieces
from generator.writers.wordml import NOTE_MARK, characters, element, look, raised, text_of

_FONT = "Times New Roman"
_TEXT = 9354
"""Width of the text in twentieths of a point: 165 mm, between margins of 30 and 15 mm."""
_SIDES = {"letterhead": (3400, _TEXT - 3400), "signature": (4600, _TEXT - 4600)}
"""The motto is the widest of what stands right: at 14 points it needs 104 mm."""
_JUSTIFIED = {"left": "left", "center": "center", "right": "right", "justify": "both"}
_CELL_SIZE = 13.0
_CELL_MARGINS = 240
_NOTE_SIZE = 10.0
_SHORT = 10
"""Lines of a signature and of the recipients beside it that are kept on one page."""
_RULE = 1400
"""Width of a rule below a line, in twentieths of a point."""


@dataclass(slots=True)
class _Notes:
    """The notes not yet marked, and those that are, in the order of their marks."""

    waiting: dict[str, deque[Note]]
    marked: list[tuple[Note, bool]] = field(default_factory=list)
    """Each with whether Word counts it."""

    def mark(self, marker: str, size: float) -> BaseOxmlElement:
        """The run of the next mark with this marker, in a line of this size."""
        waiting = self.waiting.get(marker)
        if not waiting:
            raise ValueError(f"no note for the mark {marker!r}")
        counted = marker == str(sum(counted for _, counted in self.marked) + 1)
        self.marked.append((waiting.popleft(), counted))
        reference = element("w:footnoteReference")
        if not counted:
            reference.set(qn("w:customMarkFollows"), "1")
        reference.set(qn("w:id"), str(len(self.marked)))
        own = [] if counted else [characters(marker)]
        return element("w:r", raised(size), reference, *own)


def write_docx(paper: Paper, path: Path) -> None:
    """Write the paper; a ``ValueError`` where a mark has no note, or a note no mark."""
    document = Document()
    _set_page(document, numbered=paper.page_numbers)
    notes = _Notes(notes_by_mark(paper))
    body = document.element.body
    end = body.sectPr
    for block in _blocks(paper, notes):
        end.addprevious(block)
    if any(notes.waiting.values()):
        raise ValueError("a note without its mark")
    if notes.marked:
        _add_footnotes(document, notes)
    document.save(str(path))


def _set_page(document: WordDocument, *, numbered: bool) -> None:
    style = document.styles["Normal"].element
    spacing = element("w:spacing", before="0", after="0", line="240", lineRule="auto")
    style.get_or_add_pPr().append(spacing)
    fonts = element("w:rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), _FONT))
    language = element("w:lang", val="vi-VN")
    style.get_or_add_rPr().extend([fonts, *look(14.0), language])
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Pt(28)
    properties = document.core_properties
    properties.author = properties.comments = properties.title = ""
    if numbered:
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]._p  # noqa: SLF001
        paragraph.get_or_add_pPr().append(element("w:jc", val="center"))
        shown = element("w:r", characters("2"))
        paragraph.append(element("w:fldSimple", shown, instr=" PAGE "))


def _blocks(paper: Paper, notes: _Notes) -> Iterable[BaseOxmlElement]:
    new_page = False
    after_table = False
    for block in paper.blocks:
        match block:
            case PageBreak():
                new_page = True
                continue
            case Line():
                before = 120 if after_table else 0
                yield from _paragraphs(block, notes, new_page=new_page, before=before)
            case Columns() | Table():
                parts = _ruled(block) if isinstance(block, Table) else [_columns(block, notes)]
                for number, part in enumerate(parts):
                    if after_table or number:
                        yield _blank()  # or Word makes one table of the two
                    if new_page or number:
                        _break_before(part)
                    yield part
        new_page = False
        after_table = not isinstance(block, Line)
    if after_table:
        yield _blank()  # a body that ends in a table is no valid file


# ---------------------------------------------------------------- paragraphs


def _paragraphs(
    line: Line,
    notes: _Notes,
    *,
    new_page: bool = False,
    width: int = _TEXT,
    before: int = 0,
    apart: int = 120,
) -> list[BaseOxmlElement]:
    """
    The line's paragraph and, for a rule below it, an empty one with a border at its top.

    ``width`` is that of the place, ``before`` and ``apart`` the space above and below, all in
    twentieths of a point.
    """
    runs = []
    for piece in pieces(line):
        if isinstance(piece, Mark):
            runs.append(notes.mark(piece.marker, line.size))
        else:
            style = look(line.size, bold=line.bold, italic=line.italic)
            runs.append(element("w:r", style, *text_of(piece)))
    properties = element(
        "w:pPr",
        *([element("w:pageBreakBefore")] if new_page else []),
        element("w:spacing", before=str(before), after="0" if line.underline else str(apart)),
        *([element("w:ind", firstLine="720")] if line.indent else []),
        element("w:jc", val=_JUSTIFIED[line.align]),
        # The paragraph's mark has a size too: without it, blank space is as high as the style says.
        look(line.size, bold=line.bold, italic=line.italic),
    )
    found = [element("w:p", properties, *runs)]
    if line.underline:
        found.append(_rule(line.align, width, apart))
    return found


def _rule(align: Align, width: int, apart: int) -> BaseOxmlElement:
    spare = max(width - _RULE, 0)
    left = {"center": spare // 2, "right": spare}.get(align, 0)
    border = element("w:top", val="single", sz="6", space="1", color="000000")
    properties = element(
        "w:pPr",
        element("w:pBdr", border),
        element("w:spacing", before="60", after=str(max(apart, 40)), line="40", lineRule="exact"),
        element("w:ind", left=str(left), right=str(spare - left)),
        look(2.0),
    )
    return element("w:p", properties)


def _blank() -> BaseOxmlElement:
    spacing = element("w:spacing", before="0", after="0", line="120", lineRule="exact")
    return element("w:p", element("w:pPr", spacing))


def _break_before(table: BaseOxmlElement) -> None:
    """Begin a new page at the first paragraph of this table."""
    paragraph = next(table.iter(qn("w:p")))
    if paragraph.find(qn("w:pPr")) is None:
        paragraph.insert(0, element("w:pPr"))
    paragraph[0].insert(0, element("w:pageBreakBefore"))


# ---------------------------------------------------------------- tables


def _columns(columns: Columns, notes: _Notes) -> BaseOxmlElement:
    """
    Two columns as a table without rules: one row, or two with what is level in each.

    Offices keep a signature on one page, unless the list of recipients beside it is long.
    """
    widths = _SIDES[columns.kind]
    whole = max(len(columns.left), len(columns.right)) <= _SHORT
    rows = []
    for pair in halves(columns):
        row = element("w:tr", *([element("w:trPr", element("w:cantSplit"))] if whole else []))
        for side, width in zip(pair, widths, strict=True):
            paragraphs = (_paragraphs(line, notes, width=width, apart=0) for line in side)
            row.append(_cell([one for some in paragraphs for one in some], width))
        rows.append(row)
    return _grid(rows, widths, rules="none", margin=0)


def _ruled(table: Table) -> list[BaseOxmlElement]:
    """
    A ruled table, in as many parts as pages begin in it; rows may go on over a page's end.

    Word begins a page within a table at a row whose first paragraph says so. LibreOffice does not,
    and people cut their tables there, so the table is cut.
    """
    widths = _widths(table)
    found = []
    for rows in cut_table(table):
        header = table.header if table.repeats else 0
        made = [_row(places, widths, repeats=number < header) for number, places in enumerate(rows)]
        found.append(_grid(made, widths, rules="single"))
    return found


def _widths(table: Table) -> list[int]:
    """
    The width of each column: its share, and no less than its longest word takes.

    A word that its column cannot hold would be broken anywhere. What is added there is taken from
    the others, as far as they have more than they need.
    """
    total = sum(table.widths)
    wanted = [share / total * _TEXT for share in table.widths]
    least = [0.0] * len(wanted)
    for places in grid(table):
        column = 0
        for place in places:
            if place.cell.columns == 1:
                words = (word for line in place.cell.lines for word in line.split())
                need = max(map(_word_width, words), default=0.0) + _CELL_MARGINS
                least[column] = max(least[column], need)
            column += place.cell.columns
    lacking = sum(max(need - width, 0.0) for need, width in zip(least, wanted, strict=True))
    spare = sum(max(width - need, 0.0) for need, width in zip(least, wanted, strict=True))
    kept = max(1 - lacking / spare, 0.0) if spare else 1.0
    return [
        round(max(need, need + (width - need) * kept))
        for need, width in zip(least, wanted, strict=True)
    ]


def _word_width(word: str) -> float:
    """About how wide a word is in bold type of a cell's size, in twentieths of a point."""
    ems = sum(0.78 if letter.isupper() else 0.5 for letter in word)
    return ems * _CELL_SIZE * 20


def _row(places: Sequence[Place], widths: Sequence[int], *, repeats: bool) -> BaseOxmlElement:
    row = element("w:tr")
    if repeats:
        row.append(element("w:trPr", element("w:tblHeader")))
    column = 0
    for place in places:
        cell = place.cell
        merged = None
        if cell.rows > 1:
            merged = "continue" if place.below else "restart"
        width = sum(widths[column : column + cell.columns])
        paragraphs = [] if place.below else _cell_lines(cell)
        row.append(_cell(paragraphs, width, span=cell.columns, merged=merged))
        column += cell.columns
    return row


def _cell_lines(cell: Cell) -> list[BaseOxmlElement]:
    return [
        element(
            "w:p",
            element(
                "w:pPr",
                element("w:spacing", before="20", after="20"),
                element("w:jc", val=_JUSTIFIED[cell.align]),
                look(_CELL_SIZE, bold=cell.bold, italic=cell.italic),
            ),
            element("w:r", look(_CELL_SIZE, bold=cell.bold, italic=cell.italic), *text_of(line)),
        )
        for line in cell.lines
    ]


def _cell(
    paragraphs: Sequence[BaseOxmlElement], width: int, *, span: int = 1, merged: str | None = None
) -> BaseOxmlElement:
    properties = element("w:tcPr", element("w:tcW", w=str(width), type="dxa"))
    if span > 1:
        properties.append(element("w:gridSpan", val=str(span)))
    if merged:
        properties.append(element("w:vMerge", val=merged))
    return element("w:tc", properties, *(paragraphs or [element("w:p")]))


def _grid(
    rows: Sequence[BaseOxmlElement], widths: Sequence[int], *, rules: str, margin: int = 108
) -> BaseOxmlElement:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = (element(f"w:{side}", val=rules, sz="4", space="0", color="auto") for side in sides)
    return element(
        "w:tbl",
        element(
            "w:tblPr",
            element("w:tblW", w=str(sum(widths)), type="dxa"),
            element("w:jc", val="center"),
            element("w:tblBorders", *borders),
            element("w:tblLayout", type="fixed"),
            element(
                "w:tblCellMar",
                element("w:left", w=str(margin), type="dxa"),
                element("w:right", w=str(margin), type="dxa"),
            ),
        ),
        element("w:tblGrid", *(element("w:gridCol", w=str(width)) for width in widths)),
        *rows,
    )


# ---------------------------------------------------------------- footnotes


def _add_footnotes(document: WordDocument, notes: _Notes) -> None:
    """The part of the file that holds the notes, with the two rules Word asks for."""
    anchor = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    anchor.element.set(qn("w:styleId"), NOTE_MARK)
    anchor.element.get_or_add_rPr().append(element("w:vertAlign", val="superscript"))
    style = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    style.element.set(qn("w:styleId"), "FootnoteText")
    style.base_style = document.styles["Normal"]
    style.element.get_or_add_rPr().extend(look(_NOTE_SIZE))
    root = element("w:footnotes")
    for identity, kind in ((-1, "separator"), (0, "continuationSeparator")):
        rule = element("w:p", element("w:r", element(f"w:{kind}")))
        root.append(element("w:footnote", rule, type=kind, id=str(identity)))
    for identity, (note, counted) in enumerate(notes.marked, 1):
        mark = element("w:footnoteRef") if counted else characters(note.marker)
        body = element(
            "w:p",
            element("w:pPr", element("w:pStyle", val="FootnoteText"), element("w:jc", val="both")),
            element("w:r", raised(_NOTE_SIZE), mark),
            element("w:r", look(_NOTE_SIZE), characters(f" {note.text}")),
        )
        root.append(element("w:footnote", body, id=str(identity)))
    package = document.part.package
    name, kind = PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES
    part = Part(name, kind, serialize_part_xml(root), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
