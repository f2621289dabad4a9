"""
Labels of parts and items: ``I.``, ``Phần thứ nhất``, ``A.``, ``1.``, ``1.1.``, ``a)``, ``-``.

Nghị định 30/2020/NĐ-CP, Phụ lục I.II.5: parts and chapters in Roman numerals, sections, clauses in
Arabic, points in the letters of the Vietnamese alphabet (a, b, c, d, đ, e, g …). Real documents
also write ``I -``, ``I/``, ``II`` with nothing after it, ``1-``, ``1)``; and ``1 MỤC ĐÍCH``, a
number without a mark, which is a label only before a heading that is known, in small letters only
before the whole of it; and ``II.1.``, Word's own for a list of which only the first level is Roman.
"""

from dataclasses import dataclass

import regex

from tdkt_parse.numerals import RANK_OF, parse_roman
from tdkt_parse.spelling import BULLETS, is_upper, key
from tdkt_parse.wording import is_whole_heading, role_of_heading

TIMEOUT = 2.0

ALPHABET = "abcdđeghiklmnopqrstuvxy"
"""The letters of points, in order (no f, j, w, z)."""

RANKS = {
    "part": 0.0,
    "chapter": 1.0,
    "division": 2.0,
    "article": 3.0,
    "upper": 4.0,
    "roman": 5.0,
    "capitals": 6.0,
    "arabic": 7.0,
    "multi2": 8.0,
    "multi3": 9.0,
    "multi4": 10.0,
    "multi5": 10.5,
    "lower": 11.0,
    "bullet": 12.0,
    "plus": 13.0,
}
"""How deep each style stands in Decree 30's order: a smaller rank holds a larger one."""


@dataclass(frozen=True, slots=True)
class Label:
    """
    A label: as printed without its mark (``II``, ``1.1``, ``a``), its style, its value, and where
    the text after it begins, in code points of the paragraph.
    """

    text: str
    style: str
    value: int
    end: int

    @property
    def rank(self) -> float:
        return RANKS[self.style]


_LABEL = regex.compile(
    r"""
      (?P<named> PHẦN | Phần | CHƯƠNG | Chương | MỤC | Mục | ĐIỀU | Điều )
      \s+ (?:(?i:thứ)\s+)?
      (?P<count> [IVXLC]{1,7} | \d{1,3} | [A-ZĐ]
        | (?i:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười) )
      (?![\p{L}\d]) (?: \s*[.:/–-](?=\s|\p{Lu}|$) )? \s*
    | (?P<mixed> [IVX]{1,6} (?:\.\d{1,3}){1,3} ) (?: [.)/:] \s+ | [.)]? \s* (?=\p{Lu}) )
    | (?P<roman> [IVX]{1,6}L? )
      (?: \s?[./)]\s?[–-](?=\s|\p{Lu}) | \s?[.)](?!\d) | \s?/(?=\s|\p{Lu}\p{L})
        | \s?[–-](?=\s|\p{Lu}) | \s?:(?=\s) | \.(?=6\stháng\s) ) \s*
    | (?P<bare> [IVX]{1,6} ) \s+ (?=\p{Lu}{2})
    | (?P<upper> [A-ZĐ] ) \s?(?: [./)][–-] | [.)/–-] ) (?=\s) \s*
    | (?P<multi> \d{1,3} (?:\.\d{1,3}){1,4} )
      (?: \.?\s?[–-]\s?(?=\p{L}) | [.)/:]? \s+ | [.)]? (?=\p{Lu}) )
    | (?P<arabic> \d{1,3} )
      (?: \s?[./)]\s?[–-] (?=\s|\p{Lu}) | \s?[.)] (?=\s|\p{Lu}|["“”'])
        | \s?/ (?=\s) | / (?=\p{Lu}\p{Ll})
        | \s?[–-] (?=\s) | [–-] (?=\p{Lu}\p{Ll}) ) \s*
    | (?P<plain> \d{1,2} ) \s+ (?=\p{Lu}{2,}\s\p{Lu}{2}|\p{Lu}\p{Ll})
    | (?P<lower> [a-zđ] ) (?: [./)][–-](?=\s) | \s?\) | \.(?=\s) | /(?=\s) | -(?=\s) ) \s*
    """,
    regex.VERBOSE,
)
_ORDINALS = {key(word): number for word, number in RANK_OF.items()}
_NAMED = {
    key(word): style
    for word, style in {
        "phần": "part",
        "chương": "chapter",
        "mục": "division",
        "điều": "article",
    }.items()
}


