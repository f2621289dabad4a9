"""
What is known of the lines of a page: those of the form of a document, and those around it.

The form is that of Nghị định 30/2020/NĐ-CP: motto, number, place and date, type, bases, recipients,
signature. What stands around documents is in ``data/web_pages.toml``.
"""

from functools import cache

import regex
from pydantic import BaseModel, ConfigDict

from tdkt_parse.docnumber import find_letterhead_number
from tdkt_parse.lexicon import read_toml
from tdkt_parse.periods import find_letterhead_date
from tdkt_parse.spelling import bare, is_upper, key
from tdkt_parse.wording import (
    MOTTO,
    basis_verb,
    capacity_pattern,
    is_agency,
    marked_words,
    squeezed,
    type_of_line,
)

TIMEOUT = 2.0
LONGEST = 200
"""Code points of a line of the form; two columns of a letterhead on one line have 160."""


LONGEST_AGENCY = 80


class Words(BaseModel):
    """Words of one kind, with an example as a page has it, and where that is from."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    words: list[str]
    example: str
    source: str


class PageRows(BaseModel):
    """``web_pages.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    part: list[Words]
    follows: list[Words]
    control: list[Words]
    remark: list[Words]
    property: list[Words]
    sign_in: list[Words]


@cache
def page_rows() -> PageRows:
    """What stands around documents."""
    return read_toml("web_pages.toml", PageRows)


@cache
def _phrases(kind: str) -> frozenset[str]:
    rows: list[Words] = getattr(page_rows(), kind)
    return frozenset(key(word).strip(" :") for row in rows for word in row.words)


@cache
def part_words() -> frozenset[str]:
    """Words of the classes and ids of boxes around a document."""
    return frozenset(word for row in page_rows().part for word in row.words)


STRONG = frozenset({"motto", "number", "type", "recipients", "signing"})
"""Signs of which a line of a menu or a list hardly has one, and never two kinds."""

_NUMBER = regex.compile(r"[Ss][ốỐô]\s*[:.]?\s*[\d./_…#-]")
_CLAUSE = regex.compile(
    r"(?:ĐIỀU|Điều)\s+\d{1,3}\s*[.:]|(?:Chương|CHƯƠNG|Phần|PHẦN)\s+(?:[IVX]{1,5}|thứ)\b|[IVX]{1,5}\s*[.)/-]\s*\p{Lu}"
)
_ANNEX = regex.compile(r"(?:PHỤ LỤC|BIỂU MẪU|DANH MỤC|BIỂU)\b")
_WEEKDAYS = ("thu ", "chu nhat", "hom nay")
"""How the day of a page begins, without marks; that of a document begins with a place."""
_BLANK_NUMBER = regex.compile(r"Số\s*:?\s*[…._ \u00a0]*/[\p{Lu}Đ-]{2,}")


def sign_of(line: str) -> str | None:
    """
    What of a document's form a line is.

    >>> sign_of("Số: 12/KH-UBND"), sign_of("KẾ HOẠCH"), sign_of("Nơi nhận:")
    ('number', 'type', 'recipients')
    >>> sign_of("Số ký hiệu: 12/KH-UBND"), sign_of("Kế hoạch"), sign_of("Trang chủ")
    (None, None, None)
    """
    if len(line) > LONGEST:
        return "basis" if line[:1].isupper() and _is_basis(line[:120]) else _clause(line[:60])
    letters = squeezed(line) if len(line) > 12 else ""
    if letters and not line.endswith((".", ";")) and any(m in letters for m in MOTTO[1:]):
        return "motto"
    if line[0] in "Ss" and (
        (_NUMBER.match(line, timeout=TIMEOUT) and find_letterhead_number(line))
        or _BLANK_NUMBER.match(line, timeout=TIMEOUT)
    ):
        return "number"
    folded = key(line)
    if folded.startswith(key("nơi nhận")):
        return "recipients"
    upper = is_upper(line)
    if upper:
        known = type_of_line(line)
        if known:
            return "type" if known[1] == len(line.split()) else "titled"
        if capacity_pattern().match(line, timeout=TIMEOUT):
            return "signing"
        if _ANNEX.match(line, timeout=TIMEOUT):
            return "annex"
    if folded.startswith("ngày") or "," in line:
        found = find_letterhead_date(line)
        if found and not bare(line).startswith(_WEEKDAYS):
            return "date"
    if _is_basis(line):
        return "basis"
    return _clause(line)


