"""
Rows of ``cases/audit.json`` and ``audit_force.json``: small plans, and what one rule says of each.

A row is ``{"label", "rule", "comment"?, "date", "title"?, "issuer"?, "number"?, "lines" or "text",
"expected"}``. ``date`` is ``"09/3/2022"``, ``"tháng 01 năm 2024"`` (the day blank) or ``null``;
``issuer`` the two lines of the letterhead; ``number`` the own số, ký hiệu, ``""`` for none;
``lines`` what stands under the title, a string each, cells of a table divided by tabs. Lines
without a heading ``I. `` get a default body, without ``Nơi nhận`` a default ending signed
TM./CHỦ TỊCH. ``text`` is a whole plan instead.

``expected`` holds ``{"quote", "level"?, "certainty"?}`` for each finding of the rule, none for a
negative; other rules' findings do not count. ``quote`` and the words of the finding's evidence
hold one another, one way or the other; ``null`` is a finding without evidence.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tdkt_parse.audit import Finding, audit_plan
from tdkt_parse.models import Plan
from tdkt_parse.pipeline import parse
from tdkt_parse.register import Register, packaged_register

ROWS = ("audit.json", "audit_force.json")
CASES = Path(__file__).parent / "cases"
FIELDS = {"label", "rule", "comment", "date", "title", "issuer", "number", "lines", "text"}
EXPECTED = {"quote", "level", "certainty"}

ISSUER = ("ỦY BAN NHÂN DÂN", "HUYỆN BẮC SƠN")
NUMBER = "12/KH-UBND"
BODY = (
    "I. MỤC ĐÍCH, YÊU CẦU",
    "Nâng cao chất lượng các phong trào thi đua trên địa bàn huyện.",
    "II. TỔ CHỨC THỰC HIỆN",
    "Các cơ quan, đơn vị nghiêm túc thực hiện Kế hoạch này./.",
)
ENDING = (
    "Nơi nhận:\n- Như trên;\n- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    "Nguyễn Văn An",
)

Row = dict[str, Any]


@cache
def rows() -> list[Row]:
    """The rows, checked."""
    found: list[Row] = [
        row for name in ROWS for row in json.loads((CASES / name).read_text("utf-8"))
    ]
    labels = [(row["rule"], row["label"]) for row in found]
    assert len(labels) == len(set(labels)), "a label stands twice"
    for row in found:
        assert set(row) <= FIELDS | {"expected"}, f"unknown field in {row['label']}"
        assert {"label", "rule", "expected"} <= set(row), row
        assert ("text" in row) != ("lines" in row), f"{row['label']}: either lines or text"
        assert all(set(each) <= EXPECTED for each in row["expected"]), row["label"]
    return found


def cases() -> list[Any]:
    """Every row as a pytest parameter named by its rule and label."""
    return [pytest.param(row, id=f"{row['rule']}: {row['label']}") for row in rows()]


def text_of(row: Row) -> str:
    """The plan of a row as text."""
    if "text" in row:
        return str(row["text"])
    return compose(
        row.get("date"),
        row["lines"],
        title=row.get("title"),
        issuer=row.get("issuer", ISSUER),
        number=row.get("number", NUMBER),
    )


def compose(
    date: str | None,
    lines: list[str] | tuple[str, ...],
    *,
    title: str | None = None,
    issuer: list[str] | tuple[str, ...] = ISSUER,
    number: str = NUMBER,
) -> str:
    """A plan with these lines under its title."""
    year = date.split("/")[-1].split()[-1] if date else None
    named = title or "Công tác thi đua, khen thưởng" + (f" năm {year}" if year else "")
    blocks = ["\n".join(issuer)]
    blocks += [f"Số: {number}"] if number else []
    blocks += [f"Bắc Sơn, {_printed(date)}"] if date else []
    blocks.append(f"KẾ HOẠCH\n{named}")
    blocks += _blocks(lines)
    if not any(line.startswith("I. ") for line in lines):
        feet = (n for n, block in enumerate(blocks) if block.startswith("Nơi nhận"))
        foot = next(feet, len(blocks))
        blocks[foot:foot] = BODY
    if not any(line.startswith("Nơi nhận") for line in lines):
        blocks += ENDING
    return "\n\n".join(blocks) + "\n"


def _printed(date: str) -> str:
    """A date as a letterhead has it."""
    if "/" not in date:
        return f"ngày {date}"
    day, month, year = date.split("/")
    return f"ngày {day} tháng {month} năm {year}"


def _blocks(lines: list[str] | tuple[str, ...]) -> list[str]:
    """Paragraphs apart, the rows of a table under one another."""
    blocks: list[str] = []
    for line in lines:
        if blocks and "\t" in line and "\t" in blocks[-1].rpartition("\n")[2]:
            blocks[-1] += f"\n{line}"
        else:
            blocks.append(line)
    return blocks


@cache
def register() -> Register:
    return packaged_register()


def findings(plan: Plan, rule: str) -> list[Finding]:
    """What one rule says of a plan."""
    return [found for found in audit_plan(plan, register()) if found.rule == rule]


def findings_of(text: str, rule: str) -> list[Finding]:
    """What one rule says of a plan's text."""
    return findings(parse(text.encode()), rule)


def _words(text: str) -> str:
    return " ".join(text.split())


def quotes(quote: str | None, finding: Finding) -> bool:
    """Whether a quotation and a finding's words hold one another."""
    if quote is None or finding.evidence is None:
        return quote is None and finding.evidence is None
    ours, theirs = _words(finding.evidence.text), _words(quote)
    return ours in theirs or theirs in ours


def meets(expected: dict[str, str], finding: Finding) -> bool:
    """Whether a finding is the one that a row expects."""
    return quotes(expected["quote"], finding) and all(
        getattr(finding, name) == value for name, value in expected.items() if name != "quote"
    )


def unmet(expected: list[dict[str, str]], found: list[Finding]) -> list[Any]:
    """The expected findings that are not there, and those nobody expected, as words."""
    left = list(found)
    missing: list[Any] = []
    for want in expected:
        hit = next((finding for finding in left if meets(want, finding)), None)
        if hit is None:
            missing.append(("missing", want))
        else:
            left.remove(hit)
    return missing + [
        (
            "not expected",
            each.level,
            each.certainty,
            each.message,
            each.evidence and each.evidence.text,
        )
        for each in left
    ]
