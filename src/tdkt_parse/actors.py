"""
Who acts: the units named in a cell of a table, and the one a sentence is about.

A cell names one unit or several, parted by semicolons, full stops, bullets and line ends; a comma
parts nothing, for units are listed inside one name (``Các cơ quan, ban, ngành``). A remark in
brackets says who does the work inside the unit, and is dropped.
"""

from collections.abc import Sequence
from itertools import islice

import regex

from tdkt_parse.spelling import BULLETS
from tdkt_parse.wording import find_predicate, is_actor, is_second_part, is_such_as, lead_ins

TIMEOUT = 2.0

_BRACKET = regex.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_PARTS = regex.compile(
    rf"[;\n]|(?<=^|[;.\n\x00])\s*[{BULLETS}]\s+"
    rf"|(?<=\p{{Ll}}{{2}}|[^\x00-\x7f])\.(?=\s+[{BULLETS}]?\s*\p{{Lu}}|\s*$)|\x00"
)
_SEPARATORS = frozenset(";\n.\x00")
_BULLET_SIGNS = frozenset(BULLETS + "0123456789abcdđeghiklmnopqrstuvxy")
_BULLET = regex.compile(rf"^\s*(?:[{BULLETS}]|\d{{1,2}}[.)]|[a-zđ]\))\s*")


def split_units(lines: Sequence[str]) -> list[str]:
    """
    The units named in a cell, given line by line.

    >>> split_units(["UBND huyện. Hội đồng TĐKT huyện (Cơ quan Thường trực)"])
    ['UBND huyện', 'Hội đồng TĐKT huyện']
    >>> split_units(["- UBND xã; - Các thôn, bản;"])
    ['UBND xã', 'Các thôn, bản']
    >>> split_units(["- Văn phòng Sở - Ban Thi đua - Khen thưởng"])
    ['Văn phòng Sở', 'Ban Thi đua - Khen thưởng']
    >>> split_units(["Phòng Kế hoạch", "- Tài chính"])
    ['Phòng Kế hoạch - Tài chính']
    >>> split_units(["- Các tổ;", "- Phòng Kế hoạch", "- Tài chính;"])
    ['Các tổ', 'Phòng Kế hoạch - Tài chính']
    >>> split_units(["Giáo viên chủ nhiệm Các tổ chuyên môn"])
    ['Giáo viên chủ nhiệm', 'Các tổ chuyên môn']
    """
    text = ""
    for line in lines:
        if not line.strip():
            continue
        begins = bool(
            line.lstrip()[0] in _BULLET_SIGNS and _BULLET.match(line, timeout=TIMEOUT)
        ) or (is_actor(line) and line.strip()[:1].isupper())
        joined = text.rstrip()
        broken = begins and not joined.endswith((",", " và", "-", "–"))
        broken = broken and not (joined and _is_rest(line.strip(), joined))
        text += ("\x00" if text and broken else " " if text else "") + line.strip()
    if " Các " in text:
        text = _CAC.sub("\x00", text, timeout=TIMEOUT)
    if "(" in text or "[" in text:
        text = _BRACKET.sub(_remark, text, timeout=TIMEOUT)
    if text[:1] in _DASHES:
        text = _NEXT_DASH.sub(_next_unit, text, timeout=TIMEOUT)
    found = []
    whole = _SEPARATORS.isdisjoint(text) and text[:1] not in BULLETS
    for part in [text] if whole else _PARTS.split(text, timeout=TIMEOUT):
        unit = (part or "").strip()
        if unit[:1] and unit[0] in _BULLET_SIGNS:
            unit = _BULLET.sub("", unit, timeout=TIMEOUT)
        unit = unit.strip(" ,;:.-–")
        if any(map(str.isalnum, unit)):
            found.append(unit)
    return found


_CAC = regex.compile(r"(?<=\p{Ll}) (?=Các \p{Ll})(?<!(?:,| và| với| của| cho| gồm|:) )")


def _is_rest(line: str, before: str) -> bool:
    """
    Whether a line goes on a name at its dash: ``Phòng Kế hoạch`` / ``- Tài chính``.

    Where no unit before it is an item of a list, or each ends in a semicolon but the last, and what
    follows is a field of work.
    """
    if line[:1] not in ("-", "–") or before.endswith((";", ".")):
        return False
    listed = before[:1] in BULLETS or not _SEPARATORS.isdisjoint(before)
    if listed and ";" not in before:
        return False
    rest = line[1:].strip(" ,;:.")
    return 0 < len(rest.split()) <= LONGEST_REST and is_second_part(rest)


