"""
The zones of a document as named groups of blocks, and its attachments one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import regex

from tdkt_parse.periods import find_letterhead_date
from tdkt_parse.segment.blocks import Block
from tdkt_parse.segment.labels import TIMEOUT
from tdkt_parse.segment.openings import is_annex_line, is_appendix_head
from tdkt_parse.segment.zones import Zoned
from tdkt_parse.spelling import is_upper
from tdkt_parse.wording import (
    MOTTO,
    deciding,
    is_agency,
    is_office,
    is_unfinished,
    opener,
    squeezed,
    type_of_line,
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """What follows the signature under a head of its own: its head, and its body."""

    head: tuple[Block, ...]
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The blocks of a document by zone, in order within each."""

    letterhead: tuple[Block, ...]
    type: tuple[Block, ...]
    title: tuple[Block, ...]
    addressees: tuple[Block, ...]
    bases: tuple[Block, ...]
    issuing: tuple[Block, ...]
    body: tuple[Block, ...]
    closing: tuple[Block, ...]
    recipients: tuple[Block, ...]
    signature: tuple[Block, ...]
    attachments: tuple[Attachment, ...]
    before_signature: bool
    """Whether the recipients stand before the signature."""


def find_parts(zoned: Sequence[Zoned]) -> Parts:
    """The blocks of each zone; every block is in one group."""
    groups: dict[str, list[Block]] = {}
    order: list[str] = []
    for item in zoned:
        # A table among the lines of a letterhead or a signature is no part of that form.
        framed = item.block.table is not None and item.zone != "attachment"
        groups.setdefault("body" if framed else item.zone, []).append(item.block)
        order.append(item.zone)

    def of(zone: str) -> tuple[Block, ...]:
        return tuple(groups.get(zone, ()))

    greeted = any(opener("addressees").start_of(block.folded) for block in of("addressee"))
    if not greeted and order[:1] == ["addressee"]:
        # Bullets above a letterhead greet nobody: a site's list of what the document cites.
        groups["body"] = [*groups.pop("addressee"), *groups.get("body", [])]
    first = order.index("signature") if "signature" in order else len(order)
    decides = any(
        known and known[0] in deciding() for known in (type_of_line(b.text) for b in of("type"))
    )
    told = any(map(_names_subject, of("type")))
    named = max((block.passage.start for block in of("type")), default=0)
    above = [block for block in of("title") if block.passage.start < named]
    below = [block for block in of("title") if block.passage.start >= named]
    below, issuing = _authority(below, list(of("issuing")), decides=decides, told=told)
    return Parts(
        of("letterhead"),
        of("type"),
        (*above, *below),
        of("addressee"),
        of("basis"),
        tuple(issuing),
        of("body"),
        of("closing"),
        of("recipients"),
        of("signature"),
        tuple(find_attachments(of("attachment"))),
        "recipients" in order[:first],
    )


def _names_subject(block: Block) -> bool:
    """Whether a type line says in small letters what the document is about."""
    known = type_of_line(block.text)
    return known is not None and any(map(str.islower, " ".join(block.text.split()[known[1] :])))


def _is_body(block: Block) -> bool:
    return is_agency(block.text) or is_office(block.text)


def _authority(
    title: list[Block], issuing: list[Block], *, decides: bool, told: bool
) -> tuple[list[Block], list[Block]]:
    """
    The authority that decides, a line of capitals under a title in small letters, is not title.

    ``told``: the title stands on the type line. And capitals right after the type are title, though
    they begin as an agency's name does (``HỘI NGHỊ TỔNG KẾT …``).
    """
    if told and decides and title and all(b.upper for b in title) and _is_body(title[0]):
        return [], [*title, *issuing]
    for number, block in enumerate(title[1:], 1):
        named = _is_body(block)
        ended = block.gap or not is_unfinished(title[number - 1].text)
        alone = decides and number == len(title) - 1 and ended
        if named and all(b.upper for b in title[number:]) and (alone or not title[0].upper):
            return title[:number], [*title[number:], *issuing]
    while (
        not title
        and not told
        and issuing
        and issuing[0].upper
        and not issuing[0].text.endswith(":")
    ):
        title.append(issuing.pop(0))
    return title, issuing


def find_attachments(blocks: Sequence[Block]) -> list[Attachment]:
    """
    The attachments of a document.

    One begins at ``PHỤ LỤC`` or ``Mẫu số``, at a second letterhead, or at the type line of a
    document that the first one promulgates. What stands before the first head is an attachment
    without one. A letterhead within a ``PHỤ LỤC`` is that of a form to be filled in.
    """
    if not blocks:
        return []
    starts = [0]
    index = 1
    while index < len(blocks):
        head = _head_length(blocks, starts[-1])
        if index < starts[-1] + head:
            index = starts[-1] + head
            continue
        if _begins(blocks, index, labelled=_is_labelled(blocks[starts[-1]])):
            starts.append(index)
        index += 1
    found = []
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        head = min(_head_length(blocks, start), end - start)
        found.append(
            Attachment(tuple(blocks[start : start + head]), tuple(blocks[start + head : end]))
        )
    return found


