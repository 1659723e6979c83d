"""Boxes, as interval methods call them: rectangles with sides along x and y, and which of them touch."""

import math
from collections.abc import Iterable
from typing import TypeAlias

from landscape.geometry.clusters import connected
from landscape.geometry.critical.limits import Ask, never

Box: TypeAlias = tuple[float, float, float, float]
"""The closed rectangle from x0 to x1 and y0 to y1, in this order."""

_LEAST = 2.0**-40
"""Boxes are clustered by cells of this part of the domain at the least."""


def grown(box: Box, factor: float) -> Box:
    """Return the box ``factor`` times as wide and high, about the same centre."""
    x0, x1, y0, y1 = box
    dx, dy = (factor - 1) * (x1 - x0) / 2, (factor - 1) * (y1 - y0) / 2
    return x0 - dx, x1 + dx, y0 - dy, y1 + dy


def contains(outer: Box, inner: Box) -> bool:
    """Tell whether ``inner`` lies inside of ``outer``, or on its border."""
    return outer[0] <= inner[0] and inner[1] <= outer[1] and outer[2] <= inner[2] and inner[3] <= outer[3]


def intersection(a: Box, b: Box) -> Box | None:
    """Return what two boxes share; all of ``a`` where ``b`` is not finite."""
    if not (math.isfinite(b[0] + b[1] + b[2] + b[3]) or all(map(math.isfinite, b))):
        return a
    x0, x1, y0, y1 = max(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), min(a[3], b[3])
    return (x0, x1, y0, y1) if x0 <= x1 and y0 <= y1 else None


def area(box: Box) -> float:
    """Return the width times the height."""
    return (box[1] - box[0]) * (box[3] - box[2])


def hull(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around ``boxes``."""
    x0, x1, y0, y1 = zip(*boxes, strict=True)
    return min(x0), max(x1), min(y0), max(y1)


def extent(box: Box, domain: Box) -> float:
    """Return the longer side in parts of the domain."""
    x0, x1, y0, y1 = domain
    return max((box[1] - box[0]) / (x1 - x0), (box[3] - box[2]) / (y1 - y0))


def clusters(boxes: list[Box], domain: Box, ask: Ask = never) -> list[list[Box]]:
    """Return the boxes in groups that touch, or nearly so; ``ask`` may end it."""
    if not boxes:
        return []
    x0, x1, y0, y1 = domain
    part = max(_LEAST, *(extent(box, domain) for box in boxes))
    width, height = part * (x1 - x0), part * (y1 - y0)
    cells = ((math.floor((box[0] - x0) / width + 0.5), math.floor((box[2] - y0) / height + 0.5)) for box in boxes)
    return [[boxes[index] for index in component] for component in connected(cells, ask)]
