"""The presenter: the stage fills a screen, a clicker moves it, and everything comes back."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit

from landscape.session.descent import edits
from landscape.ui.hall.header import Header
from landscape.ui.hall.window import PresenterWindow
from landscape.ui.layouts import Side
from landscape.ui.timeline import TimelinePanel
from tests.brief import in_front
from tests.ui.conftest import Person
from tests.ui.finding import find, seen, sentences

WORKSPACES = ("descent", "network", "search")
NEXT = (Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Down)
BEFORE = (Qt.Key.Key_PageUp, Qt.Key.Key_Left, Qt.Key.Key_Up)


class Speaker:
    """A person who presents: presses go to what has the keyboard."""

    def __init__(self, person: Person) -> None:
        self.person, self.window = person, person.window

    @property
    def hall(self) -> PresenterWindow:
        """The window that fills the screen."""
        return self.window.hall.presenter.screen_of_hall

    @property
    def presents(self) -> bool:
        return self.window.hall.presenter is not None and self.hall.isVisible()

    def press(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key as the window system does."""
        QTest.keyClick(self.hall if self.presents else self.window, key, modifiers)
        QApplication.processEvents()

    def mark(self, *steps: int) -> None:
        """Set marks, and stand at the beginning."""
        for step in steps:
            self.window.player.go(step)
            self.window.player.toggle_mark()
        self.window.player.go(0)

    def color(self, at: QPoint) -> str:
        """Return the colour of a pixel of the screen of the hall."""
        return self.hall.grab().toImage().pixelColor(at).name()


@pytest.fixture
def present(open_window: Callable[..., Person]) -> Iterator[Callable[..., Speaker]]:
    """Open a workspace, and press F5."""
    opened: list[Speaker] = []

    def make(workspace: str = "descent", key: Qt.Key = Qt.Key.Key_F5) -> Speaker:
        speaker = Speaker(open_window(in_front(workspace)))
        opened.append(speaker)
        speaker.press(key)
        speaker.person.settle()
        return speaker

    yield make
    for speaker in opened:
        speaker.window.hall.presenter.leave()


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_the_stage_of_every_workspace_fills_the_screen_without_panels(present, workspace: str) -> None:
    speaker = present(workspace)
    assert speaker.hall.geometry() == speaker.hall.screen().geometry()
    stage = speaker.person.stage
    assert stage.window() is speaker.hall
    assert stage.width() == speaker.hall.width()
    assert stage.height() > 0.85 * speaker.hall.height()
    assert seen(speaker.hall, Side) == seen(speaker.hall, TimelinePanel) == []


@pytest.mark.parametrize("key", [Qt.Key.Key_F5, Qt.Key.Key_F11])
def test_f5_and_f11_begin_and_end_it(present, key) -> None:
    speaker = present(key=key)
    assert speaker.presents
    speaker.press(key)
    assert not speaker.presents


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_escape_gives_the_stage_back_as_it_was(present, workspace: str) -> None:
    speaker = present(workspace)
    speaker.press(Qt.Key.Key_Escape)
    speaker.person.settle()
    assert not speaker.presents
    stage, (left, right) = speaker.person.stage, seen(speaker.person.view, Side)
    assert stage.window() is speaker.window
    assert left.geometry().right() < stage.mapTo(speaker.window, QPoint()).x()
    assert stage.mapTo(speaker.window, QPoint(stage.width(), 0)).x() <= right.mapTo(speaker.window, QPoint()).x() + 2
    assert speaker.window.look.stage_scale == 1.0
    assert speaker.person.window.player is speaker.person.view.player


def test_how_to_leave_is_told_for_two_seconds(present) -> None:
    speaker = present()
    speaker.press(Qt.Key.Key_Escape)
    speaker.press(Qt.Key.Key_F5)
    assert any("Esc leaves" in text for text in sentences(speaker.hall))
    speaker.person.qtbot.waitUntil(lambda: not any("Esc" in text for text in sentences(speaker.hall)), timeout=3000)


@pytest.mark.parametrize("stage", ["map", "relief", "both"])
def test_text_and_lines_are_as_much_larger_as_in_a_picture_of_that_scale(present, stage: str) -> None:
    speaker = present()
    speaker.person.edit(edits.set_stage, stage)
    speaker.person.settle()
    plot = speaker.person.stage.front
    assert plot.stage._scale == pytest.approx(1.6)  # noqa: SLF001
    speaker.press(Qt.Key.Key_Escape)
    assert plot.stage._scale == 1.0  # noqa: SLF001


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_the_legend_and_the_step_stand_above_the_stage(present, workspace: str) -> None:
    speaker = present(workspace)
    header = seen(speaker.hall, Header)[0]
    assert [entry.name for entry in speaker.person.view.legend()] != []
    speaker.window.player.go(2)
    assert header.text.split()[1] == "2"
    assert header.height() >= 40


