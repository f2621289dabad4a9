"""
Fifty people who put in plans at once, and a service that is killed while they do.

    python benchmarks/load_web.py [--seconds 300] [--db FILE|URL] [--no-kill] [--gate]

Starts ``tdkt serve`` on this machine. Each client sends a plan of its own (text, Word or PDF, made
up, its content unlike any other), asks until it has been read, and sends the next. In the middle
the service is killed without a word and started again; what a client had not been told was taken
in, it sends again. At the end the database is looked into: each file that was taken in must be
there, once, and the check of the database must find no fault. Memory is what the service and all
that it started take together, shared pages counted once (PSS). With --gate the exit code is 1 where
a request failed with 5xx, a file is lost, the accept p95 is 2 s or more, or memory 600 MB or more.
"""

import argparse
import asyncio
import hashlib
import io
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import httpx

from tdkt_parse import store

ROOT = Path(__file__).resolve().parent.parent
SLOWEST_ACCEPT = 2.0
MOST_MEMORY = 600 << 20
SOURCES = 60
LOOK = 1.0
"""Seconds between two looks of a client whether its plan was read."""
DRAIN = 900.0


@dataclass
class Load:
    """What the clients saw, and what the service took."""

    accepts: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    accepted: dict[str, str] = field(default_factory=dict)
    """Of each content that was taken in, its job."""
    failed: list[str] = field(default_factory=list)
    memory: int = 0
    away: int = 0
    """Requests that met no service."""


