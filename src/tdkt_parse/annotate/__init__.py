"""
What is said of a plan, in a copy of its file: as comments in Word's, as highlights in a PDF.
And what was read from a scan, in a copy in which it can be found.

A comment (ECMA-376-1, 17.13.4) stands in two places: its text in a part of its own, and in the text
of the document the range it is about, from ``w:commentRangeStart`` to ``w:commentRangeEnd``, with a
reference behind it. Nothing else of the file is changed: a run in which a range begins or ends
becomes two that look alike. python-docx writes the comments; the package is written here, because
python-docx opens no Strict file and none with macros, and writes every part anew.

A highlight is an annotation of a page, which pdfium makes; it is written behind the bytes of the
file, which stay as they are (``highlights``).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tdkt_parse.annotate.marks import START, carry, hold, space_of
from tdkt_parse.annotate.parts import pack, parts_with
from tdkt_parse.annotate.places import Range, find_range, main_of
from tdkt_parse.annotate.remarks import Commented, Placing, Remark
from tdkt_parse.exceptions import TimedOut, UnsupportedFormat
from tdkt_parse.layout import Document
from tdkt_parse.readers import pdf, scan, too_large
from tdkt_parse.readers.docx import LIMIT, is_docx
from tdkt_parse.readers.docx.body import Trace
from tdkt_parse.readers.docx.document import read_document
from tdkt_parse.readers.docx.package import open_package
from tdkt_parse.readers.formats import format_of, is_encrypted, locked
from tdkt_parse.readers.pdf import is_pdf
from tdkt_parse.readers.scan import is_picture
from tdkt_parse.settings import Changes

if TYPE_CHECKING:
    from tdkt_parse.annotate.searchable import Searchable

__all__ = [
    "MOST_RANGES",
    "Commented",
    "Placing",
    "Remark",
    "comment_docx",
    "highlight_pdf",
    "searchable_pdf",
]

MOST_RANGES = 32_767
"""Ranges of comments in a file; Word opens none with more ([MS-OI29500], 2.1.315)."""


def comment_docx(
    data: bytes,
    remarks: Sequence[Remark],
    *,
    changes: Changes = "accept",
    when: datetime | None = None,
) -> Commented:
    """
    A copy of a Word file with a comment for each remark.

    ``changes`` is as the file was read when the places were found, ``when`` the time that the
    comments bear, now if it is ``None``. Characters that XML cannot hold become U+FFFD.

    Every part of the file stays as it is, byte for byte, but for four: the text, equal as canonical
    XML once the new comments are taken out and the runs that were split are joined; the comments,
    of which there are more; the relations of the text and the list of content types, which gain a
    row where the file had no comments. The comments of the file stay. A digital signature of the
    file holds no longer. Without a comment to write, the bytes are those that were given.

    Raises ``UnsupportedFormat`` if the bytes are no Word file, else what reading them raises.
    """
    if not is_docx(data):
        raise _refusal(data)
    if len(data) > LIMIT:
        raise too_large(len(data), LIMIT)
    trace: Trace = {}
    document = read_document(data, None, changes, trace)
    main = main_of(trace)
    if main is None:
        return Commented(data, tuple(_placing(None) for _ in remarks))
    package = open_package(data)
    text = package.whole(package.main)
    there = sum(1 for _ in text.iter(f"{space_of(text)}{START}"))
    found = (find_range(document, trace, main, remark.place) for remark in remarks)
    ranges = hold(carry([*found], main, text), MOST_RANGES - there)
    kept = [(r, remark) for r, remark in zip(ranges, remarks, strict=True) if r is not None]
    if kept:
        data = pack(package, parts_with(package, text, kept, when))
    return Commented(data, tuple(_placing(r) for r in ranges))


def highlight_pdf(
    data: bytes,
    remarks: Sequence[Remark],
    *,
    password: str | None = None,
    when: datetime | None = None,
) -> Commented:
    """
    A copy of a PDF with a highlight for each remark, on the boxes of its evidence.

    ``password`` opens an encrypted file; the notes are encrypted as the file is. ``when`` is the
    time that the notes bear, now if it is ``None``. A value on several pages gets a highlight on
    each, all with the same note. Characters that XML cannot hold become U+FFFD.

    The bytes of the file are the beginning of the copy, in which the pages with highlights stand
    once more. Digital signatures stay valid for what they signed; a certified file that allows no
    notes (DocMDP 1 and 2, 12.8.2.2) counts as changed. Where the table of objects is broken, all
    objects stand once more. Without a highlight to write, the bytes are those that were given.

    A remark is nowhere if its place is no box, names a page that is not there, or is off the pages,
    and where there would be more than 32,767 highlights.
    What the box holds is not read. Raises ``UnsupportedFormat`` if the bytes are no PDF,
    ``Encrypted`` if it does not open, or its owner allows no notes to who has this password, and
    ``Unreadable`` if it is broken.
    """
    if not is_pdf(data):
        raise UnsupportedFormat(
            "This is no PDF.", hint="Give the PDF that the values were read from."
        )
    if len(data) > pdf.LIMIT:
        raise too_large(len(data), pdf.LIMIT)
    from tdkt_parse.annotate.highlights import highlighted

    try:
        return highlighted(data, remarks, password, when)
    except TimeoutError as error:
        raise _too_slow() from error


def searchable_pdf(data: bytes, document: Document, *, password: str | None = None) -> "Searchable":
    """
    A copy of a scan in which the words that OCR read are found, marked and copied.

    ``document`` is what was read from these bytes. Each word that OCR read is put at its place, in
    a font that draws nothing; pages whose words nobody had to read from a picture are left alone.
    The result says which pages are which, and which have words beneath that are not believed.

    The bytes of a PDF are the beginning of the copy, in which its pages look as they did; one that
    is encrypted stays so. Of a picture file the copy is a PDF with its pictures. A signature covers
    what it covered, but viewers say that the document was changed since. With no word to write, the
    bytes are those that were given.

    Raises ``UnsupportedFormat`` if the bytes are neither, ``Encrypted`` if the PDF does not open or
    its owner allows no changes to who has this password, and ``Unreadable`` if it is broken.
    """
    if is_picture(data):
        from tdkt_parse.annotate.picture_pdf import pdf_of_pictures

        if len(data) > scan.LIMIT:
            raise too_large(len(data), scan.LIMIT)
        data = pdf_of_pictures(data)
    elif not is_pdf(data):
        raise UnsupportedFormat(
            "Words are written over the pages of PDF and picture files only.",
            hint="Save the document as a PDF.",
        )
    elif len(data) > pdf.LIMIT:
        raise too_large(len(data), pdf.LIMIT)
    from tdkt_parse.annotate.searchable import written_over

    try:
        return written_over(data, document, password)
    except TimeoutError as error:
        raise _too_slow() from error


def _too_slow() -> TimedOut:
    return TimedOut(
        "A search in the PDF took too long.",
        hint="No real document does that: check that the file is one.",
    )


def _refusal(data: bytes) -> Exception:
    if is_encrypted(data):
        return locked()
    called = format_of(data)
    return UnsupportedFormat(
        f"This is {called}, in which no comment is put." if called else "This is no Word file.",
        hint="Save the document as .docx.",
    )


def _placing(placed: "Range | None") -> Placing:
    return "nowhere" if placed is None else placed.placing
