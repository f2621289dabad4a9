"""
What is counted over many plans: which instruments are cited, by whom, in which year, how written.

A sheet is counted and forgotten; what stays grows with the instruments and issuers there are and,
of each plan, by the keys of its bases, which are compared with those of other years.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tdkt_parse.audit.clusters import issuer_key
from tdkt_parse.audit.copied import Copied, Wording, find_copies, find_old_papers, wording_of
from tdkt_parse.audit.sheets import Cited, Sheet
from tdkt_parse.register import Verdict

MOST_OLD = 10_000
"""Old papers that are kept for the page and the table; a folder has not as many."""
GONE: frozenset[Verdict] = frozenset({"expired", "said_expired"})


@dataclass(slots=True)
class Usage:
    """How an instrument is cited; ``times`` without mentions inside the title of another."""

    instrument: str | None
    names: Counter[str] = field(default_factory=Counter)
    times: int = 0
    as_basis: int = 0
    documents: int = 0
    first_year: int | None = None
    last_year: int | None = None
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    spellings: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """What it is called most often."""
        return self.names.most_common(1)[0][0]


@dataclass(slots=True)
class Standing:
    """The bases of an issuer, or of a year, by whether they were in force."""

    name: str
    documents: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All of them."""
        return self.verdicts.total()

    @property
    def gone(self) -> int:
        """Those that were no longer in force."""
        return sum(self.verdicts[verdict] for verdict in GONE)


@dataclass(slots=True)
class Report:
    """The counts so far; :meth:`take` adds a sheet."""

    documents: int = 0
    with_gone: int = 0
    usages: dict[str, Usage] = field(default_factory=dict)
    years: dict[int | None, Standing] = field(default_factory=dict)
    issuers: dict[str, Standing] = field(default_factory=dict)
    rules: Counter[str] = field(default_factory=Counter)
    unchecked: int = 0
    _wordings: list[Wording] = field(default_factory=list)
    _old: list[Copied] = field(default_factory=list)

    def take(self, sheet: Sheet) -> None:
        """Count a plan."""
        self.documents += 1
        self.unchecked += len(sheet.unchecked)
        self.rules.update(one.rule for one in sheet.findings)
        said = [one for one in sheet.citations if not one.nested]
        bases = [one for one in said if one.where == "legal_bases"]
        self.with_gone += any(one.verdict in GONE for one in bases)
        for one in said:
            self._use(one, sheet.year)
        for cluster in {one.cluster for one in said}:
            self.usages[cluster].documents += 1
        verdicts = [one.verdict for one in bases]
        if bases:
            year = str(sheet.year or "?")
            self.years.setdefault(sheet.year, Standing(year)).verdicts.update(verdicts)
        if sheet.issuer:
            name = sheet.issuer + (f" ({sheet.parent})" if sheet.parent else "")
            key = f"{issuer_key(sheet.issuer)} | {issuer_key(sheet.parent or '')}"
            issuer = self.issuers.setdefault(key, Standing(name))
            issuer.documents += 1
            issuer.verdicts.update(verdicts)
        wording = wording_of(sheet)
        if wording is not None:
            self._wordings.append(wording)
        if len(self._old) < MOST_OLD:
            self._old += find_old_papers(sheet)

    def _use(self, one: Cited, year: int | None) -> None:
        usage = self.usages.setdefault(one.cluster, Usage(one.instrument))
        usage.names[one.name] += 1
        usage.times += 1
        usage.as_basis += one.where == "legal_bases"
        usage.verdicts[one.verdict] += 1
        usage.spellings[one.text] += 1
        if year is not None:
            usage.first_year = min(usage.first_year or year, year)
            usage.last_year = max(usage.last_year or year, year)

    def by_use(self) -> list[tuple[str, Usage]]:
        """The instruments with their keys, those cited most often first."""
        return sorted(self.usages.items(), key=lambda item: (-item[1].times, item[0]))

    def by_year(self) -> list[Standing]:
        """The years in order, those of no year last."""
        return [self.years[year] for year in sorted(self.years, key=lambda y: (y is None, y or 0))]

    def by_issuer(self) -> list[Standing]:
        """The issuers, those with most bases no longer in force first, then with most documents."""
        return sorted(self.issuers.values(), key=lambda one: (-one.gone, -one.documents, one.name))

    def by_share(self) -> list[Standing]:
        """The issuers with bases no longer in force, most of them first."""
        gone = [one for one in self.issuers.values() if one.gone]
        return sorted(gone, key=lambda one: (-one.gone, -one.gone / one.total, one.name))

    def bases(self) -> Standing:
        """All bases together."""
        total = Standing("")
        for one in self.years.values():
            total.verdicts.update(one.verdicts)
        return total

    def copied(self) -> Iterator[Copied]:
        """The plans with bases of an earlier year: all the same ones first, then old papers."""
        yield from find_copies(self._wordings)
        yield from self._old
