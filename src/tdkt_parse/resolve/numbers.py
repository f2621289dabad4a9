"""
Instruments by their numbers, which many share: of other years, provinces, terms of the Party.
"""

import regex

from tdkt_parse.days import days_of, is_day
from tdkt_parse.models import Citation, Resolved
from tdkt_parse.register import Instrument, Register
from tdkt_parse.register.keys import organ_key, same_organ
from tdkt_parse.register.scope import is_national, is_shared
from tdkt_parse.resolve.answers import left_open, settled
from tdkt_parse.resolve.titles import are_alike


def by_number(cited: Citation, register: Register) -> tuple[Resolved, Instrument | None]:
    """The instrument of a number; where others share it, day, issuer or title have to agree."""
    number = cited.number.canonical if cited.number else None
    those = register.by_number(number) if number else ()
    if number and not those and (party := _OF_THE_PARTY.fullmatch(number)):
        those = register.by_number("{}-{}/TW".format(*party.groups()))
    if number and not those and (slashed := _SLASHED.fullmatch(number)):
        those = register.by_number("{}-{}".format(*slashed.groups()))
    those = tuple(one for one in those if not _is_other_kind(cited.kind, one.kind))
    if not those:
        return left_open("not_in_register", _look_alikes(cited, register))
    if number and is_national(number) and len(those) == 1:
        return settled(those[0], "number")
    agreeing = [(one, way) for one in those if (way := _agreement(cited, one))]
    if len(agreeing) == 1:
        return settled(*agreeing[0])
    if agreeing:
        return left_open("several", [one for one, _ in agreeing])
    fitting = [one for one in those if not _contradicts(cited, one)]
    return left_open("number_is_shared", fitting) if fitting else left_open("not_in_register")


_OF_THE_PARTY = regex.compile(r"(\d+)[/-](\p{Lu}{2,3})[/-]T[WƯ]")
"""
A number of the Party with its marks in another order, ``34/CT-TW``, or with the letter that *Trung
ương* has, ``34-CT/TƯ``; no state organ is *TW*, and *TU* is of a province. Some provinces write
*TƯ* too: day or issuer have to agree, as with all that has no year in its number.
"""


_SLASHED = regex.compile(r"(\d+/\d{4}/\p{Lu}\p{L}*)/(\S+)")
"""A number with a slash between type and organ, as some were written once: ``91/2017/NĐ/CP``."""


def _is_other_kind(written: str, known: str) -> bool:
    """Whether a number is of quite another type of document: laws and resolutions share theirs."""
    return written != known and {written, known} <= _OF_THE_TOP


_OF_THE_TOP = frozenset(("Luật", "Bộ luật", "Nghị quyết", "Pháp lệnh", "Nghị định"))


def _agreement(cited: Citation, one: Instrument) -> str | None:
    """What besides a shared number shows that a citation means an instrument, if anything does."""
    if is_day(cited.date, one.issued):
        return None if is_of_another(cited.issuer, one.issuer) else "number_date"
    same_issuer = organ_key(cited.issuer or "?") == organ_key(one.issuer or "")
    same_title = are_alike(cited.title, one.title)
    if cited.date and one.issued:
        near = cited.date.year == one.issued.year
        return (
            "number_title"
            if near and same_title and not is_of_another(cited.issuer, one.issuer)
            else None
        )
    if same_issuer and cited.number and cited.number.year:
        return "number_issuer"
    if cited.number and is_shared(cited.number.issuers):
        return None  # Forty provinces have a decision of the number, many of the title.
    return "number_title" if same_title and not is_of_another(cited.issuer, one.issuer) else None


def _contradicts(cited: Citation, one: Instrument) -> bool:
    """Whether a citation says another body, or a day of another year, than an instrument's."""
    if is_of_another(cited.issuer, one.issuer):
        return True
    year = cited.date.year if cited.date else None
    return year is not None and one.issued is not None and one.issued.year != year


def is_of_another(written: str | None, known: str | None) -> bool:
    """Whether a citation names another body: ``UBND tỉnh Kon Tum`` for one of Quảng Trị."""
    return bool(written and known and not same_organ(written, known))


def _look_alikes(cited: Citation, register: Register) -> list[Instrument]:
    """
    Instruments that a citation of an unknown number may have meant: of its very day and title.
    Listed, never chosen.
    """
    days = days_of(cited.date)
    if not days or days.first != days.last or not cited.number:
        return []
    on_day = register.issued_on(days.first, cited.kind)
    return [one for one in on_day if are_alike(cited.title, one.title)]


def decree_of_year(cited: Citation, register: Register) -> Instrument | None:
    """The decree that a serial and a year name, for the Government alone issues decrees."""
    number = cited.number
    if cited.kind != "Nghị định" or number is None or not (number.serial and number.year):
        return None
    those = register.by_number(f"{number.serial}/{number.year}/NĐ-CP")
    return those[0] if len(those) == 1 else None
