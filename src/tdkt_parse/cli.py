"""
The command line: arguments, one call, exit code.

What is called stands in ``commands``; how the program begins and ends, in ``__main__``.
"""

from typing import Annotated, Literal

import typer

from tdkt_parse.settings import Changes, Engine, OcrMode

EXIT_CODES = """\b
Exit codes:
   0  done                      10  unreadable: missing, empty, no document
   1  diff --exit-code: differ  11  encrypted
   2  wrong use                 12  needs OCR
   3  a package is missing      13  took too long
   4  some documents failed     14  took too much memory
   5  all documents failed      15  its process crashed
   6  the audit has findings   130  interrupted
   7  the database failed
One document gives its own code, several give 0, 4 or 5."""

app = typer.Typer(
    name="tdkt",
    help="Read Vietnamese administrative plans into typed values.",
    epilog=EXIT_CODES,
    rich_markup_mode=None,  # Plain help: it is there in half the time.
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Format = Literal["summary", "json", "jsonl", "md"]
AuditFormat = Literal["text", "json", "jsonl", "sarif", "html"]
ExportFormat = Literal["csv", "xlsx", "jsonl", "parquet", "ics", "md", "html"]
ExportWhat = Literal["plans", "tasks", "citations", "findings"]
DiffFormat = Literal["text", "json", "md"]
GraphFormat = Literal["table", "json", "dot", "svg", "graphml"]
FailOn = Literal["error", "warning", "info", "never"]
HowManyFail = Literal["any", "all", "never"]
Language = Literal["vi", "en"]

PathsArgument = Annotated[
    list[str], typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.")
]
PathArgument = Annotated[
    str, typer.Argument(metavar="PATH", help="A file, or - for standard input.")
]
JobsOption = Annotated[
    str | None,
    typer.Option("--jobs", "-j", metavar="N", help="Processes. [one a processor]"),
]
ReadersOption = Annotated[
    str | None,
    typer.Option("--jobs", "-j", metavar="N", help="Readers. [one less than processors]"),
]
TimeoutOption = Annotated[
    str | None,
    typer.Option("--timeout", metavar="SECONDS", help="Time a document may take. [60, +2 a page]"),
]
MemoryOption = Annotated[
    str | None,
    typer.Option("--memory", metavar="SIZE", help="Memory a document may take, as 512M. [1G]"),
]
LangOption = Annotated[
    Language | None, typer.Option("--lang", help="Language of the labels. [vi]", show_choices=True)
]
ChangesOption = Annotated[
    Changes | None,
    typer.Option("--changes", help="Tracked changes of a Word file. [accept]", show_choices=True),
]
OcrOption = Annotated[
    OcrMode | None,
    typer.Option("--ocr", help="Pages read by OCR: auto, those without text.", show_choices=True),
]
PasswordOption = Annotated[
    str | None,
    typer.Option("--password", metavar="TEXT", help="Password of PDFs; better in TDKT_PASSWORD."),
]
OutputOption = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write here.")
]

