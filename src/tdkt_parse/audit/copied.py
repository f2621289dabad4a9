"""
Bases copied from last year: the same words over again, and yearly papers that have had their year.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Literal, NamedTuple

import regex

from tdkt_parse.audit.clusters import fold_wording, issuer_key, spelling_of
from tdkt_parse.audit.knowledge import audit_knowledge
from tdkt_parse.audit.sheets import Cited, Sheet
from tdkt_parse.days import days_of
from tdkt_parse.spelling import bare

_FOR_YEARS = regex.compile(r"giai doan|nhiem ky|(?:19|20)\d\d\s*-\s*(?:19|20)\d\d|den nam")
"""Words of one that is for several years."""
TIMEOUT = 2.0


@cache
def _yearly() -> frozenset[str]:
    """Papers that an office writes anew each year."""
    yearly = audit_knowledge().yearly
    return frozenset(map(bare, (*yearly.kinds, *yearly.reports)))


How = Literal["word_for_word", "but_dates", "old_paper"]


class Copied(NamedTuple):
    """
    A plan with bases of an earlier year.

    ``word_for_word`` and ``but_dates``: all its bases are those of ``previous``, dates and years
    apart in the second case; ``old_paper``: ``words`` is a yearly paper older than a year.
    """

    how: How
    path: str
    issuer: str
    year: int | None
    bases: int
    previous: str = ""
    previous_year: int | None = None
    words: str = ""


class Wording(NamedTuple):
    """The bases of one plan, by their words and by their words without dates, in little room."""

    path: str
    issuer: str
    of: str
    year: int
    bases: int
    exact: frozenset[int]
    folded: frozenset[int]


def wording_of(sheet: Sheet) -> Wording | None:
    """What is kept of a plan, to be put beside those of other years; ``None`` without a year."""
    if sheet.year is None or not sheet.bases or not sheet.issuer:
        return None
    texts = [spelling_of(basis.text) for basis in sheet.bases]
    return Wording(
        sheet.path,
        sheet.issuer,
        f"{issuer_key(sheet.issuer)} | {issuer_key(sheet.parent or '')}",
        sheet.year,
        len(texts),
        frozenset(hash(text.strip(" .;,").casefold()) for text in texts),
        frozenset(hash(fold_wording(text)) for text in texts),
    )


def find_copies(wordings: Iterable[Wording]) -> Iterator[Copied]:
    """The plans whose bases are those of a plan of the same issuer a year before."""
    for _, group in groupby(sorted(wordings, key=attrgetter("of", "year", "path")), _of):
        earlier: dict[tuple[int, frozenset[int]], Wording] = {}
        mine = list(group)
        for one in mine:
            earlier.setdefault((one.year, one.folded), one)
        for one in mine:
            before = earlier.get((one.year - 1, one.folded))
            if before is not None:
                how: How = "word_for_word" if one.exact == before.exact else "but_dates"
                yield Copied(
                    how, one.path, one.issuer, one.year, one.bases, before.path, before.year
                )


_of = attrgetter("of")


def find_old_papers(sheet: Sheet) -> Iterator[Copied]:
    """The bases of a plan that are yearly papers, and older than a year on any day it may bear."""
    signed = days_of(sheet.date)
    if signed is None:
        return
    for basis in sheet.bases:
        for cited in (sheet.citations[k] for k in basis.citations):
            if not cited.nested and _is_yearly(cited) and _is_older(cited, signed.first):
                yield Copied(
                    "old_paper",
                    sheet.path,
                    sheet.issuer or "",
                    sheet.year,
                    len(sheet.bases),
                    words=cited.text,
                )


def _is_yearly(cited: Cited) -> bool:
    if bare(cited.kind) not in _yearly():
        return False
    return _FOR_YEARS.search(bare(cited.text), timeout=TIMEOUT) is None


def _is_older(cited: Cited, signed: date) -> bool:
    """More than a year before the first day; of a year alone, its last day counts."""
    issued = days_of(cited.date)
    return issued is not None and issued.last + timedelta(days=366) <= signed
