"""The way out of a saddle, and who finds it."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend
from landscape.geometry.escape import escape_direction, escaped, near_saddle, saddle_near

SADDLE = surface("saddle_escape")


def test_at_the_saddle_itself_the_way_out_is_the_same_each_time():
    assert escape_direction(SADDLE, (0.0, 0.0)).tolist() == [0.0, 1.0]


@pytest.mark.parametrize(("y", "sense"), [(1e-9, 1.0), (-1e-9, -1.0), (0.2, 1.0), (-0.2, -1.0)])
def test_beside_it_the_way_out_is_downhill(y: float, sense: float):
    assert escape_direction(SADDLE, (0.0, y)).tolist() == [0.0, sense]


def test_the_way_out_of_a_turned_saddle_is_turned():
    turned = surface("(x + y)**2/2 - (x - y)**2")
    direction = escape_direction(turned, (0.0, 0.0))
    assert abs(direction @ (1.0, -1.0)) == pytest.approx(np.sqrt(2))
    assert float(turned.value(*(0.1 * direction))) < 0


def test_there_is_no_way_out_of_a_minimum_nor_of_a_flat_valley():
    assert escape_direction(surface("x**2 + y**2"), (0.3, 0.1)) is None
    assert escape_direction(surface("(x + y)**2"), (0.3, 0.1)) is None
    assert escaped(surface("sqrt(x) + y**2"), (-1.0, 0.0)) is None


def test_a_small_step_out_is_a_hundredth_of_the_domain_and_lower():
    x, y = escaped(SADDLE, (0.0, 0.0))
    assert (x, y) == pytest.approx((0.0, 0.04))
    assert SADDLE.value(x, y) < SADDLE.value(0.0, 0.0)


def test_near_is_where_the_gradient_is_small_and_a_curvature_negative():
    assert near_saddle(SADDLE, (0.05, 0.01))
    assert not near_saddle(SADDLE, (1.0, 0.01))
    assert not near_saddle(SADDLE, (0.0, 1.0))
    assert near_saddle(surface("-x**2 - y**2"), (0.01, 0.0))


def test_the_saddle_itself_is_found_from_near_it():
    assert saddle_near(SADDLE, (0.05, 0.02)) == pytest.approx((0.0, 0.0), abs=1e-12)
    x, y = saddle_near(surface("himmelblau"), (0.1, 2.85))
    assert np.hypot(*surface("himmelblau").gradient(x, y)) < 1e-9
    assert saddle_near(surface("-x**2 - y**2"), (0.01, 0.0)) is None
    assert saddle_near(SADDLE, (0.0, 1.0)) is None


@pytest.mark.parametrize("where", [surface("saddle", a=5.0), surface("monkey_saddle")], ids=lambda one: one.entry)
def test_newton_is_drawn_to_the_saddle_from_everywhere_and_saddle_free_newton_leaves_it(where):
    """Dauphin et al. 2014, arXiv:1406.2572, Figure 2."""
    angles = np.linspace(0.1, 2 * np.pi, 24, endpoint=False)
    for start in np.stack((np.cos(angles), np.sin(angles)), axis=1).tolist():
        newton = descend(where, optimizer("newton", lr=0.5), tuple(start), 60)
        assert np.hypot(*newton.points[-1]) < 1e-6
        free = descend(where, optimizer("saddle_free_newton", lr=0.5), tuple(start), 60)
        assert free.outcome == "left"
        assert free.losses[-1] < free.losses[0] - 1


def test_gradient_descent_leaves_the_classic_saddle_later_than_saddle_free_newton():
    where = surface("saddle", a=5.0)
    slow = descend(where, optimizer("sgd", lr=0.05), (-1.0, 1e-3), 200).points
    free = descend(where, optimizer("saddle_free_newton", lr=0.5), (-1.0, 1e-3), 200).points
    first = [int(np.flatnonzero(np.abs(points[:, 1]) > 1)[0]) for points in (free, slow)]
    assert first[0] < first[1] / 3
