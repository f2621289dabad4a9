"""
Typed PDFs made into scans: the same pages clean and worn, at 200 and at 300 dots an inch.

A clean scan is the page as a picture, grey and not squeezed. A worn one is turned by half a degree
to one and a half, blurred, uneven in its grey, with noise and specks, squeezed by JPEG, and where
its signer stands there are a red seal and a blue signature over what is printed. Chance is seeded
by the names of the file, of the variant and of the split: a scan can be made again.
"""

import hashlib
import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from datasets import CORPUS, GENERATED, GOLD, Case, Dataset, generated

sys.path.insert(0, str(CORPUS))  # The generator is a program of its own.

from generate import dice
from generator.writers import scan as photographed
from generator.writers.scan import DEGREES, Seal, Wear, background, find_last, grain_of, put_seal

Split = Literal["dev", "test"]
Place = tuple[float, float]

PLANS = {"dev": 6, "test": 40}
"""Generated plans that are scanned, by split: 40 at 300 and at 200 dots are over 200 pages."""
SEEDS = {"dev": 1, "test": 30_000}
VARIANTS = ("clean300", "clean200", "worn300", "worn200")
QUALITY = 50
"""Of the JPEG of worn pages."""
INK = 38
BLUE = (52, 62, 150)
SPECKS = 1.5
"""On a square inch."""


@dataclass(frozen=True, slots=True)
class Scans:
    """Scans of one make, each with the typed PDF that it is of."""

    dataset: Dataset
    typed: tuple[Path, ...]

    @property
    def name(self) -> str:
        return self.dataset.name


def made(split: Split, variants: Sequence[str] = VARIANTS) -> Iterator[Scans]:
    """
    The scans that are made here: of the corpus's PDFs to report figures on, of generated ones of
    the development split to choose by.
    """
    for variant in variants:
        yield scanned(sources(split), variant, split)


def sources(split: Split) -> list[Case]:
    """The typed PDFs that are made into scans."""
    if split == "test":
        return [
            Case(path.stem, CORPUS / f"{path.stem}.pdf", json.loads(path.read_text("utf-8")))
            for path in sorted(GOLD.glob("pdf_*.json"))
        ]
    return list(generated(["pdf"], PLANS["dev"], split="dev", seed=SEEDS["dev"])[0].cases)


def scanned(cases: Sequence[Case], variant: str, split: Split) -> Scans:
    """Scans of typed PDFs in one variant; what is there is not made again."""
    folder = GENERATED / f"scans-{split}-{_maker()[:12]}" / variant
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for case in cases:
        path = folder / f"{case.name}.pdf"
        if not path.exists():
            rng = random.Random(f"{split} {case.name} {variant}")  # noqa: S311 - had again
            _write(case, path, variant, rng)
        found.append(Case(case.name, path, case.gold, case.traits))
    return Scans(Dataset(variant, tuple(found)), tuple(case.document for case in cases))


def printed(split: Split, count: int) -> Iterator[Scans]:
    """Generated plans as the generator itself scans them, clean and worn by chance."""
    seed = SEEDS[split]
    pdf, *scans = generated(["pdf", "scan300", "scan200"], count, split=split, seed=seed)
    for one in scans:
        yield Scans(one, tuple(case.document for case in pdf.cases))


def degree_of(case: Case) -> str:
    """Whether the generator made a scan clean or worn: its dice are thrown again."""
    folder = case.document.parent
    _, seed, *_ = folder.parent.name.split("-")
    return dice(int(seed), int(seed) + int(case.name), folder.name).choice(DEGREES)


def variant_of(name: str) -> str:
    """
    The variant that a set is of, whoever made it.

    >>> [variant_of(name) for name in ("clean300", "given deg200", "generated scan300, worn")]
    ['clean300', 'worn200', 'worn300']
    """
    dpi = "200" if "200" in name else "300"
    return f"{'clean' if 'clean' in name else 'worn'}{dpi}"


def in_folder(folder: Path, wanted: Sequence[str] = VARIANTS) -> Iterator[Scans]:
    """
    Scans in a folder, ``NAME_scan_VARIANT.pdf`` beside the typed ``NAME.pdf``, by variant.

    Those of the corpus's own plans have its answers.
    """
    variants: dict[str, list[tuple[Path, Path]]] = {}
    for path in sorted(folder.glob("*_scan_*.pdf")):
        name, _, variant = path.stem.rpartition("_scan_")
        if (folder / f"{name}.pdf").exists():
            variants.setdefault(variant, []).append((path, folder / f"{name}.pdf"))
    known = {_digest(case.document): case.gold for case in sources("test")}
    for variant, found in variants.items():
        if variant_of(variant) not in wanted:
            continue
        cases = tuple(Case(scan.stem, scan, known.get(_digest(pdf), {})) for scan, pdf in found)
        yield Scans(Dataset(f"given {variant}", cases), tuple(pdf for _, pdf in found))
    for worn, pairs in variants.items():
        if not worn.endswith("300"):
            continue
        smaller = f"{worn.removesuffix('300')}200"
        if smaller not in variants and variant_of(smaller) in wanted:
            yield _smaller(worn, pairs, known)


