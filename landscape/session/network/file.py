"""How an experiment stands in a session file: of data and networks only what is not their default.

Imports msgspec; only for reading and writing files.
"""

from dataclasses import MISSING, fields
from typing import Any, TypeVar

import msgspec

from landscape.errors import InputError, nearest
from landscape.network.data import Data
from landscape.network.network import Network, Precision
from landscape.session.network import checks as experiment_checks
from landscape.session.network.document import Experiment
from landscape.session.rule_document import (
    RuleFields,
    ScheduleFields,
    rule_fields,
    rule_of,
    schedule_fields,
    schedule_of,
)

Part = TypeVar("Part", Data, Network)


class ExperimentFields(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """An experiment."""

    data: dict[str, Any] = {}
    twins: tuple[dict[str, Any], dict[str, Any]]
    optimizer: RuleFields
    schedule: ScheduleFields
    steps: int = 500
    batch_size: int = 32
    seed: int = 0
    precision: Precision = "float32"
    threshold: float = 0.15


def experiment_fields(experiment: Experiment) -> ExperimentFields:
    """Return what is written of ``experiment``."""
    first, second = experiment.twins
    return ExperimentFields(
        data=_written(experiment.data),
        twins=(_written(first), _written(second)),
        optimizer=rule_fields(experiment.rule),
        schedule=schedule_fields(experiment.schedule),
        steps=experiment.steps,
        batch_size=experiment.batch_size,
        seed=experiment.seed,
        precision=experiment.precision,
        threshold=experiment.threshold,
    )


def experiment_of(read: ExperimentFields) -> Experiment:
    """Return the experiment that was written, with every value checked."""
    first, second = read.twins
    return experiment_checks.check(
        Experiment(
            data=_read(read.data, Data),
            twins=(_read(first, Network), _read(second, Network)),
            rule=rule_of(read.optimizer),
            schedule=schedule_of(read.schedule),
            steps=read.steps,
            batch_size=read.batch_size,
            seed=read.seed,
            precision=read.precision,
            threshold=read.threshold,
        )
    )


def _written(part: Data | Network) -> dict[str, Any]:
    values = {field.name: (getattr(part, field.name), field.default) for field in fields(part)}
    return {name: value for name, (value, default) in values.items() if default is MISSING or value != default}


def _read(given: dict[str, Any], kind: type[Part]) -> Part:
    known = [field.name for field in fields(kind)]
    for name in given:
        if name not in known:
            near = nearest(name, known) or known[0]
            raise InputError('there is no field "{name}"; did you mean "{near}"?', name=name, near=near)
    return msgspec.convert(given, kind)
