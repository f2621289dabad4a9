"""
The forms in which people correct a value, and the corrections that make one into what they say.

A form changes leaves: each field that was changed is a correction of its own, with its place and
the value before, so that one holds even where another has become needless.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any, Literal, NamedTuple

from tdkt_parse.docnumber import parse_docnumber
from tdkt_parse.exceptions import UsageError
from tdkt_parse.export.tables import day_said
from tdkt_parse.models import DocNumber
from tdkt_parse.store.correcting import Edit

Kind = Literal["line", "long", "lines", "int", "ints", "quarters", "day", "number", "choice"]

PERSON = "correction"
"""The rule of evidence of what a person added: it was read nowhere."""
NOWHERE: dict[str, Any] = {
    "spans": [],
    "text": "",
    "boxes": [],
    "cell": None,
    "confidence": None,
    "rule": PERSON,
}


class Field(NamedTuple):
    """
    A field of a form: its path in the value, what it may be, its word, whether it must be filled.

    ``choices`` are the values that it may have beside nothing, ``least`` and ``most`` the bounds of
    a whole number.
    """

    path: str
    kind: Kind
    word: str
    needed: bool = False
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 999_999


def _date_fields(before: str = "") -> tuple[Field, ...]:
    return (
        Field(f"{before}day", "int", "f_day", least=1, most=31),
        Field(f"{before}month", "int", "f_month", least=1, most=12),
        Field(f"{before}year", "int", "f_year", least=1900, most=2199),
    )


_TEXT = (Field("text", "long", "f_text", needed=True),)
_WHERE = (
    "legal_bases",
    "purpose",
    "requirements",
    "purpose_requirements",
    "content",
    "quarter",
    "solutions",
    "budget",
    "implementation",
    "appendix",
    "title",
    "footnote",
    "closing",
    "other",
)

FORMS: dict[str, tuple[Field, ...]] = {
    "kind": (Field("", "line", "f_kind"),),
    "number": (Field("", "number", "f_number"),),
    "issuer": (
        Field("name", "line", "f_issuer", needed=True),
        Field("parent", "line", "f_parent"),
    ),
    "place": (Field("text", "line", "f_place", needed=True),),
    "date": _date_fields(),
    "title": (Field("text", "long", "f_title", needed=True),),
    "years": (Field("", "ints", "f_years", least=1900, most=2199),),
    "secrecy": (Field("", "line", "f_secrecy"),),
    "urgency": (Field("", "line", "f_urgency"),),
    "signature": (
        Field("capacity", "line", "f_capacity"),
        Field("on_behalf_of", "line", "f_on_behalf_of"),
        Field("role", "line", "f_role"),
        Field("signer", "line", "f_signer"),
    ),
    "legal_bases": (
        Field("verb", "line", "f_verb"),
        Field("text", "long", "f_text", needed=True),
    ),
    "citations": (
        Field("kind", "line", "f_kind", needed=True),
        Field("number", "number", "f_number"),
        *_date_fields("date/"),
        Field("title", "long", "f_title"),
        Field("issuer", "line", "f_issuer"),
        Field("pinpoint", "line", "f_pinpoint"),
        Field("where", "choice", "f_where", needed=True, choices=_WHERE),
        Field("resolved/id", "line", "f_resolved"),
    ),
    "tasks": (
        Field("ordinal", "line", "f_ordinal"),
        Field("content", "long", "f_content", needed=True),
        Field("lead", "lines", "f_lead"),
        Field("support", "lines", "f_support"),
        Field("quarters", "quarters", "f_quarters"),
        Field("timing/text", "line", "f_timing"),
        Field("timing/start", "day", "f_start"),
        Field("timing/end", "day", "f_end"),
        Field(
            "timing/recurrence",
            "choice",
            "f_recurrence",
            choices=("weekly", "monthly", "quarterly", "yearly", "continuous"),
        ),
    ),
    "implementation": (
        Field("actors", "lines", "f_actors"),
        Field("text", "long", "f_text", needed=True),
    ),
    "addressees": _TEXT,
    "purpose": _TEXT,
    "requirements": _TEXT,
    "budget": _TEXT,
    "recipients": _TEXT,
}
"""What can be corrected, and the fields of each; of a list those of an item."""

_WITHOUT_PLACE = frozenset({"kind", "years", "secrecy", "urgency"})
_EMPTY: dict[str, dict[str, Any]] = {
    "date": {"year": None, "month": None, "day": None},
    "timing": {"text": "", "start": None, "end": None, "recurrence": None},
    "resolved": {"id": None, "method": None, "reason": None, "candidates": [], "urn": None},
}
"""What a part is before something of it is said."""


class Refused(Exception):
    """What somebody typed cannot be; ``word`` says why, ``said`` what, ``field`` where."""

    def __init__(self, field: Field, word: str, said: str = "") -> None:
        super().__init__(word)
        self.field, self.word, self.said = field, word, said


def form_of(name: str) -> tuple[Field, ...]:
    """The fields of what has that name, as ``title`` or ``tasks/3``; UsageError if it has none."""
    fields = FORMS.get(name.partition("/")[0])
    if fields is None:
        raise UsageError(f"{name!r} cannot be corrected here.")
    return fields


def filled(fields: tuple[Field, ...], value: Any) -> dict[str, str | list[int]]:
    """What a form says of a value that is there, by paths."""
    return {field.path: _typed(field, _get(value, field.path)) for field in fields}


def _get(value: Any, path: str) -> Any:
    for step in filter(None, path.split("/")):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _typed(field: Field, value: Any) -> str | list[int]:
    match field.kind:
        case "lines":
            return "\n".join(value or [])
        case "ints":
            return ", ".join(map(str, value or []))
        case "quarters":
            return list(value or [])
        case "day":
            return day_said(value or "")
        case "number":
            number = value or {}
            return number.get("canonical") or _blank_serial(number.get("symbol"))
    return "" if value is None else str(value)


def _blank_serial(symbol: str | None) -> str:
    return f"/{symbol}" if symbol else ""


def edits_of(
    name: str, old: Any, said: Mapping[str, list[str]], *, at: int | None = None
) -> list[Edit]:
    """
    The corrections that make a value what a form says; none where nothing was changed.

    ``said`` is by paths. With ``at`` a new item is put into the list ``name`` at that index. Raises
    :class:`Refused`.
    """
    fields = form_of(name)
    alone = at is None and "/" not in name and fields[0].path
    if alone and said and not any(one.strip() for typed in said.values() for one in typed):
        # A value that stands alone is none where nothing is said of it.
        return [] if old is None else [Edit(f"/{name}", None)]
    if at is not None:
        return [Edit(f"/{name}/{at}", _with_fields({}, fields, said, name), "add")]
    new = _with_fields(deepcopy(old), fields, said, name)
    if old is None:
        return [] if new is None else [Edit(f"/{name}", new)]
    if new is None:
        return [Edit(f"/{name}", None)]
    return list(_differences(f"/{name}", old, new))


def _differences(pointer: str, old: Any, new: Any) -> Iterator[Edit]:
    """Each leaf that is another; a part that was not there, or is no more, as a whole."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in new.items():
            yield from _differences(f"{pointer}/{key}", old.get(key), value)
    elif old != new:
        yield Edit(pointer, new)


