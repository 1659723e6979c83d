"""Annealing takes what is worse with the probability that its formula says."""

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.descent.noise import uniforms
from landscape.descent.strategies.strategy import strategy
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
