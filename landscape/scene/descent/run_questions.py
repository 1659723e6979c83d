"""Questions about the runs: where they go, and what follows from that."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from landscape.catalogue.optimizers import State, UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.strategies import Strategy
from landscape.catalogue.surfaces import Surface
from landscape.formula.syntax import parse_expression
from landscape.formula.tree import Node, evaluate
from landscape.geometry.curvature import eigenvalues, entries_of
from landscape.scene.question import Array, Ask, Cancelled, Question, effort
from landscape.session.descent.document import Descent, Run
from landscape.session.session import Point

if TYPE_CHECKING:
    from landscape.descent.recorded import Trajectory

TOGETHER = 8192
"""Vectors looked at together: so many stay in the cache of the processor between one look and the next."""
MODEL_INPUTS = 64
MODEL_VALUES = 500_000
"""Most values of a run's model curves; with many steps they are drawn through fewer inputs."""


@dataclass(frozen=True, kw_only=True)
class TrajectoryQuestion(Question["Trajectory"]):
    """What one rule does on one surface from one start; the first picture does without, and does not load how."""

    surface: Surface
    rule: UpdateRule
    start: Point
    steps: int
    schedule: Schedule
    noise: float
    batch_size: int
    seed: int
    state: State = ()
    strategy: Strategy | None = None
    """What moves it in place of the rule, or runs the rule inside."""

    def answer(self, ask: Ask) -> "Trajectory":  # noqa: ARG002
        """Descend to the end."""
        return self.descended(lambda: False)

    def results(self, ask: Ask, cancelled: Cancelled) -> "Iterator[tuple[Trajectory, float]]":  # noqa: ARG002
        """Descend, unless it is stopped."""
        found = self.descended(cancelled)
        if not cancelled():
            yield found, 1.0

    @property
    def mover(self) -> UpdateRule | Strategy:
        """What makes the steps."""
        if self.strategy is None:
            return self.rule
        return replace(self.strategy, rule=self.rule) if self._runs_rule else self.strategy

    @property
    def _runs_rule(self) -> bool:
        """Whether a rule takes part."""
        if self.strategy is None:
            return True
        from landscape.descent.strategies.strategy import runs_rule

        return runs_rule(self.strategy)

    def descended(self, cancelled: Cancelled) -> "Trajectory":
        """Descend until ``cancelled`` says yes: then it is not the answer."""
        from landscape.descent.trajectory import descend

        return descend(
            self.surface,
            self.mover,
            self.start,
            self.steps,
            schedule=self.schedule,
            noise=self.noise,
            batch_size=self.batch_size,
            seed=self.seed,
            cancelled=cancelled,
            state=dict(self.state),
        )

    def seconds(self) -> float:
        """Return the time for all steps, each of which takes every row of the data or of a mini-batch."""
        if not self.is_warm():
            return math.inf
        plain, costly = effort(self.surface.tree)
        rows = max(1, self.batch_size or self.surface.rows)
        if self.strategy is not None:
            from landscape.descent.strategies.strategy import evaluations_in_a_step

            rows = max(1, self.surface.rows) * evaluations_in_a_step(self.strategy)
        return 20e-6 + self.steps * (50e-9 + rows * (0.1e-9 * plain + 8e-9 * costly))

    def is_warm(self) -> bool:
        """Tell whether the kernels of the surface and of the rule are loaded."""
        from landscape.descent import course, trajectory

        if self.strategy is not None and not self._runs_rule:
            return course.is_warm(self.surface, self.strategy)
        return trajectory.is_warm(self.surface, self.rule, self.noise, self.batch_size, self.schedule)

    def warm(self) -> None:
        """Load or compile the kernels of the surface and of the rule."""
        from landscape.descent import course, trajectory

        if self.strategy is not None and not self._runs_rule:
            course.warm(self.surface, self.strategy)
            return
        trajectory.warm(self.surface, self.rule, self.noise, self.batch_size, self.schedule)


