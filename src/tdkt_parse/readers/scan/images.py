"""
Pictures of pages: a page of a PDF as pdfium draws it, the pages of a picture file as Pillow has them.

A page of more than ``MOST_DOTS`` is decoded at a lower resolution.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from tdkt_parse.exceptions import TooLarge, Unreadable
from tdkt_parse.readers.pdf.pdfium import Handle, Pdf, Shape, open_page

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]

MOST_DOTS = 40_000_000
MOST_BYTES = 160_000_000
"""Of a picture as it has to be unpacked before it can be made smaller."""
MOST_PAGES = 2_000
COARSEST, FINEST = 150, 300
"""Dots an inch at which pages are drawn; finer reads no better."""
MOST_OBJECTS = 2_000
"""Of a page, among which its pictures are looked for."""
LONGEST_SIDE = 11.69
"""Inches: the longer side of A4, which a picture is taken to be where it does not say its size."""


class Sheet(NamedTuple):
    """A page's picture, grey or in colour (blue, green, red); its resolution in dots an inch."""

    picture: "Picture"
    resolution: float
    reduced: bool = False
    """Whether it has fewer dots than the file, for its size."""


def draw_page(page: Handle, shape: Shape) -> Sheet:
    """A page of a PDF as it is shown, no finer than its largest picture."""
    import ctypes

    import numpy as np
    from pypdfium2 import raw

    area = max(shape.width, 1) / 72 * max(shape.height, 1) / 72
    wanted = min(max(resolution_of(page) or FINEST, COARSEST), FINEST)
    resolution = min(wanted, sqrt(MOST_DOTS / area))
    wide = max(round(shape.width / 72 * resolution), 1)
    high = max(round(shape.height / 72 * resolution), 1)
    dots = np.full((high, wide, 3), 255, np.uint8)
    bitmap = raw.FPDFBitmap_CreateEx(
        wide, high, raw.FPDFBitmap_BGR, ctypes.c_void_p(dots.ctypes.data), wide * 3
    )
    if not bitmap:
        raise MemoryError
    try:
        handle = ctypes.cast(page, raw.FPDF_PAGE)
        raw.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, wide, high, 0, raw.FPDF_ANNOT)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return Sheet(dots, resolution, reduced=resolution < wanted)


def resolution_of(page: Handle) -> float | None:
    """The resolution of the largest picture on a page; ``None`` where there is none."""
    import ctypes

    from pypdfium2 import raw

    handle = ctypes.cast(page, raw.FPDF_PAGE)
    found: list[tuple[float, float]] = []
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(min(raw.FPDFPage_CountObjects(handle), MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(handle, index)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        if not raw.FPDFImageObj_GetImagePixelSize(item, wide, high):
            continue
        if not raw.FPDFPageObj_GetBounds(item, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        area = abs((right - left) * (top - bottom)) / 72 / 72
        if area > 0:
            found.append((area, sqrt(wide.value * high.value / area)))
    return max(found)[1] if found else None


def draw_pdf_page(pdf: Pdf, index: int, shape: Shape) -> Sheet | None:
    """The same of a file; ``None`` for a page that pdfium can make nothing of."""
    with open_page(pdf, index) as page:
        return draw_page(page, shape) if page else None


# -- picture files


@contextmanager
def open_pictures(data: bytes) -> Iterator[Any]:
    """A picture file while it is open, ``Unreadable`` for a broken one."""
    import warnings

    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Of its size, which is looked at here.
            image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "TIFF"))
    except Image.DecompressionBombError as error:
        raise _bomb() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise _broken() from error
    with image:
        yield image


def count_pages(image: Any) -> int:
    """How many pages a picture file has."""
    try:
        count = int(getattr(image, "n_frames", 1))
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError) as error:
        raise _broken() from error
    if getattr(image, "format", "") != "TIFF":
        count = 1
    if count > MOST_PAGES:
        raise TooLarge(
            f"The picture has {count:,} pages, more than {MOST_PAGES:,}.",
            hint="A plan has some ten: divide it, or check that it is one.",
        )
    return count


def read_page(image: Any, index: int) -> Sheet | None:
    """A page of a picture file, upright as its camera says; ``None`` for a broken one."""
    import warnings

    import numpy as np
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.seek(index)
            wide, high = image.size
            reduced = False
            if wide * high > MOST_DOTS and image.format == "JPEG":
                scale = sqrt(MOST_DOTS / (wide * high))
                image.draft("RGB", (int(wide * scale / 2), int(high * scale / 2)))
            bits = 1 if image.mode == "1" else 8 * len(image.getbands())
            if image.size[0] * image.size[1] * bits / 8 > MOST_BYTES:
                raise _bomb()
            dots_inch = _resolution(image, wide, high)
            page = image
            if page.size[0] * page.size[1] > MOST_DOTS:
                page = page.convert("L") if page.mode == "1" else page
                page = page.reduce(2 if page.size[0] * page.size[1] <= 4 * MOST_DOTS else 4)
            reduced = page.size[0] < wide
            dots_inch *= page.size[0] / wide
            page = ImageOps.exif_transpose(page)
            if page.mode in ("RGBA", "LA", "PA") or "transparency" in page.info:
                page = page.convert("RGBA")
                ground = Image.new("RGBA", page.size, (255, 255, 255, 255))
                page = Image.alpha_composite(ground, page).convert("RGB")
            if page.mode.startswith("I"):  # 16 bits a dot.
                dots = np.asarray(page).astype(np.float32)
                most = max(float(dots.max(initial=1)), 1.0)
                return Sheet((dots * (255 / most)).astype(np.uint8), dots_inch, reduced)
            if page.mode in ("1", "L"):
                return Sheet(np.array(page.convert("L")), dots_inch, reduced)
            colours = np.array(page.convert("RGB"))
            return Sheet(np.ascontiguousarray(colours[:, :, ::-1]), dots_inch, reduced)
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, OverflowError):
        return None


def _resolution(image: Any, wide: int, high: int) -> float:
    """Dots an inch as the file says, where that makes a sheet of some paper's size; else guessed."""
    try:
        said = float(image.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        said = 0.0
    longest = max(wide, high)
    if 60 <= said <= 1300 and 5 <= longest / said <= 24:
        return said
    return min(max(longest / LONGEST_SIDE, 40.0), 1200.0)


def _broken() -> Unreadable:
    return Unreadable(
        "The picture is broken.",
        hint="Copy or scan it again; if it opens in a viewer, save it anew from there.",
    )


def _bomb() -> TooLarge:
    return TooLarge(
        "A page of the picture unpacks to more than is read.",
        hint="Scan it at 300 dots an inch, or save it smaller.",
    )
