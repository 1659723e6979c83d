"""The trainer: steps of an update rule along the gradients of mini-batches."""

from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.descent.noise import batches, normals
from landscape.descent.tables import driven
from landscape.errors import InputError
from landscape.memory import bounded
from landscape.network.data.samples import Samples
from landscape.network.data.targets import wanted
from landscape.network.draws import stream
from landscape.network.evaluation import Evaluation, judged
from landscape.network.execution.executor import Executor
from landscape.network.initialization import initial
from landscape.network.kernels.interpreter import (
    COEFFICIENTS,
    COEFFICIENTS_APART,
    CONSTANTS,
    FIRST,
    GRADIENT,
    NORMALS,
    NORMALS_APART,
    ORDER,
    RULE,
    STATE,
    STREAM,
    THETA,
)
from landscape.network.kernels.normalization import OWN, REMEMBERED
from landscape.network.layout import Layout, first_statistics, layout
from landscape.network.network import Network, Training, check_training
from landscape.network.training.epoch_rates import EpochRates
from landscape.network.training.update_kernel import step_for, update_kernel

Outcome: TypeAlias = Literal["running", "finished", "stopped", "diverged"]

_WORK = 64_000_000
"""Weights times rows times steps in a piece that is not interrupted, which takes some milliseconds."""
_MOST_STEPS = 1024
"""In a piece."""


@bounded(256, megabytes=8, size=lambda order: int(order.nbytes))
def _order(seed: int, steps: int, rows: int, batch_size: int, first: int) -> NDArray[np.int64]:
    """Return the rows of the mini-batches of some steps: the same for all trainings that are compared."""
    order = batches(seed, steps, rows, batch_size, first)
    order.flags.writeable = False
    return order


