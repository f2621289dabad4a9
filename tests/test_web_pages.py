"""The pages, asked for without a browser: what they show, change, and let through."""

import csv
import io
import re
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from xss_plans import PAYLOADS, content_of, filled

from tdkt_parse import parse, store
from tdkt_parse.audit import Finding, audit_plan
from tdkt_parse.days import days_of
from tdkt_parse.exceptions import Unreadable
from tdkt_parse.models import Plan
from tdkt_parse.register import packaged_register
from tdkt_parse.store.cited import CitedInstrument, cited_instrument
from tdkt_parse.store.rows import days_in
from tdkt_parse.store.tables import FINDINGS, LISTING
from tdkt_parse.web import accounts, queue
from tdkt_parse.web.app import create_app
from tdkt_parse.web.counts import Counts
from tdkt_parse.web.forms import FORMS
from tdkt_parse.web.pages import instruments, showing
from tdkt_parse.web.pages.uploading import error_said
from tdkt_parse.web.site import Site

ROOT = Path(__file__).resolve().parent.parent
CORPUS = sorted((ROOT / "corpus").glob("*.txt"))
WEB = ROOT / "src" / "tdkt_parse" / "web"
HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def entries() -> list[store.Entry]:
    """The five plans of the corpus, read and audited."""
    plans = [(parse(path), path) for path in CORPUS]
    return [
        store.Entry(plan, audit_plan(plan, packaged_register()), str(path)) for plan, path in plans
    ]


@pytest.fixture
def site(where: str, tmp_path: Path, entries: list[store.Entry]) -> Iterator[Site]:
    """A service with the five plans of the corpus, on both databases."""
    with store.open_store(where, create=True) as opened:
        store.put_many(opened, entries)
        yield Site(opened, tmp_path / "data", b"s" * 32, hosts=("testserver",))


@pytest.fixture(autouse=True)
def no_thread_stays() -> Iterator[None]:
    """Tests after these fork workers: the threads are to end, and do so by themselves."""
    yield
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(10)
    assert threading.active_count() == 1


@pytest.fixture
def client(site: Site) -> TestClient:
    return TestClient(create_app(site), headers=HTML)


def page_of(client: TestClient, address: str, *, status: int = 200) -> Any:
    response = client.get(address)
    assert response.status_code == status, (address, response.text[:300])
    return lxml.html.document_fromstring(response.text)


@pytest.mark.parametrize(
    "address", ["/instruments", "/instruments/of?id=98/2023/NĐ-CP", "/findings"]
)
def test_numbers_that_were_kept_say_of_when_they_are(client: TestClient, address: str) -> None:
    ticks = iter(range(0, 1000, 5))
    client.app.state.counts = Counts(lambda: float(next(ticks)))  # type: ignore[attr-defined]
    first, again = (page_of(client, address).text_content() for _ in range(2))
    assert "Số liệu lúc" not in first
    assert "Số liệu lúc" in again


def token_of(client: TestClient, address: str = "/plans") -> str:
    (found,) = page_of(client, address).xpath("//meta[@name='csrf']/@content")
    return str(found)


def contents(site: Site, **asked: Any) -> list[str]:
    return [one.sha256 for one in store.browse(site.store, store.Asked(**asked)).rows]


def with_tasks(site: Site) -> str:
    return next(one.sha256 for one in store.browse(site.store, store.Asked()).rows if one.tasks > 3)


def send(client: TestClient, address: str, **said: Any) -> Any:
    return client.post(address, data={"csrf": token_of(client), **said}, follow_redirects=False)


