"""
Plans written as data, as an office would write them: what the law of rendering is tried on.

Each has what its label says; evidence and source are left out, as they may be.
"""

from typing import Any

STATE_MARKS = [
    {"role": "motto", "text": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
    {"role": "motto", "text": "Độc lập - Tự do - Hạnh phúc"},
]

HEAD: dict[str, Any] = {
    "kind": "Kế hoạch",
    "number": {"serial": "15", "doc_type": "KH", "issuers": ["UBND"], "symbol": "KH-UBND"},
    "issuer": {"name": "ỦY BAN NHÂN DÂN XÃ BẢN QUA"},
    "place": "Bản Qua",
    "date": {"year": 2025, "month": 2, "day": 7},
    "title": "Công tác thi đua, khen thưởng năm 2025",
    "legal_bases": [
        {"verb": "Căn cứ", "text": "Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;"},
        {
            "verb": "Thực hiện",
            "text": "Thực hiện Kế hoạch số 21/KH-UBND ngày 20/01/2025 của UBND huyện Bát Xát.",
        },
    ],
    "body": [
        "UBND xã Bản Qua xây dựng Kế hoạch công tác thi đua, khen thưởng năm 2025 như sau:",
        "Trên đây là Kế hoạch công tác thi đua, khen thưởng năm 2025 của xã Bản Qua./.",
    ],
    "recipients": ["UBND huyện", "Các thôn, bản", "Lưu: VT"],
    "signature": {
        "capacity": "TM.",
        "on_behalf_of": "ỦY BAN NHÂN DÂN",
        "role": "CHỦ TỊCH",
        "signer": "Lý Thị Mẩy",
    },
}

PURPOSE = ["Khơi dậy tinh thần thi đua của cán bộ và Nhân dân trong xã."]
REQUIREMENTS = [
    "Việc bình xét được thực hiện công khai, đúng người, đúng việc.",
    "Các thôn, bản báo cáo kết quả đúng thời hạn.",
]

TASKS = [
    {
        "quarters": [1],
        "ordinal": "1",
        "content": "Phát động phong trào thi đua năm 2025",
        "lead": ["UBND xã"],
        "support": ["Các đoàn thể", "Các thôn, bản"],
        "timing": {"text": "Tháng 2/2025", "start": "2025-02-01", "end": "2025-02-28"},
    },
    {
        "quarters": [1],
        "ordinal": "2",
        "content": "Đăng ký danh hiệu thi đua của tập thể và cá nhân",
        "lead": ["Văn phòng UBND xã"],
        "timing": {"text": "Trước ngày 20/3/2025", "start": None, "end": "2025-03-20"},
    },
    {
        "quarters": [2],
        "ordinal": "3",
        "content": "Sơ kết phong trào thi đua 6 tháng đầu năm",
        "lead": ["Hội đồng TĐKT xã"],
        "support": ["UBND xã"],
    },
    {
        "quarters": [4],
        "ordinal": "4",
        "content": "Bình xét thi đua, trình cấp trên khen thưởng",
        "lead": ["Hội đồng TĐKT xã"],
        "timing": {"text": "Tháng 12/2025", "start": "2025-12-01", "end": "2025-12-31"},
    },
]

IMPLEMENTATION = [
    {
        "actors": ["Văn phòng UBND xã"],
        "text": "Văn phòng UBND xã theo dõi, tổng hợp kết quả thực hiện Kế hoạch.",
    },
    {
        "actors": ["Các thôn, bản"],
        "text": "Tuyên truyền nội dung thi đua đến từng hộ gia đình.",
    },
]


def section(
    label: str | None, heading: str, *paragraphs: str | tuple[str, str], **more: Any
) -> dict[str, Any]:
    """A section whose paragraphs are texts, or labels with texts."""
    made = [
        {"text": one} if isinstance(one, str) else {"label": one[0], "text": one[1]}
        for one in paragraphs
    ]
    return {"label": label, "heading": heading, "paragraphs": made, **more}


def table(*rows: str, header: int = 1) -> dict[str, Any]:
    """A table whose rows are written with bars between the cells."""
    return {
        "header_rows": header,
        "rows": [[cell.strip() for cell in row.split("|")] for row in rows],
    }


SPANNING = table(
    "TT | Nội dung | Đơn vị thực hiện",
    "QUÝ I | QUÝ I | QUÝ I",
    "1 | Phát động thi đua | UBND xã",
    "2 | Đăng ký danh hiệu | Các thôn",
    "QUÝ II | QUÝ II | QUÝ II",
    "3 | Sơ kết 6 tháng đầu năm | Hội đồng TĐKT xã",
)
ROMAN = table(
    "TT | Nội dung | Chủ trì | Phối hợp thực hiện | Thời gian thực hiện",
    "I | Quý I | | |",
    "1 | Phát động thi đua | Nhà trường | Công đoàn | Tháng 2/2025",
    "II | Quý II | | |",
    "1 | Tổng kết năm học | Hiệu trưởng | Các tổ chuyên môn | Trước 31/5/2025",
)
COLUMN = table(
    "Quý | TT | Nội dung | Đơn vị thực hiện",
    "Quý I | 1 | Phát động thi đua | UBND xã",
    "Quý I | 2 | Đăng ký danh hiệu | Các thôn",
    "Quý III | 3 | Kiểm tra chéo trong cụm | Hội đồng TĐKT xã",
)
MARKED = table(
    "TT | Nội dung | Quý I | Quý II | Quý III | Quý IV | Đơn vị thực hiện",
    "1 | Phát động thi đua | x | | | | UBND xã",
    "2 | Kiểm tra việc thực hiện | | x | | x | Hội đồng TĐKT xã",
)
TWO_ROWS = table(
    "TT | Nội dung | Đơn vị thực hiện | Đơn vị thực hiện | Thời gian",
    "TT | Nội dung | Chủ trì | Phối hợp | Thời gian",
    "1 | Phát động thi đua | UBND xã | Các thôn | Quý I",
    "2 | Sơ kết 6 tháng đầu năm | Hội đồng TĐKT xã | Văn phòng UBND xã | Quý II",
    header=2,
)
PLAIN = table(
    "TT | Thôn | Số hộ | Ghi chú",
    "1 | Bản Qua | 120 | ",
    "2 | Bản Vền | 86 | Thôn mới chia",
    header=0,
)


def with_(**more: Any) -> dict[str, Any]:
    """The common head with other values."""
    return {**HEAD, **more}


PLANS: dict[str, dict[str, Any]] = {
    "lists alone": with_(
        purpose=PURPOSE,
        requirements=REQUIREMENTS,
        tasks=TASKS,
        implementation=IMPLEMENTATION,
        budget=["Kinh phí lấy từ nguồn chi thường xuyên của xã."],
    ),
    "purpose alone": with_(purpose=PURPOSE),
    "no sections": HEAD,
    "blank number, day": with_(
        number={"doc_type": "KH", "issuers": ["UBND"], "symbol": "KH-UBND"},
        date={"year": 2025, "month": 11},
        tasks=TASKS,
    ),
    "blank month too": with_(date={"year": 2025}),
    "no number, no date": with_(number=None, date=None, place=None),
    "superior": with_(
        issuer={"name": "TRƯỜNG TIỂU HỌC BẢN QUA", "parent": "UBND HUYỆN BÁT XÁT"},
        signature={"role": "HIỆU TRƯỞNG", "signer": "Đỗ Thanh Hà"},
    ),
    "party": {
        "kind": "Kế hoạch",
        "number": {"serial": "08", "doc_type": "KH", "issuers": ["ĐU"], "symbol": "KH/ĐU"},
        "issuer": {"name": "ĐẢNG ỦY XÃ BẢN QUA", "parent": "HUYỆN ỦY BÁT XÁT"},
        "place": "Bản Qua",
        "date": {"year": 2025, "month": 3, "day": 12},
        "title": "Học tập chuyên đề năm 2025",
        "legal_bases": [
            {
                "verb": "Thực hiện",
                "text": "Thực hiện Kế hoạch số 30-KH/HU ngày 05/02/2025 của Huyện ủy Bát Xát;",
            }
        ],
        "body": ["Đảng ủy xã xây dựng Kế hoạch học tập chuyên đề năm 2025 như sau:"],
        "sections": [
            section(
                "I", "MỤC ĐÍCH, YÊU CẦU", ("1.", "Nâng cao nhận thức của đảng viên về chuyên đề.")
            ),
            section("II", "TỔ CHỨC THỰC HIỆN", ("1.", "Các chi bộ triển khai trong quý I.")),
        ],
        "recipients": ["Ban Tuyên giáo Huyện ủy", "Các chi bộ", "Lưu: Văn phòng Đảng ủy"],
        "signature": {
            "capacity": "TM.",
            "on_behalf_of": "ĐẢNG ỦY",
            "role": "BÍ THƯ",
            "signer": "Chảo Láo Tả",
        },
    },
    "deputy for the chairman": with_(
        signature={
            "capacity": "KT.",
            "on_behalf_of": "CHỦ TỊCH",
            "role": "PHÓ CHỦ TỊCH",
            "signer": "Vàng A Sử",
        }
    ),
    "body and deputy": with_(
        signature={
            "capacity": "TM.",
            "on_behalf_of": "ỦY BAN NHÂN DÂN",
            "role": "PHÓ CHỦ TỊCH",
            "signer": "Vàng A Sử",
            "also": ["KT. CHỦ TỊCH"],
        }
    ),
    "two signers": with_(
        signature={
            "role": "CHỦ TỊCH CÔNG ĐOÀN",
            "signer": "Đỗ Thanh Hà",
            "also_signed": [{"role": "HIỆU TRƯỞNG", "signer": "Phạm Quốc Tuấn"}],
        }
    ),
    "no recipients": with_(recipients=[]),
    "addressed": with_(addressees=["Các thôn, bản", "Các trường học trên địa bàn xã"]),
    "addressed to one": with_(addressees=["Phòng Nội vụ huyện"]),
    "spanning quarters": with_(sections=[section("I", "NỘI DUNG", tables=[SPANNING])]),
    "roman quarters": with_(sections=[section("I", "NỘI DUNG", tables=[ROMAN])]),
    "a column of quarters": with_(sections=[section("I", "NỘI DUNG", tables=[COLUMN])]),
    "columns with marks": with_(sections=[section("I", "NỘI DUNG", tables=[MARKED])]),
    "header of two rows": with_(sections=[section("I", "NỘI DUNG", tables=[TWO_ROWS])]),
    "a table of no tasks": with_(
        sections=[section("I", "NỘI DUNG", "Số hộ của các thôn:", tables=[PLAIN])]
    ),
    "tasks in prose": with_(
        sections=[
            section(
                "I",
                "NỘI DUNG",
                children=[
                    section("1", "Quý I và quý II", "Phát động thi đua trước ngày 15/02/2025."),
                    section("2", "Quý IV", "Tổng kết phong trào thi đua năm 2025."),
                ],
            )
        ]
    ),
    "nested sections": with_(
        sections=[
            section(
                "I",
                "NỘI DUNG",
                "Tập trung vào ba việc sau đây.",
                children=[
                    section(
                        "1",
                        "Công tác tuyên truyền",
                        ("-", "Phát thanh hằng tuần trên loa của xã."),
                        children=[
                            section(
                                "a",
                                "Đối với các thôn, bản",
                                ("-", "Họp thôn mỗi tháng một lần;"),
                                ("+", "Ghi biên bản đầy đủ."),
                            ),
                            section("b", "Đối với nhà trường", ("-", "Nói chuyện dưới cờ.")),
                        ],
                    ),
                    section("2", "Công tác khen thưởng", ("a)", "Xét khen thưởng đột xuất.")),
                ],
            ),
            section(
                "II",
                "TỔ CHỨC THỰC HIỆN",
                ("1.", "Văn phòng UBND xã theo dõi, đôn đốc."),
                ("2.", "Các thôn, bản báo cáo trước ngày 10/12/2025."),
            ),
        ]
    ),
    "paragraph after a part": with_(
        sections=[
            section(
                "I",
                "TỔ CHỨC THỰC HIỆN",
                ("2.", "Các thôn, bản: Tuyên truyền đến từng hộ gia đình."),
                children=[section("1", "Văn phòng UBND xã", ("-", "Tham mưu UBND xã triển khai."))],
            )
        ]
    ),
    "many levels": with_(
        sections=[
            section(
                "A",
                "PHẦN CHUNG",
                children=[
                    section(
                        "I",
                        "MỤC TIÊU",
                        children=[
                            section("1", "Mục tiêu chung", "Giữ vững danh hiệu của xã."),
                            section(
                                "2",
                                "Mục tiêu cụ thể",
                                ("2.1.", "Có 90% số hộ đăng ký gia đình văn hóa."),
                                ("2.2.", "Có 8 thôn đạt danh hiệu thôn văn hóa."),
                            ),
                        ],
                    )
                ],
            )
        ]
    ),
    "footnote": with_(
        sections=[section("I", "NỘI DUNG", ("1.", "Phát động thi đua trong toàn xã."))],
        footnotes=[{"marker": "1", "text": "Theo hướng dẫn của Phòng Nội vụ huyện."}],
    ),
    "appendix": with_(
        sections=[section("I", "NỘI DUNG", "Các nhiệm vụ có phụ lục kèm theo.")],
        appendices=[
            {
                "label": "PHỤ LỤC",
                "title": "DANH MỤC NHIỆM VỤ NĂM 2025",
                "of": {"text": "(Kèm theo Kế hoạch số 15/KH-UBND ngày 07/02/2025 của UBND xã)"},
                "tables": [ROMAN],
            }
        ],
    ),
    "two appendices": with_(
        sections=[section("I", "NỘI DUNG", "Các nhiệm vụ có phụ lục kèm theo.")],
        appendices=[
            {"label": "PHỤ LỤC I", "title": "DANH MỤC NHIỆM VỤ", "tables": [SPANNING]},
            {
                "label": "PHỤ LỤC II",
                "title": "PHÂN CÔNG THEO DÕI",
                "sections": [section("I", "KHỐI THÔN", ("1.", "Thôn Bản Vền: Văn phòng."))],
            },
        ],
    ),
    "secret and urgent": with_(
        secrecy="MẬT",
        urgency="KHẨN",
        marks=[
            *STATE_MARKS,
            {"role": "word", "text": "Số:"},
            {"role": "secrecy", "text": "MẬT"},
            {"role": "urgency", "text": "KHẨN"},
            {"role": "type", "text": "KẾ HOẠCH"},
            {"role": "recipients", "text": "Nơi nhận:"},
        ],
    ),
    "a draft, attached to a decision": with_(
        marks=[
            *STATE_MARKS,
            {"role": "word", "text": "Số:"},
            {"role": "draft", "text": "DỰ THẢO"},
            {"role": "type", "text": "KẾ HOẠCH"},
            {"role": "recipients", "text": "Nơi nhận:"},
            {
                "role": "annex",
                "text": "(Ban hành kèm theo Quyết định số 40/QĐ-UBND ngày 07/02/2025)",
            },
        ]
    ),
    "a letter": {
        "kind": "Công văn",
        "number": {"serial": "112", "issuers": ["UBND", "VP"], "symbol": "UBND-VP"},
        "issuer": {"name": "ỦY BAN NHÂN DÂN XÃ BẢN QUA"},
        "place": "Bản Qua",
        "date": {"year": 2025, "month": 4, "day": 1},
        "title": "V/v báo cáo kết quả phong trào thi đua quý I",
        "addressees": ["Các thôn, bản"],
        "body": ["UBND xã đề nghị các thôn, bản báo cáo kết quả phong trào thi đua quý I."],
        "recipients": ["Như trên", "Lưu: VT"],
        "signature": {
            "capacity": "KT.",
            "on_behalf_of": "CHỦ TỊCH",
            "role": "PHÓ CHỦ TỊCH",
            "signer": "Vàng A Sử",
        },
    },
    "youth union": {
        "kind": "Kế hoạch",
        "number": {"serial": "31", "doc_type": "KH", "issuers": ["ĐTN"], "symbol": "KH/ĐTN"},
        "issuer": {"name": "BCH ĐOÀN XÃ BẢN QUA", "parent": "HUYỆN ĐOÀN BÁT XÁT"},
        "place": "Bản Qua",
        "date": {"year": 2025, "month": 3, "day": 1},
        "title": "Tổ chức Tháng Thanh niên năm 2025",
        "body": ["Ban Chấp hành Đoàn xã xây dựng Kế hoạch tổ chức Tháng Thanh niên như sau:"],
        "sections": [section("I", "NỘI DUNG", ("1.", "Ra quân vệ sinh đường làng."))],
        "recipients": ["Huyện đoàn", "Lưu: VP"],
        "signature": {
            "capacity": "TM.",
            "on_behalf_of": "BAN CHẤP HÀNH",
            "role": "BÍ THƯ",
            "signer": "Tẩn A Páo",
        },
        "marks": [
            {"role": "word", "text": "Số:"},
            {"role": "other", "text": "ĐOÀN TNCS HỒ CHÍ MINH"},
            {"role": "type", "text": "KẾ HOẠCH"},
            {"role": "recipients", "text": "Nơi nhận:"},
        ],
    },
    "articles": {
        **HEAD,
        "kind": "Quyết định",
        "number": {"serial": "40", "doc_type": "QĐ", "issuers": ["UBND"], "symbol": "QĐ-UBND"},
        "title": "Về việc thành lập Hội đồng Thi đua - Khen thưởng xã",
        "body": [
            "Điều 1. Thành lập Hội đồng Thi đua - Khen thưởng xã Bản Qua gồm 7 thành viên.",
            "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
        ],
    },
    "parts and chapters": with_(
        sections=[
            section(
                "Phần I",
                "KẾT QUẢ NĂM 2024",
                children=[section("1", "Ưu điểm", ("-", "Phong trào đều khắp các thôn."))],
            ),
            section(
                "Phần II",
                "PHƯƠNG HƯỚNG NĂM 2025",
                children=[section("1", "Nhiệm vụ chung", ("-", "Giữ vững kết quả đã có."))],
            ),
        ]
    ),
    "headings without numbers": with_(
        sections=[
            section(None, "MỤC ĐÍCH", "Khơi dậy tinh thần thi đua trong toàn xã."),
            section(None, "TỔ CHỨC THỰC HIỆN", "Văn phòng UBND xã theo dõi việc thực hiện."),
        ]
    ),
    "points and dashes that head": with_(
        sections=[
            section(
                "I",
                "MỤC ĐÍCH, YÊU CẦU",
                children=[
                    section("-", "Mục đích", "Khơi dậy tinh thần thi đua trong toàn xã."),
                    section("-", "Yêu cầu", "Bình xét công khai, đúng người, đúng việc."),
                ],
            )
        ]
    ),
    "tasks of two quarters and of none": with_(
        tasks=[
            {"quarters": [], "content": "Theo dõi phong trào ở các thôn", "lead": ["Văn phòng"]},
            {"quarters": [1, 2], "content": "Phát động thi đua hai đợt", "lead": ["UBND xã"]},
            {"quarters": [3], "content": "Kiểm tra chéo trong cụm", "lead": ["Hội đồng TĐKT xã"]},
        ]
    ),
    "units on lines of a cell": with_(
        sections=[
            section(
                "I",
                "NỘI DUNG",
                tables=[
                    table(
                        "TT | Nội dung | Chủ trì | Thời gian",
                        "1 | Kiểm tra hồ sơ | Phòng Nội vụ Phòng Tài chính | Tháng 6/2025",
                        "2 | Bình xét thi đua | - Phòng Nội vụ; - Công an huyện | Tháng 11/2025",
                    )
                ],
            )
        ],
        tasks=[
            {
                "quarters": [],
                "ordinal": "1",
                "content": "Kiểm tra hồ sơ",
                "lead": ["Phòng Nội vụ", "Phòng Tài chính"],
            },
            {
                "quarters": [],
                "ordinal": "2",
                "content": "Bình xét thi đua",
                "lead": ["Phòng Nội vụ", "Công an huyện"],
            },
        ],
    ),
    "a table in no section": with_(
        body=[
            "UBND xã Bản Qua xây dựng Kế hoạch công tác thi đua năm 2025 như sau:",
            "TT | Nội dung | Chủ trì | Thời gian",
            "1 | Trồng cây đầu xuân | Đoàn xã | Tháng 2/2025",
            "2 | Thắp nến tri ân | Đoàn xã | Tháng 7/2025",
            "Trên đây là Kế hoạch công tác thi đua năm 2025 của xã Bản Qua./.",
        ]
    ),
    "lines in capitals": with_(
        sections=[section("I", "KHẨU HIỆU", "THI ĐUA DẠY TỐT", "THI ĐUA HỌC TỐT")]
    ),
    "two footnotes": with_(
        sections=[section("I", "NỘI DUNG", ("1.", "Phát động thi đua trong toàn xã."))],
        footnotes=[
            {"marker": "1", "text": "Theo hướng dẫn của Phòng Nội vụ huyện."},
            {"marker": "2", "text": "Số liệu đến hết tháng 01 năm 2025."},
        ],
    ),
    "appendix with a title in small letters": with_(
        sections=[section("I", "NỘI DUNG", "Các nhiệm vụ có phụ lục kèm theo.")],
        appendices=[
            {
                "label": "Phụ lục I",
                "title": "Danh mục nhiệm vụ trọng tâm",
                "paragraphs": [{"text": "Các thôn căn cứ danh mục này để thực hiện."}],
                "tables": [ROMAN],
            }
        ],
    ),
    "bases in a section": with_(
        legal_bases=[
            {"text": "Luật Thi đua, khen thưởng ngày 15/6/2022."},
            {"text": "Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ."},
        ],
        sections=[
            section(
                "I",
                "CĂN CỨ XÂY DỰNG KẾ HOẠCH",
                ("1.", "Luật Thi đua, khen thưởng ngày 15/6/2022."),
                ("2.", "Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ."),
            ),
            section("II", "NỘI DUNG", ("1.", "Phát động thi đua trong toàn xã.")),
        ],
    ),
}
