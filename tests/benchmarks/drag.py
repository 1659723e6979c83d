"""One drag move to the painted picture, against drawing the finished paths the usual way, and against a frame."""

import math
import os
import tempfile
import time
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from landscape.session.camera import StageView
from tests.benchmarks.harness import Row, Seconds, Side

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from landscape.ui.main_window import MainWindow

FRAME = 1 / 60
MOVES = 200
STEPS = 500
MANY = 100_000
SIZE = (1920, 1080)


@lru_cache(maxsize=1)
def window(steps: int = STEPS, stage: StageView = "map") -> "MainWindow":
    """Return a window of 1920×1080 with eight runs of so many steps, all answered and painted; the only one."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from landscape.catalogue.optimizers import optimizer
    from landscape.session.descent import edits
    from landscape.session.descent.workspace import default_descent
    from landscape.session.session import session_with
    from landscape.ui.app import open_window
    from landscape.ui.garbage import LOADED

    descent = edits.set_stage(edits.set_steps(default_descent(), steps), stage)
    for name in ("nesterov", "adagrad", "adamw", "nadam"):
        descent = edits.add_run(descent, optimizer(name))
    for other in QApplication.topLevelWidgets() if QApplication.instance() else ():
        other.close()
    folder = tempfile.mkdtemp()
    shown = open_window(session_with(descent), QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat))
    shown.resize(*SIZE)
    until(lambda: shown.workspaces.front.settled() and shown.jobs.idle)
    rest(LOADED / 1000 + 0.2)
    return shown


def until(done: Callable[[], bool], pause: float = 0.0) -> None:
    """Handle events until something is done, and leave the interpreter to jobs for a pause wherever there are none."""
    from PySide6.QtCore import QCoreApplication

    end = time.perf_counter() + 60
    while not done():
        QCoreApplication.processEvents()
        if pause and not done():
            time.sleep(pause)
        if time.perf_counter() > end:
            raise TimeoutError


class Drag:
    """A start that is held by the mouse and goes round."""

    def __init__(self, shown: "MainWindow") -> None:
        from PySide6.QtCore import QEvent

        self.stage = shown.workspaces.front.stage
        self.canvas = self.stage.map_view
        views = [view for view in (self.canvas, self.stage.relief_view) if view is not None and view.isVisible()]
        self._counters = [painted(view.viewport(), shown) for view in views]
        start = shown.history.session.document.start
        self.move(QEvent.Type.MouseMove, *start)
        self.move(QEvent.Type.MouseButtonPress, *start)
        self.turn = 0

    @property
    def painted(self) -> int:
        """How often every view that is shown was painted."""
        return min(counter.painted for counter in self._counters)

    def move(self, kind: object, x: float, y: float) -> None:
        """Send one mouse event at a point of the surface."""
        from PySide6.QtCore import QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        left = Qt.MouseButton.LeftButton
        scene = self.stage.map.item.vb.mapViewToScene(QPointF(x, y))
        at = QPointF(self.canvas.mapFromScene(scene))
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else left
        viewport = self.canvas.viewport()
        QApplication.sendEvent(viewport, QMouseEvent(kind, at, viewport.mapToGlobal(at), button, left, _none()))

    def step(self) -> None:
        """Move once, and wait for the picture."""
        from PySide6.QtCore import QEvent

        self.turn += 1
        before = self.painted
        # Never twice the same place, where the answer would be known already.
        angle, radius = self.turn / 8, 1.5 + 0.5 * math.sin(self.turn / 97)
        self.move(QEvent.Type.MouseMove, radius * math.cos(angle), radius * math.sin(angle))
        until(lambda: self.painted > before)


def _none() -> object:
    from PySide6.QtCore import Qt

    return Qt.KeyboardModifier.NoModifier


def painted(viewport: "QWidget", parent: "QObject") -> Any:
    """Return what counts the paintings of a viewport: ``painted``."""
    from PySide6.QtCore import QEvent, QObject

    class Counter(QObject):
        """Counts the paintings of a viewport."""

        painted = 0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.painted += 1
            return False

    counter = Counter(parent)
    viewport.installEventFilter(counter)
    return counter


def against_set_data() -> tuple[Side, Side]:
    """Return a drag move, and ``setData`` of the same finished paths over the same picture."""
    import pyqtgraph as pg
    from PySide6.QtCore import QRectF
    from PySide6.QtWidgets import QApplication

    from landscape.plot.track import HALO, WIDTH

    shown = window()
    drag = Drag(shown)
    halo, around = shown.theme.halo, WIDTH + 2 * HALO
    view = shown.workspaces.front
    scene = view.refresh.scene
    plot = pg.PlotWidget()
    plot.resize(view.stage.map_view.size())
    shades = (np.nan_to_num(scene.heat.shade) * 255).astype(np.uint8)
    picture = pg.ImageItem(scene.heat.colors[shades], axisOrder="row-major")
    (x0, x1), (y0, y1) = scene.x, scene.y
    picture.setRect(QRectF(x0, y0, x1 - x0, y1 - y0))
    plot.addItem(picture)
    plot.setRange(xRange=scene.x, yRange=scene.y, padding=0)
    items = [
        plot.plot(pen=_pen(path.color, path.dash, WIDTH), shadowPen=_pen(halo, "solid", around)) for path in scene.paths
    ]
    plot.show()
    QApplication.processEvents()

    def draw() -> None:
        for item, path in zip(items, view.refresh.scene.paths, strict=True):
            item.setData(path.points[:, 0], path.points[:, 1])
        plot.viewport().repaint()

    return lambda: median(drag.step), lambda: median(draw)


def _pen(color: str, dash: str, width: float) -> object:
    import pyqtgraph as pg
    from PySide6.QtCore import Qt

    styles = {"dash": Qt.PenStyle.DashLine, "dot": Qt.PenStyle.DotLine, "dashdot": Qt.PenStyle.DashDotLine}
    return pg.mkPen(color, width=width, style=styles.get(dash, Qt.PenStyle.SolidLine))


def median(once: Callable[[], None]) -> Seconds:
    """Return the median time of many, after what the other side left to be done."""
    rest(0.1)
    return Seconds(np.median(times(once)))


def times(once: Callable[[], None]) -> list[float]:
    """Return how long each of ``MOVES`` takes."""
    spent = []
    for _ in range(MOVES):
        begin = time.perf_counter()
        once()
        spent.append(time.perf_counter() - begin)
    return spent


def rest(seconds: float) -> None:
    """Handle events for a while."""
    end = time.perf_counter() + seconds
    until(lambda: time.perf_counter() > end)


def against_frame(part: float, steps: int = STEPS, stage: StageView = "map") -> Callable[[], tuple[Side, Side]]:
    """Return the drag moves' time that ``part`` of them stay under, and a frame of 60 Hz."""

    def prepare() -> tuple[Side, Side]:
        drag = Drag(window(steps, stage))

        def storm() -> Seconds:
            rest(0.1)
            return Seconds(np.quantile(times(drag.step), part))

        return storm, FRAME

    return prepare


LONG = "drag move to picture, 8 runs × 100,000 steps, 1920×1080"
BOTH = "drag move to map and relief, 8 runs × 500 steps, 1920×1080"
WORKLOAD = "drag move to picture, 8 runs × 500 steps, 1920×1080"
ROWS = (
    Row(
        workload=WORKLOAD, against="pyqtgraph setData of 8 finished paths", prepare=against_set_data, aim=0.5, repeats=5
    ),
    Row(workload=f"{WORKLOAD}, median", against="60 Hz frame", prepare=against_frame(0.5), aim=0.5, repeats=3),
    Row(workload=f"{WORKLOAD}, p99", against="60 Hz frame", prepare=against_frame(0.99), aim=1.0, repeats=3),
    Row(
        workload=f"{BOTH}, median", against="60 Hz frame", prepare=against_frame(0.5, stage="both"), aim=0.75, repeats=3
    ),
    Row(workload=f"{BOTH}, p99", against="60 Hz frame", prepare=against_frame(0.99, stage="both"), aim=1.5, repeats=3),
    Row(workload=f"{LONG}, median", against="60 Hz frame", prepare=against_frame(0.5, MANY), aim=2.0, repeats=3),
)
