"""
Laws that hold for every document: the five plans, made-up ones, and any text whatever.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tdkt_parse.exceptions import DocumentError
from tdkt_parse.layout import Document, Line, Table
from tdkt_parse.models import Evidence, Model, Plan
from tdkt_parse.normalise import fix
from tdkt_parse.pipeline import explain, parse

ROOT = Path(__file__).resolve().parent.parent
PLANS = sorted((ROOT / "corpus").glob("*.txt"))
assert PLANS, "no plans in corpus/"

Found = tuple[Document, Plan]


def read_both(data: bytes) -> Found:
    explained = explain(data)
    return explained.document, explained.plan


def values(value: Any) -> Iterator[Model]:
    """Every model in a Plan, itself first."""
    if isinstance(value, Model):
        yield value
        for name in type(value).model_fields:
            yield from values(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from values(item)


def content_of(document: Document, evidence: Evidence) -> str:
    """The slices of an evidence without the furniture inside them, repaired as documented."""
    kept = []
    for start, end in evidence.spans:
        at = start
        part = ""
        for first, last in document.furniture:
            if last <= at or first >= end:
                continue
            part += document.text[at : max(first, at)]
            at = max(at, last)
        kept.append(part + document.text[at:end])
    return fix("\n".join(kept))


def check_evidence(document: Document, plan: Plan) -> None:
    """The evidence law of the contract, and that an evidence is no wider than its value."""
    seen = 0
    for value in values(plan):
        if isinstance(value, Evidence):
            seen += 1
            slices = [document.text[start:end] for start, end in value.spans]
            assert "\n".join(slices) == value.text
            assert all(0 <= start < end <= len(document.text) for start, end in value.spans)
            assert value.spans == sorted(value.spans)
        text = getattr(value, "text", None)
        evidence = getattr(value, "evidence", None)
        if isinstance(text, str) and isinstance(evidence, Evidence):
            assert squeeze(content_of(document, evidence)) == squeeze(text)
    assert seen or not document.blocks


def squeeze(text: str) -> str:
    """Text without white space and the bars that join the cells of a loose table."""
    return "".join(text.replace("|", "").split())


def check_nothing_lost(document: Document, plan: Plan) -> None:
    """Every letter and digit is in some value, section, label or body, or is furniture."""
    covered = bytearray(len(document.text))
    labels = set()
    for value in values(plan):
        if isinstance(value, Evidence):
            for start, end in value.spans:
                covered[start:end] = b"\x01" * (end - start)
        label = getattr(value, "label", None)
        if label:
            labels.add("".join(c for c in fix(label) if c.isalnum()))
    for start, end in [*document.furniture, *note_marks(document)]:
        covered[start:end] = b"\x01" * (end - start)
    missing = "".join(
        letter if letter.isalnum() and not taken else " "
        for letter, taken in zip(document.text, covered, strict=True)
    )
    for word in missing.split():
        assert fix(word) in labels or any(fix(word) in label for label in labels), word


def note_marks(document: Document) -> Iterator[tuple[int, int]]:
    for block in document.blocks:
        lines = [block] if isinstance(block, Line) else lines_of(block)
        for line in lines:
            yield from line.notes


def lines_of(table: Table) -> list[Line]:
    return [line for row in table.rows for cell in row for line in cell.lines]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_laws_on_the_plans(path: Path) -> None:
    """The five plans keep the laws."""
    document, plan = read_both(path.read_bytes())
    check_evidence(document, plan)
    check_nothing_lost(document, plan)
    assert Plan.from_json(plan.to_json()) == plan


# ---------------------------------------------------------------- made-up documents

LINES = (
    "UBND HUYỆN ĐÔNG SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "PHÒNG NỘI VỤ          Độc lập - Tự do - Hạnh phúc",
    "Số: 12/KH - UBND",
    "Số:      /KH-PNV     Đông Sơn, ngày     tháng 01 năm 2024",
    "KẾ HOẠCH",
    "Công tác thi đua, khen thưởng năm 2024",
    "QUYẾT ĐỊNH:",
    "Kính gửi: Các phòng, ban;",
    "Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;",
    "Căn cứ Nghị định số 98/2023/N\u00d0 - CP, ngày 31/12/2023 của Chính phủ quy định chi tiết",
    "thi hành một số điều của Luật Thi đua, khen thưởng¹;",
    "UBND huyện xây dựng kế hoạch như sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Mục đích: Nhằm động viên phong trào.",
    "2. Yêu cầu",
    "- Kịp thời, chính xác;",
    "đ) Thường xuyên theo dõi.",
    "II NỘI DUNG",
    "QUÝ I",
    "TT\tNội dung\tĐơn vị thực hiện",
    "1\tPhát động thi đua\t- UBND xã; - Các thôn;",
    "| Nội dung | Thời gian |",
    "|---|---|",
    "| Sơ kết <br> phong trào | **Quý II** |",
    "\tTổng kết\t",
    "III. TỔ CHỨC THỰC HIỆN",
    "3. Giao Phòng Nội vụ (Cơ quan Thường trực) theo dõi, đôn đốc trước ngày 15/11/2024.",
    "Trên đây là Kế hoạch công tác thi đua, khen thưởng năm 2024./.",
    "Nơi nhận:",
    "- Như trên; KT. CHỦ TỊCH",
    "- Lưu: VT.",
    "**TM. ỦY BAN NHÂN DÂN",
    "CHỦ TỊCH**",
    "(Đã ký)",
    "Nguyễn Văn An",
    "PHỤ LỤC II",
    "(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2024)",
    "¹ Theo văn bản của cấp trên",
    "*Phong trào “chung sức”* và <i>các cuộc vận động</i>",
    "-----",
    "2",
    "CÔNG BÁO/Số 286/Ngày 27-05-2026 89",
    "A\u0302\u0301n phẩm, e\u0301p; H\u00f2a\u00a0Bình\u200b",
    "|",
    "Điều 1. Phạm vi điều chỉnh",
    "Chương I",
    "52-",
    "CT/TW của Ban Bí thư",
    "",
    "",
    "\f",
)
documents = st.lists(st.sampled_from(LINES), min_size=1, max_size=40).map("\n".join)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
mixed = st.lists(st.one_of(st.sampled_from(LINES), anything), max_size=14).map("\n".join)

some = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@some
@given(documents)
@example("\n".join(LINES))
@example("\n".join(reversed(LINES)))
def test_laws_on_made_up_documents(text: str) -> None:
    """Lines of plans in any order keep the laws."""
    check_text(text)


@some
@given(mixed)
@example("0\u0301.")
@example("\u1e9b\u0323\u00df \ufb01")
@example(":\u00b9")
@example(":\u00b9{")
def test_laws_on_any_text(text: str) -> None:
    """Any Unicode text parses without raising, and keeps the laws."""
    check_text(text)


def check_text(text: str) -> None:
    try:
        document, plan = read_both(text.encode())
    except DocumentError:
        return
    check_evidence(document, plan)
    check_nothing_lost(document, plan)


@some
@given(st.binary(max_size=400))
def test_any_bytes_give_a_plan_or_a_typed_error(data: bytes) -> None:
    """Bytes that are no text are refused, never crash."""
    try:
        plan = parse(data)
    except DocumentError:
        return
    assert plan.source.sha256


@some
@given(anything)
def test_repair_is_idempotent(text: str) -> None:
    """What is repaired once needs no repair again."""
    once = fix(text)
    assert fix(once) == once


@some
@given(documents)
def test_json_gives_the_plan_back(text: str) -> None:
    """A Plan's JSON loads equal."""
    try:
        plan = parse(text.encode())
    except DocumentError:
        return
    assert Plan.from_json(plan.to_json()) == plan


