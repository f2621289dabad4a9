"""The report over many plans: what is one instrument, what was copied, and how it is told."""

import csv
import io
import tracemalloc
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import regex
from test_audit_formats import HOSTILE, read

from tdkt_parse.audit.charts import Bar, bars, stacks
from tdkt_parse.audit.clusters import cluster_of, clusters_of, fold_wording, name_of
from tdkt_parse.audit.copied import find_copies, find_old_papers, wording_of
from tdkt_parse.audit.report import Report
from tdkt_parse.audit.report_page import report_page
from tdkt_parse.audit.report_rows import (
    HEADS,
    citation_rows,
    copied_row,
    csv_line,
    finding_rows,
    instrument_rows,
    issuer_rows,
    table_of,
    variant_rows,
)
from tdkt_parse.audit.rules import rule_rows
from tdkt_parse.audit.sheets import Cited, Placed, Rested, Sheet
from tdkt_parse.docnumber import parse_docnumber
from tdkt_parse.exceptions import Unreadable
from tdkt_parse.models import Citation, Evidence, PartialDate
from tdkt_parse.register import Instrument

TODAY = date(2026, 1, 20)


def citation(
    kind: str,
    number: str | None = None,
    day: str | None = None,
    issuer: str | None = None,
    title: str | None = None,
) -> Citation:
    year, month, date_ = (int(part) for part in (day or "0-0-0").split("-"))
    return Citation(
        kind=kind,
        number=parse_docnumber(number) if number else None,
        date=PartialDate(year=year, month=month or None, day=date_ or None) if day else None,
        issuer=issuer,
        title=title,
        evidence=Evidence(spans=[], text=f"{kind} {number or title}"),
    )


# -- which are one instrument


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            citation("Nghị định", "98/2023/NĐ-CP", "2023-12-31", "Chính phủ"),
            citation("Nghị định", "98/2023/NĐ - CP", None, None),
        ),
        (
            citation("Kế hoạch", "03/KH-UBND", "2024-1-9", "UBND huyện Bắc Sơn"),
            citation("Kế hoạch", "03/KH-UBND", "2024-1-9", "Uỷ ban nhân dân Huyện Bắc Sơn"),
        ),
        (
            citation("Luật", None, "2022-6-15", None, "Thi đua, khen thưởng"),
            citation("Luật", None, "2022-0-0", None, "Luật Thi đua Khen thưởng"),
        ),
        (
            citation("Chỉ thị", "19/CT-TTg", "2021-7-16", "Thủ tướng Chính phủ"),
            citation("Chỉ thị", "19/CT-TTg", "2021-7-16", None),
        ),
        (
            citation("Chỉ thị", "34-CT/TW", "2014-4-7", "Bộ Chính trị"),
            citation("Chỉ thị", "34-CT/TW", "2014-4-7", "Bộ Chính trị khóa XI"),
        ),
    ],
)
def test_variants_fall_together(one: Citation, other: Citation) -> None:
    assert cluster_of(one, None) == cluster_of(other, None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            citation("Kế hoạch", "03/KH-UBND", "2024-1-9", "UBND huyện Bắc Sơn"),
            citation("Kế hoạch", "03/KH-UBND", "2024-1-9", "UBND huyện Đắk Hà"),
        ),
        (
            citation("Kế hoạch", "03/KH-UBND", "2024-1-9", "UBND huyện Bắc Sơn"),
            citation("Kế hoạch", "03/KH-UBND", "2023-1-9", "UBND huyện Bắc Sơn"),
        ),
        (
            citation("Quyết định", "29/2018/QĐ-UBND", None, "UBND tỉnh Kon Tum"),
            citation("Quyết định", "29/2018/QĐ-UBND", None, "UBND tỉnh Quảng Trị"),
        ),
        (
            citation("Luật", None, "2022-6-15", None, "Thi đua, khen thưởng"),
            citation("Luật", None, "2003-11-26", None, "Thi đua, khen thưởng"),
        ),
        (
            citation("Chỉ thị", "19/CT-TTg", "2021-7-16"),
            citation("Chỉ thị", "19/CT-TTg", "2020-7-16"),
        ),
        (
            citation("Luật", None, None, None, "Thi đua, khen thưởng"),
            citation("Nghị quyết", None, None, None, "Thi đua, khen thưởng"),
        ),
    ],
)
def test_what_may_be_two_stays_two(one: Citation, other: Citation) -> None:
    assert cluster_of(one, None) != cluster_of(other, None)


