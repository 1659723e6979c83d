"""Shades keep the order of the heights and leave no picture without colours; contour lines lie at their level."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from landscape.catalogue.surfaces import SurfaceEntry, surface, surface_entries
from landscape.geometry.grid import sample
from landscape.geometry.levels import LARGEST, contour_lines, shading

SCALES = ("auto", "linear", "log", "quantile")
EVERY = pytest.mark.parametrize("entry", surface_entries().values(), ids=surface_entries())


def grid(entry: SurfaceEntry) -> np.ndarray:
    return sample(entry.surface, *entry.domain, 96, 96)


@EVERY
@pytest.mark.parametrize("scale", SCALES)
def test_a_higher_point_never_has_a_lower_shade(entry: SurfaceEntry, scale: str) -> None:
    values = grid(entry)
    shade = shading(values, scale).shade
    order = np.argsort(values, axis=None)
    assert (np.diff(shade.ravel()[order]) >= 0).all()
    assert shade.min() >= 0.0
    assert shade.max() <= 1.0
    assert shade.dtype == np.float32


@EVERY
@pytest.mark.parametrize("scale", SCALES)
def test_levels_increase_and_lie_inside(entry: SurfaceEntry, scale: str) -> None:
    values = grid(entry)
    made = shading(values, scale)
    assert (np.diff(made.levels) > 0).all()
    assert made.levels[0] > values.min()
    assert made.levels[-1] < values.max()
    assert 6 <= len(made.levels) <= 19


@EVERY
@pytest.mark.parametrize("scale", SCALES)
def test_marks_of_the_colour_bar_stand_at_their_shade(entry: SurfaceEntry, scale: str) -> None:
    values = grid(entry)
    made = shading(values, scale)
    assert 3 <= len(made.ticks) <= 8
    assert (np.diff(made.ticks, axis=0) > 0).all()
    for shade, value in made.ticks:
        lower, higher = made.shade[values <= value].max(initial=0.0), made.shade[values > value].min(initial=1.0)
        assert lower - 1e-5 <= shade <= higher + 1e-5


@EVERY
def test_the_automatic_scale_leaves_no_half_of_the_picture_dark(entry: SurfaceEntry) -> None:
    assert np.median(shading(grid(entry)).shade) >= 0.15


@pytest.mark.parametrize(
    ("formula", "scale"),
    [
        ("x + y", "linear"), ("x**2 + y**2", "linear"), ("x**2 - y**2", "linear"), ("exp(3*x**2 + y**2)", "log"),
        ("(1 - x)**2 + 100*(y - x**2)**2", "log"), ("1/x**3", "quantile"),
        ("exp(exp(x**2))", "quantile"),
    ],
)  # fmt: skip
def test_the_steeper_a_surface_the_steeper_its_scale(formula: str, scale: str) -> None:
    assert shading(sample(surface(formula), (-3, 3), (-3, 3), 200, 200)).scale == scale


def test_on_the_linear_scale_levels_are_evenly_spaced_round_numbers() -> None:
    made = shading(np.linspace(-0.37, 1.21, 1000).reshape(20, 50), "linear", 12)
    assert made.levels.tolist() == [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2]


def test_levels_have_few_digits() -> None:
    for entry in surface_entries().values():
        for level in shading(grid(entry)).levels:
            digits = f"{level:.12g}".replace("-", "").replace(".", "").split("e")[0].strip("0")
            assert len(digits) <= 4, (entry.id, level)


HEIGHTS = arrays(
    np.float64, st.tuples(st.integers(1, 12), st.integers(1, 12)), elements=st.floats(allow_nan=True, width=64)
)


@settings(max_examples=200, deadline=None)
@given(HEIGHTS, st.sampled_from(SCALES))
def test_any_grid_of_numbers_can_be_shaded(values: np.ndarray, scale: str) -> None:
    made = shading(values, scale)
    finite = np.abs(values) < LARGEST
    assert np.isnan(made.shade[~finite]).all()
    assert ((made.shade[finite] >= 0) & (made.shade[finite] <= 1)).all()
    order = np.argsort(values[finite])
    assert (np.diff(made.shade[finite][order]) >= 0).all()
    assert (np.diff(made.levels) > 0).all()
    assert (np.diff([value for _, value in made.ticks]) > 0).all()
    assert not made.shade.flags.writeable


@pytest.mark.parametrize(
    "values", [np.zeros((3, 3)), np.full((2, 2), np.nan), np.full((2, 2), np.inf), np.ones((0, 4))]
)
def test_a_constant_or_undefined_picture_has_one_shade_and_no_levels(values: np.ndarray) -> None:
    made = shading(values)
    assert made.levels.size == 0
    assert len(made.ticks) == 1
    assert np.isnan(made.shade[~np.isfinite(values)]).all()


def test_a_contour_of_a_cone_is_its_circle() -> None:
    x = y = np.linspace(-2, 2, 401)
    [(level, points)] = contour_lines(np.hypot(*np.meshgrid(x, y)), x, y, np.array([1.0]))
    assert level == 1.0
    np.testing.assert_allclose(np.hypot(*points.T), 1.0, atol=1e-4)
    assert not points.flags.writeable


def test_the_pieces_of_a_contour_are_parted_by_nan() -> None:
    x = y = np.linspace(-2, 2, 101)
    values = np.tile(x**2, (101, 1))
    [(_, points)] = contour_lines(values, x, y, np.array([1.0]))
    gap = np.isnan(points).any(axis=1)
    assert gap.sum() == 1
    np.testing.assert_allclose(np.abs(points[~gap, 0]), 1.0, atol=1e-3)


def test_no_contour_goes_where_the_surface_is_undefined() -> None:
    x = y = np.linspace(-1, 1, 41)
    values = np.tile(y[:, None], (1, 41))
    values[:, :20] = np.nan
    values[:, 30] = np.inf
    [(_, points)] = contour_lines(values, x, y, np.array([0.5]))
    xs = points[~np.isnan(points[:, 0]), 0]
    assert xs.min() >= x[20]
    assert not ((xs > x[29]) & (xs < x[31])).any()


def test_a_level_that_nothing_reaches_has_no_line() -> None:
    x = y = np.linspace(-1, 1, 11)
    assert contour_lines(np.tile(x, (11, 1)), x, y, np.array([5.0])) == []
    assert contour_lines(np.zeros((1, 11)), x, y[:1], np.array([0.0])) == []


@pytest.mark.parametrize("scale", ["linear", "log", "quantile"])
def test_heights_are_the_shades_and_go_on_beyond_both_ends(scale: str) -> None:
    values = np.exp(np.linspace(0.0, 8.0, 400)).reshape(20, 20)
    made = shading(values, scale)
    assert made.spread.heights(values) == pytest.approx(made.shade, abs=1e-5)
    beyond = made.spread.heights(np.array((-500.0, -1.0, 1.0, 100.0, values.max(), 2 * values.max())))
    assert (np.diff(beyond) > 0).all()
    assert (beyond[0], beyond[-1]) != (0.0, 1.0)


@pytest.mark.parametrize("scale", ["log", "quantile"])
def test_marks_between_two_heights_are_round_and_apart(scale: str) -> None:
    spread = shading(np.exp(np.linspace(0.0, 8.0, 400)).reshape(20, 20), scale).spread
    marks = spread.marks(0.2, 0.9, 5)
    places = np.array(list(marks))
    assert len(marks) >= 4
    assert spread.heights(np.array(list(marks.values()))) == pytest.approx(places)
    assert (np.diff(places) > 0.05).all()
    assert all(float(f"{value:.2g}") == value for value in marks.values())


def test_a_height_above_all_numbers_has_no_mark() -> None:
    spread = shading(np.exp(np.linspace(0.0, 8.0, 400)).reshape(20, 20), "log").spread
    marks = spread.marks(0.0, 1000.0, 20)
    assert marks
    assert np.isfinite(list(marks.values())).all()
    assert spread.marks(1e6, 2e6, 5) == {}
