"""Paths on the relief as strokes in the picture: hidden parts faint, what is still to come thin, heads at the step."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from landscape.plot import marks, rasterizer
from landscape.plot.canvas import CROWDED_WIDTH, FAINT_OPACITY, FAINT_WIDTH, GHOST_OPACITY, GHOST_WIDTH
from landscape.plot.ink import Points, Stroke
from landscape.plot.relief_projection import ReliefProjection
from landscape.plot.relief_tracks import Draped, flat
from landscape.plot.track import CROWDED, HALO, PATTERNS, WIDTH, Position, covering
from landscape.scene.palette import Theme


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """A draped path as one camera sees it."""

    draped: Draped
    points: Points
    crowded: bool

    def split(self, step: float) -> tuple[Points, Points]:
        """Return the path up to a step and from it on; both have the head."""
        if self.draped.path.whole:
            return self.points, self.points[-1:]
        last = int(np.searchsorted(self.draped.steps, step, side="right"))
        if last >= len(self.points):
            return self.points, self.points[-1:]
        begin, end = self.draped.steps[last - 1 : last + 1].tolist()
        part = np.float32((step - begin) / (end - begin))
        head = self.points[last - 1] + part * (self.points[last] - self.points[last - 1])
        return np.vstack((self.points[:last], head)), np.vstack((head, self.points[last:]))


def seen_paths(draped: Sequence[Draped], projection: ReliefProjection) -> list[Seen]:
    """Return where paths are seen, all at once."""
    if not draped:
        return []
    points = rasterizer.project(np.concatenate([each.whole for each in draped]), projection.numbers)
    ends = np.cumsum([len(each.whole) for each in draped])[:-1]
    most = CROWDED * projection.unit / max(projection.camera.zoom, 1.0)
    return [
        Seen(draped=each, points=part, crowded=each.length > most)
        for each, part in zip(draped, np.split(points, ends), strict=True)
    ]


def touched(seen: Sequence[Seen], projection: ReliefProjection) -> QRect:
    """Return the pixels that paths touch with their halos and heads, whatever the step."""
    whole = QRect(0, 0, projection.width, projection.height)
    if not seen:
        return QRect()
    places = np.concatenate([each.points[:, :2] for each in seen])
    ends = np.array((np.fmin.reduce(places), np.fmax.reduce(places)), np.float64)
    if not np.isfinite(ends).all():
        return whole
    # A cross is moved into the picture by as much as itself.
    return covering(ends.reshape(1, 4), 2 * marks.REACH * projection.unit).intersected(whole)


def path_strokes(seen: Sequence[Seen], step: float, unit: float, halo: str, *, ghost: bool) -> list[Stroke]:
    """Return the strokes of all paths at a step, lowest first."""
    hidden: list[Stroke] = []
    coming: list[Stroke] = []
    done: list[Stroke] = []
    for each in seen:
        before, after = each.split(step)
        color, dashes = each.draped.path.color, PATTERNS[each.draped.path.dash]
        faint = Stroke(points=before, color=color, width=FAINT_WIDTH * unit, opacity=FAINT_OPACITY, where="hidden")
        hidden.append(faint)
        if each.crowded:
            done.append(Stroke(points=before, color=color, width=CROWDED_WIDTH, where="seen"))
            continue
        if ghost and len(after) > 1:
            thin = Stroke(points=after, color=color, width=GHOST_WIDTH * unit, opacity=GHOST_OPACITY, where="seen")
            coming.append(thin)
        pattern = tuple(length * unit for length in dashes)
        done.append(Stroke(points=before, color=halo, width=(WIDTH + 2 * HALO) * unit, where="seen"))
        done.append(Stroke(points=before, color=color, width=WIDTH * unit, where="seen", dashes=pattern))
    return [*hidden, *coming, *done]


def draw_heads(
    painter: QPainter, seen: Sequence[Seen], step: float, projection: ReliefProjection, theme: Theme
) -> None:
    """Draw a dot where each path is at a step, or a cross where it has ended in disaster."""
    area = flat(projection)
    for each in seen:
        done, _ = each.split(step)
        across, down, _ = done[-1].tolist()
        path = each.draped.path
        if marks.has_ended_badly(path, step):
            marks.draw_exit(painter, _exit(each, projection), area, path.color, theme)
        else:
            marks.draw_dot(painter, (across, down), area, path.color, theme)


def _exit(each: Seen, projection: ReliefProjection) -> Position:
    """Return the last position of a path that is in the picture."""
    places = each.points[:, :2]
    with np.errstate(invalid="ignore"):
        inside = ((places >= 0.0) & (places <= (projection.width, projection.height))).all(axis=1)
    last = np.flatnonzero(inside)
    across, down = places[last[-1]].tolist() if len(last) else (0.0, 0.0)
    return across, down
