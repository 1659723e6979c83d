"""A lecturer in front of the networks, in a window that a module shares."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication

from landscape.scene.network.scene import Moment
from landscape.ui.main_window import MainWindow
from landscape.ui.network.page import Page
from landscape.ui.network.view import NetworkView
from tests.ui.conftest import Person
from tests.untaught import untaught


class Lecturer(Person):
    """Someone in front of the networks."""

    @property
    def network(self) -> NetworkView:
        """The workspace of the networks, in front or not."""
        return self.window.workspaces["network"]

    @property
    def page(self) -> Page | None:
        """The page in front; None: that of the twins."""
        return next((page for page in self.network.findChildren(Page) if page.isVisible()), None)

    @property
    def moment(self) -> Moment:
        """What both networks say."""
        return self.network.training.moment


@pytest.fixture(scope="module")
def window(qapp, tmp_path_factory) -> Iterator[MainWindow]:
    """A window that all lecturers share: it opens on the networks."""
    made = opened_window(str(tmp_path_factory.mktemp("settings") / "window.ini"))
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def lecturer(window, qtbot) -> Lecturer:
    """A lecturer in front of two spirals, on the page of the twins, in English, at the end of the training."""
    window.history.replace(untaught("batch-norm"))
    window.workspaces["network"].show_page("twins")
    window.player.go(window.player.steps)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = Lecturer(window, qtbot)
    made.settle()
    return made


def opened_window(settings: str) -> MainWindow:
    """Return a window that is open on the networks."""
    window = MainWindow(
        untaught("batch-norm"), QSettings(settings, QSettings.Format.IniFormat), language="en", theme="dark"
    )
    window.resize(1280, 800)
    window.show()
    return window
