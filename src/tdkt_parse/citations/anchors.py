"""
Numbered documents in a text: where each begins, its type, its number and its date.

``Nghị định số 98/2023/NĐ-CP ngày 31/12/2023``; without ``số``; in small letters; one of a list, of
which only the first names its type; ``Quyết định của Thủ tướng Chính phủ số …``.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, TypeVar

import regex

from tdkt_parse.docnumber import NumberMatch
from tdkt_parse.lexicon import document_types
from tdkt_parse.models import DocNumber, PartialDate
from tdkt_parse.periods import DateMatch
from tdkt_parse.wording import is_agency, is_before_place, kind_by_spelling, names_paper

TIMEOUT = 2.0
"""
Seconds one search over document text may take. A look at some dozen code points, up to ``NEAR``,
``WINDOW`` or less, by a pattern that nests no repetition needs no limit, and takes a third without.
"""
PASSAGE = 2000
"""
Code points up to which a search by a pattern that repeats nothing without a bound needs no limit.
"""


NEAR = 64
"""Code points after a place in which what follows it is looked for. A search without an end looks
through the whole text for letters that a match must have, however short it is."""


WINDOW = 110
"""Code points before a number in which its type is looked for; the longest way seen was 71."""


NAMING = tuple(
    f"{words}{end}"
    for words in ("gọi tắt là", "gọi chung là", "viết tắt là", "gọi là")
    for end in (" ", ": ", " “")
)
"""Before the short name of a document where it is declared; that is no other document."""


class Anchor(NamedTuple):
    """Where a citation begins, and where its number, title or date was found to end."""

    start: int
    head: int
    kind: str
    rule: str
    number: DocNumber | None = None
    date: PartialDate | None = None
    title: tuple[int, int] | None = None
    damaged: bool = False
    issuer: str | None = None


_LETTER = regex.compile(r"\b[Cc]ông văn\s$")
"""Before what the letter does, which is no type of its own: ``công văn hướng dẫn số 237/SGD``."""


_SO = regex.compile(r"(?:\b[Ss][ốôỐ]|\bSỐ)\s?:?\s*$")


_BETWEEN = regex.compile(r"(?i)\s+(?:của|do)\s+(?P<issuer>[^;:.,()]{3,60})$")


def numbered(
    text: str, numbers: Sequence[NumberMatch], dates: Sequence[DateMatch]
) -> Iterator[Anchor]:
    last: Anchor | None = None
    led: dict[str, str | None] = {}
    paper = -NEAR
    for found in numbers:
        kind, start, issuer = kind_before(text, found.start)
        if issuer and issuer_names_another(issuer, _kind_by_code(found.number)):
            kind, start, issuer = None, found.start, None
        if kind is not None:
            led[kind] = issuer  # of this number, and of the list that it leads
        if kind is not None and found.number.doc_type is None:
            letter = _LETTER.search(text, max(0, start - 12), start)
            kind, start = ("Công văn", letter.start()) if letter else (kind, start)
        if kind is None and last is not None and _is_listed(text, last.head, found.start):
            kind, start = _kind_of_item(last.kind, found.number), found.start
            issuer = led.get(kind)
        if kind is None:
            kind = _kind_by_code(found.number)
            so = _SO.search(text, max(0, found.start - 8), found.start)
            start = so.start() if so else found.start
            if kind and (
                names_paper(text[max(0, found.start - NEAR) : found.start])
                or _is_listed(text, paper, found.start)
            ):
                kind, paper = None, found.end
        if kind is None or text.endswith(NAMING, 0, start):
            continue
        date, head = date_after(text, found.end, dates)
        last = Anchor(
            start, head, kind, "numbered", found.number, date, damaged=found.damaged, issuer=issuer
        )
        yield last


def issuer_names_another(issuer: str, kind: str | None) -> bool:
    """
    Whether what stands between a type and a number names the document that has the number:
    ``Kế hoạch của Sở Giáo dục và Kế hoạch giáo dục nhà trường số 34/KH-THCS``.

    >>> issuer_names_another("Phòng Tài chính và Kế hoạch huyện", "Kế hoạch")
    False
    """
    name, found, rest = issuer.partition(f" và {kind} ") if kind else (issuer, "", "")
    return bool(found) and is_agency(name) and not is_before_place(rest.split(maxsplit=1)[0])


def kind_before(text: str, at: int) -> tuple[str | None, int, str | None]:
    """The type named right before a number, and where; ``của Chính phủ`` may stand between."""
    window = text[max(0, at - WINDOW) : at]
    base = at - len(window)
    so = _SO.search(window, max(0, len(window.rstrip()) - 6))
    before = window[: so.start()] if so else window
    trimmed = before.rstrip(" :,")
    kind, start = _kind_at_end(trimmed)
    issuer = None
    if kind is None and so:
        low = trimmed.lower()
        between = _BETWEEN.search(trimmed) if "của" in low or "do" in low else None
        if between:
            kind, start = _kind_at_end(trimmed[: between.start()])
            issuer = between["issuer"].strip() if is_agency(between["issuer"]) else None
    return (kind, base + start, issuer) if kind else (None, at, None)


@cache
def _spellings_by_end() -> dict[str, tuple[tuple[str, str], ...]]:
    """Spellings and their types by the two letters that they end in, the longest first."""
    by_end: dict[str, list[tuple[str, str]]] = {}
    for spelling, name in sorted(kind_by_spelling().items(), key=lambda pair: -len(pair[0])):
        by_end.setdefault(spelling[-2:], []).append((spelling, name))
    return {end: tuple(spellings) for end, spellings in by_end.items()}


def _kind_at_end(text: str) -> tuple[str | None, int]:
    for spelling, name in _spellings_by_end().get(text[-2:].lower(), ()):
        start = len(text) - len(spelling)
        if start < 0 or (start and text[start - 1].isalnum()):
            continue
        if text[start:].lower() == spelling:
            return name, start
    return None, len(text)


def _kind_of_item(kind: str, number: DocNumber) -> str:
    """
    The type of one of a list: that of the one before it, but where its symbol is another's. Behind
    ``Quyết định số … ban hành Kế hoạch thực hiện Kết luận số 80-KL/TW`` stands ``21/2021/QĐ-TTg``.
    """
    named = _kind_by_code(number) if number.doc_type else None
    return kind if named is None or kind in _kinds_by_code(number.doc_type) else named


@cache
def _kinds_by_code(code: str | None) -> frozenset[str]:
    return frozenset(row.name for row in document_types() if row.code == code)


_LIST_GAP = regex.compile(r"[\s,;]*(?:và|hoặc|,|;)?\s*(?:[Ss]ố)?\s*:?\s*")


def _is_listed(text: str, end: int, start: int) -> bool:
    """Whether a number goes on a list: ``số 05/2021/TT-BNV, 06/2023/TT-BNV và …``."""
    return bool(0 <= start - end <= 12 and _LIST_GAP.fullmatch(text, end, start))


@cache
def _names_by_code() -> dict[str, str]:
    known = set(kind_by_spelling().values())
    return {row.code: row.name for row in reversed(document_types()) if row.name in known}


def _kind_by_code(number: DocNumber) -> str | None:
    if number.doc_type:
        return _names_by_code().get(number.doc_type)
    if number.issuers and number.issuers[0].startswith("QH") and number.year:
        return None
    return "Công văn" if number.serial and number.issuers else None


Match = TypeVar("Match", NumberMatch, DateMatch)


def near(found: Sequence[Match], at: int, reach: int) -> Sequence[Match]:
    """Those of what was found, in order, that begin within some code points after a place."""
    first = bisect_left(found, at, key=_start_of)
    return found[first : bisect_left(found, at + reach, lo=first, key=_start_of)]


def _start_of(found: NumberMatch | DateMatch) -> int:
    return found.start


_DATE_GAP = regex.compile(r"\s*[,(]?\s*(?:ban hành |ký |ngày (?=ngày))?")


_DATE_STARTS = frozenset("nNuUtTgGbk0123456789")
"""
How a date or the words of ``_DATE_GAP`` begin: ngày, which OCR reads *ugày*; năm, tháng, giai đoạn.
"""


def may_be_dated(text: str, numbers: Sequence[NumberMatch]) -> bool:
    """Whether a date may follow one of the numbers, so that the dates of the text matter."""
    for found in numbers:
        follows = text[found.end : found.end + NEAR].lstrip().lstrip(",(").lstrip()
        if follows[:1] in _DATE_STARTS:
            return True
    return False


def date_after(text: str, at: int, dates: Sequence[DateMatch]) -> tuple[PartialDate | None, int]:
    if text.startswith(" ngày ", at) and not text.startswith("ngày ", at + 6):
        start = at + 1  # as nearly every date is joined on; a search would say the same
    else:
        gap = _DATE_GAP.match(text, at, at + NEAR)
        start = gap.end() if gap else at
    for found in near(dates, start, 1):
        return found.date, found.end
    return None, at
