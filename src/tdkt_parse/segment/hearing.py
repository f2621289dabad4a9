"""
What is said of each block: the rules that are asked of it, and what its neighbours make of that.

A rule sees one block alone. Where others decide what its words mean (an office over a motto, the
lines of a specimen, whatever looks like a title below the first part), its opinion is heard
otherwise, or not at all.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from tdkt_parse.segment.blocks import Block
from tdkt_parse.segment.labels import Label, is_next
from tdkt_parse.segment.old_heads import find_old_head
from tdkt_parse.segment.openings import (
    is_bases_caption,
    is_basis,
    is_listed_basis,
    is_numbered_basis,
)
from tdkt_parse.segment.zone_rules import (
    PREFACE_LENGTH,
    ZONE_RULES,
    Scores,
    agency_line,
    basis,
    bullet_line,
    issuing_clause,
    motto,
    person,
    recipients,
    signing,
    table,
    title_line,
    unmarked,
)
from tdkt_parse.spelling import key
from tdkt_parse.wording import is_agency, is_bases_heading, is_office, opener, role_of_heading


def hear(blocks: Sequence[Block]) -> list[list[tuple[str, Scores]]]:
    """Of each block the rules that have an opinion, with the points they give each zone."""
    opinions = _of_captions(blocks, [_opinions(b) for b in blocks])
    opinions = _of_examples(blocks, _of_letterheads(blocks, opinions))
    opinions = _of_filed_lists(blocks, _of_old_heads(blocks, _of_offices(blocks, opinions)))
    opinions = _of_base_sections(blocks, opinions)
    return _of_lists(blocks, _of_titles(blocks, opinions))


def _of_captions(
    blocks: Sequence[Block], opinions: Sequence[list[tuple[str, Scores]]]
) -> list[list[tuple[str, Scores]]]:
    """
    The opinions, of which an office alone over what it has to do is heard as a caption.

    ``HIỆU TRƯỞNG`` over dashes or sentences, before anything closes the document, signs nothing;
    ``TM.`` and ``KT.`` always sign.
    """
    heard = list(opinions)
    for number, (block, after) in enumerate(pairwise(blocks)):
        rules = {name for name, _ in heard[number]}
        if rules & {recipients.__name__} or opener("closing").start_of(block.folded):
            break
        if signing.__name__ in rules and is_office(block.text) and _tells(after):
            kept = [said for said in heard[number] if said[0] != signing.__name__]
            heard[number] = [*kept, (signing.__name__, {"body": 2, "signature": -6})]
    return heard


_HEAD = 8
"""Blocks at the top of a document among which the one who issues it is named."""


def _of_letterheads(
    blocks: Sequence[Block], opinions: Sequence[list[tuple[str, Scores]]]
) -> list[list[tuple[str, Scores]]]:
    """
    The opinions, of which an office between a signer's name and a motto heads what is attached,
    where it, or the agency it is of, heads the document too; as does an agency over a motto.

    ``THỦ TƯỚNG CHÍNH PHỦ`` over ``CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM``; another one signs, though
    no name stands below it.
    """
    heard = list(opinions)
    heads = tuple(f" {block.folded}" for block in blocks[:_HEAD] if " " in block.folded)
    headed = [n for n, said in enumerate(heard) if any(name == motto.__name__ for name, _ in said)]
    for number in (n - 1 for n in headed if n > 1):
        before, mine = ({name for name, _ in heard[number + k]} for k in (-1, 0))
        if (
            signing.__name__ in mine
            and person.__name__ in before
            and is_office(blocks[number].text)
            and number >= _HEAD
            and f" {blocks[number].folded}".endswith(heads)
        ):
            kept = [said for said in heard[number] if said[0] != signing.__name__]
            heard[number] = [*kept, (motto.__name__, {"attachment": 7, "signature": -6})]
            name: Scores = {"signature": 4, "attachment": -2}
            heard[number - 1] = [*heard[number - 1], (person.__name__, name)]
        elif number >= _HEAD and agency_line.__name__ in mine and _is_of_agency(blocks[number]):
            again: Scores = {"attachment": 4, "signature": -6, "recipients": -6}
            heard[number] = [*heard[number], (motto.__name__, again)]
    return heard


def _is_of_agency(block: Block) -> bool:
    """Whether a line names an agency, and not who leads it."""
    return is_agency(block.text) and not is_office(block.text)


_OFFICE_LINES = 3
"""Lines above one of an office's name in which the office begins."""