def _is_basis(line: str) -> bool:
    found = basis_verb(key(line))
    return (
        found is not None and len(line) > 25 and key(line).startswith((key("căn cứ"), key("xét")))
    )


def _clause(line: str) -> str | None:
    return "clause" if _CLAUSE.match(line, timeout=TIMEOUT) else None


def heads(line: str) -> bool:
    """Whether a line is of a letterhead before its first sign: an agency, a degree of secrecy."""
    if sum(map(str.isalnum, line)) * 2 < len(line):
        return True  # A rule, with ornaments in it: ``-----o0o-----``.
    if len(line) > LONGEST:
        return False
    if is_agency(line) and line[:1].isupper() and len(line) <= LONGEST_AGENCY:
        return True
    word = key(line).strip("()[] .:")
    return is_upper(line) or any(word in marked_words(k) for k in ("secrecy", "urgency", "draft"))


def is_control(line: str) -> bool:
    """Whether a line is a button."""
    return (
        len(line) <= 40
        and not line.endswith(":")
        and key(line).strip(" .:»›>|") in _phrases("control")
    )


def is_following(line: str) -> bool:
    """Whether a line heads what stands below a document in a page."""
    if len(line) > 60:
        return False
    words = key(line).partition("(")[0].strip(" .:»›>|0123456789-")
    return words in _phrases("follows")


def is_remark(line: str) -> bool:
    """Whether a line says something of the page."""
    return len(line) <= 300 and key(line).startswith(_remarks())


@cache
def _remarks() -> tuple[str, ...]:
    return tuple(key(word) for row in page_rows().remark for word in row.words)


def is_property(line: str) -> bool:
    """Whether a line names a property, as in a list of them; its value may stand behind it."""
    if len(line) > 200:
        return False
    name = key(line[:60]).partition(":")[0].strip(" .")
    return name in _phrases("property")


def begins_document(line: str) -> bool:
    """
    Whether a line is of a document's head, below which no list of a page stands.

    >>> begins_document("ỦY BAN NHÂN DÂN"), begins_document("Số: 12/KH-UBND")
    (True, True)
    >>> begins_document("Kế hoạch 12/KH-UBND năm 2024 trồng cây"), begins_document("HỆ THỐNG")
    (False, False)
    """
    return sign_of(line) is not None or (is_upper(line) and is_agency(line))


_VALUE = regex.compile(r"\s*(?:[:|]|\d)")


def names_property(line: str) -> bool:
    """
    Whether a line of a copied page is a property and its value.

    >>> names_property("Số hiệu: 45/KH-UBND Loại văn bản: Kế hoạch")
    True
    >>> names_property("| Ngày ban hành | 05/3/2023 |"), names_property("Người ký Trần Văn An")
    (True, True)
    >>> names_property("Số: 45/KH-UBND"), names_property("Hiệu lực thi hành của Quyết định này;")
    (False, False)
    """
    said = line.strip("|> \t")
    if not said[:1].isupper() or len(line) > 300:
        return False
    folded = key(said[:60])
    for name in sorted(_phrases("property"), key=len, reverse=True):
        if folded.startswith(name):
            rest = folded[len(name) :]
            after = said.split(maxsplit=len(name.split()))[len(name.split()) :]
            return bool(_VALUE.match(rest, timeout=TIMEOUT)) or (
                len(line) <= 80
                and rest[:1] == " "
                and bool(after)
                and after[0][0].isupper()
                and line[-1] not in ".;,"
            )
    return False


def asks_to_sign_in(line: str) -> bool:
    """Whether a line says that who is not signed in does not see the document."""
    folded = key(line[:400])
    return any(words in folded for words in _phrases("sign_in"))
