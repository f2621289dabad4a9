"""The database of plans: in and out, again and again, corrected, moved, migrated, searched."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, inspect, select, text

from tdkt_parse import parse, store
from tdkt_parse.audit import audit_plan
from tdkt_parse.exceptions import StorageBroken, StorageGone, UsageError, to_install
from tdkt_parse.models import Plan
from tdkt_parse.register import packaged_register
from tdkt_parse.store import database, migrations
from tdkt_parse.store.ddl import schema_sql
from tdkt_parse.store.index import index_missing
from tdkt_parse.store.levels import level_of, level_rows
from tdkt_parse.store.rows import plan_rows
from tdkt_parse.store.tables import METADATA, OF_PLAN, PLANS
from tdkt_parse.store.views import VIEWS

ROOT = Path(__file__).resolve().parent.parent
TEXTS = sorted((ROOT / "corpus").glob("*.txt"))


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    found = [parse(path) for path in TEXTS]
    assert len(found) == 5
    return found


def put(opened: store.Store, plan: Plan, **more: Any) -> store.Change:
    return store.put(opened, plan, audit_plan(plan, packaged_register()), **more)


def rows(opened: store.Store, *, physical: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables; ``physical``: with the transaction that wrote each, if known."""

    def work(connection: Any) -> dict[str, list[tuple[Any, ...]]]:
        found = {}
        for table in METADATA.sorted_tables:
            extra = ", xmin::text" if physical and opened.postgres else ""
            query = f"SELECT *{extra} FROM {table.name}"  # noqa: S608
            found[table.name] = sorted(map(tuple, connection.execute(text(query))), key=repr)
        return found

    return opened.read(work)


def test_a_plan_comes_back_equal(where: str, plans: list[Plan]) -> None:
    with store.open_store(where, create=True) as opened:
        for plan, path in zip(plans, TEXTS, strict=True):
            assert put(opened, plan, path=str(path)) == "new"
        for plan in plans:
            assert store.load(opened, plan.source.sha256) == plan
            remarks = store.load_remarks(opened, plan.source.sha256)
            found = audit_plan(plan, packaged_register())
            assert [one.message for one in remarks] == [one.message for one in found]
        every = list(store.load_all(opened))
        assert {one.sha256: one.plan for one in every} == {p.source.sha256: p for p in plans}
        assert sorted(one.paths[0] for one in every) == sorted(map(str, TEXTS))
        report = store.check(opened, deep=True)
        assert report.faults == ()
        for table, wanted in (
            ("plans", len(plans)),
            ("tasks", sum(len(plan.tasks) for plan in plans)),
            ("citations", sum(len(plan.citations) for plan in plans)),
            ("legal_bases", sum(len(plan.legal_bases) for plan in plans)),
            ("recipients", sum(len(plan.recipients) for plan in plans)),
        ):
            assert report.counts[table] == wanted > 0, table
        assert store.load(opened, "0" * 64) is None


def test_the_same_again_changes_no_row(where: str, plans: list[Plan]) -> None:
    with store.open_store(where, create=True) as opened:
        run = store.Run()
        for plan in plans:
            put(opened, plan, path="a.txt", run=run)
        before = rows(opened, physical=True)
        assert len(before["runs"]) == 1
        second = store.Run()
        for plan in plans:
            assert put(opened, plan, path="a.txt", run=second) == "unchanged"
        store.finish_run(opened, second, {"unchanged": len(plans)})
        assert rows(opened, physical=True) == before


def test_many_at_once_are_as_one_by_one(where: str, plans: list[Plan], tmp_path: Path) -> None:
    entries = [store.Entry(plan, audit_plan(plan, packaged_register()), "a") for plan in plans]
    with (
        store.open_store(where, create=True) as together,
        store.open_store(tmp_path / "other.sqlite", create=True) as single,
    ):
        # The same content twice in one go, and again.
        assert store.put_many(together, [*entries, entries[0]]) == ["new"] * 5 + ["unchanged"]
        assert store.put_many(together, entries) == ["unchanged"] * 5
        for entry in entries:
            store.put(single, entry.plan, entry.remarks, path=entry.path)
        counts = store.check(together, deep=True)
        assert counts.faults == ()
        assert counts.counts == store.check(single).counts


