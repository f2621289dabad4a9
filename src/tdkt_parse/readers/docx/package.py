"""
The zip package of a Word file: its parts and their relations (ECMA-376-2, Open Packaging).

Nothing of a file is believed before it is counted: how many entries, how large they say they are,
how much smaller they were packed, and, while they are unpacked, how large they are. A document type
definition is refused wherever it stands, so no entity is ever expanded. Files inside (pictures,
sheets, other archives) are never opened.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from tdkt_parse.exceptions import TooLarge, Unreadable, UnsupportedFormat
from tdkt_parse.readers.formats import locked

MOST_ENTRIES = 10_000
MOST_BYTES = 64_000_000
"""Of one part unpacked. The document part of a plan with a table of 2,000 rows has 12 MB."""
MOST_RATIO = 400
"""How many times smaller a part over ``SMALL`` may be packed; Word's own reach some 60."""
SMALL = 4_000_000
MOST_BYTES_IN_ALL = 128_000_000
"""Of all parts that are read, unpacked: a file can hold many that are each below the limit."""
MOST_MARKS = 2_000_000
"""Tags and attributes of all parts that are read; a tree takes some 120 bytes for each. The
document part of a plan with a table of 2,000 rows has 600,000."""
MOST_MARKS_ASIDE = 500_000
"""Of a part without text: styles, lists, settings, relations. What is made of each takes more than
the tree; Word's own style sheet has 12,000."""
PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The ways of packing that a package may use (ECMA-376-2, annex B). Others unpack to a hundred
thousand times their size, or take gigabytes before they have unpacked anything."""

BROKEN = "The file is broken or was cut short"
COPY_AGAIN = (
    "Copy it again; or open it in Word or LibreOffice, which can often mend it, and save it there "
    "under a new name."
)

_ENTRY = b"PK\x01\x02"
_PART = b"PK\x03\x04"
_HEAD = 30
"""Bytes before the name of a part (PKWARE APPNOTE, 4.3.7)."""
_UTF8, _STRANGE = 0x800, 0x60
"""Flags of a part: its name is in UTF-8 and not in cp437; it is a patch, or locked in a new way."""
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = (
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"drawingml/main", b"drawingml/2006/main"),
    (b"officeDocument/math", b"officeDocument/2006/math"),
)
"""Names of ISO/IEC 29500 Strict, and of the Transitional form that everything here is read as."""

_OTHER_KINDS = (
    ("spreadsheetml", "an Excel workbook"),
    ("presentationml", "a PowerPoint presentation"),
    ("drawingml", "a drawing"),
)


class Relation(NamedTuple):
    """How a part refers to another: the last word of its type, and the name of the part."""

    kind: str
    target: str | None
    """``None`` for what is outside the file, or nowhere (Word writes ``NULL``)."""


@dataclass
class Tally:
    """What has been read of a package so far."""

    bytes: int = 0
    marks: int = 0


@dataclass(frozen=True)
class Package:
    """An open package; parts are unpacked and parsed when they are asked for."""

    data: bytes
    entries: dict[str, zipfile.ZipInfo] = field(repr=False)
    tally: Tally = field(default_factory=Tally, repr=False)
    related_to: dict[str, dict[str, Relation]] = field(default_factory=dict, repr=False)
    """The relations that have been read, by their part."""

    @cached_property
    def main(self) -> str:
        """The name of the part with the document's text."""
        relations = self.relations("")
        named = [r.target for r in relations.values() if r.kind == "officeDocument" and r.target]
        found = next((name for name in [*named, "word/document.xml"] if name in self), None)
        if found is None:
            raise Unreadable(f"{BROKEN}: the part with the text is missing.", hint=COPY_AGAIN)
        return found

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.entries

    def packed(self, name: str) -> bytes:
        """
        A part as it is packed: equal bytes are equal parts.

        Raises ``Unreadable`` where the list of parts and the part itself do not agree.
        """
        entry = self.entries[name.lower()]
        at = entry.header_offset
        head = self.data[at : at + _HEAD]
        length = int.from_bytes(head[26:28], "little")
        called = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437")
        at += _HEAD
        if not head.startswith(_PART) or self.data[at : at + length] != called:
            raise Unreadable(
                f"{BROKEN}: its part {name} is not where it should be.", hint=COPY_AGAIN
            )
        at += length + int.from_bytes(head[28:30], "little")
        return self.data[at : at + entry.compress_size]

    def xml(self, name: str, *, aside: bool = False) -> etree._Element:
        """The root of a part. Raises ``Unreadable`` if it is no XML that may be read."""
        return parse_xml(self.checked(name, aside=aside), name)

    def checked(self, name: str, *, aside: bool = False) -> bytes:
        """
        The XML of a part in a form of ASCII, without a document type definition and not too large.

        ``aside``: of a part that holds no text and has a smaller limit.
        """
        data = _as_utf8(self.read(name), name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise _defining(name)
        # A tag or an attribute takes four bytes: in little there cannot be too many.
        if (aside and len(data) > MOST_MARKS_ASIDE) or self.tally.bytes > MOST_MARKS:
            self._count(name, data, aside=aside)
        return data

    def whole(self, name: str) -> etree._Element:
        """The root of a part as it is written, to be changed and written again."""
        return parse_xml(self.checked(name), name, as_is=True)

    def read(self, name: str) -> bytes:
        """A part unpacked, never more than ``MOST_BYTES``, of all ``MOST_BYTES_IN_ALL``."""
        entry = self.entries[name.lower()]
        if entry.flag_bits & 0x1:
            raise locked()
        if entry.compress_type not in PACKINGS or entry.flag_bits & _STRANGE:
            raise _packed_strangely(name)
        packed = self.packed(name)
        most = min(MOST_BYTES, max(SMALL, len(packed) * MOST_RATIO))
        if entry.file_size > most:
            raise _swollen(name, entry.file_size)
        stored = entry.compress_type == zipfile.ZIP_STORED
        try:
            data = packed if stored else _unpack(packed, entry.file_size)
        except zlib.error as error:
            raise _spoilt(name) from error
        if len(data) > entry.file_size or zlib.crc32(data) != entry.CRC:
            raise _spoilt(name)
        self.tally.bytes += len(data)
        if self.tally.bytes > MOST_BYTES_IN_ALL:
            raise TooLarge(
                f"Its parts, {name} the last of them, swell to more than "
                f"{MOST_BYTES_IN_ALL / 1e6:.0f} MB when they are unpacked.",
                hint="No plan is so large; the file may be meant to do harm.",
            )
        return data

    def _count(self, name: str, data: bytes, *, aside: bool) -> None:
        """Raise ``TooLarge`` if a part, or all, have too many tags and attributes."""
        marks = data.count(b"<") + data.count(b'="') + data.count(b"='")
        self.tally.marks += marks
        if self.tally.marks > MOST_MARKS or (aside and marks > MOST_MARKS_ASIDE):
            raise TooLarge(
                f"Its part {name} has {marks:,} tags and attributes, more than is read.",
                hint="A plan has a hundredth of that: divide it, or check that it is one.",
            )

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part by their id; of the package itself for ``""``."""
        known = self.related_to.get(part)
        if known is None:
            known = self.related_to[part] = self._relations(part)
        return known

    def _relations(self, part: str) -> dict[str, Relation]:
        folder, name = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        if where not in self:
            return {}
        return dict(_relations(self.xml(where, aside=True), folder))

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of one kind that a part refers to and that are there."""
        return [
            relation.target
            for relation in self.relations(part).values()
            if relation.kind == kind and relation.target and relation.target in self
        ]


def _relations(root: etree._Element, folder: str) -> Iterator[tuple[str, Relation]]:
    for row in root:
        identity, kind, target = row.get("Id"), row.get("Type", ""), row.get("Target", "")
        if not identity:
            continue
        inside = row.get("TargetMode") != "External" and target.upper() != "NULL" and target
        path = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        yield identity, Relation(kind.rpartition("/")[2], path if inside else None)


def open_package(data: bytes) -> Package:
    """
    The package of these bytes.

    Raises ``Unreadable`` if they are cut or broken, ``TooLarge`` if there are more entries than any
    Word file has, ``UnsupportedFormat`` if they are another program's.
    """
    if data.count(_ENTRY) > MOST_ENTRIES:
        raise TooLarge(
            f"The file holds more than {MOST_ENTRIES} parts, which no Word file does.",
            hint="Check that it is one.",
        )
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise Unreadable(f"{BROKEN}: it has no list of its parts.", hint=COPY_AGAIN) from error
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        # Names are compared without case (ECMA-376-2, 6.2.2.3).
        entries.setdefault(entry.filename.replace("\\", "/").lstrip("/").lower(), entry)
    package = Package(data, entries)
    _refuse_others(package)
    return package


def _refuse_others(package: Package) -> None:
    """Workbooks and presentations are packages too."""
    if package.main.startswith("word/"):
        return
    root = package.xml(package.main)
    space = etree.QName(root).namespace or ""
    for word, called in _OTHER_KINDS:
        if word in space:
            raise UnsupportedFormat(
                f"This is {called}, which is not read here.",
                hint="Save the text as a Word document.",
            )


def parse_xml(data: bytes, name: str, *, as_is: bool = False) -> etree._Element:
    """
    The root of an XML part that was checked, Strict names made Transitional, comments and
    instructions left out.

    ``as_is``: with both, and under its own names; the elements are the same, in the same order.
    """
    if _STRICT in data and not as_is:
        for strict, transitional in _STRICT_NAMES:
            data = data.replace(
                _STRICT + strict, b"http://schemas.openxmlformats.org/" + transitional
            )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=not as_is,
        remove_pis=not as_is, huge_tree=False, collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if any(word in str(error) for word in _LIMITS_OF_XML):
            what = (
                "tags more than 256 deep within one another"
                if "depth" in str(error)
                else "a name or a text that is too long"
            )
            raise TooLarge(
                f"Its part {name} has {what} ({_place_of(error)}).",
                hint="Word writes none like that: the file may be meant to do harm.",
            ) from error
        raise Unreadable(
            f"{BROKEN}: its part {name} is no XML ({_place_of(error)}).", hint=COPY_AGAIN
        ) from error
    if root is None:
        raise Unreadable(f"{BROKEN}: its part {name} is empty.", hint=COPY_AGAIN)
    if root.getroottree().docinfo.internalDTD is not None:
        raise _defining(name)
    return root


_LIMITS_OF_XML = ("XML_PARSE_HUGE", "huge text node", "too long")
"""Words of libxml2 where it stops at a limit of its own: 256 elements within one another, 10 MB of
text or of an attribute's value."""


def _defining(name: str) -> Unreadable:
    return Unreadable(
        f"Its part {name} holds a document type definition, which no Word file has.",
        hint="The file may be meant to do harm.",
    )


def _unpack(packed: bytes, most: int) -> bytes:
    """What was deflated (RFC 1951), no more of it than one byte over a limit."""
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most + 1)


