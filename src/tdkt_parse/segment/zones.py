"""
Which zone of the document each block belongs to.

Every rule of ``ZONE_RULES`` looks at a block and says how well it would stand in this zone or
that; it may have no opinion. The best sequence of zones for the whole document is then chosen over
the table of passages in ``data/zones.toml`` (Viterbi, 1967), so that a line is read by its place
as much as by its words: ``CHỦ TỊCH`` under the recipients signs, before the bases it does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from tdkt_parse.lexicon import read_toml
from tdkt_parse.segment.blocks import Block
from tdkt_parse.segment.hearing import hear
from tdkt_parse.segment.zone_rules import ZONES, Scores, addressee


class ZoneRows(BaseModel):
    """``zones.toml``: what it costs to begin with a zone, and to pass from one to another."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    start: dict[str, float]
    after: dict[str, dict[str, float]]


@cache
def passages() -> ZoneRows:
    """The table of passages, checked to name known zones only."""
    rows = read_toml("zones.toml", ZoneRows)
    named = {*rows.start, *rows.after, *(zone for costs in rows.after.values() for zone in costs)}
    unknown = named - set(ZONES)
    if unknown:
        raise ValueError(f"data/zones.toml names {sorted(unknown)}, which are no zones")
    return rows


@dataclass(frozen=True, slots=True)
class Zoned:
    """A block, its zone, the rule that spoke loudest for it, and the points they gave together."""

    block: Block
    zone: str
    rule: str
    score: float


def find_zones(blocks: Sequence[Block]) -> list[Zoned]:
    """Every block with its zone, in order; none is left out."""
    if not blocks:
        return []
    opinions = hear(blocks)
    totals = [_total(said) for said in opinions]
    start, _ = _costs()
    best = [points - cost for points, cost in zip(totals[0], start, strict=True)]
    back: list[list[int]] = []
    for total, said in zip(totals[1:], opinions[1:], strict=True):
        after: list[float] = []
        came: list[int] = []
        arrivals = _arrivals(addressee.__name__ in [name for name, _ in said])
        for sources, points in zip(arrivals, total, strict=True):
            top, origin = _NEVER, 0
            for source, cost in sources:
                reached = best[source] - cost
                if reached > top:
                    top, origin = reached, source
            after.append(top + points)
            came.append(origin)
        best = after
        back.append(came)
    place = max(range(len(ZONES)), key=best.__getitem__)
    places = [place]
    for came in reversed(back):
        place = came[place]
        places.append(place)
    places.reverse()
    return [
        Zoned(block, ZONES[place], _loudest(said, ZONES[place]), total[place])
        for block, place, said, total in zip(blocks, places, opinions, totals, strict=True)
    ]


_NEVER = -1e9
"""Points of a way that cannot be: less than any document's rules take away."""


@cache
def _costs() -> tuple[list[float], tuple[tuple[tuple[int, float], ...], ...]]:
    """What each zone costs to begin with; for each, whence and at what cost it is reached."""
    rows = passages()
    start = [rows.start.get(zone, -_NEVER) for zone in ZONES]
    arrivals = tuple(
        tuple(
            (ZONES.index(source), costs[zone])
            for source, costs in rows.after.items()
            if zone in costs
        )
        for zone in ZONES
    )
    return start, arrivals


@cache
def _arrivals(opens: bool) -> tuple[tuple[tuple[int, float], ...], ...]:
    """Whence each zone is reached at a block: nobody is addressed before ``Kính gửi``."""
    return tuple(
        tuple((source, cost) for source, cost in sources if opens or source == zone)
        if name == "addressee"
        else sources
        for zone, (name, sources) in enumerate(zip(ZONES, _costs()[1], strict=True))
    )


def _total(said: list[tuple[str, Scores]]) -> list[float]:
    """The points of each zone, in the order of ``ZONES``."""
    total = dict.fromkeys(ZONES, 0.0)
    for _, scores in said:
        for zone, points in scores.items():
            total[zone] += points
    return [*total.values()]


def _loudest(said: list[tuple[str, Scores]], zone: str) -> str:
    name, points = "place", 0.0
    for rule, scores in said:
        if scores.get(zone, 0.0) > points:
            name, points = rule, scores[zone]
    return name
