"""A lesson made of a session by its lecturer."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from landscape.session.files import lesson, load
from landscape.ui.lesson.editor import LessonEditor
from tests.ui.finding import complaints, find, sentences


def editor(person) -> LessonEditor:
    person.choose("Edit", "Edit lesson…")
    [found] = person.window.findChildren(LessonEditor)
    return found


def fill(opened: LessonEditor, **texts: str) -> None:
    for name, text in texts.items():
        field = opened.fields[name]
        if isinstance(field, QPlainTextEdit):
            field.setPlainText(text)
        else:
            assert isinstance(field, QLineEdit)
            field.setText(text)


def test_a_lesson_is_made_of_the_session_in_front_and_saved_with_it(person, tmp_path):
    opened = editor(person)
    opened._kind.set_key("number")  # noqa: SLF001
    fill(
        opened, title="My lesson", quantities="f = loss run=1 step=20\nlr = hyper run=1 of=lr", answer="f",
        question="Momentum runs with the rate {lr}.", asked="Its loss?", difference="f < 1e9 | It is {f:2}.",
    )  # fmt: skip
    person.click(find(opened, QPushButton, "Save"))
    assert person.window.lesson.shown
    person.settle()
    assert "Momentum runs with the rate 0.004." in sentences(person.window.lesson.view.panel)
    person.window.files.save_as(str(tmp_path / "mine.landscape"))
    assert load(tmp_path / "mine.landscape").lesson == person.window.history.session.lesson
    person.window.undo()
    assert person.window.history.session.lesson is None


def test_a_mistake_is_told_and_nothing_is_lost(person):
    opened = editor(person)
    fill(opened, question="About {nothing}", asked="Where?")
    person.click(find(opened, QPushButton, "Save"))
    assert any("nothing" in told for told in complaints(opened))
    assert opened.isVisible()
    assert opened.fields["question"].toPlainText() == "About {nothing}"


def test_a_lesson_that_is_only_looked_at_stays_the_same(open_window):
    person = open_window(lesson("d2l-momentum"))
    before = person.window.history.session
    opened = editor(person)
    opened._change_language("zh")  # noqa: SLF001
    opened._change_language("en")  # noqa: SLF001
    person.click(find(opened, QPushButton, "Save"))
    assert person.window.history.session == before
