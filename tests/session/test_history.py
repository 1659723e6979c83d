from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.edits import edit_document
from landscape.session.files import default_session
from landscape.session.history import MOST_STEPS, History
from tests.session.strategies import Edit, edit_functions


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(edit_functions, min_size=30, max_size=30), st.integers())
def test_undoing_500_random_edits_gives_the_first_session_and_redoing_them_the_last(pool: list[Edit], seed: int):
    first = default_session()
    history = History(first)
    for change in Random(seed).choices(pool, k=500):
        try:
            history.edit(change)
        except InputError:
            continue
    last = history.session
    while history.undo():
        pass
    assert history.session == first
    while history.redo():
        pass
    assert history.session == last


def test_all_moves_of_one_drag_are_one_step_of_undo():
    history = History(default_session())
    before = history.session
    for step in range(60):
        history.edit(edit_document, "descent", edits.move_start, (step / 60, 1.0), gesture="start")
    history.end_gesture()
    assert history.session.document.start == (59 / 60, 1.0)
    assert history.undo()
    assert history.session == before
    assert not history.can_undo


def test_two_drags_of_the_same_pin_are_two_steps():
    history = History(default_session())
    for point in ((1.0, 1.0), (2.0, 2.0)):
        history.edit(edit_document, "descent", edits.move_start, point, gesture="start")
        history.end_gesture()
    history.undo()
    assert history.session.document.start == (1.0, 1.0)


def test_another_gesture_begins_a_step_of_its_own():
    history = History(default_session())
    history.edit(edit_document, "descent", edits.move_start, (1.0, 1.0), gesture="start")
    history.edit(edit_document, "descent", edits.set_hyper, 0, "lr", 0.5, gesture="lr")
    history.undo()
    assert history.session.document.start == (1.0, 1.0)


def test_a_drag_that_comes_back_leaves_nothing_to_undo():
    history = History(default_session())
    begin = history.session.document.start
    history.edit(edit_document, "descent", edits.move_start, (1.0, 1.0), gesture="start")
    history.edit(edit_document, "descent", edits.move_start, begin, gesture="start")
    history.end_gesture()
    assert not history.can_undo


def test_an_edit_that_changes_nothing_is_no_step_and_keeps_what_can_be_redone():
    history = History(default_session())
    history.edit(edit_document, "descent", edits.set_steps, 10)
    history.undo()
    assert not history.edit(edit_document, "descent", edits.set_steps, history.session.document.steps)
    assert history.can_redo
    assert not history.can_undo


def test_an_edit_after_undo_forgets_what_was_undone():
    history = History(default_session())
    history.edit(edit_document, "descent", edits.set_steps, 10)
    history.undo()
    history.edit(edit_document, "descent", edits.set_steps, 20)
    assert not history.can_redo


def test_an_error_leaves_everything_as_it_was():
    history = History(default_session())
    seen = []
    history.subscribe(lambda old, new: seen.append(new))
    before = history.session
    with pytest.raises(InputError):
        history.edit(edit_document, "descent", edits.set_steps, 0, gesture="steps")
    assert (history.session, history.can_undo, seen) == (before, False, [])


def test_observers_hear_the_old_and_the_new_session_until_they_leave():
    history = History(default_session())
    seen = []
    leave = history.subscribe(lambda old, new: seen.append((old.document.steps, new.document.steps)))
    start = history.session.document.steps
    history.edit(edit_document, "descent", edits.set_steps, 10)
    history.undo()
    leave()
    leave()
    history.redo()
    assert seen == [(start, 10), (10, start)]


def test_only_the_last_edits_are_kept():
    history = History(default_session())
    for steps in range(1, MOST_STEPS + 50):
        history.edit(edit_document, "descent", edits.set_steps, steps)
    undone = 0
    while history.undo():
        undone += 1
    assert undone == MOST_STEPS


def test_opening_another_session_can_be_undone():
    history = History(default_session())
    before = history.session
    assert history.replace(edit_document(before, "descent", edits.remove_run, 0))
    history.undo()
    assert history.session == before
