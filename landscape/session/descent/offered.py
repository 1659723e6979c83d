"""Runs that are handed over: by another workspace, as a search does with a trial, and to it."""

from collections.abc import Iterator
from dataclasses import replace

from landscape.session.descent import edits
from landscape.session.descent.checks import check
from landscape.session.descent.document import Descent
from landscape.session.offers import RunOffer


def take_run(descent: Descent, offer: RunOffer) -> Descent:
    """Add a run with exactly the values of an offer, on its surface.

    Runs of another surface go; the start, the steps and the schedule become those of the offer.
    """
    if descent.surface != offer.surface:
        chosen = edits.choose_surface(descent, offer.surface)
        descent = replace(chosen, runs=(), basins=None, hyper_map=None, animation=None)
    added = edits.add_run(descent, offer.rule)
    exact = replace(added.runs[-1], rule=offer.rule)
    runs = (*added.runs[:-1], exact)
    return check(replace(added, runs=runs, start=offer.start, steps=offer.steps, schedule=offer.schedule))


def give_runs(descent: Descent) -> Iterator[RunOffer]:
    """Yield every run of an optimizer, from its own start where it has one."""
    for run in descent.runs:
        if run.strategy is None:
            yield RunOffer(
                surface=descent.surface,
                rule=run.rule,
                schedule=run.schedule or descent.schedule,
                start=run.start or descent.start,
                steps=descent.steps,
            )
