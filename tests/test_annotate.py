"""
Comments in a copy of a Word file: that each is about its value, and that nothing else is changed.
"""

import io
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tdkt_parse import annotate
from tdkt_parse.annotate import Commented, Remark, comment_docx
from tdkt_parse.exceptions import Encrypted, Unreadable, UnsupportedFormat
from tdkt_parse.layout import Document
from tdkt_parse.models import CellPlace, Evidence, Model
from tdkt_parse.pipeline import parse
from tdkt_parse.readers import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
WHEN = datetime(2024, 1, 15, 8, 30, tzinfo=UTC)
CORPUS = sorted((Path(__file__).resolve().parent.parent / "corpus").glob("*.docx"))


# -- files


def word(body: str, *, main: str = "document.main+xml", **stories: str) -> bytes:
    """A Word file of this body; ``stories`` are its other parts by their kind, or raw bytes."""
    overrides = [("/word/document.xml", f"{CONTENT}.{main}")]
    relations = []
    parts = {}
    for number, (kind, content) in enumerate(stories.items(), 1):
        parts[f"word/{kind}.xml"] = content
        overrides.append((f"/word/{kind}.xml", f"{CONTENT}.{kind}+xml"))
        relations.append(
            f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
        )
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in overrides)
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels"'
        f' ContentType="{rels}"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1"'
        f' Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        **parts,
    }
    if relations:
        files["word/_rels/document.xml.rels"] = (
            f'<Relationships xmlns="{package}/relationships">{"".join(relations)}</Relationships>'
        )
    return zipped(files)


