"""Opening, closing, language, theme, export."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QProgressBar, QPushButton

from landscape.errors import InputError
from landscape.export.render import frame, renderer_of
from landscape.export.settings import Settings
from landscape.scene.palette import DARK, LIGHT
from landscape.session.descent import edits
from landscape.session.files import lesson, lessons
from landscape.session.workspaces import WORKSPACES
from landscape.translation import LANGUAGES
from landscape.ui import main_window
from landscape.ui.actions import Action, actions, menus
from landscape.ui.commands import Commands
from landscape.ui.dialogs.export import ExportDialog
from landscape.ui.dialogs.keys import KeysDialog
from landscape.ui.fields import NumberField
from landscape.ui.workspaces import ui_part
from tests.ui.export_dialog import choose_format, choose_size, open_export, previewed
from tests.ui.finding import complaints, find, sentences


def small(person, dialog: ExportDialog, suffix: str, seconds: float = 0.2) -> None:
    choose_size(person, dialog, 320, 180)
    person.type(find(dialog, NumberField, "Seconds"), f"{seconds}", Qt.Key.Key_Tab)
    choose_format(person, dialog, suffix)


def progress(dialog: ExportDialog) -> int:
    return dialog.findChild(QProgressBar).value()


def test_the_first_picture_shows_the_surface_before_any_trajectory(open_window) -> None:
    person = open_window()
    assert person.scene.heat is not None
    assert person.stage.map_view.is_painted


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(lessons()))
def test_every_lesson_opens_from_the_menu_as_one_step_of_undo(person, name: str) -> None:
    before = person.window.history.session
    person.window.files.open(name)
    person.settle()
    assert person.window.history.session == lesson(name)
    person.window.undo()
    assert person.window.history.session == before


def test_a_saved_session_opens_again(person, tmp_path: Path) -> None:
    path = tmp_path / "mine.landscape"
    person.window.files.save_as(str(path))
    saved = person.window.history.session
    person.window.files.open("saddle")
    person.window.files.open(str(path))
    assert person.window.history.session == saved


def test_a_file_that_cannot_be_read_is_told_in_one_sentence(person, tmp_path: Path) -> None:
    path = tmp_path / "broken.landscape"
    path.write_text(json.dumps({"format": "other"}), encoding="utf-8")
    before = person.window.history.session
    person.window.files.open(str(path))
    box = next(widget for widget in QApplication.topLevelWidgets() if widget.inherits("QMessageBox"))
    assert "broken.landscape" in box.text()
    box.close()
    assert person.window.history.session == before


def commands(say, *workspaces: str) -> list[Action]:
    """Return what the menus offer where these workspaces add to them."""
    return list(actions(menus(say, [item for name in workspaces for item in ui_part(name).actions(say)])))


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_every_command_does_something_known(open_window, monkeypatch, workspace: str) -> None:
    made: list[tuple] = []
    monkeypatch.setattr(main_window, "Commands", lambda own, front: made.append((own, front)) or Commands(own, front))
    person = open_window()
    person.window.open_workspace(workspace)
    ((own, front),) = made
    known = {**own[0], **front()[0]}
    assert {action.id for action in commands(person.window.say, workspace)} == set(known)


def test_the_language_changes_while_the_window_is_open(person) -> None:
    window = person.window
    session = window.history.session
    window.set_language("zh")
    person.settle()
    words = " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
    assert window.say("Runs") in words
    assert window.history.session == session
    assert window.settings.value("language") == "zh"


def test_the_chosen_language_and_theme_are_remembered(open_window) -> None:
    first = open_window()
    first.window.set_language("zh")
    first.window.set_theme("light")
    first.window.close()
    second = open_window(language="", theme="")
    assert second.window.language == "zh"
    assert second.window.theme is LIGHT


def test_the_theme_changes_while_the_window_is_open(person) -> None:
    window = person.window
    dark = window.grab().toImage().pixelColor(4, window.height() // 2).name()
    window.set_theme("light")
    person.settle()
    light = window.grab().toImage().pixelColor(4, window.height() // 2).name()
    assert (dark, light) == (DARK.panel, LIGHT.panel)


def test_the_keys_are_shown_by_f1_and_hold_every_shortcut(person) -> None:
    person.key(Qt.Key.Key_F1, widget=person.window)
    dialog = person.window.findChild(KeysDialog)
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    assert {action.title for action in commands(person.window.say, *WORKSPACES) if action.keys} <= texts
    dialog.close()


@pytest.mark.parametrize("suffix", [".mp4", ".png", ".csv"])
def test_the_dialog_writes_a_file(person, tmp_path: Path, suffix: str) -> None:
    dialog = open_export(person)
    small(person, dialog, suffix)
    path = tmp_path / f"clip{suffix}"
    dialog.export_to(path)
    person.qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    assert path.stat().st_size > 100
    assert [each for each in sentences(dialog) if each.startswith(f"{path.name} is written (")]
    assert find(dialog, QPushButton, "Show file").isEnabled()
    assert {other.name for other in tmp_path.iterdir()} <= {path.name, "window.ini"}
    dialog.close()


def test_the_dialog_tells_what_is_wrong_in_one_sentence(person, tmp_path: Path) -> None:
    dialog = open_export(person)
    small(person, dialog, ".mp4")
    dialog.export_to(tmp_path / "missing" / "clip.mp4")
    person.qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    (complaint,) = complaints(dialog)
    assert "clip.mp4" in complaint
    dialog.close()


@pytest.mark.parametrize("typed", ["1e-12", "5", "1e300"])
def test_a_size_that_cannot_be_is_told_as_it_is_typed(person, typed: str) -> None:
    dialog = open_export(person)
    height = find(dialog, NumberField, "Height")
    person.type(height, typed, Qt.Key.Key_Tab)
    assert any("is not possible" in told for told in complaints(dialog))
    person.type(height, "720", Qt.Key.Key_Tab)
    assert not complaints(dialog)
    dialog.close()


def test_cancelling_leaves_no_file(person, tmp_path: Path) -> None:
    dialog = open_export(person)
    small(person, dialog, ".mp4", seconds=60.0)
    dialog.export_to(tmp_path / "clip.mp4")
    person.qtbot.waitUntil(lambda: progress(dialog) > 2, timeout=20_000)
    person.click(find(dialog, QPushButton, "Cancel"))
    person.qtbot.waitUntil(lambda: not dialog.running, timeout=1000)
    assert not any("clip" in path.name for path in tmp_path.iterdir())
    dialog.close()


def test_closing_the_window_while_exporting_leaves_no_file(person, tmp_path: Path) -> None:
    dialog = open_export(person)
    small(person, dialog, ".mp4", seconds=60.0)
    dialog.export_to(tmp_path / "clip.mp4")
    person.qtbot.waitUntil(lambda: progress(dialog) > 2, timeout=20_000)
    person.window.close()
    assert not any("clip" in path.name for path in tmp_path.iterdir())


def test_the_choices_of_an_export_are_remembered(person, tmp_path: Path) -> None:
    dialog = open_export(person)
    small(person, dialog, ".png")
    dialog.export_to(tmp_path / "a.png")
    person.qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    dialog.close()
    again = open_export(person)
    assert again.form.format.suffix == ".png"
    assert again.form.options()["size"] == (320, 180)
    again.close()


def copied(person) -> QImage:
    """Return the picture that comes to the clipboard, and take it from there."""
    clipboard = QGuiApplication.clipboard()
    person.qtbot.waitUntil(lambda: not clipboard.image().isNull(), timeout=9000)
    image = clipboard.image()
    clipboard.clear()
    return image


def test_the_picture_is_copied(person) -> None:
    person.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, person.window)
    image = copied(person)
    assert (image.width(), image.height()) == (1920, 1080)


def test_what_is_copied_is_what_is_seen_at_the_current_step(person) -> None:
    pictures = []
    for step in (0, 30, 30):
        person.window.player.go(step)
        person.choose("File", "Copy picture")
        pictures.append(copied(person))
    assert pictures[0] != pictures[1]
    assert pictures[1] == pictures[2]


def test_the_preview_shows_first_how_it_ends(person) -> None:
    dialog = open_export(person)
    preview = dialog.preview
    preview.animate(False)
    person.qtbot.waitUntil(lambda: previewed(preview) is not None, timeout=9000)
    first = previewed(preview)
    assert np.array_equal(first, as_exported(person, dialog, person.descent.steps))
    preview.animate(True)
    begin = as_exported(person, dialog, 0)
    person.qtbot.waitUntil(lambda: not np.array_equal(previewed(preview), first), timeout=9000)
    person.qtbot.waitUntil(lambda: not np.array_equal(previewed(preview), begin), timeout=9000)
    preview.animate(False)
    assert not np.array_equal(previewed(preview), first)
    dialog.close()


def as_exported(person, dialog: ExportDialog, step: int) -> np.ndarray:
    """Return what a film shows at a step, in the size of the preview's picture."""
    settings = Settings(**{**dialog.form.options(), "size": (560, 315)})
    renderer = renderer_of(person.window.history.session, settings, person.window.answers, still=False)
    return frame(renderer, settings.size, float(step))[..., :3]


