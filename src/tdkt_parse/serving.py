"""
What ``tdkt serve``, ``tdkt user``, ``tdkt token`` and ``tdkt mcp`` do.

Each returns the exit code.
"""

import importlib
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tdkt_parse import store
from tdkt_parse.dispatch import reading_of
from tdkt_parse.exceptions import ExitCode, MissingDependency, UsageError, to_install
from tdkt_parse.render.terminal import clean
from tdkt_parse.sandbox import Limits, count_processors
from tdkt_parse.settings import (
    Settings,
    data_folder,
    database_of,
    load_settings,
    parse_memory,
    register_to_read,
)
from tdkt_parse.streams import write_error, write_out

if TYPE_CHECKING:
    from tdkt_parse.store import Store

NEEDED = ("argon2", "fastapi", "itsdangerous", "jinja2", "prometheus_client", "uvicorn")


@dataclass(frozen=True, slots=True)
class Listening:
    """
    Where the service listens and what it allows; ``None`` for what is not said.

    ``hosts`` are names it answers to beside those of this machine; ``https``: a program before it
    speaks HTTPS; ``certificate`` and ``key``: files, where it does so itself. ``size`` of a file as
    ``50M``, ``pages`` of a document, ``queue``: files that may wait.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    data: str | None = None
    hosts: Sequence[str] = ()
    https: bool = False
    certificate: str | None = None
    key: str | None = None
    size: str | None = None
    pages: int | None = None
    queue: int | None = None


def serve(listening: Listening, *, flags: Mapping[str, str | None]) -> int:
    """``tdkt serve``: until it is ended."""
    _need("web", *NEEDED, "python_multipart")
    # What is asked of the service is nobody else's affair, whatever the environment says.
    os.environ["FASTAPI_OTEL_AUTO_CONFIGURE"] = "false"
    import uvicorn

    from tdkt_parse.web.app import create_app
    from tdkt_parse.web.site import Site, is_loopback, private_folder, secret_of
    from tdkt_parse.web.workers import Workers

    settings = load_settings(flags)
    db = database_of(settings)
    if bool(listening.certificate) != bool(listening.key):
        raise UsageError("--certificate and --key go together.", hint="Give both.")
    for path in (listening.certificate, listening.key):
        if path and not Path(path).is_file():
            raise UsageError(f"{path} is not there.", hint="Give the file in PEM.")
    names = tuple(_checked_host(name) for name in listening.hosts)
    local = is_loopback(listening.host) and all(map(is_loopback, names))
    register = register_to_read(settings)
    with store.open_store(db, create=True) as opened:
        _check_reach(opened, listening, names, local=local)
        folder = private_folder(Path(listening.data) if listening.data else data_folder() / "serve")
        site = Site(
            store=opened,
            folder=folder,
            secret=secret_of(folder),
            hosts=_hosts(listening.host, names),
            local=local,
            secure=listening.https or bool(listening.certificate),
            lang=settings.lang,
            register=register,
            allowance=_allowance(listening, settings),
        )
        listener = _listen(listening.host, listening.port)
        workers = Workers(site, db, reading_of(settings), _count(settings))
        app = create_app(site, wake=workers.wake)
        app.state.workers_alive = workers.alive
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            # Nobody is believed who says for whom he asks.
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=10,
            timeout_keep_alive=30,
            ssl_certfile=listening.certificate,
            ssl_keyfile=listening.key,
        )
        workers.start()
        scheme = "https" if listening.certificate else "http"
        shown = f"[{listening.host}]" if ":" in listening.host else listening.host
        port = listener.getsockname()[1]
        said = "Mở trang" if settings.lang == "vi" else "Open"
        write_error(f"{said}: {scheme}://{shown}:{port}/ ({opened.where})")
        try:
            uvicorn.Server(config).run(sockets=[listener])
        finally:
            workers.stop()
            listener.close()
    return ExitCode.OK


def _check_reach(
    opened: "Store", listening: Listening, names: Sequence[str], *, local: bool
) -> None:
    """Where others can come in, somebody must have an account."""
    from tdkt_parse.web.accounts import count_accounts
    from tdkt_parse.web.site import is_loopback

    if local or count_accounts(opened):
        if not is_loopback(listening.host) and not names and _is_any(listening.host):
            raise UsageError(
                f"By which name is the service reached at {listening.host}?",
                hint="Say it: --allow-host NAME",
            )
        return
    raise UsageError(
        "Others could reach the service, and nobody needs an account.",
        hint="Make one first: tdkt user add NAME --role administer",
    )


def _is_any(host: str) -> bool:
    return host.strip("[]") in ("", "0.0.0.0", "::")  # noqa: S104 - they are compared with


def _hosts(host: str, names: Sequence[str]) -> tuple[str, ...]:
    from tdkt_parse.web.site import LOOPBACK

    own = () if _is_any(host) else (host.strip("[]").lower(),)
    return tuple(dict.fromkeys((*LOOPBACK, *own, *names)))


def _checked_host(name: str) -> str:
    found = name.strip("[]").lower()
    if not found or not all(one.isalnum() or one in ".-:" for one in found):
        raise UsageError(f"--allow-host {name!r} is no name of a host.", hint="As plans.example.vn")
    return found


def _allowance(listening: Listening, settings: Settings) -> Any:
    from tdkt_parse.web.site import Allowance

    given: dict[str, Any] = {
        "seconds": settings.timeout,
        "seconds_per_page": settings.page_timeout,
        "memory": settings.memory,
    }
    if listening.size is not None:
        try:
            given["file"] = parse_memory(listening.size)
        except ValueError as error:
            raise UsageError(f"--max-size: {listening.size!r}.", hint=f"Give {error}.") from None
        given["request"] = max(given["file"] * 2, Allowance().request)
    if listening.pages is not None:
        given["pages"] = listening.pages
    if listening.queue is not None:
        given["queue"] = listening.queue
    return Allowance(**given)


def _count(settings: Settings) -> int:
    """Processes that read: one processor is left to those that ask."""
    return settings.jobs or max(1, count_processors() - 1)


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens; UsageError where that cannot be."""
    name = host.strip("[]")
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        listener = socket.socket(family, kind, protocol)
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except (OSError, OverflowError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"Nothing can listen at {name}, port {port}: {said}.",
            hint="Give another port: --port 8001",
        ) from error
    return listener


