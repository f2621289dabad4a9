"""
A PDF as a Document: its text in reading order, then its notes, then what stood in its margins.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

from tdkt_parse.exceptions import NeedsOcr, Unreadable
from tdkt_parse.layout import Document, Line, Margin, Note, Table
from tdkt_parse.readers.pdf.columns import Strip
from tdkt_parse.readers.pdf.flow import Columns, Flow, FlowTable, column_paragraphs
from tdkt_parse.readers.pdf.furniture import repeated
from tdkt_parse.readers.pdf.glyphs import read_words
from tdkt_parse.readers.pdf.page import Page, lay_out
from tdkt_parse.readers.pdf.paragraphs import find_paragraphs, measure_of
from tdkt_parse.readers.pdf.pdfium import Pdf, open_page, open_pdf, open_text, shape_of
from tdkt_parse.readers.pdf.rows import Row
from tdkt_parse.readers.pdf.rulings import read_drawn
from tdkt_parse.readers.pdf.writer import Story
from tdkt_parse.readers.typed_notes import find_typed_notes

MEDIA_TYPE = "application/pdf"


def read_document(
    data: bytes,
    name: str | None,
    password: str | None = None,
    on_pages: Callable[[int], None] | None = None,
) -> Document:
    """The Document of the bytes of a PDF."""
    with open_pdf(data, password) as pdf:
        if on_pages is not None:
            on_pages(pdf.pages)
        pages = _read_pages(pdf)
        count = pdf.pages
    flow = Flow()
    margins = _settle(pages)
    for page in pages:
        flow.add(page)
    story = Story(noted={p.number: frozenset(n.marker for n in p.notes) for p in pages})
    blocks = write_blocks(story, flow)
    notes = list(write_notes(story, pages))
    margins_written = [
        margin
        for kind, rows in margins
        if (margin := story.margin(kind, rows)) is not None
    ]
    text = "".join(story.parts)
    blocks, typed, marks = find_typed_notes(text, blocks, story.raised)
    return Document(
        text=text,
        blocks=tuple(blocks),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=MEDIA_TYPE,
        reader="pdf",
        name=name,
        pages=count,
        furniture=tuple(sorted((*story.furniture, *marks))),
        notes=(*notes, *typed),
        margins=tuple(margins_written),
        words=story.words,
    )


def _read_pages(pdf: Pdf) -> list[Page]:
    pages: list[Page] = []
    open_: Strip | None = None
    for index in range(pdf.pages):
        with open_page(pdf, index) as handle:
            if not handle:
                continue
            shape = shape_of(handle)
            drawn = read_drawn(handle, shape)
            with open_text(handle) as text:
                words = read_words(pdf, text, shape) if text else []
        page = lay_out(index + 1, shape, words, drawn, open_)
        last = page.blocks[-1] if page.blocks else None
        open_ = last if isinstance(last, Strip) and last.side == 2 else None
        pages.append(page)
    return pages


def _settle(pages: Sequence[Page]) -> list[tuple[str, list[Row]]]:
    """Take running heads and feet out of the pages; what was none goes back to its page."""
    margins: list[tuple[str, list[Row]]] = []
    for page, is_head in zip(pages, repeated([page.tops for page in pages]), strict=True):
        heads = [row for row, sure in zip(page.tops, is_head, strict=True) if sure]
        kept = [row for row, sure in zip(page.tops, is_head, strict=True) if not sure]
        if kept:
            first = page.blocks[0] if page.blocks else None
            if isinstance(first, Strip) and not first.side:
                first.rows[:0] = kept
            else:
                page.blocks.insert(0, Strip(kept))
        if heads:
            margins.append(("header", heads))
    for page, is_foot in zip(pages, repeated([page.feet for page in pages]), strict=True):
        feet = [row for row, sure in zip(page.feet, is_foot, strict=True) if sure]
        for row, sure in zip(page.feet, is_foot, strict=True):
            if not sure:
                _put_back(page, row)
        if feet:
            margins.append(("footer", feet))
        if page.aside:
            margins.append(("stamp", page.aside))
    return margins


def _put_back(page: Page, row: Row) -> None:
    """A row at the foot of a page to the column above it."""
    for block in reversed(page.blocks):
        if not isinstance(block, Strip):
            break
        if not block.side:
            block.rows.append(row)
            return
        if block.beside and (row.x0 >= block.beside[1] - 1) == (block.side == 2):
            block.rows.append(row)
            return
    page.blocks.append(Strip([row]))


def write_notes(story: Story, pages: Sequence[Page]) -> Iterator[Note]:
    """The footnotes of the pages, written behind the text."""
    for page in pages:
        for note in page.notes:
            mark = story.write(note.marker)
            story.furniture.append(mark)
            story.write(" ")
            lines = story.paragraphs(find_paragraphs(note.rows, measure_of(note.rows)))
            if lines:
                yield Note(note.marker, tuple(lines))


def write_blocks(story: Story, flow: Flow) -> list[Line | Table]:
    """The blocks of a flow, written."""
    blocks: list[Line | Table] = []
    for block in flow.blocks:
        if isinstance(block, FlowTable):
            blocks.append(story.table(block))
        elif isinstance(block, Columns):
            for strips, right in ((block.left, False), (block.right, True)):
                paragraphs = column_paragraphs(strips, block.bounds, right=right)
                blocks += story.paragraphs(paragraphs)
        else:
            line = story.paragraph(block)
            if line is not None:
                blocks.append(line)
    return blocks


__all__ = ["Margin", "NeedsOcr", "Unreadable", "read_document"]
