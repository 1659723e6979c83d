"""The loss of a network over certain rows as a function of its weights alone: what a landscape is made of."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.network.bench import Bench
from landscape.network.data import Samples
from landscape.network.evaluation import hessian_vector
from landscape.network.layout import layout
from landscape.network.network import Network
from landscape.network.normalization import OWN
from landscape.network.targets import wanted

Vector: TypeAlias = NDArray[np.float64]


class Objective:
    """L(θ) over the training part of ``samples``, penalties included.

    Batch norm takes the statistics of these rows, computed anew at every θ. All numbers are float64.
    Not to be used by two threads at once; two objectives can be.
    """

    def __init__(self, network: Network, samples: Samples) -> None:
        self.layout = layout(network, samples.inputs.shape[1], samples.outputs)
        self._network, self._samples = network, samples
        given = network, self.layout, samples.inputs, wanted(network, samples)
        self._forward = Bench(*given, statistics=OWN, gradient=False)
        self._back = Bench(*given, statistics=OWN, gradient=True)

    def value(self, theta: Vector) -> float:
        """Return L(θ); inf or NaN where it overflows."""
        self._forward.theta[:] = theta
        return self._forward.run()

    def value_and_gradient(self, theta: Vector) -> tuple[float, Vector]:
        """Return L(θ) and ∇L(θ), (n,)."""
        self._back.theta[:] = theta
        return self._back.run(), self._back.gradient.astype(np.float64)

    def product(self, theta: Vector, direction: Vector) -> Vector:
        """Return ∇²L(θ) v, exact to rounding."""
        rows = self._samples
        return hessian_vector(self._network, theta, rows.inputs, rows.targets, rows.classes, direction)
