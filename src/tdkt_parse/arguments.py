"""
A command line of ``tdkt parse`` that is right at first sight, read in no time.

To load what reads command lines of every kind, and says what is wrong with them, takes longer than
to read a document. Here only what leaves no doubt is read; all else is for ``cli``, whose options
are declared there, and mean the same.
"""

import sys
from collections.abc import Sequence
from typing import NamedTuple

from tdkt_parse.settings import CHANGES, FORMATS, LANGUAGES, OCR_MODES

OPTIONS = {
    "--changes": "changes",
    "--format": "format",
    "-f": "format",
    "--jobs": "jobs",
    "-j": "jobs",
    "--lang": "lang",
    "--memory": "memory",
    "--ocr": "ocr",
    "--output": "output",
    "-o": "output",
    "--password": "password",
    "--register": "register",
    "--timeout": "timeout",
}
"""Options that take a value, and the value's name."""

SWITCHES = {"--quiet", "-q"}
FOR_MANY = frozenset(
    {
        "--dry-run",
        "--engine",
        "--fail-on",
        "--force",
        "--limit",
        "--manifest",
        "--ray-address",
        "--retry-failed",
    }
)
"""Options for many documents, by which the start does not count: those are for ``cli`` alone."""
CHOICES = {"changes": CHANGES, "format": FORMATS, "lang": LANGUAGES, "ocr": OCR_MODES}


class Parse(NamedTuple):
    """What to parse, and how."""

    paths: list[str]
    flags: dict[str, str]
    output: str | None
    quiet: bool


def read_arguments(arguments: Sequence[str]) -> Parse | None:
    """
    What follows ``tdkt parse``, or ``None`` if it takes more to understand it.

    >>> read_arguments(["a.txt", "-f", "json"])
    Parse(paths=['a.txt'], flags={'format': 'json'}, output=None, quiet=False)
    >>> [read_arguments(line.split()) for line in ("", "a.txt -f", "--fromat json", "-fjson a.txt")]
    [None, None, None, None]
    """
    if sys.platform == "win32":
        return None  # Patterns as *.txt are for the program to resolve, which `cli` does.
    paths: list[str] = []
    values: dict[str, str] = {}
    quiet = False
    rest = iter(arguments)
    for argument in rest:
        if argument in SWITCHES:
            quiet = True
        elif argument == "-" or not argument.startswith("-"):
            paths.append(argument)
        else:
            name, value = OPTIONS.get(argument), next(rest, None)
            if name is None or name in values or value is None or value.startswith("-"):
                return None
            if value not in CHOICES.get(name, (value,)):
                return None
            values[name] = value
    output = values.pop("output", None)
    return Parse(paths, values, output, quiet) if paths else None
