"""Everything that is computed, as frozen questions: equal questions have equal answers, so nothing can be stale.

A question knows how it is answered, what it is made of, and how long that takes. Keeping answers is the business of
:mod:`landscape.scene.answers`.
"""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent import trajectory
from landscape.descent.trajectory import Trajectory, descend
from landscape.formula.syntax import parse_expression
from landscape.formula.tree import ELEMENTARY, Call, Node, evaluate, size, walk
from landscape.geometry import grid
from landscape.geometry.levels import Shading, contour_lines, shading
from landscape.scene.scene import Arrows, ContourLine, Contours, Range
from landscape.session.session import LevelScale, Point, Run, Session

Answer_co = TypeVar("Answer_co", covariant=True)
Answer = TypeVar("Answer")
Array: TypeAlias = NDArray[np.float64]

FINEST = 1024
"""Most columns and most rows of a grid."""
CONTOUR_FINEST = 256
"""Most columns and rows of the grid that contour lines are traced on: finer ones look the same."""
ARROW_COLUMNS = 24
COSTLY = frozenset(ELEMENTARY) - {"sqrt", "abs", "sign", "floor", "ceil", "relu", "min", "max", "mod", "where"}
"""Functions that take much longer than a sum or a product."""
MODEL_INPUTS = 64
MODEL_VALUES = 500_000
"""Most values of a run's model curves; with many steps they are drawn through fewer inputs."""


@dataclass(frozen=True)
class View:
    """What is looked at, and how finely the surface is sampled for it."""

    x: Range
    y: Range
    columns: int
    rows: int


def stage_view(x: Range, y: Range, width: float, height: float) -> View:
    """Return the view of a stage of ``width`` by ``height`` device pixels: one sample for two by two of them."""
    columns, rows = (min(FINEST, max(2, round(pixels / 2))) for pixels in (width, height))
    return View(x, y, columns, rows)


class Ask(Protocol):
    """Returns the answer to another question, kept or computed."""

    def __call__(self, question: "Question[Answer]") -> Answer:
        """Return the answer."""
        ...


class Question(ABC, Generic[Answer_co]):
    """Something that can be computed from itself alone."""

    @property
    def parts(self) -> tuple["Question[Any]", ...]:
        """The questions whose answers this one needs."""
        return ()

    @abstractmethod
    def answer(self, ask: Ask) -> Answer_co:
        """Compute the answer; that of a part comes from ``ask``."""

    @abstractmethod
    def seconds(self) -> float:
        """Return about how long that takes without the parts; infinity where a kernel must be loaded first."""

    def is_warm(self) -> bool:
        """Tell whether the kernels that make this fast are loaded."""
        return True

    def warm(self) -> None:
        """Load or compile those kernels."""


@dataclass(frozen=True, kw_only=True)
class GridQuestion(Question[Array]):
    """The values of a surface on a grid: float64 (rows, columns) at the centres of the cells."""

    surface: Surface
    x: Range
    y: Range
    columns: int
    rows: int

    def answer(self, ask: Ask) -> Array:  # noqa: ARG002
        """Sample the surface: compiled where the kernel is loaded, by plain evaluation otherwise."""
        return grid.sample(self.surface, self.x, self.y, self.columns, self.rows)

    def seconds(self) -> float:
        """Return the time for all cells, each of which takes every row of the data."""
        plain, costly = _effort(self.surface.tree)
        cell = 0.01e-9 * plain + 4e-9 * costly if self.is_warm() else 1.2e-9 * plain + 6e-9 * costly
        return self.columns * self.rows * (0.3e-9 + max(1, self.surface.rows) * cell)

    def is_warm(self) -> bool:
        """Tell whether the surface's kernel is loaded."""
        return grid.is_warm(self.surface)

    def warm(self) -> None:
        """Load or compile the surface's kernel."""
        grid.warm(self.surface)


@dataclass(frozen=True, kw_only=True)
class ShadingQuestion(Question[Shading]):
    """The same values as shades from 0 to 1, with the levels of the contour lines."""

    grid: GridQuestion
    scale: LevelScale

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The grid."""
        return (self.grid,)

    def answer(self, ask: Ask) -> Shading:
        """Spread the values over the shades."""
        return shading(ask(self.grid), self.scale)

    def seconds(self) -> float:
        """Return the time for all cells."""
        return self.grid.columns * self.grid.rows * 9e-9


@dataclass(frozen=True, kw_only=True)
class ContourQuestion(Question[Contours]):
    """Contour lines at the levels of a shading, traced on a coarser grid."""

    shading: ShadingQuestion

    @property
    def coarse(self) -> GridQuestion:
        """The grid that the lines are traced on."""
        fine = self.shading.grid
        return GridQuestion(
            surface=fine.surface,
            x=fine.x,
            y=fine.y,
            columns=min(fine.columns, CONTOUR_FINEST),
            rows=min(fine.rows, CONTOUR_FINEST),
        )

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The shading, for its levels, and the coarse grid."""
        return self.shading, self.coarse

    def answer(self, ask: Ask) -> Contours:
        """Trace the lines."""
        coarse = self.coarse
        columns, rows = grid.centres(coarse.x, coarse.columns), grid.centres(coarse.y, coarse.rows)
        lines = contour_lines(ask(coarse), columns, rows, ask(self.shading).levels)
        return Contours(lines=tuple(ContourLine(level=level, points=points) for level, points in lines))

    def seconds(self) -> float:
        """Return the time for all cells."""
        return self.coarse.columns * self.coarse.rows * 30e-9


