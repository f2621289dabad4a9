"""
The words of a line, counted by what they are in Unicode and by each table of old.
"""

from functools import lru_cache
from typing import NamedTuple

from tdkt_parse.legacy.decoding import TIMEOUT
from tdkt_parse.legacy.tables import Encoding
from tdkt_parse.legacy.words import ALL, BITS, COMMON, UNICODE, WORDS, has_marks, verdict
from tdkt_parse.syllables import is_syllable

_FIELDS = ("words", "plain", "foreign", "odd", "new")
_BY_TABLE = ("fits", "common", "old", "kept")
_WIDTH = 25  # Some 30 million words.
_AT = {name: _WIDTH * place for place, name in enumerate(_FIELDS)} | {
    (name, encoding): _WIDTH * (len(_FIELDS) + len(_BY_TABLE) * row + column)
    for row, encoding in enumerate(BITS)
    for column, name in enumerate(_BY_TABLE)
}
_MASK = (1 << _WIDTH) - 1
_SCORES = [(encoding, _AT["fits", encoding], _AT["common", encoding]) for encoding in BITS]


class Line(NamedTuple):
    """
    A line, and what is counted in it, as one number of many fields: sums of such are quick.

    ``words`` are those with signs above ASCII, ``plain`` others and ``foreign`` those of them that
    are no syllable; ``odd`` are words by some old table and not in Unicode. By each table: those
    that it explains, the common ones, those that Unicode does not (``old``), and those of Unicode
    that it does not (``kept``).
    """

    start: int
    end: int
    counted: int

    def count(self, name: str) -> int:
        """A count of the line."""
        return self.counted >> _AT[name] & _MASK

    def of(self, name: str, encoding: Encoding) -> int:
        """A count by a table."""
        return self.counted >> _AT[name, encoding] & _MASK

    def scores(self) -> dict[Encoding, int]:
        """How many words each table explains, common ones twice."""
        counted = self.counted
        return {
            encoding: (counted >> fits & _MASK) + (counted >> common & _MASK)
            for encoding, fits, common in _SCORES
        }

    def modern(self, encoding: Encoding) -> int:
        """How many words are Vietnamese in Unicode and not by a table."""
        return self.count("new") if encoding == "viqr" else self.of("kept", encoding)

    @property
    def looks_old(self) -> bool:
        """Whether it has words that some old table explains and Unicode does not."""
        odd = self.count("odd")
        return odd > 1 and odd * 2 > self.count("words")


def count_line(text: str, start: int, end: int) -> Line:
    """The words of a line, by what the tables say of them."""
    line = text[start:end].replace("\t", " ").replace("\u00a0", " ")
    return Line(start, end, sum(map(_counted, line.split(" "))))


@lru_cache(maxsize=32768)
def _counted(chunk: str) -> int:
    """What is counted of what stands between spaces."""
    total = 0
    for match in WORDS.finditer(chunk, timeout=TIMEOUT):
        word = match.group()
        if word.isascii() and word.isprintable():
            if _is_spelt(chunk, word, match.start()):
                total += 1 << _AT["plain"]
                if not is_syllable(word):
                    total += 1 << _AT["foreign"]
        elif has_marks(word):
            total += _of_verdict(verdict(word))
    return total


def _of_verdict(found: int) -> int:
    total = 1 << _AT["words"]
    new = found & UNICODE
    if new:
        total += 1 << _AT["new"]
    elif found & ALL:
        total += 1 << _AT["odd"]
    for encoding, bit in BITS.items():
        if found & bit:
            total += 1 << _AT["fits", encoding]
            if not new:
                total += 1 << _AT["old", encoding]
            if found & bit << COMMON:
                total += 1 << _AT["common", encoding]
        elif new:
            total += 1 << _AT["kept", encoding]
    return total


def _is_spelt(chunk: str, word: str, at: int) -> bool:
    """Whether a word of ASCII is no symbol (``CTr``) and no mark of HTML."""
    return (
        len(word) > 1
        and word[1:].islower()
        and chunk[at - 1 : at] not in _JOINTS
        and chunk[at + len(word) : at + len(word) + 1] not in _JOINTS
    )


_JOINTS = frozenset("/<>-_@")


def words_of(text: str, line: Line) -> list[tuple[int, int, int]]:
    """The words of a line with signs above ASCII: where each stands, and its verdict."""
    found = WORDS.finditer(text, line.start, line.end, timeout=TIMEOUT)
    return [(*match.span(), verdict(match.group())) for match in found if has_marks(match.group())]
