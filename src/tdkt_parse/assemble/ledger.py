"""
The ledger: which ranges of a document's text have gone into some value.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tdkt_parse.layout import Document, Span, Table
from tdkt_parse.models import Evidence, Text
from tdkt_parse.passage import Passage, of_spans
from tdkt_parse.tasks import Grid, Header, read_grid, read_header

TIMEOUT = 5.0


@dataclass(slots=True)
class Ledger:
    """The document, and which ranges of its text have gone into a value so far."""

    document: Document
    used: list[Span] = field(default_factory=list)
    grids: dict[Span, Grid] = field(default_factory=dict)
    headers: dict[Span, Header | None] = field(default_factory=dict)

    def evidence(
        self, passage: Passage, begin: int = 0, end: int | None = None, *, rule: str | None = None
    ) -> Evidence:
        """The evidence of part of a passage, which is thereby used."""
        spans = passage.spans(begin, len(passage.text) if end is None else end)
        self.used += spans
        return of_spans(self.document, spans, rule=rule)

    def of(self, spans: Sequence[Span], *, rule: str | None = None) -> Evidence:
        """The evidence of some ranges, which are thereby used."""
        self.used += spans
        return of_spans(self.document, sorted(spans), rule=rule)

    def use(self, passage: Passage) -> None:
        """Note that a passage stands in some value, its label too."""
        self.used += passage.spans(0, len(passage.text))

    def text(self, passage: Passage, *, rule: str | None = None) -> Text:
        """A piece of text with its evidence."""
        return Text(text=passage.text, evidence=self.evidence(passage, rule=rule))

    def grid(self, table: Table) -> Grid:
        """The grid of a table, read once."""
        if table.span not in self.grids:
            self.grids[table.span] = read_grid(self.document, table)
        return self.grids[table.span]

    def header(self, table: Table) -> Header | None:
        """The header of a table of tasks, read once."""
        if table.span not in self.headers:
            self.headers[table.span] = read_header(self.grid(table))
        return self.headers[table.span]
