"""
Documents of other agencies, which are not part of the project.

They are looked for in the folder that ``TDKT_REAL`` names, else in ``shared`` beside the project:
``real/`` has the documents, ``gold-real/`` what stands in some of them. Without them these tests
are skipped, and say so.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from pdf_cells import ruled_cells
from rapidfuzz.distance import Levenshtein

from compare import Score, compare
from tdkt_parse import parse, read
from tdkt_parse.exceptions import NeedsOcr
from tdkt_parse.layout import Document, Table

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("TDKT_REAL", ROOT.parent / "shared"))


def document(name: str) -> Path:
    found = sorted((SHARED / "real").glob(f"{name}.*"))
    if not found:
        pytest.skip(f"{name} is not in {SHARED.name}/real: TDKT_REAL may name another folder")
    return found[0]


ANSWERED = [("F003", 99.0), ("F008", 99.0), ("F090", 99.0), ("F092", 99.0)]


@pytest.mark.parametrize(("name", "floor"), ANSWERED)
def test_documents_with_an_answer(name: str, floor: float) -> None:
    plan = parse(document(name)).to_dict()
    gold = json.loads((SHARED / "gold-real" / f"{name}.json").read_text(encoding="utf-8"))
    score = Score()
    compare(score, gold, plan, name)
    assert score.total.right > 20, "a comparison that compares nothing holds nothing"
    assert score.total.f1 >= floor, "\n".join(map(str, score.misses))


def test_a_guide_full_of_specimens() -> None:
    """36-HD/VPTW shows how documents of the Party are signed; it is signed once itself."""
    plan = parse(document("F046"))
    assert plan.number is not None
    assert plan.number.canonical == "36-HD/VPTW"
    assert plan.kind == "Hướng dẫn"
    headings = [section.heading for section in plan.sections]
    assert headings == ["HƯỚNG DẪN CHUNG", "HƯỚNG DẪN CỤ THỂ", "TỔ CHỨC THỰC HIỆN"]
    assert plan.signature is not None
    assert plan.signature.signer == "Bùi Văn Thạch"
    assert len(plan.recipients) > 2


def test_templates_of_the_decree() -> None:
    """Phụ lục III of Decree 30: every form with its own notes, letterhead and signature."""
    path = document("F087")
    plan = parse(path)
    assert plan.appendices[0].label == "Phụ lục III"
    assert plan.footnotes[0].text == "Tên cơ quan, tổ chức chủ quản trực tiếp (nếu có)."
    assert len(plan.footnotes) > 100
    assert "594447" not in read(path).text, "numbers of drawings are no text"
    assert not any(d.rule in ("unplaced", "table_continued") for d in plan.diagnostics)


@pytest.mark.parametrize("name", ["F070", "F071", "F072", "F101"])
def test_scans_and_the_layer_of_a_foreign_ocr(name: str) -> None:
    """F101 has a text layer that an English OCR made of Vietnamese."""
    with pytest.raises(NeedsOcr):
        parse(document(name), ocr="never")


OLD = {
    "F075": ("VNI", "VNI-Helve"),
    "F077": ("TCVN3", ".VnTimeH"),
    "F078": ("TCVN3", ".VnTimeH"),
    "F083": ("TCVN3", ".VnTimeH"),
    "F085": ("TCVN3", ".VnTimeH"),
}
"""Documents in old fonts: their encoding, and one of the fonts."""
MOST_WRONG = 0.01
"""Of the characters. What is compared lacks the automatic numbers, and capitals of fonts."""


def old_document(name: str) -> Path:
    """A document that LibreOffice opens, if it is there."""
    path = document(name)
    if path.suffix != ".pdf" and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    return path


def words_of(text: str) -> list[str]:
    """The words of a text, small; its bullets and its numbers of one sign are left out."""
    return [word for word in text.casefold().split() if len(word) > 1 or word.isalpha()]


@pytest.mark.parametrize("name", OLD)
def test_documents_in_old_fonts(name: str) -> None:
    encoding, font = OLD[name]
    read_ = read(old_document(name))
    meant = document(f"{name}_ground-truth").read_text(encoding="utf-8")
    found, meant = (" ".join(words_of(text)) for text in (labelless(read_), meant))
    assert Levenshtein.distance(found, meant) < MOST_WRONG * len(meant)
    notice = next(row for row in read_.notices if row.rule == "legacy_encoding_font")
    words = dict(notice.words)
    assert words["encoding"].startswith(encoding)
    assert font in words["fonts"].split(", ")


def labelless(found: Document) -> str:
    """The text without the automatic numbers of a Word file."""
    added = [span for row in found.paragraphs for span in row.added]
    kept, at = [], 0
    for start, end in sorted(added):
        kept.append(found.text[at:start])
        at = end
    return "".join([*kept, found.text[at:]])


def test_the_plan_of_a_document_in_an_old_font() -> None:
    """F077: Cần Thơ's decision on a programme, in TCVN3 with a font of capitals."""
    plan = parse(old_document("F077"))
    assert plan.kind == "Quyết định"
    assert plan.number is not None
    assert plan.number.canonical == "256/2004/QĐ-UB"
    assert plan.date is not None
    assert (plan.date.day, plan.date.month, plan.date.year) == (1, 7, 2004)
    assert plan.signature is not None
    assert plan.signature.signer == "Võ Thanh Tòng"
    cited = [c.number.canonical for c in plan.citations if c.number]
    assert cited[:2] == ["136/2001/QĐ-TTg", "06-KL/TU"]


