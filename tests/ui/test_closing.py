"""What is left of a window that was closed."""

from collections import Counter

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from landscape.session.workspaces import WORKSPACES
from landscape.ui.main_window import MainWindow
from tests.ui.conftest import Person


def widgets() -> Counter[str]:
    return Counter(type(widget).__name__ for widget in QApplication.allWidgets())


@pytest.mark.slow
@pytest.mark.parametrize("workspace", WORKSPACES)
def test_a_closed_window_takes_every_widget_along(workspace: str, qtbot, settings) -> None:
    before = widgets()
    window = MainWindow(None, settings, language="en", theme="dark")
    window.show()
    window.open_workspace(workspace)
    Person(window, qtbot).settle()
    window.set_theme("light")
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert widgets() - before == Counter()
