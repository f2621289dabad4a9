"""
Documents inside ``.zip`` files, read one after another and never unpacked to the disk.

A name inside an archive is text that tells people where a document was: ``a.zip!thư mục/b.docx``.
It is never used as a path, so that one with ``..`` or a drive letter in it does no harm. What an
archive may take is bounded: how many members, how many bytes, how much more than what is stored,
how deep archives stand in archives. A Word file is a zip too, and a document.
"""

import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple

import regex

from tdkt_parse.exceptions import (
    DocumentError,
    Encrypted,
    TooLarge,
    Unreadable,
    UnsupportedFormat,
)
from tdkt_parse.syllables import is_syllable

SUFFIX = ".zip"
_CHUNK = 1 << 18
_ENCRYPTED, _UTF8 = 0x1, 0x800
"""Bits of a member's flags (APPNOTE.TXT, 4.4.4)."""
_UNICODE_PATH = 0x7075
"""The extra field in which Info-ZIP keeps the name in UTF-8 (APPNOTE.TXT, 4.6.9)."""
_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})
"""Names at the top of an office file: a document, whatever its suffix."""


class Bounds(NamedTuple):
    """
    What one archive may take, with all that are in it.

    ``members``, those that are no documents too; ``size`` in bytes of one document, ``total`` of
    all; ``ratio`` of a member over ``plain`` bytes to what is stored of it: deflate reaches 1,032
    where one byte is repeated, plans as text some 10; ``depth`` of archives in one another;
    ``directory`` in bytes of the list of names.
    """

    members: int = 100_000
    size: int = 200_000_000
    total: int = 20_000_000_000
    ratio: float = 200.0
    plain: int = 10_000_000
    depth: int = 3
    directory: int = 12_000_000


@dataclass(frozen=True, slots=True)
class Member:
    """
    A document in an archive.

    ``label`` says where it was met. ``read`` gives its bytes as long as the archive is walked
    through, or raises the DocumentError that says why there are none.
    """

    label: str
    read: Callable[[], bytes]


def is_archive(path: str, name: str | None = None) -> bool:
    """
    Whether it is a file that is looked into: ``.zip`` by its name, and no office file.

    ``name`` is what it was called, where it is kept under another.

    >>> is_archive("missing.docx")
    False
    """
    if not (name or path).lower().endswith(SUFFIX):
        return False
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            return False
        with Path(path).open("rb") as file:
            return not _is_office(file)
    except (OSError, ValueError):
        return False  # Whoever reads it says what is wrong.


def members(
    path: str,
    suffixes: Collection[str],
    bounds: Bounds | None = None,
    *,
    name: str | None = None,
    others: bool = False,
) -> Iterator[Member]:
    """
    The documents of an archive, and of the archives in it, in the order in which they stand there.

    Documents end in one of ``suffixes``; hidden ones, Word's lock files and what systems add are
    none. Files of another end are left out, as in a folder, or with ``others`` members whose
    reading says that they are not read. An archive that cannot be opened, and one that is over its
    bounds, is itself a member whose reading says so. No two have one label; each begins with
    ``name``, by default the path.
    """
    walk = _Walk(suffixes, bounds or Bounds(), others=others)
    try:
        with Path(path).open("rb") as file:
            yield from walk.through(file, name or path, 1)
    except OSError as error:
        yield _failing(path, Unreadable(f"The archive cannot be read: {error.strerror}."))


