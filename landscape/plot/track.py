"""One path in pixels, ready to be drawn up to any step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect

from landscape.plot.polyline import Box, Lines, Reduced, clip, dashed, reduce, travelled
from landscape.plot.projection import Projection
from landscape.scene.scene import Dash, Path

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
    "dash": (16.0, 6.0),
    "dot": (6.0, 5.0),
    "dashdot": (16.0, 5.0, 5.0, 5.0),
}
"""Dashes in units of line width."""


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
    points: NDArray[np.float64]
    """(n + 1, 2) pixel position after each step."""
    kept: NDArray[np.intp]
    """Steps whose point the line passes through."""
    projection: Projection

    @property
    def steps(self) -> int:
        """How many steps the path has."""
        return len(self.path.points) - 1

    def pieces(self, after: float, until: float) -> tuple[Lines, Lines]:
        """Return the pieces of line and of ink that become complete after one step and until another."""
        ends = np.floor((after, max(after, until)))
        first, last = np.searchsorted(self.reached, ends, "right").tolist()
        ink_first, ink_last = np.searchsorted(self.ink_reached, ends, "right").tolist()
        return self.joined[first:last], self.ink[ink_first:ink_last]

    def head(self, step: float) -> Position:
        """Return where the path is at ``step``: on the straight line between two whole steps, at the end after it."""
        whole = min(int(step), self.steps)
        x, y = self.points[whole].tolist()
        if whole == self.steps:
            return x, y
        part = step - whole
        next_x, next_y = self.points[whole + 1].tolist()
        return x + part * (next_x - x), y + part * (next_y - y)

    def tail(self, step: float) -> Lines:
        """Return the line from the last complete piece to the head, clipped; empty where nothing is missing."""
        if not 0 < step < self.steps:
            return NOTHING
        last = int(np.searchsorted(self.kept, int(step), "right")) - 1
        tail = np.array(((*self.points[self.kept[last]].tolist(), *self.head(step)),))
        return clip(tail, view_box(self.projection))[0]


def make_tracks(paths: Sequence[Path], projection: Projection) -> list[Track]:
    """Lay paths out in pixels."""
    points = [projection.pixels(path.points) for path in paths]
    found = reduce(points, view_box(projection))
    return [_track(*each, projection) for each in zip(paths, points, found, strict=True)]


def _track(path: Path, points: NDArray[np.float64], found: Reduced, projection: Projection) -> Track:
    lengths = np.hypot(found.joined[:, 2] - found.joined[:, 0], found.joined[:, 3] - found.joined[:, 1])
    crowded = bool(lengths.sum() > CROWDED * projection.unit)
    reached = found.kept[found.origin + 1].astype(np.float64)
    ink, ink_reached = found.joined, reached
    pattern = tuple(part * projection.unit for part in PATTERNS[path.dash])
    if pattern and not crowded:
        ink, source = dashed(found.joined, _before(points[found.kept], found), pattern)
        ink_reached = reached[source]
    return Track(
        path=path,
        joined=found.joined,
        reached=reached,
        ink=ink,
        ink_reached=ink_reached,
        crowded=crowded,
        points=points,
        kept=found.kept,
        projection=projection,
    )


def _before(line: NDArray[np.float64], found: Reduced) -> NDArray[np.float64]:
    """Return the length of the line before each piece in view."""
    cut = np.hypot(found.joined[:, 0] - line[found.origin, 0], found.joined[:, 1] - line[found.origin, 1])
    length: NDArray[np.float64] = travelled(line)[found.origin] + cut
    return length


def view_box(projection: Projection) -> Box:
    """Return the view with a margin in which a line's width and ends have room."""
    margin = 4 * (WIDTH + 2 * HALO) * projection.unit
    return -margin, -margin, projection.width + margin, projection.height + margin


def covering(joined: Lines, margin: float) -> QRect:
    """Return the whole pixels that lines with ``margin`` around them touch; empty for no lines."""
    if len(joined) == 0:
        return QRect()
    ends = joined.reshape(-1, 2)
    left, top = np.floor(ends.min(axis=0) - margin).astype(int)
    right, bottom = np.ceil(ends.max(axis=0) + margin).astype(int)
    return QRect(int(left), int(top), int(right - left) + 1, int(bottom - top) + 1)
