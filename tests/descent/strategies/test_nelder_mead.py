"""The triangle of Nelder and Mead goes the way that SciPy's goes."""

import numpy as np
import pytest

from landscape.catalogue.surfaces import surface
from landscape.descent.strategies.nelder_mead import EXPANSION, INSIDE, OUTSIDE, REFLECTION, SHRINKING
from landscape.descent.strategies.strategy import strategy
from landscape.descent.trajectory import descend

STARTS = {"rosenbrock": (-1.2, 1.0), "himmelblau": (0.0, 0.5), "beale": (-1.0, 2.0), "rastrigin": (1.3, -0.8)}


@pytest.mark.reference
@pytest.mark.parametrize("name", STARTS)
def test_the_path_is_that_of_scipy(name: str) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    where = surface(name)
    ours = descend(where, strategy("nelder_mead", size=0.05), STARTS[name], 60)
    (left, right), (low, high) = where.domain
    x, y = STARTS[name]
    first = [(x, y), (x + 0.05 * (right - left), y), (x, y + 0.05 * (high - low))]
    options = {"initial_simplex": first, "maxiter": 61, "return_all": True, "xatol": 0.0, "fatol": 0.0}
    theirs = optimize.minimize(lambda p: float(where.value(*p)), first[0], method="Nelder-Mead", options=options)
    path = np.array(theirs.allvecs)
    assert len(path) == len(ours.points) == 61
    # It says where it begins before it has put the corners in order.
    np.testing.assert_allclose(ours.points[1:], path[1:], rtol=1e-7, atol=1e-9)
    assert ours.evaluations[-1] == theirs.nfev


def test_the_corners_are_in_order() -> None:
    found = descend(surface("rosenbrock"), strategy("nelder_mead"), (-1.2, 1.0), 100)
    assert (np.diff(found.values, axis=1) >= 0.0).all()
    np.testing.assert_array_equal(found.points, found.population[:, 0])


def test_each_move_is_what_its_name_says() -> None:
    """The corner that is new lies on the line through the worst one and the middle of the others, as far as it says."""
    away = {REFLECTION: -1.0, EXPANSION: -2.0, OUTSIDE: -0.5, INSIDE: 0.5}
    seen = set()
    for name, start in STARTS.items():
        found = descend(surface(name), strategy("nelder_mead", size=0.3), start, 60)
        for k, move in enumerate(found.state["move"][1:].astype(int)):
            before, after = found.population[k], found.population[k + 1]
            seen.add(int(move))
            if move == SHRINKING:
                halves = before[0] + 0.5 * (before[1:] - before[0])
                assert all(np.abs(after - corner).sum(axis=1).min() < 1e-12 for corner in halves)
                continue
            centre = before[:2].mean(axis=0)
            new = centre + away[move] * (before[2] - centre)
            assert np.abs(after - new).sum(axis=1).min() < 1e-9
            np.testing.assert_allclose(found.state["centroid"][k + 1], centre, atol=1e-12)
    assert seen >= {REFLECTION, EXPANSION, OUTSIDE, INSIDE}
