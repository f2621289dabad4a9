"""
Figures that OCR read as letters, in dates and numbers: ``3l/12/2O23``, ``3O/2020/NĐ-CP``.

Only where the grammar of a date or a number leaves one reading. A letter may end a serial
(``30c/NQ-CP``, ``12B/KH-UBND``): that is a figure only if the register has the number so, and not
as read.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache

import regex

from tdkt_parse.docnumber import find_docnumbers, parse_docnumber
from tdkt_parse.layout import Repair
from tdkt_parse.lexicon import agencies, document_types
from tdkt_parse.misread import mend_dates
from tdkt_parse.register import packaged_register
from tdkt_parse.repair.tokens import Slice

TIMEOUT = 2.0
DATE, NUMBER = "ocr_date", "ocr_number"

_FIGURE = "[0-9OoQlLIiSB|]"
_FIGURES = str.maketrans("OoQlLIi|SB", "0001111158")
_DATE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}/.-])(?P<d>{_FIGURE}{{1,2}})(?P<a>[/.-])(?P<m>{_FIGURE}{{1,2}})(?P=a)"
    rf"(?P<y>[12lI]{_FIGURE}{{3}})(?![\p{{L}}\p{{N}}/-])"
)
_SPOILT = regex.compile(r"\d[OoQlLIiSB|A]|[OoQlLIiSB|][\d/]")
"""What stands in every number of which a figure was misread and another was not."""
_BARRED = regex.compile(
    r"(?<=ngày )(?P<d>\d{1,2})A(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)(?![\p{L}\p{N}/])"
)
"""The slash read as an A; only behind the word, for 10A2 is a class of a school."""
_SAID = regex.compile(
    rf"(?:ngày\s(?P<d>{_FIGURE}{{1,2}})(?=\s(?:tháng|và)\b)"
    rf"|tháng\s(?P<m>{_FIGURE}{{1,2}})(?=\snăm\b|/[12]\d{{3}}\b)"
    rf"|năm\s(?P<y>[12]{_FIGURE}{{3}})(?![\p{{L}}\p{{N}}]))"
)
_MOST = {"d": 31, "m": 12, "y": 2099}
_LEAST = {"d": 1, "m": 1, "y": 1900}
_NUMBER = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}/.-])(?P<serial>{_FIGURE}{{1,5}})(?P<bar>[/A])(?:(?P<y>[12]{_FIGURE}{{3}})(?P<end>/))?"
    r"(?=(?P<symbol>[A-ZĐÐ][\p{L}\d&-]*(?:[-–/][A-ZĐÐ][\p{L}\d&]*)*))"
)


_SYMBOL = regex.compile(
    r"(?<![\p{L}\p{N}/.-])(?P<before>\d{1,5}/(?:[12]\d{3}/)?)(?P<symbol>[A-ZĐ][\p{L}\d]*(?:[-–][\p{L}\d]+)+)"
    r"(?![\p{L}\p{N}/-])"
)
"""A number in full, whose letters may be misread."""


_SLASHLESS = regex.compile(
    r"(?<=\b(?:[Ss]ố|SỐ|quyết|định|thị|hoạch|báo|văn|trình|dẫn)[\s:]{1,2})\d{0,4}(?P<last>[02-689])(?P<type>[A-ZĐ][A-Za-zĐ]{1,3})\s?[-–]\s?"
    r"(?P<organ>[A-ZĐ][\p{L}]+)(?![\p{L}\p{N}])"
)
"""A number that lost its slash; a 1 or a 7 before the letters may be what was made of it."""
_STROKE_FOR_T = regex.compile(
    r"(?<=\d\s?[-–/⁄]\s?)(?P<type>[A-ZĐ]?1[A-ZĐ]?)[/⁄-](?P<organ>[A-ZĐ][\p{L}]+)(?![\p{L}\p{N}])"
)
"""A T read as a 1 in the letters of a type: ``C1/TW``."""


_LAW_OF_YEAR = regex.compile(
    r"(?P<kind>Luật|Bộ luật|Pháp lệnh)\s(?P<title>[\p{L}\s,-]{4,90}?),?\snăm\s"
    r"(?P<y>(?:19|20)\d\d)(?!\d)"
)
_EIGHTS = str.maketrans("38", "83")
"""A 3 of faint print is read as an 8, and so the other way."""


def _law_years(one: Slice) -> Iterator[Repair]:
    """
    Years of laws by which the register knows none of that title, but by a year one figure away.

    ``Luật Thi đua, Khen thưởng năm 2008`` is that of 2003.
    """
    for found in _LAW_OF_YEAR.finditer(one.text, timeout=TIMEOUT):
        kind, title, year = found.group("kind", "title", "y")
        near = {
            f"{year[:at]}{put}{year[at + 1 :]}"
            for at, put in enumerate(year.translate(_EIGHTS))
            if put != year[at] and at > 1
        }
        register = packaged_register()
        if not near or register.by_title(title, kind, year=int(year)):
            continue
        known = [one for one in near if len(register.by_title(title, kind, year=int(one))) == 1]
        if len(known) == 1:
            yield Repair(*one.place(*found.span("y")), known[0], DATE)


def find_figures(one: Slice) -> Iterator[Repair]:
    """The repairs of the figures of a slice, and of what stands behind them in numbers."""
    yield from _doubled(one)
    if not any(map(str.isdigit, one.text)):
        return
    yield from _whole_dates(one)
    if _SPOILT.search(one.text, timeout=TIMEOUT):
        yield from _dates(one)
        yield from _numbers(one)
    yield from _letters(one)
    yield from _symbols(one)
    if "năm" in one.text:
        yield from _law_years(one)


def _letters(one: Slice) -> Iterator[Repair]:
    """Numbers whose slash or T was misread before letters of a type and an organ that are known."""
    for found in _SLASHLESS.finditer(one.text, timeout=TIMEOUT):
        if found["type"] in _types() and found["organ"] in _organs():
            yield Repair(*one.place(*found.span("last")), f"{found['last']}/", NUMBER)
    for found in _STROKE_FOR_T.finditer(one.text, timeout=TIMEOUT):
        put = found["type"].replace("1", "T")
        if put in _types() and found["organ"] in _organs():
            yield Repair(*one.place(*found.span("type")), put, NUMBER)


_DOUBLED = regex.compile(
    r"(?<![\p{L}\d])(?P<before>\p{Lu}{0,6})(?:[DÐ]Đ|Đ[DÐĐ])(?P<after>\p{Lu}{0,6})(?![\p{L}\d])"
)


def _doubled(one: Slice) -> Iterator[Repair]:
    """A Đ that was read as D and Đ, where a type or an organ is known by the one: ``HDĐND``."""
    for found in _DOUBLED.finditer(one.text, timeout=TIMEOUT):
        put = f"{found['before']}Đ{found['after']}"
        known = _types() | _organs()
        if put in known and found.group() not in known:
            yield Repair(*one.place(*found.span()), put, NUMBER)


@cache
def _types() -> frozenset[str]:
    return frozenset(row.code for row in document_types())


@cache
def _organs() -> frozenset[str]:
    return frozenset(agency.code for agency in agencies())


def _symbols(one: Slice) -> Iterator[Repair]:
    """
    Symbols that the register does not have as read, with a letter too much, too few or another.

    ``19/CT-TTEg``: mended where one instrument alone is a letter away.
    """
    from rapidfuzz.distance import Levenshtein

    for found in _SYMBOL.finditer(one.text, timeout=TIMEOUT):
        number = _parsed(found.group())
        register = packaged_register()
        if number is None or found["symbol"] in _known_symbols() or register.by_number(number):
            continue
        near = {
            symbol
            for symbol in _known_symbols()
            if Levenshtein.distance(symbol, found["symbol"], score_cutoff=1) == 1
            and (known := _parsed(found["before"] + symbol))
            and register.by_number(known)
        }
        if len(near) == 1:
            yield Repair(*one.place(*found.span("symbol")), near.pop(), NUMBER)


def _parsed(text: str) -> str | None:
    """The canonical number that a text is; ``None`` for none."""
    try:
        return parse_docnumber(text).canonical
    except ValueError:
        return None


@cache
def _known_symbols() -> frozenset[str]:
    """The symbols of the register's numbers: ``NĐ-CP``, ``CT-TTg``."""
    numbers = (one.number for one in packaged_register().all() if one.number)
    return frozenset(number.rpartition("/")[2] for number in numbers)


