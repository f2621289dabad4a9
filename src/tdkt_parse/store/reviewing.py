"""
What people said of a reading as a whole: that they looked at it and it is right.

A confirmation holds for the reading it was given to. Read otherwise by a newer version, the plan
waits to be looked at again; corrected after it was confirmed, likewise.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import Connection, delete, func, select, update

from tdkt_parse.exceptions import UsageError
from tdkt_parse.store.database import Store
from tdkt_parse.store.tables import CORRECTIONS, LISTING, PLANS, REVIEWS

Status = Literal["new", "corrected", "confirmed", "stale"]
"""Nobody looked yet; corrected, not confirmed since; confirmed; confirmed, but read anew since."""
STATUSES: tuple[Status, ...] = get_args(Status)


class Review(NamedTuple):
    """How far people are with a plan; who confirmed it, and when (UTC, ISO 8601)."""

    status: Status
    author: str | None = None
    made_at: str | None = None


def confirm(store: Store, sha256: str, *, author: str | None = None, held: bool = True) -> None:
    """
    Say that a plan, with its corrections, is right; or, not ``held``, take that back.

    Raises UsageError where there is no such plan.
    """

    def work(connection: Connection) -> None:
        print_ = connection.scalar(select(PLANS.c.fingerprint).where(PLANS.c.sha256 == sha256))
        if print_ is None:
            raise UsageError(f"There is no plan {sha256} in {store.where}.")
        connection.execute(delete(REVIEWS).where(REVIEWS.c.sha256 == sha256))
        if held:
            row = {
                "sha256": sha256,
                "fingerprint": print_,
                "author": author,
                "made_at": dt.datetime.now(dt.UTC).isoformat(),
            }
            connection.execute(REVIEWS.insert(), row)
        restate(connection, [sha256])

    store.write(work)


def review_of(store: Store, sha256: str) -> Review:
    """How far people are with a plan."""

    def work(connection: Connection) -> Review:
        status = connection.scalar(select(LISTING.c.status).where(LISTING.c.sha256 == sha256))
        row = connection.execute(
            select(REVIEWS.c.author, REVIEWS.c.made_at).where(REVIEWS.c.sha256 == sha256)
        ).first()
        return Review(status or "new", *(row or (None, None)))

    return store.read(work)


def reviewed(store: Store, *, confirmed: bool = False) -> list[str]:
    """The contents that people corrected or confirmed; or only those confirmed, as they are now."""
    known = ("confirmed",) if confirmed else ("confirmed", "corrected", "stale")
    query = select(LISTING.c.sha256).where(LISTING.c.status.in_(known)).order_by(LISTING.c.sha256)
    return store.read(lambda connection: list(connection.scalars(query)))


def restate(connection: Connection, contents: Sequence[str] | None = None) -> None:
    """Write into the list how far people are with some plans, or with all."""
    corrected = select(CORRECTIONS.c.sha256, func.max(CORRECTIONS.c.made_at)).group_by(
        CORRECTIONS.c.sha256
    )
    reviewed = select(
        REVIEWS.c.sha256, REVIEWS.c.made_at, REVIEWS.c.fingerprint == PLANS.c.fingerprint
    ).join(PLANS, PLANS.c.sha256 == REVIEWS.c.sha256)
    for at in range(0, len(contents) if contents is not None else 1, 500):
        some = None if contents is None else list(contents[at : at + 500])
        last = dict(_tuples(connection, corrected, CORRECTIONS.c.sha256, some))
        held = {
            row[0]: (row[1], row[2])
            for row in _tuples(connection, reviewed, REVIEWS.c.sha256, some)
        }
        known = {*last, *held, *(some or ())}
        for sha256 in sorted(known):
            status = _status(last.get(sha256), held.get(sha256))
            changed = update(LISTING).where(LISTING.c.sha256 == sha256).values(status=status)
            connection.execute(changed)


def _tuples(
    connection: Connection, query: Any, column: Any, some: Sequence[str] | None
) -> list[tuple[Any, ...]]:
    narrowed = query if some is None else query.where(column.in_(some))
    return [tuple(row) for row in connection.execute(narrowed)]


def _status(corrected_at: str | None, held: tuple[str, bool] | None) -> Status:
    if held is None:
        return "corrected" if corrected_at else "new"
    made_at, same = held
    if not same:
        return "stale"
    return "corrected" if corrected_at and corrected_at > made_at else "confirmed"
