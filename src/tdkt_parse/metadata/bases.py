"""
The preamble: legal bases (căn cứ) and the issuing clause.

NĐ 30/2020/NĐ-CP, Phụ lục I.II.6.a: each basis on a line of its own, ended by a semicolon, the last
by a full stop. In practice one sentence holds a basis and the issuing clause, a basis goes on in a
second paragraph, or the bases are the items of a section.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

import regex

from tdkt_parse.docnumber import find_docnumbers
from tdkt_parse.passage import Passage, join
from tdkt_parse.segment import Block
from tdkt_parse.segment.openings import (
    is_bases_caption,
    is_basis,
    is_listed_basis,
    is_numbered_basis,
)
from tdkt_parse.spelling import key
from tdkt_parse.wording import (
    announces,
    as_follows,
    basis_verb,
    is_agency,
    is_office,
    issuing_drives,
    issuing_objects,
    issuing_verbs,
    opener_rows,
)

TIMEOUT = 2.0


@dataclass(frozen=True, slots=True)
class Basis:
    """
    A legal basis: its verb as printed, and its text without bullet.

    ``on_line``: it begins on the line of the basis before it.
    """

    verb: str | None
    passage: Passage
    on_line: bool = False


@dataclass(frozen=True, slots=True)
class IssuingClause:
    """Who issues: the subject of the issuing clause, as characters of its passage."""

    passage: Passage
    start: int
    end: int


def find_bases(blocks: Sequence[Block]) -> tuple[list[Basis], list[Passage]]:
    """
    The bases of a preamble, and the issuing clauses that stood at the end of one.

    A paragraph without a verb of its own goes on the basis before it, but for a document in a list.
    """
    groups: list[list[Passage]] = []
    found: list[Basis] = []
    clauses: list[Passage] = []
    listed = None
    for block, after in zip_longest(blocks, blocks[1:]):
        style = block.label.style if block.label else None
        listed = style if _is_in_list(block) or style == listed else None
        if is_bases_caption(block) and after and (_is_in_list(after) or is_basis(after)):
            clauses.append(block.passage)
        elif listed or is_basis(block):
            groups.append([block.rest])
        elif groups:
            groups[-1].append(block.passage)
        else:
            clauses.append(block.passage)
    for group in groups:
        passage = join(group)
        begun = {run.at for run in passage.runs}
        for at, part in _sentences(passage):
            basis, clause = _cut_clause(part)
            if basis:
                found.append(Basis(verb_of(basis.text), basis, on_line=at not in begun))
            if clause:
                clauses.append(clause)
    return found, clauses


def basis_numbers(blocks: Sequence[Block]) -> list[Passage]:
    """The numbers printed before the bases of a list: ``1.``."""
    return [
        block.passage.cut(0, len(block.text) - len(block.rest.text))
        for block in blocks
        if block.label and block.label.style == "arabic"
    ]


def _is_in_list(block: Block) -> bool:
    return is_listed_basis(block) or is_numbered_basis(block)


_NEXT = regex.compile(
    r"""
      [.;]\s+ (?= (?:Căn\scứ|Thực\shiện|Xét|Theo\sđề\snghị|căn\scứ)\s )
    | (?<= [^\s,;(“"'‘] ) ,?\s+ (?= Căn\scứ\s(?:vào\s)?
      (?:Luật|Bộ\sluật|Pháp\slệnh|Nghị\sđịnh|Nghị\squyết|Thông\stư|Quyết\sđịnh|Chỉ\sthị|Kế\shoạch
         |Hướng\sdẫn|Công\svăn|Kết\sluận|Chương\strình|Thông\sbáo)\s )
    """,
    regex.VERBOSE,
)


def _sentences(passage: Passage) -> list[tuple[int, Passage]]:
    """Several bases in one paragraph, each with its own verb, and where in it each begins."""
    cuts = [0]
    for match in list(_NEXT.finditer(passage.text, timeout=TIMEOUT)):
        if basis_verb(key(passage.text[match.end() : match.end() + 80])):
            cuts.append(match.end())
    cuts.append(len(passage.text))
    return [(a, passage.cut(a, b)) for a, b in pairwise(cuts) if a < b]


def verb_of(text: str) -> str | None:
    """
    The verb that opens a basis, as printed.

    >>> verb_of("Căn cứ Luật Thi đua, khen thưởng;"), verb_of("Theo đề nghị của Phòng Nội vụ.")
    ('Căn cứ', 'Theo')
    """
    known = basis_verb(key(text[:200]))
    if not known:
        return None
    row = next(row for row in opener_rows().basis if key(row.verb) == known[0])
    return " ".join(text.split()[: row.printed or len(row.verb.split())]).rstrip(":")


_DONE = regex.compile(r"\sđã\s(?:tổ chức|triển khai|chỉ đạo|phối hợp|xây dựng|tập trung)\s")
"""What somebody did by the document that a basis names: the basis ends before who did it."""

_DECIDES = regex.compile(r"[,;.]\s+(?P<word>QUYẾT (?:NGHỊ|ĐỊNH)|NGHỊ QUYẾT)\s*:?\s*$")
"""What the authority does, behind the last basis on its line."""

_SHORT_NAME = regex.compile(r"\s*\((?:sau đây\s)?(?:được\s)?gọi [^()]{2,60}\)\s*$")
"""Behind the issuer: ``(sau đây gọi là Hội đồng)``."""

_TITLED = regex.compile(r"\s(?:về|[Vv]/v)\s|\.\s+\p{Lu}")
"""What a document is about, or the end of its sentence: what is named before it issued that."""

_PURPOSIVE = (key("nhằm "), key("để "))
"""How a sentence begins that says what the plan is for, and who issues it."""

_BOUNDARY = regex.compile(r"[,;.]\s+(?:nay\s+|Nay\s+)?(?=\p{Lu})")


def _cut_clause(passage: Passage) -> tuple[Passage | None, Passage | None]:
    """A basis and the issuing clause that follows it in the same sentence."""
    text = passage.text
    if decides := _DECIDES.search(text, timeout=TIMEOUT):
        at = decides.start("word")
        return passage.cut(0, len(text[:at].rstrip())), passage.cut(at, len(text))
    for match in list(_BOUNDARY.finditer(text, timeout=TIMEOUT)):
        rest = text[match.end() :]
        announced = key(rest.rstrip(" .:;")[-9:].lstrip()).endswith((*as_follows(), _BELOW))
        if announced and match.group()[0] != "," and key(rest[:8]).startswith(_PURPOSIVE):
            return passage.cut(0, match.start() + 1), passage.cut(match.end(), len(text))
        if not is_agency(rest) and not (announced and is_office(rest)):
            continue
        subject = issuing_subject(rest)
        if subject and subject[0] and _TITLED.search(rest[: subject[0]], timeout=TIMEOUT):
            continue  # another who issued the basis: ``của Đảng ủy, UBND xã về …, Trường …``
        if _DONE.search(rest[:160], timeout=TIMEOUT) and not find_docnumbers(rest[:160]):
            return passage.cut(0, match.start() + 1), passage.cut(match.end(), len(text))
        if announced or (
            subject and subject[0] == 0 and _says_how(rest, alone=match.group()[0] == ".")
        ):
            begin = match.end() - len(match.group()[1:].lstrip())  # ``Nay`` begins the clause
            return passage.cut(0, match.start() + 1), passage.cut(begin, len(text))
    at = _small_clause(text)
    if at is None:
        return passage, None
    return passage.cut(0, len(text[:at].rstrip())), passage.cut(at, len(text))


_COMMA = regex.compile(r",\s+(?=\p{Ll})")


def _small_clause(text: str) -> int | None:
    """Where the issuing clause begins in a small letter: ``…, trường đề ra kế hoạch như sau:``."""
    if not key(text.rstrip(" .:;")[-9:].lstrip()).endswith((*as_follows(), _BELOW)):
        return None
    for comma in _COMMA.finditer(text, timeout=TIMEOUT):
        rest = text[comma.end() :]
        subject = issuing_subject(rest) if is_agency(rest) else None
        if not subject or subject[0] or "," in rest[: subject[1]]:
            continue
        told = key(rest[subject[1] :])
        if any(what in told for what in issuing_objects() if what not in as_follows()):
            return int(comma.end())
    return None


_BELOW = key("sau")
"""As in ``các nội dung sau:``."""


def _says_how(text: str, *, alone: bool = True) -> bool:
    """Whether a clause says what is issued; ``alone``, in a sentence of its own."""
    folded = key(text)
    return announces(text) or any(
        word in folded for word in (*issuing_objects(), *(issuing_drives() if alone else ()))
    )


_GOES_ON = (key("hội đồng"), key("ban"))
"""What goes on into a name in the words of a verb: ``Hội đồng phối hợp …``, ``Ban tổ chức …``."""

_OF_TITLES = (" về việc ", " V/v ", " v/v ", " về ")
"""Before what a cited document is about: ``của Công đoàn tỉnh về việc phát động thi đua``."""

_SMALL_NAME = 12
"""Words of an issuer that begins in a small letter at the beginning of its clause."""


def issuing_subject(text: str) -> tuple[int, int] | None:
    """
    Who issues, in a clause such as ``UBND xã Tân An xây dựng kế hoạch … như sau``: its characters.

    >>> text = "Nay Ủy ban nhân dân xã ban hành Kế hoạch như sau:"
    >>> text[slice(*issuing_subject(text))]
    'Ủy ban nhân dân xã'
    """
    for verb in list(issuing_verbs().finditer(text[:1500], timeout=TIMEOUT)):
        before = text[: verb.start()]
        if before.endswith(_OF_TITLES):
            continue
        starts = [0, *(m.end() for m in _BOUNDARY.finditer(before, timeout=TIMEOUT))]
        for start in reversed(starts):
            name = before[start:]
            if name.startswith(("Nay ", "nay ")):
                start, name = start + 4, name[4:]
            if (
                is_agency(name)
                and key(name) not in _GOES_ON
                and (name[:1].isupper() or (not start and len(name.split()) <= _SMALL_NAME))
                and len(name) <= 200
                and ". " not in name
                and ";" not in name
                and ":" not in name
            ):
                name = _SHORT_NAME.sub("", name, timeout=TIMEOUT)
                return start, start + len(name.rstrip(" ,"))
    return None


def find_issuing_clause(passages: Sequence[Passage]) -> IssuingClause | None:
    """The first passage that says who issues the document."""
    for passage in passages:
        found = issuing_subject(passage.text)
        if found and _says_how(passage.text[found[1] :]):
            return IssuingClause(passage, *found)
    return None
