"""
The tables of a register, in memory or in a file, and the packaged rows in them.

A file belongs to the user: it has the packaged rows too, so that one look-up finds both, and they
are put in anew when the package brings other ones. A row that the user brought stays as it is,
and stands in the place of the packaged row it is about.
"""

import csv
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tdkt_parse.exceptions import LexiconError, Unreadable, UsageError
from tdkt_parse.lexicon import DATA
from tdkt_parse.register.columns import COLUMNS, DAYS, parts_of
from tdkt_parse.register.keys import (
    Name,
    has_year,
    number_key,
    organ_key,
    same_of,
    title_hash,
    title_key,
    words_key,
)
from tdkt_parse.register.nearest import pairs_of

FILE = "instruments.csv"

APPLICATION = 0x74646B74
"""What a file of SQLite says whose it is: "tdkt"."""

PATIENCE = 10.0
"""Seconds to wait for another program that writes the same file."""

VERSION = 1
"""Of the tables; another is refused."""

TABLES = f"""
CREATE TABLE instruments (
    row INTEGER PRIMARY KEY,
    {", ".join(f"{column} TEXT NOT NULL" for column in COLUMNS)},
    origin TEXT NOT NULL,
    number_key TEXT NOT NULL,
    title_key TEXT,
    title_hash INTEGER
);
CREATE TABLE names (name TEXT NOT NULL, row INTEGER NOT NULL);
CREATE TABLE amendments (number TEXT NOT NULL, row INTEGER NOT NULL);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

ASKED_LATER = """
CREATE INDEX by_title ON instruments (title_hash);
CREATE INDEX by_issued ON instruments (issued);
"""
"""Of which an import asks nothing."""

INDEXES = f"""
CREATE UNIQUE INDEX by_id ON instruments (id);
CREATE INDEX by_number ON instruments (number_key, issuer, issued);
{ASKED_LATER}
CREATE INDEX by_name ON names (name);
CREATE INDEX names_of ON names (row);
CREATE INDEX by_amended ON amendments (number);
CREATE INDEX amended_of ON amendments (row);
"""

PAIRS = """
CREATE VIRTUAL TABLE pairs USING fts5 (
    words, content = '', detail = none, columnsize = 0,
    tokenize = "ascii tokenchars '_'"
);
CREATE VIRTUAL TABLE pair_counts USING fts5vocab ('pairs', 'row');
CREATE TABLE common_pairs (pair TEXT PRIMARY KEY, titles INTEGER NOT NULL) WITHOUT ROWID;
"""
"""Pairs of words of titles, by which a title is found that is not the same to the letter."""

COMMON = 300
"""A pair of words that more titles have says little."""

_NUMBER, _TITLE, _ALIASES, _AMENDS, _ISSUER, _ISSUED = map(
    COLUMNS.index, ("number", "title", "aliases", "amends", "issuer", "issued")
)
_DAYS = [COLUMNS.index(name) for name in DAYS]


# -- rows


def packaged_rows() -> list[list[str]]:
    """
    The rows of ``data/instruments.csv``; a LexiconError names the row that is no row.

    Only what costs nothing is looked at: columns and days. ``tdkt register check`` and a test look
    at the rest.
    """
    place = f"data/{FILE}"
    try:
        with (DATA / FILE).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LexiconError(f"{place}: {error}") from error
    if not rows or tuple(rows[0]) != COLUMNS:
        raise LexiconError(f"{place}: its columns are not {', '.join(COLUMNS)}")
    for number, row in enumerate(rows[1:], 1):
        if len(row) != len(COLUMNS):
            raise LexiconError(f"{place}, row {number} {row}: not {len(COLUMNS)} cells")
        for index in _DAYS:
            if row[index]:
                try:
                    date.fromisoformat(row[index])
                except ValueError as error:
                    raise LexiconError(
                        f"{place}, row {number} ({row[0]}), {COLUMNS[index]}: {error}"
                    ) from error
    return rows[1:]


_MARKS = ", ".join("?" * (len(COLUMNS) + 5))


def insert_rows(
    connection: sqlite3.Connection,
    rows: Iterable[Sequence[str]],
    origin: str,
    first: int = 1,
    *,
    titles: bool = True,
) -> None:
    """Put rows of the columns into the tables, numbered from ``first``; with keys of titles."""
    kept: list[tuple[Any, ...]] = []
    for row, cells in enumerate(rows, first):
        title = title_key(cells[_TITLE]) if titles else None
        hashed = title_hash(title) if title else None
        kept.append((row, *cells, origin, number_key(cells[_NUMBER]), title, hashed))
    connection.executemany(f"INSERT INTO instruments VALUES ({_MARKS})", kept)  # noqa: S608
    for table, column, key in (
        ("names", _ALIASES, words_key),
        ("amendments", _AMENDS, number_key),
    ):
        connection.executemany(
            f"INSERT INTO {table} VALUES (?, ?)",  # noqa: S608
            [
                (key(part), cells[0])
                for cells in kept
                if cells[column + 1]
                for part in parts_of(cells[column + 1])
            ],
        )


def delete_row(connection: sqlite3.Connection, row: int, *, indexed: bool = True) -> None:
    """Take a row out of the tables, and if it is ``indexed`` its title out of the pairs."""
    if indexed and has_pairs(connection):
        (title,) = connection.execute(
            "SELECT title FROM instruments WHERE row = ?", (row,)
        ).fetchone()
        connection.execute(
            "INSERT INTO pairs (pairs, rowid, words) SELECT 'delete', ?1, ?2 WHERE ?2 != ''",
            (row, " ".join(pairs_of(title))),
        )
    for table in ("instruments", "names", "amendments"):
        connection.execute(f"DELETE FROM {table} WHERE row = ?", (row,))  # noqa: S608


def index_pairs(connection: sqlite3.Connection, first: int, last: int | None = None) -> None:
    """Put the titles of the rows ``first`` to ``last`` into the pairs, where SQLite has FTS5."""
    if not has_pairs(connection):
        return
    # Larger pieces at once: fewer of them have to be put together later.
    connection.execute("INSERT INTO pairs (pairs, rank) VALUES ('hashsize', ?)", (16 << 20,))
    titles = connection.execute(
        "SELECT row, title FROM instruments WHERE row BETWEEN ? AND ?",
        (first, (1 << 62) if last is None else last),
    )
    connection.executemany(
        "INSERT INTO pairs (rowid, words) VALUES (?, ?)",
        ((row, " ".join(pairs_of(title))) for row, title in titles if title),
    )


def put_off_indexes(connection: sqlite3.Connection) -> None:
    """
    Leave the indexes of which an import asks nothing until all rows are in: sorted once, they take
    a fraction of the time.
    """
    for name in ("by_title", "by_issued"):
        connection.execute(f"DROP INDEX {name}")


def make_indexes(connection: sqlite3.Connection) -> None:
    """Make the indexes that were put off."""
    for statement in ASKED_LATER.split(";"):
        connection.execute(statement)


def count_pairs(connection: sqlite3.Connection) -> None:
    """Note which pairs are common, once all rows are in."""
    if has_pairs(connection):
        connection.execute("DELETE FROM common_pairs")
        connection.execute(
            "INSERT INTO common_pairs SELECT term, doc FROM pair_counts WHERE doc > ?", (COMMON,)
        )


def has_pairs(connection: sqlite3.Connection) -> bool:
    """Whether the register has an index of pairs: a file's does, where SQLite has FTS5."""
    return bool(
        connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'common_pairs'").fetchone()
    )


