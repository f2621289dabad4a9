"""
Documents read by a cluster of Ray: many machines, or this one.

Each document goes, with its bytes, as one task of Ray core to a process of the cluster, which has
it read as it is read here: by a worker of its own that can be ended (``sandbox``). What a document
does, hang, crash, eat memory, happens to that worker and is its outcome. What happens to the
process or its machine is no fault of the document: it is given to another, and nothing else is
read twice.
"""

import contextlib
import importlib
import json
import os
import secrets
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from tdkt_parse import __version__
from tdkt_parse.exceptions import Crashed, MissingDependency, TdktError, UsageError, to_install
from tdkt_parse.sandbox import InHand, Limits, Outcome, Sandbox, Task, Work, parse_document

ATTEMPTS = 3
"""How often a document is given to a process of the cluster before it is given up."""
LOOK = 0.25
"""Seconds between two looks at what is in hand."""
AHEAD_OF_EACH = 2
"""Documents on their way for each processor: the next is there when one is done."""


@dataclass(slots=True)
class _Flight:
    """A document that the cluster has."""

    index: int
    task: Task
    content: bytes
    name: str | None
    attempt: int = 1


def run_all(
    tasks: Iterable[Task],
    work: Work = parse_document,
    *,
    limits: Limits | None = None,
    jobs: int | None = None,
    options: Mapping[str, Any] | None = None,
    ahead: int | None = None,
    on_tick: Callable[[list[InHand]], None] | None = None,
    address: str | None = None,
) -> Generator[Outcome, None, None]:
    """
    As :func:`tdkt_parse.sandbox.run_all`, by the cluster at an address of Ray.

    Without one a cluster of this machine is started, and ended afterwards; ``jobs`` are its
    processors, or how many of a cluster's are used. Files are read here and sent. Raises
    ``MissingDependency`` where Ray is not installed, ``UsageError`` where no cluster answers.
    """
    with _connected(address, jobs) as ray:
        yield from _Flights(ray, work, limits or Limits(), options or {}).run(
            tasks, jobs if address else None, ahead, on_tick
        )


class _Flights:
    def __init__(self, ray: Any, work: Work, limits: Limits, options: Mapping[str, Any]) -> None:
        self._ray = ray
        request = f"{work.__module__}:{work.__qualname__}", json.dumps(dict(options)), tuple(limits)
        self._request = ray.put(request)
        # Ray would try again by itself, without saying so.
        self._remote = ray.remote(num_cpus=1, max_retries=0)(read_there)
        self._in_hand: dict[Any, _Flight] = {}

    def run(
        self,
        tasks: Iterable[Task],
        most: int | None,
        ahead: int | None,
        on_tick: Callable[[list[InHand]], None] | None,
    ) -> Generator[Outcome, None, None]:
        waiting = enumerate(tasks)
        exhausted = False
        try:
            while True:
                room = most or AHEAD_OF_EACH * self._processors()
                furthest = max(ahead or room, room)
                while not exhausted and len(self._in_hand) < room:
                    oldest = min((one.index for one in self._in_hand.values()), default=None)
                    following = next(waiting, None)
                    if following is None:
                        exhausted = True
                        break
                    index, task = following
                    if failed := self._send(index, task):
                        yield failed
                    if oldest is not None and index >= oldest + furthest:
                        break
                if not self._in_hand:
                    if exhausted:
                        return
                    continue
                yield from self._fetch()
                if on_tick is not None:
                    on_tick([InHand(one.task.label) for one in self._in_hand.values()])
        finally:
            for reference in self._in_hand:
                # A consumer that stops early, or Ctrl-C, leaves work in hand.
                with contextlib.suppress(Exception):
                    self._ray.cancel(reference, force=True)

    def _processors(self) -> int:
        return max(int(self._ray.cluster_resources().get("CPU", 1)), 1)

    def _send(self, index: int, task: Task) -> Outcome | None:
        """Give a document to the cluster, or say why there is nothing to give."""
        from tdkt_parse.readers import load

        began = time.monotonic()
        try:
            content, called = load(task.source)
        except TdktError as error:
            return Outcome(index, task.label, None, error, time.monotonic() - began)
        self._launch(_Flight(index, task, content, task.name or called))
        return None

    def _launch(self, flight: _Flight) -> None:
        reference = self._remote.remote(flight.content, flight.name, self._request, __version__)
        self._in_hand[reference] = flight

    def _fetch(self) -> Iterator[Outcome]:
        ray = self._ray
        ready, rest = ray.wait(list(self._in_hand), num_returns=1, timeout=LOOK)
        if ready and rest:
            ready += ray.wait(rest, num_returns=len(rest), timeout=0)[0]
        for reference in ready:
            flight = self._in_hand.pop(reference)
            try:
                outcome: Outcome = ray.get(reference)
            except ray.exceptions.RayTaskError as error:
                yield self._outcome(flight, _misfit(error))
            except ray.exceptions.RayError:
                # The process, or its machine, is gone.
                if flight.attempt < ATTEMPTS:
                    flight.attempt += 1
                    self._launch(flight)
                else:
                    yield self._outcome(flight, _lost())
            else:
                yield replace(outcome, index=flight.index, path=flight.task.label)

    def _outcome(self, flight: _Flight, error: TdktError) -> Outcome:
        return Outcome(flight.index, flight.task.label, None, error, 0.0)


