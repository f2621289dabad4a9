"""
Write made-up plans with their answers.

    python corpus/generate.py --split dev|test --count N --seed S --format text,docx,… -o DIR

makes ``DIR/<format>/NNNN.<ext>``, the answers ``DIR/gold/NNNN.json`` and ``DIR/traits.json``, which
says what each paper shows. The same arguments give the same plans.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Literal, cast

from generator.compose import Made, compose

Plans = list[tuple[str, int, Made]]
"""Name, seed, and what was made."""


def write_texts(plans: Plans, folder: Path, seed: int, name: str) -> None:
    from generator.writers.text import to_text

    for stem, own, made in plans:
        text = to_text(made.paper, dice(seed, own, name))
        (folder / f"{stem}.txt").write_text(text, encoding="utf-8")


def write_markdown(plans: Plans, folder: Path, _seed: int, _name: str) -> None:
    from generator.writers.markdown import to_markdown

    for stem, _, made in plans:
        (folder / f"{stem}.md").write_text(to_markdown(made.paper), encoding="utf-8")


def write_word(plans: Plans, folder: Path, _seed: int, _name: str) -> None:
    from generator.writers.docx import write_docx

    for stem, _, made in plans:
        write_docx(made.paper, folder / f"{stem}.docx")


def write_pages(plans: Plans, folder: Path, seed: int, name: str) -> None:
    """Pages of sites around the text, ``html``; of those held out, ``html-new``."""
    from generator.writers.html import STYLES, to_html
    from generator.writers.site import HELD_OUT, PAGES

    sites = sorted((HELD_OUT if name == "html-new" else PAGES).items())
    for stem, own, made in plans:
        chance = dice(seed, own, name)
        style = chance.choice(STYLES)
        page = chance.choice(sites)[1](to_html(made.paper, style), chance)
        (folder / f"{stem}.html").write_text(page, encoding="utf-8")


def write_pdf(plans: Plans, folder: Path, seed: int, name: str) -> None:
    """Printed from Word files, which are made anew: they may not have been asked for."""
    from generator.writers.pdf import print_to_pdf

    with TemporaryDirectory() as words:
        write_word(plans, Path(words), seed, name)
        print_to_pdf([Path(words, f"{stem}.docx") for stem, _, _ in plans], folder)


def write_scans(plans: Plans, folder: Path, seed: int, name: str) -> None:
    """Photographed from printed files."""
    from generator.writers.scan import seal_of, write_scan

    dpi = int(name.removeprefix("scan"))
    with TemporaryDirectory() as printed:
        write_pdf(plans, Path(printed), seed, name)
        for stem, own, made in plans:
            source, target = Path(printed, f"{stem}.pdf"), folder / f"{stem}.pdf"
            write_scan(source, target, dpi, dice(seed, own, name), seal=seal_of(made.paper))


def write_noisy(plans: Plans, folder: Path, seed: int, name: str) -> None:
    """Text with so many per cent of its characters read wrongly."""
    from generator.noise import add_noise
    from generator.writers.text import to_text

    rate = int(name.removeprefix("ocr")) / 100
    for stem, own, made in plans:
        text = to_text(made.paper, dice(seed, own, "text"))
        noisy = add_noise(text, rate, dice(seed, own, name))
        (folder / f"{stem}.txt").write_text(noisy, encoding="utf-8")


FORMATS: dict[str, Callable[[Plans, Path, int, str], None]] = {
    "text": write_texts,
    "markdown": write_markdown,
    "docx": write_word,
    "html": write_pages,
    "html-new": write_pages,
    "pdf": write_pdf,
    "scan200": write_scans,
    "scan300": write_scans,
    "ocr1": write_noisy,
    "ocr2": write_noisy,
    "ocr5": write_noisy,
}


def dice(seed: int, own: int, use: str) -> Random:
    """Dice for one plan and one use of them."""
    return Random(f"{seed} {own} {use}")


def generate(
    split: Literal["dev", "test"], count: int, seed: int, formats: Sequence[str], folder: Path
) -> None:
    """Make plans, write their answers, and then each format."""
    plans: Plans = []
    for number in range(count):
        plans.append((f"{number:04}", seed + number, compose(split, seed + number)))
    gold = folder / "gold"
    gold.mkdir(parents=True, exist_ok=True)
    for stem, _, made in plans:
        write_json(gold / f"{stem}.json", made.answer)
    write_json(folder / "traits.json", {stem: made.traits for stem, _, made in plans})
    for name in formats:
        place = folder / name
        place.mkdir(exist_ok=True)
        FORMATS[name](plans, place, seed, name)


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().partition("\n")[0])
    parser.add_argument("--split", choices=("dev", "test"), default="dev", help="which wordings")
    parser.add_argument("--count", type=int, default=10, metavar="N", help="how many plans")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="seed of the first plan")
    parser.add_argument("--format", default="text", metavar="F,…", help="of: " + ", ".join(FORMATS))
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    options = parser.parse_args(arguments)
    formats = [name for name in options.format.split(",") if name]
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        parser.error(f"no such format: {', '.join(unknown)}; there are {', '.join(FORMATS)}")
    split = cast("Literal['dev', 'test']", options.split)
    try:
        generate(split, options.count, options.seed, formats, options.output)
    except RuntimeError as missing:  # A writer says what is not installed, or was not printed.
        sys.stderr.write(f"{missing}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
