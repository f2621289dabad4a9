"""
The abbreviations of types and organs, by the keys they are looked up with.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

from tdkt_parse.lexicon import agencies, document_types


@dataclass(frozen=True, slots=True)
class Codes:
    """The abbreviations of ``data/``, by the keys they are looked up with."""

    types: dict[str, str]  # NĐ -> NĐ, and folded: nd -> NĐ
    joint: frozenset[str]  # types that several organs issue together
    organs: dict[str, str]  # TTg -> TTg, and folded: ttg -> TTg
    party: frozenset[str]  # organs of the Party, whose numbers are 34-CT/TW
    leads: frozenset[str]  # words after which a number stands: số, định, hoạch …


def _fold(code: str) -> str:
    """Case and the bar of Đ, which capitals and keyboards without Vietnamese lose."""
    return code.casefold().replace("đ", "d")


@cache
def known_codes() -> Codes:
    """The codes of ``document_types.csv`` and ``agencies.csv``, looked up by any spelling."""
    types: dict[str, str] = {}
    organs: dict[str, str] = {}
    for row in document_types():
        types.setdefault(_fold(row.code), row.code)
    for agency in agencies():
        organs.setdefault(_fold(agency.code), agency.code)
    types.update({row.code: row.code for row in document_types()})
    organs.update({agency.code: agency.code for agency in agencies()})
    names = {row.name.split()[-1].lower() for row in document_types()}
    joint = {row.code for row in document_types() if row.level == "joint"}
    party = {row.code for row in agencies() if "-" in row.example.partition("/")[0]}
    return Codes(
        types,
        frozenset(joint | {"TTLT", "NQLT"}),
        organs,
        frozenset(party),
        frozenset(names | {"số", "luật", "bản", "hiến", "sô", "só"}),
    )


@lru_cache(maxsize=1024)
def organ_of(word: str) -> str | None:
    """
    The organ that ``word`` abbreviates, in its usual spelling; ``None`` if it looks like none.

    Unknown organs are plausible with two capitals, or a capital and a digit (``V1``, ``C04``).
    """
    organs = known_codes().organs
    stem = word.rstrip("0123456789")  # UBTVQH15
    known = organs.get(stem) or (organs.get(_fold(stem)) if len(stem) > 2 else None)
    if known:
        return known + word[len(stem) :]
    if sum(letter.isupper() for letter in word) >= 2:
        return word
    return word if len(word) > 1 and word[0].isupper() and word[1:].isdigit() else None


@lru_cache(maxsize=1024)
def is_known(organ: str) -> bool:
    """Whether an organ stands in ``agencies.csv``, but for the number of its unit."""
    return organ.rstrip("0123456789") in known_codes().organs


@lru_cache(maxsize=1024)
def type_of(word: str) -> str | None:
    """The type of document that a word abbreviates, in its usual spelling."""
    types = known_codes().types
    return types.get(word) or (types.get(_fold(word)) if len(word) > 1 else None)