def _spoilt(name: str) -> Unreadable:
    return Unreadable(f"{BROKEN}: its part {name} cannot be unpacked.", hint=COPY_AGAIN)


def _packed_strangely(name: str) -> Unreadable:
    return Unreadable(
        f"Its part {name} is packed in a way that Word does not write.", hint=COPY_AGAIN
    )


def _place_of(error: Exception) -> str:
    line, column = getattr(error, "position", (None, None))
    return f"line {line}, column {column}" if line else "not well formed"


def _as_utf8(data: bytes, name: str) -> bytes:
    """XML in UTF-16 as UTF-8, so that what is looked for in bytes is found."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\x00" not in data[:64]:
        return data
    encoding = (
        "utf-16"
        if data[:2] in (b"\xff\xfe", b"\xfe\xff")
        else ("utf-16-be" if data[:1] == b"\x00" else "utf-16-le")
    )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"{BROKEN}: its part {name} is no text.", hint=COPY_AGAIN) from error
    if text.startswith("<?xml"):
        text = text.partition("?>")[2]
    return text.lstrip("\ufeff").encode("utf-8", "surrogatepass")


def _swollen(name: str, size: int) -> TooLarge:
    return TooLarge(
        f"Its part {name} swells to {size / 1e6:.0f} MB when it is unpacked.",
        hint="No plan is so large; the file may be meant to do harm.",
    )
