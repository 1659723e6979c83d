"""The chart of the time near a saddle shows what the numbers say."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from landscape.plot.descent.escape_chart import escape_picture
from landscape.scene.descent.escape_times import EscapeChart, EscapeCurve
from landscape.scene.palette import DARK, LIGHT

OFFSETS = 10.0 ** np.linspace(-12, -2, 41)


def chart(*series, from_saddle=np.nan, name="Run"):
    colors = ("#ff0000", "#00ff00")
    curves = tuple(
        EscapeCurve(name=name, color=color, dash="solid", steps=np.asarray(steps, float), from_saddle=from_saddle)
        for color, steps in zip(colors, series, strict=False)
    )
    return EscapeChart(title="Steps", across="distance", never="never", offsets=OFFSETS, curves=curves)


def pixels(image, color):
    view = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[:, :, 2::-1]
    wanted = QColor(color)
    rows, columns = np.nonzero((view == (wanted.red(), wanted.green(), wanted.blue())).all(axis=2))
    return columns, rows


def test_a_time_that_grows_towards_the_saddle_falls_from_left_to_right(qtbot):
    image = escape_picture(chart(np.linspace(300, 60, 41), from_saddle=300.0), (800, 500), LIGHT, 1.0)
    columns, rows = pixels(image, "#ff0000")
    inside = (columns > 150) & (columns < 620)
    assert np.corrcoef(columns[inside], rows[inside])[0, 1] > 0.95


def test_a_run_that_never_leaves_stands_at_the_top(qtbot):
    stuck, free = np.full(41, np.nan), np.full(41, 50.0)
    image = escape_picture(chart(stuck, free, from_saddle=np.nan), (800, 500), DARK, 1.0)
    _, never = pixels(image, "#ff0000")
    _, soon = pixels(image, "#00ff00")
    assert np.median(never) < np.median(soon) < 250


@pytest.mark.parametrize("size", [(64, 48), (800, 500), (1920, 1080)])
def test_it_is_drawn_in_every_size_with_a_long_name_and_without_runs(qtbot, size):
    for content in (chart(np.full(41, 3.0), name="A very long name of a run " * 4), chart()):
        image = escape_picture(content, size, DARK, size[1] / 500)
        assert (image.width(), image.height()) == size
