"""
The tree of sections: headings, and the paragraphs and tables under each.

A numbered line alone is a heading, one that runs on into text is a paragraph. Which holds which is
read from the styles of the labels, in Decree 30's order (part, chapter, I., 1., a)) and, where a
document departs from it (``A.`` under ``I.``), from the order in which styles first appear.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tdkt_parse.layout import Table
from tdkt_parse.models import Role
from tdkt_parse.passage import Passage, join
from tdkt_parse.periods import ANY_YEAR, is_quarter_heading, stage_of, stretch_of_caption
from tdkt_parse.segment.blocks import Block
from tdkt_parse.segment.captions import captions_in_order
from tdkt_parse.segment.labels import Label, is_next
from tdkt_parse.segment.lists import items_of_lists
from tdkt_parse.spelling import is_upper, key
from tdkt_parse.wording import (
    find_predicate,
    is_actor,
    is_article_title,
    kind_of_column,
    role_of_heading,
)

LONGEST_HEADING = 320
"""Code points; the longest heading met had 241."""
LONGEST_TITLED = 14
"""Words of an article's title that ends in a colon."""
IN_ORDER = "in_order"
"""The rule of a quarter or month that is a heading without a number, by its place among others."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a section, its label apart."""

    passage: Passage
    label: Label | None
    whole: Passage


@dataclass(slots=True)
class Node:
    """A section while it is being filled, and after."""

    label: Label | None
    heading: Passage | None
    role: Role
    rule: str
    whole: Passage
    items: list[Paragraph | Table] = field(default_factory=list)
    children: "list[Node]" = field(default_factory=list)

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [item for item in self.items if isinstance(item, Paragraph)]

    @property
    def tables(self) -> list[Table]:
        return [item for item in self.items if isinstance(item, Table)]


@dataclass(frozen=True, slots=True)
class Tree:
    """What stands in no section, and the sections."""

    loose: tuple[Paragraph | Table, ...]
    sections: tuple[Node, ...]


def walk(nodes: Sequence[Node], role: Role = "other") -> Iterator[tuple[Node, Role]]:
    """Every section in order, with its role or, where it has none, that of what holds it."""
    for node in nodes:
        here = node.role if node.role != "other" else role
        yield node, here
        yield from walk(node.children, here)


def find_sections(blocks: Sequence[Block]) -> Tree:
    """
    The sections of the body, or of an attachment.

    Nothing is lost: every block is a heading, a paragraph or a table, in the order it stood.
    """
    loose: list[Paragraph | Table] = []
    top: list[Node] = []
    stack: list[tuple[float, Node]] = []
    ranks: dict[str, float] = {}
    captions = captions_in_order(blocks)
    items = items_of_lists(blocks)
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if block.table is not None:
            (stack[-1][1].items if stack else loose).append(block.table)
            index += 1
            continue
        following = blocks[index + 1 : index + 4]
        rule = heading_rule(block, following) or like_sibling(block, following, stack, ranks)
        if index in captions:
            rule = rule or IN_ORDER
        elif index in items:
            rule = None
        if rule is None:
            _place(block, stack, ranks, loose)
            index += 1
            continue
        apart = next((n for n in range(len(following)) if index + 1 + n in captions), None)
        node, used = _open(block, following[:apart], rule)
        index += 1 + used
        rank = _rank(block, stack, ranks, caption=rule in (IN_ORDER, quarter.__name__))
        while stack and stack[-1][0] >= rank:
            stack.pop()
        (stack[-1][1].children if stack else top).append(node)
        stack.append((rank, node))
    return Tree(tuple(loose), tuple(top))


def _place(
    block: Block,
    stack: list[tuple[float, Node]],
    ranks: dict[str, float],
    loose: list[Paragraph | Table],
) -> None:
    """
    Put a paragraph under the section it belongs to: one with a label ends its own level.

    ``Điều 2`` ends the plan that ``Điều 1`` approves in numbered parts.
    """
    label = block.label
    if label and label.style == "article":
        _end_article(label.value, stack, loose)
    elif label and label.style in ranks and label.style not in ("bullet", "plus"):
        rank = ranks[label.style]
        if any(r == rank for r, _ in stack):
            while stack and stack[-1][0] >= rank:
                stack.pop()
    paragraph = Paragraph(block.rest, label, block.passage)
    if not paragraph.passage:
        paragraph = Paragraph(block.passage, None, block.passage)
    (stack[-1][1].items if stack else loose).append(paragraph)


