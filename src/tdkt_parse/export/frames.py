"""
Tables for data frames: Parquet with typed columns, and JSON Lines.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import IO, Any

from tdkt_parse.exceptions import MissingDependency, to_install
from tdkt_parse.export.delimited import named
from tdkt_parse.export.tables import Filed, Kind, Table

GROUP = 20_000
"""Rows that are written at once."""


def write_json_lines(
    files: Iterable[Filed], table: Table | None, write: Callable[[str], object]
) -> None:
    """
    One object a line: the rows of a table under the names of its columns, or without a table whole
    Plans, as ``tdkt parse --format jsonl`` prints them.
    """
    for filed in files:
        if table is None:
            write(filed.plan.to_json() + "\n")
            continue
        for cells in table.rows(filed):
            row = named(cells, table.columns)
            write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def write_parquet(files: Iterable[Filed], table: Table, out: IO[bytes]) -> None:
    """
    Write a table as Parquet.

    A column of days keeps the text of ISO 8601, since a date of a document may be blank in part;
    those of tasks, which never are, are dates. Raises ``MissingDependency`` without the extra
    ``parquet``.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise MissingDependency(
            "Parquet files need pyarrow.", hint=to_install("parquet")
        ) from error
    types: dict[Kind, Any] = {
        "text": pa.string(),
        "long": pa.string(),
        "day": pa.string(),
        "int": pa.int64(),
        "flag": pa.bool_(),
        "texts": pa.list_(pa.string()),
        "ints": pa.list_(pa.int64()),
    }
    schema = pa.schema(
        [
            pa.field(
                column.name,
                pa.date32() if column.name in _WHOLE_DAYS else types[column.kind],
                metadata={"vi": column.vi, "en": column.en},
            )
            for column in table.columns
        ]
    )
    rows: list[dict[str, Any]] = []
    with parquet.ParquetWriter(out, schema) as writer:

        def flush() -> None:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            rows.clear()

        for filed in files:
            for cells in table.rows(filed):
                row: dict[str, Any] = named(cells, table.columns)
                for name in _WHOLE_DAYS & row.keys():
                    row[name] = _day(row[name])
                rows.append(row)
            if len(rows) >= GROUP:
                flush()
        flush()


_WHOLE_DAYS = frozenset({"start", "end"})


def _day(text: str | None) -> date | None:
    """A day of a Plan; one of a Plan that somebody wrote may be none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
