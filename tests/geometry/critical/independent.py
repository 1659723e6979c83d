"""What plain Newton and minimization runs find, against what an answer says: every false word that they can tell."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.surfaces import Surface
from landscape.geometry.critical.points import CriticalPoints
from tests.geometry.critical.found import newton_everywhere
from tests.geometry.critical.labels import false_labels
from tests.geometry.critical.loops import false_loops
from tests.geometry.critical.precise import Value, holds_minimum, refined, value_of
from tests.geometry.critical.slopes import may_vanish

_CLOSE = 1e-12
"""Of the domain's size: so near to a proven point a zero of the gradient is that point."""
_ULPS = 4 * 2.0**-52
_LOOKED_AT = 30
"""Most points of each sort that are looked at with many digits."""
_TOLD = 3
"""So many of a sort are enough."""
_HALVES = (1e-9, 1e-7, 1e-5, 1e-3)
"""Half sides of the rectangles in which a minimum is looked for, as parts of the domain."""


def false_words(surface: Surface, found: CriticalPoints, runs: int, seed: int = 0) -> list[str]:
    """Return a sentence for everything that the answer says and that is not so."""
    return [
        *_of_the_numbers(found),
        *_of_the_points(surface, found),
        *_of_stationary_points(surface, found, runs),
        *_of_minima(surface, found, runs, seed),
        *false_labels(surface, found),
        *list(false_loops(surface, found, max(20, runs), seed))[:3],
    ]


def _of_the_numbers(found: CriticalPoints) -> Iterator[str]:
    """What the answer says of itself."""
    (x0, x1), (y0, y1) = found.domain
    if found.complete != (not found.open):
        yield f"complete is {found.complete}, with {len(found.open)} open boxes"
    outside = [box for box in found.open if not (x0 <= box[0] <= box[1] <= x1 and y0 <= box[2] <= box[3] <= y1)]
    if outside:
        yield f"{len(outside)} open boxes are not in the domain, among them {outside[0]}"
    area = sum((right - left) * (top - low) for left, right, low, top in found.open) / ((x1 - x0) * (y1 - y0))
    if abs(found.share - area) > 1e-6 + 1e-3 * area:
        yield f"the open share is {found.share}, of boxes of {area}"
    labelled = sorted(box for region in found.regions for box in region.boxes)
    if labelled != sorted(found.open):
        yield f"the regions have {len(labelled)} boxes, {len(found.open)} are open"
    known = (found.boundary_index, found.index_sum)
    if found.complete and None not in known and found.boundary_index != found.index_sum:
        yield f"complete, with the index {found.boundary_index} of the border and {found.index_sum} of the points"


