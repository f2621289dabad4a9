"""
The wordings that rules know: rows of ``data/audit_words.toml``, typed and checked.
"""

from functools import cache
from typing import Literal

import regex
from pydantic import BaseModel, ConfigDict

from tdkt_parse.lexicon import Row, read_toml
from tdkt_parse.spelling import key

TIMEOUT = 2.0
"""Seconds that a search in a text may take."""


class Words(Row):
    """Wordings of one use, with where they were seen."""

    words: list[str]
    examples: list[str]


class Organ(Row):
    """
    An organ by the codes it has in symbols and the beginnings of its name.

    ``within``: organs whose unit it may be, so that their name beside its code is no error.
    ``collective``: it decides as a body, which its head signs for (TM.).
    """

    name: str
    codes: list[str]
    names: list[str]
    within: tuple[str, ...] = ()
    collective: bool = False
    source: str


class Competence(Row):
    """
    What gives a kind of issuer its powers, and how a basis that names it is known.

    ``issuers`` begin the issuer's name, ``words`` stand in such a basis.
    """

    issuers: list[str]
    words: list[str]
    instrument: str
    source: str


class Force(Row):
    """Legal force of what a symbol ends in; ``year``: only with a year in the number."""

    rank: int
    kinds: list[str]
    codes: list[str]
    year: bool = False
    source: str


class WordTable(BaseModel):
    """``data/audit_words.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    vague: list[Words]
    powers: list[Words]
    head: list[Words]
    chair: list[Words]
    amending: list[Words]
    amended: list[Words]
    forward: list[Words]
    commitment: list[Words]
    review: list[Words]
    duty: list[Words]
    condition: list[Words]
    organ: list[Organ]
    competence: list[Competence]
    force: list[Force]


@cache
def table() -> WordTable:
    return read_toml("audit_words.toml", WordTable)


Use = Literal[
    "vague",
    "powers",
    "head",
    "chair",
    "amending",
    "amended",
    "forward",
    "commitment",
    "review",
    "duty",
    "condition",
]


def listed(use: Use) -> list[str]:
    """All wordings of one use."""
    rows: list[Words] = getattr(table(), use)
    return [word for row in rows for word in row.words]


@cache
def folded(use: Use) -> tuple[str, ...]:
    """The same under their keys."""
    return tuple(map(key, listed(use)))


@cache
def pattern(use: Use) -> regex.Pattern[str]:
    """Any of the wordings of one use as whole words, over line ends, in any case."""
    words = sorted(listed(use), key=len, reverse=True)
    choice = "|".join(r"\s+".join(map(regex.escape, word.split())) for word in words)
    return regex.compile(rf"(?<!\p{{L}})(?:{choice})(?!\p{{L}})", regex.IGNORECASE)
