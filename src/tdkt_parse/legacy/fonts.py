"""
Fonts by whose name an old encoding is known.

Only names that a source ascribes to one encoding count; of other fonts the letters decide.
"""

from functools import cache, lru_cache
from typing import NamedTuple

from tdkt_parse.legacy.tables import Encoding
from tdkt_parse.lexicon import Row, read_csv


class FontFamily(Row):
    """
    How the names of some fonts begin, small, and the encoding of their letters.

    ``capitals``: how the name ends of those whose small letters are shown as capitals.
    ``not_after``: what the beginning is not followed by, several with bars between.
    """

    prefix: str
    encoding: Encoding
    capitals: str | None = None
    not_after: str | None = None
    source: str
    example: str


class FontTable(NamedTuple):
    """The encoding of a font, and whether it shows small letters as capitals."""

    encoding: Encoding
    capitals: bool


@cache
def families() -> tuple[FontFamily, ...]:
    """The families of fonts (``data/legacy_fonts.csv``)."""
    return read_csv("legacy_fonts.csv", FontFamily)


_FIRST = frozenset(".vV")
_STYLES = ("bolditalic", "bold", "italic", "oblique", "regular", "normal", "mt")


@lru_cache(maxsize=1024)
def font_table(name: str) -> FontTable | None:
    """
    The encoding of a font by its name; ``None`` if that says nothing.

    >>> font_table("CCBOCO+.VnTimeH"), font_table("VNI-Helve-Condense")
    (FontTable(encoding='tcvn3', capitals=True), FontTable(encoding='vni', capitals=False))
    >>> font_table(".VnArial,Bold"), font_table("VNI Russia"), font_table("Verdana")
    (FontTable(encoding='tcvn3', capitals=False), None, None)
    """
    known = plain_name(name)
    if not known or known[0] not in _FIRST:
        return None
    small = known.casefold()
    for row in families():
        if not small.startswith(row.prefix):
            continue
        rest = small[len(row.prefix) :]
        if row.not_after and rest.startswith(tuple(row.not_after.split("|"))):
            return None
        return FontTable(row.encoding, bool(row.capitals) and _bare(known).endswith("H"))
    return None


def plain_name(name: str) -> str:
    """
    The name of a font without what a PDF puts before it.

    >>> plain_name("CCBOEA+.VnTime")
    '.VnTime'
    """
    if len(name) > 7 and name[6] == "+":
        name = name[7:]
    return " ".join(name.replace("_", " ").split())


def _bare(name: str) -> str:
    """A font's name without its style: ``.VnTimeH,Bold``, ``.VnTimeH-BoldItalic``."""
    name = name.partition(",")[0].rstrip()
    head, dash, tail = name.rpartition("-")
    while dash and tail.casefold().replace(" ", "") in _STYLES:
        name = head
        head, dash, tail = name.rpartition("-")
    for style in (" Bold Italic", " Bold", " Italic"):
        name = name.removesuffix(style)
    return name
