"""
What pdfium says of a file and its pages.

The functions of the library are declared once more, with addresses as plain numbers: a call costs a
quarter of one through pypdfium2's own declarations, and there are a thousand of them a page.
"""

import ctypes
import os
import threading
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import repeat
from typing import Any, NamedTuple

from pypdfium2 import raw
from pypdfium2_raw import bindings

from tdkt_parse.exceptions import Encrypted, Unreadable

Handle = int
"""An address within pdfium."""

_P, _I, _F, _D = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_double
_DECLARED: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "FPDF_LoadPage": (_P, (_P, _I)),
    "FPDF_ClosePage": (None, (_P,)),
    "FPDF_GetPageWidthF": (_F, (_P,)),
    "FPDF_GetPageHeightF": (_F, (_P,)),
    "FPDF_GetPageBoundingBox": (_I, (_P, _P)),
    "FPDFPage_GetRotation": (_I, (_P,)),
    "FPDFPage_GetAnnotCount": (_I, (_P,)),
    "FPDFPage_GetAnnot": (_P, (_P, _I)),
    "FPDFPage_CloseAnnot": (None, (_P,)),
    "FPDFAnnot_GetSubtype": (_I, (_P,)),
    "FPDFAnnot_GetRect": (_I, (_P, _P)),
    "FPDFPage_Flatten": (_I, (_P, _I)),
    "FPDFPage_CountObjects": (_I, (_P,)),
    "FPDFPage_GetObject": (_P, (_P, _I)),
    "FPDFPageObj_GetType": (_I, (_P,)),
    "FPDFPageObj_GetBounds": (_I, (_P, _P, _P, _P, _P)),
    "FPDFPageObj_GetMatrix": (_I, (_P, _P)),
    "FPDFPageObj_GetFillColor": (_I, (_P, _P, _P, _P, _P)),
    "FPDFPageObj_GetStrokeColor": (_I, (_P, _P, _P, _P, _P)),
    "FPDFFormObj_CountObjects": (_I, (_P,)),
    "FPDFFormObj_GetObject": (_P, (_P, ctypes.c_ulong)),
    "FPDFPath_CountSegments": (_I, (_P,)),
    "FPDFPath_GetPathSegment": (_P, (_P, _I)),
    "FPDFPath_GetDrawMode": (_I, (_P, _P, _P)),
    "FPDFPathSegment_GetPoint": (_I, (_P, _P, _P)),
    "FPDFPathSegment_GetType": (_I, (_P,)),
    "FPDFPathSegment_GetClose": (_I, (_P,)),
    "FPDFText_LoadPage": (_P, (_P,)),
    "FPDFText_ClosePage": (None, (_P,)),
    "FPDFText_CountChars": (_I, (_P,)),
    "FPDFText_GetText": (_I, (_P, _I, _I, _P)),
    "FPDFText_GetUnicode": (ctypes.c_uint, (_P, _I)),
    "FPDFText_GetLooseCharBox": (_I, (_P, _I, _P)),
    "FPDFText_GetCharAngle": (_F, (_P, _I)),
    "FPDFText_GetFontSize": (_D, (_P, _I)),
    "FPDFText_GetMatrix": (_I, (_P, _I, _P)),
    "FPDFText_GetTextObject": (_P, (_P, _I)),
    "FPDFTextObj_GetFont": (_P, (_P,)),
    "FPDFTextObj_GetTextRenderMode": (_I, (_P,)),
    "FPDFFont_GetBaseFontName": (ctypes.c_size_t, (_P, _P, ctypes.c_size_t)),
}


_LONG = {"FPDF_LoadPage", "FPDFText_LoadPage", "FPDFPage_Flatten", "FPDF_ClosePage"}
"""Functions that take their time, during which other threads may run, but for those of pdfium."""

LOCK = threading.RLock()
"""Held while a PDF is open: pdfium is for one thread at a time."""

if hasattr(os, "register_at_fork"):  # No child is forked while another thread is within pdfium.
    os.register_at_fork(
        before=LOCK.acquire, after_in_parent=LOCK.release, after_in_child=LOCK.release
    )


_AT_ONCE = 512
"""Letters of which the places are asked for in one go."""


