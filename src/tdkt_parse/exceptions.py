"""
Everything that can go wrong, as one tree; each leaf carries its exit code.

::

    TdktError
    ├── UsageError             2   a setting or an argument cannot be used
    ├── MissingDependency      3   a program or package is not installed
    ├── StorageError           7   the database cannot be read or written
    │   ├── StorageFull            no room left for it
    │   ├── StorageReadOnly        it may not be written
    │   ├── StorageBusy            another program holds it
    │   ├── StorageGone            it does not answer, or is not there
    │   └── StorageBroken          it is no database of ours, or is damaged
    ├── LexiconError          15   a row of the package's own data is wrong
    └── DocumentError              one document could not be read; the others can
        ├── Unreadable        10   not there, no permission, empty, not a document, broken
        │   ├── TooLarge
        │   ├── UnsupportedFormat
        │   └── WrongEncoding
        ├── Encrypted         11   needs a password
        ├── NeedsOcr          12   pages are pictures
        ├── TimedOut          13   took longer than its limit
        ├── OutOfMemory       14   took more memory than its limit
        └── Crashed           15   the process reading it died, or a defect of ours

A message says what is wrong and where, the hint what to do about it, both in the user's words.
"""

import sys
from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What ``tdkt`` returns to the shell; the table in the README is made from this."""

    OK = 0
    DIFFERENT = 1
    USAGE = 2
    MISSING_DEPENDENCY = 3
    SOME_FAILED = 4
    ALL_FAILED = 5
    FINDINGS = 6
    STORAGE = 7
    UNREADABLE = 10
    ENCRYPTED = 11
    NEEDS_OCR = 12
    TIMED_OUT = 13
    OUT_OF_MEMORY = 14
    CRASHED = 15


class TdktError(Exception):
    """The root: ``except TdktError`` catches whatever this package raises on purpose."""

    exit_code: ClassVar[ExitCode] = ExitCode.CRASHED

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process border whole: the hint is a keyword, which pickle would drop."""
        return _rebuild, (type(self), self.message, self.hint)


def _rebuild(kind: type[TdktError], message: str, hint: str | None) -> TdktError:
    return kind(message, hint=hint)


class UsageError(TdktError):
    """A flag, an environment variable or a line of ``tdkt.toml`` cannot be used."""

    exit_code = ExitCode.USAGE


class MissingDependency(TdktError):
    """A program or package is needed and not installed; the hint is the command to type."""

    exit_code = ExitCode.MISSING_DEPENDENCY


def to_install(extra: str) -> str:
    """
    The hint that brings an extra to where this program runs.

    By its own interpreter: the ``python`` of a shell need not be that one, as where it was
    installed by pipx, or is called as ``.venv/bin/tdkt``.
    """
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f'Type: {python} -m pip install "tdkt-parse[{extra}]"'


class StorageError(TdktError):
    """The database cannot be read or written; what it held is as it was."""

    exit_code = ExitCode.STORAGE


class StorageFull(StorageError):
    """There is no room left where the database is."""


class StorageReadOnly(StorageError):
    """The file or its folder may not be written, or the user of the database may not."""


class StorageBusy(StorageError):
    """Another program holds the database for longer than was waited."""


class StorageGone(StorageError):
    """The database is not there, or its server does not answer for longer than was waited."""


class StorageBroken(StorageError):
    """The file is no database of ours, is damaged, or its tables are of another version."""


class LexiconError(TdktError):
    """A row of ``data/`` is wrong; the message names the file and the row."""

    exit_code = ExitCode.CRASHED


class DocumentError(TdktError):
    """One document gave no Plan."""

    exit_code = ExitCode.UNREADABLE


class Unreadable(DocumentError):
    """The file is not there, may not be opened, is empty, broken, or is no document."""


class TooLarge(Unreadable):
    """The file is larger than the limit for its format."""


class UnsupportedFormat(Unreadable):
    """The file is of a format that no installed reader claims."""


class WrongEncoding(Unreadable):
    """The bytes are text in no Unicode encoding, or in Unicode that was decoded wrongly before."""


class Encrypted(DocumentError):
    """The document cannot be opened without a password."""

    exit_code = ExitCode.ENCRYPTED


class NeedsOcr(DocumentError):
    """The pages are pictures, or their text layer cannot be believed."""

    exit_code = ExitCode.NEEDS_OCR


class TimedOut(DocumentError):
    """Reading took longer than the limit; the process was ended."""

    exit_code = ExitCode.TIMED_OUT


class OutOfMemory(DocumentError):
    """Reading took more memory than the limit; the process was ended."""

    exit_code = ExitCode.OUT_OF_MEMORY


class Crashed(DocumentError):
    """The process that read the document died, or a defect of this package stopped it."""

    exit_code = ExitCode.CRASHED
