"""Searches over a surface whose schedule reads the loss: every trial has rates of its own."""

from dataclasses import replace

import numpy as np
import pytest

import landscape as ls
from landscape.errors import InputError
from landscape.scene.answers import Answers
from landscape.scene.search.questions import study_questions
from landscape.search.objectives import SurfaceRun, evaluator
from landscape.search.search import search
from landscape.session.search import edits
from landscape.session.search.document import default_study

PLATEAU = ls.schedule("plateau", patience=2.0)
SURFACE, RULE = ls.surface("rosenbrock"), ls.optimizer("momentum", lr=0.001)
RUN = SurfaceRun(surface=SURFACE, rule=RULE, start=(-1.0, 1.0), steps=60, schedule=PLATEAU, noise=8.0)
VALUES = np.array([[1e-4, 1e-3, 3e-3, 0.5], [0.0, 0.5, 0.9, 0.9]])


def asked(run: SurfaceRun, until: list[int]) -> list[float]:
    pieces = evaluator(run, ("lr", "momentum")).evaluate(VALUES, np.array(until), np.full(4, -1))
    return np.concatenate(list(pieces)).tolist()


def losses(lr: float, momentum: float) -> np.ndarray:
    rule = ls.optimizer("momentum", lr=lr, momentum=momentum)
    return ls.descend(SURFACE, rule, (-1.0, 1.0), 60, schedule=PLATEAU, noise=8.0).losses


def test_a_trial_is_the_run_with_its_values_and_the_schedule_falls_for_each_by_itself():
    found = asked(RUN, [60] * 4)
    runs = [losses(*column) for column in VALUES.T.tolist()]
    assert found == [each[60] if len(each) == 61 else np.inf for each in runs]
    assert found[3] == np.inf
    rates = [
        ls.descend(
            SURFACE, ls.optimizer("momentum", lr=lr, momentum=m), (-1.0, 1.0), 60, schedule=PLATEAU, noise=8.0
        ).rates[-1]
        / lr
        for lr, m in VALUES.T[:3].tolist()
    ]
    assert max(rates) < 0.5
    assert len(set(rates)) == 3


def test_what_is_cut_early_is_the_beginning_of_the_whole_run():
    assert asked(RUN, [20, 7, 60, 1])[:3] == [
        losses(*VALUES[:, 0])[20],
        losses(*VALUES[:, 1])[7],
        losses(*VALUES[:, 2])[60],
    ]


def test_steps_to_a_threshold_are_counted_as_in_the_run():
    run = replace(RUN, measure="steps", threshold=3.5)
    for found, column in zip(asked(run, [60] * 4), VALUES.T.tolist(), strict=True):
        good = np.flatnonzero(losses(*column) <= 3.5)
        assert found == (good[0] if len(good) else np.inf)


def test_a_search_from_python_takes_it_and_a_population_does_not():
    space = {"lr": ls.log(1e-4, 1e-2)}
    found = search(SURFACE, RULE, space, strategy="asha", trials=9, steps=40, schedule=PLATEAU, start=(-1.0, 1.0))
    assert np.isfinite(found.best.result)
    with pytest.raises(InputError, match="population"):
        search(SURFACE, RULE, space, strategy="population", trials=9, steps=40, schedule=PLATEAU)


def test_a_study_with_it_has_its_race_its_truth_and_its_repetitions():
    study = edits.set_schedule(
        edits.set_number(edits.set_number(default_study(), "trials", 9), "repetitions", 3), PLATEAU
    )
    answers = Answers()
    race, truth, repeat = (answers.compute(question) for question in study_questions(study))
    assert [len(one.results) for one in race] == [9, 9]
    assert np.isfinite(truth.results).mean() > 0.5
    assert [each.shape for each in repeat] == [(3, 9), (3, 9)]
