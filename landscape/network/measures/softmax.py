"""The softmax of one row step by step: logits, powers, probabilities, the cross-entropy and its gradient."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    """1 at the class of the row."""
    loss: float
    """The cross-entropy, -ln of the probability of the row's class."""

    @property
    def slopes(self) -> Floats:
        """The gradient of the cross-entropy by the logits: what is given minus what is wanted."""
        return self.probabilities - self.wanted


def softmax(logits: Floats, label: int) -> Softmax:
    """Return the steps for the logits of a row of class ``label``; probabilities and loss do not overflow."""
    with np.errstate(over="ignore"):
        powers = np.exp(logits)
    below = logits - logits.max()
    raised = np.exp(below)
    one = np.eye(len(logits))
    return Softmax(
        logits=logits,
        powers=powers,
        probabilities=raised / raised.sum(),
        hard=one[int(logits.argmax())],
        wanted=one[label],
        loss=float(np.log(raised.sum()) - below[label]),
    )
