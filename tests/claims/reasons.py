"""E1, second part: the measures along the gradient, the covariate shift, and where batch norm does not win."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from landscape.network.data.samples import samples
from landscape.network.measures.covariate_shift import along as shifts
from landscape.network.measures.smoothness import REACH, Smoothness
from landscape.network.measures.smoothness import along as measures
from landscape.network.network import Activation, Network, Training
from landscape.network.training.trainer import Trainer
from tests.claims.experiments import SEEDS, SPIRALS, Finding, median, network, percentile, sgd

PLAIN, NORMED = "none", "batch"


def findings() -> Iterator[Finding]:
    """Yield what batch norm does and does not do."""
    published = {0.1: "range .884 → .129, cosine -.46 → .44, β 28 → 20", 0.5: "range 3.47 → .62, β 8.7 → 4.0"}
    for lr, paper in published.items():
        plain, normed = (_measured("relu", 8, lr, norm) for norm in (PLAIN, NORMED))
        smoother = all(normed[key] < plain[key] for key in ("range", "change", "beta"))
        yield Finding(
            claim=f"E1 ReLU, depth 8, width 16, lr {lr:g}: smoother along the gradient",
            paper=paper,
            ours=_told(plain, normed),
            agrees=smoother,
            why="95th percentiles; the cosine, a median, is here that one learning rate on",
        )
    plain, normed = (_measured("tanh", 4, 0.5, norm) for norm in (PLAIN, NORMED))
    yield Finding(
        claim="E1 tanh, depth 4: the ordering vanishes or turns round",
        paper="no advantage of batch norm",
        ours=_told(plain, normed),
        agrees=normed["range"] > 0.8 * plain["range"],
        why="and its loss is lower without: never compare the measure without the loss",
    )
    yield _covariate_shift()
    yield _final_loss()


def _measured(activation: Activation, depth: int, lr: float, norm: str) -> dict[str, float]:
    """Return the summary of the first 300 steps of three seeds."""
    found: list[Smoothness] = []
    losses = []
    for seed in range(3):
        rows = samples(replace(SPIRALS, seed=seed))
        given = replace(network(activation, depth, width=16), normalization=norm)  # type: ignore[arg-type]
        found += measures(given, sgd(lr, 300, 128, seed), rows, range(0, 300, 5))
        losses.append(found[-1].loss)
    return {
        "range": percentile(one.loss_range for one in found),
        "change": percentile(one.predictiveness for one in found),
        "beta": percentile(one.smoothness for one in found),
        "cosine": float(np.nanmedian([one.cosines[REACH.index(1.0)] for one in found])),
        "loss": median(losses),
    }


def _told(plain: dict[str, float], normed: dict[str, float]) -> str:
    names = {"range": "range", "change": "gradient change", "cosine": "cosine", "beta": "β", "loss": "loss at the end"}
    return ", ".join(f"{name} {plain[key]:.3g} → {normed[key]:.3g}" for key, name in names.items())


def _covariate_shift() -> Finding:
    """Return whether the layers' inputs can be made to shift without losing what batch norm gives."""
    steps: list[float] = []
    drifts = []
    for norm, random in ((PLAIN, False), (NORMED, False), (NORMED, True)):
        runs = [_shifted(replace(network("relu", 4), normalization=norm), seed, random) for seed in SEEDS]  # type: ignore[arg-type]
        steps.append(median(reached for reached, _ in runs))
        drifts.append(median(drift for _, drift in runs))
    return Finding(
        claim="E1 Random shifts behind batch norm move the layers' inputs more than no norm does, and it still trains",
        paper="batch norm with noise trains as fast as without noise, faster than the plain network (Fig. 2)",
        ours=f"steps plain/batch/random {steps[0]:g}/{steps[1]:g}/{steps[2]:g}; "
        f"drift {drifts[0]:.2g}/{drifts[1]:.2g}/{drifts[2]:.2g} σ a step",
        agrees=steps[2] <= steps[0] and drifts[2] > 10 * drifts[0],
        why="the shift is no reason; but in layers of 12 units the noise costs most of what batch norm gains",
    )


def _shifted(given: Network, seed: int, random: bool) -> tuple[float, float]:
    """Return the steps to a loss of 0.15, and the median drift of a step."""
    rows = samples(replace(SPIRALS, seed=seed))
    found = list(shifts(given, sgd(0.1, 600, seed=seed), rows, 10, random))
    reached = next((one.step for one in found if one.loss <= 0.15), np.inf)
    return reached, float(np.median([one.drifts for one in found]))


def _final_loss() -> Finding:
    """Return whether batch norm's loss is the lower one in the end, at the best rate of each."""
    losses = {
        (activation, norm): median(
            _last(replace(network(activation, 4), normalization=norm), sgd(0.3, 3000, seed=seed), seed)  # type: ignore[arg-type]
            for seed in SEEDS
        )
        for activation in ("relu", "tanh")
        for norm in (PLAIN, NORMED)
    }
    return Finding(
        claim="E1 At a tuned rate the plain network may end lower: batch norm is not always lower",
        paper="plain tanh and ReLU reach a lower training loss (noise of the mini-batches)",
        ours="; ".join(f"{kind}, {norm}: {loss:.2g}" for (kind, norm), loss in losses.items()),
        agrees=losses["tanh", PLAIN] < losses["tanh", NORMED],
        why="lr 0.3, after 3,000 steps",
    )


def _last(given: Network, training: Training, seed: int) -> float:
    trainer = Trainer(given, training, samples(replace(SPIRALS, seed=seed)))
    trainer.advance(training.steps)
    return trainer.evaluate().loss
