"""
The pages in an archive (MHTML, RFC 2557): a message of several parts, as browsers and Word save it.

Python's own reader of messages takes a level of the stack for each part within a part, and copies
each of them; here parts are found by their boundary and only those that are text are unpacked.
"""

import binascii
import quopri
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from typing import NamedTuple

from tdkt_parse.exceptions import TooLarge, Unreadable

MOST_PARTS = 5000
MOST_DEEP = 8
MOST_HEADER = 65536
MOST_PAGES = 50


class Part(NamedTuple):
    """A page of an archive: its bytes and the encoding that the archive names."""

    data: bytes
    charset: str | None


def pages_of(data: bytes) -> list[Part]:
    """The pages of an archive, that which it is of first. Raises ``Unreadable`` if it has none."""
    count = 0
    found: list[tuple[bool, Part]] = []
    waiting: list[tuple[bytes, int]] = [(data.lstrip(b"\r\n\xef\xbb\xbf "), 0)]
    start = None
    while waiting and len(found) < MOST_PAGES:
        part, depth = waiting.pop()
        count += 1
        if count > MOST_PARTS or depth > MOST_DEEP:
            raise TooLarge(
                "The archive of the page has more parts within parts than any browser writes.",
                hint="The file may be meant to do harm: open the page and save it again.",
            )
        header, body = _split_header(part)
        kind = header.get_content_type()
        if kind.startswith("multipart/"):
            start = start or str(header.get_param("start", "") or "").strip("<> ")
            parts = list(_parts(body, str(header.get_boundary() or ""), MOST_PARTS))
            waiting += [(one, depth + 1) for one in reversed(parts)]
        elif kind in ("text/html", "application/xhtml+xml"):
            page = Part(_unpacked(body, header), header.get_content_charset())
            root = bool(start) and str(header.get("Content-ID", "")).strip("<> ") == start
            found.append((root, page))
    if not found:
        raise Unreadable(
            "The archive holds no page of text, or it was cut short.",
            hint="Open the page in a browser and save it again.",
        )
    return [page for _, page in sorted(found, key=lambda pair: not pair[0])]


def _split_header(part: bytes) -> tuple[Message, bytes]:
    end, width = min(
        ((at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := part.find(mark)) >= 0),
        default=(len(part), 0),
    )
    if part.startswith((b"\r\n", b"\n")):  # A part may have no header at all.
        end, width = 0, 2 if part.startswith(b"\r\n") else 1
    if end > MOST_HEADER:
        raise TooLarge(
            f"A header in the archive of the page is longer than {MOST_HEADER:,} bytes.",
            hint="The file may be meant to do harm: open the page and save it again.",
        )
    return BytesHeaderParser().parsebytes(part[:end]), part[end + width :]


def _parts(body: bytes, boundary: str, most: int) -> Iterator[bytes]:
    """What stands between the lines of a boundary (RFC 2046, 5.1.1)."""
    if not boundary:
        return
    mark = b"--" + boundary.encode("utf-8", "surrogateescape")
    at = 0 if body.startswith(mark) else body.find(b"\n" + mark) + 1
    if not body.startswith(mark) and at == 0:
        return
    for _ in range(most):
        end = body.find(b"\n", at)
        if end < 0 or body.startswith(b"--", at + len(mark)):
            return
        following = body.find(b"\n" + mark, end)
        stop = len(body) if following < 0 else following
        yield body[end + 1 : stop].removesuffix(b"\r")
        if following < 0:
            return
        at = following + 1


def _unpacked(body: bytes, header: Message) -> bytes:
    packing = str(header.get("Content-Transfer-Encoding", "")).strip().lower()
    if packing == "quoted-printable":
        return quopri.decodestring(body)
    if packing == "base64":
        try:
            return binascii.a2b_base64(body)
        except binascii.Error as error:
            raise Unreadable(
                "The page in the archive is broken: it is no base64.",
                hint="Open the page in a browser and save it again.",
            ) from error
    return body
