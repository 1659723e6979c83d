"""The trajectories as a table, for a spreadsheet or a script."""

import csv
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from landscape.descent.trajectory import Trajectory
from landscape.export.film import Film
from landscape.export.formats import Format
from landscape.scene.text import run_titles
from landscape.translation import translation

COLUMNS = ("run", "step", "x", "y", "loss", "gradient_x", "gradient_y", "rate")


def write(path: Path, film: Film) -> Iterator[int]:
    """Write a row for each step of each visible run, as UTF-8; numbers read back as the very same float64.

    ``rate`` is the learning rate of the step that led to the row, and empty at step 0. Of networks in training, what
    :func:`landscape.export.network.table.write_curves` says, and of a page of theirs ``page_table.write_page``.
    """
    say, experiment = translation(film.settings.language), film.session.experiment
    if film.session.workspace == "network" and experiment is not None:
        from landscape.export.network.table import write_curves

        if film.settings.page is not None:
            from landscape.export.network.page_table import write_page

            write_page(path, experiment, film.settings.page, film.answers, say)
            return
        yield from write_curves(path, experiment, film.answers, say)
        return
    titles = run_titles(film.session, say)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for done, (run, trajectory) in enumerate(film.trajectories(), start=1):
            table.writerows(_rows(titles[run], trajectory))
            yield done


def _rows(title: str, trajectory: Trajectory) -> Iterator[tuple[object, ...]]:
    rates = ("", *map(repr, trajectory.rates.tolist()))
    values = zip(trajectory.points.tolist(), trajectory.losses.tolist(), trajectory.gradients.tolist(), strict=True)
    for step, (point, loss, gradient), rate in zip(count(), values, rates, strict=False):
        yield title, step, *map(repr, (*point, loss, *gradient)), rate


FORMAT = Format(
    suffix=".csv",
    titles={"en": "Table (CSV)", "zh": "表格（CSV）"},
    animated=False,
    pictured=False,
    write=write,
    length=lambda film: 2 if film.session.workspace == "network" else sum(run.visible for run in film.session.runs),
)
