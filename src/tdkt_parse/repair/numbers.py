"""
Figures that OCR read as letters, in dates and numbers: ``3l/12/2O23``, ``3O/2020/NĐ-CP``.

Only where the grammar of a date or a number leaves one reading. A letter may end a serial
(``30c/NQ-CP``, ``12B/KH-UBND``): that is a figure only if the register has the number so, and not
as read.
"""

from collections.abc import Iterator
from datetime import date

import regex

from tdkt_parse.docnumber import find_docnumbers, parse_docnumber
from tdkt_parse.layout import Repair
from tdkt_parse.misread import mend_dates
from tdkt_parse.register import packaged_register
from tdkt_parse.repair.tokens import Slice

TIMEOUT = 2.0
DATE, NUMBER = "ocr_date", "ocr_number"

_FIGURE = "[0-9OoQlLIiSBG|]"
_FIGURES = str.maketrans("OoQlLIi|SBG", "00011111586")
_DATE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}/.-])(?P<d>{_FIGURE}{{1,2}})(?P<a>[/.-])(?P<m>{_FIGURE}{{1,2}})(?P=a)"
    rf"(?P<y>[12lI]{_FIGURE}{{3}})(?![\p{{L}}\p{{N}}/-])"
)
_SPOILT = regex.compile(r"\d[OoQlLIiSBG|A]|[OoQlLIiSBG|][\d/]")
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


_ALIKE = {"3": "58", "5": "3", "8": "3"}
"""Figures that faint print makes one another."""


def _alike(figures: str) -> Iterator[str]:
    """Figures of which one was misread as another that looks like it."""
    for at, figure in enumerate(figures):
        for put in _ALIKE.get(figure, ""):
            yield figures[:at] + put + figures[at + 1 :]


_OWN_YEAR = regex.compile(
    r"(?<=\d/(?P<own>(?:19|20)\d\d)/(?:\p{Lu}{2,4}\s?[-–]\s?)?[\p{Lu}\d]{2,10},?\sngày\s"
    r"\d{1,2}(?:/|\stháng\s)\d{1,2}(?:/|\snăm\s))(?P<y>(?:19|20)\d\d)(?!\d)"
)


def _own_years(one: Slice) -> Iterator[Repair]:
    """Years of the days of numbers that have their own: ``15/2003/QH11 ngày 26/11/2005``."""
    for found in _OWN_YEAR.finditer(one.text, timeout=TIMEOUT):
        if found["own"] in _alike(found["y"]):
            yield Repair(*one.place(*found.span("y")), found["own"], DATE)


_LAW_OF_DAY = regex.compile(
    r"(?P<kind>Luật|Bộ luật|Pháp lệnh)\s(?P<title>[\p{L}\s,-]{4,90}?),?\sngày\s"
    r"(?P<d>\d{1,2})(?:/|\stháng\s)(?P<m>\d{1,2})(?:/|\snăm\s)(?P<y>(?:19|20)\d\d)(?!\d)"
)


def _law_days(one: Slice) -> Iterator[Repair]:
    """The same of the day on which a law was passed: ``ngày 26/11/2008`` is 26/11/2003."""
    register = packaged_register()
    for found in _LAW_OF_DAY.finditer(one.text, timeout=TIMEOUT):
        kind, title = found.group("kind", "title")
        read = _day(found["y"], found["m"], found["d"])
        if read and register.by_title(title, kind, issued=read):
            continue
        known = []
        for name in "dmy":
            said = found[name]
            for near in _alike(said):
                day = _day(*(near if part == name else found[part] for part in "ymd"))
                if day and len(register.by_title(title, kind, issued=day)) == 1:
                    known.append((name, near))
        if len(known) == 1:
            name, near = known[0]
            yield Repair(*one.place(*found.span(name)), near, DATE)


_ON_DAY = regex.compile(
    r"\s{1,2}ngày\s(?P<d>\d{1,2})(?:/|\stháng\s)(?P<m>\d{1,2})(?:/|\snăm\s)(?P<y>(?:19|20)\d\d)(?!\d)"
)


_LEGISLATURE = regex.compile(
    r"(?<=\d\s?/\s?(?:19|20)\d\d\s?/\s?(?:UBTV)?QH)[1Il|T][\dIl|](?![\p{L}\d])"
)
"""The number of the legislature, of two figures since the tenth, in 1997."""
_MORE_STROKES = regex.compile(
    r"(?<=\d\s?/\s?(?:19|20)\d\d\s?/\s?(?:UBTV)?QH)[Il|](?=1\d(?![\p{L}\d]))"
)
_LOST_SLASH = regex.compile(
    r"(?<=(?<!\p{L})ngày\s(?P<d>\d{1,2})/)(?P<m>0?[1-9]|1[02])(?P<y>(?:19|20)\d\d)(?![\p{L}\d/])"
)
"""A date without its second slash; of ``112010`` the second 1 may be what became of it."""


