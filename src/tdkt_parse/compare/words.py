"""
The words by which tasks are compared: ``data/comparing.toml``, checked.
"""

from functools import cache

from tdkt_parse.lexicon import Row, read_toml
from tdkt_parse.register.keys import words_key


class Short(Row):
    """A name and what it is shortened to."""

    name: str
    short: tuple[str, ...]
    examples: tuple[str, ...]
    source: str


class Apart(Row):
    """Words that make two tasks of two that are otherwise alike."""

    words: tuple[str, ...]
    examples: tuple[str, ...]
    source: str


class ComparingRows(Row):
    """``comparing.toml``."""

    short: tuple[Short, ...]
    apart: tuple[Apart, ...]


@cache
def comparing_rows() -> ComparingRows:
    """The rows of ``data/comparing.toml``."""
    return read_toml("comparing.toml", ComparingRows)


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """What is put for what: the name and all its short forms become the first of them."""
    found = []
    for row in comparing_rows().short:
        chosen = words_key(row.short[0])
        found += [(words_key(one), chosen) for one in (row.name, *row.short[1:])]
    return tuple(found)


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(f" {words_key(word)} " for word in row.words) for row in comparing_rows().apart
    )


def shortened(key: str) -> str:
    """
    A key of words with names shortened.

    >>> shortened(words_key("thi đua, khen thưởng")) == shortened(words_key("TĐ-KT"))
    True
    """
    for name, short in _names():
        key = key.replace(name, short)
    return key


def marks_of(key: str) -> tuple[frozenset[str], ...]:
    """Of each group of words that tell tasks apart, those that stand in a key."""
    inside = f" {key} "
    return tuple(frozenset(word for word in group if word in inside) for group in _groups())


def are_apart(first: tuple[frozenset[str], ...], second: tuple[frozenset[str], ...]) -> bool:
    """
    Whether two tasks are two by their marks: of a group both have some, and none the same.

    >>> one, other = (marks_of(words_key(f"{word} phong trào")) for word in ("Sơ kết", "Tổng kết"))
    >>> are_apart(one, other), are_apart(one, marks_of(words_key("phong trào")))
    (True, False)
    """
    return any(a and b and not a & b for a, b in zip(first, second, strict=True))
