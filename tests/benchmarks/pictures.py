"""A GIF of frames that are drawn, against Pillow's; a page of a map with contour lines, against matplotlib's."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from landscape.export.export import export_steps
from landscape.export.film import Film
from landscape.export.formats import gif
from landscape.export.reduction import shared_palette
from landscape.export.settings import Settings
from landscape.scene.answers import Answers
from landscape.session.session import session_with
from tests.benchmarks.export import descent
from tests.benchmarks.harness import Row, Side, need

FRAMES, LEVELS = 100, 20
MOST_BYTES = 400_000
"""Of the page."""


def prepare_gif() -> tuple[Side, Side]:
    """Return the same frames encoded; ours must be the smaller file."""
    from PIL import Image

    folder = Path(tempfile.mkdtemp())
    film = Film(session_with(descent()), Settings(size=(800, 600), fps=20, seconds=FRAMES / 20, hold=0.0))
    for _ in film.prepare(animated=True, pictured=True):
        pass
    frames = [film.frame(step) for step in film.steps.tolist()]
    film.close()
    pictures = [Image.fromarray(np.ascontiguousarray(frame[:, :, 2::-1])) for frame in frames]
    ours, theirs = folder / "ours.gif", folder / "theirs.gif"

    def encode() -> None:
        keys = [frames[0], frames[FRAMES // 2], frames[-1]]
        gif.encode(ours, film, shared_palette(keys, film.settings.colors), iter(frames))

    def encode_with_pillow() -> None:
        palettes = [picture.convert("P", palette=Image.Palette.ADAPTIVE) for picture in pictures]
        palettes[0].save(theirs, save_all=True, append_images=palettes[1:], duration=50, loop=0)

    encode()
    encode_with_pillow()
    assert ours.stat().st_size < theirs.stat().st_size, (ours.stat().st_size, theirs.stat().st_size)
    return encode, encode_with_pillow


def prepare_page() -> tuple[Side, Side]:
    """Return the page drawn and written, of what is computed by then."""
    need("matplotlib")
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt
    from matplotlib import patheffects

    folder, given, answers = Path(tempfile.mkdtemp()), descent(), Answers()
    session = replace(session_with(given), title={"en": "Eight runs"})
    ours = folder / "ours.pdf"

    def page() -> None:
        for _ in export_steps(session, ours, answers, size=(1280, 720)):
            pass

    page()
    assert ours.stat().st_size <= MOST_BYTES
    from landscape.descent.trajectory import descend

    halo = [patheffects.Stroke(linewidth=4.5, foreground="white"), patheffects.Normal()]
    found = [descend(given.surface, run.rule, given.start, given.steps) for run in given.runs]
    x, y = np.linspace(-6, 6, 400), np.linspace(-6, 6, 400)
    values = np.log1p(given.surface.value(*np.meshgrid(x, y)))

    def page_of_matplotlib() -> None:
        figure = plt.figure(figsize=(12.8, 7.2))
        grid = figure.add_gridspec(2, 2, width_ratios=(7, 3))
        stage, panels = figure.add_subplot(grid[:, 0]), [figure.add_subplot(grid[row, 1]) for row in range(2)]
        colors = stage.imshow(values, extent=(-6, 6, -6, 6), origin="lower", aspect="auto")
        figure.colorbar(colors)
        stage.contour(x, y, values, LEVELS, colors="white", linewidths=0.8)
        for run, path in zip(given.runs, found, strict=True):
            (line,) = stage.plot(*path.points.T, lw=2.6, path_effects=halo, label=run.rule.entry)
            stage.plot(*path.points[-1], "o", ms=9, color=line.get_color(), mec="white")
            panels[0].semilogy(path.losses)
            panels[1].semilogy(np.hypot(*path.gradients.T))
        stage.legend(loc="upper right")
        figure.suptitle("Eight runs")
        figure.savefig(folder / "theirs.pdf")
        plt.close(figure)

    return page, page_of_matplotlib


ROWS = [
    Row(
        workload="GIF of 100 frames of 800×600, which must be the smaller file",
        against="Pillow, a palette for each frame",
        prepare=prepare_gif,
        aim=1 / 8,
        repeats=3,
    ),
    Row(
        workload="PDF of a map with 8 runs and their curves, at most 400 kB",
        against="matplotlib, 20 levels",
        prepare=prepare_page,
        aim=1 / 5,
        repeats=5,
    ),
]
