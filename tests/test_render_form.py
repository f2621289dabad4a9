"""
How a rendered plan looks: the form of Nghị định 30/2020/NĐ-CP in Word, Markdown and HTML.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any

import docx
import pytest
import regex
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree
from render_plans import HEAD, PLANS, ROMAN, SPANNING, TWO_ROWS, section, table, with_

from tdkt_parse import parse
from tdkt_parse.models import Evidence, Plan, TableRead
from tdkt_parse.render import complete, read_plan, render_docx, render_html, render_markdown
from tdkt_parse.render.completion import nowhere
from tdkt_parse.render.letterhead import write_date, write_number
from tdkt_parse.render.printed import Grid
from tdkt_parse.render.ruled import rule_tables


def plan_of(data: dict[str, Any]) -> Plan:
    return read_plan(json.dumps(data).encode(), "plan.json")


@cache
def opened(label: str) -> Any:
    return docx.Document(io.BytesIO(render_docx(plan_of(PLANS[label]))))


def looks(label: str) -> dict[str, Any]:
    """The paragraphs of a Word file, those of its cells too, by their words."""
    document = opened(label)
    cells = [cell for one in document.tables for row in one.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    return {p.text: p for p in paragraphs if p.text}


# ---------------------------------------------------------------- Word


def test_the_page_is_the_decree_s() -> None:
    document = opened("superior")
    section_ = document.sections[0]
    assert (round(section_.page_width.mm), round(section_.page_height.mm)) == (210, 297)
    assert Mm(20) <= section_.top_margin <= Mm(25)
    assert Mm(30) <= section_.left_margin <= Mm(35)
    assert Mm(15) <= section_.right_margin <= Mm(20)
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_pages_are_numbered_on_top_from_the_second() -> None:
    section_ = opened("superior").sections[0]
    assert section_.different_first_page_header_footer
    numbered = section_.header.part.element
    assert [node.text for node in numbered.iter(qn("w:instrText"))] == ["PAGE"]
    assert numbered.find(f".//{qn('w:jc')}").get(qn("w:val")) == "center"
    assert list(section_.first_page_header.part.element.iter(qn("w:instrText"))) == []


def test_letterhead_stands_in_two_columns_without_rules() -> None:
    letterhead = opened("superior").tables[0]
    words = [[cell.text.split("\n") for cell in row.cells] for row in letterhead.rows]
    assert [[list(filter(None, lines)) for lines in row] for row in words] == [
        [
            ["UBND HUYỆN BÁT XÁT", "TRƯỜNG TIỂU HỌC BẢN QUA"],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ],
        [["Số: 15/KH-UBND"], ["Bản Qua, ngày 07 tháng 02 năm 2025"]],
    ]
    assert letterhead._tbl.find(f".//{qn('w:tblBorders')}") is None


@pytest.mark.parametrize(
    ("words", "bold", "italic", "size"),
    [
        ("UBND HUYỆN BÁT XÁT", None, None, 12),
        ("TRƯỜNG TIỂU HỌC BẢN QUA", True, None, 12),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, None, 12),
        ("Số: 15/KH-UBND", None, None, 13),
        ("Bản Qua, ngày 07 tháng 02 năm 2025", None, True, 13),
        ("KẾ HOẠCH", True, None, 14),
        ("Công tác thi đua, khen thưởng năm 2025", True, None, 14),
        ("Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;", None, True, 14),
        ("Nơi nhận:", True, True, 12),
        ("- Lưu: VT.", None, None, 11),
        ("HIỆU TRƯỞNG", True, None, 14),
        ("Đỗ Thanh Hà", True, None, 14),
    ],
)
def test_words_are_set_as_the_decree_says(
    words: str, bold: bool | None, italic: bool | None, size: int
) -> None:
    run = looks("superior")[words].runs[0]
    assert (run.bold, run.italic, run.font.size) == (bold, italic, Pt(size))


def test_headings_are_bold_and_in_the_outline() -> None:
    heading = looks("nested sections")["a) Đối với các thôn, bản"]
    assert heading.runs[0].bold
    assert heading._p.find(f".//{qn('w:outlineLvl')}").get(qn("w:val")) == "2"


def test_recipients_and_signature_stand_side_by_side() -> None:
    signature = opened("two signers").tables[-1]
    assert [cell.text.split("\n")[0] for cell in signature.rows[0].cells] == [
        "Nơi nhận:",
        "CHỦ TỊCH CÔNG ĐOÀN",
        "HIỆU TRƯỞNG",
    ]


def test_tables_of_tasks_are_ruled_and_their_header_repeats() -> None:
    tasks = opened("spanning quarters").tables[1]
    assert tasks._tbl.find(f".//{qn('w:tblBorders')}") is not None
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in tasks.rows]
    assert heads == [True, False, False, False, False, False]
    spans = [node.get(qn("w:val")) for node in tasks._tbl.iter(qn("w:gridSpan"))]
    assert spans == ["3", "3"]


def test_footnotes_are_those_of_word() -> None:
    data = render_docx(plan_of(PLANS["two footnotes"]))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
        document = etree.fromstring(package.read("word/document.xml"))
    texts = ["".join(map(str, note.itertext())).strip() for note in notes]
    assert texts[2:] == [
        "Theo hướng dẫn của Phòng Nội vụ huyện.",
        "Số liệu đến hết tháng 01 năm 2025.",
    ]
    marks = [node.get(qn("w:id")) for node in document.iter(qn("w:footnoteReference"))]
    assert marks == ["1", "2"]


def test_an_appendix_has_a_page_of_its_own() -> None:
    document = opened("two appendices")
    assert len(document.sections) == 3
    starts = [node.get(qn("w:start")) for node in document.element.iter(qn("w:pgNumType"))]
    assert starts == ["1", "1"]


def test_control_characters_do_not_break_the_file() -> None:
    plan = plan_of(with_(title="Công tác\x00 thi đua\x0b năm\u202e 2025"))
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(render_docx(plan))).paragraphs)
    assert "Công tác\ufffd thi đua năm\ufffd 2025" in text


# ---------------------------------------------------------------- places of footnotes


def test_a_mark_stands_where_it_stood() -> None:
    text = (
        "KẾ HOẠCH\n\nCông tác thi đua năm 2025\n\nI. NỘI DUNG\n\n"
        "1. Các xã, thị trấn[^1] tổ chức phát động thi đua trong tháng 01.\n\n"
        "2. Phòng Nội vụ theo dõi.\n\n"
        "[^1]: Trừ các xã đã phát động trong năm trước.\n"
    )
    printed = render_markdown(parse(text.encode(), name="plan.md"))
    assert "thị trấn[^1] tổ chức" in printed


# ---------------------------------------------------------------- numbers and dates


def test_blanks_are_dotted() -> None:
    plan = plan_of(PLANS["blank number, day"])
    assert plan.number is not None
    assert plan.date is not None
    assert write_number(plan.number) == "……/KH-UBND"
    assert write_date(plan.date) == "ngày …… tháng 11 năm 2025"


def test_a_party_number_has_its_hyphen_first() -> None:
    plan = plan_of(PLANS["party"])
    assert plan.number is not None
    assert write_number(plan.number) == "08-KH/ĐU"


# ---------------------------------------------------------------- cells


def places(grid: Grid) -> list[list[tuple[int, int] | None]]:
    return [[(c.rows, c.columns) if c else None for c in row] for row in grid.places]


def read_table(data: dict[str, Any], text: str = "") -> TableRead:
    evidence = Evidence(spans=[(0, len(text))], text=text) if text else nowhere()
    return TableRead(**data, evidence=evidence)


def test_words_printed_once_are_one_cell() -> None:
    data = table("TT | Nội dung | Chủ trì | Phối hợp", "1 | Hội nghị | UBND xã | UBND xã")
    once = "TT\tNội dung\tChủ trì\tPhối hợp\n1\tHội nghị\tUBND xã"
    (grid,) = rule_tables(read_table(data, once), [])
    assert places(grid)[1] == [(1, 1), (1, 1), (1, 2), None]
    (grid,) = rule_tables(read_table(data, once + "\tUBND xã"), [])
    assert places(grid)[1] == [(1, 1)] * 4
    (grid,) = rule_tables(read_table(data), [])
    assert places(grid)[1] == [(1, 1)] * 4


def test_a_cell_over_several_rows() -> None:
    data = table("TT | Nội dung | Chủ trì", "1 | Hội nghị | Sở A", "2 | Hội thi | Sở A")
    (grid,) = rule_tables(
        read_table(data, "TT\tNội dung\tChủ trì\n1\tHội nghị\tSở A\n2\tHội thi"), []
    )
    assert places(grid) == [[(1, 1)] * 3, [(1, 1), (1, 1), (2, 1)], [(1, 1), (1, 1), None]]


def test_a_header_of_two_rows_is_merged_without_evidence() -> None:
    (grid,) = rule_tables(read_table(TWO_ROWS), [])
    assert places(grid)[:2] == [
        [(2, 1), (2, 1), (1, 2), None, (2, 1)],
        [None, None, (1, 1), (1, 1), None],
    ]


def test_a_repeated_header_begins_another_part() -> None:
    rows = SPANNING["rows"]
    data = {"header_rows": 1, "rows": [*rows[:4], rows[0], *rows[4:]]}
    parts = list(rule_tables(read_table(data), []))
    assert [len(part.places) for part in parts] == [4, 3]
    assert all(part.texts[0] == ("TT", "Nội dung", "Đơn vị thực hiện") for part in parts)


def test_units_without_a_mark_between_stand_on_lines() -> None:
    plan = complete(plan_of(PLANS["units on lines of a cell"]))
    (grid,) = rule_tables(plan.sections[0].tables[0], plan.tasks)
    lines = [row[2].lines if row[2] else () for row in grid.places[1:]]
    assert lines == [
        ("Phòng Nội vụ", "Phòng Tài chính"),
        ("- Phòng Nội vụ;", "- Công an huyện"),
    ]


# ---------------------------------------------------------------- HTML


class Words(HTMLParser):
    """The words and the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page_of(plan: Plan) -> Words:
    page = Words()
    page.feed(render_html(plan))
    page.close()
    return page


