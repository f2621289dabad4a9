"""
The words of a page: its characters between white space, each with its place and its look.

pdfium puts a space or a line end where it sees one on the page. A word is what stands between;
where the last letter of one stands before the first, or on another line, it is taken apart.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress, repeat
from math import hypot, isnan, nan, pi
from operator import add, sub
from struct import iter_unpack
from typing import Any, NamedTuple
from unicodedata import normalize

import regex

from tdkt_parse.readers.old_letters import OldLetters
from tdkt_parse.readers.pdf.old_letters import Stretch, convert_page
from tdkt_parse.readers.pdf.pdfium import (
    Handle,
    Pdf,
    Shape,
    api,
    characters,
    face_at,
    object_finder,
    places_of,
)

TIMEOUT = 5.0
MOST_CHARACTERS = 400_000
"""Of one page; a page of the smallest print has some 20,000."""

LEVEL = 1.0
"""Points by which the feet of two letters of a word may differ, whatever its type."""

OBLIQUE = 0.2
"""Of a letter's size, by which its line rises or falls: more than a scanner's slant."""

BOLD, ITALIC, INVISIBLE, TURNED, MARK, STAMP, UNSEEN = 1, 2, 4, 8, 16, 32, 64
"""
Looks of a word; ``MARK``: raised, as the number of a note; ``STAMP``: of a signature's;
``UNSEEN``: outside the page, or printed in no colour with no picture over it.
"""

_WORD = regex.compile(r"[^\s\x00-\x1f\u200b\u200e\u200f\ufeff\xad]+")
_RAISED = regex.compile(
    r"(?<!\b[kcdm]?m|\bha)(?<=[^\W\d_][.,;:)”\"]?|[.,;:)”\"])"
    r"\(?(?:\d{1,2}|\*{1,3})\)?(?=[.,;:]?$)"
)
_LEADING = regex.compile(r"\(?(?:\d{1,2}|\*{1,3})\)?(?=\p{L})")
_SUPERIORS = frozenset("¹²³⁴⁵⁶⁷⁸⁹⁰")
_SUPERIOR = regex.compile(r"(?<![kcdm]?m|\bha|\d)[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}(?=[.,;:)”\"]?$|\p{L})")
"""Raised figures that are signs of their own; after a measure (m², km²) they are no mark."""
_MEASURE = regex.compile(r"[kcdm]?m|ha")
_MARK = regex.compile(r"\(?(?:\d{1,2}|\*{1,3})\)?")
_MAY_BE_A_MARK = frozenset("()*0123456789¹²³⁴⁵⁶⁷⁸⁹⁰")
_PLAIN = (("\x02", "-"), ("\ufffe", "-"), ("\u2011", "-"), ("\xa0", " "))
"""A hyphen at the end of a line, for which pdfium has a sign of its own; spaces of other kinds."""


@dataclass(slots=True)
class PageWords:
    """
    The words of a page in the order of the file, as columns: edges as shown, type sizes, looks.

    The edges are those of the letters, whatever they are; ``bases`` where the line stands on which
    they are written.
    ``breaks`` are the numbers of the words with which the file begins a line. ``turn``: how many
    quarter turns to the right make the page stand as its words do; their edges are of the page so
    turned.
    """

    texts: list[str] = field(default_factory=list)
    lefts: "array[float]" = field(default_factory=lambda: array("f"))
    tops: "array[float]" = field(default_factory=lambda: array("f"))
    rights: "array[float]" = field(default_factory=lambda: array("f"))
    bottoms: "array[float]" = field(default_factory=lambda: array("f"))
    sizes: list[float] = field(default_factory=list)
    looks: list[int] = field(default_factory=list)
    bases: list[float] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    turn: int = 0
    old: "dict[tuple[float, str], OldWord]" = field(default_factory=dict)
    """What words were in an old encoding, by their left edge and what they are now."""
    sures: list[float] = field(default_factory=list)
    """How sure an OCR engine was of each word, 0 to 1; empty for words that are printed."""

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def columns(self) -> tuple[Any, ...]:
        """What is said of each word."""
        return (
            self.texts,
            self.lefts,
            self.tops,
            self.rights,
            self.bottoms,
            self.sizes,
            self.looks,
            self.bases,
        )

    def put(self, word: "Glyphs") -> None:
        """One more word."""
        x0, y0, x1, y1, size, look, text, base = word
        self.texts.append(text)
        self.lefts.append(x0)
        self.tops.append(y0)
        self.rights.append(x1)
        self.bottoms.append(y1)
        self.sizes.append(size)
        self.looks.append(look)
        self.bases.append(y1 if isnan(base) else base)

    def any_look(self, look: int) -> bool:
        """Whether any of the words has one of some looks; a page has a few different ones."""
        return any(map(look.__and__, {*self.looks}))

    def word(self, index: int) -> "Glyphs":
        """One of the words."""
        return Glyphs(
            self.lefts[index],
            self.tops[index],
            self.rights[index],
            self.bottoms[index],
            self.sizes[index],
            self.looks[index],
            self.texts[index],
            self.bases[index],
        )


class Glyphs(NamedTuple):
    """
    A word as printed: its edges as shown, in points, its type size, its look, and the line that it
    stands on; not a number where that is not known.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    look: int
    text: str
    base: float = nan


