"""
Lines in old encodings and what they say; and lines in Unicode, which stay as they are.
"""

from typing import NamedTuple

from tdkt_parse.legacy.tables import Encoding


class Old(NamedTuple):
    """A line as it reaches us, its encoding, and what it says."""

    label: str
    text: str
    encoding: Encoding
    says: str


OLD = (
    Old("a letterhead", "Uû ban nh©n d©n x· T©n LËp", "tcvn3", "Uỷ ban nhân dân xã Tân Lập"),
    Old(
        "a basis",
        "C¨n cø NghÞ ®Þnh sè 94/1998/N§-CP ngµy 17 th¸ng 11 n¨m 1998",
        "tcvn3",
        "Căn cứ Nghị định số 94/1998/NĐ-CP ngày 17 tháng 11 năm 1998",
    ),
    Old("the soft hyphen", "Bé tr\xadëng th\xad¬ng binh", "tcvn3", "Bộ trưởng thương binh"),
    Old("the soft hyphen as a minus", "−íc ®¹t 39.897 tû ®ång", "tcvn3", "ước đạt 39.897 tỷ đồng"),
    Old(
        "capitals typed small",
        "QUYÕT §ÞNH cña ñY BAN NH¢N D¢N THµNH PHè",
        "tcvn3",
        "QUYẾT ĐỊNH của ỦY BAN NHÂN DÂN THÀNH PHỐ",
    ),
    Old("one capital among them", "VÒ VIÖC TæNG KÕT", "tcvn3", "VỀ VIỆC TỔNG KẾT"),
    Old("no capital", "VÒ viÖc tæng kÕt cña Së Y tÕ", "tcvn3", "Về việc tổng kết của Sở Y tế"),
    Old(
        "quotation marks",
        "phong trµo “Toµn d©n ®oµn kÕt” – n¨m 2004",
        "tcvn3",
        "phong trào “Toàn dân đoàn kết” – năm 2004",
    ),
    Old(
        "VNI",
        "Caên cöù Nghò ñònh 130/2005/NÑ-CP cuûa Chính phuû",
        "vni",
        "Căn cứ Nghị định 130/2005/NĐ-CP của Chính phủ",
    ),
    Old("VNI in capitals", "UBND TÆNH BAØ RÒA – VUÕNG TAØU", "vni", "UBND TỈNH BÀ RỊA – VŨNG TÀU"),
    Old("VNI, a mark too many", "coâng vieâïc cuûa cô quan", "vni", "công việc của cơ quan"),
    Old("VISCII", "Cån cÑ Lu§t T± chÑc Hµi ð°ng", "viscii", "Căn cứ Luật Tổ chức Hội đồng"),
    Old("VPS", "Cæn cÙ LuÆt T° chÙc H¶i ÇÒng", "vps", "Căn cứ Luật Tổ chức Hội đồng"),
    Old("VIQR", "Ca(n cu+' Lua^.t To^? chu+'c", "viqr", "Căn cứ Luật Tổ chức"),
    Old(
        "VIQR, a full stop",
        "To^i le^n Ha` No^.i la`m vie^.c vo+'i to^i.",
        "viqr",
        "Tôi lên Hà Nội làm việc với tôi.",
    ),
    Old("Windows-1258", "Cãn cýì Luâòt TôÒ chýìc", "cp1258", "Căn cứ Luật Tổ chức"),
)

UNICODE = (
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
    "Ðộc lập - Tự do - Hạnh phúc",
    "Số: 12/QÐ-UBND; NÐ-CP; HÐND",
    "© 2024 Công ty CAFÉ; 20 °C ± 1; « trích »; §5; ¼ số; naïve, Müller, Señor.",
    "Diện tích 1.234 m² × 5 m³, 30 µg/m³, 10 ‰, giá 5 €/kg",
    "Le préfet a déjà reçu l'arrêté où il est né à Besançon, près de là",
    "Où es-tu ? Là où tu as été hier, à côté.",
    "Für die Größe der Fläche wird das übliche Maß gewählt",
    "så må vi gå på tur når det går",
    "El niño año mañana señor según él",
    "Não há ação à mão, são irmãos",
    "for (i = 0; i < n; i++) { a^b; x ~ y; foo(a); data[u+1] = `sh`; }",
    "Is it the one? Are we there yet? You are. He said 'no'.",
    "e-mail: to.hoa~nguyen+tdkt@gmail.com, http://a.vn/~hoa/?q=a+b",
    "f(x) = a^2 + b^2, o^n, e^{i\u03c0}; \u2200x \u2208 A: x\u2295y \u2260 0",
    "“K»”, «1K», «234M» o «2G».",
    "Propiedades de la impresora • «%s» en %s",
    "Độ chính xác ±180° ∠",
    "thành phố Đà Nẵng, Ủy ban Mặt trận Tổ quốc",
)
"""None of these is touched, in NFC or in NFD."""

FONTS: dict[str, tuple[Encoding, bool] | None] = {
    ".VnTime": ("tcvn3", False),
    ".VnTimeH": ("tcvn3", True),
    ".VnArial NarrowH": ("tcvn3", True),
    "ABCDEF+.VnTimeH,Bold": ("tcvn3", True),
    "ABCDEF+.VnArialH-BoldItalic": ("tcvn3", True),
    ".VnCentury Schoolbook": ("tcvn3", False),
    ".vntime": ("tcvn3", False),
    "VNI-Times": ("vni", False),
    "VNI-Helve-Condense": ("vni", False),
    "Vni 12 Alex": ("vni", False),
    "VI Times": ("viscii", False),
    "VI Times H": ("viscii", True),
    "VPS Times": ("vps", False),
    "VNI Russia": None,
    "VNI-DOS Sample Font": None,
    "VnTimes2": None,
    "Vn": None,
    "Verdana": None,
    "Times New Roman": None,
    "": None,
}
"""Fonts by name: their encoding and whether their letters are capitals."""
