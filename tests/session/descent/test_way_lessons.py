"""The lessons about ways out of local minima show what their titles promise, and not by one lucky seed."""

from dataclasses import replace

import numpy as np
import pytest

from landscape.descent.comparison import Success, compare, evaluations_of, repeated, wilson
from landscape.descent.recorded import Trajectory
from landscape.descent.strategies.strategy import strategy
from landscape.descent.trajectory import descend
from landscape.scene.answers import Answers
from landscape.scene.descent.comparison_question import comparison_questions
from landscape.session.descent.document import Descent, Run
from landscape.session.files import lesson

SEEDS = range(100)
LOWEST, NEXT, HIGHEST = -78.332, -64.196, -50.059
"""The wells of the lessons' surface, as they are published: the lowest, the two beside it, and that of the start."""


def made(descent: Descent, run: Run, seed: int) -> Trajectory:
    return descend(descent.surface, run.strategy or run.rule, descent.start_of(run), descent.steps, seed=seed)


def ends(descent: Descent, run: Run) -> np.ndarray:
    return np.array([made(descent, run, seed).losses[-1] for seed in SEEDS])


def test_annealing_leaves_the_well_in_which_descent_stays() -> None:
    descent = lesson("annealing").document
    stays, leaves = descent.runs
    assert made(descent, stays, descent.seed).losses[-1] == pytest.approx(HIGHEST, abs=0.01)
    assert made(descent, leaves, descent.seed).losses[-1] < NEXT
    found = ends(descent, leaves)
    low, _ = wilson(int((found < HIGHEST).sum()), 100)
    assert low > 0.75


def test_the_walk_goes_uphill_while_it_is_warm_and_hardly_when_it_is_cold() -> None:
    descent = lesson("annealing").document
    found = made(descent, descent.runs[1], descent.seed)
    uphill = np.diff(found.losses) > 0.0
    assert uphill[:60].sum() > 5 * max(1, uphill[-60:].sum())
    assert found.losses.max() > HIGHEST + 20.0


def test_what_is_cooled_too_fast_freezes_in_the_wrong_well() -> None:
    descent = lesson("cooling-too-fast").document
    assert [dict(run.values)["cooling"] for run in descent.runs] == [0.5, 0.9, 0.97]
    shown = [made(descent, run, descent.seed).losses[-1] for run in descent.runs]
    assert shown[0] > NEXT + 10.0
    assert shown[2] < NEXT - 10.0
    lowest = [int((ends(descent, run) < NEXT - 0.1).sum()) for run in descent.runs]
    assert lowest[0] < lowest[1] < lowest[2]
    assert wilson(lowest[0], 100)[1] < wilson(lowest[2], 100)[0]


def test_genetic_search_finds_the_lowest_well_of_rastrigin_and_descents_stay_where_they_begin() -> None:
    descent = lesson("genetic-rastrigin").document
    genetic, *rules = descent.runs
    low, _ = wilson(int((ends(descent, genetic) < 0.1).sum()), 100)
    assert low > 0.75
    assert made(descent, genetic, descent.seed).losses[-1] < 1e-6
    for run in rules:
        found = made(descent, run, descent.seed)
        assert found.losses[-1] > 10.0
        assert np.abs(found.points[-1] - descent.start).max() < 1.5


def test_on_a_bowl_a_gradient_is_worth_its_price() -> None:
    """L-BFGS, Nelder-Mead, CMA-ES and genetic search, in this order, need more and more evaluations."""
    descent = lesson("price-on-a-bowl").document
    needed = []
    for run in descent.runs:
        found = made(descent, run, descent.seed)
        needed.append(evaluations_of(found)[np.flatnonzero(found.losses <= 1e-6)[0]])
    assert needed == sorted(needed)
    movers = {run.strategy.entry: run.strategy for run in descent.runs}
    found = compare(descent.surface, movers, 1e-6, evaluations=descent.comparison.evaluations, repetitions=50)
    middle = [np.median(one.needed) for one in found.values()]
    assert middle == sorted(middle)
    assert middle[-1] > 20 * middle[0]
    assert strategy("lbfgs") in movers.values()