def _whole_dates(one: Slice) -> Iterator[Repair]:
    """Of dates in words, which ``misread`` reads."""
    mended = mend_dates(one.text)
    if mended != one.text:
        for word in regex.finditer(r"\S+", one.text, timeout=TIMEOUT):
            put = mended[word.start() : word.end()].rstrip()
            if put and put != word.group():
                yield Repair(*one.place(*word.span()), put, DATE)


def _dates(one: Slice) -> Iterator[Repair]:
    mended = mend_dates(one.text)
    for found in _DATE.finditer(mended, timeout=TIMEOUT):
        put = found.group().translate(_FIGURES)
        day, month, year = (found[name].translate(_FIGURES) for name in "dmy")
        if put != found.group() and _is_day(day, month, year) and _is_figures(found["y"]):
            yield Repair(*one.place(*found.span()), put, DATE)
    for found in _BARRED.finditer(mended, timeout=TIMEOUT):
        if _is_day(found["d"], found["m"], found["y"]):
            put = f"{found['d']}/{found['m']}/{found['y']}"
            yield Repair(*one.place(*found.span()), put, DATE)
    for found in _SAID.finditer(mended, timeout=TIMEOUT):
        name = next(name for name in "dmy" if found[name])
        put = found[name].translate(_FIGURES)
        if put != found[name] and _LEAST[name] <= int(put) <= _MOST[name]:
            yield Repair(*one.place(*found.span(name)), put, DATE)


def _is_day(day: str, month: str, year: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return _LEAST["y"] <= int(year) <= _MOST["y"]


def _is_figures(text: str) -> bool:
    """Whether half of it at least was read as figures."""
    return 2 * sum(map(str.isdigit, text)) >= len(text)


def _numbers(one: Slice) -> Iterator[Repair]:
    for found in _NUMBER.finditer(one.text, timeout=TIMEOUT):
        serial, year = found["serial"], found["y"]
        put = f"{serial.translate(_FIGURES)}/" + (f"{year.translate(_FIGURES)}/" if year else "")
        if put == found.group() or not any(map(str.isdigit, serial)):
            continue
        if found["bar"] == "A" and not (year or found["symbol"].startswith("QH")):
            continue
        if _is_sure(found, put):
            yield Repair(*one.place(*found.span()), put, NUMBER)


def _is_sure(found: "regex.Match[str]", put: str) -> bool:
    """Whether what is put is a number, and the only one it can be."""
    matches = find_docnumbers(put + found["symbol"])
    if len(matches) != 1 or matches[0].damaged or matches[0].start:
        return False
    number = matches[0].number
    if not (number.doc_type or number.year) or not number.issuers:
        return False
    serial = found["serial"]
    if serial[:-1].isdigit() and serial[-1] in "SBLQ":
        try:
            as_read = parse_docnumber(found.group() + found["symbol"]).canonical
        except ValueError:
            as_read = None
        register = packaged_register()
        if as_read and register.by_number(as_read):
            return False
        return bool(number.canonical and register.by_number(number.canonical))
    return True
