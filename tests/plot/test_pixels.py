"""Arrays become images with every colour in its place."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPainter

from landscape.plot.pixels import color_image, frame_image, grey_image, painted_frame, word_image, words

COLORS = np.array([[(255, 0, 0), (0, 255, 0)], [(0, 0, 255), (1, 2, 3)], [(9, 9, 9), (250, 128, 7)]], np.uint8)


def color_at(image, row, column):
    return QColor(image.pixel(column, row)).getRgb()[:3]


def test_every_colour_stands_in_its_row_and_column(qapp):
    image = color_image(COLORS)
    assert (image.width(), image.height()) == (2, 3)
    for row, column in np.ndindex(3, 2):
        assert color_at(image, row, column) == tuple(COLORS[row, column])


def test_upward_the_first_row_is_at_the_bottom(qapp):
    image = color_image(COLORS, upward=True)
    assert [color_at(image, row, 0) for row in range(3)] == [tuple(COLORS[2 - row, 0]) for row in range(3)]


def test_words_that_are_not_opaque_let_the_ground_be_seen(qapp):
    given = words(COLORS)
    given[1, 0] = 0
    image = word_image(given, opaque=False)
    assert image.pixelColor(0, 1).alpha() == 0
    assert image.pixelColor(1, 1).alpha() == 255


@pytest.mark.parametrize("side", [1, 3, 28])
def test_shades_of_grey_of_any_width_are_not_slanted(qapp, side):
    shades = np.arange(side * side, dtype=np.uint8).reshape(side, side)[:, ::-1]
    image = grey_image(shades)
    for row, column in np.ndindex(side, side):
        assert color_at(image, row, column) == (shades[row, column],) * 3


def test_what_is_painted_on_a_frame_is_in_its_array(qapp):
    frame = np.zeros((4, 6, 4), np.uint8)
    image = painted_frame(frame)
    painter = QPainter(image)
    painter.fillRect(2, 1, 3, 1, QColor(10, 20, 30))
    painter.end()
    assert (frame[1, 2:5, :3] == (30, 20, 10)).all()
    assert not frame[0].any()


def test_the_image_of_a_frame_stays_when_the_frame_is_used_again(qapp):
    frame = np.full((2, 3, 4), 7, np.uint8)
    image = frame_image(frame)
    frame[:] = 200
    assert color_at(image, 1, 2) == (7, 7, 7)
