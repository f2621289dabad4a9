"""
Words of a sentence that OCR read in capitals: ``phối hợp VỚI các cơ quan``, ``chính trỊ``.

Many small letters are their capitals in small. A word, or a few, between words in small letters is
taken for small where it has a mark, so that it is no abbreviation, and makes a usual pair with what
stands beside it; a capital behind a small letter of a syllable, always.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tdkt_parse.layout import Repair
from tdkt_parse.repair.pairs import known_pairs
from tdkt_parse.repair.tokens import Token
from tdkt_parse.spelling import key
from tdkt_parse.syllables import is_syllable

RULE = "ocr_case"
USUAL = 4
"""Texts in which a pair stands that says that a word goes on the sentence."""
MOST = 3
"""Words side by side; more are a title within the sentence."""


def find_lowered(tokens: Sequence[Token]) -> Iterator[Repair]:
    """The repairs of one line."""
    start = 0
    while start < len(tokens):
        token = tokens[start]
        if not _is_mixed(token.text) or token.joined:
            end = start
            while (
                end < len(tokens) and _is_large(tokens[end]) and (end == start or tokens[end].near)
            ):
                end += 1
            if start < end and _is_of_sentence(tokens, start, end):
                yield from (_lowered(one) for one in tokens[start:end])
            start = max(end, start + 1)
            continue
        yield _lowered(token)
        start += 1


def _lowered(token: Token) -> Repair:
    return Repair(token.start, token.end, token.text.lower(), RULE)


def _is_mixed(text: str) -> bool:
    """Whether a syllable begins small and has a capital with a mark in it: ``sỐ``, ``trỊ``."""
    inner = [letter for letter in text[1:] if letter.isupper()]
    return text[:1].islower() and bool(inner) and not "".join(inner).isascii() and is_syllable(text)


def _is_large(token: Token) -> bool:
    text = token.text
    return text.isupper() and not text.isascii() and not token.joined and is_syllable(text)


def _is_of_sentence(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether words in capitals stand between others in small letters, as words of theirs."""
    if not 0 < start < end < len(tokens) or end - start > MOST:
        return False
    before, after = tokens[start - 1], tokens[end]
    if not (tokens[start].near and after.near and before.text.islower() and after.text.islower()):
        return False
    words = [key(token.text) for token in tokens[start - 1 : end + 1]]
    pairs = known_pairs()
    made = [pairs.get(pair, 0) for pair in pairwise(words)]
    return made[0] >= USUAL or made[-1] >= USUAL
