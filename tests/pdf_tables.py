"""
Tables: ruled in all the ways that programs rule them, over pages, and without rules.
"""

from pdf_pages import (
    RIGHT,
    Block,
    Field,
    Running,
    c,
    form,
    gapped,
    leaf,
    line,
    p,
    pdf,
    placed,
    skip,
    table,
    title,
)
from pdf_paragraphs import ONE, THREE, TWO
from pdf_rows import Row

FOUR = (85.0, 125.0, 320.0, 430.0, RIGHT)
THREE_COLUMNS = (85.0, 125.0, 380.0, RIGHT)
TITLES = ("STT", "Nội dung", "Chủ trì", "Thời gian")
FIRST = ("1", "Phát động phong trào thi đua", "Phòng Nội vụ", "Tháng 01")
SECOND = ("2", "Đăng ký danh hiệu thi đua", "Các đơn vị", "Trước 15/3")
THIRD = ("3", "Tổng kết công tác thi đua", "Phòng Nội vụ", "Tháng 12")
EMPTY = ("", "", "", "")
SHORT_LINES = c("a", "b")
QUARTERS = ("STT", "Nội dung", "Quý I", "Quý III")
PLAIN = (TITLES, FIRST, SECOND)


def joined(*cells: str) -> str:
    return " | ".join(cells).rstrip()


def read(*rows: tuple[str, ...] | str) -> list[str]:
    said = [one if isinstance(one, str) else joined(*one) for one in rows]
    return [f"{'│' if number else '┌'} {one}" for number, one in enumerate(said)]


READ = read(*PLAIN)


def bold(*cells: str) -> tuple[Field, ...]:
    return tuple(c(said, face="b", align="centre") for said in cells)


def many(first: int, last: int) -> list[tuple[str, str, str, str]]:
    """Rows of tasks with their numbers."""
    return [
        (f"{k}", f"Nội dung công tác thi đua, khen thưởng của đợt {k}", "Phòng Nội vụ", "Quý I")
        for k in range(first, last + 1)
    ]


STYLES = [
    Row("strokes", pdf(table(FOUR, *PLAIN)), READ),
    Row("thin rectangles", pdf(table(FOUR, *PLAIN, style="rects")), READ),
    Row("frames of cells", pdf(table(FOUR, *PLAIN, style="frames")), READ),
    Row("double rules", pdf(table(FOUR, *PLAIN, style="double")), READ),
    Row("dotted rules", pdf(table(FOUR, *PLAIN, style="dotted")), READ),
    Row("shading with slits in place of rules", pdf(table(FOUR, *PLAIN, style="shading")), READ),
    Row("a shaded header", pdf(table(FOUR, [c(one, fill=0.8) for one in TITLES], *PLAIN[1:])),
        READ),
    Row("a white ground under each row of print",
        pdf(table(FOUR, *PLAIN, style="rects", ground=True)), READ),
    Row("white cells within rules",
        pdf(table(FOUR, *([c(one, fill=1.0) for one in row] for row in PLAIN))), READ),
    Row("words in the middle of their cells",
        pdf(table(FOUR, bold(*TITLES), ("1", c(ONE), c("Phòng Nội vụ", align="centre"), "Tháng 01"),
                  middle=True)),
        read(TITLES, ("1", ONE, "Phòng Nội vụ", "Tháng 01"))),
    Row("the rules left and right are missing",
        pdf(table(FOUR, *PLAIN, without=("left", "right"))), READ),
    Row("the rule on top is missing", pdf(table(FOUR, *PLAIN, without=("top",))), READ),
    Row("the rule at the foot is missing", pdf(table(FOUR, *PLAIN, without=("bottom",))), READ),
    Row("one inner rule is missing", pdf(table(FOUR, *PLAIN, without=(2,))), READ,
        fails="two columns are read as one where nothing is drawn between them"),
    Row("in a picture of operators", pdf(p(ONE), form(table(FOUR, *PLAIN))), [ONE, *READ]),
    Row("in a picture that is moved and made smaller",
        pdf(p(ONE), form(table(FOUR, *PLAIN), matrix="0.9 0 0 0.9 20 20")), [ONE, *READ]),
    Row("a frame around the page is no table",
        pdf(line(60, 40, 560, 40), line(60, 800, 560, 800), line(60, 40, 60, 800),
            line(560, 40, 560, 800), p(ONE), p(TWO)),
        [ONE, TWO]),
    Row("a table within a frame around the page",
        pdf(line(60, 40, 570, 40), line(60, 800, 570, 800), line(60, 40, 60, 800),
            line(570, 40, 570, 800), p(ONE), table(FOUR, *PLAIN), p(TWO)),
        [ONE, *READ, TWO]),
]  # fmt: skip

