"""How a schedule comes to the learning rate of a step: its lines, or its ramp, with their numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedule_programs import LOSS, MOMENTUM, RATE, memory_of, program_of, trees_of
from landscape.catalogue.schedules import Schedule, drives, momenta, numbers_read
from landscape.formula.lines import Line, live_lines, worked_out
from landscape.formula.syntax import parse_expression
from landscape.formula.tree import Name, evaluate

FIRST, COUNT, WARMUP = "first", "k", "warmup"
"""What the ramp of a warm-up reads: the schedule's own first rate, the number of the step, and how many there are."""
RAMP = Line(name=RATE, expression=parse_expression(f"{FIRST}*{COUNT}/{WARMUP}"))


@dataclass(frozen=True, kw_only=True, eq=False)
class RateExplainer:
    """Explains the rate of each step of one run."""

    schedule: Schedule | None
    driven: str
    """Which hyper-parameter the schedule drives beside the rate; empty for none."""
    own: float
    """The rule's own value of it."""
    lr: float
    steps: int
    told: NDArray[np.float64]
    """The loss that the schedule is told in each step, for one that reads it."""
    remembered: Mapping[str, NDArray[np.float64]]
    """What it remembers before each step."""

    @staticmethod
    def of(schedule: Schedule | None, rule: UpdateRule, steps: int, losses: NDArray[np.float64]) -> "RateExplainer":
        """Return what explains the rates of a run of so many steps with these losses."""
        driven = drives(schedule, rule.hyper_names) if schedule is not None else ""
        told = np.concatenate([losses[:1], losses])[:-1]
        made = RateExplainer(
            schedule=schedule, driven=driven, own=dict(rule.values)[driven] if driven else 0.0,
            lr=rule.lr, steps=steps, told=told, remembered={},
        )  # fmt: skip
        if schedule is None or not memory_of(schedule.formula):
            return made
        return replace(made, remembered=made.memory_of_steps(len(told)))

    def momentum(self, step: int) -> dict[str, float]:
        """Return the hyper-parameter that the schedule drives, with its value in a step; nothing where it drives none.

        While it warms up the momentum is that of its first line.
        """
        if self.schedule is None or not self.driven:
            return {}
        if not self.schedule.follows:
            value = momenta(self.schedule, self.own, self.lr, self.steps)[step]
        else:
            (value,) = evaluate((trees_of(self.schedule.formula)[MOMENTUM],), self.known(step))
        return {self.driven: float(value)}

    def at(self, step: int) -> tuple[Line, ...]:
        """Return how the rate of a step comes about; nothing where the schedule leaves the run's own as it is."""
        schedule, lines = self.schedule, rate_lines(self.schedule, self.driven)
        if schedule is None or not lines:
            return ()
        done = worked_out(lines, self.known(step))
        if step >= schedule.warmup:
            return done
        first = next(line.result[0] for line in reversed(done) if line.name == RATE)
        ramp = {FIRST: first, COUNT: step + 1.0, WARMUP: float(schedule.warmup)}
        return worked_out((RAMP,), ramp)

    def known(self, step: int) -> dict[str, ArrayLike]:
        """Return what the lines read in a step, by name: while it warms up they stand at their first."""
        schedule = self.schedule
        assert schedule is not None
        numbers = numbers_read(schedule, self.lr, max(self.steps - schedule.warmup, 1), self.own)
        memory = {name: float(rows[step]) for name, rows in self.remembered.items()}
        return {**numbers, **memory, "t": float(max(step - schedule.warmup, 0)), LOSS: float(self.told[step])}

    def memory_of_steps(self, steps: int) -> dict[str, NDArray[np.float64]]:
        """Return what the lines remember before each step, 0 until they begin."""
        schedule = self.schedule
        assert schedule is not None
        names = memory_of(schedule.formula)
        rows = {name: np.zeros(steps + 1) for name in names}
        trees = tuple(trees_of(schedule.formula).get(name, Name(name)) for name in names)
        made = replace(self, remembered=rows)
        for step in range(schedule.warmup, steps):
            for name, value in zip(names, evaluate(trees, made.known(step)), strict=True):
                rows[name][step + 1] = float(value)
        return rows


def rate_lines(schedule: Schedule | None, driven: str) -> tuple[Line, ...]:
    """Return the lines of a schedule, without their numbers; none where it leaves the run's own rate as it is."""
    if schedule is None or (schedule.formula.strip() == "lr" and not schedule.warmup):
        return ()
    roots = (RATE, MOMENTUM) if driven else (RATE,)
    return live_lines(program_of(schedule.formula), (), (*roots, *memory_of(schedule.formula)))