def _need(extra: str, *packages: str) -> None:
    """Raise MissingDependency unless the packages of an extra are there."""
    for package in packages:
        try:
            importlib.import_module(package)
        except ModuleNotFoundError as error:
            raise MissingDependency(
                f"The Python package {error.name} is not installed.",
                hint=to_install(extra),
            ) from error


# -- accounts


def add_user(name: str, role: str, *, flags: Mapping[str, str | None]) -> int:
    """``tdkt user add``; the password is asked for, or the first line of standard input."""
    _need("web", "argon2")
    from tdkt_parse.web import accounts

    settings = load_settings(flags)
    with store.open_store(database_of(settings), create=True) as opened:
        called, wanted = accounts.checked_name(name), accounts.checked_role(role)
        account = accounts.add_account(opened, called, wanted, _ask_password(settings))
    write_out(f"{account.name} {account.role}\n")
    return ExitCode.OK


def list_users(*, flags: Mapping[str, str | None]) -> int:
    """``tdkt user list``."""
    _need("web", "argon2")
    from tdkt_parse.web import accounts

    settings = load_settings(flags)
    with store.open_store(database_of(settings)) as opened:
        found = accounts.list_accounts(opened)
    for one in found:
        write_out(f"{clean(one.name)}\t{one.role}\t{one.made_at[:10]}\n")
    if not found:
        write_error("Chưa có tài khoản." if settings.lang == "vi" else "There are no accounts.")
    return ExitCode.OK


