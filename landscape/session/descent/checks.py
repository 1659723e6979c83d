"""What a descent may hold: asked by every edit, and of every file that is read."""

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar, get_args

from landscape.catalogue import optimizers, surfaces
from landscape.catalogue.optimizers import State, UpdateRule, live_state, rule_parameters
from landscape.catalogue.parameters import bind
from landscape.catalogue.schedules import drives
from landscape.catalogue.strategies import Strategy
from landscape.catalogue.surfaces import Surface, parameters_of
from landscape.errors import InputError, Listing
from landscape.geometry.levels import LevelScale
from landscape.session import checks
from landscape.session.camera import CAMERA, Camera, StageView
from landscape.session.descent.document import (
    MAX_RUNS,
    Animation,
    ColorMap,
    Comparison,
    Cut,
    CutLine,
    Descent,
    HyperMap,
    Measure,
    Run,
    Tuning,
)

Part = TypeVar("Part")

MAX_NOISE = 1e6
MAX_TRIALS = 1000
REPETITIONS = 10, 1000
"""Fewest and most repetitions of a run that are compared."""
EVALUATIONS = 10, 100_000
"""Fewest and most evaluations of each."""


def check(descent: Descent) -> Descent:
    """Return ``descent`` with all values filled in, if all of it can be used.

    A part says that it is from the catalogue only where its formula is still the catalogue's.

    Raises:
        InputError: says what cannot, and what is allowed.
    """
    runs(len(descent.runs))
    own_ids(descent.runs)
    checked = replace(
        descent,
        surface=_field("surface", partial(checks.surface, descent.surface)),
        runs=tuple(_field(f"runs[{index}]", partial(run, one)) for index, one in enumerate(descent.runs)),
        schedule=_field("schedule", partial(checks.schedule, descent.schedule)),
        start=_field("start", partial(checks.point, descent.start)),
        steps=checks.steps(descent.steps),
        noise=noise(descent.noise),
        batch_size=batch_size(descent.batch_size, descent.surface),
        seed=checks.seed(descent.seed),
        camera=_field("camera", partial(camera, descent.camera)),
        probe=None if descent.probe is None else _field("probe", partial(checks.point, descent.probe)),
        cut=None if descent.cut is None else _field("cut", partial(cut, descent.cut)),
    )
    checks.choice(descent.stage, get_args(StageView))
    checks.choice(descent.colormap, get_args(ColorMap))
    checks.choice(descent.levels, get_args(LevelScale))
    tuning(descent.tuning)
    comparison(descent.comparison)
    return shown(checked)


def camera(given: Camera) -> Camera:
    """Return a camera if all its numbers are in range."""
    for name, (low, high) in CAMERA.items():
        value = getattr(given, name)
        if not low <= value <= high:
            raise InputError(
                "{name} = {value:g} is not possible; it can be {low:g} to {high:g}",
                name=name, value=value, low=low, high=high,
            )  # fmt: skip
    return given


def tuning(given: Tuning | None) -> None:
    """Refuse trials of rates that are none, or of more than ``MAX_TRIALS``."""
    if given is None:
        return
    checks.whole("trials", given.trials, 2, MAX_TRIALS)
    if not 0.0 < given.low < given.high < math.inf:
        raise InputError(
            "Rates are tried from one above 0 to a greater one, not from {low} to {high}",
            low=given.low,
            high=given.high,
        )


def comparison(given: Comparison | None) -> None:
    """Refuse a target that is no number, and more repetitions or evaluations than there is time for."""
    if given is None:
        return
    checks.whole("repetitions", given.repetitions, *REPETITIONS)
    checks.whole("evaluations", given.evaluations, *EVALUATIONS)
    if not math.isfinite(given.target):
        raise InputError("A target must be a finite number, not {given}", given=given.target)


def _field(name: str, make: Callable[[], Part]) -> Part:
    try:
        return make()
    except InputError as error:
        raise InputError('the field "{field}" cannot be used: {problem}', field=name, problem=error) from error


def shown(descent: Descent) -> Descent:
    """Return ``descent`` if the runs and parameters exist that its basins, its map, its animation and so on are of."""
    if descent.basins is not None:
        _of_a_rule(descent, descent.basins)
    if descent.explained is not None:
        descent.run_of(descent.explained)
    if descent.hyper_map is not None:
        _hyper_map(descent, descent.hyper_map)
    if descent.animation is not None:
        _animation(descent, descent.animation)
    if descent.cut is not None:
        _cut(descent, descent.cut)
    return descent


def still_shown(descent: Descent) -> Descent:
    """Return ``descent`` without what an edit has made impossible to show: basins, map and animation."""
    kept_map, kept_animation, kept_basins = descent.hyper_map, descent.animation, descent.basins
    try:
        if kept_basins is not None:
            _of_a_rule(descent, kept_basins)
    except InputError:
        kept_basins = None
    try:
        if kept_map is not None:
            _hyper_map(descent, kept_map)
    except InputError:
        kept_map = None
    try:
        if kept_animation is not None:
            _animation(descent, kept_animation)
    except InputError:
        kept_animation = None
    return replace(descent, hyper_map=kept_map, animation=kept_animation, basins=kept_basins)


