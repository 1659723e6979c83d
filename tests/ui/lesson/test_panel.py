"""A lesson beside the stage, taken as a student does it, and as a hall does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton

from landscape.session.descent import edits
from landscape.session.files import lesson
from landscape.ui.lesson.ballot import Option
from tests.ui.finding import find, seen, sentences


@pytest.fixture
def student(open_window):
    """Before the lesson on three learning rates."""
    return open_window(lesson("d2l-gradient-descent"))


def panel(person):
    return person.window.lesson.view.panel


def press(person, text: str) -> None:
    person.click(find(panel(person), QPushButton, text))


def page(person) -> str:
    return person.window.lesson.view.course.name


def finish(person) -> None:
    """Wait until the run has come to the answer."""
    person.qtbot.waitUntil(lambda: page(person) == "difference", timeout=20_000)
    person.settle()


def test_nothing_runs_and_nothing_is_seen_before_a_prediction_is_committed(student):
    assert student.window.player.step == 0
    assert student.window.player.future_hidden
    assert not find(panel(student), QPushButton, "Commit and run").isEnabled()


def test_a_wrong_prediction_is_told_so_with_what_is_right(student):
    student.click(find(panel(student), Option, "At the minimum"))
    press(student, "Commit and run")
    assert student.window.player.playing
    finish(student)
    told = sentences(panel(student))
    assert "Not so. You said: At the minimum. It is: Farther out than it began" in told
    assert not student.window.player.future_hidden
    assert student.window.player.step == 10


def test_the_difference_tells_the_numbers_of_the_closed_form(student):
    student.click(find(panel(student), Option, "Farther out than it began"))
    press(student, "Commit and run")
    press(student, "To the answer")
    student.settle()
    told = "\n".join(sentences(panel(student)))
    assert "Right: Farther out than it began" in told
    assert "one has arrived, at 0.0605, one is still on its way, and one has flown off, to 61.9" in told


@pytest.mark.parametrize(("typed", "told"), [("10*0.9^10", "Right: 3.487"), ("5", "Not so. You said: 5. It is: 3.487")])
def test_a_number_is_computed_and_checked(student, typed: str, told: str):
    for _ in range(3):
        student.key(Qt.Key.Key_PageDown)
    student.type(find(panel(student), QLineEdit, "Your number"), typed)
    assert told in sentences(panel(student))
    assert "10 times 0.9 to the power of 10 is 3.487." in sentences(panel(student))


def test_escape_gives_the_keyboard_back_to_the_time_line(student):
    for _ in range(3):
        student.key(Qt.Key.Key_PageDown)
    field = find(panel(student), QLineEdit, "Your number")
    student.type(field, "5")
    student.key(Qt.Key.Key_Escape, widget=field)
    student.key(Qt.Key.Key_Home, widget=student.window.focusWidget())
    assert student.window.player.step == 0


def test_the_sentences_follow_what_a_student_varies(student):
    for _ in range(2):
        student.key(Qt.Key.Key_PageDown)
    student.edit(edits.set_hyper, 1, "lr", 0.5)
    student.settle()
    assert "by 0.6, by 0, by −1.2" in "\n".join(sentences(panel(student)))


def test_hands_are_counted_by_keys_and_stand_beside_the_answer(student):
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_3, Qt.Key.Key_3):
        student.key(key, widget=student.window)
    student.key(Qt.Key.Key_0, widget=student.window)
    press(student, "Commit and run")
    press(student, "To the answer")
    student.settle()
    hands = [label.text() for label in seen(panel(student), QLabel) if label.property("role") == "hands"]
    assert hands == ["2", "", "✓ 2"]


def test_a_place_is_predicted_by_a_click_on_the_map_and_its_distance_is_told(open_window):
    person = open_window(lesson("d2l-two-dimensions"))
    at = person.pixel(-2.0, -1.0)
    person.qtbot.mouseClick(person.canvas, Qt.MouseButton.LeftButton, pos=at)
    press(person, "Commit and run")
    finish(person)
    [told] = [one for one in sentences(panel(person)) if "from your marker" in one]
    assert told.startswith("Far off: it is at (−1.64, −0.156), 0.92")
    assert person.window.player.step == 5


def test_a_second_click_moves_the_marker_unless_several_are_wanted(open_window):
    person = open_window(lesson("d2l-two-dimensions"))
    for x in (-4.0, -3.0):
        person.qtbot.mouseClick(person.canvas, Qt.MouseButton.LeftButton, pos=person.pixel(x, -1.0))
        person.qtbot.wait(400)
    assert len(seen(panel(person), Option)) == 1
    person.window.lesson.view.course.set_several(True)
    person.qtbot.mouseClick(person.canvas, Qt.MouseButton.LeftButton, pos=person.pixel(-1.0, -1.0))
    person.qtbot.waitUntil(lambda: len(seen(panel(person), Option)) == 2)


def test_opening_a_lesson_is_one_step_of_undo_and_takes_nothing_away(person):
    person.edit(edits.set_steps, 77)
    before = person.window.history.session
    person.window.files.open("d2l-momentum")
    assert person.window.lesson.shown
    person.window.undo()
    assert person.window.history.session == before
    assert not person.window.lesson.shown
    assert not person.window.player.future_hidden


def test_a_closed_lesson_gives_its_room_back_and_can_be_opened_again(student):
    width = student.stage.width()
    person_close = find(panel(student), QToolButton, "Close the lesson")
    student.click(person_close)
    assert not student.window.lesson.isVisible()
    assert not student.window.player.future_hidden
    student.choose("View", "Lesson")
    student.settle()
    assert student.window.lesson.isVisible()
    assert student.stage.width() == width


def test_a_lesson_is_said_in_another_language_at_once(student):
    student.window.set_language("zh")
    assert any("梯度下降从 x = 10 出发" in one for one in sentences(panel(student)))
    assert find(panel(student), QPushButton, "确定并运行")


def test_the_stage_keeps_most_of_a_narrow_window(open_window):
    person = open_window(lesson("d2l-momentum"), size=(1280, 720))
    assert person.stage.width() > 560
    assert not person.view.aside.isVisible()
    person.window.resize(1920, 1080)
    person.settle()
    assert person.view.aside.isVisible()


@pytest.mark.parametrize("name", ["several-labels", "d2l-gradient-descent"])
def test_long_choices_go_over_several_lines_and_make_no_page_wider_than_its_panel(open_window, name: str):
    beside = panel(open_window(lesson(name), size=(1280, 720)))
    options = seen(beside, Option)
    assert max(option.mapTo(beside, option.rect().topRight()).x() for option in options) < beside.width()


def test_a_training_does_not_give_the_answer_away(open_window):
    person = open_window(lesson("batch-norm"))
    assert person.window.player.known == 500
    assert person.window.player.step == 0
    assert person.window.player.future_hidden
    person.click(find(panel(person), Option, "without norm"))
    press(person, "Commit and run")
    press(person, "To the answer")
    person.settle()
    assert any(one.startswith("Not so. You said: without norm") for one in sentences(panel(person)))


def test_a_clicker_turns_the_pages_and_hands_are_counted_while_the_stage_is_presented(student):
    student.choose("View", "Present")
    hall = student.window.hall.presenter.screen_of_hall
    student.key(Qt.Key.Key_3, widget=hall)
    student.key(Qt.Key.Key_PageDown, widget=hall)
    assert page(student) == "run"
    student.key(Qt.Key.Key_PageDown, widget=hall)
    assert page(student) == "difference"
    assert student.window.lesson.view.course.guesses.hands[2] == 1
    student.key(Qt.Key.Key_Escape, widget=hall)


def test_on_a_single_screen_the_hall_reads_question_hands_and_answer(student):
    student.choose("View", "Present")
    hall = student.window.hall.presenter.screen_of_hall
    student.settle()
    question = find(hall, QLabel, "Where is the run with the rate 1.1 after 10 steps?")
    assert question.fontMetrics().height() > hall.height() / 36
    student.key(Qt.Key.Key_3, widget=hall)
    assert [label.text() for label in seen(hall, QLabel) if label.property("role") == "hands"] == ["", "", "1"]
    for _ in range(2):
        student.key(Qt.Key.Key_PageDown, widget=hall)
    student.settle()
    told = sentences(hall)
    assert "The answer: Farther out than it began" in told
    assert any("and one has flown off, to 61.9" in one for one in told)
    student.key(Qt.Key.Key_Escape, widget=hall)
    assert panel(student).isVisible()
    assert student.stage.window() is student.window


@pytest.mark.parametrize("name", ["lmu-armijo"])
def test_every_page_of_a_long_lesson_fits_the_hall(open_window, name: str):
    person = open_window(lesson(name))
    person.choose("View", "Present")
    hall = person.window.hall.presenter.screen_of_hall
    beside = person.window.lesson.beside()
    for page in range(5):
        person.qtbot.waitUntil(lambda: not beside._soon.isActive())  # noqa: SLF001
        assert beside.panel.fits, page
        assert person.stage.width() > 0.5 * hall.width()
        person.window.lesson.turn(1)
    person.key(Qt.Key.Key_Escape, widget=hall)


def test_the_hall_has_no_room_for_a_lesson_that_was_closed(student):
    student.choose("View", "Present")
    hall = student.window.hall.presenter.screen_of_hall
    student.window.lesson.toggle()
    student.qtbot.waitUntil(lambda: student.stage.width() == hall.width())
    student.key(Qt.Key.Key_Escape, widget=hall)
