"""The instructions that a network's forward and backward pass are made of, and where in memory they find their numbers.

All numbers are in one array, the *memory*: θ, its gradient, the samples, and what comes up on the way. An instruction
names a kernel, and where in memory it finds what it takes and puts what it gives.
"""

from dataclasses import dataclass
from functools import lru_cache
from inspect import signature
from typing import TypeAlias

from landscape.network.kernels import activations
from landscape.network.kernels.interpreter import ORDER, STEP
from landscape.network.layout import POOL, SIDE, TAPS, Layer, Layout, Slot
from landscape.network.network import Network

SETTINGS = 16
"""Where in memory ε, the weight of new statistics, l1 and l2 are; the loss is at 0."""
_ALIGNED = 16
"""A part of the memory begins at a multiple of this."""
_SLACK = 64
"""Numbers behind the last part: a register may be filled beyond the end of a row."""

Instruction: TypeAlias = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Program:
    """The instructions, and where in memory things are."""

    instructions: tuple[Instruction, ...]
    memory: int
    """Numbers in all."""
    rows: int
    samples: int
    theta: int
    gradient: int
    running: int
    data: int
    """The samples (samples, inputs); if they are not fetched, (inputs, samples)."""
    targets: int
    """What is wanted of them, likewise."""
    outputs: int
    """What the network gives, (outputs, rows)."""
    activated: tuple[int, ...]
    """For each layer but the last, what its activation is applied to, (units times positions, rows), if it is kept."""

    @property
    def fetches(self) -> bool:
        """Whether the rows of a mini-batch are fetched from the samples, by a list, because they are not all."""
        return self.rows < self.samples


@lru_cache(maxsize=64)
def assemble(
    network: Network, layout: Layout, rows: int, samples: int, statistics: int, gradient: bool, inside: bool = False
) -> Program:
    """Return the program for ``rows`` of ``samples`` at once.

    Args:
        network: What it is of.
        layout: Its layout.
        rows: In a mini-batch; if they are all of the samples, none need to be fetched.
        samples: In all.
        statistics: Which ones batch norm takes: FIXED, OWN or REMEMBERED of
            :mod:`landscape.network.kernels.normalization`.
        gradient: Whether it is wanted.
        inside: Whether what is activated is kept.
    """
    to = _Assembler(network, layout, rows, statistics, gradient, inside)
    data, targets = to.part(samples * layout.inputs), to.part(samples * layout.outputs)
    batch, wanted = data, targets
    if rows < samples:
        batch, wanted = to.part(rows * layout.inputs), to.part(rows * layout.outputs)
        for source, target, features in ((data, batch, layout.inputs), (targets, wanted, layout.outputs)):
            to.forward.append(("gather", (source, target, ORDER, STEP, rows, features)))
    widest = rows * max(max(layer.units * layer.positions, layer.inputs) for layer in layout.layers)
    slopes, below = to.part(widest), to.part(widest)
    taken, activated = batch, []
    for index, layer in enumerate(layout.layers):
        # The slopes are in one of two places in turn, from the last layer on, where the loss puts them.
        here, there = (slopes, below) if (len(layout.layers) - index) % 2 else (below, slopes)
        taken, before = _layer(to, layer, taken, here, there)
        activated.append(before)
    to.forward.append((network.loss, (taken, wanted, slopes, to.rest, layout.outputs, rows)))
    to.forward += to.penalties
    return Program(
        instructions=(*to.forward, *to.back),
        memory=to.size + _SLACK,
        rows=rows,
        samples=samples,
        theta=to.theta,
        gradient=to.gradient,
        running=to.running,
        data=data,
        targets=targets,
        outputs=taken,
        activated=tuple(activated[:-1]),
    )


class _Assembler:
    """A program under construction."""

    def __init__(
        self, network: Network, layout: Layout, rows: int, statistics: int, gradient: bool, inside: bool
    ) -> None:
        self.network, self.rows, self.statistics, self.wants_gradient = network, rows, statistics, gradient
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


def _layer(to: _Assembler, layer: Layer, taken: int, here: int, there: int) -> tuple[int, int]:
    """Write a layer, whose inputs are at ``taken``; return where its outputs are, and what is activated.

    Back, the slopes of its outputs are ``here``, and those of its inputs go ``there``.
    """
    columns = layer.positions * to.rows
    pictured = layer.positions > 1
    if pictured:
        picture, taken = taken, to.part(TAPS * columns)
        to.write(("patches", (picture, taken, SIDE, to.rows)))
    slopes = there if pictured else here
    bare = layer.normalization in ("none", "weight") or to.network.placement == "after"
    rectified = to.rectifies and bare and not layer.last
    before = found = _sums(to, layer, taken, slopes, there, rectified)
    if layer.last:
        return found, found
    if not bare:
        rectified = to.rectifies and layer.gamma is not None
        before = found = _norm(to, layer, found, slopes, rectified)
    found = _activation(to, found, slopes, layer.units * columns, rectified)
    if to.network.placement == "after":
        found = _norm(to, layer, found, slopes, rectified=False)
    if pictured:
        half, whole = SIDE // POOL, found
        found = to.part(layer.units * half * half * to.rows)
        sizes = (layer.units, half, to.rows)
        to.write(("pool", (whole, found, *sizes)), ("pool_back", (here, there, *sizes)))
    return found, before


