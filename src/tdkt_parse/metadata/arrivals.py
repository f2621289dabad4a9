"""
The stamp that an office puts on what it receives, in what is read of a scan.

Its name, ``ĐẾN``, ``Số:``, ``Ngày:``, ``Chuyển:`` (NĐ 30/2020/NĐ-CP, Phụ lục IV, mẫu dấu "ĐẾN"); it
stands beside the letterhead or the title, and is no part of either. Nor is the hour at which a page
was put online.
"""

import regex

from tdkt_parse.spelling import bare
from tdkt_parse.syllables import is_syllable

TIMEOUT = 1.0
LONGEST = 6
"""Words of a line of the stamp, at most."""

_CAPTION = regex.compile(r"\P{L}*(?:(?:\p{L}+\s+){0,2}V[ĂAÁ]N|V[ĂAÁ]N\s+B[ẢÁA]N)\s+Đ[ẾÉỀ]N\P{L}*")
_ARRIVED = regex.compile(r"\P{L}{0,2}(?:ĐẾN|ĐÉN|ĐÊN|ĐEN|DEN)\b\W*(.*)", regex.DOTALL)
_FORWARDED = regex.compile(r"\P{L}{0,2}(?:Chuyển|Lưu hồ sơ số|Số và ký hiệu HS)\s*:[\s.…_]*")
_SAID = frozenset(("so", "ngay", "gio", "su"))


def is_arrival(text: str) -> bool:
    """
    Whether a line is of such a stamp.

    >>> [is_arrival(text) for text in ("CÔNG VĂN ĐẾN", "ĐẾN Số: 12/9", "ĐẾN", "Chuyển: ......")]
    [True, True, True, True]
    >>> [is_arrival(text) for text in ("ĐẾN NĂM 2030", "về công văn đến", "ĐẾN HẾT QUÝ I")]
    [False, False, False]
    >>> is_arrival("QUẢN LÝ VĂN BẢN ĐẾN"), is_arrival("ĐEN TỐI"), is_arrival("ĐEN Ngày 22/01...")
    (False, False, True)
    """
    if len(text.split()) > LONGEST:
        return False
    if _CAPTION.fullmatch(text, timeout=TIMEOUT) or _FORWARDED.fullmatch(text, timeout=TIMEOUT):
        return True
    arrived = _ARRIVED.fullmatch(text, timeout=TIMEOUT)
    if not arrived:
        return False
    words = arrived[1].split()
    if not words:
        return True
    first = words[0].strip(".:,;…_")
    if first.isupper():
        return False  # A title goes on: ``ĐẾN NĂM 2030``.
    return bare(first) in _SAID or not (is_syllable(first) or first.isdecimal())


_POSTED = regex.compile(
    r"(?:Thứ \p{L}+|Chủ nhật|Ngày|Tháng \p{L}+(?: \p{L}+)?|Đăng|\d)[^\n]{4,40}?"
    r"\d{1,2}:\d{2}(?::\d{2})?(?:\s(?:sáng|chiều|tối|AM|PM))?(?:\s[\d\s]{1,12})?",
    regex.IGNORECASE,
)


def is_posted(text: str) -> bool:
    """
    Whether a line says when a page was put online, with the hour, which no document bears.

    >>> is_posted("Thứ năm - 22/11/2018 22:00"), is_posted("Tháng Mười Hai 17, 2019 9:28 sáng")
    (True, True)
    >>> is_posted("Ngày chuyển đổi số 10/10"), is_posted("Thứ bảy tình nguyện lúc 7:30 tại xã")
    (False, False)
    """
    return len(text) <= 60 and _POSTED.fullmatch(text.strip(), timeout=TIMEOUT) is not None