def _of_offices(
    blocks: Sequence[Block], opinions: Sequence[list[tuple[str, Scores]]]
) -> list[list[tuple[str, Scores]]]:
    """
    The opinions, of which capitals beside a recipient go on the office that stands above them
    beside another: ``GIÁM ĐỐC TRUNG TÂM KIỂM SOÁT`` / ``THANH TOÁN ĐIỆN TỬ``.
    """
    heard = list(opinions)
    said = [{name for name, _ in each} for each in opinions]
    for number in range(_OFFICE_LINES, len(blocks)):
        block = blocks[number]
        beside = block.gap and bullet_line.__name__ in said[number - 1]
        if not (beside and block.upper and not block.label and len(block.text.split()) > 1):
            continue
        above = range(number - _OFFICE_LINES, number)
        offices = [n for n in above if signing.__name__ in said[n] and is_office(blocks[n].text)]
        if offices and signing.__name__ not in said[number]:
            name: Scores = {"signature": 4, "recipients": -2}
            heard[number] = [*heard[number], (signing.__name__, name)]
    return heard


_OLD_HEAD = 16
"""Blocks at the top of a document among which its type stands."""


def _of_old_heads(
    blocks: Sequence[Block], opinions: Sequence[list[tuple[str, Scores]]]
) -> list[list[tuple[str, Scores]]]:
    """
    The opinions, of which the lines of a head in the old form are all of the title.

    ``CỦA CHÍNH PHỦ SỐ 94/1998/NĐ-CP NGÀY …`` under ``NGHỊ ĐỊNH``, and what it is about below, where
    the number of another document may stand on a line of its own.
    """
    head = find_old_head(blocks[:_OLD_HEAD])
    heard = list(opinions)
    if head is None:
        return heard
    heard[head.type] = [("old_head", {"type": 14})]
    for number in head.lines:
        said = heard[number]
        if any(name == basis.__name__ and scores.get("basis", 0) > 0 for name, scores in said):
            break
        heard[number] = [("old_head", {"title": 14})]
    return heard


def _of_titles(
    blocks: Sequence[Block], opinions: Sequence[list[tuple[str, Scores]]]
) -> list[list[tuple[str, Scores]]]:
    """
    The opinions, of which no line below the first part of the body looks like a title.

    The cells of a table that lost its rules all do, and together they outweigh what stands above.
    """
    part = next((number for number, block in enumerate(blocks) if _is_first_part(block)), None)
    heard = list(opinions)
    for number in range(len(blocks) if part is None else part + 1, len(blocks)):
        heard[number] = [
            (name, scores)
            for name, scores in heard[number]
            if name != title_line.__name__ or scores.get("title", 0.0) < 0
        ]
    return heard


def _of_filed_lists(
    blocks: Sequence[Block], opinions: Sequence[list[tuple[str, Scores]]]
) -> list[list[tuple[str, Scores]]]:
    """
    The opinions, of which dashes under the closing sentence that end in what is filed (``- Lưu:
    VT.``) are the recipients, though nobody wrote ``Nơi nhận`` over them.
    """
    heard = list(opinions)
    for number, block in enumerate(blocks):
        if not _is_dash(block) or not any(name == recipients.__name__ for name, _ in heard[number]):
            continue
        first = number
        while first and _is_dash(blocks[first - 1]):
            first -= 1
        if first and opener("closing").start_of(blocks[first - 1].folded):
            heard[first] = [*heard[first], ("filed_list", {"recipients": 9})]
    return heard


