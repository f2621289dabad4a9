"""
What the words of a text say for a table that is known, and how they are read by it: looked up once.

A text has few different words. What each is to say is found when it is first met, as bytes that no
character of UTF-8 has; where the text is to be read, the word in Unicode stands behind them. All of
them put together are the text and what is said of it: without the signs the one, without all else
the other.
"""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import compress, count
from operator import itemgetter
from typing import NamedTuple

from tdkt_parse.legacy.capitals import case_of_word
from tdkt_parse.legacy.decoding import READ, TIMEOUT, blocks
from tdkt_parse.legacy.one_byte import letters_of_bytes, western
from tdkt_parse.legacy.recall import LONGEST as LONGEST_KEPT
from tdkt_parse.legacy.recall import MOST, Recall
from tdkt_parse.legacy.tables import Encoding
from tdkt_parse.legacy.typed import TYPED_WORDS, typed_counts
from tdkt_parse.legacy.words import LONGEST, WORDS, by_table, has_marks, in_unicode

_WIDTH = 20
MOST_OF_LINE = 1_000_000
"""Characters of a line whose words can be counted in the fields of a number, ``_WIDTH`` bits."""
FIELD = (1 << _WIDTH) - 1
AGAINST = 1 << 2 * _WIDTH


@cache
def counts(encoding: Encoding) -> Recall[str, int]:
    """
    Of what stands between white space: words that only this table explains, all, those that speak
    against it. As one number that a machine adds in one step.
    """

    def counted(chunk: str) -> int:
        if encoding == "viqr":
            good, old, words, _, foreign = typed_counts(TYPED_WORDS[chunk])
            against = words - good + foreign
        else:
            marked = [word for word in WORDS.findall(chunk, timeout=TIMEOUT) if has_marks(word)]
            fits = [word for word in marked if len(word) <= LONGEST and by_table(word, encoding)]
            old, words = len(fits) - sum(map(bool, map(in_unicode, fits))), len(marked)
            against = words - len(fits)
        return old | (words | against << _WIDTH) << _WIDTH

    return Recall(counted)


# -- words that are looked up together


class Lexicon:
    """What is known of each word that was met, of no more than so many."""

    def __init__(self, make: Callable[[bytes], bytes]) -> None:
        self._make = make
        self._known: dict[bytes, bytes] = {}

    def of(self, words: list[bytes]) -> bytes:
        """What is known of some words, put together."""
        # In fewer steps than one after the other, and than a class of dictionaries takes.
        get = itemgetter(*words) if 1 < len(words) < _MOST_AT_ONCE else None

        def together(known: Mapping[bytes, bytes]) -> bytes:
            return b"".join([known[word] for word in words] if get is None else get(known))

        try:
            return together(self._known)
        except KeyError:
            pass
        each = {*words}
        new = each.difference(self._known)
        if len(self._known) > MOST - len(new):
            self._known.clear()
            new = each
        self._known |= {word: self._make(word) for word in new}
        found = together(self._known)
        for word in new:
            if len(word) > LONGEST_KEPT:
                del self._known[word]
        if len(self._known) > MOST:
            self._known.clear()
        return found


_MOST_AT_ONCE = 100_000
_APART = (b"\n", b"\t", b"\xa0")
"""White space before which a space is put, so that it begins a word."""


def _words(block: bytes) -> list[bytes]:
    """What stands between spaces, and before it the other white space that is there."""
    for space in _APART:
        block = block.replace(space, b" " + space)
    if b"\r" in block:
        block = block.replace(b"\r \n", b" \r\n")
    return block.split(b" ")


def _parted(chunk: bytes) -> tuple[bytes, bytes]:
    """The white space before a word, and the word."""
    size = 2 if chunk.startswith(b"\r\n") else int(chunk.startswith(_APART))
    return chunk[:size], chunk[size:]


# -- what they say

