"""
What the columns of a table hold, by their headers (``data/columns.toml``).
"""

from functools import cache

from pydantic import BaseModel, ConfigDict

from tdkt_parse.lexicon import read_toml
from tdkt_parse.spelling import bare, key
from tdkt_parse.wording.phrases import Phrases, Row, Words


class Column(Row):
    """Headers of one kind of column."""

    kind: str
    starts: list[str]


class Shortened(BaseModel):
    """A word of headers, how it is shortened, and headers so shortened with their kinds."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    full: str
    short: list[str]
    examples: list[str]
    kinds: list[str]


class ColumnRows(BaseModel):
    """``columns.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    column: list[Column]
    numbering: list[Words]
    shortened: list[Shortened]


@cache
def column_rows() -> ColumnRows:
    return read_toml("columns.toml", ColumnRows)


@cache
def _columns() -> Phrases:
    rows = column_rows().column
    return Phrases.of((start, row.kind) for row in rows for start in row.starts)


def kind_of_column(header: str) -> str | None:
    """
    What a column of that header holds; ``None`` if the header is unknown.

    >>> kind_of_column("Nội dung nhiệm vụ chủ yếu"), kind_of_column("Phối hợp thực hiện")
    ('content', 'support')
    """
    said = key(header).strip(" .:;,/()")
    known = _columns().start_of(said) or _columns().start_of(_in_full(said))
    return known[1] if known else None


@cache
def _shortened() -> dict[str, str]:
    return {key(one): key(row.full) for row in column_rows().shortened for one in row.short}


def _in_full(said: str) -> str:
    """The words of a header, those in full that narrow cells shorten: ``CQ chủ trì``."""
    words = (word.strip(".").replace(".", "/") for word in said.split())
    return " ".join(_shortened().get(word, word) for word in words)


@cache
def _numberings() -> frozenset[str]:
    return frozenset(key(word) for row in column_rows().numbering for word in row.words)


def is_numbering(header: str) -> bool:
    """
    Whether a header says that its column numbers the rows, and nothing else.

    >>> is_numbering("Số TT."), is_numbering("TT Nội dung")
    (True, False)
    """
    return key(header).strip(" .") in _numberings()


@cache
def _misread_columns() -> dict[str, str]:
    """Kinds of columns by the letters of what heads them; none that two kinds share."""
    rows = column_rows().column
    found: dict[str, set[str]] = {}
    for row in rows:
        for start in row.starts:
            found.setdefault(_letters(start), set()).add(row.kind)
    return {
        name: kinds.pop()
        for name, kinds in found.items()
        if len(kinds) == 1 and len(name) >= SHORTEST_MISREAD
    }


SHORTEST_MISREAD = 6
"""Letters of the name of a column that is known though it was misread."""


def _letters(text: str) -> str:
    """Small letters without marks or spaces."""
    return "".join(filter(str.isalnum, bare(text)))


def kind_of_misread_column(header: str) -> str | None:
    """
    What a column holds whose header is unknown as printed, but not by its letters: their marks were
    lost or the space between them.

    >>> kind_of_misread_column("Thờihạn"), kind_of_misread_column("Thời giàn thực hiện")
    ('time', 'time')
    """
    known = _misread_columns()
    words = header.split()
    for count in range(len(words), 0, -1):
        kind = known.get(_letters(" ".join(words[:count])))
        if kind:
            return kind
    return None
