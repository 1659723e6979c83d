"""What takes minutes ends soon once it is cancelled, also in the middle of what a kernel does."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from landscape.catalogue.optimizers import UpdateRule, optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import Surface, surface
from landscape.descent import convergence, maps, trajectory
from landscape.descent.basins import basins
from landscape.descent.maps import hyper_map
from landscape.descent.trajectory import descend

pytestmark = pytest.mark.slow

STEPS = 100_000
ACROSS, UP = ("lr", np.geomspace(1e-4, 1.0, 512)), ("beta1", np.linspace(0.0, 0.99, 384))
BEGUN, SOON = 0.3, 5.0
"""Seconds after which it is cancelled, and in which it is to end then: on a computer that is busy, too."""


def neuron() -> Surface:
    """Return a surface of which each value takes all of ten thousand rows of data."""
    u = np.random.default_rng(3).normal(size=10_000)
    data = {"u": u.tolist(), "v": (u > 0.3).astype(float).tolist()}
    return surface("mean((sigmoid(x*u + y) - v)**2)", data=data)


def cancelled_after(seconds: float) -> Callable[[], bool]:
    until = time.perf_counter() + seconds
    return lambda: time.perf_counter() > until


def _basins(where: Surface, rule: UpdateRule, **given: Any) -> None:
    convergence.warm(where, rule)
    basins(where, rule, steps=STEPS, cancelled=cancelled_after(BEGUN), **given)


def _map(where: Surface, rule: UpdateRule, **given: Any) -> None:
    maps.warm(where, rule, "lr", "beta1")
    hyper_map(where, rule, ACROSS, UP, (1.0, 1.0), STEPS, cancelled=cancelled_after(BEGUN), **given)


def _trajectory(where: Surface, rule: UpdateRule, **given: Any) -> None:
    trajectory.warm(where, rule, batch_size=given.get("batch_size", 0))
    descend(where, rule, (1.0, 1.0), STEPS, cancelled=cancelled_after(BEGUN), **given)


@pytest.mark.parametrize("compute", [_basins, _map, _trajectory])
@pytest.mark.parametrize("where", [surface("himmelblau"), neuron()], ids=["surface", "data"])
def test_many_steps_end_soon_once_they_are_cancelled(compute: Callable[..., None], where: Surface) -> None:
    rule = optimizer("adam")
    compute(where, rule)
    begin = time.perf_counter()
    compute(where, rule)
    assert time.perf_counter() - begin < BEGUN + SOON


def test_a_map_of_rates_that_follow_a_schedule_ends_soon_once_it_is_cancelled() -> None:
    begin = time.perf_counter()
    _map(surface("himmelblau"), optimizer("adam"), schedule=schedule("cosine", warmup=1000))
    assert time.perf_counter() - begin < BEGUN + SOON


def test_mini_batches_end_soon_once_they_are_cancelled() -> None:
    begin = time.perf_counter()
    _trajectory(neuron(), optimizer("adam"), batch_size=5_000)
    assert time.perf_counter() - begin < BEGUN + SOON
