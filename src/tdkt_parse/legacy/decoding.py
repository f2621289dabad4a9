"""
A text in an old encoding to Unicode, and back.

What is decoded are characters, as which a reader of today shows the bytes of old: ``C¨n cø`` as
well as the same at U+F043, U+F0A8 …; what is no letter of the encoding stays as it is.
"""

import codecs
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import takewhile
from typing import Any, NamedTuple
from unicodedata import normalize

import regex

from tdkt_parse.legacy.recall import Recall
from tdkt_parse.legacy.tables import (
    WESTERN,
    Encoding,
    codes,
    letters,
    look_alikes,
    part_tone,
)
from tdkt_parse.syllables import is_syllable, is_well_toned

TIMEOUT = 5.0

ENCODINGS: Mapping[Encoding, str] = {
    "tcvn3": "TCVN3 (ABC)",
    "vni": "VNI",
    "viscii": "VISCII",
    "vps": "VPS",
    "cp1258": "Windows-1258",
    "viqr": "VIQR",
}
"""The encodings, and what people call them; of two that fit alike the first is taken."""


class Decoded(NamedTuple):
    """
    A text in Unicode, and for each of its characters where in the old text it begins.

    ``origin`` has one more entry than the text has characters, the end.
    """

    text: str
    origin: list[int]


