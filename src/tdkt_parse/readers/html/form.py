"""
Pages and archives of pages, known by how they begin, whatever they are called.
"""

from functools import cache

import regex

TIMEOUT = 2.0
HEAD = 8192
"""Bytes in which a page says what it is."""

_PAGE = (
    rb"(?is)(?:\s|<!--.{0,4000}?-->|<\?xml[^>]{0,200}>)*+"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|base|style|link|div|table|h[1-6]|section|"
    rb"article|main|center|form|ul|ol)\b"
)
_FRAGMENT = rb"(?is)\s*<p\b[^<>]{0,500}>"
_CLOSED = rb"(?i)</p\s*>"
_ARCHIVE = rb"(?im)^content-type:\s*(?:multipart/(?:related|alternative)|text/html)\b"
_VERSION = rb"(?im)^mime-version:\s*1\.0"
_FIELD = rb"[!-9;-~]{1,80}:"


@cache
def _pattern(written: bytes) -> "regex.Pattern[bytes]":
    """A pattern, made when something may be a page: every text is asked for it at a cold start."""
    return regex.compile(written)


def is_html(data: bytes) -> bool:
    """
    Whether the bytes are a page or an archive of one.

    >>> is_html(b"<!DOCTYPE html><p>a"), is_html(b"<b>KE HOACH</b>"), is_html(b"a < b")
    (True, False, False)
    >>> is_html(b"MIME-Version: 1.0\\r\\nContent-Type: multipart/related; boundary=x")
    True
    """
    head = _ascii(data[:HEAD])
    if not head.lstrip().startswith(b"<"):
        return is_archive(data)
    if _pattern(_PAGE).match(head, timeout=TIMEOUT):
        return True
    if not _pattern(_FRAGMENT).match(head, timeout=TIMEOUT):
        return False
    return len(_pattern(_CLOSED).findall(head, timeout=TIMEOUT)) > 1


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a message that holds a page (RFC 2557)."""
    head = data[:HEAD].lstrip(b"\r\n\xef\xbb\xbf ")
    if b"mime-version:" not in head.lower():
        return False
    return bool(
        _pattern(_FIELD).match(head, timeout=TIMEOUT)
        and _pattern(_VERSION).search(head, timeout=TIMEOUT)
        and _pattern(_ARCHIVE).search(head, timeout=TIMEOUT)
    )


def _ascii(head: bytes) -> bytes:
    """The beginning of a text with its marks of order and the zeros of UTF-16 taken out."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:16]:
        return head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")
