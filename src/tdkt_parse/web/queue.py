"""
Files that wait to be read, in a table of the database: what was taken in is not lost.

A worker holds a job for ``LEASE`` seconds and says again and again that it lives. What a dead one
held is taken by another; a file whose readers die ``ATTEMPTS`` times is given up.
"""

import datetime as dt
import json
import secrets
import threading
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sqlalchemy import Connection, delete, func, select, update

from tdkt_parse.exceptions import TdktError
from tdkt_parse.store.tables import JOBS

if TYPE_CHECKING:
    from tdkt_parse.store import Store

Work = Literal["store", "parse", "audit"]
State = Literal["waiting", "running", "done", "failed"]
STATES: tuple[State, ...] = ("waiting", "running", "done", "failed")

LEASE = 30.0
ATTEMPTS = 3
SOON, LATER = 0, 10
"""Priorities, the smaller first: somebody waits for the answer, or not."""
KEPT = 3600.0
"""Seconds for which the answer is kept of a file that is not."""


class Job(NamedTuple):
    """
    A file that was put in, and what became of it.

    ``batch`` is shared by files that came together; ``work``: ``store`` puts its Plan into the
    database, ``parse`` and ``audit`` give a ``result`` that is kept for an hour. Of one that
    failed ``error`` is the class of exceptions.py. Times are UTC, ISO 8601.
    """

    id: str
    batch: str
    sha256: str
    name: str
    size: int
    work: Work
    state: State
    attempts: int
    page: int | None
    pages: int | None
    change: str | None
    error: str | None
    message: str | None
    hint: str | None
    warnings: str | None
    account: str | None
    made_at: str
    started_at: str | None
    finished_at: str | None


class Claim(NamedTuple):
    """A job in a worker's hands."""

    id: str
    sha256: str
    name: str
    work: Work
    options: dict[str, Any]


class New(NamedTuple):
    """
    A file to put in: its content, which is in the folder already, and its name.

    One with an ``error`` was not taken; it is told of among the others.
    """

    sha256: str
    name: str
    size: int
    error: TdktError | None = None


_one_at_a_time = threading.Lock()

_COLUMNS = [JOBS.c[name] for name in Job._fields]


def put_in(
    store: "Store",
    files: Sequence[New],
    *,
    work: Work = "store",
    options: Mapping[str, Any] | None = None,
    priority: int = LATER,
    account: str | None = None,
    most: int | None = None,
) -> tuple[str, list[Job]] | None:
    """
    Put files in, all or none, and give the batch's id and its jobs.

    ``None`` where more than ``most`` would wait.
    """
    batch, now = secrets.token_hex(12), dt.datetime.now(dt.UTC)
    rows: list[dict[str, Any]] = [
        {
            "id": secrets.token_hex(12),
            "batch": batch,
            "sha256": one.sha256,
            "name": one.name,
            "size": one.size,
            "work": work,
            "options": json.dumps(dict(options or {})),
            "priority": priority,
            "state": "waiting" if one.error is None else "failed",
            "attempts": 0,
            "account": account,
            **_told(one.error),
            "finished_at": None if one.error is None else _iso(now),
            # Together, yet in the order given.
            "made_at": _iso(now + dt.timedelta(microseconds=at)),
        }
        for at, one in enumerate(files)
    ]

    def put(connection: Connection) -> bool:
        if most is not None and _waiting(connection) + len(rows) > most:
            return False
        if rows:
            connection.execute(JOBS.insert(), rows)
        return True

    # Threads that wait for a lock of SQLite wait by sleeping, longer and longer; here in turn.
    with _one_at_a_time:
        done = store.write(put)
    jobs = [Job._make(row.get(name) for name in Job._fields) for row in rows]
    return (batch, jobs) if done else None


def find(store: "Store", id_: str) -> Job | None:
    """A job; ``None`` if there is none."""
    query = select(*_COLUMNS).where(JOBS.c.id == id_)
    row = store.read(lambda connection: connection.execute(query).first())
    return Job(*row) if row else None