ADDRESSES = (
    "/plans",
    "/plans?q=thi+dua&year=2024&sort=title",
    "/uploads",
    "/calendar",
    "/calendar?ahead=365",
    "/calendar?year=2024&month=12",
    "/instruments",
    "/instruments/of?id=98/2023/NĐ-CP",
    "/findings",
    "/compare",
    "/accounts",
)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_page_is_there_in_both_languages(client: TestClient, site: Site, lang: str) -> None:
    some = contents(site)
    more = (
        *(f"/plans/{one}" for one in some),
        f"/plans/{with_tasks(site)}?edit=tasks/0",
        f"/compare?a={some[0]}&b={some[1]}",
    )
    for address in (*ADDRESSES, *more):
        both = "&" if "?" in address else "?"
        page = page_of(client, f"{address}{both}lang={lang}")
        assert page.get("lang") == lang
        assert len(page.xpath("//h1")) == 1, address
        # Every control has a name, and every identifier is there once.
        for one in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
            label = one.xpath("ancestor::label") or page.xpath(f"//label[@for='{one.get('id')}']")
            assert label, (address, one.get("name"))
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), (address, [one for one in ids if ids.count(one) > 1])


def test_no_page_has_a_style_or_a_script_of_its_own(client: TestClient, site: Site) -> None:
    for address in (*ADDRESSES, f"/plans/{contents(site)[0]}"):
        page = page_of(client, address)
        assert not page.xpath("//@style | //style | //script[not(@src)]"), address
        for one in page.xpath("//*"):
            assert not [name for name in one.attrib if str(name).startswith("on")], address
        for link in page.xpath("//@href | //@src | //@action | //@hx-get | //@hx-post"):
            assert link.startswith(("/", "#", "?")), (address, link)
            assert not link.startswith("//"), (address, link)


def test_every_phrase_is_said_in_both_languages_and_used(tmp_path: Path) -> None:
    said = tomllib.loads((WEB / "words.toml").read_text(encoding="utf-8"))
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (*WEB.glob("templates/*.html"), *WEB.rglob("*.py"))
    )
    for name, both in said.items():
        assert set(both) == {"vi", "en"}, name
        assert re.findall(r"{\w+}", both["vi"]) is not None
        assert sorted(re.findall(r"{\w+}", both["vi"])) == sorted(re.findall(r"{\w+}", both["en"]))
        prefix = name.partition("_")[0] + "_"
        assert f'"{name}"' in sources or f'"{prefix}' in sources, f"{name} is used nowhere"
    for name in re.findall(r'\bt\("(\w+)"[,)]', sources):
        assert name in said, name


# -- the list


def test_the_list_finds_with_marks_and_without(client: TestClient) -> None:
    titles = [
        page_of(client, f"/plans?q={words}").xpath("//*[@class='plan-title']/text()")
        for words in ("khen thưởng đột xuất", "khen thuong dot xuat")
    ]
    assert titles[0]
    assert set(titles[0]) <= set(titles[1])
    page = page_of(client, "/plans?q=khen+thuong")
    assert page.xpath("//p[@class='snippet']/mark")


def test_the_list_counts_what_each_choice_would_leave(client: TestClient, site: Site) -> None:
    page = page_of(client, "/plans?level=commune")
    for option in page.xpath("//select[@name='year']/option[@value!='']"):
        count = int(option.text.rpartition("(")[2].rstrip(") "))
        asked = store.Asked(level="commune", year=int(option.get("value")))
        assert store.browse(site.store, asked).total == count


@pytest.mark.parametrize("sort", ["newest", "oldest", "issuer", "title", "number", "findings"])
def test_neighbours_are_those_of_the_list(site: Site, sort: Any) -> None:
    asked = store.Asked(sort=sort)
    whole = [one.sha256 for one in store.browse(site.store, asked).rows]
    assert len(whole) == len(set(whole)) == 5
    for at, one in enumerate(whole):
        before = whole[at - 1] if at else None
        after = whole[at + 1] if at + 1 < len(whole) else None
        assert store.neighbours(site.store, asked, one) == (before, after)


