"""
What is wrong with a row of a register, and what is odd about the links between rows.

A *fault* keeps a row out: it cannot be true. A *warning* is told and the row stays: a link to an
instrument that the register does not hold may be right.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import regex

from tdkt_parse.docnumber import canonical, parse_docnumber
from tdkt_parse.lexicon import Row, document_types, read_csv
from tdkt_parse.register.asking import split_kind
from tdkt_parse.register.columns import (
    DAYS,
    IN_VIETNAMESE,
    LINKS,
    LISTS,
    cells_of,
    column_names,
    name_key,
    parts_of,
)
from tdkt_parse.register.instruments import Instrument
from tdkt_parse.register.keys import number_key, words_key

LONGEST = 10_000
"""Characters of a cell; the longest title of a law has some 400."""

YEARS = range(1945, 2101)

SAYINGS: dict[str, tuple[str, str]] = {
    "no number": ("thiếu số, ký hiệu", "there is no number"),
    "number": ("{0} không phải số, ký hiệu văn bản", "{0} is no number of a document"),
    "day": (
        "{0} không phải ngày (viết dd/mm/yyyy hoặc yyyy-mm-dd)",
        "{0} is no day (write dd/mm/yyyy or yyyy-mm-dd)",
    ),
    "year": (
        "số hiệu ghi năm {0} nhưng ngày ban hành là {1}",
        "the number says {0}, but the day of issue is {1}",
    ),
    "term": (
        "Quốc hội khóa {0} làm việc từ năm {1} đến năm {2}, không ban hành văn bản năm {3}",
        "National Assembly {0} sat from {1} to {2} and issued nothing in {3}",
    ),
    "effect": (
        "có hiệu lực ngày {0}, trước ngày ban hành {1}",
        "in force from {0}, before it was issued on {1}",
    ),
    "end": (
        "hết hiệu lực ngày {0}, không sau ngày {1}",
        "its end, {0}, is not after {1}",
    ),
    "kind": (
        "ký hiệu là của {0} nhưng loại ghi {1}",
        "the symbol is that of a {0}, but the kind says {1}",
    ),
    "itself": ("văn bản dẫn đến chính nó", "the instrument links to itself"),
    "column": ("{0} không phải tên cột", "{0} is no name of a column"),
    "yes or partial": ("{0} không phải có, không hoặc partial", "{0} is none of yes, no, partial"),
    "long": ("ô dài hơn {0} ký tự", "the cell has more than {0} characters"),
    "control": ("ô có ký tự điều khiển", "the cell has control characters"),
    "broken": ("dòng không đọc được: {0}", "the line cannot be read: {0}"),
    "quote": (
        "dấu ngoặc kép mở mà không đóng ở cuối ô",
        "a quotation mark is opened and not closed at the end of its cell",
    ),
    "cells": ("{0} ô, trong khi có {1} cột", "{0} cells where there are {1} columns"),
    "object": ("không phải một đối tượng JSON", "no object of JSON"),
    "taken": ("mã {0} đã dùng cho văn bản khác", "{0} is the id of another instrument"),
    "slash": ("mã {0} không được có dấu gạch chéo", "an id must have no slash: {0}"),
    "organ": (
        "số này nhiều địa phương cùng dùng, cần ghi cơ quan ban hành",
        "many organs use this number: say which issued it",
    ),
    "dangling": ("{0} không có trong sổ", "{0} is not in the register"),
    "twice": ("{0} có trong sổ hai lần", "{0} is twice in the register"),
    "several": ("{0} có nhiều văn bản cùng số", "several instruments bear the number {0}"),
}
"""What is said of a row, in Vietnamese and in English."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a column of a row: which saying, and what it is about."""

    column: str
    saying: str
    about: tuple[str, ...] = ()

    def said(self, lang: str = "vi") -> str:
        """
        The fault in words.

        >>> Fault("effective", "effect", ("2024-01-01", "2024-02-01")).said()
        'ngày có hiệu lực: có hiệu lực ngày 2024-01-01, trước ngày ban hành 2024-02-01'
        """
        column = self.column if lang == "en" else IN_VIETNAMESE.get(self.column, self.column)
        words = SAYINGS[self.saying][lang == "en"].format(*self.about)
        return f"{column}: {words}" if column else words


@dataclass(frozen=True, slots=True)
class Problem:
    """A warning: a link of an instrument that leads nowhere, or to several."""

    instrument: Instrument
    fault: Fault


class Legislature(Row):
    """A term of the National Assembly, and the years in which its numbers may be dated."""

    term: int
    first_year: int
    last_year: int
    source: str


@cache
def legislatures() -> dict[int, Legislature]:
    """The terms of the National Assembly (``data/legislatures.csv``)."""
    return {row.term: row for row in read_csv("legislatures.csv", Legislature)}


# -- the cells of a row


