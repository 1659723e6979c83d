"""What is drawn of the local quadratic says which way it curves."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from landscape.plot.descent.picture import Picture
from landscape.plot.lens import LONG, REACH, SHORT, LensLayer, figure
from landscape.scene.palette import DARK
from landscape.scene.scene import Lens
from tests.plot.scenes import scene, spiral

SQUARE = np.array((100.0, -100.0))


def drawn(*entries, factors=SQUARE):
    return figure(np.array(entries, dtype=float), factors)


def reach(shape):
    return max((float(np.hypot(*line.T).max()) for line in (*shape.lines, *shape.arrows)), default=0.0)


def test_a_minimum_is_a_closed_ellipse_longest_where_it_is_flattest():
    shape = drawn(4.0, 0.0, 1.0)
    (ellipse,) = shape.lines
    assert not shape.arrows
    assert ellipse[0] == pytest.approx(ellipse[-1])
    assert np.abs(ellipse).max(axis=0) == pytest.approx([LONG / 2, LONG], rel=0.01)


def test_the_ellipse_is_a_level_line_of_the_quadratic():
    entries = np.array((5.0, 2.0, 3.0))
    (ellipse,) = drawn(*entries).lines
    d = ellipse / SQUARE
    levels = entries[0] * d[:, 0] ** 2 + 2 * entries[1] * d[:, 0] * d[:, 1] + entries[2] * d[:, 1] ** 2
    assert levels == pytest.approx(np.full(len(levels), levels[0]))


def test_it_stays_a_level_line_where_the_axes_have_different_units():
    factors = np.array((100.0, -20.0))
    (ellipse,) = drawn(1.0, 0.3, 1.0, factors=factors).lines
    d = ellipse / factors
    levels = d[:, 0] ** 2 + 0.6 * d[:, 0] * d[:, 1] + d[:, 1] ** 2
    assert levels == pytest.approx(np.full(len(levels), levels[0]))


def test_a_maximum_has_arrows_that_fall_to_all_four_sides():
    shape = drawn(-4.0, 0.0, -1.0)
    assert len(shape.lines) == 1
    ends = np.array([end - start for start, end in shape.arrows])
    assert len(ends) == 4
    assert ends.sum(axis=0) == pytest.approx([0.0, 0.0])


def test_a_saddle_has_four_open_branches_and_arrows_along_the_axis_that_falls():
    shape = drawn(1.0, 0.0, -2.0)
    assert len(shape.lines) == 4
    assert all(abs(end[0]) < 1e-9 < abs(end[1]) for _, end in shape.arrows)


@pytest.mark.parametrize("entries", [(1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (1.0, 1.0, 1.0)])
def test_a_valley_is_two_parallel_lines(entries):
    first, second = drawn(*entries).lines
    along = first[1] - first[0]
    assert along == pytest.approx(second[1] - second[0])
    xx, xy, yy = entries
    dx, dy = along / SQUARE
    assert xx * dx * dx + 2 * xy * dx * dy + yy * dy * dy == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("entries", [(0.0, 0.0, 0.0), (np.nan, 0.0, 1.0), (np.inf, 0.0, 1.0)])
def test_nothing_is_drawn_of_what_is_flat_or_has_no_hessian(entries):
    shape = drawn(*entries)
    assert not shape.lines
    assert not shape.arrows


@pytest.mark.parametrize("size", [1e-300, 1e-9, 1.0, 1e9, 1e300])
@pytest.mark.parametrize("ratio", [1.0, 1e-3, 1e-8, -1e-3, -1.0])
def test_every_figure_has_the_same_size_and_does_not_close(size: float, ratio: float):
    shape = drawn(size, 0.0, size * ratio)
    assert SHORT < reach(shape) <= REACH
    assert all(np.isfinite(line).all() for line in shape.lines)
    assert max(float(np.hypot(*line.T).max()) for line in shape.lines) > 0.9 * LONG


def test_the_figure_does_not_depend_on_the_level_of_zoom():
    near, far = drawn(3.0, 1.0, 2.0), drawn(3.0, 1.0, 2.0, factors=SQUARE * 1e6)
    assert near.lines[0] == pytest.approx(far.lines[0])


def paint(layer, size=200):
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    layer.paint(painter, QStyleOptionGraphicsItem(), None)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(size, size, 4)[:, :, :3]
    rows, columns = np.nonzero(pixels.any(axis=2))
    return (columns.min(), columns.max(), rows.min(), rows.max()) if len(rows) else None


@pytest.fixture
def layer(qtbot):
    made = LensLayer(None, DARK, 1.0)
    made.resize(QRectF(0, 0, 200, 200))
    made.set_view((-1.0, 1.0), (-1.0, 1.0))
    return made


def test_the_lens_goes_with_the_run_and_rests_at_its_end(layer):
    points = np.array(((-0.5, 0.0), (0.5, 0.0)))
    layer.show_lenses((Lens(color="#ff0000", points=points, hessians=np.array(((1.0, 0.0, 1.0),) * 2)),))
    places = []
    for step in (0.0, 0.5, 1.0, 7.0):
        layer.set_step(step)
        left, right, top, bottom = paint(layer)
        places.append((left + right) / 2)
        assert (top + bottom) / 2 == pytest.approx(99.5, abs=1)
    assert places == pytest.approx([49.5, 99.5, 149.5, 149.5], abs=1)


def test_a_lens_out_of_view_or_without_a_hessian_draws_nothing(layer):
    far = Lens(color="#ff0000", points=np.array(((9.0, 9.0),)), hessians=np.array(((1.0, 0.0, 1.0),)))
    layer.set_pointer(far)
    assert paint(layer) is None
    layer.set_pointer(Lens(color="", points=np.zeros((1, 2)), hessians=np.full((1, 3), np.nan)))
    assert paint(layer) is None
    layer.set_pointer(None)
    assert paint(layer) is None


def test_an_exported_picture_has_the_lens_where_the_run_is(qtbot):
    points = spiral()
    lens = Lens(color="#ff00ff", points=points, hessians=np.tile((1.0, 0.0, 3.0), (len(points), 1)))
    picture = Picture((960, 640), DARK, curves=False, legend=False)
    picture.show(scene(runs=1, lenses=(lens,)))
    places = []
    for step in (0.0, 12.0):
        image = picture.paint(step)
        blue, green, red = np.moveaxis(np.frombuffer(image.constBits(), np.uint8).reshape(640, 960, 4)[:, :, :3], 2, 0)
        rows, columns = np.nonzero((red > 200) & (blue > 200) & (green < 60))
        places.append((columns.mean(), rows.mean()))
    across = places[1][0] - places[0][0]
    assert np.sign(across) == np.sign(points[12, 0] - points[0, 0])
    assert abs(across) > 20
