"""
Số and ký hiệu together: the serial, its year, what stands before it, and the whole as written.
"""

from functools import cache
from typing import NamedTuple

import regex

from tdkt_parse.docnumber.codes import is_known, known_codes
from tdkt_parse.docnumber.symbol import Symbol, symbol_at
from tdkt_parse.models import DocNumber

TIMEOUT = 2.0
"""
Seconds one search over document text may take. A match at a known place needs no limit: its
patterns look at no more than a line, which saves two thirds of the time of a match.
"""

YEARS = range(1945, 2101)
"""Years that a number may carry: the State began to number its documents in 1945."""

SPACE = r"[^\S\n]"  # any white space within a line


class NumberMatch(NamedTuple):
    """A number and where it stands: code points of the text it was found in, end excluded."""

    start: int
    end: int
    number: DocNumber
    damaged: bool
    """Characters are missing or too many; ``number`` holds only what is certain."""


@cache
def number_head() -> regex.Pattern[str]:
    """Everything before the symbol; what stands before it is judged in :func:`standing_of`."""
    return regex.compile(
        rf"""
        (?<!\d)
        (?: (?P<serial> (?!(?:19|20)\d\d) \d{{1,4}}+ ) [-–.]         # 98-2023/, 98.2023/
            (?P<year> (?:19|20)\d\d ) {SPACE}{{0,4}}+ (?P<slash> [/⁄] ) \s{{0,4}}+
        |
        (?P<serial> \d{{1,6}}+ (?:\.\d{{1,3}}+)? [A-Za-zđ]? )       # 98, 30c, 66.16
        (?:
            {SPACE}{{0,12}}+ [/⁄] \s{{0,4}}+
            (?: (?P<year> \d{{1,6}}+ ) {SPACE}{{0,4}}+              # 2023, 20202
                (?P<slash> [/⁄] | [-–](?=[A-ZĐ]{{2,5}}[-–]?[A-ZĐ\d]) | ) \s{{0,4}}+ )?
        |   {SPACE}{{0,4}}+ (?P<hyphen> [-‐‑–—−] ) \s{{0,4}}+        # 34-CT/TW
        |   (?P<lost> {SPACE}?+ ) (?= [A-ZĐ][A-Za-zĐ]{{1,3}}\s?/ )   # 298 KH/TWĐTN, 298KH/TWĐTN
        ) )
        (?= [A-ZĐÐ] )
        """,
        regex.VERBOSE,
    )


def _last_word(text: str, end: int) -> str:
    """The word of letters that ends at ``end``; no abbreviation's lead is longer than 8."""
    word = text[max(0, end - 9) : end].rpartition(" ")[2]
    if word.isalpha():
        return word.lower()
    start = end
    while start > 0 and end - start < 9 and text[start - 1].isalpha():
        start -= 1
    return text[start:end].lower()


def standing_of(text: str, start: int) -> int:
    """
    How the characters before a number speak for it: 1 after "số" or a type's name, 0, -1 against.

    Against it: the number continues something (``x/12/KH``, ``0263.38``, ``7-5``, ``2021:``), or
    a standard or a year stands before it.
    """
    if start == 0:
        return 0
    before = text[start - 1]
    leads = known_codes().leads
    if before.isalnum() or before in "/⁄\\-–—_@=&+#%.:":
        end = start if before.isalpha() else start - 1
        if before in ".:":
            while end > 0 and text[end - 1].isspace() and start - end < 6:
                end -= 1
        word = _last_word(text, end)
        if word in leads:
            return 1
        return 0 if before == ":" and end > 0 and not text[end - 1].isdigit() else -1
    end = start
    while end > 0 and start - end < 12 and (text[end - 1].isspace() or text[end - 1] in ":."):
        end -= 1
    word = _last_word(text, end)
    if word in {"qcvn", "tcvn", "iso", "năm", "lớp", "tháng", "ngày", "nhà"}:
        return -1
    return int(word in leads)


FILES = (".pdf", ".doc", ".xls", ".htm", ".asp", ".php", ".jpg", ".png", ".ppt", ".rtf", ".txt")


def number_of(found: "regex.Match[str]", *, standing: int) -> NumberMatch | None:
    """Read the symbol after a head and weigh the whole."""
    text = found.string
    serial, year, slash, hyphen, lost = found.groups()  # by name each would cost twice as much
    party = bool(hyphen) or lost is not None
    if lost == "" and standing < 1:
        return None
    symbol = symbol_at(text, found.end(), party=party, year=year is not None)
    if symbol is None or symbol.weight + standing < 2:
        return None
    if text[symbol.end : symbol.end + 4].lower() in FILES:
        return None
    if lost and not (standing or is_known(symbol.issuers[0])):
        return None
    organ = symbol.issuers[0] if lost is not None else ""
    if is_known(organ) and organ not in known_codes().party:
        symbol = symbol._replace(text=symbol.text.replace("/", "-", 1))  # 318 QĐ/BXD
    start, end = found.start(), symbol.end
    whole_year = year is None or (len(year) == 4 and int(year) in YEARS)
    if not whole_year:
        if not (symbol.doc_type and symbol.issuers):
            return None
        number = DocNumber(
            doc_type=symbol.doc_type, issuers=list(symbol.issuers), symbol=symbol.text
        )
        return NumberMatch(start, end, number, damaged=True)
    if year and not slash and not (symbol.doc_type and symbol.issuers):
        return None
    number = completed(serial, int(year) if year else None, symbol)
    return NumberMatch(start, end, number, damaged=False)


def completed(serial: str | None, year: int | None, symbol: Symbol) -> DocNumber:
    """The number of a serial, a year and a symbol, with how it is written."""
    return DocNumber(
        serial=serial,
        year=year,
        doc_type=symbol.doc_type,
        issuers=list(symbol.issuers),
        symbol=symbol.text,
        canonical=_written(serial, year, symbol.doc_type, symbol.text),
    )


def _written(
    serial: str | None, year: int | None, doc_type: str | None, symbol: str | None
) -> str | None:
    if serial is None or symbol is None:
        return None
    if year is not None:
        return f"{serial}/{year}/{symbol}"
    kind, slash, _ = symbol.partition("/")
    party = bool(slash) and kind == doc_type
    return f"{serial}{'-' if party else '/'}{symbol}"


def canonical(number: DocNumber) -> str | None:
    """
    The number as its decree prescribes; ``None`` while the serial or the symbol is not known.

    >>> from tdkt_parse.docnumber import parse_docnumber
    >>> canonical(parse_docnumber("Số: 98 / 2023/NĐ - CP"))
    '98/2023/NĐ-CP'
    >>> canonical(parse_docnumber("298 KH/TWĐTN"))
    '298-KH/TWĐTN'
    """
    return _written(number.serial, number.year, number.doc_type, number.symbol)


LONGEST_KEPT = 2000
"""Code points of a text whose numbers are kept for who asks next."""
