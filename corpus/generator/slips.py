"""
Slips of typing that change no value: spaces too many or too few, one way or another of tone marks.
"""

from dataclasses import replace
from typing import Any

from generator.paper import Block, Cell, Columns, Line, Note, Paper, Table
from generator.phrasebook import Desk

_OLD = ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy")
_NEW = ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ")
TONES = {
    form(old): form(new)
    for old, new in zip(_OLD, _NEW, strict=True)
    for form in (str, str.capitalize, str.upper)
}
"""Tone marks of open syllables, on the first vowel and on the second: hòa and hoà."""


def respell(text: str) -> str:
    """
    Tone marks on the second vowel.

    >>> respell("Ủy ban, ỦY BAN, hòa bình, quý")
    'Uỷ ban, UỶ BAN, hoà bình, quý'
    """
    for old, new in TONES.items():
        text = text.replace(old, new)
    return text


def respell_answer(value: Any) -> Any:
    """The same in every text of an answer."""
    if isinstance(value, str):
        return respell(value)
    if isinstance(value, dict):
        return {key: respell_answer(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [respell_answer(one) for one in value]
    return value


def respell_paper(paper: Paper) -> Paper:
    """The same in everything printed; no text grows longer or shorter."""
    notes = tuple(Note(note.marker, respell(note.text)) for note in paper.notes)
    return replace(paper, blocks=tuple(_respelled(block) for block in paper.blocks), notes=notes)


def _respelled(block: Block) -> Block:
    match block:
        case Line():
            return replace(block, text=respell(block.text))
        case Columns():
            left, right = (
                tuple(replace(line, text=respell(line.text)) for line in side)
                for side in (block.left, block.right)
            )
            return replace(block, left=left, right=right)
        case Table():
            rows = tuple(tuple(_cell(cell) for cell in row) for row in block.rows)
            return replace(block, rows=rows)
    return block


def _cell(cell: Cell) -> Cell:
    return replace(cell, lines=tuple(respell(line) for line in cell.lines))


def slip(desk: Desk, blocks: tuple[Block, ...], kept: list[str]) -> tuple[Block, ...]:
    """
    Long sentences with a slip here and there; none in a line that holds one of the texts ``kept``,
    whose words must be found as they are.
    """
    found: list[Block] = []
    for block in blocks:
        if (
            isinstance(block, Line)
            and len(block.text) > 90
            and not block.marks
            and not any(text in block.text for text in kept)
            and desk.chance(0.08)
        ):
            block = replace(block, text=_slipped(desk, block.text))
        found.append(block)
    return tuple(found)


def _slipped(desk: Desk, text: str) -> str:
    commas = [at for at, letter in enumerate(text) if text[at : at + 2] == ", " and letter == ","]
    spaces = [at for at, letter in enumerate(text) if letter == " " and at > 20]
    kinds = ["double"] + (["before", "after"] if commas else [])
    kind = desk.rng.choice(kinds)
    desk.note(f"typing:{kind}")
    match kind:
        case "before":
            at = desk.rng.choice(commas)
            return f"{text[:at]} {text[at:]}"
        case "after":
            at = desk.rng.choice(commas)
            return text[: at + 1] + text[at + 2 :]
    at = desk.rng.choice(spaces)
    return f"{text[:at]} {text[at:]}"
