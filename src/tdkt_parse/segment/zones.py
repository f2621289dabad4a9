"""
Which zone of the document each block belongs to.

Every rule of ``ZONE_RULES`` looks at a block and says how well it would stand in this zone or
that; it may have no opinion. The best sequence of zones for the whole document is then chosen over
the table of passages in ``data/zones.toml`` (Viterbi, 1967), so that a line is read by its place
as much as by its words: ``CHỦ TỊCH`` under the recipients signs, before the bases it does not.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex
from pydantic import BaseModel, ConfigDict

from tdkt_parse.docnumber import find_docnumbers, find_letterhead_number
from tdkt_parse.lexicon import read_toml
from tdkt_parse.periods import find_letterhead_date
from tdkt_parse.segment.blocks import Block, is_name, is_signing
from tdkt_parse.segment.labels import TIMEOUT
from tdkt_parse.segment.old_heads import find_old_head
from tdkt_parse.spelling import BULLETS, bare, key
from tdkt_parse.wording import (
    MOTTO,
    basis_verb,
    is_agency,
    is_bases_heading,
    is_office,
    issuing_objects,
    issuing_verbs,
    kinds,
    marked_words,
    opener,
    role_of_heading,
    signed_words,
    squeezed,
    type_of_line,
    without_rank,
)

ZONES = (
    "letterhead",
    "type",
    "title",
    "addressee",
    "basis",
    "issuing",
    "body",
    "closing",
    "recipients",
    "signature",
    "attachment",
)

Scores = dict[str, float]


class ZoneRows(BaseModel):
    """``zones.toml``: what it costs to begin with a zone, and to pass from one to another."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    start: dict[str, float]
    after: dict[str, dict[str, float]]


@cache
def passages() -> ZoneRows:
    """The table of passages, checked to name known zones only."""
    rows = read_toml("zones.toml", ZoneRows)
    named = {*rows.start, *rows.after, *(zone for costs in rows.after.values() for zone in costs)}
    unknown = named - set(ZONES)
    if unknown:
        raise ValueError(f"data/zones.toml names {sorted(unknown)}, which are no zones")
    return rows


# ---------------------------------------------------------------- rules

_BODY: Scores = {
    "body": 3,
    "attachment": 3,
    "title": -4,
    "basis": -4,
    "letterhead": -6,
    "type": -8,
    "addressee": -5,
}
_PREFACE_LENGTH = 160
"""Code points: the longest letterhead line met, two columns merged, had 118."""


def table(block: Block) -> Scores | None:
    """A table with rules stands in the body or an attachment."""
    if block.table is None:
        return None
    return {zone: 4 if zone in ("body", "attachment") else -40 for zone in ZONES}


def motto(block: Block) -> Scores | None:
    """Quốc hiệu, tiêu ngữ, or the Party's line."""
    plain = bare(block.text)
    if "nam" not in plain and "phuc" not in plain:
        return None
    alone = len(block.text) <= 60 and not block.text.endswith((".", ";", ","))
    said = block.text if alone else " ".join(filter(str.isupper, block.text.split()))
    letters = squeezed(said)
    if any(m in letters for m in MOTTO[1:]):
        return {"letterhead": 9, "attachment": 7, "body": -3}
    return None


def number_line(block: Block) -> Scores | None:
    """``Số: 12/KH-UBND``, the number blank or not."""
    if len(block.text) > _PREFACE_LENGTH or ("/" not in block.text and "-" not in block.text):
        return None
    if "s" not in block.folded or block.label:
        return None
    found = find_letterhead_number(block.text)
    if found is None or not _is_own_number(block.text[: found.start]):
        return None
    return {"letterhead": 7, "attachment": 3, "title": -3}


def _is_own_number(before: str) -> bool:
    """``Số:`` with a capital, not after the name of a type, as in a title that cites."""
    head = before.rstrip(" :")
    if not head.endswith(("Số", "SỐ")):
        return not head
    return not key(head[:-2]).rstrip().endswith(_kind_names())


_DAY = key("ngày")


def place_and_date(block: Block) -> Scores | None:
    """``Hà Nội, ngày 09 tháng 3 năm 2022``, any of it blank."""
    if len(block.text) > _PREFACE_LENGTH or _DAY not in block.folded or block.label:
        return None
    found = find_letterhead_date(block.text)
    return {"letterhead": 6, "attachment": 2, "title": -3, "signature": 1} if found else None


