"""
What follows the number, the date and the issuer of a cited document: short name, title.

A title ends at a semicolon, at the end of the sentence, where a bracket or quotation closes that
was opened before it, or where the next document of the same rank begins.
"""

from collections.abc import Sequence
from typing import Protocol

import regex

from tdkt_parse.citations.anchors import NEAR, TIMEOUT, Anchor
from tdkt_parse.citations.issuers import ABOUT, GLUED_MARK
from tdkt_parse.docnumber import find_docnumbers
from tdkt_parse.models import DocNumber, PartialDate
from tdkt_parse.spelling import key
from tdkt_parse.wording import (
    basis_verb,
    find_predicate,
    is_agency,
    lead_at,
    lead_relation,
    links,
    names_document,
    outranks,
)

LONGEST_TITLE = 1500
"""
Code points; not more than ``PASSAGE``, so that a search within a title that repeats nothing without
a bound, or one thing alone, needs no limit of time.
"""


class Owner(Protocol):
    """A document that has a title."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> DocNumber | None: ...
    @property
    def date(self) -> PartialDate | None: ...


_END = regex.compile(
    r"\s(?=và (?:nhằm|ý kiến chỉ đạo|được sự|sự (?:đồng ý|thống nhất) của|tình hình thực tế)\s)"
    r"|,\s(?=nhằm\s|đồng thời\s|để\s(?:thực hiện|triển khai|tiếp tục|kịp thời|góp phần)\s"
    r"|căn cứ\s(?:vào|tình hình|thực tiễn|thực tế|điều kiện|yêu cầu|nhu cầu|chức năng|kết quả)\s)|;"
    r"|(?<!\b(?:TP|Tp|TX|Tx|TT))\.(?=\s+[\p{Lu}-]|\s*$)|\.{3}|…|:(?=\s|$)|\./\.|$"
)


_ALIAS = regex.compile(
    r"""\s* [(\[] \s*
    (?: (?:sau\ đây\s+)? (?:được\s+)? (?:gọi|viết) \s+ (?:tắt|chung) \s+ là \s*:?\s*
      | sau\ đây\s+gọi\s+là\s* )
    [“"']? (?P<alias> [^()“”"]{2,80}? ) [”"']? \s* [)\]]""",
    regex.VERBOSE,
)


_SHORT_ALIAS = regex.compile(
    r"\s*\(\s*(?P<alias>(?:Luật|Nghị định|Chỉ thị|Đề án|Nghị quyết|Quyết định|Kế hoạch"
    r"|Chương trình|Thông tư|Kết luận)(?:\s+số)?\s+\d{1,5})\s*\)"
)


_BRACKET = regex.compile(r"""\s*\([^()]{2,40}\)(?=\s*[,-]?\s*(?:[Vv]ề\s|V/v|v/v|“|"))""")


_OF_TERM = regex.compile(r"(?i)(?P<bracket>\s*\((?:khóa|khoá|nhiệm kỳ)\s[^()]{1,40}\))\s")
"""Which of an organ's terms it is: ``Ban Chấp hành Đảng bộ tỉnh (Khóa XVI) thực hiện …``."""


def behind_bracket(text: str, at: int) -> int:
    """
    Where a title begins behind a remark on who issued it: ``Bộ Chính trị (khóa XI) về …``.
    """
    if text[at : at + 3].lstrip()[:1] != "(":
        return at
    if match := _BRACKET.match(text, at, at + 80):
        return int(match.end())
    of_term = _OF_TERM.match(text, at, at + 80)
    if of_term is None or lead_at(text, of_term.end()) is None:
        return at
    return int(of_term.end("bracket"))


_PINPOINT = regex.compile(
    r"""
    (?P<pin>
      (?: (?:các\s+)? [Đđ]iểm\s+ (?: [\p{Ll},\s]{1,20}? | \d+ ) [,\s]+ )?
      (?: (?:các\s+)? [Kk]hoản\s+\d+
          (?: ,\s*(?:[Kk]hoản\s+)?\d+ | \s+và\s+(?:[Kk]hoản\s+)?\d+ )* ,?\s* )?
      (?: (?:các\s+)? Điều\s+\d+[a-z]? (?: [,\s]+\d+ | ,\s*Điều\s+\d+[a-z]? )*
          (?: ,?\s+và\s+(?:Điều\s+)?\d+[a-z]? )?
        | (?: Mục\s+[IVX\d]+,?\s+ )? (?: Chương | Phần )\s+[IVXA-D\d]+
        | Mục\s+[IVX\d]+ | Phụ\ lục\s+[IVX\d]+ | [Kk]hoản\s+\d+ )
    )
    \s* ,? \s* (?: của\s+ | tại\s+ )? $
    """,
    regex.VERBOSE,
)


CONNECTOR = regex.compile(
    r"(?:[;,]|^|\bvà\b|\bhoặc\b|\bcùng\b|\bvới\b|:|[(“\"-])"
    r"\s*(?:và\s+)?(?:các\s+|những\s+|một số\s+)?$"
)


_PINS = ("Điều", "hoản", "Chương", "Mục", "Phụ lục", "Phần")


def pinpoint_before(text: str, start: int) -> tuple[str | None, int]:
    window = text[max(0, start - 90) : start]
    if not any(map(window.__contains__, _PINS)):
        return None, start
    match = _PINPOINT.search(window, timeout=TIMEOUT)
    if not match:
        return None, start
    return " ".join(match["pin"].split()).strip(" ,"), start - len(window) + match.start()


def alias_at(text: str, at: int) -> tuple[str | None, int]:
    if text[at : at + 3].lstrip()[:1] not in ("(", "["):
        return None, at
    match = _ALIAS.match(text, at, at + 160, timeout=TIMEOUT) or _SHORT_ALIAS.match(
        text, at, at + 160, timeout=TIMEOUT
    )
    if not match:
        return None, at
    return (match["alias"].strip() if names_document(match["alias"]) else None), match.end()


def alias_in(title: str) -> tuple[str | None, int] | None:
    """
    The short name declared in a title, and where its bracket begins: the end of the title.

    ``None`` in place of a name that is no document's: ``(sau đây gọi tắt là Phong trào thi đua)``.
    """
    if "(" not in title and "[" not in title:
        return None
    match = _ALIAS.search(title, timeout=TIMEOUT) or _SHORT_ALIAS.search(title, timeout=TIMEOUT)
    if not match:
        return None
    if names_document(match["alias"]):
        return match["alias"].strip(), match.start()
    ends = not title[match.end() :].strip(" ,.;:")
    return (None, match.start()) if ends else None


_OWN_BRACKET = regex.compile(r"\s*\((?P<named>[^()]{6,160})\)\s*$")


def own_bracket(title: str, number: DocNumber | None) -> int | None:
    """
    Where a title ends before the document's own number in brackets, which is its short name:
    ``… trong công tác phổ biến, giáo dục pháp luật (Kết luận số 80-KL/TW)``.
    """
    if number is None or number.canonical is None or title[-1:] != ")":
        return None
    match = _OWN_BRACKET.search(title, timeout=TIMEOUT)
    if match is None:
        return None
    named = find_docnumbers(match["named"])
    own = len(named) == 1 and named[0].number.canonical == number.canonical
    return match.start() if own and match.start() else None


def _about_at(text: str, at: int) -> "regex.Match[str] | None":
    """``về``, ``về việc``, ``V/v`` at a place."""
    if text[at : at + 8].lstrip(" ,-")[:1] not in ("v", "V"):
        return None
    return ABOUT.match(text, at, at + NEAR)


def title_at(
    text: str,
    anchor: Anchor,
    at: int,
    limit: int,
    later: Sequence[Anchor],
) -> tuple[int, int] | None:
    """Where the title of a document stands, if it has one."""
    about = _about_at(text, at)
    begin = about.end() if about else at + len(text[at:limit]) - len(text[at:limit].lstrip(" ,"))
    if begin >= limit:
        return None
    repeated = False
    if not about:
        opening = text[begin : begin + 40]
        repeated = opening.startswith(anchor.kind)
        if any(other.start == begin for other in later):
            return None
        named = begin + len(anchor.kind) + 1 if repeated else begin
        lead_end = lead_at(text.lower() if opening.isupper() else text, named) or -9
        lead = lead_end >= 0
        comma = "," in text[at:begin]
        if not lead and not repeated and text[begin] not in '“"':
            return None
        if lead and comma and lead_relation(text, begin) in ("implements", "other"):
            return None  # what someone does: "…, tiếp tục đổi mới"
        repeals = lead and comma and lead_relation(text, begin) == "repeals"
        if repeals and any(0 <= other.start - lead_end <= 1 for other in later):
            return None  # "…, bãi bỏ Quyết định số 152/QĐ-UBND": what the article does
    end = title_end_at(text, begin, limit, later, anchor)
    return (begin, end) if end > begin else None


def title_end_at(text: str, begin: int, limit: int, later: Sequence[Anchor], anchor: Anchor) -> int:
    """
    The end of the title of a document, ``anchor``: the sentence's, the clause's, or where the next
    document begins that is not named in it.
    """
    if text[begin] in '“"':
        close = text.find("”" if text[begin] == "“" else '"', begin + 1, limit)
        if close > 0:
            return close + 1
    depth = 0
    end = limit
    at = _first_sign(text, begin, limit)
    while stop := _END.search(text, at, limit):
        at = stop.end()
        depth = text.count("“", begin, stop.start()) - text.count("”", begin, stop.start())
        open_brackets = text.count("(", begin, stop.start()) - text.count(")", begin, stop.start())
        if depth > 0 and stop.group() == ";":
            continue
        if stop.group() == ";" and _QUOTED.match(text, max(begin, stop.start() - 1)):
            continue
        if stop.group() == ";" and (
            _details_more(text, stop.end())
            or (_rules(text, begin, anchor) and _names_more(text, stop.end(), later))
        ):
            continue
        if open_brackets > 0 and stop.group() in (";", ":"):
            continue
        if stop.group() == ":" and _STAGE.search(text, max(begin, stop.start() - 16), stop.start()):
            continue
        end = min(limit, stop.start())
        break
    end = min(end, _unmatched(text, begin, end))
    for number, other in enumerate(later):
        if other.start >= end:
            break
        _, start = pinpoint_before(text, other.start)
        before = text[begin:start]
        tied = _tie(before)
        if tied:
            end = begin + tied
            break
        connector = CONNECTOR.search(before[-24:])
        if connector and connector.group().strip() and not before.rstrip().endswith(("(", "“")):
            cut = len(before[:-24]) + connector.start() if len(before) > 24 else connector.start()
            listed = number > 0 and is_listed_in_title(connector.group(), anchor, other)
            if (
                other.rule not in ("law_again", "law_amending")
                and not _chains(later, other, anchor)
                and not listed
            ):
                end = begin + cut
                break
    clause = _clause(text, begin, end)
    end = clause if clause is not None else end
    if text[end : end + 1] == ":" and (told := _FOLLOWS.search(text, begin, end, timeout=TIMEOUT)):
        end = told.start()
    end = _deadline(text, begin, end, anchor)
    return begin + len(text[begin:end].rstrip(" ,.;:-–"))


_STAGE = regex.compile(r"giai đoạn (?:[IVX]{1,4}|\d)$")
"""Before the colon that says which years it has: ``giai đoạn I: từ năm 2021 đến năm 2025``."""
_QUOTED = regex.compile(r"”;\s*“")
"""Between the quoted names that a title lists: ``“Gia đình văn hóa”; “Thôn văn hóa”``."""
_FOLLOWS = regex.compile(
    r"(?:,?\s+(?:với|gồm|bao gồm|theo|có))?(?:,?\s+(?:các|những|một số))?"
    r"(?:\s+(?:nội dung|nhiệm vụ)(?:\s+\p{Ll}+){0,4}?(?:,?\s+(?:cụ thể|như))*"
    r"|,?\s+cụ thể(?:,?\s+như)?|,?\s+như)\s+(?:sau|dưới)(?:\s+đây)?\s*$"
)
"""What a clause promises to tell behind its colon: ``…, với các nội dung chủ yếu sau:``."""


def _tie(before: str) -> int | None:
    """
    Where the words begin that tie the next document to this one, ``(được sửa đổi, bổ sung bởi``:
    they are of neither title. ``None`` where a title says no more than that: it is its own words.
    """
    said = key(before)
    ends = (words for words, _ in links() if said.endswith((f" {words}", f"({words}")))
    tied = max(ends, key=len, default=None)
    if tied is None or _PROCEDURES in said:
        return None
    words = list(_WORD.finditer(before, timeout=TIMEOUT))
    at = words[-len(tied.split())].start()
    return len(before[:at].rstrip(" ,;(").removesuffix(" đã").removesuffix(" và").rstrip(" ,;("))


_WORD = regex.compile(r"[^\s(]+")
_PROCEDURES = key("thủ tục")
"""What a title itself tells of: ``công bố thủ tục hành chính được sửa đổi, bổ sung tại …``."""


def _first_sign(text: str, begin: int, limit: int) -> int:
    """Where ``_END`` can match at the earliest; plain searches cost a tenth of the pattern."""
    found = limit
    for sign in ";.…:\n":
        at = text.find(sign, begin, found)
        found = at if at >= 0 else found
    words = (
        "nhằm",
        "đồng thời",
        " và ý kiến",
        " và được",
        " và sự ",
        " và tình hình",
        ", căn",
        ", để",
    )
    clause = any(text.find(word, begin, limit) >= 0 for word in words)
    return begin if clause else found


_DEADLINE = regex.compile(
    r"\s(?P<done>(?:xong|hoàn thành)\s+)?(?P<by>trước|chậm nhất(?:\s+là)?|muộn nhất|đến hết)\s+"
    r"(?:ngày|tháng|quý)\s+[^;]{0,24}?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _deadline(text: str, begin: int, end: int, anchor: Anchor) -> int:
    """
    Where a title ends at the day by which the sentence wants its document carried out.

    ``… về công tác thi đua năm 2016 trước ngày 18/12/2016``; a day before the document's own year
    is of its title: ``… người hoạt động cách mạng trước ngày 01/01/1945``.
    """
    title = text[begin:end]
    if "nhất" not in title and "trước" not in title and "hết" not in title:
        return end
    for found in _DEADLINE.finditer(text, begin, end):
        years = [int(year) for year in _YEAR.findall(text, begin, found.start())]
        if anchor.date and anchor.date.year:
            years.append(anchor.date.year)
        if anchor.number and anchor.number.year:
            years.append(anchor.number.year)
        sure = found["done"] or found["by"].startswith("chậm")
        if (years and int(found["year"]) >= min(years)) or (not years and sure):
            return int(found.start())
    return end


def is_listed_in_title(connector: str, owner: Owner, other: Anchor) -> bool:
    """
    Whether *và* joins a document to one named before it in the title of a third, ``owner``.

    A decree details ``Luật … và Luật …``, a circular ``Luật … và Nghị định …``: what a title is of
    has the greater legal force, and is not the younger. A law amends laws, which it names by their
    titles alone: ``Luật số 52/2019/QH14 sửa đổi … của Luật Cán bộ, công chức và Luật Viên chức``.
    """
    if connector.split() != ["và"]:
        return False
    if not outranks(other.kind, owner.kind):
        alone = other.number is None and other.rule == "law"
        year = owner.number.year if owner.number else None
        return owner.kind == other.kind == "Luật" and alone and _year_of(other) in (None, year)
    return not is_younger(other, owner)


def _year_of(cited: Owner) -> int | None:
    return cited.date.year if cited.date else None


def is_younger(one: Owner, other: Owner) -> bool:
    """Whether a document is of a later day than another, both days known."""
    days = [(d.year, d.month, d.day) for d in (one.date, other.date) if d]
    return len(days) == 2 and None not in (*days[0], *days[1]) and days[0] > days[1]


_DETAILS = ("details", "amends")


def _details_more(text: str, at: int) -> bool:
    """Whether a title goes on behind a semicolon: ``; quy định chi tiết và hướng dẫn …``."""
    begin = at + len(text[at : at + 3]) - len(text[at : at + 3].lstrip())
    return text[begin : begin + 1].islower() and lead_relation(text, begin) in _DETAILS


_OF_SENTENCE = (
    "nhằm ",
    "để ",
    "đồng thời ",
    "trong đó ",
    "và ",
    "theo ",
    "ngoài ra",
    "các văn bản",
)
"""What goes on a sentence behind a semicolon, and no title."""
_OF_BASES = (
    *("tình hình", "thực trạng", "ý kiến", "chức năng", "nhu cầu", "kết quả", "yêu cầu"),
    *("điều kiện", "chủ trương", "khả năng", "các ", "những "),
)
"""What a basis rests on besides documents: ``…; tình hình thực tế của địa phương``."""


def _rules(text: str, begin: int, anchor: Anchor) -> bool:
    """Whether a title is that of an act that sets rules: a decree, a circular, ``quy định …``."""
    return outranks(anchor.kind, "Kế hoạch") and key(text[begin : begin + 12]).startswith(
        key("quy định")
    )


def _names_more(text: str, at: int, later: Sequence[Anchor]) -> bool:
    """
    Whether the title of a basis goes on behind a semicolon with one more thing that it is about:
    ``Căn cứ Nghị định … quy định về ngày kỷ niệm; nghi thức trao tặng …;``.

    What begins in a small letter there, as no verb of a basis or of work does, and cites nothing.
    """
    if basis_verb(key(text[:60])) is None:
        return False
    begin = at + len(text[at : at + 3]) - len(text[at : at + 3].lstrip())
    stops = [found for sign in ";." if (found := text.find(sign, begin)) >= 0]
    part = text[begin : min(stops, default=len(text))]
    if not part[:1].islower() or not 3 <= len(part.split()) <= 24 or part.startswith(_OF_SENTENCE):
        return False
    if part.startswith(_OF_BASES) or is_agency(part):
        return False
    if any(begin <= anchor.start < begin + len(part) for anchor in later):
        return False
    return basis_verb(key(part[:60])) is None and find_predicate(f"- {part}") != 2


def _chains(later: Sequence[Anchor], anchor: Anchor, owner: Anchor) -> bool:
    """Whether an anchor goes on a list of documents of one kind inside a title."""
    index = list(later).index(anchor)
    if not index or is_younger(anchor, owner):
        return False
    before = later[index - 1]
    return before.kind == anchor.kind and before.title is None and anchor.start - before.head <= 16


def _unmatched(text: str, begin: int, end: int) -> int:
    """Where a bracket or quotation closes that was opened before the title."""
    if text.find(")", begin, end) < 0 and text.find("”", begin, end) < 0:
        return end
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
    if text.find(", ", begin, end) < 0:
        return None
    for comma in _CLAUSE.finditer(text, begin, end):
        part = text[comma.end() : comma.end() + 160]
        if part.startswith(("đề nghị", "yêu cầu", "nay ", "cụ thể như sau")):
            return int(comma.start())
        if is_agency(part) and text[comma.start() - 1] in '”"':
            return int(comma.start())
        if is_agency(part) or part.startswith("các "):
            verb = find_predicate(part)
            if verb and "," not in part[:verb] and len(part[:verb].split()) <= 14:
                return int(comma.start())
    return None


def clean_title(title: str, kind: str) -> str:
    """A title without its type word, quotation marks around it, and end marks."""
    title = title.strip(" ,.;:-–")
    for repeated in (kind, kind.upper()):
        rest = title.removeprefix(repeated + " ")
        if rest != title and lead_at(rest, 0) is not None:
            title = rest
    if title[-1:].isdigit() and not title[-3:].isdigit():
        title = GLUED_MARK.sub("", title, timeout=TIMEOUT)
    about = _about_at(" " + title, 0)
    if about:
        title = title[about.end() - 1 :]
    if title[:1] in '“"' and title[-1:] in '”"' and not any(c in title[1:-1] for c in "“”"):
        title = title[1:-1]
        if about := _about_at(" " + title, 0):
            title = title[about.end() - 1 :]
    return title.strip(" ,.;:")
