"""
What stands in a paragraph of a Word file, piece by piece, as its reader sees it.

Fields show their result, tracked changes are taken as accepted or as rejected, comments are left
out, text boxes come once though Word writes them twice, and no number of a drawing is text.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from tdkt_parse.exceptions import TooLarge
from tdkt_parse.legacy import font_table
from tdkt_parse.readers.docx.names import MC, VAL, M, W, is_on, number, value
from tdkt_parse.readers.docx.styles import FONTS, Look, Styles, read_look
from tdkt_parse.readers.story import Piece
from tdkt_parse.readers.symbols import is_symbol_font, show
from tdkt_parse.settings import Changes

MOST_PIECES = 300_000
"""Texts, tabs, breaks and marks of one paragraph, each some 400 bytes with its element."""


class NoteMark(NamedTuple):
    """A reference to a footnote or endnote: its story, its id, and a mark typed by hand."""

    story: str
    identity: str
    own_mark: bool


_UNDERSTOOD = ("w", "v", "a", "cx", "aink", "am3d")


def chosen(alternate: etree._Element) -> etree._Element | None:
    """Of two forms of one thing, the one that Word shows (ECMA-376-3, 7.6): never both."""
    for choice in alternate.iterfind(MC + "Choice"):
        names = (choice.get("Requires") or "").split()
        if names and all(name.startswith(_UNDERSTOOD) for name in names):
            return choice
    return alternate.find(MC + "Fallback")


_THROUGH = frozenset(
    W + name
    for name in ("hyperlink", "smartTag", "customXml", "bdo", "dir", "fldSimple", "rubyBase")
)
_ADDED = frozenset({W + "ins", W + "moveTo", W + "cellIns"})
_REMOVED = frozenset({W + "del", W + "moveFrom", W + "cellDel"})
_RUN = W + "r"
_TEXT = W + "t"
_DELETED_TEXT = W + "delText"
_LOOK = W + "rPr"
_CONTROL = W + "sdt"
_ALTERNATE = MC + "AlternateContent"
_DRAWINGS = frozenset({W + "drawing", W + "pict", W + "object"})
_BOX = W + "txbxContent"
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "noBreakHyphen": "-",
}
_SOFT_HYPHEN = W + "softHyphen"
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_MATH = M + "t"
_ASCII, _HIGH = W + "ascii", W + "hAnsi"
_CHARACTER_STYLE = W + "rStyle"


class Inline:
    """
    Reads paragraphs of one document.

    ``boxes`` and ``marks`` are filled as paragraphs are read: the contents of text boxes anchored
    in the last one, and the references to notes, in order. ``hidden`` counts characters that Word
    does not show.
    """

    def __init__(self, styles: Styles, changes: Changes) -> None:
        self.styles = styles
        self.skipped = _REMOVED if changes == "accept" else _ADDED
        self.kept = _ADDED if changes == "accept" else _REMOVED
        self.rejecting = changes == "reject"
        self.pieces: list[Piece] = []
        self.boxes: list[etree._Element] = []
        self.marks: list[NoteMark] = []
        self.changed = False
        self.hidden = 0
        self.blanks = 0
        """Content controls that nobody has filled in."""
        self._fields: list[str] = []
        self._behind = 0
        self._hide = True
        self.old_fonts = False
        """Whether a piece of the last paragraph is in a font of an old encoding."""
        self.old_letters = False
        """Whether what has no such font may be in an old encoding all the same."""

    def read(self, paragraph: etree._Element, look: Look) -> list[Piece]:
        """The pieces of a paragraph whose style looks so."""
        self.pieces = []
        self.boxes = []
        self._fields = []
        self._behind = 0
        self.old_fonts = False
        marks = len(self.marks)
        self._walk(paragraph, look)
        if self._behind and "code" in self._fields:
            # A field that never ends would hide what follows: here nothing of it is taken for code.
            self.pieces, self.boxes, self._fields = [], [], []
            del self.marks[marks:]
            self._hide = False
            self._walk(paragraph, look)
            self._hide = True
        return self.pieces

    def _walk(self, parent: etree._Element, look: Look) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child, look)
            elif tag in _THROUGH:
                self._walk(child, look)
            elif tag in self.kept:
                self.changed = True
                self._walk(child, look)
            elif tag in self.skipped:
                self.changed = True
            elif tag == _CONTROL:
                self._control(child, look)
            elif tag == _ALTERNATE:
                form = chosen(child)
                if form is not None:
                    self._walk(form, look)
            elif tag == W + "ruby":
                self._walk(child, look)
            elif tag.startswith(M):
                self._add("".join(row.text or "" for row in child.iter(_MATH)), look, child)

    def _control(self, control: etree._Element, look: Look) -> None:
        content = control.find(W + "sdtContent")
        if content is not None and not self.is_prompt(control):
            self._walk(content, look)

    def is_prompt(self, control: etree._Element) -> bool:
        """Whether nobody has filled in a content control: it shows what is to be put there."""
        flag = control.find(f"{W}sdtPr/{W}showingPlcHdr")
        if flag is None or not is_on(flag):
            return False
        self.blanks += 1
        return True

    def _run(self, run: etree._Element, below: Look) -> None:
        look = below
        font = None
        custom = None
        for child in run:
            tag = child.tag
            if tag == _TEXT or (tag == _DELETED_TEXT and self.rejecting):
                text = child.text
                if not text:
                    continue
                if (font is not None or not text.isascii()) and not look.font:
                    text = show(text, font)
                if "\n" in text or "\t" in text or "\r" in text:
                    text = _unfold(text, child)
                if custom is not None:
                    self._note(custom, text, look, child)
                    custom = None
                else:
                    self._add(text, look, child)
            elif tag == _LOOK:
                look, font = self._look(child, below)
            elif tag in _SIGNS:
                self._add(_SIGNS[tag], look, child)
            elif tag == _SOFT_HYPHEN:
                if (look.font or self.old_letters) and not self._ends_in_soft_hyphen():
                    self._add("\u00ad", look, child)
            elif tag in (W + "br", W + "cr"):
                if child.get(W + "type") in ("page", "column"):
                    self._put(Piece("page", "\n", child))
                else:
                    self._put(Piece("break", "\n", child))
            elif tag == W + "fldChar":
                self._field(child, look)
            elif tag == W + "sym":
                self._symbol(child, look)
            elif tag in _NOTES:
                mark = NoteMark(
                    _NOTES[tag],
                    child.get(W + "id", ""),
                    child.get(W + "customMarkFollows") in ("1", "true", "on"),
                )
                if mark.own_mark:
                    custom = mark
                else:
                    self._note(mark, "", look, child)
            elif tag in _DRAWINGS:
                self.boxes += boxes_of(child)
            elif tag == _ALTERNATE:
                form = chosen(child)
                if form is not None:
                    self._run(form, look)
            elif tag == W + "ruby":
                base = child.find(W + "rubyBase")
                if base is not None:
                    self._walk(base, look)

    def _look(self, properties: etree._Element, below: Look) -> tuple[Look, str | None]:
        look, others = read_look(properties)
        font = others.get(FONTS)
        name = None if font is None else font.get(_ASCII) or font.get(_HIGH)
        style = others.get(_CHARACTER_STYLE)
        if style is not None:
            look = look.over(self.styles.look(style.get(VAL)))
        return look.over(below), name if is_symbol_font(name) else None

    def _ends_in_soft_hyphen(self) -> bool:
        """
        Whether a soft hyphen is the last sign so far: no word has the letter it may be twice.

        LibreOffice writes the letter of TCVN3 and an optional hyphen beside it as the same.
        """
        last = self.pieces[-1] if self.pieces else None
        return last is not None and last.kind == "text" and last.text.endswith("\u00ad")

    def _add(self, text: str, look: Look, element: etree._Element) -> None:
        if self._hide and "code" in self._fields:
            self._behind += len(text.strip())
            return
        if look.hidden:
            self.hidden += len(text.strip())
            return
        if look.font or self.old_letters:
            self.old_fonts = self.old_fonts or bool(look.font)
            looks = bool(look.bold), bool(look.italic), bool(look.raised)
            self._put(
                Piece("text", text, element, *looks, look.font or "", capitals=bool(look.capitals))
            )
            return
        if look.capitals:
            capitals = text.upper()
            text = capitals if len(capitals) == len(text) else text
        self._put(
            Piece("text", text, element, bool(look.bold), bool(look.italic), bool(look.raised))
        )

    def _put(self, piece: Piece) -> None:
        self.pieces.append(piece)
        if len(self.pieces) > MOST_PIECES:
            raise TooLarge(
                f"A paragraph of the Word file is in more than {MOST_PIECES:,} pieces.",
                hint="Word writes none like that: the file may be meant to do harm.",
            )

    def _note(self, mark: NoteMark, written: str, look: Look, element: etree._Element) -> None:
        if look.hidden:
            return
        self.marks.append(mark)
        self._put(Piece("note", written, element))

    def _field(self, mark: etree._Element, look: Look) -> None:
        match mark.get(W + "fldCharType"):
            case "begin":
                self._fields.append("code")
                data = mark.find(W + "ffData")
                if data is not None:
                    self._form_field(data, look)
            case "separate" if self._fields:
                self._fields[-1] = "result"
            case "end" if self._fields:
                self._fields.pop()

    def _form_field(self, data: etree._Element, look: Look) -> None:
        """What a form field of Word 97 shows, which has no result beside it."""
        outer, self._fields = self._fields, []
        entries = data.findall(f"{W}ddList/{W}listEntry")
        if entries:
            at = number(value(data.find(W + "ddList"), "result"))
            if 0 <= at < len(entries):
                self._add(entries[at].get(VAL, ""), look, entries[at])
        box = data.find(W + "checkBox")
        if box is not None:
            ticked = box.find(W + "checked")
            if ticked is None:
                ticked = box.find(W + "default")
            self._add("☒" if ticked is not None and is_on(ticked) else "☐", look, box)
        self._fields = outer

    def _symbol(self, mark: etree._Element, look: Look) -> None:
        try:
            code = int(mark.get(W + "char") or "", 16)
        except ValueError:
            return
        if not 0x20 < code < 0x10000 or 0xD800 <= code < 0xE000:
            return
        font = mark.get(W + "font")
        if font and font_table(font):
            self._add(chr(code), look._replace(font=font), mark)
            return
        code = code if code > 0xFF or not is_symbol_font(font) else code + 0xF000
        self._add(show(chr(code), font), look, mark)


def boxes_of(drawing: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes in a drawing, each once."""
    for child in drawing:
        if child.tag == _BOX:
            yield child
        elif child.tag == _ALTERNATE:
            form = chosen(child)
            if form is not None:
                yield from boxes_of(form)
        else:
            yield from boxes_of(child)


def _unfold(text: str, child: etree._Element) -> str:
    """A line feed within text is a space; the indent of a file printed prettily is nothing."""
    if child.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
        text = text.strip()
    return " ".join(text.replace("\r", "\n").replace("\t", " ").split("\n"))
