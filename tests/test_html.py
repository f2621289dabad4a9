"""
Web pages: the document in them, as lines and tables, and the Plan that the Word file gives.
"""

import codecs
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from generator import paper
from generator.compose import Made, compose
from generator.writers.docx import write_docx
from generator.writers.html import STYLES, to_html
from generator.writers.site import HELD_OUT, PAGES
from tdkt_parse import parse
from tdkt_parse.exceptions import Unreadable, WrongEncoding
from tdkt_parse.layout import Line, Table
from tdkt_parse.readers import read
from tdkt_parse.readers.html.signs import page_rows, sign_of

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
APART = frozenset({"evidence", "source", "diagnostics", "marks"})
"""What is of the file: where values were read, and what was noted while reading."""


def said(value: Any) -> Any:
    """A value without what says where it was read, white space folded."""
    if isinstance(value, dict):
        return {name: said(inner) for name, inner in value.items() if name not in APART}
    if isinstance(value, list):
        return [said(inner) for inner in value]
    return " ".join(value.split()) if isinstance(value, str) else value


@cache
def made(seed: int) -> Made:
    """A made plan; a page of a site has no end at which a table is cut."""
    plan = compose("dev", seed)
    blocks = tuple(
        replace(block, breaks=()) if isinstance(block, paper.Table) else block
        for block in plan.paper.blocks
    )
    return replace(plan, paper=replace(plan.paper, blocks=blocks))


