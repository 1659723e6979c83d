"""The legend tells the loss of the step, and the signs of disaster have the right colours."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from landscape.plot.descent.picture import Picture
from landscape.scene.palette import DARK, LIGHT
from landscape.scene.scene import BasinKey
from tests.plot.scenes import STEPS, curve, path, scene, spiral
from tests.plot.test_basins import basins
from tests.plot.test_canvas import pixels

SIZE = (1280, 720)


def shown(content, step, *, theme=DARK, curves=False):
    picture = Picture(SIZE, theme, curves=curves)
    picture.show(content)
    return pixels(picture.paint(step))


def with_losses(*series, outcome="finished", points=None):
    """Return a scene of runs with these losses, whatever their points are."""
    paths = [path(spiral(i) if points is None else points, i, outcome=outcome) for i in range(len(series))]
    content = scene(paths=paths)
    panel = replace(content.curves[0], curves=tuple(curve(each, i) for i, each in enumerate(series)))
    return replace(content, curves=(panel, *content.curves[1:]))


def near(picture, color, off=12):
    return np.abs(picture[:, :, ::-1] - QColor(color).getRgb()[:3]).max(axis=2) <= off


@pytest.mark.parametrize("step", [0, 1, 17, STEPS])
def test_the_loss_in_the_legend_is_that_of_the_step(qapp, step):
    losses = np.full(STEPS + 1, 1.25)
    other = losses.copy()
    other[step] = 88.5
    before, after = with_losses(losses), with_losses(other)
    for at in {max(step - 1, 0), step, min(step + 1, STEPS)}:
        differ = (shown(before, at) != shown(after, at)).any()
        assert differ == (at == step)


def test_between_two_steps_the_loss_is_that_of_the_one_before(qapp):
    losses = np.arange(STEPS + 1, dtype=float)
    legend = np.s_[:, 900:]
    whole, between = (shown(with_losses(losses), step)[legend] for step in (17.0, 17.6))
    assert (whole == between).all()


def test_each_run_has_its_own_loss_beside_its_name(qapp):
    one, two = np.full(STEPS + 1, 1.0), np.full(STEPS + 1, 88.5)
    first, second = shown(with_losses(one, one), 5), shown(with_losses(one, two), 5)
    rows = np.flatnonzero((first != second).any(axis=(1, 2)))
    colored = np.flatnonzero(near(first[:, 900:], scene().paths[1].color).any(axis=1))
    assert rows.min() - 12 < np.median(colored) < rows.max() + 12


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_a_run_that_diverged_has_a_cross_in_the_colour_of_an_error_once_it_has(qapp, theme):
    points = spiral(0)[:21]
    content = with_losses(np.geomspace(1.0, 1e30, 21), outcome="diverged", points=points)
    assert not near(shown(content, 19.9, theme=theme)[:, 900:], theme.error).any()
    assert near(shown(content, 20.0, theme=theme)[:, 900:], theme.error).sum() >= 5


@pytest.mark.parametrize("outcome", ["finished", "converged", "left"])
def test_other_runs_keep_their_loss(qapp, outcome):
    content = with_losses(np.geomspace(1.0, 0.1, 21), outcome=outcome, points=spiral(0)[:21])
    assert not near(shown(content, 20.0)[:, 900:], DARK.error).any()


@pytest.mark.parametrize("outcome", ["diverged", "left"])
def test_on_the_map_the_cross_has_the_colour_of_its_run(qapp, outcome):
    color = scene().paths[0].color
    ends = with_losses(np.ones(21), outcome=outcome, points=spiral(0)[:21])
    fine = with_losses(np.ones(21), points=spiral(0)[:21])
    picture, plain = shown(ends, 20.0), shown(fine, 20.0)
    changed = (picture != plain).any(axis=2)
    changed[:, 850:] = False
    rows, columns = np.nonzero(changed)
    middle = round(rows.mean()), round(columns.mean())
    around = picture[middle[0] - 10 : middle[0] + 11, middle[1] - 10 : middle[1] + 11]
    inked = near(around, color)
    # Four arms: along both diagonals, and nothing straight above, below or beside the middle.
    assert inked[[3, 3, -4, -4], [3, -4, 3, -4]].all()
    assert not inked[[2, 10, -3, 10], [10, 2, 10, -3]].any()


def test_a_basin_is_told_with_its_colour_its_name_and_its_share(qapp):
    def legend(**change):
        key = replace(BasinKey(color="#ff00aa", text="minimum 1, 2", share="37 %"), **change)
        shown_basins = replace(basins([[0]], [[0]]), title="Basins of SGD", keys=(key,))
        picture = Picture(SIZE, DARK, curves=False)
        picture.map_pixels(1, 2)
        picture.show(replace(scene(runs=1), basins=shown_basins))
        return pixels(picture.paint(0.0))

    whole = legend()
    assert near(whole, "#ff00aa").sum() > 100
    columns = [
        np.nonzero((legend(**change) != whole).any(axis=2))[1]
        for change in ({"color": "#00ff00"}, {"text": "minimum 3, 2"}, {"share": "38 %"})
    ]
    assert columns[0].max() < columns[1].min()
    assert columns[1].max() < columns[2].min()
