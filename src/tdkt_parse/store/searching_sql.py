"""
What the index of search is made of besides its table.
"""

from typing import Literal

_FTS5 = (
    # External content: the terms are kept once. They have no spaces in them, and are told apart by
    # spaces; places are not kept (detail), for what is side by side is a term of its own.
    """CREATE VIRTUAL TABLE search_index USING fts5 (
    terms, content = 'search_texts', content_rowid = 'id', detail = none, columnsize = 0,
    tokenize = "ascii tokenchars '_/-'"
)""",
    """CREATE TRIGGER search_texts_in AFTER INSERT ON search_texts BEGIN
    INSERT INTO search_index (rowid, terms) VALUES (new.id, new.terms);
END""",
    """CREATE TRIGGER search_texts_out AFTER DELETE ON search_texts BEGIN
    INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', old.id, old.terms);
END""",
    """CREATE TRIGGER search_texts_over AFTER UPDATE ON search_texts BEGIN
    INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', old.id, old.terms);
    INSERT INTO search_index (rowid, terms) VALUES (new.id, new.terms);
END""",
)

_GIN = (
    "CREATE INDEX search_index ON search_texts USING gin (terms)",
    # A term that is not among the common ones would be taken for one that half of them have, and
    # all plans looked through from the newest on.
    "ALTER TABLE search_texts ALTER COLUMN terms SET STATISTICS 1000",
    # Of many that fit the newest are shown: what is read of each is its place alone.
    "ALTER TABLE search_texts SET (toast_tuple_target = 128)",
)


def search_statements(kind: Literal["sqlite", "postgresql"] | str) -> list[str]:  # noqa: PYI051
    """The statements, in order."""
    return list(_GIN if kind == "postgresql" else _FTS5)
