"""Basins of attraction: from which starts a rule comes to which minimum."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from landscape.catalogue.optimizers import UpdateRule
from landscape.catalogue.schedules import Schedule
from landscape.catalogue.surface_checks import as_domain
from landscape.catalogue.surfaces import Surface
from landscape.descent.arrival_kernel import CELLS
from landscape.descent.arrivals import Ends, Journey, arrivals, can_be_short
from landscape.descent.attractors import Kind, sizes, told_apart
from landscape.descent.destinations import destinations
from landscape.descent.tiles import Tiles
from landscape.errors import InputError

Array: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int32]
Domain: TypeAlias = tuple[tuple[float, float], tuple[float, float]]

NEAR = 0.01
"""Part of the domain within which a point must stay to have arrived."""
EXACT = 1e-6
"""Part of the domain within which an end is on a saddle or maximum, where nothing holds it."""
STILL = 2e-4
"""Part of the domain that a point moves less than between two looks when it rests."""
SAMPLE = 29
"""Distance in pixels of those that are computed a second time wherever they lie."""
FICKLE = 2, 1e-4
"""Starts, and part of those computed again, of which no more may have another label then: else all are doubtful."""
UNLIKE = 64
"""Steps by which the rest of a start may begin earlier or later when it is computed again: more is another fate."""
REST = 16
"""Steps at rest without an attractor that make a start doubtful."""
FINEST = 8192
_ALL, _FIRST, _LAST = slice(None), slice(None, -1), slice(1, None)
BESIDE = (
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
) -> Basins:
    """Return to which attractor ``rule`` comes from each point of a lattice.

    A trajectory has come to a minimum if it ends within ``REACH`` of it (2 % of the domain), to a saddle or maximum if
    it ends on it; connected curves of minima are one attractor. Each label is that of the trajectory which
    :func:`landscape.descent.trajectory.descend` makes from the same start; only where the rule is chaotic, so that
    neighbouring starts have nothing in common, single ones may have another.

    Where the formulas allow it, all starts are first computed with numbers of four bytes, and no longer than they
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

    Raises:
        InputError: for steps, a resolution or a domain that cannot be used.
    """
    columns, rows = _resolution(resolution)
    if not isinstance(steps, int) or steps < 1:
        raise InputError('"{name}" must be a whole number of at least {lowest}, not {given}', name="steps", lowest=1,
                         given=steps)  # fmt: skip
    x, y = surface.domain if domain is None else as_domain(domain)
    journey = _journey(surface, rule, steps, schedule, seed)
    survey = _Survey(journey, Tiles(columns, rows, x, y))
    survey.run(cancelled)
    return _drawn(survey, x, y)


def _journey(surface: Surface, rule: UpdateRule, steps: int, schedule: Schedule | None, seed: int) -> Journey:
    """Return what all starts have in common; the cells cover three times the domain."""
    width, height = (float(size) for size in sizes(surface)[:, 0])
    (left, _), (low, _) = surface.domain
    return Journey(
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


def _drawn(survey: "_Survey", x: tuple[float, float], y: tuple[float, float]) -> Basins:
    """Return what was found, without the saddles and maxima that no end has come to exactly."""
    found, shape = survey.places.found, survey.shape
    labels = survey.exact_labels()
    kept = np.flatnonzero(np.bincount(labels + 1, minlength=1)[1:])
    numbers = np.full(len(found.points) + 1, -1, dtype=np.int32)
    numbers[kept] = np.arange(len(kept))
    labels = numbers.take(labels)
    steps = np.where(labels >= 0, np.minimum(survey.since, survey.journey.steps), survey.journey.steps)
    gone = survey.cells == CELLS**2
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


class _Survey:
    """The starts of a map, and what is known of each until now."""

    def __init__(self, journey: Journey, tiles: Tiles) -> None:
        self.journey, self.tiles, self.shape = journey, tiles, (tiles.rows, tiles.columns)
        self.places = _Places(journey.surface)
        self.cells = self.labels = self.since = np.empty(0, dtype=np.int32)
        self._starts = tiles.starts()
        self._ends: Ends = np.empty((2, 0))

    def run(self, cancelled: Callable[[], bool]) -> None:
        """Compute all starts, and again those that need it."""
        short = can_be_short(self.journey)
        quick = arrivals(self.journey, self._starts, short=short, early=True, cancelled=cancelled)
        self._ends, self.cells, self.since = quick.ends, self.tiles.flat(quick.cells), self.tiles.flat(quick.since)
        self._label(self.cells)
        sure = np.zeros(len(self.labels), dtype=bool)
        doubtful = self._doubtful()
        sampled = self._sampled()
        witnesses = sampled[~doubtful[sampled]]
        doubtful[witnesses] = True
        while len(chosen := np.flatnonzero(doubtful)) and not cancelled():
            witnessed = self.cells[witnesses], self.since[witnesses]
            changed = self._compute(chosen, cancelled)
            sure[chosen] = True
            fickle = changed > max(FICKLE[0], FICKLE[1] * len(chosen))
            refuted = fickle or self._refute(witnesses, *witnessed)
            doubtful = ~sure if refuted else self._doubtful() & ~sure

    def exact_labels(self) -> Whole:
        """Return the labels; near a saddle or a maximum only of those ends that are on it."""
        found, labels = self.places.found, self.labels
        for label, kind in enumerate(found.kinds):
            if kind in ("saddle", "maximum"):
                here = np.flatnonzero(labels == label)
                ends = self._ends[:, self.tiles.places(here)]
                away = np.abs((ends - found.points[label][:, None]) / sizes(self.journey.surface))
                labels[here[away.max(axis=0) > EXACT]] = -1
        return labels

    def _compute(self, chosen: NDArray[np.intp], cancelled: Callable[[], bool]) -> int:
        """Compute the chosen starts in full; return how many of them come to another attractor than before."""
        places, before = self.tiles.places(chosen), self.cells[chosen]
        exact = arrivals(self.journey, self._starts[:, places], cancelled=cancelled)
        with np.errstate(over="ignore"):
            # What diverges may be too far out for four bytes: there it is infinite.
            self._ends[:, places] = exact.ends
        self.cells[chosen], self.since[chosen] = exact.cells, exact.since
        self._label(exact.cells)
        return int((self.labels[chosen] != self.places.labels[before]).sum())

    def _refute(self, witnesses: NDArray[np.intp], cells: Whole, since: Whole) -> bool:
        """Tell whether one of the witnesses, whose cells and steps were these, has another fate now."""
        moved = self.labels[witnesses] != self.places.labels[cells]
        return bool((moved | (np.abs(self.since[witnesses] - since) > UNLIKE)).any())

    def _label(self, cells: Whole) -> None:
        """Tell the attractors of all ends apart anew, after some have been found to be in ``cells``."""
        self.places.explore(cells)
        self.labels = self.places.labels.take(self.cells)

    def _sampled(self) -> NDArray[np.intp]:
        rows, columns = (np.arange(SAMPLE // 2, side, SAMPLE) for side in self.shape)
        return np.asarray(np.add.outer(rows * self.shape[1], columns).ravel())

    def _doubtful(self) -> NDArray[np.bool_]:
        """Return where a label may be wrong: at the border of another or of what is gone, and at rest without any."""
        fates = np.where(self.cells == CELLS**2, -2, self.labels).reshape(self.shape)
        border = np.zeros(self.shape, dtype=bool)
        for one, other in BESIDE:
            unlike = fates[one] != fates[other]
            border[one] |= unlike
            border[other] |= unlike
        resting = (self.labels < 0) & (self.cells < CELLS**2) & (self.since <= self.journey.steps - REST)
        return border.ravel() | resting


class _Places:
    """The cells that ends fall into, three times as far as the domain, and the attractor of what is in each.

    It is that of the centre, so that the label of an end does not depend on what other ends there are.
    """

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._size = sizes(surface)
        self._corner = np.array([[low] for low, _ in surface.domain]) - self._size
        self._present = np.zeros(CELLS**2 + 1, dtype=bool)
        self._known = np.empty(0, dtype=np.intp)
        self._ends, self._reached = np.empty((2, 2, 0))
        self._kinds = np.empty(0, dtype=object)
        self.found = told_apart(surface, self._ends, self._reached, self._kinds)
        self.labels = np.full(CELLS**2 + 1, -1, dtype=np.int32)

    def explore(self, cells: Whole) -> None:
        """Find out what ends in these cells have come to."""
        self._present[cells] = True
        self._present[self._known] = False
        fresh = np.flatnonzero(self._present[:-1])
        self._present[fresh] = False
        if not len(fresh):
            return
        ends = self._corner + np.array([fresh % CELLS + 0.5, fresh // CELLS + 0.5]) * (3 * self._size / CELLS)
        places, kinds = destinations(self._surface).of(fresh, ends)
        known = np.concatenate([self._known, fresh])
        order = np.argsort(known)
        self._known, self._kinds = known[order], np.concatenate([self._kinds, kinds])[order]
        self._ends = np.concatenate([self._ends, ends], axis=1)[:, order]
        self._reached = np.concatenate([self._reached, places], axis=1)[:, order]
        self.found = told_apart(self._surface, self._ends, self._reached, self._kinds)
        self.labels[self._known] = self.found.which
