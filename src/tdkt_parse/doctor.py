"""
What is installed, what is missing, and the command that mends it.

``PACKAGES`` lists what the program uses, once; a reader that needs more adds its row.
"""

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tdkt_parse import __version__, sandbox, settings
from tdkt_parse.exceptions import UsageError


class Package(NamedTuple):
    """A Python package, what needs it, and whether nothing works without it."""

    name: str
    purpose: str
    required: bool


PACKAGES: tuple[Package, ...] = (
    Package("pydantic", "typed values", required=True),
    Package("regex", "patterns that can be stopped", required=True),
    Package("lxml", "Word files and web pages", required=True),
    Package("olefile", "old Word files", required=True),
    Package("pypdfium2", "PDF files", required=True),
    Package("pillow", "pages of PDF files as pictures", required=True),
    Package("python-docx", "comments in Word files", required=True),
    Package("rapidfuzz", "titles with errors in them", required=True),
    Package("typer", "command line", required=True),
    Package("rich", "progress in a terminal", required=True),
    Package("sqlalchemy", "the database of plans", required=False),
    Package("alembic", "the database of plans", required=False),
    Package("psycopg", "the database of plans on PostgreSQL", required=False),
    Package("fastapi", "tdkt serve", required=False),
    Package("uvicorn", "tdkt serve", required=False),
    Package("jinja2", "the pages of tdkt serve", required=False),
    Package("python-multipart", "files sent to tdkt serve", required=False),
    Package("itsdangerous", "cookies of tdkt serve", required=False),
    Package("argon2-cffi", "passwords of tdkt serve", required=False),
    Package("prometheus-client", "measures of tdkt serve", required=False),
    Package("mcp", "tools for assistants", required=False),
    Package("pyarrow", "Parquet files", required=False),
    Package("XlsxWriter", "Excel workbooks", required=False),
    Package("icalendar", "calendars", required=False),
    Package("ray", "documents read by a cluster", required=False),
    Package("tesserocr", "scans, read in the process", required=False),
    Package("opencv-python-headless", "scans made ready for reading", required=False),
    Package("numpy", "scans made ready for reading", required=False),
) + ((Package("psutil", "memory limit on Windows", required=False),) * (sys.platform == "win32"))


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report: a thing, what was found, and how to mend it if it is not well."""

    name: str
    found: str
    level: str
    """``ok``, ``note`` or ``missing``; only the last stops the program from working."""
    remedy: str | None = None


def examine() -> Iterator[Check]:
    """Everything that is checked, in the order in which it is told."""
    yield Check("tdkt", __version__, "ok")
    yield Check("Python", f"{platform.python_version()} ({sys.executable})", "ok")
    yield Check("system", platform.platform(), "ok")
    for package in PACKAGES:
        yield _check_package(package)
    yield _check_engine()
    yield _check_data()
    yield _check_office()
    yield _check_antiword()
    yield _check_database()
    yield _check_sandbox()
    yield _check_encoding()
    yield _check_settings()


def _check_package(package: Package) -> Check:
    found = _version_of(package.name)
    if found is not None:
        return Check(package.name, found, "ok")
    return Check(
        package.name,
        f"not installed ({package.purpose})",
        "missing" if package.required else "note",
        f"{sys.executable} -m pip install {package.name}",
    )


def _check_engine() -> Check:
    from tdkt_parse.readers.scan.engine import ENGINES, HOW_TO_INSTALL

    for engine in ENGINES:
        version = engine.version()
        if version is not None:
            return Check("OCR engine", f"{engine.name} {version}", "ok")
    return Check(
        "OCR engine",
        "none (scans are not read)",
        "note",
        HOW_TO_INSTALL.removeprefix("Type: "),
    )


def _check_data() -> Check:
    from tdkt_parse.readers.scan.engine import (
        HOW_TO_INSTALL,
        LANGUAGE,
        data_folder,
        data_folders,
    )

    folder = data_folder()
    if folder is not None:
        return Check("OCR language", f"{LANGUAGE} in {folder}", "ok")
    looked = ", ".join(map(str, data_folders()))
    return Check(
        "OCR language",
        f"no {LANGUAGE}; looked in {looked}",
        "note",
        HOW_TO_INSTALL.removeprefix("Type: "),
    )


def _check_office() -> Check:
    from tdkt_parse.readers.office import confined, soffice

    program = soffice.program()
    if program is None:
        return Check(
            "LibreOffice",
            "not installed (.doc, .rtf and .odt are not read)",
            "note",
            soffice.HOW_TO_INSTALL.removeprefix("Type: "),
        )
    means = confined.means()
    if not means:
        return Check(
            "LibreOffice",
            f"{program}; not used, for it cannot be kept from the network here",
            "note",
            "allow user namespaces or seccomp, or read these files on another machine",
        )
    return Check("LibreOffice", f"{program}; kept from the network by {', '.join(means)}", "ok")


def _check_antiword() -> Check:
    from tdkt_parse.readers.office import antiword

    program = antiword.program()
    if program is None:
        return Check("antiword", "not installed (used for .doc without LibreOffice)", "ok")
    return Check("antiword", program, "ok")


def _check_database() -> Check:
    """Whether SQLite has what search is built on."""
    import sqlite3

    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (terms)")
    except sqlite3.Error:
        return Check(
            "SQLite",
            f"{sqlite3.sqlite_version}, without FTS5 (no database in a file)",
            "note",
            "install a Python whose SQLite has FTS5, or use PostgreSQL",
        )
    finally:
        connection.close()
    return Check("SQLite", f"{sqlite3.sqlite_version} with FTS5", "ok")


def _check_sandbox() -> Check:
    start = {"fork": "workers are forked", "spawn": "workers are started afresh (slower)"}
    how = start[sandbox.safe_start()]
    if sys.platform == "win32" and _version_of("psutil") is None:
        return Check(
            "limits",
            f"{how}; memory is not watched",
            "note",
            f"{sys.executable} -m pip install psutil",
        )
    return Check("limits", f"{how}; time and memory are watched", "ok")


def _check_encoding() -> Check:
    encoding = sys.getfilesystemencoding()
    if encoding.lower().replace("-", "") == "utf8":
        return Check("file names", encoding, "ok")
    return Check("file names", encoding, "note", "export PYTHONUTF8=1")


def _check_settings() -> Check:
    path = settings.find_file()
    try:
        settings.load_settings()
    except UsageError as error:
        return Check("settings", error.message, "note", error.hint)
    return Check("settings", str(path) if path else f"no {settings.FILE_NAME}", "ok")


def _version_of(distribution: str) -> str | None:
    from importlib import metadata

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None
