"""
Documents that a basis names and of which no number was made out: ``Nghi đinh 98 2?23``.
"""

from collections.abc import Iterator
from functools import cache

import regex

from tdkt_parse.models import Citation, LegalBasis, Plan
from tdkt_parse.spelling import bare, key
from tdkt_parse.wording import kinds, named_by_title


def names_document(text: str) -> bool:
    """
    Whether words name a type of document that founds a plan, even if misread.

    >>> names_document("Căn cứ Nghi đinh 98/2O23"), names_document("Căn cứ tình hình thực tế")
    (True, False)
    """
    words = f" {bare(_OF_PLANNING.sub(' ', text, timeout=2.0))} "
    return any(f" {kind} " in words for kind in _acts())


_OF_PLANNING = regex.compile(
    r"(?i)(?<!\p{L})(?:bộ|sở|ban|vụ|cục|phòng)\s+(?:tài chính\s*[-–,]?\s*)?kế hoạch(?!\p{L})"
)
"""Units named after plans: ``Bộ Kế hoạch và Đầu tư``, ``Phòng Tài chính - Kế hoạch``."""


@cache
def _acts() -> tuple[str, ...]:
    """Types of document that found a plan, without marks."""
    return tuple(bare(kind.name) for kind in kinds() if kind.cited and kind.rank is not None)


_LEADS = tuple(
    map(
        key,
        (
            "một số điều của",
            "một số điều",
            "quy định chi tiết",
            "quy định chi tiết thi hành",
            "hướng dẫn thi hành",
            "biện pháp thi hành",
        ),
    )
)


def in_unread_titles(plan: Plan) -> Iterator[int]:
    """
    The laws that stand in the title of a document of which no number was made out.

    Such a law is no basis of its own: *Căn cứ Nghị định 98?2023 quy định chi tiết thi hành một số
    điều của Luật Thi đua, khen thưởng*.
    """
    for basis in plan.legal_bases:
        cited = ((number, plan.citations[number]) for number in basis.citations)
        # A bare serial is the beginning of what was not made out.
        own = [number for number, one in cited if not (one.nested or _is_serial(one))]
        if own and _in_unread(basis, plan.citations[own[0]]):
            yield own[0]


def _is_serial(cited: Citation) -> bool:
    return cited.number is not None and cited.number.canonical is None


def _in_unread(basis: LegalBasis, cited: Citation) -> bool:
    if cited.kind not in named_by_title() or not cited.evidence.spans:
        return False
    text, spans = basis.evidence.text, basis.evidence.spans
    if len(spans) != 1:
        return False
    before = text[: max(0, cited.evidence.spans[0][0] - spans[0][0])]
    return key(before).endswith(_LEADS) and names_document(before)