def result_of(store: "Store", id_: str) -> str | None:
    """The answer of a job whose work is ``parse`` or ``audit``."""
    return store.read(
        lambda connection: connection.scalar(select(JOBS.c.result).where(JOBS.c.id == id_))
    )


def find_many(
    store: "Store",
    *,
    batch: str | None = None,
    state: State | None = None,
    account: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> list[Job]:
    """Jobs, the newest first; of a batch in the order in which they were given."""
    query = select(*_COLUMNS)
    for column, value in (("batch", batch), ("state", state), ("account", account)):
        if value is not None:
            query = query.where(JOBS.c[column] == value)
    by = JOBS.c.made_at if batch is not None else JOBS.c.made_at.desc()
    query = query.order_by(by, JOBS.c.id).limit(limit).offset(offset)
    return store.read(lambda connection: [Job(*row) for row in connection.execute(query)])


def withdraw(store: "Store", id_: str) -> bool:
    """Take a job out that waits; whether it did."""
    gone = delete(JOBS).where(JOBS.c.id == id_, JOBS.c.state == "waiting")
    return bool(store.write(lambda connection: connection.execute(gone).rowcount))


def again(store: "Store", id_: str) -> bool:
    """Have a file read again that could not be; whether it could not."""
    change = (
        update(JOBS)
        # One without content was not taken: there is nothing to read.
        .where(JOBS.c.id == id_, JOBS.c.state == "failed", JOBS.c.sha256 != "")
        .values(state="waiting", attempts=0, error=None, message=None, hint=None, finished_at=None)
    )
    return bool(store.write(lambda connection: connection.execute(change).rowcount))


def counts(store: "Store", batch: str | None = None) -> dict[str, int]:
    """How many jobs there are in each state."""
    query = select(JOBS.c.state, func.count()).group_by(JOBS.c.state)
    if batch is not None:
        query = query.where(JOBS.c.batch == batch)
    rows = store.read(lambda connection: connection.execute(query).all())
    found = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in STATES}


def count_waiting(store: "Store") -> int:
    """How many files wait."""
    return store.read(_waiting)


def _waiting(connection: Connection) -> int:
    query = select(func.count()).select_from(JOBS).where(JOBS.c.state == "waiting")
    return connection.scalar(query) or 0


def longest_wait(store: "Store") -> float:
    """Seconds that the job waits which waits longest."""
    query = select(func.min(JOBS.c.made_at)).where(JOBS.c.state == "waiting")
    oldest = store.read(lambda connection: connection.scalar(query))
    if not oldest:
        return 0.0
    return max(0.0, time.time() - dt.datetime.fromisoformat(oldest).timestamp())


# -- for workers


def claim(store: "Store", worker: str) -> Claim | None:
    """The next job, now this worker's; ``None`` where there is none."""
    now = time.time()
    # To look takes no lock; to take does.
    if not store.read(lambda connection: _next(connection, now)):
        return None

    def take(connection: Connection) -> Claim | None:
        _give_up(connection, now)
        row = _next(connection, now)
        if row is None:
            return None
        connection.execute(
            update(JOBS)
            .where(JOBS.c.id == row.id)
            .values(
                state="running",
                worker=worker,
                lease=now + LEASE,
                attempts=JOBS.c.attempts + 1,
                started_at=_now(),
                page=None,
                pages=None,
            )
        )
        return Claim(row.id, row.sha256, row.name, row.work, json.loads(row.options))

    return store.write(take)


