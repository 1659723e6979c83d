"""The targets of the loss: classes in one-hot encoding, labels, or values, as numbers for each output."""

import numpy as np
from numpy.typing import NDArray

from landscape.errors import InputError
from landscape.network.data.samples import Samples, Targets, labelled
from landscape.network.network import Network


def wanted(network: Network, samples: Samples, test: bool = False) -> NDArray[np.float64]:
    """Return what is wanted of the training part, or the test part: (rows, outputs)."""
    return wanted_of(network, samples.test_targets if test else samples.targets, samples.outputs)


def wanted_of(network: Network, targets: Targets, outputs: int) -> NDArray[np.float64]:
    """Return what is wanted: of classes (n,) 1 of the right one and 0 of the others, or the values (n, outputs).

    Of labels (n, outputs) 1 of each that the row has. The cross-entropy of the softmax, whose outputs sum to 1, wants
    equal shares of them; of a row without a label, which a softmax cannot say, equal shares of all.

    Raises:
        InputError: for cross-entropy where values are to be predicted.
    """
    if labelled(targets):
        asked = np.asarray(targets, np.float64)
        if network.loss != "cross_entropy":
            return asked
        asked = np.where(asked.any(axis=1, keepdims=True), asked, 1.0)
        return np.asarray(asked / asked.sum(axis=1, keepdims=True))
    if np.issubdtype(targets.dtype, np.integer):
        return np.eye(outputs)[targets]
    if network.loss != "squared_error":
        raise InputError("Cross-entropy is a loss of classes; values need the squared error")
    return np.asarray(targets, np.float64).reshape(len(targets), outputs)
