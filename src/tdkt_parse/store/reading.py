"""
Plans out of the tables.
"""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection, Select, Text, cast, select

from tdkt_parse.models import Plan
from tdkt_parse.store.database import Store
from tdkt_parse.store.overlay import corrected_in
from tdkt_parse.store.tables import FILES, FINDINGS, PLANS

AT_ONCE = 50


class Stored(NamedTuple):
    """A plan of the database: its content's SHA-256, where its file was met, and the Plan."""

    sha256: str
    paths: tuple[str, ...]
    plan: Plan


class StoredRemark(NamedTuple):
    """What the audit remarked on when a plan was put in; ``text`` the words it is about."""

    rule: str
    name: str
    level: str
    certainty: str
    message: str
    message_en: str
    locator: str
    citation: int | None
    instrument: str | None
    verdict: str | None
    text: str | None


def load(store: Store, sha256: str, *, corrected: bool = True) -> Plan | None:
    """
    The Plan of a content; ``None`` where there is none.

    With people's corrections put on, or as it was read, equal to what was put in.
    """

    def work(connection: Connection) -> Plan | None:
        plan = fetch(connection, sha256)
        return corrected_in(connection, plan) if plan and corrected else plan

    return store.read(work)


def load_all(
    store: Store, contents: Sequence[str] | None = None, *, corrected: bool = True
) -> Iterator[Stored]:
    """
    Every plan, in the order of their keys, or those of ``contents``, in that order.

    It takes the memory for few of them at a time. What is not there any more is left out.
    """
    if contents is not None:
        for at in range(0, len(contents), AT_ONCE):
            some = contents[at : at + AT_ONCE]
            yield from store.read(partial(_stored, contents=some, corrected=corrected))
        return
    last = ""
    while True:
        query = select(PLANS.c.sha256).where(PLANS.c.sha256 > last)
        query = query.order_by(PLANS.c.sha256).limit(AT_ONCE)

        def keys(connection: Connection, query: Select[tuple[str]] = query) -> list[str]:
            return list(connection.scalars(query))

        some = store.read(keys)
        yield from store.read(partial(_stored, contents=some, corrected=corrected))
        if len(some) < AT_ONCE:
            return
        last = some[-1]


def _stored(connection: Connection, contents: Sequence[str], *, corrected: bool) -> list[Stored]:
    found: list[Stored] = []
    for sha256 in contents:
        plan = fetch(connection, sha256)
        if plan is not None:
            plan = corrected_in(connection, plan) if corrected else plan
            found.append(Stored(sha256, _paths(connection, sha256), plan))
    return found


def find_contents(store: Store, name: str) -> list[str]:
    """The contents that a SHA-256, 8 characters or more of its beginning, or a file's path name."""

    def work(connection: Connection) -> list[str]:
        digits = name.lower()
        if len(digits) >= 8 and set(digits) <= set("0123456789abcdef"):
            query = select(PLANS.c.sha256).where(
                PLANS.c.sha256.between(digits, digits.ljust(65, "g"))
            )
            found = list(connection.scalars(query.order_by(PLANS.c.sha256).limit(20)))
            if found:
                return found
        paths = {name, os.path.abspath(name)}  # noqa: PTH100 - links are no matter
        query = select(FILES.c.sha256).where(FILES.c.path.in_(paths)).distinct()
        return list(connection.scalars(query.order_by(FILES.c.sha256)))

    return store.read(work)


def load_remarks(store: Store, sha256: str) -> list[StoredRemark]:
    """What the audit remarked on in a plan when it was put in, in order."""
    columns = [FINDINGS.c[name] for name in StoredRemark._fields]
    query = select(*columns).where(FINDINGS.c.sha256 == sha256).order_by(FINDINGS.c.position)
    return store.read(
        lambda connection: [StoredRemark(*row) for row in connection.execute(query).all()]
    )


def paths_of(store: Store, sha256: str) -> tuple[str, ...]:
    """Where the file of a content was met."""
    return store.read(lambda connection: _paths(connection, sha256))


def fetch(connection: Connection, sha256: str) -> Plan | None:
    """The Plan of a content as it was read."""
    query = select(cast(PLANS.c.json, Text), PLANS.c.exact).where(PLANS.c.sha256 == sha256)
    row = connection.execute(query).first()
    return Plan.from_json(row[1] or row[0]) if row else None


def _paths(connection: Connection, sha256: str) -> tuple[str, ...]:
    query = select(FILES.c.path).where(FILES.c.sha256 == sha256).order_by(FILES.c.path)
    return tuple(connection.scalars(query))