def plain(text: str) -> str:
    return "".join(filter(str.isalnum, text))


OF_NO_WORDS = frozenset(
    {"evidence", "source", "diagnostics", "citations", "tasks", "schema_version", "role", "where"}
)


def texts_of(value: Any, name: str = "") -> Iterator[str]:
    """Every text in a Plan that stands on paper as it is."""
    if isinstance(value, dict):
        for inner, one in value.items():
            numeral = value.get("symbol") is not None and inner in ("doc_type", "symbol")
            if inner not in OF_NO_WORDS and not numeral and inner not in ("issuers", "canonical"):
                yield from texts_of(one, inner)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one, name)
    elif isinstance(value, str) and name not in ("kind", "verb", "serial"):
        yield value


@pytest.mark.parametrize("label", PLANS)
def test_the_page_holds_every_value(label: str) -> None:
    plan = complete(plan_of(PLANS[label]))
    words = plain("".join(page_of(plan).words))
    assert [text for text in texts_of(plan.to_dict()) if plain(text) not in words] == []
    for task in plan.tasks:
        wanted = [task.content, *task.lead, *task.support]
        assert [text for text in wanted if plain(text) not in words] == []


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><script>alert(1)</script>",
    "&lt;b&gt; <!-- <![CDATA[ -->",
    "[a](javascript:alert(1)) <javascript:alert(1)>",
)


