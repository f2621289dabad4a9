"""
What speaks for a zone: rules that look at one block and say how well it would stand in each.

A rule may have no opinion. What outweighs what is for the whole document to say (``zones``).
"""

from collections.abc import Callable
from typing import NamedTuple

import regex

from tdkt_parse.docnumber import find_letterhead_number
from tdkt_parse.periods import find_letterhead_date
from tdkt_parse.segment.blocks import Block
from tdkt_parse.segment.labels import TIMEOUT
from tdkt_parse.segment.openings import (
    is_annex_line,
    is_appendix_head,
    is_basis,
    kind_names,
)
from tdkt_parse.segment.signing import is_name, is_signing
from tdkt_parse.spelling import BULLETS, bare, key
from tdkt_parse.wording import (
    MOTTO,
    announces,
    basis_verb,
    is_agency,
    is_office,
    issuing_drives,
    issuing_objects,
    issuing_verbs,
    marked_words,
    opener,
    role_of_heading,
    signed_words,
    squeezed,
    starts_of,
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

_BODY: Scores = {
    "body": 3,
    "attachment": 3,
    "title": -4,
    "basis": -4,
    "letterhead": -6,
    "type": -8,
    "addressee": -5,
}

PREFACE_LENGTH = 160
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
        if not alone and block.upper and type_of_line(block.text[:200]):
            return None  # ``KẾ HOẠCH KỶ NIỆM NGÀY THÀNH LẬP ĐẢNG CỘNG SẢN VIỆT NAM``
        return {"letterhead": 9, "attachment": 7, "body": -3}
    return None


def number_line(block: Block) -> Scores | None:
    """``Số: 12/KH-UBND``, the number blank or not."""
    if len(block.text) > PREFACE_LENGTH or ("/" not in block.text and "-" not in block.text):
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
    return not key(head[:-2]).rstrip().endswith(kind_names())


_DAY = key("ngày")


def place_and_date(block: Block) -> Scores | None:
    """``Hà Nội, ngày 09 tháng 3 năm 2022``, any of it blank."""
    if len(block.text) > PREFACE_LENGTH or _DAY not in block.folded or block.label:
        return None
    found = find_letterhead_date(block.text)
    return {"letterhead": 6, "attachment": 2, "title": -3, "signature": 1} if found else None


def agency_line(block: Block) -> Scores | None:
    """An agency in capitals: of the letterhead, or the authority that decides."""
    if not block.upper or block.label or len(block.text) > PREFACE_LENGTH:
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
    if block.folded.startswith(starts_of("about")):
        return {"title": 5, "letterhead": 1}
    if len(text) > 600 or text.endswith((";", ".", ":")):
        return {"title": -2}
    return {"title": 2}


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
        one = block.upper or not any(mark in block.text for mark in ("; ", ". "))
        if verb and not verb[1] and one and block.text[-1] not in ";.,:":
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


def issuing_clause(block: Block) -> Scores | None:
    """``UBND xã … xây dựng kế hoạch …, cụ thể như sau:``"""
    if not block.text or block.label or block.upper:
        return None
    ends = announces(block.text)
    if not ends and not is_agency(block.text):
        return None
    verb = issuing_verbs().search(block.text[:400], timeout=2.0)
    if ends and (verb or len(block.text) < 400):
        return {"issuing": 6, "body": 1, "title": -4}
    if (
        verb
        and is_agency(block.text)
        and any(
            word in key(block.text[verb.end() : verb.end() + 80])
            for word in (*issuing_objects(), *issuing_drives())
        )
    ):
        return {"issuing": 3, "body": 1, "title": -3}
    return None


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


_PURPOSIVE = (key("nhằm "), key("để "))


def purposive(block: Block) -> Scores | None:
    """``Nhằm nâng cao …, Sở Y tế ban hành …``: a sentence of the preamble, in small letters."""
    if block.label or block.upper or len(block.text) <= 60:
        return None
    if not block.text[:1].isupper() or not block.folded.startswith(_PURPOSIVE):
        return None
    return {"title": -6, "issuing": 1, "body": 1}


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
    if rest.startswith(starts_of("filed")) or rest == _FILE or _files(block):
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
    name = block.text.strip("| ")
    if ")" in name and (bare_name := _SIGNED_MARK.sub("", name, timeout=TIMEOUT)) != name:
        return {"signature": 9, "attachment": 5} if is_name(without_rank(bare_name)) else None
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
        (motto, PREFACE_LENGTH, False),
        (number_line, PREFACE_LENGTH, False),
        (place_and_date, PREFACE_LENGTH, False),
        (agency_line, PREFACE_LENGTH, False),
        (marked_word, 24, False),
        (type_line, 400, False),
        (title_line, _ANY, True),
        (addressee, _ANY, False),
        (bullet_line, _ANY, False),
        (basis, _ANY, False),
        (issuing_clause, _ANY, False),
        (heading, _ANY, True),
        (prose, _ANY, True),
        (purposive, _ANY, False),
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
