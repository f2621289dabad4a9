"""
The register as a table of SQLite: in memory for the packaged rows, in a file for a user's own.

One implementation for both. A title is looked up by an index of keys; those of the packaged rows
are made on the first look-up by title, since most of what is asked for has a number.
"""

import csv
import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tdkt_parse.exceptions import LexiconError
from tdkt_parse.lexicon import DATA
from tdkt_parse.register.instruments import Instrument
from tdkt_parse.register.keys import number_key, title_key, words_key

FILE = "instruments.csv"

COLUMNS = (
    "id",
    "kind",
    "number",
    "title",
    "aliases",
    "issuer",
    "issued",
    "effective",
    "expired",
    "replaced_by",
    "amends",
    "amended_by",
    "verified",
    "unverified",
    "checked_on",
    "source",
    "note",
)
"""The columns of ``data/instruments.csv`` and of the table, in their order; all are text."""

SCHEMA = f"""
CREATE TABLE instruments (
    row INTEGER PRIMARY KEY,
    {", ".join(f"{column} TEXT NOT NULL" for column in COLUMNS)},
    origin TEXT NOT NULL,
    number_key TEXT NOT NULL,
    title_key TEXT
);
CREATE TABLE names (name TEXT NOT NULL, row INTEGER NOT NULL);
CREATE TABLE amendments (number TEXT NOT NULL, row INTEGER NOT NULL);
"""

INDEXES = """
CREATE UNIQUE INDEX by_id ON instruments (id);
CREATE INDEX by_number ON instruments (number_key);
CREATE INDEX by_title ON instruments (title_key);
CREATE INDEX by_issued ON instruments (issued);
CREATE INDEX by_name ON names (name);
CREATE INDEX by_amended ON amendments (number);
"""

_ALL = ", ".join(f"i.{column}" for column in (*COLUMNS, "origin"))


