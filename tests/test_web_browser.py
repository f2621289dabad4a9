"""
The pages in a real browser: chromium of the system, over a real server in a process of its own.

``--screenshots DIR`` writes a picture of each page. Skipped where playwright or chromium is missing
(``scripts/setup.sh chromium``); what axe-core checks, where that is missing.
"""

import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from xss_plans import PAYLOADS, content_of, filled

from tdkt_parse import parse, store
from tdkt_parse.audit import audit_plan
from tdkt_parse.register import packaged_register

playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
AXE = ROOT / ".peers" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PHONE = {"width": 360, "height": 740}
WAIT = 60_000
"""Milliseconds: other programs may have the processors."""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="chromium is not installed: scripts/setup.sh chromium"
)


class Served:
    """A server with its database."""

    def __init__(self, where: str, folder: Path) -> None:
        self.where = where
        self.log = folder / "log"
        command = [sys.executable, "-m", "tdkt_parse", "serve", "--db", where, "--port", "0",
                   "--data", str(folder / "data"), "--jobs", "1"]  # fmt: skip
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, stderr=log, stdout=log, cwd=folder)
        for _ in range(600):
            found = re.search(r"http://\S+?:\d+", self.log.read_text(encoding="utf-8"))
            if found:
                self.address = found[0]
                return
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            time.sleep(0.1)
        self.stop()
        raise AssertionError(self.log.read_text(encoding="utf-8"))

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    if request.param == "postgresql":
        where = request.getfixturevalue("server").new_database()
    else:
        where = str(folder / "plans.sqlite")
    found = Served(where, folder)
    yield found
    found.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        opened = started.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield opened
        opened.close()


