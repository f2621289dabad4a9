"""
The list of plans: filtered, counted by what can be filtered, put in order, leafed through.

What is counted and filtered stands in the narrow table ``listing``, so that 100,000 plans are
counted without their texts being touched. Words are looked for by the search there is.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from tdkt_parse.exceptions import UsageError
from tdkt_parse.register.keys import number_key
from tdkt_parse.spelling import bare
from tdkt_parse.store.database import Store
from tdkt_parse.store.finding import Found, best_of, hits_of
from tdkt_parse.store.levels import LEVELS
from tdkt_parse.store.reviewing import STATUSES
from tdkt_parse.store.tables import CITATIONS, FILES, FINDINGS, LISTING, PLANS
from tdkt_parse.store.terms import expand

Sort = Literal["newest", "oldest", "issuer", "title", "number", "findings", "best"]
SORTS: tuple[Sort, ...] = get_args(Sort)
WORST = ("error", "warning", "info", "none")
MOST_FOUND = 1000
"""Plans with certain words that are leafed through: the best so many."""
FURTHEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """
    Which plans are to be listed; what is ``None`` or empty does not matter.

    ``words`` as typed, with or without marks; ``year`` planned; ``issuer`` words of the name of the
    issuing body or the one above it; ``level`` its level; ``quarter`` one with a task; ``status``
    how far people are; ``worst`` the worst level of findings; ``rule`` one with a finding of it;
    ``cites`` an instrument cited, by its id, or by its number where no register knew it.
    """

    words: str = ""
    year: int | None = None
    issuer: str = ""
    level: str | None = None
    quarter: int | None = None
    status: str | None = None
    worst: str | None = None
    rule: str | None = None
    cites: str | None = None
    sort: Sort = "newest"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in the list; ``snippet`` and ``marks`` are of the words looked for, if any."""

    sha256: str
    kind: str | None
    number: str | None
    symbol: str | None
    title: str | None
    issuer: str | None
    date: str | None
    level: str | None
    years: tuple[int, ...]
    status: str
    worst: str
    findings: int
    notes: int
    tasks: int
    paths: tuple[str, ...] = ()
    snippet: str = ""
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """
    Some plans of a list, how many there are in all, and how many each choice would leave.

    ``cut``: only the best :data:`MOST_FOUND` with the words were looked at. ``facets`` has for each
    of ``year``, ``level``, ``quarter``, ``status``, ``worst`` the values and their counts, with
    every other filter as it is.
    """

    rows: tuple[PlanLine, ...]
    total: int
    cut: bool = False
    facets: Mapping[str, Mapping[Any, int]] = field(default_factory=dict)


def browse(store: Store, asked: Asked, *, limit: int = 50, offset: int = 0) -> Listing:
    """
    Plans ``offset`` to ``offset + limit`` of those asked for, counted from 0.

    Raises UsageError for a filter that can mean nothing.
    """
    _check(asked)
    if limit < 1 or not 0 <= offset <= FURTHEST:
        raise UsageError(f"Only {FURTHEST} plans can be leafed through.", hint="Ask narrower.")

    def work(connection: Connection) -> Listing:
        found = _found(connection, asked)
        groups = _groups(connection, asked, found)
        total = sum(count for group, count in groups if _fits(group, asked))
        contents = _contents(connection, asked, found, limit, offset)
        rows = _shown(connection, contents, found, asked)
        cut = found is not None and len(found) >= MOST_FOUND
        return Listing(tuple(rows), total, cut, _facets(groups, asked))

    return store.read(work)


def contents_asked(store: Store, asked: Asked, *, most: int) -> list[str]:
    """The contents of all plans asked for, in order; at most so many."""
    _check(asked)

    def work(connection: Connection) -> list[str]:
        found = _found(connection, asked)
        return _contents(connection, asked, found, most, 0)

    return store.read(work)


def neighbours(store: Store, asked: Asked, sha256: str) -> tuple[str | None, str | None]:
    """The plans before and after one in the list asked for; ``None`` at its ends."""
    _check(asked)

    def work(connection: Connection) -> tuple[str | None, str | None]:
        found = _found(connection, asked)
        if found is not None and _order(asked) == "best":
            whole = _contents(connection, asked, found, MOST_FOUND, 0)
            if sha256 not in whole:
                return None, None
            at = whole.index(sha256)
            return (
                whole[at - 1] if at else None,
                whole[at + 1] if at + 1 < len(whole) else None,
            )
        columns = _SORTED[_order(asked)]
        here = connection.execute(
            select(*(column for column, _ in columns)).where(LISTING.c.sha256 == sha256)
        ).first()
        if here is None:
            return None, None
        wanted = _conditions(asked, found)
        before = _next(connection, wanted, columns, tuple(here), forwards=False)
        return before, _next(connection, wanted, columns, tuple(here), forwards=True)

    return store.read(work)


