"""
The conclusions: recipients and signatures; and the heads of attachments.

NĐ 30/2020/NĐ-CP, Phụ lục I.II.7 and 9: who signs, in what capacity (TM., KT., TL., TUQ., Q.), and
``Nơi nhận`` with a dash before each and ``Lưu`` last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from tdkt_parse.passage import Passage, join
from tdkt_parse.segment import Attachment, Block
from tdkt_parse.segment.openings import is_annex_line
from tdkt_parse.segment.parts import is_dated_line
from tdkt_parse.segment.signing import is_name, is_small_capacity
from tdkt_parse.spelling import BULLETS, is_upper, key
from tdkt_parse.wording import (
    MOTTO,
    capacity_codes,
    capacity_pattern,
    is_agency,
    is_office,
    is_second_line,
    is_unfinished_office,
    opener,
    promulgated,
    signed_words,
    squeezed,
    type_of_line,
    without_rank,
)

TIMEOUT = 2.0

_REMARK = r"(?:b/c|b/cáo|t/h|th/h|c/đ|p/h|ph/h|để\s|báo cáo|thực hiện|phối hợp)"
"""For what a recipient gets it, behind a dash: ``- Công an tỉnh (PX03) - b/c``."""
_ITEM = regex.compile(
    rf"(?:^|(?<=[;.:,])\s*|(?<=\))\s+(?![{BULLETS}]\s*{_REMARK}))[{BULLETS}]\s*(?=\S)|;\s+(?=\p{{Lu}}|Lưu)"
)
_KEEPS = regex.compile(rf"(?:^|[;,.])\s*[{BULLETS}]?\s*Lưu\b(?!\s+trữ)")
"""Where the rooms that keep a copy begin: ``Lưu: VT, PCT; H25``."""
_OFFICES = regex.compile(
    rf"[{BULLETS}]?\s*(?:VP|Văn phòng\s)[^:;,]{{0,24}}:"
    r"(?=[^;]*;\s*+(?!Các\s|UBND|Sở\s)[^:;]{1,40};?\s*$)"
)
"""Where the rooms of an office begin: ``VPUB: CPVP; KSTT``."""
_BULLET = regex.compile(rf"^(?:[{BULLETS}]|\d{{1,2}}[.)])\s*")
_CAPTION = regex.compile(r"^[Nn][ơƠ][iI]\s+\p{L}{3,4}\s*:?\s*|^NƠI NHẬN\s*:?\s*")


def find_recipients(blocks: Sequence[Block]) -> tuple[list[Passage], list[Passage], list[Passage]]:
    """
    The recipients; the caption ``Nơi nhận:`` and remarks in brackets; and lines of the signature
    that stood among them.
    """
    items: list[list[Passage]] = []
    captions: list[Passage] = []
    signing: list[Passage] = []
    for block in blocks:
        passage = block.passage
        caption = (
            _CAPTION.match(passage.text, timeout=TIMEOUT)
            if opener("recipients").start_of(block.folded)
            else None
        )
        if caption:
            captions.append(passage.cut(0, caption.end()))
            passage = passage.cut(caption.end(), len(passage.text))
        cut = signature_tail(passage.text)
        if cut is not None:
            signing.append(passage.cut(cut, len(passage.text)))
            passage = passage.cut(0, cut)
        if not passage:
            continue
        if items and block.gap and passage.text.startswith("(") and passage.text.endswith(")"):
            captions.append(passage)  # ``(Biểu thuế đính kèm)`` below the list
            continue
        name = _name_tail(passage.text)
        if name is not None:
            signing.append(passage.cut(name, len(passage.text)))
            passage = passage.cut(0, name)
        for number, part in enumerate(_split_items(passage)):
            bullet = _bullet_of(part.text)
            if not bullet and not block.label and items and _is_rest_of_name(part.text, items):
                signing.append(part)
                continue
            goes_on = (
                not number
                and not bullet
                and not block.label
                and items
                and not _is_closed(items[-1][-1].text)
            )
            if goes_on:
                items[-1].append(part)
            else:
                items.append([part.cut(bullet.end() if bullet else 0, len(part.text))])
    return [trimmed for item in items if (trimmed := _trim(join(item)))], captions, signing


_GREETING = regex.compile(r"^[Kk]ính\s+(?:gửi|gởi|trình)\s*:?\s*|^KÍNH\s+(?:GỬI|GỞI|TRÌNH)\s*:?\s*")


def find_addressees(blocks: Sequence[Block]) -> tuple[list[Passage], list[Passage]]:
    """Those to whom a document is addressed (``Kính gửi``), and the greeting itself."""
    items: list[list[Passage]] = []
    greetings: list[Passage] = []
    for block in blocks:
        passage = block.passage
        greeting = _GREETING.match(passage.text, timeout=TIMEOUT)
        if greeting:
            greetings.append(passage.cut(0, greeting.end()))
            passage = passage.cut(greeting.end(), len(passage.text))
        for part in _split_items(passage) if passage else ():
            bullet = _bullet_of(part.text)
            items.append([part.cut(bullet.end() if bullet else 0, len(part.text))])
    return [trimmed for item in items if (trimmed := _trim(join(item)))], greetings


def _bullet_of(text: str) -> "regex.Match[str] | None":
    first = text[:1]
    if first not in BULLETS and not first.isdigit():
        return None
    return _BULLET.match(text, timeout=TIMEOUT)


def _is_rest_of_name(text: str, items: Sequence[Sequence[Passage]]) -> bool:
    """
    Whether a line behind the copy that is kept, the last recipient, is what a seal left of the
    signer's name: ``ức Phớc``.
    """
    last = join(items[-1]).text
    words = text.strip(" .:;,").split()
    return (
        bool(_KEEPS.match(last, timeout=TIMEOUT))
        and _is_closed(last)
        and 1 <= len(words) <= 3
        and words[0][0].islower()
        and all(word.isalpha() for word in words)
        and (len(words) == 1 or words[-1].istitle())
    )


def _is_closed(text: str) -> bool:
    return text.rstrip().endswith((";", "."))


def _split_items(passage: Passage) -> Iterator[Passage]:
    cuts = [0]
    depth = 0
    text = passage.text
    keeps = (
        (_KEEPS.search(text, timeout=TIMEOUT) or _OFFICES.match(text, timeout=TIMEOUT))
        if (";" in text)
        else None
    )
    marks = {m.start(): m for m in _ITEM.finditer(text, timeout=TIMEOUT)}
    for index, letter in enumerate(text[: max(marks, default=-1) + 1]):
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(0, depth - 1)
        mark = marks.get(index)
        if mark and keeps and index > keeps.start() and letter == ";":
            continue
        if mark and not depth and mark.end() > cuts[-1] + 1:
            cuts.append(mark.end() if letter == ";" else mark.start())
    cuts.append(len(text))
    for start, end in pairwise(cuts):
        part = passage.cut(start, end)
        if part and any(map(str.isalnum, part.text)):
            yield part


def _trim(passage: Passage) -> Passage:
    text = passage.text
    return passage.cut(0, len(text.rstrip(" ;.,/")))


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


def _name_tail(text: str) -> int | None:
    """Where a name stands after ``Lưu: …``, from the column beside it."""
    at = max(text.rfind(". "), text.rfind("; "))
    if at < 0 or not key(text.lstrip(BULLETS + " ")).startswith(key("lưu")):
        return None
    return at + 1 if is_name(text[at + 1 :].strip()) else None


def _upper_part(text: str) -> str:
    words = []
    for word in text.split():
        if not word.isupper():
            break
        words.append(word)
    return " ".join(words)


# ---------------------------------------------------------------- signatures


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
            elif signed.role and signed.signer is None and is_unfinished_office(signed.role):
                signed.role = f"{signed.role} {text}"
            else:
                signed.also.append(text)
        elif signed.signer is None:
            signed.signer = _without_rank(text)
        else:
            signed.also.append(text)
    return signed


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
    if is_office(text) and len(text.split()) <= 8 and not is_name(text):
        yield _Line("office", passage)
        return
    yield _Line("name" if is_name(_without_rank(text)) else "noise", passage)


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


# ---------------------------------------------------------------- attachments


@dataclass(frozen=True, slots=True)
class AttachmentHead:
    """The head of an attachment: its label, its title, the annex line, and fixed words."""

    label: Passage | None
    title: Passage | None
    annex: Passage | None
    marks: tuple[tuple[str, Passage], ...]


_LABEL_TAIL = regex.compile(r"\s*(?:[.:–-]\s*|\s)(?=\S)")
_APPENDIX = regex.compile(
    r"(?i)(?:phụ lục|phụ biểu|biểu mẫu|mẫu|biểu)(?:\s+số)?"
    r"(?:\s*:?\s*(?:[IVXLC]+|\d+[a-z]?(?:[./-]\d+)?|[A-H])(?![\p{L}\d]))?"
)


def _is_document(text: str) -> bool:
    known = type_of_line(text)
    return known is not None and known[0] in promulgated() and known[1] == len(text.split())


def _is_motto(text: str) -> bool:
    letters = squeezed(text[:200])
    return any(motto in letters for motto in MOTTO[1:])


def read_attachment_head(attachment: Attachment) -> AttachmentHead:
    """What the head of an attachment says."""
    label: Passage | None = None
    title: list[Passage] = []
    annex: Passage | None = None
    marks: list[tuple[str, Passage]] = []
    typed = any(_is_document(b.text) for b in attachment.head)
    named = False
    mottoes = [number for number, b in enumerate(attachment.head) if _is_motto(b.text)]
    for number, block in enumerate(attachment.head):
        passage = block.passage
        if is_annex_line(block.text) and annex is None:
            annex = passage
            continue
        if number == 0 or label is None:
            found = (
                _APPENDIX.match(block.text, timeout=TIMEOUT)
                if opener("appendix").start_of(block.folded)
                else None
            )
            if found:
                label = passage.cut(0, found.end())
                tail = _LABEL_TAIL.match(block.text, found.end(), timeout=TIMEOUT)
                rest = passage.cut(tail.end() if tail else found.end(), len(block.text))
                if rest:
                    title.append(rest)
                continue
        if number in mottoes:
            marks.append(("motto", passage))
            continue
        framed = marks[-1:] and marks[-1][0] in ("letterhead", "motto")
        if mottoes and number < mottoes[-1] and (is_agency(block.text) or (framed and block.upper)):
            marks.append(("letterhead", passage))
            continue
        if framed and not title and is_dated_line(block.text):
            marks.append(("letterhead", passage))
            continue
        if typed and not named:
            named = _is_document(block.text)
            marks.append(("type" if named else "letterhead", passage))
            continue
        title.append(passage)
    return AttachmentHead(label, join(title) if title else None, annex, tuple(marks))
