"""The loss along a line through weight space, by kernels that go through all of it without a stop."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.network.data.samples import Samples
from landscape.network.data.targets import wanted
from landscape.network.execution.executor import Executor
from landscape.network.kernels.interpreter import (
    COEFFICIENTS,
    COEFFICIENTS_APART,
    CONSTANTS,
    GRADIENT,
    RULE,
    STATE,
    THETA,
)
from landscape.network.kernels.normalization import OWN
from landscape.network.layout import layout
from landscape.network.network import Network, Precision
from landscape.network.training.update_kernel import step_for, update_kernel

Vector: TypeAlias = NDArray[np.float64]

_WALK = UpdateRule("base = base\ntheta = base + lr*g")
"""Its state is where the line begins, its gradient the direction, its rate how far along it to go."""
_WORK = 640_000_000
"""Weights times rows times places that are not interrupted, which takes about a twentieth of a second."""


class Line:
    """L(θ + s v) for many s, the loss being that of :class:`landscape.network.objective.Objective`.

    Not to be used by two threads at once; two lines can be.
    """

    def __init__(self, network: Network, samples: Samples, places: Vector, precision: Precision = "float32") -> None:
        """Take the s, (k,)."""
        where, count = layout(network, samples.inputs.shape[1], samples.outputs), len(places)
        self._executor = Executor(
            network, where, samples.inputs, wanted(network, samples),
            statistics=OWN, gradient=False, steps=count, kind=precision,
        )  # fmt: skip
        table, kind = self._executor.table, self._executor.memory.dtype
        with np.errstate(over="ignore"):
            self._places = places.astype(kind)
            # A step goes on to the next place; the last one nowhere.
            self._coefficients = step_for(_WALK).schedule(np.append(places[1:], 0.0), {}).astype(kind)
        self._together = max(1, _WORK // (where.size * self._executor.program.rows))
        self._ends = np.zeros((2, where.size), kind)
        self._constants = np.zeros(1, kind)
        self._kernel = update_kernel(_WALK, precision == "float32")
        table[[RULE, THETA]] = self._kernel.address, self._executor.theta.ctypes.data
        table[[STATE, GRADIENT]] = self._ends[0].ctypes.data, self._ends[1].ctypes.data
        table[[CONSTANTS, COEFFICIENTS_APART]] = self._constants.ctypes.data, self._coefficients.strides[0]

    def losses(self, theta: Vector, direction: Vector, cancelled: Callable[[], bool] = lambda: False) -> Vector:
        """Return the losses, (k,), for θ and v, both (n,); inf and NaN where the network overflows.

        Once ``cancelled`` says yes, what is left is NaN.
        """
        losses = np.full(len(self._places), np.nan)
        first = 0
        with np.errstate(over="ignore"):
            self._ends[:] = theta, direction
        while first < len(losses):  # A loss that is not finite ends the kernels' walk, but not the line
            if cancelled():
                break
            with np.errstate(all="ignore"):
                self._executor.theta[:] = self._ends[0] + self._places[first] * self._ends[1]
            self._executor.table[COEFFICIENTS] = self._coefficients[first:].ctypes.data
            _, found = self._executor.run_steps(min(self._together, len(losses) - first))
            losses[first : first + len(found)] = found
            first += len(found)
        return losses
