"""
PDF files that are broken as files, or made to do harm by what holds them together; and all cases.

``PYTHONPATH=benchmarks python tests/hostile_pdf_files.py [WORDS]`` reads them as large as they
come, those whose labels have the words, and prints what each took.
"""

import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from hostile_pdf import (
    ANY,
    MUCH,
    READ,
    REFUSED,
    Case,
    Ends,
    blanks,
    boxes,
    chance,
    filters,
    floods,
    fonts,
    form,
    forms,
    pictures,
    places,
    raw,
    sized,
    x_object,
)
from in_sandbox import sandboxed
from pdf_by_hand import (
    CATALOG,
    FREE,
    MORE,
    PAGE,
    PAGES,
    PLAN,
    lines,
    page,
    plan,
    show,
    skeleton,
)

from pdf_objects import put, stream, table_of
from tdkt_parse.exceptions import Encrypted, UnsupportedFormat
from tdkt_parse.sandbox import Limits

# -- the tree of pages


def trees() -> Iterator[Case]:
    def tree(label: str, pages: str, ends: Ends = READ, **more: bytes) -> Case:
        numbered = {int(key[1:]): body for key, body in more.items()}
        return Case(label, lambda: plan(more={PAGES: pages.encode(), **numbered}), ends)

    kid = f"{PAGE} 0 R"
    yield Case("1,000,000 kids that are one page", lambda: _one_kid(1_000_000), MUCH)
    yield sized("pages", _many_pages, 50_000, 1_000_000, MUCH)
    yield Case("a tree of 100,000 levels", lambda: _deep_tree(100_000), REFUSED)
    yield Case("a tree of ten in each of ten, eight deep", lambda: _wide_tree(10, 8), REFUSED)
    yield tree("a tree that is its own kid", f"<</Type/Pages/Count 9/Kids[{PAGES} 0 R {kid}]>>")
    yield tree(
        "two trees, each the other's kid",
        f"<</Type/Pages/Count 99/Kids[{kid} {FREE} 0 R]>>",
        MUCH,
        n20=f"<</Type/Pages/Count 98/Parent {PAGES} 0 R/Kids[{PAGES} 0 R {kid}]>>".encode(),
    )
    yield tree("a page that is a tree", f"<</Type/Pages/Count 2/Kids[{kid} {CATALOG} 0 R]>>")
    for count in ("2000000000", "2147483647", "-1", "0", "99999999999999", "(many)", "null"):
        yield tree(f"a tree that says it has {count} pages",
                   f"<</Type/Pages/Count {count}/Kids[{kid}]>>")  # fmt: skip
    yield tree("a tree that does not say", f"<</Type/Pages/Kids[{kid}]>>")
    yield tree("a tree of no kids", "<</Type/Pages/Count 0/Kids[]>>", REFUSED)
    yield tree("a tree without kids", "<</Type/Pages/Count 1>>", REFUSED)
    yield tree("kids that are a page", f"<</Type/Pages/Count 1/Kids {kid}>>", REFUSED)
    yield tree("kids that are the tree", f"<</Type/Pages/Count 1/Kids {PAGES} 0 R>>", REFUSED)
    yield tree("kids that are not there", f"<</Type/Pages/Count 3/Kids[99 0 R null {kid}]>>")
    yield tree("a page in a tree, not a tree", f"<</Type/Page/Count 1/Kids[{kid}]>>")
    yield Case(
        "a page that is its own parent",
        lambda: plan(more={PAGE: page().replace(b"/Parent 2 0 R", b"/Parent 3 0 R")}),
    )
    yield Case(
        "resources of a parent that is its own",
        lambda: plan(
            more={
                PAGE: b"<</Type/Page/Parent %d 0 R/Contents %d 0 R>>" % (FREE, PLAN),
                FREE: b"<</Type/Pages/Parent %d 0 R>>" % FREE,
            }
        ),
        ANY,
    )
    yield sized("pages of one word each", _words_of_pages, 1_500, 5_000, ("trang",))
    yield Case("no page at all", _no_page, REFUSED)


def _one_kid(count: int) -> bytes:
    kids = b"%d 0 R " % PAGE * count
    return plan(more={PAGES: b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)})