def _end_article(
    value: int, stack: list[tuple[float, Node]], loose: Sequence[Paragraph | Table]
) -> None:
    """
    Close the parts of the article before, so that an article stands where that one does.

    ``Chương I`` / ``Điều 1. …`` / ``1. …:`` / ``Điều 2. …`` is a chapter of two articles.
    """
    for depth in range(len(stack) - 1, -1, -1):
        node = stack[depth][1]
        if node.label and node.label.style == "article":
            del stack[depth:]
            return
        if _last_article(node.items) == value - 1:
            del stack[depth + 1 :]
            return
    if _last_article(loose) == value - 1:
        stack.clear()


def _last_article(loose: Sequence[Paragraph | Table]) -> int | None:
    """The number of the last article among some paragraphs."""
    labels = [item.label for item in loose if isinstance(item, Paragraph)]
    return next((one.value for one in reversed(labels) if one and one.style == "article"), None)


def _open(block: Block, following: Sequence[Block], rule: str) -> tuple[Node, int]:
    """The section that a heading opens, and how many further blocks its heading took."""
    parts = [block.rest]
    used = 0
    for after in following:
        if after.table is not None or after.label or not after.text:
            break
        alone = not parts[0] and used == 0
        goes_on = (
            bool(parts[-1])
            and (block.upper or parts[-1].text.isupper())
            and after.upper
            and not after.gap
            and not _ends(parts[-1].text)
            and kind_of_column(after.text) != "ordinal"  # ``STT`` heads a table that lost its rules
        )
        if (
            not (
                alone and len(after.text) <= LONGEST_HEADING and not after.text.endswith((".", ";"))
            )
            and not goes_on
        ):
            break
        if (
            goes_on
            and role_of_heading(after.text) != "other"
            and not parts[-1].text.endswith((",", "-", "–", "VÀ"))
        ):
            break
        parts.append(after.passage)
        used += 1
        if alone and not after.upper:
            break
    heading = join(parts)
    text = heading.text
    kept = len(text.rstrip(" .:;/-–"))
    heading = heading.cut(0, kept) if kept else heading
    of_quarter = _is_quarter(text) or _opens_with_quarter(text)
    role: Role = "quarter" if of_quarter else role_of_heading(text)
    whole = join([block.passage, *parts[1:]])
    return Node(block.label, heading or None, role, rule, whole), used


def _ends(text: str) -> bool:
    return text.endswith((".", ":", ";"))


def _rank(
    block: Block,
    stack: list[tuple[float, Node]],
    ranks: dict[str, float],
    *,
    caption: bool,
) -> float:
    """How deep a heading stands; the ``caption`` of a quarter as deep as the one before."""
    label = block.label
    if caption and (label is None or label.style in ("bullet", "plus")):
        under = stack[-1][0] + 0.01 if stack else 5.0
        inner = _is_month(block.rest.text)
        same = (
            rank
            for rank, node in stack
            if _is_caption(node) and _is_month(node.heading.text if node.heading else "") == inner
        )
        return next(same, under)
    if label is None:
        known = stack[-1][0] if stack else 0.0
        if block.upper or not stack:
            numbered = [rank for rank, node in stack if node.label is None]
            return numbered[0] if numbered else min((rank for rank, _ in stack), default=5.0)
        last = stack[-1][1]
        return known if last.label is None else known + 0.01
    style = label.style
    if style == "arabic" and block.upper:
        above = [
            node
            for _, node in stack
            if node.label and node.label.style in ("part", "chapter", "upper", "roman")
        ]
        if not above:
            style = "capitals"
    elif style == "arabic" and "capitals" in ranks:
        level = next((node for rank, node in stack if rank == ranks["capitals"]), None)
        if (
            level
            and level.label
            and label.value == level.label.value + 1
            and not any(child.label and child.label.style == "arabic" for child in level.children)
        ):
            style = "capitals"
    if style not in ranks:
        ranks[style] = label.rank if style == label.style else label.rank - 1
        inside = stack[-1][0] if stack else None
        if (
            inside is not None
            and ranks[style] < inside
            and label.value == 1
            and style in ("upper", "roman", "arabic")
        ):
            ranks[style] = inside + 0.4
    return ranks[style]


def _is_month(text: str) -> bool:
    """Whether a caption names months, which may stand under that of their quarter."""
    return stretch_of_caption(text.rstrip(".")) is not None and not is_quarter_heading(text)


def _is_caption(node: Node) -> bool:
    """Whether a section is a quarter or month whose heading has no number."""
    bare = node.label is None or node.label.style in ("bullet", "plus")
    return bare and node.rule in (IN_ORDER, quarter.__name__)


