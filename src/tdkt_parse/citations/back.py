"""
References back to a document cited before: ``Nghị định số 91``, ``Luật nói trên``.

A plan cites a document in full once and in short afterwards (NĐ 30/2020/NĐ-CP, Phụ lục I, mục
II.6.b). A type with *này* is the document itself where it is of that type.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from tdkt_parse.citations.anchors import NAMING, PASSAGE, TIMEOUT
from tdkt_parse.citations.find import Cited
from tdkt_parse.citations.laws import may_name_law
from tdkt_parse.models import Citation
from tdkt_parse.spelling import key
from tdkt_parse.wording import kinds

MOST = 400
"""Citations among which an antecedent is sought; a plan has some twenty."""


class BackReference(NamedTuple):
    """
    A mention that rests on an earlier one: its place, the type it names and the bare serial.

    ``serial`` is ``None`` where a pronoun stands in its place; ``labelled``, whether the serial has
    the word *số* before it, so that it is a document's even if none was cited before; ``itself``,
    whether the pronoun is *này*.
    """

    start: int
    end: int
    kind: str
    serial: str | None
    labelled: bool = False
    itself: bool = False


@cache
def _names() -> tuple[str, ...]:
    """Types of document, each with the space that a serial or a pronoun stands behind."""
    return tuple(f"{kind.name} " for kind in kinds() if kind.cited and kind.name != "Văn bản")


def _may_point_back(text: str) -> bool:
    """
    Whether a text has a type of document, and right behind it a pronoun or a bare serial.

    Plain searches, one after the other: a pattern, or a generator, costs twice as much.
    """
    if not (_has_figure(text) or "này" in text or " trên" in text or "nêu" in text):
        return False
    for name in _names():
        if name not in text:  # costs a third of what find() does
            continue
        at = text.find(name)
        while at >= 0:
            at += len(name)
            if _may_follow(text, at):
                return True
            at = text.find(name, at)
    return False


_PRONOUNS = ("này", "nói trên", "nêu trên", "kể trên", "đã nêu", "trên")


def _may_follow(text: str, at: int) -> bool:
    """Whether a pronoun stands at a place, or a serial that is not the first part of a number."""
    begin = at + len("số ") if text.startswith(("số ", "Số "), at) else at
    end = begin
    while text[end : end + 1].isdecimal() and end - begin < 5:
        end += 1
    if end == begin:
        return begin == at and text.startswith(_PRONOUNS, at)
    return end - begin < 5 and text[end : end + 1] not in ("/", "⁄", "%")


def may_cite(text: str) -> bool:
    """
    Whether a text may cite something or point back at it. Of most passages of a plan this is all
    that is asked.
    """
    return "/" in text or "Lu" in text or may_name_law(text) or _may_point_back(text)


def _has_figure(text: str) -> bool:
    return any(map(text.__contains__, "0123456789"))


@cache
def _grammar() -> regex.Pattern[str]:
    names = sorted((name.strip() for name in _names()), key=len)
    return regex.compile(
        rf"""
        (?<![\p{{L}}\d]) (?P<kind> {"|".join(regex.escape(n) for n in reversed(names))} ) \s
        (?: (?P<so> [Ss]ố \s )? (?P<serial> \d{{1,4}} )
            (?! [\d/⁄%] | \s?[-–/⁄]\s?[\p{{L}}\d] | [.,]\d )
            (?(so) | (?= $ | \s?[;:.,)(”"] | ,?\s(?:của|về|ngày|năm|và|nói|nêu|này)\b ) )
          | (?P<itself> này ) (?!\p{{L}})
          | (?: nói\ trên | nêu\ trên | kể\ trên | đã\ nêu | trên (?=\s?[,;.)]|$) ) (?!\p{{L}}) )
        """,
        regex.VERBOSE,
    )


def find_back_references(text: str, cited: Sequence[Cited]) -> Iterator[BackReference]:
    """Those of a text, in order, outside the citations it holds."""
    if not _may_point_back(text):
        return
    taken = [(c.start, max(c.head, c.start + 1)) for c in cited]
    limit = TIMEOUT if len(text) > PASSAGE else None
    for found in _grammar().finditer(text, timeout=limit):
        start, end = found.span()
        if text.endswith(NAMING, 0, start):  # a short name where it is declared
            continue
        if not any(s < end and start < e for s, e in taken):
            yield BackReference(
                start, end, found["kind"], found["serial"], bool(found["so"]), bool(found["itself"])
            )


def antecedents_of(
    reference: BackReference, found: Sequence[Citation], since: int = 0
) -> list[int]:
    """
    The citations that a reference may rest on, as indexes: each document once, where it was first
    cited. ``since`` is the index of the first of them that counts.
    """
    documents: dict[tuple[str | None, ...], int] = {}
    for index in range(since, min(len(found), since + MOST)):
        cited = found[index]
        if cited.kind != reference.kind or (cited.relation and cited.relation.kind == "short_for"):
            continue
        number = cited.number
        if reference.serial is not None:
            if not number or not number.canonical or not number.serial:
                continue
            if number.serial.lstrip("0") != reference.serial.lstrip("0"):
                continue
        if number and number.canonical:
            documents.setdefault((number.canonical,), index)
        elif cited.title:
            year = str(cited.date.year) if cited.date and cited.date.year else None
            documents.setdefault((key(cited.title), year), index)
    dated = {name[0] for name in documents if len(name) == 2 and name[1]}
    return [
        at for name, at in documents.items() if len(name) < 2 or name[1] or name[0] not in dated
    ]
