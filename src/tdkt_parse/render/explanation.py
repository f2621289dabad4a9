"""
How a document was read, for a reader: each line with its zone, each value with its rule.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from tdkt_parse.models import Plan
from tdkt_parse.render.labels import LABELS
from tdkt_parse.render.terminal import clean, shorten


class Line(Protocol):
    """A line of a document, and what was made of it."""

    @property
    def number(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def score(self) -> float | None: ...


def account_for(lines: Sequence[Line], plan: Plan, *, lang: str) -> str:
    """First each line with the zone it was put into, then each value with its place."""
    printed = [LABELS["lines"][lang]]
    zones = max((len(line.zone) for line in lines), default=0)
    for line in lines:
        score = "" if line.score is None else f" {line.score:.2f}"
        head = f"{line.number:5}  {line.zone:{zones}}  {line.rule}{score}"
        printed.append(f"{head}\n{'':7}{shorten(clean(line.text), 70)}")
    printed += ["", LABELS["values"][lang]]
    for path, value in _values(plan, ""):
        spans = " ".join(f"{start}:{end}" for start, end in value.spans)
        printed.append(f"{path}  [{spans}]  {value.rule or '-'}")
        printed.append(f"{'':7}{shorten(clean(value.text), 70)}")
    return "\n".join(printed) + "\n"


def _values(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every evidence in a Plan, with the path of the value it belongs to."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _values(item, f"{path}[{number}]")
    elif hasattr(value, "spans"):
        yield path.removesuffix(".evidence"), value
    elif hasattr(type(value), "model_fields"):
        for name in (
            "evidence",
            *(name for name in type(value).model_fields if name != "evidence"),
        ):
            inner = getattr(value, name, None)
            yield from _values(inner, f"{path}.{name}" if path else name)