def test_what_is_shown_can_be_downloaded(client: TestClient, site: Site) -> None:
    whole = client.get("/plans/export.jsonl?year=2024")
    assert whole.headers["content-disposition"] == 'attachment; filename="ke-hoach.jsonl"'
    assert len(whole.text.splitlines()) == store.browse(site.store, store.Asked(year=2024)).total
    rows = list(csv.DictReader(io.StringIO(client.get("/plans/export.csv").text.lstrip("\ufeff"))))
    assert len(rows) == sum(one.tasks for one in store.browse(site.store, store.Asked()).rows)
    assert client.get("/plans/export.xlsx").content.startswith(b"PK")
    assert client.get("/plans/export.ics").text.startswith("BEGIN:VCALENDAR")
    assert client.get("/plans/export.exe").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["year=x", "year=99999999999", "quarter=7", "level=%00", "page=0", "page=999999999", "sort=;--",
     "q=%22%20OR%201%3D1--", "issuer=%25%25%5C", "rule='%20OR%20''='", "status=%F0%9F%92%A9"],
)  # fmt: skip
def test_a_filter_that_can_mean_nothing_breaks_nothing(client: TestClient, query: str) -> None:
    page_of(client, f"/plans?{query}")


# -- corrections


def test_a_value_is_corrected_and_who_when_and_before_are_kept(
    client: TestClient, site: Site
) -> None:
    one = with_tasks(site)
    before = store.load(site.store, one)
    assert before is not None
    done = send(
        client,
        f"/plans/{one}/values",
        target="tasks/1",
        **{"f:content": "Việc đúng", "f:lead": "UBND xã\nTrạm y tế\n", "f:quarters": ["2", "3"]},
        note="so với bản giấy",
    )
    assert done.status_code == 303
    assert done.headers["location"] == f"/plans/{one}#v-tasks-1"
    plan = store.load(site.store, one)
    assert plan is not None
    task = plan.tasks[1]
    assert (task.content, task.lead, task.quarters) == (
        "Việc đúng", ["UBND xã", "Trạm y tế"], [2, 3],
    )  # fmt: skip
    assert task.evidence == before.tasks[1].evidence
    made = {each.pointer: each for each in store.corrections(site.store, one)}
    assert made["/tasks/1/content"].before == before.tasks[1].content
    assert {(each.author, each.note, each.state) for each in made.values()} == {
        ("local", "so với bản giấy", "applied")
    }
    page = page_of(client, f"/plans/{one}")
    assert (
        page.xpath("//*[@id='v-tasks-1']//*[@class='said']")[0].text_content().endswith("Việc đúng")
    )
    assert "local" in page.xpath("string(//*[@class='history'])")
    assert store.review_of(site.store, one).status == "corrected"


def test_what_was_not_changed_is_no_correction(client: TestClient, site: Site) -> None:
    for one in contents(site):
        plan = store.load(site.store, one)
        assert plan is not None
        for name in FORMS:
            value = getattr(plan, name)
            listed = isinstance(value, list) and name != "years"
            targets = [f"{name}/{at}" for at in range(len(value))] if listed else [name]
            for target in targets[:4]:
                page = page_of(client, f"/plans/{one}?edit={target}")
                (form,) = page.xpath("//form[@id='form']")
                said: dict[str, Any] = {}
                for key, typed in form.form_values():
                    said.setdefault(key, []).append(typed)
                done = client.post(form.action, data=said, follow_redirects=False)
                assert done.status_code == 303, (target, done.text[-500:])
    assert store.corrections(site.store) == []


def test_items_are_added_moved_and_deleted(client: TestClient, site: Site) -> None:
    one = with_tasks(site)
    before = store.load(site.store, one)
    assert before is not None
    count = len(before.tasks)
    send(client, f"/plans/{one}/values", target="tasks/new", at="1", **{"f:content": "Việc thêm"})
    send(client, f"/plans/{one}/items", target="tasks/1", action="down")
    send(client, f"/plans/{one}/items", target="tasks/0", action="remove")
    plan = store.load(site.store, one)
    assert plan is not None
    assert [task.content for task in plan.tasks] == [
        before.tasks[1].content, "Việc thêm", *(task.content for task in before.tasks[2:]),
    ]  # fmt: skip
    assert len(plan.tasks) == count
    made = store.corrections(site.store, one)
    assert [each.action for each in made] == ["add", "move", "remove"]
    # Taken back one after the other, it is as it was.
    for each in reversed(made):
        done = send(client, f"/plans/{one}/undo", correction=each.id)
        assert done.status_code == 303
    assert store.load(site.store, one) == before
    assert len(store.corrections(site.store, one)) == 6


