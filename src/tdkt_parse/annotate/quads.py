"""
From a box on a page as it is shown to the same place in the space that the page is written in.
"""

from math import isfinite
from typing import NamedTuple

from tdkt_parse.models import Box
from tdkt_parse.readers.pdf.pdfium import Shape


class Point(NamedTuple):
    """A place in the page's own space (ISO 32000-1, 8.3.2.3): its unit, y growing upwards."""

    x: float
    y: float


class Quad(NamedTuple):
    """
    A box in the page's own space.

    The corners are named by how the page is shown and ordered as viewers read ``/QuadPoints``,
    which is not the order of ISO 32000-1, 12.5.6.10: none of them follows that.
    """

    upper_left: Point
    upper_right: Point
    lower_left: Point
    lower_right: Point


def quad_of(shape: Shape, box: Box) -> Quad | None:
    """
    What of a box is on the page; ``None`` if nothing is.

    >>> turned = Shape(792, 612, 0, 1, 1, 0, 0, 0)
    >>> quad_of(turned, Box(page=1, x0=10.0, y0=20.0, x1=30.0, y1=25.0)).upper_left
    Point(x=20.0, y=10.0)
    """
    if not all(map(isfinite, (box.x0, box.y0, box.x1, box.y1))):
        return None
    left, right = max(box.x0, 0.0), min(box.x1, shape.width)
    top, bottom = max(box.y0, 0.0), min(box.y1, shape.height)
    if left >= right or top >= bottom:
        return None
    return Quad(*(_written(shape, x, y) for y in (top, bottom) for x in (left, right)))


def _written(shape: Shape, x: float, y: float) -> Point:
    """Where a point of the page as shown is in its own space: the way there is turns and shifts."""
    x, y = x - shape.e, y - shape.f
    return Point(shape.a * x + shape.b * y, shape.c * x + shape.d * y)


def bounds(quads: list[Quad]) -> tuple[float, float, float, float]:
    """The smallest rectangle around some: left, bottom, right, top."""
    xs = [point.x for quad in quads for point in quad]
    ys = [point.y for quad in quads for point in quad]
    return min(xs), min(ys), max(xs), max(ys)
