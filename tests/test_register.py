"""The register: what a number or a title means, when it was in force, and what users bring."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from rows import Row, cases
from typer.testing import CliRunner

from tdkt_parse import settings
from tdkt_parse.cli import app
from tdkt_parse.exceptions import (
    LexiconError,
    MissingDependency,
    TdktError,
    Unreadable,
    UnsupportedFormat,
    UsageError,
    WrongEncoding,
)
from tdkt_parse.lexicon import DATA
from tdkt_parse.register import (
    Instrument,
    Register,
    database,
    exchange,
    open_register,
    packaged_register,
    verdict_on,
    verdicts_within,
)
from tdkt_parse.register.checks import check_all, check_row, read_row
from tdkt_parse.register.columns import COLUMNS, column_names
from tdkt_parse.register.instruments import year_of
from tdkt_parse.register.keys import title_key
from tdkt_parse.register.upsert import Report, import_file
from tdkt_parse.register.urn import urn_lex
from tdkt_parse.render.register import instrument_lines, report_lines
from tdkt_parse.wording import named_by_title

LAW = {"số hiệu": "01/2031/QH16", "trích yếu": "Luật Thử nghiệm", "ngày ban hành": "15/06/2031"}


def kind_and_title(text: str) -> tuple[str | None, str]:
    kind, _, title = text.partition("|")
    return kind.strip() or None, title.strip()


# -- the packaged register


@pytest.mark.parametrize("case", cases("register", "number"))
def test_by_number(case: Row) -> None:
    assert [it.id for it in packaged_register().by_number(case.text)] == case.expected


@pytest.mark.parametrize("case", cases("register", "title"))
def test_by_title(case: Row) -> None:
    kind, title = kind_and_title(case.text)
    assert [it.number for it in packaged_register().by_title(title, kind)] == case.expected


@pytest.mark.parametrize("case", cases("register", "nearest"))
def test_nearest(case: Row) -> None:
    kind, title = kind_and_title(case.text)
    found = packaged_register().nearest(title, kind)
    assert (found and found.number) == case.expected


@pytest.mark.parametrize("case", cases("register", "verdict"))
def test_verdict(case: Row) -> None:
    number, day = case.text.split(" | ")
    instrument = packaged_register().get(number)
    assert instrument is not None
    assert verdict_on(instrument, date.fromisoformat(day)) == case.expected


@pytest.mark.parametrize("case", cases("register", "row"))
def test_a_row_that_cannot_be_is_named(case: Row) -> None:
    cells: Any = case.text
    row, faults = read_row(cells)
    faults = faults or check_row(row)
    assert [fault.said() for fault in faults] == case.expected
    assert all(fault.said("en") != fault.said("vi") for fault in faults)


def test_every_packaged_row_can_be() -> None:
    register = packaged_register()
    assert register.count == len(list(register.all())) > 1000
    assert [(it.instrument.id, it.fault.said()) for it in check_all(register.all())] == []


def test_links_that_lead_nowhere_are_warnings() -> None:
    found = [(it.instrument.number, it.fault.saying) for it in packaged_register().problems()]
    assert ("73/2024/NĐ-CP", "dangling") in found
    assert {saying for _, saying in found} == {"dangling"}


def test_what_amends_ends_with_all_that_it_amends() -> None:
    register = packaged_register()
    for one in register.all():
        amended = [law for number in one.amends for law in register.by_number(number)]
        named = all(title_key(law.title) in title_key(one.title) for law in amended)
        if amended and named and all(law.expired for law in amended):
            assert one.expired, one.id


def test_of_two_laws_of_a_title_the_older_is_not_in_force_with_the_younger() -> None:
    laws: dict[tuple[str, str], list[Instrument]] = {}
    for one in packaged_register().all():
        if one.kind in named_by_title() and not one.title.startswith("sửa đổi"):
            laws.setdefault((one.kind, title_key(one.title)), []).append(one)
    pairs = [(a, b) for same in laws.values() for a in same for b in same if a.number != b.number]
    assert len(pairs) > 40
    for older, younger in pairs:
        begins = younger.effective or younger.issued
        if begins and (year_of(older) or 0) <= (year_of(younger) or 0):
            assert older.issued == younger.issued or verdict_on(older, begins) != "in_force", older


def test_packaged_rows_name_sources_and_no_place_of_a_machine() -> None:
    for instrument in packaged_register().all():
        assert instrument.source, instrument.id
        assert instrument.kind
        assert not instrument.source.startswith("/")
        assert "title" in instrument.unverified or instrument.title, instrument.id


def test_a_title_alone_with_its_year() -> None:
    by_title = packaged_register().by_title
    name = "Thi đua, khen thưởng"
    assert [it.number for it in by_title(name, "Luật", year=2022)] == ["06/2022/QH15"]
    issued = date(2003, 11, 26)
    assert [it.number for it in by_title(name, issued=issued)] == ["15/2003/QH11"]
    assert by_title(name, "Luật", year=2005) == ()


def test_issued_on_and_amendments() -> None:
    register = packaged_register()
    on = register.issued_on(date(2015, 6, 19), "Luật")
    assert [it.number for it in on] == ["76/2015/QH13", "77/2015/QH13"]
    amending = [it.number for it in register.amendments_of("15/2003/QH11")]
    assert amending == ["47/2005/QH11", "32/2009/QH12", "39/2013/QH13"]
    # By the amending row alone: 120/2020/NĐ-CP has nothing under amended_by.
    assert [it.number for it in register.amendments_of("120/2020/NĐ-CP")] == ["283/2025/NĐ-CP"]
    assert register.amendments_of("no number") == ()


def test_get_takes_a_number_or_the_id_of_a_row() -> None:
    register = packaged_register()
    assert register.get("nd-98-2023-nd-cp") == register.get("98/2023/NĐ-CP") is not None
    assert register.get("999/1999/NĐ-CP") is None


def test_verdicts_within_a_month_that_the_year_was_all_of() -> None:
    law = packaged_register().get("15/2003/QH11")
    assert law is not None
    assert verdicts_within(law, date(2023, 12, 1), date(2024, 1, 31)) == ("in_force", "expired")
    assert verdicts_within(law, date(2024, 1, 1), date(2024, 1, 31)) == ("expired",)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text.replace("2003-11-26", "2003-13-26", 1), "row 1 (luat-15-2003-qh11)"),
        (lambda text: text.replace("id,kind", "id,type", 1), "its columns are not"),
        (lambda text: text + text.splitlines()[-1], "twice"),
        (lambda text: text.replace("luat-15-2003-qh11,", "luat-15-2003-qh11,,", 1), "not 17 cells"),
    ],
)
def test_a_packaged_row_that_is_wrong_is_named(
    spoil: Callable[[str], str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (DATA / database.FILE).read_text(encoding="utf-8")
    (tmp_path / database.FILE).write_text(spoil(text), encoding="utf-8")
    monkeypatch.setattr(database, "DATA", tmp_path)
    with pytest.raises(LexiconError, match=r"data/instruments\.csv") as error:
        database.packaged_database()
    assert said in error.value.message


def test_several_threads_ask_at_once() -> None:
    wrong: list[object] = []
    register = Register(database.packaged_database, in_memory=True)

    def ask() -> None:
        for _ in range(20):
            if len(register.by_title("Thi đua, khen thưởng", "Luật")) != 2:
                wrong.append("title")
            if register.get("98/2023/NĐ-CP") is None:
                wrong.append("number")

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_child_asks(tmp_path: Path) -> None:
    own = bring(tmp_path, LAW)
    registers = [packaged_register(), open_register(own)]
    child = os.fork()
    if child == 0:
        try:
            found = [register.get("98/2023/NĐ-CP") is not None for register in registers]
            os._exit(0 if all(found) and registers[1].get("01/2031/QH16") else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert registers[1].get("01/2031/QH16") is not None


# -- what users bring


def table(path: Path, *rows: dict[str, str], **how: Any) -> Path:
    """A CSV of rows with the same columns."""
    encoding = how.pop("encoding", "utf-8")
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), **how)
        writer.writeheader()
        writer.writerows(rows)
    return path


def put(folder: Path, *rows: dict[str, str], **options: Any) -> Report:
    """What an import into the register of a folder did."""
    return import_file(table(folder / "rows.csv", *rows), folder / "own.sqlite", **options)


def bring(folder: Path, *rows: dict[str, str]) -> Path:
    assert put(folder, *rows).refused == 0
    return folder / "own.sqlite"


def find(register: Path, number: str) -> Instrument:
    opened = open_register(register)
    found = opened.get(number)
    opened.close()
    assert found is not None, number
    return found


def test_a_register_of_ones_own_has_the_packaged_rows_too(tmp_path: Path) -> None:
    report = put(tmp_path, LAW)
    assert (report.new, report.changed, report.refused) == (1, 0, 0)
    register = open_register(tmp_path / "own.sqlite")
    assert register.count == packaged_register().count + 1
    own, packaged = register.get("1/2031/QH16"), register.get("06/2022/QH15")
    assert own is not None
    assert packaged == packaged_register().get("06/2022/QH15")
    assert packaged is not None
    assert (own.kind, own.title, own.issued) == ("Luật", "Thử nghiệm", date(2031, 6, 15))
    assert (own.origin, packaged.origin) == ("user", "packaged")
    assert register.by_title("thử nghiệm") == (own,)


def test_the_report_says_what_changed_from_what_to_what(tmp_path: Path) -> None:
    bring(tmp_path, LAW)
    again = put(tmp_path, LAW)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    more = put(tmp_path, {**LAW, "trích yếu": "", "ngày hiệu lực": "2032-01-01"})
    assert [(it.field, it.old, it.new) for it in more.changes] == [("effective", "", "2032-01-01")]
    law = find(tmp_path / "own.sqlite", "01/2031/QH16")
    assert (law.title, law.effective) == ("Thử nghiệm", date(2032, 1, 1))


def test_links_that_lead_nowhere_are_warned_of(tmp_path: Path) -> None:
    loose = {**LAW, "được thay thế bởi": "02/2031/QH16; 06/2022/QH15"}
    report = put(tmp_path, loose)
    assert (report.new, report.refused, report.loose) == (1, 0, 1)
    assert [(it.number, it.fault.said("en")) for it in report.loose_links] == [
        ("01/2031/QH16", "replaced_by: 02/2031/QH16 is not in the register")
    ]
    said = "\n".join(report_lines(report, "vi", dry_run=False))
    assert "Cảnh báo: 01/2031/QH16: được thay thế bởi: 02/2031/QH16" in said
    # What a file links to may stand further down in it.
    replaced = {**LAW, "số hiệu": "03/2031/QH16", "được thay thế bởi": "04/2031/QH16"}
    new = {**LAW, "số hiệu": "04/2031/QH16", "được thay thế bởi": ""}
    assert put(tmp_path, replaced, new).loose == 0
    assert put(tmp_path, {**replaced, "được thay thế bởi": "5/2031/QH16"}).loose == 1


def test_another_day_of_issue_contradicts(tmp_path: Path) -> None:
    own = bring(tmp_path, LAW)
    other = {**LAW, "ngày ban hành": "16/06/2031"}
    report = put(tmp_path, other)
    assert (report.conflicting, report.changed) == (1, 0)
    assert [(it.old, it.new) for it in report.conflicts] == [("2031-06-15", "2031-06-16")]
    assert find(own, "01/2031/QH16").issued == date(2031, 6, 15)
    assert put(tmp_path, other, overwrite=True).changed == 1
    assert find(own, "01/2031/QH16").issued == date(2031, 6, 16)


def test_rows_left_out_have_line_and_reason_and_others_go_in(tmp_path: Path) -> None:
    report = put(
        tmp_path,
        LAW,
        {**LAW, "số hiệu": "15/3/2025"},
        {**LAW, "số hiệu": "02/2031/QH16", "ngày ban hành": "01/01/2030"},
        {**LAW, "số hiệu": "03/2031/QH16"},
    )
    assert (report.new, report.refused) == (2, 2)
    assert [(it.line, it.faults[0].saying) for it in report.refusals] == [
        (3, "number"),
        (4, "year"),
    ]


def test_provinces_share_a_number(tmp_path: Path) -> None:
    number = {"số hiệu": "29/2018/QĐ-UBND", "ngày ban hành": "01/10/2018"}
    rows = [{**number, "cơ quan": f"UBND tỉnh {name}"} for name in ("Kon Tum", "Gia Lai")]
    assert put(tmp_path, *rows).new == 2
    register = open_register(tmp_path / "own.sqlite")
    # The packaged one is that of Quảng Trị.
    assert len(register.by_number("29/2018/QĐ-UBND")) == 3
    assert register.get("29/2018/QĐ-UBND") is None
    one = register.by_number("29/2018/QĐ-UBND", issuer="Ủy ban nhân dân tỉnh Gia Lai")
    assert [it.issuer for it in one] == ["UBND tỉnh Gia Lai"]
    assert register.get(one[0].id) == one[0]
    assert register.by_number("29/2018/QĐ-UBND", issued=date(2018, 1, 1)) == ()
    nobody = put(tmp_path, {**number, "cơ quan": ""})
    assert [it.faults[0].saying for it in nobody.refusals] == ["several"]


def test_the_party_numbers_anew_in_each_term(tmp_path: Path) -> None:
    row = {"số hiệu": "05-CT/TW", "cơ quan": "Bộ Chính trị", "ngày ban hành": "01/06/2031"}
    assert put(tmp_path, row).new == 1
    register = open_register(tmp_path / "own.sqlite")
    assert len(register.by_number("05-CT/TW")) == 2
    assert len(register.by_number("05-CT/TW", issued=date(2031, 6, 1))) == 1


def test_a_register_is_opened_by_its_name_too(tmp_path: Path) -> None:
    own = bring(tmp_path, LAW)
    assert open_register(str(own)).count == open_register(own).count


def test_an_alias_is_found(tmp_path: Path) -> None:
    own = bring(tmp_path, {**LAW, "tên khác": "Luật Thử; bộ luật mẫu"})
    register = open_register(own)
    assert [it.number for it in register.by_alias("BỘ LUẬT MẪU")] == ["01/2031/QH16"]
    assert next(it.number for it in register.search("luật thử")) == "01/2031/QH16"
    assert register.by_alias("mẫu") == ()


@pytest.mark.parametrize(
    ("title", "new", "broken", "known"),
    [
        ('"thử một', 2, [3], None),  # takes in the row below, up to its quotation mark
        ('"thử một"', 3, [], "thử một"),
        ('"thử ""một"""', 3, [], 'thử "một"'),
        ('"thử\nmột"', 3, [], "thử một"),
        ('"thử" một', 3, [], "thử một"),
        ('thử "một"', 3, [], 'thử "một"'),
    ],
)
def test_a_quotation_mark_that_is_not_closed_costs_its_row_alone(
    title: str, new: int, broken: list[int], known: str | None, tmp_path: Path
) -> None:
    rows = [
        f"0{n}/2031/NĐ-CP,{said},Chính phủ" for n, said in ((1, title), (2, '"hai"'), (3, "ba"))
    ]
    (tmp_path / "a.csv").write_text(
        "\n".join(["sep=,", "số hiệu,trích yếu,cơ quan", *rows]), "utf-8"
    )
    report = import_file(tmp_path / "a.csv", tmp_path / "own.sqlite")
    assert report.new == new
    assert [(it.line, it.faults[0].saying) for it in report.refusals] == [
        (line, "quote") for line in broken
    ]
    if known:
        assert find(tmp_path / "own.sqlite", "01/2031/NĐ-CP").title == known


