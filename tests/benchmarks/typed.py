"""A rule that somebody has typed, against the same rule of the catalogue."""

from collections.abc import Callable

import numpy as np

from landscape.catalogue.optimizers import UpdateRule, optimizer, optimizer_entries
from landscape.catalogue.surfaces import surface
from landscape.descent.basins import Basins, basins
from tests.benchmarks.harness import Row, Side

STEPS, SIDE = 500, 256


def typed_adam() -> UpdateRule:
    """Return Adam as a person types it, with other names for what is made on the way."""
    rule = optimizer_entries()["adam"].rule.replace("m_hat", "first").replace("v_hat", "second")
    return optimizer(rule, **{**dict(optimizer("adam").values), "lr": 0.05})


def batch(rule: UpdateRule) -> Callable[[], Basins]:
    """Return the descent of a rule from many starts."""
    return lambda: basins(surface("himmelblau"), rule, steps=STEPS, resolution=SIDE)


def prepare() -> tuple[Side, Side]:
    """Return both; they come to the same minima."""
    ours, theirs = batch(typed_adam()), batch(optimizer("adam", lr=0.05))
    assert np.array_equal(ours().labels, theirs().labels)
    return ours, theirs


ROWS = [
    Row(workload=f"typed copy of Adam, {SIDE}² starts", against="the catalogue's Adam", prepare=prepare, aim=1.05),
]
