"""Playing, stepping and scrubbing."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from landscape.catalogue.surfaces import surface
from landscape.scene.standings import Row
from landscape.scene.text import number
from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.ui.buttons import Choice
from landscape.ui.canvas import Canvas
from landscape.ui.standings_table import StandingsTable
from landscape.ui.timeline import TimelinePanel
from tests.ui.finding import find
from tests.written import written


def timeline(person) -> TimelinePanel:
    return person.window.findChild(TimelinePanel)


def test_space_plays_from_the_beginning_and_pauses(person) -> None:
    player = person.window.player
    person.key(Qt.Key.Key_Space, widget=person.window)
    assert player.playing
    person.qtbot.waitUntil(lambda: player.step > 3, timeout=5000)
    person.key(Qt.Key.Key_Space, widget=person.window)
    stopped = player.step
    person.settle()
    assert player.step == stopped


def test_the_head_stays_on_a_time_line_that_is_shorter_than_what_is_still_shown(person) -> None:
    player = person.window.player
    player.go(player.steps)
    player.set_steps(50)
    player.set_known(120)
    assert (player.step, player.known) == (50, 50)


def test_the_arrow_keys_make_one_step_and_with_shift_ten(person) -> None:
    player, window = person.window.player, person.window
    person.key(Qt.Key.Key_Home, widget=window)
    assert player.step == 0
    person.key(Qt.Key.Key_Right, widget=window)
    assert player.step == 1
    person.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, window)
    assert player.step == 11
    person.key(Qt.Key.Key_Left, widget=window)
    assert player.step == 10
    person.key(Qt.Key.Key_End, widget=window)
    assert player.step == player.steps


def test_bare_keys_belong_to_a_text_field_that_has_the_focus(person) -> None:
    window = person.window
    field = person.panels.surface.formula_field
    field.setFocus()
    field.selectAll()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_M, Qt.Key.Key_L, Qt.Key.Key_Home, Qt.Key.Key_PageDown, Qt.Key.Key_Right):
        person.key(key, widget=field)
    assert not window.player.playing
    assert window.player.marks == ()
    assert not window.player.loop
    assert window.player.step == window.player.steps
    field.clearFocus()


def test_marks_are_set_and_jumped_to(person) -> None:
    window, player = person.window, person.window.player
    player.go(40)
    person.key(Qt.Key.Key_M, widget=window)
    player.go(90)
    person.key(Qt.Key.Key_M, widget=window)
    assert player.marks == (40, 90)
    person.key(Qt.Key.Key_Home, widget=window)
    person.key(Qt.Key.Key_PageDown, widget=window)
    assert player.step == 40
    person.key(Qt.Key.Key_PageDown, widget=window)
    assert player.step == 90
    person.key(Qt.Key.Key_M, widget=window)
    assert player.marks == (40,)
    person.key(Qt.Key.Key_PageUp, widget=window)
    assert player.step == 40


def test_the_bar_is_dragged_to_scrub(person) -> None:
    bar, player = timeline(person).bar, person.window.player
    middle = bar.height() // 2
    person.drag([QPoint(8, middle), QPoint(bar.width() // 3, middle), QPoint(bar.width() // 2, middle)], bar)
    assert abs(player.step - player.steps / 2) <= 2


def test_pressing_in_a_curve_goes_to_that_step(person) -> None:
    view = find(person.stage, Canvas, "Curves against the step")
    layer = person.stage.curves.layers[0]
    at = view.mapFromScene(layer.sceneBoundingRect().center())
    person.qtbot.mouseMove(view.viewport(), at)
    person.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QApplication.processEvents()
    assert abs(person.window.player.step - person.window.player.steps / 2) <= 3


def test_speed_goes_up_and_down_by_bracket_keys_and_stays_in_its_range(person) -> None:
    window, player = person.window, person.window.player
    person.qtbot.keyClicks(window, "]]]]]]]]")
    assert player.speed == 8.0
    person.qtbot.keyClicks(window, "[[[[[[[[[[")
    assert player.speed == 0.25


def test_looping_begins_anew_at_the_end(person) -> None:
    window, player = person.window, person.window.player
    person.key(Qt.Key.Key_L, widget=window)
    player.set_speed(8.0)
    player.go(player.steps - 2)
    player.play(True)
    person.qtbot.waitUntil(lambda: player.step < player.steps / 2, timeout=5000)
    assert player.playing
    player.play(False)


def standings(person) -> list[Row]:
    """Return the lines of the table of the standings."""
    return list(person.panels.standings.findChild(StandingsTable).rows)


def test_the_standings_are_those_of_the_current_step(person) -> None:
    window = person.window
    window.player.go(10)
    person.settle()
    where, points = person.descent.surface, {path.name: path.points[10] for path in person.scene.paths}
    losses = {name: float(where.value(*point)) for name, point in points.items()}
    slopes = {name: float(np.hypot(*where.gradient(*point))) for name, point in points.items()}
    ranked = sorted(losses, key=losses.get)
    assert [row.name for row in standings(person)] == ranked
    expected = [(losses[name], slopes[name]) for name in ranked]
    np.testing.assert_allclose([row.numbers[:2] for row in standings(person)], expected, rtol=1e-12)
    texts = written(person.panels.standings.findChild(StandingsTable))
    assert all(text in texts for name in ranked for text in (number(losses[name], 3), number(slopes[name], 3)))


def test_the_standings_tell_that_a_run_arrived_only_once_it_has(open_window) -> None:
    person = open_window(edits.choose_surface(default_descent(), surface("ravine")))
    window = person.window

    def notes() -> dict[str, str]:
        person.settle()
        return {row.name: row.state for row in standings(person)}

    arrived = next(path for path in person.scene.paths if path.outcome == "converged")
    assert 0 < arrived.note_step < window.player.steps
    assert notes()[arrived.name] == f"converged at step {arrived.note_step}"
    window.player.go(arrived.note_step - 1)
    assert set(notes().values()) == {""}


@pytest.mark.parametrize(
    ("title", "speed"), [("×¼", 0.25), ("×½", 0.5), ("×1", 1.0), ("×2", 2.0), ("×4", 4.0), ("×8", 8.0)]
)
def test_the_speed_is_chosen_by_its_name_and_shown_by_it(person, title: str, speed: float) -> None:
    button = find(person.window, Choice, "Speed")
    person.pick(button, title)
    assert person.window.player.speed == speed
    assert button.text() == title
