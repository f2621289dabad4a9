"""
Word files made to do harm, or broken as disks and programs break them, each with how it must end.

``CASES`` are all of them; what each ends with is a class of the error tree, or words that stand in
its Plan. They are made when they are asked for, of a small plan and one thing wrong with it.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from tdkt_parse.exceptions import (
    Encrypted,
    NeedsOcr,
    TdktError,
    TooLarge,
    Unreadable,
    UnsupportedFormat,
)

Ends = type[TdktError] | str

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
NUMBER = "12/KH-UBND"
"""Of the plan that every file holds: a Plan without it was not read."""
LAST = "Hội đồng Thi đua - Khen thưởng theo dõi."
"""The end of the plan, after what is wrong in the middle."""


class Case(NamedTuple):
    """A file: what is wrong with it, how it is made, and how its reading ends."""

    label: str
    make: Callable[[], bytes]
    ends: Ends
    at_once: bool = False
    """Whether it must be answered without being unpacked."""


# -- what they are made of


def p(text: str, properties: str = "") -> str:
    """A paragraph."""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


HEAD = "".join(
    p(line)
    for line in (
        "ỦY BAN NHÂN DÂN XÃ TÂN LẬP",
        f"Số: {NUMBER}",
        "Tân Lập, ngày 05 tháng 01 năm 2024",
        "KẾ HOẠCH",
        "Công tác thi đua, khen thưởng năm 2024",
        "I. NỘI DUNG",
        "1. Phát động phong trào thi đua trong toàn xã.",
    )
)


def xml(body: str = "", attributes: str = "") -> str:
    """A document part: the plan with something in the middle of it."""
    return (
        f"<w:document {SPACES} {attributes}><w:body>{HEAD}{body}{p('2. ' + LAST)}</w:body>"
        "</w:document>"
    )


def part(name: str, rows: str) -> str:
    """Another part of Word's: ``styles``, ``numbering``, ``footnotes`` …"""
    return f"<w:{name} {SPACES}>{rows}</w:{name}>"


