"""
Whether the text layer of a page can be believed.

A scanner's program lays under the picture what it read, often with letters of another language; a
font may come without a table of what its signs mean. Both give words that no Vietnamese text has.
Then the page is to be read from its picture, and not a word of the layer is taken.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

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
    found = Counter(map(_verdict, words))
    del found[""]
    return Layer(found.total(), found["good"], found["broken"], found["unknown"], found["foreign"])


@lru_cache(maxsize=16384)
def _verdict(word: str) -> str:
    """What a word looks like: good, broken, unknown, foreign, other; "" for what is none."""
    if not word.isascii() and any(map(_is_unknown, word)):
        return "unknown"
    bare = word.strip(_EDGES)
    if len(bare) < 2 or not any(map(str.isalpha, bare)):
        return ""
    if is_syllable(bare):
        return "good"
    if _SYMBOL.fullmatch(bare, timeout=TIMEOUT):
        return ""
    parts = [part for part in bare.split("-") if part]
    if len(parts) > 1 and all(map(is_syllable, parts)):
        return "good"
    if _BROKEN.search(bare, timeout=TIMEOUT):
        return "broken"
    return "other" if bare.isascii() else "foreign"


def _is_unknown(sign: str) -> bool:
    """A sign that a font prints and has no letter for."""
    return sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" or sign >= "\U000f0000"
