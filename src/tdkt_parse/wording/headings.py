"""
What a heading says its part is for (``data/headings.toml``).
"""

from functools import cache, lru_cache

import regex
from pydantic import BaseModel, ConfigDict

from tdkt_parse.lexicon import read_toml
from tdkt_parse.models import Role
from tdkt_parse.spelling import bare, key
from tdkt_parse.wording.phrases import Phrases, Row, Starts


class Heading(Row):
    """
    Headings of one role: how a part of them begins, what may stand anywhere, and what means the
    role only where no more is said.
    """

    role: Role
    starts: list[str]
    anywhere: list[str]
    whole: tuple[str, ...] = ()


class Prefix(Row):
    """Words that may stand before the naming word of a heading."""

    words: list[str]


class ArticleText(Row):
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
    scope: list[Starts]
    prefix: list[Prefix]
    bases: list[Starts]
    powers: list[Starts]
    article: list[ArticleText]


@cache
def heading_rows() -> HeadingRows:
    return read_toml("headings.toml", HeadingRows)


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
def _heading_whole() -> dict[str, Role]:
    return {key(p): row.role for row in heading_rows().heading for p in row.whole}


@cache
def _heading_prefixes() -> Phrases:
    return Phrases.of((word, "") for row in heading_rows().prefix for word in row.words)


@cache
def _scopes() -> Phrases:
    return Phrases.of((start, "") for row in heading_rows().scope for start in row.starts)


@cache
def _powers() -> Phrases:
    return Phrases.of((start, "") for row in heading_rows().powers for start in row.starts)


_BOTH = (key("mục đích yêu cầu"), key("mục tiêu yêu cầu"))
"""Two names of a part with no sign between, whatever follows: ``Mục đích yêu cầu của Đại hội``."""


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
    parts = _PART.split(folded, timeout=2.0)
    if any(_powers().start_of(part) for part in parts[1:]):
        return "other"
    if whole := _heading_whole().get(folded):
        return whole
    for part in parts:
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
    if "content" in named:
        before = zip(roles[: roles.index("content")], parts, strict=False)
        if roles[0] != "other" or all(_scopes().start_of(part.strip()) for _, part in before):
            return "content"
    if {"purpose", "requirements"} <= set(named):
        return "purpose_requirements"
    if named == ["purpose"] and key("yêu cầu") in folded and len(folded.split()) <= 6:
        return "purpose_requirements"
    if set(named) == {"purpose"} and any(words in folded for words in _BOTH):
        return "purpose_requirements"
    if roles[0] == "requirements" or (
        "requirements" in named and "purpose" not in named and len(named) == 1
    ):
        asked = roles[0] in ("requirements", "purpose") and key("yêu cầu") in folded
        return "requirements" if asked or anywhere == "requirements" else "other"
    if anywhere and roles[0] != "content" and "solutions" not in roles[:-1]:
        return anywhere
    return roles[0]  # type: ignore[return-value]


_LONGEST_WHOLE = 48
"""Code points up to the colon of a heading that its text follows on the line."""


@lru_cache(maxsize=1024)
def is_whole_heading(heading: str) -> bool:
    """
    Whether a line is the naming words of headings and nothing more, up to a colon.

    >>> is_whole_heading("Mục đích, yêu cầu"), is_whole_heading("Yêu cầu: Tiết kiệm, an toàn.")
    (True, True)
    >>> is_whole_heading("Nội dung thi đua được in trên báo")
    False
    """
    named, colon, _ = heading[:_LONGEST_WHOLE].partition(":")
    if not colon and len(heading) > _LONGEST_WHOLE:
        return False
    parts = _PART.split(key(named).strip(" .;,/"), timeout=2.0)
    return all(_is_naming(part.strip()) for part in parts)


def _is_naming(part: str) -> bool:
    while hit := _heading_prefixes().start_of(part):
        part = part[len(hit[0]) :].strip()
    known = _heading_starts().start_of(part)
    rest = part[len(known[0]) :].strip() if known else part
    return known is not None and (not rest or _is_naming(rest))


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