def test_said_again_in_short_is_the_same() -> None:
    whole = citation("Chỉ thị", "52-CT/TW", "2025-10-3", "Ban Bí thư")
    short = citation("Chỉ thị", "52-CT/TW", None, None)
    other = citation("Chỉ thị", "52-CT/TW", "2009-10-3", "Ban Bí thư")
    one, two = clusters_of([whole, short], [None, None])
    assert one == two
    assert len(set(clusters_of([whole, short, other], [None] * 3))) == 3


def test_the_register_knows_better() -> None:
    law = Instrument("luat-06", "Luật", "06/2022/QH15", "Thi đua, khen thưởng")
    decree = Instrument("nd-98", "Nghị định", "98/2023/NĐ-CP", "quy định chi tiết")
    cited = citation("Luật", None, "2022-6-15", None, "Thi đua, Khen thưởng")
    assert cluster_of(cited, law) == "luat-06"
    assert name_of(cited, law) == "Luật Thi đua, khen thưởng (06/2022/QH15)"
    assert name_of(cited, decree) == "Nghị định 98/2023/NĐ-CP"
    assert name_of(cited, None) == "Luật Thi đua, Khen thưởng (2022)"
    paper = citation("Kế hoạch", "03/KH-UBND", None, "UBND huyện Bắc Sơn")
    assert name_of(paper, None) == "Kế hoạch 03/KH-UBND (UBND huyện Bắc Sơn)"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Căn cứ Luật … ngày 15/6/2022;", "Căn cứ Luật … ngày 15/6/2022.", True),
        ("… ngày 10 tháng 01 năm 2023 …", "… ngày 9 tháng 2 năm 2024 …", True),
        ("… công tác năm 2023", "… công tác năm 2024", True),
        ("Nghị định 98/2023/NĐ-CP", "Nghị định 98/2024/NĐ-CP", False),
        ("Kế hoạch số 05/KH-UBND", "Kế hoạch số 06/KH-UBND", False),
        ("giai đoạn 2021-2025", "giai đoạn 2026 - 2030", False),
        ("Uỷ ban", "Ủy ban", True),
    ],
)
def test_wordings_without_what_changes_each_year(one: str, other: str, same: bool) -> None:
    assert (fold_wording(one) == fold_wording(other)) is same


# -- sheets made by hand


def cited(text: str, **values: Any) -> Cited:
    given = {"kind": "Kế hoạch", "where": "legal_bases", "verdict": "unknown", "cluster": text}
    return Cited.model_validate({"text": text, "name": text, **given, **values})


def sheet(path: str, year: int, *bases: Cited, **values: Any) -> Sheet:
    given: dict[str, Any] = {"issuer": "UBND xã A", "date": PartialDate(year=year, month=1, day=15)}
    return Sheet(
        path=path,
        year=year,
        citations=[*bases],
        bases=[Rested(text=f"Căn cứ {one.text};", citations=[k]) for k, one in enumerate(bases)],
        **{**given, **values},
    )


LAW = cited("Luật ngày 15/6/2022", kind="Luật", verdict="in_force", cluster="luat")
OLD_LAW = cited("Luật ngày 26/11/2003", kind="Luật", verdict="expired", cluster="luat-2003")


def plan_of_year(year: int) -> Cited:
    return cited(f"Kế hoạch số 03/KH-UBND ngày 09/01/{year} về công tác năm {year}")


# -- copied


def test_bases_of_last_year_are_found() -> None:
    sheets = [
        sheet("24", 2024, LAW, plan_of_year(2024)),
        sheet("25", 2025, plan_of_year(2025), LAW),
        sheet("26", 2026, plan_of_year(2025), LAW),
        sheet("28", 2028, plan_of_year(2025), LAW),
        sheet("b25", 2025, LAW, plan_of_year(2025), issuer="UBND xã B"),
        sheet("c25", 2025, LAW, plan_of_year(2025), parent="HUYỆN C"),
    ]
    wordings = [one for one in map(wording_of, sheets) if one]
    found = {one.path: (one.how, one.previous) for one in find_copies(wordings)}
    assert found == {"25": ("but_dates", "24"), "26": ("word_for_word", "25")}
    assert wording_of(sheet("x", 2024, LAW, issuer=None)) is None
    assert wording_of(sheet("x", 2024)) is None


