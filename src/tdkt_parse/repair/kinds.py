"""
Symbols told by the type of document that is named before them: ``Tờ trình số 135/TIr-PTCKH``.

What is named a *Tờ trình* is numbered TTr; so a type one misread letter away from that is it,
whatever organ stands behind. Where the mark between type and organ was misread too
(``Chỉ thị số 05-C17TW``), the strokes of all three are compared with those of the organs that are
known, and one alone may have them.
"""

from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

import regex

from tdkt_parse.layout import Repair
from tdkt_parse.lexicon import document_types, organ_codes, type_codes
from tdkt_parse.repair.tokens import Slice

TIMEOUT = 2.0
NUMBER = "ocr_number"
LEAST = 3
"""Letters of a type of which one may be another; with fewer, another type may be meant."""

_STROKES = str.maketrans(dict.fromkeys("Il1|7!/'’", "T") | {"-": None, "–": None})
"""What a T, its pieces, and the slash are read as; a hyphen is lost."""


@cache
def _codes() -> dict[str, frozenset[str]]:
    """The abbreviations of each type that is not read as a part of another, by its name."""
    found: dict[str, set[str]] = {}
    for row in document_types():
        found.setdefault(row.name, set()).add(row.code)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _named() -> "regex.Pattern[str]":
    names = "|".join(sorted(map(regex.escape, _codes()), key=len, reverse=True))
    return regex.compile(
        rf"(?<!\p{{L}})(?P<kind>{names})\s(?:số\s?:?\s?)?"
        r"(?P<serial>\d{1,5}\s?(?:[/⁄]\s?(?:19|20)\d\d\s?[/⁄]|[/⁄–-]))\s?"
        r"(?P<word>(?P<type>\p{Lu}[\p{L}\d|'’]{1,4})(?=\s?[-–/]\s?\p{Lu})"
        r"|[A-ZĐÐ][\p{L}\d|!'’/–-]{2,14})(?![\p{L}\d])"
    )


def find_kinds(one: Slice) -> Iterator[Repair]:
    """The repairs of the symbols behind names of types in a slice."""
    if not any(map(str.isdigit, one.text)):
        return
    for found in _named().finditer(one.text, timeout=TIMEOUT):
        codes = _codes()[found["kind"]]
        put = None
        if found["type"]:
            name = "type"
            put = _type(found["type"], codes)
        else:
            name = "word"
            put = _symbol(found["word"], codes, found["serial"].rstrip()[-1])
        if put:
            yield Repair(*one.place(*found.span(name)), put, NUMBER)


def _type(read: str, codes: frozenset[str]) -> str | None:
    """The abbreviation of which one letter was misread, if there is one alone."""
    if read in type_codes() or read in organ_codes():
        return None
    near = {code for code in codes if len(code) >= LEAST and _differ(read, code) == 1}
    strokes = read.translate(_STROKES)
    near |= {code for code in codes if _TWICE.sub("T", strokes) == _TWICE.sub("T", code)}
    near |= {code for code in codes if len(code) > LEAST and _has_one_more(read, code)}
    if _FOREIGN.search(read):
        near |= {code for code in codes if _differ(read, code) == 1}
        near |= {code for code in codes if _FOREIGN.sub("", read) == code}
        near |= {code for code in codes if normalize("NFD", read)[0] + read[1:] == code}
    return near.pop() if len(near) == 1 and read.casefold() not in _small(near) else None


_TWICE = regex.compile("T+")
"""A T with its pieces; how many they were is not to be seen."""
_FOREIGN = regex.compile(r"(?![A-ZĐÐa-zđ])[\p{L}\d]")
"""A letter that stands in no abbreviation."""


def _small(codes: set[str]) -> set[str]:
    return {code.casefold() for code in codes}


def _has_one_more(read: str, code: str) -> bool:
    """Whether a word is another with a letter too much."""
    return any(read[:at] + read[at + 1 :] == code for at in range(len(read)))


def _differ(read: str, code: str) -> int:
    """In how many letters two words of one length differ; as many as they have of another."""
    if len(read) != len(code):
        return max(len(read), len(code))
    return sum(a != b for a, b in zip(read, code, strict=True))


def _symbol(read: str, codes: frozenset[str], mark: str) -> str | None:
    """The type and the organ that strokes are, if they are of one pair alone."""
    if any(read.startswith(code) and read[len(code) :] in organ_codes() for code in codes):
        return None  # Nothing but the mark between was lost: numbers are read so.
    between = "-" if mark == "/" else "/"
    found = {
        f"{code}{between}{organ}"
        for code in codes
        for organ in organ_codes()
        if read.translate(_STROKES) in (_strokes(code, between, organ), _strokes(code, "", organ))
    }
    return found.pop() if len(found) == 1 else None


@cache
def _strokes(code: str, between: str, organ: str) -> str:
    return f"{code}{between}{organ}".translate(_STROKES)
