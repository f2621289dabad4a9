"""
What goes wrong when a page looks like something it is not: a title like a running head, a table of
addresses like a signature's stamp, a measure like the mark of a note.
"""

from pdf_pages import at, beside, c, col, leaf, p, pdf, separator, skip, table
from pdf_rows import Row

ONE = "Các cơ quan, đơn vị tổ chức phát động phong trào thi đua ngay từ đầu năm."
TWO = "Phòng Nội vụ theo dõi, đôn đốc và báo cáo kết quả thực hiện kế hoạch này."
HEADER = ["TT", "Nội dung", "Chủ trì"]
TOP = "┌ TT | Nội dung | Chủ trì"
LASTS = (
    "│ 1 | Triển khai kế hoạch | Phòng Nội vụ",
    "│ 1 | Sơ kết sáu tháng | Văn phòng",
    "│ 1 | Xét khen thưởng | Hội đồng",
)
PLACES = (85, 120, 350, 553)

MEASURES = [
    Row(
        "a raised figure after a measure, and a note of that number",
        pdf(
            p("Xây 500 m^2^ nhà, trồng 10 ha cây; kinh phí 15 tỷ đồng.^2^ Các xã thực hiện."),
            separator(740),
            p("^2^ Giá gồm thuế.", size=10, indent=0, before=2),
        ),
        [
            "Xây 500 m2 nhà, trồng 10 ha cây; kinh phí 15 tỷ đồng.[2] Các xã thực hiện.",
            "2: Giá gồm thuế.",
        ],
    ),
]

NOTES = [
    Row(
        "small print in the middle of a page is no foot",
        pdf(
            p("Diện tích đất giao^1^ cho các xã là 20 ha."),
            p("^1^ Tính cả đất rừng.", size=11, indent=0),
            p("II. TỔ CHỨC THỰC HIỆN", face="b"),
            p(ONE),
            skip(20),
            beside(
                col(85, 250, "Nơi nhận:", "- Lưu: VT.", align="left"),
                col(300, 553, ("b", "CHỦ TỊCH"), 60.0, ("b", "Nguyễn Văn An")),
            ),
        ),
        [
            "Diện tích đất giao[1] cho các xã là 20 ha.",
            "II. TỔ CHỨC THỰC HIỆN",
            ONE,
            "Nơi nhận:",
            "- Lưu: VT.",
            "CHỦ TỊCH",
            "Nguyễn Văn An",
            "1: Tính cả đất rừng.",
        ],
    ),
]

TITLES = [
    Row(
        f"{label} on top of each page",
        pdf(
            p(ONE),
            *[
                block
                for said, row in zip(
                    titles,
                    (
                        ["1", "Triển khai kế hoạch", "Phòng Nội vụ"],
                        ["1", "Sơ kết sáu tháng", "Văn phòng"],
                        ["1", "Xét khen thưởng", "Hội đồng"],
                    ),
                    strict=False,
                )
                for block in (
                    leaf(),
                    p(said, align="centre", face="b"),
                    skip(20),
                    table(PLACES, HEADER, row),
                )
            ],
        ),
        [
            ONE,
            *[row for said, last in zip(titles, LASTS, strict=False) for row in (said, TOP, last)],
        ],
    )
    for label, titles in (
        ("months", ("THÁNG 1/2024", "THÁNG 2/2024", "THÁNG 3/2024")),
        ("years", ("Năm 2024", "Năm 2025")),
        ("sums", ("Tổng kinh phí: 100 triệu", "Tổng kinh phí: 250 triệu")),
    )
] + [
    Row(
        "a year alone at the foot",
        pdf(p(ONE), skip(to=765), p("2024", before=0, indent=0)),
        [ONE, "2024"],
    ),
    Row(
        "a group's row that comes again on the next page",
        pdf(
            p(ONE),
            skip(to=600),
            table(PLACES, HEADER, ["I", "XÂY DỰNG THỂ CHẾ", ""], ["1", "Rà soát", "Sở Tư pháp"]),
            leaf(),
            table(PLACES, HEADER, ["I", "XÂY DỰNG THỂ CHẾ", ""], ["1", "Kiểm tra", "Sở Nội vụ"]),
        ),
        [
            ONE,
            TOP,
            "│ I | XÂY DỰNG THỂ CHẾ |",
            "│ 1 | Rà soát | Sở Tư pháp",
            "│ I | XÂY DỰNG THỂ CHẾ |",
            "│ 1 | Kiểm tra | Sở Nội vụ",
            "table_header: TT / Nội dung / Chủ trì",
        ],
    ),
]

