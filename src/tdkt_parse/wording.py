"""
How the parts of a plan are worded: headings, columns, opening verbs, offices, units.

Rows of ``data/headings.toml``, ``columns.toml``, ``openers.toml``, ``offices.toml`` and
``units.toml`` as typed values, with the look-ups by which the rules of segmentation know them.
Each row has examples; ``tests/test_wording.py`` proves that rows and examples match each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

import regex
from pydantic import BaseModel, ConfigDict

from tdkt_parse.lexicon import agencies, read_csv, read_toml
from tdkt_parse.models import Role
from tdkt_parse.spelling import bare, key


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    examples: list[str]
    negatives: list[str] = []


class Heading(_Row):
    """Headings of one role: how a part of them begins, and what may stand anywhere."""

    role: Role
    starts: list[str]
    anywhere: list[str]


class Prefix(_Row):
    """Words that may stand before the naming word of a heading."""

    words: list[str]


class Starts(_Row):
    """Wordings known by how they begin."""

    starts: list[str]


class Words(_Row):
    """Wordings that stand for themselves."""

    words: list[str]


class Column(_Row):
    """Headers of one kind of column."""

    kind: str
    starts: list[str]


class Basis(_Row):
    """A verb that opens a legal basis; not firm: a document must follow."""

    verb: str
    firm: bool
    printed: int | None = None


class Issuing(_Row):
    """Verbs of the issuing clause, and what they act on."""

    verbs: list[str]
    objects: list[str]


class Capacity(_Row):
    """A prefix of a signature: TM., KT. …"""

    code: str
    spellings: list[str]
    meaning: str


class ArticleText(_Row):
    """
    What tells the text of an article (``negatives``) from its title (``examples``), where a colon
    ends the line.
    """

    starts: list[str]
    ends: list[str]
    within: list[str]


class HeadingRows(BaseModel):
    """``headings.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    heading: list[Heading]
    prefix: list[Prefix]
    bases: list[Starts]
    article: list[ArticleText]


class ColumnRows(BaseModel):
    """``columns.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    column: list[Column]


class OpenerRows(BaseModel):
    """``openers.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    basis: list[Basis]
    issuing: list[Issuing]
    closing: list[Starts]
    recipients: list[Starts]
    addressees: list[Starts]
    appendix: list[Starts]
    example: list[Starts]
    secrecy: list[Words]
    urgency: list[Words]
    draft: list[Words]


class OfficeRows(BaseModel):
    """``offices.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    capacity: list[Capacity]
    office: list[Starts]
    signed: list[Words]
    rank: list[Words]


class UnitRows(BaseModel):
    """``units.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    letterhead: list[Starts]
    superior_place: list[Starts]
    actor: list[Starts]
    predicate: list[Words]
    named_by_work: list[Words]
    noun: list[Words]
    field: list[Words]
    lead_in: list[Words]
    duty_heading: list[Words]
    not_actor: list[Words]
    not_agency: list[Starts]
    unfinished: list[Words]
    second_part: list[Words]
    named_after_work: list[Starts]


_MARKS = (",", ";", ":", ".", "/")


@dataclass(frozen=True, slots=True)
class Phrases:
    """A set of phrases under their keys, found by how a text begins; the longest wins."""

    by_word: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    initials: frozenset[str] = frozenset()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Phrases":
        by_word: dict[str, list[tuple[str, str]]] = {}
        for phrase, value in pairs:
            folded = key(phrase)
            by_word.setdefault(folded.split()[0], []).append((folded, value))
        for found in by_word.values():
            found.sort(key=lambda pair: -len(pair[0]))
        return cls(by_word, frozenset(word[0] for word in by_word))

    def start_of(self, folded: str) -> tuple[str, str] | None:
        """The longest phrase that the folded text begins with, as (phrase, value)."""
        if folded[:1] not in self.initials:
            return None
        first = folded.partition(" ")[0]
        pairs = self.by_word.get(first)
        if pairs is None and first.endswith(_MARKS):
            pairs = self.by_word.get(first.rstrip(",;:./"))
        for pair in pairs or ():
            if folded.startswith(pair[0]) and not folded[len(pair[0]) : len(pair[0]) + 1].isalnum():
                return pair
        return None


