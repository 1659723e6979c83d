"""A run is stepped out of a saddle by one edit."""

import pytest

from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.edits import edit_document
from landscape.session.files import lesson
from landscape.session.history import History


def test_the_run_gets_a_start_of_its_own_a_little_downhill_of_the_point():
    descent = lesson("leaving-a-saddle").document
    moved = edits.escape(descent, 1, (0.0, -1e-6))
    assert moved.runs[1].start == pytest.approx((0.0, -0.040001))
    assert [run.start for run in moved.runs if run is not moved.runs[1]] == [None] * 3
    assert moved.start == descent.start


def test_it_is_one_step_of_undo():
    history = History(lesson("leaving-a-saddle"))
    before = history.session
    history.edit(edit_document, "descent", edits.escape, 0, (0.0, 0.0))
    history.undo()
    assert history.session == before


def test_where_the_surface_curves_upwards_only_that_is_refused_with_a_sentence():
    with pytest.raises(InputError, match="no escape direction"):
        edits.escape(lesson("leaving-a-saddle").document, 0, (0.0, 1.0))
