"""The instructions that a network's forward and backward pass are made of, and where in memory they find their numbers.

All numbers are in one array, the *memory*: θ, its gradient, the samples, and what comes up on the way. An instruction
names a kernel, and where in memory it finds what it takes and puts what it gives.
"""

from dataclasses import dataclass
from functools import lru_cache
from inspect import signature

from landscape.network.draws import mask_offset, threshold
from landscape.network.execution.assembler import SETTINGS, Assembler, Instruction
from landscape.network.execution.norms import norm
from landscape.network.kernels import activations
from landscape.network.kernels.interpreter import FIRST, ORDER, STEP, STREAM
from landscape.network.layout import POOL, SIDE, TAPS, Layer, Layout
from landscape.network.network import Network

_SLACK = 64
"""Numbers behind the last part: a register may be filled beyond the end of a row."""


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
            :mod:`landscape.network.kernels.normalization`. REMEMBERED is training: then there is dropout,
            CrossNorm exchanges, and the gradient is clipped.
        gradient: Whether it is wanted.
        inside: Whether what is activated is kept.
    """
    to = Assembler(network, layout, rows, statistics, gradient, inside)
    data, targets = to.part(samples * layout.inputs), to.part(samples * layout.outputs)
    batch, wanted = data, targets
    if rows < samples:
        batch, wanted = to.part(rows * layout.inputs), to.part(rows * layout.outputs)
        for source, target, features in ((data, batch, layout.inputs), (targets, wanted, layout.outputs)):
            to.forward.append(("gather", (source, target, ORDER, STEP, rows, features)))
    to.given = batch
    if any(layer.gamma_by is not None for layer in layout.layers):
        to.turned = to.part(rows * layout.inputs)
        to.write(("turn", (batch, to.turned, layout.inputs, rows)))
    widest = rows * max(max(layer.units * layer.positions, layer.inputs) for layer in layout.layers)
    slopes, below = to.part(widest), to.part(widest)
    taken, activated = batch, []
    for index, layer in enumerate(layout.layers):
        # The slopes are in one of two places in turn, from the last layer on, where the loss puts them.
        here, there = (slopes, below) if (len(layout.layers) - index) % 2 else (below, slopes)
        taken, before = _layer(to, layer, index, taken, here, there)
        activated.append(before)
    to.forward.append((network.loss, (taken, wanted, slopes, to.rest, layout.outputs, rows)))
    to.forward += to.penalties
    if to.trains and gradient:
        limits = (("clip_norm", network.clip_norm), ("clip_value", network.clip_value))
        to.back += [(name, (to.gradient, SETTINGS, layout.size)) for name, limit in limits if limit is not None]
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


def _layer(to: Assembler, layer: Layer, place: int, taken: int, here: int, there: int) -> tuple[int, int]:
    """Write the layer of a place, whose inputs are at ``taken``; return where its outputs are, and what is activated.

    Back, the slopes of its outputs are ``here``, and those of its inputs go ``there``.
    """
    columns = layer.positions * to.rows
    pictured = layer.positions > 1
    held = _link(to, layer, there) if layer.linked else -1
    if pictured:
        picture, taken = taken, to.part(layer.inputs * columns)
        to.write(("patches", (picture, taken, layer.inputs // TAPS, SIDE, to.rows)))
    slopes = there if pictured else here
    bare = layer.normalization in ("none", "weight") or to.network.placement == "after"
    rectified = to.rectifies and bare and not layer.last
    before = found = _sums(to, layer, taken, slopes, there, rectified)
    if layer.last:
        return found, found
    if not bare:
        rectified = to.rectifies and layer.gamma is not None
        before = found = norm(to, layer, place, found, slopes, rectified)
    found = _activation(to, found, slopes, layer.units * columns, rectified)
    if to.network.placement == "after":
        found = norm(to, layer, place, found, slopes, rectified=False)
    if pictured:
        half, whole = SIDE // POOL, found
        found = to.part(layer.units * half * half * to.rows)
        sizes = (layer.units, half, to.rows)
        to.write(("pool", (whole, found, *sizes)), ("pool_back", (here, there, *sizes)))
    if to.network.dropout > 0.0 and to.trains:
        found = _dropout(to, place, found, here, layer.units * columns // (POOL * POOL if pictured else 1))
    if layer.linked:
        count, source = layer.units * columns, found
        found = to.part(count)
        to.write(("link", (source, taken, found, count)), ("hold", (here, held, count)))
    return found, before


def _link(to: Assembler, layer: Layer, there: int) -> int:
    """Write what is done last on the way back through a layer with a residual link; return where slopes are held."""
    count = layer.units * to.rows
    held = to.part(count)
    to.write(None, ("link_back", (held, there, count)))
    return held


def _dropout(to: Assembler, place: int, source: int, slopes: int, count: int) -> int:
    """Write dropout of so many numbers."""
    target, mask = to.part(count), to.part(count)
    drawn = (STREAM, FIRST, STEP, mask_offset(place), count, threshold(to.network.dropout))
    to.write(("dropout", (source, target, mask, SETTINGS, *drawn)), ("dropout_back", (slopes, mask, count)))
    return target


def _sums(to: Assembler, layer: Layer, taken: int, slopes: int, there: int, rectified: bool) -> int:
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


def _weights(to: Assembler, layer: Layer) -> int:
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


def _activation(to: Assembler, source: int, slopes: int, count: int, rectified: bool) -> int:
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