class Api:
    """The functions of pdfium, by their names."""

    def __init__(self) -> None:
        library: Any = bindings._libs["pdfium"]  # noqa: SLF001 - the one handle to the library
        # To let other threads run meanwhile costs a fifth of a short call.
        short = ctypes.PyDLL(library._name, handle=library._handle)  # noqa: SLF001
        for name, (result, arguments) in _DECLARED.items():
            function = (library if name in _LONG else short)[name]  # A new object each time.
            function.restype, function.argtypes = result, arguments
            setattr(self, name, function)
        # What is asked for most takes what it needs no more turning into anything.
        self.place_of_letter: Callable[..., int] = short["FPDFText_GetLooseCharBox"]
        self.object_of_letter: Any = short["FPDFText_GetTextObject"]
        self.object_of_letter.restype = _P
        self.places = array("f", bytes(16 * _AT_ONCE))
        address = self.places.buffer_info()[0]
        self.slots = [ctypes.c_void_p.from_param(address + 16 * k) for k in range(_AT_ONCE)]

    def __getattr__(self, name: str) -> Callable[..., Any]:
        raise AttributeError(name)


@lru_cache(maxsize=1)
def api() -> Api:
    """The functions, declared at first use."""
    return Api()


# -- files

_ASK = "Give its password (--password, or password=), or save the file without one."


@contextmanager
def open_pdf(data: bytes, password: str | None = None) -> Iterator["Pdf"]:
    """A PDF while it is open; ``Encrypted`` or ``Unreadable`` where it does not open."""
    key = password.encode("utf-8", "surrogatepass") if password is not None else None
    with LOCK:
        handle = raw.FPDF_LoadMemDocument64(data, len(data), key)  # It is not copied.
        if not handle and key and raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
            # A password for the folder; this file asks for none, its owner's is another.
            handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
        if not handle:
            raise _refusal(raw.FPDF_GetLastError(), data, tried=password is not None)
        try:
            pages = raw.FPDF_GetPageCount(handle)
            address = ctypes.cast(handle, ctypes.c_void_p).value or 0
            yield Pdf(address, handle, pages)
        finally:
            raw.FPDF_CloseDocument(handle)


def _refusal(code: int, data: bytes, *, tried: bool) -> Exception:
    if code == raw.FPDF_ERR_PASSWORD:
        if tried:
            return Encrypted("The password does not open this PDF.", hint="Check how it is typed.")
        return Encrypted("The PDF is protected by a password.", hint=_ASK)
    if code == raw.FPDF_ERR_SECURITY:
        return Encrypted(
            "The PDF is protected in a way that is not read here (a certificate, or a program of "
            "its own).",
            hint="Open it in the program that made it and save it without protection.",
        )
    whole = b"%%EOF" in data[-2048:]
    return Unreadable(
        "The PDF is broken." if whole else "The PDF breaks off: its end is missing.",
        hint="Copy or download it again; if it opens in a viewer, print it to a new PDF.",
    )


@dataclass(frozen=True, slots=True)
class Pdf:
    """An open PDF."""

    address: Handle
    document: Any
    """The same as pypdfium2 types it."""
    pages: int
    styles: dict[Handle, "Face"] = field(default_factory=dict)


class Face(NamedTuple):
    """A font by its name: pdfium's own word for the weight is 400 whatever the font."""

    name: str
    bold: bool
    italic: bool


_BOLD = ("bold", "black", "heavy", "demi", "semibold")
_ITALIC = ("italic", "oblique")


def face_of(name: str) -> Face:
    """
    What the name of a font says of it.

    >>> face_of("BCDEEE+TimesNewRomanPS-BoldItalicMT")[1:], face_of("Arial,Bold")[1:]
    ((True, True), (True, False))
    """
    said = name.casefold()
    return Face(name, any(word in said for word in _BOLD), any(word in said for word in _ITALIC))


# -- pages