# -- in memory


def packaged_database() -> sqlite3.Connection:
    """The packaged rows in memory."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(TABLES)
    try:
        insert_rows(connection, packaged_rows(), "packaged", titles=False)
        connection.executescript(INDEXES)
    except sqlite3.IntegrityError as error:
        raise LexiconError(f"data/{FILE}: an id stands there twice ({error})") from error
    connection.commit()
    return connection


def empty_database() -> sqlite3.Connection:
    """A register as a new file would be, in memory: for who only asks what would be done."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _create(connection)
    return connection


# -- in a file


@cache
def digest() -> str:
    """By which a file knows whether its packaged rows are those of this package."""
    return hashlib.sha256((DATA / FILE).read_bytes()).hexdigest()


def open_database(path: Path, *, write: bool) -> sqlite3.Connection:
    """
    The register in a file; with ``write`` it is made if it is not there.

    Raises Unreadable for what is no register, UsageError where it cannot be written.
    """
    if path.is_dir():
        raise Unreadable(f"{path} is a folder.", hint="Give a file: --register FILE.")
    if not write and not path.is_file():
        raise Unreadable(
            f"{path}: there is no such register.", hint="tdkt register import FILE makes one."
        )
    try:
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connect(path, write=write)
    except (OSError, ValueError, sqlite3.Error) as error:
        raise unusable(path, error, write=write) from error
    try:
        _look_into(connection, path, write=write)
    except sqlite3.Error as error:
        connection.close()
        raise unusable(path, error, write=write) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    # The name goes in as a URI, so that a file is not made for who only reads.
    name = f"{path.resolve().as_uri()}?mode={'rwc' if write else 'ro'}"
    connection = sqlite3.connect(
        name, uri=True, check_same_thread=False, timeout=PATIENCE, isolation_level=None
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cache_size = -65536")
    return connection


def _look_into(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application == 0 and tables == 0 and write:
        _create(connection)
    elif application != APPLICATION:
        raise _foreign(path)
    elif version != VERSION:
        raise Unreadable(
            f"{path} is the register of another version of tdkt.",
            hint="Update tdkt, or give another file: --register FILE.",
        )


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in f"{TABLES}{INDEXES}".split(";"):
            connection.execute(statement)
        if can_index_pairs(connection):
            for statement in PAIRS.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        _put_packaged(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def can_index_pairs(connection: sqlite3.Connection) -> bool:
    """Whether this SQLite has FTS5; without it a spoilt title is sought among all, slowly."""
    options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    return "ENABLE_FTS5" in options


def refresh(path: Path) -> None:
    """
    Bring the packaged rows of a file up to those of this package.

    Where the file may not be written it serves as it is.
    """
    connection = open_database(path, write=False)
    try:
        known = connection.execute("SELECT value FROM facts WHERE name = 'packaged'").fetchone()
    except sqlite3.Error as error:
        raise unusable(path, error, write=False) from error
    finally:
        connection.close()
    if known and known[0] == digest():
        return
    try:
        connection = open_database(path, write=True)
    except UsageError:
        return
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            for (row,) in connection.execute(
                "SELECT row FROM instruments WHERE origin = 'packaged'"
            ).fetchall():
                delete_row(connection, row)
            _put_packaged(connection)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") not in (
            "SQLITE_READONLY",
            "SQLITE_BUSY",
            "SQLITE_CANTOPEN",
        ):
            raise unusable(path, error, write=True) from error
    finally:
        connection.close()


def _put_packaged(connection: sqlite3.Connection) -> None:
    """The packaged rows, but for those in whose place the user has put others."""
    first = next_row(connection)
    insert_rows(connection, _wanted(connection), "packaged", first)
    index_pairs(connection, first)
    count_pairs(connection)
    connection.execute("INSERT OR REPLACE INTO facts VALUES ('packaged', ?)", (digest(),))


def _wanted(connection: sqlite3.Connection) -> Iterator[list[str]]:
    """The packaged rows that are about no instrument of the user's."""
    own: dict[str, list[tuple[Name, str]]] = {}
    ids = set()
    for id_, key, issuer, issued in connection.execute(
        "SELECT id, number_key, issuer, issued FROM instruments"
    ):
        ids.add(id_)
        own.setdefault(key, []).append((Name(organ_key(issuer), issued), id_))
    for row in packaged_rows():
        key = number_key(row[_NUMBER])
        name = Name(organ_key(row[_ISSUER]), row[_ISSUED])
        others = own.get(key, ())
        if row[0] not in ids and not same_of(name, others, with_year=has_year(key)):
            yield row


def next_row(connection: sqlite3.Connection) -> int:
    """The number that the next row gets."""
    return int(
        connection.execute("SELECT coalesce(max(row), 0) + 1 FROM instruments").fetchone()[0]
    )


def unusable(path: Path, error: Exception, *, write: bool) -> Unreadable | UsageError:
    """What is wrong with a file of a register, in words."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_NOTADB":
        return _foreign(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return UsageError(f"{path} is in use by another program.", hint="Try again later.")
    if name.startswith("SQLITE_CORRUPT"):
        return Unreadable(f"{path} is damaged.", hint="Remove it and import again.")
    if name.startswith("SQLITE_FULL"):
        return UsageError(f"{path} cannot be written: the disk is full.")
    reason = getattr(error, "strerror", None) or str(error)
    if write:
        return UsageError(f"{path} cannot be written: {reason}.")
    return Unreadable(f"{path} cannot be read: {reason}.")


def _foreign(path: Path) -> Unreadable:
    from tdkt_parse.register.exchange import SUFFIXES

    table = path.suffix.lower() in SUFFIXES
    made = f"Put it into one: tdkt register import {path}"
    hint = made if table else "Give another file: --register FILE."
    return Unreadable(f"{path} is no register of tdkt.", hint=hint)
