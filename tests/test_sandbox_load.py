"""
The sandbox under load: of many files some hang, crash or eat memory; all others are read.

Nothing is left of the bad ones: no process, no open file, no temporary file, no memory. The large
form is ``make test-long``.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
BAD = {
    "hang": "TimedOut",
    "segv": "Crashed",
    "eat": "OutOfMemory",
    "exit": "Crashed",
    "spin": "TimedOut",
    "child": "OutOfMemory",
    "abort": "Crashed",
    "stray": "TimedOut",
}
GOOD = "KẾ HOẠCH\nCông tác số {} năm 2024\n\nI. MỤC ĐÍCH\n- Đẩy mạnh phong trào thi đua.\n"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
long = pytest.mark.skipif(
    not os.environ.get("TDKT_LONG_TESTS"), reason="some minutes: make test-long"
)


@pytest.mark.parametrize(
    ("count", "bad", "seconds"),
    [
        pytest.param(300, 8, 6.0, id="300 files"),
        pytest.param(10_000, 100, 4.0, id="10000 files", marks=long),
    ],
)
def test_the_others_are_read_and_nothing_is_left(
    count: int, bad: int, seconds: float, tmp_path: Path
) -> None:
    folder, temporary = tmp_path / "in", tmp_path / "temporary"
    folder.mkdir()
    temporary.mkdir()
    expected: dict[str, str] = {}
    titles: dict[str, str] = {}
    for number in range(count):
        kind = None
        if number % (count // bad) == count // bad // 2:
            kind = list(BAD)[len(expected) % len(BAD)]
        name = f"{kind or 'plan'}-{number:05}"
        if kind is None:
            titles[name] = f"Công tác số {number} năm 2024"
            (folder / f"{name}.txt").write_text(GOOD.format(number), encoding="utf-8")
        else:
            expected[name] = BAD[kind]
            (folder / f"{name}.txt").touch()
    program = [sys.executable, str(HERE / "under_load.py"), str(folder), str(seconds), "2"]
    done = subprocess.run(
        program,
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["count"] == count
    assert told["errors"] == expected
    assert told["titles"] == titles
    assert 2 <= told["readers"] <= 2 + bad, "workers are used again, and bad ones are replaced"
    assert told["most_processes"] <= 2 + 3, "two, and some that are about to end"
    assert told["left"] == []
    assert told["temporary"] == []
    before, early, late, after = told["files"]
    assert after == before
    assert late <= early + 2
    early, late = told["memory"]
    # What is kept of each outcome here: its name and its title.
    assert late - early < (8 << 20) + 1_500 * count
