"""
Words in capitals of which OCR lost or misread the marks: ``LIEN ĐOÀN LAO ĐỌNG``.

Over capitals marks are small and close to the line above. A word that makes no known pair with what
stands beside it is taken for the one with its letters that makes a usual pair, if one alone does;
one that has marks, or is of the language without them, only where it does so with both sides.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from tdkt_parse.layout import Repair
from tdkt_parse.repair.confusions import said_too
from tdkt_parse.repair.pairs import known_pairs, known_words
from tdkt_parse.repair.tokens import Token
from tdkt_parse.spelling import bare, key
from tdkt_parse.syllables import is_well_toned

RULE = "ocr_capitals"
OFTEN = 10
"""Texts in which the pair stands that a word makes when it is mended."""
SHORTEST = 3
VOWELS = frozenset("aăâeêioôơuưy")

_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}


@cache
def _by_letters() -> dict[str, tuple[str, ...]]:
    """Known words in small letters, under their letters without marks."""
    found: dict[str, list[str]] = {}
    for one in sorted(known_words()):
        word = _written(one)
        if word:
            found.setdefault(bare(word), []).append(word)
    return {letters: tuple(words) for letters, words in found.items()}


def _written(of_key: str) -> str | None:
    """
    The word of a key, its tone where it belongs; ``None`` of what is no syllable.

    >>> _written("đôngj"), _written("hoaf"), _written("and")
    ('động', 'hòa', None)
    """
    base, tone = (of_key[:-1], _TONES[of_key[-1]]) if of_key[-1] in _TONES else (of_key, "")
    for at in (at for at, letter in enumerate(base) if letter in VOWELS):
        word = unicodedata.normalize("NFC", base[: at + 1] + tone + base[at + 1 :])
        if key(word) == of_key and is_well_toned(word):
            return word
    return None


def find_capitals(tokens: Sequence[Token]) -> Iterator[Repair]:
    """The repairs of one line."""
    if sum(token.text.isupper() for token in tokens) < 2:
        return
    words = [key(token.text) for token in tokens]
    pairs, too = known_pairs(), said_too()
    for at, token in enumerate(tokens):
        text = token.text
        if token.joined or len(text) < SHORTEST or not (text.isupper() and text.isalpha()):
            continue
        before = words[at - 1] if at and token.near else ""
        after = words[at + 1] if at + 1 < len(tokens) and tokens[at + 1].near else ""
        beside = [(before, words[at])] if before else []
        beside += [(words[at], after)] if after else []
        if any(pair in pairs or pair in too for pair in beside):
            continue
        needed = 1 if text.isascii() and words[at] not in known_words() else 2
        fits = []
        for word in _by_letters().get(bare(text), ()):
            made = pairs.get((before, key(word)), 0), pairs.get((key(word), after), 0)
            if max(made) >= OFTEN and sum(map(bool, made)) >= needed:
                fits.append(word)
        if len(fits) == 1 and key(fits[0]) != words[at]:
            words[at] = key(fits[0])
            yield Repair(token.start, token.end, fits[0].upper(), RULE)
