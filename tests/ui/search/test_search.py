"""The workspace of searches in the window: it shows a race, tells of trials, and is scrubbed and edited."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from landscape.session.search import edits
from landscape.session.search.document import default_study
from landscape.session.session import session_with
from tests.ui.conftest import open_window, settings  # noqa: F401

pytestmark = pytest.mark.slow


@pytest.fixture
def window(open_window, qtbot):  # noqa: F811
    person = open_window(session_with(edits.set_number(default_study(), "repetitions", 10)))
    qtbot.waitUntil(lambda: person.window.workspaces.front.settled() and person.window.jobs.idle, timeout=60_000)
    return person.window


def test_the_trial_under_the_pointer_is_told(window, qtbot):
    stage = window.workspaces.front.stage
    qtbot.waitUntil(lambda: bool(stage.plot.places))
    square, panel = stage.plot.places[2], stage.scene.panels[1]
    place = square.point(*panel.places[3].tolist())
    QTest.mouseMove(stage, QPoint(round(place.x()), round(place.y())))
    qtbot.waitUntil(lambda: stage.hovered is not None)
    assert stage.hovered[0] == 1


def test_a_click_on_a_trial_runs_it_among_the_descents_and_undo_takes_it_back(window, qtbot):
    stage = window.workspaces.front.stage
    qtbot.waitUntil(lambda: bool(stage.plot.places))
    panel = stage.scene.panels[1]
    place = stage.plot.places[2].point(*panel.places[3].tolist())
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=QPoint(round(place.x()), round(place.y())))
    assert window.history.session.workspace == "descent"
    rule = dict(window.history.session.document.runs[-1].rule.values)
    assert any(rule["lr"] == lr and rule["beta1"] == beta1 for lr, beta1 in panel.values.tolist())
    window.undo()
    assert window.history.session.workspace == "search"


def test_a_press_on_a_chart_moves_the_play_head(window, qtbot):
    stage = window.workspaces.front.stage
    qtbot.waitUntil(lambda: bool(stage.plot.charts))
    middle = stage.plot.charts[0].center()
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=QPoint(round(middle.x()), round(middle.y())))
    assert 5 < window.player.step < 20


def test_a_strategy_more_is_raced_and_undone(window, qtbot):
    view = window.workspaces.front
    window.edit(edits.add_entrant, "halving")
    qtbot.waitUntil(lambda: len(view.stage.scene.panels) == 3, timeout=60_000)
    window.undo()
    qtbot.waitUntil(lambda: len(view.stage.scene.panels) == 2, timeout=60_000)
