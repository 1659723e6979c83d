"""A fair race: every visible run tries the same learning rates, and keeps the one that brings it lowest."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from landscape.catalogue.optimizers import RATE
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.descent.document import Descent, Run, Tuning


def tried_rates(tuning: Tuning) -> tuple[float, ...]:
    """Return the rates of a tuning, evenly spread over the powers of ten, from the smallest, three digits each."""
    rates = np.geomspace(tuning.low, tuning.high, tuning.trials)
    return tuple(float(f"{rate:.2e}") for rate in rates.tolist())


def tuned_runs(descent: Descent) -> tuple[Run, ...]:
    """Return the runs that take part: those that are seen and have a learning rate."""
    return tuple(run for run in descent.runs if run.own_rule and run.visible and RATE in dict(run.values))


def tune(descent: Descent, tuning: Tuning, best: Mapping[int, float]) -> Descent:
    """Give runs, by their ids, the rates that were best among those tried; nothing else of them changes."""
    if not best:
        raise InputError("There is no run with a learning rate to tune")
    for run, rate in best.items():
        descent = edits.set_hyper(descent, run, RATE, rate)
    return replace(descent, tuning=tuning)


def end_tuning(descent: Descent) -> Descent:
    """Show no more how the trials spread; the rates stay."""
    return replace(descent, tuning=None)
