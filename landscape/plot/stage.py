"""What is inside the axes of the map: drawn in device pixels, and only where it changed."""

import time
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QRectF, QTimer
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from landscape.plot import marks
from landscape.plot.canvas import Canvas, merge
from landscape.plot.ground import GroundLayers, blank_ground, drawing_ground, drawing_lines
from landscape.plot.overrides import guarded
from landscape.plot.own_turn import stretch
from landscape.plot.pace import TURN
from landscape.plot.pane import Pane
from landscape.plot.projection import Frame, Projection, device_frame
from landscape.plot.strokes import is_vector
from landscape.plot.theme import text_font
from landscape.plot.track import Track, make_tracks
from landscape.scene.layers import Range
from landscape.scene.palette import Theme
from landscape.scene.scene import Scene


class Stage(Pane):
    """Draws a scene's surface, paths and signs into the rectangle it is given by ``resize``.

    The pictures it keeps are made while painting, since only then the pixels of the device are known.
    """

    def __init__(self, theme: Theme, scale: float, *, ghost: bool) -> None:
        super().__init__()
        self._theme, self._scale = theme, scale
        self._scene: Scene | None = None
        self._step = 0.0
        self._view: tuple[Range, Range] = ((0.0, 1.0), (0.0, 1.0))
        self._projection: Projection | None = None
        self._ratio = 1.0
        # What is painted anew from within a painting comes before all other events; a timer lets them go first.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self.update)
        self._behind = False
        self._canvas = Canvas(ghost=ghost)
        self._by_turns = False
        self._drawn: object = None
        """What the kept picture was drawn for; None: there is none, or none that may be drawn upon."""
        self._sharp = False
        """Whether lines stay lines, and only the colours below them are a picture: the same one in each frame."""
        self._signs: list[QRect] = []
        """Where heads and sentences are."""
        self._coming: Iterator[None] | None = None
        self._begun: object = None
        """What the coming picture is drawn for."""

    def draw_by_turns(self) -> None:
        """Go on showing the picture before while one is drawn that takes long: as in a window, which is to answer."""
        self._by_turns = True

    @property
    def complete(self) -> bool:
        """Whether the kept picture is that of the scene: else it is to be painted, or is painted by turns."""
        return not self._behind

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Draw in the colours of ``theme``, with lines and signs ``scale`` times as large."""
        self._theme, self._scale = theme, scale
        self._projection = self._drawn = self._coming = None
        self._behind = True
        self.update()

    def set_view(self, x: Range, y: Range) -> None:
        """Show another part of the plane."""
        if (x, y) != self._view:
            self._view, self._behind = (x, y), True
            self.update()

    def show_scene(self, scene: Scene) -> None:
        """Show another scene; only what differs from the one before is drawn anew."""
        before, self._scene = self._scene, scene
        if before is None or _differ_in_ground(before, scene):
            self._behind = True
            self.update()
        elif self._projection is not None:
            self._touch(self._canvas.replace(self._tracks(self._projection)), signs=True)

    def set_step(self, step: float) -> None:
        """Move the play head; a step between two whole ones lies on the line between them."""
        if step == self._step:
            return
        self._step = step
        if self._drawn is not None:
            self._touch(self._canvas.advance(step), signs=True)

    def show_coming(self, shown: bool) -> None:
        """Show the part of each path that is still to come, or not."""
        self._touch(self._canvas.show_coming(shown))

    @guarded(None)
    def paint(self, painter: QPainter, *_others: object) -> None:
        """Bring the kept picture up to date and copy it to the device, one pixel to one pixel."""
        frame = device_frame(painter, self._rect)
        if self._scene is None or frame.width < 2 or frame.height < 2:
            return
        self._sharp = is_vector(painter)
        self._behind = not self._caught_up(frame, self._scene, one_go=not self._by_turns or self._sharp)
        if self._behind:
            self._turn.start()
        painter.save()
        painter.setWorldTransform(frame.world)
        stretch(painter, self._canvas.ground.width(), self._canvas.ground.height(), frame)
        if self._sharp:
            painter.drawImage(0, 0, self._canvas.ground)
            self._draw_ground_on(painter, self._scene)
            self._canvas.draw_lines_on(painter)
        else:
            painter.drawImage(0, 0, self._canvas.image)
        self._draw_signs(painter)
        painter.restore()

    def _caught_up(self, frame: Frame, scene: Scene, *, one_go: bool) -> bool:
        """Bring the kept picture up to date; tell whether it is, or only nearer to it.

        What is overtaken while it is drawn is drawn to its end: so there is always something newer to see.
        """
        wanted = self._look(frame, scene)
        if self._coming is None and wanted == self._drawn:
            return True
        one_go = one_go or self._canvas.image.isNull()
        if self._coming is None or (one_go and wanted != self._begun):
            self._coming, self._begun = self._refreshing(frame, scene), wanted
        until = time.perf_counter() + TURN
        for _ in self._coming:
            if not one_go and time.perf_counter() > until:
                return False
        self._coming = None
        return wanted == self._drawn

    def preparing(self, painter: QPainter) -> Iterator[None]:
        """Bring the kept picture up to date for a painter that would paint this, and yield after each part of it."""
        frame = device_frame(painter, self._rect)
        if self._scene is not None and frame.width >= 2 and frame.height >= 2:
            self._sharp = is_vector(painter)
            yield from self._refreshing(frame, self._scene)

    def _look(self, frame: Frame, scene: Scene) -> object:
        """Return all that decides on what lies under the paths."""
        return frame.width, frame.height, frame.ratio, self._view, self._scale, self._theme, _layers(scene), self._sharp

    def _refreshing(self, frame: Frame, scene: Scene) -> Iterator[None]:
        """Draw the kept picture anew where the view, the size or the surface are not those it was drawn for."""
        look, theme = self._look(frame, scene), self._theme
        if look == self._drawn:
            return
        (x, y), unit = self._view, frame.ratio * self._scale
        projection = Projection(x=x, y=y, width=frame.width, height=frame.height, unit=unit)
        ground = blank_ground(projection, theme, scene.heat)
        yield
        layers = GroundLayers(heat=scene.heat, basins=scene.basins) if self._sharp else _layers(scene)
        yield from drawing_ground(ground, projection, theme, layers)
        yield
        tracks = self._tracks(projection)
        yield
        self._ratio, self._projection, self._drawn = frame.ratio, projection, look
        # Some of the paths may be others by now.
        tracks = self._tracks(projection, tracks)
        self._canvas.begin(ground, tracks, self._step, theme.halo, sharp=self._sharp)
        self._signs = self._sign_areas()

    def _draw_ground_on(self, painter: QPainter, scene: Scene) -> None:
        """Draw what lies over the colours and under the paths where lines stay lines."""
        if self._projection is None:
            return
        painter.save()
        painter.setClipRect(0, 0, self._projection.width, self._projection.height)
        for _ in drawing_lines(painter, self._projection, self._theme, _layers(scene)):
            pass
        painter.restore()

    def _tracks(self, projection: Projection, ready: Sequence[Track] = ()) -> list[Track]:
        """Return the tracks of the scene's paths; those of unchanged paths are the same objects, or ``ready``."""
        there = (*self._canvas.tracks, *ready)
        known = {id(track.path): track for track in there if track.projection is projection}
        paths = self._scene.paths if self._scene else ()
        for track in make_tracks([path for path in paths if id(path) not in known], projection):
            known[id(track.path)] = track
        return [known[id(path)] for path in paths]

    def _draw_signs(self, painter: QPainter) -> None:
        projection, scene = self._projection, self._scene
        if projection is None or scene is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(0, 0, projection.width, projection.height)
        for track in self._canvas.tracks:
            marks.draw_head(painter, track, self._step, self._theme)
        if written := self._notes():
            painter.setFont(self._note_font())
            marks.draw_notes(painter, written, projection, self._theme)

    def _notes(self) -> list[tuple[str, str]]:
        return marks.notes([track.path for track in self._canvas.tracks], self._step)

    def notes_place(self) -> QRectF:
        """Return where in the view box the sentences will be once all paths have ended; empty for none."""
        written = [path.note for path in self._scene.paths if path.note] if self._scene else []
        if not written:
            return QRectF()
        metrics, unit = QFontMetricsF(text_font(self._scale)), self._scale
        (x, y), width, height = self._view, round(self._rect.width()), round(self._rect.height())
        projection = Projection(x=x, y=y, width=width, height=height, unit=unit)
        place = QRectF(marks.notes_area(projection, len(written), metrics.height()))
        place.setWidth(min(place.width(), max(map(metrics.horizontalAdvance, written)) + 48 * unit))
        return place.translated(self._rect.topLeft())

    def _note_font(self) -> QFont:
        return text_font(self._ratio * self._scale)

    def _sign_areas(self) -> list[QRect]:
        if self._projection is None:
            return []
        areas = [marks.head_area(track, self._step) for track in self._canvas.tracks]
        if rows := len(self._notes()):
            line = QFontMetricsF(self._note_font()).height()
            areas.append(marks.notes_area(self._projection, rows, line))
        return areas

    def _touch(self, areas: Sequence[QRect], *, signs: bool = False) -> None:
        """Have some device pixels of the picture painted again, and where signs were and are where those move."""
        if signs:
            before, self._signs = self._signs, self._sign_areas()
            areas = [*before, *areas, *self._signs]
        if self._behind:
            self.update()
            return
        for area in merge(areas):
            shifted = QRectF(area.adjusted(-1, -1, 2, 2))
            left, top = shifted.left() / self._ratio, shifted.top() / self._ratio
            size = shifted.size() / self._ratio
            self.update(QRectF(self._rect.left() + left, self._rect.top() + top, size.width(), size.height()))


def _differ_in_ground(before: Scene, scene: Scene) -> bool:
    layers = ("heat", "contours", "arrows", "basins", "open_areas")
    changed = any(getattr(before, layer) is not getattr(scene, layer) for layer in layers)
    return changed or before.markers != scene.markers


def _layers(scene: Scene) -> GroundLayers:
    """Return what lies under the paths."""
    return GroundLayers(scene.heat, scene.contours, scene.arrows, scene.markers, scene.basins, scene.open_areas)
