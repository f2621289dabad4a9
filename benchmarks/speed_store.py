"""
How fast plans go into a database, and how fast they are found among many.

    python benchmarks/speed_store.py [--plans 100000] [--postgres URL] [--folder DIR] [--gate]

On a SQLite file, and on the PostgreSQL database at URL, which must be empty. Plans that are put in
are made up and read; the many are rows made of those: each another document of another day, with
its year, some of its terms left out and some of other plans put in. Of the many only the tables
are filled that search looks at, and the Plan's JSON, which it does not read, is left out. Beside
search stands what there is without an index, LIKE over the same text. With --gate the exit code is
1 where a search takes 50 ms or more (95 of 100).
"""

import argparse
import hashlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, text

from tdkt_parse import parse, store
from tdkt_parse.models import Plan
from tdkt_parse.store.index import placed
from tdkt_parse.store.rows import Row, place_in_search, plan_rows
from tdkt_parse.store.tables import DOCUMENTS, FILES, PLANS, SEARCH_TEXTS

ROOT = Path(__file__).resolve().parent.parent
SOURCES = 300
LIMIT = 0.050
AT_ONCE = 1000

COMMON = (
    "thi dua khen thuong",
    "thi đua khen thưởng",
    "phong trao thi dua yeu nuoc",
    "khen thuong dot xuat",
    "khen thưởng đột xuất",
    "tổ chức thực hiện",
    "so ket 6 thang dau nam",
    "dien hinh tien tien",
    "hội nghị tổng kết",
    "98/2023/NĐ-CP",
    "ho so de nghi khen thuong",
    "ke hoach cong tac",
    "sở nội vụ",
    "uy ban nhan dan xa",
    "khong co tu nay dau",
    "xây dựng nông thôn mới",
    "chuyen doi so",
    "giáo viên dạy giỏi",
    "quy thi dua",
    "lao dong sang tao",
)
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"year": 2024},
    {"quarter": 2},
    {"cites": "98/2023/NĐ-CP"},
    {"issuer": "UBND"},
    {"level": "province", "year": 2023},
    {"year": 2025, "quarter": 4, "issuer": "sở"},
)


def made_plans(folder: Path) -> list[Plan]:
    """Some hundred made-up plans, read."""
    program = [sys.executable, str(ROOT / "corpus" / "generate.py"), "--count", str(SOURCES)]
    subprocess.run([*program, "--seed", "70000", "-o", str(folder)], check=True)
    return [parse(path) for path in sorted((folder / "text").glob("*.txt"))]


def many_rows(plans: Sequence[Plan], count: int) -> Iterator[dict[str, list[Row]]]:
    """Rows of many documents, some at a time."""
    chance = Random(7)  # noqa: S311
    bases = [plan_rows(p, (), as_read=p, parser="0", fingerprint=str(k)) for k, p in
             enumerate(plans)]  # fmt: skip
    pool = sorted({t for base in bases for t in base["search_texts"][0]["terms"] if t[0] in "wx"})
    for start in range(0, count, AT_ONCE):
        together: dict[str, list[Row]] = {
            table: [] for table in ("documents", "plans", "files", "search_texts")
        }
        for number in range(start, min(count, start + AT_ONCE)):
            which = number % len(plans)
            sha256 = hashlib.sha256(f"made up {number}".encode()).hexdigest()
            year = chance.randrange(2008, 2027)
            day = f"{year}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            plan = plans[which]
            again = plan.model_copy(
                update={"source": plan.source.model_copy(update={"sha256": sha256})}
            )
            row = bases[which]["plans"][0]
            index = bases[which]["search_texts"][0]
            terms = [t for t in index["terms"] if t[0] != "y" and chance.random() < 0.9]
            terms += [f"y{year}", *chance.sample(pool, 30)]
            moved = int(day[:4]) * 372 + int(day[5:7]) * 31 + int(day[8:])
            place = place_in_search(again) & ((1 << 40) - 1) | (moved << 40)
            together["documents"].append(
                {"sha256": sha256, "media_type": "text/plain", "reader": "text", "added_at": day}
            )
            together["plans"].append(
                {**row, "sha256": sha256, "date": day, "agency": None, "json": '"left out"'}
            )
            together["files"].append({"sha256": sha256, "path": f"/plans/{number}.txt"})
            together["search_texts"].append(
                {**index, "id": place, "sha256": sha256, "terms": sorted(set(terms))}
            )
        yield together


def copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """COPY into a table that has none of these rows."""
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    raw: Any = connection.connection.cursor()
    with raw as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as target:
        for row in rows:
            target.write_row([row.get(name) for name in names])


