"""What strategies ask, against closed forms, published tables, SciPy and Optuna."""

import math
import warnings
from itertools import pairwise

import numpy as np
import pytest

from landscape.search.strategies.asha import goes_on
from landscape.search.strategies.asking import rungs
from landscape.search.strategies.grid import grid_points, grid_sides
from landscape.search.strategies.halving import sizes
from landscape.search.strategies.registry import STRATEGIES
from landscape.search.strategies.sobol import sobol_points
from tests.search.asked import asks, bowl


def steps_of(asked):
    """Steps that all evaluations make together."""
    until = np.concatenate([one.until for one, _ in asked])
    after = np.concatenate([one.after for one, _ in asked])
    return int((until - np.where(after >= 0, until[after], 0)).sum())


@pytest.mark.parametrize("name", STRATEGIES)
@pytest.mark.parametrize("trials", [1, 2, 9, 25])
def test_no_strategy_spends_more_than_the_budget_and_none_leaves_half_of_it(name, trials):
    spent = steps_of(asks(name, bowl, trials))
    assert trials * 81 / 2 < spent <= trials * 81


@pytest.mark.parametrize("name", STRATEGIES)
def test_the_same_seed_asks_the_same_and_another_one_does_not(name):
    one, same, other = (np.concatenate([each.units for each, _ in asks(name, bowl, seed=seed)]) for seed in (0, 0, 1))
    assert np.array_equal(one, same)
    assert one.shape != other.shape or not np.array_equal(one, other)


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_unit_is_within_the_space_and_every_run_goes_on_from_one_of_its_own(name):
    asked = asks(name, bowl)
    assert all(0.0 <= each.units.min() <= each.units.max() <= 1.0 for each, _ in asked)
    trial, after = (np.concatenate([getattr(each, field) for each, _ in asked]) for field in ("trial", "after"))
    goes = after >= 0
    assert (after[goes] < np.flatnonzero(goes)).all()
    if name != "population":
        assert np.array_equal(trial[after[goes]], trial[goes])


@pytest.mark.parametrize("name", STRATEGIES)
def test_runs_without_any_result_end_the_search_like_all_others(name):
    spent = steps_of(asks(name, lambda units, _: np.full(len(units), np.inf)))
    assert 0 < spent <= 25 * 81


def test_a_grid_of_nine_tests_three_values_of_each_dimension_and_nine_random_trials_nine():
    grid, random = (asks(name, bowl, 9)[0][0].units for name in ("grid", "random"))
    assert [len(np.unique(grid[:, place])) for place in (0, 1)] == [3, 3]
    assert [len(np.unique(random[:, place])) for place in (0, 1)] == [9, 9]


def test_grid_points_are_those_of_equal_steps_from_end_to_end():
    points = {tuple(point) for point in grid_points((0, 0), 25).tolist()}
    assert points == {(a / 4, b / 4) for a in range(5) for b in range(5)}


def test_a_grid_has_as_many_points_as_the_budget_is_enough_for():
    assert grid_sides((0, 0), 24) == (6, 4)
    assert grid_sides((0, 0, 0), 30) == (3, 3, 3)
    assert grid_sides((0, 3), 40) == (13, 3)
    assert grid_sides((0,), 7) == (7,)


@pytest.mark.reference
@pytest.mark.parametrize("dimensions", [1, 2, 3, 4])
def test_sobol_points_are_those_of_scipy(dimensions):
    qmc = pytest.importorskip("scipy.stats.qmc")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = qmc.Sobol(dimensions, scramble=False).random(200)
        shuffled = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(5)).random(200)
    assert np.array_equal(sobol_points(dimensions, 200), plain)
    # SciPy draws from a child of the generator that it is given.
    (child,) = np.random.default_rng(5).spawn(1)
    assert np.array_equal(sobol_points(dimensions, 200, child), shuffled)


def test_of_64_sobol_points_one_is_in_each_of_64_squares():
    points = sobol_points(2, 64, np.random.default_rng(3))
    assert len({tuple(square) for square in np.floor(points * 8).astype(int).tolist()}) == 64


def test_coarse_to_fine_zooms_into_boxes_around_the_best():
    asked = asks("coarse_to_fine", bowl, 30)
    units, results = np.empty((0, 2)), np.empty(0)
    for number, (one, found) in enumerate(asked):
        sides = [high - low for low, high in one.box]
        assert sides == pytest.approx([0.4**number] * 2)
        if number:
            best = units[results.argmin()]
            assert all(low - 1e-12 <= at <= high + 1e-12 for at, (low, high) in zip(best, one.box, strict=True))
        low, high = np.array(one.box).T
        assert ((one.units >= low) & (one.units <= high)).all()
        units, results = np.concatenate((units, one.units)), np.concatenate((results, found))
    assert len(asked) == 3


def test_the_rungs_of_81_steps_are_those_of_the_published_bracket():
    """Li et al. 2017, table 1, s = 4: 81 runs of 1 step, 27 of 3, 9 of 9, 3 of 27, 1 of 81."""
    assert rungs(81, 3, 1) == (1, 3, 9, 27, 81)
    assert sizes(81 + 27 * 2 + 9 * 6 + 3 * 18 + 54, (1, 3, 9, 27, 81)) == (81, 27, 9, 3, 1)


