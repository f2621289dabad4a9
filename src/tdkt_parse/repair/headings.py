"""
Roman numerals that OCR misread, at headings and after *Quý*: ``H.``, ``HI.``, ``IIU``, ``Quý lI``.

Two strokes side by side become an H, a stroke and its bar a U. What is no numeral is taken for the
one whose turn it is, if it can be that one; a numeral that comes twice is taken for the next only
between the one before and the one after it.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

import regex

from tdkt_parse.layout import Cell, Repair, Table
from tdkt_parse.numerals import parse_roman, write_roman
from tdkt_parse.periods import find_quarters as quarters_in
from tdkt_parse.periods import is_quarter_heading
from tdkt_parse.repair.tokens import Slice, slices_of
from tdkt_parse.spelling import is_upper, key

TIMEOUT = 2.0
NUMERAL, QUARTER = "ocr_numeral", "ocr_quarter"
LONGEST = 160
"""Code points of a heading; a longer line is none."""
HEADERS = 3
"""Rows of a table among which its header is."""

_LABEL = regex.compile(
    r"(?P<numeral>[IVXHUl1|ỊÌÍỈ]{1,6}+|2)(?P<mark>\s?[.)/:–-](?=\s|\p{Lu})|,(?=\s)|(?=\s\p{Lu}))\s*(?P<rest>\p{Lu}.*)"
)
_STROKES = str.maketrans({"H": "II", "h": "II", **dict.fromkeys("l1|UỊÌÍỈÏïi]!", "I")})
_QUARTER = regex.compile(
    r"(?<=\b(?:Quý|QUÝ|quý|Quí|QUÍ|quí)\s(?:[IVHl1|]{1,4}\s?(?:[,;+]|và|-|–)\s?)?)"
    r"[IVHTl1|ỊÌÍỈÏïi\]!]{1,4}+(?![\p{L}\p{N}])"
)

_AFTER = regex.compile(r"\s*(?:$|năm\b|[/,;.:)–-])")
_GLUED = regex.compile(
    r"(?<!\p{L})(?P<word>Quý|QUÝ|Quí|QUÍ)(?P<numeral>[IVHhl|i\]!]{1,4}+)(?![\p{L}\p{N}])"
)
_LABELLED = regex.compile(
    r"(?<![\p{L}\p{N}])(?P<label>[IVX1-4]{1,4}[.)-])(?=(?:Quý|QUÝ|Quí|QUÍ)\s?[IVHhl|]{1,4}(?!\p{L}))"
)
_BEFORE_YEAR = regex.compile(
    r"(?<=\b(?:Quý|QUÝ|quý|Quí|QUÍ|quí)\s)(?P<numeral>[IVl|]{1,3}+)(?P<year>NĂM|Năm|năm)(?!\p{L})"
)
_LOST = regex.compile(
    r"(?<!\p{L})(?P<word>Quý|QUÝ|Quí|QUÍ)\s(?=(?:quý|QUÝ|quí|QUÍ)\sII(?![\p{L}\p{N}]))"
)
"""*Quý quý II*: only the first can have stood before the second."""
_ODD = frozenset("iï]!")
"""Strokes that may be what they look like, but not at the end of a quarter's name."""


class Heading(NamedTuple):
    """A line that begins as a heading with a Roman numeral may."""

    numeral: str
    mark: str
    upper: bool
    slice: Slice

    @property
    def value(self) -> int:
        """What the numeral is as read, 0 if it is none."""
        return parse_roman(self.numeral)


def find_numerals(lines: Sequence[Sequence[Slice]]) -> Iterator[Repair]:
    """The repairs of the numerals of headings, over all lines of the body."""
    headings = [h for slices in lines if slices and (h := _heading(slices))]
    last = 0
    for place, heading in enumerate(headings):
        after = next((h.value for h in headings[place + 1 :] if h.value), 0)
        due = last + 1
        put = _meant(heading, due, after, headings[place + 1 :])
        if heading.mark == ",":
            # The stop of a number, if it is the one whose turn it is; else of a list of words.
            if heading.value == due > 1:
                at = len(heading.numeral)
                yield Repair(*heading.slice.place(at, at + 1), ".", NUMERAL)
                last = due
            continue
        if put:
            start, end = heading.slice.place(0, len(heading.numeral))
            yield Repair(start, end, put, NUMERAL)
            last = due
        elif heading.value:
            last = heading.value


