"""
A PDF as if it had been printed, sealed and scanned: pages that are pictures and nothing else.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from statistics import NormalDist
from typing import Literal
from unicodedata import combining, normalize

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from generator.paper import Columns, Paper

Degree = Literal["clean", "worn"]
DEGREES: tuple[Degree, ...] = ("clean", "worn")

_SEAL_RED = (206, 32, 41)
_SEAL_WIDTH = 36 / 25.4
"""Inches: the seals of offices are 35 to 38 mm wide."""
_FACES = ("DejaVuSerif-Bold.ttf", "timesbd.ttf", "LiberationSerif-Bold.ttf", "DejaVuSans-Bold.ttf")
_PROBE = "Ộ"
"""A letter that the first edition of Liberation and many other faces lack."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal: the words of its ring, and those it is put beside, the signer's name."""

    ring: str
    signer: str


@dataclass(frozen=True, slots=True)
class Wear:
    """What printing and scanning did to a page."""

    skew: float
    """Degrees."""
    blur: float
    """Radius of the blur in thousandths of an inch."""
    grain: float
    """How far the grey of a dot strays, of 255."""
    paper: tuple[int, int]
    """The grey of the paper at one edge and at the other."""
    ink: int
    """The grey of what is printed."""
    quality: int
    """JPEG quality."""


def seal_of(paper: Paper) -> Seal | None:
    """The seal of the office that signs, beside its signer's name; none on a paper without one."""
    sides = [block for block in paper.blocks if isinstance(block, Columns)]
    names = [
        line.text
        for block in sides
        if block.kind == "signature"
        for line in block.right
        if line.text.strip()
    ]
    if not names:
        return None
    heads = [block.left for block in sides if block.kind == "letterhead"]
    offices = [line.text for line in heads[0] if line.bold] if heads else []
    return Seal(" ".join(offices).upper() or "VĂN PHÒNG", names[-1])


def choose_wear(degree: Degree, rng: random.Random) -> Wear:
    """How worn one page is."""
    if degree == "clean":
        light = rng.randint(244, 255)
        return Wear(
            skew=rng.uniform(-0.4, 0.4),
            blur=rng.uniform(0.5, 1.5),
            grain=rng.uniform(1, 5),
            paper=(light, light),
            ink=rng.randint(0, 25),
            quality=rng.randint(65, 80),
        )
    return Wear(
        skew=rng.uniform(-1.5, 1.5),
        blur=rng.uniform(1.5, 3.0),
        grain=rng.uniform(8, 18),
        paper=(rng.randint(190, 225), rng.randint(215, 245)),
        ink=rng.randint(20, 70),
        quality=rng.randint(35, 60),
    )


def write_scan(
    pdf: Path,
    path: Path,
    dpi: int,
    rng: random.Random,
    *,
    degree: Degree | None = None,
    seal: Seal | None = None,
) -> Degree:
    """
    Write the PDF again as a scan of so many dots an inch; the degree of its wear, if none is given,
    is chosen.

    Pages are grey but for the one with the seal, which is red.
    """
    chosen = rng.choice(DEGREES) if degree is None else degree
    document = pypdfium2.PdfDocument(pdf)
    try:
        place = find_last(document, seal.signer) if seal else None
        pages = []
        for number in range(len(document)):
            page = document[number].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
            stamp = (seal, place[1]) if seal and place and place[0] == number else None
            pages.append(_scanned(page, choose_wear(chosen, rng), dpi, rng, stamp))
    finally:
        document.close()
    _save(pages, path, dpi)
    return chosen


def find_last(
    document: pypdfium2.PdfDocument, words: str
) -> tuple[int, tuple[float, float]] | None:
    """
    The page, and the left and upper edge in points from its top left, where words stand last.

    Names stand elsewhere too, in lists of persons; a signer's begins no further left than the
    middle third of its page.
    """
    for number in reversed(range(len(document))):
        page = document[number]
        width, height = page.get_size()
        text = page.get_textpage()
        search = text.search(words)
        found = None
        while hit := search.get_next():
            left, _, _, top = text.get_charbox(hit[0])
            if left > width * 0.3:
                found = (number, (left, height - top))
        if found:
            return found
    return None