class Watched:
    """A page of the browser, and whatever went wrong in it."""

    def __init__(self, browser: Any, served: Served, **options: Any) -> None:
        self.context = browser.new_context(base_url=served.address, **options)
        self.context.set_default_timeout(WAIT)
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self._host = urlsplit(served.address).netloc
        self.page.on("console", self._told)
        self.page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        self.page.on("dialog", self._asked)
        self.page.on("request", self._sent)

    def _told(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"console: {message.text}")

    def _asked(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _sent(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._host:
            self.wrong.append(f"request: {request.url}")

    def open(self, address: str) -> None:
        self.page.goto(address, wait_until="load")

    def picture(self, name: str, config: pytest.Config, *, full: bool = False) -> None:
        folder = config.getoption("--screenshots")
        if folder:
            path = Path(str(folder), f"{name}.png")
            path.parent.mkdir(parents=True, exist_ok=True)
            # The caret is hidden by styles of the browser's own, which the page refuses.
            self.page.screenshot(path=path, full_page=full, caret="initial")

    def close(self) -> None:
        self.context.close()
        assert not self.wrong, self.wrong


@pytest.fixture
def watched(browser: Any, served: Served) -> Iterator[Watched]:
    opened = Watched(browser, served, viewport={"width": 1400, "height": 900})
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One document of each kind: typed, as Word, as PDF, scanned, saved from a site, in a ZIP."""
    import pypdfium2

    folder = tmp_path_factory.mktemp("papers")
    texts = sorted(CORPUS.glob("*.txt"))
    shutil.copy(texts[1], folder / "typed.txt")
    shutil.copy(CORPUS / "word_002.docx", folder)
    shutil.copy(CORPUS / "pdf_000.pdf", folder)
    page = pypdfium2.PdfDocument(CORPUS / "pdf_001.pdf")[0]
    page.render(scale=2.5).to_pil().convert("RGB").save(folder / "scan.png", dpi=(180, 180))
    page.close()
    body = "".join(f"<p>{line}</p>" for line in texts[4].read_text(encoding="utf-8").splitlines())
    (folder / "saved.html").write_text(f"<!doctype html><meta charset=utf-8>{body}", "utf-8")
    evil = "\n".join(f"{at}. {payload}" for at, payload in enumerate(PAYLOADS, 1))
    text = f"ỦY BAN NHÂN DÂN\nXÃ TÂN AN\nSố: 12/KH-UBND\n\nKẾ HOẠCH\n{PAYLOADS[0]}\n\nI. MỤC ĐÍCH\n"
    (folder / "evil.txt").write_text(text + evil, "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nbroken")
    with zipfile.ZipFile(folder / "folder.zip", "w") as archive:
        archive.write(texts[2], "năm 2022/kế hoạch.txt")
    return folder


@pytest.fixture(scope="module")
def read(
    browser: Any, served: Served, papers: Path, request: pytest.FixtureRequest
) -> dict[str, str]:
    """The documents put in through the page; their contents by the names of the files."""
    watched = Watched(browser, served, viewport={"width": 1200, "height": 900})
    page = watched.page
    watched.open("/plans")
    watched.picture("empty", request.config)
    watched.open("/uploads")
    page.set_input_files("input[type=file] >> nth=0", sorted(map(str, papers.iterdir())))
    assert page.inner_text(".chosen") == "Đã chọn 8 tệp"
    page.click("button.main")
    page.wait_for_url("**/uploads/*")
    watched.picture("uploads-busy", request.config)
    page.wait_for_selector("#jobs:not([hx-get])")
    watched.picture("uploads", request.config, full=True)
    assert page.locator(".job-failed").count() == 1
    failed = page.inner_text(".job-failed")
    assert "broken.pdf" in failed
    assert "Cần làm gì" in failed
    found = {
        one.locator(".job-name").inner_text().split()[0].rpartition("/")[2]:
        str(one.locator("a").get_attribute("href")).rpartition("/")[2]
        for one in page.locator(".job-done").all()
    }  # fmt: skip
    watched.close()
    assert len(found) == 7
    return found


def pages(read: dict[str, str]) -> dict[str, str]:
    typed, pdf, word = read["typed.txt"], read["pdf_000.pdf"], read["word_002.docx"]
    return {
        "uploads-form": "/uploads",
        "list": "/plans",
        "list-filtered": "/plans?q=thi+dua&year=2024",
        "plan-text": f"/plans/{typed}",
        "plan-word": f"/plans/{word}",
        "plan-pdf": f"/plans/{pdf}",
        "plan-scan": f"/plans/{read['scan.png']}",
        "plan-evil": f"/plans/{read['evil.txt']}",
        "plan-edited": f"/plans/{typed}?edit=tasks/0",
        "calendar": "/calendar",
        "instruments": "/instruments",
        "instrument": "/instruments/of?id=06/2022/QH15",
        "findings": "/findings",
        "compare": f"/compare?a={word}&b={pdf}",
        "compare-choose": f"/compare?b={pdf}",
        "accounts": "/accounts",
        "english": f"/plans/{pdf}?lang=en",
    }


def test_each_page_is_calm_and_can_be_used_by_all(
    browser: Any, served: Served, read: dict[str, str], request: pytest.FixtureRequest
) -> None:
    """No error, nothing from elsewhere, no serious fault of access, on a desk and on a phone."""
    axe = AXE.read_text(encoding="utf-8") if AXE.is_file() else None
    faults: list[str] = []
    screens: tuple[tuple[str, dict[str, Any]], ...] = (
        ("desk", {"viewport": {"width": 1400, "height": 900}}),
        ("phone", {"viewport": PHONE, "is_mobile": True, "has_touch": True}),
    )
    for kind, options in screens:
        watched = Watched(browser, served, **options)
        for name, address in pages(read).items():
            watched.open(address)
            watched.page.wait_for_load_state("networkidle")
            assert watched.page.locator("h1").count() == 1
            watched.picture(f"{kind}/{name}", request.config)
            wide = watched.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= options["viewport"]["width"], (kind, name, wide)
            if axe is not None:
                watched.page.evaluate(axe)
                told = watched.page.evaluate("axe.run()")
                faults += [
                    f"{kind} {name}: {one['id']} {one['nodes'][0]['html'][:160]}"
                    for one in told["violations"]
                    if one["impact"] in ("serious", "critical")
                ]
        watched.close()
    assert not faults, "\n".join(faults)
    if axe is None:
        pytest.skip("axe-core is not there (scripts/setup.sh chromium): access was not checked")


def test_pointing_at_a_value_lights_its_boxes_and_back(
    watched: Watched, read: dict[str, str], request: pytest.FixtureRequest
) -> None:
    page = watched.page
    watched.open(f"/plans/{read['pdf_000.pdf']}")
    page.hover("#v-title")
    assert page.locator(".original .lit").count() >= 1
    page.locator("#v-tasks-1").scroll_into_view_if_needed()
    page.hover("#v-tasks-1")
    lit = page.locator(".original .lit")
    assert {one.get_attribute("data-v") for one in lit.all()} == {"tasks/1"}
    watched.picture("desk/plan-lit", request.config)
    page.locator("#d-number").scroll_into_view_if_needed()
    page.locator("#d-number").hover(force=True)
    page.wait_for_selector("#v-number.lit")
    # In a text the words themselves are lit.
    watched.open(f"/plans/{read['word_002.docx']}")
    page.hover("#v-title")
    assert page.locator(".as-text .piece.lit").count() >= 1


def test_a_plan_is_corrected_and_confirmed_by_keys_alone(
    watched: Watched, read: dict[str, str], served: Served, request: pytest.FixtureRequest
) -> None:
    page, one = watched.page, read["typed.txt"]
    watched.open(f"/plans/{one}")
    for _ in range(200):
        page.keyboard.press("j")
        if page.evaluate("document.activeElement.id") == "v-tasks-0":
            break
    page.keyboard.press("e")
    page.wait_for_selector("#form")
    assert page.evaluate("document.activeElement.name") == "f:ordinal"
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("Phát động thi đua, đã đối chiếu")
    watched.picture("desk/plan-form", request.config)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#form", state="detached")
    assert "đã đối chiếu" in page.inner_text("#v-tasks-0")
    assert page.locator("#v-tasks-0").evaluate(
        "e => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().top < innerHeight"
    )
    page.keyboard.press("e")
    page.wait_for_selector("#form")
    page.keyboard.press("Escape")
    page.wait_for_selector("#form", state="detached")
    page.keyboard.press("c")
    page.wait_for_selector(".status-confirmed")
    page.locator("#v-corrections").scroll_into_view_if_needed()
    watched.picture("desk/plan-corrected", request.config)
    with store.open_store(served.where) as opened:
        (made,) = store.corrections(opened, one)
        assert (made.author, made.state, made.pointer) == ("local", "applied", "/tasks/0/content")
        assert store.review_of(opened, one).status == "confirmed"
    # Back by the button that takes it back, and on to the next plan of the list.
    page.click("#v-corrections button")
    page.wait_for_selector(".history > li >> nth=1")
    page.keyboard.press("u")
    page.wait_for_url("**/plans")
    page.click(".plan-link >> nth=0")
    page.wait_for_url("**/plans/*")
    here = page.url
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != here)


def test_a_task_is_added_and_deleted(watched: Watched, read: dict[str, str]) -> None:
    page = watched.page
    watched.open(f"/plans/{read['pdf_000.pdf']}")
    count = page.locator(".list-tasks .item").count()
    page.click(".list-tasks .adding a")
    page.fill("[name='f:content']", " ")
    page.click("#form button.main")
    page.wait_for_selector("[role=alert]")
    page.fill("[name='f:content']", "Việc thêm <b>đậm</b>")
    page.click("#form button.main")
    page.wait_for_selector("#form", state="detached")
    assert page.locator(".list-tasks .item").count() == count + 1
    assert "<b>đậm</b>" in page.inner_text(f"#v-tasks-{count}")
    page.click(f"#v-tasks-{count} a.edit")
    page.click(".item-actions .sure summary")
    page.click(".item-actions .sure button")
    page.wait_for_selector(f"#v-tasks-{count}", state="detached")
    assert page.locator(".list-tasks .item").count() == count


def test_words_are_found_with_marks_and_without(
    watched: Watched, read: dict[str, str], request: pytest.FixtureRequest
) -> None:
    page = watched.page
    counts = []
    for words in ("khen thưởng", "khen thuong"):
        watched.open("/plans")
        page.keyboard.press("/")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        page.wait_for_selector(".snippet mark")
        counts.append(page.inner_text(".count strong"))
        assert "q=khen%20th" in page.url
        assert "year=" not in page.url
    assert counts[0] == counts[1]
    watched.picture("desk/list-found", request.config)
    page.select_option("[name=year]", "2024")
    page.wait_for_url("**year=2024**")
    # The counts of the other choices are those of what is left.
    page.wait_for_selector("#results .count")
    assert page.input_value("[name=year]") == "2024"
    with page.expect_download() as download:
        page.click(".export a >> nth=1")
    saved = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert saved.splitlines()[0].count(",") > 5


def test_everything_can_be_read_without_scripts(
    browser: Any, served: Served, read: dict[str, str]
) -> None:
    watched = Watched(browser, served, java_script_enabled=False)
    page = watched.page
    for address in pages(read).values():
        watched.open(address)
        assert page.locator("h1").count() == 1
    watched.open("/plans")
    page.fill("[name=q]", "thi dua")
    page.click(".search-line button")
    assert page.locator(".plan-link").count() >= 1
    watched.open(f"/plans/{read['word_002.docx']}")
    page.click("#v-title a.edit")
    page.fill("[name='f:text']", "Trích yếu sửa không cần kịch bản")
    page.click("#form button.main")
    assert "không cần kịch bản" in page.inner_text("#v-title")
    watched.close()


def test_no_payload_in_any_text_of_a_document_runs(
    browser: Any, served: Served, request: pytest.FixtureRequest
) -> None:
    """A plan of each payload, opened and pointed at; nothing runs and nothing even tries to."""
    if "postgresql" in served.where:
        pytest.skip("the pages are the same on both databases")
    plan = parse(sorted(CORPUS.glob("*.txt"))[1])
    remarks = audit_plan(plan, packaged_register())
    entries = []
    for at, word in enumerate(PAYLOADS):
        said = [one.model_copy(update={"message": word, "locator": word}) for one in remarks]
        made = filled(plan, lambda _, word=word: word, content_of(f"run {at}"))  # type: ignore[misc]
        entries.append(store.Entry(made, said, f"/papers/{word.replace('/', '_')}"))
    with store.open_store(served.where) as opened:
        store.put_many(opened, entries)
    watched = Watched(browser, served)
    page = watched.page
    addresses = [
        f"/plans/{entry.plan.source.sha256}?edit=tasks/{at % 2}" for at, entry in enumerate(entries)
    ]
    listed = [f"/plans?q=alert&page={at}" for at in range(1, 4)]
    more = ["/calendar", "/instruments", "/findings", "/plans?sort=title", "/compare"]
    ran = "window.__ran !== undefined"
    for address in (*addresses, *listed, *more, *(f"/plans?q={word}" for word in PAYLOADS[:5])):
        watched.open(address)
        assert not page.evaluate(ran), address
    for at in (0, 1, 10, 30):
        watched.open(addresses[at])
        for name in ("title", "number", "tasks-1", "citations-0"):
            page.hover(f"#v-{name}")
        page.click("#v-title a.edit")
        page.wait_for_selector("#form [name='f:text']")
        page.keyboard.press("Escape")
        page.wait_for_selector("#form", state="detached")
        assert not page.evaluate(ran)
    watched.picture("desk/plan-payload", request.config)
    watched.close()
    with store.open_store(served.where) as opened:
        store.delete_plans(opened, [entry.plan.source.sha256 for entry in entries])