def _is_dash(block: Block) -> bool:
    """A short line with a dash."""
    return block.label is not None and block.label.style == "bullet" and len(block.text) <= 100


def _of_lists(
    blocks: Sequence[Block], opinions: Sequence[list[tuple[str, Scores]]]
) -> list[list[tuple[str, Scores]]]:
    """
    The opinions, of which the documents listed above the first part are bases.

    They stand under ``Căn cứ:``, be they numbered, or, with dashes and without a caption, over the
    clause that says who issues; not under what that clause announces, nor under ``Kính gửi``. Over
    that clause they may also be numbered where each has its verb: ``1. Căn cứ Luật …;``.
    """
    heard = list(opinions)
    number = 0
    while number < len(blocks):
        above = blocks[number - 1] if number else None
        captioned = above is not None and is_bases_caption(above)
        if _is_numbered(blocks[number]) and not (
            captioned and is_numbered_basis(blocks[number]) and above and not _is_numbered(above)
        ):
            end = _end_of_verbs(blocks, number)
            rules = {name for name, _ in heard[end]} if end < len(blocks) else set()
            over = bool(rules) and (issuing_clause.__name__ in rules or _is_first_part(blocks[end]))
            if end > number and over and not _announced(above):
                for item in range(number, end):
                    heard[item] = [("numbered_basis", _LISTED)]
            break
        if not is_listed_basis(blocks[number]) and not is_numbered_basis(blocks[number]):
            number += 1
            continue
        style = blocks[number].label
        end = number
        while end < len(blocks) and _is_item(blocks[end], style):
            if (
                end > number
                and _is_numbered(blocks[end])
                and not _follows(blocks[end - 1 : end + 1])
            ):
                break
            end += 1
        rules = {name for name, _ in heard[end]} if end < len(blocks) else set()
        if captioned or (not _announced(above) and issuing_clause.__name__ in rules):
            for item in range(number - captioned, end):
                heard[item] = [("listed_basis", _LISTED)]
        number = end
    return heard


_LISTED: Scores = {"basis": 9, "title": -4, "addressee": -9}


def _announced(above: Block | None) -> bool:
    return above is not None and above.text.endswith(":")


def _end_of_verbs(blocks: Sequence[Block], start: int) -> int:
    """
    Where a list ends that counts from 1 and of which every item is a basis with its own verb; one
    between them may have lost its number.
    """
    end, count = start, 0
    while end < len(blocks) and is_basis(blocks[end]):
        label = blocks[end].label
        if label is not None:
            count += 1
            if label.style != "arabic" or label.value != count:
                break
        end += 1
    return end if end > start and _is_numbered(blocks[start]) else start


def _of_base_sections(
    blocks: Sequence[Block], opinions: Sequence[list[tuple[str, Scores]]]
) -> list[list[tuple[str, Scores]]]:
    """
    The opinions, of which the bases under a numbered heading of their own are its paragraphs.

    ``I. Căn cứ xây dựng kế hoạch`` is no line of the title above it, and begins the body; without
    a number it is a caption of the bases.
    """
    heard = list(opinions)
    inside = False
    for number, (block, after) in enumerate(pairwise(blocks)):
        if _is_numbered(block):
            inside = _heads_bases(block) and any(n == basis.__name__ for n, _ in heard[number + 1])
            if inside:
                heard[number] = [("bases_heading", {"body": 12, "title": -12, "basis": -12})]
        elif not inside and is_bases_caption(block) and is_basis(after):
            heard[number] = [("bases_caption", {"basis": 9, "title": -9})]
        if inside and not _is_numbered(after):
            rules = {name for name, _ in heard[number + 1]}
            if rules & {basis.__name__, issuing_clause.__name__}:
                heard[number + 1] = [("section_basis", {"body": 8})]
    return heard


_LONGEST_HEADING = 80


def _heads_bases(block: Block) -> bool:
    """``I. CĂN CỨ PHÁP LÝ``, ``1. Căn cứ xây dựng kế hoạch``: no basis itself."""
    return len(block.text) <= _LONGEST_HEADING and is_bases_heading(block.rest.text)


