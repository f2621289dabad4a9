"""Browsers: cookies, forms and who is signed in; asked without a server."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Form, Request, Response
from fastapi.responses import PlainTextResponse

from tdkt_parse import store
from tdkt_parse.web import accounts, sessions, uploads
from tdkt_parse.web.app import create_app
from tdkt_parse.web.guards import csrf_token, takes_uploads
from tdkt_parse.web.people import Corrector, Reader
from tdkt_parse.web.site import Allowance, Site, private_folder

BASE = "http://localhost:8000"
OWN = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
PASSWORD = "mật khẩu dài"  # noqa: S105
router = APIRouter()


@router.get("/form", response_class=PlainTextResponse)
def form(request: Request) -> str:
    return csrf_token(request)


@router.get("/plain", response_class=PlainTextResponse)
def plain() -> str:
    return "x"


@router.post("/login", response_class=PlainTextResponse)
def login(request: Request, name: Annotated[str, Form()], password: Annotated[str, Form()]) -> Any:
    response = PlainTextResponse("in")
    return response if sessions.sign_in(request, response, name, password) else Response("", 401)


@router.post("/logout")
def logout(request: Request) -> Response:
    response = Response("out")
    sessions.sign_out(request, response)
    return response


@router.get("/who", response_class=PlainTextResponse)
def who(person: Reader) -> str:
    return f"{person.name} {person.role}"


@router.post("/change", response_class=PlainTextResponse)
def change(person: Corrector) -> str:
    return person.name


@router.post("/uploads")
@takes_uploads
async def upload(request: Request, person: Corrector) -> list[str]:
    received = await uploads.receive(request)
    return [one.name for one in received.files]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with store.open_store(tmp_path / "plans.sqlite", create=True) as opened:
        yield Site(
            store=opened,
            folder=private_folder(tmp_path / "data"),
            secret=b"s" * 32,
            allowance=Allowance(file=1000, request=5000, form=2000, files=3),
        )


@pytest.fixture
def app(site: Site) -> FastAPI:
    return with_routes(create_app(site))


def with_routes(made: FastAPI) -> FastAPI:
    """With routes of this test before all others, of which some have the same names."""
    known = len(made.router.routes)
    made.include_router(router)
    routes = made.router.routes
    routes[:] = [*routes[known:], *routes[:known]]
    return made


def ask(app: FastAPI, asking: Callable[[httpx.AsyncClient], Any]) -> Any:
    """Ask as one browser, which keeps its cookies."""

    async def run() -> Any:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return await asking(client)

    found = asyncio.run(run())
    # Tests after this one fork: its threads are to end, and do so by themselves.
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(10)
    assert threading.active_count() == 1
    return found


def test_a_cookie_is_set_with_a_form_and_kept_from_scripts_and_other_sites(app: FastAPI) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        assert "set-cookie" not in (await client.get("/plain")).headers
        first = await client.get("/form")
        cookie = first.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "Secure" not in cookie
        again = await client.get("/form")
        assert again.text == first.text
        assert "set-cookie" not in again.headers

    ask(app, asking)


def test_by_https_the_cookie_is_for_that_host_alone(site: Site) -> None:
    from dataclasses import replace

    made = with_routes(create_app(replace(site, secure=True)))

    async def asking(client: httpx.AsyncClient) -> None:
        answer = await client.get("/form")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-tdkt=")
        assert "; Secure" in cookie
        assert "Path=/" in cookie
        assert "strict-transport-security" in answer.headers

    ask(made, asking)


@pytest.mark.parametrize("kind", ["header", "field"])
def test_a_form_of_ours_changes_and_others_do_not(app: FastAPI, kind: str) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        token = (await client.get("/form")).text

        async def send(said: str, **headers: str) -> int:
            if kind == "header":
                sent = {**OWN, "X-CSRF-Token": said, **headers}
                return (await client.post("/change", headers=sent)).status_code
            answer = await client.post("/change", data={"csrf": said}, headers={**OWN, **headers})
            return answer.status_code

        assert await send(token) == 200
        assert await send(token, **{"Sec-Fetch-Site": "none"}) == 200
        for wrong in ("", "0" * 64, token[:-1], token + "0", "é"):
            if kind == "field" or wrong.isascii():
                assert await send(wrong) == 403, wrong
        assert await send(token, Origin="http://evil.example") == 403
        assert await send(token, Origin="http://localhost:9") == 403
        assert await send(token, Origin="null") == 403
        assert await send(token, **{"Sec-Fetch-Site": "cross-site"}) == 403
        # Another visitor's token.
        client.cookies.clear()
        assert await send(token) == 403
        other = (await client.get("/form")).text
        assert other != token
        assert await send(token) == 403
        assert await send(other) == 200
        # A cookie that we did not sign.
        client.cookies.clear()
        client.cookies.set("tdkt", "made-up.signature")
        assert await send(other) == 403

    ask(app, asking)


def test_files_come_behind_the_token_of_the_form(app: FastAPI, site: Site) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        token = (await client.get("/form")).text

        async def send(said: str | None, *files: tuple[str, bytes]) -> httpx.Response:
            data = {} if said is None else {"csrf": said}
            sent = [("file", one) for one in files]
            return await client.post("/uploads", data=data, files=sent, headers=OWN)

        good = await send(token, ("a.txt", b"mot"), ("b.txt", b"hai"))
        assert good.json() == ["a.txt", "b.txt"]
        before = sorted((site.folder / "uploads").rglob("*"))
        for said in (None, "0" * 64):
            assert (await send(said, ("c.txt", b"ba"))).status_code == 403
        assert sorted((site.folder / "uploads").rglob("*")) == before
        large = await send(token, ("d.txt", b"x" * 1001))
        assert (large.status_code, large.json()["code"]) == (413, 10)
        many = await send(token, *((f"{at}.txt", b"x%d" % at) for at in range(4)))
        assert many.status_code == 413
        whole = await send(token, ("e.txt", b"x" * 6000))
        assert whole.status_code == 413
        assert (await send(token)).status_code == 415
        assert list((site.folder / "incoming").iterdir()) == []
        # A form that says its token last says it too late.
        late = await client.post(
            "/uploads",
            content=(
                b'--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nz\r\n'
                b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n'
                + token.encode()
                + b"\r\n--x--\r\n"
            ),
            headers={**OWN, "content-type": "multipart/form-data; boundary=x"},
        )
        assert late.status_code == 403

    ask(app, asking)


def test_a_body_without_a_stated_length_is_counted(app: FastAPI) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        token = (await client.get("/form")).text

        async def endless() -> Any:
            for _ in range(50):
                yield b"a=" + b"x" * 100 + b"&"

        headers = {**OWN, "content-type": "application/x-www-form-urlencoded"}
        answer = await client.post("/login", content=endless(), headers=headers)
        assert answer.status_code == 413, answer.text
        headers["X-CSRF-Token"] = token
        answer = await client.post("/login", content=endless(), headers=headers)
        assert answer.status_code == 413, answer.text

    ask(app, asking)


def test_people_sign_in_and_out(app: FastAPI, site: Site) -> None:
    accounts.add_account(site.store, "Hòa", "correct", PASSWORD)
    accounts.add_account(site.store, "Bình", "read", PASSWORD)

    async def asking(client: httpx.AsyncClient) -> None:
        async def post(path: str, **data: str) -> httpx.Response:
            token = (await client.get("/form")).text
            return await client.post(path, data={"csrf": token, **data}, headers=OWN)

        asked = await client.get("/who")
        assert asked.status_code == 401
        page = await client.get("/who?a=1", headers={"Accept": "text/html"})
        assert (page.status_code, page.headers["location"]) == (303, "/login?next=/who%3Fa%3D1")
        assert (await post("/change")).status_code == 401
        assert (await post("/login", name="Hòa", password=PASSWORD[1:])).status_code == 401
        before = client.cookies["tdkt"]
        assert (await post("/login", name="Hòa", password=PASSWORD)).text == "in"
        # Whoever knew the cookie before knows nothing now.
        assert client.cookies["tdkt"] != before
        assert (await client.get("/who")).text == "Hòa correct"
        assert (await post("/change")).text == "Hòa"
        stolen = client.cookies["tdkt"]
        assert (await post("/logout")).text == "out"
        assert (await client.get("/who")).status_code == 401
        client.cookies.clear()
        client.cookies.set("tdkt", stolen)
        assert (await client.get("/who")).status_code == 401
        client.cookies.clear()
        assert (await post("/login", name="Bình", password=PASSWORD)).text == "in"
        assert (await client.get("/who")).text == "Bình read"
        assert (await post("/change")).status_code == 403
        accounts.set_password(site.store, "Bình", PASSWORD + "x")
        assert (await client.get("/who")).status_code == 401

    ask(app, asking)


def test_passwords_cannot_be_tried_without_end(app: FastAPI, site: Site) -> None:
    accounts.add_account(site.store, "Lan", "read", PASSWORD)

    async def asking(client: httpx.AsyncClient) -> None:
        token = (await client.get("/form")).text

        async def attempt(name: str, password: str) -> httpx.Response:
            data = {"csrf": token, "name": name, "password": password}
            return await client.post("/login", data=data, headers=OWN)

        for _ in range(sessions.TRIES):
            assert (await attempt("Lan", "sai")).status_code == 401
        stopped = await attempt("Lan", PASSWORD)
        assert stopped.status_code == 429
        assert 0 < int(stopped.headers["retry-after"]) <= sessions.WITHIN
        assert (await attempt("ai khác", "sai")).status_code == 401

    ask(app, asking)


def test_many_who_sign_in_at_once_do_not_stop_the_others(app: FastAPI) -> None:
    for _ in range(sessions.AT_ONCE):
        assert app.state.attempts.looking.acquire(blocking=False)

    async def asking(client: httpx.AsyncClient) -> None:
        token = (await client.get("/form")).text
        data = {"csrf": token, "name": "Lan", "password": PASSWORD}
        answer = await client.post("/login", data=data, headers=OWN)
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")

    ask(app, asking)


def test_where_others_come_in_nobody_is_local(site: Site) -> None:
    from dataclasses import replace

    made = create_app(replace(site, local=False))
    made.include_router(router)

    async def asking(client: httpx.AsyncClient) -> None:
        assert (await client.get("/who")).status_code == 401
        assert (await client.get("/v1/plans")).status_code == 401

    ask(made, asking)
    here = create_app(site)
    here.include_router(router)
    assert ask(here, lambda client: client.get("/who")).text == "local administer"


def test_a_defect_says_nothing_of_what_stopped_it(app: FastAPI) -> None:
    @app.get("/defect")
    def defect() -> None:
        raise ValueError("words of a document")

    answer = ask(app, lambda client: client.get("/defect"))
    assert answer.status_code == 500
    assert answer.json()["code"] == 15
    assert "words" not in answer.text
    assert "content-security-policy" in answer.headers