def _heading(slices: Sequence[Slice]) -> Heading | None:
    text = slices[0].text
    if len(text) > LONGEST or text[0] not in "IVXHUl12|ỊÌÍỈ":
        return None
    found = _LABEL.fullmatch(text, timeout=TIMEOUT)
    if found is None:
        return None
    return Heading(found["numeral"], found["mark"].strip(), is_upper(found["rest"]), slices[0])


def _meant(heading: Heading, due: int, after: int, following: Sequence[Heading]) -> str | None:
    """What a numeral was that is none as read, or not the one whose turn it is."""
    read = heading.numeral
    wanted = write_roman(due)
    if heading.value:
        lost = heading.value == due - 1 and heading.value > 0 and wanted == read + "I"
        return wanted if lost and after == due + 1 else None
    if read.translate(_STROKES) != wanted or (read.isdigit() and due > 1):
        return None
    if "U" in read:  # a stroke and the bar behind it; only where others have the bar
        bars = not heading.mark and read.endswith("U") and read.count("U") == 1
        known = due > 1 or (after == 2 and bool(following) and following[0].mark == "/")
        return wanted + "/" if bars and known else None
    if due == 1:  # a figure or a stroke alone is the first only before a second
        before = [*takewhile(lambda one: not one.value, following)]
        seconds = following[len(before) : len(before) + 1]
        counted = any(one.numeral == "2" and one.upper for one in before)
        return wanted if heading.upper and after == 2 and seconds[0].upper and not counted else None
    return wanted


def find_labels_of_quarters(lines: Sequence[Sequence[Slice]]) -> Iterator[Repair]:
    """
    The repairs of the numerals before headings of quarters, told by their places among those.

    ``U Quý I`` over ``1U Quý II`` over ``II/ Quý III`` is I/, II/, III/: strokes all of them, and
    one at least with the bar behind it.
    """
    found: list[tuple[Slice, str]] = []
    for slices in lines:
        label = _STROKES_ALONE.match(slices[0].text, timeout=TIMEOUT) if slices else None
        if label and is_quarter_heading(slices[0].text[label.end() :].lstrip()):
            found.append((slices[0], label["label"]))
    labels = [label for _, label in found]
    barred = any(label.endswith("/") for label in labels)
    # Figures alone are the numbers of other headings.
    if (
        not 2 <= len(found) <= 4
        or not barred
        or not any("I" in one or "V" in one for one in labels)
    ):
        return
    # Other headings may be numbered before them: what was read right tells from where they count.
    values = [parse_roman(label[:-1]) if label.endswith("/") else 0 for label in labels]
    firsts = [value - place for place, value in enumerate(values) if value > place]
    first = firsts[-1] if firsts else 1
    for number, (one, label) in enumerate(found, first):
        put = f"{write_roman(number)}/"
        if label != put:
            yield Repair(*one.place(0, len(label)), put, NUMERAL)


def find_barred_quarters(lines: Sequence[Sequence[Slice]]) -> Iterator[Repair]:
    """
    The repairs of a quarter's numeral and the bar before its year, read as one: ``Quý U2009``.

    A U is a stroke and a bar; it may be two strokes whose bar was lost, so that the heading before
    or the one after has to say the same.
    """
    barred = [_BARRED.search(one[0].text, timeout=TIMEOUT) if one else None for one in lines]
    if not any(barred):
        return
    named = [_quarters_of(slices) for slices in lines]
    for place, found in enumerate(barred):
        if found is None:
            continue
        text, value, put = found.string, len(found["read"]), "I" * len(found["read"]) + "/"
        if not is_quarter_heading(text[: found.start()] + put + text[found.end() :]):
            continue
        before = next(filter(None, reversed(named[:place])), ())
        after = next(filter(None, named[place + 1 :]), ())
        in_turn = before[-1:] == (value - 1,) or after[:1] == (value + 1,)
        if in_turn and value not in (*before, *after):
            yield Repair(*lines[place][0].place(*found.span("read")), put, QUARTER)


