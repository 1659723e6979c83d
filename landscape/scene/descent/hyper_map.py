"""The map of two hyper-parameters as a layer of the scene, with what theory says about it."""

import math
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.scales import value_at
from landscape.descent.maps import Outcomes
from landscape.geometry.quadratic import curvatures
from landscape.geometry.stability import optimum, stable_rate
from landscape.scene.answers import Answers
from landscape.scene.descent.map_axes import map_axis, place
from landscape.scene.descent.map_question import HyperMapQuestion, along, hyper_map_question
from landscape.scene.descent.text import run_titles
from landscape.scene.identity import kept
from landscape.scene.layers import Heat
from landscape.scene.map_sides import MapMark
from landscape.scene.palette import RUN_COLORS, color_map
from landscape.scene.scene import HyperMapLayer, Scene
from landscape.scene.shades import logarithmic
from landscape.scene.text import number
from landscape.session.descent.document import Descent, HyperMap, Measure
from landscape.translation import Translation

DEEPEST = 1e-18
"""Losses below this part of that at the start are all of the darkest colour."""
ALONG = 257
"""Points of the line of stability."""
UNIT = (0.0, 1.0)


def hyper_map_layer(
    descent: Descent, answers: Answers, say: Translation, previous: Scene | None
) -> HyperMapLayer | None:
    """Return the map that the descent shows, as finely as it is known; until it is, the one that was shown."""
    question, shown = hyper_map_question(descent), descent.hyper_map
    if question is None or shown is None:
        return None
    old = previous.hyper_map if previous else None
    fine = answers.get(question)
    found = answers.finest(question)
    color = RUN_COLORS[descent.run_of(shown.run).color]
    parameters = along(question.rule, shown.across), along(question.rule, shown.up)
    same = old is not None and (old.run, old.across.parameter, old.up.parameter) == (shown.run, *parameters)
    heat, values = _heat(descent, shown, question, found, old if same else None)
    lowest = _lowest(values) if shown.measure == "loss" else 0.0
    # As long as the map is that of another question, of other steps or another threshold, it says of which.
    waits = found is None and heat is not None
    made = HyperMapLayer(
        title=old.title if old is not None and waits else _title(descent, shown, lowest, say),
        measure=shown.measure,
        run=shown.run,
        color=color,
        across=map_axis(parameters[0]),
        up=map_axis(parameters[1]),
        heat=heat,
        values=values,
        lowest=lowest,
        lost=_lost(shown, say) if heat else say("computing…"),
        boundary=_boundary(descent, question, parameters),
        boundary_label=say("limit of stability"),
        marks=_marks(descent, question, parameters, say),
        here=_here(descent, shown, parameters),
        pending=fine is None,
    )
    return kept(old, made)


def values_at(layer: HyperMapLayer, position: tuple[float, float]) -> Mapping[str, float]:
    """Return the values of the two hyper-parameters at a position on the map, by name."""
    parameters = (layer.across.parameter, layer.up.parameter)
    return {one.name: value_at(one, at) for one, at in zip(parameters, position, strict=True)}


def reading(layer: HyperMapLayer, position: tuple[float, float], say: Translation) -> str:
    """Return what the map says at a position: both values, and what became of the run there."""
    values = "\n".join(f"{name} {number(value, 3)}" for name, value in values_at(layer, position).items())
    rows, columns = layer.values.shape
    if not layer.values.size or layer.heat is None:
        return values
    row, column = (min(int(at * count), count - 1) for at, count in zip(position[::-1], (rows, columns), strict=True))
    value = float(layer.values[row, column])
    if layer.measure == "steps":
        told = say("{count} steps", count=int(value)) if value >= 0 else layer.lost
    elif math.isfinite(value):
        above = f"{number(layer.lowest, 3)} + {number(value - layer.lowest, 3)}"
        told = say("loss {value}", value=above if layer.lowest else number(value))
    else:
        told = say("diverged")
    return f"{values}\n{told}"


def _title(descent: Descent, shown: HyperMap, lowest: float, say: Translation) -> str:
    name = run_titles(descent, say)[shown.run]
    if shown.measure == "steps":
        told = say("{run}: steps to a loss of {threshold}", run=name, threshold=number(shown.threshold))
    elif lowest:
        above = number(lowest, 3)
        told = say("{run}: loss above {lowest} after {steps} steps", run=name, lowest=above, steps=descent.steps)
    else:
        told = say("{run}: loss after {steps} steps", run=name, steps=descent.steps)
    # The map knows no mini-batches.
    return f"{told} · {say('all data')}" if descent.batch_size else told


def _lost(shown: HyperMap, say: Translation) -> str:
    return say("diverged, or not below the start") if shown.measure == "loss" else say("never that low")


def _heat(
    descent: Descent, shown: HyperMap, question: HyperMapQuestion, found: Outcomes | None, old: HyperMapLayer | None
) -> tuple[Heat | None, NDArray[np.float64] | NDArray[np.int64]]:
    """Return the colours and what they stand for; those of the old map while there is nothing new."""
    colors = color_map(descent.colormap)
    if old is not None and old.measure == shown.measure:
        values = _values(found, shown.measure) if found else old.values
        if values is old.values and (old.heat is None or old.heat.colors is colors):
            return old.heat, values
    if found is None:
        return None, np.empty((0, 0))
    if shown.measure == "steps":
        shade, ticks = _shades_of_steps(found.steps, question.steps)
    else:
        shade, ticks = _shades_of_losses(found.losses, float(descent.surface.value(*question.start)))
    values = _values(found, shown.measure)
    heights = np.where(np.isnan(shade), np.nan, values)
    heights.flags.writeable = False
    heat = Heat(shade=shade, values=heights, x=UNIT, y=UNIT, colors=colors, ticks=ticks)
    return heat, values


