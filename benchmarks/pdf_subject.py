"""
One reader of PDF files in a process of its own, run by the interpreter that it is installed for.

    python pdf_subject.py NAME

It first says, in a line of JSON, its version and its peak of memory with everything imported. Then
each line of input is a list of paths: it reads these files and says in a line how long one reading
of them all took, its peak of memory until then, and how many characters came out. What it cannot
do it says as ``error``. Importing is not counted.

This runs in environments where the project is not installed, so nothing here stands on anything but
the standard library; what is measured is imported by the function that measures it.
"""

import gc
import json
import math
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, TextIO

Read = Callable[[str], int]
"""The path of a file to the number of characters read from it."""

SHORTEST = 0.1
"""Seconds that are measured at least: what takes less is done several times over."""


def tdkt_pages() -> Read:
    """Words with their boxes and fonts, and the cells of ruled tables with theirs."""
    pdfium, glyphs, rulings, lattice, cells = (
        import_module(f"tdkt_parse.readers.pdf.{name}")
        for name in ("pdfium", "glyphs", "rulings", "lattice", "cells")
    )

    def page(pdf: Any, index: int) -> int:
        with pdfium.open_page(pdf, index) as handle:
            shape = pdfium.shape_of(handle)
            with pdfium.open_text(handle) as text:
                words = glyphs.read_words(pdf, text, shape)
            tables = lattice.find_lattices(rulings.read_drawn(handle, shape))
        _, inside = cells.words_by_table(words, range(len(words)), tables)
        for table, mine in zip(tables, inside, strict=True):
            cells.read_table(index + 1, table, words, mine)
        return sum(map(len, words.texts))

    def read(path: str) -> int:
        with pdfium.open_pdf(Path(path).read_bytes()) as pdf:
            return sum(page(pdf, index) for index in range(pdf.pages))

    return read


def tdkt_document() -> Read:
    """All that a reader gives: lines, columns, paragraphs and tables over pages, notes."""
    read = import_module("tdkt_parse.readers").read
    return lambda path: len(read(path).text)


def tdkt_plan() -> Read:
    parse = import_module("tdkt_parse.pipeline").parse
    return lambda path: parse(path).source.pages or 0


def tdkt_json() -> Read:
    parse = import_module("tdkt_parse.pipeline").parse
    return lambda path: len(parse(path).to_json())


def pypdfium2() -> Read:
    pdfium = import_module("pypdfium2")

    def read(path: str) -> int:
        count = 0
        with pdfium.PdfDocument(path) as pdf:
            for page in pdf:
                text = page.get_textpage()
                count += len(text.get_text_range())
                text.close()
                page.close()
        return count

    return read


def pdfplumber() -> Read:
    plumber = import_module("pdfplumber")

    def read(path: str) -> int:
        with plumber.open(path) as pdf:
            return sum(len(page.extract_text()) for page in pdf.pages)

    return read


def pdfminer() -> Read:
    extract_text = import_module("pdfminer.high_level").extract_text
    return lambda path: len(extract_text(path))


def pypdf() -> Read:
    reader = import_module("pypdf").PdfReader
    return lambda path: sum(len(page.extract_text()) for page in reader(path).pages)


def markitdown() -> Read:
    convert = import_module("markitdown").MarkItDown(enable_plugins=False).convert
    return lambda path: len(convert(path).text_content)


def docling() -> Read:
    convert = import_module("docling.document_converter").DocumentConverter().convert

    def read(path: str) -> int:
        try:
            return len(convert(path).document.export_to_markdown())
        except OSError as error:
            raise RuntimeError("its models could not be fetched from the network") from error

    return read


def pdftotext() -> Read:
    """A process a file, since that is how it is used."""
    return lambda path: len(
        subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True).stdout.decode()  # noqa: S607 - whichever is installed
    )


def pdftotext_version() -> str:
    said = subprocess.run(["pdftotext", "-v"], check=True, capture_output=True)  # noqa: S607
    return said.stderr.decode().split("\n")[0].split()[-1]


SUBJECTS: dict[str, tuple[Callable[[], Read], str]] = {
    "pages": (tdkt_pages, "tdkt-parse"),
    "document": (tdkt_document, "tdkt-parse"),
    "plan": (tdkt_plan, "tdkt-parse"),
    "json": (tdkt_json, "tdkt-parse"),
    "pypdfium2": (pypdfium2, "pypdfium2"),
    "pdfplumber": (pdfplumber, "pdfplumber"),
    "pdfminer.six": (pdfminer, "pdfminer.six"),
    "pypdf": (pypdf, "pypdf"),
    "markitdown": (markitdown, "markitdown"),
    "docling": (docling, "docling"),
    "pdftotext": (pdftotext, ""),
}
"""How each is got ready, and what it is installed as."""


def cpu() -> float:
    """Seconds of processor that this process and the programs it started have taken."""
    own, others = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def peak() -> int:
    """
    The most memory that this process had, in bytes.

    On Linux ``ru_maxrss`` is never less than what the parent had when it started this process: it
    is carried over ``exec``. The kernel's own mark for the present program begins afresh.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def measure(read: Read, paths: list[str], loops: int) -> dict[str, float]:
    """One reading of all files, the mean of so many."""
    wall, busy, characters = time.perf_counter(), cpu(), 0
    for _ in range(loops):
        characters = sum(map(read, paths))
    return {
        "wall": (time.perf_counter() - wall) / loops,
        "cpu": (cpu() - busy) / loops,
        "peak": peak(),
        "characters": characters,
    }


def serve(name: str, output: TextIO) -> None:
    """Measure for each line of input, until it ends."""

    def say(message: dict[str, Any]) -> None:
        output.write(json.dumps(message) + "\n")
        output.flush()

    prepare, distribution = SUBJECTS[name]
    try:
        read = prepare()
        version = metadata.version(distribution) if distribution else pdftotext_version()
    except Exception as error:  # noqa: BLE001 - whatever it is, the table says it
        say({"error": in_words(error)})
        return
    # What is imported is no subject's garbage; our own command does the same before it reads.
    gc.freeze()
    say({"version": version, "peak": peak()})
    loops: dict[str, int] = {}
    for line in sys.stdin:
        try:
            taken = measure(read, json.loads(line), loops.get(line, 1))
        except Exception as error:  # noqa: BLE001
            say({"error": in_words(error)})
            return
        loops[line] = math.ceil(SHORTEST / max(taken["wall"], SHORTEST / 1000))
        say(taken)


def in_words(error: Exception) -> str:
    """
    An error in one line.

    >>> in_words(ValueError("no such thing\\nat all")), in_words(ValueError())
    ('ValueError: no such thing', 'ValueError')
    """
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__


if __name__ == "__main__":
    # Some print as they read: what is said here is said where nothing else is.
    said = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.argv[1], said)
