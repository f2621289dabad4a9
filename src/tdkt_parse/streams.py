"""
The program's own streams: UTF-8 everywhere, and nothing of a document that speaks to a terminal.
"""

import contextlib
import io
import os
import sys
from typing import IO

from tdkt_parse.exceptions import UsageError
from tdkt_parse.render.terminal import clean


def write_out(printed: str) -> None:
    """To stdout, at once; if nobody reads it any more, the program ends."""
    try:
        sys.stdout.write(printed)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        sys.exit(128 + 13)  # As a program that SIGPIPE ended.
    except OSError as error:
        _forget_stdout()
        raise UsageError(f"The output cannot be written: {error.strerror}.") from error


def _forget_stdout() -> None:
    """Let nothing be written there when the interpreter ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_error(*sentences: str) -> None:
    """One line to stderr."""
    with contextlib.suppress(OSError):
        sys.stderr.write(clean(" ".join(sentences)) + "\n")
        sys.stderr.flush()


def prepare_streams() -> None:
    """UTF-8 whatever the console's code page, and a place to write to if there is none."""
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = getattr(sys, name)
        if stream is None:
            stream = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
        elif isinstance(getattr(stream, "buffer", None), io.RawIOBase):
            # PYTHONUNBUFFERED: of a text that a pipe takes in part the rest would be lost.
            stream = os.fdopen(number, "w", closefd=False)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        setattr(sys, name, stream)


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether somebody watches it."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False