SPANS = [
    Row("a quarter over all columns",
        pdf(table(FOUR, TITLES, (c("Quý I", columns=4, face="b"),), FIRST,
                  (c("Quý II", columns=4, face="b"),), SECOND)),
        read(TITLES, "Quý I⟨1×4⟩", FIRST, "Quý II⟨1×4⟩", SECOND)),
    Row("a cell over two columns", pdf(table(FOUR, TITLES, ("1", c("Phát động", columns=2),
                                                            "Quý I"))),
        read(TITLES, "1 | Phát động⟨1×2⟩ | Quý I")),
    Row("a cell over two rows in the first column",
        pdf(table(FOUR, TITLES, (c("1", rows=2), "Phát động", "Phòng Nội vụ", "Quý I"),
                  ("Đăng ký", "Các đơn vị", "Quý II"))),
        read(TITLES, "1⟨2×1⟩ | Phát động | Phòng Nội vụ | Quý I", "Đăng ký | Các đơn vị | Quý II")),
    Row("a cell over two rows in a middle column",
        pdf(table(FOUR, TITLES, ("1", "Phát động", c("Phòng Nội vụ", rows=2), "Quý I"),
                  ("2", "Đăng ký", "Quý II"))),
        read(TITLES, "1 | Phát động | Phòng Nội vụ⟨2×1⟩ | Quý I", "2 | Đăng ký | Quý II")),
    Row("a cell over two rows in the last column",
        pdf(table(FOUR, TITLES, ("1", "Phát động", "Phòng Nội vụ", c("Quý I", rows=2)),
                  ("2", "Đăng ký", "Các đơn vị"))),
        read(TITLES, "1 | Phát động | Phòng Nội vụ | Quý I⟨2×1⟩", "2 | Đăng ký | Các đơn vị")),
    Row("a cell over two rows and two columns",
        pdf(table(FOUR, TITLES, (c("1", rows=2, columns=2), "Phòng Nội vụ", "Quý I"),
                  ("Các đơn vị", "Quý II"))),
        read(TITLES, "1⟨2×2⟩ | Phòng Nội vụ | Quý I", "Các đơn vị | Quý II")),
    Row("a quarter down the left side of its rows",
        pdf(table(FOUR, TITLES, (c("Quý I", rows=3), *FIRST[1:]), SECOND[1:], THIRD[1:])),
        read(TITLES, joined("Quý I⟨3×1⟩", *FIRST[1:]), SECOND[1:], THIRD[1:])),
    Row("a header of two rows",
        pdf(table(FOUR, (c("STT", rows=2), c("Nội dung", rows=2), c("Thực hiện", columns=2)),
                  ("Chủ trì", "Phối hợp"), ("1", "Phát động", "Phòng Nội vụ", "Các đơn vị"))),
        read("STT⟨2×1⟩ | Nội dung⟨2×1⟩ | Thực hiện⟨1×2⟩", ("Chủ trì", "Phối hợp"),
             ("1", "Phát động", "Phòng Nội vụ", "Các đơn vị"))),
    Row("empty cells",
        pdf(table(FOUR, TITLES, ("1", "Phát động", "", "Quý I"), ("", "", "", ""),
                  ("2", "", "", ""))),
        read(TITLES, "1 | Phát động |  | Quý I", " |  |  |", "2 |  |  |")),
    Row("cells of several paragraphs",
        pdf(table(FOUR, TITLES, ("1", c("a) Phát động;", "b) Đăng ký."),
                                 c("Phòng Nội vụ;", "Các xã"),
                                 "Quý I"))),
        read(TITLES, "1 | a) Phát động; / b) Đăng ký. | Phòng Nội vụ; / Các xã | Quý I")),
    Row("bulleted paragraphs over several rows in a cell",
        pdf(table(FOUR, TITLES, ("1", c(f"- {ONE}", f"- {THREE}"), "Phòng Nội vụ", "Quý I"))),
        read(TITLES, f"1 | - {ONE} / - {THREE} | Phòng Nội vụ | Quý I")),
    Row("narrow columns of broken words",
        pdf(table((85, 115, 200, 270, 340, 400, RIGHT),
                  ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian",
                   "Sản phẩm dự kiến"),
                  ("1", "Phát động phong trào thi đua", "Phòng Nội vụ huyện", "Các phòng, ban",
                   "Quý I năm 2024", "Kế hoạch"))),
        read(("TT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian",
              "Sản phẩm dự kiến"),
             ("1", "Phát động phong trào thi đua", "Phòng Nội vụ huyện", "Các phòng, ban",
              "Quý I năm 2024", "Kế hoạch"))),
    Row("two tables on a page, words between",
        pdf(table(FOUR, *PLAIN), p(ONE), table(THREE_COLUMNS, ("TT", "Họ tên", "Chức vụ"),
                                               ("1", "Hà Tiến", "Chủ tịch"))),
        [*READ, ONE, *read("TT | Họ tên | Chức vụ", "1 | Hà Tiến | Chủ tịch")]),
    Row("two tables side by side",
        pdf(placed(60, table((85, 120, 300), ("1", "Phát động"), ("2", "Đăng ký"))),
            placed(60, table((330, 365, RIGHT), ("3", "Sơ kết"), ("4", "Tổng kết")))),
        [*read("1 | Phát động", "2 | Đăng ký"), *read("3 | Sơ kết", "4 | Tổng kết")]),
    Row("a table in a cell of another",
        pdf(table((85, 120, RIGHT), ("1", c("Thời gian:", "", "", "", "", "")), ("2", "Đăng ký")),
            placed(85, table((200, 300, 400), ("a", "b"), ("d", "e")))),
        ["┌ 1 | Thời gian: / a b / d e", "│ 2 | Đăng ký"]),
    Row("columns numbered below the header",
        pdf(table(FOUR, TITLES, ("(1)", "(2)", "(3)", "(4)"), FIRST)),
        read(TITLES, ("(1)", "(2)", "(3)", "(4)"), FIRST)),
]  # fmt: skip

