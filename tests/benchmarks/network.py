"""Ten epochs of training: Adam, mini-batches of 32 of a thousand points of spirals, numbers of four bytes, one thread.

Drawing the mini-batches is part of it, but for C, which is given them and stands for what the processor can do. Both
take numbers that are almost 0 for 0: with them the processor computes more slowly.
"""

import ctypes
import itertools
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.descent.noise import batches
from landscape.network.data.samples import Data, Samples, samples
from landscape.network.network import Network, Training
from landscape.network.training.trainer import Trainer
from tests.benchmarks.harness import Row, Side, compiled, need

EPOCHS, BATCH, RATE = 10, 32, 0.003
STEPS = EPOCHS * 31
Case: TypeAlias = tuple[tuple[int, ...], str, str]
CASES: tuple[Case, ...] = tuple(
    (hidden, activation, norm)
    for hidden in ((16, 16), (32, 32, 32, 32))
    for activation in ("tanh", "relu")
    for norm in ("none", "batch")
)


def points() -> Samples:
    return samples(Data(name="spirals", samples=1000, test_share=0.0))


def trainer(case: Case) -> Trainer:
    hidden, activation, norm = case
    network = Network(hidden=hidden, activation=activation, normalization=norm)
    how = Training(rule=optimizer("adam", lr=RATE), schedule=schedule("constant"), steps=200_000, batch_size=BATCH)
    return Trainer(network, how, points())


def ours(case: Case) -> Side:
    """Return what goes on with one training, and begins anew when it is over."""
    training = [trainer(case)]

    def run() -> None:
        if training[0].advance(STEPS) < STEPS:
            training[0] = trainer(case)

    return run


def torch_loop(case: Case) -> Side:
    need("torch")
    import torch
    from torch import nn

    torch.set_num_threads(1)
    hidden, activation, norm = case
    layers: list[Any] = []
    for inputs, units in zip((2, *hidden), hidden, strict=False):
        layers.append(nn.Linear(inputs, units, bias=norm == "none"))
        layers += [nn.BatchNorm1d(units)] if norm == "batch" else []
        layers.append(nn.Tanh() if activation == "tanh" else nn.ReLU())
    model = nn.Sequential(*layers, nn.Linear(hidden[-1], 2))
    stepper, loss = torch.optim.Adam(model.parameters(), lr=RATE), nn.CrossEntropyLoss()
    inputs, classes = torch.tensor(points().inputs, dtype=torch.float32), torch.tensor(points().targets)

    def run() -> None:
        for _ in range(EPOCHS):
            order = torch.randperm(1000)
            for first in range(0, 31 * BATCH, BATCH):
                batch = order[first : first + BATCH]
                stepper.zero_grad()
                loss(model(inputs[batch]), classes[batch]).backward()
                stepper.step()

    return run


def jax_scan(case: Case) -> Side:
    need("jax", "optax")
    import jax
    import optax
    from jax import numpy as jnp

    hidden, activation, norm = case
    function = jnp.tanh if activation == "tanh" else jax.nn.relu
    random = np.random.default_rng(0)
    sizes = (2, *hidden, 2)
    weights = [
        tuple(jnp.asarray(part, jnp.float32) for part in (random.normal(size=(a, b)) / a**0.5, np.ones(b), np.zeros(b)))
        for a, b in itertools.pairwise(sizes)
    ]
    inputs, classes = jnp.asarray(points().inputs, jnp.float32), jnp.asarray(points().targets)
    stepper = optax.adam(RATE)

    def loss(weights: Any, x: Any, classes: Any) -> Any:
        for w, gamma, beta in weights[:-1]:
            x = x @ w
            if norm == "batch":
                x = gamma * (x - x.mean(0)) / jnp.sqrt(x.var(0) + 1e-5)
            x = function(x + beta)
        return optax.softmax_cross_entropy_with_integer_labels(x @ weights[-1][0] + weights[-1][2], classes).mean()

    def step(carry: Any, batch: Any) -> Any:
        weights, state = carry
        value, slope = jax.value_and_grad(loss)(weights, inputs[batch], classes[batch])
        moves, state = stepper.update(slope, state)
        return (optax.apply_updates(weights, moves), state), value

    @jax.jit
    def epochs(carry: Any, key: Any) -> Any:
        orders = [jax.random.permutation(part, 1000)[: 31 * BATCH] for part in jax.random.split(key, EPOCHS)]
        return jax.lax.scan(step, carry, jnp.concatenate(orders).reshape(STEPS, BATCH))

    held = [(weights, stepper.init(weights)), jax.random.key(0)]

    def run() -> None:
        held[0] = jax.block_until_ready(epochs(*held))[0]

    return run


def by_hand(case: Case) -> Side:
    hidden, activation, norm = case
    begun, rows = trainer(case), points()
    theta = begun.weights().astype(np.float32)
    m, v, losses = np.zeros_like(theta), np.zeros_like(theta), np.empty(STEPS)
    data, wanted = rows.inputs.astype(np.float32), np.eye(2, dtype=np.float32)[rows.targets]
    order, sizes = batches(0, STEPS, 1000, BATCH), np.array([2, *hidden, 2])
    function = compiled("network").train
    function.argtypes = [ctypes.c_void_p] * 3 + [ctypes.c_long] + [ctypes.c_void_p] * 3 + [ctypes.c_long]
    function.argtypes += [ctypes.c_void_p, ctypes.c_long, ctypes.c_int, ctypes.c_int, ctypes.c_float, ctypes.c_void_p]
    done = 0

    def run() -> None:
        nonlocal done
        addresses = [array.ctypes.data for array in (theta, m, v)]
        given = [array.ctypes.data for array in (data, wanted, order)]
        shape = (sizes.ctypes.data, len(sizes) - 1, norm == "batch", activation == "tanh", RATE, losses.ctypes.data)
        function(*addresses, done, *given, STEPS, *shape)
        done += STEPS

    run()
    begun.advance(STEPS)
    np.testing.assert_allclose(losses[:20], begun.losses[:20], rtol=1e-3)
    return run


PEERS: tuple[tuple[str, Callable[[Case], Side], dict[str, float], dict[str, float]], ...] = (
    ("torch.optim.Adam, eager", torch_loop, {"none": 1 / 80, "batch": 1 / 50}, {"none": 1 / 20, "batch": 1 / 20}),
    ("jax + optax scan", jax_scan, {"none": 1 / 2, "batch": 1 / 2}, {"none": 1 / 1.5, "batch": 1 / 1.5}),
    ("C -O3 -march=native, denormals flushed", by_hand, {"none": 2.0, "batch": 2.0}, {"none": 2.0, "batch": 2.0}),
)


def _row(case: Case, against: str, theirs: Callable[[Case], Side], aim: float) -> Row:
    hidden, activation, norm = case
    return Row(
        workload=f"{EPOCHS} epochs, {len(hidden)}×{hidden[0]} {activation}{', batch norm' * (norm == 'batch')}",
        against=against,
        prepare=lambda: (ours(case), theirs(case)),
        aim=aim,
        repeats=5,
    )


ROWS = [
    _row(case, against, theirs, (small if len(case[0]) == 2 else large)[case[2]])
    for against, theirs, small, large in PEERS
    for case in CASES
]
