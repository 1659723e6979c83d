"""The relief shows the surface where it is, hides what lies behind it, and turns as it is dragged."""

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

import landscape as ls
from landscape.plot.lens import figure
from landscape.plot.map import MapPlot
from landscape.plot.pace import FRAME
from landscape.plot.relief import ReliefPlot
from landscape.plot.relief_layers import ReliefPlane
from landscape.scene.palette import DARK, LIGHT
from landscape.scene.scene import ContourLine, Contours, Lens, Marker
from landscape.session.camera import Camera
from tests.plot.mouse import Painted, click, drag, move, wheel
from tests.plot.scenes import DOMAIN, of_surface, path, scene
from tests.plot.test_canvas import pixels
from tests.plot.test_map import heard, surface_point

SIDE = Camera()
TOP = Camera(azimuth=0.0, elevation=90.0)


def relief_scene(formula="x^2 + y^2", camera=SIDE, **others):
    layers = of_surface(formula)
    return scene(camera=camera, **{**layers, **others})


@pytest.fixture
def plot(qtbot, view):
    made = ReliefPlot(DARK)
    view.setCentralItem(made.item)
    view.show()
    qtbot.waitExposed(view)
    made.show(relief_scene())
    made.set_step(20.0)
    view.grab()
    QApplication.processEvents()
    return made


def test_other_paths_are_painted_where_they_are_and_were_and_nowhere_else(plot, view):
    def level(y):
        return path(np.column_stack((np.linspace(-1.0, 1.0, 21), np.full(21, y))))

    shown = relief_scene(paths=[level(1.6)])
    plot.show(shown)
    kept = pixels(view.grab().toImage())
    QApplication.processEvents()
    for y in (-1.6, 0.0):
        painted = Painted(view)
        plot.show(replace(shown, paths=(level(y),)))
        mask, now = painted.stop(), pixels(view.grab().toImage())
        different = (np.abs(now - kept) > 6).any(axis=2)
        assert different.any()
        assert not (different & ~mask).any()
        assert mask.mean() < 0.5
        kept = now
    plot.set_theme(LIGHT)
    view.grab()
    plot.set_theme(DARK)
    assert np.abs(kept - pixels(view.grab().toImage())).max() <= 6


def test_from_the_top_the_relief_is_the_map_to_the_pixel(qtbot, plot, view):
    flat = pg.GraphicsView()
    qtbot.addWidget(flat)
    flat.resize(view.size())
    other = MapPlot(DARK)
    flat.setCentralItem(other.item)
    flat.show()
    qtbot.waitExposed(flat)
    shown = relief_scene(camera=TOP)
    for each in (plot, other):
        each.show(shown)
    QApplication.processEvents()
    assert plot.pixels() == other.pixels()
    for point in ((-3.0, -2.0), (3.0, 2.0), (0.0, 0.0), (1.7, -1.2)):
        there, here = other.pixel_of(point), plot.pixel_of(point)
        assert (here.x(), here.y()) == pytest.approx((there.x(), there.y()), abs=0.5)


def test_in_another_size_the_relief_of_a_window_is_drawn_in_a_turn_of_its_own(qtbot, plot, view):
    """Until then what was drawn is stretched; sizes that come together are drawn once, in the last."""
    stage = plot.stage
    stage.smooth_with(lambda key, work: stage.take_smoothed(key, work(lambda: False)))
    view.grab()
    qtbot.waitUntil(lambda: stage.complete)
    before, drawn = stage.depth.shape, heard(stage.drawn)
    for height in (400, 300, 350):
        view.resize(700, height)
        view.grab()
        assert stage.depth.shape == before
        assert not stage.complete
    assert drawn == []
    qtbot.waitUntil(lambda: stage.complete)
    assert stage.depth.shape == tuple(reversed(plot.pixels()))
    assert len(drawn) == 2  # While it moves, and smoothed.


def test_a_relief_that_is_gone_has_no_turn_any_more(qtbot, plot, view):
    plot.stage.smooth_with(lambda key, work: None)
    view.resize(700, 400)
    view.grab()
    plot.stage.scene().removeItem(plot.stage)
    shiboken6.delete(plot.stage)
    qtbot.wait(5 * FRAME)  # What a timer raises fails the test.


