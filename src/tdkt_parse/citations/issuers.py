"""
Who issued a cited document: behind its number and date, or at the end of its title.

A name ends where the title begins, at *về* or at the verb by which titles begin; but for that of an
organ which tells its work so. The day of the document may stand behind it.
"""

from functools import cache

import regex

from tdkt_parse.citations.anchors import NEAR, TIMEOUT
from tdkt_parse.lexicon import agencies
from tdkt_parse.models import PartialDate
from tdkt_parse.periods import find_dates
from tdkt_parse.spelling import key
from tdkt_parse.wording import (
    EVENT,
    find_lead,
    is_agency,
    is_named_after_work,
    lead_at,
    lead_relation,
    names_document,
)

GLUED_MARK = regex.compile(r"(?<=\p{Ll}{2})\d{1,2}$")
"""A footnote's number that lost its superscript: ``tỉnh Lâm Đồng1``."""


ABOUT = regex.compile(
    r"\s*[,-]?\s*(?:[Vv]ề ?việc|VỀ VIỆC|[Vv]/v|[Vv]ề|VỀ)\s*:?(?:\s+|(?=[“\"]))"
    r"|\s*,?\s*[Vv]ề(?=\p{Ll})"  # the space behind it is lost: vềphê duyệt, vềtổ chức
)


_SESSION = regex.compile(r"(?:kỳ họp|khóa|khoá|nhiệm kỳ|Khóa|Khoá)\b")


_OF = regex.compile(r"\s*,?\s*(?:của|do|giữa|CỦA)\s+(?:liên\s+)?")


_ISSUER_STOP = regex.compile(
    r"(?=[,;:“\"(.)\s]|$)"  # most letters are passed over by this alone
    r"(?:[,;:“\"]|\((?!\p{Lu}[\p{Lu}&-]{1,12}\))"
    r"|(?<!\b(?:TP|Tp|TX|Tx|TT))\.(?=\s|$)|\s[-–]\s(?=[Vv]ề)|\s(?:về|V/v|v/v|Về|VỀ|[Vv]ềviệc)[\s:“\"]|\svề(?=\p{Ll})"
    r"|\s(?:có hiệu lực|kèm theo|để|nhằm|đã|trên địa bàn|gắn với|và (?:các văn bản|được|sự|ý kiến)"
    r"|(?:xong |hoàn thành )?trước (?:ngày|tháng)|chậm nhất)\s"
    r"|\scó\s(?!liên quan|thẩm quyền)(?=\p{Ll})"
    r"|\s+\)|(?<!\(\p{Lu}[\p{Lu}&-]{1,12})\)|$)"
)
LONGEST_STOP = 32
"""Code points of the longest thing that ends an issuer's name, and what has to follow it."""


_LEVELS = ("tỉnh", "huyện", "quận", "xã", "phường", "thành phố", "ngành", "cấp trên")
"""How an issuer begins that is told by its level alone: ``của huyện``, ``của ngành Giáo dục``."""


def issuer_at(text: str, at: int, limit: int) -> tuple[str | None, int]:
    """Who issued a document: ``của …`` after its date, up to its title."""
    begins = text[at : at + 12].lstrip(" ,").startswith(("của", "do ", "giữa", "CỦA"))
    of = _OF.match(text, at, at + NEAR) if begins else None
    if of:
        begin = of.end()
    elif is_agency(text[at : at + 60].lstrip(" ,")) and text[at : at + 2].strip(" ,")[:1].isupper():
        begin = at + len(text[at:limit]) - len(text[at:limit].lstrip(" ,"))
    else:
        return None, at
    end = begin
    small = text.lower() if text[begin : begin + 24].isupper() else text
    lead = find_lead(small, begin, limit)
    if lead is not None and key(text[max(begin, lead - 12) : lead]).endswith(_FIRST_HALF):
        lead = find_lead(small, lead + len(_SECOND_HALF), limit)  # the other half of a name
    while lead is not None and _is_event(small, lead) and _holds_events(text[begin : begin + 60]):
        lead = find_lead(small, lead + 1, limit)  # what the organ is there for
    reach = limit if lead is None else min(limit, lead + LONGEST_STOP)
    while True:
        stop = _ISSUER_STOP.search(text, end, reach)
        end = min(stop.start() if stop else len(text), limit)
        title = lead if lead is not None and lead < end else None
        capital = _capital_lead(text, begin, end if title is None else title)
        title = title if capital is None else capital
        if title is not None:
            later = text.find(" về việc ", title, min(limit, title + 220))
            named_so = is_named_after_work(text[begin : begin + 60])
            cut = later >= 0 and named_so and ";" not in text[title:later]
            end = later if cut else title
            break
        if work := _work_at(text, begin, end, limit):
            end = work
            break
        if end < limit and text[end] == "," and _goes_on_issuer(text[end + 1 : end + 120]):
            end += 1
            continue
        break
    name = text[begin:end].strip(" ,.-–:").removesuffix(" và").removesuffix(" VÀ").rstrip(" ,")
    name = _without_period(name)
    if name[-1:].isdigit():
        name = GLUED_MARK.sub("", name, timeout=TIMEOUT)
    if not name or len(name) > 160 or not any(map(str.isalpha, name)):
        return None, at
    if not (name[0].isupper() or is_agency(name) or name.startswith(_LEVELS)):
        return None, at
    return name, text.find(name, begin) + len(name)


