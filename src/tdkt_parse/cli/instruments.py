"""
The options of the commands for the register of instruments.
"""

from typing import Annotated

import typer

from tdkt_parse.cli.options import LangOption, OutputOption, RegisterForm, RegisterOption

register_app = typer.Typer(
    help="""
    Look into the register of instruments, and bring your own.

    It says which document a number or a title means and when it was in force. What you import goes
    into a file of yours, which stands before what comes with the program.
    """,
    rich_markup_mode=None,
    no_args_is_help=True,
)


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
