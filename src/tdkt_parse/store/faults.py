"""
What can go wrong with a database, told in the user's words, and what is tried again.
"""

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_parse.exceptions import (
    StorageBroken,
    StorageBusy,
    StorageError,
    StorageFull,
    StorageGone,
    StorageReadOnly,
)

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

# By the code of the error, as SQLite (sqlite.org/rescode.html) and PostgreSQL (Appendix A) list
# them; of the latter a class of two characters stands for all in it.
_SQLITE: dict[int, type[StorageError]] = {
    sqlite3.SQLITE_FULL: StorageFull,
    sqlite3.SQLITE_READONLY: StorageReadOnly,
    sqlite3.SQLITE_PERM: StorageReadOnly,
    sqlite3.SQLITE_BUSY: StorageBusy,
    sqlite3.SQLITE_LOCKED: StorageBusy,
    sqlite3.SQLITE_CANTOPEN: StorageGone,
    sqlite3.SQLITE_CORRUPT: StorageBroken,
    sqlite3.SQLITE_NOTADB: StorageBroken,
}
_POSTGRES: dict[str, type[StorageError]] = {
    "53100": StorageFull,
    "53200": StorageGone,
    "53300": StorageGone,
    "25006": StorageReadOnly,
    "42501": StorageReadOnly,
    "55P03": StorageBusy,
    "40": StorageBusy,
    "08": StorageGone,
    "57P": StorageGone,
    "28": StorageGone,
    "3D000": StorageGone,
    "XX001": StorageBroken,
    "XX002": StorageBroken,
}

_SAID: dict[type[StorageError], tuple[str, str]] = {
    StorageFull: (
        "there is no room left on the disk",
        (
            "What was put in before is there. Free some room and run it again: it goes on where it "
            "stopped."
        ),
    ),
    StorageReadOnly: (
        "it may not be written",
        (
            "Give yourself the right to write the file and its folder (or the tables), or name "
            "another database with --db."
        ),
    ),
    StorageBusy: (
        "another program holds it",
        "Wait until that is done, or end it, and run this again.",
    ),
    StorageGone: (
        "it does not answer",
        (
            "Look whether the server runs and the address is right, then run it again: it goes on "
            "where it stopped."
        ),
    ),
    StorageBroken: (
        "it is damaged, or no database of tdkt",
        "Bring back a copy: tdkt db restore FILE --db NEW.",
    ),
}


def kind_of(error: "DBAPIError") -> type[StorageError]:
    """Which of the errors of storage an error of the database is."""
    from sqlalchemy.exc import InterfaceError, ProgrammingError

    origin = error.orig
    if isinstance(origin, sqlite3.Error):
        code = getattr(origin, "sqlite_errorcode", 0) or 0
        # What is written beside the file, and may not be, is an error of reading or writing.
        if code & 0xFF == sqlite3.SQLITE_IOERR:
            return StorageFull if code == sqlite3.SQLITE_IOERR_WRITE else StorageGone
        return _SQLITE.get(code & 0xFF, StorageError)
    state = getattr(origin, "sqlstate", None)
    if state is None and isinstance(error, ProgrammingError):
        return (
            StorageError  # An address that says what no server takes: asked again, it says so too.
        )
    if state is None:
        # psycopg has no code for a line that broke or was never there.
        gone = error.connection_invalidated or isinstance(error, InterfaceError)
        text = str(origin).lower()
        return StorageGone if gone or "connect" in text or "server" in text else StorageError
    found = _POSTGRES.get(state) or _POSTGRES.get(state[:3]) or _POSTGRES.get(state[:2])
    return found or StorageError


def told(error: "DBAPIError", where: str) -> StorageError:
    """The error of storage that an error of the database is, with the database and what to do."""
    kind = kind_of(error)
    if kind is StorageGone and isinstance(error.orig, sqlite3.Error):
        # No server is asked: what is to be in its folder cannot be made, or there is no room.
        kind = StorageFull if _is_full(Path(where).parent) else StorageReadOnly
    detail = " ".join(str(error.orig).split())[:300]
    said, hint = _SAID.get(kind, ("it refused", ""))
    if kind is StorageGone and "database" in detail and "does not exist" in detail:
        hint = "Make the database first (createdb NAME), or look whether the address is right."
    return kind(f"{where}: {said} ({detail}).", hint=hint or None)


ROOM = 1 << 20
"""Bytes: with less on the disk, a file of a database cannot grow."""


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < ROOM
    except OSError:
        return False


def may_pass(error: "DBAPIError") -> bool:
    """
    Whether the same may succeed at once if it is done anew.

    Two who write the same agency or document at one time: one is refused, and finds it there.
    """
    from sqlalchemy.exc import IntegrityError

    state = getattr(error.orig, "sqlstate", None) or ""
    return isinstance(error, IntegrityError) or state in ("40001", "40P01")
