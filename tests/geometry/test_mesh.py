"""The mesh of a grid goes through its values, has their slopes, and holes where there are none."""

import numpy as np
import pytest

from landscape.geometry.mesh import MeshHeights, grid_mesh


def wave(x, y):
    return 0.5 + 0.4 * np.sin(3 * x) * np.cos(2 * y)


def test_the_mesh_of_a_grid_is_the_function_that_the_grid_samples():
    x, y = np.meshgrid(np.linspace(0, 1, 31), np.linspace(0, 1, 31))
    made = grid_mesh(wave(x, y).astype(np.float32), 120)
    across, up = made.across.astype(float), made.up.astype(float)
    np.testing.assert_allclose(made.height[::4, ::4], wave(x, y), atol=1e-6)
    assert np.abs(made.height - wave(across, up)).max() < 2e-3
    inner = np.s_[8:-8, 8:-8]
    np.testing.assert_allclose(made.slope_across[inner], (1.2 * np.cos(3 * across) * np.cos(2 * up))[inner], atol=0.02)
    np.testing.assert_allclose(made.slope_up[inner], (-0.8 * np.sin(3 * across) * np.sin(2 * up))[inner], atol=0.02)


def test_where_a_grid_has_no_value_the_mesh_has_a_hole_and_nowhere_else():
    grid = np.full((11, 11), 0.5, np.float32)
    grid[5, 5] = np.nan
    made = grid_mesh(grid, 100)
    beside = (np.abs(made.across - 0.5) < 0.0999) & (np.abs(made.up - 0.5) < 0.0999)
    assert (np.isnan(made.height) == beside).all()


def test_heights_between_vertices_are_on_the_straight_line_and_beside_the_mesh_there_is_none():
    made = grid_mesh(np.linspace(0, 1, 5, dtype=np.float32)[None].repeat(5, axis=0), 8)
    heights = MeshHeights(mesh=made, x=(-1.0, 1.0), y=(0.0, 4.0))
    found = heights.value(np.array((0.3, 1.0, 1.1)), np.array((1.0, 4.0, 2.0)))
    assert found[:2] == pytest.approx((0.65, 1.0), abs=0.02)
    assert np.isnan(found[2])