def _next(connection: Connection, now: float) -> Any:
    """What a dead worker left, which has waited longest; else the first that waits."""
    lapsed = (JOBS.c.state == "running") & (JOBS.c.lease < now)
    for free in (lapsed, JOBS.c.state == "waiting"):
        query = (
            select(JOBS.c.id, JOBS.c.sha256, JOBS.c.name, JOBS.c.work, JOBS.c.options)
            .where(free)
            # The order of the index: of 10,000 that wait one is looked at.
            .order_by(JOBS.c.state, JOBS.c.priority, JOBS.c.made_at)
            .limit(1)
        )
        if connection.get_execution_options().get("tdkt_write"):
            query = query.with_for_update(skip_locked=True)
        row = connection.execute(query).first()
        if row is not None:
            return row
    return None


def _give_up(connection: Connection, now: float) -> None:
    """Files whose readers died again and again: they may be what kills them."""
    connection.execute(
        update(JOBS)
        .where(JOBS.c.state == "running", JOBS.c.lease < now, JOBS.c.attempts >= ATTEMPTS)
        .values(
            state="failed",
            worker=None,
            lease=None,
            error="Crashed",
            message=f"What read the file was ended {ATTEMPTS} times.",
            hint="Please report it, with the document if you may.",
            finished_at=_now(),
        )
    )


def hold(
    store: "Store", worker: str, id_: str, *, page: int | None = None, pages: int | None = None
) -> None:
    """Say that the worker lives, and which page it reads."""
    change = (
        update(JOBS)
        .where(JOBS.c.id == id_, JOBS.c.worker == worker)
        .values(lease=time.time() + LEASE, page=page, pages=pages)
    )
    store.write(lambda connection: connection.execute(change))


def release(store: "Store", worker: str) -> None:
    """Give back what a worker holds that is known to be dead."""
    change = (
        update(JOBS).where(JOBS.c.worker == worker, JOBS.c.state == "running").values(lease=0.0)
    )
    store.write(lambda connection: connection.execute(change))


def finish(
    store: "Store",
    worker: str,
    id_: str,
    *,
    change: str | None = None,
    result: str | None = None,
    error: TdktError | None = None,
    warnings: Sequence[TdktError] = (),
) -> None:
    """Write down what became of a job, unless it is another worker's by now."""
    told = json.dumps([str(one) for one in warnings], ensure_ascii=False) if warnings else None
    values: dict[str, Any] = {
        "state": "done" if error is None else "failed",
        "worker": None,
        "lease": None,
        "change": change,
        "result": _storable(result),
        "warnings": _storable(told),
        "finished_at": _now(),
        **_told(error),
    }
    done = update(JOBS).where(JOBS.c.id == id_, JOBS.c.worker == worker).values(**values)
    store.write(lambda connection: connection.execute(done))


def sweep(store: "Store") -> int:
    """Forget the answers of files that are not kept when an hour has passed; how many."""
    before = _iso(dt.datetime.now(dt.UTC) - dt.timedelta(seconds=KEPT))
    old = (JOBS.c.work != "store") & JOBS.c.finished_at.is_not(None) & (JOBS.c.finished_at < before)
    return store.write(lambda connection: connection.execute(delete(JOBS).where(old)).rowcount)


def wanted(store: "Store", contents: Sequence[str]) -> set[str]:
    """Which of some contents a job still asks for."""
    found: set[str] = set()
    for at in range(0, len(contents), 500):
        query = select(JOBS.c.sha256).where(JOBS.c.sha256.in_(contents[at : at + 500]))
        found |= set(store.read(lambda connection, q=query: list(connection.scalars(q))))  # type: ignore[misc]
    return found


def _told(error: TdktError | None) -> dict[str, str | None]:
    if error is None:
        return {"error": None, "message": None, "hint": None}
    return {
        "error": type(error).__name__,
        "message": _storable(error.message),
        "hint": _storable(error.hint),
    }


def _storable(said: str | None) -> str | None:
    """In UTF-8, and without U+0000, which PostgreSQL does not take."""
    if said is None:
        return None
    return said.encode("utf-8", "backslashreplace").decode().replace("\0", "�")


def _now() -> str:
    return _iso(dt.datetime.now(dt.UTC))


def _iso(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="microseconds")
