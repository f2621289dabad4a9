"""
The law of rendering: who reads what was rendered gets back the Plan, from its words alone.

Left out of the comparison: where values were read, the file, what was noted while reading, and the
marks of pages (their numbers, heads and stamps, a header that a page break repeats), which belong
to the paper and not to the plan.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import word_plans
from render_plans import HEAD, PLANS, section
from word_files import cell, docx, row, table

from tdkt_parse import parse
from tdkt_parse.models import Plan
from tdkt_parse.render import complete, read_plan, render_docx, render_html, render_markdown
from tdkt_parse.render.completion import quarter_table

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
DOCUMENTS = sorted(p for p in CORPUS.iterdir() if p.suffix in (".txt", ".docx", ".pdf"))
OF_PAGES = frozenset({"header", "footer", "table_header", "contents", "stamp"})
APART = frozenset({"evidence", "source", "diagnostics", "resolved", "confidence"})

Reader = Callable[[Plan], Plan]


def through_word(plan: Plan) -> Plan:
    return parse(render_docx(plan), name="plan.docx")


def through_markdown(plan: Plan) -> Plan:
    return parse(render_markdown(plan).encode(), name="plan.md")


def through_page(plan: Plan) -> Plan:
    return parse(render_html(plan).encode(), name="plan.html")


FORMS: tuple[Reader, ...] = (through_word, through_markdown, through_page)
each_form = pytest.mark.parametrize("through", FORMS, ids=lambda form: form.__name__[8:])


def said(value: Any) -> Any:
    """A value without what says where it was read."""
    if isinstance(value, dict):
        return {name: said(inner) for name, inner in value.items() if name not in APART}
    return [said(inner) for inner in value] if isinstance(value, list) else value


def what_it_says(plan: Plan) -> dict[str, Any]:
    """All that the law is about."""
    values: dict[str, Any] = said(plan.to_dict())
    values["marks"] = [mark for mark in values["marks"] if mark["role"] not in OF_PAGES]
    return values


def lost(given: Any, read: Any, path: str = "") -> Iterator[str]:
    """What of some data is not so in what was read; a text may have become a value with one."""
    if isinstance(given, dict) and isinstance(read, dict):
        for name, value in given.items():
            yield from lost(value, read.get(name), f"{path}.{name}")
    elif isinstance(given, list) and isinstance(read, list) and len(given) == len(read):
        for number, pair in enumerate(zip(given, read, strict=True)):
            yield from lost(*pair, f"{path}[{number}]")
    elif isinstance(given, str) and isinstance(read, dict):
        yield from lost(given, read.get("text"), path)
    elif given != read:
        yield f"{path}: {given!r} became {read!r}"


@cache
def from_data(label: str) -> Plan:
    return read_plan(json.dumps(PLANS[label]).encode(), "plan.json")


def test_documents_were_found() -> None:
    assert len(DOCUMENTS) == 15


@each_form
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name[:12])
def test_a_document_of_the_corpus_comes_back(path: Path, through: Reader) -> None:
    plan = parse(path)
    assert what_it_says(through(plan)) == what_it_says(plan)


PAGE_LOSES = {
    "lines in capitals": "two lines in capitals on end become one, as a title's do",
    "head and foot of the page are marks and stand in no paragraph": (
        "a page has no foot: its words stand below the signature"
    ),
}


@each_form
@pytest.mark.parametrize("label", PLANS)
def test_a_plan_from_data_comes_back(
    label: str, through: Reader, request: pytest.FixtureRequest
) -> None:
    """What the data says is read; and that is stable, with and without where it was read."""
    if through is through_page and label in PAGE_LOSES:
        request.applymarker(pytest.mark.xfail(reason=PAGE_LOSES[label], strict=True))
    read = through(from_data(label))
    assert list(lost(PLANS[label], said(read.to_dict()))) == []
    assert what_it_says(through(read)) == what_it_says(read)
    bare = read_plan(json.dumps(said(read.to_dict())).encode())
    assert what_it_says(through(bare)) == what_it_says(read)


MARKDOWN_LOSES = {
    "tasks: a list of persons after it stays apart and is no task": "two tables become one",
}


@each_form
@pytest.mark.parametrize("row", word_plans.ROWS, ids=lambda row: row.label)
def test_a_word_file_of_another_shape_comes_back(
    row: word_plans.PlanRow, through: Reader, request: pytest.FixtureRequest
) -> None:
    if through is through_markdown and row.label in MARKDOWN_LOSES:
        request.applymarker(pytest.mark.xfail(reason=MARKDOWN_LOSES[row.label], strict=True))
    if through is through_page and row.label in PAGE_LOSES:
        request.applymarker(pytest.mark.xfail(reason=PAGE_LOSES[row.label], strict=True))
    plan = parse(row.data)
    assert what_it_says(through(plan)) == what_it_says(plan)


CITING = "Theo Quyết định số 15/QĐ-UBND ngày 10/01/2024 của UBND huyện"
OVER_ROWS = word_plans.whole(
    tasks=table(
        row("STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"),
        row("1", "Phát động", "Phòng Nội vụ", "Các xã", cell(CITING, down="restart")),
        row("2", "Sơ kết", "Phòng Nội vụ", "Các xã", cell("", down="continue")),
    )
)
OVER_COLUMNS = word_plans.whole(
    tasks=table(
        row("STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"),
        row("1", "Phát động", cell("Phòng Nội vụ huyện", span=2), "Tháng 01/2024"),
        row("2", "Sơ kết", "Phòng Nội vụ", "Các xã", "Tháng 6/2024"),
    )
)


@pytest.mark.parametrize("body", [OVER_ROWS, OVER_COLUMNS], ids=["rows", "columns"])
def test_merged_cells_come_back_from_word(body: str) -> None:
    plan = parse(docx(body))
    assert what_it_says(through_word(plan)) == what_it_says(plan)


def test_a_cell_over_columns_comes_back_from_markdown() -> None:
    plan = parse(docx(OVER_COLUMNS))
    assert what_it_says(through_markdown(plan)) == what_it_says(plan)


@pytest.mark.xfail(reason="Markdown repeats a cell over rows, so it cites twice", strict=True)
def test_a_cell_over_rows_comes_back_from_markdown() -> None:
    plan = parse(docx(OVER_ROWS))
    assert what_it_says(through_markdown(plan)) == what_it_says(plan)


@each_form
@pytest.mark.parametrize("text", ["Điểm thưởng là 2*3*4 điểm.", "Mã `KT` | `TĐ` ghi <sau> này."])
def test_signs_of_markdown_come_back(
    text: str, through: Reader, request: pytest.FixtureRequest
) -> None:
    if through is through_markdown:
        reason = "the reader of text takes a backslash for a character"
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    data = {**HEAD, "sections": [section("I", "NỘI DUNG", ("1.", text))]}
    plan = complete(read_plan(json.dumps(data).encode()))
    assert through(plan).sections[0].paragraphs[0].text == text


# ---------------------------------------------------------------- plans from data


def test_a_plan_that_was_read_is_left_as_it_is() -> None:
    plan = parse(DOCUMENTS[0])
    assert complete(plan) is plan


@pytest.mark.parametrize("label", PLANS)
def test_completing_twice_changes_nothing_more(label: str) -> None:
    plan = complete(from_data(label))
    assert complete(plan) == plan


def test_lists_get_their_sections() -> None:
    plan = complete(from_data("lists alone"))
    assert [(s.label, s.heading, s.role) for s in plan.sections] == [
        ("I", "MỤC ĐÍCH, YÊU CẦU", "purpose_requirements"),
        ("II", "NỘI DUNG", "content"),
        ("III", "KINH PHÍ THỰC HIỆN", "budget"),
        ("IV", "TỔ CHỨC THỰC HIỆN", "implementation"),
    ]
    assert [child.heading for child in plan.sections[0].children] == ["Mục đích", "Yêu cầu"]
    assert plan.sections[1].tables[0].rows[1] == ["QUÝ I"] * 5


def test_a_task_that_a_section_holds_is_in_no_other_table() -> None:
    assert len(complete(from_data("units on lines of a cell")).sections) == 1


def test_columns_without_words_are_left_out() -> None:
    table = quarter_table(from_data("tasks of two quarters and of none").tasks)
    assert table.rows[0] == ["Nội dung", "Chủ trì"]
    assert [row[0] for row in table.rows[1:]] == [
        "Theo dõi phong trào ở các thôn",
        "QUÝ I VÀ QUÝ II",
        "Phát động thi đua hai đợt",
        "QUÝ III",
        "Kiểm tra chéo trong cụm",
    ]


def test_the_party_has_its_own_words() -> None:
    marks = [(mark.role, mark.text) for mark in complete(from_data("party")).marks]
    assert marks[:2] == [("motto", "ĐẢNG CỘNG SẢN VIỆT NAM"), ("word", "Số")]
