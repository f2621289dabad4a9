"""
A small plan and a few rules of its own, for the tests of everything that prints findings.

The rules find what their words say and nothing else, so that a change of the real ones changes no
page, no comment and no count here.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tdkt_parse import auditing
from tdkt_parse.audit import rules
from tdkt_parse.audit.cases import Case, bases_of
from tdkt_parse.audit.findings import Hit
from tdkt_parse.audit.rules import RuleRow
from tdkt_parse.models import Text

LINES = (
    "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "XÃ TÂN LẬP\tĐộc lập - Tự do - Hạnh phúc",
    "Số: 15/KH-UBND\tTân Lập, ngày 15 tháng 01 năm 2026",
    "KẾ HOẠCH",
    "Công tác thi đua, khen thưởng năm 2026",
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
    "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ;",
    "Thực hiện Kế hoạch số 03/KH-UBND ngày 09 tháng 01 năm 2026 của UBND huyện Bắc Sơn.",
    "UBND xã Tân Lập xây dựng kế hoạch như sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "Nâng cao chất lượng các phong trào thi đua.",
    "TM. ỦY BAN NHÂN DÂN",
    "CHỦ TỊCH",
    "Nguyễn Văn An",
)
"""The decree in line 7 was replaced half a year before; the plan of the district nobody knows."""

TEXT = "\n".join(LINES) + "\n"
OLD = LINES[6].removeprefix("Căn cứ ").removesuffix(";")
UNKNOWN = LINES[7].removeprefix("Thực hiện ").removesuffix(".")


def row(id_: str, name: str, level: str, title: str, vi: str) -> RuleRow:
    return RuleRow.model_validate(
        {
            "id": id_,
            "name": name,
            "level": level,
            "binding": "fact",
            "title_vi": title,
            "title_en": f"{name} in English",
            "locator": "Nghị định 30/2020/NĐ-CP, Phụ lục I",
            "sayings": {"default": {"vi": vi, "en": f"{name}: {{what}}"}},
        }
    )


ROWS = {
    one.id: one
    for one in (
        row("B01", "in-force", "error", "Căn cứ hết hiệu lực", "{what} đã hết hiệu lực."),
        row("B13", "competence", "warning", "Thiếu căn cứ thẩm quyền", "Thiếu {what}."),
        row("B15", "form", "info", "Trình bày căn cứ", "Trình bày: {what}."),
        row("U01", "not-checked", "info", "Chưa kiểm tra được", "Chưa kiểm tra được {what}."),
    )
}


def ended(case: Case) -> Iterator[Hit]:
    for number, cited, instrument in bases_of(case):
        if cited.number and cited.number.canonical == "98/2023/NĐ-CP":
            yield Hit(
                cited.evidence,
                words={"what": cited.number.canonical},
                citation=number,
                instrument=instrument.id if instrument else None,
                verdict="expired",
            )


def competence(case: Case) -> Iterator[Hit]:
    if case.plan.legal_bases:
        yield Hit(None, words={"what": "căn cứ thẩm quyền"})


def form(case: Case) -> Iterator[Hit]:
    title: Text | None = case.plan.title
    if title is not None:
        yield Hit(title.evidence, words={"what": title.text}, certainty="possible")


def unchecked(case: Case) -> Iterator[Hit]:
    for number, cited, instrument in bases_of(case):
        if instrument is None:
            yield Hit(cited.evidence, words={"what": cited.evidence.text}, citation=number)


RULES = (("B01", ended), ("B13", competence), ("B15", form), ("U01", unchecked))


def put_in_place(
    monkeypatch: pytest.MonkeyPatch, rows: Mapping[str, RuleRow] = ROWS, checks: Any = RULES
) -> None:
    """The rules of this file in the place of the real ones; forked workers have them too."""
    monkeypatch.setattr(rules, "RULES", checks)
    monkeypatch.setattr(rules, "rule_rows", lambda: rows)
    monkeypatch.setattr(auditing, "rule_rows", lambda: rows)