def agency_line(block: Block) -> Scores | None:
    """An agency in capitals: of the letterhead, or the authority that decides."""
    if not block.upper or block.label or len(block.text) > _PREFACE_LENGTH:
        return None
    if not is_agency(block.text):
        return {"letterhead": 1.5}
    return {
        "letterhead": 4,
        "issuing": 1.5,
        "title": 1.5,
        "body": 1.5,
        "attachment": 1.5,
        "recipients": -1,
    }


def marked_word(block: Block) -> Scores | None:
    """``MẬT``, ``HỎA TỐC``, ``DỰ THẢO`` alone on the line."""
    if len(block.text) > 24:
        return None
    word = block.folded.strip("()[] .:")
    if any(word in marked_words(kind) for kind in ("secrecy", "urgency", "draft")):
        return {"letterhead": 7}
    return None


def type_line(block: Block) -> Scores | None:
    """``KẾ HOẠCH``, alone or before its title; no other line can be of the type."""
    capitals = block.text[:1].isupper() and not block.text[1:2].islower()
    known = type_of_line(block.text[:200]) if capitals else None
    if not known:
        return {"type": -5}
    if known[1] == len(block.text.split()):
        if block.text.endswith(":"):
            return {"issuing": 8, "type": 1, "attachment": 2}
        return {"type": 9, "attachment": 5}
    return {"type": 5 if block.upper else 6, "title": 2, "attachment": 3}


def title_line(block: Block) -> Scores | None:
    """What a title looks like: no sentence, ``V/v``, ``Về việc``."""
    text = block.text
    if not text or block.label:
        return {"title": -3} if text and block.label and block.label.style != "bullet" else None
    if block.folded.startswith(_ABOUT):
        return {"title": 5, "letterhead": 1}
    if len(text) > 600 or text.endswith((";", ".", ":")):
        return {"title": -2}
    return {"title": 2}


_ABOUT = (key("v/v"), key("về việc"))


def addressee(block: Block) -> Scores | None:
    """``Kính gửi``."""
    return {"addressee": 9} if opener("addressees").start_of(block.folded) else None


def bullet_line(block: Block) -> Scores | None:
    """A dash or a plus: an addressee, a recipient, or an item of the body."""
    if not block.label or block.label.style not in ("bullet", "plus"):
        return None
    return {
        "addressee": 1.5,
        "recipients": 0.3,
        "body": 0.5,
        "title": -3,
        "signature": -3,
        "letterhead": -2,
        "type": -6,
    }


def basis(block: Block) -> Scores | None:
    """A legal basis: ``Căn cứ …``, or ``Thực hiện …`` and a document."""
    if block.label and block.label.style not in ("bullet", "plus"):
        return None
    if is_basis(block):
        verb = basis_verb(key(block.rest.text[:200]))
        if verb and not verb[1] and block.text[-1] not in ";.,:":
            return {"basis": 2, "title": 1, "letterhead": -3, "addressee": -3}
        return {
            "basis": 9,
            "issuing": 1,
            "title": -4,
            "letterhead": -3,
            "body": 0.5,
            "addressee": -3,
        }
    return {"basis": -2.5} if block.text[:1].isupper() else None


def is_basis(block: Block) -> bool:
    """Whether a paragraph opens with a verb of a basis, and rests on something."""
    text = block.rest.text
    if not text[:1].isupper():
        return False
    verb = basis_verb(key(text[:200]) if block.label else block.folded)
    if not verb:
        return False
    if verb[1]:
        return not block.upper and not is_bases_heading(text)
    after = " ".join(text[:400].split()[len(verb[0].split()) :])
    named = _names_kind(after[:60])
    if named is None:
        return _rests_below(block)
    if find_docnumbers(text[:400]):
        return True
    return named == 0 and not _is_narrative(text)


def _rests_below(block: Block) -> bool:
    """
    Whether a sentence that says in the end who issues names a document further down, as what it
    carries out: ``Thực hiện chỉ đạo của UBND tỉnh tại Công văn số …, Sở Nội vụ … như sau:``.
    """
    text = block.text
    if block.label or not key(text).rstrip(" :").endswith(_AS_FOLLOWS):
        return False
    number = next(iter(find_docnumbers(text[:_FURTHER])), None)
    before = text[: number.start] if number else ""
    told = not before or ". " in before or _is_narrative(before) or before.count(",") > 1
    return not told and key("đã") not in key(before).split()


_FURTHER = 240
"""Code points in which that document is named."""


