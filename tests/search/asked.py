"""Strategies asked about a function of units, without any run."""

import numpy as np

from landscape.search.strategies.asking import Plan
from landscape.search.strategies.registry import STRATEGIES


def plan(trials, steps=81, seed=0, counts=(0, 0)):
    return Plan(counts=counts, trials=trials, steps=steps, random=np.random.default_rng(seed))


def asks(name, function, trials=25, steps=81, seed=0, counts=(0, 0)):
    """Everything that a strategy asks, with the results that it was told: ``function(units, until)``."""
    asking = STRATEGIES[name](plan(trials, steps, seed, counts))
    asked, found = next(asking), []
    try:
        while True:
            results = function(asked.units, asked.until)
            found.append((asked, results))
            asked = asking.send(results)
    except StopIteration:
        return found


def bowl(units, until):
    """A bowl in the middle that is deeper the longer a run is."""
    return ((units - 0.5) ** 2).sum(axis=1) + 1.0 / until
