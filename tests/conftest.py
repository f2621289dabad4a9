"""
Databases for the tests: a SQLite file, and a PostgreSQL server of the system's own programs.

``initdb`` and ``pg_ctl`` refuse to run as root; there they run as the user ``postgres``, which the
system's package made.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


class Server:
    """A PostgreSQL server that listens on a socket in its own folder."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self.folder = folder
        self._names = 0
        self._run("initdb", "-D", str(folder / "data"), "-A", "trust", "-E", "UTF8", "-U", "tdkt")
        self.start()

    def start(self) -> None:
        options = f"-c listen_addresses='' -k {self.folder} -c fsync=off"
        log = str(self.folder / "log")
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-o", options, "-l", log, "-w", "start"
        )

    def stop(self) -> None:
        """As a server that goes down at once, without asking those who are connected."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def new_database(self) -> str:
        """The address of an empty database."""
        self._names += 1
        name = f"plans{self._names}"
        self._run("createdb", "-h", str(self.folder), "-U", "tdkt", name)
        return f"postgresql+psycopg://tdkt@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        log = self.folder / "commands"
        with log.open("ab") as output:
            done = subprocess.run(
                command, cwd=self.folder, stdout=output, stderr=output, check=False, timeout=120
            )
        assert done.returncode == 0, log.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not (found or on_path):
        pytest.skip("PostgreSQL is not installed: scripts/setup.sh postgres")
    programs = found[-1].parent if found else Path(str(on_path)).parent
    # Reached by the user postgres, which tmp_path is not; a socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="tdkt-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    made = Server(programs, folder)
    yield made
    made.stop()
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that is not there yet, or is empty."""
    if request.param == "sqlite":
        return str(tmp_path / "plans.sqlite")
    address: str = request.getfixturevalue("server").new_database()
    return address


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 60 made-up plans as text."""
    folder = tmp_path_factory.mktemp("generated")
    program = [sys.executable, str(ROOT / "corpus" / "generate.py")]
    subprocess.run([*program, "--count", "60", "--seed", "9000", "-o", str(folder)], check=True)
    return folder / "text"
