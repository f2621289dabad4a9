"""
One number by itself: of a letterhead after its label, or all of a text.
"""

from functools import cache, lru_cache
from itertools import islice, pairwise

import regex

from tdkt_parse.docnumber.codes import known_codes
from tdkt_parse.docnumber.number import (
    LONGEST_KEPT,
    TIMEOUT,
    NumberMatch,
    canonical,
    completed,
    number_head,
    number_of,
)
from tdkt_parse.docnumber.symbol import symbol_at
from tdkt_parse.lexicon import document_types
from tdkt_parse.models import DocNumber


@cache
def _label() -> regex.Pattern[str]:
    """The word before the number of a letterhead."""
    return regex.compile(
        r"""
        (?<! \p{L} ) [Ss] [ốỐóÓôÔồỒ]                       # Số; Só, Sô as OCR reads it
        (?! \s{0,8}+ \p{Ll}{2} )                           # not Số lượng, Số công báo
        \s{0,8}+ [:.;]? \s{0,80}+
        """,
        regex.VERBOSE,
    )


@cache
def _illegible() -> regex.Pattern[str]:
    """What stands for the serial where it is blank, or was written by hand: ``#/ /KH-UBND``."""
    return regex.compile(
        r"""
        (?P<serial> [^\n/⁄:]{0,40}? ) \s{0,80}+
        (?: [/⁄] \s{0,4}+ (?P<again> [/⁄] \s{0,4}+ )?
        |   (?P<hyphen> [-–—] ) \s{0,4}+ (?: [.…]{1,3}+ \s{0,4}+ )?    # dots to be written on
        |   (?P<lost> (?<= [.…_]{2} | [.…_]{2}\s ) ) )                   # ....KH-TTr
        (?= [A-ZĐÐ] )
        """,
        regex.VERBOSE,
    )


@cache
def _dotted_tail() -> regex.Pattern[str]:
    """
    The rest of a symbol after a dot and a space, to the end of the line or column, or to the place
    beside it (``QĐ. BQL-VP Vũng Tàu, ngày …``).
    """
    return regex.compile(
        r"\. (?P<organs>[A-ZĐ]{2,6}+(?:[-–][A-ZĐ]{2,6}+){0,2}+)(?=\s*(?:$|\n)|\s\s|\s\p{Lu}\p{Ll})"
    )


_FILLED = regex.compile(r"\d{1,5}[.…]{1,3}\s?")
"""A serial written over the dots that were left for it: ``10./QĐ-MN``."""


@cache
def _glued() -> regex.Pattern[str]:
    """A serial with its type, as before 2005, and the organ after the slash: ``4155QĐ/BTP``."""
    codes = "|".join(sorted((row.code for row in document_types() if len(row.code) > 1), key=len))
    return regex.compile(
        rf"(?P<serial>\d{{1,5}}+)\s?(?P<type>{codes})\s?[/⁄]\s{{0,3}}+(?=[A-ZĐ]{{2}})"
    )


_SEPARATORS = frozenset("/⁄-‐‑–—−")

_LABELS = tuple(first + vowel for first in "Ss" for vowel in "ốỐóÓôÔồỒ")
"""How every label begins."""

LABELS = 20
"""Places in one line where "Số" is tried as a label; no letterhead has more than two."""


def find_letterhead_number(text: str) -> NumberMatch | None:
    """
    The number of a letterhead line, ``Số: 594/KH-UBND``, its serial perhaps still blank.

    What handwriting became in OCR (``Số: #/ /KH-UBND``) gives no serial and is damaged. An
    incoming stamp (``ĐẾN Số: 1614``) has no symbol and gives nothing; nor does a line without
    the word "Số".

    >>> find_letterhead_number("Số:            /KH-UBND").number.symbol
    'KH-UBND'
    >>> find_letterhead_number("Số lượng: 12")
    """
    if not any(map(text.__contains__, _LABELS)) or _SEPARATORS.isdisjoint(text):
        return None
    return _labelled_again(text) if len(text) <= LONGEST_KEPT else _find_labelled(text)


