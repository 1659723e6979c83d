"""The descent band of a range test: the learning rates with which the loss falls, beside the bound of theory."""

import numpy as np

from landscape.geometry.quadratic import curvatures
from landscape.geometry.stability import stable_rate
from landscape.scene.descent.run_questions import TrajectoryQuestion
from landscape.scene.layers import Band
from landscape.scene.question import Array
from landscape.scene.text import number
from landscape.translation import Translation

RANGE_TEST = "range_test"


def falling(losses: Array) -> tuple[int, int] | None:
    """Return from which step the loss falls, and at which it is lowest; None where it never falls.

    Args:
        losses: (n + 1,), index = step; what is not finite is not lowest. On a quadratic along a single direction of
            curvature λ this is the time for which the rate of a range test is below 2/λ.
    """
    finite = np.where(np.isfinite(losses), losses, np.inf)
    down = np.flatnonzero(finite[1:] < finite[:-1])
    last = int(finite.argmin()) if len(finite) else 0
    return (int(down[0]), last) if len(down) and down[0] < last else None


def rate_band(question: TrajectoryQuestion, losses: Array, rates: Array, color: str, say: Translation) -> Band | None:
    """Return the band of a run; None where its rate does not grow as in a range test, or its loss never falls.

    Args:
        question: What ran.
        losses: (n + 1,) along it.
        rates: (n,): that of step k leads from point k to point k + 1.
        color: Of the run.
        say: The language.
    """
    if question.strategy is not None or question.schedule.entry != RANGE_TEST or not (np.diff(rates) > 0.0).all():
        return None
    found = falling(losses)
    if found is None:
        return None
    first, last = found
    low, high = number(float(rates[first]), 2), number(float(rates[last - 1]), 2)
    known = curvatures(question.surface)
    highest = stable_rate(question.rule, known[1]) if known is not None else None
    names: tuple[str, ...]
    bound = None if highest is None else int(np.searchsorted(rates, highest, side="right"))
    if bound is None or highest is None or not 0 < bound < len(rates):
        bound, names = None, ()
    elif question.rule.entry == "sgd":
        names = (say("2/λmax = {rate}", rate=number(highest, 2)), "2/λmax")
    else:
        names = (say("stable below {rate}", rate=number(highest, 2)), number(highest, 2))
    titles = say("falls from lr {low} to {high}", low=low, high=high), f"{low}–{high}"
    return Band(color=color, first=first, last=last, titles=titles, bound=bound, bound_titles=names)
