"""
An update of a PDF: what changed, behind the bytes of the file as it is (ISO 32000-1, 7.5.6).

pdfium changes a file in memory, and would append all objects of it, a signature among them, which
then stands outside the bytes that it signs. So the file is written whole before and after the
change, with the numbers of objects as they are, and those are appended that differ.
"""

import ctypes
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Literal, NamedTuple

import regex
from pypdfium2 import internal, raw

from tdkt_parse.exceptions import Unreadable
from tdkt_parse.readers.pdf.pdfium import Pdf

TIMEOUT = 10.0


class Copy(NamedTuple):
    """A file as pdfium writes it: its objects, from ``obj`` to ``endobj``, and its trailer."""

    objects: dict[int, bytes]
    trailer: bytes


class Update(NamedTuple):
    """What is to be appended: objects, and the entries of the trailer."""

    objects: dict[int, bytes]
    fresh: set[int]
    """The numbers of those that are new."""
    free: int
    """The first number that no object has."""
    trailer: bytes
    last: "Last | None"
    """The table that lists all other objects; ``None`` if there are no others."""


class Last(NamedTuple):
    """The last table of objects of a file: where it is, and whether it is one or a stream."""

    place: int
    kind: Literal["table", "stream"]


def copy_of(pdf: Pdf, *, plain: bool = True) -> Copy:
    """The file as it is in memory, without its encryption or with it."""
    out = io.BytesIO()
    how = raw.FPDF_REMOVE_SECURITY if plain else raw.FPDF_NO_INCREMENTAL
    if not raw.FPDF_SaveAsCopy(pdf.document, internal.get_bufwriter(out), how):
        raise Unreadable("The PDF cannot be written.", hint=PRINT_IT)
    return _taken(out.getvalue())


PRINT_IT = "If it opens in a viewer, print it to a new PDF."


def _taken(written: bytes) -> Copy:
    """The parts of a file that pdfium wrote: a table of objects (7.5.4) and nothing compressed."""
    at = int(written[written.rindex(b"startxref") :].split()[1])
    table, _, end = written[at:].partition(b"trailer")
    places = sorted(_places(table))
    stops = [place for place, _ in places[1:]] + [at]
    objects = {
        number: written[place:stop]
        for (place, number), stop in zip(places, stops, strict=True)
        if place < stop
    }
    return Copy(objects, end[: end.rindex(b"startxref")].strip())


def _places(table: bytes) -> Iterator[tuple[int, int]]:
    """Where each object begins, and its number."""
    number = 0
    for line in table.splitlines()[1:]:
        match line.split():
            case [first, _]:
                number = int(first)
            case [place, _, kind]:
                if kind == b"n":
                    yield int(place), number
                number += 1


def prints_of(pdf: Pdf) -> dict[int, bytes]:
    """What tells each object of the file as it is in memory from any other; a scan is large."""
    return {number: _print(text) for number, text in copy_of(pdf).objects.items()}


def _print(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=16).digest()


def update_of(pdf: Pdf, before: Mapping[int, bytes], data: bytes, *, whole: bool = False) -> Update:
    """
    What differs from how the file was, in its encryption if it has one.

    ``before`` are the prints of its objects then. It is all objects of the file where ``whole``
    asks for it, or the table of the file is broken.
    """
    after = copy_of(pdf)
    sealed = copy_of(pdf, plain=False) if is_sealed(pdf) else after
    numbers = sealed.objects.keys() - after.objects.keys()
    numbers |= {n for n, text in after.objects.items() if before.get(n) != _print(text)}
    changed = [after.objects.get(number, b"") for number in numbers]
    whole = whole or not is_sound(pdf) or _reuses(data, [*changed, after.trailer])
    last = None if whole else _last(data)
    if last is None and raw.FPDF_GetSignatureCount(pdf.document) > 0:
        raise Unreadable(
            "The table of objects of this PDF is broken, and its digital signature would not hold "
            "in a copy with notes.",
            hint=PRINT_IT,
        )
    wanted = sealed.objects.keys() if last is None else numbers
    objects = {number: sealed.objects[number] for number in sorted(wanted)}
    end = _END.search(sealed.trailer, timeout=TIMEOUT)
    if end is None:
        raise Unreadable("The trailer of this PDF is broken.", hint=PRINT_IT)
    entries = sealed.trailer[2 : end.start()] + _identity(pdf, objects)
    fresh = after.objects.keys() - before.keys()
    return Update(objects, fresh, int(end[1]), entries, last)


_END = regex.compile(
    rb"/Size (\d+)(?:/ID\[\s*(?:<[^<>]*+>|\([^()\\]*+(?:\\.[^()\\]*+)*+\))*+\s*\])?>>\Z", regex.S
)
"""The end of a trailer that pdfium wrote: what each writer says anew."""
_REUSED = regex.compile(rb"obj\b(?<=\b(\d{1,10})[\0\s]{1,20}0{0,9}[1-9]\d{0,9}[\0\s]{1,20}obj)")
_TOLD = regex.compile(rb"\b(\d++) 0 (?:R|obj)\b")


