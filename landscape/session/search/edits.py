"""Every change a person can make to a study: pure functions from a study to the next.

As in the other workspaces, what cannot be used raises an :class:`~landscape.errors.InputError`.
"""

from dataclasses import replace
from typing import Any

from landscape.catalogue.optimizers import RATE, UpdateRule, rule_parameters
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface, surface_entries
from landscape.errors import InputError
from landscape.search.search import default_start
from landscape.search.spaces import MOST_DIMENSIONS, Dimension, Scale
from landscape.search.strategies.registry import STRATEGIES, StrategyName
from landscape.session.offers import Offer, TrainingOffer
from landscape.session.search import checks
from landscape.session.search.document import Entrant, Study, Trainee
from landscape.session.search.ranges import on_scale, usual_dimension
from landscape.session.session import Point

BATCH = "batch_size"
SECOND = ("beta1", "momentum", "beta", "alpha", "beta2", "rho", "nu")
"""What is searched beside the learning rate, the first of these that a rule has."""


def choose_surface(study: Study, surface: Surface) -> Study:
    """Search runs on another surface, from its own start and for as many steps as it needs."""
    entry = surface_entries().get(surface.entry)
    steps = entry.steps if entry else study.steps
    return _changed(study, surface=surface, start=default_start(surface), steps=steps, network=None)


def choose_rule(study: Study, rule: UpdateRule) -> Study:
    """Search another optimizer; dimensions that it does not have go, and where none is left it gets its own."""
    bare = replace(study, rule=rule)
    kept = tuple(dimension for dimension in study.dimensions if dimension.name in bare.objective.names)
    if len(kept) < min(len(study.dimensions), 2):
        kept = _first_dimensions(bare)
    return _with_dimensions(bare, kept)


def set_hyper(study: Study, name: str, value: float) -> Study:
    """Give a hyper-parameter that is not searched a value."""
    return _changed(study, rule=study.rule.with_values(**{name: value}))


def set_rule(study: Study, rule: UpdateRule) -> Study:
    """Take the lines of another rule."""
    return choose_rule(study, rule)


def set_schedule(study: Study, schedule: Schedule) -> Study:
    """Follow another schedule."""
    return _changed(study, schedule=schedule)


def move_start(study: Study, point: Point) -> Study:
    """Begin the runs somewhere else."""
    return _changed(study, start=point)


def set_number(study: Study, name: str, value: float) -> Study:
    """Give ``trials``, ``steps``, ``seed``, ``repetitions``, ``threshold`` or ``noise`` a value."""
    return _changed(study, **{name: value if name in ("threshold", "noise") else round(value)})


def set_measure(study: Study, measure: str) -> Study:
    """Judge trials by their last loss, or by the steps that they take to the threshold."""
    return _changed(study, measure=measure)


def add_dimension(study: Study, name: str) -> Study:
    """Search one more hyper-parameter, on the range that suits it."""
    if len(study.dimensions) >= MOST_DIMENSIONS:
        raise InputError(
            "A search has 1 to {most} dimensions, not {given}", most=MOST_DIMENSIONS, given=len(study.dimensions) + 1
        )
    return _with_dimensions(study, (*study.dimensions, usual_dimension(study, name)))


def remove_dimension(study: Study, name: str) -> Study:
    """Search one hyper-parameter less."""
    return _with_dimensions(study, tuple(one for one in study.dimensions if one.name != name))


def set_dimension(study: Study, name: str, **changes: Any) -> Study:  # noqa: ANN401
    """Give a dimension another range, scale or choices."""
    dimensions = tuple(replace(one, **changes) if one.name == name else one for one in study.dimensions)
    return _changed(study, dimensions=dimensions)


def set_scale(study: Study, name: str, scale: Scale) -> Study:
    """Draw a dimension by another scale, on a range that suits it: the same draws become other values."""
    dimensions = tuple(on_scale(one, scale) if one.name == name else one for one in study.dimensions)
    return _changed(study, dimensions=dimensions)


