"""The targets of the loss: classes in one-hot encoding, or values, as numbers for each output."""

import numpy as np
from numpy.typing import NDArray

from landscape.errors import InputError
from landscape.network.data.samples import Samples, Targets
from landscape.network.network import Network


def wanted(network: Network, samples: Samples, test: bool = False) -> NDArray[np.float64]:
    """Return what is wanted of the training part, or the test part: (rows, outputs)."""
    return wanted_of(network, samples.test_targets if test else samples.targets, samples.outputs)


def wanted_of(network: Network, targets: Targets, outputs: int) -> NDArray[np.float64]:
    """Return what is wanted: of classes (n,) 1 of the right one and 0 of the others, or the values (n, outputs).

    Raises:
        InputError: for cross-entropy where values are to be predicted.
    """
    if np.issubdtype(targets.dtype, np.integer):
        return np.eye(outputs)[targets]
    if network.loss == "cross_entropy":
        raise InputError("Cross-entropy is a loss of classes; values need the squared error")
    return np.asarray(targets, np.float64).reshape(len(targets), outputs)
