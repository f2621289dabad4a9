"""
Số, ký hiệu văn bản: the number and symbol of an official document.

Structure, by who numbers it:

* administrative, NĐ 30/2020/NĐ-CP Điều 15 and Phụ lục I.II.3: ``594/KH-UBND``, serial, type,
  organs; a công văn has no type: ``2917/SGDĐT-VP``;
* normative acts carry the year: ``98/2023/NĐ-CP``; of the National Assembly and its Standing
  Committee without a type: ``06/2022/QH15``, the 15th legislature;
* the Party, HD 36-HD/VPTW of 03/4/2018: hyphen first, slash second, ``34-CT/TW``. The swapped
  ``39/CT-TW`` is kept as printed.

What is printed differs: spaces about the hyphen (``98/2023/NĐ - CP``), a hyphen or slash lost
(``1961/QĐUBND``, ``39-CTTW``, ``298 KH/TWĐTN``), capitals (``19/CT-TTG``), no marks
(``QD-UBND``), a serial still blank (``/KH-UBND``). These are read as what they are. A number of
which part is wrong (``18/20202QĐ-UBND``) keeps what is certain and is ``damaged``.

Refused, because other things look alike: dates, standards (``QCVN 01:2021/BYT``), addresses
(``12/A Trần Phú``), classes (``10/A1``), fractions, paths and addresses on the web. Types and
well-known organs stand in ``data/document_types.csv`` and ``data/agencies.csv``; an organ that is
not there is accepted after a known type. A word is an abbreviation only if it bears no tone mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

import regex

from tdkt_parse.lexicon import agencies, document_types
from tdkt_parse.models import DocNumber

__all__ = [
    "NumberMatch",
    "canonical",
    "find_docnumbers",
    "find_letterhead_number",
    "parse_docnumber",
]

TIMEOUT = 2.0
"""
Seconds one search over document text may take. A match at a known place needs no limit: its
patterns look at no more than a line, which saves two thirds of the time of a match.
"""

YEARS = range(1945, 2101)
"""Years that a number may carry: the State began to number its documents in 1945."""

SPACE = r"[^\S\n]"  # any white space within a line


class NumberMatch(NamedTuple):
    """A number and where it stands: code points of the text it was found in, end excluded."""

    start: int
    end: int
    number: DocNumber
    damaged: bool
    """Characters are missing or too many; ``number`` holds only what is certain."""


class _Symbol(NamedTuple):
    """What follows the serial: ``NĐ-CP``."""

    end: int
    doc_type: str | None
    issuers: tuple[str, ...]
    text: str
    weight: int
    """How sure that this is a symbol at all: 2 by itself, 1 after "số" or a name of a type."""


# --------------------------------------------------------------------------- the tables, as keys


@dataclass(frozen=True, slots=True)
class _Tables:
    """The abbreviations of ``data/``, by the keys they are looked up with."""

    types: dict[str, str]  # NĐ -> NĐ, and folded: nd -> NĐ
    joint: frozenset[str]  # types that several organs issue together
    organs: dict[str, str]  # TTg -> TTg, and folded: ttg -> TTg
    party: frozenset[str]  # organs of the Party, whose numbers are 34-CT/TW
    leads: frozenset[str]  # words after which a number stands: số, định, hoạch …


def _fold(code: str) -> str:
    """Case and the bar of Đ, which capitals and keyboards without Vietnamese lose."""
    return code.casefold().replace("đ", "d")


@cache
def _tables() -> _Tables:
    types: dict[str, str] = {}
    organs: dict[str, str] = {}
    for row in document_types():
        types.setdefault(_fold(row.code), row.code)
    for agency in agencies():
        organs.setdefault(_fold(agency.code), agency.code)
    types.update({row.code: row.code for row in document_types()})
    organs.update({agency.code: agency.code for agency in agencies()})
    names = {row.name.split()[-1].lower() for row in document_types()}
    joint = {row.code for row in document_types() if row.level == "joint"}
    party = {row.code for row in agencies() if "-" in row.example.partition("/")[0]}
    return _Tables(
        types,
        frozenset(joint | {"TTLT", "NQLT"}),
        organs,
        frozenset(party),
        frozenset(names | {"số", "luật", "bản", "hiến", "sô", "só"}),
    )


# ------------------------------------------------------------------------------------- patterns


@cache
def _head() -> regex.Pattern[str]:
    """Everything before the symbol; what stands before it is judged in :func:`_standing`."""
    return regex.compile(
        rf"""
        (?<!\d)
        (?P<serial> \d{{1,6}}+ (?:\.\d{{1,3}}+)? [A-Za-zđ]? )       # 98, 30c, 66.16
        (?:
            {SPACE}{{0,12}}+ [/⁄] \s{{0,4}}+
            (?: (?P<year> \d{{1,6}}+ ) {SPACE}{{0,4}}+              # 2023, 20202
                (?P<slash> [/⁄]? ) \s{{0,4}}+ )?
        |   {SPACE}{{0,4}}+ (?P<hyphen> [-‐‑–—−] ) \s{{0,4}}+        # 34-CT/TW
        |   (?P<lost> {SPACE} ) (?= [A-ZĐ][A-Za-zĐ]{{1,3}}\s?/ )     # 298 KH/TWĐTN
        )
        (?= [A-ZĐÐ] )
        """,
        regex.VERBOSE,
    )


@cache
def _blank() -> regex.Pattern[str]:
    """The place of a serial not yet given: ``số      /KH-UBND``, ``số …/KH-NGT``."""
    return regex.compile(
        r"""
        (?: số | Số | SỐ ) \s{0,4}+ :? \s{0,40}+
        (?P<dots> [.…_ ]{0,40}+ )
        (?: (?P<hyphen> [-–—] ) | [/⁄] ) \s{0,3}+
        (?= [A-ZĐÐ] )
        """,
        regex.VERBOSE,
    )


@cache
def _word() -> regex.Pattern[str]:
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


# ------------------------------------------------------------------------------------ the symbol


@lru_cache(maxsize=1024)
def _organ(word: str) -> str | None:
    """
    The organ that ``word`` abbreviates, in its usual spelling; ``None`` if it looks like none.

    Unknown organs are plausible with two capitals, or a capital and a digit (``V1``, ``C04``).
    """
    organs = _tables().organs
    stem = word.rstrip("0123456789")  # UBTVQH15
    known = organs.get(stem) or (organs.get(_fold(stem)) if len(stem) > 2 else None)
    if known:
        return known + word[len(stem) :]
    if sum(letter.isupper() for letter in word) >= 2:
        return word
    return word if len(word) > 1 and word[0].isupper() and word[1:].isdigit() else None


MARKS = frozenset("-‐‑–—−_/⁄.")
"""What may stand between two abbreviations of a symbol."""


@lru_cache(maxsize=1024)
def _is_known(organ: str) -> bool:
    return organ.rstrip("0123456789") in _tables().organs


def _organ_at(text: str, pos: int) -> tuple[str, int] | None:
    """The organ printed at ``pos`` and where it ends."""
    found = _word().match(text, pos)
    tail = 0
    if found:
        word = found[0]
        tail = len(word) - len(word.rstrip("abcdefghijklmnopqrstuvwxyzđâăêôơư"))
    if found is None or tail > 1:  # a space lost after the organ: NĐ-CPngày, UBNDtỉnh
        organs = _tables().organs
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
    organ = _organ(word)
    if organ is None:
        return None
    if not _is_known(organ):  # broken over a line: BL ĐTBXH
        rest = _word().match(text, found.end() + 1)
        if rest and text[found.end()].isspace() and word + rest[0] in _tables().organs:
            return word + rest[0], rest.end()
    return organ, found.end()


@cache
def _after_number() -> regex.Pattern[str]:
    """What follows a number in a sentence: its date, who issued it, its title, a mark."""
    return regex.compile(
        r"(?:\s?[-–]\s?[A-ZĐ]{1,8}+)*+(?:\s{0,4}+(?:[,;.)]|$)|\s{1,4}+(?:ngày|của|về|V/v|v/v)\b)"
    )


def _ends_number(text: str, end: int) -> bool:
    return _after_number().match(text, end) is not None


def _more_organs(text: str, end: int, organs: list[str], doc_type: str | None) -> tuple[int, str]:
    """Read further organs after the first; the end of the last and the text they add."""
    added = ""
    joint = doc_type in _tables().joint
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
            single = _word().match(text, mark.end())
            if single is None or not tight or printed in "./⁄" or len(single[0]) > 1:
                return end, added
            following = single[0], single.end()  # a single capital: UBND-X
        organ, stop = following
        if printed in "/⁄":
            fits, sign = tight and joint, "/"
        elif printed == ".":
            fits, sign = tight and organ != organs[-1], "."
        else:
            known = joint and _is_known(organ)
            unit = doc_type is None and organ.isalpha() and _ends_number(text, stop)
            fits, sign = tight or known or unit, "-"
        if not fits:
            return end, added
        organs.append(organ)
        end, added = stop, added + sign + organ


@lru_cache(maxsize=1024)
def _type_of(word: str) -> str | None:
    """The type of document that a word abbreviates, in its usual spelling."""
    types = _tables().types
    return types.get(word) or (types.get(_fold(word)) if len(word) > 1 else None)


def _symbol_at(text: str, pos: int, *, party: bool, year: bool) -> _Symbol | None:
    """The symbol that begins at ``pos``, after the serial's slash or (``party``) hyphen."""
    found = _word().match(text, pos)
    if found is None:
        return None
    word = found[0].replace("Ð", "Đ")
    doc_type = _type_of(word)
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
) -> _Symbol | None:
    """``NĐ-CP``, ``TTLT/BTC-BNN``, ``QĐ.UB``, ``CT/TW``; a type alone, ``KH``, weighs less."""
    alone = None if party or len(doc_type) == 1 else _Symbol(end, doc_type, (), doc_type, 1)
    if mark is None:
        return alone
    left, sign, right = mark.groups()
    sign = "-" if sign not in "/⁄." else "/" if sign != "." else "."
    spaced = bool(left or right)
    if party != (sign == "/") and not (sign == "/" and not party):
        return None if party else alone
    if sign == "." and spaced:
        return alone
    first = _organ_at(text, mark.end())
    if first is None:
        return alone
    organs = [first[0]]
    stop, more = _more_organs(text, first[1], organs, doc_type)
    if sign == "/" and not party and not year:
        sign = "-"  # 12/QĐ/BTC: as printed it would read as the Party's
    return _Symbol(stop, doc_type, tuple(organs), f"{doc_type}{sign}{first[0]}{more}", 2)


