"""
The letterhead, the type and the title.

NĐ 30/2020/NĐ-CP, Phụ lục I.II.1-5: agency on the left, quốc hiệu and tiêu ngữ on the right, number
under the one, place and date under the other. In a text the two columns come one after the other,
line by line merged into one, or not at all; so each line is carved into the fragments it holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from tdkt_parse.docnumber import NumberMatch, find_docnumbers, find_letterhead_number
from tdkt_parse.lexicon import document_types, provinces, short_towns
from tdkt_parse.metadata.arrivals import is_arrival, is_posted
from tdkt_parse.models import DocNumber, PartialDate
from tdkt_parse.passage import Passage, join
from tdkt_parse.periods import find_dates, find_letterhead_date, find_years
from tdkt_parse.segment import Block, Parts
from tdkt_parse.segment.old_heads import read_old_head
from tdkt_parse.segment.openings import is_annex_line, kind_names
from tdkt_parse.spelling import bare, is_upper, key
from tdkt_parse.wording import (
    is_agency,
    is_office,
    is_superior_place,
    is_unfinished,
    marked_words,
    opens_title,
    squeezed,
    type_of_line,
)

TIMEOUT = 2.0

_MOTTO = regex.compile(
    r"""
      (?:c\s*o\s*n\s*g\s+)?h\s*o\s*a?\s+x\s*a\s+h\s*o\s*i\s+c\s*h\s*u\s+n\s*g\s*h\s*i\s*a\s+v\s*i\s*e\s*t\s+n\s*a\s*m
    | d\s*o\s*c\s+l\s*a\s*p\s*-?\s*t\s*u\s+d\s*o\s*-?\s*h\s*a\s*n\s*h\s+p\s*h\s*u\s*c
    | (?<=\w\s)doan\ (?:tncs|thanh\ nien\ cong\ san)\ ho\ chi\ minh$
    | d\s*a\s*n\s*g\s+c\s*o\s*n\s*g\s+s\s*a\s*n\s+v\s*i\s*e\s*t\s+n\s*a\s*m
    """,
    regex.VERBOSE,
)
_NUMBER_WORD = regex.compile(r"[Ss]ố\s?:?\s*$|SỐ\s?:?\s*$")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of the letterhead: what it is, the passage it stands in, and where."""

    kind: str
    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Preface:
    """What the head of a document says; each part may be missing."""

    kind: str | None
    number: tuple[DocNumber, Passage, bool] | None
    """The number, its own characters, whether it is damaged."""
    place: Passage | None
    date: tuple[PartialDate, Passage] | None
    agencies: tuple[Passage, ...]
    """The names in the letterhead, the issuer last, each as its lines together."""
    title: Passage | None
    years: tuple[int, ...]
    secrecy: str | None
    urgency: str | None
    marks: tuple[tuple[str, Passage], ...]
    """Fixed words: quốc hiệu, tiêu ngữ, ``Số:``, the type line, what nothing else claimed."""
    annex: tuple[Passage, ...]
    by_symbol: bool = False
    """Whether only the number's symbol tells the type."""


