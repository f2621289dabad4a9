"""
The five plans of the corpus, audited by hand: ``cases/audit_gold.json``.

``include`` are findings that must be there, by their rule and the words they are about;
``exclude`` are rules that must say nothing of the plan. Whatever else is found is not judged here.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from audit_rows import CASES, findings, quotes, register

from tdkt_parse.audit import RULES, Finding, audit_plan
from tdkt_parse.models import Plan
from tdkt_parse.pipeline import parse
from tdkt_parse.work import audit_document

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
GOLD: dict[str, dict[str, Any]] = json.loads((CASES / "audit_gold.json").read_text("utf-8"))


@cache
def plan(name: str) -> Plan:
    """A plan of the corpus."""
    return parse(CORPUS / f"{name}.txt")


@pytest.mark.parametrize(
    ("name", "rule", "quote"),
    [
        pytest.param(name, each["rule"], each["quote"], id=f"{name[:3]} {each['rule']}")
        for name, said in GOLD.items()
        for each in said["include"]
    ],
)
def test_found(name: str, rule: str, quote: str) -> None:
    """What an inspector found by hand is found."""
    said = findings(plan(name), rule)
    assert any(_is_about(quote, finding) for finding in said), said


def _is_about(quote: str, finding: Finding) -> bool:
    """Whether a finding has words, and they and the quotation hold one another."""
    return finding.evidence is not None and quotes(quote, finding)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        pytest.param(name, rule, id=f"{name[:3]} {rule}")
        for name, said in GOLD.items()
        for rule in said["exclude"]
    ],
)
def test_not_found(name: str, rule: str) -> None:
    """A rule that has nothing to say of a plan says nothing; it must be there to be silent."""
    assert rule in dict(RULES)
    assert findings(plan(name), rule) == []


@pytest.mark.parametrize("name", GOLD)
def test_evidence(name: str) -> None:
    """Every finding's words stand in the document, at its spans."""
    text = (CORPUS / f"{name}.txt").read_text("utf-8")
    for found in audit_plan(plan(name), register()):
        if found.evidence:
            spans = found.evidence.spans
            assert "\n".join(text[start:end] for start, end in spans) == found.evidence.text


@pytest.mark.parametrize("name", GOLD)
def test_plan_without_places(name: str) -> None:
    """A plan whose evidence says no place, as others may write one, is audited all the same."""
    written = json.loads(plan(name).to_json())
    _forget(written)
    assert audit_plan(Plan.model_validate(written), register())


def _forget(value: Any) -> None:
    """Take the spans out of every evidence."""
    if isinstance(value, dict):
        if "spans" in value:
            value["spans"] = []
        for each in value.values():
            _forget(each)
    elif isinstance(value, list):
        for each in value:
            _forget(each)


def test_boxes_are_of_the_words_alone() -> None:
    """In a PDF a finding is shown at its words, not at the paragraph they stand in."""
    sheet = audit_document(str(CORPUS / "pdf_001.pdf"), rules=["B15"], ignores=[])
    found = [one["evidence"] for one in json.loads(sheet)["findings"]]
    widths = {
        one["text"]: [round(box["x1"] - box["x0"]) for box in one["boxes"]]
        for one in found
        if one["text"] in ("98/2023/NĐ - CP", "50/KH - UBND")
    }
    assert len(widths) == 2
    assert all(len(boxes) == 1 and 60 < boxes[0] < 130 for boxes in widths.values())