def test_undo_and_redo_can_be_pressed_only_where_there_is_something(person) -> None:
    def offered() -> tuple[bool, ...]:
        buttons = person.window.menuWidget().findChildren(QAbstractButton)
        found = [next(one for one in buttons if one.accessibleName().startswith(name)) for name in ("Undo", "Redo")]
        in_menu = {action.text(): action.isEnabled() for action in person.menu("Edit").actions()}
        assert [one.isEnabled() for one in found] == [in_menu["Undo"], in_menu["Redo"]]
        return in_menu["Undo"], in_menu["Redo"]

    assert offered() == (False, False)
    person.edit(edits.set_steps, 77)
    assert offered() == (True, False)
    person.choose("Edit", "Undo")
    assert offered() == (False, True)


@pytest.mark.parametrize(
    ("way", "before", "after"),
    [
        (("View", "Theme"), "Dark", "Light"),
        (("View", "Colour map"), "viridis", "magma"),
        (("View", "Levels"), "automatic", "logarithmic"),
    ],
)
def test_a_menu_of_choices_marks_the_one_that_is_chosen(person, way: tuple[str, ...], before: str, after: str) -> None:
    def marked() -> list[str]:
        return [action.text() for action in person.menu(*way).actions() if action.isChecked()]

    assert marked() == [before]
    person.choose(*way, after)
    assert marked() == [after]


