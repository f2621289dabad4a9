"""
The processes that read, kept alive: one that ends is started again.
"""

import json
import os
import secrets
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from tdkt_parse.exceptions import StorageError
from tdkt_parse.web import queue
from tdkt_parse.web.site import Site

LOOK = 0.5
"""Seconds between two looks whether they live."""
SOON_AGAIN, LATE_AGAIN = 0.5, 30.0
"""Seconds until one that ended is started again, at first and where it ends again and again."""
PATIENCE = 10.0
"""Seconds to finish a file when the service ends."""


class _Process:
    def __init__(self) -> None:
        self.name = ""
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.pause = SOON_AGAIN
        self.next_start = 0.0


class Workers:
    """
    So many worker processes for a service.

    ``db`` is the database's address; ``options`` how documents are read. Neither is on the command
    line of a process, where others could see it.
    """

    def __init__(self, site: Site, db: str, options: dict[str, Any], count: int = 1) -> None:
        self._site = site
        self._told = {
            "db": db,
            "folder": str(site.folder.resolve()),
            "register": str(site.register.resolve()) if site.register else None,
            "allowance": asdict(site.allowance),
            "options": options,
        }
        self._processes = [_Process() for _ in range(count)]
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="workers", daemon=True)

    def start(self) -> None:
        """Start them, and what watches over them."""
        for one in self._processes:
            self._start(one)
        self._thread.start()

    def wake(self) -> None:
        """Tell them that a file was put in."""
        with self._lock:
            for one in self._processes:
                if one.process is not None and one.process.stdin is not None:
                    with suppress(OSError, ValueError):
                        os.write(one.process.stdin.fileno(), b"\n")

    def alive(self) -> int:
        """How many of them live."""
        return sum(
            one.process is not None and one.process.poll() is None for one in self._processes
        )

    def stop(self) -> None:
        """Let each finish what it reads, for a while; the rest is read at the next start."""
        self._over.set()
        self._thread.join(LOOK * 4)
        with self._lock:
            for one in self._processes:
                if one.process is not None and one.process.stdin is not None:
                    with suppress(OSError):
                        one.process.stdin.close()
        until = time.monotonic() + PATIENCE
        for one in self._processes:
            if one.process is None:
                continue
            try:
                one.process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                one.process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    one.process.wait(2.0)
                one.process.kill()
                one.process.wait()
            self._release(one)

    def _start(self, one: _Process) -> None:
        one.name = f"{os.getpid()}.{secrets.token_hex(4)}"
        process = subprocess.Popen(
            [sys.executable, "-m", "tdkt_parse.web.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            # Ctrl-C is for the service, which lets them finish.
            start_new_session=True,
        )
        one.started = time.monotonic()
        told = json.dumps({**self._told, "name": one.name}).encode() + b"\n"
        with suppress(OSError):
            assert process.stdin is not None  # noqa: S101
            process.stdin.write(told)
            process.stdin.flush()
            # A worker that reads for long must not stop who wakes it.
            os.set_blocking(process.stdin.fileno(), False)
        with self._lock:
            one.process = process

    def _watch(self) -> None:
        while not self._over.wait(LOOK):
            now = time.monotonic()
            for one in self._processes:
                if one.process is not None and one.process.poll() is not None:
                    sys.stderr.write(f"tdkt: a worker ended with {one.process.returncode}\n")
                    with self._lock:
                        one.process = None
                    self._release(one)
                    lived = now - one.started
                    one.pause = SOON_AGAIN if lived > 60 else min(one.pause * 2, LATE_AGAIN)
                    one.next_start = now + one.pause
                elif one.process is None and now >= one.next_start:
                    with suppress(OSError):
                        self._start(one)

    def _release(self, one: _Process) -> None:
        # If that fails, the lease ends by itself.
        with suppress(StorageError):
            queue.release(self._site.store, one.name)
