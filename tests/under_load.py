"""
Many documents through few workers, some of which hang, crash or eat memory; what is left behind.

A program of its own: what pytest holds open would be counted.

    python tests/under_load.py FOLDER SECONDS JOBS
"""

import importlib
import json
import os
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

import fakes

from tdkt_parse import batch, sandbox
from tdkt_parse.sandbox import Limits, Task, system


def files_open() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def main() -> None:
    folder, seconds, jobs = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    limits = Limits(seconds=seconds, seconds_per_page=0.0, memory=150 << 20)
    paths = batch.find_documents([folder])
    importlib.import_module("tdkt_parse.pipeline")
    batch.warm_up()
    titles: dict[str, str] = {}
    errors: dict[str, str] = {}
    readers: Counter[str] = Counter()
    most = 0
    marks = []
    before = files_open()
    outcomes = batch.run_in_order(
        (Task(str(path)) for path in paths), fakes.title_or_do, limits=limits, jobs=jobs
    )
    with closing(outcomes):
        for done, outcome in enumerate(outcomes, 1):
            name = Path(outcome.path).stem
            if outcome.error is not None:
                errors[name] = type(outcome.error).__name__
            else:
                reader, _, title = (outcome.result or "").partition(" ")
                readers[reader] += 1
                titles[name] = title
            most = max(most, len(system.children_of(os.getpid())))
            if done in (len(paths) // 5, len(paths)):
                marks.append((files_open(), sandbox.memory_of(os.getpid(), family=False)))
    left = [pid for pid in system.descendants_of(os.getpid()) if not system.is_zombie(pid)]
    strays = [int(path.read_text()) for path in folder.glob("stray-*.txt") if path.stat().st_size]
    told = {
        "count": len(paths),
        "titles": titles,
        "errors": errors,
        "readers": len(readers),
        "most_processes": most,
        "files": [before, *(files for files, _ in marks), files_open()],
        "memory": [memory for _, memory in marks],
        "left": left + [pid for pid in strays if not system.is_zombie(pid)],
        "temporary": sorted(path.name for path in Path(tempfile.gettempdir()).iterdir()),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