def test_an_error_of_a_job_reaches_the_panel_that_asked(person, monkeypatch) -> None:
    from landscape.scene.descent import questions

    def fail(*_: object, **__: object) -> None:
        raise InputError("A constant in the formula overflows")

    monkeypatch.setattr(questions.TrajectoryQuestion, "answer", fail)
    person.type(find(person.panels.descent, NumberField, "steps"), "77")
    person.qtbot.waitUntil(lambda: bool(complaints(person.panels.runs)), timeout=5000)
    assert complaints(person.panels.runs) == ["A constant in the formula overflows"]


def test_an_error_goes_with_what_it_was_of_and_comes_back_with_it(person, monkeypatch) -> None:
    from landscape.scene.descent.questions import TrajectoryQuestion

    right = TrajectoryQuestion.answer

    def wrong_at_77(question, ask):
        if question.steps == 77:
            raise InputError("A constant in the formula overflows")
        return right(question, ask)

    monkeypatch.setattr(TrajectoryQuestion, "answer", wrong_at_77)

    def wait_for(*told: str) -> None:
        person.qtbot.waitUntil(lambda: complaints(person.panels.runs) == list(told), timeout=5000)

    person.edit(edits.set_steps, 77)
    wait_for("A constant in the formula overflows")
    person.window.undo()
    wait_for()
    person.window.redo()
    wait_for("A constant in the formula overflows")
    person.window.open_export()
    dialog = person.window.findChildren(ExportDialog)[-1]
    person.qtbot.wait(200)
    dialog.close()


def test_closing_stops_what_runs(open_window) -> None:
    person = open_window()
    person.window.player.play(True)
    person.window.close()
    assert not person.window.player.playing
    assert person.window.jobs.idle or not person.window.isVisible()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_nothing_is_clipped(open_window, language: str, size: tuple[int, int]) -> None:
    person = open_window(size=size, language=language)
    person.panels.runs.choose(0)
    QApplication.processEvents()
    for widget in person.window.findChildren(QLabel) + person.window.findChildren(QPushButton):
        if widget.isVisible() and not (isinstance(widget, QLabel) and (widget.wordWrap() or widget.toolTip())):
            assert widget.width() >= widget.minimumSizeHint().width(), widget.text()
            assert widget.height() >= min(widget.minimumSizeHint().height(), widget.sizeHint().height()), widget.text()
    assert person.window.size().toTuple() == size


def test_every_control_has_a_name_for_those_who_cannot_see_it(person) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit):
        for control in person.window.findChildren(kind):
            if control.isVisible():
                assert control.accessibleName() or control.text(), control


@pytest.mark.parametrize("way", ["button", "escape", "frame"])
def test_the_export_dialog_closes(person, way: str) -> None:
    person.window.open_export()
    dialog = person.window.findChild(ExportDialog)
    closing = find(dialog, QPushButton, "Close")
    {"button": closing.click, "escape": lambda: person.key(Qt.Key.Key_Escape, widget=dialog), "frame": dialog.close}[
        way
    ]()
    assert not dialog.isVisible()