@pytest.mark.parametrize(
    ("text", "new", "line"),
    [
        (
            "DANH MỤC VĂN BẢN, QUY CHẾ;;\n;;\nSTT;Số hiệu;Trích yếu\n1;01/2031/NĐ-CP;a\n2;x;b\n",
            1,
            5,
        ),
        ("Danh mục\n\nsố hiệu,trích yếu\n01/2031/NĐ-CP,a\nx,b\n", 1, 5),
        ("số hiệu,trích yếu\n01/2031/NĐ-CP,số hiệu\nx,b\n", 1, 3),
        ("x\n" * 15 + "số hiệu,trích yếu\n01/2031/NĐ-CP,a\nx,b\n", 1, 18),
    ],
)
def test_a_title_may_stand_above_the_names_of_the_columns(
    text: str, new: int, line: int, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8")
    report = import_file(tmp_path / "a.csv", tmp_path / "own.sqlite")
    assert report.new == new
    assert [it.line for it in report.refusals] == [line]


def test_names_of_columns_that_do_not_come_are_missed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\n" * 16 + "số hiệu\n01/2031/NĐ-CP\n", "utf-8")
    with pytest.raises(UsageError, match=r"its columns are x\."):
        import_file(tmp_path / "a.csv", tmp_path / "own.sqlite")


def test_of_two_columns_of_a_name_the_second_is_said_not_to_be_used(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("số hiệu,số hiệu\n01/2031/NĐ-CP,02/2031/NĐ-CP\n", "utf-8")
    report = import_file(tmp_path / "a.csv", tmp_path / "own.sqlite")
    assert (report.new_numbers, list(report.unused)) == (["01/2031/NĐ-CP"], ["số hiệu (2)"])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2031/7/01", "2031-07-01"),
        ("ngày 01 tháng 7 năm 2031", "2031-07-01"),
        ("1 tháng 7 năm 2031", "2031-07-01"),
        ("1/7/31", None),  # of which century, nobody says
        ("12/31/2031", None),
        ("48029", None),  # a day as a spreadsheet counts it
        ("tháng 7 năm 2031", None),
        ("ngày 31 tháng 02 năm 2031", None),
    ],
)
def test_days_as_they_are_written(text: str, day: str | None) -> None:
    row, faults = read_row({"number": "01/2031/NĐ-CP", "issued": text})
    assert (row["issued"] if not faults else None) == day


