"""
Citations of a text, with what stands inside the title of what.

What begins after a comma, a semicolon or *và* is a sibling of the citation before it, what begins
after any other word stands inside its title.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from tdkt_parse.citations.anchors import Anchor, may_be_dated, numbered
from tdkt_parse.citations.issuers import dated_issuer, issuer_at, issuer_at_end
from tdkt_parse.citations.laws import laws_in, may_name_law
from tdkt_parse.citations.titles import (
    CONNECTOR,
    LONGEST_TITLE,
    alias_at,
    alias_in,
    behind_bracket,
    clean_title,
    is_listed_in_title,
    is_younger,
    own_bracket,
    pinpoint_before,
    title_at,
)
from tdkt_parse.docnumber import find_docnumbers
from tdkt_parse.misread import mend_laws, mend_numbers
from tdkt_parse.models import DocNumber, PartialDate
from tdkt_parse.periods import find_dates
from tdkt_parse.spelling import key
from tdkt_parse.wording import leads, links


class Cited(NamedTuple):
    """
    A citation in one passage; all positions are code points of the passage's text.

    ``start`` to ``end`` is the whole of it, type to title; ``head`` is where its number or date
    ends; ``inside`` the index, in the passage's list, of the citation whose title holds it.
    """

    start: int
    end: int
    head: int
    kind: str
    number: DocNumber | None = None
    date: PartialDate | None = None
    title: str | None = None
    issuer: str | None = None
    pinpoint: str | None = None
    alias: str | None = None
    inside: int | None = None
    relation: str | None = None
    related: int | None = None
    rule: str = "numbered"
    damaged: bool = False


def find_citations(text: str) -> list[Cited]:
    """The citations in a text, in order; never raises on any text."""
    numbers = find_docnumbers(mend_numbers(text)) if "/" in text else []
    named = mend_laws(text)
    lawful = may_name_law(named)
    if not numbers and not lawful:
        return []
    dates = find_dates(text) if lawful or may_be_dated(text, numbers) else []
    anchors = [*laws_in(named, numbers, dates)] if lawful else []
    taken = sorted((a.start, a.head) for a in anchors)
    for anchor in numbered(text, numbers, dates):
        first = bisect_left(taken, (anchor.start, 0))
        around = taken[max(0, first - 2) : first + 2]
        if not any(
            start <= anchor.start < end or start < anchor.head <= end for start, end in around
        ):
            anchors.append(anchor)
    anchors.sort(key=lambda a: (a.start, a.head))
    return _assemble(text, anchors)


def _assemble(text: str, anchors: Sequence[Anchor]) -> list[Cited]:
    """
    The citations of the anchors, with their titles, from left to right.

    ``open`` is the stack of citations whose titles are still open: what begins after a comma, a
    semicolon or *và* is a sibling and closes them, what begins after any other word stands inside.
    """
    found: list[Cited] = []
    opened: list[int] = []
    for number, anchor in enumerate(anchors):
        pinpoint, start = pinpoint_before(text, anchor.start)
        after = anchors[number + 1] if number + 1 < len(anchors) else None
        while opened and not _is_inside(text, found[opened[-1]], anchor, start, found):
            opened.pop()
        inside = opened[-1] if opened else None
        cited = _complete(text, anchor, anchors[number + 1 : number + 65], pinpoint, inside, found)
        if inside is None and found:
            if link := _link(text, found[-1].head, start):
                cited = cited._replace(relation=link, related=len(found) - 1)
            elif _goes_on_link(text, found[-1], cited):
                cited = cited._replace(relation=found[-1].relation, related=found[-1].related)
        if inside is not None and _has_day_of(cited, found[inside]):
            found[inside], cited = _day_to_amending(text, found[inside], cited)
        found.append(cited)
        if after and cited.end > after.start:
            opened.append(len(found) - 1)
    return found


def _has_day_of(cited: Cited, outer: Cited) -> bool:
    """
    Whether the day behind a law that is amended is that of the law that amends it: ``Luật số
    63/2020/QH14 sửa đổi … của Luật Ban hành văn bản quy phạm pháp luật ngày 18 tháng 6 năm 2020``.
    """
    return bool(
        cited.date
        and cited.date.day
        and cited.number is None
        and cited.title
        and outer.title
        and outer.date is None
        and outer.number
        and outer.number.year == cited.date.year
        and cited.kind == outer.kind == "Luật"
        and cited.relation == "amends"
    )


def _day_to_amending(text: str, outer: Cited, cited: Cited) -> tuple[Cited, Cited]:
    named, title = cited.title or "", outer.title or ""
    end = text.find(named, cited.start) + len(named)
    short = title[: title.rfind(named) + len(named)]
    return (
        outer._replace(date=cited.date, title=short),
        cited._replace(date=None, head=end, end=end),
    )


def _is_inside(text: str, outer: Cited, anchor: Anchor, start: int, found: Sequence[Cited]) -> bool:
    """Whether an anchor stands inside the title of a citation that is still open."""
    if anchor.start >= outer.end:
        return False
    before = text[outer.head : start]
    if anchor.rule in ("law_again", "law_amending"):
        return False
    connector = CONNECTOR.search(before[-24:])
    if not connector:
        return not _link(text, outer.head, start)
    last = found[-1]
    if last.inside is not None and is_listed_in_title(connector.group(), outer, anchor):
        return True
    chained = (
        last.inside is not None
        and last.kind == anchor.kind
        and last.title is None
        and last.head >= start - 16
        and not is_younger(anchor, outer)
    )
    return chained and found[last.inside] is outer if last.inside is not None else False


def _link(text: str, end: int, start: int) -> str | None:
    """The relation that the words between two documents say, such as ``được sửa đổi … bởi``."""
    between = key(text[max(end, start - 60) : start]).removesuffix(_SEVERAL)
    return next((relation for words, relation in links() if between.endswith(words)), None)


_AND = regex.compile(r"\s*,?\s*(?:và\s+)?(?:số\s+)?")


def _goes_on_link(text: str, last: Cited, cited: Cited) -> bool:
    """
    Whether a document is one more of a list that is tied to another by the words before its first:
    ``được sửa đổi bởi Nghị định số 2/… và Nghị định số 3/…``, ``bởi các Luật số 36/2009/QH12,
    42/2019/QH14 và 07/2022/QH15``.
    """
    tied = last.inside is None and last.relation in _ties()
    alike = cited.kind == last.kind and cited.rule == "numbered"
    if not (tied and alike and last.title is None and last.relation != "consolidated_in"):
        return False
    return _AND.fullmatch(text, last.end, cited.start) is not None


@cache
def _ties() -> frozenset[str]:
    return frozenset(relation for _, relation in links())


_SEVERAL = f" {key('các')}"
"""Between the words that tie and several documents: ``được sửa đổi, bổ sung bởi các Luật số …``."""


def _complete(
    text: str,
    anchor: Anchor,
    later: Sequence[Anchor],
    pinpoint: str | None,
    inside: int | None,
    found: Sequence[Cited],
) -> Cited:
    """An anchor with issuer, title, alias and relation."""
    head = anchor.head
    relation = _relation(text, found, inside, anchor.start) if inside is not None else None

    def cited(end: int, title: str | None, issuer: str | None, alias: str | None) -> Cited:
        return Cited(
            anchor.start,
            end,
            head,
            anchor.kind,
            anchor.number,
            anchor.date,
            title,
            issuer,
            pinpoint,
            alias,
            inside,
            relation,
            inside,
            anchor.rule,
            anchor.damaged,
        )

    if anchor.rule == "law_amending":
        amended = next(
            (k for k in reversed(range(len(found))) if found[k].rule != "law_amending"), None
        )
        title = text[slice(*anchor.title)] if anchor.title else None
        return cited(head, title, None, None)._replace(relation="amends", related=amended)
    outer = found[inside] if inside is not None else None
    if anchor.rule in ("law", "law_again") and (anchor.title or anchor.kind == "Hiến pháp"):
        alias, end = _own_alias(text, head, anchor, outer)
        return cited(end, text[slice(*anchor.title)] if anchor.title else None, None, alias)
    limit = outer.end if outer else len(text)
    limit = min(limit, head + LONGEST_TITLE)
    alias, at = _own_alias(text, head, anchor, outer)
    issuer, at = (
        (anchor.issuer, at)
        if anchor.issuer
        else issuer_at(text, at, min(limit, later[0].start) if later else limit)
    )
    if alias is None:
        alias, at = _own_alias(text, at, anchor, outer)
    if issuer and anchor.date is None:
        issuer, date, at = dated_issuer(text, issuer, at)
        head, anchor = (at, anchor._replace(date=date)) if date else (head, anchor)
    if issuer:
        at = behind_bracket(text, at)
    place = title_at(text, anchor, at, limit, later)
    if place is None:
        return cited(at if issuer or alias else head, None, issuer, alias)
    first, last = place
    words = text[first:last]
    if alias is None and words[-1] in '”"':
        alias, last = alias_at(text, last)
    if alias is None and (declared := alias_in(words)):
        named = [a.kind for a in later if first <= a.start < first + declared[1]]
        alias = declared[0]
        if _is_of_inner(alias, anchor.kind, named) or _is_of_outer(alias, anchor, outer):
            alias = None
        words = words[: declared[1]].rstrip(" ,")
    elif opens := own_bracket(words, anchor.number):
        last, words = first + opens, words[:opens].rstrip(" ,")
    if issuer is None and not _ends_in_number(later, first, last):
        issuer, words = issuer_at_end(words)
    return cited(last, clean_title(words, anchor.kind) or None, issuer, alias)


def _own_alias(text: str, at: int, anchor: Anchor, outer: Cited | None) -> tuple[str | None, int]:
    """
    The short name declared at a place behind a document, and its end.

    Not that of the document in whose title it stands:
    ``Nghị định số 91/2017/NĐ-CP … của Luật Thi đua, khen thưởng (sau đây gọi là Nghị định 91)``.
    """
    alias, end = alias_at(text, at)
    return (None, at) if _is_of_outer(alias, anchor, outer) else (alias, end)


def _is_of_outer(alias: str | None, anchor: Anchor, outer: Cited | None) -> bool:
    """Whether a short name is that of the document in whose title another stands, by its type."""
    if alias is None or outer is None or outer.kind == anchor.kind:
        return False
    return alias.startswith(outer.kind)


def _is_of_inner(alias: str | None, kind: str, named: Sequence[str]) -> bool:
    """
    Whether a short name behind a title is that of a document named in it, as its type tells:
    ``Kế hoạch … thực hiện Chỉ thị số 17-CT/TW … (gọi tắt là Chỉ thị 17)``.
    """
    if alias is None or alias.startswith(kind) or not named:
        return False
    return alias != named[-1] and alias.startswith(named[-1])


def _ends_in_number(later: Sequence[Anchor], first: int, last: int) -> bool:
    """Whether the last document named in a title has a number, so that an issuer is its own."""
    inner = [anchor for anchor in later if first <= anchor.start < last]
    return bool(inner) and inner[-1].rule == "numbered"


def _relation(text: str, found: Sequence[Cited], inside: int, start: int) -> str:
    """
    What the title of a citation says of a document named in it, by the last lead before it.

    Where that tells nothing (*khen thưởng theo Nghị định …*), the title's own beginning does. The
    names of others before it in that title are none of its words: *khen thưởng* in the name of
    a law leads to nothing.
    """
    outer, between = found[inside].head, []
    for other in found[inside + 1 :]:
        if other.inside == inside and other.start >= outer:
            between.append(text[outer : other.start])
            outer = other.end
    words = key(" ".join((*between, text[outer:start])))
    best, at = "other", (-1, 0)
    opening, first = "other", (len(words), 0)
    for lead, relation in leads():
        if lead not in words:  # costs a third of what rfind() does
            continue
        place = words.rfind(lead)
        if (place + len(lead), -place) > at:
            best, at = relation, (place + len(lead), -place)
        if (begin := (words.find(lead), -len(lead))) < first:
            opening, first = relation, begin
    return opening if best == "other" else best


def find_short_forms(
    text: str, aliases: Collection[str], cited: Sequence[Cited]
) -> Iterator[tuple[int, int, str]]:
    """
    Where declared short names of documents stand, outside the citations themselves.

    ``aliases`` are the short names; yields start, end and the name.
    """
    for alias in sorted(aliases, key=len, reverse=True):
        at = text.find(alias)
        while at >= 0:
            end = at + len(alias)
            whole = not text[end : end + 1].isalnum() and (not at or not text[at - 1].isalnum())
            if whole and not any(c.start < end and at < c.end for c in cited):
                yield at, end, alias
            at = text.find(alias, end)
