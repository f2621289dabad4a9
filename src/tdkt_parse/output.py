"""
Where what is printed goes: standard output, a file, a folder.
"""

import contextlib
import os
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Protocol, Self, TypeVar

from tdkt_parse.batch import is_folder
from tdkt_parse.exceptions import UsageError
from tdkt_parse.settings import Settings
from tdkt_parse.streams import write_out

Format = TypeVar("Format", bound=str)

SUFFIX = {"summary": ".txt", "json": ".json", "jsonl": ".jsonl", "md": ".md"}


class Sink(Protocol):
    """
    Where the printed documents go; a context manager.

    Nothing that was there before is replaced until :meth:`commit`, and then in one step.
    """

    def put(self, path: str, printed: str) -> None:
        """Take what was printed of the document at ``path``."""

    def commit(self) -> None:
        """Everything was put."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing unfinished behind."""


class StreamSink(Sink):
    """One after another, as an array where JSON is asked for several; ``write`` does the rest."""

    def __init__(self, write: Callable[[str], None], format_: str, *, one: bool) -> None:
        self._write = write
        self._separators = {
            "json": ("", "", "") if one else ("[\n", ",\n", "\n]\n"),
            "summary": ("", "\n", ""),
            "md": ("", "\n---\n\n", ""),
        }.get(format_, ("", "", ""))
        ended = format_ in ("jsonl", "summary", "md") or (format_ == "json" and one)
        # At once, so that what is said on stderr of the next document begins a line.
        self._end = "\n" if ended else ""
        self._begun = False

    def put(self, path: str, printed: str) -> None:  # noqa: ARG002 - others go by it
        self._write(self._separators[1 if self._begun else 0] + printed + self._end)
        self._begun = True

    def commit(self) -> None:
        if not self._begun and self._separators[0]:
            self._write(self._separators[0].rstrip("\n"))
        if self._begun or self._separators[0]:
            self._write(self._separators[2])

    def __exit__(self, *_: object) -> None:
        """Whoever opened the stream closes it."""


class FileSink(StreamSink):
    """The same into a file beside the one wanted, which takes its place at the end."""

    def __init__(self, path: Path, format_: str, *, one: bool) -> None:
        self._path = Path(os.path.realpath(path))
        self._temporary, self._file = _open_beside(self._path)
        super().__init__(self._save, format_, one=one)

    def _save(self, printed: str) -> None:
        with _output_errors(self._path):
            self._file.write(printed)

    def commit(self) -> None:
        super().commit()
        with _output_errors(self._path):
            self._file.close()
            if self._temporary is not None:
                self._temporary.replace(self._path)

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._file.close()
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)


class FolderSink(Sink):
    """A file for each document; two of one name get a number, and no input is overwritten."""

    def __init__(self, folder: Path, format_: str, inputs: Sequence[str]) -> None:
        make_folder(folder)
        self._targets = names_for(inputs, folder, SUFFIX[format_])

    def put(self, path: str, printed: str) -> None:
        target = self._targets[path]
        with FileSink(target, "", one=True) as file:
            file.put(path, printed + "\n")
            file.commit()

    def commit(self) -> None:
        """Each file was committed as it was put."""

    def __exit__(self, *_: object) -> None:
        """No file stays open between two."""


def names_for(inputs: Sequence[str], folder: Path, suffix: str) -> dict[str, Path]:
    """A file of its own in ``folder`` for each input, the same on every run."""
    taken = {file_key(path) for path in inputs if path != "-"}
    targets: dict[str, Path] = {}
    for path in inputs:
        # Inside an archive a name may be longer than the file system takes.
        stem = "stdin" if path == "-" else _cut(Path(path[_in_archive(path) :]).stem)
        number = 1
        while True:
            target = folder / ((stem if number == 1 else f"{stem}-{number}") + suffix)
            if file_key(target) not in taken:
                break
            number += 1
        taken.add(file_key(target))
        targets[path] = target
    return targets


def _in_archive(path: str) -> int:
    """Where the name inside an archive begins: ``a.zip!b.docx``."""
    at = path.lower().rfind(".zip!")
    return at + len(".zip!") if at >= 0 else 0


def _cut(stem: str) -> str:
    """No more of a name than leaves room for a number, a suffix and what stands beside it."""
    raw = os.fsencode(stem)
    return stem if len(raw) <= LONGEST_STEM else raw[:LONGEST_STEM].decode("utf-8", "ignore")


