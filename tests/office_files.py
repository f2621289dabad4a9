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
    folder = _folder() / kind.partition(":")[0]
    command = [
        str(soffice.program()).removesuffix(".bin"),
        f"-env:UserInstallation={(_folder() / 'profile').as_uri()}",
        *("--headless", "--norestore", "--convert-to", kind, "--outdir", str(folder)),
        *(str(CORPUS / f"{plan}.docx") for plan in PLANS),
    ]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    made = {plan: folder / f"{plan}.{folder.name}" for plan in PLANS}
    assert all(path.is_file() for path in made.values()), done.stderr.decode(errors="replace")
    return made
