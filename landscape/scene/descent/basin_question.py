"""The question after the basins of attraction of a run, from coarse to fine."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.scene.descent.questions import View
from landscape.scene.descent.scene import Range
from landscape.scene.question import LongQuestion
from landscape.session.session import Run, Session

if TYPE_CHECKING:
    from landscape.descent.basins import Basins

DETAIL = (0.25, 1.0, 2.0)
"""Starts in each direction for one sample of the surface: at first few, in the end one for each pixel."""
FINEST = 2048


@dataclass(frozen=True, kw_only=True)
class BasinsQuestion(LongQuestion["Basins"]):
    """Where a rule comes to from each point of a part of the plane.

    Never answered within a frame: even few starts take as long as all paths together.
    """

    surface: Surface
    rule: UpdateRule
    steps: int
    schedule: Schedule
    seed: int
    x: Range
    y: Range
    columns: int
    rows: int

    def run(self, cancelled: Callable[[], bool]) -> "Basins":
        """Run until ``cancelled`` says yes: then the answer is not the question's, and must not be kept."""
        # Loaded with the first basins, not with the first picture; so below.
        from landscape.descent.basins import basins

        return basins(
            self.surface,
            self.rule,
            steps=self.steps,
            resolution=(self.columns, self.rows),
            domain=(self.x, self.y),
            schedule=self.schedule,
            seed=self.seed,
            cancelled=cancelled,
        )

    def seconds(self) -> float:
        """Return infinity: this is always a job."""
        return math.inf

    def is_warm(self) -> bool:
        """Tell whether the kernels of the pair are loaded."""
        from landscape.descent import arrivals

        return arrivals.is_warm(self.surface, self.rule)

    def warm(self) -> None:
        """Load or compile the kernels of the pair."""
        from landscape.descent import arrivals

        arrivals.warm(self.surface, self.rule)


def basins_run(session: Session) -> tuple[int, Run] | None:
    """Return the run whose basins are shown, with its index."""
    return next(((index, run) for index, run in enumerate(session.runs) if run.color == session.basins), None)


def basin_questions(session: Session, view: View) -> Iterator[BasinsQuestion]:
    """Yield the questions after what ``session`` shows of basins in ``view``, each finer than the one before."""
    chosen = basins_run(session)
    if chosen is None:
        return
    _, run = chosen
    whole = BasinsQuestion(
        surface=session.surface,
        rule=run.rule,
        steps=session.steps,
        schedule=session.schedule_of(run),
        seed=session.seed,
        x=view.x,
        y=view.y,
        columns=view.columns,
        rows=view.rows,
    )
    for detail in DETAIL:
        columns, rows = (min(FINEST, max(2, round(cells * detail))) for cells in (view.columns, view.rows))
        yield replace(whole, columns=columns, rows=rows)