def test_a_newer_version_reads_anew_and_corrections_stay(where: str, plans: list[Plan]) -> None:
    plan = next(plan for plan in plans if len(plan.tasks) > 2)
    sha256 = plan.source.sha256
    with store.open_store(where, create=True) as opened:
        put(opened, plan, parser="0.1.0")
        store.correct(opened, sha256, "/tasks/1/lead", ["Văn phòng"], author="An", note="xem lại")
        store.correct(opened, sha256, "/tasks/2/content", "Sơ kết", author="An")
        leads = "SELECT lead FROM tasks ORDER BY position"
        corrected = store.load(opened, sha256)
        assert corrected is not None
        assert corrected.tasks[1].lead == ["Văn phòng"]
        assert store.load(opened, sha256, corrected=False) == plan
        assert opened.read(lambda c: c.scalars(text(leads)).all())[1] == "Văn phòng"
        assert store.check(opened, deep=True).faults == ()
        # A newer version reads the second task's content otherwise.
        tasks = list(plan.tasks)
        tasks[2] = tasks[2].model_copy(update={"content": "Sơ kết sáu tháng"})
        newer = plan.model_copy(update={"tasks": tasks})
        assert put(opened, newer, parser="0.2.0") == "changed"
        assert store.load(opened, sha256, corrected=False) == newer
        again = store.load(opened, sha256)
        assert again is not None
        assert again.tasks[1].lead == ["Văn phòng"]
        assert again.tasks[2].content == "Sơ kết sáu tháng"
        assert [one.state for one in store.corrections(opened)] == ["applied", "open"]
        assert opened.read(lambda c: c.scalars(text(leads)).all())[1] == "Văn phòng"
        # An older one does not undo it.
        assert put(opened, plan, parser="0.1.0") == "older"
        assert store.load(opened, sha256, corrected=False) == newer
        faults = store.check(opened, deep=True).faults
        assert [fault.grave for fault in faults] == [False]
        # What the program reads right by itself needs no correction.
        tasks[1] = tasks[1].model_copy(update={"lead": ["Văn phòng"]})
        put(opened, plan.model_copy(update={"tasks": tasks}), parser="0.3.0")
        assert [one.state for one in store.corrections(opened)] == ["settled", "open"]


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("tasks/0/lead", []),
        ("/tasks/999/lead", []),
        ("/tasks/-1/lead", []),
        ("/nothing", 1),
        ("/source/sha256", "0"),
        ("/tasks/0/quarters", ["one"]),
        ("/title", 7),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    pointer: str, value: object, plans: list[Plan], tmp_path: Path
) -> None:
    with store.open_store(tmp_path / "plans.sqlite", create=True) as opened:
        put(opened, plans[0])
        before = rows(opened)
        with pytest.raises(UsageError):
            store.correct(opened, plans[0].source.sha256, pointer, value)
        assert rows(opened) == before


def test_what_a_document_may_hold_is_held(where: str, plans: list[Plan]) -> None:
    """NUL, which PostgreSQL has no place for; signs of other planes; words without end."""
    odd = "Thi đua\0\U0001f600 \\u0000 ' \" \\ \u202e" + "x" * 5000
    title = plans[0].title
    assert title is not None
    unit = "".join(chr(0x4E00 + 7 * at % 20_000) for at in range(5000))
    tasks = [
        plans[0].tasks[0].model_copy(update={"lead": [odd, unit, ""], "content": unit}),
        *plans[0].tasks[1:],
    ]
    plan = plans[0].model_copy(
        update={"title": title.model_copy(update={"text": odd}), "tasks": tasks}
    )
    with store.open_store(where, create=True) as opened:
        put(opened, plan)
        assert store.load(opened, plan.source.sha256) == plan
        assert store.check(opened, deep=True).faults == ()
        assert len(store.search(opened, store.Query("thi dua")).hits) == 1