def find_preface(parts: Parts) -> Preface:
    """The metadata of a document's head."""
    fragments = [f for block in parts.letterhead for f in carve(block.passage)]
    old = _old_form(parts)
    told = old.blocks if old else frozenset()
    stray = [
        f
        for block in (*parts.title, *parts.addressees)
        if id(block) not in told
        for f in carve(block.passage)
    ]
    dated = next((f for f in fragments if f.kind == "date"), None)
    read = _date(dated)
    if read is None or read[0].year is None:
        fragments = _carve_together(parts.letterhead, fragments)
    known = {f.kind for f in fragments}
    late = [
        f
        for f in stray
        if f.kind in ("number", "date", "place", "motto")
        and f.kind not in known
        and _is_whole(f)
        and key(f.passage.text[: f.start]).strip() != _WHOSE
    ]
    kind, title_parts, type_marks = (
        (old.kind, old.title, old.marks)
        if old
        else _type_and_title(parts, {id(f.passage) for f in late})
    )
    annex = tuple(p for p in title_parts if _is_annex(p.text))
    title = join([p for p in title_parts if not _is_annex(p.text)]) if title_parts else None
    fragments += late
    number = _own(fragments)
    date = next((f for f in fragments if f.kind == "date"), None)
    place = next((f for f in fragments if f.kind == "place"), None)
    torn = _torn_place(fragments, place)
    fragments = [f for f in fragments if f is not torn]
    about = [f for f in fragments if f.kind == "other" and _is_about(f.text)]
    fragments = [f for f in fragments if f not in about]
    if about and title is None:
        title = join([f.passage.cut(f.start, f.end) for f in about])
    stamped = [f for f in fragments if f.kind == "other" and is_arrival(f.text)]
    fragments = [f for f in fragments if f not in stamped]
    agencies, others = _agencies(
        [f for f in fragments if f.kind == "other"], behind=_end_of_head(number, date)
    )
    others += [f.passage.cut(f.start, f.end) for f in stamped]
    if title is None and not parts.type:
        spoken = [p for p in others if _is_bare_title(p, _end_of_head(number, date))]
        if len(spoken) == 1:
            title = spoken[0]
            others = [p for p in others if p is not title]
    own_number, own_date = _number(number), _date(date)
    others += [
        f.passage.cut(f.start, f.end) for f in fragments if f.kind == "number" and f is not number
    ]
    if kind in _DECIDED and title and agencies:
        lines = [p for p in title_parts if not _is_annex(p.text)]
        known = {key(agency.text) for agency in agencies}
        if (
            not old
            and len(lines) > 1
            and key(lines[-1].text) in known
            and not _unfinished(lines[-2].text)
        ):
            others.append(lines[-1])
            title = join(lines[:-1])
        elif end := _authority_in(title.text, known):
            others.append(title.cut(end, len(title.text)))
            title = title.cut(0, end)
    if old:
        # What the letterhead says too is said there; here it is a fixed word of the form.
        own_number, spare_number = (own_number, old.number) if own_number else (old.number, None)
        own_date, spare_date = (own_date, old.date) if own_date else (old.date, None)
        others += [said[1] for said in (spare_number, spare_date) if said]
        (others if agencies else agencies).extend(old.authority)
    if kind is None and title and own_number and (named := _own_type(title, own_number[0])):
        kind, length = named
        type_marks = [*type_marks, ("type", title.cut(0, length))]
        title = title.cut(length, len(title.text))
    if kind is None:
        kind = _kind_of_letter(number, parts)
    symbol = _kind_of_symbol(own_number, title) if kind is None else None
    if symbol and title and (length := _misread_type(title.text, symbol)):
        type_marks = [*type_marks, ("type", title.cut(0, length))]
        title = title.cut(length, len(title.text))
    marks = [
        (f.kind, f.passage.cut(f.start, f.end))
        for f in fragments
        if f.kind in ("motto", "word", "secrecy", "urgency", "draft")
    ]
    marks += [("other", p) for p in others]
    return Preface(
        kind or symbol,
        own_number,
        join([f.passage.cut(f.start, f.end) for f in (torn, place) if f]) if place else None,
        own_date,
        tuple(agencies),
        title or None,
        tuple(find_years(title.text)) if title else (),
        _marked("secrecy", fragments),
        _marked("urgency", fragments),
        (*marks, *type_marks),
        annex,
        symbol is not None,
    )


@dataclass(frozen=True, slots=True)
class _OldForm:
    """What a head in the old form says (``segment.old_heads``), as passages."""

    kind: str
    blocks: frozenset[int]
    authority: list[Passage]
    """One, or none."""
    number: tuple[DocNumber, Passage, bool] | None
    date: tuple[PartialDate, Passage] | None
    title: list[Passage]
    marks: list[tuple[str, Passage]]


