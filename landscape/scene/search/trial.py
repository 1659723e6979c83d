"""One trial looked at closely: its way over the surface, and its loss step by step."""

from dataclasses import dataclass

import numpy as np

from landscape.descent.trajectory import descend
from landscape.geometry.grid import sample
from landscape.geometry.levels import shading
from landscape.scene.layers import Heat
from landscape.scene.palette import color_map
from landscape.scene.question import Cancelled, LongQuestion
from landscape.scene.search.scene import Floats
from landscape.scene.text import number
from landscape.search.objectives import NetworkRun, Objective, SurfaceRun, losses_of
from landscape.session.search.document import Study

CELLS = 128
LOOKS = 60
"""Times at which the loss of a network is seen."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """What became of a trial on its way."""

    points: Floats
    """(n, 2): where it was on the surface; none of a network."""
    steps: Floats
    """(k,): when its loss was seen ..."""
    losses: Floats
    """... and what it was."""


@dataclass(frozen=True, kw_only=True)
class TrialQuestion(LongQuestion[Course]):
    """The course of a trial with some values from its first step on."""

    objective: Objective
    values: tuple[tuple[str, float], ...]

    def run(self, cancelled: Cancelled) -> Course:
        """Run it again, with everything that is on its way."""
        run = self.objective
        if isinstance(run, NetworkRun):
            steps, losses = losses_of(run, dict(self.values), LOOKS, cancelled)
            return Course(points=np.empty((0, 2)), steps=steps, losses=losses)
        made = descend(
            run.surface, run.rule.with_values(**dict(self.values)), run.start, run.steps, run.schedule,
            noise=run.noise, seed=run.seed, cancelled=cancelled,
        )  # fmt: skip
        return Course(points=made.points, steps=np.arange(len(made.losses), dtype=np.float64), losses=made.losses)


@dataclass(frozen=True, kw_only=True)
class GroundQuestion(LongQuestion[Heat]):
    """The surface under the trials, as colour."""

    objective: SurfaceRun

    def run(self, cancelled: Cancelled) -> Heat:  # noqa: ARG002
        """Sample it over its domain."""
        surface = self.objective.surface
        across, up = surface.domain
        made = shading(sample(surface, across, up, CELLS, CELLS))
        ticks = tuple((shade, number(value, 3)) for shade, value in made.ticks)
        return Heat(shade=made.shade, values=made.values, x=across, y=up, colors=color_map("viridis"), ticks=ticks)


def trial_questions(
    study: Study, values: tuple[tuple[str, float], ...]
) -> tuple[TrialQuestion] | tuple[TrialQuestion, GroundQuestion]:
    """Return what is asked of a trial."""
    objective = study.objective
    trial = TrialQuestion(objective=objective, values=values)
    return (trial, GroundQuestion(objective=objective)) if isinstance(objective, SurfaceRun) else (trial,)
