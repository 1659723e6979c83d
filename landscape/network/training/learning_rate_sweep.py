"""Learning-rate sweeps: how many steps networks take to a loss, a training for every rate, seed and network."""

import math
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from landscape.errors import InputError
from landscape.network.data.samples import Data, samples
from landscape.network.network import Network, Training
from landscape.network.training.trainer import Trainer

MOST = 2000
"""Trainings in one sweep."""


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """What is trained: ``networks`` × ``rates`` × ``seeds``."""

    networks: tuple[Network, ...]
    data: Data
    training: Training
    """``steps`` is how long a training goes on at most; the rule's learning rate is replaced."""
    rates: tuple[float, ...]
    seeds: int = 5
    """How many; each has its own data, first weights and order of the rows, the same for all networks and rates."""
    threshold: float = 0.15
    """Of the loss over all training rows."""
    every: int = 10
    """Steps between two looks at the loss, which takes as long as some steps."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of one training."""

    network: int
    rate: int
    seed: int
    """Places in ``Sweep.networks`` and ``rates``, and which seed."""
    steps: int | None
    """Until the loss was at or under the threshold; None: never."""
    loss: float
    """The last one that was looked at; may be inf or NaN."""


@dataclass(frozen=True, kw_only=True)
class Best:
    """Where a network takes the fewest steps."""

    rate: int
    """Place in ``Sweep.rates``."""
    steps: float
    """The median over the seeds; inf where it never gets there."""
    trains: int
    """At how many of the rates the median training gets there."""


def rates(low: float, high: float, count: int) -> tuple[float, ...]:
    """Return ``count`` learning rates from ``low`` to ``high`` with equal ratios, to three digits."""
    return tuple(float(f"{rate:.3g}") for rate in np.geomspace(low, high, count))


def check(sweep: Sweep) -> Sweep:
    """Return ``sweep`` if it can be done.

    Raises:
        InputError: for no networks, rates or seeds or too many, and for a threshold that is not above 0.
    """
    count = len(sweep.networks) * len(sweep.rates) * sweep.seeds
    if not 1 <= count <= MOST or sweep.seeds < 1:
        raise InputError("A sweep is made of 1 to {most} trainings, not {given}", most=MOST, given=count)
    for rate in sweep.rates:
        if not 0.0 < rate < math.inf:
            raise InputError("A learning rate of a sweep must be a finite number above 0, not {given}", given=rate)
    if not 0.0 < sweep.threshold < math.inf:
        raise InputError("A threshold must be a number above 0, not {given}", given=sweep.threshold)
    return sweep


def run(sweep: Sweep, cancelled: Callable[[], bool] = lambda: False) -> Iterator[Result]:
    """Yield the result of every training as it comes, from as many threads as there are cores.

    The first seed of all rates and networks comes first. Closing the iterator, or ``cancelled``, ends the trainings
    that run within some steps.
    """
    check(sweep)
    closed = False
    jobs = product(range(sweep.seeds), range(len(sweep.rates)), range(len(sweep.networks)))

    def stopped() -> bool:
        return closed or cancelled()

    with ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="sweep") as pool:
        ended: SimpleQueue[Future[Result | None]] = SimpleQueue()
        futures = [pool.submit(_train, sweep, network, rate, seed, stopped) for seed, rate, network in jobs]
        for future in futures:
            future.add_done_callback(ended.put)
        try:
            for _ in futures:
                result = ended.get().result()
                if result is not None:
                    yield result
        finally:
            closed = True
            pool.shutdown(cancel_futures=True)


def _train(sweep: Sweep, network: int, rate: int, seed: int, stopped: Callable[[], bool]) -> Result | None:
    """Return what comes of one training; None where it was stopped."""
    if stopped():
        return None
    training = replace(
        sweep.training,
        rule=sweep.training.rule.with_values(lr=sweep.rates[rate]),
        seed=sweep.training.seed + seed,
    )
    rows = samples(replace(sweep.data, seed=sweep.data.seed + seed))
    trainer = Trainer(sweep.networks[network], training, rows)
    while True:
        loss = trainer.evaluate().loss
        reached = loss <= sweep.threshold
        if reached or trainer.outcome != "running":
            return Result(
                network=network, rate=rate, seed=seed, steps=trainer.step if reached else None, loss=float(loss)
            )
        trainer.advance(sweep.every, stopped)
        if stopped():
            return None


def medians(sweep: Sweep, results: Iterable[Result]) -> NDArray[np.float64]:
    """Return the median steps over the seeds, (networks, rates): inf where most never got there, NaN without result."""
    steps: dict[tuple[int, int], list[float]] = {}
    for result in results:
        found = steps.setdefault((result.network, result.rate), [])
        found.append(math.inf if result.steps is None else float(result.steps))
    table = np.full((len(sweep.networks), len(sweep.rates)), np.nan)
    for place, found in steps.items():
        # The middle one, of an even number the later: a mean with inf would say that half of them are none.
        table[place] = sorted(found)[len(found) // 2]
    return table


def best(medians: NDArray[np.float64]) -> tuple[Best, ...]:
    """Return for every network where it is fastest; a rate without results counts as never."""
    known = np.where(np.isnan(medians), np.inf, medians)
    return tuple(
        Best(rate=int(row.argmin()), steps=float(row.min()), trains=int(np.isfinite(row).sum())) for row in known
    )
