"""
Whether a database is whole.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, exists, func, select, text

from tdkt_parse.models import Plan
from tdkt_parse.store.correcting import corrections
from tdkt_parse.store.database import Store
from tdkt_parse.store.overlay import corrected_in
from tdkt_parse.store.reading import fetch
from tdkt_parse.store.rows import agency_rows
from tdkt_parse.store.tables import (
    AGENCIES,
    CITATIONS,
    CORRECTIONS,
    DOCUMENTS,
    INSTRUMENTS,
    ITEMS,
    LISTING,
    METADATA,
    PLANS,
    RECIPIENTS,
    SEARCH_TEXTS,
    TASKS,
)


class Fault(NamedTuple):
    """Something in a database that is not as it should be; ``grave`` where it is damage."""

    where: str
    message: str
    grave: bool = True


class Report(NamedTuple):
    """How many rows each table has, and what is not well."""

    counts: dict[str, int]
    faults: tuple[Fault, ...]


def check(store: Store, *, deep: bool = False) -> Report:
    """
    Look whether the database is whole; ``deep``: compare each Plan with its rows too.

    Corrections that are open are told, and are no damage.
    """

    def work(connection: Connection) -> Report:
        counts = {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in METADATA.sorted_tables
        }
        faults = [*_own(connection), *_orphans(connection)]
        if deep:
            faults += _compared(connection)
        return Report(counts, tuple(faults))

    counts, faults = store.read(work)
    open_ones = tuple(
        Fault(one.sha256, f"correction {one.id} of {one.pointer} is open", grave=False)
        for one in corrections(store)
        if one.state == "open"
    )
    return Report(counts, faults + open_ones)


def _own(connection: Connection) -> Iterator[Fault]:
    """What the database finds in itself."""
    if connection.dialect.name != "sqlite":
        return
    for row in connection.execute(text("PRAGMA integrity_check")):
        if row[0] != "ok":
            yield Fault("database", str(row[0]))
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield Fault(str(row[0]), f"row {row[1]} belongs to a row of {row[2]} that is not there")


def _orphans(connection: Connection) -> Iterator[Fault]:
    of_plan = exists().where(PLANS.c.sha256 == DOCUMENTS.c.sha256)
    for sha256 in connection.scalars(select(DOCUMENTS.c.sha256).where(~of_plan)):
        yield Fault(sha256, "the document has no plan")
    indexed = exists().where(SEARCH_TEXTS.c.sha256 == PLANS.c.sha256)
    for sha256 in connection.scalars(select(PLANS.c.sha256).where(~indexed)):
        yield Fault(sha256, "the plan is not in the index of search")
    listed = exists().where(LISTING.c.sha256 == PLANS.c.sha256)
    for sha256 in connection.scalars(select(PLANS.c.sha256).where(~listed)):
        yield Fault(sha256, "the plan is not in the list")
    kept = exists().where(DOCUMENTS.c.sha256 == CORRECTIONS.c.sha256)
    for one in connection.scalars(select(CORRECTIONS.c.id).where(~kept)):
        yield Fault(one, "the correction is of no document")
    cited = exists().where(CITATIONS.c.instrument == INSTRUMENTS.c.id)
    for one in connection.scalars(select(INSTRUMENTS.c.id).where(~cited)):
        yield Fault(one, "no plan cites the instrument", grave=False)


def _compared(connection: Connection) -> Iterator[Fault]:
    keys = set(connection.scalars(select(AGENCIES.c.key)))
    for sha256 in connection.scalars(select(PLANS.c.sha256).order_by(PLANS.c.sha256)).all():
        try:
            read = fetch(connection, sha256)
        except ValueError as error:
            yield Fault(sha256, f"its JSON is no Plan ({str(error).splitlines()[0]})")
            continue
        if read is None:
            continue
        plan = corrected_in(connection, read)
        if plan.source.sha256 != sha256:
            yield Fault(sha256, "its JSON is of another document")
        yield from _counted(connection, plan)
        lost = agency_rows(plan).keys() - keys
        if lost:
            yield Fault(sha256, f"agencies are missing: {', '.join(sorted(lost))}")


def _counted(connection: Connection, plan: Plan) -> Iterator[Fault]:
    sha256 = plan.source.sha256
    for table, wanted in (
        (TASKS, len(plan.tasks)),
        (CITATIONS, len(plan.citations)),
        (ITEMS, len(plan.implementation)),
        (RECIPIENTS, len(plan.recipients)),
    ):
        query = select(func.count()).select_from(table).where(table.c.sha256 == sha256)
        there = connection.scalar(query)
        if there != wanted:
            yield Fault(sha256, f"{table.name}: {there} rows, not {wanted}")
