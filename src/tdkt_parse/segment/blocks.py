"""
Lines into blocks: whole paragraphs, and tables.

A line break is often no end of a paragraph: typists and text layers break at the right margin, a
page ends in the middle of a sentence, a heading takes two lines. Lines are put together again
where the next one cannot be a beginning.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import regex

from tdkt_parse.docnumber import find_letterhead_number
from tdkt_parse.layout import Document, Line, Table
from tdkt_parse.lexicon import provinces
from tdkt_parse.passage import EMPTY, Passage, join, read_line
from tdkt_parse.periods import find_letterhead_date
from tdkt_parse.segment.labels import TIMEOUT, Label, find_label, is_next
from tdkt_parse.spelling import is_upper, key
from tdkt_parse.wording import (
    MOTTO,
    basis_verb,
    capacity_codes,
    capacity_initials,
    capacity_pattern,
    hyphened_names,
    is_agency,
    is_numbered_document,
    is_office,
    is_unfinished,
    issuing_verbs,
    kind_by_spelling,
    opener,
    signed_words,
    squeezed,
    type_of_line,
)

LONGEST_LABELLED = 4000
"""Code points of a paragraph of which the beginning is looked at."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table (then ``passage`` is empty)."""

    passage: Passage
    table: Table | None = None
    gap: bool = False
    bold: bool = False
    label: Label | None = None
    folded: str = ""
    """The first 200 code points under their key."""
    upper: bool = False
    rest: Passage = EMPTY
    """The paragraph without its label."""
    text: str = field(init=False, repr=False)
    """That of the passage, for which every rule asks more than once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.passage.text)


def find_blocks(document: Document) -> list[Block]:
    """The paragraphs and tables of a document, in order."""
    flat = [*flatten(document)]
    lines = [block for block in flat if isinstance(block, Line)]
    read = [read_line(document.text, line, document.repairs) for line in lines]
    margin = right_margin(lines, read)
    blocks: list[Block] = []
    first = last = 0
    for block in flat:
        if isinstance(block, Line):
            last += 1
            continue
        blocks += paragraphs(lines[first:last], read[first:last], margin)
        first = last
        blocks.append(Block(EMPTY, block))
    return without_initials(blocks + paragraphs(lines[first:], read[first:], margin))


def without_initials(blocks: list[Block]) -> list[Block]:
    """
    Blocks of which ``C. Mác`` and ``V. I. Lênin`` begin none of a list.

    A capital letter is a label only as the first of its list, or after the one before it.
    """
    found: list[Block] = []
    seen: dict[str, Label] = {}
    for block in blocks:
        label = block.label
        if label and label.style == "upper":
            if label.value == 1 or any(is_next(label, before) for before in seen.values()):
                seen[label.text] = label
            else:
                block = replace(block, label=None, rest=block.passage)
        elif label and label.style == "roman" and block.rest.text[1:2] == ".":
            block = replace(block, label=None, rest=block.passage)
        found.append(block)
    return found


def flatten(document: Document) -> Iterator[Line | Table]:
    """
    Lines and tables, the tables that only lay out a letterhead or a signature as lines.

    Word makes the two columns of a letterhead with a table without rules. Where they are made with
    spaces, a line that goes on the left one is put before what stands on the right.
    """
    left: Line | None = None
    beside: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Line):
            first, *right = split_columns(document.text, block)
            if left and not _goes_on_left(document.text, left, beside[0], first):
                yield from beside
                left, beside = None, []
            yield first
            if left or right:
                left, beside = first, [*beside, *right]
            continue
        yield from beside
        left, beside = None, []
        if not _lays_out(document, block):
            yield block
            continue
        for row in block.rows:
            for cell in row:
                for number, line in enumerate(cell.lines):
                    yield line if number else replace(line, gap=True)
    yield from beside


def _goes_on_left(text: str, left: Line, right: Line, line: Line) -> bool:
    """
    Whether a line goes on the left one of two columns: in a small letter, and not below the right.

    ``- Các Bộ, cơ quan``, ``(Đã ký)`` beside it, and ``thuộc Chính phủ`` on the next line.
    """
    if line.gap or not text[line.start].islower() or text[left.end - 1] in _ENDS:
        return False
    column = right.start - text.rfind("\n", 0, right.start)
    return line.start - text.rfind("\n", 0, line.start) < column


_WIDE = regex.compile(r"[ \u00a0]{3,}|[ \u00a0]*\t[\t \u00a0]*")


def split_columns(text: str, line: Line) -> Iterator[Line]:
    """
    A line of a letterhead or a signature that holds two columns, as two lines.

    Runs of spaces also stand in forms and after labels; only where a part is what stands in such
    a column (the motto, an office, a name, ``Nơi nhận``) are they taken for its edge.
    """
    raw = text[line.start : line.end]
    if ("   " not in raw and "\t" not in raw and "\u00a0\u00a0\u00a0" not in raw) or len(raw) > 400:
        yield line
        return
    cuts = [0]
    for gap in list(_WIDE.finditer(raw, timeout=2.0)):
        cuts += gap.span()
    cuts.append(len(raw))
    parts = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if raw[a:b].strip(" -*")]
    texts = [raw[a:b].strip(" *") for a, b in parts]
    if not 2 <= len(parts) <= 3 or not _are_columns(texts, apart=parts[-1][0] - parts[-2][1]):
        yield line
        return
    for number, (begin, end) in enumerate(parts):
        spans = tuple(
            (max(s, line.start + begin), min(e, line.start + end))
            for s, e in line.spans
            if s < line.start + end and e > line.start + begin
        )
        if spans:
            yield replace(line, spans=spans, gap=line.gap or number > 0)


FAR = 16
"""Spaces between a recipient that goes on from the line above and the name beside it."""


def _are_columns(parts: Sequence[str], *, apart: int) -> bool:
    if find_label(parts[0] + " x") and len(parts[0]) <= 6:
        return False
    if all(len(word) == 1 for part in parts for word in part.split()):
        return False  # K Ế   H O Ạ C H
    if all(is_upper(part) for part in parts):
        return True
    if opener("recipients").start_of(key(parts[0])):
        return True
    last = parts[-1]
    if not {key(last), key(last).strip("()[] .")}.isdisjoint(signed_words()):
        return True
    letters = squeezed(last)
    if any(motto in letters for motto in MOTTO[1:]) or is_signing(last):
        return True
    if not is_name(last):
        return False
    first = parts[0]
    goes_on = apart >= FAR and first[0].islower() and first[-1] != ":"
    return goes_on or first.startswith(("-", "+", "(")) or is_name(first) or first[-1] in ";.,"


def is_name(text: str) -> bool:
    """
    Whether a line is a person's name: two to six words, each with one capital.

    >>> is_name("Hoàng Văn Giới"), is_name("Nguyễn Thị Kim-Anh"), is_name("Phòng Nội vụ")
    (True, True, False)
    """
    if not 4 <= len(text) <= 40:
        return False
    words = text.replace("-", " ").replace("’", " ").replace("'", " ").split()
    return (
        2 <= len(words) <= 6
        and any(len(word) > 1 for word in words)
        and all(w[0].isupper() and (len(w) == 1 or w[1:].islower()) and w.isalpha() for w in words)
    )


def _lays_out(document: Document, table: Table) -> bool:
    """Whether a table holds a letterhead or a signature block, or is one cell alone."""
    if len(table.rows) == 1 and len(table.rows[0]) == 1:
        return True
    if len(table.rows) > 8 or max((len(row) for row in table.rows), default=0) > 4:
        return False
    start, end = table.span
    text = document.text[start : min(end, start + 3000)]
    letters = squeezed(text)
    if any(motto in letters for motto in MOTTO[1:]):
        return True
    lines = [
        read_line(document.text, line, document.repairs).text
        for row in table.rows
        for cell in row
        for line in cell.lines
    ]
    if any(opener("recipients").start_of(key(line)) for line in lines):
        return True
    if len(lines) <= 6 and any(find_letterhead_number(line) for line in lines if len(line) < 80):
        return True
    # The Party and its unions have no motto: an agency in capitals beside the place and the date.
    if (
        len(lines) <= 8
        and any(map(is_agency, filter(is_upper, lines)))
        and any(map(_is_dated, lines))
    ):
        return True
    return len(lines) <= 12 and any(is_signing(line) for line in lines)


def _is_dated(text: str) -> bool:
    """Whether a line is a place and a date: ``Na Rì, ngày 12 tháng 3 năm 2024``."""
    found = find_letterhead_date(text) if len(text) < 80 else None
    return found is not None and found.place is not None


def is_signing(text: str) -> bool:
    """
    Whether a line is of a signature: a prefix and an office in capitals, or an office alone; a
    prefix and what it stands for in small letters too.

    >>> is_signing("TM. Ủy ban nhân dân"), is_signing("KT. Chủ tịch;"), is_signing("Chủ tịch")
    (True, False, False)
    """
    if not is_upper(text):
        return is_small_capacity(text)
    if text[0] in capacity_initials() and capacity_pattern().match(text, timeout=2.0):
        return True
    return len(text) <= 80 and is_office(text)


def is_small_capacity(text: str) -> bool:
    """``TM. Ủy ban nhân dân``, ``KT. Chủ tịch``, alone: no name of a unit, no recipient."""
    if text[0] not in capacity_initials() or len(text) > LONGEST_SMALL or not text[-1].isalpha():
        return False
    found = capacity_pattern().match(text, timeout=2.0)
    if found is None or not found["code"].isupper() or not {".", "/"} & set(found.group()):
        return False
    rest = text[found.end() :]
    capitals = sum(word.isupper() and len(word) > 1 for word in rest.split())
    return capitals <= 1 and (is_agency(rest) or is_office(rest))  # one: ``TM. UBND xã``


LONGEST_SMALL = 60
"""Code points of such a line, a town's committee with its name among them."""