YES = {"yes", "y", "true", "1", "x", "có", "rồi", "đã", "đã đối chiếu", "đã kiểm tra"}
NO = {"", "no", "n", "false", "0", "không", "chưa"}
CONTROLS = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def read_row(cells: Mapping[str, str]) -> tuple[dict[str, str], list[Fault]]:
    """
    The cells of a row as the table holds them, and what is wrong with them.

    Days become ISO, numbers canonical, spaces single; a column that is not in ``cells`` is not in
    what is returned.

    >>> read_row({"number": "Số: 98/2023/NĐ - CP", "issued": "31/12/2023"})
    ({'number': '98/2023/NĐ-CP', 'issued': '2023-12-31'}, [])
    >>> [fault.said("en") for fault in read_row({"number": "15/3/2025"})[1]]
    ['number: 15/3/2025 is no number of a document']
    """
    row: dict[str, str] = {}
    faults: list[Fault] = []
    for column, cell in cells.items():
        if len(cell) > LONGEST:
            faults.append(Fault(column, "long", (str(LONGEST),)))
            continue
        if not cell.isprintable():
            if CONTROLS.search(cell, timeout=2):
                faults.append(Fault(column, "control"))
                continue
            cell = " ".join(cell.split())
        elif "  " in cell or cell[:1] == " " or cell[-1:] == " ":
            cell = " ".join(cell.split())
        row[column] = cell
    if "number" not in cells or not (faults or row["number"]):
        return row, [Fault("number", "no number")]
    if faults:
        return row, faults
    number = canonical_number(row["number"])
    if number is None:
        faults.append(Fault("number", "number", (shown(row["number"]),)))
    else:
        if not row.get("kind") and (kind := split_kind(row["number"])[0]):
            row["kind"] = kind
        row["number"] = number
    for column in DAYS:
        if row.get(column):
            day = read_day(row[column])
            if day is None:
                faults.append(Fault(column, "day", (shown(row[column]),)))
            else:
                row[column] = day
    for column in LISTS:
        if row.get(column):
            row[column] = _list(column, row[column], faults)
    if "verified" in row:
        said = row["verified"].casefold()
        row["verified"] = "yes" if said in YES else "" if said in NO else said
        if row["verified"] not in ("yes", "", "partial"):
            faults.append(Fault("verified", "yes or partial", (shown(row["verified"]),)))
    return row, faults


def _list(column: str, cell: str, faults: list[Fault]) -> str:
    parts = parts_of(cell)
    if column in LINKS:
        numbers = []
        for part in parts:
            number = canonical_number(part)
            if number is None:
                faults.append(Fault(column, "number", (shown(part),)))
            else:
                numbers.append(number)
        parts = tuple(numbers)
    elif column == "unverified":
        names = [column_names().get(name_key(part.partition("(")[0])) for part in parts]
        faults += [
            Fault(column, "column", (shown(part),))
            for part, name in zip(parts, names, strict=True)
            if name is None
        ]
        parts = tuple(name[1] for name in names if name)
    return ";".join(dict.fromkeys(parts))


def shown(text: str) -> str:
    """A cell as it may be told: not all of a long one."""
    return text if len(text) <= 60 else text[:59] + "…"


def canonical_number(text: str) -> str | None:
    """
    A number as its decree prescribes; ``None`` if it is none.

    The type of document may stand before it, if it is not another than the symbol's.

    >>> [canonical_number(text) for text in ("06/2022/QH15", "298 KH/TWĐTN", "10/A1")]
    ['06/2022/QH15', '298-KH/TWĐTN', None]
    >>> [canonical_number(f"{kind} số 98/2023/NĐ-CP") for kind in ("Nghị định", "Nghị quyết")]
    ['98/2023/NĐ-CP', None]
    """
    # There are few symbols, and what is one behind one serial is one behind another.
    digits = len(text) - len(text.lstrip("0123456789"))
    if 0 < digits <= 6 and _is_written_so(text[digits:]):
        return text
    try:
        return canonical(parse_docnumber(text))
    except ValueError:
        kind, rest = split_kind(text)
    try:
        number = canonical(parse_docnumber(rest)) if kind else None
    except ValueError:
        return None
    return number if number and kind_of(symbol_of(number)) in (None, kind) else None


@lru_cache(maxsize=16384)
def _is_written_so(rest: str) -> bool:
    try:
        return canonical(parse_docnumber(f"12{rest}")) == f"12{rest}"
    except ValueError:
        return False


_SAID = regex.compile(
    r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", regex.IGNORECASE
)
_DAY = regex.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]0?0:00(?::00(?:\.0+)?)?)?")
_SLASHED = regex.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
_ISO = regex.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?)?")


@lru_cache(maxsize=8192)
def read_day(text: str) -> str | None:
    """
    A day in ISO; ``None`` if it is none.

    >>> read_day("01/7/2024"), read_day("2024-07-01T00:00:00"), read_day("31/02/2024")
    ('2024-07-01', '2024-07-01', None)
    >>> read_day("2024/07/01"), read_day("ngày 01 tháng 7 năm 2024"), read_day("1/7/24")
    ('2024-07-01', '2024-07-01', None)
    """
    iso = _ISO.fullmatch(text, timeout=2) or _SLASHED.fullmatch(text, timeout=2)
    found = iso or _DAY.fullmatch(text, timeout=2) or _SAID.fullmatch(text, timeout=2)
    if not found:
        return None
    year, month, day = map(int, found.groups() if iso else reversed(found.groups()))
    try:
        return date(year, month, day).isoformat() if year in YEARS else None
    except ValueError:
        return None


