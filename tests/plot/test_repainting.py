"""What is painted of the map: all that changed, sharply, and within its axes."""

from itertools import groupby

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from landscape.plot.ground import PIECES, GroundLayers, blank_ground, drawing_ground
from landscape.plot.map import MapPlot
from landscape.plot.projection import Projection
from landscape.plot.stage import Stage
from landscape.scene.palette import DARK, LIGHT
from landscape.scene.scene import ContourLine, Contours
from tests.plot.mouse import Painted
from tests.plot.scenes import contours, heat, path, scene, spiral
from tests.plot.test_canvas import pixels
from tests.written import written

HEAT, CONTOURS = heat(), contours()


def test_what_is_painted_in_parts_equals_what_is_painted_at_once(plot, view):
    """Steps and paths change; the view repaints only where it is told to."""
    view.grab()
    for step in (21.0, 25.5, 40.0, 8.0, 9.0):
        plot.set_step(step)
        QApplication.processEvents()
    moved = scene(paths=[path(spiral(0, start=(-2.0, 1.0))), path(spiral(1), 1)])
    plot.show(moved)
    QApplication.processEvents()
    partly = pixels(view.grab().toImage())
    plot.set_theme(LIGHT)
    view.grab()
    plot.set_theme(DARK)
    assert np.abs(partly - pixels(view.grab().toImage())).max() <= 6