@cache
def heading_rows() -> HeadingRows:
    return read_toml("headings.toml", HeadingRows)


@cache
def opener_rows() -> OpenerRows:
    return read_toml("openers.toml", OpenerRows)


@cache
def office_rows() -> OfficeRows:
    return read_toml("offices.toml", OfficeRows)


@cache
def unit_rows() -> UnitRows:
    return read_toml("units.toml", UnitRows)


# ---------------------------------------------------------------- headings

_BARE_PART = regex.compile(r"\s*[,;/]\s*|\s+-\s*|\s*-\s+|(?<=\w)-(?=\w)|\s+va\s+|\s*&\s*")
LONGEST_KNOWN = 12
"""Words of a heading in which a phrase anywhere still names what it is for."""

_PART = regex.compile(
    r"\s*[,;–—/]\s*|\s+-\s*|\s*-\s+|(?<=\w)-(?=\w)|\s+" + key("và") + r"\s+|\s*&\s*"
)


@cache
def _heading_starts() -> Phrases:
    return Phrases.of((start, row.role) for row in heading_rows().heading for start in row.starts)


@cache
def _bare_starts() -> Phrases:
    """The same without any mark, for capitals that OCR marked wrongly: ``YÊU CÀU``."""
    return Phrases.of((bare(s), row.role) for row in heading_rows().heading for s in row.starts)


@cache
def _heading_anywhere() -> tuple[tuple[str, Role], ...]:
    return tuple((key(p), row.role) for row in heading_rows().heading for p in row.anywhere)


@cache
def _heading_prefixes() -> Phrases:
    return Phrases.of((word, "") for row in heading_rows().prefix for word in row.words)


@lru_cache(maxsize=4096)
def role_of_heading(heading: str) -> Role:
    """
    What a heading says its part is for, its label already removed; ``"other"`` if it is unknown.

    >>> role_of_heading("MỤC ĐÍCH, YÊU CẦU"), role_of_heading("MỤC TIÊU, NHIỆM VỤ")
    ('purpose_requirements', 'content')
    >>> role_of_heading("Hình thức tuyên truyền")
    'other'
    """
    folded = key(heading).strip(" .:;,/")
    roles: list[str] = []
    for part in _PART.split(folded, timeout=2.0):
        shorter = part.strip()
        while hit := _heading_prefixes().start_of(shorter):
            shorter = shorter[len(hit[0]) :].strip()
        known = _heading_starts().start_of(shorter)
        roles.append(known[1] if known else "other")
    if heading.isupper() and "other" in roles:
        damaged = [
            _bare_starts().start_of(part.strip())
            for part in _BARE_PART.split(bare(heading), timeout=2.0)
        ]
        if len(damaged) == len(roles):
            roles = [
                known[1] if role == "other" and known else role
                for role, known in zip(roles, damaged, strict=True)
            ]
    named = [role for role in roles if role != "other"]
    anywhere = None
    if len(folded.split()) <= LONGEST_KNOWN:
        anywhere = next((role for phrase, role in _heading_anywhere() if phrase in folded), None)
    if not named:
        return anywhere or "other"
    if "content" in named and roles[0] != "other":
        return "content"
    if {"purpose", "requirements"} <= set(named):
        return "purpose_requirements"
    if named == ["purpose"] and key("yêu cầu") in folded and len(folded.split()) <= 6:
        return "purpose_requirements"
    if roles[0] == "requirements" or (
        "requirements" in named and "purpose" not in named and len(named) == 1
    ):
        asked = roles[0] in ("requirements", "purpose") and key("yêu cầu") in folded
        return "requirements" if asked or anywhere == "requirements" else "other"
    if anywhere and roles[0] != "content" and "solutions" not in roles[:-1]:
        return anywhere
    return roles[0]  # type: ignore[return-value]


@cache
def _bases_starts() -> Phrases:
    return Phrases.of((start, "") for row in heading_rows().bases for start in row.starts)


@lru_cache(maxsize=1024)
def is_bases_heading(heading: str) -> bool:
    """Whether a heading says that legal bases are listed under it."""
    folded = key(heading).strip(" .:;")
    known = _bases_starts().start_of(folded)
    return known is not None and (" " in known[0][len(key("căn cứ")) :] or known[0] == folded)