_ORGANISERS = (key("ban tổ chức"), key("tiểu ban"), key("tổ "), key("hội đồng"), key("đoàn "))


def _is_event(text: str, at: int) -> bool:
    return text.startswith(EVENT, at) and lead_relation(text, at) == "other"


def _holds_events(text: str) -> bool:
    """Whether an organ may be set up for an event: ``Ban Chỉ đạo tổ chức các hoạt động hè``."""
    return is_named_after_work(text) or key(text).startswith(_ORGANISERS)


_BY_DAY = regex.compile(r",?\s+(?:ký\s+|ban\s+hành\s+)?(?=ngày\s+\d)")
_DAY_BEHIND = regex.compile(r"\s?,?\s{1,3}\(?(?:ký\s+|ban\s+hành\s+)?(?=ngày\s+\d)")
_OWN_DAY = regex.compile(r"\s*(?:[;)]|\.?\s*$|(?:[Vv]ề|[Vv]/v)\s)")
"""What follows the day behind a comma that is the document's own."""
_OTHER_DAYS = tuple(f" {word}" for word in ("kể từ", "từ", "trong", "vào", "đến", "sau", "hết"))
"""Before a day that is not the document's: ``Kế hoạch … của UBND xã từ ngày 01/3/2024``."""


def dated_issuer(text: str, issuer: str, end: int) -> tuple[str, PartialDate | None, int]:
    """
    An issuer that ends at a place, the day of its document behind it, and the end of both.

    ``Nghị định số 98/2023/NĐ-CP của Chính phủ ngày 31/12/2023``, where most print the day first;
    ``… của UBND huyện, ngày 12/3/2024 về …``.
    """
    inside = _BY_DAY.search(issuer) if "ngày " in issuer else None
    if inside:
        name, start = issuer[: inside.start()], end - len(issuer) + inside.end()
        if other := next((words for words in _OTHER_DAYS if name.endswith(words)), None):
            return name.removesuffix(other), None, end
    else:
        behind = _DAY_BEHIND.match(text, end, end + NEAR) if text[end : end + 2].strip() else None
        if behind is None:
            return issuer, None, end
        name, start = issuer, behind.end()
    day = next(iter(find_dates(text[start : start + NEAR])), None)
    if day is None or day.start:
        return name, None, end
    after = start + day.end
    if not inside and "," in text[end:start] and not _OWN_DAY.match(text, after, after + NEAR):
        return name, None, end  # what came of it: "…, ngày 12/3/2024 các đơn vị ra quân"
    return name, day.date, after + text.startswith(")", after)


_WORK = regex.compile(
    r"\s+[Vv]ề\s+(?!việc\b)(?P<work>[^,;:.“”\"()]{4,80}?)\s+(?=(?:[Vv]ề\s(?P<sure>việc\s)?|V/v)\s*)"
)


def _work_at(text: str, begin: int, end: int, limit: int) -> int | None:
    """
    Where the name of an organ ends that tells its work after ``về``, before another ``về``:
    ``Ban Chỉ đạo liên ngành về An toàn thực phẩm về việc triển khai …``.
    """
    if not is_named_after_work(text[begin : begin + 60]):
        return None
    found = _WORK.match(text, end, min(limit, end + 120))
    if found is None or lead_at(text, found.start("work")) is not None:
        return None
    about = ABOUT.match(text, found.end("work"))
    sure = found["sure"] or (about and lead_at(text, about.end()) is not None)
    return found.end("work") if sure else None


_PERIOD = regex.compile(r"\s+giai đoạn\s+\d{4}\s?[-–]\s?\d{4}$")