@cache
def _kind_names() -> tuple[str, ...]:
    return tuple(
        sorted(
            {key(s) for row in kinds() if row.cited for s in row.spellings}, key=len, reverse=True
        )
    )


def _names_kind(text: str) -> int | None:
    """After how many words a type of document is named, if within four."""
    words = key(text).split()
    for skipped in range(min(5, len(words))):
        rest = " ".join(words[skipped:])
        if rest.startswith(_kind_names()) and any(
            rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum()
            for name in _kind_names()
        ):
            return skipped
    return None


def _is_narrative(text: str) -> bool:
    """A sentence with a time clause, or several sentences: it tells, and names no basis."""
    folded = key(text)
    return ". " in text.rstrip(". ") or any(
        f", {key(word)} " in folded
        for word in ("trong năm", "trong những năm", "những năm", "năm", "đến nay", "thời gian qua")
    )


def issuing_clause(block: Block) -> Scores | None:
    """``UBND xã … xây dựng kế hoạch …, cụ thể như sau:``"""
    if not block.text or block.label or block.upper:
        return None
    ends = key(block.text.rstrip(" .:;")[-9:].lstrip()).endswith(_AS_FOLLOWS)
    if not ends and not is_agency(block.text):
        return None
    verb = issuing_verbs().search(block.text[:400], timeout=2.0)
    if ends and (verb or len(block.text) < 400):
        return {"issuing": 6, "body": 1, "title": -4}
    if (
        verb
        and is_agency(block.text)
        and any(word in key(block.text[verb.end() : verb.end() + 80]) for word in issuing_objects())
    ):
        return {"issuing": 3, "body": 1, "title": -3}
    return None


_AS_FOLLOWS = (key("như sau"), key("sau đây"), key("dưới đây"))


def heading(block: Block) -> Scores | None:
    """A numbered or known heading opens the body."""
    if not block.text:
        return None
    if block.label and block.label.style not in ("bullet", "plus"):
        strong = (
            block.label.style in ("roman", "part", "chapter", "article", "upper") or block.upper
        )
        if block.text.endswith(";") and not strong and len(block.text) <= 100:
            return {**_BODY, "recipients": 1, "signature": -4, "issuing": -3, "closing": -3}
        return {
            **_BODY,
            "basis": -20 if strong else -8,
            "body": 5 if strong else 3,
            "attachment": 5 if strong else 3,
            "signature": -4,
            "issuing": -25 if strong else -3,
            "closing": -3,
            "recipients": -12 if strong else -3,
        }
    if (
        len(block.text) <= 120
        and not block.text.endswith((".", ";"))
        and role_of_heading(block.text) != "other"
    ):
        points = 4 if block.upper else 2
        return {"body": points, "attachment": points, "issuing": -2, "title": -1}
    return None


def prose(block: Block) -> Scores | None:
    """A long paragraph, or one that ends as sentences do: no letterhead, no signature."""
    if len(block.text) > 200 or (len(block.text) > 80 and block.text.endswith((".", ";"))):
        return {
            "letterhead": -6,
            "type": -6,
            "signature": -6,
            "recipients": -2,
            "addressee": -3,
            "body": 0.5,
            "attachment": 0.5,
        }
    return None


_RESPECTS = key("trân trọng")
"""Alone under the last item: ``Trân trọng./.``"""


def closing(block: Block) -> Scores | None:
    """``Trên đây là Kế hoạch …``; whatever else closes does so only after it."""
    greets = block.folded.strip(" ./") == _RESPECTS
    if not block.label and (greets or opener("closing").start_of(block.folded)):
        return {"closing": 8, "attachment": 1}
    return {"closing": -1.5}


def recipients(block: Block) -> Scores | None:
    """``Nơi nhận``, and the item that every list of them ends with, ``Lưu``."""
    if opener("recipients").start_of(block.folded):
        return {"recipients": 12, "signature": 4, "attachment": -2}
    rest = key(block.rest.text[:40]).lstrip(_SIGNS)
    if rest.startswith(_FILED) or rest == _FILE or _files(block):
        return {"recipients": 6}
    return None


def _files(block: Block) -> bool:
    """``- Lưu TTLT``: after a dash, what is filed where, in capitals."""
    if block.label is None or block.label.style != "bullet":
        return False
    first, second, *_ = [*block.rest.text[:40].split(), "", ""]
    return key(first) == _FILE and len(second.strip(",;.")) > 1 and second.isupper()


