"""
The process that reads what was put in: one file after another, each in the sandbox.

It is started by :mod:`tdkt_parse.web.workers`, which writes what it must know into its standard
input and holds that open: when that closes, the service is gone and the worker ends. A line on it
means that a file was put in.
"""

import json
import os
import secrets
import select
import signal
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from tdkt_parse import __version__, batch, store, work
from tdkt_parse.audit import audit_plan
from tdkt_parse.audit.rules import rule_rows
from tdkt_parse.exceptions import Crashed, StorageError, TdktError, TooLarge, Unreadable
from tdkt_parse.register import open_register
from tdkt_parse.sandbox import InHand, Limits, Outcome, Sandbox, Task, Work
from tdkt_parse.web import pictures, queue, uploads
from tdkt_parse.web.site import Allowance, Site

if TYPE_CHECKING:
    from tdkt_parse.register import Register
    from tdkt_parse.web.queue import Claim

IDLE = 1.0
"""Seconds between two looks at the queue where nobody says that a file was put in."""
BEAT = 2.0
"""Seconds between two signs of life while a file is read."""
SWEEP = 600.0
NICE = 5
"""Who sends a file waits for the answer; who reads it has time."""


def main() -> None:
    """Read files until the service is gone."""
    told = json.loads(sys.stdin.buffer.readline())
    # The service ends its workers itself, by closing the line.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    with suppress(OSError, AttributeError):
        os.nice(NICE)
    for module in ("quickstart", "pipeline", "audit", "readers.pdf.document"):
        __import__(f"tdkt_parse.{module}")
    batch.warm_up()
    with store.open_store(told["db"]) as opened:
        site = Site(
            store=opened,
            folder=Path(told["folder"]),
            secret=b"",
            register=Path(told["register"]) if told["register"] else None,
            allowance=Allowance(**told["allowance"]),
        )
        run(site, told["options"], name=told["name"])


def _leave(number: int, _frame: object) -> NoReturn:
    sys.exit(128 + number)


def run(site: Site, options: dict[str, Any], *, name: str | None = None) -> None:
    """Read what is in the queue and what comes into it, until the line closes."""
    worker = name or f"{os.getpid()}.{secrets.token_hex(4)}"
    hands = _Hands(site, options, worker)
    swept = 0.0
    try:
        while True:
            claim = None
            try:
                claim = queue.claim(site.store, worker)
                if claim is not None:
                    hands.read(claim)
                elif time.monotonic() - swept > SWEEP:
                    swept = time.monotonic()
                    sweep(site)
            except StorageError as error:
                # What was in hand is taken again when its lease is over.
                sys.stderr.write(f"tdkt worker: {error}\n")
                sys.stderr.flush()
            if not _line_is_open(0.0 if claim is not None else IDLE):
                return
    finally:
        hands.close()


def sweep(site: Site) -> None:
    """Take away what nobody asks for any more: old answers, files that nothing came of."""

    def wanted(contents: list[str]) -> set[str]:
        return queue.wanted(site.store, contents) | set(store.known_contents(site.store, contents))

    queue.sweep(site.store)
    uploads.sweep(site, wanted, older=queue.KEPT)
    pictures.sweep(site, wanted, older=SWEEP)


def _line_is_open(seconds: float) -> bool:
    """Wait until a file was put in, for so long at most; whether the service is there still."""
    ready, _, _ = select.select([sys.stdin.fileno()], [], [], seconds)
    while ready:
        if not os.read(sys.stdin.fileno(), 4096):
            return False
        ready, _, _ = select.select([sys.stdin.fileno()], [], [], 0.0)
    return True


