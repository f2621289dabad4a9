"""
Automatic numbers of Word: the label that the page shows before each paragraph.
"""

from word_files import (
    abstract,
    box,
    cell,
    drawing,
    either,
    gone,
    items,
    level,
    mark,
    num,
    numbered,
    one_list,
    p,
    r,
    restart,
    row,
    style,
    table,
)
from word_rows import Row

LEGAL = one_list(
    level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)"),
)  # fmt: skip
OUTLINE = one_list(
    level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2.%3")
)


def listed(form: str, text: str, more: str = "", start: int = 1) -> dict[str, str]:
    return {"numbering": one_list(level(0, form, text, more, start))}


def font(name: str) -> str:
    return f'<w:rPr><w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:hint="default"/></w:rPr>'


def three(
    label: str, form: str, text: str, shown: list[str], more: str = "", start: int = 1
) -> Row:
    """Three paragraphs of a list of one level."""
    body = items(["Mục đích", "Yêu cầu", "Nội dung"])
    words = ("Mục đích", "Yêu cầu", "Nội dung")
    return Row(
        label,
        body,
        [f"{a}{b}" for a, b in zip(shown, words, strict=True)],
        {"numbering": one_list(level(0, form, text, more, start))},
    )


FORMATS = [
    three("decimal", "decimal", "%1.", ["1. ", "2. ", "3. "]),
    three("upper Roman", "upperRoman", "%1.", ["I. ", "II. ", "III. "]),
    three("lower Roman", "lowerRoman", "%1)", ["i) ", "ii) ", "iii) "]),
    three("upper letters", "upperLetter", "%1.", ["A. ", "B. ", "C. "]),
    three("lower letters in brackets", "lowerLetter", "(%1)", ["(a) ", "(b) ", "(c) "]),
    three("letters go on after z", "lowerLetter", "%1)", ["y) ", "z) ", "aa) "], start=25),
    three("decimal with a zero", "decimalZero", "%1", ["08 ", "09 ", "10 "], start=8),
    three("number in dashes", "numberInDash", "%1", ["- 1 - ", "- 2 - ", "- 3 - "]),
    three("no number, words alone", "none", "Nhiệm vụ:", ["Nhiệm vụ: "] * 3),
    three("no number and no words", "none", "", [""] * 3),
    three("an empty label", "decimal", "", [""] * 3),
    three("Điều", "decimal", "Điều %1.", ["Điều 1. ", "Điều 2. ", "Điều 3. "]),
    three("Chương", "upperRoman", "Chương %1", ["Chương I ", "Chương II ", "Chương III "]),
    # LibreOffice 7.4 writes these three in English words or digits; Word in those of the language.
    three("Phần thứ … in words", "ordinalText", "Phần thứ %1",
          ["Phần thứ nhất ", "Phần thứ hai ", "Phần thứ ba "],
          '<w:rPr><w:lang w:val="vi-VN"/></w:rPr>'),
    three("Phần in words that count", "vietnameseCounting", "Phần %1.",
          ["Phần ba. ", "Phần bốn. ", "Phần năm. "], start=3),
    three("Phần thứ tư", "vietnameseCounting", "Phần %1",
          ["Phần hai mươi mốt ", "Phần hai mươi hai ", "Phần hai mươi ba "], start=21),
    three("cardinal in words", "cardinalText", "Phần %1",
          ["Phần một ", "Phần hai ", "Phần ba "], '<w:rPr><w:lang w:val="vi-VN"/></w:rPr>'),
    three("đ) is not in the Latin alphabet, so people write it out", "lowerLetter", "đ)",
          ["đ) ", "đ) ", "đ) "]),
    three("a start of its own", "decimal", "%1.", ["5. ", "6. ", "7. "], start=5),
    three("a start of nought", "decimal", "%1.", ["0. ", "1. ", "2. "], start=0),
    three("parted by a space", "decimal", "%1.", ["1. ", "2. ", "3. "], '<w:suff w:val="space"/>'),
    three("parted by nothing", "decimal", "%1.", ["1.", "2.", "3."], '<w:suff w:val="nothing"/>'),
    three("parted by a tab", "decimal", "%1/", ["1/ ", "2/ ", "3/ "], '<w:suff w:val="tab"/>'),
    # LibreOffice 7.4 shows them; Word does not (ECMA-376-1, 17.9.24: the number's run properties).
    three("hidden numbers", "decimal", "%1.", ["", "", ""], "<w:rPr><w:vanish/></w:rPr>"),
    three("hidden, switched off", "decimal", "%1.", ["1. ", "2. ", "3. "],
          '<w:rPr><w:vanish w:val="0"/></w:rPr>'),
    three("a percent sign that is no place", "decimal", "%1 (100%)",
          ["1 (100%) ", "2 (100%) ", "3 (100%) "]),
    three("a place without a level shows its start", "decimal", "%1.%4", ["1.1 ", "2.1 ", "3.1 "]),
    three("a format nobody knows is decimal", "thaiMystery", "%1.", ["1. ", "2. ", "3. "]),
    three("circled numbers", "decimalEnclosedCircle", "%1", ["① ", "② ", "③ "]),
    three("ordinal in English", "ordinal", "%1", ["1st ", "2nd ", "3rd "],
          '<w:rPr><w:lang w:val="en-US"/></w:rPr>'),
]  # fmt: skip

