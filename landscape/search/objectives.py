"""What a trial of a search is: a run on a surface, or the training of a network; and how good its values are."""

import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal, Protocol, TypeAlias, get_args

import numpy as np

from landscape.catalogue.optimizers import UpdateRule, rule_parameters
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent import scattered
from landscape.descent.scattered import Kept, Runs, Scattered
from landscape.descent.trajectory import descend
from landscape.descent.trajectory import is_warm as is_descent_warm
from landscape.descent.trajectory import warm as warm_descent
from landscape.errors import InputError, Listing
from landscape.network.data.samples import Data, samples
from landscape.network.evaluation import evaluate
from landscape.network.network import Network, Precision, Training, check, check_training
from landscape.network.training.trainer import Trainer
from landscape.search.spaces import Array
from landscape.search.strategies.asking import Places

Measure: TypeAlias = Literal["loss", "steps"]
"""The loss after the last step, or after how many steps it is at or under a threshold."""
Cancelled: TypeAlias = Callable[[], bool]

TOGETHER = 64
"""Runs made one after the other between two looks at their results."""
LISTEN = 0.2
"""Seconds between two looks whether the results of workers elsewhere are still wanted."""
OF_NETWORKS = ("batch_size", "width", "depth", "gain", "l2")
"""What can be searched of a network besides the hyper-parameters of its rule."""


def never() -> bool:
    """Return no: everything is wanted to the end."""
    return False


@dataclass(frozen=True, kw_only=True)
class SurfaceRun:
    """A run on a surface, whose hyper-parameters are searched."""

    surface: Surface
    rule: UpdateRule
    start: tuple[float, float]
    steps: int = 200
    schedule: Schedule | None = None
    measure: Measure = "loss"
    threshold: float = 0.01
    noise: float = 0.0
    seed: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """What can be searched."""
        return tuple(parameter.name for parameter in rule_parameters(self.rule))

    @property
    def follows(self) -> bool:
        """Whether the rates of a run depend on its losses, so that no two runs have the same."""
        return self.schedule is not None and self.schedule.follows

    @property
    def slow(self) -> bool:
        """Whether runs are made one after the other, so that there is no time for very many."""
        return self.follows

    def scattered(self, names: Sequence[str]) -> Scattered:
        """Return what runs where ``names`` vary."""
        return Scattered(
            surface=self.surface,
            rule=self.rule,
            names=tuple(names),
            start=self.start,
            steps=self.steps,
            schedule=self.schedule,
            threshold=self.threshold,
            noise=self.noise,
            seed=self.seed,
        )


@dataclass(frozen=True, kw_only=True)
class NetworkRun:
    """The training of a network, whose hyper-parameters are searched; its loss is that over the test part."""

    data: Data
    network: Network
    rule: UpdateRule
    schedule: Schedule
    steps: int = 200
    batch_size: int = 32
    seed: int = 0
    precision: Precision = "float32"
    slow: ClassVar[bool] = True

    @property
    def names(self) -> tuple[str, ...]:
        """What can be searched."""
        return *(parameter.name for parameter in rule_parameters(self.rule)), *OF_NETWORKS


Objective: TypeAlias = SurfaceRun | NetworkRun


class Evaluator(Protocol):
    """Answers what strategies ask; evaluations are numbered in the order in which they are asked."""

    def evaluate(self, values: Array, until: Places, after: Places) -> Iterator[Array]:
        """Yield the results of runs with ``values`` (names, k), piece by piece, in order.

        ``until`` is how many steps each has made in the end, ``after`` the evaluation that it goes on from, or -1.
        """


def check_objective(objective: Objective, names: Sequence[str], goes_on: bool = False) -> None:
    """Refuse what cannot be searched.

    Raises:
        InputError: for a name that is not among the hyper-parameters; ``goes_on``: also for a network, whose runs
            cannot go on with other values than they began with.
    """
    for name in names:
        if name not in objective.names:
            raise InputError(
                'There is no "{name}" to search; there are {allowed}', name=name, allowed=Listing(objective.names)
            )
    if isinstance(objective, SurfaceRun):
        if objective.measure not in get_args(Measure):
            raise InputError(
                '"{given}" is not one of {allowed}', given=objective.measure, allowed=Listing(get_args(Measure))
            )
        for name, given in (("start", objective.start), ("threshold", (objective.threshold,))):
            for number in given:
                if not math.isfinite(number):
                    raise InputError('"{name}" must be a finite number, not {given}', name=name, given=number)
        scattered.check(objective.scattered(names))
        if goes_on and objective.follows:
            raise InputError(
                "A population needs runs that go on with other values, which those whose schedule reads the loss cannot"
            )
    elif goes_on:
        raise InputError("A population needs runs that go on with other values, which those of networks cannot")
    else:
        check_values(objective, {})


