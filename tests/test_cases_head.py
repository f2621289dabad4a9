"""
The head and the foot of a document, and citations: rows of ``cases/``.

A row of most files is a small document; ``expected`` maps paths into ``Plan.to_dict()`` to values.
``a.b`` goes into an object, ``a[].b`` takes the value of every item, ``a[0]`` one item. An object
is compared by the keys expected of it, ``{"any_of": […]}`` is met by any of its values, and
``"absent"`` lists paths that must be ``null`` or empty. Two values are added to each legal basis:
``cites``, what it cites itself (not nested), and ``words``, its text without the mark at its end.
A row of ``citations`` is a phrase.
"""

import re
from typing import Any

import pytest
from rows import Row, cases

from tdkt_parse.citations import Cited, find_citations
from tdkt_parse.pipeline import parse

FILES = ("letterhead", "title", "bases", "recipients", "signature", "kinds")
STEP = re.compile(r"(\w+)|\[(\d*)\]")


def document_rows() -> list[Any]:
    """The rows of every file of documents."""
    return [row for name in FILES for row in cases(name, "parse")]


def value_at(value: Any, path: str) -> Any:
    """What stands at a path; ``None`` where the way ends early."""
    for number, step in enumerate(STEP.finditer(path)):
        if value is None:
            return None
        name, index = step.groups()
        if name:
            value = value.get(name)
        elif index:
            value = value[int(index)] if int(index) < len(value) else None
        else:
            rest = list(STEP.finditer(path))[number].end()
            return [value_at(item, path[rest:].lstrip(".")) for item in value]
    return value


def is_like(value: Any, expected: Any) -> bool:
    """Whether a value is the expected one; of an object only the expected keys are looked at."""
    if isinstance(expected, dict):
        if "any_of" in expected:
            return any(is_like(value, each) for each in expected["any_of"])
        return isinstance(value, dict) and all(
            is_like(value.get(key), each) for key, each in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(value, list)
            and len(value) == len(expected)
            and all(is_like(a, b) for a, b in zip(value, expected, strict=True))
        )
    return bool(value == expected)


def read_plan(text: str) -> dict[str, Any]:
    """The plan of a text, with what each legal basis itself cites and says."""
    plan = parse(text.encode()).to_dict()
    for basis in plan["legal_bases"]:
        cited = [plan["citations"][index] for index in basis["citations"]]
        basis["cites"] = [
            (each["number"] or {}).get("canonical")
            or f"{each['kind']} {each['title'] or ''}".strip()
            for each in cited
            if not each["nested"]
        ]
        basis["words"] = basis["text"].rstrip(" ;.,:")
    return plan


def differences(plan: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """The paths at which a plan is not as expected: what stands there and what should."""
    wrong: dict[str, Any] = {}
    for path, want in expected.items():
        if path == "absent":
            wrong |= {p: (got, None) for p in want if (got := value_at(plan, p)) not in (None, [])}
        elif not is_like(got := value_at(plan, path), want):
            wrong[path] = (got, want)
    return wrong


@pytest.mark.parametrize("row", document_rows())
def test_document(row: Row) -> None:
    """Every expected value of a small document."""
    assert differences(read_plan(row.text), row.expected) == {}


def as_row(cited: Cited) -> dict[str, Any]:
    """A citation as the rows write it."""
    number, date = cited.number, cited.date
    return {
        "kind": cited.kind,
        "canonical": number.canonical if number else None,
        "serial": number.serial if number else None,
        "symbol": number.symbol if number else None,
        "date": [date.year, date.month, date.day] if date else None,
        "title": cited.title,
        "issuer": cited.issuer,
        "pinpoint": cited.pinpoint,
        "nested": cited.inside is not None,
        "relation": cited.relation,
        "alias": cited.alias,
    }


@pytest.mark.parametrize("row", cases("citations", "find_citations"))
def test_citations(row: Row) -> None:
    """The citations of a phrase, in order; each has the expected keys."""
    got = [as_row(cited) for cited in find_citations(row.text)]
    seen = [{key: each[key] for key in want} for each, want in zip(got, row.expected, strict=False)]
    assert (len(got), seen) == (len(row.expected), row.expected), got


@pytest.mark.parametrize(
    ("path", "value"),
    [("a.b", 1), ("c[].d", [2, 3]), ("c[1].d", 3), ("c[7].d", None), ("c[]", [{"d": 2}, {"d": 3}])],
)
def test_paths(path: str, value: Any) -> None:
    """Paths go where they say."""
    assert value_at({"a": {"b": 1}, "c": [{"d": 2}, {"d": 3}]}, path) == value
