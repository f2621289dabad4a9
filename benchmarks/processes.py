"""
The processes in which others and we are measured, each of them asked in turn.
"""

import json
import select
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = HERE.parent / ".peers"

PATIENCE = 180.0
"""Seconds that one may take to get ready, or for one reading of the files."""


class NotMeasured(Exception):
    """Why something has no figure, in words."""


class Reading(NamedTuple):
    """One reading of some files: seconds, bytes at the peak so far, how much came out."""

    wall: float
    cpu: float
    peak: int
    amount: int


class Process:
    """A program that reads files, as one of its subjects, when it is asked to."""

    def __init__(self, program: str, subject: str, environment: str | None = None) -> None:
        """``environment``: the name of that which ``make peers`` makes for it; ``None``: ours."""
        home = ENVIRONMENTS / (environment or "") / "bin" / "python"
        interpreter = str(home) if environment else sys.executable
        missing = bool(environment) and not home.exists()
        if missing or (subject == "pdftotext" and not shutil.which(subject)):
            raise NotMeasured("not installed; `make peers` does it")
        self._process = subprocess.Popen(
            [interpreter, str(HERE / program), subject],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        ready = self._answer()
        self.version = str(ready["version"])
        self.imported = int(ready["peak"])
        """Bytes at the peak when all was imported."""

    def read(self, files: Sequence[Path]) -> Reading:
        if self._process.stdin is None or self._process.poll() is not None:
            raise NotMeasured("it ended")
        self._process.stdin.write(json.dumps([str(path) for path in files]) + "\n")
        self._process.stdin.flush()
        return Reading(**self._answer())

    def _answer(self) -> dict[str, Any]:
        output = self._process.stdout
        if output is None or not select.select([output], [], [], PATIENCE)[0]:
            self.end()
            raise NotMeasured(f"it took longer than {PATIENCE:.0f} s")
        line = output.readline()
        said: dict[str, Any] = json.loads(line) if line else {"error": "it ended without a word"}
        if "error" in said:
            self.end()
            raise NotMeasured(said["error"])
        return said

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
