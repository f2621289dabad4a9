"""
A Plan as the document it is, in Markdown: for a repository, a web page, an editor.

(``to_markdown`` is another thing, a page about the plan.) What of the form Markdown cannot show,
merged cells above all, is repeated or left out; no word is.
"""

import html
from collections.abc import Iterator, Sequence

import regex

from tdkt_parse.models import Plan
from tdkt_parse.render.form import print_form
from tdkt_parse.render.note_marks import split_at_marks
from tdkt_parse.render.printed import Block, Cell, Columns, Grid, Look, NewPage, NoteMark, Words
from tdkt_parse.render.terminal import clean

TIMEOUT = 2.0

_BOLD: frozenset[Look] = frozenset(
    {"issuer", "motto", "slogan", "type", "title", "recipients", "authority", "signer", "marked"}
)
_ITALIC: frozenset[Look] = frozenset({"date", "basis", "annex", "signed"})
_HEADED: dict[Look, int] = {"type": 1, "attachment": 1, "heading": 2}


def render_markdown(plan: Plan) -> str:
    """The document in Markdown, from its letterhead to its appendices and footnotes."""
    form = print_form(plan)
    lines = [line for block in form.blocks for line in _block(block)]
    for note in form.notes:
        mark = _mark(note.marker) + ("" if _is_raised(note.marker) else ":")
        lines += [f"{mark} {escape(note.text)}", ""]
    return "\n".join(lines).strip("\n") + "\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Words):
        yield from (_words(block), "")
    elif isinstance(block, Columns):
        rows = [[_lines(cell) for cell in row] for row in block.rows]
        yield from (*_table(rows), "")
    elif isinstance(block, Grid):
        cells = [
            [_cell(cell, row, column, block) for column, cell in enumerate(places)]
            for row, places in enumerate(block.places)
        ]
        yield from (*_table([_spanned(row, n, block) for n, row in enumerate(cells)]), "")
    elif isinstance(block, NewPage):
        yield from ("---", "")


def _words(words: Words, *, tags: bool = False) -> str:
    level = _HEADED.get(words.look)
    mark = "*" if words.look in _ITALIC else "**" if level or words.look in _BOLD else ""
    bullet = words.text[:2] if level and words.text[:2] in ("- ", "+ ", "* ") else ""
    styled = bool(mark)
    text = _text(words.text[len(bullet) :], words.notes, tags=tags, styled=styled)
    if bullet:
        return bullet + _styled(text, mark)
    if level:
        # Bold as well: a heading without a number is known by it.
        return f"{'#' * min(level + words.depth, 6)} {_styled(text, mark)}"
    return _styled(text, mark) if mark or words.look == "recipient" else _unlisted(text)


def _styled(text: str, mark: str) -> str:
    return f"{mark}{text}{mark}" if text else ""


def _lines(cell: Sequence[Words]) -> str:
    return "<br>".join(_words(words, tags=True) for words in cell).replace("|", "\\|")


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows, the first of which is a header for Markdown."""
    for number, row in enumerate(rows):
        yield "| " + " | ".join(row) + " |"
        if number == 0:
            yield "|" + " --- |" * max(map(len, rows))


def _cell(cell: Cell | None, row: int, column: int, grid: Grid) -> str:
    """The words of a place; those of a merged cell again in each place it covers."""
    if cell is None:
        return _in_cell(grid.texts[row][column])
    return "<br>".join(map(_in_cell, cell.lines))


def _in_cell(text: str) -> str:
    return escape(text).replace("|", "\\|")


def _spanned(row: list[str], number: int, grid: Grid) -> list[str]:
    """A row that is one cell is written as one, which Markdown allows."""
    first = grid.places[number][0]
    return row[:1] if first is not None and first.columns == len(row) > 1 else row


# ---------------------------------------------------------------- text


_SIGNS = regex.compile(r"[\\`]|~~|\[(?=\^|[^\]]*\]\()")
_ENTITY = regex.compile(r"&#?[a-zA-Z0-9]{1,32};")
_EMPHASIS = (
    regex.compile(r"\*+"),
    regex.compile(r"(?<![\w_])_+(?=[^\s_])|(?<=[^\s_])_+(?![\w_])"),
)
"""Signs that mean something only in pairs."""
_ADDRESS = r"(?![^<>\s:/]+@[^<>\s:/]+>)"
_OPEN_TAG = regex.compile(rf"<(?=[a-zA-Z/!?]){_ADDRESS}")
_TAG = regex.compile(rf"^<(?=[a-zA-Z/!?]){_ADDRESS}|<(?=[a-zA-Z/!?][^<]*>){_ADDRESS}")
_SUPERSCRIPTS = frozenset("¹²³⁴⁵⁶⁷⁸⁹⁰")


def escape(text: str) -> str:
    """Text that Markdown shows as it is; marks that could only be words are left alone."""
    return _escaped(clean(text), tags=True)


def _escaped(text: str, *, tags: bool, styled: bool = False) -> str:
    """
    ``tags``: an opening bracket may begin a tag, though nothing in the text itself closes it;
    ``styled``: a single star would meet those around the text.
    """

    def slashed(mark: regex.Match[str]) -> str:
        return "".join("\\" + sign for sign in mark.group())

    escaped: str = _SIGNS.sub(slashed, text, timeout=TIMEOUT)
    escaped = _ENTITY.sub(
        lambda mark: mark.group() if _is_no_entity(mark.group()) else "\\" + mark.group(),
        escaped,
        timeout=TIMEOUT,
    )
    for pattern in _EMPHASIS:
        if styled or len(pattern.findall(escaped, timeout=TIMEOUT)) > 1:
            escaped = pattern.sub(slashed, escaped, timeout=TIMEOUT)
    pattern = _OPEN_TAG if tags else _TAG
    return str(pattern.sub(r"\\<", escaped, timeout=TIMEOUT))


def _is_no_entity(text: str) -> bool:
    """``&D;`` of ``R&D;`` stands for no character."""
    return html.unescape(text) == text


def _text(text: str, notes: Sequence[NoteMark], *, tags: bool, styled: bool) -> str:
    return "".join(
        _escaped(part, tags=tags or bool(notes), styled=styled)
        + (_mark(note.marker) if note is not None else "")
        for part, note in split_at_marks(text, notes)
    )


def _mark(marker: str) -> str:
    return marker if _is_raised(marker) else f"[^{_name_of(marker)}]"


_OPENING = regex.compile(r"#{1,6}(?=\s|$)|>")


def _unlisted(text: str) -> str:
    """A paragraph that begins with a sign of Markdown's own."""
    if text.startswith("\\* "):
        return text[1:]  # the star of a list
    return "\\" + text if _OPENING.match(text, timeout=TIMEOUT) else text


def _is_raised(marker: str) -> bool:
    return bool(marker) and set(marker) <= _SUPERSCRIPTS


def _name_of(marker: str) -> str:
    """A marker as the name of a footnote, which has letters, digits and hyphens alone."""
    name = "".join(letter for letter in marker if letter.isalnum() or letter in "_-")
    return name or f"note{len(marker)}"
