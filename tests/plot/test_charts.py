"""A chart that stands alone shows what the numbers say, and lets a place on its abscissa be chosen."""

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from landscape.plot.curves import CurvesPlot, curves_picture
from landscape.plot.readout import readout
from landscape.scene.layers import Abscissa, Curve, CurvePanel, Dots
from landscape.scene.network.slice import SliceCurves
from landscape.scene.palette import DARK, LIGHT
from tests.plot.mouse import click, drag, move, panels_of
from tests.plot.test_canvas import pixels

RED, GREEN = "#ff0000", "#00ff00"
RATES = np.array((0.001, 0.01, 0.1, 1.0))
OFFSETS = np.append(0.0, 10.0 ** np.linspace(-12, -2, 41))


def line(values, color=RED, **more):
    values = np.asarray(values, float)
    return Curve(run=0, name="A run", color=color, dash="solid", values=values, **more)


def chart(*curves, places=RATES, log=True, ordinate=(1.0, 1000.0), never="never", here=None, legend=False):
    panel = CurvePanel(
        quantity="steps", title="Steps", curves=curves, log=log, ordinate=ordinate, never=never, legend=legend,
        abscissa=Abscissa(name="rate", places=places, here=here),
    )  # fmt: skip
    return SliceCurves(curves=(panel,), steps=0)


def found(picture, color):
    """Return the columns and rows in a colour."""
    wanted = QColor(color)
    off = np.abs(picture[:, :, ::-1] - (wanted.red(), wanted.green(), wanted.blue())).max(axis=2)
    rows, columns = np.nonzero(off < 90)
    return columns, rows


@pytest.fixture
def view(qtbot):
    shown = pg.GraphicsView()
    qtbot.addWidget(shown)
    shown.resize(700, 460)
    shown.setBackground(LIGHT.panel)
    return shown


@pytest.fixture
def shown(qtbot, view):
    """Return what shows a chart and gives the plot and a way from its places and values to pixels."""
    plot = CurvesPlot(LIGHT)
    view.setCentralItem(plot.item)
    view.show()
    qtbot.waitExposed(view)

    def show(content):
        plot.show(content)
        QApplication.processEvents()
        box = panels_of(plot)[0].vb
        return plot, lambda x, y: view.mapFromScene(box.mapViewToScene(QPointF(x, y)))

    return show


def grabbed(view):
    return pixels(view.grab().toImage())


def test_a_line_goes_through_the_logarithms_of_places_and_values(shown, view):
    _, at = shown(chart(line((1000.0, 100.0, 10.0, 1.0)), never=""))
    columns, rows = found(grabbed(view), RED)
    begin, end = at(-3, 3), at(0, 0)
    expected = begin.y() + (columns - begin.x()) / (end.x() - begin.x()) * (end.y() - begin.y())
    assert len(columns) > 200
    assert np.abs(rows - expected).max() < 2.5
    assert (columns.min(), columns.max()) == (pytest.approx(begin.x(), abs=3), pytest.approx(end.x(), abs=3))


def test_a_dot_stands_at_its_place_and_value_as_far_aside_as_it_says(shown, view):
    dots = Dots(places=RATES[1:2], values=np.array((100.0,)), look="solid", aside=12.0)
    _, at = shown(chart(line((), dots=(dots,))))
    columns, rows = found(grabbed(view), RED)
    middle = at(-2, 2)
    assert (columns.mean(), rows.mean()) == (pytest.approx(middle.x() + 12, abs=1), pytest.approx(middle.y(), abs=1))


def test_a_dot_of_curves_against_the_step_stands_at_its_step_and_value(shown, view):
    ring = Dots(places=np.array((3.0,)), values=np.array((7.0,)), look="ring")

    def panel(*dots):
        curves = (line(np.linspace(0.0, 10.0, 11), dots=dots),)
        return SliceCurves(curves=(CurvePanel(quantity="loss", title="", curves=curves, log=False),), steps=10)

    pictures = []
    for content in (panel(ring), panel()):
        plot, at = shown(content)
        plot.set_step(10.0)
        QApplication.processEvents()
        pictures.append(grabbed(view).astype(int))
    rows, columns = np.nonzero(np.abs(pictures[0] - pictures[1]).max(axis=2) > 30)
    assert (columns.mean(), rows.mean()) == (pytest.approx(at(3, 7).x(), abs=1), pytest.approx(at(3, 7).y(), abs=1))


