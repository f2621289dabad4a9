"""Bytes that are a plan in some encoding, and bytes that only look so."""

import unicodedata
from typing import Literal

import pytest

from tdkt_parse import parse
from tdkt_parse.exceptions import WrongEncoding
from tdkt_parse.readers import READERS

PLAN = (
    "ỦY BAN NHÂN DÂN XÃ TÂN LẬP\nSố: 12/KH-UBND\nTân Lập, ngày 05 tháng 01 năm 2024\n\nKẾ HOẠCH\n"
    "Công tác thi đua, khen thưởng năm 2024\n\nCăn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;\n"
    "I. MỤC ĐÍCH, YÊU CẦU\nĐẩy mạnh phong trào thi đua trong toàn xã, biểu dương người tốt.\n"
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_read_in_every_form(encoding: str) -> None:
    plan = parse(PLAN.encode(encoding))
    assert plan.number is not None
    assert (plan.kind, plan.number.canonical) == ("Kế hoạch", "12/KH-UBND")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_normal_forms_give_one_plan(form: Literal["NFC", "NFD"]) -> None:
    plan = parse(unicodedata.normalize(form, PLAN).encode())
    assert plan.title is not None
    assert plan.title.text == "Công tác thi đua, khen thưởng năm 2024"


def windows_1258(text: str) -> bytes:
    """The text as Vietnamese Windows wrote it: a letter, then its tone."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tones = [part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323"]
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones))
        out.append((base + "".join(tones)).encode("cp1258"))
    return b"".join(out)


@pytest.mark.parametrize(
    "data",
    [
        PLAN.encode().decode("gbk", errors="replace").encode(),
        PLAN.encode().decode("cp1252", errors="replace").encode(),
        PLAN.encode().decode("mac_roman").encode(),
        PLAN.encode("ascii", errors="replace"),
        PLAN.encode("cp1252", errors="replace").decode("cp1252").encode(),
    ],
    ids=["gbk", "1252", "mac", "ascii", "latin"],
)
def test_a_wrong_decoding_is_refused(data: bytes) -> None:
    with pytest.raises(WrongEncoding):
        parse(data)


@pytest.mark.parametrize(
    "data",
    [windows_1258(PLAN), windows_1258(PLAN).decode("cp1252").encode()],
    ids=["cp1258", "1258 as 1252"],
)
def test_windows_1258_is_read(data: bytes) -> None:
    plan, meant = parse(data), parse(PLAN.encode())
    assert plan.number == meant.number
    assert plan.title == meant.title
    assert plan.legal_bases == meant.legal_bases


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", PLAN.replace("đ", "d").replace("Đ", "D"))
        .encode("ascii", errors="ignore")
        .decode(),
        PLAN.replace("Đ", "Ð"),
        PLAN + "Đã nộp? Chưa? Vì sao? Ai làm? Khi nào? Ở đâu? Nêu rõ?\n",
        PLAN + "© 2024 Công ty CAFÉ; 20 °C ± 1; « trích »; §5; ¼ số; naïve, Müller, Señor.\n",
    ],
    ids=["no accents", "eth", "questions", "foreign names"],
)
def test_unusual_letters_are_no_wrong_decoding(text: str) -> None:
    assert parse(text.encode()).kind is not None


@pytest.mark.parametrize("size", [600, 60_000])
def test_an_old_word_file_is_no_text_of_utf_16(size: int) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + PLAN.encode("utf-16-le") * 200
    assert [one.name for one in READERS if one.identify(data[:size])] == ["doc"]
