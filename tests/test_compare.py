"""``tdkt_parse.compare``: which task is which, what changed, and the chain of plans."""

import json
from collections.abc import Sequence
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import plan_pairs
from tdkt_parse.compare import chain_of, compare_plans
from tdkt_parse.compare.chain import Chain
from tdkt_parse.compare.differences import BasisChange, Changed
from tdkt_parse.compare.drawing import svg_of
from tdkt_parse.compare.graphs import dot_of, graphml_of, table_of
from tdkt_parse.compare.matching import LIKE, _assign, folded, pair_tasks
from tdkt_parse.compare.said import lines_of, markdown_of
from tdkt_parse.compare.words import Apart, Short, are_apart, comparing_rows, marks_of
from tdkt_parse.models import (
    Citation,
    DocNumber,
    Evidence,
    Issuer,
    LegalBasis,
    PartialDate,
    Plan,
    PlanDate,
    PlanNumber,
    Resolved,
    Source,
    Task,
    Text,
    Timing,
)
from tdkt_parse.register import packaged_register

NOWHERE = Evidence(spans=[], text="")


def task(
    content: str,
    quarters: Sequence[int] = (),
    lead: Sequence[str] = (),
    timing: Timing | None = None,
) -> Task:
    return Task(
        content=content, quarters=[*quarters], lead=[*lead], timing=timing, evidence=NOWHERE
    )


def plan(
    year: int,
    tasks: Sequence[Task] = (),
    cited: Sequence[Citation] = (),
    *,
    number: str | None = None,
    issuer: str | None = None,
    day: tuple[int | None, int | None, int | None] | None = None,
    verb: str = "Căn cứ",
    title: str | None = None,
) -> Plan:
    said = f"{year} {number} {issuer} {day} {title}"
    return Plan(
        source=Source(
            name="a", sha256=f"{abs(hash(said)):064}"[:64], media_type="text/plain", reader="text"
        ),
        kind="Kế hoạch",
        number=PlanNumber(canonical=number, evidence=NOWHERE) if number else None,
        issuer=Issuer(name=issuer, evidence=NOWHERE) if issuer else None,
        date=PlanDate(year=day[0], month=day[1], day=day[2], evidence=NOWHERE) if day else None,
        title=Text(text=title, evidence=NOWHERE) if title else None,
        years=[year],
        tasks=[*tasks],
        citations=[*cited],
        legal_bases=[LegalBasis(verb=verb, text="", citations=[at], evidence=NOWHERE)
                     for at in range(len(cited))],
    )  # fmt: skip


def cites(
    number: str | None,
    issuer: str | None = None,
    day: tuple[int | None, int | None, int | None] | None = None,
    *,
    kind: str = "Kế hoạch",
    title: str | None = None,
    resolved: str | None = None,
    text: str = "",
) -> Citation:
    return Citation(
        kind=kind,
        number=DocNumber(canonical=number) if number else None,
        issuer=issuer,
        date=PartialDate(year=day[0], month=day[1], day=day[2]) if day else None,
        title=title,
        resolved=Resolved(id=resolved) if resolved else None,
        evidence=Evidence(spans=[], text=text or f"{kind} {number}"),
    )


# -- which task is which

SAME = (
    ("Tổng kết công tác thi đua, khen thưởng năm 2023", "Tổng kết công tác TĐKT năm 2024."),
    ("Ký kết giao ước thi đua năm 2023", "Tổ chức ký kết giao ước thi đua năm 2024"),
    ("Nộp báo cáo trước ngày 15/11/2023", "Nộp báo cáo trước ngày 20/11/2024"),
    ("Kỷ niệm 84 năm ngày khởi nghĩa Bắc Sơn", "Kỷ niệm 85 năm ngày khởi nghĩa Bắc Sơn"),
    ("UỶ BAN nhân dân xã họp xét khen thưởng", "UBND xã họp xét khen thưởng"),
)
OTHERS = (
    ("Sơ kết phong trào thi đua yêu nước", "Tổng kết phong trào thi đua yêu nước"),
    ("Phát động phong trào thi đua năm 2023", "Tổng kết phong trào thi đua năm 2024"),
    ("Họp giao ban khối thi đua quý I", "Họp giao ban khối thi đua quý II"),
    ("Ký kết giao ước thi đua", "Bồi dưỡng nghiệp vụ cho cán bộ mới"),
    ("Trình khen thưởng cấp tỉnh", "Trang bị phần mềm quản lý hồ sơ"),
)


