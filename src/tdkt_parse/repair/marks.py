"""
Signs within and behind numbers that OCR misread: ``3786(QCPH-SNV``, ``106/GM:QK7``, ``QĐ-VP-ngày``.

What stands between a serial and a type that is known is a slash, what stands between it and an
organ a hyphen, and what stands before the day of a number a space.
"""

from collections.abc import Iterator

import regex

from tdkt_parse.layout import Repair
from tdkt_parse.lexicon import organ_codes, type_codes
from tdkt_parse.repair.tokens import Slice

TIMEOUT = 2.0
NUMBER = "ocr_number"

_BEHIND = r"(?<=\d\s?[-–/⁄]\s?\p{Lu}[\p{L}&]{1,6}(?:\s?[-–/⁄]\s?\p{Lu}[\p{L}\d&]{1,9}){1,3}"
_SPECK = regex.compile(rf"{_BEHIND})[.!'’*·:;](?=\s(?:ngày\s\d|của\s\p{{L}}))")
"""A speck behind a number: what stands before a day or *của* ends no sentence."""
_BEFORE_DAY = regex.compile(rf"{_BEHIND}[,;]?\sngày)\s?[-:.;]\s?(?=\d)")
_DASH = regex.compile(rf"{_BEHIND},?)\s?[-–.:]{{1,2}}(?=ngày\s\d)")
_FOR_HYPHEN = regex.compile(
    r"(?<=\d\s?[/⁄]\s?(?P<type>\p{Lu}[\p{L}]{0,5}))\s?[:=~_]\s?(?=(?P<organ>\p{Lu}[\p{Lu}\d]+)(?![\p{L}\d]))"
)
"""What a hyphen between a type and an organ is read as."""
_FOR_SLASH = regex.compile(
    r"(?<=(?<![\p{L}\d/])\d{1,5})(?:[(\[{](?![^()\[\]{}]{0,40}[)\]}])|[!|¡Il]|\s[!|¡]\s)(?=(?P<type>\p{Lu}[\p{L}]{0,5})\s?[-–]\s?\p{Lu}[\p{Lu}\d]+)"
)
"""What the slash before a type is read as; a bracket that is closed is one."""
_BEFORE_YEAR = regex.compile(
    r"(?<=(?<![\p{L}\d/])\d{1,5})[(\[{!|Il](?=(?:19|20)\d\d[/⁄]\p{Lu}{1,6}[-–]?\p{Lu})"
)
"""The same before a year."""
_TWO = regex.compile(r"(?<=\d\s?[/⁄]\s?\p{Lu}\p{L}{0,5})-\s?[-–](?=\s?\p{Lu}\p{L})")
"""A hyphen in two."""
_DASHES = r"(?:—-?|[–-]—|––|–-|-–)"
_LONG = regex.compile(
    rf"(?<=\d{{1,5}}\s?){_DASHES}(?=\s?\p{{Lu}}\p{{L}}{{0,4}}\s?[/⁄])"
    rf"|(?<=\d\s?[/⁄]\s?\p{{Lu}}\p{{L}}{{0,5}}\s?){_DASHES}(?=\s?\p{{Lu}}{{2}})"
)
"""A hyphen that the engine took for a longer dash."""
_FIRST = regex.compile(
    r"(?<=(?<!\p{L})[Ss]ố\s)[-–.'’](?=\d)|(?<=\d\s?[/⁄]\s?)[.,'’·](?=\p{Lu}{2})"
    r"|(?<=\d\s?[-–/⁄]\s?\p{Lu}\p{L}{0,5}\s?[-–/⁄]\s?)(?:[:.]\s|[(\[])"
    r"(?=\p{Lu}[\p{Lu}\d]+,?\s(?:ngày\s\d|của\s))"
    r"|(?<=\d[-–]):(?=\p{Lu}{2,4}/)"
)
"""A speck before a serial, the type or the organ."""
_Q = regex.compile(r"(?<=\d\s?[-–/⁄]\s?[\p{L}\s–/⁄-]{2,12}\p{Lu}{2})\([Q@](?![\p{L}\d)])")
"""A Q, of which the round and the tail were read apart: ``MTT(@``."""
_GLUED = regex.compile(r"(?<=\p{Ll})[-–](?=số\s\d{1,5}\s?[/⁄-])")
_TORN = regex.compile(r"(?<=\d\s?[-–/⁄]\s?(?:TT|CT))\s(?=r\s?[-–/⁄]\s?\p{Lu})")
"""TTr and CTr in two."""

_PUT = {
    _SPECK: "",
    _BEFORE_DAY: " ",
    _DASH: " ",
    _TORN: "",
    _BEFORE_YEAR: "/",
    _TWO: "-",
    _LONG: "-",
    _FIRST: "",
    _Q: "Q",
    _GLUED: " ",
}


def find_marks(one: Slice) -> Iterator[Repair]:
    """The repairs of the signs of numbers in a slice."""
    if not any(map(str.isdigit, one.text)):
        return
    for pattern, put in _PUT.items():
        for found in pattern.finditer(one.text, timeout=TIMEOUT):
            yield Repair(*one.place(*found.span()), put, NUMBER)
    for found in _FOR_HYPHEN.finditer(one.text, timeout=TIMEOUT):
        # With a space behind it may be a colon; not before an organ.
        sure = ":" not in found.group() or found.group() == ":" or found["organ"] in organ_codes()
        if found["type"] in type_codes() and sure:
            yield Repair(*one.place(*found.span()), "-", NUMBER)
    for found in _FOR_SLASH.finditer(one.text, timeout=TIMEOUT):
        if found["type"] in type_codes():
            yield Repair(*one.place(*found.span()), "/", NUMBER)
