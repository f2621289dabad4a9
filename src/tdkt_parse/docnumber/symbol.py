"""
Ký hiệu: what follows the serial of a number, its type and its organs (``NĐ-CP``, ``CT/TW``).
"""

from functools import cache
from typing import NamedTuple

import regex

from tdkt_parse.docnumber.codes import is_known, known_codes, organ_of, type_of


class Symbol(NamedTuple):
    """What follows the serial: ``NĐ-CP``."""

    end: int
    doc_type: str | None
    issuers: tuple[str, ...]
    text: str
    weight: int
    """How sure that this is a symbol at all: 2 by itself, 1 after "số" or a name of a type."""


@cache
def abbreviation() -> regex.Pattern[str]:
    """An abbreviation: capital first, no tone marks; 24 is twice the longest seen."""
    return regex.compile(r"[A-ZĐÐƯƠĂÂÊÔ][A-Za-zĐÐđƯưƠơĂăÂâÊêÔô0-9&]{0,24}+(?![\p{L}\p{M}\d])")


@cache
def _joint() -> regex.Pattern[str]:
    """What stands between two abbreviations."""
    return regex.compile(
        r"(?P<left>\s{0,2}+)(?P<mark>[-‐‑–—−_/⁄.])(?P<right>\s{0,3}+)(?=[A-ZĐÐƯƠĂÂÊÔ])"
    )


@cache
def _bracket() -> regex.Pattern[str]:
    """The unit within the organ, in brackets without a space: ``CAT(PC04)``."""
    return regex.compile(r"\([A-ZĐ][A-ZĐ0-9&]{1,9}+\)")


@cache
def _legislature() -> regex.Pattern[str]:
    """The number of the legislature: ``QH 15``."""
    return regex.compile(r"\s?\d{1,2}(?!\d)")


MARKS = frozenset("-‐‑–—−_/⁄.")
"""What may stand between two abbreviations of a symbol."""


def _organ_at(text: str, pos: int) -> tuple[str, int] | None:
    """The organ printed at ``pos`` and where it ends."""
    found = abbreviation().match(text, pos)
    tail = 0
    if found:
        word = found[0]
        tail = len(word) - len(word.rstrip("abcdefghijklmnopqrstuvwxyzđâăêôơư"))
    if found is None or tail > 1:  # a space lost after the organ: NĐ-CPngày, UBNDtỉnh
        organs = known_codes().organs
        for length in range(min(10, len(text) - pos), 1, -1):
            part = text[pos : pos + length]
            if part in organs and text[pos + length : pos + length + 1].islower():
                return part, pos + length
    if found is None:
        return None
    word = found[0].replace("Ð", "Đ")
    if word.upper() in {"QH", "UBTVQH"}:  # the number of the legislature, a space before it
        number = _legislature().match(text, found.end())
        if number:
            return word.upper() + number[0].strip(), number.end()
    organ = organ_of(word)
    if organ is None:
        return None
    if not is_known(organ):  # broken over a line: BL ĐTBXH
        rest = abbreviation().match(text, found.end() + 1)
        if rest and text[found.end()].isspace() and word + rest[0] in known_codes().organs:
            return word + rest[0], rest.end()
    return organ, found.end()


@cache
def _after_number() -> regex.Pattern[str]:
    """What follows a number in a sentence: its date, who issued it, its title, a mark."""
    return regex.compile(
        r"(?:\s?[-–]\s?[A-ZĐ]{1,8}+)*+(?:\s{0,4}+(?:[,;.)]|$)|\s{1,4}+(?:ngày|của|về|V/v|v/v)(?!\p{L})"
        r"|\s{1,4}+\p{Lu}\p{Ll}{1,6}(?:[\s-]\p{Lu}\p{Ll}{1,6}){0,3},\s{0,4}+ngày\b)"
    )


def _ends_number(text: str, end: int) -> bool:
    return _after_number().match(text, end) is not None


UNIT = 6
"""Letters of the longest unit seen behind an organ, apart from it: ``- QLĐTNN``."""


@cache
def _day() -> regex.Pattern[str]:
    return regex.compile(r"(?:\s?[-–]\s?[A-ZĐ]{1,8}+)?+,?\s{1,4}+ngày\s{0,4}+\d")


def _has_day(text: str, end: int) -> bool:
    """Whether the day of a number follows: what stands before it is of the number."""
    return _day().match(text, end) is not None


def _more_organs(text: str, end: int, organs: list[str], doc_type: str | None) -> tuple[int, str]:
    """Read further organs after the first; the end of the last and the text they add."""
    added = ""
    joint = doc_type in known_codes().joint
    while True:
        if text[end : end + 1] == "(":
            bracket = _bracket().match(text, end)
            if bracket:
                organs[-1] += bracket[0]
                return bracket.end(), added + bracket[0]
        if text[end : end + 3].lstrip()[:1] not in MARKS:
            return end, added
        mark = _joint().match(text, end)
        if mark is None:
            return end, added
        left, printed, right = mark.groups()
        tight = not left and (not right or "\n" in right)
        following = _organ_at(text, mark.end())
        if following is None:
            single = abbreviation().match(text, mark.end())
            if single is None or not tight or printed in "./⁄" or len(single[0]) > 1:
                return end, added
            following = single[0], single.end()  # a single capital: UBND-X
        organ, stop = following
        if printed in "/⁄":
            fits, sign = tight and joint, "/"
        elif printed == ".":
            fits, sign = tight and organ != organs[-1], "."
        else:
            known = joint and is_known(organ)
            unit = doc_type is None and organ.isalpha() and _ends_number(text, stop)
            unit = unit or (len(organ) <= UNIT and _has_day(text, stop))
            fits, sign = tight or known or unit, "-"
        if not fits:
            return end, added
        organs.append(organ)
        end, added = stop, added + sign + organ