@pytest.mark.parametrize(("old", "new"), SAME)
def test_a_task_is_known_again(old: str, new: str) -> None:
    assert [(p.old, p.new) for p in pair_tasks([task(old)], [task(new)]) or ()] == [(0, 0)]


@pytest.mark.parametrize(("old", "new"), OTHERS)
def test_another_task_is_another(old: str, new: str) -> None:
    assert pair_tasks([task(old)], [task(new)]) == []


def test_the_liker_one_gets_it() -> None:
    old = [task("Báo cáo kết quả phong trào"), task("Báo cáo kết quả phong trào thi đua quân sự")]
    new = [task("Báo cáo kết quả phong trào thi đua quân sự địa phương"), task("Báo cáo kết quả")]
    assert [(p.old, p.new) for p in pair_tasks(old, new) or ()] == [(1, 0), (0, 1)]


def test_the_same_words_in_each_quarter() -> None:
    """Which of four alike is which, the quarter says, and then the place."""
    old = [task("Báo cáo kết quả thi đua", [q]) for q in (1, 2, 3, 4)]
    new = [task("Báo cáo kết quả thi đua", [q]) for q in (2, 1, 4, 3)]
    assert {(p.old, p.new) for p in pair_tasks(old, new) or ()} == {(1, 0), (0, 1), (3, 2), (2, 3)}


def test_no_task_is_two() -> None:
    old, new = [task("Báo cáo kết quả")] * 3, [task("Báo cáo kết quả")] * 5
    pairs = pair_tasks(old, new) or []
    assert len(pairs) == 3
    assert len({p.old for p in pairs}) == len({p.new for p in pairs}) == 3


def test_empty_plans() -> None:
    assert pair_tasks([], []) == pair_tasks([task("a")], []) == []


def test_too_many_tasks_are_not_compared_and_it_is_said() -> None:
    many = [task(f"việc {n}") for n in range(1001)]
    found = compare_plans(plan(2023, many), plan(2024, many), packaged_register())
    assert found.notes == ["too_many_tasks"]
    assert not found.tasks
    assert any("quá nhiều" in line for line in lines_of(found, "vi"))


def test_hundreds_of_tasks_that_are_all_alike() -> None:
    many = [task("Báo cáo kết quả") for _ in range(300)]
    assert [(p.old, p.new) for p in pair_tasks(many, many) or ()] == [(n, n) for n in range(300)]


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=4))
def test_the_best_way_is_the_best(costs: list[list[int]]) -> None:
    rows, columns = len(costs), 3
    chosen = _assign([[float(cost) for cost in row] for row in costs])
    assert len(chosen) == min(rows, columns)
    long, short = max(rows, columns), min(rows, columns)
    least = min(
        sum(costs[r][c] if rows <= columns else costs[c][r] for r, c in enumerate(way))
        for way in permutations(range(long), short)
    )
    assert sum(costs[r][c] for r, c in chosen) == least


@given(st.text())
def test_any_text_can_be_folded(text: str) -> None:
    assert folded(text) == folded(text.strip())


@pytest.mark.parametrize("row", comparing_rows().apart, ids=lambda row: row.words[0])
def test_words_that_tell_tasks_apart(row: Apart) -> None:
    first, second = row.examples[:2]
    assert are_apart(marks_of(folded(first)), marks_of(folded(second)))
    assert not are_apart(marks_of(folded(first)), marks_of(folded(first)))


