"""
A database: reached, and work done in a transaction of it.
"""

import contextlib
import os
import random
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from tdkt_parse.exceptions import (
    MissingDependency,
    StorageBroken,
    StorageGone,
    StorageReadOnly,
    UsageError,
    to_install,
)
from tdkt_parse.store.faults import kind_of, may_pass, told

PATIENCE = 30.0
"""Seconds to wait for another program that writes the same file."""
RETURN = 60.0
"""Seconds to wait for a server that does not answer."""
TRIES = 8
"""How often a transaction is done anew that another's was in the way of."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Store:
    """
    A database of plans; ``where`` is what it is called in messages, without a password.

    May be used by several threads. A process that forks opens its own.
    """

    engine: Engine
    where: str
    patience: float = RETURN

    @property
    def postgres(self) -> bool:
        """Whether it is PostgreSQL, not SQLite."""
        return self.engine.dialect.name == "postgresql"

    def close(self) -> None:
        """Close its connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, work: Callable[[Connection], T]) -> T:
        """What the work gives, of one state of the database."""
        return self._do(work, write=False)

    def write(self, work: Callable[[Connection], T]) -> T:
        """
        Do the work whole or not at all; it may be done more than once, and must not mind.

        Raises StorageError: full, not writable, held by another, gone for longer than ``patience``
        seconds, broken.
        """
        return self._do(work, write=True)

    def _do(self, work: Callable[[Connection], T], *, write: bool) -> T:
        began = time.monotonic()
        tries, pause = 0, 0.1
        while True:
            try:
                with self.engine.connect() as connection:
                    connection = connection.execution_options(tdkt_write=write)
                    with connection.begin():
                        return work(connection)
            except DBAPIError as error:
                tries += 1
                again = may_pass(error) and tries < TRIES
                gone = self.postgres and kind_of(error) is StorageGone and _may_return(error)
                if not again and not (gone and time.monotonic() - began < self.patience):
                    raise told(error, self.where) from error
            # Those who were in each other's way do not meet again at the same moment.
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311
            pause = min(pause * 2, 0.1 if again else 5.0)


def _may_return(error: DBAPIError) -> bool:
    """Whether waiting helps: not for a wrong password, or a database that is not there."""
    state = getattr(error.orig, "sqlstate", None) or ""
    said = str(error.orig)
    return not state.startswith(("28", "3D")) and not any(
        sign in said for sign in ("authentication failed", "does not exist", "pg_hba.conf")
    )


def connect(
    where: str | os.PathLike[str], *, create: bool = False, patience: float = RETURN
) -> Store:
    """
    The database in a file (SQLite), or at an address, whatever its tables are.

    With ``create`` the file is made where there is none. ``patience``: seconds to wait for a server
    that does not answer. Raises StorageError, UsageError for an address that is none, and
    MissingDependency.
    """
    url = _url_of(where)
    if url.get_backend_name() == "sqlite":
        return _open_file(url, create=create, patience=patience)
    engine = create_engine(
        url,
        pool_pre_ping=True,
        pool_size=2,
        # Each question is planned by what it asks: a plan kept for all is wrong for most.
        connect_args={
            "connect_timeout": 10,
            "application_name": "tdkt",
            "prepare_threshold": None,
        },
    )
    return Store(engine, url.render_as_string(hide_password=True), patience)


def _url_of(where: str | os.PathLike[str]) -> URL:
    text_ = os.fspath(where)
    if "://" not in text_:
        return URL.create("sqlite", database=text_)
    try:
        url = make_url(text_)
    except (ArgumentError, ValueError):
        url = None
    if url is not None and url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url is None or url.drivername not in ("sqlite", "postgresql+psycopg"):
        # Not repeated: there may be a password in it.
        raise UsageError(
            "--db: that is no address of a database of which tdkt knows the kind.",
            hint="Give a file, or postgresql+psycopg://USER@HOST/NAME.",
        )
    try:
        url.get_dialect().import_dbapi()
    except ImportError as error:
        raise MissingDependency(
            f"The Python package {error.name or 'psycopg'} is not installed.",
            hint=to_install("postgres"),
        ) from error
    return url


# -- SQLite


def _open_file(url: URL, *, create: bool, patience: float) -> Store:
    name = url.database or ""
    path = Path(name)
    if not name or name == ":memory:":
        raise UsageError("--db: a database is a file.", hint="Give its name.")
    if create:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageReadOnly(
                f"{path.parent} cannot be made: {error.strerror}.",
                hint="Name another database with --db.",
            ) from error
    elif not path.exists():
        raise StorageGone(
            f"{path}: there is no such database.",
            hint="tdkt import PATH makes one; --db names another.",
        )
    if path.is_dir():
        raise StorageBroken(f"{path} is a folder.", hint="Give a file with --db.")
    engine = create_engine(url, connect_args={"timeout": PATIENCE, "check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return Store(engine, str(path), patience)


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions are begun by us: the module's own begin too late, and not before CREATE.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
    cursor.execute("PRAGMA foreign_keys = ON")
    # What is committed stays when the power fails: an importer writes down that it is done.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA cache_size = -65536")
    cursor.execute("PRAGMA mmap_size = 1073741824")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A writer that begins as a reader could not wait for another: its state would be old.
    write = connection.get_execution_options().get("tdkt_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def keep_log(store: Store) -> None:
    """
    Have a new SQLite file keep a write-ahead log, so that readers and a writer do not wait.

    That cannot be changed while others are in the file, who then change it themselves.
    """
    if store.postgres:
        return
    for _ in range(50):
        # What the module itself is asked fails with its own error.
        busy = contextlib.suppress(DBAPIError, sqlite3.OperationalError)
        with busy, store.engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            mode = raw.execute("PRAGMA journal_mode = WAL").fetchone()
            if mode and mode[0] == "wal":
                return
        time.sleep(0.05)


def lock_schema(connection: Connection) -> None:
    """Let no other program change the tables until this transaction is over."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(7161456)"))
