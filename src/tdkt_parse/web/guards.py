"""
What stands before every page and every question: whose name is asked for, how much may be sent,
where a change comes from, and what a browser may do with the answer.

``Guard`` is around the whole application; ``guard_changes`` is a dependency of every route.
"""

import hmac
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser

from tdkt_parse.web.problems import Problem, response_of
from tdkt_parse.web.sessions import (
    cookie_name,
    form_token,
    new_visitor,
    signed,
    visitor_of,
)

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from tdkt_parse.web.site import Site

F = TypeVar("F", bound=Callable[..., object])

CHANGING = ("POST", "PUT", "PATCH", "DELETE")
FIELD, HEADER = "csrf", "x-csrf-token"
UPLOADS = ("/v1/parse", "/v1/jobs", "/v1/audit", "/uploads")
"""Where files are taken; elsewhere a request is small."""

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
ALWAYS = {
    "content-security-policy": CONTENT_SECURITY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
STATIC = "/static/"


class Guard:
    """The application with its guard."""

    def __init__(self, app: "ASGIApp", site: "Site") -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer one request."""
        if scope["type"] == "websocket":
            # There are none here.
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        _name_visitor(self._site, scope, headers)
        guarded = _guarded(self._site, scope, send)
        try:
            _check_host(self._site, headers)
            _check_origin(scope, headers)
            most = _most_bytes(self._site, scope, headers)
        except Problem as problem:
            await response_of(problem)(scope, receive, guarded)
            return
        await self._app(scope, _counted(receive, most), guarded)


def _name_visitor(site: "Site", scope: "Scope", headers: Headers) -> None:
    cookies = cookie_parser(headers.get("cookie", ""))
    visitor = visitor_of(site, cookies.get(cookie_name(site)))
    scope["tdkt.visitor"] = visitor or new_visitor()
    scope["tdkt.visitor.new"] = visitor is None
    scope["tdkt.visitor.wanted"] = False


def csrf_token(request: Request) -> str:
    """What each form says in its field ``csrf``, and scripts in the header ``X-CSRF-Token``."""
    # Only who gets a form needs a cookie.
    request.scope["tdkt.visitor.wanted"] = True
    return form_token(request.app.state.site, request.scope["tdkt.visitor"])


def _check_host(site: "Site", headers: Headers) -> None:
    said = headers.getlist("host")
    name = _host_of(said[0]) if len(said) == 1 else None
    if name is None or name not in site.hosts:
        raise Problem(
            "wrong-host",
            "The service does not answer to the name that was asked for.",
            hint="tdkt serve --allow-host NAME adds one.",
        )


def _host_of(said: str) -> str | None:
    """
    The name in a Host header, without port.

    >>> _host_of("localhost:8000"), _host_of("[::1]:80"), _host_of("a@b"), _host_of("a:b")
    ('localhost', '::1', None, None)
    """
    if not said or any(sign in said for sign in "/@\\?# ,"):
        return None
    try:
        parts = urlsplit(f"//{said}")
        _ = parts.port
    except ValueError:
        return None
    return parts.hostname


def _check_origin(scope: "Scope", headers: Headers) -> None:
    """A change that a page of another origin asks for is refused, whoever is signed in."""
    if scope["method"] not in CHANGING:
        return
    origins = headers.getlist("origin")
    site = headers.get("sec-fetch-site")
    same = all(
        urlsplit(one).netloc.lower() == headers["host"].lower()
        and urlsplit(one).scheme in ("http", "https")
        for one in origins
    )
    if not same or len(origins) > 1 or (site is not None and site not in ("same-origin", "none")):
        raise Problem(
            "foreign-request",
            "A page of another site asked for a change.",
            hint="Open the page of the service itself.",
        )


def _most_bytes(site: "Site", scope: "Scope", headers: Headers) -> int:
    allowed = site.allowance
    most = allowed.request if scope["path"].startswith(UPLOADS) else allowed.form
    said = headers.get("content-length")
    if said is not None and said.isascii() and said.isdigit() and int(said[:20]) > most:
        raise _too_large(most)
    return most


def _too_large(most: int) -> Problem:
    return Problem(
        "body-too-large",
        f"A request may have {most} bytes here.",
        hint="Send fewer files at a time, or smaller ones.",
        headers={"Connection": "close"},
    )


def _counted(receive: "Receive", most: int) -> "Receive":
    left = most

    async def counted() -> "Message":
        nonlocal left
        message = await receive()
        if message["type"] == "http.request":
            left -= len(message.get("body", b""))
            if left < 0:
                raise _too_large(most)
        return message

    return counted


def _guarded(site: "Site", scope: "Scope", send: "Send") -> "Send":
    async def guarded(message: "Message") -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in ALWAYS.items():
                headers.setdefault(name, value)
            if not scope["path"].startswith(STATIC):
                # Plans are not for whoever sits at the machine next.
                headers.setdefault("cache-control", "no-store")
            if site.secure:
                headers.setdefault("strict-transport-security", "max-age=31536000")
            if scope["tdkt.visitor.wanted"] and scope["tdkt.visitor.new"]:
                value = (
                    f"{cookie_name(site)}={signed(site, scope['tdkt.visitor'])}; "
                    "HttpOnly; Path=/; SameSite=Strict"
                )
                headers.append("set-cookie", value + ("; Secure" if site.secure else ""))
        await send(message)

    return guarded


# -- changes


async def guard_changes(request: Request) -> None:
    """
    Let a change through only with the token of a form of ours, or from a program.

    A program sends a token of its own (``Authorization``), which no browser adds by itself; or,
    where there are no accounts, asks ``/v1`` with nothing that browsers add. A route whose function
    was marked by :func:`takes_uploads` looks at the form's token itself, while it reads.
    """
    if request.method not in CHANGING or "authorization" in request.headers:
        return
    if is_program(request):
        return
    said = request.headers.get(HEADER)
    if said is None:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/x-www-form-urlencoded":
            found = (await request.form()).get(FIELD)
            said = found if isinstance(found, str) else None
        elif getattr(request.scope.get("endpoint"), "takes_uploads", False):
            return
    check_token(request, said)


def is_program(request: Request) -> bool:
    """Whether a question to ``/v1`` has none of the signs of a browser: cookies, origin, site."""
    signs = ("cookie", "origin", "referer", "sec-fetch-site", "sec-fetch-mode")
    return request.url.path.startswith("/v1/") and not any(
        sign in request.headers for sign in signs
    )


def check_token(request: Request, said: str | None) -> None:
    """Raise Problem unless that is what :func:`csrf_token` gave this visitor."""
    site = request.app.state.site
    own = form_token(site, request.scope["tdkt.visitor"])
    known = not request.scope["tdkt.visitor.new"]
    if (
        not known
        or not said
        or not hmac.compare_digest(own.encode(), said.encode("utf-8", "replace"))
    ):
        raise Problem(
            "foreign-request",
            "The form is not one that was given to this browser, or it is too old.",
            hint="Load the page again, then send the form.",
        )


def takes_uploads(function: F) -> F:
    """Mark a route that reads its body in a stream, and the form's token in it."""
    function.takes_uploads = True  # type: ignore[attr-defined]
    return function
