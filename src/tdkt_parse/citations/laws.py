"""
Laws, codes, ordinances and charters cited by name.

``Luật Thi đua, khen thưởng ngày 15/6/2022``; ``… năm 2003``; ``… số 06/2022/QH15``; ``các Luật Sửa
đổi … năm 2005 và năm 2013``, which is two; ``… năm 2003 (sửa đổi, bổ sung năm 2005, 2013)``, which
is three, the two that amend named by their years alone. A known title (``data/laws.csv``) ends
where it ends; an unknown one at its date, at a mark, or where a clause begins.
"""

from collections.abc import Iterator, Sequence

import regex

from tdkt_parse.citations.anchors import (
    NAMING,
    NEAR,
    PASSAGE,
    TIMEOUT,
    Anchor,
    date_after,
    kind_before,
    near,
)
from tdkt_parse.docnumber import NumberMatch
from tdkt_parse.models import PartialDate
from tdkt_parse.periods import DateMatch
from tdkt_parse.wording import find_predicate, law_title_words

LONGEST_LAW_TITLE = 220
REACH = 600
"""Code points after a law's name in which its numbers and dates are looked for."""


LAW_SIGNS = ("uật ", "háp ", "UẬT ", "HÁP ", "Điều lệ", "Nghị quyết Đại hội")
"""One of which stands in every text that names a law."""


def may_name_law(text: str) -> bool:
    return any(map(text.__contains__, LAW_SIGNS))


_LAW = regex.compile(
    r"""
    (?<![\p{L}\d]) (?<!PHÁP\ |KỶ\ |KỈ\ )
    (?: (?P<kind> Bộ\ [lL]uật | BỘ\ LUẬT
                | Luật(?!\ sư\b|\ pháp\b|\ gia\b) | LUẬT(?!\ SƯ\b)   # no lawyer, no law in general
                | Pháp\ lệnh | PHÁP\ LỆNH | Hiến\ pháp | HIẾN\ PHÁP )
      | (?P<charter> Điều\ lệ(?=\ (?:Đảng|Công\ đoàn|Đoàn|Hội|Mặt\ trận|Đội|Trường|trường)) )
      | (?P<small> (?<!\b(?:kỷ|kỉ|quy|qui|nghệ|thi|pháp|âm|niêm|định|hàng|dự)\ )luật(?=\ \p{L}) )
      | (?P<congress> Nghị\ quyết(?=\ (?:Đại\ hội|ĐẠI\ HỘI)) ) )
    (?!\p{L})
    """,
    regex.VERBOSE,
)


_STOP = regex.compile(
    r"""
    (?= [\s;:“”")(.,] ) (?:                   # most letters are passed over by this alone
      [;:“”")] | \( (?!\s*[Ss]ố)              # but (số 57/2020/QH14) is the law's own number
    | \s+ theo \s+ (?=\p{Lu})
    | \. (?=\s|$)
    | ,? \s+ (?:và|cùng) \s+
      (?: các | những | Nghị | Thông | Quyết | Chỉ | Luật | Bộ\ luật | Pháp\ lệnh
        | Chương\ trình | Kế\ hoạch | Hướng\ dẫn | Điều\ lệ | Quy\ chế ) \b
    | , \s+ (?:và\s+)? (?:các\s+)?
      (?: Luật | Bộ\ luật | Pháp\ lệnh | Nghị\ định | Thông\ tư | Quyết\ định | Nghị\ quyết
        | Chỉ\ thị | Kế\ hoạch | Điều\ lệ | Quy\ chế | các\ văn\ bản ) \b )
    """,
    regex.VERBOSE,
)
"""Where the title of a law that is not known ends at the latest."""


_AMENDING = ("Sửa đổi", "sửa đổi", "SỬA ĐỔI", "Bổ sung", "bổ sung")


_OWN_NUMBER = regex.compile(r"\s*,?\s*\(?\s*(?:[Ll]uật\s+)?(?:[Ss]ố\s*:?\s*)?")


