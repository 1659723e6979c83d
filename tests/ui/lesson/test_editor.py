"""A lesson made of a session by its lecturer."""

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from landscape.session.files import lesson, load
from landscape.ui.lesson.editor import LessonEditor
from tests.ui.finding import complaints, find, seen, sentences


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


def names_of(opened: LessonEditor) -> list[str]:
    return [each.accessibleName() for kind in (QPlainTextEdit, QLineEdit) for each in seen(opened, kind)]


def test_each_step_asks_for_little_and_go_on_leads_to_the_next(open_window):
    opened = editor(open_window(lesson("d2l-momentum")))
    asked = []
    while True:
        asked.append(names_of(opened))
        further = [each for each in seen(opened, QPushButton) if each.text() == "Go on"]
        if not further:
            break
        further[0].click()
    assert [len(each) for each in asked] == [2, 1, 4, 1, 3, 1]
    assert asked[2] == [
        "question",
        "what is to be predicted",
        "after steps (empty: all)",
        "first at a loss of (empty: lowest)",
    ]
    opened.reject()


@pytest.mark.parametrize(("kind", "needed"), [
    ("place", {"of run"}), ("basin", {"of run", "places to choose from"}), ("choice", {"choices: condition | text"}),
    ("number", {"the number, as a formula"}),
])  # fmt: skip
def test_a_question_asks_for_what_its_kind_of_answer_needs(person, kind: str, needed: set[str]):
    opened = editor(person)
    opened._turn("question")  # noqa: SLF001
    opened._kind.chosen.emit(kind)  # noqa: SLF001
    assert set(names_of(opened)) - {"question", "what is to be predicted", "after steps (empty: all)"} == needed
    opened.reject()