# ---------------------------------------------------------------- what is a heading


def like_sibling(
    block: Block,
    following: Sequence[Block],
    stack: Sequence[tuple[float, Node]],
    ranks: dict[str, float],
) -> str | None:
    """
    The next in number to a heading of the same style, though it alone would not be one.

    In one list of headings some end in a full stop, over their own bullets, and some do not; the
    last may have nothing under it.
    """
    label = block.label
    text = block.rest.text
    if not label or label.style in ("bullet", "plus") or not text or len(text) > LONGEST_HEADING:
        return None
    last = next((node for rank, node in stack if rank == ranks.get(label.style)), None)
    if last is None or last.label is None or not is_next(label, last.label) or _runs_on(text):
        return None
    if text[-1] not in ".;,!?…:":
        return "like_sibling"
    after = following[0] if following else None
    deeper = after is not None and after.label is not None and after.label.rank > label.rank
    if not text.endswith(".") or not deeper or label.style == "lower":
        return None
    return "like_sibling" if last.rule != "like_sibling" or last.items else None


def heading_rule(block: Block, following: Sequence[Block]) -> str | None:
    """The rule that makes a block a heading, or ``None`` for a paragraph."""
    for rule in HEADING_RULES:
        said = rule(block, following)
        if said is not None:
            return rule.__name__ if said else None
    return None


def too_long(block: Block, _following: Sequence[Block]) -> bool | None:
    """No heading is as long as that."""
    return False if len(block.rest.text) > LONGEST_HEADING else None


def named_part(block: Block, _following: Sequence[Block]) -> bool | None:
    """``Phần I``, ``Chương II``, ``Mục 1`` always head; ``Điều 1.`` with a title alone does."""
    if not block.label or block.label.style not in ("part", "chapter", "division", "article"):
        return None
    text = block.rest.text
    if block.label.style == "article":
        if text.endswith(":") and text[:1].isupper() and len(text.split()) <= LONGEST_TITLED:
            return not _runs_on(text) and is_article_title(text)
        if not text or text.endswith((".", ";", ":", ",", "./.")) or len(text.split()) > 30:
            return False
        return _ANNEXES not in key(text)  # it puts into force, and the page breaks off
    return len(text.split()) <= 40 and not text.endswith(".")


_ANNEXES = key("kèm theo quyết định này")


def dash_caption(block: Block, following: Sequence[Block]) -> bool | None:
    """A dash heads nothing, but for ``- Mục đích:`` and ``* Quý I:`` before what they name."""
    if not block.label or block.label.style not in ("bullet", "plus"):
        return None
    text = block.rest.text
    if (_is_quarter(text) and not text.endswith((".", ";", ","))) or _opens_with_quarter(text):
        return bool(following) and _is_told(following[0])
    return bool(
        text.endswith(":")
        and len(text.split()) <= 4
        and role_of_heading(text) in ("purpose", "requirements")
    )


def _opens_with_quarter(text: str) -> bool:
    """``Quý I: tổ chức các hoạt động sau:``, over what they are."""
    head, colon, rest = text.partition(":")
    return bool(colon and rest.strip()) and text.endswith(":") and _is_quarter(head)


def _is_quarter(text: str) -> bool:
    """
    Whether a line is the heading of a quarter, and not when the thing above it is:
    ``Thời gian thực hiện: Quý II/2024``.
    """
    if not is_quarter_heading(text):
        return False
    caption, colon, when = text.partition(":")
    return not (colon and when.strip() and key(caption).startswith(_WHEN))


_WHEN = (key("thời gian"), key("thời hạn"), key("thời điểm"), key("tiến độ"))
"""How it begins that tells when a thing is done, up to the colon."""


def _is_told(block: Block) -> bool:
    """Whether a block is what a quarter's caption is about: a table, a sentence or an item."""
    if block.table is not None:
        return True
    numbered = block.label and block.label.style not in ("bullet", "plus", "lower")
    return bool(block.text and not numbered and not is_quarter_heading(block.rest.text))


def empty_label(block: Block, following: Sequence[Block]) -> bool | None:
    """A label alone on its line, its title on the next."""
    if not block.label or block.rest.text:
        return None
    after = following[0] if following else None
    return bool(
        after
        and after.text
        and not after.label
        and block.label.style in ("roman", "upper", "arabic")
        and (after.upper or role_of_heading(after.text) != "other")
    )


def capitals(block: Block, _following: Sequence[Block]) -> bool | None:
    """Numbered capitals."""
    if not block.label or not is_upper(block.rest.text):
        return None
    return True


