"""
The heads of attachments: ``PHỤ LỤC I`` or the type of what is put into force, title, annex line.

NĐ 30/2020/NĐ-CP, Phụ lục I.III.
"""

from dataclasses import dataclass

import regex

from tdkt_parse.passage import Passage, join
from tdkt_parse.segment import Attachment
from tdkt_parse.segment.openings import is_annex_line
from tdkt_parse.segment.parts import is_dated_line
from tdkt_parse.wording import MOTTO, is_agency, opener, promulgated, squeezed, type_of_line

TIMEOUT = 2.0


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
