"""One network's answer and the data on it."""

from dataclasses import replace

import numpy as np
import pytest

from landscape.network.data.samples import Data
from landscape.plot.network.boundary import BoundaryPlot
from landscape.plot.network.classes import class_colors
from landscape.plot.network.dots import Dots
from landscape.scene.network.course import data_of
from landscape.scene.network.scene import Fit, Guesses, Pictures
from landscape.scene.palette import LIGHT
from landscape.session.network.document import default_experiment
from tests.plot.network.drawn import drawn, near

SIDE = 300
DIGITS = Data(name="digits")
PLANE = replace(data_of(default_experiment().data), x=(-1.0, 1.0), y=(-2.0, 2.0))


def cloud(*rows):
    """Return the data of some (x, y, class, tested)."""
    shades = np.zeros((len(rows), 2))
    shades[np.arange(len(rows)), [row[2] for row in rows]] = 1.0
    places = np.array([row[:2] for row in rows], float).reshape(-1, 2)
    return replace(PLANE, places=places, shades=shades, tested=np.array([row[3] for row in rows], bool))


def painted(data, answer=None, color="#000000"):
    return drawn(
        (SIDE, SIDE), lambda painter, area: BoundaryPlot(Dots()).paint(painter, area, data, answer, color, 2.0, LIGHT)
    )


def test_a_row_is_a_dot_at_its_place_in_the_colour_of_its_class(qapp):
    picture = painted(cloud((0.5, 1.0, 0, False), (-0.5, -1.0, 1, False)))
    for color, place in zip(class_colors(2), ((225, 75), (75, 225)), strict=True):
        rows, columns = np.nonzero(np.abs(picture - color).max(axis=2) <= 3)
        assert (columns.mean(), rows.mean()) == pytest.approx(place, abs=1.5)


def test_rows_for_testing_are_hollow(qapp):
    picture = painted(cloud((0.5, 1.0, 0, False), (-0.5, 1.0, 0, True)))
    color = class_colors(2)[0]
    assert np.abs(picture[75, 225] - color).max() <= 3
    assert near(picture[75, 75][None, None], LIGHT.halo, 40).all()
    assert (np.abs(picture[60:90, 60:90] - color).max(axis=2) <= 40).any()


def test_the_ends_of_both_inputs_stand_in_the_lower_left_and_the_upper_right_corner(qapp):
    picture = painted(cloud())
    text = near(picture, LIGHT.text, 80)
    half = SIDE // 2
    assert text[half:, :half].sum() > 30
    assert text[:half, half:].sum() > 30
    assert not text[:half, :half].any()
    assert not text[half:, half:].any()
    moved = painted(replace(cloud(), x=(-9.0, 1.0)))
    rows, columns = np.nonzero((moved != picture).any(axis=2))
    assert rows.min() > half
    assert columns.max() < half


def test_what_a_network_predicts_is_a_line_in_its_colour(qapp):
    points = np.stack((np.linspace(-1, 1, 40), np.linspace(-2, 2, 40)), axis=1)
    rows, columns = np.nonzero(near(painted(cloud(), Fit(points=points), "#c54e13"), "#c54e13"))
    assert np.abs(rows - (SIDE - columns)).max() < 8
    assert np.ptp(columns) > 0.8 * SIDE


def test_a_wrong_guess_is_told_in_the_colour_of_an_error_below_its_picture(qapp):
    data = Pictures(pixels=np.full((4, 8, 8, 1), 255, np.uint8), classes=np.array((0, 1, 2, 3)), data=DIGITS)
    picture = painted(data, Guesses(classes=np.array((0, 1, 7, 3)), data=DIGITS))
    rows, columns = np.nonzero(near(picture, LIGHT.error, 30))
    assert len(rows) > 10
    assert columns.max() < SIDE / 2 < rows.min()


@pytest.mark.parametrize("count", [2, 4, 6])
def test_what_a_network_takes_pictures_of_other_data_for_is_not_told(qapp, count):
    data = Pictures(pixels=np.full((4, 8, 8, 1), 255, np.uint8), classes=np.array((0, 1, 2, 3)), data=DIGITS)
    older = Guesses(classes=np.full(count, 7), data=replace(DIGITS, seed=DIGITS.seed + 1))
    assert np.array_equal(painted(data, older), painted(data))


def test_a_picture_is_as_it_is_given_first_row_at_the_top(qapp):
    pixels = np.zeros((1, 8, 8, 1), np.uint8)
    pixels[0, 0] = 255
    picture = painted(Pictures(pixels=pixels, classes=np.array((0,)), data=DIGITS))
    white = near(picture, "#ffffff", 5)[20:190, 60:240].any(axis=1)
    black = near(picture, "#000000", 5)[20:190, 60:240].any(axis=1)
    assert np.flatnonzero(white).max() < np.flatnonzero(black).min() + 30


def test_a_picture_of_three_channels_is_coloured(qapp):
    pixels = np.zeros((1, 8, 8, 3), np.uint8)
    pixels[..., 0] = 255
    picture = painted(Pictures(pixels=pixels, classes=np.array((0,)), data=DIGITS))
    assert near(picture, "#ff0000", 5).any()