def test_the_legend_tells_the_loss_of_each_run_at_the_step(present) -> None:
    speaker = present()
    speaker.window.player.go(0)
    first = [entry.value for entry in speaker.person.view.legend()]
    speaker.window.player.go(100)
    assert len(first) == len(speaker.person.scene.paths)
    assert [entry.value for entry in speaker.person.view.legend()] != first
    assert all(first)


@pytest.mark.parametrize("key", NEXT)
def test_a_clicker_plays_to_the_next_mark_and_pauses_there(present, key) -> None:
    speaker = present()
    speaker.mark(20, 60)
    speaker.press(key)
    assert speaker.window.player.playing
    speaker.person.qtbot.waitUntil(lambda: not speaker.window.player.playing, timeout=10_000)
    assert speaker.window.player.step == 20


def test_a_second_press_is_at_the_next_mark_at_once(present) -> None:
    speaker = present()
    speaker.mark(20, 60)
    for at in (20, 60):
        speaker.press(Qt.Key.Key_PageDown)
        speaker.press(Qt.Key.Key_PageDown)
        assert (speaker.window.player.step, speaker.window.player.playing) == (at, False)


@pytest.mark.parametrize("key", BEFORE)
def test_a_clicker_goes_back_to_the_mark_before(present, key) -> None:
    speaker = present()
    speaker.mark(20, 60)
    speaker.window.player.go(60)
    speaker.press(key)
    assert speaker.window.player.step == 20


def test_without_marks_a_clicker_plays_pauses_and_steps_back(present) -> None:
    speaker = present()
    player = speaker.window.player
    player.go(10)
    speaker.press(Qt.Key.Key_PageDown)
    assert player.playing
    speaker.press(Qt.Key.Key_PageDown)
    assert not player.playing
    player.go(10)
    speaker.press(Qt.Key.Key_PageUp)
    assert player.step == 9


def test_a_clicker_works_in_the_window_too(person) -> None:
    player = person.window.player
    player.go(10)
    person.key(Qt.Key.Key_PageUp)
    assert player.step == 9
    person.key(Qt.Key.Key_PageDown)
    assert player.playing
    player.play(False)


def test_a_click_on_a_ring_does_not_take_the_arrows_from_the_marks(present) -> None:
    speaker = present()
    speaker.mark(20)
    start = speaker.person.descent.start
    ring = speaker.person.pixel(*start)
    QTest.mouseClick(speaker.person.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, ring)
    QTest.keyClick(QApplication.focusWidget() or speaker.hall, Qt.Key.Key_Right)
    assert speaker.person.descent.start == start
    assert speaker.window.player.playing
    speaker.window.player.play(False)


def test_a_ring_is_dragged_on_the_screen_of_the_hall(present) -> None:
    speaker = present()
    person = speaker.person
    before = person.descent.start
    at = person.pixel(*before)
    person.drag([at, at + QPoint(30, 0), at + QPoint(60, 0)])
    assert person.descent.start[0] > before[0]


@pytest.mark.parametrize(("key", "color"), [
    (Qt.Key.Key_B, "#000000"), (Qt.Key.Key_Period, "#000000"), (Qt.Key.Key_W, "#ffffff"),
])  # fmt: skip
def test_b_is_black_and_w_is_white_until_it_is_pressed_again(present, key, color: str) -> None:
    speaker = present()
    places = [QPoint(5, 5), speaker.hall.rect().center(), speaker.hall.rect().bottomRight() - QPoint(5, 5)]
    before = [speaker.color(place) for place in places]
    speaker.press(key)
    assert {speaker.color(place) for place in places} == {color}
    speaker.press(key)
    assert [speaker.color(place) for place in places] == before


def test_a_clicker_uncovers_a_black_screen_and_does_not_go_on(present) -> None:
    speaker = present()
    speaker.window.player.go(10)
    speaker.press(Qt.Key.Key_B)
    speaker.press(Qt.Key.Key_PageDown)
    assert not speaker.hall.covered
    assert (speaker.window.player.step, speaker.window.player.playing) == (10, False)


def test_the_pointer_has_a_disc_in_the_hall_that_is_gone_afterwards(present) -> None:
    speaker = present()
    QCursor.setPos(speaker.hall.geometry().center())
    speaker.hall.pointer.look()
    cursor = QGuiApplication.overrideCursor()
    assert cursor is not None
    assert cursor.pixmap().width() > 60
    speaker.press(Qt.Key.Key_Escape)
    assert QGuiApplication.overrideCursor() is None