class OldWord(NamedTuple):
    """A word as it is in the file, its encoding, and the font that told it."""

    raw: str
    encoding: str
    font: str | None


def read_words(
    pdf: Pdf, text: Handle, shape: Shape, turn: int = 0, old: OldLetters | None = None
) -> PageWords:
    """
    The words of a page in the order of the file.

    ``old``: what was found of old encodings on the pages before.
    """
    raw = characters(text)[:MOST_CHARACTERS]
    said, stretches = convert_page(pdf, text, raw, old or OldLetters())
    for sign, plain in _PLAIN:  # Most pages have none: to translate would look up every letter.
        said = said.replace(sign, plain)
    starts, texts = _split(said)
    words = PageWords(texts=texts, turn=turn)
    ends = [start + len(word) - 1 for start, word in zip(starts, texts, strict=True)]
    odd = _place(words, places_of(text, starts), places_of(text, ends), shape)
    if not turn and len(odd) * 2 > len(texts) > 4:
        quarter = _quarter(text, [starts[k] for k in odd], shape)
        if quarter:
            return read_words(pdf, text, shape.turned(quarter), quarter, old)
    words.sizes, words.looks, words.bases, words.breaks = _styles_of(pdf, text, said, starts, shape)
    parts = {k: [*_apart(pdf, text, words.word(k), starts[k], shape)] for k in odd}
    for k, word in enumerate(texts):
        if not word.isalpha() and _may_hold_a_mark(word) and k not in parts:
            split = _split_mark(text, words.word(k), starts[k], shape)
            if split:
                parts[k] = split
    known = _old_words(words, starts, raw, stretches) if stretches else {}
    if parts:
        words = _mended(words, parts, {*odd})
    if stretches:
        words.texts = [normalize("NFC", word) for word in words.texts]
        words.old = known
    _tell_lone_marks(words)
    return words


def _old_words(
    words: PageWords, starts: Sequence[int], raw: str, stretches: Sequence[Stretch]
) -> dict[tuple[float, str], OldWord]:
    """What the words in some stretches of a page are in the file."""
    found: dict[tuple[float, str], OldWord] = {}
    firsts = [start for start, *_ in stretches]
    for start, left, word in zip(starts, words.lefts, words.texts, strict=True):
        written = raw[start : start + len(word)]
        if written != word:
            _, _, encoding, font = stretches[max(bisect_right(firsts, start) - 1, 0)]
            found[left, normalize("NFC", word)] = OldWord(written, encoding, font)
    return found


def _place(
    words: PageWords, firsts: "array[float]", lasts: "array[float]", shape: Shape
) -> list[int]:
    """
    Say of each word where it stands; the numbers of those whose letters do not stand in a row.

    ``firsts``, ``lasts``: the rectangles of the first and the last letter of each word, in the
    page's space: left, top, right, bottom.
    """
    if not shape.plain:
        firsts, lasts = _shown(firsts, shape), _shown(lasts, shape)
    height, left = (shape.f, shape.e) if shape.plain else (0.0, 0.0)
    x0s, b0s, c0s, d0s = (firsts[k::4] for k in range(4))
    b1s, x1s, d1s = (lasts[k::4] for k in (1, 2, 3))
    words.lefts = array("f", [x + left for x in x0s]) if left else x0s
    words.rights = array("f", [x + left for x in x1s]) if left else x1s
    # Letters of one type are of one height: then the first says what the last does.
    level = d0s == d1s
    words.tops = array("f", [height - y for y in (b0s if b0s == b1s else map(max, b0s, b1s))])
    words.bottoms = array("f", [height - y for y in (d0s if level else map(min, d0s, d1s))])
    if not x0s or (
        (level or max(map(abs, map(sub, d0s, d1s))) < LEVEL)
        and min(map(sub, x1s, c0s)) > -0.5
        and min(map(sub, x1s, x0s)) >= 0
    ):
        return []
    letters = zip(x0s, c0s, x1s, d0s, d1s, b0s, strict=True)
    return [
        k
        for k, (x0, c0, x1, d0, d1, b0) in enumerate(letters)
        if x1 < c0 - 0.5 or x1 < x0 or (d1 != d0 and abs(d1 - d0) > max(b0 - d0, 1.0) * 0.5)
    ]


