"""The basins tell by hue where a start comes to and by brightness how soon, as the bar beside the map says."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from landscape.plot.basins import basins_image
from landscape.scene.layers import Heat
from landscape.scene.palette import BASIN_COLORS, LIGHT, basin_shades
from landscape.scene.scene import Basins
from tests.plot.test_canvas import pixels

MOST = 100


def basins(label, taken, gone=False):
    shape = np.shape(label)
    bar = Heat(
        shade=np.empty((0, 0), np.float32), values=np.empty((0, 0)), x=(0.0, 1.0), y=(0.0, 1.0), colors=basin_shades(),
        ticks=(),
    )  # fmt: skip
    return Basins(
        title="", label=np.asarray(label, np.int32), taken=np.asarray(taken, np.int32), most=MOST,
        gone=np.broadcast_to(gone, shape), hues=np.array((0, 3), np.int32), x=(0.0, 1.0), y=(0.0, 1.0), keys=(),
        bar=bar,
    )  # fmt: skip


def test_a_start_is_as_bright_as_the_bar_at_its_number_of_steps(qapp):
    taken = np.array([[0, 25, 50, 100]])
    image = pixels(basins_image(basins(np.zeros((1, 4), int), taken), LIGHT))[0, :, ::-1]
    full = np.array(QColor(BASIN_COLORS[0]).getRgb()[:3])
    bar = basin_shades("#ffffff")[:, 0] / 255
    for color, steps in zip(image, taken[0], strict=True):
        assert color == pytest.approx(full * bar[round(255 * (1 - steps / MOST))], abs=2)
    assert image[0] == pytest.approx(full, abs=1)


def test_each_attractor_has_its_hue_and_what_comes_to_none_has_none(qapp):
    image = pixels(basins_image(basins([[0, 1, -1]], [[0, 0, 0]]), LIGHT))[0, :, ::-1]
    for color, wanted in zip(image, (BASIN_COLORS[0], BASIN_COLORS[3], LIGHT.invalid), strict=True):
        assert tuple(color) == QColor(wanted).getRgb()[:3]


def test_the_first_row_is_at_the_bottom(qapp):
    image = pixels(basins_image(basins([[0], [1]], [[0], [0]]), LIGHT))[:, 0, ::-1]
    assert tuple(image[1]) == QColor(BASIN_COLORS[0]).getRgb()[:3]


def test_what_leaves_is_clear_so_that_its_hatching_is_seen(qapp):
    image = basins_image(basins([[0, 0]], [[0, 0]], gone=np.array([[True, False]])), LIGHT)
    assert [image.pixelColor(column, 0).alpha() for column in (0, 1)] == [0, 255]
