"""What an answer says of what is not proven, held against many digits: kinds, indices, curves, flat regions."""

import math
from collections.abc import Iterator
from itertools import pairwise

from flint import arb

from landscape.catalogue.surfaces import Surface
from landscape.geometry.critical.points import CriticalPoints
from tests.geometry.critical.precise import Value, derivatives, holds_minimum, many_digits, refined, value_of

_HALVES = (1e-9, 1e-7, 1e-5, 1e-3)
_LOOKED_AT = 8
_LOOP = 1e-3
"""Radius of the loop along which an index is counted, as a part of the domain."""
_NEAR = 1e-2
"""So far from a curve that is told, as a part of the domain, there must be a point of one."""


def false_labels(surface: Surface, found: CriticalPoints) -> Iterator[str]:
    """Yield a sentence for everything that is said of points without proof, curves and regions and is not so."""
    value, size = value_of(surface), tuple(high - low for low, high in found.domain)
    yield from _of_points(value, found, size)
    yield from _of_curves(value, found, size)
    yield from _of_flats(value, found, size)


def _of_points(value: Value, found: CriticalPoints, size: tuple[float, ...]) -> Iterator[str]:
    tips = [kink for kink in found.kinks if not len(kink.lines)]
    others = [point for point in found.points if not point.proven]
    places = [(p.x, p.y) for p in (*found.points, *tips)]
    for told in [*tips[:_LOOKED_AT], *others[:_LOOKED_AT]]:
        here = f"the {told.kind} at ({told.x!r}, {told.y!r})"
        if told.kind in ("minimum", "maximum") and not _is_extremum(value, told.x, told.y, size, told.kind):
            yield f"{here} is not seen"
        alone = sum(_within(place, (told.x, told.y), 3 * _LOOP, size) for place in places) == 1
        index = _index(value, told.x, told.y, size) if alone and told.index is not None else None
        if index not in (None, told.index):
            yield f"{here} has the index {index}, not {told.index}"


def _within(place: tuple[float, float], other: tuple[float, float], part: float, size: tuple[float, ...]) -> bool:
    return all(abs(a - b) <= part * whole for a, b, whole in zip(place, other, size, strict=True))


def _is_extremum(value: Value, x: float, y: float, size: tuple[float, ...], kind: str) -> bool:
    """Tell whether around some small rectangle all is higher (or lower) than in its middle."""

    def height(u: object, v: object) -> object:
        return value(u, v) if kind == "minimum" else -value(u, v)

    return any(holds_minimum(height, x, y, (part * size[0], part * size[1]), edges=True) for part in _HALVES)


def _index(value: Value, x: float, y: float, size: tuple[float, ...], samples: int = 240) -> int | None:
    """Return how often the gradient turns along a small loop; None where it turns too quickly to be followed."""
    with many_digits():
        scale = (arb(size[0]), arb(size[1]))
        angles = []
        for k in range(samples):
            turn = 2 * math.pi * (k + 0.3) / samples
            u, v = x + _LOOP * size[0] * math.cos(turn), y + _LOOP * size[1] * math.sin(turn)
            slope, _ = derivatives(value, arb(u), arb(v), scale)
            by_x, by_y = slope[0] * scale[0], slope[1] * scale[1]
            largest = max(abs(by_x), abs(by_y))
            if not largest.is_finite() or largest == 0:
                return None
            angles.append(math.atan2(float(by_y / largest), float(by_x / largest)))
    steps = pairwise([*angles, angles[0]])
    turns = [math.remainder(after - before, 2 * math.pi) for before, after in steps]
    return None if max(map(abs, turns)) > 1.2 else round(sum(turns) / (2 * math.pi))


def _of_curves(value: Value, found: CriticalPoints, size: tuple[float, ...]) -> Iterator[str]:
    for valley in found.valleys[:_LOOKED_AT]:
        line = max(valley.lines, key=len)
        for x, y in line[:: max(1, len(line) // 4)].tolist():
            true = refined(value, x, y, size, singular=2.0**-16, roughly=1e-14)
            if true is None or true[2] != "degenerate" or not _within(true[:2], (x, y), _NEAR, size):
                yield f"there is no curve of {valley.kind} at ({x!r}, {y!r}): {true}"
                break


def _of_flats(value: Value, found: CriticalPoints, size: tuple[float, ...]) -> Iterator[str]:
    boxes = [box for region in found.regions if region.kind == "flat" for box in region.boxes]
    for x0, x1, y0, y1 in boxes[:: max(1, len(boxes) // _LOOKED_AT)]:
        with many_digits():
            slope, _ = derivatives(value, arb((x0 + x1) / 2), arb((y0 + y1) / 2), (arb(size[0]), arb(size[1])))
            if slope[0] != 0 or slope[1] != 0:
                yield f"it is not flat in {(x0, x1, y0, y1)}"
