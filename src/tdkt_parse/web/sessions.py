"""
Who is behind a request of a browser: a signed cookie, and the account that signed in with it.

Each visitor has a random name in a cookie that scripts cannot read and other sites do not send
(HttpOnly, SameSite=Strict). It is changed when somebody signs in or out. What is kept is its
SHA-256.
"""

import datetime as dt
import hashlib
import hmac
import secrets
import time
from collections import deque
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select

from tdkt_parse.store.tables import ACCOUNTS, SESSIONS
from tdkt_parse.web.accounts import Account, check_password, key_of
from tdkt_parse.web.problems import Problem

if TYPE_CHECKING:
    from itsdangerous import Signer
    from starlette.requests import Request
    from starlette.responses import Response

    from tdkt_parse.store import Store
    from tdkt_parse.web.site import Site

HOURS = 12
"""How long somebody stays signed in."""
TRIES, WITHIN = 10, 900
"""Wrong passwords for one name, in so many seconds, after which none is looked at."""
MOST_NAMES = 10_000
AT_ONCE = 8
"""People whose passwords are looked at: that takes long, and must not take all threads."""


def cookie_name(site: "Site") -> str:
    """The cookie's name; with HTTPS one that only this host can have set (RFC 6265bis, 4.1.3)."""
    return "__Host-tdkt" if site.secure else "tdkt"


def signed(site: "Site", visitor: str) -> str:
    """What the cookie of a visitor says."""
    return _signer(site).sign(visitor.encode()).decode()


def visitor_of(site: "Site", said: str | None) -> str | None:
    """The visitor that a cookie names, if we wrote it."""
    from itsdangerous import BadSignature

    if not said or len(said) > 200:
        return None
    try:
        return _signer(site).unsign(said.encode("utf-8", "replace")).decode()
    except (BadSignature, UnicodeDecodeError):
        return None


def _signer(site: "Site") -> "Signer":
    from itsdangerous import Signer

    return Signer(site.secret, salt=b"tdkt.visitor", digest_method=hashlib.sha256)


def new_visitor() -> str:
    """A name that nobody guesses."""
    return secrets.token_urlsafe(24)


def form_token(site: "Site", visitor: str) -> str:
    """What a form of ours says and one of another site does not know."""
    return hmac.digest(site.secret, b"csrf:" + visitor.encode(), "sha256").hex()


def set_cookie(site: "Site", response: "Response", visitor: str) -> None:
    """Have the browser keep the visitor's name until it is closed."""
    response.set_cookie(
        cookie_name(site),
        signed(site, visitor),
        path="/",
        secure=site.secure,
        httponly=True,
        samesite="strict",
    )


class Attempts:
    """Wrong passwords of late, by name; in memory: a restart forgets them."""

    def __init__(self) -> None:
        self.looking = BoundedSemaphore(AT_ONCE)
        self._lock = Lock()
        self._times: dict[str, deque[float]] = {}

    def wait_for(self, name: str) -> int:
        """Seconds until one for that name is looked at; 0 for at once."""
        with self._lock:
            times = self._times.get(key_of(name))
            if not times:
                return 0
            now = time.monotonic()
            while times and times[0] < now - WITHIN:
                times.popleft()
            return 0 if len(times) < TRIES else int(times[0] + WITHIN - now) + 1

    def add(self, name: str) -> None:
        """One more was wrong."""
        with self._lock:
            if len(self._times) >= MOST_NAMES:
                self._times.clear()
            self._times.setdefault(key_of(name), deque()).append(time.monotonic())


# -- who is signed in


def signed_in(store: "Store", visitor: str) -> Account | None:
    """The account a visitor signed in with."""
    query = (
        select(ACCOUNTS.c.name, ACCOUNTS.c.role, ACCOUNTS.c.made_at)
        .join(SESSIONS, SESSIONS.c.account == ACCOUNTS.c.name)
        .where(SESSIONS.c.key == key_of(visitor), SESSIONS.c.expires > time.time())
    )
    row = store.read(lambda connection: connection.execute(query).first())
    return Account(*row) if row else None


def sign_in(request: "Request", response: "Response", name: str, password: str) -> Account | None:
    """
    Sign somebody in, if that is the password; the response gets another cookie.

    Raises Problem where too many wrong ones were given for that name.
    """
    site: Site = request.app.state.site
    attempts: Attempts = request.app.state.attempts
    wait = attempts.wait_for(name)
    if wait:
        raise Problem(
            "too-many",
            "Too many wrong passwords were given for this account.",
            hint="Wait, or ask whoever looks after the service: tdkt user password",
            headers={"Retry-After": str(wait)},
        )
    if not attempts.looking.acquire(blocking=False):
        raise Problem(
            "too-many", "Too many sign in at once.", hint="Try again.", headers={"Retry-After": "5"}
        )
    try:
        account = check_password(site.store, name, password)
    finally:
        attempts.looking.release()
    if account is None:
        attempts.add(name)
        return None
    visitor, now = new_visitor(), time.time()
    row = {
        "key": key_of(visitor),
        "account": account.name,
        "made_at": dt.datetime.now(dt.UTC).isoformat(),
        "expires": now + HOURS * 3600,
    }

    def work(connection: Connection) -> None:
        _forget(connection, request)
        connection.execute(delete(SESSIONS).where(SESSIONS.c.expires < now))
        connection.execute(SESSIONS.insert(), row)

    site.store.write(work)
    _renew(request, response, visitor)
    return account


def sign_out(request: "Request", response: "Response") -> None:
    """Forget who is signed in here; the response gets another cookie."""
    site: Site = request.app.state.site
    site.store.write(lambda connection: _forget(connection, request))
    _renew(request, response, new_visitor())


def _forget(connection: Connection, request: "Request") -> None:
    visitor = request.scope.get("tdkt.visitor")
    if visitor:
        connection.execute(delete(SESSIONS).where(SESSIONS.c.key == key_of(visitor)))


def _renew(request: "Request", response: "Response", visitor: str) -> None:
    request.scope["tdkt.visitor"] = visitor
    request.scope["tdkt.visitor.new"] = False
    set_cookie(request.app.state.site, response, visitor)
