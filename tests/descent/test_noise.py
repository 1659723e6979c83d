"""The noise is normal, reproducible, and the same for a step however it is asked for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.descent.noise import batches, normals

SEEDS = st.integers(-(2**63), 2**64)


@settings(max_examples=50, deadline=None)
@given(SEEDS, st.integers(0, 300), st.integers(0, 300), st.integers(1, 4))
def test_a_step_has_the_same_noise_in_any_piece(seed: int, first: int, steps: int, channels: int) -> None:
    whole = normals(seed, first + steps, 4)
    np.testing.assert_array_equal(normals(seed, steps, channels, first), whole[first:, :channels])


def test_the_noise_is_standard_normal() -> None:
    sample = normals(1, 200_000, 2)
    assert sample.mean(axis=0) == pytest.approx([0.0, 0.0], abs=0.01)
    assert sample.std(axis=0) == pytest.approx([1.0, 1.0], abs=0.01)
    inside = [(np.abs(sample) < width).mean() for width in (0.5, 1.0, 2.0, 3.0)]
    assert inside == pytest.approx([0.38292, 0.68269, 0.95450, 0.99730], abs=0.003)


def test_steps_channels_and_seeds_have_nothing_to_do_with_each_other() -> None:
    a, b = normals(1, 100_000, 2).T
    c = normals(2, 100_000, 1)[:, 0]
    for left, right in ((a, b), (a, c), (a[:-1], a[1:]), (b[:-1], a[1:]), (a**2, b**2)):
        assert abs(np.corrcoef(left, right)[0, 1]) < 0.015


def test_the_noise_is_the_same_everywhere_and_for_ever() -> None:
    expected = [[-2.2083076892805313, -0.9889639621848535], [-0.5739023121398562, -0.11634877707551006]]
    np.testing.assert_allclose(normals(0, 2, 2), expected, rtol=1e-12)
    assert batches(0, 2, 5, 3).tolist() == [[0, 4, 3], [2, 1, 4]]


@settings(max_examples=50, deadline=None)
@given(SEEDS, st.integers(1, 40), st.integers(1, 60), st.integers(0, 60), st.integers(1, 30))
def test_a_step_has_the_same_rows_in_any_piece(seed: int, rows: int, size: int, first: int, steps: int) -> None:
    whole = batches(seed, first + steps, rows, size)
    assert whole.shape == (first + steps, size)
    np.testing.assert_array_equal(batches(seed, steps, rows, size, first), whole[first:])


@settings(max_examples=50, deadline=None)
@given(SEEDS, st.integers(1, 40), st.integers(1, 60), st.integers(1, 5))
def test_every_epoch_takes_every_row_once(seed: int, rows: int, size: int, epochs: int) -> None:
    steps = -(-epochs * rows // size)
    walked = batches(seed, steps, rows, size).ravel()[: epochs * rows].reshape(epochs, rows)
    np.testing.assert_array_equal(np.sort(walked, axis=1), np.tile(np.arange(rows), (epochs, 1)))


def test_every_epoch_has_another_order() -> None:
    epochs = batches(0, 20, 12, 12)
    assert len({tuple(epoch) for epoch in epochs.tolist()}) == 20


def test_every_row_comes_first_equally_often() -> None:
    counts = np.bincount(batches(3, 6000, 6, 6)[:, 0])
    assert counts.min() > 900
    assert counts.max() < 1100