class Service:
    """``tdkt serve`` in a process of its own."""

    def __init__(self, db: str, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._db = db
        self._folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin, without waiting."""
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "tdkt_parse", "serve", "--db", self._db),
                *("--data", str(self._folder), "--port", str(self.port)),
            ],
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """As a power cut does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """As a person does."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()


def sources(folder: Path) -> list[tuple[str, bytes]]:
    """Made-up plans: a third each as text, Word and PDF."""
    program = [sys.executable, str(ROOT / "corpus" / "generate.py")]
    more = ["--count", str(SOURCES // 3), "--seed", "77000", "--format", "text,docx,pdf"]
    subprocess.run([*program, *more, "-o", str(folder)], check=True, stdout=subprocess.DEVNULL)
    found = [one for one in folder.rglob("*") if one.suffix in (".txt", ".docx", ".pdf")]
    return [(one.name, one.read_bytes()) for one in sorted(found)]


def another(name: str, content: bytes, mark: str) -> bytes:
    """The same plan in a file that differs."""
    if name.endswith(".docx"):
        made = io.BytesIO(content)
        with zipfile.ZipFile(made, "a") as archive:
            archive.comment = mark.encode()
        return made.getvalue()
    return content + (f"\n%{mark}\n" if name.endswith(".pdf") else f"\n\n{mark}\n").encode()


def memory_of(pid: int) -> int:
    """Bytes that a process and all below it take, shared ones once."""
    total = 0
    for one in _family(pid):
        try:
            for line in Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) << 10
        except OSError:
            continue
    return total


def _family(pid: int) -> list[int]:
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            below.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += below.get(one, [])
    return found


async def client(
    number: int,
    http: httpx.AsyncClient,
    plans: list[tuple[str, bytes]],
    until: float,
    load: Load,
) -> None:
    """One person."""
    chance = Random(number)  # noqa: S311
    at = 0
    while time.monotonic() < until:
        at += 1
        name, content = chance.choice(plans)
        content = another(name, content, f"{number}.{at}.{chance.random()}")
        sha256 = hashlib.sha256(content).hexdigest()
        began = time.monotonic()
        job = await _send(http, name, content, sha256, load)
        if job is None:
            continue
        await _wait(http, job, load)
        load.reads.append(time.monotonic() - began)


async def _send(
    http: httpx.AsyncClient, name: str, content: bytes, sha256: str, load: Load
) -> str | None:
    while True:
        began = time.monotonic()
        try:
            answer = await http.post("/v1/jobs", files={"file": (name, content)})
        except httpx.TransportError:
            load.away += 1
            await asyncio.sleep(0.5)
            continue
        load.statuses[f"POST {answer.status_code}"] += 1
        if answer.status_code == 202:
            load.accepts.append(time.monotonic() - began)
            job: str = answer.json()["jobs"][0]["id"]
            load.accepted[sha256] = job
            return job
        if answer.status_code != 429:
            load.failed.append(f"{answer.status_code} {answer.text[:200]}")
            return None
        await asyncio.sleep(float(answer.headers["retry-after"]))


async def _wait(http: httpx.AsyncClient, job: str, load: Load) -> None:
    until = time.monotonic() + DRAIN
    while time.monotonic() < until:
        await asyncio.sleep(LOOK)
        try:
            answer = await http.get(f"/v1/jobs/{job}")
        except httpx.TransportError:
            load.away += 1
            continue
        load.statuses[f"GET {answer.status_code}"] += 1
        state = answer.json().get("state")
        if state == "done":
            return
        if state == "failed" or answer.status_code != 200:
            load.failed.append(f"{answer.status_code} {answer.text[:300]}")
            return
    load.failed.append(f"{job} was not read in {DRAIN} s")


async def _watch(service: Service, load: Load) -> None:
    while True:
        if service.process is not None:
            load.memory = max(load.memory, memory_of(service.process.pid))
        await asyncio.sleep(0.5)


async def run(service: Service, plans: list[tuple[str, bytes]], args: argparse.Namespace) -> Load:
    """The clients, and a kill in the middle."""
    load = Load()
    base = f"http://127.0.0.1:{service.port}"
    await _ready(base)
    watching = asyncio.create_task(_watch(service, load))
    until = time.monotonic() + args.seconds
    # One for all: each would read the system's certificates, and the others wait for that.
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=base, timeout=60, limits=limits) as http:
        people = [
            asyncio.create_task(client(number, http, plans, until, load))
            for number in range(args.clients)
        ]
        if not args.no_kill:
            await asyncio.sleep(args.seconds / 2)
            service.kill()
            await asyncio.sleep(1.0)
            service.start()
        await asyncio.gather(*people)
    watching.cancel()
    return load


async def _ready(base: str) -> None:
    async with httpx.AsyncClient(base_url=base, timeout=10) as http:
        for _ in range(600):
            try:
                if (await http.get("/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise SystemExit("the service did not start")


def lost(db: str, load: Load) -> tuple[list[str], int, int]:
    """Contents that were taken in and are not in the database; documents there; faults."""
    with store.open_store(db) as opened:
        known = store.known_contents(opened, load.accepted)
        report = store.check(opened)
    missing = [one for one in load.accepted if one not in known]
    return missing, report.counts["documents"], len(report.faults)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--db", help="a file or an address; by default a new file")
    parser.add_argument("--no-kill", action="store_true")
    parser.add_argument("--gate", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tdkt-load-") as folder:
        db = args.db or str(Path(folder) / "plans.sqlite")
        plans = sources(Path(folder) / "made")
        service = Service(db, Path(folder) / "data")
        service.start()
        try:
            load = asyncio.run(run(service, plans, args))
        finally:
            service.stop()
        missing, documents, faults = lost(db, load)
    accepts = sorted(load.accepts)
    p95 = statistics.quantiles(accepts, n=20)[-1] if len(accepts) > 1 else float("inf")
    errors = sum(n for status, n in load.statuses.items() if status.split()[1].startswith("5"))
    print(f"clients {args.clients}, seconds {args.seconds:.0f}, processors {os.cpu_count()}")
    print(f"accepted {len(load.accepted)}, in the database {documents}, lost {len(missing)}")
    print(
        f"accept: median {statistics.median(accepts):.3f} s, p95 {p95:.3f} s, "
        f"longest {accepts[-1]:.3f} s"
    )
    if load.reads:
        print(
            f"until read: median {statistics.median(load.reads):.1f} s, "
            f"longest {max(load.reads):.1f} s; {len(load.reads) / args.seconds:.1f} plans/s"
        )
    print(f"memory {load.memory / 1e6:.0f} MB, 5xx {errors}, met no service {load.away}")
    print(f"answers {dict(sorted(load.statuses.items()))}, faults of the database {faults}")
    for one in load.failed[:10]:
        print(f"  failed: {one}")
    bad = bool(errors or missing or load.failed or faults)
    slow = p95 >= SLOWEST_ACCEPT or load.memory >= MOST_MEMORY
    return int(args.gate and (bad or slow))


if __name__ == "__main__":
    sys.exit(main())