def _split_symbol(word: str, text: str, end: int) -> _Symbol | None:
    """``QĐUBND``: the hyphen is lost, but type and organ are both known."""
    tables = _tables()
    if word in tables.organs:
        return None
    for length in range(min(4, len(word) - 2), 1, -1):
        doc_type, organ = tables.types.get(word[:length]), word[length:]
        if doc_type and doc_type == word[:length] and organ in tables.organs:
            organs = [organ]
            stop, more = _more_organs(text, end, organs, doc_type)
            return _Symbol(stop, doc_type, tuple(organs), f"{doc_type}-{organ}{more}", 2)
    return None


def _split_party_symbol(word: str, text: str, end: int) -> _Symbol | None:
    """``CTTW``: the slash is lost, and one place alone parts a type from an organ of the Party."""
    tables = _tables()
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
    return _Symbol(stop, doc_type, tuple(organs), f"{doc_type}/{organ}{more}", 2)


def _untyped_symbol(text: str, pos: int, *, year: bool) -> _Symbol | None:
    """``QH15`` and ``UBTVQH14`` after a year; else organs alone, as a công văn has: ``UBND-VX``."""
    first = _organ_at(text, pos)
    if first is None:
        return None
    organ, end = first
    if year:
        assembly = organ.startswith(("QH", "UBTVQH")) and organ[-1].isdigit()
        return _Symbol(end, None, (organ,), organ, 2) if assembly else None
    if sum(letter.isupper() for letter in organ) < 2:
        return None
    organs = [organ]
    end, more = _more_organs(text, end, organs, None)
    known = any(_is_known(each) for each in organs)
    weight = 2 if known and len(organs) > 1 else 1
    return _Symbol(end, None, tuple(organs), organ + more, weight)


