"""
Documents with what is known to stand in them: the corpus, generated plans, real documents.

Generated files are kept under ``build/generated``, by what made them: the generator's own files,
the split, the seed and how many. What is there is not made again.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
GOLD = CORPUS / "gold"
GENERATED = ROOT / "build" / "generated"
TYPED = ("text", "markdown", "docx", "pdf")
NOISY = ("ocr1", "ocr2", "ocr5")
SEED = 20_000
"""Of the plans on which figures are reported; nobody looks at these."""


@dataclass(frozen=True, slots=True)
class Case:
    """A document, and its answer."""

    name: str
    document: Path
    gold: dict[str, Any]
    traits: tuple[str, ...] = ()
    """What a generated paper shows, such as ``table:quarter_rows``."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Documents of one make in one format."""

    name: str
    cases: tuple[Case, ...]
    by_ocr: bool = False
    """Whether its texts are as OCR would have read them, so that what it misread is mended."""


def pairs(gold: Path, documents: Path) -> list[tuple[Path, Path]]:
    """Each gold file with the document of the same name; SystemExit where one is missing."""
    found = []
    for answer in sorted(gold.glob("*.json")):
        candidates = sorted(p for p in documents.glob(f"{answer.stem}.*") if p != answer)
        if not candidates:
            raise SystemExit(f"{documents} holds no document for {answer.name}")
        found.append((answer, candidates[0]))
    if not found:
        raise SystemExit(f"{gold} holds no *.json")
    return found


def in_folders(name: str, gold: Path = GOLD, documents: Path = CORPUS) -> Dataset:
    """Every document of a folder that has an answer in another."""
    known = gold.parent / "traits.json"
    traits = json.loads(known.read_text(encoding="utf-8")) if known.exists() else {}
    return Dataset(
        name,
        tuple(
            Case(
                answer.stem,
                document,
                json.loads(answer.read_text(encoding="utf-8")),
                tuple(traits.get(answer.stem, ())),
            )
            for answer, document in pairs(gold, documents)
        ),
    )


def generated(
    formats: Sequence[str], count: int, *, split: str = "test", seed: int = SEED
) -> list[Dataset]:
    """Plans made up by the generator, one dataset a format; SystemExit where it cannot be made."""
    folder = GENERATED / f"{split}-{seed}-{count}-{_maker()[:12]}"
    missing = [one for one in formats if not (folder / one / ".whole").exists()]
    if missing:
        program = [sys.executable, str(CORPUS / "generate.py"), "--split", split]
        program += ["--count", str(count), "--seed", str(seed), "--format", ",".join(missing)]
        done = subprocess.run([*program, "-o", str(folder)], check=False)
        if done.returncode:
            raise SystemExit(f"generate.py ended with {done.returncode}; its message is above")
        for one in missing:
            (folder / one / ".whole").touch()
    made = [in_folders(f"generated {one}", folder / "gold", folder / one) for one in formats]
    return [replace(one, by_ocr=kind in NOISY) for kind, one in zip(formats, made, strict=True)]


def _maker() -> str:
    """SHA-256 of all that the generator is."""
    digest = hashlib.sha256()
    sources = [CORPUS / "generate.py", *(CORPUS / "generator").rglob("*")]
    for path in sorted(p for p in sources if p.suffix in (".py", ".toml", ".csv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _shared() -> Path:
    """Where real documents are: ``$TDKT_REAL``, else ``shared`` beside the project."""
    return Path(os.environ.get("TDKT_REAL", ROOT.parent / "shared"))


def real_files() -> list[Path]:
    """Real documents of the formats that are typed, whatever kind of document they are."""
    kinds = {".docx", ".doc", ".rtf", ".pdf"}
    return sorted(path for path in (_shared() / "real").glob("*") if path.suffix in kinds)


def real() -> Dataset | None:
    """Real documents with answers, if there are some."""
    folder = _shared()
    if not (folder / "gold-real").is_dir() or not (folder / "real").is_dir():
        return None
    return in_folders("real", folder / "gold-real", folder / "real")


def fingerprint(dataset: Dataset) -> str:
    """
    SHA-256 over the names of documents and their answers, and over the documents that are text.

    A Word or PDF file differs by the program that made it, and is pinned by its answer.
    """
    digest = hashlib.sha256()
    for case in dataset.cases:
        digest.update(f"{case.name}\0{json.dumps(case.gold, sort_keys=True)}\0".encode())
        if case.document.is_relative_to(CORPUS) or case.document.suffix in (".txt", ".md"):
            digest.update(case.document.read_bytes() + b"\0")
    return digest.hexdigest()
