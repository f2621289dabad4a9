"""
Corrections of people: made, and told of.
"""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from tdkt_parse.exceptions import UsageError
from tdkt_parse.store.database import Store
from tdkt_parse.store.overlay import (
    Action,
    Correction,
    changed_at,
    corrected_in,
    list_at,
    made_to,
    put_on,
    value_at,
    with_item,
    with_moved,
    without_item,
)
from tdkt_parse.store.reading import fetch
from tdkt_parse.store.tables import CORRECTIONS
from tdkt_parse.store.writing import Audit, rewrite


def correct(
    store: Store,
    sha256: str,
    pointer: str,
    value: object,
    *,
    action: Action = "set",
    author: str | None = None,
    note: str | None = None,
    audit: Audit | None = None,
) -> str:
    """
    Put a value in the place of what was read, and give the correction's id.

    ``pointer`` as ``/tasks/3/lead``; the value as the Plan's JSON has it. With another ``action``
    the pointer is one to an item of a list: the value is put in there (``add``), the item taken out
    (``remove``, the value is nothing), or moved to the index that is the value (``move``). Raises
    UsageError where there is no such plan or place, or the Plan would be none with that value.

    ``audit`` says what is to be found fault with in the corrected plan.
    """
    edits = [Edit(pointer, value, action)]
    ids = correct_all(store, sha256, edits, author=author, note=note, audit=audit)
    return ids[0]


class Edit(NamedTuple):
    """What is to become of one place."""

    pointer: str
    value: object
    action: Action = "set"


def correct_all(
    store: Store,
    sha256: str,
    changes: Sequence[Edit],
    *,
    author: str | None = None,
    note: str | None = None,
    audit: Audit | None = None,
) -> list[str]:
    """As :func:`correct`, of several places in one transaction, all of them or none."""
    ids = [uuid.uuid4().hex for _ in changes]

    def work(connection: Connection) -> None:
        plan = fetch(connection, sha256)
        if plan is None:
            raise UsageError(f"There is no plan {sha256} in {store.where}.")
        now = corrected_in(connection, plan).to_dict()
        for made, change in zip(ids, changes, strict=True):
            before, now = _changed(now, change)
            after = value_at(now, change.pointer) if change.action == "add" else change.value
            connection.execute(
                CORRECTIONS.insert(),
                {
                    "id": made,
                    "sha256": sha256,
                    "pointer": change.pointer,
                    "before": json.dumps(before, ensure_ascii=False),
                    "after": json.dumps(after, ensure_ascii=False),
                    "action": change.action,
                    "author": author,
                    "note": note,
                    # They are put on in the order of their times.
                    "made_at": dt.datetime.now(dt.UTC).isoformat(timespec="microseconds"),
                },
            )
        rewrite(connection, plan, audit)

    if changes:
        store.write(work)
    return ids


def _changed(now: dict[str, Any], change: Edit) -> tuple[Any, dict[str, Any]]:
    """What stood at the place, and the Plan's data with the change."""
    pointer, value, action = change
    if action == "set":
        return value_at(now, pointer), changed_at(now, pointer, value)
    its, at = list_at(now, pointer)
    items = value_at(now, its)
    if action == "add":
        if at > len(items):
            raise UsageError(f"{pointer!r}: the list has {len(items)} items.")
        return None, with_item(now, its, at, value)
    if at >= len(items):
        raise UsageError(f"{pointer!r}: the Plan has no such place.")
    if action == "remove":
        return items[at], without_item(now, its, at)
    if not isinstance(value, int) or not 0 <= value < len(items):
        raise UsageError(f"{value!r} is no index of {its}.", hint=f"0 to {len(items) - 1}.")
    return items[at], with_moved(now, its, at, value)


def reverse_of(made: Correction) -> Edit:
    """What takes a correction back, so that both are kept."""
    its, _, _ = made.pointer.rpartition("/")
    match made.action:
        case "set":
            return Edit(made.pointer, made.before)
        case "add":
            return Edit(made.pointer, None, "remove")
        case "remove":
            return Edit(made.pointer, made.before, "add")
    return Edit(f"{its}/{made.after}", int(made.pointer.rpartition("/")[2]), "move")


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
