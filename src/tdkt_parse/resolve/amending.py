"""
Laws that amend, by the law that they amend and by those that stand beside them in a list.
"""

from collections.abc import Collection, Sequence

from tdkt_parse.days import Days
from tdkt_parse.models import Citation, PartialDate, Resolved
from tdkt_parse.register import Instrument, Register
from tdkt_parse.resolve.answers import left_open, settled
from tdkt_parse.resolve.titles import AMENDING, in_year
from tdkt_parse.spelling import key
from tdkt_parse.wording import named_by_title

MOST_ALIKE = 20
"""Mentions of one number, or of laws of one title, that are looked at; a plan has two or three."""


def amends_by_year(cited: Citation) -> bool:
    """
    Whether it is a law that says no more than that it amends, and its year.

    So may the further ones of ``Luật Thi đua, khen thưởng các năm 2003, 2005, 2013``.
    """
    if not cited.date or not cited.date.year or cited.number:
        return False
    if cited.evidence.rule in ("law_amending", "law_again"):
        return True
    return cited.kind in named_by_title() and key(cited.title or "") in _AMENDING_ALONE


_AMENDING_ALONE = frozenset(
    key(words)
    for words in (
        "sửa đổi",
        "sửa đổi, bổ sung",
        "sửa đổi bổ sung",
        "sửa đổi và bổ sung",
        "sửa đổi một số điều",
        "sửa đổi, bổ sung một số điều",
        "sửa đổi bổ sung một số điều",
    )
)


def law_amended(
    cited: Citation, index: int, citations: Sequence[Citation], meant: dict[int, Instrument]
) -> Instrument | None:
    """The law that it amends: the one it stands behind, or the last before that amends none."""
    if cited.relation and cited.relation.kind == "amends":
        return meant.get(cited.relation.to)
    for before in reversed(range(max(0, index - MOST_ALIKE), index)):
        other = citations[before]
        if other.kind not in named_by_title() or amends_by_year(other):
            continue
        one = meant.get(before)
        return one if one and not key(one.title).startswith(AMENDING) else None
    return None


def by_amended(
    cited: Citation, amended: Instrument | None, register: Register
) -> tuple[Resolved, Instrument | None]:
    """The law of the year that amends another."""
    if amended is None:
        return left_open("no_antecedent")
    written = cited.date or PartialDate()
    those = [one for one in register.amendments_of(amended.id) if one.kind == cited.kind]
    right = [one for one in those if in_year(one, written)]
    if len(right) == 1:
        return settled(right[0], "amended_year")
    return left_open("several" if right else "not_in_register", right or those)


def laws_beside(
    index: int, citations: Sequence[Citation], meant: dict[int, Instrument]
) -> list[Instrument]:
    """
    What the laws that amend mean that stand beside one, in a list of laws of one title.

    ``Luật sửa đổi … ngày 14/6/2005; Luật sửa đổi … .``: nobody names the same law twice there.
    """
    cited = citations[index]
    if cited.nested or not key(cited.title or "").startswith(AMENDING):
        return []
    found: list[Instrument] = []
    for step in (-1, 1):
        last = cited
        for at in range(index + step, index + step * MOST_ALIKE, step):
            if not 0 <= at < len(citations):
                break
            other = citations[at]
            if other.nested:
                continue
            one, two = (other, last) if step < 0 else (last, other)
            gap = two.evidence.spans[0][0] - one.evidence.spans[-1][1]
            alike = other.kind == cited.kind and key(other.title or "") == key(cited.title or "")
            if not alike or not 0 < gap <= NEAR:
                break
            last = other
            if at in meant:
                found.append(meant[at])
    return found


NEAR = 6
"""Code points between two laws of a list: a mark, *và*, the end of a line."""


def other_of_list(
    cited: Citation,
    amended: Instrument | None,
    beside: Collection[Instrument],
    signed: Days | None,
    register: Register,
) -> tuple[Resolved, Instrument | None]:
    """The one law of a title, passed by the plan's day, that the list does not name besides."""
    those = register.by_title(cited.title or "", cited.kind)
    others = [one for one in those if one not in beside]
    if amended:
        amending = register.amendments_of(amended.id)
        others = [one for one in others if one in amending]
    if signed:
        others = [one for one in others if one.issued is None or one.issued <= signed.last]
    if len(others) == 1:
        return settled(others[0], "other_of_list")
    return left_open("title_without_date", others or those)
