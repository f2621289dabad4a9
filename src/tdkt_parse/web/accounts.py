"""
Accounts of people and tokens of programs.

Passwords are kept as argon2id hashes (RFC 9106), tokens as SHA-256: they are random, so that none
can be guessed from it.
"""

import datetime as dt
import hashlib
import secrets
import threading
import time
import unicodedata
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from tdkt_parse.exceptions import UsageError
from tdkt_parse.store.tables import ACCOUNTS, SESSIONS, TOKENS

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from tdkt_parse.store import Store

Role = Literal["read", "correct", "administer"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From the one that may least; each may what those before it may."""

SHORTEST, LONGEST = 10, 128
"""Characters of a password."""
TOKEN_PREFIX = "tdkt_"  # noqa: S105 - what tokens begin with, so that scanners for secrets see them


class Account(NamedTuple):
    """A person who may sign in."""

    name: str
    role: Role
    made_at: str


class Token(NamedTuple):
    """A program that may ask in a person's name; ``expires`` in seconds since 1970, or never."""

    id: str
    account: str
    role: Role
    label: str | None
    made_at: str
    expires: float | None


def may(role: Role, needed: Role) -> bool:
    """
    Whether a role is enough.

    >>> may("correct", "read"), may("read", "correct")
    (True, False)
    """
    return ROLES.index(role) >= ROLES.index(needed)


def checked_name(name: str) -> str:
    """A name to sign in by: letters, digits and ``. _ - @``; UsageError otherwise."""
    found = unicodedata.normalize("NFC", name.strip())
    if not 1 <= len(found) <= 64 or not all(one.isalnum() or one in "._-@" for one in found):
        raise UsageError(
            "That is no name for an account.",
            hint="Give up to 64 letters, digits, or . _ - @ without spaces.",
        )
    return found


def checked_password(password: str) -> str:
    """A password that is long enough; UsageError otherwise."""
    found = unicodedata.normalize("NFC", password)
    if not SHORTEST <= len(found) <= LONGEST or "\0" in found:
        raise UsageError(
            "The password cannot be used.", hint=f"Give {SHORTEST} to {LONGEST} characters."
        )
    return found


def checked_role(role: str) -> Role:
    """A role; UsageError otherwise."""
    for known in ROLES:
        if role == known:
            return known
    raise UsageError(f"There is no role {role!r}.", hint=f"There are {', '.join(ROLES)}.")


# -- accounts


def add_account(store: "Store", name: str, role: Role, password: str) -> Account:
    """
    Make an account; UsageError if there is one of that name.

    A file of a database that has accounts is for its owner and group alone.
    """
    account = Account(checked_name(name), role, _now())
    row = {**account._asdict(), "password": _hash(checked_password(password))}
    _insert(store, ACCOUNTS, row, f"There is an account {account.name} already.")
    _close(store)
    return account


def _close(store: "Store") -> None:
    """Of SQLite, whose file holds what passwords are checked by, and the two files beside it."""
    database = store.engine.url.database
    if store.postgres or not database:
        return
    for end in ("", "-wal", "-shm"):
        # Another's file is another's business.
        with suppress(OSError):
            file = Path(database + end)
            file.chmod(file.stat().st_mode & 0o770)


def list_accounts(store: "Store") -> list[Account]:
    """All accounts, by name."""
    query = select(ACCOUNTS.c.name, ACCOUNTS.c.role, ACCOUNTS.c.made_at).order_by(ACCOUNTS.c.name)
    return store.read(lambda connection: [Account(*row) for row in connection.execute(query)])


def count_accounts(store: "Store") -> int:
    """How many there are."""
    query = select(func.count()).select_from(ACCOUNTS)
    return store.read(lambda connection: connection.scalar(query)) or 0


def remove_account(store: "Store", name: str) -> None:
    """Remove an account with its sessions and tokens; UsageError if there is none."""
    _must_change(store, delete(ACCOUNTS).where(ACCOUNTS.c.name == checked_name(name)), name)


def set_password(store: "Store", name: str, password: str) -> None:
    """Give an account another password; who is signed in by the old one no longer is."""
    called, hashed = checked_name(name), _hash(checked_password(password))

    def work(connection: Connection) -> int:
        connection.execute(delete(SESSIONS).where(SESSIONS.c.account == called))
        change = update(ACCOUNTS).where(ACCOUNTS.c.name == called).values(password=hashed)
        return connection.execute(change).rowcount

    if not store.write(work):
        raise UsageError(f"There is no account {name}.", hint="tdkt user list prints them.")


def check_password(store: "Store", name: str, password: str) -> Account | None:
    """The account of that name, if that is its password; an unknown name takes as long."""
    from argon2.exceptions import InvalidHashError, VerificationError

    called = unicodedata.normalize("NFC", name.strip())
    query = select(ACCOUNTS).where(ACCOUNTS.c.name == called)
    usable = "\0" not in called and len(called) <= 64 and len(password) <= LONGEST * 4
    row = store.read(lambda connection: connection.execute(query).first()) if usable else None
    try:
        with _one_at_a_time:
            _hasher().verify(
                row.password if row else _nobodys(), unicodedata.normalize("NFC", password)
            )
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return None
    return Account(row.name, row.role, row.made_at) if row else None


# -- tokens


def add_token(
    store: "Store",
    account: str,
    role: Role | None = None,
    *,
    label: str | None = None,
    days: float | None = None,
) -> tuple[Token, str]:
    """
    Make a token, and give what the program says; it is not kept and cannot be had again.

    ``role``: the account's own, or a lesser one. UsageError if there is no such account.
    """
    called = checked_name(account)
    query = select(ACCOUNTS.c.role).where(ACCOUNTS.c.name == called)
    own = store.read(lambda connection: connection.scalar(query))
    if own is None:
        raise UsageError(f"There is no account {account}.", hint="tdkt user add makes one.")
    if role is not None and not may(own, role):
        raise UsageError(f"{account} may not {role}.", hint=f"Give {own}, or less.")
    said = TOKEN_PREFIX + secrets.token_urlsafe(32)
    expires = None if days is None else time.time() + days * 86400
    token = Token(secrets.token_hex(4), called, role or own, label, _now(), expires)
    _insert(store, TOKENS, {**token._asdict(), "key": key_of(said)}, "Type it again.")
    return token, said


def list_tokens(store: "Store") -> list[Token]:
    """All tokens, by account."""
    columns = [TOKENS.c[name] for name in Token._fields]
    query = select(*columns).order_by(TOKENS.c.account, TOKENS.c.made_at)
    return store.read(lambda connection: [Token(*row) for row in connection.execute(query)])


def remove_token(store: "Store", id_: str) -> None:
    """Let a token be valid no longer; UsageError if there is none."""
    removed = delete(TOKENS).where(TOKENS.c.id == id_)
    if not store.write(lambda connection: connection.execute(removed).rowcount):
        raise UsageError(f"There is no token {id_}.", hint="tdkt token list prints them.")


def check_token(store: "Store", said: str) -> tuple[str, Role] | None:
    """The account's name, and what the token may: no more than the account may today."""
    query = (
        select(TOKENS.c.account, TOKENS.c.role, TOKENS.c.expires, ACCOUNTS.c.role.label("own"))
        .join(ACCOUNTS, ACCOUNTS.c.name == TOKENS.c.account)
        .where(TOKENS.c.key == key_of(said))
    )
    row = store.read(lambda connection: connection.execute(query).first())
    if row is None or (row.expires is not None and row.expires < time.time()):
        return None
    return row.account, min(row.role, row.own, key=ROLES.index)


def key_of(said: str) -> str:
    """What is kept of a secret that is random."""
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


# -- hashes

_one_at_a_time = threading.Lock()
"""A hash takes 64 MiB: many people who sign in at once wait for one another."""


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash(secrets.token_hex(16))


def _hash(password: str) -> str:
    with _one_at_a_time:
        return _hasher().hash(password)


def _insert(store: "Store", table: Any, row: dict[str, Any], refusal: str) -> None:
    def work(connection: Connection) -> bool:
        first = next(iter(table.primary_key.columns))
        there = select(first).where(first == row[first.name])
        if connection.execute(there).first() is not None:
            return False
        connection.execute(table.insert(), row)
        return True

    try:
        done = store.write(work)
    except IntegrityError:
        done = False
    if not done:
        raise UsageError(refusal)


def _must_change(store: "Store", statement: Any, name: str) -> None:
    if not store.write(lambda connection: connection.execute(statement).rowcount):
        raise UsageError(f"There is no account {name}.", hint="tdkt user list prints them.")


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat()