def _old_form(parts: Parts) -> _OldForm | None:
    """The head of a document that names its authority, number and date under the type."""
    if not parts.type:
        return None
    block = parts.type[0]
    known = type_of_line(block.text)
    if known is None:
        return None
    length = len(" ".join(block.text.split()[: known[1]]))
    below = [b for b in parts.title if b.passage.start > block.passage.start]
    annexes = [b.passage for b in below if _is_annex(b.text)]
    lines = [block.passage.cut(length, len(block.text)), *(b.passage for b in below)]
    whole = join([line for line in lines if line and line not in annexes])
    head = read_old_head(whole.text, known[0]) if whole else None
    if head is None:
        return None
    number = head.number
    marks = [("type", block.passage.cut(0, length))]
    words = [whole.cut(*span) for span in head.words]
    marks += [("word", word) for word in words if any(map(str.isalnum, word.text))]
    title = whole.cut(head.rest, len(whole.text))
    return _OldForm(
        known[0],
        frozenset(map(id, below)),
        [whole.cut(*head.authority)] if head.authority else [],
        (number.number, whole.cut(number.start, number.end), number.damaged) if number else None,
        (head.date[0], whole.cut(*head.date[1:])) if head.date else None,
        [*([title] if title else []), *annexes],
        marks,
    )


_SYLLABLE = regex.compile(r"\p{Lu}\p{Ll}{0,6}")
"""A syllable of a place's name, its first letter alone a capital."""


def _torn_place(fragments: Sequence[Fragment], place: Fragment | None) -> Fragment | None:
    """
    The first syllable of a place's name that a narrow column left on the line above: ``Tiền`` /
    ``Giang, ngày 07 tháng 12 năm 2022``. Where both together are the name of a province, or the
    one right above the other, which is no town by itself.
    """
    if place is None or place.start or not _SYLLABLE.fullmatch(place.text, timeout=TIMEOUT):
        return None
    above = fragments[max(0, fragments.index(place) - 1)]
    if above.kind != "other" or above.text != above.passage.text.strip():
        return None
    whole = key(f"{above.text} {place.text}")
    if whole.removeprefix(key("TP")).strip(" .") in _provinces():
        return above
    if not _SYLLABLE.fullmatch(above.text, timeout=TIMEOUT):
        return None
    near = 0 < place.passage.start - above.passage.start - len(above.passage.text) <= 2
    return above if near and key(place.text) not in _short_towns() else None


@cache
def _short_towns() -> frozenset[str]:
    return frozenset(key(row.name) for row in short_towns())


@cache
def _provinces() -> frozenset[str]:
    return frozenset(key(row.name) for row in provinces())


_SESSION = regex.compile(r"\s*KH[ÓO][ÁA]\s[^\n]{1,20},?\s+KỲ H\p{Lu}P\s[^\n]{1,20}$")


def _authority_in(title: str, agencies: set[str]) -> int | None:
    """Where a title ends in which the authority on the next line was put in one with it."""
    session = _SESSION.search(title, timeout=TIMEOUT)
    text = title[: session.start()] if session else title
    for agency in agencies:
        words = text.rsplit(maxsplit=len(agency.split()))
        if key(" ".join(words[1:])) == agency and len(words[0].split()) >= 3:
            return None if _unfinished(words[0]) else len(words[0])
    return None


_DECIDED = frozenset({"Quyết định", "Nghị quyết", "Nghị định", "Thông tư", "Chỉ thị"})
"""Types under whose title the authority is named once more (NĐ 30/2020, Phụ lục III, mẫu 1.2)."""

_WHOSE = key("của")
"""Before the name of the union in a title, which is no motto there."""

_ABOUT = (key("v/v"), key("về việc"))


def _is_bare_title(passage: Passage, behind: int | None) -> bool:
    """
    Whether a line in capitals under number and date is a title whose type line a page left out.
    """
    return (
        behind is not None
        and passage.start > behind
        and len(passage.text.split()) >= LONG_TITLE
        and is_upper(passage.text)
        and not is_agency(passage.text)
        and not is_office(passage.text)
        and not key(passage.text).startswith(_TERM)
    )


_TERM = (key("khóa"), key("khoá"))
"""Under the name of a council, its term and session: ``KHÓA XVII - KỲ HỌP THỨ BA``."""


def _own(fragments: Sequence[Fragment]) -> Fragment | None:
    """
    The document's own number: that of a line ``Số: …``, else that of one which a page put above as
    its name, ``Quyết định số 12/2020/QĐ-UBND``.
    """
    numbers = [f for f in fragments if f.kind == "number"]
    own = (f for f in numbers if not _names_kind(f.passage.text[: f.start]))
    return next(own, numbers[0] if numbers else None)


def _names_kind(before: str) -> bool:
    """Whether the name of a type stands before ``số``."""
    word = _NUMBER_WORD.search(before, timeout=TIMEOUT)
    return bool(word) and key(before[: word.start()]).rstrip().endswith(kind_names())


