"""``tdkt_parse.export``: what is written is read back by others, and nothing in it runs."""

import csv
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
from formula_payloads import BULLETS, ORDINARY, PAYLOADS, SIGNS
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from tdkt_parse import parse
from tdkt_parse.audit.sheets import Placed
from tdkt_parse.exceptions import UsageError
from tdkt_parse.export import EXPORTERS, WHATS, Filed, export_plans, exporter_for
from tdkt_parse.export.calendars import write_calendar
from tdkt_parse.export.delimited import BOM, read_csv, text_of, write_csv
from tdkt_parse.export.exporters import Options
from tdkt_parse.export.formulas import guard, unguard
from tdkt_parse.export.shortfalls import LENGTH, Shortfalls
from tdkt_parse.export.tables import TABLES, What
from tdkt_parse.export.workbook import write_workbook
from tdkt_parse.models import (
    Citation,
    DocNumber,
    Evidence,
    Implementation,
    Issuer,
    LegalBasis,
    PartialDate,
    Plan,
    PlanDate,
    Resolved,
    Signature,
    Source,
    Task,
    Text,
    Timing,
)

ROOT = Path(__file__).resolve().parent.parent
NOWHERE = Evidence(spans=[], text="")
NOW = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


def plan_of(text: str) -> Filed:
    """A plan with a text in every field that can have one."""
    seen = Evidence(spans=[], text=text)
    plan = Plan(
        source=Source(name=text, sha256="0" * 64, media_type="text/plain", reader="text"),
        kind=text,
        issuer=Issuer(name=text, parent=text, evidence=seen),
        place=Text(text=text, evidence=seen),
        date=PlanDate(year=2024, month=1, day=9, evidence=seen),
        title=Text(text=text, evidence=seen),
        years=[2024],
        legal_bases=[LegalBasis(verb=text, text=text, citations=[0], evidence=seen)],
        citations=[
            Citation(
                kind=text,
                number=DocNumber(symbol=text, canonical=text),
                date=PartialDate(year=2024, month=1),
                title=text,
                issuer=text,
                pinpoint=text,
                resolved=Resolved(id=text, method=text, reason=text, candidates=[text]),
                evidence=seen,
            )
        ],
        tasks=[
            Task(
                quarters=[1, 2],
                ordinal=text,
                content=text,
                lead=[text],
                support=[text, text],
                timing=Timing(text=text, start="2024-01-01", end="2024-03-15"),
                where=text,
                evidence=seen,
            )
        ],
        implementation=[
            Implementation(
                actors=[text],
                text=text,
                deadlines=[Timing(text=text, end="2024-11-15")],
                evidence=seen,
            )
        ],
        recipients=[Text(text=text, evidence=seen)],
        signature=Signature(capacity=text, role=text, signer=text, evidence=seen),
    )
    found = Placed(
        rule=text, name=text, level="info", message=text, message_en=text, locator=text,
        instrument=text, verdict=text, evidence=seen,
    )  # fmt: skip
    return Filed(path=text, plan=plan, findings=[found])


def exported(files: Sequence[Filed], name: str, **options: Any) -> bytes:
    out = io.BytesIO()
    export_plans(files, exporter_for(name, None), out, Options(**options))
    return out.getvalue()


def texts_of(filed: Filed, what: What) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in TABLES[what].rows(filed)]


# -- formulas


def test_there_are_sixty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("text", [*PAYLOADS, *BULLETS, *ORDINARY])
def test_a_guard_can_be_taken_off(text: str) -> None:
    guarded = guard(text)
    assert unguard(guarded) == text
    assert guard(guarded) != guarded or guarded == text
    bare = guarded.lstrip()
    assert bare[:1] not in set(SIGNS)
    assert guarded[:1] not in {"\t", "\r", "\n"}
    # Nor does a cell begin so for a program that separates by one of these.
    for sign in ";\t\r\n":
        for piece in guarded.split(sign):
            assert piece.strip(" \u00a0\u200b\ufeff\u202e\x0b\x0c\x1f")[:1] not in set(SIGNS)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_texts_are_left_alone(text: str) -> None:
    assert guard(text) == text


