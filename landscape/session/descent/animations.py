"""A session while one of its parameters runs from one value to another, as films show it."""

from dataclasses import replace

from landscape.catalogue.optimizers import rule_parameters
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.scales import value_at
from landscape.catalogue.surfaces import parameters_of
from landscape.session.descent import edits
from landscape.session.session import Session


def animated(session: Session, position: float) -> tuple[Session, float]:
    """Return the session, and the value of its animated parameter, at ``position``: 0 is the beginning, 1 the end.

    The value advances evenly on the parameter's own scale, by factors where that is logarithmic. The session must have
    an animation; what is returned has none.
    """
    animation = session.animation
    assert animation is not None
    value = _value(animated_parameter(session), animation.first, animation.last, position)
    bare = replace(session, animation=None)
    if animation.run is None:
        return edits.set_surface_value(bare, animation.name, value), value
    return edits.set_hyper(bare, _index(session, animation.run), animation.name, value), value


def animated_parameter(session: Session) -> Parameter:
    """Return the parameter that the session's animation varies."""
    animation = session.animation
    assert animation is not None
    known = (
        parameters_of(session.surface)
        if animation.run is None
        else rule_parameters(session.runs[_index(session, animation.run)].rule)
    )
    return next(parameter for parameter in known if parameter.name == animation.name)


def _index(session: Session, color: int) -> int:
    return next(index for index, run in enumerate(session.runs) if run.color == color)


def _value(parameter: Parameter, first: float, last: float, position: float) -> float:
    low, high = min(first, last), max(first, last)
    if position in (0.0, 1.0) or low == high:
        return last if position else first
    reachable = {"log": low > 0.0, "log1m": high < 1.0}.get(parameter.scale, True)
    between = replace(parameter, minimum=low, maximum=high, scale=parameter.scale if reachable else "linear")
    return value_at(between, position if first < last else 1.0 - position)