def _shown(edges: "array[float]", shape: Shape) -> "array[float]":
    """Rectangles of the page's space as a turned page shows them, y still growing upwards."""
    turned = array("f")
    for x0, y1, x1, y0 in iter_unpack("4f", edges):
        left, top, right, bottom = shape.show(x0, y0, x1, y1)
        turned.extend((left, -top, right, -bottom))
    return turned


def _quarter(text: Handle, letters: Sequence[int], shape: Shape) -> int:
    """By how many quarter turns to the right the page has to be turned for most of its letters."""
    angles = [float(api().FPDFText_GetCharAngle(text, index)) for index in letters[:40]]
    # pdfium counts to the right too.
    quarters = [-(round(angle / (pi / 2)) + shape.quarters) % 4 for angle in angles]
    most = max(set(quarters), key=quarters.count)
    return most if quarters.count(most) * 3 > 2 * len(quarters) else 0


def _mended(words: PageWords, parts: dict[int, list[Glyphs]], odd: set[int]) -> PageWords:
    """The words with those taken apart that are more than one; ``odd``: onto other lines."""
    made = PageWords(turn=words.turn)
    breaks = {*words.breaks}
    last = 0
    for index in (*sorted(parts), len(words)):
        some = slice(last, index)
        made.breaks += [len(made) + k - last for k in range(last, index) if k in breaks]
        for column, more in zip(made.columns, words.columns, strict=True):
            column += more[some]
        last = index + 1
        if index in breaks and index < len(words):
            made.breaks.append(len(made))
        for part in parts.get(index, ()):
            if index in odd and not part.look & TURNED:
                made.breaks.append(len(made))
            made.put(part)
        if index in odd and not made.looks[-1] & TURNED:
            made.breaks.append(len(made))
    made.breaks = sorted({k for k in made.breaks if k < len(made)})
    return made


def _tell_lone_marks(words: PageWords) -> None:
    """Tell of words that are nothing but a raised mark: smaller than their neighbour."""
    largest = 0.8 * max(words.sizes, default=0.0)
    if min(words.sizes, default=0.0) > largest:
        return
    for index, text in enumerate(words.texts):
        if (
            words.sizes[index] > largest
            or text[0] not in _MAY_BE_A_MARK
            or not _MARK.fullmatch(text, timeout=TIMEOUT)
        ):
            continue
        if index and _MEASURE.fullmatch(words.texts[index - 1].lstrip("0123456789.,")):
            continue
        word = words.word(index)
        for other in (index + 1, index - 1):
            if not 0 <= other < len(words):
                continue
            beside = words.word(other)
            height = beside.y1 - beside.y0
            if (
                word.size <= 0.8 * beside.size
                and word.y1 < beside.y1 - 0.08 * height
                and word.y1 > beside.y0
                and not beside.look & MARK
                and min(abs(beside.x0 - word.x1), abs(word.x0 - beside.x1)) < beside.size
            ):
                words.looks[index] |= MARK
                break


def _may_hold_a_mark(word: str) -> bool:
    """Whether a word has letters, and a figure or a star at one end, a full stop aside."""
    end = word[-2:-1] if word[-1] in ".,;:" else word[-1]
    return (end in _MAY_BE_A_MARK or word[0] in _MAY_BE_A_MARK) and word.lower() != word.upper()


def _split(said: str) -> tuple[list[int], list[str]]:
    """Where each word of a page begins among its characters, and the words."""
    line = said.replace("\r", " ").replace("\n", " ")
    if not line.isprintable():
        # White space of other kinds, signs that print nothing.
        found = [(m.start(), m.group()) for m in _WORD.finditer(said, timeout=TIMEOUT)]
        return [start for start, _ in found], [word for _, word in found]
    parts = line.split(" ")
    starts = accumulate(map(add, map(len, parts), repeat(1)), initial=0)
    return [*compress(starts, parts)], [*filter(None, parts)]


def _styles_of(
    pdf: Pdf, text: Handle, said: str, begins: Sequence[int], shape: Shape
) -> tuple[list[float], list[int], list[float], list[int]]:
    """
    The type size, the look and the base of each word, and with which words the file begins a line.

    They are asked for once for each text object; where the first and the last word of a line are of
    one object, so are those between.
    """
    item_at = object_finder(text)
    known: dict[Handle | None, tuple[float, int, float]] = {}
    sizes: list[float] = []
    looks: list[int] = []
    bases: list[float] = []
    breaks: list[int] = []
    first = 0
    count = len(begins)
    while first < count:
        end = said.find("\n", begins[first])
        stop = bisect_left(begins, end, first) if end >= 0 else count
        breaks.append(first)
        item = item_at(begins[first])
        same = stop > first + 2 and item == item_at(begins[stop - 1])
        for index in range(first, first + 1 if same else stop):
            item = item if index == first else item_at(begins[index])
            style = known.get(item)
            if style is None:
                size, look = _look_of(pdf, text, item, begins[index])
                style = known[item] = size, look, _base_of(shape)
            sizes.append(style[0])
            looks.append(style[1])
            bases.append(style[2])
        if same:
            more = stop - first - 1
            sizes += sizes[-1:] * more
            looks += looks[-1:] * more
            bases += bases[-1:] * more
        first = stop
    return sizes, looks, bases, breaks