@pytest.fixture(scope="module")
def as_word(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the Word file of a made plan gives."""
    folder = tmp_path_factory.mktemp("word")

    @cache
    def given(seed: int) -> dict[str, Any]:
        path = folder / f"{seed}.docx"
        write_docx(made(seed).paper, path)
        values: dict[str, Any] = said(parse(path).to_dict())
        return values

    return given


SITES = {**PAGES, **HELD_OUT}
VARIANTS = [
    pytest.param(style, name, 300 + (5 * column + row) % 12, id=f"{name}-{style}")
    for column, name in enumerate(SITES)
    for row, style in enumerate(STYLES)
]


@pytest.mark.parametrize(("style", "site", "seed"), VARIANTS)
def test_a_page_gives_the_plan_of_the_word_file(
    style: str, site: str, seed: int, as_word: Any
) -> None:
    page = SITES[site](to_html(made(seed).paper, style), Random(seed))
    plan = parse(page.encode())
    assert said(plan.to_dict()) == as_word(seed)
    assert plan.source.reader == "html"
    text = read(page.encode()).text
    for citation in plan.citations:
        evidence = citation.evidence
        assert "\n".join(text[s:e] for s, e in evidence.spans) == evidence.text


@pytest.mark.parametrize("number", range(5))
def test_a_document_of_the_corpus_comes_back_from_a_site(number: int) -> None:
    """The form in which this package itself writes pages, in pages of sites."""
    from tdkt_parse.render import render_html

    path = sorted(CORPUS.glob("word_*.docx"))[number]
    plan = parse(path)
    body = render_html(plan).partition("<body>")[2].partition("</body>")[0]
    for name, site in PAGES.items():
        page = site(body, Random(number))
        assert said(parse(page.encode()).to_dict()) == said(plan.to_dict()), name


OF_2001 = (
    "<p align=center><b>CHỈ THỊ</b></p><p align=center>CỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 32/2001/CT-TTG<br>"
    "NGÀY 06 THÁNG 12 NĂM 2001 VỀ VIỆC TĂNG CƯỜNG CÔNG TÁC KIỂM TRA</p>"
    "<p>Trong những năm qua, công tác kiểm tra việc thi hành pháp luật ở các ngành, các cấp đã có"
    " chuyển biến và đạt được một số kết quả quan trọng.</p>"
    "<p>1. Các Bộ, cơ quan ngang Bộ chủ trì kiểm tra việc thi hành pháp luật trong phạm vi của mình.</p>"
    "<table><tr><td>&nbsp;</td><td align=center>KT. THỦ TƯỚNG<br>PHÓ THỦ TƯỚNG<br><br>"
    "Nguyễn Công Tạn</td></tr></table>"
)


@pytest.mark.parametrize("site", SITES)
def test_a_head_in_the_old_form_on_a_page(site: str) -> None:
    """A document of before 2011, whose head has neither a letterhead nor the state's name."""
    plan = parse(SITES[site](OF_2001, Random(3)).encode())
    assert plan.number is not None
    assert plan.issuer is not None
    assert plan.title is not None
    assert plan.signature is not None
    assert (plan.kind, plan.number.canonical) == ("Chỉ thị", "32/2001/CT-TTg")
    assert plan.issuer.name == "THỦ TƯỚNG CHÍNH PHỦ"
    assert plan.title.text == "VỀ VIỆC TĂNG CƯỜNG CÔNG TÁC KIỂM TRA"
    assert plan.signature.signer == "Nguyễn Công Tạn"


# ---------------------------------------------------------------- lines and tables


PLAN = (
    "<p>ỦY BAN NHÂN DÂN XÃ TÂN LẬP</p><p>Số: 12/KH-UBND</p><p>Tân Lập, ngày 05 tháng 01 năm 2024</p>"
    "<p>KẾ HOẠCH</p><p>Công tác thi đua năm 2024</p><p>I. NỘI DUNG</p>"
)
END = "<p>Nơi nhận:<br>- Lưu: VT.</p>"


class Row(NamedTuple):
    """A piece of a page between the head and the end of a plan, and the lines that it gives."""

    label: str
    markup: str
    lines: list[str]


ROWS = (
    Row("spaces run together", "<p>a \n\t b  <b> c</b></p>", ["a b c"]),
    Row("inline elements join", "<p>th<b>i</b> <i>đ</i>ua</p>", ["thi đua"]),
    Row("br ends a line", "<p>a<br>b<br/>c</p>", ["a", "b", "c"]),
    Row("blocks end lines", "a<div>b</div>c<section>d</section>", ["a", "b", "c", "d"]),
    Row(
        "named letters",
        "<p>&ecirc; &#7843; &#x1ea3; &amp; &lt;b&gt; &nbsp;x</p>",
        ["ê ả ả & <b> \u00a0x"],
    ),
    Row("numbers of a list", "<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
    Row(
        "a list that goes on", "<ol start=4><li>a<li value=9>b<li>c</ol>", ["4. a", "9. b", "10. c"]
    ),
    Row("letters of a list", "<ol type=a><li>a<li>b</ol>", ["a. a", "b. b"]),
    Row("capitals of a list", "<ol type=A start=3><li>a</ol>", ["C. a"]),
    Row("Roman numbers of a list", "<ol type=I start=4><li>a</ol>", ["IV. a"]),
    Row(
        "small Roman numbers",
        '<ol style="list-style-type: lower-roman"><li>a<li>b</ol>',
        ["i. a", "ii. b"],
    ),
    Row("a list backwards", "<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"]),
    Row("a list in a list", "<ol><li>a<ol type=a><li>b</ol><li>c</ol>", ["1. a", "a. b", "2. c"]),
    Row("bullets", "<ul><li>a<li>b</ul>", ["• a", "• b"]),
    Row("bullets that are typed", "<ul><li>- a<li>a) b</ul>", ["- a", "a) b"]),
    Row("a list without marks", '<ul style="list-style:none"><li>a</ul>', ["a"]),
    Row("numbers that are typed, too", "<ol><li>1. a<li>2. b</ol>", ["1. a", "2. b"]),
    Row("an item of paragraphs", "<ol><li><p>a</p><p>b</p></ol>", ["1. a", "b"]),
    Row("an empty item counts", "<ol><li>a<li><li>b</ol>", ["1. a", "3. b"]),
    Row("hidden by its style", '<p>a <span style="display: none">b</span></p>', ["a"]),
    Row("hidden by an attribute", "<p>a</p><p hidden>b</p>", ["a"]),
    Row("hidden from readers", '<p>a</p><div aria-hidden="true">b</div>', ["a"]),
    Row("hidden by Word", "<p>a<span style='mso-hide:all'>b</span></p>", ["a"]),
    Row(
        "no text of the page",
        "<p>a</p><script>b</script><template><p>c</p></template><noscript>d</noscript>",
        ["a"],
    ),
    Row(
        "forms", "<p>a</p><select><option>b</select><textarea>c</textarea><button>d</button>", ["a"]
    ),
    Row("remarks", "<p>a<!-- b --></p><!--[if gte mso 9]><p>c</p><![endif]-->", ["a"]),
    Row(
        "Word's own elements",
        "<p class=MsoNormal>a<o:p>&nbsp;</o:p></p><p><st1:place>b</st1:place></p>",
        ["a", "b"],
    ),
    Row(
        "a number of Word's lists",
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span "
        "style='mso-list:Ignore'>1.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>"
        "</span><![endif]>Phát động</p>",
        ["1.\u00a0\u00a0 Phát động"],
    ),
    Row(
        "a bullet of Symbol",
        "<p><span style='font-family:Symbol'>\uf0b7<span style='font:7.0pt \"Times New Roman\"'>&nbsp;"
        "</span></span>Phát động</p>",
        ["•\u00a0Phát động"],
    ),
    Row("capitals by style", '<p style="text-transform:uppercase">thi đua</p>', ["THI ĐUA"]),
    Row("kept line ends", "<pre>a\n  b\nc</pre>", ["a", "b", "c"]),
    Row("a rule is no line", "<p>a</p><hr><p>________</p><p>b</p>", ["a", "b"]),
    Row("a picture's words are none", '<p>a <img src="x" alt="b"></p>', ["a"]),
    Row("a frame of one cell", "<table><tr><td><p>a</p><p>b</p></table>", ["a", "b"]),
    Row("headings are bold", "<h2>a</h2>", ["a"]),
    Row("what is raised stays", "<p>10 m<sup>2</sup></p>", ["10 m2"]),
    Row(
        "a link is text",
        '<p>theo <a href="/x">Quyết định 5/QĐ-UBND</a> này</p>',
        ["theo Quyết định 5/QĐ-UBND này"],
    ),
    Row(
        "a button behind a paragraph",
        '<p>a</p><span class="tooltip-button">Đang theo dõi</span><p>b</p>',
        ["a", "b"],
    ),
    Row(
        "a note of the editors",
        '<p>a</p><div class="docitem-binhluan">Theo Nghị định 5/2020/NĐ-CP</div><p>b</p>',
        ["a", "b"],
    ),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_lines(row: Row) -> None:
    document = read(f"<!DOCTYPE html><meta charset=utf-8>{PLAN}{row.markup}{END}".encode())
    lines = [
        "".join(document.text[s:e] for s, e in block.spans)
        for block in document.blocks
        if isinstance(block, Line)
    ]
    assert lines[6:-2] == row.lines
    assert lines[-2:] == ["Nơi nhận:", "- Lưu: VT."]


class TableRow(NamedTuple):
    """The rows of a table, and its cells as text, rows and columns."""

    label: str
    markup: str
    cells: list[list[tuple[str, int, int]]]
    header: int = 0


TABLES = (
    TableRow(
        "plain",
        "<tr><td>a<td>b<tr><td>c<td>d",
        [[("a", 1, 1), ("b", 1, 1)], [("c", 1, 1), ("d", 1, 1)]],
    ),
    TableRow(
        "over columns",
        "<tr><td colspan=2>a<tr><td>c<td>d",
        [[("a", 1, 2)], [("c", 1, 1), ("d", 1, 1)]],
    ),
    TableRow(
        "over rows",
        "<tr><td rowspan=2>a<td>b<tr><td>d",
        [[("a", 2, 1), ("b", 1, 1)], [("d", 1, 1)]],
    ),
    TableRow(
        "over more rows than there are",
        "<tr><td rowspan=9>a<td>b<tr><td>d",
        [[("a", 2, 1), ("b", 1, 1)], [("d", 1, 1)]],
    ),
    TableRow(
        "to the end",
        "<tr><td rowspan=0>a<td>b<tr><td>d",
        [[("a", 2, 1), ("b", 1, 1)], [("d", 1, 1)]],
    ),
    TableRow(
        "spans of no sense", "<tr><td colspan=x>a<td rowspan=-2>b", [[("a", 1, 1), ("b", 1, 1)]]
    ),
    TableRow(
        "a header",
        "<thead><tr><th>a<th>b</thead><tbody><tr><td>c<td>d</tbody>",
        [[("a", 1, 1), ("b", 1, 1)], [("c", 1, 1), ("d", 1, 1)]],
        1,
    ),
    TableRow(
        "a header of th",
        "<tr><th>a<th>b<tr><td>c<td>d",
        [[("a", 1, 1), ("b", 1, 1)], [("c", 1, 1), ("d", 1, 1)]],
        1,
    ),
    TableRow(
        "paragraphs in a cell",
        "<tr><td><p>a</p><p>b</p><td>c<br>d",
        [[("a|b", 1, 1), ("c|d", 1, 1)]],
    ),
    TableRow("an empty cell", "<tr><td>a<td>&nbsp;<td>", [[("a", 1, 1), ("", 1, 1), ("", 1, 1)]]),
    TableRow(
        "a table in a cell",
        "<tr><td>a<td><table><tr><td>b<td>c</table>",
        [[("a", 1, 1), ("b|c", 1, 1)]],
    ),
    TableRow(
        "a list in a cell", "<tr><td>a<td><ol><li>b<li>c</ol>", [[("a", 1, 1), ("1. b|2. c", 1, 1)]]
    ),
)


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.label)
def test_tables(row: TableRow) -> None:
    document = read(
        f"<!DOCTYPE html><meta charset=utf-8>{PLAN}<table border=1>{row.markup}</table>{END}".encode()
    )
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    text = document.text
    cells = [
        [
            ("|".join(text[line.start : line.end] for line in cell.lines), cell.rows, cell.columns)
            for cell in line
        ]
        for line in table.rows
    ]
    assert cells == row.cells
    assert table.header == row.header


def test_a_footnote_of_word() -> None:
    page = (
        PLAN
        + '<p>a<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a> b</p>'
        + END
        + '<div><a href="#_ftnref1" name="_ftn1">[1]</a> Ghi chú <b>này</b>.</div>'
    )
    plan = parse(f"<!DOCTYPE html><meta charset=utf-8>{page}".encode())
    assert [(note.marker, note.text) for note in plan.footnotes] == [("1", "Ghi chú này.")]
    assert "a b" in [paragraph.text for paragraph in plan.sections[0].paragraphs]


# ---------------------------------------------------------------- what is no document


MENU = "".join(
    f'<li><a href="/{n}">Quyết định {n}/QĐ-UBND về việc công bố danh mục</a>' for n in range(1, 40)
)
NEGATIVES = {
    "menus alone": f"<nav><ul>{MENU}</ul></nav>",
    "a list of documents": f"<h1>Văn bản chỉ đạo</h1><table><tr><th>Số ký hiệu<th>Trích yếu</tr>{''.join(f'<tr><td><a href=x>{n}/KH-UBND</a><td><a href=x>Kế hoạch thi đua năm {n}</a>' for n in range(2000, 2030))}</table>",
    "a list without links in names": f"<ul>{''.join(f'<li><a href=x>Kế hoạch {n}/KH-UBND năm 2024 về thi đua, khen thưởng của tỉnh</a> <span>01/01/2024</span>' for n in range(30))}</ul>",
    "metadata and a box to sign in": "<h1>Kế hoạch 12/KH-UBND</h1><table><tr><td>Số hiệu<td>12/KH-UBND<tr><td>Loại văn bản<td>Kế hoạch<tr><td>Người ký<td>Hà Tiến</table><div>Quý khách vui lòng đăng nhập để xem nội dung văn bản</div>",
    "a page to sign in": "<form><p>Đăng nhập tài khoản</p><input><button>Đăng nhập</button></form>",
    "an error of a server": f"<h1>404</h1><p>Không tìm thấy trang.</p><ul>{MENU}</ul>",
    "a page that scripts make": "<div id=root></div><script>render('KẾ HOẠCH')</script><noscript>Trình duyệt chưa bật javascript</noscript>",
    "a search": f"<form><input name=q></form><p>Tìm thấy 39 kết quả</p><ol>{MENU}</ol>",
    "a frame": '<iframe src="/toanvan.html"></iframe><p>Xem văn bản</p>',
}  # fmt: skip


@pytest.mark.parametrize("label", NEGATIVES)
def test_a_page_without_a_document_is_refused(label: str) -> None:
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{NEGATIVES[label]}</body></html>"
    with pytest.raises(Unreadable) as raised:
        parse(page.encode())
    assert raised.value.hint
    assert ("sign in" in raised.value.message) is ("sign in" in label)


AROUND = {
    "a menu that cites": (f"<div class=x><ul>{MENU}</ul></div>", ""),
    "a list of links without a name": ("", f"<div>{MENU.replace('<li>', '<p>')}</div>"),
    "documents that are related": ("", "<div><h3>Văn bản liên quan</h3><p>Nghị định 91/2017/NĐ-CP</p><p>Quyết định 5/QĐ-UBND</p></div>"),
    "the same, heading apart": ("", "<div><div class=t><b>Văn bản liên quan (2)</b></div><div><p>Nghị định 91/2017/NĐ-CP</p></div></div>"),
    "comments": ("", "<h4>Ý kiến bạn đọc</h4><div>Căn cứ Nghị định 91/2017/NĐ-CP thì tôi được khen không?</div>"),
    "a box of comments": ("", '<div id="commentsList"><p>Căn cứ Nghị định 91/2017/NĐ-CP thì sao?</p></div>'),
    "a banner of cookies": ('<div class="cookie-banner">Theo Nghị định 13/2023/NĐ-CP chúng tôi dùng cookie.</div>', ""),
    "properties": ("<table><tr><td>Số hiệu<td>99/QĐ-UBND<tr><td>Ngày ban hành<td>01/01/2020<tr><td>Người ký<td>Trần Văn A</table>", ""),
    "properties below": ("", "<dl><dt>Số ký hiệu<dd>99/QĐ-UBND<dt>Ngày ban hành<dd>01/01/2020<dt>Người ký<dd>Trần Văn A</dl>"),
    "the day of the page": ("<p>Thứ Sáu, ngày 27 tháng 11 năm 2020</p>", ""),
    "a title above": ("<h1>Kế hoạch 99/KH-UBND năm 2020 theo Nghị định 91/2017/NĐ-CP</h1><p>15:30 01/01/2021</p>", ""),
    "a source below": ("", "<p>Nguồn: Công báo</p><p>Xem thêm Quyết định 5/QĐ-UBND</p>"),
    "buttons": ("<p>Lưu trữ</p><p>Ghi chú</p>", "<p>In</p><p>Email</p><p>Facebook</p>"),
    "hidden words": ('<div style="display:none">Căn cứ Luật Nhà ở ngày 25/11/2014;</div>', ""),
    "a sheet that hides": ("<style>.q{display:none}</style><div class=q>Căn cứ Luật Nhà ở;</div>", ""),
    "a box to sign in": ('<div id="login-box"><p>Đăng nhập</p><p>Bạn chưa đăng nhập</p></div>', ""),
    "a foot": ("", "<footer>ỦY BAN NHÂN DÂN TỈNH X<br>Giấy phép số 5/GP-STTTT</footer>"),
    "other news": ("", "<div><b>Các tin khác</b><ul><li>Kế hoạch số 5/KH-UBND ngày 02/02/2020<li>b</ul></div>"),
}  # fmt: skip
BOXED = (
    '<div class="content"><p>ỦY BAN NHÂN DÂN XÃ TÂN LẬP</p><p>Số: 12/KH-UBND</p>'
    "<p>Tân Lập, ngày 05 tháng 01 năm 2024</p><p>KẾ HOẠCH</p><p>Công tác thi đua năm 2024</p>"
    "<p>Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;</p><p>I. NỘI DUNG</p><p>Phát động.</p>"
    "<p>Nơi nhận:<br>- Lưu: VT.</p><p>TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH</p><p>Hà Tiến</p></div>"
)


@pytest.mark.parametrize("label", AROUND)
def test_what_stands_around_is_left_out(label: str) -> None:
    before, after = AROUND[label]
    page = (
        f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{{}}{BOXED}{{}}</body></html>"
    )
    plan = parse(page.format(before, after).encode())
    assert said(plan.to_dict()) == said(parse(page.format("", "").encode()).to_dict())
    assert len(plan.legal_bases) == len(plan.citations) == 1
    assert plan.signature is not None
    assert plan.signature.signer == "Hà Tiến"


@pytest.mark.parametrize(
    "name", ["footer", "sidebar-main", "modal-body", "comment", "menu", "related", "banner"]
)
def test_a_box_with_a_document_in_it_stays(name: str) -> None:
    page = f'<!DOCTYPE html><meta charset=utf-8><body><p>a</p><div class="{name}">{BOXED}</div>'
    assert parse(page.encode()).number == parse(BOXED.encode()).number


LETTERHEADS = (
    ["MẶT TRẬN TỔ QUỐC VIỆT NAM", "ỦY BAN MTTQ TỈNH QUẢNG NAM", "-----o0o-----"],
    ["ĐẢNG ỦY XÃ TÂN LẬP", "*"],
    ["Trường Tiểu học Tân Lập"],
    ["UBND HUYỆN BẮC SƠN", "Phòng Giáo dục và Đào tạo"],
    ["HỎA TỐC", "ỦY BAN NHÂN DÂN XÃ TÂN LẬP", "________"],
)


@pytest.mark.parametrize("table", [False, True], ids=["lines", "a table"])
@pytest.mark.parametrize("agency", LETTERHEADS, ids=lambda lines: lines[0])
def test_a_letterhead_is_kept_whole(agency: list[str], table: bool) -> None:
    """The page's own title before it is not."""
    left = "<br>".join([*agency, "Số: 12/KH-UBND"])
    right = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc"
    head = f"<table><tr><td>{left}<td>{right}</table>" if table else f"<p>{left}</p><p>{right}</p>"
    page = f"<!DOCTYPE html><meta charset=utf-8><h1>Kế hoạch năm 2024</h1>{head}{BOXED}"
    text = read(page.encode()).text
    assert all(line in text for line in agency if any(map(str.isalnum, line)))
    assert "Kế hoạch năm 2024" not in text


def test_an_anchor_with_a_name_is_no_link() -> None:
    """Sites of law put the words of an article into one, to lead there from elsewhere."""
    named = BOXED
    for number, line in enumerate(("Phát động.", "KẾ HOẠCH", "Số: 12/KH-UBND", "I. NỘI DUNG")):
        named = named.replace(line, f'<a name="n{number}">{line}</a>')
    page = f"<!DOCTYPE html><meta charset=utf-8><ul>{MENU}</ul>{named}"
    assert said(parse(page.encode()).to_dict()) == said(parse(BOXED.encode()).to_dict())


def test_clauses_below_a_heading_of_pages_stay() -> None:
    page = f"<!DOCTYPE html><meta charset=utf-8>{PLAN}<p>Liên kết</p><p>II. TỔ CHỨC</p><p>Làm.</p>{END}"
    assert "Làm." in read(page.encode()).text


N = "&nbsp;"
AS_EDITED = f"""<html><head><meta charset=utf-8></head><body><table cellspacing="0" style="width:638px"><tbody><tr><td style="width:224pt"><p align=center>PHÒNG GD&amp;ĐT HUYỆN BẮC SƠN</p><p align=center><strong>TRƯỜNG TH&amp;THCS TÂN LẬP</strong></p><p>{N * 6}Số: {N * 3}12/KH-THCS</p></td>
<td><strong>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br/>{N * 4}Độc lập - Tự do - Hạnh phúc</strong><hr style="width: 30%"/><p><em>Tân Lập, ngày{N * 2}05{N}tháng 01 năm 2024</em></p></td></tr></tbody></table>
<h1 style="text-align:center">KẾ HOẠCH</h1><h2 align=center>Công tác thi đua, khen thưởng<br>năm 2024</h2><p>&nbsp;</p>
<p><em>Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;<br /> Căn cứ Kế hoạch số 03/KH-PGDĐT ngày 9/01/2024 của Phòng Giáo dục và Đào tạo về công tác thi đua;</em></p>
<p>Trường xây dựng kế hoạch như sau:</p><p><strong>I. </strong><strong>MỤC ĐÍCH, YÊU CẦU</strong></p><p>1.{N * 4}Mục đích</p><p>-{N * 8}Động viên giáo viên.</p><p>2.{N * 4}Yêu cầu</p><p>-{N * 8}Đúng người, đúng việc.</p>
<p><strong>II.{N}NỘI DUNG</strong></p><p>1. Quý I</p><p>- Phát động phong trào thi đua trước ngày 15/3/2024.</p>
<table cellspacing="0" style="width:638px"><tbody><tr><td style="width:224.4pt"><p><strong><em>Nơi nhận:</em></strong></p><p>-{N * 8}Phòng GD&amp;ĐT;</p><p>-{N * 8}Lưu: VT.</p></td><td><h1 style="text-align: center;"><span style="font-size:14px;">KT. HIỆU TRƯỞNG<br />PHÓ HIỆU TRƯỞNG</span></h1>{N * 18}<p>{N}</p><p>{N}(đã kí)</p><p>{N}</p><div style="text-align: center;"><strong>PHAN HUY PHÚ</strong></div></td></tr></tbody></table></body></html>"""
"""As editors of portals write: spaces that do not break as indents, headings within cells."""


def test_habits_of_editors() -> None:
    plan = parse(AS_EDITED.encode())
    assert plan.kind == "Kế hoạch"
    assert plan.number is not None
    assert plan.number.canonical == "12/KH-THCS"
    assert plan.date is not None
    assert (plan.date.day, plan.date.month, plan.date.year) == (5, 1, 2024)
    assert plan.issuer is not None
    assert plan.issuer.name == "TRƯỜNG TH&THCS TÂN LẬP"
    assert plan.issuer.parent == "PHÒNG GD&ĐT HUYỆN BẮC SƠN"
    assert plan.title is not None
    assert plan.title.text == "Công tác thi đua, khen thưởng năm 2024"
    assert [basis.verb for basis in plan.legal_bases] == ["Căn cứ", "Căn cứ"]
    assert [one.text for one in plan.purpose] == ["Động viên giáo viên."]
    assert [one.text for one in plan.requirements] == ["Đúng người, đúng việc."]
    assert [one.text for one in plan.recipients] == ["Phòng GD&ĐT", "Lưu: VT"]
    assert plan.signature is not None
    assert (plan.signature.role, plan.signature.signer) == ("PHÓ HIỆU TRƯỞNG", "PHAN HUY PHÚ")
    assert [task.quarters for task in plan.tasks] == [[1]]


# ---------------------------------------------------------------- what is said


def rules(page: str) -> list[str]:
    return [
        one.rule
        for one in parse(f"<!DOCTYPE html><meta charset=utf-8><body>{page}".encode()).diagnostics
    ]


@pytest.mark.parametrize(
    ("rule", "page"),
    [
        ("around_document", f"<nav>Trang chủ của chúng tôi</nav>{BOXED}"),
        ("hidden_in_page", f"{BOXED}<div hidden>{'Chữ ẩn. ' * 40}</div>"),
        ("document_hidden", f'<ul>{MENU}</ul><div style="display:none">{BOXED}</div>'),
        (
            "page_without_form",
            "<p>Hôm nay xã tổ chức họp tổng kết năm học với đông đủ thầy cô.</p>",
        ),
    ],
)
def test_what_was_left_out_is_said(rule: str, page: str) -> None:
    assert rule in rules(page)
    assert rule not in rules(BOXED)


def test_a_document_in_a_tab_that_is_closed_is_read() -> None:
    page = (
        f'<!DOCTYPE html><meta charset=utf-8><ul>{MENU}</ul><div style="display:none">{BOXED}</div>'
    )
    plan = parse(page.encode())
    assert plan.number is not None
    assert plan.number.canonical == "12/KH-UBND"
    assert len(plan.citations) == 1


# ---------------------------------------------------------------- letters


def encoded(name: str, charset: str = "") -> bytes:
    meta = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        if charset
        else ""
    )
    page = f"<!DOCTYPE html><html><head>{meta}</head><body>{BOXED}</body></html>"
    if name == "cp1258":
        return windows_1258(page)
    return page.encode(name)


