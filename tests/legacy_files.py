"""
Word and PDF files in old fonts, made of such in Unicode.
"""

import zipfile
from copy import deepcopy
from io import BytesIO
from itertools import groupby

from lxml import etree
from pdf_by_hand import FONT, PLAN, Objects, plan

from pdf_objects import stream
from tdkt_parse.legacy import encode
from tdkt_parse.legacy.one_byte import western
from tdkt_parse.legacy.tables import Encoding, codes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FONTS: dict[Encoding, str] = {
    "tcvn3": ".VnTime",
    "vni": "VNI-Times",
    "viscii": "VI Times",
    "vps": "VPS Times",
}
ORDINARY = "Times New Roman"


def old(text: str, encoding: Encoding) -> str:
    """A text as the Western letters as which it reaches us."""
    return western(encode(text, encoding))


def may_be(sign: str, encoding: Encoding) -> bool:
    """Whether an encoding has a sign."""
    try:
        encode(sign, encoding)
    except ValueError:
        return False
    return True


def in_old_fonts(data: bytes, encoding: Encoding, *, named: bool = True) -> bytes:
    """
    A Word file with its text in an old encoding and the font of it.

    A capital with a tone is in the font of capitals, where the encoding has none; signs that it has
    not stay in an ordinary font. Not ``named``: all of it in an ordinary font, as programs leave it
    that set one for the whole of a document.
    """
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("word/") and name.endswith(".xml"):
                root = etree.fromstring(part)
                for run in list(root.iter(W + "r")):
                    _convert(run, encoding, named=named)
                part = etree.tostring(root)
            target.writestr(name, part)
    return made.getvalue()


def _convert(run: etree._Element, encoding: Encoding, *, named: bool) -> None:
    """Put in the place of a run one for each text of it in one font, and for what else is in it."""
    look = run.find(W + "rPr")
    for child in [child for child in run if child is not look]:
        pieces: list[tuple[str, str | None]] = [("", None)]
        if child.tag == W + "t":
            signs = groupby(child.text or "", key=lambda sign: font_of(sign, encoding))
            pieces = [("".join(group), font) for font, group in signs]
        for text, font in pieces:
            part = etree.Element(W + "r")
            if look is not None:
                part.append(deepcopy(look))
            part.append(deepcopy(child))
            if child.tag == W + "t":
                part[-1].text = text if font == ORDINARY else old(text, encoding)
                part[-1].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                _set_font(part, font if named and font else ORDINARY)
            run.addprevious(part)
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


def font_of(sign: str, encoding: Encoding) -> str:
    """The font of a sign of a document in an encoding."""
    if not may_be(sign, encoding) or any(byte < 32 for byte in encode(sign, encoding)):
        return ORDINARY  # XML has no control characters.
    if encoding == "tcvn3" and sign not in codes("tcvn3") and sign.isalpha() and not sign.isascii():
        return FONTS[encoding] + "H"
    return FONTS[encoding]


def _set_font(run: etree._Element, font: str) -> None:
    look = run.find(W + "rPr")
    if look is None:
        look = etree.Element(W + "rPr")
        run.insert(0, look)
    for row in look.findall(W + "rFonts"):
        look.remove(row)
    fonts = etree.Element(W + "rFonts")
    for name in ("ascii", "hAnsi"):
        fonts.set(W + name, font)
    look.insert(0, fonts)


LINES = (
    "ỦY BAN NHÂN DÂN XÃ TÂN LẬP",
    "Số: 12/KH-UBND",
    "Tân Lập, ngày 05 tháng 01 năm 2004",
    "KẾ HOẠCH",
    "Công tác thi đua, khen thưởng năm 2004",
    "I. NỘI DUNG",
    "1. Phát động phong trào thi đua trong toàn xã, đẩy mạnh việc đầu tư",
    "xây dựng cơ bản của địa phương, hướng dẫn các đơn vị.",
    "2. Hội đồng Thi đua - Khen thưởng theo dõi.",
)


def pdf_in_old_font(font: str, encoding: Encoding) -> bytes:
    """A PDF of a small plan in a font that is known by its name alone, with Western letters."""
    shown = b"".join(
        f"BT /F 12 Tf 72 {780 - 18 * k} Td <{encode(line, encoding).hex()}> Tj ET\n".encode()
        for k, line in enumerate(LINES)
    )
    widths = " ".join(["500"] * 224)
    more: Objects = {
        PLAN: stream(shown),
        FONT: (
            f"<</Type/Font/Subtype/TrueType/BaseFont/{font}/Encoding/WinAnsiEncoding"
            f"/FirstChar 32/LastChar 255/Widths[{widths}]>>"
        ).encode(),
    }
    return plan(b"", more)
