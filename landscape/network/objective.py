"""The objective: the loss over certain rows as a function of the weights, with its gradient and Hessian products."""

from dataclasses import replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.descent.noise import batches
from landscape.network.data.samples import Samples
from landscape.network.data.targets import wanted
from landscape.network.evaluation import hessian_vector
from landscape.network.execution.executor import Executor
from landscape.network.kernels.normalization import OWN
from landscape.network.layout import layout
from landscape.network.network import Network, Training

Vector: TypeAlias = NDArray[np.float64]


class Objective:
    """L(θ) over the training part of ``samples``, penalties included.

    Batch norm takes the statistics of these rows, computed anew at every θ. All numbers are float64.
    Not to be used by two threads at once; two objectives can be.
    """

    def __init__(self, network: Network, samples: Samples) -> None:
        self.layout = layout(network, samples.inputs.shape[1], samples.outputs)
        self._network, self._samples = network, samples
        self._given = network, self.layout, samples.inputs, wanted(network, samples)

    @cached_property
    def _forward(self) -> Executor:
        return Executor(*self._given, statistics=OWN, gradient=False)

    @cached_property
    def _back(self) -> Executor:
        return Executor(*self._given, statistics=OWN, gradient=True)

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


def objective_of_step(network: Network, training: Training, samples: Samples, step: int) -> Objective:
    """Return the loss over the mini-batch that a training makes this step with; the first is step 0."""
    rows = len(samples.inputs)
    if not 0 < training.batch_size < rows:
        return Objective(network, samples)
    [chosen] = batches(training.seed, 1, rows, training.batch_size, step)
    return Objective(network, replace(samples, inputs=samples.inputs[chosen], targets=samples.targets[chosen]))
