"""
Rows into PostgreSQL by COPY: into a staging table, and from there into their own.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table

from tdkt_parse.store.rows import Row


def copy_in(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """
    Put rows in; one whose key is there already takes its place.

    COPY knows no conflict, so the rows go into a table of this transaction first (PostgreSQL, COPY
    and INSERT … ON CONFLICT).
    """
    columns = [column.name for column in table.columns]
    names = ", ".join(f'"{name}"' for name in columns)
    keys = [column.name for column in table.primary_key]
    others = [name for name in columns if name not in keys]
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in others)
    conflict = f"DO UPDATE SET {sets}" if others else "DO NOTHING"
    stage = f"stage_{table.name}"
    raw: Any = connection.connection.cursor()
    with raw as cursor:
        # Names are those of our tables.
        cursor.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {stage}"
            f" (LIKE {table.name} INCLUDING DEFAULTS) ON COMMIT DROP"
        )
        with cursor.copy(f"COPY {stage} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row.get(name) for name in columns])
        cursor.execute(
            f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {stage}"  # noqa: S608
            f" ON CONFLICT ({', '.join(keys)}) {conflict}"
        )
        cursor.execute(f"TRUNCATE {stage}")
