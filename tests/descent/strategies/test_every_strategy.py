"""What holds for every strategy, whatever it does."""

import ctypes
import math
import time
from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.strategies import Strategy
from landscape.catalogue.surfaces import Surface, surface
from landscape.descent import course
from landscape.descent.course import GRADIENT_COST, Course
from landscape.descent.strategies import kernels
from landscape.descent.strategies.frame import ASKED_X, ASKED_Y, FOUND, FOUND_X, FOUND_Y
from landscape.descent.strategies.strategy import entry_of, strategy, strategy_entries, strategy_parameters
from landscape.descent.trajectory import descend
from landscape.errors import InputError
from landscape.formula.disk_cache import find
from landscape.translation import LANGUAGES

NAMES = tuple(strategy_entries())
START, STEPS = (1.0, -0.5), 60
NASTY = (
    "sqrt(x) + y**2",
    "log(x*y)",
    "1/x + 1/y",
    "exp(x**2 + y**2)",
    "-exp(x*y)",
    "x**3 - y**5",
    "0*x + 0*y",
    "gamma(x) + y",
)
"""Surfaces that are undefined, overflow, have no minimum or no slope."""

each = pytest.mark.parametrize("name", NAMES)


def run(name: str, where: Surface, **given: object) -> Course:
    found = descend(where, strategy(name), **{"start": START, "steps": STEPS, **given})
    assert isinstance(found, Course)
    return found


def same(one: Course, other: Course) -> bool:
    pairs = ((one.points, other.points), (one.population, other.population), (one.evaluations, other.evaluations))
    return all(np.array_equal(a, b) for a, b in pairs)


@each
def test_it_is_reproduced_by_its_seed(name: str) -> None:
    where = surface("rastrigin")
    assert same(run(name, where, seed=4), run(name, where, seed=4))
    if entry_of(strategy(name)).draws(dict(strategy(name).values)):
        assert not same(run(name, where, seed=4), run(name, where, seed=5))


@each
def test_more_steps_do_not_change_those_before(name: str) -> None:
    where = surface("himmelblau")
    long, short = run(name, where, steps=40), run(name, where, steps=15)
    np.testing.assert_array_equal(long.points[:16], short.points)
    np.testing.assert_array_equal(long.population[:16], short.population)