@pytest.mark.parametrize(
    ("text", "issued", "old"),
    [
        ("Kế hoạch số 03 ngày 09/01/2025", (2025, 1, 9), True),
        ("Kế hoạch số 03 ngày 16/01/2025", (2025, 1, 16), False),
        ("Kế hoạch số 03 năm 2024", (2024, None, None), True),
        ("Kế hoạch số 03 năm 2025", (2025, None, None), False),
        ("Kế hoạch số 03 giai đoạn 2021 - 2025", (2021, 1, 1), False),
        ("Kế hoạch 5 năm 2021-2025", (2021, 1, 1), False),
        ("Kế hoạch", None, False),
    ],
)
def test_yearly_papers_that_had_their_year(
    text: str, issued: tuple[int, int | None, int | None] | None, old: bool
) -> None:
    day = issued and PartialDate(year=issued[0], month=issued[1], day=issued[2])
    one = sheet("a", 2026, cited(text, date=day), LAW)
    assert [found.words for found in find_old_papers(one)] == ([text] if old else [])
    law = cited(text, kind="Nghị định", date=day)
    assert list(find_old_papers(sheet("a", 2026, law))) == []
    assert list(find_old_papers(sheet("a", 2026, cited(text, date=day), date=None))) == []


# -- counts


def counted(*sheets: Sheet) -> Report:
    report = Report()
    for one in sheets:
        report.take(one)
    return report


def test_counts() -> None:
    nested = LAW.model_copy(update={"nested": True})
    other = LAW.model_copy(update={"text": "Luật  15-6-2022", "where": "content"})
    report = counted(
        sheet("a", 2025, LAW, OLD_LAW, nested, other),
        sheet("b", 2024, LAW, issuer="UBND xã B"),
        sheet("c", 2026, issuer=None),
    )
    assert (report.documents, report.with_gone) == (3, 1)
    law = report.usages["luat"]
    assert (law.times, law.as_basis, law.documents) == (3, 2, 2)
    assert (law.first_year, law.last_year) == (2024, 2025)
    assert law.spellings == {"Luật ngày 15/6/2022": 2, "Luật  15-6-2022": 1}
    assert law.verdicts == {"in_force": 3}
    assert [cluster for cluster, _ in report.by_use()] == ["luat", "luat-2003"]
    assert [(one.name, one.gone, one.total) for one in report.by_year()] == [
        ("2024", 0, 1),
        ("2025", 1, 2),
    ]
    assert [(one.name, one.gone) for one in report.by_share()] == [("UBND xã A", 1)]
    assert report.bases().total == 3


def test_what_is_kept_does_not_grow_with_the_plans() -> None:
    """Some hundred bytes a plan, by which its bases are compared with those of other years."""
    report = counted(*(sheet(str(n), 2024, LAW, OLD_LAW) for n in range(100)))
    tracemalloc.start()
    for number in range(2000):
        report.take(sheet(f"documents/{number}.docx", 2024, LAW, OLD_LAW))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept / 2000 < 2500


# -- tables


def rows_of(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""))


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(begins: str) -> None:
    [[cell, number]] = rows_of(csv_line([f'{begins}HYPERLINK("x")', -3]))
    assert cell == f'\'{begins}HYPERLINK("x")'
    assert number == "-3"


def test_rows_have_the_columns_of_their_heads() -> None:
    one = sheet("a", 2026, LAW, cited(HOSTILE, date=PartialDate(year=2024)), number="=1+1")
    finding = Placed.model_validate(
        {"rule": "B01", "name": "n", "level": "error", "message": "a", "message_en": "b"}
        | {"locator": "c", "line": 3, "evidence": {"spans": [], "text": "=x\ny"}}
    )
    report = counted(one, sheet("b", 2026, LAW.model_copy(update={"text": "Luật khác"})))
    tables = {
        "instruments.csv": list(instrument_rows(report)),
        "issuers.csv": list(issuer_rows(report)),
        "citations.csv": list(citation_rows(one)),
        "variants.csv": list(variant_rows(report)),
        "copied.csv": [copied_row(found) for found in report.copied()],
        "findings.csv": list(finding_rows("a", [finding], "vi")),
    }
    assert tables.keys() == HEADS.keys()
    for name, rows in tables.items():
        assert rows, name
        for row in rows:
            assert len(row) == len(HEADS[name])
            [back] = rows_of(csv_line(row))
            assert not [cell for cell in back if cell.startswith(("=", "+", "@"))]
    assert [row[2] for row in tables["variants.csv"]] == ["Luật ngày 15/6/2022", "Luật khác"]
    assert tables["findings.csv"][0][-1] == "=x y"


def test_the_table_for_a_terminal() -> None:
    head, first, *_ = table_of(counted(sheet("a", 2026, LAW, OLD_LAW)), "vi", width=24)
    assert head == "Văn bản được viện dẫn        số lần    văn bản        năm     hết HL"
    assert first == "Luật ngày 15/6/2022               1          1       2026          0"


# -- charts and the page


