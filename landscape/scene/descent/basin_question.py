"""The question after the basins of attraction of a run, from coarse to fine."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from landscape.catalogue.optimizers import State, UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.scene.descent.view import View
from landscape.scene.layers import Range
from landscape.scene.question import LongQuestion
from landscape.session.descent.document import Descent

if TYPE_CHECKING:
    from landscape.descent.basins import Basins

DETAIL = (0.25, 1.0, 2.0)
"""Starts in each direction for one sample of the surface: at first few, in the end one for each pixel."""
FINEST = 2048
FOLLOWED = 128
"""Most starts in each direction with a schedule that reads the loss: their runs are made one after the other."""


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
    state: State = ()
    x: Range
    y: Range
    columns: int
    rows: int
    coarser_grids: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    """Columns and rows of the looks before this one, the coarsest first."""

    @property
    def coarser(self) -> tuple["BasinsQuestion", ...]:
        """The same from fewer starts."""
        return tuple(
            replace(self, columns=columns, rows=rows, coarser_grids=self.coarser_grids[:index])
            for index, (columns, rows) in enumerate(self.coarser_grids)
        )

    @property
    def patient(self) -> bool:
        """Whether it gives way to what is newer: all but the first look do."""
        return bool(self.coarser_grids)

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
            state=dict(self.state),
        )

    def is_warm(self) -> bool:
        """Tell whether the kernels of the pair are loaded."""
        from landscape.descent import convergence

        return convergence.is_warm(self.surface, self.rule, self.schedule)

    def warm(self) -> None:
        """Load or compile the kernels of the pair."""
        from landscape.descent import convergence

        convergence.warm(self.surface, self.rule, self.schedule)


def basins_question(descent: Descent, view: View, *, finest: bool = True) -> BasinsQuestion | None:
    """Return the question after the basins that ``descent`` shows in ``view``; None where it shows none.

    Args:
        descent: The surface and the run.
        view: What is looked at.
        finest: One start for each pixel, not for two by two of them.
    """
    if descent.basins is None:
        return None
    run = descent.run_of(descent.basins)
    followed = descent.schedule_of(run)
    most = FOLLOWED if followed.follows else FINEST
    grids = [
        (min(most, max(2, round(view.columns * detail))), min(most, max(2, round(view.rows * detail))))
        for detail in (DETAIL if finest else DETAIL[:-1])
    ]
    return BasinsQuestion(
        surface=descent.surface,
        rule=run.rule,
        steps=descent.steps,
        schedule=followed,
        seed=descent.seed,
        state=run.state,
        x=view.x,
        y=view.y,
        columns=grids[-1][0],
        rows=grids[-1][1],
        coarser_grids=tuple(grids[:-1]),
    )
