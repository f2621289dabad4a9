"""
Old Word files (.doc), Rich Text (.rtf) and OpenDocument texts (.odt), and Word 2003's XML.

LibreOffice makes a Word file (.docx) of each, with its fonts, its lists, its tables and its notes,
and the reader of Word files reads that: so each gives the Document that the DOCX would give. What
the file is goes by its bytes: a ``.doc`` may well be RTF or a DOCX inside.
"""

from tdkt_parse.layout import Document
from tdkt_parse.readers.office.kinds import KINDS, Kind, other_program
from tdkt_parse.settings import Changes

__all__ = ["KINDS", "LIMIT", "Kind", "other_program", "read"]

LIMIT = 50_000_000
"""Bytes. The largest plan met had 0.5 MB; pictures of seals and maps take more."""


def read(
    kind: str, data: bytes, name: str | None = None, *, changes: Changes = "accept"
) -> Document:
    """
    Read a file of one of ``KINDS``.

    ``changes``: tracked changes as accepted or as rejected. Raises ``Unreadable`` and its kin,
    ``Encrypted``, and ``MissingDependency`` where neither LibreOffice nor, for a ``.doc``, antiword
    is there to open it.
    """
    from tdkt_parse.readers.office.document import read_document

    return read_document(kind, data, name, changes)
