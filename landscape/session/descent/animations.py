"""A descent while one of its parameters runs from one value to another, as films show it."""

from dataclasses import replace

from landscape.catalogue.parameters import Parameter
from landscape.catalogue.scales import value_at
from landscape.catalogue.surfaces import parameters_of
from landscape.session.descent import edits
from landscape.session.descent.document import Descent


def animated(descent: Descent, position: float) -> tuple[Descent, float]:
    """Return the descent, and the value of its animated parameter, at ``position``: 0 is the beginning, 1 the end.

    The value advances evenly on the parameter's own scale, by factors where that is logarithmic. The descent must have
    an animation; what is returned has none.
    """
    animation = descent.animation
    assert animation is not None
    value = _value(animated_parameter(descent), animation.first, animation.last, position)
    bare = replace(descent, animation=None)
    if animation.run is None:
        return edits.set_surface_value(bare, animation.name, value), value
    return edits.set_hyper(bare, animation.run, animation.name, value), value


def animated_parameter(descent: Descent) -> Parameter:
    """Return the parameter that the descent's animation varies."""
    animation = descent.animation
    assert animation is not None
    known = parameters_of(descent.surface) if animation.run is None else descent.run_of(animation.run).parameters
    return next(parameter for parameter in known if parameter.name == animation.name)


def _value(parameter: Parameter, first: float, last: float, position: float) -> float:
    low, high = min(first, last), max(first, last)
    if position in (0.0, 1.0) or low == high:
        return last if position else first
    reachable = {"log": low > 0.0, "log1m": high < 1.0}.get(parameter.scale, True)
    between = replace(parameter, minimum=low, maximum=high, scale=parameter.scale if reachable else "linear")
    return value_at(between, position if first < last else 1.0 - position)
