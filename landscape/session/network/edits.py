"""Every change a person can make to networks in training: pure functions from an experiment to the next.

As in :mod:`landscape.session.descent.edits`, what cannot be used raises an :class:`~landscape.errors.InputError`. The
networks are named by their place: 0 and 1.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from landscape.catalogue.optimizers import RATE, UpdateRule, optimizer_entries
from landscape.catalogue.schedules import Schedule
from landscape.errors import InputError
from landscape.network.data.datasets import DATASETS
from landscape.network.data.samples import Data, samples
from landscape.network.data.samples import check as check_data
from landscape.network.network import Loss
from landscape.session.network import checks
from landscape.session.network.document import Experiment

LOSSES: Mapping[str, Loss] = {
    "classes": "cross_entropy", "labels": "binary_cross_entropy", "values": "squared_error",
}  # fmt: skip
"""What suits what there is to learn."""
RATES = {"gradient": 0.1, "momentum": 0.02, "adaptive": 0.01, "sign": 0.001, "accumulating": 0.05, "adadelta": 1.0}
"""The learning rate to begin with for each family of optimizers."""


def choose_data(experiment: Experiment, name: str) -> Experiment:
    """Train on another data set, with what suits it; how the inputs are moved, scaled and split stays.

    Both networks take the squared error where values are to be predicted, a sigmoid per class where a row may have
    several labels, and the cross-entropy of the softmax again for classes.
    """
    kept = experiment.data
    data = replace(kept, name=name, values=(), noise=None, formula="")
    return _with_data(experiment, data)


def take_data(experiment: Experiment, data: Data) -> Experiment:
    """Train on the rows of a person's own, with the shift, scale and split that there were."""
    kept = experiment.data
    moved = replace(
        data,
        shift=kept.shift,
        scale=kept.scale,
        standardize=kept.standardize,
        test_share=kept.test_share,
        seed=kept.seed,
    )
    return _with_data(experiment, moved)


def draw_points(experiment: Experiment) -> Experiment:
    """Make the present rows points of the person's own, which can be added to.

    Raises:
        InputError: where the data are not classes of points in the plane.
    """
    rows = samples(experiment.data)
    if not rows.classes or rows.several or rows.inputs.shape[1] != 2:
        raise InputError("Points can be drawn where the data are classes of two inputs")
    inputs = np.concatenate((rows.inputs, rows.test_inputs))
    targets = np.concatenate((rows.targets, rows.test_targets))
    table = zip((*rows.titles, "class"), (*inputs.T.tolist(), targets.astype(float).tolist()), strict=True)
    kept = experiment.data
    drawn = Data(
        name="points",
        columns=tuple((name, tuple(column)) for name, column in table),
        labels=rows.labels,
        test_share=kept.test_share,
        seed=kept.seed,
    )
    return _with_data(experiment, drawn)


def add_point(experiment: Experiment, place: tuple[float, float], label: int) -> Experiment:
    """Add a point of class ``label`` to points of the person's own; InputError where the data are others."""
    data = experiment.data
    if data.name != "points" or len(data.columns) != 3:
        raise InputError("Points can be added to points of your own in the plane")
    values = (*place, float(label))
    columns = tuple((name, (*column, value)) for (name, column), value in zip(data.columns, values, strict=True))
    return set_data(experiment, columns=columns)


def set_data(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401
    """Give fields of :class:`~landscape.network.data.samples.Data` other values."""
    return _with_data(experiment, replace(experiment.data, **changes))


def set_data_value(experiment: Experiment, name: str, value: float) -> Experiment:
    """Give a parameter of the data set a value."""
    data = experiment.data
    return set_data(experiment, values=tuple({**dict(data.values), name: value}.items()))


def set_option(experiment: Experiment, name: str, value: object, twin: int | None = None) -> Experiment:
    """Give the field ``name`` of one of the networks a value, or where ``twin`` is None, of both."""
    changes: dict[str, Any] = {name: value}
    first, second = experiment.twins
    return _changed(
        experiment,
        twins=(
            replace(first, **changes) if twin != 1 else first,
            replace(second, **changes) if twin != 0 else second,
        ),
    )


def join_option(experiment: Experiment, name: str) -> Experiment:
    """Let both networks have what the first one has."""
    return set_option(experiment, name, getattr(experiment.twins[0], name), 1)


def choose_rule(experiment: Experiment, rule: UpdateRule) -> Experiment:
    """Take another optimizer, with a learning rate that suits networks."""
    entry = optimizer_entries().get(rule.entry)
    rate = RATES.get(entry.family) if entry else None
    return set_rule(experiment, rule.with_values(lr=rate) if rate and RATE in dict(rule.values) else rule)


def set_rule(experiment: Experiment, rule: UpdateRule) -> Experiment:
    """Take the lines of another rule, its hyper-parameters as they are."""
    return _changed(experiment, rule=rule)


def set_hyper(experiment: Experiment, name: str, value: float) -> Experiment:
    """Give a hyper-parameter of the optimizer a value."""
    return _changed(experiment, rule=experiment.rule.with_values(**{name: value}))


def set_schedule(experiment: Experiment, schedule: Schedule) -> Experiment:
    """Follow another schedule."""
    return _changed(experiment, schedule=schedule)


def set_training(experiment: Experiment, name: str, value: float | str | None) -> Experiment:
    """Give ``steps``, ``batch_size``, ``seed``, ``precision``, ``threshold`` or ``early_stopping`` a value."""
    return _changed(experiment, **{name: value})


def _changed(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401
    return checks.check(replace(experiment, **changes))


def _with_data(experiment: Experiment, data: Data) -> Experiment:
    """Train on ``data``; what the networks measure follows what there is to learn."""
    data = check_data(data)
    predicts = DATASETS[data.name].predicts
    if predicts == DATASETS[experiment.data.name].predicts:
        return _changed(experiment, data=data)
    first, second = (replace(twin, loss=LOSSES[predicts], filters=0) for twin in experiment.twins)
    return _changed(experiment, data=data, twins=(first, second))