def zipped(files: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


BOLD = "<w:rPr><w:b/></w:rPr>"


# -- what a result says


def local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    return element.get(f"{{{etree.QName(element).namespace}}}{name}")


def main_of(data: bytes) -> etree._Element:
    return etree.fromstring(unzipped(data)["word/document.xml"])


def anchored(data: bytes) -> dict[str, str]:
    """
    What the range of each comment holds, as it is shown: paragraphs end with a line feed, and what
    is taken out, a field's code and a box are left out.
    """
    texts: dict[str, str] = {}
    active: list[str] = []
    referred: list[str] = []
    depth = 0

    def put(text: str) -> None:
        for identity in active:
            texts[identity] += text

    def walk(element: etree._Element) -> None:
        nonlocal depth
        name = local(element)
        if name in {"del", "moveFrom", "pPr", "txbxContent", "Fallback"}:
            return
        if name == "commentRangeStart":
            active.append(attribute(element, "id") or "")
            texts[active[-1]] = ""
        elif name == "commentRangeEnd":
            active.remove(attribute(element, "id") or "")
        elif name == "commentReference":
            referred.append(attribute(element, "id") or "")
            assert referred[-1] not in active, "a reference stands behind its range"
        elif name == "fldChar":
            kind = attribute(element, "fldCharType")
            depth += (kind == "begin") - (kind == "separate")
        elif name == "t" and not depth:
            put(element.text or "")
        elif name in {"tab", "br"}:
            put("\t" if name == "tab" else "\n")
        for child in element:
            walk(child)
        if name == "p":
            put("\n")

    walk(main_of(data))
    assert not active
    assert sorted(referred) == sorted(texts)
    return texts


def comments_of(data: bytes) -> dict[str, tuple[str, str]]:
    """The author and the text of each comment by its id."""
    root = etree.fromstring(unzipped(data)["word/comments.xml"])
    space = f"{{{etree.QName(root).namespace}}}"
    return {
        row.get(f"{space}id", ""): (
            row.get(f"{space}author", ""),
            "\n".join(
                "".join(t.text or "" for t in p.iter(f"{space}t")) for p in row.iter(f"{space}p")
            ),
        )
        for row in root
    }


def joined(data: bytes, new: Collection[str | None]) -> bytes:
    """The text without new comments, runs and texts that look alike joined, in canonical form."""
    root = main_of(data)
    for element in list(root.iter("{*}*")):
        name = local(element)
        if name in {"commentRangeStart", "commentRangeEnd", "commentReference"}:
            gone = element.getparent() if name == "commentReference" else element
            if attribute(element, "id") in new and gone is not None:
                take_out(gone)
    for element in list(root.iter("{*}r")):
        join(element, "rPr")
    for element in list(root.iter("{*}t", "{*}delText")):
        join(element, None)
        element.attrib.pop(SPACE, "")
    out: bytes = etree.tostring(root, method="c14n")
    return out


def take_out(element: etree._Element) -> None:
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def join(element: etree._Element, look: str | None) -> None:
    """Take into an element the ones behind it that look like it."""
    while (beside := element.getnext()) is not None and beside.tag == element.tag:
        if element.tail or shape(beside, look) != shape(element, look):
            return
        if look is None:
            element.text = (element.text or "") + (beside.text or "")
        else:
            kept = [child for child in beside if local(child) != look]
            tail = beside.tail
            element.extend(kept)
            element.tail = tail
            beside.tail = None
        take_out(beside)


def shape(element: etree._Element, look: str | None) -> tuple[object, ...]:
    if look is None:
        return ()
    found = [etree.tostring(own(child), method="c14n") for child in element if local(child) == look]
    return (sorted(element.attrib.items()), found)


def own(element: etree._Element) -> etree._Element:
    alone = deepcopy(element)
    alone.tail = None
    return alone


def check_nothing_else(before: bytes, after: bytes) -> None:
    """The promise of the docstring: what may change in a file, and that nothing else does."""
    old, new = unzipped(before), unzipped(after)
    may = {
        "word/document.xml", "word/comments.xml", "[Content_Types].xml",
        "word/_rels/document.xml.rels",
    }  # fmt: skip
    assert old.keys() <= new.keys() <= old.keys() | may
    for name, content in old.items():
        if name not in may:
            assert new[name] == content, name
        elif name != "word/document.xml" and new[name] != content:
            was, now = (
                [etree.tostring(own(row), method="c14n") for row in etree.fromstring(part)]
                for part in (content, new[name])
            )
            assert now[: len(was)] == was, name
    there = set(comments_of(before)) if "word/comments.xml" in old else set()
    fresh = set(comments_of(after)) - there if "word/comments.xml" in new else set()
    assert joined(after, fresh) == joined(before, ())


def comment(data: bytes, *places: CellPlace | Evidence, **options: Any) -> Commented:
    """Comment at places, and check what holds for every file."""
    remarks = [Remark(place, f"Nhận xét {n}", "A") for n, place in enumerate(places)]
    done = comment_docx(data, remarks, when=WHEN, **options)
    check_nothing_else(data, done.data)
    assert read(done.data, **options).text == read(data, **options).text
    return done


def at(path: str, start: int, end: int) -> CellPlace:
    return CellPlace(path=path, start=start, end=end)


def evidence(document: Document, *texts: str) -> Evidence:
    spans = [(document.text.index(text), document.text.index(text) + len(text)) for text in texts]
    return Evidence(spans=spans, text="\n".join(texts))


def evidences(value: Any) -> Iterator[Evidence]:
    """Every evidence in a Plan."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from evidences(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from evidences(item)


# -- where a value stands

TEXT = "Căn cứ Luật Thi đua, khen thưởng"
PRETTY = """<w:p>
 <w:r>
  <w:rPr>
   <w:b/>
  </w:rPr>
  <w:t>
   Kế hoạch số 5
  </w:t>
 </w:r>
</w:p>"""


def table(*rows: tuple[str, ...]) -> str:
    made = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


NESTED = table(
    ("<w:p/>", table(("<w:p/>",), (paragraph(run("x")), paragraph(run("Quý II")))) + "<w:p/>")
)


@pytest.mark.parametrize(
    ("label", "body", "place", "expected"),
    [
        ("inside a run", paragraph(run(TEXT)), ("p1", 7, 19), "Luật Thi đua"),
        ("at its start", paragraph(run(TEXT)), ("p1", 0, 6), "Căn cứ"),
        ("at its end", paragraph(run(TEXT)), ("p1", 21, 32), "khen thưởng"),
        ("all of it", paragraph(run(TEXT)), ("p1", 0, 32), TEXT),
        (
            "across runs",
            paragraph(run("Căn cứ Lu", BOLD), run("ật"), run(" Thi đua")),
            ("p1", 7, 15),
            "Luật Thi",
        ),
        (
            "tabs and breaks",
            paragraph("<w:r><w:t>Số:</w:t><w:tab/><w:t>12</w:t><w:br/><w:t>/KH-UBND</w:t></w:r>"),
            ("p1", 4, 15),
            "12\n/KH-UBND",
        ),
        (
            "from a tab",
            paragraph("<w:r><w:t>Số:</w:t><w:tab/><w:t>12</w:t></w:r>"),
            ("p1", 3, 4),
            "\t",
        ),
        (
            "a tracked insertion",
            paragraph(
                run("tháng "),
                f'<w:del w:id="7" w:author="B"><w:r><w:delText>01</w:delText></w:r></w:del>'
                f'<w:ins w:id="8" w:author="B">{run("02 năm 2024")}</w:ins>',
            ),
            ("p1", 6, 8),
            "02",
        ),
        (
            "a link",
            paragraph(
                run("Xem "), f'<w:hyperlink w:anchor="a">{run("cổng thông tin")}</w:hyperlink>'
            ),
            ("p1", 9, 18),
            "thông tin",
        ),
        (
            "a content control",
            paragraph(
                run("Số "),
                f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('12/KH-UBND')}"
                "</w:sdtContent></w:sdt>",
            ),
            ("p1", 3, 5),
            "12",
        ),
        (
            "a simple field in a smart tag",
            paragraph(
                '<w:smartTag w:element="date"><w:fldSimple w:instr="DATE">'
                f"{run('15/3/2024')}</w:fldSimple></w:smartTag>"
            ),
            ("p1", 3, 4),
            "3",
        ),
        (
            "a field of several runs",
            paragraph(
                '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DATE</w:instrText>'
                '<w:fldChar w:fldCharType="separate"/><w:t>ngày 5 tháng 3</w:t>'
                '<w:fldChar w:fldCharType="end"/></w:r>'
            ),
            ("p1", 5, 14),
            "5 tháng 3",
        ),
        (
            "white space that is not shown",
            paragraph("<w:r><w:t>  mục 1 của  </w:t></w:r>"),
            ("p1", 6, 7),
            "1",
        ),
        (
            "a file printed prettily",
            PRETTY,
            ("p1", 3, 7),
            "hoạc",
        ),
        (
            "a table in a table",
            NESTED,
            ("t1.r1.c2.t1.r2.c2.p1", 4, 6),
            "II",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "<" not in value else "",
)
def test_a_range_holds_the_value(
    label: str, body: str, place: tuple[str, int, int], expected: str
) -> None:
    done = comment(word(body), at(*place))
    assert done.placings == ("exact",)
    assert anchored(done.data) == {"0": expected}
    assert comments_of(done.data) == {"0": ("A", "Nhận xét 0")}


def test_a_split_run_looks_as_it_did() -> None:
    """Both halves have the properties and the attributes; the space at the edge is kept."""
    look = '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>'
    data = word(f'<w:p><w:r w:rsidR="00A1">{look}<w:t>Số 12</w:t><w:tab/></w:r></w:p>')
    root = main_of(comment(data, at("p1", 3, 5)).data)
    runs = [one for one in root.iter(f"{W}r") if one.find(f"{W}commentReference") is None]
    assert [one.get(f"{W}rsidR") for one in runs] == ["00A1"] * 3
    assert all(one.find(f"{W}rPr/{W}color") is not None for one in runs)
    texts = list(root.iter(f"{W}t"))
    assert [one.text for one in texts] == ["Số ", "12"]
    assert [one.get(SPACE) for one in texts] == [
        "preserve",
        None,
    ]


def test_white_space_that_is_not_shown_stays_so() -> None:
    root = main_of(comment(word("<w:p><w:r><w:t> a b c </w:t></w:r></w:p>"), at("p1", 3, 4)).data)
    found = [(one.text, one.get(SPACE)) for one in root.iter(f"{W}t")]
    assert found == [
        (" ", None),
        ("a ", "preserve"),
        ("b", None),
        (" c", "preserve"),
        (" ", None),
    ]


def test_an_edge_stands_outside_where_it_can() -> None:
    """A comment on all of an insertion or a control does not go with it."""
    control = (
        "<w:sdt><w:sdtPr/><w:sdtContent>"
        f'<w:ins w:id="3" w:author="B">{run("12/KH-UBND")}</w:ins></w:sdtContent></w:sdt>'
    )
    root = main_of(comment(word(paragraph(run("Số "), control)), at("p1", 3, 13)).data)
    (edges,) = {
        tuple(local(child) for child in one.iter(f"{W}p") for child in child)
        for one in root.iter(f"{W}body")
    }
    assert edges == ("r", "commentRangeStart", "sdt", "commentRangeEnd", "r")


def test_an_automatic_number_is_its_paragraph() -> None:
    """The number has no character in the file; the value is the paragraph that it stands before."""
    numbering = (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = paragraph(run("MỤC "), run("ĐÍCH"), properties=listed) + paragraph(properties=listed)
    data = word(body + paragraph(run("Hết")), numbering=numbering)
    document = read(data)
    assert document.text.startswith("I. MỤC ĐÍCH\nII.\n")
    number, all_of_it = evidence(document, "I."), evidence(document, "I. MỤC ĐÍCH")
    bare = Evidence(spans=[(12, 15)], text="II.")
    done = comment(data, number, all_of_it, at("p1", 0, 0), bare)
    assert done.placings == ("paragraph", "exact", "paragraph", "paragraph")
    assert list(anchored(done.data).values()) == ["MỤC ĐÍCH"] * 3 + [""]


def test_a_value_over_several_paragraphs() -> None:
    data = word(paragraph(run("Thực hiện: Phòng")) + paragraph(run("Nội vụ và các đơn vị")))
    document = read(data)
    done = comment(data, evidence(document, "Phòng\nNội vụ"), evidence(document, "Phòng", "Nội vụ"))
    assert done.placings == ("exact", "exact")
    assert list(anchored(done.data).values()) == ["Phòng\nNội vụ"] * 2


def test_what_stands_between_the_parts_of_a_value_is_told() -> None:
    data = word(paragraph(run("Phòng Nội vụ và đơn vị")))
    done = comment(data, evidence(read(data), "Phòng", "đơn vị"))
    assert done.placings == ("wider",)
    assert anchored(done.data) == {"0": "Phòng Nội vụ và đơn vị"}


def test_remarks_may_overlap() -> None:
    places = [at("p1", 0, 12), at("p1", 7, 19), at("p1", 7, 19), at("p1", 19, 20), at("p1", 8, 9)]
    done = comment(word(paragraph(run(TEXT))), *places)
    assert [TEXT[p.start : p.end] for p in places] == [
        anchored(done.data)[str(n)] for n in range(len(places))
    ]
    referred = [one.get(f"{W}id") for one in main_of(done.data).iter(f"{W}commentReference")]
    assert referred.index("1") < referred.index("2"), "in the order in which they are given"


def test_a_formula_and_a_bound_control_are_not_cut() -> None:
    formula = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    data = word(paragraph(run("là "), formula, run(" và "), BOUND.format(run("Quý II"))))
    done = comment(data, at("p1", 3, 6), at("p1", 4, 5), at("p1", 10, 16), at("p1", 14, 16))
    assert done.placings == ("exact", "wider", "exact", "wider")
    assert [anchored(done.data)[n] for n in "23"] == ["Quý II", "Quý II"]


def test_a_form_field_is_marked_to_its_end() -> None:
    """No range ends within the code of a field."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/>'
        "</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText>"
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    data = word(paragraph(run("Có "), field, run(" Không")))
    assert read(data).text.startswith("Có ☒ Không")
    done = comment(data, at("p1", 3, 4))
    assert done.placings == ("wider",)
    names = [local(child) for child in next(main_of(done.data).iter(f"{W}p"))]
    assert names == ["r", "commentRangeStart", "r", "r", "r", "commentRangeEnd", "r", "r"]


# -- where Word ignores comments

BOX = (
    "<w:r><w:t>trước</w:t><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox>"
    "</v:shape></w:pict><w:t>sau</w:t></w:r>"
)


def test_a_text_box_is_marked_where_it_is_anchored() -> None:
    data = word(paragraph(BOX.format(paragraph(run("DỰ THẢO lần 2")))) + paragraph(run("Hết")))
    document = read(data)
    assert document.paragraphs[1].path == "p1.box1.p1"
    done = comment(data, evidence(document, "DỰ THẢO"), evidence(document, "sau\nDỰ THẢO"))
    assert done.placings == ("anchor", "anchor")
    assert next(iter(anchored(done.data).values())) == ""
    root = main_of(done.data)
    boxed = {one.tag for box in root.iter(f"{W}txbxContent") for one in box.iter("{*}*")}
    assert f"{W}commentRangeStart" not in boxed
    start = next(one for one in root.iter(f"{W}commentRangeStart") if one.get(f"{W}id") == "0")
    beside = start.getnext()
    assert beside is not None
    assert next(beside.iter(f"{W}pict")) is not None


def test_a_note_is_marked_where_it_is_called() -> None:
    notes = (
        f'<w:footnotes {NAMES}><w:footnote w:id="2">'
        f"{paragraph('<w:r><w:footnoteRef/></w:r>', run(' Theo Nghị định 98'))}</w:footnote>"
        "</w:footnotes>"
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = word(paragraph(run("Căn cứ"), mark, run(" và")), footnotes=notes)
    document = read(data)
    done = comment(data, evidence(document, "Nghị định 98"), at("p1", 0, 9))
    assert done.placings == ("anchor", "exact")
    assert anchored(done.data) == {"0": "", "1": "Căn cứ và"}
    names = [local(child) for child in next(main_of(done.data).iter(f"{W}p"))]
    assert names[names.index("commentRangeStart", 1) :][:3] == [
        "commentRangeStart",
        "r",
        "commentRangeEnd",
    ]


def test_a_header_is_told_at_the_top() -> None:
    header = f"<w:hdr {NAMES}>{paragraph(run('KẾ HOẠCH SỐ 5'))}</w:hdr>"
    data = word(paragraph(run("Một")) + paragraph(run("Hai")), header=header)
    done = comment(data, evidence(read(data), "SỐ 5"), at("header1.p1", 0, 2))
    assert done.placings == ("top", "top")
    assert list(anchored(done.data).values()) == ["Một", "Một"]


def test_word_opens_no_more_ranges_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotate, "MOST_RANGES", 2)
    data = word(paragraph(run(TEXT)))
    first = comment(data, at("p1", 0, 6))
    second = comment(first.data, at("p2", 0, 6), at("p1", 7, 11), at("p1", 0, 6))
    assert second.placings == ("nowhere", "exact", "nowhere")
    assert comment(second.data, at("p1", 0, 6)).data == second.data


def test_a_place_of_another_file_is_told() -> None:
    data = word(paragraph(run(TEXT)))
    away: list[CellPlace | Evidence] = [
        at("p2", 0, 1),
        at("p1", 0, 99),
        at("p1", 5, 3),
        Evidence(spans=[(0, 3)], text="abc"),
    ]
    done = comment(data, *away)
    assert done.placings == ("nowhere",) * 4
    assert done.data == data
    done = comment(data, *away, at("p1", 0, 6))
    assert done.placings == ("nowhere",) * 4 + ("exact",)
    assert comments_of(done.data) == {"0": ("A", "Nhận xét 4")}


# -- files


def test_comments_that_are_there_stay() -> None:
    file = docx.Document()
    body = file.add_paragraph("Căn cứ ")
    file.add_comment(body.add_run("Luật Thi đua"), text="Luật nào?", author="B", initials="B")
    out = io.BytesIO()
    file.save(out)
    data = out.getvalue()
    done = comment(data, at("p1", 7, 11), at("p1", 0, 19))
    assert anchored(done.data) == {"0": "Luật Thi đua", "1": "Luật", "2": "Căn cứ Luật Thi đua"}
    assert comments_of(done.data)["0"] == ("B", "Luật nào?")
    again = comment(done.data, at("p1", 7, 11))
    assert sorted(comments_of(again.data)) == ["0", "1", "2", "3"]
    opened = docx.Document(io.BytesIO(again.data))
    assert next(one.text for one in opened.comments) == "Luật nào?"
    assert {one.timestamp for one in opened.comments if one.author == "A"} == {WHEN}


def test_a_part_that_nobody_refers_to_keeps_its_name() -> None:
    data = zipped({**unzipped(word(paragraph(run("Một")))), "word/comments.xml": b"<x/>"})
    done = comment_docx(data, [Remark(at("p1", 0, 3), "Một", "A")])
    parts = unzipped(done.data)
    assert parts["word/comments.xml"] == b"<x/>"
    assert b"/word/comments1.xml" in parts["[Content_Types].xml"]
    assert b'Target="comments1.xml"' in parts["word/_rels/document.xml.rels"]


def test_a_strict_file_stays_strict() -> None:
    parts = unzipped(word(paragraph(run("Căn cứ Luật", BOLD))))
    transitional = W[1:-1].encode()
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        name: part.replace(transitional, STRICT.encode()).replace(
            office, b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, part in parts.items()
    }
    done = comment(zipped(parts), at("p1", 7, 11))
    assert done.placings == ("exact",)
    assert anchored(done.data) == {"0": "Luật"}
    assert comments_of(done.data) == {"0": ("A", "Nhận xét 0")}
    written = unzipped(done.data)
    for name in ("word/document.xml", "word/comments.xml"):
        root = etree.fromstring(written[name])
        assert {etree.QName(e).namespace for e in root.iter("{*}*")} == {STRICT}
    rels = b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
    assert rels in written["word/_rels/document.xml.rels"]


def test_a_part_in_utf_16_is_read_and_written() -> None:
    parts = unzipped(word(paragraph(run(TEXT))))
    parts["word/document.xml"] = parts["word/document.xml"].decode().encode("utf-16")
    assert anchored(comment(zipped(parts), at("p1", 7, 11)).data) == {"0": "Luật"}


def test_macros_stay_byte_for_byte() -> None:
    """And so do comments and instructions of XML, and whatever else is in the package."""
    macros = bytes(range(256)) * 40
    files = unzipped(word(paragraph(run(TEXT)), main="document.macroEnabled.main+xml"))
    text = files["word/document.xml"].decode().replace("<w:p>", "<!-- a --><?b c?><w:p>")
    files |= {"word/vbaProject.bin": macros, "word/document.xml": text.encode()}
    files["docProps/phụ lục.bin"] = b"\x00" * 5000
    done = comment(zipped(files), at("p1", 7, 11))
    written = unzipped(done.data)
    assert written["word/vbaProject.bin"] == macros
    assert "<!-- a --><?b c?>" in written["word/document.xml"].decode()


def test_text_that_an_xml_comment_cuts_is_not_split() -> None:
    data = word("<w:p><w:r><w:t>Căn cứ <!-- x -->Luật</w:t></w:r></w:p>")
    done = comment(data, at("p1", 2, 11), at("p1", 0, 11))
    assert done.placings == ("wider", "exact")


def test_tracked_changes_as_rejected() -> None:
    tracked = (
        '<w:del w:id="7" w:author="B"><w:r><w:delText>tháng 01</w:delText></w:r></w:del>'
        f'<w:ins w:id="8" w:author="B">{run("tháng 02")}</w:ins>'
    )
    data = word(paragraph(run("Từ "), tracked))
    document = read(data, changes="reject")
    done = comment(data, evidence(document, "01"), changes="reject")
    assert done.placings == ("exact",)
    (start,) = main_of(done.data).iter(f"{W}commentRangeStart")
    after = start.getnext()
    assert after is not None
    assert [one.text for one in after.iter(f"{W}delText")] == ["01"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("một\nhai\r\nba", "một\nhai\nba"),
        ("a\x00b\x0bc\x1fd\ud800e\uffff", "a\ufffdb\nc\ufffdd\ufffde\ufffd"),
        ("", ""),
        ("<w:p> & ]]>", "<w:p> & ]]>"),
        ("  đầu dòng ", "  đầu dòng "),
    ],
)
def test_any_text_may_be_said(text: str, written: str) -> None:
    remark = Remark(at("p1", 0, 6), text, "A\x07\nB", "AB")
    done = comment_docx(word(paragraph(run(TEXT))), [remark], when=WHEN)
    assert comments_of(done.data) == {"0": ("A\ufffd B", written)}


