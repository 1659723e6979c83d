"""The learning rate of one run, changed by hand while it goes on."""

from landscape.catalogue.by_hand import changed_by_hand
from landscape.errors import InputError
from landscape.session.descent import edits
from landscape.session.descent.document import Descent


def change_rate(descent: Descent, run: int | None, step: int, rate: float) -> Descent:
    """Let a run have another rate from a step on, which takes a schedule of its own for it; None: the common one.

    What was changed after that step is forgotten. InputError where the schedule is none that is made by hand.
    """
    if run is None:
        own = descent.runs[0].rule.lr if descent.runs else 1.0
        return edits.set_schedule(descent, changed_by_hand(descent.schedule, step, _factor(rate, own)))
    one = descent.run_of(run)
    return edits.set_schedule(descent, changed_by_hand(descent.schedule_of(one), step, _factor(rate, one.rule.lr)), run)


def _factor(rate: float, own: float) -> float:
    if not rate > 0.0:
        raise InputError("A learning rate must be above 0, not {given}", given=rate)
    return rate / own