def symbol_at(text: str, pos: int, *, party: bool, year: bool) -> Symbol | None:
    """The symbol that begins at ``pos``, after the serial's slash or (``party``) hyphen."""
    found = abbreviation().match(text, pos)
    if found is None:
        return None
    word = found[0].replace("Ð", "Đ")
    doc_type = type_of(word)
    if doc_type:
        mark = _joint().match(text, found.end())
        return _typed_symbol(text, found.end(), doc_type, mark, party=party, year=year)
    if party:
        return _split_party_symbol(word, text, found.end())
    return _split_symbol(word, text, found.end()) or _untyped_symbol(text, pos, year=year)


def _typed_symbol(
    text: str,
    end: int,
    doc_type: str,
    mark: "regex.Match[str] | None",
    *,
    party: bool,
    year: bool,
) -> Symbol | None:
    """``NĐ-CP``, ``TTLT/BTC-BNN``, ``QĐ.UB``, ``CT/TW``; a type alone, ``KH``, weighs less."""
    alone = None if party or len(doc_type) == 1 else Symbol(end, doc_type, (), doc_type, 1)
    if mark is None:
        return alone
    left, sign, right = mark.groups()
    sign = "-" if sign not in "/⁄." else "/" if sign != "." else "."
    spaced = bool(left or right)
    if party and sign == "-" and _is_of_party(text, mark.end()):
        sign = "/"  # 168-HD-BTGTW
    if party and sign != "/":
        return None
    if sign == "." and spaced:
        return alone
    first = _organ_at(text, mark.end())
    if first is None:
        return alone
    organs = [first[0]]
    stop, more = _more_organs(text, first[1], organs, doc_type)
    if sign == "/" and not party and not year:
        sign = "-"  # 12/QĐ/BTC: as printed it would read as the Party's
    return Symbol(stop, doc_type, tuple(organs), f"{doc_type}{sign}{first[0]}{more}", 2)


def _is_of_party(text: str, at: int) -> bool:
    organ = _organ_at(text, at)
    return organ is not None and organ[0] in known_codes().party


def _split_symbol(word: str, text: str, end: int) -> Symbol | None:
    """``QĐUBND``: the hyphen is lost, but type and organ are both known."""
    tables = known_codes()
    if word in tables.organs:
        return None
    for length in range(min(4, len(word) - 2), 1, -1):
        doc_type, organ = tables.types.get(word[:length]), word[length:]
        if doc_type and doc_type == word[:length] and organ in tables.organs:
            organs = [organ]
            stop, more = _more_organs(text, end, organs, doc_type)
            return Symbol(stop, doc_type, tuple(organs), f"{doc_type}-{organ}{more}", 2)
    return None


def _split_party_symbol(word: str, text: str, end: int) -> Symbol | None:
    """``CTTW``: the slash is lost, and one place alone parts a type from an organ of the Party."""
    tables = known_codes()
    if word in tables.organs:
        return None
    places = [
        length
        for length in range(2, min(5, len(word) - 1))
        if tables.types.get(word[:length]) == word[:length] and word[length:] in tables.party
    ]
    if len(places) != 1:
        return None
    doc_type, organ = word[: places[0]], word[places[0] :]
    organs = [organ]
    stop, more = _more_organs(text, end, organs, doc_type)
    return Symbol(stop, doc_type, tuple(organs), f"{doc_type}/{organ}{more}", 2)


def _type_behind(organ: str, text: str, end: int) -> Symbol | None:
    """``BYT-QĐ`` after a year, as ministries wrote it up to the end of the nineties."""
    mark = _joint().match(text, end) if is_known(organ) else None
    found = abbreviation().match(text, mark.end()) if mark and mark[0] == "-" else None
    doc_type = type_of(found[0]) if found else None
    if found is None or doc_type is None or len(doc_type) == 1 or doc_type != found[0]:
        return None
    return Symbol(found.end(), doc_type, (organ,), f"{organ}-{doc_type}", 2)


def _untyped_symbol(text: str, pos: int, *, year: bool) -> Symbol | None:
    """``QH15`` and ``UBTVQH14`` after a year; else organs alone, as a công văn has: ``UBND-VX``."""
    first = _organ_at(text, pos)
    if first is None:
        return None
    organ, end = first
    if year:
        assembly = organ.startswith(("QH", "UBTVQH")) and organ[-1].isdigit()
        if assembly:
            return Symbol(end, None, (organ,), organ, 2)
        return _type_behind(organ, text, end)
    if sum(letter.isupper() for letter in organ) < 2:
        return None
    organs = [organ]
    end, more = _more_organs(text, end, organs, None)
    known = any(is_known(each) for each in organs)
    weight = 2 if known and len(organs) > 1 else 1
    return Symbol(end, None, tuple(organs), organ + more, weight)
