"""
Which organ a name is of and which a symbol means, as far as both are known.
"""

from functools import cache

from tdkt_parse.audit.phrases import Organ, listed, table
from tdkt_parse.lexicon import agencies
from tdkt_parse.models import DocNumber
from tdkt_parse.spelling import key
from tdkt_parse.wording import Phrases


@cache
def _by_code() -> dict[str, str]:
    """The organ that each code means."""
    known = {row.code: _plain(row.name) for row in agencies()}
    return known | {code: organ.name for organ in table().organ for code in organ.codes}


def _plain(name: str) -> str:
    return name.split(" (", maxsplit=1)[0]


@cache
def _by_name() -> Phrases:
    listed_ones = {code for organ in table().organ for code in organ.codes}
    pairs = {
        _plain(row.name): _plain(row.name)
        for row in agencies()
        # "Văn phòng" and "Ban Chỉ đạo" are parts of many organs' names.
        if row.code not in listed_ones and len(_plain(row.name).split()) > 2
    }
    named = ((name, organ.name) for organ in table().organ for name in organ.names)
    return Phrases.of([*pairs.items(), *named])


@cache
def _heads() -> Phrases:
    return Phrases.of((word, "") for word in listed("head"))


def organ_named(text: str) -> str | None:
    """
    The organ that a name is of, whoever signs for it; ``None`` if it is not known.

    >>> organ_named("Bộ trưởng Bộ Nội vụ"), organ_named("Chủ tịch UBND huyện Bắc Sơn")
    ('Bộ Nội vụ', 'Ủy ban nhân dân')
    """
    folded = key(text)
    while folded:
        known, head = _by_name().start_of(folded), _heads().start_of(folded)
        if known and (not head or len(known[0]) >= len(head[0])):
            return known[1]
        if not head:
            return None
        folded = folded[len(head[0]) :].lstrip(" ,")
    return None


def organs_of(number: DocNumber) -> set[str] | None:
    """The organs that the symbol of a number names; ``None`` if one of them is not known."""
    codes = [code.rstrip("0123456789") for code in number.issuers]
    found = {_by_code().get(code) for code in codes}
    if not found or None in found:
        return None
    return {organ for organ in found if organ}


@cache
def _organs() -> dict[str, Organ]:
    return {organ.name: organ for organ in table().organ}


def may_name(organ: str, named: str) -> bool:
    """Whether a document with an organ's code may bear the name of another."""
    row = _organs().get(organ)
    return organ == named or bool(row and named in row.within)


def is_collective(organ: str | None) -> bool:
    """Whether an organ decides as a body (NĐ 30/2020, Phụ lục I.II.7b)."""
    row = _organs().get(organ or "")
    return bool(row and row.collective)
