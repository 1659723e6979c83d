"""The question after the losses that a run comes to with each learning rate of a fair race."""

from dataclasses import dataclass, replace

import numpy as np

from landscape.scene.descent.run_questions import TrajectoryQuestion, trajectory_question
from landscape.scene.question import Array, Cancelled, LongQuestion
from landscape.session.descent.document import Descent, Run, Tuning
from landscape.session.descent.tuning import tried_rates, tuned_runs


@dataclass(frozen=True, kw_only=True)
class TrialsQuestion(LongQuestion[Array]):
    """The loss after the last step for each rate, (trials,); inf where the run was lost on the way."""

    trajectory: TrajectoryQuestion
    """With the smallest rate: what the run has does not matter."""
    rates: tuple[float, ...]

    def run(self, cancelled: Cancelled) -> Array:
        """Descend once with each rate: on the same surface, from the same start, through the same noise."""
        losses = np.full(len(self.rates), np.inf)
        for index, rate in enumerate(self.rates):
            if cancelled():
                break
            tried = replace(self.trajectory, rule=self.trajectory.rule.with_values(lr=rate))
            found = tried.descended(cancelled)
            last = float(found.losses[-1])
            losses[index] = last if found.outcome != "diverged" and np.isfinite(last) else np.inf
        losses.flags.writeable = False
        return losses

    def is_warm(self) -> bool:
        """Tell whether the kernels of the run are loaded."""
        return self.trajectory.is_warm()

    def warm(self) -> None:
        """Load or compile them."""
        self.trajectory.warm()


def trials_question(descent: Descent, run: Run, tuning: Tuning) -> TrialsQuestion:
    """Return what a run comes to with each rate of ``tuning``."""
    rates = tried_rates(tuning)
    slowest = replace(run, rule=run.rule.with_values(lr=rates[0]))
    return TrialsQuestion(trajectory=trajectory_question(descent, slowest), rates=rates)


def trials_questions(descent: Descent, tuning: Tuning) -> dict[int, TrialsQuestion]:
    """Return the question of every run that takes part, by its id."""
    return {run.id: trials_question(descent, run, tuning) for run in tuned_runs(descent)}
