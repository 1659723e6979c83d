"""Searches of hyper-parameters: 200 random searches of 64 runs of 200 steps, against Optuna's sampler and NumPy."""

from importlib.util import find_spec

import numpy as np

import landscape as ls
from landscape.search.objectives import SurfaceRun, evaluator
from landscape.search.spaces import named_space
from landscape.search.trials import Searcher, whole_histories
from tests.benchmarks.harness import Missing, Row, Side

SEARCHES, TRIALS, STEPS, START = 200, 64, 200, (-1.0, 1.5)
SPACE = {"lr": ls.log(1e-4, 1.0), "beta1": ls.one_minus_log(0.9, 0.999)}
PART = 2
"""Searches that the other side makes: all of them would take minutes. Its time is counted ``SEARCHES / PART`` times."""


def by_numpy(lr: float, beta1: float) -> float:
    """Return the loss of Himmelblau's function after a run of Adam."""
    point, mean, square = np.array(START), np.zeros(2), np.zeros(2)
    for t in range(1, STEPS + 1):
        x, y = point
        a, b = x**2 + y - 11, x + y**2 - 7
        slopes = np.array((4 * x * a + 2 * b, 2 * a + 4 * y * b))
        mean = beta1 * mean + (1 - beta1) * slopes
        square = 0.999 * square + 0.001 * slopes**2
        point = point - lr * mean / (1 - beta1**t) / (np.sqrt(square / (1 - 0.999**t)) + 1e-8)
    x, y = point
    return float((x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2)


def by_optuna() -> None:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)

    def objective(trial: "optuna.Trial") -> float:
        rest = trial.suggest_float("rest", 1e-3, 0.1, log=True)
        return by_numpy(trial.suggest_float("lr", 1e-4, 1.0, log=True), 1.0 - rest)

    for seed in range(PART):
        optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=seed)).optimize(objective, TRIALS)


def sides() -> tuple[Side, Side]:
    if find_spec("optuna") is None:
        raise Missing("optuna")
    run = SurfaceRun(surface=ls.surface("himmelblau"), rule=ls.optimizer("adam"), start=START, steps=STEPS)
    space = named_space(SPACE)

    def ours() -> object:
        searchers = [
            Searcher(strategy="random", space=space, trials=TRIALS, steps=STEPS, seed=seed) for seed in range(SEARCHES)
        ]
        return whole_histories(searchers, evaluator(run, list(SPACE)))

    (first, *_) = whole_histories([Searcher(strategy="random", space=space, trials=2, steps=STEPS)],
                                  evaluator(run, list(SPACE)))  # fmt: skip
    values = ls.search(run.surface, run.rule, SPACE, trials=2, start=START).trials
    for result, trial in zip(first.results, values, strict=True):
        np.testing.assert_allclose(result, by_numpy(**trial.values), rtol=1e-6)
    return ours, by_optuna


ROWS = [
    Row(
        workload=f"{SEARCHES} searches of {TRIALS} random runs of Adam, {STEPS} steps (theirs: {PART} of them)",
        against="Optuna's RandomSampler with NumPy",
        prepare=sides,
        aim=SEARCHES / PART / 100,
        repeats=3,
        sample=0.1,
    )
]