def test_bars_say_their_figures() -> None:
    drawn = bars("Tên <b>", [Bar(HOSTILE * 3, 10, "10 lần"), Bar("b", 0, "0")])
    reader = read(drawn)
    assert not {"script", "img"} & reader.tags
    assert "10 lần" in reader.words
    assert 'width="0.0"' in drawn
    assert read(bars("Không", [])).words == "Không"


@pytest.mark.parametrize(
    ("label", "fitted"),
    [("Nghị định 98/2023/NĐ-CP", False), ("ỦY BAN NHÂN DÂN " * 3, True), ("W" * 200, True)],
)
def test_a_long_label_stays_within_the_drawing(label: str, fitted: bool) -> None:
    """In a wide font its beginning would stand out over the edge."""
    drawn = bars("Tên", [Bar(label, 1, "1")])
    found = regex.search(r'textLength="([\d.]+)"', drawn)
    assert bool(found) is fitted
    assert found is None or float(found[1]) <= 370


def test_stacks_are_as_high_as_their_parts() -> None:
    colours, names = {"a": "#111111", "b": "#222222"}, {"a": "một", "b": "hai"}
    drawn = stacks("Tên", [("2024", {"a": 3, "b": 1}), ("2025", {})], colours, names)
    assert 'height="187.5" fill="#111111"' in drawn
    assert 'height="62.5" fill="#222222"' in drawn
    assert "2024, một: 3" in read(drawn).words
    assert read(stacks("Không", [], colours, names)).words.startswith("Không")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page(lang: str) -> None:
    hostile = cited(HOSTILE, cluster="x", verdict="expired")
    sheets = [
        sheet(HOSTILE, 2025, LAW, OLD_LAW, hostile, issuer=HOSTILE, parent=HOSTILE),
        sheet("b", 2026, LAW, OLD_LAW, hostile, issuer=HOSTILE, parent=HOSTILE),
        sheet("c", 2026, cited("Kế hoạch ngày 01/01/2024", date=PartialDate(year=2024)), LAW),
    ]
    report = counted(*sheets)
    report.rules["B05"] = 3
    copied = list(report.copied())
    assert [one.how for one in copied] == ["word_for_word", "old_paper"]
    failed = [(f"{HOSTILE}.pdf", Unreadable("The file is empty."))]
    page = "".join(
        report_page(report, copied, rule_rows().values(), lang, failed=failed, today=TODAY)
    )
    reader = read(page)
    assert not {"script", "img"} & reader.tags
    assert not [name for name in reader.attributes if name.startswith("on")]
    assert not {"\x1b", "\u202e"} & set(page)
    assert "20/01/2026" in reader.words
    assert reader.words.count("B05") >= 1
    assert ("50,0 %" if lang == "vi" else "50.0 %") in reader.words
    assert 'href="copied.csv"' in page
    assert "The file is empty." in reader.words
    assert ("1 văn bản" if lang == "vi" else "1 could not") in reader.words


def test_issuers_are_told_with_what_they_rest_on() -> None:
    """One that names no basis is among them; those with most that had ended come first."""
    ended = cited("Luật x", cluster="x", verdict="expired")
    report = counted(
        sheet("a", 2026, LAW, issuer="UBND xã A"),
        sheet("b", 2026, LAW, ended, issuer="UBND xã B"),
        sheet("c", 2026, issuer="UBND xã C"),
        sheet("d", 2026, issuer="UBND xã C"),
        sheet("e", 2026, LAW, issuer="=1+1"),
    )
    rows = [list(row) for row in issuer_rows(report)]
    assert [row[:3] for row in rows] == [
        ["UBND xã B", 1, 2], ["UBND xã C", 2, 0], ["=1+1", 1, 1], ["UBND xã A", 1, 1],
    ]  # fmt: skip
    assert dict(zip(HEADS["issuers.csv"], rows[0], strict=True))["expired"] == 1
    assert csv_line(rows[2]).startswith("'=1+1,")
    page = "".join(report_page(report, [], rule_rows().values(), today=TODAY))
    assert "UBND xã C" in read(page).words


@pytest.mark.parametrize(("verdict", "told"), [("said_expired", True), ("expired", False)])
def test_the_page_says_what_is_only_said_to_have_ended(verdict: Any, told: bool) -> None:
    report = counted(sheet("a", 2026, LAW, cited("Luật x", cluster="x", verdict=verdict)))
    page = "".join(report_page(report, [], rule_rows().values(), today=TODAY))
    assert ("1 căn cứ chỉ được ghi là hết hiệu lực" in read(page).words) is told


def test_the_page_of_nothing() -> None:
    page = "".join(report_page(Report(), [], rule_rows().values(), today=TODAY))
    assert "Không thấy." in read(page).words