def test_the_other_keys_do_what_they_do_in_the_window(present) -> None:
    speaker = present()
    player = speaker.window.player
    speaker.press(Qt.Key.Key_Home)
    assert player.step == 0
    speaker.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert player.step == 10
    speaker.press(Qt.Key.Key_M)
    assert player.marks == (10,)
    speaker.person.edit(edits.set_rotation, 30.0)
    speaker.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert speaker.person.descent.surface.rotation == 0.0


def test_another_workspace_is_presented_when_it_comes_to_the_front(present) -> None:
    speaker = present()
    descents = speaker.person.stage
    speaker.window.open_workspace("search")
    speaker.person.settle()
    assert speaker.person.stage.window() is speaker.hall
    assert speaker.person.stage is not descents
    assert descents.window() is speaker.window
    speaker.press(Qt.Key.Key_Escape)
    assert speaker.person.stage.window() is speaker.window


def test_a_window_that_is_closed_while_it_presents_closes_whole(present) -> None:
    speaker = present()
    speaker.window.close()
    assert not speaker.hall.isVisible()


def test_closing_the_screen_of_the_hall_ends_the_lecture_and_nothing_else(present) -> None:
    speaker = present()
    speaker.hall.close()
    assert not speaker.presents
    assert speaker.window.isVisible()


def test_the_speaker_sees_the_note_the_next_mark_and_the_time(present) -> None:
    speaker = present()
    speaker.mark(20, 60)
    player = speaker.window.player
    player.set_note(20, "Who is ahead?")
    player.set_note(60, "Adam turns\nfor the second time")
    player.go(30)
    told = sentences(speaker.window)
    assert find(speaker.window, QPlainTextEdit, "Note of the mark").toPlainText() == "Who is ahead?"
    assert "Mark at step 20" in told
    assert "next: step 60 · Adam turns" in told
    assert "step 30 / 200" in [label.text() for label in seen(speaker.window, QLabel)]
    assert any(len(text) == 5 and text[2] == ":" for text in told)
    assert "0:00" in told or "0:01" in told or any(text.startswith("0:") for text in told)


def test_notes_are_read_from_where_the_speaker_stands(present) -> None:
    speaker = present()
    speaker.mark(20)
    letters = find(speaker.window, QPlainTextEdit, "Note of the mark").font().pointSizeF()
    assert letters >= 1.6 * QApplication.font().pointSizeF()


def test_a_note_is_typed_while_clicks_go_on(present) -> None:
    speaker = present()
    speaker.mark(20, 60)
    speaker.window.player.go(20)
    field = find(speaker.window, QPlainTextEdit, "Note of the mark")
    field.setFocus()
    QTest.keyClicks(field, "b w. ask")
    # Window systems send it without a text; the keys of QTest have one.
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier))
    assert speaker.window.player.notes[20] == "b w. ask"
    assert speaker.window.player.playing
    speaker.window.player.play(False)
    assert not field.hasFocus()


def test_what_is_computed_while_it_is_presented_reaches_the_hall(present) -> None:
    speaker = present()
    before = speaker.person.scene
    speaker.person.edit(edits.move_start, (1.0, 1.0), None)
    speaker.person.settle()
    assert speaker.person.scene is not before
    assert speaker.person.stage.map.stage.complete


def test_the_relief_is_painted_in_the_hall_and_again_in_the_window(present) -> None:
    speaker = present()
    speaker.person.edit(edits.set_stage, "relief")
    speaker.person.settle()
    for _ in range(2):
        view = speaker.person.stage.relief_view
        speaker.person.qtbot.waitUntil(lambda view=view: len(_colors(view)) > 50, timeout=20_000)
        if speaker.presents:
            speaker.press(Qt.Key.Key_Escape)
            speaker.person.settle()


def _colors(view) -> set[int]:
    picture = view.grab().toImage().scaled(64, 64)
    return {picture.pixel(x, y) for x in range(64) for y in range(64)}


def test_the_mouse_over_the_stage_reaches_the_panels(present) -> None:
    speaker = present()
    person = speaker.person
    person.mouse(QEvent.Type.MouseMove, person.canvas, person.pixel(1.0, 1.0), False)
    assert person.stage._pointer is not None  # noqa: SLF001


@pytest.mark.parametrize("key", [Qt.Key.Key_L, Qt.Key.Key_K, Qt.Key.Key_E])
def test_what_opens_over_the_window_is_not_hidden_behind_the_stage(present, key) -> None:
    speaker = present()
    speaker.press(key, Qt.KeyboardModifier.ControlModifier)
    assert not speaker.presents
    opened = [each for each in speaker.window.findChildren(QDialog) if each.isVisible()]
    opened += [each for each in (QApplication.activePopupWidget(),) if each is not None]
    assert len(opened) == 1
    opened[0].close()