def _without_period(name: str) -> str:
    """An issuer without the years behind it, but for a body that is set up for them."""
    period = _PERIOD.search(name, timeout=TIMEOUT) if "giai đoạn" in name else None
    if period is None:
        return name
    whole = name[: period.start()]
    return whole if key(whole) in _known_names() or key(whole).startswith(_STANDING) else name


_STANDING = (key("ủy ban nhân dân"), key("UBND"), key("hội đồng nhân dân"), key("HĐND"))


@cache
def _known_names() -> frozenset[str]:
    return frozenset(key(row.name) for row in agencies())


_RULING = ("details", "amends", "replaces", "repeals", "promulgates", "approves")
"""What a document does by a word that no agency's name has."""


def _capital_lead(text: str, begin: int, end: int) -> int | None:
    """Where a title begins in a capital right behind its issuer: ``của Bộ Y tế Quy định về …``."""
    at = text.find(" ", begin, end) + 1
    while 0 < at < end:
        if text[at].isupper() and text[at + 1 : at + 2].islower():
            after = None if key(text[begin:at].strip()) in _BARE else lead_at(text, at)
            if after is not None and (
                lead_relation(text, at) in _RULING or _guides(text, begin, at)
            ):
                return at
        at = text.find(" ", at, end) + 1
    return None


def _guides(text: str, begin: int, at: int) -> bool:
    """``của Ủy ban Dân tộc Hướng dẫn thực hiện …``: behind the whole name of an agency."""
    name = text[begin:at].strip()
    whole = " " in name and key(name) in _known_names()
    return whole and key(text[at : at + 20]).startswith((key("hướng dẫn "), key("triển khai ")))


_FIELDS = regex.compile(
    r"(?:\p{Lu}\p{Ll}+(?:\s\p{Ll}+){0,3},\s){0,2}"
    r"\p{Lu}\p{Ll}+(?:\s\p{Ll}+){0,3}\s(?:và|&)\s\p{Lu}\p{Ll}+"
)
"""The further fields of an office of several: ``Sở Văn hóa, Thể thao và Du lịch``."""


_BARE = frozenset(map(key, ("ban", "hội", "trung tâm", "tổ", "hội đồng", "câu lạc bộ", "đội")))
"""What issues nothing without the work that its name says."""
_FIRST_HALF, _SECOND_HALF = key("thi đua,"), key("khen thưởng")
"""On both sides of the comma in ``Ban Thi đua, khen thưởng Trung ương``."""


def _goes_on_issuer(text: str) -> bool:
    """After a comma: another agency or a session, and then the title; or another field of work."""
    part = text.lstrip()
    if part.startswith("Chủ nhiệm ") or key(part[:16]).startswith(_SECOND_HALF):
        return True
    if _SESSION.match(part, timeout=TIMEOUT):
        return True
    fields = _FIELDS.match(part, timeout=TIMEOUT)
    if fields and not is_agency(part) and not names_document(part):
        return True
    if not part[:1].isupper() or not is_agency(part):
        return False
    stop = _ISSUER_STOP.search(part, timeout=TIMEOUT)
    return bool(stop and stop.group().strip() in ("về", "Về", "v/v", "V/v"))


_ISSUER_TAIL = regex.compile(r"\s+của\s+(?=\p{Lu})")


_POWERS = regex.compile(
    r"(?i)(?:về\s+)?(?:việc\s+)?quy định (?:về )?(?:chức năng|vị trí|tổ chức bộ máy)"
)
"""How a title begins that ends in whose functions it lays down."""


_HELD = tuple(
    map(
        key, ("thẩm quyền", "quyền hạn", "nhiệm vụ", "trách nhiệm", "phạm vi quản lý", "sự quản lý")
    )
)
"""What is an organ's, in a title, before its name."""


def issuer_at_end(title: str) -> tuple[str | None, str]:
    """``Ban hành Điều lệ Trường tiểu học của Bộ Giáo dục và Đào tạo``: the issuer comes last."""
    tails = list(_ISSUER_TAIL.finditer(title)) if " của " in title else []
    if not tails or _POWERS.match(title, timeout=TIMEOUT):
        return None, title
    tail = tails[-1]
    name = title[tail.end() :].strip(" ,.;").removesuffix(" đã ban hành").removesuffix(" ban hành")
    if key(title[: tail.start()]).endswith(_HELD):
        return None, title  # "thuộc thẩm quyền của UBND tỉnh": what is its, not who issued
    if is_agency(name) and len(name.split()) <= 16 and "," not in name:
        return name, title[: tail.start()].rstrip(" ,")
    return None, title
