"""
The index of search: FTS5 over the terms in SQLite, GIN over a ``tsvector`` of them in PostgreSQL;
and what of it and of the list older databases lack.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Text, cast, exists, select

from tdkt_parse.models import Plan
from tdkt_parse.store.overlay import corrected_in
from tdkt_parse.store.reviewing import restate
from tdkt_parse.store.rows import PARTS, Row, listing_row, search_rows
from tdkt_parse.store.tables import FINDINGS, LISTING, PLANS, SEARCH_TEXTS


def stored_terms(terms: Iterable[str], *, postgres: bool) -> str:
    """Terms as they are kept; they have no quote and no space in them."""
    return " ".join(f"'{term}'" if postgres else term for term in terms)


def placed(connection: Connection, rows: Sequence[Row]) -> list[Row]:
    """Rows of the index as they are kept, each plan at a place of its own."""
    postgres = connection.dialect.name == "postgresql"
    taken: dict[str, int] = {}
    out: list[Row] = []
    used: dict[int, str] = {}
    for row in rows:
        sha256 = row["sha256"]
        if row["part"] == 0:
            taken[sha256] = _free(connection, row["id"], sha256, used)
        out.append(
            {
                **row,
                "id": taken[sha256] + row["part"],
                "terms": stored_terms(row["terms"], postgres=postgres),
            }
        )
    return out


def _free(connection: Connection, place: int, sha256: str, used: dict[int, str]) -> int:
    """A place that no other plan has: the next, where two of one day have the same hash."""
    while True:
        owner = used.get(place) or connection.scalar(
            select(SEARCH_TEXTS.c.sha256).where(SEARCH_TEXTS.c.id == place)
        )
        if owner is None or owner == sha256:
            used[place] = sha256
            return place
        place += PARTS


def index_missing(connection: Connection) -> int:
    """Put into the index the plans that are not there; how many."""
    done = 0
    missing = select(PLANS.c.sha256).where(~exists().where(SEARCH_TEXTS.c.sha256 == PLANS.c.sha256))
    for sha256 in connection.scalars(missing).all():
        row = connection.execute(
            select(cast(PLANS.c.json, Text), PLANS.c.exact).where(PLANS.c.sha256 == sha256)
        ).one()
        plan = corrected_in(connection, Plan.from_json(row[1] or row[0]))
        rows: list[dict[str, Any]] = [{**one, "sha256": sha256} for one in search_rows(plan)]
        connection.execute(SEARCH_TEXTS.insert(), placed(connection, rows))
        done += 1
    return done


def list_missing(connection: Connection) -> int:
    """Make the narrow rows of the plans that have none; how many."""
    done = 0
    missing = select(PLANS.c.sha256).where(~exists().where(LISTING.c.sha256 == PLANS.c.sha256))
    for sha256 in connection.scalars(missing).all():
        row = connection.execute(
            select(cast(PLANS.c.json, Text), PLANS.c.exact).where(PLANS.c.sha256 == sha256)
        ).one()
        plan = corrected_in(connection, Plan.from_json(row[1] or row[0]))
        query = select(FINDINGS.c.level, FINDINGS.c.rule).where(FINDINGS.c.sha256 == sha256)
        found = [(one[0], one[1]) for one in connection.execute(query)]
        made = listing_row(plan, found)
        connection.execute(LISTING.insert(), {**made, "sha256": sha256})
        done += 1
    restate(connection)
    return done