def _smaller(variant: str, pairs: Sequence[tuple[Path, Path]], known: dict[str, Any]) -> Scans:
    """Scans of 300 dots an inch as ones of 200 with the same damage."""
    name = f"{variant.removesuffix('300')}200"
    digest = hashlib.sha256(b"".join(scan.read_bytes() for scan, _ in pairs)).hexdigest()
    folder = GENERATED / f"scans-given-{digest[:12]}" / name
    folder.mkdir(parents=True, exist_ok=True)
    cases = []
    for scan, pdf in pairs:
        path = folder / scan.name
        if not path.exists():
            pages: list[tuple[Image.Image, int | None]] = []
            with pypdfium2.PdfDocument(scan) as document:
                for page in document:
                    picture = page.render(scale=300 / 72).to_pil()
                    size = (round(picture.width * 2 / 3), round(picture.height * 2 / 3))
                    small = picture.resize(size, Image.Resampling.LANCZOS)
                    coloured = "clean" not in variant
                    pages.append((small, QUALITY) if coloured else (small.convert("L"), None))
            save(pages, path, 200)
        cases.append(Case(scan.stem, path, known.get(_digest(pdf), {})))
    return Scans(Dataset(f"given {name}", tuple(cases)), tuple(pdf for _, pdf in pairs))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _maker() -> str:
    """SHA-256 of what makes scans."""
    digest = hashlib.sha256()
    for path in (Path(__file__), Path(photographed.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


# ---------------------------------------------------------------- damage


def _write(case: Case, path: Path, variant: str, rng: random.Random) -> None:
    dpi = int(variant[-3:])
    seal = _seal(case.gold)
    pages: list[tuple[Image.Image, int | None]] = []
    with pypdfium2.PdfDocument(case.document) as document:
        place = find_last(document, seal.signer) if seal else None
        for number in range(len(document)):
            page = document[number].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
            if variant.startswith("clean"):
                pages.append((page, None))
                continue
            stamp = (seal, place[1]) if seal and place and place[0] == number else None
            pages.append((wear_out(page, dpi, rng, stamp), QUALITY))
    save(pages, path, dpi)


def _seal(gold: dict[str, Any]) -> Seal | None:
    signer = (gold.get("signature") or {}).get("signer")
    if not signer:
        return None
    issuer = gold.get("issuer") or "ỦY BAN NHÂN DÂN"
    return Seal((issuer if isinstance(issuer, str) else issuer[-1]).upper(), signer)


def wear_out(
    page: Image.Image, dpi: int, rng: random.Random, stamp: tuple[Seal, Place] | None
) -> Image.Image:
    """A page as a poor scanner gives it."""
    wear = Wear(
        skew=rng.choice((-1, 1)) * rng.uniform(0.5, 1.5),
        blur=2.3,
        grain=11,
        paper=(rng.randint(195, 210), rng.randint(225, 240)),
        ink=INK,
        quality=QUALITY,
    )
    page = page.point([wear.ink + (255 - wear.ink) * grey // 255 for grey in range(256)])
    worn = ImageChops.multiply(page, background(page.size, wear, rng)).convert("RGB")
    if stamp:
        seal, place = stamp
        put_seal(worn, seal, place, dpi, rng)
        _sign(worn, place, dpi, rng)
    edge = wear.paper[1]
    worn = worn.rotate(wear.skew, Image.Resampling.BICUBIC, fillcolor=(edge, edge, edge))
    worn = worn.filter(ImageFilter.GaussianBlur(wear.blur * dpi / 1000))
    _speck(worn, dpi, rng)
    return ImageChops.add(worn, grain_of(worn, wear.grain, rng), offset=-128)


def _sign(page: Image.Image, place: Place, dpi: int, rng: random.Random) -> None:
    """A signature: a line up and down, above the name and into the seal."""
    x, y = place[0] / 72 * dpi, (place[1] - 10) / 72 * dpi
    points = []
    for step in range(10):
        height = rng.uniform(0.05, 0.35) if step % 2 else -rng.uniform(0, 0.08)
        points.append((x + step * 0.12 * dpi, y - height * dpi))
    ImageDraw.Draw(page).line(points, fill=BLUE, width=max(round(dpi / 60), 1), joint="curve")


def _speck(page: Image.Image, dpi: int, rng: random.Random) -> None:
    """Dark dots, a few on every square inch."""
    draw = ImageDraw.Draw(page)
    inches = page.width * page.height / dpi**2
    for _ in range(math.ceil(SPECKS * inches)):
        x, y = rng.uniform(0, page.width), rng.uniform(0, page.height)
        reach = rng.uniform(0.002, 0.006) * dpi
        grey = rng.randint(10, 60)
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=(grey, grey, grey))


def save(pages: Sequence[tuple[Image.Image, int | None]], path: Path, dpi: int) -> None:
    """A PDF of pictures, each squeezed as a JPEG of so much quality, or not at all."""
    document = pypdfium2.PdfDocument.new()
    for picture, quality in pages:
        size = (picture.width * 72 / dpi, picture.height * 72 / dpi)
        image = pypdfium2.PdfImage.new(document)
        if quality is None:
            image.set_bitmap(pypdfium2.PdfBitmap.from_pil(picture))
        else:
            held = BytesIO()
            picture.save(held, "JPEG", quality=quality)
            held.seek(0)
            image.load_jpeg(held, inline=True)
        image.set_matrix(pypdfium2.PdfMatrix().scale(*size))
        page = document.new_page(*size)
        page.insert_obj(image)
        page.gen_content()
    unfinished = path.with_suffix(".part")
    document.save(unfinished)
    document.close()
    unfinished.replace(path)