def quarter(block: Block, following: Sequence[Block]) -> bool | None:
    """A quarter or half-year alone on its line, numbered, in capitals, or set off."""
    text = block.rest.text
    if not text or len(text) > 120 or text[-1] in ".;,":
        return None
    if _opens_with_quarter(text):
        return bool(following) and _is_told(following[0])
    if not _is_quarter(text):
        return None
    return (
        True
        if block.label or block.upper or block.bold or block.gap or text.endswith(":")
        else None
    )


def stage(block: Block, following: Sequence[Block]) -> bool | None:
    """``2. Giai đoạn 2: từ tháng 7 đến tháng 12`` over what is done in it."""
    if not block.label or block.label.style in ("bullet", "plus"):
        return None
    text = block.rest.text
    told = None if text.endswith((".", ";")) else stage_of(text, ANY_YEAR)
    after = following[0] if following else None
    if told is None or told[0] < len(text) or after is None:
        return None
    return after.table is not None or after.label is None or after.label.rank > block.label.rank


def known_caption(block: Block, _following: Sequence[Block]) -> bool | None:
    """A numbered wording of ``data/headings.toml``, alone on its line whatever mark ends it."""
    if not block.label or role_of_heading(block.rest.text) == "other":
        return None
    text = block.rest.text.rstrip(" /")
    words = len(text.split())
    if _runs_on(text):
        return False
    if text.endswith((";", ",", "!")):
        return False
    if text.endswith("."):
        strong = block.label.style in ("roman", "upper")  # See roman_sentence.
        return (words <= 5 and block.label.style != "lower") or (None if strong else False)
    return words <= 40 or None


def _runs_on(text: str) -> bool:
    """Whether text follows a colon or a full stop."""
    inner = text.rstrip(" .:;/")
    return ": " in inner or ". " in inner


def unit_caption(block: Block, following: Sequence[Block]) -> bool | None:
    """``1. Sở Nội vụ.`` before its bullets: a unit, though a full stop ends it."""
    if not block.label or block.label.style in ("bullet", "plus"):
        return None
    text = block.rest.text
    if not text.endswith(".") or len(text.split()) > 8 or _runs_on(text) or not is_actor(text):
        return None
    if find_predicate(text) is not None:
        return None  # ``Văn phòng theo dõi.`` says what it does
    after = following[0] if following else None
    deeper = bool(
        after and after.text and (after.label is None or after.label.rank > block.label.rank)
    )
    return True if deeper else None


def roman_sentence(block: Block, _following: Sequence[Block]) -> bool | None:
    """``I. Đặc điểm tình hình.``: a Roman or capital label heads, though a full stop ends it."""
    if not block.label or block.label.style not in ("roman", "upper"):
        return None
    text = block.rest.text
    short = text.endswith(".") and len(text.split()) <= 12 and not _runs_on(text)
    return True if short and text[:1].isupper() else None


def numbered_line(block: Block, following: Sequence[Block]) -> bool | None:
    """
    A numbered line that ends in no mark, or in a colon: ``1. Sở Nội vụ``, ``a) Đối với tập thể:``.

    A point or a sub-clause must have something under it, or it is an item of a list.
    """
    if not block.label:
        return None
    text = block.rest.text
    if not text or text.endswith((".", ";", ",", "!", "?", "…")) or _runs_on(text):
        return False
    if block.label.style in ("roman", "upper", "capitals", "arabic") and not text.endswith(":"):
        return text[:1].isupper() or text[:1] in "“\"'("
    after = following[0] if following else None
    if after is None:
        return False
    return after.table is not None or after.label is None or after.label.rank > block.label.rank


def bare_caption(block: Block, _following: Sequence[Block]) -> bool | None:
    """A known wording without a number: ``MỤC ĐÍCH, YÊU CẦU``, ``Tổ chức thực hiện:``."""
    if block.label or not block.text:
        return None
    text = block.text.rstrip(" /")
    if len(text) > 120 or text.endswith((".", ";", ",")) or _runs_on(text):
        return False
    if role_of_heading(text) == "other":
        return False
    folded = key(text).strip(" .:")
    words = len(folded.split())
    return block.upper or (words <= 4 and (text.endswith(":") or block.bold or words <= 3))


HEADING_RULES = (
    too_long,
    named_part,
    dash_caption,
    empty_label,
    quarter,
    stage,
    capitals,
    known_caption,
    unit_caption,
    roman_sentence,
    numbered_line,
    bare_caption,
)
"""Asked in order; the first with an opinion decides."""
