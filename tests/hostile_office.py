"""
Old Word files, RTF and ODT that are broken, or made to do harm, each with how it may end.

``cases`` makes them of a plan that LibreOffice wrote in each format. A link in one of them leads
to ``link``, an address at which the test listens.
"""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from tdkt_parse.exceptions import Encrypted, TdktError, Unreadable, UnsupportedFormat

Ends = type[TdktError] | str | None

TEXT = "Thực hiện kế hoạch thi đua, khen thưởng năm 2024"
"""A line of the files that are not made of the plan; what is read holds it."""


class Case(NamedTuple):
    """
    A file: what is wrong with it, its suffix, its bytes, and how its reading ends.

    An error, words that the Plan holds, or ``None``: either a Plan or an error.
    """

    label: str
    suffix: str
    make: Callable[[], bytes]
    ends: Ends = None


def cases(doc: bytes, rtf: bytes, odt: bytes, link: str) -> Iterator[Case]:
    """All of them."""
    yield from _broken("doc", doc)
    yield from _broken("rtf", rtf)
    yield from _broken("odt", odt)
    yield from _compound(doc)
    yield from _rich_text(link)
    yield from _packages(odt, link)


def _broken(kind: str, data: bytes) -> Iterator[Case]:
    for part in (1, 5, 9):
        cut = data[: len(data) * part // 10]
        yield Case(f"{kind}: cut after {part} tenths", kind, partial(bytes, cut))
    for seed in range(4):
        yield Case(
            f"{kind}: bits turned, {seed}",
            kind,
            partial(flipped, data, seed, 200),
        )
    yield Case(f"{kind}: zeros in the middle", kind, lambda: zeroed(data))
    yield Case(f"{kind}: doubled", kind, lambda: data + data)


def flipped(data: bytes, seed: int, count: int) -> bytes:
    """The bytes with some bits of them turned, past the first 64, by which a format is known."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    turned = bytearray(data)
    for _ in range(count):
        turned[chance.randrange(64, len(turned))] ^= 1 << chance.randrange(8)
    return bytes(turned)


def zeroed(data: bytes) -> bytes:
    """The bytes with a tenth of them gone, as from a bad disk."""
    third, tenth = len(data) // 3, len(data) // 10
    return data[:third] + bytes(tenth) + data[third + tenth :]


# -- compound files ([MS-CFB])

SECTOR = 512


def put(data: bytes, at: int, form: str, *values: int) -> bytes:
    """The bytes with numbers written over them."""
    size = struct.calcsize(form)
    return data[:at] + struct.pack(form, *values) + data[at + size :]


def table_of_sectors(data: bytes) -> int:
    """Where the first sector of the table of sectors stands."""
    return (int(struct.unpack_from("<I", data, 76)[0]) + 1) * SECTOR


def directory(data: bytes) -> int:
    """Where the first sector of the directory stands."""
    return (int(struct.unpack_from("<I", data, 48)[0]) + 1) * SECTOR


def entry(data: bytes, name: str) -> int:
    """Where the row of a stream stands in the directory."""
    return data.index(name.encode("utf-16-le") + b"\0\0", directory(data))


def stream(data: bytes, name: str) -> int:
    """Where the first sector of a stream stands."""
    return (int(struct.unpack_from("<I", data, entry(data, name) + 116)[0]) + 1) * SECTOR


def renamed(data: bytes, old: str, new: str) -> bytes:
    """The bytes with a stream under another name."""
    at = entry(data, old)
    name = f"{new}\0".encode("utf-16-le")
    return data[:at] + name.ljust(64, b"\0") + struct.pack("<H", len(name)) + data[at + 66 :]


def _compound(doc: bytes) -> Iterator[Case]:
    table, word, row = (
        table_of_sectors(doc),
        stream(doc, "WordDocument"),
        entry(doc, "WordDocument"),
    )

    def loop() -> bytes:
        return doc[:table] + struct.pack("<128I", *range(128)) + doc[table + SECTOR :]

    def circle() -> bytes:
        return doc[:table] + struct.pack("<128I", *([1, 0] * 64)) + doc[table + SECTOR :]

    yield Case("doc: every sector follows itself", "doc", loop)
    yield Case("doc: two sectors in a circle", "doc", circle)
    yield Case("doc: a table of 2^32 sectors", "doc", lambda: put(doc, 44, "<I", 0xFFFFFFF0))
    yield Case(
        "doc: a chain of tables in a circle",
        "doc",
        lambda: put(put(doc, 44, "<I", 0x00FFFFFF), 68, "<II", 0, 0x00020000),
    )
    yield Case("doc: sectors of a gigabyte", "doc", lambda: put(doc, 30, "<H", 30))
    yield Case("doc: a directory outside the file", "doc", lambda: put(doc, 48, "<I", 0x7FFFFFFF))
    yield Case(
        "doc: a directory that is its own child",
        "doc",
        lambda: put(doc, directory(doc) + 68, "<III", 0, 0, 0),
    )
    yield Case("doc: 2 GB of text, it says", "doc", lambda: put(doc, row + 120, "<I", 0x7FFFFFFF))
    yield Case("doc: a text of no length", "doc", lambda: put(doc, row + 120, "<I", 0))
    yield Case(
        "doc: 2^31 characters, it says", "doc", lambda: put(doc, word + 0x4C, "<i", 0x7FFFFFFF)
    )
    yield Case("doc: less than no characters", "doc", lambda: put(doc, word + 0x4C, "<i", -5))
    yield Case(
        "doc: pieces of 2 GB", "doc", lambda: put(doc, word + 0x1A2, "<II", 0x7FFFFFF0, 0x7FFFFFFF)
    )
    yield Case(
        "doc: each table of 2 GB",
        "doc",
        lambda: (
            doc[: word + 0x9A] + struct.pack("<186I", *([0x7FFFFF00] * 186)) + doc[word + 898 :]
        ),
    )
    yield Case("doc: no text of Word's", "doc", lambda: put(doc, word, "<H", 0x1234), Unreadable)
    yield Case("doc: locked", "doc", lambda: put(doc, word + 10, "<H", 0x0100), Encrypted)
    yield Case(
        "doc: a workbook",
        "doc",
        lambda: renamed(doc, "WordDocument", "Workbook"),
        UnsupportedFormat,
    )
    yield Case("doc: the head alone", "doc", lambda: doc[:SECTOR], Unreadable)
    yield Case("doc: macros", "doc", lambda: doc + b"Attribut\0e VB_Name AutoOpen Shell")


# -- Rich Text


def rich_text(body: str, head: str = "") -> bytes:
    """A file of Rich Text with something in it before the line."""
    escaped = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in TEXT)
    return f"{{\\rtf1\\ansi\\ansicpg1252{head}{body}\\pard {escaped}\\par}}".encode("latin-1")


def _rich_text(link: str) -> Iterator[Case]:
    def field(code: str) -> bytes:
        return rich_text(f"{{\\field{{\\*\\fldinst {code}}}{{\\fldrslt x}}}}")

    picture = link + "/a.png"
    yield Case(
        "rtf: a picture from outside",
        "rtf",
        lambda: field(f'INCLUDEPICTURE "{picture}" \\\\* MERGEFORMAT'),
        TEXT,
    )
    yield Case(
        "rtf: a picture from outside, linked",
        "rtf",
        lambda: field(f'INCLUDEPICTURE "{picture}" \\\\d'),
        TEXT,
    )
    yield Case(
        "rtf: a text from outside", "rtf", lambda: field(f'INCLUDETEXT "{link}/a.txt"'), TEXT
    )
    yield Case(
        "rtf: a file of this machine", "rtf", lambda: field('INCLUDETEXT "/etc/passwd"'), TEXT
    )
    yield Case(
        "rtf: a template from outside",
        "rtf",
        lambda: rich_text(f"{{\\*\\template {link}/a.dotm}}"),
        TEXT,
    )
    yield Case(
        "rtf: DDE", "rtf", lambda: field('DDEAUTO c:\\\\\\\\windows\\\\\\\\cmd.exe "/k calc"'), TEXT
    )
    yield Case(
        "rtf: a link to another program",
        "rtf",
        lambda: field(f'LINK Word.Document.8 "{link}/a.doc" "" \\\\a \\\\r'),
        TEXT,
    )
    yield Case("rtf: an object linked from outside", "rtf", lambda: rich_text(_linked(link)))
    yield Case(
        "rtf: an object of broken data",
        "rtf",
        lambda: rich_text(
            "{\\object\\objemb{\\*\\objclass Equation.3}{\\*\\objdata " + "0105" * 5000 + "}}"
        ),
        None,
    )
    yield Case(
        "rtf: 100,000 groups in one another",
        "rtf",
        lambda: rich_text("{" * 100_000 + "}" * 100_000),
    )
    yield Case("rtf: 100,000 groups left open", "rtf", lambda: rich_text("{" * 100_000))
    yield Case("rtf: 100,000 groups too many closed", "rtf", lambda: rich_text("}" * 100_000))
    yield Case(
        "rtf: 2,000 tables in one another",
        "rtf",
        lambda: rich_text("".join(f"\\pard\\intbl\\itap{n} a\\nestcell" for n in range(1, 2000))),
    )
    yield Case(
        "rtf: a row of 30,000 cells",
        "rtf",
        lambda: rich_text(
            "\\trowd"
            + "".join(f"\\cellx{n}" for n in range(30_000))
            + "\\pard\\intbl "
            + "a\\cell" * 30_000
            + "\\row"
        ),
    )
    yield Case(
        "rtf: 20,000 rows",
        "rtf",
        lambda: rich_text(
            "\\trowd\\cellx1000\\cellx2000\\pard\\intbl a\\cell b\\cell\\row" * 20_000
        ),
    )
    yield Case(
        "rtf: 2 GB of binary data, it says",
        "rtf",
        lambda: rich_text("{\\pict\\pngblip\\bin2147483647 abc}"),
    )
    yield Case("rtf: less than no binary data", "rtf", lambda: rich_text("{\\pict\\bin-5 abc}"))
    yield Case(
        "rtf: a picture as wide as can be",
        "rtf",
        lambda: rich_text(
            "{\\pict\\wmetafile8\\picw2147483647\\pich2147483647\\picwgoal2147483647 0100}"
        ),
        None,
    )
    yield Case(
        "rtf: numbers out of all measure",
        "rtf",
        lambda: rich_text("\\fs2147483647\\li-2147483648\\u99999999?\\sb2147483647 a\\par"),
    )
    yield Case(
        "rtf: 50,000 lists",
        "rtf",
        lambda: rich_text(
            "",
            "{\\*\\listtable"
            + "".join(
                f"{{\\list\\listid{n}{{\\listlevel\\levelnfc0{{\\leveltext\\'02\\'00.;}}"
                "{\\levelnumbers\\'01;}}}}"
                for n in range(50_000)
            )
            + "}",
        ),
    )
    yield Case(
        "rtf: an embedded font",
        "rtf",
        lambda: rich_text(
            "", "{\\fonttbl{\\f0{\\*\\fontemb\\ftruetype " + "00010000" * 2000 + "} .VnTime;}}"
        ),
        TEXT,
    )
    yield Case("rtf: no end, no text", "rtf", lambda: b"{\\rtf1" + b"\\'", Unreadable)


def _linked(link: str) -> str:
    url = (link + "/a.rtf").encode("utf-16-le").hex()
    return (
        "{\\object\\objautlink\\objupdate\\rsltpict{\\*\\objclass Word.Document.8}"
        f"{{\\*\\objdata 010500000200000009000000{url}}}{{\\result x}}}}"
    )


# -- OpenDocument

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"'
)
NAME = "application/vnd.oasis.opendocument.text"


def content(body: str, *, before: str = "", head: str = "") -> str:
    """The part with the text: something, then the line."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {SPACES}>{before}'
        f"<office:body><office:text>{body}<text:p>{TEXT}</text:p></office:text></office:body>"
        "</office:document-content>"
    )


