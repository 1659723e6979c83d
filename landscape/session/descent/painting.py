"""Painting a landscape: hills and valleys as Gaussians that become terms of the surface's formula.

A painted surface is a formula like any other: exact, proven, saved, and readable, with few digits.
"""

from dataclasses import replace

import numpy as np

from landscape.catalogue.surface_trees import own_parameter_names
from landscape.catalogue.surfaces import Surface, parameters_of
from landscape.errors import InputError
from landscape.formula.syntax import FormulaError
from landscape.session.descent import checks as own_checks
from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.session import Point

DIGITS = 3
"""Significant digits of a height and a width; a place has as many as tell a hundredth of the radius."""
SAMPLES = 33
"""Points along a side at which the size of a hill that can be seen is looked for."""


def paint(descent: Descent, point: Point, radius: float, height: float) -> Descent:
    """Add a Gaussian to the surface: ``height`` high at ``point``, down to 1/√e of it at the distance ``radius``.

    Starts, domain and parameters stay.

    Raises:
        InputError: The formula would be longer than the language allows, or it is of no use.
    """
    kept = descent.surface
    term = gaussian(own_point(kept, point), radius, height)
    formula = f"{kept.formula.rstrip().rstrip(';')} {term}"
    names = own_parameter_names(formula, kept.columns) if kept.entry else ()
    described = tuple(one for one in parameters_of(kept) if one.name in names) if kept.entry else kept.described
    try:
        painted = own_checks.surface(replace(kept, formula=formula, entry="", described=described))
        # The derivatives have a budget of their own.
        _ = painted.hessian_trees
    except FormulaError as error:
        raise InputError("The formula is full, no more can be painted: {reason}", reason=error) from error
    return edits.set_surface(descent, painted)


def gaussian(point: Point, radius: float, height: float) -> str:
    """Return the term of a hill (or, below 0, a valley) with its sign in front, ``+ 2*exp(-((x - 1)^2 + y^2)/0.5)``."""
    if not (radius > 0.0 and np.isfinite([*point, radius, height]).all()):
        raise InputError("A hill needs a radius above 0, not {given}", given=radius)
    x, y = (_square(name, place, radius) for name, place in zip("xy", point, strict=True))
    sign = "-" if height < 0 else "+"
    return f"{sign} {_short(abs(height))}*exp(-({x} + {y})/{_short(2 * radius**2)})"


def own_point(surface: Surface, point: Point) -> Point:
    """Return a point of the plane in the formula's own x and y."""
    xx, xy, x0, yx, yy, y0 = surface.transform
    x, y = point
    return xx * x + xy * y + x0, yx * x + yy * y + y0


def usual_brush(surface: Surface) -> tuple[float, float]:
    """Return radius and height of a hill that is seen well: a twelfth of the domain, and as high as half of it is."""
    (left, right), (low, high) = surface.domain
    radius = min(right - left, high - low) / 12
    x, y = np.meshgrid(np.linspace(left, right, SAMPLES), np.linspace(low, high, SAMPLES))
    values = surface.value(x, y)
    finite = values[np.isfinite(values)]
    height = float(np.median(finite) - finite.min()) if finite.size else 1.0
    return float(_short(radius, 2)), float(_short(height, 2)) if 1e-6 < height < 1e6 else 1.0


def _square(name: str, place: float, radius: float) -> str:
    """Return the square of the distance from a place along an axis."""
    decimals = max(int(np.ceil(-np.log10(radius / 100))), 0)
    shown = f"{abs(place):.{decimals}f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    if float(shown) == 0.0:
        return f"{name}^2"
    return f"({name} {'-' if place > 0 else '+'} {shown})^2"


def _short(value: float, digits: int = DIGITS) -> str:
    return f"{float(f'{value:.{digits - 1}e}'):.15g}"
