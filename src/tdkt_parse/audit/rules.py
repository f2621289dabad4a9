"""
The rules in order, and the audit that runs them.

A rule is a function ``Case -> Hits``; what it is called, how grave it is, on which provision it
rests and in which words it speaks stands in ``data/audit.toml``.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from tdkt_parse.audit.body import body_dates
from tdkt_parse.audit.cases import Case, case_of
from tdkt_parse.audit.completeness import competence, completeness, vagueness
from tdkt_parse.audit.dates import (
    date_left_blank,
    later_than_plan,
    number_and_date_disagree,
    stale_basis,
)
from tdkt_parse.audit.findings import Finding, Hit
from tdkt_parse.audit.force import (
    amendment_omitted,
    not_checked,
    not_in_force,
    not_yet_in_force,
    replaced,
)
from tdkt_parse.audit.form import form
from tdkt_parse.audit.issuing import issuer_and_symbol
from tdkt_parse.audit.locators import locator_on
from tdkt_parse.audit.order import order
from tdkt_parse.audit.repeats import duplication, repetition
from tdkt_parse.audit.signing import signature
from tdkt_parse.audit.standing import core_missing, ended_body, lower_level, paper_as_basis
from tdkt_parse.audit.titles import title_drift
from tdkt_parse.lexicon import Row, read_toml
from tdkt_parse.models import Level, Plan
from tdkt_parse.register import Register

Check = Callable[[Case], Iterator[Hit]]


class Saying(Row):
    """One message of a rule, in both languages; braces are filled by the rule."""

    vi: str
    en: str
    level: Level | None = None


class RuleRow(Row):
    """
    A rule: ``binding`` says whether the provision binds plans, or is followed by analogy or custom
    only, in which case its findings are at most warnings.
    """

    id: str
    name: str
    level: Level
    binding: Literal["fact", "binding", "analogy", "custom"]
    title_vi: str
    title_en: str
    locator: str
    sayings: dict[str, Saying]


class RuleTable(BaseModel):
    """``data/audit.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rule: tuple[RuleRow, ...]


@cache
def rule_rows() -> dict[str, RuleRow]:
    """What is said of each rule, by its id."""
    return {row.id: row for row in read_toml("audit.toml", RuleTable).rule}


RULES: tuple[tuple[str, Check], ...] = (
    ("B01", not_in_force),
    ("B02", not_yet_in_force),
    ("B03", replaced),
    ("B04", amendment_omitted),
    ("B05", later_than_plan),
    ("B06", date_left_blank),
    ("B07", number_and_date_disagree),
    ("B08", issuer_and_symbol),
    ("B09", completeness),
    ("B10", vagueness),
    ("B11", lower_level),
    ("B12", paper_as_basis),
    ("B13", competence),
    ("B14", order),
    ("B15", form),
    ("B16", repetition),
    ("B17", title_drift),
    ("B18", duplication),
    ("B19", ended_body),
    ("B20", core_missing),
    ("B21", stale_basis),
    ("D01", body_dates),
    ("D02", signature),
    ("U01", not_checked),
)
"""Every rule: its id and its function. A test holds this and ``data/audit.toml`` together."""


def audit_plan(plan: Plan, register: Register) -> list[Finding]:
    """
    What an inspector would remark on in a plan.

    By this register: what a plan cites and nobody resolved, or another register did not have, is
    looked up in it. In the order of the document, findings about the whole of it last. Never
    raises on any Plan.
    """
    case = case_of(plan, register)
    found: list[Finding] = []
    for name, check in RULES:
        if hits := [*check(case)]:
            row = rule_rows()[name]
            locator = locator_on(row.locator, case)
            found += [_finding(row, hit, locator) for hit in hits]
    return sorted(found, key=_place)


def _place(finding: Finding) -> tuple[int, int]:
    evidence = finding.evidence
    return (0, evidence.spans[0][0]) if evidence and evidence.spans else (1, 0)


def _finding(row: RuleRow, hit: Hit, locator: str) -> Finding:
    saying = row.sayings[hit.saying]
    # Words that stood on two lines are said on one.
    words = {name: " ".join(said.split()) for name, said in hit.words.items()}
    return Finding(
        rule=row.id,
        name=row.name,
        level=hit.level or saying.level or row.level,
        certainty=hit.certainty,
        message=saying.vi.format_map(words),
        message_en=saying.en.format_map(words),
        locator=locator,
        citation=hit.citation,
        instrument=hit.instrument,
        verdict=hit.verdict,
        evidence=hit.evidence,
    )
