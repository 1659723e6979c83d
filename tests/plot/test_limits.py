"""A panel shows what its curves should not exceed."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from landscape.plot.curve_layer import CurveLayer
from landscape.plot.curve_marks import CurveView
from landscape.plot.curve_ranges import ordinate_range
from landscape.plot.readout import readout
from landscape.scene.layers import Band, CurvePanel
from landscape.scene.palette import LIGHT
from tests.plot.scenes import curve


def panel(values, limit, *, log=False):
    limited = replace(curve(values), limit=np.asarray(limit, float))
    return CurvePanel(quantity="sharpness", title="Sharpness", curves=(limited,), log=log)


def painted(content, size=(200, 100)):
    """Return the rows in which the run's colour is found, column by column."""
    layer = CurveLayer(LIGHT, 1.0, ghost=True)
    layer.resize(QRectF(0, 0, *size))
    steps = len(content.curves[0].values) - 1
    layer.show_panel(content, CurveView(x=(0.0, float(steps)), y=(0.0, 10.0), top=10.0))
    layer.set_step(float(steps))
    image = QImage(*size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    layer.paint(painter, QStyleOptionGraphicsItem(), None)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(size[1], size[0], 4)[:, :, 2::-1].astype(int)
    red, green, blue = (int(content.curves[0].color[at : at + 2], 16) for at in (1, 3, 5))
    return np.abs(pixels - (red, green, blue)).sum(axis=2) < 300  # Thin lines are half as dark as thick ones.


def test_a_limit_is_a_dashed_line_at_its_height(qtbot):
    found = painted(panel(np.full(41, 2.0), np.full(40, 7.5)))
    at_limit = found[23:28].any(axis=0)
    at_values = found[77:83].any(axis=0)
    assert 0.4 < at_limit[5:-10].mean() < 0.8
    assert at_values[5:-10].all()


def test_a_limit_follows_its_schedule(qtbot):
    found = painted(panel(np.full(41, 0.5), np.where(np.arange(40) < 20, 8.0, 4.0)))
    left, right = found[:90, 10:90], found[:90, 120:185]
    assert left[15:26].any() and not left[55:66].any()  # noqa: PT018
    assert right[55:66].any() and not right[15:26].any()  # noqa: PT018


def test_the_limit_of_a_step_stands_at_that_step(qtbot):
    """Ten steps, 40 pixels each: up to the step before the rate changes the old limit is drawn, from it on the new."""
    found = painted(panel(np.full(11, 0.5), np.where(np.arange(10) < 5, 8.0, 4.0)), (400, 100))
    high, low = found[18:23].any(axis=0), found[58:63].any(axis=0)
    assert high[100:160].any()
    assert not high[170:].any()
    assert low[195:240].any()
    assert not low[:190].any()


def test_a_limit_goes_on_to_the_end_of_its_last_step(qtbot):
    found = painted(panel(np.full(3, 0.5), np.array((8.0, 8.0))), (400, 100))
    assert found[18:23, 360:].any()


@pytest.mark.parametrize("limit", [np.full(40, np.inf), np.full(40, np.nan), np.empty(0), np.full(40, 1e300)])
def test_a_limit_that_cannot_be_seen_draws_nothing_and_harms_nothing(qtbot, limit):
    found = painted(panel(np.full(41, 2.0), limit))
    assert not found[:70, :180].any()
    assert found[77:83].any()


def test_a_limit_near_the_curves_is_in_view_and_one_far_from_them_is_not():
    low, high = ordinate_range(panel([5.0, 6.0], [6.7]))
    assert low < 5.0
    assert high > 6.7
    low, high = ordinate_range(panel([5.0, 6.0], [400.0]))
    assert high < 7.0


def test_a_limit_on_a_logarithmic_panel_is_in_view_by_its_logarithm():
    _, high = ordinate_range(panel([1.0, 100.0], [130.0], log=True))
    assert high >= np.log10(130.0)


def test_the_readout_tells_the_limit_after_the_value():
    content = panel([5.0, 6.25], [20 / 3])
    assert readout(content, 0)[1][2] == "5 / 6.67"
    assert readout(content, 1)[1][2] == "6.25"


def test_each_step_is_held_against_its_own_limit():
    content = panel([5.0, 6.0, 7.0, 8.0], [10.0, 20.0, 30.0])
    assert [readout(content, step)[1][2] for step in range(4)] == ["5 / 10", "6 / 20", "7 / 30", "8"]


def test_curves_that_begin_tiny_and_grow_are_shown_whole():
    """A run that starts 10⁻⁸ beside a saddle has a gradient that grows by eight powers of ten, and is not diverging."""
    content = CurvePanel(quantity="gradient", title="", curves=(curve([1e-8, 1e-3, 0.4, 1e-6]),), log=True)
    assert ordinate_range(content)[1] >= np.log10(0.4)


def test_what_is_all_one_value_stands_between_round_numbers():
    content = CurvePanel(quantity="rate", title="", curves=(curve([0.1, 0.1]),), log=False)
    low, high = ordinate_range(content)
    assert low < 0.08 < 0.12 < high


def test_a_band_lies_under_its_steps_and_its_bound_is_a_line(qtbot):
    band = Band(color="#ff0000", first=10, last=20, titles=(), bound=30)
    content = replace(panel(np.full(41, 2.0), np.full(40, 7.5)), band=band)
    layer = CurveLayer(LIGHT, 1.0, ghost=True)
    layer.resize(QRectF(0, 0, 400, 100))
    layer.show_panel(content, CurveView(x=(0.0, 40.0), y=(0.0, 10.0), top=10.0))

    def row(step):
        layer.set_step(step)
        image = QImage(400, 100, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        layer.paint(painter, QStyleOptionGraphicsItem(), None)
        painter.end()
        return [image.pixelColor(x, 50) for x in range(400)]

    whole = row(40.0)
    assert whole[105] == whole[195] != whole[95] == whole[205]
    assert whole[150].red() > whole[150].green()
    layer.show_coming(False)
    assert row(15.0)[170] == whole[95]
