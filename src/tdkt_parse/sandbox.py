"""
One document, one killable process.

A document can make any reader hang, crash or eat memory. Here each is read in a worker process
that is ended, with everything it started, when it passes a limit; what went wrong is a typed
result for that document alone, and a new worker stands ready for the next one.

::

    supervisor (this process)                worker (own session, output to the null device)
        task: name of the work,
              options, path or bytes ──────▶ work(source, name, **options) -> str
        starts the clock             ◀────── that it has begun, and its memory until then
        lets it live on              ◀────── which program it keeps open for the next document
        watches the clock, memory    ◀────── number of pages, warnings
        and life of each worker      ◀────── result as UTF-8, or class, message, hint of an error

Workers are used again: a document costs no new process. They are forked where that is safe
(Linux, no other thread in this process) and share what this process has imported; elsewhere they
are started afresh, and what they import first counts as start-up, not as reading. A program that
has something else to do first can have a worker stand by, which gets ready in the meantime.

What is watched, and where:

=================  ==================  =====================  ==================================
                   Linux               macOS, BSD             Windows (not tried)
=================  ==================  =====================  ==================================
wall clock         yes                 yes                    yes
memory             /proc, every 20 ms  ps, every second       with psutil, every second
helpers ended too  process tree        process group          with psutil
end of the parent  ended by the        worker sees the end    as macOS
                   kernel              of its line
=================  ==================  =====================  ==================================
"""

import contextlib
import gc
import importlib
import json
import os
import selectors
import shutil
import signal
import socket
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, NamedTuple, NoReturn, Self

from tdkt_parse import exceptions
from tdkt_parse.exceptions import (
    Crashed,
    MissingDependency,
    OutOfMemory,
    TdktError,
    TimedOut,
)
from tdkt_parse.reporting import Kept, listen
from tdkt_parse.settings import Changes, OcrMode

if TYPE_CHECKING:
    import subprocess

    from tdkt_parse.models import Plan

Work = Callable[..., str]
"""``work(source, name, **options) -> str``: a function at the top level of a module."""
Source = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
Start = Literal["fork", "spawn"]

TICK = 0.02
"""Seconds between two looks at the clock and the memory of busy workers."""
SLOW_TICK = 1.0
"""The same for memory where a look at it starts a program."""
START_UP = 30.0
"""Seconds that a worker may take to begin with a document: the imports of one started afresh."""
MOST_PAGES = 5_000
"""A file can claim any number of pages; no more than these lengthen its time."""
ONE_THREAD = ("OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")
"""What libraries ask for how many threads they may start: a worker is for one processor, and of
Tesseract's threads each waits for the others (tesseract-ocr/tesseract, FAQ)."""
_CHUNK = 1 << 20

_HEADER = struct.Struct(">cQ")
_TASK_HEADER = struct.Struct(">QQ")
_BEGUN, _PAGES, _PAGE, _WARNING, _KEPT = b"B", b"P", b"N", b"W", b"K"
_RESULT, _LAST_RESULT, _FAILURE = b"R", b"L", b"F"


class Limits(NamedTuple):
    """
    What one document may take.

    ``seconds`` of wall clock, and ``seconds_per_page`` more for each page that the reader reports;
    ``memory`` in bytes, resident, over what the worker had when it started, its helpers counted;
    ``result`` in bytes of UTF-8.
    """

    seconds: float = 60.0
    seconds_per_page: float = 2.0
    memory: int = 1 << 30
    result: int = 256 << 20


