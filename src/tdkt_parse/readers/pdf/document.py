"""
A PDF as a Document: its text in reading order, then its notes, then what stood in its margins.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from time import monotonic
from typing import TYPE_CHECKING

from tdkt_parse.exceptions import (
    MissingDependency,
    NeedsOcr,
    TdktError,
    TooLarge,
    Unreadable,
    to_install,
)
from tdkt_parse.layout import Document, Line, Note, Notice, Recognition, Stamp, Table
from tdkt_parse.readers.mojibake import refuse_mojibake
from tdkt_parse.readers.old_letters import OldLetters
from tdkt_parse.readers.pdf.columns import Strip
from tdkt_parse.readers.pdf.flow import Columns, Flow, FlowTable, column_paragraphs
from tdkt_parse.readers.pdf.furniture import repeated
from tdkt_parse.readers.pdf.glyphs import INVISIBLE, STAMP, UNSEEN, PageWords, read_words
from tdkt_parse.readers.pdf.layer import FEWEST, is_junk, judge
from tdkt_parse.readers.pdf.page import Page, lay_out
from tdkt_parse.readers.pdf.paragraphs import Paragraph, find_paragraphs, measure_of
from tdkt_parse.readers.pdf.pdfium import Pdf, Shape, open_page, open_pdf, open_text, shape_of
from tdkt_parse.readers.pdf.rows import Row
from tdkt_parse.readers.pdf.rulings import Drawn, read_drawn
from tdkt_parse.readers.pdf.signatures import read_signatures
from tdkt_parse.readers.pdf.stamps import add_words_of_fields, signer_in, tell_printed
from tdkt_parse.readers.pdf.writer import Story
from tdkt_parse.readers.typed_notes import find_typed_notes
from tdkt_parse.reporting import report_page, report_pages, report_warning
from tdkt_parse.settings import OcrMode

if TYPE_CHECKING:
    from tdkt_parse.readers.scan.images import Sheet

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 20_000
AT_ONCE = 50
"""Pages after which the file is opened anew: pdfium keeps what it unpacked until it is closed."""
SLOW = 0.3
"""Seconds: a file that takes longer to open is opened once."""
PICTURE = 0.4
"""Of a page's area: a picture as large as this is the page, where hardly a word is on it."""
MANY = 60
"""Words of a page that is no picture with a number beside it."""
DRAWN = 300
"""Objects of a page without a word, above which its letters were turned into outlines."""
SAMPLE = 50_000
FOR_OCR = 10
"""For how many pages one read by OCR counts in the time that a document may take."""


@dataclass(slots=True)
class Pages:
    """The pages of a file: what was laid out, and which were not read, and why."""

    count: int = 0
    signatures: tuple[Stamp, ...] = ()
    laid: list[Page] = field(default_factory=list)
    for_ocr: list[int] = field(default_factory=list)
    by_ocr: list[int] = field(default_factory=list)
    """Pages whose words lie unseen under a picture."""
    broken: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    """Pages on which nothing is printed."""
    junk: list[str] = field(default_factory=list)
    """Words of layers that are not believed."""
    recognised: list[int] = field(default_factory=list)
    """Pages read by OCR."""
    failed: list[int] = field(default_factory=list)
    """Pages of which the OCR engine made nothing."""
    reduced: list[int] = field(default_factory=list)
    """Pages whose picture was read at a lower resolution than it has, for its size."""
    old: OldLetters = field(default_factory=OldLetters)
    """What was found of old encodings."""
    missing: MissingDependency | None = None
    """Why no page was read by OCR though some are for it."""


def read_document(
    data: bytes, name: str | None, password: str | None = None, ocr: OcrMode = "auto"
) -> Document:
    """The Document of the bytes of a PDF."""
    return document_of(read_pages(data, password, ocr), data, name, MEDIA_TYPE, "pdf")