# -- the row as a whole


def check_row(row: Mapping[str, str]) -> list[Fault]:
    """
    What contradicts itself in the cells of a row that :func:`read_row` gave.

    The number against the date; a number of the National Assembly against its term; the effect
    and the end against the issue; the kind against the symbol; links to itself.
    """
    faults: list[Fault] = []
    number, issued = row["number"], row.get("issued", "")
    year, symbol = _split(number)
    if year and issued and issued[:4] != year:
        faults.append(Fault("issued", "year", (year, issued)))
    told = issued[:4] or year
    term = _term_of(symbol)
    if term and told and not term.first_year <= int(told) <= term.last_year:
        faults.append(
            Fault(
                "number", "term", (str(term.term), str(term.first_year), str(term.last_year), told)
            )
        )
    effective, expired = row.get("effective", ""), row.get("expired", "")
    if issued and effective and effective < issued:
        faults.append(Fault("effective", "effect", (effective, issued)))
    begins = effective or issued
    if expired and begins and expired <= begins:
        faults.append(Fault("expired", "end", (expired, begins)))
    kind = kind_of(symbol)
    if kind and row.get("kind") and words_key(kind) != words_key(row["kind"]):
        faults.append(Fault("kind", "kind", (kind, shown(row["kind"]))))
    for column in LINKS:
        # Provinces share numbers, so that it may be another's.
        if row.get(column) and not is_local(symbol):
            own = number_key(number)
            if own in map(number_key, parts_of(row[column])):
                faults.append(Fault(column, "itself"))
    return faults


def _split(number: str) -> tuple[str, str]:
    """
    Year and symbol of a canonical number; the year may be blank.

    >>> [_split(number) for number in ("98/2023/NĐ-CP", "19/CT-TTg", "34-CT/TW")]
    [('2023', 'NĐ-CP'), ('', 'CT-TTg'), ('', 'CT/TW')]
    """
    serial, _, rest = number.partition("/")
    if "-" in serial:
        return "", number.partition("-")[2]
    year, slash, symbol = rest.partition("/")
    return (year, symbol) if slash and len(year) == 4 and year.isdecimal() else ("", rest)


_TERM = regex.compile(r"QH(\d{1,2})$")


@lru_cache(maxsize=4096)
def _term_of(symbol: str) -> Legislature | None:
    found = _TERM.search(symbol, timeout=2)
    return legislatures().get(int(found[1])) if found else None


@lru_cache(maxsize=4096)
def kind_of(symbol: str) -> str | None:
    """
    The type of document that a symbol begins with; ``None`` where it begins with none.

    >>> kind_of("NĐ-CP"), kind_of("QH15")
    ('Nghị định', None)
    """
    code = regex.split(r"[-/]", symbol, maxsplit=1, timeout=2)[0]
    return next((row.name for row in document_types() if row.code == code != symbol), None)


_NAMED = ("Bộ luật", "Luật", "Pháp lệnh", "Nghị quyết")


def complete_row(row: dict[str, str]) -> None:
    """
    Put in the kind that the symbol or the title says, and take it off the title.

    >>> law = {"number": "06/2022/QH15", "title": "Luật Thi đua, khen thưởng"}
    >>> complete_row(law)
    >>> law["kind"], law["title"]
    ('Luật', 'Thi đua, khen thưởng')
    """
    title = row.get("title", "")
    if not row.get("kind"):
        symbol = symbol_of(row["number"])
        said = kind_of(symbol)
        if said is None and _TERM.search(symbol, timeout=2):
            said = next((kind for kind in _NAMED if title.startswith(f"{kind} ")), None)
        if said:
            row["kind"] = said
    kind = row.get("kind")
    if kind and title.startswith(f"{kind} "):
        rest = title[len(kind) + 1 :]
        if rest != "sư":  # Luật sư: the one law that is named after a word that begins so.
            row["title"] = rest


LOCAL = ("UBND", "HĐND", "TU", "TP", "HU", "ĐU")


@lru_cache(maxsize=4096)
def is_local(symbol: str) -> bool:
    """Whether many organs number under a symbol: committees and councils of every province."""
    return any(part in LOCAL for part in regex.split(r"[-/.]", symbol, timeout=2))


def symbol_of(number: str) -> str:
    """The symbol of a canonical number."""
    return _split(number)[1]


def check_all(instruments: Iterable[Instrument]) -> Iterator[Problem]:
    """Every fault of every instrument; of the packaged ones there is none."""
    for instrument in instruments:
        cells = cells_of(instrument)
        row, faults = read_row(cells)
        if not faults:
            faults = check_row(row)
            if row["number"] != cells["number"]:
                faults.append(Fault("number", "number", (cells["number"],)))
        for fault in faults:
            yield Problem(instrument, fault)