def _lost() -> TdktError:
    return Crashed(
        f"The process of the cluster that had it was lost {ATTEMPTS} times.",
        hint="Look at the machines of the cluster: perhaps their memory is too small.",
    )


def _misfit(error: Exception) -> TdktError:
    """What a process of the cluster could not do at all."""
    cause = getattr(error, "cause", None)
    if isinstance(cause, TdktError):
        return cause
    if isinstance(cause, ModuleNotFoundError) or "ModuleNotFoundError" in str(error):
        return MissingDependency(
            "A machine of the cluster has no tdkt-parse.",
            hint=f"Type there: python -m pip install tdkt-parse=={__version__}",
        )
    return Crashed(
        f"A process of the cluster could not do it ({type(cause or error).__name__}).",
        hint="Look into the logs of Ray there.",
    )


@contextlib.contextmanager
def _connected(address: str | None, jobs: int | None) -> Iterator[Any]:
    """Ray, connected to a cluster; one that this program had already is left as it is."""
    # It would tell its makers over the network how it is used.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if address is None and not {"RAY_AUTH_MODE", "RAY_AUTH_TOKEN"} & {*os.environ}:
        # Nobody else may use the cluster of this run; Ray would leave a key in the user's folder.
        os.environ.update(RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=secrets.token_hex(32))
    try:
        ray = importlib.import_module("ray")
    except ModuleNotFoundError as error:
        raise MissingDependency(
            f"The Python package {error.name} is not installed.",
            hint=to_install("ray"),
        ) from error
    if ray.is_initialized():
        yield ray
        return
    how: dict[str, Any] = {"address": address}
    folder = None
    if address is None:
        folder = tempfile.mkdtemp(prefix="tdkt-ray-")
        how = {"address": "local", "num_cpus": jobs, "include_dashboard": False}
        how["_temp_dir"] = folder
    try:
        if address is not None:
            _knock(address)
        with _own_signals():
            ray.init(**how, log_to_driver=False, logging_level="ERROR", configure_logging=True)
    except Exception as error:
        _forget(folder)
        where = (
            f"The cluster of Ray at {address}" if address else "A cluster of Ray on this machine"
        )
        raise UsageError(
            f"{where} cannot be reached ({type(error).__name__}).",
            hint=_HOW_TO_REACH if address else "Look at what it says above.",
        ) from error
    try:
        yield ray
    finally:
        with _own_signals():
            ray.shutdown()
        _forget(folder)


def _knock(address: str) -> None:
    """Raise OSError where nobody listens: Ray would go on asking for minutes."""
    host, colon, port = address.rpartition("://")[2].rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE).close()


_HOW_TO_REACH = (
    "Give --ray-address HOST:PORT of one that runs, with the same Ray and Python;"
    " if it asks for a token, set RAY_AUTH_MODE=token."
)
PATIENCE = 10.0
"""Seconds to wait for a machine that does not answer."""


@contextlib.contextmanager
def _own_signals() -> Iterator[None]:
    """Ray puts its own handlers in the place of ours."""
    numbers = (signal.SIGTERM, signal.SIGINT)
    try:
        kept = {number: signal.getsignal(number) for number in numbers}
        yield
    finally:
        for number, handler in kept.items():
            with contextlib.suppress(ValueError, TypeError):
                signal.signal(number, handler)


def _forget(folder: str | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


# -- in a process of the cluster


def read_there(
    content: bytes, name: str | None, request: tuple[str, str, tuple[Any, ...]], version: str
) -> Outcome:
    """The task of Ray: one document read by a worker of this process."""
    if version != __version__:
        raise MissingDependency(
            f"A machine of the cluster has tdkt-parse {__version__}, not {version}.",
            hint=f"Type there: python -m pip install tdkt-parse=={version}",
        )
    (outcome,) = _sandbox(*request).run([Task(content, name)])
    return outcome


@lru_cache(maxsize=1)
def _sandbox(work: str, options: str, limits: tuple[Any, ...]) -> Sandbox:
    """Workers are kept from document to document; those of another job end with this process."""
    module, _, function = work.partition(":")
    does: Work = getattr(importlib.import_module(module), function)
    return Sandbox(does, limits=Limits(*limits), jobs=1, options=json.loads(options))