def decode(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """
    A text in Unicode (NFC); ``capitals`` for a font that shows small letters as capitals.

    >>> decode("C¨n cø LuËt", "tcvn3"), decode("thi ®ua", "tcvn3", capitals=True)
    ('Căn cứ Luật', 'THI ĐUA')
    >>> decode("QUYEÁT ÑÒNH cuûa Boä", "vni"), decode("Quye^'t ddi.nh", "viqr")
    ('QUYẾT ĐỊNH của Bộ', 'Quyết định')
    """
    if encoding not in _WORDS:
        return _letter_by_letter(text, encoding, capitals=capitals)
    found = _by_words(text, encoding)
    return _upper(found) if capitals and encoding != "viqr" else found


def _letter_by_letter(text: str, encoding: Encoding, *, capitals: bool) -> str:
    """A text of which each byte is a letter, with the capitals that its font or its words say."""
    data = western_bytes(text)
    if data is None:
        shown = text.translate(_signs_to_letters(encoding))
    else:
        shown = letters_of_bytes(data, encoding)
    if encoding == "tcvn3" and not capitals:
        return _raise(shown, _classes(shown) if data is None else data.translate(_class_of_bytes()))
    return _upper(shown) if capitals else shown


def letters_of_bytes(data: bytes, encoding: Encoding) -> str:
    """What bytes stand for of which each is a letter; of TCVN3 without its capitals with a tone."""
    return codecs.charmap_decode(data, "strict", _bytes_to_letters(encoding))[0]


def _by_words(text: str, encoding: Encoding) -> str:
    """A text in Unicode, each word of it as it was met before; by bytes, if all of it has some."""
    data = western_bytes(text)
    if data is None:
        words = text.replace("\n", _BREAK).split(" ")
        return " ".join(map(_WORDS[encoding].__getitem__, words)).replace(_BREAK, "\n")
    read = _WORDS_OF_BYTES[encoding].__getitem__
    return "\n".join(
        " ".join(map(read, block.replace(b"\n", b" \n").split(b" "))).replace(" \n", "\n")
        for block in blocks(data)
    )


_BREAK = " \n "
"""A line end as a word of its own."""
BLOCK = 16_384


def blocks(data: bytes) -> Iterator[bytes]:
    """
    Lines of a text together, so many that all their words stay near the processor at once.

    Joined by line ends these are the text.

    >>> [*blocks(b"a")], [len(block) for block in blocks(b"12345678\\n" * 4000)]
    ([b'a'], [16388, 16388, 3222])
    """
    start = 0
    while (end := data.find(b"\n", start + BLOCK)) >= 0:
        yield data[start:end]
        start = end + 1
    yield data[start:]


def decode_aligned(text: str, encoding: Encoding, *, capitals: bool = False) -> Decoded:
    """
    The same, with the way back.

    >>> decode_aligned("caùc", "vni")
    Decoded(text='các', origin=[0, 1, 3, 4])
    """
    if encoding == "viqr":
        parts: list[str] = []
        origin: list[int] = []
        for start, part in _viqr(text):
            parts.append(part)
            origin += [start] * len(part)
        return Decoded("".join(parts), [*origin, len(text)])
    if encoding not in _ALIGNED:
        # A byte is a letter here, and each character stays in its place.
        found = _letter_by_letter(text, encoding, capitals=capitals)
        return Decoded(found, [*range(len(text) + 1)])
    recalled = _ALIGNED[encoding]
    shown: list[str] = []
    places: list[int] = []
    at = 0
    for chunk in text.split(" "):
        made, offsets = recalled[chunk]
        shown.append(made)
        if offsets is None:
            places += range(at, at + len(chunk) + 1)
        else:
            places += [at + offset for offset in offsets]
        at += len(chunk) + 1
    whole = " ".join(shown)
    return Decoded(_upper(whole) if capitals else whole, places)


def in_place(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """
    A text in Unicode of which each character stands where it stood, marks apart from their letter.

    Of an encoding of bytes: where two of them make a letter, a letter and a mark take their place.

    >>> [f"{ord(sign):04X}" for sign in in_place("caùc", "vni")]
    ['0063', '0061', '0301', '0063']
    """
    if encoding == "vni":
        return _upper(_vni(text)) if capitals else _vni(text)
    return _letter_by_letter(text, encoding, capitals=capitals)


_MARKED = regex.compile("[\\p{L}][\u0300-\u036f]+")


def join_marks(text: str) -> Decoded:
    """The text of which letters and their marks are one character (NFC), and the way back."""
    parts: list[str] = []
    origin: list[int] = []
    at = 0
    for match in _MARKED.finditer(text, timeout=TIMEOUT):
        start, end = match.span()
        joined = normalize("NFC", match.group())
        parts += (text[at:start], joined)
        origin += range(at, start)
        origin += [min(start + k, end - 1) for k in range(len(joined))]
        at = end
    parts.append(text[at:])
    origin += range(at, len(text) + 1)
    return Decoded("".join(parts), origin)


def _upper(text: str) -> str:
    raised = text.upper()
    if len(raised) == len(text):
        return raised
    return "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in text)


# -- encodings of one byte a letter


@cache
def _bytes_to_letters(encoding: Encoding) -> str:
    """What each byte stands for, 256 of them: a letter of the encoding, else Western."""
    shown = [*_WESTERN]
    if encoding == "cp1258":
        for byte in range(0x80, 0x100):
            shown[byte] = bytes([byte]).decode("cp1258", "ignore") or shown[byte]
    else:
        for letter, code in codes(encoding).items():
            shown[code[0]] = letter
    return "".join(shown)


@cache
def _signs_to_letters(encoding: Encoding) -> dict[int, str]:
    """What each character stands for that may reach us, if not for itself."""
    table = _bytes_to_letters(encoding)
    found = {sign: table[byte] for sign, byte in WESTERN.items()}
    found |= {byte: table[byte] for byte in range(256)}
    known = {code[0] for code in codes(encoding).values()}
    if encoding == "tcvn3":
        known |= {0xAD}
        found |= {sign: table[byte] for sign, byte in look_alikes().items() if byte in known}
    return {sign: letter for sign, letter in found.items() if chr(sign) != letter}


@cache
def _western_to_bytes() -> Any:
    """What ``codecs`` wants for the way from Western characters to bytes."""
    return codecs.charmap_build(_WESTERN)


def western_bytes(text: str) -> bytes | None:
    """The bytes that are shown as these Western characters, if each of them is one."""
    try:
        data = text.encode("latin-1")
        if not data.translate(None, _NOT_CONTROL):
            return data  # In a fifth of the time.
    except UnicodeEncodeError:
        pass
    try:
        return codecs.charmap_encode(text, "strict", _western_to_bytes())[0]
    except UnicodeEncodeError:
        return None


_NOT_CONTROL = bytes([*range(0x80), *range(0xA0, 0x100)])
"""The bytes that Windows-1252 shows as Latin-1 does."""


def western(data: bytes) -> str:
    """Bytes as Western characters: Windows-1252, and control characters where that has none."""
    return codecs.charmap_decode(data, "strict", _WESTERN)[0]


_WESTERN = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))


