"""Points of the plane and their pixels."""

import math

import numpy as np
import pytest

from landscape.plot.projection import Projection

VIEW = Projection(x=(-2.0, 6.0), y=(1.0, 3.0), width=800, height=300)


def test_a_view_reaches_from_its_lower_left_to_its_upper_right():
    corners = np.array(((-2.0, 3.0), (6.0, 1.0), (0.0, 2.0)))
    assert VIEW.pixels(corners) == pytest.approx(np.array(((0, 0), (800, 300), (200, 150))))


@pytest.mark.parametrize("x", [0.1, -7e5, 1e250, -math.inf, math.nan])
@pytest.mark.parametrize("y", [1.7, -1e-300, -3e9, math.inf, math.nan])
def test_one_point_lies_where_it_lies_among_others(x, y):
    (among,) = VIEW.pixels(np.array(((x, y),)))
    assert VIEW.pixel(x, y) == pytest.approx(tuple(among), rel=0, abs=0, nan_ok=True)


def test_what_is_so_far_away_that_it_cannot_be_scaled_lies_in_its_direction():
    across, down = VIEW.pixels(np.array(((1e308, 1e308), (3.0, 2.0))))[0]
    assert across / down == pytest.approx(-100 / 150)


def test_points_of_any_shape_are_placed():
    points = np.random.default_rng(0).normal(size=(2, 3, 2))
    assert VIEW.pixels(points).reshape(-1, 2) == pytest.approx(VIEW.pixels(points.reshape(-1, 2)))
