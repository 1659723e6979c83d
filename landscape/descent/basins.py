"""Basins of attraction: from which starts a rule comes to which minimum."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.arguments import checked
from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surface_checks import as_domain
from landscape.catalogue.surfaces import Surface
from landscape.descent.cell_mapping import OccupiedCells
from landscape.descent.convergence import Ends, Ensemble, can_be_single, convergence
from landscape.descent.convergence_kernel import CELLS
from landscape.descent.lattice import Lattice
from landscape.descent.limit_points import Kind, sizes
from landscape.errors import InputError

Array: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int32]
Domain: TypeAlias = tuple[tuple[float, float], tuple[float, float]]

NEAR = 0.01
"""Part of the domain within which a point must stay to have arrived."""
EXACT = 1e-6
"""Part of the domain within which an end is on a saddle or maximum, where nothing holds it."""
STILL = 2e-4
"""Part of the domain that a point moves less than between two samples when it rests."""
SAMPLE = 29
"""Distance in pixels of those that are computed a second time wherever they lie."""
TOLERANCE = 2, 1e-4
"""Starts, and part of those computed again, of which no more may change their label then: else all are doubtful."""
SHIFT = 64
"""Steps by which a start may converge earlier or later when it is computed again: more is another fate."""
REST = 16
"""Steps at rest without an attractor that make a start doubtful."""
FINEST = 8192
_ALL, _FIRST, _LAST = slice(None), slice(None, -1), slice(1, None)
NEIGHBOURS = (
    ((_ALL, _FIRST), (_ALL, _LAST)),
    ((_FIRST, _ALL), (_LAST, _ALL)),
    ((_FIRST, _FIRST), (_LAST, _LAST)),
    ((_FIRST, _LAST), (_LAST, _FIRST)),
)
"""Parts of a map of which each start touches the one in the other part: beside it, below it, at two corners."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Basins:
    """Where a rule ends from each point of a lattice; arrays are read-only, row 0 is at the smallest y."""

    labels: Whole
    """(rows, columns): the index of the attractor, or -1 for none."""
    steps: Whole
    """(rows, columns): the steps after which it stays near where it ends, as far as it is looked at, which is every
    eighth step at first; all of them where there is no attractor."""
    gone: NDArray[np.bool_]
    """(rows, columns): where it has diverged, or is farther out than the domain is wide; the label is -1."""
    attractors: Array
    """(m, 2): the lowest first."""
    kinds: tuple[Kind, ...]
    """(m,): what each attractor is. A saddle or maximum is one only for starts from which it is hit exactly."""
    x: tuple[float, float]
    """Left edge of the first column and right edge of the last one."""
    y: tuple[float, float]


@checked
def basins(
    surface: Surface,
    rule: UpdateRule,
    *,
    steps: int = 500,
    resolution: int | tuple[int, int] = 512,
    domain: Domain | None = None,
    schedule: Schedule | None = None,
    seed: int = 0,
    cancelled: Callable[[], bool] = lambda: False,
    state: Mapping[str, float | Sequence[float]] | None = None,
) -> Basins:
    """Return to which attractor ``rule`` comes from each point of a lattice.

    A trajectory has come to a minimum if it ends within ``REACH`` of it (2 % of the domain), to a saddle or maximum if
    it ends on it; connected curves of minima are one attractor. Each label is that of the trajectory which
    :func:`landscape.descent.trajectory.descend` makes from the same start; only where the rule is chaotic, so that
    neighbouring starts have nothing in common, single ones may have another.

    Where the formulas allow it, all starts are first computed in single precision, and no longer than they
    move. Then those that border on another basin, those that rest without an attractor, and a sample of the others
    are computed again in full, until nothing changes; if some come elsewhere then, all are.

    Args:
        surface: The loss.
        rule: The update rule with its learning rate.
        steps: How many updates, at least 1.
        resolution: Starts on each side, or ``(columns, rows)``; they lie at the centres of as many cells.
        domain: ``((x0, x1), (y0, y1))`` of the starts; None: that of the surface.
        schedule: The rate of each step; None: the rule's own throughout.
        seed: Decides the noise of a rule that has some; all starts feel the same.
        cancelled: Asked every few milliseconds; once it says yes, what is left has no label.
        state: What the rule remembers at every start, such as a velocity, as for a trajectory; what is not named is 0.

    Raises:
        InputError: for steps, a resolution, a domain or a state that cannot be used.
    """
    columns, rows = _resolution(resolution)
    if not isinstance(steps, int) or steps < 1:
        raise InputError('"{name}" must be a whole number of at least {lowest}, not {given}', name="steps", lowest=1,
                         given=steps)  # fmt: skip
    x, y = surface.domain if domain is None else as_domain(domain)
    held = tuple((name, tuple(np.atleast_1d(value).tolist())) for name, value in (state or {}).items())
    ensemble = replace(_ensemble(surface, rule, steps, schedule, seed), state=held)
    refinement = _Refinement(ensemble, Lattice(columns, rows, x, y))
    refinement.run(cancelled)
    return _labelled(refinement, x, y)


def _ensemble(surface: Surface, rule: UpdateRule, steps: int, schedule: Schedule | None, seed: int) -> Ensemble:
    """Return what all starts have in common; the cells cover three times the domain."""
    width, height = (float(size) for size in sizes(surface)[:, 0])
    (left, _), (low, _) = surface.domain
    return Ensemble(
        surface=surface,
        rule=rule,
        steps=steps,
        schedule=schedule,
        seed=seed,
        near=(NEAR * width, NEAR * height),
        still=(STILL * width, STILL * height),
        corner=(left - width, low - height),
        density=(CELLS / 3 / width, CELLS / 3 / height),
    )


