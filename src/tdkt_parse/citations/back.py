"""
References back to a document cited before: ``Nghị định số 91``, ``Luật nói trên``.

A plan cites a document in full once and in short afterwards (NĐ 30/2020/NĐ-CP, Phụ lục I, mục
II.6.b). A type with *này* is the document itself where it is of that type.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import regex

from tdkt_parse.citations.anchors import NAMING, PASSAGE, TIMEOUT
from tdkt_parse.citations.find import Cited
from tdkt_parse.citations.laws import LAW_SIGNS
from tdkt_parse.models import Citation
from tdkt_parse.spelling import key
from tdkt_parse.wording import is_issued, is_thing, kinds

MOST = 400
"""Citations among which an antecedent is sought; a plan has some twenty."""


class BackReference(NamedTuple):
    """
    A mention that rests on an earlier one: its place, the type it names and the bare serial.

    ``serial`` is ``None`` where a pronoun stands in its place; ``labelled``, whether the serial has
    the word *số* before it, or who issued behind it, so that it is a document's even if none was
    cited before; ``itself``, whether the pronoun is *này*; ``year``, that of ``Nghị định 98/2023``.
    """

    start: int
    end: int
    kind: str
    serial: str | None
    labelled: bool = False
    itself: bool = False
    year: int | None = None


@cache
def _kinds_by_name() -> dict[str, str]:
    """Names of documents that a serial or a pronoun may stand behind, and the type of each."""
    return {
        name: kind.name
        for kind in kinds()
        if kind.cited and kind.name != "Văn bản"
        for name in (kind.name, *kind.spellings)
    }


@cache
def _names() -> tuple[str, ...]:
    return tuple(_kinds_by_name())


class Likely(NamedTuple):
    """Which of some texts, by their indexes, may cite something, and which may point back."""

    citing: set[int]
    pointing: set[int]


_SIGNS = ("/", "Lu", *LAW_SIGNS)
"""One of which stands in every text that cites in full; *Lu* is how a misread *Luật* begins."""


def likely(texts: Sequence[str]) -> Likely:
    """
    Which passages of a document may cite: of most of them this is all that is asked.

    What points back is a type of document, and right behind it a pronoun or a bare serial. All
    texts are searched at once, for a search of its own takes longer to begin than to end in one.
    """
    whole = "\n".join((*texts, ""))
    ends = [*accumulate(len(text) + 1 for text in texts)]
    citing: set[int] = set()
    for sign in _SIGNS:
        at = whole.find(sign)
        while at >= 0:
            index = bisect_right(ends, at)
            citing.add(index)
            at = whole.find(sign, ends[index])
    pointing: set[int] = set()
    for name in _names():
        at = whole.find(name) if name in whole else -1  # "in" costs a half of what find() does
        while at >= 0:
            after = at + len(name)
            if whole[after] == " " and _may_follow(whole, after + 1):
                index = bisect_right(ends, at)
                pointing.add(index)
                after = ends[index]
            at = whole.find(name, after)
    return Likely(citing | pointing, pointing)


_PRONOUNS = ("này", "nói trên", "nêu trên", "kể trên", "đã nêu", "trên")


def _may_follow(text: str, at: int) -> bool:
    """Whether a pronoun stands at a place, or a serial that is not the first part of a number."""
    begin = at + len("số ") if text.startswith(("số ", "Số "), at) else at
    end = begin
    while text[end : end + 1].isdecimal() and end - begin < 5:
        end += 1
    if end == begin:
        return begin == at and text.startswith(_PRONOUNS, at)
    if text[end : end + 1] in ("/", "⁄"):  # a year, and the end of the number
        year = text[end + 1 : end + 5]
        return len(year) == 4 and year.isdecimal() and text[end + 5 : end + 6] not in ("/", "⁄")
    return end - begin < 5 and text[end : end + 1] != "%"


_BEHIND = "|".join(
    words.replace(" ", r"\s")
    for words in (
        "của", "về", "ngày", "năm", "và", "nói", "nêu", "này", "hướng dẫn", "quy định", "thay thế",
        "sửa đổi", "đã", "được",
    )
)  # fmt: skip
"""What goes on behind a bare serial, where *số* does not stand before it."""

_YEARLY = frozenset(("Nghị định", "Thông tư"))
"""
Types whose numbers hold a year, by which they are told in short: ``Nghị định 98/2023``. Behind
others it may be a month's, ``Báo cáo 6/2024``, where no *số* stands before it.
"""


@cache
def _grammar() -> regex.Pattern[str]:
    names = sorted(_names(), key=len)
    return regex.compile(
        rf"""
        (?<![\p{{L}}\d]) (?P<kind> {"|".join(regex.escape(n) for n in reversed(names))} ) \s
        (?: (?P<so> [Ss]ố \s )? (?P<serial> \d{{1,4}} ) (?: [/⁄] (?P<year> (?:19|20)\d\d ) )?
            (?! [\d/⁄%] | \s?[-–/⁄]\s?[\p{{L}}\d] | [.,]\d )
            (?(so) | (?(year) | (?= $ | \s?[;:.,)(”"] | ,?\s(?:{_BEHIND})\b ) ) )
          | (?P<itself> này ) (?!\p{{L}})
          | (?: nói\ trên | nêu\ trên | kể\ trên | đã\ nêu | trên (?=\s?[,;.)]|$) ) (?!\p{{L}}) )
        """,
        regex.VERBOSE,
    )


def find_back_references(text: str, cited: Sequence[Cited]) -> Iterator[BackReference]:
    """Those of a text that may point back, in order, outside the citations it holds."""
    taken = [(c.start, max(c.head, c.start + 1)) for c in cited]
    limit = TIMEOUT if len(text) > PASSAGE else None
    for found in _grammar().finditer(text, timeout=limit):
        start, end = found.span()
        if text.endswith(NAMING, 0, start):  # a short name where it is declared
            continue
        bracketed = text.startswith(")", end) and text.endswith("(", 0, start)
        if bracketed and any(c.alias == text[start:end] for c in cited):
            continue  # so too: ``… (Kế hoạch số 01)``
        if not any(s < end and start < e for s, e in taken):
            kind = _kinds_by_name()[found["kind"]]
            serial, year = found["serial"], found["year"]
            if year and kind not in _YEARLY and not found["so"]:
                continue
            yield BackReference(
                start,
                end,
                kind,
                serial,
                bool(year) or (bool(serial) and _is_labelled(kind, bool(found["so"]), text, end)),
                bool(found["itself"]),
                int(year) if year else None,
            )


def _is_labelled(kind: str, so: bool, text: str, end: int) -> bool:
    """Whether a serial is a document's: by *số*, or by its day or who issued it behind it."""
    if is_thing(kind):
        return so and is_issued(text, end)
    return so or is_issued(text, end)


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
            if reference.year not in (None, number.year):
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
