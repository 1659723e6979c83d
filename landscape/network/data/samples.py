"""Training and test data: described by a frozen value, and the samples that are made from it."""

import math
from dataclasses import dataclass, fields, replace
from functools import cached_property
from numbers import Real
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.formulas import named
from landscape.catalogue.parameters import Values, bind
from landscape.descent.noise import batches, normals, uniforms
from landscape.errors import InputError, quoted
from landscape.memory import bounded
from landscape.network.data.datasets import DATASETS, Columns, Dataset, Draw

Targets: TypeAlias = NDArray[np.int64] | NDArray[np.float64]

MOST_ROWS = 10_000
MOST_OWN_ROWS = 200_000
"""Of columns of a person's own."""
MOST_INPUTS = 64
MOST_CLASSES = 10
_NOISE = 1 << 24
"""Random numbers of the noise begin behind those of the points."""
_MISTAKES = 1 << 28
"""Those of the mistakes in the labels begin behind them."""
_RANGES = (
    ("imbalance", 0.0, 0.95), ("shift", -1000.0, 1000.0), ("scale", -1000.0, 1000.0), ("test_share", 0.0, 0.9),
    ("label_noise", 0.0, 1.0), ("test_scale", -1000.0, 1000.0),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Data:
    """A data set of ``DATASETS`` and what is done to it."""

    name: str = "spirals"
    samples: int = 400
    """Rows altogether, those of the test included. Columns of one's own are taken with all their rows."""
    values: Values = ()
    """Of the data set's parameters; those left out have their defaults."""
    noise: float | None = None
    """Standard deviation of what is added to each input, or to the values to be predicted; None: the data set's own."""
    imbalance: float = 0.0
    """From 0 to 0.95: how much smaller each class is than the one before it, as a share of that."""
    shift: float = 0.0
    scale: float = 1.0
    """Every input u becomes scale·u + shift."""
    standardize: bool = False
    """Whether each input then loses its mean and is divided by its standard deviation, those of the training part."""
    label_noise: float = 0.0
    """Share of the training rows, from 0 to 1, that are said to be of another class than they are, drawn at random; of
    several labels a row the share of the labels that are told wrongly."""
    test_scale: float = 1.0
    """By which the inputs of the test part are multiplied besides: data that changed since the training."""
    test_share: float = 0.25
    """Share of the rows that is kept apart from training, from 0 to 0.9."""
    seed: int = 0
    """Decides the points, their noise and the split."""
    formula: str = ""
    """For the data sets that need one; empty: their own."""
    columns: Columns = ()
    """For the data sets that are a person's own: equally long columns by name, the target last; classes from 0 on."""
    labels: tuple[str, ...] = ()
    """Names of the classes in ``columns``; empty: their numbers."""

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Computed once: what is asked about data is looked up many times, columns and all."""
        return hash(tuple(getattr(self, field.name) for field in fields(self)))


@dataclass(frozen=True, kw_only=True, eq=False)
class Samples:
    """The rows, read-only, in a random order."""

    inputs: NDArray[np.float64]
    """(n, d), the training part."""
    targets: Targets
    """(n,) classes, int64; (n, classes) labels, int64, 1 for each that a row has; or (n, 1) values, float64."""
    test_inputs: NDArray[np.float64]
    """(m, d)."""
    test_targets: Targets
    """(m,), (m, classes) or (m, 1)."""
    classes: int
    """How many; 0 where values are to be predicted."""
    titles: tuple[str, ...]
    """(d,), names of the inputs."""
    labels: tuple[str, ...]
    """(classes,), names of the classes."""

    @property
    def several(self) -> bool:
        """Whether a row may have several classes, or none: its labels."""
        return labelled(self.targets)

    @property
    def outputs(self) -> int:
        """What a network for these data computes: a number for each class, or one."""
        return self.classes or 1


def labelled(targets: Targets) -> bool:
    """Tell whether targets are labels, of which a row may have several."""
    return targets.ndim == 2 and bool(np.issubdtype(targets.dtype, np.integer))


def check(data: Data) -> Data:
    """Return ``data`` if it can be made, with all parameters in ``values``.

    Raises:
        InputError: says which field cannot be used, and what can; a FormulaError where a place in a formula is to
            blame.
    """
    dataset = named(DATASETS, data.name)
    _within("seed", data.seed, 0, 2**31, whole=True)
    _within("noise", noise_of(data), 0.0, 100.0)
    for field, least, most in _RANGES:
        _within(field, getattr(data, field), least, most)
    values = bind(dataset.parameters, dict(data.values), data.name)
    for parameter, (name, value) in zip(dataset.parameters, values, strict=True):
        if parameter.scale == "integer":
            _within(name, value, int(parameter.minimum), int(parameter.maximum), whole=True)
    _within("samples", data.samples, max(4, _classes(dataset, values)), MOST_ROWS, whole=True)
    if dataset.has_columns:
        _check_columns(data.columns, dataset)
    made = replace(data, values=values)
    if dataset.formula:
        _rows(made)
    return made


def noise_of(data: Data) -> float:
    """Return the noise that is meant: what was given, or the data set's own."""
    return named(DATASETS, data.name).noise if data.noise is None else data.noise


@bounded(32, megabytes=64)
def samples(data: Data) -> Samples:
    """Return the rows of ``data``: the same on every computer, but for the last digit.

    The test part is the end of the random order, so that another share only moves rows from one part to the other.

    Raises:
        InputError: for a field that cannot be used.
    """
    data = check(data)
    inputs, targets, classes = _rows(data)
    order = batches(data.seed, 1, len(inputs), len(inputs))[0]
    split = len(order) - min(round(data.test_share * len(order)), len(order) - 1)
    inputs, targets = data.scale * inputs[order] + data.shift, targets[order]
    if data.standardize:
        inputs = _standardized(inputs, split)
    if data.label_noise and classes > 1:
        targets = _mistaken(data, targets, split, classes)
    if data.test_scale != 1.0:
        inputs[split:] *= data.test_scale
    for array in (inputs, targets):
        array.flags.writeable = False
    return Samples(
        inputs=inputs[:split],
        targets=targets[:split],
        test_inputs=inputs[split:],
        test_targets=targets[split:],
        classes=classes,
        titles=_titles(data, inputs.shape[1]),
        labels=_labels_of(data, classes),
    )


def _rows(data: Data) -> tuple[NDArray[np.float64], Targets, int]:
    """Return inputs with their noise, targets, and the number of classes."""
    dataset = DATASETS[data.name]
    classes = _classes(dataset, data.values)
    labels = _labels(data.samples, classes, data.imbalance)
    made = dataset.make(
        Draw(
            labels=labels,
            chance=uniforms(data.seed, len(labels), 3),
            normal=normals(data.seed, len(labels), 2),
            values=dict(data.values),
            formula=data.formula or dataset.formula,
            columns=data.columns,
            seed=data.seed,
        )
    )
    inputs, targets = made
    if not classes:
        values_wanted = targets[:, None] + noise_of(data) * normals(data.seed, len(inputs), 1, _NOISE)
        return inputs, values_wanted, 0
    moved = inputs + noise_of(data) * normals(data.seed, len(inputs), inputs.shape[1], _NOISE)
    return moved, targets, max(classes, int(targets.max()) + 1)


def _classes(dataset: Dataset, values: Values) -> int:
    """Return how many classes there are at least; 0 where values are to be predicted."""
    return int(dict(values).get("classes", dataset.classes)) if dataset.predicts != "values" else 0


def _labels(rows: int, classes: int, imbalance: float) -> NDArray[np.int64]:
    """Return the class of each row, sorted; every class has at least one."""
    if not classes:
        return np.zeros(rows, dtype=np.int64)
    share = (1.0 - imbalance) ** np.arange(classes)
    ends = np.round(rows * np.cumsum(share) / share.sum()).astype(np.int64)
    ends = np.maximum(ends, np.arange(1, classes + 1))
    return np.searchsorted(ends, np.arange(rows), side="right").astype(np.int64)


def _mistaken(data: Data, targets: Targets, split: int, classes: int) -> NDArray[np.int64]:
    """Return the classes as they are told: of some training rows another one, each as likely; a larger share adds."""
    if labelled(targets):
        wrong = uniforms(data.seed, len(targets), classes, _MISTAKES) <= data.label_noise
        wrong[split:] = False
        return np.where(wrong, 1 - targets, targets).astype(np.int64)
    chance = uniforms(data.seed, len(targets), 2, _MISTAKES)
    away = 1 + np.minimum((chance[:, 1] * (classes - 1)).astype(np.int64), max(classes - 2, 0))
    told = np.where(chance[:, 0] <= data.label_noise, (targets + away) % classes, targets).astype(np.int64)
    told[split:] = targets[split:]
    return told


def _standardized(inputs: NDArray[np.float64], split: int) -> NDArray[np.float64]:
    with np.errstate(all="ignore"):
        mean, deviation = inputs[:split].mean(axis=0), inputs[:split].std(axis=0)
        # What never changes, as a corner of a picture, would be divided by 0, or by what rounding made of it.
        changes = deviation > 1e-12 * np.abs(inputs[:split]).max(axis=0)
        return np.asarray((inputs - mean) / np.where(changes, deviation, 1.0))


def _titles(data: Data, inputs: int) -> tuple[str, ...]:
    if DATASETS[data.name].has_columns:
        return tuple(name for name, _ in data.columns[:-1])
    return ("x", "y")[:inputs] if inputs <= 2 else tuple(f"x{place}" for place in range(1, inputs + 1))


def _labels_of(data: Data, classes: int) -> tuple[str, ...]:
    own = DATASETS[data.name].has_columns and len(data.labels) == classes
    return data.labels if own else tuple(map(str, range(classes)))


def _check_columns(columns: Columns, dataset: Dataset) -> None:
    """Refuse columns that are none, unequally long, not numbers, or without classes where there are to be some."""
    if not 2 <= len(columns) <= MOST_INPUTS + 1:
        raise InputError("Data of your own need columns, from 1 to {most} inputs and then the target", most=MOST_INPUTS)
    lengths = {len(column) for _, column in columns}
    if len(lengths) > 1 or not 4 <= min(lengths) <= MOST_OWN_ROWS:
        raise InputError("Columns must be equally long, with {least} to {most} rows", least=4, most=MOST_OWN_ROWS)
    for name, column in columns:
        numeric = all(issubclass(kind, Real) for kind in set(map(type, column)))
        if not (numeric and all(map(math.isfinite, column))):
            raise InputError('Column "{name}" holds something that is not a finite number', name=name)
    if dataset.predicts == "classes":
        for value in columns[-1][1]:
            _within(columns[-1][0], value, 0, MOST_CLASSES - 1, whole=True)


def _within(name: str, given: object, least: float, most: float, whole: bool = False) -> None:
    fits = isinstance(given, Real) and not isinstance(given, bool) and least <= given <= most  # type: ignore[operator]
    if fits and not (whole and float(given) % 1.0):  # type: ignore[arg-type]
        return
    if whole:
        raise InputError(
            '"{name}" must be a whole number from {least} to {most}, not {given}',
            name=name, least=least, most=most, given=quoted(given),
        )  # fmt: skip
    raise InputError(
        '"{name}" must be a number from {least} to {most}, not {given}',
        name=name, least=least, most=most, given=quoted(given),
    )  # fmt: skip
