"""
Columns that stand side by side with nothing drawn between them: letterheads, signatures,
recipients.
"""

from collections.abc import Callable, Sequence

from pdf_pages import (
    Block,
    Column,
    Leaf,
    Said,
    at,
    beside,
    col,
    gapped,
    item,
    line,
    p,
    pdf,
    skip,
    title,
)
from pdf_rows import Row

STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
PLACE = "Sơn Lâm, ngày 12 tháng 01 năm 2024"
NUMBER = "Số: 15/KH-PNV"
PARENT, AGENCY = "UBND HUYỆN SƠN LÂM", "PHÒNG NỘI VỤ"
NAME = "Công tác thi đua, khen thưởng năm 2024"
BASIS = (
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022 và các văn bản hướng dẫn thi hành;"
)
BODY = (
    "Phòng Nội vụ xây dựng Kế hoạch công tác thi đua, khen thưởng năm 2024 của toàn huyện với các "
    "nội dung chủ yếu như sau."
)
RECIPIENTS = ("- UBND huyện (để báo cáo);", "- Các phòng, ban;", "- Lưu: VT, NV.")
CLOSING = "Trên đây là Kế hoạch công tác thi đua, khen thưởng năm 2024 của Phòng Nội vụ huyện./."
LEFT, RIGHT = (80.0, 250.0), (250.0, 558.0)
SIGN_LEFT, SIGN_RIGHT = (85.0, 300.0), (310.0, 553.0)

TAIL = (p(BASIS), p(BODY))
READ_TAIL = (BASIS, BODY)
DATED: Sequence[Said] = (("b", STATE), ("b", MOTTO), 8, ("i", PLACE))
READ_DATED = (STATE, MOTTO, PLACE)


def headed(*blocks: Block) -> Callable[[], bytes]:
    """A document of a letterhead, a title and two paragraphs."""
    return pdf(*blocks, title("KẾ HOẠCH", NAME), *TAIL)


def read(*lines: str) -> list[str]:
    return [*lines, "KẾ HOẠCH", NAME, *READ_TAIL]


def ended(*blocks: Block) -> Callable[[], bytes]:
    """A document of two paragraphs and what stands at its end."""
    return pdf(*TAIL, p(CLOSING), skip(10), *blocks)


def read_end(*lines: str) -> list[str]:
    return [*READ_TAIL, CLOSING, *lines]


def recipients(*more: str) -> list[Said]:
    return [("bi", "Nơi nhận:"), *RECIPIENTS, *more]


NEGATIVE = [
    Row("a sentence with blanks to be filled in is one row",
        pdf(*TAIL, gapped((121, "Họ và tên:"), (260, "Chức vụ:"))),
        [*READ_TAIL, "Họ và tên:   Chức vụ:"]),
    Row("a day left blank within a date is no column",
        pdf(*TAIL, gapped((121, "Thực hiện Kế hoạch ngày"), (330,
                                                             "tháng 01 năm 2024 của UBND tỉnh."))),
        [*READ_TAIL, "Thực hiện Kế hoạch ngày   tháng 01 năm 2024 của UBND tỉnh."]),
    Row("a wide gap in one row of a paragraph by chance",
        pdf(p("Phát động phong trào thi đua thường xuyên trong toàn huyện từ đầu năm đến nay;"),
            gapped((121, "Sơ kết công tác ngày"), (290, "tháng 6 năm 2024 tại Hội trường"),
                   before=6),
            p("Tổng kết công tác thi đua, khen thưởng năm 2024 và phương hướng năm sau.")),
        ["Phát động phong trào thi đua thường xuyên trong toàn huyện từ đầu năm đến nay;",
         "Sơ kết công tác ngày   tháng 6 năm 2024 tại Hội trường",
         "Tổng kết công tác thi đua, khen thưởng năm 2024 và phương hướng năm sau."]),
    Row("numbers with a tab behind them are no column",
        pdf(p(BODY), *(gapped((85, f"{k}."), (121, said), before=2) for k, said in enumerate(
            ("Phát động thi đua.", "Đăng ký danh hiệu.", "Tổng kết phong trào."), 1))),
        [BODY, "1. Phát động thi đua.", "2. Đăng ký danh hiệu.", "3. Tổng kết phong trào."]),
    Row("letters with a tab behind them are no column",
        pdf(p(BODY), *(gapped((85, f"{k})"), (121, said), before=2) for k, said in (
            ("a", "Phát động thi đua."), ("b", "Đăng ký danh hiệu."), ("c", "Tổng kết.")))),
        [BODY, "a) Phát động thi đua.", "b) Đăng ký danh hiệu.", "c) Tổng kết."]),
    Row("bullets with a tab behind them are no column",
        pdf(p(BODY), *(gapped((85, "-"), (110, said), before=2) for said in (
            "Phát động thi đua.", "Đăng ký danh hiệu.", "Tổng kết."))),
        [BODY, "- Phát động thi đua.", "- Đăng ký danh hiệu.", "- Tổng kết."]),
    Row("numbered items whose rows go on below their words are no column",
        pdf(p(BODY),
            item("1.", CLOSING),
            item("2.", "Đăng ký danh hiệu.")),
        [BODY, f"1. {CLOSING}", "2. Đăng ký danh hiệu."]),
]  # fmt: skip