class Task(NamedTuple):
    """
    A document to read: a path, or its bytes; ``name`` is what the result calls it.

    ``place`` says where bytes are from.
    """

    source: str | bytes
    name: str | None = None
    place: str | None = None

    @property
    def label(self) -> str:
        """The path, else the place or the name, for messages."""
        return self.source if isinstance(self.source, str) else self.place or self.name or "-"


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What became of one task: a ``result`` or an ``error``, never both, never neither.

    ``index`` counts the tasks from 0, ``path`` is the task's path or name, ``result`` what the
    work returned (the Plan's JSON where documents are parsed), ``seconds`` the time it took.
    ``warnings`` say what of the document was not read though the rest was.
    """

    index: int
    path: str
    result: str | None
    error: TdktError | None
    seconds: float
    warnings: tuple[TdktError, ...] = ()


class InHand(NamedTuple):
    """
    A document that is being read: its label, the page that was begun last, of how many.

    ``seconds`` went from its first page to this, ``on_page`` since then. The numbers are 0 where
    nothing of pages was said.
    """

    label: str
    page: int = 0
    of: int = 0
    seconds: float = 0.0
    on_page: float = 0.0


@dataclass(slots=True, eq=False, repr=False)
class _Job:
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
class _Worker:
    pid: int
    line: socket.socket
    process: "subprocess.Popen[bytes] | None"
    baseline: int
    """Bytes resident before its first document: what it shares and imports is not that one's."""
    job: _Job | None = None
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


def parse_document(
    source: str | bytes,
    name: str | None = None,
    *,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
    by_ocr: bool = False,
) -> str:
    """The usual work: the document's Plan as JSON."""
    from tdkt_parse.pipeline import parse

    plan = parse(source, name=name, changes=changes, password=password, ocr=ocr, by_ocr=by_ocr)
    return plan.to_json()


def parse_safely(
    source: Source,
    *,
    name: str | None = None,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
    limits: Limits | None = None,
) -> "Plan":
    """
    Parse one document in a process of its own.

    Raises what ``parse`` raises, and ``TimedOut``, ``OutOfMemory`` or ``Crashed`` when the
    process had to be ended. It starts a worker for each call; for many documents use
    ``batch.parse_many``.
    """
    from tdkt_parse.models import Plan

    task = as_task(source, name=name)
    options = {"changes": changes, "password": password, "ocr": ocr}
    (outcome,) = run_all([task], limits=limits, jobs=1, options=options)
    if outcome.error is not None:
        raise outcome.error
    return Plan.from_json(outcome.result or "")


def as_task(source: Source, *, name: str | None = None) -> Task:
    """A task from whatever ``parse`` accepts; an open file is read to its end."""
    if isinstance(source, str | os.PathLike):
        return Task(os.fspath(source), name)
    from tdkt_parse.readers import load

    data, called = load(source)
    return Task(data, name or called)


def run_all(
    tasks: Iterable[Task],
    work: Work = parse_document,
    *,
    limits: Limits | None = None,
    jobs: int | None = None,
    options: Mapping[str, Any] | None = None,
    ahead: int | None = None,
    on_tick: Callable[[list[InHand]], None] | None = None,
) -> Generator[Outcome, None, None]:
    """
    Do the work for each task in worker processes, and yield the outcomes as they come.

    Every task has exactly one outcome; closing the iterator ends all workers. ``options`` are
    keyword arguments of the work, of JSON types. ``jobs`` is the number of workers, by default one
    for each processor. With ``ahead`` no task is begun while one that many places before it is
    unfinished, so that a caller who wants them in order need not hold more than that. ``on_tick``
    is called some times a second with the documents in hand.
    """
    with Sandbox(work, limits=limits, jobs=jobs, options=options) as sandbox:
        yield from sandbox.run(tasks, ahead=ahead, on_tick=on_tick)


def stand_by(modules: Iterable[str]) -> None:
    """
    Start a worker that imports these modules while this process does something else.

    The first sandbox that needs a worker takes it. Where workers cannot be forked there is none.
    """
    if safe_start() == "fork":
        _standing_by.append(_fork(tuple(modules)))


def is_standing_by() -> bool:
    """Whether :func:`stand_by` started a worker that nobody has taken."""
    return bool(_standing_by)


def count_processors() -> int:
    """The processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class Sandbox:
    """
    Workers that are kept between calls of :meth:`run`; a context manager that ends them all.

    Not to be shared by threads. ``start`` is how workers begin; by default whatever is safe here.
    """

    def __init__(
        self,
        work: Work = parse_document,
        *,
        limits: Limits | None = None,
        jobs: int | None = None,
        options: Mapping[str, Any] | None = None,
        start: Start | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._jobs = max(1, jobs or count_processors())
        self._start = start
        self._request = {"work": _name_of(work), "options": dict(options or {})}
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()
        self._next_look_at_memory = 0.0
        self._dying: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers and whatever they started."""
        for worker in list(self._workers):
            self._dismiss(worker)
        self._reap(patience=1.0)
        for worker in self._dying:
            _clear_away(worker)
        self._selector.close()

    def run(
        self,
        tasks: Iterable[Task],
        *,
        ahead: int | None = None,
        on_tick: Callable[[list[InHand]], None] | None = None,
    ) -> Generator[Outcome, None, None]:
        """As :func:`run_all`."""
        waiting = enumerate(tasks)
        upcoming: deque[tuple[int, Task]] = deque()
        exhausted = False
        try:
            while True:
                while not exhausted or upcoming:
                    if not upcoming:
                        following = next(waiting, None)
                        if following is None:
                            exhausted = True
                            break
                        upcoming.append(following)
                    index, task = upcoming[0]
                    oldest = min((job.index for job in self._jobs_in_hand()), default=index)
                    if ahead is not None and index > oldest + ahead:
                        break
                    worker = self._idle_worker()
                    if worker is None:
                        break
                    upcoming.popleft()
                    self._assign(worker, index, task)
                if not self._jobs_in_hand():
                    return
                yield from self._wait()
                if on_tick is not None:
                    on_tick([job.in_hand() for job in self._jobs_in_hand()])
        finally:
            # A consumer that stops early, or Ctrl-C, leaves work in hand.
            for worker in list(self._workers):
                if worker.job is not None:
                    self._dismiss(worker)

    def _jobs_in_hand(self) -> list[_Job]:
        return [worker.job for worker in self._workers if worker.job is not None]

    # -- workers

    def _idle_worker(self) -> _Worker | None:
        for worker in list(self._workers):
            if worker.job is None:
                if not _has_ended(worker):
                    return worker
                self._dismiss(worker)
        return self._hire() if len(self._workers) < self._jobs else None

    def _hire(self) -> _Worker:
        if _standing_by and self._start != "spawn":
            worker = _standing_by.pop()
        else:
            worker = _fork() if (self._start or safe_start()) == "fork" else _spawn()
        self._workers.append(worker)
        self._selector.register(worker.line, selectors.EVENT_READ, worker)
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        self._selector.unregister(worker.line)
        _lines.discard(worker.line)
        _end(worker)
        worker.line.close()
        self._dying.append(worker)

    def _reap(self, *, patience: float) -> None:
        """
        Take the exit status of ended workers.

        A process can outlive SIGKILL for a while (in a read from a network drive), and the next
        document does not wait for that.
        """
        until = time.monotonic() + patience
        while True:
            gone = [worker for worker in self._dying if _take_status(worker)]
            self._dying = [worker for worker in self._dying if worker not in gone]
            for worker in gone:
                _clear_away(worker)
            if not self._dying or time.monotonic() > until:
                return
            time.sleep(0.001)

    # -- tasks

    def _assign(self, worker: _Worker, index: int, task: Task, *, retried: bool = False) -> None:
        now = time.monotonic()
        limit = self._limits.seconds
        worker.job = _Job(index, task, now, now + START_UP, limit, retried)
        worker.used += 1
        request: dict[str, Any] = {**self._request, "name": task.name, "limit": self._limits.result}
        content = b""
        if isinstance(task.source, bytes):
            content = task.source
        else:
            request["path"] = task.source
        head = json.dumps(request).encode("ascii")
        worker.unsent = [
            memoryview(_TASK_HEADER.pack(len(head), len(content)) + head),
            memoryview(content),
        ]
        self._push(worker)

    def _push(self, worker: _Worker) -> None:
        """Send what the worker takes now; the rest when its line is free, never waiting for it."""
        try:
            while worker.unsent:
                sent = worker.line.send(worker.unsent[0][:_CHUNK]) if worker.unsent[0] else 0
                worker.unsent[0] = worker.unsent[0][sent:]
                if not worker.unsent[0]:
                    worker.unsent.pop(0)
        except BlockingIOError:
            pass
        except OSError:
            worker.unsent = []
            worker.ended = True
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if worker.unsent else 0)
        if self._selector.get_key(worker.line).events != events:
            self._selector.modify(worker.line, events, worker)

    def _wait(self) -> Iterator[Outcome]:
        for key, events in self._selector.select(TICK):
            worker: _Worker = key.data
            if events & selectors.EVENT_WRITE:
                self._push(worker)
            if events & selectors.EVENT_READ:
                yield from self._pull(worker)
        yield from self._watch()

    def _pull(self, worker: _Worker) -> Generator[Outcome, None, bool]:
        """Deal with what the worker has sent, message by message; False if there was nothing."""
        try:
            data = worker.line.recv(_CHUNK)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            worker.ended = True
        if worker.job is None:
            # Idle, it has nothing to say.
            self._dismiss(worker)
            return False
        received = worker.received
        received += data
        while len(received) >= _HEADER.size and (job := worker.job) is not None:
            kind, size = _HEADER.unpack_from(received)
            if size > self._limits.result:
                yield self._stop(worker, job, _result_too_large(self._limits.result))
                return True
            if len(received) < _HEADER.size + size:
                return True
            body = bytes(memoryview(received)[_HEADER.size : _HEADER.size + size])
            del received[: _HEADER.size + size]
            if kind == _BEGUN:
                job.begun = True
                job.started = time.monotonic()
                job.deadline = job.started + job.limit
                if worker.used == 1:
                    worker.baseline = max(worker.baseline, int(body))
            elif kind == _PAGES:
                self._allow_pages(job, int(body))
            elif kind == _PAGE:
                job.page, job.of = map(int, body.split())
                now = time.monotonic()
                job.paged = (job.paged[0] or now, now)
            elif kind == _KEPT:
                pid, leftovers = json.loads(body)
                worker.kept = Kept(pid, tuple(leftovers))
                worker.leftovers.update(leftovers)
            elif kind == _WARNING:
                job.warnings.append(_error_from(body))
            elif kind == _FAILURE:
                yield self._finish(worker, job, error=_error_from(body))
            elif kind in (_RESULT, _LAST_RESULT):
                text = body.decode("utf-8", "surrogatepass")
                yield self._finish(worker, job, result=text, last=kind == _LAST_RESULT)
            else:
                yield self._stop(worker, job, Crashed("The worker sent what nobody can read."))
                return True
        return bool(data)

    def _allow_pages(self, job: _Job, pages: int) -> None:
        limit = self._limits.seconds + self._limits.seconds_per_page * min(pages, MOST_PAGES)
        job.deadline += limit - job.limit
        job.limit = limit

    def _watch(self) -> Iterator[Outcome]:
        self._reap(patience=0.0)
        now = time.monotonic()
        measures = now >= self._next_look_at_memory
        if measures:
            self._next_look_at_memory = now + (TICK if _PROC else SLOW_TICK)
        for worker in list(self._workers):
            job = worker.job
            if job is None:
                continue
            if worker.ended or _has_ended(worker):
                # The last words of a dead worker may still be in its line.
                yield from self._listen_to_the_end(worker)
                if worker.job is not None:
                    yield from self._bury(worker, job)
            elif now > job.deadline:
                yield self._stop(worker, job, _too_slow(job.limit))
            elif (
                measures
                and job.begun
                and memory_of(worker.pid) - worker.baseline > self._limits.memory
            ):
                yield self._stop(worker, job, _too_much(self._limits.memory))

    def _listen_to_the_end(self, worker: _Worker) -> Iterator[Outcome]:
        while worker.job is not None and not worker.ended:
            if not (yield from self._pull(worker)):
                return

    def _bury(self, worker: _Worker, job: _Job) -> Iterator[Outcome]:
        """
        A worker died at its task.

        If it had read other documents before, one of those may have broken it: the task is
        tried once more by a new worker, so that no document answers for another.
        """
        guilty = worker.used == 1 or job.retried
        for _ in range(100):
            if _has_ended(worker):
                break
            time.sleep(0.002)  # Its line closes a moment before its life ends.
        self._dismiss(worker)
        self._reap(patience=0.2)
        if guilty:
            yield _outcome(job, error=_died(worker))
        else:
            self._assign(self._hire(), job.index, job.task, retried=True)

    def _stop(self, worker: _Worker, job: _Job, error: TdktError) -> Outcome:
        outcome = _outcome(job, error=error)
        self._dismiss(worker)
        return outcome

    def _finish(
        self,
        worker: _Worker,
        job: _Job,
        *,
        result: str | None = None,
        error: TdktError | None = None,
        last: bool = False,
    ) -> Outcome:
        outcome = _outcome(job, result=result, error=error)
        worker.job = None
        # What one document left behind (helpers, threads, memory) is not the next one's to bear.
        grown = _PROC and _resident(worker.pid) - worker.baseline > self._limits.memory // 4
        left = bool(worker.received) or bool(_strays(worker))
        if last or grown or left or isinstance(error, OutOfMemory):
            self._dismiss(worker)
        return outcome