def laws_in(
    text: str, numbers: Sequence[NumberMatch], dates: Sequence[DateMatch]
) -> Iterator[Anchor]:
    skip_to = 0
    limit = TIMEOUT if len(text) > PASSAGE else None
    for mark in list(_LAW.finditer(text, timeout=limit)):
        if mark.start() < skip_to or text.endswith(NAMING, 0, mark.start()):
            continue
        _, charter, small, congress = mark.groups()
        kind = charter or congress or mark.group().capitalize()
        start, begin = mark.span()
        if small and text.endswith(" bộ ", 0, start):
            kind, start = "Bộ luật", start - len("bộ ")
        if small and not _knows_law(text, begin):
            continue
        follows = text[begin : begin + NEAR].lstrip()
        if follows[:1] in "Ss" and _NUMBERED.match(text, begin, begin + NEAR):
            continue
        if kind == "Hiến pháp":
            state = _STATE.match(text, begin, begin + NEAR)
            date, head = date_after(text, state.end() if state else begin, dates)
            yield Anchor(start, head if date else begin, kind, "law", date=date)
            continue
        found = _law_at(
            text,
            start,
            begin,
            kind,
            near(numbers, begin, REACH),
            near(dates, begin, REACH),
        )
        if found:
            skip_to = found[-1].head
            yield from found


_STATE = regex.compile(
    r"\s+(?:của\s+)?nước\s+(?:Cộng\s+(?:hòa|hoà)\s+xã\s+hội\s+chủ\s+nghĩa|CHXHCN)\s+Việt\s+Nam"
)
"""Whose the constitution is, between it and its year: ``Hiến pháp nước … Việt Nam năm 2013``."""


def _knows_law(text: str, begin: int) -> bool:
    return law_title_words(text[begin : begin + 200].lstrip()) > 0


def _law_at(
    text: str,
    start: int,
    begin: int,
    kind: str,
    numbers: Sequence[NumberMatch],
    dates: Sequence[DateMatch],
) -> list[Anchor]:
    limit = min(len(text), begin + LONGEST_LAW_TITLE)
    amends = text[begin : begin + NEAR].lstrip().startswith(_AMENDING)
    title_end = _known_title_end(text, begin)
    if amends:
        inner = _LAW.search(text, begin, limit, timeout=TIMEOUT)
        title_end = _known_title_end(text, inner.end()) if inner else None
        while title_end and (more := _AND_LAW.match(text, title_end, title_end + NEAR)):
            further = _known_title_end(text, more.end())
            if not further and (member := _OF_LIST.match(text, more.end(), more.end() + REACH)):
                further = member.end()
            if not further:
                break
            title_end = further
    stop = _STOP.search(text, title_end or begin, limit, timeout=TIMEOUT)
    edge = _before_another(text, begin, stop.start() if stop else limit, numbers)
    if kind == "Nghị quyết" and (more := _AFTER_CONGRESS.search(text, begin, edge)):
        edge = more.end("congress")
    number, date, head = _own_number(text, title_end, begin, edge, numbers, dates)
    if head is not None:
        first = min(
            x
            for x in (number.start if number else None, date.start if date else None)
            if x is not None
        )
        title = _title_span(text, begin, title_end if title_end and title_end <= first else first)
        anchors = [
            Anchor(
                start,
                head,
                kind,
                "law",
                number.number if number else None,
                date.date if date else None,
                title,
            )
        ]
        anchors += _same_law_again(text, anchors[0], dates)
        return [*anchors, *_amended_by(text, anchors[-1], dates)]
    if title_end:
        if year := _BARE_YEAR.match(text, title_end, title_end + NEAR):
            year_alone = PartialDate(year=int(year["year"]))
            title = _title_span(text, begin, title_end)
            named = Anchor(start, year.end(), kind, "law", None, year_alone, title)
            return [named, *_same_law_again(text, named, dates)]
        date = next((d for d in dates if title_end < d.start < edge), None)
        if date and not amends and _only_words(text[title_end : date.start]):
            title = _title_span(text, begin, date.start)
            return [Anchor(start, date.end, kind, "law", None, date.date, title)]
        alone = Anchor(start, title_end, kind, "law", title=_title_span(text, begin, title_end))
        return [alone, *_amended_by(text, alone, dates)]
    guess = _plain_end(text, begin, edge, small=_is_named(text, start, begin))
    if guess is None:
        return []
    if year := _YEAR_AT_END.search(text, begin, guess):
        year_alone = PartialDate(year=int(year["year"]))
        title = _title_span(text, begin, year.start())
        return [Anchor(start, guess, kind, "law", None, year_alone, title)]
    return [Anchor(start, guess, kind, "law", title=_title_span(text, begin, guess))]


_AFTER_CONGRESS = regex.compile(
    r"(?P<congress>\s(?:[IVXL]{1,6}|thứ\s+(?:[IVXL]{1,6}|\d{1,2}|\p{Ll}{3,5})))"
    r"(?:\s+của\s+Đảng)?\s+(?:và|với|gắn)\s"
)
"""What a plan carries out besides the resolution of a congress, which is named by its number:
``Nghị quyết Đại hội Đảng bộ xã lần thứ XXIII và chủ đề năm 2011 của huyện``."""