class Trainer:
    """A network being trained, step by step, from its first weights on.

    Mini-batches walk through permutations of all rows without a gap: one may end an epoch and begin the next, and all
    have the same size. They depend on the seed alone, and so are the same for networks that differ in anything else.

    Not to be used by two threads at once; two trainers can be.
    """

    def __init__(
        self, network: Network, training: Training, samples: Samples, theta: NDArray[np.float64] | None = None
    ) -> None:
        """Begin.

        Args:
            network: What is trained.
            training: How.
            samples: Of them the training part.
            theta: The first weights; None: those of the network's initialization.

        Raises:
            InputError: for what cannot be trained so, such as batch norm on mini-batches of a single row.
        """
        check_training(training)
        rows = len(samples.inputs)
        self.layout: Layout = layout(network, samples.inputs.shape[1], samples.outputs)
        self._rows = rows
        self._batch = min(training.batch_size or rows, rows)
        if self._batch == 1 and any(layer.running >= 0 and layer.positions == 1 for layer in self.layout.layers):
            raise InputError("This norm needs mini-batches of at least 2 rows: of a single one the variance is 0")
        self._network, self._training, self._samples = network, training, samples
        self._whole: Executor | None = None
        self._piece = max(1, min(_MOST_STEPS, _WORK // (self.layout.size * self._batch)))
        self._executor = Executor(
            network, self.layout, samples.inputs, wanted(network, samples),
            statistics=REMEMBERED, gradient=True, rows=self._batch, steps=self._piece, kind=training.precision,
        )  # fmt: skip
        with np.errstate(over="ignore"):  # What is too large for four bytes is infinite there.
            self._executor.theta[:] = initial(network, self.layout, training.seed) if theta is None else theta
        self._executor.running[:] = first_statistics(self.layout)
        self._losses = np.full(training.steps, np.nan)
        self.step = 0
        """Updates made."""
        self.outcome: Outcome = "running" if training.steps else "finished"
        """``"diverged"`` where a loss or a weight is not finite: the last of ``losses`` says whether it is infinite or
        not a number."""
        self._set_rule()

    def _set_rule(self) -> None:
        rule, executor, table = self._training.rule, self._executor, self._executor.table
        kind = executor.memory.dtype
        schedule, steps = self._training.schedule, self._training.steps
        step = step_for(rule, schedule)
        self._kernel = update_kernel(rule, self._training.precision == "float32", schedule)
        self._state = np.zeros((max(len(step.names), 1), self.layout.size), kind)
        self._follows = (
            EpochRates(rule, schedule, step, steps, -(-self._rows // self._batch)) if schedule.follows else None
        )
        rates = self._follows.rates if self._follows else schedule.rates(rule.lr, steps)
        self._rates, self._asked = rates, 0
        with np.errstate(over="ignore"):
            self._constants = np.array([*rule.kernel_values, 0.0]).astype(kind)
            self._coefficients = step.schedule(rates, driven(schedule, rule, steps)).astype(kind)
        self._noisy = "noise" in step.reads
        if self._noisy:
            self._piece = max(1, min(self._piece, (1 << 20) // self.layout.size))
        table[RULE] = self._kernel.address
        table[[THETA, GRADIENT]] = executor.theta.ctypes.data, executor.gradient.ctypes.data
        table[[STATE, CONSTANTS]] = self._state.ctypes.data, self._constants.ctypes.data
        table[COEFFICIENTS_APART] = self._coefficients.strides[0]
        table[STREAM] = stream(self._training.seed)
        table[NORMALS_APART] = self.layout.size * kind.itemsize if self._noisy else 0

    def advance(self, steps: int, cancelled: Callable[[], bool] = lambda: False) -> int:
        """Make so many steps, or as many as are left or possible; return how many were made.

        ``cancelled`` is asked every few milliseconds. Between them the interpreter is free for other threads.
        """
        before = self.step
        until = min(self.step + max(steps, 0), self._training.steps)
        while self.step < until and self.outcome == "running" and not cancelled():
            self._advance(min(self._piece, until - self.step, self._known() - self.step))
        return self.step - before

    def _known(self) -> int:
        """Return until which step the rates are known; one that follows the loss is asked where an epoch begins."""
        follows = self._follows
        if not follows:
            return self._training.steps
        if follows.known == self.step < self._training.steps:
            loss = float(self._losses[self._asked : self.step].mean()) if self.step else self.evaluate().loss
            coefficients = follows.ask(loss)
            with np.errstate(over="ignore"):
                self._coefficients[self.step : follows.known] = coefficients
            self._asked = self.step
        return follows.known

    def _advance(self, steps: int) -> None:
        """Make one piece of steps."""
        executor, table, seed = self._executor, self._executor.table, self._training.seed
        if self._batch < self._rows:
            order = _order(seed, steps, self._rows, self._batch, self.step)
            table[table[ORDER] : table[ORDER] + order.size] = order.reshape(-1)
        table[FIRST] = self.step
        table[COEFFICIENTS] = self._coefficients.ctypes.data + self.step * self._coefficients.strides[0]
        if self._noisy:
            noise = normals(seed, steps * self.layout.size, 1, self.step * self.layout.size).astype(
                executor.memory.dtype
            )
            table[NORMALS] = noise.ctypes.data
        done, losses = executor.run_steps(steps)
        self._losses[self.step : self.step + len(losses)] = losses
        self.step += done
        if done < steps or not np.isfinite(executor.theta).all():
            self.outcome = "diverged"
        elif self.step == self._training.steps:
            self.outcome = "finished"

    def restore(self, snapshot: NDArray[np.float64]) -> None:
        """End the training early, with weights and running statistics of before, as ``snapshot`` gave them."""
        self._executor.theta[:], self._executor.running[:] = np.split(snapshot, [self.layout.size])
        self.outcome = "stopped"

    @property
    def losses(self) -> NDArray[np.float64]:
        """The loss of each mini-batch before its step, penalties included; (step,), or one more: what ended it."""
        tried = self.step + (self.outcome == "diverged" and self.step < len(self._losses))
        return self._losses[:tried].copy()

    @property
    def rates(self) -> NDArray[np.float64]:
        """The learning rate of each step that was made, (step,), read-only."""
        rates = self._rates[: self.step]
        rates.flags.writeable = False
        return rates

    @property
    def rate(self) -> float:
        """The learning rate of the step that comes next, and at the end that of the last one."""
        self._known()
        return float(self._rates[min(self.step, len(self._rates) - 1)]) if len(self._rates) else self._training.rule.lr

    def weights(self) -> NDArray[np.float64]:
        """Return θ as it is now, (layout.size,)."""
        return self._executor.theta.astype(np.float64)

    def snapshot(self) -> NDArray[np.float64]:
        """Return θ with the running statistics behind it, (layout.size + layout.statistics,)."""
        return np.concatenate([self.weights(), self.running])

    def evaluate(self) -> Evaluation:
        """Return the loss and accuracy over all training rows; batch norm takes the statistics of all of them.

        Computed with the numbers of the training.
        """
        if self._whole is None:
            self._whole = Executor(
                self._network, self.layout, self._samples.inputs, wanted(self._network, self._samples),
                statistics=OWN, gradient=False, kind=self._training.precision,
            )  # fmt: skip
        self._whole.theta[:] = self._executor.theta
        return judged(self._network, self._whole, self._whole.run(), self._samples.targets)

    @property
    def running(self) -> NDArray[np.float64]:
        """The running statistics as they are now, (layout.statistics,); 0 and 1 at first, as in PyTorch."""
        return self._executor.running.astype(np.float64)