def _reuses(data: bytes, texts: Iterable[bytes]) -> bool:
    """
    Whether one of these objects, or of those they mention, has a number that was given twice.

    Such an object has a generation (7.3.10), which pdfium writes as 0 whatever it is.

    >>> _reuses(b"7 1 obj", [b"3 0 obj<</Parent 7 0 R>>"]), _reuses(b"8 1 obj", [b"7 0 obj"])
    (True, False)
    """
    reused = {int(number) for number in _REUSED.findall(data, timeout=TIMEOUT)}
    if not reused:
        return False
    told = (_TOLD.finditer(text, timeout=TIMEOUT) for text in texts)
    return any(int(one[1]) in reused for found in told for one in found)


def is_sound(pdf: Pdf) -> bool:
    """Whether the objects are where the table of the file says, as far as pdfium has looked."""
    return bool(raw.FPDF_DocumentHasValidCrossReferenceTable(pdf.document))


def is_sealed(pdf: Pdf) -> bool:
    """Whether the file is encrypted, be it with an empty password."""
    return bool(raw.FPDF_GetSecurityHandlerRevision(pdf.document) != -1)


def _identity(pdf: Pdf, objects: Mapping[int, bytes]) -> bytes:
    """The two names of the file (14.4): the first stays, as its encryption is made from it."""

    def ask(buffer: Any, size: int) -> int:
        kind = raw.FILEIDTYPE_PERMANENT
        return int(raw.FPDF_GetFileIdentifier(pdf.document, kind, buffer, size))

    size = ask(None, 0)
    if size <= 1:
        return b""
    first = ctypes.create_string_buffer(size)
    ask(first, size)
    second = hashlib.sha256(first.raw)
    for text in objects.values():
        second.update(text)
    return f"/ID[<{first.raw[:-1].hex()}><{second.hexdigest()[:32]}>]".encode()


# -- behind the file


def append(data: bytes, update: Update) -> bytes:
    """The file with an update: its own bytes, the objects, and a table of where these are."""
    last = update.last
    out = [data, b"" if data.endswith((b"\n", b"\r")) else b"\n"]
    at = sum(map(len, out)) - _start(data)
    places: dict[int, int] = {}
    for number, text in sorted(update.objects.items()):
        places[number] = at
        out.append(text)
        at += len(text)
    of_streams = last is not None and last.kind == "stream"
    trailer = update.trailer + (b"" if last is None else b"/Prev %d" % last.place)
    listed = (
        _stream(places, update.free, at, trailer)
        if of_streams
        else _table(places, update.free, trailer)
    )
    out += [listed, b"startxref\n%d\n%%%%EOF\n" % at]
    return b"".join(out)


NEAR_END = 5_000
"""Bytes; pdfium itself looks for the word in the last 4,096."""
_STARTXREF = regex.compile(rb"startxref\s+(\d{1,12})")


def _last(data: bytes) -> Last | None:
    """The last table of a file; ``None`` if it is not where the file says."""
    found = _STARTXREF.findall(data, max(len(data) - NEAR_END, 0), timeout=TIMEOUT)
    place = int(found[-1]) if found else len(data)
    at = data[_start(data) + place : _start(data) + place + 40].lstrip()
    if at.startswith(b"xref"):
        return Last(place, "table")
    if regex.match(rb"\d+\s+\d+\s+obj", at, timeout=TIMEOUT):
        return Last(place, "stream")
    return None


def _start(data: bytes) -> int:
    """The header, from which places are counted."""
    return max(data.find(b"%PDF", 0, 1024), 0)


def _runs(places: Mapping[int, int]) -> Iterator[list[int]]:
    """Numbers that follow one another."""
    for _, run in groupby(enumerate(sorted(places)), lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]


def _table(places: Mapping[int, int], size: int, trailer: bytes) -> bytes:
    """A table of objects and the trailer (7.5.4, 7.5.5); each entry has 20 bytes."""
    rows = [b"xref\n0 1\n0000000000 65535 f\r\n"]
    for run in _runs(places):
        rows.append(b"%d %d\n" % (run[0], len(run)))
        rows += [b"%010d 00000 n\r\n" % places[number] for number in run]
    return b"".join(rows) + b"trailer\n<<%s/Size %d>>\n" % (trailer, size)


def _stream(places: Mapping[int, int], own: int, at: int, trailer: bytes) -> bytes:
    """The same as a stream (7.5.8), in a file whose last table is one; it lists itself too."""
    every = {**places, own: at}
    index = b" ".join(b"%d %d" % (run[0], len(run)) for run in _runs(every))
    body = b"".join(b"\1" + every[number].to_bytes(5) + b"\0" for number in sorted(every))
    head = b"/Type/XRef/W[1 5 1]/Index[%s]/Length %d%s/Size %d" % (
        index, len(body), trailer, own + 1,
    )  # fmt: skip
    return b"%d 0 obj\n<<%s>>\nstream\n%s\nendstream\nendobj\n" % (own, head, body)
