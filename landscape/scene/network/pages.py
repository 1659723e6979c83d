"""What the pages of the networks show, as questions: for whoever cannot wait for it result by result."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Literal, TypeAlias

from landscape.errors import InputError
from landscape.network.sweep import run
from landscape.scene.network.page import Directions, StagePage
from landscape.scene.network.questions import recording_questions
from landscape.scene.network.slice import (
    SHAPES,
    SliceQuestion,
    SliceScene,
    build_slices,
    cuts,
    descent_from,
    latest,
)
from landscape.scene.network.sweep import SweepScene, build_sweep, sweep_of
from landscape.scene.network.why import LOOKS, SHARP_LOOKS, WhyScene, build_why, measured, why_question
from landscape.scene.question import Ask, Question
from landscape.session.network.document import Experiment
from landscape.translation import Translation

PageScene: TypeAlias = SweepScene | WhyScene | SliceScene


@dataclass(frozen=True, kw_only=True)
class PageQuestion(Question[tuple[Any, ...]]):
    """All results of a page: of trainings, measures or slices."""

    experiment: Experiment
    page: Literal["sweep", "why", "landscape"]
    directions: Directions

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The trainings, where the page is about their paths."""
        return recording_questions(self.experiment) if self.page == "landscape" else ()

    @property
    def count(self) -> int:
        """About how many results there will be."""
        if self.page == "landscape":
            return 2 * len(SHAPES)
        if self.page == "why":
            return 2 * (3 * LOOKS + SHARP_LOOKS)
        sweep = sweep_of(self.experiment)
        return 2 * len(sweep.rates) * sweep.seeds if sweep else 1

    def results(self, ask: Ask, cancelled: Callable[[], bool]) -> Iterator[Any]:
        """Yield one result after the other; soon no more once it is cancelled."""
        experiment = self.experiment
        if self.page == "why":
            return measured(why_question(experiment), cancelled)
        if self.page == "sweep":
            sweep = sweep_of(experiment)
            if sweep is None:
                raise InputError("This optimizer has no learning rate that could be varied")
            return run(sweep, cancelled)
        recordings = recording_questions(experiment)
        question = SliceQuestion(recordings=recordings, directions=self.directions)
        return cuts(question, [ask(one) for one in recordings], experiment, cancelled)

    def answer(self, ask: Ask) -> tuple[Any, ...]:
        """Compute all of them."""
        return tuple(self.results(ask, lambda: False))

    def seconds(self) -> float:
        """Return infinity: never within a frame."""
        return inf


def page_question(experiment: Experiment, page: StagePage) -> PageQuestion:
    """Return what a page asks of an experiment."""
    return PageQuestion(experiment=experiment, page=page.name, directions=page.directions)


def build_page(
    experiment: Experiment, page: StagePage, found: Sequence[Any], ask: Ask, say: Translation
) -> PageScene | None:
    """Return the scene of a page from its results until now; None for a sweep without learning rates."""
    if page.name == "why":
        return build_why(experiment, tuple(found), say)
    if page.name == "sweep":
        sweep = sweep_of(experiment)
        return build_sweep(experiment, sweep, found, say) if sweep else None
    descents = tuple(
        None if cut is None or start is None else descent_from(cut, experiment, start)
        for cut, start in zip(latest(found), page.starts, strict=True)
    )
    return build_slices(experiment, [ask(one) for one in recording_questions(experiment)], found, say, descents)