RegisterOption = Annotated[
    str | None,
    typer.Option("--register", metavar="FILE", help="The register. [your own, or the packaged]"),
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--db", metavar="FILE|URL", help="The database: a file, or postgresql+psycopg://… [yours]"
    ),
]
ManifestOption = Annotated[
    str | None,
    typer.Option(
        "--manifest", metavar="FILE", help="Note here what became of each; go on from there."
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Read again what is done.")]
RetryOption = Annotated[
    bool, typer.Option("--retry-failed", help="Read again what failed, as the manifest has it.")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only say what would be read.")]
LimitOption = Annotated[
    int | None, typer.Option("--limit", metavar="N", min=1, help="Read no more than so many.")
]
HowManyFailOption = Annotated[
    HowManyFail,
    typer.Option("--fail-on", help="Whether any, or all, have to fail for another code than 0."),
]
EngineOption = Annotated[
    Engine | None,
    typer.Option("--engine", help="Processes of this machine, or a cluster of Ray. [process]"),
]
RayAddressOption = Annotated[
    str | None,
    typer.Option("--ray-address", metavar="ADDRESS", help="The cluster. [one of this machine]"),
]
YearOption = Annotated[int | None, typer.Option("--year", help="Planned for this year.")]
QuarterOption = Annotated[
    int | None, typer.Option("--quarter", min=1, max=4, help="With a task in this quarter.")
]
IssuerOption = Annotated[
    str | None, typer.Option("--issuer", metavar="NAME", help="Issued by, or under, this body.")
]
CitesOption = Annotated[
    str | None, typer.Option("--cites", metavar="NUMBER", help="Citing this document.")
]
LevelName = Literal["central", "province", "district", "commune"]
LevelOption = Annotated[
    LevelName | None, typer.Option("--level", help="Issued at this level.", show_choices=True)
]
Dialect = Literal["sqlite", "postgresql"]
RegisterForm = Literal["csv", "json", "jsonl", "parquet"]


# -- commands


def _print_version(wanted: bool) -> None:
    if wanted:
        from tdkt_parse import __version__

        typer.echo(f"tdkt {__version__}")
        raise typer.Exit


@app.callback()
def root(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Read Vietnamese administrative plans into typed values."""


@app.command(epilog=EXIT_CODES)
def parse(
    paths: PathsArgument,
    format_: Annotated[
        Format | None, typer.Option("--format", "-f", help="What to print. [summary]")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|DIR",
            help="Write to this file, or one file for each document into this folder.",
        ),
    ] = None,
    jobs: JobsOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on stderr.")] = False,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    lang: LangOption = None,
    changes: ChangesOption = None,
    password: PasswordOption = None,
    ocr: OcrOption = None,
    register: RegisterOption = None,
    manifest: ManifestOption = None,
    force: ForceOption = False,
    retry_failed: RetryOption = False,
    dry_run: DryRunOption = False,
    limit: LimitOption = None,
    fail_on: HowManyFailOption = "any",
    engine: EngineOption = None,
    ray_address: RayAddressOption = None,
) -> None:
    """
    Read plans and print what they say.

    With --format json a file is one JSON object; folders and several files are an array in the
    order given. Archives (.zip) are read through.
    """
    from tdkt_parse import commands
    from tdkt_parse.intake import Choice

    _check_manifest(manifest, force=force, retry=retry_failed)

    flags = {
        "jobs": jobs,
        "timeout": timeout,
        "memory": memory,
        "format": format_,
        "lang": lang,
        "changes": changes,
        "password": password,
        "ocr": ocr,
        "register": register,
        "engine": engine,
        "ray_address": ray_address,
    }
    code = commands.parse_documents(
        paths,
        flags=flags,
        output=output,
        quiet=quiet,
        manifest=manifest,
        choice=Choice(force, retry_failed, limit),
        dry_run=dry_run,
        fail_on=fail_on,
    )
    raise typer.Exit(code)


def _check_manifest(manifest: str | None, *, force: bool, retry: bool) -> None:
    """What a manifest is asked for means nothing without one."""
    for option, given in (("--force", force), ("--retry-failed", retry)):
        if given and manifest is None:
            raise typer.BadParameter("It goes with --manifest.", param_hint=option)


@app.command(epilog=EXIT_CODES)
def audit(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Files, folders, Plans in JSON, or -."),
    ] = None,
    format_: Annotated[
        AuditFormat | None, typer.Option("--format", "-f", help="What to print. [text]")
    ] = None,
    output: OutputOption = None,
    select: Annotated[
        str | None, typer.Option("--select", metavar="RULES", help="Ask these only: B01,B05.")
    ] = None,
    ignore: Annotated[
        str | None, typer.Option("--ignore", metavar="RULES", help="Do not ask these.")
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", help="From which level on the exit code is 6. [info]"),
    ] = None,
    annotate: Annotated[
        str | None,
        typer.Option("--annotate", metavar="FILE", help="Write a copy with comments here."),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option("--report", metavar="DIR", help="Count over all documents, into this folder."),
    ] = None,
    register: RegisterOption = None,
    rules: Annotated[bool, typer.Option("--rules", help="Print the rules.")] = False,
    jobs: JobsOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    lang: LangOption = None,
    changes: ChangesOption = None,
    password: PasswordOption = None,
    ocr: OcrOption = None,
) -> None:
    """
    Say what an inspector would remark on in plans.

    Above all whether the legal bases were in force when the plan was signed. One finding a line
    with its place and the provision it rests on; or a page, SARIF, or comments in a copy of the
    Word file or PDF.
    """
    from tdkt_parse import auditing

    if rules:
        raise typer.Exit(auditing.print_rules(lang))
    flags = {
        "jobs": jobs,
        "timeout": timeout,
        "memory": memory,
        "lang": lang,
        "changes": changes,
        "password": password,
        "ocr": ocr,
        "register": register,
        "select": select,
        "ignore": ignore,
        "fail_on": fail_on,
    }
    if not paths:
        raise typer.BadParameter("Give a file or a folder.", param_hint="PATH")
    if report is not None:
        if format_ or output or annotate:
            raise typer.BadParameter(
                "It goes without -f, -o and --annotate.", param_hint="--report"
            )
        raise typer.Exit(auditing.report_on(paths, report, flags=flags, quiet=quiet))
    code = auditing.audit_documents(
        paths, flags=flags, format_=format_, output=output, annotated=annotate, quiet=quiet
    )
    raise typer.Exit(code)


@app.command()
def text(
    path: PathArgument,
    output: OutputOption = None,
    searchable: Annotated[
        str | None,
        typer.Option(
            "--searchable", metavar="FILE", help="Write the scan here as a PDF with its words."
        ),
    ] = None,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    changes: ChangesOption = None,
    password: PasswordOption = None,
    ocr: OcrOption = None,
) -> None:
    """
    Print the reading text of a document.

    All evidence points into it. It is printed to the character, without a line feed of ours; in a
    terminal control characters are shown as U+FFFD.

    With --searchable a copy of a scan is written in which the words that OCR read can be found and
    copied, and the text is printed with -o only.
    """
    from tdkt_parse import commands

    flags = {
        "timeout": timeout,
        "memory": memory,
        "changes": changes,
        "password": password,
        "ocr": ocr,
    }
    if searchable is not None:
        code = commands.write_searchable(path, searchable, flags=flags, output=output)
        raise typer.Exit(code)
    raise typer.Exit(commands.print_text(path, flags=flags, output=output))


@app.command()
def explain(
    path: PathArgument,
    output: OutputOption = None,
    image: Annotated[
        str | None,
        typer.Option("--image", metavar="DIR", help="Draw the pages into this folder."),
    ] = None,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    lang: LangOption = None,
    changes: ChangesOption = None,
    password: PasswordOption = None,
    ocr: OcrOption = None,
) -> None:
    """
    Print which rule read what.

    First each line with the zone it was put into, then each value with its place. With --image the
    pages of a PDF or a picture file are drawn too, with the boxes of the values and their names.
    """
    from tdkt_parse import commands

    flags = {
        "timeout": timeout,
        "memory": memory,
        "lang": lang,
        "changes": changes,
        "password": password,
        "ocr": ocr,
    }
    raise typer.Exit(commands.explain_document(path, flags=flags, output=output, image=image))


@app.command()
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


@app.command(epilog=EXIT_CODES)
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


@app.command(epilog=EXIT_CODES)
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


@app.command(epilog=EXIT_CODES)
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


@app.command(name="import", epilog=EXIT_CODES)
def import_(
    paths: PathsArgument,
    db: DatabaseOption = None,
    force: ForceOption = False,
    manifest: ManifestOption = None,
    retry_failed: RetryOption = False,
    dry_run: DryRunOption = False,
    limit: LimitOption = None,
    fail_on: HowManyFailOption = "any",
    jobs: JobsOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on stderr.")] = False,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    lang: LangOption = None,
    changes: ChangesOption = None,
    password: PasswordOption = None,
    ocr: OcrOption = None,
    register: RegisterOption = None,
    engine: EngineOption = None,
    ray_address: RayAddressOption = None,
) -> None:
    """
    Read documents into the database.

    Each is put in as soon as it is read, with what the audit remarks on. What is there already,
    read by this version, is not read again. Archives (.zip) are read through.
    """
    from tdkt_parse import importing
    from tdkt_parse.intake import Choice

    _check_manifest(manifest, force=False, retry=retry_failed)

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
        "engine": engine,
        "ray_address": ray_address,
    }
    code = importing.import_documents(
        paths,
        flags=flags,
        quiet=quiet,
        manifest=manifest,
        choice=Choice(force, retry_failed, limit),
        dry_run=dry_run,
        fail_on=fail_on,
    )
    raise typer.Exit(code)


@app.command(epilog=EXIT_CODES)
def watch(
    folders: Annotated[list[str], typer.Argument(metavar="FOLDER", help="Folders.")],
    db: DatabaseOption = None,
    manifest: ManifestOption = None,
    interval: Annotated[
        float,
        typer.Option("--interval", metavar="SECONDS", min=0.05, help="Between two looks."),
    ] = 5.0,
    settle: Annotated[
        float,
        typer.Option("--settle", metavar="SECONDS", min=0.0, help="A file has to be at rest."),
    ] = 2.0,
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
    Read into the database what is put into folders.

    A file that is still being written is waited for; links are not followed. It ends with Ctrl-C or
    SIGTERM, and goes on from there when it is started again.
    """
    from tdkt_parse import importing

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
    raise typer.Exit(
        importing.watch_folders(
            folders,
            flags=flags,
            quiet=quiet,
            manifest=manifest,
            interval=interval,
            settle=settle,
        )
    )


@app.command()
def search(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="With marks or without.")
    ] = None,
    year: YearOption = None,
    quarter: QuarterOption = None,
    issuer: IssuerOption = None,
    cites: CitesOption = None,
    level: LevelOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many.")] = 20,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Leave out the first.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    db: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """
    Find plans in the database.

    Words typed with marks are found with them first, then without; typed without, both. All words
    must be there; signs mean nothing.
    """
    from tdkt_parse import store, storing

    query = store.Query(" ".join(words or []), year, issuer, cites, quarter, level, limit, offset)
    code = storing.search_plans(query, flags={"db": db, "lang": lang}, as_json=as_json)
    raise typer.Exit(code)


@app.command()
def schema(
    output: OutputOption = None,
    sql: Annotated[bool, typer.Option("--sql", help="The tables of the database.")] = False,
    dialect: Annotated[
        Dialect | None, typer.Option("--dialect", help="With --sql. [sqlite]", show_choices=True)
    ] = None,
) -> None:
    """
    Print the JSON Schema of a Plan.

    It describes what parse prints with --format json; its titles are Vietnamese. With --sql the
    tables, with Vietnamese comments, that import fills.
    """
    if sql:
        from tdkt_parse import storing

        raise typer.Exit(storing.print_schema_sql(dialect or "sqlite", output))
    if dialect is not None:
        raise typer.BadParameter("It goes with --sql.", param_hint="--dialect")
    from tdkt_parse import commands

    raise typer.Exit(commands.print_schema(output))


@app.command()
def doctor() -> None:
    """
    Say what is installed and what is missing.

    With each thing that is missing comes the command that mends it.
    """
    from tdkt_parse import commands

    raise typer.Exit(commands.print_checks())


# -- the register

register_app = typer.Typer(
    help="""
    Look into the register of instruments, and bring your own.

    It says which document a number or a title means and when it was in force. What you import goes
    into a file of yours, which stands before what comes with the program.
    """,
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(register_app, name="register")


@register_app.command(name="show")
def register_show(
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="A number, as 06/2022/QH15, or a row's id.")
    ],
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help="Whether it was in force that day. [today]"),
    ] = None,
    register: RegisterOption = None,
    lang: LangOption = None,
) -> None:
    """Print what the register knows of an instrument."""
    from tdkt_parse import registering

    flags = {"register": register, "lang": lang}
    raise typer.Exit(registering.show_instrument(number, on, flags=flags))


@register_app.command(name="search")
def register_search(
    text: Annotated[
        list[str], typer.Argument(metavar="TEXT", help="Words of a title, or a number's beginning.")
    ],
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many.")] = 20,
    register: RegisterOption = None,
    lang: LangOption = None,
) -> None:
    """Print the instruments with these words in their titles."""
    from tdkt_parse import registering

    flags = {"register": register, "lang": lang}
    raise typer.Exit(registering.search_register(" ".join(text), limit, flags=flags))


@register_app.command(name="import")
def register_import(
    path: Annotated[
        str, typer.Argument(metavar="FILE", help="CSV, JSON, JSON Lines or Parquet, by its suffix.")
    ],
    chosen: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMN=FIELD", help="What a column is, if its name does not say so."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also where the day of issue is another.")
    ] = False,
    register: RegisterOption = None,
    lang: LangOption = None,
) -> None:
    """
    Put the instruments of a file into your register.

    Says what is new, what is changed, and which rows were left out and why. All goes in at once:
    an import that is interrupted has changed nothing.
    """
    from tdkt_parse import registering

    flags = {"register": register, "lang": lang}
    raise typer.Exit(
        registering.import_register(
            path, chosen or [], flags=flags, dry_run=dry_run, overwrite=overwrite
        )
    )


@register_app.command(name="export")
def register_export(
    output: OutputOption = None,
    form: Annotated[
        RegisterForm | None,
        typer.Option("--format", "-f", help="What to write. [csv, or what FILE says]"),
    ] = None,
    register: RegisterOption = None,
) -> None:
    """Write the whole register, as a table that import reads again."""
    from tdkt_parse import registering

    raise typer.Exit(registering.export_register(output, form, flags={"register": register}))


@register_app.command(name="check")
def register_check(register: RegisterOption = None, lang: LangOption = None) -> None:
    """
    Look at every row of the register.

    Prints rows that cannot be true, and links that lead to no instrument of the register.
    """
    from tdkt_parse import registering

    raise typer.Exit(registering.check_register(flags={"register": register, "lang": lang}))


# -- the database

db_app = typer.Typer(
    help="""
    Look after the database that import fills.

    A file by default; PostgreSQL by its address, postgresql+psycopg://USER@HOST/NAME, with --db or
    in TDKT_DB.
    """,
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(db_app, name="db")

NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="The SHA-256 of a document, its beginning, or a path.")
]


@db_app.command(name="upgrade")
def db_upgrade(db: DatabaseOption = None, lang: LangOption = None) -> None:
    """
    Bring the tables up to date.

    Whole or not at all; nothing that is in them is lost. Makes them where there are none.
    """
    from tdkt_parse import storing

    raise typer.Exit(storing.upgrade_database(flags={"db": db, "lang": lang}))


@db_app.command(name="check")
def db_check(
    db: DatabaseOption = None,
    deep: Annotated[
        bool, typer.Option("--deep", help="Compare each Plan with its rows, too.")
    ] = False,
    lang: LangOption = None,
) -> None:
    """
    Look whether the database is whole.

    Prints how many rows there are; what is wrong, and corrections that are open, on stderr. The
    exit code is 7 where it is damaged.
    """
    from tdkt_parse import storing

    raise typer.Exit(storing.check_database(flags={"db": db, "lang": lang}, deep=deep))


@db_app.command(name="backup")
def db_backup(
    to: Annotated[str, typer.Argument(metavar="FILE", help="The file to write, a new one.")],
    db: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Write a copy into a file, of a file or of PostgreSQL, while others work on."""
    from tdkt_parse import storing

    raise typer.Exit(storing.backup_database(to, flags={"db": db, "lang": lang}))


@db_app.command(name="restore")
def db_restore(
    copy: Annotated[str, typer.Argument(metavar="FILE", help="What backup wrote.")],
    db: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Fill an empty database, a file or PostgreSQL, from a copy."""
    from tdkt_parse import storing

    raise typer.Exit(storing.restore_database(copy, flags={"db": db, "lang": lang}))


@db_app.command(name="delete")
def db_delete(
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME", help="The SHA-256 of a document, or a path."),
    ],
    sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    db: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Take documents out, with all that was read off them and people's corrections."""
    from tdkt_parse import storing

    raise typer.Exit(storing.delete_documents(names, flags={"db": db, "lang": lang}, sure=sure))


@db_app.command(name="show")
def db_show(
    name: NameArgument,
    as_read: Annotated[bool, typer.Option("--as-read", help="Without corrections.")] = False,
    output: OutputOption = None,
    db: DatabaseOption = None,
) -> None:
    """Print a Plan of the database as JSON."""
    from tdkt_parse import storing

    raise typer.Exit(storing.show_plan(name, flags={"db": db}, output=output, as_read=as_read))


@db_app.command(name="correct")
def db_correct(
    name: NameArgument,
    pointer: Annotated[
        str, typer.Argument(metavar="PLACE", help="In the Plan's JSON, as /tasks/3/lead.")
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="JSON, or a text.")],
    author: Annotated[str | None, typer.Option("--author", help="Who says so.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Why.")] = None,
    db: DatabaseOption = None,
) -> None:
    """
    Correct a value that was read wrongly.

    The correction stays when the document is read again; where its place then holds something else
    it is not put on, and check tells of it.
    """
    from tdkt_parse import storing

    code = storing.correct_plan(name, pointer, value, flags={"db": db}, author=author, note=note)
    raise typer.Exit(code)


# -- the service

RoleName = Literal["read", "correct", "administer"]


@app.command()
def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Listen at this address.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", "-p", min=0, max=65535, help="At this port; 0: any.")
    ] = 8000,
    data: Annotated[
        str | None,
        typer.Option("--data", metavar="DIR", help="Keep the files that are put in here."),
    ] = None,
    hosts: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A name it is reached by."),
    ] = None,
    https: Annotated[
        bool, typer.Option("--https", help="A program before it speaks HTTPS.")
    ] = False,
    certificate: Annotated[
        str | None, typer.Option("--certificate", metavar="FILE", help="Speak HTTPS itself.")
    ] = None,
    key: Annotated[
        str | None, typer.Option("--key", metavar="FILE", help="The certificate's key.")
    ] = None,
    size: Annotated[
        str | None, typer.Option("--max-size", metavar="SIZE", help="Of a file. [50M]")
    ] = None,
    pages: Annotated[
        int | None, typer.Option("--max-pages", min=1, help="Of a document. [500]")
    ] = None,
    queue: Annotated[
        int | None, typer.Option("--max-queue", min=1, help="Files that may wait. [10000]")
    ] = None,
    db: DatabaseOption = None,
    jobs: ReadersOption = None,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    lang: LangOption = None,
    changes: ChangesOption = None,
    password: PasswordOption = None,
    ocr: OcrOption = None,
    register: RegisterOption = None,
) -> None:
    """
    Open the pages in which people check plans, and the service for programs.

    For this machine alone, by default without accounts. Elsewhere it listens only when there are
    accounts: tdkt user add.
    """
    from tdkt_parse import serving

    listening = serving.Listening(
        host, port, data, tuple(hosts or ()), https, certificate, key, size, pages, queue
    )
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
    raise typer.Exit(serving.serve(listening, flags=flags))


