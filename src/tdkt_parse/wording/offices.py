"""
Who signs: prefixes of a signature, offices, ranks before a name (``data/offices.toml``).
"""

from functools import cache

import regex
from pydantic import BaseModel, ConfigDict

from tdkt_parse.lexicon import read_toml
from tdkt_parse.spelling import bare, key
from tdkt_parse.wording.phrases import Phrases, Row, Starts, Words


class Capacity(Row):
    """A prefix of a signature: TM., KT. …"""

    code: str
    spellings: list[str]
    meaning: str


class OfficeRows(BaseModel):
    """``offices.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    capacity: list[Capacity]
    office: list[Starts]
    signed: list[Words]
    rank: list[Words]
    second_line: list[Words]
    unfinished: list[Words]


@cache
def office_rows() -> OfficeRows:
    return read_toml("offices.toml", OfficeRows)


@cache
def capacity_pattern() -> regex.Pattern[str]:
    """A signature's prefix at the beginning of a line, in all its spellings."""
    spellings = [s for row in office_rows().capacity for s in row.spellings]
    choice = "|".join(regex.escape(s) for s in sorted(spellings, key=len, reverse=True))
    return regex.compile(rf"(?P<code>{choice})(?:\s?[.,/]\s?|\s+)(?=\p{{Lu}})")


@cache
def capacity_initials() -> frozenset[str]:
    """The first letters of a signature's prefix in all its spellings."""
    return frozenset(s[0] for row in office_rows().capacity for s in row.spellings)


@cache
def capacity_codes() -> dict[str, str]:
    """Each spelling of a signature's prefix and its code."""
    return {s: row.code for row in office_rows().capacity for s in row.spellings}


@cache
def _offices() -> Phrases:
    return Phrases.of((start, "") for row in office_rows().office for start in row.starts)


@cache
def _bare_offices() -> Phrases:
    """The same without marks, for what OCR marked wrongly: ``CHỦ TICH``; of two words at least."""
    starts = [bare(start) for row in office_rows().office for start in row.starts]
    return Phrases.of((start, "") for start in starts if " " in start)


_BEFORE_OFFICE = (key("quyền") + " ", "q. ", "p. ", "p.")

_DEPUTY = key("phó") + " "


def is_office(text: str) -> bool:
    """
    Whether a text in capitals begins with the name of an office.

    >>> is_office("PHÓ CHỦ TỊCH THƯỜNG TRỰC"), is_office("ỦY BAN NHÂN DÂN")
    (True, False)
    """
    folded = key(text)
    for word in _BEFORE_OFFICE:
        folded = folded.removeprefix(word)
    if _offices().start_of(folded):
        return True
    if text.isupper() and _bare_offices().start_of(bare(text)):
        return True
    return folded.startswith(_DEPUTY) and _offices().start_of(folded.split(" ", 1)[1]) is not None


@cache
def _second_lines() -> frozenset[str]:
    return frozenset(key(word) for row in office_rows().second_line for word in row.words)


def is_second_line(text: str) -> bool:
    """
    Whether a line goes on the office above it: ``PHÓ CHỦ TỊCH`` / ``THƯỜNG TRỰC``.

    >>> is_second_line("THƯỜNG TRỰC"), is_second_line("THƯỜNG TRỰC HUYỆN ỦY")
    (True, False)
    """
    return key(text) in _second_lines()


@cache
def _unfinished_offices() -> frozenset[str]:
    return frozenset(key(word) for row in office_rows().unfinished for word in row.words)


def is_unfinished_office(text: str) -> bool:
    """
    Whether the next line may go on an office: ``PHÓ TRƯỞNG`` / ``BAN TỔ CHỨC``.

    >>> is_unfinished_office("PHÓ TRƯỞNG"), is_unfinished_office("PHÓ CHỦ TỊCH")
    (True, False)
    """
    return key(text).rpartition(" ")[2] in _unfinished_offices()


@cache
def signed_words() -> frozenset[str]:
    """What stands where a hand signature was."""
    return frozenset(key(word) for row in office_rows().signed for word in row.words)


@cache
def ranks() -> Phrases:
    """Ranks and titles before a name."""
    return Phrases.of((word, "") for row in office_rows().rank for word in row.words)


@cache
def _titles() -> frozenset[str]:
    """Titles of one word, of which several may be put together with full stops."""
    words = (key(word) for row in office_rows().rank for word in row.words)
    return frozenset(word for word in words if word.isalnum())


def without_rank(text: str) -> str:
    """
    A name without the ranks and titles before it.

    >>> without_rank("Đại tá Bùi Văn An"), without_rank("TTƯT.BSCKII. Bùi Văn An")
    ('Bùi Văn An', 'Bùi Văn An')
    """
    while text:
        known = ranks().start_of(key(text))
        first, _, rest = text.partition(" ")
        parts = first.split(".")
        named = (n for n, part in enumerate(parts) if key(part) not in _titles())
        titles = next(named, len(parts))
        if known:
            text = " ".join(text.split()[len(known[0].split()) :]).lstrip(". ")
        elif titles:
            text = f"{'.'.join(parts[titles:])} {rest}".lstrip(". ")
        else:
            break
    return text
