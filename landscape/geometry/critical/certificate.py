"""The certificate of a search for critical points, as text for people and as plain data for programs."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import numpy as np

from landscape.geometry.critical.points import CriticalPoint, CriticalPoints, Kind, Kink, RegionKind, percent

_NAMES: Mapping[Kind, tuple[str, str]] = {
    "minimum": ("minimum", "minima"),
    "maximum": ("maximum", "maxima"),
    "saddle": ("saddle", "saddles"),
}
_BREAKS: Mapping[RegionKind, str] = {
    "pole": "A pole",
    "jump": "A jump",
    "gap": "A gap of the formula that a limit closes",
}


def as_data(value: object) -> object:
    """Return what was found as dictionaries, lists and numbers; None stands for what is not finite."""
    if isinstance(value, CriticalPoints):
        return {"complete": value.complete, "share": value.share, **_fields(value)}
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, tuple):
        return [as_data(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _fields(value: object) -> dict[str, object]:
    return {field.name: as_data(getattr(value, field.name)) for field in fields(value)}  # type: ignore[arg-type]


def as_text(found: CriticalPoints) -> str:
    """Return a table of what was found, and in the last line what is proven about it."""
    return "\n".join((*_table(found.points), *_others(found), _verdict(found)))


def _table(points: tuple[CriticalPoint, ...]) -> Iterator[str]:
    if points:
        yield "kind                  x               y           value     eigenvalues of the Hessian"
    for point in points:
        low, high = point.eigenvalues
        row = f"{point.kind:<10} {point.x:15.10g} {point.y:15.10g} {point.value:15.9g}     {low:.6g}, {high:.6g}"
        yield row + (f"  {_degenerate(point)}" if point.degenerate else "")


def _degenerate(point: CriticalPoint) -> str:
    """Return what is known about a point whose Hessian does not tell."""
    index = "index not known" if point.index is None else f"index {point.index}"
    return f"degenerate Hessian{', kind not decided' if point.kind == 'degenerate' else ''}, {index}"


def _others(found: CriticalPoints) -> Iterator[str]:
    for valley in found.valleys:
        yield f"A curve of critical points ({valley.kind}) with value {valley.value:.9g}, lines: {len(valley.lines)}"
    yield from map(_kink, found.kinks)
    for flat in found.flats:
        (x0, x1), (y0, y1) = flat.x, flat.y
        yield f"Constant, {flat.value:.9g}: x {x0:.4g} to {x1:.4g}, y {y0:.4g} to {y1:.4g}"
    for region in found.regions:
        yield f"Open, {region.sentence}"


def _kink(kink: Kink) -> str:
    where = f"({kink.x:.10g}, {kink.y:.10g})"
    where = f"along a line through {where}" if kink.lines else f"at {where}"
    if kink.region in _BREAKS:
        return f"{_BREAKS[kink.region]} {where}"
    what = "The formula is not smooth" if kink.breaks == "curvature" else "Not differentiable"
    return f"{what} {where}, value {kink.value:.9g}" + (f": a {kink.kind}" if kink.kind else "")


def _verdict(found: CriticalPoints) -> str:
    number = {kind: sum(point.proven for point in found.of_kind(kind)) for kind in _NAMES}
    counts = ", ".join(f"{n} {_NAMES[kind][n > 1]}" for kind, n in number.items() if n)
    border = f"index along the border: {'undefined' if found.boundary_index is None else found.boundary_index}"
    return f"Critical points: {_claim(found, counts)}; {border}"


def _claim(found: CriticalPoints, counts: str) -> str:
    """Return what is proven, for the points that ``counts`` tells."""
    if found.complete:
        return f"{counts or 'none'}; proven complete"
    if found.share == 1.0 and {region.kind for region in found.regions} == {"flat"}:
        return "all of the domain: the formula is constant"
    ended = "; the search ended before all was decided" if found.exhausted else ""
    if found.share == 1.0:
        return f"{counts or 'none proven'}; all of the domain is open{ended}"
    proven = f"{counts}; proven: no others" if counts else "proven: none"
    return f"{proven} outside of {percent(found.share)} of the domain, which is open{ended}"
