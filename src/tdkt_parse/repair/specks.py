"""
Specks that OCR read as signs where none can stand: ``sơ. kết``, and the dash behind a cell.

A stop between two words that are said together, the second in small letters, ends no sentence; what
nothing follows in its cell is joined by no dash. *Cơ sở* is one word, and no *Sở* within another. A
letter alone before *tế* is that of *y tế*, a stroke behind *học kỳ* the first term.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from tdkt_parse.layout import Repair, Table
from tdkt_parse.repair.pairs import known_pairs, share_after, share_before
from tdkt_parse.repair.tokens import Slice, slices_of
from tdkt_parse.spelling import key
from tdkt_parse.syllables import is_syllable
from tdkt_parse.wording import of_health

TIMEOUT = 2.0
RULE = "ocr_speck"
SAID = 4
"""Texts in which the words stand side by side between which a stop is a speck."""
BOUND = 0.3
"""The share of the one in what stands beside the other by which a colon is one, too."""

_STOP = regex.compile(
    r"(?<!\p{L})(?P<one>\p{L}\p{Ll}+)(?P<stop>\.{1,2}|:)(?=\s(?P<other>\p{Ll}{2,})(?!\p{L}))"
)
_OFFICE = regex.compile(r"(?<=(?<!\p{L})[Cc]ơ\s)S(?=ở(?!\p{L}))")
_BASE = regex.compile(r"(?<=\p{Ll}\s)C(?=ơ\sSở(?!\p{L}))|(?<=(?<!\p{L})cấp\s)C(?=ơ\ssở(?!\p{L}))")
_HEALTH = regex.compile(
    r"(?<=(?P<before>\p{L}{2,})\s)[VvMÿŸ](?=\stế(?!\p{L}|\s(?:bào|nhị|lễ|thần|đàn)))"
)
_TERM = regex.compile(r"(?<=(?<!\p{L})(?i:học\skỳ)\s)[l|](?=[\s,;.:)]|$)")
_DASH = regex.compile(r"(?<=[\p{L}\p{N}])\s(?:[-–—~_*]|[-–—]{2})$")


def find_stops(slices: Sequence[Slice]) -> Iterator[Repair]:
    """The repairs of one line."""
    for one in slices:
        for found in _STOP.finditer(one.text, timeout=TIMEOUT):
            if _are_one(found["one"], found["other"], found["stop"]):
                yield Repair(*one.place(*found.span("stop")), "", RULE)
        for found in _OFFICE.finditer(one.text, timeout=TIMEOUT):
            yield Repair(*one.place(*found.span()), "s", RULE)
        for found in _BASE.finditer(one.text, timeout=TIMEOUT):
            yield Repair(*one.place(*found.span()), "c", RULE)
        for found in _HEALTH.finditer(one.text, timeout=TIMEOUT):
            put = "Y" if found["before"] in of_health() else "y"
            yield Repair(*one.place(*found.span()), put, RULE)
        for found in _TERM.finditer(one.text, timeout=TIMEOUT):
            yield Repair(*one.place(*found.span()), "I", RULE)


def _are_one(one: str, other: str, stop: str) -> bool:
    """Whether two words are said together, so that no stop stands between them."""
    pair = key(one), key(other)
    if not (is_syllable(one) and is_syllable(other)):
        return False
    if known_pairs().get(pair, 0) < SAID:
        return False
    return stop != ":" or (share_after(*pair) >= BOUND and share_before(*pair) >= BOUND)


def find_ends_of_cells(text: str, table: Table) -> Iterator[Repair]:
    """The repairs of the dashes behind cells; the last row may go on over the page."""
    for row, _ in pairwise(table.rows):
        for cell in row:
            slices = slices_of(text, cell.lines[-1]) if cell.lines else []
            if not slices:
                continue
            last = slices[-1]
            dash = _DASH.search(last.text, timeout=TIMEOUT)
            if dash:
                yield Repair(*last.place(*dash.span()), "", RULE)