@pytest.mark.parametrize("key", ["", "0" * 63, "g" * 64, "A" * 64])
def test_a_plan_of_no_content_is_refused(key: str, plans: list[Plan], tmp_path: Path) -> None:
    source = plans[0].source.model_copy(update={"sha256": key})
    with (
        store.open_store(tmp_path / "plans.sqlite", create=True) as opened,
        pytest.raises(UsageError, match="SHA-256"),
    ):
        store.put(opened, plans[0].model_copy(update={"source": source}))


def test_deleting_leaves_nothing_behind(where: str, plans: list[Plan]) -> None:
    with store.open_store(where, create=True) as opened:
        put(opened, plans[0])
        before = rows(opened)
        for plan in plans[1:]:
            put(opened, plan, path="x")
        store.correct(opened, plans[1].source.sha256, "/kind", "Quyết định")
        assert store.delete_plans(opened, [plan.source.sha256 for plan in plans[1:]]) == 4
        assert rows(opened) == before


def test_a_copy_goes_to_any_database_and_back(
    where: str, plans: list[Plan], tmp_path: Path
) -> None:
    with store.open_store(where, create=True) as opened:
        for plan in plans:
            put(opened, plan, path="x")
        store.correct(opened, plans[1].source.sha256, "/kind", "Quyết định")
        assert store.backup(opened, tmp_path / "copy") == len(plans)
        assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == ["copy"]
        with pytest.raises(UsageError, match="already"):
            store.backup(opened, tmp_path / "copy")
        with pytest.raises(UsageError, match="not empty"):
            store.restore(tmp_path / "copy", opened)
        before = list(store.load_all(opened)), store.check(opened).counts
        store.delete_plans(opened, [plan.source.sha256 for plan in plans])
    with store.open_store(where) as opened:
        opened.write(lambda connection: connection.execute(text("DELETE FROM runs")))
        assert store.restore(tmp_path / "copy", opened) == len(plans)
        assert (list(store.load_all(opened)), store.check(opened).counts) == before
        assert store.check(opened, deep=True).faults == ()
        assert store.search(opened, store.Query("thi đua")).hits


# -- views


def test_views_say_what_people_ask(where: str, plans: list[Plan]) -> None:
    with store.open_store(where, create=True) as opened:
        for plan in plans:
            put(opened, plan)
        count = {
            name: opened.read(lambda c, v=name: c.scalar(text(f"SELECT COUNT(*) FROM {v}")))  # type: ignore[misc]  # noqa: S608
            for name in VIEWS
        }
        tasks = sum(
            max(1, len(task.quarters)) * max(1, len(plan.years))
            for plan in plans
            for task in plan.tasks
        )
        assert count["v_tasks_by_quarter"] == tasks
        cited = {one.resolved.id for plan in plans for one in plan.citations if one.resolved} - {
            None
        }
        assert count["v_cited_instruments"] == len(cited) > 3


def test_expired_bases_are_those_the_audit_finds(where: str, tmp_path: Path) -> None:
    plan = parse(
        "ỦY BAN NHÂN DÂN\nXÃ TÂN AN\nSố: 12/KH-UBND\nTân An, ngày 15 tháng 3 năm 2024\n"
        "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2024\n\n"
        "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ;\n"
        "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ;\n\n"
        "I. MỤC ĐÍCH\nĐẩy mạnh phong trào thi đua.\n".encode()
    )
    with store.open_store(where, create=True) as opened:
        put(opened, plan)
        query = text("SELECT instrument, expired, signed FROM v_expired_bases")
        found = opened.read(lambda connection: connection.execute(query).all())
    assert [row[0] for row in found] == ["91/2017/NĐ-CP"]
    assert str(found[0][1]) <= str(found[0][2])


# -- schema


def test_each_table_and_column_has_its_comment(server: Any) -> None:
    with store.open_store(server.new_database(), create=True) as opened:
        inspector = inspect(opened.engine)
        for table in METADATA.sorted_tables:
            assert inspector.get_table_comment(table.name)["text"] == table.comment
            for column in inspector.get_columns(table.name):
                assert column["comment"] == table.columns[column["name"]].comment
                assert column["comment"]