LETTERHEADS = [
    Row("one row of agency, the number below",
        headed(beside(col(*LEFT, ("b", "PHÒNG NỘI VỤ"), NUMBER), col(*RIGHT, *DATED))),
        read("PHÒNG NỘI VỤ", NUMBER, *READ_DATED)),
    Row("two rows of agency, the parent plain and the agency bold",
        headed(beside(col(*LEFT, PARENT, ("b", AGENCY), 6, NUMBER), col(*RIGHT, *DATED))),
        read(PARENT, AGENCY, NUMBER, *READ_DATED)),
    Row("a parent as wide as its column",
        headed(beside(col(85, 241, PARENT, ("b", AGENCY), 6, NUMBER), col(*RIGHT, *DATED))),
        read(PARENT, AGENCY, NUMBER, *READ_DATED)),
    Row("an agency broken over two rows",
        headed(beside(col(*LEFT, "UBND TỈNH SƠN LÂM",
                          ("b", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"), 6, NUMBER),
                      col(*RIGHT, *DATED))),
        read("UBND TỈNH SƠN LÂM", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", NUMBER, *READ_DATED)),
    Row("a parent and an agency, each broken over two rows",
        headed(beside(col(*LEFT, "TỔNG CÔNG TY ĐƯỜNG SẮT MIỀN BẮC VIỆT NAM",
                          ("b", "CHI NHÁNH KHAI THÁC ĐƯỜNG SẮT SƠN LÂM"), 6, NUMBER),
                      col(*RIGHT, *DATED))),
        read("TỔNG CÔNG TY ĐƯỜNG SẮT MIỀN BẮC VIỆT NAM", "CHI NHÁNH KHAI THÁC ĐƯỜNG SẮT SƠN LÂM",
             NUMBER, *READ_DATED)),
    Row("the two columns at heights that do not match",
        headed(beside(col(*LEFT, PARENT, ("b", AGENCY), 10, NUMBER, size=12, down=3),
                      col(*RIGHT, *DATED, leading=1.45))),
        read(PARENT, AGENCY, NUMBER, *READ_DATED)),
    Row("the right column begins half a row lower",
        headed(beside(col(*LEFT, PARENT, ("b", AGENCY), 4, NUMBER), col(*RIGHT, *DATED, down=8))),
        read(PARENT, AGENCY, NUMBER, *READ_DATED)),
    Row("the right column begins above the left one",
        headed(beside(col(*LEFT, PARENT, ("b", AGENCY), NUMBER, down=16), col(*RIGHT, *DATED))),
        read(PARENT, AGENCY, NUMBER, *READ_DATED)),
    Row("a number that is left blank",
        headed(beside(col(*LEFT, PARENT, ("b", AGENCY)), col(*RIGHT, *DATED[:2])),
               gapped((110, "Số:"), (170, "/KH-PNV"), (300, "Sơn Lâm, ngày"),
                      (410, "tháng 01 năm 2024"), size=13)),
        read(PARENT, AGENCY, "Số:   /KH-PNV", STATE, MOTTO, "Sơn Lâm, ngày   tháng 01 năm 2024")),
    Row("rules below the agency and the motto",
        headed(beside(col(*LEFT, PARENT, ("b", AGENCY), 8, NUMBER), col(*RIGHT, *DATED)),
               line(140, 90, 190, 90), line(330, 90, 480, 90)),
        read(PARENT, AGENCY, NUMBER, *READ_DATED)),
    Row("the number and the date far below",
        headed(beside(col(*LEFT, PARENT, ("b", AGENCY), 16, NUMBER),
                      col(*RIGHT, ("b", STATE), ("b", MOTTO), 16, ("i", PLACE)))),
        read(PARENT, AGENCY, NUMBER, *READ_DATED)),
    Row("a number and a subject of a letter below it",
        headed(beside(col(*LEFT, PARENT, ("b", AGENCY), 6, NUMBER,
                          "V/v xây dựng kế hoạch công tác thi đua năm 2024"),
                      col(*RIGHT, *DATED))),
        read(PARENT, AGENCY, NUMBER, "V/v xây dựng kế hoạch công tác thi đua năm 2024",
             *READ_DATED)),
    Row("the letterhead of a Party committee",
        headed(beside(col(*LEFT, "ĐẢNG BỘ TỈNH SƠN LÂM", ("b", "ĐẢNG ỦY SỞ NỘI VỤ"), "*",
                          "Số 15-KH/ĐU"),
                      col(*RIGHT, ("b", PARTY), 24, ("i", PLACE)))),
        read("ĐẢNG BỘ TỈNH SƠN LÂM", "ĐẢNG ỦY SỞ NỘI VỤ", "*", "Số 15-KH/ĐU", PARTY, PLACE)),
    Row("two agencies that issue it together",
        headed(beside(col(*LEFT, ("b", "SỞ NỘI VỤ - SỞ TÀI CHÍNH"), 6, "Số: 15/KHLT-SNV-STC"),
                      col(*RIGHT, *DATED))),
        read("SỞ NỘI VỤ - SỞ TÀI CHÍNH", "Số: 15/KHLT-SNV-STC", *READ_DATED)),
    Row("a letterhead of small type over a text of large",
        headed(beside(col(*LEFT, PARENT, ("b", AGENCY), 6, NUMBER, size=11),
                      col(*RIGHT, *DATED, size=11))),
        read(PARENT, AGENCY, NUMBER, *READ_DATED)),
    Row("a letterhead set flush left in both columns",
        headed(beside(col(*LEFT, PARENT, ("b", AGENCY), 6, NUMBER, align="left"),
                      col(270, 553, *DATED, align="left"))),
        read(PARENT, AGENCY, NUMBER, *READ_DATED)),
    Row("columns near each other",
        headed(beside(col(*LEFT, "UBND TỈNH LÂM SƠN HẠ", ("b", "SỞ NỘI VỤ"), 6, NUMBER),
                      col(258, 536, *DATED))),
        read("UBND TỈNH LÂM SƠN HẠ", "SỞ NỘI VỤ", NUMBER, *READ_DATED)),
    Row("a draft's word above the right column",
        headed(beside(col(*LEFT, PARENT, ("b", AGENCY), 6, NUMBER, down=20),
                      col(*RIGHT, ("b", "DỰ THẢO"), 4, *DATED))),
        read(PARENT, AGENCY, NUMBER, "DỰ THẢO", *READ_DATED)),
    Row("a letterhead in the middle of the page",
        pdf(title(STATE, MOTTO, before=0), title("KẾ HOẠCH", NAME), *TAIL),
        [STATE, MOTTO, "KẾ HOẠCH", NAME, *READ_TAIL]),
    Row("a letterhead on paper that lies on its side",
        pdf(beside(col(85, 350, PARENT, ("b", AGENCY), 6, NUMBER), col(450, 800, *DATED)),
            title("KẾ HOẠCH", NAME), *TAIL, first=Leaf(842, 595)),
        read(PARENT, AGENCY, NUMBER, *READ_DATED)),
    Row("a seal's word right of the title is of neither",
        pdf(beside(col(*LEFT, ("b", AGENCY), 6, NUMBER), col(*RIGHT, *DATED)),
            title("KẾ HOẠCH", NAME), *TAIL, at(500, 790, "HỎA TỐC", face="b", size=12)),
        [AGENCY, NUMBER, *READ_DATED, "KẾ HOẠCH", NAME, *READ_TAIL, "HỎA TỐC"]),
]  # fmt: skip

SIGNER: Sequence[Said] = (("b", "TRƯỞNG PHÒNG"), 60, ("b", "Đinh Thị Hạnh"))
READ_SIGNER = ("TRƯỞNG PHÒNG", "Đinh Thị Hạnh")
READ_RECIPIENTS = ("Nơi nhận:", *RECIPIENTS)
MANY = tuple(f"- Phòng {name};" for name in ("Tài chính", "Tư pháp", "Kinh tế", "Y tế", "Giáo dục"))


def names(*lines: Said) -> Column:
    return col(*SIGN_LEFT, *lines, align="left", size=11)


SIGNATURES = [
    Row("recipients beside a signature",
        ended(beside(names(*recipients()), col(*SIGN_RIGHT, *SIGNER))),
        read_end(*READ_RECIPIENTS, *READ_SIGNER)),
    Row("a signature alone on the right",
        ended(beside(col(*SIGN_RIGHT, *SIGNER))), read_end(*READ_SIGNER)),
    Row("recipients longer than the signature",
        ended(beside(names(*recipients(*MANY)), col(*SIGN_RIGHT, *SIGNER))),
        read_end(*READ_RECIPIENTS, *MANY, *READ_SIGNER)),
    Row("a signature longer than the recipients",
        ended(beside(names(("bi", "Nơi nhận:"), "- Lưu: VT."),
                     col(*SIGN_RIGHT, ("b", "TM. ỦY BAN NHÂN DÂN"), ("b", "KT. CHỦ TỊCH"),
                         ("b", "PHÓ CHỦ TỊCH"), 70, ("b", "Đinh Thị Hạnh")))),
        read_end("Nơi nhận:", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
                 "Đinh Thị Hạnh")),
    Row("a recipient broken over two rows",
        ended(beside(names(("bi", "Nơi nhận:"),
                           "- Ban Thi đua - Khen thưởng tỉnh, Sở Nội vụ (để báo cáo);",
                           "- Lưu: VT."),
                     col(*SIGN_RIGHT, *SIGNER))),
        read_end("Nơi nhận:", "- Ban Thi đua - Khen thưởng tỉnh, Sở Nội vụ (để báo cáo);",
                 "- Lưu: VT.", *READ_SIGNER)),
    Row("rows of the columns at heights that do not match",
        ended(beside(names(*recipients(*MANY[:2])),
                     col(*SIGN_RIGHT, ("b", "KT. TRƯỞNG PHÒNG"), ("b", "PHÓ TRƯỞNG PHÒNG"), 50,
                         ("b", "Đinh Thị Hạnh"), size=14, down=5))),
        read_end(*READ_RECIPIENTS, *MANY[:2], "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG",
                 "Đinh Thị Hạnh")),
    Row("two signers side by side",
        ended(beside(col(*SIGN_LEFT, ("b", "GIÁM ĐỐC SỞ NỘI VỤ"), 60, ("b", "Hà Tiến")),
                     col(*SIGN_RIGHT, ("b", "GIÁM ĐỐC SỞ TÀI CHÍNH"), 60, ("b", "Lê Thị Mai")))),
        read_end("GIÁM ĐỐC SỞ NỘI VỤ", "Hà Tiến", "GIÁM ĐỐC SỞ TÀI CHÍNH", "Lê Thị Mai")),
    Row("two signers, the one for another, so that their names are not level",
        ended(beside(col(*SIGN_LEFT, ("b", "KT. HIỆU TRƯỞNG"), ("b", "PHÓ HIỆU TRƯỞNG"), 18,
                         ("b", "Hà Thị Tiến")),
                     col(*SIGN_RIGHT, ("b", "CHỦ TỊCH CÔNG ĐOÀN"), 18, ("b", "Lê Thị Mai"))),
              skip(14), beside(names(*recipients()))),
        read_end("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", "Hà Thị Tiến", "CHỦ TỊCH CÔNG ĐOÀN",
                 "Lê Thị Mai", *READ_RECIPIENTS)),
    Row("three signers side by side",
        ended(beside(col(85, 230, ("b", "SỞ NỘI VỤ"), 60, ("b", "Hà Tiến")),
                     col(240, 395, ("b", "SỞ TÀI CHÍNH"), 60, ("b", "Lê Thị Mai")),
                     col(405, 553, ("b", "SỞ Y TẾ"), 60, ("b", "Ngô Văn An")))),
        read_end("SỞ NỘI VỤ", "Hà Tiến", "SỞ TÀI CHÍNH", "Lê Thị Mai", "SỞ Y TẾ", "Ngô Văn An")),
    Row("two signers, and the recipients below them",
        ended(beside(col(*SIGN_LEFT, ("b", "BÍ THƯ"), 60, ("b", "Hà Tiến")),
                     col(*SIGN_RIGHT, ("b", "CHỦ TỊCH"), 60, ("b", "Lê Thị Mai"))),
              skip(14), beside(names(*recipients()))),
        read_end("BÍ THƯ", "Hà Tiến", "CHỦ TỊCH", "Lê Thị Mai", *READ_RECIPIENTS)),
    Row("recipients on the right and the signature on the left",
        ended(beside(col(*SIGN_LEFT, *SIGNER), col(330, 553, *recipients(), align="left",
                                                   size=11))),
        read_end(*READ_SIGNER, *READ_RECIPIENTS)),
    Row("the place and the day above the signature",
        ended(beside(names(*recipients()), col(*SIGN_RIGHT, ("i", PLACE), *SIGNER))),
        read_end(*READ_RECIPIENTS, PLACE, *READ_SIGNER)),
    Row("the signature cut by the end of the page above its name",
        pdf(*TAIL, skip(to=690), p(CLOSING),
            beside(names(*recipients()), col(*SIGN_RIGHT, *SIGNER))),
        [*READ_TAIL, CLOSING, *READ_RECIPIENTS, *READ_SIGNER]),
    Row("both columns cut by the end of the page",
        pdf(*TAIL, skip(to=700), p(CLOSING),
            beside(names(*recipients(*MANY)),
                   col(*SIGN_RIGHT, ("b", "KT. TRƯỞNG PHÒNG"), ("b", "PHÓ TRƯỞNG PHÒNG"), 50,
                       ("b", "Đinh Thị Hạnh")))),
        [*READ_TAIL, CLOSING, *READ_RECIPIENTS, *MANY, "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG",
         "Đinh Thị Hạnh"]),
    Row("the recipients alone cut by the end of the page",
        pdf(*TAIL, skip(to=670), p(CLOSING),
            beside(names(*recipients(*MANY)),
                   col(*SIGN_RIGHT, ("b", "TRƯỞNG PHÒNG"), 16, ("b", "Đinh Thị Hạnh")))),
        [*READ_TAIL, CLOSING, *READ_RECIPIENTS, *MANY, *READ_SIGNER]),
    Row("a word for where the seal goes between office and name",
        ended(beside(names(*recipients()),
                     col(*SIGN_RIGHT, ("b", "TRƯỞNG PHÒNG"), 20, ("i", "(Đã ký)"), 20,
                         ("b", "Đinh Thị Hạnh")))),
        read_end(*READ_RECIPIENTS, "TRƯỞNG PHÒNG", "(Đã ký)", "Đinh Thị Hạnh")),
    Row("an annex begins below the signature",
        ended(beside(names(*recipients()), col(*SIGN_RIGHT, *SIGNER)), skip(30),
              title("PHỤ LỤC"), p(BODY)),
        read_end(*READ_RECIPIENTS, *READ_SIGNER, "PHỤ LỤC", BODY)),
]  # fmt: skip

FAMILIES = {"no columns": NEGATIVE, "letterheads": LETTERHEADS, "signatures": SIGNATURES}
