"""The map of two hyper-parameters: what is drawn, and what a mouse on it means."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from landscape.catalogue.parameters import Parameter
from landscape.plot.descent import hyper_sheet
from landscape.plot.descent.arrangement import arrange
from landscape.plot.descent.hyper_map import HyperMapPlot
from landscape.plot.descent.picture import Picture
from landscape.plot.theme import configure
from landscape.scene.descent.map_axes import map_axis
from landscape.scene.layers import Heat
from landscape.scene.map_sides import MapMark
from landscape.scene.palette import DARK, LIGHT, color_map
from landscape.scene.scene import HyperMapLayer
from tests.plot.mouse import click, drag, move, wheel
from tests.plot.scenes import scene
from tests.plot.test_canvas import pixels

RATE = Parameter(name="lr", default=0.01, minimum=1e-4, maximum=1.0, scale="log")
MOMENTUM = Parameter(name="momentum", default=0.9, minimum=0.0, maximum=0.999, scale="log1m")
RED = "#c54e13"


def layer(empty=0.25, **changes) -> HyperMapLayer:
    """Return a map whose right part is empty, with a line where that begins."""
    rows, columns = 40, 80
    shade = np.tile(np.linspace(0, 1, columns, dtype=np.float32), (rows, 1))
    shade[:, round((1 - empty) * columns) :] = np.nan
    line = np.stack((np.full(9, 1 - empty), np.linspace(0, 1, 9)), axis=1)
    unit = (0.0, 1.0)
    made = HyperMapLayer(
        title="Momentum: loss after 60 steps",
        measure="loss",
        run=0,
        color=RED,
        across=map_axis(RATE),
        up=map_axis(MOMENTUM),
        heat=Heat(
            shade=shade,
            values=shade.astype(np.float64),
            x=unit,
            y=unit,
            colors=color_map("viridis"),
            ticks=((0.0, "0.001"), (1.0, "1")),
        ),
        values=shade.astype(np.float64),
        lowest=0.0,
        lost="diverged",
        boundary=line,
        boundary_label="limit of stability",
        marks=(MapMark(point=(0.5, 0.5), label="optimum"),),
        here=(0.3, 0.8),
        pending=False,
    )
    return replace(made, **changes)


@pytest.fixture
def shown(qtbot):
    """A view that shows the plot, and the plot."""
    configure()
    view = pg.GraphicsView()
    qtbot.addWidget(view)
    plot = HyperMapPlot(DARK)
    view.setCentralItem(plot.item)
    view.resize(480, 420)
    view.show()
    plot.show(layer())
    qtbot.waitExposed(view)
    return view, plot


def place(view, plot, position):
    return view.mapFromScene(on_scene(plot, position))


def on_scene(plot, position):
    """Return where a position on the map is in the graphics scene."""
    return plot.item.vb.mapViewToScene(QPointF(*position))


def drawn(content, size=(480, 420), theme=LIGHT):
    """Return what the plot draws, (height, width, 3)."""
    stage, plot = pg.GraphicsScene(), HyperMapPlot(theme)
    plot.stage = stage  # as long as the plot lives
    stage.addItem(plot.item)
    plot.item.setGeometry(QRectF(0, 0, *size))
    plot.show(content)
    plot.settle()
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.panel))
    painter = QPainter(image)
    stage.render(painter, QRectF(0, 0, *size), QRectF(0, 0, *size))
    painter.end()
    return pixels(image), plot


def at(picture, plot, position):
    """Return red, green and blue at a position on the map."""
    where = on_scene(plot, position)
    return picture[round(where.y()), round(where.x()), ::-1]


def test_the_cross_has_the_colour_of_the_run_and_stands_where_it_is(qapp):
    picture, plot = drawn(layer())
    color = QColor(RED)
    assert tuple(at(picture, plot, (0.3, 0.8))) == (color.red(), color.green(), color.blue())
    without, _ = drawn(layer(here=None))
    assert tuple(at(without, plot, (0.3, 0.8))) != (color.red(), color.green(), color.blue())


def test_colours_follow_the_shades_and_the_empty_part_is_neutral(qapp):
    picture, plot = drawn(layer(marks=(), boundary=np.empty((0, 2)), here=None, lost=""))
    table = color_map("viridis")
    assert np.abs(at(picture, plot, (0.2, 0.5)).astype(int) - table[round(0.2 * 80 / 79 * 255)]).max() < 6
    empty = picture[150:250, round(on_scene(plot, (0.85, 0)).x()) :][:, :20]
    assert np.ptp(empty.astype(int), axis=2).max() < 30


@pytest.mark.parametrize("part", [{"marks": ()}, {"boundary": np.empty((0, 2))}, {"lost": ""}])
def test_what_theory_says_and_the_empty_part_are_drawn_and_named(qapp, part):
    assert (drawn(layer())[0] != drawn(layer(**part))[0]).sum() > 300


@pytest.mark.parametrize("across", [0.05, 0.6, 0.95])
def test_a_point_on_the_lower_edge_of_a_narrow_map_is_named(qapp, across):
    point = MapMark(point=(across, 0.0), label="without momentum")
    named, _ = drawn(layer(marks=(point,), boundary_label="", lost=""), (300, 260))
    plain, _ = drawn(layer(marks=(replace(point, label=""),), boundary_label="", lost=""), (300, 260))
    assert (named != plain).any(axis=2).sum() > 300


@pytest.mark.parametrize("empty", [0.6, 0.15])
def test_the_name_of_the_empty_part_lies_in_it_however_narrow_it_is(qapp, empty):
    named, plot = drawn(layer(empty, marks=(), boundary_label=""))
    plain, _ = drawn(layer(empty, marks=(), boundary_label="", lost=""))
    columns = np.flatnonzero((named != plain).any(axis=(0, 2)))
    assert len(columns) > 8
    assert columns[0] >= on_scene(plot, (1 - empty, 0)).x() - 5


@pytest.mark.parametrize("above", [True, False])
def test_the_name_of_the_empty_part_lies_above_where_high_values_are_lost(qapp, above):
    content = layer(0.0, marks=(), boundary_label="", boundary=np.empty((0, 2)))
    shade = content.heat.shade.copy()
    rows = np.arange(len(shade)) >= 0.6 * len(shade)
    shade[rows if above else rows[::-1]] = np.nan
    content = replace(content, heat=replace(content.heat, shade=shade))
    named, plot = drawn(content)
    plain, _ = drawn(replace(content, lost=""))
    found = np.flatnonzero((named != plain).any(axis=(1, 2)))
    edge = on_scene(plot, (0.5, 0.6 if above else 0.4)).y()
    assert len(found) > 8
    assert found.max() < edge if above else found.min() > edge


def test_numbers_beside_the_axes_do_not_touch(qapp):
    for size in ((220, 200), (300, 260), (480, 420), (1200, 900)):
        _, plot = drawn(layer(), size)
        image = QImage(1, 1, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        _, _, written = plot.item.axes["bottom"].generateDrawSpecs(painter)
        painter.end()
        ends = sorted((area.left(), area.right()) for area, _, text in written if text)
        assert len(ends) >= 2
        assert all(end < begin for (_, end), (begin, _) in pairwise(ends))


def test_a_click_tells_the_position(shown, qtbot):
    view, plot = shown
    chosen, released = [], []
    plot.chosen.connect(lambda *position: chosen.append(position))
    plot.released.connect(lambda: released.append(len(chosen)))
    click(view, place(view, plot, (0.25, 0.75)))
    assert chosen == [pytest.approx((0.25, 0.75), abs=0.01)]
    assert released == [1]


def test_a_drag_tells_every_position_and_one_end(shown):
    view, plot = shown
    chosen, released = [], []
    plot.chosen.connect(lambda *position: chosen.append(position))
    plot.released.connect(lambda: released.append(len(chosen)))
    drag(view, place(view, plot, (0.2, 0.2)), place(view, plot, (1.5, 0.9)))
    assert len(chosen) >= 5
    assert chosen[-1] == pytest.approx((1.0, 0.9), abs=0.01)
    assert released == [len(chosen)]


@pytest.mark.parametrize("side", ["left", "bottom"])
def test_dragging_or_clicking_an_axis_chooses_nothing(shown, side):
    view, plot = shown
    chosen = []
    plot.chosen.connect(lambda *position: chosen.append(position))
    axis = plot.item.axes[side]
    middle = view.mapFromScene(axis.mapToScene(axis.boundingRect().center()))
    drag(view, middle, middle + QPoint(60, -40))
    click(view, middle)
    assert chosen == []


def test_the_wheel_does_not_move_the_map(shown):
    view, plot = shown
    before = plot.item.vb.viewRange()
    wheel(view, place(view, plot, (0.5, 0.5)))
    assert plot.item.vb.viewRange() == before


def test_hovering_tells_the_position_and_leaving_tells_that(shown):
    view, plot = shown
    heard = []
    plot.hovered.connect(heard.append)
    move(view, place(view, plot, (0.5, 0.5)))
    move(view, QPoint(1, 1))
    assert heard == [pytest.approx((0.5, 0.5), abs=0.01), None]


def test_moving_the_cross_draws_nothing_else_anew(shown, monkeypatch):
    view, plot = shown
    grounds = []
    draw_ground = hyper_sheet.draw_ground
    monkeypatch.setattr(hyper_sheet, "draw_ground", lambda *given: grounds.append(given) or draw_ground(*given))
    content = layer()
    plot.show(content)
    before = pixels(view.grab().toImage())
    assert len(grounds) == 1
    plot.show(replace(content, here=(0.6, 0.6)))
    assert (pixels(view.grab().toImage()) != before).any()
    assert len(grounds) == 1
    plot.show(layer())
    view.grab()
    assert len(grounds) == 2


@pytest.mark.parametrize("size", [(1920, 1080), (800, 450), (1080, 1080), (720, 1280)])
@pytest.mark.parametrize("curves", [True, False])
def test_in_a_picture_both_maps_have_the_same_room(size, curves):
    places = arrange(size, scale=1.0, curves=curves, legend_rows=3, row_height=26.0, hyper_map=True)
    parts = [part for part in (places.header, places.map, places.hyper_map, places.legend, places.curves)
             if not part.isEmpty()]  # fmt: skip
    for index, part in enumerate(parts):
        assert QRectF(0, 0, *size).contains(part)
        assert not any(part.adjusted(0.1, 0.1, -0.1, -0.1).intersects(other) for other in parts[:index])
    assert places.map.size().width() == pytest.approx(places.hyper_map.size().width())
    assert places.map.size().height() == pytest.approx(places.hyper_map.size().height())


def test_an_exported_picture_shows_the_map(qapp):
    content = replace(scene(), hyper_map=layer())
    shown, hidden = (Picture((960, 540), LIGHT, hyper_map=wanted) for wanted in (True, False))
    for picture in (shown, hidden):
        picture.show(content)
    assert shown.map_pixels(1)[0] < hidden.map_pixels(1)[0]
    assert (pixels(shown.paint(10.0)) != pixels(hidden.paint(10.0))).any(axis=2).mean() > 0.3
