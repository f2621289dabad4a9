"""
What a service is made of: its database, its folder, and what it allows.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_parse.exceptions import UsageError

if TYPE_CHECKING:
    from tdkt_parse.store import Store

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Names of this machine for itself."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """
    What the service takes.

    ``file`` and ``request``: bytes of a file, and of all that comes in one request; ``files`` in a
    request or in an archive; ``form``: bytes of a request without files; ``pages`` of a document;
    ``seconds`` a document may take, and ``seconds_per_page`` more for each page; ``memory`` in
    bytes; ``queue``: files that may wait; ``wait``: seconds in which ``/v1/parse`` answers.
    """

    file: int = 50 << 20
    request: int = 500 << 20
    files: int = 1000
    form: int = 1 << 20
    pages: int = 500
    seconds: float = 60.0
    seconds_per_page: float = 2.0
    memory: int = 1 << 30
    queue: int = 10_000
    wait: float = 60.0


@dataclass(frozen=True, slots=True)
class Site:
    """
    A service.

    ``folder`` holds the files that were put in, and is private to the user who runs the service.
    ``hosts`` are the names it answers to, without port. ``secret`` signs cookies. ``local``: people
    on this machine need no account while there are none; never where others reach it. ``secure``:
    it is reached by HTTPS. ``register`` is the file of the register of instruments, ``None`` for
    the packaged one.
    """

    store: "Store"
    folder: Path
    secret: bytes = field(repr=False)
    hosts: tuple[str, ...] = LOOPBACK
    local: bool = True
    secure: bool = False
    lang: str = "vi"
    register: Path | None = None
    allowance: Allowance = Allowance()


def is_loopback(host: str) -> bool:
    """
    Whether only this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("[::1]"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    import ipaddress

    name = host.strip("[]").lower()
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def private_folder(folder: Path) -> Path:
    """Make a folder that only this user may look into; UsageError where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be used: {error.strerror}.", hint="Name another with --data."
        ) from error
    return folder


def secret_of(folder: Path) -> bytes:
    """The secret of a service's folder; made when it is first asked for."""
    path = folder / "secret"
    try:
        with suppress(FileExistsError):
            # Whole or not there: another process may look at the same moment.
            beside = folder / f".secret.{secrets.token_hex(4)}"
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with os.fdopen(os.open(beside, flags, 0o600), "wb") as file:
                file.write(secrets.token_bytes(32))
            try:
                path.hardlink_to(beside)
            finally:
                beside.unlink()
        secret = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be used: {error.strerror}.") from error
    if len(secret) < 32:
        raise UsageError(f"{path} is no secret of the service.", hint="Remove the file.")
    return secret
