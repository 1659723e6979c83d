"""E2, E7 and E12: the edge of stability, slices, and saddles of symmetry."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from landscape.network.data.samples import Data, samples
from landscape.network.measures.sharpness import along
from landscape.network.network import Network
from landscape.network.slices.directions import principal_plane, random_plane
from landscape.network.training.trainer import Trainer
from tests.claims.experiments import CHEBYSHEV, SEEDS, SPIRALS, Finding, median, network, sgd

TINY = Network(hidden=(30, 20), activation="tanh", initialization="xavier", gain=0.7, loss="squared_error")
DEEP_LINEAR = Network(hidden=(8, 8), activation="linear", initialization="normal", gain=0.02, loss="squared_error")


def findings() -> Iterator[Finding]:
    """Yield a row for every claim."""
    for lr, paper in ((0.1, "19.6–20.2 (2/η = 20)"), (0.2, "9.1–10.0 (10)"), (0.4, "5.0 (5)")):
        yield _edge(lr, paper)
    yield _small_batches()
    yield from _path()
    yield from _saddle()


def _edge(lr: float, paper: str) -> Finding:
    ends = []
    for seed in SEEDS:
        seen = list(along(TINY, sgd(lr, 12_000, 0, seed), samples(CHEBYSHEV), every=1000))
        ends.append(seen[-1].value if np.isfinite(seen[-1].loss) else np.nan)
    close = np.isclose(ends, 2.0 / lr, rtol=0.06)
    lost = int(np.isnan(ends).sum())
    return Finding(
        claim=f"E2 Full-batch descent, η {lr:g}: the sharpness ends at 2/η",
        paper=paper,
        ours=", ".join(f"{end:.2f}" for end in ends),
        agrees=bool(close.sum() >= 4),
        why=f"{lost} of 5 seeds diverged early" if lost else "",
    )


def _small_batches() -> Finding:
    rows = samples(replace(CHEBYSHEV, samples=100))
    ends = {
        size: [list(along(TINY, sgd(0.05, 20_000, size, seed), rows, every=10_000))[-1] for seed in SEEDS]
        for size in (0, 25, 10, 5)
    }
    sharp = {size: median(end.value for end in found) for size, found in ends.items()}
    low = max(median(end.loss for end in found) for found in ends.values())
    falling = list(sharp.values())
    return Finding(
        claim="E2 Mini-batches stay below 2/η, smaller ones the more",
        paper="the gap grows as the batch shrinks",
        ours="; ".join(f"{size or 'all'}: {value:.3g}" for size, value in sharp.items()),
        agrees=falling == sorted(falling, reverse=True) and low < 0.01,
        why=f"100 points, η 0.05 (2/η = 40), medians; all train, the largest median loss is {low:.1g}",
    )


def _path() -> Iterator[Finding]:
    shares, spreads = [], []
    for seed in SEEDS:
        trainer = Trainer(network("relu", 4), sgd(0.1, 300, seed=seed), samples(replace(SPIRALS, seed=seed)))
        path = [trainer.weights()]
        while trainer.advance(5):
            path.append(trainer.weights())
        shares.append(sum(principal_plane(np.array(path)).shares or ()))
        random = random_plane(trainer.layout, path[-1], seed)
        points, _ = random.project(np.array(path))
        moved = np.linalg.norm(path[0] - path[-1])
        spreads.append(float(np.linalg.norm(points[0] @ random.directions) / moved))
    yield Finding(
        claim="E7 Two principal components hold most of a path's variance",
        paper="40–90 %",
        ours=", ".join(f"{100 * share:.0f} %" for share in shares),
        agrees=min(shares) > 0.4,
        why="300 steps of a small network: fewer directions than in the paper's",
    )
    yield Finding(
        claim="E7 Random directions show next to nothing of a path",
        paper="the projected path looks like a random walk",
        ours=", ".join(f"{100 * spread:.0f} %" for spread in spreads) + " of the distance",
        agrees=max(spreads) < 0.3,
    )


def _saddle() -> Iterator[Finding]:
    rows = samples(SPIRALS)
    zero = replace(network("relu", 4), initialization="zero")
    trainer = Trainer(zero, sgd(0.1, 2000, 0), rows)
    trainer.advance(2000)
    yield Finding(
        claim="E12 All weights zero: the network stays at the saddle",
        paper="never leaves",
        ours=f"loss {trainer.evaluate().loss:.6f} after 2,000 steps, ln 2 = {np.log(2):.6f}; "
        f"largest weight {np.abs(trainer.weights()).max():.1g}",
        agrees=bool(np.isclose(trainer.evaluate().loss, np.log(2)) and np.abs(trainer.weights()).max() < 1e-6),
    )
    yield _plateau()


def _plateau() -> Finding:
    """Return when the loss has fallen by a tenth and by nine tenths, of what is left once the biases are learned."""
    falls = []
    for seed in SEEDS:
        rows = samples(Data(name="gaussians", test_share=0.0, seed=seed))
        trainer = Trainer(DEEP_LINEAR, sgd(0.1, 1500, 0, seed), rows)
        trainer.advance(1500)
        level, last = trainer.losses[60], trainer.losses[-1]
        begun, done = (int(np.argmax(trainer.losses < level - part * (level - last))) for part in (0.1, 0.9))
        falls.append((begun, done))
    return Finding(
        claim="E12 Small weights of a deep linear network: a plateau, then a drop",
        paper="plateau, then a sudden drop (Saxe 2014)",
        ours="a tenth of it by step/nine tenths by step: " + ", ".join(f"{begun}/{done}" for begun, done in falls),
        agrees=all(begun > 100 and done - begun < begun / 3 for begun, done in falls),
    )
