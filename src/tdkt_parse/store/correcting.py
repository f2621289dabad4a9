"""
What people corrected in a Plan: kept apart from what was read, and put on top of it.

A correction says where (JSON Pointer, RFC 6901), what the program had read there, and what is
right. Read anew, the place may hold something else: then the correction is not put on blindly, it
is kept and said to be open.
"""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError
from sqlalchemy import Connection, select

from tdkt_parse.exceptions import UsageError
from tdkt_parse.models import Plan
from tdkt_parse.store.database import Store
from tdkt_parse.store.tables import CORRECTIONS

State = Literal["applied", "settled", "open"]
"""Put on; not needed any more, the program reads it so now; or its place holds something else."""


@dataclass(frozen=True, slots=True)
class Correction:
    """
    One correction of a person, and whether it is put on.

    ``pointer`` is the place in the Plan's JSON, ``before`` the value that was read there,
    ``after`` the right one, both as JSON gives them; ``made_at`` UTC, ISO 8601.
    """

    id: str
    sha256: str
    pointer: str
    before: Any
    after: Any
    author: str | None
    note: str | None
    made_at: str
    state: State = "open"


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
    from tdkt_parse.store.reading import fetch
    from tdkt_parse.store.writing import rewrite

    made = uuid.uuid4().hex

    def work(connection: Connection) -> str:
        plan = fetch(connection, sha256)
        if plan is None:
            raise UsageError(f"There is no plan {sha256} in {store.where}.")
        now = corrected_in(connection, plan).to_dict()
        before = _value_at(now, pointer)
        _check(now, pointer, value)
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
        from tdkt_parse.store.reading import fetch

        found: list[Correction] = []
        query = select(CORRECTIONS.c.sha256).distinct().order_by(CORRECTIONS.c.sha256)
        if sha256 is not None:
            query = query.where(CORRECTIONS.c.sha256 == sha256)
        for one in connection.scalars(query).all():
            plan = fetch(connection, one)
            found += _put_on(plan, _of(connection, one))[1] if plan else _of(connection, one)
        return found

    return store.read(work)


def corrected_in(connection: Connection, plan: Plan) -> Plan:
    """A plan with its corrections put on."""
    made = _of(connection, plan.source.sha256)
    return _put_on(plan, made)[0] if made else plan


def _of(connection: Connection, sha256: str) -> list[Correction]:
    rows = connection.execute(
        select(CORRECTIONS)
        .where(CORRECTIONS.c.sha256 == sha256)
        .order_by(CORRECTIONS.c.made_at, CORRECTIONS.c.id)
    )
    return [
        Correction(
            row.id,
            row.sha256,
            row.pointer,
            json.loads(row.before),
            json.loads(row.after),
            row.author,
            row.note,
            row.made_at,
        )
        for row in rows
    ]


def _put_on(plan: Plan, made: list[Correction]) -> tuple[Plan, list[Correction]]:
    data = plan.to_dict()
    told: list[Correction] = []
    for one in made:
        state: State = "open"
        try:
            now = _value_at(data, one.pointer)
        except UsageError:
            pass  # The place is no more.
        else:
            if now == one.after:
                state = "settled"
            elif now == one.before:
                try:
                    data = _check(data, one.pointer, one.after)
                    state = "applied"
                except UsageError:
                    pass  # With what is read now it would be no Plan.
        told.append(_with(one, state))
    changed = any(one.state == "applied" for one in told)
    return (Plan.model_validate(data) if changed else plan), told


def _with(one: Correction, state: State) -> Correction:
    from dataclasses import replace

    return replace(one, state=state)


def _check(data: dict[str, Any], pointer: str, value: object) -> dict[str, Any]:
    """The Plan's data with the value at its place; UsageError if that is no Plan."""
    changed: dict[str, Any] = _with_value(data, _steps(pointer), value)
    try:
        Plan.model_validate(changed)
    except ValidationError as error:
        raise UsageError(
            f"{pointer}: with that value it is no Plan ({error.errors()[0]['msg']}).",
            hint="tdkt schema prints what a Plan may be.",
        ) from error
    return changed


def _with_value(data: Any, steps: list[str], value: object) -> Any:
    first, *rest = steps
    if isinstance(data, dict):
        return {**data, first: _with_value(data[first], rest, value) if rest else value}
    at = int(first)
    return [
        *data[:at],
        _with_value(data[at], rest, value) if rest else value,
        *data[at + 1 :],
    ]


def _steps(pointer: str) -> list[str]:
    if not pointer.startswith("/") or pointer.startswith(("/source", "/schema_version")):
        raise UsageError(
            f"{pointer!r} is no place in a Plan that can be corrected.",
            hint="Write it as /tasks/3/lead.",
        )
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/")]


def _value_at(data: Any, pointer: str) -> Any:
    for step in _steps(pointer):
        if isinstance(data, dict) and step in data:
            data = data[step]
        elif isinstance(data, list) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            raise UsageError(f"{pointer!r}: the Plan has no such place.")
    return data