@cache
def _article_texts() -> tuple[Phrases, tuple[str, ...], tuple[str, ...]]:
    rows = heading_rows().article
    return (
        Phrases.of((start, "") for row in rows for start in row.starts),
        tuple(f" {key(end)}" for row in rows for end in row.ends),
        tuple(f" {key(word)} " for row in rows for word in row.within),
    )


def is_article_title(text: str) -> bool:
    """
    Whether what ends in a colon after ``Điều 4.`` is the article's title, and no text of it.

    >>> is_article_title("Kiểm hoá, tính thuế và thời hạn nộp thuế:")
    True
    >>> is_article_title("Thuế suất thuế nhập khẩu được quy định như sau:")
    False
    """
    starts, ends, within = _article_texts()
    folded = key(text).rstrip(" :")
    return not (
        starts.start_of(folded)
        or f" {folded}".endswith(ends)
        or any(word in f" {folded} " for word in within)
    )


# ---------------------------------------------------------------- columns


@cache
def _columns() -> Phrases:
    rows = read_toml("columns.toml", ColumnRows).column
    return Phrases.of((start, row.kind) for row in rows for start in row.starts)


def kind_of_column(header: str) -> str | None:
    """
    What a column of that header holds; ``None`` if the header is unknown.

    >>> kind_of_column("Nội dung nhiệm vụ chủ yếu"), kind_of_column("Phối hợp thực hiện")
    ('content', 'support')
    """
    known = _columns().start_of(key(header).strip(" .:;,/()"))
    return known[1] if known else None


@cache
def _misread_columns() -> dict[str, str]:
    """Kinds of columns by the letters of what heads them; none that two kinds share."""
    rows = read_toml("columns.toml", ColumnRows).column
    found: dict[str, set[str]] = {}
    for row in rows:
        for start in row.starts:
            found.setdefault(_letters(start), set()).add(row.kind)
    return {
        name: kinds.pop()
        for name, kinds in found.items()
        if len(kinds) == 1 and len(name) >= SHORTEST_MISREAD
    }


SHORTEST_MISREAD = 6
"""Letters of the name of a column that is known though it was misread."""


def _letters(text: str) -> str:
    """Small letters without marks or spaces."""
    return "".join(filter(str.isalnum, bare(text)))


def kind_of_misread_column(header: str) -> str | None:
    """
    What a column holds whose header is unknown as printed, but not by its letters: their marks were
    lost or the space between them.

    >>> kind_of_misread_column("Thờihạn"), kind_of_misread_column("Thời giàn thực hiện")
    ('time', 'time')
    """
    known = _misread_columns()
    words = header.split()
    for count in range(len(words), 0, -1):
        kind = known.get(_letters(" ".join(words[:count])))
        if kind:
            return kind
    return None


# ---------------------------------------------------------------- openers


@cache
def _basis_verbs() -> Phrases:
    return Phrases.of((row.verb, "firm" if row.firm else "") for row in opener_rows().basis)


def basis_verb(folded: str) -> tuple[str, bool] | None:
    """The verb that opens a legal basis, folded, and whether it alone is enough."""
    known = _basis_verbs().start_of(folded)
    return (known[0], bool(known[1])) if known else None


@cache
def opener(kind: str) -> Phrases:
    """Wordings that begin a part: closing, recipients, addressees, appendix or example."""
    rows: list[Starts] = getattr(opener_rows(), kind)
    return Phrases.of((start, kind) for row in rows for start in row.starts)


@cache
def marked_words(kind: str) -> frozenset[str]:
    """Words that stand alone on a line: secrecy, urgency or draft."""
    rows: list[Words] = getattr(opener_rows(), kind)
    return frozenset(key(word) for row in rows for word in row.words)


@cache
def issuing_verbs() -> regex.Pattern[str]:
    """The verbs of the issuing clause, as whole words in small letters."""
    verbs = [verb for row in opener_rows().issuing for verb in row.verbs]
    return regex.compile(
        r"(?<=\s)(?:" + "|".join(sorted(verbs, key=len, reverse=True)) + r")(?=\s)"
    )