LONGEST_REST = 4
"""Words of the second part of a name with a dash."""
_DASHES = ("-", "–", "+")
_NEXT_DASH = regex.compile(r"\s[-–+]\s(?=(?P<rest>\p{Lu}.{0,80}))")


def _next_unit(match: regex.Match[str]) -> str:
    """
    A dash in a cell that begins with one is a bullet too, before the name of a unit; not within
    ``Phòng Tài chính - Kế toán``, though an accountant acts too.
    """
    begins = is_actor(match["rest"]) and not match["rest"].startswith("Kế toán")
    return "\x00" if begins else match.group()


def _remark(match: regex.Match[str]) -> str:
    """A remark is dropped; what follows it in capitals is another unit."""
    after = match.string[match.end() :].lstrip(" ")
    return "\x00" if after[:1].isupper() or after[:1] in BULLETS else ""


_INTRO = regex.compile(
    r"(?:Trên cơ sở|Căn cứ|Để|Nhằm|Theo(?! dõi)|Sau khi|Khi|Nếu|Trong quá trình|Ngoài ra"
    r"|Nhận được)\b"
    r"[^:;.]{3,400}?[,:]\s+(?=\p{L})"
)
_INTROS = (
    "Trên cơ sở",
    "Căn cứ",
    "Để",
    "Nhằm",
    "Theo",
    "Sau",
    "Khi",
    "Nếu",
    "Trong",
    "Ngoài ra",
    "Nhận được",
)
"""How every introduction begins."""
_CLAUSE_END = regex.compile(r"[^,:;.]{1,300}[,:]\s+(?=\p{L})")


def actors_of(sentence: str) -> list[str]:
    """
    The units a sentence gives something to do; none where it names nobody.

    >>> actors_of("Giao Phòng Nội vụ (Cơ quan Thường trực) tham mưu UBND huyện.")
    ['Phòng Nội vụ']
    >>> actors_of("Thực hiện đầy đủ chế độ báo cáo.")
    []
    >>> actors_of("Sở Tài chính: Bố trí kinh phí.")
    ['Sở Tài chính']
    """
    text = _without_intro(sentence[:1200])
    lead_in = lead_ins().match(text, timeout=TIMEOUT)
    if lead_in:
        text = text[lead_in.end() :]
    if not is_actor(text):
        return []
    end = _end_of_name(text)
    if end is None:
        return []
    return split_units([text[:end]])


def _without_intro(text: str) -> str:
    """A sentence without ``Trên cơ sở …,`` or ``Căn cứ …:`` before the one who acts."""
    intro = _INTRO.match(text, timeout=TIMEOUT) if text.startswith(_INTROS) else None
    while intro and intro.end() < 500:
        rest = text[intro.end() :]
        lead_in = lead_ins().match(rest, timeout=TIMEOUT)
        if is_actor(rest[lead_in.end() :] if lead_in else rest):
            return rest
        intro = _CLAUSE_END.match(text, intro.end(), timeout=TIMEOUT)
    return text


def _end_of_name(text: str) -> int | None:
    """Where the name at the beginning of a text ends: at a colon, or at what the unit does."""
    depth = 0
    colon = None
    for index, letter in enumerate(text[:400]):
        if letter in "([":
            depth += 1
        elif letter in ")]":
            depth = max(0, depth - 1)
        elif letter == ":" and not depth:
            if _lists_fields(text, index):
                continue  # ``Giám đốc các Sở: Nội vụ, Công Thương chịu trách nhiệm``
            colon = index
            break
        elif letter in ".;" and not depth and text[index + 1 : index + 2] in (" ", ""):
            if letter == ";" and is_actor(text[index + 1 :].lstrip()):
                continue  # ``Trung đoàn 1; Trung đoàn 2: Tổ chức lễ phát động``
            break
    plain = text[:400]
    if "(" in plain or "[" in plain:
        plain = _BRACKET.sub(lambda m: " " * (m.end() - m.start()), plain, timeout=TIMEOUT)
    verb = find_predicate(plain)
    while verb and len(plain[:verb].split()) < 2 and not plain[:verb].strip()[:1].isupper():
        verb = find_predicate(plain, verb + 1)
    listed = _LISTED.match(plain, timeout=TIMEOUT) if ":" in plain else None
    if listed and (
        _TWICE.match(plain, listed.end(), timeout=TIMEOUT)
        or find_predicate(f"- {plain[listed.end() :].lower()}") != 2
    ):
        return _end_of_list(plain, listed.end())
    if verb and plain.startswith(_PASSIVE, verb) and is_such_as(plain.lower()):
        verb = _behind_passive(plain, verb, colon)
    if verb and (colon is None or verb < colon):
        return verb
    return colon


