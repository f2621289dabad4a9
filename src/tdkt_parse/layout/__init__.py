"""
What readers return: a Document of lines, tables and the places of words.
"""

from tdkt_parse.layout.document import (
    Cell,
    Document,
    Line,
    Margin,
    Note,
    Notice,
    OldText,
    Paragraph,
    Recognition,
    Repair,
    Span,
    Stamp,
    Table,
    paragraph_at,
    trim_spans,
)
from tdkt_parse.layout.tables import cells, is_blank_row, join_tables, row_texts
from tdkt_parse.layout.words import Box, Word, Words

__all__ = [
    "Box",
    "Cell",
    "Document",
    "Line",
    "Margin",
    "Note",
    "Notice",
    "OldText",
    "Paragraph",
    "Recognition",
    "Repair",
    "Span",
    "Stamp",
    "Table",
    "Word",
    "Words",
    "cells",
    "is_blank_row",
    "join_tables",
    "paragraph_at",
    "row_texts",
    "trim_spans",
]
