"""
Workers as the supervisor has them: how they are started, known to live, and ended.
"""

import contextlib
import importlib
import json
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tdkt_parse.exceptions import Crashed, TdktError
from tdkt_parse.reporting import Kept
from tdkt_parse.sandbox.system import descendants_of, is_zombie, memory_of
from tdkt_parse.sandbox.tasks import InHand, Task
from tdkt_parse.sandbox.worker import serve

if TYPE_CHECKING:
    import subprocess

Start = Literal["fork", "spawn"]


@dataclass(slots=True, eq=False, repr=False)
class Job:
    """A task in hand; ``started`` and ``deadline`` are of the monotonic clock."""

    index: int
    task: Task
    started: float
    deadline: float
    limit: float
    retried: bool = False
    warnings: list[TdktError] = field(default_factory=list)
    begun: bool = False
    """The worker has all it needs and is at the document."""
    page: int = 0
    of: int = 0
    paged: tuple[float, float] = (0.0, 0.0)
    """When its first page was begun, and when the last that was."""

    def in_hand(self) -> InHand:
        """What is said of it to whoever watches."""
        if not self.of:
            return InHand(self.task.label)
        first, last = self.paged
        return InHand(self.task.label, self.page, self.of, last - first, time.monotonic() - last)


@dataclass(slots=True, eq=False, repr=False)
class Worker:
    """A process that does tasks, our end of the line to it, and what it has in hand."""

    pid: int
    line: socket.socket
    process: "subprocess.Popen[bytes] | None"
    baseline: int
    """Bytes resident before its first document: what it shares and imports is not that one's."""
    job: Job | None = None
    used: int = 0
    unsent: list[memoryview] = field(default_factory=list)
    received: bytearray = field(default_factory=bytearray)
    ended: bool = False
    """Its line has closed."""
    status: int | None = None
    kept: Kept | None = None
    """The program that it keeps open from one document to the next."""
    leftovers: set[str] = field(default_factory=set)
    """What such programs leave behind if they are ended with it."""


def stand_by(modules: Iterable[str]) -> None:
    """
    Start a worker that imports these modules while this process does something else.

    The first sandbox that needs a worker takes it. Where workers cannot be forked there is none.
    """
    if safe_start() == "fork":
        standing_by.append(fork_worker(tuple(modules)))


def is_standing_by() -> bool:
    """Whether :func:`stand_by` started a worker that nobody has taken."""
    return bool(standing_by)


def safe_start() -> Start:
    """``fork`` where no other thread can hold a lock that the child needs, else ``spawn``."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return "spawn"
    try:
        # Threads of libraries in C, which Python does not count.
        return "fork" if len(list(Path("/proc/self/task").iterdir())) == 1 else "spawn"
    except OSError:
        return "spawn"


def how_it_died(worker: Worker) -> TdktError:
    """What is said of a document whose worker is no more."""
    code = worker.status
    if code is None:
        how = "disappeared"
    elif code < 0:
        try:
            how = f"was ended by signal {signal.Signals(-code).name}"
        except ValueError:
            how = f"was ended by signal {-code}"
    else:
        how = f"ended with status {code}"
    hint = "Please report it, with the document if you may."
    if code == -9:
        hint = "Perhaps the system ran out of memory; try fewer --jobs."
    return Crashed(f"The process that read the document {how}.", hint=hint)


open_lines: set[socket.socket] = set()
"""Our ends of all lines; a forked worker closes them, or none would ever come to an end."""

standing_by: list[Worker] = []
"""Workers that were started before there was a task."""


def fork_worker(modules: tuple[str, ...] = ()) -> Worker:
    """A worker that is a copy of this process, with what it has imported."""
    ours, theirs = socket.socketpair()
    for stream in (sys.stdout, sys.stderr):
        # What stands in a buffer would be written by both.
        with contextlib.suppress(Exception):
            stream.flush()
    parent = os.getpid()
    baseline = memory_of(parent, family=False)
    pid = os.fork()
    if pid == 0:
        try:
            ours.close()
            for line in open_lines:
                line.close()
            open_lines.clear()
            os.setsid()
            standing_by.clear()
            serve(theirs, parent, modules)
        finally:
            os._exit(70)
    theirs.close()
    return _hired(pid, ours, None, baseline)


def spawn_worker() -> Worker:
    """A worker of a new interpreter."""
    import subprocess

    ours, theirs = socket.socketpair()
    code = (
        "import sys,json;sys.path[:]=json.loads(sys.argv[3]);import tdkt_parse.sandbox.worker as s;"
    )
    arguments = [sys.executable, "-c", code + "s.serve_started_afresh()"]
    arguments += [str(theirs.fileno()), str(os.getpid()), json.dumps(sys.path)]
    if sys.platform == "win32":
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            creationflags=subprocess.CREATE_NEW_PROCESS_GROUP,
        )
        if process.stdin is not None:
            process.stdin.write(theirs.share(process.pid))
            process.stdin.close()
    else:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
            start_new_session=True,
        )
    theirs.close()
    return _hired(process.pid, ours, process, 0)


def _hired(
    pid: int, line: socket.socket, process: "subprocess.Popen[bytes] | None", baseline: int
) -> Worker:
    line.setblocking(False)
    open_lines.add(line)
    return Worker(pid, line, process, baseline)


def has_ended(worker: Worker) -> bool:
    """Whether the process is no more. Of a fork the id stays taken until its status is."""
    if worker.process is not None:
        return worker.process.poll() is not None
    try:
        return os.waitid(os.P_PID, worker.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


def take_status(worker: Worker) -> bool:
    """Keep the exit status of a worker and let the system forget it; False while it lives."""
    if worker.process is not None:
        worker.status = worker.process.poll()
        return worker.status is not None
    try:
        pid, status = os.waitpid(worker.pid, os.WNOHANG)
    except ChildProcessError:
        return True  # The program we are part of takes the status of all its children.
    if pid:
        worker.status = os.waitstatus_to_exitcode(status)
    return pid != 0


def strays_of(worker: Worker) -> set[int]:
    """What a worker has started and not ended, but for the program that it keeps open."""
    started = set(descendants_of(worker.pid))
    if worker.kept is not None and started:
        started -= {worker.kept.pid, *descendants_of(worker.kept.pid)}
    return started


def clear_away(worker: Worker) -> None:
    """Remove what the programs of an ended worker left in the folder for temporary files."""
    for path in map(Path, worker.leftovers):
        for _ in range(50):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
            if not path.exists():
                break
            time.sleep(0.002)  # Its last writer is about to end.
    worker.leftovers.clear()


def end_worker(worker: Worker) -> None:
    """End a worker and whatever it started; returns before the system has cleared them away."""
    if sys.platform == "win32":
        _end_on_windows(worker)
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if not has_ended(worker):
            # Stopped, it starts nothing more, and what its children leave becomes its own.
            os.kill(worker.pid, signal.SIGSTOP)
            for _ in range(50):
                helpers = [pid for pid in descendants_of(worker.pid) if not is_zombie(pid)]
                if not helpers:
                    break
                for pid in helpers:
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        os.kill(pid, signal.SIGKILL)
                time.sleep(0.001)
            os.kill(worker.pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(worker.pid, signal.SIGKILL)


def _end_on_windows(worker: Worker) -> None:
    with contextlib.suppress(Exception):
        psutil = importlib.import_module("psutil")
        for child in psutil.Process(worker.pid).children(recursive=True):
            child.kill()
    if worker.process is not None:
        worker.process.kill()
