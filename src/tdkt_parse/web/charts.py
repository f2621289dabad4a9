"""
Charts of the pages, as SVG made here: the timeline of an instrument.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from tdkt_parse.audit.labels import shown

WIDTH, ROW, LEFT, RIGHT, TOP = 960, 34, 190, 20, 30
_INK, _SOFT, _GRID = "#1c2430", "#556070", "#d5dae1"


class Span(NamedTuple):
    """
    When an instrument was in force; an end that is not known is open.

    ``strong``: the one the page is about; ``certain``: its end was checked.
    """

    label: str
    start: dt.date | None
    end: dt.date | None
    strong: bool = False
    certain: bool = True


def timeline(
    title: str,
    spans: Sequence[Span],
    days: Sequence[tuple[dt.date, int]],
    *,
    today: dt.date,
) -> Markup | None:
    """Bars of instruments, one under the other, and dots of plans by days; ``None``: empty."""
    ends = [day for span in spans for day in (span.start, span.end) if day]
    ends += [day for day, _ in days]
    if not ends:
        return None
    first = min(ends).year
    last = max(*ends, min(today, max(ends) + dt.timedelta(days=730))).year + 1
    room = WIDTH - LEFT - RIGHT
    whole = max((dt.date(last, 1, 1) - dt.date(first, 1, 1)).days, 1)

    def at(day: dt.date) -> float:
        return round(LEFT + room * (day - dt.date(first, 1, 1)).days / whole, 1)

    high = TOP + ROW * (len(spans) + bool(days)) + 8
    body = _years(first, last, high, at)
    for row, span in enumerate(spans):
        y = TOP + row * ROW
        start = at(span.start) if span.start else LEFT
        end = at(span.end) if span.end else WIDTH - RIGHT
        until = span.end.strftime("%d/%m/%Y") if span.end else "…"
        since = span.start.strftime("%d/%m/%Y") if span.start else "…"
        dash = Markup("") if span.end and span.certain else Markup(' stroke-dasharray="5 4"')
        body.append(
            Markup(
                '<g><title>{}: {} – {}</title><text x="{}" y="{}" text-anchor="end" font-size="14"'
                ' fill="{}"{}>{}</text><rect x="{}" y="{}" width="{}" height="16" rx="3" fill="{}"'
                ' stroke="{}"{}/></g>'
            ).format(
                shown(span.label),
                since,
                until,
                LEFT - 10,
                y + 20,
                _INK,
                Markup(' font-weight="bold"') if span.strong else "",
                shown(span.label)[:24],
                start,
                y + 7,
                max(2.0, round(end - start, 1)),
                "#2d5f91" if span.strong else "#b9cbdc",
                "#1d4f82",
                dash,
            )
        )
    y = TOP + len(spans) * ROW + 15
    most = max((count for _, count in days), default=1)
    for day, count in days:
        body.append(
            Markup(
                '<circle cx="{}" cy="{}" r="{}" fill="#c98a00" fill-opacity="0.75">'
                "<title>{}: {}</title></circle>"
            ).format(at(day), y, round(3 + 7 * (count / most) ** 0.5, 1), day.strftime("%d/%m/%Y"),
                     count)
        )  # fmt: skip
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img"><title>{}</title>'
        "{}</svg>"
    ).format(WIDTH, high, title, Markup().join(body))


def _years(first: int, last: int, high: int, at: Callable[[dt.date], float]) -> list[Markup]:
    step = max(1, -(-(last - first) // 12))
    return [
        Markup(
            '<path d="M{0} {1}V{2}" stroke="{3}"/><text x="{0}" y="18" text-anchor="middle"'
            ' font-size="13" fill="{4}">{5}</text>'
        ).format(at(dt.date(year, 1, 1)), TOP - 4, high, _GRID, _SOFT, year)
        for year in range(first, last + 1, step)
    ]