# ------------------------------------------------------------------------------------ the number


def _last_word(text: str, end: int) -> str:
    """The word of letters that ends at ``end``; no abbreviation's lead is longer than 8."""
    word = text[max(0, end - 9) : end].rpartition(" ")[2]
    if word.isalpha():
        return word.lower()
    start = end
    while start > 0 and end - start < 9 and text[start - 1].isalpha():
        start -= 1
    return text[start:end].lower()


def _standing(text: str, start: int) -> int:
    """
    How the characters before a number speak for it: 1 after "số" or a type's name, 0, -1 against.

    Against it: the number continues something (``x/12/KH``, ``0263.38``, ``7-5``, ``2021:``), or
    a standard or a year stands before it.
    """
    if start == 0:
        return 0
    before = text[start - 1]
    leads = _tables().leads
    if before.isalnum() or before in "/⁄\\-–—_@=&+#%.:":
        end = start if before.isalpha() else start - 1
        if before in ".:":
            while end > 0 and text[end - 1].isspace() and start - end < 6:
                end -= 1
        word = _last_word(text, end)
        if word in leads:
            return 1
        return 0 if before == ":" and end > 0 and not text[end - 1].isdigit() else -1
    end = start
    while end > 0 and start - end < 12 and (text[end - 1].isspace() or text[end - 1] in ":."):
        end -= 1
    word = _last_word(text, end)
    if word in {"qcvn", "tcvn", "iso", "năm", "lớp", "tháng", "ngày", "nhà"}:
        return -1
    return int(word in leads)