@cache
def issuing_objects() -> tuple[str, ...]:
    """What the verbs of the issuing clause act on, folded."""
    return tuple(key(word) for row in opener_rows().issuing for word in row.objects)


# ---------------------------------------------------------------- offices


@cache
def capacity_pattern() -> regex.Pattern[str]:
    """A signature's prefix at the beginning of a line, in all its spellings."""
    spellings = [s for row in office_rows().capacity for s in row.spellings]
    choice = "|".join(regex.escape(s) for s in sorted(spellings, key=len, reverse=True))
    return regex.compile(rf"(?P<code>{choice})(?:\s?[.,/]\s?|\s+)(?=\p{{Lu}})")


@cache
def capacity_initials() -> frozenset[str]:
    """The first letters of a signature's prefix in all its spellings."""
    return frozenset(s[0] for row in office_rows().capacity for s in row.spellings)


@cache
def capacity_codes() -> dict[str, str]:
    """Each spelling of a signature's prefix and its code."""
    return {s: row.code for row in office_rows().capacity for s in row.spellings}


@cache
def _offices() -> Phrases:
    return Phrases.of((start, "") for row in office_rows().office for start in row.starts)


@cache
def _bare_offices() -> Phrases:
    """The same without marks, for what OCR marked wrongly: ``CHỦ TICH``; of two words at least."""
    starts = [bare(start) for row in office_rows().office for start in row.starts]
    return Phrases.of((start, "") for start in starts if " " in start)


_BEFORE_OFFICE = (key("quyền") + " ", "q. ", "p. ", "p.")
_DEPUTY = key("phó") + " "


def is_office(text: str) -> bool:
    """
    Whether a text in capitals begins with the name of an office.

    >>> is_office("PHÓ CHỦ TỊCH THƯỜNG TRỰC"), is_office("ỦY BAN NHÂN DÂN")
    (True, False)
    """
    folded = key(text)
    for word in _BEFORE_OFFICE:
        folded = folded.removeprefix(word)
    if _offices().start_of(folded):
        return True
    if text.isupper() and _bare_offices().start_of(bare(text)):
        return True
    return folded.startswith(_DEPUTY) and _offices().start_of(folded.split(" ", 1)[1]) is not None


@cache
def signed_words() -> frozenset[str]:
    """What stands where a hand signature was."""
    return frozenset(key(word) for row in office_rows().signed for word in row.words)


@cache
def ranks() -> Phrases:
    """Ranks and titles before a name."""
    return Phrases.of((word, "") for row in office_rows().rank for word in row.words)


@cache
def _titles() -> frozenset[str]:
    """Titles of one word, of which several may be put together with full stops."""
    words = (key(word) for row in office_rows().rank for word in row.words)
    return frozenset(word for word in words if word.isalnum())


def without_rank(text: str) -> str:
    """
    A name without the ranks and titles before it.

    >>> without_rank("Đại tá Bùi Văn An"), without_rank("TTƯT.BSCKII. Bùi Văn An")
    ('Bùi Văn An', 'Bùi Văn An')
    """
    while text:
        known = ranks().start_of(key(text))
        first, _, rest = text.partition(" ")
        parts = first.split(".")
        named = (n for n, part in enumerate(parts) if key(part) not in _titles())
        titles = next(named, len(parts))
        if known:
            text = " ".join(text.split()[len(known[0].split()) :]).lstrip(". ")
        elif titles:
            text = f"{'.'.join(parts[titles:])} {rest}".lstrip(". ")
        else:
            break
    return text


# ---------------------------------------------------------------- units


@cache
def _letterhead_units() -> Phrases:
    return Phrases.of((start, "") for row in unit_rows().letterhead for start in row.starts)


@cache
def _not_actors() -> Phrases:
    return Phrases.of((word, "") for row in unit_rows().not_actor for word in row.words)


@cache
def _actor_units() -> Phrases:
    rows = [*unit_rows().letterhead, *unit_rows().actor]
    return Phrases.of((start, "") for row in rows for start in row.starts)


def is_agency(text: str) -> bool:
    """Whether a text begins as the name of an agency does."""
    folded = key(text)
    return (
        _letterhead_units().start_of(folded) is not None
        and _not_agencies().start_of(folded) is None
    )


