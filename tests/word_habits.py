"""
Habits of the programs that write Word files: Word itself, old and new, LibreOffice, WPS, Google
Docs, converters. The same page is read from each.
"""

from collections.abc import Mapping

from word_files import (
    STRICT,
    footnote_mark,
    level,
    one_list,
    p,
    r,
    relation,
    row,
    t,
    table,
)
from word_rows import Row

BODY = p("Kế hoạch", footnote_mark(2)) + p("Mục đích", num=(1, 0)) + table(row("a", "b"))
SHOWN = ["Kế hoạch[¹]", "1. Mục đích", "┌ a | b", "1: Chú thích."]
LIST = one_list(level(0, "decimal", "%1."))
NOTES: dict[int, list[str]] = {2: ["Chú thích."]}
Parts = dict[str, str]


def strict(parts: Parts) -> Parts:
    made = {}
    for name, content in parts.items():
        for loose, narrow in STRICT.items():
            content = content.replace(loose, narrow)
        made[name] = content
    return made


def in_utf16(parts: Parts) -> Mapping[str, bytes]:
    return {
        name: content.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
        for name, content in parts.items()
    }


def with_mark_of_order(parts: Parts) -> Mapping[str, bytes]:
    return {name: content.encode("utf-8-sig") for name, content in parts.items()}


def other_prefix(parts: Parts) -> Parts:
    made = parts["word/document.xml"]
    for old, new in (
        ("<w:", "<ns0:"),
        ("</w:", "</ns0:"),
        (" w:", " ns0:"),
        ("xmlns:w=", "xmlns:ns0="),
    ):
        made = made.replace(old, new)
    return parts | {"word/document.xml": made}


def no_prefix(parts: Parts) -> Parts:
    """Elements without a prefix; attributes need one."""
    made = parts["word/document.xml"].replace("<w:", "<").replace("</w:", "</")
    space = made.partition('xmlns:w="')[2].partition('"')[0]
    made = made.replace("<document ", f'<document xmlns="{space}" ')
    return parts | {"word/document.xml": made}


def pretty(parts: Parts) -> Parts:
    """Printed over many lines, and ``xml:space`` forgotten."""
    made = {}
    for name, content in parts.items():
        spread = content.replace(' xml:space="preserve"', "").replace("><", ">\n    <")
        made[name] = spread
    return made


def backslashes(parts: Parts) -> Parts:
    return {name.replace("/", "\\"): content for name, content in parts.items()}


def capitals(parts: Parts) -> Parts:
    return {
        name if name.startswith(("[", "_")) else name.replace("word/", "Word/"): content
        for name, content in parts.items()
    }


def reversed_order(parts: Parts) -> Parts:
    return dict(reversed(parts.items()))


def without(*kinds: str) -> object:
    def change(parts: Parts) -> Parts:
        return {n: c for n, c in parts.items() if not n.endswith(kinds)}

    return change


def absolute_targets(parts: Parts) -> Parts:
    name = "word/_rels/document.xml.rels"
    return parts | {name: parts[name].replace('Target="', 'Target="/word/')}


def no_relations(parts: Parts) -> Parts:
    return {name: content for name, content in parts.items() if not name.endswith(".rels")}


