"""
antiword: the text of a Word 6 to 2003 file, where LibreOffice is not installed.

It keeps neither fonts nor tables nor notes as such, so it is asked only for files in which no
font of an old Vietnamese encoding is named, and what was lost is said.
"""

import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tdkt_parse.exceptions import TimedOut, TooLarge, Unreadable
from tdkt_parse.readers.office import confine
from tdkt_parse.readers.office.confined import PREFIX, TRY_ON, WITHOUT, command_of, refused

SECONDS = 20.0
MOST_TEXT = 20_000_000
"""Bytes of text."""
_LEGACY = (".Vn", ".VN", "VNI-", "VPS ", "VNtime", "VNTime", "SVNtimes", "Vntime")
"""How the names of fonts begin whose letters are not those of Unicode: TCVN3, VNI, VPS."""
_LEGACY_NAMES = (b".VnTime", b".VnArial", b".VNTIME", b"VNI-Times", b"VNI-Helve")
"""The commonest whole, as Word 6 wrote them; a few letters alone stand in any file by chance."""


@cache
def program() -> str | None:
    """Where antiword is; ``None`` if it is not installed."""
    return shutil.which("antiword") if sys.platform == "linux" else None


def has_legacy_fonts(data: bytes) -> bool:
    """
    Whether a Word file names a font of an old encoding, used or not.

    >>> has_legacy_fonts(b"-" + ".VnTimeH".encode("utf-16-le")), has_legacy_fonts(b"Arial")
    (True, False)
    """
    return any(name.encode("utf-16-le") in data or name.encode("ascii") in data for name in _LEGACY)


def extract(data: bytes) -> bytes:
    """
    The text of the file in UTF-8, a line for each paragraph.

    Raises ``Unreadable`` where there is none, ``TimedOut`` where it was ended.
    """
    with tempfile.TemporaryDirectory(prefix=PREFIX) as name:
        folder = Path(name)
        (folder / "in.doc").write_bytes(data)
        for without in WITHOUT:
            status = _run(folder, without)
            if status not in TRY_ON:
                break
        if status == confine.REFUSED:
            raise refused("antiword")
        text = folder / "out.txt"
        if text.stat().st_size > MOST_TEXT:
            raise TooLarge(
                f"antiword wrote more than {MOST_TEXT / 1e6:.0f} MB of text.",
                hint="No plan is so long; the file may be meant to do harm.",
            )
        if status != 0 or not text.stat().st_size:
            raise Unreadable(
                "antiword cannot open the file.",
                hint="Install LibreOffice, or open it in Word and save it as a Word document.",
            )
        return text.read_bytes()


def _run(folder: Path, without: tuple[str, ...]) -> int:
    here = confine.FOLDER
    words = [str(program()), "-m", "UTF-8.txt", "-w", "0", "-i", "1", f"{here}/in.doc"]
    with (folder / "out.txt").open("wb") as out:
        try:
            return subprocess.run(  # noqa: S603 - our own interpreter, the program on PATH
                command_of(folder, without, *words),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.DEVNULL,
                env={"HOME": here, "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
                timeout=SECONDS,
                check=False,
                start_new_session=True,
            ).returncode
        except subprocess.TimeoutExpired as error:
            raise TimedOut(
                f"antiword took longer than {SECONDS:g} seconds and was stopped.",
                hint="If Word opens the file, save it there as a Word document (.docx).",
            ) from error
