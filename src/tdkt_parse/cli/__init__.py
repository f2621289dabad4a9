"""
The command line: arguments, one call, exit code.

What is called stands in ``commands`` and its neighbours; how the program begins and ends, in
``__main__``.
"""

from collections.abc import Callable
from typing import Annotated

import typer

from tdkt_parse.cli import about, database, documents, instruments, plans, service

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


COMMANDS: tuple[tuple[str, Callable[..., None], str | None], ...] = (
    ("parse", documents.parse, EXIT_CODES),
    ("audit", documents.audit, EXIT_CODES),
    ("text", documents.text, None),
    ("explain", documents.explain, None),
    ("render", plans.render, None),
    ("export", plans.export, EXIT_CODES),
    ("diff", plans.diff, EXIT_CODES),
    ("graph", plans.graph, EXIT_CODES),
    ("import", database.import_, EXIT_CODES),
    ("watch", database.watch, EXIT_CODES),
    ("search", database.search, None),
    ("schema", about.schema, None),
    ("doctor", about.doctor, None),
    ("serve", service.serve, None),
    ("mcp", service.mcp, None),
)
"""The commands in the order of the help, and what stands at the end of theirs."""

GROUPS = (
    ("register", instruments.register_app),
    ("db", database.db_app),
    ("corrections", database.corrections_app),
    ("user", service.user_app),
    ("token", service.token_app),
)
"""Commands of two words, by the first."""

for _name, _command, _epilog in COMMANDS:
    app.command(name=_name, epilog=_epilog)(_command)
for _name, _group in GROUPS:
    app.add_typer(_group, name=_name)
