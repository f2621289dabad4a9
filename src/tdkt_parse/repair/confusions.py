"""
What OCR takes for what: ``data/ocr_confusions.toml``.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

import regex
from pydantic import BaseModel, ConfigDict

from tdkt_parse.lexicon import read_toml
from tdkt_parse.repair.pairs import known_words
from tdkt_parse.spelling import bare, key
from tdkt_parse.syllables import is_well_toned

TIMEOUT = 1.0


class Confusion(BaseModel):
    """
    What was read and what may have been printed there, in small letters.

    ``count`` is how often that was counted, or a weight where nobody counted; ``example`` is a word
    as read and as printed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    read: str
    printed: str
    count: int
    source: Literal["measured", "reported", "supposed"]
    example: tuple[str, str]


class InSymbol(BaseModel):
    """What was read in the symbol of a number, and what may have been printed there."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    read: str
    printed: str
    source: Literal["seen", "supposed"]
    example: tuple[str, str]


class Never(BaseModel):
    """
    Two words that never stand side by side, and what they were printed as.

    Unless one of ``not_before`` stands behind, or of ``not_after`` before: *chỉ bộ phận*.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    read: str
    printed: str
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


class Alone(BaseModel):
    """
    A word that is written in few others, or in none, and what it was printed as elsewhere.

    It is left as read behind one of ``not_after`` and before one of ``not_before``: *chuyên đề*,
    *đề nghị*. ``example`` is what was read and printed; in ``negative`` the word is right.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    read: str
    printed: str
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    example: tuple[str, str]
    negative: str | None = None

    @property
    def behind(self) -> frozenset[str]:
        """The keys of ``not_after``."""
        return frozenset(map(key, self.not_after))


class Counted(BaseModel):
    """
    Words beside figures: ``units`` stand behind an amount, ``labels`` before the name of one of
    several, which may be a letter and a figure: *nhóm I2*.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    units: tuple[str, ...]
    labels: frozenset[str]


class Confusions(BaseModel):
    """``ocr_confusions.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    confusion: tuple[Confusion, ...]
    symbol: tuple[InSymbol, ...]
    said_too: tuple[str, ...]
    """Pairs of words that are no misreading, though the table of pairs lacks them."""
    never: tuple[Never, ...]
    alone: tuple[Alone, ...]
    counted: Counted


class Reading(NamedTuple):
    """
    What a word may have been: its letters, their key.

    ``seen``: how often that confusion was counted, 0 where it is only said; ``marks``: only its
    marks are others.
    """

    text: str
    key: str
    seen: int
    marks: bool


TWICE = 1
"""How often a vowel that was read twice counts as seen."""


@cache
def _table() -> Confusions:
    return read_toml("ocr_confusions.toml", Confusions)


def confusions() -> tuple[Confusion, ...]:
    """The table, in its order."""
    return _table().confusion


def in_symbols() -> tuple[InSymbol, ...]:
    """What is misread in the symbols of numbers: ``CIr``, ``TTEg``."""
    return _table().symbol


@cache
def said_too() -> frozenset[tuple[str, ...]]:
    """Pairs that are no misreading, or are told by a row of their own, under their keys."""
    return frozenset(tuple(map(key, pair.split())) for pair in _table().said_too) | {*never_said()}


@cache
def never_said() -> dict[tuple[str, ...], Never]:
    """Pairs that are always a misreading, under their keys."""
    return {tuple(map(key, row.read.split())): row for row in _table().never}


@cache
def alone() -> dict[str, Alone]:
    """Words that stand in few others, by their letters."""
    return {row.read: row for row in _table().alone}


def counted() -> Counted:
    """Words that stand beside figures."""
    return _table().counted


@cache
def _by_letter() -> dict[str, tuple[Confusion, ...]]:
    found: dict[str, tuple[Confusion, ...]] = {}
    for row in confusions():
        found[row.read[0]] = (*found.get(row.read[0], ()), row)
    return found


_MISPLACED = regex.compile(
    "[ìíỉĩịỳýỷỹỵ]ê|[ùúủũụ][âêô]|[ừứửữự]ơ|[ùúủũụ]y[êa]|[aăâêoôơư][ìíỉĩịùúủũụỳýỷỹỵ]|(?<!q)u[ìíỉĩị]"
)
"""A tone on the one of two vowels that does not bear it: no word is so spelt."""


@lru_cache(maxsize=4096)
def readings(word: str) -> tuple[Reading, ...]:
    """
    What known words a word in small letters may have been, one confusion away.

    >>> [reading.text for reading in readings("tố")]
    ['tổ']
    """
    return tuple({reading.key: reading for reading in _readings(word)}.values())


def _readings(word: str) -> Iterator[Reading]:
    table, known, own = _by_letter(), known_words(), bare(word)
    for at, letter in enumerate(word):
        for row in table.get(letter, ()):
            if not word.startswith(row.read, at):
                continue
            text = word[:at] + row.printed + word[at + len(row.read) :]
            if key(text) in known and not _MISPLACED.search(text, timeout=TIMEOUT):
                seen = row.count if row.source == "measured" else 0
                yield Reading(text, key(text), seen, bare(text) == own)
    for at, (one, other) in enumerate(pairwise(word)):
        # A vowel with a mark is read twice, with it and without: ``phổô``, ``ngoàải``.
        if one != other and bare(one) == bare(other) and not (one + other).isascii():
            for text in (word[:at] + word[at + 1 :], word[: at + 1] + word[at + 2 :]):
                if key(text) in known and is_well_toned(text):
                    yield Reading(text, key(text), TWICE, marks=True)
