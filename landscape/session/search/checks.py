"""What a study may hold: asked by every edit, and of every file that is read."""

import math
from dataclasses import replace
from typing import get_args

from landscape.errors import InputError
from landscape.network.data import samples as data
from landscape.network.layout import layout
from landscape.search.objectives import Measure
from landscape.search.search import check_search
from landscape.search.spaces import check_space
from landscape.search.strategies.registry import StrategyName
from landscape.search.trials import MOST_TRIALS
from landscape.session import checks
from landscape.session.search.document import Study

MOST_ENTRANTS = 4
MOST_REPETITIONS = 500


def check(given: Study) -> Study:
    """Return ``given`` if all of it can be used, its rule and its schedule with all their values.

    Raises:
        InputError: says what cannot, and what is allowed.
    """
    network = given.network and replace(given.network, data=data.check(given.network.data))
    made = replace(
        given,
        surface=checks.surface(given.surface),
        rule=checks.rule(given.rule),
        schedule=checks.schedule(given.schedule),
        start=checks.point(given.start),
        network=network,
    )
    if network is not None:
        rows = data.samples(network.data)
        layout(network.network, rows.inputs.shape[1], rows.outputs)
    checks.steps(made.steps)
    checks.seed(made.seed)
    checks.whole("trials", made.trials, 1, MOST_TRIALS)
    checks.whole("repetitions", made.repetitions, 1, MOST_REPETITIONS)
    checks.choice(made.measure, get_args(Measure))
    for name, value, least in (("threshold", made.threshold, -math.inf), ("noise", made.noise, 0.0)):
        if not (math.isfinite(value) and value >= least):
            raise InputError('"{name}" must be a finite number, not {given}', name=name, given=value)
    check_space(made.dimensions)
    _check_axes(made)
    _check_entrants(made)
    return made


def _check_axes(study: Study) -> None:
    names = [dimension.name for dimension in study.dimensions]
    for shown in (study.across, study.up):
        if shown not in names:
            raise InputError('The picture shows "{name}", which is not searched', name=shown)
    if len(names) > 1 and study.across == study.up:
        raise InputError("A picture needs two different dimensions, not {name} twice", name=study.up)


def _check_entrants(study: Study) -> None:
    identities = [entrant.id for entrant in study.entrants]
    if not 1 <= len(identities) <= MOST_ENTRANTS or len(set(identities)) < len(identities):
        raise InputError("A race has 1 to {most} strategies, each with its own id", most=MOST_ENTRANTS)
    for entrant in study.entrants:
        checks.whole("id", entrant.id, 0, MOST_ENTRANTS - 1)
        checks.choice(entrant.strategy, get_args(StrategyName))
        check_search(study.objective, study.dimensions, entrant.strategy, study.trials)
