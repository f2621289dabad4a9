"""
Registers as files of others: CSV, JSON, JSON Lines, Parquet, read row by row and written so.

Columns are known by many names (``data/register_columns.toml``). A row that cannot be read is a
fault with its line, and the next one is read; a file that cannot be read is an error.
"""

import csv
import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple, get_args

import regex

from tdkt_parse.exceptions import (
    MissingDependency,
    Unreadable,
    UnsupportedFormat,
    UsageError,
    WrongEncoding,
)
from tdkt_parse.register.checks import Fault, shown
from tdkt_parse.register.columns import COLUMNS, DAYS, cells_of, column_names, name_key
from tdkt_parse.register.instruments import Instrument

Form = Literal["csv", "json", "jsonl", "parquet"]
FORMS: tuple[Form, ...] = get_args(Form)

SUFFIXES: dict[str, Form] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}

TITLE_ROWS = 15
"""Lines that may stand before the names of the columns."""

ELEMENT = 4 << 20
"""Characters of one object of a JSON file; a row has some thousand."""


class Record(NamedTuple):
    """A row of a file: its line (in JSON and Parquet its place), and its cells or what is wrong."""

    line: int
    cells: dict[str, str]
    fault: Fault | None = None


# -- names of columns


class Columns:
    """
    Which columns of a file fill which fields; remembers those that fill none.

    >>> columns = Columns({"Ghi": "note"})
    >>> columns.filled(["Số hiệu", "ngay_ban_hanh", "Ghi", "Trạng thái"])
    {'number': 'Số hiệu', 'issued': 'ngay_ban_hanh', 'note': 'Ghi'}
    >>> sorted(columns.unused)
    ['Trạng thái']
    """

    def __init__(self, chosen: Mapping[str, str]) -> None:
        """``chosen``: the field of a column, as the user says."""
        for column, field in chosen.items():
            if field not in COLUMNS:
                raise UsageError(
                    f"--map {column}={field}: there is no field {field!r}.",
                    hint=f"There are {', '.join(COLUMNS)}.",
                )
        self._chosen = dict(chosen)
        self.unused: set[str] = set()
        self.seen: set[str] = set()
        self._known: dict[tuple[str, ...], dict[str, str]] = {}

    def filled(self, names: Sequence[str]) -> dict[str, str]:
        """The column that fills each field; of two the surer one."""
        known = self._known.get(tuple(names))
        if known is not None:
            return known
        best: dict[str, tuple[int, str]] = {}
        for name in names:
            if name in self._chosen:
                rank, field = -1, self._chosen[name]
            elif (found := column_names().get(name_key(name))) is not None:
                rank, field = found
            else:
                continue
            if field not in best or rank < best[field][0]:
                best[field] = rank, name
        filled = {field: name for field, (_, name) in best.items()}
        self.seen.update(names)
        self.unused.update(set(names) - set(filled.values()))
        if len(self._known) < 1000:
            self._known[tuple(names)] = filled
        return filled

    def has_number(self, names: Iterable[str]) -> bool:
        """Whether one of the names is that of the column of numbers."""
        return any(
            self._chosen[name] == "number"
            if name in self._chosen
            else column_names().get(name_key(name), (0, ""))[1] == "number"
            for name in names
        )

    def check(self, path: Path) -> None:
        """Raise a UsageError if the user named a column that the file has not."""
        for column in self._chosen:
            if column not in self.seen:
                raise UsageError(
                    f"{path} has no column {column!r}.", hint=f"It has {_listed(self.seen)}."
                )

    def need_number(self, path: Path, filled: Mapping[str, str]) -> None:
        """Raise a UsageError if no column has the numbers."""
        if "number" not in filled:
            raise UsageError(
                f"{path} has no column for the number (số, ký hiệu); "
                f"its columns are {_listed(self.seen)}.",
                hint="Say which it is: --map COLUMN=number.",
            )


