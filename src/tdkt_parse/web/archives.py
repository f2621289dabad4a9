"""
An archive (ZIP) of documents, as a folder of them is sent.

Nothing is unpacked by the names in it: each file goes into the folder by its content. How many
there are, how large each is, and how large all are together is bounded while they are unpacked,
whatever the archive says of itself.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tdkt_parse.exceptions import Encrypted, TdktError, TooLarge, Unreadable, UnsupportedFormat
from tdkt_parse.web.problems import Problem
from tdkt_parse.web.queue import New
from tdkt_parse.web.uploads import clean_name, incoming

if TYPE_CHECKING:
    from tdkt_parse.web.site import Site

MOST_DIRECTORY = 4 << 20
"""Bytes of the list of files in an archive; some 40,000 of them."""
MOST_PARTS = 10
_END, _END64, _LOCATOR64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_CHUNK = 1 << 18


def is_archive(path: Path, name: str) -> bool:
    """Whether it is an archive of files, and no document that is made as one (DOCX, ODT)."""
    if not name.lower().endswith(".zip"):
        return False
    with path.open("rb") as file:
        if file.read(4) not in (b"PK\x03\x04", _END) or _directory_size(file) > MOST_DIRECTORY:
            # One that lists too much is told of by `unpack`.
            return file.seek(0) == 0 and file.read(4) in (b"PK\x03\x04", _END)
    try:
        with zipfile.ZipFile(path) as archive:
            inside = {one.filename for one in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, struct.error):
        return True
    return not inside & {"[Content_Types].xml", "mimetype"}


def unpack(site: "Site", path: Path, name: str) -> Iterator[New]:
    """
    The files of an archive, now in the folder; one that cannot be taken has its ``error``.

    Hidden files and those that systems add are left out, as in a folder. Raises Unreadable for an
    archive that is damaged, TooLarge for one with too much in it.
    """
    allowed = site.allowance
    with path.open("rb") as file:
        if _directory_size(file) > MOST_DIRECTORY:
            raise TooLarge("The archive lists too many files.", hint="Send fewer at a time.")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, struct.error) as error:
        raise Unreadable("The archive is damaged.", hint="Make it again.") from error
    with archive:
        members = [one for one in archive.infolist() if not one.is_dir() and _counts(one.filename)]
        if not members:
            raise Unreadable("There is no document in the archive.", hint="Put documents in it.")
        if len(members) > allowed.files:
            raise TooLarge(
                f"The archive has {len(members)} files; at most {allowed.files} are taken.",
                hint="Send fewer at a time.",
            )
        left = allowed.request
        for member in members:
            called = f"{name}/{_said(member)}"
            try:
                one = _take(site, archive, member, called, left)
            except TdktError as error:
                yield New("", called, min(member.file_size, 1 << 31 - 1), error)
                continue
            left -= one.size
            yield one


def _take(
    site: "Site", archive: zipfile.ZipFile, member: zipfile.ZipInfo, called: str, left: int
) -> New:
    from tdkt_parse.readers import SUFFIXES

    if not called.lower().endswith(tuple(SUFFIXES)):
        raise UnsupportedFormat(
            "A file that ends so is not read here.",
            hint=f"Formats read: {', '.join(sorted(SUFFIXES))}.",
        )
    if member.flag_bits & 1:
        raise Encrypted("The archive is locked with a password.", hint="Send it without one.")
    file = incoming(site)
    try:
        with archive.open(member) as source:
            while chunk := source.read(_CHUNK):
                if file.size + len(chunk) > left:
                    raise TooLarge(
                        "With this file the archive is too large unpacked.",
                        hint="Send fewer files at a time.",
                    )
                file.write(chunk)
        if not file.size:
            raise Unreadable("The file is empty.", hint="Check that it was copied whole.")
        return file.keep(site, called)
    except Problem as problem:
        if problem.kind.name != "too-large":
            raise
        raise TooLarge(problem.detail or problem.kind.title, hint=problem.hint) from problem
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        struct.error,
    ) as error:
        raise Unreadable("This file of the archive is damaged.", hint="Make it again.") from error
    finally:
        file.drop()


def _counts(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return not any(one.startswith((".", "~$")) or one == "__MACOSX" for one in parts) and parts[
        -1
    ].lower() not in ("thumbs.db", "desktop.ini", "")


def _said(member: zipfile.ZipInfo) -> str:
    name = member.filename
    if not member.flag_bits & 0x800:
        # Without the mark of UTF-8 it is read as code page 437; many write UTF-8 all the same.
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = member.filename
    parts = [one for one in name.replace("\\", "/").split("/") if one not in ("", ".", "..")]
    return "/".join(clean_name(one)[:100] for one in parts[-MOST_PARTS:]) or clean_name("")


def _directory_size(file: BinaryIO) -> int:
    """Bytes of the list of files, as the archive's end says (APPNOTE.TXT, 4.3.14 and 4.3.16)."""
    size = file.seek(0, 2)
    start = max(0, size - 65_557)
    file.seek(start)
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        return 0
    found: int = struct.unpack_from("<L", tail, at + 12)[0]
    if tail[max(0, at - 20) : at][:4] == _LOCATOR64:
        before = start + at - 20 - 56
        if before >= 0:
            file.seek(before)
            record = file.read(56)
            file.seek(0)
            if record[:4] == _END64:
                found = max(
                    found if found != 0xFFFFFFFF else 0, *struct.unpack_from("<Q", record, 40)
                )
    return found
