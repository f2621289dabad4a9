"""
Settings of the program, from three places: flags, then environment, then ``tdkt.toml``.

The file is looked for in the current folder and upwards from there; the first one found counts.
``SETTINGS`` lists every setting once: adding one is one row here and one field of ``Settings``.
"""

import glob
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from tdkt_parse.exceptions import UsageError

FILE_NAME = "tdkt.toml"

FORMATS = ("summary", "json", "jsonl", "md")
LANGUAGES = ("vi", "en")
Changes = Literal["accept", "reject"]
"""How the tracked changes of a Word file are read."""
OcrMode = Literal["auto", "always", "never"]
"""Which pages are read by OCR: those without text that can be believed, all, none."""
Engine = Literal["process", "ray"]
"""Who reads many documents: processes of this machine, or a cluster of Ray."""
ENGINES: tuple[Engine, ...] = get_args(Engine)
OCR_MODES: tuple[OcrMode, ...] = get_args(OcrMode)
CHANGES: tuple[Changes, ...] = get_args(Changes)
FAIL_ON = ("error", "warning", "info", "never")
"""From which level on a finding of the audit makes the exit code."""


@dataclass(frozen=True, slots=True)
class Settings:
    """
    What the commands go by.

    ``jobs``: worker processes, ``None`` for one a processor; ``timeout``: seconds a document may
    take, and ``page_timeout`` more for each of its pages; ``memory``: bytes it may take;
    ``format``: of the output, ``None`` where nobody chose one; ``lang``: of labels, vi or en;
    ``changes``: tracked changes of a Word file, accepted or rejected; ``password``: of the PDFs
    that ask for one; ``ocr``: which pages are read by OCR; ``register``: the file of the user's
    register of instruments; ``db``: the database of plans, a file or an address; ``engine``: who
    reads many documents; ``ray_address``: the cluster of Ray, ``None`` for one of this machine
    that is started and ended. For the audit:
    ``select`` and ``ignore``, names of rules, all of them where ``select`` is empty; ``fail_on``,
    the level from which findings make the exit code; ``per_file_ignores``, patterns of whole paths
    with the rules that are not for them.
    """

    jobs: int | None = None
    timeout: float = 60.0
    page_timeout: float = 2.0
    memory: int = 1 << 30
    format: str | None = None
    lang: str = "vi"
    changes: Changes = "accept"
    password: str | None = field(default=None, repr=False)
    ocr: OcrMode = "auto"
    register: Path | None = None
    db: str | None = None
    engine: Engine = "process"
    ray_address: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "info"
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Setting(NamedTuple):
    """
    A setting's name in the file, its variable in the environment, and what it may be.

    One without a variable is for the file alone. ``settle`` turns what is said of paths in the
    file, which go by its folder, into what holds everywhere.
    """

    name: str
    variable: str | None
    parse: Callable[[object], object]
    meaning: str
    settle: Callable[[Any, Path], object] | None = None


def parse_count(value: object) -> int:
    """A whole number from 1 to 1024; ValueError otherwise."""
    number = _decimal(str(value))
    if number is None or number not in range(1, 1025):
        raise ValueError("a whole number from 1 to 1024")
    return int(number)


def parse_seconds(value: object) -> float:
    """A number of seconds above 0; ValueError otherwise."""
    number = _decimal(str(value))
    if not number:
        raise ValueError("a number of seconds above 0")
    return number


def parse_memory(value: object) -> int:
    """
    Bytes from ``512M``, ``1G``, ``1.5GiB``, or a plain number of MiB; ValueError otherwise.

    >>> parse_memory("1G") == parse_memory(1024) == 2**30
    True
    """
    text = str(value).strip().upper().removesuffix("B").removesuffix("I")
    unit = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}.get(text[-1:])
    number = _decimal((text[:-1] if unit else text).rstrip())
    if number is None:
        raise ValueError("an amount such as 512M or 1G")
    size = int(number * (unit or 1 << 20))
    if size < 16 << 20:
        raise ValueError("at least 16M")
    return size


