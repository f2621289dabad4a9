"""
The instruments that plans cite: by how many, how each is spelt, and on which days; and what the
audit found, by rule and by who issued the plans.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, case, func, or_, select

from tdkt_parse.days import Days
from tdkt_parse.register.keys import number_key
from tdkt_parse.spelling import bare
from tdkt_parse.store.database import Store
from tdkt_parse.store.rows import days_in
from tdkt_parse.store.tables import CITATIONS, FINDINGS, INSTRUMENTS, LISTING, PLANS


@dataclass(frozen=True, slots=True)
class CitedInstrument:
    """
    An instrument, and by how many plans it is cited, in how many as a basis.

    Not ``known``: no register had it when the plans were read; then ``id`` is its number, which
    several organs may have given. ``days`` are those on which plans that cite it may have been
    signed, with their number: a month where the day is blank; ``None`` counts those without a
    year.
    """

    id: str
    number: str | None
    kind: str | None
    title: str | None
    issuer: str | None
    issued: dt.date | None
    effective: dt.date | None
    expired: dt.date | None
    expiry_checked: bool
    replaced_by: str | None
    plans: int
    based: int
    days: tuple[tuple[Days | None, int], ...] = ()
    known: bool = True


class Spelling(NamedTuple):
    """How an instrument is called in citations, and how often; one plan that does."""

    text: str
    times: int
    sha256: str


class RuleCount(NamedTuple):
    """A rule of the audit, its findings, and in how many plans."""

    rule: str
    name: str
    level: str
    findings: int
    plans: int
    message: str


class IssuerCount(NamedTuple):
    """Who issued plans: how many, how many of them with an error, with a warning; findings."""

    issuer: str
    plans: int
    errors: int
    warnings: int
    findings: int


def cited_instruments(
    store: Store, words: str = "", *, limit: int = 50, offset: int = 0
) -> tuple[list[CitedInstrument], int]:
    """
    Those cited by the most plans first, and how many there are; ``words`` of number, kind or title.
    """

    def work(connection: Connection) -> tuple[list[CitedInstrument], int]:
        plans: Any = func.count(CITATIONS.c.sha256.distinct())
        counted = (
            select(CITATIONS.c.instrument, plans.label("plans"))
            .where(CITATIONS.c.instrument.is_not(None))
            .group_by(CITATIONS.c.instrument)
        )
        counts = {row[0]: row[1] for row in connection.execute(counted)}
        wanted = bare(words).split()
        rows = [
            row
            for row in connection.execute(select(INSTRUMENTS))
            if row.id in counts and all(word in _said(row) for word in wanted)
        ]
        told: list[tuple[int, str, Any]] = [(counts[row.id], row.id, row) for row in rows]
        told += [(row.plans, row.key, row) for row in _unknown_with(connection, wanted)]
        told.sort(key=lambda one: (-one[0], one[1]))
        some = told[offset : offset + limit]
        known = [row for _, _, row in some if "key" not in row._fields]
        made = {one.id: one for one in _with_days(connection, known, counts)}
        unknown = {row.key: row.plans for _, _, row in some if "key" in row._fields}
        made |= _unknown_ones(connection, unknown)
        return [made[id_] for _, id_, _ in some], len(told)

    return store.read(work)


def cited_instrument(store: Store, id_: str) -> CitedInstrument | None:
    """One of them; ``None`` if no plan cites it."""

    def work(connection: Connection) -> CitedInstrument | None:
        row = connection.execute(select(INSTRUMENTS).where(INSTRUMENTS.c.id == id_)).first()
        if row is None:
            key = number_key(id_)
            plans = connection.scalar(
                select(func.count(CITATIONS.c.sha256.distinct())).where(
                    CITATIONS.c.instrument.is_(None), CITATIONS.c.number_key == key
                )
            )
            return _unknown_ones(connection, {key: plans}).get(key) if plans else None
        plans = connection.scalar(
            select(func.count(CITATIONS.c.sha256.distinct())).where(CITATIONS.c.instrument == id_)
        )
        return _with_days(connection, [row], {id_: plans or 0})[0]

    return store.read(work)


class _Unknown(NamedTuple):
    key: str
    plans: int


def _unknown_with(connection: Connection, wanted: Sequence[str]) -> list[_Unknown]:
    """Numbers that plans cite and no register knew, with those words; each with its plans."""
    query = (
        select(CITATIONS.c.number_key, func.count(CITATIONS.c.sha256.distinct()))
        .where(CITATIONS.c.instrument.is_(None), CITATIONS.c.number_key.is_not(None))
        .group_by(CITATIONS.c.number_key)
    )
    found = [_Unknown(*row) for row in connection.execute(query)]
    if not wanted:
        return found
    named = _names(connection, None)
    return [
        one
        for one in found
        if all(word in bare(" ".join(filter(None, named[one.key]))) for word in wanted)
    ]


def _names(connection: Connection, keys: Sequence[str] | None) -> dict[str, tuple[str, str | None]]:
    """How numbers that no register knew are written, and as what kind, by their keys."""
    query = (
        select(CITATIONS.c.number_key, func.min(CITATIONS.c.number), func.min(CITATIONS.c.kind))
        .where(CITATIONS.c.instrument.is_(None), CITATIONS.c.number_key.is_not(None))
        .group_by(CITATIONS.c.number_key)
    )
    if keys is not None:
        query = query.where(CITATIONS.c.number_key.in_(keys))
    return {row[0]: (row[1] or row[0], row[2]) for row in connection.execute(query)}


def _unknown_ones(connection: Connection, plans: Mapping[str, int]) -> dict[str, CitedInstrument]:
    """Those of the keys, with the days of the plans that cite them."""
    citing = CITATIONS.c.instrument.is_(None) & CITATIONS.c.number_key.in_(list(plans))
    each = select(CITATIONS.c.number_key, CITATIONS.c.sha256).where(citing).distinct().subquery()
    signed = (
        select(each.c.number_key, LISTING.c.date, func.count())
        .join(LISTING, LISTING.c.sha256 == each.c.sha256)
        .group_by(each.c.number_key, LISTING.c.date)
    )
    days = _days(connection.execute(signed))
    of_bases = (
        select(CITATIONS.c.number_key, func.count(CITATIONS.c.sha256.distinct()))
        .where(citing, CITATIONS.c.where == "legal_bases")
        .group_by(CITATIONS.c.number_key)
    )
    based = {row[0]: row[1] for row in connection.execute(of_bases)}
    blank: dict[str, Any] = dict.fromkeys(
        ("title", "issuer", "issued", "effective", "expired", "replaced_by")
    )
    return {
        key: CitedInstrument(
            **blank,
            id=number,
            number=number,
            kind=kind,
            expiry_checked=False,
            plans=plans[key],
            based=based.get(key, 0),
            days=days.get(key, ()),
            known=False,
        )
        for key, (number, kind) in _names(connection, list(plans)).items()
    }


def _days(rows: Iterable[Any]) -> dict[str, tuple[tuple[Days | None, int], ...]]:
    """By what is cited: the days of plans, the earliest first; rows of its key, a date, a count."""
    found: dict[str, Counter[Days | None]] = {}
    for cited, date, count in rows:
        found.setdefault(cited, Counter())[days_in(date)] += count
    return {
        cited: tuple(sorted(days.items(), key=lambda one: one[0] or ()))
        for cited, days in found.items()
    }


def _said(row: Any) -> str:
    return bare(f"{row.number or row.id} {row.kind or ''} {row.title or ''} {row.issuer or ''}")


def _with_days(
    connection: Connection, rows: list[Any], counts: dict[str, int]
) -> list[CitedInstrument]:
    ids = [row.id for row in rows]
    citing = (
        select(CITATIONS.c.instrument, CITATIONS.c.sha256)
        .where(CITATIONS.c.instrument.in_(ids))
        .distinct()
        .subquery()
    )
    signed = (
        select(citing.c.instrument, LISTING.c.date, func.count())
        .join(LISTING, LISTING.c.sha256 == citing.c.sha256)
        .group_by(citing.c.instrument, LISTING.c.date)
    )
    days = _days(connection.execute(signed))
    of_bases = (
        select(CITATIONS.c.instrument, func.count(CITATIONS.c.sha256.distinct()))
        .where(CITATIONS.c.instrument.in_(ids), CITATIONS.c.where == "legal_bases")
        .group_by(CITATIONS.c.instrument)
    )
    based = {row[0]: row[1] for row in connection.execute(of_bases)}
    names = [name for name in CitedInstrument.__dataclass_fields__ if name in INSTRUMENTS.c]
    return [
        CitedInstrument(
            **{name: getattr(row, name) for name in names},
            plans=counts[row.id],
            based=based.get(row.id, 0),
            days=days.get(row.id, ()),
        )
        for row in rows
    ]


def spellings_of(store: Store, id_: str, *, most: int = 40) -> tuple[list[Spelling], int]:
    """How an instrument is called in plans, the commonest first; and how many ways there are."""

    def work(connection: Connection) -> tuple[list[Spelling], int]:
        query = select(CITATIONS.c.text, func.count(), func.min(CITATIONS.c.sha256)).group_by(
            CITATIONS.c.text
        )
        said = connection.execute(query.where(CITATIONS.c.instrument == id_)).all()
        if not said:
            key = number_key(id_)
            unknown = CITATIONS.c.instrument.is_(None) & (CITATIONS.c.number_key == key)
            said = connection.execute(query.where(unknown)).all()
        together: dict[str, Spelling] = {}
        for text, count, sha256 in said:
            # Where lines end is no spelling.
            one = " ".join(text.split())
            had = together.get(one, Spelling(one, 0, sha256))
            together[one] = Spelling(one, had.times + count, min(had.sha256, sha256))
        found = sorted(together.values(), key=lambda one: (-one.times, one.text))
        return found[:most], len(found)

    return store.read(work)


def rule_counts(store: Store) -> list[RuleCount]:
    """The rules of which there are findings, those with the most plans first."""

    def work(connection: Connection) -> list[RuleCount]:
        plans: Any = func.count(FINDINGS.c.sha256.distinct())
        counted = (
            select(FINDINGS.c.rule, func.count(), plans)
            .group_by(FINDINGS.c.rule)
            .order_by(plans.desc(), FINDINGS.c.rule)
        )
        found = []
        for rule, findings, of_plans in connection.execute(counted):
            some = connection.execute(
                select(FINDINGS.c.name, FINDINGS.c.level, FINDINGS.c.message)
                .where(FINDINGS.c.rule == rule)
                .limit(1)
            ).one()
            found.append(RuleCount(rule, some[0], some[1], findings, of_plans, some[2]))
        return found

    return store.read(work)


def issuer_counts(store: Store, *, most: int = 30) -> list[IssuerCount]:
    """Who issued the plans with the most findings."""

    def work(connection: Connection) -> list[IssuerCount]:
        worst = LISTING.c.worst
        findings: Any = func.sum(LISTING.c.findings)
        query = (
            select(
                func.min(LISTING.c.sha256),
                func.count(),
                func.sum(case((worst == "error", 1), else_=0)),
                func.sum(case((or_(worst == "error", worst == "warning"), 1), else_=0)),
                findings,
            )
            .where(LISTING.c.issuer_key != "")
            .group_by(LISTING.c.issuer_key)
            .having(findings > 0)
            .order_by(findings.desc(), LISTING.c.issuer_key)
            .limit(most)
        )
        rows = connection.execute(query).all()
        named = select(PLANS.c.sha256, PLANS.c.issuer).where(
            PLANS.c.sha256.in_([row[0] for row in rows])
        )
        names = {row[0]: row[1] for row in connection.execute(named)}
        return [IssuerCount(names.get(row[0]) or "", *map(int, row[1:])) for row in rows]

    return store.read(work)