def test_a_drag_turns_and_tells_when_it_has_ended(plot, view):
    told = heard(plot.camera_moved)
    drag(view, QPoint(350, 200), QPoint(400, 180))
    assert len(told) == 1
    [camera] = told[0]
    assert camera.azimuth == pytest.approx(SIDE.azimuth - 20.0, abs=0.5)
    assert camera.elevation == pytest.approx(SIDE.elevation - 8.0, abs=0.5)


def test_the_camera_stays_above_the_ground(plot, view):
    told = heard(plot.camera_moved)
    for end in (QPoint(350, -3000), QPoint(350, 4000)):
        drag(view, QPoint(350, 200), end)
    assert [camera.elevation for (camera,) in told] == [5.0, 90.0]


def test_shift_and_a_drag_move_the_picture(plot, view):
    told = heard(plot.camera_moved)
    before = plot.pixel_of((0.0, 0.0))
    drag(view, QPoint(350, 200), QPoint(390, 230), modifiers=Qt.KeyboardModifier.ShiftModifier)
    after = plot.pixel_of((0.0, 0.0))
    assert (after.x() - before.x(), after.y() - before.y()) == pytest.approx((40.0, 30.0), abs=0.5)
    assert told[-1][0].azimuth == SIDE.azimuth


def test_the_wheel_zooms_at_the_pointer(qtbot, plot, view):
    told = heard(plot.camera_moved)
    at = QPoint(300, 180)
    before = surface_point(plot, view, at)
    wheel(view, at)
    assert plot.camera.zoom > 1.1
    after = surface_point(plot, view, at)
    assert after == pytest.approx(before, abs=0.05)
    qtbot.waitUntil(lambda: len(told) == 1, timeout=2000)


def test_a_double_click_goes_back_to_the_first_camera(plot, view):
    told = heard(plot.camera_moved)
    plot.look_from(Camera(azimuth=100.0, zoom=4.0, height=0.8))
    click(view, QPoint(350, 200), double=True)
    assert told[-1] == (Camera(height=0.8),)


def test_a_pin_is_dragged_over_the_surface(plot, view):
    moves, released = heard(plot.pin_moved), heard(plot.pin_released)
    pin = (2.0, 1.2)
    begin, end = (view.mapFromScene(plot.pixel_of(each)) for each in (pin, (-1.0, -0.5)))
    drag(view, begin, end)
    index, x, y, _ = moves[-1]
    assert index == 0
    assert (x, y) == pytest.approx((-1.0, -0.5), abs=0.06)
    assert len(released) == 1


def test_a_pin_that_is_dragged_beside_the_surface_stays_in_the_view(plot, view):
    moves = heard(plot.pin_moved)
    begin = view.mapFromScene(plot.pixel_of((2.0, 1.2)))
    drag(view, begin, QPoint(690, 10))
    x, y = moves[-1][1:3]
    assert -3.0 <= x <= 3.0
    assert -2.0 <= y <= 2.0


