"""
A chain of plans drawn as SVG, by ourselves: what is cited stands above who cites it.

The drawing holds no script, no link and no style of a document's; each colour has its words beside
it. Levels are steps of citing, so that with plans of a province, a district and a commune they are
those three.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tdkt_parse.compare.chain import Chain, Edge, Node
from tdkt_parse.compare.graphs import HOWS, WORDS, escaped, name_of
from tdkt_parse.compare.said import day_of
from tdkt_parse.render.terminal import clean, columns_of, shorten

WIDTH, HEIGHT = 220, 76
"""Of a box, in pixels."""
GAP, RISE = 26, 78
"""Between two boxes side by side, and between two levels."""
MARGIN = 24
NARROWEST = 640
"""Of a drawing, so that there is room to say what its signs mean."""
PER_ROW = 12
"""Boxes beside one another; a level that has more gets several rows."""
SWEEPS = 6
"""How often boxes are put nearer to those they have to do with."""

_COLOURS = {"implements": "#2c6e33", "cites": "#2d5f91", "mentions": "#8a94a3"}
_FONT = "'DejaVu Sans','Noto Sans','Segoe UI',Arial,sans-serif"
_TITLE = {"vi": "Chuỗi kế hoạch", "en": "Chain of plans"}


def svg_of(chain: Chain, lang: str) -> str:
    """The drawing; of an empty chain a word that it is empty."""
    rows = _rows(chain)
    places = _places(rows)
    across = max((len(row) for row in rows), default=1)
    width = max(2 * MARGIN + across * (WIDTH + GAP) - GAP, NARROWEST)
    height = 2 * MARGIN + 60 + max(len(rows), 1) * (HEIGHT + RISE) - RISE
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{_FONT}">',
        f"<title>{_TITLE[lang]}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        "<defs>",
    ]
    for how, colour in _COLOURS.items():
        lines.append(
            f'<marker id="{how}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8"'
            f' markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>'
        )
    lines.append("</defs>")
    lines += [_arrow(edge, places) for edge in chain.edges]
    for node in chain.nodes:
        lines += _box(node, places[node.id], lang)
    if not chain.nodes:
        lines.append(_text(MARGIN, MARGIN + 20, WORDS["none"][lang], 13))
    lines += _legend(height - MARGIN - 14, lang)
    return "\n".join((*lines, "</svg>")) + "\n"


# -- where things stand


def _rows(chain: Chain) -> list[list[str]]:
    """The boxes row by row from the top."""
    level = _levels(chain)
    by_level: dict[int, list[str]] = defaultdict(list)
    for node in chain.nodes:
        by_level[level[node.id]].append(node.id)
    levels = [by_level[at] for at in sorted(by_level, reverse=True)]
    near: dict[str, list[str]] = defaultdict(list)
    for edge in chain.edges:
        near[edge.source].append(edge.target)
        near[edge.target].append(edge.source)
    for sweep in range(SWEEPS):
        place = {id_: at / max(len(row), 1) for row in levels for at, id_ in enumerate(row)}
        for row in levels if sweep % 2 else reversed(levels):
            mean = {
                id_: sum(place[one] for one in near[id_]) / len(near[id_])
                if near[id_]
                else place[id_]
                for id_ in row
            }
            row.sort(key=mean.__getitem__)
            place.update((id_, at / len(row)) for at, id_ in enumerate(row))
    return [row[at : at + PER_ROW] for row in levels for at in range(0, len(row), PER_ROW)]


def _levels(chain: Chain) -> Mapping[str, int]:
    """
    How many steps of citing are beneath each node, at the most; what closes a circle is no step.

    Without recursion: a chain may be as long as there are plans.
    """
    cited_by: dict[str, list[str]] = defaultdict(list)
    for edge in chain.edges:
        cited_by[edge.target].append(edge.source)
    level: dict[str, int] = {}
    for node in chain.nodes:
        stack, on_way = [(node.id, False)], set()
        while stack:
            id_, done = stack.pop()
            if done:
                on_way.discard(id_)
                below = [level[one] for one in cited_by[id_] if one in level]
                level[id_] = 1 + max(below) if below else 0
            elif id_ not in level and id_ not in on_way:
                on_way.add(id_)
                stack.append((id_, True))
                stack += [(one, False) for one in cited_by[id_] if one not in level]
    return level


def _places(rows: Sequence[Sequence[str]]) -> dict[str, tuple[int, int]]:
    """The upper left corner of each box; rows stand in the middle."""
    across = max((len(row) for row in rows), default=1)
    whole = max(across * (WIDTH + GAP) - GAP, NARROWEST - 2 * MARGIN)
    return {
        id_: (
            MARGIN + (whole - (len(row) * (WIDTH + GAP) - GAP)) // 2 + at * (WIDTH + GAP),
            MARGIN + down * (HEIGHT + RISE),
        )
        for down, row in enumerate(rows)
        for at, id_ in enumerate(row)
    }


# -- what is drawn


def _box(node: Node, place: tuple[int, int], lang: str) -> list[str]:
    x, y = place
    dashed = "" if node.files else ' stroke-dasharray="5 4"'
    fill = "#eef4fb" if node.files else "#ffffff"
    named = " ".join(filter(None, (node.kind or WORDS["document"][lang], node.number)))
    lines = [named, *_wrapped(node.issuer or ""), day_of(node.date)]
    if node.number is None and not node.issuer and node.title:
        lines[1:1] = _wrapped(node.title)
    kept = [clean(line) for line in lines if line][:4]
    first = y + HEIGHT // 2 - 8 * (len(kept) - 1) + 4
    told = "; ".join((name_of(node, lang), *node.files))
    frame = f'x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6"'
    return [
        f"<g><title>{escaped(told)}</title>",
        f'<rect {frame} fill="{fill}" stroke="#4d5664"{dashed}/>',
        *(
            _text(x + WIDTH // 2, first + 16 * at, shorten(line, 27), 12, bold=not at, middle=True)
            for at, line in enumerate(kept)
        ),
        "</g>",
    ]


def _wrapped(text: str, width: int = 25, most: int = 2) -> list[str]:
    lines: list[str] = []
    for word in clean(text).split():
        if lines and columns_of(lines[-1]) + columns_of(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], shorten(" ".join(lines[most - 1 :]), width)]
    return lines


def _arrow(edge: Edge, places: Mapping[str, tuple[int, int]]) -> str:
    (x0, y0), (x1, y1) = places[edge.source], places[edge.target]
    start, end = x0 + WIDTH // 2, x1 + WIDTH // 2
    if y1 < y0:  # Upwards, as most are.
        top, bottom = y1 + HEIGHT + 2, y0
        bend = (bottom + top) // 2
        way = f"M{start} {bottom}C{start} {bend} {end} {bend} {end} {top}"
        if bottom - top > RISE:  # Past the boxes of a level between, beside the lower one.
            aside = x0 + WIDTH + GAP // 2 if start <= end else x0 - GAP // 2
            way = (
                f"M{start} {bottom}C{start} {bottom - RISE} {aside} {bottom - RISE // 2}"
                f" {aside} {bend}S{end} {top + RISE // 2} {end} {top}"
            )
    elif y1 == y0:
        side = x1 - 2 if x0 < x1 else x1 + WIDTH + 2
        out = x0 + WIDTH if x0 < x1 else x0
        under = y0 + HEIGHT + RISE // 2
        way = f"M{out} {y0 + HEIGHT // 2}Q{(out + side) // 2} {under} {side} {y1 + HEIGHT // 2}"
    else:
        way = f"M{start + 30} {y0 + HEIGHT}L{end + 30} {y1 - 2}"
    dashed = ' stroke-dasharray="3 4"' if edge.how == "mentions" else ""
    return (
        f'<path d="{way}" fill="none" stroke="{_COLOURS[edge.how]}" stroke-width="1.6"'
        f' marker-end="url(#{edge.how})"{dashed}/>'
    )


def _legend(y: int, lang: str) -> list[str]:
    lines = []
    for at, (how, colour) in enumerate(_COLOURS.items()):
        x = MARGIN + at * 128
        dashed = ' stroke-dasharray="3 4"' if how == "mentions" else ""
        lines.append(
            f'<path d="M{x} {y}h30" stroke="{colour}" stroke-width="1.6"'
            f' marker-end="url(#{how})"{dashed}/>'
        )
        lines.append(_text(x + 38, y + 4, HOWS[how][lang], 12))
    x = MARGIN + len(_COLOURS) * 128
    lines.append(
        f'<rect x="{x}" y="{y - 8}" width="24" height="16" rx="3" fill="#ffffff" stroke="#4d5664"'
        ' stroke-dasharray="5 4"/>'
    )
    lines.append(_text(x + 32, y + 4, WORDS["not_given"][lang], 12))
    return lines


def _text(x: int, y: int, text: str, size: int, *, bold: bool = False, middle: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    anchor = ' text-anchor="middle"' if middle else ""
    look = f'font-size="{size}" fill="#1c2430"{weight}{anchor}'
    return f'<text x="{x}" y="{y}" {look}>{escaped(text)}</text>'