@pytest.mark.parametrize(
    ("stands", "number", "tied"),
    [("legal_bases", None, True), ("content", None, False), ("legal_bases", "1/1999/NĐ-CP", False)],
)
def test_a_citation_that_was_missed_belongs_to_the_basis_that_names_it(
    client: TestClient, site: Site, stands: str, number: str | None, tied: bool
) -> None:
    one, before, at, named = next(
        (sha256, plan, at, cited.number.canonical)
        for sha256 in contents(site)
        for plan in [store.load(site.store, sha256)]
        if plan
        for at, basis in enumerate(plan.legal_bases)
        for cited in [plan.citations[k] for k in basis.citations]
        if cited.number and cited.number.canonical
    )
    said = {"f:kind": "Nghị định", "f:number": number or named or "", "f:where": stands}
    done = send(client, f"/plans/{one}/values", target="citations/new", at="0", **said)
    assert done.status_code == 303, done.text[-3000:]
    plan = store.load(site.store, one)
    assert plan is not None
    assert len(plan.citations) == len(before.citations) + 1
    belongs = [k for k, basis in enumerate(plan.legal_bases) if 0 in basis.citations]
    assert belongs == ([at] if tied else [])


def test_citations_are_meant_as_before_when_one_goes(client: TestClient, site: Site) -> None:
    one, plan = next(
        (sha256, plan)
        for sha256 in contents(site)
        if (plan := store.load(site.store, sha256)) and len(plan.citations) > 2
    )
    meant = [
        [plan.citations[k].evidence.text for k in basis.citations if k != 0]
        for basis in plan.legal_bases
    ]
    send(client, f"/plans/{one}/items", target="citations/0", action="remove")
    after = store.load(site.store, one)
    assert after is not None
    assert [
        [after.citations[k].evidence.text for k in basis.citations] for basis in after.legal_bases
    ] == meant


def test_instruments_that_no_register_knows_are_listed_too(client: TestClient, site: Site) -> None:
    page = page_of(client, "/instruments?q=79/HD-HĐTĐKT")
    (row,) = page.xpath("//tbody/tr")
    assert "79/HD-HĐTĐKT" in row.text_content()
    assert "Sổ văn bản không có thông tin" in row.text_content()
    page = page_of(client, row.xpath(".//a/@href")[0])
    assert "79/HD-HĐTĐKT" in page.xpath("string(//h1)")
    cited = [
        sha256
        for sha256 in contents(site)
        for plan in [store.load(site.store, sha256)]
        if plan and any(c.number and c.number.canonical == "79/HD-HĐTĐKT" for c in plan.citations)
    ]
    assert cited
    assert all(page.xpath(f"//a[starts-with(@href, '/plans/{sha256}')]") for sha256 in cited)
    assert store.browse(site.store, store.Asked(cites="79/HD-HĐTĐKT")).total == len(cited)
    known = page_of(client, "/instruments?q=98/2023").xpath("string(//tbody)")
    assert "98/2023/NĐ-CP" in known


_NAMELESS = dict.fromkeys(("id", "number", "kind", "title", "issuer", "issued", "replaced_by"))
_CITED: dict[str, Any] = {
    **_NAMELESS,
    "effective": None,
    "expired": None,
    "expiry_checked": False,
    "plans": 1,
    "based": 1,
}


