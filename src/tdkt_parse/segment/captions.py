"""
Quarters and months that head their parts though no number, colon or blank line sets them off.

``Quý I`` alone on a line is also what a cell of a table becomes in a text that lost its rules. What
tells them apart is what stands around: captions come in the order of the year, each once, behind an
item or a sentence and before one; a cell stands behind another cell, or before a row's number.
"""

from collections.abc import Sequence

from tdkt_parse.periods import Stretch, follows, is_of_whole_year, stretch_of_caption
from tdkt_parse.segment.blocks import Block
from tdkt_parse.wording import is_actor, role_of_heading

LONGEST_CAPTION = 80
"""Code points."""
LONGEST_CELL = 7
"""Words of the longest line without a mark at its end that may be a cell."""

_BULLETS = ("bullet", "plus")
_PARTS = ("part", "chapter", "division", "article", "upper", "roman")


def captions_in_order(blocks: Sequence[Block]) -> frozenset[int]:
    """Where, among blocks, stand captions of quarters or months that come in order."""
    named = {
        number: stretch for number, block in enumerate(blocks) if (stretch := _stretch_of(block))
    }
    found: set[int] = set()
    if len(named) < 2:
        return frozenset()
    start = 0
    for number, block in enumerate([*blocks, None]):
        if block is None or (block.label and block.label.style in _PARTS):
            inside = [n for n in range(start, number) if n in named]
            found.update(_in_order(blocks, inside, named, number))
            start = number + 1
    return frozenset(found)


def _stretch_of(block: Block) -> Stretch | None:
    label = block.label
    text = block.rest.text
    if not text or len(text) > LONGEST_CAPTION or text[-1] in ";,":
        return None
    if label and (label.style not in _BULLETS or text[-1] == ":"):
        return None
    stretch = stretch_of_caption(text.rstrip("."))
    # A quarter after a bullet heads its part by itself.
    return None if stretch and label and not _is_month(stretch) else stretch


def _is_month(stretch: Stretch) -> bool:
    return stretch.last - stretch.first < 2


def _is_of_whole_year(block: Block) -> bool:
    """``Cả năm`` below the last quarter: what follows is of no quarter."""
    return block.label is None and bool(block.text) and is_of_whole_year(block.text)


def _in_order(
    blocks: Sequence[Block], inside: Sequence[int], named: dict[int, Stretch], end: int
) -> Sequence[int]:
    """The captions of one part if all of them are such, or none."""
    if not inside or not _rise(inside, named):
        return ()
    last = inside[-1]
    always = [n for n in range(last + 1, end) if _is_of_whole_year(blocks[n])]
    inside = [*inside, *always[:1]]
    for number, after in zip(inside, [*inside[1:], end], strict=True):
        told = blocks[number + 1 : after]
        holds = after < end and after == number + 1 and after in named and number in named
        if holds and _holds(named[number], named[after]):
            continue
        if not told or not _may_precede(blocks[number - 1] if number else None):
            return ()
        if after == end:
            told = told[:1]  # what else stands under the last is not known to be
        if not all(_tells(one, blocks[number]) for one in told):
            return ()
    return inside


def _rise(inside: Sequence[int], named: dict[int, Stretch]) -> bool:
    """
    Whether captions come in the order of the year, at least two together.

    Months may stand under the quarter that holds them.
    """
    quarters = [n for n in inside if not _is_month(named[n])]
    months = [n for n in inside if _is_month(named[n])]
    if quarters and months:
        over = [max((q for q in quarters if q < n), default=None) for n in months]
        if any(
            q is None or not _holds(named[q], named[n]) for q, n in zip(over, months, strict=True)
        ):
            return False
        return _rise(quarters, named) and (len(months) < 2 or _rise(months, named))
    runs: list[list[int]] = []
    for number in inside:
        run = runs[-1] if runs else []
        if run and follows(named[run[-1]], named[number], named[run[0]]):
            run.append(number)
        else:
            runs.append([number])
    return all(len(run) > 1 for run in runs)


def _holds(quarter: Stretch, month: Stretch) -> bool:
    return quarter.first <= month.first and month.last <= quarter.last


def _may_precede(block: Block | None) -> bool:
    """Whether a block is an item, a heading or a whole sentence, and no cell."""
    if block is None or block.table is not None or block.upper:
        return True
    if block.label:
        return bool(block.rest)
    if block.text[-1] in ".;:!" or role_of_heading(block.text) != "other":
        return True
    return _stretch_of(block) is not None or len(block.text.split()) > LONGEST_CELL


def _tells(block: Block, caption: Block) -> bool:
    """Whether a block is what may stand under a caption: a table, an item, or a sentence."""
    if block.table is not None:
        return True
    text = block.rest.text
    if block.label:
        same = caption.label is not None and caption.label.text == block.label.text
        return len(text.split()) >= 2 and not same
    if text[-1] in ".;!" or ": " in text or text[-1] == ":":
        return len(text.split()) >= 2
    return len(text.split()) > LONGEST_CELL and not is_actor(text)
