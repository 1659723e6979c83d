"""The lattice holds the surface's own values, however they were computed."""

import numpy as np
import pytest

from landscape.catalogue.surfaces import SurfaceEntry, surface, surface_entries
from landscape.geometry.grid import arrows, centres, is_warm, sample, warm


def test_cells_fill_the_range_and_are_sampled_in_their_middle() -> None:
    np.testing.assert_allclose(centres((-1.0, 3.0), 4), [-0.5, 0.5, 1.5, 2.5])


@pytest.mark.parametrize("entry", surface_entries().values(), ids=surface_entries())
def test_a_compiled_grid_equals_the_plain_one(entry: SurfaceEntry) -> None:
    where = entry.surface
    warm(where)
    x, y = where.domain
    plain = where.value(centres(x, 37)[None, :], centres(y, 23)[:, None])
    values = sample(where, x, y, 37, 23)
    assert values.shape == (23, 37)
    np.testing.assert_allclose(values, plain, rtol=1e-12, atol=1e-12 * np.nanmax(np.abs(plain)))


def test_before_the_kernel_is_there_the_grid_is_the_same_to_rounding() -> None:
    where = surface("cos(a*x)*exp(-y) + 0.0078125*x", a=1.5)
    assert not is_warm(where)
    cold = sample(where, (-2, 2), (-1, 1), 64, 48)
    warm(where)
    assert is_warm(where)
    np.testing.assert_allclose(sample(where, (-2, 2), (-1, 1), 64, 48), cold, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("columns", [1, 2, 7, 8, 9, 15, 16, 17, 100])
def test_any_width_is_whole(columns: int) -> None:
    where = surface("x + 10*y")
    warm(where)
    expected = centres((0, 1), columns)[None, :] + 10 * centres((0, 2), 3)[:, None]
    np.testing.assert_allclose(sample(where, (0, 1), (0, 2), columns, 3), expected, rtol=1e-15)


def test_row_zero_has_the_smallest_y() -> None:
    values = sample(surface("y"), (0, 1), (-1, 1), 4, 4)
    assert values[0, 0] == -0.75
    assert values[-1, 0] == 0.75


def test_moving_a_parameter_or_turning_the_surface_needs_at_most_one_more_kernel() -> None:
    first = surface("a*x**2 + y**2", a=2.0)
    warm(first)
    assert is_warm(surface("a*x**2 + y**2", a=5.0))
    turned = surface("a*x**2 + y**2", a=2.0, rotation=30.0)
    warm(turned)
    again = surface("a*x**2 + y**2", a=2.0, rotation=31.0, scaling=(1.0, 2.0))
    assert is_warm(again)
    x, y = centres((-3, 3), 20)[None, :], centres((-3, 3), 20)[:, None]
    np.testing.assert_allclose(sample(again, (-3, 3), (-3, 3), 20, 20), again.value(x, y), rtol=1e-12)


def test_where_the_surface_is_undefined_the_grid_says_so() -> None:
    for prepare in (lambda where: None, warm):
        where = surface("log(x) + 1/y + 0.03125")
        prepare(where)
        values = sample(where, (-1, 1), (-1, 1), 20, 21)
        assert np.isnan(values[:, :10]).all()
        assert np.isinf(values[10, 10:]).all()


def test_a_grid_cannot_be_written() -> None:
    assert not sample(surface("x"), (0, 1), (0, 1), 9, 9).flags.writeable


def test_arrows_point_straight_downhill_and_have_length_one() -> None:
    points, directions = arrows(surface("3*x + 4*y"), (0, 1), (0, 1), 3, 2)
    assert len(points) == 6
    np.testing.assert_allclose(directions, np.tile([-0.6, -0.8], (6, 1)))


def test_where_there_is_no_slope_or_no_surface_there_is_no_arrow() -> None:
    points, _ = arrows(surface("x**2 + y**2"), (-1, 1), (-1, 1), 3, 3)
    assert len(points) == 8
    # The formula of the derivative of a logarithm has values where that has none.
    assert (arrows(surface("log(x)"), (-1, 1), (0, 1), 4, 1)[0][:, 0] > 0).all()
    points, directions = arrows(surface("sqrt(x)"), (-1, 1), (0, 1), 4, 1)
    assert (points[:, 0] > 0).all()
    assert np.isfinite(directions).all()
