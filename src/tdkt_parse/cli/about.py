"""
The options of the commands that tell of the program itself.
"""

from typing import Annotated

import typer

from tdkt_parse.cli.options import Dialect, OutputOption


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


def doctor() -> None:
    """
    Say what is installed and what is missing.

    With each thing that is missing comes the command that mends it.
    """
    from tdkt_parse import commands

    raise typer.Exit(commands.print_checks())
