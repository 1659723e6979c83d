"""What was predicted and counted is in the file with the lesson, is kept for a crash, and goes on where it was left."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from landscape.export.export import export
from landscape.session.attempt import Attempt
from landscape.session.files import lesson, load
from landscape.ui.lesson.ballot import Option
from landscape.ui.recovery import recovery_folder
from tests.ui.finding import find, seen, sentences

LESSON = "d2l-gradient-descent"


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDSCAPE_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


def panel(person):
    return person.window.lesson.view.panel


def count(person, *digits: int) -> None:
    for digit in digits:
        person.key(Qt.Key(Qt.Key.Key_0 + digit), widget=person.window)


def take(person) -> None:
    """Choose what is wrong, count hands, and look at the answer."""
    person.click(find(panel(person), Option, "At the minimum"))
    count(person, 1, 3, 3)
    for _ in range(2):
        person.key(Qt.Key.Key_PageDown, widget=person.window)
    person.settle()


def hands(person) -> list[str]:
    return [label.text() for label in seen(panel(person), QLabel) if label.property("role") == "hands"]


def saved(person, tmp_path: Path) -> str:
    path = str(tmp_path / "mine.landscape")
    person.window.files.save_as(path)
    return path


def test_a_lesson_goes_on_with_its_predictions_and_hands_where_it_was_saved(open_window, tmp_path):
    person = open_window(lesson(LESSON))
    take(person)
    again = open_window(load(saved(person, tmp_path)))
    assert hands(again) == ["✗ 1", "", "✓ 2"]
    assert "Not so. You said: At the minimum. It is: Farther out than it began" in sentences(panel(again))
    assert again.window.player.step == 10


def test_a_saved_question_does_not_tell_its_answer(open_window, tmp_path):
    person = open_window(lesson(LESSON))
    count(person, 2)
    again = open_window(load(saved(person, tmp_path)))
    assert hands(again) == ["", "1", ""]
    assert again.window.player.step == 0
    assert again.window.player.future_hidden
    assert find(panel(again), QPushButton, "Commit and run").isEnabled()


def test_a_question_that_was_saved_at_the_end_of_the_time_line_is_asked_at_its_beginning(open_window, tmp_path):
    person = open_window(lesson(LESSON))
    person.window.player.go(10)
    person.window.player.toggle_mark()
    again = open_window(load(saved(person, tmp_path)))
    assert again.window.player.step == 0
    assert again.window.player.marks == (10,)


def test_numbers_and_places_are_kept(open_window, tmp_path):
    person = open_window(lesson("d2l-two-dimensions"))
    person.qtbot.mouseClick(person.canvas, Qt.MouseButton.LeftButton, pos=person.pixel(-2.0, -1.0))
    for _ in range(3):
        person.key(Qt.Key.Key_PageDown, widget=person.window)
    person.type(find(panel(person), QLineEdit, "Your number"), "5")
    again = open_window(load(saved(person, tmp_path)))
    assert again.window.lesson.view.course.attempt == person.window.lesson.view.course.attempt
    assert any(told.startswith("Not so. You said: 5.") for told in sentences(panel(again)))


def test_hands_are_something_to_save_and_the_choice_of_one_is_not(open_window):
    person = open_window(lesson(LESSON))
    person.click(find(panel(person), Option, "At the minimum"))
    assert not person.window.isWindowModified()
    count(person, 1)
    assert person.window.isWindowModified()


def test_what_was_predicted_is_on_the_disk_two_seconds_later_though_nothing_else_was_changed(open_window):
    person = open_window(lesson(LESSON))
    person.click(find(panel(person), Option, "At the minimum"))

    def kept() -> bool:
        found = list(recovery_folder().glob("[!.]*.landscape"))
        return bool(found) and load(found[0]).presentations["descent"].attempt == Attempt(chosen=0)

    person.qtbot.waitUntil(kept, timeout=2000)
    person.window.close()
    assert not list(recovery_folder().glob("[!.]*.landscape"))


def test_once_more_forgets_what_was_predicted(open_window):
    person = open_window(lesson(LESSON))
    take(person)
    while find(panel(person), QPushButton, panel(person)._on.text()).text() != "Once more":  # noqa: SLF001
        person.key(Qt.Key.Key_PageDown, widget=person.window)
    person.click(find(panel(person), QPushButton, "Once more"))
    assert person.window.lesson.view.course.attempt is None
    assert hands(person) == ["", "", ""]


@pytest.mark.parametrize("name", [LESSON, "batch-norm"])
def test_a_picture_of_the_last_step_of_a_lesson_opens_at_that_step(open_window, person, tmp_path, name: str):
    path = export(lesson(name), tmp_path / "mine.png", size=(160, 120))
    person.window.files.open(str(path))
    person.settle()
    assert person.window.lesson.shown
    assert person.window.player.step == person.window.history.session.document.last_step


def test_what_was_chosen_of_runs_that_are_no_more_is_no_choice(open_window):
    person = open_window(lesson("d2l-momentum"))
    course = person.window.lesson.view.course
    course.resume(Attempt(page="difference", chosen=8), 3.0)
    QApplication.processEvents()
    assert any(told.startswith("The answer: ") for told in sentences(panel(person)))


def test_marks_are_set_anywhere_before_the_question_is_answered(open_window):
    player = open_window(lesson("d2l-momentum")).window.player
    player.go(20)
    player.toggle_mark()
    assert player.marks == (20,)


def test_hands_are_kept_while_another_workspace_is_in_front(open_window, tmp_path):
    person = open_window(lesson(LESSON))
    count(person, 2, 2)
    person.window.open_workspace("search")
    assert load(saved(person, tmp_path)).presentations["descent"].attempt == Attempt(hands=(1, 1))
    person.window.open_workspace("descent")
    assert hands(person) == ["", "2", ""]


def test_a_lesson_that_was_closed_is_closed_the_next_day_and_what_was_prepared_is_as_it_was(open_window, tmp_path):
    person = open_window(lesson(LESSON))
    count(person, 2)
    person.window.lesson.toggle()
    person.window.player.go(4)
    again = open_window(load(saved(person, tmp_path)))
    assert not again.window.lesson.shown
    assert (again.window.player.step, again.window.player.future_hidden) == (4, False)
    again.window.lesson.toggle()
    QApplication.processEvents()
    assert hands(again) == ["", "1", ""]
    assert not load(saved(again, tmp_path)).presentations["descent"].attempt.closed