@pytest.mark.parametrize(
    ("date", "number", "said"),
    [
        # 98/2023/NĐ-CP: from 01/01/2024 until 30/6/2025.
        ("2024-03-15", "98/2023/NĐ-CP", "in_force"),
        ("2023-12-31", "98/2023/NĐ-CP", "not_yet"),
        ("2025-07-01", "98/2023/NĐ-CP", "expired"),
        ("2024-01", "98/2023/NĐ-CP", "in_force"),
        ("2025-06", "98/2023/NĐ-CP", "in_force"),
        ("2025-07", "98/2023/NĐ-CP", "expired"),
        ("2023-12", "98/2023/NĐ-CP", "not_yet"),
        ("2024", "98/2023/NĐ-CP", "in_force"),
        # 01/2024/TT-BNV: from 15/4/2024. A part of the month, of the year: nobody knows.
        ("2024-04", "01/2024/TT-BNV", "no_day"),
        ("2024-05", "01/2024/TT-BNV", "in_force"),
        ("2024", "01/2024/TT-BNV", "no_day"),
        ("2025", "98/2023/NĐ-CP", "no_day"),
        (None, "98/2023/NĐ-CP", "no_day"),
        ("2024-02-31", "98/2023/NĐ-CP", "no_day"),
        ("2024-01", "79/HD-HĐTĐKT", "unknown"),
        (None, "79/HD-HĐTĐKT", "no_day"),
    ],
)
def test_where_the_day_is_blank_what_holds_all_month_stands(
    date: str | None, number: str, said: str
) -> None:
    one = CitedInstrument(**_CITED, days=((days_in(date), 3),))
    known = next(iter(packaged_register().by_number(number)), None)
    assert instruments.standing_of(one, known) == {said: 3}


def test_the_list_of_instruments_takes_the_month_of_a_plan(
    client: TestClient, site: Site, entries: list[store.Entry]
) -> None:
    law = "06/2022/QH15"
    citing = [
        entry.plan
        for entry in entries
        if any(c.resolved and c.resolved.id == law for c in entry.plan.citations)
    ]
    by_month = [one for one in citing if one.date and one.date.month and not one.date.day]
    undated = [one for one in citing if days_of(one.date) is None]
    assert by_month
    assert all(one.date and one.date.year == 2024 for one in by_month)
    for address in (f"/instruments?q={law}", f"/instruments/of?id={law}"):
        told = page_of(client, address).text_content()
        assert f"{len(citing) - len(undated)} còn hiệu lực" in told, address
        assert (f"{len(undated)} kế hoạch không rõ ngày" in told) == bool(undated), address
    # The day that somebody says counts at once, on its line.
    one = by_month[0].source.sha256
    send(
        client, f"/plans/{one}/values", target="date", **{"f:day": "", "f:month": "", "f:year": ""}
    )
    told = cited_instrument(site.store, law)
    assert told is not None
    assert dict(told.days)[None] == len(undated) + 1


def test_findings_are_of_the_corrected_plan(client: TestClient, site: Site) -> None:
    """A day that was blank is found fault with no more when somebody says it."""

    def rules(sha256: str) -> set[str]:
        found = select(FINDINGS.c.rule).where(FINDINGS.c.sha256 == sha256)
        return {str(rule) for rule in site.store.read(lambda c: c.scalars(found).all())}

    one, date = next(
        (sha256, plan.date)
        for sha256 in contents(site)
        if "B06" in rules(sha256)
        and (plan := store.load(site.store, sha256))
        and plan.date
        and plan.date.month
    )
    before = rules(one)
    said = {"f:day": "28", "f:month": str(date.month), "f:year": str(date.year)}
    send(client, f"/plans/{one}/values", target="date", **said)
    assert before - rules(one) == {"B06"}
    listed = select(LISTING.c.rules).where(LISTING.c.sha256 == one)
    assert site.store.read(lambda c: str(c.scalar(listed))).split() == sorted(rules(one))
    (made,) = store.corrections(site.store, one)
    send(client, f"/plans/{one}/undo", correction=made.id)
    assert rules(one) == before


def test_findings_stay_those_of_the_corrected_plan_when_it_is_read_again(
    client: TestClient, site: Site
) -> None:
    one = contents(site)[0]
    read = store.load(site.store, one)
    assert read is not None

    def audit(plan: Plan) -> list[Finding]:
        return audit_plan(plan, packaged_register())

    def rules() -> list[str]:
        return [remark.rule for remark in store.load_remarks(site.store, one)]

    said = {"f:day": "28", "f:month": "2", "f:year": "2024"}
    send(client, f"/plans/{one}/values", target="date", **said)
    corrected = rules()
    found = audit(read)
    assert corrected != [one.rule for one in found]
    assert store.put(site.store, read, found, audit=audit, parser="98.0") == "changed"
    assert rules() == corrected
    # Nobody who audits: what was found in what was read.
    assert store.put(site.store, read, found, parser="99.0") == "changed"
    assert rules() == [one.rule for one in found]