_LATE, _THREE = skip(to=620), skip(to=560)
_CUT = ("4", ONE, "Phòng Nội vụ và các cơ quan, đơn vị trong huyện", "Quý IV")
_TWO_PARAGRAPHS = ("4", c("Phát động đợt một trong toàn huyện.", ONE), "Phòng Nội vụ", "Quý IV")

PAGES = [
    Row("over two pages, the header again",
        pdf(p(ONE), _LATE, table(FOUR, bold(*TITLES), *many(1, 8), header=1)),
        [ONE, *read(TITLES, *many(1, 8)),
         f"table_header: {joined(*TITLES).replace(' | ', ' / ')}"]),
    Row("over two pages, without the header",
        pdf(p(ONE), _LATE, table(FOUR, TITLES, *many(1, 8))),
        [ONE, *read(TITLES, *many(1, 4)),
         f"… {joined(*many(5, 5)[0])}", *(f"│ {joined(*one)}" for one in many(6, 8))]),
    Row("over three pages, the header again",
        pdf(p(ONE), _THREE, table(FOUR, bold(*TITLES), *many(1, 30), header=1), p(TWO)),
        [ONE, *read(TITLES, *many(1, 30)), TWO,
         *[f"table_header: {joined(*TITLES).replace(' | ', ' / ')}"] * 2]),
    Row("over three pages, page numbers between",
        pdf(p(ONE), _THREE, table(FOUR, bold(*TITLES), *many(1, 30), header=1), p(TWO),
            head=Running("{n}", first=2)),
        [ONE, *read(TITLES, *many(1, 30)), TWO, "header: 2", "header: 3",
         *[f"table_header: {joined(*TITLES).replace(' | ', ' / ')}"] * 2]),
    Row("columns that shift a little from page to page",
        pdf(p(ONE), _THREE, table(FOUR, bold(*TITLES), *many(1, 30), header=1, shift=1.5)),
        [ONE, *read(TITLES, *many(1, 30)),
         *[f"table_header: {joined(*TITLES).replace(' | ', ' / ')}"] * 2]),
    Row("a row cut within a sentence",
        pdf(p(ONE), skip(to=620), table(FOUR, TITLES, *many(1, 3), _CUT, THIRD, cut=True)),
        [ONE, *read(TITLES, *many(1, 3), _CUT, THIRD)]),
    Row("a row cut within a sentence, the header again",
        pdf(p(ONE), skip(to=620), table(FOUR, bold(*TITLES), *many(1, 3), _CUT, THIRD, cut=True,
                                        header=1)),
        [ONE, *read(TITLES, *many(1, 3), _CUT, THIRD),
         f"table_header: {joined(*TITLES).replace(' | ', ' / ')}"]),
    Row("a row cut between two paragraphs",
        pdf(p(ONE), skip(to=652), table(FOUR, TITLES, *many(1, 2), _TWO_PARAGRAPHS, THIRD,
                                        cut=True)),
        [ONE, *read(TITLES, *many(1, 2),
                    f"4 | Phát động đợt một trong toàn huyện. / {ONE} | Phòng Nội vụ | Quý IV",
                    THIRD)]),
    Row("a row without a number cut within a sentence",
        pdf(p(ONE), skip(to=620), table(FOUR[1:], TITLES[1:], *(one[1:] for one in many(1, 3)),
                                        _CUT[1:], THIRD[1:], cut=True)),
        [ONE, *read(TITLES[1:], *(one[1:] for one in many(1, 3)), _CUT[1:], THIRD[1:])]),
    Row("rows without numbers that are not cut",
        pdf(p(ONE), skip(to=670), table(FOUR[1:], TITLES[1:], *(one[1:] for one in many(1, 5)))),
        [ONE, *read(TITLES[1:], *(one[1:] for one in many(1, 2))),
         f"… {joined(*many(3, 3)[0][1:])}", *(f"│ {joined(*one[1:])}" for one in many(4, 5))]),
    Row("a first row of a page whose number is blank is a row of its own",
        pdf(p(ONE), _LATE, table(FOUR, TITLES, *many(1, 4), ("", "Sơ kết đợt một.", "Các xã",
                                                             "Quý II"),
                                 THIRD)),
        [ONE, *read(TITLES, *many(1, 4)), "…  | Sơ kết đợt một. | Các xã | Quý II",
         f"│ {joined(*THIRD)}"]),
    Row("a row whose words all stood on the page before has its lower edge on the next",
        pdf(table(FOUR, TITLES, FIRST), leaf(), table(FOUR, EMPTY, SECOND)),
        read(TITLES, FIRST, SECOND)),
    Row("a header whose lower edge stands on the next page",
        pdf(table(FOUR, TITLES), leaf(), table(FOUR, EMPTY, FIRST, SECOND)), READ),
    Row("empty rows of a form to be filled in, over two pages",
        pdf(table(FOUR, TITLES, FIRST, EMPTY), leaf(), table(FOUR, EMPTY, EMPTY)),
        [*read(TITLES, FIRST, EMPTY), "…  |  |  |", "│  |  |  |"]),
    Row("an empty row on the next page of a table with others",
        pdf(table(FOUR, TITLES, FIRST), leaf(), table(FOUR, EMPTY, EMPTY)),
        [*read(TITLES, FIRST), "…  |  |  |", "│  |  |  |"]),
    Row("a cell that goes on, with room below it for another line",
        pdf(table(FOUR, TITLES, ("1", SHORT_LINES, "Phòng Nội vụ và", "Quý I")),
            leaf(), table(FOUR, ("", "", "các cơ quan", ""), SECOND)),
        read(TITLES, ("1", "a / b", "Phòng Nội vụ và các cơ quan", "Quý I"),
             SECOND)),
    Row("a cell that begins anew, room above it: a row without a number",
        pdf(table(FOUR, TITLES, ("1", SHORT_LINES, "Phòng Nội vụ.", "Quý I")),
            leaf(), table(FOUR, ("", "", "Các cơ quan", ""), SECOND)),
        [*read(TITLES, ("1", "a / b", "Phòng Nội vụ.", "Quý I")),
         "…  |  | Các cơ quan |", f"│ {joined(*SECOND)}"]),
    Row("the header again, a number of it misread",
        pdf(table(FOUR, QUARTERS, FIRST), leaf(),
            table(FOUR, ("STT", "Nội dung", "Quý I", "Quý m"), SECOND)),
        [*read(QUARTERS, FIRST, SECOND), "table_header: STT / Nội dung / Quý I / Quý m"]),
    Row("a header of the other quarters",
        pdf(table(FOUR, QUARTERS, FIRST), leaf(),
            table(FOUR, ("STT", "Nội dung", "Quý II", "Quý IV"), SECOND)),
        [*read(QUARTERS, FIRST), "… STT | Nội dung | Quý II | Quý IV",
         f"│ {joined(*SECOND)}"]),
    Row("a quarter on top of the next page",
        pdf(p(ONE), _LATE, table(FOUR, TITLES, *many(1, 4), (c("Quý II", columns=4),), THIRD)),
        [ONE, *read(TITLES, *many(1, 4)), "… Quý II⟨1×4⟩", f"│ {joined(*THIRD)}"]),
    Row("another table of the same columns on the next page, its title above it",
        pdf(table(FOUR, *PLAIN), leaf(), title("Biểu 2"), table(FOUR, TITLES, THIRD)),
        [*READ, "Biểu 2", *read(TITLES, THIRD)]),
    Row("another table of other columns on top of the next page",
        pdf(table(FOUR, *PLAIN), leaf(), table(THREE_COLUMNS, ("TT", "Họ tên", "Chức vụ"),
                                               ("1", "Hà Tiến", "Chủ tịch"))),
        [*READ, *read("TT | Họ tên | Chức vụ", "1 | Hà Tiến | Chủ tịch")]),
    Row("on its side, over two pages",
        pdf(p(ONE), leaf(842, 595), table((85, 120, 480, 640, 800), bold(*TITLES), *many(1, 40),
                                          header=1)),
        [ONE, *read(TITLES, *many(1, 40)),
         f"table_header: {joined(*TITLES).replace(' | ', ' / ')}"]),
]  # fmt: skip


