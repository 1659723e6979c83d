"""Strategies: many seeds of CMA-ES, all that each learns recorded, against the library that shows nothing."""

from collections.abc import Callable

import numpy as np

from landscape.catalogue.surfaces import surface
from landscape.descent.strategies.strategy import strategy
from landscape.descent.trajectory import descend
from tests.benchmarks.harness import Row, Side, need

SEEDS, MEMBERS, GENERATIONS = 100, 6, 333
START = (3.3, -2.4)
SIGMA = 2.0
DOMAIN = ((-5.0, 5.0), (-5.0, 5.0))


def ours() -> Callable[[], list[float]]:
    where, how = surface("rastrigin", domain=DOMAIN), strategy("cma_es", members=MEMBERS, sigma=SIGMA / 10)
    return lambda: [float(descend(where, how, START, GENERATIONS, seed=seed).best[-1]) for seed in range(SEEDS)]


def cmaes() -> Side:
    need("cmaes")
    from cmaes import CMA

    def rastrigin(point: np.ndarray) -> float:
        return 20.0 + float((point * point - 10.0 * np.cos(2.0 * np.pi * point)).sum())

    def run() -> list[float]:
        best = []
        for seed in range(SEEDS):
            made = CMA(mean=np.array(START), sigma=SIGMA, seed=seed, population_size=MEMBERS)
            least = np.inf
            for _ in range(GENERATIONS):
                points = [made.ask() for _ in range(MEMBERS)]
                values = [rastrigin(point) for point in points]
                least = min(least, *values)
                made.tell(list(zip(points, values, strict=True)))
            best.append(least)
        return best

    return run


ROWS = [
    Row(
        workload="CMA-ES, 100 seeds, Rastrigin, 2,000 evaluations each",
        against="cmaes",
        prepare=lambda: (ours(), cmaes()),
        aim=1 / 30,
        repeats=3,
    ),
]