@pytest.mark.parametrize(
    ("number", "kind", "read"),
    [
        ("Nghị định số 98/2023/NĐ-CP", "", ("98/2023/NĐ-CP", "Nghị định")),
        ("QUYẾT ĐỊNH 23/2024/QĐ-UBND", "", ("23/2024/QĐ-UBND", "Quyết định")),
        ("Luật số: 06/2022/QH15", "", ("06/2022/QH15", "Luật")),
        ("Luật số 06/2022/QH15", "Luật", ("06/2022/QH15", "Luật")),
        ("Nghị quyết 98/2023/NĐ-CP", "", None),
        ("Nghị định số", "", None),
        ("Nghị định " * 900, "", None),
        ("Nghị định 98", "", None),
        ("Luật Thi đua, khen thưởng", "", None),
        ("Ban hành 98/2023/NĐ-CP", "", None),
    ],
)
def test_the_type_may_stand_before_the_number(
    number: str, kind: str, read: tuple[str, str] | None
) -> None:
    row, faults = read_row({"number": number, "kind": kind})
    assert ((row["number"], row["kind"]) if not faults else None) == read


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.csv", lambda path: table(path, LAW, encoding="utf-8-sig", delimiter=";")),
        ("a.tsv", lambda path: table(path, LAW, encoding="utf-16", delimiter="\t")),
        ("a.json", lambda path: path.write_text(json.dumps([LAW]), encoding="utf-8")),
        ("b.json", lambda path: path.write_text(json.dumps({"n": 1, "rows": [LAW]}), "utf-8")),
        ("c.json", lambda path: path.write_text(json.dumps({"n": ["x"], "rows": [LAW]}), "utf-8")),
        ("a.jsonl", lambda path: path.write_text(json.dumps(LAW) + "\n\n", encoding="utf-8")),
    ],
)
def test_formats(name: str, write: Callable[[Path], object], tmp_path: Path) -> None:
    write(tmp_path / name)
    assert import_file(tmp_path / name, tmp_path / "own.sqlite").new == 1
    assert find(tmp_path / "own.sqlite", "01/2031/QH16").title == "Thử nghiệm"


