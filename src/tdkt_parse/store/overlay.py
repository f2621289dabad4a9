"""
What people corrected in a Plan: kept apart from what was read, and put on top of it.

A correction says where (JSON Pointer, RFC 6901), what the program had read there, and what is
right. Read anew, the place may hold something else: then the correction is not put on blindly, it
is kept and said to be open.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError
from sqlalchemy import Connection, select

from tdkt_parse.exceptions import UsageError
from tdkt_parse.models import Plan
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


def corrected_in(connection: Connection, plan: Plan) -> Plan:
    """A plan with its corrections put on."""
    made = made_to(connection, plan.source.sha256)
    return put_on(plan, made)[0] if made else plan


def made_to(connection: Connection, sha256: str) -> list[Correction]:
    """The corrections of a plan, the oldest first."""
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


def put_on(plan: Plan, made: list[Correction]) -> tuple[Plan, list[Correction]]:
    """A plan with corrections put on where they fit, and what became of each."""
    data = plan.to_dict()
    told: list[Correction] = []
    for one in made:
        state: State = "open"
        try:
            now = value_at(data, one.pointer)
        except UsageError:
            pass  # The place is no more.
        else:
            if now == one.after:
                state = "settled"
            elif now == one.before:
                try:
                    data = changed_at(data, one.pointer, one.after)
                    state = "applied"
                except UsageError:
                    pass  # With what is read now it would be no Plan.
        told.append(_with(one, state))
    changed = any(one.state == "applied" for one in told)
    return (Plan.model_validate(data) if changed else plan), told


def _with(one: Correction, state: State) -> Correction:
    from dataclasses import replace

    return replace(one, state=state)


def changed_at(data: dict[str, Any], pointer: str, value: object) -> dict[str, Any]:
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


def value_at(data: Any, pointer: str) -> Any:
    """What stands at a place of a Plan's data; UsageError where there is no such place."""
    for step in _steps(pointer):
        if isinstance(data, dict) and step in data:
            data = data[step]
        elif isinstance(data, list) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            raise UsageError(f"{pointer!r}: the Plan has no such place.")
    return data
