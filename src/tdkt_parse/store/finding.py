"""
Search: the plans with all the words asked for, the best matches first.

What is typed is words, never signs of a query: quotes, ``*``, ``NEAR``, ``-`` part words and mean
nothing. A word typed with its marks is looked for with them first, then without; one typed without
finds all. Plans with the words side by side come first, of these the ones that have them in the
head (number, title, issuer), and the newer before the older.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Literal

import regex
from sqlalchemy import Connection, TextClause, select, text

from tdkt_parse.exceptions import UsageError
from tdkt_parse.spelling import any_marks, bare
from tdkt_parse.store.database import Store
from tdkt_parse.store.levels import LEVELS
from tdkt_parse.store.tables import FILES, PLANS, SEARCH_TEXTS
from tdkt_parse.store.terms import (
    TIMEOUT,
    exactly,
    expand,
    folded,
    marked,
    near,
    number_term,
    scattered,
    words_of,
)

Closeness = Literal["exact", "folded"]

MOST_WORDS = 32
FURTHEST = 10_000
"""Hits that can be leafed through."""
WINDOW = 160
"""Characters of a snippet."""


@dataclass(frozen=True, slots=True)
class Query:
    """
    What is asked for; what is ``None`` does not matter.

    ``words`` as typed; ``year`` planned; ``issuer`` words of the issuing body's name or of the one
    above it; ``cites`` the number of a document cited; ``quarter`` one with a task; ``level`` of
    the issuing body. Hits ``offset`` to ``offset + limit``, counted from 0.
    """

    words: str = ""
    year: int | None = None
    issuer: str | None = None
    cites: str | None = None
    quarter: int | None = None
    level: str | None = None
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """
    A plan that was found.

    ``closeness``: with the marks as typed, or without. ``snippet`` is a piece of its text, and
    ``marks`` the ranges of characters in it that match.
    """

    sha256: str
    kind: str | None
    number: str | None
    title: str | None
    issuer: str | None
    date: str | None
    paths: tuple[str, ...]
    closeness: Closeness
    snippet: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some hits, and whether there are more behind them."""

    hits: tuple[Hit, ...]
    more: bool


def search(store: Store, query: Query) -> Page:
    """
    The plans asked for, the best first.

    Raises UsageError for a filter that can mean nothing, StorageError where the database cannot be
    read.
    """
    if query.limit < 1 or query.offset < 0 or query.offset + query.limit > FURTHEST:
        raise UsageError(f"At most {FURTHEST} hits can be leafed through.", hint="Ask narrower.")
    tiers = list(tiers_of(query))

    def work(connection: Connection) -> Page:
        found = _find(connection, tiers, query.offset + query.limit + 1)
        some = found[query.offset : query.offset + query.limit]
        words = words_of(query.words)[:MOST_WORDS]
        hits = _hits(connection, some, words)
        return Page(tuple(hits), len(found) > query.offset + query.limit)

    return store.read(work)


def every_content(store: Store, query: Query) -> list[str]:
    """
    The contents of all plans asked for, however many, in the order of their keys.

    ``limit`` and ``offset`` do not count. Raises as :func:`search`.
    """
    tiers = list(tiers_of(query))

    def work(connection: Connection) -> list[str]:
        with _looking(connection) as look:
            return sorted({sha256 for _, terms in tiers for _, sha256 in look(terms, _NO_LIMIT)})

    return store.read(work)


_NO_LIMIT = (1 << 31) - 1


Found = tuple[int, str, Closeness]
"""Place in the index, content, closeness."""


def best_of(connection: Connection, words: str, most: int) -> list[Found]:
    """The best so many of the plans with all the words, each once."""
    return _find(connection, list(tiers_of(Query(words))), most)


def hits_of(connection: Connection, found: Sequence[Found], words: str) -> list[Hit]:
    """What is shown of some that were found."""
    return _hits(connection, found, words_of(words)[:MOST_WORDS])