@pytest.mark.parametrize("row", comparing_rows().short, ids=lambda row: row.name)
def test_short_names_are_the_long(row: Short) -> None:
    for short in row.short:
        assert folded(f"nhiệm vụ {short} của xã") == folded(f"nhiệm vụ {row.name} của xã")
    for example in row.examples:
        assert any(short in example for short in row.short)


# -- what changed


def timing(end: str | None = None, start: str | None = None, text: str = "x") -> Timing:
    return Timing(text=text, start=start, end=end)


CHANGES: tuple[tuple[str, Task, Task, list[Changed]], ...] = (
    ("years alone", task("Tổng kết năm 2023"), task("Tổng kết năm 2024"), []),
    ("moved", task("a b c", [1]), task("a b c", [2]), ["quarters"]),
    ("order of quarters", task("a", [1, 2]), task("a", [2, 1]), []),
    ("lead", task("a", lead=["Văn phòng"]), task("a", lead=["Công an xã"]), ["lead"]),
    ("spelling of a lead", task("a", lead=["Ủy ban nhân dân xã"]), task("a", lead=["UBND xã"]), []),
    ("order of leads", task("a", lead=["X", "Y"]), task("a", lead=["Y", "X"]), []),
    (
        "same day",
        task("a", timing=timing("2023-03-15")),
        task("a", timing=timing("2024-03-15")),
        [],
    ),
    (
        "end of February",
        task("a", timing=timing("2023-02-28")),
        task("a", timing=timing("2024-02-29")),
        [],
    ),
    (
        "next year's January",
        task("a", timing=timing("2024-01-15")),
        task("a", timing=timing("2025-01-15")),
        [],
    ),
    (
        "another day",
        task("a", timing=timing("2023-03-15")),
        task("a", timing=timing("2024-03-20")),
        ["deadline"],
    ),
    (
        "the old year was left",
        task("a", timing=timing("2023-03-15")),
        task("a", timing=timing("2023-03-15")),
        ["deadline"],
    ),
    ("a deadline that is new", task("a"), task("a", timing=timing("2024-03-20")), ["deadline"]),
    (
        "words of no day",
        task("a", timing=timing(text="Theo quy định")),
        task("a", timing=timing(text="theo quy định")),
        [],
    ),
    ("wording", task("Họp xét khen thưởng"), task("Họp bàn xét khen thưởng"), ["wording"]),
)


@pytest.mark.parametrize(("name", "old", "new", "changes"), CHANGES, ids=lambda one: str(one)[:25])
def test_what_changed(name: str, old: Task, new: Task, changes: list[Changed]) -> None:
    found = compare_plans(plan(2023, [old]), plan(2024, [new]), packaged_register())
    (one,) = found.tasks
    assert one.old is not None
    assert one.new is not None
    assert one.changes == changes
    assert found.differs is bool(changes)


def test_without_years_days_are_compared() -> None:
    old, new = (plan(year, [task("a", timing=timing(f"{year}-03-15"))]) for year in (2023, 2024))
    old = old.model_copy(update={"years": []})
    assert not compare_plans(old, new, packaged_register()).differs


BASES: tuple[tuple[str, Citation | None, Citation | None, BasisChange], ...] = (
    (
        "the same, with a zero more",
        cites("06/2022/QH15", resolved="06/2022/QH15"),
        cites("6/2022/QH15", resolved="06/2022/QH15"),
        "kept",
    ),
    (
        "replaced, as the register says",
        cites("91/2017/NĐ-CP", resolved="91/2017/NĐ-CP", kind="Nghị định"),
        cites("98/2023/NĐ-CP", resolved="98/2023/NĐ-CP", kind="Nghị định"),
        "replaced",
    ),
    (
        "last year's plan of the district",
        cites("03/KH-UBND", "UBND huyện X", (2023, 1, 9), title="công tác TĐKT năm 2023"),
        cites(
            "05/KH-UBND", "Ủy ban nhân dân huyện X", (2024, 1, 8), title="công tác TĐKT năm 2024"
        ),
        "renewed",
    ),
    ("new", None, cites("12/QĐ-UBND", kind="Quyết định"), "added"),
    ("gone", cites("12/QĐ-UBND", kind="Quyết định"), None, "dropped"),
)


