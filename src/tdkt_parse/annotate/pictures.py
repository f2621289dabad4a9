"""
The pages of a PDF or a picture file drawn, with the boxes of what was read and what it was read as.

For the eye: what was missed has no box, what was misread has the wrong name. The names are those of
the Plan's JSON, so that a value can be found in it. Of a scan the words are tinted of which OCR was
not sure.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pypdfium2 import PdfiumError

from tdkt_parse.exceptions import UnsupportedFormat
from tdkt_parse.layout import Words
from tdkt_parse.models import Box, Evidence, Plan
from tdkt_parse.readers.pdf import is_pdf
from tdkt_parse.readers.pdf.pdfium import LOCK
from tdkt_parse.readers.scan import is_picture

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
UNSURE = 0.7
"""Confidence of OCR under which a word is tinted."""
_TINT = (255, 90, 0)
_ROW = 16
"""Dots: a row of the legend."""


class Drawing(NamedTuple):
    """A value to be drawn: its name, what it was read as, its boxes."""

    name: str
    field: str
    boxes: list[Box]


def draw_pages(
    data: bytes,
    plan: Plan,
    folder: Path,
    *,
    words: Words | None = None,
    password: str | None = None,
) -> list[Path]:
    """
    Write a picture of each page into a folder, which is made if need be; the files, in order.

    ``words`` are those of the document, of which the unsure are tinted. Raises
    ``UnsupportedFormat`` for a file that is neither a PDF nor a picture, ``OSError`` where the
    folder cannot be written to.
    """
    pages = pages_shown(data, password=password)
    if pages is None:
        raise UnsupportedFormat(
            "Pictures of pages are made of PDF and picture files only.",
            hint="Save the document as a PDF.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    drawings = list(drawings_of(plan))
    unsure = _unsure(words)
    found: list[Path] = []
    for page in pages:
        mine = [d for d in drawings if any(b.page == page.number for b in d.boxes)]
        picture = _drawn(page.picture, page.number, mine, unsure.get(page.number, []), page.scale)
        digits = max(len(str(page.of)), 2)
        path = folder / f"page-{page.number:0{digits}}.png"
        _write(path, picture)
        found.append(path)
    return found


class Shown(NamedTuple):
    """A page as it is shown: its number, of how many, its picture, the dots of a point."""

    number: int
    of: int
    picture: "Image"
    scale: float


def pages_shown(
    data: bytes, *, password: str | None = None, first: int = 1, last: int | None = None
) -> Iterator[Shown] | None:
    """The pages of a PDF or a picture file, from one to another; ``None`` of any other file."""
    if is_picture(data):
        return _pages_of_pictures(data, first, last)
    return _pages_of_pdf(data, password, first, last) if is_pdf(data) else None


def page_sizes(data: bytes, *, password: str | None = None) -> list[tuple[float, float]]:
    """The width and height of each page of a PDF, in points; (0, 0) of one that is damaged."""
    with _opened_pdf(data, password) as document:
        sizes = []
        for index in range(len(document)):
            try:
                page = document[index]
                sizes.append(page.get_size())
                page.close()
            except PdfiumError:
                sizes.append((0.0, 0.0))
        return sizes


@contextmanager
def _opened_pdf(data: bytes, password: str | None) -> Iterator[Any]:
    import pypdfium2

    with LOCK:
        try:
            document = pypdfium2.PdfDocument(data, password=password)
        except pypdfium2.PdfiumError:
            document = pypdfium2.PdfDocument(data)  # As the reader does.
        try:
            yield document
        finally:
            document.close()


def _pages_of_pdf(
    data: bytes, password: str | None, first: int, last: int | None
) -> Iterator[Shown]:
    with _opened_pdf(data, password) as document:
        document.init_forms()
        for index in range(first - 1, min(last or len(document), len(document))):
            try:
                page = document[index]
            except PdfiumError:
                continue  # What cannot be read cannot be drawn.
            longest = max(*page.get_size(), 1.0)
            scale = min(SCALE, MOST_DOTS / longest)
            picture = page.render(scale=scale).to_pil().convert("RGB")
            page.close()
            yield Shown(index + 1, len(document), picture, scale)


def _pages_of_pictures(data: bytes, first: int, last: int | None) -> Iterator[Shown]:
    from PIL import Image

    from tdkt_parse.readers.scan.images import count_pages, open_pictures, read_page

    with open_pictures(data) as image:
        of = count_pages(image)
        for number in range(first, min(last or of, of) + 1):
            sheet = read_page(image, number - 1)
            if sheet is None:
                continue
            dots: Any = sheet.picture if sheet.picture.ndim == 2 else sheet.picture[:, :, ::-1]
            page = Image.fromarray(dots).convert("RGB")
            per_point = sheet.resolution / 72
            scale = min(SCALE, per_point, MOST_DOTS * per_point / max(page.size))
            size = [max(round(side * scale / per_point), 1) for side in page.size]
            yield Shown(number, of, page.resize((size[0], size[1])), scale)


def _unsure(words: Words | None) -> dict[int, list[Box]]:
    """The boxes of the words that OCR was not sure of, by their pages."""
    found: dict[int, list[Box]] = {}
    for index, sure in zip(count(), words.confidences if words else (), strict=False):
        if words and not isnan(sure) and sure < UNSURE:
            box = Box(**words[index].box._asdict())
            found.setdefault(box.page, []).append(box)
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


def _drawn(
    picture: "Image", page: int, drawings: list[Drawing], unsure: list[Box], scale: float
) -> "Image":
    """A page with the boxes of its values over it, each named once, and what the colours mean."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(11)
    veil = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(veil)
    labels: list[tuple[float, float, str, tuple[int, int, int]]] = []
    for box in unsure:
        edges = [box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale]
        if edges[0] <= edges[2] and edges[1] <= edges[3]:
            pen.rectangle(edges, fill=(*_TINT, 90))
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
    marked = Image.alpha_composite(picture.convert("RGBA"), veil).convert("RGB")
    told = [(field, colour) for field, colour in _COLOURS.items()
            if any(drawing.field == field for drawing in drawings)]  # fmt: skip
    return _with_legend(marked, told, unsure=bool(unsure))


def _with_legend(
    picture: "Image", told: list[tuple[str, tuple[int, int, int]]], *, unsure: bool
) -> "Image":
    """A page with what its colours mean in rows below it."""
    from PIL import Image, ImageDraw, ImageFont

    if unsure:
        told = [*told, (f"a word OCR was less than {UNSURE:.0%} sure of", _TINT)]
    font = ImageFont.load_default(11)
    measure = ImageDraw.Draw(picture)
    places: list[tuple[float, int]] = []
    x, row = 6.0, 0
    for name, _ in told:
        width = measure.textlength(name, font) + 26
        if x > 6 and x + width > picture.width:
            x, row = 6.0, row + 1
        places.append((x, row))
        x += width
    if not told:
        return picture
    made = Image.new("RGB", (picture.width, picture.height + (row + 1) * _ROW + 6), "white")
    made.paste(picture, (0, 0))
    pen = ImageDraw.Draw(made)
    pen.line([0, picture.height, picture.width, picture.height], fill=(120, 120, 120))
    for (name, colour), (left, down) in zip(told, places, strict=True):
        top = picture.height + 5 + down * _ROW
        pen.rectangle([left, top + 1, left + 9, top + 10], fill=colour)
        pen.text((left + 13, top - 1), name, fill=(40, 40, 40), font=font)
    return made


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
