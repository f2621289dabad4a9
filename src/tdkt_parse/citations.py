"""
Citations: every mention of another document, numbered or not.

The full form is that of NĐ 30/2020/NĐ-CP, Phụ lục I.II.6: type, number and symbol, date, issuer,
title; laws and ordinances by name alone. In running text any part may be missing:

* ``Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ quy định chi tiết …``
* ``Nghị định 98/2023/NĐ-CP`` without ``số``; ``kế hoạch số 50/KH - UBND`` in small letters
* ``Luật Thi đua, khen thưởng ngày 15/6/2022``; ``… năm 2003``; ``… số 06/2022/QH15``
* ``các Luật Sửa đổi … năm 2005 và năm 2013``: two
* ``Chỉ thị số 34-CT/TW`` of the Party, ``Nghị quyết Đại hội …``, ``Điều lệ Công đoàn Việt Nam``

A document named inside the title of another is nested in it. A title ends where the next document
of the same rank begins, at a semicolon, at the end of the sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from tdkt_parse.docnumber import NumberMatch, find_docnumbers
from tdkt_parse.lexicon import document_types
from tdkt_parse.models import DocNumber, PartialDate
from tdkt_parse.periods import DateMatch, find_dates
from tdkt_parse.spelling import key
from tdkt_parse.wording import (
    is_agency,
    kind_by_spelling,
    law_title_words,
    lead_pattern,
    leads,
    links,
    predicates,
)

TIMEOUT = 2.0
NEAR = 64
"""Code points after a place in which what follows it is looked for. A search without an end looks
through the whole text for letters that a match must have, however short it is."""
WINDOW = 110
"""Code points before a number in which its type is looked for: the longest way between seen was 71."""
LONGEST_TITLE = 1500
LONGEST_LAW_TITLE = 220


@dataclass(frozen=True, slots=True)
class Cited:
    """
    A citation in one passage; all positions are code points of the passage's text.

    ``start`` to ``end`` is the whole of it, type to title; ``head`` is where its number or date
    ends; ``inside`` the index, in the passage's list, of the citation whose title holds it.
    """

    start: int
    end: int
    head: int
    kind: str
    number: DocNumber | None = None
    date: PartialDate | None = None
    title: str | None = None
    issuer: str | None = None
    pinpoint: str | None = None
    alias: str | None = None
    inside: int | None = None
    relation: str | None = None
    related: int | None = None
    rule: str = "numbered"
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class _Anchor:
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


def find_citations(text: str) -> list[Cited]:
    """The citations in a text, in order; never raises on any text."""
    numbers = find_docnumbers(text) if "/" in text else []
    lawful = _may_name_law(text)
    if not numbers and not lawful:
        return []
    dates = find_dates(text)
    anchors = [*_laws(text, numbers, dates)] if lawful else []
    taken = [(a.start, a.head) for a in anchors]
    for anchor in _numbered(text, numbers, dates):
        if not any(
            start <= anchor.start < end or start < anchor.head <= end for start, end in taken
        ):
            anchors.append(anchor)
    anchors.sort(key=lambda a: (a.start, a.head))
    return _assemble(text, anchors)


def _may_name_law(text: str) -> bool:
    return (
        "uật " in text
        or "UẬT " in text
        or "háp " in text
        or "HÁP " in text
        or "Pháp lệnh" in text
        or "Điều lệ" in text
        or "Nghị quyết Đại hội" in text
    )


# ---------------------------------------------------------------- numbered documents

_SO = regex.compile(r"(?:\b[Ss][ốôỐ]|\bSỐ)\s?:?\s*$")
_BETWEEN = regex.compile(r"(?i)\s+(?:của|do)\s+(?P<issuer>[^;:.,()]{3,60})$")


def _numbered(
    text: str, numbers: Sequence[NumberMatch], dates: Sequence[DateMatch]
) -> Iterator[_Anchor]:
    last: _Anchor | None = None
    for found in numbers:
        kind, start, issuer = _kind_before(text, found.start)
        if kind is None and last is not None and _is_listed(text, last.head, found.start):
            kind, start = last.kind, found.start
        if kind is None:
            kind = _kind_by_code(found.number)
            so = _SO.search(text, max(0, found.start - 8), found.start, timeout=TIMEOUT)
            start = so.start() if so else found.start
        if kind is None:
            continue
        date, head = _date_after(text, found.end, dates)
        last = _Anchor(
            start, head, kind, "numbered", found.number, date, damaged=found.damaged, issuer=issuer
        )
        yield last


def _kind_before(text: str, at: int) -> tuple[str | None, int, str | None]:
    """The type named right before a number, and where; ``của Chính phủ`` may stand between."""
    window = text[max(0, at - WINDOW) : at]
    base = at - len(window)
    so = _SO.search(window, timeout=TIMEOUT)
    before = window[: so.start()] if so else window
    trimmed = before.rstrip(" :,")
    kind, start = _kind_at_end(trimmed)
    issuer = None
    if kind is None and so:
        between = _BETWEEN.search(trimmed, timeout=TIMEOUT)
        if between:
            kind, start = _kind_at_end(trimmed[: between.start()])
            issuer = between["issuer"].strip() if is_agency(between["issuer"]) else None
    return (kind, base + start, issuer) if kind else (None, at, None)


@cache
def _spellings_by_length() -> tuple[tuple[int, dict[str, str]], ...]:
    by_length: dict[int, dict[str, str]] = {}
    for spelling, name in kind_by_spelling().items():
        by_length.setdefault(len(spelling), {})[spelling] = name
    return tuple(sorted(by_length.items(), reverse=True))


def _kind_at_end(text: str) -> tuple[str | None, int]:
    for length, spellings in _spellings_by_length():
        if len(text) < length:
            continue
        start = len(text) - length
        if start and text[start - 1].isalnum():
            continue
        name = spellings.get(text[start:].lower())
        if name:
            return name, start
    return None, len(text)


_LIST_GAP = regex.compile(r"[\s,;]*(?:và|hoặc|,|;)?\s*(?:[Ss]ố)?\s*:?\s*")


def _is_listed(text: str, end: int, start: int) -> bool:
    """Whether a number goes on a list: ``số 05/2021/TT-BNV, 06/2023/TT-BNV và …``."""
    return bool(0 <= start - end <= 12 and _LIST_GAP.fullmatch(text, end, start, timeout=TIMEOUT))


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


_DATE_GAP = regex.compile(r"\s*[,(]?\s*(?:ban hành |ký )?")


def _date_after(text: str, at: int, dates: Sequence[DateMatch]) -> tuple[PartialDate | None, int]:
    gap = _DATE_GAP.match(text, at, at + NEAR, timeout=TIMEOUT)
    start = gap.end() if gap else at
    for found in dates:
        if found.start == start:
            return found.date, found.end
        if found.start > start:
            break
    return None, at


# ---------------------------------------------------------------- laws by name

_LAW = regex.compile(
    r"""
    (?<![\p{L}\d])
    (?: (?P<kind> Bộ\ luật | BỘ\ LUẬT | Luật(?!\ sư\b|\ pháp\b|\ gia\b) | LUẬT(?!\ SƯ\b) | Pháp\ lệnh | PHÁP\ LỆNH | Hiến\ pháp | HIẾN\ PHÁP )
      | (?P<charter> Điều\ lệ(?=\ (?:Đảng|Công\ đoàn|Đoàn|Hội|Mặt\ trận|Đội|Trường|trường)) )
      | (?P<small> (?<!\b(?:kỷ|kỉ|quy|qui|nghệ|thi|pháp|âm|niêm|định|hàng|dự)\ )luật(?=\ \p{L}) )
      | (?P<congress> Nghị\ quyết(?=\ (?:Đại\ hội|ĐẠI\ HỘI)) ) )
    (?!\p{L})
    """,
    regex.VERBOSE,
)
_STOP = regex.compile(
    r"[;:“”\")]|\((?!\s*[Ss]ố)|\.(?=\s|$)|,?\s+(?:và|cùng)\s+(?:các|những|Nghị|Thông|Quyết|Chỉ|Luật|Bộ luật|Pháp lệnh)\b|,\s+(?:(?:và\s+)?(?:các\s+)?(?:Luật|Bộ luật|Pháp lệnh|Nghị định|Thông tư|Quyết định|Nghị quyết|Chỉ thị|Kế hoạch|Điều lệ|Quy chế|các văn bản)\b)"
)
_AMENDS = regex.compile(r"\s*(?:[Ss]ửa đổi|SỬA ĐỔI|[Bb]ổ sung)")
_OWN_NUMBER = regex.compile(r"\s*,?\s*\(?\s*(?:[Ll]uật\s+)?(?:[Ss]ố\s*:?\s*)?")


def _laws(
    text: str, numbers: Sequence[NumberMatch], dates: Sequence[DateMatch]
) -> Iterator[_Anchor]:
    skip_to = 0
    for mark in list(_LAW.finditer(text, timeout=TIMEOUT)):
        if mark.start() < skip_to:
            continue
        kind = (
            mark.group().capitalize()
            if not mark["charter"] and not mark["congress"]
            else mark.group()
        )
        begin = mark.end()
        if mark["small"] and not _knows_law(text, begin):
            continue
        if _NUMBERED.match(text, begin, begin + NEAR, timeout=TIMEOUT):
            continue
        if kind == "Hiến pháp":
            date, head = _date_after(text, begin, dates)
            yield _Anchor(mark.start(), head, kind, "law", date=date)
            continue
        found = _law_at(text, mark.start(), begin, kind, numbers, dates)
        if found:
            skip_to = found[-1].head
            yield from found


def _knows_law(text: str, begin: int) -> bool:
    return law_title_words(text[begin : begin + 200].lstrip()) > 0


def _law_at(
    text: str,
    start: int,
    begin: int,
    kind: str,
    numbers: Sequence[NumberMatch],
    dates: Sequence[DateMatch],
) -> list[_Anchor]:
    limit = min(len(text), begin + LONGEST_LAW_TITLE)
    amends = bool(_AMENDS.match(text, begin, begin + NEAR, timeout=TIMEOUT))
    title_end = _known_title_end(text, begin)
    if amends:
        inner = _LAW.search(text, begin, limit, timeout=TIMEOUT)
        title_end = _known_title_end(text, inner.end()) if inner else None
        while title_end and (
            more := _AND_LAW.match(text, title_end, title_end + NEAR, timeout=TIMEOUT)
        ):
            further = _known_title_end(text, more.end())
            if not further:
                break
            title_end = further
    stop = _STOP.search(text, title_end if title_end else begin, limit, timeout=TIMEOUT)
    edge = stop.start() if stop else limit
    number, date, head = _own_number(text, title_end, begin, edge, numbers, dates)
    if head is not None:
        first = min(
            x for x in (number.start if number else None, _date_start(dates, date)) if x is not None
        )
        title = _title_span(text, begin, title_end if title_end and title_end <= first else first)
        anchors = [
            _Anchor(
                start,
                head,
                kind,
                "law",
                number.number if number else None,
                date.date if date else None,
                title,
            )
        ]
        return [*anchors, *_same_law_again(text, anchors[0], dates)]
    if title_end:
        date = next((d for d in dates if title_end < d.start < edge), None)
        if date and not amends and _only_words(text[title_end : date.start]):
            title = _title_span(text, begin, date.start)
            return [_Anchor(start, date.end, kind, "law", None, date.date, title)]
        return [_Anchor(start, title_end, kind, "law", title=_title_span(text, begin, title_end))]
    guess = _plain_end(text, begin, edge)
    if guess is None:
        return []
    return [_Anchor(start, guess, kind, "law", title=_title_span(text, begin, guess))]


def _only_words(text: str) -> bool:
    """A few words with no mark: the rest of a title of which the beginning is another law's."""
    words = text.split()
    if not 0 < len(words) <= 8 or words[0] in ("và", "của", "trong", "được", "tại", "đã"):
        return False
    return not any(c in ",;:.()/" or c.isdigit() for c in text)