def safe_start() -> Start:
    """``fork`` where no other thread can hold a lock that the child needs, else ``spawn``."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return "spawn"
    try:
        # Threads of libraries in C, which Python does not count.
        return "fork" if len(list(Path("/proc/self/task").iterdir())) == 1 else "spawn"
    except OSError:
        return "spawn"


# -- errors


def _outcome(job: _Job, *, result: str | None = None, error: TdktError | None = None) -> Outcome:
    seconds = time.monotonic() - job.started
    return Outcome(job.index, job.task.label, result, error, seconds, tuple(job.warnings))


def _too_slow(seconds: float) -> TdktError:
    return TimedOut(
        f"Reading took longer than {seconds:g} seconds and was stopped.",
        hint="If the document is really that large, allow more with --timeout.",
    )


def _too_much(memory: int) -> TdktError:
    return OutOfMemory(
        f"Reading took more than {memory / (1 << 20):.0f} MiB of memory and was stopped.",
        hint="If the document is really that large, allow more with --memory.",
    )


def _result_too_large(limit: int) -> TdktError:
    return OutOfMemory(
        f"What was read is larger than {limit / (1 << 20):.0f} MiB.",
        hint="Divide the document.",
    )


def _died(worker: _Worker) -> TdktError:
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


def _error_from(body: bytes) -> TdktError:
    told = json.loads(body)
    kind: type[TdktError] = getattr(exceptions, told["class"])
    return kind(told["message"], hint=told["hint"])


# -- starting and ending workers

_lines: set[socket.socket] = set()
"""Our ends of all lines; a forked worker closes them, or none would ever come to an end."""

_standing_by: list[_Worker] = []
"""Workers that were started before there was a task."""


def _name_of(work: Work) -> str:
    """``module:function``, which a worker can import."""
    module, name = getattr(work, "__module__", None), getattr(work, "__qualname__", "")
    if not module or "<" in name or "." in name:
        raise ValueError(f"{work!r} is no function at the top level of a module")
    return f"{module}:{name}"


def _fork(modules: tuple[str, ...] = ()) -> _Worker:
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
            for line in _lines:
                line.close()
            _lines.clear()
            os.setsid()
            _standing_by.clear()
            _serve(theirs, parent, modules)
        finally:
            os._exit(70)
    theirs.close()
    return _hired(pid, ours, None, baseline)


def _spawn() -> _Worker:
    import subprocess

    ours, theirs = socket.socketpair()
    code = "import sys,json;sys.path[:]=json.loads(sys.argv[3]);import tdkt_parse.sandbox as s;"
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
) -> _Worker:
    line.setblocking(False)
    _lines.add(line)
    return _Worker(pid, line, process, baseline)


def _has_ended(worker: _Worker) -> bool:
    """Whether the process is no more. Of a fork the id stays taken until its status is."""
    if worker.process is not None:
        return worker.process.poll() is not None
    try:
        return os.waitid(os.P_PID, worker.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


def _take_status(worker: _Worker) -> bool:
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


def _strays(worker: _Worker) -> set[int]:
    """What a worker has started and not ended, but for the program that it keeps open."""
    started = set(_descendants(worker.pid))
    if worker.kept is not None and started:
        started -= {worker.kept.pid, *_descendants(worker.kept.pid)}
    return started


def _clear_away(worker: _Worker) -> None:
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


def _end(worker: _Worker) -> None:
    """End a worker and whatever it started; returns before the system has cleared them away."""
    if sys.platform == "win32":
        _end_on_windows(worker)
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if not _has_ended(worker):
            # Stopped, it starts nothing more, and what its children leave becomes its own.
            os.kill(worker.pid, signal.SIGSTOP)
            for _ in range(50):
                helpers = [pid for pid in _descendants(worker.pid) if not _is_zombie(pid)]
                if not helpers:
                    break
                for pid in helpers:
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        os.kill(pid, signal.SIGKILL)
                time.sleep(0.001)
            os.kill(worker.pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(worker.pid, signal.SIGKILL)


def _end_on_windows(worker: _Worker) -> None:
    with contextlib.suppress(Exception):
        psutil = importlib.import_module("psutil")
        for child in psutil.Process(worker.pid).children(recursive=True):
            child.kill()
    if worker.process is not None:
        worker.process.kill()


# -- what the system says of a process

_PROC = Path("/proc/self/statm").exists()
_PAGE_SIZE = os.sysconf("SC_PAGE_SIZE") if _PROC else 0


def memory_of(pid: int, *, family: bool = True) -> int:
    """Bytes resident of a process, with all it started; 0 where the system does not say."""
    if _PROC:
        return sum(_resident(one) for one in ([pid, *_descendants(pid)] if family else [pid]))
    if sys.platform == "win32":
        with contextlib.suppress(Exception):
            process = importlib.import_module("psutil").Process(pid)
            tree = [process, *(process.children(recursive=True) if family else [])]
            return sum(int(one.memory_info().rss) for one in tree)
        return 0
    return _memory_by_ps(pid)


def _memory_by_ps(group: int) -> int:
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


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * _PAGE_SIZE
    except (OSError, IndexError):
        return 0


def _children(pid: int) -> list[int]:
    """Children of a process on Linux, dead ones that nobody asked for among them."""
    found: list[int] = []
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (thread / "children").read_bytes().split())
    except OSError:
        pass  # It has ended, or this kernel keeps no such list: then only its group is known.
    return found


def _descendants(pid: int) -> list[int]:
    found = _children(pid) if _PROC else []
    for child in found:  # The list grows while it is walked.
        found += _children(child)
    return found


def _is_zombie(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
        return stat.rpartition(b")")[2].split()[0] in b"ZX"
    except (OSError, IndexError):
        return True


# -- the worker's side


def serve_started_afresh() -> NoReturn:
    """The main function of a worker that was not forked: line, parent and path are arguments."""
    if sys.platform == "win32":
        line = socket.fromshare(sys.stdin.buffer.read())
    else:
        line = socket.socket(fileno=int(sys.argv[1]))
    _serve(line, int(sys.argv[2]))


def _serve(line: socket.socket, parent: int, modules: tuple[str, ...] = ()) -> NoReturn:
    line = _seclude(line, parent)
    listen(lambda kind, said: _report(line, kind, said))
    for module in modules:
        # What is wrong with it is wrong with each document, and is said there.
        with contextlib.suppress(Exception):
            importlib.import_module(module)
    if modules:
        gc.freeze()
        gc.enable()
    stream = line.makefile("rb")
    me = os.getpid()
    while True:
        lengths = stream.read(_TASK_HEADER.size)
        if len(lengths) < _TASK_HEADER.size:
            os._exit(0)  # The supervisor is gone.
        head, size = _TASK_HEADER.unpack(lengths)
        request = json.loads(stream.read(head))
        content = stream.read(size)
        _send(line, _BEGUN, str(_resident(me)).encode())
        kind, body = _attempt(request, request.get("path", content))
        if os.getpid() != me:
            os._exit(70)  # A copy that the work made of this process and forgot to end.
        if kind == _RESULT and threading.active_count() > 1:
            kind = _LAST_RESULT
        _send(line, kind, body)


def _seclude(line: socket.socket, parent: int) -> socket.socket:
    """No input, no output, no keyboard, no core file with the document in it, no longer life."""
    while line.fileno() < 3:
        # This process was started without the usual files.
        above = line.dup()
        line.detach()
        line = above
    if "faulthandler" in sys.modules:
        sys.modules["faulthandler"].disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(null, number)
    os.close(null)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    sys.stdout = sys.stderr = os.fdopen(1, "w", encoding="utf-8")
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        prctl = ctypes.CDLL(None).prctl
        prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
        prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: orphans of its helpers stay in its tree
        if os.getppid() != parent:
            os._exit(0)  # It ended before it could be bound to us.
        with contextlib.suppress(OSError):
            # If memory runs out all the same, this process before the user's.
            Path("/proc/self/oom_score_adj").write_bytes(b"500")
    return line


def _attempt(request: dict[str, Any], source: str | bytes) -> tuple[bytes, bytes]:
    try:
        module, _, function = request["work"].partition(":")
        work: Work = getattr(importlib.import_module(module), function)
        body = work(source, request["name"], **request["options"]).encode("utf-8", "surrogatepass")
        if len(body) <= request["limit"]:
            return _RESULT, body
        error: TdktError = _result_too_large(request["limit"])
    except TdktError as raised:
        error = raised
    except MemoryError:
        error = OutOfMemory("Reading needed more memory than there is.")
    except ModuleNotFoundError as raised:
        error = MissingDependency(
            f"The Python package {raised.name} is not installed.", hint="Type: tdkt doctor"
        )
    except BaseException as raised:  # noqa: BLE001 - a document must not end the worker
        # Never its own words: they may be the document's.
        error = Crashed(
            f"A defect stopped the reading ({type(raised).__name__}{_place_of(raised)}).",
            hint="Please report it, with the document if you may.",
        )
    return _FAILURE, _told(error)


def _told(error: TdktError) -> bytes:
    # A class of the tree itself: the supervisor may not have one that a reader derived from it.
    known = next(kind for kind in type(error).__mro__ if kind.__module__ == exceptions.__name__)
    told = {"class": known.__name__, "message": error.message, "hint": error.hint}
    return json.dumps(told).encode("ascii")


def _report(line: socket.socket, kind: str, said: int | tuple[int, int] | TdktError | Kept) -> None:
    """Pass on what is said of a document while it is read."""
    if isinstance(said, TdktError):
        _send(line, _WARNING, _told(said))
    elif isinstance(said, Kept):
        _send(line, _KEPT, json.dumps(said).encode("ascii"))
    elif isinstance(said, tuple):
        _send(line, _PAGE, b"%d %d" % said)
    elif kind == "pages":
        _send(line, _PAGES, str(said).encode())


def _place_of(error: BaseException) -> str:
    """The innermost line of ours that the error passed through, as `` at segment.py:120``."""
    place = ""
    traceback = error.__traceback__
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if "tdkt_parse" in file and file != __file__:
            place = f" at {Path(file).name}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place


def _send(line: socket.socket, kind: bytes, body: bytes) -> None:
    line.sendall(_HEADER.pack(kind, len(body)))
    line.sendall(body)
