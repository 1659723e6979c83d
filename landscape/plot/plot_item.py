"""pyqtgraph's plot, a box with axes around it, without its menus and buttons."""

from collections.abc import Mapping

import pyqtgraph as pg

from landscape.plot.axes import Axis


def plot_item(box: pg.ViewBox, axes: Mapping[str, Axis]) -> pg.PlotItem:
    """Return a plot of ``box`` with ``axes`` at some of its sides."""
    item = pg.PlotItem(viewBox=box, axisItems=dict(axes), enableMenu=False)
    item.hideButtons()
    # Made all the same, without a parent: seven menus that would outlive the window, in a circle of references.
    item.ctrlMenu = None
    item.stateGroup.setParent(item)
    return item
