"""
VNI: a letter, then a mark of its own behind it.
"""

from functools import cache
from unicodedata import normalize

import regex

from tdkt_parse.legacy.tables import codes, part_tone

TIMEOUT = 5.0


@cache
def _pairs() -> tuple[dict[str, str], dict[str, str]]:
    """Two characters as a letter and a mark, and one as a letter."""
    pairs: dict[str, str] = {}
    singles: dict[str, str] = {}
    for letter, code in codes("vni").items():
        shown = code.decode("latin-1")
        if len(shown) == 1:
            singles[shown] = letter
            continue
        base, tone = part_tone(letter)
        if not tone:
            spread = normalize("NFD", letter)
            base, tone = spread[0], spread[1]
        # A mark may be typed small behind a capital.
        for mark in {shown[1], shown[1].lower(), shown[1].upper()}:
            pairs[shown[0] + mark] = base + tone
    return pairs, singles


@cache
def _pattern() -> regex.Pattern[str]:
    pairs, singles = _pairs()
    bases = "".join(sorted({pair[0] for pair in pairs}))
    marks = "".join(sorted({pair[1] for pair in pairs}))
    alone = "".join(sorted(singles))
    toned = f"(?:[aAeEoO][âÂ]|[aA][êÊ])[{_TONED}]"
    return regex.compile(f"{toned}|[{bases}][{marks}]|[{alone}]")


_TONED = "ùøûõïÙØÛÕÏ"
"""Tones of VNI that stand behind a letter without another mark, and by mistake behind that mark."""


def letters_and_marks(text: str) -> str:
    """A text in Unicode, in which a mark that VNI typed stands behind its letter, as it did."""
    if text.isascii():
        return text
    if not text.isprintable() or max(text) > "\xff":
        text = text.translate(_SYMBOLS)
    pairs, singles = _pairs()

    def put(match: regex.Match[str]) -> str:
        found = match.group()
        if len(found) == 1:
            return singles[found]
        if len(found) == 3:
            return normalize("NFD", pairs[found[:2]])[:2] + pairs[found[0] + found[2]][1]
        return pairs.get(found) or singles.get(found[0], found[0]) + singles.get(found[1], found[1])

    made: str = _pattern().sub(put, text, timeout=TIMEOUT)
    return made


_SYMBOLS = {0xF000 + byte: chr(byte) for byte in range(0x20, 0x100)}