def remove_user(name: str, *, flags: Mapping[str, str | None]) -> int:
    """``tdkt user remove``."""
    _need("web", "argon2")
    from tdkt_parse.web import accounts

    with store.open_store(database_of(load_settings(flags))) as opened:
        accounts.remove_account(opened, name)
    return ExitCode.OK


def change_password(name: str, *, flags: Mapping[str, str | None]) -> int:
    """``tdkt user password``."""
    _need("web", "argon2")
    from tdkt_parse.web import accounts

    settings = load_settings(flags)
    with store.open_store(database_of(settings)) as opened:
        accounts.set_password(opened, name, _ask_password(settings))
    return ExitCode.OK


def _ask_password(settings: Settings) -> str:
    """From a terminal, twice and unseen; else the first line of standard input."""
    from tdkt_parse.web.accounts import checked_password

    if sys.stdin is None:
        raise UsageError("There is nobody to ask for the password.")
    if not sys.stdin.isatty():
        return checked_password(sys.stdin.readline(1024).rstrip("\r\n"))
    from getpass import getpass

    first, again = (
        ("Mật khẩu: ", "Nhập lại: ") if settings.lang == "vi" else ("Password: ", "Again: ")
    )
    given = checked_password(getpass(first))
    if given != checked_password(getpass(again)):
        raise UsageError("The two are not the same.", hint="Type the command again.")
    return given


# -- tokens


def add_token(
    account: str,
    *,
    role: str | None,
    label: str | None,
    days: float | None,
    flags: Mapping[str, str | None],
) -> int:
    """``tdkt token add``: prints the token, once."""
    _need("web", "argon2")
    from tdkt_parse.web import accounts

    with store.open_store(database_of(load_settings(flags))) as opened:
        wanted = None if role is None else accounts.checked_role(role)
        _, said = accounts.add_token(opened, account, wanted, label=label, days=days)
    write_out(f"{said}\n")
    return ExitCode.OK


def list_tokens(*, flags: Mapping[str, str | None]) -> int:
    """``tdkt token list``."""
    _need("web", "argon2")
    from tdkt_parse.web import accounts

    settings = load_settings(flags)
    with store.open_store(database_of(settings)) as opened:
        found = accounts.list_tokens(opened)
    for one in found:
        until = "-" if one.expires is None else _day(one.expires)
        write_out(
            f"{one.id}\t{clean(one.account)}\t{one.role}\t{until}\t{clean(one.label or '')}\n"
        )
    if not found:
        write_error("Chưa có mã truy cập." if settings.lang == "vi" else "There are no tokens.")
    return ExitCode.OK


def remove_token(id_: str, *, flags: Mapping[str, str | None]) -> int:
    """``tdkt token remove``."""
    _need("web", "argon2")
    from tdkt_parse.web import accounts

    with store.open_store(database_of(load_settings(flags))) as opened:
        accounts.remove_token(opened, id_)
    return ExitCode.OK


def _day(seconds: float) -> str:
    import datetime as dt

    return dt.datetime.fromtimestamp(seconds, dt.UTC).date().isoformat()


# -- assistants


def serve_assistants(folders: Sequence[str], *, flags: Mapping[str, str | None]) -> int:
    """``tdkt mcp``: tools for the assistant that started it, over standard input and output."""
    _need("mcp", "mcp")
    from tdkt_parse.web.mcp import Desk, server_for

    settings = load_settings(flags)
    opened = tuple(Path(folder) for folder in folders) or (Path.cwd(),)
    for folder in opened:
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder.", hint="Give one with --folder.")
    register = register_to_read(settings)
    desk = Desk(
        folders=opened,
        db=database_of(settings),
        limits=Limits(settings.timeout, settings.page_timeout, settings.memory),
        options=reading_of(settings),
        register=None if register is None else str(register),
    )
    server_for(desk).run()
    return ExitCode.OK
