"""
Corrections of people: made, and told of.
"""

import datetime as dt
import json
import uuid

from sqlalchemy import Connection, select

from tdkt_parse.exceptions import UsageError
from tdkt_parse.store.database import Store
from tdkt_parse.store.overlay import (
    Correction,
    changed_at,
    corrected_in,
    made_to,
    put_on,
    value_at,
)
from tdkt_parse.store.reading import fetch
from tdkt_parse.store.tables import CORRECTIONS
from tdkt_parse.store.writing import rewrite


def correct(
    store: Store,
    sha256: str,
    pointer: str,
    value: object,
    *,
    author: str | None = None,
    note: str | None = None,
) -> str:
    """
    Put a value in the place of what was read, and give the correction's id.

    ``pointer`` as ``/tasks/3/lead``; the value as the Plan's JSON has it. Raises UsageError where
    there is no such plan or place, or the Plan would be none with that value.
    """
    made = uuid.uuid4().hex

    def work(connection: Connection) -> str:
        plan = fetch(connection, sha256)
        if plan is None:
            raise UsageError(f"There is no plan {sha256} in {store.where}.")
        now = corrected_in(connection, plan).to_dict()
        before = value_at(now, pointer)
        changed_at(now, pointer, value)
        connection.execute(
            CORRECTIONS.insert(),
            {
                "id": made,
                "sha256": sha256,
                "pointer": pointer,
                "before": json.dumps(before, ensure_ascii=False),
                "after": json.dumps(value, ensure_ascii=False),
                "author": author,
                "note": note,
                "made_at": dt.datetime.now(dt.UTC).isoformat(),
            },
        )
        rewrite(connection, plan)
        return made

    return store.write(work)


def corrections(store: Store, sha256: str | None = None) -> list[Correction]:
    """The corrections of a plan, or of all, the oldest first, each with whether it is put on."""

    def work(connection: Connection) -> list[Correction]:
        found: list[Correction] = []
        query = select(CORRECTIONS.c.sha256).distinct().order_by(CORRECTIONS.c.sha256)
        if sha256 is not None:
            query = query.where(CORRECTIONS.c.sha256 == sha256)
        for one in connection.scalars(query).all():
            plan = fetch(connection, one)
            found += put_on(plan, made_to(connection, one))[1] if plan else made_to(connection, one)
        return found

    return store.read(work)