def _known_title_end(text: str, begin: int) -> int | None:
    words = law_title_words(text[begin : begin + 240].lstrip())
    if not words:
        return None
    at = begin
    for _ in range(words):
        while at < len(text) and text[at].isspace():
            at += 1
        while at < len(text) and not text[at].isspace():
            at += 1
    return begin + len(text[begin:at].rstrip(" ,;.:)”\"'"))


def _own_number(
    text: str,
    title_end: int | None,
    begin: int,
    edge: int,
    numbers: Sequence[NumberMatch],
    dates: Sequence[DateMatch],
) -> tuple[NumberMatch | None, DateMatch | None, int | None]:
    """The number and date that follow a law's title: at once if the title is known, else soon."""
    if title_end is not None:
        gap = _OWN_NUMBER.match(text, title_end, title_end + NEAR, timeout=TIMEOUT)
        at = gap.end() if gap else title_end
        number = next((n for n in numbers if n.start == at), None)
        after = number.end if number else title_end
        found, head = _date_after(text, after, dates)
        date = next((d for d in dates if d.end == head), None) if found else None
        if number is None and date is None:
            amended = _AMENDED.match(text, title_end, title_end + NEAR, timeout=TIMEOUT)
            if amended:
                return _own_number(text, amended.end(), begin, edge, numbers, dates)
        return number, date, head if found else (number.end if number else None)
    number = next((n for n in numbers if begin < n.start < edge), None)
    date = next((d for d in dates if begin < d.start < edge), None)
    if number and (date is None or number.start < date.start):
        found, head = _date_after(text, number.end, dates)
        return number, next((d for d in dates if d.end == head), None) if found else None, head
    if date and _may_be_title(text[begin : date.start]):
        return None, date, date.end
    return None, None, None