def issuers(store: Store, *, most: int = 200) -> list[str]:
    """Names of bodies that issued plans, to choose from."""
    query = (
        select(PLANS.c.issuer)
        .where(PLANS.c.sha256.in_(select(LISTING.c.sha256).order_by(LISTING.c.place.desc())
                                  .limit(2000)))
        .where(PLANS.c.issuer.is_not(None))
        .group_by(PLANS.c.issuer)
        .order_by(func.count().desc(), PLANS.c.issuer)
        .limit(most)
    )  # fmt: skip
    return store.read(lambda connection: list(connection.scalars(query)))


def _check(asked: Asked) -> None:
    for name, value, known in (
        ("level", asked.level, LEVELS),
        ("status", asked.status, STATUSES),
        ("worst", asked.worst, WORST),
        ("sort", asked.sort, SORTS),
        ("quarter", asked.quarter, (1, 2, 3, 4)),
    ):
        if value is not None and value not in known:
            raise UsageError(
                f"{name}: {value!r} is none.", hint=f"Give one of {', '.join(map(str, known))}."
            )
    if asked.year is not None and not 1000 <= asked.year <= 9999:
        raise UsageError(f"year: {asked.year} is none.", hint="Give four digits.")


# -- which


def _found(connection: Connection, asked: Asked) -> list[Found] | None:
    return best_of(connection, asked.words, MOST_FOUND) if asked.words.strip() else None


def _conditions(
    asked: Asked, found: Sequence[Found] | None, *, counted: bool = True
) -> list[ColumnElement[bool]]:
    """What a row must be; without what is ``counted`` by groups, if so wished."""
    wanted: list[ColumnElement[bool]] = []
    if found is not None:
        wanted.append(LISTING.c.sha256.in_([sha256 for _, sha256, _ in found]))
    for word in bare(expand(asked.issuer)).split():
        wanted.append(LISTING.c.issuer_key.contains(word, autoescape=True))
    if asked.rule:
        wanted.append(LISTING.c.rules.contains(f" {asked.rule} ", autoescape=True))
    if asked.cites:
        unknown = and_(
            CITATIONS.c.instrument.is_(None), CITATIONS.c.number_key == number_key(asked.cites)
        )
        meant = or_(CITATIONS.c.instrument == asked.cites, unknown)
        wanted.append(LISTING.c.sha256.in_(select(CITATIONS.c.sha256).where(meant)))
    if not counted:
        return wanted
    if asked.year is not None:
        wanted.append(LISTING.c.years.contains(str(asked.year)))
    if asked.level is not None:
        wanted.append(LISTING.c.level == asked.level)
    if asked.status is not None:
        wanted.append(LISTING.c.status == asked.status)
    if asked.worst is not None:
        wanted.append(LISTING.c.worst == asked.worst)
    if asked.quarter is not None:
        bit = 1 << (asked.quarter - 1)
        wanted.append(LISTING.c.quarters.op("&")(bit) != 0)
    return wanted


_GROUPED = (
    LISTING.c.level,
    LISTING.c.years,
    LISTING.c.status,
    LISTING.c.worst,
    LISTING.c.quarters,
)
_ALL = (1 << 62) - 1
"""A limit that limits nothing, so that a question is asked as it stands."""
Group = tuple[str | None, str, str, str, int]


def _groups(
    connection: Connection, asked: Asked, found: Sequence[Found] | None
) -> list[tuple[Group, int]]:
    """
    How many plans there are of each kind, by all that has few values.

    One pass over an index; every count of every filter comes from it.
    """
    wanted = _conditions(asked, found, counted=False)
    # Where contents are named, they are looked for: by the index every row would be.
    some = select(*_GROUPED).where(*wanted)
    named = found is not None or asked.cites
    rows = (some.limit(_ALL) if named else some).subquery()
    query = select(*rows.c, func.count()).group_by(*rows.c)
    return [((row[0], row[1], row[2], row[3], row[4]), row[5]) for row in connection.execute(query)]


def _years(text: str) -> list[int]:
    return [int(year) for year in text.split(",") if year]


_VALUES: dict[str, Callable[[Group], list[Any]]] = {
    "level": lambda group: [group[0]] if group[0] else [],
    "year": lambda group: _years(group[1]),
    "status": lambda group: [group[2]],
    "worst": lambda group: [group[3]],
    "quarter": lambda group: [q for q in range(1, 5) if group[4] & (1 << (q - 1))],
}


def _fits(group: Group, asked: Asked, *, but: str = "") -> bool:
    for name, values in _VALUES.items():
        value = getattr(asked, name)
        if name != but and value is not None and value not in values(group):
            return False
    return True


def _facets(groups: Sequence[tuple[Group, int]], asked: Asked) -> dict[str, dict[Any, int]]:
    facets: dict[str, dict[Any, int]] = {}
    for name, values in _VALUES.items():
        counts: Counter[Any] = Counter()
        for group, count in groups:
            if _fits(group, asked, but=name):
                for value in values(group):
                    counts[value] += count
        facets[name] = dict(counts)
    return facets


# -- in which order


