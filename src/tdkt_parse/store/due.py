"""
The work of many plans by time: what is due in a quarter, in a month, in the days ahead, and whose.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from tdkt_parse.exceptions import UsageError
from tdkt_parse.spelling import bare
from tdkt_parse.store.database import Store
from tdkt_parse.store.tables import (
    AGENCIES,
    PLAN_YEARS,
    PLANS,
    TASK_QUARTERS,
    TASK_UNITS,
    TASKS,
)
from tdkt_parse.store.terms import expand

MOST_UNITS = 300


@dataclass(frozen=True, slots=True)
class When:
    """
    Which tasks: of a planned ``year``, of its ``quarter``, due in its ``month``, or due from a day
    to another (both inclusive); ``lead`` words of the name of whoever leads.
    """

    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A task, and of which plan it is; ``position`` is its index there."""

    sha256: str
    position: int
    label: str | None
    content: str
    lead: str
    support: str
    timing: str | None
    starts: dt.date | None
    ends: dt.date | None
    recurrence: str | None
    issuer: str | None
    number: str | None
    kind: str | None
    quarters: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Some tasks, by their days; how many in all; of the year by quarter, month, and who leads."""

    rows: tuple[Due, ...]
    total: int
    quarters: dict[int, int]
    months: dict[int, int]
    leads: tuple[tuple[str, int], ...]


def due(store: Store, when: When, *, limit: int = 100, offset: int = 0) -> Calendar:
    """Tasks ``offset`` to ``offset + limit``. Raises UsageError for a time that is none."""
    _check(when)

    def work(connection: Connection) -> Calendar:
        units = _units(connection, when.lead) if when.lead.strip() else None
        wanted = _conditions(when, units)
        total = connection.scalar(select(func.count()).select_from(TASKS).where(*wanted)) or 0
        return Calendar(
            tuple(_rows(connection, wanted, limit, offset)),
            total,
            _by_quarter(connection, when, units),
            _by_month(connection, when, units),
            tuple(_by_lead(connection, wanted)),
        )

    return store.read(work)


def planned_years(store: Store) -> list[int]:
    """The years for which there is a plan, the last first."""

    def work(connection: Connection) -> list[int]:
        # From one year to the next by the index.
        years: list[int] = []
        query = select(func.max(PLAN_YEARS.c.year))
        year = connection.scalar(query)
        while year is not None and len(years) < 100:
            years.append(year)
            year = connection.scalar(query.where(PLAN_YEARS.c.year < year))
        return years

    return store.read(work)


def _check(when: When) -> None:
    if when.quarter is not None and when.quarter not in range(1, 5):
        raise UsageError(f"quarter: {when.quarter} is none.", hint="Give 1 to 4.")
    if when.month is not None and (when.month not in range(1, 13) or when.year is None):
        raise UsageError("month: that is none of a year.", hint="Give 1 to 12, and the year.")
    if when.year is not None and not 1000 <= when.year <= 9999:
        raise UsageError(f"year: {when.year} is none.", hint="Give four digits.")


def _units(connection: Connection, words: str) -> list[str]:
    """The keys of the agencies whose names have all the words, with marks or without."""
    wanted = bare(expand(words)).split()
    rows = connection.execute(select(AGENCIES.c.key, AGENCIES.c.name)).all()
    found = [row.key for row in rows if all(word in bare(expand(row.name)) for word in wanted)]
    return found[:MOST_UNITS]


def _conditions(when: When, units: Sequence[str] | None) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if when.first is not None:
        wanted.append(TASKS.c.ends >= when.first)
    if when.last is not None:
        wanted.append(TASKS.c.ends <= when.last)
    if when.month is not None and when.year is not None:
        first = dt.date(when.year, when.month, 1)
        wanted += [TASKS.c.ends >= first, TASKS.c.ends <= _month_end(first)]
    elif when.year is not None:
        wanted.append(
            TASKS.c.sha256.in_(select(PLAN_YEARS.c.sha256).where(PLAN_YEARS.c.year == when.year))
        )
    if when.quarter is not None:
        wanted.append(
            select(TASK_QUARTERS.c.task)
            .where(
                TASK_QUARTERS.c.sha256 == TASKS.c.sha256,
                TASK_QUARTERS.c.task == TASKS.c.position,
                TASK_QUARTERS.c.quarter == when.quarter,
            )
            .correlate(TASKS)
            .exists()
        )
    wanted += _led_by(units)
    return wanted


def _led_by(units: Sequence[str] | None) -> list[ColumnElement[bool]]:
    if units is None:
        return []
    return [
        select(TASK_UNITS.c.task)
        .where(
            TASK_UNITS.c.sha256 == TASKS.c.sha256,
            TASK_UNITS.c.task == TASKS.c.position,
            TASK_UNITS.c.role == "lead",
            TASK_UNITS.c.agency.in_(units),
        )
        .correlate(TASKS)
        .exists()
    ]


def _month_end(first: dt.date) -> dt.date:
    following = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return following - dt.timedelta(days=1)


def _rows(
    connection: Connection, wanted: Sequence[ColumnElement[bool]], limit: int, offset: int
) -> list[Due]:
    names = ("sha256", "position", "label", "content", "lead", "support", "timing", "starts",
             "ends", "recurrence")  # fmt: skip
    query = (
        select(*(TASKS.c[name] for name in names), PLANS.c.issuer, PLANS.c.number, PLANS.c.kind)
        .join(PLANS, PLANS.c.sha256 == TASKS.c.sha256)
        .where(*wanted)
        # Those without a day come last, in both databases.
        .order_by(TASKS.c.ends.is_(None), TASKS.c.ends, TASKS.c.sha256, TASKS.c.position)
        .limit(limit)
        .offset(offset)
    )
    rows = connection.execute(query).all()
    contents = {row.sha256 for row in rows}
    quarters: dict[tuple[str, int], list[int]] = {}
    for row in connection.execute(
        select(TASK_QUARTERS).where(TASK_QUARTERS.c.sha256.in_(contents))
        .order_by(TASK_QUARTERS.c.quarter)
    ):  # fmt: skip
        quarters.setdefault((row.sha256, row.task), []).append(row.quarter)
    return [
        Due(**row._mapping, quarters=tuple(quarters.get((row.sha256, row.position), ())))  # noqa: SLF001
        for row in rows
    ]


def _by_quarter(connection: Connection, when: When, units: Sequence[str] | None) -> dict[int, int]:
    if when.year is None:
        return {}
    of_year = select(PLAN_YEARS.c.sha256).where(PLAN_YEARS.c.year == when.year)
    query = select(TASK_QUARTERS.c.quarter, func.count()).where(TASK_QUARTERS.c.sha256.in_(of_year))
    if units is not None:
        query = query.join(
            TASKS,
            and_(
                TASKS.c.sha256 == TASK_QUARTERS.c.sha256,
                TASKS.c.position == TASK_QUARTERS.c.task,
            ),
        ).where(*_led_by(units))
    rows = connection.execute(query.group_by(TASK_QUARTERS.c.quarter))
    return {row[0]: row[1] for row in rows}


def _by_month(connection: Connection, when: When, units: Sequence[str] | None) -> dict[int, int]:
    if when.year is None:
        return {}
    query = (
        select(TASKS.c.ends, func.count())
        .where(TASKS.c.ends >= dt.date(when.year, 1, 1), TASKS.c.ends <= dt.date(when.year, 12, 31))
        .where(*_led_by(units))
        .group_by(TASKS.c.ends)
    )
    months: dict[int, int] = {}
    for day, count in connection.execute(query):
        months[day.month] = months.get(day.month, 0) + count
    return months


def _by_lead(
    connection: Connection, wanted: Sequence[ColumnElement[bool]], most: int = 15
) -> list[tuple[str, int]]:
    many: Any = func.count()
    query = (
        select(AGENCIES.c.name, many)
        .select_from(TASKS)
        .join(
            TASK_UNITS,
            and_(TASK_UNITS.c.sha256 == TASKS.c.sha256, TASK_UNITS.c.task == TASKS.c.position),
        )
        .join(AGENCIES, AGENCIES.c.key == TASK_UNITS.c.agency)
        .where(TASK_UNITS.c.role == "lead", *wanted)
        .group_by(AGENCIES.c.key, AGENCIES.c.name)
        .order_by(many.desc(), AGENCIES.c.name)
        .limit(most)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]
