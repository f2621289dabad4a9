"""
Files that are sent: streamed into a folder by their content, outside of what is served.

A file stands under its SHA-256 (``uploads/ab/abcd…``), for the user of the service alone (0600),
and is never run, opened by its name, or served as a page. Its name is text and nothing else.
"""

import hashlib
import os
import secrets
import time
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import anyio.to_thread
from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from tdkt_parse.web.guards import FIELD, HEADER, check_token, is_program
from tdkt_parse.web.problems import Problem
from tdkt_parse.web.queue import New

if TYPE_CHECKING:
    from tdkt_parse.web.site import Allowance, Site

LONGEST_NAME = 255
MOST_FIELDS, LONGEST_FIELD = 50, 4096
STALE = 6 * 3600.0
"""Seconds after which a file that did not come whole is swept away."""
_FLUSH = 1 << 20


class Received:
    """What a request brought: files, now in the folder, and the fields of its form."""

    def __init__(self) -> None:
        self.files: list[New] = []
        self.fields: dict[str, str] = {}


def path_of(site: "Site", sha256: str) -> Path:
    """Where the file with that content stands; ValueError if that is no SHA-256."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("no SHA-256")
    return site.folder / "uploads" / sha256[:2] / sha256


def clean_name(said: str | None) -> str:
    """
    A file's name as text: without folders, signs that steer a terminal, and surplus.

    >>> clean_name("C:\\\\thư mục\\\\Kế hoạch.pdf"), clean_name("../../etc/passwd"), clean_name("")
    ('Kế hoạch.pdf', 'passwd', 'không tên')
    """
    last = (said or "").replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(
        one if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else " "
        for one in unicodedata.normalize("NFC", last)
    )
    kept = " ".join(kept.split()).strip(". ")
    if len(kept) > LONGEST_NAME:
        stem, dot, suffix = kept.rpartition(".")
        kept = (
            stem[: LONGEST_NAME - len(suffix) - 1] + dot + suffix
            if dot and len(suffix) < 10
            else kept[:LONGEST_NAME]
        )
    return kept or "không tên"


def remove(site: "Site", sha256: str) -> None:
    """Take a file away, if it is there."""
    with suppress(OSError, ValueError):
        path_of(site, sha256).unlink()


def forget(site: "Site", sha256: str) -> bool:
    """Take a document out of the database with all that hangs on it, and its file; if it was in."""
    from tdkt_parse import store

    if not store.delete_plans(site.store, [sha256]):
        return False
    remove(site, sha256)
    return True


def sweep(site: "Site", wanted: Callable[[list[str]], set[str]], *, older: float) -> None:
    """
    Take away what nobody asks for: files that did not come whole, and contents not ``wanted``.

    Only what came more than ``older`` seconds ago: what comes now is not asked for yet.
    """
    before = time.time() - older
    for folder in sorted((site.folder / "uploads").glob("??")):
        old = [one.name for one in folder.iterdir() if _is_older(one, before)]
        kept = wanted(old) if old else set()
        for name in old:
            # Looked at again: it may have come once more.
            if name not in kept and _is_older(folder / name, before):
                remove(site, name)
    for one in (site.folder / "incoming").glob("*"):
        if _is_older(one, time.time() - STALE):
            with suppress(OSError):
                one.unlink()


def _is_older(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime < moment
    except OSError:
        return False


@dataclass(slots=True)
class Incoming:
    """A file that is coming in; ``keep`` or ``drop`` ends it."""

    folder: Path
    most: int
    size: int = 0
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    _path: Path = field(default_factory=Path)
    _file: BinaryIO | None = None

    def write(self, data: bytes) -> None:
        """Add to it; Problem where it is too large, or there is no room."""
        self.size += len(data)
        if self.size > self.most:
            raise Problem(
                "too-large",
                f"A file may have {self.most} bytes.",
                hint="Send a smaller file, or ask whoever runs the service.",
            )
        self._digest.update(data)
        try:
            if self._file is None:
                self.folder.mkdir(mode=0o700, exist_ok=True)
                self._path = self.folder / secrets.token_hex(16)
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
                self._file = os.fdopen(os.open(self._path, flags, 0o600), "wb", buffering=_FLUSH)
            self._file.write(data)
        except OSError as error:
            raise _no_room(error) from error

    def keep(self, site: "Site", name: str) -> New:
        """Put it in its place, safe from a loss of power."""
        if self._file is None:
            self.write(b"")
        if self._file is None:
            raise Problem("defect")
        sha256 = self._digest.hexdigest()
        place = path_of(site, sha256)
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path.replace(place)
            _sync_folder(place.parent)
        except OSError as error:
            self.drop()
            raise _no_room(error) from error
        self._file = None
        return New(sha256, name, self.size)

    def drop(self) -> None:
        """Take away what came."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                self._path.unlink()
            self._file = None


def incoming(site: "Site") -> Incoming:
    """A new file on its way."""
    return Incoming(site.folder / "incoming", site.allowance.file)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _no_room(error: OSError) -> Problem:
    return Problem(
        "storage-full",
        f"The file cannot be kept: {error.strerror}.",
        hint="Whoever runs the service must make room, or mend the folder's rights.",
        headers={"Retry-After": "60"},
    )