class Register:
    """
    The instruments of a database, looked up by number, title and other names.

    May be used by several threads, and by the child of a process that forked.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], *, shared: bool) -> None:
        """``shared``: the database is in memory, and a forked child has it without opening it."""
        self._connect = connect
        self._shared = shared
        self._connection = connect()
        self._process = os.getpid()
        self._lock = threading.RLock()
        self._titles_done = False
        _REGISTERS.add(self)

    # -- one instrument

    def get(self, id_: str) -> Instrument | None:
        """The instrument of a row's id, or of a number that no other instrument bears."""
        found = self._find("i.id = ?", (id_,)) or self.by_number(id_)
        return found[0] if len(found) == 1 else None

    def by_number(
        self, number: str, *, issuer: str | None = None, issued: date | None = None
    ) -> tuple[Instrument, ...]:
        """
        Those of a canonical number; several where provinces or terms of the Party share it.

        ``issuer`` and ``issued`` leave out those of which the register knows another. Whether the
        serial has a zero before it (``06/2022/QH15``) does not matter.
        """
        found = self._find("i.number_key = ?", (number_key(number),))
        return tuple(
            each
            for each in found
            if (issued is None or each.issued in (None, issued))
            and (issuer is None or each.issuer is None or _same_organ(each.issuer, issuer))
        )

    # -- by name

    def by_title(
        self,
        title: str,
        kind: str | None = None,
        *,
        issued: date | None = None,
        year: int | None = None,
    ) -> tuple[Instrument, ...]:
        """
        Those of a title, compared without marks of case, spelling and punctuation.

        ``title`` is without the type of document, which ``kind`` is; ``issued`` and ``year`` leave
        out those of which the register knows another day or year.
        """
        key = title_key(title)
        if not key:
            return ()
        self._index_titles()
        return tuple(
            each
            for each in _of_kind(self._find("i.title_key = ?", (key,)), kind)
            if (issued is None or each.issued in (None, issued))
            and (year is None or _year_of(each) in (None, year))
        )

    def by_alias(self, name: str) -> tuple[Instrument, ...]:
        """Those that are called by another name."""
        return self._find("i.row IN (SELECT row FROM names WHERE name = ?)", (words_key(name),))

    def issued_on(self, day: date, kind: str | None = None) -> tuple[Instrument, ...]:
        """Those issued on a day."""
        return _of_kind(self._find("i.issued = ?", (day.isoformat(),)), kind)

    def amendments_of(self, number: str) -> tuple[Instrument, ...]:
        """
        Those that amend an instrument, by its row or by theirs, in the order of their dates.

        ``number`` may be a row's id, where several instruments share a number.
        """
        amended = self._find("i.id = ?", (number,)) or self.by_number(number)
        found: dict[str, Instrument] = {}
        for each in amended:
            for other in each.amended_by:
                found.update((it.id, it) for it in self.linked(each, other))
            amending = self._find(
                "i.row IN (SELECT row FROM amendments WHERE number = ?)",
                (number_key(each.number),),
            )
            for it in amending:
                if each in self.linked(it, each.number):
                    found[it.id] = it
        return tuple(sorted(found.values(), key=lambda it: (it.issued or date.max, it.id)))

    def linked(self, instrument: Instrument, number: str) -> tuple[Instrument, ...]:
        """
        Those that a link of an instrument means.

        Where several instruments share the number, the link means that of the same organ.
        """
        found = self.by_number(number)
        if len(found) > 1 and instrument.issuer:
            return tuple(
                it for it in found if it.issuer and _same_organ(it.issuer, instrument.issuer)
            )
        return found

    # -- all of them

    @property
    def count(self) -> int:
        """How many instruments there are."""
        return int(self._rows("SELECT count(*) FROM instruments")[0][0])

    def all(self) -> Iterator[Instrument]:
        """Every instrument, in the order in which they came in."""
        last = 0
        while rows := self._rows(
            f"SELECT {_ALL}, i.row FROM instruments i WHERE i.row > ? ORDER BY i.row LIMIT 1000",  # noqa: S608
            (last,),
        ):
            last = rows[-1][-1]
            yield from map(_instrument, rows)

    # -- the database

    def _find(self, where: str, values: Sequence[object]) -> tuple[Instrument, ...]:
        rows = self._rows(
            f"SELECT {_ALL} FROM instruments i WHERE {where} ORDER BY i.issued, i.row",  # noqa: S608
            values,
        )
        return tuple(map(_instrument, rows))

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._here().execute(statement, values).fetchall()

    def _here(self) -> sqlite3.Connection:
        """The connection of this process: a file's must not cross a fork."""
        if self._process != os.getpid():
            self._process = os.getpid()
            if not self._shared:
                _ABANDONED.append(self._connection)  # To close it would end the parent's locks.
                self._connection = self._connect()
        return self._connection

    def _index_titles(self) -> None:
        if self._titles_done:
            return
        with self._lock:
            connection = self._here()
            waiting = connection.execute(
                "SELECT row, title FROM instruments WHERE title_key IS NULL"
            ).fetchall()
            connection.executemany(
                "UPDATE instruments SET title_key = ? WHERE row = ?",
                ((title_key(title), row) for row, title in waiting),
            )
            connection.commit()
            self._titles_done = True


_REGISTERS: "weakref.WeakSet[Register]" = weakref.WeakSet()
_ABANDONED: list[sqlite3.Connection] = []


def _of_kind(found: Iterable[Instrument], kind: str | None) -> tuple[Instrument, ...]:
    wanted = words_key(kind) if kind else None
    return tuple(it for it in found if wanted is None or words_key(it.kind) == wanted)


def _year_of(instrument: Instrument) -> int | None:
    """The year of an instrument, of its date or else of its number."""
    if instrument.issued:
        return instrument.issued.year
    parts = instrument.number.split("/")
    return int(parts[1]) if len(parts) > 2 and parts[1].isdecimal() else None