@cache
def _not_agencies() -> Phrases:
    return Phrases.of((start, "") for row in unit_rows().not_agency for start in row.starts)


@cache
def _superior_places() -> Phrases:
    return Phrases.of((start, "") for row in unit_rows().superior_place for start in row.starts)


def is_superior_place(text: str) -> bool:
    """Whether a line names the place whose authority an agency stands under, and no agency."""
    return _superior_places().start_of(key(text)) is not None and not is_agency(text)


@cache
def _named_after_work() -> Phrases:
    rows = unit_rows().named_after_work
    return Phrases.of((start, "") for row in rows for start in row.starts)


def is_named_after_work(text: str) -> bool:
    """Whether an agency's name tells its work, verbs and all (``Ban Chỉ đạo xây dựng …``)."""
    return _named_after_work().start_of(key(text)) is not None


@cache
def _unfinished_words() -> frozenset[str]:
    return frozenset(key(word) for row in unit_rows().unfinished for word in row.words)


def is_unfinished(text: str) -> bool:
    """
    Whether a line cannot end a name or a title: after a comma, a dash, or a word like *và*.

    >>> is_unfinished("QUY CHẾ LÀM VIỆC CỦA"), is_unfinished("GIAI ĐOẠN 2021 - 2025")
    (True, False)
    """
    last = key(text).split()[-1:]
    return text.endswith((",", "-", "–")) or bool(last and last[0] in _unfinished_words())


@cache
def hyphened_names() -> tuple[tuple[str, str], ...]:
    """The two words on each side of the dash in agencies' names, folded."""
    names = {part.split(" (")[0] for row in agencies() for part in [row.name] if " - " in part}
    halves = (name.split(" - ", 1) for name in names)
    pairs = {(key(" ".join(a.split()[-2:])), key(" ".join(b.split()[:2]))) for a, b in halves}
    return tuple(sorted(pairs))


def is_actor(text: str) -> bool:
    """Whether a text begins as the name of one who acts does: agency, unit, office, person."""
    folded = key(text)
    return _actor_units().start_of(folded) is not None and _not_actors().start_of(folded) is None


@cache
def _second_parts() -> frozenset[str]:
    return frozenset(key(word) for row in unit_rows().second_part for word in row.words)


def is_second_part(text: str) -> bool:
    """
    Whether a text is what stands behind the dash in the name of a unit: a field of work.

    >>> is_second_part("Kế hoạch huyện"), is_second_part("Phụ nữ")
    (True, False)
    """
    words = text.split()
    return any(key(" ".join(words[:count])) in _second_parts() for count in (1, 2))


@cache
def _predicate_words() -> dict[str, list[str]]:
    words = [word for row in unit_rows().predicate for word in row.words]
    # The mark of "oa" stands on either vowel, as schools or the press have it.
    return _by_first_word({*words, *(word.replace("óa", "oá") for word in words)})


def _by_first_word(words: Iterable[str]) -> dict[str, list[str]]:
    """Wordings by their first word, the longest first: quicker to make than a pattern."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        found.setdefault(word.split()[0], []).append(word)
    return found


_NO_PREDICATE_AFTER = ("các ", "những ", "mỗi ", "của ", "cho ", "công tác ", "và ")


@cache
def _named_by_work() -> tuple[frozenset[str], tuple[str, ...]]:
    """Names of units, and what stands within such names."""
    words = [word for row in unit_rows().named_by_work for word in row.words]
    whole = frozenset(word for word in words if is_actor(word))
    return whole, tuple(word for word in words if word not in whole)


def find_predicate(text: str, begin: int = 0, end: int | None = None) -> int | None:
    """
    Where what someone does begins: the first of the wordings in small letters, as whole words.

    >>> text = "Phòng Nội vụ tham mưu UBND huyện"
    >>> text[find_predicate(text):]
    'tham mưu UBND huyện'
    >>> find_predicate("Phòng Kế hoạch tổng hợp") is None
    True
    """
    end = len(text) if end is None else min(end, len(text))
    at = begin
    while 0 <= at < end:
        if text[at].islower() and (not at or text[at - 1] in " ,)\n"):
            for wording in _predicate_words().get(_word_at(text, at), ()):
                after = at + len(wording)
                if after > end or not text.startswith(wording, at):
                    continue
                if text[after : after + 1] not in " ,:;.\n":
                    continue
                before = text[begin:after].casefold()
                if not at or before[: at - begin].endswith(_NO_PREDICATE_AFTER):
                    continue
                if _begins_before(text, at, wording):
                    continue
                if text.endswith(", ", 0, at) and _is_noun(text, at):
                    break
                if _names_field(text, at):
                    break
                whole, within = _named_by_work()
                if _last_of(before) not in whole and not before.endswith(within):
                    return at
                break
        at = text.find(" ", at, end) + 1 or end
    return None


@cache
def _nouns() -> tuple[str, ...]:
    return tuple(word for row in unit_rows().noun for word in row.words)


def _is_noun(text: str, at: int) -> bool:
    """Whether a noun stands at a place that begins as a predicate does: ``tổ chức, cá nhân``."""
    return any(
        text.startswith(noun, at) and not text[at + len(noun) : at + len(noun) + 1].isalpha()
        for noun in _nouns()
    )


@cache
def _fields() -> tuple[str, ...]:
    return tuple(word for row in unit_rows().field for word in row.words)


_REPORTS = (" báo", " tin", " qua")
"""What makes the second word of a field a verb's own: ``giao thông báo``."""