@app.command()
def mcp(
    folders: Annotated[
        list[str] | None,
        typer.Option("--folder", metavar="DIR", help="Where it may read. [the current one]"),
    ] = None,
    db: DatabaseOption = None,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    changes: ChangesOption = None,
    password: PasswordOption = None,
    ocr: OcrOption = None,
    register: RegisterOption = None,
) -> None:
    """
    Give an assistant tools to read, audit and find plans.

    By the Model Context Protocol over standard input and output: the assistant starts it. It reads
    files of these folders only, and writes nothing.
    """
    from tdkt_parse import serving

    flags = {
        "db": db,
        "timeout": timeout,
        "memory": memory,
        "changes": changes,
        "password": password,
        "ocr": ocr,
        "register": register,
    }
    raise typer.Exit(serving.serve_assistants(folders or [], flags=flags))


corrections_app = typer.Typer(
    name="corrections",
    help="What people corrected.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(corrections_app, name="corrections")


@corrections_app.command(name="export")
def corrections_export(
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="DIR", help="The folder for the files.")
    ],
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="Only plans that somebody confirmed.")
    ] = False,
    db: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """
    Write what people say is right, to measure by: a file for each plan.

    For plans that were corrected or confirmed, named as their documents, in the form of the
    project's own gold; "strict" is true where somebody confirmed the whole plan.
    """
    from tdkt_parse import storing

    raise typer.Exit(
        storing.export_corrections(output, flags={"db": db, "lang": lang}, confirmed=confirmed)
    )