def _of_a_rule(descent: Descent, run: int) -> None:
    if descent.run_of(run).strategy is not None:
        raise InputError("Basins and maps are those of an update rule, not of a strategy")


def _animation(descent: Descent, given: Animation) -> None:
    parameters = parameters_of(descent.surface) if given.run is None else descent.run_of(given.run).parameters
    for end in (given.first, given.last):
        bind(parameters, {given.name: end}, given.name)


def cut(given: Cut) -> Cut:
    """Return ``given`` if its ends are two different points."""
    checks.choice(given.along, get_args(CutLine))
    start, end = (checks.point(each) for each in given.ends)
    if start == end:
        raise InputError("A cut needs two different points, not {point} twice", point=start)
    return replace(given, ends=(start, end))


def _cut(descent: Descent, given: Cut) -> None:
    if given.run is not None:
        descent.run_of(given.run)
    if given.along in ("axis_1", "axis_2") and descent.probe is None:
        raise InputError("A cut along an axis needs a probe that the axis goes through")


def _hyper_map(descent: Descent, given: HyperMap) -> None:
    run = descent.run_of(given.run)
    parameters = rule_parameters(run.rule)
    _of_a_rule(descent, given.run)
    driven = drives(descent.schedule_of(run), run.rule.hyper_names)
    if driven in (given.across.name, given.up.name):
        raise InputError('The schedule drives "{name}", so that a map cannot vary it', name=driven)
    if given.across.name == given.up.name:
        raise InputError("A map needs two different hyper-parameters, not {name} twice", name=given.up.name)
    for axis in (given.across, given.up):
        if not axis.low < axis.high:
            raise InputError(
                "An axis needs two ends, the smaller first, not {low} to {high}", low=axis.low, high=axis.high
            )
        for end in (axis.low, axis.high):
            bind(parameters, {axis.name: end}, axis.name)
    checks.choice(given.measure, get_args(Measure))
    if not math.isfinite(given.threshold):
        raise InputError("A threshold must be a finite number, not {given}", given=given.threshold)


def surface(given: Surface) -> Surface:
    """Return ``given`` if it can be used, its domain included."""
    return surfaces.check(given)


def run(given: Run) -> Run:
    """Return ``given`` with the values of its rule and its schedule filled in, if it can be used."""
    checks.name(given.name)
    checks.whole("id", given.id, 0, 2**31)
    checks.whole("color", given.color, 0, MAX_RUNS - 1)
    return replace(
        given,
        rule=checks.rule(given.rule),
        strategy=None if given.strategy is None else strategy(given.strategy),
        state=state(given.state, given.rule),
        start=None if given.start is None else checks.point(given.start),
        schedule=None if given.schedule is None else checks.schedule(given.schedule),
    )


def strategy(given: Strategy) -> Strategy:
    """Return ``given`` with all its values, if it can be used; the rule that it runs is that of its run."""
    from landscape.descent.strategies.strategy import check as check_strategy

    return check_strategy(replace(given, rule=None))


def state(given: State, rule: UpdateRule) -> State:
    """Return ``given`` as finite numbers, without zeros, if a rule remembers that."""
    checked = optimizers.renewed(rule)
    known, count = live_state(checked.rule), 1 if checked.planar else 2
    for name, numbers in given:
        if name not in known:
            raise InputError(
                'The rule remembers nothing called "{name}"; allowed are {allowed}', name=name, allowed=Listing(known)
            )
        if len(numbers) != count or not all(map(math.isfinite, numbers)):
            raise InputError(
                '"{name}" at the start must be as many finite numbers as the rule remembers: {count}',
                name=name, count=count,
            )  # fmt: skip
    floats = ((name, tuple(map(float, numbers))) for name, numbers in given)
    return tuple((name, numbers) for name, numbers in floats if any(numbers))


def runs(count: int) -> None:
    """Refuse more runs than can be told apart."""
    if count > MAX_RUNS:
        raise InputError("There can be {most} runs, as many as can be told apart", most=MAX_RUNS)


def own_ids(given: tuple[Run, ...]) -> None:
    """Refuse two runs of one id: what is shown of one of them could be of the other."""
    ids = [one.id for one in given]
    twice = next((id for id in ids if ids.count(id) > 1), None)
    if twice is not None:
        raise InputError("Two runs have the id {id}; each needs one of its own", id=twice)


def batch_size(given: int, of: Surface) -> int:
    """Return ``given``, from 0 (all rows) to the rows of data that the surface has."""
    if given and not of.rows:
        raise InputError("There are no mini-batches: the surface has no data")
    return checks.whole("batch_size", given, 0, of.rows)


def noise(given: float) -> float:
    """Return ``given`` as a float from 0 to ``MAX_NOISE``."""
    if not 0 <= given <= MAX_NOISE:
        raise InputError("The noise must be from 0 to {most}, not {given}", most=MAX_NOISE, given=given)
    return float(given)
