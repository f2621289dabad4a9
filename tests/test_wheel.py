"""
What is published works: the wheel is built once, and installed and tried on each Python we name.

An interpreter that is not on this machine is a skip with its reason; ``pytest`` lists them.
"""

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PLAN = ROOT / "corpus" / "003_f7e0d352d3671c6c.txt"

NAMED = regex.findall(
    r"Python :: (3\.\d+)", "\n".join(PROJECT["project"]["classifiers"]), timeout=1
)
"""The versions that the package says it is for."""

WINDOWS = sys.platform == "win32"


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program outside the source tree, and give what it printed."""
    own = {
        key: value for key, value in os.environ.items() if not key.startswith(("TDKT_", "PYTHON"))
    }
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**own, "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def candidates(version: str) -> Iterator[str]:
    """Where an interpreter of this version may be: on PATH, or kept by pyenv or uv."""
    if sys.version_info[:2] == tuple(map(int, version.split("."))):
        yield sys.executable
    yield f"python{version}"
    for keeper in (("pyenv", "prefix", version), ("uv", "python", "find", "--offline", version)):
        if shutil.which(keeper[0]):
            found = subprocess.run(keeper, capture_output=True, check=False, encoding="utf-8")
            place = Path(found.stdout.strip())
            if found.returncode == 0 and found.stdout.strip():
                yield str(place / "bin" / "python" if place.is_dir() else place)


def find_python(version: str) -> str | None:
    """
    An interpreter of this version that runs.

    A name on PATH is no proof: pyenv puts one there for versions that are not active.
    """
    question = (
        f"import sys; sys.exit(sys.version_info[:2] != {tuple(map(int, version.split('.')))})"
    )
    for candidate in candidates(version):
        program = shutil.which(candidate)
        if program is None:
            continue
        asked = subprocess.run([program, "-c", question], capture_output=True, check=False)
        if asked.returncode == 0:
            return program
    return None


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", out, ROOT, cwd=out)
    (built,) = out.glob("*.whl")
    return built


def test_the_versions_were_read() -> None:
    assert {"3.11", "3.12", "3.13"} <= set(NAMED)


def test_the_wheel_holds_what_the_package_needs_and_no_more(wheel: Path) -> None:
    source = ROOT / "src"
    package = source / "tdkt_parse"
    wanted = {
        path.relative_to(source).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        told = {name.rpartition("/")[2] for name in archive.namelist()}
    assert names == wanted
    assert any(name.startswith("tdkt_parse/data/") for name in names)
    assert "tdkt_parse/py.typed" in names
    assert {"LICENSE", "THIRD_PARTY_NOTICES.md"} <= told


@pytest.mark.parametrize("version", NAMED)
def test_the_wheel_installs_and_reads_a_plan(version: str, wheel: Path, tmp_path: Path) -> None:
    python = find_python(version)
    if python is None:
        pytest.skip(f"there is no Python {version} on this machine")
    place = tmp_path / "env"
    scripts = place / ("Scripts" if WINDOWS else "bin")
    # Without pip of its own: Debian keeps ensurepip in another package.
    run(python, "-m", "venv", "--without-pip", place, cwd=tmp_path)
    installer = (sys.executable, "-m", "pip", "--python", place, "install", "--quiet")
    run(*installer, "--disable-pip-version-check", wheel, cwd=tmp_path)

    project = PROJECT["project"]
    assert run(scripts / "tdkt", "--version", cwd=tmp_path) == f"tdkt {project['version']}\n"
    printed = json.loads(run(scripts / "tdkt", "parse", PLAN, "--format", "json", cwd=tmp_path))
    assert printed["number"]["canonical"] == "23/KH-KTĐ"
    code = (
        "import sys, tdkt_parse; from tdkt_parse import parse;"
        "print(tdkt_parse.__file__); print(parse(sys.argv[1]).to_json())"
    )
    where, as_library = run(
        scripts / "python", "-I", "-W", "error", "-c", code, PLAN, cwd=tmp_path
    ).splitlines()
    assert Path(where).is_relative_to(place)
    assert json.loads(as_library)["number"] == printed["number"]
