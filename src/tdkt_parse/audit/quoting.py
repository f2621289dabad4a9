"""
Evidence cut to the words that are meant: a finding points at what is wrong and at no more.

For every evidence made here too, its text is what stands at its spans, a line feed between two.
"""

from collections.abc import Sequence

from tdkt_parse.docnumber import NumberMatch, find_docnumbers
from tdkt_parse.models import Box, CellPlace, Citation, Evidence, Span


def part_of(evidence: Evidence, start: int, end: int) -> Evidence | None:
    """
    The evidence of ``text[start:end]``, white space at its ends left out; ``None`` of nothing.

    >>> whole = Evidence(spans=[(10, 17), (20, 27)], text="UBND xã\\nTân Lập")
    >>> part_of(whole, 5, 12)
    Evidence(spans=[(15, 17), (20, 23)], text='xã\\nTân', ...)
    """
    words = evidence.text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start >= end:
        return None
    spans: list[Span] = []
    at = 0
    for first, last in evidence.spans:
        begin, stop = max(start, at), min(end, at + last - first)
        if begin < stop:
            spans.append((first + begin - at, first + stop - at))
        at += last - first + 1
    return evidence.model_copy(
        update={
            "spans": spans,
            "text": evidence.text[start:end],
            "boxes": _boxes(evidence, start, end),
            "cell": _cell(evidence, start, end),
        }
    )


def _boxes(evidence: Evidence, start: int, end: int) -> list[Box]:
    """Those of the lines that the words stand in, if each line has one; else all."""
    lines = evidence.text.split("\n")
    if len(lines) != len(evidence.boxes):
        return evidence.boxes
    kept, at = [], 0
    for line, box in zip(lines, evidence.boxes, strict=True):
        if at < end and start < at + len(line):
            kept.append(box)
        at += len(line) + 1
    return kept


def _cell(evidence: Evidence, start: int, end: int) -> CellPlace | None:
    """The characters in the paragraph, if it holds the whole value; else the value's as it was."""
    cell = evidence.cell
    if cell is None or len(evidence.spans) > 1 or cell.end - cell.start != len(evidence.text):
        return cell
    return cell.model_copy(update={"start": cell.start + start, "end": cell.start + end})


def quote(evidence: Evidence, words: str, since: int = 0) -> Evidence | None:
    """
    The evidence of some words, where a line may have ended between any two of them.

    ``None`` where they do not stand there, after ``since`` characters.

    >>> whole = Evidence(spans=[(0, 6), (9, 17)], text="Ủy ban\\nnhân dân")
    >>> quote(whole, "ban nhân").spans, quote(whole, "Sở")
    ([(3, 6), (9, 13)], None)
    """
    found = find_words(evidence.text, words, since)
    return part_of(evidence, *found) if found else None


def find_words(text: str, words: str, since: int = 0) -> Span | None:
    """
    Where words stand in a text, with any white space between them, line ends too.

    >>> find_words("của Ủy ban  nhân dân xã", "ban nhân dân")
    (7, 20)
    """
    parts = words.split()
    if not parts:
        return None
    start = text.find(parts[0], since)
    while start >= 0:
        at = start + len(parts[0])
        for part in parts[1:]:
            begin = at
            while at < len(text) and text[at].isspace():
                at += 1
            if at == begin or not text.startswith(part, at):
                break
            at += len(part)
        else:
            return start, at
        start = text.find(parts[0], start + 1)
    return None


def together(parts: Sequence[Evidence]) -> Evidence:
    """
    The evidence of several places in one, in their order.

    >>> ones = [Evidence(spans=[(3, 4)], text="a"), Evidence(spans=[(9, 10)], text="b")]
    >>> together(ones).text
    'a\\nb'
    """
    if len(parts) == 1:
        return parts[0]
    return parts[0].model_copy(
        update={
            "spans": [span for part in parts for span in part.spans],
            "text": "\n".join(part.text for part in parts),
            "boxes": list(dict.fromkeys(box for part in parts for box in part.boxes)),
        }
    )


def number_match(cited: Citation) -> NumberMatch | None:
    """The number of a citation as it is printed: the first in its words."""
    if cited.number is None:
        return None
    return next(iter(find_docnumbers(cited.evidence.text)), None)


def number_of(cited: Citation) -> Evidence:
    """Where a citation gives its number; the whole citation where it gives none."""
    found = number_match(cited)
    return (found and part_of(cited.evidence, found.start, found.end)) or cited.evidence


def head_of(cited: Citation) -> Evidence:
    """A citation up to its number: ``Quyết định số 29/2018/QĐ-UBND``; all of it without one."""
    found = number_match(cited)
    return (found and part_of(cited.evidence, 0, found.end)) or cited.evidence
