"""
Who may do what, and what a page of another origin, a made-up host or a hostile value comes to.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from served import Served, run_tdkt, wait_done

from tdkt_parse.exceptions import ExitCode
from tdkt_parse.web.guards import CONTENT_SECURITY

ROOT = Path(__file__).resolve().parent.parent
TEXT = next(iter(sorted((ROOT / "corpus").glob("*.txt")))).read_bytes()
PASSWORD = "mật khẩu dài"  # noqa: S105 - of an account that lives as long as a test


class Closed(NamedTuple):
    """A service with accounts, and a token of each role."""

    served: Served
    read: str
    correct: str
    administer: str

    def client(self, role: str) -> httpx.Client:
        token = getattr(self, role)
        return self.served.client(headers={"Authorization": f"Bearer {token}"})


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Closed]:
    folder = tmp_path_factory.mktemp("closed")
    where = str(folder / "plans.sqlite")
    tokens = []
    for role in ("read", "correct", "administer"):
        made = run_tdkt("user", "add", role, "--role", role, "--db", where, typed=PASSWORD + "\n")
        assert made.returncode == 0, made.stderr
        token = run_tdkt("token", "add", role, "--db", where)
        assert token.returncode == 0, token.stderr
        tokens.append(token.stdout.strip())
    served = Served(where, folder / "data").start()
    yield Closed(served, *tokens)
    served.stop()


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("local")
    found = Served(str(folder / "plans.sqlite"), folder / "data").start()
    yield found
    found.stop()


# -- where it listens


@pytest.mark.parametrize(
    "options",
    [
        ("--host", "0.0.0.0"),  # noqa: S104
        ("--host", "::"),
        ("--host", "192.0.2.1"),
        ("--allow-host", "plans.example.vn"),
    ],
)
def test_without_accounts_it_listens_for_this_machine_alone(
    options: tuple[str, ...], tmp_path: Path
) -> None:
    where = str(tmp_path / "plans.sqlite")
    done = run_tdkt("serve", *options, "--db", where, "--data", str(tmp_path / "d"), "-p", "0")
    assert done.returncode == ExitCode.USAGE
    assert "tdkt user add" in done.stderr


def test_with_accounts_it_must_know_its_name(tmp_path: Path) -> None:
    where = str(tmp_path / "plans.sqlite")
    assert run_tdkt("user", "add", "a", "--db", where, typed=PASSWORD + "\n").returncode == 0
    done = run_tdkt("serve", "--host", "0.0.0.0", "--db", where, "--data", str(tmp_path / "d"))  # noqa: S104
    assert done.returncode == ExitCode.USAGE
    assert "--allow-host" in done.stderr


def test_accounts_of_the_command_line(tmp_path: Path) -> None:
    db = ("--db", str(tmp_path / "plans.sqlite"))
    short = run_tdkt("user", "add", "a", *db, typed="ngắn\n")
    assert short.returncode == ExitCode.USAGE
    assert run_tdkt("user", "add", "Hòa", "--role", "correct", *db, typed=PASSWORD).returncode == 0
    assert run_tdkt("user", "add", "Hòa", *db, typed=PASSWORD).returncode == ExitCode.USAGE
    assert run_tdkt("user", "list", *db).stdout.split("\t")[:2] == ["Hòa", "correct"]
    token = run_tdkt("token", "add", "Hòa", "--role", "read", "--label", "báo cáo", *db).stdout
    assert token.startswith("tdkt_")
    id_, account, role, until, label = run_tdkt("token", "list", *db).stdout.strip().split("\t")
    assert (account, role, until, label) == ("Hòa", "read", "-", "báo cáo")
    assert token.strip() not in run_tdkt("token", "list", *db).stdout
    assert run_tdkt("token", "remove", id_, *db).returncode == 0
    assert run_tdkt("user", "password", "Hòa", *db, typed=PASSWORD + "x\n").returncode == 0
    assert run_tdkt("user", "remove", "Hòa", *db).returncode == 0
    assert run_tdkt("user", "remove", "Hòa", *db).returncode == ExitCode.USAGE


# -- who may do what

OPEN = ("/health", "/ready", "/version", "/v1/schema", "/v1/problems", "/v1/openapi.json")
NEEDS = [
    ("GET", "/v1/plans", "read"),
    ("GET", "/v1/search", "read"),
    ("GET", "/v1/jobs", "read"),
    ("GET", "/v1/instruments?number=98/2023/NĐ-CP", "read"),
    ("GET", "/v1/audit/rules", "read"),
    ("GET", "/metrics", "read"),
    ("POST", "/v1/parse", "read"),
    ("POST", "/v1/audit", "read"),
    ("POST", "/v1/jobs", "correct"),
    ("POST", f"/v1/jobs/{'0' * 24}/retry", "correct"),
    ("DELETE", f"/v1/jobs/{'0' * 24}", "correct"),
    ("POST", f"/v1/plans/{'0' * 64}/corrections", "correct"),
    ("DELETE", f"/v1/plans/{'0' * 64}", "administer"),
]
ROLES = ("read", "correct", "administer")


def test_every_route_is_open_or_needs_a_role(closed: Closed) -> None:
    """Whoever adds one must say which."""
    known = {
        (method, path.partition("?")[0].replace("0" * 64, "{sha256}").replace("0" * 24, "{id}"))
        for method, path, _ in NEEDS
    }
    with closed.served.client() as client:
        described = client.get("/v1/openapi.json").json()["paths"]
        for path, every in described.items():
            for method in map(str.upper, every):
                if (method, path) in known or path in OPEN or path == "/v1/problems/{name}":
                    continue
                assert method == "GET", path
                filled = path.replace("{sha256}", "0" * 64).replace("{id}", "0" * 24)
                assert client.get(filled).status_code == 401, path


@pytest.mark.parametrize(("method", "path", "role"), NEEDS)
def test_what_a_role_may(closed: Closed, method: str, path: str, role: str) -> None:
    content: dict[str, Any] = {"content": b"x", "headers": _BINARY}
    more = content if method == "POST" else {}
    if path.endswith("/corrections"):
        more = {"json": {"pointer": "/kind", "value": "x"}}
    with closed.served.client() as client:
        nobody = client.request(method, path, **more)
        assert nobody.status_code == 401, nobody.text
        assert nobody.headers["www-authenticate"] == "Bearer"
        wrong = {**more.get("headers", {}), "Authorization": "Bearer tdkt_x"}
        assert client.request(method, path, **{**more, "headers": wrong}).status_code == 401
    for one in ROLES:
        with closed.client(one) as client:
            status = client.request(method, path, **more).status_code
            if ROLES.index(one) < ROLES.index(role):
                assert status == 403
            else:
                assert status not in (401, 403, 500)


def test_what_is_open(closed: Closed) -> None:
    with closed.served.client() as client:
        for path in OPEN:
            assert client.get(path).status_code == 200


def test_a_reader_sees_his_own_jobs_alone(closed: Closed) -> None:
    with closed.client("correct") as client:
        sent = client.post("/v1/jobs", files={"file": ("a.txt", TEXT)}).json()
        wait_done(client, sent["batch"])
        id_ = sent["jobs"][0]["id"]
        assert client.get(f"/v1/jobs/{id_}").status_code == 200
    with closed.client("read") as client:
        assert client.get(f"/v1/jobs/{id_}").status_code == 404
        assert client.get("/v1/jobs", params={"batch": sent["batch"]}).json()["jobs"] == []


# -- where a change comes from

EVIL = "http://evil.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "HOST.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        # A browser's own page, but without the token of a form.
        {"Origin": "HOST"},
        {"Referer": f"{EVIL}/"},
        {"Cookie": "tdkt=made-up"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "HOST", "X-CSRF-Token": "0" * 64},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/parse"),
        ("POST", "/v1/jobs"),
        ("DELETE", f"/v1/plans/{'0' * 64}"),
        ("POST", f"/v1/plans/{'0' * 64}/corrections"),
    ],
)
def test_a_page_of_another_origin_changes_nothing(
    local: Served, method: str, path: str, headers: dict[str, str]
) -> None:
    sent = {name: value.replace("HOST", local.base) for name, value in headers.items()}
    with local.client() as client:
        bodies: tuple[dict[str, Any], ...] = (
            {"files": {"file": ("a.txt", TEXT)}},
            {"data": {"csrf": "0" * 64}},
        )
        for more in bodies:
            answer = client.request(method, path, headers=sent, **more)
            assert answer.status_code == 403, answer.text
            assert answer.json()["type"] == "/v1/problems/foreign-request"
        assert client.get("/v1/jobs").json()["jobs"] == []
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "a@127.0.0.1",
        "",
        "127.0.0.1/x",
        "localhost.",
        "[::1",
    ],
)
def test_only_names_that_are_allowed_are_answered(local: Served, host: str) -> None:
    with local.client() as client:
        answer = client.get("/v1/plans", headers={"Host": host})
    assert answer.status_code in (400, 421), answer.text
    assert "plans" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9", "LOCALHOST:80", "[::1]:8000"])
def test_names_of_this_machine_are_answered(local: Served, host: str) -> None:
    with local.client() as client:
        assert client.get("/v1/plans", headers={"Host": host}).status_code == 200


def test_answers_tell_browsers_what_they_may(local: Served) -> None:
    with local.client() as client:
        for path in ("/health", "/v1/plans", "/nirgends", "/static/nirgends.js"):
            headers = client.get(path).headers
            assert headers["content-security-policy"] == CONTENT_SECURITY
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["x-frame-options"] == "DENY"
            assert headers["referrer-policy"] == "same-origin"
            assert "server" not in headers
    assert "unsafe" not in CONTENT_SECURITY
    assert "frame-ancestors 'none'" in CONTENT_SECURITY


# -- hostile values

PATHS = (
    *("../../etc/passwd", "..%2f..%2fetc%2fpasswd", "....//....//etc/passwd", "/etc/passwd"),
    *("..\\..\\windows\\win.ini", "%2e%2e%2f%2e%2e%2fetc/passwd", "..%c0%af..%c0%afetc/passwd"),
    *("file:///etc/passwd", "\\\\server\\share", "a/../../../../etc/passwd", "%00", "con", "~root"),
    *("/proc/self/environ", "..;/..;/etc/passwd", "%252e%252e%252fetc%252fpasswd", "."),
)
SQL = (
    *(
        "' OR '1'='1",
        "'; DROP TABLE plans; --",
        '" OR ""="',
        "1; SELECT pg_sleep(5)",
        "') OR 1=1--",
    ),
    *("' UNION SELECT password FROM accounts --", "\\'; DROP TABLE plans; --", "%27%20OR%201=1"),
    *("* NEAR/0 x", "x' AND 1=(SELECT COUNT(*) FROM accounts)--", "{}", "$$", "a\0b", "\ud800"),
    *("terms:*", '"', "(", "x OR", "NOT", "^a", "-a", "a*", ":*", "a & b", "a <-> b", "!a"),
)
HEADERS = (
    *("x\r\nSet-Cookie: a=b", "x\nLocation: http://evil.example", "x%0d%0aSet-Cookie:%20a=b"),
    *(
        "x\r\n\r\n<script>alert(1)</script>",
        "x\u2028Set-Cookie: a=b",
        "x\u560a\u560dSet-Cookie: a=b",
    ),
)


def _url(value: str) -> str:
    return "".join(f"%{one:02x}" for one in value.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("value", PATHS)
def test_no_path_leads_out(local: Served, value: str) -> None:
    with local.client() as client:
        for place in (
            "/static/",
            "/v1/plans/",
            "/v1/jobs/",
            "/v1/instruments/",
            "/v1/problems/",
            "/",
        ):
            for said in (value, _url(value)):
                answer = client.get(httpx.URL(local.base).copy_with(raw_path=_raw(place + said)))
                assert answer.status_code < 500, answer.text
                assert "root:" not in answer.text
                assert "PATH=" not in answer.text
        jobs = client.post("/v1/jobs", files={"file": (value, TEXT)})
        assert jobs.status_code in (202, 403), jobs.text
    folder = local.folder / "uploads"
    assert all(len(one.name) == 64 for one in folder.rglob("*") if one.is_file())


def _raw(path: str) -> bytes:
    return "".join(
        one if 32 < ord(one) < 127 else f"%{byte:02x}" for one in path for byte in one.encode()[:1]
    ).encode()


@pytest.mark.parametrize("value", SQL)
def test_no_query_is_more_than_words(local: Served, value: str) -> None:
    with local.client() as client:
        for query in ("q", "issuer", "cites"):
            answer = client.get(f"/v1/search?{query}={_url(value)}")
            assert answer.status_code in (200, 422), answer.text
            assert "argon2" not in answer.text
        for path in (f"/v1/instruments?q={_url(value)}", f"/v1/instruments?number={_url(value)}"):
            assert client.get(path).status_code in (200, 422)
        assert client.get(f"/v1/instruments/{_url(value)}").status_code in (404, 422)
        for query in ("after", "year", "limit", "level"):
            assert client.get(f"/v1/plans?{query}={_url(value)}").status_code in (200, 422)
        assert client.get(f"/v1/jobs?batch={_url(value)}").status_code in (200, 422)
        assert client.get("/v1/plans").status_code == 200


@pytest.mark.parametrize("value", HEADERS)
def test_no_value_becomes_a_header(local: Served, value: str) -> None:
    with local.client() as client:
        for path in ("/v1/plans/", "/v1/search?q=", "/v1/problems/", "/v1/jobs?batch=", "/x"):
            answer = client.get(path + _url(value))
            assert answer.status_code < 500
            assert "set-cookie" not in answer.headers
            assert "evil" not in answer.headers.get("location", "")
        sent = client.post(f"/v1/parse?name={_url(value)}", content=TEXT, headers=_BINARY)
        assert sent.status_code == 200, sent.text
        assert "set-cookie" not in sent.headers
        assert "\n" not in sent.json()["source"]["name"]


_BINARY = {"content-type": "application/octet-stream"}


def test_numbers_without_bound(local: Served) -> None:
    with local.client() as client:
        for value in ("99999999999999999999", "-1", "1e9", "NaN", "0x10", "１"):
            for query in ("year", "limit", "offset", "quarter"):
                answer = client.get("/v1/search", params={"q": "a", query: value})
                assert answer.status_code in (200, 422), answer.text


def test_everything_the_description_allows_is_answered(local: Served, tmp_path: Path) -> None:
    pytest.importorskip("schemathesis", reason="schemathesis is not installed")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{local.base}/v1/openapi.json"),
            *(
                "--checks",
                "not_a_server_error,content_type_conformance,response_schema_conformance",
            ),
            *("--max-examples", "8", "--seed", "1", "--no-color", "--request-timeout", "60"),
            *("--phases", "examples,coverage,fuzzing", "--generation-database", "none"),
        ],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
        timeout=600,
    )
    assert "not_a_server_error" not in done.stdout.partition("Summary")[0] or done.returncode == 0
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    described = httpx.get(f"{local.base}/v1/openapi.json").json()
    assert len(described["paths"]) > 10
    assert json.dumps(described).count("examples") > 10