@pytest.mark.parametrize(("name", "old", "new", "change"), BASES, ids=lambda one: str(one)[:25])
def test_what_became_of_a_basis(
    name: str, old: Citation | None, new: Citation | None, change: BasisChange
) -> None:
    found = compare_plans(
        plan(2023, cited=[old] if old else []),
        plan(2024, cited=[new] if new else []),
        packaged_register(),
    )
    assert [one.change for one in found.bases] == [change]
    assert (found.bases[0].old is None, found.bases[0].new is None) == (old is None, new is None)


def test_bases_that_have_nothing_to_do_with_one_another() -> None:
    """The reverse of a replacement, another organ's plan, a number of another day."""
    for old, new in (
        (cites(None, resolved="98/2023/NĐ-CP"), cites(None, resolved="91/2017/NĐ-CP")),
        (
            cites("03/KH-UBND", "UBND huyện X", (2023, 1, 9), title="TĐKT năm 2023"),
            cites("05/KH-UBND", "UBND huyện Y", (2024, 1, 8), title="TĐKT năm 2024"),
        ),
        (cites("03/KH-UBND", day=(2023, 1, 9)), cites("03/KH-UBND", day=(2024, 1, 9))),
    ):
        found = compare_plans(plan(2023, cited=[old]), plan(2024, cited=[new]), packaged_register())
        assert [one.change for one in found.bases] == ["added", "dropped"]


def test_what_is_dropped_tells_what_replaced_it() -> None:
    old = cites("91/2017/NĐ-CP", resolved="91/2017/NĐ-CP", kind="Nghị định")
    found = compare_plans(plan(2023, cited=[old]), plan(2024), packaged_register())
    assert "98/2023/NĐ-CP" in found.bases[0].replaced_by
    assert any("theo sổ văn bản, thay bởi 98/2023/NĐ-CP" in line for line in lines_of(found, "vi"))


def test_a_citation_that_points_nowhere_is_left_out() -> None:
    broken = plan(2023).model_copy(
        update={"legal_bases": [LegalBasis(text="x", citations=[7], evidence=NOWHERE)]}
    )
    assert compare_plans(broken, broken, packaged_register()).bases == []


def test_the_benchmark_is_what_it_was() -> None:
    """A floor under the figures of docs/compare.md."""
    counts = plan_pairs.measure(plan_pairs.edited_pairs("test", 40, 1), LIKE)
    right, extra, missed = (c["pair"] for c in (counts.right, counts.extra, counts.missed))
    assert right > 200
    assert right / (right + extra) > 0.94
    assert right / (right + missed) > 0.96


# -- the chain

PROVINCE = plan(2024, number="15/KH-UBND", issuer="UBND tỉnh Lạng Sơn", day=(2024, 1, 3))
DISTRICT = plan(
    2024,
    cited=[cites("15/KH-UBND", "Ủy ban nhân dân tỉnh Lạng Sơn", (2024, 1, 3))],
    number="03/KH-UBND",
    issuer="UBND huyện Bắc Sơn",
    day=(2024, 1, 9),
    verb="Thực hiện",
)


def commune(*cited: Citation, name: str = "Tân Lập") -> Plan:
    return plan(2024, cited=cited, number="05/KH-UBND", issuer=f"UBND xã {name}", day=(2024, 1, 15))


def chain(*plans: Plan, all_kinds: bool = False) -> Chain:
    return chain_of([(f"{n}.txt", one) for n, one in enumerate(plans)], all_kinds=all_kinds)


def edges_of(found: Chain) -> set[tuple[str, str, str]]:
    return {(edge.source, edge.target, edge.how) for edge in found.edges}


