"""
The supervisor: hands tasks to workers, and watches the clock, the memory and the life of each.
"""

import json
import selectors
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from typing import Any, Self

from tdkt_parse.exceptions import Crashed, OutOfMemory, TdktError
from tdkt_parse.reporting import Kept
from tdkt_parse.sandbox.endings import result_too_large, too_much, too_slow
from tdkt_parse.sandbox.hiring import (
    Job,
    Start,
    Worker,
    clear_away,
    end_worker,
    fork_worker,
    has_ended,
    how_it_died,
    open_lines,
    safe_start,
    spawn_worker,
    standing_by,
    strays_of,
    take_status,
)
from tdkt_parse.sandbox.system import HAS_PROC, count_processors, memory_of, resident_of
from tdkt_parse.sandbox.tasks import (
    InHand,
    Limits,
    Outcome,
    Task,
    Work,
    name_of_work,
    parse_document,
)
from tdkt_parse.sandbox.wire import (
    BEGUN,
    FAILURE,
    HEADER,
    KEPT,
    LAST_RESULT,
    PAGE,
    PAGES,
    RESULT,
    TASK_HEADER,
    WARNING,
    error_from_bytes,
)

TICK = 0.02
"""Seconds between two looks at the clock and the memory of busy workers."""

SLOW_TICK = 1.0
"""The same for memory where a look at it starts a program."""

START_UP = 30.0
"""Seconds that a worker may take to begin with a document: the imports of one started afresh."""

MOST_PAGES = 5_000
"""A file can claim any number of pages; no more than these lengthen its time."""