@pytest.mark.parametrize("form", ["csv", "json", "jsonl"])
def test_what_is_exported_is_imported_as_it_was(form: exchange.Form, tmp_path: Path) -> None:
    own = bring(tmp_path, {**LAW, "trích yếu": "=1+1", "tên khác": "a;b", "ghi chú": "- x"})
    register = open_register(own)
    exchange.export_file(register.all(), tmp_path / f"all.{form}", form)
    other = tmp_path / "other.sqlite"
    report = import_file(tmp_path / f"all.{form}", other)
    assert (report.new, report.changed, report.refused) == (1, 0, 0)
    assert list(open_register(other).all()) == list(register.all())
    if form == "csv":
        text = (tmp_path / "all.csv").read_text(encoding="utf-8-sig")
        assert ",'=1+1," in text
        assert text.startswith(",".join(COLUMNS))


def test_parquet_is_imported_as_it_was(tmp_path: Path) -> None:
    """In a process of its own: pyarrow starts threads, beside which workers are not forked."""
    if find_spec("pyarrow") is None:
        pytest.skip("pyarrow is not installed")
    own, table = bring(tmp_path, {**LAW, "tên khác": "a;b"}), tmp_path / "all.parquet"
    other = tmp_path / "other.sqlite"
    for arguments in (
        ["export", "-o", str(table), "--register", str(own)],
        ["import", str(table), "--register", str(other)],
    ):
        command = [sys.executable, "-m", "tdkt_parse", "register", *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert list(open_register(other).all()) == list(open_register(own).all())


def test_parquet_without_pyarrow_says_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    with pytest.raises(MissingDependency, match="pip install pyarrow"):
        import_file(tmp_path / "a.parquet", tmp_path / "own.sqlite")
    assert not (tmp_path / "own.sqlite").exists()


def test_columns_the_user_names(tmp_path: Path) -> None:
    row = {"A": "01/2031/QH16", "B": "2031-06-15", "C": "x"}
    with pytest.raises(UsageError, match="--map COLUMN=number"):
        put(tmp_path, row)
    report = put(tmp_path, row, chosen={"A": "number", "B": "issued"})
    assert (report.new, report.unused) == (1, ("C",))
    with pytest.raises(UsageError, match="no column 'Z'"):
        put(tmp_path, row, chosen={"A": "number", "Z": "title"})
    with pytest.raises(UsageError, match="no field 'price'"):
        put(tmp_path, row, chosen={"A": "price"})


def test_names_of_columns_are_of_one_field_each() -> None:
    assert {field for _, field in column_names().values()} == set(COLUMNS)


DEEP = "[" * 100_000


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.csv", b"", Unreadable),
        ("a.csv", "số hiệu\n06/2022/QH15\n".encode("utf-16-le"), TdktError),
        ("a.csv", "số hiệu;tên\n".encode("cp1258", "ignore") + b"\xe9\xff\n", TdktError),
        ("a.csv", b"title\n" + "Lu\u1eadt".encode() + b"\xff\n", TdktError),
        ("a.json", b"{}", Unreadable),
        ("a.json", b'[{"number": "06/2022/QH15"', Unreadable),
        ("a.json", f'[{{"number": {DEEP}'.encode(), Unreadable),
        ("a.json", b"[]", Unreadable),
        ("a.jsonl", b"\x00\x01\n", Unreadable),
        ("a.xlsx", b"PK", UnsupportedFormat),
        ("a", b"x", UnsupportedFormat),
        ("a.csv", "số hiệu\n".encode() + b"\xff\xff\n", WrongEncoding),
    ],
)
def test_a_file_that_is_none_is_an_error_and_changes_nothing(
    name: str, data: bytes, error: type[TdktError], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error):
        import_file(tmp_path / name, tmp_path / "own.sqlite")
    assert not (tmp_path / "own.sqlite").exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for path in (tmp_path / "gone.csv", tmp_path / "folder.csv"):
        with pytest.raises(Unreadable):
            import_file(path, tmp_path / "own.sqlite")


