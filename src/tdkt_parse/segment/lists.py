"""
Numbered lists without full stops, whose items look like headings: ``1. Nâng cao nhận thức của …``.

A heading has something under it. Where none of a row of numbered lines has, and they are as long as
sentences or the last or half of them end as items do, they are the items of a list.
"""

from collections.abc import Iterator, Sequence

from tdkt_parse.periods import is_quarter_heading
from tdkt_parse.segment.blocks import Block
from tdkt_parse.wording import role_of_heading

FEWEST = 2
WORDS = 9
"""Words of an item, on average; headings that stand right below one another are shorter."""
LONGEST_NAMED = 5
"""Words of a heading that is known by its wording: ``1. Mục đích``."""


def items_of_lists(blocks: Sequence[Block]) -> frozenset[int]:
    """The places of the blocks that are items of such lists."""
    return frozenset(at for run in _runs(blocks) if _is_list(blocks, run) for at in run)


def _runs(blocks: Sequence[Block]) -> Iterator[range]:
    """Blocks right below one another that count from 1 in figures, with nothing under the last."""
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and _value(blocks[end]) == end - start + 1:
            end += 1
        after = blocks[end] if end < len(blocks) else None
        last = end - _has_below(blocks[end - 1], after) if end > start else end
        if last - start >= FEWEST:
            yield range(start, last)
        start = max(end, start + 1)


def _value(block: Block) -> int | None:
    return block.label.value if block.label and block.label.style == "arabic" else None


def _has_below(block: Block, after: Block | None) -> bool:
    """Whether what follows a numbered line may stand under it."""
    if after is None:
        return False
    if after.table is not None:
        return True
    if after.label is not None and block.label is not None:
        return after.label.rank > block.label.rank
    return len(block.rest.text.split()) < WORDS


def _is_list(blocks: Sequence[Block], run: range) -> bool:
    texts = [blocks[at].rest.text for at in run]
    if any(blocks[at].upper for at in run) or any(map(_is_heading, texts)):
        return False
    ended = [text.endswith((";", ".")) for text in texts]
    if ended[-1] or 2 * sum(ended) >= len(ended):
        return True
    return sum(len(text.split()) for text in texts) >= WORDS * len(texts)


def _is_heading(text: str) -> bool:
    """Whether a line heads something by its own words."""
    known = len(text.split()) <= LONGEST_NAMED and role_of_heading(text) != "other"
    return known or text.endswith(":") or is_quarter_heading(text)
