"""Searches of hyper-parameters: random ones against Optuna's sampler and NumPy, and the map of a network's rate and
batch size against PyTorch."""

from importlib.util import find_spec
from itertools import pairwise

import numpy as np

import landscape as ls
from landscape.network.data.samples import Data, samples
from landscape.network.network import Network
from landscape.search.objectives import NetworkRun, SurfaceRun, evaluator
from landscape.search.spaces import named_space
from landscape.search.trials import Searcher, whole_histories
from tests.benchmarks.harness import Missing, Row, Side, need

SEARCHES, TRIALS, STEPS, START = 200, 64, 200, (-1.0, 1.5)
SPACE = {"lr": ls.log(1e-4, 1.0), "beta1": ls.one_minus_log(0.9, 0.999)}
PART = 2
"""Searches that the other side makes: all of them would take minutes. Its time is counted ``SEARCHES / PART`` times."""


SIDE, NETWORK_STEPS, NETWORK_PART, LAYERS = 16, 500, 4, (12, 12, 12, 12)
"""Of the map of a network, and how many of its trainings PyTorch makes."""


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


def network_map() -> tuple[Side, Side]:
    """Return the map of the test loss over rate and batch size, and every 64th of its trainings by PyTorch."""
    need("torch")
    import torch
    from torch import nn

    torch.set_num_threads(1)
    data = Data()
    rows = samples(data)
    run = NetworkRun(
        data=data, network=Network(hidden=LAYERS), rule=ls.optimizer("sgd", lr=0.1), schedule=ls.schedule("constant"),
        steps=NETWORK_STEPS,
    )  # fmt: skip
    rates, sizes = np.geomspace(1e-3, 1.0, SIDE), np.geomspace(8, 128, SIDE).round()
    values = np.stack([axis.ravel() for axis in np.meshgrid(rates, sizes)])
    inputs, classes = torch.tensor(rows.inputs, dtype=torch.float32), torch.tensor(rows.targets)
    others = torch.tensor(rows.test_inputs, dtype=torch.float32), torch.tensor(rows.test_targets)

    def ours() -> object:
        asked = evaluator(run, ("lr", "batch_size"))
        return list(asked.evaluate(values, np.full(SIDE**2, NETWORK_STEPS), np.full(SIDE**2, -1)))

    def theirs() -> None:
        for lr, size in values.T[:: SIDE**2 // NETWORK_PART].tolist():
            parts = [part for a, b in pairwise((2, *LAYERS)) for part in (nn.Linear(a, b), nn.ReLU())]
            model, loss = nn.Sequential(*parts, nn.Linear(LAYERS[-1], 2)), nn.CrossEntropyLoss()
            stepper = torch.optim.SGD(model.parameters(), lr=lr)
            for step in range(NETWORK_STEPS):
                first = step * int(size) % (len(inputs) - int(size))
                stepper.zero_grad()
                loss(model(inputs[first : first + int(size)]), classes[first : first + int(size)]).backward()
                stepper.step()
            loss(model(others[0]), others[1]).item()

    ours()
    return ours, theirs


ROWS = [
    Row(
        workload=f"{SEARCHES} searches of {TRIALS} random runs of Adam, {STEPS} steps (theirs: {PART} of them)",
        against="Optuna's RandomSampler with NumPy",
        prepare=sides,
        aim=SEARCHES / PART / 100,
        repeats=3,
        sample=0.1,
    ),
    Row(
        workload=f"map of rate × batch size, {SIDE}×{SIDE} trainings of {NETWORK_STEPS} steps (theirs: {NETWORK_PART})",
        against="torch, one after the other",
        prepare=network_map,
        aim=SIDE**2 / NETWORK_PART / 50,
        repeats=3,
        sample=0.1,
    ),
]