def _is_labelled(block: Block) -> bool:
    """``PHỤ LỤC I``, ``Mẫu số 01``."""
    known = opener("appendix").start_of(block.folded)
    return known is not None and (block.upper or is_appendix_head(block.text))


def _begins(blocks: Sequence[Block], index: int, *, labelled: bool) -> bool:
    """Whether an attachment begins at a block; ``labelled``: the one before it has a label."""
    block = blocks[index]
    if block.table is not None or block.label:
        return False
    if _is_labelled(block):
        return True
    letters = squeezed(block.text[:200])
    if not labelled and len(block.text) <= 160 and any(motto in letters for motto in MOTTO[1:2]):
        return True
    head = takewhile(
        lambda b: b.table is None and not _is_labelled(b), blocks[index + 1 : index + 4]
    )
    return block.upper and any(is_annex_line(b.text) for b in head)


def _head_length(blocks: Sequence[Block], start: int) -> int:
    """How many blocks from here are an attachment's head: label, letterhead, title, annex line."""
    count = 0
    annexed = False
    seen_title = False
    for index, block in enumerate(blocks[start : start + 16], start):
        if block.table is not None:
            break
        if block.label and not block.text.startswith("("):
            break
        if annexed:
            return count + _title_below(blocks, start, index)
        if is_annex_line(block.text):
            annexed = not block.text.startswith("(") or block.text.endswith(")") or True
        elif not _is_head_line(block, first=count == 0, seen_title=seen_title) and not (
            count and _titles(blocks, index, labelled=_is_labelled(blocks[index - 1]))
        ):
            break
        seen_title = seen_title or type_of_line(block.text) is not None
        count += 1
        if count > 14:
            break
    return count


def _title_below(blocks: Sequence[Block], start: int, index: int) -> int:
    """
    How many lines from ``index`` are the title of an attachment that has but a label and an annex
    line above: ``PHỤ LỤC`` / ``(Kèm theo Kế hoạch …)`` / ``DANH SÁCH ĐƠN VỊ``.

    Not what stands in the letterhead of a form to be filled in.
    """
    above = blocks[start:index]
    if len(above) != 2 or not _is_labelled(above[0]) or len(above[0].text.split()) > _LABEL_WORDS:
        return 0
    below = blocks[index : index + 6]
    if any(any(m in squeezed(b.text[:200]) for m in MOTTO) for b in below if b.table is None):
        return 0
    title = list(takewhile(lambda b: b.table is None and not b.label and b.upper, below))
    if not title and below[0].table is None and not below[0].label:
        return int(_titles(blocks, index, labelled=True))
    return len(title)


_LABEL_WORDS = 4
"""Words of a label and no more: ``Phụ lục số 01``."""


def _titles(blocks: Sequence[Block], index: int, *, labelled: bool) -> bool:
    """
    Whether a line in small letters is the title of an attachment: an annex line follows; or it
    stands right below ``PHỤ LỤC I`` and over a table or the first numbered part.
    """
    block = blocks[index]
    if len(block.text) > 240 or block.text.endswith((".", ";", ":")):
        return False
    for after in blocks[index + 1 : index + 4]:
        if after.table is not None or after.label:
            return labelled and after is blocks[index + 1] and not after.text.startswith("-")
        if is_annex_line(after.text):
            return True
        if len(after.text) > 240 or after.text.endswith((".", ";", ":")):
            return False
    return False


LONGEST_DATED = 80
"""Code points of a line that holds a place and a date, and no more."""


_BLANK_DATE = regex.compile(r"[Nn]gày\W{0,20}tháng\W{0,20}năm")
_FIELD = regex.compile(r":\s*[.…_]{2,}")
"""What is to be filled in, of a form: ``Họ và tên: ……``."""


def is_dated_line(text: str) -> bool:
    """``Vũng Tàu, ngày 05 tháng 3 năm 2007``, any of it blank, and no more."""
    if len(text) > LONGEST_DATED:
        return False
    return bool(find_letterhead_date(text) or _BLANK_DATE.search(text, timeout=TIMEOUT))


def _is_head_line(block: Block, *, first: bool, seen_title: bool) -> bool:
    if first and opener("appendix").start_of(block.folded):
        return True
    letters = squeezed(block.text[:200])
    if is_upper(block.text) or any(motto in letters for motto in MOTTO[1:]):
        return True
    if is_dated_line(block.text):
        return True
    if _FIELD.search(block.text, timeout=TIMEOUT):
        return False
    if len(block.text) > 320 or block.text.endswith((".", ";", ":")):
        return False
    return seen_title or type_of_line(block.text) is not None or (first and len(block.text) <= 160)