def in_columns(*rows: tuple[str, ...], size: float = 12.0) -> list[Block]:
    """Rows whose cells stand at set places, with nothing drawn."""
    return [
        gapped(*zip(FOUR, row, strict=False), size=size, before=4 if number else 10)
        for number, row in enumerate(rows)
    ]


UNRULED = [
    Row("columns by tabs alone", pdf(p(ONE), *in_columns(*PLAIN, THIRD), p(TWO)),
        [ONE, *read(*PLAIN, THIRD), TWO]),
    Row("columns by tabs, a cell of two rows",
        pdf(p(ONE), *in_columns(TITLES, FIRST),
            gapped((85, "2"), (120, "Đăng ký danh hiệu thi đua"), (320, "Các đơn vị"),
                   (430, "Quý II"),
                   size=12, before=4),
            gapped((120, "của các cụm, khối"), size=12, before=0), *in_columns(THIRD), p(TWO)),
        [ONE, *read(TITLES, FIRST,
                    ("2", "Đăng ký danh hiệu thi đua của các cụm, khối", "Các đơn vị", "Quý II"),
                    THIRD),
         TWO]),
    Row("two columns by tabs: units and their points",
        pdf(p(ONE), *(gapped((121, one), (400, said), before=2) for one, said in (
            ("Phòng Nội vụ", "98 điểm"), ("Phòng Tư pháp", "95 điểm"), ("Phòng Y tế", "91 điểm"))),
            p(TWO)),
        [ONE, *read("Phòng Nội vụ | 98 điểm", "Phòng Tư pháp | 95 điểm", "Phòng Y tế | 91 điểm"),
         TWO],
        fails="two columns of three rows are read one after the other"),
    Row("level rules alone", pdf(p(ONE), table(FOUR, *PLAIN, THIRD, style="level"), p(TWO)),
        [ONE, *read(*PLAIN, THIRD), TWO]),
    Row("level rules above and below the header and at the foot",
        pdf(p(ONE), line(85, 137, RIGHT, 137), skip(4), *in_columns(TITLES),
            *in_columns(FIRST), *in_columns(SECOND), p(TWO)),
        [ONE, *READ, TWO]),
    Row("nothing drawn, cells of several rows",
        pdf(p(ONE), table(FOUR, TITLES, ("1", c("Phát động phong trào thi đua trong toàn huyện"),
                                         "Phòng Nội vụ và các cơ quan", "Quý I"), SECOND,
                                         style="none"),
            p(TWO)),
        [ONE, *read(TITLES, ("1", "Phát động phong trào thi đua trong toàn huyện",
                             "Phòng Nội vụ và các cơ quan", "Quý I"), SECOND), TWO]),
    Row("level rules, cells of several rows",
        pdf(p(ONE), table(FOUR, TITLES, ("1", c("Phát động phong trào thi đua trong toàn huyện"),
                                         "Phòng Nội vụ và các cơ quan", "Quý I"), SECOND,
                                         style="level"),
            p(TWO)),
        [ONE, *read(TITLES, ("1", "Phát động phong trào thi đua trong toàn huyện",
                             "Phòng Nội vụ và các cơ quan", "Quý I"), SECOND), TWO]),
    Row("rows with room between them",
        pdf(p(ONE), *(gapped(*zip(FOUR, row, strict=False), size=12, before=18)
                      for row in (TITLES, FIRST, SECOND)), p(TWO)),
        [ONE, *READ, TWO]),
    Row("a header over one row, at the foot of the text",
        pdf(p(ONE), *(gapped(*zip(FOUR, row, strict=False), size=12, before=4)
                      for row in (TITLES, FIRST))),
        [ONE, *read(TITLES, FIRST)]),
    Row("columns of figures",
        pdf(p(ONE), *(gapped((85, one), (300, a), (420, b), before=2) for one, a, b in (
            ("Đơn vị", "Năm 2023", "Năm 2024"), ("Sơn Lâm", "12", "15"), ("Tân Lập", "9", "11"))),
            p(TWO)),
        [ONE, *read("Đơn vị | Năm 2023 | Năm 2024", "Sơn Lâm | 12 | 15", "Tân Lập | 9 | 11"), TWO],
        fails="columns of three rows are read one after the other"),
]  # fmt: skip

FAMILIES = {
    "rules": STYLES, "spans": SPANS, "tables over pages": PAGES, "tables without rules": UNRULED,
}  # fmt: skip
