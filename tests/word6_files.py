"""
Files as Word 6 and Word 95 wrote them, made by hand: a compound file with one stream.

The stream begins with the FIB of Word 6 ([MS-DOC] describes that of Word 97, which grew out of it;
places after wvWare's ``wv.h``): magic 0xA5DC, version 101 to 105, and where the text stands, whose
bytes are those of the fonts it is in.
"""

import struct
from collections.abc import Sequence

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT_AT = 0x300
STREAM = 4096
"""Bytes below which a stream stands in the small sectors, which these files have not."""


def word_stream(text: bytes, *, version: int = 101, flags: int = 0) -> bytes:
    """The stream ``WordDocument``; ``version`` is 101 for Word 6, 104 for Word 95."""
    fib = bytearray(TEXT_AT)
    struct.pack_into("<HHHH", fib, 0, 0xA5DC, version, 0, 0x0409)
    struct.pack_into("<HH", fib, 0x0A, flags, version)
    end = TEXT_AT + len(text)
    struct.pack_into("<III", fib, 0x18, TEXT_AT, end, end)
    struct.pack_into("<I", fib, 0x34, len(text))
    return bytes(fib) + text


def compound(streams: Sequence[tuple[str, bytes]]) -> bytes:
    """A compound file ([MS-CFB], version 3) of some streams, each of 4,096 bytes or more."""
    chains: list[int] = []
    body = b""
    rows = []
    for name, stream in streams:
        stream = stream.ljust(STREAM, b"\0")
        count = -(-len(stream) // SECTOR)
        first = len(chains)
        chains += [*range(first + 1, first + count), END]
        body += stream.ljust(count * SECTOR, b"\0")
        rows.append((name, first, len(stream)))
    directory = len(chains)
    entries = _entry("Root Entry", 5, END, 0, child=1)
    for number, (name, first, size) in enumerate(rows, 1):
        right = number + 1 if number < len(rows) else FREE
        entries += _entry(name, 2, first, size, right=right)
    entries = entries.ljust(-(-len(entries) // SECTOR) * SECTOR, b"\0")
    sectors = len(entries) // SECTOR
    chains += [*range(directory + 1, directory + sectors), END]
    fat = len(chains)
    chains.append(FAT)
    assert len(chains) <= SECTOR // 4, "one sector holds the chains of these files"
    table = b"".join(struct.pack("<I", chain) for chain in chains).ljust(SECTOR, b"\xff")
    head = bytearray(SECTOR)
    struct.pack_into(
        "<8s16xHHHHH", head, 0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6
    )
    struct.pack_into("<IIIIIIIII", head, 0x2C, 1, directory, 0, STREAM, END, 0, END, 0, fat)
    struct.pack_into("<108I", head, 0x50, *([FREE] * 108))
    return bytes(head) + body + entries + table


def _entry(
    name: str, kind: int, first: int, size: int, *, child: int = FREE, right: int = FREE
) -> bytes:
    said = name.encode("utf-16-le")
    row = bytearray(128)
    row[: len(said)] = said
    struct.pack_into("<HBBIII", row, 64, len(said) + 2, kind, 1, FREE, right, child)
    struct.pack_into("<IQ", row, 116, first, size)
    return bytes(row)


def word6(paragraphs: Sequence[bytes], **stream: int) -> bytes:
    """A file of Word 6 with some paragraphs, in the bytes of their fonts."""
    return compound([("WordDocument", word_stream(b"\r".join(paragraphs) + b"\r", **stream))])
