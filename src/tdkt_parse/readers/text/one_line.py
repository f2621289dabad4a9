"""
Texts of which nearly all stands on one line: a web page or a copy that lost its line ends.

The letterhead on that line says that a whole document is on it. Lines begin again at the words and
numbers that can only begin one; what is none of these stays on the line it was on.
"""

from collections.abc import Sequence

import regex

from tdkt_parse.readers.text.lines import RawLine

TIMEOUT = 5.0
LONG = 400
"""Code points; a paragraph may be as long, but holds no letterhead."""
FURTHEST = 1_500
"""Code points before the letterhead: what a web page says of the document."""
MOST = 40_000
"""Code points of a line that is looked at."""

_STATE = regex.compile(r"CỘNG\s+H(?:ÒA|OÀ|ÓA|OÁ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM")
_HEAD_BREAKS = regex.compile(
    r"""
      \s+ (?= CỘNG\s+H(?:ÒA|OÀ|ÓA|OÁ)\s+XÃ | Độc\s+lập\s*[-–]\s*Tự\s+do | Số\s*:\s*\d
            | V/v\s | Kính\s+gửi )
    | (?<= VIỆT\sNAM | [Hh]ạnh\s[Pp]húc ) \s+
    | (?<= \d\s?/\s?[\p{Lu}\d&/-]{2,20} ) \s+ (?= \p{Lu}\p{Ll} )
    | (?<= năm\s(?:19|20)\d\d ) \s+ (?= \p{Lu} )
    | (?<= \p{Ll} ) \s+ (?= \p{Lu}{2,}\s\p{Lu}{2,}\s )
    | (?<= ^(?:UBND|ỦY\sBAN\sNHÂN\sDÂN|UỶ\sBAN\sNHÂN\sDÂN)\s[\p{Lu}\s]{4,40} ) \s+
      (?= (?:SỞ|PHÒNG|TRƯỜNG|TRUNG\sTÂM|BỆNH\sVIỆN|CHI\sCỤC)\s\p{Lu}{2} )
    """,
    regex.VERBOSE,
)
_KINDS = r"KẾ\sHOẠCH|QUYẾT\sĐỊNH|CHỈ\sTHỊ|CÔNG\sVĂN|THÔNG\sBÁO|HƯỚNG\sDẪN|BÁO\sCÁO|CHƯƠNG\sTRÌNH"
_ACTS = (
    r"Luật|Nghị\sđịnh|Nghị\squyết|Quyết\sđịnh|Thông\stư|Chỉ\sthị|Kế\shoạch|Công\svăn|Kết\sluận"
    r"|Hướng\sdẫn|Chương\strình"
)
_BREAKS = regex.compile(
    rf"""
      (?<= năm\s(?:19|20)\d\d ) \s+ (?= (?:{_KINDS})\s )
    | (?<= (?:19|20)\d\d\s(?:{_KINDS}) ) \s+
    | (?<= [^\s,;(“"] ) \s+
      (?= Căn\scứ\s(?:vào\s)?(?:{_ACTS})\s | Thực\shiện\s(?:{_ACTS})\ssố )
    | (?<= \p{{Lu}}{{2}}|\d ) \s+ (?= Căn\scứ\s )
    | (?<= [;.,:] ) \s+ (?= (?:Căn\scứ|Theo\sđề\snghị|Xét\sđề\snghị)\s )
    | (?<! CỦA|VÀ|TỊCH|TRƯỞNG ) \s+
      (?= (?:CHỦ\sTỊCH|BỘ\sTRƯỞNG|THỦ\sTƯỚNG|GIÁM\sĐỐC|ỦY\sBAN|UỶ\sBAN|HỘI\sĐỒNG|THỐNG\sĐỐC)
          [\p{{Lu}}\s,–-]{{4,80}}\s-?\s?Căn\scứ )
    | (?<= như\ssau:|sau\sđây:|\./\. ) \s+
    | \s+ (?= [IVX]{{1,5}}[.)/]\s+\p{{Lu}}{{2}} )
    | (?<= \p{{Lu}}{{2}}|[.;:] ) \s+
      (?= \d{{1,2}}[.)]\s+\p{{Lu}} | [-–+•]\s+\p{{Lu}} | [a-zđ]\)\s+\p{{Lu}} )
    | (?<= \p{{Lu}}{{2,}},?\s\p{{Lu}}{{2,}} ) \s+ (?= \p{{Lu}}\p{{Ll}}+\s\p{{Ll}} )
    | (?<= \d[.)]\s(?:Mục\sđích|Yêu\scầu) ) \s+ (?= \p{{Lu}} | [-–+]\s )
    | (?<= [.;:] ) \s+ (?= (?:Điều\s\d{{1,2}}[.:]|Trên\sđây\slà|Nơi\snhận\b) )
    | (?<= Nơi\snhận: ) \s+
    | \s+ (?= (?:TM|KT|TL|TUQ)\.\s?\p{{Lu}}{{2}} )
    | (?<= (?:TM|KT|TL|TUQ)\.\s?[\p{{Lu}}\s]{{4,40}} ) (?<! PHÓ ) \s+
      (?= (?:PHÓ\s)?(?:CHỦ\sTỊCH|GIÁM\sĐỐC|HIỆU\sTRƯỞNG|TRƯỞNG\sPHÒNG|BÍ\sTHƯ)\b )
    """,
    regex.VERBOSE,
)


def parted(text: str, raw: Sequence[RawLine]) -> list[RawLine]:
    """The lines of a text, of which one that holds a whole document is parted into those it had."""
    at, longest = max(enumerate(raw), key=lambda one: one[1].end - one[1].start, default=(0, None))
    if longest is None or not LONG <= longest.end - longest.start <= MOST:
        return list(raw)
    said = sum(line.end - line.start for line in raw)
    line = text[longest.start : longest.end]
    state = _STATE.search(line, timeout=TIMEOUT)
    body = _BODY.search(line, state.end(), timeout=TIMEOUT) if state else None
    if (longest.end - longest.start) * 10 < said * 8 or state is None or body is None:
        return list(raw)
    if state.start() > FURTHEST:
        return list(raw)
    ends = {m.span() for m in _HEAD_BREAKS.finditer(line, 0, body.end() + 20, timeout=TIMEOUT)}
    ends |= {m.span() for m in _BREAKS.finditer(line, state.end(), timeout=TIMEOUT)}
    lines: list[RawLine] = []
    begin = 0
    for start, end in [*sorted(ends), (len(line), len(line))]:
        if start > begin:
            lines.append(RawLine(longest.start + begin, longest.start + start, longest.page))
            begin = end
    return [*raw[:at], *lines, *raw[at + 1 :]]


_BODY = regex.compile(
    r"năm\s+(?:19|20)\d\d\s+(?:\S+\s+){0,120}?(?=(?:Căn\scứ|Thực\shiện|Kính\sgửi:?|[IVX]+[.)/]|\d[.)])\s)"
)
"""The date of the letterhead, and what stands between it and the text."""