def poisoned(value: Any, bad: str) -> Any:
    """Data with hostile words behind each of its texts."""
    if isinstance(value, dict):
        kept = ("role", "label", "serial", "doc_type", "symbol", "start", "end")
        return {
            name: one if name in kept and isinstance(one, str) else poisoned(one, bad)
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [poisoned(one, bad) for one in value]
    return f"{value} {bad}" if isinstance(value, str) else value


WITH_ALL = {
    **HEAD,
    "addressees": ["Các thôn"],
    "sections": [section("I", "NỘI DUNG", ("1.", "Việc"), tables=[ROMAN, SPANNING])],
    "footnotes": [{"marker": "1", "text": "Lời chú"}],
    "appendices": [{"label": "PHỤ LỤC", "title": "DANH MỤC", "of": {"text": "(Kèm theo"}}],
}


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_words_stay_words(bad: str) -> None:
    page = page_of(plan_of(poisoned(WITH_ALL, bad)))
    assert not {"script", "img", "b", "iframe"} & {*page.tags}
    assert page.tags.count("style") == 1
    assert [name for name in page.attributes if name.startswith("on") or name == "src"] == []
    assert plain("".join(page.words)).count(plain(bad)) >= 20


def test_the_page_needs_nothing_else() -> None:
    page = render_html(plan_of(WITH_ALL))
    assert '<html lang="vi">' in page
    assert "default-src 'none'" in page
    assert not regex.search(r"https?:|url\(|@import|<link|<script", page, timeout=5)
    assert "@page { size: A4" in page


def test_footnotes_lead_there_and_back() -> None:
    page = render_html(plan_of(PLANS["two footnotes"]))
    for number in (1, 2):
        assert f'href="#note{number}"' in page
        assert f'id="note{number}"' in page
        assert f'href="#mark{number}"' in page


# ---------------------------------------------------------------- Markdown


def test_the_row_of_a_quarter_is_one_cell() -> None:
    assert "\n| QUÝ II |\n" in render_markdown(plan_of(PLANS["spanning quarters"]))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Tỷ lệ < 50%, 2 * 3", "Tỷ lệ < 50%, 2 * 3"),
        ("Điểm ______ và a_b_c", "Điểm ______ và a_b_c"),
        ("Công tác R&D; AT&amp;T", "Công tác R&D; AT\\&amp;T"),
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ("Gửi <noivu@sonlam.example> trước", "Gửi <noivu@sonlam.example> trước"),
        ("2*3*4 và `x`", "2\\*3\\*4 và \\`x\\`"),
        ("[a](javascript:b)", "\\[a](javascript:b)"),
        ("# Không phải tiêu đề", "\\# Không phải tiêu đề"),
        ("#thiduayeunuoc", "#thiduayeunuoc"),
        ("> Không phải trích dẫn", "\\> Không phải trích dẫn"),
    ],
)
def test_markdown_shows_words_as_they_are(text: str, printed: str) -> None:
    plan = plan_of({"kind": "Kế hoạch", "sections": [section("I", "NỘI DUNG", text)]})
    assert f"\n\n{printed}\n" in render_markdown(plan)


def test_bars_in_a_cell_are_no_edges() -> None:
    cells = {"header_rows": 1, "rows": [["TT", "Nội dung"], ["1", "a | b <i"]]}
    plan = plan_of({"sections": [section("I", "NỘI DUNG", tables=[cells])]})
    assert "| 1 | a \\| b \\<i |" in render_markdown(plan)
