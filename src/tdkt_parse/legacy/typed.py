"""
What is counted of words typed in VIQR, whose marks are signs of ASCII: ``Quye^'t ddi.nh``.
"""

import regex

from tdkt_parse.legacy.decoding import TIMEOUT, decode
from tdkt_parse.legacy.recall import Recall
from tdkt_parse.legacy.words import is_word
from tdkt_parse.syllables import is_syllable

_TOKENS = regex.compile(r"[^\s/,;:!\"\[\]{}<>=_|&@#$%]+")
_MARKED = regex.compile(r"[aeoAEO]\^|[aA]\(|[oOuU]\+|[aeiouyAEIOUY][`'?~.]|[dD][dD]")
_STRONG = regex.compile(r"[aeoAEO]\^|[aA]\((?!.*\))|[oOuU]\+|[aeiouyAEIOUY][`~]|\b[dD][dD][aeiouy]")


_WIDTH = 25
_FIELD = (1 << _WIDTH) - 1


def _count_typed(chunk: str) -> int:
    """
    What is counted of what stands between spaces, as one number.

    Words with marks that are Vietnamese, those of them with a sure mark, and all; words without
    a mark, and those of them that are no syllable.
    """
    good = strong = marked = plain = foreign = 0
    for match in _TOKENS.finditer(chunk, timeout=TIMEOUT):
        token = match.group()
        if not _MARKED.search(token, timeout=TIMEOUT):
            bare = token.strip("().'?-*\\")
            if len(bare) > 1 and bare.isascii() and bare.isalpha() and bare[1:].islower():
                plain += 1
                foreign += not is_syllable(bare)
            continue
        words = [word for word in _PARTED.split(decode(token, "viqr")) if word]
        if not words or all(map(_is_abbreviation, words)):
            continue
        marked += 1
        if all(map(is_word, words)):
            good += 1
            strong += _STRONG.search(token, timeout=TIMEOUT) is not None
    total = 0
    for number in (foreign, plain, marked, strong, good):
        total = total << _WIDTH | number
    return total


TYPED_WORDS = Recall(_count_typed)
"""The counts of what stands between spaces, as a number that can be added."""


def typed_counts(counted: int) -> list[int]:
    """The counts of a number, or of the sum of some: good, strong, marked, plain, foreign."""
    return [counted >> _WIDTH * place & _FIELD for place in range(5)]


def _find_strong(chunk: str) -> frozenset[str]:
    """The words with a sure mark that are Vietnamese in what stands between spaces."""
    if not typed_counts(TYPED_WORDS[chunk])[1]:
        return frozenset()
    return frozenset(
        token.casefold()
        for token in _TOKENS.findall(chunk, timeout=TIMEOUT)
        if _STRONG.search(token, timeout=TIMEOUT) and typed_counts(TYPED_WORDS[token])[1]
    )


STRONG_WORDS = Recall(_find_strong)
"""Of what stands between spaces: its words with a sure mark."""


_PARTED = regex.compile(r"[^\p{L}]+")


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and not is_syllable(word)