def relation(identity: str, kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="{identity}" Type="{R}/{kind}" Target="{target}" {more}/>'


def relations(*rows: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


STORIES = ("styles", "numbering", "settings", "footnotes", "endnotes", "header", "footer")
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="'
    f'{KINDS}.document.main+xml"/></Types>'
)


def parts_of(document: str | bytes, more: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """The parts of a package, and relations to those of Word's that are among them."""
    stories = [s for s in STORIES if f"word/{s}.xml" in more]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(relation("r0", "officeDocument", DOCUMENT)),
        RELATIONS: relations(*(relation(f"r{s}", s, f"{s}.xml") for s in stories)),
        DOCUMENT: document,
        **more,
    }
    return {name: _bytes(content) for name, content in parts.items()}


def word(document: str | bytes = "", **more: str | bytes) -> bytes:
    """A Word file; the parts of Word's by their names, others as ``parts=``."""
    named = {f"word/{name}.xml": content for name, content in more.items()}
    return packed(parts_of(document or xml(), named))


def with_parts(more: Mapping[str, str | bytes], document: str | bytes = "") -> bytes:
    """A Word file with parts of any name."""
    return packed(parts_of(document or xml(), more))


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


class Entry(NamedTuple):
    """An entry of a zip that may say of itself what is not so; ``None`` is the truth."""

    name: bytes
    data: bytes
    method: int = 8
    flags: int = 0
    size: int | None = None
    packed_size: int | None = None
    crc: int | None = None
    at: int | None = None
    local_name: bytes | None = None
    body: bytes | None = None
    """What stands in the file, where it is not ``data`` packed."""
    listed: int = 1
    """How many times the list of entries has it."""


def zipped(
    entries: list[Entry], *, count: int | None = None, start: int | None = None, end: bytes = b""
) -> bytes:
    """A zip written by hand."""
    out = io.BytesIO()
    rows = []
    for entry in entries:
        body = entry.body
        if body is None:
            body = _deflated(entry.data) if entry.method == 8 else entry.data
        crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
        size = len(entry.data) if entry.size is None else entry.size
        length = len(body) if entry.packed_size is None else entry.packed_size
        at = out.tell() if entry.at is None else entry.at
        common = struct.pack(
            "<HHHHHIII", 20, entry.flags, entry.method, 0, 33, crc, length & 0xFFFFFFFF,
            size & 0xFFFFFFFF,
        )  # fmt: skip
        local = entry.name if entry.local_name is None else entry.local_name
        out.write(b"PK\x03\x04" + common + struct.pack("<HH", len(local), 0) + local + body)
        name = struct.pack("<HHHHHII", len(entry.name), 0, 0, 0, 0, 0, at & 0xFFFFFFFF) + entry.name
        rows += [b"PK\x01\x02" + struct.pack("<H", 20) + common + name] * entry.listed
    began = out.tell()
    listing = b"".join(rows)
    total = (len(rows) if count is None else count) & 0xFFFF
    first = began if start is None else start
    tail = struct.pack("<HHHHIIH", 0, 0, total, total, len(listing), first, len(end))
    return out.getvalue() + listing + b"PK\x05\x06" + tail + end


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def entries_of(**changes: Any) -> list[Entry]:
    """The entries of a Word file, those of its document part changed."""
    made = []
    for name, content in parts_of(xml(), {}).items():
        entry = Entry(name.encode(), content)
        made.append(entry._replace(**changes) if name == DOCUMENT else entry)
    return made


def _zeros(length: int) -> bytes:
    """That many blanks, deflated without ever being in memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    chunk = b" " * (1 << 20)
    body = b"".join(packer.compress(chunk) for _ in range(length >> 20))
    return body + packer.flush()


def swollen(length: int, **said: Any) -> bytes:
    """A document part of that many bytes, a thousandth of it packed, that says so or does not."""
    changes: dict[str, Any] = {"body": _zeros(length), "size": length, "crc": 0, **said}
    return zipped(entries_of(**changes))


# -- the zip


def zips() -> Iterator[Case]:
    whole = word()
    yield Case("nothing at all", lambda: b"", Unreadable)
    yield Case("a megabyte of zero bytes", lambda: bytes(1 << 20), Unreadable)
    yield Case("PK and nothing", lambda: b"PK\x03\x04", UnsupportedFormat)
    yield Case(
        "PK and noise",
        lambda: b"PK\x03\x04word/document" + bytes((i * i + 7 * i) % 251 for i in range(50_000)),
        Unreadable,
    )
    for percent in (10, 30, 60, 90, 99):
        yield Case(
            f"cut short at {percent} %",
            partial(bytes, whole[: len(whole) * percent // 100]),
            Unreadable,
        )
    yield Case("the last byte cut off", lambda: whole[:-1], Unreadable)
    yield Case("no list of entries", lambda: whole[: whole.index(b"PK\x01\x02")], Unreadable)
    yield Case("the list alone", lambda: whole[whole.index(b"PK\x01\x02") :], UnsupportedFormat)
    yield Case("says it has no entries", lambda: zipped(entries_of(), count=0), NUMBER)
    yield Case("says it has 65,535 entries", lambda: zipped(entries_of(), count=65535), NUMBER)
    yield Case(
        "its list stands beyond its end", lambda: zipped(entries_of(), start=1 << 31), Unreadable
    )
    yield Case("its list stands elsewhere", lambda: zipped(entries_of(), start=10), Unreadable)
    yield Case(
        "a comment of 60,000 bytes",
        lambda: zipped(entries_of(), end=b"PK\x05\x06" * 15_000),
        Unreadable,
    )
    yield Case("bytes before the first entry", lambda: b"PK\x03\x04" + b"junk" * 99 + whole, NUMBER)
    yield Case("bytes after the last", lambda: whole + bytes(5000), NUMBER)
    yield Case("part says it is smaller", lambda: zipped(entries_of(size=10)), Unreadable)
    yield Case("part says it is larger", lambda: zipped(entries_of(size=1 << 20)), NUMBER)
    yield Case(
        "part says it has 4 GB", lambda: zipped(entries_of(size=0xFFFFFFF0)), TooLarge, at_once=True
    )
    yield Case(
        "part says it is packed in 4 GB", lambda: zipped(entries_of(packed_size=0xFFFFFFF0)), NUMBER
    )
    yield Case(
        "part says it is packed in nothing", lambda: zipped(entries_of(packed_size=0)), Unreadable
    )
    yield Case(
        "part of 0xFFFFFFFF, with no zip64", lambda: zipped(entries_of(size=0xFFFFFFFF)), TooLarge
    )
    yield Case("wrong checksum", lambda: zipped(entries_of(crc=1)), Unreadable)
    yield Case("part stands beyond the end", lambda: zipped(entries_of(at=1 << 30)), Unreadable)
    yield Case("part stands at another's place", lambda: zipped(entries_of(at=0)), Unreadable)
    yield Case(
        "another name before the part",
        lambda: zipped(entries_of(local_name=b"word/x.xml")),
        Unreadable,
    )
    yield Case("part with a password", lambda: zipped(entries_of(flags=1)), Encrypted)
    yield Case("part with a strong password", lambda: zipped(entries_of(flags=0x41)), Encrypted)
    yield Case("part that is a patch", lambda: zipped(entries_of(flags=0x20)), Unreadable)
    yield Case(
        "unknown way of packing", lambda: zipped(entries_of(method=97, body=b"x")), Unreadable
    )
    yield Case("deflate64", lambda: zipped(entries_of(method=9, body=b"x")), Unreadable)
    yield Case("noise for deflate", lambda: zipped(entries_of(body=b"\xff" * 500)), Unreadable)
    yield Case(
        "deflate without an end",
        lambda: zipped(entries_of(body=_deflated(xml().encode())[:-9])),
        Unreadable,
    )
    yield Case(
        "noise for bzip2",
        lambda: zipped(entries_of(method=12, body=b"BZh9" + b"\xff" * 500)),
        Unreadable,
    )
    yield Case(
        "noise for lzma",
        lambda: zipped(entries_of(method=14, body=b"\x09\x04\x05\x00" + b"\xff" * 500)),
        Unreadable,
    )
    yield Case(
        "lzma with a dictionary of 4 GB",
        lambda: zipped(
            entries_of(method=14, body=b"\x09\x04\x05\x00\x5d\xff\xff\xff\xff" + b"\x00" * 500)
        ),
        Unreadable,
    )
    yield Case(
        "packed by bzip2", lambda: packed(parts_of(xml(), {}), zipfile.ZIP_BZIP2), Unreadable
    )
    yield Case("packed by lzma", lambda: packed(parts_of(xml(), {}), zipfile.ZIP_LZMA), Unreadable)
    yield Case(
        "16 MB of blanks by bzip2",
        lambda: packed(parts_of(b" " * (16 << 20), {}), zipfile.ZIP_BZIP2),
        Unreadable,
    )
    yield Case(
        "16 MB of blanks by lzma",
        lambda: packed(parts_of(b" " * (16 << 20), {}), zipfile.ZIP_LZMA),
        Unreadable,
    )
    yield Case(
        "stored, not packed", lambda: packed(parts_of(xml(), {}), zipfile.ZIP_STORED), NUMBER
    )


def bombs() -> Iterator[Case]:
    yield Case("240 MB of XML in 240 kB", lambda: swollen(240 << 20), TooLarge, at_once=True)
    yield Case(
        "240 MB that say they are 1 MB", lambda: swollen(240 << 20, size=1 << 20), Unreadable
    )
    yield Case("240 MB that say they are nothing", lambda: swollen(240 << 20, size=0), Unreadable)
    yield Case(
        "60 MB of blanks, at a ratio of 1,000", lambda: swollen(60 << 20), TooLarge, at_once=True
    )
    yield Case(
        "a picture of 240 MB",
        lambda: zipped(
            [
                *entries_of(),
                Entry(b"word/media/image1.png", b"", body=_zeros(240 << 20), size=240 << 20),
            ]
        ),
        NUMBER,
    )
    yield Case(
        "zips within zips, in word/embeddings",
        lambda: with_parts({"word/embeddings/oleObject1.bin": _nested(6)}),
        NUMBER,
    )
    yield Case(
        "Word file within a Word file",
        lambda: with_parts({"word/embeddings/inner.docx": word()}),
        NUMBER,
    )
    yield Case("20,000 entries", lambda: _many(20_000), TooLarge, at_once=True)
    yield Case("100,000 entries", lambda: _many(100_000), TooLarge, at_once=True)
    yield Case("9,000 entries", lambda: _many(9_000), NUMBER)
    yield Case(
        "one entry listed 20,000 times",
        lambda: zipped(entries_of(listed=20_000)),
        TooLarge,
        at_once=True,
    )
    yield Case("300 entries over the same bytes", _overlapping, Unreadable)
    yield Case("40 headers of 10 MB", lambda: _heavy_headers(40, 10), TooLarge)
    yield Case("every story just below the limit", _heavy_stories, TooLarge)


def _nested(depth: int) -> bytes:
    data = packed({"0": bytes(10 << 20)})
    for _ in range(depth):
        data = packed({str(k): data for k in range(8)})
    return data


def _many(count: int) -> bytes:
    return zipped([*entries_of(), *(Entry(b"x%d" % k, b"", method=0) for k in range(count))])


def _overlapping() -> bytes:
    """Header parts that all are the same stretch of the file, as in a quine of zips."""
    content = part("hdr", p("Trang 1") * 40_000).encode()
    body = _deflated(content)
    first = Entry(b"word/h0.xml", content, body=body)
    names = [b"word/h%03d.xml" % k for k in range(300)]
    rows = [Entry(name, content, body=b"", packed_size=len(body), at=0) for name in names[1:]]
    rows = [row._replace(local_name=b"") for row in rows]
    refs = relations(*(relation(f"h{k}", "header", f"h{k:03}.xml") for k in range(300)))
    others = [
        entry._replace(data=refs.encode()) if entry.name == RELATIONS.encode() else entry
        for entry in entries_of()
    ]
    return zipped([first._replace(name=names[0]), *rows, *others])


def _heavy_headers(count: int, megabytes: int) -> bytes:
    """Each below every limit; all together not."""
    content = part("hdr", p("Trang " + "x" * 40_000) * (megabytes * 25)).encode()
    refs = relations(*(relation(f"h{k}", "header", f"h{k}.xml") for k in range(count))).encode()
    body, crc = _deflated(content), zlib.crc32(content)
    header = Entry(b"", b"", body=body, crc=crc, size=len(content))
    return zipped(
        [
            *(e._replace(data=refs) if e.name == RELATIONS.encode() else e for e in entries_of()),
            *(header._replace(name=b"word/h%d.xml" % k) for k in range(count)),
        ]
    )


def _heavy_stories() -> bytes:
    rows = {name: part(name, f"<w:x w:val='{_varied(1_000_000)}'/>" * 20) for name in STORIES}
    return word(**rows)


def _varied(length: int) -> str:
    """Text that is packed to about a thirtieth."""
    return "".join(f"{k:08d}" * 8 for k in range(length // 64))


def names() -> Iterator[Case]:
    def also(name: bytes) -> bytes:
        return zipped([Entry(name, b"<x/>"), *entries_of()])

    for label, name in (
        ("..", b"../../../../etc/cron.d/x"), ("an absolute path", b"/etc/passwd"),
        ("a drive", b"C:\\Windows\\system.ini"), ("backslashes", b"..\\..\\word\\x.xml"),
        ("a NUL", b"word/styles.xml\x00.png"), ("no letters", b""), ("a slash", b"/"),
        ("60,000 letters", b"x" * 60_000), ("bytes that are no UTF-8", b"\xff\xfe\x80"),
        ("a line break", b"word/\n.xml"), ("a right-to-left mark", "word/\u202elmx.x".encode()),
    ):  # fmt: skip
        yield Case(f"an entry whose name is {label}", partial(also, name), NUMBER)
    yield Case(
        "two document parts of one name",
        lambda: zipped([*entries_of(), Entry(DOCUMENT.encode(), b"<x/>")]),
        NUMBER,
    )
    yield Case(
        "names flagged UTF-8 that are not",
        lambda: zipped([Entry(b"\xff\xfe", b"", flags=0x800), *entries_of()]),
        Unreadable,
    )


# -- the XML


BILLION = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {"abcdefghij"[k]} "{("&" + "abcdefghij"[k - 1] + ";") * 10}">'
        for k in range(1, 10)
    )
    + "]>"
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def definitions() -> Iterator[Case]:
    for label, head in (("billion laughs", BILLION), ("an external entity", EXTERNAL)):
        yield Case(
            f"{label} in the document",
            partial(word, head + xml(p("&a;"))),
            Unreadable,
            at_once=True,
        )
    plain = "<!DOCTYPE x>"
    for name in ("styles", "numbering", "settings"):
        yield Case(f"a DTD in {name}", partial(word, **{name: plain + part(name, "")}), Unreadable)
    noted = p("</w:t><w:footnoteReference w:id='1'/><w:t>")
    yield Case(
        "a DTD in the footnotes",
        lambda: word(xml(noted), footnotes=plain + part("footnotes", "")),
        Unreadable,
    )
    yield Case("a DTD in a header", lambda: word(header=plain + part("hdr", "")), Unreadable)
    yield Case(
        "a DTD in the relations", lambda: with_parts({RELATIONS: plain + relations()}), Unreadable
    )
    yield Case(
        "a DTD in the package's relations",
        lambda: with_parts(
            {"_rels/.rels": plain + relations(relation("r", "officeDocument", DOCUMENT))}
        ),
        Unreadable,
    )
    yield Case(
        "a DTD in the content types",
        lambda: with_parts({"[Content_Types].xml": BILLION + TYPES}),
        (NUMBER),
    )
    for code in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
        yield Case(
            f"a DTD in {code}",
            partial(
                word,
                (f'<?xml version="1.0" encoding="{code[:6]}"?>' + BILLION + xml(p("&a;"))).encode(
                    code
                ),
            ),
            Unreadable,
        )
    for code in ("utf-7", "cp037", "cp500", "hz", "iso2022_jp"):
        yield Case(
            f"a DTD in {code}",
            partial(
                word,
                (f'<?xml version="1.0" encoding="{code}"?>' + BILLION + "<x>&a;</x>").encode(code),
            ),
            Unreadable,
        )
    yield Case(
        "a DTD in UTF-7 under a plain head",
        lambda: word(
            '<?xml version="1.0" encoding="UTF-7"?>' + BILLION.replace("<", "+ADw-") + xml()
        ),
        Unreadable,
    )
    yield Case(
        "a DTD in words of a comment", lambda: word("<!-- <!DOCTYPE x> -->" + xml()), Unreadable
    )
    yield Case("an entity nobody defined", lambda: word(xml(p("&a;"))), Unreadable)


def encodings() -> Iterator[Case]:
    yield Case("UTF-16 with its mark", lambda: word(xml().encode("utf-16")), NUMBER)
    yield Case("UTF-16 without its mark", lambda: word(xml().encode("utf-16-le")), NUMBER)
    yield Case("UTF-16 cut in a letter", lambda: word(xml().encode("utf-16")[:-1]), Unreadable)
    yield Case(
        "UTF-8 that says it is windows-1258",
        lambda: word('<?xml version="1.0" encoding="windows-1258"?>' + xml()),
        NUMBER,
    )
    yield Case(
        "an encoding that is none",
        lambda: word('<?xml version="1.0" encoding="klingon"?>' + xml()),
        Unreadable,
    )
    yield Case(
        "bytes that are no UTF-8",
        lambda: word(xml(p("QQQ")).encode().replace(b"QQQ", b"\xff\xc0\x80")),
        Unreadable,
    )
    yield Case("a NUL in the text", lambda: word(xml(p("a\x00b"))), Unreadable)
    yield Case("a NUL as a reference", lambda: word(xml(p("a&#0;b"))), Unreadable)
    yield Case("a lone surrogate", lambda: word(xml(p("&#xD800;"))), Unreadable)
    yield Case(
        "a lone surrogate in UTF-16",
        lambda: word(
            xml(p("QQ")).encode("utf-16-le").replace("QQ".encode("utf-16-le"), b"\x00\xd8\x00\xd8")
        ),
        Unreadable,
    )
    yield Case("a character that is none", lambda: word(xml(p("&#xFFFE;"))), Unreadable)
    yield Case("control characters", lambda: word(xml(p("a\x01\x1bb"))), Unreadable)
    yield Case(
        "overrides of direction",
        lambda: word(xml(p("3. \u202eabc\u202c\u2066x\u2069 \u200b\ufeff"))),
        NUMBER,
    )
    yield Case(
        "beyond the first plane", lambda: word(xml(p("3. " + "\U0001f600\U000e0041" * 500))), NUMBER
    )


def floods() -> Iterator[Case]:
    yield Case("not closed", lambda: word(xml()[:-30]), Unreadable)
    yield Case("two roots", lambda: word(xml() + xml()), Unreadable)
    yield Case("an empty document part", lambda: word(b" "), Unreadable)
    yield Case(
        "root of another vocabulary", lambda: word("<html><body><p>x</p></body></html>"), Unreadable
    )
    yield Case("namespace left out", lambda: word(xml().replace(f'xmlns:w="{W}"', "")), Unreadable)
    yield Case("namespace of nobody", lambda: word(xml().replace(W, "urn:nobody")), Unreadable)
    yield Case("no body", lambda: word(f"<w:document {SPACES}/>"), Unreadable)
    yield Case(
        "an empty body", lambda: word(f"<w:document {SPACES}><w:body/></w:document>"), Unreadable
    )
    yield Case(
        "two bodies", lambda: word(xml().replace("</w:document>", "<w:body/></w:document>")), NUMBER
    )
    for depth in (300, 100_000):
        for label, name in (
            ("unknown elements", "w:x"),
            ("smart tags", "w:smartTag"),
            ("insertions", "w:ins"),
        ):
            yield Case(
                f"{depth:,} {label} within one another",
                partial(word, xml(f"<{name}>" * depth + p("Đáy.") + f"</{name}>" * depth)),
                TooLarge,
            )
    yield Case("3 million empty elements", lambda: word(xml("<w:p/>" * 3_100_000)), TooLarge)
    yield Case("1.9 million empty elements", lambda: word(xml("<w:x/>" * 1_900_000)), NUMBER)
    yield Case(
        "a million attributes",
        lambda: word(xml("<w:x " + " ".join(f'a{k}=""' for k in range(1_000_000)) + "/>")),
        TooLarge,
    )
    yield Case(
        "an attribute of 9 MB", lambda: word(xml(f'<w:x w:val="{_varied(9_000_000)}"/>')), NUMBER
    )
    yield Case(
        "an attribute of 12 MB",
        lambda: word(xml(f'<w:x w:val="{_varied(12_000_000)}"/>')),
        TooLarge,
    )
    yield Case("a name of 100,000 letters", lambda: word(xml(f"<w:{'x' * 100_000}/>")), TooLarge)
    yield Case(
        "200,000 namespaces",
        lambda: word(xml("".join(f'<a{k}:x xmlns:a{k}="u{k}"/>' for k in range(200_000)))),
        NUMBER,
    )
    yield Case("a million comments", lambda: word(xml("<!---->" * 1_000_000)), NUMBER)
    yield Case(
        "a million processing instructions", lambda: word(xml("<?a b?>" * 1_000_000)), NUMBER
    )
    yield Case(
        "comments within a paragraph",
        lambda: word(xml("<w:p><!--a--><w:r><?b?><w:t>Đã <!--c-->đọc.</w:t></w:r></w:p>")),
        "Đã đọc.",
    )
    yield Case("CDATA", lambda: word(xml(p("<![CDATA[<w:p> & chữ]]>"))), "<w:p> & chữ")


# -- what stands in the document


def table(rows: int, columns: int, text: str = "a", look: str = "") -> str:
    cell = f"<w:tc>{look and f'<w:tcPr>{look}</w:tcPr>'}{p(text)}</w:tc>"
    return f"<w:tbl>{('<w:tr>' + cell * columns + '</w:tr>') * rows}</w:tbl>"


def contents() -> Iterator[Case]:
    yield Case(
        "a paragraph of 5 MB",
        lambda: word(xml(p("3. " + "thi đua khen thưởng " * 250_000))),
        NUMBER,
    )
    yield Case("one word of 5 MB", lambda: word(xml(p("3. " + _varied(5_000_000)))), NUMBER)
    yield Case("60 MB of text", lambda: word(xml(p(_varied(6_000_000)) * 10)), TooLarge)
    yield Case(
        "6 MB of text in 60,000 paragraphs",
        lambda: word(xml(p("thi đua khen thưởng " * 5) * 60_000)),
        NUMBER,
    )
    yield Case(
        "450,000 runs",
        lambda: word(xml("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 450_000 + "</w:p>")),
        TooLarge,
    )
    yield Case(
        "100,000 runs",
        lambda: word(xml("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 100_000 + "</w:p>")),
        NUMBER,
    )
    yield Case(
        "1.9 million tabs",
        lambda: word(xml("<w:p><w:r>" + "<w:tab/>" * 1_900_000 + "</w:r></w:p>")),
        TooLarge,
    )
    yield Case("1.9 million empty paragraphs", lambda: word(xml("<w:p/>" * 1_900_000)), TooLarge)
    yield Case(
        "1.9 million empty cells",
        lambda: word(xml(f"<w:tbl><w:tr>{'<w:tc/>' * 1_900_000}</w:tr></w:tbl>")),
        TooLarge,
    )
    yield Case(
        "1.9 million empty rows",
        lambda: word(xml(f"<w:tbl>{'<w:tr/>' * 1_900_000}</w:tbl>")),
        TooLarge,
    )
    yield Case(
        "200,000 empty boxes",
        lambda: word(
            xml("<w:p><w:r><w:pict>" + "<w:txbxContent/>" * 200_000 + "</w:pict></w:r></w:p>")
        ),
        NUMBER,
    )
    yield Case(
        "30,000 paragraphs in 200 controls",
        lambda: word(xml(_deep("<w:customXml>", "</w:customXml>", 200, p("a") * 30_000))),
        NUMBER,
    )
    yield Case(
        "20,000 paragraphs in 60 wrapping tables",
        lambda: word(
            xml(_deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 60, p("a") * 20_000))
        ),
        NUMBER,
    )
    yield Case(
        "a paragraph of a million runs",
        lambda: word(xml("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 1_000_000 + "</w:p>")),
        TooLarge,
    )
    yield Case("200,000 paragraphs", lambda: word(xml(p("a") * 200_000)), TooLarge)
    yield Case(
        "200,000 line breaks",
        lambda: word(xml("<w:p><w:r>" + "<w:t>a</w:t><w:br/>" * 200_000 + "</w:r></w:p>")),
        TooLarge,
    )
    yield Case("a table of 300 × 63", lambda: word(xml(table(300, 63))), NUMBER)
    yield Case("a table of 2,000 rows", lambda: word(xml(table(2000, 5, "việc phải làm"))), NUMBER)
    yield Case("100,000 cells in a row", lambda: word(xml(table(1, 100_000))), TooLarge)
    yield Case("50,000 empty tables", lambda: word(xml("<w:tbl/>" * 50_000)), NUMBER)
    yield Case("5,000 tables of one cell", lambda: word(xml(table(1, 1) * 5_000)), NUMBER)
    for label, look in (
        ("gridSpan of 300 million", '<w:gridSpan w:val="300000000"/>'),
        ("gridSpan below nothing", '<w:gridSpan w:val="-5"/>'),
        ("gridSpan abc", '<w:gridSpan w:val="abc"/>'),
        ("gridSpan of 2^63", '<w:gridSpan w:val="9223372036854775808"/>'),
        ("gridSpan of 10,000 digits", f'<w:gridSpan w:val="{"9" * 10_000}"/>'),
        ("gridSpan of Arabic digits", '<w:gridSpan w:val="٣٠٠"/>'),
        ("vMerge abc", '<w:vMerge w:val="abc"/>'),
        ("vMerge with nothing above", "<w:vMerge/>"),
        ("hMerge with nothing before", '<w:hMerge w:val="continue"/>'),
    ):
        yield Case(label, partial(word, xml(table(9, 9, "ô", look))), NUMBER, at_once=True)
    row = '<w:tr><w:trPr><w:gridBefore w:val="300000000"/></w:trPr><w:tc>{}</w:tc></w:tr>'
    before = f"<w:tbl>{row}</w:tbl>"
    yield Case(
        "gridBefore of 300 million", lambda: word(xml(before.format(p("ô")))), NUMBER, at_once=True
    )
    yield Case(
        "cells merged down 3,000 rows",
        lambda: word(
            xml(
                table(1, 8, "a", '<w:vMerge w:val="restart"/>')[:-8]
                + table(3000, 8, "", "<w:vMerge/>")[7:]
            )
        ),
        NUMBER,
    )
    for depth in (20, 60, 2000):
        yield Case(
            f"{depth:,} tables within one another",
            partial(
                word, xml(_deep("<w:tbl><w:tr><w:tc>", p("a") + "</w:tc></w:tr></w:tbl>", depth))
            ),
            NUMBER if depth < 2000 else TooLarge,
        )
        yield Case(
            f"{depth:,} tables of two cells within one another",
            partial(
                word,
                xml(
                    _deep(
                        f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>",
                        p("a") + "</w:tc></w:tr></w:tbl>",
                        depth,
                    )
                ),
            ),
            NUMBER if depth < 2000 else TooLarge,
        )
        yield Case(
            f"{depth:,} controls within one another",
            partial(word, xml(_deep("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", depth))),
            NUMBER if depth < 2000 else TooLarge,
        )
        yield Case(
            f"{depth:,} controls within a paragraph",
            partial(
                word,
                xml(
                    "<w:p>"
                    + _deep(
                        "<w:sdt><w:sdtContent>",
                        "</w:sdtContent></w:sdt>",
                        depth,
                        "<w:r><w:t>Đáy.</w:t></w:r>",
                    )
                    + "</w:p>"
                ),
            ),
            NUMBER if depth < 2000 else TooLarge,
        )
        yield Case(
            f"{depth:,} boxes within one another",
            partial(
                word,
                xml(
                    _deep(
                        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>",
                        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
                        depth,
                    )
                ),
            ),
            NUMBER if depth < 60 else TooLarge,
        )
    yield Case(
        "20,000 boxes in a paragraph",
        lambda: word(
            xml(
                "<w:p>"
                + f"<w:r><w:pict><w:txbxContent>{p('a')}</w:txbxContent></w:pict></w:r>" * 20_000
                + "</w:p>"
            )
        ),
        NUMBER,
    )
    yield Case(
        "50,000 paragraphs whose marks were deleted",
        lambda: word(xml(p("a ", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>") * 50_000)),
        NUMBER,
    )
    yield Case(
        "forms of one thing within one another",
        lambda: word(
            xml(
                _deep(
                    "<mc:AlternateContent><mc:Choice Requires='w'/><mc:Fallback>",
                    "</mc:Fallback></mc:AlternateContent>",
                    50,
                )
            )
        ),
        NUMBER,
    )
    yield Case(
        "signs of bad codes",
        lambda: word(
            xml(
                "<w:p><w:r><w:t>Dấu</w:t>"
                + "".join(
                    f"<w:sym w:font='Wingdings' w:char='{c}'/>"
                    for c in (
                        "",
                        "D800",
                        "0",
                        "-F0",
                        "FFFFFFFFFFFF",
                        "zz",
                        "F0FF",
                        "1_0",
                        "FFFE",
                        "10FFFF",
                    )
                )
                + "</w:r></w:p>"
            )
        ),
        "Dấu",
    )
    yield Case("an altChunk beside the text", lambda: word(xml('<w:altChunk r:id="r9"/>')), NUMBER)
    yield Case(
        "an altChunk for the text",
        lambda: word(f'<w:document {SPACES}><w:body><w:altChunk r:id="r9"/></w:body></w:document>'),
        Unreadable,
    )
    yield Case(
        "a picture for the text",
        lambda: word(
            f"<w:document {SPACES}><w:body><w:p><w:r><w:drawing><v:imagedata/></w:drawing></w:r>"
            "</w:p></w:body></w:document>"
        ),
        NeedsOcr,
    )


def _deep(before: str, after: str, depth: int, inner: str = "") -> str:
    return before * depth + (inner or p("Đáy.")) + after * depth


def fields() -> Iterator[Case]:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    said = "<w:r><w:t>Chữ còn lại.</w:t></w:r>"
    yield Case(
        "a field that never ends",
        lambda: word(xml(f"<w:p>{char('begin')}{said}</w:p>")),
        "Chữ còn lại.",
    )
    yield Case(
        "a field ended twice",
        lambda: word(xml(f"<w:p>{char('begin')}{char('end') * 2}{said}</w:p>")),
        "Chữ còn lại.",
    )
    yield Case(
        "fields that only end",
        lambda: word(xml(f"<w:p>{char('separate')}{char('end') * 500}{said}</w:p>")),
        "Chữ còn lại.",
    )
    yield Case(
        "10,000 fields within one another",
        lambda: word(xml(f"<w:p>{char('begin') * 10_000}{said}{char('end') * 10_000}{said}</w:p>")),
        "Chữ còn lại.",
    )
    yield Case(
        "30,000 fields never ended, with text in each",
        lambda: word(xml(f"<w:p>{(char('begin') + said) * 30_000}</w:p>")),
        NUMBER,
    )
    yield Case(
        "a form field of 100,000 entries",
        lambda: word(
            xml(
                '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>'
                '<w:result w:val="99999999999"/>'
                + '<w:listEntry w:val="x"/>' * 100_000
                + f"</w:ddList></w:ffData></w:fldChar></w:r>{char('end')}{said}</w:p>"
            )
        ),
        "Chữ còn lại.",
    )


def lists() -> Iterator[Case]:
    item = "<w:pPr><w:numPr><w:ilvl w:val='{}'/><w:numId w:val='{}'/></w:numPr></w:pPr>"
    text = "Việc được đánh số."

    def numbered(
        level: str,
        nums: str = "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
        depth: str = "0",
        times: int = 1,
        more: str = "",
    ) -> bytes:
        rows = f"<w:abstractNum w:abstractNumId='0'>{level}</w:abstractNum>{more}{nums}"
        return word(xml(p(text, item.format(depth, 1)) * times), numbering=part("numbering", rows))

    def level(start: str = "1", form: str = "decimal", shown: str = "%1.", depth: str = "0") -> str:
        said = f"<w:numFmt w:val='{form}'/><w:lvlText w:val='{shown}'/>"
        return f"<w:lvl w:ilvl='{depth}'><w:start w:val='{start}'/>{said}</w:lvl>"

    yield Case(
        "a list that refers to itself",
        lambda: word(
            xml(p(text, item.format(0, 1))),
            styles=part(
                "styles",
                "<w:style w:type='numbering' w:styleId='A'><w:pPr><w:numPr><w:numId w:val='1'/>"
                "</w:numPr></w:pPr></w:style>",
            ),
            numbering=part(
                "numbering",
                "<w:abstractNum w:abstractNumId='0'><w:styleLink w:val='A'/>"
                "<w:numStyleLink w:val='A'/>"
                "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
            ),
        ),
        text,
    )
    yield Case("a label of 1 MB", lambda: numbered(level(shown="%1" * 500_000)), text)
    yield Case(
        "a label of 1 MB, 1,000 times",
        lambda: numbered(level(shown="%1" * 500_000), times=1000),
        NUMBER,
    )
    for form in (
        "decimal",
        "upperRoman",
        "lowerLetter",
        "ordinalText",
        "vietnameseCounting",
        "abc",
    ):
        for start in ("10000000", "2147483648", "-7"):
            yield Case(f"{form} from {start}", partial(numbered, level(start, form), times=3), text)
    for depth in ("-1", "99", "abc", "300000000"):
        yield Case(f"a level {depth}", partial(numbered, level(depth=depth), depth=depth), text)
    yield Case(
        "50,000 lists",
        lambda: numbered(
            level(),
            "".join(
                f"<w:num w:numId='{k}'><w:abstractNumId w:val='0'/></w:num>" for k in range(50_000)
            ),
        ),
        text,
    )
    yield Case(
        "390,000 lists",
        lambda: numbered(
            level(),
            "".join(
                f"<w:num w:numId='{k}'><w:abstractNumId w:val='0'/></w:num>" for k in range(390_000)
            ),
        ),
        TooLarge,
    )
    yield Case(
        "20,000 definitions of lists",
        lambda: numbered(
            level(),
            "".join(
                f"<w:num w:numId='{k}'><w:abstractNumId w:val='{k}'/></w:num>"
                for k in range(20_000)
            ),
            more="".join(
                f"<w:abstractNum w:abstractNumId='{k}'>{level()}</w:abstractNum>"
                for k in range(1, 20_000)
            ),
        ),
        text,
    )
    yield Case(
        "10,000 lists through a style",
        lambda: numbered(
            "<w:numStyleLink w:val='Z'/>",
            "".join(
                f"<w:num w:numId='{k}'><w:abstractNumId w:val='{k}'/></w:num>"
                for k in range(10_000)
            ),
            more="".join(
                f"<w:abstractNum w:abstractNumId='{k}'><w:numStyleLink w:val='Z'/></w:abstractNum>"
                for k in range(1, 10_000)
            ),
        ),
        text,
    )


def styles() -> Iterator[Case]:
    def styled(rows: str) -> bytes:
        return word(
            xml(p("Có kiểu.", "<w:pPr><w:pStyle w:val='A'/></w:pPr>")), styles=part("styles", rows)
        )

    def style(name: str, below: str) -> str:
        opening = f"<w:style w:type='paragraph' w:default='1' w:styleId='{name}'>"
        return f"{opening}<w:basedOn w:val='{below}'/></w:style>"

    yield Case("a style based on itself", lambda: styled(style("A", "A")), "Có kiểu.")
    yield Case(
        "styles based on each other", lambda: styled(style("A", "B") + style("B", "A")), "Có kiểu."
    )
    yield Case(
        "900,000 styles without a word",
        lambda: styled("".join(f"<w:style w:styleId='{k}'/>" for k in range(900_000))),
        TooLarge,
    )
    yield Case(
        "50,000 styles, each on the next",
        lambda: styled(
            style("A", "s0") + "".join(style(f"s{k}", f"s{k + 1}") for k in range(50_000))
        ),
        "Có kiểu.",
    )


def notes() -> Iterator[Case]:
    def mark(identity: object) -> str:
        return f"<w:r><w:footnoteReference w:id='{identity}'/></w:r>"

    def note(identity: object, inner: str = "Chú thích.", more: str = "") -> str:
        said = f"<w:p><w:r><w:t>{inner}</w:t></w:r>{more}</w:p>"
        return f"<w:footnote w:id='{identity}'>{said}</w:footnote>"

    said = "<w:p><w:r><w:t>3. Việc có chú thích</w:t></w:r>{}</w:p>"
    yield Case(
        "a note that refers to itself",
        lambda: word(xml(said.format(mark(1))), footnotes=part("footnotes", note(1, more=mark(1)))),
        "Chú thích.",
    )
    yield Case(
        "notes that refer to each other",
        lambda: word(
            xml(said.format(mark(1))),
            footnotes=part("footnotes", note(1, more=mark(2)) + note(2, more=mark(1))),
        ),
        "Chú thích.",
    )
    yield Case(
        "a note that is not there",
        lambda: word(
            xml(said.format(mark(7) + mark("") + mark("x"))), footnotes=part("footnotes", note(1))
        ),
        "Việc có chú thích",
    )
    yield Case(
        "marks without a part of notes",
        lambda: word(xml(said.format(mark(7)))),
        "Việc có chú thích",
    )
    yield Case(
        "2,000 notes",
        lambda: word(
            xml("".join(said.format(mark(k)) for k in range(2_000))),
            footnotes=part("footnotes", "".join(map(note, range(2_000)))),
        ),
        NUMBER,
    )
    yield Case(
        "30,000 marks of one note",
        lambda: word(xml(said.format(mark(1) * 30_000)), footnotes=part("footnotes", note(1))),
        NUMBER,
    )
    raised = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>{}</w:t></w:r>"
    marked = f"<w:p><w:r><w:t>Việc</w:t></w:r>{raised}</w:p>"
    typed = f"<w:p>{raised}<w:r><w:t> Chú thích tay.</w:t></w:r></w:p>"
    yield Case(
        "3,000 typed notes",
        lambda: word(xml("".join((marked + typed).format(k % 999, k % 999) for k in range(3_000)))),
        NUMBER,
    )


# -- how parts refer to one another


def references() -> Iterator[Case]:
    for label, target, more in (
        ("NULL", "NULL", ""), ("word/NULL", "../word/NULL", ""), ("media/NULL", "media/NULL", ""),
        ("nothing", "", ""), ("a web page", "http://127.0.0.1:9/x", 'TargetMode="External"'),
        ("a web page, not said to be outside", "http://127.0.0.1:9/x", ""),
        ("a file of the system", "file:///etc/passwd", 'TargetMode="External"'),
        ("a file of the system, as a path", "../../../../etc/passwd", ""),
        ("a share", r"\\127.0.0.1\share\x", 'TargetMode="External"'),
        ("percent signs", "%2e%2e%2f%2e%2e%2fetc%2fpasswd%00", ""),
        ("half a percent sign", "%", ""), ("bytes that are no UTF-8", "%ff%fe.xml", ""),
        ("10,000 folders", "a/" * 10_000 + "x", ""), ("a fragment", "#here", ""),
        ("the document itself", "document.xml", ""),
        ("its own relations", "_rels/document.xml.rels", ""),
    ):  # fmt: skip
        rows = relations(
            *(relation(f"r{k}", k, target, more) for k in (*STORIES, "theme", "image", "hyperlink"))
        )
        yield Case(
            f"every relation leads to {label}", partial(with_parts, {RELATIONS: rows}), NUMBER
        )
    yield Case(
        "a header that is the document",
        lambda: with_parts({RELATIONS: relations(relation("h", "header", "document.xml"))}),
        NUMBER,
    )
    yield Case(
        "50,000 relations",
        lambda: with_parts(
            {
                RELATIONS: relations(
                    *(relation(f"h{k}", "header", f"h{k}.xml") for k in range(50_000))
                )
            }
        ),
        NUMBER,
    )
    yield Case(
        "480,000 relations",
        lambda: with_parts(
            {
                RELATIONS: relations(
                    *(
                        f'<Relationship Id="{k}" Type="x/header" Target="../../a{k}/b"/>'
                        for k in range(480_000)
                    )
                )
            }
        ),
        TooLarge,
    )
    yield Case(
        "relations that are no XML", lambda: with_parts({RELATIONS: b"\x00\x01"}), Unreadable
    )
    yield Case(
        "relations without names",
        lambda: with_parts({RELATIONS: relations("<Relationship/>", '<Relationship Id="a"/>')}),
        NUMBER,
    )
    yield Case(
        "no relations of the package",
        lambda: zipped([e for e in entries_of() if e.name != b"_rels/.rels"]),
        NUMBER,
    )
    yield Case(
        "the package leads to itself",
        lambda: with_parts(
            {"_rels/.rels": relations(relation("r", "officeDocument", "_rels/.rels"))}
        ),
        Unreadable,
    )
    yield Case(
        "the package leads outside",
        lambda: with_parts(
            {"_rels/.rels": relations(relation("r", "officeDocument", "../../etc/passwd"))}
        ),
        NUMBER,
    )
    yield Case(
        "macros",
        lambda: with_parts({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(5000)}),
        NUMBER,
    )


# -- what is no Word file


def strangers() -> Iterator[Case]:
    def other(main: str, root: str) -> bytes:
        return packed(
            {
                "[Content_Types].xml": TYPES.encode(),
                "_rels/.rels": relations(relation("r", "officeDocument", main)).encode(),
                main: root.encode(),
            }
        )

    office = "http://schemas.openxmlformats.org"
    yield Case(
        "a workbook",
        lambda: other("xl/workbook.xml", f'<workbook xmlns="{office}/spreadsheetml/2006/main"/>'),
        UnsupportedFormat,
    )
    yield Case(
        "a presentation",
        lambda: other(
            "ppt/presentation.xml", f'<p:presentation xmlns:p="{office}/presentationml/2006/main"/>'
        ),
        UnsupportedFormat,
    )
    yield Case(
        "OpenDocument",
        lambda: packed(
            {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
        ),
        UnsupportedFormat,
    )
    yield Case("a plain zip", lambda: packed({"a.txt": b"a"}), UnsupportedFormat)
    yield Case(
        "locked by a password",
        lambda: (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(504)  # Rows of a directory have 128 bytes.
            + "EncryptedPackage".encode("utf-16-le")
            + bytes(2048)
        ),
        Encrypted,
    )


# -- text that is hard on patterns


def texts() -> Iterator[Case]:
    for label, text in (
        ("dots", "." * 20_000), ("dashes", "-" * 20_000), ("spaces between letters", "a " * 20_000),
        ("brackets", "(" * 20_000), ("slashes", "1/" * 20_000),
        ("numbers", "số 1/2/3-4/KH-" * 3_000),
        ("dates without an end", "ngày 1 tháng " * 5_000), ("quotes", "“" * 20_000),
        ("commas", "1, " * 20_000),
        ("legal bases", "Căn cứ Luật " * 5_000), ("numerals", "I" * 20_000),
        ("spaces", "a" + " " * 50_000 + "b"), ("marks over letters", "a" + "\u0301" * 20_000),
        ("semicolons", "Căn cứ Nghị định số ;" * 3_000), ("capitals", "ỦY BAN NHÂN DÂN " * 3_000),
        ("letters spaced out", "K Ế  H O Ạ C H " * 3_000), ("underlines", "_" * 50_000),
        ("stars", "*" * 20_000), ("quarters", "Quý I, II, III " * 3_000),
        ("ellipses", "…" * 20_000),
    ):  # fmt: skip
        yield Case(f"a paragraph of {label}", partial(word, xml(p(text))), NUMBER)
        yield Case(f"paragraphs of {label}", partial(word, xml(p(text[:60]) * 1_000)), NUMBER)


CASES: tuple[Case, ...] = tuple(
    case
    for family in (
        zips, bombs, names, definitions, encodings, floods, contents, fields, lists, styles, notes,
        references, strangers, texts,
    )
    for case in family()
)  # fmt: skip