def test_the_plan_of_a_document_in_vni() -> None:
    plan = parse(old_document("F075"))
    assert plan.issuer is not None
    assert plan.issuer.name == "BQL CÁC KHU CÔNG NGHIỆP BÀ RỊA – VŨNG TÀU"
    (regulation,) = plan.appendices
    chapters = [s.label for s in regulation.sections]
    assert chapters == [f"Chương {number}" for number in ("I", "II", "III", "IV", "V", "VI", "VII")]
    cited = [c.number.canonical for c in plan.citations if c.number]
    assert cited[:2] == ["130/2005/NĐ-CP", "03/2006/TTLT-BTC-BNV"]


OLD_PLANS: dict[str, dict[str, Any]] = {
    "F058": {
        "head": ("Thông tư", "03/2018/TT-BNG", "BỘ NGOẠI GIAO", (2018, 11, 1)),
        "title": "HƯỚNG DẪN THỰC HIỆN CÔNG TÁC THI ĐUA, KHEN THƯỞNG TRONG NGÀNH NGOẠI GIAO",
        "bases": 4,
        "sections": [f"Chương {n}" for n in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")],
        "signer": "Phạm Bình Minh",
        "recipients": 10,
        "appendices": 11,
    },
    "F064": {
        "head": ("Chỉ thị", "09/2009/CT-UBND", "ỦY BAN NHÂN DÂN TỈNH BÌNH DƯƠNG", (2009, 4, 15)),
        "title": "Về việc đẩy mạnh hoạt động khoa học và công nghệ cấp cơ sở",
        "bases": 0,
        "sections": ["1", "2", "6"],
        "signer": "Nguyễn Văn Hiệp",
        "recipients": 12,
        "appendices": 0,
    },
    "F066": {
        "head": (
            "Quyết định",
            "09/2010/QĐ-UBND",
            "ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ",
            (2010, 1, 21),
        ),
        "title": "Ban hành Quy định tuyển chọn, xét chọn tổ chức, cá nhân chủ trì thực hiện nhiệm"
        " vụ khoa học và công nghệ cấp thành phố",
        "bases": 7,
        "sections": [],
        "signer": "Trần Tuấn Anh",
        "recipients": 15,
        "appendices": 0,
    },
    "F075": {
        "head": (
            "Quyết định",
            None,
            "BQL CÁC KHU CÔNG NGHIỆP BÀ RỊA – VŨNG TÀU",
            (2007, None, None),
        ),
        "title": "V/v : Ban hành Quy chế chi tiêu nội bộ, quản lý và sử dụng tài sản công của BQL"
        " các KCN. BR – VT.",
        "bases": 3,
        "sections": [],
        "signer": None,
        "recipients": 3,
        "appendices": 1,
    },
    "F077": {
        "head": (
            "Quyết định",
            "256/2004/QĐ-UB",
            "ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ",
            (2004, 7, 1),
        ),
        "title": "V/v ban hành Chương trình Cải cách hành chính của thành phố Cần Thơ giai đoạn"
        " 2004 - 2010",
        "bases": 4,
        "sections": [],
        "signer": "Võ Thanh Tòng",
        "recipients": 12,
        "appendices": 1,
    },
    "F078": {
        "head": ("Quyết định", "144/2002/QĐ/BTC", "BỘ TÀI CHÍNH", (2002, 11, 22)),
        "title": "về việc sửa đổi mức thuế suất của một số mặt hàng trong Biểu thuế thuế nhập khẩu"
        " ưu đãi",
        "bases": 7,
        "sections": [],
        "signer": "Trương Chí Trung",
        "recipients": 9,
        "appendices": 0,
    },
    "F083": {
        "head": ("Nghị định", "94/1998/NĐ-CP", "CHÍNH PHỦ", (1998, 11, 17)),
        "title": "QUY ĐỊNH CHI TIẾT THI HÀNH LUẬT SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT THUẾ XUẤT"
        " KHẨU, THUẾ NHẬP KHẨU SỐ 04/1998/QH10 NGÀY 20 THÁNG 5 NĂM 1998",
        "bases": 4,
        "sections": ["1", "Điều 3", "Điều 4"],
        "signer": None,
        "recipients": 0,
        "appendices": 0,
    },
    "F085": {
        "head": ("Báo cáo", None, None, None),
        "title": "VỀ TÌNH HÌNH SẢN XUẤT KINH DOANH NGÀNH CÔNG NGHIỆP THÁNG 02 VÀ 2 THÁNG ĐẦU"
        " NĂM 2007",
        "bases": 0,
        "sections": ["1", "2", "3"],
        "signer": None,
        "recipients": 0,
        "appendices": 0,
    },
}
"""What stands in old files, read by eye. An article without a title is no section."""


@pytest.mark.parametrize("name", OLD_PLANS)
def test_the_plan_of_an_old_document(name: str) -> None:
    plan, meant = parse(old_document(name)), OLD_PLANS[name]
    number = plan.number.canonical if plan.number else None
    day = (plan.date.year, plan.date.month, plan.date.day) if plan.date else None
    head = (plan.kind, number, plan.issuer.name if plan.issuer else None, day)
    assert head == meant["head"]
    assert plan.title is not None
    assert plan.title.text == meant["title"]
    assert len(plan.legal_bases) == meant["bases"]
    labels = [section.label.rstrip(".") for section in plan.sections if section.label]
    assert labels == meant["sections"]
    assert (plan.signature.signer if plan.signature else None) == meant["signer"]
    assert len(plan.recipients) == meant["recipients"]
    assert len(plan.appendices) == meant["appendices"]
    assert not any(row.rule == "unplaced" for row in plan.diagnostics)


def test_what_a_signature_fills_in() -> None:
    """The number and the day of F029 are printed by the fields of its signatures."""
    plan = parse(document("F029"))
    assert plan.number is not None
    assert plan.number.canonical == "1187/QĐ-BNV"
    assert plan.date is not None
    assert (plan.date.day, plan.date.month, plan.date.year) == (15, 10, 2025)
    signers = [signature.signer for signature in plan.source.signatures]
    assert signers == ["Phạm Thị Thanh Trà", *["Bộ Nội vụ"] * 4]
    assert plan.signature is not None
    assert plan.signature.signer == "Phạm Thị Thanh Trà"
    assert len(plan.legal_bases) == 5


def test_stamps_are_apart_from_the_text() -> None:
    plan = parse(document("F030"))
    assert plan.number is not None
    assert plan.number.canonical == "2319/QĐ-TTg"
    stamps = [mark.text for mark in plan.marks if mark.role == "stamp"]
    assert stamps == ["Cơ quan phát hành: VĂN PHÒNG CHÍNH PHỦ"]
    assert len(plan.recipients) > 10
    assert plan.signature is not None
    assert (plan.signature.role, plan.signature.signer) == ("THỦ TƯỚNG", "Phạm Minh Chính")


def test_a_table_over_twelve_pages() -> None:
    """F091: rows cut by pages, groups, no header after the first page; 32 tasks on the pages."""
    path = document("F091")
    plan = parse(path)
    assert len(plan.tasks) == 32
    assert all(task.content[-1] in ".ớiại" for task in plan.tasks), "a row was cut"
    assert [task.ordinal for task in plan.tasks[:6]] == ["1", "2", "3", "4", "1", "2"]
    tables = [block for block in read(path).blocks if isinstance(block, Table)]
    assert len(tables) == 1
    assert len(plan.appendices) == 2


def test_a_circular_with_forms() -> None:
    """F096: 49 pages, a running head, eighteen appendices, some with a letterhead of their own."""
    path = document("F096")
    plan = parse(path)
    assert plan.number is not None
    assert plan.number.canonical == "15/2023/TT-BKHĐT"
    assert plan.kind == "Thông tư"
    labels = [appendix.label for appendix in plan.appendices if appendix.label]
    assert labels == [f"PHỤ LỤC {number}" for number in range(1, 19)]
    assert "CÔNG BÁO/Số" not in " ".join(t.text for t in plan.body)
    assert sum(mark.role == "header" for mark in plan.marks) == 49


@pytest.mark.parametrize("name", ["F029", "F030", "F090", "F091", "F092", "F096"])
def test_ruled_cells_are_those_of_pdfplumber(name: str) -> None:
    """All but those that white grounds make, which nobody sees."""
    ours, theirs = ruled_cells(document(name))
    assert ours == theirs
