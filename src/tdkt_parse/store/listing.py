"""
The plans of the database as a list.
"""

from typing import NamedTuple

from sqlalchemy import exists, select

from tdkt_parse.store.database import Store
from tdkt_parse.store.tables import DOCUMENTS, PLAN_YEARS, PLANS


class Listed(NamedTuple):
    """A plan in a list; ``added_at`` is when its document was first put in, UTC, ISO 8601."""

    sha256: str
    kind: str | None
    number: str | None
    title: str | None
    issuer: str | None
    level: str | None
    date: str | None
    added_at: str
    parser_version: str


def list_plans(
    store: Store,
    *,
    year: int | None = None,
    level: str | None = None,
    after: str = "",
    limit: int = 100,
) -> list[Listed]:
    """
    Plans in the order of their SHA-256, those ``after`` one.

    The order stays while others are put in, so that a list taken in pieces leaves none out that was
    there at the beginning.
    """
    columns = [(DOCUMENTS if name == "added_at" else PLANS).c[name] for name in Listed._fields]
    query = select(*columns).join(DOCUMENTS, DOCUMENTS.c.sha256 == PLANS.c.sha256)
    query = query.where(PLANS.c.sha256 > after).order_by(PLANS.c.sha256).limit(limit)
    if level is not None:
        query = query.where(PLANS.c.level == level)
    if year is not None:
        planned = (PLAN_YEARS.c.sha256 == PLANS.c.sha256) & (PLAN_YEARS.c.year == year)
        query = query.where(exists().where(planned))
    return store.read(lambda connection: [Listed(*row) for row in connection.execute(query)])