FILES = (".pdf", ".doc", ".xls", ".htm", ".asp", ".php", ".jpg", ".png", ".ppt", ".rtf", ".txt")


def _number_of(found: "regex.Match[str]", *, standing: int) -> NumberMatch | None:
    """Read the symbol after a head and weigh the whole."""
    text = found.string
    serial, year, slash, hyphen, lost = found.groups()  # by name each would cost twice as much
    party = bool(hyphen or lost)
    symbol = _symbol_at(text, found.end(), party=party, year=year is not None)
    if symbol is None or symbol.weight + standing < 2:
        return None
    if text[symbol.end : symbol.end + 4].lower() in FILES:
        return None
    if lost and not (standing or _is_known(symbol.issuers[0])):
        return None
    start, end = found.start(), symbol.end
    whole_year = year is None or (len(year) == 4 and int(year) in YEARS)
    if not whole_year:
        if not (symbol.doc_type and symbol.issuers):
            return None
        number = DocNumber(
            doc_type=symbol.doc_type, issuers=list(symbol.issuers), symbol=symbol.text
        )
        return NumberMatch(start, end, number, damaged=True)
    if year and not slash and not (symbol.doc_type and symbol.issuers):
        return None
    number = _complete(serial, int(year) if year else None, symbol)
    return NumberMatch(start, end, number, damaged=False)


def _complete(serial: str | None, year: int | None, symbol: _Symbol) -> DocNumber:
    return DocNumber(
        serial=serial,
        year=year,
        doc_type=symbol.doc_type,
        issuers=list(symbol.issuers),
        symbol=symbol.text,
        canonical=_written(serial, year, symbol.doc_type, symbol.text),
    )


def _written(
    serial: str | None, year: int | None, doc_type: str | None, symbol: str | None
) -> str | None:
    if serial is None or symbol is None:
        return None
    if year is not None:
        return f"{serial}/{year}/{symbol}"
    kind, slash, _ = symbol.partition("/")
    party = bool(slash) and kind == doc_type
    return f"{serial}{'-' if party else '/'}{symbol}"


def canonical(number: DocNumber) -> str | None:
    """
    The number as its decree prescribes; ``None`` while the serial or the symbol is not known.

    >>> canonical(parse_docnumber("Số: 98 / 2023/NĐ - CP"))
    '98/2023/NĐ-CP'
    >>> canonical(parse_docnumber("298 KH/TWĐTN"))
    '298-KH/TWĐTN'
    """
    return _written(number.serial, number.year, number.doc_type, number.symbol)


def _candidates(text: str) -> Iterator[NumberMatch]:
    last = 0
    # The pattern repeats nothing without a bound: in a passage it needs no limit.
    limit = TIMEOUT if len(text) > LONGEST_KEPT else None
    for found in _head().finditer(text, timeout=limit):
        if found.start() < last:
            continue
        standing = _standing(text, found.start())
        match = _number_of(found, standing=standing) if standing >= 0 else None
        if match:
            last = match.end
            yield match


