"""
The tables as SQL, with their comments.
"""

from typing import Literal

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable, SetColumnComment, SetTableComment

from tdkt_parse.store.searching_sql import search_statements
from tdkt_parse.store.tables import METADATA
from tdkt_parse.store.views import VIEWS

Kind = Literal["sqlite", "postgresql"]


def schema_sql(kind: Kind) -> str:
    """
    What makes the tables, indexes, comments, and views of today, for one of the databases.

    SQLite has no comments on tables: there they are comments of SQL.
    """
    dialect: Dialect
    dialect = postgresql.dialect() if kind == "postgresql" else sqlite.dialect()  # type: ignore[no-untyped-call]
    pieces: list[str] = []
    for table in METADATA.sorted_tables:
        made = str(CreateTable(table).compile(dialect=dialect)).strip()
        if kind == "sqlite":
            names = {column.name: column.comment for column in table.columns}
            made = f"-- {table.comment}\n" + "\n".join(
                _with_comment(line, names) for line in made.split("\n")
            )
        pieces.append(made)
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            pieces.append(str(CreateIndex(index).compile(dialect=dialect)).strip())
        if kind == "postgresql":
            pieces.append(str(SetTableComment(table).compile(dialect=dialect)))
            for column in table.columns:
                pieces.append(str(SetColumnComment(column).compile(dialect=dialect)))
    for name, (comment, query) in VIEWS.items():
        head = f"-- {comment}\n" if kind == "sqlite" else ""
        pieces.append(f"{head}CREATE VIEW {name} AS {query.strip()}")
        if kind == "postgresql":
            pieces.append(f"COMMENT ON VIEW {name} IS '{comment}'")
    pieces += search_statements(kind)
    return ";\n\n".join(pieces) + ";\n"


def _with_comment(line: str, comments: dict[str, str | None]) -> str:
    name = line.strip().partition(" ")[0].strip('"')
    comment = comments.get(name)
    return f"{line.rstrip()} -- {comment}" if comment and line.startswith("\t") else line.rstrip()
