"""The winding number along a border is the sum of the indices inside, and is computed on its own."""

import math

import numpy as np
import pytest

from landscape.catalogue.surfaces import Surface, surface, surface_entries
from landscape.geometry.critical import critical_points
from landscape.geometry.critical.boxes import Box
from landscape.geometry.critical.enclosure import enclosure
from landscape.geometry.critical.limits import never
from landscape.geometry.critical.winding import winding_number
from tests.geometry.critical.found import shipped


@pytest.mark.parametrize("name", list(surface_entries()))
def test_indices_add_up_to_the_winding_number_along_the_border(name: str) -> None:
    found = shipped(name)
    known = found.boundary_index is not None and not (found.valleys or found.flats or found.exhausted)
    assert not known or found.index_sum == found.boundary_index


def winding(where: Surface) -> int:
    """Return the winding number of the gradient along the border of the domain, by many points."""
    (x0, x1), (y0, y1) = where.domain
    t = np.linspace(0, 1, 20_001)[:-1]
    x = np.concatenate([x0 + t * (x1 - x0), np.full_like(t, x1), x1 - t * (x1 - x0), np.full_like(t, x0), [x0]])
    y = np.concatenate([np.full_like(t, y0), y0 + t * (y1 - y0), np.full_like(t, y1), y1 - t * (y1 - y0), [y0]])
    gx, gy = where.gradient(x, y)
    angles = np.arctan2(gy, gx)[np.isfinite(gx + gy)]
    return round(float(np.unwrap(angles)[-1] - angles[0]) / (2 * math.pi))


@pytest.mark.parametrize("name", list(surface_entries()))
def test_the_winding_number_is_the_one_of_many_points_along_the_border(name: str) -> None:
    index = shipped(name).boundary_index
    assert index is None or index == winding(surface(name))


def test_an_index_is_told_from_where_the_gradient_is_not_lost_in_the_smallest_numbers() -> None:
    [kink] = critical_points(surface("exp(-1/(x**2 + y**2))")).kinks
    assert (kink.x, kink.y, kink.index) == (0.0, 0.0, 1)


def along(formula: str, rectangle: Box) -> int | None:
    return winding_number(enclosure(surface(formula), rectangle, never), rectangle)


@pytest.mark.parametrize(
    ("formula", "number"),
    [
        ("x^2 + y^2", 1),
        ("x^2 - y^2", -1),
        ("x^2 + y^2 + floor(x + 1.5)", None),  # The gradient does not show that the border crosses a jump.
        ("abs(x)", None),  # Where the border crosses the kink, 0 is a slope.
        ("abs(x) + y^2", 1),
        ("y^2 - abs(x)", -1),
        ("abs(x) + y", 0),
    ],
)
def test_a_border_has_an_index_where_no_slope_on_it_is_0_and_it_crosses_no_jump(
    formula: str, number: int | None
) -> None:
    assert along(formula, (-1.0, 1.3, -1.1, 1.2)) == number
