"""
Which line goes on the one above it.

A line break is often no end of a paragraph: typists and text layers break at the right margin, a
page ends in the middle of a sentence, a narrow column breaks a name. A line goes on where it cannot
be a beginning.
"""

from collections.abc import Sequence
from functools import cache

import regex

from tdkt_parse.layout import Line
from tdkt_parse.lexicon import provinces
from tdkt_parse.passage import Passage
from tdkt_parse.segment.labels import TIMEOUT, find_label
from tdkt_parse.segment.signing import is_name, is_signing
from tdkt_parse.spelling import is_upper, key
from tdkt_parse.wording import (
    MOTTO,
    basis_verb,
    capacity_codes,
    hyphened_names,
    is_agency,
    is_before_field,
    is_before_place,
    is_finished,
    is_numbered_document,
    is_office,
    is_taken_document,
    is_unfinished,
    issuing_verbs,
    kind_by_spelling,
    opener,
    parted_names,
    role_of_heading,
    squeezed,
    starts_of,
    takes_document,
    type_of_line,
)


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


ENDS = (".", ";", ":", "!", "?", "…")
"""Marks at which what a line says ends."""


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
        or _is_first_of_name(before.text, after.text)
        or _is_label_of(before.text, after.text)
    ):
        return True
    if before.text[0] == "(" and len(after.text) <= 80 and _closes_annex(before.text, after.text):
        return True
    if not line.gap and before.text[0] in "CX" and _is_state(before.text, after.text):
        return True
    full = margin is not None and len(before.text) >= margin * 0.8
    ended = last in ENDS or before.text.endswith("./.")
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


def _is_left_hanging(before: str, after: str) -> bool:
    """
    Whether a line of a sentence ends in what has to go on (``… ngày 05/7/2019 của``, ``… tại``),
    or in a verb, of which the document named on the next line is the object.
    """
    if len(before) <= 24 or not after[0].isupper() or is_upper(before) or before[-1] in ENDS:
        return False
    word = before.rsplit(maxsplit=1)[-1]
    if is_finished(key(before[-12:])):  # ``Kính gửi: Các cơ quan, đơn vị trực thuộc``
        return False
    if word.islower() and word.isalpha() and is_unfinished(word):
        return not is_beginning(after)
    if is_numbered_document(after) or is_taken_document(key(after[:40])):
        return takes_document(key(before[-12:])) and not _may_be_heading(before)
    folded, next_one = key(before[-20:]), key(after[:20])
    return any(folded.endswith(a) and next_one.startswith(b) for a, b in parted_names())


def _may_be_heading(text: str) -> bool:
    """Whether a line may stand alone: with a number, or as a heading behind a dash."""
    label = find_label(text[:12])
    if label is None:
        return False
    return label.style not in ("bullet", "plus") or role_of_heading(text[label.end :]) != "other"


_FIRST_OF_NAME = regex.compile(
    r"""
    (?: (?:ngày\s\d[^,;()]{0,24}|năm\s(?:19|20)\d\d) \s của \s (?:Bộ\strưởng\s)?
        (?:Bộ|Sở|Ban|Cục|Tổng\scục|Ủy\sban|Hội\sđồng|Viện)
      | (?:một\ssố\sđiều\scủa|thi\shành|hướng\sdẫn|bổ\ssung|[Cc]ăn\scứ|;|và) \s (?:các\s)? Luật ) $
    """,
    regex.VERBOSE,
)
"""
What the name of an agency or a law begins with, where a document is cited: web pages that link the
documents they cite break the line behind ``… ngày 31/12/2023 của Bộ`` and ``… điều của Luật``.
"""