def tiers_of(query: Query) -> Iterator[tuple[Closeness, list[str]]]:
    """
    What is looked for, the best first: each tier the terms that a plan must have.

    >>> [terms for _, terms in tiers_of(Query('"thi* đua"'))][:2]
    [['kđua', 'hthi_dua'], ['xđua', 'wthi_dua']]
    """
    facets = _facets(query)
    words = [word for word in words_of(query.words)[:MOST_WORDS] if folded(word)]
    if query.words.strip() and not words:
        return  # Signs alone: there is no word to find.
    if not words:
        yield "folded", facets
        return
    done: list[list[str]] = []
    both: tuple[Closeness, ...] = ("exact", "folded")
    for closeness in both:
        for of_words in (near, scattered):
            for letter, with_marks in (("h", "k"), ("w", "x")):
                marks = exactly(words, with_marks) if closeness == "exact" else []
                if closeness == "exact" and not marks:
                    continue
                wanted = list(dict.fromkeys([*facets, *marks, *of_words(words, letter)]))
                if wanted not in done:
                    done.append(wanted)
                    yield closeness, wanted


def _facets(query: Query) -> list[str]:
    terms: list[str] = []
    if query.year is not None:
        terms.append(f"y{query.year}")
    if query.quarter is not None:
        if query.quarter not in range(1, 5):
            raise UsageError(f"--quarter {query.quarter} is no quarter.", hint="Give 1 to 4.")
        terms.append(f"q{query.quarter}")
    if query.level is not None:
        if query.level not in LEVELS:
            raise UsageError(
                f"--level {query.level} is no level.", hint=f"Give one of {', '.join(LEVELS)}."
            )
        terms.append(f"l{query.level}")
    if query.cites is not None:
        term = number_term(query.cites)
        if term is None:
            raise UsageError(f"--cites {query.cites!r} is no number.", hint="As 98/2023/NĐ-CP.")
        terms.append(term)
    if query.issuer is not None:
        words = words_of(query.issuer)
        if not any(map(folded, words)):
            raise UsageError(f"--issuer {query.issuer!r} has no word in it.", hint="Give a name.")
        # Of an abbreviation no mark was typed.
        terms += [*near(words_of(expand(query.issuer)), "i"), *exactly(words, "j")]
    return terms


# -- the index


Look = Callable[[list[str], int], list[tuple[int, str]]]
"""The newest so many that have all of some terms: place in the index, and content."""


def _find(
    connection: Connection, tiers: Sequence[tuple[Closeness, list[str]]], wanted: int
) -> list[Found]:
    """The best so many: place in the index, content, closeness."""
    found: dict[str, Found] = {}
    empty: dict[tuple[str, ...], bool] = {}
    with _looking(connection) as look:
        for closeness, terms in tiers:
            most = wanted + len(found)
            # What is not there without marks is not there with them, and FTS5 looks fewer terms up
            # sooner: most of what people ask for is in none of the first tiers.
            loose = tuple(term for term in terms if term[0] not in "kx")
            if loose and loose not in empty and connection.dialect.name == "sqlite":
                empty[loose] = not look(list(loose), most)
            if empty.get(loose):
                continue
            while True:
                some = look(terms, most)
                for place, sha256 in some:
                    found.setdefault(sha256, (place, sha256, closeness))
                if len(found) >= wanted or len(some) < most:
                    break
                most *= 4  # Of a long plan each part was found.
            if len(found) >= wanted:
                break
    return list(found.values())[:wanted]


@contextmanager
def _looking(connection: Connection) -> Iterator[Look]:
    """What looks terms up in the index of this database."""
    if connection.dialect.name != "postgresql":
        yield partial(_by_fts5, connection)
        return
    # It takes the terms of a plan to be read as soon as a number, and would read all.
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    size = text("SELECT reltuples FROM pg_class WHERE oid = 'search_texts'::regclass")
    yield partial(_by_gin, connection, connection.scalar(size) or 0)
    connection.exec_driver_sql("SET LOCAL enable_seqscan = on")


