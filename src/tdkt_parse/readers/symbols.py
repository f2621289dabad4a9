"""
Signs of Word's symbol fonts (Symbol, Wingdings) as Unicode.

Word keeps them at U+F000 and above, or as the letter of the same code, where a sign means what its
font makes of it. ``data/symbols.csv`` has the bullets, ticks and boxes of office documents; others
become U+FFFD, so that a sign that is not known is seen as one.

Where a document is printed to PDF, copied or saved as text the font's name is lost: what was a
bullet is a letter then, at the beginning of a line (``§ Nâng cao …``, ``Ø Tổ chức …``).
"""

from dataclasses import replace
from functools import cache

import regex

from tdkt_parse.layout import Document
from tdkt_parse.lexicon import Row, read_csv

TIMEOUT = 5.0


class Symbol(Row):
    """A sign of a symbol font: its code there in hexadecimal, and the same sign in Unicode."""

    font: str
    code: str
    sign: str
    what: str
    source: str


_FIRST, _LAST = 0xF000, 0xF0FF
_FONTS = ("Wingdings", "Symbol")


@cache
def signs(font: str) -> dict[int, str]:
    """The signs of a font by their code; those of the other fonts where it has none."""
    rows = read_csv("symbols.csv", Symbol)
    ordered = sorted(rows, key=lambda row: row.font == font)
    return {int(row.code, 16): row.sign for row in ordered}


def is_symbol_font(font: str | None) -> bool:
    """Whether the letters of a font are signs."""
    return font in _FONTS


def show(text: str, font: str | None = None) -> str:
    """
    A text of which the signs of symbol fonts are Unicode's.

    Without a font, a sign above U+F000 is taken for one of Wingdings, else of Symbol.

    >>> show("\\uf0b7"), show("\\uf0fc", "Wingdings"), show("ü", "Wingdings"), show("- ü")
    ('•', '✓', '✓', '- ü')
    """
    lettered = is_symbol_font(font)
    if not lettered and text.isprintable():
        return text  # Signs of the private use area are not.
    table = signs(font if font and lettered else "Wingdings")
    shown = []
    for letter in text:
        code = ord(letter)
        if _FIRST <= code <= _LAST:
            shown.append(table.get(code - _FIRST, "\ufffd"))
        elif lettered and 0x20 < code < 0x100:
            shown.append(table.get(code, letter))
        else:
            shown.append(letter)
    return "".join(shown)


_PRIVATE = regex.compile("[\uf020-\uf0ff]+")
_LOST = regex.compile(r"^[^\S\n]*+\K[§Øüvqo](?=[^\S\n]++[\p{Lu}“\"])", regex.MULTILINE)
"""Letters that no line of Vietnamese begins with, for none of them is a word."""


def show_bullets(document: Document) -> Document:
    """
    A document whose signs of symbol fonts are Unicode's, bullets that lost their font too.

    One letter stands for each, so that every place in the text stays what it is. Pages that were
    read off their pictures have no fonts, and are not for this.

    >>> from tdkt_parse.readers import read
    >>> show_bullets(read("§ Nâng cao chất lượng;\\no Tổ chức;\\nđiều 5 § 2".encode())).text
    '▪ Nâng cao chất lượng;\\n○ Tổ chức;\\nđiều 5 § 2'
    """
    text = document.text
    if not text.isprintable():  # Line ends are not, nor are signs of the private use area.
        text = _PRIVATE.sub(lambda found: show(found.group()), text, timeout=TIMEOUT)
    text = _LOST.sub(lambda found: _bullet(found.group()), text, timeout=TIMEOUT)
    return document if text == document.text else replace(document, text=text)


def _bullet(letter: str) -> str:
    """The bullet that a letter is in Wingdings; o is one of a text font, Courier New."""
    return "○" if letter == "o" else show(letter, "Wingdings")