def _values(found: Outcomes, measure: Measure) -> NDArray[np.float64] | NDArray[np.int64]:
    return found.steps if measure == "steps" else found.losses


def _shades_of_losses(
    losses: NDArray[np.float64], begin: float
) -> tuple[NDArray[np.float32], tuple[tuple[float, str], ...]]:
    """Return the shades of losses by their logarithm, up to that at the start; NaN where it was not undercut."""
    with np.errstate(invalid="ignore"):
        good = losses < (begin if math.isfinite(begin) else math.inf)
    if not good.any():
        return np.full(losses.shape, np.nan, dtype=np.float32), ()
    lowest = _lowest(losses)
    above = np.where(good, losses - lowest, np.nan)
    top = begin - lowest if math.isfinite(begin) else float(np.nanmax(above))
    bottom = max(float(np.min(above, where=above > 0, initial=top)), top * DEEPEST)
    return logarithmic(above, bottom, top)


def _lowest(losses: NDArray[np.float64] | NDArray[np.int64]) -> float:
    """Return the lowest loss where that is below 0, else 0."""
    return float(np.min(losses, where=np.isfinite(losses), initial=0.0))


def _shades_of_steps(steps: NDArray[np.int64], most: int) -> tuple[NDArray[np.float32], tuple[tuple[float, str], ...]]:
    """Return the shades of numbers of steps by their logarithm; NaN where the threshold was never reached."""
    reached = np.where(steps >= 0, np.maximum(steps, 1).astype(np.float64), np.nan)
    least = float(np.min(reached, where=steps >= 0, initial=float(max(most, 2))))
    return logarithmic(reached, least, float(max(most, 2)))


def _theory(descent: Descent, question: HyperMapQuestion) -> tuple[float, float] | None:
    """Return the curvatures of a quadratic on which the rate stays what it is; None where theory is not exact."""
    constant = question.schedule.formula == "lr" and question.schedule.warmup == 0
    known = curvatures(descent.surface)
    return known if constant and known is not None and known[0] >= 0.0 else None


def _boundary(
    descent: Descent, question: HyperMapQuestion, parameters: tuple[Parameter, Parameter]
) -> NDArray[np.float64]:
    """Return the line beyond which the rule diverges, (k, 2), NaN where it is off the map; none without theory."""
    known = _theory(descent, question)
    names = [one.name for one in parameters]
    if known is None or "lr" not in names:
        return np.empty((0, 2))
    rated = names.index("lr")
    return _line(question.rule, parameters[rated], parameters[1 - rated], rated, known[1])


@lru_cache(maxsize=16)
def _line(rule: UpdateRule, rate: Parameter, other: Parameter, rated: int, most: float) -> NDArray[np.float64]:
    points = np.full((ALONG, 2), np.nan)
    for index, at in enumerate(np.linspace(0.0, 1.0, ALONG).tolist()):
        bound = _bound(rule, other.name, value_at(other, at), most)
        points[index, 1 - rated] = at
        points[index, rated] = math.nan if bound is None else place(rate, bound)
    points[np.isnan(points).any(axis=1)] = np.nan
    points.flags.writeable = False
    return points if np.isfinite(points).any() else np.empty((0, 2))


def _bound(rule: UpdateRule, name: str, value: float, most: float) -> float | None:
    return stable_rate(rule.with_values(**{name: value}), most)


def _marks(
    descent: Descent, question: HyperMapQuestion, parameters: tuple[Parameter, Parameter], say: Translation
) -> tuple[MapMark, ...]:
    """Return the best point that theory knows, and beside it what is best without momentum."""
    known = _theory(descent, question)
    names = [one.name for one in parameters]
    if known is None or known[0] <= 0.0 or _decays(question.rule, names):
        return ()
    found = []
    best = optimum(question.rule, *known)
    if best is not None and set(best) <= set(names):
        found.append((say("optimum"), {"weight_decay": 0.0, **best}))
    if question.rule.entry == "momentum" and "momentum" in names:
        # 2/((1 - τ)(L + m)) is the limit of stability for the sum of the two.
        rate = _bound(question.rule, "momentum", 0.0, sum(known))
        found += [] if rate is None else [(say("without momentum"), {"lr": rate, "momentum": 0.0})]
    marks = []
    for label, values in found:
        if set(names) <= set(values):
            point = tuple(place(one, values[one.name]) for one in parameters)
            if not any(map(math.isnan, point)):
                marks.append(MapMark(point=(point[0], point[1]), label=label))
    return tuple(marks)


def _decays(rule: UpdateRule, mapped: list[str]) -> bool:
    return "weight_decay" not in mapped and dict(rule.values).get("weight_decay", 0.0) != 0.0


def _here(descent: Descent, shown: HyperMap, parameters: tuple[Parameter, Parameter]) -> tuple[float, float] | None:
    """Return where the run itself stands; None off the map."""
    values = dict(descent.run_of(shown.run).rule.values)
    across, up = (place(one, values[one.name]) for one in parameters)
    return None if math.isnan(across) or math.isnan(up) else (across, up)
