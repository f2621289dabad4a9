"""
Instruments by their titles, with the day or the year on which they were passed.
"""

import regex
from rapidfuzz.fuzz import ratio

from tdkt_parse.days import days_of, is_day
from tdkt_parse.models import Citation, PartialDate, Resolved
from tdkt_parse.register import Instrument, Register
from tdkt_parse.register.instruments import year_of
from tdkt_parse.register.keys import title_key
from tdkt_parse.resolve.answers import left_open, settled
from tdkt_parse.spelling import key
from tdkt_parse.wording import shortened

SAME_TITLE = 88.0
"""How like two folded titles are, in percent, that one may be the other misspelt or shortened."""


TIMEOUT = 2.0
"""Seconds that a search over the words of a title may take."""


AMENDING = key("sửa đổi")
"""Laws that amend bear one title again and again, each beside the other in force."""


def by_title_and_date(cited: Citation, register: Register) -> tuple[Resolved, Instrument | None]:
    """The one law of a title and a day, or of its year; or of the day, its title misspelt."""
    title, written = whole_title(cited.title or ""), cited.date or PartialDate()
    those = register.by_title(title, cited.kind)
    if not those:  # Luật Thi đua và khen thưởng
        those = register.by_title(title.replace(" và ", " "), cited.kind)
    for fits, method in ((_on_day, "title_date"), (in_year, "title_year")):
        right = [one for one in those if fits(one, written)]
        if len(right) == 1:
            return settled(right[0], method)
        if right:
            return left_open("several", right)
    days = days_of(written)
    if days and days.first == days.last:
        alike = [
            one for one in register.issued_on(days.first, cited.kind) if are_alike(title, one.title)
        ]
        if len(alike) == 1:
            return settled(alike[0], "date_like_title")
        if alike:
            return left_open("several", alike)
    elif not those:
        those = register.by_spoilt_title(title, cited.kind)
        right = [one for one in those if in_year(one, written)]
        if len(right) == 1:
            return settled(right[0], "year_like_title")
    amending = _amending_by_another_name(title, cited.kind, written, register)
    if len(amending) == 1:
        return settled(amending[0], "amended_year")
    return left_open("not_in_register", those)


def _amending_by_another_name(
    title: str, kind: str, written: PartialDate, register: Register
) -> list[Instrument]:
    """
    The laws of a day or year that amend the law that a title says, whatever their own titles are.

    ``Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng năm 2009`` is the law of that
    year on cultural heritage, which amended both.
    """
    named = _OF_AMENDED.search(title, timeout=TIMEOUT)
    if named is None or not key(title).startswith(AMENDING):
        return []
    fits = _on_day if written.day else in_year
    amended = register.by_title(named["title"], named["kind"].capitalize())
    found = {one.id: one for law in amended for one in register.amendments_of(law.id)}
    return [one for one in found.values() if one.kind == kind and fits(one, written)]


_OF_AMENDED = regex.compile(
    r"(?i)\bmột số điều của (?P<kind>luật|bộ luật|pháp lệnh) (?P<title>.+)$"
)


_AMENDED_LAW = regex.compile(r"(?i)(?<=\bmột số điều )(?=(?:bộ )?luật|pháp lệnh)")


def whole_title(title: str) -> str:
    """
    A title with the *của* that is left out in ``sửa đổi một số điều Luật …``, and what is
    abbreviated in it in full: ``Tổ chức HĐND và UBND``, ``BHXH``.
    """
    for short, long in shortened():
        if short in title:
            title = title.replace(short, long)
    return _AMENDED_LAW.sub("của ", title, count=1) if "một số điều" in title else title


def _on_day(one: Instrument, written: PartialDate) -> bool:
    return is_day(written, one.issued)


def in_year(one: Instrument, written: PartialDate) -> bool:
    """Whether an instrument is of the year that is written."""
    year = year_of(one)
    return year is not None and year == written.year


def are_alike(one: str | None, other: str | None) -> bool:
    """Whether titles are the same, misspelt, or one the beginning of the other."""
    if not one or not other:
        return False
    a, b = title_key(one), title_key(other)
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= 20 and longer.startswith(shorter):
        return True
    return ratio(a, b) >= SAME_TITLE
