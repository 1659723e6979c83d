import numpy as np
import pytest

from landscape.network.measures.eigenvalues import largest


def symmetric(eigenvalues: np.ndarray, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    q, _ = np.linalg.qr(random.normal(size=(len(eigenvalues), len(eigenvalues))))
    return q * eigenvalues @ q.T


class Counted:
    """The products with a matrix, and how many there were."""

    def __init__(self, matrix: np.ndarray) -> None:
        self.matrix, self.calls = matrix, 0

    def __call__(self, vector: np.ndarray) -> np.ndarray:
        self.calls += 1
        return self.matrix @ vector


@pytest.mark.parametrize(
    "eigenvalues",
    [
        np.linspace(0.0, 20.0, 200),
        np.concatenate([np.linspace(-1.0, 1.0, 99), [20.0]]),
        np.concatenate([[-50.0], np.linspace(-1.0, 1.0, 98), [3.0]]),
        -np.linspace(1.0, 2.0, 30),
        np.full(10, 4.0),
        np.array([7.0]),
    ],
    ids=["even", "one-far", "a-larger-negative-one", "all-negative", "all-equal", "one"],
)
def test_the_largest_eigenvalue_is_that_of_numpy(eigenvalues: np.ndarray) -> None:
    matrix = symmetric(eigenvalues)
    found = largest(lambda v: matrix @ v, np.random.default_rng(1).normal(size=len(matrix)), tolerance=1e-6, most=200)
    assert np.isclose(found.value, np.linalg.eigvalsh(matrix)[-1], rtol=1e-9)
    assert np.allclose(matrix @ found.vector, found.value * found.vector, atol=1e-4)
    assert not found.vector.flags.writeable


def test_an_eigenvector_as_start_takes_one_product() -> None:
    matrix = symmetric(np.linspace(0.0, 20.0, 200))
    product = Counted(matrix)
    largest(product, np.linalg.eigh(matrix)[1][:, -1])
    assert product.calls == 1


def test_the_residual_tells_how_far_off_the_value_may_be() -> None:
    matrix = symmetric(np.linspace(0.0, 20.0, 200))
    product = Counted(matrix)
    found = largest(product, np.random.default_rng(1).normal(size=200), most=8)
    assert product.calls == 8
    assert np.isclose(found.residual, np.linalg.norm(matrix @ found.vector - found.value * found.vector), rtol=1e-6)
    assert 0.0 < 20.0 - found.value <= found.residual


def test_what_is_not_finite_has_no_eigenvalue() -> None:
    assert np.isnan(largest(lambda v: v * np.nan, np.ones(3)).value)
