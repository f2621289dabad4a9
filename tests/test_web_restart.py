"""The service is killed in the middle: what it had taken in is read all the same, once."""

import hashlib
import os
import signal
import time
from pathlib import Path

import httpx
import pytest
from served import Served, wait_done

from tdkt_parse import store

ROOT = Path(__file__).resolve().parent.parent
TEXT = next(iter(sorted((ROOT / "corpus").glob("*.txt")))).read_bytes()
FILES = 24


def put_in(client: httpx.Client) -> tuple[str, set[str]]:
    contents = [TEXT + f"\n\n{at}\n".encode() for at in range(FILES)]
    files = [("file", (f"{at}.txt", content)) for at, content in enumerate(contents)]
    sent = client.post("/v1/jobs", files=files)
    assert sent.status_code == 202, sent.text
    return sent.json()["batch"], {hashlib.sha256(one).hexdigest() for one in contents}


def workers_of(pid: int) -> list[int]:
    """The processes below one."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) == pid:
                found.append(int(folder.name))
    return found


def check(where: str, contents: set[str]) -> None:
    with store.open_store(where) as opened:
        assert set(store.known_contents(opened, contents)) == contents
        report = store.check(opened, deep=True)
        assert report.faults == ()
        assert report.counts["documents"] == report.counts["plans"] == FILES
        assert report.counts["files"] == FILES


def test_nothing_that_was_taken_in_is_lost(where: str, tmp_path: Path) -> None:
    served = Served(where, tmp_path / "data").start()
    try:
        with served.client() as client:
            batch, contents = put_in(client)
            time.sleep(0.3)
        served.kill()
        served.start()
        with served.client() as client:
            jobs = wait_done(client, batch)
    finally:
        served.stop()
    assert {job["state"] for job in jobs} == {"done"}
    check(where, contents)


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("there is no /proc to find the worker in")
    where = str(tmp_path / "plans.sqlite")
    served = Served(where, tmp_path / "data").start()
    try:
        with served.client() as client:
            batch, contents = put_in(client)
            assert served.process is not None
            for one in workers_of(served.process.pid):
                os.kill(one, signal.SIGKILL)
            jobs = wait_done(client, batch)
            assert client.get("/ready").status_code == 200
    finally:
        served.stop()
    assert {job["state"] for job in jobs} == {"done"}
    check(where, contents)


def test_who_stops_it_finds_nothing_left_running(tmp_path: Path) -> None:
    served = Served(str(tmp_path / "plans.sqlite"), tmp_path / "data").start()
    assert served.process is not None
    workers = workers_of(served.process.pid)
    assert workers
    served.stop()
    assert not any(Path(f"/proc/{one}").exists() for one in workers)
