"""The first minute: the program opens playing, and says what can be dragged until it was."""

import signal

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel

from landscape.session.descent import edits
from landscape.session.descent.workspace import default_descent
from landscape.session.network.document import default_experiment
from landscape.session.session import session_with
from landscape.ui import app
from landscape.ui.main_window import MainWindow
from landscape.ui.welcome import welcome
from tests.ui.finding import seen

HINT = "Drag the ring; Space plays"


@pytest.fixture
def newcomer(open_window):
    """Someone who has just opened the program for the first time."""
    person = open_window()
    person.welcome = welcome(person.window)
    person.view.refresh.schedule()
    person.qtbot.waitUntil(lambda: person.window.player.playing)
    return person


def hints(person) -> list[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [label.text() for label in seen(person.window, QLabel) if label.text() == HINT]


def test_it_plays_from_the_start_once(newcomer) -> None:
    player = newcomer.window.player
    assert player.step < player.steps / 2
    player.set_speed(8.0)
    newcomer.qtbot.waitUntil(lambda: not player.playing, timeout=20_000)
    assert player.step == player.steps
    newcomer.view.refresh.schedule()
    newcomer.settle()
    assert not player.playing


def test_the_hint_stands_beside_the_ring_and_takes_no_click(newcomer) -> None:
    assert hints(newcomer) == [HINT]
    hint = newcomer.welcome.hint
    ring = newcomer.pixel(*newcomer.descent.start)
    assert 0 < hint.x() - ring.x() < 60
    assert abs(hint.geometry().center().y() - ring.y()) < 20


def test_the_hint_is_gone_after_the_first_drag_and_never_comes_again(newcomer, open_window) -> None:
    newcomer.drag([newcomer.pixel(*newcomer.descent.start), newcomer.pixel(1.0, 1.0)])
    assert hints(newcomer) == []
    again = open_window()
    welcome(again.window)
    again.view.refresh.schedule()
    again.qtbot.waitUntil(lambda: again.window.player.playing)
    assert hints(again) == []


def test_the_hint_stays_where_only_something_else_was_done(newcomer) -> None:
    newcomer.key(Qt.Key.Key_Space, widget=newcomer.window)
    newcomer.edit(edits.set_steps, 150)
    newcomer.settle()
    assert hints(newcomer) == [HINT]


def test_who_was_faster_is_not_taken_back(open_window) -> None:
    person = open_window()
    welcome(person.window)
    person.key(Qt.Key.Key_End, widget=person.window)
    person.view.refresh.schedule()
    person.settle()
    assert not person.window.player.playing


@pytest.mark.parametrize("shown", [default_experiment(), edits.set_stage(default_descent(), "relief")])
def test_what_opens_on_something_else_than_a_map_does_not_play(open_window, shown) -> None:
    person = open_window(shown)
    assert welcome(person.window) is None


@pytest.mark.parametrize("prepared", [False, True])
def test_only_what_nobody_prepared_opens_playing(qapp, monkeypatch, tmp_path, prepared) -> None:
    monkeypatch.setenv("LANDSCAPE_CONFIG", str(tmp_path))
    windows: list[MainWindow] = []

    def opened(*given, **named) -> MainWindow:
        windows.append(open_(*given, **named))
        return windows[-1]

    open_ = app.open_window
    steps: list[float] = []
    monkeypatch.setattr(app, "open_window", opened)
    monkeypatch.setattr(QApplication, "exec", lambda: steps.append(windows[0].player.step) or windows[0].close() or 0)
    handlers = {kind: signal.getsignal(kind) for kind in app.SIGNALS}
    app.run(session_with(default_descent()) if prepared else None)
    for kind, handler in handlers.items():
        signal.signal(kind, handler)
    assert (steps[0] > 0) == prepared


def test_a_lesson_and_a_hall_have_their_own_words(newcomer) -> None:
    newcomer.window.hall.present()
    newcomer.settle()
    assert [label.text() for label in seen(newcomer.window.hall.presenter.screen_of_hall, QLabel)] != []
    assert newcomer.welcome.hint.isHidden()
    newcomer.window.hall.leave()
    newcomer.window.files.open("d2l-momentum")
    newcomer.settle()
    assert hints(newcomer) == []