def find_label(text: str) -> Label | None:
    """
    The label a paragraph begins with.

    >>> find_label("II NỘI DUNG").text, find_label("1.1. Mục đích").style
    ('II', 'multi2')
    >>> find_label("15/6/2022"), find_label("6 tháng đầu năm")
    (None, None)
    """
    if text[:1] in _BULLETS:
        end = len(text) - len(text[1:].lstrip())
        style = "plus" if text[0] == "+" else "bullet"
        return Label(text[0], style, 0, end) if end < len(text) else None
    match = _LABEL.match(text, timeout=TIMEOUT) if _may_be_labelled(text) else None
    if not match:
        return None
    end = match.end()
    if match["named"]:
        style = _NAMED[key(match["named"])]
        mark = text[match.end("count") : end].strip()
        if style in ("division", "article") and not mark and end < len(text):
            return None
        value = _count(match["count"])
        return Label(text[: match.end("count")], style, value, end) if value else None
    if match["mixed"]:
        first, *parts = match["mixed"].split(".")
        level = f"multi{len(parts) + 1}"
        return Label(match["mixed"], level, int(parts[-1]), end) if parse_roman(first) else None
    if match["roman"] or match["bare"]:
        written = match["roman"] or match["bare"]
        value = parse_roman(written)
        if not value or (match["bare"] and not is_upper(text)):
            return None
        return Label(written, "roman", value, end)
    if match["upper"]:
        return Label(match["upper"], "upper", _letter(match["upper"].lower()), end)
    if match["multi"]:
        parts = match["multi"].split(".")
        if any(len(part) == 3 for part in parts[1:]):
            return None
        return Label(match["multi"], f"multi{min(len(parts), 5)}", int(parts[-1]), end)
    if match["arabic"]:
        return Label(match["arabic"], "arabic", int(match["arabic"]), end)
    if match["plain"]:
        heading = text[end:]
        known = role_of_heading(heading) != "other" if is_upper(text) else is_whole_heading(heading)
        return Label(match["plain"], "arabic", int(match["plain"]), end) if known else None
    return Label(match["lower"], "lower", _letter(match["lower"]), end)


_MARKS = frozenset(".)/-–")
_BULLETS = frozenset(BULLETS)
_NAMES = ("Phần", "PHẦN", "Chương", "CHƯƠNG", "Mục", "MỤC", "Điều", "ĐIỀU")


def _may_be_labelled(text: str) -> bool:
    """A test of the first characters, which most paragraphs fail."""
    first = text[:1]
    if not first.isalpha():
        return first.isdigit()
    if first in "IVX":
        return not text[1:2].islower()
    if text.startswith(_NAMES):
        return True
    return not _MARKS.isdisjoint(text[1:4])


def is_next(label: Label, before: Label) -> bool:
    """
    Whether a label is the one after another in their list.

    After *d* comes *đ*, or *e* where who typed it counted as in English.

    >>> d, e, f = (find_label(f"{letter}) Thi đua") for letter in "deg")
    >>> is_next(e, d), is_next(f, e), is_next(f, d)
    (True, True, False)
    """
    if label.style != before.style:
        return False
    if label.value == before.value + 1:
        return True
    lettered = label.style in ("upper", "lower")
    return lettered and ord(label.text.lower()) == ord(before.text.lower()) + 1


def _letter(letter: str) -> int:
    return ALPHABET.find(letter) + 1 or ord(letter) - ord("a") + 1


def _count(written: str) -> int:
    if written.isdigit():
        return int(written)
    return _ORDINALS.get(key(written)) or parse_roman(written) or _letter(written.lower())