def test_cells_that_are_too_much_are_left_out_and_the_next_row_goes_in(tmp_path: Path) -> None:
    huge = "x" * 200_000
    rows = f"số hiệu,trích yếu\n04/2031/QH16,{huge}\n05/2031/QH16,a\0b\n06/2031/QH16,Luật Mẫu\n"
    (tmp_path / "rows.csv").write_text(rows, encoding="utf-8")
    report = import_file(tmp_path / "rows.csv", tmp_path / "own.sqlite")
    assert (report.new, report.refused) == (1, 2)
    assert find(tmp_path / "own.sqlite", "06/2031/QH16").title == "Mẫu"


def test_lines_of_json_that_are_none_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f'{json.dumps(LAW)}\n{{"a"\n[1]\n3\n', encoding="utf-8")
    report = import_file(tmp_path / "a.jsonl", tmp_path / "own.sqlite")
    assert (report.new, [it.line for it in report.refusals]) == (1, [2, 3, 4])


@pytest.mark.parametrize(
    "data", [b"no database at all, but long enough to be one" * 50, b"%PDF-1.7"]
)
def test_a_register_that_is_none_stays_as_it_is(data: bytes, tmp_path: Path) -> None:
    own = tmp_path / "own.sqlite"
    own.write_bytes(data)
    with pytest.raises(Unreadable, match="no register"):
        open_register(own)
    with pytest.raises(Unreadable, match="no register"):
        put(tmp_path, LAW)
    assert own.read_bytes() == data