def _before_another(text: str, begin: int, edge: int, numbers: Sequence[NumberMatch]) -> int:
    """
    Where the words of a law end at the latest, for the next number is of a document that tells its
    own type: ``Điều lệ Công đoàn Việt Nam và Hướng dẫn số 12/HD-TLĐ``.
    """
    number = next((n for n in numbers if begin < n.start < edge), None)
    kind, start, _ = kind_before(text, number.start) if number else (None, 0, None)
    if kind is None or start <= begin or _LAW.match(text, start, timeout=TIMEOUT):
        return edge
    joined = _JOINED.search(text, max(begin, start - NEAR), start)
    return joined.start() if joined else edge


_JOINED = regex.compile(r"(?i)(?:\s*[;,]|\s+(?:và|cùng|với|hoặc))\s+(?:(?:các|những)\s+)?$")


_NO_TITLE = frozenset(
    ("và", "của", "trong", "được", "tại", "đã", "chậm", "muộn", "trước", "đến", "từ", "vào", "xong")
)
"""What begins no rest of a title: a clause, or the day by which something is to be done."""


_COUNCILS = regex.compile(
    r"\s+của\s+(?:HĐND|UBND|Hội đồng nhân dân|[UỦ][ỷy] ban nhân dân)(?:,|\s+và)"
    r"\s+(?:HĐND|UBND|Hội đồng nhân dân|[UỦ][ỷy] ban nhân dân),?\s+"
)
"""The end of the title of the law on the legal documents of provinces, districts and communes."""


def _only_words(text: str) -> bool:
    """A few words with no mark: the rest of a title of which the beginning is another law's."""
    words = text.split()
    if _COUNCILS.fullmatch(text, timeout=TIMEOUT):
        return True
    if not 0 < len(words) <= 8 or words[0] in _NO_TITLE:
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
        gap = _OWN_NUMBER.match(text, title_end, title_end + NEAR)
        at = gap.end() if gap else title_end
        number = next((n for n in numbers if n.start == at), None)
        after = number.end if number else title_end
        if number is None and text.startswith(" các năm ", after):
            after += len(" các")
        found, head = date_after(text, after, dates)
        date = next((d for d in dates if d.end == head), None) if found else None
        if number is None and date is None:
            passed = _PASSED.match(text, title_end, title_end + PASSED)
            if passed and (date := next((d for d in dates if d.start == passed.end()), None)):
                return None, date, date.end
            amended = _AMENDED.match(text, title_end, title_end + NEAR)
            if amended:
                return _own_number(text, amended.end(), begin, edge, numbers, dates)
        return number, date, head if found else (number.end if number else None)
    number = next((n for n in numbers if begin < n.start < edge), None)
    date = next((d for d in dates if begin < d.start < edge), None)
    if number and (date is None or number.start < date.start):
        found, head = date_after(text, number.end, dates)
        return number, next((d for d in dates if d.end == head), None) if found else None, head
    if date and (_may_be_title(text[begin : date.start]) or _is_code(text, begin, date.start)):
        return None, date, date.end
    if date and date.date.day and _RESTS_ON.search(text[max(0, begin - 24) : begin]):
        title = text[begin : date.start]
        if _may_be_title(
            title.strip()[:1].upper() + title.strip()[1:]
        ) and not title.lstrip().startswith(_NO_LAW):
            return None, date, date.end
    return None, None, None


_PASSED = regex.compile(
    r",?\s+(?:đã\s+)?được\s+(?:kỳ\s+họp\s+[^;:.,]{1,40}\s)?Quốc\s+hội(?:\s[^;:./]{1,80}?)??"
    r"\s+thông\s+qua\s+(?=ngày\s)"
)
"""Between a law and its day: ``đã được Quốc hội khóa IX, kỳ họp thứ 9 thông qua ngày …``."""
PASSED = 160
"""Code points that this may take."""


def _is_code(text: str, begin: int, end: int) -> bool:
    """Whether a code is named there, even in small letters: ``Bộ luật hình sự năm 2015``."""
    words = text[begin:end].split()
    named = 1 <= len(words) <= LONGEST_CODE and all(map(str.isalpha, words))
    return named and text.endswith(_CODE, 0, begin) and words[0] not in _CLAUSE