_SIGNS = BULLETS + " "
_FILE = key("lưu")
_FILED = tuple(map(key, ("lưu:", "lưu vt", "lưu văn thư", "lưu.")))


def signing(block: Block) -> Scores | None:
    """``TM. …``, ``KT. …``, an office alone, ``(Đã ký)``."""
    office = block.text[:80]
    if ")" in office:
        office = _SIGNED_MARK.sub("", office, timeout=TIMEOUT)
    alone = block.gap and office.isupper() and not block.label and is_office(office)
    if is_signing(block.text) or (alone and len(office) < len(block.text)):
        return {"signature": 8.5 if alone else 7, "body": -1, "recipients": -1, "attachment": 5}
    if block.folded.strip("|[] ") in signed_words():
        return {"signature": 6}
    if len(block.text) <= 40 and not block.label and is_office(block.text):
        return {"signature": 2}
    return None


_SIGNED_MARK = regex.compile(r"\s*\((?:[Đđ]ã ký|ĐÃ KÝ|[Kk]ý[^()]{0,40})\)\s*$")


def person(block: Block) -> Scores | None:
    """Two to five words with capitals and nothing else: a name."""
    if not is_name(without_rank(block.text)):
        return None
    return {"signature": 1.5, "title": -1, "attachment": 1}


def appendix(block: Block) -> Scores | None:
    """``PHỤ LỤC``, ``Mẫu số 01`` at the head of a page of its own."""
    if not block.text or len(block.text) > 300:
        return None
    known = opener("appendix").start_of(block.folded)
    if known and (block.upper or len(block.text) <= 40 or is_appendix_head(block.text)):
        return {"attachment": 9, "body": -1, "signature": -4, "recipients": -4}
    if is_annex_line(block.text):
        return {"attachment": 6, "title": 1, "body": 0.5}
    return None


def is_appendix_head(text: str) -> bool:
    """``Phụ lục``, or with a number: ``Phụ lục I``, ``Mẫu số 01: …``."""
    head = text.split(":", maxsplit=1)[0].split(".", maxsplit=1)[0]
    words = head.split()
    return (
        text[:1].isupper()
        and (len(words) <= 4)
        and (len(words) == 2 or any(c.isdigit() or c in "IVXA" for c in words[-1]))
    )


def is_annex_line(text: str) -> bool:
    """``(Kèm theo Kế hoạch số … ngày …)``, ``(Ban hành kèm theo Quyết định …)``."""
    folded = key(text[:60])
    inner = folded.lstrip("([ ")
    if inner.startswith(_ANNEXED):
        return True
    if inner == folded or not inner.startswith(_ANNEXED_BY):
        return False
    named = inner.removeprefix(_ANNEXED_BY).lstrip()
    name = next((name for name in _kind_names() if named.startswith(name)), None)
    return name is not None and named[len(name) :].lstrip().startswith(_NUMBERED)


_ANNEXED = (key("kèm theo"), key("ban hành kèm theo"), key("(kèm theo"))
_ANNEXED_BY = key("ban hành theo")
"""Without ``kèm``: in brackets, before a type and its number."""
_NUMBERED = (key("số"), key("ngày"))


def unmarked(block: Block) -> Scores | None:
    """A line without a dash is rarely an addressee or a recipient."""
    if not block.text or block.label:
        return None
    if block.text.endswith(";") and len(block.text) <= 100:
        return {"addressee": 0.5, "recipients": 1.5}
    captioned = opener("recipients").start_of(block.folded) is not None
    sentence = not captioned and block.text.endswith(".") and len(block.text) > 30
    return {"addressee": -1.5, "recipients": -4 if sentence else -0.5}


def signature_noise(block: Block) -> Scores | None:
    """Something short and unlabelled may stand in a signature block, if nothing says so."""
    if not block.text:
        return None
    if block.label or len(block.text) > 60 or block.text.endswith((".", ";", ":")):
        return {"signature": -3}
    return {"signature": -0.5}


class ZoneRule(NamedTuple):
    """
    A rule, and the blocks it is asked of: none longer than ``longest`` code points, and none with a
    label other than a bullet unless ``numbered``.
    """

    name: str
    score: Callable[[Block], Scores | None]
    longest: int
    numbered: bool


_ANY = 1 << 60

