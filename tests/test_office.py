"""Old Word files, RTF and ODT: each read as the DOCX that it was, and as what it is itself."""

import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hostile_office
import pytest
from hostile_office import TEXT, content, package, rich_text
from office_files import CORPUS, KINDS, PLANS, as_written_by_libreoffice, needs_libreoffice
from typer.testing import CliRunner
from word6_files import word6

from tdkt_parse import cli, doctor
from tdkt_parse.exceptions import (
    Encrypted,
    MissingDependency,
    Unreadable,
    UnsupportedFormat,
    UsageError,
)
from tdkt_parse.legacy import encode
from tdkt_parse.legacy.tables import Encoding
from tdkt_parse.pipeline import parse
from tdkt_parse.readers import READERS, read
from tdkt_parse.readers.office import antiword, bare, compound, confined, soffice

READER_OF = {"xml": "wordxml"}


@pytest.fixture(scope="module")
def kept() -> Iterator[None]:
    """LibreOffice stays open for the tests of this module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(soffice, "report_kept", lambda _: True)
        yield
        while soffice._open:
            soffice._end(soffice._open.pop())


def said(plan: Any) -> Any:
    """What a Plan says, without where it was read and what of the file."""
    if isinstance(plan, dict):
        left_out = ("evidence", "source", "diagnostics")
        return {name: said(value) for name, value in plan.items() if name not in left_out}
    return [said(one) for one in plan] if isinstance(plan, list) else plan


# -- the same plans


@needs_libreoffice
@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", PLANS)
def test_each_format_gives_the_plan_of_the_docx(kind: str, name: str) -> None:
    path = as_written_by_libreoffice(kind)[name]
    plan = parse(path)
    assert said(json.loads(plan.to_json())) == said(
        json.loads(parse(CORPUS / f"{name}.docx").to_json())
    )
    short = kind.partition(":")[0]
    assert plan.source.reader == READER_OF.get(short, short)
    assert plan.source.name == path.name
    assert plan.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert "wordprocessingml" not in plan.source.media_type
    assert "by_libreoffice" in [one.rule for one in plan.diagnostics]


@needs_libreoffice
@pytest.mark.usefixtures("kept")
def test_numbers_tables_notes_and_fonts_are_kept() -> None:
    document = read(
        rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}"
        rb"{\*\listtable{\list\listid1{\listlevel\levelnfc0\levelstartat3{\leveltext\'02\'00.;}"
        rb"{\levelnumbers\'01;}}}}{\*\listoverridetable{\listoverride\listid1\ls1}}"
        rb"\pard\ls1\ilvl0 first\par\pard\ls1\ilvl0 second\par"
        rb"\pard noted{\super\chftn{\footnote\pard{\super\chftn} below}} so\par"
        rb"\trowd\cellx1000\cellx2000\pard\intbl a\cell b\cell\row\pard end\par}"
    )
    assert "3. first\n4. second" in document.text.replace("\t", " ")
    assert [[note.marker for note in document.notes]] == [["1"]]
    (table,) = (block for block in document.blocks if hasattr(block, "rows"))
    assert len(table.rows) == 1
    assert len(table.rows[0]) == 2


@needs_libreoffice
@pytest.mark.usefixtures("kept")
def test_the_font_of_a_line_is_kept_for_who_decodes_it() -> None:
    made = soffice.convert(
        rb"{\rtf1\ansi{\fonttbl{\f0 .VnTimeH;}}\f0 k\'d5 ho\'b9ch\par}",
        ".rtf",
        filter_name="Rich Text Format",
    )
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b'w:ascii=".VnTimeH"' in archive.read("word/document.xml")


@needs_libreoffice
@pytest.mark.usefixtures("kept")
def test_what_a_file_is_goes_by_its_content(tmp_path: Path) -> None:
    for name, data, reader in (
        ("a.doc", rich_text(""), "rtf"),
        ("b.doc", package(content("")), "odt"),
        ("c.doc", (CORPUS / f"{PLANS[0]}.docx").read_bytes(), "docx"),
        ("d.doc", TEXT.encode(), "text"),
        ("e.rtf", as_written_by_libreoffice("doc")[PLANS[0]].read_bytes(), "doc"),
        ("f.doc", b"\xef\xbb\xbf\r\n" + rich_text(""), "rtf"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        assert read(path).reader == reader, name


@needs_libreoffice
@pytest.mark.usefixtures("kept")
def test_tracked_changes_are_taken_as_asked() -> None:
    data = rich_text(r"{\revised\revauth0 added }", r"{\*\revtbl{A;}}")
    assert "added" in read(data, changes="accept").text
    assert "added" not in read(data, changes="reject").text


# -- what is refused


def test_the_readers_ask_by_content() -> None:
    claims = {
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "rtf": rb"{\rtf1 a}",
        "odt": package(content("")),
        "fodt": hostile_office.flat(""),
        "wordxml": b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:w/>',
        "text": b"<?xml version='1.0'?><a/>",
    }
    for name, data in claims.items():
        assert next(one.name for one in READERS if one.identify(data)) == name


@pytest.mark.parametrize("kind", ["spreadsheet", "presentation", "graphics"])
def test_other_open_documents_are_called_by_their_names(kind: str) -> None:
    name = f"application/vnd.oasis.opendocument.{kind}"
    with pytest.raises(UnsupportedFormat, match=r"OpenDocument (spreadsheet|presentation|drawing)"):
        read(package(content(""), name=name))


def test_fonts_that_are_left_out_are_not_asked_for() -> None:
    fonts = b'<svg:font-face-src><svg:font-face-uri xlink:href="F"/></svg:font-face-src>'
    text = content("").encode().replace(b"<office:body>", fonts + b"<office:body>")
    made = bare.strip_package(package(text, {"Fonts/F": b"x", "Basic/M.xml": b"x"}))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.read("content.xml") == content("").encode()
        assert not {"Fonts/F", "Basic/M.xml"} & {*archive.namelist()}


@needs_libreoffice
def test_a_locked_word_file_is_encrypted() -> None:
    doc = as_written_by_libreoffice("doc")[PLANS[0]].read_bytes()
    at = hostile_office.stream(doc, "WordDocument")
    with pytest.raises(Encrypted):
        read(hostile_office.put(doc, at + 10, "<H", 0x0100))
    renamed = hostile_office.renamed(doc, "WordDocument", "EncryptedPackage")
    renamed = hostile_office.renamed(renamed, "1Table", "other")
    with pytest.raises(Encrypted):
        read(renamed)


@needs_libreoffice
@pytest.mark.parametrize(
    ("name", "words"), [("Workbook", "Excel"), ("PowerPoint Document", "PowerPoint")]
)
def test_other_compound_files_are_called_by_their_names(name: str, words: str) -> None:
    doc = as_written_by_libreoffice("doc")[PLANS[0]].read_bytes()
    doc = hostile_office.renamed(doc, "1Table", "other")
    with pytest.raises(UnsupportedFormat, match=words):
        read(hostile_office.renamed(doc, "WordDocument", name))


def test_a_cut_compound_file_is_taken_for_words() -> None:
    assert compound.is_word(compound.MAGIC + bytes(504))
    row = "Workbook\0".encode("utf-16-le").ljust(128, b"\0")
    assert not compound.is_word(compound.MAGIC + bytes(504) + row)


# -- Word 6 and Word 95, and what was before

WORD_6 = (
    "ỦY BAN NHÂN DÂN TỈNH HẢI DƯƠNG",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 25/KH-UB",
    "Hải Dương, ngày 12 tháng 5 năm 1997",
    "KẾ HOẠCH",
    "Công tác thi đua năm 1997",
    "Căn cứ Nghị quyết số 38/CP ngày 04/5/1994 của Chính phủ;",
    "I. MỤC ĐÍCH",
    "Nâng cao chất lượng công tác thi đua của các cơ quan trong tỉnh.",
)


@needs_libreoffice
@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("version", [101, 104], ids=["Word 6", "Word 95"])
@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_word_6_and_95(version: int, encoding: Encoding) -> None:
    data = word6([encode(line, encoding) for line in WORD_6], version=version)
    assert read(data, name="a.doc").text.rstrip("\n").split("\n") == [*WORD_6]
    plan = parse(data, name="a.doc")
    assert plan.number is not None
    assert (plan.kind, plan.number.canonical) == ("Kế hoạch", "25/KH-UB")
    assert plan.source.reader == "doc"


def test_word_6_with_a_password() -> None:
    with pytest.raises(Encrypted):
        read(word6([b"\x01" * 80], flags=0x0100))


@needs_libreoffice
@pytest.mark.usefixtures("kept")
def test_word_6_broken_and_empty() -> None:
    whole = word6([encode(line, "tcvn3") for line in WORD_6])
    for data in (whole[:2600], word6([b""])):
        with pytest.raises(Unreadable):
            read(data)


@pytest.mark.usefixtures("no_libreoffice")
def test_word_6_in_old_fonts_needs_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antiword, "program", lambda: "/bin/true")
    with pytest.raises(MissingDependency, match="old Vietnamese encoding"):
        read(word6([b"Lu\xcbt", b"\x07.VnTime\x00"]))


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"\xdb\xa5\x2d\x00", "Word 2"),
        (b"\x9b\xa5\x21\x00", "Word 1"),
        (b"\x31\xbe\x00\x00", "Word for DOS"),
        (b"\xfe\x37\x00\x1c", "Macintosh"),
        (b"\xffWPC", "WordPerfect"),
    ],
)
def test_what_was_before_word_6_is_called_by_its_name(head: bytes, what: str) -> None:
    with pytest.raises(UnsupportedFormat, match=rf"{what}.*LibreOffice"):
        read(head + bytes(300) + b"KE HOACH" * 100, name="a.doc")


# -- without LibreOffice


@pytest.fixture
def no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "program", lambda: None)
    monkeypatch.setattr(soffice, "_open", [])
    monkeypatch.setattr(antiword, "program", lambda: None)


@pytest.mark.usefixtures("no_libreoffice")
def test_what_to_install_is_said() -> None:
    for data in (rich_text(""), package(content("")), compound.MAGIC + bytes(504)):
        with pytest.raises(MissingDependency, match="apt-get install -y libreoffice-writer-nogui"):
            read(data)
    check = next(check for check in doctor.examine() if check.name == "LibreOffice")
    assert check.level == "note"
    assert "libreoffice-writer-nogui" in str(check.remedy)


@pytest.mark.skipif(sys.platform != "linux", reason="programs are confined on Linux alone")
@pytest.mark.usefixtures("no_libreoffice")
def test_antiword_is_asked_where_libreoffice_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not confined.means():
        pytest.skip("programs cannot be confined here")
    program = stand_in(tmp_path, f'printf "%s\\n" "$*" "{TEXT}"')
    monkeypatch.setattr(antiword, "program", lambda: program)
    document = read(compound.MAGIC + bytes(504), name="a.doc")
    assert TEXT in document.text
    assert "UTF-8.txt" in document.text
    assert document.reader == "doc"
    assert [notice.rule for notice in document.notices] == ["by_antiword"]


@pytest.mark.usefixtures("no_libreoffice")
def test_antiword_is_not_asked_for_fonts_that_it_loses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antiword, "program", lambda: "/bin/true")
    with pytest.raises(MissingDependency, match="old Vietnamese encoding"):
        read(compound.MAGIC + bytes(504) + ".VnTimeH".encode("utf-16-le"))


def stand_in(folder: Path, does: str) -> str:
    """A program that does something else."""
    program = folder / "program"
    program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def test_comments_are_for_docx(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rich_text(""))
    arguments = ["audit", str(path), "--annotate", str(tmp_path / "b.docx")]
    with pytest.raises(UsageError, match=r"Save the document as \.docx"):
        CliRunner().invoke(cli.app, arguments, catch_exceptions=False)
