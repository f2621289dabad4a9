"""
Of which level of government the organ is that issued a plan.
"""

from functools import cache
from typing import Literal

from tdkt_parse.lexicon import Row, read_toml
from tdkt_parse.spelling import key
from tdkt_parse.wording import Phrases

Level = Literal["central", "province", "district", "commune"]
LEVELS: tuple[Level, ...] = ("central", "province", "district", "commune")


class LevelRow(Row):
    """A level, how the names of its organs begin, and what proves it."""

    name: Level
    organs: list[str]
    units: list[str]
    source: str
    examples: list[str]
    negatives: list[str]


class LevelRows(Row):
    """``data/levels.toml``."""

    level: list[LevelRow]


@cache
def level_rows() -> tuple[LevelRow, ...]:
    """Every row; a LexiconError if one is no row."""
    return tuple(read_toml("levels.toml", LevelRows).level)


@cache
def _beginnings() -> Phrases:
    return Phrases.of(
        (f"{organ} {unit}".strip(), row.name)
        for row in level_rows()
        for organ in row.organs
        for unit in row.units or [""]
    )


def level_of(name: str) -> Level | None:
    """
    The level of an organ, by how its name begins; ``None`` if that says nothing.

    >>> level_of("ỦY BAN NHÂN DÂN XÃ TÂN AN"), level_of("Sở Nội vụ"), level_of("TRƯỜNG THCS A")
    ('commune', 'province', None)
    """
    found = _beginnings().start_of(key(name))
    return next((level for level in LEVELS if found and level == found[1]), None)
