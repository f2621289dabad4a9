"""
Word files printed to PDF by LibreOffice, many in one run.
"""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

BATCH = 100
"""Files in one run: starting the program takes longer than printing several of them."""
_START = 60.0
_EACH = 5.0
"""Seconds that a run may take to start, and for each of its files."""
_PROBE = ord("ộ")


class NotInstalled(RuntimeError):
    """LibreOffice, or a face it needs, is not installed."""


class NotPrinted(RuntimeError):
    """LibreOffice ended, or was ended, with files left."""


def print_to_pdf(paths: Sequence[Path], folder: Path) -> list[Path]:
    """
    The PDF files made of these Word files, in their order, in the folder.

    LibreOffice gets a profile of its own, so that it neither meets one that is open on the screen
    nor has its settings. Names must differ, whatever folder the files are in.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NotInstalled(
            "LibreOffice prints the PDF files and is not installed. "
            "On Debian and Ubuntu: sudo apt-get install -y "
            "libreoffice-writer-nogui fonts-liberation2"
        )
    _require_face()
    if len({path.stem for path in paths}) < len(paths):
        raise ValueError("two files of one name would be printed to one PDF")
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / f"{path.stem}.pdf" for path in paths]
    for old in made:
        old.unlink(missing_ok=True)
    with TemporaryDirectory(prefix="office-") as profile:
        for batch in _batches(paths):
            _run(program, batch, folder, Path(profile))
    return made


def _require_face() -> None:
    """
    See that what stands for Times New Roman here has the letters of Vietnamese.

    The first edition of Liberation has not: LibreOffice takes those letters from other faces, and
    words are printed in pieces, as no office prints them.
    """
    program = shutil.which("fc-match")
    if program is None:
        return
    command = [program, "--format=%{charset}", "Times New Roman"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    ranges = re.findall(r"\b([0-9a-f]+)(?:-([0-9a-f]+))?\b", said)
    if not any(int(first, 16) <= _PROBE <= int(last or first, 16) for first, last in ranges):
        raise NotInstalled(
            "No face like Times New Roman with Vietnamese letters is installed. "
            "On Debian and Ubuntu: sudo apt-get install -y fonts-liberation2"
        )


def _batches(paths: Sequence[Path]) -> list[Sequence[Path]]:
    return [paths[at : at + BATCH] for at in range(0, len(paths), BATCH)]


def _run(program: str, paths: Sequence[Path], folder: Path, profile: Path) -> None:
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
        "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), *map(str, paths),
    ]  # fmt: skip
    limit = _START + _EACH * len(paths)
    # A group of its own: soffice is a script, and ending it alone leaves the program running.
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    try:
        said, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
    missing = [path.name for path in paths if not (folder / f"{path.stem}.pdf").is_file()]
    if missing:
        words = said.decode(errors="replace").strip().splitlines()
        raise NotPrinted(
            f"LibreOffice did not print {len(missing)} of {len(paths)} files within {limit:.0f} s, "
            f"{missing[0]} the first. {words[-1] if words else 'It said nothing.'}"
        )
