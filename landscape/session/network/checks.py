"""What an experiment may hold: asked by every edit, and of every file that is read."""

import math
from dataclasses import replace

from landscape.errors import InputError
from landscape.network import network
from landscape.network.data import samples as data
from landscape.network.layout import layout
from landscape.network.training.early_stopping import check_stopping
from landscape.session import checks
from landscape.session.network.document import Experiment


def check(given: Experiment) -> Experiment:
    """Return ``given`` if all of it can be used, its rule and its schedule with all their values.

    Raises:
        InputError: says what cannot, and what is allowed.
    """
    made = replace(
        given, data=data.check(given.data), rule=checks.rule(given.rule), schedule=checks.schedule(given.schedule)
    )
    network.check_training(made.training)
    checks.steps(made.steps)
    checks.seed(made.seed)
    rows = data.samples(made.data)
    check_stopping(made.training, rows)
    for twin in made.twins:
        layout(twin, rows.inputs.shape[1], rows.outputs)
    if not (math.isfinite(made.threshold) and made.threshold > 0):
        raise InputError("A threshold must be a number above 0, not {given}", given=made.threshold)
    return made
