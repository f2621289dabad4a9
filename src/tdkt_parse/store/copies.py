"""
A copy of a database in a file, and a database from such a copy.

The copy is a SQLite database with the same tables, of whatever database it was made; so what was
kept in a file can be brought to PostgreSQL, and back.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, Text, cast, func, select

from tdkt_parse.exceptions import StorageError, StorageReadOnly, UsageError
from tdkt_parse.store.bulk import copy_in
from tdkt_parse.store.database import Store
from tdkt_parse.store.index import stored_terms
from tdkt_parse.store.opening import open_store
from tdkt_parse.store.rows import Row
from tdkt_parse.store.tables import METADATA, SEARCH_TEXTS, Json

AT_ONCE = 500


def backup(store: Store, to: Path) -> int:
    """
    Write a copy of one state of the database into a new file; how many documents it has.

    The file is there whole or not at all. Raises UsageError if it is there already, StorageError.
    """
    if to.exists():
        raise UsageError(f"{to} is there already.", hint="Give another name.")
    beside = to.with_name(f".{to.name}.{secrets.token_hex(4)}")
    try:
        with open_store(beside, create=True) as copy:
            count = _copy(store, copy)
            with copy.engine.connect() as connection:
                raw = connection.connection.driver_connection
                if raw is not None:
                    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    raw.execute("PRAGMA journal_mode = DELETE")
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(to)
    except OSError as error:
        raise StorageReadOnly(f"{to} cannot be written: {error.strerror}.") from error
    except StorageError as error:
        # The copy is told of by its own name, not by that which it has until it is whole.
        raise type(error)(error.message.replace(str(beside), str(to)), hint=error.hint) from error
    finally:
        for left in ("", "-wal", "-shm"):
            with suppress(OSError):
                beside.with_name(beside.name + left).unlink()
    return count


def restore(copy: Path, store: Store) -> int:
    """
    Fill an empty database from a copy, in one transaction; how many documents it has.

    Raises UsageError if the database is not empty, StorageError.
    """
    with open_store(copy) as kept:
        return _copy(kept, store)


def _copy(source: Store, target: Store) -> int:
    def work(connection: Connection) -> int:
        for table in METADATA.sorted_tables:
            if connection.scalar(select(func.count()).select_from(table)):
                raise UsageError(
                    f"{target.where} is not empty.", hint="Restore into a new database: --db NEW."
                )
        return source.read(lambda reading: _copy_all(reading, connection))

    return target.write(work)


def _copy_all(reading: Connection, writing: Connection) -> int:
    if reading.dialect.name == "postgresql":
        # All tables as they are at one moment.
        reading.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    count = 0
    for table in METADATA.sorted_tables:
        query = select(*_columns(table))
        rows: list[Row] = []
        for row in reading.execution_options(yield_per=AT_ONCE).execute(query):
            rows.append(dict(zip(table.columns.keys(), row, strict=True)))
            if len(rows) == AT_ONCE:
                _put(writing, table, rows)
                rows = []
        _put(writing, table, rows)
        if table.name == "documents":
            count = writing.scalar(select(func.count()).select_from(table)) or 0
    return count


def _columns(table: Table) -> list[Any]:
    """A table's columns, each as it is put in again."""
    return [
        cast(column, Text).label(column.name)
        if isinstance(column.type, Json) or column is SEARCH_TEXTS.c.terms
        else column
        for column in table.columns
    ]


def _put(connection: Connection, table: Table, rows: list[Row]) -> None:
    if not rows:
        return
    postgres = connection.dialect.name == "postgresql"
    if table is SEARCH_TEXTS:
        for row in rows:
            terms = row["terms"].replace("'", "").split()
            row["terms"] = stored_terms(terms, postgres=postgres)
    if postgres:
        copy_in(connection, table, rows)
    else:
        connection.execute(table.insert(), rows)