def document_of(
    pages: Pages, data: bytes, name: str | None, media_type: str, reader: str
) -> Document:
    """The Document of the pages of a file."""
    _refuse_unreadable(pages)
    if pages.for_ocr:
        report_warning(_in_part(pages))
    margins = _settle(pages.laid)
    flow = Flow()
    for page in pages.laid:
        flow.add(page)
    story = Story(
        noted={p.number: frozenset(n.marker for n in p.notes) for p in pages.laid},
        turned={p.number: (p.shape, p.turn) for p in pages.laid if p.turn},
        tilts={p.number: p.tilt for p in pages.laid if p.tilt},
        old={p.number: p.old for p in pages.laid if p.old},
    )
    blocks = write_blocks(story, flow)
    notes = list(write_notes(story, pages.laid))
    margins += [("table_header", rows) for rows in _headers_again(flow)]
    written = [story.margin(kind, rows) for kind, rows in margins]
    text = story.end()
    refuse_mojibake(text)
    blocks, typed, marks = find_typed_notes(text, blocks, story.raised)
    return Document(
        text=text,
        blocks=tuple(blocks),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        reader=reader,
        name=name,
        pages=pages.count,
        furniture=tuple(sorted((*story.furniture, *marks))),
        notes=(*notes, *typed),
        margins=tuple(margin for margin in written if margin is not None),
        words=story.words,
        signatures=_named(pages.signatures, pages.laid),
        notices=(*_notices(pages), *pages.old.notices()),
        old_texts=tuple(story.old_texts),
        ocr=_recognition() if pages.recognised else None,
    )


# -- pages


def read_pages(data: bytes, password: str | None, ocr: OcrMode = "auto") -> Pages:
    """The pages of a file laid out, one after the other."""
    pages = Pages()
    open_: Strip | None = None
    first, at_once = 0, AT_ONCE
    while first == 0 or first < pages.count:
        began = monotonic()
        with open_pdf(data, password) as pdf:
            if first == 0:
                pages.count = _counted(pdf)
                pages.signatures = read_signatures(pdf)  # Before fields become part of pages.
                if monotonic() - began > SLOW:
                    at_once = max(pages.count, 1)
            for index in range(first, min(first + at_once, pages.count)):
                report_pages(index + 1 + FOR_OCR * len(pages.recognised))
                report_page(index + 1, pages.count)
                page = _read_page(pdf, index, pages, open_, ocr)
                if page is None:
                    pages.broken.append(index + 1)
                    continue
                last = page.blocks[-1] if page.blocks else None
                open_ = last if isinstance(last, Strip) and last.side == 2 else None
                pages.laid.append(page)
        first += at_once
    return pages


def _counted(pdf: Pdf) -> int:
    if pdf.pages > MOST_PAGES:
        raise TooLarge(
            f"The PDF has {pdf.pages:,} pages, more than {MOST_PAGES:,}.",
            hint="A plan has some ten: divide it, or check that it is one.",
        )
    return pdf.pages


def _read_page(
    pdf: Pdf, index: int, pages: Pages, open_: Strip | None, ocr: OcrMode
) -> Page | None:
    """A page laid out; ``None`` if pdfium can make nothing of it."""
    with open_page(pdf, index) as handle:
        if not handle:
            return None
        shape = shown = shape_of(handle)
        with open_text(handle) as text:
            words = read_words(pdf, text, shape, old=pages.old) if text else PageWords()
        shape = shape.turned(words.turn)
        drawn = read_drawn(handle, shape)
        add_words_of_fields(pdf, index, handle, shape, words, signed=bool(pages.signatures))
    tell_printed(words)
    tell_unseen(words, shape, drawn_over=_is_drawn(drawn, shape))
    if not words.texts and not drawn.objects:
        pages.blank.append(index + 1)
    if _is_for_ocr(words, drawn, shape) or (ocr == "always" and drawn.objects):
        stamps = _stamps_of(words)
        page = None
        if ocr != "never" and pages.missing is None:
            page = _recognise(pdf, index, shown, stamps, pages, open_)
        if page is not None:
            return page
        pages.for_ocr.append(index + 1)
        if sum(map(len, pages.junk)) < SAMPLE:
            pages.junk += _own(words)
        words, drawn = stamps, Drawn()
    elif words.any_look(INVISIBLE) and (
        sum(map(INVISIBLE.__and__, words.looks)) * 2 > INVISIBLE * len(words)
    ):
        pages.by_ocr.append(index + 1)
    return lay_out(index + 1, shape, words, drawn, open_)


def _recognise(
    pdf: Pdf, index: int, shape: Shape, stamps: PageWords, pages: Pages, open_: Strip | None
) -> Page | None:
    """A page read off its picture and laid out; ``None`` if that cannot be done."""
    try:
        from tdkt_parse.readers.scan.images import draw_pdf_page
    except ImportError as error:
        pages.missing = needed(error)
        return None
    sheet = draw_pdf_page(pdf, index, shape)
    return lay_out_sheet(index + 1, shape, sheet, pages, open_, stamps) if sheet else None


