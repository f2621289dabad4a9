"""
Tables of Word: merged cells, header rows, tables in tables, tables cut in two.
"""

from word_files import (
    bold,
    box,
    cell,
    control,
    head,
    level,
    one_list,
    p,
    row,
    style,
    table,
)
from word_rows import Row

LIST = one_list(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"))
FOUR = (700, 4000, 2000, 1500)
AUTO = p(num=(1, 0))

_TITLES = ("STT", "Nội dung", "Chủ trì", "Thời gian")
_ONE = ("1", "Phát động thi đua", "Phòng Nội vụ", "Tháng 01")
_TWO = ("2", "Tập huấn", "Phòng Nội vụ", "Tháng 02")


def joined(*cells: str) -> str:
    return " | ".join(cells)


MERGES = [
    Row("cells side by side", table(row("a", "b"), row("c", "d")), ["┌ a | b", "│ c | d"]),
    Row("a cell over two columns", table(row(cell("a", span=2), "b"), row("c", "d", "e")),
        ["┌ a⟨1×2⟩ | b", "│ c | d | e"]),
    Row("a cell over three rows",
        table(row(cell("a", down="restart"), "b"), row(cell("", down="continue"), "c"),
              row(cell("", down="continue"), "d"), row("e", "g")),
        ["┌ a⟨3×1⟩ | b", "│ c", "│ d", "│ e | g"]),
    Row("a merge that says no value goes on",
        table(row(cell("a", down="restart"), "b"),
              "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>" + cell("c") + "</w:tr>"),
        ["┌ a⟨2×1⟩ | b", "│ c"]),
    Row("a cell over two rows and two columns",
        table(row(cell("a", span=2, down="restart"), "b"),
              row(cell("", span=2, down="continue"), "c")),
        ["┌ a⟨2×2⟩ | b", "│ c"]),
    Row("a merge begun anew",
        table(row(cell("a", down="restart"), "b"), row(cell("c", down="restart"), "d"),
              row(cell("", down="continue"), "e")),
        ["┌ a | b", "│ c⟨2×1⟩ | d", "│ e"]),
    Row("a merge that goes on from nothing is a cell",
        table(row(cell("a", down="continue"), "b"), row(cell("", down="continue"), "d")),
        ["┌ a⟨2×1⟩ | b", "│ d"]),
    Row("a merge that goes on with other columns is a cell of its own",
        table(row(cell("a", down="restart"), "b", "c"),
              row(cell("d", span=2, down="continue"), "e")),
        ["┌ a | b | c", "│ d⟨1×2⟩ | e"]),
    Row("two merges at once",
        table(row(cell("a", down="restart"), cell("b", down="restart"), "c"),
              row(cell("", down="continue"), cell("", down="continue"), "d"),
              row(cell("", down="continue"), "e", "g")),
        ["┌ a⟨3×1⟩ | b⟨2×1⟩ | c", "│ d", "│ e | g"]),
    Row("what a covered cell still holds is not shown",
        table(row(cell("a", down="restart"), "b"), row(cell("cũ", down="continue"), "c")),
        ["┌ a⟨2×1⟩ | b", "│ c", "! hidden_text"]),
    Row("cells merged side by side as Word 97 did",
        table(row(cell("a", across="restart"), cell("", across="continue"), "b")),
        ["┌ a⟨1×2⟩ | b"]),
    Row("three cells merged side by side",
        table(row(cell("a", across="restart"), cell("", across="continue"),
                  cell("", across="continue")), row("b", "c", "d")),
        ["┌ a⟨1×3⟩", "│ b | c | d"]),
    Row("columns left out before and after",
        table(row("a", "b", "c"),
              row("d", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')),
        ["┌ a | b | c", "│  | d"]),
    Row("two columns left out before",
        table(row("a", "b", "c"), row("d", properties='<w:gridBefore w:val="2"/>')),
        ["┌ a | b | c", "│ ⟨1×2⟩ | d"]),
    Row("a span of nought is one column",
        table("<w:tr><w:tc><w:tcPr><w:gridSpan w:val='0'/></w:tcPr>" + p("a") + "</w:tc>"
              + cell("b") + "</w:tr>"), ["┌ a | b"]),
    Row("a span beyond any table",
        table("<w:tr><w:tc><w:tcPr><w:gridSpan w:val='99999'/></w:tcPr>" + p("a")
              + "</w:tc>" + "<w:tc><w:p/></w:tc></w:tr>"), ["┌ a⟨1×64⟩ |"]),
    Row("rows of unequal length", table(row("a", "b", "c"), row("d")), ["┌ a | b | c", "│ d"]),
    Row("a table without rows", p("A") + table() + p("B"), ["A", "B"]),
    Row("a row without cells", table(row("a", "b"), "<w:tr/>", row("c", "d")),
        ["┌ a | b", "│", "│ c | d"]),
]  # fmt: skip

CELLS = [
    Row("several paragraphs in a cell", table(row(cell("a", "b"), "c")), ["┌ a / b | c"]),
    Row("a line break in a cell",
        table(row(p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>"), "c")), ["┌ a / b | c"]),
    Row("an empty cell", table(row("a", "", "c")), ["┌ a |  | c"]),
    Row("a row in a content control", table(row("a", "b"), control(row("c", "d"))),
        ["┌ a | b", "│ c | d"]),
    Row("rows that repeat in a control",
        table(control(control(row("a", "b"), "<w15:repeatingSectionItem xmlns:w15='u'/>")
                      + control(row("c", "d")))),
        ["┌ a | b", "│ c | d"]),
    Row("a cell in a content control", table(row("a", control(cell("b")), "c")),
        ["┌ a | b | c"]),
    Row("a whole table in a content control", p("A") + control(table(row("a", "b"))),
        ["A", "┌ a | b"]),
    Row("custom XML around a row and a cell",
        table('<w:customXml w:element="r">'
               '<w:tr><w:customXml w:element="c">' + cell("a") + "</w:customXml>" + cell("b")
              + "</w:tr></w:customXml>"),
        ["┌ a | b"]),
    Row("a column of automatic ordinals",
        table(row(*_TITLES), row(AUTO, *_ONE[1:]), row(AUTO, *_TWO[1:])),
        ["┌ " + joined(*_TITLES), "│ " + joined(*_ONE), "│ " + joined(*_TWO)],
        {"numbering": LIST}),
    Row("automatic ordinals by a style",
        table(row("STT", "Nội dung"), row(p(style="SoThuTu"), "a"), row(p(style="SoThuTu"), "b")),
        ["┌ STT | Nội dung", "│ 1 | a", "│ 2 | b"],
        {"numbering": LIST, "styles": style("SoThuTu", '<w:numPr><w:numId w:val="1"/></w:numPr>')}),
    Row("an ordinal of a covered cell is not printed and is counted",
        table(row(cell(AUTO, down="restart"), "a"), row(cell(AUTO, down="continue"), "b"),
              row(AUTO, "c")),
        ["┌ 1⟨2×1⟩ | a", "│ b", "│ 3 | c", "! hidden_text"],
        {"numbering": LIST}),
    Row("bullets in a cell",
        table(row("a", cell(p("b", num=(1, 0)), p("c", num=(1, 0))))),
        ["┌ a | - b / - c"], {"numbering": one_list(level(0, "bullet", "-"))}),
    Row("a picture alone in a cell",
        table(row("a", p("<w:r><w:drawing><wp:inline><wp:extent cx='9' cy='9'/></wp:inline>"
                         "</w:drawing></w:r>"))), ["┌ a |"]),
]  # fmt: skip

NESTED = [
    Row("a table that only frames another", table(row(cell(table(row("a", "b"), row("c", "d"))))),
        ["┌ a | b", "│ c | d"]),
    Row("a frame with words around the table",
        table(row(cell("Trước", table(row("a", "b")), "Sau"))),
        ["Trước", "┌ a | b", "Sau"]),
    Row("a frame in a frame", table(row(cell(table(row(cell(table(row("a", "b")))))))),
        ["┌ a | b"]),
    Row("a table in a cell of data is lines of the cell",
        table(row("1", cell("Nội dung:", table(row("a", "b"), row("c", "d"))))),
        ["┌ 1 | Nội dung: / a / b / c / d"]),
    Row("one cell alone is a frame", table(row("Ô đơn")), ["Ô đơn"]),
    Row("a table beside each quarter",
        table(row("Quý I", cell(table(row("1", "a")))), row("Quý II", cell(table(row("1", "b"))))),
        ["Quý I", "┌ 1 | a", "Quý II", "┌ 1 | b"]),
    Row("a table in one row of two is in its cell",
        table(row("Quý I", cell(table(row("1", "a")))), row("Quý II", "b")),
        ["┌ Quý I | 1 / a", "│ Quý II | b"]),
    Row("a box with a table in a cell", table(row("1", p("a", box(table(row("b", "c")))))),
        ["┌ 1 | a / b / c"]),
]  # fmt: skip

CUT = [
    Row("cut in two, the header repeated",
        table(row(*_TITLES), row(*_ONE), widths=FOUR) + p()
        + table(row(*_TITLES), row(*_TWO), widths=FOUR),
        ["┌ " + joined(*_TITLES), "│ " + joined(*_ONE), "≡ " + joined(*_TITLES),
         "│ " + joined(*_TWO)]),
    Row("cut in two without its header",
        table(row(*_TITLES), row(*_ONE), widths=FOUR) + p() + table(row(*_TWO), widths=FOUR),
        ["┌ " + joined(*_TITLES), "│ " + joined(*_ONE), "… " + joined(*_TWO)]),
    Row("cut in two by a page break",
        table(row(*_TITLES), row(*_ONE), widths=FOUR) + p('<w:r><w:br w:type="page"/></w:r>')
        + table(row(*_TWO), widths=FOUR),
        ["┌ " + joined(*_TITLES), "│ " + joined(*_ONE), "… " + joined(*_TWO)]),
    Row("one after the other with nothing between, as Word shows one table",
        table(row(*_TITLES), row(*_ONE), widths=FOUR) + table(row(*_TWO), widths=FOUR),
        ["┌ " + joined(*_TITLES), "│ " + joined(*_ONE), "… " + joined(*_TWO)]),
    Row("cut in three",
        table(row(*_TITLES), widths=FOUR) + p() + table(row(*_ONE), widths=FOUR) + p()
        + table(row(*_TWO), widths=FOUR),
        ["┌ " + joined(*_TITLES), "… " + joined(*_ONE), "… " + joined(*_TWO)]),
    Row("a paragraph of words between parts two tables",
        table(row(*_TITLES), row(*_ONE), widths=FOUR) + p("Biểu 2")
        + table(row(*_TITLES), row(*_TWO), widths=FOUR),
        ["┌ " + joined(*_TITLES), "│ " + joined(*_ONE), "Biểu 2",
         "┌ " + joined(*_TITLES), "│ " + joined(*_TWO)]),
    Row("tables of other widths stay two",
        table(row("a", "b")) + p() + table(row("c", "d", "e")), ["┌ a | b", "┌ c | d | e"]),
    Row("two tables of one width, each with a header that repeats on its pages, stay two",
        table(head("STT", "Nội dung"), row("1", "Phát động"), widths=(700, 4000)) + p()
        + table(head("Họ tên", "Chức vụ"), row("Hà Tiến", "Chủ tịch"), widths=(700, 4000)),
        ["┌ STT | Nội dung", "│ 1 | Phát động", "┌ Họ tên | Chức vụ", "│ Hà Tiến | Chủ tịch"]),
    Row("two tables of one width, each with a bold header, stay two",
        table(row(p(bold("STT")), p(bold("Nội dung"))), row("1", "Phát động")) + p()
        + table(row(p(bold("Họ tên")), p(bold("Chức vụ"))), row("Hà Tiến", "Chủ tịch")),
        ["┌ STT | Nội dung", "│ 1 | Phát động", "┌ Họ tên | Chức vụ", "│ Hà Tiến | Chủ tịch"]),
    Row("a bold row over the whole width only goes on: it is a quarter",
        table(row(p(bold("STT")), p(bold("Nội dung"))), row("1", "Phát động")) + p()
        + table(row(cell(p(bold("Quý II")), span=2)), row("2", "Tập huấn")),
        ["┌ STT | Nội dung", "│ 1 | Phát động", "… Quý II⟨1×2⟩", "│ 2 | Tập huấn"]),
    Row("two tables of as many columns and other places of them stay two",
        table(row("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), widths=(3400, 5600))
        + p() + table(row("Nơi nhận:", "CHỦ TỊCH"), widths=(5000, 4000)),
        ["┌ ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "┌ Nơi nhận: | CHỦ TỊCH"]),
    Row("places of columns that differ by a hair are the same",
        table(row("STT", "Nội dung"), row("1", "a"), widths=(700, 4000)) + p()
        + table(row("2", "b"), widths=(705, 3990)),
        ["┌ STT | Nội dung", "│ 1 | a", "… 2 | b"]),
]  # fmt: skip

ROWS = [*MERGES, *CELLS, *NESTED, *CUT]
