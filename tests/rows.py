"""
Rows of ``cases/<name>.json`` as pytest parameters.

A file is ``{"groups": [{"kind", "function", "rows": [{"label", "text", "expected", …}]}]}``. The
kind says where the rows come from: ``in_the_wild`` (copied from real documents), ``synthetic``,
``negative`` (looks alike and is not), ``known_failure``. A row with ``"expect": "fail"`` must
fail, for the reason in its ``comment``, so that mending it is noticed.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

CASES = Path(__file__).parent / "cases"
KINDS = {"in_the_wild", "synthetic", "negative", "known_failure"}
FIELDS = {"label", "text", "expected", "expect", "comment", "year", "heading"}


class Row(NamedTuple):
    """One case: the text and what ``function`` must make of it; other fields in ``more``."""

    text: str
    expected: Any
    more: dict[str, Any]


def groups(name: str) -> list[dict[str, Any]]:
    """The groups of ``cases/<name>.json``, checked; there must be some, with rows in each."""
    found: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text("utf-8"))["groups"]
    assert found, f"{name}.json has no groups"
    for group in found:
        assert group["kind"] in KINDS, group["kind"]
        assert group["rows"], f"{name}.json: no rows in {group['kind']} {group['function']}"
        for row in group["rows"]:
            assert set(row) <= FIELDS, f"{name}.json: unknown field in {row}"
            assert {"label", "text", "expected"} <= set(row), f"{name}.json: {row}"
            assert ("expect" in row) == (group["kind"] == "known_failure"), row
    return found


def cases(name: str, function: str) -> list[Any]:
    """Every row for ``function``, of all kinds, as a pytest parameter named by its label."""
    parameters = []
    for group in groups(name):
        if group["function"] != function:
            continue
        for row in group["rows"]:
            marks = []
            if row.get("expect") == "fail":
                marks.append(pytest.mark.xfail(strict=True, reason=row["comment"]))
            case = Row(row["text"], row["expected"], row)
            label = f"{group['kind']}: {row['label']}"
            parameters.append(pytest.param(case, id=label, marks=marks))
    assert parameters, f"{name}.json has no rows for {function}"
    return parameters