def _many_pages(count: int) -> bytes:
    """Pages that are empty, after the first."""
    blank = b"<</Type/Page/Parent %d 0 R>>" % PAGES
    kids = b" ".join(b"%d 0 R" % (FREE + k) for k in range(count - 1))
    tree = b"<</Type/Pages/Count %d/MediaBox[0 0 9 9]/Kids[%d 0 R %s]>>" % (count, PAGE, kids)
    return plan(more={PAGES: tree, **dict.fromkeys(range(FREE, FREE + count - 1), blank)})


def _deep_tree(depth: int) -> bytes:
    """Each with one kid, the next, and the plan at the end."""
    level = b"<</Type/Pages/Count 1/Parent %d 0 R/Kids[%d 0 R]>>"
    more = {FREE + k: level % (FREE + k - 1 if k else PAGES, FREE + k + 1) for k in range(depth)}
    more[FREE + depth - 1] = level % (FREE + depth - 2, PAGE)
    more[PAGES] = b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % FREE
    return plan(more=more)


def _wide_tree(width: int, depth: int) -> bytes:
    """The same next level many times, so that a small file has a hundred million pages."""
    more = {}
    for k in range(depth):
        below = FREE + k + 1 if k < depth - 1 else PAGE
        number = FREE + k if k else PAGES
        kids = b"%d 0 R " % below * width
        more[number] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (width ** (depth - k), kids)
    return plan(more=more)


def _words_of_pages(count: int) -> bytes:
    """The plan, and many pages of one word."""
    more = {}
    for k in range(count - 1):
        more[FREE + 2 * k] = page(contents=f"{FREE + 2 * k + 1} 0 R")
        more[FREE + 2 * k + 1] = stream(show("trang", 72, 700), packed=False)
    kids = b" ".join(b"%d 0 R" % (FREE + 2 * k) for k in range(count - 1))
    more[PAGES] = b"<</Type/Pages/Count %d/Kids[%d 0 R %s]>>" % (count, PAGE, kids)
    return plan(more=more)


