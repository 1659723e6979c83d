"""Learning rates that a person changed by hand while a run went on: a schedule of steps, and its text.

The rates are parts of the run's own one. The text is a tree of ``where``, balanced, so that it is not too deep.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from landscape.catalogue.schedules import Schedule
from landscape.errors import InputError

Change: TypeAlias = tuple[int, float]
"""From which step on, and by what the run's own rate is multiplied."""

CONSTANT = "lr"
MOST_CHANGES = 50
"""More would make a formula that is too long."""
_STEP = re.compile(r"t < (\d+)")
_FACTOR = re.compile(r"([0-9.]+(?:e[+-]?\d+)?)\*lr")


def by_hand(changes: Sequence[Change]) -> str:
    """Return the formula of changes, the first of which is at step 0."""
    if len(changes) == 1:
        return f"{changes[0][1]:.4g}*lr"
    middle = (len(changes) + 1) // 2
    return f"where(t < {changes[middle][0]}, {by_hand(changes[:middle])}, {by_hand(changes[middle:])})"


def changes_of(schedule: Schedule) -> tuple[Change, ...]:
    """Return the changes that a schedule is made of; none where it was not made by hand.

    A constant rate is one that was not changed yet.
    """
    formula = schedule.formula.strip()
    if schedule.warmup:
        return ()
    if formula == CONSTANT:
        return ((0, 1.0),)
    steps = sorted(int(step) for step in _STEP.findall(formula))
    factors = [float(factor) for factor in _FACTOR.findall(formula)]
    # The factors stand in the order of the steps, whatever the tree is.
    if len(factors) != len(steps) + 1:
        return ()
    found = tuple(zip((0, *steps), factors, strict=True))
    return found if by_hand(found) == formula else ()


def changed_by_hand(schedule: Schedule, step: int, factor: float) -> Schedule:
    """Return the schedule with another rate from a step on; what was changed after that step is forgotten.

    Raises:
        InputError: the schedule is not one that is made by hand, or the rate is none, or there are too many changes.
    """
    changes = changes_of(schedule)
    if not changes:
        raise InputError("Only a constant rate can be changed by hand")
    if not (math.isfinite(factor) and factor > 0.0):
        raise InputError("A learning rate must be above 0, not {given}", given=factor)
    kept = [change for change in changes if change[0] < step]
    rounded = float(f"{factor:.4g}")
    if not kept or rounded != kept[-1][1]:
        kept.append((step if kept else 0, rounded))
    if len(kept) > MOST_CHANGES:
        raise InputError("A rate can be changed {most} times by hand", most=MOST_CHANGES)
    return replace(schedule, formula=by_hand(kept), values=(), entry="", described=())
