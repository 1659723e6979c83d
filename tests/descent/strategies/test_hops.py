"""Basin hopping and random restarts."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.descent.strategies.strategy import strategy
from landscape.descent.trajectory import descend

RASTRIGIN, HIMMELBLAU = surface("rastrigin"), surface("himmelblau")


def test_a_hop_lands_in_a_local_minimum() -> None:
    found = descend(HIMMELBLAU, strategy("basin_hopping"), (0, 0), 50, seed=2)
    slopes = HIMMELBLAU.gradient(*found.state["landed"][1:, :2].T)
    assert np.abs(slopes).max() < 1e-4
    lower = found.state["landed"][1:, 2] <= found.state["thrown"][1:, 2]
    assert lower.all()


def test_a_hop_throws_evenly_over_a_square() -> None:
    found = descend(HIMMELBLAU, strategy("basin_hopping", hop=0.1, local=1), (0, 0), 2000)
    away = found.state["thrown"][1:, :2] - found.points[:-1]
    side = np.ptp(HIMMELBLAU.domain[0])
    assert np.abs(away).max() <= 0.1 * side
    assert away.std(axis=0) == pytest.approx(np.full(2, 0.2 * side / np.sqrt(12)), rel=0.05)


def test_hops_uphill_are_taken_by_the_rule_of_metropolis() -> None:
    found = descend(RASTRIGIN, strategy("basin_hopping", temperature=3.0), (2, 2), 2000)
    worse = found.state["landed"][1:, 2] - found.losses[:-1]
    expected = np.exp(-np.maximum(worse, 0.0) / 3.0)
    np.testing.assert_allclose(found.state["probability"][1:], expected, rtol=1e-9)
    uphill = worse > 1e-6
    taken = found.state["accepted"][1:][uphill]
    assert taken.mean() == pytest.approx(expected[uphill].mean(), abs=0.06)


@pytest.mark.reference
def test_it_finds_the_lowest_well_as_often_as_scipy_does() -> None:
    optimize = pytest.importorskip("scipy.optimize")
    (left, right), _ = RASTRIGIN.domain
    hop = 0.1 * (right - left)
    given = strategy("basin_hopping", hop=0.1)
    ours = [descend(RASTRIGIN, given, (3, 3), 25, seed=seed).best[-1] < 1e-6 for seed in range(80)]
    theirs = [
        optimize.basinhopping(
            lambda p: float(RASTRIGIN.value(*p)), (3, 3), niter=25, T=1.0, stepsize=hop, interval=1000, rng=seed,
            minimizer_kwargs={"jac": lambda p: RASTRIGIN.gradient(*p), "method": "L-BFGS-B"},
        ).fun < 1e-6
        for seed in range(80)
    ]  # fmt: skip
    assert np.mean(ours) == pytest.approx(np.mean(theirs), abs=0.25)


def test_each_descent_is_that_of_the_rule_from_its_start() -> None:
    rule, plan = optimizer("adam", lr=0.3), schedule("cosine")
    found = descend(HIMMELBLAU, strategy("restarts", rule, length=20), (0.3, 0.2), 100, schedule=plan, seed=7)
    assert tuple(found.points[0]) == (0.3, 0.2)
    for number, first in enumerate(range(0, 84, 21)):
        alone = descend(HIMMELBLAU, rule, tuple(found.points[first].tolist()), 20, schedule=plan, seed=7 + number)
        np.testing.assert_array_equal(found.points[first : first + 21], alone.points)
        assert set(found.state["restart"][first : first + 21]) == {float(number)}


def test_restarts_are_spread_over_the_box() -> None:
    found = descend(HIMMELBLAU, strategy("restarts", length=1, box=0.5), (1, 1), 2000)
    starts = found.points[::2]
    side = np.ptp(HIMMELBLAU.domain[0])
    assert np.abs(starts - 1).max() <= side / 4
    assert np.ptp(starts, axis=0) == pytest.approx(np.full(2, side / 2), rel=0.05)


def test_a_descent_that_is_lost_begins_again() -> None:
    found = descend(surface("rosenbrock"), strategy("restarts", optimizer("sgd", lr=1.0), length=30), (1.5, 2), 200)
    assert np.isfinite(found.points).all()
    assert found.state["lost"].any()
    assert len(set(found.state["restart"])) == 7


def test_a_restart_costs_a_value_for_each_point_and_a_gradient_for_each_step() -> None:
    found = descend(HIMMELBLAU, strategy("restarts", length=10), (0.3, 0.2), 21)
    assert found.evaluations[0] == 1
    assert found.evaluations[10] == 11 + 2 * 10
    assert found.evaluations[11] == 12 + 2 * 10
    assert found.evaluations[21] == 22 + 2 * 20
