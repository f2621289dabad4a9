"""
Who signs, and in what capacity: TM., KT., TL., TUQ., Q.

NĐ 30/2020/NĐ-CP, Phụ lục I.II.7.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import regex

from tdkt_parse.passage import Passage
from tdkt_parse.repair.names import family_names
from tdkt_parse.segment.signing import is_name, is_small_capacity
from tdkt_parse.spelling import is_upper, key
from tdkt_parse.wording import (
    capacity_codes,
    capacity_pattern,
    is_agency,
    is_office,
    is_second_line,
    is_unfinished_office,
    signed_words,
    type_of_line,
    without_rank,
)

TIMEOUT = 2.0


@dataclass(slots=True)
class SignedBy:
    """One signature; every part with the passage it was read from."""

    capacity: str | None = None
    on_behalf_of: str | None = None
    role: str | None = None
    signer: str | None = None
    also: list[str] = field(default_factory=list)
    read_from: list[Passage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    kind: str
    passage: Passage
    code: str = ""


_SIGNED = regex.compile(r"(?i)\s*[(\[|]*\s*(?:đã ký|chữ ký|ký tên)[^)\]]{0,20}[)\]|]*\s*")


def find_signers(passages: Sequence[Passage]) -> tuple[list[SignedBy], list[Passage]]:
    """
    The signatures in the lines of a signature zone, in order, and the lines that are of none.
    """
    lines = [line for passage in passages for line in _lines_of(passage)]
    lines = _with_capital_name(lines)
    names = [line for line in lines if line.kind == "name"]
    others = [line.passage for line in lines if line.kind in ("signed", "noise")]
    useful = [line for line in lines if line.kind in ("capacity", "office", "name", "capitals")]
    if len(names) > 1 and _is_columns(useful):
        return _by_column(useful, len(names)), others
    groups: list[list[_Line]] = [[]]
    for line in useful:
        over = bool(groups[-1]) and groups[-1][-1].kind == "name"
        kinds = {known.kind for known in groups[-1]}
        if over or (line.kind == "capacity" and "office" in kinds and "capacity" not in kinds):
            groups.append([])
        groups[-1].append(line)
    if len(groups) > 1 and not any(line.kind == "name" for line in groups[-1]) and not groups[0]:
        groups.pop()
    return [_signed_by(group) for group in groups if group], others


def _with_capital_name(lines: list[_Line]) -> list[_Line]:
    """A name printed in capitals: the last line of all, where no other line is a name."""
    if not lines or any(line.kind == "name" for line in lines):
        return lines
    last = lines[-1]
    text = last.passage.text
    known = is_agency(text) or is_office(text) or type_of_line(text)
    if last.kind != "capitals" or known or not is_name(text.title()) or len(lines) < 2:
        return lines
    return [*lines[:-1], _Line("name", last.passage)]


def _is_columns(lines: Sequence[_Line]) -> bool:
    """Two signers side by side, read line by line: the names come together at the end."""
    kinds = [line.kind for line in lines]
    first = kinds.index("name")
    return (
        all(kind == "name" for kind in kinds[first:])
        and kinds[:first].count("office") >= len(kinds) - first
    )


def _by_column(lines: Sequence[_Line], count: int) -> list[SignedBy]:
    columns: list[list[_Line]] = [[] for _ in range(count)]
    roles = [line for line in lines if line.kind == "office"]
    alone = sum(line.kind == "capacity" for line in lines) < count
    for kind in ("capacity", "capitals", "office", "name"):
        offices = number = 0
        for line in lines:
            if line.kind == kind:
                # One capacity of two columns is that of the office it stands before.
                at = offices if alone and kind == "capacity" else number
                deputies = [
                    n for n, role in enumerate(roles[:count]) if _is_over_deputy(line, role)
                ]
                if kind == "capacity" and number >= count and len(deputies) == 1:
                    at = deputies[0]
                columns[at % count].append(line)
                number += 1
            offices += line.kind == "office"
    return [_signed_by(column) for column in columns]


def _is_over_deputy(line: _Line, role: _Line) -> bool:
    """Whether ``KT. CHỦ TỊCH`` may stand over an office: one that is not ``CHỦ TỊCH`` itself."""
    head = key(_after_capacity(line.passage.text))
    return line.code == "KT." and key(role.passage.text) != head


def _signed_by(lines: Sequence[_Line]) -> SignedBy:
    signed = SignedBy()
    named = any(line.kind == "name" for line in lines)
    for line in lines:
        text = line.passage.text
        signed.read_from.append(line.passage)
        if line.kind == "capacity":
            rest = _after_capacity(text)
            if signed.capacity is None and line.code == "Q.":
                signed.capacity, signed.role = line.code, rest
            elif signed.capacity is None:
                signed.capacity, signed.on_behalf_of = line.code, rest
            else:
                if line.code == "Q." and signed.role is None:
                    signed.role = rest  # ``TM. …`` / ``Q. CHỦ TỊCH``: who acts as one signs as one
                signed.also.append(f"{line.code} {rest}")
        elif line.kind == "office":
            if signed.role is None:
                signed.role = text
            elif is_second_line(text):
                signed.role = f"{signed.role} {text}"
            else:
                signed.also.append(text)
        elif line.kind == "capitals":
            if signed.on_behalf_of and signed.role is None and signed.capacity == "TM.":
                signed.on_behalf_of = f"{signed.on_behalf_of} {text}"
            elif signed.role and signed.signer is None and _goes_on_below(signed, text, named):
                signed.role = f"{signed.role} {text}"
            else:
                signed.also.append(text)
        elif signed.signer is None:
            signed.signer = _without_rank(text)
        else:
            signed.also.append(text)
    return signed


BY_ORDER = ("TL.", "TUQ.")
"""The capacities in which the head of a unit signs, whose name may take several lines."""


def _goes_on_below(signed: SignedBy, text: str, named: bool) -> bool:
    """
    Whether a line in capitals goes on the office above it: ``PHÓ TRƯỞNG`` / ``BAN TỔ CHỨC``, or
    under ``TL.`` the unit that the office heads: ``GIÁM ĐỐC TRUNG TÂM KIỂM SOÁT`` / ``THANH TOÁN``.

    ``named``, whether the signer's name is another line.
    """
    role = signed.role or ""
    if is_unfinished_office(role):
        return True
    headed = signed.capacity in BY_ORDER and len(role.split()) >= LEAST_HEADED
    return headed and not signed.also and (named or not is_name(text.title()))


LEAST_HEADED = 4
"""Words of an office with the unit it heads: ``GIÁM ĐỐC TRUNG TÂM …``."""


def _after_capacity(text: str) -> str:
    match = capacity_pattern().match(text, timeout=TIMEOUT)
    return text[match.end() :].strip(" .,") if match else text


def _without_rank(text: str) -> str:
    return without_rank(text).strip(" .,;()[]|-–")


def _lines_of(passage: Passage) -> Iterator[_Line]:
    """A line as what it is; a line that columns or a converter merged, as its parts."""
    bare = passage.text.strip(" |[]*/")
    at = passage.text.find(bare)
    passage = passage.cut(at, at + len(bare)) if bare else passage
    text = passage.text
    signed = _SIGNED.search(text, timeout=TIMEOUT) if "ký" in text.lower() else None
    if key(text).strip("|[] .") in signed_words():
        yield _Line("signed", passage)
        return
    if signed and signed.group().strip():
        yield _Line("signed", passage.cut(*signed.span()))
        for part in (passage.cut(0, signed.start()), passage.cut(signed.end(), len(text))):
            if part and any(map(str.isalpha, part.text)):
                yield from _lines_of(part)
        return
    if is_small_capacity(text):
        yield from _capital_lines(passage)
        return
    upper = _upper_part(text)
    rest = text[len(upper) :].strip()
    if (
        upper
        and rest
        and (is_name(_without_rank(rest)) or not is_upper(text))
        and len(upper.split()) > 1
    ):
        yield from _capital_lines(passage.cut(0, len(upper)))
        yield from _lines_of(passage.cut(len(upper), len(text)))
        return
    if is_upper(text):
        yield from _capital_lines(passage)
        return
    behind = _name_behind_office(text)
    if behind:
        yield _Line("office", passage.cut(0, behind))
        yield from _lines_of(passage.cut(behind, len(text)))
        return
    if is_office(text) and len(text.split()) <= 8 and not is_name(text):
        yield _Line("office", passage)
        return
    yield _Line("name" if is_name(_without_rank(text)) else "noise", passage)


def _name_behind_office(text: str) -> int | None:
    """Where the name of who holds an office begins on its line: ``Phó Giám đốc Nguyễn Văn An``."""
    words = text.split()
    for count in range(1, min(5, len(words) - 2)):
        rest = " ".join(words[count:])
        name = _without_rank(rest)
        if len(name.split()) < 3 or (name == rest and name.split()[0] not in _usual_families()):
            continue
        if is_name(name) and is_office(" ".join(words[:count])):
            return text.find(words[count], len(" ".join(words[:count])))
    return None


@cache
def _usual_families() -> frozenset[str]:
    return frozenset(row.name for row in family_names())


_OFFICE_START = regex.compile(
    r"\s+(?:/\s*)?"
    r"(?=(?:PHÓ|THỨ TRƯỞNG|CHỦ TỊCH|GIÁM ĐỐC|HIỆU TRƯỞNG|TRƯỞNG(?=\s)|CHÁNH|BÍ THƯ"
    r"|NGƯỜI LẬP|TỔNG PHỤ TRÁCH)\b|(?:KT|TL|TUQ)\.)"
)


def _capital_lines(passage: Passage) -> Iterator[_Line]:
    """Capitals that several lines may have been merged into: ``KT. CHỦ TỊCH PHÓ CHỦ TỊCH``."""
    text = passage.text
    match = capacity_pattern().match(text, timeout=TIMEOUT)
    begin = match.end() if match else 0
    for cut in list(_OFFICE_START.finditer(text, begin + 1, timeout=TIMEOUT)):
        before, after = text[: cut.start()], text[cut.end() :]
        head = before[begin:].strip()
        if head.endswith(" CỦA"):
            continue  # ``DUYỆT CỦA HIỆU TRƯỞNG``
        if not is_office(head) and not (is_agency(head) and len(head.split()) > 1):
            continue
        if (match or is_office(before)) and (
            is_office(after) or capacity_pattern().match(after, timeout=TIMEOUT)
        ):
            if not match and len(before.split()) < 2:
                continue
            yield from _capital_lines(passage.cut(0, cut.start()))
            yield from _capital_lines(passage.cut(cut.end(), len(text)))
            return
    if match:
        yield _Line("capacity", passage, capacity_codes()[match["code"]])
    elif is_office(text):
        yield _Line("office", passage)
    else:
        yield _Line("capitals", passage)


_TAIL = regex.compile(
    r"(?<=[;.,:)])\s*(?=\p{Lu}{2})|\s+(?=(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s?[./]\s?\p{Lu}{2})|^(?=\p{Lu}{2})"
)


def signature_tail(text: str) -> int | None:
    """
    Where the signature begins in a line that two columns merged into.

    >>> text = "- Lưu: VT, TCBC. KT. GIÁM ĐỐC"
    >>> text[signature_tail(text):].strip()
    'KT. GIÁM ĐỐC'
    """
    for match in list(_TAIL.finditer(text, timeout=TIMEOUT)):
        rest = text[match.end() :].strip()
        upper = _upper_part(rest)
        if not upper or len(upper) > 90:
            continue
        capacity = capacity_pattern().match(upper, timeout=TIMEOUT)
        office = is_office(upper) and len(upper.split()) >= 2
        if _is_signing(upper[capacity.end() :]) if capacity else office:
            return int(match.end())
    return None


def _is_signing(name: str) -> bool:
    """
    Whether what follows letters like ``KT`` is an organ or an office, so that they sign; those of a
    room that keeps a copy are followed by another room's: ``- Lưu: VT, KT, TCĐT;``.
    """
    if is_office(name) or is_agency(name):
        return True
    words = name.rstrip(" ;.,").split()
    return len(words) > 1 and max(map(len, words)) > 2 and not any(w[-1] in ".,;" for w in words)


def _upper_part(text: str) -> str:
    words = []
    for word in text.split():
        if not word.isupper():
            break
        words.append(word)
    return " ".join(words)