_CODE = ("Bộ luật", "Bộ Luật", "BỘ LUẬT")
LONGEST_CODE = 4
"""Words of the longest title of a code, ``Hàng hải Việt Nam``."""
_RESTS_ON = regex.compile(r"Căn cứ\s+(?:các\s+)?(?:Bộ luật|Luật|Pháp lệnh)$")
"""Before the title of a law that a basis names in small letters: ``Căn cứ Luật phòng …``."""
_NO_LAW = ("này", "và", "của", "đã", "có", "số", "được", "hiện hành", "trên")


def _may_be_title(text: str) -> bool:
    """An unknown title between a law's name and its date: short, a capital first, no clause."""
    words = text.split()
    return (
        1 <= len(words) <= 22
        and text.count(",") <= 3
        and (words[0][0].isupper() or text.lstrip().startswith(_AMENDING))
    )


_ABBREVIATED = regex.compile(r"\s+(?P<title>[^;:.()]{3,120}?)\s+\((?P<letters>\p{Lu}{3,10})\)")
"""A title and its first letters: ``Phổ biến, giáo dục pháp luật (PBGDPL)``."""
_WORDS = regex.compile(r"\p{L}+")


_NAMED = regex.compile(
    r"\b(?:một số điều (?:của )?|(?:[Hh]ướng dẫn|chi tiết|biện pháp) thi hành )$"
)
"""Before a law, even one whose title begins with a small letter: ``thi hành Luật thuế GTGT``."""
_CLAUSE = frozenset(
    (
        *("này", "đó", "ấy", "kia", "trên", "nói", "nêu", "hiện", "mới", "số", "và", "của", "do"),
        *("tại", "theo", "thì", "là", "để", "trong", "cho", "khi", "cũng", "không", "phải", "cần"),
        *("đã", "có", "được", "còn", "sửa"),
    )
)
"""What begins no title behind the word *Luật*: ``hướng dẫn thi hành Luật trên địa bàn``."""


def _is_named(text: str, start: int, begin: int) -> bool:
    """Whether a law is surely named at a place: behind what details it, and by no clause."""
    if text[begin + 1 : begin + 2].isupper() or not text[start].isupper():
        return False  # as most titles are, which need not be sure
    first = text[begin : begin + 16].split(maxsplit=1)[:1]
    if not first or first[0].strip(",;.:") in _CLAUSE:
        return False
    return _NAMED.search(text, max(0, start - 32), start) is not None


def _plain_end(text: str, begin: int, edge: int, *, small: bool = False) -> int | None:
    """
    The end of an unknown title with no date: the next mark, or a word that begins a clause.

    ``small``, whether a small letter may begin it, if it reaches to the mark itself.
    """
    short = _ABBREVIATED.match(text, begin, edge + 16)
    if short and "".join(w[0].upper() for w in _WORDS.findall(short["title"])) == short["letters"]:
        return int(short.end("title"))
    comma = text.find(",", begin, edge)
    while comma >= 0 and text.startswith(" chống ", comma + 1):  # Phòng, chống ma túy
        comma = text.find(",", comma + 1, edge)
    end = comma if comma >= 0 else edge
    found = find_predicate(text, begin, end)
    if found is not None and found > begin + 3:
        end = found
    of = text.find(" của ", begin, end)
    end = of if of >= 0 else end
    if text.find(" vào ", begin, end) >= 0:
        into = _INTO_LIFE.search(text, begin, end, timeout=TIMEOUT)
        end = into.start() if into else end
    title = text[begin:end].strip(" ,.;:")
    words = title.split()
    longest = 20 if title.startswith("Đại hội") else 12  # of a body whose name is long
    if not 1 <= len(words) <= longest or words[0] == "này":
        return None
    if not words[0][0].isupper() and not (small and end == edge and len(words) <= LONGEST_SMALL):
        return None
    return begin + len(text[begin:end].rstrip(" ,.;:"))


_INTO_LIFE = regex.compile(
    r"\s+(?:đi\s+)?vào\s+(?:trong\s+)?(?:thực tiễn\s+)?"
    r"(?:cuộc sống|đời sống|thực tiễn|thực tế)(?!\p{L})"
)
"""Where a document is brought: ``đưa Nghị quyết Đại hội Đảng bộ xã vào cuộc sống``."""


LONGEST_SMALL = 8
"""Words of a title that begins with a small letter, of which more are rather a clause."""


