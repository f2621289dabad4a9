"""
What was read from the pictures of a scan, written over them where nobody sees it.

Each word stands in a font that draws nothing (``glyphless``), in the render mode that draws nothing
either (ISO 32000-1, 9.3.6), stretched to the box it was read in: so viewers find, mark and copy it
where it is seen. The words are put behind what a page draws; that stays as it is, and the copy is
the file with an update behind it (``updates``).
"""

import ctypes
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import hypot, isnan
from typing import Any, NamedTuple

from pypdfium2 import raw

from tdkt_parse.annotate.glyphless import (
    DESCENT,
    UNITS,
    WIDTH,
    font_file,
    glyph_map,
    numbered,
    unicode_map,
)
from tdkt_parse.annotate.quads import Point, Quad, quad_of
from tdkt_parse.annotate.updates import PRINT_IT, append, is_sound, prints_of, update_of
from tdkt_parse.exceptions import DocumentError, Encrypted, Unreadable
from tdkt_parse.layout import Box, Document
from tdkt_parse.models import Box as ShownBox
from tdkt_parse.readers.pdf.pdfium import (
    Handle,
    Pdf,
    Shape,
    characters,
    open_page,
    open_pdf,
    open_text,
    shape_of,
)

LONGEST = 2_000
"""Signs of a word; what is longer is none, and is cut."""


class Searchable(NamedTuple):
    """The bytes of the copy, and the numbers of its pages by what became of them."""

    data: bytes
    written: tuple[int, ...]
    """Pages that got a layer of words."""
    typed: tuple[int, ...]
    """Pages that had words of their own, which were read and left alone."""
    doubled: tuple[int, ...]
    """Of those that got one, pages with another beneath that is not believed; it stays."""


class Placed(NamedTuple):
    """A word to be written: its signs, with a blank where the next stands beside it; its box."""

    text: str
    blank: bool
    box: Box


def written_over(data: bytes, document: Document, password: str | None) -> Searchable:
    """The copy of a PDF; see :func:`tdkt_parse.annotate.searchable_pdf`."""
    pages, typed = words_by_page(document)
    with open_pdf(data, password) as pdf:
        pages = {page: words for page, words in pages.items() if 1 <= page <= pdf.pages}
        if not pages:
            return Searchable(data, (), typed, ())
        if not raw.FPDF_GetDocPermissions(pdf.document) & CHANGES_ALLOWED:
            raise Encrypted(
                "The PDF is protected: its owner allows no changes.",
                hint="Give the owner's password, or save the file without protection.",
            )
        before = prints_of(pdf)
        written, doubled = _put(pdf, pages)
        if not written:
            return Searchable(data, (), typed, ())
        for whole in (False, True):
            copy = append(data, update_of(pdf, before, data, whole=whole))
            if _reads(copy, password, written):
                break
        else:
            raise Unreadable("The PDF is too broken for a copy with words.", hint=PRINT_IT)
    return Searchable(copy, tuple(written), typed, tuple(doubled))


CHANGES_ALLOWED = 0x08
"""Bit 4 of what the owner of an encrypted file allows (7.6.3.2, Table 22)."""


def _reads(copy: bytes, password: str | None, pages: Iterable[int]) -> bool:
    """Whether the copy opens and all of these pages have words."""
    try:
        with open_pdf(copy, password) as pdf:
            return is_sound(pdf) and all(_has_words(pdf, page) for page in pages)
    except DocumentError:
        return False


def _has_words(pdf: Pdf, page: int) -> bool:
    with open_page(pdf, page - 1) as handle:
        return handle is not None and _says_something(handle)


def _says_something(handle: Handle) -> bool:
    with open_text(handle) as text:
        return text is not None and bool(characters(text).strip())


# -- words


def words_by_page(document: Document) -> tuple[dict[int, list[Placed]], tuple[int, ...]]:
    """
    The words that OCR read, by the page they stand on, and the pages whose words nobody had to.

    What OCR read is known by its confidence; no other words have one.
    """
    words, found, typed = document.words, dict[int, list[Placed]](), set[int]()
    sure = words.confidences
    for index in range(len(words)):
        page = words.pages[words.rows[index]]
        if not sure or isnan(sure[index]):
            typed.add(page)
            continue
        word = words[index]
        text = _shown(document.text[word.start : word.end])
        beside = index + 1 < len(words) and words.rows[index + 1] == words.rows[index]
        blank = beside and document.text[word.end : words.starts[index + 1]].strip() == ""
        if text:
            blank = blank and words.starts[index + 1] > word.end
            found.setdefault(page, []).append(Placed(text, blank, word.box))
    return dict(sorted(found.items())), tuple(sorted(typed - found.keys()))


def _shown(text: str) -> str:
    """The signs of a word; U+FFFD for what no text to be read has."""
    return "".join("\ufffd" if _is_none(sign) else sign for sign in text[:LONGEST].strip())


def _is_none(sign: str) -> bool:
    return (
        sign < " "
        or "\x7f" <= sign <= "\x9f"
        or "\ud800" <= sign <= "\udfff"
        or ord(sign) & 0xFFFE == 0xFFFE
    )