ZONE_RULES: tuple[ZoneRule, ...] = tuple(
    ZoneRule(rule.__name__, rule, longest, numbered)
    for rule, longest, numbered in (
        (table, _ANY, False),
        (motto, _PREFACE_LENGTH, False),
        (number_line, _PREFACE_LENGTH, False),
        (place_and_date, _PREFACE_LENGTH, False),
        (agency_line, _PREFACE_LENGTH, False),
        (marked_word, 24, False),
        (type_line, 400, False),
        (title_line, _ANY, True),
        (addressee, _ANY, False),
        (bullet_line, _ANY, False),
        (basis, _ANY, False),
        (issuing_clause, _ANY, False),
        (heading, _ANY, True),
        (prose, _ANY, True),
        (closing, _ANY, False),
        (recipients, _ANY, True),
        (signing, 160, False),
        (person, 40, False),
        (appendix, 300, False),
        (signature_noise, _ANY, True),
        (unmarked, _ANY, False),
    )
)
"""Every rule is asked of every block that it can speak of, and their scores added up."""


# ---------------------------------------------------------------- the best sequence


@dataclass(frozen=True, slots=True)
class Zoned:
    """A block, its zone, the rule that spoke loudest for it, and the points they gave together."""

    block: Block
    zone: str
    rule: str
    score: float


def find_zones(blocks: Sequence[Block]) -> list[Zoned]:
    """Every block with its zone, in order; none is left out."""
    if not blocks:
        return []
    opinions = _of_captions(blocks, [_opinions(b) for b in blocks])
    opinions = _of_examples(blocks, _of_letterheads(blocks, opinions))
    opinions = _of_titles(blocks, _of_old_heads(blocks, opinions))
    totals = [_total(said) for said in opinions]
    start, _ = _costs()
    best = [points - cost for points, cost in zip(totals[0], start, strict=True)]
    back: list[list[int]] = []
    for total, said in zip(totals[1:], opinions[1:], strict=True):
        after: list[float] = []
        came: list[int] = []
        arrivals = _arrivals(addressee.__name__ in [name for name, _ in said])
        for sources, points in zip(arrivals, total, strict=True):
            top, origin = _NEVER, 0
            for source, cost in sources:
                reached = best[source] - cost
                if reached > top:
                    top, origin = reached, source
            after.append(top + points)
            came.append(origin)
        best = after
        back.append(came)
    place = max(range(len(ZONES)), key=best.__getitem__)
    places = [place]
    for came in reversed(back):
        place = came[place]
        places.append(place)
    places.reverse()
    return [
        Zoned(block, ZONES[place], _loudest(said, ZONES[place]), total[place])
        for block, place, said, total in zip(blocks, places, opinions, totals, strict=True)
    ]


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


def _is_first_part(block: Block) -> bool:
    """``I. MỤC ĐÍCH, YÊU CẦU``: numbered first, and of a wording that heads a part."""
    label = block.label
    if label is None or label.value != 1 or len(block.text) > _PREFACE_LENGTH:
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


_NEVER = -1e9
"""Points of a way that cannot be: less than any document's rules take away."""


@cache
def _costs() -> tuple[list[float], tuple[tuple[tuple[int, float], ...], ...]]:
    """What each zone costs to begin with; for each, whence and at what cost it is reached."""
    rows = passages()
    start = [rows.start.get(zone, -_NEVER) for zone in ZONES]
    arrivals = tuple(
        tuple(
            (ZONES.index(source), costs[zone])
            for source, costs in rows.after.items()
            if zone in costs
        )
        for zone in ZONES
    )
    return start, arrivals


@cache
def _arrivals(opens: bool) -> tuple[tuple[tuple[int, float], ...], ...]:
    """Whence each zone is reached at a block: nobody is addressed before ``Kính gửi``."""
    return tuple(
        tuple((source, cost) for source, cost in sources if opens or source == zone)
        if name == "addressee"
        else sources
        for zone, (name, sources) in enumerate(zip(ZONES, _costs()[1], strict=True))
    )


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


def _total(said: list[tuple[str, Scores]]) -> list[float]:
    """The points of each zone, in the order of ``ZONES``."""
    total = dict.fromkeys(ZONES, 0.0)
    for _, scores in said:
        for zone, points in scores.items():
            total[zone] += points
    return [*total.values()]


def _loudest(said: list[tuple[str, Scores]], zone: str) -> str:
    name, points = "place", 0.0
    for rule, scores in said:
        if scores.get(zone, 0.0) > points:
            name, points = rule, scores[zone]
    return name
