"""What changes the whole window and what paints it are two turns of the event loop."""

import pytest

from landscape.session.files import lesson, save

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
