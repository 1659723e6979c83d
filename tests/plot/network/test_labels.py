"""Several labels at once, as they are painted."""

from dataclasses import replace

import numpy as np
import pytest

from landscape.plot.network.classes import class_colors
from landscape.plot.network.labels import FINE, hatched
from landscape.scene.network.scene import Regions
from landscape.scene.palette import DARK, LIGHT
from tests.plot.network.drawn import near
from tests.plot.network.test_boundary import cloud, painted


def certain(*given):
    """Return the shares of a place of which a network is certain that it has these of three labels."""
    return np.full((20, 20, 3), np.isin(np.arange(3), given), np.float32)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("given", [(), (1,), (0, 2), (0, 1, 2)])
def test_a_place_has_stripes_of_one_width_in_the_colours_of_all_its_labels(theme, given):
    colors = hatched(certain(*given), theme)
    assert colors.shape == (20 * FINE, 20 * FINE, 3)
    found, counts = np.unique(colors.reshape(-1, 3), axis=0, return_counts=True)
    assert len(found) == max(len(given), 1)
    assert counts.max() < 1.5 * counts.min()
    for label in given:
        towards = class_colors(3)[label] - found
        assert (np.abs(towards).max(axis=1) < 100).any()
    if not given:
        assert near(colors, theme.panel, 1).all()


def test_a_place_is_pale_where_one_of_the_labels_is_undecided():
    sure, torn = certain(0), certain(0)
    torn[..., 1] = 0.49
    pale, strong = (hatched(each, LIGHT).astype(int).reshape(-1, 3).mean(axis=0) for each in (torn, sure))
    assert np.abs(pale - 255).sum() < np.abs(strong - 255).sum()


def test_what_is_no_number_has_the_colour_of_that():
    shares = certain(0)
    shares[3, 4, 1] = np.nan
    colors = hatched(shares, DARK)
    wrong = near(colors, DARK.invalid, 1)
    assert wrong[3 * FINE : 4 * FINE, 4 * FINE : 5 * FINE].all()
    assert wrong.sum() == FINE * FINE


def test_the_border_of_each_label_is_a_line_in_its_colour(qapp):
    line = np.array([[-0.8, -1.0], [0.8, -1.0]])
    answer = Regions(shares=certain()[..., :2], lines=((line,), (-line,)))
    picture = painted(replace(cloud(), several=True), answer)
    for color, row in zip(class_colors(2), (225, 75), strict=True):
        rows, columns = np.nonzero(np.abs(picture - color).max(axis=2) <= 3)
        assert rows.mean() == pytest.approx(row, abs=1.5)
        assert np.ptp(columns) > 200


@pytest.mark.parametrize("tested", [False, True])
def test_a_row_with_two_labels_is_split_and_one_without_is_grey(qapp, tested):
    data = cloud((0.5, 1.0, 0, tested), (-0.5, -1.0, 0, tested))
    data = replace(data, shades=np.array([[1.0, 1.0], [0.0, 0.0]]), several=True)
    picture = painted(data)
    first, second = ((np.abs(picture - color).max(axis=2) <= 12) for color in class_colors(2))
    assert first.sum() == pytest.approx(second.sum(), rel=0.3)
    assert np.nonzero(first)[1].mean() < 225 < np.nonzero(second)[1].mean()
    grey = near(picture[205:245, 55:95], LIGHT.muted, 12)
    assert (np.nonzero(grey)[1].mean(), np.nonzero(grey)[0].mean()) == pytest.approx((19.5, 19.5), abs=1.5)
    assert near(picture[75:76, 225:226], LIGHT.halo, 40).all() == tested