LONGEST_STEM = 180
"""Bytes."""


def file_key(path: str | Path) -> str:
    """Some file systems know neither case nor how a letter is composed."""
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()


def choose_format(flag: str | None, output: str | None, settings: Settings) -> str:
    """The format asked for, else what the name of the output says, else the setting's."""
    if flag is None and output is not None:
        if is_output_folder(output):
            if settings.format in (None, "summary"):
                return "json"
        elif settings.format is None:
            named = {suffix: format_ for format_, suffix in SUFFIX.items()}
            return format_of_suffix(output, named) or "summary"
        for format_, suffix in SUFFIX.items():
            if format_ != "summary" and output.lower().endswith(suffix):
                return format_
    return settings.format or "summary"


def format_of_suffix(output: str | None, formats: Mapping[str, Format]) -> Format | None:
    """
    The format that the suffix of an output names; ``None`` where there is no suffix.

    Raises ``UsageError`` for one that names none: a file must not hold what its name denies.
    """
    name = os.path.basename(output or "").lower()  # noqa: PTH119 - may end in a dot
    suffix = f".{name.rpartition('.')[2]}" if "." in name else "."
    if suffix == ".":
        return None
    if suffix not in formats:
        known = ", ".join(formats)
        raise UsageError(
            f"-o {output}: {suffix} names no format.",
            hint=f"End it in one of {known}, or say what to write with --format.",
        )
    return formats[suffix]


def is_output_folder(output: str) -> bool:
    """Whether one file for each document is meant."""
    return output.endswith(("/", os.sep)) or is_folder(output)


def check_output(output: str | None, *, folder: bool, option: str = "-o") -> None:
    """Before any work: a folder only where one file for each document is meant."""
    if output is not None and is_output_folder(output) and not folder:
        raise UsageError(f"{option} {output} is a folder.", hint="Give the name of a file.")


def open_sink(output: str | None, format_: str, *, one: bool, inputs: Sequence[str]) -> Sink:
    """What takes the printed documents; ``one`` if there can be but one, ``inputs`` are kept."""
    if output is None or output == "-":
        return StreamSink(write_out, format_, one=one)
    if is_output_folder(output):
        return FolderSink(Path(output), format_, inputs)
    if file_key(output) in {file_key(path) for path in inputs if path != "-"}:
        raise UsageError(f"-o {output} is a document to be read.", hint="Give another name.")
    return FileSink(Path(output), format_, one=one)


def _open_beside(path: Path) -> tuple[Path | None, IO[str]]:
    """
    A new file in the folder of ``path``, to be put in its place.

    For a device or a pipe that is itself, and no path.
    """
    with _output_errors(path):
        if path.exists() and not path.is_file():
            return None, path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
        beside = path.with_name(f".{path.name[:60]}.{os.urandom(4).hex()}.tmp")
        return beside, beside.open("x", encoding="utf-8", errors="backslashreplace", newline="\n")


@contextlib.contextmanager
def _output_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name is possible"
        raise UsageError(f"{path} cannot be written: {reason}.") from error


def make_folder(folder: str | Path) -> None:
    """A folder to write into, which may be there."""
    with _output_errors(Path(folder)):
        Path(folder).mkdir(parents=True, exist_ok=True)


@contextlib.contextmanager
def file_beside(path: Path) -> Iterator[Path]:
    """
    The name of a file, which takes the place of ``path`` if something was written into it.

    What is written for a device or a pipe goes there at the end.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with TemporaryDirectory() as folder:
            beside = Path(folder) / "written"
            beside.touch()
            yield beside
            with _output_errors(path), beside.open("rb") as file, target.open("wb") as device:
                shutil.copyfileobj(file, device)
        return
    beside = target.with_name(f".{target.name[:60]}.{os.urandom(4).hex()}.tmp")
    with _output_errors(path):
        beside.touch(exist_ok=False)
    try:
        yield beside
        with _output_errors(path):
            if beside.stat().st_size:
                beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def write_file(path: Path, data: bytes) -> None:
    """Put a whole file in its place in one step; what was there stays until then."""
    target = Path(os.path.realpath(path))
    with _output_errors(path):
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        beside = target.with_name(f".{target.name[:60]}.{os.urandom(4).hex()}.tmp")
        try:
            beside.write_bytes(data)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