@pytest.mark.parametrize(
    ("name", "hint"), [("a.csv", "tdkt register import "), ("a.sqlite", "--register FILE")]
)
def test_a_table_is_no_register_until_it_is_imported(name: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="is no register") as raised:
        open_register(table(tmp_path / name, LAW))
    assert hint in (raised.value.hint or "")


def test_a_database_of_somebody_else_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.sqlite"
    other = sqlite3.connect(own)
    other.execute("CREATE TABLE accounts (id)")
    other.commit()
    other.close()
    for act in (lambda: open_register(own), lambda: put(tmp_path, LAW)):
        with pytest.raises(Unreadable, match="no register"):
            act()


@pytest.mark.parametrize(
    "spoil",
    [
        "DROP TABLE facts",
        "DROP TABLE instruments",
        "PRAGMA user_version = 99",
        "UPDATE instruments SET issued = 'soon'",
        "UPDATE instruments SET aliases = x'00ff'",
    ],
)
def test_a_register_that_somebody_spoilt(spoil: str, tmp_path: Path) -> None:
    own = bring(tmp_path, LAW)
    connection = sqlite3.connect(own)
    connection.execute(spoil)
    connection.commit()
    connection.close()
    with pytest.raises(Unreadable):
        list(open_register(own).all())


def test_a_register_that_is_being_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = bring(tmp_path, LAW)
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    other = sqlite3.connect(own, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UsageError, match="in use"):
        put(tmp_path, {**LAW, "số hiệu": "02/2031/QH16"})
    assert find(own, "01/2031/QH16").origin == "user"
    other.close()


def test_a_register_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such register"):
        open_register(tmp_path / "gone.sqlite")
    assert not (tmp_path / "gone.sqlite").exists()
    for use in (open_register, lambda path: import_file(table(tmp_path / "a.csv", LAW), path)):
        with pytest.raises(Unreadable, match="is a folder"):
            use(tmp_path)