_CHUNK = 1 << 20


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
        self._request = {"work": name_of_work(work), "options": dict(options or {})}
        self._workers: list[Worker] = []
        self._selector = selectors.DefaultSelector()
        self._next_look_at_memory = 0.0
        self._dying: list[Worker] = []

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
            clear_away(worker)
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

    def _jobs_in_hand(self) -> list[Job]:
        return [worker.job for worker in self._workers if worker.job is not None]

    # -- workers

    def _idle_worker(self) -> Worker | None:
        for worker in list(self._workers):
            if worker.job is None:
                if not has_ended(worker):
                    return worker
                self._dismiss(worker)
        return self._hire() if len(self._workers) < self._jobs else None

    def _hire(self) -> Worker:
        if standing_by and self._start != "spawn":
            worker = standing_by.pop()
        else:
            worker = fork_worker() if (self._start or safe_start()) == "fork" else spawn_worker()
        self._workers.append(worker)
        self._selector.register(worker.line, selectors.EVENT_READ, worker)
        return worker

    def _dismiss(self, worker: Worker) -> None:
        self._workers.remove(worker)
        self._selector.unregister(worker.line)
        open_lines.discard(worker.line)
        end_worker(worker)
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
            gone = [worker for worker in self._dying if take_status(worker)]
            self._dying = [worker for worker in self._dying if worker not in gone]
            for worker in gone:
                clear_away(worker)
            if not self._dying or time.monotonic() > until:
                return
            time.sleep(0.001)

    # -- tasks

    def _assign(self, worker: Worker, index: int, task: Task, *, retried: bool = False) -> None:
        now = time.monotonic()
        limit = self._limits.seconds
        worker.job = Job(index, task, now, now + START_UP, limit, retried)
        worker.used += 1
        request: dict[str, Any] = {**self._request, "name": task.name, "limit": self._limits.result}
        content = b""
        if isinstance(task.source, bytes):
            content = task.source
        else:
            request["path"] = task.source
        head = json.dumps(request).encode("ascii")
        worker.unsent = [
            memoryview(TASK_HEADER.pack(len(head), len(content)) + head),
            memoryview(content),
        ]
        self._push(worker)

    def _push(self, worker: Worker) -> None:
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
            worker: Worker = key.data
            if events & selectors.EVENT_WRITE:
                self._push(worker)
            if events & selectors.EVENT_READ:
                yield from self._pull(worker)
        yield from self._watch()

    def _pull(self, worker: Worker) -> Generator[Outcome, None, bool]:
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
        while len(received) >= HEADER.size and (job := worker.job) is not None:
            kind, size = HEADER.unpack_from(received)
            if size > self._limits.result:
                yield self._stop(worker, job, result_too_large(self._limits.result))
                return True
            if len(received) < HEADER.size + size:
                return True
            body = bytes(memoryview(received)[HEADER.size : HEADER.size + size])
            del received[: HEADER.size + size]
            if kind == BEGUN:
                job.begun = True
                job.started = time.monotonic()
                job.deadline = job.started + job.limit
                if worker.used == 1:
                    worker.baseline = max(worker.baseline, int(body))
            elif kind == PAGES:
                self._allow_pages(job, int(body))
            elif kind == PAGE:
                job.page, job.of = map(int, body.split())
                now = time.monotonic()
                job.paged = (job.paged[0] or now, now)
            elif kind == KEPT:
                pid, leftovers = json.loads(body)
                worker.kept = Kept(pid, tuple(leftovers))
                worker.leftovers.update(leftovers)
            elif kind == WARNING:
                job.warnings.append(error_from_bytes(body))
            elif kind == FAILURE:
                yield self._finish(worker, job, error=error_from_bytes(body))
            elif kind in (RESULT, LAST_RESULT):
                text = body.decode("utf-8", "surrogatepass")
                yield self._finish(worker, job, result=text, last=kind == LAST_RESULT)
            else:
                yield self._stop(worker, job, Crashed("The worker sent what nobody can read."))
                return True
        return bool(data)

    def _allow_pages(self, job: Job, pages: int) -> None:
        limit = self._limits.seconds + self._limits.seconds_per_page * min(pages, MOST_PAGES)
        job.deadline += limit - job.limit
        job.limit = limit

    def _watch(self) -> Iterator[Outcome]:
        self._reap(patience=0.0)
        now = time.monotonic()
        measures = now >= self._next_look_at_memory
        if measures:
            self._next_look_at_memory = now + (TICK if HAS_PROC else SLOW_TICK)
        for worker in list(self._workers):
            job = worker.job
            if job is None:
                continue
            if worker.ended or has_ended(worker):
                # The last words of a dead worker may still be in its line.
                yield from self._listen_to_the_end(worker)
                if worker.job is not None:
                    yield from self._bury(worker, job)
            elif now > job.deadline:
                yield self._stop(worker, job, too_slow(job.limit))
            elif (
                measures
                and job.begun
                and memory_of(worker.pid) - worker.baseline > self._limits.memory
            ):
                yield self._stop(worker, job, too_much(self._limits.memory))

    def _listen_to_the_end(self, worker: Worker) -> Iterator[Outcome]:
        while worker.job is not None and not worker.ended:
            if not (yield from self._pull(worker)):
                return

    def _bury(self, worker: Worker, job: Job) -> Iterator[Outcome]:
        """
        A worker died at its task.

        If it had read other documents before, one of those may have broken it: the task is
        tried once more by a new worker, so that no document answers for another.
        """
        guilty = worker.used == 1 or job.retried
        for _ in range(100):
            if has_ended(worker):
                break
            time.sleep(0.002)  # Its line closes a moment before its life ends.
        self._dismiss(worker)
        self._reap(patience=0.2)
        if guilty:
            yield _outcome(job, error=how_it_died(worker))
        else:
            self._assign(self._hire(), job.index, job.task, retried=True)

    def _stop(self, worker: Worker, job: Job, error: TdktError) -> Outcome:
        outcome = _outcome(job, error=error)
        self._dismiss(worker)
        return outcome

    def _finish(
        self,
        worker: Worker,
        job: Job,
        *,
        result: str | None = None,
        error: TdktError | None = None,
        last: bool = False,
    ) -> Outcome:
        outcome = _outcome(job, result=result, error=error)
        worker.job = None
        # What one document left behind (helpers, threads, memory) is not the next one's to bear.
        grown = HAS_PROC and resident_of(worker.pid) - worker.baseline > self._limits.memory // 4
        left = bool(worker.received) or bool(strays_of(worker))
        if last or grown or left or isinstance(error, OutOfMemory):
            self._dismiss(worker)
        return outcome


def _outcome(job: Job, *, result: str | None = None, error: TdktError | None = None) -> Outcome:
    seconds = time.monotonic() - job.started
    return Outcome(job.index, job.task.label, result, error, seconds, tuple(job.warnings))
