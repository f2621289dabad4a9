"""
What the package knows and did not have to think of: the rows of ``data/``, typed and checked.

Each table is a file, each row a frozen value, each loader a function without arguments. A file is
read on first use and only once. A row that does not fit its type is a :class:`LexiconError` that
names file and row; columns nobody declared are refused.
"""

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from tdkt_parse.exceptions import LexiconError

DATA = Path(__file__).resolve().parent / "data"
"""Where the tables are. (``importlib.resources`` would find them too; it takes 5 ms to import.)"""


class Row(BaseModel):
    """Common behaviour of all rows: immutable, closed, built on first use."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


R = TypeVar("R", bound=Row)


class DocumentType(Row):
    """
    A type of document and its abbreviation in a symbol: ``KH``, Kế hoạch.

    ``level`` says whose the abbreviation is: the administrative types of NĐ 30/2020 (Phụ lục III,
    mục I) and its copies, normative acts, the Party, joint documents, or old and other use.
    """

    code: str
    name: str
    level: Literal["administrative", "copy", "normative", "party", "joint", "old"]
    source: str
    example: str


class Agency(Row):
    """
    An organ and its abbreviation in a symbol: ``UBND``, Ủy ban nhân dân.

    The vocabulary is open (each head of an agency sets its own, NĐ 30/2020, Phụ lục I.II.3): the
    table serves to recognise, never to refuse. ``national``: there is one organ of that code in the
    country, and its numbers start anew each year, so that number and year name one document.
    """

    code: str
    name: str
    source: str
    example: str
    national: Literal["yes"] | None = None


def _records(file: str) -> Iterator[dict[str, object]]:
    """The rows of a CSV (empty cells left out), or of a TOML's one array of tables."""
    try:
        text = (DATA / file).read_text(encoding="utf-8")
        if file.endswith(".toml"):
            for value in tomllib.loads(text).values():
                yield from value
            return
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"data/{file}: {error}") from error
    for record in csv.DictReader(text.splitlines()):
        if None in record:
            message = f"data/{file}, row {record}: more cells than columns"
            raise LexiconError(message)
        yield {name: cell for name, cell in record.items() if cell}


class Place(Row):
    """A province of 2004 (those of today have the names of some of them), or a town."""

    name: str
    source: str
    example: str


def _rows(file: str, row: type[R]) -> tuple[R, ...]:
    """Every row of ``data/<file>`` as a ``row``, in the file's order."""
    rows = []
    for number, record in enumerate(_records(file), 1):
        try:
            rows.append(row.model_validate(record))
        except ValidationError as error:
            message = f"data/{file}, row {number} {record}: {error}"
            raise LexiconError(message) from error
    if not rows:
        message = f"data/{file}: no rows"
        raise LexiconError(message)
    return tuple(rows)


@cache
def document_types() -> tuple[DocumentType, ...]:
    """Types of document by their abbreviation (``data/document_types.csv``)."""
    return _rows("document_types.csv", DocumentType)


@cache
def agencies() -> tuple[Agency, ...]:
    """Organs by their abbreviation (``data/agencies.csv``)."""
    return _rows("agencies.csv", Agency)


@cache
def provinces() -> tuple[Place, ...]:
    """Provinces by their names (``data/provinces.csv``)."""
    return _rows("provinces.csv", Place)


@cache
def short_towns() -> tuple[Place, ...]:
    """Towns of provinces whose names are one word (``data/towns.csv``)."""
    return _rows("towns.csv", Place)


M = TypeVar("M", bound=BaseModel)


def read_toml(file: str, model: type[M]) -> M:
    """A whole ``data/<file>`` with tables of several kinds, as one checked value."""
    try:
        return model.model_validate(tomllib.loads((DATA / file).read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise LexiconError(f"data/{file}: {error}") from error


def read_csv(file: str, model: type[M]) -> tuple[M, ...]:
    """Every row of a ``data/<file>`` of some other table, as checked values."""
    try:
        return tuple(map(model.model_validate, _records(file)))
    except ValidationError as error:
        raise LexiconError(f"data/{file}: {error}") from error


@cache
def type_codes() -> frozenset[str]:
    """The abbreviations of types of documents: ``NĐ``, ``CTr``."""
    return frozenset(row.code for row in document_types())


@cache
def organ_codes() -> frozenset[str]:
    """The abbreviations of organs: ``CP``, ``SNV``."""
    return frozenset(agency.code for agency in agencies())