def make_block(passage: Passage, *, gap: bool, bold: bool) -> Block:
    """A paragraph with what its beginning shows."""
    text = passage.text
    label = find_label(text if len(text) < LONGEST_LABELLED else text[:LONGEST_LABELLED])
    rest = passage.cut(label.end, len(text)) if label else passage
    return Block(passage, None, gap, bold, label, key(text[:200]), is_upper(text[:400]), rest)


def paragraphs(lines: Sequence[Line], read: Sequence[Passage], margin: int | None) -> list[Block]:
    """The paragraphs that some lines make; ``read`` are their passages."""
    groups: list[list[int]] = []
    for index, passage in enumerate(read):
        if not passage:
            continue
        if groups and goes_on(
            read[groups[-1][-1]], passage, lines[index], lines[groups[-1][-1]], margin
        ):
            groups[-1].append(index)
        else:
            groups.append([index])
    return [
        make_block(
            join([read[k] for k in group]),
            gap=lines[group[0]].gap,
            bold=all(lines[k].bold for k in group),
        )
        for group in groups
    ]


def right_margin(lines: Sequence[Line], read: Sequence[Passage]) -> int | None:
    """
    How long a full line is, in code points; ``None`` if lines are not broken at a margin.

    Lines that end in no mark and go on in a small letter, with no blank between, were broken at the
    margin; at least one line in eight must be so, where blank lines do not part the paragraphs.
    """
    broken = [
        len(before.text)
        for before, after, line in zip(read, read[1:], lines[1:], strict=False)
        if after
        and not line.gap
        and after.text[0].islower()
        and not find_label(after.text[:12])
        and before
        and before.text[-1] not in ".;:!?"
    ]
    if not broken:
        return None
    if (len(broken) < 4 or len(broken) * 8 < len(lines)) and not _are_spaced(lines, read):
        return None
    return sorted(broken)[len(broken) // 2]


def _are_spaced(lines: Sequence[Line], read: Sequence[Passage]) -> bool:
    """
    Whether a blank line stands before nearly every paragraph: before those with a label, but for
    lists of a few words, such as the recipients.
    """
    labelled = [
        line.gap
        for line, passage in zip(lines, read, strict=True)
        if len(passage.text) > 40 and find_label(passage.text[:12])
    ]
    return len(labelled) >= 4 and sum(labelled) >= 0.9 * len(labelled)


_ENDS = (".", ";", ":", "!", "?", "…")


def goes_on(
    before: Passage, after: Passage, line: Line, previous: Line, margin: int | None
) -> bool:
    """
    Whether a line goes on the paragraph of the line before it.

    A line that begins in a small letter goes on what ended in no mark, across a blank line too. In
    a text broken at the margin, a full line is gone on by whatever is no beginning of its own.
    """
    first = after.text[0]
    last = before.text[-1]
    if len(before.text) <= 24 and not line.gap and is_verb_alone(before.text):
        return find_label(after.text[:12]) is None
    if not line.gap and (
        (last.isalnum() and (_is_bracketed(before, after) or _is_hyphened(before, after)))
        or _is_broken_number(before, after)
    ):
        return True
    if not line.gap and (
        _is_tail_of_basis(before, after)
        or _is_tail_of_place(before, after)
        or _is_tail_of_unit(before, after)
        or _is_left_hanging(before.text, after.text)
        or _is_label_of(before.text, after.text)
    ):
        return True
    if before.text[0] == "(" and len(after.text) <= 80 and _closes_annex(before.text, after.text):
        return True
    if not line.gap and before.text[0] in "CX" and _is_state(before.text, after.text):
        return True
    full = margin is not None and len(before.text) >= margin * 0.8
    ended = last in _ENDS or before.text.endswith("./.")
    if first.islower():
        if find_label(after.text[:12]):
            return False
        if ended:
            return (
                full
                and not line.gap
                and last == ";"
                and margin is not None
                and find_label(before.text[:12]) is None
            )
        return not (is_upper(before.text) and (line.gap or margin is None))
    if first.isdigit() and not line.gap and not ended and not is_upper(before.text):
        if before.text.endswith((" số", " Số")):
            return find_label(after.text[:12]) is None  # ``Về nhận thức số`` / ``1.1. Ngày …``
        told = len(before.text) > 30 or before.text.endswith(("ngày", "năm"))
        return told and find_label(after.text[:12]) is None
    if len(before.text) < 12 and first.isupper() and is_upper(before.text) and not line.gap:
        whole = type_of_line(f"{before.text} {after.text}")
        if whole and not type_of_line(before.text):
            return True
    if ended or margin is None:
        return False
    if line.gap and not (line.page and previous.page and line.page != previous.page):
        return False
    if not full or is_upper(before.text) != is_upper(after.text):
        return bool(
            full
            and not is_upper(before.text)
            and not is_beginning(after.text)
            and len(after.text) <= 12
            and type_of_line(after.text) is None
        )
    return not is_beginning(after.text)


@cache
def _capacities() -> frozenset[str]:
    return frozenset(key(code).rstrip(".") for code in capacity_codes())


_NUMBER_WORD = regex.compile(r"(?:[Ss]ố|SỐ)\s?:?")
_ARTICLE = regex.compile(r"(?:Điều|ĐIỀU)\s\d{1,3}[.:]")
_NUMBERED = regex.compile(r"\d{1,6}[\d.]*\s?[/-]\s?[\dA-ZĐ]")


def _is_label_of(before: str, after: str) -> bool:
    """
    Whether a line holds the label alone of what stands on the next: ``Số:`` over
    ``12/KH-UBND``, ``Điều 1.`` over its text. Pages of statutes on the web are broken so.
    """
    if len(before) <= 5 and _NUMBER_WORD.fullmatch(before, timeout=TIMEOUT):
        return bool(_NUMBERED.match(after, timeout=TIMEOUT))
    if len(before) <= 4 and key(before).rstrip(".") in _capacities():
        return is_upper(after) and (is_agency(after) or is_office(after))
    if len(before) <= 10 and _ARTICLE.fullmatch(before, timeout=TIMEOUT):
        return after[0].isupper() and not is_beginning(after)
    return False


_HALVES = (("thủ tướng", "chính phủ"),)
"""Names that a line's end parts, though each half could stand alone."""


def _is_left_hanging(before: str, after: str) -> bool:
    """
    Whether a line of a sentence ends in what has to go on (``… ngày 05/7/2019 của``, ``… tại``),
    or in a verb, of which the document named on the next line is the object.
    """
    if len(before) <= 24 or not after[0].isupper() or is_upper(before) or before[-1] in _ENDS:
        return False
    word = before.rsplit(maxsplit=1)[-1]
    if key(before[-12:]).endswith(_SUBORDINATE):
        return False
    if word.islower() and word.isalpha() and is_unfinished(word):
        return not is_beginning(after)
    if is_numbered_document(after) or key(after[:40]).startswith(_NAMED):
        return key(before[-12:]).endswith(_OBJECTS) and find_label(before[:12]) is None
    folded, next_one = key(before[-20:]), key(after[:20])
    return any(
        folded.endswith(key(left)) and next_one.startswith(key(right)) for left, right in _HALVES
    )


_SUBORDINATE = key("trực thuộc")
"""Ends a name as well as *thuộc* goes on: ``Kính gửi: Các cơ quan, đơn vị trực thuộc``."""
_NAMED = tuple(map(key, ("chương trình ", "kế hoạch ", "đề án ", "nghị quyết ", "chỉ thị ")))
_OBJECTS = tuple(map(key, ("thực hiện", "ban hành", "theo", "căn cứ")))

_STATE = "conghoaxahoichunghiavietnam"


def _is_state(before: str, after: str) -> bool:
    """Whether two lines are parts of the state's name, which a narrow column broke."""
    if len(before) > 40 or not (is_upper(before) and is_upper(after)):
        return False
    letters = squeezed(before) + squeezed(after[:40])
    return len(letters) > 8 and letters in _STATE


def _is_tail_of_basis(before: Passage, after: Passage) -> bool:
    """``Căn cứ … của UBND huyện Tân`` / ``Sơn;``: a name's last word on a line of its own."""
    return (
        len(after.text) <= 16
        and after.text[-1] in ";."
        and len(before.text) > 30
        and before.text[-1].isalpha()
        and before.text.rsplit(maxsplit=1)[-1][0].isupper()
        and not is_upper(after.text)
        and basis_verb(key(before.text[:60])) is not None
        and find_label(after.text) is None
    )


_PLACES = frozenset(map(key, ("tỉnh", "huyện", "quận", "xã", "phường", "phố", "trấn")))
"""The last words of what a place's name follows: ``thành phố``, ``thị trấn``."""


def _is_tail_of_place(before: Passage, after: Passage) -> bool:
    """``…, Ủy ban nhân dân tỉnh`` / ``Hà Trung;``: a place's name begins the next line."""
    if not after.text[0].isupper() or is_upper(after.text):
        return False
    if _is_torn_name(before.text, after.text):
        return True
    if len(before.text) <= 30:
        return False
    if key(before.text.rsplit(maxsplit=1)[-1]) not in _PLACES:
        return False
    if basis_verb(key(before.text[:60])) is not None:
        return not is_beginning(after.text) and not is_agency(after.text)
    return after.text[-1] == ";" and is_name(after.text[:-1].strip())


def _is_torn_name(before: str, after: str) -> bool:
    """Whether a line's end parts the name of a province: ``… tỉnh Tuyên`` / ``Quang ban hành``."""
    words = before.split()[-2:]
    if len(words) < 2 or key(words[0]) not in _PLACES or is_upper(before):
        return False
    last = after.split(maxsplit=1)[0].strip(",;.:")
    return f"{key(words[1])} {key(last)}" in _province_names()


@cache
def _province_names() -> frozenset[str]:
    return frozenset(key(row.name) for row in provinces())


_UNITS = frozenset(
    map(key, ("sở", "bộ", "ban", "cục", "vụ", "phòng", "ủy ban", "viện", "văn phòng", "hội đồng"))
)
"""What the name of an agency goes on from: ``Giám đốc Sở`` / ``Nông nghiệp và …``."""


def _is_tail_of_unit(before: Passage, after: Passage) -> bool:
    """
    ``Theo đề nghị của Giám đốc Sở`` / ``Xây dựng tại Tờ trình …``: whose head, the next line says;
    or the agency begins on it: ``… của Giám đốc`` / ``Sở Xây dựng tại Tờ trình …``.
    """
    if not after.text[0].isupper() or is_upper(after.text) or not before.text[-1].isalpha():
        return False
    words = before.text.split()
    if any(is_office(" ".join(words[-n:])) for n in (2, 3)) and is_agency(after.text):
        verb = basis_verb(key(before.text[:60]))
        clause = issuing_verbs().search(after.text[:120], timeout=TIMEOUT)
        return verb is not None and clause is None and not is_beginning(after.text)
    named = any(key(" ".join(words[-n:])) in _UNITS and words[-n][0].isupper() for n in (1, 2))
    if not named or not any(is_office(" ".join(words[-n:])) for n in (2, 3, 4)):
        return False
    if basis_verb(key(before.text[:60])) is None:
        return False
    return not is_beginning(after.text) and not is_agency(after.text)


_BROKEN_NUMBER = regex.compile(
    r"""
    \d\s?/\s? (?: (?:19|20)\d\d\s?/\s? )?
    (?: (?: [A-ZĐ]{1,8}\s?[-–]\s? )? \n [A-ZĐ]{2} | \n (?:19|20)\d\d/\s?[A-ZĐ]
      | [A-ZĐ]{1,8} \n [-–]\s?[A-ZĐ]{2} )
    """,
    regex.VERBOSE,
)
"""A document's number that the end of the line cut: ``98/2023/NĐ-`` / ``CP``."""


def _is_broken_number(before: Passage, after: Passage) -> bool:
    if before.text[-1] not in "/-–" and after.text[0] not in "-–":
        return False
    if "/" not in before.text[-24:]:
        return False
    joint = f"{before.text[-24:]}\n{after.text[:14]}"
    return bool(_BROKEN_NUMBER.search(joint, timeout=TIMEOUT))


def _is_bracketed(before: Passage, after: Passage) -> bool:
    """Whether a bracket opened on the line before closes on this one: ``(khóa`` / ``XIV), …``."""
    opened = before.text.find("(", before.text.rfind(")") + 1)
    closed = after.text.find(")", 0, 80)
    return opened >= 0 and closed > 1 and after.text.find("(", 0, closed) < 0


_YEARS = regex.compile(r"(?:19|20)\d\d\n[-–] ?(?:19|20)\d\d\b")


def _is_hyphened(before: Passage, after: Passage) -> bool:
    """Whether a dash between two years, or within the name of an agency or a place, begins it."""
    if after.text[0] not in "-–":
        return False
    if _YEARS.search(f"{before.text[-8:]}\n{after.text[:14]}", timeout=TIMEOUT):
        return True
    left, right = key(before.text[-40:]), key(after.text[1:40].lstrip())
    # In small letters it is no name: ``- … trong thi đua`` / ``- Khen thưởng …`` are two items.
    named = before.text.split()[-2:][0][0].isupper()
    return named and any(left.endswith(a) and right.startswith(b) for a, b in hyphened_names())


def is_verb_alone(text: str) -> bool:
    """A line that holds the verb of a basis alone, or with a type of document: ``Căn cứ Luật``."""
    folded = key(text)
    known = basis_verb(folded)
    if known is None:
        return False
    rest = folded[len(known[0]) :].strip().removeprefix(key("các ")).strip()
    return not rest or rest in _cited_types()


@cache
def _cited_types() -> frozenset[str]:
    return frozenset(map(key, kind_by_spelling()))


_ANNEXED = (key("kèm theo"), key("ban hành kèm"))


def _closes_annex(before: str, after: str) -> bool:
    """
    Whether a line ends the remark in brackets that the line before it began, be it under a blank
    one: ``(Ban hành kèm theo Quyết định số … của`` / ``Giám đốc Sở)``.
    """
    opened = before.count("(") - before.count(")") == 1 and after[-1] == ")" and "(" not in after
    return opened and key(before[1:20]).lstrip().startswith(_ANNEXED)


def is_beginning(text: str) -> bool:
    """Whether a line can only be the beginning of something."""
    label = find_label(text[:80])
    if label and (label.style != "bullet" or not text[label.end : label.end + 1].islower()):
        return True
    folded = key(text[:120])
    if text[0] == "(" and folded[1:].lstrip().startswith(_ANNEXED):
        return True
    return (
        basis_verb(folded) is not None
        or any(
            opener(kind).start_of(folded)
            for kind in ("closing", "recipients", "addressees", "appendix")
        )
        or is_signing(text)
        or squeezed(text[:120]).startswith(MOTTO)
    )
