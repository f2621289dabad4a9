"""Documents read by a cluster of Ray: all of them once, whatever becomes of its processes."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tdkt_parse import cluster
from tdkt_parse.exceptions import MissingDependency
from tdkt_parse.sandbox import Task

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "corpus"
PATIENCE = 240.0

with_ray = pytest.mark.skipif(
    not (importlib.util.find_spec("ray") and sys.platform == "linux"),
    reason='Ray is not installed: pip install "tdkt-parse[ray]"',
)


def run(*command: str | Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    """A program of ours that has the tests' modules; short names, for sockets have them."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("TDKT_")}
    paths = os.pathsep.join(filter(None, (str(HERE), own.get("PYTHONPATH"))))
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=folder,
        env={**own, "PYTHONPATH": paths, "HOME": str(folder), "TDKT_LANG": "en"},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=PATIENCE,
    )


@with_ray
def test_a_killed_process_costs_one_retry_of_one_file(tmp_path: Path) -> None:
    bad = {"hang-1": "TimedOut", "segv": "Crashed", "eat-1": "OutOfMemory", "locked": "Encrypted"}
    names = [f"good-{number}" for number in range(196)]
    for place, name in zip((20, 70, 120, 170), bad, strict=True):
        names.insert(place, name)
    note = tmp_path / "note"
    done = run(HERE / "on_cluster.py", json.dumps(names), "60", note, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert told["readers"] == 2
    assert told["killed"]
    assert told["indexes"] == list(range(200))
    assert told["errors"] == bad
    assert told["results"] == {f"{name}:1": 1 for name in names if name not in bad}
    begun = Counter(note.read_text(encoding="utf-8").split())
    assert set(begun) == set(names)
    # One that dies with a worker that read others before is given to a new one, here as there.
    again = {name for name, times in begun.items() if times > 1} - {"segv"}
    assert len(again) <= 1, "one file was read again, no more"
    assert told["left"] == []
    assert told["temporary"] == []
    assert not (tmp_path / ".ray").exists()


@with_ray
def test_the_command_prints_the_same(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for path in sorted(CORPUS.glob("*.txt"))[:3]:
        shutil.copy(path, tmp_path / "in")
    (tmp_path / "in" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    here = run("-m", "tdkt_parse", "parse", "in", "-f", "jsonl", "-q", "-j1", folder=tmp_path)
    command = ("-m", "tdkt_parse", "parse", "in", "-f", "jsonl", "-q", "-j1", "--engine", "ray")
    there = run(*command, "--manifest", "m.jsonl", folder=tmp_path)
    assert (there.returncode, there.stdout) == (here.returncode, here.stdout) == (4, here.stdout)
    assert len(here.stdout.splitlines()) == 3
    assert there.stderr == here.stderr
    assert len((tmp_path / "m.jsonl").read_bytes().splitlines()) == 4


@with_ray
@pytest.mark.parametrize("address", ["127.0.0.1:1", "ray://localhost:1", "127.0.0.1:99999", "auto"])
def test_a_cluster_that_does_not_answer_is_wrong_use(address: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("KẾ HOẠCH", encoding="utf-8")
    command = ("-m", "tdkt_parse", "parse", "a.txt", "--engine", "ray", "--ray-address", address)
    done = run(*command, folder=tmp_path)
    assert done.returncode == 2, done.stderr
    assert f"The cluster of Ray at {address} cannot be reached" in done.stderr
    assert done.stdout == ""


def test_without_ray_it_is_said_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingDependency, match=r"tdkt-parse\[ray\]"):
        list(cluster.run_all([Task(b"x")]))


def test_another_version_there_is_an_error_that_says_so() -> None:
    with pytest.raises(MissingDependency, match="has tdkt-parse"):
        cluster.read_there(b"x", None, ("fakes:echo", "{}", ()), "0.0.1")


def test_a_task_of_the_cluster_is_an_outcome_of_the_sandbox() -> None:
    from tdkt_parse import __version__
    from tdkt_parse.sandbox import Limits

    request = ("fakes:by_name", "{}", tuple(Limits()))
    try:
        outcome = cluster.read_there(b"xyz", "plan", request, __version__)
        assert (outcome.result, outcome.error) == ("plan:3", None)
    finally:
        cluster._sandbox(*request).close()
        cluster._sandbox.cache_clear()
