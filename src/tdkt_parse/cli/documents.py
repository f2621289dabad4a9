"""
The options of the commands that read documents and print what is in them.
"""

from typing import Annotated

import typer

from tdkt_parse.cli.options import (
    AuditFormat,
    ChangesOption,
    DryRunOption,
    EngineOption,
    FailOn,
    ForceOption,
    Format,
    HowManyFailOption,
    JobsOption,
    LangOption,
    LimitOption,
    ManifestOption,
    MemoryOption,
    OcrOption,
    OutputOption,
    PasswordOption,
    PathArgument,
    PathsArgument,
    RayAddressOption,
    RegisterOption,
    RetryOption,
    TimeoutOption,
    check_manifest,
)


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

    check_manifest(manifest, force=force, retry=retry_failed)

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
        list[str] | None, typer.Option("--select", metavar="RULES", help="Ask these only: B01,B05.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="RULES", help="Do not ask these.")
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
        # Given several times, they add up.
        "select": ",".join(select) if select else None,
        "ignore": ",".join(ignore) if ignore else None,
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
