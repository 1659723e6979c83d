"""The question after what becomes of a run as two of its hyper-parameters vary."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from landscape.catalogue.optimizers import State, UpdateRule, rule_parameters
from landscape.catalogue.parameters import Parameter
from landscape.catalogue.scales import value_at
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surfaces import Surface
from landscape.scene.question import Array, LongQuestion
from landscape.session.descent.document import Axis, Descent
from landscape.session.session import Point

if TYPE_CHECKING:
    from landscape.descent.maps import Outcomes

COARSE = (256, 32)
"""Columns and rows of the first look; the kernel takes the columns in such numbers."""
FINE = (512, 384)
FOLLOWED_COARSE, FOLLOWED_FINE = (24, 18), (96, 72)
"""The same for a schedule that reads the loss: its runs are made one after the other."""


@dataclass(frozen=True, kw_only=True)
class HyperMapQuestion(LongQuestion["Outcomes"]):
    """What becomes of a rule on a surface, for values of two hyper-parameters at the centres of the cells."""

    surface: Surface
    rule: UpdateRule
    """With both hyper-parameters at the lower end of their axis: what the run has there does not matter."""
    across: Axis
    up: Axis
    start: Point
    steps: int
    schedule: Schedule
    noise: float
    seed: int
    threshold: float
    columns: int = FINE[0]
    rows: int = FINE[1]
    state: State = ()

    def run(self, cancelled: Callable[[], bool]) -> "Outcomes":
        """Run until ``cancelled`` says yes: then the answer is not the question's, and must not be kept."""
        # Loaded with the first map, not with the first picture; so below.
        from landscape.descent.maps import hyper_map

        return hyper_map(
            self.surface,
            self.rule,
            (self.across.name, values_along(self.rule, self.across, self.columns)),
            (self.up.name, values_along(self.rule, self.up, self.rows)),
            self.start,
            self.steps,
            schedule=self.schedule,
            threshold=self.threshold,
            noise=self.noise,
            seed=self.seed,
            state=dict(self.state),
            cancelled=cancelled,
        )

    def is_warm(self) -> bool:
        """Tell whether the kernel is loaded."""
        from landscape.descent import maps

        return maps.is_warm(self.surface, self.rule, self.across.name, self.up.name, self.noise, self.schedule)

    def warm(self) -> None:
        """Load or compile the kernel."""
        from landscape.descent import maps

        maps.warm(self.surface, self.rule, self.across.name, self.up.name, self.noise, self.schedule)

    @property
    def coarser(self) -> tuple["HyperMapQuestion", ...]:
        """The same for the first look."""
        columns, rows = self._coarse
        return (replace(self, columns=columns, rows=rows),) if self.patient else ()

    @property
    def patient(self) -> bool:
        """Whether it gives way to what is newer: all but the first look do."""
        return (self.columns, self.rows) != self._coarse

    @property
    def _coarse(self) -> tuple[int, int]:
        return FOLLOWED_COARSE if self.schedule.follows else COARSE


def hyper_map_question(descent: Descent) -> HyperMapQuestion | None:
    """Return what the descent's map needs to know; None where there is no map."""
    shown = descent.hyper_map
    if shown is None:
        return None
    run = descent.run_of(shown.run)
    followed = descent.schedule_of(run)
    columns, rows = FOLLOWED_FINE if followed.follows else FINE
    lowest = {axis.name: axis.low for axis in (shown.across, shown.up)}
    return HyperMapQuestion(
        surface=descent.surface,
        rule=run.rule.with_values(**lowest),
        across=shown.across,
        up=shown.up,
        start=descent.start_of(run),
        steps=descent.steps,
        schedule=followed,
        noise=descent.noise,
        seed=descent.seed,
        threshold=shown.threshold,
        columns=columns,
        rows=rows,
        state=run.state,
    )


def along(rule: UpdateRule, axis: Axis) -> Parameter:
    """Return the hyper-parameter on an axis, with the range that the axis has."""
    parameter = next(one for one in rule_parameters(rule) if one.name == axis.name)
    return replace(parameter, minimum=axis.low, maximum=axis.high)


def values_along(rule: UpdateRule, axis: Axis, count: int) -> Array:
    """Return the values at the centres of so many cells along an axis."""
    parameter = along(rule, axis)
    return np.array([value_at(parameter, (cell + 0.5) / count) for cell in range(count)])