def test_what_is_no_word_file_is_refused() -> None:
    remark = Remark(at("p1", 0, 1), "x", "A")
    with pytest.raises(UnsupportedFormat, match="a PDF"):
        comment_docx(b"%PDF-1.7", [remark])
    with pytest.raises(UnsupportedFormat, match="no Word file"):
        comment_docx("KẾ HOẠCH".encode(), [remark])
    with pytest.raises(Encrypted):
        comment_docx(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), [remark])
    with pytest.raises(Unreadable):
        comment_docx(word(paragraph(run(TEXT)))[:-60], [remark])
    book = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    sheet = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{book}"/>',
    }
    with pytest.raises(UnsupportedFormat, match="Excel"):
        comment_docx(zipped(sheet), [remark])


# -- laws


def plan_file() -> bytes:
    """A plan as Word has it: a letterhead in a table, runs in pieces, lists, a table by quarter."""
    file = docx.Document()
    head = file.add_table(2, 2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nHUYỆN TÂN THÀNH"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    number = head.cell(1, 0).paragraphs[0]
    for part in ("Số: 1", "5/K", "H-UBND"):
        number.add_run(part)
    head.cell(1, 1).text = "Tân Thành, ngày 15 tháng 01 năm 2024"
    file.add_paragraph().add_run("KẾ HOẠCH").bold = True
    file.add_paragraph("Công tác thi đua, khen thưởng năm 2024")
    basis = file.add_paragraph("Căn cứ Nghị định số 98/20")
    basis.add_run("23/NĐ-CP").italic = True
    basis.add_run(" ngày 31 tháng 12 năm 2023 của Chính phủ;")
    file.add_paragraph("I. MỤC ĐÍCH, YÊU CẦU")
    file.add_paragraph("1. Mục đích")
    file.add_paragraph("- Nâng cao chất lượng công tác thi đua;\n- Biểu dương kịp thời.")
    file.add_paragraph("II. NỘI DUNG")
    work = file.add_table(3, 4)
    rows = [
        ("TT", "Nội dung", "Thời gian", "Đơn vị thực hiện"),
        ("1", "Phát động thi đua", "Quý I/2024", "Phòng Nội vụ"),
        ("2", "Sơ kết 6 tháng", "Trước ngày 15/6/2024", "Phòng Nội vụ; các xã"),
    ]
    for row, texts in zip(work.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    file.add_paragraph("III. TỔ CHỨC THỰC HIỆN")
    file.add_paragraph("1. Phòng Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này.")
    end = file.add_table(1, 2)
    end.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    end.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An"
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def own_characters(document: Document, found: Evidence) -> str:
    """The characters of a value that are the file's own, white space left out."""
    cut = {k for one in document.paragraphs for span in one.added for k in range(*span)}
    kept = (k for span in found.spans for k in range(*span) if k not in cut)
    return "".join("".join(document.text[k] for k in kept).split())


@pytest.mark.parametrize("data", [plan_file(), *(path.read_bytes() for path in CORPUS)])
def test_every_value_of_a_plan_can_be_commented(data: bytes) -> None:
    plan, document = parse(data), read(data)
    found = list(evidences(plan))
    assert len(found) > 20
    done = comment(data, *found)
    ranges = anchored(done.data)
    assert len(ranges) == len(found)
    for number, one in enumerate(found):
        said, held = own_characters(document, one), "".join(ranges[str(number)].split())
        if done.placings[number] == "exact":
            assert held == said
        elif done.placings[number] == "wider":
            assert len(one.spans) > 1
            assert held != said
            assert Counter(said) < Counter(held)
    assert Counter(done.placings)["exact"] > len(found) * 0.9
    assert plan.model_copy(update={"source": None}) == parse(done.data).model_copy(
        update={"source": None}
    )


PIECES = ("Căn cứ", " ", "số 5", "<w:tab/>", "<w:br/>", " và  ", "Luật")
TWO_FORMS = """<mc:AlternateContent><mc:Choice Requires="w14">{0}</mc:Choice>\
<mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>"""
BOUND = """<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr>\
<w:sdtContent>{}</w:sdtContent></w:sdt>"""
FRAMES = (
    "{}",
    '<w:hyperlink w:anchor="a">{}</w:hyperlink>',
    '<w:ins w:id="90" w:author="B">{}</w:ins>',
    "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    '<w:del w:id="91" w:author="B"><w:r><w:delText>x</w:delText></w:r></w:del>{}',
    '<w:bookmarkStart w:id="5" w:name="b"/>{}<w:bookmarkEnd w:id="5"/>',
    # In these no range begins.
    TWO_FORMS,
    BOUND,
    "<w:r><w:ruby><w:rt/><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
)


@st.composite
def bodies(draw: st.DrawFn) -> tuple[str, str]:
    """A paragraph's runs, and what they show."""
    xml = shown = ""
    for _ in range(draw(st.integers(1, 4))):
        pieces = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4))
        inner = "".join(
            p if p.startswith("<") else f'<w:t xml:space="preserve">{p}</w:t>' for p in pieces
        )
        made = f"<w:r>{draw(st.sampled_from(('', BOLD)))}{inner}</w:r>"
        for frame in draw(st.lists(st.sampled_from(FRAMES), max_size=2)):
            made = frame.format(made)
        xml += made
        shown += "".join({"<w:tab/>": "\t", "<w:br/>": "\n"}.get(p, p) for p in pieces)
    return f"<w:p>{xml}</w:p>", shown


