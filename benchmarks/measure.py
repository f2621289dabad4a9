"""
All documents of a dataset parsed and compared with their answers.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from causes import causes_of
from compare import Score, compare, exact, same
from datasets import Case, Dataset
from tdkt_parse.audit.cases import case_of
from tdkt_parse.audit.force import verdict_of
from tdkt_parse.batch import parse_many
from tdkt_parse.models import Plan
from tdkt_parse.register import packaged_register


@dataclass(slots=True)
class Figures:
    """What was counted over a dataset, both ways of comparing; what could not be read."""

    dataset: Dataset
    soft: Score = field(default_factory=lambda: Score(alike=same))
    strict: Score = field(default_factory=lambda: Score(alike=exact))
    unread: list[tuple[str, str]] = field(default_factory=list)
    """Documents that gave no Plan, each with its reason."""
    causes: Counter[str] = field(default_factory=Counter)
    """Why citations and tasks were not read as the answers have them."""


def measure(dataset: Dataset, without: Sequence[str] = ()) -> Figures:
    """Parse every document of a dataset and compare."""
    figures = Figures(dataset)
    outcomes = parse_many([case.document for case in dataset.cases], by_ocr=dataset.by_ocr)
    for case, outcome in zip(dataset.cases, outcomes, strict=True):
        if outcome.error is not None:
            figures.unread.append((case.name, str(outcome.error).partition("\n")[0]))
            continue
        add(figures, case, Plan.from_json(outcome.result or ""))
    for score in (figures.soft, figures.strict):
        score.leave_out(without)
    return figures


def add(figures: Figures, case: Case, plan: Plan) -> None:
    """Compare one document's Plan with its answer."""
    found = judged(plan)
    for score in (figures.soft, figures.strict):
        compare(score, case.gold, found, case.name)
    figures.causes += causes_of(case.gold, found)


def judged(plan: Plan) -> dict[str, Any]:
    """A plan as JSON, each of its citations with the verdict of the audit."""
    case = case_of(plan, packaged_register())
    found = plan.to_dict()
    for index, citation in enumerate(found["citations"]):
        citation["verdict"] = verdict_of(case, index)
    return found