def test_up_the_levels() -> None:
    found = chain(PROVINCE, DISTRICT, commune(cites("3/KH-UBND", "UBND huyện Bắc Sơn")))
    assert edges_of(found) == {("p2", "p1", "implements"), ("p3", "p2", "cites")}
    assert [node.files for node in found.nodes] == [("0.txt",), ("1.txt",), ("2.txt",)]
    assert list(table_of(found, "vi")) == [
        "Kế hoạch 05/KH-UBND (UBND xã Tân Lập, 15/01/2024) [2.txt]",
        "  → căn cứ: Kế hoạch 03/KH-UBND (UBND huyện Bắc Sơn, 09/01/2024) [1.txt]",
        "    → thực hiện: Kế hoạch 15/KH-UBND (UBND tỉnh Lạng Sơn, 03/01/2024) [0.txt]",
    ]


@pytest.mark.parametrize(
    "cited",
    [
        cites("03/KH-UBND", "UBND huyện Chi Lăng", (2024, 1, 9)),
        cites("03/KH-UBND", "UBND huyện Bắc Sơn", (2023, 1, 9)),
        cites("03/KH-UBND", None, (2024, 2, None)),
        cites("30/KH-UBND", "UBND huyện Bắc Sơn", (2024, 1, 9)),
        cites(None, "UBND huyện Bắc Sơn", (2024, 1, 9), title="công tác thi đua"),
    ],
)
def test_what_speaks_against_it_is_believed(cited: Citation) -> None:
    found = chain(DISTRICT, commune(cited))
    assert ("p2", "p1") not in {(edge.source, edge.target) for edge in found.edges}
    assert not found.nodes[-1].files
    assert not found.nodes[-1].candidates


def test_a_number_alone_is_not_enough() -> None:
    found = chain(DISTRICT, commune(cites("03/KH-UBND")))
    node = found.nodes[-1]
    assert not node.files
    assert node.candidates == ("p1",)
    assert "có thể là Kế hoạch 03/KH-UBND" in "\n".join(table_of(found, "vi"))


def test_of_two_neither_is_taken() -> None:
    other = DISTRICT.model_copy(update={"issuer": Issuer(name="UBND huyện", evidence=NOWHERE)})
    found = chain(DISTRICT, other, commune(cites("03/KH-UBND", None, (2024, 1, 9))))
    (node,) = (one for one in found.nodes if one.number == "03/KH-UBND" and not one.files)
    assert node.candidates == ("p1", "p2")


def test_one_plan_in_two_files_is_one() -> None:
    found = chain(DISTRICT, DISTRICT)
    assert [node.files for node in found.nodes if node.files] == [("0.txt", "1.txt")]


def test_one_document_that_two_plans_cite_is_one() -> None:
    cited = cites("88/KH-UBND", "UBND huyện Bắc Sơn", (2024, 1, 9))
    found = chain(commune(cited), commune(cited, name="Vũ Lễ"))
    assert len(found.nodes) == 3
    bare = cites("88/KH-UBND")
    assert len(chain(commune(bare), commune(bare, name="Vũ Lễ")).nodes) == 4


def test_plans_alone_unless_all_are_asked_for() -> None:
    law = cites("06/2022/QH15", kind="Luật", resolved="06/2022/QH15")
    assert len(chain(commune(law)).nodes) == 1
    assert len(chain(commune(law), all_kinds=True).nodes) == 2


def test_a_circle_ends() -> None:
    one = plan(
        2024, cited=[cites("2/KH-A", "B", (2024, 1, 2))], number="1/KH-A", issuer="A",
        day=(2024, 1, 1),
    )  # fmt: skip
    other = plan(
        2024, cited=[cites("1/KH-A", "A", (2024, 1, 1))], number="2/KH-A", issuer="B",
        day=(2024, 1, 2),
    )  # fmt: skip
    found = chain(one, other)
    assert edges_of(found) == {("p1", "p2", "cites"), ("p2", "p1", "cites")}
    assert any("vòng tròn" in line for line in table_of(found, "vi"))
    etree.fromstring(svg_of(found, "vi").encode())


def test_a_long_chain_ends() -> None:
    plans = [
        plan(
            2024,
            cited=[cites(f"{n + 1}/KH-A", "A", (2024, 1, 1))],
            number=f"{n}/KH-A",
            issuer="A",
            day=(2024, 1, 1),
        )
        for n in range(1, 3000)
    ]
    found = chain(*plans)
    assert len(found.nodes) == 3000
    assert len(list(table_of(found, "vi"))) > 2000
    svg_of(found, "vi")


