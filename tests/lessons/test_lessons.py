"""Every lesson is played, and every sentence of it that has a number is checked: all numbers are computed."""

import math
import re

import pytest

from landscape.scene.lesson import right_candidate
from landscape.session.files import lesson, lessons
from landscape.session.lesson import BRACES, TOPICS, texts
from landscape.translation import LANGUAGES, translation
from tests.lessons.playing import play

NAMES = sorted(lessons())
JOINED = re.compile(r" ([−+·=<]) ")
LONE = re.compile(r"\d{2,}|\d[.,]\d|\d[一-鿿]|(?<![^\s（(:：,，。;；])\d+(?![^\s）),.，。:：;；])")
"""Numbers that could become untrue. A single digit within a formula, as in 2/λmax, 1 − ηλ or 6a², is none."""
NUMBER = re.compile(r"(?<![⁰¹²³⁴⁵⁶⁷⁸⁹×.\d])\d+(?:\.\d+)?(?!×)")
FEW = 100
"""Whole numbers below which something else is as many by chance."""
SOURCES = (
    "Dive into Deep Learning", "LMU Munich", "CS231n", "Andrew Ng", "Hung-yi Lee", "Distill", "Goodfellow", "Bishop",
    "Bergstra", "Cohen", "Santurkar", "Reddi", "Smith", "Dauphin",
)  # fmt: skip


def stored_numbers(text: str) -> list[str]:
    """What is a number in a text beside what is computed and what belongs to a formula."""
    return LONE.findall(JOINED.sub(r"\1", BRACES.sub("x", text).replace("CS231n", "")))


def test_there_are_at_least_forty_lessons():
    assert len(NAMES) >= 40


@pytest.mark.parametrize("source", SOURCES)
def test_the_figures_of_every_source_are_there(source: str):
    assert any(source in lesson(name).lesson.source for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_has_a_question_a_prediction_a_number_and_a_variation_in_every_language(name: str):
    taught = lesson(name).lesson
    assert taught is not None
    assert taught.topic in TOPICS
    assert taught.task is not None
    assert taught.variation
    assert taught.difference
    for text in texts(taught):
        assert set(LANGUAGES) <= set(text)


@pytest.mark.parametrize("name", NAMES)
def test_no_number_of_a_lesson_is_stored(name: str):
    assert [text for each in texts(lesson(name).lesson) for text in each.values() if stored_numbers(text)] == []


def test_a_number_in_a_text_is_found():
    assert stored_numbers("After 20 steps it is at 0.4, 3 times") == ["20", "0.4", "3"]
    assert stored_numbers("经过 5 步，得 2步") == ["5", "2步"]
    assert stored_numbers("2/λmax, 1 − ηλ, 6a² and −x³ + 9a, x²/2, (2 + 2β)/λ") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_of_a_lesson_is_true_of_what_runs(name: str, language: str):
    played = play(name)
    values, taught = played.values(language), played.session.lesson
    unknown = [key for key, value in values.known.items() if isinstance(value, float) and math.isnan(value)]
    assert unknown == []
    assert len(values.said(taught.difference, translation(language))) == len(taught.difference)
    for text in texts(taught):
        told = values.text(text, translation(language))
        assert "–" not in told.replace("Nelder–Mead", "")
        assert not re.search(r"[{}]", told)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_to_be_computed_was_not_told_before(name: str):
    played = play(name)
    values, taught = played.values(), played.session.lesson
    answer = values.number(taught.task.answer)
    before = (taught.question, taught.prediction.text, *(saying.text for saying in taught.difference))
    told = [float(each) for text in before for each in NUMBER.findall(values.text(text, translation("en")))]
    if not answer.is_integer() or abs(answer) >= FEW:
        assert [each for each in told if math.isclose(abs(each), abs(answer), rel_tol=0.01)] == []


@pytest.mark.parametrize("name", NAMES)
def test_there_is_a_right_answer(name: str):
    played = play(name)
    values, taught = played.values(), played.session.lesson
    assert math.isfinite(values.number(taught.task.answer))
    if taught.prediction.kind == "number":
        assert math.isfinite(values.number(taught.prediction.answer))
    elif taught.prediction.kind != "place":
        assert right_candidate(played.session, values, played.answers) is not None
