"""
Which instrument a citation means: rows of ``cases/resolve.json``.

A row is a plan in small, as those of the audit are (``audit_rows``); ``expected`` has for each of
its citations, in order, the id, then the method or the reason, then the candidates if it is open.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from audit_rows import text_of

from tdkt_parse.models import Plan
from tdkt_parse.pipeline import parse
from tdkt_parse.register import packaged_register
from tdkt_parse.register.urn import urn_lex
from tdkt_parse.resolve import resolve_plan

ROWS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "resolve.json").read_text("utf-8")
)


def said_of(plan: Plan) -> list[list[str | None]]:
    found = []
    for cited in plan.citations:
        assert cited.resolved is not None, "every citation is resolved or says why not"
        one = cited.resolved
        told: list[str | None] = [one.id, one.method or one.reason]
        found.append(told if one.id else [*told, *one.candidates])
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["label"])
def test_row(row: dict[str, Any]) -> None:
    assert said_of(parse(text_of(row).encode())) == row["expected"]


def test_labels_stand_once() -> None:
    labels = [row["label"] for row in ROWS]
    assert len(labels) == len(set(labels)) > 40


HOME = "Căn cứ Quyết định số 29/2018/QĐ-UBND của {} ban hành Quy chế Thi đua, khen thưởng;"


@pytest.mark.parametrize(
    ("head", "issuer", "expected"),
    [
        ("ỦY BAN NHÂN DÂN\nTỈNH QUẢNG TRỊ", "Ủy ban nhân dân tỉnh", "29/2018/QĐ-UBND"),
        ("UBND TỈNH QUẢNG TRỊ\nSỞ NỘI VỤ", "UBND tỉnh", "29/2018/QĐ-UBND"),
        ("ỦY BAN NHÂN DÂN\nTỈNH KON TUM", "Ủy ban nhân dân tỉnh", None),
        ("ỦY BAN NHÂN DÂN\nHUYỆN HẢI LĂNG", "Ủy ban nhân dân tỉnh", None),
        ("ỦY BAN NHÂN DÂN\nTỈNH QUẢNG TRỊ", "Ủy ban nhân dân huyện", None),
        ("ỦY BAN NHÂN DÂN\nTỈNH QUẢNG TRỊ", "UBND tỉnh Kon Tum", None),
        ("TỈNH ỦY QUẢNG TRỊ", "UBND tỉnh", None),
    ],
)
def test_the_province_of_who_issues(head: str, issuer: str, expected: str | None) -> None:
    date = "Số: 12/KH-UBND\n\nngày 15 tháng 3 năm 2021"
    title = "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2021"
    plan = parse("\n\n".join((head, date, title, HOME.format(issuer))).encode())
    (cited,) = plan.citations
    assert cited.resolved is not None
    assert cited.resolved.id == expected
    assert cited.issuer == issuer
    assert resolve_plan(plan, packaged_register()) == plan


def test_a_plan_from_elsewhere_is_resolved_alike() -> None:
    """What a Plan's JSON without answers gives is what parsing gave."""
    plan = parse(text_of(ROWS[0]).encode())
    bare = [cited.model_copy(update={"resolved": None}) for cited in plan.citations]
    again = resolve_plan(plan.model_copy(update={"citations": bare}), packaged_register())
    assert again == plan


def test_a_resolved_citation_has_its_urn() -> None:
    plan = parse(text_of(ROWS[0]).encode())
    assert plan.citations[0].resolved is not None
    assert (
        plan.citations[0].resolved.urn == "urn:lex:vn:chinh.phu:nghi.dinh:2023-12-31;98-2023-nd-cp"
    )
    law = packaged_register().get("06/2022/QH15")
    assert law is not None
    assert (
        urn_lex(law.kind, law.number, law.issuer, law.issued)
        == "urn:lex:vn:quoc.hoi:luat:2022-06-15;06-2022-qh15"
    )
