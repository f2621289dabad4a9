"""
Who asks, and what they may: dependencies of FastAPI.

``def page(person: Reader)`` for what readers may see, ``Corrector`` for what changes plans,
``Administrator`` for what removes them.
"""

from typing import Annotated, NamedTuple

from fastapi import Depends, Request

from tdkt_parse.web.accounts import ROLES, Role, check_token, count_accounts, may
from tdkt_parse.web.problems import Problem
from tdkt_parse.web.sessions import signed_in
from tdkt_parse.web.site import Site

LOCAL_NAME = "local"


class Person(NamedTuple):
    """
    Who asks: a name, and a role.

    ``account`` is ``False`` for the person at this machine where there are no accounts.
    """

    name: str
    role: Role
    account: bool = True

    def may(self, needed: Role) -> bool:
        """Whether that role is theirs."""
        return may(self.role, needed)


def site_of(request: Request) -> Site:
    """The service that is asked."""
    site: Site = request.app.state.site
    return site


async def _at_site(request: Request) -> Site:
    # Asynchronous: to be called in a thread would take longer than it does.
    return site_of(request)


def person_of(request: Request) -> Person | None:
    """Who asks; ``None`` if that is not known. Raises Problem for a token that is none."""
    if "tdkt.person" not in request.scope:
        request.scope["tdkt.person"] = _find(request)
    found: Person | None = request.scope["tdkt.person"]
    return found


def _find(request: Request) -> Person | None:
    site = site_of(request)
    said = request.headers.get("authorization")
    if said is not None:
        scheme, _, token = said.partition(" ")
        found = check_token(site.store, token.strip()) if scheme.lower() == "bearer" else None
        if found is None:
            raise Problem(
                "not-signed-in",
                "The token is not known, or no longer valid.",
                hint="tdkt token add NAME makes one.",
                headers={"WWW-Authenticate": "Bearer"},
            )
        return Person(*found)
    visitor = request.scope.get("tdkt.visitor")
    if visitor and not request.scope.get("tdkt.visitor.new"):
        account = signed_in(site.store, visitor)
        if account is not None:
            return Person(account.name, account.role)
    if site.local and not count_accounts(site.store):
        return Person(LOCAL_NAME, ROLES[-1], account=False)
    return None


def _with(request: Request, role: Role) -> Person:
    person = person_of(request)
    if person is None:
        raise Problem(
            "not-signed-in",
            "Nobody is signed in.",
            hint="Sign in, or send a token: Authorization: Bearer …",
            headers={"WWW-Authenticate": "Bearer"},
        )
    if not person.may(role):
        raise Problem(
            "not-allowed",
            f"{person.name} may {person.role}; this needs {role}.",
            hint="Ask whoever looks after the accounts.",
        )
    return person


def reader(request: Request) -> Person:
    """Somebody who may read."""
    return _with(request, "read")


def corrector(request: Request) -> Person:
    """Somebody who may put in files, and correct what was read."""
    return _with(request, "correct")


def administrator(request: Request) -> Person:
    """Somebody who may remove documents."""
    return _with(request, "administer")


Reader = Annotated[Person, Depends(reader)]
Corrector = Annotated[Person, Depends(corrector)]
Administrator = Annotated[Person, Depends(administrator)]
AtSite = Annotated[Site, Depends(_at_site)]
