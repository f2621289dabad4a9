"""
Figures that OCR read as letters, in amounts and references: ``11,7%`` as ``II,7%``, ``Điều l``.

A 1 is read as an I, a small l, a bar or a bracket. Only where what stands beside says that it is a
figure: a per cent sign, a unit that is counted, other figures before a word of a sentence, or the
*Điều* whose number it is. Two strokes are left where one was printed as likely: ``khoản I1``.
"""

from collections.abc import Iterator
from functools import cache

import regex

from tdkt_parse.layout import Repair
from tdkt_parse.repair.confusions import counted
from tdkt_parse.repair.tokens import Slice
from tdkt_parse.syllables import is_syllable

TIMEOUT = 2.0
RULE = "ocr_figure"

_STROKE = r"[Il|\[]"
_STROKES = str.maketrans("Il|[L", "11111")
_ALONE = r"(?<![\p{L}\p{N}.,/⁄:–-])"
_FIGURES = rf"(?:\d|{_STROKE})"
_SHARE = regex.compile(
    rf"{_ALONE}(?P<n>(?:{_FIGURES}|L(?=\d)){{1,3}}(?:[.,]{_FIGURES}{{1,3}})?)(?=\s?%)"
)
_IN_SENTENCE = regex.compile(
    rf"{_ALONE}(?P<n>[Il|]\d{{1,3}}(?:[.,]\d{{1,3}})?)(?=\s(?P<after>\p{{Ll}}+))"
)
_ARTICLE = regex.compile(
    r"(?P<word>(?<!\p{L})(?:[Đđ]i[êề]u|[Kk]hoản))\s(?P<n>[l|]|(?<=\p{L}\s\p{L}+\s)I|[Il|][02-9])"
    r"(?=\s\p{L}|\s?[,;)]|\.?$|\.\s)"
)
_BARE_ARTICLE = regex.compile(
    r"(?<=(?<!\p{L})(?<!\p{Lu}\p{Ll}+\s)[Đđ])iêu(?=\s[\dIl|Š§](?!\p{L}))(?!\s\d+\stuổi)"
)
"""Not of a person who is called so: ``chị Lê Thị Điêu``."""
_CROWNED = regex.compile(
    r"(?<=\d)[Š§](?!\p{L})|(?<![\p{L}\d])[Š§](?=\d)|(?<=[Đđ]i[êề]u\s)[Š§](?!\w)"
)
"""A 5 and an 8 with a speck over them; beside the same figure, the second look at it."""
_CROWNS = {"Š": "5", "§": "8"}


@cache
def _amount() -> "regex.Pattern[str]":
    units = "|".join(map(regex.escape, counted().units))
    return regex.compile(
        rf"{_ALONE}(?P<n>{_FIGURES}{{1,3}}(?:[.,]{_FIGURES}{{1,3}})?)(?=\s(?:{units})(?!\p{{L}}))"
    )


def find_amounts(one: Slice) -> Iterator[Repair]:
    """The repairs of the amounts and references of a slice."""
    text = one.text
    if "%" in text:
        yield from _put(one, _SHARE, needed=r"[\d.,]")
    yield from _put(one, _amount(), needed=r"\d")
    for found in _IN_SENTENCE.finditer(text, timeout=TIMEOUT):
        if (
            is_syllable(found["after"])
            and _word_before(text, found.start()) not in counted().labels
        ):
            yield _repair(one, found)
    if "iều" in text or "iêu" in text or "hoản" in text:
        for found in _ARTICLE.finditer(text, timeout=TIMEOUT):
            yield _repair(one, found)
    for found in _CROWNED.finditer(text, timeout=TIMEOUT):
        put = _CROWNS[found.group()]
        beside = {text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]}
        yield Repair(*one.place(*found.span()), "" if put in beside else put, RULE)
    for found in _BARE_ARTICLE.finditer(text, timeout=TIMEOUT):
        yield Repair(*one.place(*found.span()), "iều", RULE)


def _put(one: Slice, pattern: "regex.Pattern[str]", *, needed: str) -> Iterator[Repair]:
    """Numbers in which a stroke was read as a letter, and something else as what it is."""
    for found in pattern.finditer(one.text, timeout=TIMEOUT):
        read = found["n"]
        if read.translate(_STROKES) != read and regex.search(needed, read, timeout=TIMEOUT):
            yield _repair(one, found)


def _repair(one: Slice, found: "regex.Match[str]") -> Repair:
    return Repair(*one.place(*found.span("n")), found["n"].translate(_STROKES), RULE)


def _word_before(text: str, at: int) -> str:
    """The word before a place, in small letters; empty at the beginning of a line."""
    words = text[max(at - 24, 0) : at].split()
    return words[-1].casefold() if words else ""