def windows_1258(text: str) -> bytes:
    """Windows-1258 keeps the letter and writes the tone behind it."""
    import unicodedata

    tones = "\u0300\u0301\u0303\u0309\u0323"
    made = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(sign for sign in parts if sign in tones)
        base = unicodedata.normalize("NFC", "".join(sign for sign in parts if sign not in tones))
        made.append(base + tone)
    return "".join(made).encode("cp1258")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(encoded("utf-8", "utf-8"), id="utf-8"),
        pytest.param(encoded("utf-8"), id="utf-8, not said"),
        pytest.param(encoded("utf-8", "iso-8859-1"), id="utf-8, said wrongly"),
        pytest.param(encoded("utf-8", "x-none"), id="utf-8, said without sense"),
        pytest.param(encoded("utf-8-sig"), id="utf-8 with a mark"),
        pytest.param(encoded("utf-16"), id="utf-16 with a mark"),
        pytest.param(encoded("utf-16-le"), id="utf-16, little end first"),
        pytest.param(encoded("utf-16-be"), id="utf-16, big end first"),
        pytest.param(codecs.BOM_UTF16_BE + encoded("utf-16-be", "utf-8"), id="the mark counts"),
        pytest.param(encoded("cp1258", "windows-1258"), id="windows-1258"),
        pytest.param(encoded("cp1258"), id="windows-1258, not said"),
        pytest.param(
            encoded("utf-8", "windows-1252").decode().encode("ascii", "xmlcharrefreplace"),
            id="letters by their numbers",
        ),
        pytest.param(b"\n\n<?xml version='1.0' encoding='utf-8'?>\n" + encoded("utf-8"), id="xhtml"),
    ],
)  # fmt: skip
def test_letters(data: bytes) -> None:
    assert said(parse(data).to_dict()) == said(parse(BOXED.encode()).to_dict())


