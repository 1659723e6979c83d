"""The sign of a critical point tells its kind and its axes by shape."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from landscape.plot.ground import GroundLayers, draw_ground
from landscape.plot.markers import nearest
from landscape.plot.projection import Projection
from landscape.scene.palette import DARK, LIGHT
from landscape.scene.scene import Marker
from tests.plot.test_canvas import pixels

VIEW = Projection(x=(-1.0, 1.0), y=(-1.0, 1.0), width=200, height=200, unit=4.0)


def ink(*markers, view=VIEW):
    """Return where the signs are drawn in the colour of what lies over the surface: (height, width)."""
    picture = pixels(draw_ground(view, LIGHT, GroundLayers(markers=markers)))
    color = QColor(LIGHT.stage_text)
    return np.abs(picture[:, :, ::-1] - (color.red(), color.green(), color.blue())).max(axis=2) < 60


def marker(kind, point=(0.0, 0.0), **more):
    return Marker(kind=kind, point=point, label="", **more)


def widths(found):
    rows = np.flatnonzero(found.any(axis=1))
    return [np.ptp(np.flatnonzero(found[row])) + 1 for row in rows]


def test_a_minimum_points_down():
    across = widths(ink(marker("minimum")))
    assert across[4] > 3 * across[-4]


def test_a_maximum_points_up():
    across = widths(ink(marker("maximum")))
    assert across[-4] > 3 * across[4]


def test_extrema_are_filled_and_a_degenerate_point_is_not():
    middle = np.s_[96:104, 96:104]
    assert ink(marker("minimum"))[middle].all()
    assert ink(marker("maximum"))[middle].all()
    assert not ink(marker("degenerate"))[middle].any()


def test_a_kink_is_a_roof_that_is_open_below():
    found = ink(marker("kink"))
    rows = np.flatnonzero(found.any(axis=1))
    across = widths(found)
    assert across[-1] > 2 * across[0]
    assert not found[rows[-3], 96:104].any()


@pytest.mark.parametrize(("turn", "long"), [(0.0, "across"), (90.0, "up"), (180.0, "across")])
def test_the_long_arm_of_a_saddle_lies_along_the_axis_on_which_the_surface_falls(turn, long):
    falling = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    rising = -falling[1], falling[0]
    found = ink(marker("saddle", axes=(falling, rising)))
    across, up = np.ptp(np.flatnonzero(found.any(axis=0))), np.ptp(np.flatnonzero(found.any(axis=1)))
    assert (across, up)[long == "up"] > 1.5 * (across, up)[long == "across"]


def test_a_slanting_axis_is_seen_as_the_plane_shows_it():
    stretched = Projection(x=(-1.0, 1.0), y=(-4.0, 4.0), width=200, height=200, unit=4.0)
    half = np.sqrt(0.5)
    found = ink(marker("saddle", axes=((half, half), (half, -half))), view=stretched)
    rows, columns = np.nonzero(found)
    upper = rows < 100 - 8
    far = np.argmax(np.hypot(columns - 100, rows - 100))
    # Where y has a quarter of the pixels of x, a line of slope 1 rises by a quarter, to the right.
    assert (100 - rows[far]) / (columns[far] - 100) == pytest.approx(0.25, abs=0.12)
    assert upper.sum() < 0.2 * len(rows)


@pytest.mark.parametrize("kind", ["minimum", "saddle", "degenerate", "kink"])
def test_a_sign_has_a_halo_around_it(kind):
    picture = pixels(draw_ground(VIEW, DARK, GroundLayers(markers=(marker(kind),))))[:, :, ::-1]
    halo, ink = (np.array(QColor(color).getRgb()[:3]) for color in (DARK.halo, DARK.stage_text))
    columns = [np.flatnonzero((np.abs(picture - color).max(axis=2) < 4).any(axis=0)) for color in (halo, ink)]
    assert columns[0].min() < columns[1].min() - 2
    assert columns[0].max() > columns[1].max() + 2


def test_in_a_crowd_signs_are_smaller():
    alone = ink(marker("minimum")).sum()
    far = [marker("minimum", (0.9, 0.9)) for _ in range(61)]
    crowd = ink(marker("minimum"), *far)[60:140, 60:140].sum()
    assert 0.4 * alone < crowd < 0.65 * alone
    assert ink(marker("minimum"), *far[:59])[60:140, 60:140].sum() == alone


def test_a_curve_of_points_is_a_line_and_no_sign():
    line = np.stack((np.linspace(-0.8, 0.8, 50), np.full(50, 0.5)), axis=1)
    found = ink(marker("valley", (0.0, 0.5), lines=(line,)))
    rows, columns = np.nonzero(found)
    assert np.abs(rows - 50).max() <= 6
    assert (columns.min(), columns.max()) == (pytest.approx(20, abs=6), pytest.approx(180, abs=6))


def test_a_point_is_preferred_to_a_curve_that_is_as_near():
    line = np.array(((-1.0, 0.04), (0.0, 0.04), (1.0, 0.04)))
    valley, point = marker("valley", (0.0, 0.04), lines=(line,)), marker("minimum", (0.0, 0.0))
    assert nearest((valley, point), (0.0, 0.03), VIEW) is point
    assert nearest((valley,), (0.0, 0.03), VIEW) is valley
    assert nearest((valley,), (0.0, 0.2), VIEW) is None
