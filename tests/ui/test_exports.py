"""The queue of exports: files that are written one after the other, while the window is used."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from landscape.session.descent import edits
from landscape.session.descent.document import Descent
from landscape.session.files import load
from landscape.ui.buttons import IconButton
from landscape.ui.exports_list import ExportsList
from tests.ui.conftest import Person
from tests.ui.export_dialog import choose_format, choose_size, open_export
from tests.ui.finding import complaints, find, seen, sentences

LINES = ("clip.mp4", "picture.png", "table.csv")


def begin(person: Person, folder: Path, *names: str) -> None:
    """Have small files written, and close the dialog."""
    person.window.settings.setValue("export/length", "0.5")
    dialog = open_export(person)
    choose_size(person, dialog, 320, 180)
    for name in names:
        choose_format(person, dialog, Path(name).suffix)
        dialog.export_to(folder / name)
    assert complaints(dialog) == []
    dialog.close()


def listed(person: Person) -> ExportsList:
    """Return the list in the window."""
    QApplication.processEvents()
    (found,) = seen(person.window, ExportsList)
    return found


def wait(person: Person) -> None:
    person.qtbot.waitUntil(lambda: not person.window.exports.busy, timeout=30_000)


def test_several_files_are_written_while_the_window_is_used_each_as_it_was_asked_for(person, tmp_path: Path) -> None:
    steps = person.descent.steps
    begin(person, tmp_path, *LINES)
    assert [name for name in sentences(listed(person)) if name in LINES] == list(LINES)
    assert sentences(listed(person)).count("waiting") == 2
    person.edit(edits.set_steps, steps + 7)
    wait(person)
    told = sentences(listed(person))
    assert [text.split(" is written (")[0] for text in told] == list(LINES)
    for name in LINES[:2]:
        assert load(tmp_path / name).of(Descent).steps == steps


def test_what_waits_can_be_cancelled_and_the_others_are_written(person, tmp_path: Path) -> None:
    begin(person, tmp_path, *LINES)
    person.click(seen(listed(person), QPushButton)[1])
    wait(person)
    assert {path.name for path in tmp_path.iterdir()} - {"window.ini"} == {"clip.mp4", "table.csv"}


def test_what_is_written_can_be_cancelled_and_the_others_are_written(person, tmp_path: Path) -> None:
    begin(person, tmp_path, *LINES)
    person.qtbot.waitUntil(lambda: any(text.startswith("frame ") for text in sentences(listed(person))), timeout=20_000)
    person.click(seen(listed(person), QPushButton)[0])
    wait(person)
    assert {path.name for path in tmp_path.iterdir()} - {"window.ini"} == {"picture.png", "table.csv"}


def test_what_fails_is_told_in_red_and_the_next_is_written(person, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    begin(person, tmp_path, "clip.mp4", "gone/picture.png", "table.csv")
    shutil.rmtree(tmp_path / "gone")
    wait(person)
    (complaint,) = complaints(listed(person))
    assert complaint == f"{tmp_path / 'gone' / 'picture.png'} cannot be written: No such file or directory"
    assert (tmp_path / "clip.mp4").exists()
    assert (tmp_path / "table.csv").exists()


def test_a_file_is_shown_where_it_is_and_then_told_of_no_more(
    person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    begin(person, tmp_path, "table.csv")
    wait(person)
    person.click(find(listed(person), QPushButton, "Show file"))
    assert [url.toLocalFile() for url in opened] == [str(tmp_path)]
    person.click(find(listed(person), IconButton, "Tell no more of it"))
    assert seen(person.window, ExportsList) == []
    assert (tmp_path / "table.csv").exists()


def test_the_list_speaks_the_language_of_the_window(person, tmp_path: Path) -> None:
    begin(person, tmp_path, "table.csv")
    wait(person)
    person.window.set_language("zh")
    assert find(listed(person), QPushButton, person.window.say("Show file")).text() != "Show file"
    assert "is written" not in "".join(sentences(listed(person)))


def test_the_next_export_begins_in_the_last_folder_with_the_last_choices(person, tmp_path: Path) -> None:
    (tmp_path / "lecture").mkdir()
    begin(person, tmp_path / "lecture", "clip.gif")
    dialog = open_export(person)
    assert dialog.form.folder() == str(tmp_path / "lecture")
    assert (dialog.form.format.suffix, dialog.form.options()["size"]) == (".gif", (320, 180))
    dialog.close()
    wait(person)


def test_many_exports_leave_room_for_all_else_and_the_one_that_is_written_is_seen(person, tmp_path: Path) -> None:
    dialog = open_export(person)
    choose_format(person, dialog, ".csv")
    for number in range(9):
        dialog.export_to(tmp_path / f"{number}.csv")
    QApplication.processEvents()
    # Of 720 pixels the frame of the dialog and the bar of the system leave about so many.
    assert dialog.minimumSizeHint().height() <= 650
    dialog.close()
    assert person.window.minimumSizeHint().height() <= 650
    wait(person)
    told = [text for text in seen(listed(person), QLabel) if text.text().startswith("8.csv is written")]
    assert not told[0].visibleRegion().isEmpty()
