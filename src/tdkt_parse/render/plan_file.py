"""
A Plan from a file of JSON, as ``tdkt parse --format json`` prints it or as an office writes it.

Who writes a plan from data has read it nowhere: evidence and source may be left out, and where the
Plan wants a text with its evidence, the text alone will do.
"""

import hashlib
import json
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from tdkt_parse.exceptions import TooLarge, Unreadable
from tdkt_parse.models import Evidence, Plan, Source

LIMIT = 50_000_000
"""Bytes. The Plan of the longest document met had 3 MB."""
MOST_ERRORS = 3
_HINT = "What a Plan is: tdkt schema"
_NO_JSON = "A Plan is JSON; of a document it is made by: tdkt parse FILE --format json"


def read_plan(data: bytes, name: str | None = None) -> Plan:
    """
    The Plan in the bytes of a JSON file; ``Unreadable`` names the field that is wrong.

    ``name`` is what the file is called in messages and in ``source``.
    """
    called = name or "The input"
    if len(data) > LIMIT:
        raise TooLarge(f"{called} has {len(data):,} bytes, more than {LIMIT:,}.")
    return _plan_of(_value_of(data, called), called, name, data)


def read_plans(
    data: bytes, name: str | None = None, *, lines: bool = False
) -> tuple[list[Plan], list[Unreadable]]:
    """
    The Plans in the bytes of a file of JSON or JSON Lines, and what is wrong with the others.

    A file of JSON holds one Plan or an array of them, one of JSON Lines a Plan on each line, as
    ``tdkt parse`` prints them; ``lines`` says that it is the second. Raises ``Unreadable`` where
    nothing in it is a Plan.
    """
    called = name or "The input"
    filled = [(n, line) for n, line in enumerate(data.split(b"\n"), 1) if line.strip()]
    if lines or (len(filled) > 1 and filled[0][1].rstrip().endswith(b"}")):
        pieces = [(f"{called}, line {n}", line) for n, line in filled]
    else:
        if len(data) > LIMIT:
            raise TooLarge(f"{called} has {len(data):,} bytes, more than {LIMIT:,}.")
        value = _value_of(data, called)
        if not isinstance(value, list):
            return [_plan_of(value, called, name, data)], []
        pieces = [
            (f"{called}, item {n}", json.dumps(one).encode()) for n, one in enumerate(value, 1)
        ]
    plans: list[Plan] = []
    errors: list[Unreadable] = []
    for place, piece in pieces:
        try:
            one = read_plan(piece, place)
        except Unreadable as error:
            errors.append(error)
        else:
            plans.append(one)
    if errors and not plans:
        raise errors[0]
    if not plans:
        raise Unreadable(f"{called} holds no Plan.", hint=_HINT)
    return plans, errors


def _value_of(data: bytes, called: str) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = f"{called} is not in UTF-8: byte {error.start} is none."
        raise Unreadable(message, hint=_NO_JSON) from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Unreadable(f"{called} is no JSON: {error.msg}, {place}.", hint=_NO_JSON) from error
    except RecursionError as error:
        raise Unreadable(f"{called} is nested too deep to be a Plan.", hint=_HINT) from error


def _plan_of(value: Any, called: str, name: str | None, data: bytes) -> Plan:
    if not isinstance(value, dict):
        kind = "a list" if isinstance(value, list) else "a single value"
        raise Unreadable(f"{called} is no Plan, but {kind}.", hint=_HINT)
    if value.get("source") is None:
        value["source"] = Source(
            name=name,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type="application/json",
            reader="json",
        ).model_dump()
    try:
        return Plan.model_validate(_filled(value, Plan))
    except ValidationError as error:
        raise Unreadable(f"{called} is no Plan: {_told(error)}.", hint=_HINT) from error
    except RecursionError as error:
        raise Unreadable(f"{called} is nested too deep to be a Plan.", hint=_HINT) from error


# ---------------------------------------------------------------- what may be left out


def _filled(value: Any, model: type[BaseModel]) -> Any:
    """The value with empty evidence where its model wants some and there is none."""
    fields = model.model_fields
    if isinstance(value, str) and "text" in fields and "evidence" in fields:
        value = {"text": value}
    if not isinstance(value, dict):
        return value
    filled = dict(value)
    for name, field in fields.items():
        inner = _model_in(field.annotation)
        if inner is Evidence:
            if filled.get(name) is None and field.is_required():
                filled[name] = {"spans": [], "text": ""}
        elif inner is not None and name in filled:
            given = filled[name]
            filled[name] = (
                [_filled(item, inner) for item in given]
                if isinstance(given, list)
                else _filled(given, inner)
            )
    return filled


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a field holds, alone, in a list or perhaps not at all."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _model_in(one))), None)


# ---------------------------------------------------------------- what is wrong, in words


def _told(error: ValidationError) -> str:
    """The first things that are wrong with their places: ``tasks, item 2, content is missing``."""
    errors = error.errors(include_url=False)
    told = [f"{_place(one['loc'])} {_wrong(one)}" for one in errors[:MOST_ERRORS]]
    if len(errors) > MOST_ERRORS:
        told.append(f"and {len(errors) - MOST_ERRORS} more")
    return "; ".join(told)


def _place(path: tuple[int | str, ...]) -> str:
    parts = [f"item {part + 1}" if isinstance(part, int) else part for part in path]
    return ", ".join(parts) or "the whole"


def _wrong(error: Any) -> str:
    match error["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is no field of it"
        case "string_type":
            return "is no text"
        case "int_type" | "int_parsing" | "int_from_float":
            return "is no whole number"
        case "list_type":
            return "is no list"
        case "model_type" | "model_attributes_type" | "dict_type":
            return "is no object with fields"
        case "literal_error":
            return f"is none of {error['ctx']['expected']}"
        case _:
            return f"is wrong ({error['msg']})"
