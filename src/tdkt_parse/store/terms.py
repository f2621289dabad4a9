"""
The terms that a plan is found by, the same for both databases.

A term is a word with a letter before it that says of what: ``w`` a word of the text without marks,
``x`` with its marks, ``h`` and ``k`` the same of the head (number, title, issuer), ``i`` and ``j``
of the issuer alone; ``y2024`` a year, ``q2`` a quarter, ``l`` a level, ``n`` a number cited. Two
words that follow one another are a term too (``wthi_dua``), so that words are found side by side
without places being kept. A term has letters, digits and ``_ / -`` and nothing else, so that there
is nothing in it that a database could take for a sign of its own.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

import regex

from tdkt_parse.lexicon import agencies
from tdkt_parse.models import Appendix, Plan, Section, TableRead
from tdkt_parse.register.keys import number_key
from tdkt_parse.spelling import bare, key
from tdkt_parse.store.levels import level_of

TIMEOUT = 2.0
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*")

LONGEST = 40
"""Characters of a word that count; what is longer is no word."""
MOST = 20_000
"""Terms of one part of a plan: a ``tsvector`` holds 1 MB (PostgreSQL, 12.11)."""


def words_of(text: str) -> list[str]:
    """
    The words of a text as written, in NFC: runs of letters and digits.

    >>> words_of("Kế hoạch 98/2023/NĐ-CP")
    ['Kế', 'hoạch', '98', '2023', 'NĐ', 'CP']
    """
    found: list[str] = _WORD.findall(unicodedata.normalize("NFC", text), timeout=TIMEOUT)
    return found


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """A word without marks and capitals: ``đ`` is ``d``."""
    return "".join(filter(str.isalnum, bare(word)))[:LONGEST]


@lru_cache(maxsize=65536)
def marked(word: str) -> str | None:
    """A word with its marks, wherever its tone is put; ``None`` if it has none."""
    whole = "".join(filter(str.isalnum, key(word)))[:LONGEST]
    return None if whole == folded(word) else whole


def expand(name: str) -> str:
    """
    A name of an organ with its abbreviation in words.

    >>> expand("UBND huyện Phú Bình")
    'Ủy ban nhân dân huyện Phú Bình'
    """
    return " ".join(_abbreviations().get(word.upper(), word) for word in name.split())


@cache
def _abbreviations() -> dict[str, str]:
    return {row.code: row.name for row in agencies() if row.code in ("UBND", "HĐND")}


def _of_words(words: list[str], plain: str, exact: str) -> Iterator[str]:
    """Terms of words: each, each with its marks, and each with the next."""
    before = ""
    for word in words:
        bared = folded(word)
        if not bared:
            continue
        yield plain + bared
        with_marks = marked(word)
        if with_marks:
            yield exact + with_marks
        if before:
            yield f"{plain}{before}_{bared}"
        before = bared


def near(words: list[str], letter: str) -> list[str]:
    """Terms of a query that are found where its words follow one another."""
    bared = [one for one in map(folded, words) if one]
    if len(bared) < 2:
        return [letter + one for one in bared]
    return [f"{letter}{a}_{b}" for a, b in pairwise(bared)]


def scattered(words: list[str], letter: str) -> list[str]:
    """Terms of a query that are found wherever its words stand."""
    return [letter + one for one in map(folded, words) if one]


def exactly(words: list[str], letter: str) -> list[str]:
    """Terms of those words of a query that were typed with marks."""
    return [letter + one for one in map(marked, words) if one]


def number_term(number: str) -> str | None:
    """
    The term of a number that is cited.

    >>> number_term("98/2023/NĐ - CP"), number_term("...")
    ('n98/2023/nd-cp', None)
    """
    clean = "".join(c for c in number_key(number) if c.isalnum() or c in "/-_")[:LONGEST]
    return f"n{clean}" if any(map(str.isalnum, clean)) else None


# -- of a plan


def terms_of(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    """
    The text of a plan in parts, each with its terms in order; one part, unless it is very long.

    What is asked of the whole plan (its head, years, numbers cited) is in each of them.
    """
    facets = {*_facets(plan), *_head(plan)}
    lines: list[str] = []
    terms: set[str] = set()
    before: list[str] = []
    for line in lines_of(plan):
        words = words_of(line)
        # The last word of a line and the first of the next follow one another.
        found = set(_of_words(before + words, "w", "x"))
        if terms and len(terms) + len(found - terms) > MOST:
            yield "\n".join(lines), sorted(terms | facets)
            lines, terms = [], set()
        while len(found) > MOST:
            some = set(sorted(found)[:MOST])
            yield line, sorted(some | facets)
            found -= some
        lines.append(line)
        terms |= found
        before = words[-1:]
    yield "\n".join(lines), sorted(terms | facets)


def _head(plan: Plan) -> Iterator[str]:
    issuer = expand(plan.issuer.name) if plan.issuer else ""
    parent = expand(plan.issuer.parent or "") if plan.issuer else ""
    number = plan.number.canonical if plan.number else None
    for text in (number, plan.kind, plan.title and plan.title.text, issuer, parent):
        yield from _of_words(words_of(text or ""), "h", "k")
    for text in (issuer, parent):
        yield from _of_words(words_of(text), "i", "j")


def _facets(plan: Plan) -> Iterator[str]:
    for year in plan.years or ([plan.date.year] if plan.date and plan.date.year else []):
        yield f"y{year}"
    for task in plan.tasks:
        yield from (f"q{quarter}" for quarter in task.quarters)
    level = level_of(plan.issuer.name) if plan.issuer else None
    if level:
        yield f"l{level}"
    for cited in plan.citations:
        known = (cited.resolved and cited.resolved.id, cited.number and cited.number.canonical)
        yield from filter(None, (number_term(one) for one in known if one))


def lines_of(plan: Plan) -> Iterator[str]:
    """What a plan says, paragraph by paragraph, each once and in order; its head first."""
    seen: set[str] = set()
    for text in _texts(plan):
        line = unicodedata.normalize("NFC", " ".join(text.replace("\0", " ").split()))
        if line and line not in seen:
            seen.add(line)
            yield line


def _texts(plan: Plan) -> Iterator[str]:
    if plan.number and plan.number.canonical:
        yield plan.number.canonical
    if plan.issuer:
        yield from (expand(plan.issuer.parent or ""), expand(plan.issuer.name))
    for one in (*([plan.title] if plan.title else []), *plan.addressees):
        yield one.text
    for basis in plan.legal_bases:
        yield basis.text
    for paragraph in plan.body:
        yield paragraph.text
    yield from _of_sections(plan.sections)
    # In a plan written by hand these may stand alone.
    for text in (*plan.purpose, *plan.requirements, *plan.budget):
        yield text.text
    for item in plan.implementation:
        yield item.text
    for task in plan.tasks:
        yield from (task.content, *task.lead, *task.support)
    for appendix in plan.appendices:
        yield from _of_appendix(appendix)
    for note in plan.footnotes:
        yield note.text
    for recipient in plan.recipients:
        yield recipient.text
    if plan.signature:
        for signer in (plan.signature, *plan.signature.also_signed):
            yield from (signer.on_behalf_of or "", signer.role or "", signer.signer or "")


def _of_sections(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.heading or ""
        yield from (paragraph.text for paragraph in section.paragraphs)
        for table in section.tables:
            yield from _of_table(table)
        yield from _of_sections(section.children)


def _of_table(table: TableRead) -> Iterator[str]:
    for row in table.rows:
        yield from row


def _of_appendix(appendix: Appendix) -> Iterator[str]:
    yield from (appendix.label or "", appendix.title or "")
    yield from (paragraph.text for paragraph in appendix.paragraphs)
    yield from _of_sections(appendix.sections)
    for table in appendix.tables:
        yield from _of_table(table)