def macros(parts: Parts) -> Mapping[str, str | bytes]:
    types = parts["[Content_Types].xml"].replace(
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "vnd.ms-word.document.macroEnabled.main+xml",
    )
    return parts | {"[Content_Types].xml": types, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0MACRO"}


def comments_of_xml(parts: Parts) -> Parts:
    made = parts["word/document.xml"]
    return parts | {
        "word/document.xml": made.replace("<w:body>", "<!-- made by hand --><?pi x?><w:body>")
        .replace("Kế hoạch", "Kế<!-- c --> hoạch")
    }  # fmt: skip


def whole(label: str, change: object) -> Row:
    """The same document as this program writes it."""
    return Row(label, BODY, SHOWN, {
        "numbering": LIST, "footnotes": NOTES, "change": change,  # type: ignore[typeddict-item]
    })  # fmt: skip


def rsid(text: str) -> str:
    return (
        '<w:p w:rsidR="00A1B2C3" w:rsidRDefault="00A1B2C3" w14:paraId="4E5F6A7B" '
        f'w14:textId="77777777"><w:r w:rsidRPr="00C3D4E5">{t(text)}</w:r></w:p>'
    )


WRITERS = [
    whole("as Word writes it", dict),
    whole("strict", strict),
    whole("parts in UTF-16", in_utf16),
    whole("parts with a mark of their byte order", with_mark_of_order),
    whole("another prefix", other_prefix),
    whole("no prefix", no_prefix),
    whole("printed prettily", pretty),
    whole("backslashes in the names of parts", backslashes),
    whole("names in other capitals", capitals),
    whole("the parts in another order", reversed_order),
    whole("targets from the root", absolute_targets),
    whole("macros, never opened", macros),
    whole("comments of XML", comments_of_xml),
    whole("no list of types", without("[Content_Types].xml")),
    Row("the document part at another name", BODY, SHOWN,
        {"numbering": LIST, "footnotes": NOTES, "main": "word/document2.xml"}),
    Row("the document part in another folder", BODY, SHOWN,
        {"numbering": LIST, "footnotes": NOTES, "main": "van-ban/noi-dung.xml"}),
    Row("no relations at all", p("Kế hoạch") + p("Mục đích", num=(1, 0)),
        ["Kế hoạch", "Mục đích"], {"numbering": LIST, "change": no_relations}),
    Row("a relation to nothing", p("Kế hoạch"), ["Kế hoạch"],
        {"related": [relation("n1", "image", "NULL"), relation("n2", "styles", "NULL"),
                     relation("n3", "numbering", "../NULL"), relation("n4", "footnotes", "")]}),
    Row("parts that relations name and that are not there", p("Một", num=(1, 0)), ["Một"],
        {"related": [relation("n1", "numbering", "numbering.xml"),
                     relation("n2", "styles", "styles.xml"),
                     relation("n3", "settings", "settings.xml"),
                     relation("n4", "header", "header9.xml")]}),
    Row("a template and a picture outside the file", p("Kế hoạch"), ["Kế hoạch"],
        {"related": [
            relation("n1", "attachedTemplate", "file:///C:/Mau.dotm", ' TargetMode="External"'),
            relation("n2", "styles", "http://example.vn/styles.xml", ' TargetMode="External"')]}),
    Row("relations without types and ids", p("Kế hoạch"), ["Kế hoạch"],
        {"related": ["<Relationship/>", '<Relationship Id="n1"/>']}),
    Row("names of relations percent-encoded", p("Một", num=(1, 0)), ["1. Một"],
        {"numbering": LIST, "change": lambda parts: {
            name.replace("numbering.xml", "numb ering.xml"):
                content.replace('Target="numbering.xml"', 'Target="numb%20ering.xml"')
            for name, content in parts.items()}}),
    Row("ids of saving and of paragraphs", rsid("Kế hoạch"), ["Kế hoạch"]),
    Row("runs that Word's proof reading cut",
        "<w:p>" + '<w:proofErr w:type="gramStart"/>'.join(r(x) for x in ("Kế", " ho", "ạch"))
        + "</w:p>", ["Kế hoạch"]),
    Row("fonts for four scripts at each run",
        p(r("Kế hoạch", '<w:rFonts w:ascii="Times New Roman" w:eastAsia="SimSun" w:hAnsi="Calibri" '
            'w:cs="Arial" w:hint="eastAsia"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>')),
        ["Kế hoạch"]),
    Row("properties of runs without values", p(r("Kế hoạch", "<w:rFonts/><w:sz/><w:vertAlign/>")),
        ["Kế hoạch"]),
    Row("elements of later versions",
        p('<w16se:symEx xmlns:w16se="u" w16se:char="1F60A"/>', "Kế hoạch")
        + '<w15:neu xmlns:w15="u"><w15:x/></w15:neu>' + p("Mục"), ["Kế hoạch", "Mục"]),
    Row("a body that ends without a section", p("Kế hoạch"), ["Kế hoạch"],
        {"change": lambda parts: parts | {
            "word/document.xml": parts["word/document.xml"].replace("<w:sectPr></w:sectPr>", "")}}),
    Row("sections in the midst",
        p("Một", properties='<w:sectPr><w:type w:val="nextPage"/></w:sectPr>') + p("Hai"),
        ["Một", "Hai"]),
    Row("Google Docs: an indent by a tab in each run, sizes in halves",
        p(r("Kế hoạch", '<w:sz w:val="26"/><w:szCs w:val="26"/><w:rtl w:val="0"/>'),
          properties='<w:ind w:left="0" w:firstLine="720"/>'), ["Kế hoạch"]),
    Row("LibreOffice: a style for each paragraph and empty runs",
        "<w:p><w:pPr><w:pStyle w:val='Normal'/><w:rPr></w:rPr></w:pPr><w:r><w:rPr></w:rPr></w:r>"
        + r("Kế hoạch") + "</w:p>", ["Kế hoạch"]),
    Row("WPS: its own properties",
        '<w:p><w:pPr><w:pStyle w:val="2"/><w:rPr><w:rFonts w:hint="default"/></w:rPr></w:pPr>'
        '<w:r><w:rPr><w:rFonts w:hint="default"/><w:lang w:val="vi-VN"/></w:rPr>'
        "<w:t>Kế hoạch</w:t></w:r></w:p>", ["Kế hoạch"]),
    Row("the converter of Word 2003: text boxes and pictures of VML with numbers",
        p("Kế hoạch", r('<w:pict><v:shapetype id="t202" coordsize="21600,21600">'
                        '<v:path gradientshapeok="t"/></v:shapetype></w:pict>')), ["Kế hoạch"]),
]  # fmt: skip

MARGINS = [
    Row("a running head is apart", p("Kế hoạch"), ["Kế hoạch", "header: Phòng Nội vụ"],
        {"headers": ["Phòng Nội vụ"]}),
    Row("a foot is apart", p("Kế hoạch"), ["Kế hoạch", "footer: Lưu hành nội bộ"],
        {"footers": ["Lưu hành nội bộ"]}),
    Row("a page number alone is nothing", p("Kế hoạch"), ["Kế hoạch"],
        {"headers": [p('<w:fldSimple w:instr="PAGE">' + r("2") + "</w:fldSimple>")]}),
    Row("a page number between dashes is nothing", p("Kế hoạch"), ["Kế hoạch"],
        {"footers": [p("- ", '<w:fldSimple w:instr="PAGE">' + r("2") + "</w:fldSimple>", " -")]}),
    Row("a page number in a content control is nothing", p("Kế hoạch"), ["Kế hoạch"],
        {"headers": ["<w:sdt><w:sdtContent>" + p("3") + "</w:sdtContent></w:sdt>"]}),
    Row("an empty head is nothing", p("Kế hoạch"), ["Kế hoạch"], {"headers": [p()]}),
    Row("two heads, in order, heads before feet", p("Kế hoạch"),
        ["Kế hoạch", "header: Một", "header: Hai", "footer: Ba"],
        {"headers": ["Một", "Hai"], "footers": ["Ba"]}),
    Row("a table in a head", p("Kế hoạch"), ["Kế hoạch", "header: Sở Nội vụ / Biểu mẫu 01"],
        {"headers": [table(row("Sở Nội vụ", "Biểu mẫu 01"))]}),
    Row("words and a page number", p("Kế hoạch"), ["Kế hoạch", "footer: Phòng Nội vụ"],
        {"footers": [p("Phòng Nội vụ")]}),
]  # fmt: skip

ROWS = [*WRITERS, *MARGINS]
