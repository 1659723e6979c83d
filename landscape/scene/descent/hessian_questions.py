"""Questions about the curvature along the runs: the Hessian at each step, and its largest eigenvalue."""

from dataclasses import dataclass
from typing import Any

from landscape.geometry.curvature import eigenvalues, hessians
from landscape.scene.descent.run_questions import TrajectoryQuestion
from landscape.scene.question import Array, Ask, Question, effort

BIGGER = 6
"""About as many times as large as the formula are its second derivatives together."""


@dataclass(frozen=True, kw_only=True)
class HessianQuestion(Question[Array]):
    """The second derivatives xx, xy, yy along a trajectory, (n + 1, 3); NaN where they do not exist."""

    trajectory: TrajectoryQuestion

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The trajectory."""
        return (self.trajectory,)

    def answer(self, ask: Ask) -> Array:
        """Evaluate the Hessian at every point."""
        return hessians(self.trajectory.surface, ask(self.trajectory).points)

    def seconds(self) -> float:
        """Return the time of plain evaluation for all steps."""
        surface = self.trajectory.surface
        plain, costly = effort(surface.tree)
        each = BIGGER * (1.2e-9 * plain + 6e-9 * costly) * max(1, surface.rows)
        return 0.3e-3 + self.trajectory.steps * each


@dataclass(frozen=True, kw_only=True)
class SharpnessQuestion(Question[Array]):
    """The largest eigenvalue of the Hessian along a trajectory, (n + 1,)."""

    trajectory: TrajectoryQuestion

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The Hessians."""
        return (HessianQuestion(trajectory=self.trajectory),)

    def answer(self, ask: Ask) -> Array:
        """Take the larger eigenvalue of each Hessian."""
        largest: Array = eigenvalues(ask(HessianQuestion(trajectory=self.trajectory)))[:, 1].copy()
        largest.flags.writeable = False
        return largest

    def seconds(self) -> float:
        """Return the time for all steps."""
        return self.trajectory.steps * 50e-9
