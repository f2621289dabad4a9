"""
The head of a document of before 2011, which says in one go whose it is, its number and its date.

``NGHỊ ĐỊNH`` / ``CỦA CHÍNH PHỦ SỐ 94/1998/NĐ-CP NGÀY 17 THÁNG 11 NĂM 1998`` / ``QUY ĐỊNH …``: so
Công báo and the collections of laws print what stands in the letterhead of the paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from tdkt_parse.docnumber import NumberMatch, find_letterhead_number
from tdkt_parse.lexicon import document_types
from tdkt_parse.models import PartialDate
from tdkt_parse.periods import find_dates
from tdkt_parse.segment.blocks import Block
from tdkt_parse.segment.labels import TIMEOUT
from tdkt_parse.spelling import is_upper, key
from tdkt_parse.wording import deciding, is_agency, is_office, kinds, type_of_line

LONGEST = 1_000
"""Code points of a head that are looked at; the longest title met has 600."""
LONGEST_NAME = 16
"""Words of the name of who issues a document."""
MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class OldHead:
    """
    What follows the type of a document, as slices of its text: who issued it, the number and the
    date; ``rest`` is where the title begins.
    """

    authority: tuple[int, int] | None
    number: NumberMatch | None
    date: tuple[PartialDate, int, int] | None
    rest: int

    @property
    def words(self) -> list[tuple[int, int]]:
        """The slices between, which are words of the form: ``CỦA``, ``SỐ``."""
        known = [self.authority, self.number and self.number[:2], self.date and self.date[1:]]
        ends = sorted(span for span in known if span)
        starts = [0, *(end for _, end in ends)]
        return list(zip(starts, [*(start for start, _ in ends), self.rest], strict=True))


_OF = regex.compile(r"(?:CỦA|[Cc]ủa)\s+(?=\p{Lu})")
_NUMBER_WORD = regex.compile(r"(?:SỐ|[Ss]ố)\s*:?\s*$")
_DAY = regex.compile(r"[\s,]*(?:NGÀY|[Nn]gày)\s")
_SUBJECT = regex.compile(
    r"(?i)(?<!\p{L})(?:v/v|về|ban hành|quy định|phê duyệt|hướng dẫn|sửa đổi|thi hành|đẩy mạnh"
    r"|tăng cường|căn cứ)(?!\p{L})"
)
"""What a document is about begins so, and no name does."""
_JOINTS = " ,;:.-–"


def read_old_head(text: str, kind: str) -> OldHead | None:
    """
    What the text after a type line of ``kind`` says in the old form, or ``None`` if it is no such.

    A number counts if nothing but a name stands before it, and its own type is ``kind``: another
    one belongs to what the document is about.

    >>> text = "CỦA CHÍNH PHỦ SỐ 94/1998/NĐ-CP NGÀY 17 THÁNG 11 NĂM 1998 VỀ THUẾ"
    >>> head = read_old_head(text, "Nghị định")
    >>> text[slice(*head.authority)], head.number.number.canonical, text[head.rest:]
    ('CHÍNH PHỦ', '94/1998/NĐ-CP', 'VỀ THUẾ')
    >>> read_old_head("VỀ VIỆC THI HÀNH NGHỊ ĐỊNH SỐ 94/1998/NĐ-CP", "Chỉ thị")
    """
    text = text[:LONGEST]
    of = _OF.match(text, timeout=TIMEOUT)
    begin = of.end() if of else 0
    number = find_letterhead_number(text)
    word = _NUMBER_WORD.search(text, begin, number.start, timeout=TIMEOUT) if number else None
    if number and word and _is_name(text[begin : word.start()], named=of is not None):
        if not _is_of(number, kind):
            return None
        date = _date_at(text, number.end)
        end = date[2] if date else number.end
        authority = _trim(text, begin, word.start()) if of else _named_after(text, end)
        end = max(end, authority[1]) if authority else end
        return OldHead(authority, number, date, _rest(text, end))
    if not of:
        return None
    day = _DAY.search(text, begin, timeout=TIMEOUT)
    date = _date_at(text, day.start()) if day else None
    if day and date and _is_name(text[begin : day.start()], named=True):
        return OldHead(_trim(text, begin, day.start()), None, date, _rest(text, date[2]))
    subject = _SUBJECT.search(text, begin, timeout=TIMEOUT) if kind in deciding() else None
    if subject and is_upper(name := text[begin : subject.start()]) and _is_name(name, named=True):
        return OldHead(_trim(text, begin, subject.start()), None, None, subject.start())
    return None


def _named_after(text: str, end: int) -> tuple[int, int] | None:
    """Who issued it, behind number and date: ``… NGÀY 03/4/1998 CỦA UBND TỈNH … VỀ VIỆC …``."""
    start = end + len(text[end:]) - len(text[end:].lstrip(_JOINTS))
    of = _OF.match(text, start, timeout=TIMEOUT)
    subject = _SUBJECT.search(text, of.end(), timeout=TIMEOUT) if of else None
    if not of or not subject or not _is_name(text[of.end() : subject.start()], named=True):
        return None
    return _trim(text, of.end(), subject.start())


def _is_name(text: str, *, named: bool) -> bool:
    """Whether what stands before the number is the name of who issued it, or nothing at all."""
    name = text.strip(_JOINTS)
    if not named or not name:
        return not name and not named
    if len(name.split()) > LONGEST_NAME or _SUBJECT.search(name, timeout=TIMEOUT):
        return False
    return is_agency(name) or is_office(name)


def _is_of(number: NumberMatch, kind: str) -> bool:
    """Whether a number is that of a document of this kind, as far as it tells."""
    code = number.number.doc_type
    named = next((row.name for row in document_types() if row.code == code), None)
    return named is None or key(named).split()[0] == key(kind).split()[0]


def _date_at(text: str, start: int) -> tuple[PartialDate, int, int] | None:
    """The date that follows right here: ``NGÀY 17 THÁNG 11 NĂM 1998``, ``ngày 17/11/1998``."""
    if not _DAY.match(text, start, timeout=TIMEOUT):
        return None
    for found in find_dates(text):
        between = key(text[start : max(found.start, start)]).strip(_JOINTS)
        if found.date.day and found.start >= start and between in ("", key("ngày")):
            return found.date, found.start, found.end
    return None


_TERM = regex.compile(r"(?i)[\s,(]+(?:khoá|khóa|nhiệm kỳ|kỳ họp)\s.*")
"""No part of a legislature's name: ``HỘI ĐỒNG NHÂN DÂN TỈNH … KHOÁ XIV, KỲ HỌP THỨ 4``."""


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    term = _TERM.search(text, start, end, timeout=TIMEOUT)
    return start, start + len(text[start : term.start() if term else end].rstrip(_JOINTS))


