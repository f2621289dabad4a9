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
FEWEST_GOOD = 0.8
MOST_UNKNOWN = 0.1
FEW = 3
MOST_ALIEN = 0.04
"""Of pages that people wrote none has more than three in a thousand."""

_EDGES = ".,;:!?()[]{}“”\"'‘’…-–—/*+•_=<>«»"
_SYMBOL = regex.compile(r"[^/@]*[/@][^/@]*.*|\p{Lu}[\p{Lu}\d&-]*|[\w-]+\.\w{2,4}")
_LETTERS = "a-zàáâãèéêìíòóôõùúýăđĩũơưð\u1ea0-\u1ef9\u0300-\u036f"
_SIGNS = r"[\p{Sc}\p{Sk}\p{Sm}°¡¿·‚„‡†‹›--[\p{ASCII}]]"
_ALIEN = regex.compile(rf"(?V1)[\p{{L}}--[{_LETTERS}]]|\p{{L}}{_SIGNS}(?:\p{{L}}|$)")
"""A letter of no Vietnamese word, as another encoding has it: ``c·c``, ``v‡``, ``phā``."""
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
    """What the words of a page look like: how many, and how many of each kind."""

    words: int
    good: int
    broken: int
    unknown: int
    foreign: int
    """Words of Vietnamese letters that are no syllable, as the names of other tongues are."""
    alien: int
    """Words with a letter that no Vietnamese word has."""

    @property
    def is_junk(self) -> bool:
        """Whether nobody can have written this."""
        if self.words < FEWEST:
            return self.words > 0 and self.unknown * 2 > self.words
        if self.unknown > MOST_UNKNOWN * self.words:
            return True
        if self.alien > max(MOST_ALIEN * self.words, FEW):
            return True
        if self.good >= FEWEST_GOOD * self.words:
            return False
        return self.broken > MOST_BROKEN * self.words or (
            self.foreign + self.alien > 0.3 * self.words and self.good < 0.35 * self.words
        )


_CLEARLY = 0.95
_SAMPLE = 96


def is_junk(words: Sequence[str]) -> bool:
    """Whether the words of a page are such as nobody wrote; of a clear case, by some of them."""
    some = words[:: max(len(words) // _SAMPLE, 1)]
    layer = judge(some)
    clear = layer.words >= FEWEST and layer.good >= _CLEARLY * layer.words
    if clear and not layer.unknown and not layer.alien:
        return False
    return judge(words).is_junk


def judge(words: Iterable[str]) -> Layer:
    """What the words of a page look like."""
    found = Counter(map(_verdict, words))
    del found[""]
    kinds = ("good", "broken", "unknown", "foreign", "alien")
    return Layer(found.total(), *(found[kind] for kind in kinds))


@lru_cache(maxsize=16384)
def _verdict(word: str) -> str:
    """What a word looks like: good, broken, unknown, foreign, alien, other; "" for none."""
    if not word.isascii() and any(map(_is_unknown, word)):
        return "" if len(word) == 1 and "\uf020" <= word <= "\uf0ff" else "unknown"
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
    if bare.isascii():
        return "other"
    return "alien" if _ALIEN.search(bare.casefold(), timeout=TIMEOUT) else "foreign"


def _is_unknown(sign: str) -> bool:
    """A sign that a font prints and has no letter for; one alone may be a bullet of Wingdings."""
    return sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" or sign >= "\U000f0000"
