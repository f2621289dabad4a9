"""
Who may import whom: downwards only, never sideways; the picture is in docs/architecture.md.

A *room* is a module or a folder right under ``tdkt_parse``. Imports are read from the source, so
those inside functions and under ``TYPE_CHECKING`` count too.
"""

import ast
import graphlib
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import regex
from packaging.requirements import Requirement

PACKAGE = "tdkt_parse"
SOURCE = Path(__file__).resolve().parent.parent / "src" / PACKAGE

LAYERS: dict[int, tuple[str, ...]] = {
    13: ("cli",),
    12: (
        "commands",
        "auditing",
        "registering",
        "exporting",
        "comparing",
        "importing",
        "storing",
        "serving",
    ),
    11: ("web", "output", "progress", "dispatch", "intake"),
    10: ("batch", "doctor", "work", "cluster", "interrupts"),
    9: ("sandbox", "annotate", "streams", "export", "compare", "archives", "manifest", "settling"),
    8: ("pipeline", "audit", "store", "render"),
    7: ("assemble",),
    6: ("metadata", "tasks", "citations", "resolve"),
    5: ("readers", "segment", "repair"),
    4: ("passage",),
    3: ("normalise", "actors", "diagnose", "register"),
    2: ("arguments", "docnumber", "legacy", "periods", "wording"),
    1: ("lexicon", "settings", "reporting", "days"),
    0: (
        "exceptions",
        "models",
        "layout",
        "spelling",
        "syllables",
        "numerals",
        "misread",
        "quickstart",
    ),
}
"""The rooms from the top down; those of one layer do not know one another."""

FRONT_DOOR = ("__init__", "__main__")
"""Above everything: what the package shows to others. Inside, nobody goes through it."""

OPTIONAL = {
    "alembic",
    "anyio",
    "argon2-cffi",
    "fastapi",
    "icalendar",
    "itsdangerous",
    "jinja2",
    "markupsafe",
    "mcp",
    "numpy",
    "opencv-python-headless",
    "prometheus-client",
    "psutil",
    "psycopg",
    "pyarrow",
    "python-multipart",
    "ray",
    "sqlalchemy",
    "starlette",
    "tesserocr",
    "uvicorn",
    "xlsxwriter",
}
"""Packages that are used where they are installed, and whose absence `tdkt doctor` tells."""

DISTRIBUTIONS = {
    "PIL": "pillow",
    "argon2": "argon2-cffi",
    "cv2": "opencv-python-headless",
    "docx": "python-docx",
    "prometheus_client": "prometheus-client",
    "pypdfium2_raw": "pypdfium2",
    "python_multipart": "python-multipart",
}
"""Packages that are installed under another name than they are imported by."""

LAYER_OF = {room: layer for layer, rooms in LAYERS.items() for room in rooms}


class Import(NamedTuple):
    """One name that one module imports, and the line that does."""

    importer: str
    imported: str
    line: int


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}
ROOMS = {name.split(".")[1] for name in MODULES if "." in name} - {*FRONT_DOOR}


def imports_of(module: str, source: str, *, is_package: bool = False) -> Iterator[Import]:
    """
    Every import of a module, with ``from package import submodule`` as the submodule.

    >>> [i.imported for i in imports_of("tdkt_parse.cli", "from tdkt_parse import models, parse")]
    ['tdkt_parse.models', 'tdkt_parse.parse']
    >>> [i.imported for i in imports_of("tdkt_parse.readers.pdf", "from . import text")]
    ['tdkt_parse.readers.text']
    >>> [i.imported for i in imports_of("tdkt_parse", 'import_module("tdkt_parse.cli")')]
    ['tdkt_parse.cli']
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield Import(module, alias.name, node.lineno)
            case ast.ImportFrom(module=target, names=names, level=level):
                package = module.split(".")
                above = package[: len(package) - level + is_package] if level else []
                start = ".".join([*above, *([target] if target else [])])
                for alias in names:
                    yield Import(module, f"{start}.{alias.name}", node.lineno)
            case ast.Call(
                func=ast.Attribute(attr="import_module") | ast.Name(id="import_module"),
                args=[ast.Constant(value=str(target)), *_],
            ):
                yield Import(module, target, node.lineno)


IMPORTS = [
    found
    for module, path in MODULES.items()
    for found in imports_of(
        module, path.read_text(encoding="utf-8"), is_package=path.name == "__init__.py"
    )
]


def room_of(module: str) -> str | None:
    """The room of one of our modules, ``__init__`` for the front door, ``None`` for others'."""
    first, _, rest = module.partition(".")
    if first != PACKAGE:
        return None
    room = rest.partition(".")[0]
    return room if room in ROOMS or room in LAYER_OF else "__init__"


