"""Findings in print: the sheet, SARIF, and the page for people, of hostile documents too."""

import html.parser
import json
from datetime import date
from typing import Any

import audit_plans
import fakes
import pytest
from audit_plans import OLD, ROWS, TEXT

from tdkt_parse import parse
from tdkt_parse.audit import audit_plan
from tdkt_parse.audit.findings import Finding
from tdkt_parse.audit.labels import WORDS, remark_on
from tdkt_parse.audit.linter import lines_of
from tdkt_parse.audit.page import page_of
from tdkt_parse.audit.rules import rule_rows
from tdkt_parse.audit.sarif import sarif_of, uri_of
from tdkt_parse.audit.selection import choose_rules, spared
from tdkt_parse.audit.sheets import Sheet, place_for, sheet_of
from tdkt_parse.exceptions import (
    Crashed,
    Encrypted,
    NeedsOcr,
    TdktError,
    Unreadable,
    UsageError,
)
from tdkt_parse.models import Box, Evidence, Plan, Resolved
from tdkt_parse.register import packaged_register

TODAY = date(2026, 1, 20)


@pytest.fixture(autouse=True)
def _rules(monkeypatch: pytest.MonkeyPatch) -> None:
    audit_plans.put_in_place(monkeypatch)


def audited(text: str = TEXT, path: str = "a.txt", **more: Any) -> Sheet:
    plan = parse(text.encode())
    register = packaged_register()
    return sheet_of(path, plan, register, audit_plan(plan, register), text=text, **more)


def finding(**values: Any) -> Finding:
    given = {
        "rule": "B01",
        "name": "in-force",
        "level": "error",
        "message": "Sai.",
        "message_en": "Wrong.",
        "locator": "Điều 1",
    }
    return Finding.model_validate({**given, **values})


def of_findings(*findings: Finding, plan: Plan | None = None, path: str = "a.txt") -> Sheet:
    return sheet_of(path, plan or fakes.sample_plan(), packaged_register(), findings, text="x" * 50)


# -- sheets


def test_places_are_lines_and_columns_of_code_points() -> None:
    text = "một\nhai 𝔞 ba\nbốn"
    evidence = Evidence(spans=[(8, 13), (14, 17)], text="𝔞 ba\nbốn")
    plan = fakes.sample_plan()
    sheet = sheet_of(
        "a.txt", plan, packaged_register(), [finding(evidence=evidence), finding()], text=text
    )
    first, whole = sheet.findings
    assert (first.line, first.column, first.end_line, first.end_column) == (2, 5, 3, 1)
    assert (whole.line, whole.column, whole.end_line) == (1, 1, None)
    without = sheet_of("a.json", plan, packaged_register(), [finding(evidence=evidence)])
    assert without.findings[0].line is None


def test_a_sheet_comes_back_from_json() -> None:
    sheet = audited()
    assert Sheet.model_validate_json(sheet.model_dump_json()) == sheet


def test_the_page_is_that_of_the_first_box() -> None:
    boxes = [Box(page=3, x0=1, y0=1, x1=2, y1=2), Box(page=4, x0=1, y0=1, x1=2, y1=2)]
    sheet = of_findings(finding(evidence=Evidence(spans=[(3, 5)], text="xx", boxes=boxes)))
    assert [*lines_of(sheet)] == ["a.txt:3:1: lỗi B01 Sai. [Điều 1]"]