# -- TCVN3: capitals with a tone


@cache
def _only_small() -> str:
    return "".join(
        row.letter for row in letters() if row.letter.islower() and part_tone(row.letter)[1]
    )


_CAPITAL = "A-ZĂÂÊÔƠƯĐ"


@cache
def _tcvn3_to_bytes() -> Any:
    return codecs.charmap_build(_bytes_to_letters("tcvn3"))


@cache
def _class_of_bytes() -> bytes:
    return "".join(map(_class_of, _bytes_to_letters("tcvn3"))).encode("ascii")


def _class_of(sign: str) -> str:
    if sign in _only_small():
        return "a"
    if "a" <= sign <= "z":
        return "z"
    if not regex.match(r"\p{L}", sign, timeout=TIMEOUT):
        return sign if sign in " \n" else "-"
    return "A" if regex.match(f"[{_CAPITAL}]", sign, timeout=TIMEOUT) else "x"


class _Classes(dict[int, str]):
    """The class of a character, made when it is asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _class_of(chr(code))
        return found


_CLASS_OF = _Classes()


@cache
def _mixed() -> regex.Pattern[str]:
    small = _only_small()
    return regex.compile(rf"(?<!\p{{L}})(?=[{_CAPITAL}]*[{small}])[{_CAPITAL}{small}]+(?!\p{{L}})")


def raise_capitals(text: str) -> str:
    """
    Make capitals of the small letters in words of capitals.

    TCVN3 has no capitals with a tone; who had no font of capitals at hand typed small ones. A word
    that may be one of either kind (``Bộ``) goes with the words beside it.

    >>> raise_capitals("QUYếT ĐịNH của Bộ"), raise_capitals("ủY BAN"), raise_capitals("Số QĐ")
    ('QUYẾT ĐỊNH của Bộ', 'ỦY BAN', 'Số QĐ')
    >>> raise_capitals("Về VIệC TổNG KếT"), raise_capitals("Về việc"), raise_capitals("Sở Y tế")
    ('VỀ VIỆC TỔNG KẾT', 'Về việc', 'Sở Y tế')
    """
    return _raise(text, _classes(text))


def _raise(text: str, classes: bytes) -> str:
    """The same, the class of each character known."""
    for letters_beside, other in _NO_CAPITALS:
        classes = classes.replace(letters_beside, other)
    made: list[str] = []
    at = line = line_end = 0
    place = classes.find(b"a")
    while place >= 0:
        if place >= line_end:
            line = classes.rfind(b"\n", at, place) + 1 or at
            line_end = classes.find(b"\n", place)
            line_end = len(text) if line_end < 0 else line_end
        start = classes.rfind(b" ", max(at, line), place) + 1 or line
        end = classes.find(b" ", place, line_end)
        end = line_end if end < 0 else end
        chunk = text[start:end]
        found = _RAISED[chunk]
        if found == _UNSURE:
            found = _raise_among(text, start, end)
        if found != chunk:
            made += (text[at:start], found)
            at = end
        place = classes.find(b"a", end)
    return "".join([*made, text[at:]]) if made else text


def raise_lines(lines: Sequence[str]) -> list[str]:
    """The same of lines of which most have such words, each word as it was met before."""
    words = _BREAK.join(lines).split(" ")
    raised = [*map(_RAISED.__getitem__, words)]
    for place in _places(raised, _UNSURE):
        word = words[place]
        letters, sign = (word, "") if word.isalpha() else (word[:-1], word[-1])
        found = None
        if not sign or (letters.isalpha() and sign not in _BETWEEN):
            after = "" if sign or place + 1 == len(words) else _AS_NEXT[words[place + 1]]
            before = _AS_LAST[words[place - 1]] if place else ""
            found = _among(before, after)
        if found is None:
            before = " ".join([*words[max(place - _MOST_BESIDE, 0) : place], ""])
            after = " ".join(["", *words[place + 1 : place + 1 + _MOST_BESIDE]])
            raised[place] = _raise_beside(before, word, after)
        else:
            raised[place] = letters.upper() + sign if found else word
    return " ".join(raised).split(_BREAK)


def _places(words: Sequence[str], word: str) -> Iterator[int]:
    """Where a word stands among others; it may be changed there."""
    place = -1
    try:
        while True:
            place = words.index(word, place + 1)
            yield place
    except ValueError:
        return


_MOST_BESIDE = 16
"""What stands between spaces on each side that is asked: four words, and what is between them."""


_NO_CAPITALS = (
    (b"za", b"zx"),
    (b"az", b"xz"),
    (b"xa", b"xx"),
    (b"ax", b"xx"),
    (b" Aa z", b" Ax z"),
    (b"\nAa z", b"\nAx z"),
)
"""
Small letters with a tone whose word is surely none of capitals: they stand beside other small ones,
or before a word of such (``Kế hoạch``). Few are left; a pattern would take ten times as long.
"""


def _classes(text: str) -> bytes:
    """
    A byte for each character: ``A`` for a capital that TCVN3 has, ``a`` for a small letter with a
    tone, ``z`` for one of ASCII, ``x`` for another letter, a dash for all else but white space.
    """
    try:
        data, _ = codecs.charmap_encode(text, "strict", _tcvn3_to_bytes())
    except UnicodeEncodeError:
        return text.translate(_CLASS_OF).encode("ascii")
    return data.translate(_class_of_bytes())


_UNSURE = "\0"


def _raised(word: str) -> str:
    """What stands between two spaces with its capitals, or ``_UNSURE``."""
    found = _mixed().findall(word, timeout=TIMEOUT)
    if all(map(_is_raised, found)):
        raised: str = _mixed().sub(_as_capitals, word, timeout=TIMEOUT)
        return raised
    return _UNSURE


_RAISED = Recall(_raised)


def _as_capitals(word: "regex.Match[str]") -> str:
    raised: str = word.group().upper()
    return raised


def _case_of_letters(letters: str, *, near: str) -> str:
    """
    What a word says of one beside it: ``capitals``, ``small``, nothing, or ``ask``.

    ``letters`` are those of it that are nearest, and ``near`` its nearest character.
    """
    if not letters:
        return "ask" if near in _BETWEEN else ""
    if len(letters) > _NEAR // 2:
        return "ask"
    found = _are_capitals([letters])
    if found is None:
        return "ask" if is_syllable(letters) else ""
    return "capitals" if found else "small"


def _as_next(word: str) -> str:
    return _case_of_letters("".join(takewhile(str.isalpha, word)), near=word[:1])


def _as_last(word: str) -> str:
    last = "".join(takewhile(str.isalpha, reversed(word)))[::-1]
    return _case_of_letters(last, near=word[-1:])


_AS_NEXT, _AS_LAST = Recall(_as_next), Recall(_as_last)


def _among(before: str, after: str) -> bool | None:
    """Whether a word is of capitals as the two beside it say; ``None``: ask further words."""
    if after == "small":
        return False
    if "ask" in (before, after):
        return None
    return before != "small" if after else before == "capitals"


def _raise_among(text: str, start: int, end: int) -> str:
    """One of the words of a text, of capitals if those beside it in its line say so."""
    return _raise_beside(
        text[max(start - _BESIDE, 0) : start], text[start:end], text[end : end + _BESIDE]
    )


def _raise_beside(before: str, word: str, after: str) -> str:
    before = before[-_BESIDE:].rpartition("\n")[2]
    after = after[:_BESIDE].partition("\n")[0]
    return _raise_between(before, word, after)


@lru_cache(maxsize=4096)
def _raise_between(before: str, word: str, after: str) -> str:
    near = f"{before}{word}{after}"

    def put(match: "regex.Match[str]") -> str:
        found: str = match.group()
        start, end = (len(before) + place for place in match.span())
        return found.upper() if _is_raised(found) or _is_among_capitals(near, start, end) else found

    made: str = _mixed().sub(put, word, timeout=TIMEOUT)
    return made


def case_of_word(word: bytes) -> str:
    """
    What is known of what stands between spaces in TCVN3, without what is beside it.

    ``raised``: some letters of it are to be made capitals. ``unsure``: its last word alone may be
    of capitals, as those beside it say; ``mixed``: another one may be. ``small``: none of it is,
    nor such a word before it.

    >>> [case_of_word(word.encode("latin-1")) for word in ("VIÖC", "Bé", "Bé/x", "Néi", "12")]
    ['raised', 'unsure', 'mixed', 'small', '']
    """
    classes = word.translate(_class_of_bytes())
    for letters_beside, other in _NO_CAPITALS:
        classes = classes.replace(letters_beside, other)
    if b"a" in classes:
        shown = letters_of_bytes(word, "tcvn3")
        found = [*_mixed().finditer(shown, timeout=TIMEOUT)]
        if found:
            if all(_is_raised(match.group()) for match in found):
                return "raised"
            alone = len(found) == 1 and found[0].end() == len(shown)
            return "unsure" if alone else "mixed"
    head = classes[: _NEAR // 2]
    return "small" if b"z" in head[: len(head) - len(head.lstrip(b"Aaxz"))] else ""


def _is_raised(word: str) -> bool:
    """Whether a word of capitals and small letters with a tone can only be one of capitals."""
    capitals = sum(map(str.isupper, word))
    return capitals > 1 or (capitals == 1 and word[0].islower())


def _is_among_capitals(text: str, start: int, end: int) -> bool:
    after = _AFTER.match(text, end, end + _NEAR, timeout=TIMEOUT)
    following = _are_capitals(after.captures(1)) if after else None
    if following is False:
        return False
    before = _BEFORE.match(text, max(start - _NEAR, 0), start, timeout=TIMEOUT)
    leading = _are_capitals(before.captures(1)) if before else None
    return leading is True if following is None else leading is not False


_BETWEEN = " ,–-"
_AFTER = regex.compile(r"(?:[ ,–-]{1,3}(\p{L}++)){1,4}")
_BEFORE = regex.compile(r"(?r)(?:(?<!\p{L})(\p{L}++)[ ,–-]{1,3}){1,4}")
_NEAR = 40
_BESIDE = 48
"""Code points on each side that are asked."""


def _are_capitals(words: Sequence[str]) -> bool | None:
    """Whether words beside are of capitals: the first that is sure says it (``SỞ Y TẾ TỈNH``)."""
    for word in words:
        if any(sign.islower() and sign not in _only_small() for sign in word):
            return False
        if not is_syllable(word):
            return None
        if _is_raised(word):
            return True
    return None


# -- VNI: a letter, then its marks


@cache
def _vni_pairs() -> tuple[dict[str, str], dict[str, str]]:
    """Two characters as a letter and a mark, and one as a letter."""
    pairs: dict[str, str] = {}
    singles: dict[str, str] = {}
    for letter, code in codes("vni").items():
        shown = code.decode("latin-1")
        if len(shown) == 1:
            singles[shown] = letter
            continue
        base, tone = part_tone(letter)
        if not tone:
            spread = normalize("NFD", letter)
            base, tone = spread[0], spread[1]
        # A mark may be typed small behind a capital.
        for mark in {shown[1], shown[1].lower(), shown[1].upper()}:
            pairs[shown[0] + mark] = base + tone
    return pairs, singles


@cache
def _vni_pattern() -> regex.Pattern[str]:
    pairs, singles = _vni_pairs()
    bases = "".join(sorted({pair[0] for pair in pairs}))
    marks = "".join(sorted({pair[1] for pair in pairs}))
    alone = "".join(sorted(singles))
    toned = f"(?:[aAeEoO][âÂ]|[aA][êÊ])[{TONED}]"
    return regex.compile(f"{toned}|[{bases}][{marks}]|[{alone}]")


TONED = "ùøûõïÙØÛÕÏ"
"""Tones of VNI that stand behind a letter without another mark, and by mistake behind that mark."""


def _vni(text: str) -> str:
    if text.isascii():
        return text
    if not text.isprintable() or max(text) > "\xff":
        text = text.translate(_SYMBOLS)
    pairs, singles = _vni_pairs()

    def put(match: regex.Match[str]) -> str:
        found = match.group()
        if len(found) == 1:
            return singles[found]
        if len(found) == 3:
            return normalize("NFD", pairs[found[:2]])[:2] + pairs[found[0] + found[2]][1]
        return pairs.get(found) or singles.get(found[0], found[0]) + singles.get(found[1], found[1])

    made: str = _vni_pattern().sub(put, text, timeout=TIMEOUT)
    return made


_SYMBOLS = {0xF000 + byte: chr(byte) for byte in range(0x20, 0x100)}


def _vni_word(word: str) -> str:
    return normalize("NFC", _vni(word))


# -- VIQR: a letter, then its marks, typed


@cache
def _viqr_letters() -> dict[str, str]:
    found = {row.viqr: row.letter for row in letters()}
    return found | {"Dd": "Đ"}


_TYPED = regex.compile(
    r"""
      \\(?P<plain>.)
    | (?P<letter> DD | Dd | dd
        | (?: [aA][\^(]? | [eE]\^? | [oO][\^+]? | [uU]\+? | [iIyY] ) [`'?~.]? )
    """,
    regex.VERBOSE,
)
_TOKEN = regex.compile(r"\S+")
_LAST = regex.compile(r"[\p{L}\p{M}]+$")


def _viqr(text: str) -> list[tuple[int, str]]:
    """The characters of a text in VIQR, each with where it begins there."""
    made: list[tuple[int, str]] = []
    at = 0
    for token in _TOKEN.finditer(text, timeout=TIMEOUT):
        start, end = token.span()
        made += [(at + k, sign) for k, sign in enumerate(text[at:start])]
        made += [(start + k, sign) for k, sign in _viqr_word(token.group())]
        at = end
    made += [(at + k, sign) for k, sign in enumerate(text[at:])]
    return made


def _viqr_chunk(chunk: str) -> str:
    return "".join(sign for _, sign in _viqr(chunk))


@lru_cache(maxsize=16384)
def _viqr_word(word: str) -> tuple[tuple[int, str], ...]:
    """
    A word in VIQR; a mark at its end that cannot be a tone is punctuation.

    A point or a question mark is that behind what is no syllable either way, too.

    >>> ["".join(sign for _, sign in _viqr_word(word)) for word in ("to^i.", "II.", "ta.o", "WTO?")]
    ['tôi.', 'II.', 'tạo', 'WTO?']
    """
    whole = _typed(word)
    if word[-1] in "`'?~." and len(word) > 1 and word[-2] != "\\":
        bare = _typed(word[:-1])
        if not _is_toned_word(whole) and (word[-1] in "?." or _is_toned_word(bare)):
            return (*bare, (len(word) - 1, word[-1]))
    return whole


def _typed(word: str) -> tuple[tuple[int, str], ...]:
    known = _viqr_letters()
    made: list[tuple[int, str]] = []
    at = 0
    for match in _TYPED.finditer(word, timeout=TIMEOUT):
        start, end = match.span()
        made += [(at + k, sign) for k, sign in enumerate(word[at:start])]
        found = match["plain"] or match["letter"]
        made.append((start, known.get(found, found)))
        at = end
    made += [(at + k, sign) for k, sign in enumerate(word[at:])]
    return tuple(made)


def _is_toned_word(signs: tuple[tuple[int, str], ...]) -> bool:
    found = _LAST.search("".join(sign for _, sign in signs), timeout=TIMEOUT)
    return found is not None and is_well_toned(found.group())


def _windows_word(word: str) -> str:
    return normalize("NFC", _letter_by_letter(word, "cp1258", capitals=False))


READ: Mapping[Encoding, Callable[[str], str]] = {
    "vni": _vni_word,
    "viqr": _viqr_chunk,
    "cp1258": _windows_word,
}
"""How a word is read in encodings of which a letter may be more than one character."""
_WORDS = {encoding: Recall(read) for encoding, read in READ.items()}


def _of_bytes(read: Callable[[str], str]) -> Recall[bytes, str]:
    return Recall(lambda word: read(western(word)))


_WORDS_OF_BYTES = {encoding: _of_bytes(read) for encoding, read in READ.items()}
"""The same by their bytes, which are found in less time."""


def _vni_aligned(chunk: str) -> tuple[str, tuple[int, ...] | None]:
    return _aligned(_vni(chunk))


def _windows_aligned(chunk: str) -> tuple[str, tuple[int, ...] | None]:
    return _aligned(_letter_by_letter(chunk, "cp1258", capitals=False))


def _aligned(spread: str) -> tuple[str, tuple[int, ...] | None]:
    """
    What stands between spaces, letters and marks joined, and where each of its characters began,
    and the end; ``None`` where they are where they were.
    """
    found = join_marks(spread)
    return found.text, tuple(found.origin) if len(found.text) < len(spread) else None


_ALIGNED: Mapping[Encoding, Recall[str, tuple[str, tuple[int, ...] | None]]] = {
    "vni": Recall(_vni_aligned),
    "cp1258": Recall(_windows_aligned),
}


# -- and back


@cache
def _letters_to_codes(encoding: Encoding) -> dict[int, bytes]:
    table = {ord(letter): code for letter, code in codes(encoding).items()}
    if encoding == "tcvn3":
        table |= {
            ord(row.letter): table[ord(row.letter.lower())]
            for row in letters()
            if ord(row.letter) not in table
        }
    return table


def encode(text: str, encoding: Encoding) -> bytes:
    """
    The bytes of a text, which is in NFC; ``ValueError`` for a character that has none.

    Of TCVN3 a capital with a tone is the small letter, as fonts of capitals want it.

    >>> encode("Căn cứ", "tcvn3"), encode("để làm gì?", "viqr")
    (b'C\\xa8n c\\xf8', b'dde^? la`m gi`?')
    """
    if encoding == "viqr":
        return _encode_viqr(text).encode("ascii")
    table = _letters_to_codes(encoding)
    made: list[bytes] = []
    for sign in text:
        code = table.get(ord(sign))
        if code is None:
            code = sign.encode("cp1252")
            if code[0] in _taken(encoding):
                message = f"{sign!r} is no character of {ENCODINGS[encoding]}"
                raise ValueError(message)
        made.append(code)
    return b"".join(made)


@cache
def _taken(encoding: Encoding) -> frozenset[int]:
    """The bytes above ASCII of an encoding's letters."""
    return frozenset(byte for code in codes(encoding).values() for byte in code if byte > 127)


def _encode_viqr(text: str) -> str:
    typed = {ord(row.letter): row.viqr for row in letters()}
    made: list[str] = []
    before = ""
    for sign in text:
        code = typed.get(ord(sign))
        if code is None:
            joins = (
                sign == "\\"
                or (sign in "^(+" and before != "" and before in "aeiouyAEIOUY")
                or (sign in "`'?~." and _takes_tone(before))
                or (sign in "dD" and before in ("d", "D"))
            )
            code = f"\\{sign}" if joins else sign
        elif code[0] in "dD" and before in ("d", "D"):
            made[-1] = f"\\{before}"
        made.append(code)
        before = code
    return "".join(made)


def _takes_tone(typed: str) -> bool:
    """Whether a letter as typed may have a tone behind it."""
    return typed != "" and typed[0] in "aeiouyAEIOUY" and typed[-1] not in "`'?~."
