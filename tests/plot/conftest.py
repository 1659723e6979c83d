"""The plots are tested as the program sets pyqtgraph up; a map that is shown in a view."""

import pyqtgraph as pg
import pytest
from PySide6.QtWidgets import QApplication

from landscape.plot.map import MapPlot
from landscape.plot.theme import configure
from landscape.scene.palette import DARK
from tests.plot.scenes import scene

configure()


@pytest.fixture
def view(qtbot):
    """A view of a graphics scene, not yet shown."""
    shown = pg.GraphicsView()
    qtbot.addWidget(shown)
    shown.resize(700, 500)
    return shown


@pytest.fixture
def plot(qtbot, view):
    """A map with three paths at step 20, shown in the view."""
    made = MapPlot(DARK)
    view.setCentralItem(made.item)
    view.show()
    qtbot.waitExposed(view)
    made.show(scene())
    made.set_step(20.0)
    QApplication.processEvents()
    return made
