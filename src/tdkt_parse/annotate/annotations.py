"""
One highlight with its note, as an annotation that pdfium writes into a page.
"""

import ctypes
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import regex
from pypdfium2 import raw

from tdkt_parse.annotate.quads import Quad, bounds
from tdkt_parse.annotate.updates import Update
from tdkt_parse.readers.pdf.pdfium import Handle

YELLOW = (255, 220, 0)
OPACITY = 128
"""Of 255."""


class Note(NamedTuple):
    """A highlight to be: its own name in the file, where on its page, what it says and who."""

    name: str
    quads: list[Quad]
    text: str
    author: str
    date: str


def write(page: Handle, note: Note) -> bool:
    """Write a highlight into an open page; false where the page takes none."""
    handle = ctypes.cast(page, raw.FPDF_PAGE)
    annotation = raw.FPDFPage_CreateAnnot(handle, raw.FPDF_ANNOT_HIGHLIGHT)
    if not annotation:
        return False
    try:
        _fill(annotation, note)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)
    return True


def name_of_last(page: Handle) -> str:
    """The name of the last annotation of an open page."""
    handle = ctypes.cast(page, raw.FPDF_PAGE)
    annotation = raw.FPDFPage_GetAnnot(handle, raw.FPDFPage_GetAnnotCount(handle) - 1)
    if not annotation:
        return ""
    try:
        buffer = (raw.FPDF_WCHAR * _MOST)()
        size = raw.FPDFAnnot_GetStringValue(annotation, b"NM", buffer, ctypes.sizeof(buffer))
        return bytes(buffer)[: max(min(size, 2 * _MOST) - 2, 0)].decode("utf-16-le", "replace")
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


_MOST = 100
"""Characters of a name of ours, with its end, and some more."""


def _fill(annotation: Any, note: Note) -> None:
    raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *YELLOW, OPACITY)
    raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_PRINT)
    left, bottom, right, top = bounds(note.quads)
    raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(left, top, right, bottom))
    for quad in note.quads:
        corners = raw.FS_QUADPOINTSF(*itertools.chain.from_iterable(quad))
        raw.FPDFAnnot_AppendAttachmentPoints(annotation, corners)
    for key, text in _texts(note):
        raw.FPDFAnnot_SetStringValue(annotation, key, _wide(text))
    # Last: what is set after the look takes it away again.
    look = _wide(_look(note.quads))
    raw.FPDFAnnot_SetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, look)


def _texts(note: Note) -> Iterator[tuple[bytes, str]]:
    """The entries of an annotation that are texts (ISO 32000-1, Tables 164 and 170)."""
    yield b"NM", note.name
    yield b"Contents", note.text
    yield b"T", note.author
    yield b"CreationDate", note.date
    yield b"M", note.date


def _wide(text: str) -> Any:
    """A text as pdfium takes it: UTF-16, ended by a zero."""
    buffer = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0")
    return ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))


def _look(quads: Sequence[Quad]) -> str:
    """The places filled at once; ``GS`` is pdfium's name for how the colour mixes with the page."""
    red, green, blue = (value / 255 for value in YELLOW)
    rows = ["/GS gs", f"{red:.4f} {green:.4f} {blue:.4f} rg"]
    for quad in quads:
        around = (quad.upper_left, quad.upper_right, quad.lower_right, quad.lower_left)
        first, *others = (f"{point.x:.3f} {point.y:.3f}" for point in around)
        rows += [f"{first} m", *(f"{one} l" for one in others), "h"]
    rows.append("f")
    return "\n".join(rows)


TIMEOUT = 10.0
_TEXT = r"\([^()\\]*+(?:\\.[^()\\]*+)*+\)"
_NUMBERS = r"\[[^\[\]]*+\]"
_WRITTEN = (
    rf"<</AP<</N \d++ 0 R >>/C{_NUMBERS}/CA [\d.]++/Contents{_TEXT}/CreationDate{_TEXT}"
    rf"/F 4/M{_TEXT}/NM\(CALLED[^()]*+\)/QuadPoints{_NUMBERS}/Rect{_NUMBERS}"
    rf"/Subtype/Highlight/T{_TEXT}/Type/Annot>>"
)
"""A highlight as pdfium writes it, within its page."""
_MIX = regex.compile(rb"(\A[^()]*?/Resources<</ExtGState<</GS<</AIS false/BM)/Normal")


def finished(update: Update, called: str) -> Update:
    """
    The update with the highlights as objects of their own, and words seen through the colour.

    Objects of their own is how ISO 32000-2, 12.5.2, has them, and pdfium gives no way to do either.
    ``called`` is how their names begin. In an encrypted file they stay within their page, as their
    texts are encrypted with the number of its object.
    """
    written = regex.compile(_WRITTEN.replace("CALLED", called).encode(), regex.DOTALL)
    free = itertools.count(update.free)
    objects: dict[int, bytes] = {}

    def lift(match: regex.Match[bytes]) -> bytes:
        number = next(free)
        objects[number] = b"%d 0 obj\n%s\nendobj\n" % (number, match[0])
        return b" %d 0 R" % number

    for number, text in update.objects.items():
        if number in update.fresh:
            text = _MIX.sub(rb"\1/Multiply", text, count=1, timeout=TIMEOUT)
        elif called.encode() in text:
            text = written.sub(lift, text, timeout=TIMEOUT)
        objects[number] = text
    return update._replace(objects=objects, free=next(free))