def test_what_never_is_piles_up_above_the_highest_value(shown, view):
    dots = Dots(places=np.repeat(RATES[:1], 4), values=np.full(4, np.inf), look="solid")
    _, at = shown(chart(line((np.inf, 1000.0, 1000.0, 1000.0), dots=(dots,))))
    picture = grabbed(view)
    columns, rows = found(picture, RED)
    left = columns < at(-2.5, 0).x()
    assert columns[left].mean() == pytest.approx(at(-3, 0).x(), abs=1)
    assert rows[left].max() < at(0, 3).y()
    assert rows[~left].min() == pytest.approx(at(0, 3).y(), abs=2)
    # Dots of four that stood at one place would be as high as one.
    assert np.ptp(rows[left]) > 15
    band = QColor(LIGHT.raised)
    assert tuple(picture[at(0, 3).y() - 5, at(-1.5, 0).x(), ::-1]) == (band.red(), band.green(), band.blue())


def test_the_present_place_is_marked_by_a_dashed_line(shown, view):
    _, at = shown(chart(line(()), here=0.03))
    with_mark = grabbed(view)
    shown(chart(line(())))
    columns = np.flatnonzero((with_mark != grabbed(view)).any(axis=(0, 2)))
    assert columns.mean() == pytest.approx(at(np.log10(0.03), 0).x(), abs=1)
    marked = (with_mark != grabbed(view)).any(axis=(1, 2))[at(0, 3).y() : at(0, 0).y()]
    assert 0.4 < marked.mean() < 0.8


def test_a_line_of_the_grid_stands_at_each_number(shown, view):
    _, at = shown(chart(line(()), ordinate=(1.0, 1e6), never=""))
    picture, ink = grabbed(view), QColor(LIGHT.line)
    between = picture[at(0, 0.5).y(), :, ::-1] == (ink.red(), ink.green(), ink.blue())
    columns = np.flatnonzero(between.all(axis=1))
    for power in (-3, -2, -1, 0):
        assert np.abs(columns - at(power, 0).x()).min() <= 1


def test_zero_stands_apart_at_the_left_and_hangs_together_with_no_other_place(shown, view):
    values = np.append(300.0, np.linspace(300.0, 60.0, 41))
    rings = Dots(places=np.zeros(1), values=np.array((150.0,)), look="ring")
    content = chart(line(values), line((), GREEN, dots=(rings,)), places=OFFSETS, log=False, ordinate=(0.0, 320.0))
    _, at = shown(content)
    columns, rows = found(grabbed(view), RED)
    assert columns.min() >= at(-12, 0).x() - 2
    assert np.corrcoef(columns, rows)[0, 1] > 0.99
    columns, rows = found(grabbed(view), GREEN)
    assert columns.mean() == pytest.approx(at(-12 - 1.3, 0).x(), abs=1)
    assert rows.mean() == pytest.approx(at(0, 150).y(), abs=1)


def test_a_click_and_a_drag_choose_the_place_under_the_pointer(shown, view):
    plot, at = shown(chart(line((1.0, 2.0, 3.0, 4.0))))
    steps, places, ends = [], [], []
    plot.step_chosen.connect(steps.append)
    plot.place_chosen.connect(places.append)
    plot.released.connect(lambda: ends.append(len(places)))
    click(view, at(-2, 1))
    assert places == [pytest.approx(0.01, rel=0.03)]
    drag(view, at(-2, 1), at(-1, 1), moves=8)
    assert places[-1] == pytest.approx(0.1, rel=0.03)
    assert places[1:] == sorted(places[1:])
    drag(view, at(-1, 1), at(0, 1) + QPoint(200, 0))
    assert 1.0 < places[-1] < 2.0
    assert ends[:2] == [1, ends[1]]
    assert len(ends) == 3
    assert steps == []


