"""
What people corrected in a Plan: kept apart from what was read, and put on top of it.

A correction says where (JSON Pointer, RFC 6901), what the program had read there, and what is
right: another value, or an item of a list more, less, or elsewhere. Read anew, the place may hold
something else: then the correction is not put on blindly, it is kept and said to be open. An item
that is to go or to move is known by its value, wherever it stands now.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import ValidationError
from sqlalchemy import Connection, select

from tdkt_parse.docnumber import find_docnumbers
from tdkt_parse.exceptions import UsageError
from tdkt_parse.models import Plan
from tdkt_parse.spelling import key
from tdkt_parse.store.tables import CORRECTIONS

State = Literal["applied", "settled", "open"]
"""Put on; not needed any more, the program reads it so now; or its place holds something else."""


Action = Literal["set", "add", "remove", "move"]
"""
Another value (``set``); an item put in at a place of a list, taken out, or moved to another place:
then ``after`` is the item, nothing, or the index it has afterwards.
"""
ACTIONS: tuple[Action, ...] = get_args(Action)


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
    action: Action = "set"


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
            action=row.action,
        )
        for row in rows
    ]


def put_on(plan: Plan, made: list[Correction]) -> tuple[Plan, list[Correction]]:
    """A plan with corrections put on where they fit, and what became of each."""
    data = plan.to_dict()
    told: list[Correction] = []
    for one in made:
        data, state = _put_one(data, one)
        told.append(_with(one, state))
    changed = any(one.state == "applied" for one in told)
    return (Plan.model_validate(data) if changed else plan), told


def _put_one(data: dict[str, Any], one: Correction) -> tuple[dict[str, Any], State]:
    try:
        if one.action != "set":
            return _put_item(data, one)
        now = value_at(data, one.pointer)
        if now == one.after:
            return data, "settled"
        if now == one.before:
            return changed_at(data, one.pointer, one.after), "applied"
    except UsageError:
        pass  # The place is no more, or with what is read now it would be no Plan.
    return data, "open"


def _put_item(data: dict[str, Any], one: Correction) -> tuple[dict[str, Any], State]:
    its, at = list_at(data, one.pointer)
    items: list[Any] = value_at(data, its)
    if one.action == "add":
        if one.after in items:
            return data, "settled"
        return with_item(data, its, min(at, len(items)), one.after), "applied"
    where = _found_again(items, at, one.before)
    if where is None:
        gone = one.action == "remove" and not any(_same_place(x, one.before) for x in items)
        return data, ("settled" if gone else "open")
    if one.action == "remove":
        return without_item(data, its, where), "applied"
    to = min(int(one.after), len(items) - 1)
    return (data, "settled") if to == where else (with_moved(data, its, where, to), "applied")


def _found_again(items: list[Any], at: int, wanted: Any) -> int | None:
    """Where an item stands: where it stood, else at the one place that has it."""
    if at < len(items) and items[at] == wanted:
        return at
    places = [k for k, item in enumerate(items) if item == wanted]
    return places[0] if len(places) == 1 else None


def _same_place(one: Any, other: Any) -> bool:
    """Whether two items were read at the same place of the document."""
    spans = [x.get("evidence", {}).get("spans") if isinstance(x, dict) else None
             for x in (one, other)]  # fmt: skip
    return bool(spans[0]) and spans[0] == spans[1]


def _with(one: Correction, state: State) -> Correction:
    from dataclasses import replace

    return replace(one, state=state)


def changed_at(data: dict[str, Any], pointer: str, value: object) -> dict[str, Any]:
    """The Plan's data with the value at its place; UsageError if that is no Plan."""
    changed: dict[str, Any] = _with_value(data, _steps(pointer), value)
    try:
        # With all that a value has where it is not said, as what is read has it.
        return Plan.model_validate(changed).to_dict()
    except ValidationError as error:
        raise UsageError(
            f"{pointer}: with that value it is no Plan ({error.errors()[0]['msg']}).",
            hint="tdkt schema prints what a Plan may be.",
        ) from error


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


# -- items of lists


def list_at(data: dict[str, Any], pointer: str) -> tuple[str, int]:
    """The list that a pointer to an item means, and the index; UsageError if there is no list."""
    its, _, last = pointer.rpartition("/")
    if not its or not last.isdecimal() or not isinstance(value_at(data, its), list):
        raise UsageError(f"{pointer!r} is no item of a list.", hint="Write it as /tasks/3.")
    return its, int(last)


def with_item(data: dict[str, Any], its: str, at: int, item: Any) -> dict[str, Any]:
    """The data with an item put into a list; who means items of it by number means the same."""
    items = value_at(data, its)
    order = [*range(at), None, *range(at, len(items))]
    return _reordered(data, its, order, item)


def without_item(data: dict[str, Any], its: str, at: int) -> dict[str, Any]:
    """The data with an item taken out of a list."""
    order = [k for k in range(len(value_at(data, its))) if k != at]
    return _reordered(data, its, order)


def with_moved(data: dict[str, Any], its: str, at: int, to: int) -> dict[str, Any]:
    """The data with an item of a list at another index."""
    order = [k for k in range(len(value_at(data, its))) if k != at]
    order.insert(to, at)
    return _reordered(data, its, order)


def _reordered(
    data: dict[str, Any], its: str, order: "list[int] | list[int | None]", item: Any = None
) -> dict[str, Any]:
    """A list in another order, ``None`` for a new item; citations are meant by number elsewhere."""
    items = value_at(data, its)
    changed = changed_at(data, its, [item if k is None else items[k] for k in order])
    if its != "/citations":
        return changed
    now = {k: at for at, k in enumerate(order) if k is not None}
    bases = [
        {**basis, "citations": [now[k] for k in basis["citations"] if k in now]}
        for basis in changed["legal_bases"]
    ]
    new = next((at for at, k in enumerate(order) if k is None), None)
    if new is not None:
        for basis in _naming(bases, changed["citations"][new]):
            basis["citations"] = sorted([*basis["citations"], new])
    return {
        **changed,
        "legal_bases": bases,
        "citations": [_meant(one, now) for one in changed["citations"]],
    }


def _naming(bases: list[dict[str, Any]], citation: dict[str, Any]) -> list[dict[str, Any]]:
    """The one basis in whose words a new citation of one is named, by number or else by title."""
    if citation["where"] != "legal_bases":
        return []
    number = (citation.get("number") or {}).get("canonical")
    title = key(citation.get("title") or "")
    if number:
        naming = [
            basis
            for basis in bases
            if any(one.number.canonical == number for one in find_docnumbers(basis["text"]))
        ]
    else:
        naming = [basis for basis in bases if title and title in key(basis["text"])]
    return naming if len(naming) == 1 else []


def _meant(citation: dict[str, Any], now: dict[int, int]) -> dict[str, Any]:
    relation = citation.get("relation")
    if not relation:
        return citation
    to = now.get(relation["to"])
    return {**citation, "relation": None if to is None else {**relation, "to": to}}
