"""
The OCR engine behind one function: pictures in, words out.

``ENGINES`` is the order in which engines are asked; the first that is installed reads. Another
engine is another module with a ``Engine`` row here. Tesseract's own library, kept open in the
process, comes first; its program is for machines on which the library does not run.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tdkt_parse.exceptions import MissingDependency

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    """A picture: a row of dots after the other, 0 black, 255 white."""

LANGUAGE = "vie"
TIMEOUT = 30.0
"""Seconds for the pictures of one call; a page takes one or two."""
PAGE, BLOCK, LINE = 3, 6, 7
"""How a picture is divided: a page with columns of its own; one block of lines; one line."""
MOST_WORDS = 20_000
"""Of one picture; more are noise, or an engine gone wrong."""

_DATA = f"{LANGUAGE}.traineddata"
_USUAL = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
)
"""Where Debian, Ubuntu, Fedora, Arch, a build of one's own, Homebrew and MacPorts put it."""


class Recognised(NamedTuple):
    """
    A word as the engine has it: edges in dots of its picture, how sure it is from 0 to 1.

    ``bold``: its strokes are thick, which no engine says; the picture does.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    line: int
    """Words of one number stand on one line."""
    bold: bool = False


class EngineFailed(Exception):
    """The engine ended, hung, or said what is no text; the message says which."""


class Engine(NamedTuple):
    """
    An OCR engine: its name, what it is as installed (``None`` where it is not), and how it reads.

    ``read(pictures, mode, resolution, timeout)`` gives the words of each picture.
    """

    name: str
    version: Callable[[], str | None]
    read: "Callable[[Sequence[Grey], int, int, float], list[list[Recognised]]]"


def recognise(
    pictures: "Sequence[Grey]", *, mode: int = PAGE, resolution: int, timeout: float = TIMEOUT
) -> list[list[Recognised]]:
    """
    The words of each of some pictures, in the engine's order.

    ``resolution`` in dots an inch. Raises ``MissingDependency`` where no engine is installed, and
    ``EngineFailed`` where it gave nothing that can be used.
    """
    if not pictures:
        return []
    found = chosen_engine().read(pictures, mode, resolution, timeout)
    if len(found) != len(pictures):
        raise EngineFailed("It did not read every picture.")
    return found


def chosen_engine() -> Engine:
    """The first engine that is installed, with its language; ``MissingDependency`` for none."""
    for engine in ENGINES:
        if engine.version() is not None:
            break
    else:
        raise MissingDependency(
            "A scanned page is read by Tesseract, which is not installed.", hint=HOW_TO_INSTALL
        )
    if data_folder() is None:
        raise MissingDependency(
            "Tesseract's data for Vietnamese are not installed.", hint=HOW_TO_INSTALL
        )
    return engine


def _command() -> str:
    if sys.platform == "darwin":
        return "Type: brew install tesseract tesseract-lang"
    return "Type: sudo apt-get install -y tesseract-ocr tesseract-ocr-vie"


HOW_TO_INSTALL = _command()


def data_folders() -> list[Path]:
    """Where the data for Vietnamese are looked for, in order."""
    own = os.environ.get("TESSDATA_PREFIX")
    first = [Path(own), Path(own) / "tessdata"] if own else []
    return [*first, *map(Path, _USUAL), Path(sys.prefix) / "share" / "tessdata"]


def data_folder() -> Path | None:
    """The first of these that has them."""
    return next((folder for folder in data_folders() if (folder / _DATA).is_file()), None)


# -- the library


def _library_version() -> str | None:
    try:
        import tesserocr
    except ImportError:  # Not installed, or made for another system.
        return None
    return str(tesserocr.tesseract_version()).split("\n", 1)[0].removeprefix("tesseract").strip()


@lru_cache(maxsize=1)
def _handle(folder: str) -> Any:
    """The library with its data loaded, kept for the life of the process."""
    import tesserocr

    return tesserocr.PyTessBaseAPI(path=folder, lang=LANGUAGE, oem=tesserocr.OEM.LSTM_ONLY)


def _read_by_library(
    pictures: "Sequence[Grey]", mode: int, resolution: int, timeout: float
) -> list[list[Recognised]]:
    try:
        handle = _handle(str(data_folder()))
        handle.SetPageSegMode(mode)
        found = []
        for picture in pictures:
            height, width = picture.shape
            handle.SetImageBytes(picture.tobytes(), width, height, 1, width)
            handle.SetSourceResolution(resolution)
            if not handle.Recognize(round(timeout * 1000)):
                raise EngineFailed("It gave up, or took too long.")
            found.append([*words_of_table(handle.GetTSVText(0))])
    except RuntimeError as error:
        raise EngineFailed("The library could not read its data or the picture.") from error
    except UnicodeDecodeError as error:
        raise EngineFailed("What it said is no text.") from error
    else:
        handle.Clear()
        return found


# -- the program


@lru_cache(maxsize=1)
def _program() -> str | None:
    import shutil

    return shutil.which("tesseract")


@lru_cache(maxsize=1)
def _program_version() -> str | None:
    import subprocess

    program = _program()
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - the program found on PATH
            [program, "--version"],
            capture_output=True,
            timeout=10,
            check=True,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    said = (done.stdout or done.stderr).decode("utf-8", "replace").split("\n", 1)[0]
    return said.removeprefix("tesseract").strip()


def _read_by_program(
    pictures: "Sequence[Grey]", mode: int, resolution: int, timeout: float
) -> list[list[Recognised]]:
    import subprocess

    with tempfile.TemporaryDirectory(prefix="tdkt-") as folder:
        names = [Path(folder) / f"{number}.pgm" for number in range(len(pictures))]
        for name, picture in zip(names, pictures, strict=True):
            height, width = picture.shape
            name.write_bytes(b"P5 %d %d 255\n" % (width, height) + picture.tobytes())
        listed = Path(folder) / "pictures.txt"
        listed.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
        command = [str(_program()), str(listed), "stdout"]
        command += ["--tessdata-dir", str(data_folder()), "-l", LANGUAGE]
        command += ["--oem", "1", "--psm", str(mode), "--dpi", str(resolution), "tsv"]
        # More threads than one cost several times what they save.
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        try:
            done = subprocess.run(  # noqa: S603 - the program found on PATH, no words of others
                command,
                capture_output=True,
                timeout=timeout,
                check=True,
                env=environment,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired as error:
            raise EngineFailed("It took too long.") from error
        except (OSError, subprocess.CalledProcessError) as error:
            raise EngineFailed("It ended before it had read the page.") from error
    try:
        said = done.stdout.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EngineFailed("What it said is no text.") from error
    pages: list[list[str]] = [[] for _ in pictures]
    for row in said.splitlines():
        page = row.split("\t", 2)[1:2]
        if page and page[0].isdecimal() and 1 <= int(page[0]) <= len(pages):
            pages[int(page[0]) - 1].append(row)
    if pictures and not any(pages):
        raise EngineFailed("It said nothing.")
    return [[*words_of_table("\n".join(rows))] for rows in pages]


ENGINES: tuple[Engine, ...] = (
    Engine("tesserocr", _library_version, _read_by_library),
    Engine("tesseract", _program_version, _read_by_program),
)


def words_of_table(table: str) -> Iterator[Recognised]:
    r"""
    The words of Tesseract's table: level, page, block, paragraph, line, word, box, confidence.

    >>> [tuple(word[:7]) for word in words_of_table("5\t1\t1\t1\t1\t1\t10\t20\t30\t9\t96.5\tđua")]
    [('đua', 10.0, 20.0, 40.0, 29.0, 0.965, 1)]
    """
    line, last = 0, None
    for count, row in enumerate(table.split("\n")):
        columns = row.split("\t")
        if count > 4 * MOST_WORDS:
            raise EngineFailed("It said more than a page holds.")
        if len(columns) != 12 or columns[0] != "5":
            continue
        text = "".join(columns[11].split())
        try:
            left, top, width, height = map(float, columns[6:10])
            confidence = float(columns[10]) / 100
        except ValueError as error:
            raise EngineFailed("What it said is no table of words.") from error
        if tuple(columns[1:5]) != last:
            last = tuple(columns[1:5])
            line += 1
        if text and text.isprintable():
            sure = min(max(confidence, 0.0), 1.0)
            yield Recognised(text, left, top, left + width, top + height, sure, line)