def test_partial_updates_cover_all_that_changes(plot, view, qtbot):
    """Draw on a kept picture only what the scene says has changed, as a window does."""
    plot.show(scene(heat=HEAT, contours=CONTOURS))
    kept = view.grab().toImage()
    QApplication.processEvents()
    painted = Painted(view)
    plot.set_step(33.3)
    plot.show(scene(paths=[path(spiral(1, start=(1.0, -1.5)), 1)], pins=scene().pins, heat=HEAT, contours=CONTOURS))
    mask = painted.stop()
    different = (np.abs(pixels(view.grab().toImage()) - pixels(kept)) > 6).any(axis=2)
    assert different.any()
    assert not (different & ~mask).any()
    assert mask.mean() < 0.7


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_every_device_pixel_is_drawn_sharply(plot, view, ratio):
    """A picture of twice the pixels has twice the lines, not blurred ones: those of a stage of twice the size."""
    image = QImage(int(700 * ratio), int(500 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    view.render(painter, QRectF(0, 0, 700, 500), QRect(0, 0, 700, 500))
    painter.end()
    box = plot.item.vb
    size, corner = box.rect().size() * ratio, box.mapToScene(QPointF(0, 0)) * ratio
    large = large_stage(plot, size, ratio)
    left, top = round(corner.x()), round(corner.y())
    shown = pixels(image)[top : top + large.shape[0], left : left + large.shape[1]]
    assert (np.abs(shown - large).max(axis=2) < 3).mean() > 0.99


def large_stage(plot, size, scale):
    """Return what a stage of so many pixels draws of the same, with lines and signs so many times as large."""
    stage = Stage(DARK, scale, ghost=True)
    stage.resize(QRectF(QPointF(), size))
    stage.set_view(*plot.view())
    stage.show_scene(scene())
    stage.set_step(20.0)
    image = QImage(round(size.width()), round(size.height()), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    stage.paint(painter)
    painter.end()
    return pixels(image)


def test_a_path_that_diverged_ends_at_a_cross_with_a_sentence(plot, view):
    note = "diverged at step 2"
    points = [(0.0, 0.0), (1.0, 0.5), (-1e30, 1e30)]
    plot.show(scene(paths=[path(points, outcome="diverged", note=note)], pins=()))
    plot.set_step(1.0)
    before = pixels(view.grab().toImage())
    assert note not in written(view)
    plot.set_step(2.0)
    after = pixels(view.grab().toImage())
    assert written(view).count(note) == 1
    told = view.mapFromScene(plot.item.vb.mapRectToScene(plot.stage.notes_place())).boundingRect()
    sentence = after[told.top() : told.bottom(), told.left() : told.right(), ::-1]
    assert (sentence == QColor(path(points).color).getRgb()[:3]).all(axis=2).sum() > 30
    plot.show(scene(paths=[path(points, outcome="diverged")], pins=()))
    assert (before != pixels(view.grab().toImage())).any()


def test_a_map_without_anything_can_be_shown(qtbot, view):
    made = MapPlot(LIGHT)
    view.setCentralItem(made.item)
    view.show()
    view.grab()
    made.show(scene(paths=[], pins=(), heat=None, contours=None, markers=(), curves=()))
    made.set_step(7.0)
    view.grab()
    made.show(scene())
    view.grab()


def test_nothing_is_drawn_outside_the_axes(plot, view):
    plot.show(scene(paths=[path([(-9.0, -9.0), (9.0, 9.0), (-9.0, 9.0), (9.0, -9.0)])], pins=()))
    plot.set_step(0.0)
    before = pixels(view.grab().toImage())
    plot.set_step(3.0)
    changed = (pixels(view.grab().toImage()) != before).any(axis=2)
    area = view.mapFromScene(plot.item.vb.mapRectToScene(plot.item.vb.rect())).boundingRect()
    changed[area.top() : area.bottom() + 1, area.left() : area.right() + 1] = False
    assert not changed.any()


def flat(level):
    """Return a scene over a surface of one colour."""
    return scene(heat=heat(shade=np.full((40, 60), level, np.float32)), contours=contours())


def test_a_window_shows_the_picture_before_until_the_next_one_is_drawn(plot, view, monkeypatch):
    monkeypatch.setattr("landscape.plot.stage.TURN", 0.0)
    bright, dark = inside(plot, view, flat(0.9)), inside(plot, view, flat(0.1))
    assert (bright != dark).any()
    plot.stage.draw_by_turns()
    assert np.array_equal(inside(plot, view, flat(0.9)), dark)
    for _ in range(20):
        drawn = inside(plot, view)
    assert np.array_equal(drawn, bright)


def test_a_picture_that_is_overtaken_is_drawn_to_its_end_and_then_the_next_one(plot, view, monkeypatch):
    monkeypatch.setattr("landscape.plot.stage.TURN", 0.0)
    bright, middle, dark = (inside(plot, view, flat(level)) for level in (0.9, 0.5, 0.1))
    plot.stage.draw_by_turns()
    inside(plot, view, flat(0.5))
    seen = [inside(plot, view, flat(0.9)), *(inside(plot, view) for _ in range(40))]
    told = [
        "dark" if np.array_equal(one, dark) else "middle" if np.array_equal(one, middle) else "bright" for one in seen
    ]
    assert [name for name, _ in groupby(told)] == ["dark", "middle", "bright"]
    assert np.array_equal(seen[-1], bright)


def test_while_every_picture_is_overtaken_there_is_always_a_newer_one_to_see(plot, view, monkeypatch):
    monkeypatch.setattr("landscape.plot.stage.TURN", 0.0)
    plot.show(flat(0.0))
    view.grab()
    plot.stage.draw_by_turns()
    seen = [inside(plot, view, flat(0.1 + 0.02 * turn)) for turn in range(40)]
    assert len({one.tobytes() for one in seen}) > 2


def test_in_another_size_the_picture_before_is_stretched_until_the_next_one_is_drawn(plot, view, monkeypatch):
    monkeypatch.setattr("landscape.plot.stage.TURN", 0.0)
    shown = inside(plot, view)
    plot.stage.draw_by_turns()
    view.resize(700, 300)
    stretched = inside(plot, view)
    assert not plot.stage.complete
    size = stretched.shape[1], stretched.shape[0]
    scaled = pixels(QImage(shown.astype(np.uint8).tobytes(), *shown.shape[1::-1], 3 * shown.shape[1],
                           QImage.Format.Format_BGR888).scaled(*size))  # fmt: skip
    assert np.abs(stretched - scaled).mean() < 8
    while not plot.stage.complete:
        drawn = inside(plot, view)
    plot.set_theme(LIGHT)
    view.grab()
    plot.set_theme(DARK)
    monkeypatch.setattr("landscape.plot.stage.TURN", 60.0)
    assert np.array_equal(drawn, inside(plot, view))
    assert np.abs(drawn - stretched).mean() > 0.1


@pytest.mark.parametrize("turns", range(1, 9))
def test_paths_that_change_while_a_picture_is_drawn_are_in_it(plot, view, monkeypatch, turns):
    monkeypatch.setattr("landscape.plot.stage.TURN", 0.0)
    before, after = (
        scene(paths=[path(spiral(1, start=start), 1)], heat=HEAT, contours=CONTOURS)
        for start in ((1.0, -1.5), (-2.0, 1.0))
    )
    wanted = inside(plot, view, after)
    plot.show(before)
    view.grab()
    plot.stage.draw_by_turns()
    plot.set_theme(DARK)
    for _ in range(turns):
        inside(plot, view)
    plot.show(after)
    view.grab()
    while not plot.stage.complete:
        view.grab()
    assert np.array_equal(inside(plot, view), wanted)


def test_between_two_turns_of_a_picture_other_events_come(plot, view, qtbot, monkeypatch):
    monkeypatch.setattr("landscape.plot.stage.TURN", 0.0)
    plot.show(flat(0.1))
    view.show()
    qtbot.waitUntil(lambda: plot.stage.complete)
    plot.stage.draw_by_turns()
    seen, caught_up = [], Stage._caught_up  # noqa: SLF001
    monkeypatch.setattr(Stage, "_caught_up", lambda *given, **how: seen.append("turn") or caught_up(*given, **how))
    other = QTimer(interval=0)
    other.timeout.connect(lambda: seen.append("other"))
    other.start()
    plot.show(flat(0.9))
    qtbot.waitUntil(lambda: plot.stage.complete)
    assert seen.count("turn") > 3
    assert max(len(list(together)) for name, together in groupby(seen) if name == "turn") == 1


def test_no_turn_draws_more_of_a_contour_line_than_some_thousand_pieces():
    zigzag = np.stack((np.linspace(-2.0, 2.0, 40_001), np.arange(40_001) % 2 * 2.0 - 1.0), axis=1)
    many = Contours(lines=(ContourLine(level=0.0, points=zigzag),))
    projection = Projection(x=(-2.0, 2.0), y=(-1.5, 1.5), width=400, height=300)
    ground = blank_ground(projection, DARK, None)
    turns = sum(1 for _ in drawing_ground(ground, projection, DARK, GroundLayers(contours=many)))
    assert turns > 40_000 / PIECES


def inside(plot, view, shown=None):
    """Return what is painted once within the axes of the map, of another scene where there is one."""
    if shown is not None:
        plot.show(shown)
    area = plot.item.vb.mapRectToScene(plot.item.vb.rect()).toAlignedRect().adjusted(40, 2, -2, -2)
    return pixels(view.grab(area).toImage())
