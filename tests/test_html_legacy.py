"""Web pages in old encodings of Vietnamese, and such as only look so."""

from collections.abc import Callable
from itertools import groupby
from typing import get_args

import pytest
import regex
from legacy_files import FONTS, ORDINARY, font_of, may_be, old

from tdkt_parse import parse, read
from tdkt_parse.exceptions import WrongEncoding
from tdkt_parse.legacy.tables import Encoding
from tdkt_parse.readers.html.old_letters import convert_page, is_in_old_letters
from tdkt_parse.readers.html.tree import parse_page
from tdkt_parse.readers.old_letters import OldLetters

PLAN = (
    "<p>ỦY BAN NHÂN DÂN XÃ TÂN LẬP</p>\n<p>Số: 12/KH-UBND</p>\n"
    "<p>Tân Lập, ngày 05 tháng 01 năm 2004</p>\n<p>KẾ HOẠCH</p>\n<p>Công tác thi đua năm 2004</p>\n"
    "<p>Căn cứ Luật Thi đua, khen thưởng\n ngày 26/11/2003;</p>\n<p>I. NỘI DUNG</p>\n"
    "<p>Phát động <b>phong trào</b> thi đua trong toàn xã, biểu dương người tốt.</p>\n"
    "<p>Nơi nhận:<br>- Lưu: VT.</p>\n<p>TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH</p>\n<p>Hà Tiến</p>"
)
_TEXT = regex.compile("(?<=>)[^<>]+(?=<)")
Written = Callable[[str, str], str]
"""How a text in a font is written."""


def element(text: str, font: str) -> str:
    return f'<font face="{font}, Arial">{text}</font>'


def style(text: str, font: str) -> str:
    return f"<span style='font-size:14pt;font-family:\"{font}\",serif'>{text}</span>"


def shorthand(text: str, font: str) -> str:
    return f'<span style="font: bold 13.0pt/150% &quot;{font}&quot;">{text}</span>'


def rule(text: str, font: str) -> str:
    return f'<span class="{"high" if font.endswith("H") else "low"}">{text}</span>'


def bare(text: str, font: str) -> str:
    return text


WAYS: tuple[Written, ...] = (element, style, shorthand, rule)
RULES = "<style>.low {{font-family:'{0}'}} span.high {{font-family:{0}H}}</style>"


def page(encoding: Encoding, way: Written, head: str = "", text: str = PLAN) -> str:
    """The plan as the Western letters that a browser shows without the font."""

    def put(found: "regex.Match[str]") -> str:
        if way is bare:
            return old(found.group(), encoding)
        signs = groupby(found.group(), key=lambda sign: font_of(sign, encoding))
        return "".join(
            part if font == ORDINARY else way(old(part, encoding), font)
            for part, font in ((("".join(group)), font) for font, group in signs)
        )

    rules = RULES.format(FONTS[encoding]) if way is rule else ""
    return f"<html><head>{head}{rules}</head><body>{_TEXT.sub(put, text)}</body></html>"


def as_bytes(text: str) -> bytes:
    """One byte a letter, as the pages were written."""
    return b"".join(
        bytes([ord(sign)]) if ord(sign) < 256 else sign.encode("cp1252") for sign in text
    )


def meta(charset: str) -> str:
    return f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'


MEANT = read(f"<html><body>{PLAN}</body></html>".encode())


def rules_of(data: bytes) -> list[str]:
    return [row.rule for row in read(data).notices if row.rule.startswith("legacy")]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "x-user-defined", "windows-1258", ""])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_a_page_that_names_its_fonts(encoding: Encoding, way: Written, charset: str) -> None:
    text = page(encoding, way, meta(charset) if charset else "")
    data = text.encode() if charset == "utf-8" else as_bytes(text)
    document = read(data)
    assert document.text == MEANT.text
    assert document.blocks == MEANT.blocks or way is shorthand
    assert rules_of(data) == ["legacy_encoding_font"]
    assert document.old_texts
    for found in document.old_texts:
        assert found.encoding == encoding
        assert found.font in (FONTS[encoding], f"{FONTS[encoding]}H")
        assert found.raw in text
        assert document.text[found.start : found.end] != found.raw


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "x-user-defined", ""])
@pytest.mark.parametrize("encoding", [e for e in get_args(Encoding) if e not in ("viqr", "cp1258")])
def test_a_page_whose_fonts_say_nothing(encoding: Encoding, charset: str) -> None:
    text = page(encoding, bare, meta(charset) if charset else "")
    data = text.encode() if charset == "utf-8" else as_bytes(text)
    document = read(data)
    assert document.text.casefold() == MEANT.text.casefold()
    assert rules_of(data) == ["legacy_encoding_letters"]
    plan = parse(data)
    assert plan.number is not None
    assert plan.number.canonical == "12/KH-UBND"
    assert len(plan.legal_bases) == 1