def _with_fields(
    value: Any, fields: tuple[Field, ...], said: Mapping[str, list[str]], name: str
) -> Any:
    for field in fields:
        if field.path not in said and field.kind != "quarters":
            continue
        typed = said.get(field.path, [])
        one = _READ[field.kind](field, typed)
        if one in (None, "", []) and field.needed:
            raise Refused(field, "required")
        value = _put(value, field, one)
        if field.path == "timing/end" and one and one < (_get(value, "timing/start") or one):
            raise Refused(field, "ends_before", day_said(one))
    if isinstance(value, dict):
        value = _tidied(value, name.partition("/")[0])
    return value


def _put(value: Any, field: Field, one: Any) -> Any:
    if not field.path:
        if field.kind == "number":
            return _number_in(value, one)
        return one
    if value is None:
        if one in (None, "", []):
            return None
        value = {}
    *parts, last = field.path.split("/")
    inner = value
    for part in parts:
        if inner.get(part) is None:
            if one is None:
                return value
            inner[part] = deepcopy(_EMPTY[part])
        inner = inner[part]
    inner[last] = _number_in(inner.get(last), one) if field.kind == "number" else one
    return value


def _number_in(old: Any, one: DocNumber | None) -> Any:
    if one is None:
        return None
    new = one.model_dump(mode="json")
    if isinstance(old, dict):
        if _typed(Field("", "number", ""), old) == _typed(Field("", "number", ""), new):
            return old
        return {**old, **new}
    return new