def test_what_could_not_be_checked_is_one_line() -> None:
    unknown = [
        finding(rule="U01", level="info", citation=number, message=f"Chưa rõ {number}.")
        for number in (0, 1)
    ]
    plan = fakes.sample_plan()
    unknown_to_it = Resolved(reason="not_in_register")
    cited = [one.model_copy(update={"resolved": unknown_to_it}) for one in plan.citations]
    sheet = of_findings(finding(), *unknown, plan=plan.model_copy(update={"citations": cited}))
    names = [one.name for one in sheet.citations[:2]]
    first, last = lines_of(sheet)
    assert first == "a.txt:1: lỗi B01 Sai. [Điều 1]"
    assert last.startswith("a.txt:1: lưu ý U01 Chưa kiểm tra được hiệu lực của 2 văn bản: ")
    assert f": {'; '.join(names)}. " in last
    assert [line.split(" [")[0] for line in lines_of(sheet, each=True)][1:] == [
        "a.txt:1: lưu ý U01 Chưa rõ 0.",
        "a.txt:1: lưu ý U01 Chưa rõ 1.",
    ]
    assert "2 documents were in force" in [*lines_of(sheet, "en")][1]
    replaced = sheet.citations[0].model_copy(update={"replaced_by": ["1/2024/NĐ-CP"]})
    third = finding(rule="U01", level="info", citation=2, message="Chưa rõ 2.")
    more = of_findings(*unknown, third, plan=plan.model_copy(update={"citations": cited}))
    apart = more.model_copy(update={"citations": [replaced, *more.citations[1:]]})
    assert [line.split(" [")[0][:40] for line in lines_of(apart)] == [
        "a.txt:1: lưu ý U01 Chưa rõ 0.",
        "a.txt:1: lưu ý U01 Chưa kiểm tra được hi",
    ]
    alone = of_findings(unknown[0])
    assert [*lines_of(alone)] == ["a.txt:1: lưu ý U01 Chưa rõ 0. [Điều 1]"]


def test_what_depends_on_the_day_of_signing_is_said() -> None:
    text = TEXT.replace("ngày 15 tháng 01 năm 2026", "ngày    tháng    năm 2025")
    sheet = audited(text)
    decree = sheet.citations[1]
    assert decree.verdict == "unknown"
    assert decree.verdicts == ["in_force", "expired"]
    page = "".join(page_of([sheet], today=TODAY))
    assert "tùy ngày ký: còn hiệu lực, hết hiệu lực" in page
    assert "(ngày ký để trống một phần" in page


def test_a_remark_on_all_of_a_plan_is_at_its_title() -> None:
    plan = parse(TEXT.encode())
    assert plan.title is not None
    assert place_for(plan, finding()) == plan.title.evidence
    untitled = plan.model_copy(update={"title": None})
    assert plan.number is not None
    assert place_for(untitled, finding()) == plan.number.evidence
    bare = Plan.model_validate({"source": plan.source.model_dump()})
    assert place_for(bare, finding()) is None
    assert (
        remark_on(finding(certainty="possible"), "en")
        == "Error B01: (possible) Wrong.\nUnder: Điều 1."
    )


def test_every_word_is_there_in_both_languages() -> None:
    assert all(set(said) == {"vi", "en"} and all(said.values()) for said in WORDS.values())


# -- which rules


def test_rules_are_named_by_id_beginning_or_name() -> None:
    assert choose_rules(ROWS, (), ()) == ["B01", "B13", "B15", "U01"]
    assert choose_rules(ROWS, ("b1",), ("FORM",)) == ["B13"]
    with pytest.raises(UsageError, match="ignore: there is no rule ''"):
        choose_rules(ROWS, (), ("",))


def test_patterns_are_of_whole_paths() -> None:
    ignores = [("*/a.txt", ["B01"]), ("*/in/*", ["B13"])]
    assert spared("in/a.txt", ignores) == {"B01", "B13"}
    assert spared("b.txt", ignores) == set()


def test_the_rule_of_what_could_not_be_checked_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert "U01" in rule_rows()


# -- SARIF

REQUIRED: dict[str, dict[str, Any]] = {
    "log": {"version": str, "$schema": str, "runs": list},
    "run": {"tool": dict, "results": list, "columnKind": str},
    "driver": {"name": str, "version": str, "rules": list},
    "rule": {"id": str, "name": str, "shortDescription": dict, "help": dict},
    "result": {"ruleId": str, "ruleIndex": int, "level": str, "message": dict, "locations": list},
}
"""What we promise of each object; all else of SARIF 2.1.0 (3.13 to 3.50) may be absent."""


