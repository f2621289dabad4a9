"""
Word's automatic numbers, as the labels that a reader of the page sees.

A paragraph says only which list it belongs to and how deep (``w:numPr``); the label comes from
counting (ECMA-376-1, 17.9). Lists of one definition count together, unless one of them begins
anew (``w:startOverride``); a level begins anew after one above it, unless it says otherwise
(``w:lvlRestart``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import regex
from lxml import etree

from tdkt_parse.legacy import decode, font_table
from tdkt_parse.numerals import write_letters, write_rank, write_roman, write_words
from tdkt_parse.readers.docx.names import MC, VAL, W, is_on, number, value
from tdkt_parse.readers.docx.styles import old_font
from tdkt_parse.readers.symbols import show

LEVELS = 9
TIMEOUT = 1.0


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written, and what stands around it."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    """Begin anew after this level and those above it, from 1; 0 never; ``None`` any above."""
    legal: bool = False
    """All numbers in digits, whatever their own levels say."""
    suffix: str = " "
    style: str | None = None
    """The paragraph style that carries this level."""
    hidden: bool = False
    vietnamese: bool = False
    padding: int = 0
    font: str | None = None


@dataclass(slots=True)
class List:
    """A list: the definition it counts with, its levels, and where it begins anew."""

    definition: str
    levels: Mapping[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document and how far each has counted; asked once for each paragraph."""

    def __init__(
        self, load: Callable[[], etree._Element | None], styles: Mapping[str, str]
    ) -> None:
        """
        ``load`` gives the root of the numbering part, and is asked when a paragraph needs it;
        ``styles``: the list that a numbering style refers to, by the style's id.
        """
        self._load = load
        self._styles = styles
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    @cached_property
    def lists(self) -> dict[str, List]:
        """Every list by its id."""
        root = self._load()
        return {} if root is None else _lists(root, self._styles)

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level of a list that a paragraph style carries."""
        found = self.lists.get(list_id)
        levels = found.levels.items() if found else ()
        return next((depth for depth, level in levels if level.style == style), None)

    def label(self, list_id: str, depth: int) -> str:
        """The label of the next paragraph of a list, with what parts it from the text."""
        found = self.lists.get(list_id)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return ""
        self._count(found, list_id, depth, level)
        if level.hidden:
            return ""
        written = self._write(found, level)
        return written + level.suffix if written.strip() else ""

    def _count(self, found: List, list_id: str, depth: int, level: Level) -> None:
        counts = self.counts.setdefault(found.definition, {})
        if depth in found.starts and (list_id, depth) not in self.begun:
            self.begun.add((list_id, depth))
            counts.pop(depth, None)
        begin = found.starts.get(depth, level.start)
        counts[depth] = counts[depth] + 1 if depth in counts else begin
        for below in range(depth + 1, LEVELS):
            under = found.levels.get(below)
            after = under.restart if under else None
            if after is None or (after and depth < after):
                counts.pop(below, None)

    def _write(self, found: List, level: Level) -> str:
        if level.format == "bullet":
            return _BULLETS.get(level.text) or show(level.text, level.font)
        counts = self.counts[found.definition]

        def place(match: regex.Match[str]) -> str:
            at = int(match.group(1)) - 1
            own = found.levels.get(at) or Level()
            count = counts.get(at, found.starts.get(at, own.start))
            if level.legal and own.format not in ("bullet", "none"):
                return str(count)
            before = level.text[: match.start()]
            return write(count, own, before)

        written: str = _PLACE.sub(place, level.text, timeout=TIMEOUT)
        return written


_BULLETS = {"o": "○", "\u00ad": "-"}
"""What stands for a bullet and is a letter: Word's second level, ``o`` of Courier New; and a soft
hyphen, which is seen here."""

_PLACE = regex.compile(r"%([1-9])")


def _lists(root: etree._Element, styles: Mapping[str, str]) -> dict[str, List]:
    definitions: dict[str, etree._Element] = {}
    for row in root.iterfind(W + "abstractNum"):
        definitions.setdefault(row.get(W + "abstractNumId", ""), row)
    numbers = {
        row.get(W + "numId", ""): value(row, "abstractNumId") or ""
        for row in root.iterfind(W + "num")
    }
    linked: dict[str, str] = {}
    for key, one in definitions.items():
        link = value(one, "styleLink")
        if link is not None:
            linked.setdefault(link, key)
    levels: dict[str, dict[int, Level]] = {}
    found: dict[str, List] = {}
    for row in root.iterfind(W + "num"):
        identity = row.get(W + "numId", "")
        definition = _definition(numbers.get(identity, ""), definitions, numbers, linked, styles)
        if definition is None:
            continue
        if definition not in levels:
            levels[definition] = _levels(definitions[definition])
        own = levels[definition]
        starts: dict[int, int] = {}
        for override in row.iterfind(W + "lvlOverride"):
            depth = number(override.get(W + "ilvl"))
            again = override.find(W + "lvl")
            if again is not None:
                own = {**own, depth: _level(again)}
            begin = value(override, "startOverride")
            if begin is not None:
                starts[depth] = number(begin, 1)
        found.setdefault(identity, List(definition, own, starts))
    return found


def _definition(
    name: str,
    definitions: Mapping[str, etree._Element],
    numbers: Mapping[str, str],
    linked: Mapping[str, str],
    styles: Mapping[str, str],
) -> str | None:
    """
    The definition with levels that a name leads to, through numbering styles.

    ``linked``: the first definition that says it is a style's, by the style.
    """
    for _ in range(LEVELS):
        row = definitions.get(name)
        if row is None:
            return None
        link = value(row, "numStyleLink")
        if link is None:
            return name
        following = numbers.get(styles.get(link, ""), "")
        if following == name or following not in definitions:
            following = linked.get(link, "")
        name = following
    return None


def _levels(row: etree._Element) -> dict[int, Level]:
    return {
        depth: _level(level)
        for level in row.iterfind(W + "lvl")
        if 0 <= (depth := number(level.get(W + "ilvl"))) < LEVELS
    }


_SUFFIXES = {"space": " ", "nothing": "", "tab": " "}


def _level(row: etree._Element) -> Level:
    shape = row.find(W + "numFmt")
    padding = 0
    if shape is None:
        # Newer formats stand beside one that older programs know.
        shape = row.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    form = "decimal" if shape is None else shape.get(VAL, "decimal")
    if form == "custom" and shape is not None:
        padding = len((shape.get(W + "format") or "").partition(",")[0].strip())
        form = "decimal"
    text = row.find(W + "lvlText")
    written = "" if text is None else text.get(VAL, "")
    restart = value(row, "lvlRestart")
    properties = row.find(W + "rPr")
    vanish = None if properties is None else properties.find(W + "vanish")
    language = None if properties is None else properties.find(W + "lang")
    fonts = None if properties is None else properties.find(W + "rFonts")
    old = font_table(old_font(fonts) or "") if fonts is not None else None
    if old is not None:
        written = decode(written, old.encoding, capitals=old.capitals)
    return Level(
        format=form,
        text=written[:200],
        start=number(value(row, "start"), 0 if value(row, "start") is None else 1),
        restart=None if restart is None else number(restart),
        legal=(legal := row.find(W + "isLgl")) is not None and is_on(legal),
        suffix=_SUFFIXES.get(value(row, "suff") or "tab", " "),
        style=value(row, "pStyle"),
        hidden=vanish is not None and is_on(vanish),
        vietnamese=not written.isascii()
        or (language is not None and language.get(VAL, "").startswith("vi")),
        padding=min(padding, 9),
        font=None if fonts is None else fonts.get(W + "ascii"),
    )


def write(count: int, level: Level, before: str = "") -> str:
    """
    A number as its level writes it; ``before`` is what the label says before it.

    >>> write(4, Level("upperRoman")), write(2, Level("decimalZero"))
    ('IV', '02')
    >>> write(1, Level("ordinalText", vietnamese=True), "Phần thứ ")
    'nhất'
    """
    form = level.format
    if form in ("ordinalText", "cardinalText", "vietnameseCounting", "ordinal"):
        return _in_words(count, level, before)
    formatter = _FORMATS.get(form)
    if formatter is not None:
        return formatter(count)
    return str(count).zfill(level.padding)


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda n: str(n).zfill(2),
    "upperRoman": write_roman,
    "lowerRoman": lambda n: write_roman(n).lower(),
    "upperLetter": lambda n: write_letters(n).upper(),
    "lowerLetter": write_letters,
    "numberInDash": lambda n: f"- {n} -",
    "decimalEnclosedCircle": lambda n: chr(0x245F + n) if 0 < n <= 20 else str(n),
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "chicago": lambda n: "*†‡§"[(n - 1) % 4] * min((n + 3) // 4, LEVELS),
}

_ENGLISH = (
    ("One", "First"), ("Two", "Second"), ("Three", "Third"), ("Four", "Fourth"), ("Five", "Fifth"),
    ("Six", "Sixth"), ("Seven", "Seventh"), ("Eight", "Eighth"), ("Nine", "Ninth"),
    ("Ten", "Tenth"),
)  # fmt: skip


def _in_words(count: int, level: Level, before: str) -> str:
    """Word writes words in the language of the label, and its first letter is a capital."""
    if level.format == "ordinal" and not level.vietnamese:
        tail = "th" if 10 < count % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
        return f"{count}{tail}"
    if level.format == "ordinal":
        return str(count)
    if level.format == "vietnameseCounting":
        return write_words(count)
    if not level.vietnamese:
        known = 0 < count <= len(_ENGLISH)
        return _ENGLISH[count - 1][level.format == "ordinalText"] if known else str(count)
    if level.format == "cardinalText":
        said = write_words(count)
        return said if before.strip() else said.capitalize()
    if before.rstrip().lower().endswith("thứ"):
        return write_rank(count)
    return f"{'thứ' if before.strip() else 'Thứ'} {write_rank(count)}"
