"""
How documents are named where they are cited: titles, laws, what ties one to another.

Rows of ``data/citations.toml`` and ``data/laws.csv``.
"""

from functools import cache

import regex
from pydantic import BaseModel, ConfigDict

from tdkt_parse.lexicon import read_csv, read_toml
from tdkt_parse.spelling import key
from tdkt_parse.wording.document_kinds import kind_by_spelling
from tdkt_parse.wording.phrases import Phrases, Row, by_first_word, word_at
from tdkt_parse.wording.predicates import names_field


class Lead(Row):
    """How a title begins, or what ties one document to another, and the relation it means."""

    relation: str
    words: list[str]


class Paper(Row):
    """What bears a number of its own and is no official document."""

    words: list[str]
    names: list[str]
    source: str


class Bare(Row):
    """Who gives papers numbers, and types of document of which other things have numbers too."""

    issuers: list[str]
    things: list[str]
    source: str
    negatives: list[str]


class Shortened(BaseModel):
    """What titles are abbreviated to."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    pairs: list[tuple[str, str]]
    source: str


class CitationRows(BaseModel):
    """``citations.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    short_names: list[str]
    short_names_source: str
    shortened: Shortened
    paper: Paper
    bare: Bare
    lead: list[Lead]
    link: list[Lead]


class Law(BaseModel):
    """A law, code or ordinance that is cited by its name alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: str
    title: str
    number: str
    source: str


@cache
def citation_rows() -> CitationRows:
    return read_toml("citations.toml", CitationRows)


@cache
def laws() -> tuple[Law, ...]:
    """Laws by name (``data/laws.csv``)."""
    return read_csv("laws.csv", Law)


@cache
def _law_titles() -> Phrases:
    titles = (law.title for law in laws())
    return Phrases.of((title.replace(",", mark), title) for title in titles for mark in _COMMAS)


_COMMAS = (",", "", " -")
"""A comma of a title as it is printed: left out, or a dash: ``thi đua - khen thưởng``."""


def law_title_words(text: str) -> int:
    """
    How many words at the beginning of a text are the whole title of a law; 0 if no law is known.

    >>> law_title_words("thi đua, khen thưởng, tình hình tổ chức"), law_title_words("pháp")
    (4, 0)
    >>> law_title_words("thi đua khen thưởng năm 2022"), law_title_words("thi đua - khen thưởng;")
    (4, 5)
    """
    known = _law_titles().start_of(key(" ".join(text[:200].split()[:24])))
    return len(known[0].split()) if known else 0


@cache
def leads() -> tuple[tuple[str, str], ...]:
    """Words that begin a title, folded, the longest first, with the relation they mean."""
    pairs = [(key(word), row.relation) for row in citation_rows().lead for word in row.words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _lead_words() -> dict[str, list[str]]:
    words = [word for row in citation_rows().lead for word in row.words]
    events = [word.removeprefix(EVENT) for word in words if word.startswith(EVENT)]
    return by_first_word([*words, *(EVENT + event[0].upper() + event[1:] for event in events)])


EVENT = "tổ chức "
"""Before an event, whose name may have a capital: ``tổ chức Hội nghị``."""


def lead_at(text: str, at: int) -> int | None:
    """
    Where the words that begin a title end, if they stand at a place, with one capital or none.

    >>> lead_at("Quy định chi tiết Luật Thi đua", 0)
    17
    """
    first = word_at(text, at)
    small = first[:1].lower() + first[1:]
    for wording in _lead_words().get(small, ()):
        after = at + len(wording)
        if text.startswith(wording[1:], at + 1):
            follows = text[after : after + 1]
            if not follows.isalpha() or follows.isupper():  # or a space is lost: phê duyệtChương
                return after
    return None


def lead_relation(text: str, at: int) -> str | None:
    """The relation that the words at a place mean, if a title begins with them."""
    words = key(text[at : at + 60])
    return next((relation for lead, relation in leads() if words.startswith(lead)), None)


@cache
def shortened() -> tuple[tuple[str, str], ...]:
    """Abbreviations in titles of laws, and what they stand for: ``BHXH``, ``HĐND``."""
    return tuple(citation_rows().shortened.pairs)


@cache
def _paper() -> regex.Pattern[str]:
    row = citation_rows().paper
    words, names = ("|".join(map(regex.escape, some)) for some in (row.words, row.names))
    return regex.compile(
        rf"(?i)(?<!\p{{L}})(?:{words}|(?:{names})"
        r"(?:\s(?!(?:của|tại|theo|kèm|và|với|do|trong|số)\b)\p{L}+){0,4}"
        r")(?:\s+số)?\s*:?\s*$"
    )


def names_paper(before: str) -> bool:
    """
    Whether the number behind some words is a form's, a file's or a receipt's, not a letter's.

    >>> names_paper("theo Mẫu số "), names_paper("Thực hiện số ")
    (True, False)
    """
    return _paper().search(before[-60:], timeout=TIMEOUT) is not None


@cache
def _dated_or_issued() -> regex.Pattern[str]:
    issuers = "|".join(map(regex.escape, citation_rows().bare.issuers))
    return regex.compile(
        rf"(?i),?\s(?:của\s(?:{issuers})(?!\p{{L}})|ngày\s\d{{1,2}}(?:\s?/\s?\d|\stháng\s\d))"
    )


def is_issued(text: str, at: int) -> bool:
    """
    Whether it is said of what ends at a place on which day it was issued, or by whom.

    >>> is_issued("Chỉ thị 05 của Bộ Chính trị", 10), is_issued("Chương trình số 1 của Đài", 17)
    (True, False)
    """
    return _dated_or_issued().match(text, at, at + 60) is not None


def is_thing(kind: str) -> bool:
    """Whether numbers behind a type are other things' too: *Chương trình số 1* of a broadcaster."""
    return kind in citation_rows().bare.things


TIMEOUT = 2.0
"""Seconds that a search over words of a document may take."""


@cache
def _enacting() -> Phrases:
    rows = (row for row in citation_rows().lead if row.relation in ("promulgates", "approves"))
    words = [word for row in rows for word in row.words]
    return Phrases.of((word, "") for word in (*words, "về việc", "v/v"))


def opens_title(text: str) -> bool:
    """
    Whether a line begins as only a title does.

    >>> opens_title("BAN HÀNH QUY ĐỊNH"), opens_title("GIAO THÔNG VẬN TẢI")
    (True, False)
    """
    return _enacting().start_of(key(text)) is not None


def find_lead(text: str, begin: int, end: int) -> int | None:
    """Where the words that begin a title stand in a range, in small letters, after a space."""
    at = text.find(" ", begin, end) + 1
    while 0 < at < end:
        if text[at].islower() and lead_at(text, at) is not None and not names_field(text, at):
            return at
        at = text.find(" ", at, end) + 1
    return None


@cache
def links() -> tuple[tuple[str, str], ...]:
    """Words that tie one document to another, folded, with the relation they mean."""
    return tuple((key(word), row.relation) for row in citation_rows().link for word in row.words)


@cache
def _document_names() -> Phrases:
    spellings = (*kind_by_spelling(), *citation_rows().short_names)
    return Phrases.of((spelling, "") for spelling in spellings)


def names_document(alias: str) -> bool:
    """
    Whether a short name is a document's; others are of organs and campaigns.

    >>> names_document("Chiến lược"), names_document("Ban Chỉ đạo thành phố")
    (True, False)
    """
    return _document_names().start_of(key(alias)) is not None