NOTHING, OLD, AND_OLD, FITS, AGAINST_IT, OTHER = b".o+fx-"
"""
What is said of a word: nothing; that it has one which only a table explains, behind that each
further one; that all are by the table; that one is against it; that it has none and yet would be
read as something else.
"""
_SAID = bytes((NOTHING, OLD, AND_OLD, FITS, AGAINST_IT, OTHER))
_CASES = ("", "small", "unsure", "mixed", "raised")
_OF_UTF8 = bytes(range(0xF8, 0xF8 + len(_SAID)))
_SIGNS = _OF_UTF8 + bytes(range(0x40, 0x40 + len(_SAID) * (len(_CASES) - 1)))
"""
What is said of a word, and of TCVN3, whose text is not put with the signs, what is known of its
capitals: a sign for both.
"""
_TO_SAID = bytes.maketrans(_SIGNS, len(_CASES) * _SAID)
_SILENT = bytes({*range(256)} - {*_SIGNS, *b"\n"}) + _SIGNS[:: len(_SAID)]
_SILENT_IN_TEXT = bytes({*range(256)} - {*_OF_UTF8[1:], *b"\n"})
_TO_CASE = bytes.maketrans(
    _SIGNS, b"".join(len(_SAID) * case for case in (b".", b"s", b"u", b"o", b"o"))
)
_MORE = _SIGNS[2:3]


def _reader(encoding: Encoding) -> Callable[[bytes], str]:
    """How what stands between spaces is read, but for its capitals."""
    if encoding not in READ:
        return lambda word: letters_of_bytes(word, encoding)
    read = READ[encoding]
    return lambda word: read(western(word))


@cache
def _lexicon(encoding: Encoding, *, reading: bool) -> Lexicon:
    """
    What a word says for a table, and of its capitals; and that it begins a line.

    ``reading``: with the white space before it, and the word in Unicode.
    """
    counted_of, read = counts(encoding), _reader(encoding)

    def said_of(space: bytes, word: bytes) -> tuple[int, int]:
        counted = counted_of[western(word)]
        old = counted & FIELD
        if counted >= AGAINST:
            return AGAINST_IT, 0
        if old:
            return OLD, old - 1
        if counted:
            return FITS, 0
        return NOTHING if read(space + word) == western(space + word) else OTHER, 0

    def signs_of_word(space: bytes, word: bytes) -> bytes:
        said, more = said_of(space, word)
        if encoding != "tcvn3":
            return b"" if said == NOTHING else _OF_UTF8[_SAID.index(said) :][:1] + more * _MORE
        case = case_of_word(word)
        if space and case == "small":
            case = ""  # It is not beside the word before.
        place = len(_SAID) * _CASES.index(case) + _SAID.index(said)
        return _SIGNS[place : place + 1] + more * _MORE

    def make(chunk: bytes) -> bytes:
        space, word = _parted(chunk)
        signs = signs_of_word(space, word)
        if reading:
            return (read(space) or " ").encode() + signs + read(word).encode()
        return (b"\n" if b"\n" in space else b"") + signs

    return Lexicon(make)


class Signs(NamedTuple):
    """
    What is said of the words of a text, its lines apart.

    ``shown``: the text in Unicode, where it is one whose words were read. ``raised``: the lines of
    TCVN3 with words that are of capitals or may be, as those beside them say.
    """

    said: bytes
    shown: str | None
    raised: list[int]


def signs_of(data: bytes, encoding: Encoding, *, reading: bool) -> Signs:
    """
    What the words of a text say, block by block.

    ``reading``: it is going to be read too. Where a byte is a letter, that takes no words.
    """
    if reading and encoding in READ:
        lexicon = _lexicon(encoding, reading=True)
        # All but the space before the first word of a block.
        signs = b"\n".join([lexicon.of(_words(block))[1:] for block in blocks(data)])
        shown = signs.translate(None, _OF_UTF8).decode()
        return Signs(signs.translate(_TO_SAID, _SILENT_IN_TEXT), shown, [])
    lexicon = _lexicon(encoding, reading=False)
    signs = b"\n".join([lexicon.of(_words(block)) for block in blocks(data)])
    raised = _raised(signs) if reading and encoding == "tcvn3" else []
    return Signs(signs.translate(_TO_SAID, _SILENT), None, raised)


def _raised(signs: bytes) -> list[int]:
    """The lines with words of TCVN3 that are of capitals or may be."""
    # A word that may be of capitals is none before one that surely is not.
    cases = signs.translate(_TO_CASE, _MORE).replace(b"us", b".s").translate(None, b".s")
    return [*compress(count(), cases.split(b"\n"))]