@each
def test_what_is_recorded_is_what_the_surface_is_there(name: str) -> None:
    where = surface("himmelblau", rotation=30.0)
    found = run(name, where)
    assert len(found.points) == STEPS + 1
    np.testing.assert_allclose(found.losses, where.value(*found.points.T), rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(found.values, where.value(*np.moveaxis(found.population, 2, 0)), rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(found.best, where.value(*found.best_points.T), rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(found.gradients.T, where.gradient(*found.points.T), rtol=1e-9, atol=1e-9)


@each
def test_the_best_is_the_least_of_all_that_was_seen(name: str) -> None:
    found = run(name, surface("rastrigin"))
    seen = np.minimum.accumulate(np.minimum(found.losses, found.values.min(axis=1)))
    assert (found.best <= seen).all()
    assert (np.diff(found.best) <= 0.0).all()


@each
@pytest.mark.parametrize("formula", NASTY)
def test_nothing_that_is_no_number_comes_out(name: str, formula: str) -> None:
    found = run(name, surface(formula), steps=200)
    for array in (found.points, found.population, found.best_points):
        assert np.isfinite(array).all()
    for array in (found.losses, found.values, found.best, *found.state.values(), *found.told.values()):
        assert not np.isnan(array).any()
    assert (found.losses > -math.inf).all()


@each
def test_every_evaluation_is_counted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, counted = surface("himmelblau"), Counter[str]()

    def value(told: int, _constants: int, _data: int, _count: int) -> None:
        counted["value"] += 1
        held = (ctypes.c_double * 10).from_address(told)
        held[FOUND] = float(where.value(held[ASKED_X], held[ASKED_Y]))

    def gradient(told: int, _constants: int, _data: int, _count: int) -> None:
        counted["gradient"] += 1
        held = (ctypes.c_double * 10).from_address(told)
        held[FOUND_X], held[FOUND_Y] = where.gradient(held[ASKED_X], held[ASKED_Y]).tolist()

    kind = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 4)
    called = {course.value_source(where): kind(value), course.gradient_source(where): kind(gradient)}
    addresses = {text: ctypes.cast(function, ctypes.c_void_p).value for text, function in called.items()}
    monkeypatch.setattr(course, "load", lambda text, _: SimpleNamespace(address=addresses[text]))
    found = run(name, where, steps=20)
    if entry_of(strategy(name)).runs_rule:  # The kernel of its rule sees the surface by itself.
        assert not counted
        return
    shown = len(found.points)  # The gradient at each point is for looking at.
    assert found.gradient_evaluations[-1] == counted["gradient"] - shown
    assert found.evaluations[-1] == counted["value"] + GRADIENT_COST * (counted["gradient"] - shown)


@each
def test_it_ends_soon_once_it_is_cancelled(name: str) -> None:
    u = np.random.default_rng(3).normal(size=10_000)
    data = {"u": u.tolist(), "v": (u > 0.3).astype(float).tolist()}
    where = surface("mean((sigmoid(x*u + y) - v)**2)", data=data)
    run(name, where, steps=1)
    begin = time.process_time()
    run(name, where, steps=20_000, cancelled=lambda: time.process_time() > begin + 0.1)
    assert time.process_time() - begin < 5.0


@each
def test_no_steps_are_the_start_alone(name: str) -> None:
    found = run(name, surface("himmelblau"), steps=0)
    assert found.points.shape == (1, 2)
    assert found.evaluations[0] > 0


@each
def test_its_machine_code_is_kept(name: str) -> None:
    if entry_of(strategy(name)).runs_rule:
        return  # It has the kernel of its rule.
    run(name, surface("himmelblau"), steps=1)
    assert find(kernels.run_source(strategy(name))) is not None


@each
def test_it_is_described_in_every_language(name: str) -> None:
    entry = entry_of(strategy(name))
    assert set(LANGUAGES) <= set(entry.titles)
    assert entry.source
    assert all(one.symbol and one.minimum <= one.default <= one.maximum for one in entry.parameters)


@each
def test_the_ends_of_its_ranges_can_be_run(name: str) -> None:
    for parameter in strategy_parameters(strategy(name)):
        for end in (parameter.minimum, parameter.maximum):
            found = descend(surface("rastrigin"), strategy(name, **{parameter.name: end}), START, 30)
            assert np.isfinite(found.points).all()


def test_the_strategies_are_those_of_the_contract() -> None:
    by_chance = {"restarts", "annealing", "genetic", "swarm", "cma_es", "basin_hopping"}
    assert set(NAMES) == by_chance | {"nelder_mead", "line_search", "conjugate_gradient", "lbfgs", "coordinate"}


def test_a_name_that_is_unknown_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match='did you mean "annealing"'):
        strategy("anealing")
    with pytest.raises(InputError, match='did you mean "cooling"'):
        strategy("annealing", coling=0.8)
    with pytest.raises(InputError, match="must be a finite number"):
        strategy("annealing", cooling=math.nan)
    with pytest.raises(InputError, match="runs no update rule"):
        strategy("annealing", optimizer("sgd"))


def test_a_strategy_is_a_value() -> None:
    one = strategy("annealing", temperature=200.0, cooling=0.8)
    assert one == strategy("annealing", cooling=0.8, temperature=200.0)
    assert hash(one) == hash(strategy("annealing", cooling=0.8, temperature=200.0))
    assert one.with_values(cooling=0.9) == strategy("annealing", temperature=200.0, cooling=0.9)
    assert isinstance(one, Strategy)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"steps": -1}, '"steps" must be a whole number'),
        ({"seed": -1}, '"seed" must be a whole number'),
        ({"start": (1.0, math.nan)}, "two finite numbers"),
        ({"start": "here"}, "two numbers"),
    ],
)
def test_what_cannot_be_run_is_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        run("annealing", surface("himmelblau"), **wrong)


@pytest.mark.parametrize("name", ["swarm", "genetic", "cma_es"])
def test_a_population_for_which_there_is_no_memory_is_refused_before_it_is_made(name: str) -> None:
    with pytest.raises(InputError, match="not enough memory"):
        descend(surface("rosenbrock"), strategy(name, members=10_000), START, 100_000)
