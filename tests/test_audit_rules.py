"""
The rules of the audit: rows of ``cases/audit.json``, and the examples in the rules' docstrings.
"""

from collections import Counter

import pytest
from audit_rows import Row, cases, compose, findings_of, rows, text_of, unmet

from tdkt_parse.audit.examples import Example, examples_of
from tdkt_parse.audit.rules import RULES, rule_rows

RULE_IDS = tuple(rule for rule, _ in RULES)


@pytest.mark.parametrize("row", cases())
def test_row(row: Row) -> None:
    """The findings of the row's rule are those expected, no more and no fewer."""
    found = findings_of(text_of(row), row["rule"])
    assert unmet(row["expected"], found) == []


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(rule, example, id=f"{rule}: {number}")
        for rule, check in RULES
        for number, example in enumerate(examples_of(check), 1)
    ],
)
def test_docstring_example(rule: str, example: Example) -> None:
    """A rule remarks on its FAIL examples and passes its PASS examples."""
    found = findings_of(compose(example.date, example.lines), rule)
    assert (not found) == example.passes, found


@pytest.mark.parametrize(("rule", "check"), RULES, ids=RULE_IDS)
def test_rule_shows_examples(rule: str, check: object) -> None:
    """Every rule shows at least one plan that passes and one that does not."""
    assert {example.passes for example in examples_of(check)} == {True, False}  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", RULE_IDS)
def test_enough_rows(rule: str) -> None:
    """At least eight rows a rule, at least half of them negatives."""
    negatives = Counter(not row["expected"] for row in rows() if row["rule"] == rule)
    assert negatives.total() >= 8
    assert 0 < negatives[False] <= negatives[True]


def test_rules_and_their_rows() -> None:
    """``RULES`` and ``data/audit.toml`` name the same rules, each once."""
    assert sorted(RULE_IDS) == sorted(rule_rows())
    assert len(set(RULE_IDS)) == len(RULE_IDS)


@pytest.mark.parametrize("rule", sorted(rule_rows()))
def test_levels(rule: str) -> None:
    """What is followed by analogy or custom only is at most a warning."""
    row = rule_rows()[rule]
    levels = {row.level, *(saying.level for saying in row.sayings.values())}
    assert row.binding == "fact" or "error" not in levels