class _Hands:
    """The sandbox that reads, kept from one file to the next while they are read alike."""

    def __init__(self, site: Site, options: dict[str, Any], worker: str) -> None:
        self._site = site
        self._options = options
        self._worker = worker
        self._register: Register = open_register(site.register)
        allowed = site.allowance
        self._limits = Limits(allowed.seconds, allowed.seconds_per_page, allowed.memory)
        self._kind = ""
        self._sandbox: Sandbox | None = None

    def close(self) -> None:
        """End what reads."""
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None

    def read(self, claim: "Claim") -> None:
        """Read one file, put its Plan in, and write down what became of it."""
        site = self._site
        if claim.work == "store" and not claim.options:
            version = store.known_contents(site.store, [claim.sha256]).get(claim.sha256)
            if version == __version__:
                store.put_path(site.store, claim.sha256, claim.name)
                queue.finish(site.store, self._worker, claim.id, change="unchanged")
                return
        outcome = self._outcome(claim)
        error, change, result = outcome.error, None, None
        if error is None:
            try:
                if claim.work == "store":
                    change = self._put(claim, outcome)
                else:
                    result = outcome.result
            except StorageError as raised:
                # One document that the database refuses is no reason to stop.
                if type(raised) is not StorageError:
                    raise
                error = raised
        queue.finish(
            site.store,
            self._worker,
            claim.id,
            change=change,
            result=result,
            error=error,
            warnings=outcome.warnings,
        )

    def _put(self, claim: "Claim", outcome: Outcome) -> str:
        from tdkt_parse.web.reading import Read

        read = Read.model_validate_json(outcome.result or "")
        return store.put(
            self._site.store,
            read.plan,
            read.findings,
            path=claim.name,
            register=self._register,
            audit=partial(audit_plan, register=self._register),
        )

    def _outcome(self, claim: "Claim") -> Outcome:
        task = self._task(claim)
        if isinstance(task, TdktError):
            return Outcome(0, claim.name, None, task, 0.0)
        sandbox = self._ready(claim)
        beat, page = time.monotonic(), 0

        def tick(in_hand: list[InHand]) -> None:
            nonlocal beat, page
            now = in_hand[0] if in_hand else InHand("")
            if now.of > self._site.allowance.pages:
                raise TooLarge(
                    f"The document has {now.of} pages; {self._site.allowance.pages} are read here.",
                    hint="Send the plan without what is bound to it.",
                )
            if time.monotonic() - beat > BEAT:
                beat, page = time.monotonic(), now.page
                queue.hold(
                    self._site.store,
                    self._worker,
                    claim.id,
                    page=page or None,
                    pages=now.of or None,
                )

        try:
            return next(sandbox.run([task], on_tick=tick))
        except TooLarge as error:
            return Outcome(0, claim.name, None, error, 0.0)
        except StopIteration:
            error_ = Crashed("Nothing became of the file.", hint="Please report it.")
            return Outcome(0, claim.name, None, error_, 0.0)

    def _task(self, claim: "Claim") -> Task | TdktError:
        path = uploads.path_of(self._site, claim.sha256)
        if not path.is_file():
            return Unreadable(
                "The file is no longer in the folder of the service.", hint="Send it again."
            )
        if claim.work == "audit":
            # The sheet says where its document is; that folder is nobody's business.
            return Task(path.read_bytes(), claim.name)
        return Task(str(path), claim.name)

    def _ready(self, claim: "Claim") -> Sandbox:
        kind = json.dumps([claim.work, claim.options], sort_keys=True)
        if self._sandbox is None or kind != self._kind:
            self.close()
            options = {
                **self._options,
                **{name: value for name, value in claim.options.items() if name != "force"},
            }
            options["register"] = str(self._site.register) if self._site.register else None
            options |= _ASKED[claim.work]
            self._sandbox = Sandbox(
                _WORKS[claim.work], limits=self._limits, jobs=1, options=options
            )
            self._kind = kind
        return self._sandbox


_WORKS: dict[str, Work] = {
    "store": work.store_document,
    "parse": work.print_plan,
    "audit": work.audit_document,
}
_ASKED: dict[str, dict[str, Any]] = {
    "store": {},
    "parse": {"format": "jsonl", "lang": "vi", "width": 80, "safe": False, "bold": False},
    "audit": {"rules": list(rule_rows()), "ignores": []},
}


if __name__ == "__main__":
    main()