def _is_about(text: str) -> bool:
    return key(text[:12]).startswith(_ABOUT)


def _is_whole(fragment: Fragment) -> bool:
    """Whether a fragment of a title line is all of it but for its own label."""
    rest = fragment.passage.text[: fragment.start] + fragment.passage.text[fragment.end :]
    return len(rest.strip(" :.,")) <= 4 or (fragment.kind in ("date", "place") and len(rest) < 60)


def _number(fragment: Fragment | None) -> tuple[DocNumber, Passage, bool] | None:
    if fragment is None:
        return None
    found = find_letterhead_number(fragment.passage.text)
    if found is None:
        return None
    return found.number, fragment.passage.cut(fragment.start, fragment.end), found.damaged


def _date(fragment: Fragment | None) -> tuple[PartialDate, Passage] | None:
    if fragment is None:
        return None
    found = find_letterhead_date(fragment.passage.text)
    date = found.date if found else None
    if date is None:
        date = next((d for d in find_dates(fragment.text) if d.date.day), None)
    return (date.date, fragment.passage.cut(fragment.start, fragment.end)) if date else None


def _marked(kind: str, fragments: Sequence[Fragment]) -> str | None:
    return next((f.text.strip("()[] ") for f in fragments if f.kind == kind), None)


def carve(passage: Passage) -> list[Fragment]:
    """
    The fragments of one line of a letterhead, in order; together they are the whole line.

    Kinds: motto, number, date, place, secrecy, urgency, draft, word (``Số:``), other.
    """
    text = passage.text
    taken: list[tuple[int, int, str]] = []
    folded = bare(text)
    if len(folded) == len(text):
        taken += [(m.start(), m.end(), "motto") for m in _MOTTO.finditer(folded, timeout=TIMEOUT)]
    number = None if _is_about(text) else find_letterhead_number(text)
    if number:
        taken.append((number.start, number.end, "number"))
        word = _NUMBER_WORD.search(text, 0, number.start, timeout=TIMEOUT)
        if word and word.group():
            taken.append((word.start(), number.start, "word"))
    date = find_letterhead_date(text)
    if date:
        taken.append((date.date.start, date.date.end, "date"))
        if date.place:
            taken.append((*date.place, "place"))
    elif number and text[number.end :].lstrip(" ,").startswith("NGÀY "):
        # ``CỦA CHÍNH PHỦ SỐ 94/1998/NĐ-CP NGÀY 17 THÁNG 11 NĂM 1998``
        day = next((d for d in find_dates(text) if d.date.day and d.start >= number.end), None)
        if day and not text[number.end : day.start].strip(" ,"):
            taken.append((day.start, day.end, "date"))
    if kind := _kind_of_mark(text):
        return [Fragment(kind, passage, 0, len(text))]
    fragments: list[Fragment] = []
    at = 0
    for start, end, kind in sorted(taken):
        if start < at:
            continue
        fragments += _rest(passage, at, start)
        fragments.append(Fragment(kind, passage, start, end))
        at = end
    fragments += _rest(passage, at, len(text))
    return fragments


def _kind_of_mark(text: str) -> str | None:
    """``MẬT``, ``HỎA TỐC``, ``DỰ THẢO`` alone: secrecy, urgency or draft."""
    stripped = key(text).strip("()[] .:")
    kinds = ("secrecy", "urgency", "draft")
    return next((kind for kind in kinds if stripped in marked_words(kind)), None)


def _rest(passage: Passage, start: int, end: int) -> Iterator[Fragment]:
    part = passage.text[start:end]
    first = start + len(part) - len(part.lstrip(" ,.;:-–_*|"))
    last = start + len(part.rstrip(" ;:-–_*|"))
    if part[last - start :].strip() in ("-", "–"):
        last = start + len(part.rstrip())  # ``SỞ LAO ĐỘNG -`` goes on on the next line.
    if first < last and any(map(str.isalnum, passage.text[first:last])):
        kind = _kind_of_mark(passage.text[first:last]) or "other"
        yield Fragment(kind, passage, first, last)