def _may_be_blank(text: str) -> bool:
    """Whether some word ``số`` is followed by anything but a number or a word."""
    for word in ("số", "Số", "SỐ"):
        at = text.find(word)
        while at >= 0:
            if text[at + 2 : at + 52].lstrip()[:1] in _AFTER_BLANK:
                return True
            at = text.find(word, at + 2)
    return False


_AFTER_BLANK = frozenset(":.…_-–—/⁄")
"""What may follow the word ``số`` and its spaces where the serial is blank."""


def _blanks(text: str) -> Iterator[NumberMatch]:
    if not _may_be_blank(text):
        return
    for found in _blank().finditer(text, timeout=TIMEOUT):
        symbol = _symbol_at(text, found.end(), party=bool(found["hyphen"]), year=False)
        if symbol and symbol.issuers:
            start = found.start("dots") if found["dots"].strip() else found.end("dots")
            yield NumberMatch(start, symbol.end, _complete(None, None, symbol), damaged=False)


def find_docnumbers(text: str) -> list[NumberMatch]:
    """
    All document numbers in running text, in order, none overlapping. Never raises.

    The match covers the number alone, neither "số" before nor punctuation after it. A number
    whose serial is blank (``Kèm theo Kế hoạch số …/KH-NGT``) is found after the word "số" only.

    >>> [m.number.canonical for m in find_docnumbers("Chỉ thị số 34-CT/TW, ngày 07/4/2014")]
    ['34-CT/TW']
    >>> find_docnumbers("QCVN 01:2021/BYT; số nhà 12/A Trần Phú; lớp 10/A1; ngày 15/3/2025")
    []
    """
    return list(_found_again(text)) if len(text) <= LONGEST_KEPT else _find(text)


LONGEST_KEPT = 2000
"""Code points of a text whose numbers are kept for who asks next."""


@lru_cache(maxsize=32)
def _found_again(text: str) -> tuple[NumberMatch, ...]:
    return tuple(_find(text))


def _find(text: str) -> list[NumberMatch]:
    matches: list[NumberMatch] = []
    try:
        matches.extend(_candidates(text))
        blanks = list(_blanks(text))
    except TimeoutError:
        return matches
    if blanks:
        taken = {match.end for match in matches}
        matches += [blank for blank in blanks if blank.end not in taken]
        matches.sort(key=lambda match: match.start)
    return matches


# ------------------------------------------------------------------------- one number by itself


@cache
def _label() -> regex.Pattern[str]:
    """The word before the number of a letterhead."""
    return regex.compile(
        r"""
        (?<! \p{L} ) [Ss] [ốỐóÓôÔồỒ]                       # Số; Só, Sô as OCR reads it
        (?! \s{0,8}+ \p{Ll}{2} )                           # not Số lượng, Số công báo
        \s{0,8}+ [:.;]? \s{0,80}+
        """,
        regex.VERBOSE,
    )


@cache
def _illegible() -> regex.Pattern[str]:
    """What stands for the serial where it is blank, or was written by hand: ``#/ /KH-UBND``."""
    return regex.compile(
        r"""
        (?P<serial> [^\n/⁄:]{0,40}? ) \s{0,80}+
        (?: [/⁄] \s{0,4}+ (?P<again> [/⁄] \s{0,4}+ )?
        |   (?P<hyphen> [-–—] ) \s{0,4}+ (?: [.…]{1,3}+ \s{0,4}+ )?    # dots to be written on
        |   (?P<lost> (?<= [.…_]{2} | [.…_]{2}\s ) ) )                   # ....KH-TTr
        (?= [A-ZĐÐ] )
        """,
        regex.VERBOSE,
    )


@cache
def _dotted_tail() -> regex.Pattern[str]:
    """
    The rest of a symbol after a dot and a space, to the end of the line or column, or to the place
    beside it (``QĐ. BQL-VP Vũng Tàu, ngày …``).
    """
    return regex.compile(
        r"\. (?P<organs>[A-ZĐ]{2,6}+(?:[-–][A-ZĐ]{2,6}+){0,2}+)(?=\s*(?:$|\n)|\s\s|\s\p{Lu}\p{Ll})"
    )