def test_shift_keeps_a_pin_on_an_axis_of_the_surface(plot, view):
    moves = heard(plot.pin_moved)
    begin, end = (view.mapFromScene(plot.pixel_of(each)) for each in ((2.0, 1.2), (0.0, 1.0)))
    drag(view, begin, end, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert moves[-1][2] == pytest.approx(1.2, abs=1e-9)
    assert moves[-1][1] == pytest.approx(0.0, abs=0.1)


def test_a_point_that_is_seen_is_told_under_the_pointer(plot, view):
    told = heard(plot.hovered)
    at = view.mapFromScene(plot.pixel_of((0.5, -1.0)))
    move(view, at)
    [point] = told[-1]
    assert point == pytest.approx((0.5, -1.0), abs=0.05)
    move(view, QPoint(70, 20))
    assert told[-1] == (None,)


def test_a_marker_is_found_near_where_it_is_seen(plot):
    marker = Marker(kind="minimum", point=(0.0, 0.0), label="minimum")
    plot.show(relief_scene(markers=(marker,)))
    assert plot.marker_at((0.01, 0.01)) == marker
    assert plot.marker_at((1.5, 1.0)) is None


def test_a_finished_picture_equals_one_that_grew_step_by_step(plot, view):
    for step in np.arange(0.0, 41.0, 0.5):
        plot.set_step(float(step))
    grown = bytes_of(view.grab().toImage())
    plot.set_theme(LIGHT)
    plot.set_theme(DARK)
    again = bytes_of(view.grab().toImage())
    # Where a clipped piece of a translucent line is blended, Qt rounds otherwise.
    assert np.abs(grown - again).max() <= 4


def bytes_of(image):
    return np.frombuffer(image.constBits(), np.uint8).astype(int)


def test_the_height_of_the_camera_raises_the_surface(plot):
    low, high = (replace(SIDE, height=each) for each in (0.2, 1.0))
    heights = []
    for camera in (low, high):
        plot.look_from(camera)
        bottom, top = plot.pixel_of((0.0, 0.0)), plot.pixel_of((3.0, 2.0))
        heights.append(
            (bottom - top).y() / np.hypot(*(plot.pixel_of((3.0, -2.0)) - plot.pixel_of((-3.0, -2.0))).toTuple())
        )
    assert heights[1] > heights[0] + 0.2


def test_flat_and_undefined_surfaces_are_drawn(plot, view):
    for formula in ("0*x + 3", "sqrt(-1 - x^2)"):
        plot.show(relief_scene(formula))
        assert not view.grab().isNull()
    assert plot.point_at(QPointF(350, 250)) is None


def test_lines_of_another_surface_have_no_place_below_values_that_its_shades_do_not_know(plot, view):
    layers = of_surface("3 + exp(5*x)", scale="log")
    assert np.isnan(layers["relief"].spread.shades(np.array((-50.0,)))).all()
    line = ContourLine(level=-50.0, points=np.array(((-1.0, -1.0), (1.0, 1.0), (np.nan, np.nan))))
    plot.show(scene(camera=SIDE, **{**layers, "contours": Contours(lines=(line,))}))
    drawn = bytes_of(view.grab().toImage())
    plot.show(scene(camera=SIDE, **layers))
    assert np.array_equal(bytes_of(view.grab().toImage()), drawn)


def test_the_probe_and_the_cut_are_drawn_on_the_surface(plot, view):
    plot.show(relief_scene(paths=(), pins=(), **probed()))
    for handle in plot.probing.handles:
        handle.setVisible(False)
    image = view.grab().toImage()
    for color, point in (("#ff00ff", (1.0, 0.5)), ("#00ffff", (0.3, -1.0))):
        at = view.mapFromScene(plot.pixel_of(point))
        near = {image.pixelColor(at + QPoint(i, j)).name() for i in range(-6, 7) for j in range(-6, 7)}
        assert color in near


def test_the_wheel_stops_a_turntable(qtbot, plot, view):
    plot.set_turning(True)
    wheel(view, QPoint(300, 180))
    assert not plot.turning
    qtbot.wait(60)
    assert plot.camera.zoom > 1.1


def test_other_contour_lines_are_drawn_on_the_floor(plot, view):
    shown = relief_scene()
    plot.show(shown)
    before = bytes_of(view.grab().toImage())
    line = np.array(((-2.9, -1.9), (2.9, -1.9)))
    plot.show(replace(shown, contours=Contours(lines=(ContourLine(level=4.0, points=line),))))
    assert (bytes_of(view.grab().toImage()) != before).any()


def test_a_step_is_shown_although_the_camera_was_away_meanwhile(plot, view):
    plot.set_step(0.0)
    first = bytes_of(view.grab().toImage())
    plot.look_from(replace(SIDE, azimuth=80.0))
    plot.set_step(30.0)
    plot.look_from(SIDE)
    assert (bytes_of(view.grab().toImage()) != first).any()


def test_what_was_let_go_is_drawn_again_alike(plot, view):
    before = bytes_of(view.grab().toImage())
    plot.let_go()
    assert plot.stage.depth.size == 1
    assert plot.stage.nearness(100.0, 100.0) is None
    assert (bytes_of(view.grab().toImage()) == before).all()
    assert plot.stage.depth.size > 1


def probed(point=(1.0, 0.5), ends=((-2.0, -1.0), (2.0, -1.0))):
    """Return a probe and a cut."""
    from landscape.geometry.osculating import osculation
    from landscape.scene.cut_layer import Cut
    from landscape.scene.scene import Probe

    probe = Probe(
        osculation=osculation(ls.surface("x^2 + y^2", domain=DOMAIN), point), color="#ff00ff", gradient_color="#ff0000",
        rising_color="#00ff00", falling_color="#0000ff", levels=np.zeros((0, 2)), label="probe",
    )  # fmt: skip
    cut = Cut(
        along="line", title="", abscissa="", quadratic_name="", lands_name="", color="#00ffff",
        places=np.array((0.0, 4.0)), points=np.array(ends), values=np.array((5.0, 5.0)), ends=ends,
    )  # fmt: skip
    return {"probe": probe, "cut": cut}


def test_the_probe_and_the_ends_of_the_cut_are_dragged_over_the_surface(plot, view):
    plot.show(relief_scene(paths=(), pins=(), **probed()))
    view.grab()
    probe, ends = heard(plot.probing.probe_moved), heard(plot.probing.end_moved)
    places = [view.mapFromScene(plot.pixel_of(each)) for each in ((1.0, 0.5), (-0.5, 1.2), (2.0, -1.0), (0.5, -1.5))]
    drag(view, places[0], places[1])
    drag(view, places[2], places[3])
    assert probe[-1] == pytest.approx((-0.5, 1.2), abs=0.06)
    assert ends[-1][0] == 1
    assert ends[-1][1:] == pytest.approx((0.5, -1.5), abs=0.06)


def test_a_handle_that_is_dragged_beside_the_surface_stays_in_the_view(plot, view):
    plot.show(relief_scene(paths=(), pins=(), **probed()))
    view.grab()
    moves = heard(plot.probing.probe_moved)
    drag(view, view.mapFromScene(plot.pixel_of((1.0, 0.5))), QPoint(690, 10))
    x, y = moves[-1]
    assert -3.0 <= x <= 3.0
    assert -2.0 <= y <= 2.0


def test_vectors_at_a_point_become_what_the_surface_shows_there(plot):
    relief, camera = plot._scene.relief, plot._projection()  # noqa: SLF001
    plane, point, small = ReliefPlane(relief=relief, camera=camera), np.array((1.0, 0.5)), 1e-3
    for way in ((1.0, 0.0), (0.0, 1.0), (0.6, -0.8)):
        here, there = (plot.pixel_of(tuple(point + part * np.array(way))) for part in (0.0, small))
        slope = np.array((there - here).toTuple()) / small
        assert plane.factors_at(point) @ way == pytest.approx(slope, rel=0.02, abs=0.5)
        assert plane.moved(point, 0.3 * np.array(way)) == pytest.approx(
            np.array((plot.pixel_of(tuple(point + 0.3 * np.array(way))) - here).toTuple()), abs=0.01
        )
    corner = np.array((3.0, 2.0))
    assert np.isfinite(plane.factors_at(corner)).all()


def test_a_lens_lies_in_the_tangent_plane(plot, view):
    lens = Lens(color="#ff00ff", points=np.array(((1.0, 0.5),)), hessians=np.array(((2.0, 0.0, 2.0),)))
    plot.show(relief_scene(paths=(), pins=(), lenses=(lens,)))
    image = view.grab().toImage()
    at = plot.pixel_of((1.0, 0.5))
    plane = ReliefPlane(relief=plot._scene.relief, camera=plot._projection())  # noqa: SLF001
    [ellipse] = figure(lens.hessians[0], plane.factors_at(lens.points[0])).lines
    places = [view.mapFromScene(at + QPointF(*each.tolist())) for each in ellipse[::6]]
    found = [image.pixelColor(each) for each in places]
    assert sum(color.red() == color.blue() == 255 and color.green() < 140 for color in found) >= 0.9 * len(found)
    assert np.ptp(ellipse[:, 1]) < 0.9 * np.ptp(ellipse[:, 0])
