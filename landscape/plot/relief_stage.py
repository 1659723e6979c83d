"""What is inside the relief's picture: the surface in three dimensions, its box, paths over it, and signs."""

import time
from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from landscape.plot import marks, rasterizer
from landscape.plot.canvas import Canvas
from landscape.plot.ink import Ink
from landscape.plot.overrides import guarded
from landscape.plot.own_turn import OwnTurn, stretch
from landscape.plot.pane import Pane
from landscape.plot.pixels import words
from landscape.plot.projection import Frame, Projection, device_frame
from landscape.plot.relief_box import FloorLines, box_strokes, draw_floor, draw_numbers, floor_lines
from landscape.plot.relief_markers import draw_relief_markers
from landscape.plot.relief_overlay import overlay
from landscape.plot.relief_paths import Seen, draw_heads, path_strokes, seen_paths, touched
from landscape.plot.relief_probe import draw_relief_cut, draw_relief_probe
from landscape.plot.relief_projection import ReliefProjection
from landscape.plot.relief_tracks import HIDDEN_BY, Draped, drape, flat, nearness, relief_tracks
from landscape.plot.strokes import is_vector
from landscape.plot.theme import text_font
from landscape.plot.turns import Apart, at_once
from landscape.scene.palette import Theme
from landscape.scene.scene import Relief, Scene
from landscape.session.camera import Camera

STILL = 160
"""Milliseconds without a movement after which the picture is smoothed."""
LINE = 0.55
"""Half the width of a contour line, in units of line width."""
OVERLAY = 1024
"""Columns of what is drawn flat and laid over the surface."""
FRAME = 0.013
"""Seconds that a picture may take while the camera moves; else every second vertex will do."""

Smoothed: TypeAlias = tuple[NDArray[np.uint32], NDArray[np.float32]]
"""A surface that was drawn with smooth edges, and how near it is."""
Elsewhere: TypeAlias = Callable[[object, Callable[[Callable[[], bool]], Smoothed]], None]
"""Has work done that has a key; what it makes is given to ``take_smoothed`` with the key."""
NO_OVERLAY = None, np.zeros((0, 0), np.uint32)


