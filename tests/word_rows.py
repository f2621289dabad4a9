"""
A row of a Word construct: what is in the file, and what is read of it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from shown import lines_of, parameters
from word_files import Options, docx

from tdkt_parse.readers import read
from tdkt_parse.settings import Changes

__all__ = ["Row", "lines_of", "parameters", "shown"]


class Row(NamedTuple):
    """One construct: the body of a file, its other parts, and what the page shows."""

    label: str
    body: str
    shown: Sequence[str]
    options: Options = {}  # noqa: RUF012 - never changed
    changes: Changes = "accept"
    fails: str = ""
    """Why it is not read so yet."""

    @property
    def data(self) -> bytes:
        return docx(self.body, **self.options)


def shown(row: Row) -> list[str]:
    """What is read of a row's file."""
    return list(lines_of(read(row.data, changes=row.changes)))
