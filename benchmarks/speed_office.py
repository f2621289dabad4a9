"""
How fast files that LibreOffice opens are read; part ``office`` of speed.py.

The plans of the corpus are made into ``.doc`` files by LibreOffice, and read in one process: with a
LibreOffice started anew for each file, and with one that is kept open. The subjects beside them are
LibreOffice's own command, a file at a time, and the same plans as DOCX.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from rounds import Report, side_by_side
from tdkt_parse.batch import parse_many
from tdkt_parse.pipeline import parse
from tdkt_parse.readers.office import confined, soffice

COPIES = 4
"""Of each plan in the folder that is read with LibreOffice kept open."""
FIGURES = ("doc, kept open, files/s", "doc, kept open over started anew")


def measure(documents: Sequence[Path], rounds: int) -> Report:
    """Files a second of each subject, and how many times faster one that is kept open is."""
    program = soffice.program()
    if program is None or not confined.means():
        why = "office: LibreOffice is not installed, or cannot be confined here"
        return Report({}, (why,), frozenset(FIGURES))
    with tempfile.TemporaryDirectory(prefix="tdkt-bench-") as name:
        folder = Path(name)
        command = [str(program).removesuffix(".bin"), f"-env:UserInstallation={folder.as_uri()}/p"]
        command += ["--headless", "--norestore", "--convert-to"]
        made = folder / "doc"
        _run(*command, "doc", "--outdir", made, *documents)
        files = sorted(made.glob("*.doc"))
        many = folder / "many"
        many.mkdir()
        for file in files:
            for number in range(COPIES):
                shutil.copy(file, many / f"{file.stem}-{number}.doc")
        times = side_by_side(
            {
                "doc, kept open": lambda: _read_all(many),
                "doc, started anew": lambda: [parse(file) for file in files],
                "peer: soffice, a file at a time": lambda: _convert_each(
                    files, *command, "docx", "--outdir", folder / "out"
                ),
                "docx": lambda: [parse(document) for document in documents],
            },
            rounds,
            warm=False,
        )
    counts = dict.fromkeys(times, len(files)) | {"doc, kept open": len(files) * COPIES}
    figures = {f"{what}, files/s": counts[what] / median(taken) for what, taken in times.items()}
    faster = figures["doc, kept open, files/s"] / figures["doc, started anew, files/s"]
    return Report({**figures, "doc, kept open over started anew": faster})


def _read_all(folder: Path) -> None:
    """By one worker of the sandbox, its LibreOffice's start among it."""
    for outcome in parse_many([folder], jobs=1):
        if outcome.error is not None:
            raise outcome.error


def _convert_each(files: Sequence[Path], *command: str | Path) -> None:
    for file in files:
        _run(*command, file)


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=300)
