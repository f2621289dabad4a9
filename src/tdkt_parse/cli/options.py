"""
Arguments and options that several commands take, and what may be chosen.
"""

from typing import Annotated, Literal

import typer

from tdkt_parse.settings import Changes, Engine, OcrMode

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


def check_manifest(manifest: str | None, *, force: bool, retry: bool) -> None:
    """What a manifest is asked for means nothing without one."""
    for option, given in (("--force", force), ("--retry-failed", retry)):
        if given and manifest is None:
            raise typer.BadParameter("It goes with --manifest.", param_hint=option)


RoleName = Literal["read", "correct", "administer"]
