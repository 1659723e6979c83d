"""What the pages of the networks show as tables."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from landscape.errors import InputError
from landscape.network.measures.sharpness import Sharpness
from landscape.network.measures.smoothness import Smoothness
from landscape.scene.answers import Answers
from landscape.scene.network.bias import Course
from landscape.scene.network.page import StagePage
from landscape.scene.network.pages import page_questions
from landscape.scene.network.slice import Cut
from landscape.scene.network.sweep import sweep_of
from landscape.scene.network.text import twin_names
from landscape.scene.network.why import Found
from landscape.scene.question import Question
from landscape.session.network.document import Experiment
from landscape.translation import Translation

COLUMNS = {
    "sweep": ("network", "lr", "seed", "steps", "loss"),
    "why": ("step", "measure", "network", "value"),
    "landscape": ("network", "x", "y", "loss"),
    "bias": ("network", "seed", "step", "loss", "test_loss"),
}


class PageTable:
    """What a page shows as a table; numbers read back as the very same float64.

    Of a sweep a row for each training, whose ``steps`` are empty where it never got to the threshold; of the measures a
    row for each at each step where it was taken; of the landscapes a row for each point of the finest grid.
    """

    blocks = 1

    def __init__(self, experiment: Experiment, page: StagePage) -> None:
        self._experiment, self._page = experiment, page

    @property
    def columns(self) -> tuple[str, ...]:
        """What stands above them."""
        return COLUMNS[self._page.name]

    def wanted(self) -> tuple[Question[Any], ...]:
        """Return all that the page shows."""
        found = page_questions(self._experiment, self._page)[:1]
        if not found:
            raise InputError("This optimizer has no learning rate that could be varied")
        return found

    def rows(self, answers: Answers, say: Translation) -> Iterator[Iterator[tuple[object, ...]]]:
        """Yield all rows."""
        (question,) = self.wanted()
        names = twin_names(self._experiment, say)
        rows = _ROWS[self._page.name]
        yield rows(self._experiment, answers.compute(question), names)


Rows = Iterator[tuple[object, ...]]


def _trainings(experiment: Experiment, found: tuple[Any, ...], names: tuple[str, str]) -> Rows:
    sweep = sweep_of(experiment)
    for one in sorted(found, key=lambda one: (one.network, one.rate, one.seed)):
        if sweep is not None:
            seed = sweep.training.seed + one.seed
            steps = "" if one.steps is None else one.steps
            yield names[one.network], repr(sweep.rates[one.rate]), seed, steps, repr(one.loss)


def _measures(_experiment: Experiment, found: tuple[Found, ...], names: tuple[str, str]) -> Rows:
    for one in found:
        for name, value in _values(one):
            yield one.measure.step, name, names[one.twin], repr(float(value))


def _values(one: Found) -> tuple[tuple[str, float], ...]:
    measure = one.measure
    if isinstance(measure, Smoothness):
        kinds = ("loss_range", "predictiveness", "smoothness")
        return ("mini_batch_loss", measure.loss), *((kind, getattr(measure, kind)) for kind in kinds)
    if isinstance(measure, Sharpness):
        return ("sharpness", measure.value), ("two_over_lr", measure.limit)
    return (("layer_shift_shaken" if one.shaken else "layer_shift", float(np.mean(measure.drifts))),)


def _courses(_experiment: Experiment, found: tuple[Course, ...], names: tuple[str, str]) -> Rows:
    titles = ("linear", "one_layer", *names)
    for one in found:
        for step, (loss, test) in zip(one.steps.tolist(), one.losses.tolist(), strict=True):
            yield titles[one.model], one.seed, int(step), repr(loss), repr(test) if test == test else ""


def _points(_experiment: Experiment, found: tuple[Any, ...], names: tuple[str, str]) -> Rows:
    finest: dict[int, Cut] = {cut.twin: cut for cut in found}
    for twin, cut in sorted(finest.items()):
        x, y = (np.linspace(low, high, len(cut.losses)).tolist() for low, high in (cut.x, cut.y))
        for up, row in zip(y, cut.losses.tolist(), strict=True):
            for across, loss in zip(x, row, strict=True):
                yield names[twin], repr(across), repr(up), repr(loss)


_ROWS: Mapping[str, Callable[..., Rows]] = {
    "sweep": _trainings, "why": _measures, "landscape": _points, "bias": _courses,
}  # fmt: skip
