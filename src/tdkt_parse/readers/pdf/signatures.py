"""
Digital signatures of a PDF: who signed, and when, as the file says; whether that holds is not
checked.

The name is that of the certificate which the signature was made with (PKCS #7 SignedData, RFC 5652,
5.1 and 5.3), else that of the signature's dictionary (ISO 32000-1, 12.8.1).
"""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

from pypdfium2 import raw

from tdkt_parse.layout import Stamp
from tdkt_parse.readers.pdf.pdfium import Pdf

MOST = 64
"""Signatures of a file that are looked at."""
MOST_BYTES = 1_000_000
MOST_ITEMS = 64
"""Of one value: certificates, names, fields."""
_COMMON_NAME = bytes.fromhex("0603550403")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")


def read_signatures(pdf: Pdf) -> tuple[Stamp, ...]:
    """The signatures of a file in its order, those that say the same once."""
    count = min(raw.FPDF_GetSignatureCount(pdf.document), MOST)
    stamps = (_stamp(raw.FPDF_GetSignatureObject(pdf.document, k)) for k in range(count))
    return tuple(dict.fromkeys(stamp for stamp in stamps if any(stamp)))


def _stamp(signature: Any) -> Stamp:
    time = _bytes(raw.FPDFSignatureObj_GetTime, signature).rstrip(b"\0").decode("latin-1")
    held = _bytes(raw.FPDFSignatureObj_GetContents, signature)
    return Stamp(_clean(signer_of(held)), _clean(time))


def _clean(text: str | None) -> str | None:
    said = " ".join(sign for sign in (text or "").split() if sign.isprintable())[:200]
    return said or None


def _bytes(ask: Callable[..., int], signature: Any) -> bytes:
    if not signature:
        return b""
    size = ask(signature, None, 0)
    if not 0 < size <= MOST_BYTES:
        return b""
    buffer = ctypes.create_string_buffer(size)
    written = ask(signature, buffer, size)
    return buffer.raw[: min(written, size)]


def signer_of(data: bytes) -> str | None:
    """The common name of the certificate that a signature names as its own; ``None`` if unclear."""
    try:
        signed = _content(data)
        parts = list(_items(signed))
        signer = next(_items(parts[-1][1]))[1]
        issuer_and_serial = list(_items(signer))[1][1]
        certificates = next((body for tag, body, _ in parts if tag == 0xA0), b"")
        for _, certificate, _ in _items(certificates):
            fields = [f for f in _items(next(_items(certificate))[1]) if f[0] != 0xA0]
            serial, issuer, subject = fields[0][2], fields[2][2], fields[4][1]
            if issuer_and_serial == issuer + serial:
                return _common_name(subject)
    except (IndexError, StopIteration, ValueError, RuntimeError):
        return None
    return None


def _content(data: bytes) -> bytes:
    """What a ContentInfo holds: the fields of its SignedData."""
    if _SIGNED_DATA not in data[:64]:
        raise ValueError("no signed data")
    outer = list(_items(next(_items(data))[1]))
    return next(_items(outer[1][1]))[1]


def _common_name(name: bytes) -> str | None:
    """The last common name in a distinguished name."""
    found = None
    for _, group, _ in _items(name):
        for _, pair, _ in _items(group):
            if pair.startswith(_COMMON_NAME):
                tag, body, _ = list(_items(pair))[1]
                found = body.decode("utf-16-be" if tag == 0x1E else "utf-8", "replace")
    return found


def _items(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The tag, the content and the whole of each value of DER, one after the other (X.690, 8.1)."""
    at = count = 0
    while at + 2 <= len(data) and count < MOST_ITEMS:
        count += 1
        start, tag, length = at, data[at], data[at + 1]
        at += 2
        if length == 0x80:
            raise ValueError("a length that is not said")
        if length > 0x80:
            more = length - 0x80
            if more > 4:
                raise ValueError("a length that no memory holds")
            length = int.from_bytes(data[at : at + more])
            at += more
        if at + length > len(data):
            raise ValueError("it breaks off")
        yield tag, data[at : at + length], data[start : at + length]
        at += length