_LISTED = regex.compile(
    r"Các\s+(?i:sở|phòng|ban|bộ|cục|khoa|trường|cơ quan|đơn vị|hội|đoàn thể|ngành)"
    r"(?:,\s\p{L}[\p{Ll}\s]{1,20}){0,3}\s?:\s+(?=\p{Lu}[^:;.]{0,60},\s\p{Lu})"
)
"""Units told by their fields behind a colon: ``Các sở: Tài chính, Nội vụ phối hợp …``."""


_FIELDS_HEAD = regex.compile(
    r"(?<=\s)các\s+(?i:sở|phòng|ban|bộ|cục|khoa|trường|cơ quan|đơn vị|hội|đoàn thể|ngành)$"
)
_FIELDS = regex.compile(r"\s+\p{Lu}[^:;.]{0,60},\s\p{Lu}")


def _lists_fields(text: str, colon: int) -> bool:
    """Whether a colon stands within a name, before the fields of those it names."""
    rest = text[colon + 1 : colon + 200]
    return (
        _FIELDS_HEAD.search(text, max(0, colon - 20), colon, timeout=TIMEOUT) is not None
        and _FIELDS.match(rest, timeout=TIMEOUT) is not None
        and find_predicate(f"- {rest.strip().lower()}") != 2
    )


_TWICE = regex.compile(r"\p{Lu}[^:;.,]{1,60}(?:,\s\p{Lu}[^:;.,]{1,60}){1,12}:\s")
"""Fields in capitals up to a second colon."""


def _end_of_list(text: str, begin: int) -> int:
    """Where such a list ends: at what the units do, at the next colon, or with the text."""
    verb = find_predicate(text, begin)
    stop = text.find(":", begin)
    if stop >= 0 and _TWICE.match(text, begin, timeout=TIMEOUT):
        return stop
    ends = [end for end in (verb, stop) if end is not None and end > begin]
    return min(ends, default=len(text.rstrip(" .;")))


_PASSIVE = "được "
_CLAUSE = regex.compile(r"[,.;]\s")


def _behind_passive(text: str, verb: int, colon: int | None) -> int | None:
    """
    Where a name ends that tells what is done to those it names: ``Các đơn vị được kiểm tra gửi …``.

    At a colon, or at the next predicate of the clause; else where the passive begins.
    """
    done = verb + len(_PASSIVE)
    if find_predicate(text, done) != done:
        return verb
    after = next(islice((i for i in range(done, len(text)) if text[i] == " "), 1, None), None)
    acts = find_predicate(text, after) if after else None
    ends = [end for end in (acts, colon) if end]
    if not ends:
        return verb
    return verb if _CLAUSE.search(text, verb, min(ends), timeout=TIMEOUT) else min(ends)


_CHAIR = regex.compile(
    r"""
    (?P<lead> [^.;:]{3,200}? ) \s+ (?: là\s+(?:cơ\ quan|đơn\ vị)\s+ )? chủ\ trì \s?,? \s*
    phối\ hợp\s+ (?: chặt\ chẽ\s+ )? (?:với|cùng)\s+
    (?P<support> [^.;:]{3,300} )
    """,
    regex.VERBOSE,
)
_WHAT_FOR = regex.compile(r"\s(?:để|nhằm|theo|trong việc|về việc|trước|chậm nhất|xong)\s")


def chair_and_support(sentence: str) -> tuple[list[str], list[str]]:
    """
    Who leads and who supports, where a sentence says ``X chủ trì, phối hợp với Y``.

    >>> chair_and_support("Văn phòng Sở chủ trì, phối hợp với Công đoàn ngành tổ chức hội thi.")
    (['Văn phòng Sở'], ['Công đoàn ngành'])
    """
    told = sentence[:1500]
    match = _CHAIR.search(told, timeout=TIMEOUT) if "chủ trì" in told else None
    if not match:
        return [], []
    support = match["support"]
    ends = [find_predicate(support)]
    ends += [m.start() for m in _WHAT_FOR.finditer(support, timeout=TIMEOUT)]
    support = support[: min((end for end in ends if end), default=len(support))]
    lead = lead_ins().sub("", match["lead"].strip(" ,"), count=1, timeout=TIMEOUT)
    lead = lead.rsplit(", ", 1)[-1] if not is_actor(lead) else lead
    if not is_actor(lead):
        return [], split_units([support])
    return split_units([lead]), split_units([support])
