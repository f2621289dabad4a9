"""
The rules of the audit: rows of ``cases/audit.json``, and the examples in the rules' docstrings.
"""

from collections import Counter
from pathlib import Path

import pytest
from audit_rows import Row, cases, compose, findings_of, rows, text_of, unmet

from tdkt_parse import audit_plan, open_register, packaged_register, parse, resolve_plan
from tdkt_parse.audit.examples import Example, examples_of
from tdkt_parse.audit.rules import RULES, rule_rows
from tdkt_parse.models import Plan, Resolved
from tdkt_parse.register import Register
from tdkt_parse.register.upsert import import_file

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


def test_a_plan_is_audited_by_the_register_that_is_given(tmp_path: Path) -> None:
    """What the packaged register did not have is sought in one's own; what has an id keeps it."""
    text = compose(
        "15/3/2024",
        [
            "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ;",
            "Căn cứ Kế hoạch số 20/KH-UBND ngày 20/01/2024 của UBND tỉnh Lạng Sơn về thi đua;",
            "Căn cứ Kế hoạch số 21/KH-UBND ngày 21/01/2024 của UBND tỉnh Lạng Sơn về thi đua.",
        ],
    )
    rows = tmp_path / "own.csv"
    rows.write_text(
        "number,issuer,issued,effective,expired\n"
        "20/KH-UBND,UBND tỉnh Lạng Sơn,20/01/2024,20/01/2024,01/3/2024\n",
        encoding="utf-8",
    )
    import_file(rows, tmp_path / "own.sqlite")
    own, plan = open_register(tmp_path / "own.sqlite"), parse(text.encode())

    def told(plan: Plan, register: Register) -> list[tuple[str, str | None]]:
        found = audit_plan(plan, register)
        return [(it.rule, it.instrument) for it in found if it.rule in ("B01", "U01")]

    assert told(plan, packaged_register()) == [("U01", None), ("U01", None)]
    assert told(plan, own) == [("B01", "20/KH-UBND"), ("U01", None)]
    assert told(resolve_plan(plan, own), own) == [("B01", "20/KH-UBND"), ("U01", None)]
    unsaid = [cited.model_copy(update={"resolved": None}) for cited in plan.citations]
    bare = plan.model_copy(update={"citations": unsaid})
    assert told(bare, packaged_register()) == [("U01", None), ("U01", None)]
    # What a person said that it is not, it is not.
    denied = [cited.model_copy(update={"resolved": Resolved()}) for cited in plan.citations]
    assert ("B01", "20/KH-UBND") not in told(plan.model_copy(update={"citations": denied}), own)


def test_a_message_is_one_line() -> None:
    """Words that were printed on two lines are said on one; the evidence is as it was read."""
    text = compose("15/3/2024", ["I. NỘI DUNG", "Gửi báo cáo trước ngày 31/11/2024."])
    plan = parse(text.encode())

    def broken(value: object) -> object:
        if isinstance(value, dict):
            return {name: broken(each) for name, each in value.items()}
        if isinstance(value, list):
            return [broken(each) for each in value]
        return value.replace("ngày 31", "ngày\n31") if isinstance(value, str) else value

    plan = Plan.model_validate(broken(plan.to_dict()))
    [found] = [it for it in audit_plan(plan, packaged_register()) if it.rule == "D01"]
    assert found.evidence
    assert found.evidence.text == "ngày\n31/11/2024"
    assert "“ngày 31/11/2024”" in found.message
    assert "“ngày 31/11/2024”" in found.message_en


@pytest.mark.parametrize(
    ("replaced_by", "expired", "told"),
    [
        ("30/2025/QĐ-UBND", "", "đã được thay bằng Quyết định 30/2025/QĐ-UBND"),
        ("", "", "chưa xác minh được"),
        ("30/2025/QĐ-UBND", "01/3/2024", None),
    ],
)
def test_that_a_basis_was_replaced_is_said_though_not_since_when(
    replaced_by: str, expired: str, told: str | None, tmp_path: Path
) -> None:
    rows = tmp_path / "own.csv"
    rows.write_text(
        "number,issuer,effective,replaced_by,expired\n"
        f"21/2024/QĐ-UBND,UBND tỉnh Lạng Sơn,15/02/2024,{replaced_by},{expired}\n"
        "30/2025/QĐ-UBND,UBND tỉnh Lạng Sơn,15/02/2025,,\n",
        encoding="utf-8",
    )
    import_file(rows, tmp_path / "own.sqlite")
    line = "Căn cứ Quyết định số 21/2024/QĐ-UBND ngày 02/02/2024 của UBND tỉnh Lạng Sơn về thi đua."
    plan = parse(compose("15/6/2025", [line]).encode())
    found = audit_plan(plan, open_register(tmp_path / "own.sqlite"))
    [said] = [it for it in found if it.rule in ("U01", "B03")]
    assert said.rule == ("U01" if told else "B03")
    assert (told or "hết hiệu lực từ 01/3/2024") in said.message
    assert "\n" not in said.message_en