_SEPARATORS = frozenset("/⁄-‐‑–—−")
_LABELS = tuple(first + vowel for first in "Ss" for vowel in "ốỐóÓôÔồỒ")
"""How every label begins."""

LABELS = 20
"""Places in one line where "Số" is tried as a label; no letterhead has more than two."""


def find_letterhead_number(text: str) -> NumberMatch | None:
    """
    The number of a letterhead line, ``Số: 594/KH-UBND``, its serial perhaps still blank.

    What handwriting became in OCR (``Số: #/ /KH-UBND``) gives no serial and is damaged. An
    incoming stamp (``ĐẾN Số: 1614``) has no symbol and gives nothing; nor does a line without
    the word "Số".

    >>> find_letterhead_number("Số:            /KH-UBND").number.symbol
    'KH-UBND'
    >>> find_letterhead_number("Số lượng: 12")
    """
    if not any(map(text.__contains__, _LABELS)) or _SEPARATORS.isdisjoint(text):
        return None
    return _labelled_again(text) if len(text) <= LONGEST_KEPT else _find_labelled(text)


@lru_cache(maxsize=32)
def _labelled_again(text: str) -> NumberMatch | None:
    return _find_labelled(text)


def _find_labelled(text: str) -> NumberMatch | None:
    try:
        for label in islice(_label().finditer(text, timeout=TIMEOUT), LABELS):
            match = _number_at(text, label.end())
            if match:
                return match
    except TimeoutError:
        pass
    return None


def _number_at(text: str, start: int) -> NumberMatch | None:
    """The number that begins at ``start``, after its label."""
    head = _head().match(text, start)
    match = _number_of(head, standing=1) if head else None
    if match:
        return _with_dotted_tail(text, match)
    found = _illegible().match(text, start)
    if found is None:
        return None
    symbol = _symbol_at(text, found.end(), party=bool(found["hyphen"]), year=False)
    if symbol is None or not (symbol.issuers or _dotted_tail().match(text, symbol.end)):
        return None
    if found["lost"] is not None and not (symbol.doc_type and symbol.issuers):
        return None
    serial = found["serial"].strip(" .…_\t\u00a0")
    if any(a.islower() and b.islower() for a, b in pairwise(serial)):
        return None  # words
    if not found["serial"].strip():
        start = found.end("serial")
        while text[start].isspace():
            start += 1
    damaged = bool(serial or found["again"] or found["lost"] is not None)
    match = NumberMatch(start, symbol.end, _complete(None, None, symbol), damaged)
    return match if symbol.issuers else _with_dotted_tail(text, match)


def _with_dotted_tail(text: str, match: NumberMatch) -> NumberMatch:
    """Join ``THPTTX. PL``: on a letterhead's own line a dot and a space end no sentence."""
    if text[match.end : match.end + 2] != ". ":
        return match
    rest = _dotted_tail().match(text, match.end, timeout=TIMEOUT)
    if rest is None or match.number.symbol is None:
        return match
    organs = rest["organs"].replace("–", "-")
    number = match.number.model_copy(
        update={
            "issuers": [*match.number.issuers, *organs.split("-")],
            "symbol": f"{match.number.symbol}.{organs}",
        }
    )
    number = number.model_copy(update={"canonical": canonical(number)})
    return NumberMatch(match.start, rest.end(), number, match.damaged)


UNLABELLED = (*"0123456789/-–…._",)
"""What a number without "Số" begins with: its serial, or the blank for it."""


def parse_docnumber(text: str) -> DocNumber:
    """
    Read one number that is all of ``text``, but for "Số:" before it; else ``ValueError``.

    >>> parse_docnumber("06/2022/QH15").issuers
    ['QH15']
    >>> parse_docnumber("Số      -NQ/TU").symbol
    'NQ/TU'
    >>> parse_docnumber("15/3/2025")
    Traceback (most recent call last):
    ...
    ValueError: '15/3/2025' is no document number
    """
    line = text.strip().rstrip(".;, ")
    label = _label().match(line)
    match = _number_at(line, label.end() if label else 0)
    if not label and not line.startswith(UNLABELLED):
        match = None  # words before a symbol: QCVN 12/BYT
    if match is None or match.end != len(line):
        message = f"{text!r} is no document number"
        raise ValueError(message)
    return match.number