def _sums(to: _Assembler, layer: Layer, taken: int, slopes: int, there: int, rectified: bool) -> int:
    """Write the weights times the inputs, plus the biases."""
    units, inputs, columns = layer.units, layer.inputs, layer.positions * to.rows
    weights = _weights(to, layer)
    sums, turned = to.part(units * columns), to.part(inputs * columns)
    slot = to.to(layer.weights) if to.wants_gradient else -1
    back: list[Instruction] = [
        ("turn", (taken, turned, inputs, columns)),
        ("product", (to.to(layer.weights), slopes, columns, 1, turned, units, inputs, columns, to.zeros, False)),
    ]
    if to.network.l1 > 0.0 or to.network.l2 > 0.0:
        (back if to.wants_gradient else to.penalties).append(("penalty", (weights, slot, SETTINGS + 2, units * inputs)))
    if layer.weights.start > 0:  # The first layer's inputs are given
        back.append(("product", (there, weights, 1, inputs, slopes, inputs, columns, units, to.zeros, False)))
    if layer.bias is not None:
        back.insert(0, ("add_up", (slopes, to.to(layer.bias), units, columns)))
    bias = to.zeros if layer.bias is None else to.at(layer.bias)
    to.write(("product", (sums, weights, inputs, 1, taken, units, columns, inputs, bias, rectified)), *back)
    return sums


def _weights(to: _Assembler, layer: Layer) -> int:
    """Return where the weights are that the inputs are multiplied by; write what makes them with weight norm."""
    if layer.length is None:
        return to.at(layer.weights)
    sizes = (layer.units, layer.inputs)
    weights, scales = to.part(layer.units * layer.inputs), to.part(layer.units)
    given = (to.at(layer.weights), to.at(layer.length))
    to.write(
        ("weight_norm", (*given, weights, scales, *sizes)),
        ("weight_norm_back", (to.to(layer.weights), to.to(layer.length), *given, scales, *sizes)),
    )
    return weights


def _activation(to: _Assembler, source: int, slopes: int, count: int, rectified: bool) -> int:
    """Write the activation of so many numbers, and what is done of it if they are rectified."""
    kind = to.network.activation
    if kind == "linear":
        return source
    if rectified:
        to.write(None, ("relu_back", (slopes, source, count)))
        return source
    active = to.part(count)
    slope = signature(getattr(activations, f"{kind}_back"))
    shown = source if "source" in slope.parameters else active
    to.write((kind, (source, active, count)), (f"{kind}_back", (slopes, shown, count)))
    return active


def _norm(to: _Assembler, layer: Layer, source: int, slopes: int, rectified: bool) -> int:
    """Write the norm of a layer, and γ and β; return where what is normalized is."""
    if layer.normalization in ("none", "weight"):
        return source
    columns = layer.positions * to.rows
    centred = to.part(layer.units * columns)
    if layer.normalization == "batch":
        scales = to.part(layer.units)
        over = (layer.units, columns, to.statistics)
        given = (source, centred, scales, to.running + layer.running, SETTINGS)
        to.write(("batch_norm", (*given, *over)), ("batch_norm_back", (slopes, centred, scales, *over)))
    else:
        groups = {"layer": 1, "rms": 1, "group": to.network.groups, "instance": layer.units}[layer.normalization]
        scales = to.part(groups * to.rows)
        shifted = int(layer.normalization != "rms")
        within = (groups, layer.units * layer.positions // groups, to.rows, shifted)
        given = (source, centred, scales, to.rest, SETTINGS)
        to.write(("group_norm", (*given, *within)), ("group_norm_back", (slopes, centred, scales, to.rest, *within)))
    if layer.gamma is None:
        return centred
    normed, sizes = to.part(layer.units * columns), (layer.units, columns)
    factors = (to.at(layer.gamma), to.to(layer.gamma), to.to(layer.beta))
    to.write(
        ("scale", (centred, normed, to.at(layer.gamma), to.at(layer.beta), *sizes, rectified)),
        ("scale_back", (slopes, centred, *factors, *sizes)),
    )
    return normed