def _carve_together(blocks: Sequence[Block], fragments: list[Fragment]) -> list[Fragment]:
    """A place and date that a narrow column broke over several lines."""
    for width in (2, 3, 4):
        for first in range(len(blocks) - width + 1):
            passage = join([block.passage for block in blocks[first : first + width]])
            if (
                len(passage.text) > 200
                or key("ngày") not in key(passage.text)
                or not find_letterhead_date(passage.text)
            ):
                continue
            if width < 4 and key(passage.text.rstrip(" .")).endswith((key("tháng"), key("năm"))):
                continue
            inside = {id(block.passage) for block in blocks[first : first + width]}
            kept = [f for f in fragments if id(f.passage) not in inside]
            return [*kept, *carve(passage)]
    return fragments


def _end_of_head(number: Fragment | None, date: Fragment | None) -> int | None:
    """Where number and date have both been told, behind which no agency's name goes on."""
    if number is None or date is None:
        return None
    return max(number.passage.start + number.start, date.passage.start + date.start)


def _agencies(
    fragments: Sequence[Fragment], behind: int | None = None
) -> tuple[list[Passage], list[Passage]]:
    """
    The agencies of a letterhead, and fragments that are none.

    A line that begins as no agency's name does goes on the line above: ``ỦY BAN NHÂN DÂN`` /
    ``HUYỆN PHÚ BÌNH``; but not ``behind`` the number and the date.
    """
    names: list[list[Passage]] = []
    others: list[Passage] = []
    waiting: list[Passage] = []
    for fragment in fragments:
        passage = fragment.passage.cut(fragment.start, fragment.end)
        if names and key(passage.text) == _COUNTRY and _is_below(names[-1][-1], passage):
            names[-1].append(passage)
            continue
        code = _TYPIST.fullmatch(passage.text, timeout=TIMEOUT)
        if code or _is_broken_motto(passage.text) or opens_title(passage.text):
            others.append(passage)
            continue
        if not names and is_upper(passage.text):
            whole = join([*waiting, passage])
            if waiting and is_agency(whole.text):
                names.append([*waiting, passage])
                waiting = []
                continue
            if not is_agency(passage.text) and not type_of_line(passage.text):
                waiting.append(passage)
                continue
        if not is_upper(passage.text) or type_of_line(passage.text):
            others.append(passage)
        elif (
            names
            and behind is not None
            and fragment.passage.start > behind
            and len(passage.text.split()) >= LONG_TITLE
            and not is_agency(passage.text)
        ):
            others.append(passage)  # a title whose type line was lost
        elif names and (not is_agency(passage.text) or _unfinished(names[-1][-1].text)):
            names[-1].append(passage)
        elif is_agency(passage.text):
            if not names and len(waiting) == 1 and is_superior_place(waiting[0].text):
                names.append(waiting)
                waiting = []
            names.append([passage])
        else:
            others.append(passage)
    others += waiting
    joined: list[Passage] = []
    for name in map(join, names):
        name = name.cut(0, len(name.text.rstrip(" ,")))
        if joined and behind is not None and name.start > behind and _repeats(joined[-1], name):
            # The authority over the bases says the name in full, or who leads it.
            told = key(name.text).startswith(key(joined[-1].text))
            others.append(joined.pop() if told else name)
            if told:
                joined.append(name)
            continue
        if len(names) > 1 and key(name.text) in _UNION_MOTTO:
            others.append(name)
            continue
        if any(key(name.text) == key(known.text) for known in joined):
            others.append(name)
        else:
            joined.append(name)
    return joined, others


_COUNTRY = key("VIỆT NAM")


def _is_below(name: Passage, passage: Passage) -> bool:
    """
    Whether a line stands right below an agency's name: ``TỔNG LIÊN ĐOÀN LAO ĐỘNG`` / ``VIỆT NAM``;
    under quốc hiệu the same words end that.
    """
    return 0 < passage.start - name.start - len(name.text) <= 3


def _repeats(known: Passage, name: Passage) -> bool:
    """
    Whether a name is that of an agency named before, with its place or with who leads it:
    ``ỦY BAN NHÂN DÂN`` and ``CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH``.
    """
    said, again = key(known.text), f"{key(name.text)} "
    if again.startswith(f"{said} "):
        return True
    return is_office(name.text) and f" {said} " in again