def _title_span(text: str, begin: int, end: int) -> tuple[int, int] | None:
    part = text[begin:end]
    trimmed = part
    if part[-1:].isspace() or part.endswith(_BEFORE_NUMBER_ENDS):
        trimmed = _BEFORE_NUMBER.sub("", part, timeout=TIMEOUT)
    start = begin + len(part) - len(part.lstrip(" “\"'"))
    stop = begin + len(trimmed.rstrip(" ,;.:”\"'"))
    return (start, stop) if start < stop else None


_AND_LAW = regex.compile(r"(?:,|\s+và)\s+(?:của\s+)?(?:Bộ luật|Luật|Pháp lệnh)(?=\s)")


_OF_LIST = regex.compile(
    r"\s+\p{Lu}[^;:.()\d]{2,60}?(?=(?:,|\s+và)\s+(?:Bộ\sluật|Luật)\s\p{Lu}|\s+ngày\s+\d)"
)
"""
A law of a list that one law amends, whose title is not known, or is not said as it is: before the
next of them, or the day.
"""


_AND_DATE = regex.compile(r"\s*(?:,|và|,\s*và)\s*")


def _same_law_again(text: str, first: Anchor, dates: Sequence[DateMatch]) -> Iterator[Anchor]:
    """
    ``các Luật Sửa đổi … năm 2005 và năm 2013``: the same title with each further date.

    Of years the word is written once, too: ``năm 2005, 2013``.
    """
    head = first.head
    by_year = first.date is not None and first.date.month is None
    while text[head : head + NEAR].lstrip()[:1] in (",", "v"):
        gap = _AND_DATE.match(text, head, head + NEAR)
        if not gap:
            return
        start = gap.end()
        found = next((d for d in dates if d.start == start), None)
        year = _YEAR.match(text, start) if by_year and not found else None
        if found:
            head, date = found.end, found.date
        elif year:
            head, date = year.end(), PartialDate(year=int(year[0]))
        else:
            return
        yield first._replace(start=start, head=head, date=date, number=None, rule="law_again")


_BARE_YEAR = regex.compile(
    r"""
    \ (?P<year> (?:19[4-9]|20[0-4])\d )
    (?= \s* (?: [;,):] | \.(?!\d) | $ )
      | \s (?: và | của | được | đã | thì | quy\ định | có\ hiệu\ lực ) \s )
    """,
    regex.VERBOSE,
)
"""The year of a law without the word: ``Luật Giáo dục 2019``. No span of years, no number of."""
_YEAR_AT_END = regex.compile(r"(?<=\p{L}) (?P<year>(?:19[4-9]|20[0-4])\d)$")


_YEAR = regex.compile(r"(?:19[4-9]|20[0-4])\d(?=\s*(?:[;,)]|\.(?!\d)|$|(?:và|của)\s))")


def _amended_by(text: str, law: Anchor, dates: Sequence[DateMatch]) -> Iterator[Anchor]:
    """``… năm 2003 (sửa đổi, bổ sung năm 2005, 2013)``: laws that amend it."""
    said = _IS_AMENDED.match(text, law.head, law.head + NEAR)
    found = next((d for d in dates if said and d.start == said.end()), None)
    if not said or not found or found.date.month is not None:
        return
    first = Anchor(
        said.start("what"),
        found.end,
        "Luật",
        "law_amending",
        date=found.date,
        title=said.span("what"),
    )
    yield first
    yield from (
        again._replace(rule="law_amending") for again in _same_law_again(text, first, dates)
    )


_IS_AMENDED = regex.compile(
    r"""
    \s* [,(]? \s* (?: đã\s+ )? (?: được\s+ )?
    (?P<what> sửa\ đổi (?: ,?\ (?:và\ )? bổ\ sung )? (?: \ một\ số\ điều )? )
    \s+ (?: (?:vào|trong)\s+ )? (?: các\s+ )? (?=năm\s)
    """,
    regex.VERBOSE,
)


_AMENDED = regex.compile(r"\s*\((?:sửa đổi|sửa đổi, bổ sung)\)")


_NUMBERED = regex.compile(r"\s+[Ss]ố\b")


_BEFORE_NUMBER = regex.compile(
    r"(?:\s*[,(]\s*(?:[Ll]uật\s+)?|(?<!pháp)\s+[Ll]uật\s+(?=(?:[Ss]ố|SỐ)\s*$))?"
    r"\s*(?:[Ss]ố|SỐ)?\s*$"
)
_BEFORE_NUMBER_ENDS = (",", "(", "số", "Số", "SỐ")
"""How it ends, if not in white space."""