def needed(error: ImportError) -> MissingDependency:
    """The error for a package that reading pictures needs."""
    name = (error.name or "").partition(".")[0]
    return MissingDependency(
        f"A scanned page needs the Python package {name}.", hint=to_install("ocr")
    )


def lay_out_sheet(
    number: int,
    shape: Shape,
    sheet: "Sheet",
    pages: Pages,
    open_: Strip | None,
    stamps: PageWords | None = None,
) -> Page | None:
    """A page's picture read and laid out; ``None``, and why is noted, if that cannot be done."""
    try:
        from tdkt_parse.readers.scan.engine import EngineFailed
        from tdkt_parse.readers.scan.sheet import read_sheet

        scanned = read_sheet(sheet, stamps)
    except ImportError as error:
        pages.missing = needed(error)
    except MissingDependency as error:
        pages.missing = error
    except EngineFailed:
        pages.failed.append(number)
    else:
        if scanned.said_nothing:
            pages.failed.append(number)
            return None
        pages.recognised.append(number)
        if sheet.reduced:
            pages.reduced.append(number)
        page = lay_out(
            number, shape.turned(scanned.words.turn), scanned.words, scanned.drawn, open_
        )
        page.tilt = scanned.tilt
        return page
    return None


def tell_unseen(words: PageWords, shape: Shape, *, drawn_over: bool) -> None:
    """
    Tell of words that nobody sees: wholly outside the page, or printed in no colour.

    The latter is the layer of an OCR program where the page is drawn over it.
    """
    width, height = shape.width, shape.height
    if not words or (
        min(words.rights) > 0
        and max(words.lefts) < width
        and min(words.bottoms) > 0
        and max(words.tops) < height
        and not words.any_look(INVISIBLE)
    ):
        return
    for k, look in enumerate(words.looks):
        outside = (
            words.rights[k] <= 0
            or words.lefts[k] >= width
            or words.bottoms[k] <= 0
            or words.tops[k] >= height
        )
        if outside or (look & INVISIBLE and not drawn_over):
            words.looks[k] |= UNSEEN


def _own(words: PageWords) -> list[str]:
    """The words of a page but for those of a signature's stamp, and those nobody sees."""
    if not words.any_look(STAMP | UNSEEN):
        return words.texts
    looks = zip(words.texts, words.looks, strict=True)
    return [text for text, look in looks if not look & (STAMP | UNSEEN)]


def _stamps_of(words: PageWords) -> PageWords:
    """The words of the stamps alone."""
    found = PageWords(turn=words.turn)
    for index, look in enumerate(words.looks):
        if look & STAMP:
            found.breaks.append(len(found))
            found.put(words.word(index))
    return found


def _is_for_ocr(words: PageWords, drawn: Drawn, shape: Shape) -> bool:
    """Whether a page says more than its words do: a picture of one, or words that are none."""
    said = _own(words)
    if is_junk(said):
        return True
    if len(said) > MANY or judge(said).words >= FEWEST:
        return False
    return _covered(drawn, shape) > PICTURE or (not said and drawn.objects > DRAWN)


def _is_drawn(drawn: Drawn, shape: Shape) -> bool:
    """Whether a page is a picture of one, or its letters are outlines."""
    return _covered(drawn, shape) > PICTURE or drawn.objects > DRAWN


def _covered(drawn: Drawn, shape: Shape) -> float:
    """How much of a page its pictures cover, overlaps counted twice."""
    area = sum(max(x1 - x0, 0) * max(y1 - y0, 0) for x0, y0, x1, y1 in drawn.pictures)
    return area / max(shape.width * shape.height, 1.0)


def _refuse_unreadable(pages: Pages) -> None:
    """A file of which no page can be read."""
    if any(page.blocks or page.tops or page.feet for page in pages.laid):
        return
    if pages.for_ocr:
        if pages.missing:
            raise pages.missing
        if pages.failed:
            raise Unreadable(
                "The OCR engine made nothing of the pages, which are pictures.",
                hint="Try again; `tdkt doctor` tells which engine is used.",
            )
        if pages.junk:
            refuse_mojibake(" ".join(pages.junk))
            raise NeedsOcr(
                "The text layer of the PDF cannot be believed: its words are no Vietnamese.",
                hint="Read its pages by OCR: --ocr auto.",
            )
        raise NeedsOcr(
            "The pages of the PDF are pictures and hold no text.",
            hint="Read them by OCR (--ocr auto), or ask for the file that was printed.",
        )
    if pages.broken:
        raise Unreadable(
            "No page of the PDF can be read.",
            hint="Copy or download it again; if it opens in a viewer, print it to a new PDF.",
        )
    if pages.recognised:
        raise Unreadable(
            "No text could be read in the pictures that are its pages.",
            hint="Scan the document again, upright and at 300 dots an inch.",
        )
    if any(page.unseen for page in pages.laid):
        raise Unreadable(
            "The PDF shows no text: its words are outside of its pages, or have no colour.",
            hint="Open it in a viewer; if it shows text there, print it to a new PDF.",
        )
    raise Unreadable("The PDF holds no text.", hint="Check that it was saved whole.")


