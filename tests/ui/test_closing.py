"""What is left of a window that was closed."""

import gc
import weakref
from collections import Counter

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QPushButton

from landscape.session.workspaces import WORKSPACES
from landscape.ui.main_window import MainWindow
from landscape.ui.tabs import Tabs
from tests.ui.conftest import Person
from tests.ui.finding import seen

every = pytest.mark.parametrize("workspace", WORKSPACES)
pytestmark = pytest.mark.slow


def widgets() -> Counter[str]:
    return Counter(type(widget).__name__ for widget in QApplication.allWidgets())


def lived(workspace: str, qtbot, settings) -> weakref.ref:
    """Live the life of a window, from its opening to its end; return what was computed for it, if that is still there.

    It shows every page of a workspace, and both themes.
    """
    window = MainWindow(None, settings, language="en", theme="dark")
    window.show()
    window.open_workspace(workspace)
    person = Person(window, qtbot)
    person.settle()
    for tabs in seen(window.workspaces.front, Tabs):
        for page in seen(tabs, QPushButton):
            person.click(page)
    window.set_theme("light")
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return weakref.ref(window.answers)


@every
def test_a_closed_window_takes_every_widget_along(workspace: str, qtbot, settings) -> None:
    before = widgets()
    lived(workspace, qtbot, settings)
    assert widgets() - before == Counter()


@every
def test_nothing_that_was_computed_for_a_closed_window_is_kept(workspace: str, qtbot, settings) -> None:
    answers = lived(workspace, qtbot, settings)
    gc.collect()
    assert answers() is None