def test_migrations_end_in_the_tables_of_today(where: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    assert len(migrations.history()) >= 2
    with store.open_store(where, create=True) as opened, opened.engine.connect() as connection:
        extra = {"search_index", migrations.VERSION_TABLE}
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda _o, name, kind, _r, _c: (
                    not (str(name).startswith("search_index") and kind in ("table", "index"))
                    and name not in extra
                ),
                "compare_type": False,
                "version_table": migrations.VERSION_TABLE,
            },
        )
        assert compare_metadata(context, METADATA) == []
        have = set(inspect(connection).get_view_names())
        assert have == set(VIEWS)


def test_the_sql_that_is_printed_makes_these_tables(where: str, plans: list[Plan]) -> None:
    """So the DDL for people and the migrations cannot drift apart."""
    opened = database.connect(where, create=True)
    kind: Any = opened.engine.dialect.name
    printed = schema_sql(kind)
    assert "Nội dung công việc" in printed
    with opened, opened.engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        if opened.postgres:
            raw.cursor().execute(printed)
        else:
            raw.executescript(printed)
        raw.commit()
        opened.write(
            lambda c: c.execute(text(f"CREATE TABLE {migrations.VERSION_TABLE} (version_num TEXT)"))
        )
        opened.write(
            lambda c: c.execute(
                text(f"INSERT INTO {migrations.VERSION_TABLE} VALUES ('{migrations.head()}')")  # noqa: S608
            )
        )
        put(opened, plans[0])
        assert store.check(opened, deep=True).faults == ()
        assert store.search(opened, store.Query("thi dua")).hits


@pytest.mark.parametrize("version", migrations.history()[:-1])
def test_an_earlier_version_comes_up_with_nothing_lost(
    version: str, where: str, plans: list[Plan]
) -> None:
    opened = database.connect(where, create=True)
    with opened:
        migrations.upgrade(opened, version)
        names = inspect(opened.engine).get_table_names()
        # What plans are found by is made of the plans, whatever there was of it.
        there = {name for name in names if not name.startswith("search_")}
        # What a later version adds to a table is not there yet.
        columns = {
            name: sorted(one["name"] for one in inspect(opened.engine).get_columns(name))
            for name in there - {migrations.VERSION_TABLE}
        }

        def fill(connection: Any) -> None:
            for plan in plans:
                made = plan_rows(plan, (), as_read=plan, parser="0.0.9", fingerprint="x")
                document = {
                    "sha256": plan.source.sha256,
                    "media_type": "text/plain",
                    "reader": "text",
                    "added_at": "2024-01-01",
                }
                connection.execute(insert(METADATA.tables["documents"]), document)
                for name in ("agencies", "instruments"):
                    assert name in there
                for table in OF_PLAN:
                    some = made.get(table.name, [])
                    if some and table.name in there:
                        for row in some:
                            row.pop("agency", None)
                            row.pop("instrument", None)
                        kept = [
                            {name: row[name] for name in columns[table.name] if name in row}
                            for row in some
                        ]
                        connection.execute(insert(table), kept)

        opened.write(fill)
        with pytest.raises(StorageBroken, match="tdkt db upgrade"):
            store.open_store(where, create=True)
        kept = _rows_of(opened, columns)
        assert (
            migrations.upgrade(opened)
            == migrations.history()[migrations.history().index(version) + 1 :]
        )
        assert migrations.upgrade(opened) == []
        assert _rows_of(opened, columns) == kept
    with store.open_store(where) as opened:
        for plan in plans:
            assert store.load(opened, plan.source.sha256) == plan
        assert len(store.search(opened, store.Query("thi dua")).hits) == len(plans)
        assert opened.write(index_missing) == 0
        both = "SELECT plans.date, listing.date FROM plans JOIN listing USING (sha256)"
        dates = opened.read(lambda connection: connection.execute(text(both)).all())
        assert [listed for _, listed in dates] == [date for date, _ in dates]
        assert any(date and len(date) == len("2024-01") for date, _ in dates)