def _labelled(refinement: "_Refinement", x: tuple[float, float], y: tuple[float, float]) -> Basins:
    """Return what was found, without the saddles and maxima that no end has come to exactly."""
    found, shape = refinement.occupied.found, refinement.shape
    labels = refinement.exact_labels()
    kept = np.flatnonzero(np.bincount(labels + 1, minlength=1)[1:])
    numbers = np.full(len(found.points) + 1, -1, dtype=np.int32)
    numbers[kept] = np.arange(len(kept))
    labels = numbers.take(labels)
    steps = np.where(labels >= 0, np.minimum(refinement.since, refinement.ensemble.steps), refinement.ensemble.steps)
    gone = refinement.cells == CELLS**2
    points = found.points[kept]
    for array in (labels, steps, gone, points):
        array.flags.writeable = False
    return Basins(
        labels=labels.reshape(shape),
        steps=steps.reshape(shape),
        gone=gone.reshape(shape),
        attractors=points,
        kinds=tuple(found.kinds[index] for index in kept),
        x=x,
        y=y,
    )


def _resolution(given: int | tuple[int, int]) -> tuple[int, int]:
    sides = given if isinstance(given, tuple) else (given, given)
    if len(sides) != 2 or not all(isinstance(side, int) and 1 <= side <= FINEST for side in sides):
        raise InputError("A resolution is one or two whole numbers from 1 to {most}, not {given}", most=FINEST,
                         given=given)  # fmt: skip
    return sides[0], sides[1]


class _Refinement:
    """The starts of a map, and what is known of each until now."""

    def __init__(self, ensemble: Ensemble, lattice: Lattice) -> None:
        self.ensemble, self.lattice, self.shape = ensemble, lattice, (lattice.rows, lattice.columns)
        self.occupied = OccupiedCells(ensemble.surface)
        self.cells = self.labels = self.since = np.empty(0, dtype=np.int32)
        self._starts = lattice.starts()
        self._ends: Ends = np.empty((2, 0))

    def run(self, cancelled: Callable[[], bool]) -> None:
        """Compute all starts, and again those that need it."""
        single = can_be_single(self.ensemble)
        quick = convergence(self.ensemble, self._starts, single=single, early=True, cancelled=cancelled)
        self._ends = quick.ends
        self.cells, self.since = self.lattice.by_row(quick.cells), self.lattice.by_row(quick.since)
        self._label(self.cells, cancelled)
        exact = np.zeros(len(self.labels), dtype=bool)
        doubtful = self._doubtful()
        sampled = self._sampled()
        controls = sampled[~doubtful[sampled]]
        doubtful[controls] = True
        while len(chosen := np.flatnonzero(doubtful)) and not cancelled():
            before = self.cells[controls], self.since[controls]
            changed = self._compute(chosen, cancelled)
            exact[chosen] = True
            inexact = changed > max(TOLERANCE[0], TOLERANCE[1] * len(chosen)) or self._differ(controls, *before)
            doubtful = ~exact if inexact else self._doubtful() & ~exact

    def exact_labels(self) -> Whole:
        """Return the labels; near a saddle or a maximum only of those ends that are on it."""
        found, labels = self.occupied.found, self.labels
        for label, kind in enumerate(found.kinds):
            if kind in ("saddle", "maximum"):
                here = np.flatnonzero(labels == label)
                ends = self._ends[:, self.lattice.positions(here)]
                away = np.abs((ends - found.points[label][:, None]) / sizes(self.ensemble.surface))
                labels[here[away.max(axis=0) > EXACT]] = -1
        return labels

    def _compute(self, chosen: NDArray[np.intp], cancelled: Callable[[], bool]) -> int:
        """Compute the chosen starts in full; return how many of them come to another attractor than before."""
        places, before = self.lattice.positions(chosen), self.cells[chosen]
        exact = convergence(self.ensemble, self._starts[:, places], cancelled=cancelled)
        with np.errstate(over="ignore"):
            # What diverges may be too far out for four bytes: there it is infinite.
            self._ends[:, places] = exact.ends
        self.cells[chosen], self.since[chosen] = exact.cells, exact.since
        self._label(exact.cells, cancelled)
        return int((self.labels[chosen] != self.occupied.labels[before]).sum())

    def _differ(self, controls: NDArray[np.intp], cells: Whole, since: Whole) -> bool:
        """Tell whether one of the control sample, whose cells and steps were these, has another fate now."""
        moved = self.labels[controls] != self.occupied.labels[cells]
        return bool((moved | (np.abs(self.since[controls] - since) > SHIFT)).any())

    def _label(self, cells: Whole, cancelled: Callable[[], bool]) -> None:
        """Tell the attractors of all ends apart anew, after some have been found to be in ``cells``."""
        self.occupied.explore(cells, cancelled)
        self.labels = self.occupied.labels.take(self.cells)

    def _sampled(self) -> NDArray[np.intp]:
        rows, columns = (np.arange(SAMPLE // 2, side, SAMPLE) for side in self.shape)
        return np.asarray(np.add.outer(rows * self.shape[1], columns).ravel())

    def _doubtful(self) -> NDArray[np.bool_]:
        """Return where a label may be wrong: at the border of another or of what is gone, and at rest without any."""
        fates = np.where(self.cells == CELLS**2, -2, self.labels).reshape(self.shape)
        border = np.zeros(self.shape, dtype=bool)
        for one, other in NEIGHBOURS:
            unlike = fates[one] != fates[other]
            border[one] |= unlike
            border[other] |= unlike
        resting = (self.labels < 0) & (self.cells < CELLS**2) & (self.since <= self.ensemble.steps - REST)
        return border.ravel() | resting
