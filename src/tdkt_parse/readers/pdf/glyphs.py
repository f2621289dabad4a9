"""
The words of a page: its characters between white space, each with its place and its look.

pdfium puts a space or a line end where it sees one on the page. A word is what stands between;
where the last letter of one stands before the first, or on another line, it is taken apart.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from math import hypot
from struct import iter_unpack
from typing import NamedTuple

import regex

from tdkt_parse.layout import Span
from tdkt_parse.readers.pdf.pdfium import Handle, Pdf, Shape, api, characters, face_at

TIMEOUT = 5.0
MOST_CHARACTERS = 400_000
"""Of one page; a page of the smallest print has some 20,000."""

BOLD, ITALIC, INVISIBLE, TURNED, MARK, STAMP = 1, 2, 4, 8, 16, 32
"""Looks of a word; ``MARK``: raised, as the number of a note; ``STAMP``: of a signature's."""

_WORD = regex.compile(r"[^\s\x00-\x1f\u200b\u200e\u200f\ufeff\xad]+")
_RAISED = regex.compile(r"(?<=[^\W\d_][.,;:)”\"]?|[.,;:)”\"])\(?(?:\d{1,2}|\*{1,3})\)?(?=[.,;:]?$)")
_LEADING = regex.compile(r"\(?(?:\d{1,2}|\*{1,3})\)?(?=\p{L})")
_SUPERIOR = regex.compile(r"(?<![kcdm]?m|\bha|\d)[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}(?=[.,;:)”\"]?$|\p{L})")
"""Raised figures that are signs of their own; after a measure (m², km²) they are no mark."""
_MARK = regex.compile(r"\(?(?:\d{1,2}|\*{1,3})\)?")
_MAY_BE_A_MARK = frozenset("()*0123456789¹²³⁴⁵⁶⁷⁸⁹⁰")
_TIGHT = str.maketrans({"\x02": "-", "\ufffe": "-", "\u2011": "-", "\xa0": " "})
"""A hyphen at the end of a line, for which pdfium has a sign of its own."""


class Glyphs(NamedTuple):
    """A word as printed: its edges as shown, in points, its type size, and its look."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    look: int
    text: str


_make: Callable[[type[Glyphs], tuple[object, ...]], Glyphs] = tuple.__new__
"""Makes a word of its fields at half the cost of the class's own; there are 500 a page."""


def read_words(pdf: Pdf, text: Handle, shape: Shape) -> list[Glyphs]:
    """The words of a page in the order of the file."""
    said = characters(text)[:MOST_CHARACTERS].translate(_TIGHT)
    spans = _spans_of(said)
    edges = iter_unpack("8f", _edges_of(text, spans))
    styles = _styles_of(pdf, text, said, spans)
    found: list[Glyphs] = []
    plain, height, left = shape.plain, shape.f, shape.e
    # Of each word the rectangles of its first and its last letter: left, top, right, bottom.
    for (start, end), (size, look), (x0, b1, c0, d0, _, b3, x1, d1) in zip(
        spans, styles, edges, strict=True
    ):
        word = said[start:end]
        if end - start > 1 and (x1 < c0 - 0.5 or abs(d1 - d0) > max(b1 - d0, 1.0) * 0.5):
            found += _apart(text, said, start, end, shape, size, look)
            continue
        if x1 < x0:
            x0, x1 = x1, x0
        y0, y1 = min(d0, d1), max(b1, b3)
        if plain:
            box = x0 + left, height - y1, x1 + left, height - y0
        else:
            box = shape.show(x0, y0, x1, y1)
        one = _make(Glyphs, (*box, size, look, word))
        if not word.isalpha() and _may_hold_a_mark(word):
            found += _split_mark(text, one, start, shape)
        else:
            found.append(one)
    return _with_lone_marks(found)


def _may_hold_a_mark(word: str) -> bool:
    """Whether a word has letters, and a figure or a star at one end, a full stop aside."""
    end = word[-2:-1] if word[-1] in ".,;:" else word[-1]
    return (end in _MAY_BE_A_MARK or word[0] in _MAY_BE_A_MARK) and word.lower() != word.upper()


_OTHER_SPACE = regex.compile(r"[^\S\r\n ]|[\x00-\x09\x0b\x0c\x0e-\x1f\u200b\u200e\u200f\ufeff\xad]")


def _spans_of(said: str) -> list[Span]:
    """The ranges of the words of a page."""
    if _OTHER_SPACE.search(said, timeout=TIMEOUT):
        return [match.span() for match in _WORD.finditer(said, timeout=TIMEOUT)]
    found: list[Span] = []
    at = 0
    for word in said.replace("\r", " ").replace("\n", " ").split(" "):
        if word:
            found.append((at, at + len(word)))
        at += len(word) + 1
    return found


def _edges_of(text: Handle, spans: Sequence[Span]) -> "array[float]":
    """The rectangles of the first and the last letter of each word: left, top, right, bottom."""
    place = api().FPDFText_GetLooseCharBox
    edges = array("f", bytes(32 * len(spans)))
    address = edges.buffer_info()[0]
    for start, end in spans:
        place(text, start, address)
        place(text, end - 1, address + 16)
        address += 32
    return edges


