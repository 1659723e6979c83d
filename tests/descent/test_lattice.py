"""Starts lie at the centres of a lattice's cells, and are found again by row and column."""

import gc
import weakref

import numpy as np
import pytest

from landscape.descent.lattice import SIDE, Lattice

LATTICES = [
    Lattice(1, 1, (0.0, 1.0), (0.0, 1.0)),
    Lattice(37, 20, (-1.0, 3.0), (2.0, 2.5)),
    Lattice(32, 48, (0, 1), (0, 1)),
]


@pytest.mark.parametrize("lattice", LATTICES, ids=lambda one: f"{one.columns}x{one.rows}")
def test_row_by_row_the_starts_are_the_centres_of_the_cells(lattice: Lattice) -> None:
    x, y = (
        low + (high - low) * (np.arange(count) + 0.5) / count
        for (low, high), count in ((lattice.x, lattice.columns), (lattice.y, lattice.rows))
    )
    by_row = np.array([lattice.by_row(part) for part in lattice.starts()])
    np.testing.assert_allclose(by_row, [part.ravel() for part in np.meshgrid(x, y)], rtol=1e-14)


@pytest.mark.parametrize("lattice", LATTICES, ids=lambda one: f"{one.columns}x{one.rows}")
def test_the_positions_of_starts_counted_by_row_are_theirs_among_all(lattice: Lattice) -> None:
    numbers = lattice.by_row(np.arange(lattice.starts().shape[1]))
    np.testing.assert_array_equal(lattice.positions(np.arange(lattice.rows * lattice.columns)), numbers)


def test_a_tile_is_a_square_of_neighbours() -> None:
    first = Lattice(37, 20, (0.0, 37.0), (0.0, 20.0)).starts()[:, : SIDE**2]
    assert first.min(axis=1).tolist() == [0.5, 0.5]
    assert first.max(axis=1).tolist() == [SIDE - 0.5, SIDE - 0.5]


def test_the_starts_of_the_last_two_lattices_are_kept_the_coarse_and_the_fine_one_of_a_drag() -> None:
    lattices = [Lattice(40 * size, 40 * size, (0.0, 1.0), (0.0, 1.0)) for size in (1, 2, 3)]
    held = [weakref.ref(lattice.starts().base) for lattice in lattices]
    gc.collect()
    assert [one() is not None for one in held] == [False, True, True]