def _is_item(block: Block, label: Label | None) -> bool:
    """Whether a block goes on a list of documents; what else is relied on may stand at its end."""
    if block.label is None or label is None or block.label.style != label.style:
        return False
    if is_listed_basis(block) or is_numbered_basis(block):
        return True
    return len(block.text) <= LONGEST_FACT and block.text[-1] in ".;,"


def _follows(two: Sequence[Block]) -> bool:
    """Whether the second of two blocks is the next in number."""
    before, after = (block.label for block in two)
    return before is not None and after is not None and is_next(after, before)


LONGEST_FACT = 160
"""Code points of ``- Tình hình thực tế của địa phương.``."""


def _is_numbered(block: Block) -> bool:
    return block.label is not None and block.label.style not in ("bullet", "plus")


def _is_first_part(block: Block) -> bool:
    """``I. MỤC ĐÍCH, YÊU CẦU``: numbered first, and of a wording that heads a part."""
    label = block.label
    if label is None or label.value != 1 or len(block.text) > PREFACE_LENGTH:
        return False
    strong = block.upper or label.style in ("roman", "part", "chapter", "upper")
    return strong and role_of_heading(block.rest.text) != "other"


_SHOWN = frozenset({"signing", "recipients", "person", "appendix", "signature_noise", "closing"})
"""Rules that have no say about a specimen."""


def _of_examples(
    blocks: Sequence[Block], opinions: Sequence[list[tuple[str, Scores]]]
) -> list[list[tuple[str, Scores]]]:
    """
    The opinions, of which a specimen of a form is no part of this document's own form.

    ``Ví dụ 1:`` over ``TM. BAN CHẤP HÀNH``, in a guide that goes on with numbered parts below.
    """
    heard = list(opinions)
    numbered = [
        number
        for number, block in enumerate(blocks)
        if block.label and block.label.style not in ("bullet", "plus")
    ]
    shown = False
    for number, block in enumerate(blocks[: numbered[-1]] if numbered else ()):
        brief = block.table is None and len(block.text) <= 80
        short = len(block.text) <= 240 and not block.text.endswith((".", ";"))
        if short and opener("example").start_of(key(block.rest.text[:40])):
            shown = True
        elif not brief or block.label:
            shown = False
        elif shown:
            kept = [said for said in heard[number] if said[0] not in _SHOWN]
            heard[number] = [*kept, ("specimen", {"body": 2, "attachment": 2})]
    return heard


def _tells(block: Block) -> bool:
    """An item or a sentence, which stands under no signature."""
    if block.table is not None or block.upper or opener("recipients").start_of(block.folded):
        return False
    return block.label is not None or len(block.text) > 80 or block.text.endswith((".", ";", ":"))


def _opinions(block: Block) -> list[tuple[str, Scores]]:
    asked = _asked(_class_of(block), bisect_left(_LENGTHS, len(block.text)))
    return [(name, scores) for name, score in asked if (scores := score(block))]


_LENGTHS = sorted({rule.longest for rule in ZONE_RULES})


def _class_of(block: Block) -> str:
    if block.table is not None:
        return "table"
    if block.label is None:
        return "plain"
    return "bullet" if block.label.style in ("bullet", "plus") else "numbered"


@cache
def _asked(kind: str, length: int) -> tuple[tuple[str, Callable[[Block], Scores | None]], ...]:
    """The rules to ask of blocks of one class and of one range of lengths."""
    if kind == "table":
        return ((table.__name__, table),)
    return tuple(
        (rule.name, rule.score)
        for rule in ZONE_RULES
        if _LENGTHS[min(length, len(_LENGTHS) - 1)] <= rule.longest
        and (rule.numbered or kind != "numbered")
        and rule.score is not table
        and (rule.score is not bullet_line or kind == "bullet")
        and (rule.score is not unmarked or kind == "plain")
    )