def _names_field(text: str, at: int) -> bool:
    """Whether a field of work stands at a place: ``Ban An toàn giao thông``, no giving."""
    return any(
        text.startswith(field, at)
        and not text[at + len(field) : at + len(field) + 1].isalpha()
        and not text.startswith(_REPORTS, at + len(field))
        for field in _fields()
    )


def _last_of(names: str) -> str:
    """The last name of a list of them, without the word for several."""
    for joint in ("; ", ", ", " và ", " - ", " – "):
        names = names.rsplit(joint, 1)[-1]
    return names.strip().removeprefix("các ")


def _begins_before(text: str, at: int, wording: str) -> bool:
    """Whether the word before makes it the end of a name: ``Văn phòng Đăng ký đất đai``."""
    last = text[:at].rsplit(maxsplit=1)[-1:]
    if not last or not last[0][:1].isupper():
        return False
    first = last[0].lower()
    return f"{first} {wording}" in _predicate_words().get(first, ())


LONGEST_WORD = 12
"""Letters after which no space is looked for; the longest of Vietnamese words has seven."""


def _word_at(text: str, at: int) -> str:
    space = text.find(" ", at, at + LONGEST_WORD)
    if space > at and text[at:space].isalpha():
        return text[at:space]
    stop = at
    while stop < len(text) and text[stop].isalpha():
        stop += 1
    return text[at:stop]


@cache
def lead_ins() -> regex.Pattern[str]:
    """What stands before the name of one who is told to act."""
    words = [word for row in unit_rows().lead_in for word in row.words]
    choice = "|".join(sorted(words, key=len, reverse=True))
    return regex.compile(rf"(?i:{choice})\s+")


@cache
def duty_headings() -> regex.Pattern[str]:
    """What stands before the name of one in a heading over what that one is to do."""
    rows = unit_rows()
    words = [word for row in (*rows.lead_in, *rows.duty_heading) for word in row.words]
    choice = "|".join(sorted(words, key=len, reverse=True))
    return regex.compile(rf"(?i:{choice})\s+")


# ---------------------------------------------------------------- fixed words

MOTTO = ("congho", "xahoichunghiavietnam", "doclaptudohanhphuc", "dangcongsanvietnam")
"""Quốc hiệu, tiêu ngữ, the Party's line, without marks and spaces (NĐ 30, Phụ lục I.II.1)."""


def squeezed(text: str) -> str:
    """Letters alone, without marks, for what OCR or a narrow column broke up."""
    return "".join(filter(str.isalpha, bare(text)))


# ---------------------------------------------------------------- kinds of document


class Kind(_Row):
    """A type of document: how it is written, and where it can stand."""

    name: str
    spellings: list[str]
    title: bool
    cited: bool
    unnumbered: bool = False
    rank: int | None = None
    """In the order of legal force, 1 the highest."""


