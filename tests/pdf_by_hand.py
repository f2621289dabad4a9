"""
PDF files written by hand: a small plan on one page, and whatever is put beside it.

Its letters come from no font file. Each code of the font is the letter's own number in Unicode,
half an em wide, so that any text can be put anywhere in a line of code.
"""

from collections.abc import Iterable, Mapping

from pdf_objects import put, stream

NUMBER = "12/KH-UBND"
"""Of the plan that every file holds: a Plan without it was not read."""
LAST = "Hội đồng Thi đua - Khen thưởng theo dõi."
"""The end of the plan."""
LINES = (
    "ỦY BAN NHÂN DÂN XÃ TÂN LẬP",
    f"Số: {NUMBER}",
    "Tân Lập, ngày 05 tháng 01 năm 2024",
    "KẾ HOẠCH",
    "Công tác thi đua, khen thưởng năm 2024",
    "I. NỘI DUNG",
    "1. Phát động phong trào thi đua trong toàn xã.",
    f"2. {LAST}",
)
CATALOG, PAGES, PAGE, PLAN, FONT, MORE, FREE = 1, 2, 3, 4, 5, 9, 20
"""Numbers of its objects: what else is drawn on its page is MORE, what is put in begins at FREE."""
A4 = "0 0 595 842"

Objects = dict[int, bytes]


def show(text: str, x: float, y: float, size: float = 12) -> bytes:
    """A text from a place on."""
    return f"BT /F {size} Tf {x} {y} Td <{coded(text)}> Tj ET\n".encode()


def coded(text: str) -> str:
    """What stands between ``<`` and ``>`` for it."""
    return text.encode("utf-16-be").hex()


def lines(texts: Iterable[str], top: float = 780, step: float = 18) -> bytes:
    """Texts below each other."""
    return b"".join(show(text, 72, top - step * k) for k, text in enumerate(texts))


def page(
    more: str = "",
    *,
    box: str = A4,
    fonts: str = f"/F {FONT} 0 R",
    resources: str = "",
    contents: str = f"{PLAN} 0 R {MORE} 0 R",
) -> bytes:
    """The page, with other entries and resources."""
    return (
        f"<</Type/Page/Parent {PAGES} 0 R/MediaBox[{box}]/Contents[{contents}]"
        f"/Resources<</Font<<{fonts}>>{resources}>>{more}>>"
    ).encode()


def skeleton(drawn: bytes = b"", more: Mapping[int, bytes] | None = None) -> Objects:
    """The objects of the plan, with something drawn after it and other objects in place of them."""
    return {
        CATALOG: b"<</Type/Catalog/Pages %d 0 R>>" % PAGES,
        PAGES: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % PAGE,
        PAGE: page(),
        PLAN: stream(lines(LINES)),
        MORE: stream(drawn),
        **font(),
        **(more or {}),
    }


def font(number: int = FONT, letters: bytes | None = None) -> Objects:
    """A font of all letters in three objects; ``letters`` is what its codes mean."""
    return {
        number: (
            b"<</Type/Font/Subtype/Type0/BaseFont/Plan/Encoding/Identity-H"
            b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (number + 1, number + 2)
        ),
        number + 1: (
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Plan/DW 500/CIDSystemInfo"
            b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R>>"
            % (number + 3)
        ),
        number + 2: stream(letters or themselves()),
        number + 3: (
            b"<</Type/FontDescriptor/FontName/Plan/Flags 4/FontBBox[0 -200 1000 800]"
            b"/Ascent 800/Descent -200/CapHeight 700/ItalicAngle 0/StemV 80>>"
        ),
    }


def themselves() -> bytes:
    """Codes that mean the letters of the same numbers."""
    rows = [f"<{k:02x}00> <{k:02x}ff> <{k:02x}00>" for k in (0, 1, 2, 3, 0x1E, 0x20)]
    return letters_of("\n".join(rows), len(rows))


def letters_of(rows: str, count: int, kind: str = "range") -> bytes:
    """A map from codes to letters."""
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def\n"
        "/CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{count} beginbf{kind}\n{rows}\nendbf{kind}\nendcmap end end"
    ).encode()


def plan(drawn: bytes = b"", more: Mapping[int, bytes] | None = None) -> bytes:
    """The file."""
    return put(skeleton(drawn, more))
