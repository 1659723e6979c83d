"""Line searches, conjugate gradients, L-BFGS and coordinate descent, against SciPy and closed forms."""

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.descent.course import Course
from landscape.descent.strategies.strategy import strategy
from landscape.descent.trajectory import descend

BOWL = surface("3*x**2 + 2*x*y + y**2 - x", domain=((-3, 3), (-3, 3)))
STARTS = {"rosenbrock": (-1.2, 1.0), "himmelblau": (0.0, 0.5), "beale": (1.0, 1.0), "booth": (-3.0, 4.0)}
WITH_SLOPES = ("line_search", "conjugate_gradient", "lbfgs", "coordinate")


def run(name: str, method: str, steps: int = 200, **given: float) -> Course:
    return descend(surface(name), strategy(method, **given), STARTS[name], steps)


@pytest.mark.parametrize("method", WITH_SLOPES)
@pytest.mark.parametrize("name", STARTS)
def test_it_never_goes_uphill(name: str, method: str) -> None:
    assert (np.diff(run(name, method).losses) <= 0.0).all()


@pytest.mark.parametrize("method", WITH_SLOPES)
@pytest.mark.parametrize("name", STARTS)
def test_each_step_brings_what_armijo_asks_for(name: str, method: str) -> None:
    found = run(name, method)
    moves = np.diff(found.points, axis=0)
    promised = np.einsum("ij,ij->i", moves, found.gradients[:-1])
    assert (promised <= 0.0).all()
    assert (np.diff(found.losses) <= 1e-4 * promised + 1e-12).all()


@pytest.mark.parametrize("name", STARTS)
def test_the_line_search_halves_until_it_is_enough(name: str) -> None:
    found = run(name, "line_search", 30)
    for k in range(30):
        gradient, f = found.gradients[k], found.losses[k]
        alpha = 1.0
        while surface(name).value(*(found.points[k] - alpha * gradient)) > f - 1e-4 * alpha * gradient @ gradient:
            alpha *= 0.5
        assert found.rates[k] == alpha
        np.testing.assert_allclose(found.points[k + 1], found.points[k] - alpha * gradient, rtol=1e-9, atol=1e-9)
        if alpha < 1.0:
            assert found.state["refused"][k + 1] == 2 * alpha
        assert found.state["trials"][k + 1] == 1 - np.log2(alpha)


def test_what_is_refused_is_above_the_bound_and_what_is_taken_is_below() -> None:
    found = run("rosenbrock", "line_search", 50)
    refused = found.state["refused"][1:] > 0.0
    slope = found.state["slope"][1:]
    above = found.losses[:-1] + 1e-4 * found.state["refused"][1:] * slope
    assert refused.sum() > 10
    assert (found.state["refused_loss"][1:] > above)[refused].all()
    assert (found.losses[1:] <= found.state["bound"][1:]).all()


@pytest.mark.parametrize("start", [(2.0, 1.0), (-1.0, 2.5), (0.3, -2.0)])
def test_conjugate_gradients_need_two_steps_on_a_quadratic(start: tuple[float, float]) -> None:
    found = descend(BOWL, strategy("conjugate_gradient", flat=1e-6), start, 2)
    lowest = np.linalg.solve([[6.0, 2.0], [2.0, 2.0]], [1.0, 0.0])
    np.testing.assert_allclose(found.points[2], lowest, atol=1e-7)
    assert np.abs(found.points[1] - lowest).max() > 0.01
    directions = found.state["direction"][1:]
    assert directions[0] @ np.array([[6.0, 2.0], [2.0, 2.0]]) @ directions[1] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("method", ["conjugate_gradient", "lbfgs"])
@pytest.mark.parametrize("name", STARTS)
def test_where_it_is_taken_the_strong_wolfe_conditions_hold(name: str, method: str) -> None:
    flat = 0.1 if method == "conjugate_gradient" else 0.9
    found = run(name, method, 12)
    for k in range(12):
        direction = found.state["direction"][k + 1]
        before, after = found.gradients[k] @ direction, found.gradients[k + 1] @ direction
        if found.losses[k] < 1e-12 or found.rates[k] == 0.0:
            break
        assert abs(after) <= flat * abs(before) * (1 + 1e-6)
    assert k >= 2


@pytest.mark.parametrize("name", STARTS)
def test_coordinate_descent_moves_along_one_axis_at_a_time(name: str) -> None:
    moves = np.diff(run(name, "coordinate", 40).points, axis=0)
    assert (moves[0::2, 1] == 0.0).all()
    assert (moves[1::2, 0] == 0.0).all()


def test_coordinate_descent_on_a_quadratic_is_gauss_seidel() -> None:
    found = descend(BOWL, strategy("coordinate", flat=1e-9), (2.0, 1.0), 10)
    x, y = 2.0, 1.0
    for k in range(0, 10, 2):
        x = (1.0 - 2.0 * y) / 6.0
        np.testing.assert_allclose(found.points[k + 1], (x, y), atol=1e-6)
        y = -x
        np.testing.assert_allclose(found.points[k + 2], (x, y), atol=1e-6)


@pytest.mark.reference
@pytest.mark.parametrize(("method", "theirs"), [("lbfgs", "L-BFGS-B"), ("conjugate_gradient", "CG")])
@pytest.mark.parametrize("name", STARTS)
def test_it_comes_where_scipy_comes_in_about_as_many_steps(name: str, method: str, theirs: str) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    where = surface(name)
    found = run(name, method)
    told = optimize.minimize(
        lambda p: float(where.value(*p)), STARTS[name], method=theirs, jac=lambda p: where.gradient(*p), tol=1e-10
    )
    np.testing.assert_allclose(found.points[-1], told.x, atol=1e-4)
    assert found.losses[-1] == pytest.approx(told.fun, abs=1e-9)
    needed = np.flatnonzero(found.losses <= told.fun + 1e-8)[0]
    assert needed <= 2 * told.nit + 5


def test_lbfgs_is_faster_than_steepest_descent_in_a_ravine() -> None:
    quick, slow = (run("rosenbrock", method) for method in ("lbfgs", "line_search"))
    needed = np.flatnonzero(quick.losses < 1e-10)[0]
    assert needed < 60
    assert slow.losses[-1] > 1e-6


def test_once_nothing_is_found_nothing_more_is_evaluated() -> None:
    for method in WITH_SLOPES:
        found = run("himmelblau", method, 400)
        assert found.evaluations[-1] == found.evaluations[-100]
