"""Whole documents in old encodings, as text, Word files and PDFs."""

from pathlib import Path
from typing import Any, get_args
from unicodedata import normalize

import pytest
from legacy_files import FONTS, LINES, in_old_fonts, may_be, old, pdf_in_old_font
from word_files import docx, p, r, symbol

from generate import dice
from generator.compose import compose
from generator.writers.docx import write_docx
from generator.writers.text import to_text
from tdkt_parse import parse, read
from tdkt_parse.exceptions import WrongEncoding
from tdkt_parse.legacy import encode
from tdkt_parse.legacy.tables import Encoding
from tdkt_parse.models import Plan

ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
SEEDS = (3, 14, 15, 92)


def values(plan: Plan) -> dict[str, Any]:
    """What a plan says, but for the file and for that it was in an old encoding."""
    found = plan.to_dict()
    del found["source"]
    found["diagnostics"] = [
        row for row in found["diagnostics"] if not row["rule"].startswith("legacy")
    ]
    return found


def rules(plan: Plan) -> set[str]:
    return {row.rule for row in plan.diagnostics}


def made_up(seed: int) -> str:
    """A plan as text, of signs that every encoding has."""
    text = normalize("NFC", to_text(compose("dev", seed).paper, dice(seed, seed, "text")))
    text = text.replace("Ð", "Đ")
    return "".join(
        sign for sign in text if sign.isascii() or (sign.isalpha() and may_be(sign, "tcvn3"))
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("encoding", [e for e in ENCODINGS if e != "tcvn3"])
def test_a_text_gives_the_plan_of_its_unicode(encoding: Encoding, seed: int) -> None:
    text = made_up(seed)
    plan = parse(encode(text, encoding))
    assert "legacy_encoding_letters" in rules(plan)
    assert values(plan) == values(parse(text.encode()))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_text_without_capitals(seed: int) -> None:
    """TCVN3 has none with a tone; what begins a sentence stays small."""
    text = made_up(seed)
    found = read(encode(text, "tcvn3"))
    assert found.text.casefold() == text.casefold()
    lost = [b for a, b in zip(found.text, text, strict=True) if a != b]
    assert len(lost) < 0.005 * len(text)
    plan, meant = parse(encode(text, "tcvn3")), parse(text.encode())
    assert plan.kind == meant.kind
    assert plan.number == meant.number
    assert [s.role for s in plan.sections] == [s.role for s in meant.sections]


@pytest.mark.parametrize("saved", [False, True], ids=["bytes", "saved as UTF-8"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_characters_of_old_are_kept(encoding: Encoding, saved: bool) -> None:
    text = "\n".join(LINES)
    said = old(text, encoding)
    document = read(said.encode() if saved else encode(text, encoding))
    assert document.old_texts
    for found in document.old_texts:
        assert found.raw in said
        assert found.encoding == encoding
        assert found.font is None
        assert document.text[found.start : found.end] != found.raw


def test_a_text_of_lines_in_two_encodings() -> None:
    """Put together by programs that do not ask: lines of UTF-8 among those of TCVN3."""
    lines = [line.encode() if k % 3 == 0 else encode(line, "tcvn3") for k, line in enumerate(LINES)]
    assert read(b"\n".join(lines)).text == "\n".join(LINES)


@pytest.mark.parametrize(
    "data", [b"Plan \xff\xfe\xfd\xfc of \x81\x8d works", "Кухня".encode("koi8-r")]
)
def test_bytes_of_another_encoding_are_refused(data: bytes) -> None:
    with pytest.raises(WrongEncoding):
        read(data * 3)


# -- Word


def word_file(seed: int, folder: Path) -> bytes:
    path = folder / f"{seed}.docx"
    write_docx(compose("dev", seed).paper, path)
    return path.read_bytes()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("encoding", FONTS)
def test_a_word_file_gives_the_plan_of_its_unicode(
    encoding: Encoding, seed: int, tmp_path: Path
) -> None:
    data = word_file(seed, tmp_path)
    plan = parse(in_old_fonts(data, encoding))
    assert "legacy_encoding_font" in rules(plan)
    assert values(plan) == values(parse(data))


@pytest.mark.parametrize("encoding", ["vni", "viscii"])
def test_a_word_file_whose_fonts_say_nothing(encoding: Encoding, tmp_path: Path) -> None:
    data = word_file(SEEDS[0], tmp_path)
    plan = parse(in_old_fonts(data, encoding, named=False))
    assert "legacy_encoding_letters" in rules(plan)
    assert values(plan) == values(parse(data))


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def word(*paragraphs: str, **options: Any) -> str:
    text: str = read(docx("".join(paragraphs), **options)).text
    return text.rstrip("\n")


def test_runs_of_one_paragraph_in_two_encodings() -> None:
    tcvn3, vni = font(".VnTime"), font("VNI-Times")
    said = word(
        p(
            r("Căn cứ ", font("Times New Roman")),
            r("LuËt Tæ chøc ", tcvn3),
            r("Hoäi ñoàng ", vni),
            r("nh©n d©n", font(".VnTimeH")),
        )
    )
    assert said == "Căn cứ Luật Tổ chức Hội đồng NHÂN DÂN"


def test_a_letter_cut_in_two_runs() -> None:
    look = font("VNI-Times")
    assert word(p(r("caùc xa", look), r("õ, phö", look + "<w:b/>"), r("ôøng", look))) == (
        "các xã, phường"
    )


def test_soft_hyphens_of_word() -> None:
    look = font(".VnTime")
    run = "<w:r><w:rPr>{}</w:rPr><w:t>th</w:t><w:softHyphen/><w:t>{}</w:t></w:r>"
    assert word(p(run.format(look, "ëng"))) == "thưởng"
    assert word(p(run.format("", "ưởng"))) == "thưởng"


def test_two_soft_hyphens_are_a_letter_and_a_place_to_break() -> None:
    """An optional hyphen beside the letter; LibreOffice makes the same element of both."""
    look, soft = font(".VnTime"), "<w:softHyphen/>"
    one = f"<w:r><w:rPr>{look}</w:rPr><w:t>{{}}</w:t>{soft}{{}}<w:t>{{}}</w:t></w:r>"
    assert word(p(one.format("n", soft, "íc"))) == "nước"
    assert word(p(one.format("n", "</w:r><w:r><w:rPr>" + look + "</w:rPr>" + soft, "íc"))) == "nước"
    assert (
        word(p(one.format("t", "<w:t xml:space='preserve'> t</w:t>" + soft, "ëng"))) == "tư tưởng"
    )
    assert word(p(one.format("t", "<w:tab/>" + soft, ""))) == "tư\tư"
    assert word(p(r("t", look)), p(one.format("", "", "u"))) == "t\nưu"


def test_signs_that_word_keeps_as_those_of_a_symbol_font() -> None:
    signs = "".join(chr(0xF000 + byte) for byte in encode("Luật", "tcvn3"))
    assert word(p(r(signs, font(".VnTime")))) == "Luật"
    assert word(p(symbol("F0AE", ".VnTime") + r("Òu", font(".VnTime")))) == "đều"


def test_unicode_in_the_name_of_an_old_font() -> None:
    said = "Căn cứ Luật Thi đua và Nghị định"
    for name in (".VnTime", ".VnTimeH", "VNI-Times"):
        assert word(p(r(said, font(name)))) == said


def test_capitals_that_word_makes() -> None:
    assert word(p(r("thi ®ua", font(".VnTime") + "<w:caps/>"))) == "THI ĐUA"


def test_a_plan_in_unicode_says_nothing_of_old_encodings(tmp_path: Path) -> None:
    document = read(word_file(SEEDS[0], tmp_path))
    assert not document.old_texts
    assert not any(row.rule.startswith("legacy") for row in document.notices)


# -- PDF


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("ABCDEF+.VnTime", "tcvn3"),
        ("VNI-Times", "vni"),
        ("Arial", "tcvn3"),
        ("Arial", "vni"),
        ("Arial", "viscii"),
        ("Arial", "cp1258"),
    ],
)
def test_a_pdf(name: str, encoding: Encoding) -> None:
    document = read(pdf_in_old_font(name, encoding))
    *before, one, two, last = LINES
    assert document.text.strip() == "\n".join([*before, f"{one} {two}", last])
    rule = "legacy_encoding_letters" if name == "Arial" else "legacy_encoding_font"
    assert [row.rule for row in document.notices] == [rule]
    raw = {document.words[k].raw for k in range(len(document.words))} - {None}
    assert len(raw) > 20
    assert raw == {found.raw for found in document.old_texts}
    plan = parse(pdf_in_old_font(name, encoding))
    assert plan.number is not None
    assert plan.number.canonical == "12/KH-UBND"
    assert plan.date is not None
    assert plan.date.evidence is not None
    assert plan.date.evidence.boxes


def test_a_pdf_in_a_font_of_capitals() -> None:
    document = read(pdf_in_old_font("ABCDEF+.VnTimeH", "tcvn3"))
    assert document.text.startswith("ỦY BAN NHÂN DÂN XÃ TÂN LẬP\nSỐ: 12/KH-UBND\nTÂN LẬP, NGÀY 05")