def _rows_of(opened: store.Store, columns: dict[str, list[str]]) -> dict[str, list[Any]]:
    def rows(connection: Any, name: str) -> list[str]:
        named = ", ".join(f'"{column}"' for column in columns[name])
        return sorted(map(repr, connection.execute(text(f"SELECT {named} FROM {name}"))))  # noqa: S608

    return opened.read(lambda connection: {name: rows(connection, name) for name in columns})


def test_what_is_no_database_of_ours_is_left_alone(tmp_path: Path) -> None:
    import sqlite3

    other = tmp_path / "other.sqlite"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE things (name TEXT)")
    connection.commit()
    connection.close()
    before = other.read_bytes()
    with pytest.raises(StorageBroken, match="no database of tdkt"):
        store.open_store(other, create=True)
    assert other.read_bytes() == before
    with (
        store.connect(other, create=True) as opened,
        pytest.raises(StorageBroken, match="no database of tdkt"),
    ):
        store.upgrade(opened)
    connection = sqlite3.connect(other)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("things",)]
    connection.close()
    (tmp_path / "plan.txt").write_text("KẾ HOẠCH " * 200, encoding="utf-8")
    with pytest.raises(StorageBroken):
        store.open_store(tmp_path / "plan.txt", create=True)
    with pytest.raises(StorageGone, match="no such database"):
        store.open_store(tmp_path / "missing.sqlite")


def test_tables_of_a_newer_version_are_refused(where: str) -> None:
    with store.open_store(where, create=True) as opened:
        opened.write(
            lambda c: c.execute(text(f"UPDATE {migrations.VERSION_TABLE} SET version_num = '9999'"))  # noqa: S608
        )
    with pytest.raises(StorageBroken, match=r"9999.*newer"):
        store.open_store(where, create=True)


@pytest.mark.parametrize("address", ["mysql://x/y", "://", "postgresql+asyncpg://x/y", "x://y"])
def test_addresses_that_are_none_are_wrong_use(address: str) -> None:
    with pytest.raises(UsageError):
        store.open_store(address)


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['sqlalchemy'] = None\n"
        "from tdkt_parse.__main__ import main\n"
        "sys.argv = ['tdkt', 'search', 'x']\n"
        "sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 3, done.stderr
    assert f'{sys.executable} -m pip install "tdkt-parse[store]"' in done.stderr


def test_the_command_is_for_the_python_that_runs_this(monkeypatch: pytest.MonkeyPatch) -> None:
    for python, printed in (("/opt/t/bin/python", "/opt/t/bin/python"), ("/a b/py", '"/a b/py"')):
        monkeypatch.setattr(sys, "executable", python)
        assert to_install("ray") == f'Type: {printed} -m pip install "tdkt-parse[ray]"'


# -- levels


def test_levels_fit_their_examples() -> None:
    for row in level_rows():
        assert row.source
        assert row.examples
        assert row.negatives
        assert [level_of(name) for name in row.examples] == [row.name] * len(row.examples)
        assert row.name not in map(level_of, row.negatives)


def test_each_beginning_is_of_the_level_it_stands_at() -> None:
    for row in level_rows():
        for organ in row.organs:
            for unit in row.units or [""]:
                assert level_of(f"{organ} {unit} Tân Lập".upper()) == row.name


@pytest.mark.parametrize(
    "name",
    [
        "Trường Tiểu học xã Tân Lập",  # An organ of none of the beginnings, though of a commune.
        "Ủy ban nhân dân",  # Of whom is not said.
        "Ủy ban nhân dân thành phố Thái Nguyên",  # A city may be of a province or be one.
        "Công ty Xây dựng tỉnh",
        "Sởn gai",  # No whole word.
        "",
    ],
)
def test_names_that_tell_no_level(name: str) -> None:
    assert level_of(name) is None


def test_the_plan_of_the_database_is_the_contract(plans: list[Plan], tmp_path: Path) -> None:
    with store.open_store(tmp_path / "plans.sqlite", create=True) as opened:
        put(opened, plans[0])
        kept = opened.read(lambda c: c.scalar(select(PLANS.c.json)))
        assert json.loads(str(kept)) == plans[0].to_dict()
        assert opened.read(lambda c: c.scalar(select(func.count()).select_from(PLANS))) == 1