@dataclass(frozen=True, kw_only=True)
class GradientNormQuestion(Question[Array]):
    """The norm of the gradient along a trajectory, (n + 1,)."""

    trajectory: TrajectoryQuestion

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The trajectory."""
        return (self.trajectory,)

    def answer(self, ask: Ask) -> Array:
        """Take the norm of each gradient."""
        gradients = ask(self.trajectory).gradients
        norms = lengths(gradients)
        norms.flags.writeable = False
        return norms

    def seconds(self) -> float:
        """Return the time for all steps."""
        return self.trajectory.steps * 10e-9


@dataclass(frozen=True, kw_only=True)
class PredictionQuestion(Question[Array]):
    """What the surface's model predicts after each step of a trajectory, (n + 1, m) at :func:`model_inputs`."""

    trajectory: TrajectoryQuestion

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The trajectory."""
        return (self.trajectory,)

    def answer(self, ask: Ask) -> Array:
        """Evaluate the model at every input with the parameters of every step."""
        surface = self.trajectory.surface
        inputs = model_inputs(surface, self.trajectory.steps)
        xx, xy, x0, yx, yy, y0 = surface.transform
        x, y = ask(self.trajectory).points.T[:, :, None]
        own = {"x": xx * x + xy * y + x0, "y": yx * x + yy * y + y0, surface.columns[0]: inputs}
        values = dict(zip(surface.parameter_names, surface.kernel_values, strict=True))
        predictions = evaluate((_model_tree(surface.model),), values | own)[0]
        predictions = np.array(np.broadcast_to(predictions, (len(x), len(inputs))))
        predictions.flags.writeable = False
        return predictions

    def seconds(self) -> float:
        """Return the time for all steps and inputs."""
        return self.trajectory.steps * len(model_inputs(self.trajectory.surface, self.trajectory.steps)) * 10e-9


@dataclass(frozen=True, kw_only=True)
class StableRateQuestion(Question[float]):
    """2/λmax: the rate above which gradient descent is thrown out along the steepest curvature at a point.

    λmax is the larger eigenvalue of the Hessian there; the answer is 0 where it is not a positive number. The bound is
    exact on a quadratic, elsewhere it holds near the point.
    """

    surface: Surface
    point: Point

    def answer(self, ask: Ask) -> float:  # noqa: ARG002
        """Evaluate the Hessian and its larger eigenvalue."""
        largest = float(eigenvalues(entries_of(self.surface.hessian(*self.point)))[1])
        return 2 / largest if math.isfinite(largest) and largest > 0 else 0.0

    def seconds(self) -> float:
        """Return the time of one plain evaluation."""
        return 0.2e-3


def lengths(vectors: Array) -> Array:
    """Return the length of each of some vectors (n, 2): with care only where squares overflow or are lost."""
    found = np.empty(len(vectors))
    for first in range(0, len(vectors), TOGETHER):
        x, y = vectors[first : first + TOGETHER].T
        part = found[first : first + TOGETHER]
        with np.errstate(over="ignore", under="ignore"):
            np.sqrt(np.add(x * x, y * y, out=part), out=part)
        if not 1e-140 < part.min() <= part.max() < np.inf:
            rest = np.flatnonzero(~((part > 1e-140) & (part < np.inf)))
            part[rest] = np.hypot(x[rest], y[rest])
    return found


def model_inputs(surface: Surface, steps: int) -> Array:
    """Return where model curves are evaluated: evenly over the data and a tenth beyond; nowhere without a model."""
    if not surface.model:
        return np.empty(0)
    column = surface.data_array[0]
    low, high = float(column.min()), float(column.max())
    beyond = (high - low) / 10 or 1.0
    return np.linspace(low - beyond, high + beyond, max(8, min(MODEL_INPUTS, MODEL_VALUES // (steps + 1))))


@lru_cache(maxsize=64)
def _model_tree(model: str) -> Node:
    return parse_expression(model)


def trajectory_question(descent: Descent, run: Run) -> TrajectoryQuestion:
    """Return what ``run`` does in ``descent``."""
    return TrajectoryQuestion(
        surface=descent.surface,
        rule=run.rule,
        start=descent.start_of(run),
        steps=descent.steps,
        schedule=descent.schedule_of(run),
        noise=descent.noise,
        batch_size=descent.batch_size,
        seed=descent.seed,
        state=run.state,
        strategy=run.strategy,
    )
