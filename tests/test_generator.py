"""
The generator of plans: what it answers is printed, it repeats itself, its splits stay apart.
"""

import ast
import csv
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

import generate
import tdkt_parse
from generator.citing import canonical, print_date
from generator.compose import Made, compose, compose_at, open_desk
from generator.force import CHECKED, verdict, verdict_on
from generator.paper import Cell, Columns, Line, Paper, Table
from generator.periods import choose_quarters, choose_time, last_day, months_of, quarter_days
from generator.phrasebook import Split, all_rows, choose, choose_some, read_tables
from generator.said import Said, fill, join
from generator.setting import choose_setting
from generator.slips import respell
from generator.writers.parts import grid

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SPLITS: tuple[Split, ...] = get_args(Split)
MANY = 120


@pytest.fixture(scope="module", params=SPLITS)
def plans(request: pytest.FixtureRequest) -> list[Made]:
    return [compose(request.param, seed) for seed in range(MANY)]


def lines_of(paper: Paper) -> Iterator[str]:
    """Everything printed, line by line."""
    for block in paper.blocks:
        match block:
            case Line():
                yield block.text
            case Columns():
                yield from (line.text for line in (*block.left, *block.right))
            case Table():
                yield from (line for row in block.rows for cell in row for line in cell.lines)
    yield from (note.text for note in paper.notes)


def tables_of(paper: Paper) -> list[Table]:
    return [block for block in paper.blocks if isinstance(block, Table)]


def squeezed(text: str) -> str:
    """Without what a slip of typing adds or leaves out."""
    return "".join(text.split())


def printed(made: Made) -> str:
    return squeezed("\n".join(lines_of(made.paper)))


# ---------------------------------------------------------------- the same plan again


@pytest.mark.parametrize("split", SPLITS)
def test_a_seed_always_gives_the_same_plan(split: Split) -> None:
    for seed in range(8):
        assert compose(split, seed) == compose(split, seed)
    assert compose(split, 1) != compose(split, 2)


def test_splits_have_plans_of_their_own() -> None:
    assert compose("dev", 1).paper != compose("test", 1).paper


def test_the_order_of_sets_is_no_dice() -> None:
    program = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]);"
        "from generator.compose import compose;"
        "print(hashlib.sha256(repr([compose('test', s) for s in range(6)]).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program, str(CORPUS)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    here = repr([compose("test", seed) for seed in range(6)])
    assert found == {hashlib.sha256(here.encode()).hexdigest()}


# ---------------------------------------------------------------- rows and splits


def test_every_row_is_reached_and_no_development_paper_takes_one_of_the_test_split() -> None:
    rows = dict(all_rows())
    left = set(rows)
    for seed in range(3000):
        for split in SPLITS:
            desk = open_desk(split, seed)
            compose_at(desk)
            left -= desk.taken
            if split == "dev":
                assert {rows[place]["split"] for place in desk.taken} == {"both"}
        if not left:
            break
    assert not left


def test_sentences_of_the_test_split_are_never_printed_in_the_other() -> None:
    told = [
        squeezed(row["text"])
        for (name, key, _), row in all_rows()
        if row["split"] == "test"
        and "{" not in row["text"]
        and (name, key) in {("aims", "purposes"), ("aims", "requirements"), ("tasks", "tasks")}
    ]
    assert len(told) > 20
    for seed in range(MANY):
        text = printed(compose("dev", seed))
        assert not [one for one in told if one in text]


@pytest.mark.parametrize(
    ("name", "key", "least"),
    [
        ("places", "provinces", 40),
        ("places", "districts", 40),
        ("places", "communes", 40),
        ("tasks", "tasks", 60),
        ("tasks", "layouts", 16),
        ("aims", "purposes", 40),
        ("aims", "requirements", 40),
        ("implementing", "items", 40),
        ("issuers", "letterheads", 12),
        ("closing", "sentences", 12),
        ("closing", "signatures", 20),
        ("headings", "quarters", 15),
    ],
)
def test_tables_are_long_and_a_fifth_is_the_test_splits(name: str, key: str, least: int) -> None:
    rows = read_tables(name)[key]
    assert len(rows) >= least
    assert sum(row["split"] == "test" for row in rows) >= len(rows) / 5
    assert {row["split"] for row in rows} == {"both", "test"}