def _of_the_points(surface: Surface, found: CriticalPoints) -> Iterator[str]:
    """The proven points, and their kinds."""
    value, size = value_of(surface), _size(found)
    proven = [point for point in found.points if point.proven]
    for point in proven[:: max(1, len(proven) // _LOOKED_AT)]:
        true = refined(value, point.x, point.y, size)
        told = f"the proven {point.kind} at ({point.x!r}, {point.y!r})"
        if true is None:
            yield f"{told} is no zero of the gradient"
        elif not _same((point.x, point.y), true[:2], size):
            yield f"{told} is at {true[:2]}"
        elif true[2] not in (point.kind, "degenerate"):
            yield f"{told} is a {true[2]}"


def _of_stationary_points(surface: Surface, found: CriticalPoints, runs: int) -> Iterator[str]:
    """The zeros of the gradient that Newton's method finds."""
    value, size = value_of(surface), _size(found)
    candidates = _apart(np.concatenate([newton_everywhere(surface, runs), curves_everywhere(surface, runs)]), size)
    told = 0
    for x, y in _unexplained(found, candidates, 1e-10)[:_LOOKED_AT].tolist():
        true = refined(value, x, y, size) or refined(value, x, y, size, singular=2.0**-20)
        if true is None or not may_vanish(surface, true.place, size):
            continue
        if _inside(found, true[:2]) and len(_unexplained(found, np.array([true[:2]]), _CLOSE)):
            told += 1
            yield f"the {true[2]} at {true[:2]} is neither proven nor open"
        if told == _TOLD:
            return


def curves_everywhere(surface: Surface, starts: int) -> NDArray[np.float64]:
    """Return where Newton's method settles that does not move along a curve of zeros, shape (n, 2)."""
    (x0, x1), (y0, y1) = surface.domain
    low, size = np.array([x0, y0]), np.array([x1 - x0, y1 - y0])
    places = low + size * np.random.default_rng(11).uniform(0, 1, (starts, 2))
    step = np.full_like(places, np.inf)
    with np.errstate(all="ignore"):
        for _ in range(40):
            slopes = surface.gradient(*places.T).T * size
            curvatures = np.moveaxis(surface.hessian(*places.T), -1, 0) * np.outer(size, size)
            regular = np.isfinite(slopes).all(axis=1) & np.isfinite(curvatures).all(axis=(1, 2))
            bends, axes = np.linalg.eigh(np.where(regular[:, None, None], curvatures, 0.0))
            along = np.einsum("nij,ni->nj", axes, np.where(regular[:, None], slopes, np.nan))
            weak = np.abs(bends) <= 1e-8 * np.abs(bends).max(axis=1, keepdims=True)
            step = np.einsum("nij,nj->ni", axes, np.where(weak, 0.0, along / bends))
            step = np.where(weak.all(axis=1, keepdims=True), np.nan, step)
            places = places - step * size * np.minimum(1.0, 0.1 / np.linalg.norm(step, axis=1, keepdims=True))
    inside = ((places > low) & (places < low + size)).all(axis=1)
    return places[inside & (np.abs(step) < 1e-10).all(axis=1)]


def _of_minima(surface: Surface, found: CriticalPoints, runs: int, seed: int) -> Iterator[str]:
    """The minima, kinks or not, that steps downhill in any direction find; and the maxima."""
    value, size = value_of(surface), _size(found)
    for sign, kind in ((1, "minimum"), (-1, "maximum")):

        def height(x: object, y: object, sign: int = sign) -> object:
            return sign * value(x, y)

        ends = _apart(downhill(surface, max(4, runs // 2), seed, sign), size, 1e-6)
        left = [end for end in _unexplained(found, ends, 1e-7) if _inside(found, end, 1e-3)]
        told: list[tuple[float, float]] = []
        for x, y in np.array(left).reshape(-1, 2).tolist()[:_LOOKED_AT]:
            if any(abs(x - other) < 0.01 * size[0] and abs(y - above) < 0.01 * size[1] for other, above in told):
                continue
            half = _around_minimum(height, (x, y), size)
            if half is not None and not _meets(found, (x, y), half):
                told.append((x, y))
                yield f"the {kind} within {half} of ({x!r}, {y!r}) is neither proven nor open"


def _around_minimum(value: Value, place: tuple[float, float], size: tuple[float, float]) -> tuple[float, float] | None:
    """Return the half sides of the smallest rectangle that is known to hold a minimum."""
    for part in _HALVES:
        half = (part * size[0], part * size[1])
        if holds_minimum(value, *place, half):
            return half
    return None


def downhill(surface: Surface, runs: int, seed: int, sign: int = 1) -> NDArray[np.float64]:
    """Return where random steps end that go downhill (uphill for ``sign`` -1) and become shorter, shape (runs, 2)."""
    (x0, x1), (y0, y1) = surface.domain
    low, high, source = np.array([x0, y0]), np.array([x1, y1]), np.random.default_rng(seed)
    places = source.uniform(low, high, (runs, 2))
    values = sign * surface.value(*places.T)
    lengths = np.full(runs, 0.1)
    values = np.where(np.isfinite(values), values, np.inf)
    for _ in range(120):
        angles = source.uniform(0, 2 * np.pi, (16, runs))
        steps = lengths[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=-1) * (high - low)
        tried = np.clip(places + steps, low, high)
        reached = sign * surface.value(tried[..., 0], tried[..., 1])
        reached = np.where(np.isnan(reached), np.inf, reached)
        best = reached.argmin(axis=0)
        every = np.arange(runs)
        lower = reached[best, every] < values
        places = np.where(lower[:, None], tried[best, every], places)
        values = np.where(lower, reached[best, every], values)
        lengths = np.where(lower, lengths, lengths / 2)
    return places[np.isfinite(values)]


def _size(found: CriticalPoints) -> tuple[float, float]:
    (x0, x1), (y0, y1) = found.domain
    return x1 - x0, y1 - y0


def _same(one: tuple[float, float], other: tuple[float, float], size: tuple[float, float]) -> bool:
    return all(abs(a - b) <= _CLOSE * whole + _ULPS * abs(b) for a, b, whole in zip(one, other, size, strict=True))


def _apart(places: NDArray[np.float64], size: tuple[float, float], part: float = 1e-9) -> NDArray[np.float64]:
    """Return the places without those that all but repeat another."""
    if not len(places):
        return places
    _, first = np.unique(np.round(places / (part * np.array(size))), axis=0, return_index=True)
    return places[np.sort(first)]


def _inside(found: CriticalPoints, place: tuple[float, float], margin: float = 0.0) -> bool:
    """Tell whether a place is in the domain, and so far from its border."""
    (x0, x1), (y0, y1) = found.domain
    x, y = place
    across, up = margin * (x1 - x0), margin * (y1 - y0)
    return bool(x0 + across < x < x1 - across and y0 + up < y < y1 - up)


def _unexplained(found: CriticalPoints, places: NDArray[np.float64], close: float) -> NDArray[np.float64]:
    """Return the places that are neither so close to a proven point nor in an open box."""
    size = np.array(_size(found))
    left = places
    proven = np.array([(point.x, point.y) for point in found.points if point.proven]).reshape(-1, 2)
    if len(proven) and len(left):
        near = [(np.abs(proven - place) <= close * size + _ULPS * np.abs(place)).all(axis=1).any() for place in left]
        left = left[~np.array(near)]
    boxes = np.array(found.open).reshape(-1, 4)
    return np.array([place for place in left if not _touching(boxes, place, (0.0, 0.0)).any()]).reshape(-1, 2)


def _touching(boxes: NDArray[np.float64], place: NDArray[np.float64], half: tuple[float, float]) -> NDArray[np.bool_]:
    """Tell which boxes meet the rectangle about a place."""
    x, y = place
    across, up = half[0] + _ULPS * abs(x), half[1] + _ULPS * abs(y)
    return np.asarray(
        (boxes[:, 0] <= x + across) & (x - across <= boxes[:, 1]) & (boxes[:, 2] <= y + up) & (y - up <= boxes[:, 3])
    )


def _meets(found: CriticalPoints, place: tuple[float, float], half: tuple[float, float]) -> bool:
    """Tell whether a rectangle holds a proven point or meets an open box."""
    points = [(p.x, p.x, p.y, p.y) for p in found.points if p.proven]
    boxes = np.array([*points, *found.open]).reshape(-1, 4)
    return bool(_touching(boxes, np.array(place), half).any())