def test_an_administrator_deletes_a_document(client: TestClient, site: Site) -> None:
    one = contents(site)[0]
    page = page_of(client, f"/plans/{one}")
    (form,) = page.xpath(f"//form[@action='/plans/{one}/remove']")
    assert form.xpath("string(p)").startswith("Xóa hẳn văn bản")
    assert client.post(f"/plans/{one}/remove").status_code == 403
    answer = send(client, f"/plans/{one}/remove")
    assert answer.headers["location"] == "/plans"
    assert one not in contents(site)
    assert send(client, f"/plans/{one}/remove").status_code == 404


def test_what_was_moved_is_not_told_as_struck_out(client: TestClient, site: Site) -> None:
    one = with_tasks(site)
    send(client, f"/plans/{one}/items", target="tasks/0", action="down")
    (told,) = page_of(client, f"/plans/{one}").xpath("//ol[@class='history']/li")
    assert not told.xpath(".//del")
    assert "1 → 2" in told.text_content()


def test_an_instrument_that_the_register_has_not_is_no_answer(
    client: TestClient, site: Site
) -> None:
    one = contents(site)[0]
    page = page_of(client, f"/plans/{one}?edit=citations/0")
    (form,) = page.xpath("//form[@id='form']")
    typed = {key: value for key, value in form.form_values() if key.startswith("f:")}
    typed["f:resolved/id"] = "không có đâu"
    answer = send(client, f"/plans/{one}/values", target="citations/0", **typed)
    assert answer.status_code == 422
    assert "Sổ văn bản không có “không có đâu”" in answer.text


def test_a_citation_is_looked_up_when_it_is_corrected(client: TestClient, site: Site) -> None:
    one = contents(site)[0]
    said = {"f:kind": "Nghị định", "f:number": "98/2023/NĐ-CP", "f:where": "content"}
    send(client, f"/plans/{one}/values", target="citations/new", at="0", **said)
    plan = store.load(site.store, one)
    assert plan is not None
    assert plan.citations[0].resolved is not None
    assert plan.citations[0].resolved.id == "98/2023/NĐ-CP"
    page = page_of(client, f"/plans/{one}?edit=citations/0")
    (form,) = page.xpath("//form[@id='form']")
    typed = {key: value for key, value in form.form_values() if key.startswith("f:")}
    typed |= {"f:number": "91/2017/NĐ-CP"}
    send(client, f"/plans/{one}/values", target="citations/0", **typed)
    plan = store.load(site.store, one)
    assert plan is not None
    assert plan.citations[0].resolved is not None
    assert plan.citations[0].resolved.id == "91/2017/NĐ-CP"


def test_corrections_stay_when_a_document_is_read_again(client: TestClient, site: Site) -> None:
    one = with_tasks(site)
    read = store.load(site.store, one)
    assert read is not None
    send(client, f"/plans/{one}/values", target="title", **{"f:text": "Trích yếu đúng"})
    send(client, f"/plans/{one}/items", target="tasks/2", action="remove")
    send(client, f"/plans/{one}/confirm", held="yes")
    assert store.review_of(site.store, one).status == "confirmed"
    # A newer version finds one task more, before the others.
    first = read.tasks[0].model_copy(update={"content": "Việc mới thấy"})
    again = read.model_copy(update={"tasks": [first, *read.tasks]})
    assert store.put(site.store, again, parser="99.0") == "changed"
    plan = store.load(site.store, one)
    assert plan is not None
    assert plan.title is not None
    assert plan.title.text == "Trích yếu đúng"
    assert plan.tasks == [first, *read.tasks[:2], *read.tasks[3:]]
    assert store.review_of(site.store, one).status == "stale"
    assert store.browse(site.store, store.Asked(status="stale")).total == 1