class _Walk:
    """A walk through an archive, and what it has taken so far."""

    def __init__(self, suffixes: Collection[str], bounds: Bounds, *, others: bool) -> None:
        self._suffixes = suffixes
        self._read = {SUFFIX, *suffixes}
        self._others = others
        self._bounds = bounds
        self._members = 0
        self._bytes = 0
        self._labels: set[str] = set()

    def through(self, file: IO[bytes], label: str, depth: int) -> Iterator[Member]:
        try:
            archive = _open(file, self._bounds)
        except DocumentError as error:
            yield _failing(label, error)
            return
        with archive:
            for info in archive.infolist():
                self._members += 1
                if self._members > self._bounds.members:
                    yield self._over(label, f"{self._bounds.members:,} members")
                    return
                if self._bytes > self._bounds.total:
                    yield self._over(label, f"{self._bounds.total:,} bytes")
                    return
                name = name_of(info)
                if not self._is_wanted(info, name):
                    continue
                inner = self._unique(f"{label}!{name}")
                if self._others and PurePosixPath(name).suffix.lower() not in self._read:
                    yield _failing(inner, _unknown(self._suffixes))
                    continue
                if not name.lower().endswith(SUFFIX):
                    yield Member(inner, lambda info=info: self._take(archive, info))  # type: ignore[misc]
                    continue
                yield from self._nested(archive, info, inner, depth)

    def _nested(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, depth: int
    ) -> Iterator[Member]:
        try:
            data = self._take(archive, info)
        except DocumentError as error:
            yield _failing(label, error)
            return
        if _is_office(BytesIO(data)):
            yield Member(label, lambda: data)
        elif depth >= self._bounds.depth:
            yield _failing(
                label,
                TooLarge(
                    f"Archives stand in one another more than {self._bounds.depth} deep.",
                    hint="Unpack the outer ones.",
                ),
            )
        else:
            yield from self.through(BytesIO(data), label, depth + 1)

    def _is_wanted(self, info: zipfile.ZipInfo, name: str) -> bool:
        if info.filename.endswith("/") or stat.S_ISLNK(info.external_attr >> 16):
            return False
        parts = PurePosixPath(name).parts
        if not parts or "__MACOSX" in parts or parts[-1].startswith((".", "~$")):
            return False
        if parts[-1].lower() in _OF_SYSTEMS:
            return False
        return self._others or PurePosixPath(parts[-1]).suffix.lower() in self._read

    def _unique(self, label: str) -> str:
        number, told = 2, label
        while told in self._labels:
            told = f"{label}#{number}"
            number += 1
        self._labels.add(told)
        return told

    def _over(self, label: str, limit: str) -> Member:
        return _failing(
            self._unique(f"{label}!…"),
            TooLarge(
                f"The archive holds more than {limit}; the rest was not read.",
                hint="Unpack it, and give the folder.",
            ),
        )

    def _take(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        """What is packed in a member; no more of it is unpacked than may be."""
        bounds = self._bounds
        if info.flag_bits & _ENCRYPTED:
            raise Encrypted(
                "It is locked by a password in the archive.", hint="Unpack it with the password."
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(
                "It is packed in a way that is not read here.",
                hint="Pack it anew with deflate, or give the file itself.",
            )
        pieces: list[bytes] = []
        size = 0
        try:
            with archive.open(info) as file:
                while piece := file.read(_CHUNK):
                    size += len(piece)
                    self._bytes += len(piece)
                    if size > bounds.size or self._bytes > bounds.total:
                        raise TooLarge(
                            "It unpacks to more than the archive may hold.",
                            hint="Unpack it, and give the file itself.",
                        )
                    if size > bounds.plain and size > bounds.ratio * max(info.compress_size, 1):
                        raise TooLarge(
                            f"It unpacks to more than {bounds.ratio:.0f} times what is stored.",
                            hint="No real document does that: check that it is one.",
                        )
                    pieces.append(piece)
        except _DAMAGE as error:
            raise Unreadable(
                "It is damaged in the archive.", hint="Copy or pack it again."
            ) from error
        return b"".join(pieces)


_OF_SYSTEMS = ("thumbs.db", "desktop.ini")


def _unknown(suffixes: Collection[str]) -> UnsupportedFormat:
    return UnsupportedFormat(
        "A file that ends so is not read here.",
        hint=f"Formats read: {', '.join(sorted(suffixes))}.",
    )


_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises for archives that are not whole."""


class _Guarded:
    """A file of which never more is read at once than the list of an archive's names may take."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file = file
        self._most = most

    def read(self, size: int = -1) -> bytes:
        # All that is left is asked for where it can be a comment alone, of 64 KiB at most.
        most = self._most if size >= 0 else 1 << 17
        data = self._file.read(min(size, most + 1) if size >= 0 else most + 1)
        if len(data) > most:
            raise TooLarge(
                "The archive's list of names is too long.", hint="Unpack it, and give the folder."
            )
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _open(file: IO[bytes], bounds: Bounds) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(_Guarded(file, bounds.directory))
    except UnicodeDecodeError as error:
        raise Unreadable(
            "The archive has names that are not in the encoding they claim.",
            hint="Unpack it, and give the folder.",
        ) from error
    except _DAMAGE as error:
        raise Unreadable(
            "The archive is damaged, or is none.", hint="Check that it was copied whole."
        ) from error


def _is_office(file: IO[bytes]) -> bool:
    try:
        with _open(file, Bounds()) as archive:
            return any(name in archive.NameToInfo for name in _OFFICE)
    except DocumentError:
        file.seek(0)
        # One that is broken off is named by what reads such files.
        start = file.read(_CHUNK)
        return start.startswith(b"PK") and any(name.encode() in start for name in _OFFICE)


def _failing(label: str, error: DocumentError) -> Member:
    def read() -> bytes:
        raise error

    return Member(label, read)


# -- names


def name_of(info: zipfile.ZipInfo) -> str:
    """
    The name of a member as text, in NFC, with slashes.

    In UTF-8 where it says so or is so; else in Windows-1258 or, as the format has it, in code page
    437: whichever gives more words that can be Vietnamese.
    """
    claimed = info.filename if info.flag_bits & _UTF8 else None
    name = claimed or _told_in_unicode(info) or _decoded(info)
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _told_in_unicode(info: zipfile.ZipInfo) -> str | None:
    extra = info.extra
    while len(extra) >= 4:
        kind, size = (int.from_bytes(extra[at : at + 2], "little") for at in (0, 2))
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            # It is about the name that stands beside it only if their sums agree.
            if int.from_bytes(field[1:5], "little") != zlib.crc32(_raw(info)):
                return None
            try:
                return field[5:].decode().partition("\0")[0] or None
            except UnicodeDecodeError:
                return None
    return None


def _raw(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("cp437", errors="replace")


def _decoded(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if name.isascii():
        return name
    raw = _raw(info).partition(b"\0")[0]
    try:
        return raw.decode()
    except UnicodeDecodeError:
        pass
    windows = unicodedata.normalize("NFC", raw.decode("cp1258", errors="replace"))
    return windows if _vietnamese(windows) > _vietnamese(name) else name


_WORD = regex.compile(r"[\p{L}\p{M}\p{S}\p{N}]+")


def _vietnamese(name: str) -> int:
    """How many words of a name can be Vietnamese, less those that cannot."""
    words = _WORD.findall(name, timeout=1.0)
    return sum(1 if is_syllable(word) else -1 for word in words if not word.isascii())
