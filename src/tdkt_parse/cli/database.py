"""
The options of the commands that fill the database, search it and look after it.
"""

from typing import Annotated

import typer

from tdkt_parse.cli.options import (
    ChangesOption,
    CitesOption,
    DatabaseOption,
    DryRunOption,
    EngineOption,
    ForceOption,
    HowManyFailOption,
    IssuerOption,
    JobsOption,
    LangOption,
    LevelOption,
    LimitOption,
    ManifestOption,
    MemoryOption,
    OcrOption,
    OutputOption,
    PasswordOption,
    PathsArgument,
    QuarterOption,
    RayAddressOption,
    RegisterOption,
    RetryOption,
    TimeoutOption,
    YearOption,
    check_manifest,
)


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
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
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

    check_manifest(manifest, force=False, retry=retry_failed)

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
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
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


db_app = typer.Typer(
    help="""
    Look after the database that import fills.

    A file by default; PostgreSQL by its address, postgresql+psycopg://USER@HOST/NAME, with --db or
    in TDKT_DB.
    """,
    rich_markup_mode=None,
    no_args_is_help=True,
)

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


corrections_app = typer.Typer(
    name="corrections",
    help="What people corrected.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


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