def package(text: str | bytes, others: dict[str, bytes] | None = None, name: str = NAME) -> bytes:
    """An OpenDocument file of a text part and others."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), name)
        archive.writestr("content.xml", text)
        for part, data in (others or {}).items():
            archive.writestr(part, data)
    return made.getvalue()


def flat(body: str) -> bytes:
    """The same in one file of XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:mimetype="{NAME}">'
        f"<office:body><office:text>{body}<text:p>{TEXT}</text:p></office:text></office:body>"
        "</office:document>"
    ).encode()


def links(link: str) -> Iterator[tuple[str, str]]:
    """What leads outside in a text, and how it is written."""
    to = f'xlink:type="simple" xlink:href="{link}'
    load = 'xlink:show="embed" xlink:actuate="onLoad"'
    frame = '<text:p><draw:frame text:anchor-type="as-char" svg:width="1cm" svg:height="1cm">{}'
    frame += "</draw:frame></text:p>"
    yield "a picture", frame.format(f'<draw:image {to}/a.png" {load}/>')
    yield "an object", frame.format(f'<draw:object {to}/a.odt" {load}/>')
    yield "an object of another program", frame.format(f'<draw:object-ole {to}/a.doc" {load}/>')
    yield "a frame", frame.format(f'<draw:floating-frame {to}/a.html" {load}/>')
    yield "a film", frame.format(f'<draw:plugin {to}/a.mp4" {load}/>')
    yield (
        "a section",
        f'<text:section text:name="s"><text:section-source {to}/a.odt"/></text:section>',
    )