# ---------------------------------------------------------------- time, and chance

FLOODS = {
    "one line": "Tổ chức phong trào thi đua ",
    "blank lines": "\n",
    "digits and slashes": "12/",
    "bases": "Căn cứ ",
    "bases on lines": "Căn cứ Luật\n",
    "headings": "I. MỤC ĐÍCH\n",
    "table rows": "1\tNội dung\tQuý I\n",
    "stars": "*a ",
    "brackets": "(",
    "laws": "Luật Thi đua, ",
    "numbers": "số 12/KH-UBND, ",
    "dashes": "- ",
    "capitals": "KẾ HOẠCH ",
    "bars": "|a",
    "footnotes": "¹ a\n",
    "quarters": "Quý I, ",
    "marks": "e\u0302\u0301",
    "quotes": "“",
    "of": " của Ủy ban nhân dân, về việc",
}


def seconds(data: bytes) -> float:
    start = time.process_time()
    try:
        parse(data)
    except DocumentError:
        return 0.0
    return time.process_time() - start


@pytest.mark.parametrize("unit", FLOODS.values(), ids=FLOODS.keys())
def test_time_grows_linearly(unit: str) -> None:
    """A text eight times as long takes at most some sixteen times as long."""
    small = unit.encode() * (40_000 // len(unit.encode()))
    large = unit.encode() * (320_000 // len(unit.encode()))
    parse_twice = min(seconds(small), seconds(small))
    assert seconds(large) < 16 * parse_twice + 1.0


def test_chance_does_not_matter() -> None:
    """The same bytes give the same JSON whatever the seed of hashes."""
    program = "import sys; from tdkt_parse import parse; print(parse(sys.argv[1]).to_json())"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, str(PLANS[1])],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1
