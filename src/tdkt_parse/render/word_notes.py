"""
Footnotes of a Word file, which python-docx does not write: their marks, and the part they are in.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from lxml import etree

from tdkt_parse.models import Footnote
from tdkt_parse.render.terminal import clean
from tdkt_parse.render.word_xml import element, run

if TYPE_CHECKING:
    from docx.document import Document

SIZE = 10.0


class WordNotes:
    """
    The footnotes of one file while it is written.

    Word counts them by itself; a mark that is not the next number is written as it is.
    """

    def __init__(self) -> None:
        self._typed: dict[int, bool] = {}
        """Of each footnote met, by its number in the file, whether its mark is written out."""
        self._numbers: dict[int, int] = {}
        self._counted = 0

    def mark(self, note: Footnote) -> etree._Element:
        """The run that stands for a footnote in the text."""
        number = self._numbers.setdefault(id(note), len(self._numbers) + 1)
        typed = note.marker != str(self._counted + 1)
        self._counted += not typed
        self._typed[number] = typed
        made = run("", size=14, raised=True)
        attributes = {"w:id": str(number)}
        if typed:
            attributes["w:customMarkFollows"] = "1"
        made.append(element("w:footnoteReference", attributes))
        if typed:
            made.append(element("w:t", text=clean(note.marker)))
        return made

    def save(self, document: "Document", notes: Sequence[Footnote]) -> None:
        """Put the part with the texts of the footnotes into the file."""
        if not self._numbers:
            return
        root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
            line = element("w:p", {}, element("w:r", {}, element(f"w:{kind}")))
            root.append(element("w:footnote", {"w:type": kind, "w:id": str(number)}, line))
        for note in sorted(notes, key=lambda note: self._numbers.get(id(note), 0)):
            number = self._numbers.get(id(note), 0)
            if number:
                root.append(self._note(note, number))
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        package = document.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        separators = [element("w:footnote", {"w:id": str(number)}) for number in (-1, 0)]
        document.settings.element.insert_element_before(
            element("w:footnotePr", {}, *separators), "w:endnotePr", "w:compat", "w:rsids"
        )

    def _note(self, note: Footnote, number: int) -> etree._Element:
        if self._typed[number]:
            mark = run(clean(note.marker), size=SIZE, raised=True)
        else:
            mark = run("", size=SIZE, raised=True)
            mark.append(element("w:footnoteRef"))
        words = run(f" {clean(note.text)}", size=SIZE)
        paragraph = element("w:p", {}, mark, words)
        return element("w:footnote", {"w:id": str(number)}, paragraph)