def check(value: dict[str, Any], kind: str) -> None:
    for name, type_ in REQUIRED[kind].items():
        assert isinstance(value.get(name), type_), f"{kind}.{name}"


def test_the_log_has_the_structure_of_sarif() -> None:
    log = json.loads(json.dumps(sarif_of([audited(), audited(path="b/c d.txt")], ROWS, "0.1.0")))
    check(log, "log")
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    check(run, "run")
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    check(driver, "driver")
    for rule in driver["rules"]:
        check(rule, "rule")
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    assert len(run["results"]) == 8
    for result in run["results"]:
        check(result, "result")
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        [location] = result["locations"]
        physical = location["physicalLocation"]
        assert physical["artifactLocation"]["uri"] in {"a.txt", "b/c%20d.txt"}
        region = physical["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
        if "charOffset" in region:
            start, size = region["charOffset"], region["charLength"]
            assert TEXT[start : start + size] == region["snippet"]["text"]
            assert TEXT[:start].count("\n") == region["startLine"] - 1


def test_levels_and_places_of_results() -> None:
    box = Box(page=2, x0=10, y0=20, x1=30, y1=40)
    evidence = Evidence(spans=[(3, 5)], text="xx", boxes=[box])
    sheet = of_findings(
        finding(evidence=evidence, instrument="98/2023/NĐ-CP", verdict="expired"),
        finding(rule="B13", level="warning"),
        finding(rule="B15", level="info", certainty="possible"),
    )
    [run] = sarif_of([sheet], ROWS, "0.1.0", "en")["runs"]
    first, second, third = run["results"]
    assert [one["level"] for one in run["results"]] == ["error", "warning", "note"]
    assert first["properties"] == {
        "certainty": "certain",
        "locator": "Điều 1",
        "page": 2,
        "boxes": [{"page": 2, "x0": 10, "y0": 20, "x1": 30, "y1": 40}],
        "instrument": "98/2023/NĐ-CP",
        "verdict": "expired",
    }
    assert second["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 1,
        "startColumn": 1,
    }
    assert third["message"]["text"] == "(possible) Wrong."


def test_a_region_is_of_the_words_it_shows() -> None:
    """Of words in two places it is the first; a Plan in JSON, without lines, has one too."""
    parted = Evidence(spans=[(3, 5), (9, 12)], text="xx\nxxx")
    whole = Evidence(spans=[(3, 5)], text="xx")
    sheet = of_findings(finding(evidence=parted), finding(evidence=whole))
    plan = sheet_of("a.json", fakes.sample_plan(), packaged_register(), [finding(evidence=whole)])
    [run] = sarif_of([sheet, plan], ROWS, "0.1.0")["runs"]
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in run["results"]]
    assert [(it.get("charOffset"), it.get("charLength")) for it in regions[:2]] == [(3, 2), (3, 2)]
    assert ["snippet" in it for it in regions] == [False, True, False]
    assert regions[2] == {"startLine": 1}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a/b.docx", "a/b.docx"),
        ("Kế hoạch.docx", "K%E1%BA%BF%20ho%E1%BA%A1ch.docx"),
        ("a%20#?.txt", "a%2520%23%3F.txt"),
        ("c:d.txt", "c%3Ad.txt"),
        ("/nhà/á.txt", "file:///nh%C3%A0/%C3%A1.txt"),
        ("a\udcff.txt", "a%FF.txt"),
    ],
)
def test_paths_are_percent_encoded(path: str, uri: str) -> None:
    assert uri_of(path) == uri


# -- the page

HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=y>\x1b[2J\u202e"


class Reader(html.parser.HTMLParser):
    """The tags of a page, each closed in its turn, and its words."""

    EMPTY = frozenset({"meta", "col", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def test_the_page_says_what_was_found_and_what_was_not_checked() -> None:
    page = "".join(page_of([audited()], today=TODAY))
    words = " ".join(read(page).words.split())
    for said in (
        "Kế hoạch số 15/KH-UBND",
        "Công tác thi đua, khen thưởng năm 2026",
        "15/01/2026",
        "Lập ngày 20/01/2026",
        "Nghị định 98/2023/NĐ-CP",
        "có hiệu lực từ 01/01/2024; hết hiệu lực từ 01/07/2025; thay thế bởi 152/2025/NĐ-CP",
        "98/2023/NĐ-CP đã hết hiệu lực.",
        f"{OLD} Dòng 7. Theo Nghị định 30/2020/NĐ-CP, Phụ lục I.",
        "Toàn văn bản. Theo",
        "1 chưa kiểm tra được",
    ):
        assert said in words, said
    for verdict in ("in_force", "expired", "unknown"):
        assert f'<span class="badge {verdict}">' in page
    assert words.index("Lỗi (1)") < words.index("Cảnh báo (1)") < words.index("Lưu ý (1)")


def test_several_documents_have_a_table_before_them() -> None:
    pages = "".join(page_of([audited(), audited(path="b.txt")], "en", today=TODAY))
    assert read(pages).words.count("b.txt") == 2
    assert '<a href="#d2">' in pages
    assert 'id="d2"' in pages
    assert '<table class="overview">' not in "".join(page_of([audited()], today=TODAY))
    assert "no longer in force" in pages


def test_nothing_of_a_document_is_markup() -> None:
    plan = fakes.sample_plan(HOSTILE)
    evidence = Evidence(spans=[(0, 3)], text=HOSTILE)
    hostile = finding(message=HOSTILE, locator=HOSTILE, rule=HOSTILE, evidence=evidence)
    values = plan.to_dict()
    values["legal_bases"][0]["text"] = HOSTILE
    values["issuer"]["name"] = values["issuer"]["parent"] = HOSTILE
    values["citations"][0]["kind"] = values["citations"][1]["title"] = HOSTILE
    sheet = of_findings(hostile, hostile, plan=Plan.model_validate(values), path=HOSTILE)
    page = "".join(page_of([sheet, sheet], today=TODAY))
    reader = read(page)
    assert not {"script", "img"} & reader.tags
    assert not [name for name in reader.attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in reader.words
    assert not {"\x1b", "\u202e"} & set(page)
    assert "default-src 'none'" in page


def test_a_plan_without_anything_has_a_page() -> None:
    plan = parse(TEXT.encode())
    bare = Plan.model_validate({"source": plan.source.model_dump()})
    words = read("".join(page_of([of_findings(plan=bare)], today=TODAY))).words
    assert "Không đọc thấy căn cứ nào." in words
    assert "Không có phát hiện nào." in words


@pytest.mark.parametrize(
    ("error", "vietnamese", "english"),
    [
        (Unreadable, "tệp không có, rỗng, hỏng", "not there, empty, broken"),
        (Encrypted, "tệp có mật khẩu bảo vệ", "protected by a password"),
        (NeedsOcr, "cần nhận dạng chữ (OCR)", "need OCR"),
        (Crashed, "chương trình dừng", "the program stopped"),
    ],
)
def test_the_page_says_why_a_document_was_not_read(
    error: type[TdktError], vietnamese: str, english: str
) -> None:
    failed = [(f"{HOSTILE}.pdf", error(f"Reason {HOSTILE}"))]
    for lang, words, others in (("vi", vietnamese, english), ("en", english, vietnamese)):
        page = "".join(page_of([audited()], lang, failed=failed))
        reader = read(page)
        assert words in reader.words
        assert others not in reader.words
        assert "Reason" in reader.words
        assert not {"script", "img"} & reader.tags
