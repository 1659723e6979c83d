"""What any document may hold: asked by every edit, and of every file that is read."""

import math
from collections.abc import Mapping
from dataclasses import replace
from numbers import Integral

from landscape.catalogue import optimizers, schedules, surfaces
from landscape.catalogue.optimizers import RATE, UpdateRule
from landscape.catalogue.parameters import bind
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.errors import InputError, Listing
from landscape.session.session import MAX_STEPS, Point

MAX_NAME = 60
MAX_TITLE = 120
MAX_NOTES = 20_000
MAX_SEED = 2**32 - 1


def title(given: Mapping[str, str]) -> None:
    """Refuse a lesson's title without English, or with more than a line of ``MAX_TITLE`` characters."""
    if given and not given.get("en"):
        raise InputError('A title needs an English text, "en"')
    if not all(len(text) <= MAX_TITLE and text.isprintable() for text in given.values()):
        raise InputError("A title is one line of at most {most} characters", most=MAX_TITLE)


def notes(given: str) -> None:
    """Refuse notes of more than ``MAX_NOTES`` characters."""
    if len(given) > MAX_NOTES:
        raise InputError("Notes have {most} characters at most, not {given}", most=MAX_NOTES, given=len(given))


def rule(given: UpdateRule) -> UpdateRule:
    """Return ``given`` with all its values; the learning rate must be above 0.

    It is the catalogue's only while its lines are still the catalogue's.
    """
    given = optimizers.renewed(given)
    own = given if optimizers.entry_of(given) else replace(given, entry="")
    checked = optimizers.check(own)
    if RATE in dict(checked.values) and checked.lr <= 0:
        raise InputError("A learning rate must be above 0, not {given}", given=checked.lr)
    return checked


def schedule(given: Schedule) -> Schedule:
    """Return ``given`` with all its values; the catalogue's only while its formula is still the catalogue's."""
    return schedules.check(given if schedules.entry_of(given) else replace(given, entry=""))


def surface(given: Surface) -> Surface:
    """Return ``given`` with a value for each parameter; the catalogue's only while its formula is still that."""
    entry = surfaces.entry_of(given)
    own = given if entry is not None and entry.model == given.model else replace(given, entry="")
    surfaces.check(own)
    return replace(own, values=bind(surfaces.parameters_of(own), dict(own.values), own.entry or own.formula))


def point(given: Point) -> Point:
    """Return ``given`` as two floats; both must be finite."""
    x, y = map(float, given)
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


def choice(given: str, allowed: tuple[str, ...]) -> None:
    """Refuse what is not among ``allowed``."""
    if given not in allowed:
        raise InputError('"{given}" is not one of {allowed}', given=given, allowed=Listing(allowed))


def whole(what: str, given: int, lowest: int, highest: int) -> int:
    """Return ``given``, which may be one of NumPy's, as a whole number if it is one in the range."""
    if isinstance(given, bool) or not isinstance(given, Integral) or not lowest <= given <= highest:
        raise InputError(
            '"{name}" must be a whole number from {lowest} to {highest}, not {given}',
            name=what, lowest=lowest, highest=highest, given=given,
        )  # fmt: skip
    return int(given)
