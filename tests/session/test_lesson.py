"""Lessons in files: what they may say, and what becomes of them when the session does."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from landscape.catalogue.surfaces import surface
from landscape.errors import InputError
from landscape.session.attempt import Attempt
from landscape.session.descent import edits
from landscape.session.edits import edit_document, open_workspace, set_lesson
from landscape.session.files import default_session, lesson, load, save
from landscape.session.lesson import Lesson, Prediction, Quantity, Saying, Task, check

PLAIN = Lesson(
    quantities=(Quantity(name="end", of="loss", run=0),),
    question={"en": "What does it come to?", "zh": "结果如何？"},
    prediction=Prediction(kind="number", text={"en": "Guess"}, answer="end"),
)


def test_a_lesson_is_in_the_file_of_its_session(tmp_path: Path):
    session = set_lesson(default_session(), "descent", PLAIN)
    save(session, tmp_path / "a.landscape")
    assert load(tmp_path / "a.landscape") == session


def test_a_session_without_a_lesson_is_written_as_before(tmp_path: Path):
    save(default_session(), tmp_path / "a.landscape")
    text = (tmp_path / "a.landscape").read_text("utf-8")
    assert '"minor"' not in text
    assert '"lessons"' not in text


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (replace(PLAIN, question={"zh": "问"}), "en"),
        (replace(PLAIN, question={"en": "{nobody}"}), "nobody"),
        (replace(PLAIN, question={"en": "{__import__('os')}"}), "_"),
        (replace(PLAIN, question={"en": "a } b"}), "brace"),
        (replace(PLAIN, question={"en": "x" * 1001}), "1000"),
        (replace(PLAIN, difference=(Saying(text={"en": "so"}, when="end < 1 and 2"),)), "and"),
        (replace(PLAIN, difference=(Saying(text={"en": "so"}, when="ends < 1"),)), "ends"),
        (replace(PLAIN, task=Task(text={"en": "Compute"}, answer="end +")), "end"),
        (replace(PLAIN, prediction=replace(PLAIN.prediction, answer="")), "formula"),
        (replace(PLAIN, quantities=(*PLAIN.quantities, *PLAIN.quantities)), "name of its own"),
        (replace(PLAIN, quantities=(Quantity(name="e", of="loss"),)), "name of its own"),
        (replace(PLAIN, topic="cooking"), "topic"),
    ],
)
def test_what_no_lesson_can_say_is_refused(broken: Lesson, told: str):
    with pytest.raises(InputError, match=told):
        check(broken)


def test_a_lesson_stays_while_its_numbers_change_and_goes_with_its_surface():
    taught = set_lesson(default_session(), "descent", PLAIN)
    turned = edit_document(taught, "descent", edits.set_hyper, 0, "lr", 0.01)
    assert turned.lesson is PLAIN
    assert edit_document(taught, "descent", edits.choose_surface, surface("beale")).lesson is None


def test_another_workspace_has_no_part_in_a_lesson_and_leaves_it_alone():
    away = open_workspace(set_lesson(default_session(), "descent", PLAIN), "network")
    assert away.lesson is None
    assert open_workspace(away, "descent").lesson is PLAIN


def test_lessons_that_ship_keep_their_future_hidden():
    shown = lesson("d2l-momentum").presentations["descent"]
    assert (shown.step, shown.future_hidden) == (0.0, True)


ATTEMPTS = (
    ({"page": "epilogue"}, "no page"),
    ({"chosen": 9}, "9 guesses"),
    ({"hands": [0, -1]}, "9 guesses"),
    ({"places": [[1.0, 2.0]] * 10}, "9 guesses"),
    ({"hands": [0] * 2001}, "2000 hands"),
    ({"hands": ["first"]}, "attempt.hands"),
    ({"answer": "two"}, "attempt.answer"),
)


@pytest.mark.parametrize(("attempt", "told"), ATTEMPTS)
def test_an_attempt_that_cannot_be_is_refused(tmp_path: Path, attempt: dict[str, object], told: str):
    path = tmp_path / "lesson.json"
    save(lesson("d2l-momentum"), path)
    content = json.loads(path.read_text("utf-8"))
    content["presentations"]["descent"]["attempt"] = attempt
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(InputError, match=told):
        load(path)


def test_a_file_needs_the_newest_program_only_where_something_was_predicted(tmp_path: Path):
    session = lesson("d2l-momentum")
    shown = replace(session.presentations["descent"], attempt=Attempt(chosen=1))
    for each, minor in ((session, 1), (replace(session, presentations={"descent": shown}), 2)):
        save(each, tmp_path / "lesson.json")
        assert json.loads((tmp_path / "lesson.json").read_text("utf-8"))["minor"] == minor
        assert load(tmp_path / "lesson.json") == each