LONG_TITLE = 6
"""Words of a line in capitals that is no second line of an agency's name."""
_TYPIST = regex.compile(r"(?![QP]\d)[A-ZĐ]{1,4}\d{1,4}[A-Z]?|[A-ZĐ]{2,4}[-.]\d{1,4}")
"""A mark of who typed it or on which machine, alone in the letterhead: ``XV80``. A ward or a
district (``P12``, ``Q1``) is none."""
_STATE = key("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").split()


def _is_broken_motto(text: str) -> bool:
    """
    Whether a line is a part of quốc hiệu, from its beginning or to its end.

    >>> _is_broken_motto("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT"), _is_broken_motto("CHỦ NGHĨA VIỆT NAM")
    (True, True)
    >>> _is_broken_motto("XÃ HỘI")
    False
    """
    words = key(text).split()
    return words in (_STATE[: len(words)], _STATE[-max(2, len(words)) :])


_UNION_MOTTO = frozenset(
    map(
        key,
        (
            *("ĐOÀN TNCS HỒ CHÍ MINH", "ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH"),
            *("ĐỘI TNTP HỒ CHÍ MINH", "ĐỘI THIẾU NIÊN TIỀN PHONG HỒ CHÍ MINH"),
        ),
    )
)
"""What stands on the right of a letterhead of the youth union or the pioneers, for quốc hiệu."""


_HALVES = frozenset(
    map(key, ("THỦ TƯỚNG", "THƯỜNG TRỰC", "ỦY BAN", "HỘI ĐỒNG", "BAN CHẤP HÀNH", "CHỦ TỊCH"))
)
"""Lines that a narrow column broke off before the rest of the name."""


def _unfinished(text: str) -> bool:
    """A line that cannot end a name."""
    return key(text) in _HALVES or is_unfinished(text)


def _type_and_title(
    parts: Parts, skipped: set[int]
) -> tuple[str | None, list[Passage], list[tuple[str, Passage]]]:
    kind = None
    title: list[Passage] = []
    marks: list[tuple[str, Passage]] = []
    for block in parts.type:
        known = type_of_line(block.text)
        if known is None:
            title.append(block.passage)
            continue
        if _stands_above(block, parts):
            marks.append(("other", block.passage))
            continue
        words = block.text.split()
        length = len(" ".join(words[: known[1]]))
        if kind is None:
            kind = known[0]
        elif len(words) > known[1]:
            title.append(block.passage)  # ``NGHỊ ĐỊNH`` over ``QUY ĐỊNH CHI TIẾT …``
            continue
        marks.append(("type", block.passage.cut(0, length)))
        rest = block.passage.cut(length, len(block.text))
        if rest:
            title.append(rest)
    below = [block.passage for block in parts.title if id(block.passage) not in skipped]
    stamped = [passage for passage in below if is_arrival(passage.text) or is_posted(passage.text)]
    marks += [("other", passage) for passage in stamped]
    below = [passage for passage in below if passage not in stamped]
    contents = next((n for n, p in enumerate(below) if key(p.text).strip(" :.") == _CONTENTS), None)
    if contents is not None:
        marks += [("other", passage) for passage in below[contents:]]
    title += below[:contents]
    title = [*_without_authority(title, marks)]
    title.sort(key=lambda passage: passage.start)
    head = parts.letterhead[-1].passage.start if parts.letterhead else 0
    after = [passage for passage in title if passage.start > head]
    if after and len(after) < len(title) and any(b.passage.start > head for b in parts.type):
        marks += [("other", passage) for passage in title if passage.start <= head]
        title = after
    return kind, title, marks


def _stands_above(block: Block, parts: Parts) -> bool:
    """
    Whether a type line stands over the letterhead, and another below it: a page names the document
    that it shows, or what that puts into force, above it.
    """
    at = block.passage.start
    later = [other.passage.start for other in parts.type if other.passage.start > at]
    between = (head.passage.start for head in parts.letterhead)
    return bool(later) and any(at < start < later[-1] for start in between)


_CONTENTS = key("mục lục")
"""Over the table of contents, which no more of the title stands in or below."""
_OF = regex.compile(r"CỦA\s+(?=\S)")
_SUBJECT = regex.compile(r"(?<=\s)(?:[Vv]/[Vv]|[Vv]ề\s|(?-i:\p{Ll}+\s))")