def test_letters_decoded_twice_are_refused() -> None:
    twice = BOXED.encode().decode("cp1252", "replace").encode()
    with pytest.raises(WrongEncoding):
        parse(b"<html><meta charset=utf-8><body>" + twice)


# ---------------------------------------------------------------- archives, and other names


def blink(page: bytes, charset: str = "utf-8") -> bytes:
    """An archive as Chromium writes it."""
    import quopri

    packed = quopri.encodestring(page).replace(b"\n", b"\r\n")
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.gov.vn/\r\nSubject: x\r\n"
        b"Date: Thu, 26 Nov 2026 00:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\ttype="text/html";\r\n\tboundary="----MultipartBoundary--a----"\r\n\r\n\r\n'
        b"------MultipartBoundary--a----\r\nContent-Type: text/html; charset="
        + charset.encode()
        + b"\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + packed
        + b"\r\n------MultipartBoundary--a----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: "
        b"base64\r\n\r\niVBORw0KGgo=\r\n------MultipartBoundary--a------\r\n"
    )


def in_word_archive(page: bytes) -> bytes:
    """An archive as Word writes it."""
    import base64

    return (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="----=_NextPart_01"\n\n'
        b"This document is a Single File Web Page.\n\n------=_NextPart_01\n"
        b"Content-Location: file:///C:/1/KH.htm\nContent-Transfer-Encoding: base64\n"
        b'Content-Type: text/html; charset="utf-8"\n\n'
        + base64.encodebytes(page)
        + b"\n------=_NextPart_01--\n"
    )