_ALL = text("SELECT id, sha256 FROM search_texts WHERE part = 0 ORDER BY id DESC LIMIT :most")
_FTS5 = text(
    "SELECT t.id, t.sha256 FROM ("
    " SELECT rowid AS id FROM search_index WHERE search_index MATCH :terms"
    " ORDER BY rowid DESC LIMIT :most"
    ") found JOIN search_texts t ON t.id = found.id ORDER BY t.id DESC"
)
# Sorted by what is no column, so that all that fit are found first, and none is looked at else.
_GIN = text(
    "SELECT id, sha256 FROM search_texts WHERE terms @@ CAST(:terms AS tsquery)"
    " ORDER BY id + 0 DESC LIMIT :most"
)
_AMONG_NEWEST = text(
    "SELECT id, sha256 FROM ("
    " SELECT id, sha256, terms FROM search_texts ORDER BY id DESC LIMIT :newest"
    ") newest WHERE terms @@ CAST(:terms AS tsquery) ORDER BY id DESC LIMIT :most"
)
_NEWEST = 400
"""Plans that are looked through one by one; 15 ms, as the terms of each are read."""


def _rows(
    connection: Connection, query: TextClause, values: dict[str, Any]
) -> list[tuple[int, str]]:
    return [(row[0], row[1]) for row in connection.execute(query, values)]


def _by_fts5(connection: Connection, terms: list[str], most: int) -> list[tuple[int, str]]:
    if not terms:
        return _rows(connection, _ALL, {"most": most})
    wanted = " AND ".join(f'"{term}"' for term in terms)
    return _rows(connection, _FTS5, {"terms": wanted, "most": most})


def _by_gin(
    connection: Connection, size: float, terms: list[str], most: int
) -> list[tuple[int, str]]:
    """
    Among the newest, one by one, where so many may be there; else by the index.

    The index gives all that fit, in no order, which takes long where they are many.
    """
    if not terms:
        return _rows(connection, _ALL, {"most": most})
    # A term has no quote and no backslash (terms.py), so that it is one whatever it says.
    wanted = " & ".join(f"'{term}'" for term in terms)
    if most <= _NEWEST * _share(connection, size, wanted, len(terms)):
        asked = {"terms": wanted, "most": most, "newest": _NEWEST}
        some = _rows(connection, _AMONG_NEWEST, asked)
        if len(some) == most:
            return some
    return _rows(connection, _GIN, {"terms": wanted, "most": most})


def _share(connection: Connection, size: float, wanted: str, terms: int) -> float:
    """
    Which part of all plans may have all the terms.

    PostgreSQL multiplies the parts that have each, as if they had nothing to do with one another;
    words of one phrase have much. The more terms, the further off it is: seen were 0.4 % for 14 %
    (ten terms), 0.2 % for 11 % (nine).
    """
    explain = text("EXPLAIN (FORMAT JSON) SELECT 1 FROM search_texts"
                   " WHERE terms @@ CAST(:terms AS tsquery)")  # fmt: skip
    told: Any = connection.scalar(explain, {"terms": wanted})
    fitting = float(told[0]["Plan"]["Plan Rows"])
    return float((fitting / size) ** (terms**-0.5)) if size > 0 else 0.0


# -- what is shown


_SHOWN = (
    PLANS.c.sha256,
    PLANS.c.kind,
    PLANS.c.number,
    PLANS.c.title,
    PLANS.c.issuer,
    PLANS.c.date,
)


def _hits(connection: Connection, found: Sequence[Found], words: Sequence[str]) -> list[Hit]:
    if not found:
        return []
    contents = [sha256 for _, sha256, _ in found]
    plans = {
        row.sha256: row
        for row in connection.execute(select(*_SHOWN).where(PLANS.c.sha256.in_(contents)))
    }
    texts: dict[int, str] = {
        row.id: row.text
        for row in connection.execute(
            select(SEARCH_TEXTS.c.id, SEARCH_TEXTS.c.text).where(
                SEARCH_TEXTS.c.id.in_([place for place, _, _ in found])
            )
        )
    }
    paths: dict[str, list[str]] = {}
    for row in connection.execute(
        select(FILES.c.sha256, FILES.c.path)
        .where(FILES.c.sha256.in_(contents))
        .order_by(FILES.c.path)
    ):
        paths.setdefault(row.sha256, []).append(row.path)
    return [
        _hit(plans[sha256], tuple(paths.get(sha256, ())), closeness, texts[place], words)
        for place, sha256, closeness in found
    ]


