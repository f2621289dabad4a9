"""
Quarters whose names OCR misread: ``Quý lI``, ``QUY II``, ``Quýi``, ``Quý U2009``, ``L QUÝ I``.

Headings of quarters follow one another; what one is read as, and those around it, say together
which it is.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

import regex

from tdkt_parse.layout import Repair
from tdkt_parse.numerals import parse_roman, write_roman
from tdkt_parse.periods import find_quarters as quarters_in
from tdkt_parse.periods import is_quarter_heading
from tdkt_parse.repair.headings import NUMERAL, STROKES
from tdkt_parse.repair.tokens import Slice
from tdkt_parse.spelling import key

TIMEOUT = 2.0
QUARTER = "ocr_quarter"
LONGEST = 60
"""Code points of a heading of a quarter."""

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
_LOST_BEFORE = regex.compile(
    r"(?<!\p{L})(?P<word>Quý|QUÝ|Quí|QUÍ)\s{0,3}"
    r"(?=(?:,|v[aàáảãạ]|\+|&)\s(?:(?i:qu[ýí])\s)?II(?![\p{L}\p{N}]))"
)
"""The same with a comma or a word between: *Quý , II*, *Quý và quý II*."""
_SPECK = regex.compile(
    r"(?i)(?<=(?:tháng\s(?:đầu|cuối)|quý\s[IVH]{1,3})\snăm)[.,](?=\s?(?:19|20)\d\d(?!\d))"
    r"|(?<=(?<![\d.,])[69])[.,](?=\stháng\s(?:đầu|cuối)\snăm(?!\p{L}))"
)
"""A speck within the name of a quarter or half-year: *QUÝ II NĂM, 2024*, *6, tháng đầu năm*."""
_FIRST = regex.compile(
    r"(?<=(?<!\p{L})(?:Quý|QUÝ|quý|Quí|QUÍ|quí)\s)[TtJ](?=\s?(?:,|và|\+)\s(?:Quý|quý|QUÝ)\sII(?![\p{L}\p{N}]))"
)
"""The same of a stroke that is read as a letter: *Quý T, quý II*."""
_ODD = frozenset("iï]!")
"""Strokes that may be what they look like, but not at the end of a quarter's name."""
_TORN = STROKES | str.maketrans("TL", "II")
"""Strokes, and letters that one is read as with its head or its foot."""


_MARKLESS = regex.compile(r"(?<!\p{L})QUY(?=\s(?:I{1,3}|IV)(?![\p{L}\p{N}.)]))")
_HEADING = regex.compile(
    r"""
    (?: (?P<label> [^\s\p{Ll}]{1,5}+ [.)/:,-]? | \p{Ll}[.)/] | \d(?:\.\d){1,2}\.? ) \s+
    |   (?P<label> [IVHTUL1l|i\[ỊÌÍỈ]{1,5} [.)/⁄:,-]{0,3} | [\p{Ll}\d][.)/] ) (?=[Qq][Uu]) )?
    (?P<before> (?: [\p{L}\s]{4,24}? \s )? )
    (?P<name>
      (?: [QO]\s )?  (?P<word> QU[YÝỲỶỸỴ] | [Qq]u[yýỳỷỹỵ] )
      (?: \s | [-–.'’]\s? )?  (?P<numeral> (?: [IVHTUL1-4l|i!\]ỊÌÍỈ]{0,5}? | I\sV ) ) )
    (?P<year> \s?[/⁄]\s?(?:19|20)\d\d | (?:19|20)\d\d
    |   \s(?P<of>n[aăắâ]m|N[AĂẮÂ]M)(?P<speck>[.,]?)\s?(?:19|20)\d\d )?
    (?: \s? \([^()]*\) )?  \s* [:.;–-]?
    """,
    regex.VERBOSE,
)


class _Named(NamedTuple):
    """A line that is a heading of a quarter, or was before OCR misread it."""

    slice: Slice
    found: "regex.Match[str]"

    @property
    def value(self) -> int:
        """The quarter as read, 0 if it is none."""
        numeral = self.found["numeral"].replace(" ", "")
        value = int(numeral) if numeral.isdigit() else parse_roman(numeral) if numeral else 0
        return value if 0 < value <= 4 else 0

    @property
    def likely(self) -> int:
        """The same, or what its strokes make where it is none."""
        numeral = self.found["numeral"].translate(_TORN)
        return self.value or {"I": 1, "II": 2, "III": 3, "IV": 4}.get(numeral, 0)