def _look_of(pdf: Pdf, text: Handle, item: Handle | None, index: int) -> tuple[float, int]:
    """The type size and the look of what a text object prints."""
    size = type_size(text, index)
    if not item:
        return size, 0
    face = face_at(pdf, item)
    mode = api().FPDFTextObj_GetTextRenderMode(item)
    look = (BOLD if face.bold or mode == 2 else 0) | (ITALIC if face.italic else 0)
    rise = _MATRIX[1]
    if rise and min(abs(_MATRIX[0]), abs(rise)) > OBLIQUE * hypot(_MATRIX[0], rise):
        look |= TURNED
    return size, look | (INVISIBLE if mode in (3, 7) else 0)


_MATRIX = array("f", bytes(24))
"""That of the character whose type size was asked for last."""
_MATRIX_AT = _MATRIX.buffer_info()[0]


def _base_of(shape: Shape) -> float:
    """Where the line stands, as shown, on which that character is written."""
    x, y = _MATRIX[4], _MATRIX[5]
    return shape.f - y if shape.plain else shape.show(x, y, x, y)[1]


def type_size(text: Handle, index: int) -> float:
    """The type size of a character in points: the font's, as the text's own matrix scales it."""
    say = api()
    size = float(say.FPDFText_GetFontSize(text, index))
    if say.FPDFText_GetMatrix(text, index, _MATRIX_AT):
        size *= hypot(_MATRIX[2], _MATRIX[3])
    return size


def _apart(pdf: Pdf, text: Handle, word: Glyphs, start: int, shape: Shape) -> Iterator[Glyphs]:
    """
    A word whose letters do not stand in a row: turned, or of two lines that run together.

    Letters are put together as long as each stands right of the one before and at its height; a
    word of turned letters is one box.
    """
    say = api()
    said, size, look = word.text, word.size, word.look
    box = array("f", bytes(16))
    address = box.buffer_info()[0]
    places: list[tuple[float, float, float, float]] = []
    for index in range(start, start + len(said)):
        say.FPDFText_GetLooseCharBox(text, index, address)
        x0, y1, x1, y0 = box
        places.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    if _is_turned(text, start):
        yield _whole(places, shape, size, look | TURNED, said)
        return
    first = 0
    for k in range(1, len(places) + 1):
        if k < len(places):
            before, here = places[k - 1], places[k]
            near = here[0] > before[0] - 0.5 and here[1] < before[3] and before[1] < here[3]
            if near:
                continue
        if first:
            item = say.FPDFText_GetTextObject(text, start + first)
            size, look = _look_of(pdf, text, item, start + first)
        part = said[first:k]
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


def _split_mark(text: Handle, word: Glyphs, start: int, shape: Shape) -> list[Glyphs]:
    """A word with the mark of a note at it, as two: ``tỉnh¹``; nothing for one that has none."""
    say = api()
    superior = None
    if not _SUPERIORS.isdisjoint(word.text):
        superior = _SUPERIOR.search(word.text, timeout=TIMEOUT)
    mark = (
        superior
        or _RAISED.search(word.text, timeout=TIMEOUT)
        or _LEADING.match(word.text, timeout=TIMEOUT)
    )
    if mark is None:
        return []
    first, last = mark.span()
    digit = first + (word.text[first] == "(")
    letter = last if first == 0 and last < len(word.text) else 0
    size = type_size(text, start + letter)
    if not superior and type_size(text, start + digit) > 0.8 * size:
        return []
    box = array("f", bytes(16))
    address = box.buffer_info()[0]
    cuts = []
    for index in (first, last - 1):
        say.FPDFText_GetLooseCharBox(text, start + index, address)
        left, top, right, bottom = box
        cuts.append(shape.show(left, bottom, right, top))
    (x0, y0, _, y1), (_, _, x1, _) = cuts
    if not superior and y1 > word.y1 - 0.1 * (word.y1 - word.y0):
        return []  # Set low, as in H₂O.
    before = word._replace(x1=x0, text=word.text[:first])
    raised = Glyphs(x0, y0, x1, y1, 0.7 * size, word.look | MARK, word.text[first:last])
    behind = word._replace(x0=x1, size=size, text=word.text[last:])
    return [part for part in (before, raised, behind) if part.text]
