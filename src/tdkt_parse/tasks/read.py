"""A task as it was read, from a row of a table or a paragraph."""

from dataclasses import dataclass

from tdkt_parse.layout import Span
from tdkt_parse.models import Timing


@dataclass(frozen=True, slots=True)
class Read:
    """A task as read; ``spans`` are the ranges of all that it was read from."""

    quarters: tuple[int, ...]
    ordinal: str | None
    content: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    timing: Timing | None
    spans: tuple[Span, ...]
    rule: str
