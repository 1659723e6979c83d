"""The lens, the sharpness, and what a person can do at a saddle."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QWidget

from landscape.plot.lens import LONG, REACH
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.session.files import lesson
from landscape.ui.buttons import IconButton
from landscape.ui.descent.escape_times import PICTURE, EscapeTimesDialog
from landscape.ui.descent.panels.run_row import RunRow
from tests.plot.mouse import panels_of
from tests.ui import finding
from tests.ui.descent.critical_list import click_row, list_of
from tests.ui.finding import complaints, find, seen

pytestmark = pytest.mark.slow

OUT = "Step along the escape direction"
TIMES = "Time near this saddle…"


@pytest.fixture
def at_saddle(open_window):
    """A person whose runs all begin at the saddle itself."""
    return open_window(edits.gather_starts(lesson("leaving-a-saddle").document, (0.0, 0.0)))


def more(person, run: str) -> IconButton:
    """Return what opens the menu of a run."""
    return find(find(person.panels.runs, RunRow, run), IconButton, "What can be done with this run")


def offered(person, run: str) -> dict[str, bool]:
    with person.opened(more(person, run)) as menu:
        return finding.offered(menu)


def offered_here(person) -> list[str]:
    return [button.text() for button in seen(person.panels.here, QPushButton)]


def times_of(panel: QWidget) -> QPushButton:
    """Return what asks for the time, be it to be seen or not."""
    return next(button for button in panel.findChildren(QPushButton) if button.text() == TIMES)


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
    at, bare = person.pixel(1.0, 1.0), picture(person)

    def point(inside: bool) -> None:
        if inside:
            person.mouse(QEvent.Type.MouseMove, person.canvas, at, False)
        else:
            QApplication.sendEvent(person.stage.map_view, QEvent(QEvent.Type.Leave))
        person.settle()

    point(True)
    rows, columns = np.nonzero(changed(person, bare))
    middle = (columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2
    assert middle == pytest.approx(at.toTuple(), abs=1.5)
    assert LONG < max(np.ptp(rows), np.ptp(columns)) < 2 * REACH
    point(False)
    assert not changed(person, bare).any()
    point(True)
    person.edit(edits.set_layer, "lens", False)
    person.settle()
    off = picture(person)
    point(False)
    assert not changed(person, off).any()
    assert changed(person, bare).any()


def picture(person) -> np.ndarray:
    """Return the colours of the map, pixel by pixel."""
    image = person.stage.map_view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.array(image.constBits()).reshape(image.height(), image.width(), 4)[..., :3]


def changed(person, before: np.ndarray) -> np.ndarray:
    """Return of each pixel of the map whether it has another colour than before."""
    return (picture(person) != before).any(axis=-1)


def test_the_panel_of_the_sharpness_comes_and_goes(person):
    def shown() -> list[bool]:
        return [item.isVisible() for item in panels_of(person.stage.curves)]

    person.choose("View", "Sharpness among the curves")
    # The curves follow the map one panel in a frame.
    person.qtbot.waitUntil(lambda: shown() == [True] * 3)
    person.settle()
    narrow = panels_of(person.stage.curves)[0].size().width()
    person.choose("View", "Sharpness among the curves")
    person.qtbot.waitUntil(lambda: shown() == [True] * 2 + [False])
    person.settle()
    assert panels_of(person.stage.curves)[0].size().width() > 1.2 * narrow


def test_a_run_at_a_saddle_is_stepped_out_of_it_and_back_by_undo(at_saddle):
    window = at_saddle.window
    window.player.go(0)
    at_saddle.settle()
    at_saddle.click(find(at_saddle.panels.here, QPushButton, OUT))
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
    stuck, free = offered(at_saddle, "SGD"), offered(at_saddle, "Perturbed gradient descent")
    assert (stuck[OUT], stuck[TIMES]) == (True, True)
    assert (free[OUT], free[TIMES]) == (False, False)


def test_at_a_maximum_there_is_a_way_out_but_no_saddle_to_stay_at(open_window):
    person = open_window(edits.gather_starts(default_descent(), (-0.270845, -0.923039)))
    window = person.window
    window.player.go(0)
    person.settle()
    menu = offered(person, "SGD")
    assert (menu[OUT], menu[TIMES]) == (True, False)
    assert offered_here(person) == [OUT]


def test_the_list_of_critical_points_offers_the_time_at_saddles_only(open_window):
    person = open_window()
    window = person.window
    panel = person.panels.critical
    person.qtbot.waitUntil(lambda: seen(panel, QTableView) and list_of(person).model().rowCount() == 9, timeout=20_000)
    kinds = [marker.kind for marker in person.scene.critical.markers]
    assert seen(panel, QPushButton) == []
    click_row(person, kinds.index("saddle"))
    person.click(find(panel, QPushButton, TIMES))
    dialog = window.findChild(EscapeTimesDialog)
    dialog.close()
    click_row(person, kinds.index("maximum"))
    assert seen(panel, QPushButton) == []


def test_away_from_a_saddle_nothing_of_it_is_offered_here(person):
    assert offered_here(person) == []


def test_the_time_near_the_saddle_is_charted_and_saved_as_a_picture(at_saddle, tmp_path):
    window = at_saddle.window
    window.player.go(0)
    at_saddle.settle()
    at_saddle.click(find(at_saddle.panels.here, QPushButton, TIMES))
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
    with at_saddle.opened(more(at_saddle, "Perturbed gradient descent")) as menu:
        at_saddle.window.player.go(300)
        at_saddle.settle()
        next(action for action in menu.actions() if action.text() == TIMES).trigger()
    told = " ".join(label.text() for label in dialog_of(at_saddle).findChildren(QLabel))
    assert "The saddle at (0, 0)" in told
    dialog_of(at_saddle).close()


def test_the_time_is_asked_while_the_head_moves_on(at_saddle):
    at_saddle.window.player.go(0)
    at_saddle.settle()
    times = find(at_saddle.panels.here, QPushButton, TIMES)
    at_saddle.window.player.go(300)
    times.click()
    dialog_of(at_saddle).close()
    at_saddle.settle()
    at_saddle.panels.runs.choose(2)
    at_saddle.settle()
    assert offered_here(at_saddle) == []
    times.click()
    assert dialog_of(at_saddle) is None


@pytest.mark.parametrize("settled", [True, False])
def test_after_another_theme_the_time_is_offered_as_before(at_saddle, settled):
    at_saddle.window.player.go(0)
    at_saddle.settle()
    before = offered_here(at_saddle)
    at_saddle.window.set_theme("light")
    if settled:
        at_saddle.settle()
    assert TIMES in before
    assert offered_here(at_saddle) == before
    at_saddle.click(find(at_saddle.panels.here, QPushButton, TIMES))
    assert dialog_of(at_saddle).isVisible()
    dialog_of(at_saddle).close()


@pytest.mark.parametrize("way", ["button", "escape", "frame"])
def test_the_dialog_of_the_times_closes_and_computes_nothing_more(at_saddle, way):
    at_saddle.view.open_escape_times((0.0, 0.0))
    dialog = dialog_of(at_saddle)
    assert dialog.isVisible()
    if way == "button":
        at_saddle.click(find(dialog, QPushButton, "Close"))
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
    (told,) = complaints(dialog)
    assert "cannot be written" in told
    dialog.close()
