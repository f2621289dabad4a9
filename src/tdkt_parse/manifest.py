"""
What became of each document of a batch, a line of JSON each: the next run goes on from there.

A line is written, whole, as soon as its document is done; of a run that was ended at any moment all
lines but perhaps the last are whole, and the next run mends that. What is there is never written
over: of a document that was read again the later line counts.
"""

import contextlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple, Self

from tdkt_parse.exceptions import DocumentError, TdktError, UsageError

Status = Literal["done", "failed", "duplicate", "unchanged"]
"""``unchanged``: there already, read by this version; ``duplicate``: the content of another."""
Stage = Literal["open", "read", "store", "write"]
"""How far a document came: opened, read by a worker, put into the database, written out."""

PLAIN = ("parser", "changes", "ocr", "password", "register", "format", "lang", "output")
"""What a result depends on."""
LIMITING = ("timeout", "page_timeout", "memory")
"""What a failure depends on besides."""


class Record(NamedTuple):
    """
    One line.

    ``path`` says where the document was met; ``sha256`` is of its content, ``None`` where it could
    not be opened; ``error`` the class of what went wrong and ``exit_code`` its number, ``message``
    in words; ``stage`` how far it came; ``seconds`` of reading; ``when`` it was done, in UTC;
    ``of`` the path of the document that a duplicate is one of; ``options`` how it was read.
    """

    path: str
    sha256: str | None
    status: Status
    stage: Stage
    seconds: float = 0.0
    error: str | None = None
    exit_code: int = 0
    message: str | None = None
    of: str | None = None
    when: str = ""
    options: Mapping[str, Any] = {}


def record_of(
    path: str,
    sha256: str | None,
    stage: Stage,
    options: Mapping[str, Any],
    *,
    seconds: float = 0.0,
    error: TdktError | None = None,
) -> Record:
    """The line of a document that was read, or failed at a stage."""
    failed: dict[str, Any] = {}
    if error is not None:
        failed = {
            "error": type(error).__name__,
            "exit_code": int(error.exit_code),
            "message": error.message,
        }
    return Record(
        path,
        sha256,
        "done" if error is None else "failed",
        stage,
        round(seconds, 3),
        options=options,
        **failed,
    )


class Manifest:
    """
    The lines of a file, and what they say; a context manager that closes it.

    Of each document only a key is kept in memory, some hundred bytes.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """
        Read what is there, and have a last line that was not ended end.

        ``read_only``: nothing is written or made. Raises ``UsageError`` for a file that is
        something else, cannot be read or written, or is written by another.
        """
        self._path = path
        self._done: set[int] = set()
        self._failed: set[int] = set()
        self.spoilt = 0
        """Lines that cannot be read; they stay, and their documents are read again."""
        self._file: IO[bytes] | None = None
        try:
            if read_only:
                if path.exists():
                    with path.open("rb") as file:
                        self._read(file)
                return
            self._file = path.open("a+b", buffering=0)
            _lock(self._file, path)
            self._file.seek(0)
            self._read(self._file)
            _mend(self._file)
        except OSError as error:
            self.close()
            raise _unusable(path, error) from error
        except UsageError:
            self.close()
            raise

    def _read(self, file: IO[bytes]) -> None:
        rest, first = b"", True
        while chunk := file.read(_CHUNK):
            lines = (rest + chunk).split(b"\n")
            rest = lines.pop()
            if len(rest) > _LONGEST:
                raise _no_manifest(self._path)
            for line in lines:
                self._note(line, first=first)
                first = first and not line.strip()
        if rest:
            # Not ended: by a run that was, unless the file never was one of ours.
            self._note(rest, first=first and not _begins(rest), last=True)

    def _note(self, line: bytes, *, first: bool, last: bool = False) -> None:
        if not line.strip():
            return
        try:
            told = json.loads(line)
            path, sha256, status = told["path"], told["sha256"], told["status"]
            options = dict(told["options"])
        except (ValueError, KeyError, TypeError, RecursionError):
            if first:
                raise _no_manifest(self._path) from None
            self.spoilt += not last
            return
        if not isinstance(path, str) or not isinstance(sha256, str):
            return
        self._learn(path, sha256, status, told.get("error"), options)

    def _learn(
        self, path: str, sha256: str, status: str, error: object, options: Mapping[str, Any]
    ) -> None:
        done, failed = _key(path, sha256, options), _key(path, sha256, options, limits=True)
        if status == "failed":
            self._done.discard(done)
            if error in _LASTING:
                self._failed.add(failed)
        else:
            self._failed.discard(failed)
            self._done.add(done)

    def is_done(self, path: str, sha256: str, options: Mapping[str, Any]) -> bool:
        """Whether a document of this content was read there in this way."""
        return _key(path, sha256, options) in self._done

    def has_failed(self, path: str, sha256: str, options: Mapping[str, Any]) -> bool:
        """
        Whether it failed there, in this way and with these limits, for a reason that stays.

        What was not there, or missed a program or the database, may do better now.
        """
        return _key(path, sha256, options, limits=True) in self._failed

    def add(self, record: Record) -> None:
        """Write a line. Raises ``UsageError`` where that is not possible."""
        if self._file is None:
            return
        told = {**record._asdict(), "when": record.when or _now()}
        line = json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise _unusable(self._path, error) from error
        if record.sha256 is not None:
            self._learn(record.path, record.sha256, record.status, record.error, record.options)

    def close(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_CHUNK = 1 << 20
_LONGEST = 1 << 22
"""Bytes that no line of ours has."""
_BEGINNING = b'{"path": '


def _begins(line: bytes) -> bool:
    return line[: len(_BEGINNING)] == _BEGINNING[: len(line)]


def _kinds_of(error: type[TdktError]) -> set[str]:
    return {error.__name__}.union(*map(_kinds_of, error.__subclasses__()))


_LASTING = _kinds_of(DocumentError)
"""What is a document's own fault; all else may be another time's."""


def _key(path: str, sha256: str, options: Mapping[str, Any], *, limits: bool = False) -> int:
    names = PLAIN + LIMITING if limits else PLAIN
    import hashlib

    said = json.dumps([path, sha256, [options.get(name) for name in names]])
    return int.from_bytes(hashlib.blake2b(said.encode(), digest_size=16).digest())


def _now() -> str:
    import datetime as dt

    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _mend(file: IO[bytes]) -> None:
    """Have the last line end: by its line feed if only that is missing, else before it begins."""
    size = file.seek(0, os.SEEK_END)
    start = max(size - _LONGEST, 0)
    file.seek(start)
    tail = file.read(_LONGEST)
    if not tail or tail.endswith(b"\n"):
        return
    last = tail.rpartition(b"\n")[2]
    try:
        json.loads(last)
    except (ValueError, RecursionError):
        file.truncate(size - len(last))
    else:
        file.write(b"\n")


def _lock(file: IO[bytes], path: Path) -> None:
    """Two runs that write one manifest would each read what the other does."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise UsageError(
            f"{path} is being written by another tdkt.", hint="Wait for it, or give another file."
        ) from error
    except OSError:
        pass  # Not every file system can.


def _unusable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"The manifest {path} cannot be used: {error.strerror or error}.")


def _no_manifest(path: Path) -> UsageError:
    return UsageError(f"{path} is no manifest of tdkt.", hint="Give the name of a new file.")
