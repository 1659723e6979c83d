"""The data of a data surface can be taken in hand."""

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from landscape.plot.inset_panel import MAX_HANDLES, Panel, between
from landscape.plot.map import MapPlot
from landscape.scene.palette import LIGHT
from tests.plot.mouse import drag
from tests.plot.scenes import STEPS, inset, path, scene
from tests.plot.test_canvas import pixels

CORNERS = ((2.5, 1.7), (-2.5, 1.7), (2.5, -1.7), (-2.5, -1.7))


@pytest.fixture
def view(qtbot):
    shown = pg.GraphicsView()
    qtbot.addWidget(shown)
    shown.resize(800, 560)
    return shown


@pytest.fixture
def plot(qtbot, view):
    made = MapPlot(LIGHT)
    view.setCentralItem(made.item)
    view.show()
    qtbot.waitExposed(view)
    made.show(scene(runs=1, inset=inset(), pins=()))
    QApplication.processEvents()
    return made


def panel_of(plot):
    """Return the panel of the data as it lies on the map."""
    (panel,) = (item for item in plot.item.vb.childItems() if isinstance(item, Panel))
    return panel


def place(plot, view, point):
    panel = panel_of(plot)
    return view.mapFromScene(panel.mapToScene(panel.position(np.array(point))))


def test_a_data_point_follows_the_pointer(plot, view):
    moves, released, panned = [], [], []
    plot.inset.data_moved.connect(lambda *values: moves.append(values))
    plot.inset.data_released.connect(lambda: released.append(True))
    plot.view_changed.connect(panned.append)
    drag(view, place(plot, view, (-1.0, -1.0)), place(plot, view, (-0.5, 0.6)))
    row, given, target = moves[-1]
    assert row == 0
    assert (given, target) == pytest.approx((-0.5, 0.6), abs=0.03)
    assert released == [True]
    assert panned == []


def test_dragging_the_panel_does_not_pan_the_map(plot, view):
    panned = []
    plot.view_changed.connect(panned.append)
    begin = place(plot, view, (0.9, -0.9))
    drag(view, begin, begin + QPoint(20, 20))
    assert panned == []


def test_the_scale_stands_still_while_a_point_is_in_hand(plot, view):
    positions = []

    def follow(row, given, target):
        points = np.array(inset().points)
        points[row] = given, target
        positions.append(panel_of(plot).position(np.array((0.2, 0.2))))

        plot.show(scene(runs=1, inset=replace(inset(), points=points), pins=()))

    plot.inset.data_moved.connect(follow)
    drag(view, place(plot, view, (-1.0, -1.0)), place(plot, view, (-1.2, -1.3)))
    assert len({(p.x(), p.y()) for p in positions}) == 1
    assert panel_of(plot).position(np.array((0.2, 0.2))) != positions[0]


def test_the_model_moves_with_the_step(plot, view):
    before = pixels(view.grab().toImage())
    plot.inset.set_step(float(STEPS))
    assert (pixels(view.grab().toImage()) != before).any()


def test_each_model_is_drawn_as_it_is_after_the_step(plot, view):
    plot.inset.set_step(0.0)
    color = QColor(scene().paths[0].color).getRgb()[:3]

    def heights():
        picture = pixels(view.grab().toImage())[:, :, ::-1]
        found = np.abs(picture - color).max(axis=2) < 60
        top, bottom = (place(plot, view, (0.0, y)).y() for y in (1.3, -1.3))
        columns = [place(plot, view, (x, 0.0)).x() for x in (-0.8, 0.8)]
        return [top + np.flatnonzero(found[top:bottom, x]).mean() for x in columns]

    level = heights()
    assert level[0] == pytest.approx(level[1], abs=1)
    plot.inset.set_step(float(STEPS))
    left, right = heights()
    assert left == pytest.approx(place(plot, view, (-0.8, -0.8)).y(), abs=2)
    assert right == pytest.approx(place(plot, view, (0.8, 0.8)).y(), abs=2)


def test_the_input_is_named_below_and_the_target_at_the_left(plot, view):
    before = pixels(view.grab().toImage())
    middle = place(plot, view, (0.0, 0.0))
    for name, beside in (("input_name", (0, 1)), ("target_name", (-1, 0))):
        plot.show(scene(runs=1, inset=replace(inset(), **{name: "w"}), pins=()))
        QApplication.processEvents()
        rows, columns = np.nonzero((pixels(view.grab().toImage()) != before).any(axis=2))
        away = np.array((columns.mean() - middle.x(), rows.mean() - middle.y()))
        assert away @ beside > 40
        assert abs(away @ beside[::-1]) < 30


def test_between_two_steps_the_model_is_between_theirs():
    rows = np.array(((0.0, 0.0), (1.0, 2.0), (3.0, 3.0)))
    assert between(rows, 0.5).tolist() == [0.5, 1.0]
    assert between(rows, 2.0).tolist() == [3.0, 3.0]
    assert between(rows, 9.5).tolist() == [3.0, 3.0]


def test_without_data_there_is_no_panel(plot):
    plot.show(scene(runs=1, inset=None, pins=()))
    assert plot.inset.layers == ()


def test_many_rows_are_shown_but_not_dragged(plot, view):
    plot.show(scene(runs=1, inset=inset(rows=MAX_HANDLES + 1), pins=()))
    assert len(plot.inset.layers) == 1
    view.grab()


def test_a_small_map_has_no_room_for_the_panel(plot, view):
    view.resize(220, 180)
    QApplication.processEvents()
    assert plot.inset.layers == ()


def test_data_of_one_value_has_a_scale(plot, view):

    plot.show(scene(runs=1, inset=replace(inset(), points=np.array(((2.0, 5.0),)), inputs=np.zeros(0)), pins=()))
    panel = panel_of(plot)
    assert panel.boundingRect().contains(QPointF(panel.position(np.array((2.0, 5.0)))))
    view.grab()


@pytest.mark.parametrize("at_once", [True, False])
def test_the_data_do_not_hide_the_sentence_of_a_run_that_diverged(plot, view, at_once):
    elsewhere = [path(np.array(start) + np.zeros((9, 2)), index) for index, start in enumerate(CORNERS[:3])]
    ended = path(elsewhere[0].points, 3, outcome="diverged", note="Run 4 has diverged")
    plot.show(scene(runs=1, inset=None, pins=()))
    if not at_once:
        plot.show(scene(paths=elsewhere, inset=inset(), pins=()))
    plot.show(scene(paths=[*elsewhere, ended], inset=inset(), pins=()))
    plot.set_step(9.0)
    shown = pixels(view.grab().toImage())
    plot.show(scene(paths=[*elsewhere, replace(ended, note="")], inset=inset(), pins=()))
    written = (pixels(view.grab().toImage()) != shown).any(axis=2)
    panel = panel_of(plot)
    corner = view.mapFromScene(panel.mapToScene(panel.boundingRect().topLeft()))
    end = view.mapFromScene(panel.mapToScene(panel.boundingRect().bottomRight()))
    assert written.sum() > 500
    assert not written[corner.y() : end.y(), corner.x() : end.x()].any()


@pytest.mark.parametrize("start", CORNERS)
def test_the_data_do_not_hide_the_paths(plot, view, start):
    plot.show(scene(runs=1, inset=None, pins=()))
    points = np.array(start) + np.zeros((9, 2))
    plot.show(scene(paths=[path(points)], inset=inset(), pins=()))
    panel = panel_of(plot)
    assert panel.isVisible()
    assert not panel.mapRectToScene(panel.boundingRect()).contains(plot.pixel_of(start))
