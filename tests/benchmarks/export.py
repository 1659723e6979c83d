"""A film of ten seconds, 1080p at 30 frames a second, with eight runs, against matplotlib's animation of the same."""

import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from landscape.catalogue.optimizers import optimizer
from landscape.catalogue.schedules import schedule
from landscape.catalogue.surfaces import surface
from landscape.descent.trajectory import descend
from landscape.export.export import export
from landscape.export.formats.mp4 import CODEC
from landscape.scene.timeline import frame_steps
from landscape.session.descent.document import Descent, Run
from landscape.session.session import session_with
from tests.benchmarks.harness import Row, Seconds, Side, need

RULES = ("sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adam", "adamw", "nadam")
RATES = {"sgd": 0.005, "momentum": 0.002, "nesterov": 0.002, "adagrad": 0.5}
START, STEPS, SIZE, FPS, SECONDS = (0.1, -0.9), 500, (1920, 1080), 30, 10.0
PART = 6
"""Matplotlib draws every sixth frame, and its time is taken six times."""


def descent() -> Descent:
    runs = tuple(Run(id=k, rule=optimizer(rule, lr=RATES.get(rule, 0.1)), color=k) for k, rule in enumerate(RULES))
    return Descent(
        surface=surface("himmelblau"), runs=runs, start=START, steps=STEPS, schedule=schedule("constant"),
    )  # fmt: skip


def prepare() -> tuple[Side, Side]:
    need("matplotlib")
    folder = Path(tempfile.mkdtemp())
    given = descent()
    session = replace(session_with(given), title={"en": "Eight runs"})
    return (
        lambda: export(session, folder / "ours.mp4", size=SIZE, fps=FPS, seconds=SECONDS),
        lambda: Seconds(PART * animate(given, folder / "theirs.mp4")),
    )


def animate(given: Descent, path: Path) -> float:
    """Write the film as matplotlib's users do; return the seconds that drawing and encoding took."""
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt
    from matplotlib import patheffects

    found = [descend(given.surface, run.rule, given.start, given.steps) for run in given.runs]
    figure = plt.figure(figsize=(19.2, 10.8), dpi=100)
    grid = figure.add_gridspec(3, 2, width_ratios=(7, 3))
    stage, panels = figure.add_subplot(grid[:, 0]), [figure.add_subplot(grid[row, 1]) for row in range(3)]
    x, y = np.linspace(-6, 6, 400), np.linspace(-6, 6, 400)
    values = np.log1p(given.surface.value(*np.meshgrid(x, y)))
    stage.contourf(x, y, values, 24)  # twice as fast as imshow
    stage.contour(x, y, values, 12, colors="black", linewidths=0.8, alpha=0.4)
    halo = [patheffects.Stroke(linewidth=4.5, foreground="white"), patheffects.Normal()]
    lines = [stage.plot([], [], lw=2.6, path_effects=halo, label=run.rule.entry)[0] for run in given.runs]
    heads = [stage.plot([], [], "o", ms=9, color=line.get_color(), mec="white")[0] for line in lines]
    stage.legend(loc="upper right")
    series = [[t.losses for t in found], [t.rates for t in found], [np.hypot(*t.gradients.T) for t in found]]
    for panel, rows, scale in zip(panels, series, ("log", "linear", "log"), strict=True):
        panel.set(xlim=(0, given.steps), yscale=scale, ylim=(min(map(np.min, rows)) + 1e-12, max(map(np.max, rows))))
    curves = [[panel.plot([], [], lw=1.8)[0] for _ in found] for panel in panels]
    cursors = [panel.axvline(0) for panel in panels]
    title = figure.suptitle("")

    def update(step: float) -> list[object]:
        last = int(step)
        title.set_text(f"step {last} / {given.steps}")
        for line, head, path_ in zip(lines, heads, found, strict=True):
            line.set_data(*path_.points[: last + 1].T)
            head.set_data(*path_.points[last : last + 1].T)
        for row, rows, cursor in zip(curves, series, cursors, strict=True):
            cursor.set_xdata([step, step])
            for curve, data in zip(row, rows, strict=True):
                curve.set_data(np.arange(len(data[: last + 1])), data[: last + 1])
        return []

    return filmed(figure, update, frame_steps(given.steps, SECONDS, FPS)[::PART], path)


def filmed(figure, update, steps, path: Path) -> float:
    """Write a film of matplotlib's with the frames of these steps; return the seconds that it took."""
    import matplotlib.pyplot as plt
    from matplotlib import animation

    film = animation.FuncAnimation(figure, update, frames=steps, init_func=lambda: [], cache_frame_data=False)
    begin = time.perf_counter()
    film.save(str(path), writer=_writer(), dpi=100)
    spent = time.perf_counter() - begin
    plt.close(figure)
    return spent


def _writer() -> object:
    """Return a movie writer with the same encoder and preset as ours, without a detour by a pipe."""
    import av
    from matplotlib.animation import AbstractMovieWriter

    class Writer(AbstractMovieWriter):
        def setup(self, fig, outfile, dpi=None):
            super().setup(fig, outfile, dpi)
            self.container = av.open(str(outfile), "w")
            self.stream = self.container.add_stream("libx264", rate=FPS, options=dict(CODEC.options))
            self.stream.width, self.stream.height = SIZE
            self.stream.pix_fmt = "yuv420p"

        def grab_frame(self, **kwargs):
            self.fig.canvas.draw()
            frame = av.VideoFrame.from_ndarray(np.asarray(self.fig.canvas.buffer_rgba()), format="rgba")
            self.container.mux(self.stream.encode(frame))

        def finish(self):
            self.container.mux(self.stream.encode(None))
            self.container.close()

    return Writer(fps=FPS)


ROWS = [
    Row(
        workload="10 s of 1080p30 as MP4, 8 runs of 500 steps",
        against="matplotlib FuncAnimation, same encoder and preset",
        prepare=prepare,
        aim=1 / 6,
        repeats=3,
    )
]