def _hit(
    plan: Any,
    paths: tuple[str, ...],
    closeness: Closeness,
    whole: str,
    words: Sequence[str],
) -> Hit:
    snippet, marks = snippet_of(whole, words, exact=closeness == "exact")
    return Hit(
        plan.sha256,
        plan.kind,
        plan.number,
        plan.title,
        plan.issuer,
        plan.date,
        paths,
        closeness,
        snippet,
        marks,
    )


def snippet_of(
    whole: str, words: Sequence[str], *, exact: bool = False
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """
    A piece of a text with the most of the words in it, and where in it they are.

    >>> snippet_of("MỤC ĐÍCH\\nĐẩy mạnh phong trào thi đua.", ["thi", "dua"])
    ('Đẩy mạnh phong trào thi đua.', ((20, 27),))
    """
    wanted = {folded(word) for word in words} - {""}
    if not wanted:
        return "", ()
    precise = {marked(word) for word in words} - {None} if exact else set()
    best = _line_of(whole, words) or _fullest_line(whole, wanted)
    places = [
        (start, end)
        for start, end in _spans(best)
        if folded(best[start:end]) in wanted
        and not (precise and marked(best[start:end]) not in (*precise, None))
    ]
    start = _densest(places)
    piece = _cut(best, start)
    shift = best.find(piece.strip("…")) - piece.startswith("…")
    marks = [(a - shift, b - shift) for a, b in places]
    return piece, _joined(piece, [(a, b) for a, b in marks if a >= 0 and b <= len(piece)])


def _line_of(whole: str, words: Sequence[str]) -> str | None:
    """The first line with the words side by side; ``None`` where none has them."""
    found = _side_by_side(tuple(filter(None, map(folded, words)))).search(whole, timeout=TIMEOUT)
    if found is None:
        return None
    end = whole.find("\n", found.end())
    return whole[whole.rfind("\n", 0, found.start()) + 1 : end if end >= 0 else len(whole)]


@lru_cache(maxsize=64)
def _side_by_side(bared: tuple[str, ...]) -> regex.Pattern[str]:
    """Words one after another, whatever signs stand between, as in the terms of the index."""
    words = r"[^\p{L}\p{N}\n]++".join(map(any_marks, bared))
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}]){words}(?![\p{{L}}\p{{N}}])")


def _fullest_line(whole: str, wanted: set[str]) -> str:
    """The first line with the most of the words."""
    best, most = "", -1
    for line in whole.split("\n"):
        plain = bare(line) if len(line) < 2000 else line.casefold()
        there = sum(word in plain for word in wanted)
        if there > most:
            best, most = line, there
    return best


def _joined(piece: str, marks: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Words that match one after another as one range."""
    out: list[tuple[int, int]] = []
    for start, end in marks:
        if out and not any(map(str.isalnum, piece[out[-1][1] : start])):
            out[-1] = out[-1][0], end
        else:
            out.append((start, end))
    return tuple(out)


def _densest(places: Sequence[tuple[int, int]]) -> int:
    """Where a window begins that has the most matches in it."""
    if not places:
        return 0
    starts = [start for start, _ in places]
    return max(starts, key=lambda at: (sum(at <= one < at + WINDOW - 40 for one in starts), -at))


def _cut(line: str, at: int) -> str:
    """A window of a line that shows what stands at a place, cut at spaces."""
    if len(line) <= WINDOW:
        return line
    start = max(0, min(at - 40, len(line) - WINDOW))
    if start:
        start = line.find(" ", start, at) + 1 or start
    end = min(len(line), start + WINDOW)
    if end < len(line):
        cut = line.rfind(" ", start + WINDOW // 2, end)
        end = cut if cut > 0 else end
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")


def _spans(line: str) -> Iterator[tuple[int, int]]:
    """The ranges of the words of a line."""
    start: int | None = None
    for at, sign in enumerate(line):
        if sign.isalnum():
            start = at if start is None else start
        elif start is not None:
            yield start, at
            start = None
    if start is not None:
        yield start, len(line)
