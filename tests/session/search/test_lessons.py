"""What the titles of the lessons on searches promise."""

from functools import cache

import numpy as np
import pytest

from landscape.scene.answers import Answers
from landscape.scene.search.questions import names_of, searchers_of, truth_question
from landscape.search.objectives import evaluator
from landscape.search.repeating import best_of_all, share_of_hits
from landscape.search.spaces import table_of
from landscape.search.trials import Searcher, histories, whole_histories
from landscape.session.files import lesson, lessons
from landscape.session.search.document import Study

SEARCHES = [name for name in lessons() if lesson(name).workspace == "search"]


def study_of(name):
    study = lesson(name).of(Study)
    assert study is not None
    return study


@cache
def race(name):
    study = study_of(name)
    *_, found = histories(searchers_of(study), evaluator(study.objective, names_of(study)))
    return found


def values(name, entrant, dimension):
    study = study_of(name)
    space = study.space_of(study.entrants[entrant])
    return table_of(space, race(name)[entrant].units)[names_of(study).index(dimension)]


@cache
def shares(name):
    """How many of 100 searches by each entrant find one of the best twentieth in the end."""
    study = study_of(name)
    truth = truth_question(study).answer(Answers())
    found = []
    for one in searchers_of(study):
        again = [
            Searcher(strategy=one.strategy, space=one.space, trials=one.trials, steps=one.steps, seed=seed)
            for seed in range(100)
        ]
        best = best_of_all(whole_histories(again, evaluator(study.objective, names_of(study))), one.trials, one.steps)
        found.append(float(share_of_hits(best, truth.bound)[-1]))
    return found


def test_there_are_lessons_on_searches():
    assert len(SEARCHES) == 6


@pytest.mark.parametrize("name", SEARCHES)
def test_every_race_of_a_lesson_finds_something(name):
    assert all(np.isfinite(history.results).any() for history in race(name))


def test_25_grid_points_test_5_rates_and_25_random_ones_25():
    grid, random = (np.unique(values("grid-or-random", entrant, "lr").round(12)) for entrant in (0, 1))
    assert (len(grid), len(random)) == (5, 25)
    assert shares("grid-or-random")[0] < 0.1 < 0.6 < shares("grid-or-random")[1]


def test_rates_drawn_evenly_are_nearly_all_above_a_tenth_and_find_less():
    even, spread = (values("rates-on-a-log-scale", entrant, "lr") for entrant in (0, 1))
    assert (even > 0.1).mean() > 0.8
    assert (spread > 0.1).mean() == pytest.approx(0.25, abs=0.1)
    assert shares("rates-on-a-log-scale")[0] < 0.4 < 0.6 < shares("rates-on-a-log-scale")[1]


def test_one_in_two_of_those_drawn_by_one_minus_is_above_99_hundredths():
    even, spread = (values("beta-by-one-minus", entrant, "momentum") for entrant in (0, 1))
    assert (even > 0.99).mean() < 0.25
    assert (spread > 0.99).mean() == pytest.approx(0.5, abs=0.2)


def test_each_third_of_coarse_to_fine_is_drawn_from_a_smaller_box():
    fine = race("coarse-to-fine")[1]
    sides = [box[0][1] - box[0][0] for _, box in fine.boxes]
    assert [first for first, _ in fine.boxes] == [0, 10, 20]
    assert sides == pytest.approx([1.0, 0.4, 0.16])


def test_of_a_network_the_rate_matters_far_more_than_the_batch_size():
    question = truth_question(study_of("rate-and-batch-size"))
    *_, (truth, _) = question.results(Answers(), lambda: False)
    rate, batch = truth.importance
    assert rate > 3 * batch