def test_each_role_has_many_headings() -> None:
    rows = read_tables("headings")["headings"]
    for role in {row["role"] for row in rows} - {"bases"}:
        mine = [row for row in rows if row["role"] == role]
        assert len({row["text"] for row in mine}) >= 15, role
        assert sum(row["split"] == "test" for row in mine) >= len(mine) / 4, role


def test_what_does_not_fit_is_no_row() -> None:
    with pytest.raises(ValueError, match=r"titles\.titles"):
        choose(open_desk("dev", 1), "titles", "titles", lambda _: False)


def test_rows_chosen_together_differ() -> None:
    rows = choose_some(open_desk("test", 5), "aims", "purposes", 30)
    assert len({row["text"] for row in rows}) == 30


# ---------------------------------------------------------------- what is answered is printed


def test_what_the_answer_says_is_printed(plans: list[Made]) -> None:
    for made in plans:
        text = printed(made)
        answer = made.answer
        said = [answer["title"], *answer["purpose"], *answer["requirements"], *answer["budget"]]
        said += [*answer["recipients"], *answer["footnotes"], *answer["appendices"]]
        said += [one["text"] for one in answer["implementation"] + answer["legal_bases"]]
        said += [one["text"] for one in answer["citations"]]
        said += [one["content"] for one in answer["tasks"]]
        said += [one["timing"]["text"] for one in answer["tasks"] if one["timing"]]
        said += [unit for one in answer["tasks"] for unit in one["lead"] + one["support"]]
        said += [answer["signature"]["role"], answer["signature"]["signer"], answer["issuer"]]
        for one in said:
            assert squeezed(one) in text, one


def test_the_head_prints_what_it_says(plans: list[Made]) -> None:
    for made in plans:
        answer = made.answer
        stands = "letterhead:none" not in made.traits
        assert (answer["place"] is not None) == stands
        if answer["number"]:
            plain = printed(made).replace("–", "-").replace("\u00d0", "Đ")
            assert answer["canonical"] in plain
        elif stands:
            assert answer["symbol"]
            assert answer["canonical"] is None


def test_citations_stand_where_their_words_do(plans: list[Made]) -> None:
    for made in plans:
        lines = [squeezed(line) for line in lines_of(made.paper)]
        for one in made.answer["citations"]:
            assert any(squeezed(one["text"]) in line for line in lines), one["text"]
            assert one["text"] == one["text"].strip(" .;,:")
            if one["number"]:
                number = f"{one['number']}/" if "/" not in one["symbol"] else one["number"]
                assert number in one["text"].replace(" ", "")


def test_nested_citations_stand_in_the_one_before_them(plans: list[Made]) -> None:
    count = 0
    for made in plans:
        outer: dict[str, Any] | None = None
        for one in made.answer["citations"]:
            if not one["nested"]:
                outer = one
                continue
            count += 1
            assert outer
            assert one["text"] in outer["title"]
    assert count > 20


def test_bases_cite_their_own_documents(plans: list[Made]) -> None:
    for made in plans:
        citations = made.answer["citations"]
        listed = [at for basis in made.answer["legal_bases"] for at in basis["citations"]]
        assert listed == sorted(set(listed))
        for basis in made.answer["legal_bases"]:
            for at in basis["citations"]:
                assert not citations[at]["nested"]
                assert citations[at]["text"] in basis["text"]
            if basis["verb"]:
                assert basis["text"].startswith(f"{basis['verb']} ")
        count = sum(not one["nested"] for one in citations if one["where"] == "legal_bases")
        if "bases:section" not in made.traits:
            assert len(listed) == count


def test_sections_number_on(plans: list[Made]) -> None:
    roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
    for made in plans:
        labels = [one["label"].removeprefix("Phần ") for one in made.answer["sections"]]
        count = len(labels)
        allowed = (roman, "ABCDĐEGH", "ABCDEFGH", "12345678")
        assert any(labels == list(row[:count]) for row in allowed), labels
        assert made.answer["sections"][-1]["role"] == "implementation"


def test_tables_fill_their_grid(plans: list[Made]) -> None:
    layouts = set()
    for made in plans:
        layouts |= {trait for trait in made.traits if trait.startswith("table:")}
        for table in tables_of(made.paper):
            assert len(grid(table)) == len(table.rows)  # It raises where cells are amiss.
            assert abs(sum(table.widths) - 1) < 1e-6
            assert all(table.header < at < len(table.rows) for at in table.breaks)
    assert len(layouts) >= 10


