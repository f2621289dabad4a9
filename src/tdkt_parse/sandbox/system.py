"""
What the system says of a process: its memory, what it has started, whether it lives.
"""

import contextlib
import importlib
import os
import sys
from pathlib import Path


def count_processors() -> int:
    """The processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


HAS_PROC = Path("/proc/self/statm").exists()
"""Whether the system tells of processes in files, as Linux does: a look costs next to nothing."""

_PAGE_SIZE = os.sysconf("SC_PAGE_SIZE") if HAS_PROC else 0


def memory_of(pid: int, *, family: bool = True) -> int:
    """Bytes resident of a process, with all it started; 0 where the system does not say."""
    if HAS_PROC:
        return sum(resident_of(one) for one in ([pid, *descendants_of(pid)] if family else [pid]))
    if sys.platform == "win32":
        with contextlib.suppress(Exception):
            process = importlib.import_module("psutil").Process(pid)
            tree = [process, *(process.children(recursive=True) if family else [])]
            return sum(int(one.memory_info().rss) for one in tree)
        return 0
    return memory_by_ps(pid)


def memory_by_ps(group: int) -> int:
    """The same for a process group, as every Unix can tell."""
    import subprocess

    asked = ["ps", "-A", "-o", "pgid=,rss="]
    try:
        table = subprocess.run(  # noqa: S603 - nothing of the document in it
            asked, capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    rows = [row.split() for row in table.stdout.splitlines()]
    return sum(int(row[1]) for row in rows if len(row) == 2 and row[0] == str(group)) * 1024


def resident_of(pid: int) -> int:
    """Bytes resident of one process on Linux."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * _PAGE_SIZE
    except (OSError, IndexError):
        return 0


def children_of(pid: int) -> list[int]:
    """Children of a process on Linux, dead ones that nobody asked for among them."""
    found: list[int] = []
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (thread / "children").read_bytes().split())
    except OSError:
        pass  # It has ended, or this kernel keeps no such list: then only its group is known.
    return found


def descendants_of(pid: int) -> list[int]:
    """All that a process has started, and what that has."""
    found = children_of(pid) if HAS_PROC else []
    for child in found:  # The list grows while it is walked.
        found += children_of(child)
    return found


def is_zombie(pid: int) -> bool:
    """Whether a process has ended, its status taken by nobody yet, or is no more."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
        return stat.rpartition(b")")[2].split()[0] in b"ZX"
    except (OSError, IndexError):
        return True
