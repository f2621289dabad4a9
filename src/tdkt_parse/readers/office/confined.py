"""
How a program is run confined: the command, and by which means it can be confined on this machine.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tdkt_parse.exceptions import MissingDependency
from tdkt_parse.readers.office import confine

PREFIX = "tdkt-office-"
"""How folders for it are called."""
WITHOUT: tuple[tuple[str, ...], ...] = ((), ("files",))
"""The means that are left out, in the order in which it is tried."""
TRY_ON = frozenset({confine.HALF_WAY, confine.NO_PROGRAM})
"""Exit statuses after which less is hidden: something that the program needs was."""


def command_of(folder: str | Path, without: tuple[str, ...], *command: str) -> list[str]:
    """
    The command that runs a program confined to a folder.

    In its words and its environment ``confine.FOLDER`` is the folder as the program sees it.
    """
    left_out = [word for means in without for word in ("--without", means)]
    interpreter = [sys.executable, "-I", "-S", confine.__file__]
    return [*interpreter, *left_out, str(folder), str(os.getpid()), *command]


def means() -> tuple[str, ...]:
    """By which means a program can be confined here, tried out; none where it cannot."""
    if sys.platform != "linux":
        return ()
    with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
        for without in WITHOUT:
            status = subprocess.run(  # noqa: S603 - our own interpreter
                command_of(folder, without, "/bin/true"),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=30,
                check=False,
            ).returncode
            if status == 0:
                return tuple(Path(folder, confine.REPORT).read_text(encoding="ascii").split())
    return ()


def refused(name: str) -> MissingDependency:
    """The error for a program that is there and is not run, for it cannot be confined."""
    return MissingDependency(
        f"{name} is not started here, for it cannot be kept from the network: this system allows "
        "neither namespaces nor filters of system calls.",
        hint="Read the file on Linux, or open it in Word and save it as a Word document (.docx).",
    )
