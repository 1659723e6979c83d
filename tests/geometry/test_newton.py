"""Newton's step leads to the stationary point of a quadratic at once, and along a valley it goes nowhere."""

import numpy as np
import pytest
from flint import arb

from landscape.catalogue.surfaces import surface
from landscape.geometry.curvature import entries_of
from landscape.geometry.newton import newton_step, shortest_newton_step, step_to_zero

POINTS = np.random.default_rng(1).uniform(-3, 3, (2, 50))
BOWL = surface("2(x - 1)**2 + 3x*y/2 + 5(y + 0.5)**2")
SADDLE = surface("(x - 1)**2 - 3(y + 0.5)**2 + x*y/4")
VALLEY = surface("(2x + y - 3)**2")


def stationary(where) -> np.ndarray:
    """Return where the gradient of a quadratic vanishes, by LAPACK."""
    return -np.linalg.solve(where.hessian(0.0, 0.0), where.gradient(0.0, 0.0))


@pytest.mark.parametrize("where", [BOWL, SADDLE], ids=["bowl", "saddle"])
def test_from_everywhere_one_step_leads_to_the_stationary_point_of_a_quadratic(where):
    gradient, hessian = where.gradient(*POINTS), where.hessian(*POINTS)
    plain = POINTS + np.stack(newton_step(gradient, (hessian[0, 0], hessian[0, 1], hessian[1, 1])))
    shortest = POINTS + shortest_newton_step(gradient, entries_of(hessian))[0]
    for reached in (plain, shortest):
        assert reached == pytest.approx(np.tile(stationary(where)[:, None], 50), abs=1e-12)


def test_a_step_of_balls_holds_the_exact_one():
    dx, dy = newton_step((arb(1), arb(2)), (arb(3), arb(1), arb(2)))
    assert 0 in dx
    assert -1 in dy


def test_a_singular_hessian_has_no_plain_step():
    gradient, hessian = VALLEY.gradient(*POINTS), VALLEY.hessian(*POINTS)
    with np.errstate(all="ignore"):
        step = np.stack(newton_step(gradient, (hessian[0, 0], hessian[0, 1], hessian[1, 1])))
    assert not np.isfinite(step).all(axis=0).any()


def test_the_shortest_step_in_a_valley_is_the_one_across():
    gradient, hessian = VALLEY.gradient(*POINTS), VALLEY.hessian(*POINTS)
    step, values = shortest_newton_step(gradient, entries_of(hessian))
    expected = np.array([-np.linalg.pinv(hessian[:, :, k]) @ gradient[:, k] for k in range(50)]).T
    assert step == pytest.approx(expected, abs=1e-12)
    assert values == pytest.approx(np.tile((0.0, 10.0), (50, 1)), abs=1e-12)


def test_saddle_free_newton_goes_away_from_a_saddle_as_far_as_newton_goes_to_it():
    gradient, hessian = SADDLE.gradient(*POINTS), SADDLE.hessian(*POINTS)
    newton, _ = shortest_newton_step(gradient, entries_of(hessian))
    free, _ = shortest_newton_step(gradient, entries_of(hessian), saddle_free=True)
    values, vectors = np.linalg.eigh(hessian[:, :, 0])
    downhill = vectors[:, values < 0][:, 0]
    assert downhill @ free == pytest.approx(-(downhill @ newton))
    assert ((free * gradient).sum(axis=0) < 0).all()


def test_a_step_to_zero_is_perpendicular_to_the_line_and_ends_on_it():
    x, y = POINTS
    slope = np.array([np.full(50, 3.0), np.full(50, -4.0)])
    step = step_to_zero(3 * x - 4 * y + 2, slope)
    assert 3 * (x + step[0]) - 4 * (y + step[1]) + 2 == pytest.approx(np.zeros(50), abs=1e-12)
    assert step[0] * 4 + step[1] * 3 == pytest.approx(np.zeros(50), abs=1e-12)
