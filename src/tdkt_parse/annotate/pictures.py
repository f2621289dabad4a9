"""
The pages of a PDF as pictures, each with the boxes of what was read on it and what it was read as.

For the eye: what was missed has no box, what was misread has the wrong name. The names are those of
the Plan's JSON, so that a value can be found in it.
"""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tdkt_parse.exceptions import UnsupportedFormat
from tdkt_parse.models import Box, Evidence, Plan
from tdkt_parse.readers.pdf import is_pdf
from tdkt_parse.readers.pdf.pdfium import LOCK

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SCALE = 1.6
"""Dots a point: some 115 an inch, at which the smallest print can still be read."""
MOST_DOTS = 2400
"""On the longer side of a page."""

_COLOURS = {
    "number": (214, 39, 40),
    "date": (214, 39, 40),
    "place": (214, 39, 40),
    "issuer": (148, 103, 189),
    "title": (227, 119, 194),
    "legal_bases": (140, 86, 75),
    "citations": (188, 120, 20),
    "purpose": (44, 160, 44),
    "requirements": (23, 150, 110),
    "sections": (120, 120, 120),
    "tasks": (31, 119, 180),
    "implementation": (255, 127, 14),
    "budget": (110, 140, 20),
    "recipients": (23, 160, 190),
    "signature": (200, 0, 120),
    "appendices": (90, 90, 160),
    "footnotes": (150, 90, 200),
    "body": (90, 90, 90),
    "marks": (170, 170, 170),
}
_OTHER = (60, 60, 60)


class Drawing(NamedTuple):
    """A value to be drawn: its name, what it was read as, its boxes."""

    name: str
    field: str
    boxes: list[Box]


def draw_pages(data: bytes, plan: Plan, folder: Path, *, password: str | None = None) -> list[Path]:
    """
    Write a picture of each page into a folder, which is made if need be; the files, in order.

    Raises ``UnsupportedFormat`` for a file that is no PDF, ``OSError`` where the folder cannot be
    written to.
    """
    if not is_pdf(data):
        raise UnsupportedFormat(
            "Pictures of pages are made of PDF files only.", hint="Save the document as a PDF."
        )
    folder.mkdir(parents=True, exist_ok=True)
    drawings = list(drawings_of(plan))
    with LOCK:
        return _pictures(data, password, folder, drawings)


def _pictures(
    data: bytes, password: str | None, folder: Path, drawings: Sequence[Drawing]
) -> list[Path]:
    import pypdfium2

    found: list[Path] = []
    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError:
        document = pypdfium2.PdfDocument(data)  # As the reader does.
    try:
        document.init_forms()
        digits = max(len(str(len(document))), 2)
        for index in range(len(document)):
            try:
                page = document[index]
            except pypdfium2.PdfiumError:
                continue  # What cannot be read cannot be drawn.
            longest = max(*page.get_size(), 1.0)
            scale = min(SCALE, MOST_DOTS / longest)
            picture = page.render(scale=scale).to_pil().convert("RGB")
            page.close()
            mine = [d for d in drawings if any(b.page == index + 1 for b in d.boxes)]
            path = folder / f"page-{index + 1:0{digits}}.png"
            _write(path, _drawn(picture, index + 1, mine, scale))
            found.append(path)
    finally:
        document.close()
    return found


def drawings_of(plan: Plan) -> Iterator[Drawing]:
    """Every value of a Plan that has boxes, the larger ones first."""
    for field in type(plan).model_fields:
        if field != "diagnostics":
            yield from _within(getattr(plan, field), field, field)


def _within(value: Any, name: str, field: str) -> Iterator[Drawing]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _within(item, f"{name}[{number}]", field)
        return
    evidence = getattr(value, "evidence", None)
    if isinstance(evidence, Evidence) and evidence.boxes:
        role = getattr(value, "role", None)
        said = f"{name} {role}" if role and field in ("sections", "marks") else name
        yield Drawing(said, field, evidence.boxes)
    for inner in getattr(type(value), "model_fields", ()):
        if inner != "evidence":
            yield from _within(getattr(value, inner), f"{name}.{inner}", field)


def _drawn(picture: "Image", page: int, drawings: list[Drawing], scale: float) -> "Image":
    """A page with the boxes of its values over it, each named once."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(11)
    veil = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(veil)
    labels: list[tuple[float, float, str, tuple[int, int, int]]] = []
    for drawing in drawings:
        colour = _COLOURS.get(drawing.field, _OTHER)
        boxes = [box for box in drawing.boxes if box.page == page]
        for box in boxes:
            edges = [box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale]
            if edges[0] <= edges[2] and edges[1] <= edges[3]:
                _mark(pen, edges, drawing.field, colour)
        if boxes:
            labels.append((boxes[0].x0 * scale, boxes[0].y0 * scale, drawing.name, colour))
    taken: list[tuple[float, float, float, float]] = []
    for x, y, name, colour in labels:
        width = pen.textlength(name, font)
        # Left of the value, in the margin; above it where the margin is too narrow.
        left, top = (x - width - 4, y - 1) if x > width + 4 else (x, y - 12)
        place = _free(taken, (left, top, left + width + 3, top + 12))
        taken.append(place)
        pen.rectangle(place, fill=(255, 255, 255, 215), outline=(*colour, 255))
        pen.text((place[0] + 2, place[1]), name, fill=(*colour, 255), font=font)
    return Image.alpha_composite(picture.convert("RGBA"), veil).convert("RGB")


def _mark(pen: "ImageDraw", edges: list[float], field: str, colour: tuple[int, int, int]) -> None:
    """A citation is underlined, all else framed: citations stand within other values."""
    if field == "citations":
        pen.line([edges[0], edges[3], edges[2], edges[3]], fill=(*colour, 255), width=2)
    else:
        pen.rectangle(edges, fill=(*colour, 34), outline=(*colour, 150))


def _free(
    taken: list[tuple[float, float, float, float]], place: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """The first place for a label from one on downwards that no other label has."""
    x0, y0, x1, y1 = place
    for _ in range(40):
        if not any(x0 < b[2] and b[0] < x1 and y0 < b[3] and b[1] < y1 for b in taken):
            break
        y0, y1 = y0 + 6, y1 + 6
    return x0, y0, x1, y1


def _write(path: Path, picture: "Image") -> None:
    """Write a picture whole or not at all."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    part = path.with_suffix(".part")
    part.write_bytes(buffer.getvalue())
    part.replace(path)