BULLETS = [
    three("dot of Symbol", "bullet", "\uf0b7", ["• "] * 3, font("Symbol")),
    three("square of Wingdings", "bullet", "\uf0a7", ["▪ "] * 3, font("Wingdings")),
    three("arrowhead of Wingdings", "bullet", "\uf0d8", ["➢ "] * 3, font("Wingdings")),
    three("tick of Wingdings", "bullet", "\uf0fc", ["✓ "] * 3, font("Wingdings")),
    three("the same code in Symbol and Wingdings", "bullet", "\uf0a8", ["♦ "] * 3, font("Symbol")),
    three("o of Courier New is a circle", "bullet", "o", ["○ "] * 3, font("Courier New")),
    three("hyphen of Times New Roman", "bullet", "-", ["- "] * 3, font("Times New Roman")),
    three("plus", "bullet", "+", ["+ "] * 3),
    three("en dash", "bullet", "–", ["– "] * 3),
    three("bullet of Unicode", "bullet", "•", ["• "] * 3),
    three("a letter of Wingdings is a sign", "bullet", "ü", ["✓ "] * 3, font("Wingdings")),
    three("an unknown private sign is seen as one", "bullet", "\uf001", ["\ufffd "] * 3,
          font("Wingdings")),
]  # fmt: skip

_CUSTOM = (
    '<w:lvl w:ilvl="0"><w:start w:val="9"/>'
    + either('<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>',
             '<w:numFmt w:val="decimal"/>', "w14")
    + '<w:lvlText w:val="%1."/></w:lvl>'
)  # fmt: skip

