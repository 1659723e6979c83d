"""The map with its paths as one opaque picture, of which only what changed is drawn anew.

Every change is drawn the same way: the rectangle it touches is taken from the picture without paths, and all that
meets it is stroked again, clipped to it. So a picture grown step by step equals one drawn at once.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from landscape.plot.polyline import Lines, meeting
from landscape.plot.strokes import draw_lines, opaque_pen, sheer_pen
from landscape.plot.track import HALO, WIDTH, Track, covering

GHOST_WIDTH = 1.5
GHOST_OPACITY = 0.75
"""Of the part of a path that is still to come."""

FAINT_WIDTH = 1.4
FAINT_OPACITY = 0.5
"""Of what shines through the surface."""
CROWDED_WIDTH = 1.0
"""In device pixels; the widest line that Qt strokes quickly however long it is."""


class Canvas:
    """A picture of the ground and of the tracks up to a step, in device pixels."""

    def __init__(self, *, ghost: bool) -> None:
        self.image = QImage()
        self.tracks: tuple[Track, ...] = ()
        self.step = 0.0
        self._ground = QImage()
        self._ghost = ghost
        self._halo = ""

    def begin(self, ground: QImage, tracks: Sequence[Track], step: float, halo: str, *, sharp: bool = False) -> None:
        """Draw everything anew over ``ground``, the paths in a halo of that colour.

        ``sharp``: they are drawn elsewhere, as lines, and the picture is nothing but the ground.
        """
        self._ground, self._halo = ground, halo
        self.tracks, self.step = tuple(tracks), step
        self.image = ground.copy()
        if not sharp:
            self._redraw([self._inside(track.extent) for track in self.tracks])

    def replace(self, tracks: Sequence[Track]) -> list[QRect]:
        """Draw other tracks on the same ground; return what changed."""
        old, self.tracks = self.tracks, tuple(tracks)
        kept = {id(track) for track in old} & {id(track) for track in self.tracks}
        same_order = [id(t) for t in old if id(t) in kept] == [id(t) for t in self.tracks if id(t) in kept]
        changed = [t for t in (*old, *self.tracks) if not same_order or id(t) not in kept]
        return self._redraw([self._inside(track.extent) for track in changed])

    def advance(self, step: float) -> list[QRect]:
        """Draw the tracks up to another step; return what changed."""
        before, self.step = self.step, step
        passed = [track.pieces(min(before, step), max(before, step)) for track in self.tracks]
        pairs = zip(self.tracks, passed, strict=True)
        areas = [self._inside(covering(joined, track.margin)) for track, (joined, _) in pairs]
        if step > before and any(track.crowded for track in self.tracks):
            return self._add(passed, areas)
        return self._redraw(areas)

    def show_coming(self, shown: bool) -> list[QRect]:
        """Show the part of each track that is still to come, or not; return what changed."""
        if shown == self._ghost:
            return []
        self._ghost = shown
        return self._redraw([self._inside(track.extent) for track in self.tracks])

    @property
    def ground(self) -> QImage:
        """The picture under the tracks."""
        return self._ground

    def draw_lines_on(self, painter: QPainter) -> None:
        """Draw the tracks up to the step where lines stay lines."""
        painter.save()
        painter.setClipRect(self._ground.rect())
        for track in self.tracks:
            draw_track(painter, track, *track.pieces(0.0, self.step), self._halo)
        painter.restore()

    def _add(self, passed: Sequence[tuple[Lines, Lines]], areas: Sequence[QRect]) -> list[QRect]:
        """Draw over what is there: where a path hides itself, no one sees what would lie over what."""
        painter = QPainter(self.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for track, (joined, ink) in zip(self.tracks, passed, strict=True):
            draw_track(painter, track, joined, ink, self._halo)
        painter.end()
        return merge(areas)

    def _inside(self, area: QRect) -> QRect:
        return area.intersected(self.image.rect())

    def _redraw(self, areas: Sequence[QRect]) -> list[QRect]:
        merged = merge(areas)
        for area in merged:
            painter = QPainter(self.image)
            painter.setClipRect(area)
            painter.drawImage(area, self._ground, area)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._ghost:
                for track in self.tracks:
                    self._draw_coming(painter, track, area)
            for track in self.tracks:
                self._draw_done(painter, track, area)
            painter.end()
        return merged

    def _draw_coming(self, painter: QPainter, track: Track, area: QRect) -> None:
        if not (track.crowded or track.faint) and self.step < track.steps:
            coming, _ = track.pieces(self.step, track.steps)
            pen = sheer_pen(track.path.color, GHOST_WIDTH * track.projection.unit, GHOST_OPACITY)
            draw_lines(painter, _within(coming, track, area), pen)

    def _draw_done(self, painter: QPainter, track: Track, area: QRect) -> None:
        joined, ink = track.pieces(0.0, self.step)
        draw_track(painter, track, _within(joined, track, area), _within(ink, track, area), self._halo)


def draw_track(painter: QPainter, track: Track, joined: Lines, ink: Lines, halo: str) -> None:
    """Draw pieces of a track: the halo along ``joined``, then the colour along ``ink``."""
    unit = track.projection.unit
    if track.faint:
        draw_lines(painter, joined, sheer_pen(track.path.color, FAINT_WIDTH * unit, FAINT_OPACITY))
        return
    if track.crowded:
        draw_lines(painter, joined, opaque_pen(track.path.color, CROWDED_WIDTH))
        return
    draw_lines(painter, joined, opaque_pen(halo, (WIDTH + 2 * HALO) * unit))
    color = track.path.color
    solid = track.path.dash == "solid"
    draw_lines(painter, ink, opaque_pen(color, WIDTH * unit) if solid else sheer_pen(color, WIDTH * unit, 1.0))


def merge(areas: Sequence[QRect]) -> list[QRect]:
    """Return rectangles that cover the same, of which no two meet; empty ones are dropped."""
    merged: list[QRect] = []
    for area in areas:
        if area.isEmpty():
            continue
        grown = QRect(area)
        while touching := [other for other in merged if other.intersects(grown)]:
            merged = [other for other in merged if other not in touching]
            for other in touching:
                grown = grown.united(other)
        merged.append(grown)
    return merged


def _within(joined: Lines, track: Track, area: QRect) -> Lines:
    if area.contains(track.extent):
        return joined
    margin = track.margin
    return meeting(joined, (area.left() - margin, area.top() - margin, area.right() + margin, area.bottom() + margin))
