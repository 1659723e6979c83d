"""What a search may vary: dimensions with a range and a scale, and the values that evenly drawn numbers become.

A strategy draws *units*, numbers in [0, 1]; only here do they become values. So the same draws can be seen on another
scale: a learning rate drawn evenly from [0.0001, 1] is above 0.1 nine times out of ten, one drawn by its logarithm once
in four.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from numbers import Real
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.arguments import checked
from landscape.errors import InputError, Listing

Scale: TypeAlias = Literal["linear", "log", "one_minus_log", "whole", "choice"]
"""Evenly, by factors, by factors of 1 − value, in whole numbers, or one of a few values."""
Array: TypeAlias = NDArray[np.float64]

MOST_DIMENSIONS = 4
MOST_CHOICES = 64


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """One hyper-parameter of a search."""

    name: str = ""
    scale: Scale = "linear"
    low: float = 0.0
    high: float = 1.0
    choices: tuple[float, ...] = ()
    """Of the scale ``"choice"``, which has no range."""

    @property
    def count(self) -> int:
        """How many different values there are; 0: any number."""
        if self.scale == "choice":
            return len(self.choices)
        return round(self.high - self.low) + 1 if self.scale == "whole" else 0


Space: TypeAlias = tuple[Dimension, ...]


@checked
def linear(low: float, high: float) -> Dimension:
    """Return a dimension that is drawn evenly from ``low`` to ``high``."""
    return check_range(Dimension(name="", scale="linear", low=low, high=high))


@checked
def log(low: float, high: float) -> Dimension:
    """Return a dimension whose logarithm is drawn evenly: rates, factors; ``low`` is above 0."""
    return check_range(Dimension(name="", scale="log", low=low, high=high))


@checked
def one_minus_log(low: float, high: float) -> Dimension:
    """Return a dimension that is drawn by the logarithm of 1 − value: β from .9 to .999; ``high`` is below 1."""
    return check_range(Dimension(name="", scale="one_minus_log", low=low, high=high))


@checked
def whole(low: int, high: int) -> Dimension:
    """Return a dimension of whole numbers, each as likely, both ends among them."""
    return check_range(Dimension(name="", scale="whole", low=_as_float(low), high=_as_float(high)))


@checked
def choice(*values: float) -> Dimension:
    """Return a dimension of a few values, each as likely."""
    if not all(isinstance(value, Real) for value in values):
        raise InputError('"{name}" needs 1 to {most} finite numbers to choose from', name="choice", most=MOST_CHOICES)
    return check_range(Dimension(name="", scale="choice", choices=tuple(map(_as_float, values))))


def _as_float(given: float) -> float:
    """Return the nearest float; infinity for what is beyond them all, which no range can hold."""
    try:
        return float(given)
    except OverflowError:
        return math.inf if given > 0 else -math.inf


def check_range(dimension: Dimension) -> Dimension:
    """Return ``dimension`` if its scale can run over its range.

    Raises:
        InputError: for an unknown scale, a range in which there is nothing, or one that does not suit the scale.
    """
    name, scale, low, high = dimension.name or "range", dimension.scale, dimension.low, dimension.high
    if scale not in get_args(Scale):
        raise InputError('"{given}" is not one of {allowed}', given=scale, allowed=Listing(get_args(Scale)))
    if scale == "choice":
        if not 1 <= len(dimension.choices) <= MOST_CHOICES or not all(map(math.isfinite, dimension.choices)):
            raise InputError('"{name}" needs 1 to {most} finite numbers to choose from', name=name, most=MOST_CHOICES)
        return dimension
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise InputError('The range of "{name}" must run from a smaller number to a greater one', name=name)
    if scale == "log" and low <= 0.0:
        raise InputError('The range of "{name}" must be above 0 on a logarithmic scale', name=name)
    if scale == "one_minus_log" and high >= 1.0:
        raise InputError('The range of "{name}" must be below 1 on the scale of 1 − value', name=name)
    if scale == "log" and math.isinf(high / low):
        raise InputError('The range of "{name}" does not suit its scale, {scale}', name=name, scale=scale)
    if scale == "whole" and not (low == round(low) and high == round(high)):
        raise InputError('The range of "{name}" must run from a whole number to another', name=name)
    return dimension


def check_space(space: Space) -> Space:
    """Return ``space`` if it can be searched: one to four dimensions with names of their own."""
    if not 1 <= len(space) <= MOST_DIMENSIONS:
        raise InputError("A search has 1 to {most} dimensions, not {given}", most=MOST_DIMENSIONS, given=len(space))
    names = [dimension.name for dimension in space]
    for name in names:
        if names.count(name) > 1:
            raise InputError('The dimension "{name}" is there twice', name=name)
    for dimension in space:
        check_range(dimension)
    return space


def named_space(given: Mapping[str, Dimension]) -> Space:
    """Return the dimensions with the names that they are given under."""
    return check_space(tuple(replace(dimension, name=name) for name, dimension in given.items()))


def ends(dimension: Dimension) -> tuple[float, float]:
    """Return the least and the greatest value."""
    if dimension.scale == "choice":
        return min(dimension.choices), max(dimension.choices)
    return dimension.low, dimension.high


def values_of(dimension: Dimension, units: ArrayLike) -> Array:
    """Return the values of units in [0, 1]; beyond them the ends."""
    at = np.clip(np.asarray(units, np.float64), 0.0, 1.0)
    low, high = dimension.low, dimension.high
    match dimension.scale:
        case "log":
            found = np.exp(math.log(low) + at * math.log(high / low))
        case "one_minus_log":
            first, last = math.log(1.0 - low), math.log(1.0 - high)
            found = 1.0 - np.exp(first + at * (last - first))
        case "whole":
            return low + np.minimum(np.floor(at * dimension.count), dimension.count - 1)
        case "choice":
            return np.array(dimension.choices)[np.minimum(at * dimension.count, dimension.count - 1).astype(np.intp)]
        case _:
            found = low * (1.0 - at) + high * at
    # The ends are exact: rounding must not put them off the range.
    ends: Array = np.where(at == 0.0, low, np.where(at == 1.0, high, found))
    return ends


def units_of(dimension: Dimension, values: ArrayLike) -> Array:
    """Return where values are, in [0, 1]: whole numbers and choices in the middle of their part; NaN off the range."""
    given = np.asarray(values, np.float64)
    low, high = dimension.low, dimension.high
    with np.errstate(all="ignore"):
        match dimension.scale:
            case "log":
                at = np.log(given / low) / math.log(high / low)
            case "one_minus_log":
                at = np.log((1.0 - given) / (1.0 - low)) / math.log((1.0 - high) / (1.0 - low))
            case "whole":
                at = (np.round(given) - low + 0.5) / dimension.count
            case "choice":
                apart = np.abs(given[..., None] - np.array(dimension.choices))
                place = (apart.argmin(axis=-1) + 0.5) / dimension.count
                at = np.where(apart.min(axis=-1) == 0.0, place, np.nan)
            case _:
                at = (given - low) / (high - low)
    inside = (at >= -1e-12) & (at <= 1.0 + 1e-12)
    return np.where(inside, np.clip(at, 0.0, 1.0), np.nan)


def table_of(space: Space, units: Array) -> Array:
    """Return the values of units (k, dimensions), (dimensions, k)."""
    columns = [values_of(dimension, units[:, place]) for place, dimension in enumerate(space)]
    return np.stack(columns) if columns else np.empty((0, len(units)))


def evenly(space: Space) -> Space:
    """Return the space in which every range is drawn evenly, whatever its scale."""
    return tuple(replace(one, scale="linear") if one.scale in ("log", "one_minus_log") else one for one in space)


def rescaled(units: Array, old: Space, new: Space) -> Array:
    """Return where the values of units on one scale stand on another one of the same range."""
    if old == new:
        return units
    pairs = zip(old, new, strict=True)
    columns = [units_of(to, values_of(of, units[:, place])) for place, (of, to) in enumerate(pairs)]
    return np.stack(columns, axis=1)


def snapped(space: Space, units: Array) -> Array:
    """Return where the values of units stand: those of whole numbers and choices in the middle of their parts."""
    columns = [
        units_of(one, values_of(one, units[:, place])) if one.count else units[:, place]
        for place, one in enumerate(space)
    ]
    return np.stack(columns, axis=1)


def values_by_name(space: Space, units: Sequence[float]) -> dict[str, float]:
    """Return the values of one point by name."""
    return {dimension.name: float(values_of(dimension, at)) for dimension, at in zip(space, units, strict=True)}