user_app = typer.Typer(
    help="""
    Say who may use the service.

    Roles: read; correct, who puts in files and corrects what was read; administer, who removes
    documents too.
    """,
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(user_app, name="user")

AccountArgument = Annotated[str, typer.Argument(metavar="NAME", help="Who signs in by it.")]


@user_app.command(name="add")
def user_add(
    name: AccountArgument,
    role: Annotated[
        RoleName, typer.Option("--role", help="What the person may.", show_choices=True)
    ] = "read",
    db: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Make an account; the password is asked for, or the first line of standard input."""
    from tdkt_parse import serving

    raise typer.Exit(serving.add_user(name, role, flags={"db": db, "lang": lang}))


@user_app.command(name="list")
def user_list(db: DatabaseOption = None, lang: LangOption = None) -> None:
    """Print the accounts."""
    from tdkt_parse import serving

    raise typer.Exit(serving.list_users(flags={"db": db, "lang": lang}))


@user_app.command(name="remove")
def user_remove(name: AccountArgument, db: DatabaseOption = None) -> None:
    """Remove an account, with its tokens; what the person corrected stays."""
    from tdkt_parse import serving

    raise typer.Exit(serving.remove_user(name, flags={"db": db}))


@user_app.command(name="password")
def user_password(
    name: AccountArgument, db: DatabaseOption = None, lang: LangOption = None
) -> None:
    """Give an account another password; whoever is signed in must sign in again."""
    from tdkt_parse import serving

    raise typer.Exit(serving.change_password(name, flags={"db": db, "lang": lang}))


token_app = typer.Typer(
    help="Let programs use the service in a person's name.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(token_app, name="token")


@token_app.command(name="add")
def token_add(
    account: Annotated[str, typer.Argument(metavar="NAME", help="In whose name.")],
    role: Annotated[
        RoleName | None,
        typer.Option("--role", help="Less than the person may.", show_choices=True),
    ] = None,
    label: Annotated[str | None, typer.Option("--label", metavar="TEXT", help="What for.")] = None,
    days: Annotated[
        float | None, typer.Option("--days", min=0.01, help="Valid for so many days. [for ever]")
    ] = None,
    db: DatabaseOption = None,
) -> None:
    """Make a token and print it; it cannot be printed again."""
    from tdkt_parse import serving

    code = serving.add_token(account, role=role, label=label, days=days, flags={"db": db})
    raise typer.Exit(code)


@token_app.command(name="list")
def token_list(db: DatabaseOption = None, lang: LangOption = None) -> None:
    """Print the tokens: id, account, role, last day, what for."""
    from tdkt_parse import serving

    raise typer.Exit(serving.list_tokens(flags={"db": db, "lang": lang}))


@token_app.command(name="remove")
def token_remove(
    id_: Annotated[str, typer.Argument(metavar="ID", help="As list prints it.")],
    db: DatabaseOption = None,
) -> None:
    """Let a token be valid no longer."""
    from tdkt_parse import serving

    raise typer.Exit(serving.remove_token(id_, flags={"db": db}))
