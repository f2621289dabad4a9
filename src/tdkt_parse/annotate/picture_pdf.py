"""
The pictures of a file as the pages of a PDF, each as large as it is read to be.

A JPEG goes in as it is, so that not a dot of it is changed; another picture without loss.
"""

import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from tdkt_parse.readers.scan.images import Sheet

A4 = (595.28, 841.89)
"""Points: of the blank page in the place of a picture that is broken."""
_ORIENTATION = 0x0112
_TURNS = {1: 0, 6: 90, 3: 180, 8: 270}
"""How a camera was held (EXIF), as degrees to the right; others are mirrored too."""


class Picture(NamedTuple):
    """A picture as it stands in a PDF: its entries, its bytes, the degrees it is turned by."""

    entries: bytes
    body: bytes
    turn: int


def pdf_of_pictures(data: bytes) -> bytes:
    """A PDF with a page for each picture of a file, in order."""
    from tdkt_parse.readers.scan.images import count_pages, open_pictures, read_page

    bodies: dict[int, bytes] = {}
    with open_pictures(data) as image:
        count = count_pages(image)
        for index in range(count):
            sheet = read_page(image, index)
            for place, body in enumerate(_page(data, image, sheet)):
                bodies[3 + 3 * index + place] = body
    kids = b" ".join(b"%d 0 R" % (3 + 3 * index) for index in range(count))
    bodies[1] = b"<</Type/Catalog/Pages 2 0 R>>"
    bodies[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
    for index in range(count):
        number = 3 + 3 * index
        bodies[number] = bodies[number] % (number + 1, number + 2)
    return _file(bodies)


def _page(data: bytes, image: Any, sheet: "Sheet | None") -> Iterator[bytes]:
    """A page with room for the numbers of the next two, what it draws, and its picture."""
    if sheet is None:
        wide, high = A4
        picture = Picture(_entries(1, 1, b"DeviceGray", 1), zlib.compress(b"\x80"), 0)
    else:
        high, wide = (side * 72 / sheet.resolution for side in sheet.picture.shape[:2])
        picture = _as_it_is(data, image) or _packed(sheet, bilevel=image.mode == "1")
    if picture.turn % 180:
        wide, high = high, wide
    box = b"[0 0 %.3f %.3f]" % (wide, high)
    yield (
        b"<</Type/Page/Parent 2 0 R/MediaBox%s/Rotate %d/Contents %%d 0 R"
        b"/Resources<</XObject<</Im %%d 0 R>>>>>>" % (box, picture.turn)
    )
    yield _stream(b"", b"q %.3f 0 0 %.3f 0 0 cm /Im Do Q" % (wide, high))
    yield _stream(picture.entries, picture.body)


def _as_it_is(data: bytes, image: Any) -> Picture | None:
    """A JPEG that a viewer unpacks itself; ``None`` for another picture."""
    spaces = {"L": b"DeviceGray", "RGB": b"DeviceRGB"}
    if image.format != "JPEG" or image.mode not in spaces:
        return None
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    if turn is None:
        return None
    from PIL import Image

    # Where the picture was unpacked smaller, it no longer says how large it is.
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as whole:
        wide, high = whole.size
    entries = _entries(wide, high, spaces[image.mode], 8, b"DCTDecode")
    return Picture(entries, data, turn)


def _packed(sheet: "Sheet", *, bilevel: bool) -> Picture:
    import numpy as np

    dots = sheet.picture
    high, wide = dots.shape[:2]
    if dots.ndim == 3:
        body = np.ascontiguousarray(dots[:, :, ::-1]).tobytes()
        entries = _entries(wide, high, b"DeviceRGB", 8)
    elif bilevel and not sheet.reduced:
        body, entries = (
            np.packbits(dots > 0, axis=1).tobytes(),
            _entries(wide, high, b"DeviceGray", 1),
        )
    else:
        body, entries = dots.tobytes(), _entries(wide, high, b"DeviceGray", 8)
    return Picture(entries, zlib.compress(body), 0)


def _entries(wide: int, high: int, space: bytes, bits: int, way: bytes = b"FlateDecode") -> bytes:
    return (
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%s/BitsPerComponent %d"
        b"/Filter/%s" % (wide, high, space, bits, way)
    )


def _stream(entries: bytes, body: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(body), body)


def _file(bodies: dict[int, bytes]) -> bytes:
    """The objects of a file, and the table of where they are (ISO 32000-1, 7.5)."""
    parts = [b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"]
    at, places = len(parts[0]), []
    for number, body in sorted(bodies.items()):
        places.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        at += len(parts[-1])
    rows = b"".join(b"%010d 00000 n\r\n" % place for place in places)
    size = len(places) + 1
    parts.append(b"xref\n0 %d\n0000000000 65535 f\r\n%s" % (size, rows))
    parts.append(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, at))
    return b"".join(parts)