class Shape(NamedTuple):
    """
    A page as shown: its width and height in points, and how its own space is turned into that.

    A point ``(x, y)`` of the page's space, whose y grows upwards, is shown at
    ``(a * x + c * y + e, b * x + d * y + f)``, from the top left.
    """

    width: float
    height: float
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @property
    def plain(self) -> bool:
        """Whether the page is not turned."""
        return self.a == 1 and self.d == -1

    @property
    def quarters(self) -> int:
        """How many quarter turns to the right it is shown turned by."""
        return _TURNS.index((int(self.a), int(self.b), int(self.c), int(self.d)))

    def turned(self, quarters: int) -> "Shape":
        """The page turned to the right by some more quarters."""
        shape = self
        for _ in range(quarters):
            width, height, a, b, c, d, e, f = shape
            shape = Shape(height, width, -b, a, -d, c, height - f, e)
        return shape

    def show(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A rectangle of the page's space as shown: left, top, right, bottom."""
        a, b, c, d, e, f = self[2:]
        p, q = a * x0 + c * y0 + e, a * x1 + c * y1 + e
        r, s = b * x0 + d * y0 + f, b * x1 + d * y1 + f
        return (p, r, q, s) if p <= q and r <= s else (min(p, q), min(r, s), max(p, q), max(r, s))


_TURNS = ((1, 0, 0, -1), (0, 1, 1, 0), (-1, 0, 0, 1), (0, -1, -1, 0))


def shape_of(page: Handle) -> Shape:
    """How a page is shown: its box, turned by the quarter turns that it asks for."""
    say = api()
    width, height = say.FPDF_GetPageWidthF(page), say.FPDF_GetPageHeightF(page)
    box = array("f", (0, height, width, 0))
    say.FPDF_GetPageBoundingBox(page, box.buffer_info()[0])
    left, top, right, bottom = box
    a, b, c, d = _TURNS[say.FPDFPage_GetRotation(page) % 4]
    xs = [a * x + c * y for x in (left, right) for y in (bottom, top)]
    ys = [b * x + d * y for x in (left, right) for y in (bottom, top)]
    return Shape(width, height, a, b, c, d, -min(xs), -min(ys))


@contextmanager
def open_page(pdf: Pdf, index: int) -> Iterator[Handle | None]:
    """A page while it is open; ``None`` if pdfium cannot make sense of it."""
    page = api().FPDF_LoadPage(pdf.address, index)
    try:
        yield page
    finally:
        if page:
            api().FPDF_ClosePage(page)


@contextmanager
def open_text(page: Handle) -> Iterator[Handle | None]:
    """The characters of a page while it is open."""
    text = api().FPDFText_LoadPage(page)
    try:
        yield text
    finally:
        if text:
            api().FPDFText_ClosePage(text)


def characters(text: Handle) -> str:
    """All characters of a page, as many as pdfium counts; U+FFFD for what is none."""
    say = api()
    count = say.FPDFText_CountChars(text)
    if count <= 0:
        return ""
    buffer = array("H", bytes(2 * (count + 1)))
    written = say.FPDFText_GetText(text, 0, count, buffer.buffer_info()[0])
    found = buffer[: max(written - 1, 0)].tobytes().decode("utf-16-le", "replace")
    if len(found) == count:
        return found
    # Something between is no character: then each is asked for by its number.
    codes = (say.FPDFText_GetUnicode(text, index) for index in range(count))
    return "".join(
        chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        for code in codes
    )


def places_of(text: Handle, letters: Sequence[int]) -> "array[float]":
    """The rectangles of some characters, in the page's space: of each left, top, right, bottom."""
    say, page = api(), repeat(ctypes.c_void_p.from_param(text))
    found = array("f")
    for first in range(0, len(letters), _AT_ONCE):
        some = letters[first : first + _AT_ONCE]
        deque(map(say.place_of_letter, page, some, say.slots), maxlen=0)
        found += say.places[: 4 * len(some)]
    return found


def object_finder(text: Handle) -> Callable[[int], Handle | None]:
    """What tells of which text object a character of a page is, by its number."""
    return partial(api().object_of_letter, ctypes.c_void_p.from_param(text))


def face_at(pdf: Pdf, item: Handle) -> Face:
    """The font of a text object, looked up once for each font."""
    say = api()
    font = say.FPDFTextObj_GetFont(item)
    if not font:
        return Face("", bold=False, italic=False)
    face = pdf.styles.get(font)
    if face is None:
        buffer = ctypes.create_string_buffer(256)
        length = say.FPDFFont_GetBaseFontName(font, ctypes.addressof(buffer), 256)
        name = buffer.raw[: max(min(length, 256) - 1, 0)].decode("utf-8", "replace")
        face = pdf.styles[font] = face_of(name)
    return face
