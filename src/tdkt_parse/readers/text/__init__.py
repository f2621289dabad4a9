"""
Plain text and Markdown.

Lines, tables by tabs or bars, and the inline marks that OCR services and converters write, Markdown
headings. The marks, ruling lines, page numbers and running heads are furniture.
"""

from tdkt_parse.readers.text.document import read_document as read
from tdkt_parse.readers.text.encoding import is_text

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})
LIMIT = 20_000_000
"""Bytes. The longest plan met, appendices included, had 0.4 MB of text."""

__all__ = ["LIMIT", "SUFFIXES", "is_text", "read"]