def _listed(names: Iterable[str]) -> str:
    some = sorted(names)
    return ", ".join(shown(name) for name in some[:20]) + (", …" if len(some) > 20 else "")


# -- reading


def form_of(path: Path) -> Form:
    """The format that a name's suffix says."""
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise UnsupportedFormat(
            f"{path}: a register is read from and written to {', '.join(SUFFIXES)}.",
            hint="Save it as CSV (UTF-8)."
            if path.suffix.lower() in (".xlsx", ".xls", ".ods")
            else None,
        )
    return form


def read_records(path: Path, columns: Columns) -> Iterator[Record]:
    """
    The rows of a file, by its suffix, each with the fields it fills.

    Raises Unreadable, WrongEncoding, UnsupportedFormat, MissingDependency or UsageError.
    """
    readers: dict[Form, Callable[[Path, Columns], Iterator[Record]]] = {
        "csv": _read_csv,
        "json": _read_json,
        "jsonl": _read_lines,
        "parquet": _read_parquet,
    }
    form = form_of(path)
    if not path.is_file():
        reason = "is a folder" if path.is_dir() else "is not there"
        raise Unreadable(f"{path} {reason}.")
    try:
        yield from readers[form](path, columns)
    except UnicodeError as error:
        raise WrongEncoding(
            f"{path} is not in Unicode.", hint="Save it as CSV UTF-8 and try again."
        ) from error
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror or error}.") from error
    except RecursionError as error:
        raise Unreadable(f"{path} is nested too deeply.") from error
    if not columns.seen:
        raise Unreadable(f"{path} has no rows.")
    columns.check(path)


def _open(path: Path) -> IO[str]:
    with path.open("rb") as file:
        start = file.read(4)
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return path.open(encoding=encoding, newline="")


def _read_csv(path: Path, columns: Columns) -> Iterator[Record]:
    with _open(path) as file:
        delimiter, before = _find_heads(file, columns)
        lines = _Lines(file, before)
        rows = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
        try:
            names = [name.strip() for name in next(rows, [])]
        except csv.Error as error:
            raise Unreadable(f"{path} is no CSV: {error}.") from error
        filled = columns.filled(names)
        if not names:
            return
        columns.unused.update(f"{name} (2)" for name in filled.values() if names.count(name) > 1)
        columns.need_number(path, filled)
        places = {field: names.index(name) for field, name in filled.items()}
        while True:
            line = lines.begin()
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                cells = _quoted_within(lines.again(), delimiter)
                if len(cells) != len(names):
                    quoted = '"' in str(error) or "end of data" in str(error)
                    fault = Fault("", "quote") if quoted else Fault("", "broken", (str(error),))
                    yield Record(line, {}, fault)
                    continue
            if not any(cells):
                continue
            if len(cells) > len(names) and any(cells[len(names) :]):
                yield Record(line, {}, Fault("", "cells", (str(len(cells)), str(len(names)))))
                continue
            cells += [""] * (len(names) - len(cells))
            yield Record(line, {field: _unguarded(cells[place]) for field, place in places.items()})


def _find_heads(file: IO[str], columns: Columns) -> tuple[str, int]:
    """
    What stands between the cells of a table, and how many lines before the names of its columns.

    Lists of offices have their title in the first rows, and what it is a list of.
    """
    start = file.readline(1 << 20)
    if start.lower().startswith("sep=") and len(start.strip()) == 5:
        return start.strip()[-1], 1
    first = max(",;\t|", key=start.count)
    found, line = (first, 0), start
    for before in range(TITLE_ROWS + 1):
        delimiter = max(",;\t|", key=line.count)
        names = _quoted_within(line, delimiter) if line else []
        if columns.has_number(name.strip() for name in names):
            found = (delimiter, before)
            break
        line = file.readline(1 << 20)
    file.seek(0)
    for _ in range(found[1]):
        file.readline(1 << 20)
    return found


