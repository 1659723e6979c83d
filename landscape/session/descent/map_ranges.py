"""Which map of two hyper-parameters shows something of a run at the first look."""

import math
from dataclasses import replace

from landscape.catalogue.optimizers import RATE, UpdateRule, rule_parameters
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.surfaces import Surface, surface_entries
from landscape.geometry.quadratic import curvatures
from landscape.geometry.stability import stable_rate
from landscape.session.descent.document import Axis, Descent, HyperMap

SECOND = ("alpha", "momentum", "beta", "beta2", "rho", "beta1", "nu")
"""What goes up where the learning rate goes across, the first of these that the rule has."""
BELOW, ABOVE = 100.0, 30.0
"""How far an axis goes below and above the run's own value, as factors."""
BEYOND = 2.0
"""How far an axis of rates goes beyond the largest that can be stable, as a factor."""
SPAN = 100.0
"""From one end to the other of such an axis, as a factor."""
FAST, SLOW = 0.9, 0.99
"""Where an axis of decay rates that are close to 1 begins, and where others end."""
SLOWEST = 0.9999
GOOD = 1e-3
"""Part of the loss at the start that is the threshold."""


def mapped_parameters(rule: UpdateRule) -> tuple[Parameter, ...]:
    """Return the hyper-parameters of a rule that can be on an axis: all but switches."""
    return tuple(one for one in rule_parameters(rule) if one.scale != "switch")


def default_map(descent: Descent, run: int) -> HyperMap | None:
    """Return a map of a run that shows where it works and where not; None where it has but one hyper-parameter."""
    names = [one.name for one in mapped_parameters(descent.run_of(run).rule)]
    if len(names) < 2:
        return None
    across = RATE if RATE in names else names[0]
    others = [name for name in names if name != across]
    up = next((name for name in SECOND if name in others), others[0])
    return HyperMap(
        run=run,
        across=default_axis(descent, run, across),
        up=default_axis(descent, run, up),
        threshold=default_threshold(descent, run),
    )


def refitted(descent: Descent) -> HyperMap | None:
    """Return the descent's map with ranges for the surface and the rule as they are now; None where there is none."""
    shown = descent.hyper_map
    if shown is None:
        return None
    run = shown.run
    names = [one.name for one in mapped_parameters(descent.run_of(run).rule)]
    if not {shown.across.name, shown.up.name} <= set(names):
        fresh = default_map(descent, run)
        return fresh and replace(fresh, measure=shown.measure)
    across, up = (default_axis(descent, run, axis.name) for axis in (shown.across, shown.up))
    return replace(shown, across=across, up=up, threshold=default_threshold(descent, run))


def default_axis(descent: Descent, run: int, name: str) -> Axis:
    """Return the range of a hyper-parameter that is worth a look."""
    rule = descent.run_of(run).rule
    parameter = next(one for one in rule_parameters(rule) if one.name == name)
    value = dict(rule.values)[name]
    if parameter.scale == "log1m":
        low = FAST if parameter.default >= 0.99 else parameter.minimum
        high = min(parameter.maximum, SLOWEST if low == FAST else SLOW)
        return Axis(name=name, low=min(low, value), high=max(high, value))
    if parameter.scale != "log":
        return Axis(name=name, low=parameter.minimum, high=parameter.maximum)
    largest = _largest_rate(descent, rule) if name == RATE else None
    if largest is not None:
        return Axis(name=name, low=_short(BEYOND * largest / SPAN), high=_short(BEYOND * largest))
    low, high = max(value / BELOW, parameter.minimum), min(value * ABOVE, parameter.maximum)
    return Axis(name=name, low=_short(low), high=_short(high))


def default_threshold(descent: Descent, run: int) -> float:
    """Return a thousandth of what a run has to lose: its loss at the start above the lowest known one."""
    surface = descent.surface
    return threshold_from(surface, float(surface.value(*descent.start_of(descent.run_of(run)))))


def threshold_from(surface: Surface, begin: float) -> float:
    """Return the loss at which a thousandth is left of what a run has to lose that begins with ``begin``."""
    entry = surface_entries().get(surface.entry)
    lowest = min((value for *_, value in entry.minima), default=0.0) if entry else 0.0
    if not math.isfinite(begin) or begin <= lowest:
        return GOOD
    above = _short(GOOD * (begin - lowest), 1)
    return above if lowest == 0.0 else float(f"{lowest + above:.4g}")


def _largest_rate(descent: Descent, rule: UpdateRule) -> float | None:
    """Return the largest rate that any momentum can make stable on a quadratic; None elsewhere."""
    known = curvatures(descent.surface)
    bound = stable_rate(rule, known[1]) if known else None
    return bound if known is None or bound is None else max(bound, 4.0 / known[1])


def _short(value: float, digits: int = 2) -> float:
    return float(f"{value:.{digits - 1}e}")
