"""The body of a plan: sections, aims, tasks, implementation, appendices, reading of text."""

import json
import re
import unicodedata
from typing import Any

import pytest
from body_rows import Row, all_evidence, cases, check, data_of

from tdkt_parse import exceptions
from tdkt_parse.actors import actors_of, chair_and_support, split_units
from tdkt_parse.pipeline import explain, parse

DOCUMENTS = ("sections", "aims", "tasks", "implementation", "appendices", "reader")


@pytest.mark.parametrize("row", cases(*DOCUMENTS))
def test_document(row: Row) -> None:
    """What the row asks of the plan, or the error that the reader must raise."""
    error = row["expected"].get("error")
    if error:
        with pytest.raises(getattr(exceptions, error)):
            parse(data_of(row), name="row.txt")
        return
    wrong = check(parse(data_of(row), name="row.txt").to_dict(), row["expected"])
    assert not wrong, "\n".join(wrong)


def readable() -> list[Any]:
    """The rows whose documents can be read."""
    found = [
        case
        for case in cases(*DOCUMENTS, strict=False)
        if "error" not in case.values[0]["expected"]
    ]
    assert found
    return found


@pytest.mark.parametrize("row", readable())
def test_laws_hold(row: Row) -> None:
    """Evidence is the slices of the text as read; and no word outside furniture is lost."""
    seen = explain(data_of(row), name="row.txt")
    text = seen.document.text
    plan = seen.plan.to_dict()
    for evidence in all_evidence(plan):
        spans = evidence["spans"]
        assert "\n".join(text[start:end] for start, end in spans) == evidence["text"]
        assert spans == sorted(spans)
    kept = list(text)
    for start, end in seen.document.furniture:
        kept[start:end] = " " * (end - start)
    lost = sorted(words("".join(kept)) - words(json.dumps(plan, ensure_ascii=False)))
    assert not lost


def words(text: str) -> set[str]:
    """The words of a text, composed, soft hyphens and what cannot be seen left out."""
    seen = re.sub("[\u00ad\u200b\u2060\ufeff¹²³⁰-⁹]", "", unicodedata.normalize("NFC", text))
    return set(re.findall(r"[^\W\d_]{2,}", seen.replace("\\n", " ")))


@pytest.mark.parametrize("row", cases("actors"))
def test_actors(row: Row) -> None:
    """Who acts, in a sentence or a cell."""
    text = row["text"]
    match row["function"]:
        case "actors_of":
            assert actors_of(text) == row["expected"]
        case "split_units":
            assert split_units(text) == row["expected"]
        case "chair_and_support":
            assert list(chair_and_support(text)) == row["expected"]
        case function:
            raise ValueError(function)
