"""
Charts as SVG, drawn for a page that is read on paper too: each bar has its figure beside it.
"""

import html
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

WIDTH = 960
INK, SOFT, GRID = "#1c2430", "#5b6472", "#e3e6ea"


K = TypeVar("K", bound=str)


class Bar(NamedTuple):
    """A bar with its label before it and its figure behind it."""

    label: str
    value: float
    figure: str
    colour: str = "#2d5f91"


def bars(title: str, rows: Sequence[Bar], *, label_width: int = 380, most: float = 0) -> str:
    """Level bars, one under the other; ``most`` is the value that fills the width, if given."""
    high, room = 26, WIDTH - label_width - 110
    most = most or max((row.value for row in rows), default=0) or 1
    letters = label_width // 7
    body = []
    for number, row in enumerate(rows):
        y = number * high
        long = max(round(room * row.value / most, 1), 1.5) if row.value else 0.0
        label = shortened(row.label, letters)
        # Fonts differ in width: what would stand out over the edge in a wide one is fitted in.
        fitted = (label_width - 14) * len(label) / letters if len(label) > letters * 0.7 else 0
        body.append(
            f"<g><title>{html.escape(row.label)}: {html.escape(row.figure)}</title>"
            f"{_text(label_width - 10, y + 17, label, anchor='end', fitted=fitted)}"
            f'<rect x="{label_width}" y="{y + 4}" width="{long}" height="{high - 8}"'
            f' rx="2" fill="{row.colour}"/>'
            f"{_text(label_width + long + 8, y + 17, row.figure, colour=SOFT)}</g>"
        )
    line = f'<path d="M{label_width} 0V{len(rows) * high}" stroke="{SOFT}"/>'
    return _svg(title, len(rows) * high, [line, *body])


def shortened(label: str, letters: int) -> str:
    """
    A label of no more letters; a number in brackets at its end, which tells it from others, stays.

    >>> shortened("Luật sửa đổi, bổ sung một số điều (39/2013/QH13)", 30)
    'Luật sửa đổi,… (39/2013/QH13)'
    >>> shortened("Thông báo 39/TB-TĐKT (Hội đồng TĐKT huyện Phú Bình)", 30)
    'Thông báo 39/TB-TĐKT (Hội đồn…'
    """
    if len(label) <= letters:
        return label
    last = label.rfind(" (")
    end = label[last:] if label.endswith(")") and last > 0 else ""
    if len(end) > letters // 2 or "/" not in end:
        end = ""
    return f"{label[: letters - 1 - len(end)].rstrip()}…{end}"


def stacks(
    title: str,
    columns: Sequence[tuple[str, Mapping[K, int]]],
    colours: Mapping[K, str],
    names: Mapping[K, str],
) -> str:
    """Upright bars in layers, from below in the order of ``colours``, with a key above them."""
    top, high, left = 44, 250, 44
    most = max((sum(parts.values()) for _, parts in columns), default=0) or 1
    step = (WIDTH - left - 10) / max(len(columns), 1)
    wide = min(step * 0.7, 70)
    body = _grid(most, top, high, left)
    for number, (label, parts) in enumerate(columns):
        x, y = left + step * number + (step - wide) / 2, float(top + high)
        for name, colour in colours.items():
            part = high * parts.get(name, 0) / most
            if part:
                y -= part
                told = html.escape(f"{label}, {names[name]}: {parts[name]}")
                body.append(
                    f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{part:.1f}"'
                    f' fill="{colour}" stroke="#fff"><title>{told}</title></rect>'
                )
                if part > 15:
                    body.append(
                        _text(x + wide / 2, y + part / 2 + 4, str(parts[name]), "#fff", "middle")
                    )
        total = str(sum(parts.values()))
        body.append(_text(x + wide / 2, y - 6, total, SOFT, "middle"))
        body.append(_text(x + wide / 2, top + high + 19, label, INK, "middle"))
    x = float(left)
    for name, colour in colours.items():
        body.append(f'<rect x="{x}" y="4" width="13" height="13" fill="{colour}"/>')
        body.append(_text(x + 19, 15, names[name]))
        x += 40 + 7.3 * len(names[name])
    return _svg(title, top + high + 30, body)


def _grid(most: int, top: int, high: int, left: int) -> list[str]:
    """Level lines at round figures."""
    step = next(
        size * 10**power
        for power in range(9)
        for size in (1, 2, 5)
        if most / (size * 10**power) <= 5
    )
    lines = []
    for value in range(0, most + 1, step):
        y = top + high - high * value / most
        lines.append(f'<path d="M{left} {y:.1f}H{WIDTH}" stroke="{GRID}"/>')
        lines.append(_text(left - 8, y + 4, str(value), SOFT, "end"))
    return lines


def _text(
    x: float, y: float, text: str, colour: str = INK, anchor: str = "start", fitted: float = 0
) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"'
    if fitted:
        place += f' textLength="{fitted:.1f}" lengthAdjust="spacingAndGlyphs"'
    return f'<text {place} font-size="13">{html.escape(text)}</text>'


def _svg(title: str, high: int, body: Sequence[str]) -> str:
    size = f'viewBox="0 0 {WIDTH} {high + 4}" width="{WIDTH}" height="{high + 4}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    return f"{head}<title>{html.escape(title)}</title>{''.join(body)}</svg>"
