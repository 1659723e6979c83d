"""The assembler: a program under construction, its instructions both ways and its memory."""

from typing import TypeAlias

from landscape.network.kernels.normalization import REMEMBERED
from landscape.network.layout import Layout, Slot
from landscape.network.network import Network

SETTINGS = 16
"""Where in memory the settings are: ε, the weight of new statistics, l1, l2, dropout's factor of what is kept, the
limits of a clipped gradient's norm and of its components, and those of r and d of renormalization. The loss is at 0."""
_ALIGNED = 16
"""A part of the memory begins at a multiple of this."""

Instruction: TypeAlias = tuple[str, tuple[int, ...]]


class Assembler:
    """A program under construction."""

    def __init__(
        self, network: Network, layout: Layout, rows: int, statistics: int, gradient: bool, inside: bool
    ) -> None:
        self.network, self.rows, self.statistics, self.wants_gradient = network, rows, statistics, gradient
        self.trains = statistics == REMEMBERED
        self.rectifies = network.activation == "relu" and not inside
        """Whether negative sums are never written: what makes the sums writes zeros for them."""
        self.forward: list[Instruction] = []
        self.back: list[Instruction] = []
        self.penalties: list[Instruction] = []
        """What is added to the loss where there is no way back."""
        self.size = SETTINGS + _ALIGNED
        self.theta, self.gradient = self.part(layout.size), self.part(layout.size)
        self.running = self.part(layout.statistics)
        self.rest = self.part(3 * rows)
        self.given = self.turned = -1
        """Where the network's inputs are, (inputs, rows), and, if they move γ and β, (rows, inputs)."""
        self.inputs = layout.inputs
        self.zeros = self.part(max(max(layer.units, layer.inputs) for layer in layout.layers))
        """Biases of what has none."""

    def part(self, numbers: int) -> int:
        """Return where there is room for so many numbers."""
        start = self.size
        self.size += -(-numbers // _ALIGNED) * _ALIGNED
        return start

    def write(self, forward: Instruction | None, *back: Instruction) -> None:
        """Write what is done next on the way forward, and what is therefore done first on the way back."""
        if forward is not None:
            self.forward.append(forward)
        if self.wants_gradient:
            self.back[:0] = back

    def at(self, slot: Slot | None) -> int:
        """Return where a slot of θ is; -1 for none."""
        return -1 if slot is None else self.theta + slot.start

    def to(self, slot: Slot | None) -> int:
        """Return where its gradient is."""
        return -1 if slot is None else self.gradient + slot.start
