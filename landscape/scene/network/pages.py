"""What the pages of the networks ask, and how they look with what is known."""

import math
from typing import Any, TypeAlias

from landscape.scene.answers import Answers
from landscape.scene.network.bias import bias_question, build_bias
from landscape.scene.network.page import StagePage
from landscape.scene.network.questions import recording_questions
from landscape.scene.network.slice import DescentsQuestion, SliceQuestion, SliceScene, build_slices
from landscape.scene.network.sweep import SweepQuestion, SweepScene, build_sweep, sweep_of
from landscape.scene.network.why import WhyScene, build_why, why_question
from landscape.scene.question import Question
from landscape.session.network.document import Experiment
from landscape.translation import Translation

PageScene: TypeAlias = SweepScene | WhyScene | SliceScene


def page_questions(experiment: Experiment, page: StagePage) -> tuple[Question[Any], ...]:
    """Return what a page asks of an experiment; nothing where it has no learning rate that could be varied."""
    if page.name == "why":
        return (why_question(experiment),)
    if page.name == "bias":
        return (bias_question(experiment),)
    if page.name == "sweep":
        sweep = sweep_of(experiment)
        return (SweepQuestion(sweep=sweep),) if sweep is not None else ()
    slices = slice_question(experiment, page)
    return (slices,) if page.starts == (None, None) else (slices, descents_question(experiment, page))


def slice_question(experiment: Experiment, page: StagePage) -> SliceQuestion:
    """Return the question after the slices of a page."""
    return SliceQuestion(recordings=recording_questions(experiment), directions=page.directions)


def descents_question(experiment: Experiment, page: StagePage) -> DescentsQuestion:
    """Return the question after the optimizers that were started on the slices of a page."""
    slices = slice_question(experiment, page)
    return DescentsQuestion(slices=slices, rule=experiment.rule, seed=experiment.seed, starts=page.starts)


def build_page(
    experiment: Experiment, page: StagePage, answers: Answers, say: Translation, part: float = 1.0
) -> PageScene | None:
    """Return a page from what is known; None where that is nothing.

    Args:
        experiment: The networks.
        page: Which page, and what is chosen on it.
        answers: What is known.
        say: The language.
        part: Of a sweep, which share of its trainings is shown.
    """
    if page.name == "why":
        return build_why(experiment, answers.so_far(why_question(experiment)) or (), say)
    if page.name == "bias":
        return build_bias(experiment, answers.so_far(bias_question(experiment)) or (), say)
    if page.name == "sweep":
        sweep = sweep_of(experiment)
        if sweep is None:
            return None
        found = answers.so_far(SweepQuestion(sweep=sweep)) or ()
        return build_sweep(experiment, sweep, found[: math.ceil(part * len(found))], say)
    return _build_slices(experiment, page, answers, say)


def _build_slices(experiment: Experiment, page: StagePage, answers: Answers, say: Translation) -> SliceScene | None:
    recordings = [answers.get(one) for one in recording_questions(experiment)]
    if None in recordings:
        return None
    found = answers.so_far(slice_question(experiment, page)) or ()
    started = answers.get(descents_question(experiment, page)) if page.starts != (None, None) else None
    return build_slices(experiment, recordings, found, say, started or (None, None))