_SORTED: dict[str, tuple[tuple[ColumnElement[Any], bool], ...]] = {
    "newest": ((LISTING.c.place, True), (LISTING.c.sha256, True)),
    "oldest": ((LISTING.c.place, False), (LISTING.c.sha256, False)),
    "issuer": ((LISTING.c.issuer_key, False), (LISTING.c.place, True), (LISTING.c.sha256, True)),
    "title": ((LISTING.c.title_key, False), (LISTING.c.place, True), (LISTING.c.sha256, True)),
    "number": ((LISTING.c.number_key, False), (LISTING.c.place, True), (LISTING.c.sha256, True)),
    "findings": ((LISTING.c.findings, True), (LISTING.c.place, True), (LISTING.c.sha256, True)),
}
"""The columns of each order, and whether the greatest comes first."""


def _order(asked: Asked) -> Sort:
    """``best`` is an order of what was looked for by words."""
    if asked.words.strip():
        return "best" if asked.sort == "newest" else asked.sort
    return "newest" if asked.sort == "best" else asked.sort


def _contents(
    connection: Connection,
    asked: Asked,
    found: Sequence[Found] | None,
    limit: int,
    offset: int,
) -> list[str]:
    query = select(LISTING.c.sha256).where(*_conditions(asked, found))
    order = _order(asked)
    if found is not None and order == "best":
        left = set(connection.scalars(query))
        return [sha256 for _, sha256, _ in found if sha256 in left][offset : offset + limit]
    columns = [column.desc() if down else column.asc() for column, down in _SORTED[order]]
    return list(connection.scalars(query.order_by(*columns).limit(limit).offset(offset)))


def _next(
    connection: Connection,
    wanted: Sequence[ColumnElement[bool]],
    columns: Sequence[tuple[ColumnElement[Any], bool]],
    here: Sequence[Any],
    *,
    forwards: bool,
) -> str | None:
    """The first row behind (or before) a place, in an order of several columns."""
    behind: list[ColumnElement[bool]] = []
    for at, (column, down) in enumerate(columns):
        same = [one == value for (one, _), value in zip(columns[:at], here[:at], strict=True)]
        further = column < here[at] if down == forwards else column > here[at]
        behind.append(and_(*same, further))
    order = [column.desc() if down == forwards else column.asc() for column, down in columns]
    query = select(LISTING.c.sha256).where(*wanted, or_(*behind)).order_by(*order).limit(1)
    return connection.scalar(query)


# -- what is shown


def _shown(
    connection: Connection,
    contents: Sequence[str],
    found: Sequence[Found] | None,
    asked: Asked,
) -> list[PlanLine]:
    if not contents:
        return []
    query = (
        select(
            LISTING.c.sha256,
            PLANS.c.kind,
            PLANS.c.number,
            PLANS.c.symbol,
            PLANS.c.title,
            PLANS.c.issuer,
            PLANS.c.date,
            LISTING.c.level,
            LISTING.c.years,
            LISTING.c.status,
            LISTING.c.worst,
            LISTING.c.findings,
            LISTING.c.notes,
            LISTING.c.tasks,
        )
        .join(PLANS, PLANS.c.sha256 == LISTING.c.sha256)
        .where(LISTING.c.sha256.in_(contents))
    )
    rows = {
        row.sha256: PlanLine(**{**row._mapping, "years": tuple(_years(row.years))})  # noqa: SLF001
        for row in connection.execute(query)
    }
    paths: dict[str, list[str]] = {}
    of_files = select(FILES.c.sha256, FILES.c.path).where(FILES.c.sha256.in_(contents))
    for row in connection.execute(of_files.order_by(FILES.c.path)):
        paths.setdefault(row.sha256, []).append(row.path)
    told = [replace(rows[one], paths=tuple(paths.get(one, ()))) for one in contents if one in rows]
    if found is None:
        return told
    where = {sha256: (place, sha256, closeness) for place, sha256, closeness in found}
    hits = {
        hit.sha256: hit
        for hit in hits_of(connection, [where[one.sha256] for one in told], asked.words)
    }
    return [
        replace(one, snippet=hits[one.sha256].snippet, marks=hits[one.sha256].marks) for one in told
    ]


def rules_found(store: Store) -> list[tuple[str, str]]:
    """The rules of which there is a finding, each with its name, in order."""

    def work(connection: Connection) -> list[tuple[str, str]]:
        # From one rule to the next by the index: there are a million findings, and some dozens.
        found: list[tuple[str, str]] = []
        last = ""
        while True:
            rule = connection.scalar(
                select(func.min(FINDINGS.c.rule)).where(FINDINGS.c.rule > last)
            )
            if rule is None:
                return found
            named = select(FINDINGS.c.name).where(FINDINGS.c.rule == rule).limit(1)
            found.append((rule, connection.scalar(named) or ""))
            last = rule

    return store.read(work)


def has_plans(store: Store) -> bool:
    """Whether there is any plan."""
    return bool(store.read(lambda connection: connection.scalar(select(exists(select(LISTING))))))
