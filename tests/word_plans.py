"""
Whole plans as Word files, and what they say.

Each is the same small plan in another shape: the letterhead and the signature in tables, by tabs,
by blanks, in text boxes; the tasks in tables of all kinds.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from word_files import (
    Options,
    abstract,
    bold,
    box,
    cell,
    control,
    docx,
    footnote_mark,
    gone,
    head,
    ins,
    level,
    mark,
    num,
    one_list,
    p,
    paragraphs,
    r,
    row,
    style,
    symbol,
    t,
    table,
)
from word_habits import in_utf16, macros, no_prefix, pretty, strict


class PlanRow(NamedTuple):
    """A plan as a Word file, and values by their paths as ``body_rows.check`` takes them."""

    label: str
    body: str
    expected: Mapping[str, Any]
    options: Options = {}  # noqa: RUF012 - never changed
    fails: str = ""

    @property
    def data(self) -> bytes:
        return docx(self.body, **self.options)


STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PLACE = "Sơn Lâm, ngày 12 tháng 01 năm 2024"
NUMBER = "Số: 15/KH-PNV"
PARENT, AGENCY = "ỦY BAN NHÂN DÂN HUYỆN SƠN LÂM", "PHÒNG NỘI VỤ"

LETTERHEAD = table(
    row(cell(PARENT, p(bold(AGENCY)), NUMBER), cell(p(bold(STATE)), MOTTO, PLACE)),
    widths=(3600, 5400),
)
TITLE = p(bold("KẾ HOẠCH")) + p(bold("Công tác thi đua, khen thưởng năm 2024"))
BASES = paragraphs(
    "Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;\n"
    "Phòng Nội vụ xây dựng Kế hoạch công tác thi đua, khen thưởng năm 2024 như sau:"
)
AIMS = paragraphs(
    "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nĐộng viên cán bộ, công chức hoàn thành nhiệm vụ.\n"
    "2. Yêu cầu\nBình xét khách quan, đúng người, đúng việc."
)
DUTIES = paragraphs(
    "III. TỔ CHỨC THỰC HIỆN\nCác đơn vị triển khai Kế hoạch này.\n"
    "Trên đây là Kế hoạch năm 2024 của Phòng Nội vụ./."
)
RECIPIENTS = ("Nơi nhận:", "- UBND huyện;", "- Các phòng, ban;", "- Lưu: VT.")
SIGNATURE = table(
    row(cell(*RECIPIENTS), cell(p(bold("TRƯỞNG PHÒNG")), p(), p(bold("Đinh Thị Hạnh")))),
    widths=(4500, 4500),
)
TASKS = table(
    row("STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"),
    row(cell("Quý I", span=5)),
    row("1", "Phát động thi đua", "Phòng Nội vụ", "Các phòng, ban", "Tháng 01/2024"),
    row("2", "Đăng ký danh hiệu", "Các phòng, ban", "Phòng Nội vụ", "Trước 15/3/2024"),
    row(cell("Quý II", span=5)),
    row("3", "Sơ kết sáu tháng", "Phòng Nội vụ", "", "Tháng 6/2024"),
)


def whole(*, letterhead: str = LETTERHEAD, tasks: str = TASKS, signature: str = SIGNATURE) -> str:
    """The plan, with parts of it in another shape."""
    content = p("II. NỘI DUNG") + tasks
    return letterhead + p() + TITLE + p() + BASES + AIMS + content + DUTIES + signature


HEAD: dict[str, Any] = {
    "kind": "Kế hoạch",
    "number.canonical": "15/KH-PNV",
    "issuer.name": AGENCY,
    "issuer.parent": PARENT,
    "place.text": "Sơn Lâm",
    "date": {"year": 2024, "month": 1, "day": 12},
    "title.text": "Công tác thi đua, khen thưởng năm 2024",
}
FOOT: dict[str, Any] = {
    "recipients[].text": ["UBND huyện", "Các phòng, ban", "Lưu: VT"],
    "signature.role": "TRƯỞNG PHÒNG",
    "signature.signer": "Đinh Thị Hạnh",
}
DONE: dict[str, Any] = {
    "tasks[].quarters": [[1], [1], [2]],
    "tasks[].ordinal": ["1", "2", "3"],
    "tasks[].content": ["Phát động thi đua", "Đăng ký danh hiệu", "Sơ kết sáu tháng"],
    "tasks[].lead": [["Phòng Nội vụ"], ["Các phòng, ban"], ["Phòng Nội vụ"]],
    "tasks[].support": [["Các phòng, ban"], ["Phòng Nội vụ"], []],
    "tasks[].timing.end": ["2024-01-31", "2024-03-15", "2024-06-30"],
}

_LETTERHEADS = [
    ("in a table of two columns", LETTERHEAD),
    ("in a table of two rows", table(
        row(cell(PARENT, p(bold(AGENCY))), cell(p(bold(STATE)), MOTTO)), row(NUMBER, PLACE),
        widths=(3600, 5400))),
    ("in a table of four rows", table(
        row(PARENT, STATE), row(AGENCY, MOTTO), row(NUMBER, PLACE), widths=(3600, 5400))),
    ("in two tables", table(
        row(cell(PARENT, AGENCY), cell(STATE, MOTTO)), widths=(3600, 5400)) + p()
        + table(row(NUMBER, PLACE), widths=(3600, 5400))),
    ("in a table of three columns, the middle one empty", table(
        row(cell(PARENT, AGENCY, NUMBER), "", cell(STATE, MOTTO, PLACE)))),
    ("by tabs", p(r(t(PARENT) + "<w:tab/>" + t(STATE))) + p(r(t(AGENCY) + "<w:tab/>" + t(MOTTO)))
        + p(r(t(NUMBER) + "<w:tab/>" + t(PLACE)))),
    ("by blanks", p(PARENT + " " * 12 + STATE) + p(AGENCY + " " * 30 + MOTTO)
        + p(NUMBER + " " * 30 + PLACE)),
    ("in one column", "".join(map(p, (PARENT, AGENCY, STATE, MOTTO, NUMBER, PLACE)))),
    ("in text boxes", p(box(PARENT, AGENCY, NUMBER), box(STATE, MOTTO, PLACE))),
    ("with line breaks in the cells", table(row(
        p(r(t(PARENT) + "<w:br/>" + t(AGENCY) + "<w:br/>" + t(NUMBER))),
        p(r(t(STATE) + "<w:br/>" + t(MOTTO) + "<w:br/>" + t(PLACE)))))),
    ("in a table in a table", table(row(cell(LETTERHEAD)))),
    ("in content controls", control(table(row(
        cell(PARENT, AGENCY, p("Số: ", control("15"), "/KH-PNV")),
        control(cell(STATE, MOTTO, p(control("Sơn Lâm"), ", ngày 12 tháng 01 năm 2024"))))))),
    ("with the number changed while changes were tracked", table(row(
        cell(PARENT, AGENCY, p("Số: ", gone("14"), ins("15"), "/KH-PNV")),
        cell(STATE, MOTTO, PLACE)))),
    ("in capitals by format", table(row(
        cell(p(r("Ủy ban nhân dân huyện Sơn Lâm", "<w:caps/>")), p(r("Phòng Nội vụ", "<w:caps/>")),
             NUMBER),
        cell(p(r("Cộng hòa xã hội chủ nghĩa Việt Nam", "<w:caps/>")), MOTTO, PLACE)))),
]  # fmt: skip

_SIGNER = ("TRƯỞNG PHÒNG", "Đinh Thị Hạnh")
_SIGNATURES = [
    ("by tabs", p(r(t(RECIPIENTS[0]) + "<w:tab/>" + t(_SIGNER[0]))) + paragraphs(
        "\n".join(RECIPIENTS[1:])) + p(r("<w:tab/>" + t(_SIGNER[1])))),
    ("one after the other", paragraphs("\n".join((*RECIPIENTS, "", *_SIGNER)))),
    ("the signature first", paragraphs("\n".join((*_SIGNER, "", *RECIPIENTS)))),
    ("in a table of two rows", table(row(cell(*RECIPIENTS), _SIGNER[0]), row("", _SIGNER[1]))),
    ("the recipients as an automatic list", table(row(
        cell(RECIPIENTS[0], *(p(one[2:], num=(9, 0)) for one in RECIPIENTS[1:])),
        cell(*_SIGNER)))),
    ("with line breaks in the cells", table(row(
        p(r("<w:br/>".join(t(one) for one in RECIPIENTS))),
        p(r("<w:br/><w:br/><w:br/>".join(t(one) for one in _SIGNER)))))),
]  # fmt: skip

HYPHENS = abstract(9, level(0, "bullet", "-")) + num(9, 9)
COUNT = abstract(0, level(0, "decimal", "%1")) + num(1, 0)
AUTO = p(num=(1, 0))
TITLES = ("STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian")
ONE = ("Phát động thi đua", "Phòng Nội vụ", "Các phòng, ban", "Tháng 01/2024")
TWO = ("Đăng ký danh hiệu", "Các phòng, ban", "Phòng Nội vụ", "Trước 15/3/2024")
THREE = ("Sơ kết sáu tháng", "Phòng Nội vụ", "", "Tháng 6/2024")
FIVE = (700, 3300, 2000, 2000, 1500)


def down(kind: str, text: str = "") -> str:
    return cell(text, down=kind)


_TASKS = [
    ("in rows under their quarters", TASKS),
    ("with a header that repeats", table(
        head(*TITLES), row(cell("Quý I", span=5)), row("1", *ONE), row("2", *TWO),
        row(cell("Quý II", span=5)), row("3", *THREE))),
    ("with automatic ordinals", table(
        row(*TITLES), row(cell("Quý I", span=5)), row(AUTO, *ONE), row(AUTO, *TWO),
        row(cell("Quý II", span=5)), row(AUTO, *THREE))),
    ("with columns for numbered quarters", table(
        row(*(down("restart", x) for x in TITLES), cell("Quý", span=4)),
        row(*(down("continue") for _ in TITLES), "I", "II", "III", "IV"),
        row("1", *ONE, "x", "", "", ""), row("2", *TWO, "x", "", "", ""),
        row("3", *THREE, "", "x", "", ""))),
    ("with quarters as merged cells", table(
        row("Quý", *TITLES), row(down("restart", "Quý I"), "1", *ONE[:3], "Trước 31/01/2024"),
        row(down("continue"), "2", *TWO), row("Quý II", "3", *THREE))),
    ("cut in two, the header repeated", table(
        row(*TITLES), row(cell("Quý I", span=5)), row("1", *ONE), widths=FIVE) + p()
        + table(row(*TITLES), row("2", *TWO), row(cell("Quý II", span=5)), row("3", *THREE),
                widths=FIVE)),
    ("cut in two without its header", table(
        row(*TITLES), row(cell("Quý I", span=5)), row("1", *ONE), widths=FIVE) + p()
        + table(row("2", *TWO), row(cell("Quý II", span=5)), row("3", *THREE), widths=FIVE)),
    ("with rows in content controls", table(
        row(*TITLES), control(row(cell("Quý I", span=5)) + row("1", *ONE)), control(row("2", *TWO)),
        row(cell("Quý II", span=5)), row("3", control(cell(THREE[0])), *THREE[1:]))),
    ("with quarters merged side by side as Word 97 did", table(
        row(*TITLES),
        row(cell("Quý I", across="restart"), *(cell("", across="continue") for _ in range(4))),
        row("1", *ONE), row("2", *TWO),
        row(cell("Quý II", across="restart"), *(cell("", across="continue") for _ in range(4))),
        row("3", *THREE))),
    ("with quarters in rows of Roman numbers", table(
        row(*TITLES), row("I", cell("Quý I", span=4)), row("1", *ONE), row("2", *TWO),
        row("II", cell("Quý II", span=4)), row("3", *THREE))),
    ("with a header of two rows", table(
        row(down("restart", "STT"), down("restart", "Nội dung"), cell("Đơn vị", span=2),
            down("restart", "Thời gian")),
        row(down("continue"), down("continue"), "Chủ trì", "Phối hợp", down("continue")),
        row(cell("Quý I", span=5)), row("1", *ONE), row("2", *TWO),
        row(cell("Quý II", span=5)), row("3", *THREE))),
    ("with a row taken out while changes were tracked", table(
        row(*TITLES), row(cell("Quý I", span=5)),
        row(p(gone("9")), *(p(gone(one)) for one in THREE),
            properties='<w:del w:id="1" w:author="a"/>'),
        row("1", *ONE), row("2", *TWO), row(cell("Quý II", span=5)), row("3", *THREE))),
    ("in a frame of one cell", table(row(cell(TASKS)))),
    ("in a content control", control(TASKS)),
    ("with the quarters in bold", table(
        row(*(p(bold(one)) for one in TITLES)), row(cell(p(bold("Quý I")), span=5)),
        row("1", *ONE), row("2", *TWO), row(cell(p(bold("Quý II")), span=5)), row("3", *THREE))),
]  # fmt: skip

UNITS = abstract(8, level(0, "bullet", "-")) + num(8, 8)
ROMAN = abstract(7, level(0, "upperRoman", "%1")) + num(7, 7)

_CELLS: list[tuple[str, str, Mapping[str, Any]]] = [
    ("a lead merged over two rows counts for both",
     table(row(*TITLES), row("1", ONE[0], down("restart", "Phòng Nội vụ"), "Công an", "Quý I"),
           row("2", TWO[0], down("continue"), "Quân sự", "Quý II")),
     {"tasks[].lead": [["Phòng Nội vụ"], ["Phòng Nội vụ"]],
      "tasks[].support": [["Công an"], ["Quân sự"]], "tasks[].quarters": [[1], [2]]}),
    ("a cell merged over lead and support is lead",
     table(row(*TITLES), row("1", ONE[0], cell("Các phòng, ban", span=2), "Tháng 01/2024")),
     {"tasks[].lead": [["Các phòng, ban"]], "tasks[].support": [[]]}),
    ("a time merged over two rows counts for both",
     table(row(*TITLES), row("1", *ONE[:3], down("restart", "Trước 15/3/2024")),
           row("2", *TWO[:3], down("continue"))),
     {"tasks[].timing.end": ["2024-03-15", "2024-03-15"]}),
    ("units in paragraphs of an automatic list",
     table(row(*TITLES), row("1", ONE[0], cell(p("Phòng Nội vụ", num=(8, 0)),
                                               p("Công an huyện", num=(8, 0))), "", "Quý I")),
     {"tasks[0].lead": ["Phòng Nội vụ", "Công an huyện"]}),
    ("units in paragraphs",
     table(row(*TITLES), row("1", ONE[0], cell("Phòng Nội vụ;", "Công an huyện"), "", "Quý I")),
     {"tasks[0].lead": ["Phòng Nội vụ", "Công an huyện"]}),
    ("content in two paragraphs is one task",
     table(row(*TITLES), row("1", cell("Phát động thi đua", "trong toàn huyện"), *ONE[1:]),
           row("2", *TWO)),
     {"tasks[].content": ["Phát động thi đua trong toàn huyện", "Đăng ký danh hiệu"]}),
    ("Roman rows with automatic numbers",
     table(row(*TITLES), row(p(num=(7, 0)), cell("Quý I", span=4)), row("1", *ONE),
           row("2", *TWO), row(p(num=(7, 0)), cell("Quý II", span=4)), row("3", *THREE)),
     DONE),
    ("quarters with automatic numbers of their own",
     table(row(*TITLES), row(cell(p("Quý I", num=(7, 0)), span=5)), row("1", *ONE),
           row("2", *TWO), row(cell(p("Quý II", num=(7, 0)), span=5)), row("3", *THREE)),
     DONE),
    ("half-years as rows over the whole width",
     table(row(*TITLES), row(cell("6 tháng đầu năm", span=5)), row("1", *ONE),
           row(cell("6 tháng cuối năm", span=5)), row("2", *TWO[:3], "Tháng 11/2024")),
     {"tasks[].quarters": [[1, 2], [3, 4]]}),
    ("a column for each quarter, marked",
     table(row("STT", "Nội dung", "Chủ trì", "Quý I", "Quý II", "Quý III", "Quý IV"),
           row("1", ONE[0], "Phòng Nội vụ", "x", "", "", ""),
           row("2", TWO[0], "Phòng Nội vụ", "", p(symbol("F0FC", "Wingdings")), "", "x")),
     {"tasks[].quarters": [[1], [2, 4]]}),
    ("a footnote's mark is no part of the content",
     table(row(*TITLES), row("1", p("Phát động", footnote_mark(2), " thi đua"), *ONE[1:])),
     {"tasks[].content": ["Phát động thi đua"], "footnotes[].text": ["Toàn huyện."]}),
    ("a text box in a cell does not join its words",
     table(row(*TITLES), row("1", p("Phát động thi đua", box("Mới")), *ONE[1:])),
     {"tasks[0].lead": ["Phòng Nội vụ"], "tasks[0].ordinal": "1"}),
    ("words put in and taken out while changes were tracked",
     table(row(*TITLES), row("1", p(gone("Sơ kết"), ins("Phát động"), " thi đua"), *ONE[1:3],
                             p("Trước ", gone("10"), ins("15"), "/3/2024"))),
     {"tasks[].content": ["Phát động thi đua"], "tasks[].timing.end": ["2024-03-15"]}),
    ("a list of persons after it stays apart and is no task",
     table(row(*(p(bold(one)) for one in ("STT", "Nội dung", "Thời gian"))),
           row("1", "Phát động thi đua", "Tháng 01/2024")) + p()
     + table(row(*(p(bold(one)) for one in ("STT", "Họ tên", "Chức vụ"))),
             row("1", "Hà Tiến", "Chủ tịch"), row("2", "Lê Văn Thành", "Phó Chủ tịch")),
     {"tasks[].content": ["Phát động thi đua"]}),
]  # fmt: skip

_PROSE = (
    p("Quý I và quý II", num=(6, 0)) + p("Phát động thi đua trong toàn huyện.", num=(8, 0))
    + p("Sơ kết sáu tháng.", num=(8, 0)) + p("Quý III", num=(6, 0))
    + p("Tập huấn nghiệp vụ.", num=(8, 0))
)  # fmt: skip
_DECIMAL = abstract(6, level(0, "decimal", "%1.")) + num(6, 6)

_SIGNERS: list[tuple[str, str, Mapping[str, Any]]] = [
    ("in place of the head",
     table(row(cell(*RECIPIENTS), cell("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", p(), p(),
                                       "Lê Văn Thành"))),
     {"signature.capacity": "KT.", "signature.role": "PHÓ TRƯỞNG PHÒNG",
      "signature.signer": "Lê Văn Thành"}),
    ("on behalf of a body",
     table(row(cell(*RECIPIENTS), cell("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", p(), "Hà Tiến"))),
     {"signature.capacity": "TM.", "signature.on_behalf_of": "ỦY BAN NHÂN DÂN",
      "signature.role": "CHỦ TỊCH", "signature.signer": "Hà Tiến"}),
    ("in a text box",
     paragraphs("\n".join(RECIPIENTS)) + p(box("TRƯỞNG PHÒNG", "Đinh Thị Hạnh")), FOOT),
    ("in a table whose signature is a picture",
     table(row(cell(*RECIPIENTS), cell(
         "TRƯỞNG PHÒNG", p(r("<w:drawing><wp:inline><wp:docPr id='1' name='Chữ ký'/></wp:inline>"
                             "</w:drawing>")), "Đinh Thị Hạnh"))), FOOT),
    ("with the columns in content controls",
     table(row(control(cell(*RECIPIENTS)), control(cell("TRƯỞNG PHÒNG", "Đinh Thị Hạnh")))), FOOT),
]  # fmt: skip

_MONTH_BESIDE = table(
    row("Quý", *TITLES), row(down("restart", "Quý I"), "1", *ONE), row(down("continue"), "2", *TWO),
    row("Quý II", "3", *THREE),
)  # fmt: skip

_OUTLINE = one_list(
    level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "bullet", "-")
)
_HEADED = (
    p("MỤC ĐÍCH, YÊU CẦU", num=(1, 0)) + p("Mục đích", num=(1, 1))
    + p("Động viên cán bộ, công chức hoàn thành nhiệm vụ.", num=(1, 2))
    + p("Yêu cầu", num=(1, 1)) + p("Bình xét khách quan.", num=(1, 2))
    + p("NỘI DUNG", num=(1, 0)) + TASKS + p("TỔ CHỨC THỰC HIỆN", num=(1, 0))
    + p("Các đơn vị triển khai Kế hoạch này.", num=(1, 2))
)  # fmt: skip
_STYLED = (
    p("MỤC ĐÍCH, YÊU CẦU", style="H1") + p("Mục đích", style="H2")
    + p("Động viên cán bộ, công chức hoàn thành nhiệm vụ.") + p("Yêu cầu", style="H2")
    + p("Bình xét khách quan.") + p("NỘI DUNG", style="H1") + TASKS
    + p("TỔ CHỨC THỰC HIỆN", style="H1") + p("Các đơn vị triển khai Kế hoạch này.")
)  # fmt: skip
_H = (
    style("H1", '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/>')
    + style("H2", '<w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/>', based="H1")
)  # fmt: skip
_TREE = {
    "outline": [
        "I MỤC ĐÍCH, YÊU CẦU = purpose_requirements",
        "  1 Mục đích = purpose",
        "  2 Yêu cầu = requirements",
        "II NỘI DUNG = content",
        "III TỔ CHỨC THỰC HIỆN = implementation",
    ],
    "purpose[].text": ["Động viên cán bộ, công chức hoàn thành nhiệm vụ."],
    "requirements[].text": ["Bình xét khách quan."],
    "implementation[].text": ["Các đơn vị triển khai Kế hoạch này."],
}
_BEFORE = LETTERHEAD + TITLE + BASES
_LONG = (
    "Các đơn vị tổ chức phát động, đăng ký thi đua ngay từ đầu năm, gắn với nhiệm vụ chính trị "
    "được giao và báo cáo kết quả về Phòng Nội vụ để tổng hợp."
)

ROWS = [
    *(PlanRow(f"letterhead {shape}", whole(letterhead=one), HEAD) for shape, one in _LETTERHEADS),
    PlanRow("signature in a table of two columns", whole(), FOOT),
    *(PlanRow(f"signature {shape}", whole(signature=one), FOOT, {"numbering": HYPHENS})
      for shape, one in _SIGNATURES),
    *(PlanRow(f"signature {shape}", whole(signature=one), said) for shape, one, said in _SIGNERS),
    *(PlanRow(f"tasks: {shape}", whole(tasks=one), said,
              {"numbering": UNITS + ROMAN, "footnotes": {2: ["Toàn huyện."]}})
      for shape, one, said in _CELLS),
    PlanRow("tasks in prose under automatic headings", whole(tasks=_PROSE),
            {"tasks[].quarters": [[1, 2], [1, 2], [3]],
             "tasks[].content": ["Phát động thi đua trong toàn huyện.", "Sơ kết sáu tháng.",
                                 "Tập huấn nghiệp vụ."]},
            {"numbering": UNITS + _DECIMAL}),
    *(PlanRow(f"a plan {label}", whole(), {**HEAD, **FOOT, **DONE}, {"change": change})
      for label, change in (("in strict names", strict), ("in UTF-16", in_utf16),
                            ("printed prettily", pretty), ("without a prefix", no_prefix),
                            ("with macros", macros))),
    *(PlanRow(f"tasks {shape}", whole(tasks=one), DONE, {"numbering": COUNT})
      for shape, one in _TASKS),
    PlanRow("tasks with quarters as merged cells and a month beside the first",
            whole(tasks=_MONTH_BESIDE), DONE),
    PlanRow("an outline of automatic numbers", _BEFORE + _HEADED + SIGNATURE, {**_TREE, **DONE},
            {"numbering": _OUTLINE}),
    PlanRow("an outline of headings with numbers by style", _BEFORE + _STYLED + SIGNATURE,
            {**_TREE, **DONE},
            {"numbering": one_list(
                level(0, "upperRoman", "%1.", '<w:pStyle w:val="H1"/>'),
                level(1, "decimal", "%2.", '<w:pStyle w:val="H2"/>')), "styles": _H}),
    PlanRow("a heading's style on running text makes no heading of it",
            _BEFORE + AIMS + p("II. NỘI DUNG", style="H1") + p(_LONG, style="H1") + DUTIES
            + SIGNATURE,
            {"outline": [
                "I MỤC ĐÍCH, YÊU CẦU = purpose_requirements", "  1 Mục đích = purpose",
                "  2 Yêu cầu = requirements", "II NỘI DUNG = content",
                "III TỔ CHỨC THỰC HIỆN = implementation"],
             "sections[1].paragraphs[].text": [_LONG]},
            {"styles": style("H1", '<w:outlineLvl w:val="0"/>')}),
    PlanRow("the legal bases as an automatic list of hyphens",
            LETTERHEAD + TITLE
            + p("Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;", num=(9, 0))
            + p("Căn cứ Nghị định số 98/2023/NĐ-CP;", num=(9, 0))
            + p("Phòng Nội vụ xây dựng Kế hoạch năm 2024 như sau:") + AIMS + DUTIES + SIGNATURE,
            {"legal_bases[].verb": ["Căn cứ", "Căn cứ"]}, {"numbering": HYPHENS}),
    PlanRow("a footnote stays out of the paragraph it interrupts",
            _BEFORE + AIMS + p("II. NỘI DUNG")
            + p("Phát động thi đua", footnote_mark(2), " trong toàn huyện.") + DUTIES + SIGNATURE,
            {"sections[1].paragraphs[].text": ["Phát động thi đua trong toàn huyện."],
             "footnotes[].marker": ["1"], "footnotes[].text": ["Theo hướng dẫn của tỉnh."]},
            {"footnotes": {2: ["Theo hướng dẫn của tỉnh."]}}),
    PlanRow("a citation in a footnote",
            _BEFORE + AIMS + p("II. NỘI DUNG") + p("Phát động thi đua", footnote_mark(2), ".")
            + DUTIES + SIGNATURE,
            {"citations[].where has": "footnote"},
            {"footnotes": {2: ["Theo Kế hoạch số 20/KH-UBND ngày 05/01/2024 của UBND huyện."]}}),
    PlanRow("head and foot of the page are marks and stand in no paragraph", whole(),
            {**HEAD, **FOOT, "marks[].role has": "header", "marks[].text has": "Phòng Nội vụ",
             "body[].text lacks": "Phòng Nội vụ", "diagnostics[].rule lacks": "unplaced"},
            {"headers": ["Phòng Nội vụ"], "footers": ["Lưu hành nội bộ"]}),
    PlanRow("numbers of pages are in no mark", whole(),
            {"marks[].role lacks": "header", "diagnostics[].rule lacks": "unplaced"},
            {"headers": [p('<w:fldSimple w:instr="PAGE">' + r("2") + "</w:fldSimple>")]}),
    PlanRow("tracked changes are told", whole(letterhead=LETTERHEAD + p(ins("x"), gone("y"),
            properties=mark("ins"))), {"diagnostics[].rule has": "changes_accepted"}),
    PlanRow("a comment is nowhere",
            whole(letterhead=LETTERHEAD + p(r('<w:commentReference w:id="0"/>'))),
            {**HEAD, "body[].text lacks": "Viết lại"},
            {"comments": '<w:comment w:id="0" w:author="a">' + p("Viết lại") + "</w:comment>"}),
    PlanRow("an appendix after a page break",
            whole() + p('<w:r><w:br w:type="page"/></w:r>', bold("PHỤ LỤC I"))
            + p(bold("DANH MỤC VIỆC CẦN LÀM")) + p("(Kèm theo Kế hoạch số 15/KH-PNV ngày "
            "12/01/2024 của Phòng Nội vụ)") + table(row("STT", "Nội dung", "Thời gian"),
                                                    row("1", "Kiểm tra chéo", "Tháng 9/2024")),
            {"appendices[].label": ["PHỤ LỤC I"],
             "appendices[].title": ["DANH MỤC VIỆC CẦN LÀM"],
             "appendices[0].of.number.canonical": "15/KH-PNV"}),
    PlanRow("a draft's stamp in a text box does not change the head",
            p(box("DỰ THẢO")) + whole(), HEAD),
]  # fmt: skip