_UNDATED_LAW = regex.compile(
    r"[-–]?\s?Căn\scứ\s(?:Bộ\sluật|Luật|Pháp\slệnh)\s[\p{L},\s]{4,80}(?<=\p{L})"
)
_DATED_REST = regex.compile(r"(?:\p{Lu}\p{Ll}*\s){1,4}(?:số\s\d|ngày\s\d|năm\s(?:19|20)\d\d)")
"""The last words of a law's name, and its number or day: ``Việt Nam số 01/1997/QH10``."""


def _is_first_of_name(before: str, after: str) -> bool:
    """Whether a line ends in the first word of the name of an agency that issued, or of a law."""
    if len(before) <= 24 or not after[0].isupper() or is_upper(after) or is_agency(after):
        return False
    undated = _UNDATED_LAW.fullmatch(before, timeout=TIMEOUT)
    told = undated and _DATED_REST.match(after, timeout=TIMEOUT)
    first = told or _FIRST_OF_NAME.search(before[-60:], timeout=TIMEOUT)
    return first is not None and not is_beginning(after)


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


def _is_tail_of_place(before: Passage, after: Passage) -> bool:
    """``…, Ủy ban nhân dân tỉnh`` / ``Hà Trung;``: a place's name begins the next line."""
    if not after.text[0].isupper() or is_upper(after.text):
        return False
    if _is_torn_name(before.text, after.text):
        return True
    if len(before.text) <= 30:
        return False
    if not is_before_place(before.text.rsplit(maxsplit=1)[-1]):
        return False
    if basis_verb(key(before.text[:60])) is not None:
        return not is_beginning(after.text) and not is_agency(after.text)
    return after.text[-1] == ";" and is_name(after.text[:-1].strip())


def _is_torn_name(before: str, after: str) -> bool:
    """Whether a line's end parts the name of a province: ``… tỉnh Tuyên`` / ``Quang ban hành``."""
    words = before.split()[-2:]
    if len(words) < 2 or not is_before_place(words[0]) or is_upper(before):
        return False
    last = after.split(maxsplit=1)[0].strip(",;.:")
    if f"{key(words[1])} {key(last)}" in _province_names():
        return True
    return _HALF_NAME.fullmatch(words[1]) is not None and _acts(before, after)


_HALF_NAME = regex.compile(r"\p{Lu}\p{Ll}+")
_OTHER_HALF = regex.compile(r"(?:\p{Lu}\p{Ll}*\s){1,2}")


def _acts(before: str, after: str) -> bool:
    """
    Whether the committee that a line ends in is who issues, behind the rest of its place's name:
    ``Ủy ban nhân dân huyện Nhà`` / ``Bè xây dựng Kế hoạch …``.
    """
    if not any(key(name) in key(before[-48:]) for name in ("Ủy ban nhân dân", "UBND")):
        return False
    half = None if is_agency(after) or is_office(after) else _OTHER_HALF.match(after)
    verb = issuing_verbs().match(after, half.end()) if half else None
    return verb is not None


@cache
def _province_names() -> frozenset[str]:
    return frozenset(key(row.name) for row in provinces())


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
    if not is_before_field(before.text):
        return False
    of_office = any(is_office(" ".join(words[-n:])) for n in (2, 3, 4))
    if not of_office or basis_verb(key(before.text[:60])) is None:
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


def _closes_annex(before: str, after: str) -> bool:
    """
    Whether a line ends the remark in brackets that the line before it began, be it under a blank
    one: ``(Ban hành kèm theo Quyết định số … của`` / ``Giám đốc Sở)``.
    """
    opened = before.count("(") - before.count(")") == 1 and after[-1] == ")" and "(" not in after
    return opened and key(before[1:20]).lstrip().startswith(starts_of("annexed_broken"))


def is_beginning(text: str) -> bool:
    """Whether a line can only be the beginning of something."""
    label = find_label(text[:80])
    if label and (label.style != "bullet" or not text[label.end : label.end + 1].islower()):
        return True
    folded = key(text[:120])
    if text[0] == "(" and folded[1:].lstrip().startswith(starts_of("annexed_broken")):
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
