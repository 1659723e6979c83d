"""Searches that take long with other dice tell how far they are before any of them has ended."""

from dataclasses import replace

import numpy as np
import pytest

from landscape.scene.answers import Answers
from landscape.scene.search import questions
from landscape.scene.search.build import build_search, known_of
from landscape.scene.search.questions import repeat_question
from landscape.session.search.document import Study, default_study
from landscape.translation import Translation


@pytest.fixture
def study() -> Study:
    made = default_study()
    entrants = tuple(replace(one, strategy=name) for one, name in zip(made.entrants, ("asha", "random"), strict=True))
    return replace(made, trials=12, repetitions=8, entrants=entrants)


def test_the_share_grows_from_the_first_search_on_and_the_searches_are_the_same(study, monkeypatch) -> None:
    whole = Answers().compute(repeat_question(study))
    monkeypatch.setattr(questions, "LONG", 0.0)
    parts = list(repeat_question(study).results(Answers(), lambda: False))
    shares = [share for _, share in parts]
    assert shares == sorted(shares)
    assert parts[0][0] == ()
    assert 0.0 < shares[0] < shares[1] < 1 / 8
    assert shares[-1] == 1.0
    for slow, quick in zip(parts[-1][0], whole, strict=True):
        np.testing.assert_array_equal(slow, quick)
    for found, _ in parts:
        assert len({len(each) for each in found}) <= 1


def test_as_long_as_none_has_ended_the_picture_has_no_band(study) -> None:
    known = Answers()
    known.put(repeat_question(study), (), 0.01)
    for question in questions.study_questions(study)[:2]:
        known.compute(question)
    scene = build_search(study, known_of(study, known), Translation())
    assert all(line.low is None for line in scene.charts[0].lines)


def test_what_is_cancelled_ends_within_a_search(study, monkeypatch) -> None:
    monkeypatch.setattr(questions, "LONG", 0.0)
    asked = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 6

    parts = list(repeat_question(study).results(Answers(), cancelled))
    assert all(share < 1.0 for _, share in parts)
