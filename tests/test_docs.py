"""
The documentation is true: commands, exit codes, settings, links and versions it names are those of
the program, and its examples run and print what they say they print.
"""

import csv
import doctest
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pytest
import regex
import rules_table
import typer.main
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import tdkt_parse
from tdkt_parse import cli, settings
from tdkt_parse.exceptions import ExitCode

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("*/*.md")])
READMES = (ROOT / "README.md", ROOT / "README.vi.md")
AUDIT_PAGES = (ROOT / "docs" / "audit.md", ROOT / "docs" / "audit.vi.md")
EXPORT_PAGES = (ROOT / "docs" / "export.md", ROOT / "docs" / "export.vi.md")
SCALE_PAGES = (ROOT / "docs" / "scale.md", ROOT / "docs" / "scale.vi.md")
COMPARE_PAGES = (ROOT / "docs" / "compare.md", ROOT / "docs" / "compare.vi.md")
SERVE_PAGES = (ROOT / "docs" / "serve.md", ROOT / "docs" / "serve.vi.md")
WITH_EXAMPLES = (*READMES, ROOT / "docs" / "library.md", *AUDIT_PAGES, *EXPORT_PAGES)

INTERRUPTED = 130
"""What a shell gives for Ctrl-C: 128 and the number of the signal."""


class Example(NamedTuple):
    """A block of code in a page, and the block of output that follows it, if one does."""

    page: str
    line: int
    language: str
    code: str
    output: str | None


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def rows(page: Path, first_column: str) -> list[str]:
    """What stands in the first column of every table row that fits, back ticks taken off."""
    pattern = rf"(?m)^\| `?({first_column})`? \|"
    found: list[str] = regex.findall(pattern, read(page), timeout=5)
    return found


def headings(page: Path) -> list[str]:
    """The marks of the headings in order: ``#``, ``##`` …, code blocks left out."""
    prose = regex.sub(r"(?ms)^```.*?^```$", "", read(page), timeout=5)
    found: list[str] = regex.findall(r"(?m)^(#+) \S", prose, timeout=5)
    return found


def examples(page: Path) -> Iterator[Example]:
    """Blocks marked ``python`` and ``console``; a block marked ``text`` after one is its output."""
    text = read(page)
    blocks = list(regex.finditer(r"(?ms)^```(\w*)\n(.*?)^```$", text, timeout=5))
    for number, block in enumerate(blocks):
        language, code = block.groups()
        if language not in ("python", "console"):
            continue
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        near = after is not None and text[block.end() : after.start()].count("\n\n") <= 2
        output = after[2] if after is not None and near and after[1] == "text" else None
        line = text.count("\n", 0, block.start()) + 1
        yield Example(page.name, line, language, code, output)


EXAMPLES = [example for page in WITH_EXAMPLES for example in examples(page)]


def assert_printed(expected: str, printed: str) -> None:
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    expected = expected.replace("…\n", "...\n")
    checker = doctest.OutputChecker()
    if not checker.check_output(expected, printed, flags):
        pytest.fail(f"the page says\n{expected}\nbut this is printed\n{printed}")


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """An empty folder with the corpus in it, as a reader of the page has it."""
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    return tmp_path


def environment() -> dict[str, str]:
    scripts = sysconfig.get_path("scripts")
    own = {key: value for key, value in os.environ.items() if not key.startswith("TDKT_")}
    return {**own, "PATH": scripts + os.pathsep + own.get("PATH", ""), "PYTHONUTF8": "1"}


def test_pages_and_examples_were_found() -> None:
    assert len(PAGES) >= 8
    assert {example.page for example in EXAMPLES} == {page.name for page in WITH_EXAMPLES}
    assert sum(example.output is not None for example in EXAMPLES) >= 4


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_every_command_has_its_row(page: Path) -> None:
    command = typer.main.get_command(cli.app)
    commands = set(getattr(command, "commands", ()))
    assert {"parse", "text", "explain", "schema", "doctor"} <= commands
    assert {row.split()[1] for row in rows(page, r"tdkt \w+[^|`]*")} == commands


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_every_exit_code_has_its_row(page: Path) -> None:
    codes = sorted([*map(int, ExitCode), INTERRUPTED])
    assert [int(row) for row in rows(page, r"\d+")] == codes


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_every_setting_has_its_row(page: Path) -> None:
    assert rows(page, "TDKT_[A-Z_]+") == [one.variable for one in settings.SETTINGS if one.variable]


@pytest.mark.parametrize("lang", rules_table.RULE_PAGES)
def test_the_page_of_rules_is_current(lang: str) -> None:
    page = read(rules_table.RULE_PAGES[lang])
    assert rules_table.rule_page(lang) == page, "run: python tests/rules_table.py"


@pytest.mark.parametrize("lang", rules_table.PAGES)
def test_the_rules_of_the_audit_are_those_of_the_data(lang: str) -> None:
    page = read(rules_table.PAGES[lang])
    assert rules_table.with_table(page, lang) == page, "run: python tests/rules_table.py"


@pytest.mark.parametrize(
    "pages",
    [READMES, AUDIT_PAGES, EXPORT_PAGES, COMPARE_PAGES, SCALE_PAGES, SERVE_PAGES],
    ids=lambda pages: pages[0].stem,
)
def test_both_languages_have_the_same_parts(pages: tuple[Path, Path]) -> None:
    english, vietnamese = map(headings, pages)
    assert english == vietnamese
    assert len(english) > 3


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in regex.findall(r"\]\(([^)#\s]+)[^)]*\)", read(page), timeout=5):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.page}:{one.line}")
def test_example_prints_what_the_page_says(example: Example, workplace: Path) -> None:
    if example.language == "python":
        commands = [[sys.executable, "-c", example.code]]
    else:
        lines = [line for line in example.code.splitlines() if line.startswith("$ ")]
        commands = [["sh", "-c", line.removeprefix("$ ")] for line in lines]
        assert commands, "a console block has lines that begin with $"
    printed = ""
    for command in commands:
        done = subprocess.run(
            command,
            cwd=workplace,
            env=environment(),
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        printed += done.stdout
    if example.output is not None:
        assert_printed(example.output, printed)


def test_changelog_names_the_version() -> None:
    version = PROJECT["version"]
    assert tdkt_parse.__version__ == version
    assert regex.search(rf"(?m)^## {regex.escape(version)}\b", read(ROOT / "CHANGELOG.md"))
    assert metadata.version("tdkt-parse") == version, "run make again: the environment is old"


def needed(requirements: list[str]) -> set[str]:
    """The distributions that these requirements bring, and those that they bring in turn."""
    found: set[str] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        waiting += [Requirement(text) for text in metadata.requires(name) or []]
    return found


def test_every_dependency_is_in_the_notices() -> None:
    """At least those of this system; other systems may need a row more."""
    listed = set(rows(ROOT / "THIRD_PARTY_NOTICES.md", r"[a-z][\w-]*"))
    missing = needed(PROJECT["dependencies"]) - listed
    assert len(listed) > len(PROJECT["dependencies"])
    assert not missing


def test_the_manifest_is_of_this_corpus() -> None:
    with (ROOT / "corpus" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        manifest = list(csv.DictReader(file))
    files = sorted(
        p.name for p in (ROOT / "corpus").iterdir() if p.suffix in {".txt", ".docx", ".pdf"}
    )
    assert files
    assert [row["file"] for row in manifest] == files
    for row in manifest:
        data = (ROOT / "corpus" / row["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"], row["file"]
        assert (ROOT / "corpus" / "gold" / row["file"]).with_suffix(".json").is_file()
        assert row["split"] in {"tune", "report"}
