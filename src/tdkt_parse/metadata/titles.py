"""
The type and the title of a document, and what is put in one with them.
"""

from collections.abc import Iterator, Sequence

import regex

from tdkt_parse.docnumber import find_letterhead_number
from tdkt_parse.lexicon import document_types
from tdkt_parse.metadata.arrivals import is_arrival, is_posted
from tdkt_parse.metadata.authorities import LONG_TITLE, is_cut_off
from tdkt_parse.metadata.fragments import Fragment, is_about
from tdkt_parse.models import DocNumber
from tdkt_parse.passage import Passage
from tdkt_parse.segment import Block, Parts
from tdkt_parse.spelling import is_upper, key
from tdkt_parse.wording import is_agency, is_office, squeezed, type_of_line

TIMEOUT = 2.0


def type_and_title(
    parts: Parts, skipped: set[int]
) -> tuple[str | None, list[Passage], list[tuple[str, Passage]]]:
    """The type, the lines of the title, and what is none of it; without those to be skipped."""
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
        if rest and is_arrival(rest.text):
            marks.append(("other", rest))
        elif rest:
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
        elif number + 1 < len(title) and is_about(title[number + 1].text):
            marks.append(("other", passage))
        else:
            yield passage


def is_bare_title(passage: Passage, behind: int | None) -> bool:
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
_SESSION = regex.compile(r"\s*KH[ÓO][ÁA]\s[^\n]{1,20},?\s+KỲ H\p{Lu}P\s[^\n]{1,20}$")


def authority_in(title: str, agencies: set[str]) -> int | None:
    """Where a title ends in which the authority on the next line was put in one with it."""
    session = _SESSION.search(title, timeout=TIMEOUT)
    text = title[: session.start()] if session else title
    for agency in agencies:
        words = text.rsplit(maxsplit=len(agency.split()))
        if key(" ".join(words[1:])) == agency and len(words[0].split()) >= 3:
            head = _HEAD.search(words[0], timeout=TIMEOUT)
            kept = words[0][: head.start()] if head else words[0]
            return None if is_cut_off(kept) or _OF_A_POST.search(kept) else len(kept)
    return None


_HEAD = regex.compile(
    r"\s+(?:BỘ TRƯỞNG|CHỦ TỊCH|THỐNG ĐỐC|TỔNG THANH TRA|(?:TỔNG )?GIÁM ĐỐC|VIỆN TRƯỞNG|CHÁNH ÁN)$"
)
"""Who decides for an agency, before its name."""
_OF_A_POST = regex.compile(r"(?:BỔ NHIỆM|MIỄN NHIỆM|CHỨC VỤ|CHỨC DANH|PHÓ)$")
"""Behind which an office is what the decision is about."""


def own_type(title: Passage, number: DocNumber) -> tuple[str, int] | None:
    """
    The type of a document without a type line whose title begins with it in small letters, as its
    number says: ``Số: 15/KH-CĐT`` over ``Kế hoạch tổ chức …``. And its letters.
    """
    names = (row.name for row in document_types() if row.code == number.doc_type)
    name = next((name for name in names if title.text.startswith(f"{name} ")), None)
    return (name, len(name)) if name else None


def kind_of_symbol(
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


def misread_type(text: str, kind: str) -> int:
    """
    How far a title in capitals is the type line that a letter was misread of; 0 if it is none.

    >>> misread_type("KẾ HQẠCH THI ĐUA NĂM 2013", "Kế hoạch"), misread_type("KẾ TOÁN", "Kế hoạch")
    (8, 0)
    """
    count = len(kind.split())
    head = " ".join(text.split(" ")[:count])
    if not head.isupper() or len(head.split()) != count:
        return 0
    from rapidfuzz.distance import Levenshtein

    return len(head) if Levenshtein.distance(squeezed(head), squeezed(kind)) <= 1 else 0


def kind_of_letter(number: Fragment | None, parts: Parts) -> str | None:
    """A document without a type line that is addressed or ``V/v`` is a công văn (NĐ 30, Điều 7)."""
    about = any(is_about(b.text) for b in (*parts.title, *parts.letterhead))
    if number is None or not (about or parts.addressees):
        return None
    found = find_letterhead_number(number.passage.text)
    return "Công văn" if found and found.number.doc_type is None else None