def breach(found: Import) -> str | None:
    """What is wrong with an import, or ``None``."""
    importer, imported = room_of(found.importer), room_of(found.imported)
    if imported is None or importer in (*FRONT_DOOR, None) or importer == imported:
        return None
    place = f"{found.importer}, line {found.line}"
    if imported == "__init__":
        if found.imported == f"{PACKAGE}.__version__":
            return None
        return f"{place}: {found.imported} is taken through the front door; import its own module"
    mine, other = LAYER_OF.get(importer), LAYER_OF.get(imported)
    if mine is None or other is None:
        return f"{place}: {importer} or {imported} has no layer"
    if mine == other:
        return f"{place}: {importer} imports {imported}, its neighbour on layer {mine}"
    if mine < other:
        return f"{place}: {importer} (layer {mine}) imports {imported} (layer {other}), upwards"
    return None


def test_modules_and_imports_were_found() -> None:
    assert {"models", "layout", "exceptions", "readers"} <= ROOMS
    inner = [i for i in IMPORTS if room_of(i.imported)]
    assert len(inner) > len(ROOMS), "a walk that sees no imports holds no layers"


def test_every_room_has_its_layer() -> None:
    homeless = sorted(ROOMS - LAYER_OF.keys())
    assert not homeless, "give it a layer here and in docs/architecture.md"


def test_imports_go_downwards() -> None:
    breaches = [message for found in IMPORTS if (message := breach(found))]
    assert not breaches, "\n" + "\n".join(breaches)


@pytest.mark.parametrize(
    ("importer", "imported", "wrong"),
    [
        ("pipeline", "tdkt_parse.readers.text", False),
        ("readers.text", "tdkt_parse.readers", False),
        ("models", "tdkt_parse.pipeline", True),
        ("segment", "tdkt_parse.tasks", True),
        ("segment", "tdkt_parse.parse", True),
        ("cli", "tdkt_parse.__version__", False),
        ("cli", "rich.table", False),
    ],
)
def test_a_breach_is_seen(importer: str, imported: str, wrong: bool) -> None:
    assert bool(breach(Import(f"{PACKAGE}.{importer}", imported, 1))) is wrong


def test_no_circles_inside_a_room() -> None:
    """Inside a room imports are free as long as there is an order to load the modules in."""
    graph: dict[str, set[str]] = {module: set() for module in MODULES}
    for found in IMPORTS:
        target = found.imported
        if target not in MODULES:
            target = target.rpartition(".")[0]
        inside = room_of(found.importer) == room_of(target) != "__init__"
        if inside and target in MODULES and target != found.importer:
            graph[found.importer].add(target)
    order = list(graphlib.TopologicalSorter(graph).static_order())
    assert set(order) == set(MODULES)


def test_patterns_over_documents_can_be_stopped() -> None:
    """The standard ``re`` has no timeout and never returned on adversarial lines; regex has."""
    used = [
        f"{found.importer}, line {found.line}"
        for found in IMPORTS
        if found.imported == "re" or found.imported.startswith("re.")
    ]
    assert not used, "use regex with timeout=: " + "; ".join(used)


def test_dependencies_are_those_that_are_imported() -> None:
    """Whoever installs the package gets what it uses: no more, no less."""
    project = tomllib.loads((SOURCE.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {Requirement(text).name for text in project["project"]["dependencies"]}
    imported = {found.imported.partition(".")[0] for found in IMPORTS}
    imported = {DISTRIBUTIONS.get(name, name) for name in imported}
    assert imported - sys.stdlib_module_names - {PACKAGE} - OPTIONAL == declared


def test_the_documentation_draws_these_layers() -> None:
    docs = SOURCE.parent.parent / "docs"
    drawn = {
        int(layer): tuple(rooms.split())
        for layer, rooms in regex.findall(
            r"(?m)^ ?(\d+) ([a-z ]+)$",
            (docs / "architecture.md").read_text(encoding="utf-8"),
            timeout=5,
        )
    }
    assert drawn == LAYERS
    picture = (docs / "architecture.svg").read_text(encoding="utf-8")
    assert [room for room in LAYER_OF if f">{room}</text>" not in picture] == []