def _tidied(value: dict[str, Any], name: str) -> dict[str, Any] | None:
    """A value with what the model needs: where it was read, and parts that say something."""
    timing = value.get("timing")
    if isinstance(timing, dict) and not any(timing.values()):
        value["timing"] = None
    elif isinstance(timing, dict) and not timing["text"]:
        value["timing"] = {**timing, "text": " – ".join(map(day_said, filter(None, _ends(timing))))}
    date = value.get("date")
    if isinstance(date, dict) and not any(date.values()):
        value["date"] = None
    if name not in _WITHOUT_PLACE and "evidence" not in value:
        value["evidence"] = deepcopy(NOWHERE)
    return value


def _ends(timing: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    return timing["start"], timing["end"], timing["recurrence"]


# -- what was typed


def _first(typed: list[str]) -> str:
    return " ".join(typed[0].replace("\0", "").split()) if typed else ""


def _line(_field: Field, typed: list[str]) -> str | None:
    return _first(typed) or None


def _long(_field: Field, typed: list[str]) -> str | None:
    return _first(typed) or None


def _lines(_field: Field, typed: list[str]) -> list[str]:
    lines = (typed[0] if typed else "").replace("\0", "").splitlines()
    return [line for line in (" ".join(one.split()) for one in lines) if line]


def _int(field: Field, typed: list[str]) -> int | None:
    said = _first(typed)
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) <= 6):
        raise Refused(field, "not_an_int", said)
    if not field.least <= int(said) <= field.most:
        raise Refused(field, "out_of_bounds", f"{said} ({field.least} – {field.most})")
    return int(said)


def _ints(field: Field, typed: list[str]) -> list[int]:
    found = []
    for one in _first(typed).replace(",", " ").replace(";", " ").split():
        number = _int(field, [one])
        if number is not None:
            found.append(number)
    return found


def _quarters(field: Field, typed: list[str]) -> list[int]:
    found = {_int(field, [one]) for one in typed}
    if found - {1, 2, 3, 4}:
        raise Refused(field, "not_an_int", ", ".join(typed))
    return sorted(one for one in found if one is not None)


def _day(field: Field, typed: list[str]) -> str | None:
    import datetime as dt

    said = _first(typed)
    if not said:
        return None
    parts = said.split("/")
    iso = f"{parts[2]:0>4}-{parts[1]:0>2}-{parts[0]:0>2}" if len(parts) == 3 else said
    try:
        return dt.date.fromisoformat(iso).isoformat()
    except ValueError:
        raise Refused(field, "not_a_day", said) from None


def _number(field: Field, typed: list[str]) -> DocNumber | None:
    said = (typed[0] if typed else "").replace("\0", "")
    if not said.strip():
        return None
    try:
        return parse_docnumber(said.strip())
    except ValueError:
        raise Refused(field, "not_a_number", said.strip()) from None


def _choice(field: Field, typed: list[str]) -> str | None:
    said = _first(typed)
    if said and said not in field.choices:
        raise Refused(field, "required")
    return said or None


_READ: dict[Kind, Callable[[Field, list[str]], Any]] = {
    "line": _line,
    "long": _long,
    "lines": _lines,
    "int": _int,
    "ints": _ints,
    "quarters": _quarters,
    "day": _day,
    "number": _number,
    "choice": _choice,
}
