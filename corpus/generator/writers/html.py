"""
A Paper as the markup of its text, in the ways in which pages have it.

``table``: paragraphs, and tables for what stands side by side, as editors of portals write.
``floats``: two tables beside each other for the letterhead. ``divs``: boxes and nothing else, what
is side by side in columns of a grid. ``breaks``: everything in one box, lines ended by ``<br>``.
``named``: as
``table``, the words of each line in an anchor that has a name and leads nowhere, as a law library
names articles.
``word``: what Word saves as a filtered web page. ``cells``: one table around all of it.
"""

from collections.abc import Iterator, Sequence
from html import escape

from generator.paper import Columns, Line, Mark, Note, PageBreak, Paper, Table
from generator.writers.parts import Place, grid, halves, pieces

STYLES = ("table", "floats", "divs", "breaks", "word", "cells", "named")


def to_html(paper: Paper, style: str) -> str:
    """The markup of a paper's text, without a page around it."""
    return _Writer(paper, style).write()


class _Writer:
    def __init__(self, paper: Paper, style: str) -> None:
        self.paper = paper
        self.style = style
        self.marked = 0
        self.named = 0

    def write(self) -> str:
        parts = [one for block in self.paper.blocks for one in self._block(block)]
        if self.style == "cells":
            rows = "".join(f"<tr><td>{part}</td></tr>" for part in parts if part)
            text = f'<table width="100%" cellpadding="0">{rows}</table>'
        else:
            text = "\n".join(parts)
        return text + self._notes()

    def _block(self, block: object) -> Iterator[str]:
        match block:
            case Line():
                yield self._line(block)
            case Columns():
                yield self._columns(block)
            case Table():
                yield self._table(block)
            case PageBreak():
                if self.style == "word":
                    yield "<br clear=all style='page-break-before:always'>"

    # -- lines

    def _line(self, line: Line) -> str:
        inner = self._inner(line)
        match self.style:
            case "breaks":
                return f"{inner}<br>"
            case "divs":
                return f"<div>{inner or '&nbsp;'}</div>"
            case "word":
                align = f"text-align:{line.align};" if line.align != "left" else ""
                inner = inner or "<o:p>&nbsp;</o:p>"
                return (
                    f"<p class=MsoNormal style='{align}margin-top:6.0pt'><span lang=VI "
                    f"style='font-size:{line.size}pt'>{_wrapped(inner)}</span></p>"
                )
            case "named" if inner:
                self.named += 1
                head, _, rest = inner.partition(" ")
                if "<" in head or not rest:
                    return f'<p align="{line.align}"><a name="loai_{self.named}">{inner}</a> </p>'
                return (
                    f'<p style="margin-bottom:6.0pt"><a name="dieu_{self.named}">{head}</a>\n'
                    f'    <a name="dieu_{self.named}_name">{rest}</a> </p>'
                )
            case _:
                return f'<p style="text-align: {line.align}">{inner or "&nbsp;"}</p>'

    def _inner(self, line: Line) -> str:
        inner = "".join(
            escape(piece, quote=False) if isinstance(piece, str) else self._mark(piece)
            for piece in pieces(line)
        )
        if not inner.strip():
            return ""
        if line.bold:
            inner = (
                f'<span style="font-weight: bold">{inner}</span>'
                if self.style == "divs"
                else f"<b>{inner}</b>"
            )
        return f"<i>{inner}</i>" if line.italic else inner

    def _mark(self, mark: Mark) -> str:
        self.marked += 1
        if self.style in ("word", "table"):
            return (
                f'<a href="#_ftn{self.marked}" name="_ftnref{self.marked}" title="">'
                f"<sup>[{escape(mark.marker)}]</sup></a>"
            )
        return f"<sup>{escape(mark.marker)}</sup>"

    def _notes(self) -> str:
        notes = self.paper.notes
        if not notes:
            return ""
        made = [self._note(number, note) for number, note in enumerate(notes, 1)]
        if self.style == "word":
            return (
                "<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 "
                f"width='33%'>{''.join(made)}</div>"
            )
        return "".join(made)

    def _note(self, number: int, note: Note) -> str:
        marker, text = escape(note.marker), escape(note.text, quote=False)
        link = f'<a href="#_ftnref{number}" name="_ftn{number}" title="">[{marker}]</a>'
        match self.style:
            case "word":
                return (
                    f"<div style='mso-element:footnote' id=ftn{number}>"
                    f"<p class=MsoFootnoteText>{link} {text}</p></div>"
                )
            case "table":
                return f"<p>{link} {text}</p>"
            case "breaks":
                return f"<sup>{marker}</sup> {text}<br>"
            case "divs":
                return f"<div><sup>{marker}</sup> {text}</div>"
            case _:
                return f"<p><sup>{marker}</sup> {text}</p>"

    # -- side by side

    def _columns(self, columns: Columns) -> str:
        match self.style:
            case "divs":
                sides = "".join(
                    f'<div class="col-md-6 text-center">{"".join(map(self._line, side))}</div>'
                    for side in (columns.left, columns.right)
                )
                return f'<div class="row">{sides}</div>'
            case "breaks":
                lines = map(self._line, (*columns.left, *columns.right))
                return "".join(lines)
            case "floats":
                return "".join(
                    f'<table width="45%" align="{side}" border="0"><tbody><tr><td>'
                    f"{self._lines(lines)}</td></tr></tbody></table>"
                    for side, lines in (("left", columns.left), ("right", columns.right))
                )
            case _:
                rows = "".join(
                    f'<tr><td width="223" valign="top">{self._lines(left)}</td>'
                    f'<td width="367" valign="top">{self._lines(right)}</td></tr>'
                    for left, right in halves(columns)
                )
                return f'<table border="0" cellspacing="0" cellpadding="0">{rows}</table>'

    def _lines(self, lines: Sequence[Line]) -> str:
        if self.style == "floats":
            return "<br/>".join(self._inner(line) or "&nbsp;" for line in lines)
        return "".join(map(self._line, lines))

    # -- tables

    def _table(self, table: Table) -> str:
        rows = []
        for number, places in enumerate(grid(table)):
            name = "th" if number < table.header and self.style != "word" else "td"
            cells = "".join(_cell(place, name) for place in places if not place.below)
            rows.append(f"<tr>{cells}</tr>")
        if self.style in ("table", "divs") and table.header:
            head, rest = rows[: table.header], rows[table.header :]
            inner = f"<thead>{''.join(head)}</thead><tbody>{''.join(rest)}</tbody>"
        else:
            inner = "".join(rows)
        return f'<table class="MsoTableGrid" border="1" cellspacing="0">{inner}</table>'


def _cell(place: Place, name: str) -> str:
    cell = place.cell
    spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    inner = [escape(line, quote=False) for line in cell.lines]
    if cell.bold and name == "td":
        inner = [f"<b>{line}</b>" for line in inner]
    text = f"<p>{'</p><p>'.join(inner)}</p>" if len(inner) > 1 else "".join(inner)
    return f"<{name}{spans}>{text or '&nbsp;'}</{name}>"


def _wrapped(markup: str) -> str:
    """Lines of some 80 letters, as Word writes them; a line end is a space in HTML."""
    words = markup.split(" ")
    lines, line = [], ""
    for word in words:
        if line and len(line) + len(word) > 78 and "<" not in line + word:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])
