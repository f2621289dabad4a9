"""
A user's file into a user's register: what is new, what is changed, what contradicts, what is wrong.

All of it goes in at once or nothing does. A row is about an instrument of the register when number
and organ are the same (:func:`tdkt_parse.register.keys.same_of`). A blank cell is unknown and
changes nothing; another day of issue is a contradiction, and the row is left out unless the user
says otherwise.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from pathlib import Path

from tdkt_parse.register import database
from tdkt_parse.register.checks import (
    Fault,
    check_row,
    complete_row,
    is_local,
    read_row,
    shown,
    symbol_of,
)
from tdkt_parse.register.columns import COLUMNS, LINKS, parts_of
from tdkt_parse.register.exchange import Columns, Record, read_records
from tdkt_parse.register.keys import Name, bare_words, has_year, number_key, organ_key, same_of

LISTED = 1000
"""How many rows of each kind a report names; all are counted."""

BATCH = 2000

NOBODY = organ_key("")


@dataclass(frozen=True, slots=True)
class Change:
    """What a row changes: the field, what stood there, what stands there now."""

    line: int
    number: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was left out, and why."""

    line: int
    number: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Loose:
    """A row that is in, and a link of it that leads to no instrument of the register."""

    number: str
    fault: Fault


@dataclass(slots=True)
class Report:
    """What an import did, or would do: counts, and the first rows of each kind."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    conflicting: int = 0
    refused: int = 0
    loose: int = 0
    new_numbers: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    loose_links: list[Loose] = field(default_factory=list)
    unused: tuple[str, ...] = ()
    """Columns of the file that fill nothing."""


def import_file(
    path: Path,
    register: Path,
    *,
    chosen: Mapping[str, str] | None = None,
    overwrite: bool = False,
    dry_run: bool = False,
) -> Report:
    """
    Put the rows of a file into a register, which is made if it is not there.

    ``chosen``: which column fills which field, where its name does not say so; ``overwrite``: rows
    that contradict a day of issue go in; ``dry_run``: only say what would be done.
    """
    columns = Columns(chosen or {})
    fresh = not register.exists()
    if fresh and dry_run:
        connection = database.empty_database()
    else:
        if not fresh:
            database.refresh(register)
        connection = database.open_database(register, write=True)
    try:
        with contextlib.closing(connection):
            connection.execute("BEGIN IMMEDIATE")
            try:
                report = _Import(connection, overwrite=overwrite).run(read_records(path, columns))
                report.unused = tuple(sorted(columns.unused))
                connection.execute("ROLLBACK" if dry_run else "COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
    except BaseException as error:
        if fresh and not dry_run:
            register.unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error):
            raise database.unusable(register, error, write=True) from error
        raise
    return report


@lru_cache(maxsize=1024)
def _dashed(organ: str) -> str:
    return "-".join(bare_words(organ))


class _Import:
    """One import while it runs."""

    def __init__(self, connection: sqlite3.Connection, *, overwrite: bool) -> None:
        self._connection = connection
        self._overwrite = overwrite
        self._first = self._next = database.next_row(connection)
        self._report = Report()
        self._ids: set[str] = set()
        self._inserts: list[list[str]] = []
        self._linked: list[int] = []
        self._put_off = False

    def run(self, records: Iterable[Record]) -> Report:
        waiting: list[tuple[Record, dict[str, str]]] = []
        for record in records:
            row, faults = read_row(record.cells) if record.fault is None else ({}, [record.fault])
            if faults:
                self._refuse(record, faults)
                continue
            complete_row(row)
            waiting.append((record, row))
            if len(waiting) >= BATCH:
                self._put(waiting)
                waiting = []
                if not self._put_off and self._report.new > self._first:
                    self._put_off = True
                    database.put_off_indexes(self._connection)
        self._put(waiting)
        if self._put_off:
            database.make_indexes(self._connection)
        report = self._report
        database.index_pairs(self._connection, self._first)
        if report.new * 50 > self._first:
            database.count_pairs(self._connection)
        self._follow_links()
        return report

    def _follow_links(self) -> None:
        """Note which links of the rows of this import lead nowhere, now that all rows are in."""
        wanted = ", ".join(("number", *LINKS))
        for start in range(0, len(self._linked), 500):
            some = self._linked[start : start + 500]
            rows = self._connection.execute(
                f"SELECT {wanted} FROM instruments "  # noqa: S608
                f"WHERE row IN ({', '.join('?' * len(some))}) ORDER BY row",
                some,
            ).fetchall()
            links = [
                (number, column, target)
                for number, *cells in rows
                for column, cell in zip(LINKS, cells, strict=True)
                for target in parts_of(cell)
            ]
            known = self._known(list({number_key(target) for _, _, target in links}))
            for number, column, target in links:
                if number_key(target) in known:
                    continue
                self._report.loose += 1
                if len(self._report.loose_links) < LISTED:
                    fault = Fault(column, "dangling", (shown(target),))
                    self._report.loose_links.append(Loose(number, fault))

    def _put(self, waiting: Sequence[tuple[Record, dict[str, str]]]) -> None:
        keys = [number_key(row["number"]) for _, row in waiting]
        known = self._known(list(dict.fromkeys(keys)))
        for key, (record, row) in zip(keys, waiting, strict=True):
            name = Name(organ_key(row.get("issuer", "")), row.get("issued", ""))
            its = known.setdefault(key, [])
            same = same_of(name, its, with_year=has_year(key))
            if len(same) > 1:
                exact = {place for other, place in its if other == name}
                same = [place for place in same if place in exact] or same
            if len(same) > 1:
                self._refuse(record, [Fault("number", "several", (row["number"],))])
            elif not same:
                if self._add(record, row):
                    its.append((name, self._next - 1))
            else:
                old = next(other for other, place in its if place == same[0])
                if NOBODY in (name.organ, old.organ) and is_local(symbol_of(row["number"])):
                    self._refuse(record, [Fault("issuer", "organ")])
                    continue
                self._flush()
                its[its.index((old, same[0]))] = self._change(record, row, same[0], old), same[0]
        self._flush()

    def _flush(self) -> None:
        """Put in the rows that wait for it."""
        if not self._inserts:
            return
        ids = [cells[0] for cells in self._inserts]
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            marks = ", ".join("?" * len(some))
            taken = self._connection.execute(
                f"SELECT id FROM instruments WHERE id IN ({marks})",  # noqa: S608
                some,
            )
            for (id_,) in taken.fetchall():
                self._inserts[ids.index(id_)][0] = self._other_id(id_)
        first = self._next - len(self._inserts)
        database.insert_rows(self._connection, self._inserts, "user", first)
        self._inserts.clear()
        self._ids.clear()

    def _known(self, keys: Sequence[str]) -> dict[str, list[tuple[Name, int]]]:
        """The rows of the register that have these numbers, from the index alone."""
        known: dict[str, list[tuple[Name, int]]] = {}
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            marks = ", ".join("?" * len(some))
            for row, key, issuer, issued in self._connection.execute(
                f"SELECT row, number_key, issuer, issued FROM instruments "  # noqa: S608
                f"WHERE number_key IN ({marks})",
                some,
            ):
                known.setdefault(key, []).append((Name(organ_key(issuer), issued), row))
        return known

    def _add(self, record: Record, row: dict[str, str]) -> bool:
        faults = check_row(row)
        if is_local(symbol_of(row["number"])) and not row.get("issuer"):
            faults.append(Fault("issuer", "organ"))
        if row.get("id"):
            if row["id"] in self._ids or self._has(row["id"]):
                faults.append(Fault("id", "taken", (shown(row["id"]),)))
            elif "/" in row["id"]:
                faults.append(Fault("id", "slash", (shown(row["id"]),)))
        if faults:
            self._refuse(record, faults)
            return False
        row = {**row, "id": row.get("id") or self._new_id(row)}
        self._ids.add(row["id"])
        self._inserts.append([row.get(column, "") for column in COLUMNS])
        if any(map(row.get, LINKS)):
            self._linked.append(self._next)
        self._next += 1
        self._report.new += 1
        if len(self._report.new_numbers) < LISTED:
            self._report.new_numbers.append(row["number"])
        return True

    def _has(self, id_: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM instruments WHERE id = ?", (id_,))
        return found.fetchone() is not None

    def _new_id(self, row: Mapping[str, str]) -> str:
        """A name for a row that cannot be taken for a number: it has no slash."""
        id_ = number_key(row["number"]).replace("/", "-")
        if is_local(symbol_of(row["number"])):
            id_ = f"{id_}-{_dashed(row.get('issuer', ''))}"
        return self._other_id(id_) if id_ in self._ids else id_

    def _other_id(self, id_: str) -> str:
        """An id that no row has, with a number behind it."""
        return next(
            other
            for other in map(f"{id_}-{{}}".format, count(2))
            if other not in self._ids and not self._has(other)
        )

    def _change(self, record: Record, row: Mapping[str, str], place: int, name: Name) -> Name:
        """Change the row of the register at ``place``; its name from now on."""
        wanted = ", ".join(COLUMNS)
        cells = self._connection.execute(
            f"SELECT {wanted} FROM instruments WHERE row = ?",  # noqa: S608
            (place,),
        ).fetchone()
        old = dict(zip(COLUMNS, cells, strict=True))
        # What the columns of certainty say they say even when blank: all is certain, or nothing.
        changed = {
            column: new
            for column, new in row.items()
            if new != old[column] and (new or column in ("verified", "unverified"))
            if column not in ("id", "number")
        }
        if not changed:
            self._report.unchanged += 1
            return name
        changes = [
            Change(record.line, old["number"], column, old[column], new)
            for column, new in changed.items()
        ]
        if "issued" in changed and old["issued"] and not self._overwrite:
            self._report.conflicting += 1
            if len(self._report.conflicts) < LISTED:
                self._report.conflicts += [it for it in changes if it.field == "issued"]
            return name
        merged = {**old, **changed}
        faults = check_row(merged)
        if faults:
            self._refuse(record, faults)
            return name
        indexed = place < self._first
        database.delete_row(self._connection, place, indexed=indexed)
        database.insert_rows(
            self._connection, [[merged[column] for column in COLUMNS]], "user", place
        )
        if indexed:
            database.index_pairs(self._connection, place, place)
        if any(map(merged.get, LINKS)):
            self._linked.append(place)
        self._report.changed += 1
        if len(self._report.changes) < LISTED:
            self._report.changes += changes
        return Name(organ_key(merged["issuer"]), merged["issued"])

    def _refuse(self, record: Record, faults: Sequence[Fault]) -> None:
        self._report.refused += 1
        if len(self._report.refusals) < LISTED:
            number = shown(record.cells.get("number", ""))
            self._report.refusals.append(Refusal(record.line, number, tuple(faults)))