def _in_part(pages: Pages) -> TdktError:
    numbers = pages.for_ocr
    one = len(numbers) == 1
    said = (
        f"Not read, for want of text that can be believed: page{'' if one else 's'} "
        f"{in_runs(numbers)}. The rest was read."
    )
    if pages.missing:
        return MissingDependency(said, hint=pages.missing.hint)
    if pages.failed:
        return NeedsOcr(said, hint="The OCR engine made nothing of it: see `tdkt doctor`.")
    return NeedsOcr(said, hint=f"Read {'it' if one else 'them'} by OCR: --ocr auto.")


def _recognition() -> Recognition:
    from tdkt_parse.readers.scan.engine import LANGUAGE, chosen_engine

    engine = chosen_engine()
    return Recognition(f"{engine.name} {engine.version()}", LANGUAGE)


def _notices(pages: Pages) -> Iterator[Notice]:
    for rule, numbers in (
        ("needs_ocr", [n for n in pages.for_ocr if n not in pages.failed]),
        ("unreadable_page", pages.broken),
        ("ocr_failed", pages.failed),
        ("ocr_page", pages.recognised),
        ("reduced_page", pages.reduced),
        ("ocr_layer", pages.by_ocr),
        ("blank_page", pages.blank),
        ("unseen_words", [page.number for page in pages.laid if page.unseen]),
    ):
        if numbers:
            yield Notice(rule, None, (("pages", in_runs(numbers)),))


def in_runs(numbers: Sequence[int]) -> str:
    """
    Numbers in order, those that follow one another as a run.

    >>> in_runs([1, 2, 3, 5, 8, 9])
    '1-3, 5, 8-9'
    """
    starts = [numbers[0], *(b for a, b in pairwise(numbers) if b != a + 1)]
    ends = [*(a for a, b in pairwise(numbers) if b != a + 1), numbers[-1]]
    return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True))


def _named(signatures: Sequence[Stamp], pages: Sequence[Page]) -> tuple[Stamp, ...]:
    """Signatures, one whose certificate says no name with that which its stamp shows."""
    shown = [name for page in pages for row in page.aside if (name := signer_in(row.text))]
    if len(signatures) == 1 and signatures[0].signer is None and len(set(shown)) == 1:
        return (signatures[0]._replace(signer=shown[0]),)
    if not signatures:
        return tuple(Stamp(name, None) for name in dict.fromkeys(shown))
    return tuple(signatures)


# -- what is written


def _headers_again(flow: Flow) -> Iterator[list[Row]]:
    """The headers of tables that were printed again on a further page."""
    for block in flow.blocks:
        if isinstance(block, FlowTable):
            for cells in block.repeated:
                yield [row for cell in cells for p in cell.paragraphs for row in p.rows]


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
        if page.unseen:
            margins.append(("unseen", page.unseen))
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


def write_blocks(story: Story, flow: Flow) -> list[Line | Table]:
    """The blocks of a flow, written."""
    blocks: list[Line | Table] = []
    for block in flow.blocks:
        if isinstance(block, FlowTable):
            blocks.append(story.table(block))
        elif isinstance(block, Columns):
            for strips, right in ((block.left, False), (block.right, True)):
                blocks += story.paragraphs(column_paragraphs(strips, block.bounds, right=right))
        else:
            blocks += story.paragraphs([block])
    return blocks


def write_notes(story: Story, pages: Sequence[Page]) -> Iterator[Note]:
    """The footnotes of the pages, written behind the text."""
    for page in pages:
        for note in page.notes:
            story.furniture.append(story.write(note.mark))
            story.write(" ")
            paragraphs: list[Paragraph] = find_paragraphs(note.rows, measure_of(note.rows))
            lines = story.paragraphs(paragraphs)
            if lines:
                yield Note(note.marker, tuple(lines))