@settings(max_examples=60, deadline=None)
@given(bodies(), st.data())
def test_any_ranges_of_any_runs(made: tuple[str, str], source: st.DataObject) -> None:
    body, shown = made
    edge = st.integers(0, len(shown))
    pairs = source.draw(st.lists(st.tuples(edge, edge), min_size=1, max_size=5))
    places = [at("p1", min(pair), max(pair)) for pair in pairs]
    done = comment(word(body + paragraph(run("Hết"))), *places)
    ranges = anchored(done.data)
    for number, place in enumerate(places):
        expected = shown[place.start : place.end] or shown
        match done.placings[number]:
            case "exact" | "paragraph":
                assert ranges[str(number)] == expected
            case placing:
                assert placing == "wider"
                assert expected in ranges[str(number)]
                assert len(expected) < len(ranges[str(number)])


# -- another program


def libreoffice(source: Path, kind: str) -> Path:
    """The file as LibreOffice writes it in another format."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = source.parent / f"as-{kind.partition(':')[0]}"
    profile = (source.parent / "profile").as_uri()
    command = [
        program, f"-env:UserInstallation={profile}", "--headless", "--norestore",
        "--convert-to", kind, "--outdir", str(folder), str(source),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, check=False, timeout=180)
    made = folder / source.with_suffix(f".{kind.partition(':')[0]}").name
    assert made.is_file(), done.stderr.decode(errors="replace")
    return made


def test_libreoffice_opens_the_copy(tmp_path: Path) -> None:
    """The comments are there on the same words, and the text is that of the file."""
    data = plan_file()
    plan = parse(data)
    found = [one for one in (plan.number, plan.date, plan.title, plan.issuer) if one]
    places = [one.evidence for one in (*found, *plan.tasks, *plan.citations)]
    assert len(places) > 6
    remarks = [Remark(place, f"Nhận xét {n}\nDòng hai", "A") for n, place in enumerate(places)]
    done = comment_docx(data, remarks)
    before, after = tmp_path / "before.docx", tmp_path / "after.docx"
    before.write_bytes(data)
    after.write_bytes(done.data)
    again = libreoffice(after, "docx").read_bytes()
    texts = {text: anchored(again)[n] for n, (_, text) in comments_of(again).items()}
    ours = anchored(done.data)
    assert {text: "".join(value.split()) for text, value in texts.items()} == {
        remark.text: "".join(ours[str(n)].split()) for n, remark in enumerate(remarks)
    }
    assert parse(again).to_dict()["number"]["canonical"] == "15/KH-UBND"
    was, now = (libreoffice(one, "txt:Text (encoded):UTF8") for one in (before, after))
    assert now.read_text("utf-8-sig").split() == was.read_text("utf-8-sig").split()