LEVELS = [
    Row(
        "outline in decimals",
        p("Một", num=(1, 0)) + p("Con", num=(1, 1)) + p("Con nữa", num=(1, 1))
        + p("Cháu", num=(1, 2)) + p("Hai", num=(1, 0)) + p("Con của hai", num=(1, 1)),
        ["1. Một", "1.1. Con", "1.2. Con nữa", "1.2.1 Cháu", "2. Hai", "2.1. Con của hai"],
        {"numbering": OUTLINE},
    ),
    Row(
        "Roman, decimal, letter",
        p("Nhiệm vụ", num=(1, 0)) + p("Tuyên truyền", num=(1, 1)) + p("Báo", num=(1, 2))
        + p("Đài", num=(1, 2)) + p("Tập huấn", num=(1, 1)) + p("Lớp", num=(1, 2)),
        ["I. Nhiệm vụ", "1. Tuyên truyền", "a) Báo", "b) Đài", "2. Tập huấn", "a) Lớp"],
        {"numbering": LEGAL},
    ),
    # LibreOffice 7.4 leaves it Roman; ECMA-376-1, 17.9.4.
    Row(
        "legal numbers: Roman above is written in digits",
        p("Chương đầu", num=(1, 0)) + p("Chương sau", num=(1, 0)) + p("Mục", num=(1, 1)),
        ["I. Chương đầu", "II. Chương sau", "2.1 Mục"],
        {"numbering": one_list(
            level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>"))},
    ),
    Row(
        "legal numbers switched off",
        p("Chương đầu", num=(1, 0)) + p("Mục", num=(1, 1)),
        ["I. Chương đầu", "I.1 Mục"],
        {"numbering": one_list(
            level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", '<w:isLgl w:val="0"/>'))},
    ),
    # LibreOffice 7.4 knows no lvlRestart, here and below; ECMA-376-1, 17.9.10.
    Row(
        "Điều goes on through the chapters (restart 0)",
        p("Chung", num=(1, 0)) + p("Phạm vi", num=(1, 1)) + p("Đối tượng", num=(1, 1))
        + p("Riêng", num=(1, 0)) + p("Trách nhiệm", num=(1, 1)),
        ["Chương I Chung", "Điều 1. Phạm vi", "Điều 2. Đối tượng", "Chương II Riêng",
         "Điều 3. Trách nhiệm"],
        {"numbering": one_list(
            level(0, "upperRoman", "Chương %1"),
            level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'))},
    ),
    Row(
        "a level that begins anew only after the first (restart 1)",
        p("A", num=(1, 0)) + p("B", num=(1, 1)) + p("C", num=(1, 2)) + p("D", num=(1, 1))
        + p("E", num=(1, 2)) + p("G", num=(1, 0)) + p("H", num=(1, 2)),
        ["1. A", "1) B", "a C", "2) D", "b E", "2. G", "a H"],
        {"numbering": one_list(
            level(0, "decimal", "%1."), level(1, "decimal", "%2)"),
            level(2, "lowerLetter", "%3", '<w:lvlRestart w:val="1"/>'))},
    ),
    Row(
        "a level below the first with none above it shows the start of what is above",
        p("Không có cấp trên", num=(1, 1)),
        ["1.1. Không có cấp trên"],
        {"numbering": OUTLINE},
    ),
    Row(
        "text between does not stop the count",
        p("Một", num=(1, 0)) + p("Đoạn chen giữa.") + p("Hai", num=(1, 0)),
        ["1. Một", "Đoạn chen giữa.", "2. Hai"],
        {"numbering": OUTLINE},
    ),
    Row(
        "a table between does not stop the count",
        p("Một", num=(1, 0)) + table(row("a", "b")) + p("Hai", num=(1, 0)),
        ["1. Một", "┌ a | b", "2. Hai"],
        {"numbering": OUTLINE},
    ),
    # LibreOffice 7.4 makes one up.
    Row(
        "a level without a definition has no number",
        p("Một", num=(1, 0)) + p("Sâu", num=(1, 7)) + p("Hai", num=(1, 0)),
        ["1. Một", "Sâu", "2. Hai"],
        {"numbering": OUTLINE},
    ),
    Row(
        "a list that is not there",
        p("Không số", num=(44, 0)) + p("Một", num=(1, 0)),
        ["Không số", "1. Một"],
        {"numbering": OUTLINE},
    ),
    Row("a list, and no part with lists", p("Không số", num=(1, 0)), ["Không số"]),
    Row(
        "list 0 is none",
        p("Một", num=(1, 0)) + p("Không", num=(0, 0)) + p("Hai", num=(1, 0)),
        ["1. Một", "Không", "2. Hai"],
        {"numbering": OUTLINE},
    ),
    Row(
        "no level said is the first",
        p("Một", properties=numbered(1)),
        ["1. Một"],
        {"numbering": OUTLINE},
    ),
    Row(
        "001, 002 beside the form that older programs know",
        items(["Chín", "Mười"]),
        ["009. Chín", "010. Mười"],
        {"numbering": abstract(0, _CUSTOM) + num(1, 0)},
    ),
    Row(
        "a list of two orders of its parts: num before abstractNum",
        items(["Một", "Hai"]),
        ["1. Một", "2. Hai"],
        {"numbering": num(1, 0) + abstract(0, level(0, "decimal", "%1."))},
    ),
]  # fmt: skip

LISTS = [
    Row(
        "two lists of one definition count on",
        items(["Một", "Hai"], (1, 0)) + items(["Ba"], (2, 0)),
        ["1. Một", "2. Hai", "3. Ba"],
        {"numbering": abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0)},
    ),
    Row(
        "two lists of two definitions count apart",
        items(["Một", "Hai"], (1, 0)) + items(["Một nữa"], (2, 0)) + items(["Ba"], (1, 0)),
        ["1. Một", "2. Hai", "1) Một nữa", "3. Ba"],
        {"numbering": abstract(0, level(0, "decimal", "%1."))
         + abstract(1, level(0, "decimal", "%1)")) + num(1, 0) + num(2, 1)},
    ),
    Row(
        "a list that begins anew, once",
        items(["Một", "Hai"], (1, 0)) + items(["Lại một", "Lại hai"], (2, 0)),
        ["1. Một", "2. Hai", "1. Lại một", "2. Lại hai"],
        {"numbering": abstract(0, level(0, "decimal", "%1."))
         + num(1, 0) + num(2, 0, restart(0, 1))},
    ),
    Row(
        "the first list goes on where the one begun anew has come to",
        items(["Một", "Hai"], (1, 0)) + items(["Bảy"], (2, 0)) + items(["Tám"], (1, 0))
        + items(["Chín"], (2, 0)),
        ["1. Một", "2. Hai", "7. Bảy", "8. Tám", "9. Chín"],
        {"numbering": abstract(0, level(0, "decimal", "%1."))
         + num(1, 0) + num(2, 0, restart(0, 7))},
    ),
    Row(
        "a lower level begun anew by another list",
        p("Một", num=(1, 0)) + items(["Con", "Con nữa"], (1, 1)) + items(["Lại"], (2, 1)),
        ["1. Một", "1.1. Con", "1.2. Con nữa", "1.1. Lại"],
        {"numbering": OUTLINE + num(2, 0, restart(1, 1))},
    ),
    Row(
        "a list with a level of its own",
        items(["Một"], (1, 0)) + items(["Hai"], (2, 0)),
        ["1. Một", "b/ Hai"],
        {"numbering": abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
         + num(2, 0, '<w:lvlOverride w:ilvl="0">' + level(0, "lowerLetter", "%1/")
               + "</w:lvlOverride>")},
    ),
    Row(
        "a list with a level of its own and its own start of it",
        items(["Một"], (1, 0)) + items(["Ba", "Bốn"], (2, 0)),
        ["1. Một", "III/ Ba", "IV/ Bốn"],
        {"numbering": abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
         + num(2, 0, restart(0, 3, level(0, "upperRoman", "%1/")))},
    ),
    Row(
        "a list begun anew at one level counts on at another",
        p("Một", num=(1, 0)) + p("Con", num=(1, 1)) + p("Lại", num=(2, 1)) + p("Hai", num=(2, 0))
        + p("Con của hai", num=(2, 1)),
        ["1. Một", "1.1. Con", "1.1. Lại", "2. Hai", "2.1. Con của hai"],
        {"numbering": OUTLINE + num(2, 0, restart(1, 1))},
    ),
    Row(
        "three lists that each begin anew",
        "".join(items(["Một", "Hai"], (list_id, 0)) for list_id in (1, 2, 3)),
        ["1. Một", "2. Hai"] * 3,
        {"numbering": abstract(0, level(0, "decimal", "%1.")) + num(1, 0, restart(0, 1))
         + num(2, 0, restart(0, 1)) + num(3, 0, restart(0, 1))},
    ),
    Row(
        "numbering style: its list leads to the definition with levels",
        items(["Một", "Hai"], (2, 0)),
        ["I. Một", "II. Hai"],
        {"numbering": '<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="DanhSach"/>'
         + level(0, "upperRoman", "%1.") + "</w:abstractNum>"
         '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="DanhSach"/></w:abstractNum>'
         + num(1, 0) + num(2, 1),
         "styles": style("DanhSach", numbered(1), kind="numbering")},
    ),
    Row(
        "numbering style that goes round in a circle",
        items(["Không số"], (1, 0)),
        ["Không số"],
        {"numbering": '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Vong"/>'
         "</w:abstractNum>" + num(1, 0),
         "styles": style("Vong", numbered(1), kind="numbering")},
    ),
]  # fmt: skip

_HEADINGS = one_list(
    level(0, "upperRoman", "%1.", '<w:pStyle w:val="Muc1"/>'),
    level(1, "decimal", "%2.", '<w:pStyle w:val="Muc2"/>'),
)

STYLES = [
    Row(
        "styles that carry the levels of one list",
        p("Nội dung", style="Muc1") + p("Tuyên truyền", style="Muc2")
        + p("Tập huấn", style="Muc2") + p("Thực hiện", style="Muc1"),
        ["I. Nội dung", "1. Tuyên truyền", "2. Tập huấn", "II. Thực hiện"],
        {"numbering": _HEADINGS,
         "styles": style("Muc1", numbered(1)) + style("Muc2", numbered(1, 1))},
    ),
    # LibreOffice 7.4 goes by the style; Word by the level (ECMA-376-1, 17.9.23).
    Row(
        "the level that names the style counts, not what the style says",
        p("Nội dung", style="Muc1") + p("Tuyên truyền", style="Muc2"),
        ["I. Nội dung", "1. Tuyên truyền"],
        {"numbering": _HEADINGS,
         "styles": style("Muc1", numbered(1)) + style("Muc2", numbered(1))},
    ),
    Row(
        "a style that no level names has the level it says",
        p("Nội dung", style="Muc1") + p("Tuyên truyền", style="Khac"),
        ["I. Nội dung", "1. Tuyên truyền"],
        {"numbering": _HEADINGS,
         "styles": style("Muc1", numbered(1)) + style("Khac", numbered(1, 1))},
    ),
    Row(
        "a style has the list of the style that it is based on",
        p("Nội dung", style="Muc1") + p("Thực hiện", style="Dam"),
        ["I. Nội dung", "II. Thực hiện"],
        {"numbering": _HEADINGS,
         "styles": style("Muc1", numbered(1)) + style("Dam", "", "<w:b/>", based="Muc1")},
    ),
    Row(
        "a style that says only its level has the list of the style that it is based on",
        p("Nội dung", style="Muc1") + p("Tuyên truyền", style="Muc2"),
        ["I. Nội dung", "1. Tuyên truyền"],
        {"numbering": _HEADINGS,
         "styles": style("Muc1", numbered(1)) + style("Muc2", numbered(None, 1), based="Muc1")},
    ),
    Row(
        "list 0 in a style switches off that of the style below",
        p("Nội dung", style="Muc1") + p("Không số", style="Tron"),
        ["I. Nội dung", "Không số"],
        {"numbering": _HEADINGS,
         "styles": style("Muc1", numbered(1)) + style("Tron", numbered(0), based="Muc1")},
    ),
    Row(
        "list 0 in the paragraph switches off its style's",
        p("Nội dung", style="Muc1") + p("Không số", style="Muc1", properties=numbered(0))
        + p("Thực hiện", style="Muc1"),
        ["I. Nội dung", "Không số", "II. Thực hiện"],
        {"numbering": _HEADINGS, "styles": style("Muc1", numbered(1))},
    ),
    Row(
        "the paragraph's list goes before its style's",
        p("Nội dung", style="Muc1") + p("Gạch", style="Muc1", num=(2, 0)),
        ["I. Nội dung", "- Gạch"],
        {"numbering": abstract(0, level(0, "upperRoman", "%1."))
         + abstract(1, level(0, "bullet", "-")) + num(1, 0) + num(2, 1),
         "styles": style("Muc1", numbered(1))},
    ),
    Row(
        "the paragraph's level with its style's list",
        p("Nội dung", style="Muc1") + p("Con", style="Muc1", properties=numbered(None, 1)),
        ["I. Nội dung", "1. Con"],
        {"numbering": _HEADINGS, "styles": style("Muc1", numbered(1))},
    ),
    Row(
        "a style that is not there has no list",
        p("Không số", style="KhongCo"),
        ["Không số"],
        {"numbering": _HEADINGS, "styles": style("Muc1", numbered(1))},
    ),
    Row(
        "styles based on one another in a circle",
        p("Không số", style="A"),
        ["Không số"],
        {"styles": style("A", based="B") + style("B", based="A")},
    ),
]  # fmt: skip

EMPTY = [
    Row(
        "an empty paragraph is counted: its number is printed, and is no value",
        items(["Một", "", "Ba"]),
        ["1. Một", "3. Ba"],
        {"numbering": OUTLINE},
    ),
    Row(
        "a paragraph of blanks is empty",
        items(["Một", "   ", "Ba"]),
        ["1. Một", "3. Ba"],
        {"numbering": OUTLINE},
    ),
    Row(
        "ordinals of a table are numbered empty paragraphs",
        table(
            row("STT", "Nội dung"),
            row(p(num=(1, 0)), "Phát động"),
            row(p(num=(1, 0)), "Tập huấn"),
        ),
        ["┌ STT | Nội dung", "│ 1. | Phát động", "│ 2. | Tập huấn"],
        {"numbering": OUTLINE},
    ),
    Row(
        "an empty paragraph of words says them",
        p(num=(1, 0)) + p("QUY ĐỊNH CHUNG"),
        ["Chương I", "QUY ĐỊNH CHUNG"],
        {"numbering": one_list(level(0, "upperRoman", "Chương %1"))},
    ),
    Row(
        "a paragraph with nothing but a text box",
        p(box("Trong hộp"), num=(1, 0)) + p("Hai", num=(1, 0)),
        ["Trong hộp", "2. Hai"],
        {"numbering": OUTLINE},
    ),
    Row(
        "a number, then a page break, then the words",
        p('<w:r><w:br w:type="page"/></w:r>', "Một", num=(1, 0)),
        ["1.", "Một"],
        {"numbering": OUTLINE},
    ),
    Row(
        "a paragraph taken out is not counted",
        p("Một", num=(1, 0)) + p(gone("Bỏ"), num=(1, 0), properties=mark("del"))
        + p("Hai", num=(1, 0)),
        ["1. Một", "2. Hai", "! changes_accepted"],
        {"numbering": OUTLINE},
    ),
    Row(
        "a paragraph taken out is counted where changes are rejected",
        p("Một", num=(1, 0)) + p(gone("Bỏ"), num=(1, 0), properties=mark("del"))
        + p("Ba", num=(1, 0)),
        ["1. Một", "2. Bỏ", "3. Ba", "! changes_rejected"],
        {"numbering": OUTLINE},
        "reject",
    ),
    Row(
        "a paragraph taken out before a table is not counted",
        p("Một", num=(1, 0)) + p(gone("Bỏ"), num=(1, 0), properties=mark("del"))
        + table(row("a", "b")) + p("Hai", num=(1, 0)),
        ["1. Một", "┌ a | b", "2. Hai", "! changes_accepted"],
        {"numbering": OUTLINE},
    ),
    Row(
        "the last paragraph of a cell taken out is not counted",
        table(row(cell(p("Một", num=(1, 0)), p(gone("Bỏ"), num=(1, 0), properties=mark("del"))),
                  p("Hai", num=(1, 0)))),
        ["┌ 1. Một | 2. Hai", "! changes_accepted"],
        {"numbering": OUTLINE},
    ),
    Row(
        "a row taken out is not counted",
        table(row(p(num=(1, 0)), "a"),
              row(p(num=(1, 0)), p(gone("b")), properties='<w:del w:id="1" w:author="a"/>'),
              row(p(num=(1, 0)), "c")),
        ["┌ 1. | a", "│ 2. | c", "! changes_accepted"],
        {"numbering": OUTLINE},
    ),
    Row(
        "two paragraphs made one have one number",
        p("Một", num=(1, 0), properties=mark("del")) + p(" và hai", num=(1, 0))
        + p("Ba", num=(1, 0)),
        ["1. Một và hai", "2. Ba", "! changes_accepted"],
        {"numbering": OUTLINE},
    ),
    Row(
        "a paragraph of tracked words is counted whether they are in or out",
        p("Một", num=(1, 0)) + p(gone("Bỏ"), num=(1, 0)) + p("Ba", num=(1, 0)),
        ["1. Một", "3. Ba", "! changes_accepted"],
        {"numbering": OUTLINE},
    ),
    Row(
        "hidden words leave a number alone",
        p("Một", num=(1, 0)) + p(r("ẩn", "<w:vanish/>"), num=(1, 0)) + p("Ba", num=(1, 0)),
        ["1. Một", "3. Ba", "! hidden_text"],
        {"numbering": OUTLINE},
    ),
    Row(
        "numbers in a text box",
        p(r(either(drawing(p("Trong", num=(1, 0))), "")), num=None) + p("Ngoài", num=(1, 0)),
        ["1. Trong", "2. Ngoài"],
        {"numbering": OUTLINE},
    ),
    Row(
        "a typed number beside an automatic one is kept: the page shows both",
        p("1. Một", num=(1, 0)),
        ["1. 1. Một"],
        {"numbering": OUTLINE},
    ),
]  # fmt: skip

ROWS = [*FORMATS, *BULLETS, *LEVELS, *LISTS, *STYLES, *EMPTY]
