"""Old Word files, RTF and ODT: the plans of the corpus as LibreOffice writes them, once a run."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tdkt_parse.readers.office import confined, soffice

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
PLANS = tuple(path.stem for path in sorted(CORPUS.glob("word_*.docx")))
KINDS = ("doc", "rtf", "odt", "fodt", "xml:MS Word 2003 XML")

needs_libreoffice = pytest.mark.skipif(
    soffice.program() is None or not confined.means(),
    reason="LibreOffice is not installed, or cannot be kept from the network here",
)


@cache
def _folder() -> Path:
    return Path(mkdtemp(prefix="pytest-office-"))


@cache
def as_written_by_libreoffice(kind: str) -> dict[str, Path]:
    """The plans in a format of ``KINDS``, by their names in the corpus."""
    made = _written([CORPUS / f"{plan}.docx" for plan in PLANS], kind)
    return dict(zip(PLANS, made, strict=True))


def written_as(kind: str, data: bytes, suffix: str) -> bytes:
    """Another file in another format; what it links to may be looked for while it is made."""
    source = _folder() / f"other{suffix}"
    source.write_bytes(data)
    (made,) = _written([source], kind)
    return made.read_bytes()


def _written(sources: list[Path], kind: str) -> list[Path]:
    folder = _folder() / kind.partition(":")[0]
    command = [
        str(soffice.program()).removesuffix(".bin"),
        f"-env:UserInstallation={(_folder() / 'profile').as_uri()}",
        *("--headless", "--norestore", "--convert-to", kind, "--outdir", str(folder)),
        *map(str, sources),
    ]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    made = [folder / f"{source.stem}.{folder.name}" for source in sources]
    assert all(path.is_file() for path in made), done.stderr.decode(errors="replace")
    return made