def test_an_import_that_is_interrupted_changed_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = bring(tmp_path, LAW)
    before = list(open_register(own).all())

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(database, "index_pairs", stop)
        with pytest.raises(KeyboardInterrupt):
            put(tmp_path, {**LAW, "số hiệu": "02/2031/QH16"})
    assert list(open_register(own).all()) == before


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    assert put(tmp_path, LAW, dry_run=True).new == 1
    assert not (tmp_path / "own.sqlite").exists()
    own = bring(tmp_path, LAW)
    assert put(tmp_path, {**LAW, "số hiệu": "02/2031/QH16"}, dry_run=True).new == 1
    assert open_register(own).get("02/2031/QH16") is None


def test_packaged_rows_are_brought_up_to_date_and_the_users_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = bring(
        tmp_path,
        {"số hiệu": "98/2023/NĐ-CP", "trích yếu": "của tôi"},
        {"số hiệu": "01/2031/QH16", "trích yếu": "Luật Thử"},
    )
    text = (DATA / database.FILE).read_text(encoding="utf-8")
    text = text.replace(
        'luat-06-2022-qh15,Luật,06/2022/QH15,"', 'luat-06-2022-qh15,Luật,06/2022/QH15,"X ', 1
    )
    new = "moi,Luật,1/2031/QH16,Khác,,Quốc hội,2031-06-15" + "," * 10
    (tmp_path / database.FILE).write_text(f"{text}{new}\n", encoding="utf-8")
    monkeypatch.setattr(database, "DATA", tmp_path)
    database.digest.cache_clear()
    try:
        register = open_register(own)
        law, decree = register.get("06/2022/QH15"), register.get("98/2023/NĐ-CP")
        assert law is not None
        assert decree is not None
        assert law.title.startswith("X ")
        assert (decree.title, decree.origin) == ("của tôi", "user")
        assert [it.title for it in register.by_number("01/2031/QH16")] == ["Thử"]
        nearest = register.nearest("X Thi dua khen thưỏng", "Luật")
        assert nearest == law
    finally:
        database.digest.cache_clear()


def test_a_large_register_is_asked_by_its_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = bring(tmp_path, LAW)
    register = open_register(own)
    title = "hướng dẫn thểthức và kỹ thuật trình bày vănbản hành chỉnh"
    found = register.nearest(title, "Thông tư")
    assert found is not None
    assert found.number == "01/2011/TT-BNV"
    words = [it.number for it in register.search("trình bày văn bản hành chính")]
    assert "01/2011/TT-BNV" in words
    monkeypatch.setattr(Register, "_has_pairs", lambda _: False)
    assert register.nearest(title, "Thông tư") == found
    assert [it.number for it in register.search("trình bày văn bản hành chính")] == words


@pytest.mark.parametrize(
    ("text", "first", "others"),
    [
        ("Luật Thi đua, khen thưởng năm 2003", "15/2003/QH11", 0),
        ("luat thi dua khen thuong 2022", "06/2022/QH15", 0),
        ("Luật Thử nghiệm", "01/2031/QH16", 0),
        ("luật thử nghiệm 2031", "01/2031/QH16", 0),
        ("luật thử nghiệm 2030", None, 0),
        ("nghị định thử nghiệm", None, 0),
        ("nghị định 98/2023", "98/2023/NĐ-CP", 1),
        ("Nghị định số 98/2023/NĐ-CP", "98/2023/NĐ-CP", 1),
        ("NĐ 30/2020", "30/2020/NĐ-CP", 1),
    ],
)
@pytest.mark.parametrize("large", [True, False])
def test_instruments_are_sought_as_people_name_them(
    text: str,
    first: str | None,
    others: int,
    large: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register = open_register(bring(tmp_path, LAW))
    if not large:
        monkeypatch.setattr(Register, "_has_pairs", lambda _: False)
    found = [it.number for it in register.search(text)]
    assert found[:1] == ([first] if first else [])
    assert len(found[1:]) == others
    laws = [it.number for it in register.search("Luật Thi đua, khen thưởng")]
    assert laws[:2] == ["15/2003/QH11", "06/2022/QH15"]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "chưa rõ ngày có hiệu lực"),
        ({"verified": True, "checked_on": date(2024, 2, 1)}, "chưa rõ ngày có hiệu lực"),
        ({"effective": date(2023, 1, 1)}, "nhập cột “đã đối chiếu” và “ngày đối chiếu”"),
        ({"effective": date(2023, 1, 1), "replaced_by": ("a",)}, "chưa rõ từ ngày nào"),
        ({"effective": date(2023, 1, 1), "verified": True}, "thiếu ngày đối chiếu"),
        (
            {"effective": date(2023, 1, 1), "verified": True, "checked_on": date(2024, 2, 1)},
            "chỉ đối chiếu đến 01/02/2024",
        ),
    ],
)
def test_why_it_is_not_known_is_said(values: dict[str, Any], why: str) -> None:
    own = Instrument("a", "Nghị định", "01/2023/NĐ-CP", "x", **values)
    *_, last = instrument_lines(own, date(2024, 3, 1), "vi")
    assert last.startswith("  ngày 01/03/2024: chưa xác định (")
    assert why in last
    known = [*instrument_lines(own, date(2022, 3, 1), "vi")][-1]
    assert ("(" in known) is ("effective" not in values)