def _date_start(dates: Sequence[DateMatch], date: DateMatch | None) -> int | None:
    return date.start if date else None


def _may_be_title(text: str) -> bool:
    """An unknown title between a law's name and its date: short, a capital first, no clause."""
    words = text.split()
    return (
        1 <= len(words) <= 22
        and text.count(",") <= 3
        and (words[0][0].isupper() or _AMENDS.match(text, timeout=TIMEOUT) is not None)
    )


def _plain_end(text: str, begin: int, edge: int) -> int | None:
    """The end of an unknown title with no date: the next mark, or a word that begins a clause."""
    comma = text.find(",", begin, edge)
    end = comma if comma >= 0 else edge
    found = predicates().search(text, begin, end, timeout=TIMEOUT)
    if found and found.start() > begin + 3:
        end = found.start()
    of = text.find(" của ", begin, end)
    end = of if of >= 0 else end
    title = text[begin:end].strip(" ,.;:")
    words = title.split()
    if not 1 <= len(words) <= 12 or not words[0][0].isupper() or words[0] == "này":
        return None
    return begin + len(text[begin:end].rstrip(" ,.;:"))


def _title_span(text: str, begin: int, end: int) -> tuple[int, int] | None:
    part = text[begin:end]
    trimmed = _BEFORE_NUMBER.sub("", part, timeout=TIMEOUT)
    start = begin + len(part) - len(part.lstrip(" “\"'"))
    stop = begin + len(trimmed.rstrip(" ,;.:”\"'"))
    return (start, stop) if start < stop else None


