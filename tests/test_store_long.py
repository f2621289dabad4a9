"""
The large forms of the tests of the database, for ``make test-long``: 10,000 plans, 50 kills, a
server that is away for 30 seconds. Smaller ones run always, in test_store_faults.py.
"""

import os
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from test_store_faults import import_with_kills, state, tdkt

from tdkt_parse import parse, store

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(
    not os.environ.get("TDKT_LONG_TESTS"), reason="an hour or two: make test-long"
)

PLANS = int(os.environ.get("TDKT_LONG_PLANS", "10000"))
KILLS = int(os.environ.get("TDKT_LONG_KILLS", "50"))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    program = [sys.executable, str(ROOT / "corpus" / "generate.py")]
    command = [*program, "--count", str(PLANS), "--seed", "100000", "-o", str(folder)]
    subprocess.run(command, check=True)
    return folder / "text"


@pytest.fixture(scope="module")
def whole(many: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What one importer that nobody kills makes of them."""
    alone = tmp_path_factory.mktemp("alone") / "plans.sqlite"
    done = tdkt("import", many, "--db", alone, "-q", timeout=None)
    assert done.returncode == 0, done.stderr
    return state(str(alone))


def test_many_plans_and_many_kills(where: str, many: Path, whole: dict[str, list[str]]) -> None:
    # Killed all along, not at the beginning alone: each run is given the time to put some in.
    longest = max(6.0, PLANS / 10 / KILLS * 2)
    import_with_kills(where, many, KILLS, random.Random(50), longest)  # noqa: S311
    killed = state(where)
    counts = {name: len(rows) for name, rows in killed.items()}
    assert counts == {name: len(rows) for name, rows in whole.items()}
    assert counts["documents"] == len({path.read_bytes() for path in many.iterdir()})
    if "://" not in where:
        assert killed == whole


def test_a_server_that_is_away_for_half_a_minute(server: Any) -> None:
    plan = parse(next(iter(sorted((ROOT / "corpus").glob("*.txt")))))
    with store.open_store(server.new_database(), create=True) as opened:
        server.stop()
        coming_back = threading.Timer(30.0, server.start)
        coming_back.start()
        assert store.put(opened, plan) == "new"
        coming_back.join()
        assert store.check(opened, deep=True).faults == ()
