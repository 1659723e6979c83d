"""The program opens with what was open last, where a person wants that."""

from pathlib import Path

import pytest

from landscape.session.descent import edits
from landscape.session.files import default_session, load, open_session
from landscape.ui.app import open_window as start
from tests.ui.conftest import Person


@pytest.fixture
def begin(qtbot, settings):
    """Start the program, as without a file."""
    opened = []

    def make(session=None) -> Person:
        window = start(session, settings)
        opened.append(window)
        person = Person(window, qtbot)
        person.settle()
        return person

    yield make
    for window in opened:
        window.close()
        window.deleteLater()


@pytest.fixture
def saved(begin, tmp_path: Path) -> Path:
    """A lesson that was saved in a file by a window that is closed by now, with the setting on."""
    path = tmp_path / "mine.landscape"
    person = begin(open_session("ravine"))
    person.choose("File", "Open the last session at start")
    person.window.files.save_as(str(path))
    person.window.close()
    return path


def test_the_file_that_was_open_last_opens_at_the_next_start(begin, saved: Path) -> None:
    person = begin()
    assert person.window.files.path == str(saved)
    assert person.window.history.session.document == load(str(saved)).document


def test_without_the_setting_it_opens_as_ever(begin, saved: Path) -> None:
    begin().choose("File", "Open the last session at start")
    assert begin().window.files.path == ""


def test_a_session_that_is_given_opens_all_the_same(begin, saved: Path) -> None:
    person = begin(default_session())
    assert (person.window.files.path, person.window.history.session) == ("", default_session())


def test_a_file_that_is_gone_is_not_missed(begin, saved: Path) -> None:
    saved.unlink()
    assert begin().window.history.session == default_session()


def test_what_was_never_saved_opens_without_a_question(begin) -> None:
    person = begin()
    person.choose("File", "Open the last session at start")
    person.edit(edits.set_rotation, 30.0)
    person.window.close()
    again = begin()
    again.qtbot.waitUntil(lambda: again.descent.surface.rotation == 30.0, timeout=5000)