def _no_page() -> bytes:
    return put({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 0/Kids[]>>"})


# -- objects, and where they stand


def objects() -> Iterator[Case]:
    depth = 100_000
    for label, body in (
        ("arrays", "[" * depth + "]" * depth), ("dictionaries", "<</A" * depth + ">>" * depth),
        ("arrays without an end", "[" * depth), ("dictionaries without an end", "<</A" * depth),
        ("strings", "(" * depth + ")" * depth),
    ):  # fmt: skip
        yield Case(
            f"100,000 levels of {label} in the page",
            partial(plan, more={PAGE: page(f"/A {body}")}),
        )
        yield Case(f"100,000 levels of {label} on the page", partial(plan, body.encode()))
        yield Case(
            f"100,000 levels of {label} in the catalog",
            partial(_with_catalog, f"/A {body}"),
        )
        yield Case(
            f"100,000 levels of {label} in the trailer",
            partial(put, skeleton(), f"<</A {body}/Root 1 0 R>>".encode()),
            ANY,
        )
    yield Case("100,000 references, each to the next", lambda: _references(depth))
    yield Case("a reference to itself", lambda: plan(more={MORE: b"%d 0 R" % MORE}))
    for label, length in (
        ("itself", f"{MORE} 0 R"), ("a length of itself", f"{FREE} 0 R"), ("a name", "/A"),
        ("2,147,483,647", "2147483647"), ("99,999,999,999", "99999999999"), ("-1", "-1"),
        ("nothing", "null"),
    ):  # fmt: skip
        drawn = f"<</Length {length}>>\nstream\nq Q\nendstream".encode()
        more = {MORE: drawn, FREE: b"%d 0 R" % FREE}
        yield Case(f"a stream as long as {label}", partial(plan, more=more))
    yield sized("objects", _many_objects, 100_000, 1_000_000)
    yield sized("objects without a table", _many_objects_unlisted, 100_000, 1_000_000)
    yield Case("an object of the number 4,294,967,295", lambda: plan(more={4294967295: b"null"}))
    yield Case("an object of the number 8,388,607", lambda: plan(more={8388607: b"null"}))
    yield sized("entries in a dictionary", _many_entries, 200_000, 1_000_000, MUCH)
    yield Case("resources that are the page", lambda: plan(
        more={PAGE: page(f"/Resources {PAGE} 0 R")}), ("KH-UBND",))  # fmt: skip
    yield Case("contents that are the page", lambda: plan(
        more={PAGE: page(contents=f"{PLAN} 0 R {PAGE} 0 R {PAGES} 0 R")}))  # fmt: skip


def _with_catalog(entries: str, more: dict[int, bytes] | None = None) -> bytes:
    catalog = f"<</Type/Catalog/Pages {PAGES} 0 R{entries}>>".encode()
    return plan(more={CATALOG: catalog, **(more or {})})


def _references(depth: int) -> bytes:
    more = {FREE + k: b"%d 0 R" % (FREE + k + 1) for k in range(depth)}
    more[FREE + depth] = stream(show("thi đua", 72, 300))
    return plan(more={PAGE: page(contents=f"{PLAN} 0 R {FREE} 0 R"), **more})


def _many_objects(count: int) -> bytes:
    return plan(more=dict.fromkeys(range(FREE, FREE + count), b"null"))


def _many_objects_unlisted(count: int) -> bytes:
    return _without_table(_many_objects(count))


def _many_entries(count: int) -> bytes:
    return plan(more={PAGE: page("".join(f"/A{k} {k}" for k in range(count)))})


def _without_table(data: bytes) -> bytes:
    return data[: data.rindex(b"xref\n0 1")] + b"trailer\n<</Root 1 0 R>>\n"


def tables() -> Iterator[Case]:
    whole = plan()
    table = whole.rindex(b"xref\n0 1")
    body, end = whole[:table], whole[table:]

    def ended(text: str) -> bytes:
        return body + text.encode()

    own = "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Size 20"
    yield Case("a table before which it stands itself", lambda: ended(
        f"{own}/Prev {table}>>\nstartxref\n{table}\n%%EOF"))  # fmt: skip
    yield Case("two tables, each before the other", lambda: ended(
        f"{own}/Prev {table + 200}>>\n".ljust(200)
        + f"{own}/Prev {table}>>\nstartxref\n{table + 200}\n%%EOF"))  # fmt: skip
    yield Case("100,000 tables, each after the next", lambda: _chain_of_tables(body, 100_000), MUCH)
    yield Case(
        "a table that is a stream before itself", lambda: _table_stream(body, f"/Prev {table}")
    )
    yield Case("a table with its stream at itself", lambda: ended(
        f"{own}/XRefStm {table}>>\nstartxref\n{table}\n%%EOF"))  # fmt: skip
    for label, entries in (
        ("fields of 2,147,483,647 bytes", "/W[2147483647 2147483647 2147483647]"),
        ("fields of 8 bytes", "/W[8 8 8]"), ("fields of nothing", "/W[0 0 0]"),
        ("fields of -1", "/W[-1 -1 -1]"), ("1,000,000 fields", f"/W[{'1 ' * 1_000_000}]"),
        ("4,294,967,295 rows", "/W[1 2 1]/Size 4294967295"),
        ("rows from 2,147,483,647 on", "/W[1 2 1]/Index[2147483647 2147483647]"),
        ("rows from -1 on", "/W[1 2 1]/Index[-1 -1]"),
        ("100,000 times the same rows", f"/W[1 2 1]/Index[{'0 9 ' * 100_000}]"),
    ):  # fmt: skip
        yield Case(f"a table of {label}", partial(_table_stream, body, entries), MUCH)
    yield Case(
        "a table stream of 1 GB", lambda: _table_stream(body, "/W[1 2 1]", blanks(1 << 30)), MUCH
    )
    for label, section in (
        ("0 4294967295", "0 4294967295"), ("0 2147483647", "0 2147483647"), ("-1 5", "-1 5"),
        ("4294967295 9", "4294967295 9"), ("nothing", ""),
    ):  # fmt: skip
        changed = end.replace(b"0 1\n", f"{section}\n".encode(), 1)
        yield Case(f"a table with a section of {label}", partial(bytes, body + changed))
    yield Case("a table of places that are all the same", lambda: _one_place(whole))
    yield Case("a table of places beyond the end", lambda: _moved(body, 1 << 32))
    yield Case("a table one byte off", lambda: _moved(body, 1))
    yield Case("no table", lambda: _without_table(whole))
    yield Case("no table and no trailer", lambda: body, REFUSED)
    yield Case("a root that is not there", lambda: put(skeleton(), b"<</Root 99 0 R>>"), REFUSED)
    yield Case("a root that is the page", lambda: put(skeleton(), b"<</Root 3 0 R>>"), REFUSED)
    yield Case("no root", lambda: put(skeleton(), b"<<>>"), REFUSED)
    yield Case("a size of 1", lambda: put(skeleton(), b"<</Size 1/Root 1 0 R>>"))
    yield Case(
        "a size of 2,147,483,647", lambda: put(skeleton(), b"<</Size 2147483647/Root 1 0 R>>")
    )
    yield Case("an object stream that is in itself", lambda: _object_stream(f"{FREE} 0"))
    yield Case("an object stream of 2,147,483,647 objects", lambda: _object_stream("/N"))
    yield Case("object streams that go on with each other", lambda: _object_stream("/Extends"))


def _chain_of_tables(body: bytes, count: int) -> bytes:
    """As a file looks that was saved a hundred thousand times."""
    out = [body]
    at = len(body)
    before = ""
    for _ in range(count):
        written = f"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Size 20{before}>>\n"
        before = f"/Prev {at}"
        out.append(written.encode())
        at += len(written)
    last = at - len(out[-1])
    return b"".join(out) + b"startxref\n%d\n%%%%EOF" % last


def _table_stream(body: bytes, entries: str, packed: bytes = b"") -> bytes:
    rows = packed or zlib.compress(b"\x01\x00\x0f\x00" * 99)
    said = "" if "/Size" in entries else "/Size 20"
    fields = "" if "/W" in entries else "/W[1 2 1]"
    table = raw(rows, "/FlateDecode", f"/Type/XRef/Root 1 0 R{said}{fields}{entries}")
    return body + b"19 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (table, len(body))


def _one_place(whole: bytes) -> bytes:
    numbers = dict.fromkeys(skeleton(), whole.index(b"3 0 obj"))
    return whole[: whole.rindex(b"xref\n0 1")] + b"".join(_table(numbers, whole))


def _moved(body: bytes, by: int) -> bytes:
    numbers = {number: body.index(b"\n%d 0 obj" % number) + 1 + by for number in skeleton()}
    return body + b"".join(_table(numbers, body))


def _table(places: dict[int, int], body: bytes) -> Iterator[bytes]:
    yield from table_of(places)
    at = body.rfind(b"xref\n0 1")
    start = len(body) if at < 0 else at
    yield b"trailer\n<</Root 1 0 R/Size 20>>\nstartxref\n%d\n%%%%EOF" % start


def _object_stream(kind: str) -> bytes:
    """The page's drawing in an object stream, which is in one itself, or says what is not so."""
    count = 2147483647 if kind == "/N" else 1
    extends = f"/Extends {FREE} 0 R" if kind == "/Extends" else ""
    held = f"{FREE} 0 <<>>".encode()
    entries = f"/Type/ObjStm/N {count}/First 5{extends}".encode()
    made = skeleton(more={FREE: stream(held, entries)})
    written = put(made)
    body = written[: written.rindex(b"xref\n0 1")]
    rows = bytearray()
    for number in range(FREE + 2):
        at = body.find(b"\n%d 0 obj" % number) + 1
        inside = number == FREE and kind.startswith(str(FREE))
        rows += struct.pack(">BIB", 2, FREE, 0) if inside else struct.pack(">BIB", at > 0, at, 0)
    table = stream(bytes(rows), b"/Type/XRef/Root 1 0 R/Size %d/W[1 4 1]" % (FREE + 2))
    return body + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (FREE + 1, table, len(body))


# -- what hangs on a page or a document


def attached() -> Iterator[Case]:
    yield sized("notes on the page", _notes, 40_000, 200_000)
    yield Case("notes that are the page", lambda: plan(
        more={PAGE: page(f"/Annots[{PAGE} 0 R {PAGES} 0 R null 5]")}))  # fmt: skip
    yield Case("notes that are themselves", lambda: plan(
        more={PAGE: page(f"/Annots {FREE} 0 R"), FREE: b"[%d 0 R]" % FREE}))  # fmt: skip
    yield Case("a note that draws itself", _drawn_note, MUCH)
    yield Case("1,000 fields for signatures", lambda: _signatures(1_000))
    yield Case("64 signatures of 1,900,000 parts", lambda: _many_parts(64, 1_900_000), MUCH)
    yield Case("a signature of 100,000 levels", lambda: _signed(_deep_parts(100_000), 1))
    yield Case(
        "a signature that says it has 4 GB", lambda: _signed(b"\x30\x84\xff\xff\xff\xff" * 9, 1)
    )
    yield Case("fields that are their own kids", _own_fields)
    yield Case("fields 100,000 deep", lambda: _deep_fields(100_000))
    yield Case("an outline that is its own", lambda: _with_catalog(
        f"/Outlines {FREE} 0 R", {FREE: b"<</First %d 0 R/Last %d 0 R/Next %d 0 R/Count 9>>" %
                                  (FREE, FREE, FREE)}))  # fmt: skip
    yield Case("an outline 100,000 deep", lambda: _chain("/Outlines", "/First"))
    yield Case("names that are their own kids", lambda: _with_catalog(
        f"/Names<</Dests {FREE} 0 R/EmbeddedFiles {FREE} 0 R/JavaScript {FREE} 0 R>>",
        {FREE: b"<</Kids[%d 0 R %d 0 R]/Limits[(a)(z)]>>" % (FREE, FREE)}))  # fmt: skip
    yield Case("numbers of pages that are their own kids", lambda: _with_catalog(
        f"/PageLabels {FREE} 0 R", {FREE: b"<</Kids[%d 0 R]/Limits[0 9]>>" % FREE}))  # fmt: skip
    yield Case("a structure that is its own", lambda: _structure(f"{FREE} 0 R"))
    yield Case("a structure 100,000 deep", lambda: _chain("/StructTreeRoot", "/K"))
    yield Case("layers that hide everything", _hidden)
    yield Case("layers of themselves", lambda: _with_catalog(
        f"/OCProperties<</OCGs[{FREE} 0 R]/D {FREE} 0 R>>",
        {FREE: b"<</Type/OCG/OCGs[%d 0 R]/OFF %d 0 R>>" % (FREE, FREE)}))  # fmt: skip
    yield Case("a form of XFA", lambda: _with_catalog(
        f"/AcroForm<</XFA {FREE} 0 R/Fields[]>>",
        {FREE: stream(b"<xdp:xdp " + b"<a>" * 99_999)}))  # fmt: skip
    yield Case("metadata of a billion laughs", _metadata)
    yield Case("a file within it, of 1 GB", _embedded)
    yield Case("content that stands in another file", lambda: plan(
        more={MORE: b"<</Length 0/F(/proc/self/environ)>>\nstream\n\nendstream"}))  # fmt: skip


def _notes(count: int) -> bytes:
    note = b"<</Type/Annot/Subtype/Text/Rect[9 9 99 99]/Contents(note)>>"
    more = dict.fromkeys(range(FREE, FREE + count), note)
    notes = " ".join(f"{number} 0 R" for number in more)
    return plan(more={PAGE: page(f"/Annots[{notes}]"), **more})


def _drawn_note() -> bytes:
    note = b"<</Type/Annot/Subtype/Stamp/Rect[9 9 99 99]/AP<</N %d 0 R>>>>" % (FREE + 1)
    more = {FREE: note, FREE + 1: form(b"/X Do /X Do", x_object(FREE + 1))}
    return plan(more={PAGE: page(f"/Annots[{FREE} 0 R]"), **more})


def _signatures(count: int) -> bytes:
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Sig/T(s%d)/Rect[9 9 99 99]/P 3 0 R/V<</Type/Sig/Filter"
        b"/Adobe.PPKLite/Contents<%s>/ByteRange[0 2147483647 -1 99999999999]/Name(%s)>>>>"
    )
    more = {FREE + k: field % (k, b"30" * 5000, b"n" * 500) for k in range(count)}
    listed = " ".join(f"{number} 0 R" for number in more)
    catalog = f"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[{listed}]/SigFlags 3>>>>".encode()
    return plan(more={CATALOG: catalog, PAGE: page(f"/Annots[{listed}]"), **more})


def _many_parts(fields: int, parts: int) -> bytes:
    """Fields that share a signature of a great many parts, each of them nothing."""
    return _signed(_signed_data(b"\x05\x00" * parts), fields)


def _deep_parts(depth: int) -> bytes:
    lengths = range(6 * depth, 0, -6)
    return _signed_data(b"".join(b"\x30\x84" + (k - 6).to_bytes(4, "big") for k in lengths))


def _signed_data(parts: bytes) -> bytes:
    """What a signature is packed in (RFC 5652, 5.1)."""
    kind = bytes.fromhex("06092a864886f70d010702")
    return _der(0x30, kind + _der(0xA0, _der(0x30, parts)))


def _der(tag: int, body: bytes) -> bytes:
    return bytes([tag, 0x84]) + len(body).to_bytes(4, "big") + body


def _signed(contents: bytes, fields: int) -> bytes:
    field = "<</Type/Annot/Subtype/Widget/FT/Sig/T(s%d)/Rect[9 9 99 99]/V 19 0 R>>"
    said = f"<</Type/Sig/Filter/Adobe.PPKLite/Contents<{contents.hex()}>/ByteRange[0 9 99 9]>>"
    more = {FREE + k: (field % k).encode() for k in range(fields)}
    listed = " ".join(f"{number} 0 R" for number in more)
    more[19] = said.encode()
    return _with_catalog(f"/AcroForm<</Fields[{listed}]/SigFlags 3>>", more)


def _own_fields() -> bytes:
    field = b"<</FT/Tx/T(a)/Parent %d 0 R/Kids[%d 0 R %d 0 R]/Subtype/Widget/Rect[9 9 99 99]>>"
    more = {FREE: field % (FREE + 1, FREE, FREE + 1), FREE + 1: field % (FREE, FREE, FREE + 1)}
    return _with_catalog(
        f"/AcroForm<</Fields[{FREE} 0 R {FREE + 1} 0 R {CATALOG} 0 R]>>",
        {PAGE: page(f"/Annots[{FREE} 0 R]"), **more},
    )


def _deep_fields(depth: int) -> bytes:
    more = {
        FREE + k: b"<</T(a)/Parent %d 0 R/Kids[%d 0 R]>>" % (FREE + k - 1, FREE + k + 1)
        for k in range(depth)
    }
    last = FREE + depth
    more[last] = b"<</FT/Sig/Subtype/Widget/Rect[9 9 99 99]/Parent %d 0 R>>" % (last - 1)
    return _with_catalog(
        f"/AcroForm<</Fields[{FREE} 0 R]>>", {PAGE: page(f"/Annots[{last} 0 R]"), **more}
    )


def _chain(entry: str, link: str, depth: int = 100_000) -> bytes:
    more = {FREE + k: f"<</Title(a)/S/P{link} {FREE + k + 1} 0 R>>".encode() for k in range(depth)}
    return _with_catalog(f"{entry} {FREE} 0 R/MarkInfo<</Marked true>>", more)


def _structure(kid: str) -> bytes:
    root = f"<</Type/StructTreeRoot/K[{kid}]/ParentTree {FREE} 0 R/Kids[{kid}]/RoleMap {FREE} 0 R>>"
    more = {FREE: root.encode(), PAGE: page("/StructParents 0")}
    return _with_catalog(f"/StructTreeRoot {FREE} 0 R/MarkInfo<</Marked true>>", more)


def _hidden() -> bytes:
    groups = f"/OCProperties<</OCGs[{FREE} 0 R]/D<</OFF[{FREE} 0 R]/BaseState/OFF>>>>"
    hidden = stream(b"/OC /L BDC " + lines(["thi đua"]) + b"EMC")
    resources = f"/Properties<</L {FREE} 0 R>>"
    more = {PAGE: page(resources=resources), MORE: hidden, FREE: b"<</Type/OCG/Name(a)>>"}
    return _with_catalog(groups, more)


def _metadata() -> bytes:
    entities = "".join(f'<!ENTITY a{k} "{f"&a{k - 1};" * 10}">' for k in range(1, 12))
    text = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a11;</x>'
    return _with_catalog(
        f"/Metadata {FREE} 0 R", {FREE: stream(text.encode(), b"/Type/Metadata/Subtype/XML")}
    )


def _embedded() -> bytes:
    names = f"/Names<</EmbeddedFiles<</Names[(a){FREE} 0 R]>>>>/AF[{FREE} 0 R]"
    said = f"<</Type/Filespec/F(a.docx)/EF<</F {FREE + 1} 0 R>>>>".encode()
    held = raw(blanks(1 << 30), "/FlateDecode", "/Type/EmbeddedFile/Params<</Size 1073741824>>")
    return _with_catalog(names, {FREE: said, FREE + 1: held})


def acting(address: str, program: str) -> bytes:
    """A plan that would have its reader call an address and start a program, in all known ways."""
    script = f"app.launchURL('{address}'); this.submitForm('{address}'); app.openDoc('{program}');"
    acts = (
        f"/S/JavaScript/JS({script})", f"/S/Launch/F({program})/NewWindow true",
        f"/S/Launch/Unix({program})", f"/S/URI/URI({address})", f"/S/SubmitForm/F({address})",
        f"/S/ImportData/F({program})", f"/S/GoToR/F({program})/D[0/Fit]",
        f"/S/Rendition/OP 0/JS({script})", f"/S/Movie/T({address})", f"/S/Sound/F({address})",
    )  # fmt: skip
    more = {
        FREE + k: f"<</Type/Action{act}/Next {FREE} 0 R>>".encode() for k, act in enumerate(acts)
    }
    each = "".join(f"/{key} {number} 0 R" for number in more for key in ("O", "C", "WC", "PO", "V"))
    note = f"<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A {{}} 0 R/AA<<{each}>>>>"
    notes = {number + 50: note.format(number).encode() for number in more}
    opened = [
        f"/OpenAction {number} 0 R/AA<<{each}>>/AcroForm<</Fields[]/XFA({script})>>"
        f"/Names<</JavaScript<</Names[(a){FREE} 0 R]>>>>" for number in more
    ]  # fmt: skip
    annots = "/Annots[" + " ".join(f"{number} 0 R" for number in notes) + f"]/AA<<{each}>>"
    return _with_catalog(opened[0], {**more, **notes, PAGE: page(annots)})


# -- files cut short, and files that are something else


def cuts() -> Iterator[Case]:
    whole = plan()
    for percent in (1, 10, 30, 60, 90):
        cut = whole[: len(whole) * percent // 100]
        yield Case(f"cut short at {percent} %", partial(bytes, cut), REFUSED)
    yield Case("the last ten bytes cut off", lambda: whole[:-10])
    yield Case("cut short before its table", lambda: whole[: whole.rindex(b"xref\n0 1")], REFUSED)
    yield Case("cut short before its trailer", lambda: whole[: whole.rindex(b"trailer")], REFUSED)
    yield Case("without its last line", lambda: whole[: whole.rindex(b"%%EOF")])
    yield Case("without its head", lambda: whole[whole.index(b"1 0 obj") :], (UnsupportedFormat,))
    yield Case("its first line alone", lambda: b"%PDF-1.7\n", REFUSED)
    yield Case("its first and last line", lambda: b"%PDF-1.7\n%%EOF\n", REFUSED)
    yield Case("its first line and zeros", lambda: b"%PDF-1.7\n" + bytes(1 << 20), REFUSED)
    yield Case("its first line 100,000 times", lambda: b"%PDF-1.7\n" * 100_000, REFUSED)
    yield Case("its first line and noise",
               lambda: b"%PDF-1.7\n" + chance("file").randbytes(1 << 20), REFUSED)  # fmt: skip
    yield Case("1,000 bytes before its head", lambda: b"\n" * 1000 + whole)
    yield Case("5,000 bytes before its head", lambda: b"\n" * 5000 + whole, (UnsupportedFormat,))
    yield Case("a mail before its head", lambda: b"From: a@b.vn\r\n\r\n" + whole)
    yield Case("1 MB after its end", lambda: whole + bytes(1 << 20))
    yield Case("two files in one", lambda: whole + plan(show("thi đua", 72, 300)))
    yield Case("a version of 99.9", lambda: whole.replace(b"%PDF-1.7", b"%PDF-99.9"))
    yield Case("no version", lambda: whole.replace(b"%PDF-1.7", b"%PDF-"))
    yield Case("lines that end in returns", lambda: whole.replace(b"obj\n", b"obj\r"))
    in_order = b"8 0 obj\n<</Linearized 1/L 99999999/H[1 2]/O 3/E 99/N 999/T 99>>\nendobj\n"
    yield Case("a file that says it is in order",
               lambda: whole.replace(b"1 0 obj", in_order + b"1 0 obj", 1))  # fmt: skip
    yield Case("100,000 startxref", lambda: whole + b"startxref\n0\n%%EOF\n" * 100_000)


# -- locks that are none


def locks() -> Iterator[Case]:
    codes = f"/O<{'00' * 32}>/U<{'00' * 32}>/P -4"
    long = f"/O<{'00' * 48}>/U<{'00' * 48}>/OE<{'00' * 32}>/UE<{'00' * 32}>/Perms<{'00' * 16}>/P -4"
    for label, entries in (
        ("nothing in it", ""), ("a handler that nobody has", "/Filter/Nobody/V 1/R 2" + codes),
        ("a handler of keys",
         f"/Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4/Recipients[<{'00' * 99}>]"),
        ("a version of 99", "/Filter/Standard/V 99/R 99" + codes),
        ("no version", "/Filter/Standard" + codes),
        ("codes too short", "/Filter/Standard/V 1/R 2/O(a)/U(b)/P -4"),
        ("codes of 1 MB", f"/Filter/Standard/V 1/R 2/O<{'00' * (1 << 20)}>/U<{'00' * (1 << 20)}>"),
        ("no codes", "/Filter/Standard/V 2/R 3/Length 128"),
        ("wrong codes", "/Filter/Standard/V 2/R 3/Length 128" + codes),
        ("a key of 2,147,483,647 bits", "/Filter/Standard/V 2/R 3/Length 2147483647" + codes),
        ("a key of -8 bits", "/Filter/Standard/V 2/R 3/Length -8" + codes),
        ("a key of nothing", "/Filter/Standard/V 2/R 3/Length 0" + codes),
        ("wrong codes of AES", "/Filter/Standard/V 5/R 6/Length 256" + long),
        ("filters that are not there", "/Filter/Standard/V 4/R 4/StmF/A/StrF/B/CF<<>>" + codes),
        ("filters of themselves",
         f"/Filter/Standard/V 4/R 4/StmF/A/StrF/A/CF<</A {FREE} 0 R>>" + codes),
        ("filters of no way",
         "/Filter/Standard/V 4/R 4/StmF/A/StrF/A/CF<</A<</CFM/None>>>>" + codes),
    ):  # fmt: skip
        yield Case(f"a lock with {label}", partial(_locked, f"<<{entries}>>"), (Encrypted,))
    yield Case("a lock that is itself", lambda: _locked(f"{FREE} 0 R"))
    yield Case("a lock that is the page", lambda: _locked("<<>>", PAGE), (Encrypted,))
    yield Case("a lock that is not there", lambda: _locked("<<>>", 99))


def _locked(lock: str, number: int = FREE) -> bytes:
    identity = b"/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
    made = skeleton(more={FREE: lock.encode()})
    return put(made, b"<</Root 1 0 R/Encrypt %d 0 R%s>>" % (number, identity))


CASES: tuple[Case, ...] = tuple(
    case
    for family in (
        filters, forms, pictures, floods, boxes, places, fonts, trees, objects, tables, attached,
        cuts, locks,
    )
    for case in family()
)  # fmt: skip
ATTACHED = tuple(attached())
DRAWN = tuple(
    case
    for case in CASES
    if case.label.startswith(
        ("a picture of 92,681²", "a picture that", "a pattern", "a soft mask", "kids that are not",
         "a page of 2,000,000", "a page of NaN", "a page of 1e38", "a letter that draws itself")
    )
)  # fmt: skip
"""Some of those that are hard to draw."""


def main(words: str = "") -> None:
    """Read the files as large as they come, and print what they took."""
    limits = Limits(seconds=10, seconds_per_page=0.01, memory=512 << 20)
    with tempfile.TemporaryDirectory() as folder, sandboxed() as line:
        path, after = Path(folder) / "a.pdf", Path(folder) / "after.pdf"
        after.write_bytes(plan())
        for case in CASES:
            if words in case.label:
                path.write_bytes((case.large or case.make)())
                ended = line.read(path, after, limits)
                took = f"{ended.seconds:6.2f} of {ended.allowed:5.2f} s {ended.megabytes:5.0f} MB"
                how = ended.error[0] if ended.error else "read"
                sys.stdout.write(f"{path.stat().st_size:10,} {took}  {how:14} {case.label}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