_LOST_IN_ROW = regex.compile(
    r"(?<=(?<!\p{L})ngày\s(?P<d>\d{1,2})\s?[/⁄.-]\s?(?P<m>\d{1,2}))\s{1,3}(?=(?P<y>(?:19|20)\d\d)(?!\d))"
    r"|(?<=(?<!\p{L})ngày\s(?P<d>\d{1,2}))\s{1,3}"
    r"(?=(?P<m>\d{1,2})\s?[/⁄]\s?(?P<y>(?:19|20)\d\d)(?!\d))"
)
"""A date set with spaces, one of whose slashes was not read: ``ngày 22 / 03  2015``."""
_TWICE = regex.compile(
    r"(?<=ngày\s\d{1,2}\s?)(?:[/⁄]\s?[/⁄])(?=\s?\d{1,2}\s?[/⁄])"
    r"|(?<=ngày\s\d{1,2}\s?[/⁄]\s?\d{1,2}\s?)(?:[/⁄]\s?[/⁄]|[/⁄][.,'’])(?=\s?(?:19|20)\d\d)"
)
"""Its slash, read twice or with a speck."""
_DAY_TWICE = regex.compile(r"(?<=(?<!\p{L})ngày\s)\d{3}(?=\stháng\s\d{1,2}\snăm\s(?:19|20)\d\d)")
_YEAR_WORD = regex.compile(
    r"(?<=ngày\s\d{1,2}\stháng\s\d{1,2}\s)(?!năm)(?:n\p{L}{1,3}|\p{L}{1,2}m)(?=\s(?:19|20)\d\d(?!\d))"
)


def _days(one: Slice) -> Iterator[Repair]:
    """Days whose slashes were lost or doubled, and those with a figure or a word read wrongly."""
    for found in _LOST_IN_ROW.finditer(one.text, timeout=TIMEOUT):
        if _is_day(found["d"], found["m"], found["y"]):
            yield Repair(*one.place(*found.span()), "/", DATE)
    for found in _TWICE.finditer(one.text, timeout=TIMEOUT):
        yield Repair(*one.place(*found.span()), "/", DATE)
    for found in _DAY_TWICE.finditer(one.text, timeout=TIMEOUT):
        once = regex.sub(r"(\d)\1", r"\1", found.group(), timeout=TIMEOUT)
        if len(once) == 2 and 1 <= int(once) <= _MOST["d"]:
            yield Repair(*one.place(*found.span()), once, DATE)
    for found in _YEAR_WORD.finditer(one.text, timeout=TIMEOUT):
        yield Repair(*one.place(*found.span()), "năm", DATE)


def _marks(one: Slice) -> Iterator[Repair]:
    """Legislatures whose figures were read as strokes, and dates that lost a slash."""
    for found in _LEGISLATURE.finditer(one.text, timeout=TIMEOUT):
        put = found.group().replace("T", "1").translate(_FIGURES)
        if put != found.group() and int(put) >= FIRST_OF_TWO:
            yield Repair(*one.place(*found.span()), put, NUMBER)
    for found in _MORE_STROKES.finditer(one.text, timeout=TIMEOUT):
        yield Repair(*one.place(*found.span()), "", NUMBER)
    for found in _LOST_SLASH.finditer(one.text, timeout=TIMEOUT):
        if _is_day(found["d"], found["m"], found["y"]):
            yield Repair(*one.place(*found.span()), f"{found['m']}/{found['y']}", DATE)


FIRST_OF_TWO = 10


def _days_of_numbers(one: Slice) -> Iterator[Repair]:
    """
    Days that no calendar has, of numbers whose day the register knows: ``ngày 37/10/2017``.

    Only where the one day known differs in one figure. A day of the calendar stays: what a
    document says of another may be wrong.
    """
    from rapidfuzz.distance import Hamming

    for found in _ON_DAY.finditer(one.text, timeout=TIMEOUT):
        if _day(found["y"], found["m"], found["d"]):
            continue
        before = [match for match in find_docnumbers(one.text) if match.end == found.start()]
        number = before[0].number.canonical if before else None
        days = {known.issued for known in packaged_register().by_number(number or "")}
        day = days.pop() if len(days) == 1 else None
        if day is None:
            continue
        for name, put in (("d", f"{day.day:02}"), ("m", f"{day.month:02}"), ("y", f"{day.year}")):
            read = found[name].zfill(2)
            others = [part for part in "dmy" if part != name]
            alike = all(int(found[part]) == getattr(day, _PARTS[part]) for part in others)
            if alike and len(read) == len(put) and Hamming.distance(read, put) == 1:
                yield Repair(*one.place(*found.span(name)), put, DATE)


_PARTS = {"d": "day", "m": "month", "y": "year"}


def find_figures(one: Slice) -> Iterator[Repair]:
    """The repairs of the figures of a slice."""
    if not any(map(str.isdigit, one.text)):
        return
    yield from _marks(one)
    if _SPOILT.search(one.text, timeout=TIMEOUT):
        yield from _dates(one)
        yield from _numbers(one)
    if "năm" in one.text:
        yield from _law_years(one)
    if "ngày" in one.text:
        yield from _days(one)
        yield from _own_years(one)
        yield from _law_days(one)
        yield from _days_of_numbers(one)


def find_dates(one: Slice) -> Iterator[Repair]:
    """The repairs of the words of whole dates, which ``misread`` reads."""
    if not any(map(str.isdigit, one.text)):
        return
    mended = mend_dates(one.text)
    if mended != one.text:
        for word in regex.finditer(r"\S+\s?", one.text, timeout=TIMEOUT):
            read = word.group().rstrip()
            put = " ".join(mended[word.start() : word.start() + len(read)].split())
            if put != read:
                end = word.start() + len(read) if put else word.end()
                yield Repair(*one.place(word.start(), end), put, DATE)


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
    return _day(year, month, day) is not None and _LEAST["y"] <= int(year) <= _MOST["y"]


def _day(year: str, month: str, day: str) -> date | None:
    """The day of the calendar that figures name, if there is one."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


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
    if serial[:-1].isdigit() and serial[-1] in "SBLQG":
        try:
            as_read = parse_docnumber(found.group() + found["symbol"]).canonical
        except ValueError:
            as_read = None
        register = packaged_register()
        if as_read and register.by_number(as_read):
            return False
        return bool(number.canonical and register.by_number(number.canonical))
    return True
