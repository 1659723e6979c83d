"""A pin shows whose start it is, and goes by the keys where they say."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from landscape.plot.handles import Look, draw_handle
from landscape.scene.palette import DARK
from landscape.scene.scene import Pin
from tests.plot.scenes import scene
from tests.plot.test_canvas import pixels
from tests.plot.test_map import heard

KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(("modifier", "size"), [("NoModifier", 1), ("ShiftModifier", 10)])
def test_an_arrow_key_moves_a_pin_a_pixel_and_with_shift_ten(plot, view, qtbot, key, modifier, size):
    moves = heard(plot.pin_moved)
    assert plot.focus_pin(1)
    before = plot.pixel_of((2.0, 1.2))
    qtbot.keyClick(view.viewport(), key, Qt.KeyboardModifier[modifier])
    index, x, y, _ = moves[-1]
    after = plot.pixel_of((x, y))
    across, up = KEYS[key]
    assert index == 0
    assert (after.x() - before.x(), before.y() - after.y()) == pytest.approx((size * across, size * up), abs=1e-6)


def test_the_ring_of_a_pin_has_the_colours_of_its_runs_clockwise_from_the_top(qapp):
    colors = ("#ff0000", "#00ff00", "#0000ff", "#ffff00")
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(QColor(DARK.panel))
    painter = QPainter(image)
    painter.translate(100, 100)
    draw_handle(painter, Look(theme=DARK, unit=10.0, radius=8.0, colors=colors, hot=False, focused=False))
    painter.end()
    for color, (right, down) in zip(colors, ((1, -1), (1, 1), (-1, 1), (-1, -1)), strict=True):
        place = 100 + round(41 * right), 100 + round(41 * down)
        assert QColor(image.pixel(*place)).name() == color


def test_pins_of_several_runs_show_all_their_colours_on_the_map(plot, view):
    pin = Pin(runs=(0, 1), point=(0.0, 1.0), colors=("#ff0000", "#00ff00"), label="")
    plot.show(scene(paths=[], pins=(pin,)))
    picture = pixels(view.grab().toImage())[:, :, ::-1]
    place = plot.pixel_of((0.0, 1.0))
    red, green = (np.nonzero(np.abs(picture - QColor(c).getRgb()[:3]).max(axis=2) < 40) for c in pin.colors)
    assert red[1].mean() > place.x() + 2
    assert green[1].mean() < place.x() - 2


def test_a_pin_that_has_the_keyboard_glows(qapp):
    look = Look(theme=DARK, unit=4.0, radius=8.0, colors=("#ff0000",), hot=False, focused=False)
    glowing = []
    for each in (look, replace(look, hot=True), replace(look, focused=True)):
        image = QImage(160, 160, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.black)
        painter = QPainter(image)
        painter.translate(80, 80)
        draw_handle(painter, each)
        painter.end()
        glowing.append(pixels(image)[80, 80 + round(4 * 11.5)].sum())
    assert glowing[0] == 0
    assert 0 < glowing[1] < glowing[2]
