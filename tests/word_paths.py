"""
A second way from a path of evidence (``t2.r3.c1.p1``) to the characters of a Word file.

It shares nothing with the reader, so that what both say is so. Tracked changes are accepted.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_STEP = re.compile(r"([a-z]+)(\d+)")
_OUT = {"del", "moveFrom", "cellDel"}
_AROUND = {"customXml", "smartTag", "ins", "moveTo", "sdtContent"}
_DRAWN = {"drawing", "pict", "object"}
_LOOKED_PAST = {"pPr", "rPr", "rt", "instrText", "sdtPr", "delText", *_OUT}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def name_of(element: etree._Element) -> str:
    return etree.QName(element).localname


def attribute(element: etree._Element, name: str) -> str | None:
    return element.get(f"{{{_W}}}{name}", element.get(f"{{{_STRICT_W}}}{name}"))


def child_of(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The child of a name, of that one's child of the next …"""
    for name in names:
        element = (
            next((c for c in element if name_of(c) == name), None) if element is not None else None
        )
    return element


class Resolver:
    """The stories of a Word file, and the paragraphs in them by their paths."""

    def __init__(self, data: bytes, main: str = "word/document.xml") -> None:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.parts = {
                name.replace("\\", "/").lower(): archive.read(name) for name in archive.namelist()
            }
        self.folder = main.rpartition("/")[0]
        self.body = child_of(self.part(main), "body")

    def part(self, name: str) -> etree._Element:
        parser = etree.XMLParser(remove_comments=True, remove_pis=True)
        return etree.fromstring(self.parts[name.lower()], parser)

    def own_characters(self, path: str) -> str:
        """The characters of a paragraph itself: no automatic number, no mark of a note."""
        at: etree._Element | None = self.body
        for kind, digits in _STEP.findall(path):
            assert at is not None, path
            at = self._step(at, kind, int(digits))
        assert at is not None, path
        assert name_of(at) == "p", path
        return "".join(_Characters(hide=True).of(at))

    def _step(self, at: etree._Element, kind: str, number: int) -> etree._Element:
        match kind:
            case "p" | "t":
                wanted = {"p": "p", "t": "tbl"}[kind]
                found = [b for b in children(at, {"p", "tbl"}) if name_of(b) == wanted]
            case "r":
                found = [r for r in children(at, {"tr"}) if not is_out(child_of(r, "trPr"))]
            case "c":
                found = [c for c in children(at, {"tc"}) if not is_out(child_of(c, "tcPr"))]
            case "box":
                found = [*boxes(at)]
            case "footnote" | "endnote":
                found = self._notes(kind)
            case _:
                return self.part(f"{self.folder}/{kind}{number}.xml")
        return found[number - 1]

    def _notes(self, kind: str) -> list[etree._Element]:
        """The notes that the text refers to, in its order."""
        assert self.body is not None
        order: dict[str | None, None] = {}
        for element in self.body.iter():
            if name_of(element) == f"{kind}Reference" and not any(
                name_of(a) in _OUT for a in element.iterancestors()
            ):
                order[attribute(element, "id")] = None
        root = self.part(f"{self.folder}/{kind}s.xml")
        rows = {attribute(row, "id"): row for row in root}
        return [rows[one] for one in order if one in rows]


def is_out(properties: etree._Element | None) -> bool:
    return properties is not None and any(name_of(c) in _OUT for c in properties)


def children(at: etree._Element, wanted: set[str]) -> Iterator[etree._Element]:
    for child in at:
        name = name_of(child)
        if name in wanted:
            yield child
        elif name in _AROUND:
            yield from children(child, wanted)
        elif name == "sdt":
            content = child_of(child, "sdtContent")
            if content is not None and not is_prompt(child):
                yield from children(content, wanted)
        elif name == "AlternateContent":
            yield from children(form_of(child), wanted)


def form_of(alternate: etree._Element) -> etree._Element:
    first = alternate[0]
    understood = not (first.get("Requires") or "").startswith("zz")
    return first if understood else alternate[-1]


def is_prompt(control: etree._Element) -> bool:
    flag = child_of(control, "sdtPr", "showingPlcHdr")
    return flag is not None and attribute(flag, "val") != "0"


def boxes(at: etree._Element) -> Iterator[etree._Element]:
    for child in at:
        name = name_of(child)
        if name == "txbxContent":
            yield child
        elif name == "AlternateContent":
            yield from boxes(form_of(child))
        elif name not in _OUT:
            yield from boxes(child)


class _Characters:
    """
    Walks a paragraph; ``codes`` are the fields it is in, and whether in their code.

    ``hide``: what stands in the code of a field is left out.
    """

    def __init__(self, *, hide: bool) -> None:
        self.hide = hide
        self.codes: list[bool] = []

    def of(self, paragraph: etree._Element) -> list[str]:
        found = [*self._walk(paragraph)]
        if self.hide and any(self.codes):
            return _Characters(hide=False).of(paragraph)
        return found

    def _walk(self, at: etree._Element) -> Iterator[str]:
        for child in at:
            name = name_of(child)
            if name == "fldChar":
                yield from self._field(child)
            elif (name == "sdt" and is_prompt(child)) or (name == "r" and _is_hidden(child)):
                continue
            elif name == "AlternateContent":
                yield from self._walk(form_of(child))
            elif (
                name in _LOOKED_PAST
                or name in _DRAWN
                or (self.hide and any(self.codes) and name in ("t", "sym", *_SIGNS))
            ):
                continue
            elif name == "t":
                yield _text(child)
            elif name == "sym":
                code = attribute(child, "char") or ""
                yield chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]+", code) else ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            else:
                yield from self._walk(child)

    def _field(self, mark: etree._Element) -> Iterator[str]:
        match attribute(mark, "fldCharType"):
            case "begin":
                self.codes.append(True)
                entries = [e for e in mark.iter() if name_of(e) == "listEntry"]
                chosen = child_of(mark, "ffData", "ddList", "result")
                if entries:
                    at = int(attribute(chosen, "val") or 0) if chosen is not None else 0
                    yield attribute(entries[at], "val") or ""
                if child_of(mark, "ffData", "checkBox") is not None:
                    yield "☐"
            case "separate" if self.codes:
                self.codes[-1] = False
            case "end" if self.codes:
                self.codes.pop()


def _text(element: etree._Element) -> str:
    text = element.text or ""
    if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve" and "\n" in text:
        text = text.strip()
    return re.sub("[\n\t]", " ", text)


def _is_hidden(run: etree._Element) -> bool:
    flag = child_of(run, "rPr", "vanish")
    return flag is not None and attribute(flag, "val") != "0"
