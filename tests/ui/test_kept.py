"""What was not saved is kept, and what is wrong in a person's own files is shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from landscape.catalogue.surfaces import surface_shelf
from landscape.session.descent import edits
from landscape.session.files import lesson
from landscape.ui.dialogs.problems import ProblemsDialog
from tests.ui.finding import seen


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDSCAPE_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


@pytest.fixture
def mistaken(config: Path) -> Iterator[None]:
    """A person's own catalogue with one surface that cannot be read."""
    (config / "catalogue").mkdir(parents=True)
    (config / "catalogue" / "surfaces.toml").write_text('[bowl]\ntitle = {en = "Bowl"}\n', encoding="utf-8")
    surface_shelf.cache_clear()
    yield
    surface_shelf.cache_clear()


def reopen_action(person):
    offered = person.menu("File").actions()
    return next(action for action in offered if action.text() == "Open what was not saved")


def test_what_was_not_saved_when_the_window_closed_opens_again(open_window) -> None:
    first = open_window()
    first.edit(edits.set_steps, 77)
    first.window.close()
    second = open_window()
    reopen_action(second).trigger()
    assert second.descent.steps == 77
    second.window.undo()
    assert second.descent.steps != 77


def test_what_was_not_saved_when_a_lesson_opened_is_kept_too(person) -> None:
    window = person.window
    person.edit(edits.set_steps, 77)
    window.files.open("saddle")
    assert window.history.session == lesson("saddle")
    reopen_action(person).trigger()
    assert person.descent.steps == 77


def test_what_is_as_it_was_opened_or_saved_is_not_kept(open_window, tmp_path: Path) -> None:
    person = open_window()
    assert not reopen_action(person).isEnabled()
    person.edit(edits.set_steps, 77)
    person.window.files.save(str(tmp_path / "mine.landscape"))
    person.window.close()
    assert not reopen_action(open_window()).isEnabled()


@pytest.fixture
def unwritable(config: Path) -> None:
    """A configuration folder in which nothing can be kept."""
    config.parent.mkdir(exist_ok=True)
    config.write_text("a file where the folder should be", encoding="utf-8")


def messages(person) -> list[str]:
    return [box.text() for box in seen(person.window, QMessageBox)]


def test_what_cannot_be_kept_is_told_before_the_window_closes(unwritable, open_window) -> None:
    person = open_window()
    person.edit(edits.set_steps, 77)
    person.window.close()
    assert person.window.isVisible()
    [message] = messages(person)
    assert "cannot be kept" in message


def test_a_folder_that_cannot_be_written_does_not_keep_the_window_open(unwritable, open_window) -> None:
    person = open_window()
    person.edit(edits.set_steps, 77)
    person.window.close()
    person.window.close()
    assert not person.window.isVisible()


def test_what_is_dropped_after_that_is_told_again(unwritable, open_window) -> None:
    person = open_window()
    for steps in (77, 78):
        person.edit(edits.set_steps, steps)
        person.window.close()
        assert person.window.isVisible()
    person.window.close()
    assert not person.window.isVisible()


def test_a_window_that_is_ended_tells_on_standard_error_what_is_dropped(unwritable, open_window, capsys) -> None:
    person = open_window()
    person.edit(edits.set_steps, 77)
    person.window.end()
    assert not person.window.isVisible()
    assert capsys.readouterr().err.count("cannot be kept") == 1


def test_a_mistake_in_an_own_catalogue_is_shown_where_it_can_be_read(mistaken, open_window) -> None:
    person = open_window()
    window = person.window
    notice = next(button for button in window.findChildren(QPushButton) if button.property("role") == "warning")
    assert notice.isVisible()
    person.click(notice)
    dialog = window.findChild(ProblemsDialog)
    text = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "[bowl]" in text
    assert "surfaces.toml" in text
    dialog.close()
    QApplication.processEvents()


def test_without_a_mistake_there_is_no_notice(person) -> None:
    assert not [button for button in person.window.findChildren(QPushButton) if button.property("role") == "warning"]
