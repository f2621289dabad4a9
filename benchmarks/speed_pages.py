"""
How quickly the pages of lists and plans come when there are many plans.

    python benchmarks/speed_pages.py [--plans 100000] [--postgres URL] [--folder DIR] [--gate]

On a SQLite file, and on the PostgreSQL database at URL, which must be empty. The plans are those of
speed_store.py, with the narrow rows of the list and their findings and citations; one of ten has
its tasks, and the words that search looks at (how quickly all is searched speed_store.py tells). A
hundred plans are whole, and their pages are opened. Each page is asked for over the application
itself, without a network. With --gate the exit code is 1 where 95 of 100 pages take 200 ms or more.
"""

import argparse
import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Connection, text

from speed_store import copy, made_plans
from tdkt_parse import audit, register, store
from tdkt_parse.models import Plan
from tdkt_parse.store.index import placed
from tdkt_parse.store.rows import Row, agency_rows, instrument_row, place_in_search, plan_rows
from tdkt_parse.store.tables import (
    AGENCIES,
    CITATIONS,
    DOCUMENTS,
    FILES,
    FINDINGS,
    INSTRUMENTS,
    LISTING,
    PLAN_YEARS,
    PLANS,
    SEARCH_TEXTS,
    TASK_QUARTERS,
    TASK_UNITS,
    TASKS,
)
from tdkt_parse.web.app import create_app
from tdkt_parse.web.site import Site

LIMIT = 0.200
AT_ONCE = 500
TABLES = (
    DOCUMENTS,
    PLANS,
    FILES,
    PLAN_YEARS,
    CITATIONS,
    FINDINGS,
    TASKS,
    TASK_QUARTERS,
    TASK_UNITS,
    LISTING,
    SEARCH_TEXTS,
)
SPARSE = (TASKS, TASK_QUARTERS, TASK_UNITS, SEARCH_TEXTS)
"""Of which one plan in ten has rows."""
LISTS = (
    "/plans",
    "/plans?page=7",
    "/plans?page=2000",
    "/plans?year=2024",
    "/plans?level=commune&year=2023",
    "/plans?quarter=2&status=new",
    "/plans?worst=error",
    "/plans?rule=B09",
    "/plans?issuer=ubnd+huyện",
    "/plans?sort=title",
    "/plans?sort=findings&year=2022",
    "/plans?sort=issuer&page=40",
    "/plans?q=thi+dua+khen+thuong",
    "/plans?q=khen+thưởng+đột+xuất&year=2024",
    "/plans?q=khong+co+tu+nay+dau",
    "/plans?q=uy+ban+nhan+dan&sort=title",
)
OTHERS = (
    "/calendar?year=2024",
    "/calendar?ahead=30",
    "/calendar?year=2024&quarter=2",
    "/instruments",
    "/instruments/of?id=98/2023/NĐ-CP",
    "/findings",
)


def many_rows(plans: Sequence[Plan], count: int) -> Iterator[dict[str, list[Row]]]:
    """Rows of many documents, some at a time."""
    chance = Random(7)  # noqa: S311
    known = register.packaged_register()
    bases = [
        plan_rows(p, audit.audit_plan(p, known), as_read=p, parser="0", fingerprint=str(k))
        for k, p in enumerate(plans)
    ]
    for start in range(0, count, AT_ONCE):
        together: dict[str, list[Row]] = {table.name: [] for table in TABLES}
        for number in range(start, min(count, start + AT_ONCE)):
            which = number % len(plans)
            base, plan = bases[which], plans[which]
            sha256 = hashlib.sha256(f"made up {number}".encode()).hexdigest()
            year = chance.randrange(2008, 2027)
            day = f"{year}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            source = plan.source.model_copy(update={"sha256": sha256})
            moved = int(day[:4]) * 372 + int(day[5:7]) * 31 + int(day[8:])
            again = plan.model_copy(update={"source": source})
            place = place_in_search(again) & ((1 << 40) - 1) | (moved << 40)
            changed: dict[str, Row] = {
                "plans": {"date": day, "signed": _day(day), "json": '"left out"'},
                "listing": {
                    "place": place,
                    "years": str(year),
                    "signed": _day(day),
                    "date": day,
                },
                "search_texts": {"id": place},
            }
            for table in TABLES:
                if table is PLAN_YEARS:
                    together["plan_years"].append({"sha256": sha256, "year": year})
                    continue
                if table in SPARSE and number % 10:
                    continue
                for row in base.get(table.name, []):
                    made = {**row, **changed.get(table.name, {}), "sha256": sha256}
                    if table is SEARCH_TEXTS:
                        terms = [term for term in made["terms"] if term[0] != "y"]
                        made["terms"] = sorted({*terms, f"y{year}"})
                    together[table.name].append(made)
            together["documents"].append(
                {"sha256": sha256, "media_type": "text/plain", "reader": "text", "added_at": day}
            )
            together["files"].append({"sha256": sha256, "path": f"/plans/{number}.txt"})
        yield together