def test_tasks_of_a_table_are_its_rows() -> None:
    """Ordinals and contents beside each other, as one who reads the table would."""
    checked = 0
    for seed in range(60):
        made = compose("dev", seed)
        if "table:support" not in made.traits or "appendix:tasks" in made.traits:
            continue
        table = tables_of(made.paper)[0]
        rows = [row for row in table.rows[1:] if row[0].columns == 1]
        for row, task in zip(rows, made.answer["tasks"], strict=True):
            assert row[0].lines == ((task["ordinal"],) if task["ordinal"] else ())
            assert row[1] == Cell((task["content"],), align="justify")
            checked += 1
    assert checked


def test_undivided_aims_are_all_purpose(plans: list[Made]) -> None:
    for made in plans:
        if "aims:undivided" in made.traits:
            assert made.answer["purpose"]
            assert not made.answer["requirements"]


# ---------------------------------------------------------------- times and facts


def test_timings_are_days_in_order(plans: list[Made]) -> None:
    for made in plans:
        for one in made.answer["tasks"]:
            when = one["timing"]
            if when and when["start"] and when["end"]:
                assert date.fromisoformat(when["start"]) <= date.fromisoformat(when["end"])


@pytest.mark.parametrize(
    ("kind", "start", "end", "recurrence"),
    [
        ("month", True, True, None),
        ("months", True, True, None),
        ("day", True, True, None),
        ("days", True, True, None),
        ("weekly", False, False, "weekly"),
        ("until", False, True, None),
        ("until_month", False, True, None),
        ("from_quarter", True, False, None),
        ("all_year", True, True, "continuous"),
        ("words", False, False, None),
        ("quarterly", False, False, "quarterly"),
        ("monthly", False, False, "monthly"),
        ("yearly", False, False, "yearly"),
        ("continuous", False, False, "continuous"),
    ],
)
def test_each_kind_of_time_has_its_days(
    kind: str, start: bool, end: bool, recurrence: str | None
) -> None:
    found = 0
    for seed in range(400):
        desk = open_desk("test", seed)
        setting, _ = choose_setting(desk)
        desk.traits.clear()
        said, value = choose_time(desk, setting, [2])
        if f"time:{kind}" in desk.traits:
            found += 1
            assert said.text == value["text"]
            got = (value["start"] is not None, value["end"] is not None, value["recurrence"])
            assert got == (start, end, recurrence)
    assert found


def test_quarters_have_their_days() -> None:
    assert quarter_days(2, 3, 2024) == (date(2024, 4, 1), date(2024, 9, 30))
    assert last_day(2024, 2) == date(2024, 2, 29)
    assert months_of([1, 4]) == [1, 2, 3, 10, 11, 12]
    desk = open_desk("dev", 3)
    setting, _ = choose_setting(desk)
    text, quarters, value = choose_quarters(desk, setting)
    assert value["start"] == f"{setting.year}-{quarters[0] * 3 - 2:02}-01"
    assert value["text"] == text


def test_dates_are_printed_as_the_day_they_are() -> None:
    for seed in range(60):
        text = print_date(open_desk("test", seed), date(2019, 3, 7))
        digits = [int(part) for part in "".join(c if c.isdigit() else " " for c in text).split()]
        assert digits == [7, 3, 2019]


LAPSED = {"bases:old_law", "bases:ended", "bases:early", "bases:unsigned", "bases:within"}
"""Traits of plans that rest on an act which others of that day do not."""


def test_acts_are_those_of_their_time(plans: list[Made]) -> None:
    rows = {
        (row["text"], row["serial"], row["symbol"]): row
        for row in read_tables("instruments")["instruments"]
    }
    seen = 0
    for made in plans:
        when = made.answer["date"]
        if not when or not when["day"] or LAPSED.intersection(made.traits):
            continue
        day = date(when["year"], when["month"], when["day"]).isoformat()
        for one in made.answer["citations"]:
            row = rows.get((one["kind"], one["number"], one["symbol"]))
            if row and one["resolved"] and not one["nested"]:
                seen += 1
                assert row["since"] <= day <= row["until"], one["text"]
    assert seen > 20