def test_the_bowl_tells_what_half_of_the_starts_needed_and_all_of_them_arrive() -> None:
    descent = lesson("price-on-a-bowl").document
    shown = descent.comparison
    found = [Answers().compute(question) for question in comparison_questions(descent).values()]
    assert [one.share for one in found] == [1.0] * 4
    half = [np.median(one.needed) for one in found]
    assert half == sorted(half)
    assert half[-1] > 20 * half[0]
    assert (shown.shown, shown.target) == (True, 1e-6)


def test_restarts_find_the_lowest_of_a_hundred_wells_as_often_as_as_many_throws_hit_it() -> None:
    """A throw over a square of 10.24 by 10.24 hits the well in the middle, 1 by 1, with the chance (1/10.24)**2."""
    descent = lesson("ways-out-by-price").document
    shown, run = descent.comparison, descent.runs[1]
    mover = strategy("restarts", rule=run.rule, **dict(run.strategy.values))
    throws = shown.evaluations / (3 * dict(run.strategy.values)["length"] + 1)
    made = repeated(descent.surface, mover, shown.target, evaluations=shown.evaluations, repetitions=400, seed=9)
    low, high = Success.of(tuple(made)).interval
    assert low < 1 - (1 - 10.24**-2) ** throws < high


def test_of_a_hundred_wells_annealing_and_genetic_search_find_the_lowest_more_often_for_less() -> None:
    descent = lesson("ways-out-by-price").document
    stays, restarts, anneals, genetic = (
        Answers().compute(question) for question in comparison_questions(replace(descent, seed=100)).values()
    )
    assert stays.share < 0.06
    assert stays.interval[1] < restarts.interval[0]
    for one in (anneals, genetic):
        assert restarts.interval[1] < one.interval[0]
        assert 3 * one.price < restarts.price


def test_annealing_is_in_the_well_but_seldom_at_its_bottom() -> None:
    descent = lesson("ways-out-by-price").document
    lower = replace(descent, comparison=replace(descent.comparison, target=0.05))
    runs = [list(comparison_questions(one).values()) for one in (descent, lower)]
    (in_well, genetic), (at_bottom, genetic_too) = ([Answers().compute(each[k]) for k in (2, 3)] for each in runs)
    assert at_bottom.interval[1] < 0.5 < in_well.interval[0]
    assert genetic_too.share > 0.8 * genetic.share


def test_the_panda_mostly_ends_lower_than_all_rates_that_are_left_alone():
    descent = lesson("panda-and-caviar").document
    first = 0
    for seed in range(20):
        last = {}
        for run in descent.runs:
            found = descend(
                descent.surface, run.rule, descent.start, descent.steps, descent.schedule_of(run), noise=descent.noise,
                seed=seed,
            )  # fmt: skip
            last[run.name or run.rule.lr] = np.median(found.losses[-50:])
        first += min(last, key=last.__getitem__) == "Panda"
        if seed == descent.seed:
            assert last["Panda"] < 0.5 * min(value for name, value in last.items() if name != "Panda")
    assert first >= 15, first


def test_the_steep_direction_grows_from_the_very_step_at_which_the_rate_passes_its_bound():
    descent = lesson("range-test").document
    [run] = descent.runs
    found = descend(descent.surface, run.rule, descent.start, descent.steps, descent.schedule)
    steep = np.abs(found.points[:, 1])
    bound = 2.0 / descent.surface.hessian(0.0, 0.0).max()
    assert bound == pytest.approx(0.2)
    growing = np.diff(steep) > 0.0
    assert (growing == (found.rates > bound)).all()


@pytest.mark.parametrize("seed", range(10))
def test_past_the_bound_the_loss_blows_up_soon(seed):
    descent = lesson("range-test").document
    [run] = descent.runs
    found = descend(
        descent.surface, run.rule, descent.start, descent.steps, descent.schedule, noise=descent.noise, seed=seed
    )
    over = np.flatnonzero(found.losses > found.losses[0])[0]
    assert 0.2 < found.rates[over - 1] < 0.4
    assert found.losses[:over].min() < 0.01 * found.losses[0]
