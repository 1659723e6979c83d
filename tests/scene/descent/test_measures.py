"""What a lesson takes from its runs is a number, or not known: also of a run that could not take a step."""

import math
from dataclasses import replace
from typing import get_args

import pytest

from landscape.scene.answers import Answers
from landscape.scene.descent.measures import MEASURES
from landscape.scene.descent.run_questions import trajectory_question
from landscape.session.descent.workspace import default_descent
from landscape.session.lesson import Of, Quantity
from landscape.translation import Translation


@pytest.mark.parametrize("of", get_args(Of))
@pytest.mark.parametrize("step", [None, 0, 3])
def test_of_a_run_that_cannot_begin_nothing_is_known_and_nothing_fails(of: str, step: int | None) -> None:
    found = default_descent()
    descent = replace(found, surface=replace(found.surface, formula="log(x - 1e6) + y**2", values=()))
    answers, run = Answers(), descent.runs[0]
    trajectory = answers.compute(trajectory_question(descent, run))
    assert len(trajectory.losses) == 1
    assert len(trajectory.rates) == 0
    told = MEASURES.measure(descent, Quantity(name="q", of=of, run=run.id, step=step), answers, Translation())
    assert isinstance(told, str | float)
    if of in ("rate", "loss", "sharpness"):
        assert math.isnan(told)
