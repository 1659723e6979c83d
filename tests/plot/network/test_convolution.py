"""The picture of a filter at one place: as high as its parts, and with a colour for each channel."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from landscape.network.measures.convolution import Convolved
from landscape.plot.network.convolution import TINTS, height_of, paint_convolution
from landscape.plot.theme import rgb
from landscape.scene.network.convolution import Convolution
from landscape.scene.palette import LIGHT

COLOURED = Convolution(
    found=Convolved(place=(2, 3), pixels=np.ones((3, 3, 3)), filter=np.eye(3)[None].repeat(3, axis=0), bias=0.5),
    sums=(("red", "3"), ("green", "3"), ("blue", "3"), ("bias", "0.5")),
    total="9.5",
    sentence="",
)


def painted(shown, width):
    height = round(height_of(shown, width, 1.0))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    paint_convolution(painter, QRectF(0, 0, width, height), shown, 1.0, LIGHT)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(height, width, 4)[:, :, 2::-1].astype(float)


@pytest.mark.parametrize("width", [222, 520])
def test_each_channel_has_its_colour_and_nothing_is_cut_off(qapp, width):
    picture = painted(COLOURED, width)
    tops = []
    for tint in TINTS:
        faint = 255 - 0.65 * (255 - np.array(rgb(tint)))
        rows = np.flatnonzero((np.abs(picture - faint).sum(axis=2) < 12).any(axis=1))
        tops.append(rows[0])
    assert tops == sorted(tops)
    assert np.diff(tops) == pytest.approx(np.full(2, tops[1] - tops[0]), abs=1)
    assert (picture[-1] == 255).all()
    dark = (picture < 128).all(axis=2)
    assert dark[-18:].any()  # The total.


def test_where_there_is_room_all_grids_of_a_channel_stand_side_by_side(qapp):
    assert height_of(COLOURED, 520, 1.0) < 0.7 * height_of(COLOURED, 222, 1.0)
