"""
A Word file as a Document: its text, then its notes, then its headers and footers.
"""

import hashlib
from collections.abc import Iterator

from lxml import etree

from tdkt_parse.exceptions import NeedsOcr, Unreadable
from tdkt_parse.layout import Document, Margin, Note, Notice
from tdkt_parse.legacy import has_old_signs
from tdkt_parse.readers.cut_tables import join_cut_tables
from tdkt_parse.readers.docx.body import Trace, Walker
from tdkt_parse.readers.docx.markers import Markers
from tdkt_parse.readers.docx.names import W, number, value
from tdkt_parse.readers.docx.numbering import Numbering
from tdkt_parse.readers.docx.package import BROKEN, COPY_AGAIN, Package, open_package, parse_xml
from tdkt_parse.readers.docx.styles import styles_of
from tdkt_parse.readers.typed_notes import find_typed_notes
from tdkt_parse.settings import Changes

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_document(
    data: bytes, name: str | None, changes: Changes, trace: Trace | None = None
) -> Document:
    """
    The Document of the bytes of a Word file.

    ``trace``: filled with what each paragraph was read from, that of the text before the rest.
    """
    package = open_package(data)
    data_of_main = package.checked(package.main)
    root = parse_xml(data_of_main, package.main)
    body = root.find(W + "body")
    if body is None:
        raise Unreadable(f"{BROKEN}: it has no text part of Word's.", hint=COPY_AGAIN)
    walker = walker_of(package, root, changes)
    if _may_be_old(data_of_main):
        walker.old.look_over(_whole(root))
        walker.inline.old_letters = walker.old.by_words
    walker.trace = trace
    blocks = walker.blocks(body)
    raised = list(walker.story.raised)
    notes = list(_notes(package, walker))
    margins = list(_margins(package, walker))
    story = walker.story
    text = "".join(story.parts)
    blocks, typed, marks = find_typed_notes(text, blocks, raised)
    if not any(map(str.isalnum, text)):
        _refuse_blank(root, walker)
    return Document(
        text=text,
        blocks=tuple(join_cut_tables(text, blocks, walker.grids)),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=MEDIA_TYPE,
        reader="docx",
        name=name,
        furniture=tuple(sorted((*story.furniture, *marks))),
        notes=(*typed, *notes),
        margins=tuple(margins),
        paragraphs=tuple(sorted(story.paragraphs)),
        notices=(*story.notices, *_notices(walker), *walker.old.notices()),
        old_texts=tuple(sorted(story.old_texts)),
    )


_ASCII = bytes(range(128))


def _may_be_old(data: bytes) -> bool:
    """Whether a part in UTF-8 has letters that are signs of an old encoding."""
    # Letters may be written by their numbers.
    return b"&#" in data or has_old_signs(data.translate(None, _ASCII).decode("utf-8", "replace"))


def _whole(root: etree._Element) -> str:
    """All the text of a part, a paragraph a line, as it is."""
    return "\n".join(
        "".join(
            "\u00ad" if one.tag == _SOFT_HYPHEN else one.text or ""
            for one in paragraph.iter(_TEXT, _SOFT_HYPHEN)
        )
        for paragraph in root.iter(W + "p")
    )


_TEXT, _SOFT_HYPHEN = W + "t", W + "softHyphen"


def _notices(walker: Walker) -> Iterator[Notice]:
    """What is said of the whole file."""
    seen = walker.inline
    if seen.changed:
        yield Notice(f"changes_{walker.changes}ed")
    if seen.hidden:
        yield Notice("hidden_text")
    if seen.blanks:
        yield Notice("blank_control")
    if walker.embedded:
        yield Notice("embedded_part")


def walker_of(package: Package, root: etree._Element, changes: Changes) -> Walker:
    """What walks the stories of a package, with its styles and its lists."""
    relations = package.relations(package.main).values()
    parts = {r.kind: r.target for r in relations if r.target and r.target in package}
    styles = styles_of(package, parts.get("styles"))
    beside = {
        kind: package.checked(parts[kind], aside=True)
        for kind in ("numbering", "settings")
        if kind in parts
    }

    def part(kind: str) -> etree._Element | None:
        return parse_xml(beside[kind], parts[kind]) if kind in beside else None

    numbering = Numbering(lambda: part("numbering"), styles.lists)
    return Walker(styles, numbering, changes, Markers(lambda: _formats(root, part("settings"))))


def _formats(root: etree._Element, settings: etree._Element | None) -> dict[str, tuple[str, int]]:
    """How notes are numbered: as the first section says, or the settings."""
    section = root.find(f".//{W}sectPr")
    formats = {}
    for story, usual in (("footnote", "decimal"), ("endnote", "lowerRoman")):
        said = [place.find(f"{W}{story}Pr") for place in (section, settings) if place is not None]
        form = next(filter(None, (value(one, "numFmt") for one in said)), usual)
        start = next(filter(None, (value(one, "numStart") for one in said)), None)
        formats[story] = form, number(start, 1)
    return formats


def _refuse_blank(root: etree._Element, walker: Walker) -> None:
    """A file without words: of pictures, of another format inside, or empty."""
    if walker.embedded:
        raise Unreadable(
            "The text of this Word file is embedded in it in another format.",
            hint="Open it in Word and save it under a new name.",
        )
    pictures = any(
        tag.endswith(("}blip", "}imagedata")) for tag in (str(e.tag) for e in root.iter())
    )
    if pictures:
        raise NeedsOcr(
            "The Word file holds pictures of pages and no text.",
            hint="Save the pictures, or the file as a PDF, and read that by OCR.",
        )
    raise Unreadable("The Word file holds no text.", hint="Check that it was saved whole.")


def _notes(package: Package, walker: Walker) -> Iterator[Note]:
    """Footnotes, then endnotes, in the order in which the text refers to them."""
    for kind in ("footnote", "endnote"):
        for part in package.related(package.main, f"{kind}s")[:1]:
            rows = {row.get(W + "id", ""): row for row in package.xml(part).iterfind(W + kind)}
            met = [(i, mark) for (story, i), mark in walker.markers.met.items() if story == kind]
            for place, (identity, mark) in enumerate(met, 1):
                row = rows.get(identity)
                if row is None:
                    continue
                typed = (kind, identity) in walker.markers.typed
                note = walker.note(row, f"{kind}{place}.", mark, own_mark=typed)
                if note is not None:
                    yield note


_TEXTS = (b":t>", b":t ", b"<t>", b"<t ")
"""How an element of text begins, one of which a part with words must hold."""


def _margins(package: Package, walker: Walker) -> Iterator[Margin]:
    """The table of contents, headers, then footers, each part once."""
    if walker.contents:
        yield Margin("contents", tuple(walker.contents))
    for kind, tag in (("header", "hdr"), ("footer", "ftr")):
        for place, part in enumerate(dict.fromkeys(package.related(package.main, kind)), 1):
            data = package.checked(part)
            if walker.changes == "accept" and not any(sign in data for sign in _TEXTS):
                continue
            story = parse_xml(data, part)
            if story.tag != W + tag:
                continue
            margin = walker.margin(story, kind, f"{kind}{place}.")
            if margin is not None:
                yield margin
