"""What a session may hold: asked by every edit, and of every file that is read."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from landscape.catalogue import optimizers, schedules, surfaces
from landscape.catalogue.optimizers import RATE, UpdateRule
from landscape.catalogue.parameters import bind
from landscape.catalogue.surfaces import Surface, parameters_of
from landscape.errors import InputError
from landscape.geometry.levels import LevelScale
from landscape.session.session import MAX_RUNS, MAX_STEPS, Animation, ColorMap, HyperMap, Measure, Point, Run, Session

MAX_NAME = 60
MAX_TITLE = 120
MAX_SEED = 2**32 - 1
MAX_NOISE = 1e6
THINNEST = 1e-9
"""Width of a domain relative to how far its ends are from 0: below, neighbouring numbers run out."""
WIDTHS = (1e-100, 1e100)
"""Width of a domain: beyond, what drawing multiplies and divides by runs out of numbers, and Qt crashes."""


def check(session: Session) -> Session:
    """Return ``session`` if all of it can be used.

    Raises:
        InputError: says what cannot, and what is allowed.
    """
    surface(session.surface)
    runs(len(session.runs))
    for one in session.runs:
        run(one)
    point(session.start)
    schedules.check(session.schedule)
    steps(session.steps)
    noise(session.noise)
    batch_size(session.batch_size, session.surface)
    seed(session.seed)
    choice(session.colormap, get_args(ColorMap))
    choice(session.levels, get_args(LevelScale))
    title(session.title)
    if session.experiment is not None:
        from landscape.session.network import checks as experiment_checks  # Here, as it asks this module in turn.

        experiment_checks.check(session.experiment)
    return shown(session)


def shown(session: Session) -> Session:
    """Return ``session`` if the runs and parameters exist that its basins, its map and its animation are of."""
    if session.basins is not None:
        _of_color(session, session.basins)
    if session.hyper_map is not None:
        _hyper_map(session, session.hyper_map)
    if session.animation is not None:
        _animation(session, session.animation)
    return session


def still_shown(session: Session) -> Session:
    """Return ``session`` without the map and the animation whose parameters an edit has taken away."""
    kept_map, kept_animation = session.hyper_map, session.animation
    try:
        if kept_map is not None:
            _hyper_map(session, kept_map)
    except InputError:
        kept_map = None
    try:
        if kept_animation is not None:
            _animation(session, kept_animation)
    except InputError:
        kept_animation = None
    return replace(session, hyper_map=kept_map, animation=kept_animation)


def _animation(session: Session, given: Animation) -> None:
    if given.run is None:
        parameters = parameters_of(session.surface)
    else:
        parameters = optimizers.rule_parameters(_of_color(session, given.run).rule)
    for end in (given.first, given.last):
        bind(parameters, {given.name: end}, given.name)


def _of_color(session: Session, color: int) -> Run:
    for one in session.runs:
        if one.color == color:
            return one
    raise InputError("There is no run of colour {color}", color=color)


def _hyper_map(session: Session, given: HyperMap) -> None:
    parameters = optimizers.rule_parameters(_of_color(session, given.run).rule)
    if given.across.name == given.up.name:
        raise InputError("A map needs two different hyper-parameters, not {name} twice", name=given.up.name)
    for axis in (given.across, given.up):
        if not axis.low < axis.high:
            raise InputError(
                "An axis needs two ends, the smaller first, not {low} to {high}", low=axis.low, high=axis.high
            )
        for end in (axis.low, axis.high):
            bind(parameters, {axis.name: end}, axis.name)
    choice(given.measure, get_args(Measure))
    if not math.isfinite(given.threshold):
        raise InputError("A threshold must be a finite number, not {given}", given=given.threshold)


def title(given: Mapping[str, str]) -> None:
    """Refuse a lesson's title without English, or with more than a line of ``MAX_TITLE`` characters."""
    if given and not given.get("en"):
        raise InputError('A title needs an English text, "en"')
    if not all(len(text) <= MAX_TITLE and text.isprintable() for text in given.values()):
        raise InputError("A title is one line of at most {most} characters", most=MAX_TITLE)


def surface(given: Surface) -> Surface:
    """Return ``given`` if it can be used, its domain included."""
    surfaces.check(given)
    narrowest, widest = WIDTHS
    for low, high in given.domain:
        if high - low < max(narrowest, THINNEST * max(abs(low), abs(high))):
            raise InputError("A domain from {low} to {high} is too thin", low=low, high=high)
        if high - low > widest:
            raise InputError("A domain from {low} to {high} is too wide", low=low, high=high)
    return given


def run(given: Run) -> Run:
    """Return ``given`` if it can be used."""
    rule(given.rule)
    name(given.name)
    whole("color", given.color, 0, MAX_RUNS - 1)
    if given.start is not None:
        point(given.start)
    if given.schedule is not None:
        schedules.check(given.schedule)
    return given


def rule(given: UpdateRule) -> UpdateRule:
    """Return ``given`` with all its values; the learning rate must be above 0."""
    checked = optimizers.check(given)
    if RATE in dict(checked.values) and checked.lr <= 0:
        raise InputError("A learning rate must be above 0, not {given}", given=checked.lr)
    return checked


def runs(count: int) -> None:
    """Refuse more runs than can be told apart."""
    if count > MAX_RUNS:
        raise InputError("There can be {most} runs, as many as can be told apart", most=MAX_RUNS)


def point(given: Point) -> Point:
    """Return ``given`` as two floats; both must be finite."""
    x, y = float(given[0]), float(given[1])
    if not (math.isfinite(x) and math.isfinite(y)):
        raise InputError("A point needs two finite numbers, not {given}", given=given)
    return x, y


def name(given: str) -> str:
    """Return ``given`` without space around it; one line of at most ``MAX_NAME`` characters."""
    text = given.strip()
    if len(text) > MAX_NAME:
        raise InputError("A name has {most} characters at most, not {given}", most=MAX_NAME, given=len(text))
    if not text.isprintable():
        raise InputError("A name is one line of text without control characters")
    return text


def steps(given: int) -> int:
    """Return ``given``, from 1 to ``MAX_STEPS``."""
    return whole("steps", given, 1, MAX_STEPS)


def seed(given: int) -> int:
    """Return ``given``, from 0 to 2³² − 1."""
    return whole("seed", given, 0, MAX_SEED)


def batch_size(given: int, of: Surface) -> int:
    """Return ``given``, from 0 (all rows) to the rows of data that the surface has."""
    if given and not of.rows:
        raise InputError("There are no mini-batches: the surface has no data")
    return whole("batch_size", given, 0, of.rows)


def noise(given: float) -> float:
    """Return ``given`` as a float from 0 to ``MAX_NOISE``."""
    if not 0 <= given <= MAX_NOISE:
        raise InputError("The noise must be from 0 to {most}, not {given}", most=MAX_NOISE, given=given)
    return float(given)


def choice(given: str, allowed: tuple[str, ...]) -> None:
    """Refuse what is not among ``allowed``."""
    if given not in allowed:
        raise InputError('"{given}" is not one of {allowed}', given=given, allowed=", ".join(allowed))


def whole(what: str, given: int, lowest: int, highest: int) -> int:
    """Return ``given`` if it is a whole number in the range."""
    if isinstance(given, bool) or not isinstance(given, int) or not lowest <= given <= highest:
        raise InputError(
            '"{name}" must be a whole number from {lowest} to {highest}, not {given}',
            name=what, lowest=lowest, highest=highest, given=given,
        )  # fmt: skip
    return given
