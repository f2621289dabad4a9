"""
How surely and how fast texts in old encodings are told and read.

    python benchmarks/legacy.py [PART...] [--plans N] [--most N] [--rounds N] [--json FILE] [--gate]

``found``: made-up plans in paragraphs of 40 characters, written in each encoding and read again by
their letters alone, each paragraph by itself. Right is what gives back the text; of TCVN3, which
has no capitals with a tone, but for these. A paragraph without a mark says nothing and is not
counted. ``whole`` is the same with whole plans. ``few`` is Windows-1258 with a letter and its tone
in one byte where the table has it, as Windows and iconv write it and no keyboard types it: of what
then stays old, some paragraphs have nothing that cannot be Unicode (``thi ðua``).

``left``: paragraphs in Unicode, which have to stay as they are: the same made-up plans, in NFC and
NFD; titles of the register; what this machine has of messages of programs in all languages
(``*.mo``), of manuals, and of the source of Python. How many there are is said; a machine may have
fewer.

``speed``: MB of the old text a second (``speed_legacy.py``).
"""

import argparse
import gettext
import gzip
import json
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import get_args
from unicodedata import normalize

import speed_legacy

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "corpus"))

from generate import dice  # noqa: E402
from generator.compose import compose  # noqa: E402
from generator.writers.text import to_text  # noqa: E402
from tdkt_parse.legacy import encode, find_legacy  # noqa: E402
from tdkt_parse.legacy.one_byte import western  # noqa: E402
from tdkt_parse.legacy.tables import Encoding  # noqa: E402

PARTS = ("found", "left", "speed")
SIZE = 40
LEAST = {"found": 99.5, "few": 99.4, "whole": 99.9}
SLOWEST = 20.0
"""Millions of bytes of the old text a second."""


def plans(count: int, first: int = 1) -> Iterator[str]:
    """Made-up plans as text, in NFC."""
    for seed in range(first, first + count):
        made = compose("dev", seed)
        text = normalize("NFC", to_text(made.paper, dice(first, seed, "text")))
        yield text.replace("Ð", "Đ").replace("ð", "đ")


def paragraphs(text: str, size: int = SIZE) -> Iterator[str]:
    """A text in pieces of some forty characters, whole words."""
    for line in text.split("\n"):
        piece = ""
        for word in line.split():
            piece = f"{piece} {word}" if piece else word
            if len(piece) >= size:
                yield piece
                piece = ""


def old(text: str, encoding: Encoding) -> str:
    """A text in an old encoding as it reaches us; what that has no sign for left out."""
    letters = "".join(filter(_fits, text))
    return western(encode(letters, encoding))


def in_few_bytes(text: str) -> str:
    """A text in Windows-1258 with a letter and its tone in one byte where the table has it."""
    return "".join(sign if sign in "ÀÁÈÉÍÓÙÚàáèéíóùú" else old(sign, "cp1258") for sign in text)


def _fits(sign: str) -> bool:
    try:
        encode(sign, "tcvn3")
    except ValueError:
        return False
    return sign in "–“”…" or sign.isascii() or sign.isalpha()


def read(text: str) -> str:
    """A text of which the old parts are in Unicode."""
    made, at = [], 0
    for part in find_legacy(text):
        made += [text[at : part.start], part.decode(text).text]
        at = part.end
    return "".join([*made, text[at:]])


def is_right(found: str, meant: str, encoding: Encoding) -> bool:
    """Whether a text was read as it was meant."""
    if encoding == "tcvn3":
        return found.casefold() == meant.casefold()
    return found == meant


def measure_found(count: int, *, shown: int = 0) -> dict[str, float]:
    """Per cent of paragraphs and of plans read rightly, by encoding."""
    figures: dict[str, float] = {}
    texts = ["".join(filter(_typable, text)) for text in plans(count)]
    small = [piece for text in texts for piece in paragraphs(text) if not piece.isascii()]
    for encoding in get_args(Encoding):
        for name, pieces in (("found", small), ("whole", texts)):
            wrong = []
            for piece in pieces:
                said = old(piece, encoding)
                if not is_right(read(said), piece, encoding):
                    wrong.append((piece, said, read(said)))
            for row in wrong[:shown] if name == "found" else ():
                print(encoding, *row, sep=" | ")
            figures[f"{name} {encoding}"] = 100 * (1 - len(wrong) / len(pieces))
    for name, pieces in (("few", small), ("whole few", texts)):
        right = sum(read(in_few_bytes(piece)) == piece for piece in pieces)
        figures[f"{name} cp1258"] = 100 * right / len(pieces)
    figures["paragraphs"] = len(small)
    return figures


