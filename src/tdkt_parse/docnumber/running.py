"""
Numbers in running text.
"""

from collections.abc import Iterator
from functools import cache, lru_cache

import regex

from tdkt_parse.docnumber.number import (
    LONGEST_KEPT,
    TIMEOUT,
    NumberMatch,
    completed,
    number_head,
    number_of,
    standing_of,
)
from tdkt_parse.docnumber.symbol import symbol_at


@cache
def _blank() -> regex.Pattern[str]:
    """The place of a serial not yet given: ``số      /KH-UBND``, ``số …/KH-NGT``."""
    return regex.compile(
        r"""
        (?: số | Số | SỐ ) \s{0,4}+ :? \s{0,40}+
        (?P<dots> [.…_ ]{0,40}+ )
        (?: (?P<hyphen> [-–—] ) | [/⁄] ) \s{0,3}+
        (?= [A-ZĐÐ] )
        """,
        regex.VERBOSE,
    )


def _candidates(text: str) -> Iterator[NumberMatch]:
    last = 0
    # The pattern repeats nothing without a bound: in a passage it needs no limit.
    limit = TIMEOUT if len(text) > LONGEST_KEPT else None
    for found in number_head().finditer(text, timeout=limit):
        if found.start() < last:
            continue
        standing = standing_of(text, found.start())
        match = number_of(found, standing=standing) if standing >= 0 else None
        if match:
            last = match.end
            yield match


def _may_be_blank(text: str) -> bool:
    """Whether some word ``số`` is followed by anything but a number or a word."""
    for word in ("số", "Số", "SỐ"):
        at = text.find(word)
        while at >= 0:
            if text[at + 2 : at + 52].lstrip()[:1] in _AFTER_BLANK:
                return True
            at = text.find(word, at + 2)
    return False


_AFTER_BLANK = frozenset(":.…_-–—/⁄")
"""What may follow the word ``số`` and its spaces where the serial is blank."""


def _blanks(text: str) -> Iterator[NumberMatch]:
    if not _may_be_blank(text):
        return
    for found in _blank().finditer(text, timeout=TIMEOUT):
        symbol = symbol_at(text, found.end(), party=bool(found["hyphen"]), year=False)
        if symbol and symbol.issuers:
            start = found.start("dots") if found["dots"].strip() else found.end("dots")
            yield NumberMatch(start, symbol.end, completed(None, None, symbol), damaged=False)


def find_docnumbers(text: str) -> list[NumberMatch]:
    """
    All document numbers in running text, in order, none overlapping. Never raises.

    The match covers the number alone, neither "số" before nor punctuation after it. A number
    whose serial is blank (``Kèm theo Kế hoạch số …/KH-NGT``) is found after the word "số" only.

    >>> [m.number.canonical for m in find_docnumbers("Chỉ thị số 34-CT/TW, ngày 07/4/2014")]
    ['34-CT/TW']
    >>> find_docnumbers("QCVN 01:2021/BYT; số nhà 12/A Trần Phú; lớp 10/A1; ngày 15/3/2025")
    []
    """
    return list(_found_again(text)) if len(text) <= LONGEST_KEPT else _find(text)


@lru_cache(maxsize=32)
def _found_again(text: str) -> tuple[NumberMatch, ...]:
    return tuple(_find(text))


def _find(text: str) -> list[NumberMatch]:
    matches: list[NumberMatch] = []
    try:
        matches.extend(_candidates(text))
        blanks = list(_blanks(text))
    except TimeoutError:
        return matches
    if blanks:
        taken = {match.end for match in matches}
        matches += [blank for blank in blanks if blank.end not in taken]
        matches.sort(key=lambda match: match.start)
    return matches