class ReliefStage(Pane):
    """Draws a scene's relief into the rectangle it is given by ``resize``."""

    drawn = Signal()
    """Another camera, or another surface, is in the picture."""

    def __init__(self, theme: Theme, scale: float, *, ghost: bool) -> None:
        super().__init__()
        self._theme, self._scale = theme, scale
        self._scene: Scene | None = None
        self._step = 0.0
        self.camera = Camera()
        self.projection: ReliefProjection | None = None
        """Of the picture that is shown, in device pixels."""
        self.ratio = 1.0
        self.depth: NDArray[np.float32] = np.full((1, 1), rasterizer.FAR, np.float32)
        """How near the surface is, of each pixel of the picture."""
        self._make_room(1, 1)
        self._ink, self._ghost, self._coming = Ink(), ghost, True
        self._seen: list[Seen] = []
        self._inked = -1.0
        """The step up to which the paths are in the picture."""
        self._covered = QRect()
        """The pixels in which the picture may differ from that of the surface."""
        self._draped: dict[int, Draped] = {}
        self._floor: tuple[object, FloorLines | None] = (None, None)
        self._drawn: object = None
        """All that the picture depends on."""
        self._frame: Frame | None = None
        self._waits = False
        self._own_turn, self._behind = OwnTurn(self, self.update), False
        self._elsewhere: Elsewhere | None = None
        """Has pictures smoothed beside the window's own work."""
        self._moving = False
        self._stride = 1
        """Every how many vertices are used while the camera moves."""
        self._overlay: tuple[object, NDArray[np.uint32]] = (None, np.zeros((0, 0), np.uint32))
        self._still = QTimer(self, singleShot=True, interval=STILL)
        self._still.timeout.connect(self._smooth)

    def wait_for_kernels(self) -> None:
        """Draw nothing until the kernels are loaded: as in a window, which has a job load them."""
        self._waits = True

    def smooth_with(self, elsewhere: Elsewhere) -> None:
        """Have a picture smoothed elsewhere once nothing moves: as in a window, which must not wait for it."""
        self._elsewhere = elsewhere

    @property
    def complete(self) -> bool:
        """Whether the picture is smooth, and that of the scene."""
        return not (self._moving or self._behind) and self._drawn is not None

    @property
    def waits(self) -> bool:
        """Whether nothing can be drawn yet."""
        return self._waits and not rasterizer.is_warm()

    def set_theme(self, theme: Theme, scale: float) -> None:
        """Draw in the colours of ``theme``, with lines and signs ``scale`` times as large."""
        self._theme, self._scale = theme, scale
        self._drawn = None
        self.update()

    def look_from(self, camera: Camera, *, moving: bool) -> None:
        """See the surface from elsewhere; while it moves, the picture is coarser."""
        if camera != self.camera:
            self.camera = camera
            if moving:
                self._moving = True
                self._still.start()
            self.update()

    def show_scene(self, scene: Scene) -> None:
        """Show another scene."""
        before, self._scene = self._scene, scene
        if before is not None and before.relief is not scene.relief:
            self._draped.clear()
            self._floor = None, None
        if before is None or scene.relief is None or self.projection is None or not self._stays(before, scene):
            self.update()
            return
        self._seen, self._inked = self._see(scene, scene.relief), -1.0
        self._touch(self._covered.united(touched(self._seen, self.projection)))

    def _stays(self, before: Scene, scene: Scene) -> bool:
        """Tell whether nothing is to be painted anew but the paths, of which none has a note."""
        stays = self._frame is not None and self._look(self._frame, scene) == self._drawn
        return stays and not (self._behind or marks.notes((*before.paths, *scene.paths), self._step))

    def _touch(self, area: QRect) -> None:
        """Have some pixels of the picture painted again."""
        shown = QRectF(area.adjusted(-1, -1, 1, 1))
        self.update(QRectF(self._rect.topLeft() + shown.topLeft() / self.ratio, shown.size() / self.ratio))

    def set_step(self, step: float) -> None:
        """Move the play head."""
        if step != self._step:
            self._step = step
            self.update()

    def show_coming(self, shown: bool) -> None:
        """Show the part of each path that is still to come, or not."""
        if shown != self._coming:
            self._coming, self._inked = shown, -1.0
            self._drawn = None if self._follows_path() else self._drawn
            self.update()

    def _follows_path(self) -> bool:
        """Tell whether the surface is cut along a path, which shows all of it."""
        return self._scene is not None and self._scene.cut is not None and self._scene.cut.along == "path"

    @guarded(None)
    def paint(self, painter: QPainter, *_others: object) -> None:
        """Bring the picture up to date and copy it to the device, one pixel to one pixel."""
        frame = device_frame(painter, self._rect)
        scene = self._scene
        if self.waits:
            return
        if scene is None or scene.relief is None or scene.heat is None or not _is_room(frame):
            return
        shape, in_window = (*_size(frame), self._scale, self._theme), self._elsewhere is not None
        self._behind = in_window and self.projection is not None and self._own_turn.is_to_come(shape)
        for _ in () if self._behind else self._catching_up(frame, scene, scene.relief, at_once):
            pass
        painter.save()
        painter.setWorldTransform(frame.world)
        stretch(painter, self._picture.shape[1], self._picture.shape[0], frame)
        if is_vector(painter):
            self._draw_lines_on(painter, scene.relief)
        else:
            painter.drawImage(0, 0, _image(self._picture))
        self._draw_signs(painter, scene)
        painter.restore()

    def preparing(self, painter: QPainter, apart: Apart) -> Iterator[None]:
        """Bring the picture up to date for a painter that would paint this, and yield after each part of it."""
        frame, scene = device_frame(painter, self._rect), self._scene
        if scene is not None and scene.relief is not None and scene.heat is not None and _is_room(frame):
            yield from self._catching_up(frame, scene, scene.relief, apart)

    def let_go(self) -> None:
        """Free the picture, some 20 bytes a pixel, while nobody sees it; it is drawn anew when it is painted again."""
        self._make_room(1, 1)
        self._ink, self._seen, self._floor, self._overlay = Ink(), [], (None, None), NO_OVERLAY
        self._draped.clear()
        self._drawn = self.projection = None

    def nearness(self, across: float, down: float) -> float | None:
        """Return how near the surface is at a device pixel; None where it is not."""
        return nearness(self.depth, across, down, self.projection) if self.projection else None

    def take_smoothed(self, key: object, made: Smoothed) -> None:
        """Show the picture that was smoothed elsewhere, if it still is that of the scene."""
        scene = self._scene
        if key is not self._drawn or scene is None or scene.relief is None or self._frame is None:
            return
        self._moving = False
        self._surface, self.depth = made
        self._sign(scene, scene.relief)
        self._drawn = self._look(self._frame, scene)
        self.update()

    def _smooth(self) -> None:
        scene = self._scene
        if self._elsewhere is None or scene is None or scene.relief is None or self.projection is None:
            self._moving = False
            self.update()
            return
        mesh, numbers, ground = scene.relief.mesh, self.projection.numbers, self._ground
        paint = self._paint(scene, scene.relief, self.projection)

        def work(_cancelled: Callable[[], bool]) -> Smoothed:
            surface, depth = ground.copy(), np.empty(ground.shape, np.float32)
            seen = rasterizer.placed(mesh, numbers)
            rasterizer.rasterize(mesh, seen, paint, surface, depth)
            rasterizer.smooth(mesh, seen, paint, ground, surface, depth)
            return surface, depth

        self._elsewhere(self._drawn, work)

    def _look(self, frame: Frame, scene: Scene) -> tuple[object, ...]:
        """Return all that the surface's picture depends on."""
        layers = scene.relief, scene.heat, scene.contours, scene.arrows, scene.basins, scene.open_areas
        signs = scene.markers, scene.probe, scene.cut
        return _size(frame), self._scale, self._theme, self.camera, self._moving, layers, signs

    def _catching_up(self, frame: Frame, scene: Scene, relief: Relief, apart: Apart) -> Iterator[None]:
        known = [id(each.draped.path) for each in self._seen] == [id(path) for path in scene.paths]
        self._frame = frame
        if self._look(frame, scene) != self._drawn:
            begin = time.perf_counter()
            if self._elsewhere is not None:
                self._moving = True
                self._still.start()
            yield from self._drawing_surface(frame, scene, relief, apart)
            self._sign(scene, relief)
            if self._moving:
                self._stride = 2 if time.perf_counter() - begin > (FRAME if self._stride == 1 else FRAME / 2) else 1
            self._drawn = self._look(frame, scene)
        elif not known or self._inked != self._step:
            if not known:
                self._seen = self._see(scene, relief)
            self._draw_paths()

    def _sign(self, scene: Scene, relief: Relief) -> None:
        """Draw the signs and the paths over the surface, and tell that it is another one."""
        assert self.projection is not None
        surface = _image(self._surface)
        painter = QPainter(surface)
        self._draw_still_signs(painter, self.projection, scene, relief)
        painter.end()
        self._seen, self._covered = self._see(scene, relief), surface.rect()
        self._draw_paths()
        self.drawn.emit()

    def _drawing_surface(self, frame: Frame, scene: Scene, relief: Relief, apart: Apart) -> Iterator[None]:
        """Draw all that does not depend on the step."""
        self.ratio = frame.ratio
        if self.depth.shape != (frame.height, frame.width):
            self._draped.clear()
            self._floor = None, None
            self._make_room(frame.height, frame.width)
        self.projection = projection = ReliefProjection(
            camera=self.camera, x=relief.x, y=relief.y, width=frame.width, height=frame.height,
            unit=frame.ratio * self._scale,
        )  # fmt: skip
        self._ground.fill(QColor(self._theme.panel).rgb())
        ground = _image(self._ground)
        painter = QPainter(ground)
        draw_floor(painter, projection, self._theme)
        painter.end()
        box = box_strokes(projection, scene, self._floor_lines(scene, relief, projection), self._theme)
        self._ink.draw(box, self._ground, self.depth, 0.0)
        yield
        paint, moving = self._paint(scene, relief, projection), self._moving
        stride = self._stride if moving else 1

        def draw() -> None:
            np.copyto(self._surface, self._ground)
            seen = rasterizer.placed(relief.mesh, projection.numbers)
            rasterizer.rasterize(relief.mesh, seen, paint, self._surface, self.depth, stride)
            if not moving:
                rasterizer.smooth(relief.mesh, seen, paint, self._ground, self._surface, self.depth)

        yield from apart(draw)

    def _make_room(self, height: int, width: int) -> None:
        self.depth = np.full((height, width), rasterizer.FAR, np.float32)
        self._ground, self._surface, self._picture = (np.zeros((height, width), np.uint32) for _ in range(3))
        self._covered = QRect(0, 0, width, height)

    def _floor_lines(self, scene: Scene, relief: Relief, projection: ReliefProjection) -> FloorLines | None:
        if scene.contours is None:
            return None
        key = scene.contours, relief
        if self._floor[0] != key:
            self._floor = key, floor_lines(scene.contours, relief, projection)
        return self._floor[1]

    def _see(self, scene: Scene, relief: Relief) -> list[Seen]:
        """Return where the paths are seen."""
        assert self.projection is not None
        new = [path for path in scene.paths if id(path) not in self._draped]
        known = self._draped | {id(each.path): each for each in drape(new, relief, self.projection)}
        self._draped = {id(path): known[id(path)] for path in scene.paths}
        return seen_paths(list(self._draped.values()), self.projection)

    def _draw_paths(self) -> None:
        """Draw the paths up to the step over the surface."""
        assert self.projection is not None
        unit, limit = self.projection.unit, HIDDEN_BY * max(self.projection.width, self.projection.height)
        before, self._covered = self._covered, touched(self._seen, self.projection)
        rows = slice((area := before.united(self._covered)).top(), area.bottom() + 1)
        np.copyto(self._picture[rows], self._surface[rows])
        strokes = path_strokes(self._seen, self._step, unit, self._theme.halo, ghost=self._ghost and self._coming)
        self._ink.draw(strokes, self._picture, self.depth, limit)
        self._inked = self._step

    def _draw_lines_on(self, painter: QPainter, relief: Relief) -> None:
        """Draw the picture where lines stay lines: the surface as it is, the paths stroked over it."""
        assert self.projection is not None
        canvas = Canvas(ghost=self._ghost)
        hidden, shown = relief_tracks(list(self._draped.values()), relief, self.projection, self.depth)
        surface = _image(self._surface)
        canvas.begin(surface, [*hidden, *shown], self._step, self._theme.halo, sharp=True)
        painter.drawImage(0, 0, surface)
        canvas.draw_lines_on(painter)

    def _draw_still_signs(self, painter: QPainter, projection: ReliefProjection, scene: Scene, relief: Relief) -> None:
        """Draw the signs over the surface that do not depend on the step."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_numbers(painter, projection, scene, self._theme)
        draw_relief_markers(painter, scene.markers, relief, projection, self.depth, self._theme)
        if scene.probe is not None:
            draw_relief_probe(painter, scene.probe, relief, projection, self.depth, self._theme)
        if scene.cut is not None and scene.cut.along != "step" and (self._coming or not self._follows_path()):
            draw_relief_cut(painter, scene.cut, 0.0, relief, projection, self.depth, self._theme)

    def _paint(self, scene: Scene, relief: Relief, large: ReliefProjection) -> rasterizer.Paint:
        assert scene.heat is not None
        levels = relief.levels if scene.contours is not None else relief.levels[:0]
        return rasterizer.Paint(
            colors=words(scene.heat.colors),
            levels=np.ascontiguousarray(levels),
            line=LINE * large.unit,
            overlay=self._laid_over(scene, relief, large),
        )

    def _laid_over(self, scene: Scene, relief: Relief, large: ReliefProjection) -> NDArray[np.uint32]:
        """Return what is drawn flat and laid over the surface: basins, hatching and arrows."""
        layers = scene.basins, scene.open_areas, scene.arrows
        if all(layer is None for layer in layers):
            return np.zeros((0, 0), np.uint32)
        height = max(2, round(OVERLAY * large.height / large.width))
        key = layers, relief.x, relief.y, height, self._theme
        if self._overlay[0] != key:
            unit = OVERLAY / large.width * large.unit
            flat_ = Projection(x=relief.x, y=relief.y, width=OVERLAY, height=height, unit=unit)
            self._overlay = key, overlay(scene, flat_, self._theme)
        return self._overlay[1]

    def _draw_signs(self, painter: QPainter, scene: Scene) -> None:
        if self.projection is None or scene.relief is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(0, 0, self.projection.width, self.projection.height)
        if scene.cut is not None and scene.cut.along == "step":
            draw_relief_cut(painter, scene.cut, self._step, scene.relief, self.projection, self.depth, self._theme)
        draw_heads(painter, self._seen, self._step, self.projection, self._theme)
        if written := marks.notes(scene.paths, self._step):
            painter.setFont(self._note_font())
            marks.draw_notes(painter, written, flat(self.projection), self._theme)

    def _note_font(self) -> QFont:
        return text_font(self.ratio * self._scale)


def _image(pixels: NDArray[np.uint32]) -> QImage:
    """Return an image in the memory of ``pixels``, which must live as long."""
    height, width = pixels.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)


def _size(frame: Frame) -> tuple[int, int, float]:
    return frame.width, frame.height, frame.ratio


def _is_room(frame: Frame) -> bool:
    """Tell whether a picture of this size shows anything."""
    return frame.width >= 8 and frame.height >= 8
