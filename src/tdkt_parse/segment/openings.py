"""
Paragraphs that are known by how they open, wherever they stand: legal bases, and annexes.
"""

from functools import cache

import regex

from tdkt_parse.docnumber import find_docnumbers
from tdkt_parse.periods import find_dates
from tdkt_parse.segment.blocks import Block
from tdkt_parse.segment.labels import TIMEOUT
from tdkt_parse.spelling import key
from tdkt_parse.wording import (
    announces,
    basis_verb,
    is_agency,
    is_bases_heading,
    kinds,
    opener,
    starts_of,
    tells_when,
)


def is_basis(block: Block) -> bool:
    """Whether a paragraph opens with a verb of a basis, and rests on something."""
    text = block.rest.text
    if not text[:1].isupper():
        return False
    verb = basis_verb(key(text[:200]) if block.label else block.folded)
    if not verb:
        return False
    if verb[1]:
        return not block.upper and not is_bases_heading(text)
    after = " ".join(text[:400].split()[len(verb[0].split()) :])
    named = _names_kind(after[:60])
    if named is None:
        return _rests_below(block) or _rests_on_authority(after, announced=_announces(block))
    if find_docnumbers(text[:400]):
        return _ISSUED.search(text[:600], timeout=TIMEOUT) is None
    # A paragraph that says in the end who issues may hold other sentences behind the basis.
    told = text.split(". ", maxsplit=1)[0] if _announces(block) else text
    return named == 0 and not _is_narrative(told)


def _announces(block: Block) -> bool:
    """Whether a paragraph ends in what announces the plan's content: ``như sau:``."""
    return not block.label and announces(block.text)


def _rests_on_authority(text: str, *, announced: bool) -> bool:
    """
    Whether what follows the verb is what somebody above said, in no document, and the paragraph
    says in the end who issues: ``Thực hiện sự chỉ đạo của Đảng ủy, Trường … như sau:``.
    """
    said = opener("authority").start_of(key(text[:60]))
    if not announced or said is None:
        return False
    rest = text.split(maxsplit=len(said[0].split()))[-1]
    return is_agency(rest) and not _is_narrative(rest) and key("đã") not in key(rest).split()


def _rests_below(block: Block) -> bool:
    """
    Whether a sentence that says in the end who issues names a document further down, as what it
    carries out: ``Thực hiện chỉ đạo của UBND tỉnh tại Công văn số …, Sở Nội vụ … như sau:``.
    """
    text = block.text
    if not _announces(block):
        return False
    number = next(iter(find_docnumbers(text[:_FURTHER])), None)
    before = text[: number.start] if number else ""
    told = not before or ". " in before or _is_narrative(before) or before.count(",") > 1
    return not told and key("đã") not in key(before).split()


def is_listed_basis(block: Block) -> bool:
    """
    Whether an item is a document cited by its number or its day, as the bases are that stand in a
    list under one verb: ``- Luật Thi đua, khen thưởng ngày 15/6/2022;``.
    """
    return _is_cited(block, ("bullet", "plus"))


def is_numbered_basis(block: Block) -> bool:
    """``1. Luật Thi đua, khen thưởng ngày 15/6/2022;``: the same, with a number before it."""
    return _is_cited(block, ("arabic",))


def _is_cited(block: Block, styles: tuple[str, ...]) -> bool:
    if block.label is None or block.label.style not in styles:
        return False
    text = block.rest.text[:400]
    if not text[:1].isupper() or _names_kind(text[:60]) != 0:
        return False
    return bool(find_docnumbers(text)) or any(date.date.day for date in find_dates(text))


def is_bases_caption(block: Block) -> bool:
    """What such a list stands under: ``Căn cứ:``, ``Thực hiện các văn bản sau:``."""
    text = block.text
    if block.label or len(text) > _LONGEST_CAPTION:
        return False
    if not (text.endswith(":") or block.upper or is_bases_heading(text)):
        return False
    verb = basis_verb(key(text.rstrip(" :")))
    if verb is None:
        return is_bases_heading(text)
    rest = key(text)[len(verb[0]) :].strip(" :")
    return not rest or rest.startswith(starts_of("listed_bases"))


_LONGEST_CAPTION = 60

_ISSUED = regex.compile(
    r",\s(?:Ủy ban nhân dân|UBND|Hội đồng|Ban|Sở|Bộ|Trường|Phòng)\s[^,.;]{0,60}?\sđã ban hành\s"
)
"""What was issued before by the document a paragraph begins with: it tells, and is no basis."""

_FURTHER = 240
"""Code points in which that document is named."""


@cache
def kind_names() -> tuple[str, ...]:
    """Types of document as they are cited, folded, the longest first."""
    return tuple(
        sorted(
            {key(s) for row in kinds() if row.cited for s in row.spellings}, key=len, reverse=True
        )
    )


def _names_kind(text: str) -> int | None:
    """After how many words a type of document is named, if within four."""
    words = key(text).split()
    for skipped in range(min(5, len(words))):
        rest = " ".join(words[skipped:])
        if rest.startswith(kind_names()) and any(
            rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum()
            for name in kind_names()
        ):
            return skipped
    return None


def _is_narrative(text: str) -> bool:
    """A sentence with a time clause, or several sentences: it tells, and names no basis."""
    return ". " in text.rstrip(". ") or tells_when(key(text))


def is_appendix_head(text: str) -> bool:
    """``Phụ lục``, or with a number: ``Phụ lục I``, ``Mẫu số 01: …``."""
    head = text.split(":", maxsplit=1)[0].split(".", maxsplit=1)[0]
    words = head.split()
    return (
        text[:1].isupper()
        and (len(words) <= 4)
        and (len(words) == 2 or any(c.isdigit() or c in "IVXA" for c in words[-1]))
    )


def is_annex_line(text: str) -> bool:
    """``(Kèm theo Kế hoạch số … ngày …)``, ``(Ban hành kèm theo Quyết định …)``."""
    folded = key(text[:60])
    inner = folded.lstrip("([ ")
    if inner.startswith(starts_of("annexed")):
        # An article of a decision, which says of itself what it puts into force.
        goes_on = any(f" {name} {_THIS} " in inner for name in kind_names())
        return inner != folded or not goes_on
    if inner == folded or not inner.startswith(_ANNEXED_BY):
        return False
    named = inner.removeprefix(_ANNEXED_BY).lstrip()
    name = next((name for name in kind_names() if named.startswith(name)), None)
    return name is not None and named[len(name) :].lstrip().startswith(_NUMBERED)


_THIS = key("này")
_ANNEXED_BY = key("ban hành theo")
"""Without ``kèm``: in brackets, before a type and its number."""

_NUMBERED = (key("số"), key("ngày"))