_AND_LAW = regex.compile(r"(?:,|\s+và)\s+(?:của\s+)?(?:Bộ luật|Luật|Pháp lệnh)(?=\s)")
_AND_DATE = regex.compile(r"\s*(?:,|và|,\s*và)\s*")


def _same_law_again(text: str, first: _Anchor, dates: Sequence[DateMatch]) -> Iterator[_Anchor]:
    """``các Luật Sửa đổi … năm 2005 và năm 2013``: the same title with each further date."""
    head = first.head
    while True:
        gap = _AND_DATE.match(text, head, head + NEAR, timeout=TIMEOUT)
        found = next((d for d in dates if gap and d.start == gap.end()), None)
        if not gap or not found:
            return
        head = found.end
        yield replace(first, start=found.start, head=head, date=found.date, rule="law_again")


# ---------------------------------------------------------------- issuer, title, nesting

_AMENDED = regex.compile(r"\s*\((?:sửa đổi|sửa đổi, bổ sung)\)")
_NUMBERED = regex.compile(r"\s+[Ss]ố\b")
_BEFORE_NUMBER = regex.compile(r"(?:\s*[,(]?\s*(?:[Ll]uật\s+)?(?:[Ss]ố)?\s*)$")
_GLUED_MARK = regex.compile(r"(?<=\p{Ll}{2})\d{1,2}$")
"""A footnote's number that lost its superscript: ``tỉnh Lâm Đồng1``."""
_SESSION = regex.compile(r"(?:kỳ họp|khóa|khoá|nhiệm kỳ|Khóa|Khoá)\b")
_ACTING = regex.compile(r"(?:thực hiện|triển khai|tổ chức|xây dựng|đề nghị)\b")
_OF = regex.compile(r"\s*,?\s*(?:của|do|giữa|CỦA)\s+(?:liên\s+)?")
_ABOUT = regex.compile(r"\s*[,-]?\s*(?:[Vv]ề việc|VỀ VIỆC|[Vv]/v|[Vv]ề|VỀ)\s*:?\s+")
_END = regex.compile(r";|\.(?=\s+[\p{Lu}-]|\s*$)|\.{3}|…|:(?=\s|$)|\./\.|$")
_ALIAS = regex.compile(
    r"""\s* [(\[] \s*
    (?: (?:sau\ đây\s+)? (?:được\s+)? (?:gọi|viết) \s+ (?:tắt|chung) \s+ là \s*:?\s* | sau\ đây\s+gọi\s+là\s* )
    [“"']? (?P<alias> [^()“”"]{2,80}? ) [”"']? \s* [)\]]""",
    regex.VERBOSE,
)
_SHORT_ALIAS = regex.compile(
    r"\s*\(\s*(?P<alias>(?:Luật|Nghị định|Chỉ thị|Đề án|Nghị quyết|Quyết định|Kế hoạch|Chương trình|Thông tư|Kết luận)(?:\s+số)?\s+\d{1,5})\s*\)"
)
_PINPOINT = regex.compile(
    r"(?P<pin>(?:(?:các\s+)?[Đđ]iểm\s+[\p{Ll},\sđ]{1,20}?[,\s]+)?(?:(?:các\s+)?[Kk]hoản\s+\d+(?:,\s*(?:khoản\s+)?\d+|\s+và\s+(?:khoản\s+)?\d+)*,?\s*)?(?:(?:các\s+)?Điều\s+\d+[a-z]?(?:[,\s]+\d+)*(?:\s+và\s+(?:Điều\s+)?\d+)?|Chương\s+[IVX\d]+|Mục\s+[IVX\d]+|Phụ lục\s+[IVX\d]+|[Kk]hoản\s+\d+))\s*,?\s*(?:của\s+|tại\s+)?$"
)
_CONNECTOR = regex.compile(
    r"(?:[;,]|^|\bvà\b|\bhoặc\b|\bcùng\b|\bvới\b|:|[(“\"-])\s*(?:và\s+)?(?:các\s+|những\s+|một số\s+)?$"
)


