"""One search in one call, and its result."""

from collections.abc import Mapping
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from landscape.arguments import checked
from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.schedules import schedule as named_schedule
from landscape.catalogue.surfaces import Surface, surface_entries
from landscape.errors import InputError, Listing, nearest
from landscape.network.data.samples import Data
from landscape.network.network import Network
from landscape.search.cluster import cluster as workers_at
from landscape.search.objectives import (
    Measure,
    NetworkRun,
    Objective,
    SurfaceRun,
    check_objective,
    check_values,
    evaluator,
)
from landscape.search.spaces import Dimension, Space, ends, named_space, values_by_name
from landscape.search.strategies.registry import StrategyName
from landscape.search.trials import MOST_TRIALS, History, Searcher, whole_histories

MOST_STEPS = 100_000


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One combination of values, and what became of it."""

    values: Mapping[str, float]
    """At its end: those of a population change on the way."""
    result: float
    """The loss, or the steps to the threshold, the last that was seen; inf where there is none."""
    steps: int
    """Made in the end: fewer than a whole run where it was given up."""
    seen: tuple[tuple[int, float], ...]
    """Each time that it was looked at: after how many steps, and the result."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Searched:
    """What came of a search."""

    strategy: StrategyName
    space: Space
    trials: tuple[Trial, ...]
    """In the order in which they began."""
    history: History

    @property
    def best(self) -> Trial:
        """The trial with the least result among those that made all steps; the first of several."""
        most = max(trial.steps for trial in self.trials)
        return min((trial for trial in self.trials if trial.steps == most), key=lambda trial: trial.result)


@checked
def search(
    subject: Surface | str | Data,
    optimizer: UpdateRule,
    space: Mapping[str, Dimension],
    *,
    strategy: StrategyName = "random",
    trials: int = 25,
    steps: int = 200,
    seed: int = 0,
    start: tuple[float, float] | None = None,
    schedule: Schedule | None = None,
    measure: Measure = "loss",
    threshold: float = 0.01,
    network: Network | None = None,
    batch_size: int = 32,
    cluster: str = "",
) -> Searched:
    """Search hyper-parameters of a run on a surface, or of the training of a network.

    Args:
        subject: A surface; or the data of a network, by name or described.
        optimizer: The update rule; what is searched takes the place of its values.
        space: What varies, by name: ``{"lr": ls.log(1e-4, 1.0), "beta1": ls.one_minus_log(0.9, 0.999)}``. Of a network
            also ``batch_size``, ``width``, ``depth``, ``gain`` and ``l2``.
        strategy: ``grid random sobol coarse_to_fine halving asha population tpe``.
        trials: The budget: as many steps as so many whole runs make. Halving makes more and shorter ones of it.
        steps: Of a whole run.
        seed: Decides what is drawn; for a network also its first weights and mini-batches.
        start: Of runs on a surface; None: the surface's own, of a formula that was typed a point of its domain.
        schedule: The rate of each step; None: constant.
        measure: ``"loss"``: that after the last step. ``"steps"``: how many it takes to ``threshold``; not of networks.
        threshold: A loss.
        network: What is trained; None: the usual one.
        batch_size: Rows in a mini-batch; 0: all of them.
        cluster: Address of a dask.distributed scheduler whose workers train the networks, ``"tcp://HOST:8786"``; empty:
            the cores of this machine.

    Raises:
        InputError: a ValueError that says what was given and what is allowed.
    """
    if isinstance(subject, Surface):
        objective: Objective = SurfaceRun(
            surface=subject, rule=optimizer, start=start or default_start(subject), steps=steps, schedule=schedule,
            measure=measure, threshold=threshold,
        )  # fmt: skip
    else:
        data = replace(Data(), name=subject, seed=seed) if isinstance(subject, str) else subject
        objective = NetworkRun(
            data=data, network=network or Network(), rule=optimizer, schedule=schedule or named_schedule("constant"),
            steps=steps, batch_size=batch_size, seed=seed,
        )  # fmt: skip
    if seed < 0:
        raise InputError(
            '"{name}" must be a whole number of at least {lowest}, not {given}', name="seed", lowest=0, given=seed
        )
    with workers_at(cluster) if cluster else nullcontext() as workers:
        return searched(objective, named_space(space), strategy, trials, seed, workers)


def searched(
    objective: Objective, space: Space, strategy: StrategyName, trials: int, seed: int, workers: Executor | None = None
) -> Searched:
    """Return what comes of a search; InputError for what cannot be searched."""
    check_search(objective, space, strategy, trials)
    searcher = Searcher(strategy=strategy, space=space, trials=trials, steps=objective.steps, seed=seed)
    (found,) = whole_histories([searcher], evaluator(objective, [one.name for one in space], workers=workers))
    return Searched(strategy=strategy, space=space, trials=trials_of(found, space), history=found)


def check_search(objective: Objective, space: Space, strategy: str, trials: int) -> None:
    """Refuse a search that cannot be made.

    Raises:
        InputError: says what was given and what is allowed.
    """
    known = get_args(StrategyName)
    if strategy not in known:
        near = nearest(strategy, known)
        if near:
            raise InputError('There is no strategy "{name}"; did you mean "{nearest}"?', name=strategy, nearest=near)
        raise InputError('"{given}" is not one of {allowed}', given=strategy, allowed=Listing(known))
    for name, given, most in (("trials", trials, MOST_TRIALS), ("steps", objective.steps, MOST_STEPS)):
        if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= most:
            raise InputError(
                '"{name}" must be a whole number from {lowest} to {highest}, not {given}',
                name=name, lowest=1, highest=most, given=given,
            )  # fmt: skip
    check_objective(objective, [one.name for one in space], goes_on=strategy == "population")
    if isinstance(objective, NetworkRun):
        for place in (0, -1):
            check_values(objective, {one.name: ends(one)[place] for one in space})


def trials_of(history: History, space: Space) -> tuple[Trial, ...]:
    """Return the trials of a search, each with all that was seen of it."""
    found = []
    for number in range(int(history.trial.max(initial=-1)) + 1):
        places = np.flatnonzero(history.trial == number)
        if len(places):
            last = places[-1]
            seen = zip(history.until[places].tolist(), history.results[places].tolist(), strict=True)
            values = values_by_name(space, history.units[last].tolist())
            found.append(
                Trial(
                    values=values,
                    result=float(history.results[last]),
                    steps=int(history.until[last]),
                    seen=tuple(seen),
                )
            )
    return tuple(found)


def default_start(surface: Surface) -> tuple[float, float]:
    """Return where runs start that nobody gave a start: the catalogue's, else a point of the domain off its middle."""
    entry = surface_entries().get(surface.entry)
    if entry is not None:
        return entry.start
    (x0, x1), (y0, y1) = surface.domain
    return x0 + 0.15 * (x1 - x0), y0 + 0.8 * (y1 - y0)
