"""Genetic search and particle swarms: what each member comes from."""

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.descent.strategies.strategy import strategy
from landscape.descent.trajectory import descend

RASTRIGIN = surface("rastrigin")


def test_the_first_population_is_spread_over_the_box() -> None:
    where = surface("0*x", domain=((0, 10), (-1, 1)))
    for name in ("genetic", "swarm"):
        found = descend(where, strategy(name, members=200, box=0.5), (3, 0.2), 0)
        first = found.population[0]
        assert (np.abs(first - (3, 0.2)) <= (2.5, 0.5)).all()
        assert np.ptp(first, axis=0) == pytest.approx([5.0, 1.0], rel=0.1)
        assert (first == (3, 0.2)).all(axis=1).sum() == 1


def test_the_best_member_lives_on() -> None:
    found = descend(RASTRIGIN, strategy("genetic"), (2, 2), 100, seed=3)
    assert (np.diff(found.losses) <= 0.0).all()
    np.testing.assert_array_equal(found.points, found.population[:, 0])


def test_a_child_lies_between_its_parents_and_a_little_beyond() -> None:
    found = descend(RASTRIGIN, strategy("genetic", mutation=0.0, blend=0.25), (2, 2), 50, seed=3)
    parents = found.told["parents"].astype(int)
    crossed = found.told["crossed"] == 1.0
    apart = 0
    for k in range(50):
        for child, (a, b), mixed in zip(found.population[k + 1], parents[k + 1], crossed[k + 1], strict=True):
            one, other = found.population[k][a], found.population[k][b]
            if not mixed:
                np.testing.assert_array_equal(child, one)
                continue
            reach = 0.25 * np.abs(other - one) + 1e-12
            assert (child >= np.minimum(one, other) - reach).all()
            assert (child <= np.maximum(one, other) + reach).all()
            apart += bool((child != one).any())
    assert apart > 100


def test_without_crossover_and_mutation_there_is_nothing_new() -> None:
    found = descend(RASTRIGIN, strategy("genetic", crossover=0.0, mutation=0.0), (2, 2), 20, seed=3)
    first = {tuple(point) for point in found.population[0]}
    assert {tuple(point) for point in found.population[-1]} <= first


def test_mutations_are_as_frequent_and_as_wide_as_is_said() -> None:
    flat = surface("0*x", domain=((-5, 5), (-1, 1)))
    given = strategy("genetic", members=100, crossover=0.0, mutation=0.3, reach=0.02)
    found = descend(flat, given, (0, 0), 300)
    mutated = found.told["mutated"][1:, 1:] == 1.0
    assert mutated.mean() == pytest.approx(0.3, abs=0.02)
    parents = found.told["parents"][1:, 1:, 0].astype(int)
    before = np.take_along_axis(found.population[:-1], parents[..., None], axis=1)
    moves = (found.population[1:, 1:] - before)[mutated]
    assert moves.std(axis=0) == pytest.approx([0.2, 0.04], rel=0.05)


def test_a_velocity_is_the_sum_of_its_three_parts() -> None:
    found = descend(RASTRIGIN, strategy("swarm", inertia=0.7), (2, 2), 50, seed=3)
    velocity = sum(found.told[part] for part in ("inertia", "own", "common"))
    np.testing.assert_allclose(np.diff(found.population, axis=0), velocity[1:], atol=1e-9)
    np.testing.assert_allclose(found.told["inertia"][1:], 0.7 * velocity[:-1], atol=1e-12)


def test_particles_are_drawn_to_the_best_points_that_are_known() -> None:
    """Each part is a fraction of the way there, at most the constant, in each coordinate."""
    found = descend(RASTRIGIN, strategy("swarm", own=1.2, common=1.7), (2, 2), 50, seed=3)
    to_own = 1.2 * (found.told["best"][:-1, :, :2] - found.population[:-1])
    to_common = 1.7 * (found.points[:-1, None] - found.population[:-1])
    for part, whole in (("own", to_own), ("common", to_common)):
        moved = found.told[part][1:]
        assert (np.abs(moved) <= np.abs(whole) + 1e-12).all()
        assert (moved * whole >= 0.0).all()


def test_the_leader_found_the_best_point() -> None:
    found = descend(RASTRIGIN, strategy("swarm"), (2, 2), 50, seed=3)
    leaders = found.told["best"][np.arange(51), found.state["leader"].astype(int)]
    np.testing.assert_array_equal(found.points, leaders[:, :2])
    np.testing.assert_array_equal(found.losses, found.best)