def find_headings_of_quarters(lines: Sequence[Sequence[Slice]]) -> Iterator[Repair]:
    """The repairs of headings of quarters, over all lines of the body."""
    named = [
        _Named(slices[0], found)
        for slices in lines
        if slices
        and len(slices[0].text) <= LONGEST
        and (found := _HEADING.fullmatch(slices[0].text, timeout=TIMEOUT))
        and is_quarter_heading(f"{found['before']}Quý I")
        and (found["numeral"] or key(found["word"]) == key("quý"))  # Quỹ alone is a fund.
    ]
    for group in _groups(named):
        first = _first_of(group)
        if first:
            yield from _mended(group, first)


def _groups(named: Sequence[_Named]) -> Iterator[list[_Named]]:
    """Those that follow one another: the first quarter begins anew, and there are but four."""
    group: list[_Named] = []
    for one in named:
        if group and (len(group) == 4 or (one.value == 1 and any(o.value > 1 for o in group))):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _first_of(group: Sequence[_Named]) -> int:
    """
    Which quarter the first of some headings is, if they are read so that it can be told; else 0.

    They count on from it: half of them at least are read as the one whose turn it is, and the
    others can be. Where one is read as another quarter they are three at least, each with a label
    of its own: else it begins another part.
    """
    values = [one.value for one in group]
    rising = all(values) and all(a < b for a, b in pairwise(values))
    if len(group) < 2 or (rising and values[-1] - values[0] >= len(values)):
        return 0
    likely = [one.likely for one in group]
    agreed = {
        first: sum(value == first + k for k, value in enumerate(likely))
        for first in range(1, 6 - len(group))
        if (first == 1 or group[0].found["numeral"])  # What is lost is the one stroke of I.
        and all(
            _can_be(one, first + k, after)
            for k, (one, after) in enumerate(zip_longest(group, group[1:]))
        )
    }
    most = max(agreed.values(), default=0)
    best = [first for first, count in agreed.items() if count == most]
    if len(best) != 1 or 2 * most < len(group) or not any(values):
        return 0
    changed = any(value not in (0, best[0] + k) for k, value in enumerate(values))
    labels = [one.found["label"] for one in group if one.found["label"]]
    apart = len(group) > 2 and len({*labels}) == len(labels)
    return best[0] if apart or not changed else 0


def _can_be(one: _Named, value: int, after: _Named | None) -> bool:
    """
    Whether a numeral is made of the strokes of a quarter's.

    One that is a quarter as read is another only right before the one that follows that.
    """
    if one.value == value:
        return True
    if one.value and (after is None or after.value != value + 1):
        return False
    return ("V" in one.found["numeral"]) == (value == 4)


def _mended(group: Sequence[_Named], first: int) -> Iterator[Repair]:
    numerals = [write_roman(first + k) for k in range(len(group))]
    read = sum(one.value == first + k for k, one in enumerate(group))
    said = [one.found["label"] or "" for one in group]
    labels = _labels(said, numerals, sure=read > 2) or _figures(said, first)
    for k, (one, label, numeral) in enumerate(
        zip(group, labels or [""] * len(group), numerals, strict=True)
    ):
        found, text = one.found, one.slice.text
        label = label or found["label"] or ""
        glued = bool(label) and found.end("label") == found.start("name")
        if label != (found["label"] or "") or glued:
            put = f"{label} " if glued else label
            yield Repair(*one.slice.place(*found.span("label")), put, NUMERAL)
        if is_quarter_heading(text) and quarters_in(text, heading=True) == [first + k]:
            continue
        word = "QUÝ" if found["word"].isupper() else f"{found['word'][0]}uý"
        put = f"{word} {numeral}"
        if (found["year"] or "")[:1].isdigit():
            put += "/"
        if put != found["name"]:
            yield Repair(*one.slice.place(*found.span("name")), put, QUARTER)
        if found["of"] and found["of"].casefold() != "năm":
            put = "NĂM" if found["of"].isupper() else "năm"
            yield Repair(*one.slice.place(*found.span("of")), put, QUARTER)
        if found["speck"]:
            yield Repair(*one.slice.place(*found.span("speck")), "", QUARTER)