@lru_cache(maxsize=32)
def _labelled_again(text: str) -> NumberMatch | None:
    return _find_labelled(text)


def _find_labelled(text: str) -> NumberMatch | None:
    try:
        for label in islice(_label().finditer(text, timeout=TIMEOUT), LABELS):
            match = _number_at(text, label.end())
            if match:
                return match
    except TimeoutError:
        pass
    return None


def _number_at(text: str, start: int) -> NumberMatch | None:
    """The number that begins at ``start``, after its label."""
    head = number_head().match(text, start)
    match = number_of(head, standing=1) if head else None
    if match:
        return _with_dotted_tail(text, match)
    if glued := _glued().match(text, start):
        organs = text[glued.end() : glued.end() + 40]
        symbol = symbol_at(f"{glued['type']}/{organs}", 0, party=True, year=False)
        if symbol is None or known_codes().party.isdisjoint(symbol.issuers):
            symbol = symbol_at(f"{glued['type']}-{organs}", 0, party=False, year=False)
        if symbol and symbol.doc_type and symbol.issuers:
            end = glued.end() + symbol.end - len(glued["type"]) - 1
            number = completed(glued["serial"], None, symbol)
            return NumberMatch(glued.start(), end, number, damaged=False)
    found = _illegible().match(text, start)
    if found is None:
        return None
    symbol = symbol_at(text, found.end(), party=bool(found["hyphen"]), year=False)
    if symbol is None or not (symbol.issuers or _dotted_tail().match(text, symbol.end)):
        return None
    if found["lost"] is not None and not (symbol.doc_type and symbol.issuers):
        return None
    serial = found["serial"].strip(" .…_\t\u00a0")
    if _FILLED.fullmatch(found["serial"]) and found["again"] is None and symbol.issuers:
        begin = found.start("serial")
        return NumberMatch(begin, symbol.end, completed(serial, None, symbol), damaged=False)
    if any(a.islower() and b.islower() for a, b in pairwise(serial)):
        return None  # words
    if not found["serial"].strip():
        start = found.end("serial")
        while text[start].isspace():
            start += 1
    damaged = bool(serial or found["again"] or found["lost"] is not None)
    match = NumberMatch(start, symbol.end, completed(None, None, symbol), damaged)
    return match if symbol.issuers else _with_dotted_tail(text, match)


def _with_dotted_tail(text: str, match: NumberMatch) -> NumberMatch:
    """Join ``THPTTX. PL``: on a letterhead's own line a dot and a space end no sentence."""
    if text[match.end : match.end + 2] != ". ":
        return match
    rest = _dotted_tail().match(text, match.end, timeout=TIMEOUT)
    if rest is None or match.number.symbol is None:
        return match
    organs = rest["organs"].replace("–", "-")
    number = match.number.model_copy(
        update={
            "issuers": [*match.number.issuers, *organs.split("-")],
            "symbol": f"{match.number.symbol}.{organs}",
        }
    )
    number = number.model_copy(update={"canonical": canonical(number)})
    return NumberMatch(match.start, rest.end(), number, match.damaged)


UNLABELLED = (*"0123456789/-–…._",)
"""What a number without "Số" begins with: its serial, or the blank for it."""


def parse_docnumber(text: str) -> DocNumber:
    """
    Read one number that is all of ``text``, but for "Số:" before it; else ``ValueError``.

    >>> parse_docnumber("06/2022/QH15").issuers
    ['QH15']
    >>> parse_docnumber("Số      -NQ/TU").symbol
    'NQ/TU'
    >>> parse_docnumber("15/3/2025")
    Traceback (most recent call last):
    ...
    ValueError: '15/3/2025' is no document number
    """
    line = text.strip().rstrip(".;, ")
    label = _label().match(line)
    match = _number_at(line, label.end() if label else 0)
    if not label and not line.startswith(UNLABELLED):
        match = None  # words before a symbol: QCVN 12/BYT
    if match is None or match.end != len(line):
        message = f"{text!r} is no document number"
        raise ValueError(message)
    return match.number
