"""
The lines drawn on a page that may be rules of a table, and the pictures on it.

A rule is drawn as a line, as a thin filled rectangle, or as the edge of a frame; what is neither
level nor upright is none. Forms (pictures drawn from operators) are looked into.
"""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tdkt_parse.readers.pdf.pdfium import Handle, Shape, api

MOST_OBJECTS = 60_000
"""Objects of one page that are looked at; the page of a drawing has more, and no tables."""
MOST_RULES = 20_000
DEEPEST = 4
THIN = 3.0
"""Points: what is no wider than this is a line, by its middle."""
SHORTEST = 3.0
"""Points: shorter than this is a dot, or the stroke of a letter."""

_PATH, _IMAGE, _SHADING, _FORM = 2, 3, 4, 5

Get = Callable[..., Any]
"""A function of pdfium."""
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Rule(NamedTuple):
    """A level or upright line as shown: where it stands across, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page besides words."""

    level: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)
    """As shown: left, top, right, bottom."""
    objects: int = 0
    """How many objects were looked at."""


def read_drawn(page: Handle, shape: Shape) -> Drawn:
    """The rules and pictures of a page."""
    drawn = Drawn()
    say = api()
    _walk(page, say.FPDFPage_CountObjects(page), say.FPDFPage_GetObject, _IDENTITY, drawn, shape, 0)
    return drawn


_EDGES = array("f", bytes(16))
_AT = _EDGES.buffer_info()[0]
_SIX = array("f", bytes(24))
_MATRIX_AT = _SIX.buffer_info()[0]


def _walk(
    holder: Handle,
    count: int,
    get: Get,
    matrix: Matrix,
    drawn: Drawn,
    shape: Shape,
    depth: int,
) -> None:
    say = api()
    kind_of, bounds = say.FPDFPageObj_GetType, say.FPDFPageObj_GetBounds
    for index in range(min(count, MOST_OBJECTS)):
        item = get(holder, index)
        drawn.objects += 1
        if drawn.objects > MOST_OBJECTS:
            return
        kind = kind_of(item)
        if kind == _PATH:
            if not bounds(item, _AT, _AT + 4, _AT + 8, _AT + 12):
                continue
            x0, y0, x1, y1 = _EDGES
            if depth:
                x0, y0, x1, y1 = _moved(x0, y0, x1, y1, matrix)
            _draw(item, shape.show(x0, y0, x1, y1), matrix, drawn, shape)
        elif kind in (_IMAGE, _SHADING):
            if bounds(item, _AT, _AT + 4, _AT + 8, _AT + 12):
                x0, y0, x1, y1 = _EDGES
                x0, y0, x1, y1 = _moved(x0, y0, x1, y1, matrix)
                drawn.pictures.append(shape.show(x0, y0, x1, y1))
        elif kind == _FORM and depth < DEEPEST:
            inner = _matrix_of(item)
            _walk(
                item,
                say.FPDFFormObj_CountObjects(item),
                say.FPDFFormObj_GetObject,
                _times(inner, matrix),
                drawn,
                shape,
                depth + 1,
            )


def _matrix_of(item: Handle) -> Matrix:
    api().FPDFPageObj_GetMatrix(item, _MATRIX_AT)
    return tuple(_SIX)  # type: ignore[return-value]


def _times(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    p, q, r, s, t, u = n
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _moved(
    x0: float, y0: float, x1: float, y1: float, matrix: Matrix
) -> tuple[float, float, float, float]:
    """The rectangle around a rectangle that a matrix turns."""
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys), max(xs), max(ys)


def _draw(
    item: Handle,
    box: tuple[float, float, float, float],
    matrix: Matrix,
    drawn: Drawn,
    shape: Shape,
) -> None:
    """The rules that a path draws."""
    if len(drawn.level) + len(drawn.upright) > MOST_RULES:
        return
    x0, y0, x1, y1 = box
    wide, high = x1 - x0, y1 - y0
    if not (wide >= SHORTEST or high >= SHORTEST):
        return
    if not _shows(item):
        return
    if high <= THIN:
        drawn.level.append(Rule((y0 + y1) / 2, x0, x1))
    elif wide <= THIN:
        drawn.upright.append(Rule((x0 + x1) / 2, y0, y1))
    else:
        _follow(item, matrix, drawn, shape)


_MODE = array("i", (0, 0))
_MODE_AT = _MODE.buffer_info()[0]
_COLOUR = array("I", (0, 0, 0, 0))
_COLOUR_AT = _COLOUR.buffer_info()[0]
_PALEST = 250


def _shows(item: Handle) -> bool:
    """
    Whether a path is painted, and not white on the white page.

    Word lays a white ground under each line of text in a shaded cell.
    """
    say = api()
    _MODE[0] = _MODE[1] = 0
    say.FPDFPath_GetDrawMode(item, _MODE_AT, _MODE_AT + 4)
    filled, stroked = _MODE
    return (stroked and not _is_pale(item, say.FPDFPageObj_GetStrokeColor)) or (
        bool(filled) and not _is_pale(item, say.FPDFPageObj_GetFillColor)
    )


def _is_pale(item: Handle, colour_of: Get) -> bool:
    known = colour_of(item, _COLOUR_AT, _COLOUR_AT + 4, _COLOUR_AT + 8, _COLOUR_AT + 12)
    red, green, blue, alpha = _COLOUR
    return bool(known) and (alpha == 0 or min(red, green, blue) >= _PALEST)


_POINT = array("f", (0.0, 0.0))
_LINE_TO, _MOVE_TO = 0, 2
MOST_SEGMENTS = 5_000


def _follow(item: Handle, matrix: Matrix, drawn: Drawn, shape: Shape) -> None:
    """The level and upright edges of a path, straight ones."""
    say = api()
    a, b, c, d, e, f = _times(_matrix_of(item), matrix)
    at = _POINT.buffer_info()[0]
    first = last = (0.0, 0.0)
    for index in range(min(say.FPDFPath_CountSegments(item), MOST_SEGMENTS)):
        segment = say.FPDFPath_GetPathSegment(item, index)
        say.FPDFPathSegment_GetPoint(segment, at, at + 4)
        x, y = _POINT
        x, y = a * x + c * y + e, b * x + d * y + f
        x, y, _, _ = shape.show(x, y, x, y)
        kind = say.FPDFPathSegment_GetType(segment)
        if kind == _MOVE_TO:
            first = (x, y)
        elif kind == _LINE_TO:
            _edge(last, (x, y), drawn)
        last = (x, y)
        if say.FPDFPathSegment_GetClose(segment):
            _edge(last, first, drawn)
            last = first


def _edge(start: tuple[float, float], end: tuple[float, float], drawn: Drawn) -> None:
    (x0, y0), (x1, y1) = start, end
    if abs(y1 - y0) < 1 and abs(x1 - x0) >= SHORTEST:
        drawn.level.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x1 - x0) < 1 and abs(y1 - y0) >= SHORTEST:
        drawn.upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
