"""
A picture file as a Document: each of its pages read by OCR and laid out as a page of a PDF.
"""

from tdkt_parse.exceptions import NeedsOcr
from tdkt_parse.layout import Document
from tdkt_parse.readers.pdf.columns import Strip
from tdkt_parse.readers.pdf.document import FOR_OCR, Pages, document_of, lay_out_sheet, needed
from tdkt_parse.readers.pdf.pdfium import Shape
from tdkt_parse.readers.scan import media_type_of
from tdkt_parse.reporting import report_pages
from tdkt_parse.settings import OcrMode


def read_document(data: bytes, name: str | None, ocr: OcrMode = "auto") -> Document:
    """The Document of the bytes of a picture file."""
    if ocr == "never":
        raise NeedsOcr(
            "The file is a picture and holds no text.",
            hint="Read it by OCR (--ocr auto), or ask for the file that was printed.",
        )
    media_type = media_type_of(data) or "image/*"
    return document_of(read_pages(data), data, name, media_type, "scan")


def read_pages(data: bytes) -> Pages:
    """The pages of a picture file laid out, one after the other."""
    try:
        from tdkt_parse.readers.scan.images import count_pages, open_pictures, read_page
    except ImportError as error:
        raise needed(error) from error
    pages = Pages()
    open_: Strip | None = None
    with open_pictures(data) as image:
        pages.count = count_pages(image)
        for number in range(1, pages.count + 1):
            report_pages(number * (FOR_OCR + 1))
            try:
                sheet = read_page(image, number - 1)
            except ImportError as error:
                raise needed(error) from error
            if sheet is None:
                pages.broken.append(number)
                continue
            high, wide = (side * 72 / sheet.resolution for side in sheet.picture.shape[:2])
            shape = Shape(wide, high, 1, 0, 0, -1, 0, high)
            page = lay_out_sheet(number, shape, sheet, pages, open_)
            if page is None:
                pages.for_ocr.append(number)
                continue
            last = page.blocks[-1] if page.blocks else None
            open_ = last if isinstance(last, Strip) and last.side == 2 else None
            pages.laid.append(page)
    return pages