@dataclass(frozen=True, kw_only=True)
class ArrowsQuestion(Question[Arrows]):
    """The direction of steepest descent on a lattice."""

    surface: Surface
    x: Range
    y: Range
    columns: int
    rows: int

    def answer(self, ask: Ask) -> Arrows:  # noqa: ARG002
        """Evaluate the gradient on the lattice."""
        points, directions = grid.arrows(self.surface, self.x, self.y, self.columns, self.rows)
        return Arrows(points=points, directions=directions)

    def seconds(self) -> float:
        """Return the time for all arrows, by plain evaluation."""
        return 1e-3 + self.columns * self.rows * max(1, self.surface.rows) * 0.2e-6


@dataclass(frozen=True, kw_only=True)
class TrajectoryQuestion(Question[Trajectory]):
    """What one rule does on one surface from one start."""

    surface: Surface
    rule: UpdateRule
    start: Point
    steps: int
    schedule: Schedule
    noise: float
    batch_size: int
    seed: int

    def answer(self, ask: Ask) -> Trajectory:  # noqa: ARG002
        """Descend."""
        return descend(
            self.surface,
            self.rule,
            self.start,
            self.steps,
            schedule=self.schedule,
            noise=self.noise,
            batch_size=self.batch_size,
            seed=self.seed,
        )

    def seconds(self) -> float:
        """Return the time for all steps, each of which takes every row of the data or of a mini-batch."""
        if not self.is_warm():
            return math.inf
        plain, costly = _effort(self.surface.tree)
        rows = max(1, self.batch_size or self.surface.rows)
        return 20e-6 + self.steps * (50e-9 + rows * (0.1e-9 * plain + 8e-9 * costly))

    def is_warm(self) -> bool:
        """Tell whether the kernels of the surface and of the rule are loaded."""
        return trajectory.is_warm(self.surface, self.rule, self.noise, self.batch_size)

    def warm(self) -> None:
        """Load or compile the kernels of the surface and of the rule."""
        trajectory.warm(self.surface, self.rule, self.noise, self.batch_size)


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
        norms: Array = np.hypot(gradients[:, 0], gradients[:, 1])
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
        (xx, xy), (_, yy) = self.surface.hessian(*self.point).tolist()
        largest = (xx + yy) / 2 + math.hypot((xx - yy) / 2, xy)
        return 2 / largest if math.isfinite(largest) and largest > 0 else 0.0

    def seconds(self) -> float:
        """Return the time of one plain evaluation."""
        return 0.2e-3


def questions(session: Session, view: View) -> tuple[Question[Any], ...]:
    """Return all that must be known to show ``session`` in ``view``; what the eye wants first goes first."""
    paths = tuple(trajectory_question(session, run) for run in session.runs if run.visible)
    shade = shading_question(session, view)
    asked: list[Question[Any]] = [shade, *paths]
    if session.contours:
        asked.append(ContourQuestion(shading=shade))
    if session.arrows:
        asked.append(arrows_question(session, view))
    if session.surface.model:
        asked += [PredictionQuestion(trajectory=path) for path in paths]
    return tuple(asked)


def trajectory_question(session: Session, run: Run) -> TrajectoryQuestion:
    """Return what ``run`` does in ``session``."""
    return TrajectoryQuestion(
        surface=session.surface,
        rule=run.rule,
        start=session.start_of(run),
        steps=session.steps,
        schedule=session.schedule_of(run),
        noise=session.noise,
        batch_size=session.batch_size,
        seed=session.seed,
    )


def shading_question(session: Session, view: View) -> ShadingQuestion:
    """Return the surface of ``session`` as shades in ``view``."""
    sampled = GridQuestion(surface=session.surface, x=view.x, y=view.y, columns=view.columns, rows=view.rows)
    return ShadingQuestion(grid=sampled, scale=session.levels)


def arrows_question(session: Session, view: View) -> ArrowsQuestion:
    """Return the arrows in ``view``, about as far apart up as across."""
    rows = max(2, round(ARROW_COLUMNS * view.rows / view.columns))
    return ArrowsQuestion(surface=session.surface, x=view.x, y=view.y, columns=ARROW_COLUMNS, rows=rows)


def model_inputs(surface: Surface, steps: int) -> Array:
    """Return where model curves are evaluated: evenly over the data and a tenth beyond; nowhere without a model."""
    if not surface.model:
        return np.empty(0)
    column = surface.data_array[0]
    low, high = float(column.min()), float(column.max())
    beyond = (high - low) / 10 or 1.0
    return np.linspace(low - beyond, high + beyond, max(8, min(MODEL_INPUTS, MODEL_VALUES // (steps + 1))))


@lru_cache(maxsize=256)
def _effort(tree: Node) -> tuple[int, int]:
    """Return how many parts of a formula take about a nanosecond, and how many are a series of its own."""
    costly = sum(isinstance(node, Call) and node.function in COSTLY for node in walk((tree,)))
    return size(tree) - costly, costly


@lru_cache(maxsize=64)
def _model_tree(model: str) -> Node:
    return parse_expression(model)
