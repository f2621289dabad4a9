"""
A text in an old encoding to Unicode, and back.

What is decoded are characters, as which a reader of today shows the bytes of old: ``C¨n cø`` as
well as the same at U+F043, U+F0A8 …; what is no letter of the encoding stays as it is.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

import regex

from tdkt_parse.legacy.capitals import raise_capitals
from tdkt_parse.legacy.one_byte import letters_of_bytes, letters_of_signs, western, western_bytes
from tdkt_parse.legacy.recall import BREAK, Recall
from tdkt_parse.legacy.tables import Encoding, codes, letters
from tdkt_parse.legacy.viqr import decode_viqr, encode_viqr, placed_letters
from tdkt_parse.legacy.vni import letters_and_marks

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
    shown = letters_of_signs(text, encoding) if data is None else letters_of_bytes(data, encoding)
    if encoding == "tcvn3" and not capitals:
        return raise_capitals(shown, data)
    return _upper(shown) if capitals else shown


def _by_words(text: str, encoding: Encoding) -> str:
    """A text in Unicode, each word of it as it was met before; by bytes, if all of it has some."""
    data = western_bytes(text)
    if data is None:
        words = text.replace("\n", BREAK).split(" ")
        return " ".join(map(_WORDS[encoding].__getitem__, words)).replace(BREAK, "\n")
    read = _WORDS_OF_BYTES[encoding].__getitem__
    return "\n".join(
        " ".join(map(read, block.replace(b"\n", b" \n").split(b" "))).replace(" \n", "\n")
        for block in blocks(data)
    )


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
        for start, part in placed_letters(text):
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
        spread = letters_and_marks(text)
        return _upper(spread) if capitals else spread
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


def _vni_word(word: str) -> str:
    return normalize("NFC", letters_and_marks(word))


def _windows_word(word: str) -> str:
    return normalize("NFC", _letter_by_letter(word, "cp1258", capitals=False))


READ: Mapping[Encoding, Callable[[str], str]] = {
    "vni": _vni_word,
    "viqr": decode_viqr,
    "cp1258": _windows_word,
}
"""How a word is read in encodings of which a letter may be more than one character."""
_WORDS = {encoding: Recall(read) for encoding, read in READ.items()}


def _of_bytes(read: Callable[[str], str]) -> Recall[bytes, str]:
    return Recall(lambda word: read(western(word)))


_WORDS_OF_BYTES = {encoding: _of_bytes(read) for encoding, read in READ.items()}
"""The same by their bytes, which are found in less time."""


def _vni_aligned(chunk: str) -> tuple[str, tuple[int, ...] | None]:
    return _aligned(letters_and_marks(chunk))


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
        return encode_viqr(text).encode("ascii")
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
