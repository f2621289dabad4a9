"""
By which tables a word is Vietnamese.

A word of a text is asked of each table: whether all of its characters are letters there, and make
one syllable. Of 17,000 possible syllables few are one in two tables.
"""

from functools import cache, lru_cache
from unicodedata import normalize

import regex

from tdkt_parse.legacy.decoding import TIMEOUT, decode
from tdkt_parse.legacy.tables import WESTERN, Encoding, codes, look_alikes
from tdkt_parse.lexicon import DATA
from tdkt_parse.spelling import key
from tdkt_parse.syllables import is_syllable

BYTES: tuple[Encoding, ...] = ("tcvn3", "vni", "viscii", "vps", "cp1258")
"""The encodings of bytes, in the order of :data:`~tdkt_parse.legacy.decoding.ENCODINGS`."""
UNICODE = 1
BITS: dict[Encoding, int] = {encoding: 2 << place for place, encoding in enumerate(BYTES)}
ALL = UNICODE | sum(BITS.values())
COMMON = 8
"""By how many bits those tables stand higher by which a word is one that papers of offices have."""

_QUOTES = "“”„‘’‚«»‹›…–—•·°"
_ABBREVIATION = regex.compile("[A-Z]{0,6}[ĐƯÔÂĂ][A-ZĐƯÔÂĂ]{0,6}")
LONGEST = 16
_LETTERS = regex.compile(r"\p{L}+")
_ODD_CASE = regex.compile("[a-zăâêôơưđ][A-ZĂÂÊÔƠƯĐ]")


@cache
def _known(encoding: Encoding) -> frozenset[str]:
    """Characters of words in an encoding of one byte a letter."""
    taken = {code[-1] for code in codes(encoding).values()}
    if encoding == "cp1258":
        # Tones, and the letters that have one in one byte, which what turns Unicode into it takes.
        taken |= {0xCC, 0xD2, 0xDE, 0xEC, 0xF2, *"ÀÁÈÉÍÓÙÚàáèéíóùú".encode("cp1258")}
    signs = {chr(byte) for byte in taken}
    signs |= {chr(sign) for sign, byte in WESTERN.items() if byte in taken}
    if encoding == "tcvn3":
        signs |= {chr(sign) for sign, byte in look_alikes().items() if byte in taken}
    ascii_letters = {chr(byte) for byte in range(128) if chr(byte).isalpha()}
    # Word's letters of fonts of symbols.
    return frozenset(signs | ascii_letters | {chr(0xF000 + ord(sign)) for sign in ascii_letters})


@cache
def _vni() -> regex.Pattern[str]:
    shown = [code.decode("latin-1") for code in codes("vni").values()]
    marks = "".join(sorted({code[1] for code in shown if len(code) > 1}))
    alone = "".join(sorted({code for code in shown if len(code) == 1}))
    return regex.compile(f"(?:[aeouyôö][{marks}]|[a-z{alone}])+", regex.IGNORECASE)


@lru_cache(maxsize=32768)
def verdict(word: str) -> int:
    """
    The tables by which a word is Vietnamese, as bits, and again those by which it is a common one.

    A word holds no white space and no ASCII signs. An abbreviation is one by any table that makes
    capitals of it: ``HĐND``.

    >>> verdict("thưởng") & ALL, verdict("LuËt") & ALL == BITS["tcvn3"], verdict("caùc") >> COMMON
    (1, True, 4)
    """
    if len(word) > LONGEST:
        return 0
    found = in_unicode(word)
    for encoding in BITS:
        found |= by_table(word, encoding)
    return found


def in_unicode(word: str) -> int:
    """The bits of Unicode in the verdict of a word."""
    bare = word.strip(_QUOTES)
    if bare.isascii() and bare != word and bare.isprintable():
        return UNICODE  # A word between quotation marks.
    composed = normalize("NFC", bare).replace("Ð", "Đ").replace("ð", "đ")
    if is_word(composed):
        return UNICODE | _common(composed, UNICODE)
    return UNICODE if _ABBREVIATION.fullmatch(composed, timeout=TIMEOUT) else 0


def by_table(word: str, encoding: Encoding) -> int:
    """The bits of one table in the verdict of a word."""
    bare = word.strip(_QUOTES)
    core = word if set(word) <= _known(encoding) else bare
    if not core or (core.isascii() and core.isprintable()):
        return 0
    if encoding == "vni":
        if not _vni().fullmatch(core, timeout=TIMEOUT):
            return 0
    elif not set(core) <= _known(encoding):
        return 0
    found, bit = 0, BITS[encoding]
    for part in (core, bare) if core != bare else (core,):
        read = decode(part, encoding)
        if is_word(read):
            return found | bit | _common(read, bit)
        if _ABBREVIATION.fullmatch(read, timeout=TIMEOUT):
            found |= bit
    return found


def _common(word: str, bit: int) -> int:
    return bit << COMMON if key(word) in common_words() else 0


@cache
def common_words() -> frozenset[str]:
    """Words that papers of offices have, under their keys (``data/ocr_pairs.csv``)."""
    lines = (DATA / "ocr_pairs.csv").read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(word for line in lines for word in line.split(",")[:2])


def is_word(text: str) -> bool:
    """Whether a text is one syllable, no small letter before a capital."""
    return (
        bool(_LETTERS.fullmatch(text, timeout=TIMEOUT))
        and is_syllable(text)
        and not _ODD_CASE.search(text, timeout=TIMEOUT)
    )


# Control characters are letters of VISCII and VPS.
WORDS = regex.compile("[^ \t\r\n\x0b\x0c\u00a0\u2028\u2029\u2000-\u200b!-@\\[-`{-~]+")


def has_marks(word: str) -> bool:
    """Whether a word has letters, and signs above ASCII or control characters among its own."""
    return not (word.isascii() and word.isprintable()) and any(map(str.isalpha, word))
