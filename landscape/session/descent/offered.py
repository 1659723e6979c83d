"""A run that another workspace hands over, as a search does with a trial."""

from dataclasses import replace
from typing import Any

from landscape.session.descent import edits
from landscape.session.descent.checks import check
from landscape.session.descent.document import Descent


def take_run(descent: Descent, offer: Any) -> Descent:  # noqa: ANN401
    """Add a run with exactly the values of an :class:`~landscape.session.offers.Offer`, on its surface.

    Runs of another surface go; the start, the steps and the schedule become those of the offer.
    """
    if descent.surface != offer.surface:
        chosen = edits.choose_surface(descent, offer.surface)
        descent = replace(chosen, runs=(), basins=None, hyper_map=None, animation=None)
    added = edits.add_run(descent, offer.rule)
    exact = replace(added.runs[-1], rule=offer.rule)
    runs = (*added.runs[:-1], exact)
    return check(replace(added, runs=runs, start=offer.start, steps=offer.steps, schedule=offer.schedule))
