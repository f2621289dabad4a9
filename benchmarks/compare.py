"""
A Plan beside what is known to stand in its document, value by value.

Two ways of comparing texts: *soft*, as a careful reader would, to whom case, white space, markup
and punctuation at the ends are no difference and 3 % of edits none in a text of more than 40
characters; and *strict*, letter by letter but for white space. What the gold leaves out is not
scored.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Self

import regex
from rapidfuzz.fuzz import ratio

Json = dict[str, Any]
Same = Callable[[Any, Any], bool]

LONG = 40
"""Texts longer than this may differ a little; in a shorter one, one letter is another value."""
ALIKE = 97.0
"""… by this ratio of edits: OCR slips that the gold's writer mended pass, a lost word does not."""

EDGES = " \t\n.;:,-–/“”\"'()"
MARKUP = regex.compile(r"[*_]|</?i>")
SPACES = regex.compile(r"\s+")
ALIAS = regex.compile(
    r"\s*[(\[](?:sau đây\s)?(?:được\s)?(?:gọi|viết)\s(?:tắt|chung)\slà\s[^)]*[)\]]$"
)
"""A short name given in brackets: evidence of a citation covers it, the answers leave it out."""


def fold(value: object) -> str | None:
    """
    A text as it is compared; ``None`` for nothing.

    >>> fold(" **Ủy ban  nhân dân** xã;")
    'ủy ban nhân dân xã'
    >>> fold(" - ") is None
    True
    """
    if value is None:
        return None
    text = unicodedata.normalize("NFC", str(value)).casefold()
    text = SPACES.sub(" ", MARKUP.sub("", text, timeout=1), timeout=1)
    return text.strip(EDGES) or None


def same(gold: object, got: object) -> bool:
    """
    Whether two texts say the same; a gold text ending in ``…`` gives only the beginning.

    >>> same("Trường Tiểu học…", "Trường tiểu học Ngô Gia Tự")
    True
    >>> same("03/KH-UBND", "05/KH-UBND")
    False
    >>> same(None, "Tân Lập")
    False
    """
    if isinstance(gold, str) and gold.endswith("…"):
        return got is not None and (fold(got) or "").startswith(fold(gold[:-1]) or "")
    one, other = fold(gold), fold(got)
    if one is None or other is None or one == other:
        return one == other
    return max(len(one), len(other)) > LONG and ratio(one, other) >= ALIKE


def exact(gold: object, got: object) -> bool:
    """
    Whether two texts are the same letter by letter, white space aside.

    >>> exact("Tân  Lập", "Tân Lập"), exact("Tân Lập;", "Tân Lập")
    (True, False)
    """
    if isinstance(gold, str) and isinstance(got, str):
        if gold.endswith("…"):
            return spaced(got).startswith(spaced(gold[:-1]))
        return spaced(gold) == spaced(got)
    return gold == got


def spaced(text: str) -> str:
    """A text in NFC with one space where it has white space, none at its ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def equal(gold: object, got: object) -> bool:
    return gold == got


@dataclass(slots=True)
class Tally:
    """Counts for one field."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """
        Harmonic mean of precision and recall in per cent.

        >>> Tally(right=3, extra=1, missed=1).f1
        75.0
        """
        whole = 2 * self.right + self.extra + self.missed
        return 200 * self.right / whole if whole else 100.0

    def __iadd__(self, other: "Tally") -> Self:
        self.right += other.right
        self.extra += other.extra
        self.missed += other.missed
        return self


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference, for a person to look at."""

    document: str
    field: str
    what: str

    def __str__(self) -> str:
        return f"{self.document}  {self.field}: {self.what}"