def facing(words: Sequence[Placed]) -> int:
    """
    By how many quarter turns to the right the words of a page are turned, as it is shown.

    A scan that lies on its side has words that are higher than wide, one below or above another; on
    its head, each word stands left of the one before it.

    >>> down = [Placed("hoạch", True, Box(1, 10, 40 * k, 20, 40 * k + 35)) for k in range(3)]
    >>> facing(down), facing(down[::-1]), facing([])
    (1, 3, 0)
    """
    long = [word.box for word in words if len(word.text) > 2]
    upright = sum(1 if b.y1 - b.y0 > 1.2 * (b.x1 - b.x0) else -1 for b in long) > 0
    steps = 0
    for a, b in pairwise(word.box for word in words):
        if upright and a.x0 < b.x1 and b.x0 < a.x1:
            steps += 1 if b.y0 > a.y0 else -1
        elif not upright and a.y0 < b.y1 and b.y0 < a.y1:
            steps += 1 if b.x0 > a.x0 else -1
    return (3 if steps < 0 else 1) if upright else (2 if steps < 0 else 0)


# -- pages


def _put(pdf: Pdf, pages: Mapping[int, Sequence[Placed]]) -> tuple[list[int], list[int]]:
    """Write into the file in memory; which pages got words, and which had some before."""
    numbers = numbered(
        sign for words in pages.values() for w in words for sign in f"{w.text} \ufffd"
    )
    font = _font(pdf, numbers)
    written: list[int] = []
    doubled: list[int] = []
    try:
        for page, words in pages.items():
            with open_page(pdf, page - 1) as handle:
                if not handle:
                    continue
                had = _says_something(handle)
                if _write(pdf, handle, font, numbers, words):
                    written.append(page)
                    if had:
                        doubled.append(page)
    finally:
        raw.FPDFFont_Close(font)
    return written, doubled


def _font(pdf: Pdf, numbers: Mapping[str, int]) -> Any:
    file, glyphs = font_file(), glyph_map(len(numbers))
    font = raw.FPDFText_LoadCidType2Font(
        pdf.document, _bytes(file), len(file), unicode_map(numbers), _bytes(glyphs), len(glyphs)
    )
    if not font:
        raise Unreadable("The PDF takes no font for its words.", hint=PRINT_IT)
    return font


def _bytes(data: bytes) -> Any:
    return (ctypes.c_ubyte * len(data)).from_buffer_copy(data)


def _write(
    pdf: Pdf, handle: Handle, font: Any, numbers: Mapping[str, int], words: Sequence[Placed]
) -> bool:
    """Write the words of a page; false if none is on it."""
    page = ctypes.cast(handle, raw.FPDF_PAGE)
    shape, turn = shape_of(handle), facing(words)
    count = 0
    for word, baseline in _baselines(shape, turn, words):
        item = raw.FPDFPageObj_CreateTextObj(pdf.document, font, baseline.size)
        if not item:
            continue
        signs = word.text + " " * word.blank
        codes = [numbers.get(sign, numbers.get("\ufffd", 0)) for sign in signs]
        raw.FPDFText_SetCharcodes(item, (ctypes.c_uint32 * len(codes))(*codes), len(codes))
        raw.FPDFTextObj_SetTextRenderMode(item, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        raw.FPDFPageObj_SetMatrix(item, raw.FS_MATRIX(*baseline.matrix))
        raw.FPDFPage_InsertObject(page, item)
        count += 1
    return bool(count) and bool(raw.FPDFPage_GenerateContent(page))


class Baseline(NamedTuple):
    """Where a word is written: the size of its font, and how its space lies in the page's own."""

    size: float
    matrix: tuple[float, float, float, float, float, float]


def _baselines(
    shape: Shape, turn: int, words: Iterable[Placed]
) -> Iterator[tuple[Placed, Baseline]]:
    """The words that are on the page, each with its place."""
    for word in words:
        quad = quad_of(shape, ShownBox(**word.box._asdict()))
        baseline = None if quad is None else _baseline(quad, turn, len(word.text))
        if baseline is not None:
            yield word, baseline


_CORNERS = (
    ("lower_left", "lower_right", "upper_left"),
    ("upper_left", "lower_left", "upper_right"),
    ("upper_right", "upper_left", "lower_right"),
    ("lower_right", "upper_right", "lower_left"),
)
"""Of a box as shown: where its word begins, where it ends, and what is above where it begins."""
_LEAST = 0.01
"""Of a unit of the page: what is smaller is no place for a word."""


def _baseline(quad: Quad, turn: int, signs: int) -> Baseline | None:
    first, last, above = (getattr(quad, name) for name in _CORNERS[turn])
    along, up = _from(first, last), _from(first, above)
    size = hypot(*up)
    if size < _LEAST or hypot(*along) < _LEAST:
        return None
    wide = signs * WIDTH / UNITS * size
    low = -DESCENT / UNITS
    return Baseline(
        size,
        (
            along.x / wide, along.y / wide, up.x / size, up.y / size,
            first.x + low * up.x, first.y + low * up.y,
        ),
    )  # fmt: skip


def _from(one: Point, other: Point) -> Point:
    return Point(other.x - one.x, other.y - one.y)
