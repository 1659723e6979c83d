"""A plot is a box with axes, and nothing beside it."""

import pyqtgraph as pg
import pytest
from PySide6.QtWidgets import QApplication

from landscape.plot.axes import Axis
from landscape.plot.plot_item import PlotItem


def test_a_plot_makes_no_widgets_that_nobody_sees(qapp: QApplication) -> None:
    before = len(qapp.allWidgets())
    plot = PlotItem(pg.ViewBox(enableMenu=False), {side: Axis(side) for side in ("left", "bottom")})
    assert len(qapp.allWidgets()) == before
    assert plot.isVisible()


@pytest.mark.usefixtures("qapp")
def test_a_plot_lies_as_that_of_pyqtgraph_does() -> None:
    """Box, title and axes lie at the same pixels."""
    found = []
    for make in (PlotItem, lambda box, axes: pg.PlotItem(viewBox=box, axisItems=axes, enableMenu=False)):
        axes = {side: Axis(side) for side in ("left", "bottom")}
        plot = make(pg.ViewBox(enableMenu=False), axes)
        plot.setGeometry(0, 0, 400, 300)
        plot.layout.activate()
        found.append([item.geometry() for item in (plot, plot.vb, plot.titleLabel, *axes.values())])
    assert found[0] == found[1]


@pytest.mark.usefixtures("qapp")
def test_an_axis_that_is_hidden_leaves_its_room_to_the_box() -> None:
    axes = {side: Axis(side) for side in ("left", "bottom")}
    plot = PlotItem(pg.ViewBox(enableMenu=False), axes)
    plot.setGeometry(0, 0, 400, 300)
    for axis in axes.values():
        axis.hide()
    plot.layout.activate()
    assert plot.vb.geometry().getRect() == (1, 1, 398, 298)
