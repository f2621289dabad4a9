"""
A font that draws nothing: each glyph is half as wide as it is high, a line without breadth.

Words that were read from a picture are written over it in such a font, so that a viewer finds and
copies them and nobody sees them. What sign a glyph stands for is said beside the font, in a table
that has all of Unicode; no letter is missing as it may be from a font with pictures of letters.
"""

import struct
from collections.abc import Iterable, Mapping

UNITS = 1000
"""Of the em, in which all else is measured."""
WIDTH = 500
ASCENT = 800
DESCENT = -200
"""Together they are the em, so that the box of a word is as high as the font is large."""
NAME = "TdktGlyphless"

MOST_SIGNS = 0xFFFE
"""Signs that a font has, of two bytes each; 0 is none."""
_AT_ONCE = 100
"""Rows of a table of signs at once (Adobe, technical note 5014)."""


def font_file() -> bytes:
    """The font as a TrueType file of two glyphs, the one for what is none and the other."""
    tables = {
        b"OS/2": _os2(),
        b"cmap": struct.pack(">HHHHIHHH", 0, 1, 3, 1, 12, 4, 24, 0) + _cmap(),
        b"glyf": _glyph(),
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            0x10000, 0x10000, 0, 0x5F0F3CF5, 0, UNITS, 0, 0,
            0, DESCENT, WIDTH, ASCENT, 0, 8, 2, 0, 0,
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH",
            0x10000, ASCENT, DESCENT, 0, WIDTH, 0, 0, WIDTH, 1, 0, 0, 0, 0, 0, 0, 0, 2,
        ),
        b"hmtx": struct.pack(">HhHh", WIDTH, 0, WIDTH, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(_glyph()) // 2),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 3, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": _names(),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 1, 0, 0, 0, 0),
    }  # fmt: skip
    head = struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, len(tables) * 16 - 128)
    at = len(head) + 16 * len(tables)
    rows, bodies = [], []
    for tag, body in sorted(tables.items()):
        padded = body + b"\0" * (-len(body) % 4)
        rows.append(tag + struct.pack(">III", _sum_of(padded), at, len(body)))
        bodies.append(padded)
        at += len(padded)
    written = head + b"".join(rows) + b"".join(bodies)
    place = written.index(struct.pack(">III", 0x10000, 0x10000, 0) + b"\x5f\x0f\x3c\xf5") + 8
    whole = (0xB1B0AFBA - _sum_of(written)) & 0xFFFFFFFF
    return written[:place] + struct.pack(">I", whole) + written[place + 4 :]


def _glyph() -> bytes:
    """
    A line from corner to corner and back, which has a box and no area.

    Without a box it would be left out by pdfium where it stands alone, and where viewers mark what
    was found there would be nothing to see.
    """
    box = 0, DESCENT, WIDTH, ASCENT
    across, up = (0, WIDTH, -WIDTH), (DESCENT, UNITS, -UNITS)
    return struct.pack(">h4hHH3B6hx", 1, *box, 2, 0, 1, 1, 1, *across, *up) + b"\0\0"


def _sum_of(table: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(table) // 4}I", table)
    return sum(words) & 0xFFFFFFFF


def _cmap() -> bytes:
    """A table of one letter, as there must be one: a blank is the glyph that is not none."""
    segments = (0x20, 0xFFFF), (0x20, 0xFFFF), (1 - 0x20 & 0xFFFF, 1), (0, 0)
    ends, starts, deltas, ranges = (struct.pack(">HH", *pair) for pair in segments)
    body = struct.pack(">HHHH", 4, 4, 1, 0) + ends + b"\0\0" + starts + deltas + ranges
    return struct.pack(">HHH", 4, len(body) + 6, 0) + body


def _os2() -> bytes:
    return struct.pack(
        ">HhHHHhhhhhhhhhhh10sIIII4sHHHhhhHHII",
        3, WIDTH, 400, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, bytes(10), 0, 0, 0, 0, b"TDKT",
        0x40, 0x20, 0x20, ASCENT, DESCENT, 0, ASCENT, -DESCENT, 1, 0,
    ) + struct.pack(">hhHHH", 0, 0, 0, 0x20, 0)  # fmt: skip


def _names() -> bytes:
    said = NAME.encode("utf-16-be")
    rows = [struct.pack(">HHHHHH", 3, 1, 0x409, number, len(said), 0) for number in (1, 4, 6)]
    return struct.pack(">HHH", 0, len(rows), 6 + 12 * len(rows)) + b"".join(rows) + said


def numbered(signs: Iterable[str]) -> dict[str, int]:
    """A number for each sign, from 1 on; for no more of them than a font has."""
    every = sorted(set(signs))[:MOST_SIGNS]
    return {sign: number for number, sign in enumerate(every, 1)}


def unicode_map(numbers: Mapping[str, int]) -> bytes:
    """The table from numbers to signs (ISO 32000-1, 9.10.3)."""
    rows = [
        f"<{number:04X}> <{sign.encode('utf-16-be').hex().upper()}>"
        for sign, number in numbers.items()
    ]
    parts = [rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE)]
    lists = "".join(
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in parts
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{lists}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def glyph_map(numbers: int) -> bytes:
    """Which glyph each number up to this one is: all the same."""
    return b"\0\0" + b"\0\1" * numbers
