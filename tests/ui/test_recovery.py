"""What was not saved is kept while it changes, is found after a crash, and is offered until a person has decided."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLockFile, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton

from landscape.export.export import export
from landscape.session.descent import edits
from landscape.session.files import lesson, load, open_session, save
from landscape.ui import app
from landscape.ui.recovery import left_behind, recovery_folder
from tests.ui.finding import seen


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDSCAPE_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


@pytest.fixture
def unwritable(config: Path) -> None:
    """A configuration folder in which nothing can be kept."""
    config.parent.mkdir(exist_ok=True)
    config.write_text("a file where the folder should be", encoding="utf-8")


def kept() -> list[Path]:
    return sorted(recovery_folder().glob("[!.]*.landscape"))


def offered(person) -> str:
    """What the quiet line offers, once it has looked."""
    person.qtbot.waitUntil(lambda: person.window.notice.about == "unsaved", timeout=10_000)
    return " ".join(label.text() for label in person.window.notice.findChildren(object) if hasattr(label, "text"))


def decide(person, choice: str) -> None:
    QApplication.processEvents()
    found = [each for each in seen(person.window.notice, QPushButton) if each.text() == choice]
    person.click(found[0])


def unsaved(open_window, steps: int = 77):
    """A window that was closed without saving."""
    person = open_window()
    person.edit(edits.set_steps, steps)
    person.window.close()
    return person


def test_a_change_is_on_the_disk_two_seconds_later(person) -> None:
    person.edit(edits.set_steps, 77)
    person.qtbot.waitUntil(lambda: bool(kept()), timeout=2000)
    person.qtbot.waitUntil(lambda: person.window.files.recovery.idle, timeout=2000)
    assert load(kept()[0]) == person.window.history.session


def test_a_long_drag_is_kept_while_it_goes_on(person) -> None:
    for step in range(100, 160):
        person.edit(edits.set_steps, step, gesture="drag")
        person.qtbot.wait(30)
    assert kept()
    assert load(kept()[0]).document.last_step > 100


def test_where_a_person_stands_is_kept_too(person) -> None:
    person.window.player.go(40)
    person.window.player.toggle_mark()
    person.stage.look((-1.0, 1.0), (-2.0, 0.0))
    person.edit(edits.set_steps, 77)
    person.qtbot.waitUntil(lambda: bool(kept()) and person.window.files.recovery.idle, timeout=4000)
    shown = load(kept()[0]).presentations["descent"]
    assert (shown.step, shown.marked, shown.view) == (40.0, (40,), ((-1.0, 1.0), (-2.0, 0.0)))


def test_what_was_not_saved_is_offered_and_opens_as_one_step_of_undo(open_window) -> None:
    unsaved(open_window)
    person = open_window()
    assert "Not saved" in offered(person)
    decide(person, "Open")
    assert person.descent.steps == 77
    assert not person.window.notice.isVisible()
    person.window.undo()
    assert person.descent.steps != 77


def test_what_was_opened_again_is_kept_until_it_is_saved(open_window, tmp_path: Path) -> None:
    unsaved(open_window)
    person = open_window()
    offered(person)
    decide(person, "Open")
    [path] = kept()
    assert load(path).document.last_step == 77
    person.window.files.save_as(str(tmp_path / "mine.landscape"))
    assert kept() == []


def test_nothing_is_overwritten_until_the_person_has_decided(open_window) -> None:
    for steps in (77, 78, 79):
        unsaved(open_window, steps)
    person = open_window()
    person.edit(edits.set_steps, 55)
    assert "2 more" in offered(person)
    person.window.close()
    assert sorted(load(path).document.last_step for path in kept()) == [55, 77, 78, 79]


def test_what_is_removed_is_gone_and_the_next_is_offered(open_window) -> None:
    for steps in (77, 78):
        unsaved(open_window, steps)
    person = open_window()
    offered(person)
    decide(person, "Remove")
    assert len(kept()) == 1
    assert person.window.notice.isVisible()
    decide(person, "Remove")
    assert kept() == []
    assert not person.window.notice.isVisible()


def test_the_line_has_a_picture_of_what_it_offers(open_window) -> None:
    unsaved(open_window)
    person = open_window()
    offered(person)
    notice = person.window.notice
    person.qtbot.waitUntil(lambda: notice.picture.isVisible(), timeout=10_000)
    picture = notice.picture.pixmap().toImage()
    assert len({picture.pixel(x, y) for x in range(0, picture.width(), 4) for y in range(0, picture.height(), 4)}) > 20


def test_two_windows_do_not_offer_the_same_nor_harm_what_the_other_keeps(open_window) -> None:
    unsaved(open_window)
    first = open_window()
    offered(first)
    second = open_window()
    second.edit(edits.set_steps, 66)
    second.qtbot.wait(1000)
    assert second.window.notice.about == ""
    decide(first, "Remove")
    second.qtbot.waitUntil(lambda: bool(kept()), timeout=3000)
    assert [load(path).document.last_step for path in kept()] == [66]


def test_what_is_as_it_was_opened_or_saved_is_not_kept(open_window, tmp_path: Path) -> None:
    person = open_window()
    person.edit(edits.set_steps, 77)
    person.window.files.save_as(str(tmp_path / "mine.landscape"))
    person.window.close()
    open_window().window.close()
    assert kept() == []


def test_a_mark_alone_is_something_to_save(person) -> None:
    assert person.window.files.is_saved
    person.window.player.toggle_mark()
    assert not person.window.files.is_saved
    assert person.window.isWindowModified()
    person.window.player.toggle_mark()
    assert person.window.files.is_saved


def test_what_was_not_saved_when_a_lesson_opened_is_kept_too(person) -> None:
    person.edit(edits.set_steps, 77)
    person.window.files.open("saddle")
    assert person.window.history.session == lesson("saddle")
    assert [load(path).document.last_step for path in kept()] == [77]


def test_what_cannot_be_kept_is_told_at_once_in_a_line(unwritable, person) -> None:
    person.edit(edits.set_steps, 77)
    person.qtbot.waitUntil(lambda: person.window.notice.about == "not kept", timeout=4000)


def test_what_cannot_be_kept_is_told_before_the_window_closes(unwritable, open_window) -> None:
    person = open_window()
    person.edit(edits.set_steps, 77)
    person.window.close()
    assert person.window.isVisible()
    [box] = seen(person.window, QMessageBox)
    assert "cannot be kept" in box.text()


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


def test_the_file_that_is_open_is_saved_without_a_question(open_window, tmp_path: Path) -> None:
    path = tmp_path / "mine.landscape"
    save(lesson("saddle"), path)
    person = open_window()
    person.window.files.open(str(path))
    assert person.window.windowTitle().startswith("mine")
    person.edit(edits.set_steps, 33)
    assert person.window.isWindowModified()
    person.choose("File", "Save")
    assert load(path).document.last_step == 33
    assert not person.window.isWindowModified()


def test_a_window_that_begins_with_a_file_saves_it_without_a_question(settings, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "mine.landscape"
    save(lesson("saddle"), path)
    window = app.open_window(load(path), settings, path=str(path))
    qtbot.addWidget(window)
    assert window.windowTitle().startswith("mine")
    assert window.edit(edits.set_steps, 33) is None
    window.files.save()
    assert load(path).document.last_step == 33
    assert not seen(window, QFileDialog)
    assert window.files.recent() == [str(path)]


def test_a_link_on_the_clipboard_opens_the_session_and_where_the_person_stands(person, open_window) -> None:
    person.edit(edits.set_steps, 77)
    person.window.player.go(40)
    person.window.player.toggle_mark()
    person.choose("File", "Copy as link")
    again = open_window(open_session(QApplication.clipboard().text()))
    assert (again.descent.steps, again.window.player.marks) == (77, (40,))
    assert again.window.files.name == ""


def test_a_saved_file_brings_back_where_the_person_stood(open_window, tmp_path: Path) -> None:
    person = open_window()
    player = person.window.player
    for step in (10, 90):
        player.go(step)
        player.toggle_mark()
    player.set_speed(2.0)
    person.stage.look((-1.0, 1.0), (-2.0, 0.0))
    person.window.files.save_as(str(tmp_path / "mine.landscape"))
    again = open_window(load(tmp_path / "mine.landscape"))
    assert (again.window.player.step, again.window.player.marks, again.window.player.speed) == (90.0, (10, 90), 2.0)
    assert again.stage.zoomed == ((-1.0, 1.0), (-2.0, 0.0))


def test_a_file_that_another_program_changed_is_not_replaced_without_a_question(open_window, tmp_path: Path) -> None:
    path = tmp_path / "mine.landscape"
    save(lesson("saddle"), path)
    person = open_window()
    person.window.files.open(str(path))
    save(lesson("ravine"), path)
    os.utime(path, (1, 1))
    person.edit(edits.set_steps, 33)
    person.choose("File", "Save")
    assert load(path) == lesson("ravine")
    [box] = seen(person.window, QMessageBox)
    person.click(next(each for each in box.buttons() if each.text() == "Replace it"))
    assert load(path).document.last_step == 33


def test_what_another_program_changed_is_told_when_the_person_comes_back(open_window, tmp_path: Path) -> None:
    path = tmp_path / "mine.landscape"
    save(lesson("saddle"), path)
    person = open_window()
    person.window.files.open(str(path))
    save(lesson("ravine"), path)
    os.utime(path, (1, 1))
    QApplication.sendEvent(person.window, QEvent(QEvent.Type.ActivationChange))
    assert person.window.notice.about == "changed"
    decide(person, "Open it again")
    assert person.window.history.session == lesson("ravine")


def drop(person, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(person.window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(person.window, QDropEvent(QPointF(50, 50), copy, data, left, none))


def test_a_file_that_is_dropped_on_the_window_opens(person, tmp_path: Path) -> None:
    path = tmp_path / "mine.landscape"
    save(lesson("saddle"), path)
    drop(person, path)
    assert person.window.history.session == lesson("saddle")


def test_a_picture_that_is_dropped_opens_at_its_step_and_is_never_saved_over(person, tmp_path: Path) -> None:
    path = export(lesson("saddle"), tmp_path / "mine.png", size=(160, 120), step=7.0)
    drop(person, path)
    assert person.window.history.session.documents == lesson("saddle").documents
    assert person.window.player.step == 7.0
    assert person.window.files.path == ""


def test_files_that_were_opened_are_offered_again_the_last_one_first(person, tmp_path: Path) -> None:
    for name in ("one", "two"):
        save(lesson("saddle"), tmp_path / f"{name}.landscape")
        person.window.files.open(str(tmp_path / f"{name}.landscape"))
    offered = [action.text() for action in person.menu("File", "Open recent").actions()]
    assert offered == ["two.landscape", "one.landscape"]
    person.choose("File", "Open recent", "one.landscape")
    assert person.window.files.name == "one"


def test_a_lock_without_a_file_goes_once_its_process_is_gone(config: Path) -> None:
    recovery_folder().mkdir(parents=True)
    code = "import os, sys; from PySide6.QtCore import QLockFile; lock = QLockFile(sys.argv[1]); lock.tryLock(0)"
    path = recovery_folder() / "20260101-120000-abcdef01.lock"
    subprocess.run([sys.executable, "-c", f"{code}; os._exit(0)", str(path)], check=True)
    own = QLockFile(str(recovery_folder() / "20260101-120000-abcdef02.lock"))
    assert own.tryLock(0)
    assert path.exists()
    assert left_behind() == []
    assert list(recovery_folder().iterdir()) == [Path(own.fileName())]
    own.unlock()


KILLED = """
import sys, time
from PySide6.QtCore import QSettings, QTimer
from landscape.export.export import export
from landscape.session.descent import edits
from landscape.ui.app import open_window
from PySide6.QtWidgets import QApplication
window = open_window(settings=QSettings(sys.argv[1], QSettings.Format.IniFormat))
count = 0
def edit():
    global count
    count += 1
    window.edit(edits.set_steps, 100 + count)
    print(100 + count, time.time(), flush=True)
timer = QTimer(interval=20); timer.timeout.connect(edit); timer.start()
QApplication.exec()
"""


@pytest.mark.slow
def test_nothing_older_than_two_seconds_is_lost_when_the_program_is_killed(tmp_path: Path, config: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path / "window.ini")], stdout=subprocess.PIPE, text=True
    )
    told = []
    for line in process.stdout:
        steps, when = line.split()
        told.append((int(steps), float(when)))
        if when_over(told, 4.0):
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    last = told[-1][1]
    [slot] = left_behind()
    found = load(slot.path).document.last_step
    slot.lock.unlock()
    assert found >= max(steps for steps, when in told if when < last - 2.0)
    assert len(kept()) == 1


def when_over(told: list[tuple[int, float]], seconds: float) -> bool:
    return told[-1][1] - told[0][1] > seconds