class _Lines:
    """
    The lines of a table for its reader, those behind a broken row once more.

    A quotation mark that nobody closed takes in the rows below it, up to the next one; they are
    rows of their own.
    """

    def __init__(self, file: IO[str], before: int) -> None:
        """``before``: lines of the file that were read."""
        self._file = file
        self._waiting: deque[str] = deque()
        self._taken: list[str] = []
        self._line = before

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        text = self._waiting.popleft() if self._waiting else self._file.readline(ELEMENT)
        if not text:
            raise StopIteration
        self._taken.append(text)
        return text

    def begin(self) -> int:
        """The number of the line on which the next row begins."""
        self._line += len(self._taken)
        self._taken.clear()
        return self._line + 1

    def again(self) -> str:
        """The first line of the row that was begun; those behind it are given once more."""
        first, *others = self._taken
        self._waiting.extendleft(reversed(others))
        del self._taken[1:]
        return first


def _quoted_within(line: str, delimiter: str) -> list[str]:
    """
    The cells of a line in which something stands behind a closing quotation mark; none if one is
    not closed.

    >>> _quoted_within('1,"Vì sự nghiệp" giáo dục', ","), _quoted_within('1,"Vì sự nghiệp', ",")
    (['1', 'Vì sự nghiệp giáo dục'], [])
    """
    if line.count('"') % 2:
        return []
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:  # A cell that is too long.
        return []


def _read_lines(path: Path, columns: Columns) -> Iterator[Record]:
    with _open(path) as file:
        line = 0
        while text := file.readline(ELEMENT):
            line += 1
            if not text.strip():
                continue
            try:
                value = json.loads(text)
            except ValueError as error:
                yield Record(line, {}, Fault("", "broken", (_of_json(error),)))
                while text and not text.endswith("\n"):
                    text = file.readline(ELEMENT)
                columns.seen.add("")
                continue
            yield _record(line, value, path, columns)
        columns.seen.discard("")


def _read_json(path: Path, columns: Columns) -> Iterator[Record]:
    with _open(path) as file:
        for place, value in enumerate(_elements(path, file), 1):
            yield _record(place, value, path, columns)


def _elements(path: Path, file: IO[str]) -> Iterator[Any]:
    """The elements of an array, or of the first array of objects in an object, one by one."""
    decoder = json.JSONDecoder()
    buffer = file.read(1 << 20).lstrip()
    if buffer.startswith("{"):
        start = _OF_OBJECTS.search(buffer, timeout=2)
        if start is None:
            raise Unreadable(f"{path} holds no list of instruments.")
        buffer = buffer[start.start() :]
    if not buffer.startswith("["):
        raise Unreadable(f"{path} holds no list of instruments.")
    position, ended = 1, False
    while True:
        while position < len(buffer) and buffer[position] in " \t\r\n,":
            position += 1
        if buffer.startswith("]", position):
            return
        try:
            value, position = decoder.raw_decode(buffer, position)
        except ValueError as error:
            more = "" if ended else file.read(1 << 20)
            ended = not more
            if ended or len(buffer) - position > ELEMENT:
                raise Unreadable(f"{path} is no JSON: {_of_json(error)}.") from error
            buffer, position = buffer[position:] + more, 0
            continue
        yield value


_OF_OBJECTS = regex.compile(r"\[\s*+\{")


def _of_json(error: ValueError) -> str:
    return str(getattr(error, "msg", error))


def _record(line: int, value: object, path: Path, columns: Columns) -> Record:
    if not isinstance(value, dict):
        columns.seen.add("")
        return Record(line, {}, Fault("", "object"))
    filled = columns.filled(tuple(map(str, value)))
    if line == 1:
        columns.need_number(path, filled)
    return Record(line, {field: _cell(value[name]) for field, name in filled.items()})