def test_no_plans() -> None:
    assert list(table_of(Chain(), "vi")) == ["Không có kế hoạch nào."]
    etree.fromstring(svg_of(Chain(), "vi").encode())
    etree.fromstring(graphml_of(Chain(), "vi").encode())


# -- hostile words

HOSTILE = (
    "<script>alert(1)</script>",
    '"><image href="http://evil.example/x.png"/>',
    "]]></data><node id='x'/>",
    '"; evil [URL="javascript:alert(1)"]; //',
    "a\\",
    "\\N\\G\\l",
    "\x00\x1b[2J\u202ex\ufffe",
    "&lt;b&gt; &amp; &#0;",
    "x\ny\r\nz",
    "{x|y}<f0>",
    "ầ" * 5000,
)


def hostile_chain(text: str) -> Chain:
    cited = cites(text, text, (2024, 1, 2), title=text, text=text)
    unnumbered = cites(None, text, title=text, text=text)
    first = plan(
        2024, cited=[cited, unnumbered], number=text, issuer=text, day=(2024, 1, 1), title=text
    )
    return chain_of([(text, first), ("b", DISTRICT)], all_kinds=True)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words_in_a_drawing(text: str) -> None:
    root = etree.fromstring(svg_of(hostile_chain(text), "vi").encode())
    names = {etree.QName(one).localname for one in root.iter("{*}*")}
    assert names <= {"svg", "title", "rect", "defs", "marker", "path", "g", "text"}
    for one in root.iter("{*}*"):
        assert not [name for name in map(str, one.attrib) if name[:2] == "on" or "href" in name]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words_in_graphml(text: str) -> None:
    found = hostile_chain(text)
    root = etree.fromstring(graphml_of(found, "vi").encode())
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(root.findall(f".//{space}node")) == len(found.nodes)
    assert len(root.findall(f".//{space}edge")) == len(found.edges)
    assert {etree.QName(one).localname for one in root.iter("{*}*")} == {
        "graphml", "key", "graph", "node", "edge", "data",
    }  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words_in_dot(text: str) -> None:
    found = hostile_chain(text)
    printed = dot_of(found, "vi")
    statements = unquoted(printed)
    # Outside of quotes stands nothing but what is ours, and no quote is left open.
    assert "evil" not in statements
    assert statements.count("[label=") == len(found.nodes) + len(found.edges)
    assert statements.count("->") == len(found.edges)


def unquoted(printed: str) -> str:
    """DOT without what is quoted, by its own rule: a backslash keeps the next sign."""
    outside, inside, signs = [], False, iter(printed)
    for sign in signs:
        if inside and sign == "\\":
            next(signs)
        elif sign == '"':
            inside = not inside
        elif not inside:
            outside.append(sign)
    assert not inside
    return "".join(outside)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words_in_lines(text: str) -> None:
    old = plan(2023, [task(text, [1]), task(f"{text} b")], [cites(text, text)], title=text)
    new = plan(2024, [task(text, [2], lead=[text])], [cites(f"{text}2", text)], issuer=text)
    found = compare_plans(old, new, packaged_register(), paths=(text, text))
    for printed in (*lines_of(found, "vi"), *table_of(hostile_chain(text), "en")):
        assert "\x1b" not in printed
        assert "\n" not in printed
        assert "\u202e" not in printed
    assert "<script" not in "\n".join(markdown_of(found, "vi"))
    json.loads(found.model_dump_json())


def test_generated_years_can_be_had_again() -> None:
    first, again = (
        plan_pairs.edit([task("Tổng kết năm 2023", [4])] * 5, [task("x")], Random(7))  # noqa: S311
        for _ in range(2)
    )
    assert first == again
    assert plan_pairs.next_year("năm 2023, 15/3/2023") == "năm 2024, 15/3/2024"
