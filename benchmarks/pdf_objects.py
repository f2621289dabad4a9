"""
The objects of a PDF file: taken out of it, and put together again with a right table of places.

Just enough of the format to do harm to it on purpose: objects are found by their ``obj`` and
``endobj``, whatever the table says, and a stream is unpacked where Flate alone packed it.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import regex

TIMEOUT = 5.0

_OBJECT = regex.compile(rb"\b(\d{1,10})\s+\d{1,5}\s+obj\b(.*?)\bendobj\b", regex.DOTALL)
_STREAM = regex.compile(rb"(.*?)\bstream\r?\n(.*?)\r?\n?endstream", regex.DOTALL)
_LENGTH = regex.compile(rb"/Length\s+\d+(?:\s+\d+\s+R)?")
_FILTER = regex.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])")
_TRAILER = regex.compile(rb"\btrailer\s*(<<.*?>>)\s*startxref", regex.DOTALL)
_MEMBERS = regex.compile(rb"/N\s+(\d+)|/First\s+(\d+)")
_OF_XREF = (b"/Type/XRef", b"/Type /XRef")
_OF_OBJECTS = (b"/Type/ObjStm", b"/Type /ObjStm")


class Parts(NamedTuple):
    """What stands between ``obj`` and ``endobj``: the dictionary, and the stream as unpacked."""

    head: bytes
    data: bytes | None
    """None where there is no stream, or it is packed by something else than Flate alone."""


def put(
    objects: Mapping[int, bytes],
    trailer: bytes = b"<</Root 1 0 R>>",
    *,
    header: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
) -> bytes:
    """A file of these objects by their numbers, with a table of their places."""
    out = [header]
    at = len(header)
    places = {}
    for number in sorted(objects):
        written = b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
        places[number] = at
        at += len(written)
        out.append(written)
    size = max(objects, default=0) + 1
    end = trailer.replace(b"<<", b"<</Size %d" % size, 1)
    out += table_of(places)
    out.append(b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (end, at))
    return b"".join(out)


def table_of(places: Mapping[int, int]) -> Iterator[bytes]:
    """The table of places: a section for each run of numbers."""
    yield b"xref\n0 1\n0000000000 65535 f \n"
    for _, run in groupby(enumerate(sorted(places)), lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        yield b"%d %d\n" % (numbers[0], len(numbers))
        yield b"".join(b"%010d 00000 n \n" % places[number] for number in numbers)


def stream(data: bytes, entries: bytes = b"", *, packed: bool = True) -> bytes:
    """A stream object, packed by Flate or as it is."""
    body = zlib.compress(data, 6) if packed else data
    how = b"/Filter/FlateDecode" if packed else b""
    return b"<</Length %d%s%s>>\nstream\n%s\nendstream" % (len(body), how, entries, body)


def take(data: bytes) -> tuple[dict[int, bytes], bytes]:
    """
    The objects of a file by their numbers, those in object streams among them, and its trailer.

    >>> take(put({1: b"<</Type/Catalog>>"}))
    ({1: b'<</Type/Catalog>>'}, b'<</Root 1 0 R>>')
    """
    objects: dict[int, bytes] = {}
    ends = _TRAILER.findall(data, timeout=TIMEOUT)
    for match in _OBJECT.finditer(data, timeout=TIMEOUT):
        body = match[2].strip()
        if any(mark in body[:500] for mark in _OF_XREF):
            ends.append(body[: body.find(b"stream")])
        elif any(mark in body[:500] for mark in _OF_OBJECTS):
            objects |= dict(_members(part(body)))
        else:
            objects[int(match[1])] = body
    return objects, b"<<%s>>" % b"".join(_roots_of(b"".join(ends)))


def _roots_of(entries: bytes) -> Iterator[bytes]:
    """Of trailers what a new one needs, the latest of each."""
    for wanted in (rb"/Root\s+\d+\s+\d+\s+R", rb"/Encrypt\s+\d+\s+\d+\s+R", rb"/ID\s*\[[^\]]*\]"):
        yield from regex.findall(wanted, entries, timeout=TIMEOUT)[-1:]


def _members(parts: Parts) -> Iterator[tuple[int, bytes]]:
    """The objects in an object stream."""
    told = {match[0][1:2]: int(match[0].split()[-1]) for match in _MEMBERS.finditer(parts.head)}
    if parts.data is None or not told.keys() >= {b"N", b"F"}:
        return
    numbers = [int(word) for word in parts.data[: told[b"F"]].split()[: 2 * told[b"N"]]]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    ends: Sequence[int] = [*(place for _, place in pairs[1:]), len(parts.data)]
    for (number, start), end in zip(pairs, ends, strict=True):
        yield number, parts.data[told[b"F"] + start : told[b"F"] + end].strip()


def part(body: bytes) -> Parts:
    """An object as its dictionary and its stream, unpacked."""
    match = _STREAM.match(body, timeout=TIMEOUT)
    if match is None:
        return Parts(body, None)
    head, packed = match[1], match[2]
    if not _FILTER.search(head) or b"/DecodeParms" in head:
        return Parts(body, None) if b"/Filter" in head else Parts(head, packed)
    try:
        return Parts(head, zlib.decompressobj().decompress(packed, 20_000_000))
    except zlib.error:
        return Parts(body, None)


def joined(parts: Parts) -> bytes:
    """The object again; a stream is packed anew and says its right length."""
    if parts.data is None:
        return parts.head
    head = _LENGTH.sub(b"", _FILTER.sub(b"", parts.head)).strip().removeprefix(b"<<")
    return stream(parts.data, head.removesuffix(b">>"))