@dataclass(slots=True)
class Score:
    """What was counted over any number of documents."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    alike: Same = same
    """How texts are compared."""
    document: str = ""
    """The document being compared."""
    scored: dict[str, set[str]] = field(default_factory=dict)
    """Of each document, the fields that its gold says something of."""
    ends: dict[str, Counter[str]] = field(default_factory=dict)
    """Of fields that may be left open, how often each end came: see :meth:`settle`."""

    def __getitem__(self, name: str) -> Tally:
        self.scored.setdefault(self.document, set()).add(name)
        return self.tallies.setdefault(name, Tally())

    def miss(self, name: str, what: str) -> None:
        self.misses.append(Miss(self.document, name, what))

    def value(self, name: str, gold: object, got: object, alike: Same | None = None) -> None:
        """
        Compare one value; where the gold is a list, each of its texts is right.

        A wrong value is both extra and missed.

        >>> score = Score()
        >>> score.value("place", "Đắk Hà", "Đăk Hà")
        >>> score["place"]
        Tally(right=0, extra=1, missed=1)
        """
        if gold is None and got is None:
            return
        alike = alike or self.alike
        choices = gold if isinstance(gold, list) else [gold]
        if gold is not None and got is not None and any(alike(one, got) for one in choices):
            self[name].right += 1
            return
        self[name].extra += got is not None
        self[name].missed += gold is not None
        self.miss(name, f"want {gold!r}, got {got!r}")

    def items(
        self, name: str, gold: Sequence[Any], got: Sequence[Any], alike: Same | None = None
    ) -> list[tuple[Any, Any]]:
        """
        Compare two lists whatever their order; each value found pairs with one of the gold.

        >>> score = Score()
        >>> score.items("years", [2023, 2024], [2024, 2025], equal)
        [(2024, 2024)]
        >>> score["years"]
        Tally(right=1, extra=1, missed=1)
        """
        alike = alike or self.alike
        self.scored.setdefault(self.document, set()).add(name)
        left = list(got)
        pairs: list[tuple[Any, Any]] = []
        for one in gold:
            at = next((at for at, other in enumerate(left) if alike(one, other)), None)
            if at is None:
                self[name].missed += 1
                self.miss(name, f"missing {one!r}")
            else:
                self[name].right += 1
                pairs.append((one, left.pop(at)))
        self[name].extra += len(left)
        for other in left:
            self.miss(name, f"extra {other!r}")
        return pairs

    def settle(self, name: str, gold: str | None, got: str | None, *, may_be_open: bool) -> None:
        """
        Compare a value that must not be guessed: right, wrong, left open, or rightly without.

        What ``may_be_open`` and is left so is no fault and counts neither way.

        >>> score = Score()
        >>> for gold, got in (("a", "a"), ("a", "b"), ("a", None), (None, None), (None, "b")):
        ...     score.settle("resolved", gold, got, may_be_open=False)
        >>> score.settle("resolved", "a", None, may_be_open=True)
        >>> score.ends["resolved"]
        Counter({'wrong': 2, 'right': 1, 'open': 1, 'none': 1, 'excused': 1})
        """
        if got is not None:
            end = "right" if got == gold else "wrong"
        elif gold is None:
            end = "none"
        else:
            end = "excused" if may_be_open else "open"
        self.ends.setdefault(name, Counter())[end] += 1
        if end != "excused":
            self.value(name, gold, got, equal)

    def leave_out(self, names: Sequence[str]) -> None:
        """Forget fields that are not to count."""
        for name in names:
            self.tallies.pop(name, None)
            self.ends.pop(name, None)
        self.misses = [miss for miss in self.misses if miss.field not in names]

    def faultless(self, names: Mapping[str, Any] | Sequence[str]) -> tuple[int, int]:
        """
        In how many documents nothing of some fields is wrong, of how many that have any of them.

        >>> score = Score(document="a")
        >>> score.value("place", "Hà Nội", "Hà Nội")
        >>> score.document = "b"
        >>> score.value("place", "Huế", None)
        >>> score.faultless(["place"])
        (1, 2)
        """
        asked = {one for one, fields in self.scored.items() if fields.intersection(names)}
        wrong = {miss.document for miss in self.misses if miss.field in names}
        return len(asked - wrong), len(asked)

    @property
    def total(self) -> Tally:
        """All fields together; its F1 is the micro F1."""
        total = Tally()
        for tally in self.tallies.values():
            total += tally
        return total


# One function for each part of the gold. Each looks only at what the gold says.


def score_form(score: Score, gold: Json, plan: Json) -> None:
    """Type, number, issuer, place, date, title, years."""
    number = plan.get("number") or {}
    singles = {
        "kind": ("kind", plan.get("kind")),
        "number": ("number.serial", number.get("serial")),
        "symbol": ("number.symbol", number.get("symbol")),
        "canonical": ("number.canonical", number.get("canonical")),
        "issuer": ("issuer", text_of(plan.get("issuer"))),
        "place": ("place", text_of(plan.get("place"))),
        "title": ("title", text_of(plan.get("title"))),
    }
    for key, (name, got) in singles.items():
        if key in gold:
            score.value(name, gold[key], got)
    if "date" in gold:
        score.value("date", day_of(gold["date"]), day_of(plan.get("date")), equal)
    if "years" in gold:
        score.items("years", gold["years"], plan.get("years") or [], equal)


def score_legal_bases(score: Score, gold: Json, plan: Json) -> None:
    """
    The verb of each basis, and the documents it cites, or how many; nested ones are not its own.
    """
    if "legal_bases" not in gold:
        return
    citations = plan.get("citations") or []

    def own(basis: Json) -> int:
        return sum(not citations[at].get("nested") for at in basis.get("citations") or [])

    bases = plan.get("legal_bases") or []
    if any(isinstance(basis["citations"], list) for basis in gold["legal_bases"]):
        cited = gold["citations"]
        score.items(
            "legal_bases",
            [
                (b["verb"], [_identity(cited[at]) for at in b["citations"]])
                for b in gold["legal_bases"]
            ],
            [
                (
                    b.get("verb"),
                    [
                        _identity(citations[at])
                        for at in b.get("citations") or []
                        if not citations[at].get("nested")
                    ],
                )
                for b in bases
            ],
            lambda one, other: score.alike(one[0], other[0]) and one[1] == other[1],
        )
        return
    score.items(
        "legal_bases",
        [(basis["verb"], basis["citations"]) for basis in gold["legal_bases"]],
        [(basis.get("verb"), own(basis)) for basis in bases],
        lambda one, other: score.alike(one[0], other[0]) and one[1] == other[1],
    )


def score_citations(score: Score, gold: Json, plan: Json) -> None:
    """
    Every mention of another document, by kind, number and date; then what is said of it.

    A mention with neither number nor date counts only where the gold has one such; those the gold
    calls optional count neither way.
    """
    if "citations" not in gold:
        return
    wanted = [citation for citation in gold["citations"] if not citation.get("optional")]
    optional = [citation for citation in gold["citations"] if citation.get("optional")]

    def counts(citation: Json) -> bool:
        serial = serial_of(citation)
        if not serial and citation.get("nested"):
            return False
        if any(same_citation(one, citation) for one in wanted):
            return True
        definite = serial or day_of(citation.get("date"))
        return bool(definite) and not any(same_citation(one, citation) for one in optional)

    got = [c for c in plan.get("citations") or [] if counts(c) and not _points_back(gold, c)]
    if gold.get("citations_scope") == "legal_bases":
        got = [citation for citation in got if citation.get("where") == "legal_bases"]
    found = score.items("citations", wanted, got, same_citation)
    if any(citation.get("text") for citation in gold["citations"]):
        printed = [(c["text"], bool(c.get("nested"))) for c in wanted if c.get("text")]
        score.items(
            "citation.span",
            printed,
            [(words_of(c), c["nested"]) for c in got],
            lambda one, other: one[1] == other[1] and exact(one[0], other[0]),
        )
    strict = bool(gold.get("strict"))  # Then nothing in the gold means that nothing is printed.
    for one, other in found:
        for key in ("issuer", "title"):
            if one.get(key) or strict:
                score.value(f"citation.{key}", one.get(key), text_of(other.get(key)))
        if one.get("resolved") or strict:
            may_be_open = bool(one.get("open"))
            score.settle(
                "citation.resolved", one.get("resolved"), id_of(other), may_be_open=may_be_open
            )
            if "verdict" in one and not (may_be_open and id_of(other) is None):
                score.value("verdict", one["verdict"], other.get("verdict"), equal)
    _score_relations(score, gold, wanted, plan.get("citations") or [], got)


def _score_relations(
    score: Score, gold: Json, wanted: Sequence[Json], every: Sequence[Json], got: Sequence[Json]
) -> None:
    """Which citation belongs to which, and how; where the gold says it of any."""
    if not any("relation" in one for one in gold["citations"]):
        return

    def tied(some: Sequence[Json], among: Sequence[Json]) -> list[tuple[object, Any, object]]:
        # What points back at a document named before is no tie between two.
        ties = [(one, one["relation"]) for one in some if one.get("relation")]
        return [
            (_identity(one), tie["kind"], _identity(among[tie["to"]]))
            for one, tie in ties
            if tie["kind"] != "short_for"
        ]

    score.items("relation", tied(wanted, gold["citations"]), tied(got, every), _same_relation)


def _same_relation(gold: tuple[object, Any, object], got: tuple[object, Any, object]) -> bool:
    kinds = gold[1] if isinstance(gold[1], list) else [gold[1]]
    return got[1] in kinds and (gold[0], gold[2]) == (got[0], got[2])


def _points_back(gold: Json, citation: Json) -> bool:
    """Whether the gold lists the words of a citation among those that point back at one."""
    return words_of(citation) in [one["text"] for one in gold.get("references") or []]


def score_references(score: Score, gold: Json, plan: Json) -> None:
    """
    Words that point back at a document named before, by what they resolve to.

    One that is not read at all is left open: it is found by its words, in order.
    """
    left = list(plan.get("citations") or [])
    for one in gold.get("references") or []:
        other = next((c for c in left if same(one["text"], words_of(c))), None)
        left = [c for c in left if c is not other]
        score.settle("reference.resolved", one["resolved"], id_of(other or {}), may_be_open=False)


def score_texts(score: Score, gold: Json, plan: Json) -> None:
    """Lists of paragraphs."""
    for key in ("purpose", "requirements", "budget", "recipients", "footnotes"):
        if key in gold:
            score.items(key, gold[key], [text_of(one) for one in plan.get(key) or []])


def score_sections(score: Score, gold: Json, plan: Json) -> None:
    """The tree by labels from the top (``ii/1``) and headings, then the role of each section."""
    if "sections" not in gold:
        return
    depth = gold.get("sections_depth", 99)
    wanted = [found for found in walk(gold["sections"]) if len(found[0]) <= depth]
    got = [found for found in walk(plan.get("sections")) if len(found[0]) <= depth]
    score.items(
        "sections",
        [("/".join(path), section["heading"]) for path, section in wanted],
        [("/".join(path), section.get("heading")) for path, section in got],
        lambda one, other: one[0] == other[0] and score.alike(one[1], other[1]),
    )
    plain = (None, "other")
    score.items(
        "section.role",
        [("/".join(path), s["role"]) for path, s in wanted if s["role"] not in plain],
        [("/".join(path), s.get("role")) for path, s in got if s.get("role") not in plain],
        equal,
    )


def score_tasks(score: Score, gold: Json, plan: Json) -> None:
    """Tasks by quarters and content; of two alike, the one with the same ordinal and lead."""
    if "tasks" not in gold:
        return
    left: list[Json] = list(plan.get("tasks") or [])
    for one in gold["tasks"]:
        alike = [
            task
            for task in left
            if one["quarters"] == task.get("quarters")
            and score.alike(one["content"], task.get("content"))
        ]
        if not alike:
            score["tasks"].missed += 1
            score.miss("tasks", f"missing {one!r}")
            continue
        task = min(alike, key=lambda task: _distance(one, task))
        left = [other for other in left if other is not task]
        score["tasks"].right += 1
        score.value("task.ordinal", one["ordinal"], task.get("ordinal"))
        for key in ("lead", "support"):
            score.items(f"task.{key}", one[key], [text_of(unit) for unit in task.get(key) or []])
        score.value("task.timing", dates_of(one["timing"]), dates_of(task.get("timing")), equal)
    score["tasks"].extra += len(left)
    for task in left:
        score.miss("tasks", f"extra {task.get('content')!r}")
    wanted, got = map(_rows_of, (gold["tasks"], plan.get("tasks") or []))
    score.items("task.row", wanted, got, partial(_same_row, score.alike))


def _rows_of(tasks: Sequence[Json]) -> list[tuple[Any, ...]]:
    """All that a row of a table of tasks says."""
    return [
        (
            task.get("content"),
            task.get("ordinal"),
            [text_of(unit) for unit in task.get("lead") or []],
            [text_of(unit) for unit in task.get("support") or []],
            task.get("quarters"),
            dates_of(task.get("timing")),
        )
        for task in tasks
    ]


def _same_row(alike: Same, gold: tuple[Any, ...], got: tuple[Any, ...]) -> bool:
    content, ordinal, lead, support, *when = gold
    return (
        alike(content, got[0])
        and alike(ordinal, got[1])
        and len(lead) == len(got[2])
        and all(map(alike, lead, got[2]))
        and len(support) == len(got[3])
        and all(map(alike, support, got[3]))
        and when == list(got[4:])
    )


def _distance(gold: Json, task: Json) -> tuple[bool, bool]:
    lead, other = (gold["lead"] or [None])[0], (task.get("lead") or [None])[0]
    return gold["ordinal"] != task.get("ordinal"), not same(lead, text_of(other))


def score_implementation(score: Score, gold: Json, plan: Json) -> None:
    """The items of tổ chức thực hiện, and who is to act in each."""
    if "implementation" not in gold:
        return
    got = plan.get("implementation") or []
    wanted = gold["implementation"]
    score.items("implementation", [one["text"] for one in wanted], [text_of(one) for one in got])
    for one in wanted:
        other = next((item for item in got if score.alike(one["text"], text_of(item))), None)
        if other is not None:
            actors = [text_of(actor) for actor in other.get("actors") or []]
            score.items("implementation.actors", one["actors"], actors)


def score_end(score: Score, gold: Json, plan: Json) -> None:
    """Signature and appendices."""
    if "signature" in gold:
        signature = plan.get("signature") or {}
        for key in ("capacity", "on_behalf_of", "role", "signer"):
            if key in gold["signature"]:
                score.value(f"signature.{key}", gold["signature"][key], signature.get(key))
    if "appendices" in gold:
        appendices = [
            one.get("title") or one.get("label") if isinstance(one, dict) else one
            for one in plan.get("appendices") or []
        ]
        score.items("appendices", gold["appendices"], appendices)


PARTS: tuple[Callable[[Score, Json, Json], None], ...] = (
    score_form,
    score_legal_bases,
    score_citations,
    score_references,
    score_texts,
    score_sections,
    score_tasks,
    score_implementation,
    score_end,
)


def text_of(value: object) -> object:
    """The words of a value, whichever member holds them."""
    if isinstance(value, dict):
        keys = ("text", "name", "title", "heading")
        return next((value[key] for key in keys if value.get(key)), None)
    return value


def words_of(citation: Json) -> str:
    """The words of a citation as printed, without a short name in brackets behind them."""
    text: str = (citation.get("evidence") or {}).get("text") or ""
    return str(ALIAS.sub("", text, timeout=1))


def id_of(citation: Json) -> str | None:
    """The instrument that a citation of a Plan was resolved to."""
    found: str | None = (citation.get("resolved") or {}).get("id")
    return found


def day_of(date: Json | None) -> tuple[object, ...] | None:
    return (date.get("year"), date.get("month"), date.get("day")) if date else None


def dates_of(timing: Json | None) -> tuple[object, ...] | None:
    return (timing.get("start"), timing.get("end"), timing.get("recurrence")) if timing else None


def number_of(citation: Json) -> Json:
    """
    The number of a citation; the gold writes its parts beside each other.

    >>> number_of({"kind": "Nghị định", "number": "98", "year": 2023, "symbol": "NĐ-CP"})
    {'serial': '98', 'year': 2023, 'symbol': 'NĐ-CP'}
    """
    number = citation.get("number")
    if number is None or isinstance(number, dict):
        return number or {}
    return {"serial": number, "year": citation.get("year"), "symbol": citation.get("symbol")}


def serial_of(citation: Json) -> str | None:
    serial = number_of(citation).get("serial")
    return str(serial).lstrip("0") or None if serial else None


def same_citation(gold: Json, got: Json) -> bool:
    """
    Whether two mentions are of one document: same kind, serial, year, symbol and date.

    >>> gold = {"kind": "Luật", "number": None, "date": {"year": 2003}}
    >>> same_citation(gold, {"kind": "Luật", "number": None, "date": {"year": 2003}})
    True
    >>> same_citation(gold, {"kind": "Luật", "number": None, "date": {"year": 2013}})
    False
    """
    kinds = gold["kind"] if isinstance(gold["kind"], list) else [gold["kind"]]
    if fold(got.get("kind")) not in {fold(kind) for kind in kinds}:
        return False
    if "nested" in gold and bool(gold["nested"]) != bool(got.get("nested")):
        return False
    return _identity(gold) == _identity(got)


def _identity(citation: Json) -> tuple[object, ...]:
    number = number_of(citation)
    symbol = str(number.get("symbol") or "").replace("/", "-").replace(" ", "")
    return (
        serial_of(citation),
        number.get("year") or None,
        fold(symbol),
        day_of(citation.get("date")),
    )


def walk(
    sections: Sequence[Json] | None, above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Every section with the labels that lead to it."""
    for section in sections or []:
        path = (*above, fold(section.get("label")) or "-")
        yield path, section
        yield from walk(section.get("children"), path)


def compare(score: Score, gold: Json, plan: Json, document: str) -> None:
    """Count one document's plan into a score."""
    score.document = document
    for part in PARTS:
        part(score, gold, plan)
