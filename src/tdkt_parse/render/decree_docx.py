"""
A Plan as the Word file that an office would send (Nghị định 30/2020/NĐ-CP, Phụ lục I, mẫu 1.4).

A4, Times New Roman, letterhead and signature in tables without rules, page numbers on top from
page 2, footnotes as Word's own. Nothing is hidden in the file: reading its words gives the Plan.
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from tdkt_parse.models import Plan
from tdkt_parse.render.form import print_form
from tdkt_parse.render.printed import Columns, Grid, Printed, Words
from tdkt_parse.render.terminal import clean
from tdkt_parse.render.word_notes import WordNotes
from tdkt_parse.render.word_tables import set_columns, set_grid
from tdkt_parse.render.word_words import TYPES, Type, set_paragraph, set_words
from tdkt_parse.render.word_xml import element, put, run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

FONT = "Times New Roman"
MARGINS = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 18}
"""Millimetres; the decree's are 20-25 above and below, 30-35 left, 15-20 right."""
TEXT_WIDTH = 210 - MARGINS["left_margin"] - MARGINS["right_margin"]
_TABLE = qn("w:tbl")


def render_docx(plan: Plan) -> bytes:
    """The Word file of a plan, as bytes."""
    form = print_form(plan)
    document = docx.Document()
    _set_up(document, plan, form)
    notes = WordNotes()
    body = document.element.body
    before: etree._Element | None = None

    def add(made: etree._Element) -> None:
        nonlocal before
        if before is not None and before.tag == made.tag == _TABLE:
            # Word makes one table of two that touch.
            body.insert(len(body) - 1, set_paragraph("", Type(2)))
        body.insert(len(body) - 1, made)
        before = made

    for block in form.blocks:
        if isinstance(block, Words):
            if block.apart:
                add(set_paragraph("", Type(4)))
            for made in set_words(block, notes, TEXT_WIDTH):
                add(made)
        elif isinstance(block, Columns):
            add(set_columns(block, notes, TEXT_WIDTH))
        elif isinstance(block, Grid):
            add(set_grid(block, TEXT_WIDTH, below=before is not None and before.tag == _TABLE))
        else:
            _begin_section(document)
            before = None
    if before is not None and before.tag == _TABLE:
        body.insert(len(body) - 1, set_paragraph("", Type(2)))
    notes.save(document, form.notes)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# ---------------------------------------------------------------- pages


def _set_up(document: "Document", plan: Plan, form: Printed) -> None:
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.font.size = Pt(14)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        put(fonts, script, FONT)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    properties = document.core_properties
    properties.title = clean(plan.title.text)[:255] if plan.title is not None else ""
    properties.author = clean(plan.issuer.name)[:255] if plan.issuer is not None else ""
    properties.comments = ""
    properties.language = "vi"
    section = document.sections[0]
    _lay_out(section)
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    _fill(section.header.part.element, form.heads, numbered=True)
    _fill(section.first_page_header.part.element, form.heads, numbered=False)
    if form.feet:
        for footer in (section.footer, section.first_page_footer):
            footer.is_linked_to_previous = False
            _fill(footer.part.element, form.feet, numbered=False)


def _lay_out(section: "Section") -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, size in MARGINS.items():
        setattr(section, name, Mm(size))
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def _fill(margin: etree._Element, lines: Sequence[str], *, numbered: bool) -> None:
    """The lines of a header or a footer, over them the number of the page."""
    for known in list(margin):
        margin.remove(known)
    if numbered:
        page = set_paragraph("", Type(13))
        for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
            part = run("", size=13)
            part.append(
                element("w:fldChar", {"w:fldCharType": kind})
                if kind
                else element("w:instrText", text=words)
            )
            page.append(part)
        margin.append(page)
    for line in lines:
        margin.append(set_paragraph(clean(line), TYPES["running"]))
    if not len(margin):
        margin.append(set_paragraph("", Type(13)))


def _begin_section(document: "Document") -> None:
    """What follows begins a page, with a page number of its own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _lay_out(section)
    properties = document.element.body[-1]
    number = element("w:pgNumType", {"w:start": "1"})
    if properties.find(number.tag) is None:
        properties.insert_element_before(
            number, "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:docGrid"
        )
