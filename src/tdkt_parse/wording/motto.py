"""
Quốc hiệu and tiêu ngữ, and how they are known in what was broken up.
"""

from tdkt_parse.spelling import bare

MOTTO = ("congho", "xahoichunghiavietnam", "doclaptudohanhphuc", "dangcongsanvietnam")
"""Quốc hiệu, tiêu ngữ, the Party's line, without marks and spaces (NĐ 30, Phụ lục I.II.1)."""


def squeezed(text: str) -> str:
    """Letters alone, without marks, for what OCR or a narrow column broke up."""
    return "".join(filter(str.isalpha, bare(text)))
