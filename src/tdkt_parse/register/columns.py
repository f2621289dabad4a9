"""
The columns of a register: an instrument as a row of text, and back.

The same columns, in the same order, are those of ``data/instruments.csv``, of the database and of
the files that are exported. Several values in a cell have a semicolon between them.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache

from pydantic import BaseModel, ConfigDict

from tdkt_parse.exceptions import LexiconError
from tdkt_parse.lexicon import Row, read_toml
from tdkt_parse.register.instruments import Instrument
from tdkt_parse.register.keys import bare_words

COLUMNS = (
    "id",
    "kind",
    "number",
    "title",
    "aliases",
    "issuer",
    "issued",
    "effective",
    "expired",
    "replaced_by",
    "amends",
    "amended_by",
    "verified",
    "unverified",
    "checked_on",
    "source",
    "note",
)
LINKS = ("replaced_by", "amends", "amended_by")
"""Columns that hold numbers of other instruments."""
LISTS = ("aliases", *LINKS, "unverified")
DAYS = ("issued", "effective", "expired", "checked_on")

IN_VIETNAMESE: dict[str, str] = {
    "id": "mã",
    "kind": "loại",
    "number": "số, ký hiệu",
    "title": "trích yếu",
    "aliases": "tên khác",
    "issuer": "cơ quan ban hành",
    "issued": "ngày ban hành",
    "effective": "ngày có hiệu lực",
    "expired": "ngày hết hiệu lực",
    "replaced_by": "được thay thế bởi",
    "amends": "sửa đổi, bổ sung",
    "amended_by": "được sửa đổi bởi",
    "verified": "đã đối chiếu",
    "unverified": "cột chưa đối chiếu",
    "checked_on": "ngày đối chiếu",
    "source": "nguồn",
    "note": "ghi chú",
}
"""The columns as officials call them."""


def parts_of(cell: str) -> tuple[str, ...]:
    """The values of a cell that may hold several."""
    return tuple(filter(None, (part.strip() for part in cell.split(";")))) if cell else ()


def instrument_of(row: Sequence[str]) -> Instrument:
    """The instrument of a row of the columns, with its origin behind them."""
    (
        id_, kind, number, title, aliases, issuer, issued, effective, expired,
        replaced_by, amends, amended_by, verified, unverified, checked_on, source, note, origin,
    ) = row[: len(COLUMNS) + 1]  # fmt: skip
    return Instrument(
        id=id_,
        kind=kind,
        number=number,
        title=title,
        issuer=issuer or None,
        issued=date.fromisoformat(issued) if issued else None,
        effective=date.fromisoformat(effective) if effective else None,
        expired=date.fromisoformat(expired) if expired else None,
        aliases=parts_of(aliases),
        replaced_by=parts_of(replaced_by),
        amends=parts_of(amends),
        amended_by=parts_of(amended_by),
        verified=verified == "yes",
        unverified=frozenset(parts_of(unverified)),
        checked_on=date.fromisoformat(checked_on) if checked_on else None,
        source=source or None,
        note=note or None,
        origin="packaged" if origin == "packaged" else "user",
    )


def cells_of(instrument: Instrument) -> dict[str, str]:
    """
    An instrument as the cells of its row.

    >>> cells = cells_of(Instrument("a", "Luật", "06/2022/QH15", "", aliases=("x", "y")))
    >>> cells["aliases"], cells["verified"], cells["issued"]
    ('x;y', '', '')
    """

    def cell(value: object) -> str:
        if isinstance(value, tuple):
            return ";".join(value)
        return value.isoformat() if isinstance(value, date) else str(value or "")

    cells = {column: cell(getattr(instrument, column)) for column in COLUMNS}
    cells["verified"] = "yes" if instrument.verified else "partial" if instrument.unverified else ""
    cells["unverified"] = ";".join(name for name in COLUMNS if name in instrument.unverified)
    return cells


# -- other names of the columns


class ColumnNames(Row):
    """The names under which a column is known, the surest first."""

    field: str
    names: tuple[str, ...]


class _Names(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: tuple[ColumnNames, ...]


def name_key(name: str) -> str:
    """The key of a column's name: without marks, capitals, spaces and signs."""
    return "".join(bare_words(name.replace("_", " ")))


@cache
def column_names() -> dict[str, tuple[int, str]]:
    """The column that a name means and how surely, by the name's key."""
    known: dict[str, tuple[int, str]] = {}
    for column in read_toml("register_columns.toml", _Names).columns:
        if column.field not in COLUMNS:
            raise LexiconError(f"data/register_columns.toml: no column {column.field!r}")
        for rank, name in enumerate(column.names):
            other = known.setdefault(name_key(name), (rank, column.field))
            if other[1] != column.field:
                raise LexiconError(
                    f"data/register_columns.toml: {name!r} is {other[1]} and {column.field}"
                )
    return known
