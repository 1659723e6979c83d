"""CMA-ES learns what the reference implementation learns of the same samples."""

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.descent.course import Course
from landscape.descent.noise import uniforms
from landscape.descent.strategies.strategy import strategy
from landscape.descent.trajectory import descend


def run(name: str = "rastrigin", steps: int = 60, seed: int = 3, **given: float) -> Course:
    return descend(surface(name), strategy("cma_es", **given), (2.0, -1.5), steps, seed=seed)


def matrix(found: Course, k: int) -> np.ndarray:
    xx, xy, yy = found.state["covariance"][k]
    return np.array([[xx, xy], [xy, yy]])


@pytest.mark.reference
@pytest.mark.parametrize("name", ["rastrigin", "rosenbrock", "himmelblau", "ackley"])
@pytest.mark.parametrize("members", [6, 7, 20])
def test_it_learns_what_the_library_does(name: str, members: int) -> None:
    """The library is told our samples: mean, width, shape and both paths agree after every generation."""
    cmaes = pytest.importorskip("cmaes")
    found = run(name, members=members)
    start = float(found.state["sigma"][0])
    theirs = cmaes.CMA(mean=np.array([2.0, -1.5]), sigma=start, population_size=members, cov=matrix(found, 0))
    for k in range(1, 61):
        if found.state["sigma"][k - 1] < 1e-7:
            break  # Differences of what is so near have few digits left.
        theirs.tell(list(zip(found.population[k], found.values[k].tolist(), strict=True)))
        told = vars(theirs)
        for part, own in (("mean", "_mean"), ("sigma", "_sigma"), ("width_path", "_p_sigma"), ("path", "_pc")):
            np.testing.assert_allclose(found.state[part][k], told[own], rtol=1e-6, atol=1e-6)
        np.testing.assert_allclose(matrix(found, k), told["_C"], rtol=1e-6, atol=1e-6)
    assert k > 20


@pytest.mark.reference
def test_its_width_on_a_bowl_shrinks_as_fast_as_that_of_pycma() -> None:
    cma = pytest.importorskip("cma")
    bowl = surface("x**2 + y**2", domain=((-5, 5), (-5, 5)))
    ours = [descend(bowl, strategy("cma_es"), (3, 2), 60, seed=seed).best[-1] for seed in range(60)]
    theirs = []
    for seed in range(1, 61):
        given = {"seed": seed, "verbose": -9, "maxiter": 60, "tolfun": 0, "tolx": 0, "popsize": 6}
        theirs.append(cma.fmin2(lambda p: float(p @ p), [3, 2], 2.0, given)[1].result.fbest)
    assert np.median(np.log10(ours)) == pytest.approx(np.median(np.log10(theirs)), abs=1.0)


def test_members_are_drawn_from_what_is_recorded() -> None:
    """In the coordinates of the distribution, members are standard normal; here are those of many runs."""
    drawn = []
    for seed in range(200):
        found = run("rosenbrock", 20, seed, members=10)
        for k in (0, 5, 19):
            away = (found.population[k + 1] - found.state["mean"][k]) / found.state["sigma"][k]
            drawn.append(np.linalg.solve(np.linalg.cholesky(matrix(found, k)), away.T).T)
    sample = np.concatenate(drawn)
    assert sample.mean(axis=0) == pytest.approx([0.0, 0.0], abs=0.04)
    assert np.cov(sample.T) == pytest.approx(np.eye(2), abs=0.05)


def test_its_samples_are_made_of_the_numbers_of_the_noise() -> None:
    found = run(steps=1)
    u = uniforms(3, 1, 24)[0].reshape(6, 2, 2)
    normals = np.sqrt(-2 * np.log(u[:, :, 0])) * np.cos(2 * np.pi * u[:, :, 1])
    expected = found.state["mean"][0] + found.state["sigma"][0] * normals
    order = np.lexsort(expected.T)
    got = found.population[1][np.lexsort(found.population[1].T)]
    np.testing.assert_allclose(got, expected[order], rtol=1e-12)


def test_it_begins_as_wide_as_is_said() -> None:
    flat = surface("0*x", domain=((0, 10), (0, 0.1)))
    found = descend(flat, strategy("cma_es", sigma=0.3, members=100), (5, 0.05), 1)
    assert found.population[1].std(axis=0) == pytest.approx([3.0, 0.03], rel=0.25)
    deviations = found.state["sigma"][0] * np.sqrt(found.state["covariance"][0][[0, 2]])
    assert deviations == pytest.approx([3.0, 0.03])


def test_members_are_in_the_order_of_their_values_with_weights_that_fall() -> None:
    found = run()
    assert (np.diff(found.values, axis=1) >= 0.0).all()
    positive = found.told["weight"][1:, :3]
    assert (np.diff(positive, axis=1) < 0.0).all()
    assert positive.sum(axis=1) == pytest.approx(np.ones(60))


def test_it_does_not_care_how_a_bowl_is_stretched_and_turned() -> None:
    """That is what it learns the covariance for: on an ellipse of condition 1,000 it needs few steps more."""
    bowl, ravine = surface("x**2 + y**2"), surface("1000*x**2 + y**2", rotation=30.0)
    needed = []
    for where in (bowl, ravine):
        found = [descend(where, strategy("cma_es"), (1, 1), 300, seed=seed) for seed in range(20)]
        needed.append(np.median([np.flatnonzero(one.best < 1e-8)[0] for one in found]))
    assert needed[1] < 4 * needed[0]
