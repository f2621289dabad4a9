"""
A row of a PDF construct: what is on its pages, and what a person reads there.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from shown import lines_of

from tdkt_parse.exceptions import DocumentError
from tdkt_parse.readers import read


class Row(NamedTuple):
    """One construct: its file, made when it is asked for, and what is to be read."""

    label: str
    make: Callable[[], bytes]
    shown: Sequence[str]
    fails: str = ""
    """Why it is not read so yet."""


def shown(row: Row) -> list[str]:
    """What is read of a row's file as typed; for one that is refused, why."""
    try:
        return list(lines_of(read(row.make(), ocr="never")))
    except DocumentError as error:
        return [f"refused: {type(error).__name__}"]