def _same_organ(known: str, given: str) -> bool:
    """
    Whether two organs may be one: the words of one are among those of the other, in their order.

    >>> _same_organ("UBND tỉnh Phú Yên", "Ủy ban nhân dân tỉnh Phú Yên")
    True
    >>> _same_organ("UBND tỉnh Phú Yên", "UBND tỉnh Thái Nguyên")
    False
    """
    one, other = (f" {words_key(organ).replace(_COMMITTEE, 'ubnd')} " for organ in (known, given))
    return one in other or other in one


_COMMITTEE = words_key("ủy ban nhân dân")


def _instrument(row: Sequence[str]) -> Instrument:
    """The instrument of a row of the table."""
    (
        id_, kind, number, title, aliases, issuer, issued, effective, expired,
        replaced_by, amends, amended_by, verified, unverified, checked_on, source, note, origin,
    ) = row[: len(COLUMNS) + 1]  # fmt: skip
    return Instrument(
        id=id_,
        kind=kind,
        number=number,
        title=title,
        issuer=issuer or None,
        issued=date.fromisoformat(issued) if issued else None,
        effective=date.fromisoformat(effective) if effective else None,
        expired=date.fromisoformat(expired) if expired else None,
        aliases=_parts(aliases),
        replaced_by=_parts(replaced_by),
        amends=_parts(amends),
        amended_by=_parts(amended_by),
        verified=verified == "yes",
        unverified=frozenset(_parts(unverified)),
        checked_on=date.fromisoformat(checked_on) if checked_on else None,
        source=source or None,
        note=note or None,
        origin="packaged" if origin == "packaged" else "user",
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in cell.split(";")))) if cell else ()


# -- the packaged rows


def packaged_rows() -> list[list[str]]:
    """
    The rows of ``data/instruments.csv``; a LexiconError names the row that is no row.

    Only what costs nothing is looked at: columns and days. The tests look at the rest.
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


_DAYS = [COLUMNS.index(name) for name in ("issued", "effective", "expired", "checked_on")]
_NUMBER, _ALIASES, _AMENDS = map(COLUMNS.index, ("number", "aliases", "amends"))
_PLACES = ", ".join("?" * (len(COLUMNS) + 3))


def insert_rows(
    connection: sqlite3.Connection, rows: Iterable[Sequence[str]], origin: str, first: int = 1
) -> None:
    """Put rows of the columns into the tables, numbered from ``first``, without title keys."""
    kept: list[tuple[Any, ...]] = [
        (row, *cells, origin, number_key(cells[_NUMBER])) for row, cells in enumerate(rows, first)
    ]
    connection.executemany(f"INSERT INTO instruments VALUES ({_PLACES}, NULL)", kept)  # noqa: S608
    for table, column, key in (
        ("names", _ALIASES, words_key),
        ("amendments", _AMENDS, number_key),
    ):
        connection.executemany(
            f"INSERT INTO {table} VALUES (?, ?)",  # noqa: S608
            (
                (key(part), cells[0])
                for cells in kept
                if cells[column + 1]
                for part in _parts(cells[column + 1])
            ),
        )


def _packaged() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(SCHEMA)
    try:
        insert_rows(connection, packaged_rows(), "packaged")
        connection.executescript(INDEXES)
    except sqlite3.IntegrityError as error:
        raise LexiconError(f"data/{FILE}: an id stands there twice ({error})") from error
    connection.commit()
    return connection


@cache
def packaged_register() -> Register:
    """
    The register that comes with the package.

    >>> packaged_register().get("98/2023/NĐ-CP").issued
    datetime.date(2023, 12, 31)
    """
    return Register(_packaged, shared=True)


def open_register(path: Path | None = None) -> Register:
    """The register in a file, made from the packaged one if it is not there; ``None``: packaged."""
    if path is None:
        return packaged_register()
    raise NotImplementedError


def _hold() -> None:
    """Before a fork: wait until no thread is inside of a database, and keep others out."""
    _HELD.extend(_REGISTERS)
    for register in _HELD:
        register._lock.acquire()  # noqa: SLF001


def _release() -> None:
    while _HELD:
        _HELD.pop()._lock.release()  # noqa: SLF001


_HELD: list[Register] = []

if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_hold, after_in_parent=_release, after_in_child=_release)
