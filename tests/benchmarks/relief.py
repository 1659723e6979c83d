"""The relief: a frame while the camera moves, against OpenGL without a graphics card, and in the window; and a film.

The first needs PyOpenGL and ``xvfb-run``, under which it is measured in a process of its own: OpenGL needs a screen.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np

from landscape.descent.trajectory import descend
from landscape.export.export import export
from landscape.scene.timeline import frame_steps
from landscape.session.camera import Camera
from landscape.session.session import session_with
from tests.benchmarks.drag import FRAME, median, painted, until, window
from tests.benchmarks.export import FPS, SECONDS, SIZE, descent, filmed
from tests.benchmarks.harness import Missing, Row, Seconds, Side, measure, need

MESH = 256
PART = 60
"""Matplotlib draws every sixtieth frame, and its time is taken sixty times."""
TURN = 3.0
"""Degrees from one frame to the next."""


SCREEN = "-screen 0 1920x1200x24"


def prepare_frame() -> tuple[Side, Side]:
    """Return what both take, measured in turn by a process that has a screen."""
    need("OpenGL")
    screen = shutil.which("xvfb-run")
    if screen is None:
        raise Missing("xvfb-run")
    command = [screen, "-a", "-s", SCREEN, sys.executable, "-m", "tests.benchmarks.relief"]
    told = subprocess.run(
        command, check=True, text=True, stdout=subprocess.PIPE, env={**os.environ, "QT_QPA_PLATFORM": "xcb"}
    ).stdout
    ours, theirs = map(float, told.split()[-2:])
    return ours, theirs


def prepare_on_screen() -> tuple[Side, Side]:
    from PySide6.QtWidgets import QApplication

    _ = QApplication.instance() or QApplication([])
    return _our_frame(), _their_frame()


def _our_frame() -> Side:
    import pyqtgraph as pg
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter

    from landscape.plot.relief import ReliefPlot
    from landscape.plot.theme import configure
    from landscape.scene.answers import Answers
    from landscape.scene.descent.build import build_scene, fitted_view
    from landscape.scene.descent.questions import questions
    from landscape.scene.descent.view import stage_view
    from landscape.scene.palette import DARK
    from landscape.translation import Translation

    configure()
    given = replace(descent(), stage="relief", critical=False)
    plot, scene = ReliefPlot(DARK), pg.GraphicsScene()
    area = QRectF(0, 0, *SIZE)
    scene.addItem(plot.item)
    scene.setSceneRect(area)
    plot.item.setGeometry(area)
    plot.settle()
    width, height = plot.pixels()
    view, answers = stage_view(*fitted_view(given, width / height), width, height), Answers()
    for question in questions(given, view):
        answers.compute(question)
    plot.show(build_scene(given, view, answers, Translation()))
    plot.set_step(float(given.steps))
    image, turn = QImage(*SIZE, QImage.Format.Format_RGB32), count()

    def draw() -> None:
        plot.look_from(Camera(azimuth=(next(turn) * TURN) % 360.0 - 180.0), moving=True)
        painter = QPainter(image)
        scene.render(painter, area, area)
        painter.end()

    return draw


def _their_frame() -> Side:
    import pyqtgraph.opengl as gl

    given = descent()
    x = y = np.linspace(-6, 6, MESH + 1)
    values = np.log1p(given.surface.value(*np.meshgrid(x, y, indexing="ij")))
    widget = gl.GLViewWidget()
    widget.resize(*SIZE)
    widget.setCameraPosition(distance=22, elevation=34)
    widget.addItem(gl.GLSurfacePlotItem(x=x, y=y, z=values, shader="shaded", smooth=True, computeNormals=True))
    for run in given.runs:
        points = descend(given.surface, run.rule, given.start, given.steps).points
        heights = np.log1p(given.surface.value(*points.T))
        widget.addItem(gl.GLLinePlotItem(pos=np.column_stack((points, heights)), width=2.5, antialias=True))
    widget.show()

    def draw() -> None:
        widget.orbit(TURN, 0)
        widget.grabFramebuffer()

    return draw


def prepare_orbit() -> tuple[Side, Side]:
    """Return a turn of the camera up to the picture in the window, and a frame of 60 Hz."""
    shown = window(stage="relief")
    stage = shown.workspaces.front.stage
    counter, turn = painted(stage.relief_view.viewport(), shown), count()

    def step() -> None:
        before = counter.painted
        stage.look_from(Camera(azimuth=(next(turn) * TURN) % 360.0 - 180.0))
        until(lambda: counter.painted > before)

    return lambda: median(step), FRAME


def prepare_film() -> tuple[Side, Side]:
    need("matplotlib")
    folder = Path(tempfile.mkdtemp())
    given = replace(descent(), stage="relief")
    session = replace(session_with(given), title={"en": "Eight runs"})
    return (
        lambda: export(session, folder / "ours.mp4", size=SIZE, fps=FPS, seconds=SECONDS, turntable=True),
        lambda: Seconds(PART * _animate(folder / "theirs.mp4")),
    )


def _animate(path: Path) -> float:
    """Write the film as matplotlib's users do; return the seconds that drawing and encoding took."""
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt

    given = descent()
    figure = plt.figure(figsize=(19.2, 10.8), dpi=100)
    stage = figure.add_subplot(projection="3d")
    x, y = np.meshgrid(np.linspace(-6, 6, MESH + 1), np.linspace(-6, 6, MESH + 1))
    stage.plot_surface(x, y, np.log1p(given.surface.value(x, y)), cmap="viridis", rstride=1, cstride=1)
    found = [descend(given.surface, run.rule, given.start, given.steps) for run in given.runs]
    curves = [stage.plot([], [], [], lw=2.6)[0] for _ in found]

    def update(step: float) -> list[object]:
        stage.view_init(elev=34, azim=360 * step / given.steps)
        for curve, one in zip(curves, found, strict=True):
            points = one.points[: int(step) + 1].T
            curve.set_data_3d(*points, np.log1p(given.surface.value(*points)))
        return []

    return filmed(figure, update, frame_steps(given.steps, SECONDS, FPS)[::PART], path)


ROWS = [
    Row(
        workload="relief, a turn of the camera to the picture in the window, 8 runs, 1920×1080, median",
        against="60 Hz frame",
        prepare=prepare_orbit,
        aim=1.0,
        repeats=3,
    ),
    Row(
        workload="relief, a frame while the camera moves: 256² mesh, 8 runs, 1920×1080",
        against="pyqtgraph.opengl without a graphics card",
        prepare=prepare_frame,
        aim=1 / 5,
        repeats=1,
    ),
    Row(
        workload="relief, a film of 10 s, 1080p30, turntable, 8 runs",
        against="matplotlib plot_surface, same mesh",
        prepare=prepare_film,
        aim=1 / 20,
        repeats=1,
    ),
]

if __name__ == "__main__":
    FRAMES = Row(workload="", against="", prepare=prepare_on_screen, aim=1.0, repeats=5, sample=0.3)
    print(*measure(FRAMES), flush=True)
    os._exit(0)  # Without a graphics card, OpenGL may not survive the end of the window it was in.