def _assemble(text: str, anchors: Sequence[_Anchor]) -> list[Cited]:
    """
    The citations of the anchors, with their titles, from left to right.

    ``open`` is the stack of citations whose titles are still open: what begins after a comma, a
    semicolon or *và* is a sibling and closes them, what begins after any other word stands inside.
    """
    found: list[Cited] = []
    opened: list[int] = []
    for number, anchor in enumerate(anchors):
        pinpoint, start = _pinpoint(text, anchor.start)
        after = anchors[number + 1] if number + 1 < len(anchors) else None
        while opened and not _is_inside(text, found[opened[-1]], anchor, start, found):
            opened.pop()
        inside = opened[-1] if opened else None
        cited = _complete(text, anchor, anchors[number + 1 : number + 65], pinpoint, inside, found)
        if inside is None and found and (link := _link(text, found[-1].head, start)):
            cited = replace(cited, relation=link, related=len(found) - 1)
        found.append(cited)
        if after and cited.end > after.start:
            opened.append(len(found) - 1)
    return found


def _pinpoint(text: str, start: int) -> tuple[str | None, int]:
    window = text[max(0, start - 90) : start]
    match = _PINPOINT.search(window, timeout=TIMEOUT)
    if not match:
        return None, start
    return " ".join(match["pin"].split()).strip(" ,"), start - len(window) + match.start()


