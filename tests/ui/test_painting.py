"""What changes the whole window and what paints it are two turns of the event loop."""

import pytest
from PySide6.QtWidgets import QApplication

from landscape.session.files import lesson, save
from landscape.ui.main_window import MainWindow
from landscape.ui.painting import paint_now

CHANGES = {
    "theme": lambda window, _path: window.set_theme("light"),
    "language": lambda window, _path: window.set_language("zh"),
    "workspace": lambda window, _path: window.open_workspace("network"),
    "file": lambda window, path: window.files.open(path),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_window_that_changes_as_a_whole_is_painted_in_the_turn_after_that(open_window, qtbot, tmp_path, name):
    path = tmp_path / "saddle.landscape"
    save(lesson("saddle"), path)
    window = open_window().window
    assert window.updatesEnabled()
    CHANGES[name](window, str(path))
    assert not window.updatesEnabled()
    qtbot.waitUntil(window.updatesEnabled)


def test_a_window_that_is_shown_and_resized_meanwhile_is_painted_all_the_same(qtbot, settings):
    window = MainWindow(None, settings)
    window.show()
    window.setUpdatesEnabled(False)
    window.resize(window.width() + 200, window.height() + 100)
    QApplication.processEvents()
    paint_now(window)
    qtbot.waitUntil(lambda: window.workspaces.front.stage.map_view.is_painted)
    window.close()
    window.deleteLater()
