"""
A Plan as the document it is, in one page of HTML that needs nothing else: for the screen and for
print. All words of the plan are escaped; the page holds no script and loads nothing.
"""

import html
from collections.abc import Iterator, Sequence

from tdkt_parse.models import Footnote, Plan
from tdkt_parse.periods import is_quarter_heading
from tdkt_parse.render.form import print_form
from tdkt_parse.render.note_marks import split_at_marks
from tdkt_parse.render.printed import Block, Columns, Grid, Look, NewPage, NoteMark, Printed, Words
from tdkt_parse.render.terminal import clean

STYLE = """
@page { size: A4; margin: 20mm 18mm 20mm 30mm; }
body { font: 14pt/1.25 "Times New Roman", Tinos, "Liberation Serif", serif; color: #000;
  background: #fff; max-width: 162mm; margin: 10mm auto; padding: 0 4mm; }
p, h1, h2, h3, h4, h5, h6 { margin: 3pt 0; font-size: 14pt; text-align: justify; }
h2, h3, h4, h5, h6 { text-indent: 12.7mm; margin-top: 6pt; break-after: avoid; }
h1 { text-align: center; margin-top: 14pt; }
.basis, .paragraph, .closing, .addressees { text-indent: 12.7mm; }
.basis, .date, .annex, .signed { font-style: italic; }
.issuer, .motto, .slogan, .title, .authority, .signer, .marked, .recipients { font-weight: bold; }
.running, .superior, .issuer, .motto, .slogan, .number, .about, .date, .title, .annex, .authority,
.signed, .signer, .marked, .attachment { text-align: center; }
.running, .superior, .issuer, .motto, .about { font-size: 12pt; }
.slogan, .number, .date, .marked { font-size: 13pt; }
.marked span { border: 1px solid; padding: 0 6pt; }
.issuer::after, .title::after { content: ""; display: block; width: 35%; margin: 3pt auto 0;
  border-top: 1px solid; }
.slogan span { border-bottom: 1px solid; padding-bottom: 2pt; }
.title { margin-bottom: 10pt; }
.recipients { font-size: 12pt; font-style: italic; }
.recipient { font-size: 11pt; margin: 0; text-align: left; }
.authority + .signer { margin-top: 60pt; }
.signed + .signer { margin-top: 20pt; }
table { border-collapse: collapse; width: 100%; margin: 6pt 0; }
.columns td { vertical-align: top; padding: 0 2mm; }
.letterhead td:first-child { width: 38%; }
.ruled th, .ruled td { border: 1px solid #000; padding: 2pt 4pt; vertical-align: top;
  font-size: 13pt; text-align: left; }
.ruled th, .ruled .quarter td { text-align: center; font-weight: bold; }
.ruled thead { display: table-header-group; }
.ruled tr { break-inside: avoid; }
.ruled p { margin: 0; font-size: inherit; text-align: inherit; }
section.appendix { break-before: page; margin-top: 15mm; }
.notes { border-top: 1px solid; margin-top: 12pt; font-size: 11pt; }
.notes p { font-size: inherit; }
@media print { body { margin: 0; max-width: none; padding: 0; } section.appendix { margin: 0; } }
"""


POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What the page may do: nothing but look as it says."""


def render_html(plan: Plan) -> str:
    """The document as a page of HTML."""
    form = print_form(plan)
    name = " ".join(b.text for b in form.blocks if isinstance(b, Words) and b.look in _NAMING)
    body = [line for line in _page(form) if line]
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="vi">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            f"<title>{_escape(name) or 'Kế hoạch'}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            *body,
            "</body>",
            "</html>",
            "",
        )
    )


_NAMING: frozenset[Look] = frozenset({"type", "title"})


def _page(form: Printed) -> Iterator[str]:
    numbers = {id(note): number for number, note in enumerate(form.notes, 1)}
    for line in form.heads:
        yield f'<p class="running">{_escape(line)}</p>'
    opened = False
    for block in form.blocks:
        if isinstance(block, NewPage):
            yield "</section>" if opened else ""
            yield '<section class="appendix">'
            opened = True
        else:
            yield from _block(block, numbers)
    yield "</section>" if opened else ""
    if form.notes:
        yield '<aside class="notes">'
        for note in form.notes:
            number = numbers[id(note)]
            mark = f'<a href="#mark{number}"><sup>{_escape(note.marker)}</sup></a>'
            yield f'<p id="note{number}">{mark} {_escape(note.text)}</p>'
        yield "</aside>"
    for line in form.feet:
        yield f'<p class="running">{_escape(line)}</p>'


def _block(block: Block, numbers: dict[int, int]) -> Iterator[str]:
    if isinstance(block, Words):
        yield _words(block, numbers)
    elif isinstance(block, Columns):
        yield f'<table class="columns {block.of}" role="presentation">'
        for row in block.rows:
            cells = ("".join(_words(words, numbers) for words in cell) for cell in row)
            yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
        yield "</table>"
    elif isinstance(block, Grid):
        yield from _grid(block)


def _words(words: Words, numbers: dict[int, int]) -> str:
    text = _marked(words.text, words.notes, numbers)
    if words.look in ("type", "attachment"):
        return f'<h1 class="{words.look}">{text}</h1>'
    if words.look == "heading":
        level = min(words.depth + 2, 6)
        return f"<h{level}>{text}</h{level}>"
    if words.look in ("slogan", "marked"):
        text = f"<span>{text}</span>"
    return f'<p class="{words.look}">{text}</p>'


def _marked(text: str, notes: Sequence[NoteMark], numbers: dict[int, int]) -> str:
    """Words with the marks of footnotes, which lead to them."""
    return "".join(
        html.escape(part) + (_link(note, numbers) if note is not None else "")
        for part, note in split_at_marks(text, notes)
    )


def _link(note: Footnote, numbers: dict[int, int]) -> str:
    number = numbers[id(note)]
    return f'<a id="mark{number}" href="#note{number}"><sup>{_escape(note.marker)}</sup></a>'


def _escape(text: str) -> str:
    return html.escape(clean(text))


def _grid(grid: Grid) -> Iterator[str]:
    yield '<table class="ruled">'
    for r, places in enumerate(grid.places):
        head = r < grid.header_rows
        if r in (0, grid.header_rows) and (not head or r == 0):
            yield "<thead>" if head else "<tbody>"
        quarter = not head and any(is_quarter_heading(text) for text in grid.texts[r][:2] if text)
        tag = "th" if head else "td"
        cells: list[str] = []
        for cell in places:
            if cell is None:
                continue
            spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            cells.append(f"<{tag}{spans}>{'<br>'.join(map(_escape, cell.lines))}</{tag}>")
        yield ('<tr class="quarter">' if quarter else "<tr>") + "".join(cells) + "</tr>"
        if r + 1 == grid.header_rows:
            yield "</thead>"
    if len(grid.places) > grid.header_rows:
        yield "</tbody>"
    yield "</table>"
