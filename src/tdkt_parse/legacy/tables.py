"""
The letters of the old encodings, and the characters as which their bytes reach us.
"""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from tdkt_parse.lexicon import Row, read_csv

Encoding = Literal["tcvn3", "vni", "viscii", "vps", "cp1258", "viqr"]


class Letter(Row):
    """
    A letter of Vietnamese that ASCII lacks: its bytes in each encoding, in hexadecimal.

    ``tcvn3`` has no capitals with a tone: these are small letters of a font whose letters are
    capitals. ``viqr`` is typed, not coded.
    """

    letter: str
    tcvn3: str | None = None
    vni: str
    viscii: str
    vps: str
    viqr: str


class LookAlike(Row):
    """A character that a program put for a byte because its sign looks so."""

    character: str
    byte: str
    what: str
    source: str


@cache
def letters() -> tuple[Letter, ...]:
    """The 134 letters (``data/legacy_letters.csv``)."""
    return read_csv("legacy_letters.csv", Letter)


@cache
def codes(encoding: Encoding) -> Mapping[str, bytes]:
    """The bytes of each letter in an encoding of bytes."""
    if encoding == "cp1258":
        return {row.letter: _in_windows(row.letter) for row in letters()}
    found = ((row.letter, getattr(row, encoding)) for row in letters())
    return {letter: bytes.fromhex(code) for letter, code in found if code}


def _in_windows(letter: str) -> bytes:
    """A letter as Vietnamese Windows types it: the letter with its own marks, then the tone."""
    base, tone = part_tone(letter)
    return (base + tone).encode("cp1258")


TONES = "\u0300\u0301\u0303\u0309\u0323"


def part_tone(letter: str) -> tuple[str, str]:
    """
    A letter without its tone, and the tone's combining mark.

    >>> part_tone("ệ") == ("ê", "\\u0323"), part_tone("đ")
    (True, ('đ', ''))
    """
    from unicodedata import normalize

    spread = normalize("NFD", letter)
    tone = next((sign for sign in spread if sign in TONES), "")
    return normalize("NFC", spread.replace(tone, "") if tone else spread), tone


def _western() -> dict[int, int]:
    """
    The byte of each character as which one reaches us, if not of the same number.

    Bytes from 0x80 to 0x9F are shown by Windows-1252; Word keeps the signs of a font that says it
    has symbols at U+F000 and above.
    """
    table: dict[int, int] = {0xF000 + byte: byte for byte in range(0x20, 0x100)}
    for byte in range(0x80, 0xA0):
        shown = bytes([byte]).decode("cp1252", "ignore")
        if shown:
            table[ord(shown)] = byte
    return table


WESTERN: Mapping[int, int] = _western()


@cache
def look_alikes() -> Mapping[int, int]:
    """The byte of each character that stands for another (``data/legacy_look_alikes.csv``)."""
    rows = read_csv("legacy_look_alikes.csv", LookAlike)
    return {int(row.character, 16): int(row.byte, 16) for row in rows}
