"""Success is counted by evaluations, with an interval of Wilson."""

import math

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.descent.comparison import Success, evaluations_of, repeated, wilson
from landscape.descent.noise import uniforms
from landscape.descent.strategies.strategy import strategy
from landscape.descent.trajectory import descend
from landscape.errors import InputError


def success(*what, **how) -> Success:
    return Success.of(tuple(repeated(*what, **how)))


@pytest.mark.parametrize(
    ("successes", "trials", "expected"),
    [
        # As statsmodels gives them (proportion_confint, method "wilson").
        (8, 10, (0.4901624715, 0.9433178485)),
        (0, 10, (0.0, 0.2775327999)),
        (10, 10, (0.7224672001, 1.0)),
        (50, 100, (0.4038315303, 0.5961684697)),
        (1, 1, (0.2065493143, 1.0)),
    ],
)
def test_the_interval_is_that_of_wilson(successes: int, trials: int, expected: tuple[float, float]) -> None:
    assert wilson(successes, trials) == pytest.approx(expected, abs=1e-9)


def test_the_interval_solves_the_equation_of_the_normal_test() -> None:
    """At its ends the share is as many deviations away as it says."""
    for successes, trials in ((3, 17), (40, 41), (120, 300)):
        for end in wilson(successes, trials):
            deviation = math.sqrt(end * (1 - end) / trials)
            assert abs(successes / trials - end) / deviation == pytest.approx(1.959963984540054)


def test_it_holds_the_true_share_as_often_as_it_says() -> None:
    shares = np.random.default_rng(0).uniform(0.02, 0.98, 4000)
    drawn = np.random.default_rng(1).binomial(100, shares)
    ends = np.array([wilson(int(one), 100) for one in drawn])
    held = (ends[:, 0] <= shares) & (shares <= ends[:, 1])
    assert held.mean() == pytest.approx(0.95, abs=0.01)


@pytest.mark.parametrize(("successes", "trials"), [(-1, 3), (4, 3), (0, 0)])
def test_what_cannot_be_is_refused(successes: int, trials: int) -> None:
    with pytest.raises(InputError, match="successes"):
        wilson(successes, trials)


def test_the_distribution_counts_what_has_been_reached() -> None:
    found = Success(needed=np.array([30.0, math.inf, 10.0, 20.0]), most=100.0)
    assert found.share == 0.75
    assert found.reached(np.array([0.0, 10.0, 25.0, 1e9])).tolist() == [0.0, 0.25, 0.5, 0.75]


def test_what_is_needed_is_where_the_run_first_reaches_the_target() -> None:
    where, mover = surface("rastrigin"), strategy("cma_es")
    found = success(where, mover, 0.5, steps=60, repetitions=20)
    (left, right), (low, high) = where.domain
    (u, v), *_ = uniforms(0x5EED, 20, 2)
    run = descend(where, mover, (left + (right - left) * u, low + (high - low) * v), 60, seed=0)
    reached = np.flatnonzero(run.best <= 0.5)
    assert found.needed[0] == (run.evaluations[reached[0]] if len(reached) else math.inf)
    assert found.most == 6 * 60 + 1
    assert 0 < found.share < 1


def test_a_rule_takes_a_gradient_in_each_step_which_counts_as_two() -> None:
    run = descend(surface("x**2 + y**2"), optimizer("sgd", lr=0.1), (1, 1), 5)
    assert evaluations_of(run).tolist() == [0, 2, 4, 6, 8, 10]


def test_a_search_all_over_finds_the_lowest_of_many_wells_and_a_descent_does_not() -> None:
    where = surface("rastrigin")
    descent, search = (
        success(where, mover, 0.1, evaluations=2000) for mover in (optimizer("sgd", lr=0.002), strategy("genetic"))
    )
    assert descent.interval[1] < search.interval[0]


def test_on_a_bowl_each_evaluation_buys_more_with_a_gradient() -> None:
    bowl, movers = surface("x**2 + 3*y**2"), map(strategy, ("lbfgs", "nelder_mead", "genetic"))
    middle = [float(np.median(success(bowl, mover, 1e-6, steps=60, repetitions=20).needed)) for mover in movers]
    assert middle[0] < middle[1] < middle[2]


def test_nothing_is_repeated_once_it_is_cancelled() -> None:
    assert not list(repeated(surface("x**2 + y**2"), strategy("lbfgs"), 1.0, cancelled=lambda: True))


def test_what_comes_after_the_evaluations_does_not_count() -> None:
    where, mover = surface("rastrigin"), strategy("swarm")
    many = Success.of(tuple(repeated(where, mover, 0.04, evaluations=2000, repetitions=20)))
    few = Success.of(tuple(repeated(where, mover, 0.04, evaluations=600, repetitions=20)))
    expected = np.where(many.needed <= 600, many.needed, np.inf)
    np.testing.assert_array_equal(few.needed, expected)
    assert 0 < np.isfinite(few.needed).sum() < np.isfinite(many.needed).sum()
    assert (few.taken <= 600).all()


@pytest.mark.parametrize("name", ["annealing", "genetic", "cma_es", "nelder_mead", "basin_hopping"])
def test_a_strategy_makes_all_the_steps_that_the_evaluations_are_enough_for(name: str) -> None:
    where, mover = surface("rastrigin"), strategy(name)
    first, *_ = repeated(where, mover, -1.0, evaluations=500, repetitions=3)
    run = descend(where, mover, first.start, 500, seed=0)
    assert first.most == run.evaluations[run.evaluations <= 500].max()
    assert first.value == run.best[run.evaluations <= 500].min()
    assert first.end == tuple(run.best_points[int((run.evaluations <= 500).sum()) - 1])


def test_a_rule_makes_half_as_many_steps_and_ends_where_it_is_then() -> None:
    where, mover = surface("rastrigin"), optimizer("sgd", lr=0.002)
    for number, one in enumerate(repeated(where, mover, 1.0, evaluations=300, repetitions=5)):
        run = descend(where, mover, one.start, 150, seed=number)
        assert one.end == tuple(run.points[-1])
        assert one.most == 300


def test_the_price_is_all_that_was_spent_for_each_that_found_it() -> None:
    found = Success(
        needed=np.array([30.0, math.inf, 10.0, math.inf]), most=100.0, taken=np.array([100.0, 100.0, 100.0, 60.0])
    )
    assert found.price == (30 + 100 + 10 + 60) / 2
    assert Success(needed=np.array([math.inf]), most=100.0).price == math.inf
