"""Search: words with marks and without, filters, order, snippets, and what looks like syntax."""

import dataclasses
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tdkt_parse import parse, store
from tdkt_parse.exceptions import UsageError
from tdkt_parse.models import Plan
from tdkt_parse.store import finding
from tdkt_parse.store.terms import MOST, terms_of, words_of


def plan(
    title: str,
    *,
    issuer: str = "ỦY BAN NHÂN DÂN\nXÃ TÂN AN",
    number: str = "12/KH-UBND",
    day: str = "15 tháng 3 năm 2024",
    bases: str = "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ;",
    body: str = "Đẩy mạnh phong trào thi đua.",
) -> Plan:
    return parse(
        f"{issuer}\nSố: {number}\nTân An, ngày {day}\n\nKẾ HOẠCH\n{title}\n\n{bases}\n\n"
        f"I. MỤC ĐÍCH\n{body}\n\nII. NỘI DUNG\n1. Quý I\n- Ký giao ước.\n"
        "2. Quý II\n- Sơ kết sáu tháng đầu năm.\n".encode()
    )


PLANS = {
    "new": plan("Công tác thi đua, khen thưởng năm 2024"),
    "old": plan(
        "Công tác thi đua, khen thưởng năm 2022",
        number="7/KH-UBND",
        day="02 tháng 02 năm 2022",
        bases="Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ;",
    ),
    "thì": plan(
        "Rà soát thì đua năm 2023", number="8/KH-SNV", day="03 tháng 3 năm 2023",
        issuer="UBND TỈNH LÂM ĐỒNG\nSỞ NỘI VỤ",
    ),
    "text": plan(
        "Hòa giải ở cơ sở năm 2021",
        number="9/KH-UBND",
        day="04 tháng 4 năm 2021",
        issuer="ỦY BAN NHÂN DÂN\nHUYỆN PHÚ BÌNH",
        body="Gắn với công tác thi đua và việc khen người tốt, thưởng người giỏi.",
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Each database with the plans above; nothing here changes them."""
    where: str = str(tmp_path_factory.mktemp("search") / "plans.sqlite")
    if request.param == "postgresql":
        where = request.getfixturevalue("server").new_database()
    with store.open_store(where, create=True) as database:
        for name, one in PLANS.items():
            store.put(database, one, path=f"/plans/{name}.txt")
        yield database


def names(database: Any, words: str = "", **filters: Any) -> list[str]:
    page = store.search(database, store.Query(words, **filters))
    return [Path(hit.paths[0]).stem for hit in page.hits]


ROWS: list[tuple[str, dict[str, Any], list[str]]] = [
    # Without marks all spellings are found, the newer first; beside each other before scattered.
    ("thi dua khen thuong", {}, ["new", "old", "text"]),
    ("thi dua", {}, ["new", "thì", "old", "text"]),
    ("THI DUA", {}, ["new", "thì", "old", "text"]),
    # With marks what is so spelt is first.
    ("thi đua", {}, ["new", "thì", "old", "text"]),
    ("thì đua", {}, ["thì", "new", "old", "text"]),
    (unicodedata.normalize("NFD", "thì đua"), {}, ["thì", "new", "old", "text"]),
    # The tone mark may stand on either letter; đ is d.
    ("hoà giải", {}, ["text"]),
    ("hòa giải", {}, ["text"]),
    ("hoa giai", {}, ["text"]),
    ("day manh phong trao", {}, ["new", "thì", "old"]),
    ("98/2023/NĐ-CP", {}, ["new", "thì", "text"]),
    ("khong co", {}, []),
    ("thi đua không-có-từ-này-đâu", {}, []),
    # Filters.
    ("", {"year": 2024}, ["new"]),
    ("thi dua", {"year": 2022}, ["old"]),
    ("", {"cites": "98/2023/NĐ-CP"}, ["new", "thì", "text"]),
    ("", {"cites": "98/2023/nd - cp"}, ["new", "thì", "text"]),
    ("", {"cites": "91/2017/NĐ-CP"}, ["old"]),
    ("", {"issuer": "UBND xã"}, ["new", "old"]),
    ("", {"issuer": "uy ban nhan dan xa tan an"}, ["new", "old"]),
    ("", {"issuer": "sở nội vụ"}, ["thì"]),
    ("", {"issuer": "sờ nội vụ"}, []),
    ("", {"level": "commune"}, ["new", "old"]),
    ("", {"level": "district"}, ["text"]),
    ("", {"level": "province"}, ["thì"]),
    ("", {"quarter": 2}, ["new", "thì", "old", "text"]),
    ("", {"quarter": 4}, []),
    ("khen thuong", {"quarter": 2, "issuer": "xã", "cites": "98/2023/NĐ-CP"}, ["new"]),
    ("", {}, ["new", "thì", "old", "text"]),
]


@pytest.mark.parametrize(("words", "filters", "expected"), ROWS)
def test_what_is_found_and_in_which_order(
    words: str, filters: dict[str, Any], expected: list[str], opened: Any
) -> None:
    assert names(opened, words, **filters) == expected


INJECTIONS = [
    '"thi dua"',
    "'thi' dua",
    "thi* dua*",
    "thi NEAR dua",
    "thi -dua",
    "title:thi dua",
    "^thi dua",
    "(thi dua",
    "thi) & dua",
    "thi | dua",
    "!thi dua",
    "thi <-> dua",
    "thi:* dua:A",
    "thi; DROP TABLE plans; --dua",
    "{thi dua}",
    "thi\\' dua",
    "thi\0dua",
    "thi %s dua %(x)s",
    "thi :terms dua",
    "thi + dua",
]


@pytest.mark.parametrize("words", INJECTIONS)
@pytest.mark.parametrize("field", ["words", "issuer", "cites"])
def test_what_looks_like_syntax_is_words(words: str, field: str, opened: Any) -> None:
    """Signs part words; ``NEAR``, ``AND``, ``DROP`` are words, which no plan has."""
    asked_for: Any = {field: words}
    query = store.Query(**asked_for)
    page = store.search(opened, query)
    if field == "words":
        asked = {"NEAR", "title", "DROP", "terms", "A", "s"}
        plain = not asked & set(words_of(words))
        assert bool(page.hits) is plain
        assert names(opened, words.replace("\0", " ")) == [
            Path(hit.paths[0]).stem for hit in page.hits
        ]
    else:
        assert page.hits == ()
    assert len(names(opened)) == len(PLANS)


@pytest.mark.parametrize(
    "words", ['"', "***", "--", "…", "🙂", "' OR 1=1 --", "AND", "NOT", "%", "\0"]
)
def test_signs_alone_find_nothing(words: str, opened: Any) -> None:
    assert names(opened, words) == []


@pytest.mark.parametrize(
    "query",
    [
        store.Query(quarter=5),
        store.Query(level="moon"),
        store.Query(cites="---"),
        store.Query(issuer="***"),
        store.Query(limit=0),
        store.Query(offset=10**9),
    ],
)
def test_what_can_mean_nothing_is_wrong_use(query: store.Query, opened: Any) -> None:
    with pytest.raises(UsageError):
        store.search(opened, query)


def test_pages_follow_one_another(opened: Any) -> None:
    whole = names(opened, "thì đua")
    leafed = []
    for offset in range(10):
        page = store.search(opened, store.Query("thì đua", limit=1, offset=offset))
        leafed += [Path(hit.paths[0]).stem for hit in page.hits]
        assert page.more is (offset < len(whole) - 1)
    assert leafed == whole


@pytest.mark.parametrize(
    "query",
    [
        store.Query("thì đua"),
        store.Query("thi dua"),
        store.Query(year=2024),
        store.Query(),
        store.Query("..."),
        store.Query("khongcotunay"),
    ],
)
def test_all_that_are_asked_for(query: store.Query, opened: Any) -> None:
    hits = store.search(opened, dataclasses.replace(query, limit=1000)).hits
    contents = store.every_content(opened, dataclasses.replace(query, limit=1))
    assert contents == sorted(hit.sha256 for hit in hits)
    assert [stored.sha256 for stored in store.load_all(opened, contents)] == contents


def test_a_hit_says_what_and_where(opened: Any) -> None:
    (hit,) = store.search(opened, store.Query("khen thuong", year=2024)).hits
    assert hit.number == "12/KH-UBND"
    assert hit.title == "Công tác thi đua, khen thưởng năm 2024"
    assert hit.date == "2024-03-15"
    assert hit.paths == ("/plans/new.txt",)
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["khen thưởng"]
    assert hit.closeness == "folded"
    (hit,) = store.search(opened, store.Query("khen thưởng", year=2024)).hits
    assert hit.closeness == "exact"


@pytest.mark.parametrize(
    ("whole", "words", "snippet", "marked"),
    [
        ("Sơ kết.\nTổng kết thi đua.", "tong ket", "Tổng kết thi đua.", ["Tổng kết"]),
        ("thi\nthi đua", "thi dua", "thi đua", ["thi đua"]),
        ("a " * 300 + "thi đua" + " b" * 300, "dua", None, ["đua"]),
        ("Không có gì", "thi", "Không có gì", []),
        ("", "thi", "", []),
    ],
)
def test_snippets(whole: str, words: str, snippet: str | None, marked: list[str]) -> None:
    piece, marks = finding.snippet_of(whole, words.split())
    assert len(piece) <= finding.WINDOW + 2
    assert [piece[a:b] for a, b in marks] == marked
    assert snippet is None or piece == snippet


def test_a_very_long_plan_is_found_by_each_of_its_parts(opened: Any, tmp_path: Path) -> None:
    words = [f"từ{number}" for number in range(30_000)]
    body = "\n".join(" ".join(words[at : at + 20]) for at in range(0, len(words), 20))
    long = plan("Dài", number="99/KH-UBND", body=body)
    parts = list(terms_of(long))
    assert len(parts) > 2
    assert all(len(terms) <= MOST + 1000 for _, terms in parts)
    with store.open_store(tmp_path / "long.sqlite", create=True) as database:
        store.put(database, long, path="long")
        for word in ("từ1", "từ15000", "từ29999", "dai"):
            assert names(database, word) == ["long"], word
        assert names(database) == ["long"]
        # Its many parts do not stand before another plan.
        other = plan("Dài", number="1/KH-UBND", day="01 tháng 01 năm 2001")
        store.put(database, other, path="other")
        assert names(database, "dai", limit=2) == ["long", "other"]


def test_two_plans_of_one_place_in_the_index_are_both_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tdkt_parse.store import rows

    monkeypatch.setattr(rows, "place_in_search", lambda _: 64)
    with store.open_store(tmp_path / "plans.sqlite", create=True) as database:
        for name, one in PLANS.items():
            store.put(database, one, path=name)
        assert sorted(names(database, "2024")) == ["new"]
        assert len(names(database)) == len(PLANS)
