"""How long the runs stay near a saddle, against how far from it they start: questions, and the chart of answers."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import Surface
from landscape.descent.trajectory import descend
from landscape.geometry.curvature import eigenvalues, hessians
from landscape.geometry.escape import escape_direction
from landscape.scene.descent.run_questions import TrajectoryQuestion, trajectory_question
from landscape.scene.descent.text import run_titles
from landscape.scene.layers import Abscissa, Curve, CurvePanel, Dots
from landscape.scene.palette import DASHES, RUN_COLORS
from landscape.scene.question import Array, Ask, Cancelled, Question
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
APART = 5.0
"""Between the rings of two runs at the saddle itself, so that all are seen, in units of line width."""
ABOVE = 1.04
"""Height of the chart against the longest time."""


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
        return self._run(lambda: False)

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[Array, float]]:  # noqa: ARG002
        """Descend from every start, unless it is stopped."""
        found = self._run(cancelled)
        if not cancelled():
            yield found, 1.0

    def _run(self, cancelled: Cancelled) -> Array:
        run = self.run
        direction = escape_direction(run.surface, self.saddle)
        if direction is None:
            return np.full(len(OFFSETS) + 1, np.nan)
        goals = _goals(run.surface, self.saddle, direction, cancelled)
        starts = np.array(self.saddle) + np.append(0.0, OFFSETS)[:, None] * direction
        steps = max(run.steps, MOST) if run.schedule.entry == "constant" else run.steps
        found = np.array([self._arrival(start, steps, goals, cancelled) for start in starts.tolist()])
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

    def _arrival(self, start: list[float], steps: int, goals: list[tuple[Array, float]], cancelled: Cancelled) -> float:
        run = self.run
        if cancelled():
            return math.nan
        points = descend(
            run.surface, run.rule, (start[0], start[1]), steps,
            schedule=run.schedule, noise=run.noise, batch_size=run.batch_size, seed=run.seed,
            cancelled=cancelled,
        ).points  # fmt: skip
        low, high = np.transpose(run.surface.domain)
        there = ~((points >= low) & (points <= high)).all(axis=1)
        for goal, distance in goals:
            there |= np.hypot(*(points - goal).T) <= ARRIVED * distance
        arrived = np.flatnonzero(there)
        return float(arrived[0]) if len(arrived) else math.nan


def _goals(surface: Surface, saddle: Point, direction: Array, cancelled: Cancelled) -> list[tuple[Array, float]]:
    """Return where small steps downhill lead from both sides of a saddle within the domain, and how far that is."""
    side = min(high - low for low, high in surface.domain)
    steepest = float(np.abs(eigenvalues(hessians(surface, np.array([saddle]))[0])).max())
    goals = []
    for sign in (1.0, -1.0):
        x, y = (np.array(saddle) + sign * 1e-3 * side * direction).tolist()
        for slower in (0.2, 0.02, 0.002):
            flow = optimizer("sgd", lr=slower / steepest)
            way = descend(surface, flow, (x, y), FLOW_STEPS, schedule=schedule("constant"), cancelled=cancelled)
            if way.outcome == "converged":
                goal = way.points[-1]
                goals.append((goal, math.dist(goal.tolist(), saddle)))
                break
    return goals


@dataclass(frozen=True, kw_only=True, eq=False)
class EscapeChart:
    """Steps against the distance of the start from a saddle."""

    curves: tuple[CurvePanel, ...]
    """One panel, whose first place is the saddle itself; infinite: never."""
    steps: int = 0
    """It has no play head."""


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
    known = [(run, answers[run.id]) for run in descent.runs if run.id in answers]
    curves = []
    for place, (run, found) in enumerate(known):
        times = np.where(np.isnan(found), np.inf, found)
        one = Curve(
            run=run.id,
            name=titles[run.id],
            color=RUN_COLORS[run.color],
            dash=DASHES[run.color],
            values=times,
            dots=_dots(times, APART * (place - (len(known) - 1) / 2)),
        )
        curves.append(one)
    longest = max(
        (float(np.max(each.values, where=np.isfinite(each.values), initial=1.0)) for each in curves), default=1.0
    )
    panel = CurvePanel(
        quantity="steps",
        title=say("Steps until a run has gone 99 % of the way from the saddle"),
        curves=tuple(curves),
        log=False,
        abscissa=Abscissa(name=say("distance of the start from the saddle"), places=np.append(0.0, OFFSETS)),
        ordinate=(0.0, ABOVE * longest),
        never=say("never") if any(np.isinf(each.values).any() for each in curves) else "",
        legend=True,
    )
    return EscapeChart(curves=(panel,))


def _dots(times: Array, aside: float) -> tuple[Dots, ...]:
    """Return a dot at each whole power of ten, and where a run never leaves; and a ring for the saddle itself."""
    exponents = np.log10(OFFSETS)
    marked = (np.abs(exponents - exponents.round()) < 1e-6) | np.isinf(times[1:])
    solid = Dots(places=OFFSETS[marked], values=times[1:][marked], look="solid")
    return solid, Dots(places=np.zeros(1), values=times[:1], look="ring", aside=aside)
