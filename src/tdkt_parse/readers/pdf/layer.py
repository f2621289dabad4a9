"""
Whether the text layer of a page can be believed.

A scanner's program lays under the picture what it read, often with letters of another language; a
font may come without a table of what its signs mean. Both give words that no Vietnamese text has.
Then the page is to be read from its picture, and not a word of the layer is taken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from tdkt_parse.readers.pdf.glyphs import TIMEOUT
from tdkt_parse.syllables import is_syllable

FEWEST = 12
"""Words of a page below which nothing can be said of it."""
MOST_BROKEN = 0.08
FEWEST_GOOD = 0.6
MOST_UNKNOWN = 0.1

_EDGES = ".,;:!?()[]{}“”\"'‘’…-–—/*+•_=<>«»"
_SYMBOL = regex.compile(r"[^/@]*[/@][^/@]*.*|\p{Lu}[\p{Lu}\d&-]*|[\w-]+\.\w{2,4}")
_BROKEN = regex.compile(
    r"""
      \p{L}\d+\p{L} | \d\p{Ll} | \p{Ll}\d
    | \p{L}[$€£|\\^~{}\[\]<>?!*#%=+;:,]\p{L}
    | \p{Ll}\p{Lu}
    """,
    regex.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Layer:
    """What the words of a page look like: how many, and of these how many good, broken, unknown."""

    words: int
    good: int
    broken: int
    unknown: int
    foreign: int
    """Words with letters that no syllable explains."""

    @property
    def is_junk(self) -> bool:
        """Whether nobody can have written this."""
        if self.words < FEWEST:
            return self.words > 0 and self.unknown * 2 > self.words
        if self.unknown > MOST_UNKNOWN * self.words:
            return True
        if self.good >= FEWEST_GOOD * self.words:
            return False
        return self.broken > MOST_BROKEN * self.words or (
            self.foreign > 0.3 * self.words and self.good < 0.35 * self.words
        )


_CLEARLY = 0.9
_SAMPLE = 48


def is_junk(words: Sequence[str]) -> bool:
    """Whether the words of a page are such as nobody wrote; of a clear case, by some of them."""
    some = words[:: max(len(words) // _SAMPLE, 1)]
    layer = judge(some)
    if layer.words >= FEWEST and layer.good >= _CLEARLY * layer.words and not layer.unknown:
        return False
    return judge(words).is_junk


def judge(words: Iterable[str]) -> Layer:
    """What the words of a page look like."""
    count = good = broken = unknown = foreign = 0
    for word in words:
        bare = word.strip(_EDGES)
        if not word.isascii() and any(map(_is_unknown, word)):
            count += 1
            unknown += 1
            continue
        if len(bare) < 2 or not any(map(str.isalpha, bare)):
            continue
        if is_syllable(bare):
            count += 1
            good += 1
            continue
        if _SYMBOL.fullmatch(bare, timeout=TIMEOUT):
            continue
        count += 1
        parts = bare.split("-")
        if len(parts) > 1 and all(is_syllable(part) for part in parts if part):
            good += 1
        elif _BROKEN.search(bare, timeout=TIMEOUT):
            broken += 1
        elif not bare.isascii():
            foreign += 1
    return Layer(count, good, broken, unknown, foreign)


def _is_unknown(sign: str) -> bool:
    """A sign that a font prints and has no letter for."""
    return sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" or sign >= "\U000f0000"
