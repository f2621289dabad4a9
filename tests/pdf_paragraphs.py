"""
Paragraphs: justified and ragged, indented and not, lists, and what a page break cuts.
"""

from pdf_pages import Running, brimming, gapped, item, leaf, p, pdf, skip, title, turning
from pdf_rows import Row

ONE = (
    "Phát động phong trào thi đua thực hiện thắng lợi nhiệm vụ phát triển kinh tế - xã hội, bảo "
    "đảm quốc phòng, an ninh trên địa bàn huyện ngay từ những ngày đầu năm."
)
TWO = (
    "Các cơ quan, đơn vị tổ chức đăng ký danh hiệu thi đua và hình thức khen thưởng; việc bình xét "
    "phải khách quan, đúng người, đúng việc, kịp thời động viên cán bộ, công chức và người "
    "lao động."
)
THREE = (
    "Giao Phòng Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này và báo cáo kết quả với Hội "
    "đồng Thi đua - Khen thưởng huyện theo quy định của pháp luật hiện hành."
)
HALVES = (
    ("Phát động phong trào thi đua thực hiện thắng lợi nhiệm vụ trong toàn huyện.",
     "Các đơn vị đăng ký thi đua."),
    ("Tổ chức sơ kết, tổng kết công tác thi đua, khen thưởng trong toàn ngành hằng năm.",
     "Giao Phòng Nội vụ theo dõi."),
)  # fmt: skip
SHORT = "Sơ kết công tác thi đua sáu tháng đầu năm."
HEADING = "II. NỘI DUNG THI ĐUA, KHEN THƯỞNG NĂM 2024 CỦA CÁC CƠ QUAN TRỰC THUỘC HUYỆN"
SUBJECT = (
    "Công tác thi đua, khen thưởng và tổ chức phong trào thi đua chào mừng các ngày lễ lớn năm 2024"
)
MORE = "và sáu mươi năm thành lập Phòng Nội vụ huyện, gắn với việc đăng ký danh hiệu thi đua"
TEXTS = (ONE, TWO, THREE)
NEARLY = "Phát động phong trào thi đua trong toàn huyện chào mừng", "các ngày lễ lớn của đất nước."
LONG = " ".join(
    "Tuyên truyền sâu rộng chủ trương, đường lối của Đảng, chính sách và pháp luật của Nhà nước về "
    f"thi đua, khen thưởng trong đợt thứ {word} của năm, gắn với việc học tập và làm theo gương."
    for word in ("nhất", "hai", "ba")
).replace(". ", "; ")


def over(label: str, before: str, after: str, fails: str = "") -> Row:
    """A paragraph whose second part begins a row, and another below it."""
    text = turning(before, after)
    return Row(label, pdf(p(text), p(TWO)), [text.replace("|", ""), TWO], fails)


NEGATIVE = [
    over("a year at the beginning of a row is no label",
         "Căn cứ Kế hoạch của Ủy ban nhân dân huyện về công tác thi đua, khen thưởng năm",
         "2024. Các xã, thị trấn thực hiện theo kế hoạch của huyện."),
    over("an abbreviation with a full stop at the beginning of a row is no label",
         "Thành lập Tổ công tác giúp việc Hội đồng do bà Đinh Thị Hạnh làm Tổ trưởng, ông Lê",
         "V. Thành làm Tổ phó và các thành viên khác."),
    over("a number at the end of a sentence that begins a row is no label",
         "Thời gian hoàn thành việc đăng ký thi đua của các khối, cụm là trước cuối tháng",
         "3. Các đơn vị gửi báo cáo về Phòng Nội vụ huyện đúng hạn."),
    over("an article that is cited at the beginning of a row is no heading",
         "Việc khen thưởng được thực hiện đúng thẩm quyền, trình tự, thủ tục quy định tại",
         "Điều 84 Luật Thi đua, khen thưởng năm 2022."),
    over("a dash that begins a row within a sentence is no bullet",
         "Đẩy mạnh các phong trào thi đua yêu nước trong toàn huyện giai đoạn từ năm 2021",
         "- 2025 theo chỉ đạo của Hội đồng Thi đua - Khen thưởng."),
    over("a proper name at the beginning of a row begins nothing",
         "Giao Phòng Nội vụ chủ trì, phối hợp với các cơ quan, đơn vị và Ủy ban nhân dân xã",
         "Sơn Lâm tổ chức thực hiện."),
    over("a Roman number at the beginning of a row is no label",
         "Nghị quyết Đại hội đại biểu Đảng bộ huyện và Nghị quyết Đại hội toàn quốc lần thứ",
         "XIII. Các đơn vị tổ chức học tập, quán triệt."),
    Row("a sentence that ends at the end of a row goes on, without an indent anywhere",
        pdf(*(p(turning(one, two, indent=0), indent=0, before=9) for one, two in HALVES)),
        [turning(one, two, indent=0) for one, two in HALVES]),
]  # fmt: skip