def _is_inside(
    text: str, outer: Cited, anchor: _Anchor, start: int, found: Sequence[Cited]
) -> bool:
    """Whether an anchor stands inside the title of a citation that is still open."""
    if anchor.start >= outer.end:
        return False
    before = text[outer.head : start]
    if anchor.rule == "law_again":
        return False
    if not _CONNECTOR.search(before[-24:], timeout=TIMEOUT):
        return not _link(text, outer.head, start)
    last = found[-1]
    chained = (
        last.inside is not None
        and last.kind == anchor.kind
        and last.title is None
        and last.head >= start - 16
    )
    return chained and found[last.inside] is outer if last.inside is not None else False


def _link(text: str, end: int, start: int) -> str | None:
    """The relation that the words between two documents say, such as ``được sửa đổi … bởi``."""
    between = key(text[max(end, start - 60) : start])
    return next((relation for words, relation in links() if between.endswith(words)), None)


def _complete(
    text: str,
    anchor: _Anchor,
    later: Sequence[_Anchor],
    pinpoint: str | None,
    inside: int | None,
    found: Sequence[Cited],
) -> Cited:
    """An anchor with issuer, title, alias and relation."""
    head = anchor.head
    relation = _relation(text, found[inside], anchor.start) if inside is not None else None
    base = Cited(
        anchor.start,
        head,
        head,
        anchor.kind,
        anchor.number,
        anchor.date,
        pinpoint=pinpoint,
        inside=inside,
        relation=relation,
        related=inside,
        rule=anchor.rule,
        damaged=anchor.damaged,
    )
    if anchor.rule in ("law", "law_again") and (anchor.title or anchor.kind == "Hiến pháp"):
        alias, end = _alias(text, head)
        title = text[slice(*anchor.title)] if anchor.title else None
        return replace(base, title=title, alias=alias, end=end)
    limit = found[inside].end if inside is not None else len(text)
    limit = min(limit, head + LONGEST_TITLE)
    alias, at = _alias(text, head)
    issuer, at = (anchor.issuer, at) if anchor.issuer else _issuer(text, at, limit)
    if alias is None:
        alias, at = _alias(text, at)
    title = _title(text, anchor, at, limit, later, inside=inside is not None)
    if title is None:
        end = at if issuer or alias else head
        return replace(base, issuer=issuer, alias=alias, end=end)
    first, last = title
    words = text[first:last]
    if alias is None and (declared := _alias_in(words)):
        alias, words = declared[0], words[: declared[1]].rstrip(" ,")
    if issuer is None:
        issuer, words = _issuer_at_end(words)
    end = last
    cleaned = _clean_title(words, anchor.kind)
    return replace(base, issuer=issuer, title=cleaned or None, alias=alias, end=end)


def _alias(text: str, at: int) -> tuple[str | None, int]:
    if text[at : at + 3].lstrip()[:1] not in ("(", "["):
        return None, at
    match = _ALIAS.match(text, at, at + 160, timeout=TIMEOUT) or _SHORT_ALIAS.match(
        text, at, at + 160, timeout=TIMEOUT
    )
    return (match["alias"].strip(), match.end()) if match else (None, at)


def _alias_in(title: str) -> tuple[str, int] | None:
    if "(" not in title and "[" not in title:
        return None
    match = _ALIAS.search(title, timeout=TIMEOUT) or _SHORT_ALIAS.search(title, timeout=TIMEOUT)
    return (match["alias"].strip(), match.start()) if match else None


_ISSUER_STOP = regex.compile(
    r"[,;:(“\"]|\.(?=\s|$)|\s[-–]\s(?=[Vv]ề)|\s(?:về|V/v|v/v|Về)\s|\s(?:có hiệu lực|để|nhằm|đã|và các văn bản)\s|\s+\)|\)|$"
)


