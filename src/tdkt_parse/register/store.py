"""
The register: the instruments of a database, looked up by number, title, date and other names.

One implementation, in memory for the packaged rows and in a file for a user's own. The keys of the
packaged titles are made on the first look-up by title, since most of what is asked for has a
number.
"""

import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tdkt_parse.exceptions import Unreadable
from tdkt_parse.register import database
from tdkt_parse.register.columns import COLUMNS, LINKS, instrument_of
from tdkt_parse.register.instruments import Instrument, year_of
from tdkt_parse.register.keys import (
    Name,
    bare_words,
    has_year,
    number_key,
    organ_key,
    same_of,
    same_organ,
    title_hash,
    title_key,
    words_key,
)

if TYPE_CHECKING:
    from tdkt_parse.register.checks import Problem

FEW = 3000
"""Instruments among which a spoilt title is sought one by one."""


class _Lock:
    """A lock that a thread may take twice, and that can be watched over without being kept."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


_ROW = ", ".join(f"i.{column}" for column in (*COLUMNS, "origin", "row"))


KEPT = 4096
"""Answers of the packaged register that are kept: plans ask for the same few instruments."""


class Register:
    """
    The instruments of a database.

    May be used by several threads, and by the child of a process that forked.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], *, in_memory: bool) -> None:
        self._connect = connect
        self._in_memory = in_memory
        self._connection = connect()
        self._process = os.getpid()
        self._lock = _Lock()
        self._titled: set[str | None] = set()
        self._values: dict[str, frozenset[str]] = {}
        self._found: dict[tuple[object, ...], tuple[Instrument, ...]] = {}
        _LOCKS.add(self._lock)

    # -- by number

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
        key = number_key(number)
        if self._lacks("number_key", key):
            return ()
        if issuer is None and issued is None:
            return self._find("i.number_key = ?", (key,))
        # From the index alone: forty provinces may share the number.
        names = self._rows(
            "SELECT row, issuer, issued FROM instruments WHERE number_key = ?", (key,)
        )
        day = issued and issued.isoformat()
        rows = [
            row
            for row, its, issued_on in names
            if not (day and issued_on and issued_on != day)
            and not (issuer and its and not same_organ(its, issuer))
        ]
        marks = ", ".join("?" * len(rows))
        return self._find(f"i.row IN ({marks})", rows) if rows else ()

    # -- by title

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
        self._index_titles(kind)
        return tuple(
            each
            for each in _of_kind(
                self._find("i.title_hash = ? AND i.title_key = ?", (title_hash(key), key)), kind
            )
            if (issued is None or each.issued in (None, issued))
            and (year is None or year_of(each) in (None, year))
        )

    def nearest(self, title: str, kind: str | None = None) -> Instrument | None:
        """
        The one whose title a spoilt title can be, where it stands clear; see ``nearest``.

        Of two instruments with one title, as a law and the law in whose place it came, neither
        does.
        """
        exact = self.by_title(title, kind) or self.by_spoilt_title(title, kind)
        return exact[0] if len(exact) == 1 else None

    def by_spoilt_title(self, title: str, kind: str | None = None) -> tuple[Instrument, ...]:
        """All of the one title that a spoilt title can be, if it stands clear; see ``choose``."""
        asked = ("spoilt", title, kind)
        if (known := self._found.get(asked)) is not None:
            return known
        return self._kept(asked, self._by_spoilt_title(title, kind))

    def _by_spoilt_title(self, title: str, kind: str | None) -> tuple[Instrument, ...]:
        from tdkt_parse.register.nearest import choose

        wanted = words_key(kind) if kind else None
        candidates = [
            each
            for each in self._like(title)
            if each[1] and (wanted is None or words_key(each[2]) == wanted)
        ]
        titles = list({title_key(each[1]): each[1] for each in candidates}.values())
        chosen = choose(title, titles)
        return self.by_title(titles[chosen], kind) if chosen is not None else ()

    def search(self, text: str, limit: int = 20) -> tuple[Instrument, ...]:
        """
        Those of a number, of another name, or with all the words in their titles; best first.

        A type of document before the words, and a year behind them, are the instrument's own.
        """
        from tdkt_parse.register.asking import read_query

        wanted = read_query(text)
        found = {it.id: it for it in (*self.by_number(text), *self.by_alias(text))}
        if not found:
            for number in wanted.numbers or (text,):
                found.update((it.id, it) for it in self._begun(number, limit))
        scored = self._worded(bare_words(text))
        if wanted.words and not wanted.numbers and (wanted.kind or wanted.year):
            scored += self._worded(wanted.words, wanted.kind, wanted.year)
        for _, row in sorted(scored):
            if len(found) >= limit:
                break
            found.update((it.id, it) for it in self._find("i.row = ?", (row,)))
        return tuple(found.values())[:limit]

    def _begun(self, number: str, limit: int) -> tuple[Instrument, ...]:
        """Those of a number, or else those whose numbers begin so."""
        start = number_key(number)
        if not start[:1].isdigit():
            return ()
        # A range, since LIKE would look at every row.
        begun = "i.number_key >= ? AND i.number_key < ?"
        return self.by_number(number) or self._find(begun, (start, f"{start}\U0010ffff"), limit)

    def _worded(
        self, words: Sequence[str], kind: str | None = None, year: int | None = None
    ) -> list[tuple[float, int]]:
        """Rows with all the words in kind and title, with a figure that is the lower the better."""
        from rapidfuzz import fuzz

        if not words:
            return []
        wanted = " ".join(words)
        scored = []
        for row, title, its, number, issued in self._holding(words):
            if kind and words_key(kind) != words_key(its):
                continue
            if year and str(year) not in (issued[:4], *number.split("/")[1:2]):
                continue
            known = " ".join(bare_words(f"{its} {title}"))
            if all(f" {word} " in f" {known} " for word in words):
                # Its own kind is named: what is of it stands before what only mentions it.
                named = 100 * (wanted in known) + 50 * bool(kind)
                scored.append((-fuzz.ratio(wanted, known) - named, row))
        return scored

    # -- by other names and days

    def by_alias(self, name: str) -> tuple[Instrument, ...]:
        """Those that are called by another name."""
        where = "i.row IN (SELECT row FROM names WHERE name = ?)"
        return self._find(where, (words_key(name),))

    def issued_on(self, day: date, kind: str | None = None) -> tuple[Instrument, ...]:
        """Those issued on a day."""
        written = day.isoformat()
        if self._lacks("issued", written):
            return ()
        return _of_kind(self._find("i.issued = ?", (written,)), kind)

    # -- by links

    def amendments_of(self, number: str) -> tuple[Instrument, ...]:
        """
        Those that amend an instrument, by its row or by theirs, in the order of their dates.

        ``number`` may be a row's id, where several instruments share a number.
        """
        found: dict[str, Instrument] = {}
        for each in self._find("i.id = ?", (number,)) or self.by_number(number):
            for other in each.amended_by:
                found.update((it.id, it) for it in self.linked(each, other))
            where = "i.row IN (SELECT row FROM amendments WHERE number = ?)"
            for it in self._find(where, (number_key(each.number),)):
                if each in self.linked(it, each.number):
                    found[it.id] = it
        return tuple(sorted(found.values(), key=lambda it: (it.issued or date.max, it.id)))

    def linked(self, instrument: Instrument, number: str) -> tuple[Instrument, ...]:
        """
        Those that a link of an instrument means.

        Where several instruments share the number, the link means that of the same organ.
        """
        found = self.by_number(number)
        issuer = instrument.issuer
        if len(found) > 1 and issuer:
            return tuple(it for it in found if it.issuer and same_organ(it.issuer, issuer))
        return found

    def problems(self) -> Iterator["Problem"]:
        """
        Warnings: links that lead to no instrument of the register or to several; instruments that
        may be in it twice.
        """
        from tdkt_parse.register.checks import Fault, Problem

        twice = "SELECT number_key FROM instruments GROUP BY number_key HAVING count(*) > 1"
        for (key,) in self._rows(twice):
            known: list[tuple[Name, str]] = []
            for it in self._find("i.number_key = ?", (key,)):
                issued = it.issued.isoformat() if it.issued else ""
                name = Name(organ_key(it.issuer or ""), issued)
                if same_of(name, known, with_year=has_year(key)):
                    yield Problem(it, Fault("number", "twice", (it.number,)))
                known.append((name, it.id))
        for instrument in self._each(" OR ".join(f"i.{column} != ''" for column in LINKS)):
            for column in LINKS:
                for number in getattr(instrument, column):
                    found = self.linked(instrument, number)
                    if len(found) != 1:
                        saying = "several" if found else "dangling"
                        yield Problem(instrument, Fault(column, saying, (number,)))

    # -- all of them

    @property
    def count(self) -> int:
        """How many instruments there are."""
        return int(self._rows("SELECT count(*) FROM instruments")[0][0])

    def all(self) -> Iterator[Instrument]:
        """Every instrument, in the order in which they came in."""
        return self._each("TRUE")

    def _each(self, where: str) -> Iterator[Instrument]:
        last = 0
        while rows := self._rows(
            f"SELECT {_ROW} FROM instruments i WHERE i.row > ? AND ({where}) "  # noqa: S608
            "ORDER BY i.row LIMIT 1000",
            (last,),
        ):
            last = rows[-1][-1]
            yield from map(_instrument, rows)

    # -- the database

    def close(self) -> None:
        """Let go of the file; the register cannot be used any more."""
        with self._lock:
            self._connection.close()

    def _find(
        self, where: str, values: Sequence[object], limit: int = -1
    ) -> tuple[Instrument, ...]:
        asked = (where, *values, limit)
        if (known := self._found.get(asked)) is not None:
            return known
        rows = self._rows(
            f"SELECT {_ROW} FROM instruments i WHERE {where} "  # noqa: S608
            "ORDER BY i.issued, i.row LIMIT ?",
            (*values, limit),
        )
        return self._kept(asked, tuple(map(_instrument, rows)))

    def _kept(
        self, asked: tuple[object, ...], found: tuple[Instrument, ...]
    ) -> tuple[Instrument, ...]:
        """An answer, which is kept if it is the packaged register's; a file may be written to."""
        if self._in_memory:
            if len(self._found) >= KEPT:
                self._found.clear()
            self._found[asked] = found
        return found

    def _lacks(self, column: str, value: str) -> bool:
        """
        Whether no packaged instrument has a value, without asking the database: most of what plans
        cite is of their province, which the package knows nothing of. A file may change.
        """
        if not self._in_memory:
            return False
        if (known := self._values.get(column)) is None:
            rows = self._rows(f"SELECT {column} FROM instruments")  # noqa: S608
            known = self._values[column] = frozenset(value for (value,) in rows)
        return value not in known

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._here().execute(statement, values).fetchall()
            except sqlite3.Error as error:
                raise Unreadable(f"The register cannot be read: {error}.") from error

    def _here(self) -> sqlite3.Connection:
        """The connection of this process: that of a file must not cross a fork."""
        if self._process != os.getpid():
            self._process = os.getpid()
            if not self._in_memory:
                _ABANDONED.append(self._connection)  # To close it would end the parent's locks.
                self._connection = self._connect()
        return self._connection

    def _index_titles(self, kind: str | None) -> None:
        """
        Make the keys of the packaged titles of a type, or of all; in a file they are there.

        Of a type alone where it can be: laws are looked up by title in most plans, decrees in few.
        """
        if not self._in_memory or None in self._titled or kind in self._titled:
            return
        with self._lock:
            connection = self._here()
            kinds = {
                name for (name,) in connection.execute("SELECT DISTINCT kind FROM instruments")
            }
            one = kind if kind in kinds else None
            where, values = ("WHERE kind = ?", (one,)) if one else ("", ())
            waiting = connection.execute(
                f"SELECT row, title FROM instruments {where}",  # noqa: S608
                values,
            ).fetchall()
            keys = [(title_key(title), row) for row, title in waiting if title]
            connection.executemany(
                "UPDATE instruments SET title_key = ?, title_hash = ? WHERE row = ?",
                [(key, title_hash(key), row) for key, row in keys],
            )
            connection.commit()
            self._titled.add(one)

    def _like(self, title: str) -> list[tuple[Any, ...]]:
        """Rows, titles and kinds of which some may be like a title."""
        from tdkt_parse.register.nearest import pairs_of

        pairs = list(dict.fromkeys(pairs_of(title)))[:200]
        if not self._has_pairs() or not pairs:
            return self._rows("SELECT row, title, kind FROM instruments")
        marks = ", ".join("?" * len(pairs))
        common = dict(
            self._rows(f"SELECT pair, titles FROM common_pairs WHERE pair IN ({marks})", pairs)  # noqa: S608
        )
        rare = [f'"{pair}"' for pair in pairs if pair not in common]
        rare = rare[:: max(1, len(rare) // 6)]  # Here and there: one may be misread.
        cuts = [part * len(pairs) // 3 for part in range(4)]
        thirds = [
            " AND ".join(f'"{pair}"' for pair in pairs[start:end]) for start, end in pairwise(cuts)
        ]
        # Of common pairs many together: a part of the title that was read without an error.
        both = [f"({one} AND {other})" for one, other in combinations(filter(None, thirds), 2)]
        queries = [" OR ".join(rare), " OR ".join(both)]
        rows: dict[int, tuple[Any, ...]] = {}
        for query in filter(None, queries):
            found = self._rows(
                "SELECT row, title, kind FROM instruments WHERE row IN "
                "(SELECT rowid FROM pairs WHERE pairs MATCH ? LIMIT ?)",
                (query, FEW // 3),
            )
            rows.update((row[0], row) for row in found)
        return list(rows.values())

    def _holding(self, words: Sequence[str]) -> list[tuple[Any, ...]]:
        """Rows with what is known of them, of which some hold all the words, each in its title."""
        if not self._has_pairs():
            return self._rows("SELECT row, title, kind, number, issued FROM instruments")
        words = words[:20]
        together = " AND ".join(f'"{one}_{other}"' for one, other in pairwise(words))
        # One after another they are found at once; anywhere in a title it takes longer.
        anywhere = " AND ".join(f'"{word}_" *' for word in words)
        for query in filter(None, (together, anywhere)):
            found = self._rows(
                "SELECT row, title, kind, number, issued FROM instruments WHERE row IN "
                "(SELECT rowid FROM pairs WHERE pairs MATCH ? LIMIT ?)",
                (query, FEW // 3),
            )
            if found:
                return found
        return []

    def _has_pairs(self) -> bool:
        with self._lock:
            return not self._in_memory and database.has_pairs(self._here())


def _instrument(row: Sequence[str]) -> Instrument:
    try:
        return instrument_of(row)
    except (ValueError, AttributeError, TypeError) as error:
        raise Unreadable(f"The register is damaged: row {row[0]!r}: {error}.") from error


_ABANDONED: list[sqlite3.Connection] = []


def _of_kind(found: Iterable[Instrument], kind: str | None) -> tuple[Instrument, ...]:
    wanted = words_key(kind) if kind else None
    return tuple(it for it in found if wanted is None or words_key(it.kind) == wanted)


@cache
def packaged_register() -> Register:
    """
    The register that comes with the package.

    >>> packaged_register().get("98/2023/NĐ-CP").issued
    datetime.date(2023, 12, 31)
    """
    return Register(database.packaged_database, in_memory=True)


def open_register(path: str | Path | None = None) -> Register:
    """
    The register in a file that ``tdkt register import`` made; ``None``: the packaged one.

    Packaged rows that are older than this package's are replaced first. Raises Unreadable if the
    file is not there or is no register.
    """
    if path is None:
        return packaged_register()
    file = Path(path)
    database.refresh(file)
    return Register(lambda: database.open_database(file, write=False), in_memory=False)


# -- forks

_LOCKS: "weakref.WeakSet[_Lock]" = weakref.WeakSet()
_FORKING = threading.Lock()
_HELD: list[_Lock] = []


def _hold() -> None:
    """Before a fork: wait until no thread is inside of a database, and keep others out."""
    _FORKING.acquire()
    for lock in list(_LOCKS):
        lock.acquire()
        _HELD.append(lock)


def _release() -> None:
    while _HELD:
        _HELD.pop().release()
    _FORKING.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_hold, after_in_parent=_release, after_in_child=_release)
