"""
Names of provinces that OCR misread, behind the word for one: ``TĨNH TIEN GIANG``.

No two provinces have the same letters, so behind *tỉnh* or *thành phố* the letters alone tell which
it is; and before the name of a province stands *tỉnh*, whatever its tone was read as.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from tdkt_parse.layout import Repair
from tdkt_parse.lexicon import provinces
from tdkt_parse.repair.tokens import Token
from tdkt_parse.spelling import bare, key

RULE = "ocr_place"


@cache
def _by_letters() -> dict[tuple[str, ...], tuple[str, ...]]:
    """The words of each name by their letters without marks."""
    names = (row.name.replace(" - ", " ").split() for row in provinces())
    return {tuple(map(bare, words)): tuple(words) for words in names}


def provinces_named(lines: Iterable[Sequence[Token]]) -> frozenset[tuple[str, ...]]:
    """The provinces, as their words, that a document names behind the word for one."""
    return frozenset(
        words
        for tokens in lines
        for at, token in enumerate(tokens)
        if bare(token.text) in ("tinh", "pho")
        if (words := _name_at(tokens, at + 1))
    )


def find_dated_places(
    tokens: Sequence[Token], named: frozenset[tuple[str, ...]]
) -> Iterator[Repair]:
    """
    The place before a date at the beginning of a line: ``Lâm Đông, ngày 5 tháng 9 năm 2025``.

    Only that of a province that the document names: places of other names have the same letters.
    """
    for count in (2, 3, 4):
        part = tokens[:count]
        if len(tokens) > count + 1 and bare(tokens[count].text) == "ngay":
            words = _by_letters().get(tuple(bare(one.text) for one in part))
            if words in named and part[0].text[:1].isupper():
                for word, put in zip(part, words, strict=True):
                    yield from _put(word, put)


def find_places(tokens: Sequence[Token]) -> Iterator[Repair]:
    """The repairs of one line."""
    for at, token in enumerate(tokens):
        letters = bare(token.text)
        if letters == "tinh":
            words = _name_at(tokens, at + 1)
            # Hà Tĩnh is one itself.
            if words and not (at and bare(tokens[at - 1].text) == "ha"):
                yield from _put(token, "tỉnh")
        elif letters == "pho" and at and bare(tokens[at - 1].text) == "thanh":
            words = _name_at(tokens, at + 1)
        else:
            continue
        for word, put in zip(tokens[at + 1 :], words, strict=False):
            yield from _put(word, put)


def _name_at(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """The words of the province whose letters stand at a place."""
    for count in (4, 3, 2):
        part = tokens[at : at + count]
        if len(part) == count and all(one.linked for one in part):
            words = _by_letters().get(tuple(bare(one.text) for one in part))
            if words and (part[0].text[:1].isupper()):
                return words
    return ()


def _put(token: Token, word: str) -> Iterator[Repair]:
    if key(token.text) != key(word):
        put = word.upper() if token.text.isupper() and len(token.text) > 1 else word
        put = put[:1].upper() + put[1:] if token.text[:1].isupper() else put
        yield Repair(token.start, token.end, put, RULE)
