"""What lies under the paths: arrows point downhill, contour lines stand out, and what has no value is hatched."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from landscape.plot.ground import GroundLayers, draw_ground
from landscape.plot.projection import Projection
from landscape.scene.palette import LIGHT, color_map
from landscape.scene.scene import Arrows, ContourLine, Contours
from tests.plot.scenes import heat
from tests.plot.test_canvas import pixels

VIEW = Projection(x=(-3.0, 3.0), y=(-2.0, 2.0), width=240, height=160, unit=4.0)


def ground(**layers):
    content = {"heat": None, "contours": None, "arrows": None} | layers
    return pixels(draw_ground(VIEW, LIGHT, GroundLayers(content["heat"], content["contours"], content["arrows"])))[
        :, :, ::-1
    ]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_an_arrow_has_its_barbs_where_it_points_to(qapp, turn):
    way = np.array(((np.cos(np.radians(turn)), np.sin(np.radians(turn))),))
    picture = ground(arrows=Arrows(points=np.zeros((1, 2)), directions=way))
    ink = np.abs(picture - QColor(LIGHT.stage_text).getRgb()[:3]).max(axis=2) < 60
    rows, columns = np.nonzero(ink)
    # The head is wide and short: most of the ink lies on its side of the middle.
    along = (columns - 120) * way[0, 0] - (rows - 80) * way[0, 1]
    assert along.mean() > 3
    assert np.ptp(along) > 50


@pytest.mark.parametrize(("shade", "darker"), [(0.95, True), (0.1, False)])
def test_contour_lines_are_dark_on_light_ground_and_light_on_dark(qapp, shade, darker):
    flat = replace(heat(shade=np.full((40, 60), shade)), colors=color_map("grey"))
    line = np.array(((-2.5, 0.0), (2.5, 0.0)))
    lines = Contours(lines=(ContourLine(level=1.0, points=line),))
    change = ground(heat=flat, contours=lines).mean() - ground(heat=flat).mean()
    assert change < -0.3 if darker else change > 0.3


def test_where_there_is_no_value_the_ground_is_hatched(qapp):
    whole, holed = ground(heat=heat()), ground(heat=heat(hole=True))
    hole = np.s_[72:88, 192:208]
    assert len(np.unique(holed[hole].reshape(-1, 3), axis=0)) >= 2
    assert np.ptp(holed[hole].astype(int), axis=2).max() < 30
    assert np.ptp(whole[hole].astype(int), axis=2).max() > 30
    assert np.abs(holed[:60, :120] - whole[:60, :120]).max() <= 1


def test_the_first_row_of_the_heat_is_at_the_bottom(qapp):
    rising = np.repeat(np.linspace(0.0, 1.0, 40)[:, None], 60, axis=1)
    picture = ground(heat=heat(shade=rising))
    table = color_map("viridis").astype(int)
    assert np.abs(picture[2, 120] - table[-1]).max() < 12
    assert np.abs(picture[-3, 120] - table[0]).max() < 12
