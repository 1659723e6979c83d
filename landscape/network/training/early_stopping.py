"""Early stopping: the training ends once the loss over the test rows has not fallen for some steps.

Source: Prechelt, "Early stopping - but when?", 1998, with its patience in steps.
"""

import math

import numpy as np
from numpy.typing import NDArray

from landscape.errors import InputError
from landscape.network.data.samples import Samples
from landscape.network.network import Training
from landscape.network.training.trainer import Trainer

MOST_LOSSES = 2000
"""Steps at which a loss over the test rows is taken, about evenly spread: all of them in a shorter training."""


def steps_apart(steps: int) -> int:
    """Return how many steps are between two that the losses are taken at."""
    return -(-steps // MOST_LOSSES)


def check_stopping(training: Training, rows: Samples) -> None:
    """Refuse early stopping without rows to look at.

    Raises:
        InputError: says what is missing.
    """
    if training.early_stopping is not None and not len(rows.test_inputs):
        raise InputError('Early stopping looks at the loss over the test rows, and there are none: set "test_share"')


class EarlyStopping:
    """Watches a training, and remembers the weights of its lowest loss; without patience it does nothing."""

    def __init__(self, trainer: Trainer, patience: int | None) -> None:
        self._trainer, self._patience = trainer, patience
        self._lowest, self._step = math.inf, 0
        self._weights: NDArray[np.float64] | None = None
        self.restored: int | None = None
        """The step whose weights were restored; None while the training goes on."""

    def look(self, loss: float, snapshot: NDArray[np.float64]) -> bool:
        """Tell whether the training ends with this loss over the test rows; then its weights are those of before."""
        if self._patience is None or self._trainer.outcome == "diverged":
            return False
        if loss < self._lowest:
            self._lowest, self._step, self._weights = loss, self._trainer.step, snapshot
        if self._weights is None or self._trainer.step - self._step < self._patience:
            return False
        self._trainer.restore(self._weights)
        self.restored = self._step
        return True