def _day(text_: str) -> Any:
    import datetime as dt

    return dt.date.fromisoformat(text_)


def fill(opened: store.Store, plans: Sequence[Plan], count: int) -> None:
    """The tables that pages of lists look at."""
    known = register.packaged_register()
    agencies: dict[str, str] = {}
    instruments: set[str] = set()
    for plan in plans:
        agencies |= agency_rows(plan)
        instruments |= {c.resolved.id for c in plan.citations if c.resolved and c.resolved.id}

    def first(connection: Connection) -> None:
        # Those of the whole plans are there already.
        had = set(connection.scalars(text("SELECT key FROM agencies")))
        rows = [{"key": k, "name": n} for k, n in agencies.items() if k not in had]
        if rows:
            connection.execute(AGENCIES.insert(), rows)
        had = set(connection.scalars(text("SELECT id FROM instruments")))
        new = [instrument_row(id_, known.get(id_), None) for id_ in instruments - had]
        if new:
            connection.execute(INSTRUMENTS.insert(), new)

    opened.write(first)
    for rows in many_rows(plans, count):

        def work(connection: Connection, rows: dict[str, list[Row]] = rows) -> None:
            for table in TABLES:
                some: Sequence[Row] = rows[table.name]
                if table is SEARCH_TEXTS:
                    some = placed(connection, some)
                if not some:
                    continue
                if opened.postgres:
                    copy(connection, table, some)
                else:
                    connection.execute(table.insert(), some)

        opened.write(work)
    with opened.engine.connect() as connection:
        raw = connection.execution_options(isolation_level="AUTOCOMMIT")
        raw.execute(text("VACUUM ANALYZE" if opened.postgres else "ANALYZE"))


def measure(client: TestClient, addresses: Sequence[str], times: int) -> dict[str, list[float]]:
    """Seconds of each page; the first of each is included."""
    taken: dict[str, list[float]] = {address: [] for address in addresses}
    for _ in range(times):
        for address in addresses:
            began = time.perf_counter()
            response = client.get(address)
            taken[address].append(time.perf_counter() - began)
            if response.status_code != 200:
                raise SystemExit(f"{address}: {response.status_code}")
    return taken


def told(name: str, taken: dict[str, list[float]]) -> float:
    """Print how long pages took; the 95th of 100."""
    every = [one for some in taken.values() for one in some]
    cuts = statistics.quantiles(every, n=100)
    print(
        f"{name}: {len(every)} pages, p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms,"
        f" longest {max(every) * 1000:.0f} ms",
        flush=True,
    )
    for address, some in sorted(taken.items(), key=lambda one: -statistics.median(one[1]))[:5]:
        print(f"  {statistics.median(some) * 1000:.0f} ms: {address}")
    return cuts[94]


def run(name: str, where: str, plans: Sequence[Plan], count: int, folder: Path) -> float:
    """Measure one database; the 95th of 100 of the slower of lists and plans, in seconds."""
    known = register.packaged_register()
    with store.open_store(where, create=True) as opened:
        whole = list(plans)[:100]
        store.put_many(opened, [store.Entry(p, audit.audit_plan(p, known)) for p in whole])
        began = time.perf_counter()
        fill(opened, plans, count)
        print(f"{name}: {count} plans in {time.perf_counter() - began:.0f} s", flush=True)
        site = Site(opened, folder, b"s" * 32, hosts=("testserver",))
        client = TestClient(create_app(site), headers={"accept": "text/html"})
        lists = told(f"{name}, lists", measure(client, LISTS, 5))
        addresses = [f"/plans/{plan.source.sha256}" for plan in whole]
        one = told(f"{name}, plans", measure(client, addresses, 2))
        told(f"{name}, others", measure(client, OTHERS, 3))
    return max(lists, one)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().partition("\n")[0])
    parser.add_argument("--plans", type=int, default=100_000, metavar="N")
    parser.add_argument("--postgres", metavar="URL", help="an empty database")
    parser.add_argument("--folder", type=Path, help="where the file is made [a temporary one]")
    parser.add_argument("--gate", action="store_true", help="exit code 1 at 200 ms or more")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        plans = made_plans(Path(folder))
        worst = run("SQLite", f"{folder}/plans.sqlite", plans, options.plans, Path(folder))
        if options.postgres:
            slow = run("PostgreSQL", options.postgres, plans, options.plans, Path(folder))
            worst = max(worst, slow)
    return int(options.gate and worst >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
