"""Which range and scale a hyper-parameter is searched on at first, and the axis that suits it in a picture."""

import math
from dataclasses import replace

import numpy as np

from landscape.catalogue.optimizers import UpdateRule, rule_parameters
from landscape.catalogue.parameters import Parameter, Scale
from landscape.errors import InputError
from landscape.search.spaces import Dimension, Space, check_range, ends, values_of
from landscape.session.search.document import Study

USUAL = {
    "lr": Dimension(scale="log", low=1e-4, high=1.0),
    "beta1": Dimension(scale="one_minus_log", low=0.5, high=0.999),
    "beta2": Dimension(scale="one_minus_log", low=0.9, high=0.9999),
    "momentum": Dimension(scale="one_minus_log", low=0.5, high=0.999),
    "alpha": Dimension(scale="one_minus_log", low=0.5, high=0.999),
    "batch_size": Dimension(scale="choice", choices=(8.0, 16.0, 32.0, 64.0, 128.0)),
    "width": Dimension(scale="whole", low=2.0, high=32.0),
    "depth": Dimension(scale="whole", low=1.0, high=4.0),
    "gain": Dimension(scale="linear", low=0.5, high=2.5),
    "l2": Dimension(scale="log", low=1e-6, high=0.1),
}
"""By their names, whatever the rule."""
FEW = 5
"""So many values of a range to choose from."""
SCALES: dict[Scale, str] = {"log": "log", "log1m": "one_minus_log", "integer": "whole"}
DECADES = 1e-6
"""A logarithmic range goes down to this part of its upper end at most."""


def usual_dimension(study: Study, name: str) -> Dimension:
    """Return a hyper-parameter with a range that suits it; InputError where there is none of that name."""
    if name in USUAL:
        return replace(USUAL[name], name=name)
    parameter = _parameter(study.rule, name)
    if parameter is None:
        raise InputError('There is no "{name}" to search', name=name)
    low, high = parameter.minimum, parameter.maximum
    if parameter.scale == "switch":
        return Dimension(name=name, scale="choice", choices=(0.0, 1.0))
    if parameter.scale == "log":
        return Dimension(name=name, scale="log", low=max(low, high * DECADES), high=high)
    if parameter.scale == "log1m":
        return Dimension(name=name, scale="one_minus_log", low=low, high=min(high, 0.9999))
    return Dimension(name=name, scale="whole" if parameter.scale == "integer" else "linear", low=low, high=high)


def on_scale(dimension: Dimension, scale: str) -> Dimension:
    """Return a dimension on another scale: a range becomes whole numbers or a few values of it, and these a range."""
    if scale == dimension.scale:
        return dimension
    low, high = ends(dimension)
    if scale == "choice":
        few = values_of(dimension, np.linspace(0.0, 1.0, FEW))
        rounded = dict.fromkeys(float(f"{value:.3g}") for value in few.tolist())
        return replace(dimension, scale="choice", choices=tuple(rounded))
    if scale == "whole":
        low, high = float(math.floor(low)), float(math.ceil(high))
    return replace(dimension, scale=scale, low=low, high=high, choices=())  # type: ignore[arg-type]


def axes_of(study: Study) -> Space:
    """Return the dimensions with the scales that suit them in a picture, whatever they are drawn by."""
    return tuple(_suited(dimension, _parameter(study.rule, dimension.name)) for dimension in study.dimensions)


def _suited(dimension: Dimension, parameter: Parameter | None) -> Dimension:
    if dimension.scale not in ("linear", "log", "one_minus_log"):
        return dimension
    usual = USUAL.get(dimension.name)
    wanted = usual.scale if usual else SCALES.get(parameter.scale, "linear") if parameter else "linear"
    if wanted not in ("log", "one_minus_log"):
        return replace(dimension, scale="linear")
    try:
        return check_range(replace(dimension, scale=wanted))  # type: ignore[arg-type]
    except InputError:
        return dimension


def _parameter(rule: UpdateRule, name: str) -> Parameter | None:
    return next((one for one in rule_parameters(rule) if one.name == name), None)
