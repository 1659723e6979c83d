"""Annealing takes what is worse with the probability that its formula says."""

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.descent.annealing_starts import anneal
from landscape.descent.noise import uniforms
from landscape.descent.strategies.strategy import entry_of, strategy
from landscape.descent.trajectory import descend


def test_moves_uphill_are_taken_as_often_as_their_probability_says() -> None:
    """At one temperature, over the moves whose probability is near p, a part p of them is taken."""
    found = descend(surface("himmelblau"), strategy("annealing", temperature=60.0, cooling=1.0), (1, 1), 200_000)
    uphill = found.state["worse"][1:] > 0.0
    chance, taken = found.state["probability"][1:][uphill], found.state["accepted"][1:][uphill]
    for low in np.arange(0.05, 0.95, 0.1):
        near = (chance >= low) & (chance < low + 0.1)
        assert near.sum() > 1000
        error = np.sqrt(0.25 / near.sum())
        assert taken[near].mean() == pytest.approx(chance[near].mean(), abs=4 * error)


def test_the_probability_is_that_of_metropolis() -> None:
    found = descend(surface("himmelblau"), strategy("annealing", temperature=200.0, cooling=0.8), (1, 1), 60, seed=3)
    step = np.arange(60)
    np.testing.assert_allclose(found.state["temperature"][1:], 200.0 * 0.8**step, rtol=1e-12)
    worse = found.values[1:, 1] - found.losses[:-1]
    np.testing.assert_allclose(found.state["worse"][1:], worse, rtol=1e-12)
    expected = np.exp(-np.maximum(worse, 0.0) / (200.0 * 0.8**step))
    np.testing.assert_allclose(found.state["probability"][1:], expected, rtol=1e-12)
    np.testing.assert_array_equal(found.state["accepted"][1:], found.state["drawn"][1:] <= expected)


def test_what_is_taken_is_where_it_stands_and_what_is_refused_is_not() -> None:
    found = descend(surface("rastrigin"), strategy("annealing", temperature=20.0, cooling=1.0), (1, 1), 300, seed=1)
    taken = found.state["accepted"][1:] == 1.0
    np.testing.assert_array_equal(found.points[1:][taken], found.population[1:, 1][taken])
    np.testing.assert_array_equal(found.points[1:][~taken], found.points[:-1][~taken])
    assert 0.02 < taken.mean() < 0.98


def test_at_a_constant_temperature_it_visits_what_boltzmann_says() -> None:
    """On a bowl f = x²/2 + y²/2 at temperature T each coordinate is normal with variance T."""
    bowl = surface("x**2/2 + y**2/2", domain=((-5, 5), (-5, 5)))
    found = descend(bowl, strategy("annealing", temperature=0.7, cooling=1.0, proposal=0.15), (0, 0), 400_000)
    assert found.points[1000:].var(axis=0) == pytest.approx([0.7, 0.7], rel=0.05)
    assert found.losses[1000:].mean() == pytest.approx(0.7, rel=0.05)


def test_its_random_numbers_are_those_of_the_noise() -> None:
    found = descend(surface("himmelblau"), strategy("annealing"), (1, 1), 50, seed=11)
    np.testing.assert_array_equal(found.state["drawn"][1:], uniforms(11, 50, 5)[:, 4])


def test_its_proposals_spread_as_far_as_is_said() -> None:
    wide = surface("0*x", domain=((-4, 6), (0, 2)))
    found = descend(wide, strategy("annealing", proposal=0.15), (1, 1), 100_000)
    moves = found.population[1:, 1] - found.points[:-1]
    assert moves.mean(axis=0) == pytest.approx([0.0, 0.0], abs=0.02)
    assert moves.std(axis=0) == pytest.approx([1.5, 0.3], rel=0.02)


LAWS = {
    "exponential": lambda k, a: a**k,
    "linear": lambda k, a: np.maximum(1 - (1 - a) * k, 0.0),
    "inverse": lambda k, a: 1 / (1 + (1 / a - 1) * k),
    "logarithmic": lambda k, a: 1 / (1 + (1 / a - 1) * np.log2(1 + k)),
}


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("cooling", [0.2, 0.9, 1.0])
def test_the_temperature_falls_by_its_law_and_by_the_same_factor_in_the_first_step(law: str, cooling: float) -> None:
    number = list(entry_of(strategy("annealing")).choices["law"]).index(law)
    mover = strategy("annealing", temperature=7.0, cooling=cooling, law=number)
    found = descend(surface("himmelblau"), mover, (1, 1), 40).state["temperature"][1:]
    np.testing.assert_allclose(found, 7.0 * LAWS[law](np.arange(40.0), cooling), rtol=1e-12, atol=1e-15)
    assert found[:2].tolist() == pytest.approx([7.0, 7.0 * cooling])


def test_the_slower_laws_are_still_warm_when_the_faster_are_cold() -> None:
    """In this order Nourani & Andresen 1998 draw them, but for the linear one, which ends first."""
    last = [
        descend(surface("himmelblau"), strategy("annealing", cooling=0.9, law=law), (1, 1), 200).state["temperature"][
            -1
        ]
        for law in (1, 0, 2, 3)
    ]
    assert last[0] == 0.0
    assert last == sorted(last)
    assert last[3] > 10 * last[2] * 0.2 > last[1]


@pytest.mark.parametrize("law", range(4))
def test_at_no_cooling_factor_it_freezes_after_the_first_step(law: int) -> None:
    mover = strategy("annealing", temperature=3.0, cooling=0.0, law=law)
    assert descend(surface("himmelblau"), mover, (1, 1), 5).state["temperature"][1:].tolist() == [3.0, 0, 0, 0, 0]


@pytest.mark.parametrize("law", range(4))
def test_many_starts_follow_the_same_laws(law: int) -> None:
    """Of a surface that only rises, what is taken depends on the temperature alone: the mean climb is the same."""
    mover = strategy("annealing", temperature=4.0, cooling=0.7, proposal=0.05, law=law)
    bowl = surface("x**2/2 + y**2/2", domain=((-5, 5), (-5, 5)))
    many = anneal(bowl, mover, np.zeros((2000, 2)), 40).losses
    alone = np.array([descend(bowl, mover, (0, 0), 40, seed=seed).losses[-1] for seed in range(500)])
    assert many.mean() == pytest.approx(alone.mean(), rel=0.2)