def fill(opened: store.Store, plans: Sequence[Plan], count: int) -> float:
    """Fill the tables that search looks at; seconds."""
    began = time.perf_counter()
    if opened.postgres:
        opened.write(lambda c: c.execute(text("DROP INDEX search_index")))
    for rows in many_rows(plans, count):

        def work(connection: Connection, rows: dict[str, list[Row]] = rows) -> None:
            for table in (DOCUMENTS, PLANS, FILES, SEARCH_TEXTS):
                some: Sequence[Row] = rows[table.name]
                if table is SEARCH_TEXTS:
                    some = placed(connection, some)
                if opened.postgres:
                    copy(connection, table, some)
                else:
                    connection.execute(table.insert(), some)

        opened.write(work)
    if opened.postgres:
        opened.write(
            lambda c: c.execute(text("CREATE INDEX search_index ON search_texts USING gin (terms)"))
        )
        with opened.engine.connect() as connection:
            raw = connection.execution_options(isolation_level="AUTOCOMMIT")
            raw.execute(text("VACUUM ANALYZE"))
    return time.perf_counter() - began


def asked(plans: Sequence[Plan]) -> list[store.Query]:
    """What is asked for: common phrases, pieces of titles and of text, with filters and without."""
    chance = Random(11)  # noqa: S311
    words = [*COMMON]
    for plan in chance.sample(list(plans), 60):
        title = (plan.title.text if plan.title else "").split()
        lines = [task.content for task in plan.tasks] or [" ".join(title) or "x"]
        some = chance.choice(lines).split()
        at = chance.randrange(max(1, len(some) - 4))
        words += [" ".join(title[:6]), " ".join(some[at : at + chance.randrange(1, 5)])]
    return [
        store.Query(one, limit=20, **chance.choice(FILTERS)) for one in words for _ in range(2)
    ] + [store.Query("", **filters) for filters in FILTERS]


def measure(opened: store.Store, queries: Sequence[store.Query]) -> tuple[list[float], int]:
    """Seconds of each search, the first of each included; and how many found something."""
    seconds: list[float] = []
    found = 0
    for _ in range(3):
        for query in queries:
            began = time.perf_counter()
            page = store.search(opened, query)
            seconds.append(time.perf_counter() - began)
            found += bool(page.hits)
    return seconds, found


def without_index(opened: store.Store) -> float:
    """Seconds of the same question by LIKE; the middle of three."""
    taken = []
    for words in ("%khen thưởng đột xuất%", "%giáo viên dạy giỏi%", "%không có từ này%"):
        query = text(
            "SELECT sha256 FROM search_texts WHERE text LIKE :words ORDER BY id DESC LIMIT 20"
        )
        began = time.perf_counter()
        opened.read(lambda c, q=query, w=words: c.execute(q, {"words": w}).all())  # type: ignore[misc]
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def rates(opened: store.Store, plans: Sequence[Plan]) -> tuple[float, float]:
    """Plans a second, each in its transaction, and many in one."""
    half = len(plans) // 2
    began = time.perf_counter()
    for plan in plans[:half]:
        store.put(opened, plan)
    one_by_one = half / (time.perf_counter() - began)
    began = time.perf_counter()
    store.put_many(opened, [store.Entry(plan) for plan in plans[half:]])
    return one_by_one, (len(plans) - half) / (time.perf_counter() - began)


def run(name: str, where: str, plans: Sequence[Plan], count: int) -> float:
    """Measure one database and print it; the 95th of 100 searches, in seconds."""
    with store.open_store(where, create=True) as opened:
        single, many = rates(opened, plans)
        print(f"{name}: put {single:.0f} plans/s, put_many {many:.0f} plans/s", flush=True)
        taken = fill(opened, plans, count)
        print(f"{name}: {count} more as rows in {taken:.0f} s", flush=True)
        queries = asked(plans)
        seconds, found = measure(opened, queries)
        cuts = statistics.quantiles(seconds, n=100)
        like = without_index(opened)
        print(
            f"{name}: {len(seconds)} searches, {found} found something: "
            f"p50 {cuts[49] * 1000:.1f} ms, p95 {cuts[94] * 1000:.1f} ms, "
            f"p99 {cuts[98] * 1000:.1f} ms, longest {max(seconds) * 1000:.0f} ms; "
            f"LIKE {like * 1000:.0f} ms, {like / cuts[49]:.0f} times p50",
            flush=True,
        )
        slow = sorted(zip(seconds, queries * 3, strict=True), key=lambda pair: -pair[0])[:5]
        for took, query in slow:
            print(f"  {took * 1000:.0f} ms: {query}")
    return cuts[94]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().partition("\n")[0])
    parser.add_argument("--plans", type=int, default=100_000, metavar="N")
    parser.add_argument("--postgres", metavar="URL", help="an empty database")
    parser.add_argument("--folder", type=Path, help="where the file is made [a temporary one]")
    parser.add_argument("--gate", action="store_true", help="exit code 1 at 50 ms or more")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        plans = made_plans(Path(folder))
        worst = run("SQLite", str(Path(folder, "plans.sqlite")), plans, options.plans)
        if options.postgres:
            worst = max(worst, run("PostgreSQL", options.postgres, plans, options.plans))
    return int(options.gate and worst >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
