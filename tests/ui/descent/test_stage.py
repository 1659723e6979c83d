"""What the mouse and the keys do on the map."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt

from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from tests.ui.finding import beside


def test_dragging_a_start_moves_all_paths_to_it(person) -> None:
    target = person.pixel(1.0, 2.0)
    person.drag([person.pixel(*person.descent.start), person.pixel(0.5, 0.5), target])
    person.settle()
    x, y = person.descent.start
    assert (x, y) == pytest.approx((1.0, 2.0), abs=0.05)
    assert all(tuple(path.points[0]) == (x, y) for path in person.scene.paths)


def test_a_path_after_a_drag_is_the_trajectory_from_the_new_start(person) -> None:
    person.drag([person.pixel(*person.descent.start), person.pixel(2.0, -1.0)])
    person.settle()
    shown = person.descent
    run = shown.runs[-1]
    expected = descend(shown.surface, run.rule, shown.start, shown.steps, schedule=shown.schedule)
    np.testing.assert_array_equal(person.scene.paths[-1].points, expected.points)


def test_a_whole_drag_is_one_step_of_undo(person) -> None:
    before = person.descent
    way = [person.pixel(*before.start), *(person.pixel(0.2 * k, 0.1 * k) for k in range(1, 12))]
    person.drag(way)
    assert person.descent.start != before.start
    person.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert person.descent == before
    assert not person.window.history.can_undo


def test_redo_brings_the_drag_back(person) -> None:
    person.drag([person.pixel(*person.descent.start), person.pixel(1.0, 1.0)])
    after = person.descent
    person.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    person.key(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert person.descent == after


def test_control_drag_moves_every_start_alike(person) -> None:
    person.edit(edits.own_start, 0, True)
    person.edit(edits.move_start, (3.0, 3.0), 0)
    person.settle()
    common, own = person.descent.start, person.descent.runs[0].start
    begin = person.pixel(*common)
    person.drag([begin, begin + QPoint(40, 30)], modifiers=Qt.KeyboardModifier.ControlModifier)
    shown = person.descent
    moved = np.subtract(shown.start, common)
    assert np.hypot(*moved) > 0.1
    np.testing.assert_allclose(np.subtract(shown.runs[0].start, own), moved)


def test_shift_drag_stays_on_one_axis(person) -> None:
    start = person.descent.start
    begin = person.pixel(*start)
    person.drag([begin, begin + QPoint(60, 8)], modifiers=Qt.KeyboardModifier.ShiftModifier)
    x, y = person.descent.start
    assert x > start[0] + 0.1
    assert y == pytest.approx(start[1], abs=1e-9)


def test_a_double_click_gathers_all_starts_there(person) -> None:
    person.edit(edits.own_start, 1, True)
    person.settle()
    press, double = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick
    person.mouse(QEvent.Type.MouseMove, person.canvas, person.pixel(-2.0, 4.0), False)
    for kind in (press, double):
        person.mouse(kind, person.canvas, person.pixel(-2.0, 4.0), True)
        person.mouse(QEvent.Type.MouseButtonRelease, person.canvas, person.pixel(-2.0, 4.0), False)
    assert person.descent.start == pytest.approx((-2.0, 4.0), abs=0.05)
    assert person.descent.runs[1].start is None


def test_the_wheel_zooms_at_the_pointer_and_samples_anew(person) -> None:
    heat = person.scene.heat
    place = (2.0, 1.0)
    person.wheel(person.canvas, person.pixel(*place), 3)
    person.settle()
    closer = person.scene
    assert closer.heat is not heat
    assert closer.x[1] - closer.x[0] < heat.x[1] - heat.x[0]
    assert closer.heat.x == closer.x
    assert closer.heat.shade.shape == heat.shade.shape
    assert closer.x[0] < place[0] < closer.x[1]


def test_dragging_the_ground_pans_and_ctrl_0_shows_the_whole_again(person) -> None:
    whole = person.stage.map.view()
    begin = person.pixel(4.0, 4.0)
    person.drag([begin, begin + QPoint(30, 10), begin + QPoint(60, 20)])
    person.settle()
    assert person.stage.map.view() != whole
    person.key(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    person.settle()
    np.testing.assert_allclose(person.stage.map.view(), whole)


def test_tab_takes_a_start_and_the_arrow_keys_move_it(person) -> None:
    window = person.window
    person.stage.map_view.setFocus()
    person.key(Qt.Key.Key_Tab, widget=person.stage.map_view)
    start, step = person.descent.start, window.player.step
    for _ in range(3):
        person.key(Qt.Key.Key_Right, widget=person.stage.map_view)
        person.settle()
    (x0, x1), _ = person.stage.map.view()
    pixel = (x1 - x0) / person.stage.map.pixels()[0]
    assert person.descent.start[0] == pytest.approx(start[0] + 3 * pixel, rel=1e-3)
    assert window.player.step == step
    person.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier, person.stage.map_view)
    assert person.descent.start[1] > start[1] + 5 * pixel


def test_a_data_point_is_dragged_and_the_surface_follows(person) -> None:
    name = next(name for name, entry in _data_surfaces().items() if len(entry.data[0][1]) <= 60)
    person.edit(edits.choose_surface, surface(name))
    person.settle()
    before, heat = person.descent, person.scene.heat
    _, handle, *_ = person.stage.map.inset.layers
    at = person.stage.map_view.mapFromScene(handle.scenePos())
    person.drag([at, at + QPoint(3, -8), at + QPoint(6, -16)])
    person.settle()
    after = person.descent
    assert after.surface.data_array[-1, 0] > before.surface.data_array[-1, 0]
    np.testing.assert_array_equal(after.surface.data_array[:, 1:], before.surface.data_array[:, 1:])
    assert person.scene.heat is not heat
    person.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert person.descent == before


def test_the_numbers_at_the_pointer_are_those_of_the_surface(person) -> None:
    from landscape.scene.text import number

    at = person.pixel(1.0, 1.0)
    person.mouse(QEvent.Type.MouseMove, person.canvas, at, False)
    person.mouse(QEvent.Type.MouseMove, person.canvas, at, False)
    here = person.panels.here
    person.qtbot.waitUntil(lambda: beside(here, "Here").startswith("at ("), timeout=2000)
    person.settle()
    pointer = person.stage.map.point_at(person.stage.map_view.mapToScene(at))
    expected = float(person.descent.surface.value(*pointer))
    assert beside(here, "f") == number(expected, 5)
    hessian = person.descent.surface.hessian(*pointer)
    high = np.linalg.eigvalsh(hessian)[-1]
    assert beside(here, "2/λmax") == (number(2 / high, 3) if high > 0 else "–")


def _data_surfaces():
    from landscape.catalogue.surfaces import surface_entries

    return {name: entry for name, entry in surface_entries().items() if entry.data}


def test_runs_that_diverge_to_huge_numbers_are_painted(open_window) -> None:
    descent = edits.choose_surface(default_descent(), surface("linear_regression"))
    person = open_window(edits.set_hyper(descent, 0, "lr", 0.2))
    path = person.scene.paths[0]
    assert path.outcome == "diverged"
    assert np.abs(path.points).max() > 1e100
    # An exception in a paint event fails the test.
    assert not person.stage.grab().isNull()
    for step in range(0, path.note_step, 3):
        person.window.player.go(step)
        assert not person.stage.grab().isNull()