def test_some_plans_rest_on_what_is_not_in_force() -> None:
    shown: set[str] = set()
    lapsed = 0
    for seed in range(400):
        made = compose("test", seed)
        found = {one.get("verdict") for one in made.answer["citations"]}
        shown.update(one for one in found if one)
        lapsed += bool(found & {"not_yet", "expired", "said_expired"})
    assert shown == {"in_force", "not_yet", "expired", "said_expired", "unknown", "possible"}
    assert 0.08 <= lapsed / 400 <= 0.16


def test_verdicts_are_of_citations_in_bases_alone(plans: list[Made]) -> None:
    for made in plans:
        listed = {at for basis in made.answer["legal_bases"] for at in basis["citations"]}
        for at, one in enumerate(made.answer["citations"]):
            assert ("verdict" in one) == (at in listed)
            if one.get("verdict"):
                assert one["resolved"]
                assert made.answer["date"]


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        ({"effective": "2024-01-01"}, date(2024, 1, 1), "in_force"),
        ({"effective": "2024-01-01"}, CHECKED, "in_force"),
        ({"effective": "2024-01-01"}, date(2026, 11, 21), "unknown"),
        ({"effective": "2024-01-01", "verified": False}, date(2024, 1, 1), "unknown"),
        ({"effective": "2024-01-01", "replaced": "1/2025/NĐ-CP"}, date(2024, 1, 1), "unknown"),
        ({"effective": "2024-01-01"}, date(2023, 12, 31), "not_yet"),
        ({}, date(2023, 6, 15), "unknown"),
        ({}, date(2023, 6, 14), "not_yet"),
        ({"effective": "2024-01-01", "expired": "2025-01-01"}, date(2024, 12, 31), "in_force"),
        ({"effective": "2024-01-01", "expired": "2025-01-01"}, date(2025, 1, 1), "expired"),
        (
            {"effective": "2024-01-01", "expired": "2025-01-01", "end_verified": False},
            date(2025, 1, 1),
            "said_expired",
        ),
    ],
)
def test_an_act_is_in_force_from_its_day_to_its_end(
    facts: dict[str, Any], day: date, expected: str
) -> None:
    row = {"date": "2023-06-15", **facts}
    assert verdict_on(row, day) == expected
    assert verdict(row, {"year": day.year, "month": day.month, "day": day.day}) == expected
    assert verdict({**row, "known": False}, {"year": 2024, "month": 1, "day": 1}) is None


def test_a_blank_day_leaves_open_what_changes_in_its_month() -> None:
    row = {"date": "2024-02-24", "effective": "2024-04-15"}
    assert verdict(row, {"year": 2024, "month": 4, "day": None}) == "possible"
    assert verdict(row, {"year": 2024, "month": 5, "day": None}) == "in_force"
    assert verdict(row, None) is None


def test_references_point_back_at_a_document_named_before(plans: list[Made]) -> None:
    count = 0
    for made in plans:
        lines = [squeezed(line) for line in lines_of(made.paper)]
        named = {one["resolved"] for one in made.answer["citations"]}
        for one in made.answer["references"]:
            count += 1
            assert one["resolved"] in named
            assert any(squeezed(one["text"]) in line for line in lines)
    assert count > 10


def test_relations_lead_to_a_citation_before(plans: list[Made]) -> None:
    kinds = set()
    for made in plans:
        citations = made.answer["citations"]
        for at, one in enumerate(citations):
            assert bool(one["nested"]) <= bool(one["relation"])
            if one["relation"]:
                kinds.add(str(one["relation"]["kind"]))
                assert one["relation"]["to"] < at
                if one["nested"]:
                    assert one["text"] in citations[one["relation"]["to"]]["title"]
    assert {"details", "amends", "amended_by"} <= kinds


def test_what_is_left_open_says_too_little(plans: list[Made]) -> None:
    seen = 0
    for made in plans:
        for one in made.answer["citations"]:
            if one.get("open"):
                seen += 1
                assert one["resolved"]
                assert not one["date"]
                assert not one["year"]
                assert one["kind"] == "Luật" or not one["title"]
    assert seen