def _styles_of(pdf: Pdf, text: Handle, said: str, spans: Sequence[Span]) -> list[tuple[float, int]]:
    """
    The type size and the look of each word, asked for once for each text object.

    Where the first and the last word of a line are of one object, so are those between.
    """
    item_at = api().FPDFText_GetTextObject
    looks: dict[Handle | None, tuple[float, int]] = {}

    def style(index: int) -> tuple[float, int]:
        item = item_at(text, index)
        known = looks.get(item)
        if known is None:
            known = looks[item] = _look_of(pdf, text, item, index)
        return known

    found: list[tuple[float, int]] = []
    first = 0
    count = len(spans)
    while first < count:
        end = said.find("\n", spans[first][0])
        last = first
        while last + 1 < count and (end < 0 or spans[last + 1][0] < end):
            last += 1
        if last > first + 1 and item_at(text, spans[first][0]) == item_at(text, spans[last][0]):
            found += [style(spans[first][0])] * (last - first + 1)
        else:
            found += [style(spans[k][0]) for k in range(first, last + 1)]
        first = last + 1
    return found


def _with_lone_marks(words: list[Glyphs]) -> list[Glyphs]:
    """Words with those that are nothing but a raised mark told so: smaller than their neighbour."""
    for index, word in enumerate(words):
        if word.text[0] not in _MAY_BE_A_MARK or not _MARK.fullmatch(word.text, timeout=TIMEOUT):
            continue
        for other in (index + 1, index - 1):
            beside = words[other] if 0 <= other < len(words) else word
            height = beside.y1 - beside.y0
            if (
                word.size <= 0.8 * beside.size
                and word.y1 < beside.y1 - 0.08 * height
                and word.y1 > beside.y0
                and not beside.look & MARK
                and min(abs(beside.x0 - word.x1), abs(word.x0 - beside.x1)) < beside.size
            ):
                words[index] = word._replace(look=word.look | MARK)
                break
    return words


def _look_of(pdf: Pdf, text: Handle, item: Handle | None, index: int) -> tuple[float, int]:
    """The type size and the look of what a text object prints."""
    say = api()
    size = type_size(text, index)
    if not item:
        return size, 0
    face = face_at(pdf, item)
    mode = say.FPDFTextObj_GetTextRenderMode(item)
    look = (BOLD if face.bold or mode == 2 else 0) | (ITALIC if face.italic else 0)
    return size, look | (INVISIBLE if mode in (3, 7) else 0)


_MATRIX = array("f", bytes(24))
_MATRIX_AT = _MATRIX.buffer_info()[0]


def type_size(text: Handle, index: int) -> float:
    """The type size of a character in points: the font's, as the text's own matrix scales it."""
    say = api()
    size = float(say.FPDFText_GetFontSize(text, index))
    if say.FPDFText_GetMatrix(text, index, _MATRIX_AT):
        size *= hypot(_MATRIX[2], _MATRIX[3])
    return size


def _apart(
    text: Handle, said: str, start: int, end: int, shape: Shape, size: float, look: int
) -> Iterator[Glyphs]:
    """
    A word whose letters do not stand in a row: turned, or of two lines that run together.

    Letters are put together as long as each stands right of the one before and at its height; a
    word of turned letters is one box.
    """
    say = api()
    box = array("f", bytes(16))
    address = box.buffer_info()[0]
    places: list[tuple[float, float, float, float]] = []
    for index in range(start, end):
        say.FPDFText_GetLooseCharBox(text, index, address)
        x0, y1, x1, y0 = box
        places.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    if _is_turned(text, start):
        yield _whole(places, shape, size, look | TURNED, said[start:end])
        return
    first = 0
    for k in range(1, len(places) + 1):
        if k < len(places):
            before, here = places[k - 1], places[k]
            near = here[0] > before[0] - 0.5 and here[1] < before[3] and before[1] < here[3]
            if near:
                continue
        part = said[start + first : start + k]
        yield _whole(places[first:k], shape, size, look, part)
        first = k


def _is_turned(text: Handle, index: int) -> bool:
    return 0.1 < float(api().FPDFText_GetCharAngle(text, index)) < 6.18


def _whole(
    places: list[tuple[float, float, float, float]],
    shape: Shape,
    size: float,
    look: int,
    said: str,
) -> Glyphs:
    box = shape.show(
        min(p[0] for p in places),
        min(p[1] for p in places),
        max(p[2] for p in places),
        max(p[3] for p in places),
    )
    return Glyphs(*box, size, look, said)


def _split_mark(text: Handle, word: Glyphs, start: int, shape: Shape) -> Iterator[Glyphs]:
    """A word with the mark of a note behind it, as two: ``tỉnh¹``. The mark is set smaller."""
    say = api()
    superior = _SUPERIOR.search(word.text, timeout=TIMEOUT)
    mark = (
        superior
        or _RAISED.search(word.text, timeout=TIMEOUT)
        or _LEADING.match(word.text, timeout=TIMEOUT)
    )
    if mark is None:
        yield word
        return
    first, last = mark.span()
    digit = first + (word.text[first] == "(")
    letter = last if first == 0 and last < len(word.text) else 0
    size = type_size(text, start + letter)
    if not superior and type_size(text, start + digit) > 0.8 * size:
        yield word
        return
    box = array("f", bytes(16))
    address = box.buffer_info()[0]
    cuts = []
    for index in (first, last - 1):
        say.FPDFText_GetLooseCharBox(text, start + index, address)
        left, top, right, bottom = box
        cuts.append(shape.show(left, bottom, right, top))
    (x0, y0, _, y1), (_, _, x1, _) = cuts
    if not superior and y1 > word.y1 - 0.1 * (word.y1 - word.y0):
        yield word  # Set low, as in H₂O.
        return
    if first:
        yield word._replace(x1=x0, text=word.text[:first])
    yield Glyphs(x0, y0, x1, y1, 0.7 * size, word.look | MARK, word.text[first:last])
    if last < len(word.text):
        yield word._replace(x0=x1, size=size, text=word.text[last:])
