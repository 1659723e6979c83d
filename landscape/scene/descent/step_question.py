"""The question how each step of a run comes about."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from landscape.scene.descent.run_questions import TrajectoryQuestion
from landscape.scene.question import Ask, Question

if TYPE_CHECKING:
    from landscape.descent.explanation import Explainer


@dataclass(frozen=True, kw_only=True)
class ExplainerQuestion(Question["Explainer"]):
    """What explains each step of a trajectory."""

    trajectory: TrajectoryQuestion

    @property
    def parts(self) -> tuple[Question[Any], ...]:
        """The trajectory."""
        return (self.trajectory,)

    def answer(self, ask: Ask) -> "Explainer":
        """Prepare it; the lines of a schedule that remembers something are gone through once."""
        from landscape.descent.explanation import explainer

        run = self.trajectory
        return explainer(
            run.surface, run.rule, ask(run), run.steps,
            schedule=run.schedule, noise=run.noise, batch_size=run.batch_size, seed=run.seed,
        )  # fmt: skip

    def seconds(self) -> float:
        """Return the time for the schedule."""
        return 1e-4 + (150e-6 * self.trajectory.steps if self.trajectory.schedule.follows else 0.0)
