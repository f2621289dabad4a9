"""
Word files that are broken or made to do harm: each a typed error or a Plan, soon and in little
memory, and nothing outside the file is touched.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from apart import MEGABYTES, SECONDS, Reader, reader
from growth import assert_grows_with_the_text
from hostile_word import CASES, DOCUMENT, NUMBER, Case, p, swollen, table, word, xml

import mutate
from tdkt_parse import pipeline
from tdkt_parse.exceptions import TimedOut, TooLarge, Unreadable
from tdkt_parse.pipeline import explain, parse
from tdkt_parse.readers import read
from tdkt_parse.readers.docx import document, package

SLOWER = 20
"""How many times an ordinary file's time an answer at once may take; it takes one or two."""
MUTANTS = 300

assert len({case.label for case in CASES}) == len(CASES)


@pytest.fixture(scope="module")
def apart() -> Iterator[Reader]:
    with reader() as process:
        yield process


@pytest.fixture(scope="module")
def ordinary(apart: Reader, tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds that a table of nine rows takes."""
    path = tmp_path_factory.mktemp("ordinary") / "a.docx"
    path.write_bytes(word(xml(table(9, 9, "ô"))))
    return median(apart.read(path).seconds for _ in range(5))


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_each_ends_as_it_must(case: Case, apart: Reader, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(case.make())
    ended = apart.read(path)
    assert ended.error or ended.plan is not None, ended.message
    assert ended.seconds < SECONDS
    assert ended.megabytes < MEGABYTES
    assert not ended.touched
    if isinstance(case.ends, str):
        assert ended.plan is not None, ended.message
        assert case.ends in ended.plan
    else:
        assert ended.error, "it was read"
        assert case.ends.__name__ == ended.error[0], ended.message
        assert ". " in ended.message, "it does not say what to do"


@pytest.mark.parametrize(
    "case", at_once := [case for case in CASES if case.at_once], ids=[c.label for c in at_once]
)
def test_some_are_answered_at_once(
    case: Case, apart: Reader, tmp_path: Path, ordinary: float
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(case.make())
    assert median(apart.read(path).seconds for _ in range(3)) <= SLOWER * ordinary


WHOLE = word()
SPOILT = WHOLE.index(b"word/document.xml") + 80
"""A byte of the packed text."""


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (WHOLE[: len(WHOLE) // 2], "it has no list of its parts"),
        (WHOLE[:-1], "it has no list of its parts"),
        (WHOLE[:SPOILT] + b"\0\0\0\0" + WHOLE[SPOILT + 4 :], "cannot be unpacked"),
        (word(xml()[:-30]), "is no XML"),
        (WHOLE.replace(b"word/document.xml", b"word/dokument.xml"), "the text is missing"),
    ],
    ids=["cut", "end cut off", "bytes", "text cut", "no text"],
)
def test_a_damaged_file_says_what_is_wrong_and_what_to_do(data: bytes, wrong: str) -> None:
    with pytest.raises(Unreadable, match="The file is broken or was cut short: ") as caught:
        parse(data)
    assert wrong in caught.value.message
    assert caught.value.hint is not None
    for word_ in ("Copy it again", "Word or LibreOffice", "save it there"):
        assert word_ in caught.value.hint


def test_a_part_that_says_it_swells_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    unpack = zipfile.ZipFile.open

    def watched(archive: zipfile.ZipFile, name: zipfile.ZipInfo) -> object:
        assert name.filename != DOCUMENT
        return unpack(archive, name)

    data = swollen(80 << 20)
    monkeypatch.setattr(zipfile.ZipFile, "open", watched)
    with pytest.raises(TooLarge, match="swells to 84 MB"):
        parse(data)


def test_what_is_unpacked_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a file says of its sizes, no more is unpacked than the limit of one part."""
    monkeypatch.setattr(package, "MOST_BYTES", 100_000)
    with pytest.raises(TooLarge, match="swells to 0 MB"):
        parse(word(xml(p("thi đua " * 20_000))))
    monkeypatch.setattr(package, "MOST_BYTES_IN_ALL", 1_000)
    with pytest.raises(TooLarge, match="Its parts"):
        parse(word())


@pytest.mark.parametrize(
    "piece",
    [
        p("3. Phát động phong trào thi đua."),
        p("a"),
        "<w:p/>",
        p("a ", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"),
        table(1, 5, "việc"),
        f"<w:sdt><w:sdtContent>{p('a')}</w:sdtContent></w:sdt>",
        f"<w:p><w:r><w:pict><w:txbxContent>{p('hộp')}</w:txbxContent></w:pict></w:r></w:p>",
        "<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id='1'/></w:r></w:p>",
    ],
)
def test_time_grows_with_what_stands_in_the_file(piece: str) -> None:
    assert_grows_with_the_text(lambda text: read(word(xml(text))), piece, 40_000)


def test_time_grows_with_the_runs_of_a_paragraph() -> None:
    assert_grows_with_the_text(
        lambda runs: parse(word(xml(f"<w:p>{runs}</w:p>"))), "<w:r><w:t>a b</w:t></w:r>", 60_000
    )


def test_time_grows_with_the_rows_of_a_table() -> None:
    row = table(1, 4, "việc")[len("<w:tbl>") : -len("</w:tbl>")]
    assert_grows_with_the_text(lambda rows: parse(word(xml(f"<w:tbl>{rows}</w:tbl>"))), row, 60_000)


def test_time_grows_with_the_cells_of_a_row() -> None:
    assert_grows_with_the_text(
        lambda cells: parse(word(xml(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))),
        f"<w:tc>{p('a')}</w:tc>",
        60_000,
    )


def test_damage_never_ends_in_an_error_that_is_none_of_ours() -> None:
    paths = sorted(mutate.CORPUS.glob("*.docx"))
    assert len(paths) == 5
    endings = list(mutate.endings(mutate.mutants(paths, 2024, range(MUTANTS))))
    assert len(endings) == MUTANTS
    assert not [end for end in endings if end.defect is not None]
    plans = sum(end.kind == "Plan" for end in endings)
    assert MUTANTS // 5 < plans < MUTANTS * 4 // 5, "they are hardly damaged, or nothing is read"


def test_the_same_seed_makes_the_same_files() -> None:
    paths = sorted(mutate.CORPUS.glob("*.docx"))
    assert list(mutate.mutants(paths, 5, range(8))) == list(mutate.mutants(paths, 5, range(8)))
    assert list(mutate.mutants(paths, 5, [3])) != list(mutate.mutants(paths, 6, [3]))


def test_what_is_wrong_is_in_a_file_that_is_read() -> None:
    assert NUMBER in parse(word()).to_json()


@pytest.mark.parametrize("step", ["find_typed_notes", "find_zones"])
def test_a_search_that_is_cut_off_is_said(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the reader as after it, whoever asks."""

    def search(*_: object) -> None:
        raise TimeoutError("regex timed out")

    monkeypatch.setattr(document if step == "find_typed_notes" else pipeline, step, search)
    for ask in (parse, explain):
        with pytest.raises(TimedOut, match="took too long"):
            ask(word())
