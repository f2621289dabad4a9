"""
The options of the commands that run the service, and that say who may use it.
"""

from typing import Annotated

import typer

from tdkt_parse.cli.options import (
    ChangesOption,
    DatabaseOption,
    LangOption,
    MemoryOption,
    OcrOption,
    PasswordOption,
    ReadersOption,
    RegisterOption,
    RoleName,
    TimeoutOption,
)


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


user_app = typer.Typer(
    help="""
    Say who may use the service.

    Roles: read; correct, who puts in files and corrects what was read; administer, who removes
    documents too.
    """,
    rich_markup_mode=None,
    no_args_is_help=True,
)

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