# -- requests


async def receive(request: Request, *, most: int | None = None) -> Received:
    """
    Take in the files of a request: of a form (``multipart/form-data``), or its whole body.

    A form of a browser must say its token before the first file. ``most``: how many files. Raises
    Problem; then no file of the request is kept that was not there before.
    """
    site: Site = request.app.state.site
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind == b"multipart/form-data":
        return await _receive_form(request, site, options.get(b"boundary"), most)
    if kind == b"application/x-www-form-urlencoded":
        raise Problem(
            "unsupported-body",
            "Files come as multipart/form-data, or as the body.",
            hint="Say which: Content-Type: application/octet-stream",
        )
    _check_token(request, None)
    file = incoming(site)
    try:
        async for chunk in request.stream():
            if chunk:
                file.write(chunk)
        if not file.size:
            raise Problem("unreadable", "The file is empty.", hint="Send a document.")
        received = Received()
        name = request.query_params.get("name") or request.headers.get("x-filename")
        received.files.append(await anyio.to_thread.run_sync(file.keep, site, clean_name(name)))
    finally:
        file.drop()
    return received


def _check_token(request: Request, said: str | None) -> None:
    if "authorization" in request.headers or is_program(request):
        return
    check_token(request, request.headers.get(HEADER) or said)


class _Form:
    """What the parser of a form tells, piece by piece."""

    def __init__(self, request: Request, site: "Site", most: int) -> None:
        self.received = Received()
        self.whole: list[tuple[Incoming, str]] = []
        """Files that came whole, and are to be put in their places."""
        self.at: Incoming | None = None
        self._request = request
        self._site = site
        self._most = most
        self._allowed: Allowance = site.allowance
        self._header: tuple[bytearray, bytearray] = (bytearray(), bytearray())
        self._headers: dict[bytes, bytes] = {}
        self._name = ""
        self._file_name = ""
        self._value: bytearray | None = None
        self._checked = False
        self._count = 0

    def callbacks(self) -> dict[str, object]:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._header[0].extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._header[1].extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_headers_finished": self._open,
            "on_part_data": self._data,
            "on_part_end": self._end,
        }

    def _begin(self) -> None:
        self._headers = {}
        self._header = (bytearray(), bytearray())
        self._value = None

    def _end_header(self) -> None:
        self._headers[bytes(self._header[0]).lower()] = bytes(self._header[1])
        self._header = (bytearray(), bytearray())

    def _open(self) -> None:
        kind, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        if kind != b"form-data" or b"name" not in options:
            raise Problem("bad-request", "A part of the form has no name.")
        self._name = options[b"name"].decode("utf-8", "replace")[:100]
        if b"filename" not in options:
            self._value = bytearray()
            if len(self.received.fields) >= MOST_FIELDS:
                raise Problem("bad-request", "The form has too many fields.")
            return
        if not self._checked:
            _check_token(self._request, self.received.fields.get(FIELD))
            self._checked = True
        self._count += 1
        if self._count > self._most:
            raise Problem(
                "body-too-large",
                f"At most {self._most} files can be sent at once.",
                hint="Send the others afterwards.",
            )
        self._file_name = options[b"filename"].decode("utf-8", "replace")
        self.at = incoming(self._site)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self.at is not None:
            self.at.write(data[start:end])
        elif self._value is not None:
            self._value += data[start:end]
            if len(self._value) > LONGEST_FIELD:
                raise Problem("bad-request", "A field of the form is too long.")

    def _end(self) -> None:
        if self.at is None:
            value = bytes(self._value or b"").decode("utf-8", "replace")
            self.received.fields.setdefault(self._name, value)
            return
        if self.at.size or self._file_name:
            self.whole.append((self.at, clean_name(self._file_name)))
        else:
            # What a browser sends of a field in which no file was chosen.
            self.at.drop()
        self.at = None


async def _receive_form(
    request: Request, site: "Site", boundary: bytes | None, most: int | None
) -> Received:
    if not boundary:
        raise Problem("bad-request", "The form does not say what parts it.")
    form = _Form(request, site, most or site.allowance.files)
    try:
        parser = MultipartParser(boundary, form.callbacks())  # type: ignore[arg-type]
        async for chunk in request.stream():
            parser.write(chunk)
            async for kept in _settle(site, form):
                form.received.files.append(kept)
        parser.finalize()
        async for kept in _settle(site, form):
            form.received.files.append(kept)
    except (FormParserError, UnicodeDecodeError) as error:
        raise Problem("bad-request", "The form is damaged.") from error
    finally:
        if form.at is not None:
            form.at.drop()
        for file, _ in form.whole:
            file.drop()
    if form.at is not None:
        raise Problem("bad-request", "The form ends in the middle of a file.")
    if not form.received.files:
        _check_token(request, form.received.fields.get(FIELD))
        raise Problem("unreadable", "No file was sent.", hint="Choose a file.")
    return form.received


async def _settle(site: "Site", form: _Form) -> AsyncIterator[New]:
    while form.whole:
        file, name = form.whole[0]
        kept = await anyio.to_thread.run_sync(file.keep, site, name)
        form.whole.pop(0)
        yield kept
