"""The colour bar says which colour means which value."""

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from landscape.plot.colorbar import ColorBar
from landscape.scene.palette import DARK
from tests.plot.scenes import heat
from tests.plot.test_canvas import pixels


@pytest.fixture
def view(qtbot):
    shown = pg.GraphicsView()
    qtbot.addWidget(shown)
    shown.resize(120, 400)
    shown.setBackground(DARK.panel)
    return shown


@pytest.fixture
def bar(qtbot, view):
    made = ColorBar(DARK, 1.0)
    layout = pg.GraphicsLayout()
    layout.addItem(made)
    view.setCentralItem(layout)
    view.show()
    qtbot.waitExposed(view)
    made.show_heat(heat())
    return made


def test_the_largest_value_is_at_the_top(bar, view):
    shown = pixels(view.grab().toImage())
    column = next(x for x in range(120) if np.ptp(shown[30:370, x], axis=0).max() > 100)
    colors = heat().colors[:, ::-1].astype(int)
    assert np.abs(shown[14, column + 4] - colors[-1]).max() < 30
    assert np.abs(shown[386, column + 4] - colors[0]).max() < 30


def test_it_is_wide_enough_for_its_numbers_and_does_not_tremble(bar, view):
    before = bar.size().width()
    bar.show_heat(replace(heat(), ticks=((0.5, "−123456.789×10⁻¹²"),)))
    QApplication.processEvents()
    widened = bar.size().width()
    bar.show_heat(replace(heat(), ticks=((0.5, "1"),)))
    QApplication.processEvents()
    assert before < widened == bar.size().width()


def test_numbers_do_not_lie_over_each_other(bar, view):
    bar.show_heat(replace(heat(), ticks=((0.5, "8"),)))
    alone = pixels(view.grab().toImage())
    bar.show_heat(replace(heat(), ticks=tuple((0.5 + 0.001 * index, "8") for index in range(5))))
    assert (pixels(view.grab().toImage()) == alone).all()


def test_without_a_surface_there_is_no_bar(bar, view):
    bar.show_heat(None)
    shown = pixels(view.grab().toImage())
    assert np.ptp(shown, axis=(0, 1)).max() == 0


@pytest.mark.parametrize("shade", [0.2, 0.85])
def test_a_number_stands_at_the_height_of_its_colour(bar, view, shade):
    bar.show_heat(replace(heat(), ticks=()))
    plain = pixels(view.grab().toImage())
    bar.show_heat(replace(heat(), ticks=((shade, "8"),)))
    rows = np.flatnonzero((pixels(view.grab().toImage()) != plain).any(axis=(1, 2)))
    top, height = bar.mapToScene(bar.rect().topLeft()).y(), bar.size().height()
    assert rows.mean() == pytest.approx(top + (1 - shade) * height, abs=2)


def test_larger_numbers_leave_nothing_beside_it_before_the_layout_gives_it_more_room(bar, view):
    bar.set_theme(DARK, 4.0)
    shown = QImage(120, 400, QImage.Format.Format_RGB32)
    shown.fill(QColor(DARK.panel))
    painter = QPainter(shown)
    view.scene().render(painter)
    painter.end()
    right = bar.sceneBoundingRect().right()
    assert right < 100
    assert np.ptp(pixels(shown)[:, int(right) + 1 :], axis=(0, 1)).max() == 0