def parse_password(value: object) -> str:
    """A password: any text of up to 127 bytes (ISO 32000-2, 7.6.4.3.2); ValueError otherwise."""
    text = str(value)
    if not text or len(text.encode()) > 127:
        raise ValueError("a password of 1 to 127 bytes")
    return text


def parse_path(value: object) -> Path:
    """The name of a file, ``~`` for the user's own folder; ValueError if none is possible."""
    text = str(value)
    if not text.strip() or "\0" in text:
        raise ValueError("the name of a file")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ValueError("the name of a file; whose ~ that is, is not known") from None


def parse_database(value: object) -> str:
    """
    A database: the name of a file, or an address with ``://`` in it; ValueError if neither.

    >>> parse_database("postgresql+psycopg://localhost/plans")
    'postgresql+psycopg://localhost/plans'
    """
    text = str(value)
    if "://" in text:
        return text
    return str(parse_path(text))


def parse_address(value: object) -> str:
    """
    A cluster of Ray: ``auto``, ``HOST:PORT``, ``ray://HOST:PORT``; ValueError if it is none.

    >>> parse_address("10.0.0.5:6379")
    '10.0.0.5:6379'
    """
    text = str(value).strip()
    if not text or not text.isprintable() or " " in text:
        raise ValueError("an address, as 10.0.0.5:6379, or auto")
    return text


def parse_names(value: object) -> tuple[str, ...]:
    """
    Names of rules: a list, or a text with commas between them; ValueError otherwise.

    >>> parse_names("B01, B05"), parse_names(["B01"])
    (('B01', 'B05'), ('B01',))
    """
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise ValueError("names of rules, as B01,B05")
    return tuple(name.strip() for name in names if name.strip())


def parse_ignores(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A table of patterns of paths, each with names of rules; ValueError otherwise."""
    if isinstance(value, dict):
        return tuple((pattern, parse_names(names)) for pattern, names in value.items())
    raise ValueError('a table, as [per_file_ignores] with "drafts/*" = ["B15"]')


def _settle_ignores(
    ignores: tuple[tuple[str, tuple[str, ...]], ...], folder: Path
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Patterns of whole paths: one without a slash is for names of files in any folder."""
    here = glob.escape(f"{folder.as_posix().rstrip('/')}/")
    return tuple(
        (here + pattern.replace("**/", "*") if "/" in pattern else f"*/{pattern}", names)
        for pattern, names in ignores
    )


def _settle_path(path: Path, folder: Path) -> Path:
    return folder / path


def _settle_database(where: str, folder: Path) -> str:
    return where if "://" in where else str(folder / where)


def _decimal(text: str) -> float | None:
    """The value of digits with at most one point between them, no sign, no exponent."""
    whole, point, rest = text.partition(".")
    digits = whole + rest if point and rest else text
    return float(text) if whole and digits.isascii() and digits.isdigit() else None


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str]:
    def parse(value: object) -> str:
        if value not in choices:
            raise ValueError("one of " + ", ".join(choices))
        return str(value)

    return parse


SETTINGS: tuple[Setting, ...] = (
    Setting("jobs", "TDKT_JOBS", parse_count, "worker processes"),
    Setting("timeout", "TDKT_TIMEOUT", parse_seconds, "seconds a document may take"),
    Setting("page_timeout", "TDKT_PAGE_TIMEOUT", parse_seconds, "seconds more for each page"),
    Setting("memory", "TDKT_MEMORY", parse_memory, "memory a document may take"),
    Setting("format", "TDKT_FORMAT", _one_of(FORMATS), "format of the output"),
    Setting("lang", "TDKT_LANG", _one_of(LANGUAGES), "language of labels"),
    Setting("password", "TDKT_PASSWORD", parse_password, "password of PDFs"),
    Setting("changes", "TDKT_CHANGES", _one_of(CHANGES), "tracked changes of Word"),
    Setting("ocr", "TDKT_OCR", _one_of(OCR_MODES), "pages read by OCR"),
    Setting("register", "TDKT_REGISTER", parse_path, "register of instruments", _settle_path),
    Setting("db", "TDKT_DB", parse_database, "database of plans", _settle_database),
    Setting("engine", "TDKT_ENGINE", _one_of(ENGINES), "who reads many documents"),
    Setting("ray_address", "TDKT_RAY_ADDRESS", parse_address, "cluster of Ray"),
    Setting("select", "TDKT_SELECT", parse_names, "rules of the audit that are asked"),
    Setting("ignore", "TDKT_IGNORE", parse_names, "rules of the audit that are not"),
    Setting("fail_on", "TDKT_FAIL_ON", _one_of(FAIL_ON), "level that makes exit code 6"),
    Setting("per_file_ignores", None, parse_ignores, "rules not for some files", _settle_ignores),
)


