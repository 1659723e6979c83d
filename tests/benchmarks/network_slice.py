"""A slice through the weights of a network: its loss at 101×101 points over 400 rows, against PyTorch.

The products of matrices alone are two billion multiplications and additions: 16 ms for two cores that do sixteen of
each in a cycle of 0.26 ns, and no more than 1/17 of what PyTorch takes for 101 points at once without a norm.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from landscape.network.data.samples import Data, samples
from landscape.network.initialization import initial
from landscape.network.layout import Layout, layout
from landscape.network.network import Network, Normalization
from landscape.network.slices.directions import Plane, random_plane
from landscape.network.slices.slice import Slice, grid
from tests.benchmarks.harness import Row, Seconds, Side, need

if TYPE_CHECKING:
    import torch

DOMAIN = ((-1.0, 1.0), (-1.0, 1.0))
POINTS = 101
CHUNK = 101
"""Points that PyTorch computes at once, where it does: with all of them the numbers leave the caches. Its time is
measured for so many of the points, and multiplied: one by one all of them take seconds."""


def _given(normalization: Normalization) -> Slice:
    network = Network(hidden=(12, 12, 12, 12), normalization=normalization)
    where = layout(network, 2, 2)
    plane = random_plane(where, initial(network, where, 0))
    return Slice(network=network, samples=samples(Data(samples=400, test_share=0.0)), plane=plane)


def _losses(where: Layout, inputs: "torch.Tensor", wanted: "torch.Tensor", thetas: "torch.Tensor") -> "torch.Tensor":
    """Return the losses of many networks at once: thetas (k, n)."""
    import torch

    count = len(thetas)
    values = inputs.expand(count, -1, -1)
    for layer in where.layers:
        weights = thetas[:, layer.weights.start : layer.weights.stop].reshape(count, *layer.weights.shape)
        values = values @ weights.transpose(1, 2)
        if layer.bias:
            values = values + thetas[:, None, layer.bias.start : layer.bias.stop]
        if layer.gamma and layer.beta:
            variance, mean = torch.var_mean(values, 1, correction=0, keepdim=True)
            values = (values - mean) * torch.rsqrt(variance + 1e-5)
            values = values * thetas[:, None, layer.gamma.start : layer.gamma.stop]
            values = values + thetas[:, None, layer.beta.start : layer.beta.stop]
        if not layer.last:
            values = torch.relu(values)
    classes = wanted.expand(count, -1)
    return torch.nn.functional.cross_entropy(values.transpose(1, 2), classes, reduction="none").mean(1)


def _thetas(plane: Plane) -> "torch.Tensor":
    import torch

    along = np.linspace(-1.0, 1.0, POINTS)
    x, y = (places.reshape(-1, 1) for places in np.meshgrid(along, along))
    return torch.from_numpy(plane.origin + x * plane.directions[0] + y * plane.directions[1]).float()


def _together(normalization: Normalization) -> Callable[[], tuple[Side, Side]]:
    """Prepare PyTorch computing many networks in one product of matrices."""
    return lambda: _sides(normalization, CHUNK)


def _one_by_one(normalization: Normalization) -> Callable[[], tuple[Side, Side]]:
    """Prepare PyTorch computing network after network, all rows in one batch: how slices are plotted with it."""
    return lambda: _sides(normalization, 1)


def _sides(normalization: Normalization, chunk: int) -> tuple[Side, Side]:
    need("torch")
    import torch

    given = _given(normalization)
    thetas = _thetas(given.plane)
    where = layout(given.network, 2, 2)
    inputs = torch.tensor(given.samples.inputs, dtype=torch.float32)
    wanted = torch.tensor(given.samples.targets)

    def theirs() -> float:
        begin = time.perf_counter()
        with torch.inference_mode():
            for part in thetas[:CHUNK].split(chunk):
                _losses(where, inputs, wanted, part)
        return Seconds((time.perf_counter() - begin) * len(thetas) / CHUNK)

    ours = grid(given, DOMAIN, (POINTS, POINTS))
    assert ours is not None
    first = _losses(where, inputs, wanted, thetas[:CHUNK])
    assert np.allclose(ours.reshape(-1)[:CHUNK], first.numpy(), rtol=1e-4)
    return (lambda: grid(given, DOMAIN, (POINTS, POINTS))), theirs


ROWS = [
    Row(
        workload=f"slice 101×101 of the 4×12 net on 400 points, {norm}",
        against=f"torch, {how}",
        prepare=prepare(kind),
        aim=aim,
        sample=0.2,
    )
    for kind, norm in (("none", "without norm"), ("batch", "with batch norm"))
    for prepare, how, aim in ((_one_by_one, "point by point", 1 / 20), (_together, "101 points at once", 1 / 20))
]