def show_axes(study: Study, across: str, up: str) -> Study:
    """Show two of the dimensions; where one takes the place of the other, they change places."""
    if across == up and len(study.dimensions) > 1:
        across, up = (across, study.across) if across != study.across else (study.up, up)
    return _changed(study, across=across, up=up)


def add_entrant(study: Study, strategy: StrategyName | None = None) -> Study:
    """Let one more strategy race: the first that is not among them."""
    taken = [entrant.strategy for entrant in study.entrants]
    fresh = next((name for name in STRATEGIES if name not in taken), "random")
    chosen: Any = strategy or fresh
    free = (identity for identity in range(checks.MOST_ENTRANTS) if identity not in [one.id for one in study.entrants])
    entrant = Entrant(id=next(free, checks.MOST_ENTRANTS), strategy=chosen)
    return _changed(study, entrants=(*study.entrants, entrant))


def change_entrant(study: Study, identity: int, **changes: Any) -> Study:  # noqa: ANN401
    """Give an entrant another strategy, or have it draw evenly."""
    entrants = tuple(replace(one, **changes) if one.id == identity else one for one in study.entrants)
    return _changed(study, entrants=entrants)


def remove_entrant(study: Study, identity: int) -> Study:
    """Take a strategy out of the race; the last one stays."""
    return _changed(study, entrants=tuple(one for one in study.entrants if one.id != identity))


def search_offered(study: Study, offer: Offer) -> Study:
    """Search the hyper-parameters of a run or a training of another workspace."""
    if isinstance(offer, TrainingOffer):
        trainee = Trainee(data=offer.data, network=offer.network, batch_size=offer.batch_size)
        taken = replace(study, rule=offer.rule, schedule=offer.schedule, steps=offer.steps)
        return search_network(taken, trainee)
    run = replace(
        study,
        surface=offer.surface,
        start=offer.start,
        schedule=offer.schedule,
        steps=offer.steps,
        network=None,
    )
    return choose_rule(run, offer.rule)


def search_network(study: Study, trainee: Trainee | None) -> Study:
    """Search the training of a network, with the rule and the schedule as they are; None: runs on the surface again."""
    kept = tuple(entrant for entrant in study.entrants if trainee is None or entrant.strategy != "population")
    changed = replace(study, network=trainee, measure="loss", entrants=kept or study.entrants[:1])
    known = changed.objective.names
    dimensions = tuple(one for one in study.dimensions if one.name in known)
    if len(dimensions) < min(len(study.dimensions), 2):
        dimensions = _first_dimensions(changed)
    return _with_dimensions(changed, dimensions)


def _first_dimensions(study: Study) -> tuple[Dimension, ...]:
    """Return what is searched at first: the rate and what comes after it, of a network the rows of a mini-batch."""
    names = [one.name for one in rule_parameters(study.rule) if one.scale != "switch"]
    if study.network is not None:
        names = [*names[:1], BATCH] if RATE not in names else [RATE, BATCH]
    if not names:
        raise InputError("This optimizer has no hyper-parameter that could be searched")
    first = RATE if RATE in names else names[0]
    second = next((name for name in (*SECOND, *names) if name in names and name != first), None)
    return tuple(usual_dimension(study, name) for name in (first, second) if name)


def _with_dimensions(study: Study, dimensions: tuple[Dimension, ...]) -> Study:
    names = [one.name for one in dimensions]
    if not names:
        raise InputError("A search has 1 to {most} dimensions, not {given}", most=MOST_DIMENSIONS, given=0)
    across = study.across if study.across in names else next((name for name in names if name != study.up), names[0])
    up = (
        study.up
        if study.up in names and study.up != across
        else next((name for name in names if name != across), across)
    )
    return _changed(study, dimensions=dimensions, across=across, up=up)


def _changed(study: Study, **changes: Any) -> Study:  # noqa: ANN401
    return checks.check(replace(study, **changes))