def test_letters_by_their_numbers() -> None:
    text = page("tcvn3", element).encode("ascii", "xmlcharrefreplace")
    assert read(text).text == MEANT.text


def test_lines_that_stand_as_they_are_written() -> None:
    text = "Uû ban nh©n d©n x· T©n LËp\nC¨n cø LuËt Thi ®ua"
    document = read(f"<html><body><pre><font face='.VnTime'>{text}</font></pre>".encode())
    assert document.text.startswith("Uỷ ban nhân dân xã Tân Lập\nCăn cứ Luật Thi đua")
    assert [found.raw for found in document.old_texts] == text.split("\n")


def test_fonts_of_one_paragraph() -> None:
    text = (
        "<p>Căn cứ <font face='.VnTime'>LuËt Tæ chøc <font face='Arial'>Hội </font></font>"
        "<font face='VNI-Times'>ñoàng</font> <font face='.VnTimeH'>nh©n d©n</font></p>"
    )
    assert read(f"<html><body>{PLAN}{text}".encode()).text.endswith(
        "Căn cứ Luật Tổ chức Hội đồng NHÂN DÂN\n"
    )


def test_a_letter_cut_in_two() -> None:
    text = "<p><font face='VNI-Times'>caùc xa<b>õ, phö</b>ôøng</font></p>"
    assert read(f"<html><body>{PLAN}{text}".encode()).text.endswith("các xã, phường\n")


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("name", [".VnTime", "VNI-Times", "VI Times"])
def test_unicode_in_the_name_of_an_old_font(name: str, way: Written) -> None:
    text = _TEXT.sub(lambda found: way(found.group(), name), PLAN)
    rules = RULES.format(name) if way is rule else ""
    data = f"<html><head>{rules}</head><body>{text}</body></html>".encode()
    document = read(data)
    assert document.text == MEANT.text
    assert not document.old_texts
    assert not rules_of(data)


FRENCH = (
    "<p>Décret du Gouvernement relatif à l'organisation des fêtes où l'élève reçoit un prix ; "
    "« naïveté », cœur, août, maïs, Noël, à côté, déjà vu.</p>" * 6
)
GERMAN = "<p>Über die Öffnung der Märkte für Größe, Äpfel und Maßstäbe © 2004, §5 – süß.</p>" * 6


@pytest.mark.parametrize("text", [FRENCH, GERMAN], ids=["French", "German"])
def test_another_language_is_left(text: str) -> None:
    """A page with nothing else in it is no plan, and refused as before."""
    assert not is_in_old_letters(text)
    assert not convert_page(parse_page(text), text, OldLetters())
    some = f"<html><body>{PLAN * 3}{text[: len(text) // 6]}".encode()
    document = read(some)
    assert document.text.startswith(MEANT.text * 3)
    assert document.text.count("\n") == 3 * MEANT.text.count("\n") + 1
    assert not document.old_texts
    assert not rules_of(some)
    for charset in ("windows-1252", "utf-8"):
        with pytest.raises(WrongEncoding):
            read(f"<html>{meta(charset)}<body>{text}</body></html>".encode(charset))


def test_unicode_with_signs_of_old_letters_is_left() -> None:
    text = f"<p>© 2004 Công ty CAFÉ; 20 °C ± 1; « trích »; §5; ¼ số; ¨ ª ®</p>{PLAN}"
    document = read(f"<html><body>{text}</body></html>".encode())
    assert document.text.endswith(MEANT.text)
    assert not document.old_texts


@pytest.mark.parametrize(
    "data",
    [
        "<html><body><p>Кухня и дом</p>".encode("koi8-r") * 20,
        b"<html><body><p>\xff\xfe\xfd\xfc of \x81\x8d works</p>" * 20,
        "<html><body><p>中文網頁的內容</p>".encode("big5") * 20,
    ],
)
def test_bytes_of_another_encoding_are_refused(data: bytes) -> None:
    with pytest.raises(WrongEncoding):
        read(data)


def test_every_sign_of_the_plan_is_in_the_encodings() -> None:
    assert all(may_be(sign, "vni") for sign in PLAN)
