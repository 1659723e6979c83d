"""The layers of two networks: what came in, how large the gradient is, and where the step is."""

import numpy as np
import pytest

from landscape.plot.network.layers import LayersPlot
from landscape.scene.network.scene import Course, LayerHistory, LayerState, Moment, Twin, TwinState
from landscape.scene.palette import LIGHT, TWIN_COLORS
from landscape.translation import Translation
from tests.plot.network.drawn import drawn, near

SIZE = (406, 160)
LEFT, RIGHT = np.s_[:, :200], np.s_[:, 206:]


def history(density):
    density = np.asarray(density, np.float32)
    return LayerHistory(
        title="layer 1", density=density, steps=np.linspace(0.0, 100.0, density.shape[1]), low=-5.0, high=5.0
    )


def painted(densities, *, gradients=(1.0, 1.0), idle=0.0, step=100.0):
    twins = tuple(
        Twin(name="", color=color, note="", note_step=0, layers=(history(density),))
        for color, density in zip(TWIN_COLORS, densities, strict=True)
    )
    course = Course(title="", steps=100, known=100, data=None, twins=twins, curves=(), statistics="")
    states = tuple(
        TwinState(step=0, answer=None, layers=(LayerState(gradient=each, idle=idle),), numbers="", remembered=np.nan)
        for each in gradients
    )
    moment = Moment(twins=states, sentence="")
    return drawn(
        SIZE, lambda painter, area: LayersPlot().paint(painter, area, course, moment, step, 1.0, LIGHT, Translation())
    )


def test_low_values_are_at_the_bottom_and_early_ones_at_the_left(qapp):
    density = np.zeros((20, 20))
    density[0, :10] = 1.0
    picture = painted((density, np.zeros((20, 20))))[LEFT]
    history_rows = np.s_[15:135]
    rows, columns = np.nonzero(near(picture[history_rows], TWIN_COLORS[0], 60))
    assert len(rows) > 100
    assert rows.min() > 0.8 * 120
    assert columns.max() < 115


def test_each_network_has_its_side_and_its_colour(qapp):
    full = np.ones((20, 20))
    picture = painted((full, full))
    assert near(picture[LEFT], TWIN_COLORS[0]).sum() > 5000
    assert near(picture[RIGHT], TWIN_COLORS[1]).sum() > 5000
    assert not near(picture[LEFT], TWIN_COLORS[1]).any()


@pytest.mark.parametrize("step", [10.0, 75.0])
def test_a_line_marks_the_step(qapp, step):
    empty = np.zeros((20, 20))
    marked, plain = painted((empty, empty), step=step), painted((empty, empty), step=100.0)
    columns = np.flatnonzero((marked != plain)[20:100, :198].any(axis=(0, 2)))
    assert columns.mean() == pytest.approx(2.0 * step, abs=2)


def test_the_bar_of_a_gradient_grows_with_its_power_of_ten(qapp):
    empty = np.zeros((20, 20))
    lengths = []
    for gradient in (1e-5, 1e-2, 10.0):
        picture = painted((empty, empty), gradients=(gradient, 1.0))[LEFT]
        lengths.append(np.ptp(np.flatnonzero(near(picture, TWIN_COLORS[0], 30).any(axis=0))))
    assert lengths == pytest.approx([200 / 8, 200 * 4 / 8, 200 * 7 / 8], abs=4)


def test_idle_units_are_told_where_there_are_some(qapp):
    empty = np.zeros((20, 20))
    one, none = painted((empty, empty), idle=0.25), painted((empty, empty), idle=0.001)
    rows, columns = np.nonzero((one != none).any(axis=2)[LEFT])
    assert rows.min() > 120
    assert columns.min() > 100
