"""
The formats, in the order in which they are offered, and one way to call them all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from tdkt_parse.exceptions import UsageError
from tdkt_parse.export.shortfalls import Shortfalls
from tdkt_parse.export.tables import TABLES, WHATS, Filed, Table, What


@dataclass(frozen=True, slots=True)
class Options:
    """
    How to write.

    ``what``: the table, ``None`` for what the format holds by itself; ``lang``: of words for
    people; ``bom``: CSV for Excel; ``raw``: CSV without guards; ``todo``: to-dos in a calendar.
    """

    what: What | None = None
    lang: str = "vi"
    bom: bool = False
    raw: bool = False
    todo: bool = False


Write = Callable[[Iterable[Filed], IO[bytes], Options, Shortfalls], None]


@dataclass(frozen=True, slots=True)
class Exporter:
    """
    A format: its name, the suffixes of its files, whether it is text, and what writes it.

    ``default`` names the tables it has where nobody asks for one; none, where it holds whole plans.
    ``flags`` are the options that mean something to it.
    """

    name: str
    suffixes: tuple[str, ...]
    write: Write
    default: tuple[What, ...]
    text: bool = True
    flags: frozenset[str] = frozenset({"what"})

    def needs_audit(self, what: What | None) -> bool:
        """Whether findings are among what it is to hold."""
        return "findings" in ((what,) if what else self.default)


def _texts(out: IO[bytes]) -> Callable[[str], object]:
    return lambda text: out.write(text.encode("utf-8"))


def _tables(options: Options, default: Sequence[What]) -> list[Table]:
    return [TABLES[what] for what in ((options.what,) if options.what else default)]


def _csv(files: Iterable[Filed], out: IO[bytes], options: Options, met: Shortfalls) -> None:
    from tdkt_parse.export.delimited import write_csv

    table = TABLES[options.what or "tasks"]
    write_csv(
        files,
        table,
        _texts(out),
        met,
        for_excel=options.bom,
        raw=options.raw,
        lang=options.lang,
    )


def _xlsx(files: Iterable[Filed], out: IO[bytes], options: Options, met: Shortfalls) -> None:
    from tdkt_parse.export.workbook import write_workbook

    write_workbook(files, _tables(options, WHATS), out, met, lang=options.lang)


def _jsonl(files: Iterable[Filed], out: IO[bytes], options: Options, _: Shortfalls) -> None:
    from tdkt_parse.export.frames import write_json_lines

    write_json_lines(files, TABLES[options.what] if options.what else None, _texts(out))


def _parquet(files: Iterable[Filed], out: IO[bytes], options: Options, _: Shortfalls) -> None:
    from tdkt_parse.export.frames import write_parquet

    write_parquet(files, TABLES[options.what or "tasks"], out)


def _ics(files: Iterable[Filed], out: IO[bytes], options: Options, met: Shortfalls) -> None:
    from tdkt_parse.export.calendars import write_calendar

    write_calendar(files, out, met, lang=options.lang, todo=options.todo)


def _markdown(files: Iterable[Filed], out: IO[bytes], options: Options, _: Shortfalls) -> None:
    from tdkt_parse.export.pages import write_markdown

    tables = [TABLES[options.what]] if options.what else None
    write_markdown(files, tables, _texts(out), lang=options.lang)


def _html(files: Iterable[Filed], out: IO[bytes], options: Options, _: Shortfalls) -> None:
    from tdkt_parse.export.pages import write_page

    write_page(files, _tables(options, WHATS), _texts(out), lang=options.lang)


EXPORTERS: tuple[Exporter, ...] = (
    Exporter("csv", (".csv",), _csv, ("tasks",), flags=frozenset({"what", "bom", "raw"})),
    Exporter("xlsx", (".xlsx",), _xlsx, WHATS, text=False),
    Exporter("jsonl", (".jsonl", ".ndjson"), _jsonl, ()),
    Exporter("parquet", (".parquet",), _parquet, ("tasks",), text=False),
    Exporter("ics", (".ics",), _ics, (), flags=frozenset({"todo"})),
    Exporter("md", (".md", ".markdown"), _markdown, ()),
    Exporter("html", (".html", ".htm"), _html, WHATS),
)
"""The formats, in order."""


def exporter_for(name: str | None, output: str | None) -> Exporter:
    """The format of a name, else of the output's suffix; ``UsageError`` if there is none."""
    suffix = PurePath(output or "").suffix.lower()
    for one in EXPORTERS:
        if one.name == name or (name is None and suffix in one.suffixes):
            return one
    names = ", ".join(one.name for one in EXPORTERS)
    if name is None:
        raise UsageError("It is not said what to write.", hint=f"Give --format: {names}.")
    raise UsageError(f"There is no format {name}.", hint=f"There are {names}.")


def export_plans(
    files: Iterable[Filed], exporter: Exporter, out: IO[bytes], options: Options | None = None
) -> Shortfalls:
    """
    Write plans in a format, and say what it could not take whole.

    Raises ``UsageError`` for an option that means nothing to the format, ``MissingDependency`` for
    a package that is not installed.
    """
    options = options or Options()
    given = {"what": options.what, "bom": options.bom, "raw": options.raw, "todo": options.todo}
    for flag, value in given.items():
        if value and flag not in exporter.flags:
            raise UsageError(f"--{flag} means nothing to --format {exporter.name}.")
    if options.bom and options.raw:
        raise UsageError("--bom is for Excel and --raw for programs.", hint="Give one of the two.")
    met = Shortfalls()
    exporter.write(files, out, options, met)
    return met
