"""Questions about the probe and the cut: the osculating paraboloid with its disc, and the surface along lines."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from landscape.catalogue.surfaces import Surface
from landscape.geometry.crossings import crossings
from landscape.geometry.osculating import DIRECTIONS, Osculation, osculation, reach, trusted_radius
from landscape.scene.descent.hessian_questions import BIGGER
from landscape.scene.descent.run_questions import TrajectoryQuestion
from landscape.scene.question import Array, Ask, Question, effort
from landscape.session.session import Point

CIRCLES = 260
"""About as many circles are looked at for a disc."""
LINE_POINTS = 513
"""Points of a line on which the surface is evaluated."""
PATH_POINTS = 2049
"""The most points of a path on which it is."""
STEP_PLACES = (-0.5, 2.5)
"""The part of a step's line that is looked at, in multiples of the step."""
STEP_POINTS = 121
STEP_VALUES = 500_000
"""Most values of all steps; of many steps each has fewer, 13 at the least."""
FAR = 1.5
"""A path is followed until it is so many widths of the domain from its centre."""


@dataclass(frozen=True, kw_only=True)
class OsculationQuestion(Question[Osculation]):
    """The osculating paraboloid at a point, with the disc on which it can be trusted."""

    surface: Surface
    point: Point

    def answer(self, ask: Ask) -> Osculation:  # noqa: ARG002
        """Evaluate the surface there, and on circles around it."""
        found = osculation(self.surface, self.point)
        radius = trusted_radius(self.surface, found)
        return replace(found, radius=radius, reach=reach(self.surface, self.point))

    def seconds(self) -> float:
        """Return the time of plain evaluation on all circles."""
        return 0.5e-3 + (CIRCLES * DIRECTIONS + BIGGER) * _each(self.surface)


@dataclass(frozen=True, kw_only=True)
class LineQuestion(Question[Array]):
    """The values of a surface on a line between two points, (LINE_POINTS,)."""

    surface: Surface
    start: Point
    end: Point

    @property
    def points(self) -> Array:
        """Where: (LINE_POINTS, 2), evenly spaced."""
        return np.linspace(self.start, self.end, LINE_POINTS)

    def answer(self, ask: Ask) -> Array:  # noqa: ARG002
        """Evaluate the surface."""
        return self.surface.value(*self.points.T)

    def seconds(self) -> float:
        """Return the time of plain evaluation."""
        return 0.1e-3 + LINE_POINTS * _each(self.surface)


@dataclass(frozen=True, kw_only=True, eq=False)
class Crossings:
    """Where a run meets a straight line, in order."""

    steps: Array
    """(k,): whole for a point on the line, between two whole numbers where the path crosses it."""
    distances: Array
    """(k,): from the start of the line."""
    values: Array
    """(k,): the surface there."""
    last: int
    """The last step of the run."""


@dataclass(frozen=True, kw_only=True)
class CrossingsQuestion(Question[Crossings]):
    """Where the path of a run meets the line of a cut."""

    trajectory: TrajectoryQuestion
    start: Point
    end: Point

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The trajectory."""
        return (self.trajectory,)

    def answer(self, ask: Ask) -> Crossings:
        """Go along the path, and evaluate the surface where it meets the line."""
        path = ask(self.trajectory).points
        steps, distances = crossings(path, self.start, self.end)
        way = np.subtract(self.end, self.start)
        points = self.start + distances[:, None] * way / np.hypot(*way)
        values = self.trajectory.surface.value(*points.T)
        for array in (steps, distances):
            array.flags.writeable = False
        return Crossings(steps=steps, distances=distances, values=values, last=len(path) - 1)

    def seconds(self) -> float:
        """Return the time for all points, of which each may be on the line."""
        return 0.1e-3 + self.trajectory.steps * (30e-9 + _each(self.trajectory.surface))


@dataclass(frozen=True, kw_only=True, eq=False)
class PathProfile:
    """A surface along a path; the path is straight between one point of the run and the next."""

    places: Array
    """(m,): how long the path is until there."""
    points: Array
    """(m, 2)."""
    values: Array
    """(m,)."""
    run_places: Array
    """(k,): where the first points of the run are; it leaves the neighbourhood of the domain after them."""


@dataclass(frozen=True, kw_only=True)
class PathProfileQuestion(Question[PathProfile]):
    """The values of a surface along the path of a run."""

    trajectory: TrajectoryQuestion

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The trajectory."""
        return (self.trajectory,)

    def answer(self, ask: Ask) -> PathProfile:
        """Evaluate the surface at the run's points and evenly between them."""
        surface = self.trajectory.surface
        walked = _near(ask(self.trajectory).points, surface)
        run_places = np.concatenate(((0.0,), np.cumsum(np.hypot(*np.diff(walked, axis=0).T))))
        even = np.linspace(0.0, run_places[-1], PATH_POINTS)
        places = np.union1d(run_places, even) if len(walked) < PATH_POINTS else even
        points = np.stack([np.interp(places, run_places, side) for side in walked.T], axis=1)
        found = PathProfile(places=places, points=points, values=surface.value(*points.T), run_places=run_places)
        for array in (places, points, run_places):
            array.flags.writeable = False
        return found

    def seconds(self) -> float:
        """Return the time of plain evaluation."""
        return 0.2e-3 + 2 * PATH_POINTS * _each(self.trajectory.surface)


@dataclass(frozen=True, kw_only=True)
class StepSearchQuestion(Question[Array]):
    """The surface along every step of a run, (n, m): row k from point k on, at :func:`step_places` times the step."""

    trajectory: TrajectoryQuestion

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The trajectory."""
        return (self.trajectory,)

    def answer(self, ask: Ask) -> Array:
        """Evaluate the surface on the line of each step."""
        points, places = ask(self.trajectory).points, step_places(self.trajectory.steps)
        with np.errstate(all="ignore"):
            x, y = (side[:-1, None] + places * np.diff(side)[:, None] for side in points.T)
            return self.trajectory.surface.value(x, y)

    def seconds(self) -> float:
        """Return the time of plain evaluation."""
        steps = self.trajectory.steps
        return 0.1e-3 + steps * len(step_places(steps)) * _each(self.trajectory.surface)


def step_places(steps: int) -> Array:
    """Return where the line of a step is looked at, in multiples of the step; 0 and 1 are among them."""
    count = min(STEP_POINTS, max(13, STEP_VALUES // max(steps, 1)))
    return np.linspace(*STEP_PLACES, 6 * ((count - 1) // 6) + 1)


def _near(points: Array, surface: Surface) -> Array:
    """Return the points of a path until it leaves the neighbourhood of the domain; the first always."""
    inside = np.ones(len(points), dtype=np.bool_)
    for side, (low, high) in zip(points.T, surface.domain, strict=True):
        inside &= np.abs(side - (low + high) / 2) <= FAR * (high - low)
    return points[: max(1, len(points) if inside.all() else int(np.argmin(inside)))]


def _each(surface: Surface) -> float:
    """Return the seconds of one plain evaluation among many."""
    plain, costly = effort(surface.tree)
    return (1.2e-9 * plain + 6e-9 * costly) * max(1, surface.rows)
