"""
The pieces of a letterhead's lines: motto, number, place, date, marks, and what else is there.

In a text the two columns of a letterhead come one after the other, line by line merged into one, or
not at all; so each line is carved into the fragments it holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from tdkt_parse.docnumber import find_letterhead_number
from tdkt_parse.lexicon import provinces, short_towns
from tdkt_parse.passage import Passage, join
from tdkt_parse.periods import find_dates, find_letterhead_date
from tdkt_parse.segment import Block
from tdkt_parse.segment.openings import kind_names
from tdkt_parse.spelling import bare, key
from tdkt_parse.wording import marked_words, starts_of

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

    @property
    def piece(self) -> Passage:
        return self.passage.cut(self.start, self.end)


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
    number = None if is_about(text) else find_letterhead_number(text)
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


def is_about(text: str) -> bool:
    """Whether a line says what a letter is about: ``V/v …``."""
    return key(text[:12]).startswith(starts_of("about"))


def number_of_document(fragments: Sequence[Fragment]) -> Fragment | None:
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


def carve_together(blocks: Sequence[Block], fragments: list[Fragment]) -> list[Fragment]:
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


_SYLLABLE = regex.compile(r"\p{Lu}\p{Ll}{0,6}")
"""A syllable of a place's name, its first letter alone a capital."""


def torn_place(fragments: Sequence[Fragment], place: Fragment | None) -> Fragment | None:
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
