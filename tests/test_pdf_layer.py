"""Which words of a text layer are believed: those that people wrote, not what a program made."""

from pathlib import Path

import pytest

from tdkt_parse.readers.pdf.layer import is_junk, judge

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
PLANS = sorted(CORPUS.glob("*.txt"))
PAGE = 300
"""Words of a page."""


def pages_of(path: Path) -> list[list[str]]:
    words = path.read_text("utf-8").split()
    return [words[start : start + PAGE] for start in range(0, len(words), PAGE)]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem[:3])
def test_plans_are_believed(path: Path) -> None:
    assert [page for page in pages_of(path) if is_junk(page)] == []


def by_another_font(word: str) -> str:
    """Letters of a font whose table was written for another: á is ·, and ủ is ā."""
    mended = word.replace("ủ", "ā").replace("ị", "ß").replace("ạ", "¿")
    return "".join(
        letter.encode("latin-1").decode("mac_roman") if "\xa1" <= letter <= "\xff" else letter
        for letter in mended
    )


def by_an_old_encoding(word: str) -> str:
    """The signs that TCVN3 has at the places of letters."""
    old = dict(zip("ăâêôơưđáàảãạậấộệủ", "¨©ª«¬\xad®¸µ¶·¹ËÊéÖñ", strict=True))
    return "".join(old.get(letter, letter) for letter in word)


def by_another_language(word: str) -> str:
    """What a program that knows no Vietnamese reads off a picture."""
    return "".join(letter if letter.isascii() else "6€8?"[ord(letter) % 4] for letter in word)


@pytest.mark.parametrize(
    "spoil",
    [by_another_font, by_an_old_encoding, by_another_language],
    ids=lambda spoil: spoil.__name__,
)
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem[:3])
def test_what_no_one_wrote_is_not(path: Path, spoil: "type[str]") -> None:
    for page in pages_of(path):
        if len(page) == PAGE:
            assert is_junk([spoil(word) for word in page])


def test_a_font_without_letters_is_not() -> None:
    assert is_junk(["\ue012\ue045\ue0a1"] * 20)
    assert is_junk(["\ufffd\ufffd", "Số", "\ufffd"])


NAMES = """
    Xã Ea H'leo, Đắk R'lấp, Krông Búk, Cư M'gar, Ea Súp, Buôn Đôn, Krông Pắc, Lắk, Đắk Glong,
    Ia Grai, Chư Prông, Kông Chro, Đak Đoa, K'Bang, Tu Mơ Rông, Đăk Tô, Sa Thầy, Kon Plông, Ia Pa,
    Y Blôk Êban, H'Yim Kđoh, Đinh Y Ngheng, Siu H'Bia, Ksor Phước, Nông Thị Hà, Giàng A Páo
"""


def test_names_of_other_tongues_are_believed() -> None:
    assert not is_junk(NAMES.split() * 4)


@pytest.mark.parametrize(
    "words",
    [
        "BỘ NỘI VỤ Ðộc lập - Tự do - Hạnh phúc Ðiều 1. Phát động phong trào thi đua yêu nước",
        "Đơn vị tính: triệu đồng; 1.250.000 ≥ 90% ≤ 5 km² 25°C “Dân vận khéo” • □ ☐ – — … ½",
        "https://thidua.example.gov.vn/van-ban phong@tinh.gov.vn QĐ-UBND 12/KH-UBND NĐ-CP 2025",
        "Đảng ủy Hội đồng nhân dân uỷ ban quí hoà bình thuỷ lợi kỹ thuật kĩ năng Quý III",
    ],
)
def test_signs_that_plans_have_are_believed(words: str) -> None:
    page = words.split()
    assert not is_junk(page)
    assert judge(page).alien == 0


def test_a_few_words_are_not_judged() -> None:
    assert not is_junk(["Scanned", "by", "ACME", "12"])
