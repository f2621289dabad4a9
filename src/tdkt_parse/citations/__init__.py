"""
Citations: every mention of another document, numbered or not.

The full form is that of NĐ 30/2020/NĐ-CP, Phụ lục I.II.6: type, number and symbol, date, issuer,
title; laws and ordinances by name alone. In running text any part may be missing:

* ``Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ quy định chi tiết …``
* ``Nghị định 98/2023/NĐ-CP`` without ``số``; ``kế hoạch số 50/KH - UBND`` in small letters
* ``Luật Thi đua, khen thưởng ngày 15/6/2022``; ``… năm 2003``; ``… số 06/2022/QH15``
* ``các Luật Sửa đổi … năm 2005 và năm 2013``: two
* ``Chỉ thị số 34-CT/TW`` of the Party, ``Nghị quyết Đại hội …``, ``Điều lệ Công đoàn Việt Nam``

A document named inside the title of another is nested in it. A title ends where the next document
of the same rank begins, at a semicolon, at the end of the sentence.
"""

from tdkt_parse.citations.back import (
    BackReference,
    antecedents_of,
    find_back_references,
    likely,
)
from tdkt_parse.citations.find import Cited, find_citations, find_short_forms

__all__ = [
    "BackReference",
    "Cited",
    "antecedents_of",
    "find_back_references",
    "find_citations",
    "find_short_forms",
    "likely",
]
