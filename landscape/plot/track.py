"""One path in pixels, ready to be drawn up to any step."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect

from landscape.plot.polyline import Box, Lines, Reduced, clip, dashed, reduce
from landscape.plot.projection import Projection
from landscape.scene.layers import Dash
from landscape.scene.scene import Path

WIDTH = 2.7
"""Of a path, in units of line width."""
HALO = 1.0
"""Of the halo on each side of it."""
NOTHING: Lines = np.zeros((0, 4))
Position: TypeAlias = tuple[float, float]

CROWDED = 40_000.0
"""From this many pixels of path on, width, halo and dashes only make a mess, and are left out."""

PATTERNS: dict[Dash, tuple[float, ...]] = {
    "solid": (),
    "dash": (16.0, 6.0, 16.0, 6.0),
    "dot": (6.0, 5.0, 6.0, 5.0),
    "dashdot": (16.0, 5.0, 5.0, 5.0),
}
"""Dashes in units of line width, all of them four numbers, so that several paths are cut at once."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Track:
    """A path in the pixels of one projection, clipped to what is in view."""

    path: Path
    joined: Lines
    """The line, as straight pieces."""
    reached: NDArray[np.float64]
    """(k,) the step at which each piece is complete; ascending."""
    ink: Lines
    """What is drawn in colour: the same, or its dashes."""
    ink_reached: NDArray[np.float64]
    crowded: bool
    """So much of it is in view that it hides itself: it is drawn as a thin line."""
    kept: NDArray[np.intp]
    """Steps whose point the line passes through."""
    projection: Projection
    faint: bool = False
    """It lies behind the surface, and shines through."""

    @cached_property
    def extent(self) -> QRect:
        """The whole pixels that it touches with its halo."""
        return covering(self.joined, self.margin)

    @property
    def margin(self) -> float:
        """How far from the line its halo can reach, in pixels."""
        return (WIDTH + 2 * HALO) * self.projection.unit

    @property
    def steps(self) -> int:
        """How many steps the path has."""
        return len(self.path.points) - 1

    def pieces(self, after: float, until: float) -> tuple[Lines, Lines]:
        """Return the pieces of line and of ink that become complete after one step and until another."""
        if after <= 0 and until >= self.steps:
            return self.joined, self.ink
        ends = np.floor((after, max(after, until)))
        first, last = np.searchsorted(self.reached, ends, "right").tolist()
        ink_first, ink_last = np.searchsorted(self.ink_reached, ends, "right").tolist()
        return self.joined[first:last], self.ink[ink_first:ink_last]

    def head(self, step: float) -> Position:
        """Return where the path is at ``step``: on the straight line between two whole steps, at the end after it."""
        whole = min(int(step), self.steps)
        x, y = self._place(whole)
        if whole == self.steps:
            return x, y
        part = step - whole
        next_x, next_y = self._place(whole + 1)
        return x + part * (next_x - x), y + part * (next_y - y)

    def tail(self, step: float) -> Lines:
        """Return the line from the last complete piece to the head, clipped; empty where nothing is missing."""
        if not 0 < step < self.steps:
            return NOTHING
        last = int(np.searchsorted(self.kept, int(step), "right")) - 1
        tail = np.array(((*self._place(int(self.kept[last])), *self.head(step)),))
        return clip(tail, view_box(self.projection))[0]

    def _place(self, step: int) -> Position:
        """Return the pixel position after a whole step."""
        x, y = self.path.points[step].tolist()
        return self.projection.pixel(x, y)


def make_tracks(paths: Sequence[Path], projection: Projection) -> list[Track]:
    """Lay paths out in pixels: all at once, since a call of NumPy costs more than the few pieces of a path."""
    if not paths:
        return []
    found = reduce([path.points for path in paths], view_box(projection), projection.pixels)
    crowded = [_length(each.joined) > CROWDED * projection.unit for each in found]
    patterns = [() if hides else PATTERNS[path.dash] for path, hides in zip(paths, crowded, strict=True)]
    return [
        _track(*each, projection)
        for each in zip(paths, found, crowded, inked(found, patterns, projection.unit), strict=True)
    ]


def _length(joined: Lines) -> float:
    return float(np.hypot(joined[:, 2] - joined[:, 0], joined[:, 3] - joined[:, 1]).sum())


Ink: TypeAlias = tuple[Lines, NDArray[np.intp]]
"""What is drawn in colour, and of which piece of line each part is."""


def inked(found: Sequence[Reduced], patterns: Sequence[tuple[float, ...]], unit: float) -> list[Ink]:
    """Cut lines into the dashes of their patterns, which are in units of ``unit`` pixels; ``()`` leaves one whole."""
    whole = [(each.joined, np.arange(len(each.joined))) for each in found]
    cut = [index for index, pattern in enumerate(patterns) if pattern]
    if not cut:
        return whole
    counts = [len(found[index].joined) for index in cut]
    starts = np.cumsum([0, *counts])
    ink, source = dashed(
        np.concatenate([found[index].joined for index in cut]),
        np.concatenate([found[index].before for index in cut]),
        np.repeat([patterns[index] for index in cut], counts, axis=0) * unit,
    )
    bounds = np.searchsorted(source, starts).tolist()
    for index, start, first, last in zip(cut, starts.tolist(), bounds, bounds[1:], strict=False):
        whole[index] = ink[first:last], source[first:last] - start
    return whole


def _track(path: Path, found: Reduced, crowded: bool, ink: Ink, projection: Projection) -> Track:
    reached = found.kept[found.origin + 1].astype(np.float64)
    return Track(
        path=path,
        joined=found.joined,
        reached=reached,
        ink=ink[0],
        ink_reached=reached[ink[1]],
        crowded=crowded,
        kept=found.kept,
        projection=projection,
    )


def view_box(projection: Projection) -> Box:
    """Return the view with a margin in which a line's width and ends have room."""
    margin = 4 * (WIDTH + 2 * HALO) * projection.unit
    return -margin, -margin, projection.width + margin, projection.height + margin


FAR = 1e6
"""Pixels beyond which nothing is seen at any resolution."""


def covering(joined: Lines, margin: float) -> QRect:
    """Return the whole pixels that lines with ``margin`` around them touch; empty for no lines."""
    if len(joined) == 0:
        return QRect()
    # Where a run diverged, its last points are beyond any whole number that Qt has.
    ends = joined.reshape(-1, 2)
    (left, top), (right, bottom) = np.clip((ends.min(axis=0), ends.max(axis=0)), -FAR, FAR).tolist()
    left, top = math.floor(left - margin), math.floor(top - margin)
    return QRect(left, top, math.ceil(right + margin) - left + 1, math.ceil(bottom + margin) - top + 1)
