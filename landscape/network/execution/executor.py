"""The executor of a network: a program for given samples, its memory, and the kernels that it calls."""

import math

import numpy as np
from numpy.typing import NDArray

from landscape.network.execution.assembler import SETTINGS
from landscape.network.execution.instructions import Program, assemble
from landscape.network.execution.kernel_cache import kernel, runner
from landscape.network.kernels.compiler import Kind
from landscape.network.kernels.interpreter import COUNT, HEAD, LENGTH, ORDER, SIZE, STEPS
from landscape.network.layout import Layout
from landscape.network.network import Network

EPS = 1e-5
"""Of all norms but the root mean square, whose is the distance from 1 to the next number: PyTorch's; and whitening."""
WHITENING_EPS = 1e-3
"""Of whitening, as its authors have it: a covariance has small eigenvalues sooner than a unit has a small variance."""


def epsilon(network: Network, kind: Kind) -> float:
    """Return ε of the network's norm for numbers of a kind."""
    if network.normalization == "rms":
        return float(np.finfo(np.float32 if kind == "float32" else np.float64).eps)
    return WHITENING_EPS if network.normalization == "whitening" else EPS


def _settings(network: Network, kind: Kind) -> tuple[float, ...]:
    """Return the numbers that kernels read, in their order."""
    limits = network.clip_norm or 0.0, network.clip_value or 0.0
    kept = 1.0 / (1.0 - network.dropout)
    averaging = epsilon(network, kind), network.momentum
    return (*averaging, network.l1, network.l2, kept, *limits, network.r_max, network.d_max)


class Executor:
    """What the kernels work on: one memory, filled with samples; θ and the running statistics can be exchanged.

    Not to be used by two threads at once; two executors can be.
    """

    def __init__(
        self,
        network: Network,
        layout: Layout,
        inputs: NDArray[np.float64],
        wanted: NDArray[np.float64],
        *,
        statistics: int,
        gradient: bool,
        rows: int = 0,
        steps: int = 1,
        kind: Kind = "float64",
        inside: bool = False,
    ) -> None:
        """Take (samples, inputs) and (samples, outputs); 0 rows, or as many as samples: all at once, in their order.

        ``steps`` is how many mini-batches can be listed at once; ``inside``: what is activated is kept.
        """
        samples = len(inputs)
        self.layout = layout
        self.program: Program = assemble(network, layout, rows or samples, samples, statistics, gradient, inside)
        self._memory = np.zeros(self.program.memory + 64 // np.dtype(kind).itemsize, kind)
        offset = -self._memory.ctypes.data % 64 // self._memory.itemsize
        self.memory = self._memory[offset : offset + self.program.memory]
        """Its first number is at a multiple of 64 bytes: registers are filled faster from there."""
        with np.errstate(over="ignore"):  # What is too large for four bytes is infinite there.
            self.memory[SETTINGS : SETTINGS + 9] = _settings(network, kind)
            for at, given in ((self.program.data, inputs), (self.program.targets, wanted)):
                held = given if self.program.fetches else given.T
                self.view(at, *held.shape)[:] = held
        self._run = runner(kind)
        self.table = self._table(kind, steps)
        self._losses = np.zeros(steps)

    def _table(self, kind: Kind, most_steps: int) -> NDArray[np.int64]:
        """Return the program as the kernels read it, with room for the rows of so many mini-batches at its end."""
        order = HEAD + LENGTH * len(self.program.instructions)
        table = np.zeros(order + self.program.rows * most_steps * self.program.fetches, np.int64)
        for index, (name, given) in enumerate(self.program.instructions):
            at = HEAD + LENGTH * index
            table[at : at + 1 + len(given)] = kernel(name, kind).address, *given
        table[[STEPS, COUNT, ORDER, SIZE]] = 1, len(self.program.instructions), order, self.layout.size
        return table

    def view(self, start: int, *shape: int) -> NDArray[np.generic]:
        """Return a part of the memory."""
        return self.memory[start : start + math.prod(shape)].reshape(shape)

    @property
    def theta(self) -> NDArray[np.generic]:
        """The weights, to be written into."""
        return self.view(self.program.theta, self.layout.size)

    @property
    def gradient(self) -> NDArray[np.generic]:
        """What the last run left."""
        return self.view(self.program.gradient, self.layout.size)

    @property
    def running(self) -> NDArray[np.generic]:
        """The running statistics."""
        return self.view(self.program.running, self.layout.statistics)

    @property
    def outputs(self) -> NDArray[np.generic]:
        """What the network gave, (rows, outputs)."""
        return self.view(self.program.outputs, self.layout.outputs, self.program.rows).T

    def run(self) -> float:
        """Go through the network once; return the loss, penalties included."""
        self.run_steps(1)
        return float(self._losses[0])

    def run_steps(self, steps: int) -> tuple[int, NDArray[np.float64]]:
        """Make the steps that the table lists; return how many were finite, and the losses of all that were tried."""
        self.table[STEPS] = steps
        done = self._run(self.memory.ctypes.data, self.table.ctypes.data, self._losses.ctypes.data)
        return done, self._losses[: min(done + 1, steps)]
