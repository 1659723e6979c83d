"""The lens, the sharpness, and what a person can do at a saddle."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton

from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.session.files import lesson
from landscape.ui.descent.escape_times import PICTURE, EscapeTimesDialog
from tests.plot.mouse import panels_of

OUT = "Step along the escape direction"
TIMES = "Time near this saddle…"


@pytest.fixture
def at_saddle(open_window):
    """A person whose runs all begin at the saddle itself."""
    return open_window(edits.gather_starts(lesson("leaving-a-saddle").document, (0.0, 0.0)))


def offered(person, run: int) -> dict[str, bool]:
    menu = QMenu()
    person.panels.runs._rows[run].fill_menu(menu)
    return {action.text(): action.isEnabled() for action in menu.actions()}


def test_h_shows_and_hides_the_lens(person):
    window = person.window
    person.key(Qt.Key.Key_H, widget=window)
    person.settle()
    assert person.descent.lens
    assert len(person.scene.lenses) == 4
    person.key(Qt.Key.Key_H, widget=window)
    person.settle()
    assert person.scene.lenses == ()


def test_the_lens_follows_the_pointer_while_it_is_on(open_window):
    person = open_window(edits.set_layer(default_descent(), "lens", True))
    layer, hovered = person.stage.map.lens, person.stage.map.hovered
    hovered.emit((1.0, 1.0))
    assert layer._pointer.points.tolist() == [[1.0, 1.0]]
    hovered.emit(None)
    assert layer._pointer is None
    hovered.emit((1.0, 1.0))
    person.edit(edits.set_layer, "lens", False)
    assert layer._pointer is None


def test_the_panel_of_the_sharpness_comes_and_goes(person):
    person.choose("View", "Sharpness among the curves")
    person.settle()
    assert [item.isVisible() for item in panels_of(person.stage.curves)] == [True] * 4
    narrow = panels_of(person.stage.curves)[0].size().width()
    person.choose("View", "Sharpness among the curves")
    person.settle()
    assert [item.isVisible() for item in panels_of(person.stage.curves)] == [True] * 3 + [False]
    assert panels_of(person.stage.curves)[0].size().width() > 1.2 * narrow


def test_a_run_at_a_saddle_is_stepped_out_of_it_and_back_by_undo(at_saddle):
    window = at_saddle.window
    window.player.go(0)
    at_saddle.settle()
    assert at_saddle.panels.here._escape.isVisible()
    at_saddle.click(at_saddle.panels.here._escape)
    at_saddle.settle()
    assert at_saddle.descent.runs[0].start == pytest.approx((0.0, 0.04))
    assert at_saddle.descent.start == (0.0, 0.0)
    assert at_saddle.scene.paths[0].outcome == "converged"
    window.undo()
    assert at_saddle.descent.runs[0].start is None


def test_the_menu_of_a_run_offers_the_way_out_only_at_a_saddle(at_saddle):
    window = at_saddle.window
    window.player.go(300)
    at_saddle.settle()
    stuck, free = offered(at_saddle, 0), offered(at_saddle, 2)
    assert (stuck[OUT], stuck[TIMES]) == (True, True)
    assert (free[OUT], free[TIMES]) == (False, False)


def test_at_a_maximum_there_is_a_way_out_but_no_saddle_to_stay_at(open_window):
    person = open_window(edits.gather_starts(default_descent(), (-0.270845, -0.923039)))
    window = person.window
    window.player.go(0)
    person.settle()
    menu = offered(person, 0)
    assert (menu[OUT], menu[TIMES]) == (True, False)
    assert person.panels.here._escape.isVisible()
    assert not person.panels.here._times.isVisible()


def test_the_list_of_critical_points_offers_the_time_at_saddles_only(open_window):
    person = open_window()
    window = person.window
    panel = person.panels.critical
    person.qtbot.waitUntil(lambda: panel._model.rowCount() == 9, timeout=20_000)
    kinds = [panel._model.marker(row).kind for row in range(9)]
    assert not panel._times.isVisible()
    panel._table.selectRow(kinds.index("saddle"))
    assert panel._times.isVisible()
    person.click(panel._times)
    dialog = window.findChild(EscapeTimesDialog)
    dialog.close()
    panel._table.selectRow(kinds.index("maximum"))
    assert not panel._times.isVisible()


def test_away_from_a_saddle_nothing_of_it_is_offered_here(person):
    here = person.panels.here
    assert not here._escape.isVisible()
    assert not here._times.isVisible()


def test_the_time_near_the_saddle_is_charted_and_saved_as_a_picture(at_saddle, tmp_path):
    window = at_saddle.window
    window.player.go(0)
    at_saddle.settle()
    at_saddle.click(at_saddle.panels.here._times)
    dialog = window.findChild(EscapeTimesDialog)
    at_saddle.qtbot.waitUntil(lambda: len(dialog.scene.curves[0].curves) == 4, timeout=20_000)
    times = {curve.name: curve.values for curve in dialog.scene.curves[0].curves}
    assert times["SGD"][1] == 308
    assert times["SGD"][0] == np.inf
    dialog.save_to(tmp_path / "times.png")
    saved = QImage(str(tmp_path / "times.png"))
    assert (saved.width(), saved.height()) == PICTURE
    dialog.close()


def dialog_of(person) -> EscapeTimesDialog | None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return person.window.findChild(EscapeTimesDialog)


def test_the_time_is_that_of_the_saddle_which_the_menu_was_opened_at(at_saddle):
    at_saddle.window.player.go(0)
    at_saddle.settle()
    menu = QMenu()
    at_saddle.panels.runs._rows[2].fill_menu(menu)
    at_saddle.window.player.go(300)
    at_saddle.settle()
    next(action for action in menu.actions() if action.text() == TIMES).trigger()
    told = " ".join(label.text() for label in dialog_of(at_saddle).findChildren(QLabel))
    assert "The saddle at (0, 0)" in told
    dialog_of(at_saddle).close()


def test_the_time_is_asked_while_the_head_moves_on(at_saddle):
    at_saddle.window.player.go(0)
    at_saddle.settle()
    at_saddle.window.player.go(300)
    at_saddle.panels.here._times.click()
    dialog_of(at_saddle).close()
    at_saddle.settle()
    at_saddle.panels.runs.choose(2)
    at_saddle.settle()
    at_saddle.panels.here._times.click()
    assert dialog_of(at_saddle) is None


@pytest.mark.parametrize("settled", [True, False])
def test_after_another_theme_the_time_is_offered_as_before(at_saddle, settled):
    at_saddle.window.player.go(0)
    at_saddle.settle()
    at_saddle.window.set_theme("light")
    if not settled:
        # Hidden until it is known where the run is.
        at_saddle.panels.here._times.click()
        assert dialog_of(at_saddle) is None
    at_saddle.settle()
    at_saddle.click(at_saddle.panels.here._times)
    assert dialog_of(at_saddle).isVisible()
    dialog_of(at_saddle).close()


@pytest.mark.parametrize("way", ["button", "escape", "frame"])
def test_the_dialog_of_the_times_closes_and_computes_nothing_more(at_saddle, way):
    at_saddle.view.open_escape_times((0.0, 0.0))
    dialog = dialog_of(at_saddle)
    assert dialog.isVisible()
    if way == "button":
        at_saddle.click(next(one for one in dialog.findChildren(QPushButton) if one.text() == "Close"))
    elif way == "escape":
        at_saddle.key(Qt.Key.Key_Escape, widget=dialog)
    else:
        dialog.close()
    assert not dialog.isVisible()
    assert dialog_of(at_saddle) is None
    at_saddle.qtbot.waitUntil(lambda: at_saddle.window.jobs.idle, timeout=2000)


def test_a_picture_that_cannot_be_written_is_told(at_saddle, tmp_path):
    at_saddle.view.open_escape_times((0.0, 0.0))
    dialog = at_saddle.window.findChild(EscapeTimesDialog)
    dialog.save_to(tmp_path / "nowhere" / "times.png")
    assert "cannot be written" in dialog._complaint.text()
    dialog.close()
