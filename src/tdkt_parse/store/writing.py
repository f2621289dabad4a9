"""
A Plan into the tables: whole or not at all, once for each content.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Table, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from tdkt_parse import __version__
from tdkt_parse.exceptions import UsageError
from tdkt_parse.models import Plan
from tdkt_parse.register import Register, packaged_register
from tdkt_parse.store.bulk import copy_in
from tdkt_parse.store.database import Store
from tdkt_parse.store.index import placed
from tdkt_parse.store.overlay import corrected_in
from tdkt_parse.store.reviewing import restate
from tdkt_parse.store.rows import (
    Remark,
    Row,
    Rows,
    agency_rows,
    instrument_row,
    listing_row,
    plan_rows,
)
from tdkt_parse.store.tables import (
    AGENCIES,
    CITATIONS,
    DOCUMENTS,
    FILES,
    FINDINGS,
    INSTRUMENTS,
    ITEM_UNITS,
    OF_PLAN,
    PLANS,
    RUNS,
    TASK_UNITS,
)

Change = Literal["new", "changed", "unchanged", "older"]
"""What putting a plan in did; ``older``: what is there was read by a newer version, and stays."""


class Entry(NamedTuple):
    """A plan to put in, what the audit remarks on in it, and the file it was read from."""

    plan: Plan
    remarks: Sequence[Remark] = ()
    path: str | None = None


Audit = Callable[[Plan], Sequence[Remark]]
"""What finds fault with a plan."""


@dataclass(slots=True)
class Run:
    """
    One run of an importer; it gets a row when it first changes something.

    So that a second import of the same files changes no row.
    """

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    started_at: str = field(default_factory=lambda: dt.datetime.now(dt.UTC).isoformat())
    written: bool = False


def put(
    store: Store,
    plan: Plan,
    remarks: Sequence[Remark] = (),
    *,
    path: str | None = None,
    run: Run | None = None,
    register: Register | None = None,
    audit: Audit | None = None,
    parser: str = __version__,
) -> Change:
    """
    Put a plan in, in one transaction; its key is the SHA-256 of the document's content.

    The same plan again changes no row. One that is read otherwise, as by a newer version of the
    ``parser``, takes the place of the old, and people's corrections stay and are put on it.
    ``remarks`` are what the audit found; where people corrected the plan ``audit`` is asked anew,
    if it is given. ``path`` is where the file was met; ``register`` tells about the instruments
    cited. Raises StorageError; then nothing was put in; UsageError for a Plan whose source has no
    SHA-256.
    """
    entry = Entry(plan, remarks, path)
    return put_many(store, [entry], run=run, register=register, audit=audit, parser=parser)[0]


def put_many(
    store: Store,
    entries: Sequence[Entry],
    *,
    run: Run | None = None,
    register: Register | None = None,
    audit: Audit | None = None,
    parser: str = __version__,
) -> list[Change]:
    """
    As :func:`put`, of many plans in one transaction: all of them or none.

    In PostgreSQL the rows go by COPY into staging tables and from there into their own.
    """
    for entry in entries:
        _check_key(entry.plan)
    known = register or packaged_register()
    prints = {entry.plan.source.sha256: _fingerprint(entry) for entry in entries}
    seen = store.read(lambda connection: _states(connection, entries, prints, parser))
    if not _needs_write(store, entries, seen):
        return seen

    # What takes long is done before others have to wait.
    ready = {
        entry.plan.source.sha256: _rows_of(entry.plan, entry, prints, parser)
        for entry, change in zip(entries, seen, strict=True)
        if change in ("new", "changed")
    }

    def work(connection: Connection) -> list[Change]:
        return _write(connection, entries, prints, ready, run, known, audit, parser)

    changes = store.write(work)
    if run is not None and any(change in ("new", "changed") for change in changes):
        run.written = True
    return changes


def finish_run(store: Store, run: Run, counts: Mapping[str, int]) -> None:
    """Write down that a run ended, and what it did; nothing, if it changed nothing."""
    if not run.written:
        return
    values = {name: counts.get(name, 0) for name in ("added", "changed", "unchanged", "failed")}
    store.write(
        lambda connection: connection.execute(
            update(RUNS).where(RUNS.c.id == run.id).values(finished_at=_now(), **values)
        )
    )


def known_contents(store: Store, contents: Iterable[str]) -> dict[str, str]:
    """Which contents are in the database, by SHA-256, and the version that read each."""
    wanted = list(contents)

    def work(connection: Connection) -> dict[str, str]:
        found: dict[str, str] = {}
        for at in range(0, len(wanted), 500):
            some = select(PLANS.c.sha256, PLANS.c.parser_version).where(
                PLANS.c.sha256.in_(wanted[at : at + 500])
            )
            found.update((row.sha256, row.parser_version) for row in connection.execute(some))
        return found

    return store.read(work)


def put_path(store: Store, sha256: str, path: str) -> bool:
    """Write down where else a content that is in the database was met; whether that was new."""

    def there(connection: Connection) -> bool:
        one = select(FILES.c.path).where(FILES.c.sha256 == sha256, FILES.c.path == path)
        return connection.execute(one).first() is not None

    def work(connection: Connection) -> None:
        _add_missing(connection, FILES, [{"sha256": sha256, "path": path}])

    if store.read(there):
        return False
    store.write(work)
    return True


def delete_plans(store: Store, contents: Sequence[str]) -> int:
    """
    Take documents out with all that hangs on them, corrections too; how many there were.
    """

    def work(connection: Connection) -> int:
        count = 0
        for at in range(0, len(contents), 500):
            some = list(contents[at : at + 500])
            count += connection.execute(
                delete(DOCUMENTS).where(DOCUMENTS.c.sha256.in_(some))
            ).rowcount
        prune(connection)
        return count

    return store.write(work)


def rewrite(connection: Connection, plan: Plan, audit: Audit | None = None) -> None:
    """
    Make the rows of a plan anew from what was read and its corrections.

    The findings are those of ``audit`` on the corrected plan; without it, those that were there.
    """
    sha256 = plan.source.sha256
    old = connection.execute(
        select(PLANS.c.parser_version, PLANS.c.fingerprint).where(PLANS.c.sha256 == sha256)
    ).one()
    findings = select(FINDINGS).where(FINDINGS.c.sha256 == sha256).order_by(FINDINGS.c.position)
    kept = [dict(row._mapping) for row in connection.execute(findings)]  # noqa: SLF001
    corrected = corrected_in(connection, plan)
    rows = plan_rows(
        corrected,
        audit(corrected) if audit else (),
        as_read=plan,
        parser=old.parser_version,
        fingerprint=old.fingerprint,
    )
    if audit is None:
        rows["findings"] = kept
    listed = listing_row(corrected, [(row["level"], row["rule"]) for row in rows["findings"]])
    rows["listing"] = [{**listed, "sha256": sha256}]
    connection.execute(delete(PLANS).where(PLANS.c.sha256 == sha256))
    _add_agencies(connection, agency_rows(corrected))
    _add_instruments(connection, [corrected], None)
    _insert(connection, rows, bulk=False)
    restate(connection, [sha256])
    prune(connection)


def prune(connection: Connection) -> None:
    """Take away the agencies and instruments that nothing names any more."""
    named = [PLANS.c.agency, TASK_UNITS.c.agency, ITEM_UNITS.c.agency]
    unnamed = [~exists().where(column == AGENCIES.c.key) for column in named]
    connection.execute(delete(AGENCIES).where(*unnamed))
    cited = exists().where(CITATIONS.c.instrument == INSTRUMENTS.c.id)
    connection.execute(delete(INSTRUMENTS).where(~cited))


# -- what is there


def _check_key(plan: Plan) -> None:
    """A Plan that was written by hand may have no content behind it."""
    sha256 = plan.source.sha256
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise UsageError(
            f"A Plan whose source has no SHA-256 ({sha256[:80]!r}) cannot be put in.",
            hint="Put in what parse gives of a document.",
        )


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat()


def _fingerprint(entry: Entry) -> str:
    """What was read, but for the name of the file: it is no part of the content."""
    plan = entry.plan
    nameless = plan.model_copy(update={"source": plan.source.model_copy(update={"name": None})})
    digest = hashlib.sha256(nameless.to_json().encode())
    for one in entry.remarks:
        place = one.evidence.spans if one.evidence else None
        said = (one.rule, one.level, one.certainty, one.message, one.citation, place)
        digest.update(repr(said).encode(errors="backslashreplace"))
    return digest.hexdigest()


def _states(
    connection: Connection, entries: Sequence[Entry], prints: Mapping[str, str], parser: str
) -> list[Change]:
    """What putting each in would do."""
    wanted = list(prints)
    there: dict[str, tuple[str, str]] = {}
    for at in range(0, len(wanted), 500):
        query = select(PLANS.c.sha256, PLANS.c.fingerprint, PLANS.c.parser_version).where(
            PLANS.c.sha256.in_(wanted[at : at + 500])
        )
        there.update((row[0], (row[1], row[2])) for row in connection.execute(query))
    changes: list[Change] = []
    for entry in entries:
        sha256 = entry.plan.source.sha256
        if sha256 not in there:
            changes.append("new")
            # The same content again, among these.
            there[sha256] = prints[sha256], parser
        elif _numbers(there[sha256][1]) > _numbers(parser):
            changes.append("older")
        elif there[sha256] == (prints[sha256], parser):
            changes.append("unchanged")
        else:
            changes.append("changed")
            there[sha256] = prints[sha256], parser
    return changes


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _needs_write(store: Store, entries: Sequence[Entry], changes: Sequence[Change]) -> bool:
    if any(change in ("new", "changed") for change in changes):
        return True
    files = [(e.plan.source.sha256, e.path) for e in entries if e.path is not None]

    def work(connection: Connection) -> bool:
        return any(
            connection.execute(
                select(FILES.c.path).where(FILES.c.sha256 == sha256, FILES.c.path == path)
            ).first()
            is None
            for sha256, path in files
        )

    return store.read(work) if files else False


# -- what is written


def _write(
    connection: Connection,
    entries: Sequence[Entry],
    prints: Mapping[str, str],
    ready: Mapping[str, Rows],
    run: Run | None,
    register: Register,
    audit: Audit | None,
    parser: str,
) -> list[Change]:
    _lock(connection, sorted(prints))
    changes = _states(connection, entries, prints, parser)
    taken = {
        entry.plan.source.sha256: (entry, change)
        for entry, change in zip(entries, changes, strict=True)
        if change in ("new", "changed")
    }
    if taken:
        if run is not None:
            _add_missing(connection, RUNS, [_run_row(run, parser)])
        _put_documents(connection, [entry.plan for entry, _ in taken.values()], run)
        replaced = [sha256 for sha256, (_, change) in taken.items() if change == "changed"]
        for at in range(0, len(replaced), 500):
            connection.execute(delete(PLANS).where(PLANS.c.sha256.in_(replaced[at : at + 500])))
        some = [entry for entry, _ in taken.values()]
        _put_plans(connection, some, prints, ready, register, audit, parser)
        if replaced:
            restate(connection, replaced)
            prune(connection)
    paths = {(e.plan.source.sha256, e.path) for e in entries if e.path is not None}
    rows = [{"sha256": sha256, "path": path} for sha256, path in sorted(paths)]
    _add_missing(connection, FILES, rows)
    return changes


def _put_plans(
    connection: Connection,
    entries: Sequence[Entry],
    prints: Mapping[str, str],
    ready: Mapping[str, Rows],
    register: Register,
    audit: Audit | None,
    parser: str,
) -> None:
    together: Rows = {}
    agencies: dict[str, str] = {}
    plans = []
    for entry in entries:
        plan = corrected_in(connection, entry.plan)
        plans.append(plan)
        for its, name in agency_rows(plan).items():
            agencies[its] = min(name, agencies.get(its, name))
        rows = ready.get(plan.source.sha256) if plan is entry.plan else None
        if rows is None:
            if audit is not None and plan is not entry.plan:
                entry = entry._replace(remarks=audit(plan))
            rows = _rows_of(plan, entry, prints, parser)
        for table, some in rows.items():
            together.setdefault(table, []).extend(some)
    _add_agencies(connection, agencies)
    _add_instruments(connection, plans, register)
    _insert(connection, together, bulk=len(entries) > 1)


def _rows_of(plan: Plan, entry: Entry, prints: Mapping[str, str], parser: str) -> Rows:
    return plan_rows(
        plan,
        entry.remarks,
        as_read=entry.plan,
        parser=parser,
        fingerprint=prints[plan.source.sha256],
    )


def _lock(connection: Connection, contents: Sequence[str]) -> None:
    """
    Let nobody else put the same contents in until this transaction is over.

    In SQLite a writer is alone. In PostgreSQL by locks of the contents, taken in one order.
    """
    if connection.dialect.name == "postgresql":
        for sha256 in contents:
            number = int.from_bytes(bytes.fromhex(sha256[:16].rjust(16, "0")), signed=True)
            connection.execute(select(func.pg_advisory_xact_lock(number)))


def _run_row(run: Run, parser: str) -> Row:
    return {"id": run.id, "started_at": run.started_at, "parser_version": parser}


def _put_documents(connection: Connection, plans: Sequence[Plan], run: Run | None) -> None:
    now = _now()
    rows = [
        {
            "sha256": plan.source.sha256,
            "media_type": plan.source.media_type,
            "pages": plan.source.pages,
            "reader": plan.source.reader,
            "ocr_engine": plan.source.ocr.engine if plan.source.ocr else None,
            "ocr_confidence": plan.source.ocr.confidence if plan.source.ocr else None,
            "added_at": now,
            "run": run.id if run else None,
        }
        for plan in plans
    ]
    statement = _inserting(connection, DOCUMENTS)
    kept = ("sha256", "added_at")
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["sha256"],
            set_={c.name: statement.excluded[c.name] for c in DOCUMENTS.c if c.name not in kept},
        ),
        rows,
    )


def _add_agencies(connection: Connection, agencies: Mapping[str, str]) -> None:
    """Of several spellings of a name the first in order is kept, whoever comes first."""
    wanted = sorted(agencies)
    there: dict[str, str] = {}
    for at in range(0, len(wanted), 500):
        query = select(AGENCIES.c.key, AGENCIES.c.name).where(
            AGENCIES.c.key.in_(wanted[at : at + 500])
        )
        there.update((row.key, row.name) for row in connection.execute(query))
    rows = [
        {"key": its, "name": agencies[its]}
        for its in wanted
        if its not in there or agencies[its] < there[its]
    ]
    if rows:
        statement = _inserting(connection, AGENCIES)
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["key"],
                set_={"name": statement.excluded.name},
                where=statement.excluded.name < AGENCIES.c.name,
            ),
            rows,
        )


def _add_instruments(
    connection: Connection, plans: Sequence[Plan], register: Register | None
) -> None:
    """The instruments that are cited, as the register knows them; without one those missing."""
    cited: dict[str, str | None] = {}
    for plan in plans:
        for one in plan.citations:
            if one.resolved and one.resolved.id:
                cited[one.resolved.id] = one.resolved.urn
    wanted = sorted(cited)
    there: dict[str, Row] = {}
    for at in range(0, len(wanted), 500):
        query = select(INSTRUMENTS).where(INSTRUMENTS.c.id.in_(wanted[at : at + 500]))
        there.update((row.id, dict(row._mapping)) for row in connection.execute(query))  # noqa: SLF001
    if register is None:
        wanted = [id_ for id_ in wanted if id_ not in there]
    rows = [
        instrument_row(id_, register.get(id_) if register else None, cited[id_]) for id_ in wanted
    ]
    rows = [row for row in rows if there.get(row["id"]) != row]
    if rows:
        statement = _inserting(connection, INSTRUMENTS)
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["id"],
                set_={c.name: statement.excluded[c.name] for c in INSTRUMENTS.c if c.name != "id"},
            ),
            rows,
        )


def _insert(connection: Connection, rows: Rows, *, bulk: bool) -> None:
    postgres = connection.dialect.name == "postgresql"
    for table in OF_PLAN:
        some: Sequence[Row] = rows.get(table.name, [])
        if table.name == "search_texts":
            some = placed(connection, some)
        if not some:
            continue
        if bulk and postgres:
            copy_in(connection, table, some)
        else:
            connection.execute(table.insert(), some)


def _add_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(_inserting(connection, table).on_conflict_do_nothing(), rows)


def _inserting(connection: Connection, table: Table) -> Any:
    """INSERT of the database's own kind, which knows ON CONFLICT."""
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    return kind.insert(table)