def test_halving_lets_the_best_third_go_on_and_no_other():
    asked = asks("halving", bowl, 25)
    for (one, results), (following, _) in pairwise(asked):
        best = np.argsort(results, kind="stable")[: len(following.trial)]
        assert sorted(following.trial) == sorted(one.trial[best])
        assert len(following.trial) == max(len(one.trial) // 3, 1)


@pytest.mark.reference
def test_runs_are_cut_where_optuna_cuts_them():
    optuna = pytest.importorskip("optuna")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    asked = asks("asha", bowl, 12, steps=81)
    reached: dict[int, list[tuple[int, float]]] = {}
    for one, results in asked:
        for number, until, result in zip(one.trial.tolist(), one.until.tolist(), results.tolist(), strict=True):
            reached.setdefault(number, []).append((until, result))
    ends = sorted({until for seen in reached.values() for until, _ in seen})
    pruner = optuna.pruners.SuccessiveHalvingPruner(min_resource=ends[0], reduction_factor=3)
    study = optuna.create_study(pruner=pruner)
    cut_by_the_budget = asked[-1][0].trial.tolist()
    whole = [number for number in sorted(reached) if number < min(cut_by_the_budget)]
    assert len(whole) > 30
    for number in whole:
        trial, cut = study.ask(), None
        for until, value in reached[number]:
            trial.report(value, until)
            if until < 81 and trial.should_prune():
                cut = until
                break
        last = reached[number][-1][0]
        assert cut == (None if last == 81 else last)
        study.tell(trial, reached[number][-1][1])


def test_runs_are_asked_for_several_at_once_so_that_all_cores_have_work():
    counts = [len(one.trial) for one, _ in asks("asha", bowl, 100)]
    assert counts[0] == max(counts) == 10
    assert np.mean(counts) > 9


def test_what_goes_on_does_not_depend_on_how_many_are_asked_for_at_once(monkeypatch):
    several = asks("asha", bowl, 36)
    monkeypatch.setattr(math, "isqrt", lambda _: 1)
    single = asks("asha", bowl, 36)
    assert {len(one.trial) for one, _ in single} == {1}
    first_cut = int(several[-1][0].trial.min())
    assert first_cut > 100

    def ways(asked):
        """Where each trial was looked at, of those that the budget does not cut."""
        return {
            (trial, until): units
            for one, _ in asked
            for trial, until, units in zip(one.trial.tolist(), one.until.tolist(), one.units.tolist(), strict=True)
            if trial < first_cut
        }

    assert ways(several) == ways(single)


def test_a_run_goes_on_among_the_best_third_of_those_that_came_as_far():
    assert goes_on([5.0])
    assert goes_on([5.0, 4.0])
    assert not goes_on([5.0, 4.0, 4.5])
    assert goes_on([6.0, 5.0, 4.0, 3.0, 2.0, 2.5])


def test_the_worst_of_a_population_take_over_the_best_and_move_a_little():
    asked = asks("population", bowl, 20, steps=100)
    assert [int(one.until[0]) for one, _ in asked] == list(range(10, 101, 10))
    for number, ((one, results), (following, _)) in enumerate(pairwise(asked)):
        parents = following.after - 20 * number
        order = np.argsort(results, kind="stable")
        copied = np.flatnonzero(parents != np.arange(20))
        assert sorted(copied) == sorted(order[-4:])
        assert set(parents[copied]) == set(order[:4])
        moved = np.abs(following.units[copied] - one.units[parents[copied]])
        assert (moved <= 0.1 + 1e-12).all()
        assert moved.max() == pytest.approx(0.1)
        stayed = np.flatnonzero(parents == np.arange(20))
        assert np.array_equal(following.units[stayed], one.units[stayed])


def distances(name, seeds):
    """How good the best of 40 trials on a bowl off the middle is, for several seeds."""

    def off(units, _):
        return ((units - np.array([0.8, 0.3])) ** 2).sum(axis=1)

    return np.array([min(results.min() for _, results in asks(name, off, 40, seed=seed)) for seed in range(seeds)])


def test_an_estimator_finds_a_bowl_more_closely_than_chance():
    assert np.median(distances("tpe", 30)) < np.median(distances("random", 30)) / 3


@pytest.mark.reference
@pytest.mark.slow
def test_an_estimator_finds_it_as_closely_as_that_of_optuna():
    optuna, stats = pytest.importorskip("optuna"), pytest.importorskip("scipy.stats")
    optuna.logging.set_verbosity(optuna.logging.ERROR)

    def best(seed):
        study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
        study.optimize(
            lambda trial: (trial.suggest_float("a", 0, 1) - 0.8) ** 2 + (trial.suggest_float("b", 0, 1) - 0.3) ** 2, 40
        )
        return study.best_value

    theirs = np.array([best(seed) for seed in range(60)])
    assert stats.ks_2samp(np.log(distances("tpe", 60)), np.log(theirs)).pvalue > 0.01


def test_the_first_trial_of_every_strategy_is_number_0():
    assert all(int(asks(name, bowl)[0][0].trial[0]) == 0 for name in STRATEGIES)
    assert math.isfinite(asks("tpe", bowl, 12)[-1][1][0])
