"""
What breaks a database's day: no room, no right, no server, another's lock, a kill at any moment.

The right message, exit code 7, and whole after.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from tdkt_parse import parse, store
from tdkt_parse.exceptions import (
    StorageBroken,
    StorageBusy,
    StorageError,
    StorageFull,
    StorageGone,
    StorageReadOnly,
)
from tdkt_parse.models import Plan
from tdkt_parse.store import database
from tdkt_parse.store.tables import METADATA

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "corpus" / "000_2ee29594239d2bf2.txt"


@pytest.fixture(scope="module")
def one() -> Plan:
    return parse(PLAN)


def tdkt(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "tdkt_parse", *map(str, arguments)]
    more = {"timeout": 300, **more}
    return subprocess.run(program, capture_output=True, check=False, encoding="utf-8", **more)


def state(where: str) -> dict[str, list[str]]:
    """All rows, but for when and in which run they were put in."""

    def work(connection: Any) -> dict[str, list[str]]:
        found = {}
        for table in METADATA.sorted_tables:
            if table.name == "runs":
                continue
            names = [
                f'"{column.name}"'
                for column in table.columns
                if column.name not in ("run", "added_at")
            ]
            query = f"SELECT {', '.join(names)} FROM {table.name}"  # noqa: S608
            found[table.name] = sorted(map(repr, connection.execute(text(query))))
        return found

    with store.open_store(where) as opened:
        assert store.check(opened, deep=True).faults == ()
        return opened.read(work)


# -- no room


def test_a_full_database_says_so_and_stays_whole(tmp_path: Path, one: Plan) -> None:
    where = str(tmp_path / "plans.sqlite")
    with store.open_store(where, create=True) as opened:
        store.put(opened, one)
    before = state(where)
    with store.open_store(where) as opened:

        @event.listens_for(opened.engine, "connect")
        def _small(connection: sqlite3.Connection, _record: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 2}")

        opened.engine.dispose()
        other = one.model_copy(
            update={"source": one.source.model_copy(update={"sha256": "f" * 64})}
        )
        with pytest.raises(StorageFull, match="no room") as caught:
            store.put(opened, other)
        assert int(caught.value.exit_code) == 7
    assert state(where) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount") or "mount"
    command = [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk")
    yield folder
    subprocess.run([shutil.which("umount") or "umount", str(folder)], check=True)


def test_a_full_disk_gives_code_7_and_the_rest_goes_in_later(
    small_disk: Path, generated: Path, tmp_path: Path
) -> None:
    where = str(small_disk / "plans.sqlite")
    done = tdkt("import", generated, "--db", where, "-q", "-j2")
    assert done.returncode == 7, done.stderr
    assert "no room left" in done.stderr
    put_in = len(state(where)["documents"])
    assert 0 < put_in < 60
    again = tdkt("import", generated, "--db", where, "-q", "-j2")
    assert again.returncode == 7
    mount = shutil.which("mount") or "mount"
    subprocess.run([mount, "-o", "remount,size=64m", str(small_disk)], check=True)
    done = tdkt("import", generated, "--db", where, "-q", "-j2")
    assert done.returncode == 0, done.stderr
    assert len(state(where)["documents"]) == 60


def test_a_copy_on_a_full_disk_is_told_of_by_its_name(
    small_disk: Path, generated: Path, tmp_path: Path
) -> None:
    where = tmp_path / "plans.sqlite"
    assert tdkt("import", generated, "--db", where, "-q", "-j2").returncode == 0
    done = tdkt("db", "backup", small_disk / "copy.sqlite", "--db", where)
    assert done.returncode == 7
    assert "no room left" in done.stderr
    assert f"{small_disk}/copy.sqlite:" in done.stderr
    assert list(small_disk.iterdir()) == []


def test_a_database_that_is_not_there_and_an_address_that_cannot_be(server: Any) -> None:
    address = server.new_database()
    name = address.partition("@/")[2].partition("?")[0]
    began = time.monotonic()
    with pytest.raises(StorageGone, match="Make the database first"):
        store.open_store(address.replace(name, "no_such"))
    with pytest.raises(StorageError, match="bogus"):
        store.open_store(f"{address}&bogus=1")
    assert time.monotonic() - began < 30, "neither is waited for"


# -- no right


def test_a_folder_in_which_no_file_may_be_made(tmp_path: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix="tdkt-"))
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        with pytest.raises(StorageReadOnly, match="may not be written"):
            store.open_store(folder / "new.sqlite", create=True)
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_file_that_may_not_be_written(one: Plan) -> None:
    folder = Path(tempfile.mkdtemp(prefix="tdkt-"))
    where = folder / "plans.sqlite"
    try:
        with store.open_store(where, create=True) as opened:
            store.put(opened, one)
        before = state(str(where))
        folder.chmod(0o555)
        where.chmod(0o444)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            with pytest.raises(StorageReadOnly, match="may not be written"):  # noqa: PT012
                other = one.model_copy(
                    update={"source": one.source.model_copy(update={"sha256": "e" * 64})}
                )
                with store.open_store(where) as opened:
                    store.put(opened, other)
            with pytest.raises(StorageReadOnly):
                store.open_store(folder / "deeper" / "new.sqlite", create=True)
        finally:
            if root:
                os.seteuid(0)
        folder.chmod(0o755)
        where.chmod(0o644)
        assert state(str(where)) == before
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_server_that_gives_no_right(server: Any, one: Plan) -> None:
    where = server.new_database()
    with store.open_store(where, create=True) as opened:
        name = opened.engine.url.database
        opened.write(
            lambda c: c.execute(
                text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
            )
        )
    with store.open_store(where) as opened, pytest.raises(StorageReadOnly):
        store.put(opened, one)


# -- another's lock


def test_a_file_that_another_holds(
    tmp_path: Path, one: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "plans.sqlite"
    store.open_store(where, create=True).close()
    holder = sqlite3.connect(where, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(database, "PATIENCE", 0.3)
    with store.open_store(where) as opened, pytest.raises(StorageBusy, match="another program"):
        store.put(opened, one)
    # One who lets go in time is waited for.
    monkeypatch.setattr(database, "PATIENCE", 30.0)
    letting_go = threading.Timer(0.5, lambda: holder.execute("COMMIT"))
    letting_go.start()
    with store.open_store(where) as opened:
        assert store.put(opened, one) == "new"
    letting_go.join()
    holder.close()


# -- damaged


def test_a_damaged_file_is_found(tmp_path: Path, one: Plan) -> None:
    where = tmp_path / "plans.sqlite"
    with store.open_store(where, create=True) as opened:
        store.put(opened, one)
        opened.write(lambda c: c.execute(text("DELETE FROM search_texts")))
        faults = store.check(opened).faults
    assert [(fault.message, fault.grave) for fault in faults] == [
        ("the plan is not in the index of search", True)
    ]
    done = tdkt("db", "check", "--db", where)
    assert done.returncode == 7
    data = bytearray(where.read_bytes())
    for at in range(4096 * 3, len(data), 4096):
        data[at : at + 200] = b"\xff" * 200
    where.write_bytes(data)
    with pytest.raises(StorageError), store.open_store(where) as opened:  # noqa: PT012
        if any(fault.grave for fault in store.check(opened).faults):
            raise StorageBroken("found by check")


# -- no server


def test_a_server_that_comes_back_is_waited_for(server: Any, one: Plan) -> None:
    where = server.new_database()
    with store.open_store(where, create=True) as opened:
        server.stop()
        coming_back = threading.Timer(2.0, server.start)
        coming_back.start()
        began = time.monotonic()
        assert store.put(opened, one) == "new"
        assert time.monotonic() - began > 1.5
        coming_back.join()
    assert len(state(where)["documents"]) == 1


def test_a_server_that_stays_away_gives_code_7(server: Any, one: Plan) -> None:
    where = server.new_database()
    with store.open_store(where, create=True, patience=1.0) as opened:
        server.stop()
        try:
            with pytest.raises(StorageGone, match="does not answer"):
                store.put(opened, one)
        finally:
            server.start()
    assert len(state(where)["documents"]) == 0


def test_a_database_that_is_not_there_is_not_waited_for(server: Any) -> None:
    began = time.monotonic()
    done = tdkt("search", "x", "--db", f"postgresql://tdkt:geheim@/nowhere?host={server.folder}")
    assert done.returncode == 7
    assert "nowhere" in done.stderr
    assert "geheim" not in done.stderr
    assert time.monotonic() - began < 30


# -- killed, and many at once


def import_with_kills(
    where: str, folder: Path, kills: int, chance: random.Random, longest: float = 3.0
) -> None:
    """Import a folder by a process that is killed at random moments, and started again."""
    command = [
        sys.executable,
        "-m",
        "tdkt_parse",
        "import",
        str(folder),
        "--db",
        where,
        "-q",
        "-j2",
    ]
    killed = 0
    while killed < kills:
        process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
        try:
            process.wait(chance.uniform(0.3, longest))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        killed += 1
        process.communicate()
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_an_importer_killed_at_any_moment_loses_and_doubles_nothing(
    where: str, generated: Path, tmp_path: Path
) -> None:
    import_with_kills(where, generated, 5, random.Random(9))  # noqa: S311
    alone = str(tmp_path / "alone.sqlite")
    assert tdkt("import", generated, "--db", alone, "-q").returncode == 0
    killed, whole = state(where), state(alone)
    assert len(killed["documents"]) == 60
    assert {name: len(rows) for name, rows in killed.items()} == {
        name: len(rows) for name, rows in whole.items()
    }
    if "://" not in where:
        assert killed == whole


def test_a_new_file_that_another_is_in_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log of a file cannot be changed while another writes it: that is no defect."""
    monkeypatch.setattr(database, "PATIENCE", 0.02)
    where = tmp_path / "plans.sqlite"
    other = sqlite3.connect(where, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    leaves = threading.Timer(0.4, other.execute, ["COMMIT"])
    leaves.start()
    try:
        opened = database.connect(where, create=True)
        database.keep_log(opened)
    finally:
        leaves.join()
        other.close()
    with opened.engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    opened.engine.dispose()


def test_eight_importers_at_once_end_as_one(where: str, generated: Path, tmp_path: Path) -> None:
    folder = tmp_path / "few"
    folder.mkdir()
    for path in sorted(generated.iterdir())[:16]:
        shutil.copy(path, folder)
    shutil.copy(folder / "0000.txt", folder / "copy.txt")
    command = [
        sys.executable,
        "-m",
        "tdkt_parse",
        "import",
        str(folder),
        "--db",
        where,
        "-q",
        "-j1",
    ]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(8)]
    for process in running:
        errors = process.communicate(timeout=300)[1]
        assert process.returncode == 0, errors.decode()
    together = state(where)
    with store.open_store(where) as opened:
        store.delete_plans(opened, [one.sha256 for one in store.load_all(opened)])
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    assert state(where) == together
    assert len(together["documents"]) == 16
    assert len(together["files"]) == 17
