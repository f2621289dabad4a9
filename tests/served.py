"""
A service in a process of its own, as people run it: threads there break no test that forks here.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

START = 60.0


class Served:
    """``tdkt serve`` at some port of this machine; it can be killed and started again."""

    def __init__(self, where: str, folder: Path, *options: str) -> None:
        self.where = where
        self.folder = folder
        self._options = options
        self.base = ""
        self.process: subprocess.Popen[bytes] | None = None
        self.port = "0"

    def start(self) -> "Served":
        with tempfile.NamedTemporaryFile(prefix="tdkt-served-", delete=False) as said:
            self.said = Path(said.name)
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "tdkt_parse", "serve", "--db", self.where),
                    *("--data", str(self.folder), "--port", self.port, *self._options),
                ],
                stdout=output,
                stderr=output,
                env={**clean_environment(), "PYTHONUTF8": "1"},
            )
        until = time.monotonic() + START
        while "http" not in self.told():
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(self.told())
            time.sleep(0.05)
        address = next(word for word in self.told().split() if word.startswith("http"))
        self.base = f"http://127.0.0.1:{address.rstrip('/').rpartition(':')[2]}"
        self.port = self.base.rpartition(":")[2]
        while True:
            try:
                if httpx.get(f"{self.base}/ready", timeout=10).status_code == 200:
                    return self
            except httpx.TransportError:
                pass
            if time.monotonic() > until:
                raise AssertionError(self.told())
            time.sleep(0.05)

    def told(self) -> str:
        return self.said.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """As a power cut ends it: without a word."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(30)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
        self.said.unlink(missing_ok=True)

    def client(self, **more: Any) -> httpx.Client:
        return httpx.Client(base_url=self.base, timeout=60, **more)


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("TDKT_")}


def run_tdkt(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """A command, with what is piped into it."""
    return subprocess.run(
        [sys.executable, "-m", "tdkt_parse", *arguments],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        env={**clean_environment(), "PYTHONUTF8": "1"},
        check=False,
        timeout=120,
    )


def wait_done(client: httpx.Client, batch: str, seconds: float = 120.0) -> list[dict[str, Any]]:
    """The jobs of a batch when all are done or failed."""
    until = time.monotonic() + seconds
    while True:
        answer = client.get("/v1/jobs", params={"batch": batch, "limit": 1000})
        assert answer.status_code == 200, answer.text
        jobs: list[dict[str, Any]] = answer.json()["jobs"]
        if all(job["state"] in ("done", "failed") for job in jobs):
            return jobs
        assert time.monotonic() < until, [job["state"] for job in jobs]
        time.sleep(0.1)