def test_the_values_at_the_nearest_place_are_shown_at_the_pointer(shown, view):
    _, at = shown(chart(line((1.0, 20.0, np.inf, 4.0))))
    before = grabbed(view)
    move(view, at(-2, 1) + QPoint(9, 0))
    near = grabbed(view)
    move(view, at(-2, 1) + QPoint(-9, 0))
    assert (near != before).any()
    assert (grabbed(view) == near).all()


def test_the_readout_tells_the_place_and_what_never_is():
    (panel,) = chart(line((1.0, 20.0, np.inf, np.nan))).curves
    assert [row[2] for row in readout(panel, 1)] == ["0.01", "20"]
    assert [row[2] for row in readout(panel, 2)] == ["0.1", "never"]
    assert [row[2] for row in readout(panel, 3)] == ["1", "–"]
    assert [row[2] for row in readout(replace(panel, never=""), 2)] == ["0.1", "∞"]


def test_the_play_head_is_not_in_a_chart(shown, view):
    plot, _ = shown(chart(line((1.0, 20.0, 300.0, 4.0))))
    before = grabbed(view)
    plot.set_step(-2.0)
    assert (grabbed(view) == before).all()


def test_names_stand_at_the_right_from_the_top_each_with_its_colour(shown, view):
    curves = line((1.0,) * 4), line((1.0,) * 4, GREEN)
    _, at = shown(chart(*curves, legend=True, ordinate=(0.1, 1000.0)))
    picture, edge = grabbed(view), at(0.2, 0).x()
    middles = []
    for color in (RED, GREEN):
        columns, rows = found(picture, color)
        beside = columns > edge
        assert beside.sum() > 20
        middles.append(rows[beside].mean())
    assert middles[0] < middles[1] < at(0, 2).y()


def test_panels_against_the_step_follow_a_chart_as_if_it_had_not_been(shown, view):
    steps = CurvePanel(quantity="loss", title="Loss", curves=(line((3.0, 2.0, 1.0)),), log=False)
    plain = SliceCurves(curves=(steps,), steps=2)
    shown(plain)
    before = grabbed(view)
    shown(chart(line((1.0, 20.0, np.inf, 4.0)), legend=True))
    shown(plain)
    assert (grabbed(view) == before).all()


@pytest.mark.parametrize("size", [(64, 48), (800, 500), (1920, 1080)])
def test_it_is_drawn_in_every_size_with_a_long_name_and_without_runs(qapp, size):
    long = replace(line(np.full(42, 3.0)), name="A very long name of a run " * 4)
    for curves in ((long,), ()):
        content = chart(*curves, places=OFFSETS, log=False, legend=True)
        image = curves_picture(content, size, DARK, size[1] / 500)
        assert (image.width(), image.height()) == size


def test_a_picture_looks_as_the_window_does(shown, view):
    content = chart(line((1.0, 20.0, np.inf, 4.0)), legend=True, here=0.1)
    shown(content)
    in_window = grabbed(view)
    height, width = in_window.shape[:2]
    in_file = pixels(curves_picture(content, (width, height), LIGHT, 1.0))
    inside = np.s_[40:-60, 60:-10]
    assert (np.abs(in_window[inside] - in_file[inside]).max(axis=2) > 40).mean() < 0.02


@pytest.mark.parametrize("side", ["left", "bottom"])
def test_dragging_and_clicking_an_axis_chooses_nothing(shown, view, side):
    steps = CurvePanel(quantity="loss", title="Loss", curves=(line((3.0, 2.0, 1.0)),), log=False)
    for content in (SliceCurves(curves=(steps,), steps=2), chart(line((1.0, 20.0, 3.0, 4.0)))):
        plot, _ = shown(content)
        chosen = []
        plot.step_chosen.connect(chosen.append)
        plot.place_chosen.connect(chosen.append)
        axis = panels_of(plot)[0].axes[side]
        middle = view.mapFromScene(axis.mapToScene(axis.boundingRect().center()))
        before = panels_of(plot)[0].vb.viewRange()
        drag(view, middle, middle + QPoint(60, 60))
        click(view, middle)
        assert chosen == []
        assert panels_of(plot)[0].vb.viewRange() == before
