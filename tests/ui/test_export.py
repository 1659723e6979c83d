"""The dialog of the export: what is typed, what is remembered, what it shows, and how it ends."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from landscape.export import muxing
from landscape.export.film import Film
from landscape.export.formats import formats
from landscape.export.settings import Settings
from landscape.session.descent import edits
from landscape.session.descent.document import Animation
from landscape.session.files import load
from landscape.ui.dialogs.export import ExportDialog
from landscape.ui.fields import NumberField
from landscape.ui.switch import Switch
from landscape.ui.turns import ended_within
from tests.brief import in_front
from tests.ui.export_dialog import choose_format, choose_size, open_export, previewed
from tests.ui.finding import complaints, find

RUBBISH = ("", "nan", "inf", "-1", "0", "99999999999", "text", "a, b, c", "@ByteArray(\\x1\\xff)", "@Variant(\\0\\0)")
KEYS = (
    "General/geometry", "General/theme", "General/language", "General/curves", "General/last",
    *(f"export/{name}" for name in (
        "suffix", "width", "height", "rate", "length", "theme", "curves", "legend", "explain", "session",
        "folder", "transparent",
        "turntable", "ease", "here", "rewind", "caption", "hold", "loops", "text", "sound",
    )),
)  # fmt: skip


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_whatever_is_remembered_the_window_and_the_dialog_open(open_window, settings, rubbish: str) -> None:
    lines: dict[str, list[str]] = {}
    for key in KEYS:
        group, _, name = key.partition("/")
        lines.setdefault(group, []).append(f"{name}={rubbish}")
    text = "\n".join(f"[{group}]\n" + "\n".join(each) for group, each in lines.items())
    Path(settings.fileName()).write_text(text, encoding="latin-1")
    settings.sync()
    person = open_window()
    dialog = open_export(person)
    assert complaints(dialog) == []
    Settings(**dialog.form.options())
    person.click(find(dialog, QPushButton, "Export…"))
    for each in dialog.findChildren(QFileDialog):
        each.close()
    dialog.close()


def test_every_key_that_the_program_writes_is_among_those(person, tmp_path: Path) -> None:
    person.window.set_theme("dark")
    person.window.set_language("en")
    person.view.toggle_curves()
    dialog = open_export(person)
    choose_size(person, dialog, 320, 180)
    choose_format(person, dialog, ".png")
    dialog.export_to(tmp_path / "a.png")
    person.qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    dialog.close()
    person.window.close()
    written = {key if "/" in key else f"General/{key}" for key in person.window.settings.allKeys()}
    assert written <= set(KEYS)


@pytest.mark.parametrize("name", ["Width", "Height", "Frames per second", "Seconds"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_in_a_field_takes_the_number_and_presses_no_button(person, name: str, key: Qt.Key) -> None:
    dialog = open_export(person)
    choose_format(person, dialog, ".mp4")
    field = find(dialog, NumberField, name)
    person.type(field, "100", key)
    assert field.value == 100.0
    assert dialog.findChildren(QFileDialog) == []
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.parametrize("typed", ["abc", "1/0", "1e999"])
def test_what_is_no_number_is_told(person, typed: str) -> None:
    dialog = open_export(person)
    person.type(find(dialog, NumberField, "Width"), typed, Qt.Key.Key_Tab)
    assert len(complaints(dialog)) == 1
    person.type(find(dialog, NumberField, "Width"), "640", Qt.Key.Key_Tab)
    assert complaints(dialog) == []
    dialog.close()


@pytest.mark.parametrize(
    "suffix", [suffix for suffix, each in formats().items() if each.pictured and not each.animated]
)
def test_the_preview_of_a_picture_shows_the_step_that_is_written_and_stands_still(person, suffix: str) -> None:
    dialog = open_export(person)
    choose_format(person, dialog, suffix)
    small = Settings(**{**dialog.form.options(), "size": (560, 315)})
    film = Film(person.window.history.session, small, person.window.answers)
    expected = film.still()[..., :3]
    film.close()

    def shows_it() -> bool:
        seen = previewed(dialog.preview)
        return seen is not None and np.array_equal(seen, expected)

    person.qtbot.waitUntil(shows_it, timeout=9000)
    person.qtbot.wait(300)
    assert shows_it()
    dialog.close()


def test_the_step_that_is_under_the_picture_is_that_of_the_chosen_run(person) -> None:
    person.panels.step.set_run(2)
    dialog = open_export(person)
    assert not dialog.form.options()["explain"]
    person.click(find(dialog, Switch, "This step"))
    options = dialog.form.options()
    assert (options["explain"], options["run"]) == (True, 2)
    dialog.close()


def test_a_network_has_no_step_to_explain(open_window) -> None:
    dialog = open_export(open_window(in_front("network")))
    assert not find(dialog, Switch, "This step").isEnabled()
    dialog.close()


def test_the_preview_of_a_picture_shows_the_session_whatever_a_film_of_it_varies(person) -> None:
    person.edit(edits.animate, Animation(run=person.descent.runs[0].id, name="lr", first=1e-5, last=1e-3))
    dialog = open_export(person)
    choose_format(person, dialog, ".png")
    small = Settings(**{**dialog.form.options(), "size": (560, 315)})
    film = Film(person.window.history.session, small, person.window.answers)
    expected = film.still()[..., :3]
    film.close()
    seen = dialog.preview
    person.qtbot.waitUntil(
        lambda: previewed(seen) is not None and np.array_equal(previewed(seen), expected), timeout=9000
    )
    dialog.close()


def test_a_place_that_cannot_be_written_is_told_before_anything_is_computed(open_window, tmp_path: Path) -> None:
    person = open_window(in_front("network"))
    dialog = open_export(person)
    dialog.export_to(tmp_path / "missing" / "clip.mp4")
    assert not dialog.running
    (told,) = complaints(dialog)
    assert told == f"{tmp_path / 'missing' / 'clip.mp4'} cannot be written: No such file or directory"
    dialog.close()


def test_a_title_does_not_choose_the_folder(person) -> None:
    person.window.history.replace(replace(person.window.history.session, title={"en": "../../x"}))
    dialog = open_export(person)
    person.click(find(dialog, QPushButton, "Export…"))
    (asking,) = dialog.findChildren(QFileDialog)
    (chosen,) = asking.selectedFiles()
    assert Path(chosen) == Path(asking.directory().absolutePath()) / "x.mp4"
    asking.close()
    dialog.close()


def left(folder: Path) -> list[str]:
    """Return the names of all files in a folder but the settings, and of the threads that export."""
    files = [path.name for path in folder.iterdir() if path.name != "window.ini"]
    return files + [each.name for each in threading.enumerate() if each.name in ("export", "encoder")]


@pytest.mark.parametrize("suffix", formats())
def test_what_is_cancelled_leaves_no_film_and_no_thread(person, tmp_path: Path, suffix: str) -> None:
    dialog: ExportDialog = open_export(person)
    choose_size(person, dialog, 320, 180)
    choose_format(person, dialog, suffix)
    dialog.export_to(tmp_path / f"a{suffix}")
    person.click(find(dialog, QPushButton, "Cancel"))
    person.qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    dialog.close()
    person.qtbot.waitUntil(lambda: not left(tmp_path), timeout=20_000)


@pytest.fixture
def stuck(monkeypatch) -> Iterator[threading.Event]:
    """Have the encoder of films wait, once it has begun, for an event; whether it is cancelled or not."""
    event, mux = threading.Event(), muxing.mux

    def waiting(*given) -> None:
        event.wait(60)
        mux(*given)

    monkeypatch.setattr(muxing, "mux", waiting)
    yield event
    event.set()


def test_closing_the_window_waits_for_nothing_that_is_at_work(person, tmp_path: Path, stuck: threading.Event) -> None:
    dialog = open_export(person)
    choose_size(person, dialog, 320, 180)
    dialog.export_to(tmp_path / "a.mp4")
    person.qtbot.waitUntil(lambda: "encoder" in left(tmp_path), timeout=20_000)
    assert person.window.close()
    assert not person.window.isVisible()
    assert "encoder" in left(tmp_path)
    stuck.set()
    person.qtbot.waitUntil(lambda: not left(tmp_path), timeout=20_000)


def test_what_is_at_work_when_the_program_ends_is_waited_for_a_moment_only(
    person, tmp_path: Path, stuck: threading.Event
) -> None:
    dialog = open_export(person)
    choose_size(person, dialog, 320, 180)
    dialog.export_to(tmp_path / "a.mp4")
    person.qtbot.waitUntil(lambda: "encoder" in left(tmp_path), timeout=20_000)
    person.window.close()
    assert not ended_within(0.1)
    stuck.set()
    assert ended_within(20.0)
    assert left(tmp_path) == []


def test_a_picture_is_written_at_the_present_step_where_that_is_wanted(person, tmp_path: Path) -> None:
    person.window.player.go(7)
    dialog = open_export(person)
    choose_format(person, dialog, ".png")
    choose_size(person, dialog, 320, 180)
    person.click(find(dialog, Switch, "At the present step"))
    dialog.export_to(tmp_path / "a.png")
    person.qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    dialog.close()
    assert load(tmp_path / "a.png").presentations["descent"].step == 7.0


def test_only_what_can_be_without_ground_is_offered_to_be(person) -> None:
    dialog = open_export(person)
    for suffix, form in formats().items():
        choose_format(person, dialog, suffix)
        assert find(dialog, Switch, "Without ground").isEnabled() == form.sheer
    dialog.close()


@pytest.mark.parametrize("suffix", [suffix for suffix, form in formats().items() if form.animated and form.pictured])
def test_what_is_chosen_of_the_course_of_a_film_is_in_its_options(person, suffix: str) -> None:
    dialog = open_export(person)
    choose_format(person, dialog, suffix)
    for name, typed in (("Rest at the end", "2.5"), ("Text size", "150"), ("Seconds", "6")):
        person.type(find(dialog, NumberField, name), typed, Qt.Key.Key_Tab)
    for name in ("Back to the start", "Rules and numbers"):
        person.click(find(dialog, Switch, name))
    loops = find(dialog, NumberField, "Repeats")
    assert loops.isEnabled() == formats()[suffix].loops
    if loops.isEnabled():
        person.type(loops, "3", Qt.Key.Key_Tab)
    sound = find(dialog, Switch, "Sound")
    assert sound.isEnabled() == formats()[suffix].audible
    person.click(sound)
    settings = Settings(**dialog.form.options())
    assert settings.sound == formats()[suffix].audible
    assert (settings.hold, settings.seconds, settings.text) == (2.5, 6.0, 1.5)
    assert (settings.rewind, settings.caption) == (True, True)
    assert settings.loops == (3 if formats()[suffix].loops else 0)
    assert complaints(dialog) == []
    dialog.close()


def test_of_two_formats_of_one_kind_of_file_the_chosen_one_is_written_and_light_where_it_is_printed(
    person, tmp_path: Path
) -> None:
    person.window.set_theme("dark")
    dialog = open_export(person)
    choose_format(person, dialog, ".handout.pdf")
    assert dialog.form.options()["theme"] == "light"
    dialog.export_to(tmp_path / "a.pdf")
    person.qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    assert (tmp_path / "a.handout.pdf").exists()
    choose_format(person, dialog, ".pdf")
    assert dialog.form.options()["theme"] == "dark"
    dialog.close()