def _typable(sign: str) -> bool:
    """Whether VIQR and all the others have a sign."""
    return sign.isascii() or (sign.isalpha() and _fits(sign))


# -- texts in Unicode


def messages() -> Iterator[tuple[str, str]]:
    """The messages of programs by language."""
    for path in sorted(Path("/usr/share/locale").glob("*/LC_MESSAGES/*.mo")):
        try:
            with path.open("rb") as file:
                catalogue = gettext.GNUTranslations(file)
        except (OSError, UnicodeDecodeError, ValueError, LookupError):
            continue
        for text in vars(catalogue)["_catalog"].values():
            if isinstance(text, str) and not text.startswith("Project-Id"):
                for line in text.split("\n"):
                    if len(line) > 15:
                        yield f"messages {path.parts[4]}", line


def manuals() -> Iterator[tuple[str, str]]:
    for path in sorted(Path("/usr/share/man").rglob("*.gz")):
        try:
            text = gzip.decompress(path.read_bytes()).decode()
        except (OSError, UnicodeDecodeError, EOFError):
            continue
        for line in text.split("\n"):
            if len(line) > 15:
                yield "manuals", line


def sources() -> Iterator[tuple[str, str]]:
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).rglob("*.py")):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        for line in text.split("\n"):
            if len(line) > 15:
                yield "source", line


def vietnamese(count: int) -> Iterator[tuple[str, str]]:
    for text in plans(count, first=5001):
        for piece in paragraphs(text):
            yield "plans", piece
            yield "plans in NFD", normalize("NFD", piece)
        yield "whole plans", text
    for name in ("instruments.csv", "agencies.csv", "laws.csv"):
        for line in (ROOT / "src/tdkt_parse/data" / name).read_text(encoding="utf-8").split("\n"):
            yield "register", line


def measure_left(count: int, most: int, *, shown: int = 0) -> dict[str, float]:
    """How many paragraphs in Unicode there are, and how many were taken for old ones."""
    counted: dict[str, int] = {}
    wrong: dict[str, int] = {}
    parts = (vietnamese(count), messages(), manuals(), sources())
    for kind, text in chain.from_iterable(islice(part, most) for part in parts):
        counted[kind] = counted.get(kind, 0) + 1
        if find_legacy(text):
            wrong[kind] = wrong.get(kind, 0) + 1
            if wrong[kind] <= shown:
                print(kind, text, read(text), sep=" | ")
    figures: dict[str, float] = {
        "left": sum(counted.values()),
        "wrongly converted": sum(wrong.values()),
    }
    figures |= {f"wrongly converted, {kind}": number for kind, number in wrong.items()}
    figures["kinds"] = len(counted)
    return figures


# -- speed


def measure_speed(rounds: int) -> dict[str, float]:
    """Millions of bytes a second."""
    return speed_legacy.measure(typable(plans(60)), rounds).figures


def typable(texts: Iterable[str]) -> list[str]:
    """Some texts, of which all characters are such as every encoding has."""
    return ["".join(filter(_typable, text)) for text in texts]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().partition("\n")[0])
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help="what is measured")
    parser.add_argument("--plans", type=int, default=60, metavar="N", help="made-up plans")
    parser.add_argument("--most", type=int, default=400_000, metavar="N", help="of each kind")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="that many mistakes")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--gate", action="store_true", help="fail below what is promised")
    options = parser.parse_args(arguments)
    parts = options.part or PARTS
    figures: dict[str, float] = {}
    if "found" in parts:
        figures |= measure_found(options.plans, shown=options.show)
    if "left" in parts:
        figures |= measure_left(options.plans, options.most, shown=options.show)
    if "speed" in parts:
        figures |= measure_speed(options.rounds)
    for name, figure in figures.items():
        print(f"{name:32} {figure:12.2f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    missed = [name for name, figure in figures.items() if not is_kept(name, figure)]
    for name in missed if options.gate else ():
        print(f"missed: {name}", file=sys.stderr)
    return 1 if options.gate and missed else 0


def is_kept(name: str, figure: float) -> bool:
    """Whether a figure is as good as is promised."""
    kind = name.partition(" ")[0]
    if kind in LEAST:
        return figure >= LEAST[kind]
    if name.startswith("wrongly"):
        return figure == 0
    kept = name.startswith(("find", "decode", "search", "gate")) and name.endswith(", MB/s")
    return figure >= SLOWEST if kept else True


if __name__ == "__main__":
    sys.exit(main())
