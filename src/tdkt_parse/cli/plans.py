"""
The options of the commands for plans that are read: as documents, as tables, beside one another.
"""

from typing import Annotated

import typer

from tdkt_parse.cli.options import (
    ChangesOption,
    CitesOption,
    DatabaseOption,
    DiffFormat,
    ExportFormat,
    ExportWhat,
    GraphFormat,
    IssuerOption,
    JobsOption,
    LangOption,
    LevelOption,
    MemoryOption,
    OcrOption,
    OutputOption,
    PasswordOption,
    QuarterOption,
    RegisterOption,
    TimeoutOption,
    YearOption,
)


def render(
    path: Annotated[
        str, typer.Argument(metavar="PLAN", help="A Plan in JSON, or - for standard input.")
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write here: .docx, .md or .html says what."
        ),
    ],
) -> None:
    """
    Print a Plan as the document it is.

    In the form of Nghị định 30/2020/NĐ-CP: Word, Markdown or HTML. The Plan is what parse prints
    with --format json, or written by hand; evidence and source may be left out.
    """
    from tdkt_parse import commands

    raise typer.Exit(commands.render_plan(path, output))


def export(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Files, folders, Plans in JSON, or -. [the database]"),
    ] = None,
    format_: Annotated[
        ExportFormat | None,
        typer.Option("--format", "-f", help="What to write. [what the name of FILE says]"),
    ] = None,
    output: OutputOption = None,
    what: Annotated[
        ExportWhat | None, typer.Option("--what", help="Which table. [tasks, or all of them]")
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="CSV for Excel: its mark of UTF-8, headings for people.")
    ] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="CSV for programs: no guard before - + = @.")
    ] = False,
    todo: Annotated[
        bool, typer.Option("--todo", help="To-dos in a calendar in place of events.")
    ] = False,
    db: DatabaseOption = None,
    words: Annotated[
        str | None, typer.Option("--search", metavar="WORDS", help="Of the database, with these.")
    ] = None,
    year: YearOption = None,
    quarter: QuarterOption = None,
    issuer: IssuerOption = None,
    cites: CitesOption = None,
    level: LevelOption = None,
    jobs: JobsOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on stderr.")] = False,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    lang: LangOption = None,
    changes: ChangesOption = None,
    password: PasswordOption = None,
    ocr: OcrOption = None,
    register: RegisterOption = None,
) -> None:
    """
    Write plans as files of other programs.

    Tables of plans, tasks, citations and findings for Excel (xlsx, csv) and data frames (parquet,
    jsonl), a calendar of what is due (ics), pages to read (md, html). The plans are documents, or
    what parse prints with --format json or jsonl. Without PATH they are those of the database, all
    of them or those that --search, --year … ask for.
    """
    from tdkt_parse import exporting, store

    asked = (words, year, issuer, cites, quarter, level)
    filtered = any(value is not None for value in asked)
    if paths and (filtered or db is not None):
        raise typer.BadParameter("--db and filters are for the database.", param_hint="PATH")
    query = store.Query(words or "", *asked[1:]) if filtered else None

    flags = {
        "db": db,
        "jobs": jobs,
        "timeout": timeout,
        "memory": memory,
        "lang": lang,
        "changes": changes,
        "password": password,
        "ocr": ocr,
        "register": register,
    }
    options = {"what": what, "bom": bom, "raw": raw, "todo": todo}
    raise typer.Exit(
        exporting.export_documents(
            paths or [],
            flags=flags,
            format_=format_,
            output=output,
            options=options,
            query=query,
            quiet=quiet,
        )
    )


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The earlier plan, or its JSON, or -.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later plan, or its JSON.")],
    format_: Annotated[
        DiffFormat | None, typer.Option("--format", "-f", help="What to print. [text]")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    output: OutputOption = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Give code 1 where the plans differ.")
    ] = False,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    lang: LangOption = None,
    changes: ChangesOption = None,
    password: PasswordOption = None,
    ocr: OcrOption = None,
    register: RegisterOption = None,
) -> None:
    """
    Say what became of a plan in the next one.

    Tasks that were added, dropped, changed or moved to another quarter, with another lead or
    deadline; bases that were added, dropped, or replaced as the register says. That only the year
    is another is no difference.
    """
    from tdkt_parse import comparing

    if as_json and format_ not in (None, "json"):
        raise typer.BadParameter("It goes without another --format.", param_hint="--json")
    flags = {
        "timeout": timeout,
        "memory": memory,
        "lang": lang,
        "changes": changes,
        "password": password,
        "ocr": ocr,
        "register": register,
    }
    raise typer.Exit(
        comparing.diff_plans(
            old,
            new,
            flags=flags,
            format_="json" if as_json else format_,
            output=output,
            tell=exit_code,
        )
    )


def graph(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders, Plans in JSON, or -.")
    ],
    format_: Annotated[
        GraphFormat | None,
        typer.Option("--format", "-f", help="What to print. [table, or what FILE says]"),
    ] = None,
    output: OutputOption = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Cited documents of every kind, not plans alone.")
    ] = False,
    jobs: JobsOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on stderr.")] = False,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    lang: LangOption = None,
    changes: ChangesOption = None,
    password: PasswordOption = None,
    ocr: OcrOption = None,
    register: RegisterOption = None,
) -> None:
    """
    Say which plan carries out which, up the levels.

    A commune's plan cites the district's, which cites the province's. A citation is one of the
    given plans where number, organ and day agree.
    """
    from tdkt_parse import comparing

    flags = {
        "jobs": jobs,
        "timeout": timeout,
        "memory": memory,
        "lang": lang,
        "changes": changes,
        "password": password,
        "ocr": ocr,
        "register": register,
    }
    raise typer.Exit(
        comparing.graph_plans(
            paths, flags=flags, format_=format_, output=output, all_=all_, quiet=quiet
        )
    )