def in_frame(page: bytes) -> bytes:
    """The document in a frame of the page that was saved."""
    outer = blink(f"<html><body><ul>{MENU}</ul></body></html>".encode())
    boundary = b"------MultipartBoundary--a----"
    inner = boundary + b"\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page + b"\r\n"
    return outer.replace(
        boundary + b"\r\nContent-Type: image", inner + boundary + b"\r\nContent-Type: image"
    )


@pytest.mark.parametrize("wrap", [blink, in_word_archive, in_frame], ids=lambda one: one.__name__)
def test_archives(wrap: Any) -> None:
    bare = f"<html><body>{BOXED}</body></html>".encode()
    plan = parse(wrap(bare))
    assert said(plan.to_dict()) == said(parse(bare).to_dict())
    assert plan.source.media_type == "multipart/related"


@pytest.mark.parametrize("name", ["a.doc", "a.txt", "a", "a.xls", "a.mht"])
def test_what_stands_in_a_file_counts_and_not_its_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(PAGES["office"](to_html(made(300).paper, "word"), Random(0)).encode())
    assert parse(path).source.reader == "html"


@pytest.mark.parametrize(
    "text",
    [
        "KẾ HOẠCH\n<b>Công tác thi đua</b>\n",
        "<b>KẾ HOẠCH</b><br>\nCông tác thi đua\n",
        "<i>Tân Lập, ngày 05 tháng 01 năm 2024</i>\n\nKẾ HOẠCH\n",
        "a < b\n",
        "Từ: xã Tân Lập\nKính gửi: <ubnd@x.vn>\n\nKẾ HOẠCH\n",
    ],
)
def test_text_with_marks_in_it_is_no_page(text: str) -> None:
    assert parse(text.encode()).source.reader == "text"


@pytest.mark.parametrize("kind", ["part", "follows", "control", "remark", "property", "sign_in"])
def test_every_row_of_the_data_is_known_by_its_example(kind: str) -> None:
    from tdkt_parse.readers.html import signs

    tests = {
        "follows": signs.is_following,
        "control": signs.is_control,
        "remark": signs.is_remark,
        "property": signs.is_property,
        "sign_in": signs.asks_to_sign_in,
    }
    for row in getattr(page_rows(), kind):
        assert row.source
        if kind == "part":
            from lxml import html

            from tdkt_parse.readers.html.survey import is_named_around

            element = html.fragment_fromstring(row.example)
            assert any(map(is_named_around, element.iter())), row.example
        else:
            assert tests[kind](row.example), row.example


@pytest.mark.parametrize(
    "line",
    ["Số điện thoại: 0123", "Thứ Hai, ngày 02 tháng 01 năm 2024", "Kế hoạch năm 2024", "Nơi ban hành: UBND",
     "Tin tức", "Số ký hiệu: 5/KH-UBND", "Căn cứ", "Trang chủ", "Văn bản mới"],
)  # fmt: skip
def test_lines_of_pages_are_no_signs(line: str) -> None:
    assert sign_of(line) is None
