"""The softmax of one row step by step: logits, powers, probabilities, the cross-entropy and its gradient.

Beside it what a sigmoid makes of each of the same logits, and the cross-entropy of that.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landscape.network.evaluation import sigmoids

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Softmax:
    """What the softmax makes of the logits of a row; each array (classes,)."""

    logits: Floats
    """z."""
    powers: Floats
    """t = e^z; infinite where that overflows."""
    probabilities: Floats
    """t/Σt."""
    hard: Floats
    """The hardmax: 1 at the largest logit, 0 elsewhere."""
    wanted: Floats
    """1 at the class of the row; of several labels equal shares."""
    loss: float
    """The cross-entropy, -Σ y ln ŷ: -ln of the probability of the row's class."""

    @property
    def slopes(self) -> Floats:
        """The gradient of the cross-entropy by the logits: what is given minus what is wanted."""
        return self.probabilities - self.wanted


@dataclass(frozen=True, kw_only=True, eq=False)
class Sigmoids:
    """What a sigmoid for each class makes of the logits of a row; each array (classes,)."""

    logits: Floats
    """z."""
    probabilities: Floats
    """σ(z) = 1/(1 + e^-z), of each class for itself: they need not sum to 1."""
    wanted: Floats
    """1 for each label of the row, 0 for the others."""
    loss: float
    """The mean over the classes of -ln σ of the labels and -ln(1 - σ) of the others."""

    @property
    def slopes(self) -> Floats:
        """The gradient of the loss by the logits, times the number of classes: what is given minus what is wanted."""
        return self.probabilities - self.wanted


def sigmoids_of(logits: Floats, wanted: Floats) -> Sigmoids:
    """Return what sigmoids make of the logits of a row, of which ``wanted`` is 1 or 0; nothing overflows."""
    each = np.log1p(np.exp(-np.abs(logits))) + np.maximum(logits, 0.0) - wanted * logits
    return Sigmoids(logits=logits, probabilities=sigmoids(logits), wanted=wanted, loss=float(each.mean()))


def softmax(logits: Floats, wanted: Floats) -> Softmax:
    """Return the steps for the logits of a row of which ``wanted`` sums to 1; probabilities and loss do not overflow.

    ``wanted`` is 1 for the row's class and 0 for the others, or a share for each label.
    """
    with np.errstate(over="ignore"):
        powers = np.exp(logits)
    below = logits - logits.max()
    raised = np.exp(below)
    return Softmax(
        logits=logits,
        powers=powers,
        probabilities=raised / raised.sum(),
        hard=np.eye(len(logits))[int(logits.argmax())],
        wanted=wanted,
        loss=float(np.log(raised.sum()) - wanted @ below),
    )