def _figures(labels: Sequence[str], first: int) -> list[str]:
    """
    Labels in figures that count as the quarters do, a stroke for the figure 1 of them.

    >>> _figures(["L", "2.", "3.", "4."], 1), _figures(["a)", "2.", "3."], 1)
    (['1.', '2.', '3.', '4.'], [])
    """
    if first > 1 or len(labels) < 3 or not _STROKES.fullmatch(labels[0]):
        return []
    marks = {label[1:] for label in labels[1:]}
    if len(marks) > 1 or any(label[:1] != str(2 + k) for k, label in enumerate(labels[1:])):
        return []
    return [f"1{marks.pop()}", *labels[1:]]


def _labels(labels: Sequence[str], numerals: Sequence[str], *, sure: bool = False) -> list[str]:
    """
    Labels that count as the quarters do, as they were printed; none where it cannot be told.

    They are all made of strokes, and one longer than a stroke at least is read right, or two are;
    or each is the strokes of its numeral; or they grow: the first is read right, the others are
    more than a stroke, and none is another numeral. ``sure``: the quarters themselves are read
    right; then it is enough that each but the first is more than a stroke.

    >>> _labels(["L-", "IL-", "II/-", "IV/-"], ["I", "II", "III", "IV"])
    ['I/-', 'II/-', 'III/-', 'IV/-']
    >>> _labels(["I.", "IIL."], ["I", "II"]), _labels(["I.", "IV."], ["I", "II"])
    (['I.', 'II.'], [])
    >>> _labels(["1.", "2.", "3."], ["I", "II", "III"])
    []
    """
    found = [match for label in labels if (match := _STROKES.fullmatch(label))]
    if not 1 < len(found) == len(labels):
        return []
    read = [match["strokes"] for match in found]
    marks = [match["mark"].replace("⁄", "/") for match in found]
    right = [k for k, numeral in enumerate(numerals) if read[k] == numeral]
    told = len(right) > 1 or any(len(read[k]) > 1 for k in right)
    alike = [one.translate(_TORN) for one in read] == [*numerals]
    if not (told or alike):
        begins = 0 in right and not any(
            parse_roman(one) for k, one in enumerate(read) if k not in right
        )
        if not (sure or begins) or any(len(one) < 2 for one in read[1:]):
            return []
    counts = Counter(filter(None, [marks[k] for k in right] or marks)).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return []
    return [f"{numeral}{counts[0][0]}" for numeral in numerals]


_STROKES = regex.compile(r"(?P<strokes>[IVHTULl1|i\[ỊÌÍỈ]{1,5}+)(?P<mark>[.)/⁄:,-]{0,3})")


def find_labels_of_stretches(lines: Sequence[Sequence[Slice]]) -> Iterator[Repair]:
    """
    The repairs of the numerals before headings of half-years, of two quarters, of one.

    ``TL. 6 tháng đầu năm`` over ``II 6 tháng cuối năm`` is I. and II.
    """
    group: list[tuple[Slice, regex.Match[str]]] = []
    for slices in lines:
        found = _stretch(slices[0].text) if slices else None
        if found is None:
            continue
        if group and (found["strokes"] == "I" or len(group) == MOST_STRETCHES):
            yield from _counted(group)
            group = []
        group.append((slices[0], found))
    yield from _counted(group)


def _stretch(text: str) -> "regex.Match[str] | None":
    """A heading of quarters behind a label of strokes, the longest that leaves one."""
    if len(text) > LONGEST:
        return None
    for label in _STRETCHES:
        found = label.fullmatch(text, timeout=TIMEOUT)
        if found and is_quarter_heading(found["rest"]):
            return found
    return None


