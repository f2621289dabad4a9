"""
The register as a table of SQLite: in memory for the packaged rows, in a file for a user's own.
"""

import csv
import sqlite3
from functools import cache
from pathlib import Path

from tdkt_parse.register.instruments import Instrument


class Register:
    """The instruments of a database, looked up by number, title and other names."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, id_: str) -> Instrument | None:
        """The instrument of an id that :attr:`tdkt_parse.models.Resolved.id` may hold."""
        raise NotImplementedError

    def by_number(self, number: str) -> tuple[Instrument, ...]:
        """Those of a canonical number; several where provinces or terms of the Party share it."""
        raise NotImplementedError

    def by_title(self, title: str, kind: str | None = None) -> tuple[Instrument, ...]:
        """Those of a title, compared without marks of case, spelling and punctuation."""
        raise NotImplementedError


@cache
def packaged_register() -> Register:
    """The register that comes with the package."""
    raise NotImplementedError


def open_register(path: Path | None = None) -> Register:
    """The register in a file, made from the packaged one if it is not there; ``None``: packaged."""
    raise NotImplementedError