def _issuer(text: str, at: int, limit: int) -> tuple[str | None, int]:
    """Who issued a document: ``của …`` after its date, up to its title."""
    of = _OF.match(text, at, at + NEAR, timeout=TIMEOUT)
    if of:
        begin = of.end()
    elif is_agency(text[at : at + 60].lstrip(" ,")) and text[at : at + 2].strip(" ,")[:1].isupper():
        begin = at + len(text[at:limit]) - len(text[at:limit].lstrip(" ,"))
    else:
        return None, at
    end = begin
    while True:
        stop = _ISSUER_STOP.search(text, end, limit, timeout=TIMEOUT)
        end = min(stop.start() if stop else len(text), limit)
        lead = lead_pattern().search(text, begin, end, timeout=TIMEOUT)
        while lead and (text[lead.start()].isupper() or text[lead.start() - 1] != " "):
            lead = lead_pattern().search(text, lead.end(), end, timeout=TIMEOUT)
        if lead:
            end = lead.start()
            break
        if end < limit and text[end] == "," and _goes_on_issuer(text[end + 1 : end + 120]):
            end += 1
            continue
        break
    name = _GLUED_MARK.sub("", text[begin:end].strip(" ,.-–"), timeout=TIMEOUT)
    if not name or len(name) > 160 or not any(map(str.isalpha, name)):
        return None, at
    if not (name[0].isupper() or is_agency(name)):
        return None, at
    return name, begin + len(text[begin:end].rstrip())


def _goes_on_issuer(text: str) -> bool:
    """After a comma: another agency or a session, and then the title."""
    part = text.lstrip()
    if _SESSION.match(part, timeout=TIMEOUT):
        return True
    if not part[:1].isupper() or not is_agency(part):
        return False
    stop = _ISSUER_STOP.search(part, timeout=TIMEOUT)
    return bool(stop and stop.group().strip() in ("về", "Về", "v/v", "V/v"))


def _title(
    text: str,
    anchor: _Anchor,
    at: int,
    limit: int,
    later: Sequence[_Anchor],
    *,
    inside: bool,
) -> tuple[int, int] | None:
    """Where the title of a document stands, if it has one."""
    about = _ABOUT.match(text, at, at + NEAR, timeout=TIMEOUT)
    begin = about.end() if about else at + len(text[at:limit]) - len(text[at:limit].lstrip(" ,"))
    if begin >= limit:
        return None
    repeated = False
    if not about:
        opening = text[begin : begin + 40]
        repeated = opening.startswith(anchor.kind)
        named = begin + len(anchor.kind) + 1 if repeated else begin
        lead = lead_pattern().match(text, named, named + NEAR, timeout=TIMEOUT)
        comma = "," in text[at:begin]
        if not lead and not repeated and text[begin] not in '“"':
            return None
        if lead and comma and _acts(text, begin) and anchor.date is None:
            return None
    end = _title_end(text, begin, limit, later)
    return (begin, end) if end > begin else None


def _acts(text: str, begin: int) -> bool:
    """Whether what follows a comma tells what someone does, and is no title."""
    return bool(_ACTING.match(text, begin, begin + NEAR, timeout=TIMEOUT))


def _title_end(text: str, begin: int, limit: int, later: Sequence[_Anchor]) -> int:
    """A title's end: the sentence's, the clause's, or the next document of the same rank."""
    if text[begin] in '“"':
        close = text.find("”" if text[begin] == "“" else '"', begin + 1, limit)
        if close > 0:
            return close + 1
    depth = 0
    end = limit
    stops = _END.finditer(text, begin, limit, timeout=TIMEOUT)
    for stop in stops:
        depth = text.count("“", begin, stop.start()) - text.count("”", begin, stop.start())
        open_brackets = text.count("(", begin, stop.start()) - text.count(")", begin, stop.start())
        if depth > 0 and stop.group() == ";":
            continue
        if open_brackets > 0 and stop.group() in (";", ":"):
            continue
        end = min(limit, stop.start())
        break
    end = min(end, _unmatched(text, begin, end))
    for anchor in later:
        if anchor.start >= end:
            break
        _, start = _pinpoint(text, anchor.start)
        before = text[begin:start]
        connector = _CONNECTOR.search(before[-24:], timeout=TIMEOUT)
        if connector and connector.group().strip() and not before.rstrip().endswith(("(", "“")):
            cut = len(before[:-24]) + connector.start() if len(before) > 24 else connector.start()
            if anchor.rule != "law_again" and not _chains(text, later, anchor):
                end = begin + cut
                break
    clause = _clause(text, begin, end)
    end = clause if clause is not None else end
    return begin + len(text[begin:end].rstrip(" ,.;:-–"))


