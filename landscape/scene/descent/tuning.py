"""How the trials of a fair race spread, for each run: the best, the middle and the worst loss."""

from collections.abc import Mapping

import numpy as np

from landscape.catalogue.optimizers import RATE
from landscape.scene.answers import Answers
from landscape.scene.descent.tuning_question import trials_questions
from landscape.scene.question import Array
from landscape.scene.scene import TrialSpread
from landscape.scene.text import number
from landscape.session.descent.document import Descent
from landscape.translation import Translation


def best_rate(rates: tuple[float, ...], losses: Array) -> float:
    """Return the rate with the lowest loss, the smallest one of equals; the smallest of all where every run is lost."""
    return rates[int(np.argmin(losses))]


def spreads(descent: Descent, answers: Answers, say: Translation) -> Mapping[int, TrialSpread]:
    """Return how the trials of every run spread, by its id, as far as that is known."""
    if descent.tuning is None:
        return {}
    found: dict[int, TrialSpread] = {}
    for id, question in trials_questions(descent, descent.tuning).items():
        losses = answers.get(question)
        if losses is not None:
            is_best = dict(descent.run_of(id).rule.values)[RATE] == best_rate(question.rates, losses)
            found[id] = spread(losses, question.rates, say, is_best=is_best)
    return found


def spread(losses: Array, rates: tuple[float, ...], say: Translation, *, is_best: bool) -> TrialSpread:
    """Return how losses spread, and a sentence about it."""
    ordered = np.sort(losses)
    best, worst = float(ordered[0]), float(ordered[-1])
    middle = float(ordered[len(ordered) // 2])
    lost = int(np.isinf(losses).sum())
    text = say(
        "{count} rates from {low} to {high}: best loss {best} at {rate}, median {middle}, worst {worst}, {lost} lost",
        count=len(rates), low=number(rates[0]), high=number(rates[-1]), best=number(best, 3),
        rate=number(best_rate(rates, losses)), middle=number(middle, 3), worst=number(worst, 3), lost=lost,
    )  # fmt: skip
    return TrialSpread(best=best, middle=middle, worst=worst, lost=lost, trials=len(rates), is_best=is_best, text=text)
