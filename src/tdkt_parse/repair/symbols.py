"""
Letters of the symbols of numbers that OCR misread: ``19/CT-TTEg``, ``C1/TW``, ``CIr-UBND``.

An agency sets its own abbreviation, so that none is wrong for being unknown. Mended is what becomes
a type or an organ that is known, beside one that is known, by the one way in which it can; or a
number that the register has.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from unicodedata import normalize

import regex

from tdkt_parse.docnumber import parse_docnumber
from tdkt_parse.layout import Repair
from tdkt_parse.lexicon import organ_codes, type_codes
from tdkt_parse.register import packaged_register
from tdkt_parse.repair.confusions import in_symbols
from tdkt_parse.repair.tokens import Slice

TIMEOUT = 2.0
KEPT = 1 << 12
"""Words of which what they are is kept."""
NUMBER = "ocr_number"

_SYMBOL = regex.compile(
    r"(?<![\p{L}\p{N}/.-])(?P<before>\d{1,5}/(?:[12]\d{3}/)?)(?P<symbol>[A-ZĐ][\p{L}\d]*(?:[-–][\p{L}\d]+)+)"
    r"(?![\p{L}\p{N}/-])"
)
"""A number in full, whose letters may be misread."""


_SLASHLESS = regex.compile(
    r"(?<=\b(?:[Ss]ố|SỐ|quyết|định|thị|hoạch|báo|văn|trình|dẫn)[\s:]{1,2})\d{0,4}(?P<last>[02-689])(?P<type>[A-ZĐÐ][A-Za-zĐÐ]{1,3})\s?[-–]\s?"
    r"(?P<organ>[A-ZĐ][\p{L}]+)(?![\p{L}\p{N}])"
)
"""A number that lost its slash; a 1 or a 7 before the letters may be what was made of it."""
_LETTER = regex.compile(
    r"(?<=\b[Cc]ông\svăn\s(?:số\s?:?\s?)?)\d{0,4}(?P<last>[02-689])(?P<organ>[A-ZĐ]{2,8})"
    r"(?=\s?[-–]\s?[A-ZĐ]{1,8}(?![\p{L}\p{N}]))"
)
"""The same of a công văn, which has no type: ``9UBND-NC``."""
_STROKE_FOR_T = regex.compile(
    r"(?<=\d\s?[-–/⁄]\s?)(?P<type>1[A-ZĐ])[/⁄-](?P<organ>[A-ZĐ][\p{L}]+)(?![\p{L}\p{N}])"
)
"""A T read as a 1 at the beginning of a type: ``1T-BNV``."""
_EDH = regex.compile(r"[ĐÐ]{1,2}")
"""The letter with a bar, perhaps read twice, and the Latin one, which signs mend."""


def find_symbols(one: Slice) -> Iterator[Repair]:
    """The repairs of the letters of numbers in a slice."""
    yield from _doubled(one)
    if not any(map(str.isdigit, one.text)):
        return
    yield from _letters(one)
    yield from _symbols(one)
    yield from _parted(one)
    yield from _parts(one)
    yield from _toned(one)


def _letters(one: Slice) -> Iterator[Repair]:
    """Numbers whose slash or T was misread before letters of a type and an organ that are known."""
    for found in _SLASHLESS.finditer(one.text, timeout=TIMEOUT):
        if _EDH.sub("Đ", found["type"]) in type_codes() and found["organ"] in organ_codes():
            yield Repair(*one.place(*found.span("last")), f"{found['last']}/", NUMBER)
    for found in _LETTER.finditer(one.text, timeout=TIMEOUT):
        if found["organ"] in organ_codes():
            yield Repair(*one.place(*found.span("last")), f"{found['last']}/", NUMBER)
    for found in _STROKE_FOR_T.finditer(one.text, timeout=TIMEOUT):
        put = found["type"].replace("1", "T")
        if put in type_codes() and found["organ"] in organ_codes():
            yield Repair(*one.place(*found.span("type")), put, NUMBER)


_DOUBLED = regex.compile(
    r"(?<![\p{L}\d])(?P<before>\p{Lu}{0,6})(?:[DÐ]Đ|Đ[DÐĐ])(?P<after>\p{Lu}{0,6})(?![\p{L}\d])"
)


def _doubled(one: Slice) -> Iterator[Repair]:
    """A Đ that was read as D and Đ, where a type or an organ is known by the one: ``HDĐND``."""
    for found in _DOUBLED.finditer(one.text, timeout=TIMEOUT):
        put = f"{found['before']}Đ{found['after']}"
        known = type_codes() | organ_codes()
        if put in known and found.group() not in known:
            yield Repair(*one.place(*found.span()), put, NUMBER)


_WORD = r"[A-ZĐÐ][\p{L}\d'’]*+"
_IN_FULL = regex.compile(
    rf"(?<=\d\s?[-–/⁄]\s?)(?P<type>{_WORD})\s?[-–/⁄]\s?(?P<organ>{_WORD})"
    rf"(?:\s?[-–]\s?(?P<organ>{_WORD}))*+"
)
"""A type and organs behind a serial or a year."""
LEAST = 3
"""Letters of an organ that is mended; of two there are too many."""


def _parts(one: Slice) -> Iterator[Repair]:
    """A type beside an organ that is known, and organs beside a type that is."""
    for found in _IN_FULL.finditer(one.text, timeout=TIMEOUT):
        read, organs = _EDH.sub("Đ", found["type"]), found.captures("organ")
        put = read if read in type_codes() else _meant(read, type_codes())
        mended = [_organ(organ) for organ in organs]
        if put and put != read and mended[0]:
            yield Repair(*one.place(*found.span("type")), put, NUMBER)
        if not put:
            continue
        for organ, better, place in zip(organs, mended, found.spans("organ"), strict=True):
            if better and better != organ and len(better) >= LEAST:
                yield Repair(*one.place(*place), better, NUMBER)


_FOREIGN = regex.compile(r"(?![A-ZĐÐa-zđƯưƠơ])\p{L}")
"""A letter that stands in no abbreviation."""


def _plain(read: str) -> str:
    """A word without marks of tone; a Q with its tail is read as an O with a dot."""
    put = normalize("NFC", _TONES.sub("", normalize("NFD", read.replace("Ọ", "Q"))))
    return str(regex.sub("Q+", "Q", put, timeout=TIMEOUT))


def _is_but_for_foreign(read: str, known: str) -> bool:
    """Whether a word differs from another in letters alone that stand in no abbreviation."""
    return len(read) == len(known) and all(
        one == other or _FOREIGN.match(one) for one, other in zip(read, known, strict=True)
    )


_ELECTED = regex.compile(r"(?P<organ>\p{L}{4,6})(?P<term>1[0-9])")


def _organ(read: str) -> str | None:
    """The organ meant; behind what Quốc hội elects its term stands: ``UBTVQH14``."""
    if read in organ_codes():
        return read
    if _FOREIGN.search(read):
        plain = _plain(read)
        same = [one for one in organ_codes() if one in (plain, _FOREIGN.sub("", read))]
        same = same or [one for one in organ_codes() if _is_but_for_foreign(read, one)]
        return same[0] if len(same) == 1 else _meant(plain, organ_codes())
    elected = _ELECTED.fullmatch(read)
    if elected:
        meant = _meant(elected["organ"], frozenset(("UBTVQH",)))
        return f"{meant}{elected['term']}" if meant else None
    return _meant(read, organ_codes())


_TONED = regex.compile(
    r"(?<=\d\s?[-–/⁄]\s?)(?P<type>[A-ZĐ][A-Za-zĐđ]{1,4})[-–/⁄](?P<organ>\p{Lu}[\p{L}]{1,11})(?!\p{L})"
)
_TONES = regex.compile(r"[\u0300\u0301\u0303\u0308\u0309\u0323]")


def _toned(one: Slice) -> Iterator[Repair]:
    """Abbreviations of organs with a mark of tone, which none has: ``TTr-UBKTHỦ``."""
    for found in _TONED.finditer(one.text, timeout=TIMEOUT):
        read = found["organ"]
        put = _plain(read)
        capitals = sum(map(str.isupper, put))
        if put != read and found["type"] in type_codes() and 2 * capitals > len(put) > 1:
            yield Repair(*one.place(*found.span("organ")), put, NUMBER)


_PARTED = regex.compile(
    r"(?<=\d\s?[-–/⁄]\s?(?P<type>[A-ZĐÐ][A-Za-zĐÐ]{0,4})\s?[-–/⁄]\s?)"
    r"(?P<organ>[A-ZĐ]{1,6}['’Il1T]{0,4}\s[A-ZĐ'’l1]{1,5})(?=,?\s?ngày\s\d|\scủa\s\p{L})"
)
"""An organ that fell apart: ``PA-S1 111 ngày``; between its strokes a T may be lost."""


def _parted(one: Slice) -> Iterator[Repair]:
    """Organs in two pieces, where one organ alone is known by them, or the end was read twice."""
    for found in _PARTED.finditer(one.text, timeout=TIMEOUT):
        first, last = found["organ"].split()
        may = {f"{first}{between}{last}" for between in ("", "T")}
        known = [one for one in organ_codes() if any(_is_of_strokes(read, one) for read in may)]
        if _EDH.sub("Đ", found["type"]) not in type_codes():
            continue
        if len(known) == 1:
            yield Repair(*one.place(*found.span("organ")), known[0], NUMBER)
        elif not known and set(last) == {first[-1]} and last.isalpha():
            yield Repair(*one.place(*found.span("organ")), first, NUMBER)


def _meant(read: str, known: frozenset[str]) -> str | None:
    """What is known that a word can be by one misreading, if it is one alone."""
    found = {
        read[:at] + row.printed + read[at + len(row.read) :]
        for row in in_symbols()
        for at in range(len(read))
        if read.startswith(row.read, at)
    } & known
    if len(found) == 1:
        return found.pop()
    if not found:
        # A T or Đ whose piece was read as another: ``SGTVTT``, ``HĐĐND``. Of a short one it may be
        # another organ: ``CATT`` is no ``CAT``.
        more = [one for one in known if len(one) < len(read) <= len(one) + 2 and len(one) >= MANY]
        same = [one for one in more if _once(read) == _once(one)]
        if len(same) == 1:
            return same[0]
    # Pieces of T side by side are read each as another sign: ``M'I'1W``.
    if found or not _PIECES.search(read, timeout=TIMEOUT):
        return None
    same = [one for one in known if len(one) >= LEAST and _is_of_strokes(read, one)]
    return same[0] if len(same) == 1 else None


_PIECES = regex.compile(r"[1'’]|[LI]{2}")
_HEAP = regex.compile(r"((?:['’]?[Il1LT]['’]?)+)")
"""Strokes side by side: a T, or what is read of it where its bar is torn."""


def _is_of_strokes(read: str, known: str) -> bool:
    """Whether a word was read but for heaps of T, each of which was read as so many strokes."""
    heaps, theirs = _heaps(read), _heaps(known)
    return len(heaps) == len(theirs) and all(
        one == other or (set(other) == {"T"} and _are_as_many(_in_strokes(one), other))
        for one, other in zip(heaps, theirs, strict=True)
    )


MANY = 4
"""
Letters of an organ that has enough of them to be told with one too much; strokes of a heap of which
one may be a speck, or two of them one.
"""


def _are_as_many(strokes: str, letters: str) -> bool:
    apart = abs(len(strokes) - len(letters))
    return set(strokes) <= {"T"} and apart <= (len(letters) >= MANY)


@lru_cache(maxsize=KEPT)
def _heaps(word: str) -> list[str]:
    return list(_HEAP.split(word, timeout=TIMEOUT))


@lru_cache(maxsize=KEPT)
def _once(word: str) -> str:
    """A word with one T and Đ where several stand side by side, strokes among them."""
    strokes = regex.sub(r"(?<=T)[I1l'’]|[I1l'’](?=T)", "T", word, timeout=TIMEOUT)
    return str(regex.sub(r"([TĐ])\1+", r"\1", strokes, timeout=TIMEOUT))


def _in_strokes(word: str) -> str:
    return str(_STROKE.sub("T", word, timeout=TIMEOUT))


_STROKE = regex.compile(r"['’]?[Il1LT]['’]?")


def _symbols(one: Slice) -> Iterator[Repair]:
    """
    Symbols that the register does not have as read, with a letter too much, too few or another.

    ``19/CT-TTEg``: mended where one instrument alone is a letter away.
    """
    from rapidfuzz.distance import Levenshtein

    for found in _SYMBOL.finditer(one.text, timeout=TIMEOUT):
        number = _parsed(found.group())
        register = packaged_register()
        if number is None or found["symbol"] in _known_symbols() or register.by_number(number):
            continue
        near = {
            symbol
            for symbol in _known_symbols()
            if Levenshtein.distance(symbol, found["symbol"], score_cutoff=1) == 1
            and (known := _parsed(found["before"] + symbol))
            and register.by_number(known)
        }
        if len(near) == 1:
            yield Repair(*one.place(*found.span("symbol")), near.pop(), NUMBER)


def _parsed(text: str) -> str | None:
    """The canonical number that a text is; ``None`` for none."""
    try:
        return parse_docnumber(text).canonical
    except ValueError:
        return None


@cache
def _known_symbols() -> frozenset[str]:
    """The symbols of the register's numbers: ``NĐ-CP``, ``CT-TTg``."""
    numbers = (one.number for one in packaged_register().all() if one.number)
    return frozenset(number.rpartition("/")[2] for number in numbers)
