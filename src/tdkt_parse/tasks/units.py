"""
The units that the cells of a table name, in the columns of who leads and who supports.

In a narrow column a name goes on in the next line (``Ban Tổ chức`` / ``Huyện ủy``) and the next
unit begins in one (``Các thôn, tổ dân phố`` / ``UBND xã``), and nothing in print tells the two
apart. A plan names the same units in row after row: what stands elsewhere as one name is one, what
stands elsewhere as two is two.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import regex

from tdkt_parse.actors import split_units
from tdkt_parse.layout import Words
from tdkt_parse.passage import Passage
from tdkt_parse.spelling import key
from tdkt_parse.tasks.grid import Entry, Grid
from tdkt_parse.tasks.header import Header
from tdkt_parse.wording import hyphened_units, is_actor

TIMEOUT = 2.0
LONGEST = 160
"""Code points of a name that may be two."""

Names = Counter[str]
"""How many cells name a unit, by the key of its name."""


_SAID = regex.compile(
    r"(?i)(?:^|[;.\n-])\s*(?:đơn vị|cơ quan)?\s*"
    r"(?P<what>chủ trì|phối hợp|thời gian|thời hạn|tiến độ|sản phẩm|kết quả|kinh phí|địa điểm)"
    r"(?:\s+(?:thực hiện|hoàn thành))?\s*:\s*"
)
"""What is told behind labels in one cell: ``Chủ trì: …`` / ``Phối hợp: …`` / ``Thời gian: …``."""
_SAYS = {key("chủ trì"): "lead", key("phối hợp"): "support"}
_WHEN = (key("thời gian"), key("thời hạn"), key("tiến độ"))


_WITH = regex.compile(
    r"(?P<lead>[^;.:]{3,120}?)(?:\s+chủ trì\s?,?)?\s+phối hợp\s+(?:với|cùng)\s+(?P<support>[^:]+)"
)
_LEADS = regex.compile(r"(?P<lead>[^;.:]{3,120}?)\s+chủ trì\s*[.;]?")


def _shared(told: str) -> tuple[list[str], list[str]] | None:
    """
    Who leads and who supports, of a cell that says so in a sentence: ``X phối hợp với Y``.

    >>> _shared("Văn phòng Sở chủ trì, phối hợp với Thanh tra Sở; Ban A")
    (['Văn phòng Sở'], ['Thanh tra Sở', 'Ban A'])
    """
    if "phối hợp" not in told and "chủ trì" not in told:
        return None
    text = " ".join(told.split())
    found = _WITH.fullmatch(text, timeout=TIMEOUT) or _LEADS.fullmatch(text, timeout=TIMEOUT)
    if not found or not is_actor(found["lead"]):
        return None
    support = found.groupdict().get("support")
    return split_units([found["lead"].strip(" ,")]), split_units([support]) if support else []


class Units:
    """The units of a table's rows, each told by those of all."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self._header, self._words = header, grid.words
        self._names = names_of(
            units
            for number, row in enumerate(grid.rows)
            if number >= header.depth and number not in grid.repeated
            for _, entry in self._entries(row)
            if not entry.merged
            for units in [split_units([line.text for line in entry.lines])]
        )

    def of(self, row: Sequence[Entry]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who leads and who supports, by a row."""
        found: dict[str, list[str]] = {"lead": [], "support": []}
        for kind, entry in self._entries(row):
            lines = [line.text for line in entry.lines]
            told = "\n".join(lines)
            said = list(_SAID.finditer(told, timeout=TIMEOUT)) if ":" in told else []
            if kind == "lead" and said:
                ends = [*(match.start() for match in said[1:]), len(told)]
                for match, end in zip(said, ends, strict=True):
                    what = _SAYS.get(key(match["what"]))
                    if what:
                        found[what] += split_units(told[match.end() : end].split("\n"))
            elif kind == "lead" and (shared := _shared(told)):
                found["lead"] += shared[0]
                found["support"] += shared[1]
            else:
                units = split_units(lines)
                found[kind] += settle(units, entry.lines, self._names, self._words)
        return tuple(found["lead"]), tuple(found["support"])

    def time_of(self, row: Sequence[Entry]) -> str | None:
        """When, by a label in the cell that says who: ``Thời gian: Quý II/2024``."""
        for kind, entry in self._entries(row):
            told = "\n".join(line.text for line in entry.lines)
            said = list(_SAID.finditer(told, timeout=TIMEOUT)) if ":" in told else []
            ends = [*(match.start() for match in said[1:]), len(told)]
            for match, end in zip(said, ends, strict=False):
                if kind == "lead" and key(match["what"]) in _WHEN:
                    return told[match.end() : end].strip(" ;.\n-") or None
        return None

    def _entries(self, row: Sequence[Entry]) -> Iterator[tuple[str, Entry]]:
        """The cells of a row that name units, each once, with what those do."""
        seen: set[int] = set()
        leading = {row[column].text for column in self._header.columns("lead")}
        for kind in ("lead", "support"):
            for column in self._header.columns(kind):
                entry = row[column]
                if not entry.lines or id(entry.lines) in seen:
                    continue
                # Merged over both columns it is who leads; a text file repeats it in both.
                if kind == "support" and entry.text in leading:
                    continue
                seen.add(id(entry.lines))
                yield kind, entry


def names_of(cells: Iterable[Sequence[str]]) -> Names:
    """The units of some cells, each counted once a cell."""
    found: Names = Counter()
    for units in cells:
        found.update({key(unit) for unit in units})
    return found


def settle(units: Sequence[str], lines: Sequence[Passage], names: Names, words: Words) -> list[str]:
    """
    The units of a cell, those made one that other cells name as one, and those parted.

    ``units`` as the cell alone tells them, ``lines`` its paragraphs, ``names`` those of all cells,
    this one among them, ``words`` the document's, which tell where a printed line ends: two names
    are parted nowhere else, for ``Văn phòng`` and ``UBND xã`` may be units beside the ``Văn phòng
    UBND xã``.
    """
    own = names_of([units])

    def elsewhere(name: str) -> int:
        return names[key(name)] - own[key(name)]

    found: list[str] = []
    for unit in _joined(units, lines, elsewhere):
        found += _parted(unit, lines, elsewhere, words)
    return found


def _joined(
    units: Sequence[str], lines: Sequence[Passage], elsewhere: Callable[[str], int]
) -> Iterator[str]:
    """Units of which each two that a line's end alone parts are one, where that is a name."""
    left = [*units]
    while left:
        unit = left.pop(0)
        while left and (whole := _one_name(unit, left[0], lines, elsewhere)):
            unit = whole
            left.pop(0)
        yield unit


def _one_name(
    first: str, second: str, lines: Sequence[Passage], elsewhere: Callable[[str], int]
) -> str | None:
    """The name that two units are the parts of, if other cells have it oftener than the parts."""
    for at in range(1, len(lines)):
        before = " ".join(line.text for line in lines[:at]).rstrip()
        after = lines[at].text
        if not before.rstrip(" -–").endswith(first) or not after.lstrip(" -–").startswith(second):
            continue
        dash = before.endswith(("-", "–")) or after.startswith(("-", "–"))
        whole = f"{first} - {second}" if dash else f"{first} {second}"
        if dash and _are_halves(first, second):
            return whole
        if elsewhere(whole) > min(elsewhere(first), elsewhere(second)):
            return whole
    return None


def _are_halves(first: str, second: str) -> bool:
    """Whether two texts are a name parted at its dash: ``Ban Thi đua`` / ``Khen thưởng xã``."""
    one, other = key(first), key(second)
    return any(
        one.endswith(f" {before}") and (other == after or other.startswith(f"{after} "))
        for before, after in hyphened_units()
    )


def _parted(
    unit: str, lines: Sequence[Passage], elsewhere: Callable[[str], int], words: Words
) -> list[str]:
    """A unit as two or more, where printed lines end and each part is named oftener alone."""
    if not words or len(unit) > LONGEST:
        return [unit]
    whole = elsewhere(unit)
    parts = unit.split(" ")
    for count in range(1, len(parts)):
        first, rest = " ".join(parts[:count]), " ".join(parts[count:])
        if elsewhere(first) <= whole or not _ends_line(first, unit, lines, words):
            continue
        if elsewhere(rest) > whole:
            return [first, rest]
        others = _parted(rest, lines, elsewhere, words)
        if len(others) > 1:
            return [first, *others]
    return [unit]


def _ends_line(first: str, unit: str, lines: Sequence[Passage], words: Words) -> bool:
    """Whether a printed line ends with the first part of a unit."""
    for line in lines:
        at = line.text.find(unit)
        if at < 0:
            continue
        end = at + len(first)
        before, after = line.spans(end - 1, end)[0], line.spans(end + 1, end + 2)[0]
        one, other = words.within(*before), words.within(*after)
        if one and other and words.rows[one[-1]] != words.rows[other[0]]:
            return True
    return False
