"""
Who gets a document: ``Nơi nhận`` with a dash before each and ``Lưu`` last, and ``Kính gửi``.

NĐ 30/2020/NĐ-CP, Phụ lục I.II.9. Where two columns were merged, what of the signature stands among
the recipients is told from them.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from tdkt_parse.metadata.signatures import signature_tail
from tdkt_parse.passage import Passage, join
from tdkt_parse.segment import Block
from tdkt_parse.segment.signing import is_name
from tdkt_parse.spelling import BULLETS, key
from tdkt_parse.wording import opener

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


def _name_tail(text: str) -> int | None:
    """Where a name stands after ``Lưu: …``, from the column beside it."""
    at = max(text.rfind(". "), text.rfind("; "))
    if at < 0 or not key(text.lstrip(BULLETS + " ")).startswith(key("lưu")):
        return None
    return at + 1 if is_name(text[at + 1 :].strip()) else None
