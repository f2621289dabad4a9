"""The service as programs use it: over HTTP, on SQLite and on PostgreSQL."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from served import Served, run_tdkt, wait_done

from tdkt_parse import exceptions, store
from tdkt_parse.exceptions import ExitCode, MissingDependency, TdktError, Unreadable, to_install
from tdkt_parse.models import Plan
from tdkt_parse.web.problems import ERROR_KINDS, problem_of

ROOT = Path(__file__).resolve().parent.parent
CORPUS = sorted(
    one for one in (ROOT / "corpus").iterdir() if one.suffix in (".txt", ".docx", ".pdf")
)
TEXT = next(one for one in CORPUS if one.suffix == ".txt")


def parsed(path: Path) -> Any:
    done = run_tdkt("parse", "--format", "json", str(path))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    where = str(folder / "plans.sqlite")
    if request.param == "postgresql":
        where = request.getfixturevalue("server").new_database()
    found = Served(where, folder / "data").start()
    yield found
    found.stop()


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client() as found:
        yield found


def test_how_it_is(client: httpx.Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    checks = client.get("/ready").json()["checks"]
    assert checks == {"database": True, "folder": True, "worker": True}
    assert client.get("/version").json()["schema_version"] == "1"
    measures = client.get("/metrics").text
    assert 'tdkt_jobs{state="waiting"}' in measures
    assert "process_resident_memory_bytes" in measures
    assert client.get("/v1/schema").json() == Plan.model_json_schema()
    described = client.get("/v1/openapi.json").json()
    assert {"/v1/parse", "/v1/jobs", "/v1/plans", "/v1/search", "/v1/audit"} <= {
        *described["paths"]
    }


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".pdf"])
def test_one_file_is_answered_at_once(client: httpx.Client, suffix: str) -> None:
    path = next(one for one in CORPUS if one.suffix == suffix)
    expected = parsed(path)
    sent = client.post("/v1/parse", files={"file": (path.name, path.read_bytes())})
    assert sent.status_code == 200, sent.text
    assert sent.json() == expected
    raw = client.post(
        "/v1/parse",
        params={"name": path.name},
        content=path.read_bytes(),
        headers={"content-type": "application/octet-stream"},
    )
    assert raw.json() == expected
    # It is not kept.
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert client.get(f"/v1/plans/{sha256}").status_code == 404


def test_one_file_is_audited(client: httpx.Client) -> None:
    sent = client.post("/v1/audit", files={"file": (TEXT.name, TEXT.read_bytes())})
    assert sent.status_code == 200, sent.text
    sheet = sent.json()
    assert sheet["path"] == TEXT.name
    # The same of its Plan, but for places in a text that is not there.
    plan = json.dumps(parsed(TEXT)).encode()
    again = client.post("/v1/audit", files={"file": ("plan.json", plan)})
    assert again.status_code == 200, again.text
    assert [one["rule"] for one in again.json()["findings"]] == [
        one["rule"] for one in sheet["findings"]
    ]
    assert len(client.get("/v1/audit/rules").json()["rules"]) > 10


def test_many_files_are_kept(client: httpx.Client, served: Served) -> None:
    files = [("file", (one.name, one.read_bytes())) for one in CORPUS]
    sent = client.post("/v1/jobs", files=files)
    assert sent.status_code == 202, sent.text
    batch = sent.json()["batch"]
    assert sent.headers["location"] == f"/v1/jobs?batch={batch}"
    jobs = wait_done(client, batch)
    assert [job["name"] for job in jobs] == [one.name for one in CORPUS]
    assert {job["state"] for job in jobs} == {"done"}
    for job, path in zip(jobs, CORPUS, strict=True):
        plan = client.get(job["links"]["result"]).json()
        assert plan == client.get(job["links"]["plan"]).json()
        assert plan["source"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert plan["source"]["name"] == path.name

    again = client.post("/v1/jobs", files=files[:1]).json()["batch"]
    assert [job["change"] for job in wait_done(client, again)] == ["unchanged"]

    listed: list[str] = []
    after = None
    while True:
        page = client.get("/v1/plans", params={"limit": 2, **({"after": after} if after else {})})
        listed += [one["sha256"] for one in page.json()["plans"]]
        after = page.json().get("next")
        if after is None:
            break
    assert sorted(listed) == sorted({job["sha256"] for job in jobs})

    folded = client.get("/v1/search", params={"q": "thi dua khen thuong"}).json()
    marked = client.get("/v1/search", params={"q": "thi đua khen thưởng"}).json()
    assert {one["sha256"] for one in folded["hits"]} == {one["sha256"] for one in marked["hits"]}
    assert folded["hits"]
    assert client.get("/v1/search", params={"cites": "!"}).json()["code"] == ExitCode.USAGE
    with store.open_store(served.where) as opened:
        assert store.check(opened, deep=True).faults == ()


def test_an_archive_sent_twice_is_taken_twice(client: httpx.Client) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", TEXT.read_bytes())
        archive.writestr("b.exe", b"x")
    files = [("file", (name, made.getvalue())) for name in ("1.zip", "2.zip")]
    jobs = wait_done(client, client.post("/v1/jobs", files=files).json()["batch"])
    assert [(job["name"], job["state"]) for job in jobs] == [
        ("1.zip/a.txt", "done"),
        ("1.zip/b.exe", "failed"),
        ("2.zip/a.txt", "done"),
        ("2.zip/b.exe", "failed"),
    ]


def test_a_correction_is_kept_when_the_document_is_read_again(client: httpx.Client) -> None:
    content = TEXT.read_bytes() + b"\n"
    sha256 = hashlib.sha256(content).hexdigest()
    batch = client.post("/v1/jobs", files={"file": ("a.txt", content)}).json()["batch"]
    wait_done(client, batch)
    place = f"/v1/plans/{sha256}/corrections"
    made = client.post(place, json={"pointer": "/kind", "value": "Thông báo", "note": "mờ"})
    assert made.status_code == 201, made.text
    assert made.json()["author"] == "local"
    assert made.json()["before"] == "Kế hoạch"
    # Another way of reading makes it read again.
    batch = client.post("/v1/jobs?changes=reject", files={"file": ("a.txt", content)})
    wait_done(client, batch.json()["batch"])
    assert client.get(f"/v1/plans/{sha256}").json()["kind"] == "Thông báo"
    assert client.get(f"/v1/plans/{sha256}?as_read=true").json()["kind"] == "Kế hoạch"
    assert len(client.get(place).json()["corrections"]) == 1
    for wrong in (
        {"pointer": "/nirgends", "value": 1},
        {"pointer": "/kind", "value": [1]},
        {"pointer": "/kind", "value": "\ud800"},
        {"pointer": "/kind\0", "value": "a"},
    ):
        answer = client.post(
            place, content=json.dumps(wrong), headers={"content-type": "application/json"}
        )
        assert answer.status_code == 422, answer.text
    assert client.delete(f"/v1/plans/{sha256}").status_code == 204
    assert client.get(f"/v1/plans/{sha256}").status_code == 404
    assert client.delete(f"/v1/plans/{sha256}").status_code == 404


def test_instruments(client: httpx.Client) -> None:
    decree = client.get("/v1/instruments", params={"number": "98/2023/NĐ-CP", "on": "2024-06-01"})
    (found,) = decree.json()["instruments"]
    assert found["verdict"] == "in_force"
    later = client.get(f"/v1/instruments/{found['id']}", params={"on": "2025-07-01"})
    assert later.json()["verdict"] == "expired"
    assert client.get("/v1/instruments").json()["code"] == ExitCode.USAGE
    assert client.get("/v1/instruments/nirgends").status_code == 404


FAILING = {
    "trống.txt": (b"", ExitCode.UNREADABLE),
    "hỏng.pdf": (b"%PDF-1.4 broken", ExitCode.UNREADABLE),
    "lạ.bin": (bytes(range(256)) * 20, ExitCode.UNREADABLE),
}


@pytest.mark.parametrize("name", FAILING)
def test_the_codes_are_those_of_the_command_line(
    client: httpx.Client, name: str, tmp_path: Path
) -> None:
    content, code = FAILING[name]
    (tmp_path / name).write_bytes(content)
    done = run_tdkt("parse", str(tmp_path / name))
    assert done.returncode == code
    answer = client.post("/v1/parse", files={"file": (name, content)})
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["code"], told["name"]) == (code, code.name)
    assert told["status"] == answer.status_code
    assert client.get(told["type"]).json()["code"] == code
    # In a batch it does not stop the others.
    files = [("file", (name, content)), ("file", (TEXT.name, TEXT.read_bytes()))]
    jobs = wait_done(client, client.post("/v1/jobs", files=files).json()["batch"])
    assert [job["state"] for job in jobs] == ["failed", "done"]
    assert jobs[0]["problem"]["code"] == code
    result = client.get(f"/v1/jobs/{jobs[0]['id']}/result")
    assert (result.status_code, result.json()["code"]) == (told["status"], code)


def test_every_error_of_the_program_has_its_kind() -> None:
    every = {
        one
        for one in vars(exceptions).values()
        if isinstance(one, type) and issubclass(one, TdktError) and one is not TdktError
    }
    assert every == set(ERROR_KINDS)
    assert all(kind.code == error.exit_code for error, kind in ERROR_KINDS.items())


def test_the_client_of_the_documentation(client: httpx.Client, served: Served) -> None:
    page = (ROOT / "docs" / "serve.md").read_text(encoding="utf-8")
    code: str = page.partition("```py\n")[2].partition("```")[0]
    names: dict[str, Any] = {}
    exec(compile(code, "serve.md", "exec"), names)  # noqa: S102 - the client that people copy
    ours = names["Tdkt"](served.base)
    path = next(one for one in CORPUS if one.suffix == ".docx")
    assert ours.parse(path) == parsed(path)
    plan = ours.wait(ours.put_in(path))
    assert plan["source"]["name"] == path.name
    assert ours.search("thi dua")
    with pytest.raises(names["Refused"]) as refused:
        ours.ask("/v1/parse?name=a.pdf", b"%PDF-1.4 broken")
    assert refused.value.problem["code"] == ExitCode.UNREADABLE


def test_the_documentation_names_every_path(client: httpx.Client) -> None:
    described = client.get("/v1/openapi.json").json()["paths"]
    for page in ("serve.md", "serve.vi.md"):
        told = (ROOT / "docs" / page).read_text(encoding="utf-8")
        assert [path for path in described if path not in told and "{name}" not in path] == []


def test_what_is_not_there(client: httpx.Client) -> None:
    for path in ("/v1/nirgends", "/v1/jobs/" + "0" * 24, "/v1/plans/" + "0" * 64):
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
    assert client.put("/v1/parse").status_code == 405
    wrong = client.post("/v1/parse", data={"file": "x"})
    assert wrong.status_code == 415
    assert client.post("/v1/parse", files={"file": ("", b"")}).json()["code"] == 10
    damaged = client.post(
        "/v1/parse",
        content=b"--x\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\nabc",
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert damaged.status_code == 400, damaged.text


# -- limits


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("narrow")
    found = Served(
        *(str(folder / "plans.sqlite"), folder / "data", "--max-size", "16M"),
        *("--max-pages", "2", "--max-queue", "3"),
    ).start()
    yield found
    found.stop()


def test_limits_of_size_and_pages(narrow: Served) -> None:
    pdf = next(one for one in CORPUS if one.suffix == ".pdf")
    with narrow.client() as client:
        large = client.post("/v1/parse", files={"file": ("a.txt", b"x" * (17 << 20))})
        assert (large.status_code, large.json()["code"]) == (413, ExitCode.UNREADABLE)
        said = client.post(
            "/v1/corrections", content=b"x" * (2 << 20), headers={"content-type": "text/plain"}
        )
        assert said.status_code == 413
        long = client.post("/v1/parse", files={"file": (pdf.name, pdf.read_bytes())})
        assert (long.status_code, long.json()["code"]) == (413, ExitCode.UNREADABLE), long.text
        assert "pages" in long.json()["detail"]
    assert list((narrow.folder / "incoming").iterdir()) == []


def test_a_full_queue_says_when_to_come_again(narrow: Served) -> None:
    with narrow.client() as client:
        files = [("file", (f"{at}.txt", b"x%d" % at)) for at in range(4)]
        full = client.post("/v1/jobs", files=files)
        assert full.status_code == 429
        assert int(full.headers["retry-after"]) > 0
        assert full.json()["type"] == "/v1/problems/too-many"
        waiting = client.get("/v1/jobs", params={"state": "waiting"})
        assert waiting.json()["jobs"] == []


def test_what_is_to_be_typed_on_the_server_is_not_told() -> None:
    lacking = problem_of(MissingDependency("Parquet needs pyarrow.", hint=to_install("parquet")))
    assert (lacking.kind.status, lacking.detail, lacking.hint) == (
        501,
        "Parquet needs pyarrow.",
        None,
    )
    assert problem_of(Unreadable("It is broken.", hint="Copy it again.")).hint == "Copy it again."
