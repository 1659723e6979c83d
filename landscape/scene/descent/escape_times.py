"""How long the runs stay near a saddle, against how far from it they start: questions, and the chart of answers."""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent.trajectory import descend
from landscape.geometry.curvature import eigenvalues, hessians
from landscape.geometry.escape import escape_direction
from landscape.scene.descent.questions import trajectory_question
from landscape.scene.descent.run_questions import TrajectoryQuestion
from landscape.scene.descent.scene import Dash
from landscape.scene.descent.text import run_titles
from landscape.scene.palette import DASHES, RUN_COLORS
from landscape.scene.question import Array, Ask, Question
from landscape.session.descent.document import Descent
from landscape.session.session import Point
from landscape.translation import Translation

OFFSETS = 10.0 ** np.linspace(-12.0, -2.0, 41)
"""Distances of the start from the saddle, in the surface's own units."""
OFFSETS.flags.writeable = False
MOST = 2000
"""Steps that a run is given at the least, where its rate does not depend on their number."""
ARRIVED = 0.01
"""A run has arrived at this part of the distance between the saddle and the minimum."""
FLOW_STEPS = 20_000
EACH = 0.2e-3
"""Seconds that a descent takes besides its steps."""


@dataclass(frozen=True, kw_only=True)
class EscapeTimesQuestion(Question[Array]):
    """Steps after which a run that starts beside a saddle has arrived: (m + 1,) for 0 and each of ``OFFSETS``.

    The start lies along the escape direction. A run has arrived when it is within 1 % of the way of one of the two
    places to which small steps of gradient descent lead from either side of the saddle, or outside of the domain.
    NaN: not within the steps it is given.
    """

    run: TrajectoryQuestion
    """The run; its start and, for a constant rate, its number of steps are not used."""
    saddle: Point

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """None but itself."""
        return ()

    def answer(self, ask: Ask) -> Array:  # noqa: ARG002
        """Descend from every start."""
        run = self.run
        direction = escape_direction(run.surface, self.saddle)
        if direction is None:
            return np.full(len(OFFSETS) + 1, np.nan)
        goals = _goals(run.surface, self.saddle, direction)
        starts = np.array(self.saddle) + np.append(0.0, OFFSETS)[:, None] * direction
        steps = max(run.steps, MOST) if run.schedule.entry == "constant" else run.steps
        found = np.array([self._arrival(start, steps, goals) for start in starts.tolist()])
        found.flags.writeable = False
        return found

    def seconds(self) -> float:
        """Return the time of all the descents."""
        steps = (len(OFFSETS) + 1) * max(self.run.steps, MOST) + 2 * FLOW_STEPS
        return len(OFFSETS) * EACH + replace(self.run, steps=steps).seconds()

    def is_warm(self) -> bool:
        """Tell whether the kernels of the surface and of the rule are loaded."""
        return self.run.is_warm()

    def warm(self) -> None:
        """Load or compile them."""
        self.run.warm()

    def _arrival(self, start: list[float], steps: int, goals: list[tuple[Array, float]]) -> float:
        run = self.run
        points = descend(
            run.surface, run.rule, (start[0], start[1]), steps,
            schedule=run.schedule, noise=run.noise, batch_size=run.batch_size, seed=run.seed,
        ).points  # fmt: skip
        low, high = np.transpose(run.surface.domain)
        there = ~((points >= low) & (points <= high)).all(axis=1)
        for goal, distance in goals:
            there |= np.hypot(*(points - goal).T) <= ARRIVED * distance
        arrived = np.flatnonzero(there)
        return float(arrived[0]) if len(arrived) else math.nan


def _goals(surface: Surface, saddle: Point, direction: Array) -> list[tuple[Array, float]]:
    """Return where small steps downhill lead from both sides of a saddle within the domain, and how far that is."""
    side = min(high - low for low, high in surface.domain)
    steepest = float(np.abs(eigenvalues(hessians(surface, np.array([saddle]))[0])).max())
    goals = []
    for sign in (1.0, -1.0):
        x, y = (np.array(saddle) + sign * 1e-3 * side * direction).tolist()
        for slower in (0.2, 0.02, 0.002):
            flow = optimizer("sgd", lr=slower / steepest)
            way = descend(surface, flow, (x, y), FLOW_STEPS, schedule=schedule("constant"))
            if way.outcome == "converged":
                goal = way.points[-1]
                goals.append((goal, math.dist(goal.tolist(), saddle)))
                break
    return goals


@dataclass(frozen=True, kw_only=True, eq=False)
class EscapeCurve:
    """The answer for one run."""

    name: str
    color: str
    dash: Dash
    steps: Array
    """(m,), for each of the chart's offsets; NaN: never."""
    from_saddle: float
    """From the saddle itself; NaN: never."""


@dataclass(frozen=True, kw_only=True, eq=False)
class EscapeChart:
    """Steps against the distance of the start from a saddle."""

    title: str
    across: str
    """What the distances are."""
    never: str
    """What is written where a run does not arrive."""
    offsets: Array
    curves: tuple[EscapeCurve, ...]


def escape_questions(descent: Descent, saddle: Point) -> tuple[tuple[int, EscapeTimesQuestion], ...]:
    """Return what is asked of each visible run of ``descent``, with the run's id."""
    return tuple(
        (run.id, EscapeTimesQuestion(run=replace(trajectory_question(descent, run), start=saddle), saddle=saddle))
        for run in descent.runs
        if run.visible
    )


def escape_chart(descent: Descent, answers: dict[int, Array], say: Translation) -> EscapeChart:
    """Return the chart of the answers that are there, by the id of their run."""
    titles = run_titles(descent, say)
    curves = tuple(
        EscapeCurve(
            name=titles[run.id],
            color=RUN_COLORS[run.color],
            dash=DASHES[run.color],
            steps=found[1:],
            from_saddle=float(found[0]),
        )
        for run in descent.runs
        if (found := answers.get(run.id)) is not None
    )
    return EscapeChart(
        title=say("Steps until a run has gone 99 % of the way from the saddle"),
        across=say("distance of the start from the saddle"),
        never=say("never"),
        offsets=OFFSETS,
        curves=curves,
    )
