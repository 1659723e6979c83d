"""A parameter of a formula: its default, its range and how it is written."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from landscape.errors import InputError, Listing, nearest, quoted

Scale: TypeAlias = Literal["linear", "log", "log1m", "integer", "switch"]
"""How a slider runs: evenly, by factors, by factors of 1 - value, in whole numbers, or off and on (0 and 1)."""

Described: TypeAlias = "tuple[Parameter, ...]"
"""The parameters of a formula that was typed, as the person described them; those left out are described by their
names alone."""

Values: TypeAlias = tuple[tuple[str, float], ...]
"""Parameter values in the order of the parameters: hashable, so that a bound formula can be a question."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """One adjustable number of a surface, an update rule or a schedule."""

    name: str
    default: float
    minimum: float
    maximum: float
    scale: Scale = "linear"
    symbol: str = ""
    """LaTeX, ``\\beta_1``; empty: the name itself."""


def bind(
    parameters: Iterable[Parameter], given: Mapping[str, object], owner: str, options: Sequence[str] = ()
) -> Values:
    """Return the value of each parameter: what was given, or its default.

    The ranges are for sliders and do not limit what is given here: every finite number is taken, and ``True`` and
    ``False`` for switches.

    Args:
        parameters: What ``owner`` has, in order.
        given: Values by name; may leave parameters out.
        owner: Title or formula that the parameters belong to, for the message.
        options: What else could have been meant where they are given, for the message.

    Raises:
        InputError: for a name that is not among the parameters, and for a value that is not a finite number.
    """
    parameters = tuple(parameters)
    names = [parameter.name for parameter in parameters]
    for name in given:
        if name not in names:
            raise _unknown(name, names, owner, options)
    return tuple((parameter.name, _finite(parameter.name, given.get(parameter.name, parameter.default)))
                 for parameter in parameters)  # fmt: skip


def described(parameters: Iterable[Parameter], own: Described) -> tuple[Parameter, ...]:
    """Return ``parameters``, each as it is described among ``own``, where it is."""
    known = {parameter.name: parameter for parameter in own}
    return tuple(known.get(parameter.name, parameter) for parameter in parameters)


def check_described(own: Described) -> Described:
    """Refuse ranges in which there is nothing, and scales that cannot run over theirs."""
    for one in own:
        least = {"log": 0.0}.get(one.scale, -math.inf)
        most = {"log1m": 1.0}.get(one.scale, math.inf)
        if not (all(map(math.isfinite, (one.minimum, one.maximum, one.default))) and one.minimum < one.maximum):
            raise InputError('The range of "{name}" must run from a smaller number to a greater one', name=one.name)
        if not (one.minimum > least and one.maximum < most):
            raise InputError('The range of "{name}" does not suit its scale, {scale}', name=one.name, scale=one.scale)
    return own


def widened(parameters: Iterable[Parameter], values: Values) -> tuple[Parameter, ...]:
    """Return ``parameters`` with ranges that hold ``values``; linear where its scale cannot reach a value."""
    given = dict(values)
    return tuple(_widened(parameter, given.get(parameter.name, parameter.default)) for parameter in parameters)


def _widened(parameter: Parameter, value: float) -> Parameter:
    if parameter.minimum <= value <= parameter.maximum:
        return parameter
    reachable = {"log": value > 0, "log1m": value < 1, "switch": False}.get(parameter.scale, True)
    return replace(
        parameter,
        minimum=min(parameter.minimum, value),
        maximum=max(parameter.maximum, value),
        scale=parameter.scale if reachable else "linear",
    )


def _unknown(name: str, parameters: list[str], owner: str, options: Sequence[str]) -> InputError:
    names = [*parameters, *options]
    near = nearest(name, names)
    if not parameters and not near:
        return InputError('"{owner}" has no parameters, so "{name}" cannot be set', owner=owner, name=name)
    allowed = Listing(names)
    if near:
        return InputError(
            '"{owner}" has no parameter "{name}"; did you mean "{nearest}"? Allowed are {allowed}',
            owner=owner, name=name, nearest=near, allowed=allowed,
        )  # fmt: skip
    return InputError(
        '"{owner}" has no parameter "{name}"; allowed are {allowed}', owner=owner, name=name, allowed=allowed
    )


def _finite(name: str, value: object) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if isinstance(value, str) or not math.isfinite(number):
        raise InputError('"{name}" must be a finite number, not {given}', name=name, given=quoted(value))
    return number
