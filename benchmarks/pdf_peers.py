"""
The processes in which PDF files are read, ours and others', each of them asked in turn.
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


class Peer(NamedTuple):
    """What is measured: its name in the table and in ``pdf_subject.py``; whether it is ours."""

    label: str
    subject: str
    apart: bool = False
    """It has an environment of its own, which ``make peers`` makes."""


PEERS = (
    Peer("tdkt, words and tables", "pages"),
    Peer("tdkt, Document", "document"),
    Peer("tdkt, Plan", "plan"),
    Peer("pypdfium2, text", "pypdfium2"),
    Peer("pdftotext", "pdftotext"),
    Peer("pypdf, text", "pypdf", apart=True),
    Peer("pdfminer.six, text", "pdfminer.six", apart=True),
    Peer("pdfplumber, text", "pdfplumber"),
    Peer("markitdown", "markitdown", apart=True),
    Peer("docling", "docling", apart=True),
)


class NotMeasured(Exception):
    """Why something has no figure, in words."""


class Reading(NamedTuple):
    """One reading of some files: seconds, bytes at the peak so far, characters read."""

    wall: float
    cpu: float
    peak: int
    characters: int


class Process:
    """A process that reads PDF files when it is asked to."""

    def __init__(self, subject: str, *, apart: bool = False) -> None:
        home = ENVIRONMENTS / subject / "bin" / "python"
        interpreter = str(home) if apart else sys.executable
        if (apart and not home.exists()) or (subject == "pdftotext" and not shutil.which(subject)):
            raise NotMeasured("not installed; `make peers` does it")
        self._process = subprocess.Popen(
            [interpreter, str(HERE / "pdf_subject.py"), subject],
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