def _scanned(
    page: Image.Image,
    wear: Wear,
    dpi: int,
    rng: random.Random,
    stamp: tuple[Seal, tuple[float, float]] | None,
) -> tuple[Image.Image, int]:
    page = page.point([wear.ink + (255 - wear.ink) * grey // 255 for grey in range(256)])
    page = ImageChops.multiply(page, background(page.size, wear, rng))
    if stamp:
        page = page.convert("RGB")
        put_seal(page, stamp[0], stamp[1], dpi, rng)
    edge = wear.paper[1]
    fill: int | tuple[int, int, int] = (edge, edge, edge) if stamp else edge
    page = page.rotate(wear.skew, Image.Resampling.BICUBIC, fillcolor=fill)
    page = page.filter(ImageFilter.GaussianBlur(wear.blur * dpi / 1000))
    return ImageChops.add(page, grain_of(page, wear.grain, rng), offset=-128), wear.quality


def background(size: tuple[int, int], wear: Wear, rng: random.Random) -> Image.Image:
    """Paper that is darker towards one of its edges."""
    low, high = wear.paper
    shade = Image.linear_gradient("L").rotate(90 * rng.randrange(4))
    shade = shade.point([low + (high - low) * grey // 255 for grey in range(256)])
    return shade.resize(size, Image.Resampling.BILINEAR)


def grain_of(page: Image.Image, spread: float, rng: random.Random) -> Image.Image:
    """Grey noise around 128, each dot by itself, spread as errors of measurement are."""
    normal = NormalDist(128, spread)
    levels = [min(max(round(normal.inv_cdf((one + 0.5) / 256)), 0), 255) for one in range(256)]
    width, height = page.size
    noise = Image.frombytes("L", page.size, rng.randbytes(width * height)).point(levels)
    return noise if page.mode == "L" else Image.merge("RGB", [noise] * 3)


def _save(pages: Sequence[tuple[Image.Image, int]], path: Path, dpi: int) -> None:
    """A PDF of the pictures, each squeezed by its own quality first, as a scanner does."""
    squeezed = []
    for page, quality in pages:
        held = BytesIO()
        page.save(held, "JPEG", quality=quality)
        squeezed.append(Image.open(held))
    squeezed[0].save(
        path, "PDF", save_all=True, append_images=squeezed[1:], resolution=dpi, quality="keep"
    )


# ---------------------------------------------------------------- the seal


def put_seal(
    page: Image.Image, seal: Seal, place: tuple[float, float], dpi: int, rng: random.Random
) -> None:
    """Put the seal over a third of the signature, left of it and above the name."""
    width = round(_SEAL_WIDTH * dpi)
    mask = _draw_seal(seal.ring, width).rotate(rng.uniform(-12, 12), Image.Resampling.BICUBIC)
    strength = rng.uniform(0.7, 0.95)
    mask = mask.point([round(grey * strength) for grey in range(256)])
    ink = Image.new("RGB", mask.size, _SEAL_RED)
    left = round(place[0] / 72 * dpi - width * rng.uniform(0.45, 0.65))
    # A name may be the first thing on its page.
    top = max(round(place[1] / 72 * dpi - width * rng.uniform(0.75, 0.95)), 0)
    under = page.crop((left, top, left + width, top + width))
    # Ink on ink: what is printed below shows through.
    both = ImageChops.multiply(under, ink)
    page.paste(both, (left, top), mask)


def _draw_seal(ring: str, width: int) -> Image.Image:
    """The seal as the strength of its ink: two rings, words between them, a star in the middle."""
    large = width * 2
    mask = Image.new("L", (large, large), 0)
    draw = ImageDraw.Draw(mask)
    centre = large / 2
    for share, thick in ((0.49, 0.022), (0.33, 0.01)):
        reach = share * large
        box = (centre - reach, centre - reach, centre + reach, centre + reach)
        draw.ellipse(box, outline=255, width=max(round(thick * large), 1))
    draw.polygon(_star(centre, large * 0.17), fill=255)
    _write_round(mask, ring, centre, large * 0.405)
    return mask.resize((width, width), Image.Resampling.LANCZOS)


def _star(centre: float, reach: float) -> list[tuple[float, float]]:
    return [
        (
            centre + reach * (0.4 if point % 2 else 1) * math.sin(point * math.pi / 5),
            centre - reach * (0.4 if point % 2 else 1) * math.cos(point * math.pi / 5),
        )
        for point in range(10)
    ]


def _write_round(mask: Image.Image, words: str, centre: float, radius: float) -> None:
    """Write words along a circle, clockwise from its lower left."""
    size = round(radius * 0.26)
    font, complete = _font(size)
    words = words if complete else _plain(words)
    step = math.radians(min(300 / max(len(words), 1), 16))
    angle = -step * (len(words) - 1) / 2
    for letter in words:
        tile = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size), letter, fill=255, font=font, anchor="mm")
        tile = tile.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        left = round(centre + radius * math.sin(angle) - size)
        top = round(centre - radius * math.cos(angle) - size)
        mask.paste(255, (left, top), tile)
        angle += step


@cache
def _font(size: int) -> tuple[ImageFont.FreeTypeFont | ImageFont.ImageFont, bool]:
    """A face, and whether it has the letters of Vietnamese: where the system has such a one."""
    for name in _FACES:
        try:
            font = ImageFont.truetype(name, size)
        except OSError:
            continue
        if bytes(font.getmask(_PROBE)) != bytes(font.getmask("\uffff")):
            return font, True
    return ImageFont.load_default(size), False


def _plain(text: str) -> str:
    """Letters without their marks."""
    return "".join(c for c in normalize("NFD", text) if not combining(c)).replace("Đ", "D")