def test_facts_of_acts_are_those_of_the_register() -> None:
    """Two files written apart, from the same sources: what differs is wrong in one of them."""
    register = Path(tdkt_parse.__file__).parent / "data" / "instruments.csv"
    with register.open(encoding="utf-8", newline="") as file:
        known = {row["number"]: row for row in csv.DictReader(file)}
    for row in read_tables("instruments")["instruments"]:
        found = known.get(canonical(row))
        assert bool(found) == row.get("known", True), row["key"]
        if not found:
            continue
        ends = "expired" not in found["unverified"]
        assert (found["kind"], found["issued"]) == (row["text"], row["date"]), row["key"]
        assert found["effective"] == row.get("effective", ""), row["key"]
        assert found["expired"] == row.get("expired", ""), row["key"]
        assert found["replaced_by"] == row.get("replaced", ""), row["key"]
        assert (found["verified"] == "yes") == row.get("verified", True), row["key"]
        assert ends == row.get("end_verified", True), row["key"]
        assert found["checked_on"] == CHECKED.isoformat(), row["key"]


def test_no_district_issues_or_is_named_after_june_2025(plans: list[Made]) -> None:
    seen = 0
    for made in plans:
        if made.answer["years"][0] >= 2026:
            seen += 1
            assert "huyện" not in printed(made)
            assert "thịtrấn" not in printed(made)
    assert seen


# ---------------------------------------------------------------- pieces


def test_words_and_citations_are_joined_in_their_order() -> None:
    one, other = Said("A", ({"n": 1},)), Said("B", ({"n": 2},))
    assert fill("{b}, {a} {c}", {"a": one, "b": other, "c": "d"}) == Said(
        "B, A d", ({"n": 2}, {"n": 1})
    )
    assert join([one, other], "; ") == Said("A; B", ({"n": 1}, {"n": 2}))
    with pytest.raises(KeyError):
        fill("{x}", {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [("hòa thủy ỦY BAN", "hoà thuỷ UỶ BAN"), ("quý, quỹ, toàn, hoàn", "quý, quỹ, toàn, hoàn")],
)
def test_tone_marks_move_in_open_syllables_alone(text: str, expected: str) -> None:
    assert respell(text) == expected


def test_nothing_of_the_parser_is_imported() -> None:
    """Only the standard library; and what draws files, in the writers."""
    allowed = {*sys.stdlib_module_names, "generator", "docx", "PIL", "pypdfium2"}
    paths = [CORPUS / "generate.py", *(CORPUS / "generator").rglob("*.py")]
    assert len(paths) > 10
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert not node.level
                names = [node.module or ""]
            for name in names:
                assert name.partition(".")[0] in allowed, f"{path.name} imports {name}"


# ---------------------------------------------------------------- the command


def test_the_command_writes_documents_beside_their_answers(tmp_path: Path) -> None:
    arguments = ["--split", "test", "--count", "2", "--seed", "7", "-o", str(tmp_path)]
    assert generate.main([*arguments, "--format", "text,markdown,docx,ocr2"]) == 0
    found = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*"))
    assert found == [
        "docx/0000.docx",
        "docx/0001.docx",
        "gold/0000.json",
        "gold/0001.json",
        "markdown/0000.md",
        "markdown/0001.md",
        "ocr2/0000.txt",
        "ocr2/0001.txt",
        "text/0000.txt",
        "text/0001.txt",
        "traits.json",
    ]
    answer = json.loads((tmp_path / "gold/0001.json").read_text(encoding="utf-8"))
    assert answer == json.loads(json.dumps(compose("test", 8).answer))
    traits = json.loads((tmp_path / "traits.json").read_text(encoding="utf-8"))
    assert traits["0000"] == list(compose("test", 7).traits)
    before = (tmp_path / "text/0000.txt").read_bytes()
    assert generate.main([*arguments, "--format", "text"]) == 0
    assert (tmp_path / "text/0000.txt").read_bytes() == before


def test_an_unknown_format_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        generate.main(["--format", "text,odt", "-o", str(tmp_path)])
    assert stopped.value.code == 2
    assert "no such format: odt" in capsys.readouterr().err


def test_what_is_not_installed_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    arguments = ["--count", "1", "--format", "pdf", "-o", str(tmp_path / "out")]
    assert generate.main(arguments) == 1
    assert "LibreOffice" in capsys.readouterr().err
    assert (tmp_path / "out" / "gold" / "0000.json").exists()
