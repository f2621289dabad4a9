"""
The agencies that a letterhead names.
"""

from collections.abc import Sequence

import regex

from tdkt_parse.metadata.fragments import Fragment
from tdkt_parse.passage import Passage, join
from tdkt_parse.spelling import is_upper, key
from tdkt_parse.wording import (
    is_agency,
    is_before_place,
    is_first_half,
    is_office,
    is_superior_place,
    is_unfinished,
    opens_title,
    type_of_line,
)

TIMEOUT = 2.0


def find_agencies(
    fragments: Sequence[Fragment], behind: int | None = None, *, number: int | None = None
) -> tuple[list[Passage], list[Passage]]:
    """
    The agencies of a letterhead, and fragments that are none.

    A line that begins as no agency's name does goes on the line above: ``ỦY BAN NHÂN DÂN`` /
    ``HUYỆN PHÚ BÌNH``; but not ``behind`` the number and the date, nor beyond the ``number``, for
    no more stands under that than stamps; but for the place that a name lacks.
    """
    names: list[list[Passage]] = []
    others: list[Passage] = []
    waiting: list[Passage] = []
    for fragment in fragments:
        passage = fragment.piece
        if names and key(passage.text) == _COUNTRY and _is_below(names[-1][-1], passage):
            names[-1].append(passage)
            continue
        code = _TYPIST.fullmatch(passage.text, timeout=TIMEOUT)
        if code or _is_broken_motto(passage.text) or opens_title(passage.text):
            others.append(passage)
            continue
        if not names and is_upper(passage.text):
            whole = join([*waiting, passage])
            if waiting and is_agency(whole.text):
                names.append([*waiting, passage])
                waiting = []
                continue
            if not is_agency(passage.text) and not type_of_line(passage.text):
                waiting.append(passage)
                continue
        if not is_upper(passage.text) or type_of_line(passage.text):
            others.append(passage)
        elif (
            names
            and behind is not None
            and fragment.passage.start > behind
            and len(passage.text.split()) >= LONG_TITLE
            and not is_agency(passage.text)
        ):
            others.append(passage)  # a title whose type line was lost
        elif names and (not is_agency(passage.text) or is_cut_off(names[-1][-1].text)):
            beyond = number is not None and names[-1][-1].start < number < passage.start
            (others if beyond and not _lacks(names[-1][-1], passage) else names[-1]).append(passage)
        elif is_agency(passage.text):
            if not names and len(waiting) == 1 and is_superior_place(waiting[0].text):
                names.append(waiting)
                waiting = []
            names.append([passage])
        else:
            others.append(passage)
    others += waiting
    joined: list[Passage] = []
    for name in map(join, names):
        name = name.cut(0, len(name.text.rstrip(" ,")))
        if joined and behind is not None and name.start > behind and _repeats(joined[-1], name):
            # The authority over the bases says the name in full, or who leads it.
            told = key(name.text).startswith(key(joined[-1].text))
            others.append(joined.pop() if told else name)
            if told:
                joined.append(name)
            continue
        if len(names) > 1 and key(name.text) in _UNION_MOTTO:
            others.append(name)
            continue
        if any(key(name.text) == key(known.text) for known in joined):
            others.append(name)
        else:
            joined.append(name)
    return joined, others


def _lacks(name: Passage, passage: Passage) -> bool:
    """Whether a line of a name goes on in another, wherever that was read."""
    words = passage.text.split()[:2]
    return is_cut_off(name.text) or any(map(is_before_place, words))


_COUNTRY = key("VIỆT NAM")


def _is_below(name: Passage, passage: Passage) -> bool:
    """
    Whether a line stands right below an agency's name: ``TỔNG LIÊN ĐOÀN LAO ĐỘNG`` / ``VIỆT NAM``;
    under quốc hiệu the same words end that.
    """
    return 0 < passage.start - name.start - len(name.text) <= 3


def _repeats(known: Passage, name: Passage) -> bool:
    """
    Whether a name is that of an agency named before, with its place or with who leads it:
    ``ỦY BAN NHÂN DÂN`` and ``CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH``.
    """
    said, again = key(known.text), f"{key(name.text)} "
    if again.startswith(f"{said} "):
        return True
    return is_office(name.text) and f" {said} " in again


LONG_TITLE = 6
"""Words of a line in capitals that is no second line of an agency's name."""
_TYPIST = regex.compile(r"(?![QP]\d)[A-ZĐ]{1,4}\d{1,4}[A-Z]?|[A-ZĐ]{2,4}[-.]\d{1,4}")
"""A mark of who typed it or on which machine, alone in the letterhead: ``XV80``. A ward or a
district (``P12``, ``Q1``) is none."""
_STATE = key("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").split()


def _is_broken_motto(text: str) -> bool:
    """
    Whether a line is a part of quốc hiệu, from its beginning or to its end; or the whole of it, one
    word misprinted: ``CỘNG HỊA XÃ HỘI CHỦ NGHĨA VIỆT NAM``.

    >>> _is_broken_motto("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT"), _is_broken_motto("CHỦ NGHĨA VIỆT NAM")
    (True, True)
    >>> _is_broken_motto("XÃ HỘI")
    False
    """
    words = key(text).split()
    if words in (_STATE[: len(words)], _STATE[-max(2, len(words)) :]):
        return True
    wrong = sum(a != b for a, b in zip(words, _STATE, strict=False))
    return len(words) == len(_STATE) and wrong == 1


_UNION_MOTTO = frozenset(
    map(
        key,
        (
            *("ĐOÀN TNCS HỒ CHÍ MINH", "ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH"),
            *("ĐỘI TNTP HỒ CHÍ MINH", "ĐỘI THIẾU NIÊN TIỀN PHONG HỒ CHÍ MINH"),
        ),
    )
)
"""What stands on the right of a letterhead of the youth union or the pioneers, for quốc hiệu."""


def is_cut_off(text: str) -> bool:
    """Whether a line cannot end a name."""
    return is_first_half(text) or is_unfinished(text)