def _quarters_of(slices: Sequence[Slice]) -> tuple[int, ...]:
    """The quarters that a line names, if it does nothing else."""
    text = slices[0].text if slices else ""
    return tuple(quarters_in(text, heading=True)) if is_quarter_heading(text) else ()


_BARRED = regex.compile(
    r"(?<=\b(?:Quý|QUÝ|Quí|QUÍ|quý)\s)(?P<read>[Il1|]{0,2}U)(?=(?:19|20)\d\d(?!\d))"
)


_STROKES_ALONE = regex.compile(r"(?P<label>[IVHUƯJLl1|]{1,3}[/,]?)(?=\s\p{L}|\s\d{1,2}\stháng)")


def find_quarters_in_column(text: str, table: Table) -> Iterator[Repair]:
    """The repairs of the numerals in a column that is headed *Quý*: ``|``, ``lI``."""
    for number, row in enumerate(table.rows[:HEADERS]):
        for column, cell in enumerate(row):
            head = [one.text for line in cell.lines for one in slices_of(text, line)]
            if len(head) == 1 and key(head[0]) == key("quý"):
                for below in table.rows[number + 1 :]:
                    if len(below) == len(row):
                        yield from _numeral_alone(text, below[column])


def _numeral_alone(text: str, cell: Cell) -> Iterator[Repair]:
    """The repair of what is all of a cell, if it is strokes."""
    slices = [one for line in cell.lines for one in slices_of(text, line)]
    if len(slices) != 1:
        return
    read = slices[0].text.rstrip(". ")
    put = read.translate(_STROKES)
    if read and put != read and not read.isdigit() and parse_roman(put) in (1, 2, 3, 4):
        yield Repair(*slices[0].place(0, len(read)), put, QUARTER)


def find_quarters(one: Slice) -> Iterator[Repair]:
    """The repairs of the numerals after *Quý* in a slice."""
    for found in _LABELLED.finditer(one.text, timeout=TIMEOUT):
        yield Repair(*one.place(*found.span()), f"{found['label']} ", QUARTER)
    for found in _GLUED.finditer(one.text, timeout=TIMEOUT):
        put = found["numeral"].translate(_STROKES)
        if parse_roman(put) in (1, 2, 3, 4):
            yield Repair(*one.place(*found.span()), f"{found['word']} {put}", QUARTER)
    for found in _LOST.finditer(one.text, timeout=TIMEOUT):
        yield Repair(*one.place(*found.span()), f"{found['word']} I, ", QUARTER)
    for found in _BEFORE_YEAR.finditer(one.text, timeout=TIMEOUT):
        put = found["numeral"].translate(_STROKES)
        if parse_roman(put) in (1, 2, 3, 4):
            yield Repair(*one.place(*found.span()), f"{put} {found['year']}", QUARTER)
    for found in _QUARTER.finditer(one.text, timeout=TIMEOUT):
        read = found.group()
        if "T" in read and "V" not in read and "H" not in read:
            continue  # One stroke, with its head or with a second one.
        if "T" in read and not _AFTER.match(one.text, found.end(), timeout=TIMEOUT):
            continue  # Letters of a name may be.
        if not _ODD.isdisjoint(read) and not _AFTER.match(one.text, found.end(), timeout=TIMEOUT):
            continue
        put = read.replace("T", "I").translate(_STROKES)
        if not read.isdigit() and put != read and parse_roman(put) in (1, 2, 3, 4):
            start, end = one.place(*found.span())
            yield Repair(start, end, put, QUARTER)