def load_settings(
    flags: Mapping[str, object] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """
    The settings in force.

    A flag that is ``None`` and a variable that is empty were not given. Raises ``UsageError``,
    which names the flag, the variable, or the file and its key.
    """
    environment = os.environ if environment is None else environment
    flags = flags or {}
    path = find_file(folder)
    in_file = _read(path) if path is not None else {}
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        flag = flags.get(setting.name)
        settle = None
        if flag is not None:
            where, value = "--" + setting.name.replace("_", "-"), flag
        elif setting.variable and environment.get(setting.variable):
            where, value = setting.variable, environment[setting.variable]
        elif setting.name in in_file:
            where, value = f"{path}: {setting.name}", in_file[setting.name]
            settle = setting.settle
        else:
            continue
        try:
            parsed = setting.parse(value)
        except ValueError as error:
            said = "its value" if setting.name in ("password", "db") else repr(value)
            raise UsageError(f"{where}: {said} cannot be used.", hint=f"Give {error}.") from None
        values[setting.name] = settle(parsed, path.parent) if settle and path else parsed
    settings = Settings(**values)
    if flags.get("ray_address") is not None and settings.engine != "ray":
        # Of a variable or the file it may stand there for the runs that are given the engine.
        raise UsageError(
            f"--ray-address: the engine is {settings.engine}, which has no address.",
            hint="Add --engine ray, or leave it out.",
        )
    return settings


def user_register(environment: Mapping[str, str] | None = None) -> Path:
    """Where a user's register is if no setting says so: in the folder for data of programs."""
    return data_folder(environment) / "register.sqlite"


def database_of(settings: Settings, environment: Mapping[str, str] | None = None) -> str:
    """The database of plans: the one set, or else a file beside the user's register."""
    return settings.db or str(data_folder(environment) / "plans.sqlite")


def data_folder(environment: Mapping[str, str] | None = None) -> Path:
    """The user's folder for what the program keeps."""
    environment = os.environ if environment is None else environment
    if sys.platform == "win32":
        folder = environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    else:
        folder = environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(folder) / "tdkt-parse"


def register_to_read(settings: Settings) -> Path | None:
    """The register that is read: the one set, or else the user's; ``None``: the packaged one."""
    if settings.register:
        return settings.register
    try:
        own = user_register()
        return own if own.is_file() else None
    except (OSError, RuntimeError):
        return None  # Nobody's home, or none that may be looked into.


def find_file(folder: Path | None = None) -> Path | None:
    """The ``tdkt.toml`` of a folder, by default the current one, or of the nearest above it."""
    try:
        here = (folder or Path.cwd()).resolve()
    except OSError:
        return None  # The current folder was removed.
    for place in (here, *here.parents):
        path = place / FILE_NAME
        if path.is_file():
            return path
    return None


def _read(path: Path) -> dict[str, object]:
    import tomllib

    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no TOML: {error}.") from None
    known = [setting.name for setting in SETTINGS]
    for key in table:
        if key not in known:
            raise UsageError(
                f"{path}: there is no setting {key!r}.", hint=f"There are {', '.join(known)}."
            )
    return table
