"""What the session knows of the workspace of surfaces, and what it opens with."""

from collections.abc import Mapping

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface_entries
from landscape.session.descent import edits
from landscape.session.descent.checks import check
from landscape.session.descent.document import Descent
from landscape.session.descent.offered import give_runs, take_run
from landscape.session.offers import RunOffer
from landscape.session.workspaces import SessionPart

DEFAULT_SURFACE = "himmelblau"
DEFAULT_START = (-0.2, 0.7)
DEFAULT_RATES: Mapping[str, float] = {"sgd": 0.005, "momentum": 0.004, "rmsprop": 0.05, "adam": 0.3}
"""On the hill in the middle and lively: where a run goes from here depends on the optimizer."""


def default_descent() -> Descent:
    """Return four optimizers on a surface where they part ways."""
    entry = surface_entries()[DEFAULT_SURFACE]
    descent = Descent(surface=entry.surface, start=DEFAULT_START, steps=entry.steps, schedule=schedule("constant"))
    for run, (name, rate) in enumerate(DEFAULT_RATES.items()):
        descent = edits.set_hyper(edits.add_run(descent, optimizer(name)), run, "lr", rate)
    return descent


WORKSPACE = SessionPart(document=Descent, new=default_descent, check=check, take={RunOffer: take_run}, give=give_runs)