class KindRows(BaseModel):
    """``kinds.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: list[Kind]


@cache
def kinds() -> tuple[Kind, ...]:
    """Types of document."""
    return tuple(read_toml("kinds.toml", KindRows).kind)


@cache
def named_by_title() -> frozenset[str]:
    """Types of document that are cited by their title, without number: laws, codes, ordinances."""
    return frozenset(row.name for row in kinds() if row.unnumbered and row.rank is not None)


@cache
def _ranks() -> dict[str, int]:
    return {row.name: row.rank for row in kinds() if row.rank is not None}


def rank_of(kind: str) -> int | None:
    """The legal force of a type of document, 1 the highest; ``None`` where it is not known."""
    return _ranks().get(kind)


def outranks(kind: str, other: str) -> bool:
    """
    Whether a type of document is of higher legal force than another; False where it is not known.

    >>> outranks("Nghị định", "Thông tư"), outranks("Quyết định", "Kế hoạch")
    (True, False)
    """
    known = _ranks()
    return kind in known and other in known and known[kind] < known[other]


@cache
def _type_lines() -> dict[str, str]:
    return {bare(s): row.name for row in kinds() if row.title for s in row.spellings}


@cache
def _longest_type() -> int:
    return max(len(line.split()) for line in _type_lines())


@cache
def _spaced_types() -> dict[str, str]:
    """The letters of each type line run together, for capitals set apart: ``K Ế H O Ạ C H``."""
    return {squeezed(line): line for line in _type_lines()}


def type_of_line(text: str) -> tuple[str, int] | None:
    """
    The type of document that a line in capitals begins with, and how many words name it.

    Marks are not looked at, for OCR reads ``KÉ HOẠCH``.

    >>> type_of_line("KÉ HOẠCH"), type_of_line("KẾ HOẠCH PHÁT ĐỘNG THI ĐUA")
    (('Kế hoạch', 2), ('Kế hoạch', 2))
    """
    words = text.split()
    if len(words) > 3 and all(len(word) == 1 for word in words):
        name = _type_lines().get(_spaced_types().get(squeezed(text), ""))
        return (name, len(words)) if name else None
    for count in range(min(_longest_type(), len(words)), 0, -1):
        head = " ".join(words[:count])
        name = _type_lines().get(bare(head).strip(" .:"))
        if name and head.isupper():
            return name, count
    return None


# ---------------------------------------------------------------- citations


class Lead(_Row):
    """How a title begins, or what ties one document to another, and the relation it means."""

    relation: str
    words: list[str]


class CitationRows(BaseModel):
    """``citations.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    short_names: list[str]
    short_names_source: str
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
    return Phrases.of((law.title, law.title) for law in laws())


def law_title_words(text: str) -> int:
    """
    How many words at the beginning of a text are the whole title of a law; 0 if no law is known.

    >>> law_title_words("thi đua, khen thưởng, tình hình tổ chức"), law_title_words("pháp")
    (4, 0)
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
    return _by_first_word(word for row in citation_rows().lead for word in row.words)


def lead_at(text: str, at: int) -> int | None:
    """
    Where the words that begin a title end, if they stand at a place, with one capital or none.

    >>> lead_at("Quy định chi tiết Luật Thi đua", 0)
    17
    """
    first = _word_at(text, at)
    small = first[:1].lower() + first[1:]
    for wording in _lead_words().get(small, ()):
        after = at + len(wording)
        if text.startswith(wording[1:], at + 1) and not text[after : after + 1].isalpha():
            return after
    return None


def lead_relation(text: str, at: int) -> str | None:
    """The relation that the words at a place mean, if a title begins with them."""
    words = key(text[at : at + 60])
    return next((relation for lead, relation in leads() if words.startswith(lead)), None)


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
        if text[at].islower() and lead_at(text, at) is not None and not _names_field(text, at):
            return at
        at = text.find(" ", at, end) + 1
    return None


@cache
def links() -> tuple[tuple[str, str], ...]:
    """Words that tie one document to another, folded, with the relation they mean."""
    return tuple((key(word), row.relation) for row in citation_rows().link for word in row.words)


@cache
def kind_by_spelling() -> dict[str, str]:
    """Each spelling of a type of document in small letters, and the type's name."""
    return {s.lower(): row.name for row in kinds() if row.cited for s in row.spellings}


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
