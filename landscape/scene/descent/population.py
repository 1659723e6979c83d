"""What a strategy is doing, as it is drawn: members, simplices, ellipses, and where members come from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from landscape.geometry.levels import contour_lines
from landscape.scene.answers import Answers
from landscape.scene.descent.run_questions import trajectory_question
from landscape.scene.identity import kept
from landscape.scene.layers import Heat
from landscape.scene.palette import ROLE_COLORS
from landscape.scene.population_layer import Population
from landscape.scene.question import Array
from landscape.scene.scene import Path, Scene
from landscape.session.descent.document import Descent

if TYPE_CHECKING:
    from landscape.descent.course import Course

PROBABILITIES = (0.9, 0.5, 0.1)
"""Of the acceptance whose lines are drawn around the point of an annealing."""
COARSE = 160
"""Values along a side on which these lines are traced, about."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Line:
    """A line in surface coordinates; a row of NaN ends a piece."""

    points: Array
    color: str = ""
    """Empty: that of the run."""
    faint: bool = False
    filled: bool = False
    """Whether what it encloses is tinted."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """What is drawn of a population at a step."""

    points: Array
    """(m, 2): discs."""
    rings: Array
    """(m, 2): what was looked at and not taken."""
    lines: tuple[Line, ...] = ()
    levels: tuple[tuple[float, Array], ...] = ()
    """Where an uphill move would be taken with this probability."""


def populations(
    descent: Descent, answers: Answers, paths: Sequence[Path], previous: Scene | None
) -> tuple[Population, ...]:
    """Return what every strategy does that is on the map; one not known yet stays as it was."""
    old = {one.run: one for one in previous.populations} if previous else {}
    found = []
    for path in paths:
        run, earlier = descent.run_of(path.run), old.get(path.run)
        if run.strategy is None:
            continue
        course = None if path.pending else answers.get(trajectory_question(descent, run))
        if course is None:
            found += [] if earlier is None else [earlier]
            continue
        new = Population(
            run=run.id, name=path.name, color=path.color, strategy=run.strategy, course=cast("Course", course),
            explained=run.id == descent.explained,
        )  # fmt: skip
        found.append(kept(earlier, new))
    return kept(previous.populations if previous else None, tuple(found))


def drawn(population: Population, step: float, heat: Heat | None = None) -> Drawn:
    """Return what is drawn of a population at a step; ``heat`` is the surface that level lines are traced on."""
    course = population.course
    k = min(int(step), len(course.points) - 1)
    draw = _DRAWN.get(population.strategy.entry, _members)
    return draw(population, k, heat)


def _members(population: Population, k: int, _heat: Heat | None) -> Drawn:
    return Drawn(points=population.course.population[k], rings=np.empty((0, 2)))


def _annealing(population: Population, k: int, heat: Heat | None) -> Drawn:
    course = population.course
    here, proposed = course.population[k]
    refused = k > 0 and course.state["accepted"][k] == 0.0
    came = course.points[k - 1] if k else here
    lines = [Line(points=np.stack((came, proposed)), faint=True)] if k else []
    levels: tuple[tuple[float, Array], ...] = ()
    if population.explained and heat is not None and k + 1 < len(course.points):
        levels = _acceptance(heat, float(course.losses[k]), float(course.state["temperature"][k + 1]))
    rings = proposed[None] if refused else np.empty((0, 2))
    return Drawn(points=here[None], rings=rings, lines=tuple(lines), levels=levels)


def _acceptance(heat: Heat, value: float, temperature: float) -> tuple[tuple[float, Array], ...]:
    """Return where the surface is so much higher that a move there would be taken with each probability."""
    if not (np.isfinite(value) and temperature > 0.0):
        return ()
    stride = max(1, max(heat.values.shape) // COARSE)
    values = np.asarray(heat.values, dtype=np.float64)[::stride, ::stride]
    rows, columns = heat.values.shape
    across = heat.x[0] + (np.arange(columns)[::stride] + 0.5) / columns * (heat.x[1] - heat.x[0])
    up = heat.y[0] + (np.arange(rows)[::stride] + 0.5) / rows * (heat.y[1] - heat.y[0])
    levels = np.array([value - temperature * np.log(part) for part in PROBABILITIES])
    traced = contour_lines(values, across, up, levels)
    return tuple((PROBABILITIES[int(np.abs(levels - level).argmin())], points) for level, points in traced)


def _hopping(population: Population, k: int, _heat: Heat | None) -> Drawn:
    here, thrown, landed = population.course.population[k]
    if k == 0:
        return Drawn(points=here[None], rings=np.empty((0, 2)))
    came = population.course.points[k - 1]
    lines = (Line(points=np.stack((came, thrown)), faint=True), Line(points=np.stack((thrown, landed))))
    return Drawn(points=here[None], rings=np.stack((thrown, landed)), lines=lines)


def _triangle(population: Population, k: int, _heat: Heat | None) -> Drawn:
    course = population.course
    corners = course.population[k]
    lines = [Line(points=np.concatenate((corners, corners[:1])), filled=True)]
    rings = np.empty((0, 2))
    if k:
        before = course.population[k - 1]
        lines.insert(0, Line(points=np.concatenate((before, before[:1])), faint=True))
        if population.explained:
            looked = np.stack((course.state["reflected"][k, :2], course.state["tried"][k, :2]))
            rings = looked[~(looked[:, None] == corners).all(axis=2).any(axis=1)]
    return Drawn(points=corners, rings=rings, lines=tuple(lines))


def _ellipse(population: Population, k: int, _heat: Heat | None) -> Drawn:
    """Draw the members, and the ellipses of one and two standard deviations that they were drawn from."""
    course = population.course
    of = max(k - 1, 0)
    xx, xy, yy = course.state["covariance"][of]
    values, axes = np.linalg.eigh([[xx, xy], [xy, yy]])
    turn = np.linspace(0.0, 2.0 * np.pi, 73)
    circle = np.stack((np.cos(turn), np.sin(turn)), axis=1)
    shape = axes * np.sqrt(np.maximum(values, 0.0)) * course.state["sigma"][of]
    mean = course.state["mean"][of]
    lines = [Line(points=mean + 2.0 * circle @ shape.T, faint=True), Line(points=mean + circle @ shape.T, filled=True)]
    if population.explained and k:
        lines.append(Line(points=np.stack((mean, course.state["mean"][k])), color=ROLE_COLORS["step"]))
    members = course.population[k] if k else np.empty((0, 2))
    return Drawn(points=members, rings=np.empty((0, 2)), lines=tuple(lines))


def _swarm(population: Population, k: int, _heat: Heat | None) -> Drawn:
    """Draw the particles, each with its velocity; explained, with the three parts of the next one."""
    course = population.course
    here = course.population[k]
    following = min(k + 1, len(course.points) - 1)
    parts = [course.told[name][following] for name in ("inertia", "own", "common")]
    if following == k:
        return Drawn(points=here, rings=np.empty((0, 2)))
    if not population.explained:
        return Drawn(points=here, rings=np.empty((0, 2)), lines=(_strokes(here, here + sum(parts), faint=True),))
    colors = ROLE_COLORS["momentum"], ROLE_COLORS["scaling"], ROLE_COLORS["gradient"]
    lines, begin = [], here
    for part, color in zip(parts, colors, strict=True):
        lines.append(_strokes(begin, begin + part, color=color))
        begin = begin + part
    return Drawn(points=here, rings=np.empty((0, 2)), lines=tuple(lines))


def _genetic(population: Population, k: int, _heat: Heat | None) -> Drawn:
    """Draw the members; explained, with lines to the parents of each, and rings around those that mutated."""
    course = population.course
    here = course.population[k]
    if not (population.explained and k):
        return Drawn(points=here, rings=np.empty((0, 2)))
    before = course.population[k - 1]
    parents = course.told["parents"][k].astype(int)
    crossed = course.told["crossed"][k] == 1.0
    lines = [_strokes(before[parents[:, 0]], here, faint=True)]
    lines.append(_strokes(before[parents[crossed, 1]], here[crossed], color=ROLE_COLORS["scaling"], faint=True))
    return Drawn(points=here, rings=here[course.told["mutated"][k] == 1.0], lines=tuple(lines))


def _strokes(begin: Array, end: Array, color: str = "", *, faint: bool = False) -> Line:
    """Return a straight piece from each point to another."""
    pieces = np.stack((begin, end, np.full_like(begin, np.nan)), axis=1).reshape(-1, 2)
    return Line(points=pieces, color=color, faint=faint)


_DRAWN: Mapping[str, Callable[[Population, int, Heat | None], Drawn]] = {
    "annealing": _annealing,
    "basin_hopping": _hopping,
    "nelder_mead": _triangle,
    "cma_es": _ellipse,
    "swarm": _swarm,
    "genetic": _genetic,
}
"""What is drawn of each strategy; of all others their members."""
