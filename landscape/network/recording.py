"""A training that is written down while it happens: its losses at many steps, its weights and layers at some."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.network.data import Samples
from landscape.network.network import Activation, Network, Training
from landscape.network.training import Trainer, evaluate, pre_activations

Floats: TypeAlias = NDArray[np.float64]
Outcome: TypeAlias = Literal["running", "finished", "diverged"]

MOST_LOSSES = 2000
"""Steps at which the losses are taken, about evenly spread: all of them in a shorter training."""
MOST_FRAMES = 240
"""Steps at which weights and layers are kept."""
LOOKED_AT = 200
"""Rows of which the values in the layers are taken."""
BINS = 40
LOWEST, HIGHEST = -5.0, 5.0
"""Range of the histograms; what lies beyond is counted in the outermost bins."""
SATURATED = {"tanh": 2.65, "sigmoid": 4.6}
"""Distance from 0 beyond which an activation is within 1 % of its end."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Recording:
    """What became of one training, as far as it has come; arrays are read-only."""

    network: Network
    step: int
    """Steps made."""
    outcome: Outcome
    at: NDArray[np.int64]
    """(k,) the steps at which the losses were taken, the first 0."""
    losses: Floats
    """(k, 2): over all training rows, and over all test rows; batch norm with its running statistics."""
    accuracies: Floats
    """(k, 2): shares of rows taken for what they are; NaN where values are predicted."""
    frames: NDArray[np.int64]
    """(m,) the steps at which the weights were kept, the first 0."""
    weights: Floats
    """(m, numbers): θ, and behind it the running statistics."""
    gradients: Floats
    """(m, layers): norm of the gradient of each layer over all training rows."""
    densities: NDArray[np.float32]
    """(m, layers, BINS): share of the values that enter an activation in each bin, against the fullest one."""
    idle: Floats
    """(m, layers): share of dead units (relu), or of saturated activations (tanh, sigmoid); else NaN."""

    def reached(self, threshold: float) -> int | None:
        """Return the first step whose loss over all training rows is at or under ``threshold``; None where there is none."""
        below = np.flatnonzero(self.losses[:, 0] <= threshold)
        return int(self.at[below[0]]) if len(below) else None

    def frame(self, step: float) -> int:
        """Return which of the frames is the last at or before ``step``."""
        return max(int(np.searchsorted(self.frames, step, side="right")) - 1, 0)

    def every_step(self, values: Floats) -> Floats:
        """Return (step + 1,) what was taken at some steps for every step, in straight lines between."""
        return values if len(values) == self.at[-1] + 1 else np.interp(np.arange(self.at[-1] + 1), self.at, values)


class Recorder:
    """Trains a network, and writes down what happens.

    Args:
        network: What is trained.
        training: How.
        rows: On what.
    """

    def __init__(self, network: Network, training: Training, rows: Samples) -> None:
        self._network, self._rows, self._steps = network, rows, training.steps
        self._trainer = Trainer(network, training, rows)
        self._apart = -(-training.steps // MOST_LOSSES)
        self._frames_apart = self._apart * -(-training.steps // (self._apart * MOST_FRAMES))
        self._at: list[int] = []
        self._measured: list[tuple[float, float, float, float]] = []
        self._frames: list[Frame] = []
        self._take()

    @property
    def running(self) -> bool:
        """Whether there are steps left that can be made."""
        return self._trainer.outcome == "running"

    def advance(self, seconds: float, cancelled: Callable[[], bool]) -> None:
        """Train for about so long, or until the end."""
        begun = perf_counter()
        while self.running and not cancelled() and perf_counter() - begun < seconds:
            self._trainer.advance(min(self._apart, self._steps - self._trainer.step), cancelled)
            self._take()

    def recording(self) -> Recording:
        """Return what was written down until now."""
        measured = np.array(self._measured)
        return Recording(
            network=self._network,
            step=self._trainer.step,
            outcome=self._trainer.outcome,
            at=np.array(self._at),
            losses=measured[:, :2],
            accuracies=measured[:, 2:],
            frames=np.array([frame.step for frame in self._frames]),
            weights=np.array([frame.weights for frame in self._frames]),
            gradients=np.array([frame.gradients for frame in self._frames]),
            densities=np.array([frame.densities for frame in self._frames]),
            idle=np.array([frame.idle for frame in self._frames]),
        )