@given(st.text(alphabet=st.sampled_from("=+-@;'\t\r\n a1\u200b\uff1d")))
def test_every_guard_can_be_taken_off(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text


def test_long_runs_take_no_time() -> None:
    text = "\n" * 300_000 + "a" + "' ;" * 100_000
    assert unguard(guard(text)) == text


# -- CSV


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("text", [*PAYLOADS, *BULLETS])
def test_csv_is_read_back_whole(text: str, what: What) -> None:
    filed = plan_of(text)
    written = exported([filed], "csv", what=what).decode("utf-8")
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert rows[0] == [column.name for column in TABLES[what].columns]
    for cell in rows[1]:
        assert cell.lstrip()[:1] not in set(SIGNS)
    wanted = [[cell.replace("\0", "\ufffd") for cell in row] for row in texts_of(filed, what)]
    assert [list(row.values()) for row in read_csv(written, TABLES[what])] == wanted


def test_csv_for_excel_says_what_excel_cuts() -> None:
    met = Shortfalls()
    written: list[str] = []
    files = [plan_of("ầ" * (LENGTH + 1))]
    write_csv(files, TABLES["tasks"], written.append, met, for_excel=True)
    assert "ầ" * (LENGTH + 1) in "".join(written)
    assert met.counts["too_long"] > 1
    (said,) = met.lines("vi")
    assert "Excel sẽ cắt" in said
    plain = Shortfalls()
    write_csv(files, TABLES["tasks"], written.append, plain)
    assert not plain.counts


def test_csv_for_programs_is_as_it_is() -> None:
    filed = plan_of("- UBND xã")
    written = exported([filed], "csv", raw=True).decode("utf-8")
    assert list(csv.reader(io.StringIO(written, newline="")))[1:] == texts_of(filed, "tasks")


def test_csv_for_excel_has_its_mark_and_headings() -> None:
    written = exported([plan_of("- UBND xã")], "csv", bom=True)
    assert written.startswith(b"\xef\xbb\xbf")
    assert not exported([plan_of("x")], "csv").startswith(b"\xef\xbb\xbf")
    heads = next(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert heads[:2] == ["Tệp", "Số, ký hiệu"]
    assert written.decode("utf-8").count(BOM) == 1


def test_rows_end_as_the_standard_says() -> None:
    assert exported([plan_of("a")], "csv").endswith(b"\r\n")


# -- Excel


def sheets_of(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_a_workbook_has_what_people_expect() -> None:
    data = exported([Filed(path="a.txt", plan=corpus_plan(), findings=[])], "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Kế hoạch", "Nhiệm vụ", "Viện dẫn", "Phát hiện"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet["A1"].value == "Tệp"
        assert sheet["A1"].font.bold
        assert sheet.column_dimensions["A"].width > 15
    tasks = book["Nhiệm vụ"]
    assert tasks.max_row == len(corpus_plan().tasks) + 1
    heads = [cell.value for cell in tasks[1]]
    ends = [row[heads.index("Đến ngày")].value for row in tasks.iter_rows(min_row=2)]
    assert {type(end) for end in ends if end} == {datetime}
    assert [end and end.date() for end in ends] == [
        task.timing and task.timing.end and date.fromisoformat(task.timing.end)
        for task in corpus_plan().tasks
    ]


def corpus_plan() -> Plan:
    return parse(ROOT / "corpus" / "001_4a751277778522b7.txt")


@pytest.mark.parametrize("text", [*PAYLOADS, *BULLETS])
def test_nothing_in_a_workbook_runs(text: str) -> None:
    data = exported([plan_of(text)], "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        for name in names:
            root = etree.fromstring(archive.read(name))
            tags = {etree.QName(one).localname for one in root.iter("{*}*")}
            assert not tags & {"f", "hyperlink", "externalReference", "ddeLink", "oleObject"}
    assert not [name for name in names if "external" in name.lower()]
    rows = sheets_of(data)["Nhiệm vụ"]
    content = rows[1][list(rows[0]).index("Nội dung")]
    # openpyxl leaves the escapes of ECMA-376, 22.9.2.19 as they are; Excel and LibreOffice do not.
    assert content.replace("_x005F_", "_") == shown_in_excel(text)


def shown_in_excel(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join("\ufffd" if c < " " and c not in "\t\n" else c for c in text)


def test_cells_that_look_like_a_writers_markup() -> None:
    text = "<r><t>x</t></r><c t='n'><f>1+1</f></c><r></r>"
    rows = sheets_of(exported([plan_of(text)], "xlsx"))["Nhiệm vụ"]
    assert text in rows[1]


def test_limits_of_excel_are_told() -> None:
    long = plan_of("ầ" * (LENGTH + 1))
    out, met = io.BytesIO(), Shortfalls()
    write_workbook([long, plan_of("a\x00b")], [TABLES["tasks"]], out, met)
    assert met.counts["cut"] >= 1
    assert met.counts["controls"] >= 1
    sheets = sheets_of(out.getvalue())
    cut = sheets["Nhiệm vụ"][1][8]
    assert len(cut) == LENGTH
    assert cut.endswith("…")
    notes = [row[0] for row in sheets["Ghi chú"]]
    assert any("32.767" in str(note) for note in notes)
    assert "I2" in "".join(met.lines("vi")) or "A2" in "".join(met.lines("vi"))


def test_a_cell_of_astral_letters_is_cut_between_them() -> None:
    out, met = io.BytesIO(), Shortfalls()
    write_workbook([plan_of("\U0001f600" * LENGTH)], [TABLES["tasks"]], out, met)
    cell = sheets_of(out.getvalue())["Nhiệm vụ"][1][8]
    assert len(cell.encode("utf-16-le")) // 2 <= LENGTH
    assert set(cell) == {"\U0001f600", "…"}


def test_a_cell_that_just_fits_is_whole() -> None:
    out, met = io.BytesIO(), Shortfalls()
    write_workbook([plan_of("a" * LENGTH)], [TABLES["citations"]], out, met)
    assert not met.counts["cut"]


def test_more_rows_than_a_sheet_has_go_on_on_another() -> None:
    out, met = io.BytesIO(), Shortfalls()
    files = [plan_of(f"t{n}") for n in range(7)]
    write_workbook(files, [TABLES["tasks"]], out, met, most_rows=4)
    sheets = sheets_of(out.getvalue())
    assert list(sheets) == ["Nhiệm vụ", "Nhiệm vụ (2)", "Nhiệm vụ (3)", "Ghi chú"]
    contents = [row[8] for name in list(sheets)[:3] for row in sheets[name][1:]]
    assert contents == [f"t{n}" for n in range(7)]
    assert met.counts["more_sheets"] == 2


def has_calc() -> bool:
    program = shutil.which("soffice")
    return program is not None and bool(list(Path(program).resolve().parent.glob("libsclo.*")))


@pytest.mark.skipif(not has_calc(), reason="LibreOffice Calc is not installed")
@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_libreoffice_shows_texts(name: str, tmp_path: Path) -> None:
    """Opened and written again by LibreOffice, each payload is the text that it was."""
    texts = [text for text in PAYLOADS if not set(text) & set("\r\n\t\x0b\x0c\x1f\ufeff\u202e")]
    source = tmp_path / f"in.{name}"
    source.write_bytes(exported([plan_of(text) for text in texts], name, what="tasks"))
    profile = (tmp_path / "profile").as_uri()
    # 44: comma, 34: quote, 76: UTF-8; texts as they are, formulas as their results.
    options = "44,34,76,1,,0,false,true,false,false,false,1"
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
    if name == "csv":
        command += ["--infilter=CSV:44,34,76,1"]
    command += ["--convert-to", f"csv:Text - txt - csv (StarCalc):{options}"]
    command += ["--outdir", str(tmp_path / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (written,) = (tmp_path / "out").glob("*.csv")
    rows = list(csv.reader(io.StringIO(written.read_text("utf-8"), newline="")))
    shown = [row[rows[0].index("Nội dung" if name == "xlsx" else "content")] for row in rows[1:]]
    assert [unguard(text) if name == "csv" else text for text in shown] == texts


# -- calendars


def events_of(data: bytes, kind: str = "VEVENT") -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk(kind))


def calendar_of(*files: Filed, todo: bool = False) -> tuple[bytes, Shortfalls]:
    out, met = io.BytesIO(), Shortfalls()
    write_calendar(files, out, met, todo=todo, now=NOW)
    return out.getvalue(), met


@pytest.mark.parametrize("text", [*PAYLOADS, *BULLETS, "ế" * 300, "a,b;c\\d\\ne"])
def test_nothing_breaks_out_of_a_calendar(text: str) -> None:
    data, _ = calendar_of(plan_of(text))
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode("utf-8")  # No letter is cut by a fold.
    calendar = icalendar.Calendar.from_ical(data)
    assert [one.name for one in calendar.walk()] == ["VCALENDAR", "VEVENT", "VEVENT"]
    for event in calendar.walk("VEVENT"):
        assert set(event) == {
            "UID", "DTSTAMP", "DTSTART", "DTEND", "TRANSP", "SUMMARY", "DESCRIPTION",
        }  # fmt: skip
        assert described(text) in str(event["DESCRIPTION"])


def described(text: str) -> str:
    for sign in ("\r\n", "\r", "\x0b", "\x0c"):
        text = text.replace(sign, "\n")
    return "".join("\ufffd" if c < " " and c not in "\t\n" else c for c in text)


def test_an_event_says_what_is_due() -> None:
    plan = corpus_plan()
    data, met = calendar_of(Filed(path="a.txt", plan=plan))
    due = [task for task in plan.tasks if task.timing and task.timing.end]
    events = events_of(data)
    assert len(events) + met.counts["no_day"] + met.counts["recurring"] == len(plan.tasks) + sum(
        len(one.deadlines) for one in plan.implementation
    )
    assert met.counts["recurring"]
    first = events[0]
    assert str(first["SUMMARY"]).startswith("Hạn: ")
    assert first["SUMMARY"].params["LANGUAGE"] == "vi"
    assert first["DTSTART"].dt.isoformat() == str(due[0].timing and due[0].timing.end)
    assert (first["DTEND"].dt - first["DTSTART"].dt).days == 1
    for said in ("Chủ trì: Nhà trường", "Tệp: a.txt", "Kế hoạch …/KH-NGT"):
        assert said in str(first["DESCRIPTION"])


def test_to_dos_are_due() -> None:
    data, _ = calendar_of(plan_of("Nộp báo cáo"), todo=True)
    todos = events_of(data, "VTODO")
    assert [todo["DUE"].dt.isoformat() for todo in todos] == ["2024-03-15", "2024-11-15"]
    assert not events_of(data)


def test_uids_stay_and_are_each_its_own() -> None:
    filed = Filed(path="a.txt", plan=corpus_plan())
    first, again = (calendar_of(filed)[0] for _ in range(2))
    assert first == again
    uids = [str(event["UID"]) for event in events_of(first)]
    assert len(set(uids)) == len(uids) > 2
    task = filed.plan.tasks[0]
    twice = filed.plan.model_copy(update={"tasks": [task, task]})
    assert len({str(e["UID"]) for e in events_of(calendar_of(Filed(path="a", plan=twice))[0])}) > 1
    # One task more before it, and another day for it: the UID is that of before.
    timing = Timing(text="Trước 20/3/2024", end="2024-03-20")
    moved = filed.plan.model_copy(
        update={"tasks": [filed.plan.tasks[-1], task.model_copy(update={"timing": timing})]}
    )
    assert uids[0] in {
        str(event["UID"]) for event in events_of(calendar_of(Filed(path="b", plan=moved))[0])
    }


@pytest.mark.parametrize(
    ("timing", "told"),
    [
        (None, "no_day"),
        (Timing(text="theo quy định"), "no_day"),
        (Timing(text="từ quý II", start="2024-04-01"), "no_day"),
        (Timing(text="hàng tháng", recurrence="monthly", end="2024-12-31"), "recurring"),
        (Timing(text="sai", end="31/12/2024"), "no_day"),
    ],
)
def test_what_is_not_in_a_calendar_is_counted(timing: Timing | None, told: str) -> None:
    task = Task(content="Việc", timing=timing, evidence=NOWHERE)
    plan = plan_of("x").plan.model_copy(update={"tasks": [task], "implementation": []})
    data, met = calendar_of(Filed(path="a", plan=plan))
    assert not events_of(data)
    assert dict(met.counts) == {told: 1}
    assert "Việc" in met.lines("vi")[0]


# -- the others


READ = """
import io, json, sys
from pyarrow import parquet
table = parquet.read_table(io.BytesIO(sys.stdin.buffer.read()), use_threads=False)
types = {field.name: str(field.type) for field in table.schema}
json.dump([table.to_pylist(), types], sys.stdout, default=str)
"""


def of_parquet(data: bytes) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """
    Rows and types of a Parquet file, days as text.

    In a process of its own: pyarrow reads with threads, beside which workers are not forked. There
    with one thread: a process that ends while the others begin is aborted.
    """
    command = [sys.executable, "-c", READ]
    done = subprocess.run(command, input=data, capture_output=True, check=True, timeout=60)
    rows, types = json.loads(done.stdout)
    return rows, types


def test_parquet_has_types() -> None:
    data = exported([Filed(path="a.txt", plan=corpus_plan())], "parquet")
    rows, types = of_parquet(data)
    assert len(rows) == len(corpus_plan().tasks)
    assert rows[0]["lead"] == corpus_plan().tasks[0].lead
    assert (rows[0]["end"], types["end"]) == ("2024-02-29", "date32[day]")
    assert types["quarters"] == "list<element: int64>"


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("name", ["parquet", "jsonl"])
def test_tables_for_programs_hold_every_cell(name: str, what: What) -> None:
    filed = plan_of("=1+1\r\n'")
    data = exported([filed], name, what=what)
    if name == "parquet":
        rows, _ = of_parquet(data)
    else:
        rows = [json.loads(line) for line in data.decode().splitlines()]
    names = [column.name for column in TABLES[what].columns]
    wanted = [dict(zip(names, row, strict=True)) for row in TABLES[what].rows(filed)]
    for row in rows:
        for day in ("start", "end"):
            if isinstance(row.get(day), date):
                row[day] = row[day].isoformat()
    assert rows == wanted


def test_json_lines_are_plans_again() -> None:
    plan = corpus_plan()
    data = exported([Filed(path="a", plan=plan)] * 2, "jsonl")
    assert [Plan.from_json(line) for line in data.splitlines()] == [plan, plan]


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a & b < c",
    "\x1b[2J\u202ex",
)


@pytest.mark.parametrize("text", [*HOSTILE, *PAYLOADS])
@pytest.mark.parametrize("what", [None, *WHATS])
def test_a_page_shows_words(text: str, what: What | None) -> None:
    page = exported([plan_of(text)], "html", what=what).decode("utf-8")
    root = html.fromstring(page)
    assert not root.xpath("//script | //img | //a | //iframe | //*[@onerror]")
    assert "\x1b" not in page
    assert "\u202e" not in page
    if text == HOSTILE[0]:
        assert text in "".join(map(str, root.itertext()))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("what", [None, *WHATS])
def test_markdown_shows_words(text: str, what: What | None) -> None:
    printed = exported([plan_of(text)], "md", what=what).decode("utf-8")
    assert "<script" not in printed
    assert "<img" not in printed
    assert "\x1b" not in printed


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda one: one.name)
def test_each_format_can_be_empty(exporter: Any) -> None:
    out = io.BytesIO()
    export_plans([], exporter, out)
    assert exporter.name in {"jsonl", "md"} or out.getvalue()


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("xlsx", {"bom": True}),
        ("ics", {"what": "tasks"}),
        ("csv", {"todo": True}),
        ("csv", {"bom": True, "raw": True}),
    ],
)
def test_options_that_mean_nothing_are_refused(name: str, options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        exported([], name, **options)


@pytest.mark.parametrize(
    ("output", "name"),
    [
        ("a.xlsx", "xlsx"),
        ("A.CSV", "csv"),
        ("x.ics", "ics"),
        ("x.htm", "html"),
        ("x.ndjson", "jsonl"),
    ],
)
def test_a_suffix_says_the_format(output: str, name: str) -> None:
    assert exporter_for(None, output).name == name


@pytest.mark.parametrize("output", [None, "a.txt", "a"])
def test_without_a_format_there_is_none(output: str | None) -> None:
    with pytest.raises(UsageError, match="csv, xlsx"):
        exporter_for(None, output)