def _chains(text: str, later: Sequence[_Anchor], anchor: _Anchor) -> bool:
    """Whether an anchor goes on a list of documents of one kind inside a title."""
    index = list(later).index(anchor)
    if not index:
        return False
    before = later[index - 1]
    return before.kind == anchor.kind and before.title is None and anchor.start - before.head <= 16


def _unmatched(text: str, begin: int, end: int) -> int:
    """Where a bracket or quotation closes that was opened before the title."""
    depth = 0
    for index in range(begin, end):
        letter = text[index]
        if letter in "(“":
            depth += 1
        elif letter in ")”":
            if not depth:
                return index
            depth -= 1
    return end


_CLAUSE = regex.compile(r",\s+(?=\p{Lu}|các\s|đề nghị|yêu cầu|nay\s|cụ thể)")


def _clause(text: str, begin: int, end: int) -> int | None:
    """Where the sentence goes on after a title: ``…, Ủy ban nhân dân tỉnh ban hành …``."""
    for comma in list(_CLAUSE.finditer(text, begin, end, timeout=TIMEOUT)):
        part = text[comma.end() : comma.end() + 160]
        if part.startswith(("đề nghị", "yêu cầu", "nay ", "cụ thể như sau")):
            return comma.start()
        if is_agency(part) or part.startswith("các "):
            verb = predicates().search(part, timeout=TIMEOUT)
            if verb and "," not in part[: verb.start()] and len(part[: verb.start()].split()) <= 14:
                return comma.start()
    return None


_ISSUER_TAIL = regex.compile(r"\s+của\s+(?=\p{Lu})")


def _issuer_at_end(title: str) -> tuple[str | None, str]:
    """``Ban hành Điều lệ Trường tiểu học của Bộ Giáo dục và Đào tạo``: the issuer comes last."""
    tails = list(_ISSUER_TAIL.finditer(title, timeout=TIMEOUT))
    if not tails:
        return None, title
    tail = tails[-1]
    name = title[tail.end() :].strip(" ,.;")
    if is_agency(name) and len(name.split()) <= 16 and "," not in name:
        return name, title[: tail.start()].rstrip(" ,")
    return None, title


def _clean_title(title: str, kind: str) -> str:
    """A title without its type word, quotation marks around it, and end marks."""
    title = title.strip(" ,.;:-–")
    for repeated in (kind, kind.upper()):
        rest = title.removeprefix(repeated + " ")
        if rest != title and lead_pattern().match(rest, timeout=TIMEOUT):
            title = rest
    title = _GLUED_MARK.sub("", title, timeout=TIMEOUT)
    about = _ABOUT.match(" " + title, timeout=TIMEOUT)
    if about:
        title = title[about.end() - 1 :]
    if title[:1] in '“"' and title[-1:] in '”"' and not any(c in title[1:-1] for c in "“”"):
        title = title[1:-1]
    return title.strip(" ,.;:")


def _relation(text: str, outer: Cited, start: int) -> str:
    """What the title of a citation says of a document named in it, by the last lead before it."""
    words = key(text[outer.head : start])
    best, at = "other", (-1, 0)
    for lead, relation in leads():
        place = words.rfind(lead)
        if place >= 0 and (place + len(lead), -place) > at:
            best, at = relation, (place + len(lead), -place)
    return best


# ---------------------------------------------------------------- short forms


def find_short_forms(
    text: str, aliases: dict[str, int], cited: Sequence[Cited]
) -> Iterator[tuple[int, int, str]]:
    """
    Where declared short names of documents stand, outside the citations themselves.

    ``aliases`` are short names and what they stand for; yields start, end and the name.
    """
    for alias in sorted(aliases, key=len, reverse=True):
        at = text.find(alias)
        while at >= 0:
            end = at + len(alias)
            whole = not text[end : end + 1].isalnum() and (not at or not text[at - 1].isalnum())
            if whole and not any(c.start < end and at < c.end for c in cited):
                yield at, end, alias
            at = text.find(alias, end)
