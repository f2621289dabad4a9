"""
Signing in and out, and the accounts.
"""

from typing import Any
from urllib.parse import urlsplit

import anyio.to_thread
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from tdkt_parse.exceptions import UsageError
from tdkt_parse.web import accounts, sessions
from tdkt_parse.web.pages.showing import show, words_of
from tdkt_parse.web.people import Administrator, AtSite, person_of
from tdkt_parse.web.site import Site

router = APIRouter(include_in_schema=False)


def _inside(said: str) -> str:
    """
    An address of this service to go to; the list for any other.

    >>> _inside("/plans?year=2024"), _inside("//evil.example/"), _inside("https://evil.example")
    ('/plans?year=2024', '/plans', '/plans')
    """
    parts = urlsplit(said.replace("\\", "/"))
    inside = said.isprintable() and said.startswith("/") and not said.startswith("//")
    return (
        said if inside and not parts.scheme and not parts.netloc and "\\" not in said else "/plans"
    )


@router.get("/login")
def form(request: Request) -> Response:
    """Where one signs in."""
    onward = _inside(request.query_params.get("next", "/plans")[:2000])
    if person_of(request) is not None:
        return RedirectResponse(onward, 303)
    return show(request, "login.html", next=onward, wrong=False, name="")


@router.post("/login")
async def sign_in(request: Request) -> Response:
    """Sign in."""
    said = await request.form()
    name, password = str(said.get("name", ""))[:200], str(said.get("password", ""))[:1000]
    onward = _inside(str(said.get("next", ""))[:2000])
    response: Response = RedirectResponse(onward, 303)
    account = await anyio.to_thread.run_sync(sessions.sign_in, request, response, name, password)
    if account is None:
        return show(request, "login.html", status=401, next=onward, wrong=True, name=name)
    return response


@router.post("/logout")
def sign_out(request: Request) -> Response:
    """Sign out."""
    response = RedirectResponse("/login", 303)
    sessions.sign_out(request, response)
    return response


@router.get("/accounts")
def people(request: Request, site: AtSite, person: Administrator) -> Response:
    """The accounts."""
    return _accounts(request, site, person)


def _accounts(
    request: Request, site: Site, person: Any, *, wrong: str | None = None, done: bool = False
) -> Response:
    return show(
        request,
        "accounts.html",
        status=422 if wrong else 200,
        person=person,
        accounts=accounts.list_accounts(site.store),
        roles=accounts.ROLES,
        wrong=wrong,
        done=done,
    )


@router.post("/accounts")
async def add(request: Request, site: AtSite, person: Administrator) -> Response:
    """Add an account, or take one away."""
    said = await request.form()
    told = {key: str(said.get(key, ""))[:1000] for key in ("name", "password", "role", "remove")}

    def work() -> Response:
        try:
            _change(request, site, person, told)
        except UsageError as error:
            return _accounts(request, site, person, wrong=str(error))
        return RedirectResponse("/accounts", 303)

    return await anyio.to_thread.run_sync(work)


def _change(request: Request, site: Site, person: Any, told: dict[str, str]) -> None:
    if told["remove"]:
        if told["remove"] == person.name:
            raise UsageError(words_of(request)("problem_not_allowed"))
        accounts.remove_account(site.store, told["remove"])
    elif not person.account:
        # The first account is made where the service runs.
        raise UsageError(words_of(request)("people_none"))
    else:
        role = accounts.checked_role(told["role"])
        accounts.add_account(site.store, told["name"], role, told["password"])