def _without_authority(
    title: Sequence[Passage], marks: list[tuple[str, Passage]]
) -> Iterator[Passage]:
    """
    A title without the authority named before it, in capitals: ``QUYẾT ĐỊNH CỦA BỘ TRƯỞNG … về``.

    So was the head of a document before Thông tư 01/2011/TT-BNV. What is left out is a mark.
    """
    for number, passage in enumerate(title):
        found = _OF.match(passage.text, timeout=TIMEOUT)
        rest = passage.text[found.end() :] if found else ""
        if not (rest[:2].isupper() and (is_agency(rest) or is_office(rest))):
            yield passage
            continue
        subject = _SUBJECT.search(passage.text, found.end() if found else 0, timeout=TIMEOUT)
        if subject:
            marks.append(("other", passage.cut(0, subject.start())))
            yield passage.cut(subject.start(), len(passage.text))
        elif number + 1 < len(title) and _is_about(title[number + 1].text):
            marks.append(("other", passage))
        else:
            yield passage


def _own_type(title: Passage, number: DocNumber) -> tuple[str, int] | None:
    """
    The type of a document without a type line whose title begins with it in small letters, as its
    number says: ``Số: 15/KH-CĐT`` over ``Kế hoạch tổ chức …``. And its letters.
    """
    names = (row.name for row in document_types() if row.code == number.doc_type)
    name = next((name for name in names if title.text.startswith(f"{name} ")), None)
    return (name, len(name)) if name else None


def _kind_of_symbol(
    number: tuple[DocNumber, Passage, bool] | None, title: Passage | None
) -> str | None:
    """
    The type that the symbol of a document's own number names, where a page left out its type line:
    ``Số: 45/KH-UBND``; none if the title begins with another type.
    """
    if number is None or number[2] or number[0].doc_type is None:
        return None
    names = [row.name for row in document_types() if row.code == number[0].doc_type]
    said = f"{key(title.text[:40])} " if title else ""
    others = any(said.startswith(f"{key(row.name)} ") for row in document_types())
    return names[0] if len(names) == 1 and not others else None


def _misread_type(text: str, kind: str) -> int:
    """
    How far a title in capitals is the type line that a letter was misread of; 0 if it is none.

    >>> _misread_type("KẾ HQẠCH THI ĐUA NĂM 2013", "Kế hoạch"), _misread_type("KẾ TOÁN", "Kế hoạch")
    (8, 0)
    """
    count = len(kind.split())
    head = " ".join(text.split(" ")[:count])
    if not head.isupper() or len(head.split()) != count:
        return 0
    from rapidfuzz.distance import Levenshtein

    return len(head) if Levenshtein.distance(squeezed(head), squeezed(kind)) <= 1 else 0


def _kind_of_letter(number: Fragment | None, parts: Parts) -> str | None:
    """A document without a type line that is addressed or ``V/v`` is a công văn (NĐ 30, Điều 7)."""
    about = any(_is_about(b.text) for b in (*parts.title, *parts.letterhead))
    if number is None or not (about or parts.addressees):
        return None
    found = find_letterhead_number(number.passage.text)
    return "Công văn" if found and found.number.doc_type is None else None


def _is_annex(text: str) -> bool:
    return is_annex_line(text[:60])


@dataclass(frozen=True, slots=True)
class Annex:
    """What a line ``(Kèm theo Kế hoạch số … ngày …)`` says of the document it belongs to."""

    passage: Passage
    kind: str | None
    number: NumberMatch | None
    date: tuple[PartialDate, int, int] | None


def annex_of(passage: Passage, kinds: Sequence[str]) -> Annex:
    """Read an annex line; ``kinds`` are the names of types of document."""
    text = passage.text
    numbers = find_docnumbers(text)
    number = numbers[-1] if numbers else find_letterhead_number(text)
    dates = find_dates(text)
    before = key(text[: number.start] if number else text)
    named = sorted(((before.rfind(key(kind)), kind) for kind in kinds), reverse=True)
    kind = named[0][1] if named and named[0][0] >= 0 else None
    after = [d for d in dates if number is None or d.start >= number.end]
    date = (after[0].date, after[0].start, after[0].end) if after else None
    return Annex(passage, kind, number, date)
