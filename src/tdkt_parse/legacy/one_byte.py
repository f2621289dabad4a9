"""
Encodings of which each letter is a byte, and the Western characters as which bytes reach us.
"""

import codecs
from functools import cache
from typing import Any

from tdkt_parse.legacy.tables import WESTERN, Encoding, codes, look_alikes

_WESTERN = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))


def western(data: bytes) -> str:
    """Bytes as Western characters: Windows-1252, and control characters where that has none."""
    return codecs.charmap_decode(data, "strict", _WESTERN)[0]


def western_bytes(text: str) -> bytes | None:
    """The bytes that are shown as these Western characters, if each of them is one."""
    try:
        data = text.encode("latin-1")
        if not data.translate(None, _NOT_CONTROL):
            return data  # In a fifth of the time.
    except UnicodeEncodeError:
        pass
    try:
        return codecs.charmap_encode(text, "strict", _western_to_bytes())[0]
    except UnicodeEncodeError:
        return None


_NOT_CONTROL = bytes([*range(0x80), *range(0xA0, 0x100)])
"""The bytes that Windows-1252 shows as Latin-1 does."""


@cache
def _western_to_bytes() -> Any:
    """What ``codecs`` wants for the way from Western characters to bytes."""
    return codecs.charmap_build(_WESTERN)


def letters_of_bytes(data: bytes, encoding: Encoding) -> str:
    """What bytes stand for of which each is a letter; of TCVN3 without its capitals with a tone."""
    return codecs.charmap_decode(data, "strict", bytes_to_letters(encoding))[0]


def letters_of_signs(text: str, encoding: Encoding) -> str:
    """The same of characters as which bytes may reach us; any other stays as it is."""
    return text.translate(_signs_to_letters(encoding))


@cache
def bytes_to_letters(encoding: Encoding) -> str:
    """What each byte stands for, 256 of them: a letter of the encoding, else Western."""
    shown = [*_WESTERN]
    if encoding == "cp1258":
        for byte in range(0x80, 0x100):
            shown[byte] = bytes([byte]).decode("cp1258", "ignore") or shown[byte]
    else:
        for letter, code in codes(encoding).items():
            shown[code[0]] = letter
    return "".join(shown)


@cache
def _signs_to_letters(encoding: Encoding) -> dict[int, str]:
    """What each character stands for that may reach us, if not for itself."""
    table = bytes_to_letters(encoding)
    found = {sign: table[byte] for sign, byte in WESTERN.items()}
    found |= {byte: table[byte] for byte in range(256)}
    known = {code[0] for code in codes(encoding).values()}
    if encoding == "tcvn3":
        known |= {0xAD}
        found |= {sign: table[byte] for sign, byte in look_alikes().items() if byte in known}
    return {sign: letter for sign, letter in found.items() if chr(sign) != letter}
