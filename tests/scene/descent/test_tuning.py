"""The fair race: the trials of each run, and what is told of them."""

from dataclasses import replace

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.errors import InputError
from landscape.scene.answers import Answers
from landscape.scene.asking import answering
from landscape.scene.descent.build import build_scene
from landscape.scene.descent.questions import questions
from landscape.scene.descent.tuning import best_rate
from landscape.scene.descent.tuning_question import trials_questions
from landscape.scene.descent.view import View
from landscape.session.descent import edits
from landscape.session.descent.document import Descent, Tuning
from landscape.session.descent.tuning import tried_rates, tune, tuned_runs
from landscape.translation import Translation

TUNING = Tuning(low=1e-3, high=10.0, trials=17)


def bowl() -> Descent:
    """Return two runs on x²/2, where gradient descent with rate 1 arrives at once and above 2 is lost."""
    made = Descent(surface=surface("0.5 x^2 + 0.5 y^2"), start=(1.0, -2.0), steps=50, schedule=schedule("constant"))
    for name in ("sgd", "momentum"):
        made = edits.add_run(made, optimizer(name))
    return made


def test_all_runs_try_the_same_rates_by_equal_factors():
    rates = tried_rates(TUNING)
    assert (len(rates), rates[0], rates[-1]) == (17, 1e-3, 10.0)
    assert np.allclose(np.diff(np.log10(rates)), 0.25, atol=2e-3)
    asked = trials_questions(bowl(), TUNING)
    assert {question.rates for question in asked.values()} == {rates}


def test_the_losses_are_those_of_gradient_descent_on_a_bowl():
    question = trials_questions(bowl(), TUNING)[0]
    losses = question.answer(None)
    for rate, loss in zip(question.rates, losses, strict=True):
        factor = (1 - rate) ** 2
        assert loss == pytest.approx(2.5 * factor**50, rel=1e-6) or (loss == np.inf and rate > 2)
    assert best_rate(question.rates, losses) == 1.0


def test_a_hidden_run_and_one_without_a_rate_take_no_part():
    descent = edits.set_visible(edits.add_run(bowl(), optimizer("x = x - gx\ny = y - gy")), 0, False)
    assert [run.id for run in tuned_runs(descent)] == [1]
    with pytest.raises(InputError, match="no run with a learning rate"):
        tune(descent, TUNING, {})


def test_tuning_changes_nothing_but_the_rates():
    before = bowl()
    after = tune(before, TUNING, {0: 1.0, 1: 0.178})
    assert [run.rule.lr for run in after.runs] == [1.0, 0.178]
    restored = tune(after, TUNING, {run.id: run.rule.lr for run in before.runs})
    assert replace(restored, tuning=None) == before


def test_the_legend_says_which_rates_are_the_best_of_how_many_and_no_more_once_they_are_not():
    descent = tune(bowl(), TUNING, {0: 1.0, 1: 0.1})
    view, answers = View(x=(-3, 3), y=(-3, 3), columns=32, rows=32), Answers()
    list(answering(questions(descent, view), answers))
    scene = build_scene(descent, view, answers, Translation())
    assert scene.paths[0].name == "SGD, best of 17 rates"
    assert scene.paths[1].name == "Momentum"
    assert scene.spreads[0].text.startswith("17 rates from 0.001 to 10: best loss 0 at 1, median ")
    assert scene.spreads[0].lost == 0 or scene.spreads[0].worst == np.inf
