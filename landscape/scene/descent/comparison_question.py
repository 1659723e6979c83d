"""The question how soon a run comes to a target from many starts, in evaluations."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from landscape.descent.comparison import Success, repeated, repetitions_of
from landscape.scene.descent.run_questions import TrajectoryQuestion, trajectory_question
from landscape.scene.descent.surface_questions import GridQuestion, ShadingQuestion
from landscape.scene.question import Ask, Cancelled, StreamQuestion
from landscape.session.descent.document import Comparison, Descent

GROUND = 192
"""Columns and rows of the surface under the ends."""
APART = 0.1
"""Seconds between two looks at what has come."""


@dataclass(frozen=True, kw_only=True)
class ComparisonQuestion(StreamQuestion[Success]):
    """What comes of a run from many starts all over the domain; as far as it has come while it is computed."""

    run: TrajectoryQuestion
    """The run; its start and its number of steps are not used."""
    target: float
    evaluations: int
    repetitions: int

    def results(self, ask: Ask, cancelled: Cancelled) -> Iterator[tuple[Success, float]]:
        """Yield what is known of the repetitions, now and then; what was known before it was cancelled is kept."""
        known = ask.so_far(self)
        run, looked = self.run, time.perf_counter()
        made = list(repetitions_of(known)) if known is not None else []
        for one in repeated(
            run.surface,
            run.mover,
            self.target,
            evaluations=self.evaluations,
            repetitions=self.repetitions,
            schedule=run.schedule,
            noise=run.noise,
            batch_size=run.batch_size,
            seed=run.seed,
            first=len(made),
            cancelled=cancelled,
        ):
            made.append(one)
            if time.perf_counter() > looked + APART and len(made) < self.repetitions:
                yield Success.of(made), len(made) / self.repetitions
                looked = time.perf_counter()
        if len(made) == self.repetitions:
            yield Success.of(made), 1.0

    def is_warm(self) -> bool:
        """Tell whether the kernels of the surface and of what moves the run are loaded."""
        return self.run.is_warm()

    def warm(self) -> None:
        """Load or compile them."""
        self.run.warm()


def comparison_questions(descent: Descent) -> Mapping[int, ComparisonQuestion]:
    """Return what is asked of each visible run, by its id; nothing where nothing is compared."""
    shown = descent.comparison
    if shown is None:
        return {}
    return {
        run.id: _question(replace(trajectory_question(descent, run), start=(0.0, 0.0), steps=0, state=()), shown)
        for run in descent.runs
        if run.visible
    }


def ground_question(descent: Descent) -> ShadingQuestion:
    """Return the surface on which it is shown where the runs end."""
    x, y = descent.surface.domain
    sampled = GridQuestion(surface=descent.surface, x=x, y=y, columns=GROUND, rows=GROUND)
    return ShadingQuestion(grid=sampled, scale=descent.levels)


def _question(run: TrajectoryQuestion, shown: Comparison) -> ComparisonQuestion:
    return ComparisonQuestion(
        run=run, target=shown.target, evaluations=shown.evaluations, repetitions=shown.repetitions
    )
