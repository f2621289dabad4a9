"""
What somebody looks for in the register: numbers, a type of document, words, a year.

People ask as they speak: ``Nghị định số 98/2023/NĐ-CP``, ``Luật Thi đua, khen thưởng năm 2003``.
"""

from functools import cache
from typing import NamedTuple

import regex

from tdkt_parse.lexicon import document_types
from tdkt_parse.register.keys import bare_words

TIMEOUT = 2


NAMED = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Văn bản hợp nhất")
"""Types of document that no symbol begins with."""


@cache
def _kinds() -> dict[str, str]:
    """The types of document by their names without marks."""
    names = (*(row.name for row in document_types()), *NAMED)
    return {" ".join(bare_words(name)): name for name in names}


_SO = regex.compile(r"\s*s[ốo]\b[\s.:]*", regex.IGNORECASE)


def split_kind(text: str) -> tuple[str | None, str]:
    """
    The type of document that words begin with, and what is behind it and *số*.

    >>> split_kind("Nghị định số 98/2023/NĐ-CP"), split_kind("luat Thi đua"), split_kind("thi đua")
    (('Nghị định', '98/2023/NĐ-CP'), ('Luật', 'Thi đua'), (None, 'thi đua'))
    """
    words = [found.end() for found in _WORD.finditer(text, timeout=TIMEOUT, endpos=200)]
    for end in reversed(words[:4]):
        if kind := _kinds().get(" ".join(bare_words(text[:end]))):
            rest = _SO.match(text, end, timeout=TIMEOUT)
            return kind, text[rest.end() if rest else end :].lstrip()
    return None, text


_WORD = regex.compile(r"\S+")


class Wanted(NamedTuple):
    """
    What is looked for: ``numbers`` or their beginnings; ``words`` of a title, of an instrument of
    the ``kind`` and of the ``year``, where these are given.
    """

    numbers: tuple[str, ...]
    kind: str | None
    words: tuple[str, ...]
    year: int | None


_NUMBER = regex.compile(r"(?<![\w/])\d{1,6}[\p{L}]?\s*(?:/\s*[\w-]+(?:\s*-\s*[\p{Lu}]\w*)*)+")
_YEAR = regex.compile(r"(?:(?<!\S)năm\s+)?(?<!\S)(?P<year>(?:19|20)\d\d)\W*$", regex.IGNORECASE)


def read_query(text: str) -> Wanted:
    """
    What somebody looks for.

    >>> read_query("Luật Thi đua, khen thưởng năm 2003")
    Wanted(numbers=(), kind='Luật', words=('thi', 'dua', 'khen', 'thuong'), year=2003)
    >>> read_query("nghị định số 98/2023").numbers, read_query("nghị định số 98/2023").words
    (('98/2023',), ())
    """
    numbers = tuple(found[0] for found in _NUMBER.finditer(text, timeout=TIMEOUT))
    kind, rest = split_kind(text)
    rest = _NUMBER.sub(" ", rest, timeout=TIMEOUT)
    dated = _YEAR.search(rest, timeout=TIMEOUT)
    if dated:
        rest = rest[: dated.start()]
    return Wanted(numbers, kind, tuple(bare_words(rest)), int(dated["year"]) if dated else None)