def _counted(group: Sequence[tuple[Slice, "regex.Match[str]"]]) -> Iterator[Repair]:
    """The repairs of some labels that count on."""
    if len(group) < 2:
        return
    read = [found["strokes"] for _, found in group]
    values = [parse_roman(one) for one in read]
    rising = all(values) and all(one < other for one, other in pairwise(values))
    if rising and values[-1] - values[0] >= len(values):
        return  # Another part stands between.
    firsts = {parse_roman(one) - k for k, one in enumerate(read) if len(one) > 1} & {1, 2, 3, 4}
    single = all(_HEADING.fullmatch(found["rest"], timeout=TIMEOUT) for _, found in group)
    if len(firsts) > 1 or single:
        return  # Headings of single quarters are told by those.
    first = firsts.pop() if firsts else 1
    numerals = [write_roman(first + k) for k in range(len(group))]
    labels = _labels([f"{one}{found['mark']}" for (_, found), one in zip(group, read, strict=True)],
                     numerals)  # fmt: skip
    for (one, found), label in zip(group, labels, strict=bool(labels)):
        said = found.group()[: found.start("rest")]
        if said.rstrip() != label or said == said.rstrip():
            yield Repair(*one.place(0, len(said)), f"{label} ", NUMERAL)


_MONTHS = regex.compile(
    r"(?:(?:\d{1,2}\.)+\d{0,2}|[IVX]{1,4}[.)/-]|[a-hđ][.)])(?P<count>[69])(?=\stháng\s(?:đầu|cuối)\snăm(?!\p{L}))"
)
"""A label and the months behind it, with no space between: ``2.16 tháng đầu năm``."""


def find_glued_months(lines: Sequence[Sequence[Slice]]) -> Iterator[Repair]:
    """The repairs of headings of half-years and of nine months that lost the space before these."""
    for slices in lines:
        found = _MONTHS.match(slices[0].text, timeout=TIMEOUT) if slices else None
        if found and len(slices[0].text) <= LONGEST:
            yield Repair(*slices[0].place(*found.span("count")), f" {found['count']}", QUARTER)


MOST_STRETCHES = 4
_STRETCHES = tuple(
    regex.compile(
        rf"(?P<strokes>[IVHTUL1l|i\[ỊÌÍỈ]{{{count}}})(?P<mark>[.)/⁄:,-]{{0,3}}+)\s*(?P<rest>\S.{{2,}})"
    )
    for count in (4, 3, 2, 1)
)


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


_STROKES_ALONE = regex.compile(r"(?P<label>[IVHUƯJLl1|]{1,3}[/,]?)(?=\s\p{L}|\s\d{1,2}\stháng)")


def find_quarters(one: Slice) -> Iterator[Repair]:
    """The repairs of the numerals after *Quý* in a slice."""
    for found in _MARKLESS.finditer(one.text, timeout=TIMEOUT):
        yield Repair(*one.place(*found.span()), "QUÝ", QUARTER)
    for found in _SPECK.finditer(one.text, timeout=TIMEOUT):
        yield Repair(*one.place(*found.span()), "", QUARTER)
    for found in _LABELLED.finditer(one.text, timeout=TIMEOUT):
        yield Repair(*one.place(*found.span()), f"{found['label']} ", QUARTER)
    for found in _GLUED.finditer(one.text, timeout=TIMEOUT):
        put = found["numeral"].translate(STROKES)
        if parse_roman(put) in (1, 2, 3, 4):
            yield Repair(*one.place(*found.span()), f"{found['word']} {put}", QUARTER)
    for found in _LOST.finditer(one.text, timeout=TIMEOUT):
        yield Repair(*one.place(*found.span()), f"{found['word']} I, ", QUARTER)
    for found in _LOST_BEFORE.finditer(one.text, timeout=TIMEOUT):
        put = f"{found['word']} I" if one.text[found.end()] == "," else f"{found['word']} I "
        yield Repair(*one.place(*found.span()), put, QUARTER)
    for found in _FIRST.finditer(one.text, timeout=TIMEOUT):
        yield Repair(*one.place(*found.span()), "I", QUARTER)
    for found in _BEFORE_YEAR.finditer(one.text, timeout=TIMEOUT):
        put = found["numeral"].translate(STROKES)
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
        put = read.replace("T", "I").translate(STROKES)
        if not read.isdigit() and put != read and parse_roman(put) in (1, 2, 3, 4):
            start, end = one.place(*found.span())
            yield Repair(start, end, put, QUARTER)
