"""
What reads PDF files beside us.
"""

from typing import NamedTuple


class Peer(NamedTuple):
    """What is measured: its name in the table and in ``pdf_subject.py``; whether it is ours."""

    label: str
    subject: str
    apart: bool = False
    """It has an environment of its own, which ``make peers`` makes."""


PEERS = (
    Peer("tdkt, words and tables", "pages"),
    Peer("tdkt, Document", "document"),
    Peer("tdkt, Plan", "plan"),
    Peer("pypdfium2, text", "pypdfium2"),
    Peer("pdftotext", "pdftotext"),
    Peer("pypdf, text", "pypdf", apart=True),
    Peer("pdfminer.six, text", "pdfminer.six", apart=True),
    Peer("pdfplumber, text", "pdfplumber"),
    Peer("markitdown", "markitdown", apart=True),
    Peer("docling", "docling", apart=True),
)