def _packages(odt: bytes, link: str) -> Iterator[Case]:
    for called, body in links(link):
        yield Case(f"odt: {called} from outside", "odt", partial(package, content(body)), TEXT)
    for called, body in [*links(link)][:2]:
        yield Case(f"fodt: {called} from outside", "fodt", partial(flat, body), TEXT)
    yield Case(
        "odt: a section of this machine",
        "odt",
        lambda: package(
            content(
                '<text:section text:name="s"><text:section-source xlink:type="simple" '
                'xlink:href="file:///etc/passwd"/><text:p>x</text:p></text:section>'
            )
        ),
        TEXT,
    )
    yield Case(
        "odt: DDE",
        "odt",
        lambda: package(
            content(
                '<text:section text:name="s"><office:dde-source office:dde-application="soffice" '
                'office:dde-topic="/etc/passwd" office:dde-item="a" '
                'office:automatic-update="true"/>'
                "<text:p>x</text:p></text:section>"
            )
        ),
        TEXT,
    )
    yield Case(
        "odt: a font from outside",
        "odt",
        lambda: package(
            content(
                "",
                before=(
                    '<office:font-face-decls><style:font-face style:name="F" svg:font-family="F">'
                    f'<svg:font-face-src><svg:font-face-uri xlink:href="{link}/a.ttf"/>'
                    "</svg:font-face-src>"
                    "</style:font-face></office:font-face-decls>"
                ),
            )
        ),
        TEXT,
    )
    yield Case(
        "odt: a broken embedded font",
        "odt",
        lambda: package(
            content(
                "",
                before=(
                    '<office:font-face-decls><style:font-face style:name="F" svg:font-family="F">'
                    '<svg:font-face-src><svg:font-face-uri xlink:href="Fonts/a.ttf"/>'
                    "</svg:font-face-src>"
                    "</style:font-face></office:font-face-decls>"
                ),
            ),
            {"Fonts/a.ttf": bytes(90_000)},
        ),
        TEXT,
    )
    yield Case(
        "odt: macros that run on opening",
        "odt",
        lambda: package(
            content(
                "",
                before=(
                    "<office:scripts><office:event-listeners><script:event-listener "
                    'script:language="ooo:script" script:event-name="dom:load" xlink:type="simple" '
                    'xlink:href="vnd.sun.star.script:S.M.Main?language=Basic&amp;location=document"/>'
                    "</office:event-listeners></office:scripts>"
                ),
            ),
            {"Basic/S/M.xml": _MACRO},
        ),
        TEXT,
    )
    yield Case(
        "odt: swells to 200 MB",
        "odt",
        lambda: package(content("<text:p>" + " " * 200_000_000 + "</text:p>")),
        Unreadable,
    )
    yield Case(
        "odt: a picture that swells",
        "odt",
        lambda: package(content(""), {"Pictures/a.png": bytes(60_000_000)}),
        Unreadable,
    )
    yield Case(
        "odt: entities in entities",
        "odt",
        lambda: package(
            content(
                "<text:p>&b;</text:p>", head='<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
            )
        ),
        Unreadable,
    )
    yield Case(
        "odt: a file of this machine as an entity",
        "odt",
        lambda: package(
            content(
                "<text:p>&a;</text:p>",
                head='<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
            )
        ),
        Unreadable,
    )
    yield Case(
        "fodt: an entity",
        "fodt",
        lambda: flat("<text:p>&a;</text:p>").replace(
            b"?>", b'?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1
        ),
        Unreadable,
    )
    yield Case(
        "odt: 10,000 lists in one another",
        "odt",
        lambda: package(
            content(
                "<text:list><text:list-item>" * 10_000 + "</text:list-item></text:list>" * 10_000
            )
        ),
    )
    yield Case(
        "odt: a cell over 2^31 columns",
        "odt",
        lambda: package(
            content(
                '<table:table><table:table-column table:number-columns-repeated="2147483647"/>'
                '<table:table-row table:number-rows-repeated="2147483647"><table:table-cell '
                'table:number-columns-spanned="2147483647"><text:p>x</text:p></table:table-cell>'
                "</table:table-row></table:table>"
            )
        ),
    )
    yield Case(
        "odt: 2^31 blanks",
        "odt",
        lambda: package(content('<text:p>a<text:s text:c="2147483647"/>b</text:p>')),
    )
    yield Case(
        "odt: 20,000 parts",
        "odt",
        lambda: package(content(""), {f"a/{n}": b"" for n in range(20_000)}),
        Unreadable,
    )
    yield Case(
        "odt: locked",
        "odt",
        lambda: package(
            content(""),
            {
                "META-INF/manifest.xml": (
                    b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
                    b"<m:file-entry "
                    b'm:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
                )
            },
        ),
        Encrypted,
    )
    yield Case(
        "odt: a spreadsheet",
        "odt",
        lambda: package(content(""), name=NAME.replace("text", "spreadsheet")),
        UnsupportedFormat,
    )
    yield Case("odt: no text", "odt", lambda: package("x"))
    yield Case(
        "odt: no part with text",
        "odt",
        lambda: odt.replace(b"content.xml", b"kontent.xml"),
        Unreadable,
    )


_MACRO = b"""<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M"
 script:language="StarBasic">Sub Main
Shell("touch /tmp/tdkt-macro")
End Sub</script:module>"""
