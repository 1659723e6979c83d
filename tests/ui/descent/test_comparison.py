"""The comparison of the runs by evaluations in the window: its page, its fields, progress and cancel."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from landscape.catalogue.surfaces import surface
from landscape.scene.descent.comparison_question import ComparisonQuestion, comparison_questions
from landscape.session.descent import comparing, edits
from landscape.session.descent.racing import entrant, raced
from landscape.session.descent.workspace import default_descent
from landscape.session.session import session_with
from landscape.ui.fields import NumberField
from tests.ui.finding import complaints, find

pytestmark = pytest.mark.slow


@pytest.fixture
def wells(open_window):
    """A person in front of Rastrigin's surface with gradient descent and a swarm."""
    descent = edits.choose_surface(default_descent(), surface("rastrigin"))
    descent = edits.set_layer(descent, "critical", False)
    return open_window(raced(session_with(descent), map(entrant, ("sgd,lr=.002", "swarm"))).document)


def page_of(person):
    return person.view.comparing.page


def press(person, name):
    find(person.stage, QPushButton, name).click()
    person.settle()


def compared(person):
    """Wait until everything is compared, and return the picture."""
    page = page_of(person)
    person.qtbot.waitUntil(lambda: page.settled and page.view.scene.known == 1.0, timeout=20_000)
    return page.view.scene


def test_the_bar_over_the_stage_brings_it_and_takes_it_away(wells):
    assert page_of(wells) is None
    press(wells, "Compare")
    assert page_of(wells).isVisible()
    assert not wells.stage.map_view.isVisible()
    assert [line.name for line in compared(wells).lines] == ["SGD", "Particle swarm"]
    press(wells, "Map")
    assert wells.stage.map_view.isVisible()
    assert not page_of(wells).isVisible()
    wells.window.undo()
    wells.settle()
    assert page_of(wells).isVisible()


def test_it_has_a_key_and_the_space_bar_plays(wells):
    wells.qtbot.keyClick(wells.window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    wells.settle()
    assert wells.descent.comparison.shown
    compared(wells)
    wells.view.player.go(0)
    wells.qtbot.keyClick(page_of(wells).view, Qt.Key.Key_Space)
    assert wells.view.player.playing
    wells.qtbot.waitUntil(lambda: page_of(wells).view.part > 0.0, timeout=5000)


def test_a_session_that_was_saved_with_it_opens_with_it_and_has_its_panels(wells, open_window):
    other = open_window(comparing.compare(wells.descent))
    assert page_of(other).isVisible()
    assert other.panels is not None
    assert other.view.focusProxy() is page_of(other).view


def test_a_number_that_is_typed_is_compared_and_one_that_cannot_be_is_told(wells):
    press(wells, "Compare")
    before = compared(wells)
    field = find(page_of(wells), NumberField, "f at most")
    field.committed.emit(30.0)
    assert wells.descent.comparison.target == 30.0
    after = compared(wells)
    assert after.lines[0].y[-1] > before.lines[0].y[-1]
    find(page_of(wells), NumberField, "starts").committed.emit(5.0)
    assert complaints(page_of(wells)) == ['"repetitions" must be a whole number from 10 to 1000, not 5']
    assert find(page_of(wells), NumberField, "starts").value == 100.0


def test_what_takes_long_tells_how_far_it_is_and_can_be_cancelled(wells, monkeypatch):
    """Each repetition waits here until it is let go."""
    share = 0.25
    results = ComparisonQuestion.results

    def slowly(self, ask, cancelled):
        for found, known in results(self, ask, cancelled):
            while not cancelled() and share < 1.0:
                yield found, min(share, known)
            if not cancelled():
                yield found, known

    monkeypatch.setattr(ComparisonQuestion, "results", slowly)
    find(wells.stage, QPushButton, "Compare").click()
    progress = page_of(wells).progress
    wells.qtbot.waitUntil(lambda: progress.isVisible() and progress.text.startswith("25 %"), timeout=10_000)
    press(wells, "Cancel")
    assert progress.text == "cancelled at 25 %"
    assert progress.isVisible()
    share = 1.0
    find(wells.stage, QPushButton, "Go on").click()
    compared(wells)
    wells.qtbot.waitUntil(lambda: not progress.isVisible(), timeout=5000)


def test_the_pointer_reads_the_curves(wells, monkeypatch):
    told = []
    monkeypatch.setattr(
        "landscape.ui.descent.comparison.QToolTip.showText", lambda _at, text, _widget: told.append(text)
    )
    press(wells, "Compare")
    compared(wells)
    view = page_of(wells).view
    wells.qtbot.waitUntil(lambda: view.plot.box.width() > 0, timeout=5000)
    end = view.plot.box.bottomRight().toPoint() - QPoint(2, 5)
    wells.qtbot.mouseMove(view, end)
    assert "SGD: 0 %" in told[-1]


def test_hidden_runs_are_left_out_and_what_is_to_come_stays_hidden(wells):
    press(wells, "Compare")
    compared(wells)
    wells.edit(edits.set_visible, wells.descent.runs[0].id, False)
    wells.settle()
    assert [line.name for line in compared(wells).lines] == ["Particle swarm"]
    assert set(comparison_questions(wells.descent)) == {wells.descent.runs[1].id}
    wells.view.show_coming(False)
    assert not page_of(wells).view.plot.coming