@pytest.mark.parametrize(
    ("target", "said", "word"),
    [
        ("tasks/0", {"f:content": "  "}, "không được để trống"),
        ("number", {"f:": "hai mươi"}, "không phải số, ký hiệu"),
        ("date", {"f:day": "x"}, "không phải số"),
        ("date", {"f:day": "99"}, "Ngoài khoảng cho phép: 99 (1 – 31)"),
        ("date", {"f:year": "99999"}, "Ngoài khoảng cho phép: 99999"),
        ("years", {"f:": "2024, 99999"}, "Ngoài khoảng cho phép: 99999"),
        ("tasks/0", {"f:timing/end": "32/13/2024"}, "không phải ngày"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_kept_in_the_form(
    client: TestClient, site: Site, target: str, said: dict[str, str], word: str
) -> None:
    one = with_tasks(site)
    done = send(client, f"/plans/{one}/values", target=target, **said)
    assert done.status_code == 422
    page: Any = lxml.html.document_fromstring(done.text)
    assert word in page.xpath("string(//*[@role='alert'])")
    ((key, typed),) = said.items()
    field = page.xpath(f"//*[@name='{key}']")[0]
    assert (field.value or "").strip() == typed.strip()
    assert field.get("aria-invalid") == "true"
    assert store.corrections(site.store) == []


def test_a_change_without_the_token_of_a_form_changes_nothing(
    client: TestClient, site: Site
) -> None:
    one = with_tasks(site)
    token_of(client)
    for name, said in (
        ("values", {"target": "title", "f:text": "x"}),
        ("items", {"target": "tasks/0", "action": "remove"}),
        ("confirm", {"held": "yes"}),
    ):
        for forged in ({}, {"csrf": "0" * 64}):
            done = client.post(f"/plans/{one}/{name}", data={**said, **forged})
            assert done.status_code == 403
    assert store.corrections(site.store) == []
    assert store.review_of(site.store, one).status == "new"


# -- people


def test_roles_see_and_change_what_is_theirs(client: TestClient, site: Site) -> None:
    for name, role in (("doc", "read"), ("sua", "correct"), ("quan", "administer")):
        accounts.add_account(site.store, name, role, "mật khẩu đủ dài")  # type: ignore[arg-type]
    one = with_tasks(site)
    asked = client.get("/plans?year=2024", follow_redirects=False)
    assert asked.headers["location"] == "/login?next=/plans%3Fyear%3D2024"

    def sign_in(name: str, password: str) -> Any:
        said = {"csrf": token_of(client, "/login"), "name": name, "password": password,
                "next": "//evil.example/"}  # fmt: skip
        return client.post("/login", data=said, follow_redirects=False)

    assert sign_in("doc", "sai").status_code == 401
    for name, changes, manages in (("doc", 403, 403), ("sua", 303, 403), ("quan", 303, 200)):
        done = sign_in(name, "mật khẩu đủ dài")
        assert done.headers["location"] == "/plans"
        page = page_of(client, f"/plans/{one}")
        assert bool(page.xpath("//a[contains(@class, 'edit')]")) is (changes == 303)
        done = send(client, f"/plans/{one}/confirm", held="yes")
        assert done.status_code == changes
        assert client.get("/accounts").status_code == manages
        assert send(client, "/logout").headers["location"] == "/login"


# -- texts stay texts


def skeleton(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page with the names of their attributes; what they say left out."""
    return [
        (str(one.tag), tuple(sorted(map(str, one.keys()))))
        for one in lxml.html.document_fromstring(text).iter()
    ]


def sources() -> list[Plan]:
    return [parse(path) for path in (CORPUS[1], CORPUS[3])]


@pytest.mark.parametrize("plan", sources(), ids=["appendix", "body"])
def test_no_text_of_a_document_becomes_markup(tmp_path: Path, plan: Plan) -> None:
    """A page of payloads has the elements of a page of harmless words, and no other."""
    remarks = audit_plan(plan, packaged_register())
    with store.open_store(tmp_path / "plans.sqlite", create=True) as opened:
        site = Site(opened, tmp_path, b"s" * 32, hosts=("testserver",))
        client = TestClient(create_app(site), headers=HTML)

        def entry(label: str, word: str) -> store.Entry:
            said = [
                one.model_copy(update={"message": word, "message_en": word, "locator": word})
                for one in remarks
            ]
            made = filled(plan, lambda _: word, content_of(label))
            return store.Entry(made, said, f"{word}.txt")

        plain = [entry(f"plain {at}", "zyx wvu") for at in range(3)]
        evil = [entry(f"payload {at}", word) for at, word in enumerate(PAYLOADS)]
        store.put_many(opened, [*plain, *evil])
        expected = {
            one
            for each in plain
            for one in skeleton(client.get(f"/plans/{each.plan.source.sha256}?edit=tasks/0").text)
        }
        for each, payload in zip(evil, PAYLOADS, strict=True):
            address = f"/plans/{each.plan.source.sha256}?edit=tasks/0"
            found = skeleton(client.get(address).text)
            assert not set(found) - expected, payload
        for address in (
            "/plans?sort=title",
            "/plans?q=script",
            "/plans?q=alert&page=2",
            "/calendar",
            "/instruments",
            f"/instruments/of?id={PAYLOADS[0]}",
            "/findings",
            "/compare",
            f"/compare?a={content_of('payload 3')}&b={content_of('payload 9')}",
        ):
            page: Any = lxml.html.document_fromstring(client.get(address).text)
            bad = page.xpath("//script[not(@src)] | //img | //iframe | //style | //object | //base")
            assert not bad, address
            for one in page.iter():
                assert not [name for name in one.attrib if str(name).startswith("on")], address
            for link in page.xpath("//@href | //@src | //@action"):
                assert link.startswith(("/", "#", "?")), (address, link)


def test_no_word_of_an_address_becomes_markup(client: TestClient) -> None:
    for path, name in (("/plans", "q"), ("/plans", "issuer"), ("/calendar", "lead"),
                       ("/instruments", "q"), ("/compare", "qa"), ("/login", "next")):  # fmt: skip
        expected = set(skeleton(client.get(path, params={name: "zyx wvu"}).text))
        for payload in PAYLOADS[::3]:
            found = set(skeleton(client.get(path, params={name: payload}).text))
            assert not found - expected, (path, name, payload)


def test_templates_say_nothing_without_being_asked() -> None:
    """Whatever is put into a page is escaped: no template has a filter that says otherwise."""
    for path in (WEB / "templates").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "| safe" not in text, path
        assert "autoescape" not in text, path
    assert showing.templates().autoescape is True


def test_pages_of_a_pdf_are_drawn_once_and_kept(site: Site, client: TestClient) -> None:
    """As pictures under the content's SHA-256; of a file that is another by now there are none."""
    path = ROOT / "corpus" / "pdf_000.pdf"
    copy = site.folder.parent / "plan.pdf"
    copy.write_bytes(path.read_bytes())
    plan = parse(copy)
    store.put(site.store, plan, path=str(copy))
    one = plan.source.sha256
    page = page_of(client, f"/plans/{one}")
    drawn = page.xpath("//img/@src")
    assert len(drawn) == plan.source.pages
    assert page.xpath("//*[@id='d-title']/*[local-name()='rect']")
    for address in drawn:
        answer = client.get(address)
        assert answer.headers["content-type"] == "image/webp"
        assert answer.content[8:12] == b"WEBP"
    assert client.get(f"/plans/{one}/pages/99.webp").status_code == 404
    kept = client.get(f"/plans/{one}/original")
    assert kept.content == path.read_bytes()
    assert kept.headers["content-disposition"].startswith("attachment")
    copy.write_bytes(b"another")
    assert client.get(f"/plans/{one}/original").status_code == 404


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_damaged_file_is_told_with_what_to_do(lang: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(b"PK\x03\x04word/document" + bytes(range(256)) * 4)
    job = queue.Job(*(None,) * len(queue.Job._fields))._replace(  # type: ignore[arg-type]
        error="Unreadable", message=caught.value.message, hint=caught.value.hint
    )
    what, to_do = error_said(job, lang)
    assert ("hỏng hoặc bị cắt cụt" if lang == "vi" else "broken or was cut short") in what
    assert "Word" in to_do
    assert "LibreOffice" in to_do
    assert ("lưu thành tệp mới" if lang == "vi" else "save it there under a new name") in to_do