@pytest.mark.parametrize(
    ("kind", "number", "issuer", "urn"),
    [
        ("Luật", "06/2022/QH15", "Quốc hội", "quoc.hoi:luat:2024-01-02;06-2022-qh15"),
        ("Chỉ thị", "05-CT/TW", "Bộ Chính trị", "bo.chinh.tri:chi.thi:2024-01-02;05-ct-tw"),
        *[
            ("Quyết định", "1/QĐ-UBND", f"{name} tỉnh Hà Nam", urn)
            for name in ("UBND", "Ủy ban nhân dân", "UỶ BAN NHÂN DÂN")
            for urn in ("uy.ban.nhan.dan.tinh.ha.nam:quyet.dinh:2024-01-02;1-qd-ubnd",)
        ],
        (
            "Thông tư liên tịch", "1/TTLT-BLĐTBXH-BNV",
            "Bộ Lao động - Thương binh và Xã hội; Bộ Nội vụ",
            "bo.lao.dong.thuong.binh.va.xa.hoi+bo.noi.vu:thong.tu.lien.tich:2024-01-02;1-ttlt-bldtbxh-bnv",
        ),
        ("Nghị quyết", "1/NQ", " - ", None),
        ("", "1/NQ", "Quốc hội", None),
        ("Nghị quyết", "1/NQ", None, None),
    ],
)  # fmt: skip
def test_an_instrument_has_one_urn(
    kind: str, number: str, issuer: str | None, urn: str | None
) -> None:
    """RFC 9676: several authorities have a plus between them, acronyms are written out."""
    name = urn_lex(kind, number, issuer, date(2024, 1, 2))
    assert name == (urn and f"urn:lex:vn:{urn}")


# -- the commands


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's register goes."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.delenv("TDKT_REGISTER", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tdkt(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["register", *arguments])


def test_commands(home: Path) -> None:
    shown = tdkt("show", "6/2022/QH15", "--on", "01/01/2024")
    assert shown.exit_code == 0
    assert "ngày hết hiệu lực: chưa rõ" in shown.stdout
    assert "ngày 01/01/2024: còn hiệu lực" in shown.stdout
    said = tdkt("show", "91/2017/NĐ-CP", "--on", "2024-01-01", "--lang", "en")
    assert "expired: 2024-01-01 (unverified)" in said.stdout
    assert "said to have ended" in said.stdout
    rows = table(home / "a.csv", LAW, {**LAW, "số hiệu": "no"})
    done = tdkt("import", str(rows))
    assert done.exit_code == 4, done.output
    assert "Mới: 1" in done.stdout
    assert "Không nhận, dòng 3 no: số, ký hiệu: no không phải số, ký hiệu văn bản" in done.stdout
    assert (home / "tdkt-parse" / "register.sqlite").is_file()
    assert tdkt("show", "01/2031/QH16").exit_code == 0
    assert "Thử nghiệm" in tdkt("search", "thử", "nghiệm").stdout
    assert "không có trong sổ" in tdkt("check").stdout
    assert tdkt("export", "-o", str(home / "all.jsonl")).exit_code == 0
    lines = (home / "all.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[-1])["issued"] == "2031-06-15"
    assert tdkt("export").stdout.startswith("id,kind,number")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["show", "999/1999/NĐ-CP"], UsageError),
        (["show", "06/2022/QH15", "--on", "yesterday"], UsageError),
        (["import", "gone.csv"], Unreadable),
        (["import", "gone.csv", "--map", "number"], UsageError),
        (["export", "--format", "parquet"], UsageError),
        (["export", "-o", "all.xyz"], UnsupportedFormat),
        (["check", "--register", "gone.sqlite"], Unreadable),
    ],
)
def test_wrong_use_is_told(arguments: list[str], error: type[TdktError], home: Path) -> None:
    assert isinstance(tdkt(*arguments).exception, error)


def test_which_register_is_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.register_to_read(settings.load_settings()) is None
    (home / "deep").mkdir()
    (home / "tdkt.toml").write_text('register = "mine.sqlite"', encoding="utf-8")
    monkeypatch.chdir(home / "deep")
    assert settings.load_settings().register == home / "mine.sqlite"
    monkeypatch.setenv("TDKT_REGISTER", "other.sqlite")
    assert settings.load_settings().register == Path("other.sqlite")
    with pytest.raises(UsageError, match="--register"):
        settings.load_settings({"register": " "})
