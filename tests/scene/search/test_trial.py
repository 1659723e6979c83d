"""A trial that is looked at: the run with its values, and the loss by which it was judged at its end."""

import numpy as np
import pytest

from landscape.catalogue.optimizers import optimizer
from landscape.descent.trajectory import descend
from landscape.scene.answers import Answers
from landscape.scene.search.trial import trial_questions
from landscape.search.objectives import network_loss
from landscape.session.search import edits
from landscape.session.search.document import Trainee, default_study


def test_the_way_of_a_trial_is_the_run_with_its_values_over_the_surface():
    study = edits.set_number(default_study(), "steps", 40)
    trial, ground = trial_questions(study, (("lr", 0.25), ("beta1", 0.75)))
    course = Answers().compute(trial)
    made = descend(study.surface, optimizer("adam", lr=0.25, beta1=0.75), study.start, 40)
    assert course.points == pytest.approx(made.points)
    assert course.steps.tolist() == list(range(41))
    heat = Answers().compute(ground)
    assert (heat.x, heat.y) == study.surface.domain


def test_the_curve_of_a_training_ends_at_the_loss_that_the_trial_was_judged_by():
    bare = edits.search_network(edits.choose_rule(default_study(), optimizer("sgd")), Trainee())
    study = edits.set_number(bare, "steps", 150)
    (trial,) = trial_questions(study, (("lr", 0.25), ("batch_size", 16.0)))
    course = Answers().compute(trial)
    assert course.losses[-1] == network_loss(study.objective, {"lr": 0.25, "batch_size": 16.0}, 150)
    assert course.steps[[0, -1]].tolist() == [0, 150]
    assert len(course.points) == 0


def test_the_curve_of_a_training_that_diverges_ends_there():
    bare = edits.search_network(edits.choose_rule(default_study(), optimizer("sgd")), Trainee())
    (trial,) = trial_questions(edits.set_number(bare, "steps", 100), (("lr", 1e6), ("l2", 1e3)))
    course = Answers().compute(trial)
    assert np.isinf(course.losses[-1])
    assert course.steps[-1] < 100
