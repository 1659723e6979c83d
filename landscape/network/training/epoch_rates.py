"""The rates of a schedule that reads the loss: asked once an epoch, as a loop of training asks PyTorch's schedulers.

To such a schedule an epoch is a step: t counts epochs from 0, T is how many there are, and the loss is the mean of the
losses of the epoch's mini-batches. A warm-up is counted in steps, and comes before the first epoch.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule, drives, started
from landscape.descent.stepping import Step


class EpochRates:
    """The rates of a training, as far as its losses tell them; epochs are asked for in their order."""

    def __init__(self, rule: UpdateRule, schedule: Schedule, step: Step, steps: int, epoch: int) -> None:
        """Begin.

        Args:
            rule: What makes the steps.
            schedule: One that follows a run.
            step: The rule's step.
            steps: How many updates.
            epoch: How many of them are an epoch.
        """
        self._rule, self._schedule, self._step, self._epoch = rule, schedule, step, epoch
        self._driven = drives(schedule, rule.hyper_names)
        self._begun, self._next = 0, self._started(steps)
        self._ramp = self._started(steps)
        self.rates = np.full(steps, np.nan)
        """(steps,): NaN from :attr:`known` on."""
        self.known = 0
        """Until which step the rates are known."""

    def _started(self, steps: int) -> Callable[[int, float], tuple[float, float]]:
        rule, plain = self._rule, replace(self._schedule, warmup=0)
        own = dict(rule.values)[self._driven] if self._driven else 0.0
        return started(plain, own, rule.lr, -(-max(steps - self._schedule.warmup, 1) // self._epoch))

    def ask(self, loss: float) -> NDArray[np.float64]:
        """Return the coefficients of the steps of the next epoch, or of the warm-up; ``loss`` is that of the last one.

        In front of the first step it is that of the first weights.
        """
        first, warmup = self.known, self._schedule.warmup
        warms = first < warmup
        rate, momentum = self._ramp(0, loss) if warms else self._next(self._begun, loss)
        self.known = min(warmup if warms else first + self._epoch, len(self.rates))
        self._begun += not warms
        count = self.known - first
        own = self.rates[first : self.known]
        own[:] = rate * np.arange(1.0, count + 1.0) / warmup if warms else rate
        values: dict[str, ArrayLike] = dict(zip(self._rule.hyper_names, self._rule.kernel_values, strict=True))
        if self._driven:
            values[self._driven] = np.full(count, momentum)
        return self._step.schedule(own, values, first)
