"""What lessons say: quantities of the session, sentences that hold, and how good a guess was."""

import math

import pytest

from landscape.scene.answers import Answers
from landscape.scene.asking import answering
from landscape.scene.lesson import (
    Values,
    checked_answer,
    lesson_questions,
    lesson_values,
    right_candidate,
    told_number,
    told_place,
)
from landscape.session.descent import edits
from landscape.session.edits import edit_document
from landscape.session.files import lesson
from landscape.session.lesson import Lesson, Prediction, Quantity, Saying
from landscape.session.session import Session
from landscape.translation import Translation

SAY = Translation()


def asked(session: Session, *quantities: Quantity) -> Values:
    """The quantities of a session, everything computed."""
    answers = Answers()
    list(answering(lesson_questions(session), answers))
    taught = Lesson(
        quantities=quantities, question={"en": "?"}, prediction=Prediction(kind="number", text={"en": "?"}, answer="1")
    )
    return lesson_values(session, taught, answers, SAY)


def test_the_numbers_of_gradient_descent_on_a_parabola_are_its_closed_form():
    values = asked(
        lesson("d2l-gradient-descent"),
        Quantity(name="a", of="x", run=0, step=10),
        Quantity(name="f", of="loss", run=1, step=3),
        Quantity(name="k", of="steps_to", run=0, below=1.0),
        Quantity(name="turned", of="turns", run=2, hyper="x"),
        Quantity(name="steep", of="sharpness", point=(5.0, 0.0)),
    )
    assert values.number("a") == pytest.approx(10 * 0.6**10)
    assert values.number("f") == pytest.approx((10 * 0.9**3) ** 2)
    assert values.number("k") == next(k for k in range(99) if (10 * 0.6**k) ** 2 <= 1)
    assert values.number("turned") == 9
    assert values.number("steep") == 2


def test_a_number_in_a_sentence_follows_the_session():
    quantity = Quantity(name="a", of="x", run=0, step=10)
    changed = edit_document(lesson("d2l-gradient-descent"), "descent", edits.set_hyper, 0, "lr", 0.5)
    assert asked(changed, quantity).text({"en": "at {a:2} now"}, SAY) == "at 0 now"


def test_a_sentence_is_said_only_where_it_holds():
    values = asked(lesson("d2l-gradient-descent"), Quantity(name="a", of="x", run=0, step=10))
    near, far = Saying(text={"en": "near"}, when="a < 1, a > 0"), Saying(text={"en": "far"}, when="a > 1")
    assert values.said((near, far), SAY) == ["near"]


def test_nothing_holds_of_a_run_that_there_is_not():
    values = asked(lesson("d2l-gradient-descent"), Quantity(name="a", of="loss", run=7))
    assert math.isnan(values.number("a"))
    assert values.text({"en": "{a}"}, SAY) == "–"
    assert not values.holds("a < 1")
    assert not values.holds("a > 1")


def test_what_is_right_changes_with_the_session():
    session, answers = lesson("d2l-momentum"), Answers()
    slow = edit_document(session, "descent", edits.set_hyper, 2, "lr", 1e-6)
    for each, right in ((session, 2), (slow, 3)):
        list(answering(lesson_questions(each), answers))
        values = lesson_values(each, each.lesson, answers, SAY)
        assert right_candidate(each, values, answers) == right


@pytest.mark.parametrize(
    ("guess", "truth", "told"),
    [
        (10.2, 10.0, "Right: you said 10.2, it is 10."),
        (12.0, 10.0, "Close: you said 12, it is 10."),
        (20.0, 10.0, "You said 20, it is 10: too much by a factor of 2."),
        (2.5, 10.0, "You said 2.5, it is 10: too little by a factor of 4."),
        (-3.0, 10.0, "You said −3, it is 10: 13 off."),
        (7.0, math.inf, "It is never reached; you said 7."),
        (0.0, 0.0, "Right: you said 0, it is 0."),
    ],
)
def test_a_number_is_compared_in_words(guess: float, truth: float, told: str):
    assert told_number(guess, truth, SAY) == told


def test_a_marker_is_compared_by_its_distance_and_the_way():
    told = told_place((3.0, 4.0), (0.0, 0.0), (10.0, 0.0), 20.0, SAY)
    assert told == "Far off: it is at (0, 0), 5 from your marker, 50 % of the way it has come."
    assert told_place((0.1, 0.0), (0.0, 0.0), (10.0, 0.0), 20.0, SAY).startswith("On the spot")


def test_an_answer_may_be_off_by_what_the_task_allows():
    session, answers = lesson("d2l-gradient-descent"), Answers()
    list(answering(lesson_questions(session), answers))
    values = lesson_values(session, session.lesson, answers, SAY)
    truth = 10 * 0.9**10
    assert checked_answer(values, truth * 1.019)
    assert not checked_answer(values, truth * 1.021)
