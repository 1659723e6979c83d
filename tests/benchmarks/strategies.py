"""Strategies: 100 seeds of CMA-ES with all that each learns recorded, and ten thousand walks of an annealing."""

from collections.abc import Callable

import numpy as np

from landscape.catalogue.surfaces import surface
from landscape.descent.annealing_starts import anneal
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


WALKS, STEPS, TEMPERATURE, COOLING, PROPOSAL = 10_000, 2_000, 40.0, 0.99, 0.1


def walks() -> Callable[[], object]:
    where = surface("rastrigin", domain=DOMAIN)
    how = strategy("annealing", temperature=TEMPERATURE, cooling=COOLING, proposal=PROPOSAL)
    starts = np.random.default_rng(0).uniform(-5.0, 5.0, (WALKS, 2))
    return lambda: anneal(where, how, starts, STEPS)


def walks_by_numpy() -> Callable[[], object]:
    def rastrigin(points: np.ndarray) -> np.ndarray:
        return 20.0 + (points * points - 10.0 * np.cos(2.0 * np.pi * points)).sum(axis=0)

    def run() -> np.ndarray:
        random = np.random.default_rng(0)
        points = random.uniform(-5.0, 5.0, (2, WALKS))
        values, temperature = rastrigin(points), TEMPERATURE
        best = values.copy()
        for _ in range(STEPS):
            new = points + 10.0 * PROPOSAL * random.standard_normal((2, WALKS))
            found = rastrigin(new)
            taken = random.random(WALKS) <= np.exp(np.minimum(0.0, (values - found) / temperature))
            points, values = np.where(taken, new, points), np.where(taken, found, values)
            np.minimum(best, found, out=best)
            temperature *= COOLING
        return best

    return run


ROWS = [
    Row(
        workload="annealing, 10,000 starts × 2,000 steps, Rastrigin",
        against="NumPy, all walks in one array",
        prepare=lambda: (walks(), walks_by_numpy()),
        aim=1 / 10,
        repeats=5,
        sample=0.5,
    ),
    Row(
        workload="CMA-ES, 100 seeds, Rastrigin, 2,000 evaluations each",
        against="cmaes",
        prepare=lambda: (ours(), cmaes()),
        aim=1 / 30,
        repeats=3,
    ),
]
