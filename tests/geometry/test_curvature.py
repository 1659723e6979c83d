"""Hessians along a path, what follows from them, and the claims about sharpness that can be measured."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.surfaces import surface
from landscape.descent.recorded import Trajectory
from landscape.descent.trajectory import descend
from landscape.geometry.curvature import eigenpairs, eigenvalues, eigenvectors, hessians
from landscape.geometry.stability import stable_rate, stable_sharpness

RANDOM = np.random.default_rng(3).normal(size=(200, 3)) * 10.0 ** np.random.default_rng(4).uniform(-8, 8, (200, 1))


def sharpness(run: Trajectory, where) -> np.ndarray:
    return eigenvalues(hessians(where, run.points))[:, 1]


def last_sharpness(formula: str, lr: float, start: tuple[float, float], steps: int = 1000) -> float:
    where = surface(formula)
    return float(sharpness(descend(where, optimizer("sgd", lr=lr), start, steps), where)[-1])


def test_eigenvalues_are_those_of_lapack():
    full = RANDOM[:, [0, 1, 1, 2]].reshape(-1, 2, 2)
    scale = np.abs(full).max(axis=(1, 2))[:, None]
    assert eigenvalues(RANDOM) / scale == pytest.approx(np.linalg.eigvalsh(full) / scale, abs=1e-14)


def test_the_small_eigenvalue_keeps_its_digits_beside_a_huge_one():
    """diag(a, b) turned by the unit matrix is itself; near it, λ₁λ₂ is the determinant."""
    assert eigenvalues(np.array((1e20, 0.0, 1.0))).tolist() == [1.0, 1e20]
    assert eigenvalues(np.array((-1e-20, 0.0, 3.0))).tolist() == [-1e-20, 3.0]
    assert eigenvalues(np.array((1e16, 1e8, 2.0)))[0] == pytest.approx(1.0, rel=1e-12)


def test_eigenvalues_of_the_largest_numbers_do_not_overflow_and_those_of_none_are_nan():
    assert eigenvalues(np.array((1.2e308, 1e308, 1.2e308))).tolist() == pytest.approx([0.2e308, np.inf])
    assert eigenvalues(np.array((1e300, -1e300, 1e300))) == pytest.approx([0.0, 2e300], abs=1e285)
    assert eigenvalues(np.zeros(3)).tolist() == [0.0, 0.0]
    assert np.isnan(eigenvalues(np.array((np.inf, 0.0, 1.0)))).all()


def test_one_matrix_has_the_same_eigenpairs_in_plain_numbers():
    for entries in [*RANDOM.tolist(), [0.0, 0.0, 0.0], [1e20, 0.0, 1.0], [2.0, 1.0, -2.0]]:
        values, axes = eigenpairs(*entries)
        assert values == pytest.approx(eigenvalues(np.array(entries)), rel=1e-14)
        assert np.array(axes) == pytest.approx(eigenvectors(np.array(entries)), abs=1e-14)


def test_a_determinant_that_is_known_better_gives_the_small_eigenvalue():
    (low, high), _ = eigenpairs(1.0, 1.0, 1.0, determinant=1e-30)
    assert (low, high) == pytest.approx((5e-31, 2.0))


def test_eigenvectors_of_many_are_those_of_each():
    assert eigenvectors(RANDOM) == pytest.approx(np.array([eigenvectors(entries) for entries in RANDOM]))


@pytest.mark.parametrize("entries", [(2.0, 0.0, 1.0), (1.0, 0.0, 2.0), (1.0, 3.0, -1.0), (-4.0, 1e-9, -4.0), (0, 1, 0)])
def test_eigenvectors_are_turned_into_themselves(entries):
    xx, xy, yy = entries
    full = np.array(((xx, xy), (xy, yy)))
    axes = eigenvectors(np.array(entries, dtype=float))
    assert axes @ axes.T == pytest.approx(np.eye(2))
    assert full @ axes.T == pytest.approx(axes.T * eigenvalues(np.array(entries, dtype=float)), abs=1e-8)


def test_a_hessian_that_does_not_exist_is_nan_and_not_an_error():
    where = surface("sqrt(x) + y**2")
    found = hessians(where, np.array(((1.0, 0.0), (-1.0, 0.0))))
    assert found[0].tolist() == pytest.approx([-0.25, 0.0, 2.0])
    assert np.isnan(eigenvalues(found)[1]).all()


def test_the_hessians_of_a_surface_with_data_do_not_depend_on_how_they_are_cut():
    where = surface("tanh_unit")
    points = np.random.default_rng(0).uniform(-2, 2, (40, 2))
    one_by_one = [where.hessian(x, y)[[0, 0, 1], [0, 1, 1]] for x, y in points]
    assert hessians(where, points) == pytest.approx(np.array(one_by_one))


@pytest.mark.parametrize(("lr", "expected"), [(0.05, 6.517), (0.3, 5.968), (0.35, 4.497), (0.4, 2.870)])
def test_a_larger_rate_ends_at_a_flatter_minimum_of_the_rank_one_factorisation(lr: float, expected: float):
    """Claim E3; Wang et al. 2022, arXiv:2110.03677."""
    found = last_sharpness("(1 - x*y)**2/2", lr, (2.5, 0.2))
    assert found == pytest.approx(expected, abs=5e-4)
    assert found < 2 / lr


def test_a_vanishing_rate_ends_where_the_gradient_flow_does():
    """Along the flow x² - y² does not change; on xy = 1 the sharpness is x² + y², so its square is (x² - y²)² + 4."""
    flow = np.sqrt((2.5**2 - 0.2**2) ** 2 + 4)
    assert flow == pytest.approx(6.524, abs=5e-4)
    assert last_sharpness("(1 - x*y)**2/2", 1e-4, (2.5, 0.2), 60_000) == pytest.approx(flow, abs=2e-3)


def test_a_rate_that_is_unstable_at_the_nearest_minimum_goes_on_to_a_flatter_one():
    flow = np.sqrt((3.0**2 - 0.1**2) ** 2 + 4)
    found = last_sharpness("(1 - x*y)**2/2", 0.3, (3.0, 0.1))
    assert found == pytest.approx(2.707, abs=5e-4)
    assert flow > 2 / 0.3 > found


def test_on_the_quartic_a_stable_rate_keeps_the_sharp_minimum_and_an_unstable_one_comes_down_to_the_edge():
    """Zhu et al. 2023, arXiv:2210.03294: f = (x²y² - 1)²/4 from (12.5, 0.05)."""
    where, start = surface("(x**2*y**2 - 1)**2/4"), (12.5, 0.05)
    kept = sharpness(descend(where, optimizer("sgd", lr=0.005), start, 2000), where)
    assert kept[-1] == pytest.approx(312.5, abs=0.1)
    # The way there is chaotic; that it ends within a few per cent of 2/η is not.
    edge = sharpness(descend(where, optimizer("sgd", lr=0.012), start, 100_000), where)
    assert edge[-200:].mean() == pytest.approx(2 / 0.012, rel=0.05)
    assert descend(where, optimizer("sgd", lr=0.015), start, 2000).outcome == "diverged"


@pytest.mark.parametrize(
    "rule",
    [
        optimizer("sgd", weight_decay=0.3),
        optimizer("momentum", momentum=0.8, dampening=0.1),
        optimizer("nesterov", momentum=0.7),
        optimizer("momentum_ema", beta=0.9),
    ],
    ids=lambda rule: rule.entry,
)
def test_the_stable_sharpness_is_where_the_rate_is_just_the_stable_one(rule):
    rates = np.array((0.01, 0.1))
    limits = stable_sharpness(rule, rates)
    assert [stable_rate(rule, limit) for limit in limits.tolist()] == pytest.approx(rates.tolist())


def test_the_stable_sharpness_of_gradient_descent_is_two_over_the_rate_and_has_no_end_at_rate_zero():
    assert stable_sharpness(optimizer("sgd"), np.array((0.5, 0.1, 0.0))).tolist() == [4.0, 20.0, np.inf]
    assert stable_sharpness(optimizer("adam"), np.array((0.5,))) is None
