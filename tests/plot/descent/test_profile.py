"""What is drawn of probe and cut: where the disc ends, which way the axes point, and the same in every frame."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from landscape.catalogue.surfaces import surface
from landscape.plot.descent.arrangement import arrange
from landscape.plot.descent.picture import Picture
from landscape.plot.descent.profile import ProfilePlot
from landscape.plot.descent.profile_sheet import PADDING, ends_of
from landscape.plot.probe_layer import ProbeLayer, sloping
from landscape.scene.descent.cut import profile
from landscape.scene.palette import DARK, FALLING_COLOR, GRADIENT_COLOR, PROBE_COLOR, RISING_COLOR
from landscape.session.descent import edits, probing
from landscape.session.descent.workspace import default_descent
from tests.plot.descent.test_picture import SIZES
from tests.plot.test_canvas import pixels
from tests.scene.descent.test_build import Studio

SIZE = 401


def studied(formula, probe=(0.0, 0.0), along=None):
    descent = edits.choose_surface(default_descent(), surface(formula, domain=((-1, 1), (-1, 1))))
    descent = probing.set_probe(descent, probe)
    return Studio(probing.cut_along(descent, along) if along else descent).scene


def drawn(scene, *, only_probe=True):
    """Return the picture (SIZE, SIZE, 3) of probe and cut on black, x and y from -1 to 1."""
    layer = ProbeLayer(None, DARK, 1.0)
    layer.resize(QRectF(0, 0, SIZE, SIZE))
    layer.set_view((-1.0, 1.0), (-1.0, 1.0))
    layer.show_layers(scene.probe, None if only_probe else scene.cut)
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    layer.paint(painter, QStyleOptionGraphicsItem(), None)
    painter.end()
    return pixels(image)


def places(image, color):
    """Return the points (k, 2) of the plane in a colour."""
    rgb = QColor(color).getRgb()[:3]
    near = [np.abs(image.astype(int) - wanted).max(axis=2) < 24 for wanted in (rgb, rgb[::-1])]
    rows, columns = np.nonzero(near[0] | near[1])
    return np.stack((2 * (columns + 0.5) / SIZE - 1, 1 - 2 * (rows + 0.5) / SIZE), axis=1)


def test_the_disc_is_drawn_where_it_ends(qapp):
    scene = studied("x**2 + y**2 + x**4/0.5")  # r⁴/0.5 ≤ 0.1 (r² + r⁴/0.5)
    radius = scene.probe.osculation.radius
    assert radius == pytest.approx(np.sqrt(0.5) / 3, rel=1e-4)
    out = np.hypot(*places(drawn(scene), PROBE_COLOR).T)
    assert out.max() == pytest.approx(radius, abs=0.012)


def test_at_a_saddle_the_rising_axis_and_the_falling_one_lie_along_the_eigenvectors(qapp):
    image = drawn(studied("(2*x**2 - y**2) + x**4 + y**4"))
    assert np.abs(places(image, RISING_COLOR)[:, 1]).max() < 0.06
    assert np.abs(places(image, FALLING_COLOR)[:, 0]).max() < 0.06
    assert len(places(image, GRADIENT_COLOR)) == 0


def test_the_arrow_points_uphill(qapp):
    scene = studied("x + 2*y + 0.3*x**3")
    way = places(drawn(scene), GRADIENT_COLOR).mean(axis=0)
    assert way / np.hypot(*way) == pytest.approx(np.array((1.0, 2.0)) / np.sqrt(5), abs=0.05)


def test_the_arrow_is_longer_the_less_the_surface_curves():
    shares = [sloping(studied(f"x + {c}*(x**2 + y**2) + x**4").probe.osculation) for c in (0.0, 0.1, 1.0, 100.0)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1.0


def test_the_profile_fills_the_plot_and_the_quadratic_may_leave_it():
    scene = studied("x**4 - x**2", (0.2, 0.0), "line")
    shown, ends = profile(scene.cut, 0.0), ends_of(scene.cut, 0.0)
    low, high = shown.values.min(), shown.values.max()
    assert ends.y == pytest.approx((low - PADDING * (high - low), high + PADDING * (high - low)))
    assert ends.x == pytest.approx((scene.cut.places[0], scene.cut.places[-1]))
    assert shown.quadratic.min() < ends.y[0]


def test_bent_heights_are_marked_with_the_values_that_belong_to_them(qapp):
    descent = edits.choose_surface(default_descent(), surface("100*(y - x**2)**2", domain=((-2, 2), (-1, 3))))
    cut = Studio(probing.cut_as_colors(probing.cut_along(descent, "line"), True)).scene.cut
    plot = ProfilePlot(DARK)
    plot.item.setGeometry(0, 0, 400, 300)
    plot.settle()
    plot.show(cut)
    (low, high), axis = plot.item.vb.viewRange()[1], plot.item.axes["left"]
    ((spacing, places),) = axis.tickValues(low, high, 250.0)
    assert len(places) >= 4
    for place, text in zip(places, axis.tickStrings(places, 1.0, spacing), strict=True):
        assert cut.spread.heights(np.array(float(text.replace("−", "-")))) == pytest.approx(place)
        assert low <= place <= high


@pytest.mark.parametrize("formula", ["x - x + 2 + 0*y", "1/(x - x) + y", "1e308*x + 1e308*y", "log(x) + y"])
def test_every_profile_has_a_range(formula):
    ends = ends_of(studied(formula, (0.5, 0.5), "line").cut, 0.0)
    assert np.isfinite(ends.x + ends.y).all()
    assert ends.y[0] < ends.y[1]


@pytest.mark.parametrize("size", SIZES[:6])
@pytest.mark.parametrize("curves", [True, False])
@pytest.mark.parametrize("rows", [0, 1, 8])
def test_the_profile_has_a_place_of_its_own_in_a_picture(size, curves, rows):
    places = arrange(size, scale=1.0, curves=curves, legend_rows=rows, row_height=26.0, profile=True)
    assert places.profile.width() > 0.1 * size[0]
    assert places.profile.height() > 0.08 * size[1]
    for part in (places.header, places.map, places.legend, places.curves):
        assert not places.profile.adjusted(0.1, 0.1, -0.1, -0.1).intersects(part)
    assert places.curves.isEmpty() != curves
    assert places.profile.right() <= size[0]
    assert places.profile.bottom() <= size[1]


@pytest.mark.parametrize("along", ["line", "axis_1", "path", "step"])
def test_a_frame_does_not_depend_on_the_frames_before_it(qapp, along):
    scene = Studio(probing.cut_along(probing.set_probe(default_descent(), (0.0, 2.0)), along, 1)).scene
    frames = []
    for before in ((), (0.0, 150.0, 3.0)):
        picture = Picture((960, 540), DARK, profile=True)
        picture.show(scene)
        for step in before:
            picture.paint(step)
        frames.append(pixels(picture.paint(11.0)).copy())
        picture.close()
    assert np.abs(frames[0] - frames[1]).max() <= 6


def test_the_profile_of_a_step_fills_the_plot_at_every_step(qapp):
    cut = Studio(probing.cut_along(default_descent(), "step", 1)).scene.cut
    plot = ProfilePlot(DARK)
    plot.show(cut)
    for step in (0.0, 11.0, 60.0):
        plot.set_step(step)
        assert plot.item.vb.viewRange()[1] == pytest.approx(ends_of(cut, step).y)


def test_an_exported_picture_shows_the_profile(qapp):
    descent = probing.cut_along(default_descent(), "line")
    pictures = []
    for ends in (((-4.0, 0.0), (4.0, 0.0)), ((-4.0, 3.0), (4.0, -3.0))):
        moved = probing.set_cut(descent, descent.cut.__class__(ends=ends))
        picture = Picture((960, 540), DARK, profile=True)
        picture.show(Studio(moved).scene)
        pictures.append(pixels(picture.paint(0.0)).copy())
        picture.close()
    beside = np.s_[:, 690:]
    assert (pictures[0][beside] != pictures[1][beside]).any()


def test_a_profile_of_numbers_that_nearly_overflow_has_an_end(qtbot):
    cut = studied("1.7e308*x", (0.5, 0.5), "line").cut
    ends = ends_of(cut, 0.0)
    assert np.isfinite(ends.y).all()
    plot = ProfilePlot(DARK)
    plot.show(cut)
