"""A network with samples, ready to be computed: a plan, its room, and the kernels."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landscape.network import steps
from landscape.network.layout import Layout
from landscape.network.network import Network
from landscape.network.plan import SETTINGS, Plan, plan
from landscape.network.program import Kind, address, runner
from landscape.network.steps import HEAD, LENGTH

EPS = 1e-5
"""Of all norms but the root mean square, whose is the distance from 1 to the next number: PyTorch's."""


class Bench:
    """What the kernels work on: one room, filled with samples; θ and the running statistics can be exchanged.

    Not to be used by two threads at once; two benches can be.
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
        kind: Kind = "float64",
    ) -> None:
        """Take (samples, inputs) and (samples, outputs); 0 rows: all samples at once, in their order."""
        samples = len(inputs)
        self.layout = layout
        self.plan: Plan = plan(network, layout, rows or samples, samples, statistics, gradient)
        self._room = np.zeros(self.plan.room + 64 // np.dtype(kind).itemsize, kind)
        offset = -self._room.ctypes.data % 64 // self._room.itemsize
        self.room = self._room[offset : offset + self.plan.room]
        """Its first number is at a multiple of 64 bytes: registers are filled faster from there."""
        eps = float(np.finfo(np.float32 if kind == "float32" else np.float64).eps) if network.normalization == "rms" else EPS
        self.room[SETTINGS : SETTINGS + 4] = eps, network.momentum, network.l1, network.l2
        self.view(self.plan.data, samples, layout.inputs)[:] = inputs
        self.view(self.plan.targets, samples, layout.outputs)[:] = wanted
        self._run = runner(kind)
        self.table = np.zeros(HEAD + LENGTH * len(self.plan.instructions) + self.plan.rows, np.int64)
        for index, (name, given) in enumerate(self.plan.instructions):
            at = HEAD + LENGTH * index
            self.table[at : at + 1 + len(given)] = address(name, kind), *given
        self.table[steps.COUNT] = len(self.plan.instructions)
        self.table[steps.STEPS] = 1
        self.table[steps.SIZE] = layout.size
        order = len(self.table) - self.plan.rows
        self.table[steps.ORDER] = order
        self.table[order:] = np.arange(self.plan.rows)
        self._loss = np.zeros(1)

    def view(self, start: int, *shape: int) -> NDArray[np.generic]:
        """Return a part of the room."""
        return self.room[start : start + math.prod(shape)].reshape(shape)

    @property
    def theta(self) -> NDArray[np.generic]:
        """The weights, to be written into."""
        return self.view(self.plan.theta, self.layout.size)

    @property
    def gradient(self) -> NDArray[np.generic]:
        """What the last run left."""
        return self.view(self.plan.gradient, self.layout.size)

    @property
    def running(self) -> NDArray[np.generic]:
        """The running statistics."""
        return self.view(self.plan.running, self.layout.statistics)

    @property
    def outputs(self) -> NDArray[np.generic]:
        """What the network gave, (rows, outputs)."""
        return self.view(self.plan.outputs, self.layout.outputs, self.plan.rows).T

    def run(self) -> float:
        """Go through the network once; return the loss, penalties included."""
        self._run(self.room.ctypes.data, self.table.ctypes.data, self._loss.ctypes.data)
        return float(self._loss[0])
