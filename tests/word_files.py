"""
Word files made by the tests: short forms of WordprocessingML, and the zip around them.

What begins with ``<`` is XML and stays as it is; any other string is text. ``docx`` makes a file of
the fragments of its parts.
"""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import TypedDict, Unpack
from xml.sax.saxutils import escape

_OOXML = "http://schemas.openxmlformats.org/"
_NAMES = {
    "w": _OOXML + "wordprocessingml/2006/main",
    "r": _OOXML + "officeDocument/2006/relationships",
    "m": _OOXML + "officeDocument/2006/math",
    "mc": _OOXML + "markup-compatibility/2006",
    "a": _OOXML + "drawingml/2006/main",
    "wp": _OOXML + "drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
NAMES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_BY = 'w:id="7" w:author="Người soạn" w:date="2024-01-05T08:00:00Z"'

STRICT = {
    _OOXML + "wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    _OOXML + "officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
    _OOXML + "officeDocument/2006/math": "http://purl.oclc.org/ooxml/officeDocument/math",
    _OOXML + "drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}
"""The names of ISO/IEC 29500 Strict."""


# -- in a paragraph


def t(text: str) -> str:
    """The characters of a run."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(content: str, properties: str = "") -> str:
    """A run: of text, or of XML."""
    inner = content if content.startswith("<") else t(content)
    said = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{said}{inner}</w:r>"


def bold(text: str) -> str:
    return r(text, "<w:b/>")


def raised(text: str) -> str:
    return r(text, '<w:vertAlign w:val="superscript"/>')


def ins(*content: str) -> str:
    """Runs put in while changes were tracked."""
    return f"<w:ins {_BY}>{''.join(map(_run, content))}</w:ins>"


def gone(*content: str) -> str:
    """Runs taken out while changes were tracked."""
    runs = "".join(map(_run, content)).replace("<w:t ", "<w:delText ")
    return f"<w:del {_BY}>{runs.replace('</w:t>', '</w:delText>')}</w:del>"


def moved(kind: str, *content: str) -> str:
    """Runs that were moved: ``moveFrom`` here, ``moveTo`` here."""
    return f"<w:{kind} {_BY}>{''.join(map(_run, content))}</w:{kind}>"


def mark(kind: str) -> str:
    """Paragraph properties: the mark at its end was put in or taken out (``ins``, ``del``)."""
    return f"<w:rPr><w:{kind} {_BY}/></w:rPr>"


def field(code: str, *result: str) -> str:
    """A field with its result; ``code`` may be XML with another field in it."""
    written = code if code.startswith("<") else instruction(code)
    return (
        r('<w:fldChar w:fldCharType="begin"/>')
        + written
        + r('<w:fldChar w:fldCharType="separate"/>')
        + "".join(map(_run, result))
        + r('<w:fldChar w:fldCharType="end"/>')
    )


def instruction(code: str) -> str:
    return r(f'<w:instrText xml:space="preserve">{escape(code)}</w:instrText>')


def around(name: str, content: str, attributes: str = "") -> str:
    """An element of WordprocessingML around others."""
    return f"<w:{name}{' ' if attributes else ''}{attributes}>{content}</w:{name}>"


def symbol(code: str, font: str) -> str:
    return r(f'<w:sym w:font="{font}" w:char="{code}"/>')


def footnote_mark(identity: int) -> str:
    return r(f'<w:footnoteReference w:id="{identity}"/>')


def endnote_mark(identity: int) -> str:
    return r(f'<w:endnoteReference w:id="{identity}"/>')


def control(content: str, properties: str = "") -> str:
    """A content control."""
    return around("sdt", f"<w:sdtPr>{properties}</w:sdtPr>" + around("sdtContent", _run(content)))


def _run(content: str) -> str:
    return content if content.startswith("<") else r(content)


# -- text boxes


def drawing(*blocks: str) -> str:
    """A text box as Word 2010 and later draw it, with the numbers of its place."""
    return (
        '<w:drawing><wp:anchor behindDoc="0" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>2719705</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:align>top</wp:align></wp:positionV>'
        '<wp:extent cx="914400" cy="457200"/><wp:docPr id="1" name="Text Box 1"/>'
        f"<a:graphic><a:graphicData>{shape(*blocks)}</a:graphicData></a:graphic>"
        "<wp14:sizeRelH xmlns:wp14="
        '"http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing" '
        'relativeFrom="margin"><wp14:pctWidth>40000</wp14:pctWidth></wp14:sizeRelH>'
        "</wp:anchor></w:drawing>"
    )


def shape(*blocks: str) -> str:
    return (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:txbx><w:txbxContent>'
        f"{_blocks(blocks)}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    )


def picture(*blocks: str) -> str:
    """A text box as Word 2007 and before draw it."""
    return (
        '<w:pict><v:shape id="s1" type="#_x0000_t202" style="position:absolute;width:72pt">'
        f"<v:textbox><w:txbxContent>{_blocks(blocks)}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict>"
    )


def either(choice: str, fallback: str, requires: str = "wps") -> str:
    """Two forms of one thing."""
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def box(*blocks: str) -> str:
    """A run with a text box, both forms of it."""
    return r(either(drawing(*blocks), picture(*blocks)))


# -- blocks


def p(
    *content: str, style: str = "", num: tuple[int, int] | None = None, properties: str = ""
) -> str:
    """A paragraph; ``num`` are the id of its list and its level."""
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        said += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    said += properties
    inner = "".join(_run(one) for one in content if one)
    return f"<w:p>{f'<w:pPr>{said}</w:pPr>' if said else ''}{inner}</w:p>"


def items(texts: Sequence[str], num: tuple[int, int] = (1, 0)) -> str:
    """Numbered paragraphs."""
    return "".join(p(text, num=num) for text in texts)


def paragraphs(text: str) -> str:
    """A paragraph for each line."""
    return "".join(p(line) for line in text.splitlines())


def table(*rows: str, widths: Sequence[int] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row; a cell that is text is one paragraph."""
    said = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{said}{''.join(_cell(one) for one in cells)}</w:tr>"


def head(*cells: str) -> str:
    """A row that is repeated on each page."""
    return row(*cells, properties="<w:tblHeader/>")


def cell(*blocks: str, span: int = 1, down: str = "", across: str = "") -> str:
    """A cell; ``down`` and ``across`` are its merges (``restart``, ``continue``)."""
    said = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    said += f'<w:hMerge w:val="{across}"/>' if across else ""
    said += f'<w:vMerge w:val="{down}"/>' if down else ""
    return f"<w:tc><w:tcPr>{said}</w:tcPr>{_blocks(blocks)}</w:tc>"


def _cell(content: str) -> str:
    if content.startswith(("<w:tc>", "<w:sdt>")):
        return content
    return cell(content)


def _blocks(blocks: Sequence[str]) -> str:
    made = "".join(
        one if one.startswith(("<w:p>", "<w:tbl>", "<w:sdt>", "<w:p ")) else p(one)
        for one in blocks
    )
    return made or p()


# -- lists and styles


def level(depth: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a list; ``more`` is what stands after its text and before it alike."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{escape(text)}"/></w:lvl>'
    )


def abstract(identity: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def num(identity: int, of: int, *overrides: str) -> str:
    return (
        f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'
    )


def restart(depth: int, start: int, again: str = "") -> str:
    """A list's own start of a level."""
    return (
        f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/>{again}</w:lvlOverride>'
    )


def one_list(*levels: str) -> str:
    """The lists of a document with one, whose id is 1."""
    return abstract(0, *levels) + num(1, 0)


def style(
    identity: str, properties: str = "", run: str = "", based: str = "", kind: str = "paragraph"
) -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{identity}"/>{on}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def numbered(list_id: int | None, depth: int | None = None) -> str:
    """Paragraph properties that put a paragraph into a list."""
    said = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    said += "" if list_id is None else f'<w:numId w:val="{list_id}"/>'
    return f"<w:numPr>{said}</w:numPr>"


# -- the file


def notes(kind: str, bodies: Mapping[int, Sequence[str]]) -> str:
    """Footnotes or endnotes by their id, after the two lines that every file has."""
    if not bodies:
        return ""
    own = {-1: [p(r("<w:separator/>"))], 0: [p(r("<w:continuationSeparator/>"))], **bodies}
    types = {-1: ' w:type="separator"', 0: ' w:type="continuationSeparator"'}
    return "".join(
        f'<w:{kind}{types.get(identity, "")} w:id="{identity}">{_blocks(blocks)}</w:{kind}>'
        for identity, blocks in own.items()
    )


def xml(root: str, content: str) -> str:
    """A part of WordprocessingML."""
    return f"{HEAD}<w:{root} {NAMES}>{content}</w:{root}>"


def relation(identity: str, kind: str, target: str, more: str = "") -> str:
    name = kind if kind.startswith("http") else _NAMES["r"] + "/" + kind
    return f'<Relationship Id="{identity}" Type="{name}" Target="{target}"{more}/>'


def relations(*rows: str) -> str:
    space = _OOXML + "package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{"".join(rows)}</Relationships>'


class Options(TypedDict, total=False):
    """What a file has besides its body: the inside of parts, by their names."""

    numbering: str
    styles: str
    settings: str
    footnotes: Mapping[int, Sequence[str]]
    endnotes: Mapping[int, Sequence[str]]
    comments: str
    headers: Sequence[str]
    footers: Sequence[str]
    section: str
    """Properties of the section."""
    related: Sequence[str]
    """Relations of the document part to others."""
    main: str
    """The name of the document part."""
    change: Callable[[dict[str, str]], Mapping[str, str | bytes]]
    """Makes other parts of these before they are packed."""


def parts_of(body: str, options: Options) -> dict[str, str]:
    """The parts of a file by their names; only those that are needed."""
    main = options.get("main", "word/document.xml")
    section = options.get("section", "")
    folder, _, name = main.rpartition("/")
    texts = {
        "numbering": options.get("numbering", ""),
        "styles": options.get("styles", ""),
        "settings": options.get("settings", ""),
        "comments": options.get("comments", ""),
        "footnotes": notes("footnote", options.get("footnotes", {})),
        "endnotes": notes("endnote", options.get("endnotes", {})),
    }
    made = {kind: xml(kind, text) if text else "" for kind, text in texts.items()}
    rows = [*options.get("related", ())]
    parts = {}
    for number, (kind, text) in enumerate(made.items(), 1):
        if text:
            parts[f"{folder}/{kind}.xml"] = text
            rows.append(relation(f"rId{number}", kind, f"{kind}.xml"))
    for kind, root, stories in (
        ("header", "hdr", options.get("headers", ())),
        ("footer", "ftr", options.get("footers", ())),
    ):
        for number, content in enumerate(stories, 1):
            parts[f"{folder}/{kind}{number}.xml"] = xml(root, _blocks([content]))
            rows.append(relation(f"{kind}{number}", kind, f"{kind}{number}.xml"))
            section = f'<w:{kind}Reference w:type="default" r:id="{kind}{number}"/>{section}'
    overrides = [(main, _MAIN_TYPE)]
    overrides += [(part, _type_of(part)) for part in parts]
    types = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides
    )
    space = _OOXML + "package/2006/content-types"
    return {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{space}"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
        ),
        "_rels/.rels": relations(relation("rId1", "officeDocument", main)),
        main: xml("document", f"<w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>"),
        f"{folder}/_rels/{name}.rels": relations(*rows),
        **parts,
    }


def _type_of(part: str) -> str:
    kind = part.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
    return f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """Parts as a zip; equal parts give equal bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def docx(body: str, **options: Unpack[Options]) -> bytes:
    """A Word file with this body."""
    return pack(options.get("change", dict)(parts_of(body, options)))
