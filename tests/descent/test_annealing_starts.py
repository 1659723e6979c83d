"""Annealing from many starts is the walk that NumPy makes of the same numbers."""

import numpy as np
import pytest

from landscape.catalogue.surfaces import Surface, surface
from landscape.descent.annealing_starts import anneal
from landscape.descent.noise import uniforms
from landscape.descent.strategies.strategy import strategy
from landscape.errors import InputError

GIVEN = strategy("annealing", temperature=30.0, cooling=0.95, proposal=0.1)


def by_hand(where: Surface, start: tuple[float, float], index: int, steps: int, seed: int) -> tuple[np.ndarray, float]:
    """Walk step by step, as the formulas say; return the end and the lowest value."""
    values = dict(GIVEN.values)
    point, sides = np.array(start), np.ptp(np.array(where.domain), axis=1)
    f = best = float(where.value(*point))
    random = uniforms(seed, steps, 3, index << 32)
    for k in range(steps):
        u, v, chance = random[k]
        turn = np.array([np.cos(2 * np.pi * v), np.sin(2 * np.pi * v)])
        new = point + values["proposal"] * sides * np.sqrt(-2 * np.log(u)) * turn
        value = float(where.value(*new))
        temperature = values["temperature"] * values["cooling"] ** k
        if chance <= np.exp(min(0.0, (f - value) / temperature)):
            point, f = new, value
        best = min(best, value)
    return point, best


@pytest.mark.parametrize("name", ["himmelblau", "rastrigin", "logistic_separable"])
def test_each_walk_is_that_of_the_formulas(name: str) -> None:
    where = surface(name)
    (left, right), (low, high) = where.domain
    starts = np.array([left, low]) + uniforms(1, 300, 2) * (right - left, high - low)
    found = anneal(where, GIVEN, starts, 60, seed=5)
    for index in (0, 1, 17, 255, 256, 299):
        point, best = by_hand(where, tuple(starts[index].tolist()), index, 60, 5)
        np.testing.assert_allclose(found.points[index], point, rtol=1e-9, atol=1e-9)
        assert found.best[index] == pytest.approx(best, rel=1e-9, abs=1e-9)


def test_what_is_found_is_what_the_surface_is_there() -> None:
    where = surface("rastrigin", rotation=20.0)
    found = anneal(where, GIVEN, uniforms(1, 500, 2), 200)
    np.testing.assert_allclose(found.losses, where.value(*found.points.T), atol=1e-9)
    np.testing.assert_allclose(found.best, where.value(*found.best_points.T), atol=1e-9)
    assert (found.best <= found.losses).all()


def test_where_there_is_no_value_nothing_is_taken() -> None:
    found = anneal(surface("log(x) + y**2 + 1/x"), GIVEN, np.full((10, 2), 1.0), 200)
    assert (found.points[:, 0] > 0.0).all()
    assert np.isfinite(found.losses).all()


def test_a_walk_does_not_depend_on_the_others() -> None:
    starts = uniforms(2, 400, 2)
    where = surface("himmelblau")
    np.testing.assert_array_equal(
        anneal(where, GIVEN, starts, 50).points[:100], anneal(where, GIVEN, starts[:100], 50).points
    )


def test_what_cannot_be_used_is_refused() -> None:
    for starts in ([[1.0, np.nan]], [1.0, 2.0]):
        with pytest.raises(InputError, match="two finite numbers"):
            anneal(surface("himmelblau"), GIVEN, starts, 5)
    with pytest.raises(InputError, match="annealing"):
        anneal(surface("himmelblau"), strategy("swarm"), [[1.0, 2.0]], 5)