def _rest(text: str, end: int) -> int:
    return end + len(text[end:]) - len(text[end:].lstrip(_JOINTS + "\n"))


@dataclass(frozen=True, slots=True)
class HeadLines:
    """The blocks of a head in the old form: the type line, and the lines that go on with it."""

    kind: str
    type: int
    lines: range


def find_old_head(blocks: Sequence[Block]) -> HeadLines | None:
    """
    The lines of the old form among the first blocks of a document.

    They end at a blank line, at a numbered part, at a sentence.
    """
    names = {row.name for row in kinds() if row.title}
    for number, block in enumerate(blocks):
        known = type_of_line(block.text[:200]) if block.table is None else None
        if known is None or known[0] not in names:
            continue
        after = number + 1
        rest = block.text.split()[known[1] :]
        lines = [" ".join(rest)] if rest else []
        while after < len(blocks) and after <= number + MOST_LINES:
            line = blocks[after]
            if line.table is not None or line.label or (line.gap and lines):
                break
            if lines and line.text.endswith((".", ";", ":")):
                break
            if not lines and line.text == block.text:  # the web page's heading, printed again
                break
            lines.append(line.text)
            after += 1
        if read_old_head(" ".join(lines), known[0]):
            return HeadLines(known[0], number, range(number + 1, after))
        if not lines and after < len(blocks) and blocks[after].text == block.text:
            continue
        return None
    return None