STAMPS = [
    Row(
        "a table of addresses",
        pdf(
            p(ONE),
            table(
                PLACES,
                ["TT", "Đầu mối", "Việc"],
                ["1", c("Cơ quan: Sở Nội vụ", "Email: noivu@x.gov.vn"), "Tổ chức: hội nghị"],
                ["2", c("Cơ quan: Sở Y tế", "Email: yte@x.gov.vn"), "Tổ chức: hội thi"],
                size=10,
            ),
        ),
        [
            ONE,
            "┌ TT | Đầu mối | Việc",
            "│ 1 | Cơ quan: Sở Nội vụ / Email: noivu@x.gov.vn | Tổ chức: hội nghị",
            "│ 2 | Cơ quan: Sở Y tế / Email: yte@x.gov.vn | Tổ chức: hội thi",
        ],
    ),
    Row(
        "a draft's words across a table",
        pdf(
            p(ONE),
            table(
                PLACES, HEADER, *[[str(k), "Tổ chức hội nghị", "Phòng Nội vụ"] for k in range(1, 5)]
            ),
            at(180, 320, "DỰ THẢO", size=80, turn=45),
        ),
        [
            ONE,
            TOP,
            "│ 1 | Tổ chức hội nghị | Phòng Nội vụ",
            "│ 2 | Tổ chức hội nghị | Phòng Nội vụ",
            "│ 3 | Tổ chức hội nghị | Phòng Nội vụ",
            "│ 4 | Tổ chức hội nghị | Phòng Nội vụ",
            "stamp: DỰ THẢO",
        ],
    ),
    Row(
        "a draft's words across paragraphs",
        pdf(*[p(one) for one in (ONE, TWO) * 3], at(150, 300, "BẢN DỰ THẢO", size=60, turn=30)),
        [*(ONE, TWO) * 3, "stamp: BẢN DỰ THẢO"],
    ),
]

SIGNS = [
    Row(
        "bullets of a symbol font on a page of few words",
        pdf(
            p(ONE),
            leaf(),
            *[
                p(f"\uf0b7 {one}", indent=20)
                for one in (
                    "Phòng Nội vụ;",
                    "Phòng Tài chính;",
                    "Văn phòng;",
                    "Công an huyện;",
                    "Các xã.",
                )
            ],
        ),
        [
            ONE,
            "\uf0b7 Phòng Nội vụ;",
            "\uf0b7 Phòng Tài chính;",
            "\uf0b7 Văn phòng;",
            "\uf0b7 Công an huyện;",
            "\uf0b7 Các xã.",
        ],
    ),
    Row(
        "boxes to be ticked",
        pdf(p(ONE), *[p("\uf0a8 Có \uf0a8 Không", indent=20)] * 4),
        [ONE, *["\uf0a8 Có \uf0a8 Không"] * 4],
    ),
    Row(
        "two names of other tongues",
        pdf(p(ONE), leaf(), p("Phối hợp với đoàn Straße và Ελλάς tổ chức giao lưu vào quý II.")),
        [ONE, "Phối hợp với đoàn Straße và Ελλάς tổ chức giao lưu vào quý II."],
    ),
]

FAMILIES = {
    "measures": MEASURES,
    "notes in the middle": NOTES,
    "titles": TITLES,
    "no stamps": STAMPS,
    "signs": SIGNS,
}
