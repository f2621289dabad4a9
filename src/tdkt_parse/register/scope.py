"""
Whether a number has but one owner in the country.
"""

from collections.abc import Sequence
from functools import cache

from tdkt_parse.lexicon import agencies


@cache
def _national() -> frozenset[str]:
    return frozenset(row.code for row in agencies() if row.national)


def is_national(number: str) -> bool:
    """
    Whether a canonical number with its year is of one document only, whoever cites it.

    That of a province is not (``29/2018/QĐ-UBND`` is of several), nor one without a year, which
    comes again each year or with each term of the Party.

    >>> [is_national(n) for n in ("98/2023/NĐ-CP", "06/2022/QH15", "29/2018/QĐ-UBND", "34-CT/TW")]
    [True, True, False, False]
    >>> [is_national(n) for n in ("19/CT-TTg", "08/2012/TTLT-BLĐTBXH-BTC-BNV", "1365/NQ-UBTVQH15")]
    [False, True, False]
    """
    parts = number.split("/")
    if len(parts) != 3 or not (parts[1].isdigit() and len(parts[1]) == 4):
        return False
    organs = parts[2].split("-")
    known = [organ.rstrip("0123456789") in _national() for organ in organs]
    return known[-1] and all(known[1:] if len(known) > 1 else known)


PARTY = "TW"
"""The Party's central organs, which number their papers together (HD 36-HD/VPTW)."""


def is_shared(issuers: Sequence[str]) -> bool:
    """
    Whether another place may have the same number: not all organs in it are of the whole country.

    >>> [is_shared(codes) for codes in (["UBND"], ["TTg"], ["QH15"], ["TW"], [])]
    [True, False, False, False, True]
    """
    organs = [code.rstrip("0123456789") for code in issuers]
    return not organs or not all(organ in _national() or organ == PARTY for organ in organs)
