"""The lessons about networks, over five seeds: medians to hold their sentences against."""

import math
from collections.abc import Iterator
from dataclasses import replace

from landscape.network.data import Data, samples
from landscape.network.network import Network, Training
from landscape.network.training import Trainer
from landscape.session.files import lessons, open_session
from landscape.session.network.document import Experiment
from tests.claims.experiments import SEEDS, median

EVERY = 5


def lines() -> Iterator[str]:
    """Yield a line of a table for every lesson that has an experiment."""
    yield "| lesson | steps to the threshold, median of 5 (first / second) | loss at the end | right at the end |"
    yield "|---|---|---|---|"
    for name in lessons():
        experiment = open_session(name).experiment
        if experiment is not None and open_session(name).workspace == "network":
            yield _line(name, experiment)


def _line(name: str, experiment: Experiment) -> str:
    runs = [[_run(twin, experiment, seed) for seed in SEEDS] for twin in experiment.twins]
    steps = " / ".join(_told([run[0] for run in twin]) for twin in runs)
    losses = " / ".join(f"{median(run[1] for run in twin):.3g}" for twin in runs)
    right = [median(run[2] for run in twin) for twin in runs]
    shares = "values" if any(map(math.isnan, right)) else " / ".join(f"{100 * share:.0f} %" for share in right)
    return f"| {name} ({experiment.threshold:g}) | {steps} | {losses} | {shares} |"


def _told(steps: list[float]) -> str:
    middle = median(steps)
    each = ", ".join("–" if math.isinf(one) else f"{one:g}" for one in steps)
    return f"{'never' if math.isinf(middle) else f'{middle:g}'} ({each})"


def _run(twin: Network, experiment: Experiment, seed: int) -> tuple[float, float, float]:
    """Return the steps to the threshold, and loss and accuracy at the end."""
    data: Data = replace(experiment.data, seed=experiment.data.seed + seed)
    training: Training = replace(experiment.training, seed=experiment.seed + seed)
    trainer = Trainer(twin, training, samples(data))
    reached = math.inf
    while True:
        found = trainer.evaluate()
        if found.loss <= experiment.threshold and math.isinf(reached):
            reached = trainer.step
        if not trainer.advance(EVERY):
            return reached, found.loss, found.accuracy
