"""One plan typed in other ways: signs, spaces and bullets that look the same say the same."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
import regex

from tdkt_parse import parse

PLAN = """\
UBND HUYỆN SƠN LÂM          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG NỘI VỤ                Độc lập - Tự do - Hạnh phúc
Số: 15/KH-PNV               Sơn Lâm, ngày 12 tháng 01 năm 2024

KẾ HOẠCH
Công tác thi đua, khen thưởng năm 2024

- Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;
- Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ;

Phòng Nội vụ xây dựng Kế hoạch công tác thi đua, khen thưởng năm 2024 như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Khơi dậy tinh thần thi đua trong toàn huyện.
- Nâng cao chất lượng công tác khen thưởng.
2. Yêu cầu
- Hoạt động thiết thực, không phô trương.
II. NỘI DUNG
1. Quý I
- Phát động phong trào thi đua năm 2024.
- Tổ chức ký giao ước thi đua.
2. Quý II
- Sơ kết phong trào thi đua 6 tháng đầu năm.
III. TỔ CHỨC THỰC HIỆN
1. Giao Văn phòng theo dõi, đôn đốc việc thực hiện Kế hoạch này.
2. Đề nghị các xã, thị trấn gửi báo cáo về Phòng trước ngày 15/11/2024.

Nơi nhận:                          KT. TRƯỞNG PHÒNG
- UBND huyện;                      PHÓ TRƯỞNG PHÒNG
- Các xã, thị trấn;
- Lưu: VT.                           Đinh Thị Hạnh
"""


def bullets(put: str) -> Callable[[str], str]:
    return lambda text: regex.sub(r"(?m)^- ", put, text)


def put(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


VARIANTS: dict[str, Callable[[str], str]] = {
    "spaces that do not break": put(" ", "\u00a0"),
    "hyphens that do not break": put("-", "\u2011"),
    "hyphens of their own": put("-", "\u2010"),
    "minus signs": put("-", "\u2212"),
    "wide colons": put(":", "\uff1a"),
    "wide figures": lambda text: regex.sub(r"\d", lambda m: chr(0xFF10 + int(m[0])), text),
    "wide slashes": put("/", "\uff0f"),
    "Roman numerals as signs": lambda text: regex.sub(
        r"(?<![\p{L}.-])I{1,3}(?=[.\n])", lambda m: chr(0x215F + len(m[0])), text
    ),
    "Icelandic letters": put("Đ", "\u00d0"),
    "tabs behind labels": lambda text: regex.sub(r"(?m)^(I+\.|\d\.|-) ", "\\1\t", text),
    "no spaces behind labels": lambda text: regex.sub(r"(?m)^(\d\.|-) ", r"\1", text),
    "no stops at the ends": lambda text: regex.sub(r"(?m)[.;]$", "", text),
    "quarters with the tone before": put("Quý", "Qúy"),
    **{
        f"bullets U+{ord(sign[0]):04X}{' and a tab' * (sign[-1] == chr(9))}": bullets(sign)
        for sign in (
            *("• ", "•\t", "* ", "+ ", "▪ ", "– ", "— ", "→ ", "➢\t", "✓ "),
            *("\uf0b7 ", "\uf0b7\t", "\uf0a7\t", "\uf02d ", "\uf0d8 ", "\uf0fc\t", "\uf076 "),
            *("§ ", "§\t", "Ø ", "ü\t", "v ", "q\t", "o\t", "o "),
        )
    },
}


def told(text: str) -> dict[str, Any]:
    """What a plan says, without its places and without stops at the ends."""
    plan = parse(text.encode(), name="plan.txt")
    signature = plan.signature

    def texts(values: Any) -> list[str]:
        return [unicodedata.normalize("NFC", one.text).rstrip(".;") for one in values]

    def outline(sections: Any) -> list[Any]:
        return [(one.label, one.heading, outline(one.children)) for one in sections]

    return {
        "number": plan.number and plan.number.canonical,
        "issuer": plan.issuer.name if plan.issuer else None,
        "date": plan.date and (plan.date.year, plan.date.month, plan.date.day),
        "title": plan.title.text if plan.title else None,
        "bases": [(one.verb, len(one.citations)) for one in plan.legal_bases],
        "citations": [(one.kind, one.number, one.date) for one in plan.citations],
        "purpose": texts(plan.purpose),
        "requirements": texts(plan.requirements),
        "tasks": [(one.quarters, one.content.rstrip(".")) for one in plan.tasks],
        "implementation": texts(plan.implementation),
        "recipients": texts(plan.recipients),
        "signature": signature and (signature.capacity, signature.role, signature.signer),
        "sections": outline(plan.sections),
    }


def test_the_plan_itself() -> None:
    """Everything is there, so that a variant which loses it is seen."""
    found = told(PLAN)
    assert found["number"] == "15/KH-PNV"
    assert len(found["citations"]) == 2
    assert [len(found[name]) for name in ("bases", "purpose", "requirements")] == [2, 2, 1]
    assert [quarters for quarters, _ in found["tasks"]] == [[1], [1], [2]]
    assert len(found["implementation"]) == 2
    assert found["recipients"] == ["UBND huyện", "Các xã, thị trấn", "Lưu: VT"]
    assert found["signature"] == ("KT.", "PHÓ TRƯỞNG PHÒNG", "Đinh Thị Hạnh")


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_other_ways_to_type_it(variant: Callable[[str], str]) -> None:
    text = variant(PLAN)
    assert text != PLAN
    found, wanted = told(text), told(PLAN)
    if "Qúy" in text:  # The wording stays as it is typed.
        found["sections"] = wanted["sections"]
    assert found == wanted


@pytest.mark.parametrize(
    "line",
    [
        "v.v. và các nội dung khác",
        "o bế công tác thi đua",
        "§ 5 của Quy chế",
        "Ø 21 mm",
        "vận động Học sinh tham gia",
        "ở Hà Nội",
    ],
)
def test_letters_that_are_no_bullets(line: str) -> None:
    """What begins a line is a word, or a sign before a figure."""
    text = PLAN.replace("trong toàn huyện.", f"trong toàn huyện.\n{line}")
    found = parse(text.encode(), name="plan.txt")
    assert line in "\n".join(one.text for one in found.purpose)
