"""
Web pages (.html, .htm, .xhtml), also those that Word and browsers save (.mht, .mhtml).

Pages are saved from portals of agencies and from sites of law, where a document stands between
menus, lists of related documents, comments and boxes to sign in; or a program for texts wrote them,
and then nothing stands around it. What they load (pictures, frames, scripts, style sheets) is never
asked for.
"""

from tdkt_parse.layout import Document
from tdkt_parse.readers.html.form import is_html

SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".mht", ".mhtml"})
LIMIT = 50_000_000
"""Bytes; most of a large page are pictures, in an archive or as ``data:`` links."""

__all__ = ["LIMIT", "SUFFIXES", "is_html", "read"]


def read(data: bytes, name: str | None = None) -> Document:
    """
    Read a page, or an archive of one.

    Raises ``Unreadable`` and its kin, also for a page that holds no document.
    """
    from tdkt_parse.readers.html.document import read_document

    return read_document(data, name)
