"""
Rows of the documents in ``cases/*.json`` that test the body of a plan, and how they are compared.

A file is ``{"rows": [{"label", "kind", "text", "expected", "comment"?, "expect"?}]}``. ``text`` is
a whole little document: a string, or its bytes as ``{"bytes_hex": …}`` or ``{"encoding",
"string"}``. ``expected`` maps paths to values:

- ``tasks[].lead`` is the list of the leads of all tasks, ``sections[1].role`` one role,
  ``tasks[].timing?.end`` goes through ``null``;
- ``… has`` asks whether a list holds the value, ``… lacks`` whether it does not;
- ``outline`` (of ``sections``) and ``appendices[0].outline`` write a tree as lines, two spaces for
  each level: ``I MỤC ĐÍCH, YÊU CẦU = purpose_requirements``.

An expected dict is a subset of the one found; an expected list is the whole list. A row with
``"expect": "fail"`` must fail, for the reason in its comment, so that mending it is noticed.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases"
KINDS = {"in_the_wild", "synthetic", "negative", "known_failure"}
FIELDS = {"label", "kind", "text", "expected", "comment", "expect", "function"}

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    """The rows of ``cases/<name>.json``, checked; there must be some."""
    found: list[Row] = json.loads((CASES / f"{name}.json").read_text("utf-8"))["rows"]
    assert found, f"{name}.json has no rows"
    twice = [label for label, n in Counter(row["label"] for row in found).items() if n > 1]
    assert not twice, f"{name}.json: {twice}"
    for row in found:
        assert set(row) <= FIELDS, f"{name}.json: unknown field in {row['label']}"
        assert {"label", "kind", "text", "expected"} <= set(row), f"{name}.json: {row}"
        assert row["kind"] in KINDS, f"{name}.json: {row['kind']}"
        failing = row.get("expect") == "fail"
        assert failing == (row["kind"] == "known_failure"), f"{name}.json: {row['label']}"
        assert not failing or row.get("comment"), f"{name}.json: {row['label']} says no reason"
    return found


def cases(*names: str, strict: bool = True) -> list[Any]:
    """Every row of some files as a pytest parameter; ``strict`` makes known failures fail."""
    found = []
    for name in names:
        for row in rows(name):
            marks = []
            if strict and row.get("expect") == "fail":
                marks.append(pytest.mark.xfail(strict=True, reason=row["comment"]))
            found.append(
                pytest.param(row, id=f"{name}: {row['kind']}: {row['label']}", marks=marks)
            )
    assert found, f"no rows in {names}"
    return found


def data_of(row: Row) -> bytes:
    """The document of a row as the bytes of a file."""
    text = row["text"]
    if isinstance(text, str):
        return text.encode()
    if "bytes_hex" in text:
        return bytes.fromhex(text["bytes_hex"])
    written: str = text["string"]
    return written.encode(text["encoding"])


_STEP = re.compile(r"(?P<name>\w+)(?P<null>\?)?|\[(?P<index>-?\d*)\]")


def look_up(value: Any, path: str) -> Any:
    """What stands at a path of a plan."""
    if path == "outline" or path.endswith(".outline"):
        holder = look_up(value, path[: -len(".outline")]) if "." in path else value
        return list(outline(holder["sections"]))
    steps = list(_STEP.finditer(path))
    assert "".join(step.group() for step in steps) == path.replace(".", ""), path
    return _follow(value, steps)


def _follow(value: Any, steps: list[re.Match[str]]) -> Any:
    if not steps:
        return value
    step, *rest = steps
    if step["name"]:
        if value is None and step["null"]:
            return None
        inner = value[step["name"]]
        return None if inner is None and step["null"] else _follow(inner, rest)
    if step["index"]:
        return _follow(value[int(step["index"])], rest)
    return [_follow(item, rest) for item in value]


def outline(sections: list[dict[str, Any]], depth: int = 0) -> Iterator[str]:
    """A tree of sections as lines."""
    for section in sections:
        named = " ".join(part for part in (section["label"], section["heading"]) if part)
        yield f"{'  ' * depth}{named} = {section['role']}"
        yield from outline(section["children"], depth + 1)


def check(plan: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """What a plan says that differs from what was expected, one line each."""
    wrong = []
    for path, want in expected.items():
        where, _, how = path.partition(" ")
        try:
            got = look_up(plan, where)
        except (KeyError, IndexError, TypeError) as error:
            wrong.append(f"{path}: nothing there ({error!r}), want {want!r}")
            continue
        match how:
            case "has":
                right = any(agrees(item, want) for item in got)
            case "lacks":
                right = not any(agrees(item, want) for item in got)
            case "":
                right = agrees(got, want)
            case _:
                raise ValueError(path)
        if not right:
            wrong.append(f"{path}: got {got!r}, want {want!r}")
    return wrong


def agrees(got: Any, want: Any) -> bool:
    """Whether a value is the expected one: dicts as subsets, lists in full."""
    if isinstance(want, dict):
        return isinstance(got, dict) and all(
            name in got and agrees(got[name], value) for name, value in want.items()
        )
    if isinstance(want, list):
        return (
            isinstance(got, list)
            and len(got) == len(want)
            and all(agrees(a, b) for a, b in zip(got, want, strict=True))
        )
    return type(got) is type(want) and bool(got == want)


def all_evidence(value: Any) -> Iterator[dict[str, Any]]:
    """Every evidence in a plan, however deep."""
    if isinstance(value, dict):
        if "spans" in value and "text" in value:
            yield value
        for inner in value.values():
            yield from all_evidence(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from all_evidence(inner)
