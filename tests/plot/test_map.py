"""The map tells what a person does to it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor

from landscape.plot.handles import Handle
from landscape.scene.palette import DARK, LIGHT
from landscape.scene.scene import Marker, Pin
from tests.plot.mouse import Painted, click, drag, move, send, wheel
from tests.plot.scenes import heat, path, scene, spiral
from tests.plot.test_canvas import pixels

HELD = Qt.MouseButton.LeftButton


def place(plot, view, x, y):
    """Return where a surface point is on the viewport."""
    return view.mapFromScene(plot.pixel_of((x, y)))


def surface_point(plot, view, place):
    return plot.point_at(view.mapToScene(place))


def heard(signal):
    calls = []
    signal.connect(lambda *values: calls.append(values))
    return calls


def test_the_view_is_that_of_the_scene(plot):
    assert plot.view() == ((-3.0, 3.0), (-2.0, 2.0))
    plot.show(scene(heat=heat(), contours=None))
    assert plot.view() == ((-3.0, 3.0), (-2.0, 2.0))


def test_a_view_that_is_set_is_not_told_as_a_change_by_the_person(plot):
    changes = heard(plot.view_changed)
    plot.set_view((0.0, 1.0), (-1.0, 5.0))
    assert plot.view() == ((0.0, 1.0), (-1.0, 5.0))
    assert changes == []


def test_a_dragged_pin_goes_where_the_pointer_goes(plot, view):
    moves, released = heard(plot.pin_moved), heard(plot.pin_released)
    end = place(plot, view, -1.0, -0.5)
    drag(view, place(plot, view, 2.0, 1.2), end)
    assert len(moves) >= 5
    index, x, y, modifiers = moves[-1]
    assert index == 0
    assert (x, y) == pytest.approx((-1.0, -0.5), abs=0.02)
    assert modifiers == Qt.KeyboardModifier.NoModifier
    assert len(released) == 1
    assert plot.view() == ((-3.0, 3.0), (-2.0, 2.0))


def test_a_pin_keeps_the_distance_at_which_it_was_taken(plot, view):
    moves = heard(plot.pin_moved)
    begin = place(plot, view, 2.0, 1.2) + QPoint(7, -6)
    drag(view, begin, begin + QPoint(-120, 0))
    expected = surface_point(plot, view, place(plot, view, 2.0, 1.2) + QPoint(-120, 0))
    assert moves[-1][1:3] == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize(("way", "kept"), [(QPoint(-150, 40), 1), (QPoint(30, 140), 0)])
def test_shift_keeps_a_pin_on_the_nearer_axis_through_its_start(plot, view, way, kept):
    moves = heard(plot.pin_moved)
    begin = place(plot, view, 2.0, 1.2)
    drag(view, begin, begin + way, modifiers=Qt.KeyboardModifier.ShiftModifier)
    point = moves[-1][1:3]
    assert point[kept] == pytest.approx((2.0, 1.2)[kept], abs=1e-9)
    assert point[1 - kept] != pytest.approx((2.0, 1.2)[1 - kept], abs=0.3)


def test_the_keys_held_while_dragging_are_told(plot, view):
    moves = heard(plot.pin_moved)
    begin = place(plot, view, 2.0, 1.2)
    drag(view, begin, begin + QPoint(-50, 0), modifiers=Qt.KeyboardModifier.ControlModifier)
    assert all(modifiers == Qt.KeyboardModifier.ControlModifier for *_, modifiers in moves)


@pytest.mark.parametrize("off", [QPoint(12, 0), QPoint(0, -12), QPoint(8, 8)])
def test_a_pin_is_hit_twelve_pixels_from_its_middle(plot, view, off):
    moves = heard(plot.pin_moved)
    begin = place(plot, view, 2.0, 1.2) + off
    drag(view, begin, begin + QPoint(-60, 10))
    assert moves


def test_a_pin_stays_in_the_view(plot, view):
    moves = heard(plot.pin_moved)
    drag(view, place(plot, view, 2.0, 1.2), QPoint(2000, -900), moves=3)
    assert moves[-1][1:3] == pytest.approx((3.0, 2.0))


def test_of_two_pins_in_one_place_the_upper_is_taken(plot, view):
    pins = [Pin(runs=(i,), point=(1.0, 0.0), colors=("#ff0000",), label=f"{i}") for i in range(2)]
    plot.show(scene(pins=pins))
    moves = heard(plot.pin_moved)
    drag(view, place(plot, view, 1.0, 0.0), place(plot, view, -1.0, 0.0))
    assert {index for index, *_ in moves} == {1}


def test_the_pin_in_hand_stays_in_hand_while_scenes_come_and_go(plot, view):
    moves, released = heard(plot.pin_moved), heard(plot.pin_released)

    def follow(index, x, y, modifiers):
        pins = () if len(moves) == 3 else (replace(scene().pins[0], point=(x, y)),)
        plot.show(scene(paths=[path(spiral(0, start=(x, y)))], pins=pins))

    plot.pin_moved.connect(follow)
    drag(view, place(plot, view, 2.0, 1.2), place(plot, view, 0.0, 0.4), moves=8)
    assert moves[-1][1:3] == pytest.approx((0.0, 0.4), abs=0.02)
    assert len(released) == 1


def test_the_pin_in_hand_is_painted_with_the_paths_that_begin_there(plot, view):
    begin, end = place(plot, view, 2.0, 1.2), place(plot, view, 0.0, 0.4)
    send(view, QEvent.Type.MouseMove, begin)
    send(view, QEvent.Type.MouseButtonPress, begin, HELD, HELD)
    send(view, QEvent.Type.MouseMove, (begin + end) / 2, held=HELD)
    assert plot.holds
    painted = Painted(view)
    send(view, QEvent.Type.MouseMove, end, held=HELD)
    assert not painted.stop().any()
    painted = Painted(view)
    plot.show(scene(pins=[replace(scene().pins[0], point=(0.0, 0.4))]))
    assert painted.stop()[end.y(), end.x()]
    send(view, QEvent.Type.MouseButtonRelease, end, HELD)


def test_dragging_beside_a_pin_pans(plot, view):
    moves, changes = heard(plot.pin_moved), heard(plot.view_changed)
    begin = place(plot, view, -1.0, 0.0)
    drag(view, begin, begin + QPoint(60, 0))
    ((x0, x1), (y0, y1)) = changes[-1][0]
    assert not moves
    assert x0 < -3.0
    assert x1 - x0 == pytest.approx(6.0)
    assert (y0, y1) == pytest.approx((-2.0, 2.0))


def test_the_right_button_does_nothing(plot, view):
    changes = heard(plot.view_changed)
    begin = place(plot, view, -1.0, 0.0)
    drag(view, begin, begin + QPoint(60, 30), button=Qt.MouseButton.RightButton)
    assert changes == []
    assert plot.view() == ((-3.0, 3.0), (-2.0, 2.0))


def test_the_wheel_zooms_at_the_pointer(plot, view):
    changes = heard(plot.view_changed)
    pointer = place(plot, view, 1.0, -1.0)
    before = surface_point(plot, view, pointer)
    wheel(view, pointer)
    (x0, x1), (y0, y1) = changes[-1][0]
    assert x1 - x0 < 5.9
    assert y1 - y0 < 3.9
    assert surface_point(plot, view, pointer) == pytest.approx(before)


def test_zooming_has_an_end(plot, view):
    pointer = place(plot, view, 0.0, 0.0)
    for turn in [1200] * 60 + [-1200] * 120:
        wheel(view, pointer, turn)
    assert np.isfinite(plot.view()).all()
    assert (np.diff(plot.view()) > 0).all()


@pytest.mark.parametrize(("turn", "size"), [(120, 1e-6), (-120, 100)])
def test_the_wheel_goes_from_a_millionth_to_a_hundred_times_the_domain_and_keeps_the_form(plot, view, turn, size):
    plot.show(replace(scene(), x=(-4.0, 4.0)))
    pointer = place(plot, view, 0.5, 0.5)
    for _ in range(40):
        wheel(view, pointer, 10 * turn)
    width, height = np.ptp(plot.view(), axis=1)
    sizes = width / (6 * size), height / (4 * size)
    assert (max if size > 1 else min)(sizes) == pytest.approx(1.0)
    assert width / height == pytest.approx(2.0)


def test_another_domain_has_other_limits(plot, view):
    far = replace(scene(), x=(1e6, 2e6), y=(1e6, 2e6), domain=((1e6, 2e6), (1e6, 2e6)))
    plot.show(far)
    assert plot.view() == (far.x, far.y)
    plot.show(scene())
    assert plot.view() == ((-3.0, 3.0), (-2.0, 2.0))


def test_a_view_that_is_asked_for_is_shown_however_wide(plot):
    plot.show(replace(scene(), domain=((0.0, 1e-3), (0.0, 1e-3))))
    assert plot.view() == ((-3.0, 3.0), (-2.0, 2.0))


def test_a_double_click_on_the_stage_is_told_with_its_place(plot, view):
    clicks = heard(plot.stage_double_clicked)
    click(view, place(plot, view, -1.5, 0.5), double=True)
    assert len(clicks) == 1
    assert clicks[0] == pytest.approx((-1.5, 0.5), abs=0.02)


def test_a_click_and_a_double_click_on_a_pin_are_no_clicks_on_the_stage(plot, view):
    clicks = heard(plot.stage_double_clicked)
    click(view, place(plot, view, -1.5, 0.5))
    click(view, place(plot, view, 2.0, 1.2), double=True)
    assert clicks == []


def test_the_point_under_the_pointer_is_told_until_it_leaves(plot, view):
    points = heard(plot.hovered)
    move(view, place(plot, view, 0.5, -0.5))
    assert points[-1][0] == pytest.approx((0.5, -0.5), abs=0.02)
    move(view, QPoint(3, 3))
    assert points[-1] == (None,)


def test_a_pin_out_of_view_is_not_shown(plot, view):
    def pins():
        return [item for item in view.scene().items() if isinstance(item, Handle) and item.isVisible()]

    plot.set_view((-3.0, 0.0), (-2.0, 2.0))
    assert not pins()
    plot.set_view((-3.0, 3.0), (-2.0, 2.0))
    assert [pin.toolTip() for pin in pins()] == ["Start"]


def test_the_pointer_shows_that_a_pin_can_be_taken(plot, view):
    move(view, place(plot, view, 2.0, 1.2))
    assert view.viewport().cursor().shape() == Qt.CursorShape.OpenHandCursor
    move(view, place(plot, view, -1.0, 0.0))
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_press_and_release_without_a_move_moves_no_pin(plot, view):
    moves = heard(plot.pin_moved)
    spot = place(plot, view, 2.0, 1.2)
    move(view, spot)
    send(view, QEvent.Type.MouseButtonPress, spot, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton)
    send(view, QEvent.Type.MouseButtonRelease, spot, Qt.MouseButton.LeftButton)
    assert moves == []


def test_a_point_is_seen_where_the_map_says_and_nothing_is_seen_beside_it(plot, view):
    for point in ((-2.5, 1.5), (0.0, 0.0), (2.9, -1.9)):
        assert plot.point_at(plot.pixel_of(point)) == pytest.approx(point)
    assert plot.point_at(plot.pixel_of((3.2, 0.0))) is None
    assert plot.point_at(plot.pixel_of((0.0, -2.2))) is None
    heads = scene().paths[0].points[20]
    seen = plot.pixel_of(tuple(heads))
    picture = pixels(view.grab().toImage())
    color = QColor(scene().paths[0].color)
    around = picture[round(seen.y()) - 2 : round(seen.y()) + 3, round(seen.x()) - 2 : round(seen.x()) + 3]
    assert (around[:, :, ::-1] == (color.red(), color.green(), color.blue())).all(axis=2).any()


def test_the_marker_that_is_meant_is_the_nearest_within_ten_pixels(plot):
    near, far = (Marker(kind="saddle", point=(x, 0.5), label=str(x)) for x in (1.0, 1.2))
    plot.show(scene(markers=(near, far)))
    unit = plot.point_at(plot.pixel_of((0.0, 0.5)) + QPointF(1.0, 0.0))[0]
    assert plot.marker_at((1.0 + 8 * unit, 0.5)) is near
    assert plot.marker_at((1.2 - 2 * unit, 0.5 + 3 * unit)) is far
    assert plot.marker_at((1.2 + 12 * unit, 0.5)) is None
    assert plot.marker_at((1.2, 1.5)) is None


def test_a_ring_stands_around_its_point_and_one_that_is_chosen_has_the_accent(plot, view):
    before = pixels(view.grab().toImage())
    plot.ring([((-2.0, 1.0), True), ((1.0, -1.5), False)])
    picture = pixels(view.grab().toImage())
    for point, color in (((-2.0, 1.0), LIGHT.accent), ((1.0, -1.5), DARK.stage_text)):
        middle = plot.pixel_of(point)
        x, y = round(middle.x()), round(middle.y())
        around = np.s_[y - 16 : y + 17, x - 16 : x + 17]
        rows, columns = np.nonzero((picture[around] != before[around]).any(axis=2))
        assert (columns.mean(), rows.mean()) == pytest.approx((16, 16), abs=1)
        inked = np.abs(picture[around][:, :, ::-1] - QColor(color).getRgb()[:3]).max(axis=2) < 60
        assert inked.sum() > 40
        assert (picture[around] == before[around])[11:22, 11:22].all()
    plot.ring([])
    assert (pixels(view.grab().toImage()) == before).all()


@pytest.mark.parametrize("side", ["left", "bottom"])
def test_a_click_on_an_axis_is_none_on_the_stage(plot, view, side):
    clicks, doubles = heard(plot.stage_clicked), heard(plot.stage_double_clicked)
    axis = plot.item.axes[side]
    middle = view.mapFromScene(axis.mapToScene(axis.boundingRect().center()))
    click(view, middle)
    click(view, middle, double=True)
    assert clicks == doubles == []


@pytest.mark.parametrize(("side", "moved"), [("left", 1), ("bottom", 0)])
def test_dragging_an_axis_pans_along_it(plot, view, side, moved):
    axis = plot.item.axes[side]
    middle = view.mapFromScene(axis.mapToScene(axis.boundingRect().center()))
    before = plot.view()
    drag(view, middle, middle + QPoint(70, 70))
    after = plot.view()
    assert after[1 - moved] == before[1 - moved]
    assert after[moved] != before[moved]


@pytest.mark.parametrize(("step", "where"), [(0.0, -2.0), (0.25, -1.0), (0.5, 0.0), (1.0, 2.0)])
def test_between_two_steps_the_head_is_on_the_straight_line_between_them(plot, view, step, where):
    level = path(((-2.0, -1.0), (2.0, -1.0), (2.0, 1.0)))
    plot.show(scene(paths=[level], pins=(), markers=(), contours=None, heat=None))
    plot.set_step(step)
    picture = pixels(view.grab().toImage())[:, :, ::-1]
    inked = np.abs(picture - QColor(level.color).getRgb()[:3]).max(axis=2) < 8
    middle = plot.pixel_of((where, -1.0))
    # Only the head is higher than the line is wide.
    columns = np.flatnonzero(inked[round(middle.y()) - 3] & inked[round(middle.y()) + 3])
    assert columns.mean() == pytest.approx(middle.x(), abs=1)
    assert np.ptp(columns) < 12
