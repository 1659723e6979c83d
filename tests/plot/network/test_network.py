"""How networks are drawn."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from landscape.network.network import Normalization
from landscape.plot.network.boundary import BoundaryPlot, tinted
from landscape.plot.network.classes import class_colors
from landscape.plot.network.dots import Dots
from landscape.plot.network.norm_block import SIDE, averaged
from landscape.plot.network.slice import SlicePlot
from landscape.scene.network.course import data_of
from landscape.scene.network.scene import Region
from landscape.scene.network.slice import Cut, build_slices
from landscape.scene.palette import DARK, LIGHT, THEMES
from landscape.session.network.document import default_experiment
from landscape.translation import Translation

EXPERIMENT = default_experiment()
CELLS = [(row, channel) for row in range(SIDE) for channel in range(SIDE)]


AVERAGED = {"none": 0, "weight": 0, "batch": SIDE, "layer": SIDE, "rms": SIDE, "instance": 1, "group": SIDE // 2}
AVERAGED |= {"renorm": SIDE, "whitening": SIDE * SIDE, "cross": 2}


@pytest.mark.parametrize("kind", get_args(Normalization))
def test_a_norm_averages_these_rows_and_channels(kind):
    assert sum(averaged(kind, 2, row, channel) for row, channel in CELLS) == AVERAGED[kind]


def test_batch_norm_averages_over_rows_layer_norm_over_channels_and_group_norm_over_some():
    assert {channel for row, channel in CELLS if averaged("batch", 2, row, channel)} == {0}
    assert {row for row, channel in CELLS if averaged("layer", 2, row, channel)} == {SIDE - 1}
    assert sum(averaged("group", 2, row, channel) for row, channel in CELLS) == SIDE // 2
    assert sum(averaged("group", 1, row, channel) for row, channel in CELLS) == SIDE


def test_a_certain_region_is_stronger_than_an_undecided_one_and_no_number_is_marked():
    shades = np.array([[[1.0, 0.0], [0.5, 0.5], [np.nan, np.nan]]], dtype=np.float32)
    certain, undecided, nothing = tinted(shades, LIGHT)[0].astype(int)
    ground, first = np.array([255, 255, 255]), class_colors(2)[0]
    assert np.linalg.norm(certain - first) < np.linalg.norm(undecided - first)
    assert np.linalg.norm(undecided - ground) < np.linalg.norm(certain - ground)
    assert QColor(*nothing.tolist()).name() == LIGHT.invalid


def test_ten_classes_have_ten_colours():
    assert len({tuple(color) for color in class_colors(10).tolist()}) == 10


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_boundary_fills_its_square_with_the_colours_of_its_classes(qapp, theme):
    shades = np.zeros((4, 4, 2), np.float32)
    shades[:2, :, 0] = shades[2:, :, 1] = 1.0
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    region = Region(shades=shades, lines=())
    empty = replace(
        data_of(EXPERIMENT.data), places=np.zeros((0, 2)), shades=np.zeros((0, 2)), tested=np.zeros(0, bool)
    )
    BoundaryPlot(Dots()).paint(painter, QRectF(0, 0, 200, 200), empty, region, "#000000", 1.0, theme)
    painter.end()
    low, high = image.pixelColor(100, 180), image.pixelColor(100, 20)
    assert low.blue() > low.red()
    assert high.red() > high.blue()


def test_a_position_of_a_slice_is_a_network_and_a_point(qapp):
    x, y = (-1.0, 3.0), (0.0, 2.0)
    grid = np.add.outer(np.arange(5.0), np.arange(5.0))
    cut = Cut(
        twin=1, given=None, x=x, y=y, losses=grid, path=np.array([[0.0, 1.0], [0.0, 0.0]]), directions="random",
        shares=None, away=np.zeros(2),
    )  # fmt: skip
    plot = SlicePlot()
    image = QImage(820, 444, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    scene = build_slices(EXPERIMENT, (None, None), [cut], Translation())
    plot.paint(painter, QRectF(0, 0, 820, 444), scene, 0.0, 1.0, DARK)
    painter.end()
    assert plot.place_at(QPointF(100, 200)) is None
    twin, point = plot.place_at(QPointF(420 + 200, 44 + 200))
    assert twin == 1
    assert point == pytest.approx((1.0, 1.0), abs=0.02)