PARAGRAPHS = [
    Row("justified, with an indent", pdf(*map(p, TEXTS)), TEXTS),
    Row("justified, with an indent and no space between",
        pdf(*(p(text, before=0) for text in TEXTS)), TEXTS),
    Row("justified, without an indent, space between",
        pdf(*(p(text, indent=0, before=9) for text in TEXTS)), TEXTS),
    Row("justified, without an indent or space between",
        pdf(*(p(text, indent=0, before=0) for text in TEXTS)), TEXTS),
    Row("ragged, with an indent",
        pdf(*(p(text, align="left") for text in TEXTS)), TEXTS),
    Row("ragged, without an indent, space between",
        pdf(*(p(text, align="left", indent=0, before=9) for text in TEXTS)), TEXTS),
    Row("rows one and a half apart", pdf(*(p(text, leading=1.5) for text in TEXTS)), TEXTS),
    Row("rows of twice their height", pdf(*(p(text, leading=2.0) for text in TEXTS)), TEXTS),
    Row("paragraphs of one row each",
        pdf(p(ONE), *(p(f"{k}. {SHORT}") for k in range(1, 6))),
        [ONE, *(f"{k}. {SHORT}" for k in range(1, 6))]),
    Row("a last row that is nearly full",
        pdf(p(brimming(*NEARLY)), p(TWO), p(THREE)), [brimming(*NEARLY), TWO, THREE]),
    Row("a last row that is nearly full, without an indent",
        pdf(p(brimming(*NEARLY, indent=0), indent=0, before=9), p(TWO, indent=0, before=9)),
        [brimming(*NEARLY, indent=0), TWO]),
    Row("numbered paragraphs, indented, over more than one row",
        pdf(*(p(f"{k}. {text}") for k, text in enumerate(TEXTS, 1))),
        [f"{k}. {text}" for k, text in enumerate(TEXTS, 1)]),
    Row("a list whose rows hang below its words",
        pdf(*(item(f"{k}.", text) for k, text in enumerate(TEXTS, 1))),
        [f"{k}. {text}" for k, text in enumerate(TEXTS, 1)]),
    Row("a list with bullets whose rows hang",
        pdf(p(SHORT), *(item("-", text, x=100, tab=18) for text in TEXTS)),
        [SHORT, *(f"- {text}" for text in TEXTS)]),
    Row("bullets in rows that begin at the margin below",
        pdf(*(p(f"- {text}") for text in TEXTS)), [f"- {text}" for text in TEXTS]),
    Row("bullets without an indent",
        pdf(*(p(f"- {text}", indent=0, before=0) for text in TEXTS)),
        [f"- {text}" for text in TEXTS]),
    Row("two levels of a list",
        pdf(p(f"1. {ONE}"), item("a)", TWO, x=121, tab=24), item("b)", THREE, x=121, tab=24),
            p(f"2. {THREE}")),
        [f"1. {ONE}", f"a) {TWO}", f"b) {THREE}", f"2. {THREE}"]),
    Row("a bold heading over two rows",
        pdf(p(ONE),
            p(HEADING, face="b"), p(TWO)),
        [ONE, HEADING, TWO]),
    Row("a bold heading that fills its row",
        pdf(p("1. Công tác tuyên truyền, phổ biến chính sách về thi đua khen thưởng", face="b",
              before=0),
            p(TWO, before=0), p(THREE, before=0)),
        ["1. Công tác tuyên truyền, phổ biến chính sách về thi đua khen thưởng", TWO, THREE]),
    Row("a paragraph that begins with bold words",
        pdf(p([("b", "Điều 1."), ("", ONE)]), p([("b", "Điều 2."), ("", TWO)])),
        [f"Điều 1. {ONE}", f"Điều 2. {TWO}"]),
    Row("a title in the middle over two rows",
        pdf(title("KẾ HOẠCH", SUBJECT), p(ONE)), ["KẾ HOẠCH", SUBJECT, ONE]),
    Row("a title in the middle over three rows",
        pdf(title("KẾ HOẠCH", f"{SUBJECT} {MORE}"), p(ONE)),
        ["KẾ HOẠCH", f"{SUBJECT} {MORE}", ONE]),
    Row("a sentence that goes on on the next page", pdf(p(ONE), skip(to=745), p(LONG), p(TWO)),
        [ONE, LONG, TWO]),
    Row("a page that ends with a paragraph",
        pdf(p(ONE), skip(to=728), p(TWO), p(THREE), p(ONE)), [ONE, TWO, THREE, ONE]),
    Row("a sentence that goes on, a page number between",
        pdf(p(ONE), skip(to=745), p(LONG), p(TWO), head=Running("{n}", first=2)),
        [ONE, LONG, TWO, "header: 2"]),
    Row("a sentence that goes on, a page number below",
        pdf(p(ONE), skip(to=745), p(LONG), p(TWO), foot=Running("{n}")),
        [ONE, LONG, TWO, "footer: 1", "footer: 2"]),
    Row("a sentence that goes on, a running head of the same words between",
        pdf(p(ONE), skip(to=745), p(LONG), p(TWO), leaf(), p(THREE), p(ONE),
            head=Running("Kế hoạch thi đua năm 2024", first=2, align="right")),
        [ONE, LONG, TWO, THREE, ONE, *["header: Kế hoạch thi đua năm 2024"] * 2]),
    Row("a sentence over three pages",
        pdf(p(ONE), skip(to=745), p(" ".join([LONG.rstrip(".") + ","] * 11 + [LONG])), p(TWO)),
        [ONE, " ".join([LONG.rstrip(".") + ","] * 11 + [LONG]), TWO]),
    over("a number broken behind its stroke",
         "Thực hiện Tờ trình của Vụ Hợp tác quốc tế về văn hóa, ngoại giao trong huyện",
         "364/TTr-BNG-|NVVH ngày 12 tháng 01 năm 2024."),
    over("a number broken behind its slash",
         "Thực hiện Nghị định của Chính phủ quy định chi tiết thi hành Luật trong huyện",
         "98/2023/|NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ."),
    over("years broken behind the dash between them",
         "Tổ chức Hội nghị điển hình tiên tiến trong toàn huyện của giai đoạn năm 2021 -",
         "2025 và phát động thi đua giai đoạn mới."),
    over("years broken behind a dash that touches the first",
         "Tổ chức Hội nghị điển hình tiên tiến trong toàn huyện của giai đoạn",
         "2021-|2025 và phát động thi đua giai đoạn mới."),
    over("a word of two syllables broken behind its stroke",
         "Tổ chức đưa các tập thể tiêu biểu đi thăm và học tập tại thành phố",
         "Phan Rang-|Tháp Chàm của tỉnh bạn."),
    Row("a row of signs below a title is furniture",
        pdf(title("KẾ HOẠCH", "Công tác thi đua năm 2024"), p("_____________", align="centre"),
            p(ONE)),
        ["KẾ HOẠCH", "Công tác thi đua năm 2024", ONE]),
    Row("legal bases in italics, each to the end of its row or beyond",
        pdf(*(p(f"Căn cứ {text}", face="i", before=3) for text in (
            "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
            "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022 và các văn bản hướng dẫn;",
            "Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ;")),
            p(ONE)),
        ["Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
         "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022 và các văn bản hướng dẫn;",
         "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ;", ONE]),
    Row("a letter's addressees below each other",
        pdf(gapped((150, "Kính gửi:")), *(gapped((210, f"- {one}"), before=0) for one in (
            "Các phòng, ban của huyện;", "Ủy ban nhân dân các xã, thị trấn.")), p(ONE)),
        ["Kính gửi:", "- Các phòng, ban của huyện;", "- Ủy ban nhân dân các xã, thị trấn.", ONE]),
]  # fmt: skip

FAMILIES = {"no labels": NEGATIVE, "paragraphs": PARAGRAPHS}