def _cell(value: object) -> str:
    """A value of JSON or Parquet as the cell of a table."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ";".join(map(_cell, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _read_parquet(path: Path, columns: Columns) -> Iterator[Record]:
    parquet = _parquet()
    import pyarrow as pa

    try:
        with parquet.ParquetFile(path) as file:
            filled = columns.filled(file.schema_arrow.names)
            columns.need_number(path, filled)
            line = 0
            wanted = sorted(set(filled.values()))
            # pyarrow aborts a process that ends while its threads for reading still begin.
            for batch in file.iter_batches(1000, columns=wanted, use_threads=False):
                for value in batch.to_pylist():
                    line += 1
                    yield Record(
                        line, {field: _cell(value[name]) for field, name in filled.items()}
                    )
    except pa.ArrowException as error:
        raise Unreadable(f"{path} is no Parquet: {shown(str(error))}.") from error


def _parquet() -> Any:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise MissingDependency(
            "Parquet needs the Python package pyarrow.",
            hint=f"Type: {sys.executable} -m pip install pyarrow",
        ) from error
    return parquet


# -- what a spreadsheet would calculate

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: str) -> str:
    """
    A cell that a spreadsheet takes for text, whatever it begins with.

    >>> guarded("=1+1"), _unguarded(guarded("=1+1")), guarded("về việc")
    ("'=1+1", '=1+1', 'về việc')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


# -- writing


def write_text(instruments: Iterable[Instrument], form: Form, write: Callable[[str], Any]) -> None:
    """A register as CSV, JSON or JSON Lines, piece by piece."""
    if form == "csv":
        table = csv.writer(_Writer(write), lineterminator="\r\n")
        table.writerow(COLUMNS)
        for instrument in instruments:
            table.writerow(map(guarded, cells_of(instrument).values()))
        return
    between = "\n" if form == "jsonl" else ",\n"
    write("" if form == "jsonl" else "[\n")
    for place, instrument in enumerate(instruments):
        text = json.dumps(values_of(instrument), ensure_ascii=False)
        write(f"{between}{text}" if place else text)
    write("\n" if form == "jsonl" else "\n]\n")


class _Writer:
    """What csv writes to."""

    def __init__(self, write: Callable[[str], Any]) -> None:
        self.write = write


def values_of(instrument: Instrument) -> dict[str, object]:
    """An instrument as JSON has it: lists, ``null`` for what is not known."""
    values: dict[str, object] = {}
    for column, cell in cells_of(instrument).items():
        value = getattr(instrument, column)
        if isinstance(value, tuple | frozenset):
            values[column] = cell.split(";") if cell else []
        else:
            values[column] = cell or None
    return values


def write_parquet(instruments: Iterable[Instrument], path: Path) -> None:
    """A register as Parquet, in groups of rows; days are days, all else is text."""
    parquet = _parquet()
    import pyarrow as pa

    schema = pa.schema(
        [(column, pa.date32() if column in DAYS else pa.string()) for column in COLUMNS]
    )

    def flush() -> None:
        writer.write_table(pa.Table.from_pylist(rows, schema=schema))
        rows.clear()

    rows: list[dict[str, object]] = []
    with parquet.ParquetWriter(path, schema) as writer:
        for instrument in instruments:
            row: dict[str, object] = {
                column: cell or None for column, cell in cells_of(instrument).items()
            }
            row.update({day: getattr(instrument, day) for day in DAYS})
            rows.append(row)
            if len(rows) >= 10_000:
                flush()
        flush()


def export_file(instruments: Iterable[Instrument], path: Path, form: Form) -> None:
    """
    Write a register to a file, in its place only when all of it is written.

    A CSV begins with the mark by which Excel knows that it is UTF-8.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name[:100]}.{os.urandom(4).hex()}.tmp")
    try:
        try:
            if form == "parquet":
                write_parquet(instruments, beside)
            else:
                encoding = "utf-8-sig" if form == "csv" else "utf-8"
                with beside.open("w", encoding=encoding, newline="") as file:
                    write_text(instruments, form, file.write)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name is possible"
        raise UsageError(f"{path} cannot be written: {reason}.") from error
