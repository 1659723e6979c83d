"""One step of a run, line by line: each assignment of the rule, the numbers that it reads, and what comes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landscape.catalogue.optimizers import UpdateRule, live_state
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent.noise import batches, normals
from landscape.descent.rate_explanation import RateExplainer
from landscape.descent.stepping import driven_by
from landscape.formula.lines import Line, live_lines, worked_out
from landscape.formula.tree import Node, evaluate

if TYPE_CHECKING:
    from landscape.descent.recorded import Trajectory

HESSIAN = ("hxx", "hxy", "hyy")


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What chance decided in a step; nothing of it where all data were seen without noise."""

    shift: tuple[float, ...] = ()
    """Added to the gradient, in x and y."""
    noise: tuple[float, ...] = ()
    """What the rule reads as ``noise``, for x and y."""
    rows: tuple[int, ...] = ()
    """The rows of data in the mini-batch, from 0."""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """How a run comes from one point to the next."""

    step: int
    """The number of the step, from 0: it leads from point ``step`` to the one after it."""
    point: tuple[float, ...]
    after: tuple[float, ...]
    gradient: tuple[float, ...]
    """As the rule is told it: of the mini-batch, with noise."""
    exact: tuple[float, ...]
    """The gradient of all the data, without noise."""
    drawn: Drawn
    rate: tuple[Line, ...]
    """How the schedule comes to the rate; none where it stays the run's own."""
    lines: tuple[Line, ...]
    """Those of the rule that do something, switches and other hyper-parameters that are 0 left out of them."""
    memory: Mapping[str, tuple[float, ...]]
    """What the rule remembers before the step, by name."""

    @property
    def move(self) -> tuple[float, ...]:
        """The step itself, in x and y."""
        return tuple(after - before for before, after in zip(self.point, self.after, strict=True))


@dataclass(frozen=True, kw_only=True, eq=False)
class Explainer:
    """Explains each step of one trajectory."""

    surface: Surface
    rule: UpdateRule
    trajectory: "Trajectory"
    rates: RateExplainer
    noise: float
    batch_size: int
    seed: int

    @property
    def steps(self) -> int:
        """How many steps can be explained."""
        return len(self.trajectory.points) - 1

    def at(self, step: int) -> Explanation:
        """Return how the run comes from point ``step`` to the next; the last step from there on.

        Raises:
            IndexError: the trajectory has no step.
        """
        if not self.steps:
            raise IndexError("There is no step to explain")
        step = min(max(step, 0), self.steps - 1)
        drawn = self._drawn(step)
        seen = self._seen(step, drawn)
        momentum = self.rates.momentum(step)
        values = {**dict(self.rule.values), **momentum, "lr": float(self.trajectory.rates[step]), "t": step + 1.0}
        memory = {name: rows[step] for name, rows in self.trajectory.state.items()}
        lines = worked_out(program_lines(self.rule, self._driven), {**values, **seen, **memory})
        points = self.trajectory.points
        return Explanation(
            step=step,
            point=_pair(points[step]),
            after=_pair(points[step + 1]),
            gradient=_pair(np.array([seen["gx"], seen["gy"]]) if self.rule.planar else seen["g"]),
            exact=_pair(self.trajectory.gradients[step]),
            drawn=drawn,
            rate=self.rates.at(step),
            lines=lines,
            memory={name: tuple(np.atleast_1d(value).tolist()) for name, value in memory.items()},
        )

    @property
    def _driven(self) -> frozenset[str]:
        return driven_by(self.rates.schedule, self.rule)

    def _drawn(self, step: int) -> Drawn:
        reads = "noise" in {name for line in program_lines(self.rule, self._driven) for name in line.reads}
        if not (self.noise > 0.0 or reads or self._batched):
            return Drawn()
        random = normals(self.seed, 1, 4, step)[0]
        rows = batches(self.seed, 1, self.surface.rows, self.batch_size, step)[0] if self._batched else ()
        with np.errstate(over="ignore"):
            shift = _pair(self.noise * random[:2]) if self.noise > 0.0 else ()
        return Drawn(shift=shift, noise=_pair(random[2:]) if reads else (), rows=tuple(map(int, rows)))

    @property
    def _batched(self) -> bool:
        return 0 < self.batch_size < self.surface.rows

    def _seen(self, step: int, drawn: Drawn) -> dict[str, ArrayLike]:
        """Return what the rule is told of the surface, by name."""
        point, gradient = self.trajectory.points[step], self.trajectory.gradients[step]
        hessian: Sequence[ArrayLike] = ()
        if drawn.rows:
            gradient = np.array(self._on(drawn.rows, point, self.surface.gradient_trees))
        if self.rule.planar:
            hessian = self._on(drawn.rows, point, self.surface.hessian_trees)
        with np.errstate(all="ignore"):
            gradient = gradient + np.array(drawn.shift or (0.0, 0.0))
            norm = np.sqrt(np.sum(gradient * gradient))
        if self.rule.planar:
            told = dict(zip(("x", "y", "gx", "gy"), (*point, *gradient), strict=True))
            return {**told, **dict(zip(HESSIAN, hessian, strict=True)), "gnorm": norm}
        noise = {"noise": np.array(drawn.noise)} if drawn.noise else {}
        return {"theta": point, "g": gradient, "gnorm": norm, **noise}

    def _on(
        self, rows: Sequence[int], point: NDArray[np.float64], trees: Sequence[Node]
    ) -> Sequence[NDArray[np.float64]]:
        """Evaluate trees of the surface at a point over some rows of its data; over all of them where none are named.

        They are those that the kernel has, of the surface as it is turned and stretched.
        """
        surface = self.surface
        data = surface.data_array[:, list(rows)] if rows else surface.data_array if surface.data else ()
        columns = dict(zip(surface.columns, data, strict=False))
        values = dict(zip(surface.parameter_names, surface.kernel_values, strict=True))
        return evaluate(trees, {**values, "x": point[0], "y": point[1]}, columns)


def explainer(
    surface: Surface,
    rule: UpdateRule,
    trajectory: "Trajectory",
    steps: int,
    schedule: Schedule | None = None,
    noise: float = 0.0,
    batch_size: int = 0,
    seed: int = 0,
) -> Explainer:
    """Return what explains each step of a trajectory that ``descend`` made of the same surface, rule and so on.

    ``steps`` is how many it was to have: a schedule reads that, and a run that diverges has fewer.
    """
    rates = RateExplainer.of(schedule, rule, steps, trajectory.losses)
    return Explainer(
        surface=surface, rule=rule, trajectory=trajectory, rates=rates, noise=noise, batch_size=batch_size, seed=seed
    )


@lru_cache(maxsize=256)
def program_lines(rule: UpdateRule, driven: frozenset[str] = frozenset()) -> tuple[Line, ...]:
    """Return the lines of a rule that do something, without their numbers."""
    zeros = rule.zeros - driven
    moved = ("x", "y") if rule.planar else ("theta",)
    return live_lines(rule.program, zeros, (*moved, *live_state(rule.rule, zeros)))


def _pair(values: ArrayLike) -> tuple[float, ...]:
    return tuple(np.asarray(values, dtype=np.float64).tolist())