def check_values(run: NetworkRun, values: Mapping[str, float]) -> None:
    """Refuse values with which a network cannot be made or trained, with an InputError that says why."""
    if values.get("depth", 0.0) < 0.0:
        raise InputError(
            '"{name}" must be a whole number of at least {lowest}, not {given}',
            name="depth", lowest=0, given=values["depth"],
        )  # fmt: skip
    check_training(trained(run, values)[1])


def evaluator(
    objective: Objective, names: Sequence[str], cancelled: Cancelled = never, workers: Executor | None = None
) -> Evaluator:
    """Return what answers the questions of strategies about an objective of which ``names`` vary.

    ``workers`` train the networks; None: the cores of this machine. Runs on a surface are made here, all at once.
    """
    if isinstance(objective, SurfaceRun):
        make = _FollowingEvaluator if objective.follows else _SurfaceEvaluator
        return make(objective, names, cancelled)
    return _NetworkEvaluator(objective, names, cancelled, workers)


def is_warm(objective: Objective, names: Sequence[str]) -> bool:
    """Tell whether the kernel of the runs is loaded."""
    if not isinstance(objective, SurfaceRun):
        return True
    if objective.follows:
        return is_descent_warm(objective.surface, objective.rule, objective.noise, schedule=objective.schedule)
    return scattered.is_warm(objective.scattered(names))


def warm(objective: Objective, names: Sequence[str]) -> None:
    """Load or compile that kernel."""
    if isinstance(objective, SurfaceRun):
        if objective.follows:
            warm_descent(objective.surface, objective.rule, objective.noise, schedule=objective.schedule)
        else:
            scattered.warm(objective.scattered(names))


class _SurfaceEvaluator:
    """Makes all runs of a question side by side, and keeps where they came to."""

    def __init__(self, run: SurfaceRun, names: Sequence[str], cancelled: Cancelled) -> None:
        self._run, self._scattered, self._cancelled = run, run.scattered(names), cancelled
        self._kept = Kept(self._scattered)
        """Where all evaluations came to."""
        self._made: Places = np.empty(0, np.intp)
        self._threads = min(os.cpu_count() or 1, 8)

    def evaluate(self, values: Array, until: Places, after: Places) -> Iterator[Array]:
        """Yield all results at once."""
        runs = scattered.begun(self._scattered, len(until))
        done = np.where(after >= 0, np.append(self._made, 0)[after], 0)
        parts: list[tuple[Places, Runs]] = []
        for before, end in sorted(set(zip(done.tolist(), until.tolist(), strict=True))):
            places = np.flatnonzero((done == before) & (until == end))
            begun = self._kept.at(after[places]) if before else scattered.chosen(runs, places)
            moved = scattered.moved(
                self._scattered, begun, values[:, places], before, end - before, self._threads, self._cancelled
            )
            parts.append((places, moved))
        order = np.argsort(np.concatenate([places for places, _ in parts]), kind="stable")
        new = scattered.chosen(scattered.joined([moved for _, moved in parts]), order)
        self._kept.add(new)
        self._made = np.concatenate((self._made, until))
        found = new.losses if self._run.measure == "loss" else new.reached
        yield np.where(np.isfinite(found), found, np.inf)


class _FollowingEvaluator:
    """Makes one run after the other, always from the beginning: the schedule reads the loss of each by itself."""

    def __init__(self, run: SurfaceRun, names: Sequence[str], cancelled: Cancelled) -> None:
        self._run, self._names, self._cancelled = run, tuple(names), cancelled

    def evaluate(self, values: Array, until: Places, after: Places) -> Iterator[Array]:  # noqa: ARG002
        """Yield some results at a time."""
        found: list[float] = []
        for row, steps in zip(values.T.tolist(), until.tolist(), strict=True):
            if self._cancelled():
                return
            found.append(self._result(dict(zip(self._names, row, strict=True)), steps))
            if len(found) == TOGETHER:
                yield np.array(found)
                found = []
        if found:
            yield np.array(found)

    def _result(self, values: Mapping[str, float], steps: int) -> float:
        """Return what a run comes to; infinite where it diverged before."""
        run = self._run
        losses = descend(
            run.surface, run.rule.with_values(**values), run.start, run.steps, run.schedule, run.noise, seed=run.seed
        ).losses[: steps + 1]
        if run.measure == "steps":
            good = np.flatnonzero(losses <= run.threshold)
            return float(good[0]) if len(good) else math.inf
        return float(losses[steps]) if len(losses) > steps else math.inf


