"""Notes of the marks: typed in the window, kept in the file, and told in the hall."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from landscape.session.presentation import LONGEST_NOTE
from tests.ui.finding import find, sentences

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def writer(person):
    """A person with two marks and the notes open, at the first of them."""
    player = person.window.player
    for step in (20, 60):
        player.go(step)
        player.toggle_mark()
    player.go(20)
    QTest.keyClick(person.window, Qt.Key.Key_M, CONTROL)
    QApplication.processEvents()
    return person


def field(person) -> QPlainTextEdit:
    return find(person.window, QPlainTextEdit, "Note of the mark")


def test_a_note_is_typed_under_the_time_line_for_the_mark_at_the_play_head(writer) -> None:
    QTest.keyClicks(field(writer), "Who is ahead?")
    writer.window.player.go(61)
    assert field(writer).toPlainText() == ""
    QTest.keyClicks(field(writer), "Adam")
    assert writer.window.player.notes == {20: "Who is ahead?", 60: "Adam"}
    writer.window.player.go(30)
    assert field(writer).toPlainText() == "Who is ahead?"
    assert "next: step 60 · Adam" in sentences(writer.window)


def test_notes_are_in_the_file_and_come_back_with_it(writer, open_window, tmp_path: Path) -> None:
    QTest.keyClicks(field(writer), "Ask first")
    path = tmp_path / "lecture.landscape"
    writer.window.files.save_as(str(path))
    other = open_window()
    other.window.files.open(str(path))
    other.settle()
    assert other.window.player.notes == {20: "Ask first", 60: ""}


def test_a_note_that_was_typed_is_not_saved_yet(writer, tmp_path: Path) -> None:
    writer.window.files.save_as(str(tmp_path / "lecture.landscape"))
    assert not writer.window.isWindowModified()
    QTest.keyClicks(field(writer), "x")
    assert writer.window.isWindowModified()


def test_a_note_is_no_longer_than_a_file_holds(writer) -> None:
    field(writer).setPlainText("x" * (LONGEST_NOTE + 50))
    assert len(writer.window.player.notes[20]) == LONGEST_NOTE


def test_without_marks_it_is_told_how_to_set_one(person) -> None:
    person.choose("View", "Notes of the marks")
    assert "No mark yet. M sets one at the current step." in sentences(person.window)
    person.choose("View", "Notes of the marks")
    assert "No mark yet. M sets one at the current step." not in sentences(person.window)


def test_the_notes_are_those_of_the_workspace_in_front(writer) -> None:
    QTest.keyClicks(field(writer), "of the surface")
    writer.window.open_workspace("search")
    writer.settle()
    assert "No mark yet. M sets one at the current step." in sentences(writer.window)


def test_the_keys_of_a_clicker_leave_a_note_and_go_to_the_marks(writer) -> None:
    field(writer).setFocus()
    # Window systems send it without a text; the keys of QTest have one.
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field(writer), QKeyEvent(kind, Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier))
    assert writer.window.player.step == 60
    assert not field(writer).hasFocus()
