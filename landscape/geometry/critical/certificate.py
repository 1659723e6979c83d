"""The certificate of a search for critical points, as text for people and as plain data for programs."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import numpy as np

from landscape.geometry.critical.points import Break, CriticalPoint, CriticalPoints, Kind

_NAMES: Mapping[Kind, tuple[str, str]] = {
    "minimum": ("minimum", "minima"),
    "maximum": ("maximum", "maxima"),
    "saddle": ("saddle", "saddles"),
    "degenerate": ("degenerate point", "degenerate points"),
}

_BREAKS: Mapping[Break, str] = {
    "slope": "Not differentiable",
    "value": "A jump or a pole",
    "curvature": "The formula is not smooth",
    "gap": "A gap of the formula, which a limit closes,",
}


def as_data(value: object) -> object:
    """Return what was found as dictionaries, lists and numbers; None stands for what is not finite."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, tuple):
        return [as_data(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def as_text(found: CriticalPoints) -> str:
    """Return a table of what was found, and in the last line what is proven about it."""
    return "\n".join((*_table(found.points), *_others(found), _verdict(found)))


def _table(points: tuple[CriticalPoint, ...]) -> Iterator[str]:
    if points:
        yield "kind                  x               y           value     eigenvalues of the Hessian"
    for point in points:
        low, high = point.eigenvalues
        yield f"{point.kind:<10} {point.x:15.10g} {point.y:15.10g} {point.value:15.9g}     {low:.6g}, {high:.6g}"


def _others(found: CriticalPoints) -> Iterator[str]:
    for valley in found.valleys:
        yield f"A curve of critical points ({valley.kind}) with value {valley.value:.9g}, lines: {len(valley.lines)}"
    for kink in found.kinks:
        where = f"a line through ({kink.x:.10g}, {kink.y:.10g})" if kink.lines else f"({kink.x:.10g}, {kink.y:.10g})"
        value = f", value {kink.value:.9g}" + (f": a {kink.kind}" if kink.kind else "")
        yield f"{_BREAKS[kink.breaks]} at {where}{'' if kink.breaks == 'value' else value}"
    for flat in found.flats:
        (x0, x1), (y0, y1) = flat.x, flat.y
        yield f"Flat, as far as double precision can tell: x {x0:.4g} to {x1:.4g}, y {y0:.4g} to {y1:.4g}"


def _verdict(found: CriticalPoints) -> str:
    counts = ", ".join(f"{n} {_NAMES[kind][n > 1]}" for kind, n in found.counts.items() if n) or "none"
    border = f"index along the border: {'undefined' if found.boundary_index is None else found.boundary_index}"
    if found.complete:
        return f"Critical points: {counts}; proven complete; {border}"
    if found.exhausted:
        return f"Critical points: {counts}; the search ended before all was decided; {border}"
    where = " and away from its lines" if any(kink.lines for kink in found.kinks) else ""
    return f"Critical points: {counts}; proven that there are no others outside of what is listed{where}; {border}"