class _NetworkEvaluator:
    """Trains a network for each run, as many at once as there are cores or workers, always from the beginning."""

    def __init__(
        self, run: NetworkRun, names: Sequence[str], cancelled: Cancelled, workers: Executor | None = None
    ) -> None:
        self._run, self._names, self._cancelled, self._workers = run, tuple(names), cancelled, workers

    def evaluate(self, values: Array, until: Places, after: Places) -> Iterator[Array]:  # noqa: ARG002
        """Yield one result after the other."""
        rows = [dict(zip(self._names, row, strict=True)) for row in values.T.tolist()]
        asked = list(zip(rows, until.tolist(), strict=True))
        if self._workers is not None:
            yield from self._far(self._workers, asked)
            return
        with ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="search") as pool:
            waiting = [pool.submit(network_loss, self._run, row, steps, self._cancelled) for row, steps in asked]
            try:
                for each in waiting:
                    yield np.array([each.result()])
            finally:
                pool.shutdown(cancel_futures=True)

    def _far(self, workers: Executor, asked: Sequence[tuple[dict[str, float], int]]) -> Iterator[Array]:
        """Yield what workers elsewhere found; they are not told that nobody wants it any more, but begin no other."""
        waiting = [workers.submit(network_loss, self._run, row, steps) for row, steps in asked]
        try:
            for each in waiting:
                while not (done := wait((each,), LISTEN).done) and not self._cancelled():
                    pass
                if not done:
                    return
                yield np.array([each.result()])
        finally:
            for each in waiting:
                each.cancel()


def network_loss(run: NetworkRun, values: Mapping[str, float], steps: int, cancelled: Cancelled = never) -> float:
    """Return the loss over the test part after so many steps, infinite where the training failed.

    It is that over the training part where there is no test part.
    """
    trainer = _trainer(run, values)
    with np.errstate(all="ignore"):
        trainer.advance(steps, cancelled)
        return _loss(run, values, trainer)


def losses_of(
    run: NetworkRun, values: Mapping[str, float], looks: int, cancelled: Cancelled = never
) -> tuple[Array, Array]:
    """Return after how many steps the same loss was looked at, about so many times, and what it was, (k,) each."""
    trainer, found = _trainer(run, values), list[tuple[float, float]]()
    with np.errstate(all="ignore"):
        for until in np.unique(np.linspace(0, run.steps, looks + 1).round()).astype(int).tolist():
            trainer.advance(until - trainer.step, cancelled)
            if cancelled():
                break
            found.append((float(trainer.step), _loss(run, values, trainer)))
            if trainer.outcome == "diverged":
                break
    steps, losses = np.array(found).reshape(-1, 2).T
    return steps, losses


def _trainer(run: NetworkRun, values: Mapping[str, float]) -> Trainer:
    network, training = trained(run, values)
    return Trainer(network, training, samples(run.data))


def _loss(run: NetworkRun, values: Mapping[str, float], trainer: Trainer) -> float:
    """Return the loss of a network as it is now, by which trials are judged."""
    if trainer.outcome == "diverged":
        return math.inf
    rows = samples(run.data)
    if len(rows.test_inputs):
        network = _network(run, values)
        loss = evaluate(network, trainer.snapshot(), rows.test_inputs, rows.test_targets, rows.classes).loss
    else:
        loss = trainer.evaluate().loss
    return float(loss) if math.isfinite(loss) else math.inf


def trained(run: NetworkRun, values: Mapping[str, float]) -> tuple[Network, Training]:
    """Return the network and the training that such values mean; InputError where there is no such network."""
    return _network(run, values), _training(run, values)


def _training(run: NetworkRun, values: Mapping[str, float]) -> Training:
    own = {parameter.name for parameter in rule_parameters(run.rule)}
    return Training(
        rule=run.rule.with_values(**{name: value for name, value in values.items() if name in own}),
        schedule=run.schedule,
        steps=run.steps,
        batch_size=round(values.get("batch_size", run.batch_size)),
        seed=run.seed,
        precision=run.precision,
    )


def _network(run: NetworkRun, values: Mapping[str, float]) -> Network:
    hidden = run.network.hidden
    width = round(values.get("width", hidden[0] if hidden else 8))
    changes: dict[str, Any] = {name: values[name] for name in ("gain", "l2") if name in values}
    if "depth" in values:
        hidden = (width,) * round(values["depth"])
    elif "width" in values:
        hidden = (width,) * len(hidden)
    return check(replace(run.network, hidden=hidden, **changes))
